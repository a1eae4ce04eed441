//! Typed errors, places and limits.

use anprobe::import::{Limits, Opened, import};
use anprobe::issue::Code;
use serde_json::{Value, json};

use crate::literal::{Model, U8, glb};

/// The place of the only issue after `pointer` was set to `value`, with its code.
fn after(model: &Model, pointer: &str, key: &str, value: Value) -> Vec<(String, String)> {
    let mut model = model.clone();
    model.json.pointer_mut(pointer).expect("the place is there")[key] = value;
    model.issues()
}

#[test]
fn every_fault_is_reported_with_its_place() {
    let model = Model::triangle();
    let primitive = "/meshes/0/primitives/0";
    let one = |code: &str, path: &str| vec![(code.to_owned(), path.to_owned())];
    let check = |pointer: &str, key: &str, value: Value, code: &str, path: &str| {
        assert_eq!(after(&model, pointer, key, value.clone()), one(code, path), "{pointer}/{key} = {value}");
    };
    let (range, wrong) = ("GLTF_INDEX_OUT_OF_RANGE", "GLTF_VALUE");
    check(primitive, "material", json!(5), range, "/meshes/0/primitives/0/material");
    check(primitive, "material", json!("x"), wrong, "/meshes/0/primitives/0/material");
    check(primitive, "material", json!(-1), wrong, "/meshes/0/primitives/0/material");
    check(
        "/meshes/0/primitives/0/attributes",
        "NORMAL",
        json!(1e300),
        wrong,
        "/meshes/0/primitives/0/attributes/NORMAL",
    );
    check("/nodes/0", "camera", json!(0), range, "/nodes/0/camera");
    check("/nodes/0", "matrix", json!([1, 2]), wrong, "/nodes/0/matrix");
    check("/nodes/0", "rotation", json!([0, 0, 0, 0]), wrong, "/nodes/0/rotation");
    check("/nodes/0", "name", json!(3), wrong, "/nodes/0/name");
    check("", "textures", json!({}), wrong, "/textures");
    check("", "materials", json!([{ "alphaMode": "GLASS" }]), wrong, "/materials/0/alphaMode");
    check(
        "",
        "materials",
        json!([{ "pbrMetallicRoughness": { "metallicFactor": 2 } }]),
        wrong,
        "/materials/0/pbrMetallicRoughness/metallicFactor",
    );
    check("", "materials", json!([{ "normalTexture": { "index": 0 } }]), range, "/materials/0/normalTexture/index");
    check("", "scene", json!(4), range, "/scene");
    check("", "extensionsUsed", json!(["KHR_a/b"]), "GLTF_UNKNOWN_EXTENSION", "/extensionsUsed/0");
    check("", "images", json!([{ "uri": "http://example.com/a.png" }]), "GLTF_URI", "/images/0/uri");
}

#[test]
fn keys_are_escaped_in_pointers() {
    let mut model = Model::triangle();
    model.json["extensions"] = json!({ "KHR_lights_punctual": { "lights": [{ "type": "point", "color": "red" }] } });
    model.json["a/b~c"] = json!([]);
    assert_eq!(model.issues()[0].1, "/extensions/KHR_lights_punctual/lights/0/color");
}

#[test]
fn what_reaches_past_the_end_is_left_out() {
    let mut model = Model::triangle();
    let short = model.numbers("VEC3", U8, 3, &[0; 8]);
    model.attribute("NORMAL", short);
    assert_eq!(model.issues(), [("GLTF_RANGE".into(), format!("/accessors/{short}"))]);
    model.json["bufferViews"][1]["byteLength"] = json!(4_000_000_000u32);
    assert_eq!(model.issues(), [("GLTF_RANGE".into(), "/bufferViews/1".into())]);
    model.json["bufferViews"][1]["byteOffset"] = json!(u64::MAX);
    assert_eq!(model.issues(), [("GLTF_RANGE".into(), "/bufferViews/1".into())], "and nothing overflows");
}

#[test]
fn triangles_with_missing_vertices_are_left_out_alone() {
    let mut model = Model::triangle();
    let indices = model.numbers("SCALAR", U8, 6, &[0, 1, 2, 0, 1, 3]);
    model.primitive()["indices"] = indices.into();
    assert_eq!(model.issues(), [("GLTF_INDEX_OUT_OF_RANGE".into(), "/meshes/0/primitives/0/indices".into())]);
    let (scene, _) = model.read();
    assert_eq!(scene.meshes.get(0).unwrap().primitives.get(0).unwrap().indices, [0, 1, 2]);
}

#[test]
fn a_bad_primitive_leaves_a_hole_before_a_good_one() {
    let mut model = Model::triangle();
    let good = model.primitive().clone();
    model.json["meshes"][0]["primitives"] = json!([{ "attributes": {} }, good, { "attributes": { "POSITION": 7 } }]);
    let (scene, _) = model.read();
    let mesh = scene.meshes.get(0).unwrap();
    assert!(mesh.primitives.get(0).is_none() && mesh.primitives.get(1).is_some() && mesh.primitives.get(2).is_none());
}

#[test]
fn a_required_extension_that_is_not_read_is_an_error() {
    let mut model = Model::triangle();
    model.json["extensionsRequired"] = json!(["KHR_mesh_quantization", "EXT_unheard_of"]);
    let error = model.open(&Limits::default()).unwrap_err();
    let found = (error.code, error.path.as_str(), error.detail.as_str());
    assert_eq!(found, (Code::RequiredExtension, "/extensionsRequired/1", "EXT_unheard_of"));
    assert!(error.to_string().contains("EXT_unheard_of"));
}

#[test]
fn a_tree_of_ten_thousand_levels_is_read() {
    let mut model = Model::triangle();
    let mut nodes: Vec<Value> = (1..10_000).map(|child| json!({ "children": [child] })).collect();
    nodes.push(json!({ "mesh": 0 }));
    model.json["nodes"] = nodes.into();
    assert_eq!(model.read().0.nodes.len(), 10_000);
}

#[test]
fn containers_with_small_faults_are_read() {
    let model = Model::triangle();
    let said = |bytes: Vec<u8>| -> Vec<&'static str> {
        let (_, issues) = import(bytes).expect("the triangle is there");
        issues.iter().map(|issue| issue.code.as_str()).collect()
    };
    let good = model.glb();
    assert!(said(good.clone()).is_empty());
    let trailing = [&good[..], b"rubbish"].concat();
    assert_eq!(said(trailing), ["GLTF_CONFORMANCE"]);
    let mut wrong_length = good.clone();
    wrong_length[8..12].copy_from_slice(&9_999u32.to_le_bytes());
    assert_eq!(said(wrong_length), ["GLB_CONTAINER"]);
    let mut unknown_chunk = [&good[..], &4u32.to_le_bytes(), b"WHAT", b"ever"].concat();
    let length = unknown_chunk.len() as u32;
    unknown_chunk[8..12].copy_from_slice(&length.to_le_bytes());
    assert_eq!(said(unknown_chunk), ["GLTF_CONFORMANCE"]);
    let mut json = model.json.clone();
    json["buffers"] = json!([{ "byteLength": model.bin.len() }]);
    let with_mark = ["\u{FEFF}", &json.to_string()].concat();
    assert_eq!(said(glb(with_mark.as_bytes(), &model.bin)), ["GLTF_CONFORMANCE"]);
    let mut cut = good.clone();
    cut.truncate(good.len() - 1);
    let error = import(cut).unwrap_err();
    assert_eq!((error.code, error.path.as_str()), (Code::Container, ""));
}

#[test]
fn other_versions_and_other_bytes_are_told_apart() {
    let error = |bytes: &[u8]| import(bytes.to_vec()).unwrap_err().code;
    assert_eq!(error(b""), Code::NotGltf);
    assert_eq!(error(b"solid cube"), Code::NotGltf);
    assert_eq!(error(b"glTF\x01\0\0\0\x14\0\0\0"), Code::Version);
    assert_eq!(error(br#"{ "asset": { "version": "1.0" } }"#), Code::Version);
    assert_eq!(error(br#"{ "asset": { "version": "2.0", "minVersion": "2.1" } }"#), Code::Version);
    assert_eq!(error(br#"{ "asset": { "version": "2.0" } "#), Code::Json);
    assert_eq!(error(br#"{ "asset": { "version": "2.0" } }"#), Code::Empty);
    assert_eq!(error(&[b'['; 100_000]), Code::NotGltf);
    assert_eq!(error(&[&b"{\"a\":"[..], &[b'['; 100_000]].concat()), Code::Json);
}

#[test]
fn buffers_beside_the_file_are_asked_for_once_each() {
    let model = Model::triangle();
    let mut json = model.json.clone();
    json["buffers"] = json!([{ "byteLength": model.bin.len(), "uri": "my%20data.bin" }]);
    let open = || Opened::new(json.to_string().into_bytes(), &Limits::default()).unwrap();
    let opened = open();
    let external = opened.external_buffers();
    assert_eq!((external.len(), external[0].buffer, external[0].uri.as_str()), (1, 0, "my data.bin"));
    let mut asked = Vec::new();
    let (scene, issues) = opened
        .finish(|buffer| {
            asked.push(buffer);
            Some(model.bin.clone())
        })
        .unwrap();
    assert!(issues.is_empty() && scene.meshes.get(0).is_some());
    assert_eq!(asked, [0]);
    let error = open().finish(|_| None).unwrap_err();
    assert_eq!((error.code, error.path.as_str()), (Code::Resource, "/buffers/0/uri"));
}

#[test]
fn the_json_is_kept_for_exporters() {
    let mut model = Model::triangle();
    model.json["extras"] = json!({ "shop": "Käfer" });
    let (scene, _) = model.read();
    let kept: Value = serde_json::from_str(&scene.source_json).unwrap();
    assert_eq!(kept["extras"]["shop"], "Käfer");
}

#[test]
fn bytes_in_the_json_are_not_kept_twice() {
    let mut model = Model::triangle();
    model.json["images"] = json!([{ "uri": "data:image/webp;base64,AAAA", "name": "a" }]);
    let (scene, _) = model.read();
    let kept: Value = serde_json::from_str(&scene.source_json).unwrap();
    assert_eq!(kept["images"][0], json!({ "uri": "data:image/webp;base64,", "name": "a" }));
}
