//! The seam: where each contour begins and ends, a printer leaves a little bead.

use glam::{Vec2, Vec3};

use super::super::layer::Layers;
use super::super::pace::Pace;
use super::super::process::Settings;
use super::mesh::Mesh;

/// As many layers are cut, and as many beads shown.
const MOST_LAYERS: usize = 1500;
const MOST_BEADS: usize = 10_000;
/// A contour that is shorter than this is a dot, mm.
const SHORT_MM: f32 = 1.5;

/// A contour's beginning.
struct Bead {
    at: Vec3,
    out: Vec2,
}

/// The beads of all layers, and whether some were left out.
pub(super) async fn seam(layers: &Layers<'_>, settings: &Settings, pace: &Pace) -> (Mesh, bool) {
    let step = layers.count().div_ceil(MOST_LAYERS).max(1);
    let mut beads = Vec::new();
    for number in (0..layers.count()).step_by(step) {
        let layer = layers.layer(number);
        pace.spend(200 + layer.contours.iter().map(|contour| contour.points_mm.len() * 30).sum::<usize>()).await;
        for contour in layer.contours.iter().filter(|contour| contour.length_mm() > SHORT_MM) {
            let count = contour.points_mm.len();
            let point = |at: usize| contour.points_mm.get(at % count.max(1)).copied().unwrap_or_default();
            let (before, at, behind) = (point(contour.seam + count - 1), point(contour.seam), point(contour.seam + 1));
            // Material is to the left of the contour.
            let along = (at - before).normalize_or_zero() + (behind - at).normalize_or_zero();
            if let Some(along) = along.try_normalize() {
                beads.push(Bead { at: at.extend(layer.middle_mm), out: -along.perp() });
            }
        }
    }
    let skip = beads.len().div_ceil(MOST_BEADS).max(1);
    let mut mesh = Mesh::default();
    let half_mm = settings.layer_mm * (step * skip) as f32 * 0.55;
    let (wide_mm, deep_mm) = (settings.line_mm * 0.75, settings.line_mm * 0.32);
    for bead in beads.iter().step_by(skip) {
        let out = bead.out.extend(0.0);
        let right = Vec3::Z.cross(out);
        let foot = bead.at - out * deep_mm * 0.4;
        let tip = mesh.vertex(bead.at + out * deep_mm, out, Vec2::ZERO);
        let ring = [-right * wide_mm, -Vec3::Z * half_mm, right * wide_mm, Vec3::Z * half_mm].map(|way| {
            let leaning = (out * 0.8 + way.normalize_or_zero()).normalize_or_zero();
            mesh.vertex(foot + way, leaning, Vec2::ZERO)
        });
        let [a, b, c, d] = ring;
        mesh.indices.extend([a, b, tip, b, c, tip, c, d, tip, d, a, tip]);
    }
    (mesh, step * skip > 1)
}
