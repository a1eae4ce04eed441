//! Languages in which a customer would read nothing, or another language.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::issue::{Code, Issues};

/// Members that customers read.
const TEXTS: [&str; 7] = ["name", "description", "text", "reason", "note", "question", "base"];

/// Says which texts of a product file are not in all languages that it has.
pub fn languages(text: &str, issues: &mut Issues) {
    let document: Value = serde_json::from_str(text).unwrap_or_default();
    let mut all = BTreeSet::new();
    walk(&document, &mut String::new(), &mut |_, text| all.extend(text.keys().cloned()));
    walk(&document, &mut String::new(), &mut |path, text| {
        let empty = |tag: &&String| text.get(*tag).and_then(Value::as_str).is_none_or(str::is_empty);
        let missing: Vec<&str> = all.iter().filter(empty).map(String::as_str).collect();
        if !missing.is_empty() {
            issues.report(Code::AuditLanguage, path, missing.join(", "));
        }
    });
}

fn walk(value: &Value, path: &mut String, visit: &mut dyn FnMut(&str, &serde_json::Map<String, Value>)) {
    let length = path.len();
    match value {
        Value::Object(members) => {
            let is_text = !members.is_empty() && members.iter().all(|(tag, text)| is_language(tag) && text.is_string());
            if is_text && is_read(path) {
                visit(path, members);
            }
            for (name, below) in members {
                path.push('/');
                path.push_str(&name.replace('~', "~0").replace('/', "~1"));
                walk(below, path, visit);
                path.truncate(length);
            }
        }
        Value::Array(list) => {
            for (at, below) in list.iter().enumerate() {
                path.push('/');
                path.push_str(&at.to_string());
                walk(below, path, visit);
                path.truncate(length);
            }
        }
        _ => {}
    }
}

/// Whether customers read what is there.
fn is_read(path: &str) -> bool {
    let mut steps = path.rsplit('/');
    let (own, above) = (steps.next().unwrap_or_default(), steps.next().unwrap_or_default());
    let is_entry = own.bytes().all(|byte| byte.is_ascii_digit());
    match above {
        // What stands there by an id.
        "facts" => !is_entry,
        "tools" => is_entry,
        _ => TEXTS.contains(&own),
    }
}

/// Whether a name has the form of a BCP 47 tag: `en`, `pt-BR`, `zh-Hant-TW`.
fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let primary = parts.next().unwrap_or_default();
    let is_primary = (2..=3).contains(&primary.len()) && primary.bytes().all(|byte| byte.is_ascii_lowercase());
    is_primary
        && parts.all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}
