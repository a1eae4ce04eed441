//! The product in real space: where points are on the screen, what lies under a finger, how large it is, what fits.

use anprobe::product::view::{FitView, RulerView};
use anprobe::viewer::{Command, Mark, Spot};
use glam::{Vec2, Vec3};
use serde_json::json;

use crate::model;
use crate::product::{named, product, select};
use crate::shell::Shell;

/// Width, height and depth of the box, whose middle is half a metre above the floor.
const SIZE: Vec3 = Vec3::new(2.0, 1.0, 0.5);

fn mark(point: [f32; 3]) -> Mark {
    Mark { point: point.into(), normal: None }
}

fn spot(shell: &Shell, point: [f32; 3]) -> Spot {
    shell.viewer.project(&[mark(point)])[0]
}

fn near(one: Vec3, other: Vec3) -> bool {
    (one - other).length() < 1e-3
}

/// Where a point is on the screen when the eye looks straight along −Z.
fn by_hand(shell: &Shell, point: Vec3) -> Vec2 {
    let [_, _, radius] = shell.viewer.camera_orbit();
    let from_eye = point - (shell.viewer.camera_target() + Vec3::Z * radius);
    let focal_css_px = 150.0 / (shell.viewer.field_of_view() * 0.5).tan();
    Vec2::new(200.0, 150.0) + Vec2::new(from_eye.x, -from_eye.y) * (focal_css_px / -from_eye.z)
}

#[test]
fn points_are_where_a_pinhole_shows_them_and_the_product_hides_what_is_behind_it() {
    let shell = Shell::with_model(&[("camera-orbit", "0deg 90deg 5m")]);
    for point in [[-1.0, 0.0, 0.25], [1.0, 1.0, 0.25], [0.3, 0.7, -0.25]] {
        let found = spot(&shell, point).at_css_px;
        assert!((found - by_hand(&shell, point.into())).length() < 0.01, "{found}");
    }
    let hidden = |point| spot(&shell, point).hidden;
    assert!(!hidden([0.3, 0.5, 0.25]), "in the front");
    assert!(hidden([0.3, 0.5, -0.25]), "in the back");
    assert!(hidden([0.3, 0.5, -2.0]), "far behind");
    assert!(!hidden([0.3, 1.8, -0.25]), "above it");
    assert!(!hidden([0.3, 0.5, 0.245]), "in the skin");
    assert!(hidden([0.3, 0.5, 30.0]) && !spot(&shell, [0.3, 0.5, 30.0]).at_css_px.is_finite(), "behind the eye");
    let faces =
        |normal: Vec3| shell.viewer.project(&[Mark { normal: Some(normal), ..mark([0.0, 0.5, 0.25]) }])[0].faces;
    assert!(faces(Vec3::Z) && !faces(Vec3::NEG_Z));
}

#[test]
fn the_turntable_takes_points_along() {
    let mut shell = Shell::with_model(&[("camera-orbit", "0deg 90deg 5m")]);
    let front = [0.0, 0.5, 0.25];
    assert!(!spot(&shell, front).hidden);
    shell.command(Command::ResetTurntableRotation(std::f32::consts::PI));
    assert!(spot(&shell, front).hidden);
    let found = shell.viewer.surface_under(200.0, 150.0).unwrap();
    assert!(near(found.point, Vec3::new(0.0, 0.5, -0.25)), "{}", found.point);
}

#[test]
fn a_finger_meets_the_point_that_is_seen_there_in_any_view() {
    for view in ["30deg 60deg 4m", "-140deg 20deg 3m", "200deg 120deg 6m"] {
        let shell = Shell::with_model(&[("camera-orbit", view), ("orientation", "20deg 0deg 40deg")]);
        let mut met = 0;
        for at in [[200.0, 150.0], [150.0, 130.0], [260.0, 170.0], [205.0, 155.0]] {
            let Some(found) = shell.viewer.surface_under(at[0], at[1]) else { continue };
            met += 1;
            let back = shell.viewer.project(&[Mark { point: found.point, normal: Some(found.normal) }])[0];
            assert!((back.at_css_px - Vec2::from_array(at)).length() < 0.05, "{view}: {at:?} {}", back.at_css_px);
            assert!(back.faces && !back.hidden);
            // The same point by its name.
            let anchor = shell.viewer.anchor(&found.written()).unwrap();
            assert!(
                (anchor.point - found.point).length() < 2e-3,
                "{}: {} {}",
                found.written(),
                anchor.point,
                found.point
            );
            assert!(near(anchor.normal.unwrap(), found.normal));
        }
        assert!(met >= 2, "{view}");
    }
}

#[test]
fn a_surface_is_written_as_in_model_viewer_with_the_vertices_of_the_file() {
    let mut shell = Shell::with_model(&[("camera-orbit", "0deg 90deg 5m")]);
    let at = by_hand(&shell, Vec3::new(0.5, 0.25, 0.25));
    let found = shell.viewer.surface_under(at.x, at.y).unwrap();
    // The file has eight corners without normals; each triangle got three vertices of its own.
    assert_eq!(found.written(), "0 0 4 5 7 0.250 0.500 0.250");
    assert!(near(found.point, Vec3::new(0.5, 0.25, 0.25)) && near(found.normal, Vec3::Z));
    assert_eq!((found.model, found.touch.material), (0, Some(0)));
    for wrong in [
        "",
        "0 0 4 5 7 0.25 0.5",
        "7 0 4 5 7 0.25 0.5 0.25",
        "0 0 4 5 99 0.25 0.5 0.25",
        "0 0 a 5 7 1 0 0",
        "3 0 0 4 5 7 1 0 0",
    ] {
        assert_eq!(shell.viewer.anchor(wrong), None, "{wrong}");
    }
    // It moves along: up to four metres in two seconds.
    shell.set("animation-name", "lift");
    shell.command(Command::Play { repetitions: 1.0, pingpong: false });
    shell.command(Command::SetCurrentTime(1.0));
    shell.command(Command::Pause);
    shell.settle();
    let moved = shell.viewer.anchor(&found.written()).unwrap();
    assert!(near(moved.point, Vec3::new(0.5, 2.25, 0.25)), "{}", moved.point);
}

#[test]
fn a_parallel_camera_of_the_file_is_seen_through_as_well() {
    let mut shell = Shell::new();
    shell.file("box.glb", model::changed(|file| {
        file["cameras"] = json!([{ "type": "orthographic", "orthographic": { "xmag": 2.0, "ymag": 1.5, "znear": 0.1, "zfar": 10.0 } }]);
        file["nodes"] = json!([{ "mesh": 0 }, { "name": "front", "camera": 0, "translation": [0.0, 0.5, 4.0] }]);
        file["scenes"] = json!([{ "nodes": [0, 1] }]);
    }));
    shell.place(true);
    shell.set("camera", "front");
    shell.set("src", "box.glb");
    shell.settle();
    // A metre is a hundred pixels, near and far.
    for (point, at) in [([1.0, 1.0, 0.25], [300.0, 100.0]), ([-1.0, 0.0, -0.25], [100.0, 200.0])] {
        assert!((spot(&shell, point).at_css_px - Vec2::from_array(at)).length() < 0.01);
    }
    assert!(spot(&shell, [0.5, 0.5, -0.25]).hidden && !spot(&shell, [0.5, 0.5, 0.25]).hidden);
    let found = shell.viewer.surface_under(250.0, 125.0).unwrap();
    assert!(near(found.point, Vec3::new(0.5, 0.75, 0.25)), "{}", found.point);
}

fn ruler(rulers: &[RulerView], axis: &str) -> RulerView {
    rulers.iter().find(|ruler| ruler.axis == axis).unwrap().clone()
}

#[test]
fn rulers_lie_on_the_outline_with_the_lengths_of_the_box_and_cross_nothing() {
    for view in ["0deg 75deg 6m", "30deg 60deg 6m", "120deg 80deg 6m", "-70deg 40deg 6m", "200deg 110deg 6m"] {
        let shell = Shell::with_model(&[("camera-orbit", view)]);
        let rulers = shell.viewer.rulers();
        let lengths = ["width", "height", "depth"].map(|axis| ruler(&rulers, axis).length);
        assert_eq!(lengths, SIZE.to_array());
        for found in &rulers {
            let [from, to] = [found.from, found.to].map(Vec3::from_array);
            assert!((from.distance(to) - found.length).abs() < 1e-5);
            for step in 0..=20 {
                let point = from.lerp(to, step as f32 / 20.0);
                let at = shell.viewer.project(&[mark(point.to_array())])[0];
                assert!(!at.hidden, "{view} {}: behind the product", found.axis);
                let under = shell.viewer.surface_under(at.at_css_px.x, at.at_css_px.y);
                assert!(under.is_none(), "{view} {}: before the product", found.axis);
            }
        }
    }
}

/// The product of the other tests, on a page.
fn shop(change: impl FnOnce(&mut serde_json::Value)) -> Shell {
    let mut file = serde_json::from_slice(&product()).unwrap();
    change(&mut file);
    let mut shell = Shell::new();
    shell.file("p/box.json", file.to_string().into_bytes());
    shell.file("p/box.glb", named("box"));
    shell.file("p/lid.glb", named("lid"));
    shell.file(
        "p/large.glb",
        model::changed(|file| {
            file["nodes"][0]["name"] = "box".into();
            file["nodes"][0]["scale"] = json!([2.0, 2.0, 2.0]);
        }),
    );
    shell.place(true);
    shell.set("interaction-prompt", "none");
    shell.set("product", "p/box.json");
    shell.settle();
    assert!(shell.viewer.loaded());
    shell
}

#[test]
fn the_file_may_name_its_own_dimensions_which_hold_while_their_choice_does() {
    let mut shell = shop(|file| {
        file["dimensions"] = json!([
            { "name": { "en": "Opening" }, "from": [0, 0, 0.3], "to": [0, 0.5, 0.3], "measured": true },
            { "name": { "en": "Lid" }, "when": "lid/flat", "from": [0, 0, 0], "to": [3, 0, 4] }]);
    });
    shell.set("scale", "2 2 2");
    let names = |shell: &Shell| shell.viewer.rulers().into_iter().map(|ruler| ruler.name).collect::<Vec<_>>();
    assert_eq!(names(&shell), ["Opening"]);
    let found = &shell.viewer.rulers()[0];
    assert_eq!((found.length, found.measured, found.to), (1.0, true, [0.0, 1.0, 0.6]));
    select(&mut shell, "lid", json!("flat"));
    assert_eq!(names(&shell), ["Opening", "Lid"]);
    assert_eq!(shell.viewer.box_rulers().len(), 3);
}

fn fit(shell: &Shell, gap: [f32; 3]) -> FitView {
    shell.viewer.fits(gap).unwrap()
}

fn ways(fit: &FitView) -> Vec<(String, String)> {
    fit.options.iter().map(|way| (way.group.clone(), way.choice.to_string())).collect()
}

#[test]
fn each_side_of_a_gap_says_what_is_left_or_missing() {
    let shell = Shell::with_model(&[]);
    let found = fit(&shell, [1.9, 1.2, 0.0]);
    assert!(!found.fits && found.turned, "there is room in front");
    let [width, height, depth] = found.sides;
    assert!((width.over - 0.1).abs() < 1e-6 && width.clearance == 0.0 && width.need == 2.0);
    assert!((height.clearance - 0.2).abs() < 1e-6 && height.over == 0.0);
    assert_eq!((depth.have, depth.over, depth.clearance), (None, 0.0, 0.0));
    assert!(fit(&shell, [2.0, 1.0, 0.5]).fits, "exactly");
    let turned = fit(&shell, [0.6, 1.0, 2.0]);
    assert!(!turned.fits && turned.turned);
}

#[test]
fn choices_that_would_fit_are_told_by_their_real_size_with_price_and_repairs() {
    let mut shell = shop(|file| {
        file["groups"][2]["choices"][0]["price"] = json!(-300);
        file["rules"] = json!([{ "id": "heavy", "when": "size/small", "excludes": ["paint/blue"], "reason": "No." }]);
    });
    select(&mut shell, "size", json!("large"));
    select(&mut shell, "paint", json!("blue"));
    select(&mut shell, "lift", json!(2));
    shell.settle();
    assert_eq!(shell.viewer.dimensions(), SIZE * 2.0);
    let found = fit(&shell, [2.5, 1.5, 0.6]);
    assert_eq!(ways(&found), [("size".to_owned(), "\"small\"".to_owned())]);
    let way = &found.options[0];
    assert_eq!((way.state, way.amount, way.others), ("repairable", -300, 1));
    let unknown: Vec<_> = found.unknown.iter().map(|way| way.group.as_str()).collect();
    assert_eq!(unknown, ["lid"], "its model was never fetched");
    assert!(fit(&shell, [4.0, 2.0, 1.0]).options.is_empty(), "there is no need to change");
}

#[test]
fn a_number_is_changed_no_more_than_it_must_and_mounted_parts_count() {
    let mut shell = shop(|file| {
        file["models"][1]["shown"] = json!(true);
        file["groups"][3]["effects"] = json!([{ "model": "small", "pointer": "/nodes/@box/translation", "map": { "from": [0, [0, 0, 0]], "to": [4, [0, 4, 0]] } }]);
    });
    // The second box stays on the floor: together they are as high as the first is lifted, and one metre.
    select(&mut shell, "lift", json!(4));
    shell.settle();
    assert_eq!(shell.viewer.dimensions(), Vec3::new(2.0, 5.0, 0.5));
    let found = fit(&shell, [2.0, 3.2, 0.5]);
    assert!((found.sides[1].over - 1.8).abs() < 1e-5);
    // Mounted on the first, the second leaves the floor, and both are one metre high.
    let expected = [("lid", "\"flat\""), ("lift", "2.0")].map(|(group, choice)| (group.to_owned(), choice.to_owned()));
    assert_eq!(ways(&found), expected);
    assert!(fit(&shell, [2.0, 0.9, 0.5]).options.is_empty());
}

#[test]
fn true_size_is_true_at_the_nearest_plane_and_ends_where_it_began() {
    let mut shell = Shell::with_model(&[]);
    let before = (shell.viewer.camera_orbit(), shell.viewer.field_of_view());
    // 96 pixels an inch.
    let scale = 96.0 / 0.0254;
    assert!(shell.viewer.show_true_size(Some(scale)));
    shell.send(anprobe::viewer::Event::Missed);
    shell.settle();
    assert!((shell.viewer.scale_css_px() / scale - 1.0).abs() < 1e-3);
    let [theta, ..] = shell.viewer.camera_orbit();
    assert_eq!(theta, before.0[0], "from the same side");
    // Ten centimetres on the nearest edge are so many pixels long.
    let edge = |x: f32| spot(&shell, [x, 1.0, 0.25]).at_css_px.x;
    let seen = (edge(0.05) - edge(-0.05)) / (0.1 * scale);
    assert!((seen - 1.0).abs() < 0.02, "{seen}");
    assert!(shell.viewer.show_true_size(None));
    shell.send(anprobe::viewer::Event::Missed);
    shell.settle();
    let after = (shell.viewer.camera_orbit(), shell.viewer.field_of_view());
    assert!((after.0[2] - before.0[2]).abs() < 1e-3 && (after.1 - before.1).abs() < 1e-3, "{before:?} {after:?}");
}

#[test]
fn a_flight_goes_where_it_is_told_and_leaves_the_page_s_own_view_alone() {
    let mut shell = Shell::with_model(&[]);
    shell.viewer.fly(Some("90deg 80deg 3m"), Some("0.5m 1m 0m"), Some("20deg"));
    shell.send(anprobe::viewer::Event::Missed);
    shell.settle();
    let [theta, phi, radius] = shell.viewer.camera_orbit().map(f32::to_degrees);
    assert!((theta - 90.0).abs() < 0.1 && (phi - 80.0).abs() < 0.1 && (radius.to_radians() - 3.0).abs() < 1e-3);
    assert!(near(shell.viewer.camera_target(), Vec3::new(0.5, 1.0, 0.0)));
    shell.key(anprobe::viewer::Key::Home, false);
    shell.settle();
    assert!(shell.viewer.camera_orbit()[0].abs() < 1e-3);
}

#[test]
fn nothing_is_found_where_nothing_stands() {
    let shell = Shell::new();
    assert!(shell.viewer.project(&[mark([0.0; 3])]).is_empty());
    assert!(shell.viewer.surface_under(1.0, 1.0).is_none() && shell.viewer.rulers().is_empty());
    assert!(shell.viewer.fits([1.0; 3]).is_none() && shell.viewer.anchor("0 0 0 1 2 1 0 0").is_none());
}
