//! Streams of every mode, filter and version against the reference decoder of those who made the format.

use anprobe::decode::meshopt::{Filter, Layout, Mode, decode};
use serde_json::Value;

use crate::{json_file, sum};

pub(crate) fn base64(text: &str) -> Vec<u8> {
    let (mut out, mut held, mut bits) = (Vec::new(), 0u32, 0);
    for symbol in text.bytes().filter(|byte| *byte != b'=') {
        let table = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        held = held << 6 | table.iter().position(|known| *known == symbol).unwrap() as u32;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push((held >> bits) as u8);
        }
    }
    out
}

/// All of them, with what is known of each.
pub(crate) fn all() -> Vec<(Layout, Vec<u8>, Value)> {
    let streams = json_file("streams.json");
    let read = |entry: &Value| {
        let number = |name: &str| entry[name].as_u64().unwrap() as usize;
        let mode = match entry["mode"].as_str().unwrap() {
            "ATTRIBUTES" => Mode::Attributes(Filter::from_name(entry["filter"].as_str().unwrap()).unwrap()),
            "TRIANGLES" => Mode::Triangles,
            _ => Mode::Indices,
        };
        let layout = Layout { mode, count: number("count"), stride: number("stride") };
        (layout, base64(entry["stream"].as_str().unwrap()), entry.clone())
    };
    streams.as_array().unwrap().iter().map(read).collect()
}

#[test]
fn streams_hold_what_the_reference_says() {
    let all = all();
    assert!(all.len() > 25, "{} streams", all.len());
    for (layout, stream, known) in all {
        let bytes = decode(&stream, &layout).unwrap_or_else(|why| panic!("{layout:?}: {why}"));
        assert_eq!(bytes.len(), layout.count * layout.stride);
        match known["bytes"].as_str().map(base64) {
            None => assert_eq!(sum(bytes), known["sum"].as_u64().unwrap(), "{layout:?}"),
            Some(wanted) if layout.mode == Mode::Attributes(Filter::Exponential) => assert_eq!(bytes, wanted),
            // Rounding is specified to one unit.
            Some(wanted) if layout.stride == 4 => {
                let near = |(a, b): (&u8, &u8)| a.wrapping_sub(*b).wrapping_add(1) <= 2;
                assert!(bytes.iter().zip(&wanted).all(near), "{layout:?}");
            }
            Some(wanted) => {
                let shorts = |bytes: &[u8]| -> Vec<u16> {
                    bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect()
                };
                let near = |(a, b): (&u16, &u16)| a.wrapping_sub(*b).wrapping_add(1) <= 2;
                assert!(shorts(&bytes).iter().zip(&shorts(&wanted)).all(near), "{layout:?}");
            }
        }
    }
}

#[test]
fn streams_that_are_cut_or_have_more_are_refused() {
    for (layout, stream, _) in all() {
        for length in 0..stream.len() {
            assert!(decode(&stream[..length], &layout).is_err(), "{layout:?} cut to {length}");
        }
        let longer: Vec<u8> = stream.iter().copied().chain([0; 4]).collect();
        assert!(decode(&longer, &layout).is_err(), "{layout:?} with more");
    }
}

#[test]
fn layouts_that_no_stream_has_are_refused() {
    let bad = [
        (Mode::Attributes(Filter::None), 3, 6),
        (Mode::Attributes(Filter::None), 1, 260),
        (Mode::Attributes(Filter::None), 1, 0),
        (Mode::Attributes(Filter::Octahedral), 1, 12),
        (Mode::Attributes(Filter::Quaternion), 1, 4),
        (Mode::Triangles, 4, 2),
        (Mode::Triangles, 3, 1),
        (Mode::Indices, 3, 8),
    ];
    for (mode, count, stride) in bad {
        let layout = Layout { mode, count, stride };
        for head in [0xa0, 0xa1, 0xe1, 0xd1] {
            let mut stream = vec![0; 400];
            stream[0] = head;
            assert!(decode(&stream, &layout).is_err(), "{layout:?}");
        }
    }
}
