//! Sheets: a grid of points with normals taken from the grid itself.

use std::ops::RangeInclusive;

use glam::{Vec2, Vec3};

use super::mesh::Mesh;

/// A grid of points; columns rise to the right and rows upwards as seen from its face.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sheet {
    /// Points in a row.
    pub(crate) across: usize,
    /// Points row by row, in millimetres.
    pub(crate) points: Vec<Vec3>,
    /// Texture coordinates, one per point.
    pub(crate) uvs: Vec<Vec2>,
    /// Whether the last column is the first one again.
    pub(crate) closed: bool,
}

impl Sheet {
    /// Number of rows.
    pub(crate) fn rows(&self) -> usize {
        self.points.len() / self.across.max(1)
    }

    /// The point in a column of a row.
    pub(crate) fn at(&self, row: usize, column: usize) -> Vec3 {
        self.points[row * self.across + column]
    }

    /// The unit normal there.
    pub(crate) fn normal(&self, row: usize, column: usize) -> Vec3 {
        let last = self.across - 1;
        let (left, right) = match column {
            0 if self.closed => (last - 1, 1),
            _ if column == last && self.closed => (last - 1, 1),
            _ => (column.saturating_sub(1), (column + 1).min(last)),
        };
        let (below, above) = (row.saturating_sub(1), (row + 1).min(self.rows() - 1));
        let along = self.at(row, right) - self.at(row, left);
        let up = self.at(above, column) - self.at(below, column);
        along.cross(up).normalize_or(Vec3::Y)
    }

    /// The part of the sheet between two columns; cells for which `skip` (row, column) holds stay open.
    pub(crate) fn mesh(&self, columns: RangeInclusive<usize>, skip: impl Fn(usize, usize) -> bool) -> Mesh {
        let mut mesh = Mesh::default();
        let (first, across) = (*columns.start(), columns.end() - columns.start() + 1);
        for row in 0..self.rows() {
            for column in columns.clone() {
                let uv = self.uvs[row * self.across + column];
                mesh.corner(self.at(row, column), self.normal(row, column), uv);
            }
        }
        for row in 1..self.rows() {
            for column in 1..across {
                if !skip(row - 1, first + column - 1) {
                    let (low, high) = (((row - 1) * across + column) as u32, (row * across + column) as u32);
                    // Both, whatever their size: morph targets need the same triangles.
                    mesh.indices.extend([low - 1, low, high, low - 1, high, high - 1]);
                }
            }
        }
        mesh
    }

    /// The whole sheet.
    pub(crate) fn whole(&self) -> Mesh {
        self.mesh(0..=self.across - 1, |_, _| false)
    }
}

/// Mirrors a mesh to the other side of the plane X = 0.
pub(crate) fn mirrored(mesh: &Mesh) -> Mesh {
    let mut mesh = mesh.clone();
    for vector in mesh.positions.iter_mut().chain(&mut mesh.normals) {
        vector.x = -vector.x;
    }
    for uv in &mut mesh.uvs {
        uv.x = -uv.x;
    }
    for face in mesh.indices.chunks_exact_mut(3) {
        face.swap(1, 2);
    }
    mesh
}

/// A raised seam along points with normals: `width` wide, `height` high, half round.
pub(crate) fn seam(path: &[(Vec3, Vec3)], width: f32, height: f32) -> Mesh {
    const ACROSS: [(f32, f32); 5] = [(-0.5, -0.3), (-0.3, 0.7), (0.0, 1.0), (0.3, 0.7), (0.5, -0.3)];
    let mut sheet = Sheet { across: ACROSS.len(), ..Sheet::default() };
    let mut along = 0.0;
    for (index, &(at, normal)) in path.iter().enumerate() {
        let (before, after) = (path[index.saturating_sub(1)].0, path[(index + 1).min(path.len() - 1)].0);
        along += at.distance(before);
        // The path climbs the sheet: columns lie to the right of it.
        let right = (after - before).cross(normal).normalize_or(Vec3::X);
        for (side, lift) in ACROSS {
            sheet.points.push(at + right * (side * width) + normal * (lift * height));
            sheet.uvs.push(Vec2::new(side * width, -along));
        }
    }
    sheet.whole()
}
