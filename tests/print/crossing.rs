//! What crosses to where it is printed comes back as it was, and what does not belong together is refused.

use anprobe::issue::Code;
use anprobe::print::{Arrays, Bed, Format, Head, Labels, Material, Options, Piece, Process, Run, Settings};
use glam::{Quat, Vec3};

use crate::shapes::Shape;

fn ball(name: &str) -> Piece {
    let part = Shape::ball(Vec3::ZERO, 10.0, 16).part(name, 0);
    Piece::new(name, &[part], 1.0, &|_| true, &|_, _| None)
}

fn head(piece: &Piece) -> Head {
    let material = Material {
        id: "resin".to_owned(),
        name: "Resin".to_owned(),
        density_g_per_cm3: 1.1,
        price_per_kg: Some(4000.0),
        settings: Settings::usual(Process::Resin),
        color: Some([1, 2, 3]),
    };
    let options = Options {
        settings: material.settings,
        materials: vec![material],
        beds: vec![Bed::new("Mine", [100.0, 90.0, 80.0])],
        bed_from_print: Some(Quat::from_rotation_x(0.5)),
        scale: 0.5,
    };
    let labels = Labels { title: "\"Ball\" & <co>".to_owned(), buyer: "4711".to_owned(), ..Labels::default() };
    Head::new("ball", piece, options, labels)
}

#[test]
fn a_piece_and_its_head_come_back_as_they_were() {
    let piece = ball("ball");
    let head = head(&piece);
    // Resin flows without an end, which JSON has no word for.
    let json = serde_json::to_string(&head).unwrap();
    assert_eq!(Head::from_json(&json).unwrap(), head);
    assert_eq!(Arrays::from(piece.clone()).piece(&head).unwrap(), piece);
    assert_eq!(Head::from_json("{").unwrap_err().code, Code::PrintOption);
}

#[test]
fn numbers_that_do_not_belong_together_are_refused() {
    let piece = ball("ball");
    let head = head(&piece);
    let broken: [fn(&mut Arrays); 7] = [
        |arrays| arrays.triangles[7] = u32::MAX,
        |arrays| arrays.triangles.truncate(1),
        |arrays| arrays.positions_mm.truncate(1),
        |arrays| arrays.positions_mm[4] = f32::NAN,
        |arrays| arrays.color_of[0] = 9,
        |arrays| arrays.color_of.truncate(1),
        |arrays| arrays.triangles.truncate(3),
    ];
    for (at, spoil) in broken.iter().enumerate() {
        let mut arrays = Arrays::from(piece.clone());
        spoil(&mut arrays);
        assert_eq!(arrays.piece(&head).unwrap_err().code, Code::Range, "{at}");
    }
}

#[test]
fn a_run_looks_at_each_piece_and_writes_one_file_of_all() {
    for format in [Format::Report, Format::Stl, Format::ThreeMf, Format::See] {
        let mut run = Run::new(format, None);
        for name in ["one", "two"] {
            let piece = ball(name);
            run.add(head(&piece), piece);
        }
        let (mut before, mut slices) = (0.0, 0);
        while !run.step(20_000).unwrap() {
            assert!(run.progress() >= before, "{format:?}: {} after {before}", run.progress());
            (before, slices) = (run.progress(), slices + 1);
        }
        assert!(slices > 4 && run.progress() == 1.0, "{format:?}: {slices} {}", run.progress());
        let names: Vec<&str> = run.checked().iter().map(|(_, checked)| checked.report().name.as_str()).collect();
        assert_eq!(names, ["one", "two"]);
        assert_eq!(run.take_file().is_some(), format == Format::Stl);
        assert_eq!(run.take_package().is_some(), format == Format::ThreeMf);
        assert_eq!(run.seen().is_some(), format == Format::See);
        assert!(run.step(1).unwrap(), "it stays done");
    }
    assert_eq!(Run::new(Format::Report, None).step(1).unwrap_err().code, Code::ExportEmpty);
}

#[test]
fn a_piece_that_is_open_has_a_report_and_no_file() {
    let mut piece = ball("open");
    piece.triangles.truncate(piece.triangles.len() / 2);
    piece.color_of.truncate(piece.triangles.len());
    piece.bodies[0].triangles = piece.triangles.len();
    let mut run = Run::new(Format::Stl, None);
    run.add(head(&piece), piece);
    let refused = loop {
        match run.step(usize::MAX) {
            Ok(done) => assert!(!done),
            Err(issue) => break issue,
        }
    };
    assert_eq!(refused.code, Code::PrintRefused);
    assert!(!run.checked()[0].1.report().is_printable);
}
