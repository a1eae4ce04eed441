//! Files whose equal contents are stored once.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::selection::fingerprint;
use super::whole;

/// Contents that are there, by length and fingerprint.
#[derive(Default)]
pub(super) struct Store {
    known: BTreeMap<(u64, u128), PathBuf>,
}

impl Store {
    /// Writes a file, or links it to one with the same content.
    pub(super) fn put(&mut self, file: &Path, bytes: &[u8]) -> Result<(), String> {
        let key = (bytes.len() as u64, fingerprint(bytes));
        if let Some(known) = self.known.get(&key).filter(|known| known.as_path() != file)
            && std::fs::read(known).is_ok_and(|there| there == bytes)
        {
            return link(known, file);
        }
        whole::write(file, bytes)?;
        self.known.insert(key, file.to_owned());
        Ok(())
    }

    /// Takes note of a file that is there, and links it to one with the same content; its length and fingerprint.
    pub(super) fn note(&mut self, file: &Path) -> Result<(u64, u128), String> {
        let bytes = std::fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
        let key = (bytes.len() as u64, fingerprint(&bytes));
        match self.known.get(&key) {
            Some(known) if known.as_path() == file || is_one(known, file) => {}
            Some(known) if std::fs::read(known).is_ok_and(|there| there == bytes) => link(known, file)?,
            _ => drop(self.known.insert(key, file.to_owned())),
        }
        Ok(key)
    }

    /// How many contents there are, and how many bytes they have.
    pub(super) fn contents(&self) -> (usize, u64) {
        (self.known.len(), self.known.keys().map(|(length, _)| length).sum())
    }
}

/// Whether two names are one file already, where that can be told.
fn is_one(file: &Path, other: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let node = |file: &Path| std::fs::metadata(file).map(|found| (found.dev(), found.ino())).ok();
        node(file).is_some() && node(file) == node(other)
    }
    #[cfg(not(unix))]
    {
        let _ = (file, other);
        false
    }
}

/// The same content under another name; a copy where the file system has no links. The name is whole or not there.
fn link(file: &Path, other: &Path) -> Result<(), String> {
    let name = other.file_name().unwrap_or_default().to_string_lossy();
    let part = other.with_file_name(format!(".{name}.{}.part", std::process::id()));
    let _ = std::fs::remove_file(&part);
    if std::fs::hard_link(file, &part).is_ok() {
        let renamed = std::fs::rename(&part, other);
        // Two names of one file are not renamed, and the first is left.
        let _ = std::fs::remove_file(&part);
        if renamed.is_ok() {
            return Ok(());
        }
    }
    let bytes = std::fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
    whole::write(other, &bytes)
}
