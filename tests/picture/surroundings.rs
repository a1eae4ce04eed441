//! What is around the product: the shadow on the floor and the environment behind.

use anprobe::frame::{Background, EnvironmentId, FloorShadow};
use anprobe::scene::{Overlay, Scene};
use glam::{Mat4, Vec3, Vec4};

use crate::studio::{self, ID, SHADOW, SIDE_PX, Shot, add, parallel_view, quad_primitive, scene, shoot_frame, unlit};

/// A red plate of 1 × 1 m that lies 0.2 m above the floor and faces up.
fn plate() -> Scene {
    let mut out = scene([unlit(Vec4::new(1.0, 0.0, 0.0, 1.0))]);
    add(&mut out, quad_primitive(0.5, 0), Mat4::from_translation(Vec3::Y * -0.2) * studio::facing(Vec3::Y));
    out
}

/// Half from above, so that floor and plate are seen.
fn slanted() -> anprobe::camera::View {
    let forward = Vec3::new(0.0, -1.0, -1.0).normalize_or(Vec3::NEG_Z);
    parallel_view(forward, Vec3::new(0.0, 1.0, -1.0).normalize_or(Vec3::Y))
}

fn is_shadow(pixel: [u8; 4]) -> bool {
    pixel[3] > 8 && pixel[3] < 255 && pixel[0] == 0
}

#[test]
fn a_plate_casts_its_shadow_on_the_floor_and_nowhere_else() {
    let Some(mut renderer) = studio::renderer() else { return };
    let plate = plate();
    renderer.load(ID, &plate).expect("loaded");
    let mut pose = studio::pose(&plate);
    let overlay = Overlay::default();
    let mut frame = studio::frame(&plate, &pose, &overlay, slanted());
    let without = shoot_frame(&mut renderer, &frame, [SIDE_PX; 2]);
    assert_eq!(without.count(is_shadow), 0);
    frame.floor_shadow = Some(SHADOW);
    let with = shoot_frame(&mut renderer, &frame, [SIDE_PX; 2]);
    assert!(with.count(is_shadow) > 100, "{} pixels of shadow", with.count(is_shadow));
    let red = |shot: &Shot| shot.count(|pixel| pixel == [255, 0, 0, 255]);
    assert_eq!(red(&with), red(&without), "the shadow is below the plate");
    assert_eq!(with.at(1, 1), [0; 4], "far away the floor is lit");
    frame.floor_shadow = Some(FloorShadow { intensity: 0.0, ..SHADOW });
    assert_eq!(shoot_frame(&mut renderer, &frame, [SIDE_PX; 2]).count(is_shadow), 0);

    // It goes where the plate goes, and away with it.
    pose.scene_from_node[0] = Mat4::from_translation(Vec3::X * 0.4) * pose.scene_from_node[0];
    let mut frame = studio::frame(&plate, &pose, &overlay, slanted());
    frame.floor_shadow = Some(SHADOW);
    let moved = shoot_frame(&mut renderer, &frame, [SIDE_PX; 2]);
    let left_and_right = |shot: &Shot| [shot.at(18, 48)[3] > 40, shot.at(52, 48)[3] > 20];
    assert_eq!((left_and_right(&with), left_and_right(&moved)), ([true, false], [false, true]));
    let bytes = renderer.statistics().texture_bytes;
    renderer.unload(ID);
    assert!(renderer.statistics().texture_bytes < bytes, "the shadow's map is freed");
}

#[test]
fn a_skybox_fills_what_the_product_leaves() {
    let Some(mut renderer) = studio::renderer() else { return };
    let plate = plate();
    renderer.load(ID, &plate).expect("loaded");
    let (pose, overlay) = (studio::pose(&plate), Overlay::default());
    let mut frame = studio::frame(&plate, &pose, &overlay, slanted());
    frame.background = Background::Skybox { environment: EnvironmentId::STUDIO, ground: None };
    let picture = shoot_frame(&mut renderer, &frame, [SIDE_PX; 2]);
    assert_eq!(picture.count(|pixel| pixel[3] == 255), (SIDE_PX * SIDE_PX) as usize);
    assert!(picture.count(|pixel| pixel == [255, 0, 0, 255]) > 500, "the plate is still there");
}

#[test]
fn preparing_reaches_the_casters_of_hidden_parts() {
    let Some(mut renderer) = studio::renderer() else { return };
    let mut plate = plate();
    let mut colored = quad_primitive(0.5, 0);
    colored.vertices.colors = vec![Vec4::ONE; 4];
    let hidden = add(&mut plate, colored, Mat4::IDENTITY);
    renderer.load(ID, &plate).expect("loaded");
    let mut pose = studio::pose(&plate);
    pose.visible[hidden] = false;
    let overlay = Overlay::default();
    let mut frame = studio::frame(&plate, &pose, &overlay, slanted());
    frame.floor_shadow = Some(SHADOW);
    shoot_frame(&mut renderer, &frame, [SIDE_PX; 2]);
    while renderer.prepare(&frame) > 0 {}
    let prepared = renderer.statistics().pipelines;
    pose.visible[hidden] = true;
    let mut frame = studio::frame(&plate, &pose, &overlay, slanted());
    frame.floor_shadow = Some(SHADOW);
    shoot_frame(&mut renderer, &frame, [SIDE_PX; 2]);
    assert_eq!(renderer.statistics().pipelines, prepared);
}
