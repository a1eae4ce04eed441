//! `cargo xtask build`: everything that a shop deploys, in `dist/`.

mod cache;
mod dist;
#[path = "../../../build/gather.rs"]
#[expect(dead_code, reason = "the build script puts the marks into the module")]
mod gather;
mod licence;
mod manifest;
mod names;
mod package;
mod sections;
mod silence;
mod squeeze;
mod wasm;
#[path = "../../../build/wgsl.rs"]
mod wgsl;

use crate::{tools, tree};
use anyhow::{Result, anyhow, bail};
use dist::Dist;
use std::fs;
use std::path::Path;
use std::time::Instant;

pub(crate) use cache::{bytes as cached, sweep};
pub(crate) use squeeze::compress;
pub(crate) use wasm::{BACKENDS, Care, DECODE, FLAVORS, Flavor, Module, WORK, anonymous_paths, module};

/// The shaders that no first picture needs; text, as every server compresses it and knows its type.
pub(crate) const SHADERS: &str = "anprobe_shaders.txt";

/// The element's part for products that can be configured; fetched with their module.
pub(crate) const PRODUCT: &str = "anprobe_product.js";

/// The customer's panel; fetched where a page has one. What few customers open lies in pieces of its own beside it.
pub(crate) const PANEL: &str = "anprobe_panel.js";

/// The element's part that makes files of the product; fetched when one is wanted.
const FILES: &str = "anprobe_files.js";
/// The element's part that prints; fetched when something is to be printed, and then its module.
pub(crate) const PRINT: &str = "anprobe_print.js";
/// The worker in which that module runs; a script of its own.
pub(crate) const PRINT_WORKER: &str = "anprobe_print_worker.js";
/// The element's part that has models unpacked; fetched when one is packed, and then its module.
pub(crate) const UNPACK: &str = "anprobe_unpack.js";
/// The worker in which that module runs; a script of its own.
pub(crate) const UNPACK_WORKER: &str = "anprobe_unpack_worker.js";
/// What puts the product into the customer's room; fetched where a page has that in mind.
pub(crate) const ROOM: &str = "anprobe_ar.js";

/// What tells machines about the product on the page; fetched where a page wants it.
const SCHEMA: &str = "anprobe_schema.js";
/// The tag `<model-viewer>` for pages that were made for it.
const COMPAT: &str = "anprobe_model_viewer.js";
/// What editors and documentation are told of the tags.
const MANIFEST: &str = "custom-elements.json";

/// The optional worker for use without network; a script of its own.
pub(crate) const WORKER: &str = "anprobe_worker.js";

/// What the worker is told of the build, and how that stands in `www/`.
const UNVERSIONED: &str = r#"{"version":"","files":{}}"#;

/// The encoder of QR codes, a package: bundled, or beside the modules that are not.
const ENCODER: (&str, &str) = ("panel/uqr.js", "node_modules/uqr/dist/index.mjs");

/// What a page imports.
const ENTRY: &str = "anprobe.js";

/// The command.
pub(crate) fn run(args: &[String]) -> Result<()> {
    let (mut dev, mut only) = (false, Vec::new());
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--dev" => dev = true,
            "--only" => only.extend(args.next().cloned()),
            other => bail!("`build` knows --dev and --only MODULE, not `{other}`"),
        }
    }
    if let Some(unknown) = only.iter().find(|name| all().all(|flavor| flavor.name() != **name)) {
        bail!("there is no module `{unknown}`");
    }
    make(dev, &only)
}

/// Builds; what is unchanged costs next to nothing.
pub(crate) fn build(dev: bool) -> Result<()> {
    make(dev, &[])
}

/// Builds; with `only`, other modules than these stay as they are in `dist/`.
fn make(dev: bool, only: &[String]) -> Result<()> {
    let start = Instant::now();
    tools::wasm_target()?;
    let node = tools::node_modules()?;
    if !node {
        println!("no Node here: the build will work, but without wasm-opt and minified modules it is larger");
    }
    println!("wasm-bindgen {} comes with this tool, as Cargo.lock has it", wasm::version("wasm-bindgen")?);
    let care = Care { dev, node, names: false };
    let mut dist = Dist::default();
    let types = tree::target().join("xtask/types");
    fs::create_dir_all(&types)?;
    let wanted = |flavor: &Flavor| only.is_empty() || only.contains(&flavor.name());
    for (flavor, built) in modules(all().filter(wanted), care)? {
        let stem = stem(flavor);
        dist.add(format!("{stem}.wasm"), built.wasm)?;
        dist.add(format!("{stem}.js"), neat(Path::new("glue.js"), built.glue, care)?)?;
        fs::write(types.join(format!("{stem}.d.ts")), built.types)?;
    }
    for flavor in all().filter(|flavor| !wanted(flavor)) {
        for name in [format!("{}.wasm", stem(flavor)), format!("{}.js", stem(flavor))] {
            if let Ok(old) = fs::read(tree::dist().join(&name)) {
                dist.add(name, old)?;
            }
        }
    }
    let root = tree::root();
    let mut shaders = gather::parts(&root)?;
    gather::shorten(&mut shaders);
    dist.add(SHADERS, gather::fetched(&shaders).into_bytes())?;
    let bundle = care.node && !care.dev;
    if bundle {
        dist.add(ENTRY, squeeze::bundled(&root.join("www"), ENTRY)?)?;
        dist.add(PRODUCT, squeeze::bundled(&root.join("www"), "product.js")?)?;
        dist.add(FILES, squeeze::bundled(&root.join("www"), "ar-files.js")?)?;
        dist.add(PRINT, squeeze::bundled(&root.join("www"), "print.js")?)?;
        dist.add(PRINT_WORKER, squeeze::bundled(&root.join("www"), "print-worker.js")?)?;
        dist.add(SCHEMA, squeeze::bundled(&root.join("www"), "schema.js")?)?;
        dist.add(COMPAT, squeeze::bundled_beside(&root.join("www"), "model-viewer.js", &[format!("./{ENTRY}")])?)?;
        dist.add(UNPACK, squeeze::bundled(&root.join("www"), "decode.js")?)?;
        dist.add(UNPACK_WORKER, squeeze::bundled(&root.join("www"), "decode-worker.js")?)?;
        for (entry, name) in [("panel/panel.js", PANEL), ("ar.js", ROOM)] {
            for (piece, content) in squeeze::split(&root.join("www"), entry, name)? {
                dist.add(piece, content)?;
            }
        }
    } else {
        dist.add(PRODUCT, tree::read(&root.join("www/product.js"))?)?;
        dist.add(FILES, b"export * from './ar-files.js';\n".to_vec())?;
        dist.add(PRINT, b"export * from './print.js';\n".to_vec())?;
        dist.add(PRINT_WORKER, b"import './print-worker.js';\n".to_vec())?;
        dist.add(UNPACK, b"export * from './decode.js';\n".to_vec())?;
        dist.add(UNPACK_WORKER, b"import './decode-worker.js';\n".to_vec())?;
        dist.add(PANEL, b"export * from './panel/panel.js';\n".to_vec())?;
        dist.add(ROOM, b"export * from './ar.js';\n".to_vec())?;
        dist.add(SCHEMA, b"export * from './schema.js';\n".to_vec())?;
        dist.add(COMPAT, b"export * from './model-viewer.js';\n".to_vec())?;
    }
    for file in tree::files(&root.join("www"))? {
        if bundle && squeeze::is_part(&file) || file == Path::new(WORKER) {
            continue;
        }
        let encoder = root.join(ENCODER.1);
        if file == Path::new(ENCODER.0) && encoder.exists() {
            dist.add(file, tree::read(&encoder)?)?;
            continue;
        }
        let text = tree::read(&root.join("www").join(&file))?;
        let text = neat(&file, text, care)?;
        dist.add(file, text)?;
    }
    for file in tree::files(&root.join("assets"))? {
        let content = tree::read(&root.join("assets").join(&file))?;
        dist.add(Path::new("demo/assets").join(file), content)?;
    }
    for name in ["LICENSE-APACHE", "LICENSE-MIT"] {
        dist.add(name, tree::read(&root.join(name))?)?;
    }
    dist.add("THIRD-PARTY.txt", licence::third_party()?)?;
    let worker = String::from_utf8(tree::read(&root.join("www").join(WORKER))?)?;
    let worker = if bundle { versioned(&worker, &dist)? } else { worker };
    dist.add(WORKER, neat(Path::new(WORKER), worker.into_bytes(), care)?)?;
    let text = |path: &str| -> Result<String> { Ok(String::from_utf8(tree::read(&root.join(path))?)?) };
    dist.add(MANIFEST, manifest::manifest(&text("www/anprobe.d.ts")?, &text("README.md")?)?.into_bytes())?;
    if bundle {
        package::add(&mut dist)?;
    }
    let bytes = dist.write(&tree::dist(), !dev)?;
    sweep()?;
    println!("dist/ holds {} kB in {} files, after {:.1} s", bytes.0 / 1000, bytes.1, start.elapsed().as_secs_f32());
    Ok(())
}

/// All modules.
fn all() -> impl Iterator<Item = Flavor> {
    FLAVORS.into_iter().chain([WORK, DECODE])
}

/// A module's name in `dist/`, without its ending.
fn stem(flavor: Flavor) -> String {
    format!("anprobe_{}", flavor.name())
}

/// The modules, the backends' side by side: optimising at link time keeps one core busy, and they share no crate that is
/// compiled with the same flags.
fn modules(flavors: impl Iterator<Item = Flavor>, care: Care) -> Result<Vec<(Flavor, Module)>> {
    let flavors: Vec<Flavor> = flavors.collect();
    let of = |backend: &str| -> Result<Vec<(Flavor, Module)>> {
        let own = flavors.iter().filter(|flavor| flavor.backend == backend);
        own.map(|&flavor| Ok((flavor, module(flavor, care)?))).collect()
    };
    if care.dev {
        // Here they do share crates, and cargo's folder.
        let all = BACKENDS.into_iter().chain([WORK.backend, DECODE.backend]);
        return Ok(all.map(of).collect::<Result<Vec<_>>>()?.into_iter().flatten().collect());
    }
    std::thread::scope(|scope| {
        // The small ones beside the larger ones, behind the smaller of these.
        let running = BACKENDS.map(|backend| {
            scope.spawn(move || {
                let mut made = of(backend)?;
                if backend == "webgpu" {
                    made.extend(of(WORK.backend)?);
                    made.extend(of(DECODE.backend)?);
                }
                Ok(made)
            })
        });
        let ended = running.into_iter().map(|thread| thread.join().map_err(|_| anyhow!("a build broke off"))?);
        Ok(ended.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect())
    })
}

/// The worker with a version that is made of the contents of the element's own files, and their names and sums: an update
/// of any of them is one of the worker's, and it keeps none of another build.
fn versioned(worker: &str, dist: &Dist) -> Result<String> {
    let (version, files) = dist.own();
    let known = serde_json::json!({ "version": format!("{version:016x}"), "files": files }).to_string();
    let text = worker.replace(UNVERSIONED, &known);
    if text == worker {
        bail!("www/{WORKER} has no {UNVERSIONED}");
    }
    Ok(text)
}

/// Minified, where there is a minifier and nobody waits for it.
fn neat(path: &Path, text: Vec<u8>, care: Care) -> Result<Vec<u8>> {
    if care.node && !care.dev { squeeze::minified(path, &text) } else { Ok(text) }
}
