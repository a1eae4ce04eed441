//! The lens, as a camera wrote it into a JPEG (Exif 3.0, CIPA DC-008-2023): the focal length on 35-mm film.

/// Tags of the two directories that lead there.
const EXIF_DIRECTORY: u16 = 0x8769;
const FOCAL_LENGTH_35_MM: u16 = 0xa405;
/// Directories with more entries are damaged.
const MOST_ENTRIES: u16 = 512;

/// The focal length on 35-mm film, millimetres; none where the file does not say. The beginning of the file is enough.
pub fn focal_35_mm(jpeg: &[u8]) -> Option<f32> {
    let tiff = exif(jpeg)?;
    let little = match tiff.get(..4)? {
        [b'I', b'I', 42, 0] => true,
        [b'M', b'M', 0, 42] => false,
        _ => return None,
    };
    let tiff = Tiff { bytes: tiff, little };
    let first = tiff.long(4)?;
    let inner = tiff.find(first, EXIF_DIRECTORY).and_then(|entry| tiff.long(entry.checked_add(8)?))?;
    let entry = tiff.find(inner, FOCAL_LENGTH_35_MM)?;
    let focal = f32::from(tiff.short(entry.checked_add(8)?)?);
    // 0 means unknown; what no phone or camera has is a mistake.
    (5.0..=2_000.0).contains(&focal).then_some(focal)
}

/// What is behind `Exif\0\0` in the first APP1 segment that has it.
fn exif(jpeg: &[u8]) -> Option<&[u8]> {
    let mut rest = jpeg.strip_prefix(&[0xff, 0xd8])?;
    loop {
        let [0xff, marker, high, low, ..] = rest else { return None };
        // Pictures begin, or the file ends.
        if matches!(marker, 0xd9 | 0xda) {
            return None;
        }
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        let segment = rest.get(4..(length + 2).min(rest.len()))?;
        if let Some(found) = segment.strip_prefix(b"Exif\0\0").filter(|_| *marker == 0xe1) {
            return Some(found);
        }
        rest = rest.get(length + 2..)?;
    }
}

struct Tiff<'a> {
    bytes: &'a [u8],
    little: bool,
}

impl Tiff<'_> {
    fn short(&self, at: u32) -> Option<u16> {
        let at = at as usize;
        let bytes = self.bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if self.little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    }

    fn long(&self, at: u32) -> Option<u32> {
        let at = at as usize;
        let bytes = self.bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if self.little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }

    /// Where the entry of a tag is in a directory.
    fn find(&self, directory: u32, tag: u16) -> Option<u32> {
        let count = self.short(directory)?.min(MOST_ENTRIES);
        let mut entries = (0..u32::from(count)).map(|entry| directory.checked_add(2 + 12 * entry));
        entries.find(|entry| entry.and_then(|entry| self.short(entry)) == Some(tag))?
    }
}
