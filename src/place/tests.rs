use std::f32::consts::{FRAC_PI_2, PI};

use glam::{Mat4, Quat, Vec2, Vec3};

use super::*;
use crate::geom::Aabb;

fn chair() -> Aabb {
    Aabb { min: Vec3::new(-0.2, 0.1, -0.3), max: Vec3::new(0.4, 1.1, 0.5) }
}

fn floor(x: f32, z: f32) -> Spot {
    Spot { point: Vec3::new(x, 0.0, z), normal: Vec3::Y }
}

#[test]
fn on_a_floor_the_footprint_is_on_the_spot_and_the_front_faces_the_eye() {
    for eye in [Vec3::new(0.0, 1.6, 3.0), Vec3::new(-2.0, 1.2, 0.5), Vec3::new(1.0, 1.5, -4.0)] {
        let stand = Stand::facing(floor(1.0, -2.0), eye);
        let world_from_product = stand.world_from_product(&chair());
        let foot = world_from_product.transform_point3(Vec3::new(0.1, 0.1, 0.1));
        assert!(foot.abs_diff_eq(Vec3::new(1.0, 0.0, -2.0), 1e-5), "{foot}");
        let front = world_from_product.transform_vector3(Vec3::Z);
        let towards = (eye - stand.spot.point).with_y(0.0).normalize_or_zero();
        assert!(front.dot(towards) > 0.9999, "{front} {towards}");
        let measured = chair().transformed(&world_from_product);
        assert!((measured.min.y).abs() < 1e-5 && (measured.size().y - 1.0).abs() < 1e-5, "true size: {measured:?}");
    }
}

#[test]
fn on_a_wall_the_back_touches_and_up_stays_up() {
    for normal in [Vec3::Z, Vec3::X, Vec3::new(-0.6, 0.05, 0.8).normalize_or_zero()] {
        let spot = Spot { point: Vec3::new(0.5, 1.4, -2.0), normal };
        assert!(spot.bears(Support::Wall, None) && !spot.bears(Support::Floor, None));
        let stand = Stand::facing(spot, Vec3::new(0.0, 1.6, 1.0));
        let world = stand.world_from_product(&chair());
        let level = normal.with_y(0.0).normalize_or_zero();
        assert!(world.transform_vector3(Vec3::Z).abs_diff_eq(level, 1e-5), "its front looks away from the wall");
        assert!(world.transform_vector3(Vec3::Y).abs_diff_eq(Vec3::Y, 1e-5), "its top is up");
        let nearest = chair().corners().map(|corner| (world.transform_point3(corner) - spot.point).dot(level));
        assert!(nearest.iter().copied().fold(f32::MAX, f32::min).abs() < 1e-5, "its back touches");
        let turned = Stand { turn: FRAC_PI_2, ..stand }.world_from_product(&chair());
        assert!(turned.transform_vector3(Vec3::Z).abs_diff_eq(level, 1e-5), "a twist stays on the wall");
        let (frame, sides) = stand.footprint(&chair());
        assert!(frame.transform_vector3(Vec3::Y).abs_diff_eq(level, 1e-5));
        assert!((sides[0] - 0.6).abs() < 1e-5 && (sides[1] - 1.0).abs() < 1e-5, "{sides:?}");
    }
}

#[test]
fn surfaces_are_told_apart() {
    let tilted = Spot { point: Vec3::ZERO, normal: Vec3::new(0.6, 0.8, 0.0) };
    for support in [Support::Floor, Support::Wall, Support::Table] {
        assert!(!tilted.bears(support, None));
    }
    assert!(!Spot { normal: Vec3::NEG_Y, ..tilted }.bears(Support::Floor, None), "a ceiling");
    let at = |y: f32| Spot { point: Vec3::Y * y, normal: Vec3::Y };
    assert!(at(0.74).bears(Support::Table, Some(0.0)) && !at(0.02).bears(Support::Table, Some(0.0)));
    assert!(at(0.02).bears(Support::Floor, Some(0.0)));
}

#[test]
fn planes_are_met_within_their_outline_and_the_nearest_counts() {
    let square = |y: f32, half: f32| Plane {
        world_from_plane: Mat4::from_translation(Vec3::Y * y),
        outline: vec![Vec2::new(-half, -half), Vec2::new(half, -half), Vec2::new(half, half), Vec2::new(-half, half)],
    };
    let planes = [square(0.0, 5.0), square(0.7, 0.5)];
    let down = |x: f32| Aim { origin: Vec3::new(x, 2.0, 0.0), direction: Vec3::NEG_Y };
    let height = |x, support| {
        let met = nearest(&planes, &down(x), support, Some(0.0));
        met.map(|spot| (spot.point.y * 1e3).round() / 1e3)
    };
    assert_eq!(height(0.2, Support::Floor), Some(0.7));
    assert_eq!(height(0.8, Support::Floor), Some(0.0));
    assert_eq!(height(0.8, Support::Table), None);
    assert_eq!(height(0.8, Support::Wall), None);
    assert_eq!(height(5.5, Support::Floor), None);
    let up = Aim { origin: Vec3::Y, direction: Vec3::Y };
    assert_eq!(nearest(&planes, &up, Support::Floor, None), None, "behind the hand");
    assert_eq!(horizontal_under(&up, 0.0), None);
    assert_eq!(horizontal_under(&down(0.0), 0.0).map(|spot| spot.point), Some(Vec3::ZERO));
}

#[test]
fn a_scale_rests_at_true_size_until_it_is_pulled_away() {
    let mut size = Detent::default();
    size.pull(1.08);
    assert_eq!(size.scale(), 1.0);
    size.rest();
    size.pull(1.0 / 1.08);
    assert_eq!(size.scale(), 1.0, "two timid pinches are none");
    let mut last = 1.0;
    let mut size = Detent::default();
    for _ in 0..200 {
        size.pull(1.02);
        let now = size.scale();
        assert!(now >= last && now / last < 1.021, "no jump: {last} {now}");
        last = now;
    }
    assert!((last - LARGEST).abs() < 1e-3, "{last}");
    for _ in 0..1000 {
        size.pull(0.98);
    }
    assert!((size.scale() - SMALLEST).abs() < 1e-4);
    let before = size;
    for odd in [0.0, -1.0, f32::NAN, f32::INFINITY] {
        size.pull(odd);
    }
    assert_eq!(size, before);
}

/// A finger at a place of a picture one metre away.
fn finger(id: u32, x: f32, y: f32) -> Grip {
    let aim = Aim { origin: Vec3::ZERO, direction: Vec3::new(x, y, -1.0).normalize_or_zero() };
    Grip::new(id, GripKind::Screen, aim, &Mat4::IDENTITY)
}

#[test]
fn two_fingers_turn_and_pinch_by_what_they_do() {
    let before = finger(0, -0.1, 0.0).span(&finger(1, 0.1, 0.0));
    for (angle, factor) in [(0.3_f32, 1.5_f32), (-1.2, 0.5), (3.0, 1.0)] {
        let at = Vec2::from_angle(angle) * 0.1 * factor;
        let now = finger(0, -at.x, -at.y).span(&finger(1, at.x, at.y));
        let change = now.since(&before);
        assert!((change.turn - angle).abs() < 1e-4 && (change.pinch - factor).abs() < 1e-4, "{change:?}");
    }
    let together = finger(0, 0.0, 0.0).span(&finger(1, 0.0, 0.0));
    assert_eq!(before.since(&together), Move::default(), "fingers on one spot say nothing");
}

#[test]
fn two_controllers_turn_as_seen_from_above() {
    let hand = |id, angle: f32, half: f32| {
        let at = Vec3::new(angle.cos(), 0.0, -angle.sin()) * half + Vec3::Y;
        let aim = Aim { origin: if id == 0 { Vec3::Y * 2.0 - at } else { at }, direction: Vec3::NEG_Z };
        Grip::new(id, GripKind::Tracked, aim, &Mat4::IDENTITY)
    };
    let span = |angle, half| hand(0, angle, half).span(&hand(1, angle, half));
    let change = span(0.4, 0.3).since(&span(0.1, 0.2));
    assert!((change.turn - 0.3).abs() < 1e-4 && (change.pinch - 1.5).abs() < 1e-4, "{change:?}");
}

#[test]
fn a_tap_stays_where_it_is() {
    let mut grip = finger(3, 0.1, 0.2);
    assert!(grip.is_tap());
    grip.aim(Aim { origin: Vec3::ZERO, direction: Vec3::new(0.11, 0.2, -1.0).normalize_or_zero() }, &Mat4::IDENTITY);
    assert!(grip.is_tap());
    let moved =
        grip.aim(Aim { origin: Vec3::ZERO, direction: Vec3::new(0.2, 0.2, -1.0).normalize_or_zero() }, &Mat4::IDENTITY);
    assert!((moved.x - 0.09).abs() < 1e-3 && !grip.is_tap());
}

#[test]
fn what_the_device_corrects_is_followed() {
    let mut stand = Stand::facing(floor(1.0, 0.0), Vec3::new(1.0, 1.0, 5.0));
    let drift = Mat4::from_rotation_translation(Quat::from_rotation_y(0.2), Vec3::new(0.0, 0.03, 0.0));
    let front = stand.world_from_product(&chair()).transform_vector3(Vec3::Z);
    stand.corrected(&drift);
    let now = stand.world_from_product(&chair());
    assert!(stand.spot.point.abs_diff_eq(drift.transform_point3(Vec3::X), 1e-5));
    assert!(now.transform_vector3(Vec3::Z).abs_diff_eq(drift.transform_vector3(front), 1e-5));
}

#[test]
fn boxes_are_met_from_where_one_stands() {
    let world_from_box = Mat4::from_rotation_translation(Quat::from_rotation_y(PI / 4.0), Vec3::new(0.0, 0.0, -4.0));
    let bounds = Aabb { min: Vec3::splat(-0.5), max: Vec3::splat(0.5) };
    let aim = Aim { origin: Vec3::ZERO, direction: Vec3::NEG_Z };
    let met = aim.distance_to_box(&bounds, &world_from_box);
    assert!(met.is_some_and(|met| (met - (4.0 - 0.5_f32.sqrt())).abs() < 1e-4), "{met:?}");
    assert_eq!(aim.distance_to_box(&Aabb::EMPTY, &world_from_box), None);
    let away = Aim { direction: Vec3::Z, ..aim };
    assert_eq!(away.distance_to_box(&bounds, &world_from_box), None);
}

#[test]
fn a_gap_is_measured_side_by_side_and_says_how_sure_it_is() {
    let mut gap = Gap::default();
    assert_eq!(gap.side(), Some(Side::Width));
    // A tap too low does not make a gap wider.
    gap.insert(Vec3::new(0.0, 0.0, 0.0), point_uncertainty(1.0));
    gap.insert(Vec3::new(0.8, 0.3, 0.0), point_uncertainty(1.0));
    assert_eq!(gap.side(), Some(Side::Depth));
    gap.skip();
    assert_eq!(gap.side(), Some(Side::Height));
    gap.insert(Vec3::ZERO, point_uncertainty(2.0));
    assert!(gap.take_back());
    gap.insert(Vec3::ZERO, point_uncertainty(2.0));
    gap.insert(Vec3::new(0.1, 1.2, 0.0), point_uncertainty(2.0));
    assert_eq!(gap.side(), None);
    let [width, height, depth] = gap.size();
    assert!((width - 0.8).abs() < 1e-6 && (height - 1.2).abs() < 1e-6 && depth == 0.0);
    let (_, near) = gap.length(Side::Width).unwrap_or_default();
    let (_, far) = gap.length(Side::Height).unwrap_or_default();
    assert!(near > 0.01 && far > near && far < 0.06, "{near} {far}");
    let verdicts = |width: f32| {
        let all: Vec<_> = Clearance::all(&gap, Vec3::new(width, 0.5, 9.0)).collect();
        assert_eq!(all.len(), 2, "what does not matter is not judged");
        all.first().map(Clearance::verdict)
    };
    assert_eq!(verdicts(0.7), Some(Verdict::Fits));
    assert_eq!(verdicts(0.795), Some(Verdict::Close));
    assert_eq!(verdicts(0.805), Some(Verdict::Close));
    assert_eq!(verdicts(0.9), Some(Verdict::Collides));
}
