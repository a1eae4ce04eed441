//! A gap in the room, measured by taps, and whether the product goes in.

use glam::{Mat4, Vec3};

use super::Room;
use super::kit::{Paint, Sketch};
use crate::geom::Aabb;
use crate::place::{Clearance, Gap, Verdict};
use crate::viewer::Viewer;

/// How thick measured lines are, metres.
const LINE: f32 = 0.005;
/// The cross at a point.
const CROSS: f32 = 0.03;

impl Viewer {
    /// What was measured, also after the session.
    pub fn measured_gap(&self) -> &Gap {
        &self.xr.gap
    }

    /// What is left on each side that is measured, of the product as it is chosen, at true size.
    pub fn clearances(&self) -> Vec<Clearance> {
        Clearance::all(&self.xr.gap, self.chosen_bounds().size()).collect()
    }

    pub(super) fn measure(&mut self, on: bool) {
        let Some(room) = &mut self.xr.room else { return };
        if on && !room.measuring {
            self.xr.gap = Gap::default();
        }
        (room.measuring, room.missed) = (on, false);
    }
}

impl Room {
    /// Points, the lines between them, and the product's own sides in red where what is chosen, of this size, collides.
    pub(super) fn draw_gap(&self, sketch: &mut Sketch, gap: &Gap, bounds: &Aabb, size: Vec3) {
        for point in gap.points() {
            for axis in [Vec3::X, Vec3::Y, Vec3::Z] {
                sketch.bar(Paint::White, point - axis * 0.5 * CROSS, point + axis * 0.5 * CROSS, LINE);
            }
        }
        let clearances: Vec<_> = Clearance::all(gap, size).collect();
        for (at, (from, to)) in gap.lines().enumerate() {
            let paint = match clearances.get(at).map(Clearance::verdict) {
                Some(Verdict::Collides) => Paint::Red,
                Some(Verdict::Fits) => Paint::Green,
                _ => Paint::White,
            };
            sketch.bar(paint, from, to, LINE);
        }
        let collides = clearances.iter().any(|clearance| clearance.verdict() == Verdict::Collides);
        if let (Some(stand), true) = (self.stand, collides) {
            outline(sketch, &stand.world_from_product(bounds), bounds);
        }
    }
}

/// The edges of the product's box.
fn outline(sketch: &mut Sketch, world_from_product: &Mat4, bounds: &Aabb) {
    let corners = bounds.corners().map(|corner| world_from_product.transform_point3(corner));
    for (at, from) in corners.iter().enumerate() {
        // Neighbours differ in one of the three.
        for bit in [1, 2, 4] {
            if let (0, Some(to)) = (at & bit, corners.get(at | bit)) {
                sketch.bar(Paint::Red, *from, *to, LINE);
            }
        }
    }
}
