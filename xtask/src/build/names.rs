//! Short names between a module and its glue.
//!
//! wasm-bindgen ends each import, and exports that call closures, with a hash of sixteen digits, which brotli cannot
//! shrink, and each name stands on both sides: for 324 imports these are 8 kB on the wire, for 110 exports 1 kB.

use super::sections::{changed, name, number, push_name, push_number, take};
use anyhow::{Result, bail};
use std::collections::{BTreeMap, BTreeSet};

const IMPORTS: u8 = 2;
const EXPORTS: u8 = 7;
const FUNCTION: u8 = 0;
/// How the glue names the module's exports.
const INSTANCE: &str = "wasm";

/// New names by old ones.
type Names = BTreeMap<String, String>;

/// The module and its glue with imports named `a`, `b`, …, `aa`, in their order, and exports likewise; without exports
/// that the glue does not name, as a library's C functions are.
pub(crate) fn shortened(wasm: &[u8], glue: &str) -> Result<(Vec<u8>, String)> {
    let (mut imports, mut exports) = (Names::new(), Names::new());
    let wasm = changed(wasm, |id, section| {
        Ok(match id {
            IMPORTS => renamed_imports(section, &mut imports)?,
            EXPORTS => renamed_exports(section, &members(glue), &mut exports)?,
            _ => section.to_vec(),
        })
    })?;
    Ok((wasm, replaced(glue, &imports, &exports)))
}

/// An import section with new names, which are noted.
fn renamed_imports(mut section: &[u8], names: &mut Names) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let count = number(&mut section)?;
    push_number(&mut out, count);
    for _ in 0..count {
        let module = name(&mut section)?;
        let old = name(&mut section)?;
        push_name(&mut out, module);
        push_name(&mut out, renamed(old, names));
        if take(&mut section, 1)? != [FUNCTION] {
            bail!("the import {old} is not a function");
        }
        out.push(FUNCTION);
        push_number(&mut out, number(&mut section)?);
    }
    Ok(out)
}

/// The same for an export section of names of all kinds, without those that are not `used`.
fn renamed_exports(mut section: &[u8], used: &BTreeSet<&str>, names: &mut Names) -> Result<Vec<u8>> {
    let mut kept = Vec::new();
    for _ in 0..number(&mut section)? {
        let old = name(&mut section)?;
        let kind = take(&mut section, 1)?;
        let index = number(&mut section)?;
        if used.contains(old) {
            push_name(&mut kept, renamed(old, names));
            kept.extend(kind);
            push_number(&mut kept, index);
        }
    }
    let mut out = Vec::new();
    push_number(&mut out, names.len());
    out.extend(kept);
    Ok(out)
}

/// The new name of `old`, the next one if it has none yet.
fn renamed<'a>(old: &str, names: &'a mut Names) -> &'a str {
    let next = short(names.len());
    names.entry(old.to_owned()).or_insert(next)
}

/// Text whose identifiers have new names: members of the instance are exports, those of others are nobody's business.
fn replaced(text: &str, imports: &Names, exports: &Names) -> String {
    let mut out = String::with_capacity(text.len());
    for (owner, gap, identifier) in identifiers(text) {
        let new = match owner {
            None => imports.get(identifier),
            Some(INSTANCE) => exports.get(identifier),
            Some(_) => None,
        };
        out.extend([gap, new.map_or(identifier, String::as_str)]);
    }
    out
}

/// The exports that the glue names.
fn members(glue: &str) -> BTreeSet<&str> {
    identifiers(glue).filter(|(owner, ..)| *owner == Some(INSTANCE)).map(|(.., identifier)| identifier).collect()
}

/// All identifiers of a text, each with the one whose member it is and with what stands before it; at the end an empty
/// one with the rest.
fn identifiers(text: &str) -> impl Iterator<Item = (Option<&str>, &str, &str)> {
    let inside = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    let mut rest = Some(text);
    let mut last = "";
    std::iter::from_fn(move || {
        let text = rest?;
        let (gap, after) = text.split_at(text.find(inside).unwrap_or(text.len()));
        let (identifier, after) = after.split_at(after.find(|c| !inside(c)).unwrap_or(after.len()));
        rest = Some(after).filter(|_| !identifier.is_empty());
        let owner = gap.ends_with('.').then_some(if gap == "." { last } else { "" });
        last = identifier;
        Some((owner, gap, identifier))
    })
}

/// `a` to `z`, then `aa` and on. Never a word of JavaScript: keys of an object may be any.
fn short(mut number: usize) -> String {
    let mut out = String::new();
    loop {
        out.insert(0, char::from(b'a' + (number % 26) as u8));
        if number < 26 {
            return out;
        }
        number = number / 26 - 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_and_exports_are_renamed_on_both_sides_and_others_are_not() -> Result<()> {
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        let mut section = vec![2];
        for name in ["__wbg_now_0123456789abcdef", "__wbg_free"] {
            section.extend([2, b'.', b'/', name.len() as u8]);
            section.extend(name.as_bytes());
            section.extend([0, 5]);
        }
        wasm.extend([2, section.len() as u8]);
        wasm.extend(section);
        wasm.extend([7, 30, 3, 6]);
        wasm.extend(b"memory\x02\0\x04sinf\0\x06\x0a__wbg_free\0\x07");
        let glue =
            "const i={__wbg_now_0123456789abcdef(){wasm.__wbg_free(1)},__wbg_free:()=>_free};i.memory=wasm.memory";
        let (wasm, glue) = shortened(&wasm, glue)?;
        assert_eq!(glue, "const i={a(){wasm.b(1)},b:()=>_free};i.memory=wasm.a");
        let imports = b"\x02\x0f\x02\x02./\x01a\0\x05\x02./\x01b\0\x05";
        let exports = b"\x07\x09\x02\x01a\x02\0\x01b\0\x07";
        assert_eq!(wasm, [b"\0asm\x01\0\0\0", &imports[..], exports].concat());
        Ok(())
    }

    #[test]
    fn names_do_not_repeat() {
        let names: Vec<String> = (0..800).map(short).collect();
        assert_eq!((names[25].as_str(), names[26].as_str(), names[702].as_str()), ("z", "aa", "aaa"));
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), 800);
    }
}
