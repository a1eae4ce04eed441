//! Where a camera stood: a picture of the thing that one owns, and the product laid over it. And where the thing itself
//! stands in a room.
//!
//! A picture knows its points by [`Vec2`]s from its middle, x to the right and y up, in halves of its height, so that
//! nothing here depends on pixels. The camera is a pinhole without distortion whose middle is the picture's; its lens is
//! told by the tangent of half its vertical field of view.
//!
//! - [`solve()`] finds the camera from four or more marked points.
//! - [`fit_rigid`] finds the place of the thing itself from three or more points that were measured in the room.
//! - [`Alignment`] is a camera that hands, keys and number fields move: it looks at the product.
//! - [`extent`] says where a picture of one shape lies in a view of another.
//! - [`PhotoLight`] reads brightness, colour of the light and contrast from the picture.
//! - [`focal_35_mm`] reads the lens from what the camera wrote into the file.

mod exif;
mod fault;
mod hand;
mod lens;
mod light;
mod refine;
mod rigid;
#[cfg(test)]
mod rigid_tests;
mod solve;
#[cfg(test)]
mod tests;

pub use exif::focal_35_mm;
pub use fault::Fault;
pub use hand::{Alignment, Deed};
pub use lens::{ASSUMED_35_MM, Fit, Lens, extent, focal_from_tangent, tangent_from_focal};
pub use light::PhotoLight;
pub use rigid::{Matched, RigidFit, fit_rigid};
pub use solve::{Marked, Solved, solve};

use glam::Vec2;

/// The same point in CSS pixels of a picture that is shown in a box: `half_px` is half the picture's height there.
pub fn from_pixels(at_px: Vec2, middle_px: Vec2, half_px: f32) -> Vec2 {
    Vec2::new(at_px.x - middle_px.x, middle_px.y - at_px.y) / half_px.max(f32::MIN_POSITIVE)
}
