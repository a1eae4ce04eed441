use std::f32::consts::{FRAC_PI_2, PI};

use glam::{Vec2, Vec3};

use super::{
    Allowed, Framing, Gesture, Limits, Meaning, Modifiers, Orbit, Pointer, PointerAct, PointerDevice, Spherical,
    TouchAction, near_and_far, projection_from_view, ray_through, view_label,
};
use crate::geom::Aabb;

fn pointer(act: PointerAct, pointer: i32, device: PointerDevice, x: f32, y: f32) -> Pointer {
    let modifiers = Modifiers::default();
    Pointer { act, pointer, device, at_css_px: Vec2::new(x, y), modifiers, now_secs: 0.0 }
}

fn touch(gesture: &mut Gesture, act: PointerAct, finger: i32, x: f32, y: f32, allowed: &Allowed) -> Meaning {
    gesture.act(&pointer(act, finger, PointerDevice::Touch, x, y), allowed)
}

fn limited() -> Orbit {
    let mut orbit = Orbit::default();
    orbit.set_limits(Limits {
        min: Spherical { theta: -1.0, phi: 0.5, radius: 1.0 },
        max: Spherical { theta: 1.0, phi: 2.0, radius: 4.0 },
        min_fov: 0.2,
        max_fov: 0.6,
    });
    orbit
}

#[test]
fn limits_hold_for_every_turn_and_zoom() {
    let mut orbit = limited();
    for (theta, phi, zoom) in [(9.0, 9.0, 3.0), (-9.0, -9.0, -3.0), (0.3, -0.3, 0.1), (f32::NAN, 1.0, 1.0)] {
        for _ in 0..40 {
            orbit.turn(theta, phi, zoom);
            orbit.step(0.016);
            let (goal, limits) = (orbit.goal(), *orbit.limits());
            assert!((limits.min.theta..=limits.max.theta).contains(&goal.theta), "{goal:?}");
            assert!((limits.min.phi..=limits.max.phi).contains(&goal.phi), "{goal:?}");
            assert!((limits.min.radius..=limits.max.radius).contains(&goal.radius), "{goal:?}");
            assert!(orbit.fov_goal() > 0.2 - 1e-5 && orbit.fov_goal() < 0.6 + 1e-5);
        }
    }
}

#[test]
fn radius_and_field_of_view_reach_their_ends_together() {
    let mut orbit = limited();
    orbit.set_goal(Spherical { radius: 3.0, ..orbit.goal() });
    orbit.set_fov_goal(0.5);
    let whole = (0.2f32).ln() - (0.5f32).ln();
    orbit.turn(0.0, 0.0, whole / 2.0);
    assert!((orbit.goal().radius - 2.0).abs() < 1e-4, "half the way: {:?}", orbit.goal());
    orbit.turn(0.0, 0.0, whole / 2.0);
    assert!((orbit.goal().radius - 1.0).abs() < 1e-4 && (orbit.fov_goal() - 0.2).abs() < 1e-4);
}

#[test]
fn a_free_camera_goes_the_short_way_round_and_ends_on_its_goal() {
    let mut orbit = Orbit::default();
    orbit.set_goal(Spherical { theta: 3.0, ..orbit.goal() });
    orbit.jump();
    orbit.set_goal(Spherical { theta: -3.0, ..orbit.goal() });
    let mut travelled = 0.0;
    while !orbit.rests() {
        let before = orbit.now().theta;
        orbit.step(0.016);
        travelled += (orbit.now().theta - before).abs();
    }
    assert!((travelled - (2.0 * PI - 6.0)).abs() < 1e-3, "{travelled}");
    assert_eq!(orbit.now().theta, -3.0);
}

#[test]
fn the_eye_looks_at_its_target_from_the_side_that_theta_names() {
    let mut orbit = Orbit::default();
    orbit.set_goal(Spherical { theta: FRAC_PI_2, phi: FRAC_PI_2, radius: 2.0 });
    orbit.set_target_goal(Vec3::new(0.0, 1.0, 0.0));
    orbit.jump();
    let world_from_view = orbit.world_from_view();
    let eye = world_from_view.transform_point3(Vec3::ZERO);
    assert!((eye - Vec3::new(2.0, 1.0, 0.0)).length() < 1e-5, "{eye}");
    assert!((world_from_view.transform_vector3(Vec3::NEG_Z) - Vec3::NEG_X).length() < 1e-5);
    assert!((world_from_view.transform_vector3(Vec3::Y) - Vec3::Y).length() < 1e-5);
    orbit.set_goal(Spherical { theta: 0.0, phi: 0.0, radius: 2.0 });
    orbit.jump();
    assert!((orbit.world_from_view().transform_vector3(Vec3::Y) - Vec3::NEG_Z).length() < 1e-4, "from above");
}

#[test]
fn panning_keeps_the_product_under_the_finger() {
    let mut orbit = Orbit::default();
    orbit.set_goal(Spherical { theta: 0.7, phi: 1.1, radius: 3.0 });
    orbit.jump();
    for turned in [0.0, 0.9] {
        let moved = orbit.pan_offset(10.0, 0.0, turned, 0.01);
        let in_world = glam::Quat::from_rotation_y(turned) * moved;
        let in_view = orbit.now().rotation().inverse() * in_world;
        assert!((in_view - Vec3::new(-0.1, 0.0, 0.0)).length() < 1e-5, "right: {in_view}");
        let moved = orbit.pan_offset(0.0, 10.0, turned, 0.01);
        let in_view = orbit.now().rotation().inverse() * (glam::Quat::from_rotation_y(turned) * moved);
        assert!((in_view - Vec3::new(0.0, 0.1, 0.0)).length() < 1e-5, "down: {in_view}");
    }
}

#[test]
fn a_framed_box_is_seen_whole_from_every_side() {
    let mut bounds = Aabb::EMPTY;
    bounds.insert(Vec3::new(-1.0, 0.0, -0.2));
    bounds.insert(Vec3::new(1.0, 0.6, 0.2));
    let corners = bounds.corners();
    let framing = Framing::new(bounds, bounds.center(), 30f32.to_radians(), |visit| {
        corners.iter().for_each(|corner| visit(*corner));
    });
    assert!((framing.radius - bounds.size().length() / 2.0).abs() < 1e-5);
    for aspect in [0.4, 1.0, framing.ideal_aspect, 3.0] {
        let fov = framing.adjusted_fov(framing.fov, aspect);
        for (theta, phi) in [(0.0, FRAC_PI_2), (0.4, 1.3), (1.6, 0.2), (4.0, 3.0)] {
            let mut orbit = Orbit::default();
            orbit.set_target_goal(framing.target);
            orbit.set_goal(Spherical { theta, phi, radius: framing.ideal_distance() * 1.001 });
            orbit.jump();
            let (near, far) = near_and_far(orbit.now().radius, framing.radius);
            let clip_from_world = projection_from_view(fov, aspect, near, far) * orbit.world_from_view().inverse();
            for corner in corners {
                let seen = clip_from_world.project_point3(corner);
                assert!(seen.x.abs() <= 1.0 && seen.y.abs() <= 1.0, "{corner} is cut at {aspect} {theta} {phi}");
                assert!((0.0..=1.0).contains(&seen.z), "{corner} leaves the depth range");
            }
        }
    }
    assert_eq!(framing.widening(10.0), 1.0);
    assert!((framing.widening(framing.ideal_aspect / 2.0) - 2.0).abs() < 1e-5);
}

#[test]
fn a_product_that_is_a_point_frames_without_nonsense() {
    let framing = Framing::new(Aabb::EMPTY, Vec3::ZERO, f32::NAN, |visit| visit(Vec3::ZERO));
    assert_eq!((framing.radius, framing.ideal_aspect), (0.0, 0.0));
    assert!(framing.adjusted_fov(0.5, 1.0).is_finite());
}

#[test]
fn a_pinch_is_symmetric_and_two_fingers_together_pan() {
    let allowed = Allowed::default();
    let mut gesture = Gesture::default();
    touch(&mut gesture, PointerAct::Down, 1, 100.0, 100.0, &allowed);
    touch(&mut gesture, PointerAct::Down, 2, 200.0, 100.0, &allowed);
    let apart = [(1, 80.0), (2, 220.0), (1, 100.0), (2, 200.0)]
        .map(|(finger, x)| touch(&mut gesture, PointerAct::Move, finger, x, 100.0, &allowed));
    let zoomed: f32 = apart.iter().map(|meaning| meaning.pinch).sum();
    let panned: Vec2 = apart.iter().map(|meaning| meaning.pan).sum();
    assert_eq!((apart[0].pinch, apart[1].pinch, zoomed, panned), (-20.0, -20.0, 0.0, Vec2::ZERO));
    let together =
        [(1, 110.0), (2, 210.0)].map(|(finger, x)| touch(&mut gesture, PointerAct::Move, finger, x, 100.0, &allowed));
    assert_eq!(together.iter().map(|meaning| meaning.pan).sum::<Vec2>(), Vec2::new(10.0, 0.0));
    assert!(touch(&mut gesture, PointerAct::Up, 2, 210.0, 100.0, &allowed).pan_ended);
    let turned = touch(&mut gesture, PointerAct::Move, 1, 120.0, 100.0, &allowed);
    assert_eq!(turned.turn, Vec2::new(10.0, 0.0), "the finger that is left turns");
}

#[test]
fn the_first_move_decides_whether_the_page_scrolls() {
    let pan_y = Allowed { touch_action: TouchAction::PanY, ..Allowed::default() };
    let mut gesture = Gesture::default();
    touch(&mut gesture, PointerAct::Down, 1, 0.0, 0.0, &pan_y);
    assert_eq!(touch(&mut gesture, PointerAct::Move, 1, 1.0, 5.0, &pan_y).turn, Vec2::ZERO);
    assert_eq!(touch(&mut gesture, PointerAct::Move, 1, 50.0, 5.0, &pan_y).turn, Vec2::ZERO, "it stays the page's");
    gesture.end();
    touch(&mut gesture, PointerAct::Down, 1, 0.0, 0.0, &pan_y);
    assert_eq!(touch(&mut gesture, PointerAct::Move, 1, 5.0, 1.0, &pan_y).turn, Vec2::new(5.0, 1.0));
    assert_eq!(touch(&mut gesture, PointerAct::Move, 1, 5.0, 50.0, &pan_y).turn, Vec2::new(0.0, 49.0));
}

#[test]
fn a_tap_is_short_and_still_and_a_drag_is_none() {
    let allowed = Allowed::default();
    let mut gesture = Gesture::default();
    touch(&mut gesture, PointerAct::Down, 1, 10.0, 10.0, &allowed);
    touch(&mut gesture, PointerAct::Move, 1, 12.0, 10.0, &allowed);
    assert_eq!(touch(&mut gesture, PointerAct::Up, 1, 12.0, 10.0, &allowed).tap, Some(Vec2::new(12.0, 10.0)));
    touch(&mut gesture, PointerAct::Down, 1, 10.0, 10.0, &allowed);
    touch(&mut gesture, PointerAct::Move, 1, 30.0, 10.0, &allowed);
    touch(&mut gesture, PointerAct::Move, 1, 10.0, 10.0, &allowed);
    assert_eq!(touch(&mut gesture, PointerAct::Up, 1, 10.0, 10.0, &allowed).tap, None, "there and back is a drag");
    touch(&mut gesture, PointerAct::Down, 1, 10.0, 10.0, &allowed);
    assert_eq!(touch(&mut gesture, PointerAct::Cancel, 1, 10.0, 10.0, &allowed).tap, None);
    touch(&mut gesture, PointerAct::Down, 1, 10.0, 10.0, &allowed);
    let late = Pointer { now_secs: 1.0, ..pointer(PointerAct::Up, 1, PointerDevice::Touch, 10.0, 10.0) };
    assert_eq!(gesture.act(&late, &allowed).tap, None);
}

#[test]
fn the_mouse_pans_with_a_key_and_turns_without() {
    let allowed = Allowed::default();
    for (held, no_pan, pans) in [(true, false, true), (false, false, false), (true, true, false)] {
        let allowed = Allowed { no_pan, ..allowed };
        let mut gesture = Gesture::default();
        let modifiers = Modifiers { pan: held };
        let down = Pointer { modifiers, ..pointer(PointerAct::Down, 1, PointerDevice::Mouse, 0.0, 0.0) };
        assert!(gesture.act(&down, &allowed).began);
        let meaning = gesture.act(&pointer(PointerAct::Move, 1, PointerDevice::Mouse, 4.0, 3.0), &allowed);
        let moved = Vec2::new(4.0, 3.0);
        let expected = if pans { (moved, Vec2::ZERO) } else { (Vec2::ZERO, moved) };
        assert_eq!((meaning.pan, meaning.turn), expected);
    }
    let mut gesture = Gesture::default();
    let hover = gesture.act(&pointer(PointerAct::Move, 1, PointerDevice::Mouse, 4.0, 3.0), &allowed);
    assert_eq!(hover, Meaning::default());
}

#[test]
fn all_twelve_views_have_a_key_of_their_own() {
    let mut seen = std::collections::BTreeSet::new();
    for quarter in -4..8 {
        for third in 0..3 {
            let theta = quarter as f32 * FRAC_PI_2 + 0.1;
            let eye = Spherical { theta, phi: (third as f32 + 0.5) * PI / 3.0, radius: 1.0 };
            seen.insert(view_label(&eye));
        }
    }
    assert_eq!(seen.len(), 12);
    let eye = |theta: f32, phi: f32| Spherical { theta, phi, radius: 1.0 };
    assert_eq!(view_label(&eye(0.0, 1.3)), "view-front");
    assert_eq!(view_label(&eye(FRAC_PI_2, 0.5)), "view-right-upper");
    assert_eq!(view_label(&eye(-FRAC_PI_2, PI)), "view-left-lower");
}

#[test]
fn a_ray_goes_where_the_projection_puts_its_points() {
    let mut orbit = Orbit::default();
    orbit.set_goal(Spherical { theta: 0.4, phi: 1.0, radius: 3.0 });
    orbit.jump();
    let (fov, aspect) = (0.6, 1.7);
    let world_from_view = orbit.world_from_view();
    let (origin, direction) = ray_through(&world_from_view, fov, aspect, 0.3, -0.6);
    let clip_from_world = projection_from_view(fov, aspect, 0.1, 100.0) * world_from_view.inverse();
    let seen = clip_from_world.project_point3(origin + direction * 2.0);
    assert!((seen.truncate() - Vec2::new(0.3, -0.6)).length() < 1e-5, "{seen}");
}
