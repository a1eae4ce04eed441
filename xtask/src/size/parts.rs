//! `cargo xtask size --parts`: which crate of a module weighs how much.

use crate::build::{Care, Flavor, module};
use crate::tools;
use anyhow::Result;
use std::collections::{BTreeMap, HashMap};
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

/// Names of the language's own library and of what the compiler adds.
const STANDARD: [&str; 5] = ["alloc", "core", "std", "hashbrown", "compiler_builtins"];

/// Prints bytes of code by crate, and the heaviest functions. Before compression: proportions, not a price list.
pub(crate) fn run(flavor: Flavor) -> Result<()> {
    tools::wasm_target()?;
    let care = Care { dev: false, node: tools::node_modules()?, names: true };
    let wasm = module(flavor, care)?.wasm;
    let functions = functions(&wasm)?;
    let mut crates: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (name, bytes) in &functions {
        let row = crates.entry(owner(name)).or_default();
        *row = (row.0 + bytes, row.1 + 1);
    }
    let code: usize = functions.iter().map(|(_, bytes)| bytes).sum();
    println!("\n{}: {code} bytes of code in {} functions", flavor.name(), functions.len());
    let mut crates: Vec<_> = crates.into_iter().collect();
    crates.sort_by_key(|(_, (bytes, _))| std::cmp::Reverse(*bytes));
    for (name, (bytes, count)) in crates.iter().take(25) {
        println!("{bytes:>9}{:>6.1} %{count:>6}  {name}", 100.0 * *bytes as f32 / code as f32);
    }
    let mut heaviest: Vec<_> = functions.iter().collect();
    heaviest.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
    println!("the heaviest functions:");
    for (name, bytes) in heaviest.iter().take(40) {
        println!("{bytes:>9}  {}", name.chars().take(110).collect::<String>());
    }
    Ok(())
}

/// Every function that the module defines, with its bytes; and the data, as if it were one.
fn functions(wasm: &[u8]) -> Result<Vec<(String, usize)>> {
    let (mut imported, mut bodies, mut data) = (0_u32, Vec::new(), 0);
    let mut names: HashMap<u32, String> = HashMap::new();
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_) | TypeRef::FuncExact(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(body.range().len()),
            Payload::DataSection(section) => data += section.range().len(),
            Payload::CustomSection(section) => {
                let KnownCustom::Name(section) = section.as_known() else {
                    continue;
                };
                for name in section {
                    let Name::Function(map) = name? else { continue };
                    for naming in map {
                        let naming = naming?;
                        names.insert(naming.index, naming.name.to_owned());
                    }
                }
            }
            _ => {}
        }
    }
    let named = |(index, bytes): (u32, usize)| (names.get(&index).cloned().unwrap_or_default(), bytes);
    let mut functions: Vec<_> = (imported..).zip(bodies).map(named).collect();
    functions.push(("(data)".to_owned(), data));
    Ok(functions)
}

/// The crate that a function is there for: the first in its name that is not the language's own.
fn owner(name: &str) -> &str {
    if name == "(data)" {
        return name;
    }
    let mut standard = "(unnamed)";
    let mut start = 0;
    for (at, _) in name.match_indices("::") {
        if at < start {
            continue;
        }
        // `crate[1a2b]::` in newer mangling.
        let head = name[start..at].split_once('[').map_or(&name[start..at], |(head, _)| head);
        let word_start = head.rfind(|c: char| !c.is_alphanumeric() && c != '_').map_or(0, |i| i + 1);
        let word = &head[word_start..];
        let continued = start + word_start >= 2 && name[..start + word_start].ends_with("::");
        start = at + 2;
        if word.is_empty() || continued {
            continue;
        }
        if !STANDARD.contains(&word) {
            return word;
        }
        standard = "(the Rust library)";
    }
    standard
}

#[cfg(test)]
mod tests {
    use super::owner;

    #[test]
    fn functions_belong_to_those_who_need_them() {
        assert_eq!(owner("anprobe::web::start::h0123456789abcdef"), "anprobe");
        assert_eq!(owner("<wgpu_core::device::Device as core::fmt::Debug>::fmt"), "wgpu_core");
        assert_eq!(owner("core::ptr::drop_in_place<naga::Module>"), "naga");
        assert_eq!(owner("<alloc::vec::Vec<T> as core::clone::Clone>::clone"), "(the Rust library)");
        assert_eq!(owner("<core[1f]::option::Option<glow[2e]::Buffer>>::map"), "glow");
        assert_eq!(owner("__wbindgen_malloc"), "(unnamed)");
    }
}
