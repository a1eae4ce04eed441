//! `anprobe check`: all that can be said of a product before anybody sees it.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::Instant;

use anprobe::assembly::overlay;
use anprobe::audit::{Figures, Target, guidelines, languages, names};
use anprobe::issue::{Issues, Severity};
use anprobe::product::{Catalog, ItemId};
use clap::ValueEnum;
use serde_json::json;

use super::opened::{Model, Opened, model, open};
use super::remark::{Remark, is_colored};
use super::{Done, Format};

/// Of more choices the pairs are not looked for: each choice is a pass over all combinations.
const MOST_PAIRED: usize = 1_000;

/// Says what is at fault in a product file and its models, and what the rules leave to choose from
///
/// Like a compiler: file, line, path, reason, remedy. Exit code 0 when there is nothing to correct, 1 when there is, 2 for a
/// wrong command line.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  anprobe check lamp.json
  anprobe check lamp.json --target banner
  anprobe check lamp.json --format json > report.json   # for a build job; the exit code says whether it is clean")]
pub(super) struct Arguments {
    /// The product file
    #[arg(value_name = "PRODUCT.json")]
    file: PathBuf,
    /// Where the product is shown: what the 3D Commerce guidelines allow there is what is checked
    #[arg(long, value_enum, default_value_t = Place::Mobile)]
    target: Place,
    /// What makes the command fail
    #[arg(long, value_enum, default_value_t = Least::Warning)]
    fail_on: Least,
    /// How the report is written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Publishing targets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Place {
    /// AR and 3D on a phone: 3 MB, 150,000 triangles, 500 draw calls, 2K
    Mobile,
    /// A desktop page: 3 MB, 250,000 triangles, 800 draw calls, 2K
    Desktop,
    /// One item among others in a room planner: 1 MB, 40,000 triangles, 50 draw calls, 1K
    Planner,
    /// A banner: 500 KB, 30,000 triangles, 100 draw calls, 512 pixels
    Banner,
}

impl Place {
    pub(super) fn target(self) -> Target {
        let [mobile, desktop, planner, banner] = Target::ALL;
        match self {
            Self::Mobile => mobile,
            Self::Desktop => desktop,
            Self::Planner => planner,
            Self::Banner => banner,
        }
    }
}

/// The least severity that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Least {
    Note,
    Warning,
    Error,
}

pub(super) fn run(arguments: &Arguments) -> Result<Done, String> {
    let start = Instant::now();
    let opened = open(&arguments.file)?;
    let read_ms = start.elapsed().as_secs_f64() * 1e3;
    let (remarks, figures) = remarks(&opened, arguments.target.target());
    let least = match arguments.fail_on {
        Least::Note => Severity::Info,
        Least::Warning => Severity::Warning,
        Least::Error => Severity::Error,
    };
    let faults = remarks.iter().filter(|remark| remark.matters(least)).count();
    let report = report(&opened.catalog);
    match arguments.format {
        Format::Json => {
            let mut whole = to_json(&opened, arguments.target, &remarks, figures, &report);
            super::merge(&mut whole, json!({ "clean": faults == 0, "readMs": read_ms }));
            println!("{whole:#}");
        }
        Format::Text => {
            let colored = is_colored();
            remarks.iter().for_each(|remark| println!("{}", remark.to_text(colored)));
            if !remarks.is_empty() {
                println!();
            }
            print!("{}", report.to_text(&opened.catalog));
            println!(
                "first view: {:.2} MB, {} triangles, {} draw calls, {} textures that take {:.0} MB on a graphics card",
                figures.bytes as f64 / 1e6,
                figures.triangles,
                figures.draw_calls,
                figures.textures,
                figures.texture_bytes as f64 / 1e6,
            );
            let verdict = if faults == 0 { "clean".to_owned() } else { format!("{faults} to correct") };
            println!("{}: {verdict}", opened.file.display());
        }
    }
    Ok(if faults == 0 { Done::Well } else { Done::Faulty })
}

/// All of it for machines.
pub(super) fn checked(opened: &Opened, place: Place) -> serde_json::Value {
    let (remarks, figures) = remarks(opened, place.target());
    to_json(opened, place, &remarks, figures, &report(&opened.catalog))
}

fn to_json(opened: &Opened, place: Place, remarks: &[Remark], figures: Figures, report: &Report) -> serde_json::Value {
    let issues: Vec<_> = remarks.iter().map(Remark::to_json).collect();
    let Figures { bytes, triangles, draw_calls, textures, texture_bytes } = figures;
    let figures = json!({
        "bytes": bytes, "triangles": triangles, "drawCalls": draw_calls, "textures": textures, "textureBytes": texture_bytes,
    });
    json!({
        "target": place.target().name, "issues": issues, "firstView": figures, "rules": report.to_json(&opened.catalog),
    })
}

/// All that there is to say, and what the first view costs.
pub(super) fn remarks(opened: &Opened, target: Target) -> (Vec<Remark>, Figures) {
    let in_text = |issue: &anprobe::issue::Issue| Remark::in_text(&opened.file, &opened.text, issue.clone());
    let mut remarks: Vec<Remark> = opened.issues.iter().map(in_text).collect();
    let product = opened.catalog.product();
    let mut models: Vec<Option<Model>> = Vec::new();
    models.resize_with(product.models.len(), || None);
    for (index, entry) in product.models.iter() {
        if let Some(slot) = models.get_mut(index) {
            *slot = Some(model(&opened.file.with_file_name(&entry.src)));
        }
    }
    let looks = opened.catalog.look(opened.catalog.first(), &[]);
    let mut figures = Figures::default();
    for look in &looks {
        let Some(model) = models.get(look.model).and_then(Option::as_ref) else { continue };
        if let Some(scene) = &model.scene {
            let (overlay, _) = overlay(scene, &look.wishes);
            figures = figures.plus(Figures::of(scene, &overlay, model.bytes));
        }
    }
    let mut issues = Issues::default();
    languages(&opened.text, &mut issues);
    let scenes: Vec<_> = models.iter().map(|model| model.as_ref().and_then(|model| model.scene.as_ref())).collect();
    names(&opened.catalog, &scenes, &mut issues);
    target.judge(&figures, &mut issues);
    remarks.extend(issues.iter().map(in_text));
    remarks.extend(super::printing::faults(opened).into_iter().map(|issue| in_text(&issue)));
    let mounted: Vec<usize> = opened.catalog.mounted_models();
    for (index, model) in models.iter().enumerate().filter_map(|(index, model)| Some((index, model.as_ref()?))) {
        remarks.extend(model.issues.iter().map(|issue| Remark::of(&model.file, issue.clone())));
        let Some(scene) = &model.scene else { continue };
        let mut issues = Issues::default();
        guidelines(scene, !mounted.contains(&index), &mut issues);
        target.judge_pictures(scene, &mut issues);
        remarks.extend(issues.iter().map(|issue| Remark::of(&model.file, issue.clone())));
    }
    (remarks, figures)
}

/// What can be said of all combinations at once.
struct Report {
    combinations: Option<(String, bool)>,
    cheapest: Option<(i64, String)>,
    dearest: Option<(i64, String)>,
    forced: Vec<ItemId>,
    dead: Vec<ItemId>,
    /// Pairs of choices that never meet; none where there are too many to look for.
    never: Option<Vec<(ItemId, ItemId)>>,
}

fn report(catalog: &Catalog) -> Report {
    let extreme = |extreme: Option<anprobe::product::Extreme>| {
        let extreme = extreme.filter(|_| catalog.product().price.is_some())?;
        Some((catalog.quote(&extreme.configuration, 0.0).total, catalog.code(&extreme.configuration)))
    };
    let never = (catalog.items().len() <= MOST_PAIRED).then(|| {
        let pairs = catalog.all_items().flat_map(|item| {
            let others = catalog.never_with(item).unwrap_or_default();
            others.into_iter().filter(move |other| other.index() > item.index()).map(move |other| (item, other))
        });
        pairs.collect()
    });
    Report {
        combinations: catalog.count().map(|count| (count.combinations, count.is_open)),
        cheapest: extreme(catalog.cheapest()),
        dearest: extreme(catalog.dearest()),
        forced: catalog.forced().unwrap_or_default(),
        dead: catalog.all_items().filter(|item| !catalog.is_alive(*item)).collect(),
        never,
    }
}

impl Report {
    fn to_json(&self, catalog: &Catalog) -> serde_json::Value {
        let names = |items: &[ItemId]| items.iter().map(|item| catalog.name_of(*item)).collect::<Vec<_>>();
        let extreme = |extreme: &Option<(i64, String)>| {
            extreme.as_ref().map(|(total, code)| json!({ "total": total, "code": code }))
        };
        json!({
            "combinations": self.combinations.as_ref().map(|(count, _)| count),
            "isOpen": self.combinations.as_ref().map(|(_, is_open)| is_open),
            "cheapest": extreme(&self.cheapest), "dearest": extreme(&self.dearest),
            "forced": names(&self.forced), "dead": names(&self.dead),
            "never": self.never.as_ref().map(|never| {
                never.iter().map(|(one, two)| [catalog.name_of(*one), catalog.name_of(*two)]).collect::<Vec<_>>()
            }),
        })
    }

    fn to_text(&self, catalog: &Catalog) -> String {
        let mut out = String::new();
        let names = |items: &[ItemId]| items.iter().map(|item| catalog.name_of(*item)).collect::<Vec<_>>().join(", ");
        let _ = match &self.combinations {
            Some((count, true)) => writeln!(out, "{count} combinations, and what customers give themselves"),
            Some((count, false)) => writeln!(out, "{count} combinations"),
            None => writeln!(out, "the combinations could not be counted"),
        };
        let price = catalog.product().price.as_ref();
        let digits = price.map_or(2, |price| price.digits.unwrap_or(2));
        let currency = price.map_or("", |price| price.currency.as_str());
        for (word, extreme) in [("cheapest", &self.cheapest), ("dearest", &self.dearest)] {
            if let Some((total, code)) = extreme {
                let total = *total as f64 / 10_f64.powi(digits as i32);
                let _ = writeln!(out, "{word}: {total:.*} {currency}, {code}", digits as usize);
            }
        }
        if !self.forced.is_empty() {
            let _ = writeln!(out, "in every combination: {}", names(&self.forced));
        }
        if !self.dead.is_empty() {
            let _ = writeln!(out, "in none: {}", names(&self.dead));
        }
        if let Some(never) = &self.never {
            let _ = writeln!(out, "{} pairs of choices never meet", never.len());
            for one in catalog.all_items() {
                let others: Vec<_> = never.iter().filter(|(item, _)| *item == one).map(|(_, other)| *other).collect();
                if !others.is_empty() && never.len() <= 100 {
                    let _ = writeln!(out, "  {} with {}", catalog.name_of(one), names(&others));
                }
            }
        }
        out
    }
}
