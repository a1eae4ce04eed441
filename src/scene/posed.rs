//! Where vertices are in a pose: skins and morph targets applied.

#[cfg(feature = "product")]
use glam::Mat3;
use glam::{Mat4, Vec3};

use super::{Pose, Primitive, Scene};

impl Pose {
    /// The positions of a primitive's vertices in scene space, as `node` shows them in this pose: morph targets added,
    /// then the skin's joints, or the node's own place where it has no skin (glTF 2.0 §3.7.2.2 and §3.7.3.3). As long as
    /// the primitive's positions; empty when the pose does not know the node.
    pub fn positions(&self, scene: &Scene, node: usize, primitive: &Primitive) -> Vec<Vec3> {
        let Some(scene_from_node) = self.scene_from_node.get(node) else { return Vec::new() };
        let mut positions = primitive.vertices.positions.clone();
        let weights = self.weights.get(node).map_or(&[][..], Vec::as_slice);
        for (target, weight) in primitive.targets.iter().zip(weights) {
            if *weight != 0.0 {
                for (position, offset) in positions.iter_mut().zip(&target.positions) {
                    *position += *offset * *weight;
                }
            }
        }
        let joints: Vec<Mat4> = self.skin_matrices(scene, node).collect();
        if joints.is_empty() || primitive.vertices.joints.is_empty() {
            positions.iter_mut().for_each(|position| *position = scene_from_node.transform_point3(*position));
        } else {
            skin(&mut positions, primitive, &joints);
        }
        positions
    }

    /// One vertex of them, and its normal; none where there is no such vertex.
    #[cfg(feature = "product")]
    pub fn vertex(&self, scene: &Scene, node: usize, primitive: &Primitive, index: u32) -> Option<(Vec3, Vec3)> {
        let (at, vertices) = (index as usize, &primitive.vertices);
        let mut position = *vertices.positions.get(at)?;
        let mut normal = vertices.normals.get(at).copied().unwrap_or(Vec3::ZERO);
        let weights = self.weights.get(node).map_or(&[][..], Vec::as_slice);
        for (target, weight) in primitive.targets.iter().zip(weights) {
            position += target.positions.get(at).copied().unwrap_or(Vec3::ZERO) * *weight;
            normal += target.normals.get(at).copied().unwrap_or(Vec3::ZERO) * *weight;
        }
        let mut matrix = *self.scene_from_node.get(node)?;
        let joints: Vec<Mat4> = self.skin_matrices(scene, node).collect();
        if let (Some(own), Some(weights), false) =
            (vertices.joints.get(at), vertices.weights.get(at), joints.is_empty())
        {
            matrix = Mat4::ZERO;
            for (joint, weight) in own.iter().zip(weights.to_array()) {
                matrix += joints.get(usize::from(*joint)).copied().unwrap_or(Mat4::ZERO) * weight;
            }
        }
        // Where a side has no length, so has its normal.
        let inverse = Mat3::from_mat4(matrix).inverse();
        let turned = if inverse.is_finite() { inverse.transpose() * normal } else { Vec3::ZERO };
        Some((matrix.transform_point3(position), turned.normalize_or_zero()))
    }

    /// The normals of a primitive's vertices in scene space, unit length or zero where none is left, and for each vertex
    /// whether what is around it is mirrored, so that its triangles go round the other way (glTF 2.0 §3.7.4). As long as
    /// the primitive's positions; a file without normals gives zeros.
    #[cfg(feature = "product")]
    pub fn normals(&self, scene: &Scene, node: usize, primitive: &Primitive) -> (Vec<Vec3>, Vec<bool>) {
        let vertices = &primitive.vertices;
        let mut normals = vertices.normals.clone();
        normals.resize(vertices.positions.len(), Vec3::ZERO);
        let weights = self.weights.get(node).map_or(&[][..], Vec::as_slice);
        for (target, weight) in primitive.targets.iter().zip(weights).filter(|(_, weight)| **weight != 0.0) {
            for (normal, offset) in normals.iter_mut().zip(&target.normals) {
                *normal += *offset * *weight;
            }
        }
        let own = Mat3::from_mat4(self.scene_from_node.get(node).copied().unwrap_or(Mat4::IDENTITY));
        let joints: Vec<Mat3> = self.skin_matrices(scene, node).map(Mat3::from_mat4).collect();
        let bones = |at: usize| {
            let joined = vertices.joints.get(at).zip(vertices.weights.get(at)).filter(|_| !joints.is_empty())?;
            let mut matrix = Mat3::ZERO;
            for (joint, weight) in joined.0.iter().zip(joined.1.to_array()) {
                matrix += joints.get(usize::from(*joint)).copied().unwrap_or(Mat3::ZERO) * weight;
            }
            Some(matrix)
        };
        let mut mirrored = Vec::with_capacity(normals.len());
        for (at, normal) in normals.iter_mut().enumerate() {
            let matrix = bones(at).unwrap_or(own);
            *normal = turned(&matrix, *normal);
            mirrored.push(matrix.determinant() < 0.0);
        }
        (normals, mirrored)
    }

    /// For each joint of the node's skin, in the skin's order, what takes a vertex of the mesh in its bind pose to scene
    /// space; nothing without a skin. The place of the skinned node itself does not count (glTF 2.0 §3.7.3.3).
    pub fn skin_matrices<'a>(&'a self, scene: &'a Scene, node: usize) -> impl Iterator<Item = Mat4> + 'a {
        let skin = scene.nodes.get(node).and_then(|node| scene.skins.get(node.skin?));
        let joints = skin.into_iter().flat_map(|skin| skin.joints.iter().zip(&skin.inverse_bind_matrices));
        joints.map(|(joint, joint_from_mesh)| {
            let scene_from_joint = self.scene_from_node.get(*joint).copied().unwrap_or(Mat4::IDENTITY);
            scene_from_joint * *joint_from_mesh
        })
    }
}

/// A normal behind a transform, unit length or zero: the cofactors are the inverse transposed times the determinant, whose
/// sign is not to turn it.
#[cfg(feature = "product")]
pub(crate) fn turned(matrix: &Mat3, normal: Vec3) -> Vec3 {
    let [x, y, z] = [matrix.x_axis, matrix.y_axis, matrix.z_axis];
    let cofactors = Mat3::from_cols(y.cross(z), z.cross(x), x.cross(y));
    let sign = if matrix.determinant() < 0.0 { -1.0 } else { 1.0 };
    // Of millimetres the cofactors are millionths.
    (cofactors * normal * sign).try_normalize().unwrap_or(Vec3::ZERO)
}

fn skin(positions: &mut [Vec3], primitive: &Primitive, scene_from_mesh: &[Mat4]) {
    let influences = primitive.vertices.joints.iter().zip(&primitive.vertices.weights);
    for (position, (joints, weights)) in positions.iter_mut().zip(influences) {
        let mut sum = Vec3::ZERO;
        for (joint, weight) in joints.iter().zip(weights.to_array()) {
            if let Some(matrix) = scene_from_mesh.get(usize::from(*joint)).filter(|_| weight != 0.0) {
                sum += matrix.transform_point3(*position) * weight;
            }
        }
        *position = sum;
    }
}

#[cfg(test)]
mod tests {
    use glam::{Mat4, Vec3, Vec4};

    use crate::scene::{MorphTarget, Node, Pose, Primitive, Scene, Skin, Vertices};

    fn one(node: Node, primitive: &Primitive, place: Mat4, weights: Vec<f32>) -> Vec3 {
        let mut scene = Scene::default();
        scene.nodes.push(Some(node));
        scene.nodes.push(Some(Node::default()));
        let inverse_bind_matrices = vec![Mat4::from_translation(Vec3::NEG_Y)];
        scene.skins.push(Some(Skin { joints: vec![1], inverse_bind_matrices, ..Skin::default() }));
        let joint = Mat4::from_translation(Vec3::new(0.0, 5.0, 0.0));
        let mut pose = Pose::default();
        pose.scene_from_node.extend([place, joint]);
        pose.visible.extend([true; 2]);
        pose.weights.extend([weights, Vec::new()]);
        pose.positions(&scene, 0, primitive)[0]
    }

    #[test]
    fn a_node_moves_its_vertices_after_its_morph_targets() {
        let vertices = Vertices { positions: vec![Vec3::X], ..Vertices::default() };
        let target = MorphTarget { positions: vec![Vec3::X], ..MorphTarget::default() };
        let primitive = Primitive { vertices, targets: vec![target], ..Primitive::default() };
        let place = Mat4::from_scale(Vec3::splat(2.0));
        assert_eq!(one(Node::default(), &primitive, place, vec![0.5]), Vec3::new(3.0, 0.0, 0.0));
    }

    #[test]
    fn a_skin_replaces_the_place_of_its_node() {
        let vertices = Vertices {
            positions: vec![Vec3::X],
            joints: vec![[0, 0, 0, 0]],
            weights: vec![Vec4::new(1.0, 0.0, 0.0, 0.0)],
            ..Vertices::default()
        };
        let primitive = Primitive { vertices, ..Primitive::default() };
        let node = Node { skin: Some(0), ..Node::default() };
        let elsewhere = Mat4::from_translation(Vec3::splat(100.0));
        assert_eq!(one(node, &primitive, elsewhere, Vec::new()), Vec3::new(1.0, 4.0, 0.0));
    }
}
