//! Triangles with what they are drawn with.

use glam::{Mat3, Vec2, Vec3, Vec4};

/// In the bed's space, mm, z up; all lists but `colors`, which may be empty, have an entry for each vertex.
#[derive(Clone, Debug, Default)]
pub(super) struct Mesh {
    pub(super) positions: Vec<Vec3>,
    pub(super) normals: Vec<Vec3>,
    pub(super) uvs: Vec<Vec2>,
    /// Horizontal along the layers; the hand in w.
    pub(super) tangents: Vec<Vec4>,
    /// Linear.
    pub(super) colors: Vec<Vec4>,
    pub(super) indices: Vec<u32>,
}

impl Mesh {
    /// Adds a vertex; its number.
    pub(super) fn vertex(&mut self, position: Vec3, normal: Vec3, uv: Vec2) -> u32 {
        self.positions.push(position);
        self.normals.push(normal);
        self.uvs.push(uv);
        self.tangents.push(along(normal).extend(1.0));
        self.positions.len() as u32 - 1
    }

    /// Adds a flat polygon, counter-clockwise seen from where its normal points.
    pub(super) fn polygon(&mut self, normal: Vec3, corners: impl IntoIterator<Item = (Vec3, Vec2)>) {
        let first = self.positions.len() as u32;
        let mut count = 0;
        for (position, uv) in corners {
            self.vertex(position, normal, uv);
            count += 1;
        }
        for at in 2..count {
            self.indices.extend([first, first + at - 1, first + at]);
        }
    }

    pub(super) fn triangles(&self) -> usize {
        self.indices.len() / 3
    }

    /// Turned around z, then moved.
    pub(super) fn place(&mut self, turn: Mat3, by: Vec3) {
        self.positions.iter_mut().for_each(|at| *at = turn * *at + by);
        self.normals.iter_mut().for_each(|normal| *normal = turn * *normal);
        for tangent in &mut self.tangents {
            *tangent = (turn * tangent.truncate()).extend(tangent.w);
        }
    }
}

/// The direction of the lines of a surface with this normal: level.
pub(super) fn along(normal: Vec3) -> Vec3 {
    Vec3::Z.cross(normal).try_normalize().unwrap_or(Vec3::X)
}
