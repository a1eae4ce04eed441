//! GLB (glTF 2.0 §4.4) of the product as it is configured: one file, without what is not seen and without the choices that
//! led to it, with the extensions and extras of the models.
//!
//! In two phases, since the core decodes no picture: a [`Plan`] says which pictures it needs, takes them encoded, and writes
//! the file. Compressed and quantised geometry comes out as plain numbers; equal vertices, accessors and pictures are stored
//! once.

pub(crate) mod bin;
mod copy;
mod document;
mod geometry;
mod material;
mod picture;

pub use picture::Picture;

use serde_json::{Map, Value, json};

use crate::frame::Look;
use crate::issue::{Code, Issue, Issues};
use crate::json::container;
use crate::scene::{Bytes, SceneId};

use bin::Bin;

/// What is asked of a file.
#[derive(Clone, Debug)]
pub struct Options {
    /// The product's name.
    pub name: String,
    /// The largest side of a texture, pixels, ≥ 1.
    pub most_texture_px: u32,
    /// Pictures are PNG or JPEG, which every viewer decodes; else WebP and AVIF stay as they are.
    pub plain_pictures: bool,
    /// The models' animations come along; else the product stands as it is shown.
    pub animations: bool,
    /// Made at once instead of small: meshes stay as they are, for a file that is looked at and forgotten.
    pub quick: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { name: String::new(), most_texture_px: 2048, plain_pictures: true, animations: false, quick: false }
    }
}

/// A file to be.
#[derive(Debug)]
pub struct Plan {
    document: Map<String, Value>,
    bin: Bin,
    pictures: Vec<Picture>,
    issues: Issues,
}

impl Plan {
    /// Makes the plan for a look. `is_printed` tells whether something of the customer's is drawn over a model's image.
    ///
    /// # Errors
    ///
    /// [`Code::ExportEmpty`] when nothing is seen.
    pub fn new(look: &Look<'_>, options: &Options, is_printed: &dyn Fn(SceneId, usize) -> bool) -> Result<Self, Issue> {
        let mut document = document::Document::new(options, is_printed);
        for placed in &look.placed {
            document.add(placed);
        }
        let (document, bin, pictures, issues) = document.finish(&options.name);
        if document.get("meshes").is_none() {
            return Err(Issue::new(Code::ExportEmpty, "", ""));
        }
        Ok(Self { document, bin, pictures, issues })
    }

    /// All pictures that the file needs, those that are there already included.
    pub fn pictures(&self) -> &[Picture] {
        &self.pictures
    }

    /// What the file cannot have, so far.
    pub fn issues(&self) -> &Issues {
        &self.issues
    }

    /// Takes a picture, encoded; one of a kind that glTF does not know is refused with false.
    pub fn give(&mut self, picture: usize, bytes: Vec<u8>) -> bool {
        let is_taken = crate::scene::picture::mime(&bytes).is_some();
        if let Some(picture) = self.pictures.get_mut(picture).filter(|_| is_taken) {
            picture.bytes = Some(Bytes::from(bytes));
        }
        is_taken
    }

    /// The file. Textures whose pictures were not given are left out of it and reported.
    ///
    /// # Errors
    ///
    /// [`Code::ExportLimit`] when it would have 4 GB or more.
    pub fn write(&mut self) -> Result<Vec<u8>, Issue> {
        let mut document = self.document.clone();
        let mut images: Vec<Value> = Vec::new();
        let mut views: Vec<(&Bytes, usize)> = Vec::new();
        let mut places = Vec::with_capacity(self.pictures.len());
        for picture in &self.pictures {
            let (Some(bytes), Some(mime)) = (&picture.bytes, picture.mime()) else {
                self.issues.report(Code::ExportPicture, format!("/images/{}", picture.image), picture.name.as_str());
                places.push(None);
                continue;
            };
            let known = views.iter().find(|(other, _)| other.as_slice() == bytes.as_slice());
            if let Some((_, image)) = known {
                places.push(Some(*image));
                continue;
            }
            let mut image = Map::new();
            if !picture.name.is_empty() {
                image.insert("name".into(), picture.name.as_str().into());
            }
            image.insert("bufferView".into(), self.bin.view(bytes, None, None).into());
            image.insert("mimeType".into(), mime.into());
            views.push((bytes, images.len()));
            places.push(Some(images.len()));
            images.push(image.into());
        }
        document::show_pictures(&mut document, &images, &places);
        if !images.is_empty() {
            document.insert("images".into(), images.into());
        }
        document.insert("accessors".into(), self.bin.accessors.clone().into());
        document.insert("bufferViews".into(), self.bin.views.clone().into());
        document.insert("buffers".into(), json!([{ "byteLength": self.bin.bytes.len() }]));
        document::name_extensions(&mut document);
        container(&Value::from(document).to_string(), &self.bin.bytes)
            .ok_or_else(|| Issue::new(Code::ExportLimit, "", "4 GB"))
    }
}
