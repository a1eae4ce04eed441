//! The machine's side: what is owned, what comes, marks and hands.

use anprobe::align::Deed;
use anprobe::frame::{Background, Frame};
use anprobe::scene::Role;
use anprobe::viewer::{Command, Event, PhotoView, ProductCommand};
use serde_json::json;

use crate::shell::Shell;

/// A page with a sample whose present configuration is owned.
pub(crate) fn owning(name: &str) -> Shell {
    let mut shell = Shell::new();
    for file in [format!("{name}.json"), format!("{name}.glb")] {
        shell.file(&file, std::fs::read(format!("assets/{file}")).unwrap());
    }
    shell.place(true);
    shell.set("product", &format!("{name}.json"));
    shell.settle();
    assert!(shell.viewer.loaded(), "{:?}", shell.announced());
    let code = shell.viewer.session().unwrap().code();
    shell.set("owned", &code);
    shell.settle();
    shell
}

pub(crate) fn select(shell: &mut Shell, group: &str, choice: &str) {
    let command = ProductCommand::Select { group: group.to_owned(), answer: json!(choice).to_string() };
    shell.command(Command::Product(command));
    shell.settle();
}

/// Shows a picture of this shape.
pub(crate) fn show(shell: &mut Shell, aspect: f32, focal: Option<f32>) -> bool {
    let mut effects = Vec::new();
    let shown = shell.viewer.show_photo(aspect, focal, &mut effects);
    shell.open.extend(effects.iter().cloned());
    shell.log.extend(effects);
    shell.settle();
    shown
}

pub(crate) fn view(shell: &mut Shell, view: PhotoView) {
    let mut effects = Vec::new();
    shell.viewer.view_photo(view, &mut effects);
    shell.open.extend(effects);
    shell.settle();
}

/// Names of the nodes that are seen in a role.
fn nodes(frame: &Frame<'_>, role: impl Fn(Role) -> bool) -> Vec<String> {
    let placed = frame.looks.iter().flat_map(|look| &look.placed).filter(|placed| role(placed.overlay.role));
    let mut out: Vec<String> = placed
        .flat_map(|placed| {
            let nodes = placed.scene.nodes.iter().filter(|(_, node)| node.mesh.is_some());
            nodes.filter(|(at, _)| placed.pose.visible[*at]).map(|(_, node)| node.name.clone())
        })
        .collect();
    out.sort();
    out
}

#[test]
fn without_a_product_of_ones_own_there_is_no_picture() {
    let mut shell = owning("lamp");
    shell.set("owned", "");
    shell.settle();
    assert!(!show(&mut shell, 0.75, None));
    assert!(shell.viewer.photo_state().is_none());
    assert_eq!(shell.seen().background, Background::Transparent);
}

#[test]
fn each_step_draws_what_it_is_about() {
    let mut shell = owning("lamp");
    select(&mut shell, "base", "charging");
    assert!(show(&mut shell, 0.75, None));
    let state = shell.viewer.photo_state().unwrap();
    assert!(state.ready && state.brings && state.view == "align" && !state.knows_focal, "{state:?}");
    let outlined = nodes(&shell.seen(), |role| matches!(role, Role::Outline { width_px } if width_px == 2.5));
    assert!(outlined.contains(&"base".to_owned()) && !outlined.contains(&"charger".to_owned()), "{outlined:?}");
    assert_eq!(outlined, nodes(&shell.seen(), |_| true), "nothing else is drawn");
    view(&mut shell, PhotoView::Before);
    assert_eq!(nodes(&shell.seen(), |_| true), Vec::<String>::new());
    view(&mut shell, PhotoView::After);
    assert_eq!(nodes(&shell.seen(), |role| role == Role::Seen), ["charger"]);
    let hiding = nodes(&shell.seen(), |role| role == Role::DepthOnly);
    assert!(hiding.contains(&"base".to_owned()) && hiding.contains(&"arm_upper".to_owned()), "{hiding:?}");
    assert!(!hiding.contains(&"charger".to_owned()));
    assert!(shell.seen().floor_shadow.is_some());
    // Another choice shows in the next picture.
    select(&mut shell, "shade", "printed");
    assert_eq!(nodes(&shell.seen(), |role| role == Role::Seen), ["charger", "shade_printed"]);
    // Another finish is drawn wherever it is.
    select(&mut shell, "finish", "sage");
    assert!(nodes(&shell.seen(), |role| role == Role::Seen).contains(&"base".to_owned()));
    // What is owned: nothing comes.
    let owned = shell.viewer.session().unwrap();
    let owned = owned.catalog().code(owned.owned().unwrap());
    shell.command(Command::Product(ProductCommand::Open(owned)));
    shell.settle();
    assert!(!shell.viewer.photo_state().unwrap().brings);
    assert_eq!(nodes(&shell.seen(), |role| role == Role::Seen), Vec::<String>::new());
    // Nothing is owned any more: the product stands again.
    shell.set("owned", "");
    shell.settle();
    assert!(shell.viewer.photo_state().is_none());
    assert_eq!(shell.seen().background, Background::Transparent);
}

#[test]
fn the_outline_is_as_wide_on_the_page_however_fine_the_picture() {
    let mut shell = owning("lamp");
    assert!(show(&mut shell, 0.75, None));
    for (pixel_ratio, wanted) in [(1.0, 1.25), (0.5, 1.0), (3.0, 3.75)] {
        shell.send(Event::Resized { width_css_px: 400.0, height_css_px: 300.0, pixel_ratio });
        shell.settle();
        let frame = shell.seen();
        let roles = frame.looks.iter().flat_map(|look| &look.placed).map(|placed| placed.overlay.role);
        assert!(roles.clone().count() > 0 && roles.clone().all(|role| role == Role::Outline { width_px: wanted }));
    }
}

#[test]
fn a_picture_ends_with_its_product_and_on_demand() {
    let mut shell = owning("lamp");
    let before = shell.seen().views[0];
    assert!(show(&mut shell, 1.5, None));
    assert_ne!(shell.seen().views[0], before);
    shell.viewer.end_photo();
    shell.settle();
    assert_eq!(shell.seen().views[0], before, "the camera is where it was");
    assert!(show(&mut shell, 1.5, None));
    shell.unset("product");
    shell.settle();
    assert!(shell.viewer.photo_state().is_none());
}

#[test]
fn points_of_the_samples_are_on_their_products() {
    for (name, least) in [("lamp", 5), ("car", 8)] {
        let mut shell = owning(name);
        assert!(show(&mut shell, 1.0, None));
        let product = shell.viewer.session().unwrap().catalog().product().align.clone();
        let marks = shell.viewer.photo_state().unwrap().marks;
        assert!(marks.len() >= least, "{name}: {marks:?}");
        for (_, point) in product.iter() {
            assert!(marks.iter().any(|mark| mark.id == point.id) || point.when.is_some(), "{name}: {}", point.id);
            assert!(["en", "de"].iter().all(|language| !point.name.in_language(language).is_empty()));
        }
    }
}

#[test]
fn marks_stay_in_the_picture_when_the_page_changes_and_bring_the_outline_there() {
    let mut shell = owning("lamp");
    assert!(show(&mut shell, 0.75, Some(26.0)));
    assert!(shell.viewer.photo_state().unwrap().knows_focal);
    let marks = shell.viewer.photo_state().unwrap().marks;
    // The customer marks where the outline will be after a move.
    let kept = shell.viewer.photo_state().unwrap().numbers;
    for deed in [Deed::Turn(0.25), Deed::Tilt(-0.1), Deed::Scale(0.85), Deed::Twist(0.1)] {
        shell.viewer.move_photo(deed);
    }
    shell.viewer.drag_photo(12.0, -8.0);
    let wanted = shell.viewer.photo_state().unwrap();
    for mark in &wanted.marks {
        let [x, y] = mark.expected.unwrap();
        assert!(shell.viewer.mark_photo(&mark.id, x, y));
    }
    assert!(!shell.viewer.mark_photo("nothing", 0.0, 0.0));
    assert!(shell.viewer.align_photo(kept));
    assert_eq!(shell.viewer.photo_state().unwrap().marks.len(), marks.len());
    let off = shell.viewer.solve_photo().unwrap();
    assert!(off < 0.01, "{off}");
    let found = shell.viewer.photo_state().unwrap();
    for (one, other) in found.numbers.iter().zip(wanted.numbers) {
        assert!((one - other).abs() < 1e-3, "{found:?} {wanted:?}");
    }
    // Half as large a page: marks are where they were in the picture.
    let resized = Event::Resized { width_css_px: 200.0, height_css_px: 150.0, pixel_ratio: 1.0 };
    shell.send(resized);
    let smaller = shell.viewer.photo_state().unwrap();
    for (one, other) in smaller.marks.iter().zip(&found.marks) {
        let ([x, y], [wide_x, wide_y]) = (one.marked.unwrap(), other.marked.unwrap());
        assert!((2.0 * x - wide_x).abs() < 0.01 && (2.0 * y - wide_y).abs() < 0.01);
    }
    shell.viewer.unmark_photo("elbow");
    let left: Vec<String> = shell
        .viewer
        .photo_state()
        .unwrap()
        .marks
        .iter()
        .filter(|mark| mark.marked.is_some())
        .map(|mark| mark.id.clone())
        .collect();
    assert!(!left.contains(&"elbow".to_owned()) && left.len() == marks.len() - 1);
    shell.viewer.unmark_photo("");
    let (fault, _) = shell.viewer.solve_photo().unwrap_err();
    assert_eq!(fault.code().as_str(), "ALIGN_TOO_FEW");
}

#[test]
fn a_finger_carries_the_product_along_and_fields_say_the_same() {
    let mut shell = owning("lamp");
    assert!(show(&mut shell, 4.0 / 3.0, None));
    let before = shell.viewer.photo_state().unwrap();
    shell.viewer.drag_photo(30.0, 15.0);
    let after = shell.viewer.photo_state().unwrap();
    // The element is 400 × 300 CSS pixels, as the picture is.
    assert!((after.right - before.right - 0.1).abs() < 1e-5 && (after.up - before.up + 0.05).abs() < 1e-5);
    for (name, number) in
        [("turn", 20.0), ("tilt", 35.0), ("roll", -4.0), ("right", 0.1), ("up", -0.2), ("distance", 1.5)]
    {
        assert!(shell.viewer.set_photo(name, number), "{name}");
    }
    assert!(shell.viewer.set_photo("focal", 35.0) && !shell.viewer.set_photo("nothing", 1.0));
    let set = shell.viewer.photo_state().unwrap();
    let numbers = [set.turn, set.tilt, set.roll, set.right, set.up, set.focal];
    for (found, wanted) in numbers.into_iter().zip([20.0, 35.0, -4.0, 0.1, -0.2, 35.0]) {
        assert!((found - wanted).abs() < 1e-3, "{set:?}");
    }
    assert!(set.distance > 1.8, "a longer lens stands farther away: {set:?}");
}
