//! What moves the camera, by the numbers that model-viewer pages are tuned with.

use std::f32::consts::{FRAC_PI_8, PI};

use anprobe::viewer::{Command, Event, Key, PointerAct};
use glam::Vec3;

use crate::shell::{Shell, names};

const HEIGHT: f32 = 300.0;

fn near(found: f32, expected: f32) {
    assert!((found - expected).abs() < 1e-4 * expected.abs().max(1.0), "{found} is not {expected}");
}

#[test]
fn the_default_view_is_model_viewers() {
    let shell = Shell::with_model(&[]);
    let [theta, phi, radius] = shell.viewer.camera_orbit();
    near(theta, 0.0);
    near(phi, 75f32.to_radians());
    // Half of the diagonal of 2 x 1 x 0.5 m, by the sine of half of 30 degrees, and 5 %.
    let sphere = Vec3::new(1.0, 0.5, 0.25).length();
    let ideal = sphere / 15f32.to_radians().sin();
    near(radius, 1.05 * ideal);
    near(shell.viewer.camera_target().y, 0.5);
    near(shell.viewer.dimensions().x, 2.0);
    let sideways = 1f32.hypot(0.25);
    near(shell.viewer.ideal_aspect(), sideways / (ideal - 0.5) / 15f32.to_radians().tan());
    near(shell.viewer.field_of_view(), 30f32.to_radians());
    near(shell.viewer.maximum_field_of_view(), shell.viewer.field_of_view());
    near(shell.viewer.minimum_field_of_view(), 12f32.to_radians());
    let view = shell.seen().views[0];
    assert_eq!(view.viewport_px, [0, 0, 800, 600]);
}

#[test]
fn a_drag_over_the_whole_height_is_one_turn() {
    let mut shell = Shell::with_model(&[]);
    shell.mouse(PointerAct::Down, 200.0, 150.0, false);
    shell.mouse(PointerAct::Move, 230.0, 140.0, false);
    shell.settle();
    let [theta, phi, _] = shell.viewer.camera_orbit();
    near(theta, -2.0 * PI * 30.0 / HEIGHT);
    near(phi, 75f32.to_radians() + 2.0 * PI * 10.0 / HEIGHT);
    assert!(names(&shell.log).contains(&"camera user-interaction".to_owned()));
}

#[test]
fn sensitivities_scale_and_without_controls_nothing_moves() {
    let mut shell = Shell::with_model(&[("orbit-sensitivity", "0.5")]);
    shell.mouse(PointerAct::Down, 200.0, 150.0, false);
    shell.mouse(PointerAct::Move, 230.0, 150.0, false);
    shell.settle();
    near(shell.viewer.camera_orbit()[0], -PI * 30.0 / HEIGHT);
    let before = shell.viewer.camera_orbit();
    shell.unset("camera-controls");
    shell.log.clear();
    shell.mouse(PointerAct::Move, 300.0, 150.0, false);
    shell.key(Key::Left, false);
    shell.send(Event::Wheel { delta_css_px: -100.0, now_secs: shell.now_secs });
    shell.settle();
    assert_eq!(shell.viewer.camera_orbit(), before);
    assert_eq!(shell.redraws(), 0);
}

#[test]
fn a_pinch_zooms_in_and_the_same_pinch_back_zooms_out() {
    let mut shell = Shell::with_model(&[]);
    shell.touch(PointerAct::Down, 1, 150.0, 150.0);
    shell.touch(PointerAct::Down, 2, 250.0, 150.0);
    let before = (shell.viewer.camera_orbit(), shell.viewer.field_of_view());
    shell.touch(PointerAct::Move, 1, 120.0, 150.0);
    shell.touch(PointerAct::Move, 2, 280.0, 150.0);
    shell.settle();
    near(shell.viewer.field_of_view().ln(), before.1.ln() - 0.04 * 50.0 / HEIGHT * 60.0);
    assert!(shell.viewer.camera_orbit()[2] < before.0[2]);
    shell.touch(PointerAct::Move, 2, 250.0, 150.0);
    shell.touch(PointerAct::Move, 1, 150.0, 150.0);
    shell.settle();
    near(shell.viewer.field_of_view(), before.1);
    near(shell.viewer.camera_orbit()[2], before.0[2]);
    near(shell.viewer.camera_target().x, 0.0);
}

#[test]
fn the_wheel_and_keys_zoom_within_the_limits_and_home_comes_back() {
    let mut shell = Shell::with_model(&[]);
    let start = (shell.viewer.camera_orbit(), shell.viewer.field_of_view());
    shell.send(Event::Wheel { delta_css_px: -30.0, now_secs: shell.now_secs });
    shell.settle();
    near(shell.viewer.field_of_view(), start.1 * (-0.04f32).exp());
    shell.key(Key::PageUp, false);
    shell.settle();
    near(shell.viewer.field_of_view(), start.1 * (-0.08f32).exp());
    for _ in 0..100 {
        shell.send(Event::Wheel { delta_css_px: -300.0, now_secs: shell.now_secs });
    }
    shell.settle();
    near(shell.viewer.field_of_view(), 12f32.to_radians());
    near(shell.viewer.camera_orbit()[2], 2.2 * Vec3::new(1.0, 0.5, 0.25).length());
    shell.key(Key::Left, false);
    shell.settle();
    near(shell.viewer.camera_orbit()[0], FRAC_PI_8);
    shell.key(Key::Home, false);
    shell.settle();
    near(shell.viewer.camera_orbit()[0], 0.0);
    near(shell.viewer.camera_orbit()[2], start.0[2]);
    near(shell.viewer.field_of_view(), start.1);
    shell.command(Command::Zoom(1.0));
    shell.settle();
    near(shell.viewer.field_of_view(), start.1 * (-0.04f32).exp());
}

#[test]
fn disabled_acts_do_nothing() {
    let mut shell = Shell::with_model(&[("disable-zoom", ""), ("disable-pan", "")]);
    let start = (shell.viewer.camera_orbit(), shell.viewer.field_of_view(), shell.viewer.camera_target());
    shell.send(Event::Wheel { delta_css_px: -300.0, now_secs: shell.now_secs });
    shell.key(Key::PageUp, false);
    shell.touch(PointerAct::Down, 1, 150.0, 150.0);
    shell.touch(PointerAct::Down, 2, 250.0, 150.0);
    shell.touch(PointerAct::Move, 1, 100.0, 150.0);
    shell.touch(PointerAct::Up, 1, 100.0, 150.0);
    shell.touch(PointerAct::Up, 2, 250.0, 150.0);
    shell.settle();
    assert_eq!(start, (shell.viewer.camera_orbit(), shell.viewer.field_of_view(), shell.viewer.camera_target()));
}

#[test]
fn limits_of_the_page_hold() {
    let mut shell = Shell::with_model(&[
        ("min-camera-orbit", "-45deg 60deg 3m"),
        ("max-camera-orbit", "45deg 90deg 5m"),
        ("min-field-of-view", "20deg"),
        ("max-field-of-view", "40deg"),
    ]);
    for (x, y) in [(900.0, 900.0), (-900.0, -900.0)] {
        shell.mouse(PointerAct::Down, 0.0, 0.0, false);
        shell.mouse(PointerAct::Move, x, y, false);
        shell.mouse(PointerAct::Up, x, y, false);
        shell.send(Event::Wheel { delta_css_px: x * 10.0, now_secs: shell.now_secs });
        shell.settle();
        let [theta, phi, radius] = shell.viewer.camera_orbit();
        let side = if x > 0.0 { -1.0 } else { 1.0 };
        near(theta, side * 45f32.to_radians());
        near(phi, if y > 0.0 { 60f32.to_radians() } else { 90f32.to_radians() });
        near(radius, if x > 0.0 { 5.0 } else { 3.0 });
        let end = if x > 0.0 { shell.viewer.maximum_field_of_view() } else { 20f32.to_radians() };
        near(shell.viewer.field_of_view(), end);
    }
}

#[test]
fn a_tap_on_the_product_turns_around_that_point_and_one_beside_it_shows_all() {
    let mut shell = Shell::with_model(&[]);
    shell.mouse(PointerAct::Down, 260.0, 150.0, false);
    shell.mouse(PointerAct::Up, 260.0, 150.0, false);
    shell.settle();
    let target = shell.viewer.camera_target();
    assert!(target.x > 0.2 && (target.z - 0.25).abs() < 1e-4, "on the front: {target}");
    shell.key(Key::PageUp, false);
    shell.mouse(PointerAct::Down, 5.0, 5.0, false);
    shell.mouse(PointerAct::Up, 5.0, 5.0, false);
    shell.settle();
    assert!((shell.viewer.camera_target() - Vec3::new(0.0, 0.5, 0.0)).length() < 1e-4);
    near(shell.viewer.field_of_view(), shell.viewer.maximum_field_of_view());
    shell.set("disable-tap", "");
    shell.mouse(PointerAct::Down, 260.0, 150.0, false);
    shell.mouse(PointerAct::Up, 260.0, 150.0, false);
    shell.settle();
    near(shell.viewer.camera_target().x, 0.0);
}

#[test]
fn panning_moves_the_product_with_the_mouse_and_stays_on_it() {
    let mut shell = Shell::with_model(&[("camera-orbit", "0deg 90deg auto")]);
    shell.settle();
    let [_, _, radius] = shell.viewer.camera_orbit();
    let metres_per_px = radius * shell.viewer.field_of_view().to_degrees() * 0.018 / HEIGHT;
    shell.mouse(PointerAct::Down, 200.0, 150.0, true);
    shell.mouse(PointerAct::Move, 220.0, 140.0, true);
    shell.settle();
    let target = shell.viewer.camera_target();
    near(target.x, -20.0 * metres_per_px);
    near(target.y, 0.5 - 10.0 * metres_per_px);
    shell.mouse(PointerAct::Move, 9_000.0, 140.0, true);
    shell.settle();
    assert!(shell.viewer.camera_target().distance(Vec3::new(0.0, 0.5, 0.0)) < 1.2);
}

#[test]
fn letting_go_after_panning_changes_nothing_but_what_is_turned_around() {
    let mut shell = Shell::with_model(&[]);
    shell.command(Command::ResetTurntableRotation(0.6));
    shell.mouse(PointerAct::Down, 200.0, 150.0, true);
    shell.mouse(PointerAct::Move, 210.0, 150.0, true);
    shell.settle();
    let view_from_scene = |shell: &Shell| {
        shell.seen().views[0].world_from_view.inverse() * shell.seen().looks[0].placed[0].world_from_scene
    };
    let (before, [_, _, radius]) = (view_from_scene(&shell), shell.viewer.camera_orbit());
    shell.mouse(PointerAct::Up, 210.0, 150.0, true);
    shell.settle();
    assert!(shell.viewer.camera_orbit()[2] < radius - 0.1, "the surface is nearer than the middle");
    assert!(view_from_scene(&shell).abs_diff_eq(before, 1e-3));
}

#[test]
fn attributes_move_the_camera_softly_and_jump_ends_the_move() {
    let mut shell = Shell::with_model(&[]);
    shell.set("camera-orbit", "90deg 60deg 4m");
    shell.frame(0.016);
    let on_the_way = shell.viewer.camera_orbit()[0];
    assert!(on_the_way > 0.0 && on_the_way < 1.0, "{on_the_way}");
    shell.command(Command::JumpCameraToGoal);
    assert_eq!(shell.viewer.camera_orbit(), [PI / 2.0, 60f32.to_radians(), 4.0]);
    assert!(names(&shell.log).contains(&"camera none".to_owned()));
}

#[test]
fn with_reduced_motion_the_camera_is_there_at_once() {
    let mut shell = Shell::with_model(&[("auto-rotate", "")]);
    shell.send(Event::ReducedMotion(true));
    shell.settle();
    shell.key(Key::Right, false);
    shell.frame(0.016);
    near(shell.viewer.camera_orbit()[0], -FRAC_PI_8);
    shell.settle();
    let turned = shell.viewer.turntable_rotation();
    shell.now_secs += 10.0;
    shell.send(Event::Tick { now_secs: shell.now_secs });
    assert_eq!(shell.viewer.turntable_rotation(), turned, "nothing turns by itself");
}

#[test]
fn another_shape_of_the_window_keeps_the_product_framed_and_zoomed() {
    let mut shell = Shell::with_model(&[]);
    shell.send(Event::Resized { width_css_px: 200.0, height_css_px: 400.0, pixel_ratio: 2.0 });
    shell.settle();
    let widened = 15f32.to_radians().tan() * shell.viewer.ideal_aspect() / 0.5;
    near(shell.viewer.field_of_view(), 2.0 * widened.atan());
    let seen = shell.viewer.frame_at(1_000, 100).expect("a frame").views[0];
    near(seen.projection_from_view.y_axis.y, 1.0 / 15f32.to_radians().tan());
}

#[test]
fn the_view_is_named_when_the_camera_rests() {
    let mut shell = Shell::with_model(&[]);
    for _ in 0..4 {
        shell.key(Key::Left, false);
    }
    shell.settle();
    let told: Vec<String> = names(&shell.log).into_iter().filter(|name| name.starts_with("ViewLabel")).collect();
    assert_eq!(told, ["ViewLabel { key: \"view-right\" }"]);
}

#[test]
fn a_second_model_keeps_the_side_that_the_customer_chose() {
    let mut shell = Shell::with_model(&[]);
    shell.key(Key::Left, false);
    shell.settle();
    shell.file("other.glb", crate::model::glb());
    shell.set("src", "other.glb");
    shell.settle();
    near(shell.viewer.camera_orbit()[0], FRAC_PI_8);
}

#[test]
fn the_camera_follows_the_scroll_only_where_the_page_says_so() {
    let mut shell = Shell::with_model(&[]);
    assert!(!shell.viewer.follows_scroll());
    shell.set("camera-orbit", "calc(env(window-scroll-y) * 90deg) 75deg auto");
    shell.settle();
    assert!(shell.viewer.follows_scroll());
    shell.send(Event::Scrolled { window_scroll_y: 0.5 });
    shell.settle();
    near(shell.viewer.camera_orbit()[0], 45f32.to_radians());
}

#[test]
fn orientation_and_scale_turn_and_size_the_product() {
    let mut shell = Shell::with_model(&[("orientation", "0deg 0deg 90deg"), ("scale", "2")]);
    let size = shell.viewer.dimensions();
    assert!((size - Vec3::new(1.0, 2.0, 4.0)).length() < 1e-4, "{size}");
    shell.set("scale", "1 1 1");
    assert!((shell.viewer.dimensions() - Vec3::new(0.5, 1.0, 2.0)).length() < 1e-4);
}

#[test]
fn the_floor_shadow_lies_below_the_product() {
    let mut shell = Shell::with_model(&[]);
    assert!(shell.seen().floor_shadow.is_none(), "as in model-viewer there is none by default");
    shell.set("shadow-intensity", "0.7");
    shell.settle();
    let shadow = shell.seen().floor_shadow.expect("a shadow");
    assert_eq!((shadow.intensity, shadow.softness), (0.7, 1.0));
    assert!(shadow.center.length() < 1e-6 && (shadow.size - Vec3::new(2.0, 1.0, 0.5)).length() < 1e-5);
}
