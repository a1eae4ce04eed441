//! `custom-elements.json` (schema 2.1.0): what editors, linters and documentation are told of the tags. It is made of the
//! types, which a test holds against the element itself, and of the README's tables; only what neither says stands here.

use super::{ENTRY, PANEL};
use anyhow::{Context, Result};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// What the element's own box has.
const SLOTS: [(&str, &str); 6] = [
    ("", "Lies over the picture, also over the camera's in the room."),
    ("poster", "Is shown until the model stands, in place of the attribute's picture."),
    ("progress-bar", "Takes the place of the bar while it loads."),
    ("hotspot-…", "Any slot whose name begins so follows `data-position` or `data-surface` on the product."),
    ("ar-button", "Takes the place of the button that leads into the room."),
    ("exit-webxr-ar-button", "Takes the place of the button that leads back."),
];
const PARTS: [(&str, &str); 14] = [
    ("view", "What is turned: the picture's place."),
    ("poster", "The attribute's picture."),
    ("default-progress-bar", "The bar while it loads."),
    ("buttons", "The buttons that turn and zoom."),
    ("button", "Each of them, and *Try again*."),
    ("message", "What is said when something failed."),
    ("hotspot", "A hotspot of the product file."),
    ("hotspot-label", "Its words."),
    ("default-ar-button", "The button that leads into the room."),
    ("default-exit-webxr-ar-button", "The button that leads back."),
    ("ar-message", "What is said where there is no way into the room."),
    ("ar-hint", "What the customer is told in the room."),
    ("ar-fit", "Whether the product fits, in the room."),
    ("ar-room", "All that lies over the camera's picture."),
];
const PROPERTIES: [(&str, &str, &str); 9] = [
    ("--poster-color", "transparent", "Behind the poster."),
    ("--progress-bar-height", "2px", "Of the bar while it loads."),
    ("--progress-bar-color", "", "Of the bar while it loads; over half the ink without it."),
    ("--min-hotspot-opacity", ".25", "Of hotspots that are hidden."),
    ("--max-hotspot-opacity", "1", "Of hotspots that are seen."),
    ("--ar-button-display", "block", "`none` takes the button into the room away."),
    ("--ar-button-scale", "1", "How large it is."),
    ("--anprobe-accent", "CanvasText", "Of marks on the product."),
    ("--anprobe-covered", "0px", "How much of the picture's lower edge the page covers."),
];

/// The whole text. `types` is `anprobe.d.ts`, `readme` the README.
pub(crate) fn manifest(types: &str, readme: &str) -> Result<String> {
    let said = Said { rows: rows(readme) };
    let mut viewer = members(block(types, "export interface AnprobeInRoom {")?);
    viewer.extend(members(block(types, "export class AnprobeViewer extends HTMLElement {")?));
    let mut attributes = members(block(types, "export interface AnprobeAttributes {")?);
    attributes.push(Member::named(
        "lang",
        "string",
        "The language of what it says; any element around it may have it.",
    ));
    let attributes: Vec<Value> = attributes.iter().map(|entry| said.attribute(entry, &viewer)).collect();
    let events = members(block(types, "export interface AnprobeViewerEventMap {")?);
    let events: Vec<Value> = events.iter().map(|entry| said.event(entry)).collect();
    let panel = members(block(types, "export interface AnprobePanel extends HTMLElement {")?);
    let comment =
        types.split("export interface AnprobePanel extends").next().and_then(|before| before.rsplit("/**").next());
    let comment = comment.context("the panel's types have no comment")?;
    let listed = |title: &str| -> Vec<Value> {
        let text = comment.split(&format!("{title}:")).nth(1).unwrap_or_default();
        let text = text.split(".\n").next().unwrap_or_default();
        let names = text.split('`').skip(1).step_by(2);
        names.map(|name| described(json!({ "name": name }), &said.what(name))).collect()
    };
    let declared = [
        (
            ENTRY,
            "AnprobeViewer",
            json!({
                "tagName": "anprobe-viewer",
                "description": "A product that customers can turn.",
                "attributes": attributes,
                "events": events,
                "members": viewer.iter().map(|entry| said.member(entry)).collect::<Vec<_>>(),
                "slots": SLOTS.iter().map(|(name, what)| json!({ "name": name, "description": what })).collect::<Vec<_>>(),
                "cssParts": PARTS.iter().map(|(name, what)| json!({ "name": name, "description": what })).collect::<Vec<_>>(),
                "cssProperties": PROPERTIES.iter().map(|(name, default, what)| {
                    let mut entry = json!({ "name": name, "description": what });
                    if !default.is_empty() { entry["default"] = json!(default); }
                    entry
                }).collect::<Vec<_>>(),
            }),
        ),
        (
            PANEL,
            "AnprobePanel",
            json!({
                "tagName": "anprobe-panel",
                "description": "All that a customer touches beside the product.",
                "attributes": [{ "name": "for", "type": { "text": "string" }, "description": "The id of its viewer." }],
                "members": panel.iter().map(|entry| said.member(entry)).collect::<Vec<_>>(),
                "slots": [{ "name": "head", "description": "Takes the place of the product's name and description." }],
                "cssParts": listed("Parts"),
                "cssProperties": listed("Custom properties"),
            }),
        ),
    ];
    let modules = declared.map(|(path, class, mut declaration)| {
        let tag = declaration["tagName"].clone();
        declaration["kind"] = json!("class");
        declaration["customElement"] = json!(true);
        declaration["name"] = json!(class);
        declaration["superclass"] = json!({ "name": "HTMLElement" });
        let here = json!({ "name": class, "module": path });
        json!({
            "kind": "javascript-module",
            "path": path,
            "declarations": [declaration],
            "exports": [
                { "kind": "js", "name": class, "declaration": here },
                { "kind": "custom-element-definition", "name": tag, "declaration": here },
            ],
        })
    });
    let whole = json!({ "schemaVersion": "2.1.0", "readme": "README.md", "modules": modules });
    Ok(serde_json::to_string_pretty(&whole)? + "\n")
}

/// One line of a type.
struct Member {
    name: String,
    comment: String,
    /// Of a field, or what a method returns.
    kind: String,
    parameters: Option<Vec<String>>,
    is_static: bool,
    is_readonly: bool,
}

impl Member {
    fn named(name: &str, kind: &str, comment: &str) -> Self {
        let [name, kind, comment] = [name, kind, comment].map(str::to_owned);
        Self { name, comment, kind, parameters: None, is_static: false, is_readonly: false }
    }
}

/// What stands between a line and the bracket that closes it.
fn block<'a>(types: &'a str, head: &str) -> Result<&'a str> {
    let body = types.split(&format!("\n{head}\n")).nth(1).with_context(|| format!("anprobe.d.ts has no `{head}`"))?;
    body.split("\n}\n").next().context("a type has an end")
}

/// The members of a type as our types are written: two blanks before each, a semicolon behind.
fn members(body: &str) -> Vec<Member> {
    let mut found: Vec<Member> = Vec::new();
    let (mut comment, mut open) = (String::new(), String::new());
    for line in body.lines().map(str::trim) {
        let in_comment = comment.starts_with("/**") && !comment.ends_with("*/");
        if open.is_empty() && (line.starts_with("/**") || in_comment) {
            if line.starts_with("/**") {
                comment.clear();
            }
            comment = format!("{comment} {line}").trim().to_owned();
            continue;
        }
        if line.is_empty() || line.starts_with("//") {
            continue;
        }
        open = format!("{open} {}", without_comments(line)).trim().to_owned();
        if !open.ends_with(';') || depth(&open) != 0 {
            continue;
        }
        let declaration = std::mem::take(&mut open);
        let said = std::mem::take(&mut comment);
        if let Some(member) = member(declaration.trim_end_matches(';'), &words(&said)) {
            // The second form of a method is the same method.
            if !found.iter().any(|known| known.name == member.name) && !member.name.ends_with("EventListener") {
                found.push(member);
            }
        }
    }
    found
}

fn member(declaration: &str, comment: &str) -> Option<Member> {
    let (is_static, rest) = declaration.strip_prefix("static ").map_or((false, declaration), |rest| (true, rest));
    let (is_readonly, rest) = rest.strip_prefix("readonly ").map_or((false, rest), |rest| (true, rest));
    let end = rest.find([':', '(', '?', '<'])?;
    let (name, tail) = rest.split_at(if rest.starts_with('\'') { rest.get(1..)?.find('\'')? + 2 } else { end });
    let name = name.trim_matches('\'').to_owned();
    let (parameters, kind) = if let Some(inside) = tail.strip_prefix('(') {
        let close = closing(inside)?;
        (Some(split(inside.get(..close)?)), inside.get(close + 1..)?)
    } else {
        (None, tail.strip_prefix('?').unwrap_or(tail))
    };
    let kind = kind.trim_start_matches(':').trim().to_owned();
    Some(Member { name, comment: comment.to_owned(), kind, parameters, is_static, is_readonly })
}

/// Brackets that are open at the end of a text; the arrow of a function is none.
fn depth(text: &str) -> i32 {
    text.replace("=>", "").chars().map(|c| if "([{<".contains(c) { 1 } else { -i32::from(")]}>".contains(c)) }).sum()
}

/// Where the bracket closes before which the text begins.
fn closing(text: &str) -> Option<usize> {
    text.char_indices()
        .find(|&(at, c)| c == ')' && text.get(..at).is_some_and(|before| depth(before) == 0))
        .map(|(at, _)| at)
}

/// At commas outside of brackets.
fn split(text: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    for c in text.chars() {
        match found.last_mut() {
            Some(last) if c != ',' || depth(last) != 0 => last.push(c),
            _ => found.push(String::new()),
        }
    }
    found.iter().map(|one| one.trim().to_owned()).filter(|one| !one.is_empty()).collect()
}

fn without_comments(line: &str) -> String {
    let mut parts = line.split("/*");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once("*/").map_or("", |(_, after)| after)).trim().to_owned()
}

/// A comment without its marks.
fn words(comment: &str) -> String {
    let inside = comment.trim_start_matches("/**").trim_end_matches("*/");
    inside.split_whitespace().filter(|word| *word != "*").collect::<Vec<_>>().join(" ")
}

/// What the README's tables say of a name: the second and the last cell of its row.
struct Said {
    rows: BTreeMap<String, (String, String)>,
}

fn rows(readme: &str) -> BTreeMap<String, (String, String)> {
    let mut found = BTreeMap::new();
    for line in
        readme.split("\n## Coming from").next().unwrap_or_default().lines().filter(|line| line.starts_with("| `"))
    {
        let cells: Vec<&str> =
            line.trim_matches('|').split(" | ").map(|cell| cell.trim().trim_matches('|').trim()).collect();
        let [first, second, .., last] = [cells.as_slice(), &[""]].concat()[..] else { continue };
        let last = cells.last().copied().unwrap_or(last);
        for name in first.split('`').skip(1).step_by(2) {
            let name = name.split('(').next().unwrap_or(name).to_owned();
            found.entry(name).or_insert((second.to_owned(), last.to_owned()));
        }
    }
    found
}

impl Said {
    fn what(&self, name: &str) -> String {
        self.rows.get(name).map(|(_, what)| what.clone()).unwrap_or_default()
    }

    fn attribute(&self, entry: &Member, members: &[Member]) -> Value {
        let mut out = json!({ "name": entry.name, "type": { "text": entry.kind } });
        let camel = property(&entry.name);
        if members.iter().any(|member| member.name == camel) {
            out["fieldName"] = json!(camel);
        }
        let default = self.rows.get(&entry.name).map(|(default, _)| default.trim_matches('`')).unwrap_or_default();
        if entry.kind == "boolean" {
            out["default"] = json!("false");
        } else if !["", "–", "off"].contains(&default) && default != self.what(&entry.name) {
            out["default"] = json!(default);
        }
        let own = Some(entry.comment.clone()).filter(|comment| !comment.is_empty());
        described(out, &own.unwrap_or_else(|| self.what(&entry.name)))
    }

    fn event(&self, entry: &Member) -> Value {
        let what = if entry.comment.is_empty() { self.what(&entry.name) } else { entry.comment.clone() };
        described(json!({ "name": entry.name, "type": { "text": entry.kind } }), &what)
    }

    fn member(&self, entry: &Member) -> Value {
        let mut out = Map::new();
        out.insert("kind".to_owned(), json!(if entry.parameters.is_some() { "method" } else { "field" }));
        out.insert("name".to_owned(), json!(entry.name));
        if entry.is_static {
            out.insert("static".to_owned(), json!(true));
        }
        if entry.is_readonly {
            out.insert("readonly".to_owned(), json!(true));
        }
        let kind = json!({ "text": entry.kind });
        if let Some(parameters) = &entry.parameters {
            out.insert("return".to_owned(), json!({ "type": kind }));
            out.insert("parameters".to_owned(), parameters.iter().map(|one| parameter(one)).collect());
        } else {
            out.insert("type".to_owned(), kind);
        }
        let of_attribute = || self.rows.iter().find(|(name, _)| property(name) == entry.name);
        let what = if entry.comment.is_empty() {
            of_attribute().map(|(_, (_, what))| what.clone()).unwrap_or_default()
        } else {
            entry.comment.clone()
        };
        described(Value::Object(out), &what)
    }
}

fn parameter(written: &str) -> Value {
    let (name, kind) = written.split_once(':').unwrap_or((written, "unknown"));
    let name = name.trim();
    let mut out =
        json!({ "name": name.trim_end_matches('?').trim_start_matches("..."), "type": { "text": kind.trim() } });
    if name.ends_with('?') {
        out["optional"] = json!(true);
    }
    if name.starts_with("...") {
        out["rest"] = json!(true);
    }
    out
}

fn described(mut entry: Value, what: &str) -> Value {
    if !what.is_empty() {
        entry["description"] = json!(what);
    }
    entry
}

fn property(attribute: &str) -> String {
    let mut parts = attribute.split('-');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |name, part| {
        let (head, tail) = part.split_at(part.len().min(1));
        name + &head.to_uppercase() + tail
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_is_read_member_by_member() {
        let body = "  /** A field. */\n  readonly size: { a: number; b: string };\n\n  static words: Record<string, string>;\n\
                    \x20 /**\n   * Does\n   * it.\n   */\n  go(to: Map<string, number>, how?: {\n    /** Inside. */\n    fast?: boolean;\n  }): Promise<void>;\n\
                    \x20 'a-b'?: () => void;\n";
        let found = members(body);
        let names: Vec<&str> = found.iter().map(|member| member.name.as_str()).collect();
        assert_eq!(names, ["size", "words", "go", "a-b"]);
        assert!(found[0].is_readonly && found[1].is_static);
        assert_eq!(found[0].kind, "{ a: number; b: string }");
        assert_eq!((found[2].comment.as_str(), found[2].kind.as_str()), ("Does it.", "Promise<void>"));
        let parameters = found[2].parameters.clone().unwrap_or_default();
        assert_eq!(parameters, ["to: Map<string, number>", "how?: { fast?: boolean; }"]);
        assert_eq!(found[3].kind, "() => void");
    }
}
