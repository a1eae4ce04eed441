//! Words as a shape: closed, and as much more or less as their area times the depth.

use std::path::Path;

use anprobe::issue::Code;
use anprobe::print::{
    Embossed, FindingKind, Fonts, Format, Head, Job, Labels, Lettering, Options, Piece, Relief, Run, check, emboss,
};
use anprobe::viewer::{Command, ProductCommand};
use glam::Vec3;
use serde_json::json;

use crate::samples::configured;
use crate::shapes::{self, Shape};
use crate::shell::Shell;

/// 80 × 20 × 5 mm.
pub(crate) fn plate() -> Shape {
    Shape::cuboid(Vec3::ZERO, Vec3::new(80.0, 20.0, 5.0))
}

fn words(text: &str, font: &str) -> Lettering {
    Lettering {
        text: text.to_owned(),
        font: font.to_owned(),
        center_mm: [40.0, 10.0],
        box_mm: [64.0, 14.0],
        turn_deg: 0.0,
    }
}

/// On the top of the plate.
fn relief(words: Vec<Lettering>, is_raised: bool) -> Relief {
    Relief {
        origin_mm: [0.0, 20.0, 5.0],
        right: [1.0, 0.0, 0.0],
        down: [0.0, -1.0, 0.0],
        out: [0.0, 0.0, 1.0],
        size_mm: [80.0, 20.0],
        depth_mm: 0.8,
        is_raised,
        words,
        ..Relief::default()
    }
}

fn made(piece: Piece, reliefs: Vec<Relief>) -> Embossed {
    emboss(piece, reliefs, Fonts::shipped()).run().unwrap()
}

fn codes(made: &Embossed) -> Vec<Code> {
    made.issues.iter().map(|issue| issue.code).collect()
}

/// A plate with words, for those who judge files.
pub(crate) fn lettered(text: &str, font: &str, is_raised: bool) -> Piece {
    made(plate().piece(), vec![relief(vec![words(text, font)], is_raised)]).piece
}

#[test]
fn what_was_closed_stays_closed_and_grows_by_area_times_depth() {
    for font in ["Jost", "Lora", "Oswald", "Caveat"] {
        for (text, turn_deg) in [("Äo8ßi%", 0.0), ("ffiŐőş @ÆW", 3.3)] {
            for (is_raised, fine) in [(true, 0), (false, 3)] {
                let piece = plate().finer(fine).piece();
                let before = piece.volume_mm3();
                let turned = Lettering { turn_deg, ..words(text, font) };
                let made = made(piece, vec![relief(vec![turned], is_raised)]);
                assert!(made.issues.is_empty(), "{font} {text}: {:?}", made.issues);
                let change = made.piece.volume_mm3() - before;
                assert!((change / made.volume_mm3 - 1.0).abs() < 1e-3, "{font} {text}: {change} {}", made.volume_mm3);
                assert_eq!(change > 0.0, is_raised);
                assert!(change.abs() > 20.0, "{change}");
                let report = check(made.piece, Options::default()).run().unwrap().report().clone();
                assert!(
                    report.is_printable && report.repairs.is_empty() && report.shells == 1,
                    "{font} {text}: {report:?}"
                );
                for kind in [FindingKind::SelfIntersection, FindingKind::FlippedTriangle, FindingKind::OpenEdge] {
                    assert!(report.finding(kind).is_none(), "{font} {text}: {kind:?}");
                }
            }
        }
    }
}

#[test]
fn letters_that_overlap_and_several_layers_are_one() {
    let (one, two) = (words("OOO", "Jost"), Lettering { turn_deg: 2.0, ..words("XXX", "Oswald") });
    let area = |words: Vec<Lettering>| made(plate().piece(), vec![relief(words, true)]).volume_mm3;
    let (both, apart) = (area(vec![one.clone(), two.clone()]), area(vec![one.clone()]) + area(vec![two.clone()]));
    assert!(both < apart * 0.95 && both > apart * 0.5, "{both} {apart}");
    let made = made(plate().piece(), vec![relief(vec![one, two], true)]);
    assert!(check(made.piece, Options::default()).run().unwrap().report().is_printable);
}

#[test]
fn a_letter_is_as_large_as_its_box_and_the_right_way_round() {
    // A capital I is a box itself: from its sides the box is known.
    let made = made(plate().piece(), vec![relief(vec![words("I", "Jost")], true)]);
    let top: Vec<Vec3> = made.piece.positions_mm.iter().copied().filter(|at| at.z > 5.5).collect();
    let (low, high) =
        top.iter().fold((Vec3::INFINITY, Vec3::NEG_INFINITY), |(low, high), at| (low.min(*at), high.max(*at)));
    assert!((high.y - low.y - 14.0).abs() < 0.02 && ((high.y + low.y) / 2.0 - 10.0).abs() < 0.02, "{low} {high}");
    assert!(((high.x + low.x) / 2.0 - 40.0).abs() < 0.5 && (high.z - 5.8).abs() < 1e-4);
    // An L has its foot at the bottom right.
    let ell = emboss(plate().piece(), vec![relief(vec![words("L", "Jost")], true)], Fonts::shipped()).run().unwrap();
    let right = ell.piece.positions_mm.iter().filter(|at| at.z > 5.5).max_by(|one, other| one.x.total_cmp(&other.x));
    assert!(right.unwrap().y < 10.0);
}

#[test]
fn what_cannot_be_made_is_said_and_the_piece_stays_whole() {
    let at = |center_mm: [f64; 2]| Lettering { center_mm, ..words("Mia", "Jost") };
    let wide = Relief { size_mm: [200.0, 200.0], ..relief(vec![at([79.0, 10.0])], true) };
    let lifted = Relief { origin_mm: [0.0, 20.0, 9.0], ..relief(vec![at([40.0, 10.0])], true) };
    let deep = Relief { depth_mm: 6.0, ..relief(vec![at([40.0, 10.0])], false) };
    let flawed = Relief { flaw: Some("round".to_owned()), ..relief(vec![at([40.0, 10.0])], false) };
    for (relief, code) in [
        (wide, Code::PrintRelief),
        (lifted, Code::PrintRelief),
        (flawed, Code::PrintRelief),
        (deep, Code::PrintReliefDepth),
        (relief(vec![words("Миа", "Jost")], true), Code::PrintGlyph),
        (relief(vec![at([300.0, 10.0])], true), Code::PrintRelief),
    ] {
        let made = made(plate().piece(), vec![relief]);
        assert_eq!((codes(&made), made.refusal().map(|issue| issue.code)), (vec![code], Some(code)));
        assert_eq!(made.piece.triangles.len(), 12);
    }
    // What has no outlines is said, and all the rest is made.
    for font in ["", "Page Sans"] {
        let other = Relief { pictures: vec!["photo".to_owned()], ..relief(vec![words("Mia", font)], true) };
        let made = made(plate().piece(), vec![other]);
        assert_eq!(codes(&made), [Code::PrintPicture, Code::PrintFont]);
        assert!(made.refusal().is_none() && made.volume_mm3 > 20.0);
    }
    let mut fonts = Fonts::default();
    assert_eq!(fonts.add("jost", b"wOF2 and nothing more").unwrap_err().code, Code::PrintFont);
}

/// The plate with a sheet above it that shows the words, as a GLB: metres, +Y up.
fn glb() -> Vec<u8> {
    let share = plate().share("plate", 0);
    let mut bin: Vec<u8> = share.positions.iter().flat_map(|at| at.to_array()).flat_map(f32::to_le_bytes).collect();
    let corners = share.positions.len();
    let sheet = bin.len();
    let above = 0.0052_f32;
    for [x, z, u, v] in [[0.0, 0.0, 0.0, 1.0], [0.08, 0.0, 1.0, 1.0], [0.08, -0.02, 1.0, 0.0], [0.0, -0.02, 0.0, 0.0]] {
        bin.extend([x, above, z, u, v].into_iter().flat_map(f32::to_le_bytes));
    }
    let indices = bin.len();
    bin.extend([0_u16, 1, 2, 0, 2, 3].into_iter().flat_map(u16::to_le_bytes));
    let document = json!({
        "asset": { "version": "2.0" }, "scene": 0, "scenes": [{ "nodes": [0, 1] }],
        "nodes": [{ "name": "plate", "mesh": 0 }, { "name": "sheet", "mesh": 1 }],
        "materials": [{ "name": "stuff" }, { "name": "words", "alphaMode": "BLEND" }],
        "meshes": [
            { "primitives": [{ "attributes": { "POSITION": 0 }, "material": 0 }] },
            { "primitives": [{ "attributes": { "POSITION": 1, "TEXCOORD_0": 2 }, "indices": 3, "material": 1 }] },
        ],
        "buffers": [{ "byteLength": bin.len() }],
        "bufferViews": [
            { "buffer": 0, "byteOffset": 0, "byteLength": sheet },
            { "buffer": 0, "byteOffset": sheet, "byteLength": 80, "byteStride": 20 },
            { "buffer": 0, "byteOffset": indices, "byteLength": 12 },
        ],
        "accessors": [
            { "bufferView": 0, "componentType": 5126, "count": corners, "type": "VEC3", "min": [0, 0, -0.02], "max": [0.08, 0.005, 0] },
            { "bufferView": 1, "componentType": 5126, "count": 4, "type": "VEC3", "min": [0, above, -0.02], "max": [0.08, above, 0] },
            { "bufferView": 1, "byteOffset": 12, "componentType": 5126, "count": 4, "type": "VEC2" },
            { "bufferView": 2, "componentType": 5123, "count": 6, "type": "SCALAR" },
        ],
    });
    shapes::glb(&document, &bin)
}

fn product(relief: &str) -> Shell {
    let mut shell = Shell::new();
    let product = format!(
        r##"{{ "anprobe": 1, "id": "plate", "name": "Plate", "models": [{{ "id": "plate", "src": "plate.glb" }}],
          "groups": [{{ "id": "name", "number": 1, "name": "Name", "kind": "text", "max": 20, "surface": "top" }}],
          "surfaces": [{{ "id": "top", "material": "words", "sizeMm": [80, 20], "safeZoneMm": 3, "ink": "#ff0000" }}],
          "print": {{ "pieces": [{{ "id": "plate", "name": "Plate", "nodes": ["plate"], "reliefs": [{relief}] }}] }} }}"##
    );
    shell.file("plate.json", product.into_bytes());
    shell.file("plate.glb", glb());
    shell.set("interaction-prompt", "none");
    shell.place(true);
    shell.set("product", "plate.json");
    shell.settle();
    let answer = json!([{ "text": "Mia", "font": "Jost", "rotation": 20 }]).to_string();
    shell.command(Command::Product(ProductCommand::Repair { group: "name".to_owned(), answer }));
    shell.settle();
    shell
}

#[test]
fn a_customers_words_come_with_the_piece_and_into_its_file() {
    for scale in [1.0, 0.5] {
        let shell = product(r#"{ "surface": "top", "depthMm": 0.6, "raised": true }"#);
        let viewer = &shell.viewer;
        let reliefs = viewer.print_reliefs("plate", scale);
        let [relief] = reliefs.as_slice() else { panic!("{reliefs:?}") };
        assert_eq!(relief.flaw, None);
        assert!((relief.depth_mm - 0.6 * f64::from(scale)).abs() < 1e-6 && relief.color == Some([255, 0, 0, 255]));
        let [words] = relief.words.as_slice() else { panic!("{relief:?}") };
        assert_eq!((words.text.as_str(), words.font.as_str(), words.turn_deg), ("Mia", "Jost", 2.0));
        assert_eq!((words.center_mm, words.box_mm), ([40.0, 10.0], [74.0, 14.0]));
        // Above the top's upper left, seen from above: behind on the bed.
        let [x, y, z] = relief.origin_mm;
        let size = f64::from(scale);
        assert!(
            x.abs() < 1e-4 && (y - 20.0 * size).abs() < 1e-3 && (z - 5.2 * size).abs() < 1e-3,
            "{:?}",
            relief.origin_mm
        );
        let piece = viewer.print_piece("plate", scale).unwrap();
        let before = piece.volume_mm3();
        let mut head = Head::new("plate", "", "", viewer.print_options("plate", scale), Labels::default());
        head.reliefs = reliefs;
        let mut run = Run::new(Format::Stl, None);
        run.add(head, Job::ready(piece));
        assert_eq!(run.font_files(), ["jost"]);
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("www/fonts");
        run.give_font("jost", &std::fs::read(folder.join("jost.woff2")).unwrap()).unwrap();
        while !run.step(100_000).unwrap() {}
        let report = run.checked()[0].1.report();
        assert!(report.is_printable && report.volume_mm3 > before + 20.0 * size.powi(3), "{report:?}");
        assert!(run.take_file().is_some());
    }
}

#[test]
fn the_lamps_plate_is_engraved_as_it_is_seen() {
    let sample = configured("lamp", "engraving", "\"Für Mia & Jörg\"");
    let viewer = &sample.shell.viewer;
    let piece = viewer.print_piece("plate", 1.0).unwrap();
    let before = piece.volume_mm3();
    let made = made(piece, viewer.print_reliefs("plate", 1.0));
    // The usual font is the device's.
    assert_eq!(codes(&made), [Code::PrintFont]);
    assert!(((before - made.piece.volume_mm3()) / -made.volume_mm3 - 1.0).abs() < 1e-3);
    let report = check(made.piece, viewer.print_options("plate", 1.0)).run().unwrap().report().clone();
    assert!(report.is_printable && report.finding(FindingKind::SelfIntersection).is_none(), "{:?}", report.findings);
    assert!(made.volume_mm3 < -10.0 && before > 1000.0, "{} of {before}", made.volume_mm3);
}

#[test]
fn a_wish_that_cannot_be_made_is_no_file_but_a_report() {
    let shell = product(r#"{ "surface": "top", "depthMm": 8 }"#);
    let viewer = &shell.viewer;
    for (format, is_refused) in [(Format::Stl, true), (Format::Report, false)] {
        let piece = viewer.print_piece("plate", 1.0).unwrap();
        let mut head = Head::new("plate", "", "", viewer.print_options("plate", 1.0), Labels::default());
        head.reliefs = viewer.print_reliefs("plate", 1.0);
        let mut run = Run::new(format, None);
        run.add(head, Job::ready(piece));
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("www/fonts");
        run.give_font("jost", &std::fs::read(folder.join("jost.woff2")).unwrap()).unwrap();
        let end = loop {
            match run.step(100_000) {
                Ok(false) => {}
                end => break end,
            }
        };
        assert_eq!(end.err().map(|issue| issue.code), is_refused.then_some(Code::PrintReliefDepth));
        assert_eq!(run.issues("plate").map(|issue| issue.code).collect::<Vec<_>>(), [Code::PrintReliefDepth]);
    }
}
