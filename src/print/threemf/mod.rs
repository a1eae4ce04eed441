//! 3MF (core specification 1.4, materials and properties extension 1.2): a package of a model, its relationships and a
//! picture.
//!
//! In two phases, since the core compresses nothing: a [`Package`] has files, takes them deflated, and writes the archive. A
//! browser's `CompressionStream` deflates beside the page's thread, costs no byte of download and is there in every browser
//! that can show the page; natively `Package::deflate` does it. What was not given deflated is stored, which is as valid.

mod model;

use super::file::{Labels, Printable};
use super::pace::{Job, Pace};
use crate::export::{Archive, Sum};
use crate::issue::{Code, Issue};

/// Where the model lies in the package.
const MODEL: &str = "3D/3dmodel.model";
const PICTURE: &str = "Metadata/thumbnail.png";

/// A file of the package.
#[derive(Clone, Debug)]
struct File {
    name: &'static str,
    content: Vec<u8>,
    sum: Sum,
    deflated: Option<Vec<u8>>,
}

impl File {
    fn new(name: &'static str, content: Vec<u8>) -> Self {
        let mut sum = Sum::default();
        sum.take(&content);
        Self { name, content, sum, deflated: None }
    }
}

/// A 3MF file to be.
#[derive(Clone, Debug)]
pub struct Package {
    files: Vec<File>,
}

/// Makes the package of pieces beside each other, slice by slice. `thumbnail` is a PNG of at most 256 pixels a side. Where a
/// piece has several colours each triangle has its own; of one colour it has that of its material.
///
/// The job gives [`Code::ExportEmpty`] without pieces.
pub fn threemf(pieces: Vec<Printable>, labels: Labels, thumbnail: Option<Vec<u8>>) -> Job<Result<Package, Issue>> {
    Job::new(|pace| async move {
        if pieces.iter().all(|piece| piece.piece.triangles.is_empty()) {
            return Err(Issue::new(Code::ExportEmpty, "", ""));
        }
        let thumbnail = thumbnail.filter(|bytes| bytes.starts_with(b"\x89PNG"));
        Ok(package(&pieces, &labels, thumbnail, &pace).await)
    })
}

async fn package(pieces: &[Printable], labels: &Labels, thumbnail: Option<Vec<u8>>, pace: &Pace) -> Package {
    let (content, sum) = model::written(pieces, labels, pace).await;
    let mut types = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"model\" ContentType=\"application/vnd.ms-package.3dmanufacturing-3dmodel+xml\"/>",
    );
    let mut relationships = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         <Relationship Id=\"rel0\" Target=\"/3D/3dmodel.model\" \
         Type=\"http://schemas.microsoft.com/3dmanufacturing/2013/01/3dmodel\"/>",
    );
    if thumbnail.is_some() {
        types.push_str("<Default Extension=\"png\" ContentType=\"image/png\"/>");
        relationships.push_str(
            "<Relationship Id=\"rel1\" Target=\"/Metadata/thumbnail.png\" \
             Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail\"/>",
        );
    }
    types.push_str("</Types>");
    relationships.push_str("</Relationships>");
    let mut files = vec![
        File::new("[Content_Types].xml", types.into_bytes()),
        File::new("_rels/.rels", relationships.into_bytes()),
        File { name: MODEL, content, sum, deflated: None },
    ];
    files.extend(thumbnail.map(|bytes| File::new(PICTURE, bytes)));
    Package { files }
}

impl Package {
    /// What is in the package, as it is before it is deflated.
    pub fn contents(&self) -> impl Iterator<Item = &[u8]> {
        self.files.iter().map(|file| file.content.as_slice())
    }

    /// Takes a file deflated (RFC 1951), by its number in [`Package::contents`]. One that has become longer is not used.
    pub fn give(&mut self, file: usize, deflated: Vec<u8>) {
        if let Some(file) = self.files.get_mut(file).filter(|file| deflated.len() < file.content.len()) {
            file.deflated = Some(deflated);
        }
    }

    /// Deflates what is not deflated yet.
    #[cfg(feature = "cli")]
    pub fn deflate(&mut self) {
        for file in self.files.iter_mut().filter(|file| file.deflated.is_none() && file.name != PICTURE) {
            let deflated = miniz_oxide::deflate::compress_to_vec(&file.content, 6);
            if deflated.len() < file.content.len() {
                file.deflated = Some(deflated);
            }
        }
    }

    /// The file.
    ///
    /// # Errors
    ///
    /// [`Code::ExportLimit`] when it would have 4 GB or more.
    pub fn write(self) -> Result<Vec<u8>, Issue> {
        let mut archive = Archive::new(1);
        for file in &self.files {
            let is_added = match &file.deflated {
                Some(deflated) => archive.add_deflated(file.name, file.content.len(), &file.sum, deflated),
                None => archive.add(file.name, &file.content),
            };
            if !is_added {
                return Err(Issue::new(Code::ExportLimit, "", "4 GB"));
            }
        }
        Ok(archive.finish())
    }
}
