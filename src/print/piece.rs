//! What is printed as one: triangles in a printer's space.

use glam::{DVec3, Quat, Vec3};
use serde::{Deserialize, Serialize};

use crate::geom::Aabb;

/// Millimetres in a metre.
const MM: f32 = 1000.0;

/// One node's share of a piece: its triangles share no vertices with those of other bodies.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Body {
    /// As the model names it; may be empty.
    pub name: String,
    /// How many triangles, behind those of the bodies before it.
    pub triangles: usize,
    /// The model says that it is closed (EXT_mesh_manifold): vertices near each other are then never joined, and those at
    /// one place only where it is not closed without.
    pub is_declared: bool,
}

/// What is printed as one, in a printer's space: millimetres, x to the right, y to the back, z up.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Piece {
    /// What it is called; may be empty.
    pub name: String,
    /// The number under which the shop knows it; may be empty.
    pub part_number: String,
    /// What it is made of, in the order of `triangles`.
    pub bodies: Vec<Body>,
    /// All finite.
    pub positions_mm: Vec<Vec3>,
    /// Counter-clockwise seen from outside.
    pub triangles: Vec<[u32; 3]>,
    /// For each triangle which of `colors`.
    pub color_of: Vec<u32>,
    /// sRGB and alpha.
    pub colors: Vec<[u8; 4]>,
}

/// A printer's space from the world's, where +Y is up and the front faces +Z.
pub fn print_from_world(point: Vec3, scale: f32) -> Vec3 {
    Vec3::new(point.x, -point.z, point.y) * (MM * scale)
}

/// The same back: metres, world space.
pub fn world_from_print(point_mm: Vec3, scale: f32) -> Vec3 {
    Vec3::new(point_mm.x, point_mm.z, -point_mm.y) / (MM * scale)
}

impl Piece {
    /// The place of a vertex; that of one that is not there is the origin.
    pub(super) fn position(&self, vertex: u32) -> Vec3 {
        self.positions_mm.get(vertex as usize).copied().unwrap_or_default()
    }

    /// The corners of a triangle.
    pub(super) fn corners(&self, triangle: usize) -> [Vec3; 3] {
        self.triangles.get(triangle).map_or([Vec3::ZERO; 3], |corners| corners.map(|vertex| self.position(vertex)))
    }

    /// Along a triangle's normal, as long as twice its area, mm².
    pub(super) fn cross(&self, triangle: usize) -> Vec3 {
        let [a, b, c] = self.corners(triangle);
        (b - a).cross(c - a)
    }

    /// The box around all that a triangle uses, mm.
    pub fn bounds_mm(&self) -> Aabb {
        let mut bounds = Aabb::EMPTY;
        self.triangles.iter().flatten().for_each(|vertex| bounds.insert(self.position(*vertex)));
        bounds
    }

    /// The volume that the triangles enclose, mm³: exact where they are closed, below 0 where they are inside out.
    pub fn volume_mm3(&self) -> f64 {
        let middle = self.bounds_mm().center();
        (0..self.triangles.len()).map(|triangle| self.volume_below(triangle, middle)).sum()
    }

    /// The volume between a triangle and a point, mm³.
    pub(super) fn volume_below(&self, triangle: usize, apex: Vec3) -> f64 {
        let [a, b, c] = self.corners(triangle).map(|corner| (corner - apex).as_dvec3());
        a.dot(b.cross(c)) / 6.0
    }

    /// The whole surface, mm².
    pub fn area_mm2(&self) -> f64 {
        let double: f64 = (0..self.triangles.len()).map(|triangle| f64::from(self.cross(triangle).length())).sum();
        double / 2.0
    }

    /// Which body each triangle belongs to.
    pub(super) fn body_of(&self) -> Vec<u32> {
        let runs = self.bodies.iter().zip(0..);
        runs.flat_map(|(body, at)| std::iter::repeat_n(at, body.triangles)).collect()
    }

    /// Keeps the triangles that are told, and the vertices that they use, in their order.
    pub(super) fn keep(&mut self, keeps: impl Fn(usize) -> bool) {
        let body_of = self.body_of();
        self.bodies.iter_mut().for_each(|body| body.triangles = 0);
        let (mut triangles, mut color_of) = (Vec::new(), Vec::new());
        for (at, corners) in self.triangles.iter().enumerate().filter(|(at, _)| keeps(*at)) {
            triangles.push(*corners);
            color_of.push(self.color_of.get(at).copied().unwrap_or(0));
            let body = body_of.get(at).and_then(|body| self.bodies.get_mut(*body as usize));
            if let Some(body) = body {
                body.triangles += 1;
            }
        }
        (self.triangles, self.color_of) = (triangles, color_of);
        self.drop_unused();
    }

    /// Drops vertices that no triangle uses; the others keep their order.
    pub(super) fn drop_unused(&mut self) {
        let mut places = vec![u32::MAX; self.positions_mm.len()];
        for vertex in self.triangles.iter().flatten() {
            if let Some(place) = places.get_mut(*vertex as usize) {
                *place = 0;
            }
        }
        let mut kept = Vec::new();
        for (place, position) in places.iter_mut().zip(&self.positions_mm) {
            if *place == 0 {
                *place = kept.len() as u32;
                kept.push(*position);
            }
        }
        for vertex in self.triangles.iter_mut().flatten() {
            *vertex = places.get(*vertex as usize).copied().unwrap_or(0);
        }
        self.positions_mm = kept;
    }

    /// Turned as it is to be printed, its lowest point at z = 0 and its box in the corner of x = y = 0.
    pub fn laid(&self, bed_from_print: Quat) -> Self {
        let mut piece = self.clone();
        piece.positions_mm.iter_mut().for_each(|position| *position = bed_from_print * *position);
        let low = piece.bounds_mm().min;
        piece.positions_mm.iter_mut().for_each(|position| *position -= low);
        piece
    }
}

/// A plain triangle's normal in doubles, for sums of many.
pub(super) fn double_cross([a, b, c]: [Vec3; 3]) -> DVec3 {
    let [a, b, c] = [a, b, c].map(|corner| corner.as_dvec3());
    (b - a).cross(c - a)
}
