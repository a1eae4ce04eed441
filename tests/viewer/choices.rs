//! Variants, motions and the snapshot that brings all of it back.

use anprobe::viewer::{Answer, Command, Effect, Event, Key};
use glam::Vec3;

use crate::model;
use crate::shell::{Shell, names};

fn lifted(shell: &Shell) -> f32 {
    shell.seen().looks[0].placed[0].pose.scene_from_node[0].transform_point3(Vec3::ZERO).y
}

#[test]
fn a_variant_shows_in_the_next_frame_when_its_pictures_are_there() {
    let mut shell = Shell::with_model(&[]);
    assert_eq!(shell.viewer.available_variants(), ["red", "blue"]);
    shell.set("variant-name", "blue");
    let told: Vec<String> = names(&shell.log).into_iter().filter(|name| !name.starts_with("variant-update")).collect();
    assert_eq!(told, ["VariantApplied", "redraw"]);
    assert_eq!(shell.seen().looks[0].placed[0].overlay.variant, Some(1));
    shell.set("variant-name", "green");
    assert!(names(&shell.log).contains(&"issue ATTRIBUTE_VALUE".to_owned()));
    assert_eq!(shell.seen().looks[0].placed[0].overlay.variant, None);
}

#[test]
fn a_variant_waits_for_its_pictures_and_the_old_one_stays_meanwhile() {
    let mut shell = Shell::new();
    shell.file("box.glb", model::glb());
    shell.place(true);
    shell.set("src", "box.glb");
    while !shell.viewer.loaded() {
        assert!(shell.answer_one() || shell.frame(0.016));
    }
    shell.set("variant-name", "blue");
    assert_eq!(shell.seen().looks[0].placed[0].overlay.variant, None);
    let asked = shell.log.iter().filter(|effect| matches!(effect, Effect::Decode { .. })).count();
    assert_eq!(asked, 3, "no picture is asked for twice");
    while let Some(effect) = shell.take_request() {
        if let Effect::Decode { request, image, .. } = effect {
            shell.answer(request, Answer::Done);
            let shown = shell.seen().looks[0].placed[0].overlay.variant;
            assert_eq!(shown, (image == 2).then_some(1), "after picture {image}");
        }
    }
}

#[test]
fn a_variant_that_is_set_before_the_load_is_the_first_look() {
    let mut shell = Shell::new();
    shell.file("box.glb", model::glb());
    shell.set("variant-name", "red");
    shell.place(true);
    shell.set("src", "box.glb");
    assert!(shell.answer_one());
    let first: Vec<String> = names(&shell.open).into_iter().filter(|name| name.starts_with("decode")).collect();
    assert_eq!(first, ["decode 1"]);
    shell.settle();
    assert_eq!(shell.seen().looks[0].placed[0].overlay.variant, Some(0));
}

#[test]
fn motions_play_pause_seek_and_end() {
    let mut shell = Shell::with_model(&[]);
    assert_eq!(shell.viewer.available_animations(), ["lift", "again"]);
    assert!(shell.viewer.paused() && shell.viewer.duration() == 0.0);
    shell.command(Command::Play { repetitions: 2.0, pingpong: true });
    assert!(!shell.viewer.paused());
    assert_eq!(shell.viewer.duration(), 2.0);
    shell.frame(0.0);
    let start = lifted(&shell);
    for _ in 0..5 {
        shell.frame(0.2);
    }
    assert!((lifted(&shell) - start - 2.0).abs() < 1e-3, "half of two seconds lifts by half: {}", lifted(&shell));
    shell.command(Command::Pause);
    shell.settle();
    let stands = lifted(&shell);
    shell.frame(0.2);
    assert_eq!(lifted(&shell), stands);
    shell.command(Command::SetCurrentTime(1.5));
    assert_eq!((shell.viewer.current_time(), lifted(&shell)), (1.5, 3.0));
    shell.command(Command::Play { repetitions: 2.0, pingpong: true });
    shell.settle();
    let told = names(&shell.log);
    assert!(told.contains(&"Loop { count: 1, name: \"lift\" }".to_owned()) && told.contains(&"Finished".to_owned()));
    assert!(shell.viewer.paused());
    assert_eq!(lifted(&shell), 0.0, "there and back");
}

#[test]
fn who_asks_for_less_motion_gets_none_unasked() {
    let mut shell = Shell::with_model(&[]);
    shell.send(Event::ReducedMotion(true));
    shell.set("autoplay", "");
    assert!(shell.viewer.paused());
    shell.command(Command::Play { repetitions: 1.0, pingpong: false });
    assert!(!shell.viewer.paused(), "a button of the page still plays");
}

#[test]
fn how_a_motion_is_repeated_ends_with_the_motion() {
    let mut shell = Shell::with_model(&[]);
    shell.command(Command::Play { repetitions: 1.0, pingpong: false });
    shell.settle();
    shell.set("animation-name", "again");
    shell.command(Command::Pause);
    shell.log.clear();
    shell.set("autoplay", "");
    for _ in 0..40 {
        shell.frame(0.2);
    }
    assert!(!shell.viewer.paused(), "it plays for ever, as model-viewer's does");
    assert!(names(&shell.log).iter().any(|name| name.contains("name: \"again\"")));
}

#[test]
fn autoplay_plays_the_named_motion_and_names_that_are_not_there_are_said() {
    let mut shell = Shell::new();
    shell.file("box.glb", model::glb());
    shell.set("autoplay", "");
    shell.set("animation-name", "again");
    shell.place(true);
    shell.set("src", "box.glb");
    for _ in 0..20 {
        let _ = shell.answer_one() || shell.frame(0.1);
    }
    assert!(!shell.viewer.paused() && shell.viewer.current_time() > 0.5);
    assert!(names(&shell.log).contains(&"Play".to_owned()));
    shell.place(false);
    let stands = shell.viewer.current_time();
    shell.settle();
    assert_eq!(shell.viewer.current_time(), stands, "out of sight it rests");
    shell.set("animation-name", "fly");
    assert!(names(&shell.log).contains(&"issue ATTRIBUTE_VALUE".to_owned()));
}

#[test]
fn a_snapshot_brings_back_exactly_this_view() {
    let attributes = [("variant-name", "blue"), ("camera-target", "0.1m 0.2m auto"), ("exposure", "1.3")];
    let mut shell = Shell::with_model(&attributes);
    shell.key(Key::Left, false);
    shell.key(Key::PageUp, false);
    shell.command(Command::Play { repetitions: f32::INFINITY, pingpong: false });
    shell.frame(0.2);
    shell.frame(0.2);
    shell.command(Command::Pause);
    shell.command(Command::ResetTurntableRotation(0.4));
    shell.settle();
    let snapshot = shell.saved().expect("a snapshot").to_owned();
    assert_eq!(snapshot, shell.viewer.snapshot());

    let mut again = Shell::new();
    again.file("box.glb", model::glb());
    again.place(true);
    again.command(Command::Restore(snapshot.clone()));
    again.settle();
    assert!(again.viewer.model_is_visible());
    let moves = names(&again.log).iter().filter(|name| name.starts_with("camera ")).count();
    assert_eq!(moves, 1, "the first view, and without motion");
    let (old, new) = (shell.seen(), again.seen());
    assert_eq!(old.views, new.views);
    let (old_placed, new_placed) = (old.looks[0].placed[0], new.looks[0].placed[0]);
    assert_eq!(old_placed.world_from_scene, new_placed.world_from_scene);
    assert_eq!((old_placed.pose, old_placed.overlay), (new_placed.pose, new_placed.overlay));
    assert_eq!((old.exposure, old.light, old.background), (new.exposure, new.light, new.background));
    assert_eq!(shell.viewer.current_time(), again.viewer.current_time());
    assert_eq!(again.viewer.snapshot(), snapshot);
}

#[test]
fn texts_come_back_whatever_they_hold() {
    let name = "a \"b\" \\ \u{1}\n ü 🙂";
    let mut shell = Shell::with_model(&[]);
    shell.set("alt", name);
    shell.settle();
    let snapshot: serde_json::Value = serde_json::from_str(&shell.viewer.snapshot()).expect("JSON");
    assert_eq!(snapshot["attributes"]["alt"], name);
}

#[test]
fn a_product_that_was_revealed_is_revealed_again() {
    let mut shell = Shell::with_model(&[("reveal", "manual"), ("loading", "eager")]);
    shell.command(Command::DismissPoster);
    shell.settle();
    let mut again = Shell::new();
    again.file("box.glb", model::glb());
    again.place(true);
    again.command(Command::Restore(shell.viewer.snapshot()));
    again.settle();
    assert!(again.viewer.model_is_visible());
}

#[test]
fn a_snapshot_that_cannot_be_read_changes_nothing() {
    let mut shell = Shell::with_model(&[]);
    let before = shell.viewer.snapshot();
    for text in ["", "{}", "[1]", "{\"version\":99}"] {
        shell.command(Command::Restore(text.to_owned()));
        assert!(shell.viewer.loaded());
        assert_eq!(shell.viewer.snapshot(), before);
    }
    shell.command(Command::Restore("{\"version\":1,\"attributes\":{\"src\":5},\"camera\":7}".to_owned()));
    shell.settle();
    assert!(shell.viewer.frame().is_none(), "without src there is no model");
}
