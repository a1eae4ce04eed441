//! Files for printers, read again byte by byte.

use std::io::Read;

use anprobe::issue::Code;
use anprobe::print::{Bitmap, Labels, Options, Printable, Share, check, gather, stl, threemf};
use glam::{Quat, Vec2, Vec3};

use crate::shapes::{Shape, block, piece};

fn printable(shape: &Shape) -> Printable {
    shape.checked().printable(Quat::IDENTITY).unwrap()
}

/// The files of an archive, inflated.
fn unpacked(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let number =
        |at: usize, width: usize| bytes[at..at + width].iter().rev().fold(0, |sum, byte| sum << 8 | usize::from(*byte));
    let end = bytes.len() - 22;
    let (count, mut at) = (number(end + 10, 2), number(end + 16, 4));
    let mut files = Vec::new();
    for _ in 0..count {
        let (method, packed, length) = (number(at + 10, 2), number(at + 20, 4), number(at + 24, 4));
        let (name, local) = (number(at + 28, 2), number(at + 42, 4));
        let start = local + 30 + number(local + 26, 2) + number(local + 28, 2);
        let content = &bytes[start..start + packed];
        let content =
            if method == 8 { miniz_oxide::inflate::decompress_to_vec(content).unwrap() } else { content.to_vec() };
        assert_eq!(content.len(), length);
        files.push((String::from_utf8(bytes[at + 46..at + 46 + name].to_vec()).unwrap(), content));
        at += 46 + name;
    }
    files
}

fn model(pieces: Vec<Printable>, labels: Labels) -> String {
    let mut package = threemf(pieces, labels, None).run().unwrap().unwrap();
    package.deflate();
    let files = unpacked(&package.write().unwrap());
    String::from_utf8(files.into_iter().find(|(name, _)| name == "3D/3dmodel.model").unwrap().1).unwrap()
}

#[test]
fn stl_says_millimetres_and_has_every_triangle_with_its_normal() {
    let bytes = stl(vec![printable(&block())]).run().unwrap().unwrap();
    assert_eq!(bytes.len(), 84 + 12 * 50);
    assert!(String::from_utf8_lossy(&bytes[..80]).contains("millimetres") && !bytes.starts_with(b"solid"));
    assert_eq!(bytes[80..84], 12_u32.to_le_bytes());
    let mut reader = &bytes[84..];
    let mut volume = 0.0;
    for _ in 0..12 {
        let mut record = [0; 50];
        reader.read_exact(&mut record).unwrap();
        let numbers: Vec<f32> =
            record[..48].chunks(4).map(|four| f32::from_le_bytes(four.try_into().unwrap())).collect();
        let [normal, a, b, c] = [0, 3, 6, 9].map(|at| Vec3::from_slice(&numbers[at..at + 3]));
        assert!(((b - a).cross(c - a).normalize_or_zero() - normal).length() < 1e-5);
        assert!([a, b, c].iter().all(|corner| corner.min_element() >= 0.0));
        volume += a.dot(b.cross(c)) / 6.0;
    }
    assert!((volume - 6000.0).abs() < 0.1, "{volume}");
}

#[test]
fn a_package_has_its_parts_and_a_picture_with_its_relationship() {
    let png = b"\x89PNG\r\n\x1a\n picture".to_vec();
    let mut package = threemf(vec![printable(&block())], Labels::default(), Some(png.clone())).run().unwrap().unwrap();
    package.deflate();
    let files = unpacked(&package.write().unwrap());
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["[Content_Types].xml", "_rels/.rels", "3D/3dmodel.model", "Metadata/thumbnail.png"]);
    assert_eq!(files[3].1, png);
    let relationships = String::from_utf8_lossy(&files[1].1).into_owned();
    assert!(relationships.contains("metadata/thumbnail") && relationships.contains("/Metadata/thumbnail.png"));
    // What is no picture is not taken for one.
    let plain = threemf(vec![printable(&block())], Labels::default(), Some(b"<svg/>".to_vec())).run().unwrap().unwrap();
    assert_eq!(plain.contents().count(), 3);
}

#[test]
fn a_browser_deflates_and_what_it_does_not_give_is_stored() {
    let mut package = threemf(vec![printable(&block().finer(3))], Labels::default(), None).run().unwrap().unwrap();
    let stored = unpacked(&package.clone().write().unwrap());
    let deflated = miniz_oxide::deflate::compress_to_vec(package.contents().nth(2).unwrap(), 6);
    package.give(2, deflated);
    package.give(1, vec![0; 100_000]);
    package.give(9, Vec::new());
    assert_eq!(unpacked(&package.write().unwrap()), stored);
}

#[test]
fn what_a_file_says_of_itself_is_escaped_and_said_once() {
    let labels = Labels {
        title: "Lumo <2> & \"more\"".to_owned(),
        licence: "Own use\nonly".to_owned(),
        code: "A1-B2".to_owned(),
        buyer: "4711".to_owned(),
        language: "de".to_owned(),
        ..Labels::default()
    };
    let xml = model(vec![printable(&block()).of("PETG", Some([1, 171, 255]))], labels);
    assert!(xml.contains("<metadata name=\"Title\">Lumo &lt;2&gt; &amp; &quot;more&quot;</metadata>"));
    assert!(xml.contains("<metadata name=\"LicenseTerms\">Own use only</metadata>"));
    assert!(xml.contains("<metadata name=\"anprobe:Configuration\">A1-B2</metadata>"));
    assert!(xml.contains("<metadata name=\"anprobe:Buyer\">4711</metadata>"));
    assert!(!xml.contains("Designer") && xml.contains("unit=\"millimeter\" xml:lang=\"de\""));
    assert!(xml.contains("<base name=\"PETG\" displaycolor=\"#01ABFFFF\"/>"));
    // Of one colour nothing is asked of a reader.
    assert!(!xml.contains("requiredextensions"));
}

#[test]
fn colours_come_as_a_group_and_each_triangle_has_one() {
    let mut red = block().share("two", 0);
    red.about.factor = [1.0, 0.0, 0.0, 1.0];
    let mut blue = Shape::cuboid(Vec3::new(30.0, 0.0, 0.0), Vec3::splat(40.0)).share("two", 0);
    blue.about.factor = [0.0, 0.0, 0.2, 1.0];
    let piece = check(piece(vec![red, blue]), Options::default()).run().unwrap().printable(Quat::IDENTITY).unwrap();
    let xml = model(vec![piece], Labels::default());
    assert!(xml.contains("<m:color color=\"#FF0000FF\"/><m:color color=\"#00007CFF\"/>"), "{xml}");
    assert_eq!((xml.matches(" p1=\"0\"").count(), xml.matches(" p1=\"1\"").count()), (12, 12));
    assert!(xml.contains("requiredextensions=\"m\""));
    assert_eq!(xml.matches("<object").count(), 1);
}

#[test]
fn a_picture_colours_each_triangle_where_it_is_asked_for() {
    let mut share: Share = block().share("painted", 0);
    // Half as large as the picture, and turned upside down.
    share.about.picture = Some((1, [[0.0, 1.0], [0.5, 1.0], [0.0, 0.0]]));
    // The first two triangles in the left half, the others in the right one, beyond the first repetition.
    let uv = |corner: usize| if corner < 6 { Vec2::new(0.5, 0.25) } else { Vec2::new(3.5, -0.75) };
    share.uvs = (0..share.positions.len()).map(uv).collect();
    let none = [0, 0, 0, 255];
    let rgba = [none, none, [200, 16, 8, 255], [8, 16, 200, 255]].concat();
    let bitmap = Bitmap { width_px: 2, height_px: 2, rgba: rgba.into() };
    let piece = gather(vec![share.clone()], 1.0, vec![None, Some(bitmap)]).run().unwrap();
    assert_eq!(piece.colors, [[200, 16, 8, 255], [8, 16, 200, 255]]);
    assert_eq!(piece.color_of.iter().filter(|color| **color == 0).count(), 2);
    // One that could not be decoded leaves the material's colour.
    let plain = gather(vec![share], 1.0, vec![None, None]).run().unwrap();
    assert_eq!(plain.colors, [[255; 4]]);
}

#[test]
fn bodies_are_components_and_pieces_lie_beside_each_other() {
    let two = piece(vec![block().share("a", 0), block().share("b", 1)]);
    let mut two = check(two, Options::default()).run().unwrap().piece().clone();
    two.part_number = "LU-1".to_owned();
    let two = check(two, Options::default()).run().unwrap().printable(Quat::IDENTITY).unwrap();
    let xml = model(vec![two, printable(&block()), printable(&block())], Labels::default());
    assert_eq!((xml.matches("<mesh>").count(), xml.matches("<components>").count()), (4, 1));
    assert_eq!((xml.matches("<component ").count(), xml.matches("<item ").count()), (2, 3));
    assert!(xml.contains("partnumber=\"LU-1\""));
    let places: Vec<&str> =
        xml.split("1 0 0 0 1 0 0 0 1 ").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(places, ["0 0 0", "26 0 0", "0 36 0"]);
}

#[test]
fn what_is_no_solid_is_not_written() {
    let mut open = block();
    open.0.drain(2..4);
    let refused = open.checked().printable(Quat::IDENTITY).unwrap_err();
    assert_eq!((refused.code, refused.detail.as_str()), (Code::PrintRefused, "shape: its surface is open"));
    assert_eq!(stl(Vec::new()).run().unwrap().unwrap_err().code, Code::ExportEmpty);
    assert_eq!(threemf(Vec::new(), Labels::default(), None).run().unwrap().unwrap_err().code, Code::ExportEmpty);
}
