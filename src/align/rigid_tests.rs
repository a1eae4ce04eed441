use glam::{Mat4, Quat, Vec3};

use super::{Fault, Matched, fit_rigid};

/// A small lamp's points.
const POINTS: [Vec3; 4] =
    [Vec3::new(0.02, 0.03, 0.05), Vec3::new(-0.15, 0.32, 0.02), Vec3::new(0.17, 0.4, 0.0), Vec3::new(0.17, 0.26, 0.07)];

fn pairs(points: &[Vec3], motion: &Mat4, noise: &[[f32; 3]]) -> Vec<Matched> {
    let off = |at: usize| noise.get(at).copied().map_or(Vec3::ZERO, Vec3::from);
    let place = |(at, point): (usize, &Vec3)| Matched {
        point: *point,
        place: motion.transform_point3(*point) + off(at),
        deviation: 0.01,
    };
    points.iter().enumerate().map(place).collect()
}

#[test]
fn three_points_tell_any_motion() {
    for (axis, angle) in
        [(Vec3::Y, 0.4), (Vec3::Y, 3.0), (Vec3::new(0.3, 0.8, -0.5), 1.9), (Vec3::X, -2.4), (Vec3::Z, 3.1)]
    {
        let rotation = Quat::from_axis_angle(axis.normalize_or_zero(), angle);
        let motion = Mat4::from_rotation_translation(rotation, Vec3::new(0.4, 0.7, -1.3));
        // Three points of a thing that is much the same from both sides say nothing of which side is up.
        let tips = (rotation * Vec3::Y).y < 0.6;
        for many in if tips { 4..=4 } else { 3..=4 } {
            let fit = fit_rigid(&pairs(&POINTS[..many], &motion, &[])).unwrap();
            let found = Mat4::from_rotation_translation(fit.rotation, fit.translation);
            assert!(found.abs_diff_eq(motion, 1e-5), "{axis} {angle}: {found} {motion}");
            assert!(fit.error < 1e-6);
        }
    }
}

#[test]
fn what_stands_stays_upright_when_fingers_miss_by_a_centimetre() {
    let motion = Mat4::from_rotation_translation(Quat::from_rotation_y(0.7), Vec3::new(0.0, 0.74, -0.9));
    let noise = [[0.006, -0.004, 0.005], [-0.005, 0.006, 0.004], [0.003, 0.004, -0.007]];
    let fit = fit_rigid(&pairs(&POINTS[..3], &motion, &noise)).unwrap();
    assert!((fit.rotation * Vec3::Y).abs_diff_eq(Vec3::Y, 1e-6), "{}", fit.rotation);
    assert!(fit.rotation.angle_between(Quat::from_rotation_y(0.7)) < 0.05);
    let found = Mat4::from_rotation_translation(fit.rotation, fit.translation);
    for point in POINTS {
        let off = found.transform_point3(point).distance(motion.transform_point3(point));
        assert!(off < 0.012, "{point}: {off}");
    }
    assert!(fit.error > 0.002 && fit.error < 0.009, "{}", fit.error);
}

#[test]
fn points_that_do_not_belong_together_are_told() {
    let motion = Mat4::from_rotation_translation(Quat::from_rotation_y(-1.2), Vec3::new(0.3, 0.0, -2.0));
    let sound = pairs(&POINTS, &motion, &[]);
    assert_eq!(fit_rigid(&sound[..2]), Err(Fault::TooFew(2)));
    let mut swapped = sound[..3].to_vec();
    (swapped[0].place, swapped[2].place) = (swapped[2].place, swapped[0].place);
    assert_eq!(fit_rigid(&swapped), Err(Fault::Swapped(0, 2)));
    // One tap met the wall behind.
    let mut behind = sound.clone();
    behind[1].place.z -= 0.8;
    assert_eq!(fit_rigid(&behind), Err(Fault::Outlier(1)));
    assert_eq!(fit_rigid(&behind[..3]), Err(Fault::Apart));
    let mut twice = sound[..3].to_vec();
    twice[1].place = twice[0].place;
    assert_eq!(fit_rigid(&twice), Err(Fault::Coincident(0, 1)));
    let line: Vec<Vec3> = (0..3).map(|at| Vec3::new(0.1, 0.2, 0.3) * at as f32).collect();
    assert_eq!(fit_rigid(&pairs(&line, &motion, &[])), Err(Fault::Line));
}

#[test]
fn numbers_that_are_none_find_nothing_and_do_not_hang() {
    let mut pairs = pairs(&POINTS[..3], &Mat4::IDENTITY, &[]);
    pairs[1].place = Vec3::splat(f32::NAN);
    if let Ok(fit) = fit_rigid(&pairs) {
        panic!("{fit:?}");
    }
}
