//! KHR_materials_pbrSpecularGlossiness, archived.

use anprobe::scene::{Material, Specular};
use glam::{Vec3, Vec4};
use serde_json::{Value, json};

use crate::layers::{info, read};

const SPECULAR_GLOSSINESS: &str = "KHR_materials_pbrSpecularGlossiness";

#[test]
fn specular_glossiness_becomes_a_dielectric_of_its_specular_colour() {
    let plain = Material { ior: 0.0, metallic_factor: 0.0, roughness_factor: 0.0, ..Material::default() };
    let core = json!({ "baseColorFactor": [0.1, 0.1, 0.1, 0.1], "metallicRoughnessTexture": { "index": 5 } });
    for pbr in [json!({}), core] {
        let with = |members: Value| {
            read(json!({ "pbrMetallicRoughness": pbr, "extensions": { SPECULAR_GLOSSINESS: members } }))
        };
        assert_eq!(with(json!({})), (plain.clone(), vec![]));
        let expected = Material {
            base_color_factor: Vec4::new(0.5, 0.25, 0.125, 0.75),
            base_color_texture: info(1),
            specular: Specular { color_factor: Vec3::new(1.0, 0.766, 0.336), ..Specular::default() },
            roughness_factor: 0.75,
            ..plain.clone()
        };
        let members = json!({ "diffuseFactor": [0.5, 0.25, 0.125, 0.75], "diffuseTexture": { "index": 1 },
            "specularFactor": [1.0, 0.766, 0.336], "glossinessFactor": 0.25 });
        assert_eq!(with(members), (expected, vec![]), "it wins over metallic-roughness");
    }
    let place = |key: &str| format!("/materials/0/extensions/{SPECULAR_GLOSSINESS}/{key}");
    let wrong = json!({ "diffuseFactor": [1], "specularFactor": [2, 1, 1], "glossinessFactor": -1 });
    let (material, issues) = read(json!({ "extensions": { SPECULAR_GLOSSINESS: wrong } }));
    assert_eq!(material, Material { roughness_factor: 1.0, ..plain });
    let wrong = ["diffuseFactor", "specularFactor", "glossinessFactor"];
    assert_eq!(issues, wrong.map(|key| ("GLTF_VALUE".to_owned(), place(key))));
}

#[test]
fn glossiness_from_a_texture_is_half_of_its_factor_unless_the_file_has_a_roughness() {
    let named = format!("/materials/0/extensions/{SPECULAR_GLOSSINESS}/specularGlossinessTexture");
    let members = json!({ "specularGlossinessTexture": { "index": 2 }, "glossinessFactor": 0.5,
        "diffuseTexture": { "index": 3 } });
    let extensions = json!({ SPECULAR_GLOSSINESS: members });
    let with = |pbr: Value| read(json!({ "pbrMetallicRoughness": pbr, "extensions": extensions }));
    for pbr in [json!({}), json!({ "baseColorTexture": { "index": 1 }, "roughnessFactor": 0.1 })] {
        let (material, issues) = with(pbr);
        assert_eq!((material.ior, material.metallic_factor, material.roughness_factor), (0.0, 0.0, 0.75));
        assert_eq!((material.base_color_texture, material.specular.color_texture), (info(3), info(2)));
        assert_eq!(issues, [("GLTF_MATERIAL".to_owned(), named.clone())]);
    }
    let (material, issues) =
        with(json!({ "baseColorTexture": { "index": 1 }, "metallicRoughnessTexture": { "index": 4 } }));
    assert_eq!((material.base_color_texture, material.metallic_roughness_texture), (info(1), info(4)));
    assert_eq!((material.ior, material.specular), (1.5, Specular::default()));
    assert_eq!(issues, [("GLTF_UNKNOWN_EXTENSION".to_owned(), named)]);
}

#[test]
fn an_unlit_material_has_the_diffuse_colour_where_it_has_no_other() {
    let extensions = json!({ "KHR_materials_unlit": {}, SPECULAR_GLOSSINESS: {
        "diffuseTexture": { "index": 1 }, "specularGlossinessTexture": { "index": 2 } } });
    let (material, issues) = read(json!({ "extensions": extensions }));
    assert_eq!((material.base_color_texture, issues), (info(1), vec![]));
    let (material, issues) = read(json!({ "pbrMetallicRoughness": {}, "extensions": extensions }));
    assert_eq!((material.base_color_texture, issues), (None, vec![]));
}
