//! `anprobe quote`: what a shop's server must know of an order.

use std::path::PathBuf;
use std::time::SystemTime;

use anprobe::product::view::{PricedView, Tone, to_json};
use anprobe::product::{Currency, Offers, Session};

use super::opened::{open, read};
use super::{Done, Format, Product};

/// Prices what a customer configured, as a shop's server must
///
/// Exit code 1 when the code does not say exactly what is priced: something in it is not sold any more, or does not go
/// together.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  anprobe quote lamp.json CODE
  anprobe quote lamp.json CODE --format json --offers today.json   # {\"LU-P-BA\": {\"price\": 4900, \"stock\": 3}}
  anprobe quote lamp.json CODE --currency USD=1.08 --language de")]
pub(super) struct Arguments {
    #[command(flatten)]
    product: Product,
    /// The configuration's code
    code: String,
    /// What the customer has, by its code: where upgrades alone lead to CODE, they are priced instead of all of it
    #[arg(long, value_name = "CODE")]
    owned: Option<String>,
    /// Prices and stock of today, by SKU
    #[arg(long, value_name = "OFFERS.json")]
    offers: Option<PathBuf>,
    /// Shows the quote in another currency, of which so many are one of the file's; behind a slash its digits: JPY=162/0
    #[arg(long, value_name = "USD=1.08")]
    currency: Option<String>,
    /// How the quote is written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The same as --format json
    #[arg(long, hide = true)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<Done, String> {
    let mut tone = Tone { language: arguments.product.language.clone(), currency: None };
    if let Some(rate) = &arguments.currency {
        let wanted = format!("`--currency {rate}` is not of the form USD=1.08 or JPY=162/0");
        tone.currency = Some(Currency::from_rate(rate).ok_or(wanted)?);
    }
    let mut session = Session::new(open(&arguments.product.file)?.catalog);
    if let Some(path) = &arguments.offers {
        let offers = Offers::strictly_from_json(&read(path)?).map_err(|why| format!("{}: {why}", path.display()))?;
        session.set_offers(offers);
    }
    let now_secs = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0.0, |now| now.as_secs_f64());
    if let Some(owned) = &arguments.owned {
        session.own(owned).map_err(|_| super::code::bad(owned))?;
    }
    let code = &arguments.code;
    let priced = session.priced(code, &tone, now_secs).map_err(|_| super::code::bad(code))?;
    if arguments.json || arguments.format == Format::Json {
        println!("{}", to_json(&priced));
    } else {
        print!("{}", written(&priced));
    }
    Ok(if priced.exact { Done::Well } else { Done::Faulty })
}

/// A quote for people.
fn written(PricedView { exact, gone, changes, quote, order }: &PricedView<'_>) -> String {
    let digits = quote.digits as usize;
    let money =
        |amount: i64| format!("{:.digits$} {}", amount as f64 / 10_f64.powi(quote.digits as i32), quote.currency);
    let mut text = String::new();
    let mut total = quote.total;
    if quote.upgrades.is_empty() {
        for line in &quote.lines {
            let sku = line.sku.as_deref().map_or_else(String::new, |sku| format!(" ({sku})"));
            text += &format!("{:>16}  {}{sku}\n", money(line.amount), line.name);
        }
    } else {
        for (taken, line) in quote.upgrades.iter().zip(&order.lines) {
            text += &format!("{:>16}  {} ({})\n", money(taken.price), taken.name, line.sku);
            if taken.credit > 0 {
                text += &format!("{:>16}  for the old part\n", money(-taken.credit));
            }
        }
        total = quote.more_than_owned.unwrap_or(total);
    }
    text += &format!("{:>16}  {} {}\n", money(total), order.code, quote.tax_note).replace(" \n", "\n");
    if quote.stale {
        text += "a price is stale\n";
    }
    if !exact {
        text += "this is not what the code says:\n";
        changes
            .iter()
            .for_each(|change| text += &format!("{}: {} instead of {}\n", change.name, change.to, change.from));
        gone.iter()
            .for_each(|(group, choice)| text += &format!("group {group}, choice {choice} is not there any more\n"));
    }
    text
}
