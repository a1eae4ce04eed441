//! Radiance's picture format `.hdr` (Larson and Shakespeare, "Rendering with Radiance", file formats:
//! <https://radsite.lbl.gov/radiance/refer/Notes/picture_format.html>).

use super::{MOST_PIXELS, Panorama};
use crate::decimal::split_number;
use crate::issue::{Code, Issue};

/// True when the bytes begin as a Radiance picture does.
pub fn is_radiance(bytes: &[u8]) -> bool {
    bytes.starts_with(b"#?")
}

/// Reads a Radiance picture of shared exponents: flat, or run lengths of the old or the new kind, rows and columns from
/// either side. The `EXPOSURE` lines are left out of account, as other viewers do.
///
/// # Errors
/// [`Code::Environment`] when the bytes are no such picture, or too large a one. A file that is cut short gives what
/// came, and black below.
pub fn read_radiance(bytes: &[u8]) -> Result<Panorama, Issue> {
    let mut reader = Reader { bytes };
    if !is_radiance(bytes) {
        return Err(wrong("no Radiance signature"));
    }
    let mut line = reader.line().ok_or_else(|| wrong("no header"))?;
    while !line.is_empty() {
        if line.starts_with(b"FORMAT=") && line.trim_ascii_end() != b"FORMAT=32-bit_rle_rgbe" {
            return Err(wrong("only 32-bit_rle_rgbe"));
        }
        line = reader.line().ok_or_else(|| wrong("no size"))?;
    }
    let size = reader.line().and_then(size).ok_or_else(|| wrong("no size of the form -Y 512 +X 1024"))?;
    let pixels = u64::from(size.width_px) * u64::from(size.height_px);
    if pixels > MOST_PIXELS || size.width_px > 1 << 15 {
        return Err(wrong("too many pixels"));
    }
    let row_bytes = 4 * size.width_px as usize;
    // A run length of the old kind can stand for many pixels, but 4 bytes must come for every 127 · 4 of the new kind.
    let mut texels = vec![0; row_bytes * size.height_px as usize];
    for row in texels.chunks_exact_mut(row_bytes) {
        if reader.row(row).is_none() {
            break;
        }
    }
    if size.from_bottom {
        texels = texels.rchunks_exact(row_bytes).flatten().copied().collect();
    }
    if size.from_right {
        for row in texels.chunks_exact_mut(row_bytes) {
            let (pixels, _) = row.as_chunks_mut::<4>();
            pixels.reverse();
        }
    }
    Panorama::from_rgbe(size.width_px, size.height_px, texels).ok_or_else(|| wrong("no pixels"))
}

fn wrong(detail: &str) -> Issue {
    Issue::new(Code::Environment, "", detail)
}

struct Size {
    width_px: u32,
    height_px: u32,
    from_bottom: bool,
    from_right: bool,
}

/// `-Y 512 +X 1024`: from the top, from the left. Turned pictures (X first) are not panoramas.
fn size(line: &[u8]) -> Option<Size> {
    let mut words = std::str::from_utf8(line).ok()?.split_ascii_whitespace();
    let from_bottom = match words.next()? {
        "-Y" => false,
        "+Y" => true,
        _ => return None,
    };
    let height_px = whole(words.next()?)?;
    let from_right = match words.next()? {
        "+X" => false,
        "-X" => true,
        _ => return None,
    };
    let width_px = whole(words.next()?)?;
    (width_px > 0 && height_px > 0).then_some(Size { width_px, height_px, from_bottom, from_right })
}

fn whole(word: &str) -> Option<u32> {
    split_number(word).filter(|(_, rest)| rest.is_empty()).map(|(number, _)| number as u32)
}

/// What is left of the file.
struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    /// Up to the next line feed, without it and without a carriage return before it.
    fn line(&mut self) -> Option<&'a [u8]> {
        let end = self.bytes.iter().position(|&byte| byte == b'\n')?;
        let (line, rest) = self.bytes.split_at(end);
        self.bytes = rest.get(1..)?;
        Some(line.strip_suffix(b"\r").unwrap_or(line))
    }

    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(count)?;
        self.bytes = rest;
        Some(taken)
    }

    fn pixel(&mut self) -> Option<[u8; 4]> {
        self.take(4)?.try_into().ok()
    }

    /// One row, four bytes a pixel; None at the end of the file or where it contradicts itself.
    fn row(&mut self, row: &mut [u8]) -> Option<()> {
        let width = row.len() / 4;
        if let [2, 2, high, low, ..] = *self.bytes
            && (8..1 << 15).contains(&width)
            && usize::from(high) << 8 | usize::from(low) == width
        {
            self.take(4)?;
            return (0..4).try_for_each(|channel| self.channel(row, channel, width));
        }
        self.old_row(row)
    }

    /// The new kind: each channel by itself, above 128 a run, else as many bytes.
    fn channel(&mut self, row: &mut [u8], channel: usize, width: usize) -> Option<()> {
        let mut x = 0;
        while x < width {
            let &[count] = self.take(1)? else { return None };
            let (count, run) = if count > 128 { (usize::from(count) - 128, true) } else { (usize::from(count), false) };
            if count == 0 || count > width - x {
                return None;
            }
            let values = self.take(if run { 1 } else { count })?;
            for step in 0..count {
                *row.get_mut(4 * (x + step) + channel)? = *values.get(if run { 0 } else { step })?;
            }
            x += count;
        }
        Some(())
    }

    /// Flat pixels; (1, 1, 1, n) repeats the last one n times, and again such repeats it 256 · n times.
    fn old_row(&mut self, row: &mut [u8]) -> Option<()> {
        let (pixels, _) = row.as_chunks_mut::<4>();
        let (mut x, mut shift, mut last) = (0, 0, None);
        while x < pixels.len() {
            let pixel = self.pixel()?;
            let count = match (pixel, last) {
                ([1, 1, 1, count], Some(_)) => usize::from(count).checked_shl(shift)?,
                _ => 1,
            };
            if let ([1, 1, 1, _], Some(_)) = (pixel, last) {
                shift = (shift + 8).min(24);
            } else {
                (shift, last) = (0, Some(pixel));
            }
            let end = (x + count).min(pixels.len());
            pixels.get_mut(x..end)?.fill(last?);
            x = end;
        }
        Some(())
    }
}

#[cfg(test)]
mod tests;
