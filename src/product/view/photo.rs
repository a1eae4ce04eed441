//! What a page is told of a picture of the thing that is owned.

use serde::Serialize;

/// The picture, its camera and what is drawn into it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PhotoState {
    /// `align`, `before` or `after`.
    pub view: &'static str,
    /// `contain` or `cover`.
    pub fit: &'static str,
    /// Whether all that is to be drawn is there.
    pub ready: bool,
    /// Whether what is chosen brings anything that is seen.
    pub brings: bool,
    /// Around the product, degrees.
    pub turn: f32,
    /// From above, degrees.
    pub tilt: f32,
    /// In the picture, degrees.
    pub roll: f32,
    /// Where its middle is, shares of the picture's height from the middle.
    pub right: f32,
    /// The same, upwards.
    pub up: f32,
    /// Of its middle from the camera, metres.
    pub distance: f32,
    /// Millimetres on 35-mm film.
    pub focal: f32,
    /// Whether the file said so.
    pub knows_focal: bool,
    /// Stops that the customer added.
    pub brighter: f32,
    /// What to keep with a design.
    pub numbers: [f32; 7],
    /// The product file's points of what is owned.
    pub marks: Vec<PhotoMark>,
}

/// One of the product file's points.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PhotoMark {
    /// In the product file.
    pub id: String,
    /// In the page's language.
    pub name: String,
    /// Where the outline has it, CSS pixels of the element; null behind the camera.
    pub expected: Option<[f32; 2]>,
    /// Where it is marked, CSS pixels of the element.
    pub marked: Option<[f32; 2]>,
}

/// What came of marked points: how far they are off in the mean, CSS pixels, or what is wrong with which.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PhotoSolved {
    /// How far they are off; null when no camera was found.
    pub off: Option<f32>,
    /// A code, such as `ALIGN_LINE`; empty when one was found.
    pub code: &'static str,
    /// The points that it is about, by id.
    pub points: Vec<String>,
}
