//! The programs that the tool needs beside cargo, installed where they are missing, and never silently.

use crate::run::{done, exists, program};
use crate::tree::root;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The compiler's target for browsers.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// Makes sure that rustc can compile for browsers.
pub(crate) fn wasm_target() -> Result<()> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = program(rustc).args(["--print", "target-libdir", "--target", WASM]).output()?;
    let dir = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    if output.status.success() && fs::read_dir(&dir).is_ok_and(|mut entries| entries.next().is_some()) {
        return Ok(());
    }
    println!("installing the Rust target {WASM} with rustup");
    done(program("rustup").args(["target", "add", WASM])).context("rustup could not add the target")
}

/// Whether the standard library's sources are there to be compiled for size, after rustup was asked for them, once: two of
/// it at a time break each other's download, and one build would be a tenth larger.
pub(crate) fn library_sources() -> bool {
    static THERE: OnceLock<bool> = OnceLock::new();
    *THERE.get_or_init(|| {
        let there = || {
            let output = program("rustc").args(["--print", "sysroot"]).output().ok()?;
            let sysroot = PathBuf::from(String::from_utf8_lossy(&output.stdout).trim());
            sysroot.join("lib/rustlib/src/rust/library/Cargo.lock").is_file().then_some(())
        };
        if there().is_some() {
            return true;
        }
        println!("installing the sources of Rust's standard library with rustup, to compile it for size");
        let installed = done(program("rustup").args(["component", "add", "rust-src"])).is_ok() && there().is_some();
        if !installed {
            println!("rustup could not add them: the build will work, but its modules are a third larger");
        }
        installed
    })
}

/// Whether wasm-opt, esbuild and the rest are there, after installing them if Node is; `false` without Node.
pub(crate) fn node_modules() -> Result<bool> {
    if !exists("node") || !exists("npm") {
        return Ok(false);
    }
    let lock = root().join("package-lock.json");
    let stamp = root().join("node_modules/.installed");
    let wanted = fs::read_to_string(&lock).with_context(|| format!("cannot read {}", lock.display()))?;
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(true);
    }
    println!("installing the development tools of package-lock.json into node_modules with `npm ci`");
    // No package needs its install script; what a package runs at installation nobody has reviewed.
    done(program("npm").args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))?;
    fs::write(&stamp, wanted)?;
    Ok(true)
}

/// Like [`node_modules`], for work that is impossible without.
pub(crate) fn need_node() -> Result<()> {
    if node_modules()? {
        return Ok(());
    }
    bail!("this needs Node 20 or newer with npm (https://nodejs.org)")
}

/// The browser and its driver.
pub(crate) fn chromium() -> Result<()> {
    let mut missing = Vec::new();
    if find("CHROMIUM", &["chromium", "chromium-browser", "google-chrome"]).is_none() {
        missing.push("chromium");
    }
    if chromedriver().is_none() {
        missing.push("chromium-driver");
    }
    apt(&missing)
}

/// Where the browser's driver is.
pub(crate) fn chromedriver() -> Option<PathBuf> {
    find("CHROMEDRIVER", &["chromedriver"])
}

/// The last release whose checker knows the ARKit rules.
const USD: &str = "usd-core==26.5";

/// A Python with OpenUSD, in an environment of its own below `target/`.
pub(crate) fn open_usd() -> Result<PathBuf> {
    python("usd", &[USD])
}

/// What reads our files for printers; numpy and the rest are what trimesh wants for 3MF.
const PRINT: [&str; 5] = ["lib3mf==2.5.0", "trimesh==5.2.0", "numpy==2.4.6", "networkx==3.6.1", "lxml==6.1.3"];

/// A Python with lib3mf and trimesh, in an environment of its own below `target/`.
pub(crate) fn print_readers() -> Result<PathBuf> {
    python("print", &PRINT)
}

/// A slicer without a window.
pub(crate) fn slicer() -> Result<PathBuf> {
    let known = || find("PRUSA_SLICER", &["prusa-slicer", "PrusaSlicer"]);
    if known().is_none() {
        apt(&["prusa-slicer"])?;
    }
    known().context("no prusa-slicer; PRUSA_SLICER may name it")
}

/// A Python with some packages of PyPI, in an environment of its own below `target/`.
fn python(name: &str, packages: &[&str]) -> Result<PathBuf> {
    let folder = root().join("target").join(name);
    let python = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let stamp = folder.join(".installed");
    let wanted = packages.join(" ");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(python);
    }
    if !exists("python3") {
        apt(&["python3", "python3-venv"])?;
    }
    println!("installing {wanted} from PyPI into target/{name}");
    let environment = || done(program("python3").args(["-m", "venv", "--clear"]).arg(&folder));
    if environment().is_err() {
        // Debian has the module for it in a package of its own.
        apt(&["python3-venv"])?;
        environment()?;
    }
    let mut pip = program(&python);
    done(
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary=:all:"])
            .args(packages),
    )?;
    fs::write(&stamp, wanted)?;
    Ok(python)
}

/// A GPU for native tests: on a machine without one, Mesa's software Vulkan.
pub(crate) fn vulkan() -> Result<()> {
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    let icd = |dir: &str| fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some());
    if icd("/usr/share/vulkan/icd.d") || icd("/etc/vulkan/icd.d") {
        return Ok(());
    }
    apt(&["mesa-vulkan-drivers"])
}

/// A program named by an environment variable, or one of `names` on the path.
fn find(variable: &str, names: &[&str]) -> Option<PathBuf> {
    if let Some(path) = std::env::var_os(variable) {
        return Some(PathBuf::from(path));
    }
    let path = std::env::var_os("PATH")?;
    let dirs: Vec<PathBuf> = std::env::split_paths(&path).collect();
    names.iter().flat_map(|name| dirs.iter().map(move |dir| dir.join(name))).find(|file| file.is_file())
}

/// Installs Debian packages, as root or through sudo.
fn apt(packages: &[&str]) -> Result<()> {
    if packages.is_empty() {
        return Ok(());
    }
    let list = packages.join(" ");
    if !exists("apt-get") {
        bail!("please install {list} (on Debian and Ubuntu this tool would do it)");
    }
    println!("installing {list} with apt-get");
    let apt_get = || -> Command {
        let mut command = if Path::new("/usr/bin/sudo").exists() && !is_root() {
            let mut sudo = program("sudo");
            sudo.arg("apt-get");
            sudo
        } else {
            program("apt-get")
        };
        command.env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    done(apt_get().args(["-qq", "update"]))?;
    done(apt_get().args(["-qq", "install", "--yes", "--no-install-recommends"]).args(packages))
}

fn is_root() -> bool {
    program("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}
