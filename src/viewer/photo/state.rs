//! What a page is told of a picture.

use super::super::Viewer;
use super::PhotoView;
use crate::align::{Fit, focal_from_tangent};

/// The picture, its camera and what is drawn into it.
#[derive(Clone, Debug, PartialEq)]
pub struct PhotoState {
    /// What is seen of it.
    pub view: PhotoView,
    /// How it lies in the element.
    pub fit: Fit,
    /// Whether all that is to be drawn is there.
    pub is_ready: bool,
    /// Whether what is chosen brings anything that is seen.
    pub brings: bool,
    /// Degrees: around the product, from above, in the picture.
    pub turn_tilt_roll: [f32; 3],
    /// Where its middle is, shares of the picture's height from the middle, right and up.
    pub place: [f32; 2],
    /// Of its middle from the camera, metres.
    pub distance: f32,
    /// Millimetres on 35-mm film.
    pub focal_35_mm: f32,
    /// Whether the file said so.
    pub knows_focal: bool,
    /// Stops that the customer added.
    pub brighter: f32,
    /// What to keep with a design, for [`Viewer::align_photo`].
    pub numbers: [f32; 7],
    /// The product file's points of what is owned.
    pub marks: Vec<PhotoMark>,
}

/// One of the product file's points.
#[derive(Clone, Debug, PartialEq)]
pub struct PhotoMark {
    /// In the product file.
    pub id: String,
    /// In the page's language.
    pub name: String,
    /// Where the outline has it, CSS pixels of the element; none behind the camera.
    pub expected: Option<[f32; 2]>,
    /// Where it is marked, CSS pixels of the element.
    pub marked: Option<[f32; 2]>,
}

impl Viewer {
    /// The picture; none while none is shown.
    pub fn photo_state(&self) -> Option<PhotoState> {
        let photo = self.photo.as_ref()?;
        let (is_ready, brings) = self.onto_state();
        let camera = photo.camera;
        let pivot = self.owned_bounds().center();
        let marks = self.photo_points().into_iter().map(|(at, point, position)| PhotoMark {
            id: point.id.clone(),
            name: point.name.in_language(&self.tone().language).to_owned(),
            expected: camera.place_of(position, pivot).map(|place| self.from_photo(place).to_array()),
            marked: photo
                .marks
                .iter()
                .find(|(known, _)| *known == at)
                .map(|(_, place)| self.from_photo(*place).to_array()),
        });
        Some(PhotoState {
            view: photo.view,
            fit: photo.fit,
            is_ready,
            brings,
            turn_tilt_roll: [camera.turn, camera.tilt, camera.roll].map(f32::to_degrees),
            place: (camera.at * 0.5).to_array(),
            distance: camera.distance,
            focal_35_mm: focal_from_tangent(camera.tangent, photo.aspect),
            knows_focal: photo.focal_35_mm.is_some(),
            brighter: photo.brighter,
            numbers: camera.to_numbers(),
            marks: marks.collect(),
        })
    }
}
