//! The printable back: flat, and over the rounded edge most of the way to the sides.
//!
//! Texture coordinates run from 0 to 1 over the unrolled area, so that a picture of the area's
//! aspect keeps its proportions on the flat.

use glam::{Vec2, Vec3};

use super::shell::rounding;
use super::size::{ROUND, Size};
use crate::shape::loops::{Edge, grown, plate};
use crate::shape::mesh::Mesh;

/// How far the print lies above the shell.
const ABOVE: f32 = 0.12;
/// How far the colour below it does.
const BACKING: f32 = 0.06;
/// First step of the rounding that the print covers.
const FROM: usize = 2;

/// The rounding's points that the print covers, each with its length along the surface from the flat.
fn wrap(size: &Size) -> Vec<(Edge, f32)> {
    let points = &rounding(size)[FROM..];
    let mut along = 0.0;
    let mut last = points[points.len() - 1].0;
    let mut covered: Vec<(Edge, f32)> = Vec::new();
    for &(at, normal) in points.iter().rev() {
        along += at.distance(last);
        last = at;
        covered.push(((at, normal), along));
    }
    covered.reverse();
    covered
}

/// Width and height of the printable area in millimetres, unrolled.
pub(super) fn area(size: &Size) -> [f32; 2] {
    let reach = wrap(size)[0].1;
    size.outer().map(|half| 2.0 * (half - ROUND + reach))
}

/// The printable surface.
pub(super) fn print(size: &Size) -> Mesh {
    lifted(size, ABOVE)
}

/// The same surface in one colour, below it.
pub(super) fn backing(size: &Size) -> Mesh {
    lifted(size, BACKING)
}

fn lifted(size: &Size, above: f32) -> Mesh {
    let outline = size.outline();
    let [width, height] = area(size);
    // The writer takes thousandths for texture coordinates too.
    let place = |at: Vec2| Vec2::new(at.x / width + 0.5, 0.5 - at.y / height) * 1e3;
    let flat = grown(&outline, -ROUND);
    let mut wrap = wrap(size);
    // The print's own edge, down to the shell.
    let (edge, along) = wrap[0];
    wrap.insert(0, ((edge.0 - edge.1 * (above * 1.5), edge.1), along));
    let mut mesh = Mesh::default();
    for ((at, normal), along) in &wrap {
        for (&(here, _), &(base, out)) in outline.iter().zip(&flat) {
            let lifted = *at + *normal * above;
            let position = (here + out * lifted.x).extend(lifted.y);
            mesh.corner(position, (out * normal.x).extend(normal.y), place(base + out * *along));
        }
    }
    mesh.grid(0, outline.len() as u32, wrap.len() as u32);
    let middle = size.camera_at();
    let mut back = plate(&flat, &grown(&size.camera(), 0.5), middle, size.back() + above, true);
    for (uv, position) in back.uvs.iter_mut().zip(&back.positions) {
        let Vec3 { x, y, .. } = *position;
        *uv = place(Vec2::new(x, y));
    }
    mesh.with(&back)
}
