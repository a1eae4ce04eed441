//! How light a picture is around the product, so that what is drawn into it looks as if it were there.
//!
//! - **Brightness**: the logarithmic mean of luminance (Reinhard and others 2002, "Photographic Tone Reproduction for Digital
//!   Images", §3), which a few lamps or windows hardly move. A scene is taken to be a middle grey of 18 % in the mean, as a
//!   camera's own exposure takes it.
//! - **Colour of the light**: shades of grey (Finlayson and Trezzi 2004) with a Minkowski norm of 6, of linear light, without
//!   what is clipped.
//! - **Contrast**: how many stops lie between the darker and the lighter tenth, for the depth of shadows.

use glam::Vec3;

use crate::color::linear_from_srgb;

/// What a camera makes of a scene in the mean.
const MIDDLE_GREY: f32 = 0.18;
/// Finlayson and Trezzi's norm.
const NORM: i32 = 6;
/// No picture asks for more, factors of the light.
const EXPOSURES: (f32, f32) = (0.2, 2.5);
/// And no light is more colourful, one channel by the mean.
const TINTS: (f32, f32) = (0.55, 1.6);
/// Bytes from which on a channel may be clipped.
const CLIPPED: u8 = 250;
/// The picture's own weight around the product, in halves of its sides: beyond it counts for less.
const AROUND: f32 = 1.5;

/// The light of a picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PhotoLight {
    /// Multiplies the light of the studio.
    pub exposure: f32,
    /// Its colour, linear, 1 in luminance.
    pub tint: Vec3,
    /// Stops between the darker and the lighter tenth.
    pub contrast: f32,
}

impl Default for PhotoLight {
    fn default() -> Self {
        Self { exposure: 1.0, tint: Vec3::ONE, contrast: 4.0 }
    }
}

fn luminance(color: Vec3) -> f32 {
    color.dot(Vec3::new(0.2126, 0.7152, 0.0722))
}

impl PhotoLight {
    /// Reads a small copy of the picture: straight RGBA, sRGB, rows from the top. `around` is the middle and the half width and
    /// height of where the product is, in shares of the picture from the upper left; what is near it counts fully, the rest a
    /// quarter. Without a pixel it is the studio's own light.
    pub fn of(rgba: &[u8], width_px: usize, around: [f32; 4]) -> Self {
        let [middle_x, middle_y, half_width, half_height] = around;
        let height_px = (rgba.len() / 4).checked_div(width_px).unwrap_or(0);
        let (mut logs, mut weights, mut norm) = (0.0, 0.0, Vec3::ZERO);
        let mut stops: Vec<(f32, f32)> = Vec::with_capacity(width_px * height_px);
        for (at, texel) in rgba.as_chunks::<4>().0.iter().take(width_px * height_px).enumerate() {
            let [red, green, blue, alpha] = *texel;
            if alpha < 128 {
                continue;
            }
            let (x, y) = ((at % width_px) as f32 + 0.5, (at / width_px) as f32 + 0.5);
            let away_x = (x / width_px as f32 - middle_x).abs() / half_width.max(0.05);
            let away_y = (y / height_px as f32 - middle_y).abs() / half_height.max(0.05);
            let weight = if away_x.max(away_y) <= AROUND { 1.0 } else { 0.25 };
            let color = Vec3::from([red, green, blue].map(|byte| linear_from_srgb(f32::from(byte) / 255.0)));
            let stop = (luminance(color) + 1e-3).log2();
            logs += weight * stop;
            weights += weight;
            stops.push((stop, weight));
            if red < CLIPPED && green < CLIPPED && blue < CLIPPED {
                norm += weight * Vec3::from(color.to_array().map(|channel| channel.powi(NORM)));
            }
        }
        if weights <= 0.0 {
            return Self::default();
        }
        let exposure = ((logs / weights).exp2() / MIDDLE_GREY).clamp(EXPOSURES.0, EXPOSURES.1);
        let white = Vec3::from(norm.to_array().map(|sum| sum.max(0.0).powf(1.0 / NORM as f32)));
        let tint = if white.min_element() > 0.0 {
            let tint = (white / white.element_sum() * 3.0).clamp(Vec3::splat(TINTS.0), Vec3::splat(TINTS.1));
            tint / luminance(tint)
        } else {
            Vec3::ONE
        };
        stops.sort_unstable_by(|one, other| one.0.total_cmp(&other.0));
        let at = |share: f32| {
            let mut left = share * weights;
            let found = stops.iter().find(|(_, weight)| {
                left -= weight;
                left <= 0.0
            });
            found.or(stops.last()).map_or(0.0, |(stop, _)| *stop)
        };
        Self { exposure, tint, contrast: at(0.9) - at(0.1) }
    }

    /// How dark contact shadows are, `[0, 1]`: deep in hard light, faint in haze.
    pub fn shadow(&self) -> f32 {
        (0.35 + 0.1 * self.contrast).clamp(0.35, 0.9)
    }
}
