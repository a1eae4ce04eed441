//! Takes the words for developers out of what `-Zfmt-debug=none` leaves.
//!
//! That option empties what the compiler derives and formats. What the standard library writes by hand stays where a
//! table of methods names it: a boxed text as an error prints itself with escapes, for which it brings tables of all
//! characters that can be printed.

use super::sections::{changed, number, push_number, take};
use anyhow::{Context, Result};
use std::collections::BTreeSet;
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

const CODE: u8 = 10;
/// No locals; `i32.const 0`, which is `Ok(())`; end.
const NOTHING: [u8; 4] = [0, 0x41, 0, 0x0b];

/// The module, which must have names still, without what boxed texts say for `{:?}`.
pub(crate) fn silenced(wasm: &[u8]) -> Result<Vec<u8>> {
    let mute = indices(wasm, |name| name.contains("StringError as ") && name.ends_with("::fmt::Debug>::fmt"))?;
    changed(wasm, |id, mut contents| {
        if id != CODE {
            return Ok(contents.to_vec());
        }
        let mut out = Vec::new();
        let count = number(&mut contents)?;
        push_number(&mut out, count);
        for index in 0..count {
            let size = number(&mut contents)?;
            let body = take(&mut contents, size)?;
            let body = if mute.contains(&index) { &NOTHING } else { body };
            push_number(&mut out, body.len());
            out.extend(body);
        }
        Ok(out)
    })
}

/// The functions that the module defines, from 0, whose name is wanted.
fn indices(wasm: &[u8], wanted: impl Fn(&str) -> bool) -> Result<BTreeSet<usize>> {
    let (mut imported, mut found) = (0, BTreeSet::new());
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    imported += usize::from(matches!(import?.ty, TypeRef::Func(_) | TypeRef::FuncExact(_)));
                }
            }
            Payload::CustomSection(section) => {
                let KnownCustom::Name(section) = section.as_known() else { continue };
                for name in section {
                    let Name::Function(map) = name? else { continue };
                    for naming in map {
                        let naming = naming?;
                        if wanted(naming.name) {
                            let index = usize::try_from(naming.index)?;
                            found.insert(index.checked_sub(imported).context("an import has this name")?);
                        }
                    }
                }
            }
            _ => {}
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build::sections::push_name;

    /// A module of one function of this name, which adds its two parameters.
    fn module(name: &str) -> Vec<u8> {
        let mut wasm = b"\0asm\x01\0\0\0\x01\x07\x01\x60\x02\x7f\x7f\x01\x7f\x03\x02\x01\0".to_vec();
        wasm.extend(b"\x0a\x09\x01\x07\0\x20\0\x20\x01\x6a\x0b");
        let mut names = vec![1, 0];
        push_name(&mut names, name);
        let mut contents = b"\x04name\x01".to_vec();
        push_number(&mut contents, names.len());
        contents.extend(names);
        wasm.push(0);
        push_number(&mut wasm, contents.len());
        wasm.extend(contents);
        wasm
    }

    #[test]
    fn a_boxed_text_says_nothing_and_others_go_on() -> Result<()> {
        let text = "<<Box<dyn Error> as From<String>>::from::StringError as core[1f]::fmt::Debug>::fmt";
        let silent = silenced(&module(text))?;
        assert!(silent.windows(8).any(|part| part == b"\x0a\x06\x01\x04\0\x41\0\x0b"));
        assert_eq!(silent.len() + 3, module(text).len());
        for other in ["<StringError as core[1f]::fmt::Display>::fmt", "<Other as core[1f]::fmt::Debug>::fmt"] {
            assert_eq!(silenced(&module(other))?, module(other));
        }
        Ok(())
    }
}
