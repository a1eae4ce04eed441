//! Panoramas that light a product: what a shop's photographer gives us, read into plain texels.
//!
//! Invariant: pure. A panorama is equirectangular: its middle column is +X, its top row +Y, as glTF viewers have it.

use std::borrow::Cow;

use crate::color::{linear_from_srgb, srgb_from_linear};

#[cfg(feature = "xr")]
mod estimate;
mod gain_map;
mod radiance;

#[cfg(feature = "xr")]
pub use estimate::LightEstimate;
pub use gain_map::{GainMap, Plain, no_gain_map, read_gain_map};
pub use radiance::{is_radiance, read_radiance};

/// More would be 512 MB on its way through the GPU.
pub const MOST_PIXELS: u64 = 1 << 27;

/// An equirectangular picture of all directions, four bytes a pixel, rows from the top.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Panorama {
    width_px: u32,
    height_px: u32,
    rgbe: bool,
    texels: Vec<u8>,
}

impl Panorama {
    /// From sRGB colour with alpha, which is ignored. None when the bytes do not fill the size, or it is empty.
    pub fn from_srgb(width_px: u32, height_px: u32, texels: Vec<u8>) -> Option<Self> {
        Self::new(width_px, height_px, false, texels)
    }

    /// From shared exponents: radiance is `mantissa · 2^(exponent − 136)` (Ward 1991, "Real Pixels"). None when the
    /// bytes do not fill the size, or it is empty.
    pub fn from_rgbe(width_px: u32, height_px: u32, texels: Vec<u8>) -> Option<Self> {
        Self::new(width_px, height_px, true, texels)
    }

    fn new(width_px: u32, height_px: u32, rgbe: bool, texels: Vec<u8>) -> Option<Self> {
        let pixels = u64::from(width_px) * u64::from(height_px);
        let fits = (1..=MOST_PIXELS).contains(&pixels) && texels.len() as u64 == 4 * pixels;
        fits.then_some(Self { width_px, height_px, rgbe, texels })
    }

    /// The same directions with sides of at most `most_px`: whole blocks of pixels are averaged, so that a sun of one
    /// pixel keeps its light.
    pub fn reduced(&self, most_px: u32) -> Cow<'_, Self> {
        let block = self.width_px.max(self.height_px).div_ceil(most_px.max(1));
        if block <= 1 {
            return Cow::Borrowed(self);
        }
        let (width_px, height_px) = ((self.width_px / block).max(1), (self.height_px / block).max(1));
        // Where the block does not divide the side, some blocks are a pixel larger: none is lost, no direction moves.
        let part = |at: u32, parts: u32, whole: u32| {
            let edge = |at: u32| (u64::from(at) * u64::from(whole) / u64::from(parts)) as u32;
            edge(at)..edge(at + 1)
        };
        let mut texels = Vec::with_capacity(4 * width_px as usize * height_px as usize);
        for y in 0..height_px {
            for x in 0..width_px {
                let mut sum = [0.0; 3];
                let mut count = 0.0;
                let (columns, rows) = (part(x, width_px, self.width_px), part(y, height_px, self.height_px));
                for light in rows.flat_map(|y| columns.clone().filter_map(move |x| self.light(x, y))) {
                    count += 1.0;
                    sum.iter_mut().zip(light).for_each(|(sum, light)| *sum += light);
                }
                texels.extend(self.stored(sum.map(|sum| sum / f32::max(count, 1.0))));
            }
        }
        Cow::Owned(Self { width_px, height_px, rgbe: self.rgbe, texels })
    }

    /// Linear light of one pixel.
    fn light(&self, x: u32, y: u32) -> Option<[f32; 3]> {
        let first = 4 * (y as usize * self.width_px as usize + x as usize);
        let &[r, g, b, e] = self.texels.get(first..first + 4)? else { return None };
        let scale = (f32::from(e) - 136.0).exp2();
        Some([r, g, b].map(
            |byte| {
                if self.rgbe { f32::from(byte) * scale } else { linear_from_srgb(f32::from(byte) / 255.0) }
            },
        ))
    }

    fn stored(&self, light: [f32; 3]) -> [u8; 4] {
        if self.rgbe {
            return rgbe(light);
        }
        let [r, g, b] = light.map(|light| (srgb_from_linear(light) * 255.0).round() as u8);
        [r, g, b, 255]
    }

    /// Columns.
    pub fn width_px(&self) -> u32 {
        self.width_px
    }

    /// Rows.
    pub fn height_px(&self) -> u32 {
        self.height_px
    }

    /// True for shared exponents, false for sRGB.
    pub fn is_rgbe(&self) -> bool {
        self.rgbe
    }

    /// Four bytes a pixel.
    pub fn texels(&self) -> &[u8] {
        &self.texels
    }
}

/// Light with a shared exponent: see [`Panorama::from_rgbe`].
fn rgbe(light: [f32; 3]) -> [u8; 4] {
    let largest = light.into_iter().fold(0.0, f32::max);
    if largest < 1e-32 {
        return [0; 4];
    }
    let exponent = largest.log2().floor() + 1.0;
    // Rounded: what is cut off would be missing from every sum.
    let [r, g, b] = light.map(|light| (light * (8.0 - exponent).exp2() + 0.5) as u8);
    [r, g, b, (exponent + 128.0) as u8]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reduced_sky_keeps_the_light_of_its_sun() {
        let mut texels = [128, 64, 0, 128].repeat(8 * 4);
        texels[4 * 11..4 * 12].copy_from_slice(&[255, 255, 255, 140]);
        let whole = Panorama::from_rgbe(8, 4, texels).unwrap();
        assert!(matches!(whole.reduced(8), Cow::Borrowed(_)));
        let half = whole.reduced(4);
        assert_eq!((half.width_px(), half.height_px()), (4, 2));
        assert_eq!(half.light(3, 1), Some([0.5, 0.25, 0.0]));
        let sun = half.light(1, 0).unwrap()[0];
        assert!((sun / ((255.0 * 16.0 + 1.5) / 4.0) - 1.0).abs() < 0.01, "{sun}");
        let paper = Panorama::from_srgb(2, 2, [200, 100, 50, 255].repeat(4)).unwrap();
        assert_eq!(paper.reduced(1).texels(), [200, 100, 50, 255]);
    }

    #[test]
    fn no_column_and_no_half_step_is_lost_by_reducing() {
        let mut texels = [0, 0, 0, 0].repeat(7);
        texels[4 * 6..].copy_from_slice(&[128, 128, 128, 136]);
        let reduced = Panorama::from_rgbe(7, 1, texels).unwrap().reduced(3).into_owned();
        assert_eq!(reduced.width_px(), 2);
        assert_eq!((reduced.light(0, 0), reduced.light(1, 0)), (Some([0.0; 3]), Some([32.0; 3])));
        let steps = [[129, 129, 129, 136], [130, 130, 130, 136]].concat();
        let mean = Panorama::from_rgbe(2, 1, steps).unwrap().reduced(1).light(0, 0).unwrap();
        assert_eq!(mean, [130.0; 3], "129.5 lies between two steps");
    }

    #[test]
    fn a_panorama_has_as_many_bytes_as_it_says() {
        assert!(Panorama::from_srgb(2, 2, vec![0; 15]).is_none());
        assert!(Panorama::from_rgbe(0, 2, vec![]).is_none());
        assert!(Panorama::from_rgbe(u32::MAX, u32::MAX, vec![]).is_none());
    }
}
