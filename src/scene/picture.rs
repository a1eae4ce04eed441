//! What the first bytes of an encoded picture say: its type and its size.

/// The types that browsers decode.
pub(crate) const MIMES: [&str; 4] = ["image/png", "image/jpeg", "image/webp", "image/avif"];

/// The media type after the signature.
pub(crate) fn mime(bytes: &[u8]) -> Option<&'static str> {
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

/// Width and height in pixels; none for damaged pictures.
pub(crate) fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    match mime(bytes)? {
        "image/png" => Some((u32::from_be_bytes(number(bytes, 16)?), u32::from_be_bytes(number(bytes, 20)?))),
        "image/jpeg" => jpeg_size(bytes),
        "image/webp" => webp_size(bytes),
        _ => avif_size(bytes),
    }
}

fn jpeg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut at = 2;
    loop {
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
}

/// The three forms of the first chunk (RFC 9649 §2.5 to §2.7).
fn webp_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let three = |at: usize| number(bytes, at).map(|[a, b, c]| u32::from_le_bytes([a, b, c, 0]));
    match bytes.get(12..16)? {
        b"VP8 " => {
            let side = |at: usize| number(bytes, at).map(|side| u32::from(u16::from_le_bytes(side) & 0x3FFF));
            Some((side(26)?, side(28)?))
        }
        b"VP8L" => {
            let sides = u32::from_le_bytes(number(bytes, 21)?);
            Some((1 + (sides & 0x3FFF), 1 + (sides >> 14 & 0x3FFF)))
        }
        b"VP8X" => Some((1 + three(24)?, 1 + three(27)?)),
        _ => None,
    }
}

/// The largest of the sizes among the properties (ISO/IEC 23008-12 §6.5.3): thumbnails and tiles have theirs as well.
fn avif_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut at = 0;
    let meta = loop {
        let length = u32::from_be_bytes(number(bytes, at)?) as usize;
        if bytes.get(at + 4..at + 8)? == b"meta" {
            break bytes.get(at..)?.get(..length)?;
        }
        at = at.checked_add(length.max(8))?;
    };
    let places = meta.windows(4).enumerate().filter(|(_, name)| name == b"ispe").map(|(place, _)| place);
    let sizes = places.filter_map(|place| {
        let [width, height] = [8, 12].map(|after| number(meta, place + after).map(u32::from_be_bytes));
        width.zip(height)
    });
    sizes.max_by_key(|(width, height)| u64::from(*width) * u64::from(*height))
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

    #[test]
    fn webp_and_avif_have_sizes_too() {
        let webp = |chunk: &[u8]| [b"RIFF\0\0\0\0WEBP", chunk].concat();
        assert_eq!(size(&webp(b"VP8 \0\0\0\0\0\0\0\x9D\x01\x2A\x00\x42\x80\x01")), Some((512, 384)));
        // 28 bits: 1,023 and 767, which are one less.
        assert_eq!(size(&webp(b"VP8L\0\0\0\0\x2F\xFF\xC3\xBF\x00")), Some((1024, 768)));
        assert_eq!(size(&webp(b"VP8X\0\0\0\0\0\0\0\0\xFF\x3F\0\xFF\x1F\0")), Some((16_384, 8_192)));
        assert_eq!(size(&webp(b"VP8X\0\0\0\0\0\0\0\0\xFF\x3F\0\xFF\x1F")), None);
        let avif = b"\0\0\0\x10ftypavif\0\0\0\0\0\0\0\x30meta\
            \0\0\0\x14ispe\0\0\0\0\0\0\0\x10\0\0\0\x08\0\0\0\x14ispe\0\0\0\0\0\0\x04\0\0\0\x02\0";
        assert_eq!(size(avif), Some((1_024, 512)));
        assert_eq!(size(avif.get(..60).unwrap()), None);
    }
}
