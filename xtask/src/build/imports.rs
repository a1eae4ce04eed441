//! Short names between a module and its glue.
//!
//! wasm-bindgen ends each import with a hash of sixteen digits, which brotli cannot shrink, and it stands on both
//! sides: for 324 imports these are 8 kB on the wire.

use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;

const IMPORTS: u8 = 2;
const FUNCTION: u8 = 0;

/// The module and its glue with imports named `a`, `b`, …, `aa`, in their order.
pub(crate) fn shortened(wasm: &[u8], glue: &str) -> Result<(Vec<u8>, String)> {
    let mut names = BTreeMap::new();
    let mut out = wasm.get(..8).context("no Wasm module")?.to_vec();
    let mut rest = &wasm[8..];
    while let Some((&id, after)) = rest.split_first() {
        rest = after;
        let size = number(&mut rest)?;
        let section = take(&mut rest, size)?;
        let body = if id == IMPORTS { renamed(section, &mut names)? } else { section.to_vec() };
        out.push(id);
        push_number(&mut out, body.len());
        out.extend(body);
    }
    Ok((out, replaced(glue, &names)))
}

/// An import section with new names, which are noted.
fn renamed(mut section: &[u8], names: &mut BTreeMap<String, String>) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let count = number(&mut section)?;
    push_number(&mut out, count);
    for _ in 0..count {
        let module = name(&mut section)?;
        let old = name(&mut section)?;
        let next = short(names.len());
        let new = names.entry(old.to_owned()).or_insert(next);
        for text in [module, new.as_str()] {
            push_number(&mut out, text.len());
            out.extend(text.as_bytes());
        }
        if take(&mut section, 1)? != [FUNCTION] {
            bail!("the import {old} is not a function");
        }
        out.push(FUNCTION);
        push_number(&mut out, number(&mut section)?);
    }
    Ok(out)
}

/// Text whose identifiers have new names, but for members: those are exports.
fn replaced(text: &str, names: &BTreeMap<String, String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let inside = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
        let word = rest.find(|c| !inside(c)).unwrap_or(rest.len());
        let (identifier, after) = rest.split_at(word);
        let member = out.ends_with('.');
        out.push_str(names.get(identifier).filter(|_| !member).map_or(identifier, String::as_str));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_are_renamed_on_both_sides_and_exports_are_not() -> Result<()> {
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        let mut section = vec![2];
        for name in ["__wbg_now_0123456789abcdef", "__wbg_free"] {
            section.extend([2, b'.', b'/', name.len() as u8]);
            section.extend(name.as_bytes());
            section.extend([0, 5]);
        }
        wasm.extend([2, section.len() as u8]);
        wasm.extend(section);
        wasm.extend([7, 1, 0]);
        let glue = "const i={__wbg_now_0123456789abcdef(){wasm.__wbg_free(1)},__wbg_free:()=>_free}";
        let (wasm, glue) = shortened(&wasm, glue)?;
        assert_eq!(glue, "const i={a(){wasm.__wbg_free(1)},b:()=>_free}");
        assert_eq!(wasm, b"\0asm\x01\0\0\0\x02\x0f\x02\x02./\x01a\0\x05\x02./\x01b\0\x05\x07\x01\0");
        Ok(())
    }

    #[test]
    fn names_do_not_repeat() {
        let names: Vec<String> = (0..800).map(short).collect();
        assert_eq!((names[25].as_str(), names[26].as_str(), names[702].as_str()), ("z", "aa", "aaa"));
        assert_eq!(names.iter().collect::<std::collections::BTreeSet<_>>().len(), 800);
    }
}
