//! Primitives: topologies, normals, tangents, colours, joints, morph targets (glTF 2.0 §3.7).

use anprobe::import::Limits;
use anprobe::issue::Code;
use anprobe::scene::Topology;
use glam::{Vec2, Vec3, Vec4};
use serde_json::{Value, json};

use crate::literal::{Model, U8, U16};

#[test]
fn strips_and_fans_become_lists_that_face_the_same_way() {
    for (mode, corners) in [(5, [0u8, 1, 2, 3]), (6, [0, 1, 3, 2])] {
        let mut model = Model::new();
        let square = model.floats("VEC3", &[0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 1.0, 0.0]);
        model.attribute("POSITION", square);
        let indices = model.numbers("SCALAR", U8, 4, &corners);
        model.primitive()["indices"] = indices.into();
        model.primitive()["mode"] = mode.into();
        let primitive = model.clean();
        assert_eq!((primitive.topology, primitive.indices.len()), (Topology::Triangles, 6));
        assert!(primitive.vertices.normals.iter().all(|normal| *normal == Vec3::Z), "mode {mode}");
    }
}

#[test]
fn lines_and_points_need_no_normals() {
    for (mode, topology, indices) in [(0, Topology::Points, 3), (2, Topology::Lines, 6), (3, Topology::Lines, 4)] {
        let mut model = Model::triangle();
        model.primitive()["mode"] = mode.into();
        let primitive = model.clean();
        assert_eq!((primitive.topology, primitive.indices.len()), (topology, indices));
        assert!(primitive.vertices.normals.is_empty());
    }
}

#[test]
fn missing_normals_become_flat_and_tangents_without_normals_are_ignored() {
    let mut model = Model::new();
    let positions = model.floats("VEC3", &[0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0]);
    model.attribute("POSITION", positions);
    let tangents = model.floats("VEC4", &[1.0; 16]);
    model.attribute("TANGENT", tangents);
    let indices = model.numbers("SCALAR", U8, 6, &[0, 1, 2, 0, 2, 3]);
    model.primitive()["indices"] = indices.into();
    let vertices = model.clean().vertices;
    assert_eq!(vertices.positions.len(), 6, "the shared edge is split");
    assert_eq!(vertices.normals, [Vec3::Z, Vec3::Z, Vec3::Z, Vec3::X, Vec3::X, Vec3::X]);
    assert!(vertices.tangents.is_empty());
}

/// A square in the XY plane whose picture stands upright: U along +X, V down.
fn with_normal_map() -> Model {
    let mut model = Model::new();
    let square = model.floats("VEC3", &[0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0, 0.0]);
    model.attribute("POSITION", square);
    let normals = model.floats("VEC3", &[0.0, 0.0, 2.0].repeat(4));
    model.attribute("NORMAL", normals);
    let uvs = model.floats("VEC2", &[0.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0]);
    model.attribute("TEXCOORD_0", uvs);
    let turned = model.floats("VEC2", &[1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0]);
    model.attribute("TEXCOORD_1", turned);
    let indices = model.numbers("SCALAR", U8, 6, &[0, 1, 2, 0, 2, 3]);
    model.primitive()["indices"] = indices.into();
    model.primitive()["material"] = 0.into();
    model.json["images"] = json!([{ "uri": "normal.png" }]);
    model.json["textures"] = json!([{ "source": 0 }]);
    model.json["materials"] = json!([{ "normalTexture": { "index": 0 } }]);
    model
}

#[test]
fn tangents_point_along_u_and_bitangents_up_the_picture() {
    let vertices = with_normal_map().clean().vertices;
    assert_eq!(vertices.positions.len(), 4, "corners with one tangent stay one vertex");
    for (normal, tangent) in vertices.normals.iter().zip(&vertices.tangents) {
        assert!(tangent.distance(Vec4::new(1.0, 0.0, 0.0, 1.0)) < 1e-5, "{tangent}");
        let bitangent = normal.cross(tangent.truncate()) * tangent.w;
        assert!(bitangent.distance(Vec3::Y) < 1e-5, "+Y of a normal map is up the picture");
    }
}

#[test]
fn tangents_follow_the_uv_set_of_the_normal_map_also_of_a_variant() {
    let mut model = with_normal_map();
    model.json["materials"][0]["normalTexture"]["texCoord"] = 1.into();
    let expected = Vec4::new(0.0, -1.0, 0.0, 1.0);
    assert!(model.clean().vertices.tangents.iter().all(|tangent| tangent.distance(expected) < 1e-5));

    model.json["materials"] = json!([{}, { "normalTexture": { "index": 0, "texCoord": 1 } }]);
    assert!(model.clean().vertices.tangents.is_empty(), "without a normal map nobody wants tangents");
    model.json["extensions"] = json!({ "KHR_materials_variants": { "variants": [{ "name": "relief" }] } });
    model.primitive()["extensions"] =
        json!({ "KHR_materials_variants": { "mappings": [{ "material": 1, "variants": [0] }] } });
    assert!(model.clean().vertices.tangents.iter().all(|tangent| tangent.distance(expected) < 1e-5));
}

#[test]
fn tangents_follow_the_picture_as_its_transform_turns_it() {
    let turned = |transform: Value| {
        let mut model = with_normal_map();
        model.json["materials"][0]["normalTexture"]["extensions"] = json!({ "KHR_texture_transform": transform });
        let tangents = model.clean().vertices.tangents;
        assert!(tangents.iter().all(|tangent| tangent.distance(tangents[0]) < 1e-5), "{tangents:?}");
        tangents[0]
    };
    let near = |found: Vec4, expected: [f32; 4]| assert!(found.distance(expected.into()) < 1e-5, "{found}");
    near(turned(json!({ "offset": [0.3, 0.7], "scale": [3, 5] })), [1.0, 0.0, 0.0, 1.0]);
    // u′ = cos·u + sin·v: at a quarter turn U runs along the file's V, down the square.
    near(turned(json!({ "rotation": std::f32::consts::FRAC_PI_2 })), [0.0, -1.0, 0.0, 1.0]);
    near(turned(json!({ "scale": [-1, 1] })), [-1.0, 0.0, 0.0, -1.0]);
    near(turned(json!({ "scale": [1, -1] })), [1.0, 0.0, 0.0, -1.0]);
}

#[test]
fn more_triangles_than_tangents_are_made_for_are_shown_without() {
    let model = with_normal_map();
    let triangles = |most: usize| Limits { tangent_triangles: most, ..Limits::default() };
    let (scene, issues) = model.open(&triangles(1)).unwrap();
    assert!(scene.meshes.get(0).unwrap().primitives.get(0).unwrap().vertices.tangents.is_empty());
    assert!(issues.iter().all(|issue| issue.code == Code::Tangents) && issues.iter().count() == 1);
    assert!(model.open(&triangles(2)).unwrap().1.is_empty());
    let mut twice = model.clone();
    twice.json["meshes"][0]["primitives"] = vec![model.json["meshes"][0]["primitives"][0].clone(); 2].into();
    assert!(twice.open(&triangles(3)).unwrap().1.contains(Code::Tangents), "all primitives count");
    assert!(twice.open(&triangles(4)).unwrap().1.is_empty());
}

#[test]
fn triangles_without_area_cost_no_search_and_no_vertex() {
    let mut model = with_normal_map();
    // The library would compare each of their corners with all others: 10¹⁰ times.
    let corners = [[0, 0, 2].repeat(30_000), [0u8, 1, 2, 0, 2, 3].repeat(150), [1, 2, 1].repeat(30_000)].concat();
    let indices = model.numbers("SCALAR", U8, corners.len(), &corners);
    model.primitive()["indices"] = indices.into();
    let primitive = model.clean();
    assert_eq!(primitive.vertices.tangents.len(), 4);
    let expected = Vec4::new(1.0, 0.0, 0.0, 1.0);
    assert!(primitive.vertices.tangents.iter().all(|tangent| tangent.distance(expected) < 1e-5));
}

#[test]
fn a_mirrored_picture_splits_the_vertices_between_its_halves() {
    let mut model = with_normal_map();
    let uvs = model.floats("VEC2", &[0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 1.0, 0.0]);
    model.attribute("TEXCOORD_0", uvs);
    let primitive = model.clean();
    let signs: Vec<f32> = primitive.indices.iter().map(|i| primitive.vertices.tangents[*i as usize].w).collect();
    assert!(primitive.vertices.positions.len() > 4 && signs.contains(&1.0) && signs.contains(&-1.0), "{signs:?}");
}

#[test]
fn where_u_runs_along_the_normal_a_tangent_still_has_its_length() {
    let mut model = with_normal_map();
    let normals = model.floats("VEC3", &[1.0, 0.0, 0.0].repeat(4));
    model.attribute("NORMAL", normals);
    let vertices = model.clean().vertices;
    for tangent in vertices.tangents {
        assert!((tangent.truncate().length() - 1.0).abs() < 1e-5 && tangent.x.abs() < 1e-5, "{tangent}");
    }
}

/// A disc of `rim` triangles around one point, with a normal map.
fn disc(rim: usize) -> Model {
    let mut model = with_normal_map();
    let around = (0..=rim).map(|step| step as f32 / rim as f32 * std::f32::consts::TAU);
    let points = std::iter::once([0.0; 3]).chain(around.map(|angle| [angle.cos(), angle.sin(), 0.0]));
    let flat: Vec<f32> = points.flatten().collect();
    let uvs: Vec<f32> = flat.as_chunks::<3>().0.iter().flat_map(|[x, y, _]| [*x, *y]).collect();
    let positions = model.floats("VEC3", &flat);
    let normals = model.floats("VEC3", &[0.0, 0.0, 1.0].repeat(rim + 2));
    let uvs = model.floats("VEC2", &uvs);
    *model.primitive() = json!({
        "attributes": { "POSITION": positions, "NORMAL": normals, "TEXCOORD_0": uvs }, "material": 0, "mode": 6,
    });
    model
}

#[test]
fn a_point_where_too_many_triangles_meet_is_left_without_tangents() {
    // The library's recursion goes as deep as triangles meet; a Wasm module has a stack of 1 MiB for everything.
    let small_stack = std::thread::Builder::new().stack_size(512 << 10);
    let tangents = small_stack.spawn(|| disc(900).clean().vertices.tangents).unwrap().join().unwrap();
    assert_eq!(tangents.len(), 902);
    assert_eq!(disc(4_000).issues(), [("GLTF_TANGENTS".into(), "/meshes/0/primitives/0".into())]);
}

#[test]
fn colours_of_three_or_four_parts_are_linear_shares() {
    let mut model = Model::triangle();
    let floats = model.floats("VEC3", &[0.5, 0.25, 1.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0]);
    model.attribute("COLOR_0", floats);
    assert_eq!(model.clean().vertices.colors[0], Vec4::new(0.5, 0.25, 1.0, 1.0));

    let mut model = Model::triangle();
    let bytes = model.numbers("VEC4", U8, 3, &[255, 0, 51, 102, 0, 0, 0, 0, 1, 2, 3, 4]);
    model.attribute("COLOR_0", bytes);
    model.json["accessors"][bytes]["normalized"] = true.into();
    assert!(model.clean().vertices.colors[0].distance(Vec4::new(1.0, 0.0, 0.2, 0.4)) < 1e-6);
    model.json["accessors"][bytes]["normalized"] = false.into();
    assert_eq!(model.issues(), [("GLTF_CONFORMANCE".into(), format!("/accessors/{bytes}"))]);
}

#[test]
fn of_eight_joints_the_four_strongest_stay() {
    let mut model = Model::triangle();
    let first = model.numbers("VEC4", U8, 3, &[0, 1, 2, 3].repeat(3));
    model.attribute("JOINTS_0", first);
    let shorts: Vec<u8> = [4u16, 5, 6, 7].repeat(3).iter().flat_map(|joint| joint.to_le_bytes()).collect();
    let second = model.numbers("VEC4", U16, 3, &shorts);
    model.attribute("JOINTS_1", second);
    let weights = model.floats("VEC4", &[0.05, 0.1, 0.15, 0.2].repeat(3));
    model.attribute("WEIGHTS_0", weights);
    let weights = model.floats("VEC4", &[0.25, 0.05, 0.15, 0.05].repeat(3));
    model.attribute("WEIGHTS_1", weights);
    assert_eq!(model.issues(), [("GLTF_CONFORMANCE".into(), "/meshes/0/primitives/0/attributes".into())]);
    let (scene, _) = model.read();
    let vertices = &scene.meshes.get(0).unwrap().primitives.get(0).unwrap().vertices;
    assert_eq!(vertices.joints[0], [2, 3, 4, 6]);
    assert!(vertices.weights[0].distance(Vec4::new(0.15, 0.2, 0.25, 0.15) / 0.75) < 1e-6);
}

#[test]
fn morph_targets_and_their_weights_are_read() {
    let mut model = Model::triangle();
    let offsets = model.floats("VEC3", &[0.0, 0.0, 1.0].repeat(3));
    let short = model.floats("VEC3", &[1.0; 6]);
    model.primitive()["targets"] = json!([{ "POSITION": offsets }, { "POSITION": short }]);
    model.json["meshes"][0]["weights"] = json!([0.25, 0.5]);
    model.json["meshes"][0]["extras"] = json!({ "targetNames": ["lift", "fold"] });
    model.json["nodes"][0]["weights"] = json!([1.0]);
    let (scene, _) = model.read();
    let mesh = scene.meshes.get(0).unwrap();
    let targets = &mesh.primitives.get(0).unwrap().targets;
    assert_eq!(targets[0].positions, [Vec3::Z; 3]);
    assert!(targets[1].positions.is_empty(), "one of another length cannot be used");
    assert_eq!((&mesh.weights[..], &mesh.target_names[..]), (&[0.25, 0.5][..], &["lift".into(), "fold".into()][..]));
    let paths: Vec<String> = model.issues().into_iter().map(|(_, path)| path).collect();
    assert_eq!(paths, [format!("/accessors/{short}"), "/nodes/0".into()]);
}

#[test]
fn quantised_texture_coordinates_and_several_sets_are_read() {
    let mut model = Model::triangle();
    let first = model.numbers("VEC2", U8, 3, &[0, 255, 51, 102, 0, 0]);
    model.json["accessors"][first]["normalized"] = true.into();
    model.attribute("TEXCOORD_0", first);
    let second = model.floats("VEC2", &[2.0, -1.0, 0.0, 0.0, 0.0, 0.0]);
    model.attribute("TEXCOORD_1", second);
    let uvs = model.clean().vertices.uvs;
    assert!(uvs[0][1].distance(Vec2::new(0.2, 0.4)) < 1e-6);
    assert_eq!(uvs[1][0], Vec2::new(2.0, -1.0));
}

#[test]
fn primitives_over_the_same_vertices_keep_their_own_alone() {
    let mut model = Model::new();
    let columns: Vec<f32> = (0..40).flat_map(|row| [row as f32, 0.0, 1.0]).collect();
    let positions = model.floats("VEC3", &columns);
    let lifts = model.floats("VEC3", &columns);
    let (places, value) = (model.view(&[39], None), model.view(&[0; 12], None));
    model.json["accessors"][lifts]["sparse"] = json!({ "count": 1,
        "indices": { "bufferView": places, "componentType": U8 }, "values": { "bufferView": value } });
    let group = |model: &mut Model, corners: [u8; 3]| {
        let indices = model.numbers("SCALAR", U8, 3, &corners);
        json!({ "attributes": { "POSITION": positions, "NORMAL": positions }, "indices": indices,
            "targets": [{ "POSITION": lifts }] })
    };
    let groups = [group(&mut model, [39, 2, 37]), group(&mut model, [5, 5, 4])];
    model.json["meshes"][0]["primitives"] = json!(groups);
    let (scene, _) = model.read();
    let mesh = scene.meshes.get(0).unwrap();
    let read = |place: usize| {
        let primitive = mesh.primitives.get(place).unwrap();
        let x = |stream: &[Vec3]| stream.iter().map(|at| at.x).collect::<Vec<_>>();
        assert_eq!(primitive.vertices.normals.len(), primitive.vertices.positions.len());
        (primitive.indices.clone(), x(&primitive.vertices.positions), x(&primitive.targets[0].positions))
    };
    assert_eq!(read(0), (vec![2, 0, 1], vec![2.0, 37.0, 39.0], vec![2.0, 37.0, 0.0]));
    assert_eq!(read(1), (vec![1, 1, 0], vec![4.0, 5.0], vec![4.0, 5.0]));
}

#[test]
fn two_hundred_groups_over_one_accessor_cost_no_more_than_one() {
    let mut model = Model::new();
    let positions = model.floats("VEC3", &[0.5; 3 * 60_000]);
    let bytes: Vec<u8> = (0..60_000u16).flat_map(u16::to_le_bytes).collect();
    let view = model.view(&bytes, None);
    let groups = (0..200).map(|group| {
        let indices = model.accessor(json!({ "bufferView": view, "byteOffset": group * 600, "type": "SCALAR",
            "componentType": U16, "count": 300 }));
        json!({ "attributes": { "POSITION": positions, "NORMAL": positions }, "indices": indices })
    });
    let groups: Vec<Value> = groups.collect();
    model.json["meshes"][0]["primitives"] = groups.into();
    // An index, a position, a normal and their share of the table.
    let values = 60_000 * (1 + 3 + 3) + 60_000 / 20;
    let (scene, _) = model.open(&Limits { values, ..Limits::default() }).unwrap();
    let mesh = scene.meshes.get(0).unwrap();
    assert!(mesh.primitives.iter().all(|(_, primitive)| primitive.vertices.positions.len() == 300));
}
