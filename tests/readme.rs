//! The README and the element name exactly the attributes that the core reads, with the same defaults.

#![allow(clippy::expect_used, clippy::panic, reason = "a test says so by failing")]

use std::fs;
use std::path::Path;

use anprobe::attribute::{ATTRIBUTES, Attribute, Kind};

fn read(path: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// The rows of the table below `## Attributes`: name and default.
fn rows(readme: &str) -> Vec<(String, String)> {
    let section = readme.split("\n## Attributes").nth(1).expect("a section Attributes");
    let section = section.split("\n## ").next().expect("its text");
    let cells = |line: &str| line.split('|').map(|cell| cell.trim().replace('`', "")).collect::<Vec<_>>();
    section
        .lines()
        .filter(|line| line.starts_with("| `"))
        .map(cells)
        .map(|cells| (cells[1].clone(), cells[2].clone()))
        .collect()
}

fn default_in_readme(attribute: &Attribute) -> &'static str {
    match attribute.kind {
        Kind::Flag => "off",
        _ if attribute.default.is_empty() => "–",
        _ => attribute.default,
    }
}

#[test]
fn the_readme_names_every_attribute_with_its_default() {
    let expected: Vec<_> = ATTRIBUTES
        .iter()
        .map(|attribute| (attribute.name.to_owned(), default_in_readme(attribute).to_owned()))
        .collect();
    let mut found = rows(&read("README.md"));
    let mut sorted = expected.clone();
    found.sort();
    sorted.sort();
    assert_eq!(found, sorted);
}

#[test]
fn the_element_observes_every_attribute() {
    let script = read("www/attributes.js");
    let script = script.split("ATTRIBUTES = [").nth(1).and_then(|rest| rest.split("];").next()).expect("a table");
    for attribute in ATTRIBUTES {
        assert!(script.contains(&format!("['{}',", attribute.name)), "www/attributes.js lacks {}", attribute.name);
    }
    assert_eq!(script.matches("['").count(), ATTRIBUTES.len(), "www/attributes.js lists more than the core reads");
}
