//! Seats: cushions, backs and headrests of two fabrics.

use glam::Vec3;

use super::place::pitched;
use super::skin::{Parts, add, mirrored};
use crate::shape::loft::cushion;
use crate::shape::mesh::Mesh;

/// Cells around and along a cushion.
const AROUND: usize = 24;
const ALONG: usize = 10;

/// A cushion of two fabrics: the second one covers so many cells to either side of its front.
#[derive(Clone, Debug, Default)]
struct Pad {
    fabric: Mesh,
    accent: Mesh,
}

impl Pad {
    /// From a cushion whose first half axis points to its front.
    fn new(mesh: &Mesh, inlay: usize) -> Self {
        let mut pad = Self { fabric: mesh.clone(), accent: mesh.clone() };
        let across = AROUND as u32 + 1;
        let is_inlay = |face: &[u32]| {
            let low = face.iter().min().copied().unwrap_or_default();
            let column = face.iter().map(|corner| corner % across).min().unwrap_or_default() as usize;
            let row = (low / across) as usize;
            (column < inlay || column >= AROUND - inlay) && (2..ALONG - 2).contains(&row)
        };
        let part = |wanted: bool| -> Vec<u32> {
            mesh.indices.chunks_exact(3).filter(|face| is_inlay(face) == wanted).flatten().copied().collect()
        };
        pad.fabric.indices = part(false);
        pad.accent.indices = part(true);
        pad.each(|mesh| mesh.used())
    }

    fn with(self, other: &Self) -> Self {
        Self { fabric: self.fabric.with(&other.fabric), accent: self.accent.with(&other.accent) }
    }

    fn each(self, change: impl Fn(Mesh) -> Mesh) -> Self {
        Self { fabric: change(self.fabric), accent: change(self.accent) }
    }
}

/// Something upright that faces the front.
fn upright(at: [f32; 3], half: [f32; 3], exponents: [f64; 2], inlay: usize) -> Pad {
    let axes = [Vec3::Z * half[2], Vec3::X * half[0], Vec3::Y * half[1]];
    Pad::new(&cushion(Vec3::from(at), axes, exponents, [AROUND, ALONG]), inlay)
}

/// Something to sit on.
fn level(at: [f32; 3], half: [f32; 3], exponents: [f64; 2], inlay: usize) -> Pad {
    let axes = [Vec3::Y * half[1], Vec3::X * half[0], Vec3::Z * half[2]];
    Pad::new(&cushion(Vec3::from(at), axes, exponents, [AROUND, ALONG]), inlay)
}

/// A seat of a sitting and a back, which leans from the sitting's rear edge.
fn placed(sit: Pad, back: Pad, [x, y, z]: [f32; 3], lean: f64) -> Pad {
    let back = back.each(|mesh| pitched(mesh, -lean).moved(0.0, 20.0, -215.0));
    sit.with(&back).each(|mesh| mesh.moved(x, y, z))
}

/// Both front seats from the left one, on their rails.
fn pair(seat: Pad) -> Parts {
    let mut parts = row(seat.clone().with(&seat.each(|mesh| mirrored(&mesh))));
    let rail = |x: f32| {
        let axes = [Vec3::X * 22.0, Vec3::Y * 40.0, Vec3::Z * 210.0];
        cushion(Vec3::new(x, FRONT[1] - 140.0, FRONT[2]), axes, [5.0, 5.0], [10, 5])
    };
    for x in [-495.0, -195.0, 195.0, 495.0] {
        add(&mut parts, "trim", rail(x));
    }
    parts
}

fn row(pad: Pad) -> Parts {
    Parts::from([("seat_fabric", pad.fabric), ("seat_accent", pad.accent)])
}

/// Middle of the left front seat.
const FRONT: [f32; 3] = [345.0, 505.0, -60.0];

/// Soft and upright, with a light middle.
pub(super) fn standard() -> Parts {
    let sit = level([0.0, 0.0, 15.0], [235.0, 85.0, 265.0], [3.2, 4.0], 4);
    let back = upright([0.0, 300.0, 0.0], [225.0, 305.0, 74.0], [3.0, 3.6], 4).with(&upright(
        [0.0, 690.0, 12.0],
        [118.0, 84.0, 50.0],
        [3.0, 3.0],
        0,
    ));
    pair(placed(sit, back, FRONT, 18.0))
}

/// A shell with high sides and its headrest in one piece.
pub(super) fn sport() -> Parts {
    let bolster = |x: f32| level([x, 30.0, 20.0], [46.0, 88.0, 250.0], [2.6, 3.2], 0);
    let wing = |x: f32| upright([x, 290.0, 44.0], [46.0, 255.0, 92.0], [2.6, 3.0], 0);
    let sit = level([0.0, -12.0, 15.0], [225.0, 82.0, 262.0], [3.2, 4.0], 4);
    let back = upright([0.0, 390.0, 0.0], [212.0, 425.0, 66.0], [2.8, 2.8], 3);
    let sit = sit.with(&bolster(-200.0)).with(&bolster(200.0));
    pair(placed(sit, back.with(&wing(-192.0)).with(&wing(192.0)), FRONT, 20.0))
}

/// One bench from door to door.
pub(super) fn bench() -> Parts {
    let rest = |x: f32| upright([x, 690.0, 12.0], [118.0, 80.0, 46.0], [3.0, 3.0], 0);
    let back = upright([0.0, 300.0, 0.0], [575.0, 305.0, 76.0], [5.0, 3.6], 5).with(&rest(-345.0)).with(&rest(345.0));
    pair_of_one(placed(
        level([0.0, 0.0, 15.0], [585.0, 88.0, 265.0], [5.0, 4.0], 5),
        back,
        [0.0, FRONT[1], FRONT[2]],
        18.0,
    ))
}

/// What is already both seats.
fn pair_of_one(bench: Pad) -> Parts {
    let mut parts = pair(Pad::default());
    for (material, mesh) in row(bench) {
        add(&mut parts, material, mesh);
    }
    parts
}

/// The seats at the back, which nobody chooses.
pub(super) fn rear() -> Parts {
    let rest = |x: f32| upright([x, 545.0, 6.0], [105.0, 60.0, 40.0], [3.0, 3.0], 0);
    let half = |x: f32| upright([x, 250.0, 0.0], [272.0, 265.0, 64.0], [3.6, 4.0], 4).with(&rest(x));
    let sit = |x: f32| level([x, 0.0, 0.0], [280.0, 85.0, 235.0], [3.6, 4.0], 4);
    row(placed(sit(-281.0).with(&sit(281.0)), half(-274.0).with(&half(274.0)), [0.0, 545.0, -865.0], 20.0))
}
