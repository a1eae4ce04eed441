//! A piece cut into layers: contours, where each begins, and what they add up to.

use glam::{Quat, Vec2, Vec3};
use serde::Serialize;

use super::bvh::Bvh;
use super::piece::Piece;
use super::topology::{NONE, ends};

/// More layers than this are no print.
const MOST_LAYERS: usize = 20_000;
/// Corners that turn less than this hide no seam, radians.
const SHARP: f32 = 0.5;

/// A closed line around a layer's material, or around a hole in it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Contour {
    /// On the bed, mm; the last joins the first. Material is to the left: around a hole they run clockwise.
    #[serde(serialize_with = "super::written::points")]
    pub points_mm: Vec<Vec2>,
    /// Where a printer begins and ends it, which leaves a mark: at the sharpest corner, of equal ones the rearmost.
    pub seam: usize,
    /// Below 0 for a hole, mm².
    pub area_mm2: f32,
    /// The surface had a hole here, so that the line is closed by a guess.
    pub is_broken: bool,
}

/// What is printed at one height.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Layer {
    /// Its middle above the bed, mm.
    pub middle_mm: f32,
    /// All of it.
    pub contours: Vec<Contour>,
}

impl Layer {
    /// What the layer covers, mm².
    pub fn area_mm2(&self) -> f64 {
        self.contours.iter().map(|contour| f64::from(contour.area_mm2)).sum()
    }

    /// How long its contours are, mm.
    pub fn length_mm(&self) -> f64 {
        self.contours.iter().map(|contour| f64::from(contour.length_mm())).sum()
    }
}

impl Contour {
    /// All the way around, mm.
    pub fn length_mm(&self) -> f32 {
        self.sides().map(|(from, to)| from.distance(to)).sum()
    }

    fn sides(&self) -> impl Iterator<Item = (Vec2, Vec2)> {
        let behind = self.points_mm.iter().skip(1).chain(self.points_mm.first());
        self.points_mm.iter().copied().zip(behind.copied())
    }

    fn new(points_mm: Vec<Vec2>, is_broken: bool) -> Self {
        let mut contour = Self { points_mm, seam: 0, area_mm2: 0.0, is_broken };
        let anchor = contour.points_mm.first().copied().unwrap_or_default();
        let double = contour.sides().map(|(from, to)| (from - anchor).perp_dot(to - anchor)).sum::<f32>();
        contour.area_mm2 = double / 2.0;
        contour.seam = contour.sharpest();
        contour
    }

    fn sharpest(&self) -> usize {
        let directions: Vec<Vec2> = self.sides().map(|(from, to)| (to - from).normalize_or_zero()).collect();
        let before = directions.last().copied().into_iter().chain(directions.iter().copied());
        let mut best = (0.0, f32::NEG_INFINITY, 0);
        for ((at, point), (into, out)) in self.points_mm.iter().enumerate().zip(before.zip(&directions)) {
            let turn = into.angle_to(*out).abs();
            // In steps, so that corners of one kind are equal.
            let turn = if turn < SHARP { 0.0 } else { (turn * 8.0).round() };
            if (turn, point.y) > (best.0, best.1) {
                best = (turn, point.y, at);
            }
        }
        best.2
    }
}

/// All layers of a piece as it lies; each is cut when it is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Layers<'a> {
    pub(super) piece: &'a Piece,
    pub(super) mates: &'a [u32],
    pub(super) bvh: &'a Bvh,
    bed_from_print: Quat,
    /// The corner of the piece's box, on the bed.
    low_mm: Vec3,
    height_mm: f32,
    layer_mm: f32,
}

impl<'a> Layers<'a> {
    pub(super) fn new(
        (piece, mates, bvh): (&'a Piece, &'a [u32], &'a Bvh),
        bed_from_print: Quat,
        layer_mm: f32,
    ) -> Self {
        let (mut low_mm, mut high_mm) = (Vec3::INFINITY, Vec3::NEG_INFINITY);
        for position in &piece.positions_mm {
            let at = bed_from_print * *position;
            (low_mm, high_mm) = (low_mm.min(at), high_mm.max(at));
        }
        let height_mm = (high_mm.z - low_mm.z).max(0.0);
        Self { piece, mates, bvh, bed_from_print, low_mm, height_mm, layer_mm: layer_mm.max(1e-3) }
    }

    /// The same at another height of the layers.
    pub(super) fn with_height(self, layer_mm: f32) -> Self {
        Self { layer_mm: layer_mm.max(1e-3), ..self }
    }

    /// How many there are; what is lower than half a layer is none.
    pub fn count(&self) -> usize {
        ((self.height_mm / self.layer_mm).round() as usize).min(MOST_LAYERS)
    }

    /// Where a point of the piece is on the bed, mm: x and y from the corner of the piece's box, z above the bed.
    pub fn on_bed(&self, point_mm: Vec3) -> Vec3 {
        self.bed_from_print * point_mm - self.low_mm
    }

    /// The layer with this number, from 0 at the bed.
    pub fn layer(&self, number: usize) -> Layer {
        let middle_mm = (number as f32 + 0.5) * self.layer_mm;
        let up = self.bed_from_print.inverse() * Vec3::Z;
        let offset = self.low_mm.z + middle_mm;
        let height = |vertex: u32| up.dot(self.piece.position(vertex)) - offset;
        // For each triangle that is cut, the side by which the contour leaves.
        let mut cut: Vec<(u32, u32)> = Vec::new();
        self.bvh.cut_by(up, offset, &mut |triangle| {
            let Some(corners) = self.piece.triangles.get(triangle) else { return };
            let above = corners.map(|vertex| height(vertex) >= 0.0);
            let rises = |at: usize| above.get(at) == Some(&false) && above.get((at + 1) % 3) == Some(&true);
            if let Some(side) = (0..3).find(|at| rises(*at)) {
                cut.push((triangle as u32, (triangle * 3 + side) as u32));
            }
        });
        cut.sort_unstable();
        let mut seen = vec![false; cut.len()];
        let mut layer = Layer { middle_mm, contours: Vec::new() };
        for first in 0..cut.len() {
            let (mut points, mut at, mut is_broken) = (Vec::new(), Some(first), true);
            while let Some(here) = at {
                let Some(mark) = seen.get_mut(here) else { break };
                if std::mem::replace(mark, true) {
                    is_broken = here != first;
                    break;
                }
                let Some((_, side)) = cut.get(here).copied() else { break };
                let (from, to) = ends(&self.piece.triangles, side);
                // The same way around on both sides of an edge, so that both find the same point.
                let (from, to) = (from.min(to), from.max(to));
                let (low, high) = (height(from), height(to));
                let share = if high == low { 0.5 } else { low / (low - high) };
                let point = self.piece.position(from).lerp(self.piece.position(to), share.clamp(0.0, 1.0));
                points.push(self.on_bed(point).truncate());
                let mate = self.mates.get(side as usize).copied().filter(|mate| *mate != NONE);
                at = mate.and_then(|mate| cut.binary_search_by_key(&(mate / 3), |entry| entry.0).ok());
            }
            points.dedup();
            if points.len() > 2 {
                layer.contours.push(Contour::new(points, is_broken));
            }
        }
        layer
    }
}

impl Layers<'_> {
    /// Down on the bed, in the piece's space.
    pub(super) fn down(&self) -> Vec3 {
        self.bed_from_print.inverse() * Vec3::NEG_Z
    }

    /// The point of the piece that is there on the bed.
    pub(super) fn on_piece(&self, point_mm: Vec3) -> Vec3 {
        self.bed_from_print.inverse() * (point_mm + self.low_mm)
    }
}
