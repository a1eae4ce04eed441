//! A room's light as a device estimates it, as a panorama that lights like any other.

use std::f32::consts::{PI, TAU};

use glam::Vec3;

use super::Panorama;

/// Radiance that a device guesses from its camera's pictures (WebXR Lighting Estimation, `XRLightEstimate`).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LightEstimate {
    /// Towards the strongest light.
    pub direction: Vec3,
    /// Its irradiance on a surface that faces it, linear RGB.
    pub intensity: Vec3,
    /// Coefficients of real spherical harmonics to the second degree of all other light, linear RGB, in the order
    /// (0,0) (1,−1) (1,0) (1,1) (2,−2) … (2,2).
    pub harmonics: [Vec3; 9],
}

/// Texels of the panorama: harmonics of the second degree have no detail, the strongest light is wider than one.
const WIDTH_PX: u32 = 32;
const HEIGHT_PX: u32 = 16;
/// The strongest light's blur: the exponent of its cosine lobe, about 13° to half.
const LOBE: f32 = 27.0;

impl LightEstimate {
    /// Radiance from a direction of length 1.
    pub fn radiance(&self, from: Vec3) -> Vec3 {
        let ambient: Vec3 = basis(from).into_iter().zip(self.harmonics).map(|(basis, one)| one * basis).sum();
        // A lobe whose irradiance on a surface that faces it is the light's: ∫ cosⁿ⁺¹ = 2π / (n + 2).
        let facing = from.dot(self.direction.normalize_or(Vec3::Y)).max(0.0);
        let lobe = facing.powf(LOBE) * (LOBE + 2.0) / TAU;
        (ambient + self.intensity.max(Vec3::ZERO) * lobe).max(Vec3::ZERO)
    }

    /// The light from all sides, averaged over the sphere.
    pub fn mean(&self) -> f32 {
        let ambient = self.harmonics[0] * Y00;
        let lobe = self.intensity * (LOBE + 2.0) / (2.0 * (LOBE + 1.0) * TAU);
        ((ambient + lobe).max(Vec3::ZERO)).dot(Vec3::splat(1.0 / 3.0))
    }

    /// How much another estimate differs, in shares of this one's mean.
    pub fn difference(&self, other: &Self) -> f32 {
        let apart = |a: Vec3, b: Vec3| (a - b).abs().max_element();
        let lights = self.direction.normalize_or(Vec3::Y) * self.intensity.length();
        let others = other.direction.normalize_or(Vec3::Y) * other.intensity.length();
        let harmonics = self.harmonics.iter().zip(other.harmonics).map(|(a, b)| apart(*a, b)).fold(0.0, f32::max);
        harmonics.max(apart(lights, others) / PI) / self.mean().max(1e-3)
    }

    /// All directions, with radiance times `gain`; none for an estimate of no numbers.
    pub fn panorama(&self, gain: f32) -> Option<Panorama> {
        let mut texels = Vec::with_capacity((4 * WIDTH_PX * HEIGHT_PX) as usize);
        for y in 0..HEIGHT_PX {
            let up = 0.5 * PI - PI * (y as f32 + 0.5) / HEIGHT_PX as f32;
            for x in 0..WIDTH_PX {
                // The middle column is +X, to its right comes +Z.
                let around = TAU * ((x as f32 + 0.5) / WIDTH_PX as f32 - 0.5);
                let from = Vec3::new(up.cos() * around.cos(), up.sin(), up.cos() * around.sin());
                texels.extend(rgbe(self.radiance(from) * gain)?);
            }
        }
        Panorama::from_rgbe(WIDTH_PX, HEIGHT_PX, texels)
    }
}

const Y00: f32 = 0.282_095;

/// Real spherical harmonics (Ramamoorthi and Hanrahan 2001, "An Efficient Representation for Irradiance Environment Maps").
fn basis(Vec3 { x, y, z }: Vec3) -> [f32; 9] {
    [
        Y00,
        0.488_603 * y,
        0.488_603 * z,
        0.488_603 * x,
        1.092_548 * x * y,
        1.092_548 * y * z,
        0.315_392 * (3.0 * z * z - 1.0),
        1.092_548 * x * z,
        0.546_274 * (x * x - y * y),
    ]
}

/// Shared exponents (Ward 1991, "Real Pixels"); none for what is no number.
fn rgbe(radiance: Vec3) -> Option<[u8; 4]> {
    let most = radiance.max_element();
    if !radiance.is_finite() {
        return None;
    }
    if most < 1e-6 {
        return Some([0; 4]);
    }
    let exponent = (most.log2().floor() + 1.0).clamp(-120.0, 120.0);
    let mantissa = (radiance.max(Vec3::ZERO) * (8.0 - exponent).exp2()).min(Vec3::splat(255.0));
    let [r, g, b] = mantissa.to_array().map(|part| part as u8);
    Some([r, g, b, (exponent + 128.0) as u8])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(direction: Vec3) -> LightEstimate {
        let mut harmonics = [Vec3::ZERO; 9];
        harmonics[0] = Vec3::splat(0.5 / Y00);
        harmonics[1] = Vec3::new(0.1, 0.2, 0.3);
        LightEstimate { direction, intensity: Vec3::new(3.0, 2.0, 1.0), harmonics }
    }

    /// Irradiance on a surface, summed over directions.
    fn irradiance(light: &LightEstimate, normal: Vec3) -> Vec3 {
        let (mut sum, steps) = (Vec3::ZERO, 200);
        for i in 0..steps {
            let up = -1.0 + 2.0 * (i as f32 + 0.5) / steps as f32;
            for j in 0..2 * steps {
                let around = PI * (j as f32 + 0.5) / steps as f32;
                let flat = (1.0 - up * up).sqrt();
                let from = Vec3::new(flat * around.cos(), up, flat * around.sin());
                sum += light.radiance(from) * from.dot(normal).max(0.0);
            }
        }
        sum * (4.0 * PI / (2 * steps * steps) as f32)
    }

    #[test]
    fn the_strongest_light_gives_what_the_device_said() {
        let direction = Vec3::new(0.3, 0.8, -0.2).normalize_or_zero();
        let with = irradiance(&room(direction), direction);
        let without = irradiance(&LightEstimate { intensity: Vec3::ZERO, ..room(direction) }, direction);
        assert!((with - without).abs_diff_eq(Vec3::new(3.0, 2.0, 1.0), 0.05), "{}", with - without);
    }

    #[test]
    fn the_panorama_is_brightest_where_the_light_is() {
        for direction in [Vec3::X, Vec3::Z, Vec3::NEG_Z, Vec3::new(-0.6, 0.6, 0.5).normalize_or_zero()] {
            let panorama = room(direction).panorama(1.0);
            let texels = panorama.as_ref().map(|panorama| panorama.texels.as_slice()).unwrap_or_default();
            let value = |texel: &[u8]| f32::from(texel[0]) * (f32::from(texel[3]) - 136.0).exp2();
            let brightest = (0..texels.len() / 4)
                .max_by(|a, b| value(&texels[4 * a..4 * a + 4]).total_cmp(&value(&texels[4 * b..4 * b + 4])));
            let at = brightest.unwrap_or(0) as u32;
            let (x, y) = (at % WIDTH_PX, at / WIDTH_PX);
            // As the shaders read panoramas: the middle column is +X.
            let around = TAU * ((x as f32 + 0.5) / WIDTH_PX as f32 - 0.5);
            let up = 0.5 * PI - PI * (y as f32 + 0.5) / HEIGHT_PX as f32;
            let found = Vec3::new(up.cos() * around.cos(), up.sin(), up.cos() * around.sin());
            assert!(found.dot(direction) > 0.97, "{direction} {found}");
        }
    }

    #[test]
    fn a_light_that_moves_differs_and_one_that_flickers_does_not() {
        let light = room(Vec3::Y);
        assert_eq!(light.difference(&light), 0.0);
        assert!(light.difference(&room(Vec3::X)) > 0.3);
        let mut flickers = light;
        flickers.harmonics[0] *= 1.01;
        assert!(light.difference(&flickers) < 0.05);
        assert!(LightEstimate { direction: Vec3::NAN, ..light }.panorama(1.0).is_some());
        assert!(LightEstimate { intensity: Vec3::INFINITY, ..light }.panorama(1.0).is_none());
    }
}
