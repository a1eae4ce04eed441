//! KHR_materials_* extensions that add to a material.

use anprobe::scene::{
    Anisotropy, Clearcoat, DiffuseTransmission, ExtensionTextures, Iridescence, Material, Sheen, Specular, TextureInfo,
    TextureRole, Transmission, UvTransform, Volume,
};
use glam::Vec3;
use serde_json::{Value, json};

use crate::literal::Model;

/// A model with fourteen textures and one material.
pub(crate) fn with_material(material: Value) -> Model {
    let mut model = Model::triangle();
    model.json["images"] = json!([{ "uri": "a.png" }]);
    model.json["textures"] = vec![json!({ "source": 0 }); 14].into();
    model.json["materials"] = json!([material]);
    model
}

/// The material as it is read, and the codes and places of what was reported.
pub(crate) fn read(material: Value) -> (Material, Vec<(String, String)>) {
    let model = with_material(material);
    (model.read().0.materials.get(0).unwrap().clone(), model.issues())
}

/// A texture as a material uses it that says no more than its index.
pub(crate) fn info(texture: usize) -> Option<TextureInfo> {
    Some(TextureInfo { texture, uv_set: 0, transform: UvTransform::default() })
}

/// What the extension holds, what glTF's default material becomes by it, and the members that are reported.
type Row<'a> = (Value, Material, &'a [&'a str]);

fn check(extension: &str, rows: &[Row<'_>]) {
    assert_eq!(read(json!({ "extensions": { extension: {} } })), (Material::default(), vec![]), "{extension}");
    for (members, expected, wrong) in rows {
        let (material, issues) = read(json!({ "extensions": { extension: members } }));
        assert_eq!(material, *expected, "{members}");
        let place = |key: &&str| ("GLTF_VALUE".to_owned(), format!("/materials/0/extensions/{extension}/{key}"));
        assert_eq!(issues, wrong.iter().map(place).collect::<Vec<_>>(), "{members}");
    }
    // Who reads an extension lets files require it.
    let mut model = with_material(json!({}));
    model.json["extensionsUsed"] = json!([extension]);
    model.json["extensionsRequired"] = json!([extension]);
    assert_eq!(model.issues(), [], "{extension}");
    // KHR_materials_unlit excludes them all.
    for (members, ..) in rows {
        let unlit = Material { unlit: true, ..Material::default() };
        let both =
            json!({ "extensions": { extension: members, "KHR_materials_unlit": {} }, "pbrMetallicRoughness": {} });
        assert_eq!(read(both), (unlit, vec![]), "{members}");
    }
}

#[test]
fn an_index_of_refraction_is_0_or_at_least_1() {
    let of = |ior: f32| Material { ior, ..Material::default() };
    check(
        "KHR_materials_ior",
        &[
            (json!({ "ior": 1.33 }), of(1.33), &[]),
            (json!({ "ior": 1 }), of(1.0), &[]),
            (json!({ "ior": 0.0 }), of(0.0), &[]),
            (json!({ "ior": 0.5 }), of(1.0), &["ior"]),
            (json!({ "ior": -1.0 }), of(1.0), &["ior"]),
            (json!({ "ior": "glass" }), of(1.5), &["ior"]),
        ],
    );
}

#[test]
fn specular_is_read() {
    let of = |specular| Material { specular, ..Material::default() };
    let full = Specular {
        factor: 0.5,
        texture: info(1),
        color_factor: Vec3::new(0.5, 1.0, 8.0),
        color_texture: Some(TextureInfo { uv_set: 1, ..info(2).unwrap() }),
    };
    let limited = Specular { factor: 1.0, color_factor: Vec3::new(0.0, 1.0, 2.0), ..Specular::default() };
    check(
        "KHR_materials_specular",
        &[
            (
                json!({ "specularFactor": 0.5, "specularTexture": { "index": 1 }, "specularColorFactor": [0.5, 1.0, 8.0],
                    "specularColorTexture": { "index": 2, "texCoord": 1 } }),
                of(full),
                &[],
            ),
            (
                json!({ "specularFactor": 1.5, "specularColorFactor": [-1.0, 1.0, 2.0] }),
                of(limited),
                &["specularFactor", "specularColorFactor"],
            ),
            (
                json!({ "specularFactor": [1], "specularColorFactor": [1, 1], "specularTexture": 1 }),
                of(Specular::default()),
                &["specularFactor", "specularTexture", "specularColorFactor"],
            ),
        ],
    );
}

#[test]
fn a_clearcoat_is_read() {
    let of = |clearcoat| Material { clearcoat, ..Material::default() };
    let full = Clearcoat {
        factor: 0.75,
        texture: info(1),
        roughness_factor: 0.25,
        roughness_texture: info(2),
        normal_texture: info(3),
        normal_scale: -2.0,
    };
    check(
        "KHR_materials_clearcoat",
        &[
            (
                json!({ "clearcoatFactor": 0.75, "clearcoatTexture": { "index": 1 }, "clearcoatRoughnessFactor": 0.25,
                    "clearcoatRoughnessTexture": { "index": 2 }, "clearcoatNormalTexture": { "index": 3, "scale": -2 } }),
                of(full),
                &[],
            ),
            (
                json!({ "clearcoatFactor": 2, "clearcoatRoughnessFactor": -0.5 }),
                of(Clearcoat { factor: 1.0, ..Clearcoat::default() }),
                &["clearcoatFactor", "clearcoatRoughnessFactor"],
            ),
            (
                json!({ "clearcoatFactor": null, "clearcoatTexture": {}, "clearcoatNormalTexture": { "index": 3, "scale": "" } }),
                of(Clearcoat { normal_texture: info(3), ..Clearcoat::default() }),
                &["clearcoatFactor", "clearcoatTexture", "clearcoatNormalTexture/scale"],
            ),
        ],
    );
}

#[test]
fn sheen_is_read() {
    let of = |sheen| Material { sheen, ..Material::default() };
    let full = Sheen {
        color_factor: Vec3::new(0.25, 0.5, 1.0),
        color_texture: info(1),
        roughness_factor: 0.5,
        roughness_texture: info(2),
    };
    check(
        "KHR_materials_sheen",
        &[
            (
                json!({ "sheenColorFactor": [0.25, 0.5, 1.0], "sheenColorTexture": { "index": 1 },
                    "sheenRoughnessFactor": 0.5, "sheenRoughnessTexture": { "index": 2 } }),
                of(full),
                &[],
            ),
            (
                json!({ "sheenColorFactor": [-1, 0.5, 2], "sheenRoughnessFactor": 7 }),
                of(Sheen { color_factor: Vec3::new(0.0, 0.5, 1.0), roughness_factor: 1.0, ..Sheen::default() }),
                &["sheenColorFactor", "sheenRoughnessFactor"],
            ),
            (
                json!({ "sheenColorFactor": 1, "sheenRoughnessFactor": true }),
                of(Sheen::default()),
                &["sheenColorFactor", "sheenRoughnessFactor"],
            ),
        ],
    );
}

#[test]
fn anisotropy_is_read() {
    let of = |anisotropy| Material { anisotropy, ..Material::default() };
    check(
        "KHR_materials_anisotropy",
        &[
            (
                json!({ "anisotropyStrength": 0.5, "anisotropyRotation": -7.5, "anisotropyTexture": { "index": 1 } }),
                of(Anisotropy { strength: 0.5, rotation: -7.5, texture: info(1) }),
                &[],
            ),
            (
                json!({ "anisotropyStrength": -0.5, "anisotropyRotation": [1] }),
                of(Anisotropy::default()),
                &["anisotropyStrength", "anisotropyRotation"],
            ),
        ],
    );
}

#[test]
fn iridescence_is_read() {
    let of = |iridescence| Material { iridescence, ..Material::default() };
    let full = Iridescence {
        factor: 0.5,
        texture: info(1),
        ior: 1.8,
        thickness_minimum_nm: 900.0,
        thickness_maximum_nm: 200.0,
        thickness_texture: info(2),
    };
    let limited = Iridescence {
        factor: 1.0,
        ior: 1.0,
        thickness_minimum_nm: 0.0,
        thickness_maximum_nm: 0.0,
        ..Iridescence::default()
    };
    check(
        "KHR_materials_iridescence",
        &[
            (
                json!({ "iridescenceFactor": 0.5, "iridescenceTexture": { "index": 1 }, "iridescenceIor": 1.8,
                    "iridescenceThicknessMinimum": 900, "iridescenceThicknessMaximum": 200,
                    "iridescenceThicknessTexture": { "index": 2 } }),
                of(full),
                &[],
            ),
            (
                json!({ "iridescenceFactor": 3, "iridescenceIor": 0.5, "iridescenceThicknessMinimum": -1,
                    "iridescenceThicknessMaximum": -1 }),
                of(limited),
                &["iridescenceFactor", "iridescenceIor", "iridescenceThicknessMinimum", "iridescenceThicknessMaximum"],
            ),
            (json!({ "iridescenceIor": "1.3" }), of(Iridescence::default()), &["iridescenceIor"]),
        ],
    );
}

#[test]
fn transmission_is_read() {
    let of = |transmission| Material { transmission, ..Material::default() };
    check(
        "KHR_materials_transmission",
        &[
            (
                json!({ "transmissionFactor": 0.5, "transmissionTexture": { "index": 1 } }),
                of(Transmission { factor: 0.5, texture: info(1) }),
                &[],
            ),
            (
                json!({ "transmissionFactor": 1.01 }),
                of(Transmission { factor: 1.0, texture: None }),
                &["transmissionFactor"],
            ),
            (json!({ "transmissionFactor": {} }), of(Transmission::default()), &["transmissionFactor"]),
        ],
    );
}

#[test]
fn diffuse_transmission_is_read() {
    let of = |diffuse_transmission| Material { diffuse_transmission, ..Material::default() };
    let full = DiffuseTransmission {
        factor: 0.5,
        texture: info(1),
        color_factor: Vec3::new(1.0, 0.5, 0.25),
        color_texture: info(1),
    };
    let limited =
        DiffuseTransmission { factor: 1.0, color_factor: Vec3::new(0.0, 1.0, 1.0), ..DiffuseTransmission::default() };
    check(
        "KHR_materials_diffuse_transmission",
        &[
            (
                json!({ "diffuseTransmissionFactor": 0.5, "diffuseTransmissionTexture": { "index": 1 },
                    "diffuseTransmissionColorFactor": [1.0, 0.5, 0.25],
                    "diffuseTransmissionColorTexture": { "index": 1 } }),
                of(full),
                &[],
            ),
            (
                json!({ "diffuseTransmissionFactor": 9, "diffuseTransmissionColorFactor": [-1, 1, 2] }),
                of(limited),
                &["diffuseTransmissionFactor", "diffuseTransmissionColorFactor"],
            ),
            (
                json!({ "diffuseTransmissionColorFactor": [1, 1, "1"] }),
                of(DiffuseTransmission::default()),
                &["diffuseTransmissionColorFactor"],
            ),
        ],
    );
}

#[test]
fn a_volume_is_read() {
    let of = |volume| Material { volume, ..Material::default() };
    let full = Volume {
        thickness_factor: 0.02,
        thickness_texture: info(1),
        attenuation_distance: 0.5,
        attenuation_color: Vec3::new(1.0, 0.5, 0.0),
    };
    check(
        "KHR_materials_volume",
        &[
            (
                json!({ "thicknessFactor": 0.02, "thicknessTexture": { "index": 1 }, "attenuationDistance": 0.5,
                    "attenuationColor": [1.0, 0.5, 0.0] }),
                of(full),
                &[],
            ),
            (
                json!({ "thicknessFactor": -1, "attenuationDistance": 0, "attenuationColor": [1, 2, 1] }),
                of(Volume::default()),
                &["thicknessFactor", "attenuationColor", "attenuationDistance"],
            ),
            (json!({ "attenuationDistance": -3 }), of(Volume::default()), &["attenuationDistance"]),
            (json!({ "attenuationDistance": "Infinity" }), of(Volume::default()), &["attenuationDistance"]),
        ],
    );
}

#[test]
fn dispersion_is_read() {
    let of = |dispersion: f32| Material { dispersion, ..Material::default() };
    check(
        "KHR_materials_dispersion",
        &[
            (json!({ "dispersion": 2.04 }), of(2.04), &[]),
            (json!({ "dispersion": -1 }), of(0.0), &["dispersion"]),
            (json!({ "dispersion": "1" }), of(0.0), &["dispersion"]),
        ],
    );
}

#[test]
fn textures_beyond_the_places_are_reported_once_at_the_most_important_of_them() {
    let texture = |index: usize| json!({ "index": index });
    let mut material = json!({ "extensions": {
        "KHR_materials_clearcoat": { "clearcoatFactor": 1, "clearcoatTexture": texture(0),
            "clearcoatRoughnessFactor": 1, "clearcoatRoughnessTexture": texture(1),
            "clearcoatNormalTexture": texture(2) },
        "KHR_materials_sheen": { "sheenColorFactor": [1, 1, 1], "sheenColorTexture": texture(3),
            "sheenRoughnessFactor": 1, "sheenRoughnessTexture": texture(3) },
        "KHR_materials_specular": { "specularTexture": texture(4), "specularColorTexture": texture(5) },
        "KHR_materials_anisotropy": { "anisotropyStrength": 0, "anisotropyTexture": texture(8) },
    } });
    let (read_material, issues) = read(material.clone());
    let places = ExtensionTextures::of(&read_material);
    assert_eq!((places.bound.len(), places.dropped.len(), issues), (6, 0, vec![]), "one is shared, one unseen");
    material["extensions"]["KHR_materials_anisotropy"]["anisotropyStrength"] = 1.into();
    material["extensions"]["KHR_materials_transmission"] =
        json!({ "transmissionFactor": 1, "transmissionTexture": texture(9) });
    material["extensions"]["KHR_materials_iridescence"] =
        json!({ "iridescenceFactor": 1, "iridescenceTexture": texture(6) });
    let (read_material, issues) = read(material);
    let dropped = ExtensionTextures::of(&read_material).dropped;
    assert_eq!(dropped, [TextureRole::Specular, TextureRole::Anisotropy, TextureRole::Iridescence]);
    let place = "/materials/0/extensions/KHR_materials_specular/specularTexture";
    assert_eq!(issues, [("GLTF_MATERIAL".to_owned(), place.to_owned())]);
}

#[test]
fn tangents_are_made_for_the_coats_normals_and_for_the_brush() {
    let tangents = |extensions: Value| {
        let mut model = with_material(json!({ "extensions": extensions }));
        let uvs = model.floats("VEC2", &[0.0, 0.0, 1.0, 0.0, 0.0, 1.0]);
        model.attribute("TEXCOORD_0", uvs);
        model.primitive()["material"] = 0.into();
        model.clean().vertices.tangents.len()
    };
    let map = json!({ "index": 0 });
    assert_eq!(tangents(json!({ "KHR_materials_clearcoat": { "clearcoatTexture": map } })), 0);
    assert_eq!(tangents(json!({ "KHR_materials_clearcoat": { "clearcoatNormalTexture": map } })), 3);
    assert_eq!(tangents(json!({ "KHR_materials_anisotropy": { "anisotropyTexture": map } })), 3);
}
