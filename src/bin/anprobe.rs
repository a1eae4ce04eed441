//! `anprobe`, the designer's command.

#![expect(clippy::disallowed_methods, reason = "a command on a desk has a clock")]

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use anprobe::issue::{Issue, Severity};
use anprobe::logic::Budget;
use anprobe::product::{Catalog, ItemId};

const USAGE: &str = "\
anprobe check PRODUCT.json      says what is at fault in a product file, and how many combinations there are
anprobe compile PRODUCT.json    writes the compiled rules to the file that it names as \"compiled\", or PRODUCT.rules
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
