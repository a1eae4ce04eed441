//! Animations and the node tree.

use anprobe::scene::{Interpolation, Local, Overlay, Playing, Pose, Property};
use glam::{Mat4, Quat, Vec3};
use serde_json::{Value, json};

use crate::literal::{I16, Model};

/// A triangle with one channel on its node.
fn animated(path: &str, interpolation: &str, times: &[f32], shape: &str, values: &[f32]) -> Model {
    let mut model = Model::triangle();
    let input = model.floats("SCALAR", times);
    let output = model.floats(shape, values);
    model.json["animations"] = json!([{
        "samplers": [{ "input": input, "output": output, "interpolation": interpolation }],
        "channels": [{ "sampler": 0, "target": { "node": 0, "path": path } }],
    }]);
    model
}

#[test]
fn channels_of_every_interpolation_are_read() {
    for (name, interpolation, parts) in [
        ("STEP", Interpolation::Step, 1),
        ("LINEAR", Interpolation::Linear, 1),
        ("CUBICSPLINE", Interpolation::CubicSpline, 3),
    ] {
        let values: Vec<f32> = (0..6 * parts).map(|number| number as f32).collect();
        let (scene, issues) = animated("translation", name, &[0.0, 2.5], "VEC3", &values).read();
        assert!(issues.is_empty(), "{issues:?}");
        let animation = scene.animations.get(0).unwrap();
        assert_eq!((animation.name.as_str(), animation.duration_secs), ("animation_0", 2.5));
        let channel = &animation.channels[0];
        assert_eq!((channel.node, channel.property, channel.interpolation), (0, Property::Translation, interpolation));
        assert_eq!((&channel.times[..], &channel.values), (&[0.0, 2.5][..], &values));
    }
}

#[test]
fn rotations_stored_as_integers_are_unit_quaternions() {
    let mut model = animated("rotation", "LINEAR", &[0.0], "VEC4", &[0.0, 0.0, 0.0, 1.0]);
    let half = (std::f32::consts::FRAC_1_SQRT_2 * 32_767.0) as i16;
    let shorts: Vec<u8> = [0, half, 0, half].iter().flat_map(|number| number.to_le_bytes()).collect();
    let output = model.numbers("VEC4", I16, 1, &shorts);
    model.json["accessors"][output]["normalized"] = true.into();
    model.json["animations"][0]["samplers"][0]["output"] = output.into();
    let (scene, issues) = model.read();
    assert!(issues.is_empty(), "{issues:?}");
    let rotation = Quat::from_slice(&scene.animations.get(0).unwrap().channels[0].values);
    assert!((rotation.length() - 1.0).abs() < 1e-6);
    assert!(rotation.angle_between(Quat::from_rotation_y(std::f32::consts::FRAC_PI_2)) < 1e-3);
}

#[test]
fn a_bad_channel_is_left_out_alone() {
    let good = animated("translation", "LINEAR", &[0.0, 1.0], "VEC3", &[0.0; 6]);
    let channel = |target: Value, sampler: usize| json!({ "sampler": sampler, "target": target });
    let fault = |change: &dyn Fn(&mut Model)| {
        let mut model = good.clone();
        change(&mut model);
        let (scene, _) = model.read();
        assert_eq!(scene.animations.get(0).unwrap().channels.len(), 1, "the good one stays");
        model.issues()
    };
    let add = |target: Value, sampler: usize| {
        fault(&|model| {
            model.json["animations"][0]["channels"].as_array_mut().unwrap().push(channel(target.clone(), sampler));
        })
    };
    let at = |code: &str, path: &str| vec![(code.to_owned(), format!("/animations/0/channels/1{path}"))];
    let pointer =
        json!({ "path": "pointer", "extensions": { "KHR_animation_pointer": { "pointer": "/nodes/0/scale" } } });
    assert_eq!(add(pointer, 0), at("GLTF_UNKNOWN_EXTENSION", "/target"));
    assert_eq!(add(json!({ "path": "scale" }), 0), at("GLTF_UNKNOWN_EXTENSION", "/target"));
    assert_eq!(add(json!({ "path": "scale", "node": 7 }), 0), at("GLTF_INDEX_OUT_OF_RANGE", "/target/node"));
    assert_eq!(add(json!({ "path": "colour", "node": 0 }), 0), at("GLTF_VALUE", "/target"));
    assert_eq!(add(json!({ "path": "translation", "node": 0 }), 0), at("GLTF_VALUE", ""));
    assert_eq!(add(json!({ "path": "weights", "node": 0 }), 0), at("GLTF_VALUE", ""));
    let missing = add(json!({ "path": "scale", "node": 0 }), 9);
    assert_eq!(missing[0], ("GLTF_INDEX_OUT_OF_RANGE".into(), "/animations/0/channels/1/sampler".into()));
    let first = fault(&|model| {
        let channels = model.json["animations"][0]["channels"].as_array_mut().unwrap();
        channels.insert(0, channel(json!({ "path": "translation", "node": 0 }), 9));
    });
    assert_eq!(first[0].1, "/animations/0/channels/0/sampler", "the good one after it is not another one");
}

#[test]
fn keys_must_rise_and_have_their_values() {
    let unsorted = animated("translation", "LINEAR", &[0.0, 2.0, 1.0], "VEC3", &[0.0; 9]);
    assert_eq!(unsorted.issues(), [("GLTF_VALUE".into(), "/accessors/1".into())]);
    assert!(unsorted.read().0.animations.get(0).unwrap().channels.is_empty());
    let short = animated("translation", "CUBICSPLINE", &[0.0, 1.0], "VEC3", &[0.0; 6]);
    assert_eq!(short.issues(), [("GLTF_ACCESSOR_TYPE".into(), "/accessors/2".into())]);
    assert!(short.read().0.animations.get(0).unwrap().channels.is_empty());
    let twice =
        animated("translation", "LINEAR", &[0.0, 1.0, 1.0], "VEC3", &[0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 9.0, 9.0, 9.0]);
    assert_eq!(twice.issues(), [("GLTF_CONFORMANCE".into(), "/accessors/1".into())]);
    let channel = twice.read().0.animations.get(0).unwrap().channels[0].clone();
    assert_eq!((channel.times, channel.values), (vec![0.0, 1.0], vec![0.0, 0.0, 0.0, 1.0, 1.0, 1.0]));
}

#[test]
fn a_matrix_that_is_animated_is_taken_apart() {
    let mut model = animated("translation", "LINEAR", &[0.0], "VEC3", &[5.0, 0.0, 0.0]);
    let matrix = Mat4::from_scale_rotation_translation(Vec3::splat(2.0), Quat::from_rotation_z(0.5), Vec3::ONE);
    model.json["nodes"][0]["matrix"] = json!(matrix.to_cols_array());
    assert_eq!(model.issues(), [("GLTF_CONFORMANCE".into(), "/animations/0/channels/0".into())]);
    let (scene, _) = model.read();
    assert!(
        matches!(scene.nodes.get(0).unwrap().local, Local::Trs(trs) if trs.scale.distance(Vec3::splat(2.0)) < 1e-5)
    );
    let mut pose = Pose::rest(&scene, &Overlay::default());
    assert!(pose.scene_from_node[0].abs_diff_eq(matrix, 1e-5));
    pose.update(&scene, &Overlay::default(), &[Playing { animation: 0, time_secs: 0.0, weight: 1.0 }]);
    assert_eq!(pose.scene_from_node[0].w_axis.truncate(), Vec3::new(5.0, 0.0, 0.0));
}

#[test]
fn cycles_and_second_parents_are_cut() {
    let mut model = Model::triangle();
    model.json["nodes"] = json!([
        { "mesh": 0, "children": [1, 0, 9] }, { "children": [2] }, { "children": [3] },
        { "children": [] }, { "children": [5, 3] }, { "children": [4] },
    ]);
    let (scene, _) = model.read();
    let parents: Vec<_> = scene.nodes.iter().map(|(_, node)| node.parent).collect();
    assert_eq!(parents, [None, Some(0), Some(1), Some(2), None, Some(4)]);
    assert!(scene.nodes.get(5).unwrap().children.is_empty());
    let expected = [
        ("GLTF_NODE_TREE", "/nodes/0/children/1"),
        ("GLTF_INDEX_OUT_OF_RANGE", "/nodes/0/children/2"),
        ("GLTF_NODE_TREE", "/nodes/4/children/1"),
        ("GLTF_NODE_TREE", "/nodes/4"),
    ];
    assert_eq!(model.issues(), expected.map(|(code, path)| (code.to_owned(), path.to_owned())));
}

#[test]
fn what_is_not_a_node_leaves_a_hole() {
    let mut model = Model::triangle();
    model.json["nodes"] = json!([7, { "mesh": 0, "children": [0] }]);
    model.json["scenes"] = json!([{ "nodes": [0, 1] }]);
    model.json["skins"] = json!([{ "joints": [0] }, { "joints": [1] }, { "joints": [] }]);
    let (scene, _) = model.read();
    assert!(scene.nodes.get(0).is_none() && scene.skins.get(0).is_none() && scene.skins.get(2).is_none());
    assert_eq!(scene.skins.get(1).unwrap().inverse_bind_matrices, [Mat4::IDENTITY]);
    assert_eq!(scene.roots.get(0).unwrap().nodes, [1]);
    assert!(scene.nodes.get(1).unwrap().children.is_empty());
}

#[test]
fn a_file_without_scenes_shows_all_its_trees() {
    let mut model = Model::triangle();
    model.json.as_object_mut().unwrap().remove("scenes");
    model.json["nodes"] = json!([{ "children": [1] }, { "mesh": 0 }, { "mesh": 0 }]);
    let (scene, _) = model.read();
    assert_eq!(scene.roots.get(scene.shown.unwrap()).unwrap().nodes, [0, 2]);
    model.json["scenes"] = json!([{ "nodes": [] }, { "nodes": [2] }]);
    model.json["scene"] = 1.into();
    assert_eq!(model.read().0.shown, Some(1));
}
