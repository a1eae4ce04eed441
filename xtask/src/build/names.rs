//! Short names between a module and its glue.
//!
//! wasm-bindgen ends each import, and exports that call closures, with a hash of sixteen digits, which brotli cannot
//! shrink, and each name stands on both sides: for 324 imports these are 8 kB on the wire, for 110 exports 1 kB.

use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;

const IMPORTS: u8 = 2;
const EXPORTS: u8 = 7;
const FUNCTION: u8 = 0;
/// How the glue names the module's exports.
const INSTANCE: &str = "wasm";

/// New names by old ones.
type Names = BTreeMap<String, String>;

/// The module and its glue with imports named `a`, `b`, …, `aa`, in their order, and exports likewise.
pub(crate) fn shortened(wasm: &[u8], glue: &str) -> Result<(Vec<u8>, String)> {
    let (mut imports, mut exports) = (Names::new(), Names::new());
    let mut out = wasm.get(..8).context("no Wasm module")?.to_vec();
    let mut rest = &wasm[8..];
    while let Some((&id, after)) = rest.split_first() {
        rest = after;
        let size = number(&mut rest)?;
        let section = take(&mut rest, size)?;
        let body = match id {
            IMPORTS => renamed_imports(section, &mut imports)?,
            EXPORTS => renamed_exports(section, &mut exports)?,
            _ => section.to_vec(),
        };
        out.push(id);
        push_number(&mut out, body.len());
        out.extend(body);
    }
    Ok((out, replaced(glue, &imports, &exports)))
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

/// The same for an export section: names of all kinds, each with a kind and an index.
fn renamed_exports(mut section: &[u8], names: &mut Names) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let count = number(&mut section)?;
    push_number(&mut out, count);
    for _ in 0..count {
        let old = name(&mut section)?;
        push_name(&mut out, renamed(old, names));
        out.extend(take(&mut section, 1)?);
        push_number(&mut out, number(&mut section)?);
    }
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
    let mut rest = text;
    let mut last = "";
    while !rest.is_empty() {
        let inside = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
        let word = rest.find(|c| !inside(c)).unwrap_or(rest.len());
        let (identifier, after) = rest.split_at(word);
        let new = match (out.ends_with('.'), last) {
            (false, _) => imports.get(identifier),
            (true, INSTANCE) => exports.get(identifier),
            (true, _) => None,
        };
        out.push_str(new.map_or(identifier, String::as_str));
        last = identifier;
        let gap = after.find(inside).unwrap_or(after.len());
        out.push_str(&after[..gap]);
        rest = &after[gap..];
    }
    out
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

fn take<'a>(rest: &mut &'a [u8], count: usize) -> Result<&'a [u8]> {
    let (taken, after) = rest.split_at_checked(count).context("the module is cut short")?;
    *rest = after;
    Ok(taken)
}

fn name<'a>(rest: &mut &'a [u8]) -> Result<&'a str> {
    let length = number(rest)?;
    Ok(std::str::from_utf8(take(rest, length)?)?)
}

/// Unsigned LEB128, as the Wasm specification has it.
fn number(rest: &mut &[u8]) -> Result<usize> {
    let mut value = 0;
    for shift in (0..35).step_by(7) {
        let byte = take(rest, 1)?[0];
        value |= usize::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Ok(value);
        }
    }
    bail!("a number of the module is too long")
}

fn push_number(out: &mut Vec<u8>, mut value: usize) {
    while value > 0x7f {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

fn push_name(out: &mut Vec<u8>, name: &str) {
    push_number(out, name.len());
    out.extend(name.as_bytes());
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
        wasm.extend([7, 23, 2, 6]);
        wasm.extend(b"memory\x02\0\x0a__wbg_free\0\x07");
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
        assert_eq!(names.iter().collect::<std::collections::BTreeSet<_>>().len(), 800);
    }
}
