//! Surfaces that go through themselves and each other, planted and counted.

use anprobe::print::{FindingKind, Options, Report, check};
use glam::{EulerRot, Quat, Vec3};

use crate::shapes::{Shape, block, piece};

/// How often surfaces cross: in themselves, and each other.
fn crossed(report: &Report) -> [usize; 2] {
    [FindingKind::SelfIntersection, FindingKind::Overlap]
        .map(|kind| report.finding(kind).map_or(0, |found| found.count))
}

fn together(shapes: &[Shape]) -> Report {
    let shares = shapes.iter().enumerate().map(|(node, shape)| shape.share("body", node)).collect();
    check(piece(shares), Options::default()).run().unwrap().report().clone()
}

/// The block with its top drawn down through its bottom: four sides of a spike go through one triangle.
fn spiked() -> Shape {
    let mut shape = block();
    shape.0.drain(2..4);
    let tip = Vec3::new(5.0, 20.0, -3.0);
    let rim = [[0.0, 0.0], [20.0, 0.0], [20.0, 30.0], [0.0, 30.0]].map(|[x, y]| Vec3::new(x, y, 10.0));
    shape.0.extend((0..4).map(|side| [rim[side], rim[(side + 1) % 4], tip]));
    shape
}

#[test]
fn a_surface_that_goes_through_itself_is_counted_and_placed() {
    for turn in [Quat::IDENTITY, Quat::from_euler(EulerRot::XYZ, 0.4, 1.1, 2.0)] {
        let report = spiked().turned(turn).report();
        assert_eq!(crossed(&report), [4, 0], "{turn}");
        let found = report.finding(FindingKind::SelfIntersection).unwrap();
        for place in &found.places {
            let at_mm = turn.inverse() * Vec3::new(place.at.x, -place.at.z, place.at.y) * 1000.0;
            assert!(
                at_mm.z.abs() < 1e-3 && (3.0..9.0).contains(&at_mm.x) && (15.0..23.0).contains(&at_mm.y),
                "{at_mm}"
            );
        }
        // A slicer fills it, so that it is no reason for no file.
        assert!(report.is_printable);
    }
}

#[test]
fn a_hollow_that_breaks_through_its_wall_is_a_fault() {
    let hollow = Shape::cuboid(Vec3::new(12.0, 3.0, 5.0), Vec3::new(16.0, 6.0, 15.0)).inverted();
    let report = block().with(hollow).report();
    assert_eq!(crossed(&report), [8, 0]);
}

#[test]
fn assembled_parts_go_through_each_other_and_print_all_the_same() {
    let pin = Shape::cuboid(Vec3::new(3.0, 4.0, 2.0), Vec3::new(9.0, 8.0, 31.0));
    let report = together(&[block(), pin.clone()]);
    assert_eq!((crossed(&report), report.is_printable), ([0, 1], true));
    assert!((report.finding(FindingKind::Overlap).unwrap().places[0].at.y - 0.01).abs() < 1e-6);
    // As one node, too, and each pair counts once.
    assert_eq!(crossed(&block().with(pin.clone()).report()), [0, 1]);
    let other = Shape::cuboid(Vec3::new(15.0, 20.0, -3.0), Vec3::new(17.0, 22.0, 13.0));
    assert_eq!(crossed(&block().with(pin).with(other).report()), [0, 2]);
    // Sides in one plane: what is moved along them lies in the other all the same.
    let moved = Shape::cuboid(Vec3::new(10.0, 0.0, 0.0), Vec3::new(30.0, 30.0, 10.0));
    assert_eq!(crossed(&together(&[block(), moved])), [0, 1]);
}

#[test]
fn what_touches_does_not_cross() {
    for turn in [Quat::IDENTITY, Quat::from_euler(EulerRot::XYZ, 0.3, -1.2, 0.8)] {
        let on_top = Shape::cuboid(Vec3::new(2.0, 3.0, 10.0), Vec3::new(9.0, 11.0, 14.0)).finer(2);
        let beside = Shape::cuboid(Vec3::new(20.0, 0.0, 0.0), Vec3::new(40.0, 30.0, 10.0)).finer(3);
        let shapes = [block(), on_top, beside].map(|shape| shape.turned(turn));
        assert_eq!(crossed(&together(&shapes)), [0, 0], "{turn}");
    }
    let inner = Shape::ball(Vec3::new(10.0, 15.0, 5.0), 4.0, 24);
    assert_eq!(crossed(&block().with(inner).report()), [0, 0]);
}

#[test]
fn a_tangle_ends_and_says_so() {
    let mut seed = 7_u32;
    let mut next = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) as f32 / (1 << 24) as f32 * 50.0
    };
    let mut corner = || Vec3::new(next(), next(), next());
    let shape = Shape((0..2000).map(|_| [corner(), corner(), corner()]).collect());
    let report = shape.report();
    assert!(crossed(&report)[0] > 50_000);
    assert_eq!(report.finding(FindingKind::NotCompared).map(|found| found.count), Some(1));
}
