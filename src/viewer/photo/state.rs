//! What a page is told of a picture.

use super::super::Viewer;
use super::PhotoView;
use crate::align::{Fit, focal_from_tangent};
use crate::product::view::{PhotoMark, PhotoState};

impl Viewer {
    /// The picture; none while none is shown.
    pub fn photo_state(&self) -> Option<PhotoState> {
        let photo = self.photo.as_ref()?;
        let (ready, brings) = self.onto_state();
        let camera = photo.camera;
        let pivot = self.owned_bounds().center();
        let marks = self.owned_points().into_iter().map(|(at, point, position)| PhotoMark {
            id: point.id.clone(),
            name: point.name.in_language(&self.tone().language).to_owned(),
            expected: camera.place_of(position, pivot).map(|place| self.element_from_photo(place).to_array()),
            marked: photo
                .marks
                .iter()
                .find(|(known, _)| *known == at)
                .map(|(_, place)| self.element_from_photo(*place).to_array()),
        });
        Some(PhotoState {
            view: match photo.view {
                PhotoView::Align => "align",
                PhotoView::Before => "before",
                PhotoView::After => "after",
            },
            fit: if photo.fit == Fit::Cover { "cover" } else { "contain" },
            ready,
            brings,
            turn: camera.turn.to_degrees(),
            tilt: camera.tilt.to_degrees(),
            roll: camera.roll.to_degrees(),
            right: camera.at.x * 0.5,
            up: camera.at.y * 0.5,
            distance: camera.distance,
            focal: focal_from_tangent(camera.tangent, photo.aspect),
            knows_focal: photo.focal_35_mm.is_some(),
            brighter: photo.brighter,
            numbers: camera.to_numbers(),
            marks: marks.collect(),
        })
    }

    /// Sets one of the numbers that [`Viewer::photo_state`] tells, in its unit: `turn`, `tilt`, `roll`, `right`, `up`,
    /// `distance` or `focal`. False for another name, or without a picture.
    pub fn set_photo(&mut self, name: &str, number: f32) -> bool {
        let Some(photo) = self.photo.as_mut().filter(|_| number.is_finite()) else { return false };
        let (aspect, camera) = (photo.aspect, &mut photo.camera);
        match name {
            "turn" => camera.turn = number.to_radians(),
            "tilt" => camera.tilt = number.to_radians(),
            "roll" => camera.roll = number.to_radians(),
            "right" => camera.at.x = number * 2.0,
            "up" => camera.at.y = number * 2.0,
            "distance" => camera.distance = number,
            "focal" => {
                let now = focal_from_tangent(camera.tangent, aspect);
                camera.act(crate::align::Deed::Lens(number / now));
            }
            _ => return false,
        }
        camera.limit();
        self.changed = true;
        true
    }
}
