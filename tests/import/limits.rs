//! What a file may cost: each limit is a promise, and a file that breaks it is refused before it has cost anything.

use anprobe::import::{Limits, Opened};
use anprobe::issue::{Code, Issue, Issues};
use serde_json::{Value, json};

use crate::literal::{Model, U8};

/// The place of the limit that the model breaks under changed limits; none when it is read.
fn refused(model: &Model, change: impl FnOnce(&mut Limits)) -> Option<String> {
    let mut limits = Limits::default();
    change(&mut limits);
    let Issue { code, path, .. } = model.open(&limits).err()?;
    assert_eq!(code, Code::Limit);
    Some(path)
}

/// Read when it may cost `enough`, refused at `path` when one less.
fn costs(model: &Model, enough: usize, set: fn(&mut Limits, usize), path: &str) {
    assert_eq!(refused(model, |limits| set(limits, enough)), None, "{enough} is enough");
    assert_eq!(refused(model, |limits| set(limits, enough - 1)).as_deref(), Some(path), "{enough} is needed");
}

#[test]
fn each_limit_refuses_the_file() {
    let mut model = Model::triangle();
    model.json["nodes"] = json!([{ "mesh": 0, "children": [1] }, {}]);
    let png = b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\x01\0\0\0\x01\0";
    let view = model.view(png, None);
    model.json["images"] = json!([{ "bufferView": view }]);
    assert!(model.open(&Limits::default()).is_ok());
    let refused = |change: fn(&mut Limits)| refused(&model, change).expect("a limit is broken");
    assert_eq!(refused(|limits| limits.bytes = 100), "");
    assert_eq!(refused(|limits| limits.json_values = 100), "");
    assert_eq!(refused(|limits| limits.nodes = 1), "/nodes");
    assert_eq!(refused(|limits| limits.depth = 1), "/nodes");
    assert_eq!(refused(|limits| limits.triangles = 0), "/meshes");
    assert_eq!(refused(|limits| limits.instances = 0), "/nodes");
    assert_eq!(refused(|limits| limits.drawn_shapes = 0), "/nodes");
    assert_eq!(refused(|limits| limits.values = 8), "/accessors");
    assert_eq!(refused(|limits| limits.texture_pixels = 65_535), "/images");
    assert_eq!(refused(|limits| limits.all_texture_pixels = 65_535), "/images");
}

#[test]
fn a_count_out_of_thin_air_costs_no_memory() {
    let mut model = Model::triangle();
    model.json["accessors"][0] = json!({ "type": "VEC3", "componentType": 5126, "count": 4_000_000_000u32 });
    assert_eq!(model.open(&Limits::default()).unwrap_err().code, Code::Limit);
}

#[test]
fn every_node_pays_for_the_mesh_that_it_shows() {
    let mut model = Model::triangle();
    let primitive = model.primitive().clone();
    model.json["meshes"][0]["primitives"] = vec![primitive; 4].into();
    model.json["nodes"] = vec![json!({ "mesh": 0 }); 5].into();
    costs(&model, 20, |limits, most| limits.instances = most, "/nodes");
    costs(&model, 20, |limits, most| limits.drawn_shapes = most, "/nodes");
}

#[test]
fn targets_without_a_stream_are_paid_for() {
    let mut model = Model::triangle();
    model.primitive()["targets"] = vec![json!({}); 100].into();
    model.json["nodes"] = vec![json!({ "mesh": 0 }); 7].into();
    costs(&model, 7 * (1 + 100), |limits, most| limits.drawn_shapes = most, "/nodes");
    // Positions, indices and which are used; the renderer's texels, flat normals and their differences; a weight for
    // each node, and its texel.
    let (texels, flat) = (100 * 3 * 4, 3 * (3 + 3 + 100 * 3));
    costs(&model, 9 + 3 + 1 + texels + flat + 7 * 5 * 100, |limits, most| limits.values = most, "/accessors");
}

#[test]
fn every_node_pays_for_the_joints_of_its_skin() {
    let mut model = Model::triangle();
    let joints = vec![0; 50];
    model.json["skins"] = json!([{ "joints": joints }]);
    model.json["nodes"] = vec![json!({ "mesh": 0, "skin": 0 }); 6].into();
    costs(&model, 9 + 3 + 1 + 3 * 6 + 6 * 50, |limits, most| limits.values = most, "/accessors");
}

#[test]
fn vertices_that_are_made_are_paid_for() {
    let mut model = Model::triangle();
    let indices = model.numbers("SCALAR", U8, 240, &[0, 1, 2].repeat(80));
    model.primitive()["indices"] = indices.into();
    costs(&model, 9 + 240 + 1 + 240 * 6, |limits, most| limits.values = most, "/accessors");
}

#[test]
fn looks_of_variants_are_paid_for() {
    let mut model = Model::triangle();
    model.json["materials"] = json!([{}]);
    model.json["extensions"]["KHR_materials_variants"]["variants"] = vec![json!({ "name": "a" }); 50].into();
    let mapping = json!({ "mappings": [{ "material": 0, "variants": [3] }] });
    model.primitive()["extensions"]["KHR_materials_variants"] = mapping;
    model.json["nodes"] = vec![json!({ "mesh": 0 }); 4].into();
    costs(&model, 9 + 3 + 1 + 2 * 50 + 3 * 6 + 4 * 50, |limits, most| limits.values = most, "/accessors");
}

#[test]
fn the_json_is_weighed_before_it_is_parsed() {
    let bomb = |body: &str| {
        let json = format!(r#"{{ "asset": {{ "version": "2.0" }}, "extras": [{body}] }}"#).into_bytes();
        Opened::new(json, &Limits { json_values: 10_000, ..Limits::default() }).map(drop)
    };
    for item in ["0,", "[],", "{},"] {
        // Not JSON in the end: the limit speaks first.
        assert_eq!(bomb(&item.repeat(10_000)).unwrap_err().code, Code::Limit, "{item}");
        assert_eq!(bomb(&item.repeat(100)).unwrap_err().code, Code::Json, "{item}");
    }
    assert!(bomb(&format!("\"{}\"", "A".repeat(100_000))).is_ok(), "a data URI may be long");
}

#[test]
fn pictures_are_counted_together() {
    let mut model = Model::triangle();
    let webp = model.view(b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2F\xFF\xC3\xBF\x00", None);
    model.json["images"] = vec![json!({ "bufferView": webp }); 3].into();
    let all = 3 * 1_024 * 768;
    assert_eq!(refused(&model, |limits| limits.all_texture_pixels = all), None);
    assert_eq!(refused(&model, |limits| limits.all_texture_pixels = all - 1).as_deref(), Some("/images"));
}

#[test]
fn a_file_that_is_wrong_everywhere_ends_soon() {
    let mut model = Model::triangle();
    model.json["materials"] = vec![json!({ "name": 0, "doubleSided": 0 }); 10_000].into();
    // Far behind: each report has a long way to go.
    model.json["nodes"] = (0..10_000).map(|_| json!({ "mesh": 0, "name": 3, "camera": "x" })).collect::<Value>();
    let (scene, issues) = model.read();
    assert_eq!(issues.iter().count(), Issues::MOST);
    assert_eq!(scene.nodes.len(), 10_000);
}
