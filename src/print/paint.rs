//! The colour of each triangle: of its material, its vertices and, where it is asked for, of its picture.

use std::rc::Rc;

use glam::{Vec2, Vec4};

use super::gather::Share;
use crate::color::{linear_from_srgb, srgb_from_linear};

/// Colours of pictures are told apart in steps of this: a printer has few, and a file would have as many as triangles.
const STEP: f32 = 8.0;

/// A decoded picture.
#[derive(Clone, Debug)]
pub struct Bitmap {
    /// Pixels.
    pub width_px: usize,
    /// Pixels.
    pub height_px: usize,
    /// sRGB and straight alpha, row by row from the top.
    pub rgba: Rc<[u8]>,
}

impl Bitmap {
    /// Linear colour and alpha of the pixel at texture coordinates, which repeat.
    fn at(&self, uv: Vec2) -> Option<Vec4> {
        let within = uv - uv.floor();
        let pixel = |share: f32, count: usize| ((share * count as f32) as usize).min(count.saturating_sub(1));
        let at = (pixel(within.y, self.height_px) * self.width_px + pixel(within.x, self.width_px)) * 4;
        let [red, green, blue, alpha] = *self.rgba.get(at..at + 4)? else { return None };
        let linear = |value: u8| linear_from_srgb(f32::from(value) / 255.0);
        Some(Vec4::new(linear(red), linear(green), linear(blue), f32::from(alpha) / 255.0))
    }
}

/// What colours a share.
pub(super) struct Paint {
    factor: Vec4,
    /// Of all triangles, where they have no colours of their own: curves of half a million cost a tenth of a second.
    only: Option<[u8; 4]>,
    /// The picture, and where in it a texture coordinate of (0, 0), (1, 0) and (0, 1) lies.
    picture: Option<(Bitmap, [Vec2; 3])>,
}

impl Paint {
    pub(super) fn new(share: &Share, pictures: &[Option<Bitmap>]) -> Self {
        let picture = share.about.picture.and_then(|(at, frame)| {
            Some((pictures.get(at)?.clone()?, frame.map(Vec2::from_array))).filter(|_| !share.uvs.is_empty())
        });
        let factor = Vec4::from_array(share.about.factor);
        let is_plain = picture.is_none() && share.colors.is_empty();
        Self { factor, only: is_plain.then(|| encoded(factor, 1.0)), picture }
    }

    /// sRGB and alpha of a triangle: of a picture what is in its middle.
    pub(super) fn color(&self, share: &Share, corners: [u32; 3]) -> [u8; 4] {
        if let Some(only) = self.only {
            return only;
        }
        let of = |corner: u32| share.colors.get(corner as usize).copied().unwrap_or(Vec4::ONE);
        let [a, b, c] = corners;
        let plain = self.factor * (of(a) + of(b) + of(c)) / 3.0;
        let seen = self.picture.as_ref().and_then(|(picture, [origin, right, up])| {
            let of = |corner: u32| share.uvs.get(corner as usize).copied();
            let uv = (of(a)? + of(b)? + of(c)?) / 3.0;
            picture.at(*origin + (*right - *origin) * uv.x + (*up - *origin) * uv.y)
        });
        match seen {
            None => encoded(plain, 1.0),
            Some(texel) => encoded(plain * texel, STEP),
        }
    }
}

fn encoded(color: Vec4, step: f32) -> [u8; 4] {
    let [red, green, blue] = color.truncate().to_array().map(|linear| srgb_from_linear(linear.clamp(0.0, 1.0)));
    let whole = |value: f32| ((value.clamp(0.0, 1.0) * 255.0 / step).round() * step).min(255.0) as u8;
    [whole(red), whole(green), whole(blue), (color.w.clamp(0.0, 1.0) * 255.0).round() as u8]
}
