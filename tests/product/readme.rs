//! The README's product file grows as it says, and fits the sample model after each step.

use std::path::Path;

use anprobe::product::Catalog;
use serde_json::{Map, Value};

use crate::sample;

/// Adds a snippet: lists grow, all else is replaced.
fn add(file: &mut Map<String, Value>, snippet: Map<String, Value>) {
    for (key, value) in snippet {
        match (file.get_mut(&key), value) {
            (Some(Value::Array(known)), Value::Array(more)) => known.extend(more),
            (_, value) => {
                file.insert(key, value);
            }
        }
    }
}

#[test]
fn the_product_file_of_the_readme_is_sound_after_each_step() {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(readme).unwrap();
    let section = readme.split("## A product file in ten minutes").nth(1).expect("the section");
    let section = section.split("\n## ").next().unwrap();
    let model = sample::model(&Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/lamp.glb"));
    let mut file = Map::new();
    let mut steps = 0;
    for snippet in section.split("```json\n").skip(1) {
        let text = snippet.split("\n```").next().unwrap();
        add(&mut file, serde_json::from_str(text).unwrap());
        let (catalog, issues) = Catalog::from_json(&Value::Object(file.clone()).to_string()).unwrap();
        assert!(issues.is_empty(), "step {}: {issues:?}", steps + 1);
        for configuration in sample::all(&catalog, true) {
            sample::looks(&catalog, std::slice::from_ref(&model), &configuration, &[]);
        }
        sample::names_are_there(&catalog, std::slice::from_ref(&model), "README.md");
        steps += 1;
    }
    assert_eq!(steps, 8);
    assert_eq!(file["groups"].as_array().unwrap().len(), 5);
}
