use glam::{Mat4, Quat, Vec3};

use crate::geom::Trs;
use crate::scene::{
    Animation, Channel, Interpolation, Local, Mesh, MorphTarget, Node, Overlay, Playing, Pose, Primitive, Property,
    Root, Scene, Vertices,
};

fn node(parent: Option<usize>, children: &[usize], translation: Vec3) -> Node {
    let local = Local::Trs(Trs { translation, ..Trs::IDENTITY });
    Node { parent, children: children.to_vec(), local, ..Node::default() }
}

/// Two trees, of which the first is shown: 0 above 1 above 2, and 3.
fn scene() -> Scene {
    let mut scene = Scene::default();
    scene.nodes.push(Some(node(Some(1), &[], Vec3::X)));
    scene.nodes.push(Some(node(Some(2), &[0], Vec3::Y)));
    scene.nodes.push(Some(node(None, &[1], Vec3::Z)));
    scene.nodes.push(Some(node(None, &[], Vec3::ONE)));
    scene.roots.push(Some(Root { nodes: vec![2], ..Root::default() }));
    scene.shown = Some(0);
    scene
}

fn moves(property: Property, node: usize, values: &[f32], components: usize) -> Option<Animation> {
    let times = vec![0.0, 1.0];
    let values = values.to_vec();
    let channel = Channel { node, property, interpolation: Interpolation::Linear, times, values, components };
    Some(Animation { channels: vec![channel], duration_secs: 1.0, ..Animation::default() })
}

fn playing(animation: usize, time_secs: f32, weight: f32) -> Playing {
    Playing { animation, time_secs, weight }
}

#[test]
fn places_add_up_from_the_root_whatever_the_numbering() {
    let scene = scene();
    let pose = Pose::rest(&scene, &Overlay::default());
    assert_eq!(pose.scene_from_node[0], Mat4::from_translation(Vec3::ONE));
    assert_eq!(pose.scene_from_node[2], Mat4::from_translation(Vec3::Z));
    assert_eq!(pose.visible, [true, true, true, false], "the second tree is not of the shown root");
}

#[test]
fn a_hidden_node_hides_all_below_it_and_the_overlay_wins() {
    let mut scene = scene();
    let mut overlay = Overlay::default();
    overlay.visibility.insert(1, false);
    assert_eq!(Pose::rest(&scene, &overlay).visible, [false, false, true, false]);
    if let Some(node) = scene.nodes.get_mut(2) {
        node.visible = false;
    }
    assert_eq!(Pose::rest(&scene, &Overlay::default()).visible, [false; 4]);
    overlay.visibility = [(2, true)].into();
    assert_eq!(Pose::rest(&scene, &overlay).visible, [true, true, true, false]);
}

#[test]
fn a_tree_of_ten_thousand_levels_does_not_overflow_the_stack() {
    let mut scene = Scene::default();
    let depth = 10_000usize;
    for index in 0..depth {
        let below = if index + 1 < depth { vec![index + 1] } else { Vec::new() };
        scene.nodes.push(Some(node(index.checked_sub(1), &below, Vec3::X)));
    }
    scene.roots.push(Some(Root { nodes: vec![0], ..Root::default() }));
    scene.shown = Some(0);
    let pose = Pose::rest(&scene, &Overlay::default());
    assert_eq!(pose.scene_from_node[depth - 1].w_axis.x, depth as f32);
    assert!(pose.visible[depth - 1]);
}

#[test]
fn an_animation_moves_its_node_and_all_below_and_leaves_no_trace() {
    let mut scene = scene();
    scene.animations.push(moves(Property::Translation, 1, &[0.0, 0.0, 0.0, 10.0, 0.0, 0.0], 3));
    let overlay = Overlay::default();
    let rest = Pose::rest(&scene, &overlay);
    let mut pose = rest.clone();
    pose.update(&scene, &overlay, &[playing(0, 0.5, 1.0)]);
    assert_eq!(pose.scene_from_node[0], Mat4::from_translation(Vec3::new(6.0, 0.0, 1.0)));
    pose.update(&scene, &overlay, &[playing(0, 1.0, 1.0)]);
    assert_eq!(pose.scene_from_node[1], Mat4::from_translation(Vec3::new(10.0, 0.0, 1.0)));
    pose.update(&scene, &overlay, &[playing(7, 1.0, 1.0)]);
    assert_eq!(pose, rest, "an animation that is not there moves nothing");
}

#[test]
fn shares_mix_and_what_is_missing_to_one_is_the_rest_pose() {
    let mut scene = scene();
    scene.animations.push(moves(Property::Translation, 2, &[8.0, 0.0, 0.0, 8.0, 0.0, 0.0], 3));
    scene.animations.push(moves(Property::Translation, 2, &[0.0, 4.0, 0.0, 0.0, 4.0, 0.0], 3));
    scene.animations.push(moves(Property::Rotation, 2, &[0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0], 4));
    let mut pose = Pose::rest(&scene, &Overlay::default());
    let mut place = |playing: &[Playing]| {
        pose.update(&scene, &Overlay::default(), playing);
        pose.scene_from_node[2]
    };
    let mixed = place(&[playing(0, 0.0, 0.25), playing(1, 0.0, 0.75)]);
    assert!(mixed.w_axis.truncate().distance(Vec3::new(2.0, 3.0, 0.0)) < 1e-5);
    let half = place(&[playing(0, 0.0, 0.25), playing(1, 0.0, 0.25)]);
    assert!(half.w_axis.truncate().distance(Vec3::new(2.0, 1.0, 0.5)) < 1e-5);
    let more_than_all = place(&[playing(0, 0.0, 1.0), playing(1, 0.0, 3.0)]);
    assert!(more_than_all.w_axis.truncate().distance(Vec3::new(2.0, 3.0, 0.0)) < 1e-5);
    // Fading from an animation that turns into one that does not: the turn fades to the file's own.
    let turning = place(&[playing(2, 0.0, 0.5), playing(0, 0.0, 0.5)]);
    let quarter = Mat4::from_quat(Quat::from_rotation_y(std::f32::consts::FRAC_PI_2));
    assert!((turning.x_axis - quarter.x_axis).length() < 1e-4, "{turning}");
}

fn morphing() -> Scene {
    let target = |offset| MorphTarget { positions: vec![offset; 3], ..MorphTarget::default() };
    let primitive = Primitive {
        vertices: Vertices { positions: vec![Vec3::ZERO, Vec3::X, Vec3::splat(100.0)], ..Vertices::default() },
        indices: vec![0, 1, 1],
        targets: vec![target(Vec3::Y), target(Vec3::Z)],
        ..Primitive::default()
    };
    let primitives = [Some(primitive)].into_iter().collect();
    let mut scene = scene();
    scene.meshes.push(Some(Mesh { primitives, weights: vec![0.5], ..Mesh::default() }));
    if let Some(node) = scene.nodes.get_mut(2) {
        node.mesh = Some(0);
    }
    scene
}

#[test]
fn morph_weights_come_from_the_mesh_the_node_or_the_animation() {
    let mut scene = morphing();
    scene.animations.push(moves(Property::Weights, 2, &[0.0, 0.0, 1.0, 0.5], 2));
    let overlay = Overlay::default();
    let mut pose = Pose::rest(&scene, &overlay);
    assert_eq!(pose.weights[2], [0.5, 0.0]);
    assert!(pose.weights[0].is_empty());
    pose.update(&scene, &overlay, &[playing(0, 1.0, 1.0)]);
    assert_eq!(pose.weights[2], [1.0, 0.5]);
    pose.update(&scene, &overlay, &[playing(0, 1.0, 0.5)]);
    assert_eq!(pose.weights[2], [0.75, 0.25]);
    if let Some(node) = scene.nodes.get_mut(2) {
        node.weights = vec![0.0, 0.25];
    }
    assert_eq!(Pose::rest(&scene, &overlay).weights[2], [0.0, 0.25]);
}

#[test]
fn the_box_holds_what_is_seen_and_nothing_else() {
    let scene = morphing();
    let bounds = Pose::rest(&scene, &Overlay::default()).bounds(&scene);
    assert_eq!((bounds.min, bounds.max), (Vec3::new(0.0, 0.5, 1.0), Vec3::new(1.0, 0.5, 1.0)));
    let hidden = Overlay { visibility: [(2, false)].into(), ..Overlay::default() };
    assert!(Pose::rest(&scene, &hidden).bounds(&scene).is_empty());
}
