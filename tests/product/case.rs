//! The sample phone case: two models for one product, a print, and what excludes it.

use anprobe::product::{Catalog, Configuration, Outcome, Session, State, Value};

use crate::sample;

const SIZE: usize = 0;
const PHOTO: usize = 5;
const NAME: usize = 6;

fn catalog() -> Catalog {
    sample::catalog("case.json")
}

fn with(catalog: &Catalog, group: &str, choice: &str) -> Configuration {
    let name = format!("{group}/{choice}");
    let item = catalog.item_named(&name).unwrap();
    let group = catalog.group_named(group).unwrap();
    let at = catalog.items_of(group).position(|other| other == item).unwrap();
    catalog.with(catalog.first(), group, Value::Choices(vec![at]))
}

#[test]
fn every_valid_case_keeps_its_code() {
    let catalog = catalog();
    // Extras with or without a rim: nothing, ring or magnets; the large phone's ring has one. Silicone in any of five
    // colours on three backs, lacquer in four, clear in one.
    let (extras, shells, accents) = (3 * 2 + (3 * 2 - 1), 5 * 3 + 4 * 3 + 1, 4);
    let count = catalog.count().unwrap();
    assert_eq!(count.combinations, (extras * shells * accents).to_string());
    assert!(count.is_open);
    // A photograph takes the plain back; clear takes neither that nor a name.
    let printed = 5 * (3 + 1) * 2 + 4 * (3 + 1) * 2 + 1;
    let all = sample::all(&catalog, true);
    assert_eq!(all.len(), extras * printed * accents);
    sample::keep_their_codes(&catalog, &all);
}

#[test]
fn the_size_takes_its_model_and_every_choice_is_seen_on_it() {
    let catalog = catalog();
    let models = sample::models(&catalog);
    let some = sample::some(&catalog, 500);
    let behaviours: Vec<_> = catalog.product().behaviours.iter().map(|(at, _)| (at, 0.5)).collect();
    for configuration in &some {
        let looks = sample::looks(&catalog, &models, configuration, &behaviours);
        let Some(Value::Choices(size)) = configuration.value(SIZE) else { panic!("one size") };
        assert_eq!(looks.iter().map(|(model, _)| *model).collect::<Vec<_>>(), *size);
    }
    sample::every_effect_is_seen(&catalog, &models, &some);
}

#[test]
fn the_print_is_seen_only_with_something_on_it() {
    let catalog = catalog();
    let models = sample::models(&catalog);
    let print = models[0].nodes.iter().find(|(_, node)| node.name == "print").unwrap().0;
    let hidden = |configuration: &Configuration| {
        let looks = sample::looks(&catalog, &models, configuration, &[]);
        looks[0].1.visibility.get(&print) == Some(&false)
    };
    assert!(hidden(catalog.first()));
    // A coloured back lies below it.
    let coral = with(&catalog, "back", "coral");
    assert!(hidden(&coral));
    let backing = models[0].nodes.iter().find(|(_, node)| node.name == "backing").unwrap().0;
    assert_eq!(sample::looks(&catalog, &models, &coral, &[])[0].1.visibility.get(&backing), Some(&true));
    assert!(!hidden(&catalog.with(catalog.first(), PHOTO, Value::Picture("1".into()))));
    assert!(!hidden(&catalog.with(catalog.first(), NAME, Value::Text("Jo".into()))));
}

#[test]
fn a_name_reads_on_every_back_and_leaves_a_photograph_its_colours() {
    let catalog = catalog();
    let models = sample::models(&catalog);
    let named = |case: &Configuration| catalog.with(case, NAME, Value::Text("Jo".into()));
    let material = |case: &Configuration, name: &str| sample::material(&catalog, &models, case, name);
    for (group, choice, below) in [
        ("color", "ink", "shell"),
        ("color", "sage", "shell"),
        ("color", "plum", "shell"),
        ("color", "natural", "shell"),
        ("back", "sand", "backing"),
        ("back", "coral", "backing"),
    ] {
        let case = named(&with(&catalog, group, choice));
        let contrast = sample::contrast(&material(&case, "print"), &material(&case, below));
        assert!(contrast > 4.5, "{choice}: {contrast}");
    }
    for color in ["ink", "sage", "plum", "natural"] {
        let case = named(&with(&catalog, "color", color));
        let photo = catalog.with(&case, PHOTO, Value::Picture("1".into()));
        assert_eq!(material(&photo, "print").base_color_factor.to_array(), [1.0; 4]);
    }
}

#[test]
fn a_clear_case_says_why_it_is_bare_in_both_languages() {
    let mut session = Session::new(catalog());
    let [back, clear] = ["back/coral", "finish/clear"].map(|name| session.catalog().item_named(name).unwrap());
    assert!(matches!(session.toggle(back), Outcome::Changed(_)));
    // It costs 200 more, the print of 500 goes; the colour, which nobody chose, goes too.
    assert_eq!(session.toggle(clear), Outcome::Blocked(State::Repairable { own: 1, others: 1, amount: -300 }));
    let explanation = session.explain(clear);
    let said = ["en", "de"].map(|language| sample::reasons(session.catalog(), &explanation, language));
    let either = [
        ["Ink does not hold on the clear shell.", "Auf der klaren Schale hält keine Farbe."],
        ["The clear shell is cast without dye.", "Die klare Schale wird ungefärbt gegossen."],
    ];
    assert!(either.iter().any(|[english, german]| said == [vec![*english], vec![*german]]), "{said:?}");

    let (group, value) = session.toggled(clear).unwrap();
    let repair = session.repair(group, &value).unwrap();
    assert_eq!(repair.changes.iter().map(|change| change.group).collect::<Vec<_>>(), [2, 4]);
    assert!(matches!(session.accept(group, &value), Outcome::Changed(_)));
    assert!(session.catalog().is_valid(session.configuration()));
}

#[test]
fn an_owner_of_a_ring_gets_magnets_in_its_place() {
    let catalog = catalog();
    let owned = catalog.with(catalog.first(), 7, Value::Choices(vec![0, 1]));
    let mut session = Session::new(catalog);
    let code = session.catalog().code(&owned);
    session.own(&code).unwrap();
    let ways = session.upgrades();
    // The rim is there already.
    let [way] = &ways[..] else { panic!("{ways:?}") };
    let named = |name: &str| session.catalog().item_named(name).unwrap();
    assert_eq!(
        (way.price, &way.added[..], &way.removed[..]),
        (1200, &[named("extras/magsafe")][..], &[named("extras/ring")][..])
    );
    assert_eq!(way.facts.len(), 1);
}

#[test]
fn the_guide_leads_to_a_case_that_can_be_had() {
    let session = Session::new(catalog());
    let (_, best) = session.guide(&[("use", "outside"), ("show", "phone")]);
    let best = best.unwrap();
    assert!(session.catalog().is_valid(&best));
    // Outside, nobody wants the clear shell.
    let clear = session.catalog().item(session.catalog().item_named("finish/clear").unwrap()).unwrap();
    assert!(!best.takes(clear));
}
