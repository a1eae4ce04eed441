//! From Rust to one backend's Wasm module and its glue.

use super::{cache, names, silence};
use crate::run::{cargo, done, filter, node, program};
use crate::tools::{self, WASM};
use crate::tree::{files, read, root, target};
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// The two ways onto a canvas; each is its own module because WebGL2 brings eighteen times the code.
pub(crate) const BACKENDS: [&str; 2] = ["webgpu", "webgl"];

/// The module that draws nothing.
pub(crate) const WORK: Flavor = Flavor { backend: "work", product: false };

/// The module that unpacks models.
pub(crate) const DECODE: Flavor = Flavor { backend: "decode", product: false };

/// What is built for a first view: each backend alone, for pages that only show, and with the engine for products that can
/// be configured.
pub(crate) const FLAVORS: [Flavor; 4] = [
    Flavor { backend: "webgpu", product: false },
    Flavor { backend: "webgl", product: false },
    Flavor { backend: "webgpu", product: true },
    Flavor { backend: "webgl", product: true },
];

/// One module.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Flavor {
    /// Which way onto a canvas; `work` and `decode` have none.
    pub(crate) backend: &'static str,
    /// Whether it knows products.
    pub(crate) product: bool,
}

impl Flavor {
    /// Its name in `dist/`, behind `anprobe_`.
    pub(crate) fn name(self) -> String {
        let engine = if self.product { "_product" } else { "" };
        format!("{}{engine}", self.backend)
    }

    /// Cargo's features.
    pub(crate) fn features(self) -> String {
        let engine = match (self.product, self.backend) {
            // What browsers draw in a room they draw with WebGL2.
            (true, "webgl") => ",product,xr",
            (true, _) => ",product",
            (false, _) => "",
        };
        format!("{}{engine}", self.backend)
    }
}

/// What wasm-opt does, in turn. Flattened and with its jumps laid out anew, code finds shorter forms in a second round, and
/// a third: 1 kB less after Brotli. What is added to a pointer goes into the load or store itself, another 0.8 kB: that may
/// not reach the first 1,024 bytes, where Rust has nothing but the very end of the stack. Functions of like names are
/// alike: side by side they compress better.
const PASSES: [&str; 14] = [
    "--low-memory-unused",
    "-Oz",
    "--flatten",
    "--rereloop",
    "-Oz",
    "--optimize-added-constants-propagate",
    "-Oz",
    "--flatten",
    "--rereloop",
    "-Oz",
    "--optimize-added-constants-propagate",
    "-Oz",
    // Nothing becomes shorter by it, but more alike: 0.25 kB of a first view, when compressed.
    "--reorder-locals",
    "--reorder-functions-by-name",
];

/// Named one by one: `--all-features` writes modules that Chromium refuses.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// How much care a build takes.
#[derive(Clone, Copy)]
pub(crate) struct Care {
    /// Seconds instead of minutes, megabytes instead of kilobytes.
    pub(crate) dev: bool,
    /// Node's tools are there.
    pub(crate) node: bool,
    /// Function names stay, for the count of bytes per crate.
    pub(crate) names: bool,
}

/// One backend's files.
pub(crate) struct Module {
    /// The module.
    pub(crate) wasm: Vec<u8>,
    /// The ES module that loads it.
    pub(crate) glue: Vec<u8>,
    /// The glue's types, for `tsc` over `www/`.
    pub(crate) types: Vec<u8>,
}

/// The standard library compiled with the crate, for size and without the words of panics, which no customer reads: a
/// panic is a trap either way, and the element starts anew. Cargo and rustc call these options unstable, hence
/// `RUSTC_BOOTSTRAP`; without the library's sources the build works as usual, larger.
const LEAN_ARGUMENTS: [&str; 2] = ["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"];
const LEAN_FLAGS: &str = "\u{1f}-Zunstable-options\u{1f}-Cpanic=immediate-abort";
/// No `{:?}` either, where only words for developers are made of it: on WebGL2 naga writes its shaders with it.
const TERSE_FLAG: &str = "\u{1f}-Zfmt-debug=none";

fn lean_flags(plain: &str, backend: &str) -> String {
    let terse = if backend == "webgl" { "" } else { TERSE_FLAG };
    [plain, LEAN_FLAGS, terse].concat().trim_start_matches('\u{1f}').to_owned()
}

/// Compiles, binds and shrinks one module.
pub(crate) fn module(flavor: Flavor, care: Care) -> Result<Module> {
    let compiled = compile(flavor, care.dev)?;
    let backend = flavor.backend;
    let stem = format!("anprobe_{}", flavor.name());
    // Names stay until wasm-opt drops them: it counts nothing without.
    let names = care.names || (care.node && !care.dev);
    let recipe = format!("wasm-bindgen {} {stem} {names} reset", version("wasm-bindgen")?);
    let bound = cache::folder(&recipe, &read(&compiled)?, |dir| bind(&compiled, dir, &stem, names))?;
    let wasm = read(&bound.join(format!("{stem}_bg.wasm")))?;
    let wasm = match (care.node && !care.dev, backend) {
        (true, "webgpu" | "work" | "decode") => shrink(&silence::silenced(&wasm)?, care.names)?,
        (true, _) => shrink(&wasm, care.names)?,
        (false, _) => wasm,
    };
    let glue = String::from_utf8(read(&bound.join(format!("{stem}.js")))?)?;
    // Whoever counts bytes per crate wants to read names.
    let (wasm, glue) = if care.names || care.dev { (wasm, glue) } else { names::shortened(&wasm, &glue)? };
    Ok(Module {
        wasm,
        glue: glue.replace(&format!("{stem}_bg.wasm"), &format!("{stem}.wasm")).into_bytes(),
        types: read(&bound.join(format!("{stem}.d.ts")))?,
    })
}

/// Cargo's part. `--crate-type cdylib` is not decoration: cargo skips link-time optimisation for a library that is
/// also an `rlib`. Both backends' modules have one name, so cargo itself would link both anew each time.
fn compile(flavor: Flavor, dev: bool) -> Result<PathBuf> {
    let (backend, features) = (flavor.backend, flavor.features());
    let profile = if dev { "web-dev" } else { "web" };
    let lean = !dev && tools::library_sources();
    let flags = lean_flags(&anonymous_paths(), backend);
    // Backends are built side by side, and cargo locks a folder.
    let folder = if dev { target() } else { target().join("web").join(backend) };
    let kept = cache::folder(&format!("cargo {features} {profile} {lean} {flags}"), &sources()?, |dir| {
        println!("compiling {features} ({profile})");
        let rustc = |flags: &str, more: &[&str]| {
            let mut command = cargo();
            command.args(["rustc", "--package", "anprobe", "--lib", "--crate-type", "cdylib", "--target", WASM]);
            command.args(["--profile", profile, "--no-default-features", "--features", &features]).args(more);
            command.env("CARGO_ENCODED_RUSTFLAGS", flags).arg("--target-dir").arg(&folder);
            if !dev {
                // Whoever has it on at the desk would ship another module, 0.2 kB larger, and the cache would keep it.
                command.env("CARGO_INCREMENTAL", "0");
            }
            command
        };
        let plain = anonymous_paths();
        if !lean {
            done(&mut rustc(&plain, &[]))?;
        } else if let Err(error) =
            done(rustc(&lean_flags(&plain, backend), &LEAN_ARGUMENTS).env("RUSTC_BOOTSTRAP", "1"))
        {
            // What is unstable may be named otherwise in a later Rust: a build that works comes first. A mistake of our
            // own fails here, too.
            println!("{error:#}; once more without the standard library compiled for size");
            done(&mut rustc(&plain, &[]))?;
        }
        fs::copy(folder.join(WASM).join(profile).join("anprobe.wasm"), dir.join("anprobe.wasm"))?;
        Ok(())
    })?;
    Ok(kept.join("anprobe.wasm"))
}

/// All that a module is made of: compiler, settings and code.
fn sources() -> Result<Vec<u8>> {
    let mut all = filter(program("rustc").arg("-vV"), b"")?;
    let mut paths: Vec<PathBuf> = ["Cargo.toml", "Cargo.lock", ".cargo/config.toml"].map(PathBuf::from).into();
    for dir in ["build", "src"] {
        paths.extend(files(&root().join(dir))?.into_iter().map(|file| Path::new(dir).join(file)));
    }
    for path in paths {
        // A missing one counts too: it may come.
        let content = fs::read(root().join(&path)).unwrap_or_default();
        all.extend(format!("\n{} {}\n", path.display(), content.len()).into_bytes());
        all.extend(content);
    }
    Ok(all)
}

/// Panic messages carry file names: without this, those of the machine that built the module. Only the registry needs
/// it (cargo names the crate's own files by short paths), so that checkouts side by side can share a target folder.
pub(crate) fn anonymous_paths() -> String {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let Some(home) = home.or_else(|| Some(std::env::home_dir()?.join(".cargo"))) else {
        return String::new();
    };
    let mut indices: Vec<_> = fs::read_dir(home.join("registry/src")).into_iter().flatten().flatten().collect();
    indices.sort_by_key(|index| index.path());
    let flags = indices.iter().map(|index| format!("--remap-path-prefix={}=", index.path().display()));
    flags.collect::<Vec<_>>().join("\u{1f}")
}

fn bind(compiled: &Path, dir: &Path, stem: &str, names: bool) -> Result<()> {
    let mut args: Vec<std::ffi::OsString> =
        vec!["wasm-bindgen".into(), compiled.into(), "--out-dir".into(), dir.into()];
    args.extend(["--target", "web", "--remove-producers-section", "--out-name", stem].map(Into::into));
    // After a trap the element starts the module anew, in the same glue: a second import would keep the old instance's
    // memory for as long as the page lives.
    args.push("--experimental-reset-state-function".into());
    if !names {
        args.push("--remove-name-section".into());
    }
    wasm_bindgen_cli::wasm_bindgen::run_cli_with_args(args).context("wasm-bindgen failed")
}

fn shrink(wasm: &[u8], names: bool) -> Result<Vec<u8>> {
    let tool = fs::read_to_string(root().join("node_modules/binaryen/package.json"))?;
    let recipe = format!("wasm-opt {} {} {names} {tool}", PASSES.join(" "), FEATURES.join(" "));
    // In the cache's own folder: the other backend's module shrinks at the same time.
    let kept = cache::folder(&recipe, wasm, |dir| {
        let before = dir.join("before.wasm");
        fs::write(&before, wasm)?;
        let mut command = node("binaryen/bin/wasm-opt");
        command.arg(&before).arg("-o").arg(dir.join("made")).args(PASSES).args(FEATURES);
        command.args(["--strip-producers", "--strip-target-features"]);
        command.args(names.then_some("--debuginfo"));
        done(&mut command)?;
        fs::remove_file(before).context("cannot tidy up")
    })?;
    read(&kept.join("made"))
}

/// A package's version in Cargo.lock.
pub(crate) fn version(package: &str) -> Result<String> {
    let lock = fs::read_to_string(root().join("Cargo.lock"))?;
    let entry = format!("name = \"{package}\"\nversion = \"");
    let at = lock.find(&entry).with_context(|| format!("{package} is not in Cargo.lock"))? + entry.len();
    Ok(lock[at..].chars().take_while(|c| *c != '"').collect())
}
