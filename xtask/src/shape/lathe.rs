//! Turned parts: an outline around the Y axis, plain or with a knurl.

use glam::{Vec2, Vec3};

use super::angle::around;
use super::mesh::Mesh;
use super::profile::Profile;

/// Turns an outline around +Y in `segments` steps.
///
/// Texture u runs once around over `span` millimetres (a whole number of tiles keeps the seam
/// invisible), v falls along the outline.
pub(crate) fn turn(profile: &Profile, segments: usize, span: f32) -> Mesh {
    let mut mesh = Mesh::default();
    let length = profile.length();
    for station in &profile.stations {
        for step in 0..=segments {
            let (sine, cosine) = around(step, segments);
            let radius = station.at.x;
            mesh.corner(
                Vec3::new(radius * sine, station.at.y, radius * cosine),
                Vec3::new(station.normal.x * sine, station.normal.y, station.normal.x * cosine),
                Vec2::new(span * step as f32 / segments as f32, length - station.along),
            );
        }
    }
    mesh.grid(0, segments as u32 + 1, profile.stations.len() as u32);
    mesh
}

/// Turns an outline whose outward-facing runs carry a straight knurl of `ridges` grooves.
///
/// The grooves are `depth` millimetres deep and fade out in the fillets, as a knurling wheel
/// leaves them.
pub(crate) fn knurl(profile: &Profile, ridges: usize, depth: f32, span: f32) -> Mesh {
    const STEPS: usize = 4;
    let segments = ridges * STEPS;
    let mut mesh = turn(profile, segments, span);
    for (index, station) in profile.stations.iter().enumerate() {
        let weight = ((station.normal.x - 0.5) * 2.0).clamp(0.0, 1.0) * depth;
        if weight == 0.0 {
            continue;
        }
        for step in 0..=segments {
            let (groove, crest) = around(step % STEPS, STEPS);
            let (sine, cosine) = around(step, segments);
            let outward = Vec3::new(sine, 0.0, cosine);
            let sideways = Vec3::new(cosine, 0.0, -sine);
            let slope = weight * 0.5 * groove * ridges as f32 / station.at.x;
            let corner = index * (segments + 1) + step;
            mesh.positions[corner] -= outward * (weight * 0.5 * (1.0 - crest));
            let normal = mesh.normals[corner] + sideways * (slope * station.normal.x);
            mesh.normals[corner] = normal.normalize_or(outward);
        }
    }
    mesh
}
