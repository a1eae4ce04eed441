//! What several commands that make files are told, and the folders that they write to.

use std::path::Path;

use super::whole;

/// Width and height in pixels.
pub(super) fn size(text: &str) -> Result<[u32; 2], String> {
    let sides = text.split_once('x').unwrap_or((text, text));
    let side = |text: &str| text.parse().ok().filter(|side| (1..=16_384).contains(side));
    match (side(sides.0), side(sides.1)) {
        (Some(width), Some(height)) => Ok([width, height]),
        _ => Err("of the form 1024 or 1600x1200, up to 16384".to_owned()),
    }
}

/// An attribute of the element and its value.
pub(super) fn attribute(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("of the form name=value")?;
    let is_known = anprobe::attribute::ATTRIBUTES.iter().any(|attribute| attribute.name == name);
    if is_known {
        Ok((name.to_owned(), value.to_owned()))
    } else {
        Err(format!("`{name}` is no attribute of <anprobe-viewer>"))
    }
}

/// Makes a folder one's own: what was made of other files or settings is not mixed with what is made now.
pub(super) fn claim(folder: &Path, kind: &str, inputs: &str, force: bool) -> Result<(), String> {
    let mark = folder.join(format!(".anprobe-{kind}"));
    match std::fs::read_to_string(&mark) {
        Ok(known) if known.trim() != inputs && !force => Err(format!(
            "{}: holds what was made of other files or settings; take another --out, or --force",
            folder.display()
        )),
        _ => whole::write(&mark, format!("{inputs}\n").as_bytes()),
    }
}
