//! Flat normals for primitives without any (glTF 2.0 §3.7.2.1).

use glam::Vec3;

use super::streams;
use crate::scene::Primitive;

/// Gives every triangle vertices of its own with its face's normal, in the rest shape and in each morph target.
pub(super) fn make_flat(primitive: &mut Primitive) {
    let corners = std::mem::take(&mut primitive.indices);
    streams::rearrange(&mut primitive.vertices, &mut primitive.targets, &corners);
    primitive.indices = (0..corners.len() as u32).collect();
    let positions = &primitive.vertices.positions;
    primitive.vertices.normals = flat(positions);
    for target in &mut primitive.targets {
        if target.positions.len() == positions.len() {
            let moved: Vec<Vec3> = positions.iter().zip(&target.positions).map(|(at, by)| *at + *by).collect();
            let normals = flat(&moved);
            target.normals = normals.iter().zip(&primitive.vertices.normals).map(|(to, from)| *to - *from).collect();
        } else {
            target.normals = Vec::new();
        }
        target.tangents = Vec::new();
    }
}

/// One normal a corner; a triangle without area looks along +Z.
fn flat(positions: &[Vec3]) -> Vec<Vec3> {
    let mut normals = Vec::with_capacity(positions.len());
    for [a, b, c] in positions.as_chunks().0 {
        let (along, across) = (*b - *a, *c - *a);
        // Tiny triangles of large files: scale first, or the product's length underflows.
        let scale = along.abs().max_element().max(across.abs().max_element()).max(f32::MIN_POSITIVE);
        let normal = (along / scale).cross(across / scale).normalize_or(Vec3::Z);
        normals.extend([normal; 3]);
    }
    normals
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::{MorphTarget, Vertices};

    #[test]
    fn a_shared_edge_gets_two_normals_and_targets_bring_their_own() {
        let positions = vec![Vec3::ZERO, Vec3::X, Vec3::Y, Vec3::Z];
        let lift = MorphTarget { positions: vec![Vec3::ZERO, Vec3::Z, Vec3::ZERO, Vec3::ZERO], ..Default::default() };
        let mut primitive = Primitive {
            vertices: Vertices { positions, ..Vertices::default() },
            indices: vec![0, 1, 2, 0, 2, 3],
            targets: vec![lift],
            ..Primitive::default()
        };
        make_flat(&mut primitive);
        assert_eq!(primitive.indices, [0, 1, 2, 3, 4, 5]);
        assert_eq!(primitive.vertices.normals, [Vec3::Z, Vec3::Z, Vec3::Z, Vec3::X, Vec3::X, Vec3::X]);
        let morphed = primitive.vertices.normals[0] + primitive.targets[0].normals[0];
        assert!((morphed - Vec3::new(-1.0, 0.0, 1.0).normalize_or_zero()).length() < 1e-6);
        assert_eq!(primitive.targets[0].normals[3], Vec3::ZERO);
    }

    #[test]
    fn a_microscopic_triangle_still_has_a_normal() {
        let tiny = 1e-25;
        assert_eq!(flat(&[Vec3::ZERO, Vec3::X * tiny, Vec3::Y * tiny])[0], Vec3::Z);
        assert_eq!(flat(&[Vec3::ZERO, Vec3::Y * tiny, Vec3::Z * tiny])[0], Vec3::X);
    }
}
