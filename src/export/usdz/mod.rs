//! USDZ for iOS Quick Look (OpenUSD's USDZ specification 1.3): a stored archive of one layer, as text, and its pictures.
//!
//! In two phases, since the core decodes no picture: a [`Plan`] says which pictures it needs, takes them encoded, and
//! writes the file. What needs no change goes in as the model has it.
//!
//! USD has skeletons and blend shapes, but Quick Look's players differ in what they take of them: both are frozen as shown.
//! Nodes that move as a whole may go on moving ([`Plan::animate`]).

mod layer;
mod picture;
mod surface;
mod text;

pub use picture::{Change, Encoding, Picture};

use glam::{Mat4, Quat, Vec3};

use super::{Archive, Part, flatten};
use crate::frame::Look;
use crate::geom::Aabb;
use crate::issue::{Code, Issue, Issues};
use crate::scene::{Bytes, SceneId};

use surface::{Sources, Surface};

/// USDZ wants the contents of each file at a multiple of this (USDZ specification, "Layout").
const ALIGNMENT: usize = 64;
/// The default layer's name; it comes first.
const LAYER: &str = "product.usda";

/// What a real surface the product is put on (Apple's `preliminary:planeAnchoring:alignment`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Placement {
    /// A floor or a table.
    #[default]
    Horizontal,
    /// A wall: the product's back is at it.
    Vertical,
    /// Whichever is found first.
    Any,
}

/// What is asked of a file.
#[derive(Clone, Debug)]
pub struct Options {
    /// The product's name.
    pub name: String,
    /// What tells this configuration from others; may be empty.
    pub version: String,
    /// Where it is put.
    pub placement: Placement,
    /// The largest side of a texture, pixels, ≥ 1.
    pub most_texture_px: u32,
}

impl Default for Options {
    fn default() -> Self {
        Self { name: String::new(), version: String::new(), placement: Placement::default(), most_texture_px: 2048 }
    }
}

/// How parts move as a whole.
#[derive(Clone, Debug)]
struct Motion {
    moments_per_second: f32,
    /// For each part at each moment what takes it from where it is frozen; empty for one that stands still.
    moves: Vec<Vec<Mat4>>,
}

/// A file to be.
#[derive(Debug)]
pub struct Plan {
    options: Options,
    parts: Vec<Part>,
    /// For each part, which of `surfaces`.
    surface_of: Vec<usize>,
    surfaces: Vec<Surface>,
    pictures: Vec<Picture>,
    motion: Option<Motion>,
    bounds: Aabb,
    issues: Issues,
}

impl Plan {
    /// Makes the plan for a look. `is_printed` tells whether something of the customer's is drawn over a model's image.
    ///
    /// # Errors
    ///
    /// [`Code::ExportEmpty`] when nothing is seen that has triangles.
    pub fn new(look: &Look<'_>, options: Options, is_printed: &dyn Fn(SceneId, usize) -> bool) -> Result<Self, Issue> {
        let (parts, mut issues) = flatten(look);
        if parts.is_empty() {
            return Err(Issue::new(Code::ExportEmpty, "", ""));
        }
        let (mut surfaces, mut surface_of, mut pictures) = (Vec::new(), Vec::new(), Vec::new());
        let mut bounds = Aabb::EMPTY;
        for part in &parts {
            bounds.union(&part.bounds());
            let Some(placed) = look.placed.get(part.placed) else { continue };
            let mut sources = Sources {
                id: part.scene,
                scene: placed.scene,
                is_printed,
                most_px: options.most_texture_px.max(1),
                pictures: &mut pictures,
                issues: &mut issues,
            };
            let surface = sources.surface(part);
            let known = surfaces.iter().position(|known| *known == surface);
            surface_of.push(known.unwrap_or(surfaces.len()));
            if known.is_none() {
                surfaces.push(surface);
            }
        }
        Ok(Self { options, parts, surface_of, surfaces, pictures, motion: None, bounds, issues })
    }

    /// The triangles that go into the file, where they are in the world.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// All pictures that the file needs, those that are there already included.
    pub fn pictures(&self) -> &[Picture] {
        &self.pictures
    }

    /// What the file cannot have, so far.
    pub fn issues(&self) -> &Issues {
        &self.issues
    }

    /// Takes a picture, encoded as PNG or JPEG; one of another kind is refused with false.
    pub fn give(&mut self, picture: usize, bytes: Vec<u8>) -> bool {
        let is_taken = picture::extension(&bytes).is_some();
        if let Some(picture) = self.pictures.get_mut(picture).filter(|_| is_taken) {
            picture.bytes = Some(Bytes::from(bytes));
        }
        is_taken
    }

    /// Lets parts move as a whole: for each part at each moment what takes it from where it is now. A part without as many
    /// moments as the longest stands still, as does one that bones move.
    pub fn animate(&mut self, moments_per_second: f32, mut moves: Vec<Vec<Mat4>>) {
        let longest = moves.iter().map(Vec::len).max().unwrap_or(0);
        for (at, path) in moves.iter_mut().enumerate() {
            let sane = path.len() == longest && path.iter().all(Mat4::is_finite);
            let still = path.iter().all(|place| place.abs_diff_eq(Mat4::IDENTITY, 1e-6));
            let deforms = self.parts.get(at).is_some_and(|part| part.is_skinned);
            if !sane || still || deforms {
                path.clear();
            }
        }
        let moves_at_all = longest > 1 && moves.iter().any(|path| !path.is_empty());
        self.motion = moves_at_all.then_some(Motion { moments_per_second, moves });
    }

    /// Says that something that moves on the page stands still in the file.
    pub fn note_frozen(&mut self, detail: &str) {
        self.issues.report(Code::UsdzMotion, "", detail);
    }

    /// What takes the product to the origin of the surface that it is put on: the middle of its footprint, or of its back.
    pub fn surface_from_world(&self) -> Mat4 {
        let (low, middle) = (self.bounds.min, self.bounds.center());
        match self.options.placement {
            // What faces the room on a wall is what goes away from it: there, +Y.
            Placement::Vertical => {
                Mat4::from_quat(Quat::from_rotation_x(-std::f32::consts::FRAC_PI_2))
                    * Mat4::from_translation(-Vec3::new(middle.x, middle.y, low.z))
            }
            Placement::Horizontal | Placement::Any => Mat4::from_translation(-middle.with_y(low.y)),
        }
    }

    /// The file. Pictures that were not given are left out of it and reported.
    ///
    /// # Errors
    ///
    /// [`Code::ExportLimit`] when it would have 4 GB or more.
    pub fn write(&mut self) -> Result<Vec<u8>, Issue> {
        for picture in self.pictures.iter().filter(|picture| picture.is_missing()) {
            let mut path = String::from("/images/");
            path.push_str(&picture.image.to_string());
            self.issues.report(Code::ExportPicture, path, "");
        }
        let too_large = || Issue::new(Code::ExportLimit, "", "4 GB");
        let mut archive = Archive::new(ALIGNMENT);
        if !archive.add(LAYER, self.layer().as_bytes()) {
            return Err(too_large());
        }
        for (at, picture) in self.pictures.iter().enumerate() {
            if let (Some(bytes), Some(name)) = (&picture.bytes, self.file_name(at))
                && !archive.add(&name, bytes)
            {
                return Err(too_large());
            }
        }
        Ok(archive.finish())
    }

    /// A picture's place in the archive; none while it is not there.
    fn file_name(&self, picture: usize) -> Option<String> {
        let bytes = self.pictures.get(picture)?.bytes.as_ref()?;
        let mut name = String::from("textures/");
        name.push_str(&picture.to_string());
        name.push('.');
        name.push_str(picture::extension(bytes)?);
        Some(name)
    }
}
