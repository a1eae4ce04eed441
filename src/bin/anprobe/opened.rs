//! A product file and what lies beside it.

use std::path::{Path, PathBuf};

use anprobe::decode::decode;
use anprobe::import::{Limits, Opened as Import};
use anprobe::issue::{Code, Issue, Issues};
use anprobe::product::Catalog;
use anprobe::scene::{ImageSource, Scene};

use super::remark::fatal;

/// A product file that could be read.
pub(super) struct Opened {
    pub(super) file: PathBuf,
    pub(super) text: String,
    pub(super) catalog: Catalog,
    pub(super) issues: Issues,
}

/// The text of a file.
pub(super) fn read(file: &Path) -> Result<String, String> {
    std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))
}

/// Where a product file says that its compiled rules are.
pub(super) fn rules_beside(file: &Path, text: &str) -> Option<PathBuf> {
    Catalog::compiled_address(text).map(|address| file.with_file_name(address))
}

/// Reads a product file.
pub(super) fn open(file: &Path) -> Result<Opened, String> {
    let text = read(file)?;
    // As on a page, rules that are not there are compiled anew.
    let compiled = rules_beside(file, &text).map(|path| std::fs::read(path).unwrap_or_default());
    let (catalog, issues) = Catalog::with_rules(&text, compiled.as_deref()).map_err(|issue| fatal(file, &issue))?;
    Ok(Opened { file: file.to_owned(), text, catalog, issues })
}

/// A model of a product file.
pub(super) struct Model {
    pub(super) file: PathBuf,
    /// None when it cannot be read; the issues say why.
    pub(super) scene: Option<Scene>,
    pub(super) issues: Vec<Issue>,
    /// Of the file and all that it names.
    pub(super) bytes: u64,
}

/// Reads a model with all that lies beside it.
pub(super) fn model(file: &Path) -> Model {
    let mut model = Model { file: file.to_owned(), scene: None, issues: Vec::new(), bytes: 0 };
    let bytes = match std::fs::read(file) {
        Ok(bytes) => bytes,
        Err(error) => {
            model.issues.push(Issue::new(Code::AuditFile, "", error.to_string()));
            return model;
        }
    };
    model.bytes = bytes.len() as u64;
    let mut beside = 0;
    let mut fetched = |uri: &str| {
        let bytes = std::fs::read(file.with_file_name(uri)).ok()?;
        beside += bytes.len() as u64;
        Some(bytes)
    };
    let mut noticed = Vec::new();
    let read = decode(bytes, &Limits::default(), |resource| fetched(&resource.uri)).and_then(|(bytes, issues)| {
        noticed.extend(issues.iter().cloned());
        let opened = Import::new(bytes, &Limits::default())?;
        let external = opened.external_buffers().to_vec();
        opened.finish(|buffer| fetched(&external.iter().find(|known| known.buffer == buffer)?.uri))
    });
    model.issues.append(&mut noticed);
    match read {
        Ok((scene, issues)) => {
            model.issues.extend(issues.iter().cloned());
            for (index, image) in scene.images.iter() {
                let path = format!("/images/{index}");
                let why = match &image.source {
                    ImageSource::Encoded { bytes, .. } => undecodable(bytes),
                    ImageSource::External { uri } => match std::fs::read(file.with_file_name(uri)) {
                        Ok(bytes) => {
                            beside += bytes.len() as u64;
                            undecodable(&bytes)
                        }
                        Err(error) => {
                            let issue = Issue::new(Code::AuditFile, format!("{path}/uri"), format!("{uri}: {error}"));
                            model.issues.push(issue);
                            continue;
                        }
                    },
                };
                model.issues.extend(why.map(|why| Issue::new(Code::Image, path, why)));
            }
            model.scene = Some(scene);
        }
        Err(issue) => model.issues.push(issue),
    }
    model.bytes += beside;
    model
}

/// Why a picture is none that is decoded here: browsers may know it, and not every program does.
fn undecodable(bytes: &[u8]) -> Option<String> {
    let reader = image::ImageReader::new(std::io::Cursor::new(bytes)).with_guessed_format().ok()?;
    reader.into_dimensions().err().map(|error| error.to_string())
}

/// Names all that results are made of: the files' contents, the settings and this version.
pub(super) fn inputs(opened: &Opened, settings: &str) -> String {
    let mut all = format!("{}\n{settings}\n{}", env!("CARGO_PKG_VERSION"), opened.text).into_bytes();
    for entry in opened.catalog.product().models.entries() {
        let file = opened.file.with_file_name(&entry.src);
        for file in std::iter::once(file.clone()).chain(beside(&file)) {
            let bytes = std::fs::read(&file).unwrap_or_default();
            all.extend(super::selection::fingerprint(&bytes).to_le_bytes());
        }
    }
    format!("{:032x}", super::selection::fingerprint(&all))
}

/// The files that a model names.
pub(super) fn beside(file: &Path) -> Vec<PathBuf> {
    let Ok(bytes) = std::fs::read(file) else { return Vec::new() };
    let Ok(document) = serde_json::from_slice::<serde_json::Value>(&bytes) else { return Vec::new() };
    let lists = ["buffers", "images"].into_iter().filter_map(|list| document.get(list)?.as_array());
    let uris = lists.flatten().filter_map(|entry| entry.get("uri")?.as_str()).filter(|uri| !uri.starts_with("data:"));
    uris.map(|uri| file.with_file_name(super::studio::plain(uri))).collect()
}
