//! A product that is configured: choosing, waiting for what a choice needs, and coming back.

use anprobe::product::Outcome;
use anprobe::viewer::{Announcement, Answer, Command, Effect, ProductCommand};
use glam::Vec3;
use serde_json::json;

use crate::model;
use crate::shell::{Shell, names};

/// A box that may be red or blue, have a second box on it, and be another box altogether.
pub(crate) fn product() -> Vec<u8> {
    let choice = |id: &str, number: u32, effects: serde_json::Value| json!({ "id": id, "number": number, "name": id, "effects": effects });
    json!({
        "anprobe": 1, "id": "box", "name": "Box",
        "models": [{ "id": "small", "src": "box.glb" }, { "id": "lid", "src": "lid.glb" }, { "id": "large", "src": "large.glb" }],
        "groups": [
            { "id": "paint", "number": 1, "name": "Paint", "choices": [
                choice("red", 1, json!([{ "variant": "red" }])), choice("blue", 2, json!([{ "variant": "blue" }])) ] },
            { "id": "lid", "number": 2, "name": "Lid", "choices": [
                choice("none", 1, json!([])), choice("flat", 2, json!([{ "mount": { "part": "lid", "socket": "box" } }])) ] },
            { "id": "size", "number": 3, "name": "Size", "choices": [
                choice("small", 1, json!([])), choice("large", 2, json!([{ "body": "large" }])) ] },
            { "id": "lift", "number": 4, "name": "Lift", "kind": "number", "min": 0, "max": 4, "effects": [
                { "pointer": "/nodes/@box/translation", "map": { "from": [0, [0, 0, 0]], "to": [4, [0, 4, 0]] } }] },
            { "id": "words", "number": 5, "name": "Words", "kind": "text", "max": 9, "surface": "front" }
        ],
        "rules": [{ "id": "heavy", "when": "size/large", "excludes": ["lid/flat"], "reason": "It would tip over." }],
        "surfaces": [{ "id": "front", "material": "skin", "sizeMm": [40, 20], "safeZoneMm": 2 }],
        "price": { "currency": "EUR", "base": 1000 },
        "behaviours": [{ "id": "swing", "name": "Swing", "effects": [
            { "pointer": "/nodes/@box/translation", "map": { "from": [0, [0, 0, 0]], "to": [1, [1, 0, 0]] } }] }]
    })
    .to_string()
    .into_bytes()
}

pub(crate) fn named(name: &str) -> Vec<u8> {
    model::changed(|file| {
        file["nodes"][0]["name"] = name.into();
        file["materials"][1]["name"] = "skin".into();
    })
}

/// The files are there; nothing is asked for yet.
pub(crate) fn shop() -> Shell {
    let mut shell = Shell::new();
    shell.file("p/box.json", product());
    shell.file("p/box.glb", named("box"));
    shell.file("p/lid.glb", named("lid"));
    shell.file("p/large.glb", named("box"));
    shell.set("camera-controls", "");
    shell.set("interaction-prompt", "none");
    shell.place(true);
    shell
}

pub(crate) fn standing() -> Shell {
    let mut shell = shop();
    shell.set("product", "p/box.json");
    shell.settle();
    assert!(shell.viewer.loaded(), "{:?}", names(&shell.log));
    shell.log.clear();
    shell
}

pub(crate) fn order(shell: &mut Shell, command: ProductCommand) {
    shell.command(Command::Product(command));
}

pub(crate) fn select(shell: &mut Shell, group: &str, answer: serde_json::Value) {
    order(shell, ProductCommand::Select { group: group.to_owned(), answer: answer.to_string() });
}

pub(crate) fn variant(shell: &Shell) -> Option<usize> {
    shell.seen().looks[0].placed[0].overlay.variant
}

pub(crate) fn code(shell: &Shell) -> String {
    shell.viewer.session().unwrap().code()
}

#[test]
fn the_file_comes_first_and_its_model_wears_the_first_look() {
    let mut shell = shop();
    shell.set("product", "p/box.json");
    assert!(shell.answer_one());
    let told = names(&shell.log);
    let at =
        |name: &str| told.iter().position(|told| told.starts_with(name)).unwrap_or_else(|| panic!("{name}: {told:?}"));
    assert!(
        at("fetch p/box.json") < at("changed paint/red paint/blue lid/none"),
        "the panel can stand before the model"
    );
    assert!(at("changed") < at("fetch p/box.glb"));
    assert!(shell.answer_one());
    let first: Vec<_> = names(&shell.open).into_iter().filter(|name| name.starts_with("decode")).collect();
    assert_eq!(first, ["decode 1"], "the picture of the red box alone");
    shell.settle();
    assert_eq!(variant(&shell), Some(0));
    assert!(names(&shell.log).contains(&"load p/box.glb".to_owned()));
}

#[test]
fn a_choice_shows_in_the_next_frame_and_is_told_once() {
    let mut shell = standing();
    select(&mut shell, "paint", json!("blue"));
    assert_eq!(shell.viewer.outcome(), &Outcome::Changed(vec![0]));
    assert_eq!(variant(&shell), Some(1));
    assert_eq!(names(&shell.log), ["changed paint/red paint/blue", "prepare", "redraw"]);
    shell.log.clear();
    select(&mut shell, "paint", json!("blue"));
    select(&mut shell, "paint", json!("green"));
    select(&mut shell, "colour", json!("blue"));
    assert_eq!(shell.viewer.outcome(), &Outcome::Unknown);
    assert!(names(&shell.log).is_empty());
    order(&mut shell, ProductCommand::Undo);
    assert_eq!(variant(&shell), Some(0));
    order(&mut shell, ProductCommand::Redo);
    assert_eq!(variant(&shell), Some(1));
}

#[test]
fn a_look_waits_for_its_pictures_and_the_old_one_stays_meanwhile() {
    let mut shell = shop();
    shell.set("product", "p/box.json");
    while !shell.viewer.loaded() {
        assert!(shell.answer_one() || shell.frame(0.016));
    }
    select(&mut shell, "paint", json!("blue"));
    assert_eq!(variant(&shell), Some(0));
    let asked = shell.log.iter().filter(|effect| matches!(effect, Effect::Decode { .. })).count();
    assert_eq!(asked, 3, "no picture is asked for twice");
    shell.settle();
    assert_eq!(variant(&shell), Some(1));
}

#[test]
fn a_part_is_fetched_when_it_is_first_chosen_and_stands_on_its_socket() {
    let mut shell = standing();
    let before = shell.viewer.camera_orbit();
    select(&mut shell, "lid", json!("flat"));
    assert!(names(&shell.log).contains(&"fetch p/lid.glb".to_owned()));
    assert_eq!(shell.seen().looks[0].placed.len(), 1);
    shell.settle();
    select(&mut shell, "lift", json!(3));
    shell.settle();
    let frame = shell.seen();
    let [_, lid] = frame.looks[0].placed.as_slice() else { panic!("two parts") };
    assert_eq!(lid.world_from_scene.transform_point3(Vec3::ZERO), Vec3::new(0.0, 3.0, 0.0));
    // The lid is as high as the box that it stands on.
    assert_eq!(shell.viewer.dimensions().y, 1.0);
    assert_eq!(shell.viewer.camera_orbit(), before);
    drop(frame);
    shell.log.clear();
    select(&mut shell, "lid", json!("none"));
    assert_eq!(shell.seen().looks[0].placed.len(), 1);
    select(&mut shell, "lid", json!("flat"));
    assert_eq!(shell.seen().looks[0].placed.len(), 2);
    assert!(!names(&shell.log).iter().any(|name| name.starts_with("fetch")), "nothing is fetched twice");
}

#[test]
fn a_part_that_cannot_be_had_leaves_the_rest_and_is_said_once_until_it_is_tried_again() {
    let mut shell = shop();
    shell.files.retain(|(name, _)| name != "p/lid.glb");
    shell.set("product", "p/box.json");
    shell.settle();
    select(&mut shell, "lid", json!("flat"));
    select(&mut shell, "paint", json!("blue"));
    shell.settle();
    assert_eq!((shell.seen().looks[0].placed.len(), variant(&shell)), (1, Some(1)));
    let errors = shell.log.iter().filter_map(|effect| match effect {
        Effect::Announce(Announcement::Error { issue, .. }) => Some(issue.path.as_str()),
        _ => None,
    });
    assert_eq!(errors.collect::<Vec<_>>(), ["/models/1"]);
    shell.file("p/lid.glb", named("lid"));
    shell.command(Command::Retry);
    select(&mut shell, "paint", json!("red"));
    shell.settle();
    assert_eq!(shell.seen().looks[0].placed.len(), 2);
}

#[test]
fn another_body_takes_the_place_of_the_first_and_the_view_stays() {
    let mut shell = standing();
    let (orbit, id) = (shell.viewer.camera_orbit(), shell.seen().looks[0].placed[0].id);
    select(&mut shell, "size", json!("large"));
    assert_eq!(shell.seen().looks[0].placed[0].id, id, "until it is there");
    shell.settle();
    let frame = shell.seen();
    assert_eq!(frame.looks[0].placed.len(), 1);
    assert_ne!(frame.looks[0].placed[0].id, id);
    assert_eq!(shell.viewer.camera_orbit(), orbit);
    assert!(shell.viewer.loaded());
    drop(frame);
    order(&mut shell, ProductCommand::Undo);
    assert_eq!(shell.seen().looks[0].placed[0].id, id);
    // From a code the other body is loaded at once, and nothing else.
    order(&mut shell, ProductCommand::Redo);
    let large = code(&shell);
    let mut shell = shop();
    shell.set("config", &large);
    shell.set("product", "p/box.json");
    shell.settle();
    let fetched: Vec<_> = names(&shell.log).into_iter().filter(|name| name.starts_with("fetch")).collect();
    assert_eq!(fetched, ["fetch p/box.json", "fetch p/large.glb"]);
}

#[test]
fn what_others_stand_against_changes_nothing_and_says_so() {
    let mut shell = standing();
    select(&mut shell, "lid", json!("flat"));
    shell.settle();
    shell.log.clear();
    select(&mut shell, "size", json!("large"));
    assert_eq!(names(&shell.log), ["conflict size \"large\""]);
    assert!(matches!(shell.viewer.outcome(), Outcome::Blocked(_)));
    order(&mut shell, ProductCommand::Repair { group: "size".to_owned(), answer: "\"large\"".to_owned() });
    assert_eq!(shell.viewer.outcome(), &Outcome::Changed(vec![1, 2]));
}

#[test]
fn a_snapshot_brings_configuration_history_and_view_back() {
    let mut shell = standing();
    select(&mut shell, "lid", json!("flat"));
    select(&mut shell, "paint", json!("blue"));
    order(&mut shell, ProductCommand::Keep("mine".to_owned()));
    order(&mut shell, ProductCommand::Behave { behaviour: "swing".to_owned(), value: 0.5 });
    order(&mut shell, ProductCommand::Undo);
    shell.settle();
    let saved = shell.saved().expect("a snapshot").to_owned();
    let mut again = shop();
    again.command(Command::Restore(saved.clone()));
    again.settle();
    assert_eq!(again.viewer.snapshot(), saved);
    let (one, other) = (shell.seen(), again.seen());
    assert_eq!(one.views, other.views);
    for (one, other) in one.looks[0].placed.iter().zip(&other.looks[0].placed) {
        assert_eq!((one.overlay, one.pose, one.world_from_scene), (other.overlay, other.pose, other.world_from_scene));
    }
    assert_eq!(one.looks[0].placed[0].pose.scene_from_node[0].w_axis.x, 0.5);
    drop((one, other));
    order(&mut again, ProductCommand::Redo);
    assert_eq!(variant(&again), Some(1));
    order(&mut again, ProductCommand::Undo);
    order(&mut again, ProductCommand::Undo);
    assert_eq!(again.seen().looks[0].placed.len(), 1);
    order(&mut again, ProductCommand::Recall("mine".to_owned()));
    assert_eq!((variant(&again), again.seen().looks[0].placed.len()), (Some(1), 2));
}

#[test]
fn bad_files_and_codes_are_said_and_what_stands_stays() {
    let mut shell = standing();
    let before = code(&shell);
    shell.set("config", "not-a-code");
    shell.set("owned", "neither");
    shell.set("currency", "XYZ");
    let said = names(&shell.log).into_iter().filter(|name| name == "issue ATTRIBUTE_VALUE").count();
    assert_eq!((said, code(&shell)), (3, before));
    for (file, expected) in [(b"[".to_vec(), "PRODUCT_FILE"), (vec![0xff], "PRODUCT_FILE")] {
        shell.file("p/bad.json", file);
        shell.set("product", "p/bad.json");
        shell.settle();
        assert!(names(&shell.log).contains(&format!("error {expected}")));
        assert!(shell.viewer.frame().is_some());
        shell.set("product", "p/box.json");
        shell.settle();
        shell.files.pop();
        shell.log.clear();
    }
    shell.unset("product");
    assert!(shell.viewer.frame().is_none());
    assert!(shell.viewer.session().is_none());
}

#[test]
fn an_answer_that_comes_too_late_is_dropped() {
    let mut shell = shop();
    shell.set("product", "p/box.json");
    let Some(Effect::Fetch { request, .. }) = shell.take_request() else { panic!("the file") };
    shell.unset("product");
    shell.answer(request, Answer::Bytes(product()));
    assert!(shell.viewer.session().is_none());
    assert!(names(&shell.log).contains(&"abort".to_owned()));
}

#[test]
fn compiled_rules_beside_the_file_are_fetched_and_their_absence_is_said() {
    let mut file: serde_json::Value = serde_json::from_slice(&product()).unwrap();
    file["compiled"] = "box.rules".into();
    let text = file.to_string();
    let rules = anprobe::product::Catalog::compile(&text, anprobe::logic::Budget::default()).unwrap();
    for (there, said) in [(true, 0), (false, 1)] {
        let mut shell = shop();
        shell.files.retain(|(name, _)| name != "p/box.json");
        shell.file("p/box.json", text.clone().into_bytes());
        if there {
            shell.file("box.rules", rules.clone());
        }
        shell.set("product", "p/box.json");
        shell.settle();
        assert!(shell.viewer.loaded());
        let fetched: Vec<_> = names(&shell.log).into_iter().filter(|name| name.starts_with("fetch")).collect();
        assert_eq!(fetched[..2], ["fetch p/box.json", "fetch box.rules"]);
        let issues = names(&shell.log).into_iter().filter(|name| name == "issue PRODUCT_COMPILED").count();
        assert_eq!(issues, said);
        select(&mut shell, "paint", json!("blue"));
        assert_eq!(variant(&shell), Some(1));
    }
}

/// What is printed, and on which picture.
pub(crate) fn prints(shell: &Shell) -> Vec<String> {
    names(&shell.log).into_iter().filter(|name| name.starts_with("print ")).collect()
}

#[test]
fn words_are_shown_as_soon_as_they_are_drawn_and_the_last_ones_win() {
    let mut shell = standing();
    select(&mut shell, "words", json!("Mia"));
    let drawn = r##"print 1 {"widthPx":320,"heightPx":160,"layers":[{"kind":"text","content":"Mia","clipPx":[0.0,0.0,320.0,160.0],"centerPx":[160.0,80.0],"boxPx":[288.0,128.0],"covers":false,"turnDeg":0.0,"ink":"#2b2a29"}]}"##;
    assert_eq!(prints(&shell), [drawn]);
    // Nothing else of the choice is shown before.
    select(&mut shell, "lift", json!(2));
    assert_eq!(shell.seen().looks[0].placed[0].pose.scene_from_node[0].w_axis.y, 0.0);
    select(&mut shell, "words", json!("Ida"));
    assert_eq!(prints(&shell), [drawn], "one at a time");
    shell.settle();
    assert_eq!(shell.seen().looks[0].placed[0].pose.scene_from_node[0].w_axis.y, 2.0);
    assert_eq!(prints(&shell).len(), 2);
    shell.log.clear();
    select(&mut shell, "words", json!(""));
    shell.settle();
    assert_eq!(prints(&shell), [r#"print 1 {"widthPx":0,"heightPx":0,"layers":[]}"#], "the picture of the file again");
    shell.log.clear();
    select(&mut shell, "paint", json!("blue"));
    shell.settle();
    assert!(prints(&shell).is_empty(), "nothing is drawn twice");
}

#[test]
fn the_file_s_own_picture_never_covers_words() {
    let mut shell = shop();
    shell.set("product", "p/box.json");
    while !shell.viewer.loaded() {
        assert!(shell.answer_one() || shell.frame(0.016));
    }
    // The blue box's picture, 2, is on its way; words go onto the red one's, 1.
    select(&mut shell, "words", json!("Mia"));
    shell.settle();
    shell.log.clear();
    select(&mut shell, "paint", json!("blue"));
    select(&mut shell, "paint", json!("red"));
    shell.settle();
    let later: Vec<_> = names(&shell.log).into_iter().filter(|name| name.starts_with("decode")).collect();
    assert!(later.is_empty(), "{later:?}");
    // A picture that nobody has seen yet is not decoded once there are words on it.
    let mut shell = shop();
    shell.files.retain(|(name, _)| name != "p/box.glb");
    let other = model::changed(|file| {
        file["nodes"][0]["name"] = "box".into();
        file["materials"][2]["name"] = "skin".into();
    });
    shell.file("p/box.glb", other);
    shell.set("product", "p/box.json");
    while !shell.viewer.loaded() {
        assert!(shell.answer_one() || shell.frame(0.016));
    }
    select(&mut shell, "words", json!("Mia"));
    select(&mut shell, "paint", json!("blue"));
    assert!(names(&shell.log).contains(&"abort".to_owned()), "the decoding of picture 2 was on its way");
    shell.settle();
    assert_eq!((variant(&shell), prints(&shell).len()), (Some(1), 1));
}

#[test]
fn words_of_a_code_are_there_with_the_first_picture() {
    let mut shell = standing();
    select(&mut shell, "words", json!("Mia"));
    let code = code(&shell);
    let mut shell = shop();
    shell.set("config", &code);
    shell.set("product", "p/box.json");
    while prints(&shell).is_empty() {
        assert!(shell.viewer.frame().is_none(), "no picture without the words");
        assert!(shell.answer_one() || shell.frame(0.016));
    }
    shell.settle();
    assert!(shell.viewer.loaded());
    assert_eq!(prints(&shell).len(), 1);
}
