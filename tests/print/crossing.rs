//! What crosses to where it is printed comes back as it was, and what does not belong together is left out.

use anprobe::issue::Code;
use anprobe::print::{About, Bed, Format, Head, Job, Labels, Material, Options, Process, Run, Settings, Share, gather};
use glam::{Quat, Vec3, Vec4};

use crate::shapes::{self, Shape, declared, piece};

fn share(name: &str) -> Share {
    declared(Shape::ball(Vec3::ZERO, 10.0, 16).share(name, 0))
}

fn head(name: &str) -> Head {
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
    Head::new(name, name, "", options, labels)
}

#[test]
fn a_head_and_what_is_known_of_a_share_come_back_as_they_were() {
    let head = head("ball");
    // Resin flows without an end, which JSON has no word for.
    let json = serde_json::to_string(&head).unwrap();
    assert_eq!(Head::from_json(&json).unwrap(), head);
    assert_eq!(Head::from_json("{").unwrap_err().code, Code::PrintOption);
    let mut about = share("ball").about;
    about.picture = Some((3, [[0.1, 0.2], [0.3, 0.4], [0.5, 0.6]]));
    assert_eq!(About::from_json(&serde_json::to_string(&about).unwrap()).unwrap(), about);
    assert_eq!(About::from_json("{}").unwrap_err().code, Code::PrintOption);
}

#[test]
fn what_does_not_belong_together_is_left_out_triangle_by_triangle() {
    type Spoil = fn(&mut Share);
    let whole = piece(vec![share("ball")]).triangles.len();
    let broken: [(Spoil, usize); 5] = [
        (|share| share.indices[7] = u32::MAX, whole - 1),
        (|share| share.positions[4] = Vec3::NAN, whole - 1),
        (|share| share.indices.truncate(8), 2),
        (|share| share.colors.truncate(1), whole),
        (|share| share.about.world_from_scene[15] = f32::NAN, whole),
    ];
    for (at, (spoil, left)) in broken.iter().enumerate() {
        let mut share = share("ball");
        share.colors = vec![Vec4::ONE; share.positions.len()];
        spoil(&mut share);
        let piece = piece(vec![share]);
        assert_eq!(
            (piece.triangles.len(), piece.color_of.len(), piece.bodies[0].triangles),
            (*left, *left, *left),
            "{at}"
        );
        let count = piece.positions_mm.len() as u32;
        assert!(piece.triangles.as_flattened().iter().all(|vertex| *vertex < count), "{at}");
        assert!(piece.positions_mm.iter().all(|at| at.is_finite()), "{at}");
    }
    // Of which nothing is left is no body, and a run has nothing to print.
    let mut nowhere = share("nowhere");
    nowhere.about.world_from_scene[12] = f32::INFINITY;
    assert_eq!(piece(vec![nowhere.clone()]).bodies, []);
    let mut run = Run::new(Format::Report, None);
    run.add(head("nowhere"), gather(vec![nowhere], 1.0, Vec::new()));
    let refused = std::iter::repeat_with(|| run.step(1000)).find_map(Result::err).unwrap();
    assert_eq!((refused.code, refused.detail.as_str()), (Code::ExportEmpty, "nowhere"));
}

#[test]
fn a_file_that_chains_all_vertices_is_soon_done() {
    let mut share = share("chain");
    let vertices = share.positions.len() as u32;
    // One after the other, and each time from the chain's beginning: walked plainly, 5 billion steps.
    share.merges = (1..100_000).map(|next| [0, next]).collect();
    share.merges.extend((0..vertices).map(|vertex| [vertex, 0]));
    let piece = piece(vec![share]);
    // What stands apart stays apart; where the first one is, others of its class are one with it.
    assert_eq!(piece.triangles.len(), vertices as usize / 3);
    assert!(piece.positions_mm.len() < vertices as usize && piece.positions_mm.len() > vertices as usize / 2);
}

#[test]
fn a_piece_comes_together_in_slices() {
    let shares =
        |count: usize| (0..count).map(|body| Share { about: About { body, ..share("ball").about }, ..share("ball") });
    let mut job = gather(shares(40).collect(), 1.0, Vec::new());
    let (mut slices, mut before) = (1, 0.0);
    let piece = loop {
        match job.step(2000) {
            Some(piece) => break piece,
            None => assert!(job.progress() >= before, "{before}"),
        }
        (slices, before) = (slices + 1, job.progress());
    };
    assert!((5..40).contains(&slices), "{slices} slices for {} triangles", piece.triangles.len());
    assert_eq!(piece, shapes::piece(shares(40).collect()));
    assert_eq!(piece.bodies.len(), 40);
}

#[test]
fn a_run_looks_at_each_piece_and_writes_one_file_of_all() {
    for format in [Format::Report, Format::Stl, Format::ThreeMf, Format::See] {
        let mut run = Run::new(format, None);
        for name in ["one", "two"] {
            run.add(head(name), gather(vec![share(name)], 1.0, Vec::new()));
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
    let mut piece = piece(vec![share("open")]);
    piece.triangles.truncate(piece.triangles.len() / 2);
    piece.color_of.truncate(piece.triangles.len());
    piece.bodies[0].triangles = piece.triangles.len();
    let mut run = Run::new(Format::Stl, None);
    run.add(head("open"), Job::ready(piece));
    let refused = loop {
        match run.step(usize::MAX) {
            Ok(done) => assert!(!done),
            Err(issue) => break issue,
        }
    };
    assert_eq!(refused.code, Code::PrintRefused);
    assert!(!run.checked()[0].1.report().is_printable);
}
