//! `cargo xtask size`: what a customer downloads before the first view.

mod parts;

use crate::build::{
    self, DECODE, FLAVORS, Flavor, PRINT, PRINT_WORKER, SHADERS, UNPACK, UNPACK_WORKER, WORK, cached, compress,
};
use crate::tree::{dist, read, root};
use anyhow::{Context, Result, bail};
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::ops::AddAssign;

/// Bytes of brotli for all code of a first view (1 kB = 1000 bytes).
const BUDGET: [(&str, usize); 2] = [("webgpu", 170_000), ("webgl", 650_000)];

/// So much more is the engine for products that can be configured, with the element's part for them: rules, prices, codes,
/// comparisons, prints, hotspots and measuring; files for Quick Look (18 kB), GLB and pieces for printers (38 kB) and the
/// upgrade on a picture of what is owned (20 kB), which belong into a module of their own.
const ENGINE: usize = 385_000;

/// The same for the element alone, which every page fetches that may show a product. It was 10,000 before pages without
/// a product had hotspots and picking, and 10,150 before `ar`.
const ELEMENT: usize = 10_200;

/// The same for the customer's panel as it comes first; what few customers open is fetched when they do.
const PANEL: usize = 30_000;

/// The same for what a customer fetches later, when a page or model wants more than a first picture needs.
const LATER: usize = 10_000;

/// The same for what is fetched when something is to be printed: the module that looks at it and writes it, its glue, the
/// page's half and the worker's. Three quarters of it put words on a part as a shape: reading WOFF2, shaping as the browser
/// does, joining outlines; without them it was 121 kB, and pieces without words should not have to fetch them.
const WORKING: usize = 480_000;

/// The same for what is fetched when a model is packed: the module, its glue, the page's half and the worker's.
/// When it was new it was 73,898.
const UNPACKING: usize = 78_000;

/// More than this is a decision, not an accident: in percent of the bytes last accepted.
const GROWTH: usize = 2;

const ACCEPTED: &str = "tests/size.json";

/// One file or a sum of several.
#[derive(Clone, Copy, Default)]
struct Bytes {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

impl AddAssign for Bytes {
    fn add_assign(&mut self, other: Self) {
        self.raw += other.raw;
        self.gzip += other.gzip;
        self.brotli += other.brotli;
    }
}

/// What one backend's customer fetches.
struct Path {
    flavor: Flavor,
    parts: [(&'static str, Bytes); 3],
}

impl Path {
    fn budget(&self) -> usize {
        let viewer = BUDGET.iter().find(|(name, _)| *name == self.flavor.backend).map_or(0, |(_, bytes)| *bytes);
        viewer + if self.flavor.product { ENGINE } else { 0 }
    }

    fn total(&self) -> Bytes {
        let mut total = Bytes::default();
        self.parts.iter().for_each(|(_, bytes)| total += *bytes);
        total
    }
}

/// The command.
pub(crate) fn run(args: &[String]) -> Result<()> {
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["--parts"] => return FLAVORS.into_iter().chain([WORK, DECODE]).try_for_each(parts::run),
        ["--parts", name] if FLAVORS.iter().chain([&WORK, &DECODE]).any(|flavor| flavor.name() == *name) => {
            let all = FLAVORS.into_iter().chain([WORK, DECODE]);
            return all.filter(|flavor| flavor.name() == *name).try_for_each(parts::run);
        }
        ["--accept"] => {
            build::build(false)?;
            return accept();
        }
        [] => {}
        other => bail!("`size` knows --accept or --parts, with or without a module, not {other:?}"),
    }
    build::build(false)?;
    let verdict = judge()?;
    if verdict.broken > 0 {
        bail!("{} limits broken", verdict.broken);
    }
    Ok(())
}

/// How many limits hold, and how many do not.
#[derive(Clone, Copy, Default)]
pub(crate) struct Verdict {
    pub(crate) held: usize,
    pub(crate) broken: usize,
}

/// Prints the table and judges each limit.
pub(crate) fn judge() -> Result<Verdict> {
    let accepted: Value = match fs::read(root().join(ACCEPTED)) {
        Ok(text) => serde_json::from_slice(&text).with_context(|| format!("{ACCEPTED} is broken"))?,
        Err(_) => Value::Null,
    };
    let mut verdict = Verdict::default();
    let paths = paths()?;
    print(&paths)?;
    for path in &paths {
        let now = path.total().brotli;
        let (budget, backend) = (path.budget(), path.flavor.name());
        let before = accepted[&backend]["total"].as_u64().map(usize::try_from).transpose()?;
        verdict.count(now <= budget, &format!("{backend}: {now} bytes, the budget is {budget}"));
        let Some(before) = before else {
            println!("       {backend}: nothing accepted yet; `cargo xtask size --accept` writes {ACCEPTED}");
            continue;
        };
        let holds = now <= before * (100 + GROWTH) / 100;
        verdict.count(holds, &format!("{backend}: {before} bytes accepted, {now} now, growth up to {GROWTH} %"));
    }
    if let Some(path) = paths.first() {
        let [(_, element), ..] = path.parts;
        verdict
            .count(element.brotli <= ELEMENT, &format!("element: {} bytes, the budget is {ELEMENT}", element.brotli));
    }
    let panel = panel()?.brotli;
    verdict.count(panel <= PANEL, &format!("panel: {panel} bytes, the budget is {PANEL}"));
    let later = weigh(SHADERS)?.brotli;
    verdict.count(later <= LATER, &format!("later: {later} bytes, the budget is {LATER}"));
    if let Some(before) = accepted["later"]["shaders"].as_u64().map(usize::try_from).transpose()? {
        let holds = later <= before * (100 + GROWTH) / 100;
        verdict.count(holds, &format!("later: {before} bytes accepted, {later} now, growth up to {GROWTH} %"));
    }
    for (name, bytes, budget) in [("work", work()?, WORKING), ("unpack", unpack()?, UNPACKING)] {
        let now = bytes.brotli;
        verdict.count(now <= budget, &format!("{name}: {now} bytes, the budget is {budget}"));
        if let Some(before) = accepted["later"][name].as_u64().map(usize::try_from).transpose()? {
            let holds = now <= before * (100 + GROWTH) / 100;
            verdict.count(holds, &format!("{name}: {before} bytes accepted, {now} now, growth up to {GROWTH} %"));
        }
    }
    Ok(verdict)
}

impl Verdict {
    fn count(&mut self, holds: bool, limit: &str) {
        let (word, count) = if holds { ("ok    ", &mut self.held) } else { ("FAILED", &mut self.broken) };
        *count += 1;
        println!("{word} {limit}");
    }
}

fn accept() -> Result<()> {
    let mut all = Map::new();
    let paths = paths()?;
    print(&paths)?;
    for path in &paths {
        let mut row = Map::new();
        for (name, bytes) in path.parts {
            row.insert(name.to_owned(), bytes.brotli.into());
        }
        row.insert("total".to_owned(), path.total().brotli.into());
        all.insert(path.flavor.name(), Value::Object(row));
    }
    let mut later = Map::new();
    later.insert("shaders".to_owned(), weigh(SHADERS)?.brotli.into());
    later.insert("work".to_owned(), work()?.brotli.into());
    later.insert("unpack".to_owned(), unpack()?.brotli.into());
    all.insert("later".to_owned(), Value::Object(later));
    fs::write(root().join(ACCEPTED), serde_json::to_string_pretty(&Value::Object(all))? + "\n")?;
    println!("written to {ACCEPTED}");
    Ok(())
}

fn print(paths: &[Path]) -> Result<()> {
    let row = |path: &str, name: &str, bytes: Bytes| {
        println!("{path:<15}{name:<9}{:>11}{:>11}{:>11}", bytes.raw, bytes.gzip, bytes.brotli);
    };
    println!("{:<15}{:<9}{:>11}{:>11}{:>11}", "path", "part", "raw", "gzip", "brotli");
    for path in paths {
        for (name, bytes) in path.parts.into_iter().chain([("total", path.total())]) {
            row(&path.flavor.name(), name, bytes);
        }
    }
    row("panel", "first", panel()?);
    row("later", "shaders", weigh(SHADERS)?);
    row("later", "work", work()?);
    row("later", "unpack", unpack()?);
    Ok(())
}

fn paths() -> Result<Vec<Path>> {
    let mut element = Bytes::default();
    for module in modules("anprobe.js")? {
        element += weigh(&module)?;
    }
    FLAVORS
        .into_iter()
        .map(|flavor| {
            let glue = weigh(&format!("anprobe_{}.js", flavor.name()))?;
            let wasm = weigh(&format!("anprobe_{}.wasm", flavor.name()))?;
            let mut element = element;
            if flavor.product {
                element += weigh(build::PRODUCT)?;
            }
            Ok(Path { flavor, parts: [("element", element), ("glue", glue), ("wasm", wasm)] })
        })
        .collect()
}

/// The panel without what it fetches late.
fn panel() -> Result<Bytes> {
    let mut all = Bytes::default();
    for module in modules(build::PANEL)? {
        all += weigh(&module)?;
    }
    Ok(all)
}

/// All that is fetched to print.
fn work() -> Result<Bytes> {
    together(WORK, [PRINT, PRINT_WORKER])
}

/// All that is fetched to unpack a model.
fn unpack() -> Result<Bytes> {
    together(DECODE, [UNPACK, UNPACK_WORKER])
}

fn together(module: Flavor, scripts: [&str; 2]) -> Result<Bytes> {
    let mut all = Bytes::default();
    let name = module.name();
    let own = [format!("anprobe_{name}.wasm"), format!("anprobe_{name}.js")];
    for file in own.iter().map(String::as_str).chain(scripts) {
        all += weigh(file)?;
    }
    Ok(all)
}

/// A module and all that it imports statically: a browser fetches these before it runs the first line.
fn modules(first: &str) -> Result<BTreeSet<String>> {
    let mut seen = BTreeSet::new();
    let mut open = vec![first.to_owned()];
    while let Some(name) = open.pop() {
        let text = String::from_utf8(read(&dist().join(&name))?)?;
        open.extend(imports(&text));
        seen.insert(name);
        open.retain(|next| !seen.contains(next));
    }
    Ok(seen)
}

/// The neighbours that a module imports by `from "./x.js"` or `import "./x.js"`.
fn imports(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("\"./").chain(text.match_indices("'./")) {
        let before = text[..at].trim_end();
        if before.ends_with("from") || before.ends_with("import") {
            found.push(text[at + 3..].chars().take_while(|c| *c != '"' && *c != '\'').collect());
        }
    }
    found
}

fn weigh(name: &str) -> Result<Bytes> {
    let content = read(&dist().join(name))?;
    let gzip = cached("gzip 9", &content, || {
        let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        writer.write_all(&content)?;
        Ok(writer.finish()?)
    })?;
    Ok(Bytes { raw: content.len(), gzip: gzip.len(), brotli: compress(&content)?.len() })
}

#[cfg(test)]
mod tests {
    use super::imports;

    #[test]
    fn static_imports_count_and_others_do_not() {
        let text = r#"import{a as b}from"./one.js";import './two.js';import("./later.js");let x="./data.js";"#;
        assert_eq!(imports(text), ["one.js", "two.js"]);
    }
}
