//! `cargo xtask test`: every check in one place, the same on a desk and in CI.

mod count;
mod stages;

use crate::tools;
use anyhow::{Context, Result, anyhow, bail};
use count::Count;
use std::time::{Duration, Instant};

/// One group of checks.
struct Stage {
    name: &'static str,
    run: fn() -> Result<Count>,
}

/// In this order: what fails soonest comes first, what needs `dist/` after the build.
const STAGES: [Stage; 15] = [
    Stage { name: "format", run: stages::format },
    Stage { name: "clippy", run: stages::clippy },
    Stage { name: "core", run: stages::core },
    Stage { name: "native", run: stages::native },
    Stage { name: "docs", run: stages::docs },
    Stage { name: "tool", run: stages::tool },
    Stage { name: "build", run: stages::build },
    Stage { name: "types", run: stages::types },
    Stage { name: "validator", run: stages::validator },
    Stage { name: "usd", run: stages::usd },
    Stage { name: "print", run: stages::print },
    Stage { name: "metrics", run: stages::metrics },
    Stage { name: "size", run: stages::size },
    Stage { name: "wasm", run: stages::wasm },
    Stage { name: "pages", run: stages::pages },
];

/// These look at what `build` made.
const NEED_BUILD: [&str; 3] = ["types", "size", "pages"];

/// The command: all stages, or those named; one failing stage doesn't hide the next.
pub(crate) fn run(args: &[String]) -> Result<()> {
    if args.iter().any(|arg| arg == "--list") {
        STAGES.iter().for_each(|stage| println!("{}", stage.name));
        return Ok(());
    }
    if let Some(unknown) = args.iter().find(|arg| STAGES.iter().all(|stage| stage.name != **arg)) {
        bail!("no stage `{unknown}`; `cargo xtask test --list` names them");
    }
    let named = |name: &str| args.iter().any(|arg| arg == name);
    let wanted = |name: &str| {
        args.is_empty() || named(name) || name == "build" && NEED_BUILD.iter().any(|dependent| named(dependent))
    };
    let start = Instant::now();
    let rows = std::thread::scope(|scope| -> Result<Vec<Row>> {
        // Optimising at link time leaves a core idle, so `dist/` is made while the stages before it run. What both install
        // is there first.
        let mut building = None;
        if wanted("build") {
            tools::wasm_target()?;
            tools::node_modules()?;
            println!("== build, beside what comes before it ==");
            building = Some(scope.spawn(|| timed(stages::build)));
        }
        let mut rows: Vec<Row> = Vec::new();
        for stage in STAGES.iter().filter(|stage| wanted(stage.name)) {
            println!("\n== {} ==", stage.name);
            let unbuilt = rows.iter().any(|row| row.name == "build" && row.count.failed > 0);
            let (spent, count) = if unbuilt && NEED_BUILD.contains(&stage.name) {
                println!("not run: the build failed");
                (Duration::ZERO, Count::one(false))
            } else if let Some(build) = building.take_if(|_| stage.name == "build") {
                build.join().map_err(|_| anyhow!("the build broke off"))?
            } else {
                timed(stage.run)
            };
            rows.push(Row { name: stage.name, spent, count });
        }
        Ok(rows)
    })?;
    report(&rows, start.elapsed())
}

/// What came of a stage.
struct Row {
    name: &'static str,
    spent: Duration,
    count: Count,
}

/// How long a stage took; one that cannot run is one that failed.
fn timed(run: fn() -> Result<Count>) -> (Duration, Count) {
    let start = Instant::now();
    let count = run().unwrap_or_else(|error| {
        println!("error: {error:#}");
        Count::one(false)
    });
    (start.elapsed(), count)
}

fn report(rows: &[Row], whole: Duration) -> Result<()> {
    println!("\n{:<12}{:>8}{:>8}{:>8}{:>9}", "stage", "minutes", "passed", "failed", "skipped");
    let mut all = Count::default();
    for Row { name, spent, count } in rows {
        let minutes = spent.as_secs_f32() / 60.0;
        println!("{name:<12}{minutes:>8.1}{:>8}{:>8}{:>9}", count.passed, count.failed, count.skipped);
        all += *count;
    }
    println!("{:<12}{:>8.1}\n", "all", whole.as_secs_f32() / 60.0);
    println!("{all}");
    if all.failed > 0 {
        bail!("{} failed", all.failed);
    }
    Ok(())
}

/// Cargo hands over each Wasm test binary with the arguments of `cargo test`.
pub(crate) fn wasm_test_runner(args: &[String]) -> Result<()> {
    let args = std::iter::once("wasm-test-runner".to_owned()).chain(args.iter().cloned());
    wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(args).context("the browser's tests failed")
}
