//! Skins and morph targets move vertices.

use anprobe::scene::{Mesh, MorphTarget, Node, Overlay, Scene, Skin};
use glam::{Mat4, Vec3, Vec4};

use crate::studio::{self, ID, SIDE_PX, front, quad_primitive, scene, shoot_frame, unlit};

/// Columns and rows of white pixels: left, right, upper, lower.
fn white_box(picture: &studio::Shot) -> [u32; 4] {
    let mut out = [SIDE_PX, 0, SIDE_PX, 0];
    for y in 0..SIDE_PX {
        for x in 0..SIDE_PX {
            if picture.at(x, y) == [255; 4] {
                out = [out[0].min(x), out[1].max(x + 1), out[2].min(y), out[3].max(y + 1)];
            }
        }
    }
    out
}

fn skinned_quad() -> Scene {
    let mut out = scene([unlit(Vec4::ONE)]);
    let mut primitive = quad_primitive(0.5, 0);
    // The left corners hang on joint 0, the right ones on joint 1.
    primitive.vertices.joints = vec![[0, 0, 0, 0], [0, 0, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0]];
    primitive.vertices.weights = vec![Vec4::X; 4];
    out.meshes.push(Some(Mesh { primitives: [Some(primitive)].into_iter().collect(), ..Mesh::default() }));
    out.skins.push(Some(Skin {
        joints: vec![1, 2],
        inverse_bind_matrices: vec![Mat4::IDENTITY; 2],
        ..Skin::default()
    }));
    // A skinned node's own place does not count (glTF 2.0 §3.7.3.2).
    let away = anprobe::scene::Local::Matrix(Mat4::from_translation(Vec3::X * 100.0));
    out.nodes.push(Some(Node { mesh: Some(0), skin: Some(0), local: away, ..Node::default() }));
    out.nodes.push(Some(Node::default()));
    out.nodes.push(Some(Node::default()));
    out
}

#[test]
fn bones_carry_their_vertices() {
    let Some(mut renderer) = studio::renderer() else { return };
    let scene = skinned_quad();
    renderer.load(ID, &scene).expect("loaded");
    let overlay = Overlay::default();
    let mut pose = studio::pose(&scene);
    let picture = shoot_frame(&mut renderer, &studio::frame(&scene, &pose, &overlay, front()), [SIDE_PX; 2]);
    assert_eq!(white_box(&picture), [16, 48, 16, 48]);
    pose.scene_from_node[2] = Mat4::from_translation(Vec3::X * 0.25);
    let picture = shoot_frame(&mut renderer, &studio::frame(&scene, &pose, &overlay, front()), [SIDE_PX; 2]);
    assert_eq!(white_box(&picture), [16, 56, 16, 48]);
}

#[test]
fn morph_weights_move_vertices_and_may_be_many() {
    let Some(mut renderer) = studio::renderer() else { return };
    let mut scene = scene([unlit(Vec4::ONE)]);
    let mut primitive = quad_primitive(0.25, 0);
    primitive.targets = (0..12)
        .map(|target| {
            let by = if target % 2 == 0 { Vec3::X } else { Vec3::Y } / 8.0;
            MorphTarget { positions: vec![by; 4], ..MorphTarget::default() }
        })
        .collect();
    studio::add(&mut scene, primitive, Mat4::IDENTITY);
    renderer.load(ID, &scene).expect("loaded");
    let overlay = Overlay::default();
    let mut pose = studio::pose(&scene);
    for (weights, expected) in [
        (vec![0.0; 12], [24, 40, 24, 40]),
        (vec![1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0], [28, 44, 24, 40]),
        (vec![0.5; 12], [36, 52, 12, 28]),
        (vec![0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, -2.0], [24, 40, 32, 48]),
    ] {
        pose.weights[0].clone_from(&weights);
        let picture = shoot_frame(&mut renderer, &studio::frame(&scene, &pose, &overlay, front()), [SIDE_PX; 2]);
        assert_eq!(white_box(&picture), expected, "{weights:?}");
    }
}

#[test]
fn a_morph_that_carries_a_thing_into_view_is_not_culled() {
    let Some(mut renderer) = studio::renderer() else { return };
    let mut scene = scene([unlit(Vec4::ONE)]);
    let mut primitive = quad_primitive(0.25, 0);
    primitive.targets = vec![MorphTarget { positions: vec![Vec3::X * 5.0; 4], ..MorphTarget::default() }];
    studio::add(&mut scene, primitive, Mat4::from_translation(Vec3::X * -5.0));
    renderer.load(ID, &scene).expect("loaded");
    let overlay = Overlay::default();
    let mut pose = studio::pose(&scene);
    pose.weights[0] = vec![1.0];
    let picture = shoot_frame(&mut renderer, &studio::frame(&scene, &pose, &overlay, front()), [SIDE_PX; 2]);
    assert_eq!(white_box(&picture), [24, 40, 24, 40]);
    pose.weights[0] = vec![0.0];
    shoot_frame(&mut renderer, &studio::frame(&scene, &pose, &overlay, front()), [SIDE_PX; 2]);
    assert_eq!(renderer.statistics().draw_calls, 0, "out of view without its morph");
}
