//! Printers' beds, and what fits on them.

use glam::{Quat, Vec2};
use serde::{Deserialize, Serialize};

use super::pace::Pace;
use super::piece::Piece;

/// A printer's room.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Bed {
    /// The printer's name, or what its owner calls it.
    pub name: String,
    /// Width, depth and height, mm.
    pub size_mm: [f32; 3],
}

/// Common printers with what they can print on, as their makers give it: name, width, depth, height, mm.
const COMMON: &[(&str, [f32; 3])] = &[
    ("Bambu Lab A1 mini", [180.0, 180.0, 180.0]),
    ("Bambu Lab A1, P1S, X1C", [256.0, 256.0, 256.0]),
    ("Creality Ender-3 V2", [210.0, 220.0, 250.0]),
    ("Creality CR-10", [300.0, 300.0, 400.0]),
    ("Prusa MINI+", [180.0, 180.0, 180.0]),
    ("Prusa MK3S+", [250.0, 210.0, 210.0]),
    ("Prusa MK4", [250.0, 210.0, 220.0]),
    ("Prusa XL", [360.0, 360.0, 360.0]),
    ("Prusa SL1S", [127.0, 80.0, 150.0]),
    ("Voron 2.4, 350 mm", [350.0, 350.0, 350.0]),
];

impl Bed {
    /// One's own.
    pub fn new(name: &str, size_mm: [f32; 3]) -> Self {
        Self { name: name.to_owned(), size_mm }
    }

    /// Common printers.
    pub fn common() -> Vec<Self> {
        COMMON.iter().map(|(name, size_mm)| Self::new(name, *size_mm)).collect()
    }
}

/// Whether a piece fits on a bed as it lies.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Fit {
    /// Which bed.
    pub bed: Bed,
    /// How far it must be turned around z for that, degrees, `[0, 90]`; none where it does not fit.
    pub turn_deg: Option<f32>,
}

/// How wide and deep a piece is, turned around z.
#[derive(Clone, Debug)]
pub(super) struct Footprint {
    hull: Vec<Vec2>,
    height_mm: f32,
}

impl Footprint {
    /// Of a piece as it lies on the bed.
    pub(super) async fn new(piece: &Piece, bed_from_print: Quat, pace: &Pace) -> Self {
        let (mut corners, mut low, mut high) = (Vec::new(), f32::INFINITY, f32::NEG_INFINITY);
        for chunk in piece.positions_mm.chunks(1 << 13) {
            pace.spend(chunk.len() * 10).await;
            let laid = chunk.iter().map(|position| bed_from_print * *position).map(|at| {
                (low, high) = (low.min(at.z), high.max(at.z));
                at.truncate()
            });
            // The corners of a part of the points are all of it that can be corners of the whole.
            corners.extend(hull(laid.collect()));
        }
        Self { hull: hull(corners), height_mm: (high - low).max(0.0) }
    }

    /// Whether, and how far turned, it fits. Straight is tried first, then degree by degree.
    pub(super) fn fit(&self, bed: &Bed) -> Fit {
        // Rounding of what is as large as the bed does not count.
        const SLACK_MM: f32 = 1e-3;
        let [width, depth, height] = bed.size_mm;
        let fits = |turn_deg: &f32| {
            let turn = Vec2::from_angle(turn_deg.to_radians());
            let (mut low, mut high) = (Vec2::INFINITY, Vec2::NEG_INFINITY);
            for point in self.hull.iter().map(|point| turn.rotate(*point)) {
                (low, high) = (low.min(point), high.max(point));
            }
            let size = high - low;
            size.x <= width + SLACK_MM && size.y <= depth + SLACK_MM
        };
        let straight_first = [0.0, 90.0].into_iter().chain((1..90).map(|turn| turn as f32));
        let is_low = self.height_mm <= height + SLACK_MM && !self.hull.is_empty();
        Fit { bed: bed.clone(), turn_deg: straight_first.filter(|_| is_low).find(fits) }
    }
}

/// The convex hull, counter-clockwise (Andrew 1979, <https://doi.org/10.1016/0020-0190(79)90072-3>).
pub(super) fn hull(mut points: Vec<Vec2>) -> Vec<Vec2> {
    points.sort_unstable_by(|one, other| one.x.total_cmp(&other.x).then(one.y.total_cmp(&other.y)));
    points.dedup();
    if points.len() < 3 {
        return points;
    }
    let half = |points: &mut dyn Iterator<Item = Vec2>| {
        let mut chain: Vec<Vec2> = Vec::new();
        for point in points {
            while let [.., before, last] = *chain.as_slice()
                && (last - before).perp_dot(point - last) <= 0.0
            {
                chain.pop();
            }
            chain.push(point);
        }
        chain.pop();
        chain
    };
    let mut hull = half(&mut points.iter().copied());
    hull.extend(half(&mut points.iter().rev().copied()));
    hull
}
