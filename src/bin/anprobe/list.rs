//! `anprobe list`: codes and their prices, for feeds and tables.

use std::io::{BufWriter, Write as _};
use std::path::PathBuf;

use serde_json::json;

use super::opened::open;
use super::selection::Selection;
use super::{Done, Format};

/// Lists codes with their prices, one a line: code, a tab, minor units of the file's currency
///
/// Each is checked against the rules.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  anprobe list lamp.json --all > prices.tsv
  anprobe list car.json --all --groups paint,roof,wheels,rims --format json   # one object a line
  anprobe list car.json --sample 100 --seed 7")]
pub(super) struct Arguments {
    /// The product file
    #[arg(value_name = "PRODUCT.json")]
    file: PathBuf,
    #[command(flatten)]
    selection: Selection,
    /// How each is written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

pub(super) fn run(arguments: &Arguments) -> Result<Done, String> {
    let catalog = open(&arguments.file)?.catalog;
    let mut out = BufWriter::new(std::io::stdout().lock());
    let base = catalog.product().price.as_ref().map_or(0, |price| price.base);
    let mut is_valid = true;
    for configuration in arguments.selection.configurations(&catalog)? {
        is_valid &= catalog.is_valid(&configuration);
        let (code, total) = (catalog.code(&configuration), base + catalog.choices_amount(&configuration));
        let written = match arguments.format {
            Format::Text => writeln!(out, "{code}\t{total}"),
            Format::Json => writeln!(out, "{}", json!({ "code": code, "total": total })),
        };
        if written.is_err() {
            // Whoever reads has seen enough.
            return Ok(Done::Well);
        }
    }
    let _ = out.flush();
    Ok(if is_valid { Done::Well } else { Done::Faulty })
}
