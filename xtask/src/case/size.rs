//! Measures of the cases: those of the phones inside, and where everything on them lies.

use glam::Vec2;

use crate::shape::loops::{Edge, rounded, shifted, stepped};

/// A phone for which a case is made.
#[derive(Clone, Copy, Debug)]
pub(super) struct Size {
    /// Where the case lies in the repository.
    pub(super) file: &'static str,
    /// Width and height of the phone.
    pub(super) phone: [f32; 2],
    /// Thickness of the phone.
    pub(super) thick: f32,
}

/// Every size that is made.
pub(super) const SIZES: [Size; 2] = [
    Size { file: "assets/case-61.glb", phone: [71.6, 147.6], thick: 7.9 },
    Size { file: "assets/case-67.glb", phone: [77.6, 160.9], thick: 8.3 },
];

/// Thickness of the shell.
pub(super) const SHELL: f32 = 1.6;
/// How far the rounding of the back reaches into the back and down the sides.
pub(super) const ROUND: f32 = 4.2;
/// How far the shell stands above the screen.
pub(super) const LIP: f32 = 0.95;
/// How far the corners reach along the sides.
const CORNER: f32 = 16.0;
/// Exponent of all superellipses: curvature without a jump.
pub(super) const EXPONENT: f64 = 2.45;
/// Half the side of the opening for the camera.
const CAMERA: f32 = 18.4;
/// Height of the openings in the lower side above the middle of the phone.
pub(super) const PORT_Z: f32 = -1.05;
/// The openings in the lower side: middle along X and half sides.
pub(super) const PORTS: [(f32, [f32; 2]); 3] = [(-14.3, [5.4, 1.0]), (0.0, [6.2, 1.6]), (14.3, [5.4, 1.0])];

impl Size {
    /// Half the width and half the height outside.
    pub(super) fn outer(&self) -> [f32; 2] {
        self.phone.map(|side| side / 2.0 + SHELL)
    }

    /// Half the thickness of the phone: its back lies here, its screen on the other side.
    pub(super) fn half(&self) -> f32 {
        self.thick / 2.0
    }

    /// Where the outside of the back lies.
    pub(super) fn back(&self) -> f32 {
        self.half() + SHELL
    }

    /// The outside as seen from the back, with the borders of the openings as cuts.
    pub(super) fn outline(&self) -> Vec<Edge> {
        let cuts: Vec<f32> = PORTS.iter().flat_map(|&(x, [half, _])| [x - half - 1.0, x + half + 1.0]).collect();
        stepped(&rounded(self.outer(), CORNER, EXPONENT, 24, &cuts), 12.0)
    }

    /// Middle of the camera.
    pub(super) fn camera_at(&self) -> Vec2 {
        Vec2::new(4.4 + CAMERA - self.phone[0] / 2.0, self.phone[1] / 2.0 - 4.4 - CAMERA)
    }

    /// The opening for the camera.
    pub(super) fn camera(&self) -> Vec<Edge> {
        shifted(&rounded([CAMERA; 2], 12.5, EXPONENT, 16, &[]), self.camera_at())
    }
}
