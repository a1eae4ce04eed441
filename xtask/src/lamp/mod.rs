//! The sample product: an architect's desk lamp, made by code so that every part can be changed.
//!
//! Lengths are millimetres until the file is written; +Y is up, the front faces +Z, the arms
//! move in the plane of X and Y, and the screws lie along Z.

mod animation;
mod material;
mod parts;
mod scene;
mod texture;

use std::path::Path;

use anyhow::{Context, Result};

/// Where the lamp lies in the repository.
const FILE: &str = "assets/lamp.glb";
/// Where its shade lies that is sold to be printed.
const SHADE: &str = "assets/lamp-shade.glb";

/// Writes `assets/lamp.glb` and the shade that is sold under the repository's root and says how large it is.
pub(crate) fn write(root: &Path) -> Result<()> {
    let (bytes, tally) = scene::build()?;
    let path = root.join(FILE);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(&path, &bytes).with_context(|| format!("cannot write {}", path.display()))?;
    let shade = scene::build_shade()?;
    let path = root.join(SHADE);
    std::fs::write(&path, &shade).with_context(|| format!("cannot write {}", path.display()))?;
    println!("{SHADE}: {} kB", shade.len() / 1000);
    println!(
        "{FILE}: {} triangles, {} draws, {} materials, {} kB",
        tally.triangles,
        tally.draws,
        tally.materials,
        bytes.len() / 1000
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{FILE, SHADE, scene};
    use std::path::Path;

    #[test]
    fn the_committed_lamp_is_the_generated_one() {
        let (bytes, _) = scene::build().unwrap();
        for (file, bytes) in [(FILE, bytes), (SHADE, scene::build_shade().unwrap())] {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(file);
            let committed = std::fs::read(path).unwrap();
            assert!(bytes == committed, "run `cargo xtask assets` and commit {file}");
        }
    }

    #[test]
    fn the_lamp_keeps_its_budgets() {
        let (bytes, tally) = scene::build().unwrap();
        assert!(bytes.len() < 1_900_000, "{} bytes", bytes.len());
        assert!(tally.triangles < 60_000, "{} triangles", tally.triangles);
        assert!(tally.draws < 20, "{} draws", tally.draws);
    }
}
