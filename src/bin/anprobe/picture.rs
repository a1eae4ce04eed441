//! Finished pictures: over a colour, as PNG, side by side, and compared.

use anprobe::color::linear_from_srgb;
use glam::Vec3;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::imageops::{self, FilterType as Sampling};
use image::{ExtendedColorType, ImageEncoder, RgbaImage};

/// What is behind a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Backdrop {
    Transparent,
    /// sRGB.
    Color([u8; 3]),
}

impl std::fmt::Display for Backdrop {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Transparent => out.write_str("transparent"),
            Self::Color([red, green, blue]) => write!(out, "#{red:02x}{green:02x}{blue:02x}"),
        }
    }
}

/// `transparent`, `white` or `#rrggbb`.
pub(super) fn backdrop(text: &str) -> Result<Backdrop, String> {
    let digits = match text {
        "transparent" => return Ok(Backdrop::Transparent),
        "white" => "ffffff",
        "black" => "000000",
        other => other.strip_prefix('#').filter(|digits| digits.len() == 6).unwrap_or_default(),
    };
    let number = u32::from_str_radix(digits, 16).map_err(|_| "transparent, white, black or #rrggbb".to_owned())?;
    let [_, red, green, blue] = number.to_be_bytes();
    Ok(Backdrop::Color([red, green, blue]))
}

/// A picture from premultiplied pixels: over a colour, or straight.
pub(super) fn finished(premultiplied: Vec<u8>, [width, height]: [u32; 2], backdrop: Backdrop) -> Option<RgbaImage> {
    let mut picture = RgbaImage::from_raw(width, height, premultiplied)?;
    for pixel in picture.pixels_mut() {
        let [red, green, blue, alpha] = pixel.0;
        pixel.0 = match backdrop {
            Backdrop::Color(behind) => {
                let [r, g, b] = behind.map(|behind| (u16::from(behind) * u16::from(255 - alpha) + 127) / 255);
                let over = |front: u8, behind: u16| (u16::from(front) + behind).min(255) as u8;
                [over(red, r), over(green, g), over(blue, b), 255]
            }
            Backdrop::Transparent if alpha == 0 => [0; 4],
            Backdrop::Transparent => {
                let straight =
                    |front: u8| ((u32::from(front) * 255 + u32::from(alpha) / 2) / u32::from(alpha)).min(255) as u8;
                [straight(red), straight(green), straight(blue), alpha]
            }
        };
    }
    Some(picture)
}

/// As PNG; without alpha where all of it is 255.
pub(super) fn png(picture: &RgbaImage) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    let coder = PngEncoder::new_with_quality(&mut out, CompressionType::Default, FilterType::Adaptive);
    let (width, height) = picture.dimensions();
    let is_opaque = picture.pixels().all(|pixel| pixel.0[3] == 255);
    let written = if is_opaque {
        let pixels: Vec<u8> = picture.pixels().flat_map(|pixel| [pixel.0[0], pixel.0[1], pixel.0[2]]).collect();
        coder.write_image(&pixels, width, height, ExtendedColorType::Rgb8)
    } else {
        coder.write_image(picture, width, height, ExtendedColorType::Rgba8)
    };
    written.map_err(|error| error.to_string())?;
    Ok(out)
}

/// A smaller one, as large as fits into a square.
pub(super) fn thumbnail(picture: &RgbaImage, side_px: u32) -> RgbaImage {
    let (width, height) = picture.dimensions();
    let scale = f64::from(side_px) / f64::from(width.max(height).max(1));
    if scale >= 1.0 {
        return picture.clone();
    }
    let side = |side: u32| ((f64::from(side) * scale).round() as u32).max(1);
    // Colours of what is clear must not bleed into edges.
    let mut premultiplied = picture.clone();
    for pixel in premultiplied.pixels_mut() {
        let alpha = u16::from(pixel.0[3]);
        let [red, green, blue, _] = pixel.0;
        let times = |value: u8| ((u16::from(value) * alpha + 127) / 255) as u8;
        pixel.0 = [times(red), times(green), times(blue), pixel.0[3]];
    }
    let small = imageops::resize(&premultiplied, side(width), side(height), Sampling::Triangle);
    let size = [small.width(), small.height()];
    finished(small.into_raw(), size, Backdrop::Transparent).unwrap_or_default()
}

/// Small pictures in rows on white, for one look at all of them.
pub(super) fn sheet(tiles: &[RgbaImage], side_px: u32) -> RgbaImage {
    const GAP_PX: u32 = 8;
    let across = (tiles.len() as f64).sqrt().ceil().max(1.0) as u32;
    let down = (tiles.len() as u32).div_ceil(across);
    let step = side_px + GAP_PX;
    let white = image::Rgba([255, 255, 255, 255]);
    let mut sheet = RgbaImage::from_pixel(across * step + GAP_PX, down * step + GAP_PX, white);
    for (at, tile) in (0..).zip(tiles) {
        let (left, top) = (GAP_PX + at % across * step, GAP_PX + at / across * step);
        let (x, y) =
            (left + (side_px - tile.width().min(side_px)) / 2, top + (side_px - tile.height().min(side_px)) / 2);
        imageops::overlay(&mut sheet, tile, i64::from(x), i64::from(y));
    }
    sheet
}

/// How two pictures differ to the eye: the mean ΔE (CIE 1976) where either shows something, and the share of these pixels that
/// differ by more than 2.3, the least that is noticed. None for pictures of different sizes.
pub(super) fn difference(one: &RgbaImage, other: &RgbaImage) -> Option<(f32, f32)> {
    if one.dimensions() != other.dimensions() {
        return None;
    }
    let (mut sum, mut seen, mut noticed) = (0.0_f64, 0_u32, 0_u32);
    for (one, other) in one.pixels().zip(other.pixels()).filter(|(one, other)| one.0[3] > 0 || other.0[3] > 0) {
        let apart = if one == other { 0.0 } else { lab(one.0).distance(lab(other.0)) };
        sum += f64::from(apart);
        seen += 1;
        noticed += u32::from(apart > 2.3);
    }
    let seen = f64::from(seen.max(1));
    Some(((sum / seen) as f32, (f64::from(noticed) / seen) as f32))
}

/// Before, after, and four times what differs.
pub(super) fn beside(before: &RgbaImage, after: &RgbaImage) -> RgbaImage {
    let (width, height) = after.dimensions();
    let mut out = RgbaImage::new(width * 3, height);
    imageops::overlay(&mut out, before, 0, 0);
    imageops::overlay(&mut out, after, i64::from(width), 0);
    for (x, y, pixel) in after.enumerate_pixels() {
        let old = before.get_pixel_checked(x, y).copied().unwrap_or(image::Rgba([0; 4]));
        let mut apart = [0_u8, 0, 0, 255];
        for (apart, (one, other)) in apart.iter_mut().zip(pixel.0.iter().zip(old.0)).take(3) {
            *apart = one.abs_diff(other).saturating_mul(4);
        }
        out.put_pixel(2 * width + x, y, image::Rgba(apart));
    }
    out
}

/// Lightness and the two colour axes of CIELAB, D65, over white.
fn lab([red, green, blue, alpha]: [u8; 4]) -> Vec3 {
    let alpha = f32::from(alpha) / 255.0;
    let [r, g, b] = [red, green, blue].map(|byte| linear_from_srgb(f32::from(byte) / 255.0 * alpha + 1.0 - alpha));
    let xyz = [
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
    ];
    let [x, y, z] = xyz.map(|t| if t > 0.008_856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 });
    Vec3::new(116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(color: [u8; 4]) -> RgbaImage {
        RgbaImage::from_pixel(8, 4, image::Rgba(color))
    }

    #[test]
    fn the_eyes_difference_is_none_for_equals_and_large_for_others() {
        let grey = plain([120, 120, 120, 255]);
        assert_eq!(difference(&grey, &grey), Some((0.0, 0.0)));
        let (mean, share) = difference(&grey, &plain([122, 120, 120, 255])).unwrap();
        assert!(mean > 0.2 && mean < 2.3 && share == 0.0, "{mean}");
        let (mean, share) = difference(&grey, &plain([200, 60, 60, 255])).unwrap();
        assert!(mean > 40.0 && share == 1.0, "{mean}");
        // What is clear in both does not count.
        let mut other = plain([0; 4]);
        other.put_pixel(0, 0, image::Rgba([0, 0, 0, 255]));
        assert!(difference(&plain([0; 4]), &other).unwrap().0 > 90.0);
        assert_eq!(difference(&grey, &RgbaImage::new(4, 4)), None);
    }

    #[test]
    fn colours_come_back_from_premultiplied_ones_and_lie_over_a_backdrop() {
        let half = vec![100, 50, 0, 128];
        let straight = finished(half.clone(), [1, 1], Backdrop::Transparent).unwrap();
        assert_eq!(straight.get_pixel(0, 0).0, [199, 100, 0, 128]);
        let over = finished(half, [1, 1], Backdrop::Color([255, 255, 255])).unwrap();
        assert_eq!(over.get_pixel(0, 0).0, [227, 177, 127, 255]);
        assert_eq!(backdrop("#ff8000"), Ok(Backdrop::Color([255, 128, 0])));
        assert!(backdrop("#ff80").is_err() && backdrop("pink").is_err());
    }

    #[test]
    fn a_sheet_has_room_for_every_tile() {
        let tiles = vec![plain([255, 0, 0, 255]); 5];
        let sheet = sheet(&tiles, 8);
        assert_eq!(sheet.dimensions(), (3 * 16 + 8, 2 * 16 + 8));
        assert_eq!(sheet.pixels().filter(|pixel| pixel.0 == [255, 0, 0, 255]).count(), 5 * 32);
    }
}
