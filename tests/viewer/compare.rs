//! Before and after: two sides with one camera, marks on what differs, and the steps of an upgrade.

use anprobe::frame::Frame;
use anprobe::product::Outcome;
use anprobe::viewer::{Command, ProductCommand, Trial, TrialSide};
use glam::{Vec3, Vec4};
use serde_json::json;

use crate::product::{code, named, order, product, select, standing, variant};
use crate::shell::{Shell, names};

fn compare(shell: &mut Shell, a: &str, b: &str) {
    order(shell, ProductCommand::Compare { a: a.to_owned(), b: b.to_owned() });
    shell.settle();
}

fn wipe(shell: &mut Shell, share: f32) {
    order(shell, ProductCommand::Wipe(share));
}

fn code_of(choices: &[(&str, serde_json::Value)]) -> String {
    let mut shell = standing();
    choices.iter().for_each(|(group, choice)| select(&mut shell, group, choice.clone()));
    code(&shell)
}

/// All that decides on a picture.
fn essence(frame: &Frame<'_>) -> String {
    let placed = frame.looks.iter().map(|look| {
        let all = look.placed.iter();
        all.map(|one| (one.world_from_scene, one.pose.clone(), one.overlay.clone())).collect::<Vec<_>>()
    });
    // Poses hold room to compute in, which is of no account.
    let placed: Vec<Vec<_>> = placed
        .map(|look| {
            let each = look.into_iter();
            each.map(|(world, pose, overlay)| (world, pose.scene_from_node, pose.visible, pose.weights, overlay))
                .collect()
        })
        .collect();
    format!("{placed:?} {:?} {:?}", frame.views, frame.floor_shadow)
}

#[test]
fn each_end_is_the_picture_of_its_side_alone() {
    let (plain, lidded) =
        (code_of(&[]), code_of(&[("paint", json!("blue")), ("lid", json!("flat")), ("lift", json!(3))]));
    let alone = |code: &str| {
        let mut shell = standing();
        shell.set("shadow-intensity", "1");
        order(&mut shell, ProductCommand::Open(code.to_owned()));
        shell.settle();
        essence(&shell.seen())
    };
    let mut shell = standing();
    shell.set("shadow-intensity", "1");
    compare(&mut shell, &plain, &lidded);
    assert!(shell.viewer.compared().unwrap().is_ready);
    wipe(&mut shell, 1.0);
    assert_eq!(essence(&shell.seen()), alone(&plain));
    wipe(&mut shell, 0.0);
    assert_eq!(essence(&shell.seen()), alone(&lidded));
    assert_ne!(alone(&plain), alone(&lidded));
}

#[test]
fn between_the_ends_both_halves_show_what_the_whole_picture_has_there() {
    let lidded = code_of(&[("lid", json!("flat"))]);
    let mut shell = standing();
    let plain = code(&shell);
    compare(&mut shell, &plain, &lidded);
    wipe(&mut shell, 0.25);
    let whole = shell.seen().views[0].viewport_px;
    assert_eq!(whole, [0, 0, 200, 600]);
    let frame = shell.seen();
    assert_eq!(
        frame.views.iter().map(|view| (view.viewport_px, view.look)).collect::<Vec<_>>(),
        [([0, 0, 200, 600], 0), ([200, 0, 600, 600], 1)]
    );
    wipe(&mut shell, 0.0);
    let alone = shell.seen().views[0];
    // A point is at the same pixel, whichever view shows it.
    let pixel = |view: &anprobe::camera::View, point: Vec3| {
        let clip = view.projection_from_view * view.world_from_view.inverse() * point.extend(1.0);
        let ndc: Vec4 = clip / clip.w;
        let [x, y, width, height] = view.viewport_px.map(|px| px as f32);
        (x + (ndc.x + 1.0) / 2.0 * width, y + (1.0 - ndc.y) / 2.0 * height)
    };
    wipe(&mut shell, 0.25);
    let split = shell.seen();
    for point in [Vec3::ZERO, Vec3::new(-0.9, 0.7, 0.2), Vec3::new(0.4, 0.1, -0.25)] {
        let expected = pixel(&alone, point);
        for view in &split.views {
            let found = pixel(view, point);
            assert!(
                (found.0 - expected.0).abs() < 0.01 && (found.1 - expected.1).abs() < 0.01,
                "{found:?} {expected:?}"
            );
        }
    }
}

#[test]
fn what_is_owned_stays_on_the_left_while_choices_follow_on_the_right() {
    let mut shell = standing();
    order(&mut shell, ProductCommand::Compare { a: String::new(), b: String::new() });
    assert_eq!(shell.viewer.outcome(), &Outcome::Unknown, "nothing is owned");
    let own = code(&shell);
    shell.set("owned", &own);
    compare(&mut shell, "", "");
    wipe(&mut shell, 0.0);
    select(&mut shell, "paint", json!("blue"));
    shell.settle();
    assert_eq!(variant(&shell), Some(1));
    wipe(&mut shell, 1.0);
    assert_eq!(variant(&shell), Some(0));
    // Without what is owned there is nothing to compare with.
    shell.set("owned", "");
    assert!(shell.viewer.compared().is_none());
    assert_eq!(variant(&shell), Some(1));
}

#[test]
fn a_side_waits_for_its_models_and_the_page_is_told_when_it_is_there() {
    let lidded = code_of(&[("lid", json!("flat"))]);
    let mut shell = standing();
    order(&mut shell, ProductCommand::Compare { a: code_of(&[]), b: lidded });
    assert!(!shell.viewer.compared().unwrap().is_ready);
    assert_eq!(shell.seen().views.len(), 1, "what is chosen is seen until then");
    assert!(names(&shell.open).contains(&"fetch p/lid.glb".to_owned()));
    shell.log.clear();
    shell.settle();
    assert!(shell.viewer.compared().unwrap().is_ready);
    assert!(names(&shell.log).contains(&"ComparisonChange".to_owned()), "{:?}", names(&shell.log));
    order(&mut shell, ProductCommand::EndComparison);
    assert_eq!(shell.seen().views.len(), 1);
    assert!(shell.viewer.compared().is_none());
}

#[test]
fn marks_tint_what_comes_and_leave_ghosts_of_what_goes() {
    let lidded = code_of(&[("lid", json!("flat"))]);
    let plain = code_of(&[]);
    let mut shell = standing();
    compare(&mut shell, &plain, &lidded);
    wipe(&mut shell, 0.0);
    let before = essence(&shell.seen());
    order(&mut shell, ProductCommand::Marks(true));
    let frame = shell.seen();
    let glowing = frame.looks[0].placed.iter().filter(|placed| {
        placed.overlay.materials.values().any(|material| material.emissive_factor.z > 0.0)
            && placed.pose.visible.contains(&true)
    });
    assert_eq!(glowing.count(), 1, "the lid alone is new");
    compare(&mut shell, &lidded, &plain);
    let frame = shell.seen();
    let ghosts = frame.looks[0].placed.iter().filter(|placed| {
        placed.overlay.materials.values().all(|material| material.base_color_factor.w < 1.0)
            && !placed.overlay.materials.is_empty()
    });
    assert_eq!(ghosts.count(), 1, "the lid alone is gone");
    order(&mut shell, ProductCommand::Marks(false));
    compare(&mut shell, &plain, &lidded);
    assert_eq!(essence(&shell.seen()), before);
}

fn with_upgrade() -> Shell {
    let mut file: serde_json::Value = serde_json::from_slice(&product()).unwrap();
    file["upgrades"] = json!([{ "id": "lid", "name": "Lid", "from": "lid/none", "to": ["lid/flat"], "install": { "steps": [
        { "text": "Turn it.", "animation": "slide", "camera": { "orbit": "90deg 60deg 50%" } },
        { "text": "Put the lid on.", "parts": ["lid"] }
    ] } }]);
    let mut shell = Shell::new();
    shell.file("p/box.json", file.to_string().into_bytes());
    shell.file("p/box.glb", named("box"));
    shell.file("p/lid.glb", named("lid"));
    shell.set("interaction-prompt", "none");
    shell.place(true);
    shell.set("product", "p/box.json");
    shell.settle();
    let own = code(&shell);
    shell.set("owned", &own);
    shell.settle();
    shell
}

fn step(shell: &mut Shell, step: usize) {
    order(shell, ProductCommand::Step { upgrade: "lid".to_owned(), step });
    shell.settle();
}

#[test]
fn steps_show_new_parts_when_they_come_and_end_where_they_began() {
    let mut shell = with_upgrade();
    let (before, eye) = (essence(&shell.seen()), shell.viewer.camera_orbit());
    let is_seen =
        |shell: &Shell| shell.seen().looks[0].placed.iter().filter(|one| one.pose.visible.contains(&true)).count();
    step(&mut shell, 0);
    assert_eq!(is_seen(&shell), 1, "the lid is not there yet");
    assert!((shell.viewer.camera_orbit()[0] - 90f32.to_radians()).abs() < 1e-3, "{:?}", shell.viewer.camera_orbit());
    step(&mut shell, 1);
    assert_eq!(is_seen(&shell), 2);
    let frame = shell.seen();
    let clay = frame.looks[0]
        .placed
        .iter()
        .filter(|one| one.pose.visible.contains(&true))
        .map(|one| one.overlay.materials.values().any(|material| material.roughness_factor == 0.9));
    assert_eq!(clay.collect::<Vec<_>>(), [true, false], "the lid keeps its colours, the box steps back");
    order(&mut shell, ProductCommand::EndSteps);
    shell.settle();
    assert_eq!(essence(&shell.seen()), before);
    assert_eq!(shell.viewer.camera_orbit(), eye);
}

#[test]
fn a_snapshot_of_a_step_has_the_view_before_it() {
    let mut shell = with_upgrade();
    let before = shell.viewer.snapshot();
    step(&mut shell, 1);
    assert_eq!(shell.viewer.snapshot(), before);
}

#[test]
fn only_steps_of_upgrades_that_fit_are_shown() {
    let mut shell = with_upgrade();
    let before = essence(&shell.seen());
    for (upgrade, at) in [("lid", 2), ("roof", 0)] {
        order(&mut shell, ProductCommand::Step { upgrade: upgrade.to_owned(), step: at });
        assert_eq!(shell.viewer.outcome(), &Outcome::Unknown);
    }
    select(&mut shell, "lid", json!("flat"));
    let lidded = code(&shell);
    shell.set("owned", &lidded);
    step(&mut shell, 0);
    assert_eq!(shell.viewer.outcome(), &Outcome::Unknown, "its owner has it");
    order(&mut shell, ProductCommand::Undo);
    shell.set("owned", "");
    shell.settle();
    assert_eq!(essence(&shell.seen()), before);
}

#[test]
fn a_trial_shows_another_choice_small_and_changes_nothing() {
    let mut shell = standing();
    let blue = code_of(&[("paint", json!("blue"))]);
    let before = essence(&shell.seen());
    let mut effects = Vec::new();
    assert_eq!(shell.viewer.try_look(&blue, &mut effects), Trial::Ready);
    {
        let frame = shell.viewer.trial_frame(64, 64, "paint", TrialSide::Front, [0.0, 0.0, 1.0, 1.0]).unwrap();
        assert_eq!(frame.looks[0].placed[0].overlay.variant, Some(1));
        assert_eq!(frame.views[0].viewport_px, [0, 0, 64, 64]);
        let behind = shell.viewer.trial_frame(64, 64, "paint", TrialSide::Back, [0.0, 0.0, 1.0, 1.0]).unwrap();
        assert!(behind.views[0].world_from_view.w_axis.z < 0.0 && frame.views[0].world_from_view.w_axis.z > 0.0);
    }
    assert_eq!(essence(&shell.seen()), before);
    let lidded = code_of(&[("lid", json!("flat"))]);
    assert_eq!(shell.viewer.try_look(&lidded, &mut effects), Trial::Nothing, "no model is fetched for it");
    assert_eq!(shell.viewer.try_look("?", &mut effects), Trial::Nothing);
    assert!(shell.viewer.trial_frame(64, 64, "paint", TrialSide::Front, [0.0, 0.0, 1.0, 1.0]).is_none());
    assert!(effects.is_empty());
    shell.command(Command::Pause);
}

#[test]
fn each_side_has_its_own_words_and_the_product_has_its_own_again_afterwards() {
    let (anna, ben) = (code_of(&[("words", json!("Anna"))]), code_of(&[("words", json!("Ben"))]));
    let mut shell = standing();
    select(&mut shell, "words", json!("Cleo"));
    shell.settle();
    shell.log.clear();
    compare(&mut shell, &anna, &ben);
    assert!(shell.viewer.compared().unwrap().is_ready);
    let frame = shell.seen();
    let ids: Vec<_> = frame.looks.iter().map(|look| look.placed[0].id).collect();
    assert_ne!(ids[0], ids[1], "one picture holds one print");
    let printed = |shell: &Shell| -> Vec<(u64, String)> {
        let prints = shell.log.iter().filter_map(|effect| match effect {
            anprobe::viewer::Effect::Print { scene, print, .. } => Some((scene.0, print.clone())),
            _ => None,
        });
        prints.collect()
    };
    let has = |prints: &[(u64, String)], id: u64, word: &str| {
        prints.iter().any(|(scene, print)| *scene == id && print.contains(word))
    };
    assert!(has(&printed(&shell), ids[0].0, "Anna") && has(&printed(&shell), ids[1].0, "Ben"));
    shell.log.clear();
    order(&mut shell, ProductCommand::EndComparison);
    shell.settle();
    assert!(has(&printed(&shell), ids[1].0, "Cleo"), "{:?}", printed(&shell));
    assert!(names(&shell.log).contains(&format!("release {:x}", ids[0].0)), "the twin is gone");
    assert_eq!(shell.seen().looks[0].placed[0].id, ids[1]);
}

#[test]
fn sides_with_the_same_words_share_their_model() {
    let anna = code_of(&[("words", json!("Anna"))]);
    let blue = code_of(&[("words", json!("Anna")), ("paint", json!("blue"))]);
    let mut shell = standing();
    compare(&mut shell, &anna, &blue);
    let frame = shell.seen();
    assert_eq!(frame.looks[0].placed[0].id, frame.looks[1].placed[0].id);
}

#[test]
fn another_product_ends_what_was_compared_and_shown() {
    let (plain, lidded) = (code_of(&[]), code_of(&[("lid", json!("flat"))]));
    let mut shell = with_upgrade();
    shell.file("p/other.json", product());
    compare(&mut shell, &plain, &lidded);
    step(&mut shell, 1);
    shell.set("product", "p/other.json");
    shell.settle();
    assert!(shell.viewer.compared().is_none());
    let frame = shell.seen();
    assert_eq!((frame.looks.len(), frame.looks[0].placed.len()), (1, 1));
    assert_eq!(shell.viewer.try_look("?", &mut Vec::new()), Trial::Nothing);
}

#[test]
fn a_step_before_the_product_stands_is_none() {
    let mut shell = with_upgrade();
    let own = code(&shell);
    shell.unset("product");
    shell.settle();
    shell.set("product", "p/box.json");
    assert!(shell.answer_one(), "the file alone");
    shell.set("owned", &own);
    order(&mut shell, ProductCommand::Step { upgrade: "lid".to_owned(), step: 0 });
    shell.settle();
    assert!(shell.viewer.loaded());
    assert!(shell.viewer.camera_orbit()[2] > 1.0, "{:?}", shell.viewer.camera_orbit());
    order(&mut shell, ProductCommand::EndSteps);
    shell.settle();
    assert!(shell.viewer.camera_orbit()[2] > 1.0, "{:?}", shell.viewer.camera_orbit());
}
