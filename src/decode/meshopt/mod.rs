//! The streams of KHR_meshopt_compression and EXT_meshopt_compression, read after the former's specification
//! (<https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_meshopt_compression>, appendices A and B).

mod attributes;
mod filter;
mod indices;
mod triangles;

pub use filter::Filter;

/// How a stream is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Rows of any kind, and what is done with them when they are unpacked.
    Attributes(Filter),
    /// Indices of lists of triangles.
    Triangles,
    /// Other indices.
    Indices,
}

/// What a stream holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// How it is packed.
    pub mode: Mode,
    /// How many elements.
    pub count: usize,
    /// Bytes of each: for attributes a multiple of 4 up to 256, for indices 2 or 4.
    pub stride: usize,
}

/// The bytes that a stream holds, `count` by `stride`. Nothing is allocated beyond these; whoever does not trust the file
/// limits them first.
///
/// # Errors
///
/// What of layout or stream is not as the specification wants it, in a few words.
pub fn decode(stream: &[u8], layout: &Layout) -> Result<Vec<u8>, &'static str> {
    let Layout { mode, count, stride } = *layout;
    let fits = match mode {
        Mode::Attributes(filter) => stride.is_multiple_of(4) && (4..=256).contains(&stride) && filter.fits(stride),
        Mode::Triangles => matches!(stride, 2 | 4) && count.is_multiple_of(3),
        Mode::Indices => matches!(stride, 2 | 4),
    };
    if !fits {
        return Err("count and stride do not fit mode and filter");
    }
    match mode {
        Mode::Attributes(filter) => {
            let mut bytes = attributes::decode(stream, count, stride)?;
            filter.apply(&mut bytes, stride);
            Ok(bytes)
        }
        Mode::Triangles => triangles::decode(stream, count, stride),
        Mode::Indices => indices::decode(stream, count, stride),
    }
}

const SHORT: &str = "the stream is cut short";
const LONG: &str = "the stream is longer than what it holds";

/// The next bytes of a stream.
fn take<'a>(rest: &mut &'a [u8], count: usize) -> Result<&'a [u8], &'static str> {
    let (taken, left) = rest.split_at_checked(count).ok_or(SHORT)?;
    *rest = left;
    Ok(taken)
}

fn byte(rest: &mut &[u8]) -> Result<u8, &'static str> {
    let (first, left) = rest.split_first().ok_or(SHORT)?;
    *rest = left;
    Ok(*first)
}

/// A whole number in one to five bytes, seven bits each, the lowest first.
fn varint(rest: &mut &[u8]) -> Result<u32, &'static str> {
    let mut value = 0;
    for place in 0..5 {
        let byte = byte(rest)?;
        value |= u32::from(byte & 0x7f) << (7 * place);
        if byte < 0x80 {
            return Ok(value);
        }
    }
    Err("a number of more than five bytes")
}

/// Signed numbers stand as 0, -1, 1, -2, 2…
fn unzigzag(value: u32) -> u32 {
    (value >> 1) ^ (value & 1).wrapping_neg()
}

/// Writes an index in two bytes, wrapped around, or four.
fn push(out: &mut Vec<u8>, index: u32, stride: usize) {
    let bytes = index.to_le_bytes();
    out.extend_from_slice(bytes.get(..stride).unwrap_or(&bytes));
}
