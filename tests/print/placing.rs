//! How a piece lies best, and on which beds it fits.

use anprobe::print::{Bed, Options, check};
use glam::{Quat, Vec3};

use crate::shapes::Shape;

#[test]
fn a_cone_stands_on_its_base_whichever_way_the_product_has_it() {
    let mut cone = Shape::default();
    for side in 0..32 {
        let at = |side: usize| {
            let turn = std::f32::consts::TAU * side as f32 / 32.0;
            Vec3::new(turn.cos() * 20.0, turn.sin() * 20.0, 0.0)
        };
        cone.0.extend([[Vec3::ZERO, at(side + 1), at(side)], [at(side), at((side + 1) % 32), Vec3::Z * 30.0]]);
    }
    // 32 is 0 around, but for rounding.
    cone.0.iter_mut().flatten().filter(|at| at.distance(Vec3::X * 20.0) < 1e-3).for_each(|at| *at = Vec3::X * 20.0);
    for turn in [Quat::IDENTITY, Quat::from_rotation_x(2.1), Quat::from_euler(glam::EulerRot::XYZ, 1.0, 2.0, 0.3)] {
        let report = cone.clone().turned(turn).report();
        assert!(report.is_printable, "{:?}", report.findings);
        assert!((report.best.height_mm - 30.0).abs() < 0.05, "{:?}", report.best);
        assert!(report.best.overhang_mm2 == 0.0 && report.best.contact_mm2 > 1200.0, "{:?}", report.best);
        let up = report.best.bed_from_print * (turn * Vec3::Z);
        assert!(up.distance(Vec3::Z) < 1e-2, "{up}");
    }
}

#[test]
fn what_stands_well_is_left_as_it_stands() {
    let report = Shape::cuboid(Vec3::ZERO, Vec3::new(50.0, 40.0, 5.0)).report();
    assert_eq!(report.best, report.standing);
    assert_eq!(report.best.bed_from_print, Quat::IDENTITY);
}

#[test]
fn a_long_piece_fits_across_where_it_does_not_fit_along() {
    let long = Shape::cuboid(Vec3::ZERO, Vec3::new(240.0, 5.0, 5.0));
    let beds = vec![
        Bed::new("small", [180.0; 3]),
        Bed::new("narrow", [50.0, 250.0, 20.0]),
        Bed::new("wide", [250.0, 50.0, 20.0]),
        Bed::new("low", [250.0, 250.0, 4.0]),
    ];
    let options = Options { beds, bed_from_print: Some(Quat::IDENTITY), ..Options::default() };
    let report = check(long.piece(), options).run().unwrap().report().clone();
    let turns: Vec<_> = report.beds.iter().map(|fit| fit.turn_deg).collect();
    // 240 + 5 along the diagonal of 180 × 180 is 254.6.
    assert!(turns[0].is_some_and(|turn| (40.0..50.0).contains(&turn)), "{turns:?}");
    assert_eq!(turns[1..], [Some(90.0), Some(0.0), None]);
}

#[test]
fn a_bed_that_is_too_small_is_said() {
    use anprobe::print::FindingKind;
    let beds = vec![Bed::new("mine", [30.0; 3])];
    let options = Options { beds, ..Options::default() };
    let report = check(Shape::cuboid(Vec3::ZERO, Vec3::splat(31.0)).piece(), options).run().unwrap().report().clone();
    assert!(report.finding(FindingKind::TooLarge).is_some());
    assert!(Bed::common().len() >= 10);
}
