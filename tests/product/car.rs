//! The sample car: its file, how many cars there are, its rules in both languages, and its look.

use std::path::Path;

use anprobe::assembly::overlay;
use anprobe::import::{Limits, Opened};
use anprobe::product::{Catalog, Outcome, Reason, Session, State, Value};
use anprobe::scene::Scene;
use serde_json::{Value as Json, json};

/// What is seen with the doors closed; the rest is inside.
const OUTSIDE: [&str; 12] =
    ["battery", "paint", "lower", "roof", "contrast", "rack", "lamps", "mirrors", "decor", "clips", "wheels", "rims"];

fn read(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("assets").join(name)).expect("a sample")
}

fn parsed(file: &str) -> Catalog {
    let (catalog, issues) = Catalog::from_json(file).unwrap();
    assert!(issues.is_empty(), "{issues:?}");
    catalog
}

fn catalog() -> Catalog {
    parsed(std::str::from_utf8(&read("car.json")).unwrap())
}

fn scene() -> Scene {
    let (scene, issues) = Opened::new(read("car.glb"), &Limits::default()).unwrap().finish(|_| None).unwrap();
    assert!(issues.is_empty(), "{issues:?}");
    scene
}

/// How many cars there are when all but some groups stay as a new customer sees them.
fn combinations(free: impl Fn(&str) -> bool) -> u64 {
    let mut file: Json = serde_json::from_slice(&read("car.json")).unwrap();
    let fixed: Vec<Json> = file["groups"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|group| !free(group["id"].as_str().unwrap()))
        .map(|group| {
            let first = format!("{}/{}", group["id"].as_str().unwrap(), group["choices"][0]["id"].as_str().unwrap());
            json!({ "holds": first, "reason": "As it comes." })
        })
        .collect();
    file["rules"].as_array_mut().unwrap().extend(fixed);
    // What can no longer be chosen is said, and meant.
    let (catalog, _) = Catalog::from_json(&file.to_string()).unwrap();
    catalog.count().unwrap().combinations.parse().unwrap()
}

#[test]
fn there_are_more_cars_than_anyone_can_look_at() {
    let whole = catalog().count().unwrap();
    assert!(!whole.is_open);
    assert_eq!(combinations(|_| true), 34_252_968_960);
    assert_eq!(combinations(|_| false), 1);
    let (outside, inside) = (combinations(|id| OUTSIDE.contains(&id)), combinations(|id| !OUTSIDE.contains(&id)));
    assert_eq!([outside, inside], [369_360, 92_736]);
    assert!(outside > 60_000 && inside > 80_000);
    // No rule ties the inside to the outside.
    assert_eq!(whole.combinations, (outside * inside).to_string());
}

#[test]
fn every_name_in_the_file_is_in_the_model() {
    let (catalog, scene) = (catalog(), scene());
    let behaviours: Vec<_> = catalog.product().behaviours.iter().map(|(at, _)| (at, 0.5)).collect();
    for (at, group) in catalog.product().groups.iter() {
        let mut looks = Vec::new();
        for (choice, named) in group.choices.iter() {
            // Whether or not the rules allow it.
            let value = match catalog.first().value(at).unwrap() {
                Value::Choices(_) => Value::Choices(vec![choice]),
                other => other.clone(),
            };
            let configuration = catalog.with(catalog.first(), at, value);
            let parts = catalog.look(&configuration, &behaviours);
            let (overlay, issues) = overlay(&scene, &parts[0].wishes);
            assert!(issues.is_empty(), "{}/{}: {issues:?}", group.id, named.id);
            looks.push(overlay);
        }
        if group.id != "battery" {
            let distinct = looks.iter().enumerate().filter(|(at, look)| !looks[..*at].contains(look)).count();
            assert_eq!(distinct, looks.len(), "two choices of {} look the same", group.id);
        }
    }
    let steps = catalog.product().upgrades.entries().flat_map(|upgrade| upgrade.install.steps.entries());
    for step in steps {
        for part in &step.parts {
            assert!(scene.nodes.iter().any(|(_, node)| node.name == *part), "no node {part}");
        }
        if let Some(name) = &step.animation {
            assert!(scene.animations.iter().any(|(_, animation)| animation.name == *name), "no animation {name}");
        }
    }
    // Places where something can be mounted.
    for name in ["roof", "hitch"] {
        assert!(scene.nodes.iter().any(|(_, node)| node.name == name && node.mesh.is_none()), "no socket {name}");
    }
}

#[test]
fn a_blocked_choice_says_why_in_both_languages_and_how_to_get_it() {
    let mut session = Session::new(catalog());
    let item = |session: &Session, name: &str| session.catalog().item_named(name).unwrap();
    let glass = item(&session, "roof/glass");
    assert!(matches!(session.toggle(glass), Outcome::Changed(_)));
    let rack = item(&session, "rack/rack");
    let before = session.configuration().clone();
    assert_eq!(session.toggle(rack), Outcome::Blocked(State::Repairable { own: 1, others: 0, amount: -59_000 }));
    assert_eq!(session.configuration(), &before);

    let explanation = session.explain(rack);
    assert!(explanation.is_minimal);
    let [Reason::Rule(rule), Reason::Taken(taken)] = explanation.reasons[..] else { panic!("{explanation:?}") };
    assert_eq!(taken, glass);
    let reason = &session.catalog().product().rules.get(rule).unwrap().reason;
    assert_eq!(reason.in_language("de"), "Der Dachträger braucht ein Stahldach, auf dem er steht.");
    assert_eq!(reason.in_language("en"), "The rack needs a steel roof to stand on.");

    let (group, value) = session.toggled(rack).unwrap();
    let repair = session.repair(group, &value).unwrap();
    let roof = session.catalog().product().groups.iter().find(|(_, group)| group.id == "roof").unwrap().0;
    assert_eq!(repair.changes.iter().map(|change| change.group).collect::<Vec<_>>(), [roof]);
    assert!(matches!(session.accept(group, &value), Outcome::Changed(_)));
    assert!(matches!(session.undo(), Outcome::Changed(_)));
    assert_eq!(session.configuration(), &before);
}

#[test]
fn an_owner_can_add_a_rack_and_better_light_but_no_glass_roof() {
    let catalog = catalog();
    let matrix = catalog.product().groups.iter().find(|(_, group)| group.id == "lamps").unwrap().0;
    let owned = catalog.with(catalog.first(), matrix, Value::Choices(vec![1]));
    let mut session = Session::new(catalog);
    let code = session.catalog().code(&owned);
    session.own(&code).unwrap();
    let ways = session.upgrades();
    let ids: Vec<&str> =
        ways.iter().map(|way| session.catalog().product().upgrades.get(way.upgrade).unwrap().id.as_str()).collect();
    assert_eq!(ids, ["rack", "wheels", "lamps"]);
    assert_eq!((ways[1].price, ways[1].credit), (99_000, 18_000));
    assert_eq!(ways[2].parts.iter().map(|part| part.sku.as_str()).collect::<Vec<_>>(), ["AN-S-AD"]);
}

#[test]
fn the_guide_leads_to_a_car_that_can_be_had() {
    let session = Session::new(catalog());
    let (_, best) = session.guide(&[("where", "far"), ("with", "boards"), ("mood", "cheerful")]);
    let best = best.unwrap();
    assert!(session.catalog().is_valid(&best));
    let quote = session.catalog().quote(&best, 0.0);
    let skus: Vec<_> = quote.parts.iter().map(|part| part.sku.as_str()).collect();
    for sku in ["AN-B-52", "AN-T-RK", "AN-P-SU", "AN-W-TU"] {
        assert!(skus.contains(&sku), "{skus:?}");
    }
}
