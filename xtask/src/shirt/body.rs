//! The shirt's body: one sheet around the torso, cut into front, back and side panels, with seams and collar.

use std::f64::consts::{FRAC_PI_2, PI, TAU};

use glam::{Vec2, Vec3};

use super::cloth::{cloth, normal, ramp};
use super::{sleeve, torso};
use crate::shape::angle::sin_cos;
use crate::shape::mesh::Mesh;
use crate::shape::sheet::{Sheet, seam};

/// Columns of front, side, back and side.
const PANELS: [usize; 4] = [48, 10, 48, 10];
/// Rows from hem to neck.
const ROWS: usize = 78;
/// Rows of the hem's inside.
const INSIDE: usize = 4;
/// Below this the columns of a side are the side panel's, above the shoulder's.
const SIDE_ENDS: f64 = 640.0;

/// Half the angle that a side panel covers at a height.
fn half_side(height: f64) -> f64 {
    0.30 - 0.10 * ramp(290.0, 600.0, height)
}

/// The angle of a column at a height.
fn angle(column: usize, height: f64) -> f64 {
    let half = half_side(height);
    let bounds = [half - FRAC_PI_2, FRAC_PI_2 - half, FRAC_PI_2 + half, PI + FRAC_PI_2 - half, TAU - FRAC_PI_2 + half];
    let mut left = column;
    for (panel, &count) in PANELS.iter().enumerate() {
        if left <= count {
            return bounds[panel] + (bounds[panel + 1] - bounds[panel]) * left as f64 / count as f64;
        }
        left -= count;
    }
    bounds[4]
}

/// Height of the hem: a little lower behind.
fn hem(angle: f64) -> f64 {
    186.0 + 9.0 * sin_cos(angle).1
}

/// Height of the neckline: lower in front.
fn neckline(angle: f64) -> f64 {
    let front = (1.0 + sin_cos(angle).1) / 2.0;
    819.0 - 45.0 * front * front
}

/// The sheet of the whole body.
fn sheet(tight: f64) -> Sheet {
    let across = PANELS.iter().sum::<usize>() + 1;
    let mut sheet = Sheet { across, closed: true, ..Sheet::default() };
    for row in 0..ROWS + INSIDE {
        for column in 0..across {
            let part = row.saturating_sub(INSIDE) as f64 / (ROWS - 1) as f64;
            // Angles depend on heights and ends on angles: twice is near enough.
            let mut at = angle(column, 500.0);
            let mut place = 0.0;
            for _ in 0..3 {
                let (low, high) = (torso::place(hem(at)), torso::place(neckline(at)));
                place = low + (high - low) * part;
                at = angle(column, torso::height(place));
            }
            // The hem is folded over to the inside.
            let (up, lift) = match row {
                0 => (0.62, -2.6),
                1 => (0.05, -2.0),
                2 => (0.0, -1.5),
                3 => (-0.012, -0.7),
                _ => (0.0, 0.0),
            };
            let point = cloth(at, place + up, tight, lift);
            sheet.points.push(point);
            sheet.uvs.push(Vec2::new((at * 160.0) as f32, -point.y));
        }
    }
    sheet
}

fn panel_ends() -> [usize; 5] {
    let mut ends = [0; 5];
    for (index, count) in PANELS.iter().enumerate() {
        ends[index + 1] = ends[index] + count;
    }
    ends
}

/// Front, back and shoulders, and the two side panels.
pub(super) fn panels(tight: f64) -> (Mesh, Mesh) {
    let sheet = sheet(tight);
    let ends = panel_ends();
    // The same cells whatever the tightness.
    let rest = if tight > 0.0 { self::sheet(0.0) } else { sheet.clone() };
    let under_sleeve = |row: usize, column: usize| {
        [(0, 0), (0, 1), (1, 0), (1, 1)]
            .iter()
            .all(|(up, right)| sleeve::beyond(rest.at(row + up, column + right)) > 7.0)
    };
    let side = |row: usize, column: usize| {
        let panel = ends.iter().rposition(|&end| end <= column).unwrap_or(0);
        panel % 2 == 1 && f64::from(rest.at(row, column).y) < SIDE_ENDS
    };
    let last = sheet.across - 1;
    let body = sheet.mesh(0..=last, |row, column| under_sleeve(row, column) || side(row, column));
    let sides = [1, 3].map(|panel| {
        sheet.mesh(ends[panel]..=ends[panel + 1], |row, column| under_sleeve(row, column) || !side(row, column))
    });
    (tidy(body), tidy(sides[0].clone().with(&sides[1])))
}

/// Leaves out corners that no triangle uses.
fn tidy(mesh: Mesh) -> Mesh {
    let mut places = vec![u32::MAX; mesh.positions.len()];
    let mut tidy = Mesh::default();
    for &index in &mesh.indices {
        let old = index as usize;
        if places[old] == u32::MAX {
            places[old] = tidy.corner(mesh.positions[old], mesh.normals[old], mesh.uvs[old]);
        }
        tidy.indices.push(places[old]);
    }
    tidy
}

/// Stitched seams: along the side panels, and a row above the hem.
pub(super) fn seams(tight: f64) -> Mesh {
    let mut mesh = Mesh::default();
    for &end in &panel_ends()[..4] {
        let mut path = Vec::new();
        for step in 0..=74 {
            let height = 187.0 + f64::from(step) * 5.9;
            let at = angle(end, height);
            let place = torso::place(height + 9.0 * sin_cos(at).1 * (1.0 - f64::from(step) / 74.0));
            let point = cloth(at, place, tight, 0.15);
            if step < 58 || sleeve::beyond(cloth(at, place, 0.0, 0.15)) < 2.0 {
                path.push((point, normal(at, place, tight)));
            }
        }
        mesh = mesh.with(&seam(&path, 3.0, 0.75));
    }
    for above in [17.0, 20.0] {
        let ring = (0..=120).map(|step| {
            let at = -TAU * f64::from(step % 120) / 120.0;
            let place = torso::place(hem(at) + above);
            (cloth(at, place, tight, 0.1), normal(at, place, tight))
        });
        mesh = mesh.with(&seam(&ring.collect::<Vec<_>>(), 1.5, 0.55));
    }
    mesh
}

/// The ribbed collar, standing on the neckline.
pub(super) fn collar() -> Mesh {
    const ACROSS: usize = 96;
    // Millimetres above the neckline and off the skin.
    const SECTION: [[f64; 2]; 12] = [
        [-4.0, 2.6],
        [-3.2, 5.4],
        [-1.0, 6.2],
        [4.0, 6.0],
        [9.0, 5.6],
        [13.0, 5.2],
        [15.6, 4.7],
        [16.6, 3.6],
        [16.0, 2.6],
        [13.0, 2.0],
        [6.0, 1.2],
        [-2.0, 0.4],
    ];
    let mut sheet = Sheet { across: ACROSS + 1, closed: true, ..Sheet::default() };
    let mut along = 0.0;
    let mut last = None;
    for [up, off] in SECTION {
        for column in 0..=ACROSS {
            let at = TAU * (column % ACROSS) as f64 / ACROSS as f64;
            let line = torso::place(neckline(at));
            let slope = torso::skin(at, line + 0.02).distance(torso::skin(at, line)) / 0.02;
            let place = line + up / f64::from(slope.max(1.0));
            let point = torso::skin(at, place) + torso::normal(at, place) * off as f32;
            if column == 0 {
                along += last.map_or(0.0, |last: Vec3| last.distance(point));
                last = Some(point);
            }
            sheet.points.push(point);
            sheet.uvs.push(Vec2::new(420.0 * column as f32 / ACROSS as f32, -along));
        }
    }
    sheet.whole()
}
