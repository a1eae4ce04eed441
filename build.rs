//! Copies the shaders without comments and indentation into the build: customers need not download what the GPU's
//! compiler does not read (4 kB of Brotli for 40 kB of shaders).

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let shaders = Path::new("src/render/shaders");
    println!("cargo::rerun-if-changed={}", shaders.display());
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo sets OUT_DIR"))?;
    for entry in fs::read_dir(shaders)? {
        let path = entry?.path();
        let Some(name) = path.file_name().filter(|_| path.extension().is_some_and(|kind| kind == "wgsl")) else {
            continue;
        };
        fs::write(Path::new(&out).join(name), bare(&fs::read_to_string(&path)?))?;
    }
    Ok(())
}

/// WGSL has no strings, so that two slashes always begin a comment.
fn bare(source: &str) -> String {
    let lines = source.lines().map(|line| line.split("//").next().unwrap_or_default().trim());
    lines.filter(|line| !line.is_empty()).flat_map(|line| [line, "\n"]).collect()
}
