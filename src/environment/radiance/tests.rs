#[path = "../../../tests/corpus/folder.rs"]
mod folder;

use super::*;

fn file(size: &str, data: &[u8]) -> Vec<u8> {
    [b"#?RADIANCE\n# made by hand\nFORMAT=32-bit_rle_rgbe\n\n", size.as_bytes(), b"\n", data].concat()
}

#[test]
fn flat_pixels_come_as_they_are_from_every_side() {
    let data = [10, 20, 30, 128, 40, 50, 60, 129, 70, 80, 90, 130, 100, 110, 120, 131];
    let read = |size| read_radiance(&file(size, &data)).unwrap();
    let upright = read("-Y 2 +X 2");
    assert!(upright.is_rgbe() && (upright.width_px(), upright.height_px()) == (2, 2));
    assert_eq!(upright.texels(), data);
    assert_eq!(read("+Y 2 +X 2").texels(), [&data[8..], &data[..8]].concat());
    assert_eq!(read("-Y 2 -X 2").texels(), [&data[4..8], &data[..4], &data[12..], &data[8..12]].concat());
}

#[test]
fn old_run_lengths_repeat_the_last_pixel() {
    let data = [9, 8, 7, 128, 1, 1, 1, 2, 5, 5, 5, 100];
    let texels = read_radiance(&file("-Y 1 +X 4", &data)).unwrap().texels().to_vec();
    assert_eq!(texels, [9, 8, 7, 128, 9, 8, 7, 128, 9, 8, 7, 128, 5, 5, 5, 100]);
    // 3 + 2 · 256 more.
    let long = read_radiance(&file("-Y 1 +X 517", &[9, 8, 7, 128, 1, 1, 1, 3, 1, 1, 1, 2, 5, 5, 5, 100])).unwrap();
    assert!(long.texels()[..516 * 4].chunks(4).all(|pixel| pixel == [9, 8, 7, 128]));
    assert_eq!(long.texels()[516 * 4..], [5, 5, 5, 100]);
}

#[test]
fn new_run_lengths_come_channel_by_channel() {
    let mut data = vec![2, 2, 0, 8];
    data.extend([136, 5]); // red: eight times 5
    data.extend([8, 1, 2, 3, 4, 5, 6, 7, 8]); // green: as they are
    data.extend([132, 9, 4, 1, 2, 3, 4]); // blue: half and half
    data.extend([136, 130]);
    let panorama = read_radiance(&file("-Y 1 +X 8", &data)).unwrap();
    assert_eq!(panorama.texels()[..8], [5, 1, 9, 130, 5, 2, 9, 130]);
    assert_eq!(panorama.texels()[28..], [5, 8, 4, 130]);
}

#[test]
fn what_is_cut_short_is_black_below_and_what_is_wrong_is_typed() {
    let short = read_radiance(&file("-Y 2 +X 2", &[10, 20, 30, 128, 40, 50, 60, 129])).unwrap();
    assert_eq!(short.texels()[8..], [0; 8]);
    let cases: [&[u8]; 6] = [
        b"",
        b"#?RADIANCE\n",
        b"#?RADIANCE\nFORMAT=32-bit_rle_xyze\n\n-Y 1 +X 1\n1234",
        b"#?RADIANCE\n\n+X 1 -Y 1\n1234",
        b"#?RADIANCE\n\n-Y 0 +X 1\n1234",
        b"#?RADIANCE\n\n-Y 4000000000 +X 4000000000\n",
    ];
    for case in cases {
        assert_eq!(read_radiance(case).unwrap_err().code, Code::Environment);
    }
}

#[test]
fn no_file_that_is_bent_anywhere_brings_us_down() {
    let mut data = vec![2, 2, 0, 8];
    data.extend([136, 5, 8, 1, 2, 3, 4, 5, 6, 7, 8, 132, 9, 4, 1, 2, 3, 4, 136, 130]);
    let whole = file("-Y 1 +X 8", &data);
    for at in 0..whole.len() {
        for value in [0, 1, 2, 127, 128, 129, 255, b'\n', b'9'] {
            let mut bent = whole.clone();
            bent[at] = value;
            // Either is fine; it must only return.
            let _ = read_radiance(&bent);
        }
        let _ = read_radiance(&whole[..at]);
    }
}

#[test]
fn a_real_outdoor_picture_is_read_with_its_sun() {
    let Some(path) = folder::find("a real outdoor picture", "qwantani_afternoon_puresky_1k.hdr") else { return };
    let bytes = std::fs::read(path).unwrap();
    let panorama = read_radiance(&bytes).unwrap();
    assert_eq!((panorama.width_px(), panorama.height_px()), (1024, 512));
    let brightest = panorama
        .texels()
        .chunks(4)
        .map(|pixel| f32::from(pixel[0].max(pixel[1]).max(pixel[2])) * (f32::from(pixel[3]) - 136.0).exp2())
        .fold(0.0, f32::max);
    assert!((20_000.0..200_000.0).contains(&brightest), "{brightest}");
    assert_ne!(panorama.texels()[4 * 1024 * 511..], vec![0; 4096], "the last row came");
}
