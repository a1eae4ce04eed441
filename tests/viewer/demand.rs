//! A product whose page changes its mind in the middle, and files that mean harm.

use anprobe::product::Outcome;
use anprobe::viewer::{Answer, Command, Effect, ProductCommand};
use serde_json::json;

use crate::model;
use crate::product::{code, named, order, product, select, shop, standing, variant};
use crate::shell::names;

#[test]
fn retry_alone_brings_the_part() {
    let mut shell = shop();
    shell.files.retain(|(name, _)| name != "p/lid.glb");
    shell.set("product", "p/box.json");
    shell.settle();
    select(&mut shell, "lid", json!("flat"));
    shell.settle();
    shell.file("p/lid.glb", named("lid"));
    shell.command(Command::Retry);
    shell.settle();
    assert_eq!(shell.seen().looks[0].placed.len(), 2);
}

fn blue_first() -> Vec<u8> {
    let mut file: serde_json::Value = serde_json::from_slice(&product()).unwrap();
    file["id"] = "other".into();
    file["groups"][0]["default"] = "blue".into();
    file.to_string().into_bytes()
}

#[test]
fn another_product_with_the_same_model_is_worn() {
    let mut shell = standing();
    shell.file("p/blue.json", blue_first());
    shell.set("product", "p/blue.json");
    shell.settle();
    assert_eq!(variant(&shell), Some(1));
}

#[test]
fn src_to_product_with_the_same_model() {
    let mut shell = shop();
    shell.set("src", "p/box.glb");
    shell.settle();
    assert_eq!(variant(&shell), None);
    shell.set("product", "p/box.json");
    shell.settle();
    assert_eq!(variant(&shell), Some(0));
}

#[test]
fn product_removed_src_the_same_model() {
    let mut shell = shop();
    shell.set("src", "p/box.glb");
    shell.set("product", "p/box.json");
    shell.settle();
    shell.unset("product");
    shell.settle();
    assert_eq!(variant(&shell), None);
}

#[test]
fn played_is_restored_into_a_living_session() {
    let mut shell = standing();
    select(&mut shell, "paint", json!("blue"));
    shell.settle();
    let saved = shell.viewer.snapshot();
    order(&mut shell, ProductCommand::Behave { behaviour: "swing".to_owned(), value: 0.5 });
    shell.settle();
    shell.command(Command::Restore(saved.clone()));
    shell.settle();
    assert_eq!(shell.viewer.snapshot(), saved);
}

#[test]
fn what_stands_answers_while_the_next_product_failed() {
    let mut shell = standing();
    shell.set("product", "p/missing.json");
    shell.settle();
    select(&mut shell, "paint", json!("blue"));
    shell.settle();
    assert_eq!((shell.viewer.outcome(), variant(&shell)), (&Outcome::Changed(vec![0]), Some(1)));
}

#[test]
fn config_set_before_the_snapshots_file_came_wins() {
    let mut shell = standing();
    let red = code(&shell);
    select(&mut shell, "paint", json!("blue"));
    let blue = code(&shell);
    order(&mut shell, ProductCommand::Undo);
    shell.settle();
    let saved = shell.viewer.snapshot();
    let mut again = shop();
    again.command(Command::Restore(saved));
    again.set("config", &blue);
    again.settle();
    assert_ne!(red, blue);
    assert_eq!(code(&again), blue);
}

#[test]
fn removed_and_set_again_is_fetched_again() {
    let mut shell = shop();
    let file = shell.files.remove(0);
    shell.set("product", "p/box.json");
    shell.settle();
    shell.unset("product");
    shell.settle();
    shell.files.push(file);
    shell.set("product", "p/box.json");
    shell.settle();
    assert!(shell.viewer.session().is_some());
}

#[test]
fn orientation_then_another_body() {
    let mut shell = standing();
    select(&mut shell, "size", json!("large"));
    shell.settle();
    order(&mut shell, ProductCommand::Undo);
    shell.settle();
    shell.set("orientation", "0 0 90deg");
    let wanted = shell.seen().looks[0].placed[0].world_from_scene;
    order(&mut shell, ProductCommand::Redo);
    shell.settle();
    assert_eq!(shell.seen().looks[0].placed[0].world_from_scene, wanted);
}

#[test]
fn prints_are_aborted_with_their_scene() {
    let mut shell = standing();
    select(&mut shell, "words", json!("Mia"));
    shell.log.clear();
    shell.unset("product");
    assert!(names(&shell.log).contains(&"abort".to_owned()), "{:?}", names(&shell.log));
}

#[test]
fn no_false_issue_when_the_body_changes_while_loading() {
    let mut shell = shop();
    let mut file: serde_json::Value = serde_json::from_slice(&product()).unwrap();
    file["groups"][2]["choices"][1]["effects"] = json!([{ "body": "large" }, { "show": ["tower"] }]);
    shell.files.retain(|(name, _)| name != "p/box.json" && name != "p/large.glb");
    shell.file("p/box.json", file.to_string().into_bytes());
    shell.file("p/large.glb", named("tower"));
    shell.set("product", "p/box.json");
    assert!(shell.answer_one());
    assert!(shell.answer_one());
    shell.log.clear();
    select(&mut shell, "size", json!("large"));
    assert!(!names(&shell.log).iter().any(|name| name.starts_with("issue")), "{:?}", names(&shell.log));
}

#[test]
fn config_meant_for_the_next_product_leaves_the_old_one() {
    let mut shell = standing();
    select(&mut shell, "paint", json!("blue"));
    let blue = code(&shell);
    order(&mut shell, ProductCommand::Undo);
    shell.settle();
    shell.log.clear();
    shell.file("p/blue.json", blue_first());
    shell.set("product", "p/blue.json");
    shell.set("config", &blue);
    assert!(!names(&shell.log).iter().any(|name| name.starts_with("changed")), "{:?}", names(&shell.log));
}

#[test]
fn variant_name_removed_leaves_the_choice() {
    let mut shell = standing();
    shell.set("variant-name", "blue");
    shell.settle();
    shell.unset("variant-name");
    shell.settle();
    assert_eq!(variant(&shell), Some(0));
}

#[test]
fn variant_name_of_the_page_wins_from_the_start_and_after_restore() {
    let mut shell = shop();
    shell.set("variant-name", "blue");
    shell.set("product", "p/box.json");
    shell.settle();
    assert_eq!(variant(&shell), Some(1));
}

#[test]
fn load_of_the_old_model_is_not_the_new_products() {
    let mut shell = shop();
    shell.file("p/blue.json", blue_first());
    shell.set("product", "p/box.json");
    assert!(shell.answer_one());
    shell.set("product", "p/blue.json");
    // The old model's answer comes first.
    let Some(Effect::Fetch { request, .. }) = shell.take_request() else { panic!() };
    shell.answer(request, Answer::Bytes(named("box")));
    while let Some(place) = shell.open.iter().position(|effect| {
        matches!(effect, Effect::Decode { .. } | Effect::Upload { .. } | Effect::LoadEnvironment { .. })
    }) {
        match shell.open.remove(place) {
            Effect::Decode { request, .. }
            | Effect::Upload { request, .. }
            | Effect::LoadEnvironment { request, .. } => shell.answer(request, Answer::Done),
            _ => {}
        }
    }
    shell.frame(0.016);
    shell.frame(0.016);
    assert!(!shell.viewer.loaded());
}

#[test]
fn a_duplicate_body_is_released() {
    let mut shell = shop();
    let mut file: serde_json::Value = serde_json::from_slice(&product()).unwrap();
    file["models"][2]["shown"] = true.into();
    shell.files.retain(|(name, _)| name != "p/box.json");
    shell.file("p/box.json", file.to_string().into_bytes());
    shell.set("product", "p/box.json");
    // Body complete, the part on its way.
    assert!(shell.answer_one());
    while !names(&shell.log).contains(&"fetch p/large.glb".to_owned()) {
        assert!(shell.answer_one());
    }
    let mut opened = 0;
    select(&mut shell, "size", json!("large"));
    shell.settle();
    for _ in 0..2 {
        select(&mut shell, "size", json!("small"));
        shell.settle();
        select(&mut shell, "size", json!("large"));
        shell.settle();
    }
    for effect in &shell.log {
        match effect {
            Effect::Upload { .. } => opened += 1,
            Effect::Release(_) => opened -= 1,
            _ => {}
        }
    }
    shell.log.clear();
    shell.unset("product");
    let released = shell.log.iter().filter(|effect| matches!(effect, Effect::Release(_))).count();
    assert_eq!(opened, released);
}

#[test]
fn a_choice_that_needs_a_hidden_picture_between_model_and_first_picture() {
    let mut shell = shop();
    let mut file: serde_json::Value = serde_json::from_slice(&product()).unwrap();
    file["groups"][0]["choices"][0]["effects"] = json!([{ "hide": ["tower"] }]);
    file["groups"][0]["choices"][1]["effects"] = json!([{ "show": ["tower"] }]);
    let bytes = model::changed(|file| {
        file["nodes"][0]["name"] = "box".into();
        file["meshes"][0]["primitives"][0].as_object_mut().unwrap().remove("extensions");
        let mut other = file["meshes"][0].clone();
        other["primitives"][0]["material"] = 2.into();
        file["meshes"].as_array_mut().unwrap().push(other);
        file["nodes"].as_array_mut().unwrap().push(json!({ "mesh": 1, "name": "tower" }));
        file["scenes"][0]["nodes"] = json!([0, 1]);
    });
    shell.files.retain(|(name, _)| name != "p/box.json" && name != "p/box.glb");
    shell.file("p/box.json", file.to_string().into_bytes());
    shell.file("p/box.glb", bytes);
    shell.set("product", "p/box.json");
    while shell.viewer.frame().is_none() {
        assert!(shell.answer_one() || shell.frame(0.016));
    }
    select(&mut shell, "paint", json!("blue"));
    // The first picture is drawn before the decoder answers.
    shell.frame(0.016);
    shell.settle();
    assert_eq!(shell.seen().looks[0].placed[0].pose.visible.get(1), Some(&true));
}

#[test]
fn digits_of_a_rate() {
    let mut shell = standing();
    shell.set("currency", "ETH");
    order(&mut shell, ProductCommand::Rates(vec![("ETH".to_owned(), 0.5, 18)]));
    let session = shell.viewer.session().unwrap();
    let quote = session.quote_view(shell.viewer.tone(), 0.0);
    // 10.00 EUR are 5 ETH.
    assert!((quote.total as f64 / 10f64.powi(quote.digits as i32) - 5.0).abs() < 1e-6);
}

fn number(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

#[test]
fn hostile_rules_end() {
    let mut file: serde_json::Value = serde_json::from_slice(&product()).unwrap();
    file["compiled"] = "box.rules".into();
    let text = file.to_string();
    let hash = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    let (catalog, _) = anprobe::product::Catalog::from_json(&text).unwrap();
    let items = catalog.all_items().count() as u64;
    let mut bytes = b"ANRULES1".to_vec();
    bytes.extend(hash.to_le_bytes());
    number(&mut bytes, 0);
    number(&mut bytes, items);
    let base = 2 + 3 * items;
    number(&mut bytes, base + 41);
    number(&mut bytes, base + 40);
    number(&mut bytes, items << 1);
    (1..=items).for_each(|back| number(&mut bytes, back));
    for _ in 0..40 {
        bytes.extend([4, 1, 1]);
    }
    // Each node is twice the one before: a way through all of them has 2⁴⁰ steps.
    let (catalog, issues) = anprobe::product::Catalog::with_rules(&text, Some(&bytes)).unwrap();
    assert_eq!(issues.iter().map(|issue| issue.code.as_str()).collect::<Vec<_>>(), ["PRODUCT_COMPILED"]);
    let size = catalog.group_named("size").unwrap();
    assert!(catalog.repair(catalog.first(), size, &anprobe::product::Value::Choices(vec![1])).is_some());
}

#[test]
fn a_few_bytes_do_not_ask_for_much_memory() {
    let mut bytes = Vec::new();
    number(&mut bytes, 1 << 22);
    number(&mut bytes, 0);
    number(&mut bytes, 0);
    let graph = anprobe::logic::Graph::from_bytes(&bytes);
    assert!(graph.is_none());
}

#[test]
fn unknown_before_is_no_comparison() {
    let mut file: serde_json::Value = serde_json::from_slice(&product()).unwrap();
    file["facts"] = json!([{ "id": "weight", "name": "Weight", "unit": "kg", "moreIsBetter": false }]);
    file["groups"][0]["choices"][1]["facts"] = json!({ "weight": 2 });
    file["upgrades"] = json!([{ "id": "up", "name": "Up", "from": "paint/red", "to": ["paint/blue"], "install": { "method": "swap" } }]);
    let (catalog, issues) = anprobe::product::Catalog::from_json(&file.to_string()).unwrap();
    for issue in issues.iter() {
        println!("{issue:?}");
    }
    let mut session = anprobe::product::Session::new(catalog);
    let code = session.code();
    session.own(&code).unwrap();
    let views = session.upgrade_views(&Default::default());
    assert_eq!(views[0].facts[0].better, None);
}
