//! Flat forged parts: the hull of two circles, extruded along Z with bevelled edges.

use glam::{Vec2, Vec3};

use super::mesh::Mesh;
use super::profile::{Profile, fan};

/// The hull of a circle of radius `root` at the origin and one of radius `tip` at `[0, reach]`.
///
/// All lengths are millimetres; the part reaches from `-half` to `half` along Z, its edges are
/// rounded by `bevel`, which must be smaller than both radii.
pub(crate) fn lug(root: f32, tip: f32, reach: f32, half: f32, bevel: f32) -> Mesh {
    let outline = outline(root, tip, reach);
    let inset = bevel * 1.6;
    let profile =
        Profile::rounded(&[[-inset, -half, 0.0], [0.0, -half, bevel], [0.0, half, bevel], [-inset, half, 0.0]]);
    let mut mesh = Mesh::default();
    let across = outline.len() as u32;
    for station in &profile.stations {
        let mut u = 0.0;
        let mut last = outline[0].0;
        for &(at, normal) in &outline {
            u += at.distance(last);
            last = at;
            mesh.corner(
                (at + normal * station.at.x).extend(station.at.y),
                (normal * station.normal.x).extend(station.normal.y),
                Vec2::new(u, profile.length() - station.along),
            );
        }
    }
    let rows = profile.stations.len() as u32;
    mesh.grid(0, across, rows);
    cap(&mut mesh, &outline, -inset, -half, reach);
    cap(&mut mesh, &outline, -inset, half, reach);
    mesh
}

fn cap(mesh: &mut Mesh, outline: &[(Vec2, Vec2)], inset: f32, height: f32, reach: f32) {
    let facing = if height > 0.0 { Vec3::Z } else { Vec3::NEG_Z };
    let middle = Vec2::new(0.0, reach * 0.3);
    let centre = mesh.corner(middle.extend(height), facing, middle);
    let mut last = None;
    for &(at, normal) in outline {
        let place = at + normal * inset;
        let corner = mesh.corner(place.extend(height), facing, place);
        if let Some(last) = last {
            if height > 0.0 {
                mesh.triangle(centre, last, corner);
            } else {
                mesh.triangle(centre, corner, last);
            }
        }
        last = Some(corner);
    }
}

/// Points and normals, counter-clockwise; the first is repeated at the end.
fn outline(root: f32, tip: f32, reach: f32) -> Vec<(Vec2, Vec2)> {
    let rise = (root - tip) / reach;
    let right = Vec2::new((1.0 - rise * rise).sqrt(), rise);
    let left = Vec2::new(-right.x, rise);
    let end = Vec2::new(0.0, reach);
    let arc = |from: Vec2, over: Vec2, to: Vec2, halvings: u32| {
        let mut directions = fan(from, over, halvings);
        directions.extend(fan(over, to, halvings).into_iter().skip(1));
        directions
    };
    let mut points = Vec::new();
    for normal in arc(right, Vec2::Y, left, 2) {
        points.push((end + normal * tip, normal));
    }
    for normal in arc(left, Vec2::NEG_Y, right, 4) {
        points.push((normal * root, normal));
    }
    points.push(points[0]);
    points
}
