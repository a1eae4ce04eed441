//! The sample lamp: its file, its rules in both languages, and its look.

use anprobe::product::{Catalog, Configuration, Outcome, Reason, Session, State, Value};

use crate::sample;

fn catalog() -> Catalog {
    sample::catalog("lamp.json")
}

#[test]
fn every_valid_lamp_keeps_its_code() {
    let catalog = catalog();
    let all = sample::all(&catalog, false);
    let retired = |configuration: &&Configuration| configuration.value(5) == Some(&Value::Choices(vec![0]));
    let sold = all.iter().filter(|configuration| !retired(configuration)).count();
    // Four finishes of what differs by shade and arm; each lamp with a cable counts twice, with the clip and without.
    // Spun on the five short arms: 3 lights × 2 bases with a cable, 2 lights × 1 base with the battery; on the two
    // long ones: 3 lights × 1 base, and 2 × 1; printed on all seven arms: 2 lights × 2 bases, and 2 × 1.
    assert_eq!(sold, 4 * (5 * (2 * 6 + 2) + 2 * (2 * 3 + 2) + 7 * (2 * 4 + 2)));
    assert_eq!(catalog.count().unwrap().combinations, sold.to_string());
    assert!(catalog.count().unwrap().is_open);
    assert!(all.iter().all(|configuration| catalog.code(configuration).len() <= 16));
    sample::keep_their_codes(&catalog, &all);
}

#[test]
fn every_choice_finds_its_place_in_the_model() {
    let catalog = catalog();
    let models = sample::models(&catalog);
    let behaviours: Vec<_> = catalog.product().behaviours.iter().map(|(at, _)| (at, 0.5)).collect();
    let all = sample::all(&catalog, false);
    let looks: Vec<_> = all.iter().map(|lamp| sample::looks(&catalog, &models, lamp, &behaviours)).collect();
    assert!(looks.iter().all(|parts| parts.len() == 1));
    // No two lamps look the same.
    let distinct = looks.iter().enumerate().filter(|(at, look)| !looks[..*at].contains(look)).count();
    assert_eq!(distinct, looks.len());
}

#[test]
fn an_engraving_is_seen_when_there_is_one_and_reads_on_every_finish() {
    let catalog = catalog();
    let models = sample::models(&catalog);
    let plate = models[0].nodes.iter().find(|(_, node)| node.name == "engraving").unwrap();
    assert!(!plate.1.visible);
    let shown = |lamp: &Configuration| {
        let looks = sample::looks(&catalog, &models, lamp, &[]);
        looks[0].1.visibility.get(&plate.0) == Some(&true)
    };
    for (finish, coat) in ["coat_graphite", "coat_silver", "coat_sage", "coat_terracotta"].iter().enumerate() {
        let lamp = catalog.with(catalog.first(), 0, Value::Choices(vec![finish]));
        let engraved = catalog.with(&lamp, 6, Value::Text("Jo".into()));
        assert_eq!([&lamp, &engraved].map(shown), [false, true]);
        let [words, below] = ["engraving", *coat].map(|name| sample::material(&catalog, &models, &engraved, name));
        let contrast = sample::contrast(&words, &below);
        assert!(contrast > 3.0, "{coat}: {contrast}");
    }
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
fn a_clip_needs_a_cable_and_stays_where_it_is_on_every_arm() {
    let mut session = Session::new(catalog());
    let item = |session: &Session, name: &str| session.catalog().item_named(name).unwrap();
    let [battery, clip] = ["power/battery", "clip/printed"].map(|name| item(&session, name));
    // An owner can have it printed later.
    let code = session.code();
    session.own(&code).unwrap();
    let way = session.upgrades().into_iter().find(|way| way.upgrade == 3).unwrap();
    assert_eq!(way.parts.iter().map(|part| part.sku.as_str()).collect::<Vec<_>>(), ["LU-C-PR"]);
    assert!(matches!(session.upgrade(3), Outcome::Changed(groups) if groups == [7]));
    assert_eq!(session.code().len(), code.len());
    let models = sample::models(session.catalog());
    let node = |name: &str| models[0].nodes.iter().find(|(_, node)| node.name == name).unwrap().0;
    let (shown, moved) = (node("clip"), node("arm_upper"));
    for step in [0, 6] {
        let lamp = session.catalog().with(session.configuration(), 2, Value::Step(step));
        let looks = sample::looks(session.catalog(), &models, &lamp, &[]);
        let overlay = &looks[0].1;
        assert_eq!(overlay.visibility.get(&shown), Some(&true));
        assert!(overlay.placements.get(&moved).is_some() && overlay.placements.get(&shown).is_none());
    }
    assert!(matches!(session.toggle(battery), Outcome::Blocked(State::Repairable { .. })));
    session.undo();
    session.toggle(battery);
    assert!(matches!(session.toggle(clip), Outcome::Blocked(State::Repairable { .. })));
    let explanation = session.explain(clip);
    let [Reason::Rule(rule), Reason::Taken(_)] = explanation.reasons[..] else { panic!("{explanation:?}") };
    let reason = &session.catalog().product().rules.get(rule).unwrap().reason;
    assert_eq!(reason.in_language("en"), "With the battery there is no cable to hold.");
    assert_eq!(reason.in_language("de"), "Mit dem Akku gibt es kein Kabel zu halten.");
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
