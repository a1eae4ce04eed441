//! The product file's points, marked in the picture.

use super::super::Viewer;
use crate::align::{Alignment, Fault, Marked, solve};

impl Viewer {
    /// Marks a point, by its id, where it is seen, CSS pixels of the element; false where it has none of this name.
    pub fn mark_photo(&mut self, id: &str, x_css_px: f32, y_css_px: f32) -> bool {
        let found = self.owned_points().into_iter().find(|(_, point, _)| point.id == id).map(|(at, ..)| at);
        let place = self.in_photo(x_css_px, y_css_px);
        let (Some(at), Some(photo)) = (found.filter(|_| place.is_finite()), &mut self.photo) else { return false };
        photo.marks.retain(|(known, _)| *known != at);
        photo.marks.push((at, place));
        self.changed = true;
        true
    }

    /// Takes a mark away; all for an empty id.
    pub fn unmark_photo(&mut self, id: &str) {
        let found = self.owned_points().into_iter().find(|(_, point, _)| point.id == id).map(|(at, ..)| at);
        if let Some(photo) = &mut self.photo {
            photo.marks.retain(|(known, _)| !id.is_empty() && Some(*known) != found);
            self.changed = true;
        }
    }

    /// Lays the outline as the marked points say; how far they are off in the mean, CSS pixels.
    ///
    /// # Errors
    /// What is wrong with them, by the ids of the points that it is about.
    pub fn solve_photo(&mut self) -> Result<f32, (Fault, Vec<String>)> {
        let nothing = (Fault::TooFew(0), Vec::new());
        let (Some(photo), Some(lens)) = (&self.photo, self.photo_lens()) else { return Err(nothing) };
        let points = self.owned_points();
        let marked: Vec<(&str, Marked)> = photo
            .marks
            .iter()
            .filter_map(|(at, place)| {
                let (_, point, position) = points.iter().find(|(known, ..)| known == at)?;
                Some((point.id.as_str(), Marked { point: *position, at: *place }))
            })
            .collect();
        let marks: Vec<Marked> = marked.iter().map(|(_, mark)| *mark).collect();
        let solved = solve(&marks, lens, photo.camera.rotation()).map_err(|fault| {
            let named = fault.points().into_iter().filter_map(|at| marked.get(at)).map(|(id, _)| (*id).to_owned());
            (fault, named.collect())
        })?;
        let pivot = self.owned_bounds().center();
        let off_css_px = solved.error * self.photo_half_css_px();
        if let Some(photo) = &mut self.photo {
            photo.camera = Alignment::of(&solved.view_from_product, solved.tangent, pivot);
            self.changed = true;
        }
        Ok(off_css_px)
    }
}
