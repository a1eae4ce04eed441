//! What else of a file stays, what goes, and what is said of what is wrong.

use anprobe::decode::decode;
use anprobe::import::{Limits, import};
use anprobe::issue::Code;
use serde_json::{Value, json};

use crate::{file, joined, split, unpacked};

const PACKED: [&str; 5] =
    ["meshopt-ext.glb", "meshopt-khr.glb", "draco-edges.glb", "draco-sequential.glb", "instanced.glb"];

#[test]
fn what_was_packed_goes_and_all_else_stays() {
    for name in PACKED {
        let (before, _) = split(&file(name));
        let (after, bin) = split(&unpacked(file(name)).0);
        let text = after.to_string();
        assert!(
            !text.contains("meshopt_compression") && !text.contains("draco") && !text.contains("instancing"),
            "{text}"
        );
        for kept in ["asset", "extras", "materials", "scene", "scenes"] {
            assert_eq!(before[kept], after[kept], "{name}");
        }
        assert_eq!(after["buffers"].as_array().unwrap().len(), 1, "{name}");
        assert_eq!(after["buffers"][0]["byteLength"].as_u64().unwrap() as usize, bin.len(), "{name}");
        // Nothing of the streams is in it any more: each byte belongs to a view, but for what fills up.
        let named: u64 =
            after["bufferViews"].as_array().unwrap().iter().filter_map(|view| view["byteLength"].as_u64()).sum();
        assert!(bin.len() as u64 <= named + 4 * 8, "{name}: {} bytes, {named} in views", bin.len());
    }
}

#[test]
fn pictures_and_unknown_extensions_stay_byte_for_byte() {
    let (mut json, mut bin) = split(&file("meshopt-khr.glb"));
    let picture = b"a picture that nobody looks at!!";
    json["images"] = json!([{ "bufferView": 4, "mimeType": "image/png" }]);
    let start = bin.len();
    bin.extend(picture);
    json["buffers"][0]["byteLength"] = bin.len().into();
    json["buffers"][0]["name"] = "own".into();
    let views = json["bufferViews"].as_array_mut().unwrap();
    views.push(json!({ "buffer": 0, "byteOffset": start, "byteLength": picture.len(), "extensions": { "EXT_other": { "a": 1 } } }));
    json["nodes"][0]["extensions"] = json!({ "EXT_other": [1, { "x": "\u{e9}\"" }] });
    json["extensionsUsed"].as_array_mut().unwrap().push("EXT_other".into());
    let (after, bin) = split(&unpacked(joined(&json, &bin)).0);
    let view = &after["bufferViews"][4];
    let start = view["byteOffset"].as_u64().unwrap() as usize;
    assert_eq!(&bin[start..start + picture.len()], picture);
    assert_eq!(view["extensions"], json!({ "EXT_other": { "a": 1 } }));
    assert_eq!(after["nodes"], json["nodes"]);
    assert_eq!(after["buffers"][0]["name"], "own");
    assert_eq!(after["extensionsUsed"], json!(["KHR_mesh_quantization", "EXT_other"]));
    assert_eq!(after["extensionsRequired"], json!(["KHR_mesh_quantization"]));
}

/// A file whose streams lie beside it.
fn apart() -> (Vec<u8>, Vec<u8>) {
    let (mut json, bin) = split(&file("meshopt-ext.glb"));
    json["buffers"][0]["uri"] = "streams%20here.bin".into();
    (json.to_string().into_bytes(), bin)
}

#[test]
fn streams_beside_the_file_are_asked_for_by_their_address() {
    let (gltf, bin) = apart();
    let (plain, issues) = decode(gltf, &Limits::default(), |resource| {
        assert_eq!(resource.uri, "streams here.bin");
        Some(bin.clone())
    })
    .unwrap();
    assert!(issues.is_empty(), "{issues:?}");
    assert_eq!(import(plain).unwrap().0.meshes.len(), 1);
}

#[test]
fn without_them_the_file_is_a_hole_that_is_reported() {
    let (plain, issues) = decode(apart().0, &Limits::default(), |_| None).unwrap();
    let issue = issues.iter().next().unwrap();
    assert_eq!(
        (issue.code, issue.path.as_str()),
        (Code::Resource, "/bufferViews/0/extensions/EXT_meshopt_compression")
    );
    assert_eq!(import(plain).unwrap_err().code, Code::Range);
}

/// Changes the JSON of a file.
fn changed(name: &str, change: impl FnOnce(&mut Value)) -> Vec<u8> {
    let (mut json, bin) = split(&file(name));
    change(&mut json);
    joined(&json, &bin)
}

#[test]
fn a_broken_stream_costs_what_is_in_it_and_says_where() {
    // The normals' stream: the ball is lit flat.
    let broken = changed("meshopt-khr.glb", |json| {
        json["bufferViews"][2]["extensions"]["KHR_meshopt_compression"]["byteLength"] = 30.into();
    });
    let (plain, issues) = unpacked(broken);
    let issue = issues.iter().next().unwrap();
    assert_eq!((issue.code, issue.path.as_str()), (Code::Packed, "/bufferViews/2/extensions/KHR_meshopt_compression"));
    let (scene, _) = import(plain).unwrap();
    assert_eq!(scene.meshes.len(), 1);
    let broken = changed("draco-edges.glb", |json| json["bufferViews"][0]["byteLength"] = 60.into());
    let (plain, issues) = unpacked(broken);
    let issue = issues.iter().next().unwrap();
    let path = "/meshes/0/primitives/0/extensions/KHR_draco_mesh_compression";
    assert_eq!((issue.code, issue.path.as_str()), (Code::Packed, path));
    assert!(import(plain).is_err(), "there is nothing else in it");
}

#[test]
fn what_is_there_unpacked_too_and_not_required_is_taken_so() {
    let (mut json, bin) = split(&file("plain.glb"));
    json["extensionsUsed"] = json!(["KHR_draco_mesh_compression"]);
    let extension = json!({ "bufferView": 0, "attributes": { "POSITION": 0 } });
    json["meshes"][0]["primitives"][0]["extensions"] = json!({ "KHR_draco_mesh_compression": extension });
    let glb = joined(&json, &bin);
    assert!(unpacked(glb.clone()).0 == glb);
    // A fallback that is none is no reason to show nothing.
    let said_optional =
        changed("meshopt-ext.glb", |json| json["extensionsRequired"] = json!(["KHR_mesh_quantization"]));
    let (plain, issues) = unpacked(said_optional);
    assert!(issues.is_empty(), "{issues:?}");
    assert!(import(plain).is_ok());
}

#[test]
fn what_is_declared_and_nowhere_packed_is_declared_no_more() {
    for (list, name) in [
        ("extensionsUsed", "EXT_mesh_gpu_instancing"),
        ("extensionsRequired", "KHR_draco_mesh_compression"),
        ("extensionsRequired", "EXT_meshopt_compression"),
    ] {
        let declared = changed("plain.glb", |json| json[list] = json!([name, "KHR_mesh_quantization"]));
        assert!(import(declared.clone()).is_err_and(|issue| issue.detail == name), "{name}");
        let (plain, issues) = unpacked(declared);
        assert!(issues.is_empty(), "{name}: {issues:?}");
        assert_eq!(split(&plain).0[list], json!(["KHR_mesh_quantization"]));
        assert!(import(plain).is_ok(), "{name}");
    }
}

#[test]
fn limits_hold_before_anything_is_allocated() {
    let refused = |bytes: Vec<u8>, limits: Limits| decode(bytes, &limits, |_| None).unwrap_err();
    let huge = changed("meshopt-khr.glb", |json| {
        let view = &mut json["bufferViews"][1];
        view["byteLength"] = 48_000_000_000u64.into();
        view["extensions"]["KHR_meshopt_compression"]["count"] = 4_000_000_000u64.into();
    });
    let issue = refused(huge, Limits::default());
    assert_eq!((issue.code, issue.path.as_str()), (Code::Limit, "/bufferViews/1"));
    assert_eq!(refused(file("draco-edges.glb"), Limits { triangles: 9, ..Limits::default() }).code, Code::Limit);
    assert_eq!(refused(file("instanced.glb"), Limits { nodes: 3, ..Limits::default() }).code, Code::Limit);
    assert_eq!(refused(file("plain.glb"), Limits { bytes: 100, ..Limits::default() }).code, Code::Limit);
}

#[test]
fn extensions_that_nobody_reads_are_named() {
    let unknown = changed("draco-fast.glb", |json| {
        json["extensionsRequired"].as_array_mut().unwrap().push("EXT_unheard_of".into());
    });
    let issue = decode(unknown, &Limits::default(), |_| None).unwrap_err();
    let found = (issue.code, issue.path.as_str(), issue.detail.as_str());
    assert_eq!(found, (Code::RequiredExtension, "/extensionsRequired/1", "EXT_unheard_of"));
}

#[test]
fn primitives_that_share_accessors_get_their_own() {
    let doubled = changed("draco-edges.glb", |json| {
        let primitives = json["meshes"][0]["primitives"].as_array_mut().unwrap();
        primitives.push(primitives[0].clone());
    });
    let (plain, issues) = unpacked(doubled);
    assert!(issues.is_empty(), "{issues:?}");
    let (scene, issues) = import(plain).unwrap();
    assert!(issues.is_empty(), "{issues:?}");
    let primitives = &scene.meshes.get(0).unwrap().primitives;
    let [one, other] = [0, 1].map(|at| primitives.get(at).unwrap());
    assert_eq!(one.vertices.positions, other.vertices.positions);
    assert_eq!(one.indices, other.indices);
}
