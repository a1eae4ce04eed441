//! The car's skin: one smooth surface from sill to roof, around half of the car.
//!
//! At every level the plan is a superellipse; what its half axes are and where it lies comes from cubic splines through
//! a table, so that curvature runs on everywhere. The angle runs from the nose (0) over the left side to the tail (π).

use glam::DVec3;

use crate::shape::angle::sin_cos;
use crate::shape::power::power;

/// Where the axles are.
pub(super) const AXLES: [f64; 2] = [1225.0, -1215.0];
/// Height of the axles.
pub(super) const HUB: f64 = 312.0;
/// Radius of the openings for the wheels.
pub(super) const ARCH: f64 = 347.0;
/// Level of the roof's middle.
pub(super) const TOP: f64 = 14.0;

/// Half width and height at the side, nose and its height, tail and its height, exponents of nose and tail, and the
/// widest place: one row per level.
#[rustfmt::skip]
const LEVELS: [[f64; 9]; 15] = [
    [742.0,  200.0, 1700.0,  200.0, -1735.0,  250.0, 5.8, 5.4,  -60.0],
    [772.0,  245.0, 1768.0,  275.0, -1790.0,  325.0, 5.8, 5.4,  -60.0],
    [812.0,  350.0, 1812.0,  400.0, -1824.0,  450.0, 5.8, 5.4,  -60.0],
    [830.0,  490.0, 1825.0,  530.0, -1832.0,  580.0, 5.8, 5.4,  -60.0],
    [830.0,  630.0, 1815.0,  650.0, -1822.0,  700.0, 5.8, 5.4,  -60.0],
    [820.0,  760.0, 1790.0,  765.0, -1798.0,  815.0, 5.4, 5.2,  -70.0],
    [794.0,  868.0, 1668.0,  872.0, -1756.0,  920.0, 4.7, 4.9,  -90.0],
    [742.0,  935.0, 1330.0,  948.0, -1706.0, 1000.0, 4.0, 4.6, -120.0],
    [692.0,  985.0,  990.0, 1002.0, -1664.0, 1065.0, 3.6, 4.2, -160.0],
    [658.0, 1105.0,  752.0, 1145.0, -1602.0, 1190.0, 3.4, 4.0, -210.0],
    [612.0, 1270.0,  505.0, 1305.0, -1515.0, 1325.0, 3.2, 3.8, -270.0],
    [556.0, 1402.0,  262.0, 1428.0, -1402.0, 1432.0, 3.0, 3.5, -330.0],
    [430.0, 1470.0,   20.0, 1478.0, -1130.0, 1480.0, 2.7, 3.0, -380.0],
    [215.0, 1490.0, -205.0, 1491.0,  -750.0, 1492.0, 2.3, 2.4, -410.0],
    [  0.0, 1495.0, -420.0, 1495.0,  -420.0, 1495.0, 2.0, 2.0, -420.0],
];

/// A place on the skin.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    /// Angle in the plan, radians.
    pub(super) angle: f64,
    /// Level, from 0 to [`TOP`].
    pub(super) level: f64,
    /// Where it is.
    pub(super) at: DVec3,
    /// Outwards, of unit length.
    pub(super) normal: DVec3,
    /// Millimetres per radian.
    pub(super) per_angle: f64,
    /// Millimetres per level.
    pub(super) per_level: f64,
}

/// The place at an angle and a level.
pub(super) fn spot(angle: f64, level: f64) -> Spot {
    const STEP: f64 = 1e-3;
    let at = point(angle, level);
    let along = (point(angle + STEP, level) - point(angle - STEP, level)) / (2.0 * STEP);
    let (low, high) = (level - STEP, (level + STEP).min(TOP));
    let up = (point(angle, high) - point(angle, low)) / (high - low);
    let normal = if level > TOP - 2e-3 { DVec3::Y } else { along.cross(up).normalize_or(DVec3::Y) };
    Spot { angle, level, at, normal, per_angle: along.length(), per_level: up.length() }
}

/// The place at which the skin's left half, seen along an axis (0 from the side, 2 from the nose, -2 from the tail), has
/// this position across the view and this height.
pub(super) fn seen(axis: i8, across: f64, height: f64) -> Spot {
    let angle = match axis {
        0 => 1.6,
        2 => 0.6,
        _ => 2.5,
    };
    approach((angle, 5.0), 40, axis == 0, across, height)
}

/// The place that is seen from the side at this depth and height, not far from another one.
pub(super) fn beside(near: &Spot, z: f64, y: f64) -> Spot {
    approach((near.angle, near.level), 9, true, z, y)
}

fn approach((mut angle, mut level): (f64, f64), steps: usize, from_side: bool, across: f64, height: f64) -> Spot {
    let view = |at: DVec3| if from_side { at.z } else { at.x };
    for _ in 0..steps {
        let here = point(angle, level);
        let slope = view(point(angle + 1e-3, level) - here) / 1e-3;
        let rise = (point(angle, level + 1e-3).y - here.y) / 1e-3;
        angle += 0.6 * ((across - view(here)) / slope).clamp(-0.1, 0.1);
        level = (level + 0.6 * ((height - here.y) / rise.max(20.0)).clamp(-0.6, 0.6)).clamp(0.0, TOP);
    }
    spot(angle, level)
}

/// 1 at 0, falling to nothing within about two.
pub(super) fn hump(x: f64) -> f64 {
    let square = 1.0 + x * x;
    1.0 / (square * square)
}

/// 0 below `from`, 1 above `to`, smooth between.
pub(super) fn ease(from: f64, to: f64, x: f64) -> f64 {
    let part = ((x - from) / (to - from)).clamp(0.0, 1.0);
    part * part * (3.0 - 2.0 * part)
}

fn point(angle: f64, level: f64) -> DVec3 {
    let [width, side, nose, nose_y, tail, tail_y, front, rear, middle] = row(level);
    let (sine, cosine) = sin_cos(angle);
    let (end, end_y, exponent) = if cosine >= 0.0 { (nose, nose_y, front) } else { (tail, tail_y, rear) };
    let sum = power(sine.abs(), exponent) + power(cosine.abs(), exponent);
    let radius = power(sum, -1.0 / exponent);
    let (across, along) = (radius * sine, radius * cosine.abs());
    // Noses and sides that are a little round are stiffer, and look it.
    let along_round = along * (1.0 - 0.045 * across * across);
    let across_round = across * (1.0 - 0.030 * along * along);
    let y = side + (end_y - side) * along * along;
    let z = middle + (end - middle) * along_round;
    let mut x = width * across_round;
    let sideways = ease(420.0, 700.0, x.abs()) * x.signum();
    for axle in AXLES {
        let distance = ((z - axle) * (z - axle) + (y - HUB) * (y - HUB)).sqrt();
        x += sideways * 25.0 * hump((distance - ARCH) / 105.0) * ease(150.0, 260.0, y);
    }
    let between = ease(-820.0, -480.0, z) * (1.0 - ease(480.0, 830.0, z));
    x -= sideways * 15.0 * hump((y - 430.0) / 95.0) * between;
    DVec3::new(x, y, z)
}

/// The table at a level; beyond the roof's middle it is mirrored.
fn row(level: f64) -> [f64; 9] {
    let first = level.floor().clamp(0.0, TOP - 1.0);
    let t = level - first;
    let s = 1.0 - t;
    let weights = [
        s * s * s / 6.0,
        (3.0 * t * t * t - 6.0 * t * t + 4.0) / 6.0,
        (3.0 * s * s * s - 6.0 * s * s + 4.0) / 6.0,
        t * t * t / 6.0,
    ];
    let mut mixed = [0.0; 9];
    for (index, weight) in weights.iter().enumerate() {
        let known = control(first as i64 + index as i64 - 1);
        for (sum, value) in mixed.iter_mut().zip(known) {
            *sum += weight * value;
        }
    }
    mixed
}

fn control(index: i64) -> [f64; 9] {
    let last = LEVELS.len() as i64 - 1;
    let (inside, edge) = match index {
        _ if index < 0 => (-index, 0),
        _ if index > last => (2 * last - index, last),
        _ => return LEVELS[index as usize],
    };
    let (inside, edge) = (LEVELS[inside as usize], LEVELS[edge as usize]);
    let mut row = std::array::from_fn(|at| 2.0 * edge[at] - inside[at]);
    if index > 0 {
        // Heights and exponents are the same on the other side of the middle.
        for at in [1, 3, 5, 6, 7, 8] {
            row[at] = inside[at];
        }
    }
    row
}
