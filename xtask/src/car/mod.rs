//! A sample product: a small city car whose colours, wheels, lamps, roof and seats can be chosen.
//!
//! Lengths are millimetres until the file is written; +Y is up, the nose points along +Z, so that the car's left side
//! is at +X. The skin is made for the left half and mirrored.

mod cabin;
mod decor;
mod form;
mod lights;
mod lines;
mod material;
mod patch;
mod place;
mod scene;
mod seat;
mod skin;
mod trim;
mod wheel;

use std::path::Path;

use anyhow::{Context, Result};

/// Where the car lies in the repository.
const FILE: &str = "assets/car.glb";

/// Writes `assets/car.glb` under the repository's root and says how large it is.
pub(crate) fn write(root: &Path) -> Result<()> {
    let (bytes, tally) = scene::build()?;
    let path = root.join(FILE);
    std::fs::write(&path, &bytes).with_context(|| format!("cannot write {}", path.display()))?;
    println!(
        "{FILE}: {} triangles, {} of them shown, {} draws, {} kB",
        tally.triangles,
        tally.shown,
        tally.draws,
        bytes.len() / 1000
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{FILE, scene};
    use std::path::Path;

    #[test]
    fn the_committed_car_is_the_generated_one_and_keeps_its_budgets() {
        let (bytes, tally) = scene::build().unwrap();
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(FILE);
        assert!(bytes == std::fs::read(path).unwrap(), "run `cargo xtask assets` and commit {FILE}");
        assert!(bytes.len() < 3_100_000, "{} bytes", bytes.len());
        assert!(tally.shown < 90_000, "{} triangles", tally.shown);
    }
}
