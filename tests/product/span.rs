//! Many configurations at once: all, some by chance, few with every pair.

use std::collections::BTreeSet;

use anprobe::product::{Catalog, Configuration};

use crate::sample;

fn asset(name: &str) -> Catalog {
    sample::catalog(&format!("{name}.json"))
}

fn codes(catalog: &Catalog, all: &[Configuration]) -> BTreeSet<String> {
    all.iter().map(|configuration| catalog.code(configuration)).collect()
}

#[test]
fn every_pair_of_choices_meets_in_few_configurations() {
    for (name, most) in [("lamp", 20), ("case", 30), ("shirt", 40), ("car", 90)] {
        let catalog = asset(name);
        let span = catalog.span(None).unwrap();
        let few = span.pairwise();
        assert!(few.iter().all(|configuration| catalog.is_valid(configuration)), "{name}");
        let (pairs, met) = span.covered(&few);
        assert_eq!(pairs, met, "{name}");
        assert_eq!(codes(&catalog, &few).len(), few.len(), "{name}: one comes twice");
        assert!(few.len() <= most, "{name}: {} for {pairs} pairs", few.len());
        // The count is one that can be missed.
        let (_, less) = span.covered(&few[..few.len() - 1]);
        assert!(less < pairs, "{name}");
        println!("{name}: {} configurations for {pairs} pairs", few.len());
    }
}

#[test]
fn pairs_are_those_that_rules_allow() {
    let catalog = asset("case");
    let span = catalog.span(None).unwrap();
    // Of all configurations, whether two choices meet says the same as the pairs that are looked for.
    let all: Vec<_> = span.all().collect();
    let (pairs, met) = span.covered(&all);
    assert_eq!(pairs, met);
}

#[test]
fn all_are_all_and_none_comes_twice() {
    let catalog = asset("case");
    let free = catalog.item(catalog.item_named("color/free").unwrap()).unwrap();
    let mut expected = sample::all(&catalog, false);
    expected.retain(|configuration| !configuration.takes(free));
    let all: Vec<_> = catalog.span(None).unwrap().all().collect();
    assert_eq!(codes(&catalog, &all).len(), all.len());
    assert_eq!(codes(&catalog, &all), codes(&catalog, &expected));
}

#[test]
fn some_groups_alone_leave_the_others_as_they_are() {
    let catalog = asset("lamp");
    let groups: Vec<usize> = ["shade", "light"].iter().filter_map(|id| catalog.group_named(id)).collect();
    let all: Vec<_> = catalog.span(Some(&groups)).unwrap().all().collect();
    // Two shades, three lights, one pair of which the rules forbid.
    assert_eq!(all.len(), 5);
    let finish = catalog.group_named("finish").unwrap();
    assert!(all.iter().all(|it| catalog.is_valid(it) && it.value(finish) == catalog.first().value(finish)));
}

#[test]
fn chance_is_fair_and_can_be_had_again() {
    let catalog = asset("case");
    let span = catalog.span(None).unwrap();
    let drawn: Vec<_> = span.sample(7).take(600).collect();
    assert_eq!(drawn.len(), 600);
    assert_eq!(drawn, span.sample(7).take(600).collect::<Vec<_>>());
    assert_ne!(drawn[..20], span.sample(8).take(20).collect::<Vec<_>>()[..]);
    // A clear shell has one colour of four, so that far fewer have it than a third.
    let clear = catalog.item_named("finish/clear").unwrap();
    let has = |it: &&Configuration| it.takes(catalog.item(clear).unwrap());
    let all: Vec<_> = span.all().collect();
    let expected = all.iter().filter(has).count() as f64 / all.len() as f64;
    let share = drawn.iter().filter(has).count() as f64 / 600.0;
    assert!((share - expected).abs() < 0.05, "{share} of {expected}");
}
