//! Cords: a circle carried along a smooth path.

use glam::{Vec2, Vec3};

use super::angle::around;
use super::mesh::Mesh;

/// A place on a path with the direction of travel.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Waypoint {
    /// Millimetres.
    pub(crate) at: Vec3,
    /// Unit vector; never straight up or down.
    pub(crate) heading: Vec3,
}

/// A path along cubic Bézier pieces that share their end points, `steps` per piece.
pub(crate) fn path(pieces: &[[Vec3; 4]], steps: usize) -> Vec<Waypoint> {
    let mut points = Vec::new();
    for (index, &[a, b, c, d]) in pieces.iter().enumerate() {
        for step in usize::from(index > 0)..=steps {
            let t = step as f32 / steps as f32;
            let s = 1.0 - t;
            let at = a * (s * s * s) + b * (3.0 * s * s * t) + c * (3.0 * s * t * t) + d * (t * t * t);
            let heading = (b - a) * (s * s) + (c - b) * (2.0 * s * t) + (d - c) * (t * t);
            points.push(Waypoint { at, heading: heading.normalize_or(Vec3::X) });
        }
    }
    points
}

/// A cord of `radius` millimetres along a path; texture u covers `span` millimetres around it.
pub(crate) fn cord(path: &[Waypoint], radius: f32, segments: usize, span: f32) -> Mesh {
    let mut mesh = Mesh::default();
    let mut along = 0.0;
    let mut last = path[0].at;
    for point in path {
        along += point.at.distance(last);
        last = point.at;
        let right = point.heading.cross(Vec3::Y).normalize_or(Vec3::X);
        let up = right.cross(point.heading);
        for step in 0..=segments {
            let (sine, cosine) = around(step, segments);
            let normal = right * cosine - up * sine;
            mesh.corner(point.at + normal * radius, normal, Vec2::new(span * step as f32 / segments as f32, -along));
        }
    }
    mesh.grid(0, segments as u32 + 1, path.len() as u32);
    mesh
}
