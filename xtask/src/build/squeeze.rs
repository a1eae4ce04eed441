//! Smaller text: minified once, compressed at brotli's best.

use super::{WORKER, cache};
use crate::run::{done, filter, node};
use crate::tree::{extension, files, root, target};
use anyhow::{Context, Result};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What is worth a `.br` beside it.
const COMPRESSED: [&str; 10] = ["css", "html", "js", "json", "mjs", "svg", "txt", "wasm", "webmanifest", "xml"];

/// Members that only the element's own modules name, and that neither DOM nor the modules in Rust have: these get short
/// names (0.13 kB). A name that is missing here costs bytes, one too many breaks the element.
const OWN: [&str; 22] = [
    "alarm",
    "dirty",
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

/// How a module names another one that is fetched when it is wanted.
pub(crate) const PIECE: (&str, &str) = ("import(String(new URL('./", "', import.meta.url)))");

/// How a template that is a style begins.
const STYLE: &str = "/* css */ `";

/// Names and blanks out of modules and styles; file by file, because the loader chooses at run time what it fetches.
pub(crate) fn minified(path: &Path, text: &[u8]) -> Result<Vec<u8>> {
    let loader = match extension(path).as_str() {
        "js" | "mjs" => "js",
        "css" => "css",
        _ => return Ok(text.to_vec()),
    };
    cache::bytes(&format!("esbuild {loader} {}", version()?), text, || {
        let mut command = node("esbuild/bin/esbuild");
        command.args(["--minify", "--target=es2022", "--charset=utf8", "--log-level=warning"]);
        command.arg(format!("--loader={loader}"));
        command.args((loader == "js").then_some("--format=esm"));
        filter(&mut command, text)
    })
}

/// Whether a file of `www/` is one of the element's own modules, or of the panel's, which are bundled. The worker is a
/// script of its own.
pub(crate) fn is_part(file: &Path) -> bool {
    let is_here = file.components().count() == 1 || file.starts_with("panel");
    is_here && extension(file) == "js" && file != Path::new(WORKER)
}

/// The element's modules as one minified file: a page that imports many waits for one round trip after another. The
/// glue stays apart, because the loader chooses at run time which one it fetches.
pub(crate) fn bundled(dir: &Path, entry: &str) -> Result<Vec<u8>> {
    bundled_beside(dir, entry, &[])
}

/// The same where some modules stay files of their own.
pub(crate) fn bundled_beside(dir: &Path, entry: &str, external: &[String]) -> Result<Vec<u8>> {
    let own = format!("--mangle-props=^({})$", OWN.join("|"));
    let recipe =
        format!("esbuild bundle {entry}, pieces named, styles minified, {own} {} {}", external.join(" "), version()?);
    cache::bytes(&recipe, &parts(dir)?, || {
        let mut command = bundler(&small(dir)?.join(entry))?;
        command.arg(&own).args(outside(external));
        filter(&mut command, b"")
    })
}

/// A module of the package as one file; what is `external` stays as it is named.
pub(crate) fn packed(dir: &Path, entry: &str, external: &[String]) -> Result<Vec<u8>> {
    let own = format!("--mangle-props=^({})$", OWN.join("|"));
    let recipe = format!("esbuild package {entry}, {own} {} {}", external.join(" "), version()?);
    cache::bytes(&recipe, &parts(dir)?, || {
        let mut command = bundler(&dir.join(entry))?;
        command.arg(&own).args(outside(external));
        filter(&mut command, b"")
    })
}

/// The same in pieces.
pub(crate) fn packed_pieces(
    dir: &Path,
    entry: &str,
    name: &str,
    external: &[String],
) -> Result<Vec<(PathBuf, Vec<u8>)>> {
    pieces(&format!("package {}", external.join(" ")), dir, || Ok(dir.to_owned()), entry, name, &outside(external))
}

fn outside(names: &[String]) -> Vec<String> {
    names.iter().map(|name| format!("--external:{name}")).collect()
}

/// The same for modules of which some are imported late: these become files of their own, named after `name`.
pub(crate) fn split(dir: &Path, entry: &str, name: &str) -> Result<Vec<(PathBuf, Vec<u8>)>> {
    pieces("split", dir, || small(dir), entry, name, &[])
}

fn pieces(
    what: &str,
    dir: &Path,
    sources: impl FnOnce() -> Result<PathBuf>,
    entry: &str,
    name: &str,
    more: &[String],
) -> Result<Vec<(PathBuf, Vec<u8>)>> {
    let stem = name.trim_end_matches(".js");
    let recipe = format!("esbuild {what}, pieces named, {entry} {name}, styles minified, {}", version()?);
    let made = cache::folder(&recipe, &parts(dir)?, |out| {
        let mut command = bundler(&sources()?.join(entry))?;
        command.args(more).arg("--splitting").arg(format!("--outdir={}", out.display()));
        command.args([format!("--entry-names={stem}"), format!("--chunk-names={stem}_[name]_[hash]")]);
        done(&mut command)
    })?;
    let pieces = files(&made)?.into_iter();
    pieces.map(|piece| Ok((piece.clone(), fs::read(made.join(piece))?))).collect()
}

fn version() -> Result<String> {
    // And of what is bundled with the element's modules.
    let packages = ["esbuild/package.json", "uqr/package.json"];
    packages.iter().map(|name| Ok(fs::read_to_string(root().join("node_modules").join(name))?)).collect()
}

/// All that a bundle may be made of, with names.
fn parts(dir: &Path) -> Result<Vec<u8>> {
    let mut parts = Vec::new();
    for file in files(dir)?.into_iter().filter(|file| is_part(file)) {
        parts.extend(format!("\n// {}\n", file.display()).into_bytes());
        parts.extend(fs::read(dir.join(file))?);
    }
    Ok(parts)
}

/// The folder with all modules, their styles minified.
fn small(dir: &Path) -> Result<PathBuf> {
    let small = target().join("xtask/modules");
    for file in files(dir)?.into_iter().filter(|file| is_part(file)) {
        let place = small.join(&file);
        fs::create_dir_all(place.parent().unwrap_or(&small))?;
        let module = with_small_styles(&fs::read_to_string(dir.join(&file))?)?;
        // A name that is known needs no address made of it: fewer bytes.
        fs::write(place, replaced(&module, PIECE, |name| format!("import('./{name}')")))?;
    }
    Ok(small)
}

fn bundler(entry: &Path) -> Result<Command> {
    let mut command = node("esbuild/bin/esbuild");
    // The modules lie in the target folder, wherever that is.
    command.env("NODE_PATH", root().join("node_modules"));
    command.arg(entry).args([
        "--bundle",
        "--minify",
        "--format=esm",
        "--target=es2022",
        "--charset=utf8",
        "--log-level=warning",
        // What is fetched beside the modules.
        "--external:./anprobe_*",
    ]);
    Ok(command)
}

/// What stands between two marks, made into something else with them.
pub(crate) fn replaced(text: &str, (before, after): (&str, &str), make: impl Fn(&str) -> String) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((head, tail)) = rest.split_once(before) {
        let Some((name, tail)) = tail.split_once(after) else { break };
        out.push_str(head);
        out.push_str(&make(name));
        rest = tail;
    }
    out + rest
}

/// A module whose styles in templates that are marked as such are minified.
pub(crate) fn with_small_styles(module: &str) -> Result<String> {
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
