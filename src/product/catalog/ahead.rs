//! Rules compiled ahead: a file beside the product file, tied to its text by a hash.
//!
//! Eight bytes name the format, eight are the hash of the text (little-endian), then the conditional prices (0 never, 1
//! always, else a literal and two) and the graph.

use serde::Deserialize;

use super::super::read as file;
use super::clausal::Truth;
use super::rules::{self, Compiled};
use super::{Catalog, Items, check, names, prices};
use crate::issue::{Code, Issue, Issues};
use crate::logic::stored::{put_number, take_number};
use crate::logic::{Budget, Graph, Literal};

const FORMAT: &[u8; 8] = b"ANRULES1";

/// FNV-1a (Fowler, Noll, Vo): it finds changes, not attacks; both files come from the shop.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Reads compiled rules; none when they are not of this text, or of no product with so many items and prices.
pub(super) fn read(bytes: &[u8], text: &str, items: u32, prices: usize) -> Option<Compiled> {
    let rest = bytes.strip_prefix(FORMAT)?;
    let (known, mut rest) = rest.split_at_checked(8)?;
    if known != hash(text).to_le_bytes() {
        return None;
    }
    let count = take_number(&mut rest)?;
    if count != prices as u64 {
        return None;
    }
    let truth = |_| match take_number(&mut rest)? {
        0 => Some(Truth::Never),
        1 => Some(Truth::Always),
        literal if literal & 1 == 0 => Some(Truth::If(Literal::positive(((literal - 2) >> 1) as u32))),
        literal => Some(Truth::If(Literal::negative(((literal - 2) >> 1) as u32))),
    };
    let counts = (0..count).map(truth).collect::<Option<Vec<_>>>()?;
    let graph = Graph::from_bytes(rest)?;
    let is_known = |truth: &Truth| match truth {
        Truth::If(literal) => literal.variable() < graph.variables(),
        Truth::Always | Truth::Never => true,
    };
    (graph.variables() >= items && counts.iter().all(is_known)).then_some(Compiled { graph, counts })
}

impl Catalog {
    /// Compiles the rules of a product file, however long it takes within `budget`, for [`Catalog::with_rules`].
    ///
    /// # Errors
    /// [`Code::ProductRules`] when the budget is spent, [`Code::ProductContradiction`] when no combination keeps the rules,
    /// else as of [`Catalog::from_json`].
    pub fn compile(text: &str, budget: Budget) -> Result<Vec<u8>, Issue> {
        let mut issues = Issues::default();
        let mut product = file::product(text, &mut issues)?;
        check::check(&mut product, &mut issues);
        let items = Items::new(&product);
        names::check(&mut product, &items, &mut issues);
        let structure = rules::structure(&product, &items);
        let constraints = rules::constraints(&product, &items, &mut issues);
        let formulas: Vec<_> =
            prices(&mut product, &items, &mut issues).into_iter().map(|(_, formula)| formula).collect();
        let compiled = rules::compiled(items.all.len() as u32, &structure, &constraints, &formulas, budget);
        let Compiled { graph, counts } = compiled.map_err(|_| Issue::new(Code::ProductRules, "/rules", ""))?;
        if graph.is_never() {
            return Err(Issue::new(Code::ProductContradiction, "/rules", ""));
        }
        let mut bytes = FORMAT.to_vec();
        bytes.extend(hash(text).to_le_bytes());
        put_number(&mut bytes, counts.len() as u64);
        for truth in counts {
            put_number(
                &mut bytes,
                match truth {
                    Truth::Never => 0,
                    Truth::Always => 1,
                    Truth::If(literal) => literal.index() as u64 + 2,
                },
            );
        }
        bytes.extend(graph.to_bytes());
        Ok(bytes)
    }

    /// The address of the compiled rules that a product file names, without reading the rest of it.
    pub fn compiled_address(text: &str) -> Option<String> {
        #[derive(Deserialize)]
        struct Head {
            compiled: Option<String>,
        }
        serde_json::from_str::<Head>(text).ok()?.compiled
    }
}
