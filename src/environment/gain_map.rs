//! Panoramas as JPEG with a gain map (Ultra HDR): an ordinary picture, and behind it in the file a second one that says by
//! how much each of its pixels is brighter in truth.
//!
//! Sources: Adobe's [gain map specification](https://helpx.adobe.com/camera-raw/using/gain-map.html) and Android's
//! [Ultra HDR](https://developer.android.com/media/platform/hdr-image-format), which describe the map in XMP. A file that says
//! it in the way of ISO 21496-1 alone shows its ordinary picture.

use std::ops::Range;

use super::Panorama;
use crate::color::linear_from_srgb;
use crate::decimal::split_number;
use crate::issue::{Code, Issue};

/// Of what a gain map tells, with all that may stand before its value.
const LONGEST_NAME: usize = 64;
const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";

/// How bright a pixel is in truth: `(base + offset_base) · 2^boost − offset`, where the map's value v, from 0 to 1, stands
/// for a boost of `mix(min, max, v^(1/gamma))`. For each of red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GainMap {
    /// Boost of black, in stops.
    pub min: [f32; 3],
    /// Boost of white, in stops.
    pub max: [f32; 3],
    /// Exponent with which the map is stored, > 0.
    pub gamma: [f32; 3],
    /// Added to the ordinary picture, linear.
    pub offset_base: [f32; 3],
    /// Taken off again, linear.
    pub offset: [f32; 3],
}

/// What holds where nothing is said; nobody may leave out how bright white is.
const UNTOLD: GainMap = GainMap {
    min: [0.0; 3],
    max: [f32::NAN; 3],
    gamma: [1.0; 3],
    offset_base: [1.0 / 64.0; 3],
    offset: [1.0 / 64.0; 3],
};

/// Decoded pixels: sRGB-encoded or plain numbers, four bytes each, rows from the top.
#[derive(Clone, Copy, Debug)]
pub struct Plain<'a> {
    /// Columns.
    pub width_px: u32,
    /// Rows.
    pub height_px: u32,
    /// Red, green, blue and one that does not count.
    pub texels: &'a [u8],
}

/// Looks for the gain map of a JPEG: what it means, and where in the file its own JPEG is. None for any other picture.
///
/// # Errors
/// [`Code::Environment`] when the file says that it has one, but it is not there, or not described. The file is still a
/// picture.
pub fn read_gain_map(bytes: &[u8]) -> Option<Result<(GainMap, Range<usize>), Issue>> {
    let mut claimed = false;
    let mut end = walk(bytes, 0, |segment| {
        claimed |= segment.starts_with(XMP) && find(segment, b"hdrgm:Version").is_some();
    });
    if !claimed {
        return None;
    }
    while let Some(start) = end.and_then(|end| Some(end + find(bytes.get(end..)?, b"\xff\xd8\xff")?)) {
        let mut found = None;
        end = walk(bytes, start, |segment| found = found.or_else(|| described(segment)));
        if let (Some(map), Some(end)) = (found, end) {
            return Some(Ok((map, start..end)));
        }
    }
    Some(Err(no_gain_map()))
}

/// What to tell when a gain map is of no use.
pub fn no_gain_map() -> Issue {
    Issue::new(Code::Environment, "", "its gain map cannot be read")
}

/// Shows each segment of the JPEG that begins at `at`, without its length; gives the end of the JPEG (ITU-T T.81, B.1.1).
fn walk(bytes: &[u8], mut at: usize, mut visit: impl FnMut(&[u8])) -> Option<usize> {
    loop {
        match *bytes.get(at..)? {
            [0xff, 0xd9, ..] => return Some(at + 2),
            // Stuffed bytes, restarts and the beginning have no length.
            [0xff, 0 | 1 | 0xd0..=0xd8, ..] => at += 2,
            [0xff, marker, high, low, ..] if marker != 0xff => {
                let end = at + 2 + usize::from(u16::from_be_bytes([high, low]));
                visit(bytes.get(at + 4..end)?);
                at = end;
            }
            // What is coded, and filling.
            [_, _, ..] => at += 1,
            _ => return None,
        }
    }
}

fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).position(|window| window == part)
}

/// The gain map that a segment of its JPEG describes.
fn described(segment: &[u8]) -> Option<GainMap> {
    let xmp = segment.strip_prefix(XMP)?;
    // Such a picture is bright itself, and its map makes it darker.
    let darkens = find(xmp, b"IsHDR").and_then(|at| xmp.get(at..at + 12));
    if darkens.is_some_and(|told| find(told, b"True").is_some()) {
        return None;
    }
    let mut map = UNTOLD;
    let GainMap { min, max, gamma, offset_base, offset } = &mut map;
    // By their ends, of which no other has the like.
    for (name, field) in [("pMin", min), ("pMax", max), ("mma", gamma), ("SDR", offset_base), ("tHDR", offset)] {
        fill(xmp, name.as_bytes(), field)?;
    }
    (map.gamma.iter().all(|gamma| *gamma > 0.0) && map.max.iter().all(|max| max.is_finite())).then_some(map)
}

/// The numbers of `hdrgm:…Name="1.5"` or of `<hdrgm:…Name>`, a list of three, `</hdrgm:…Name>`; the last one stands for
/// those that are not there.
fn fill(xmp: &[u8], name: &[u8], field: &mut [f32; 3]) -> Option<()> {
    let mut rest = xmp;
    while let Some(at) = find(rest, b"hdrgm:") {
        rest = rest.get(at + 6..)?;
        let end = rest.iter().take(LONGEST_NAME).position(|byte| matches!(byte, b'=' | b'>'));
        let Some(end) = end else { continue };
        if !rest.get(..end)?.ends_with(name) {
            continue;
        }
        let quote = rest.get(end + 1..end + 2)?;
        let close = if rest.get(end) == Some(&b'=') { quote } else { b"hdrgm:" };
        let text = rest.get(end + 1 + usize::from(close == quote)..)?;
        let mut text = std::str::from_utf8(text.get(..find(text, close)?)?).ok()?;
        let mut values = 0;
        while !text.is_empty() {
            text = match split_number(text) {
                Some((number, after)) => {
                    field.iter_mut().skip(values).for_each(|value| *value = number);
                    values += 1;
                    after
                }
                None => text.get(1..)?,
            };
        }
        return (values > 0).then_some(());
    }
    Some(())
}

impl GainMap {
    /// The picture in truth, as bright as the file can say: `base` with the brightness of `map`, which may have another
    /// size. The numbers of `base` are taken as sRGB's, whatever profile it has. None when one of them is empty.
    pub fn lifted(&self, base: Plain<'_>, map: Plain<'_>) -> Option<Panorama> {
        if map.width_px.min(map.height_px) == 0 {
            return None;
        }
        let light: [f32; 256] = std::array::from_fn(|byte| linear_from_srgb(byte as f32 / 255.0));
        let mut factors = [Vec::new(), Vec::new(), Vec::new()];
        for (channel, factors) in factors.iter_mut().enumerate() {
            let [min, max, gamma] = [part(&self.min, channel), part(&self.max, channel), part(&self.gamma, channel)];
            let factor = |step: usize| (min + (max - min) * (step as f32 / (255.0 * STEPS)).powf(1.0 / gamma)).exp2();
            factors.extend((0..=255 * STEPS as usize).map(factor));
        }
        let mut texels = Vec::with_capacity(base.texels.len());
        for y in 0..base.height_px {
            let (above, down) = between(y, base.height_px, map.height_px);
            for x in 0..base.width_px {
                let (left, right) = between(x, base.width_px, map.width_px);
                let mut out = [0.0; 3];
                for (channel, (out, factors)) in out.iter_mut().zip(&factors).enumerate() {
                    let row = |y| {
                        let [near, far] = [map.byte(left, y, channel), map.byte(left + 1, y, channel)];
                        near + (far - near) * right
                    };
                    let (upper, lower) = (row(above), row(above + 1));
                    let step = (upper + (lower - upper) * down) * STEPS;
                    let base = part(&light, base.byte(x, y, channel) as usize) + part(&self.offset_base, channel);
                    *out = (base * part(factors, step as usize) - part(&self.offset, channel)).max(0.0);
                }
                texels.extend(super::rgbe(out));
            }
        }
        Panorama::from_rgbe(base.width_px, base.height_px, texels)
    }
}

/// What lies between two bytes of the map is told apart in so many steps.
const STEPS: f32 = 4.0;

impl Plain<'_> {
    /// One channel of a pixel; beyond the right and lower edges of the last pixel there.
    fn byte(&self, x: u32, y: u32, channel: usize) -> f32 {
        let (x, y) = (x.min(self.width_px - 1) as usize, y.min(self.height_px - 1) as usize);
        f32::from(self.texels.get(4 * (y * self.width_px as usize + x) + channel).copied().unwrap_or_default())
    }
}

fn part(list: &[f32], at: usize) -> f32 {
    list.get(at).copied().unwrap_or_default()
}

/// The pixel of `others` at or before pixel `at` of `count`, and how far it is to the next one.
fn between(at: u32, count: u32, others: u32) -> (u32, f32) {
    let place = ((at as f32 + 0.5) * others as f32 / count as f32 - 0.5).max(0.0);
    (place as u32, place.fract())
}

#[cfg(test)]
mod tests;
