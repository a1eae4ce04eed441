//! The upgrade on the thing itself, in a room: aligned by hand and by points, then drawn in place.

use anprobe::place::DepthMap;
use anprobe::scene::Role;
use anprobe::viewer::{Event, Moment, ProductCommand, XrCommand, XrEvent};
use glam::{Mat4, Quat, Vec3};
use serde_json::json;

use crate::product::{code, order, select, standing};
use crate::room::{PHONE, finger, head, moment, near};
use crate::shell::Shell;

/// Nodes with a mesh that are seen in a role, of all but the session's own things.
fn in_role(shell: &Shell, is: impl Fn(Role) -> bool) -> Vec<String> {
    let frame = shell.viewer.room_frame(500, 1000).unwrap();
    let placed = frame.looks.iter().flat_map(|look| &look.placed).filter(|placed| is(placed.overlay.role));
    let seen = placed.flat_map(|placed| {
        let nodes = placed.scene.nodes.iter().filter(|(_, node)| node.mesh.is_some());
        nodes.filter(|(at, _)| placed.pose.visible[*at]).map(|(_, node)| node.name.clone())
    });
    seen.collect()
}

fn owning() -> Shell {
    let mut shell = standing();
    shell.set("owned", &code(&shell));
    shell.placed();
    select(&mut shell, "lid", json!("flat"));
    shell.settle();
    shell.live(moment());
    shell
}

#[test]
fn on_the_thing_itself_an_outline_is_aligned_then_the_owned_part_hides_and_the_upgrade_is_seen() {
    let mut shell = owning();
    let stood = shell.viewer.world_from_placed().unwrap();
    shell.ask(XrCommand::Align(true));
    shell.settle();
    shell.live(moment());
    let view = shell.viewer.room().unwrap();
    assert_eq!((view.align, view.hint), ("aligning", "align"));
    assert!(shell.viewer.world_from_placed().unwrap().abs_diff_eq(stood, 1e-5), "it is where it was");
    let outlined = in_role(&shell, |role| matches!(role, Role::Outline { width_px } if (0.9..1.6).contains(&width_px)));
    assert_eq!(outlined, ["box"]);
    assert!(in_role(&shell, |role| role == Role::Seen || role == Role::DepthOnly).is_empty(), "and nothing else");
    assert!(shell.viewer.room_frame(500, 1000).unwrap().floor_shadow.is_none(), "a line casts no shadow");
    shell.ask(XrCommand::Nudge([0.002, 0.0, -0.002, 0.0]));
    near(shell.stands_at(), stood.w_axis.truncate() + Vec3::new(0.002, 0.0, -0.002));
    shell.ask(XrCommand::Nudge([0.0, 0.02, 0.0, 0.0]));
    let aligned = shell.viewer.world_from_placed().unwrap();
    shell.ask(XrCommand::Align(false));
    shell.live(moment());
    assert_eq!(shell.viewer.room().unwrap().align, "aligned");
    assert!(shell.viewer.world_from_placed().unwrap().abs_diff_eq(aligned, 1e-6), "what is aligned stays");
    assert_eq!(in_role(&shell, |role| role == Role::DepthOnly), ["box"]);
    assert_eq!(in_role(&shell, |role| role == Role::Seen), ["lid"]);
    let shadow = shell.viewer.room_frame(500, 1000).unwrap().floor_shadow.expect("what comes casts one");
    assert!(shadow.intensity > 0.0);
    // Another choice shows at once, and nothing moves.
    select(&mut shell, "lid", json!("none"));
    shell.settle();
    shell.live(moment());
    assert_eq!(shell.hint(), "align-same", "what is chosen is what is owned");
    assert!(shell.viewer.world_from_placed().unwrap().abs_diff_eq(aligned, 1e-6));
    select(&mut shell, "lid", json!("flat"));
    shell.settle();
    shell.live(moment());
    assert_eq!(shell.hint(), "");
    shell.ask(XrCommand::BeforeAfter);
    assert!(in_role(&shell, |role| role != Role::Sign).is_empty(), "before: the thing itself");
    assert!(shell.viewer.room().unwrap().before);
    shell.ask(XrCommand::BeforeAfter);
    assert_eq!(in_role(&shell, |role| role == Role::Seen), ["lid"]);
    // The page shows the whole product again.
    shell.send(Event::Xr(XrEvent::Ended));
    let frame = shell.viewer.frame().unwrap();
    assert!(frame.looks[0].placed.iter().all(|placed| placed.overlay.role == Role::Seen));
    assert!(shell.viewer.compared().is_none());
}

#[test]
fn who_owns_nothing_any_more_sees_the_product() {
    let mut shell = owning();
    shell.ask(XrCommand::Align(true));
    shell.live(moment());
    shell.unset("owned");
    shell.settle();
    shell.live(moment());
    assert_eq!(shell.viewer.room().unwrap().align, "off");
    assert_eq!(in_role(&shell, |role| role == Role::Seen), ["box", "lid"]);
    shell.ask(XrCommand::Align(true));
    assert_eq!(shell.viewer.room().unwrap().align, "off");
}

#[test]
fn a_comparison_of_the_session_ends_with_it() {
    let mut shell = owning();
    shell.ask(XrCommand::BeforeAfter);
    shell.settle();
    assert!(shell.viewer.compared().is_some());
    shell.send(Event::Xr(XrEvent::Ended));
    assert!(shell.viewer.compared().is_none());
    // One of the page's own stays.
    order(&mut shell, ProductCommand::Compare { a: String::new(), b: String::new() });
    shell.enter(PHONE);
    shell.ask(XrCommand::BeforeAfter);
    shell.send(Event::Xr(XrEvent::Ended));
    assert!(shell.viewer.compared().is_some());
}

/// A lamp of one's own that stands on the floor, turned and a metre and a half away: taps on its points.
fn marked(depth_off: impl Fn(usize) -> f32) -> Shell {
    let mut shell = Shell::new();
    for file in ["lamp.json", "lamp.glb"] {
        shell.file(file, std::fs::read(format!("assets/{file}")).unwrap());
    }
    shell.place(true);
    shell.set("product", "lamp.json");
    shell.settle();
    shell.set("owned", &code(&shell));
    shell.settle();
    shell.placed();
    shell.ask(XrCommand::Align(true));
    shell.settle();
    shell.live(moment());
    assert!(shell.viewer.room().unwrap().marks);
    shell.ask(XrCommand::Points(true));
    shell.live(moment());
    for at in 0..3 {
        let view = shell.viewer.room().unwrap();
        assert_eq!((view.hint, view.marking), ("mark", true), "{at}");
        tap_point(&mut shell, depth_off(at));
    }
    shell
}

fn truth() -> Mat4 {
    Mat4::from_rotation_translation(Quat::from_rotation_y(0.9), Vec3::new(0.2, 0.01, -1.3))
}

/// Taps where the point that is asked for is on the real lamp, so that the device sees it farther by so much.
fn tap_point(shell: &mut Shell, farther: f32) {
    let name = shell.viewer.room().unwrap().point.expect("a point is asked for");
    let position = shell.viewer.align_points().into_iter().find(|(known, _)| *known == name).unwrap().1;
    let at = truth().transform_point3(position);
    let seen = head().inverse().transform_point3(at);
    let metres = vec![-seen.z + farther; 12];
    let depths = || vec![DepthMap { eye: 0, map_from_view: Mat4::IDENTITY, size_px: [4, 3], metres: metres.clone() }];
    let pointed = finger(1, at);
    shell.press(pointed, true);
    shell.live(Moment { pointers: vec![pointed], depths: depths(), ..moment() });
    shell.press(pointed, false);
    shell.live(Moment { depths: depths(), ..moment() });
}

#[test]
fn three_points_lay_the_outline_on_the_thing() {
    let mut shell = marked(|_| 0.0);
    let view = shell.viewer.room().unwrap();
    assert_eq!((view.marking, view.trouble, view.hint), (false, "", "align"));
    assert!(view.off.is_some_and(|off| off < 1e-3), "{:?}", view.off);
    let found = shell.viewer.world_from_placed().unwrap();
    assert!(found.abs_diff_eq(truth(), 1e-3), "{found} {}", truth());
    // It can be carried on by fine steps, and stays where it was laid.
    shell.ask(XrCommand::Align(false));
    shell.live(moment());
    assert!(shell.viewer.world_from_placed().unwrap().abs_diff_eq(found, 1e-6));
}

#[test]
fn a_point_behind_the_thing_is_told_and_marked_again() {
    let mut shell = marked(|at| if at == 1 { 0.7 } else { 0.0 });
    let view = shell.viewer.room().unwrap();
    assert_eq!((view.marking, view.trouble), (true, "ALIGN_APART"));
    // Of four the wrong one can be told.
    tap_point(&mut shell, 0.0);
    let view = shell.viewer.room().unwrap();
    assert_eq!(view.trouble, "ALIGN_OUTLIER");
    tap_point(&mut shell, 0.0);
    assert!(shell.viewer.world_from_placed().unwrap().abs_diff_eq(truth(), 1e-3));
}

#[test]
fn a_tap_that_nothing_measures_marks_nothing_and_points_may_be_skipped() {
    let mut shell = marked(|_| 0.0);
    shell.ask(XrCommand::Points(true));
    let first = shell.viewer.room().unwrap().point;
    shell.tap(finger(1, Vec3::new(0.0, 0.3, -1.2)));
    let view = shell.viewer.room().unwrap();
    assert_eq!((view.trouble, &view.point), ("ALIGN_MISSED", &first));
    shell.ask(XrCommand::Skip);
    let second = shell.viewer.room().unwrap().point;
    assert!(second.is_some() && second != first);
    shell.ask(XrCommand::Back);
    assert_eq!(shell.viewer.room().unwrap().point, first);
    for _ in 0..9 {
        shell.ask(XrCommand::Skip);
    }
    assert!(shell.viewer.room().unwrap().point.is_some(), "it begins anew");
    shell.ask(XrCommand::Points(false));
    assert!(!shell.viewer.room().unwrap().marking);
}
