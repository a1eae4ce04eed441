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

/// Read by the element alone, whose core knows no page: these fetch a part of their own.
const OF_THE_PAGE: [(&str, &str); 1] = [("generate-schema", "off")];

/// What concerns the room has a table of its own, and is observed by the module that is fetched for it.
fn is_of_the_room(attribute: &Attribute) -> bool {
    attribute.name.starts_with("ar-")
}

#[test]
fn the_readme_names_every_attribute_with_its_default() {
    let expected: Vec<_> = ATTRIBUTES
        .iter()
        .filter(|attribute| !is_of_the_room(attribute))
        .map(|attribute| (attribute.name.to_owned(), default_in_readme(attribute).to_owned()))
        .collect();
    let mut found = rows(&read("README.md"));
    let mut sorted = expected.clone();
    sorted.extend(OF_THE_PAGE.map(|(name, default)| (name.to_owned(), default.to_owned())));
    found.sort();
    sorted.sort();
    assert_eq!(found, sorted);
}

#[test]
fn the_element_observes_every_attribute() {
    let script = read("www/attributes.js");
    let script = script.split("ATTRIBUTES = [").nth(1).and_then(|rest| rest.split("];").next()).expect("a table");
    let room = read("www/ar.js");
    let (of_the_room, others): (Vec<&Attribute>, Vec<&Attribute>) =
        ATTRIBUTES.iter().partition(|attribute| is_of_the_room(attribute));
    for attribute in of_the_room {
        let entry = format!("'{}', '{}'", attribute.name, attribute.default);
        assert!(room.contains(&entry), "www/ar.js lacks {entry}");
        assert!(read("README.md").contains(&format!("| `{}` | `{}` |", attribute.name, attribute.default)));
    }
    for attribute in &others {
        assert!(script.contains(&format!("['{}',", attribute.name)), "www/attributes.js lacks {}", attribute.name);
    }
    // And `ar`, which fetches that module.
    assert!(script.contains("['ar', false]"));
    for (name, _) in OF_THE_PAGE {
        assert!(script.contains(&format!("['{name}', false]")), "www/attributes.js lacks {name}");
    }
    assert_eq!(
        script.matches("['").count(),
        others.len() + 1 + OF_THE_PAGE.len(),
        "www/attributes.js lists more than the core reads"
    );
}
