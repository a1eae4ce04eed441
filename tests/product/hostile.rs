//! Files that contradict themselves, or mean harm: issues, never a panic, and what is left can be chosen from.

use anprobe::issue::Issues;
use anprobe::product::{Catalog, Offers, Outcome, Session, State};

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
