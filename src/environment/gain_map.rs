//! Panoramas as JPEG with a gain map (Ultra HDR): an ordinary picture, and behind it in the file a second one that says by
//! how much each of its pixels is brighter in truth.
//!
//! Sources: Adobe's [gain map specification](https://helpx.adobe.com/camera-raw/using/gain-map.html) and Android's
//! [Ultra HDR](https://developer.android.com/media/platform/hdr-image-format), which describe the map in XMP; ISO 21496-1,
//! which describes it in fractions of whole numbers.

use std::ops::Range;

use super::Panorama;
use crate::color::linear_from_srgb;
use crate::decimal::split_number;
use crate::issue::{Code, Issue};

/// More pictures in one file are not looked at.
const MOST_PICTURES: usize = 8;
const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
const ISO: &[u8] = b"urn:iso:std:iso:ts:21496:-1\0";

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

impl Default for GainMap {
    fn default() -> Self {
        let offset = [1.0 / 64.0; 3];
        Self { min: [0.0; 3], max: [f32::NAN; 3], gamma: [1.0; 3], offset_base: offset, offset }
    }
}

/// Decoded pixels: sRGB-encoded or plain numbers, four bytes each, rows from the top.
#[derive(Clone, Copy, Debug)]
pub struct Pixels<'a> {
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
        claimed |= segment.starts_with(ISO) || segment.starts_with(XMP) && find(segment, b"hdrgm:Version").is_some();
    });
    if !claimed {
        return None;
    }
    for _ in 0..MOST_PICTURES {
        let Some(start) = end.and_then(|end| Some(end + find(bytes.get(end..)?, b"\xff\xd8\xff")?)) else { break };
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
    Issue::new(Code::Environment, "", "its gain map cannot be read: what is bright lights too little")
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
    let map = match (segment.strip_prefix(XMP), segment.strip_prefix(ISO)) {
        (Some(xmp), _) => in_xmp(xmp)?,
        (_, Some(iso)) => in_fractions(iso)?,
        _ => return None,
    };
    let GainMap { min, max, gamma, offset_base, offset } = &map;
    let sane = [min, max, gamma, offset_base, offset].into_iter().flatten().all(|value| value.is_finite());
    (sane && gamma.iter().all(|gamma| *gamma > 0.0)).then_some(map)
}

fn in_xmp(xmp: &[u8]) -> Option<GainMap> {
    if find(xmp, b"hdrgm:BaseRenditionIsHDR=\"True").is_some() {
        return None;
    }
    let mut map = GainMap::default();
    let fields: [(&[u8], &mut [f32; 3]); 5] = [
        (b"hdrgm:GainMapMin", &mut map.min),
        (b"hdrgm:GainMapMax", &mut map.max),
        (b"hdrgm:Gamma", &mut map.gamma),
        (b"hdrgm:OffsetSDR", &mut map.offset_base),
        (b"hdrgm:OffsetHDR", &mut map.offset),
    ];
    for (name, field) in fields {
        let Some(at) = find(xmp, name) else { continue };
        // `="1.5"`, or `>`, a list of three `<rdf:li>1.5</rdf:li>`, and `</`.
        let mut rest = xmp.get(at + name.len()..)?;
        let ends: &[u8] = if rest.starts_with(b"=") { b"\"" } else { b">" };
        let mut values = 0;
        while let (Some(at), true) = (find(rest, ends), values < 3) {
            rest = rest.get(at + 1..)?;
            let number = rest.get(..rest.len().min(32)).map(|text| text.trim_ascii_start());
            if let Some(number) = number.and_then(leading_number) {
                field.iter_mut().skip(values).for_each(|value| *value = number);
                values += 1;
            }
            if ends == b"\"" || rest.starts_with(b"</hdrgm") {
                break;
            }
        }
    }
    Some(map)
}

/// The number at the front of what may go on with anything.
fn leading_number(text: &[u8]) -> Option<f32> {
    let end = text.iter().position(|byte| !byte.is_ascii()).unwrap_or(text.len());
    split_number(std::str::from_utf8(text.get(..end)?).ok()?).map(|(number, _)| number)
}

/// Annex C of ISO 21496-1, as libultrahdr writes it.
fn in_fractions(iso: &[u8]) -> Option<GainMap> {
    let (&[_, _, _, _, flags], mut rest) = iso.split_first_chunk()?;
    let mut word = || {
        let (word, after) = rest.split_first_chunk()?;
        rest = after;
        Some(i32::from_be_bytes(*word))
    };
    let common = if flags & 8 == 0 { None } else { Some(word()?) };
    let mut fraction = || Some(word()? as f32 / common.map_or_else(&mut word, Some)? as u32 as f32);
    let (base_headroom, headroom) = (fraction()?, fraction()?);
    if base_headroom > headroom {
        return None;
    }
    let mut map = GainMap::default();
    for channel in 0..if flags & 0x80 == 0 { 1 } else { 3 } {
        for field in [&mut map.min, &mut map.max, &mut map.gamma, &mut map.offset_base, &mut map.offset] {
            let value = fraction()?;
            field.iter_mut().skip(channel).for_each(|field| *field = value);
        }
    }
    Some(map)
}

impl GainMap {
    /// The picture in truth, as bright as the file can say: `base` with the brightness of `map`, which may have another
    /// size. The numbers of `base` are taken as sRGB's, whatever profile it has. None when bytes do not fill a size.
    pub fn lifted(&self, base: Pixels<'_>, map: Pixels<'_>) -> Option<Panorama> {
        let fits = |pixels: &Pixels<'_>| {
            pixels.texels.len() as u64 == 4 * u64::from(pixels.width_px) * u64::from(pixels.height_px)
        };
        if !fits(&base) || !fits(&map) || map.texels.is_empty() {
            return None;
        }
        let light: [f32; 256] = std::array::from_fn(|byte| linear_from_srgb(byte as f32 / 255.0));
        let boosts: [[f32; 3]; 256] = std::array::from_fn(|byte| {
            std::array::from_fn(|channel| {
                let part = |field: &[f32; 3]| field.get(channel).copied().unwrap_or_default();
                let (min, max) = (part(&self.min), part(&self.max));
                min + (max - min) * (byte as f32 / 255.0).powf(part(&self.gamma).recip())
            })
        });
        let (columns, rows) = (along(base.width_px, map.width_px), along(base.height_px, map.height_px));
        let mut texels = Vec::with_capacity(base.texels.len());
        let mut pixels = base.texels.chunks_exact(4);
        for row in &rows {
            for (column, pixel) in columns.iter().zip(&mut pixels) {
                let mut boost = [0.0; 3];
                for (y, down) in row {
                    for (x, right) in column {
                        let at = 4 * (y * map.width_px as usize + x);
                        let stored = map.texels.get(at..at + 3).unwrap_or_default();
                        for ((channel, stored), boost) in stored.iter().enumerate().zip(&mut boost) {
                            let of_byte = boosts.get(usize::from(*stored)).and_then(|boost| boost.get(channel));
                            *boost += right * down * of_byte.copied().unwrap_or_default();
                        }
                    }
                }
                let mut out = [0.0; 3];
                let offsets = self.offset_base.iter().zip(&self.offset);
                for (((out, byte), boost), (offset_base, offset)) in out.iter_mut().zip(pixel).zip(boost).zip(offsets) {
                    let base = light.get(usize::from(*byte)).copied().unwrap_or_default();
                    *out = ((base + offset_base) * boost.exp2() - offset).max(0.0);
                }
                texels.extend(super::rgbe(out));
            }
        }
        Panorama::from_rgbe(base.width_px, base.height_px, texels)
    }
}

/// For each of `count` pixels the two of `others` between which it lies, and their shares.
fn along(count: u32, others: u32) -> Vec<[(usize, f32); 2]> {
    let last = others.saturating_sub(1) as usize;
    let between = |at: u32| {
        let place = ((at as f32 + 0.5) * others as f32 / count as f32 - 0.5).clamp(0.0, last as f32);
        let low = place as usize;
        [(low, 1.0 - place.fract()), ((low + 1).min(last), place.fract())]
    };
    (0..count).map(between).collect()
}

#[cfg(test)]
mod tests;
