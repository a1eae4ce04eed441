//! Every shader part, as a build takes it.
//!
//! The parts in `shaders/apart/` are those that no first picture needs. Browsers fetch them in one file; in their module
//! stands a mark in the place of each, which is the line above that part in the file. It names the build as well: parts
//! of different builds do not agree on their short names.

use super::wgsl;
use std::fs;
use std::io;
use std::path::Path;

/// Where the parts lie.
pub(crate) const FOLDER: &str = "src/render/shaders";

/// One file below [`FOLDER`].
pub(crate) struct Part {
    /// Without folder and extension.
    pub(crate) name: String,
    /// Its WGSL without comments, or what [`shorten`] makes of it.
    pub(crate) source: String,
    /// Fetched when it is wanted.
    pub(crate) apart: bool,
}

/// All parts, by name: in the folder's own order short names would differ from machine to machine.
pub(crate) fn parts(root: &Path) -> io::Result<Vec<Part>> {
    let folder = root.join(FOLDER);
    let mut parts = Vec::new();
    for (folder, apart) in [(folder.join("apart"), true), (folder, false)] {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|kind| kind == "wgsl") {
                let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
                parts.push(Part { name, source: wgsl::bare(&fs::read_to_string(&path)?), apart });
            }
        }
    }
    parts.sort_by(|one, other| one.name.cmp(&other.name));
    if parts.windows(2).any(|pair| matches!(pair, [one, other] if one.name == other.name)) {
        return Err(io::Error::other("two shader parts have one name"));
    }
    Ok(parts)
}

/// Gives all parts their short names.
pub(crate) fn shorten(parts: &mut [Part]) {
    // What every page downloads gets the shortest ones, whatever is fetched later.
    let names = wgsl::Names::of(parts.iter().map(|part| (part.source.as_str(), if part.apart { 1 } else { 1_000 })));
    for part in parts {
        part.source = names.shorten(&part.source);
    }
}

/// What stands in a browser's module in the place of each of `parts`.
pub(crate) fn embedded(parts: &[Part]) -> Vec<String> {
    let text = |part: &Part| if part.apart { mark(part, build(parts)) } else { part.source.clone() };
    parts.iter().map(text).collect()
}

/// The file that browsers fetch.
pub(crate) fn fetched(parts: &[Part]) -> String {
    let build = build(parts);
    parts.iter().filter(|part| part.apart).flat_map(|part| [mark(part, build), part.source.clone()]).collect()
}

/// WGSL has no such sign.
fn mark(part: &Part, build: u32) -> String {
    format!("#{} {build:x}\n", part.name)
}

/// FNV-1a (<http://www.isthe.com/chongo/tech/comp/fnv/>) of all parts.
fn build(parts: &[Part]) -> u32 {
    let bytes = parts.iter().flat_map(|part| part.source.bytes());
    bytes.fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
