//! What each stage runs.

use super::count::{Count, fallen};
use crate::build::{BACKENDS, DECODE, FLAVORS, WORK, anonymous_paths};
use crate::run::{Said, cargo, node, overhear, program};
use crate::tools::{self, WASM};
use crate::tree::{extension, files, root};
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Formatting, of every package.
pub(crate) fn format() -> Result<Count> {
    Ok(Count::one(overhear(cargo().args(["fmt", "--all", "--check"]))?.ok))
}

/// Lints, natively and as each browser build compiles.
pub(crate) fn clippy() -> Result<Count> {
    tools::wasm_target()?;
    let mut count = Count::default();
    let mut lint = |args: &[&str]| -> Result<()> {
        let said = overhear(cargo().arg("clippy").args(args).args(["--", "-D", "warnings"]))?;
        count += Count::one(said.ok);
        Ok(())
    };
    lint(&["--all-targets"])?;
    // In the tool's own profile: its build scripts and macros are compiled already.
    lint(&["--profile", "tool", "--package", "xtask", "--all-targets"])?;
    for flavor in FLAVORS.into_iter().chain([WORK, DECODE]) {
        lint(&["--lib", "--target", WASM, "--no-default-features", "--features", &flavor.features()])?;
    }
    Ok(count)
}

/// The core alone, without the renderer's dependency in reach.
pub(crate) fn core() -> Result<Count> {
    let said = overhear(cargo().args(["test", "--no-default-features", "--lib"]))?;
    ran(&said, "src")
}

/// Everything that runs without a browser, doc tests included.
pub(crate) fn native() -> Result<Count> {
    tools::vulkan()?;
    // A machine without a GPU would otherwise skip the pictures and look fine.
    let said = overhear(cargo().arg("test").env("REQUIRE_GPU", "1"))?;
    let unit = ran(&said, "src")?;
    Ok(if unit == Count::default() { ran(&said, "tests")? } else { unit })
}

/// The documentation's links: what a reader of the crate meets, and the browser's side with its private parts.
pub(crate) fn docs() -> Result<Count> {
    tools::wasm_target()?;
    let browser =
        ["--document-private-items", "--target", WASM, "--no-default-features", "--features", "webgpu,product"];
    let mut count = Count::default();
    for args in [[].as_slice(), &browser] {
        let mut command = cargo();
        command.args(["doc", "--lib", "--no-deps"]).args(args).env("RUSTDOCFLAGS", "-D warnings");
        count += Count::one(overhear(&mut command)?.ok);
    }
    Ok(count)
}

/// This tool's own tests.
pub(crate) fn tool() -> Result<Count> {
    Ok(Count::of_cargo(&overhear(cargo().args(["test", "--profile", "tool", "--package", "xtask"]))?)
        .or_nothing_ran("xtask"))
}

/// `dist/`, which later stages look at.
pub(crate) fn build() -> Result<Count> {
    crate::build::build(false)?;
    Ok(Count::one(true))
}

/// The types of the element's modules.
pub(crate) fn types() -> Result<Count> {
    if with_extension("www", &["js", "ts"])?.is_empty() {
        return nothing("www");
    }
    tools::need_node()?;
    Ok(Count::one(overhear(node("typescript/bin/tsc").args(["--noEmit", "--project", "tsconfig.json"]))?.ok))
}

/// Khronos' judgement of the sample models.
pub(crate) fn validator() -> Result<Count> {
    if with_extension("assets", &["glb", "gltf"])?.is_empty() {
        return nothing("assets");
    }
    tools::need_node()?;
    tap(&["tests/validator.test.mjs".to_owned()])
}

/// OpenUSD's judgement of the files for Quick Look.
pub(crate) fn usd() -> Result<Count> {
    let python = tools::open_usd()?;
    let mut command = cargo();
    // As the native stage compiles it.
    command.args(["test", "--test", "export", "--", "--ignored", "--nocapture"]).env("USD_PYTHON", python);
    Ok(Count::of_cargo(&overhear(&mut command)?).or_nothing_ran("tests/export.rs"))
}

/// The judgement of lib3mf, trimesh and PrusaSlicer of the files for printers.
pub(crate) fn print() -> Result<Count> {
    let (python, slicer) = (tools::print_readers()?, tools::slicer()?);
    let mut command = cargo();
    // As the native stage compiles it.
    command.args(["test", "--test", "print", "--", "--ignored", "--nocapture", "judge"]);
    command.env("PRINT_PYTHON", python).env("PRUSA_SLICER", slicer);
    Ok(Count::of_cargo(&overhear(&mut command)?).or_nothing_ran("tests/print.rs"))
}

/// Bytes on the wire.
pub(crate) fn size() -> Result<Count> {
    let verdict = crate::size::judge()?;
    Ok(Count { passed: verdict.held, failed: verdict.broken, skipped: 0 })
}

/// The bindings in a real browser, in both builds.
pub(crate) fn wasm() -> Result<Count> {
    if !root().join("tests/browser.rs").is_file() {
        return nothing("tests/browser.rs");
    }
    tools::wasm_target()?;
    tools::chromium()?;
    let own = std::env::current_exe()?;
    let own = own.to_str().context("this tool's path is not UTF-8")?;
    let driver = tools::chromedriver().context("no chromedriver")?;
    let mut count = Count::default();
    for backend in BACKENDS {
        let mut command = cargo();
        command.args([
            "test",
            "--profile",
            "web-dev",
            "--test",
            "browser",
            "--target",
            WASM,
            "--no-default-features",
            "--features",
            backend,
        ]);
        command.env("CARGO_ENCODED_RUSTFLAGS", anonymous_paths());
        command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", format!("{own} wasm-test-runner"));
        command.env("CHROMEDRIVER", &driver).env("WASM_BINDGEN_TEST_TIMEOUT", "120");
        count += Count::of_cargo(&overhear(&mut command)?).or_nothing_ran("tests/browser.rs");
    }
    Ok(count)
}

/// The pages of `dist/` in a browser.
pub(crate) fn pages() -> Result<Count> {
    let tests: Vec<String> = files(&root().join("tests/pages"))?
        .iter()
        .filter_map(|file| Some(file.to_str()?.to_owned()))
        .filter(|file| file.ends_with(".test.mjs"))
        .map(|file| format!("tests/pages/{file}"))
        .collect();
    if tests.is_empty() {
        return nothing("tests/pages");
    }
    tools::need_node()?;
    tools::chromium()?;
    let (first, said) = tapped(&tests, "2")?;
    let fallen = fallen(&said);
    // What software rendering on a busy machine made late stands alone once; more than a few are no accident.
    if fallen.is_empty() || fallen.len() > MOST_ACCIDENTS || fallen.len() != first.failed {
        return Ok(first);
    }
    let mut once_more: Vec<String> = fallen.iter().map(|(_, file)| file.clone()).collect();
    once_more.dedup();
    println!("\n== pages, once more: {} ==", once_more.join(" "));
    let (second, _) = tapped(&once_more, "1")?;
    let verdict = if second.failed == 0 { "passed at the second try only" } else { "failed twice, or not alone" };
    fallen.iter().for_each(|(name, file)| println!("{verdict}: {name} ({file})"));
    Ok(first.after(second))
}

/// So many tests of pages may be tried a second time.
const MOST_ACCIDENTS: usize = 4;

/// The yardsticks of `cargo xtask fidelity`.
pub(crate) fn metrics() -> Result<Count> {
    tools::need_node()?;
    tap(&["tests/fidelity/metrics.test.mjs".to_owned()])
}

/// Node's test runner; two files at a time: software rendering takes every core, and between pictures all of them wait.
fn tap(tests: &[String]) -> Result<Count> {
    Ok(tapped(tests, "2")?.0)
}

/// So many files at a time; with what the runner said.
fn tapped(tests: &[String], at_once: &str) -> Result<(Count, Said)> {
    let mut command: Command = program("node");
    command.args(["--test", "--test-reporter=tap"]).arg(format!("--test-concurrency={at_once}")).args(tests);
    let said = overhear(&mut command)?;
    Ok((Count::of_tap(&said).or_nothing_ran("node --test"), said))
}

/// The count of a cargo run, which must not be empty once there are tests in `dir`.
fn ran(said: &Said, dir: &str) -> Result<Count> {
    let count = Count::of_cargo(said);
    let mut written = false;
    for file in with_extension(dir, &["rs"])? {
        let text = fs::read_to_string(root().join(dir).join(file))?;
        written |= text.contains("#[test]") && !text.contains("#![cfg(target_arch = \"wasm32\")]");
    }
    if written {
        return Ok(count.or_nothing_ran(dir));
    }
    if count == Count::default() { nothing(dir) } else { Ok(count) }
}

fn with_extension(dir: &str, extensions: &[&str]) -> Result<Vec<std::path::PathBuf>> {
    let mut found = files(&root().join(dir))?;
    found.retain(|file| extensions.contains(&extension(file).as_str()));
    Ok(found)
}

fn nothing(place: impl AsRef<Path>) -> Result<Count> {
    println!("nothing there yet: {}", place.as_ref().display());
    Ok(Count::default())
}
