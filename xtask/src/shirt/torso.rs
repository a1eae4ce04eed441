//! The torso: cross-sections along the spine, joined by a smooth curve.

use glam::Vec3;

use crate::shape::angle::sin_cos;
use crate::shape::power::power;

/// A cross-section: height, half width, half depth, middle along Z, and how far it is from an ellipse.
type Section = [f64; 5];

/// Control points of the loft, from the hips to the top of the neck.
const SECTIONS: [Section; 20] = [
    [95.0, 148.0, 106.0, 0.0, 0.6],
    [150.0, 156.0, 110.0, 0.0, 0.6],
    [212.0, 167.0, 115.0, 0.0, 0.6],
    [290.0, 162.0, 110.0, 1.0, 0.6],
    [375.0, 144.0, 99.0, 4.0, 0.6],
    [455.0, 143.0, 101.0, 6.0, 0.7],
    [532.0, 157.0, 114.0, 8.0, 0.8],
    [600.0, 171.0, 120.0, 7.0, 0.9],
    [655.0, 186.0, 118.0, 3.0, 1.0],
    [700.0, 199.0, 106.0, -3.0, 1.0],
    [736.0, 204.0, 90.0, -9.0, 1.0],
    [760.0, 190.0, 76.0, -13.0, 0.9],
    [776.0, 154.0, 68.0, -15.0, 0.7],
    [790.0, 112.0, 63.0, -14.0, 0.5],
    [804.0, 78.0, 60.0, -12.0, 0.3],
    [824.0, 61.0, 58.0, -7.0, 0.1],
    [844.0, 56.0, 56.0, -2.0, 0.0],
    [866.0, 54.0, 55.0, 3.0, 0.0],
    [888.0, 53.5, 54.5, 5.0, 0.0],
    [910.0, 53.5, 54.5, 6.0, 0.0],
];

/// Lowest and highest place along the loft.
pub(super) const ENDS: [f64; 2] = [1.0, 18.0];

/// The cross-section at a place along the loft, counted in control points: a cubic B-spline, so
/// that highlights run on over it.
fn section(place: f64) -> Section {
    let index = (place.floor() as usize).clamp(1, SECTIONS.len() - 3);
    let t = place - index as f64;
    let s = 1.0 - t;
    let weights = [
        s * s * s / 6.0,
        (3.0 * t * t * t - 6.0 * t * t + 4.0) / 6.0,
        (3.0 * s * s * s - 6.0 * s * s + 4.0) / 6.0,
        t * t * t / 6.0,
    ];
    let mut blend = [0.0; 5];
    for (weight, control) in weights.iter().zip(&SECTIONS[index - 1..]) {
        for (sum, value) in blend.iter_mut().zip(control) {
            *sum += weight * value;
        }
    }
    blend
}

/// Height of a place along the loft.
pub(super) fn height(place: f64) -> f64 {
    section(place)[0]
}

/// The place along the loft that lies at a height.
pub(super) fn place(height_at: f64) -> f64 {
    let [mut low, mut high] = ENDS;
    for _ in 0..30 {
        let middle = (low + high) / 2.0;
        if height(middle) < height_at {
            low = middle;
        } else {
            high = middle;
        }
    }
    (low + high) / 2.0
}

/// How much further out a superellipse of exponent 2.5 lies than an ellipse.
fn fullness(sine: f64, cosine: f64) -> f64 {
    let term = |side: f64| side * side * side.abs().sqrt();
    power(term(sine) + term(cosine), -0.4)
}

/// The skin at an angle from the front towards +X, in radians, and a place along the loft.
pub(super) fn skin(angle: f64, place: f64) -> Vec3 {
    let [y, wide, deep, middle, full] = section(place);
    let (sine, cosine) = sin_cos(angle);
    let out = 1.0 + full * (fullness(sine, cosine) - 1.0);
    Vec3::new((wide * sine * out) as f32, y as f32, (middle + deep * cosine * out) as f32)
}

/// The unit normal of the skin there.
pub(super) fn normal(angle: f64, place: f64) -> Vec3 {
    const STEP: f64 = 0.004;
    let along = skin(angle + STEP, place) - skin(angle - STEP, place);
    let up = skin(angle, place + STEP) - skin(angle, place - STEP);
    along.cross(up).normalize_or(Vec3::Y)
}

/// Whether a point lies within the torso grown by `by`.
pub(super) fn holds(point: Vec3, by: f64) -> bool {
    let [_, wide, deep, middle, full] = section(place(f64::from(point.y)));
    let (x, z) = (f64::from(point.x) / (wide + by), (f64::from(point.z) - middle) / (deep + by));
    let length = (x * x + z * z).sqrt().max(1e-9);
    length < 1.0 + full * (fullness(x / length, z / length) - 1.0)
}
