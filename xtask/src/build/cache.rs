//! Remembers what a slow step made of which bytes, so that no step runs twice on the same input.

use crate::tree::{read, target};
use anyhow::{Context, Result};
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

const KEPT: Duration = Duration::from_secs(3 * 24 * 3600);

/// The folder of files that `make` wrote for this `recipe` and `input`, now or in an earlier build.
pub(crate) fn folder(recipe: &str, input: &[u8], make: impl FnOnce(&Path) -> Result<()>) -> Result<PathBuf> {
    let mut hasher = DefaultHasher::new();
    (recipe, input).hash(&mut hasher);
    let home = home();
    let kept = home.join(format!("{:016x}", hasher.finish()));
    if !kept.is_dir() {
        // Made beside its place and moved there: an interrupted build leaves nothing that looks finished.
        let draft = home.join(format!("draft-{}-{:016x}", std::process::id(), hasher.finish()));
        fs::create_dir_all(&draft)?;
        make(&draft)?;
        if fs::rename(&draft, &kept).is_err() {
            fs::remove_dir_all(&draft)?;
        }
    }
    // Its age counts from the last use.
    drop(File::open(&kept).and_then(|dir| dir.set_modified(SystemTime::now())));
    Ok(kept)
}

/// The same for a step that makes one piece of bytes.
pub(crate) fn bytes(recipe: &str, input: &[u8], make: impl FnOnce() -> Result<Vec<u8>>) -> Result<Vec<u8>> {
    let dir = folder(recipe, input, |dir| fs::write(dir.join("made"), make()?).context("cannot write"))?;
    read(&dir.join("made"))
}

/// Throws away what no build has used for three days: each edit leaves some megabytes.
pub(crate) fn sweep() -> Result<()> {
    let Ok(entries) = fs::read_dir(home()) else {
        return Ok(());
    };
    for entry in entries {
        let entry = entry?;
        let age = entry.metadata()?.modified()?.elapsed().unwrap_or_default();
        if age > KEPT {
            fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}

fn home() -> PathBuf {
    target().join("xtask").join("cache")
}
