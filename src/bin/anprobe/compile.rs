//! `anprobe compile`: rules that a phone need not work on.

use std::path::PathBuf;
use std::time::Instant;

use anprobe::logic::Budget;
use anprobe::product::Catalog;

use super::Done;
use super::opened::{read, rules_beside};
use super::remark::fatal;

/// Hundreds of times what a page spends.
const BUDGET: Budget = Budget { steps: 500_000_000_000, depth: 1_000_000 };

/// Writes the compiled rules to the file that the product names as "compiled", or PRODUCT.rules
#[derive(clap::Args)]
#[command(after_help = "Example:
  anprobe compile car.json   # writes car.rules beside it; again after each change of car.json")]
pub(super) struct Arguments {
    /// The product file
    #[arg(value_name = "PRODUCT.json")]
    file: PathBuf,
}

pub(super) fn run(Arguments { file }: &Arguments) -> Result<Done, String> {
    let text = read(file)?;
    let start = Instant::now();
    let bytes = Catalog::compile(&text, BUDGET).map_err(|issue| fatal(file, &issue))?;
    let out = rules_beside(file, &text).unwrap_or_else(|| file.with_extension("rules"));
    super::whole::write(&out, &bytes)?;
    println!("{}: {} bytes, in {:.1} s", out.display(), bytes.len(), start.elapsed().as_secs_f64());
    Ok(Done::Well)
}
