//! A product file to begin with, from what a model says of itself: variants, parts that are hidden or in each other's place,
//! morph targets, animations, its size, and what its makers wrote into extras.
//!
//! Extras: a node with `{ "group": "base", "choice": "round" }` is a choice of a group; a material with `{ "group": "paint" }` has
//! its colour chosen.

mod group;
mod part;
#[cfg(test)]
mod tests;

use serde_json::{Map, Value, json};

use crate::scene::{Overlay, Pose, Scene};

/// The text of a product file for a model, which lies at `src` beside it. `name` is what the product is called, `currency` that of
/// its prices (ISO 4217).
pub fn proposal(scene: &Scene, src: &str, name: &str, currency: &str) -> String {
    let mut groups = group::groups(scene);
    for (at, group) in groups.iter_mut().enumerate() {
        if let Some(group) = group.as_object_mut() {
            group.insert("number".into(), (at + 1).into());
        }
    }
    let mut file = Map::new();
    file.insert("anprobe".into(), 1.into());
    file.insert("id".into(), id(name).into());
    file.insert("name".into(), name.into());
    file.insert("models".into(), json!([{ "id": "body", "src": src }]));
    file.insert("groups".into(), groups.into());
    file.insert("rules".into(), json!([]));
    file.insert("price".into(), json!({ "currency": currency, "base": 0 }));
    let behaviours = behaviours(scene);
    if !behaviours.is_empty() {
        file.insert("behaviours".into(), behaviours.into());
    }
    let dimensions = dimensions(scene);
    if !dimensions.is_empty() {
        file.insert("dimensions".into(), dimensions.into());
    }
    file.insert("actions".into(), json!([{ "kind": "buy" }]));
    let mut text = written(&Value::Object(file), 0);
    text.push('\n');
    text
}

/// Each animation as a slider from its start to its end.
fn behaviours(scene: &Scene) -> Vec<Value> {
    let mut known = Vec::new();
    let animations = scene.animations.iter().filter(|(_, animation)| animation.duration_secs > 0.0);
    let behaviour = animations.map(|(_, animation)| {
        let map = json!({ "from": [0, 0], "to": [1, short(animation.duration_secs)] });
        let id = unused(&id(&animation.name), &mut known);
        let name = said(&animation.name);
        json!({ "id": id, "name": name, "effects": [{ "animation": animation.name, "map": map }] })
    });
    behaviour.collect()
}

/// Width, height and depth of what is seen, along the lower front edge and the left upright one.
fn dimensions(scene: &Scene) -> Vec<Value> {
    let bounds = Pose::rest(scene, &Overlay::default()).bounds(scene);
    if bounds.is_empty() {
        return Vec::new();
    }
    let (low, high) = (bounds.min.to_array().map(short), bounds.max.to_array().map(short));
    let ([left, bottom, back], [right, top, front]) = (low, high);
    let line = |english: &str, german: &str, from: [f64; 3], to: [f64; 3]| json!({ "name": { "en": english, "de": german }, "from": from, "to": to });
    vec![
        line("Width", "Breite", [left, bottom, front], [right, bottom, front]),
        line("Height", "Höhe", [left, bottom, front], [left, top, front]),
        line("Depth", "Tiefe", [right, bottom, front], [right, bottom, back]),
    ]
}

/// To a tenth of a millimetre, or of a millisecond.
fn short(value: f32) -> f64 {
    (f64::from(value) * 1e4).round() / 1e4
}

/// A name as an id: letters and digits, words joined by `-`; never empty.
fn id(name: &str) -> String {
    let mut out = String::new();
    for letter in name.chars().flat_map(char::to_lowercase) {
        match letter {
            letter if letter.is_ascii_alphanumeric() => out.push(letter),
            'ä' => out.push_str("ae"),
            'ö' => out.push_str("oe"),
            'ü' => out.push_str("ue"),
            'ß' => out.push_str("ss"),
            _ if out.ends_with('-') || out.is_empty() => {}
            _ => out.push('-'),
        }
    }
    let out = out.trim_end_matches('-');
    if out.is_empty() { "unnamed".to_owned() } else { out.to_owned() }
}

/// An id that is not among the known ones, and is then.
fn unused(id: &str, known: &mut Vec<String>) -> String {
    let mut out = id.to_owned();
    let mut number = 2;
    while known.contains(&out) {
        out = format!("{id}-{number}");
        number += 1;
    }
    known.push(out.clone());
    out
}

/// A name as people write it: `shade_printed` is *Shade printed*.
fn said(name: &str) -> String {
    let words: Vec<&str> = name.split(['_', '-', '.', ' ']).filter(|word| !word.is_empty()).collect();
    let text = words.join(" ");
    let mut letters = text.chars();
    letters.next().map_or_else(|| "Unnamed".to_owned(), |first| first.to_uppercase().chain(letters).collect())
}

/// The order in which people read members; others follow.
const ORDER: [&str; 22] = [
    "anprobe", "id", "number", "name", "src", "kind", "free", "min", "max", "step", "unit", "default", "swatch",
    "models", "choices", "groups", "rules", "price", "show", "from", "to", "currency",
];

/// The members of an object in that order.
fn ordered(members: &Map<String, Value>) -> Vec<(&String, &Value)> {
    let mut members: Vec<_> = members.iter().collect();
    members.sort_by_key(|(name, _)| ORDER.iter().position(|known| known == name).unwrap_or(ORDER.len()));
    members
}

/// JSON with one line for what is short.
fn written(value: &Value, depth: usize) -> String {
    let line = value.to_string();
    let is_list = matches!(value, Value::Array(list) if !list.is_empty());
    let is_object = matches!(value, Value::Object(members) if !members.is_empty());
    if depth > 0 && line.len() <= 100 || !(is_list || is_object) {
        return spaced(value);
    }
    let indent = "  ".repeat(depth + 1);
    let entries: Vec<String> = match value {
        Value::Array(list) => list.iter().map(|entry| format!("{indent}{}", written(entry, depth + 1))).collect(),
        Value::Object(members) => ordered(members)
            .into_iter()
            .map(|(name, entry)| format!("{indent}{}: {}", Value::from(name.as_str()), written(entry, depth + 1)))
            .collect(),
        _ => Vec::new(),
    };
    let (open, close) = if is_list { ('[', ']') } else { ('{', '}') };
    format!("{open}\n{}\n{}{close}", entries.join(",\n"), "  ".repeat(depth))
}

/// JSON in one line, with room to read.
fn spaced(value: &Value) -> String {
    match value {
        Value::Array(list) => format!("[{}]", list.iter().map(spaced).collect::<Vec<_>>().join(", ")),
        Value::Object(members) if !members.is_empty() => {
            let each = |(name, entry): (&String, &Value)| format!("{}: {}", Value::from(name.as_str()), spaced(entry));
            format!("{{ {} }}", ordered(members).into_iter().map(each).collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}
