//! Layers add up to the piece they are cut from; supports stand under what hangs over.

use anprobe::print::{FindingKind, Material, Options, Settings, check, laid_on};
use glam::{Quat, Vec3};

use crate::shapes::{Shape, block};

#[test]
fn layers_of_a_block_are_its_outline() {
    let checked = block().finer(2).checked();
    let layers = checked.layers(Quat::IDENTITY, 0.2);
    assert_eq!(layers.count(), 50);
    for number in 0..50 {
        let layer = layers.layer(number);
        assert_eq!(layer.contours.len(), 1, "{number}");
        let contour = &layer.contours[0];
        assert!(!contour.is_broken);
        assert!((contour.area_mm2 - 600.0).abs() < 0.01 && (contour.length_mm() - 100.0).abs() < 0.01);
        // A corner at the back, where a seam shows least.
        let seam = contour.points_mm[contour.seam];
        assert!((seam.y - 30.0).abs() < 1e-3 && (seam.x.min(20.0 - seam.x)).abs() < 1e-3, "{seam}");
    }
}

#[test]
fn layers_of_a_hollow_ball_have_holes_and_its_volume() {
    let ball = Shape::ball(Vec3::ZERO, 15.0, 30).with(Shape::ball(Vec3::ZERO, 10.0, 30).inverted());
    let checked = ball.checked();
    for turn in [Quat::IDENTITY, Quat::from_euler(glam::EulerRot::XYZ, 0.4, 1.0, 0.2), laid_on(Vec3::X)] {
        let layers = checked.layers(turn, 0.1);
        let sum: f64 = (0..layers.count()).map(|number| layers.layer(number).area_mm2() * 0.1).sum();
        assert!((sum / checked.report().volume_mm3 - 1.0).abs() < 2e-3, "{sum} {}", checked.report().volume_mm3);
        let middle = layers.layer(layers.count() / 2);
        assert_eq!(middle.contours.len(), 2);
        assert_eq!(middle.contours.iter().filter(|contour| contour.area_mm2 < 0.0).count(), 1);
        assert!(middle.contours.iter().all(|contour| !contour.is_broken));
    }
}

#[test]
fn supports_stand_under_a_table_and_nowhere_else() {
    // A table top of 40 × 40 × 4 on a leg of 10 × 10, 20 high.
    let table = Shape::cuboid(Vec3::new(-20.0, -20.0, 20.0), Vec3::new(20.0, 20.0, 24.0))
        .with(Shape::cuboid(Vec3::new(-5.0, -5.0, 0.0), Vec3::new(5.0, 5.0, 20.5)));
    let options = Options { bed_from_print: Some(Quat::IDENTITY), ..Options::default() };
    let report = check(table.piece(), options).run().unwrap().report().clone();
    let exact = (40.0 * 40.0 - 100.0) * 20.0;
    let volume = report.supports.volume_mm3();
    assert!((volume / exact - 1.0).abs() < 0.05, "{volume} of {exact}");
    let columns = &report.supports.columns;
    assert!(columns.iter().all(|column| column.foot_mm == 0.0 && (column.top_mm - 20.0).abs() < 1e-3));
    assert!((report.best.overhang_mm2 - 1600.0).abs() < 110.0, "{}", report.best.overhang_mm2);
    assert!((report.best.contact_mm2 - 100.0).abs() < 0.1);
    assert!(report.finding(FindingKind::Overhang).is_some());
    // On its head it needs none.
    let report = table.report();
    assert!(report.supports.columns.is_empty() && report.best.overhang_mm2 == 0.0, "{:?}", report.best);
    assert!((report.best.contact_mm2 - 1600.0).abs() < 1.0);
    assert!(report.finding(FindingKind::Overhang).is_none());
}

#[test]
fn supports_that_stand_on_the_piece_begin_there() {
    // A bracket: floor, wall, roof.
    let bracket = Shape::cuboid(Vec3::ZERO, Vec3::new(30.0, 20.0, 3.0))
        .with(Shape::cuboid(Vec3::ZERO, Vec3::new(3.0, 20.0, 30.0)))
        .with(Shape::cuboid(Vec3::new(0.0, 0.0, 27.0), Vec3::new(30.0, 20.0, 30.0)));
    let options = Options { bed_from_print: Some(Quat::IDENTITY), ..Options::default() };
    let report = check(bracket.piece(), options).run().unwrap().report().clone();
    let free = report.supports.columns.iter().filter(|column| column.at_mm.x > 3.1);
    let mut count = 0;
    for column in free {
        assert!((column.foot_mm - 3.0).abs() < 1e-3 && (column.top_mm - 27.0).abs() < 1e-3, "{column:?}");
        count += 1;
    }
    assert!(count > 100, "{count}");
}

#[test]
fn an_estimate_follows_from_the_figures_that_were_given() {
    let material = |density, price_per_kg, infill| Material {
        id: String::new(),
        name: "M".to_owned(),
        density_g_per_cm3: density,
        price_per_kg,
        settings: Settings { infill, ..Settings::default() },
        color: None,
    };
    let options = Options {
        materials: vec![material(1.25, Some(2400.0), 1.0), material(1.25, None, 0.0), material(2.5, None, 1.0)],
        ..Options::default()
    };
    let report = check(block().piece(), options).run().unwrap().report().clone();
    let [solid, hollow, heavy] = &report.estimates[..] else { panic!() };
    assert!((solid.solid_g - 7.5).abs() < 1e-3 && (solid.mass_g - 7.5).abs() < 0.02, "{solid:?}");
    assert!((solid.price.unwrap() - 18.0).abs() < 0.05 && hollow.price.is_none());
    assert!(hollow.mass_g < solid.mass_g * 0.75 && hollow.seconds < solid.seconds);
    assert!((heavy.mass_g / solid.mass_g - 2.0).abs() < 1e-6);
    assert_eq!(solid.layers, 50);
}
