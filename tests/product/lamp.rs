//! The sample lamp: its file, its rules in both languages, and its look.

use std::path::Path;

use anprobe::assembly::overlay;
use anprobe::import::{Limits, Opened};
use anprobe::product::{Catalog, Configuration, Outcome, Reason, Session, State, Value};
use anprobe::scene::Scene;

fn read(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("assets").join(name)).expect("a sample")
}

fn catalog() -> Catalog {
    let (catalog, issues) = Catalog::from_json(std::str::from_utf8(&read("lamp.json")).unwrap()).unwrap();
    assert!(issues.is_empty(), "{issues:?}");
    catalog
}

fn scene() -> Scene {
    let (scene, issues) = Opened::new(read("lamp.glb"), &Limits::default()).unwrap().finish(|_| None).unwrap();
    assert!(issues.is_empty(), "{issues:?}");
    scene
}

/// Every configuration that keeps the rules, without words.
fn all(catalog: &Catalog) -> Vec<Configuration> {
    let mut found = vec![catalog.first().clone()];
    for (at, group) in catalog.product().groups.iter() {
        let values: Vec<_> = match catalog.first().value(at).unwrap() {
            Value::Choices(_) => group.choices.iter().map(|(choice, _)| Value::Choices(vec![choice])).collect(),
            Value::Step(_) => (0..=group.last_step()).map(Value::Step).collect(),
            other => vec![other.clone()],
        };
        let each = |known: &Configuration| {
            values.iter().map(|value| catalog.with(known, at, value.clone())).collect::<Vec<_>>()
        };
        found = found.iter().flat_map(each).collect();
    }
    found.retain(|configuration| catalog.is_valid(configuration));
    found
}

#[test]
fn every_valid_lamp_keeps_its_code() {
    let catalog = catalog();
    let all = all(&catalog);
    let retired = |configuration: &&Configuration| configuration.value(5) == Some(&Value::Choices(vec![0]));
    let sold = all.iter().filter(|configuration| !retired(configuration)).count();
    assert_eq!(catalog.count().unwrap().combinations, sold.to_string());
    assert!(catalog.count().unwrap().is_open);
    for configuration in &all {
        let code = catalog.code(configuration);
        assert!(code.len() <= 16, "{code}");
        let decoded = catalog.decoded(&code).unwrap();
        assert!(decoded.gone.is_empty() && decoded.changes.is_empty());
        assert!(decoded.configuration.changes_to(configuration, &catalog).is_empty(), "{code}");
    }
}

#[test]
fn every_choice_finds_its_place_in_the_model() {
    let (catalog, scene) = (catalog(), scene());
    let behaviours: Vec<_> = catalog.product().behaviours.iter().map(|(at, _)| (at, 0.5)).collect();
    let mut looks = Vec::new();
    for configuration in all(&catalog) {
        let parts = catalog.look(&configuration, &behaviours);
        assert_eq!(parts.len(), 1);
        let (overlay, issues) = overlay(&scene, &parts[0].wishes);
        assert!(issues.is_empty(), "{issues:?}");
        looks.push(overlay);
    }
    // No two lamps look the same.
    let distinct = looks.iter().enumerate().filter(|(at, look)| !looks[..*at].contains(look)).count();
    assert_eq!(distinct, looks.len());
}

#[test]
fn a_blocked_choice_says_why_in_both_languages_and_how_to_get_it() {
    let mut session = Session::new(catalog());
    let item = |session: &Session, name: &str| session.catalog().item_named(name).unwrap();
    let battery = item(&session, "power/battery");
    assert!(matches!(session.toggle(battery), Outcome::Changed(groups) if groups == [4]));
    let charging = item(&session, "base/charging");
    let before = session.configuration().clone();
    assert_eq!(session.toggle(charging), Outcome::Blocked(State::Repairable { own: 1, others: 0, amount: -1000 }));
    assert_eq!(session.configuration(), &before);

    let explanation = session.explain(charging);
    assert!(explanation.is_minimal);
    let [Reason::Rule(rule), Reason::Taken(taken)] = explanation.reasons[..] else { panic!("{explanation:?}") };
    assert_eq!(taken, battery);
    let reason = &session.catalog().product().rules.get(rule).unwrap().reason;
    assert_eq!(reason.in_language("de"), "Ein Telefon zu laden braucht mehr, als der Akku gibt.");
    assert_eq!(reason.in_language("en"), "Charging a phone takes more than the battery can give.");

    let (group, value) = session.toggled(charging).unwrap();
    let repair = session.repair(group, &value).unwrap();
    assert_eq!(repair.changes.iter().map(|change| change.group).collect::<Vec<_>>(), [4]);
    assert!(matches!(session.accept(group, &value), Outcome::Changed(_)));
    assert!(matches!(session.undo(), Outcome::Changed(_)));
    assert_eq!(session.configuration(), &before);
}

#[test]
fn an_owner_of_the_first_lamp_sees_what_an_upgrade_brings() {
    let catalog = catalog();
    let owned = catalog.with(catalog.first(), 5, Value::Choices(vec![0]));
    let mut session = Session::new(catalog);
    let code = session.catalog().code(&owned);
    session.own(&code).unwrap();
    let ways = session.upgrades();
    let charging = ways.iter().find(|way| way.upgrade == 0).unwrap();
    assert_eq!((charging.price, charging.credit), (6900, 1500));
    assert_eq!(charging.parts.iter().map(|part| part.sku.as_str()).collect::<Vec<_>>(), ["LU-B-QI"]);
    // The light module needs a dimmer, so that a base comes with it.
    let light = ways.iter().find(|way| way.upgrade == 1).unwrap();
    assert_eq!(light.changes.len(), 1);
    // What is no longer sold is not to be had, but to be kept.
    let first = session.catalog().item_named("base/first").unwrap();
    assert_eq!(session.toggle(first), Outcome::Blocked(State::Dead));
    assert!(matches!(session.upgrade(0), Outcome::Changed(_)));
    assert_eq!(session.catalog().code(session.configuration()).len(), code.len());
}

#[test]
fn the_guide_leads_to_a_lamp_that_can_be_had() {
    let session = Session::new(catalog());
    let (suggestions, best) = session.guide(&[("use", "mood"), ("place", "no")]);
    let weight = |name: &str| {
        let item = session.catalog().item_named(name).unwrap();
        suggestions.iter().find(|suggestion| suggestion.item == item).map(|found| (found.weight, found.is_avoided))
    };
    assert_eq!(weight("light/warmdim"), Some((2, false)));
    assert_eq!(weight("power/mains"), Some((0, true)));
    let best = best.unwrap();
    assert!(session.catalog().is_valid(&best));
    // With the battery there is no warm-dim light; the next best is.
    let quote = session.catalog().quote(&best, 0.0);
    let skus: Vec<_> = quote.parts.iter().map(|part| part.sku.as_str()).collect();
    assert!(skus.contains(&"LU-P-BA") && skus.contains(&"LU-L-27"), "{skus:?}");
}
