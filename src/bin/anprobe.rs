//! `anprobe`, the designer's command.

#![expect(clippy::disallowed_methods, reason = "a command on a desk has a clock")]

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Instant, SystemTime};

use anprobe::issue::{Issue, Severity};
use anprobe::logic::Budget;
use anprobe::product::view::{PricedView, Tone, to_json};
use anprobe::product::{Catalog, Currency, ItemId, Offers, Session};

const USAGE: &str = "\
anprobe check PRODUCT.json      says what is at fault in a product file, and how many combinations there are
anprobe compile PRODUCT.json    writes the compiled rules to the file that it names as \"compiled\", or PRODUCT.rules
anprobe quote PRODUCT.json CODE [OPTION ...]
                                prices what a customer configured, as a shop's server must
    --json                      for machines: the quote, and the lines of the order
    --offers OFFERS.json        prices and stock of today, by SKU: {\"LU-P-BA\": {\"price\": 4900}}
    --currency USD=1.08[/2]     shows the quote in another currency: so many of it are one of the file's, and its digits
    --language de               in which things are named
";

/// Hundreds of times what a page spends.
const BUDGET: Budget = Budget { steps: 500_000_000_000, depth: 1_000_000 };

/// Of more choices the pairs are not looked for: each choice is a pass over all combinations.
const MOST_PAIRED: usize = 1_000;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["check", file] => check(Path::new(file)),
        ["compile", file] => compile(Path::new(file)),
        ["quote", file, code, options @ ..] => quote(Path::new(file), code, options),
        _ => {
            eprint!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn read(file: &Path) -> Result<String, String> {
    std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))
}

/// Where a product file says that its compiled rules are.
fn rules_beside(file: &Path, text: &str) -> Option<PathBuf> {
    Catalog::compiled_address(text).map(|address| file.with_file_name(address))
}

fn said(issue: &Issue) -> String {
    let detail = if issue.detail.is_empty() { String::new() } else { format!(" ({})", issue.detail) };
    let (code, path, message, remedy) = (issue.code.as_str(), &issue.path, issue.code.message(), issue.code.remedy());
    format!("{code} {path}: {message}{detail}; {remedy}")
}

/// True when there is nothing to correct.
fn check(file: &Path) -> Result<bool, String> {
    let text = read(file)?;
    // As on a page, rules that are not there are compiled anew.
    let compiled = rules_beside(file, &text).map(|path| std::fs::read(path).unwrap_or_default());
    let start = Instant::now();
    let (catalog, issues) = Catalog::with_rules(&text, compiled.as_deref()).map_err(|issue| said(&issue))?;
    let ms = start.elapsed().as_secs_f64() * 1e3;
    issues.iter().for_each(|issue| println!("{}", said(issue)));
    match catalog.count() {
        Some(count) => {
            let more = if count.is_open { ", and what customers give themselves" } else { "" };
            println!("{} combinations{more}; read in {ms:.1} ms", count.combinations);
        }
        None => println!("the combinations could not be counted; read in {ms:.1} ms"),
    }
    report(&catalog);
    Ok(issues.iter().all(|issue| issue.code.severity() == Severity::Info))
}

/// What can be said of all combinations at once.
fn report(catalog: &Catalog) {
    let names = |items: Vec<ItemId>| items.into_iter().map(|item| catalog.name_of(item)).collect::<Vec<_>>().join(", ");
    let digits = catalog.product().price.as_ref().map_or(2, |price| price.digits.unwrap_or(2));
    let currency = catalog.product().price.as_ref().map_or("", |price| price.currency.as_str());
    for (word, extreme) in [("cheapest", catalog.cheapest()), ("dearest", catalog.dearest())] {
        let Some(extreme) = extreme else { continue };
        let total = catalog.quote(&extreme.configuration, 0.0).total as f64 / 10_f64.powi(digits as i32);
        println!("{word}: {total:.*} {currency}, {}", digits as usize, catalog.code(&extreme.configuration));
    }
    let forced = catalog.forced().unwrap_or_default();
    if !forced.is_empty() {
        println!("in every combination: {}", names(forced));
    }
    if catalog.items().len() > MOST_PAIRED {
        return;
    }
    let mut pairs = 0_usize;
    for item in catalog.all_items() {
        let never = catalog.never_with(item).unwrap_or_default();
        pairs += never.iter().filter(|other| other.index() > item.index()).count();
    }
    println!("{pairs} pairs of choices never meet");
}

fn compile(file: &Path) -> Result<bool, String> {
    let text = read(file)?;
    let start = Instant::now();
    let bytes = Catalog::compile(&text, BUDGET).map_err(|issue| said(&issue))?;
    let out = rules_beside(file, &text).unwrap_or_else(|| file.with_extension("rules"));
    std::fs::write(&out, &bytes).map_err(|error| format!("{}: {error}", out.display()))?;
    println!("{}: {} bytes, in {:.1} s", out.display(), bytes.len(), start.elapsed().as_secs_f64());
    Ok(true)
}

/// True when the code says exactly what is priced.
fn quote(file: &Path, code: &str, mut options: &[&str]) -> Result<bool, String> {
    let mut tone = Tone { language: "en".to_owned(), currency: None };
    let (mut json, mut offers) = (false, Offers::default());
    loop {
        options = match options {
            [] => break,
            ["--json", rest @ ..] => {
                json = true;
                rest
            }
            ["--offers", path, rest @ ..] => {
                offers = Offers::strictly_from_json(&read(Path::new(path))?).map_err(|why| format!("{path}: {why}"))?;
                rest
            }
            ["--currency", rate, rest @ ..] => {
                let wanted = format!("`--currency {rate}` is not of the form USD=1.08 or JPY=162/0");
                tone.currency = Some(Currency::from_rate(rate).ok_or(wanted)?);
                rest
            }
            ["--language", language, rest @ ..] => {
                (*language).clone_into(&mut tone.language);
                rest
            }
            [other, ..] => return Err(format!("`quote` does not know `{other}`, or it lacks its value\n{USAGE}")),
        };
    }
    let text = read(file)?;
    let compiled = rules_beside(file, &text).map(|path| std::fs::read(path).unwrap_or_default());
    let (catalog, _) = Catalog::with_rules(&text, compiled.as_deref()).map_err(|issue| said(&issue))?;
    let mut session = Session::new(catalog);
    session.set_offers(offers);
    let now_secs = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0.0, |now| now.as_secs_f64());
    let priced =
        session.priced(code, &tone, now_secs).map_err(|_| format!("`{code}` is no code, or has a wrong character"))?;
    if json {
        println!("{}", to_json(&priced));
    } else {
        print!("{}", written(&priced));
    }
    Ok(priced.exact)
}

/// A quote for people.
fn written(PricedView { exact, gone, changes, quote, order }: &PricedView<'_>) -> String {
    let digits = quote.digits as usize;
    let money =
        |amount: i64| format!("{:.digits$} {}", amount as f64 / 10_f64.powi(quote.digits as i32), quote.currency);
    let mut text = String::new();
    for line in &quote.lines {
        let sku = line.sku.as_deref().map_or_else(String::new, |sku| format!(" ({sku})"));
        text += &format!("{:>16}  {}{sku}\n", money(line.amount), line.name);
    }
    text += &format!("{:>16}  {} {}\n", money(quote.total), order.code, quote.tax_note).replace(" \n", "\n");
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
