//! Copies the shaders into the build. Customers need not download what the GPU's compiler does not read: without
//! comments 40 kB of shaders weigh 4 kB of Brotli less, and with short names another 1.5 kB. Native builds keep the
//! names, for the compiler's messages, and all parts.

#[expect(dead_code, reason = "xtask writes the file that browsers fetch")]
mod gather;
mod wgsl;

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", gather::FOLDER);
    println!("cargo::rerun-if-changed=build");
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo sets OUT_DIR"))?;
    let mut parts = gather::parts(Path::new(""))?;
    let texts = if env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32") {
        gather::shorten(&mut parts);
        gather::embedded(&parts)
    } else {
        parts.iter().map(|part| part.source.clone()).collect()
    };
    for (part, text) in parts.iter().zip(texts) {
        fs::write(Path::new(&out).join(&part.name).with_extension("wgsl"), text)?;
    }
    Ok(())
}
