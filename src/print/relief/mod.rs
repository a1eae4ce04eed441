//! Words on a flat part as a shape: raised, or engraved.
//!
//! Nothing is cut with solids. The flat triangles below the words are triangulated anew with the letters' outlines in them
//! (a constrained Delaunay triangulation), the letters are moved along the surface's normal, and walls close the rest, so
//! that what was closed is closed, and its volume changes by the letters' area times the depth.

#[cfg(feature = "relief")]
mod carve;
#[cfg(feature = "relief")]
mod emboss;
#[cfg(feature = "relief")]
mod font;
#[cfg(feature = "relief")]
mod outline;
#[cfg(feature = "relief")]
mod patch;

use serde::{Deserialize, Serialize};

#[cfg(feature = "relief")]
pub use emboss::{Embossed, emboss};
#[cfg(feature = "relief")]
pub use font::{Fonts, font_files};

/// Where a surface lies in a piece, and what is on it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Relief {
    /// The surface's upper left in the piece's space, mm.
    pub origin_mm: [f64; 3],
    /// In the same space, along one millimetre of the surface to the right.
    pub right: [f64; 3],
    /// The same downwards.
    pub down: [f64; 3],
    /// Away from the surface; unit length.
    pub out: [f64; 3],
    /// Width and height; what lies beyond is cut off, as in its picture.
    pub size_mm: [f64; 2],
    /// How high or deep the words are in the piece's space, mm; above 0.
    pub depth_mm: f64,
    /// They stand out; engraved otherwise.
    pub is_raised: bool,
    /// sRGB and alpha of what is added; that of the surface without.
    pub color: Option<[u8; 4]>,
    /// The lowest first.
    pub words: Vec<Lettering>,
    /// The names of pictures on the same surface, which have no outlines.
    pub pictures: Vec<String>,
    /// Why nothing of it can be made, where that is known already.
    pub flaw: Option<String>,
}

/// A line of words on a surface, in its millimetres from the upper left.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Lettering {
    /// What they say.
    pub text: String,
    /// One of [`crate::product::FONTS`], or another's name, or empty for the usual one.
    pub font: String,
    /// Their middle.
    pub center_mm: [f64; 2],
    /// What they fit into before they are turned.
    pub box_mm: [f64; 2],
    /// Clockwise, degrees.
    pub turn_deg: f64,
}
