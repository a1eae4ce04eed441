//! The printable areas of chest and back: thin surfaces above the cloth.

use std::f64::consts::PI;

use glam::Vec2;

use super::cloth::{cloth, walk};
use crate::shape::mesh::Mesh;
use crate::shape::sheet::Sheet;

/// Width and height of the chest's area in millimetres.
pub(super) const FRONT: [f64; 2] = [240.0, 200.0];
/// Width and height of the back's area in millimetres.
pub(super) const BACK: [f64; 2] = [260.0, 300.0];
/// Heights of their middles.
const MIDDLES: [f64; 2] = [628.0, 526.0];
/// How far they lie above the cloth, whose triangles cut corners.
const ABOVE: f64 = 0.7;

/// The chest's area.
pub(super) fn front(tight: f64) -> Mesh {
    area(0.0, MIDDLES[0], FRONT, tight)
}

/// The area for name and number.
pub(super) fn back(tight: f64) -> Mesh {
    area(PI, MIDDLES[1], BACK, tight)
}

fn area(angle: f64, height: f64, [width, tall]: [f64; 2], tight: f64) -> Mesh {
    const COLUMNS: usize = 30;
    let rows = (tall / 5.0) as usize;
    let mut sheet = Sheet { across: COLUMNS + 1, ..Sheet::default() };
    for row in 0..=rows {
        for column in 0..=COLUMNS {
            let part = [column as f64 / COLUMNS as f64, row as f64 / rows as f64];
            let [at, place] = walk(angle, height, [(part[0] - 0.5) * width, (part[1] - 0.5) * tall]);
            sheet.points.push(cloth(at, place, tight, ABOVE));
            // The writer takes thousandths for texture coordinates too.
            sheet.uvs.push(Vec2::new(part[0] as f32, 1.0 - part[1] as f32) * 1e3);
        }
    }
    sheet.whole()
}
