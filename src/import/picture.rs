//! What the first bytes of an encoded picture say: its type and its size.

/// The types that browsers decode.
pub(super) const MIMES: [&str; 4] = ["image/png", "image/jpeg", "image/webp", "image/avif"];

/// The media type after the signature.
pub(super) fn mime(bytes: &[u8]) -> Option<&'static str> {
    let [png, jpeg, webp, avif] = MIMES;
    if bytes.starts_with(b"\x89PNG\r\n\x1A\n") {
        Some(png)
    } else if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
        Some(jpeg)
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        Some(webp)
    } else if matches!(bytes.get(4..12), Some(b"ftypavif" | b"ftypavis")) {
        Some(avif)
    } else {
        None
    }
}

/// Width and height in pixels of a PNG or JPEG; none for others and for damaged ones.
pub(super) fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    if mime(bytes) == Some("image/png") {
        return Some((u32::from_be_bytes(number(bytes, 16)?), u32::from_be_bytes(number(bytes, 20)?)));
    }
    let mut at = 2;
    while mime(bytes) == Some("image/jpeg") {
        let [mark, kind] = number(bytes, at)?;
        let length = usize::from(u16::from_be_bytes(number(bytes, at + 2)?));
        // Start-of-frame markers, without the tables (DHT, JPG, DAC) that lie among them (ITU T.81 table B.1).
        if mark == 0xFF && matches!(kind, 0xC0..=0xCF) && !matches!(kind, 0xC4 | 0xC8 | 0xCC) {
            let height = u16::from_be_bytes(number(bytes, at + 5)?);
            let width = u16::from_be_bytes(number(bytes, at + 7)?);
            return Some((width.into(), height.into()));
        }
        at = if mark == 0xFF && kind != 0xFF { at.checked_add(2 + length)? } else { at + 1 };
    }
    None
}

fn number<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..)?.first_chunk().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_tell_the_type() {
        assert_eq!(mime(b"\x89PNG\r\n\x1A\n...."), Some("image/png"));
        assert_eq!(mime(b"RIFF\0\0\0\0WEBPVP8 "), Some("image/webp"));
        assert_eq!(mime(b"\0\0\0\x20ftypavif"), Some("image/avif"));
        assert_eq!(mime(b"\xABKTX 20\xBB\r\n\x1A\n"), None);
        assert_eq!(mime(b""), None);
    }

    #[test]
    fn the_size_stands_in_the_header() {
        let png = b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\x01\0\0\0\0\x80";
        assert_eq!(size(png), Some((256, 128)));
        let jpeg = b"\xFF\xD8\xFF\xE0\0\x04\0\0\xFF\xC4\0\x02\xFF\xC2\0\x11\x08\x02\x00\x01\x00";
        assert_eq!(size(jpeg), Some((256, 512)));
        assert_eq!(size(jpeg.get(..15).unwrap()), None);
    }
}
