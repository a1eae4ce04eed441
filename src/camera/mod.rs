//! Where one looks from: views, the orbit that a customer turns, its damping, limits and gestures.
//!
//! Invariant: pure. Time comes in as an argument, input as numbers in CSS pixels.

mod gesture;

pub use gesture::{Modifiers, PointerAct, PointerDevice};

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
