//! How tests get at models.

use std::path::{Path, PathBuf};

use anprobe::decode::{Resource, decode};
use anprobe::import::{Limits, Opened};
use anprobe::issue::{Issue, Issues};
use anprobe::scene::{Primitive, Scene};

use crate::folder;

/// The folder of real models, or none with a loud word.
pub(crate) fn corpus(test: &str) -> Option<PathBuf> {
    folder::find(test, ".")
}

/// Reads a model with the files beside it.
pub(crate) fn open(path: &Path) -> Result<(Scene, Issues), Issue> {
    open_bytes(std::fs::read(path).expect("the model can be read"), path)
}

/// The same for bytes that stand for the file at `path`.
pub(crate) fn open_bytes(bytes: Vec<u8>, path: &Path) -> Result<(Scene, Issues), Issue> {
    let opened = Opened::new(unpacked(bytes, path)?, &Limits::default())?;
    let external = opened.external_buffers().to_vec();
    opened.finish(|buffer| {
        let external = external.iter().find(|external| external.buffer == buffer)?;
        std::fs::read(path.parent()?.join(&external.uri)).ok()
    })
}

/// The same file without what is packed.
pub(crate) fn unpacked(bytes: Vec<u8>, path: &Path) -> Result<Vec<u8>, Issue> {
    let beside = |resource: &Resource| std::fs::read(path.parent()?.join(&resource.uri)).ok();
    Ok(decode(bytes, &Limits::default(), beside)?.0)
}

/// All primitives of all meshes.
pub(crate) fn primitives(scene: &Scene) -> impl Iterator<Item = &Primitive> {
    scene.meshes.iter().flat_map(|(_, mesh)| mesh.primitives.iter().map(|(_, primitive)| primitive))
}
