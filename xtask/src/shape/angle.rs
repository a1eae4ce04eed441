//! Sine and cosine from arithmetic alone, so that every machine writes the same lamp.
//!
//! The functions of the standard library are those of the platform and may differ in the last
//! bit; additions and multiplications may not.

use std::f64::consts::{FRAC_PI_2, TAU};

/// Sine and cosine of an angle in radians, accurate to about 1e-13 for a few turns.
pub(crate) fn sin_cos(angle: f64) -> (f64, f64) {
    let quarter = (angle / FRAC_PI_2).round();
    let rest = angle - quarter * FRAC_PI_2;
    let square = rest * rest;
    let mut sine = 0.0;
    let mut cosine = 0.0;
    for k in (0..9).rev() {
        let k = f64::from(k);
        sine = 1.0 - sine * square / ((2.0 * k + 2.0) * (2.0 * k + 3.0));
        cosine = 1.0 - cosine * square / ((2.0 * k + 1.0) * (2.0 * k + 2.0));
    }
    let sine = sine * rest;
    match (quarter as i64).rem_euclid(4) {
        0 => (sine, cosine),
        1 => (cosine, -sine),
        2 => (-sine, -cosine),
        _ => (-cosine, sine),
    }
}

/// Sine and cosine of the `index`-th of `count` equal steps around a circle.
///
/// The last step equals the first to the bit, so that seams close.
pub(crate) fn around(index: usize, count: usize) -> (f32, f32) {
    let (sine, cosine) = sin_cos(TAU * ((index % count) as f64) / count as f64);
    (sine as f32, cosine as f32)
}

/// Sine and cosine of an angle in degrees.
pub(crate) fn degrees(angle: f64) -> (f32, f32) {
    let (sine, cosine) = sin_cos(angle * TAU / 360.0);
    (sine as f32, cosine as f32)
}

#[cfg(test)]
mod tests {
    use super::sin_cos;

    #[test]
    fn agrees_with_the_platform() {
        for step in -200..200 {
            let angle = f64::from(step) * 0.05;
            let (sine, cosine) = sin_cos(angle);
            assert!((sine - angle.sin()).abs() < 1e-12, "sine of {angle}");
            assert!((cosine - angle.cos()).abs() < 1e-12, "cosine of {angle}");
        }
    }
}
