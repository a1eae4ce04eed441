//! Files that contradict themselves, or mean harm: issues, never a panic, and what is left can be chosen from.

use anprobe::issue::Issues;
use anprobe::product::{Answer, Catalog, Entry, Offers, Outcome, Session, State, Value, encoded};

fn product(groups: &str, rest: &str) -> (Catalog, Issues) {
    let text = format!(
        r#"{{"anprobe":1,"id":"x","name":"X","models":[{{"id":"m","src":"m.glb"}}],"groups":[{groups}]{rest}}}"#
    );
    Catalog::from_json(&text).unwrap()
}

/// A group of choices, each with what it has beside id, number and name.
fn group(number: usize, choices: &[&str]) -> String {
    let choices = choices
        .iter()
        .enumerate()
        .map(|(at, more)| format!(r#"{{"id":"c{at}","number":{},"name":"C"{more}}}"#, at + 1));
    let choices = choices.collect::<Vec<_>>().join(",");
    format!(r#"{{"id":"g{number}","number":{number},"name":"G","choices":[{choices}]}}"#)
}

fn codes(issues: &Issues) -> Vec<String> {
    issues.iter().map(|issue| format!("{} {}", issue.code.as_str(), issue.path)).collect()
}

#[test]
fn amounts_that_do_not_add_up_cost_nothing() {
    let least = format!(r#","price":{},"sku":"A""#, i64::MIN);
    let groups = [1, 2].map(|number| group(number, &["", &least])).join(",");
    let (mut catalog, issues) = product(&groups, r#","price":{"currency":"EUR","base":-9223372036854775808}"#);
    assert_eq!(
        codes(&issues),
        [
            "PRODUCT_RANGE /groups/0/choices/1/price",
            "PRODUCT_RANGE /groups/1/choices/1/price",
            "PRODUCT_RANGE /price/base"
        ]
    );
    catalog.set_offers(Offers::from_json(&format!(r#"{{"A":{{"price":{}}}}}"#, i64::MIN), None));
    let states = catalog.states(catalog.first());
    assert_eq!(states[1], State::Possible { amount: 0 });
    assert_eq!(catalog.quote(catalog.first(), 0.0).total, 0);
}

#[test]
fn a_body_is_one_of_the_models_and_no_part_of_another() {
    let models = r#""models":[{"id":"a","src":"a.glb"},{"id":"b","src":"b.glb"},{"id":"c","src":"c.glb"}]"#;
    let mounts = r#"{"mount":{"part":"c","socket":"s"}},{"mount":{"part":"b","socket":"s"}}"#;
    let groups = group(1, &["", r#","effects":[{"body":"b"},{"body":"d"}]"#, &format!(r#","effects":[{mounts}]"#)]);
    let rest = r#""surfaces":[{"id":"s","material":"m","sizeMm":[1,1],"sizeMmByBody":{"b":[2,2],"d":[2,2]}},
        {"id":"t","material":"m","sizeMm":[1,1],"sizeMmByBody":{"b":[2,0]}}],
        "dimensions":[{"name":"D","when":"g1/c9","from":[0,0,0],"to":[1,0,0]}],
        "hotspots":[{"text":"H","when":"g1/c9","position":[0,0,0]},{"text":"H","when":"g1/c1","position":[0,0,0]}]"#;
    let (catalog, issues) =
        Catalog::from_json(&format!(r#"{{"anprobe":1,"id":"x","name":"X",{models},"groups":[{groups}],{rest}}}"#))
            .unwrap();
    assert_eq!(
        codes(&issues),
        [
            "PRODUCT_NAME /groups/0/choices/1/effects/1/body",
            "PRODUCT_NAME /hotspots/0/when",
            "PRODUCT_NAME /dimensions/0/when",
            "PRODUCT_NAME /surfaces/0/sizeMmByBody/d",
            "PRODUCT_RANGE /surfaces/1/sizeMm",
            "PRODUCT_ENTRY /groups/0/choices/2/effects/1/mount"
        ]
    );
    let shown = |choice: usize| {
        let configuration = catalog.with(catalog.first(), 0, Value::Choices(vec![choice]));
        catalog.look(&configuration, &[]).iter().map(|part| (part.model, part.mounted.is_some())).collect::<Vec<_>>()
    };
    assert_eq!([0, 1, 2].map(shown), [vec![(0, false)], vec![(1, false)], vec![(0, false), (2, true)]]);
}

#[test]
fn ink_is_a_colour_or_left_out() {
    let surface = |id: usize, ink: &str| format!(r#"{{"id":"s{id}","material":"m","sizeMm":[1,1]{ink}}}"#);
    let inks =
        ["", r##","ink":"#0aF29c""##, r#","ink":"red""#, r##","ink":"#fff""##, r##","ink":"#+12345""##, r#","ink":7"#];
    let surfaces = inks.iter().enumerate().map(|(id, ink)| surface(id, ink)).collect::<Vec<_>>().join(",");
    let (catalog, issues) = product(&group(1, &[""]), &format!(r#","surfaces":[{surfaces}]"#));
    assert_eq!(codes(&issues), [5, 2, 3, 4].map(|at| format!("PRODUCT_VALUE /surfaces/{at}/ink")));
    let kept: Vec<_> = catalog.product().surfaces.entries().map(|surface| surface.ink.as_deref()).collect();
    assert_eq!(kept, [None, Some("#0aF29c"), None, None, None, None]);
}

#[test]
fn what_is_no_longer_sold_is_had_by_no_way_round() {
    let retired = r#","retired":true"#;
    let (catalog, issues) =
        product(&group(1, &["", retired, ""]).replace(r#""name":"G""#, r#""name":"G","default":"c1""#), "");
    assert_eq!(codes(&issues), ["PRODUCT_DEFAULT /groups"]);
    let gone = catalog.item_named("g1/c1").unwrap();
    assert!(!catalog.first().takes(catalog.item(gone).unwrap()));
    let mut session = Session::new(catalog);
    let (at, value) = session.toggled(gone).unwrap();
    assert_eq!(session.select(at, value.clone()), Outcome::Blocked(State::Dead));
    assert_eq!(session.accept(at, &value), Outcome::Blocked(State::Dead));
    assert_eq!(session.repair(at, &value), None);
}

#[test]
fn a_group_of_which_nothing_is_sold_leaves_the_rules_of_others() {
    let groups = [group(1, &["", ""]), group(2, &["", ""]), group(3, &[r#","retired":true"#])].join(",");
    let (catalog, issues) = product(&groups, r#","rules":[{"when":"g1/c1","excludes":["g2/c1"]}]"#);
    assert_eq!(codes(&issues), ["PRODUCT_ENTRY /groups/2/choices"]);
    assert_eq!(catalog.count().unwrap().combinations, "3");
}

#[test]
fn conditions_in_conditions_are_read_as_far_as_the_reader_goes() {
    let mut condition = r#""g1/c0""#.to_owned();
    for _ in 0..50 {
        condition = format!(r#"{{"one":[{condition},"g1/c1"]}}"#);
    }
    let (catalog, _) = product(&group(1, &["", "", ""]), &format!(r#","rules":[{{"holds":{condition}}}]"#));
    // The second choice turns the outcome at each of fifty levels, and so not at all; the third one meets none.
    assert_eq!(catalog.count().unwrap().combinations, "1");
}

#[test]
fn a_rule_of_too_many_parts_is_said_to_be_too_much() {
    let all = (0..900).map(|at| format!(r#""g{}/c{}""#, 1 + at / 3, at % 3)).collect::<Vec<_>>().join(",");
    let all = vec![all; 12].join(",");
    let groups = (1..=300).map(|number| group(number, &["", "", ""])).collect::<Vec<_>>().join(",");
    let (catalog, issues) = product(&groups, &format!(r#","rules":[{{"holds":{{"atMost":5000,"of":[{all}]}}}}]"#));
    assert!(codes(&issues).contains(&"PRODUCT_RULES /rules".to_owned()), "{issues:?}");
    assert_eq!(catalog.count(), None);
    // Without the graph, what alone keeps the rules can still be chosen.
    let mut session = Session::new(catalog);
    let item = session.catalog().item_named("g7/c1").unwrap();
    assert!(matches!(session.toggle(item), Outcome::Changed(_)));
    let (at, value) = session.toggled(session.catalog().item_named("g8/c2").unwrap()).unwrap();
    assert!(matches!(session.accept(at, &value), Outcome::Changed(_)));
}

#[test]
fn words_that_do_not_fit_come_in_by_no_way() {
    let file = |default: &str| {
        format!(
            r#"{{"anprobe":1,"id":"x","name":"X","models":[{{"id":"m","src":"m.glb"}}],"groups":[
                {{"id":"t","number":1,"name":"T","kind":"text","max":3,"default":{default}}}]}}"#
        )
    };
    let (catalog, issues) = Catalog::from_json(&file(r#""Ida""#)).unwrap();
    assert!(issues.is_empty());
    assert_eq!(catalog.first().value(0), Some(&Value::Text("Ida".into())));
    for words in ["Ida ", "a\u{7}"] {
        let (other, issues) = Catalog::from_json(&file(&serde_json::to_string(words).unwrap())).unwrap();
        assert_eq!(issues.iter().map(|issue| issue.code.as_str()).collect::<Vec<_>>(), ["PRODUCT_ENTRY"], "{words:?}");
        assert_eq!(other.first().value(0), Some(&Value::Text("".into())));
        let code = encoded(&[Entry { group: 1, answer: Answer::Text(words.into()) }]);
        let decoded = catalog.decoded(&code).unwrap();
        assert_eq!((decoded.gone, decoded.configuration.value(0)), (vec![(1, 0)], catalog.first().value(0)));
        assert_eq!(Session::new(other).select(0, Value::Text(words.into())), Outcome::Unknown);
    }
}

#[test]
fn what_needs_words_is_not_dead_and_says_which() {
    let file = r#"{"anprobe":1,"id":"x","name":"X","models":[{"id":"m","src":"m.glb"}],"groups":[
        {"id":"way","number":1,"name":"Way","choices":[{"id":"plain","number":1,"name":"P"},{"id":"engraved","number":2,"name":"E","price":5}]},
        {"id":"words","number":2,"name":"Words","kind":"text"}],
        "rules":[{"when":"way/engraved","requires":{"filled":"words"},"reason":"There is nothing to engrave."}]}"#;
    let (catalog, issues) = Catalog::from_json(file).unwrap();
    assert!(issues.is_empty(), "{issues:?}");
    let engraved = catalog.item_named("way/engraved").unwrap();
    let expected = State::Repairable { own: 0, others: 1, amount: 5 };
    assert_eq!(catalog.states(catalog.first())[engraved.index()], expected);
    let mut session = Session::new(catalog);
    assert_eq!(session.select(0, Value::Choices(vec![1])), Outcome::Blocked(expected));
    assert_eq!(session.repair(0, &Value::Choices(vec![1])), None);
    assert_eq!(session.explain(engraved).reasons.len(), 2);
    assert_eq!(session.select(1, Value::Text("Ida".into())), Outcome::Changed(vec![1]));
    assert_eq!(session.select(0, Value::Choices(vec![1])), Outcome::Changed(vec![0]));
    // And the words cannot go before the engraving does.
    assert!(matches!(session.select(1, Value::Text("".into())), Outcome::Blocked(State::Repairable { .. })));
}
