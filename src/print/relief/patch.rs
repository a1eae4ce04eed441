//! The flat part of a piece below a surface's words.

use std::collections::HashMap;

use glam::{DVec2, DVec3};

use super::super::pace::Pace;
use super::super::piece::Piece;
use super::Relief;
use super::outline::Outlines;
use crate::geom::Aabb;
use crate::issue::{Code, Issue};

/// Cosine of how much a face may lean against the surface.
const LEAST_FACING: f64 = 0.9995;
/// How far the face may be below the surface, or above, mm: a print that is seen lies a hair above what it is on.
const FARTHEST_MM: f64 = 2.0;
/// What is flat to this is flat, mm.
const FLAT_MM: f64 = 2e-3;
/// How far letters stay from the edges of what is flat, mm.
pub(super) const MARGIN_MM: f64 = 0.05;

/// A surface as two directions in the plane of a face.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plane {
    origin: DVec3,
    right: DVec3,
    down: DVec3,
    /// What tells how far along `right` and `down` a point is.
    across: DVec3,
    along: DVec3,
    /// Out of the material; unit length.
    pub(super) normal: DVec3,
}

impl Plane {
    /// The surface, moved along its normal to where `at` is.
    fn new(relief: &Relief, normal: DVec3, at: DVec3) -> Option<Self> {
        let [origin, right, down, out] =
            [relief.origin_mm, relief.right, relief.down, relief.out].map(DVec3::from_array);
        // Along the surface's own normal onto the face.
        let onto = |vector: DVec3, height: f64| vector - out * (height / out.dot(normal));
        let origin = onto(origin, (origin - at).dot(normal));
        let (right, down) = (onto(right, right.dot(normal)), onto(down, down.dot(normal)));
        let square = right.cross(down);
        let size = square.dot(normal);
        let plane =
            Self { origin, right, down, across: down.cross(normal) / size, along: normal.cross(right) / size, normal };
        (size.abs() > 1e-6 && plane.across.is_finite() && plane.along.is_finite()).then_some(plane)
    }

    /// Millimetres of the surface.
    pub(super) fn flat(&self, at: DVec3) -> DVec2 {
        let from = at - self.origin;
        DVec2::new(from.dot(self.across), from.dot(self.along))
    }

    /// Where a point of the surface is on the face.
    pub(super) fn place(&self, [x, y]: [f64; 2]) -> DVec3 {
        self.origin + self.right * x + self.down * y
    }

    /// Whether what runs counter-clockwise in x and y does so seen from outside.
    pub(super) fn is_seen_so(&self) -> bool {
        self.right.cross(self.down).dot(self.normal) > 0.0
    }

    /// mm² of the piece on one mm² of the surface.
    pub(super) fn stretch(&self) -> f64 {
        self.right.cross(self.down).length()
    }
}

/// Triangles that are to be made anew.
#[derive(Clone, Debug)]
pub(super) struct Patch {
    pub(super) plane: Plane,
    /// The body that they are of.
    pub(super) body: u32,
    /// Which they are, rising.
    pub(super) triangles: Vec<u32>,
    /// Around them: from vertex to vertex, as their triangles run.
    pub(super) rim: Vec<[u32; 2]>,
}

/// A point on a face and the face's normal, the nearest to the surface there.
fn face_at(piece: &Piece, relief: &Relief, [x, y]: [f64; 2]) -> Option<(usize, DVec3)> {
    let [origin, right, down, out] = [relief.origin_mm, relief.right, relief.down, relief.out].map(DVec3::from_array);
    let at = origin + right * x + down * y;
    let mut nearest: Option<(f64, usize, DVec3)> = None;
    for triangle in 0..piece.triangles.len() {
        let [a, b, c] = piece.corners(triangle).map(|corner| corner.as_dvec3());
        let Some(normal) = (b - a).cross(c - a).try_normalize() else { continue };
        let facing = normal.dot(out);
        if facing < LEAST_FACING {
            continue;
        }
        let height = (at - a).dot(normal) / facing;
        if height.abs() > FARTHEST_MM || nearest.is_some_and(|(least, ..)| height.abs() >= least) {
            continue;
        }
        let below = at - out * height;
        let is_inside =
            [(a, b), (b, c), (c, a)].iter().all(|(from, to)| (*to - *from).cross(below - *from).dot(normal) >= -1e-9);
        if is_inside {
            nearest = Some((height.abs(), triangle, normal));
        }
    }
    nearest.map(|(_, triangle, normal)| (triangle, normal))
}

/// Finds what is flat below outlines.
pub(super) async fn patch(piece: &Piece, relief: &Relief, outlines: &Outlines, pace: &Pace) -> Result<Patch, Issue> {
    let refused = |words: &str| Issue::new(Code::PrintRelief, "", words);
    pace.spend(piece.triangles.len() * 2).await;
    let first = outlines.iter().flatten().next().copied().unwrap_or_default();
    let (seed, normal) =
        face_at(piece, relief, first).ok_or_else(|| refused("the part has no flat face below the words"))?;
    let seed_at = piece.corners(seed)[0].as_dvec3();
    let plane = Plane::new(relief, normal, seed_at).ok_or_else(|| refused("the surface has no size"))?;
    let mut bounds = [DVec2::INFINITY, DVec2::NEG_INFINITY];
    for point in outlines.iter().flatten() {
        let point = DVec2::from_array(*point);
        bounds = [bounds[0].min(point - 2.0 * MARGIN_MM), bounds[1].max(point + 2.0 * MARGIN_MM)];
    }
    let body_of = piece.body_of();
    let body = body_of.get(seed).copied().unwrap_or(0);
    let flat_mm = FLAT_MM.max(farthest(&piece.bounds_mm()) * f64::from(f32::EPSILON) * 4.0);
    let mut triangles = Vec::new();
    for (triangle, of) in (0..).zip(&body_of) {
        pace.spend(2).await;
        let corners = piece.corners(triangle as usize).map(|corner| corner.as_dvec3());
        let [a, b, c] = corners;
        let is_flat = corners.iter().all(|corner| (*corner - seed_at).dot(normal).abs() <= flat_mm);
        if *of != body || !is_flat || (b - a).cross(c - a).dot(normal) <= 0.0 {
            continue;
        }
        let [a, b, c] = corners.map(|corner| plane.flat(corner));
        let (low, high) = (a.min(b).min(c), a.max(b).max(c));
        if low.cmple(bounds[1]).all() && high.cmpge(bounds[0]).all() {
            triangles.push(triangle);
        }
    }
    let mut sides: HashMap<[u32; 2], ()> = HashMap::with_capacity(triangles.len() * 3);
    let list = |triangle: &u32| piece.triangles.get(*triangle as usize).copied().unwrap_or_default();
    for [a, b, c] in triangles.iter().map(list) {
        for side in [[a, b], [b, c], [c, a]] {
            sides.insert(side, ());
        }
    }
    let all = triangles.iter().map(list).flat_map(|[a, b, c]| [[a, b], [b, c], [c, a]]);
    let rim = all.filter(|[from, to]| !sides.contains_key(&[*to, *from])).collect();
    Ok(Patch { plane, body, triangles, rim })
}

fn farthest(bounds: &Aabb) -> f64 {
    f64::from(bounds.min.abs().max(bounds.max.abs()).max_element())
}
