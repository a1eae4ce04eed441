//! Walls, details and gaps are as thin as they were made.

use anprobe::print::{FindingKind, Process, Settings};
use glam::{Quat, Vec3};

use crate::shapes::Shape;

fn plate(thick: f32) -> Shape {
    Shape::cuboid(Vec3::ZERO, Vec3::new(40.0, 30.0, thick))
}

#[test]
fn a_plate_is_as_thick_as_it_was_made_however_it_lies() {
    for thick in [0.4, 1.2, 3.0] {
        for turn in [0.0, 0.3, 1.1] {
            let report =
                plate(thick).turned(Quat::from_euler(glam::EulerRot::XYZ, turn, turn * 0.7, turn * 2.0)).report();
            let wall = report.least_wall_mm.unwrap();
            assert!((wall - thick).abs() < 0.02, "{thick} turned by {turn} measures {wall}");
        }
    }
}

#[test]
fn a_thin_wall_is_found_where_it_is_and_only_below_the_limit() {
    // A tray whose floor is 0.6 mm thick between walls of 2 mm.
    let tray = Shape::cuboid(Vec3::ZERO, Vec3::new(40.0, 30.0, 0.6));
    let thin = tray.report();
    let finding = thin.finding(FindingKind::ThinWall).unwrap();
    assert!((finding.worst.unwrap() - 0.6).abs() < 0.02);
    assert!(finding.places.iter().all(|place| (place.at.y - 0.0003).abs() < 1e-5), "{finding:?}");
    assert!(plate(0.9).report().finding(FindingKind::ThinWall).is_none());
    assert_eq!(Settings::usual(Process::Filament).least_wall_mm, 0.8);
}

#[test]
fn a_pin_is_a_small_detail_and_a_plate_is_none() {
    let pin = Shape::prism(Vec3::new(10.0, 10.0, 5.0), 0.3, 12.0, 24);
    let pinned = Shape::cuboid(Vec3::ZERO, Vec3::new(20.0, 20.0, 5.5)).with(pin).report();
    let detail = pinned.least_detail_mm.unwrap();
    assert!((detail - 0.6).abs() < 0.03, "{detail}");
    let place = pinned.finding(FindingKind::SmallDetail).unwrap().places[0];
    assert!((place.at.x - 0.01).abs() < 5e-4 && (place.at.z + 0.01).abs() < 5e-4, "{place:?}");
    let plain = plate(0.6).report();
    assert!(plain.finding(FindingKind::SmallDetail).is_none(), "{:?}", plain.least_detail_mm);
    assert!(plain.least_detail_mm.is_none_or(|detail| detail > 5.0), "{:?}", plain.least_detail_mm);
}

#[test]
fn a_gap_is_as_wide_as_it_was_made() {
    let two = Shape::cuboid(Vec3::ZERO, Vec3::new(10.0, 10.0, 10.0))
        .with(Shape::cuboid(Vec3::new(10.2, 0.0, 0.0), Vec3::new(20.0, 10.0, 10.0)));
    let report = two.report();
    assert!((report.least_gap_mm.unwrap() - 0.2).abs() < 0.01, "{:?}", report.least_gap_mm);
    let gap = &report.finding(FindingKind::NarrowGap).unwrap().places[0];
    assert!((gap.at.x - 0.0101).abs() < 1e-5, "{gap:?}");
    assert!((report.least_wall_mm.unwrap() - 9.8).abs() < 0.05);
}

#[test]
fn a_hollow_ball_has_the_wall_between_its_surfaces() {
    let ball = Shape::ball(Vec3::ZERO, 20.0, 24).with(Shape::ball(Vec3::ZERO, 18.8, 24).inverted()).report();
    let wall = ball.least_wall_mm.unwrap();
    assert!((wall - 1.2).abs() < 0.05, "{wall}");
    assert!(ball.finding(FindingKind::ThinWall).is_none());
}
