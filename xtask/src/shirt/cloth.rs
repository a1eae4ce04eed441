//! The cloth over the torso: how far it lies off the skin, its soft folds, and how both shrink in the cold.

use std::f64::consts::{FRAC_PI_2, PI, TAU};

use glam::Vec3;

use super::torso;
use crate::shape::angle::sin_cos;
use crate::shape::power::exponential;

/// A bell around zero of width 1.
fn bell(x: f64) -> f64 {
    exponential(-x * x)
}

/// From 0 at `from` to 1 at `to`, eased at both ends.
pub(super) fn ramp(from: f64, to: f64, x: f64) -> f64 {
    let t = ((x - from) / (to - from)).clamp(0.0, 1.0);
    t * t * t * (t * (t * 6.0 - 15.0) + 10.0)
}

fn wave(turns: f64) -> f64 {
    sin_cos(turns * TAU).1
}

/// Millimetres between skin and cloth; `tight` runs from 0, at rest, to 1, shrunk.
fn ease(angle: f64, place: f64, tight: f64) -> f64 {
    let y = torso::height(place);
    let (side, front) = sin_cos(angle);
    let lateral = side * side;
    let waist = bell((y - 405.0) / 110.0);
    let room = 3.0 + (13.0 * waist + 7.0 * ramp(320.0, 185.0, y)) * (1.0 - 0.55 * tight);
    // Where the cloth breaks above the hips, more to the sides and a little askew.
    let askew = y + 20.0 * sin_cos(2.0 * angle + 0.7).0 + 11.0 * sin_cos(3.0 * angle + 2.1).0;
    let breaks = bell((y - 385.0) / 72.0) * (0.36 + 0.64 * lateral) * wave((askew - 388.0) / 70.0) * 6.4;
    // The hem swings.
    let swing = ramp(350.0, 190.0, y) * (2.6 * sin_cos(5.0 * angle + 0.5).1 + 1.7 * sin_cos(8.0 * angle + 1.3).1);
    // From the armpits towards the middle of chest and back, fading out before the print.
    let reach = if front >= 0.0 { 1.0 } else { 0.85 };
    let from_side = (angle.rem_euclid(PI) - FRAC_PI_2).abs();
    let slant = y - 585.0 + 85.0 * (from_side - 0.2);
    let pull = bell((from_side - 0.42) / 0.30) * bell((y - 560.0) / 68.0) * wave(slant / 54.0) * 6.0 * reach;
    // Long diagonals down the sides.
    let drag = bell((from_side - 0.55) / 0.4) * bell((y - 480.0) / 90.0) * wave((y + 120.0 * from_side) / 92.0) * 2.4;
    // Name and number want a calmer back.
    let calm = 1.0 - 0.6 * ramp(-0.35, -0.75, front) * ramp(330.0, 375.0, y);
    let folds = (breaks + swing + pull + drag) * calm * (1.0 - 0.8 * tight) * ramp(700.0, 640.0, y);
    let off = room + folds - 1.6;
    // Never under the skin.
    1.6 + (off + (off * off + 4.0).sqrt()) / 2.0
}

/// A point of the cloth, `lift` millimetres above it.
pub(super) fn cloth(angle: f64, place: f64, tight: f64, lift: f64) -> Vec3 {
    let normal = torso::normal(angle, place);
    torso::skin(angle, place) + normal * (ease(angle, place, tight) + lift) as f32
}

/// The unit normal of the cloth.
pub(super) fn normal(angle: f64, place: f64, tight: f64) -> Vec3 {
    const STEP: f64 = 0.01;
    let along = cloth(angle + STEP, place, tight, 0.0) - cloth(angle - STEP, place, tight, 0.0);
    let up = cloth(angle, place + STEP, tight, 0.0) - cloth(angle, place - STEP, tight, 0.0);
    along.cross(up).normalize_or(Vec3::Y)
}

/// Where `[right, up]` millimetres along the cloth lead from an angle and a height: up first.
pub(super) fn walk(angle: f64, height: f64, [right, up]: [f64; 2]) -> [f64; 2] {
    let mut at = [angle, torso::place(height)];
    for (axis, way) in [(1, up), (0, right)] {
        let steps = (way.abs() / 3.0).ceil().max(1.0);
        for _ in 0..steps as usize {
            let mut probe = at;
            probe[axis] += 0.002;
            let speed = cloth(probe[0], probe[1], 0.0, 0.0).distance(cloth(at[0], at[1], 0.0, 0.0)) / 0.002;
            at[axis] += way / steps / f64::from(speed.max(1.0));
        }
    }
    at
}
