//! The contents of `dist/`, gathered first and written as a whole.

use super::squeeze;
use crate::tree;
use anyhow::{Result, bail};
use flate2::Crc;
use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// Files to be, by their path below `dist/`.
#[derive(Default)]
pub(crate) struct Dist {
    files: BTreeMap<PathBuf, Vec<u8>>,
}

impl Dist {
    /// One file; two sources of the same one are a mistake.
    pub(crate) fn add(&mut self, path: impl Into<PathBuf>, content: Vec<u8>) -> Result<()> {
        let path = path.into();
        if self.files.contains_key(&path) {
            bail!("two sources make dist/{}", path.display());
        }
        self.files.insert(path, content);
        Ok(())
    }

    /// What a file is to be.
    pub(crate) fn content(&self, path: &str) -> Option<&[u8]> {
        self.files.get(Path::new(path)).map(Vec::as_slice)
    }

    /// All files, with slashes.
    pub(crate) fn paths(&self) -> impl Iterator<Item = String> {
        self.files.keys().map(|path| path.to_string_lossy().replace('\\', "/"))
    }

    /// The element's own files: a number made of their contents, and their names with the CRC-32 of each.
    pub(crate) fn own(&self) -> (u64, BTreeMap<String, String>) {
        let mut hasher = DefaultHasher::new();
        let is_own = |path: &Path| {
            let name = path.to_string_lossy();
            let is_code = path.components().count() == 1 && name.starts_with("anprobe") && !name.ends_with(".d.ts");
            is_code || path.starts_with("fonts") && name.ends_with(".woff2")
        };
        let own = self.files.iter().filter(|(path, _)| is_own(path));
        let sums = own.map(|(path, content)| {
            (path, content).hash(&mut hasher);
            let mut crc = Crc::new();
            crc.update(content);
            // A worker takes addresses, which have no backslash.
            (path.to_string_lossy().replace('\\', "/"), format!("{:08x}", crc.sum()))
        });
        let sums = sums.collect();
        (hasher.finish(), sums)
    }

    /// Writes what differs, removes what no longer belongs, and tells bytes and files. A server that runs meanwhile
    /// never sees a folder half empty.
    pub(crate) fn write(mut self, dir: &Path, compressed: bool) -> Result<(usize, usize)> {
        if compressed {
            let mut small = Vec::new();
            for (path, content) in &self.files {
                if let Some(br) = squeeze::brotli(path, content)? {
                    let mut name = path.clone().into_os_string();
                    name.push(".br");
                    small.push((PathBuf::from(name), br));
                }
            }
            self.files.extend(small);
        }
        for old in tree::files(dir)? {
            if !self.files.contains_key(&old) {
                fs::remove_file(dir.join(old))?;
            }
        }
        for (path, content) in &self.files {
            let path = dir.join(path);
            if fs::read(&path).is_ok_and(|old| old == *content) {
                continue;
            }
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::write(path, content)?;
        }
        Ok((self.files.values().map(Vec::len).sum(), self.files.len()))
    }
}
