//! Faults that are planted are found, each as often as it is there, and nothing else.

use anprobe::print::{FindingKind, Options, RepairKind, Report, check};
use glam::Vec3;

use crate::shapes::{Shape, block, declared, piece};

/// All kinds found in the mesh itself, with their counts.
fn found(report: &Report) -> Vec<(FindingKind, usize)> {
    use FindingKind as K;
    let measured = [K::ThinWall, K::SmallDetail, K::NarrowGap, K::Overhang, K::TooLarge];
    let of_mesh = report.findings.iter().filter(|finding| !measured.contains(&finding.kind));
    of_mesh.map(|finding| (finding.kind, finding.count)).collect()
}

fn repaired(report: &Report) -> Vec<(RepairKind, usize)> {
    report.repairs.iter().map(|repair| (repair.kind, repair.count)).collect()
}

#[test]
fn sound_shapes_have_no_faults_and_their_exact_volume() {
    let cube = block().report();
    assert!(cube.is_printable && found(&cube).is_empty() && repaired(&cube).is_empty(), "{cube:?}");
    assert_eq!((cube.triangles, cube.vertices, cube.shells), (12, 8, 1));
    assert!((cube.volume_mm3 - 6000.0).abs() < 0.01 && (cube.area_mm2 - 2200.0).abs() < 0.01);
    assert!((cube.size_mm - Vec3::new(20.0, 30.0, 10.0)).length() < 1e-3);
    let ball = Shape::ball(Vec3::splat(50.0), 10.0, 64).report();
    assert!(ball.is_printable && found(&ball).is_empty(), "{:?}", ball.findings);
    let exact = 4.0 / 3.0 * std::f64::consts::PI * 1000.0;
    assert!((ball.volume_mm3 / exact - 1.0).abs() < 0.003, "{}", ball.volume_mm3);
}

#[test]
fn a_model_far_from_its_origin_is_as_sound() {
    let far = Shape::cuboid(Vec3::splat(2000.0), Vec3::splat(2010.0)).finer(3).report();
    assert!(far.is_printable && found(&far).is_empty(), "{:?}", far.findings);
    assert!((far.volume_mm3 / 1000.0 - 1.0).abs() < 1e-3, "{}", far.volume_mm3);
}

#[test]
fn open_edges_are_counted_hole_by_hole_and_small_holes_are_closed() {
    // Triangles far from each other, of about 1 mm.
    let mut shape = block().finer(5);
    let whole = shape.report();
    for at in [9000, 5000, 0] {
        shape.0.remove(at);
    }
    let report = shape.report();
    assert_eq!(found(&report), [(FindingKind::OpenEdge, 9)]);
    assert_eq!(report.finding(FindingKind::OpenEdge).unwrap().places.len(), 3);
    assert_eq!(repaired(&report), [(RepairKind::CloseHole, 3)]);
    assert!(report.is_printable);
    assert!((report.volume_mm3 - whole.volume_mm3).abs() < 0.01);
    assert_eq!(report.triangles, whole.triangles);
}

#[test]
fn a_wide_hole_is_shown_and_refused() {
    let mut shape = block();
    shape.0.drain(2..4);
    let report = shape.report();
    assert_eq!(found(&report), [(FindingKind::OpenEdge, 4)]);
    assert_eq!((report.is_printable, report.refusals.as_slice()), (false, [FindingKind::OpenEdge].as_slice()));
    assert!(repaired(&report).is_empty());
    let hole = &report.finding(FindingKind::OpenEdge).unwrap().places[0];
    // The top of the block: z up there is y up here.
    assert!((hole.at - Vec3::new(0.01, 0.01, -0.015)).length() < 1e-5, "{hole:?}");
    assert!((hole.size.unwrap() - 1300_f32.sqrt()).abs() < 1e-2);
}

#[test]
fn flipped_triangles_are_counted_and_turned() {
    let mut shape = block().finer(3);
    for at in [3, 100, 101, 333, 600] {
        shape.0[at].swap(1, 2);
    }
    let report = shape.report();
    assert_eq!(found(&report), [(FindingKind::FlippedTriangle, 5)]);
    assert_eq!(repaired(&report), [(RepairKind::TurnTriangle, 5)]);
    assert!(report.is_printable && (report.volume_mm3 - 6000.0).abs() < 0.01);
}

#[test]
fn degenerate_and_duplicate_triangles_are_counted_and_left_out() {
    let mut shape = block().finer(2);
    let [a, b, c] = shape.0[10];
    shape.0.extend([[a, b, b], [c, c, c], [a, b, c], [b, c, a]]);
    let again = shape.0[50];
    shape.0.push(again);
    let report = shape.report();
    assert_eq!(found(&report), [(FindingKind::Degenerate, 2), (FindingKind::Duplicate, 3)]);
    assert_eq!(repaired(&report), [(RepairKind::DropDegenerate, 2), (RepairKind::DropDuplicate, 3)]);
    assert!(report.is_printable && report.triangles == 12 * 16);
}

#[test]
fn flat_triangles_are_told_and_kept_as_their_neighbours_need_them() {
    // A side's diagonal has a corner in its middle on one side only: a triangle without area closes the gap.
    let mut shape = block();
    let [a, b, c] = shape.0[0];
    let middle = (a + c) / 2.0;
    shape.0[0] = [a, b, middle];
    shape.0.extend([[b, c, middle], [a, middle, c]]);
    let report = shape.report();
    assert_eq!(found(&report), [(FindingKind::FlatTriangle, 1)]);
    assert!(report.is_printable && repaired(&report).is_empty());
}

#[test]
fn crowded_edges_are_counted_and_refused() {
    // Two blocks that share one edge.
    let shape = block().with(Shape::cuboid(Vec3::new(20.0, 30.0, 0.0), Vec3::new(40.0, 60.0, 10.0)));
    let report = shape.report();
    assert_eq!(found(&report), [(FindingKind::CrowdedEdge, 1)]);
    assert_eq!(report.refusals, [FindingKind::CrowdedEdge]);
    // As two nodes they are two bodies, which share nothing.
    let other = Shape::cuboid(Vec3::new(20.0, 30.0, 0.0), Vec3::new(40.0, 60.0, 10.0));
    let piece = piece(vec![block().share("a", 0), other.share("b", 1)]);
    assert_eq!(piece.bodies.len(), 2);
    let report = check(piece, Options::default()).run().unwrap().report().clone();
    assert!(report.is_printable && found(&report).is_empty() && report.shells == 2);
}

#[test]
fn shells_inside_shells_are_told_apart() {
    let inner = Shape::cuboid(Vec3::splat(3.0), Vec3::new(17.0, 27.0, 7.0));
    let hollow = block().with(inner.clone().inverted()).report();
    assert_eq!(found(&hollow), [(FindingKind::Cavity, 1)]);
    assert!(hollow.is_printable && (hollow.volume_mm3 - (6000.0 - 14.0 * 24.0 * 4.0)).abs() < 0.01);
    let nested = block().with(inner.clone()).report();
    assert_eq!(found(&nested), [(FindingKind::NestedShell, 1)]);
    // Outer, hollow, and a pearl in the hollow.
    let pearl = Shape::ball(Vec3::new(10.0, 15.0, 5.0), 1.5, 12);
    let pearl = block().with(inner.inverted()).with(pearl).report();
    assert_eq!(found(&pearl), [(FindingKind::Cavity, 1), (FindingKind::NestedShell, 1)]);
    assert_eq!(pearl.shells, 3);
}

#[test]
fn what_is_inside_out_is_turned_as_a_whole() {
    let report = block().finer(2).inverted().report();
    assert_eq!(found(&report), [(FindingKind::InsideOut, 1)]);
    assert_eq!(repaired(&report), [(RepairKind::TurnShell, 1)]);
    assert!(report.is_printable && (report.volume_mm3 - 6000.0).abs() < 0.01);
}

#[test]
fn a_strip_with_one_side_is_refused() {
    let count = 24;
    let at = |step: usize, side: f32| {
        let turn = std::f32::consts::TAU * step as f32 / count as f32;
        let (tilt_sin, tilt_cos) = (turn / 2.0).sin_cos();
        let out = 20.0 + side * tilt_cos;
        Vec3::new(out * turn.cos(), out * turn.sin(), side * tilt_sin)
    };
    let mut shape = Shape::default();
    for step in 0..count {
        let (a, b) = (at(step, -5.0), at(step, 5.0));
        let last = step + 1 == count;
        let (c, d) = if last { (at(0, 5.0), at(0, -5.0)) } else { (at(step + 1, -5.0), at(step + 1, 5.0)) };
        shape.0.extend([[a, b, c], [b, d, c]]);
    }
    let report = shape.report();
    assert_eq!(report.finding(FindingKind::OneSided).unwrap().count, 1);
    assert_eq!(report.finding(FindingKind::OpenEdge).unwrap().count, 2 * count);
    assert!(!report.is_printable);
}

#[test]
fn near_corners_are_joined_and_it_is_said() {
    let mut shape = block().finer(2);
    // One side was exported with rounded numbers.
    for corners in shape.0.iter_mut().take(32) {
        corners.iter_mut().for_each(|corner| *corner += Vec3::splat(1.5e-4));
    }
    let report = shape.report();
    let [(kind, edges)] = found(&report)[..] else { panic!("{:?}", report.findings) };
    assert_eq!((kind, edges), (FindingKind::OpenEdge, 32), "16 sides around, seen from both");
    assert_eq!(repaired(&report), [(RepairKind::Weld, 16)]);
    assert!(report.is_printable && report.triangles == 192);
}

#[test]
fn what_a_model_says_to_be_closed_is_never_joined() {
    let mut shape = block();
    shape.0[0].iter_mut().for_each(|corner| *corner += Vec3::splat(1e-4));
    let piece = piece(vec![declared(shape.share("said", 0))]);
    let report = check(piece, Options::default()).run().unwrap().report().clone();
    assert_eq!(report.finding(FindingKind::NotAsDeclared).unwrap().count, 1);
    assert!(!report.is_printable && repaired(&report).is_empty());
}

#[test]
fn nothing_and_what_is_no_number_is_refused_without_harm() {
    let empty = Shape::default().report();
    assert_eq!(empty.refusals, [FindingKind::NoVolume]);
    let sheet = Shape(vec![[Vec3::ZERO, Vec3::X, Vec3::Y]]).report();
    assert!(!sheet.is_printable);
    let mut odd = block();
    odd.0[3][1] = Vec3::new(f32::NAN, f32::INFINITY, 0.0);
    odd.0[7][0] = Vec3::splat(3e38);
    let odd = odd.report();
    assert!(!odd.is_printable);
}
