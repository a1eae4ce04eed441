//! A file looks only down: reads `src/` and fails on an import that looks up, and on crates named where they may not be.

#![allow(clippy::expect_used, reason = "a test says so by failing")]

use std::fs;
use std::path::{Path, PathBuf};

/// Floor and name of every top-level module; one that is missing here fails the test.
const FLOORS: &[(u8, &str)] = &[
    (0, "geom"),
    (0, "color"),
    (0, "decimal"),
    (0, "text"),
    (0, "issue"),
    (0, "json"),
    (0, "logic"),
    (0, "shelf"),
    (1, "product"),
    (1, "scene"),
    (2, "align"),
    (2, "assembly"),
    (2, "attribute"),
    (2, "audit"),
    (2, "camera"),
    (2, "decode"),
    (2, "environment"),
    (2, "export"),
    (2, "frame"),
    (2, "import"),
    (2, "pick"),
    (2, "place"),
    (2, "print"),
    (2, "proposal"),
    (2, "thumbnail"),
    (3, "viewer"),
    (3, "render"),
    (4, "web"),
    (4, "unpack"),
    (4, "work"),
    (4, "bin"),
];

/// Pairs of one floor where the first may name the second; elsewhere neighbours do not know each other, except for the
/// words of floor 0.
const BESIDE: &[(&str, &str)] = &[
    ("frame", "camera"),
    ("export", "frame"),
    ("align", "camera"),
    ("audit", "assembly"),
    ("decode", "import"),
    ("proposal", "audit"),
    ("print", "export"),
    ("print", "frame"),
];

/// Which modules may name an outside crate; a crate that is missing here may be named anywhere.
const CRATES: &[(&str, &[&str])] = &[
    ("wgpu", &["render", "web", "bin"]),
    // The brush takes the browser's decoded pictures, and nothing else of it.
    ("web_sys", &["web", "render"]),
    ("js_sys", &["web", "render"]),
    ("wasm_bindgen", &["web", "unpack", "work", "render"]),
    ("gltf", &[]),
    ("num_bigint", &["logic"]),
    ("serde", &["product", "print", "viewer", "work"]),
    // Beside the product file, what is written of models and what crosses to where it is printed, only tests compare
    // with it.
    ("serde_json", &["product", "json", "import", "export", "print", "audit", "proposal", "bin"]),
    ("draco_core", &["decode"]),
    ("miniz_oxide", &["print"]),
    ("harfrust", &["print"]),
    ("i_overlay", &["print"]),
    ("spade", &["print"]),
    ("wuff", &["print"]),
    ("bevy_mikktspace", &["import"]),
];

fn sources(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("src can be read") {
        let path = entry.expect("src can be listed").path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            out.push(path);
        }
    }
}

fn floor(module: &str) -> Option<u8> {
    FLOORS.iter().find(|(_, name)| *name == module).map(|(floor, _)| *floor)
}

/// The source without comments and strings, so that prose may name what code may not.
fn code_of(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let mut in_string = false;
        let mut previous = ' ';
        let mut kept = String::new();
        for character in line.chars() {
            if character == '"' && previous != '\\' && previous != '\'' {
                in_string = !in_string;
            }
            if !in_string && previous == '/' && character == '/' {
                kept.pop();
                break;
            }
            if !in_string {
                kept.push(character);
            }
            previous = character;
        }
        out.push_str(&kept);
        out.push('\n');
    }
    out
}

/// The modules that `crate::…` names in `code`, grouped imports (`crate::{a, b::c}`) too.
fn named_modules(code: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (position, _) in code.match_indices("crate::") {
        let before = code[..position].chars().next_back().unwrap_or(' ');
        if before == '$' || before.is_alphanumeric() || before == '_' {
            continue;
        }
        let rest = code[position + "crate::".len()..].trim_start();
        match rest.strip_prefix('{') {
            Some(group) => names.extend(grouped(group)),
            None => names.push(word(rest)),
        }
    }
    names
}

/// The modules that chains of `super::` reach at the top of the crate, from a file that lies `depth` modules deep.
fn climbed_modules(code: &str, depth: usize) -> Vec<String> {
    let mut names = Vec::new();
    for (position, _) in code.match_indices("super::") {
        let before = &code[..position];
        if before.ends_with("super::") || before.ends_with(|last: char| last.is_alphanumeric() || last == '_') {
            continue;
        }
        let mut rest = &code[position..];
        let mut steps = 0;
        while let Some(above) = rest.strip_prefix("super::") {
            (rest, steps) = (above, steps + 1);
        }
        if steps < depth + inline_modules(before) {
            continue;
        }
        match rest.strip_prefix('{') {
            Some(group) => names.extend(grouped(group)),
            None => names.push(word(rest)),
        }
    }
    names
}

/// How many modules with a body of their own are open at the end of `code`.
fn inline_modules(code: &str) -> usize {
    let code = code.replace("'{'", "").replace("'}'", "");
    let mut open = Vec::new();
    for (position, character) in code.char_indices() {
        match character {
            '{' => {
                let mut words = code[..position].split_whitespace().rev();
                open.push(words.nth(1) == Some("mod"));
            }
            '}' => drop(open.pop()),
            _ => {}
        }
    }
    open.into_iter().filter(|is_module| *is_module).count()
}

/// How many modules deep a file below `src` lies.
fn depth(path: &str) -> usize {
    path.split(['/', '\\']).filter(|part| *part != "mod.rs").count()
}

/// The first name of every entry of an import group, which begins after its brace.
fn grouped(group: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut depth = 0;
    let mut at_name = true;
    for (index, character) in group.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => at_name = true,
            _ if at_name && !character.is_whitespace() => {
                names.push(word(&group[index..]));
                at_name = false;
            }
            _ => {}
        }
    }
    names
}

fn word(text: &str) -> String {
    text.chars().take_while(|character| character.is_alphanumeric() || *character == '_').collect()
}

fn names_crate(code: &str, name: &str) -> bool {
    code.match_indices(name).any(|(position, _)| {
        let before = code[..position].chars().next_back().unwrap_or(' ');
        let after = &code[position + name.len()..];
        !before.is_alphanumeric() && before != '_' && before != ':' && before != '.' && after.starts_with("::")
    })
}

fn check(module: &str, path: &str, text: &str) -> Vec<String> {
    let code = code_of(text);
    let mut faults = Vec::new();
    let Some(own) = floor(module) else {
        return vec![format!("{path}: module {module:?} has no floor in tests/floors.rs")];
    };
    for name in named_modules(&code).into_iter().chain(climbed_modules(&code, depth(path))) {
        if name == module {
            continue;
        }
        match floor(&name) {
            Some(other) if other > own => faults.push(format!("{path}: looks up from {module} to {name}")),
            Some(other) if other == own && own > 0 && !BESIDE.contains(&(module, name.as_str())) => {
                faults.push(format!("{path}: {module} names {name} on its own floor"));
            }
            Some(_) => {}
            None => faults.push(format!("{path}: names crate::{name}, which has no floor")),
        }
    }
    for (name, allowed) in CRATES {
        if names_crate(&code, name) && !allowed.contains(&module) {
            faults.push(format!("{path}: only {allowed:?} may name {name}"));
        }
    }
    if code.contains("super::super::super") {
        faults.push(format!("{path}: climbs with super::super::super; say crate:: instead"));
    }
    faults
}

#[test]
fn every_file_looks_only_down() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    assert!(files.len() > 10, "only {} sources found", files.len());
    let mut faults = Vec::new();
    for file in &files {
        let inside = file.strip_prefix(&root).expect("below src");
        let first = inside.components().next().expect("a name").as_os_str().to_string_lossy().replace(".rs", "");
        if first == "lib" || first == "bin" {
            continue;
        }
        let text = fs::read_to_string(file).expect("a source can be read");
        faults.extend(check(&first, &inside.display().to_string(), &text));
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn files_stay_readable() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut rust = Vec::new();
    sources(&root.join("src"), &mut rust);
    let mut lengths: Vec<(usize, PathBuf)> = rust
        .into_iter()
        .map(|file| (fs::read_to_string(&file).expect("a source can be read").lines().count(), file))
        .collect();
    lengths.sort();
    let (longest, file) = lengths.last().expect("there are sources");
    assert!(*longest <= 600, "{} has {longest} lines; cut it by noun", file.display());
    let median = lengths[lengths.len() / 2].0;
    assert!(median <= 200, "the median source has {median} lines");
}

#[test]
fn the_check_sees_what_it_must() {
    assert_eq!(check("scene", "a", "use crate::{geom, viewer::Event};").len(), 1, "a grouped import");
    assert_eq!(check("scene", "b", "fn f() { crate::render::draw() }").len(), 1, "a path in code");
    assert_eq!(check("import", "c", "use crate::camera::View;").len(), 1, "a neighbour");
    assert_eq!(check("camera", "d", "fn f(x: wgpu::Device) {}").len(), 1, "a crate of the renderer");
    assert_eq!(check("scene", "scene/pose.rs", "use super::super::viewer::Event;").len(), 1, "a climb to the top");
    assert_eq!(check("scene", "scene/mod.rs", "use super::{geom, viewer};").len(), 1, "a climb from its own folder");
    let nested =
        "mod tests { fn f(c: char) { c == '{'; super::super::Node }\n fn g() { super::super::super::viewer } }";
    let climbed = climbed_modules(nested, depth("scene/pose.rs"));
    assert_eq!(climbed, ["viewer"], "a climb from a module within the file");
    assert!(check("scene", "e", "// crate::render is above\nuse crate::geom::Aabb;").is_empty(), "prose may name it");
    assert_eq!(check("unknown", "f", "").len(), 1, "a module without a floor");
}
