//! What holds up what hangs over: columns from the bed, or from the piece below.

use glam::{Vec2, Vec3};
use serde::Serialize;

use super::layer::Layers;
use super::orientation::FREE_LAYERS;
use super::pace::Pace;
use super::process::Settings;

/// Columns stand no nearer to each other than this, mm.
const NEAREST_MM: f32 = 1.5;
/// As many columns as there are at most, about.
const MOST: f32 = 20_000.0;

/// One column.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Column {
    /// On the bed, mm, from the corner of the piece's box.
    #[serde(serialize_with = "super::written::vec2")]
    pub at_mm: Vec2,
    /// Where it begins: 0 on the bed, mm.
    pub foot_mm: f32,
    /// What it holds, mm.
    pub top_mm: f32,
}

/// All columns of a piece as it lies.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Supports {
    /// How far apart they stand, mm.
    pub spacing_mm: f32,
    /// All of them.
    pub columns: Vec<Column>,
}

impl Supports {
    /// The space that they take, mm³, each as wide as they are apart.
    pub fn volume_mm3(&self) -> f64 {
        let heights = self.columns.iter().map(|column| f64::from(column.top_mm - column.foot_mm));
        // A sum of nothing is -0.
        (heights.sum::<f64>() + 0.0) * f64::from(self.spacing_mm).powi(2)
    }

    /// The columns under each surface of the piece that is flatter than the process prints freely.
    pub(super) async fn new(layers: &Layers<'_>, settings: &Settings, pace: &Pace) -> Self {
        let steepest = settings.overhang_deg.to_radians().cos();
        if settings.overhang_deg <= 0.0 {
            return Self::default();
        }
        let (mut over, mut area_mm2) = (Vec::new(), 0.0);
        for triangle in 0..layers.piece.triangles.len() {
            pace.spend(2).await;
            let corners = layers.piece.corners(triangle).map(|corner| layers.on_bed(corner));
            let [a, b, c] = corners;
            let cross = (b - a).cross(c - a);
            let is_down = -cross.z > cross.length() * steepest * (1.0 + 1e-4);
            if is_down && a.z.max(b.z).max(c.z) > settings.layer_mm * FREE_LAYERS {
                area_mm2 -= cross.z / 2.0;
                over.push(corners);
            }
        }
        let spacing_mm = (area_mm2 / MOST).sqrt().max(NEAREST_MM);
        let mut supports = Self { spacing_mm, columns: Vec::new() };
        let down = layers.down();
        for corners in over {
            pace.spend(10).await;
            let [a, b, c] = corners;
            let (low, high) = (a.y.min(b.y).min(c.y), a.y.max(b.y).max(c.y));
            for row in (low / spacing_mm - 0.5).ceil() as i32..=(high / spacing_mm - 0.5).floor() as i32 {
                let y = (row as f32 + 0.5) * spacing_mm;
                let Some((left, right)) = crossing(corners, y) else { continue };
                let first = (left / spacing_mm - 0.5).ceil() as i32;
                let last = (right / spacing_mm - 0.5).ceil() as i32;
                pace.spend(20).await;
                for column in first..last {
                    pace.spend(120).await;
                    let at = Vec2::new((column as f32 + 0.5) * spacing_mm, y);
                    let top_mm = height(corners, at);
                    let start = layers.on_piece(at.extend(top_mm));
                    // What the way down enters and leaves: more left than entered means that it begins inside.
                    let (mut inside, mut below) = (0, None);
                    layers.bvh.meet_all(layers.piece, start, down, &mut |other, distance| {
                        let enters = layers.piece.cross(other).dot(down) < 0.0;
                        if distance > 1e-2 {
                            inside += if enters { -1 } else { 1 };
                            below = Some(distance).filter(|_| enters).into_iter().chain(below).reduce(f32::min);
                        }
                    });
                    let foot_mm = below.map_or(0.0, |distance| (top_mm - distance).max(0.0));
                    if inside <= 0 && top_mm - foot_mm > settings.layer_mm {
                        supports.columns.push(Column { at_mm: at, foot_mm, top_mm });
                    }
                }
            }
        }
        supports
    }
}

/// Between which x a triangle is at a y.
fn crossing([a, b, c]: [Vec3; 3], y: f32) -> Option<(f32, f32)> {
    let (mut left, mut right) = (f32::INFINITY, f32::NEG_INFINITY);
    for (from, to) in [(a, b), (b, c), (c, a)] {
        if (from.y <= y) != (to.y <= y) {
            let x = from.x + (to.x - from.x) * (y - from.y) / (to.y - from.y);
            (left, right) = (left.min(x), right.max(x));
        }
    }
    (left <= right).then_some((left, right))
}

/// The height of a triangle's plane at a place.
fn height([a, b, c]: [Vec3; 3], at: Vec2) -> f32 {
    let normal = (b - a).cross(c - a);
    let from_a = at - a.truncate();
    let height = a.z - (normal.x * from_a.x + normal.y * from_a.y) / normal.z;
    height.clamp(a.z.min(b.z).min(c.z), a.z.max(b.z).max(c.z))
}
