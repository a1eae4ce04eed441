//! Rules compiled ahead answer as those that are compiled on the page.

use anprobe::logic::Budget;
use anprobe::product::Catalog;

use super::sample;

fn compiled(text: &str) -> Vec<u8> {
    Catalog::compile(text, Budget::default()).expect("rules that can be compiled")
}

#[test]
fn every_sample_answers_the_same() {
    for (name, text) in sample::texts() {
        let bytes = compiled(&text);
        let (here, _) = Catalog::from_json(&text).unwrap();
        let (ahead, issues) = Catalog::with_rules(&text, Some(&bytes)).unwrap();
        assert!(issues.is_empty(), "{name}: {issues:?}");
        assert_eq!(here.count(), ahead.count(), "{name}");
        assert_eq!(here.states(here.first()), ahead.states(ahead.first()), "{name}");
        assert_eq!(here.cheapest(), ahead.cheapest(), "{name}");
        assert_eq!(here.dearest(), ahead.dearest(), "{name}");
    }
}

#[test]
fn rules_of_another_text_are_said_and_compiled_here() {
    let (_, text) = sample::texts().into_iter().find(|(name, _)| name == "lamp.json").unwrap();
    let bytes = compiled(&text);
    let other = text.replace("\"max\": 38", "\"max\": 36");
    assert_ne!(text, other);
    let (here, _) = Catalog::from_json(&other).unwrap();
    for wrong in [bytes.as_slice(), &[], b"ANRULES1", &bytes[..bytes.len() - 1], &bytes[..20]] {
        let text = if wrong == bytes.as_slice() { &other } else { &text };
        let (catalog, issues) = Catalog::with_rules(text, Some(wrong)).unwrap();
        let codes: Vec<_> = issues.iter().map(|issue| (issue.code.as_str(), issue.path.as_str())).collect();
        assert_eq!(codes, [("PRODUCT_COMPILED", "/compiled")]);
        if wrong == bytes.as_slice() {
            assert_eq!(catalog.count(), here.count());
        }
    }
}

#[test]
fn damaged_rules_never_panic() {
    let (_, text) = sample::texts().into_iter().find(|(name, _)| name == "lamp.json").unwrap();
    let bytes = compiled(&text);
    for at in 16..bytes.len() {
        for value in [0, 1, 0x7f, 0xff] {
            let mut damaged = bytes.clone();
            damaged[at] = value;
            let (catalog, _) = Catalog::with_rules(&text, Some(&damaged)).unwrap();
            drop((catalog.count(), catalog.states(catalog.first())));
        }
    }
}

#[test]
fn what_contradicts_itself_or_takes_too_long_is_refused() {
    let text = r#"{"anprobe":1,"id":"x","name":"X","models":[{"id":"m","src":"m.glb"}],
        "groups":[{"id":"a","number":1,"name":"A","choices":[{"id":"b","number":1,"name":"B"}]}],
        "rules":[{"holds":{"not":"a/b"}}]}"#;
    assert_eq!(Catalog::compile(text, Budget::default()).unwrap_err().code.as_str(), "PRODUCT_CONTRADICTION");
    let (_, lamp) = sample::texts().into_iter().find(|(name, _)| name == "lamp.json").unwrap();
    let spent = Catalog::compile(&lamp, Budget { steps: 1, depth: 1 }).unwrap_err();
    assert_eq!(spent.code.as_str(), "PRODUCT_RULES");
}
