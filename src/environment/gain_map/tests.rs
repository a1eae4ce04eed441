//! JPEGs without picture content, made here: their segments are all that is read.

use super::*;

const SOI: [u8; 2] = [0xff, 0xd8];
const EOI: [u8; 2] = [0xff, 0xd9];

fn segment(marker: u8, payload: &[u8]) -> Vec<u8> {
    let length = (payload.len() as u16 + 2).to_be_bytes();
    [&[0xff, marker], &length[..], payload].concat()
}

/// A progressive JPEG: two scans, with stuffed bytes, a restart, filling, and an end marker inside a segment.
fn jpeg(segments: &[Vec<u8>]) -> Vec<u8> {
    let scan = [segment(0xda, b"head"), vec![1, 2, 0xff, 0, 3, 0xff, 0xd3, 4, 0xff, 0xff, 0, 5]].concat();
    let thumbnail = segment(0xe2, &[&SOI[..], b"\xff\xd8\xffhdrgm:Version", &EOI].concat());
    [&SOI[..], &segments.concat(), &thumbnail, &scan, &segment(0xc4, b"\xff\xd9"), &scan, &EOI].concat()
}

fn xmp(text: &str) -> Vec<u8> {
    segment(0xe1, &[XMP, text.as_bytes()].concat())
}

fn primary() -> Vec<u8> {
    jpeg(&[xmp("<rdf:Description hdrgm:Version=\"1.0\"/>")])
}

/// Both, and a picture of something else between them.
fn with_map(segments: &[Vec<u8>]) -> Vec<u8> {
    [primary(), vec![0; 5], jpeg(&[xmp("a depth map")]), jpeg(segments), b"rest".to_vec()].concat()
}

fn attributes() -> Vec<u8> {
    xmp(
        "<rdf:Description hdrgm:Version=\"1.0\" hdrgm:GainMapMin=\"-0.5\" hdrgm:GainMapMax=\"6.25\" hdrgm:Gamma=\"2\"/>",
    )
}

#[test]
fn a_map_is_found_behind_the_picture_with_what_xmp_says_of_it() {
    let file = with_map(&[attributes()]);
    let (map, range) = read_gain_map(&file).unwrap().unwrap();
    assert_eq!(file[range], jpeg(&[attributes()]));
    let expected = GainMap { min: [-0.5; 3], max: [6.25; 3], gamma: [2.0; 3], ..UNTOLD };
    assert_eq!(map, expected);
    let list = |name: &str, values: [&str; 3]| {
        let items: String = values.iter().map(|value| format!("<rdf:li>{value}</rdf:li>\n")).collect();
        format!("<hdrgm:{name}>\n <rdf:Seq>\n{items}</rdf:Seq>\n</hdrgm:{name}>")
    };
    let text = format!(
        "<rdf:Description hdrgm:OffsetSDR=\"0.25\" hdrgm:HDRCapacityMax=\"8\">{}{}<hdrgm:OffsetHDR>0.125</hdrgm:OffsetHDR></rdf:Description>",
        list("GainMapMax", ["1", "2e0", "3.5"]),
        list("Gamma", ["0.5", " 1 ", "2"])
    );
    let (map, _) = read_gain_map(&with_map(&[xmp(&text)])).unwrap().unwrap();
    assert_eq!((map.max, map.gamma), ([1.0, 2.0, 3.5], [0.5, 1.0, 2.0]));
    assert_eq!((map.offset_base, map.offset), ([0.25; 3], [0.125; 3]));
}

#[test]
fn other_pictures_have_none_and_broken_maps_are_told() {
    for ordinary in [&b""[..], b"\xff\xd8", b"\x89PNG\r\n", &jpeg(&[xmp("hello")]), &jpeg(&[])] {
        assert!(read_gain_map(ordinary).is_none());
    }
    let broken = [
        primary(),
        with_map(&[]),
        with_map(&[xmp("hdrgm:GainMapMin=\"1\"")]),
        with_map(&[xmp("hdrgm:GainMapMax=\"loud\"")]),
        with_map(&[xmp("hdrgm:GainMapMax=\"1\" hdrgm:Gamma=\"0\"")]),
        with_map(&[xmp("hdrgm:GainMapMax=\"1\" hdrgm:BaseRenditionIsHDR=\"True\"")]),
        with_map(&[xmp(
            "<hdrgm:GainMapMax>1</hdrgm:GainMapMax><hdrgm:BaseRenditionIsHDR>True</hdrgm:BaseRenditionIsHDR>",
        )]),
    ];
    for file in broken {
        assert_eq!(read_gain_map(&file).unwrap().unwrap_err().code, Code::Environment);
    }
}

#[test]
fn no_damage_brings_it_down() {
    let list = xmp("<hdrgm:GainMapMax><rdf:li>1</rdf:li><rdf:li>2</rdf:li></hdrgm:GainMapMax>");
    for map in [attributes(), list] {
        let file = with_map(&[map]);
        for length in 0..file.len() {
            let found = read_gain_map(&file[..length]);
            assert!(length >= file.len() - 4 || !matches!(found, Some(Ok(_))), "whole after {length} bytes");
        }
        for at in 0..file.len() {
            for value in [0, 0xff, 0xd8, 0xd9, b'9', b'<'] {
                let mut damaged = file.clone();
                damaged[at] = value;
                if let Some(Ok((map, range))) = read_gain_map(&damaged) {
                    assert!(damaged.get(range).is_some() && map.gamma.iter().all(|gamma| *gamma > 0.0));
                }
            }
        }
    }
}

#[test]
fn each_pixel_is_as_bright_as_the_map_says() {
    let map = GainMap {
        min: [-1.0, 0.0, 0.0],
        max: [3.0, 4.0, 0.0],
        gamma: [1.0, 2.0, 1.0],
        offset_base: [0.25, 0.0, 0.0],
        offset: [0.5, 0.0, 0.0],
    };
    // Four columns before a map of two: the outer ones are the map's own, the inner ones a quarter of the other.
    let base = Plain { width_px: 4, height_px: 1, texels: &[128, 255, 188, 7].repeat(4) };
    let gain = Plain { width_px: 2, height_px: 1, texels: &[0, 0, 0, 0, 255, 255, 255, 0] };
    let lifted = map.lifted(base, gain).unwrap();
    assert!(lifted.is_rgbe() && (lifted.width_px(), lifted.height_px()) == (4, 1));
    for (x, part) in [(0, 0.0), (1, 0.25f32), (2, 0.75), (3, 1.0)] {
        let red = (linear_from_srgb(128.0 / 255.0) + 0.25) * (-1.0 + 4.0 * part).exp2() - 0.5;
        let green = (4.0 * f32::sqrt(part)).exp2();
        let found = lifted.light(x, 0).unwrap();
        let step = found[1].max(1.0) / 100.0;
        for (found, expected) in found.into_iter().zip([red.max(0.0), green, linear_from_srgb(188.0 / 255.0)]) {
            assert!((found - expected).abs() <= step, "{found} is not {expected} at {x}");
        }
    }
    // What the map stores is encoded with gamma.
    let middle = Plain { width_px: 1, height_px: 1, texels: &[64, 64, 64, 0] };
    let white = Plain { width_px: 1, height_px: 1, texels: &[255; 4] };
    let green = map.lifted(white, middle).unwrap().light(0, 0).unwrap()[1];
    assert!((green / (4.0 * (64f32 / 255.0).sqrt()).exp2() - 1.0).abs() < 0.01, "{green}");
    assert!(map.lifted(white, Plain { width_px: 0, ..middle }).is_none());
    assert!(map.lifted(Plain { width_px: 0, ..white }, middle).is_none());
}
