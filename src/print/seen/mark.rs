//! Where something was found: drawn onto the surface, and told.

use glam::{Vec2, Vec3};
use serde::Serialize;

use super::super::bvh::Bvh;
use super::super::layer::Layers;
use super::super::orientation::FREE_LAYERS;
use super::super::pace::Pace;
use super::super::piece::{Piece, print_from_world};
use super::super::process::Settings;
use super::super::report::{FindingKind, Report};
use super::mesh::Mesh;

/// As many places of one kind are drawn.
const MOST: usize = 24;
/// How far what is drawn lies above the surface, mm.
const ABOVE_MM: f32 = 0.04;
/// Sides of a mark before it is cut by the surface.
const SIDES: usize = 8;

/// A place that one can look at.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Mark {
    /// What was found there.
    pub kind: FindingKind,
    /// On the surface, metres, in the space of the GLB.
    #[serde(serialize_with = "super::super::written::vec3")]
    pub at: Vec3,
    /// Out of the surface, to where it can be seen best.
    #[serde(serialize_with = "super::super::written::vec3")]
    pub normal: Vec3,
    /// How much of it is there, in the unit of [`super::super::Finding::worst`].
    pub size: Option<f32>,
}

/// What is drawn of one colour.
pub(super) struct Marked {
    pub(super) kind: FindingKind,
    pub(super) mesh: Mesh,
}

/// Which findings are at a place on the surface.
fn is_shown(kind: FindingKind) -> bool {
    matches!(
        kind,
        FindingKind::OpenEdge
            | FindingKind::CrowdedEdge
            | FindingKind::OneSided
            | FindingKind::Cavity
            | FindingKind::ThinWall
            | FindingKind::SmallDetail
            | FindingKind::NarrowGap
            | FindingKind::SelfIntersection
            | FindingKind::Overhang
    )
}

/// 26 directions, evenly enough.
fn around() -> impl Iterator<Item = Vec3> {
    (0..27).filter(|at| *at != 13).map(|at| {
        let part = |number: i32| (number % 3 - 1) as f32;
        Vec3::new(part(at), part(at / 3), part(at / 9)).normalize_or_zero()
    })
}

/// The surface that is nearest to a place and can be seen from outside, and its normal; in the piece's space.
fn surface((piece, bvh): (&Piece, &Bvh), place: Vec3) -> Option<(Vec3, Vec3)> {
    let mut best: Option<(f32, Vec3, Vec3)> = None;
    for direction in around() {
        let Some((triangle, far)) = bvh.nearest(piece, (place, direction), 0.0, f32::INFINITY, &|_| true) else {
            continue;
        };
        let Some(normal) = piece.cross(triangle).try_normalize() else { continue };
        let at = place + direction * far;
        let is_hidden = bvh.nearest(piece, (at + normal * 0.02, normal), 0.01, f32::INFINITY, &|_| true).is_some();
        let cost = (far + 0.05) * if is_hidden { 3.0 } else { 1.0 };
        if best.is_none_or(|best| cost < best.0) {
            best = Some((cost, at, normal));
        }
    }
    best.map(|(_, at, normal)| (at, normal))
}

/// Marks in the space of the bed and their drawings.
pub(super) async fn marks(
    report: &Report,
    (shown, layers): (&Piece, &Layers<'_>),
    settings: &Settings,
    scale: f32,
    pace: &Pace,
) -> (Vec<Mark>, Vec<Marked>) {
    let (mut marks, mut drawn) = (Vec::new(), Vec::new());
    let origin = layers.on_bed(Vec3::ZERO);
    for finding in report.findings.iter().filter(|finding| is_shown(finding.kind)) {
        let mut mesh = Mesh::default();
        for place in finding.places.iter().take(MOST) {
            pace.spend(4000).await;
            let middle = print_from_world(place.at, scale);
            let (at, normal) = surface((layers.piece, layers.bvh), middle).unwrap_or((middle, Vec3::Z));
            let normal = layers.on_bed(normal) - origin;
            let at = layers.on_bed(at);
            marks.push(Mark { kind: finding.kind, at, normal, size: place.size });
            let radius_mm = match finding.kind {
                FindingKind::Overhang => continue,
                FindingKind::ThinWall | FindingKind::SmallDetail | FindingKind::NarrowGap => 2.4,
                _ => (place.size.unwrap_or(0.0) * 0.7).clamp(2.4, 40.0),
            };
            decal(&mut mesh, shown, (at, normal, radius_mm), pace).await;
        }
        if finding.kind == FindingKind::Overhang {
            mesh = overhangs(shown, settings, pace).await;
        }
        if !mesh.indices.is_empty() {
            drawn.push(Marked { kind: finding.kind, mesh });
        }
    }
    (marks, drawn)
}

/// What is within an eight-sided prism around a place, of the surfaces there.
async fn decal(mesh: &mut Mesh, piece: &Piece, (middle, axis, radius_mm): (Vec3, Vec3, f32), pace: &Pace) {
    let Some(axis) = axis.try_normalize() else { return };
    let (right, up) = axis.any_orthonormal_pair();
    let directions: Vec<Vec3> = (0..SIDES)
        .map(|side| Vec2::from_angle(side as f32 / SIDES as f32 * std::f32::consts::TAU))
        .map(|way| right * way.x + up * way.y)
        .chain([axis, -axis])
        .collect();
    for triangle in 0..piece.triangles.len() {
        pace.spend(1).await;
        let corners = piece.corners(triangle).map(|corner| corner - middle);
        let [a, b, c] = corners;
        if a.min(b).min(c).max_element() > radius_mm || a.max(b).max(c).min_element() < -radius_mm {
            continue;
        }
        let Some(normal) = piece.cross(triangle).try_normalize() else { continue };
        let mut polygon = corners.to_vec();
        for direction in &directions {
            polygon = cut(&polygon, *direction, radius_mm);
        }
        if polygon.len() > 2 {
            let uv = |at: &Vec3| (Vec2::new(at.dot(right), at.dot(up)) / radius_mm + 1.0) / 2.0;
            mesh.polygon(normal, polygon.iter().map(|at| (middle + *at + normal * ABOVE_MM, uv(at))));
        }
    }
}

/// The part of a polygon that lies less far in a direction (Sutherland and Hodgman 1974,
/// <https://doi.org/10.1145/360767.360802>).
fn cut(polygon: &[Vec3], direction: Vec3, far: f32) -> Vec<Vec3> {
    let mut left = Vec::with_capacity(polygon.len() + 1);
    for (one, other) in polygon.iter().zip(polygon.iter().cycle().skip(1)) {
        let (from, to) = (one.dot(direction) - far, other.dot(direction) - far);
        if from <= 0.0 {
            left.push(*one);
        }
        if (from < 0.0 && to > 0.0) || (from > 0.0 && to < 0.0) {
            left.push(one.lerp(*other, from / (from - to)));
        }
    }
    left
}

/// All surfaces that hang over.
async fn overhangs(piece: &Piece, settings: &Settings, pace: &Pace) -> Mesh {
    let steepest = settings.overhang_deg.to_radians().cos();
    let mut mesh = Mesh::default();
    for triangle in 0..piece.triangles.len() {
        pace.spend(1).await;
        let (cross, corners) = (piece.cross(triangle), piece.corners(triangle));
        let top = corners.iter().fold(0.0_f32, |most, corner| most.max(corner.z));
        let is_down = -cross.z > cross.length() * steepest * (1.0 + 1e-4);
        if is_down && settings.overhang_deg > 0.0 && top > settings.layer_mm * FREE_LAYERS {
            let normal = cross.normalize_or_zero();
            // In the middle of the mark's picture it is evenly filled.
            mesh.polygon(normal, corners.map(|corner| (corner + normal * ABOVE_MM, Vec2::splat(0.5))));
        }
    }
    mesh
}

#[cfg(test)]
mod tests {
    use glam::Vec3;

    use super::{around, cut};

    #[test]
    fn a_square_is_cut_where_it_is_told() {
        let square = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)].map(|(x, y)| Vec3::new(x, y, 0.0));
        let left = cut(&square, Vec3::X, 0.5);
        assert_eq!(left.len(), 4);
        assert!(left.iter().all(|at| at.x <= 0.5 + 1e-6));
        assert!(cut(&square, Vec3::X, -2.0).is_empty());
        assert_eq!(cut(&square, Vec3::Z, 1.0), square);
    }

    #[test]
    fn directions_are_all_around() {
        assert_eq!(around().count(), 26);
        assert!(around().sum::<Vec3>().length() < 1e-4 && around().all(|way| (way.length() - 1.0).abs() < 1e-5));
    }
}
