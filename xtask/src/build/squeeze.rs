//! Smaller text: minified once, compressed at brotli's best.

use super::cache;
use crate::run::{filter, node};
use crate::tree::{extension, files, root, target};
use anyhow::{Context, Result};
use std::fs;
use std::io::Write;
use std::path::Path;

/// What is worth a `.br` beside it.
const COMPRESSED: [&str; 10] = ["css", "html", "js", "json", "mjs", "svg", "txt", "wasm", "webmanifest", "xml"];

/// Members that only the element's own modules name, and that neither DOM nor the modules in Rust have: these get short
/// names (0.13 kB). A name that is missing here costs bytes, one too many breaks the element.
const OWN: [&str; 23] = [
    "alarm",
    "dirty",
    "equip",
    "exact",
    "framing",
    "gaveUp",
    "generation",
    "gestures",
    "giveUp",
    "guilt",
    "hearing",
    "hosts",
    "interrupted",
    "longest",
    "preparing",
    "quiet",
    "sentence",
    "shell",
    "snapshotOf",
    "stage",
    "starting",
    "told",
    "waiting",
];

/// How a template that is a style begins.
const STYLE: &str = "/* css */ `";

/// Names and blanks out of modules and styles; file by file, because the loader chooses at run time what it fetches.
pub(crate) fn minified(path: &Path, text: &[u8]) -> Result<Vec<u8>> {
    let loader = match extension(path).as_str() {
        "js" | "mjs" => "js",
        "css" => "css",
        _ => return Ok(text.to_vec()),
    };
    let tool = fs::read_to_string(root().join("node_modules/esbuild/package.json"))?;
    cache::bytes(&format!("esbuild {loader} {tool}"), text, || {
        let mut command = node("esbuild/bin/esbuild");
        command.args(["--minify", "--target=es2022", "--charset=utf8", "--log-level=warning"]);
        command.arg(format!("--loader={loader}"));
        command.args((loader == "js").then_some("--format=esm"));
        filter(&mut command, text)
    })
}

/// Whether a file of `www/` is one of the element's own modules, which [`bundled`] takes.
pub(crate) fn is_part(file: &Path) -> bool {
    file.components().count() == 1 && extension(file) == "js"
}

/// The element's modules as one minified file: a page that imports many waits for one round trip after another. The
/// glue stays apart, because the loader chooses at run time which one it fetches.
pub(crate) fn bundled(dir: &Path, entry: &str) -> Result<Vec<u8>> {
    let mut parts = Vec::new();
    for file in files(dir)?.into_iter().filter(|file| is_part(file)) {
        parts.extend(fs::read(dir.join(file))?);
    }
    let tool = fs::read_to_string(root().join("node_modules/esbuild/package.json"))?;
    let own = format!("--mangle-props=^({})$", OWN.join("|"));
    cache::bytes(&format!("esbuild bundle {entry}, styles minified, {own} {tool}"), &parts, || {
        let small = target().join("xtask/modules");
        fs::create_dir_all(&small)?;
        for file in files(dir)?.into_iter().filter(|file| is_part(file)) {
            fs::write(small.join(&file), with_small_styles(&fs::read_to_string(dir.join(&file))?)?)?;
        }
        let mut command = node("esbuild/bin/esbuild");
        command.arg(small.join(entry)).args([
            "--bundle",
            "--minify",
            "--format=esm",
            "--target=es2022",
            "--charset=utf8",
            "--log-level=warning",
            &own,
        ]);
        filter(&mut command, b"")
    })
}

/// A module whose styles in templates that are marked as such are minified.
fn with_small_styles(module: &str) -> Result<String> {
    let mut out = String::new();
    let mut rest = module;
    while let Some((before, marked)) = rest.split_once(STYLE) {
        let (style, after) = marked.split_once('`').context("a style without an end")?;
        let small = String::from_utf8(minified(Path::new("style.css"), style.as_bytes())?)?;
        out.extend([before, "`", small.trim_end(), "`"]);
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

/// The `.br` of a file, or nothing where it would not pay.
pub(crate) fn brotli(path: &Path, content: &[u8]) -> Result<Option<Vec<u8>>> {
    if !COMPRESSED.contains(&extension(path).as_str()) {
        return Ok(None);
    }
    let small = compress(content)?;
    Ok((small.len() < content.len()).then_some(small))
}

/// Brotli at quality 11, as a careful host serves it.
pub(crate) fn compress(content: &[u8]) -> Result<Vec<u8>> {
    cache::bytes("brotli 11 22", content, || {
        let mut writer = brotli::CompressorWriter::new(Vec::new(), 1 << 16, 11, 22);
        writer.write_all(content)?;
        Ok(writer.into_inner())
    })
}
