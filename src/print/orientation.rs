//! Which way up a piece prints best.

use std::collections::BTreeMap;

use glam::{Quat, Vec3};
use serde::Serialize;

use super::pace::Pace;
use super::piece::Piece;
use super::process::Settings;

/// As many directions are tried beside the six of the axes: those of the largest flat sides.
const SIDES: usize = 20;
/// What lies lower than this stands on the bed, mm.
const BED_MM: f32 = 0.02;

/// What begins on the bed may hang over for so many layers: the edge of a foot may be rounded.
pub(super) const FREE_LAYERS: f32 = 2.0;

/// One way to lay a piece on the bed, and what comes of it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Orientation {
    /// What turns the piece onto the bed, from how the product stands: x, y, z and w of a unit quaternion.
    #[serde(serialize_with = "super::written::quat")]
    pub bed_from_print: Quat,
    /// From the bed to its top, mm.
    pub height_mm: f32,
    /// How much of it touches the bed, mm².
    pub contact_mm2: f32,
    /// How much of its surface hangs over too flat, mm².
    pub overhang_mm2: f32,
    /// The space below that, down to the bed, mm³: no less than what supports fill, as something may be in between.
    pub below_overhang_mm3: f32,
}

impl Orientation {
    /// What is worse has more: supports, scars where they are broken off, time for layers, and the risk that it comes off
    /// the bed. The weights are ours: they put the space below overhangs first.
    fn cost(&self, area_mm2: f32, settings: &Settings) -> f32 {
        let layers = self.height_mm / settings.layer_mm;
        let supports = self.below_overhang_mm3 * 0.2 + self.overhang_mm2 * 0.5;
        // A foot of a fiftieth of the surface, or of 1 cm² for what is large, holds.
        let lacking = ((area_mm2 * 0.02).min(100.0) - self.contact_mm2).max(0.0);
        supports + lacking * 5.0 + layers * settings.layer_s * settings.flow_mm3_per_s.min(10.0) * 0.1
    }
}

/// What lies a piece with its side `down` on the bed; a piece that lies well already is not turned.
pub fn laid_on(down: Vec3) -> Quat {
    let down = down.try_normalize().unwrap_or(Vec3::NEG_Z);
    if down.distance(Vec3::NEG_Z) < 1e-4 { Quat::IDENTITY } else { Quat::from_rotation_arc(down, Vec3::NEG_Z) }
}

/// Judges one way. What is hidden in the piece is no surface.
pub(super) async fn judge(
    (piece, is_hidden): (&Piece, &[bool]),
    bed_from_print: Quat,
    settings: &Settings,
    pace: &Pace,
) -> Orientation {
    let up = bed_from_print.inverse() * Vec3::Z;
    let (mut low, mut high) = (f32::INFINITY, f32::NEG_INFINITY);
    for chunk in piece.positions_mm.chunks(1 << 14) {
        pace.spend(chunk.len() / 2).await;
        for position in chunk {
            let height = position.dot(up);
            (low, high) = (low.min(height), high.max(height));
        }
    }
    let steepest = settings.overhang_deg.to_radians().cos();
    let mut found = Orientation {
        bed_from_print,
        height_mm: (high - low).max(0.0),
        contact_mm2: 0.0,
        overhang_mm2: 0.0,
        below_overhang_mm3: 0.0,
    };
    for triangle in 0..piece.triangles.len() {
        pace.spend(1).await;
        let cross = piece.cross(triangle);
        let (double, along) = (cross.length(), cross.dot(up));
        if along >= 0.0 || is_hidden.get(triangle) == Some(&true) {
            continue;
        }
        let heights = piece.corners(triangle).map(|corner| corner.dot(up) - low);
        let [a, b, c] = heights;
        let highest = a.max(b).max(c);
        if highest <= BED_MM {
            found.contact_mm2 -= along / 2.0;
        } else if highest > settings.layer_mm * FREE_LAYERS
            && settings.overhang_deg > 0.0
            && -along > double * steepest * (1.0 + 1e-4)
        {
            found.overhang_mm2 += double / 2.0;
            found.below_overhang_mm3 -= along / 2.0 * (a + b + c) / 3.0;
        }
    }
    found
}

/// The best of the six axes and the largest flat sides, and how it stands in the product, which counts as the best when
/// nothing is better.
pub(super) async fn best(
    (piece, is_hidden): (&Piece, &[bool]),
    settings: &Settings,
    pace: &Pace,
) -> (Orientation, Orientation) {
    // Areas by direction, in steps of about 2°; ordered, so that equal pieces lie equally.
    let mut sides: BTreeMap<[i8; 3], (f32, Vec3)> = BTreeMap::new();
    let mut area_mm2 = 0.0;
    for triangle in 0..piece.triangles.len() {
        pace.spend(3).await;
        let cross = piece.cross(triangle);
        area_mm2 += cross.length() / 2.0;
        let Some(normal) = cross.try_normalize() else { continue };
        let key = (normal * 30.0).round().to_array().map(|part| part as i8);
        let side = sides.entry(key).or_default();
        (side.0, side.1) = (side.0 + cross.length(), side.1 + cross);
    }
    let mut largest: Vec<(f32, Vec3)> = sides.into_values().collect();
    largest.sort_by(|one, other| other.0.total_cmp(&one.0));
    let axes = [Vec3::NEG_Z, Vec3::Z, Vec3::X, Vec3::NEG_X, Vec3::Y, Vec3::NEG_Y];
    let sides = largest.into_iter().filter_map(|(_, sum)| sum.try_normalize()).take(SIDES);
    let mut tried: Vec<Vec3> = Vec::new();
    for down in axes.into_iter().chain(sides) {
        if tried.iter().all(|known| known.distance(down) > 0.02) {
            tried.push(down);
        }
    }
    let standing = judge((piece, is_hidden), Quat::IDENTITY, settings, pace).await;
    let mut best = (standing.cost(area_mm2, settings), standing);
    for down in tried.into_iter().skip(1) {
        let found = judge((piece, is_hidden), laid_on(down), settings, pace).await;
        let cost = found.cost(area_mm2, settings);
        // What is hardly better is not worth turning for.
        if cost < best.0 * 0.98 - 1e-3 {
            best = (cost, found);
        }
    }
    (best.1, standing)
}
