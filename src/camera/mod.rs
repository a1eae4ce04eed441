//! Where one looks from: views, the orbit that a customer turns, its damping, limits and gestures.
//!
//! Invariant: pure. Time comes in as an argument, input as numbers in CSS pixels.

mod damper;
mod framing;
mod gesture;
mod label;
mod lens;
mod orbit;
#[cfg(test)]
mod tests;

pub use damper::Damper;
pub use framing::Framing;
pub use gesture::{Allowed, Gesture, Meaning, Modifiers, Pointer, PointerAct, PointerDevice, TouchAction};
pub use label::{VIEW_LABELS, view_label};
pub use lens::{near_and_far, parallel_from_view, projection_from_view, ray_through};
pub use orbit::{Limits, Orbit, Spherical};

use glam::Mat4;

/// One picture to draw: an eye and the part of the target that it fills.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// The eye's pose: looks along −Z, +Y up.
    pub world_from_view: Mat4,
    /// Clip space with depth 0 (near) to 1 (far), as wgpu has it.
    pub projection_from_view: Mat4,
    /// x, y, width, height in target pixels, from the upper left.
    pub viewport_px: [u32; 4],
    /// Which of [`crate::frame::Frame::looks`] is seen.
    pub look: usize,
}
