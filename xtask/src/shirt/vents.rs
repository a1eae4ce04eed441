//! Vents in back yoke and sides: rows of small flaps that curl open over a coloured lining.

use std::f64::consts::{FRAC_PI_2, PI};

use glam::{Vec2, Vec3};

use super::cloth::{cloth, normal, walk};
use crate::shape::angle::sin_cos;
use crate::shape::mesh::Mesh;
use crate::shape::sheet::Sheet;

/// Width and length of a flap.
const FLAP: [f32; 2] = [14.0, 11.5];

/// The vents' meshes: flaps of the back, flaps of the sides, and lining.
#[derive(Clone, Debug, Default)]
pub(super) struct Vents {
    /// Outsides of the flaps on the back yoke.
    pub(super) back: Mesh,
    /// Outsides of the flaps on the side panels.
    pub(super) side: Mesh,
    /// Undersides of all flaps and what they cover.
    pub(super) lining: Mesh,
}

/// All vents; `open` and `tight` run from 0 to 1.
pub(super) fn vents(open: f64, tight: f64) -> Vents {
    let mut vents = Vents::default();
    for (row, count) in [9, 10, 11, 12].into_iter().enumerate() {
        for index in 0..count {
            let right = (f64::from(index) - f64::from(count - 1) / 2.0) * 17.0;
            // The rows sag towards the middle, as a yoke does.
            let up = 14.5 * (1.5 - row as f64) + right * right * 0.0011;
            let [at, place] = walk(PI, 722.0, [right, up]);
            let (outside, lining) = flap(at, place, open, tight);
            vents.back = vents.back.with(&outside);
            vents.lining = vents.lining.with(&lining);
        }
    }
    for side in [FRAC_PI_2, -FRAC_PI_2] {
        for row in 0..9 {
            for index in 0..2 + row % 2 {
                let right = (f64::from(index) - f64::from(1 + row % 2) / 2.0) * 17.0;
                let [at, place] = walk(side, 500.0, [right, 14.0 * (4.0 - f64::from(row))]);
                let (outside, lining) = flap(at, place, open, tight);
                vents.side = vents.side.with(&outside);
                vents.lining = vents.lining.with(&lining);
            }
        }
    }
    vents
}

/// A flap that hangs from its hinge at a place: its outside, and its underside with the lining.
fn flap(angle: f64, place: f64, open: f64, tight: f64) -> (Mesh, Mesh) {
    const ACROSS: usize = 5;
    const ROWS: usize = 6;
    let facing = normal(angle, place, tight);
    let hinge = cloth(angle, place, 0.0, 0.0);
    let speed = |at: Vec3| f64::from(at.distance(hinge)) / 0.002;
    let (around, upwards) =
        (speed(cloth(angle + 0.002, place, 0.0, 0.0)), speed(cloth(angle, place + 0.002, 0.0, 0.0)));
    let curl = (1.15 * open).max(1e-3);
    let sheet = |inside: bool, shrink: f32, lift: f32, curl: f64| {
        let mut sheet = Sheet { across: ACROSS, ..Sheet::default() };
        for row in 0..ROWS {
            // From the tip up to the hinge.
            let down = 1.0 - row as f32 / (ROWS - 1) as f32;
            let (sine, cosine) = sin_cos(curl * f64::from(down));
            let along = (sine / curl) as f32 * FLAP[1] * shrink;
            let away = ((1.0 - cosine) / curl) as f32 * FLAP[1];
            let half = (1.0 - down * down * down * 0.985).max(0.0).sqrt() * FLAP[0] / 2.0 * shrink;
            for column in 0..ACROSS {
                let side = column as f32 / (ACROSS - 1) as f32 * 2.0 - 1.0;
                let side = if inside { -side } else { side };
                let bulge = (1.0 - side * side) * 0.5;
                let (right, down) = (f64::from(side * half) / around, f64::from(along) / upwards);
                let on = cloth(angle + right, place - down, tight, f64::from(lift + bulge));
                sheet.points.push(on + facing * away);
                sheet.uvs.push(Vec2::new(side * half, along));
            }
        }
        sheet.whole()
    };
    let outside = sheet(false, 1.0, 1.3, curl);
    let lining = sheet(true, 0.985, 1.05, curl).with(&sheet(false, 1.09, 0.75, 1e-3));
    (outside, lining)
}
