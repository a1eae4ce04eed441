//! Cameras of the file, looked through by name or number.

use anprobe::camera::View;
use anprobe::issue::Code;
use anprobe::viewer::{Announcement, Command, Key, PointerAct};
use glam::{Mat4, Quat, Vec3, Vec4};
use serde_json::{Value, json};

use crate::model;
use crate::shell::{Shell, names};

const EYE: Vec3 = Vec3::new(3.0, 2.0, 4.0);
const YFOV: f32 = 0.9;

/// Looks at the box's middle from [`EYE`].
fn turn() -> Quat {
    let back = (EYE - Vec3::Y * 0.5).normalize_or(Vec3::Z);
    let right = Vec3::Y.cross(back).normalize_or(Vec3::X);
    Quat::from_mat3(&glam::Mat3::from_cols(right, back.cross(right), back))
}

/// The box with four cameras: `hero` on a stretched node, a parallel one without a name on the node `plan`, seen from
/// above, a nameless one that hangs on the moving box, and the first one's lens once more, near by; and one that stands
/// nowhere.
fn with_cameras(json: &mut Value) {
    let perspective = json!({ "yfov": YFOV, "znear": 3.9, "aspectRatio": 2.0 });
    json["cameras"] = json!([
        { "name": "hero", "type": "perspective", "perspective": perspective },
        { "type": "orthographic", "orthographic": { "xmag": 3.0, "ymag": 1.0, "znear": 0.1, "zfar": 1.0 } },
        { "type": "perspective", "perspective": { "yfov": 0.5, "znear": 0.1 } },
        { "name": "nowhere", "type": "perspective", "perspective": { "yfov": 0.5, "znear": 0.1 } }
    ]);
    let down = Quat::from_rotation_x(-std::f32::consts::FRAC_PI_2).to_array();
    json["nodes"] = json!([
        { "mesh": 0, "children": [3] },
        { "camera": 0, "translation": EYE.to_array(), "rotation": turn().to_array(), "scale": [2.0, 0.5, 3.0] },
        { "name": "plan", "camera": 1, "translation": [0.5, 5.0, 0.0], "rotation": down },
        { "camera": 2, "translation": [0.0, 0.0, 6.0] },
        { "name": "detail", "camera": 0, "translation": [0.0, 0.5, 2.0] }
    ]);
    json["scenes"] = json!([{ "nodes": [0, 1, 2, 4] }]);
}

fn shell(attributes: &[(&str, &str)]) -> Shell {
    let mut shell = Shell::new();
    shell.file("box.glb", model::changed(with_cameras));
    shell.file("plain.glb", model::glb());
    shell.set("camera-controls", "");
    attributes.iter().for_each(|(name, value)| shell.set(name, value));
    shell.place(true);
    shell.set("src", "box.glb");
    shell.settle();
    shell.log.clear();
    shell
}

fn view(shell: &Shell) -> View {
    shell.seen().views[0]
}

fn same(found: Mat4, expected: Mat4) {
    assert!(found.abs_diff_eq(expected, 1e-4), "{found} is not {expected}");
}

/// Where a point is in the picture.
fn seen_at(view: &View, point: Vec3) -> Vec3 {
    (view.projection_from_view * view.world_from_view.inverse()).project_point3(point)
}

fn issues(shell: &Shell) -> Vec<String> {
    let said = shell.announced().into_iter();
    let attribute = said.filter_map(|said| match said {
        Announcement::Issue(issue) if issue.code == Code::Attribute => Some(issue.detail.clone()),
        _ => None,
    });
    attribute.collect()
}

#[test]
fn the_picture_is_taken_through_the_camera_that_the_page_names() {
    let mut shell = shell(&[("camera", "hero")]);
    assert_eq!(shell.viewer.available_cameras(), ["hero", "plan", "2", "detail"]);
    assert!(issues(&shell).is_empty());
    // The node's scale counts for nothing.
    let pose = Mat4::from_rotation_translation(turn(), EYE);
    same(view(&shell).world_from_view, pose);
    // Nothing of the product is cut off, whatever the file's planes.
    for corner in [Vec3::new(1.0, 1.0, 0.25), Vec3::new(-1.0, 0.0, -0.25)] {
        let depth = seen_at(&view(&shell), corner).z;
        assert!((0.0..1.0).contains(&depth), "{depth}");
    }
    // 400 × 300 is narrower than the author's frame: that is seen whole.
    let right = view(&shell).projection_from_view.x_axis.x;
    assert!((right - 1.0 / ((0.5 * YFOV).tan() * 2.0)).abs() < 1e-5, "{right}");
    // In a wider window the height is as the file has it.
    let up = shell.viewer.frame_at(900, 300).expect("a frame").views[0].projection_from_view.y_axis.y;
    assert!((up - 1.0 / (0.5 * YFOV).tan()).abs() < 1e-5, "{up}");
    // The orbit says the same.
    let [theta, phi, radius] = shell.viewer.camera_orbit();
    let from_target = Vec3::new(phi.sin() * theta.sin(), phi.cos(), phi.sin() * theta.cos()) * radius;
    assert!((shell.viewer.camera_target() + from_target).distance(EYE) < 1e-4);
    assert!(shell.viewer.camera_target().distance(Vec3::Y * 0.5) < 1e-4);
    for (name, eye) in [("plan", Vec3::new(0.5, 5.0, 0.0)), ("detail", Vec3::new(0.0, 0.5, 2.0)), ("0", EYE)] {
        shell.set("camera", name);
        shell.settle();
        assert!(view(&shell).world_from_view.w_axis.truncate().distance(eye) < 1e-5, "{name}");
    }
    assert_eq!(names(&shell.log).iter().filter(|name| *name == "camera none").count(), 3, "{:?}", names(&shell.log));
}

#[test]
fn a_parallel_camera_shows_its_frame_and_knows_where_up_is() {
    let mut shell = shell(&[("camera", "plan")]);
    // 3 × 1 m half: in a window of 4 : 3 the width decides.
    let look = view(&shell);
    assert_eq!(look.projection_from_view.w_axis, Vec4::W);
    let corner = seen_at(&look, Vec3::new(3.5, 0.0, 0.0));
    assert!((corner.x - 1.0).abs() < 1e-5 && corner.y.abs() < 1e-5 && (0.0..1.0).contains(&corner.z), "{corner}");
    let above = seen_at(&look, Vec3::new(0.5, 0.0, -2.25));
    assert!((above.y - 1.0).abs() < 1e-5, "{above}");
    // Taken over, right stays right and up stays up.
    shell.key(Key::Left, false);
    let taken = view(&shell);
    let (right, up) = (taken.world_from_view.x_axis.truncate(), taken.world_from_view.y_axis.truncate());
    assert!(right.distance(Vec3::X) < 1e-3 && up.distance(Vec3::NEG_Z) < 1e-3, "{right} and {up}");
}

#[test]
fn the_customer_takes_the_camera_from_where_it_is() {
    for act in ["drag", "key", "wheel", "zoom"] {
        let mut shell = shell(&[("camera", "hero")]);
        let before = view(&shell);
        match act {
            "drag" => {
                shell.mouse(PointerAct::Down, 200.0, 150.0, false);
                shell.mouse(PointerAct::Move, 230.0, 150.0, false);
            }
            "key" => shell.key(Key::Up, false),
            "wheel" => shell.send(anprobe::viewer::Event::Wheel { delta_css_px: -120.0, now_secs: shell.now_secs }),
            _ => shell.command(Command::Zoom(3.0)),
        }
        let after = view(&shell);
        same(after.world_from_view, before.world_from_view);
        same(after.projection_from_view, before.projection_from_view);
        shell.settle();
        assert!(!view(&shell).world_from_view.abs_diff_eq(before.world_from_view, 0.05), "{act} moves on from there");
        assert!(names(&shell.log).contains(&"camera user-interaction".to_owned()), "{act}");
        // And home again to what the page names.
        shell.key(Key::Home, false);
        shell.settle();
        same(view(&shell).world_from_view, before.world_from_view);
    }
}

#[test]
fn without_the_attribute_the_orbit_of_the_page_has_the_eye() {
    let mut shell = shell(&[("camera-orbit", "30deg 60deg 5m")]);
    let before = view(&shell);
    shell.set("camera", "hero");
    shell.settle();
    shell.set("camera-orbit", "40deg 60deg 5m");
    shell.settle();
    assert!(view(&shell).world_from_view.w_axis.truncate().distance(EYE) < 1e-4, "the file's camera comes first");
    shell.set("camera-orbit", "30deg 60deg 5m");
    shell.unset("camera");
    shell.settle();
    same(view(&shell).world_from_view, before.world_from_view);
    same(view(&shell).projection_from_view, before.projection_from_view);
}

#[test]
fn a_camera_that_is_not_there_is_reported_and_changes_nothing() {
    for name in ["side", "3", "nowhere", "-1", "0.0", "hero "] {
        let mut shell = shell(&[]);
        let before = view(&shell);
        shell.set("camera", name);
        shell.settle();
        same(view(&shell).world_from_view, before.world_from_view);
        let said = issues(&shell);
        assert!(said.len() == 1 && said[0].ends_with(&format!("“{name}”")), "{said:?}");
    }
}

#[test]
fn a_camera_on_a_moving_node_moves_with_it_and_the_turntable_waits() {
    let mut shell = shell(&[("camera", "2"), ("auto-rotate", ""), ("auto-rotate-delay", "0")]);
    for _ in 0..30 {
        shell.frame(0.1);
    }
    assert_eq!(shell.viewer.turntable_rotation(), 0.0);
    let still = view(&shell).world_from_view.w_axis.y;
    shell.command(Command::SetCurrentTime(1.0));
    shell.command(Command::Play { repetitions: f32::INFINITY, pingpong: false });
    for _ in 0..10 {
        shell.frame(0.05);
    }
    let moved = view(&shell).world_from_view.w_axis.y;
    assert!(moved > still + 0.5, "from {still} to {moved}");
    assert!((shell.viewer.camera_target().y - moved).abs() < 0.3, "the orbit follows");
}

#[test]
fn a_snapshot_knows_whether_the_customer_has_left() {
    let mut stays = shell(&[("camera", "hero")]);
    let mut left = shell(&[("camera", "hero")]);
    left.key(Key::Left, false);
    left.settle();
    for from in [&mut stays, &mut left] {
        let mut back = Shell::new();
        back.file("box.glb", model::changed(with_cameras));
        back.place(true);
        back.command(Command::Restore(from.viewer.snapshot()));
        back.settle();
        same(view(&back).world_from_view, view(from).world_from_view);
        assert_eq!(back.viewer.snapshot(), from.viewer.snapshot());
        // The attribute is there in both; the machine that left comes back to where it was.
        from.key(Key::Home, false);
        from.settle();
        let snapshot = back.viewer.snapshot();
        from.command(Command::Restore(snapshot));
        from.settle();
        same(view(from).world_from_view, view(&back).world_from_view);
    }
}

#[test]
fn another_model_is_asked_for_the_camera_anew() {
    let mut shell = shell(&[("camera", "hero")]);
    shell.set("src", "plain.glb");
    shell.settle();
    assert_eq!(issues(&shell).len(), 1);
    assert!(shell.viewer.available_cameras().is_empty());
    assert!(view(&shell).world_from_view.w_axis.truncate().distance(EYE) > 0.5);
    shell.set("src", "box.glb");
    shell.settle();
    same(view(&shell).world_from_view, Mat4::from_rotation_translation(turn(), EYE));
}

#[test]
fn what_moves_nothing_does_not_take_the_camera() {
    let mut shell = shell(&[("camera", "plan"), ("disable-zoom", "")]);
    let before = view(&shell);
    shell.mouse(PointerAct::Down, 200.0, 150.0, false);
    shell.key(Key::PageUp, false);
    shell.settle();
    same(view(&shell).projection_from_view, before.projection_from_view);
    // The page may set what it likes meanwhile: the orbit stands where the file's camera does.
    let orbit = shell.viewer.camera_orbit();
    shell.set("camera-orbit", "30deg 60deg 5m");
    shell.set("min-camera-orbit", "auto auto 50m");
    assert_eq!(shell.viewer.camera_orbit(), orbit);
}

#[test]
fn a_model_that_is_about_to_go_is_not_asked_for_a_camera() {
    let mut shell = shell(&[]);
    shell.set("src", "plain.glb");
    shell.settle();
    shell.set("src", "box.glb");
    shell.set("camera", "hero");
    shell.settle();
    assert!(issues(&shell).is_empty());
    same(view(&shell).world_from_view, Mat4::from_rotation_translation(turn(), EYE));
}
