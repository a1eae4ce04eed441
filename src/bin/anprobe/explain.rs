//! `anprobe explain`: why something does not go, and what would have to change.

use anprobe::product::Session;
use anprobe::product::view::{ConflictView, Standing, Tone, to_json};

use super::opened::open;
use super::{Done, Format, Product};

/// Says why a choice cannot be had with a code, and what would have to change for it
///
/// Exit code 1 when it cannot be had as things are.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  anprobe explain lamp.json CODE power/battery
  anprobe explain lamp.json first arm=80 --format json   # `first` is what a new customer sees")]
pub(super) struct Arguments {
    #[command(flatten)]
    product: Product,
    /// The configuration's code, or `first`
    code: String,
    /// GROUP/CHOICE, or GROUP=ANSWER
    #[arg(value_name = "CHOICE")]
    choice: String,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

pub(super) fn run(arguments: &Arguments) -> Result<Done, String> {
    let mut session = Session::new(open(&arguments.product.file)?.catalog);
    if arguments.code != "first" {
        session.open(&arguments.code).map_err(|_| super::code::bad(&arguments.code))?;
    }
    let choice = &arguments.choice;
    let unknown = || format!("`{choice}` is no choice; name it as GROUP/CHOICE or GROUP=ANSWER");
    let asked = match choice.split_once('=') {
        Some((group, answer)) => session
            .catalog()
            .group_named(group)
            .and_then(|group| Some((group, super::code::value(&session, group, answer)?))),
        None => session.catalog().item_named(choice).and_then(|item| session.toggled(item)),
    };
    let (group, value) = asked.ok_or_else(unknown)?;
    let tone = Tone { language: arguments.product.language.clone(), currency: None };
    let standing = Standing::new(session.catalog(), session.configuration());
    let conflict = session.conflict(group, &value, &standing, &tone).ok_or_else(unknown)?;
    match arguments.format {
        Format::Json => println!("{}", to_json(&conflict)),
        Format::Text => print!("{}", written(&conflict)),
    }
    Ok(if matches!(conflict.state, "taken" | "possible") { Done::Well } else { Done::Faulty })
}

fn written(conflict: &ConflictView<'_>) -> String {
    let mut out = match conflict.state {
        "taken" => format!("{} is taken\n", conflict.name),
        "possible" => format!("{} can be had; nothing else has to change\n", conflict.name),
        "repairable" => format!("{} can be had when something else changes\n", conflict.name),
        "dead" => format!("{} cannot be had in any combination\n", conflict.name),
        _ => format!("of {} it cannot be told\n", conflict.name),
    };
    for reason in &conflict.reasons {
        out += &match reason.kind {
            "rule" => format!("  rule {}: {}\n", reason.of, reason.name),
            "bounds" => format!("  {} allows only so many\n", reason.name),
            "taken" => format!("  {} is taken ({})\n", reason.name, reason.of),
            "left" => format!("  {} is not taken ({})\n", reason.name, reason.of),
            _ => format!("  {} is not sold any more\n", reason.name),
        };
    }
    if let Some(repair) = &conflict.repair {
        for change in &repair.changes {
            let from = if change.from.is_empty() { "nothing" } else { &change.from };
            let to = if change.to.is_empty() { "nothing" } else { &change.to };
            out += &format!("  → {}: {to} instead of {from}\n", change.name);
        }
        out += &format!("  → {}\n", repair.code);
    }
    out
}
