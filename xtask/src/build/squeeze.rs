//! Smaller text: minified once, compressed at brotli's best.

use super::cache;
use crate::run::{filter, node};
use crate::tree::{extension, root};
use anyhow::Result;
use std::fs;
use std::io::Write;
use std::path::Path;

/// What is worth a `.br` beside it.
const COMPRESSED: [&str; 9] = ["css", "html", "js", "json", "mjs", "svg", "wasm", "webmanifest", "xml"];

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
