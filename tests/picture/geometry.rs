//! Shapes land where they belong, and the right side is seen.

use anprobe::frame::Frame;
use anprobe::scene::{Overlay, Primitive, Scene, Topology};
use glam::{Mat4, Vec3, Vec4};

use crate::studio::{self, ID, SIDE_PX, add, front, near, parallel_view, quad_primitive, scene, shoot, single, unlit};

const AXES: [(Vec3, Vec3, [u8; 4]); 6] = [
    (Vec3::X, Vec3::Y, [255, 0, 0, 255]),
    (Vec3::NEG_X, Vec3::Y, [0, 255, 255, 255]),
    (Vec3::Y, Vec3::Z, [0, 255, 0, 255]),
    (Vec3::NEG_Y, Vec3::Z, [255, 0, 255, 255]),
    (Vec3::Z, Vec3::Y, [0, 0, 255, 255]),
    (Vec3::NEG_Z, Vec3::Y, [255, 255, 0, 255]),
];

/// A cube whose sides have [`AXES`]' colours.
fn cube() -> Scene {
    let colors = AXES.map(|(_, _, color)| unlit(Vec4::from_array(color.map(|byte| f32::from(byte) / 255.0))));
    let mut out = scene(colors);
    for (material, (axis, _, _)) in AXES.into_iter().enumerate() {
        let place = Mat4::from_translation(axis * 0.5) * studio::facing(axis);
        add(&mut out, quad_primitive(0.5, material), place);
    }
    out
}

#[test]
fn an_empty_frame_is_transparent() {
    let Some(mut renderer) = studio::renderer() else { return };
    let (nothing, overlay) = (Scene::default(), Overlay::default());
    let pose = studio::pose(&nothing);
    let picture = studio::shoot_frame(&mut renderer, &studio::frame(&nothing, &pose, &overlay, front()), [SIDE_PX; 2]);
    assert_eq!(picture.count(|pixel| pixel == [0; 4]), (SIDE_PX * SIDE_PX) as usize);
}

#[test]
fn a_white_unlit_quad_covers_its_pixels_and_no_others() {
    let Some(mut renderer) = studio::renderer() else { return };
    let picture = shoot(&mut renderer, &single(quad_primitive(0.5, 0), unlit(Vec4::ONE)), front());
    assert_eq!(picture.count(|pixel| pixel == [255; 4]), 32 * 32);
    assert_eq!(picture.count(|pixel| pixel == [0; 4]), 64 * 64 - 32 * 32);
    assert_eq!((picture.at(16, 16), picture.at(15, 16)), ([255; 4], [0; 4]));
}

#[test]
fn each_side_of_a_cube_is_seen_from_its_axis() {
    let Some(mut renderer) = studio::renderer() else { return };
    let cube = cube();
    for (axis, up, color) in AXES {
        let picture = shoot(&mut renderer, &cube, parallel_view(-axis, up));
        assert_eq!(picture.at(32, 32), color, "from {axis}");
        assert_eq!(picture.count(|pixel| pixel == color), 32 * 32, "from {axis}");
    }
}

#[test]
fn a_target_can_be_upside_down() {
    let Some(mut renderer) = studio::renderer() else { return };
    let mut upper = scene([unlit(Vec4::ONE)]);
    add(&mut upper, quad_primitive(0.5, 0), Mat4::from_translation(Vec3::Y * 0.5));
    renderer.load(ID, &upper).expect("loaded");
    let (pose, overlay) = (studio::pose(&upper), Overlay::default());
    for (flip, white) in [(false, 8), (true, 56)] {
        let picture = anprobe::render::Offscreen::new(renderer.gpu(), [SIDE_PX; 2]).expect("a picture");
        let target = anprobe::render::Target { flip, ..picture.target() };
        renderer.draw(&studio::frame(&upper, &pose, &overlay, front()), &target);
        let bytes = pollster::block_on(picture.read(renderer.gpu())).expect("pixels");
        let shot = studio::Shot { width: SIDE_PX, bytes };
        assert_eq!((shot.at(32, white), shot.at(32, 63 - white)), ([255; 4], [0; 4]), "flip {flip}");
    }
}

#[test]
fn a_smaller_picture_stands_in_the_upper_left_of_its_attachment() {
    let Some(mut renderer) = studio::renderer() else { return };
    let white = single(quad_primitive(1.0, 0), unlit(Vec4::ONE));
    renderer.load(ID, &white).expect("loaded");
    let (pose, overlay) = (studio::pose(&white), Overlay::default());
    let picture = anprobe::render::Offscreen::new(renderer.gpu(), [SIDE_PX; 2]).expect("a picture");
    let target = anprobe::render::Target { size_px: [40, 20], ..picture.target() };
    let view = anprobe::camera::View { viewport_px: [0, 0, 40, 20], ..front() };
    renderer.draw(&studio::frame(&white, &pose, &overlay, view), &target);
    let bytes = pollster::block_on(picture.read(renderer.gpu())).expect("pixels");
    let shot = studio::Shot { width: SIDE_PX, bytes };
    assert_eq!(shot.count(|pixel| pixel == [255; 4]), 40 * 20);
    assert_eq!((shot.at(39, 19), shot.at(40, 19), shot.at(39, 20)), ([255; 4], [0; 4], [0; 4]));
}

#[test]
fn the_back_is_left_out_unless_both_sides_count() {
    let Some(mut renderer) = studio::renderer() else { return };
    for (double_sided, seen) in [(false, 0), (true, 32 * 32)] {
        let material = anprobe::scene::Material { double_sided, ..unlit(Vec4::ONE) };
        let picture = shoot(&mut renderer, &single(quad_primitive(0.5, 0), material), parallel_view(Vec3::Z, Vec3::Y));
        assert_eq!(picture.count(|pixel| pixel == [255; 4]), seen, "double sided: {double_sided}");
    }
}

#[test]
fn a_mirrored_node_keeps_its_front() {
    let Some(mut renderer) = studio::renderer() else { return };
    let mut mirrored = scene([unlit(Vec4::ONE)]);
    add(&mut mirrored, quad_primitive(0.5, 0), Mat4::from_scale(Vec3::new(-1.0, 1.0, 1.0)));
    let picture = shoot(&mut renderer, &mirrored, front());
    assert_eq!(picture.count(|pixel| pixel == [255; 4]), 32 * 32);
}

#[test]
fn vertex_colors_multiply_and_mix() {
    let Some(mut renderer) = studio::renderer() else { return };
    let mut primitive = quad_primitive(1.0, 0);
    let (left, right) = (Vec4::new(1.0, 0.0, 0.0, 1.0), Vec4::new(0.0, 0.0, 1.0, 1.0));
    primitive.vertices.colors = vec![left, left, right, right];
    let picture = shoot(&mut renderer, &single(primitive, unlit(Vec4::ONE)), front());
    // Linear 0.5 is 188 in sRGB.
    assert!(near(picture.at(0, 32), [254, 0, 20, 255], 8), "{:?}", picture.at(0, 32));
    assert!(near(picture.at(31, 32), [188, 0, 188, 255], 3), "{:?}", picture.at(31, 32));
    assert!(near(picture.at(63, 32), [20, 0, 254, 255], 8), "{:?}", picture.at(63, 32));
}

#[test]
fn nearer_things_hide_farther_ones_in_any_order() {
    let Some(mut renderer) = studio::renderer() else { return };
    let (red, green) = (unlit(Vec4::new(1.0, 0.0, 0.0, 1.0)), unlit(Vec4::new(0.0, 1.0, 0.0, 1.0)));
    for (z, color) in [(0.5, [0, 255, 0, 255]), (-0.5, [255, 0, 0, 255])] {
        let mut two = scene([red.clone(), green.clone()]);
        add(&mut two, quad_primitive(0.5, 0), Mat4::IDENTITY);
        add(&mut two, quad_primitive(0.5, 1), Mat4::from_translation(Vec3::Z * z));
        assert_eq!(shoot(&mut renderer, &two, front()).at(32, 32), color, "second at {z}");
    }
}

#[test]
fn lines_and_points_are_drawn_without_normals() {
    let Some(mut renderer) = studio::renderer() else { return };
    for (topology, indices, least) in [(Topology::Lines, vec![0, 2], 40), (Topology::Points, vec![0, 1, 2, 3], 4)] {
        let mut primitive: Primitive = quad_primitive(0.5, 0);
        primitive.topology = topology;
        primitive.indices = indices;
        primitive.vertices.normals.clear();
        let picture = shoot(&mut renderer, &single(primitive, anprobe::scene::Material::default()), front());
        let drawn = picture.count(|pixel| pixel != [0; 4]);
        assert!(drawn >= least && drawn < 400, "{topology:?}: {drawn} pixels");
    }
}

#[test]
fn two_views_of_two_looks_stand_side_by_side() {
    let Some(mut renderer) = studio::renderer() else { return };
    let both = single(quad_primitive(1.0, 0), unlit(Vec4::new(1.0, 0.0, 0.0, 1.0)));
    renderer.load(ID, &both).expect("loaded");
    let pose = studio::pose(&both);
    let file = Overlay::default();
    let mut green = Overlay::default();
    green.materials.insert(0, unlit(Vec4::new(0.0, 1.0, 0.0, 1.0)));
    let mut frame: Frame<'_> = studio::frame(&both, &pose, &file, front());
    let other = studio::frame(&both, &pose, &green, front());
    frame.looks.extend(other.looks);
    let half = [0, 0, SIDE_PX / 2, SIDE_PX];
    frame.views = vec![
        anprobe::camera::View { viewport_px: half, ..front() },
        anprobe::camera::View { viewport_px: [SIDE_PX / 2, 0, SIDE_PX / 2, SIDE_PX], look: 1, ..front() },
    ];
    let picture = studio::shoot_frame(&mut renderer, &frame, [SIDE_PX; 2]);
    assert_eq!(picture.count(|pixel| pixel == [255, 0, 0, 255]), 32 * 64);
    assert_eq!(picture.at(32, 5), [0, 255, 0, 255]);
}
