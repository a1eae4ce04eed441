//! THIRD-PARTY.txt: whose code is in the modules, under which terms.

use crate::run::{cargo, filter};
use crate::tools::WASM;
use crate::tree::{self, root};
use anyhow::{Context, Result};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::Path;

const HEAD: &str = "\
Anprobe's WebAssembly modules contain code of these packages, and of the Rust standard library
(MIT OR Apache-2.0, Copyright The Rust Project contributors). Their licence texts follow the list.

";

/// Packages of npm whose code is bundled into modules in JavaScript.
const BUNDLED: [&str; 1] = ["uqr"];

/// The whole text.
pub(crate) fn third_party() -> Result<Vec<u8>> {
    let mut command = cargo();
    command.args(["metadata", "--format-version", "1", "--filter-platform", WASM]);
    command.args(["--no-default-features", "--features", "webgpu,webgl,product,work,decode"]);
    let metadata: Value = serde_json::from_slice(&filter(&mut command, b"")?)?;
    let packages = shipped(&metadata)?;

    let mut text = HEAD.to_owned();
    let mut terms: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in &packages {
        let name = format!("{} {}", word(package, "name"), word(package, "version"));
        writeln!(text, "{name} ({})", word(package, "license"))?;
        let dir = Path::new(word(package, "manifest_path")).parent().context("a manifest lies in a folder")?;
        for terms_of_package in texts(dir)? {
            terms.entry(terms_of_package).or_default().push(name.clone());
        }
    }
    for name in BUNDLED {
        let dir = root().join("node_modules").join(name);
        // A build without Node bundles nothing.
        let Ok(manifest) = fs::read(dir.join("package.json")) else { continue };
        let manifest: Value = serde_json::from_slice(&manifest)?;
        let package = format!("{name} {}", word(&manifest, "version"));
        writeln!(text, "{package} ({}), in anprobe_panel_*.js", word(&manifest, "license"))?;
        for terms_of_package in texts(&dir)? {
            terms.entry(terms_of_package).or_default().push(package.clone());
        }
    }
    writeln!(
        text,
        "\nFonts for customers' words lie below fonts/, each under the SIL Open Font License, Version 1.1."
    )?;
    for file in tree::files(&root().join("www/fonts"))? {
        if let Some(name) = file.to_string_lossy().strip_suffix("-OFL.txt") {
            let terms_of_font = String::from_utf8(tree::read(&root().join("www/fonts").join(&file))?)?;
            terms.entry(terms_of_font.replace('\r', "")).or_default().push(format!("font {name}"));
        }
    }
    for (terms, names) in &terms {
        writeln!(text, "\n{}\n{}:\n\n{}", "-".repeat(80), names.join(", "), terms.trim())?;
    }
    Ok(text.into_bytes())
}

/// Every package that the module links, sorted; macros and build scripts stay on the builder's machine.
fn shipped(metadata: &Value) -> Result<Vec<&Value>> {
    let packages: BTreeMap<&str, &Value> = list(metadata, "packages").map(|p| (word(p, "id"), p)).collect();
    let nodes: BTreeMap<&str, &Value> = list(&metadata["resolve"], "nodes").map(|n| (word(n, "id"), n)).collect();
    let own = packages.values().find(|p| p["name"] == "anprobe").context("no package anprobe")?;
    let mut seen = BTreeSet::new();
    let mut open = vec![word(own, "id")];
    while let Some(id) = open.pop() {
        let Some((package, node)) = packages.get(id).zip(nodes.get(id)) else {
            continue;
        };
        let compiled_in =
            list(package, "targets").any(|t| list(t, "kind").any(|k| k == "lib" || k == "rlib" || k == "cdylib"));
        if !compiled_in || !seen.insert((word(package, "name"), word(package, "version"), id)) {
            continue;
        }
        for dep in list(node, "deps") {
            if list(dep, "dep_kinds").any(|kind| kind["kind"].is_null()) {
                open.push(word(dep, "pkg"));
            }
        }
    }
    Ok(seen.iter().filter(|(name, ..)| *name != "anprobe").filter_map(|(.., id)| packages.get(id).copied()).collect())
}

/// A package's licence texts: the MIT one alone where it offers a choice.
fn texts(dir: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().to_uppercase();
        let is_terms = name.starts_with("LICEN") || name.starts_with("COPYING") || name.starts_with("NOTICE");
        if is_terms && entry.path().is_file() {
            found.push((name, String::from_utf8_lossy(&fs::read(entry.path())?).replace('\r', "")));
        }
    }
    found.sort();
    let mit: Vec<_> = found.iter().filter(|(name, _)| name.contains("MIT")).cloned().collect();
    Ok(if mit.is_empty() { found } else { mit }.into_iter().map(|(_, text)| text).collect())
}

fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value[key].as_array().into_iter().flatten()
}

fn word<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or("unknown")
}
