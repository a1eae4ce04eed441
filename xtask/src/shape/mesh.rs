//! Triangles with normals and texture coordinates, in millimetres until the file is written.

use glam::{Mat3, Vec2, Vec3};

use super::angle::degrees;

/// A triangle mesh: counter-clockwise faces, lengths and texture coordinates in millimetres.
#[derive(Clone, Debug, Default)]
pub(crate) struct Mesh {
    /// Corners in millimetres.
    pub(crate) positions: Vec<Vec3>,
    /// Unit normals, one per corner.
    pub(crate) normals: Vec<Vec3>,
    /// Texture coordinates in millimetres of surface, one per corner.
    pub(crate) uvs: Vec<Vec2>,
    /// Three indices per triangle.
    pub(crate) indices: Vec<u32>,
}

impl Mesh {
    /// Adds a corner and gives its index.
    pub(crate) fn corner(&mut self, position: Vec3, normal: Vec3, uv: Vec2) -> u32 {
        let index = self.positions.len() as u32;
        self.positions.push(position);
        self.normals.push(normal.normalize_or(Vec3::Y));
        self.uvs.push(uv);
        index
    }

    /// Adds a triangle unless two of its corners coincide.
    pub(crate) fn triangle(&mut self, a: u32, b: u32, c: u32) {
        let [p, q, r] = [a, b, c].map(|index| self.positions[index as usize]);
        if (q - p).cross(r - p).length() > 1e-7 {
            self.indices.extend([a, b, c]);
        }
    }

    /// Adds the two triangles of a quad given counter-clockwise.
    pub(crate) fn quad(&mut self, a: u32, b: u32, c: u32, d: u32) {
        self.triangle(a, b, c);
        self.triangle(a, c, d);
    }

    /// Fills the cells of a grid of corners of which `across` lie side by side in each row.
    pub(crate) fn grid(&mut self, first: u32, across: u32, rows: u32) {
        for row in 1..rows {
            let low = first + (row - 1) * across;
            let high = first + row * across;
            for column in 1..across {
                self.quad(low + column - 1, low + column, high + column, high + column - 1);
            }
        }
    }

    /// This mesh with another one behind it.
    pub(crate) fn with(mut self, other: &Self) -> Self {
        let first = self.positions.len() as u32;
        self.positions.extend(&other.positions);
        self.normals.extend(&other.normals);
        self.uvs.extend(&other.uvs);
        self.indices.extend(other.indices.iter().map(|index| index + first));
        self
    }

    /// This mesh without the corners that no face has.
    pub(crate) fn used(&self) -> Self {
        let mut kept = Self::default();
        let mut known = vec![None; self.positions.len()];
        for &corner in &self.indices {
            let corner = corner as usize;
            let index = *known[corner]
                .get_or_insert_with(|| kept.corner(self.positions[corner], self.normals[corner], self.uvs[corner]));
            kept.indices.push(index);
        }
        kept
    }

    /// Turns the mesh about the origin; `turn` must be a rotation.
    pub(crate) fn turned(mut self, turn: Mat3) -> Self {
        for position in &mut self.positions {
            *position = turn * *position;
        }
        for normal in &mut self.normals {
            *normal = turn * *normal;
        }
        self
    }

    /// Lays what stands along +Y along +Z.
    pub(crate) fn along_z(self) -> Self {
        self.turned(Mat3::from_cols(Vec3::X, Vec3::Z, Vec3::NEG_Y))
    }

    /// Turns about +Z, counter-clockwise as seen from the front.
    pub(crate) fn about_z(self, angle: f64) -> Self {
        let (sine, cosine) = degrees(angle);
        self.turned(Mat3::from_cols(Vec3::new(cosine, sine, 0.0), Vec3::new(-sine, cosine, 0.0), Vec3::Z))
    }

    /// Turns about +Y, counter-clockwise as seen from above.
    pub(crate) fn about_y(self, angle: f64) -> Self {
        let (sine, cosine) = degrees(angle);
        self.turned(Mat3::from_cols(Vec3::new(cosine, 0.0, -sine), Vec3::Y, Vec3::new(sine, 0.0, cosine)))
    }

    /// Moves the mesh by millimetres.
    pub(crate) fn moved(mut self, x: f32, y: f32, z: f32) -> Self {
        for position in &mut self.positions {
            *position += Vec3::new(x, y, z);
        }
        self
    }

    /// Unit tangents along rising u with the sign of the bitangent, one per corner.
    ///
    /// Texture v falls along our outlines, as glTF's pictures start at the top.
    pub(crate) fn tangents(&self) -> Vec<[f32; 4]> {
        let mut along_u = vec![Vec3::ZERO; self.positions.len()];
        let mut along_v = vec![Vec3::ZERO; self.positions.len()];
        for face in self.indices.chunks_exact(3) {
            let [a, b, c] = [face[0], face[1], face[2]].map(|index| index as usize);
            let (first, second) = (self.positions[b] - self.positions[a], self.positions[c] - self.positions[a]);
            let (near, far) = (self.uvs[b] - self.uvs[a], self.uvs[c] - self.uvs[a]);
            let area = near.perp_dot(far);
            if area.abs() < 1e-9 {
                continue;
            }
            for corner in [a, b, c] {
                along_u[corner] += (first * far.y - second * near.y) / area;
                along_v[corner] += (second * near.x - first * far.x) / area;
            }
        }
        let mut tangents = Vec::with_capacity(self.positions.len());
        for (index, &normal) in self.normals.iter().enumerate() {
            let flat = along_u[index] - normal * normal.dot(along_u[index]);
            let tangent = flat.normalize_or(normal.any_orthonormal_vector());
            // A picture's v points down, its green channel up.
            let sign = if normal.cross(tangent).dot(along_v[index]) > 0.0 { -1.0 } else { 1.0 };
            tangents.push(tangent.extend(sign).to_array());
        }
        tangents
    }

    /// Projects texture coordinates from above.
    pub(crate) fn planar(mut self) -> Self {
        for (uv, position) in self.uvs.iter_mut().zip(&self.positions) {
            *uv = Vec2::new(position.x, position.z);
        }
        self
    }

    /// Turns the grain of a texture along the axis of a turned part.
    pub(crate) fn upright_grain(mut self) -> Self {
        for uv in &mut self.uvs {
            *uv = Vec2::new(uv.y, uv.x);
        }
        self
    }

    /// Projects texture coordinates as from a plank whose grain runs along +X.
    pub(crate) fn grained(mut self) -> Self {
        for (uv, position) in self.uvs.iter_mut().zip(&self.positions) {
            *uv = Vec2::new(position.x, position.z + 0.8 * position.y);
        }
        self
    }
}
