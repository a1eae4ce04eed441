//! Which configurations a command works on, and which part of them this run does.

use std::collections::BTreeMap;

use anprobe::product::{Catalog, Configuration};
use clap::Args;

use super::code::configured;

/// Of more than these not all are walked through.
const MOST: u64 = 1_000_000;

/// Which configurations
#[derive(Args, Clone)]
pub(super) struct Selection {
    /// A code; may be given several times. Without any of these: what a new customer sees
    #[arg(long = "config", value_name = "CODE", conflicts_with_all = ["all", "pairwise", "sample"])]
    codes: Vec<String>,
    /// Every combination; numbers stand at the ends of their ranges, words and pictures stay out
    #[arg(long, conflicts_with_all = ["pairwise", "sample"])]
    all: bool,
    /// Few in which every two choices meet that can
    #[arg(long, conflicts_with = "sample")]
    pairwise: bool,
    /// So many by chance, each as likely as any other
    #[arg(long, value_name = "N")]
    sample: Option<usize>,
    /// Another chance
    #[arg(long, value_name = "SEED", default_value_t = 1, requires = "sample")]
    seed: u64,
    /// Only these groups vary, by id; the others stay as a new customer sees them
    #[arg(long, value_name = "GROUP,…", value_delimiter = ',')]
    groups: Vec<String>,
    /// The i-th of n parts of the work, for n machines; what looks equal is in one part
    #[arg(long, value_name = "I/N", value_parser = shard)]
    shard: Option<Shard>,
}

/// One of several parts of the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shard {
    part: u64,
    of: u64,
}

fn shard(text: &str) -> Result<Shard, String> {
    let numbers = text.split_once('/').and_then(|(part, of)| Some((part.parse().ok()?, of.parse().ok()?)));
    match numbers {
        Some((part, of)) if (1..=of).contains(&part) => Ok(Shard { part, of }),
        _ => Err("of the form 2/5, from 1/5 to 5/5".to_owned()),
    }
}

/// Configurations that look equal: the first one, and the codes of all.
pub(super) struct Look {
    pub(super) configuration: Configuration,
    pub(super) codes: Vec<String>,
}

impl Selection {
    /// What is to be worked on, in order, each look once.
    pub(super) fn looks(&self, catalog: &Catalog) -> Result<Vec<Look>, String> {
        let mut looks: Vec<Look> = Vec::new();
        let mut known: BTreeMap<u128, usize> = BTreeMap::new();
        for configuration in self.configurations(catalog)? {
            let key = fingerprint(format!("{:?}", catalog.look(&configuration, &[])).as_bytes());
            if self.shard.is_some_and(|shard| key % u128::from(shard.of) != u128::from(shard.part - 1)) {
                continue;
            }
            let code = catalog.code(&configuration);
            match known.get(&key).and_then(|at| looks.get_mut(*at)) {
                Some(look) if look.codes.contains(&code) => {}
                Some(look) => look.codes.push(code),
                None => {
                    known.insert(key, looks.len());
                    looks.push(Look { configuration, codes: vec![code] });
                }
            }
        }
        Ok(looks)
    }

    /// A part of the name of files that say what this run did; empty for all of it.
    pub(super) fn suffix(&self) -> String {
        self.shard.map_or_else(String::new, |Shard { part, of }| format!("-{part}-of-{of}"))
    }

    /// The same one by one, whatever they look like.
    pub(super) fn configurations<'a>(
        &self,
        catalog: &'a Catalog,
    ) -> Result<Box<dyn Iterator<Item = Configuration> + 'a>, String> {
        if !(self.all || self.pairwise || self.sample.is_some()) {
            let codes = if self.codes.is_empty() {
                vec![Vec::new()]
            } else {
                self.codes.iter().map(|code| vec![code.clone()]).collect()
            };
            let each = codes.into_iter().map(|words| {
                let (configuration, exact) = configured(catalog, &words)?;
                let said = words.join(" ");
                if exact {
                    Ok(configuration)
                } else {
                    Err(format!(
                        "`{said}` names what is not sold or does not go together; `anprobe code` says what is nearest"
                    ))
                }
            });
            return Ok(Box::new(each.collect::<Result<Vec<_>, _>>()?.into_iter()));
        }
        let groups: Vec<usize> = self
            .groups
            .iter()
            .map(|id| catalog.group_named(id).ok_or_else(|| format!("`{id}` is no group of this product")))
            .collect::<Result<_, _>>()?;
        let groups = (!groups.is_empty()).then_some(groups);
        let span = catalog.span(groups.as_deref()).ok_or("the rules are too intricate; see `anprobe check`")?;
        if let Some(count) = self.sample {
            return Ok(Box::new(span.sample(self.seed).take(count)));
        }
        if self.pairwise {
            return Ok(Box::new(span.pairwise().into_iter()));
        }
        let count = span.count();
        if count > MOST as f64 {
            return Err(format!(
                "there are {count:.2e} combinations; vary fewer --groups, or take --pairwise or --sample"
            ));
        }
        Ok(Box::new(span.all()))
    }
}

/// Names bytes (FNV-1a of 128 bits, <http://www.isthe.com/chongo/tech/comp/fnv>): not against forgery.
pub(super) fn fingerprint(bytes: &[u8]) -> u128 {
    let mix =
        |hash: u128, byte: &u8| (hash ^ u128::from(*byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013B);
    bytes.iter().fold(0x6C62_272E_07BB_0142_62B8_2175_6295_C58D, mix)
}
