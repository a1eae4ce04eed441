//! Materials, textures, variants, visibility, lights and cameras.

use anprobe::scene::{
    AlphaMode, Filter, ImageSource, Lens, LightKind, MipFilter, Overlay, Pose, Sampler, Scene, UvTransform, Wrap,
};
use glam::{Vec2, Vec3, Vec4};
use serde_json::json;

use crate::literal::Model;

const PNG: &[u8] = b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\0\x02\0\0\0\x01";

fn with_textures() -> Model {
    let mut model = Model::triangle();
    model.json["images"] = json!([{ "uri": "a%20b.png" }, { "uri": "b.webp" }, { "uri": "c.avif" }]);
    model.json["textures"] = json!([
        { "source": 0 },
        { "source": 0, "extensions": { "EXT_texture_webp": { "source": 1 } } },
        { "extensions": { "EXT_texture_avif": { "source": 2 } } },
    ]);
    model.primitive()["material"] = 0.into();
    model
}

#[test]
fn a_material_without_properties_is_gltfs_default() {
    let mut model = Model::triangle();
    model.json["materials"] = json!([{}]);
    assert_eq!(model.read().0.materials.get(0), Some(&Default::default()));
}

#[test]
fn every_property_of_a_material_is_read() {
    let mut model = with_textures();
    model.json["materials"] = json!([{
        "name": "all",
        "pbrMetallicRoughness": {
            "baseColorFactor": [0.1, 0.2, 0.3, 0.4], "baseColorTexture": { "index": 0 },
            "metallicFactor": 0.5, "roughnessFactor": 0.25, "metallicRoughnessTexture": { "index": 1, "texCoord": 1 },
        },
        "normalTexture": { "index": 0, "scale": -2.0 },
        "occlusionTexture": { "index": 1, "strength": 0.75 },
        "emissiveTexture": { "index": 2 }, "emissiveFactor": [1.0, 0.5, 0.0],
        "alphaMode": "MASK", "alphaCutoff": 0.3, "doubleSided": true,
        "extensions": { "KHR_materials_unlit": {}, "KHR_materials_emissive_strength": { "emissiveStrength": 8.0 } },
    }]);
    let (scene, _) = model.read();
    let material = scene.materials.get(0).unwrap();
    assert_eq!(material.base_color_factor, Vec4::new(0.1, 0.2, 0.3, 0.4));
    assert_eq!((material.metallic_factor, material.roughness_factor), (0.5, 0.25));
    let uses: Vec<_> = material.textures().map(|(_, info)| (info.texture, info.uv_set)).collect();
    assert_eq!(uses, [(0, 0), (1, 1), (0, 0), (1, 0), (2, 0)]);
    assert_eq!((material.normal_scale, material.occlusion_strength, material.emissive_strength), (-2.0, 0.75, 8.0));
    assert_eq!(material.emissive_factor, Vec3::new(1.0, 0.5, 0.0));
    assert_eq!(material.alpha_mode, AlphaMode::Mask { cutoff: 0.3 });
    assert!(material.double_sided && material.unlit && material.name == "all");
}

#[test]
fn a_texture_transform_moves_and_may_choose_the_uv_set() {
    let mut model = with_textures();
    model.json["materials"] = json!([{ "emissiveTexture": { "index": 0, "texCoord": 0, "extensions": {
        "KHR_texture_transform": { "offset": [0.5, -1.0], "rotation": 1.5, "scale": [2.0, 3.0], "texCoord": 1 } } } }]);
    let (scene, _) = model.read();
    let info = scene.materials.get(0).unwrap().emissive_texture.unwrap();
    let transform = UvTransform { offset: Vec2::new(0.5, -1.0), rotation: 1.5, scale: Vec2::new(2.0, 3.0) };
    assert_eq!((info.transform, info.uv_set), (transform, 1));
}

#[test]
fn the_better_packed_picture_is_taken() {
    let (scene, issues) = with_textures().read();
    assert!(issues.iter().all(|issue| issue.path.contains("material")), "{issues:?}");
    let images: Vec<_> = scene.textures.iter().map(|(_, texture)| texture.image).collect();
    assert_eq!(images, [Some(0), Some(1), Some(2)]);
    assert!(matches!(&scene.images.get(0).unwrap().source, ImageSource::External { uri } if uri == "a b.png"));
}

#[test]
fn a_texture_falls_back_to_what_it_names_beside() {
    let mut model = with_textures();
    let picture = |source: usize| json!({ "source": source });
    model.json["textures"] = json!([
        { "source": 0, "extensions": { "EXT_texture_webp": picture(1), "EXT_texture_avif": picture(2) } },
        { "source": 0, "extensions": { "EXT_texture_webp": picture(1) } },
        { "source": 1 },
    ]);
    let (mut scene, _) = model.read();
    let shown = |scene: &Scene| scene.textures.iter().map(|(_, texture)| texture.image).collect::<Vec<_>>();
    assert_eq!(shown(&scene), [Some(1), Some(1), Some(1)]);
    assert!(scene.fall_back(1));
    assert_eq!(shown(&scene), [Some(2), Some(0), Some(1)], "the last has nothing else");
    assert!(scene.fall_back(2) && !scene.fall_back(0));
    assert_eq!(shown(&scene), [Some(0), Some(0), Some(1)]);
}

#[test]
fn a_picture_that_cannot_be_read_is_reported_at_its_texture() {
    let mut model = with_textures();
    model.json["materials"] = json!([]);
    model.json["images"][0] = json!({});
    let source = ("GLTF_IMAGE".into(), "/textures/0/source".into());
    let issues = model.issues();
    assert!(issues.contains(&source) && issues.contains(&("GLTF_IMAGE".into(), "/textures/0".into())), "{issues:?}");
}

#[test]
fn pictures_share_the_bytes_of_a_file_of_pictures_and_copy_from_others() {
    let picture = [PNG, &[0; 500][..]].concat();
    let read = |other: usize| {
        let mut model = Model::triangle();
        model.view(&vec![0; other], None);
        let view = model.view(&picture, None);
        model.json["images"] = json!([{ "bufferView": view }, { "bufferView": view }]);
        let (scene, _) = model.read();
        let places: Vec<_> = scene
            .images
            .iter()
            .map(|(_, image)| match &image.source {
                ImageSource::Encoded { bytes, .. } => {
                    assert_eq!(bytes.as_slice(), picture);
                    bytes.as_ptr()
                }
                ImageSource::External { .. } => panic!("they are inside"),
            })
            .collect();
        places[0] == places[1]
    };
    assert!(read(0), "nothing is copied");
    assert!(!read(100_000), "a small picture does not keep a large file");
}

#[test]
fn pictures_inside_the_file_say_what_they_are() {
    let mut model = Model::triangle();
    let view = model.view(PNG, None);
    let other = model.view(b"\xABKTX 20\xBB\r\n\x1A\n", None);
    model.json["images"] = json!([
        { "bufferView": view }, { "bufferView": view, "mimeType": "image/jpeg" },
        { "bufferView": other, "mimeType": "image/ktx2" }, { "uri": "data:image/webp;base64,AAAA" },
    ]);
    let (scene, issues) = model.read();
    for index in [0, 1] {
        let source = &scene.images.get(index).unwrap().source;
        assert!(matches!(source, ImageSource::Encoded { mime: "image/png", bytes } if bytes.as_slice() == PNG));
    }
    let source = &scene.images.get(3).unwrap().source;
    assert!(matches!(source, ImageSource::Encoded { mime: "image/webp", bytes } if bytes.as_slice() == [0, 0, 0]));
    assert!(scene.images.get(2).is_none());
    let said: Vec<_> = issues.iter().map(|issue| (issue.code.as_str(), issue.path.as_str())).collect();
    assert_eq!(said, [("GLTF_CONFORMANCE", "/images/1"), ("GLTF_IMAGE", "/images/2")]);
}

#[test]
fn samplers_keep_their_filters_and_wraps() {
    let mut model = with_textures();
    model.json["samplers"] =
        json!([{ "magFilter": 9728, "minFilter": 9985, "wrapS": 33071, "wrapT": 33648 }, { "minFilter": 9729 }]);
    model.json["textures"] = json!([{ "source": 0, "sampler": 0 }, { "source": 0, "sampler": 1 }, { "source": 0 }]);
    let (scene, _) = model.read();
    let sampler = |index| scene.textures.get(index).unwrap().sampler;
    let (magnify, minify, mip) = (Filter::Nearest, Filter::Linear, MipFilter::Nearest);
    assert_eq!(sampler(0), Sampler { magnify, minify, mip, wrap_u: Wrap::Clamp, wrap_v: Wrap::Mirror });
    assert_eq!(sampler(1), Sampler { mip: MipFilter::None, ..Sampler::default() });
    assert_eq!(sampler(2), Sampler::default());
}

#[test]
fn variants_map_primitives_to_materials() {
    let mut model = Model::triangle();
    model.json["materials"] = json!([{}, {}, {}]);
    model.json["extensions"] =
        json!({ "KHR_materials_variants": { "variants": [{ "name": "red" }, { "name": "blue" }, { "name": "red" }] } });
    model.primitive()["material"] = 0.into();
    model.primitive()["extensions"] = json!({ "KHR_materials_variants": { "mappings": [
        { "material": 2, "variants": [2, 9] }, { "material": 1, "variants": [0, 2] } ] } });
    let (scene, _) = model.read();
    assert_eq!(scene.variants, ["red", "blue", "red"]);
    let primitive = scene.meshes.get(0).unwrap().primitives.get(0).unwrap();
    let under = [None, Some(0), Some(1), Some(2), Some(7)].map(|variant| primitive.material_under(variant));
    assert_eq!(under, [0, 1, 0, 2, 0].map(Some));
    let mapping = "/meshes/0/primitives/0/extensions/KHR_materials_variants/mappings";
    let expected = [
        ("GLTF_INDEX_OUT_OF_RANGE".to_owned(), format!("{mapping}/0/variants/1")),
        ("GLTF_VALUE".to_owned(), format!("{mapping}/1/variants/1")),
    ];
    assert_eq!(model.issues(), expected);
}

#[test]
fn node_visibility_hides_what_is_below() {
    let mut model = Model::triangle();
    let hidden = json!({ "KHR_node_visibility": { "visible": false } });
    model.json["nodes"] = json!([{ "mesh": 0, "children": [1], "extensions": hidden }, { "mesh": 0 }]);
    let (scene, _) = model.read();
    assert!(!scene.nodes.get(0).unwrap().visible && scene.nodes.get(1).unwrap().visible);
    assert_eq!(Pose::rest(&scene, &Overlay::default()).visible, [false, false]);
}

#[test]
fn lights_and_cameras_are_read() {
    let mut model = Model::triangle();
    model.json["extensions"] = json!({ "KHR_lights_punctual": { "lights": [
        { "type": "directional", "color": [1.0, 0.5, 0.0], "intensity": 3.0 }, { "type": "candle" },
        { "type": "spot", "range": 2.0, "spot": { "innerConeAngle": 0.1, "outerConeAngle": 0.2 } } ] } });
    model.json["cameras"] = json!([
        { "type": "perspective", "perspective": { "yfov": 0.8, "znear": 0.1 } },
        { "type": "orthographic", "orthographic": { "xmag": 2.0, "ymag": -1.0, "znear": 0.0, "zfar": 9.0 } },
        { "type": "perspective", "perspective": { "znear": 0.1 } },
    ]);
    model.json["nodes"][0]["camera"] = 1.into();
    model.json["nodes"][0]["extensions"] = json!({ "KHR_lights_punctual": { "light": 2 } });
    let (scene, _) = model.read();
    let lights: Vec<_> = scene.lights.iter().map(|(index, light)| (index, light.kind)).collect();
    assert_eq!(lights, [(0, LightKind::Directional), (2, LightKind::Spot { inner: 0.1, outer: 0.2 })]);
    assert_eq!(scene.lights.get(0).unwrap().color, Vec3::new(1.0, 0.5, 0.0));
    assert_eq!(scene.lights.get(2).unwrap().range, Some(2.0));
    let lens = |index: usize| scene.cameras.get(index).map(|camera| camera.lens);
    assert_eq!(lens(0), Some(Lens::Perspective { yfov: 0.8, aspect: None, near: 0.1, far: None }));
    assert_eq!(lens(1), Some(Lens::Orthographic { xmag: 2.0, ymag: 1.0, near: 0.0, far: 9.0 }));
    assert_eq!(lens(2), None);
    let node = scene.nodes.get(0).unwrap();
    assert_eq!((node.camera, node.light), (Some(1), Some(2)));
    let paths: Vec<String> = model.issues().into_iter().map(|(_, path)| path).collect();
    assert_eq!(paths, ["/cameras/2", "/extensions/KHR_lights_punctual/lights/1"]);
}

#[test]
fn what_the_renderer_has_no_room_for_is_reported() {
    let mut model = with_textures();
    model.json["extensions"] = json!({ "KHR_lights_punctual": { "lights": [{ "type": "point" }] } });
    let lit = |count: usize| {
        let mut model = model.clone();
        let light = json!({ "extensions": { "KHR_lights_punctual": { "light": 0 } } });
        let nodes = std::iter::once(json!({ "mesh": 0 })).chain(vec![light; count]);
        model.json["nodes"] = nodes.collect::<Vec<_>>().into();
        model.json["materials"] = json!([{}]);
        model.issues()
    };
    #[cfg(feature = "render")]
    assert_eq!(anprobe::render::layout::MOST_LIGHTS, 8);
    assert_eq!(lit(8), []);
    assert_eq!(lit(9), [("GLTF_LIMIT".into(), "/nodes/9".into())]);

    let mut textured = |sets: [usize; 3]| {
        let [a, b, c] = sets.map(|set| json!({ "index": 0, "texCoord": set }));
        model.json["materials"] = json!([{ "emissiveTexture": a, "occlusionTexture": b, "pbrMetallicRoughness": {
            "baseColorTexture": c } }]);
        model.issues()
    };
    assert_eq!(textured([0, 2, 2]), []);
    assert_eq!(textured([1, 0, 2]), [("GLTF_LIMIT".into(), "/meshes/0/primitives/0".into())]);
}
