//! Lamps in the openings of the skin, and what can be seen in them.

use glam::Vec3;

use super::form::{Spot, seen};
use super::lines::{HEADLAMP, TAIL_LIGHT};
use super::place::{aimed, both_sides, moulding};
use super::skin::{Parts, Skin, add, whole_parts};
use crate::shape::lathe;
use crate::shape::loft::cushion;
use crate::shape::mesh::Mesh;
use crate::shape::profile::Profile;

fn front() -> Spot {
    seen(2, HEADLAMP[0], HEADLAMP[1])
}

fn back() -> Spot {
    seen(-2, TAIL_LIGHT[0], TAIL_LIGHT[1])
}

/// A ring of this radius and thickness around +Y.
fn hoop(radius: f32, thick: f32, segments: usize) -> Mesh {
    lathe::turn(&Profile::arc([radius, 0.0], thick, -180.0, 180.0, 7), segments, 0.0)
}

/// Lens and housing, the same for all headlamps.
fn housing(skin: &Skin, nose: bool) -> Parts {
    let mut parts = Parts::new();
    add(&mut parts, "lamp_glass", skin.lamps(-0.5, nose));
    add(&mut parts, "detail", skin.lamps(-58.0, nose));
    parts
}

/// A ring of light around a projector.
pub(super) fn round(skin: &Skin) -> Parts {
    let spot = front();
    let mut parts = housing(skin, true);
    add(&mut parts, "lamp_core", aimed(hoop(66.0, 5.0, 32), &spot, -25.0));
    let bowl = Profile::rounded(&[[52.0, 0.0, 0.0], [50.0, 5.0, 2.0], [34.0, -12.0, 0.0], [30.0, -18.0, 0.0]]);
    add(&mut parts, "clip_chrome", aimed(lathe::turn(&bowl, 24, 0.0), &spot, -32.0));
    let lens = Profile::curve([[31.0, -14.0], [31.0, 0.0], [18.0, 8.0], [0.0, 8.0]], 5);
    add(&mut parts, "lamp_glass", aimed(lathe::turn(&lens, 20, 0.0), &spot, -34.0));
    let heart = Profile::curve([[20.0, -6.0], [18.0, 0.0], [10.0, 2.0], [0.0, 2.0]], 3);
    add(&mut parts, "lamp_core", aimed(lathe::turn(&heart, 20, 0.0), &spot, -38.0));
    whole_parts(parts)
}

/// Rows of small square lights that can be dimmed one by one.
pub(super) fn matrix(skin: &Skin) -> Parts {
    let spot = front();
    let mut parts = housing(skin, true);
    for row in -1..=1_i8 {
        for column in -1..=1_i8 {
            let at = Vec3::new(f32::from(column) * 33.0, 0.0, f32::from(row) * 33.0);
            let cell = cushion(at, [Vec3::X * 13.0, Vec3::Z * 13.0, Vec3::Y * 5.0], [5.0, 3.0], [12, 4]);
            add(
                &mut parts,
                if row == 0 || column == 0 { "lamp_core" } else { "clip_chrome" },
                aimed(cell, &spot, -30.0),
            );
        }
    }
    whole_parts(parts)
}

/// The tail lights: a broad ring and a point in it.
pub(super) fn rear(skin: &Skin) -> Parts {
    let spot = back();
    let mut parts = housing(skin, false);
    let broad = Profile::rounded(&[[56.0, -20.0, 0.0], [55.0, 4.0, 0.6], [38.0, 4.0, 0.6], [37.0, -20.0, 0.0]]);
    add(&mut parts, "tail_light", aimed(lathe::turn(&broad, 32, 0.0), &spot, -27.0));
    let point = Profile::curve([[17.0, -6.0], [17.0, 3.0], [8.0, 6.0], [0.0, 6.0]], 6);
    add(&mut parts, "tail_light", aimed(lathe::turn(&point, 24, 0.0), &spot, -30.0));
    let reflector: Vec<Spot> = (0..=6).map(|step| seen(-2, 515.0 + 18.0 * f64::from(step), 412.0)).collect();
    add(&mut parts, "tail_light", moulding(&reflector, 9.0, 4.0));
    whole_parts(parts)
}

/// The third brake light, at the upper edge of the tailgate.
pub(super) fn brake() -> Mesh {
    let run: Vec<Spot> = (0..=6).map(|step| seen(-2, 2.0 + 24.0 * f64::from(step), 1366.0)).collect();
    moulding(&both_sides(&run), 6.0, 3.0)
}
