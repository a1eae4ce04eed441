//! Tangents for normal maps where the file has none: MikkTSpace, as glTF 2.0 §3.7.2.1 asks (<http://www.mikktspace.com>).

use bevy_mikktspace::{Geometry, TangentSpace, generate_tangents};
use glam::{Vec2, Vec3, Vec4};

use super::cursor::Cursor;
use super::reader::Reader;
use super::streams;
use crate::issue::Code;
use crate::scene::{Primitive, TextureInfo};

/// More corners around one point than any product has. The library walks around a point by calling itself, so its
/// stack bounds this number.
const MOST_CORNERS_AT_A_POINT: usize = 1_000;

/// Adds tangents that follow the picture of a normal map. Vertices at which tangents differ are split.
pub(super) fn make<'a>(reader: &mut Reader<'a>, at: Cursor<'a>, primitive: &mut Primitive, map: &TextureInfo) {
    let vertices = &primitive.vertices;
    let Some(uvs) = vertices.uvs.get(map.uv_set).filter(|uvs| !uvs.is_empty()) else {
        reader.report(Code::Value, at, format!("a normal map without its texture coordinates {}", map.uv_set));
        return;
    };
    // They would take seconds.
    let Some(left) = reader.tangents_left.checked_sub(primitive.indices.len() / 3) else {
        reader.report(Code::Tangents, at, "too many triangles");
        return;
    };
    reader.tangents_left = left;
    let faces = faces_with_area(primitive);
    if most_corners_at_a_point(primitive, &faces) > MOST_CORNERS_AT_A_POINT {
        reader.report(Code::Tangents, at, "too many triangles meet in one point for tangents");
        return;
    }
    let unset = vec![None; primitive.indices.len()];
    let (positions, normals) = (&vertices.positions, &vertices.normals);
    // glTF's V points down the picture, MikkTSpace's up.
    let uvs: Vec<Vec2> = uvs.iter().map(|uv| map.transform.apply(*uv) * Vec2::new(1.0, -1.0)).collect();
    let mut corners = Corners { positions, normals, uvs: &uvs, indices: &primitive.indices, faces, tangents: unset };
    if generate_tangents(&mut corners).is_err() {
        reader.report(Code::Tangents, at, "the triangles have none");
        return;
    }
    let tangents = corners.tangents;
    split(reader, primitive, &tangents);
}

/// The triangles whose corners lie apart. For each other one the library searches through all of these; nobody sees
/// which tangents it has.
fn faces_with_area(primitive: &Primitive) -> Vec<u32> {
    let positions = &primitive.vertices.positions;
    let apart = |corners: &[u32; 3]| {
        let [a, b, c] = corners.map(|corner| positions.get(corner as usize));
        a != b && b != c && c != a
    };
    let triangles = primitive.indices.as_chunks().0;
    (0..).zip(triangles).filter(|(_, corners)| apart(corners)).map(|(face, _)| face).collect()
}

/// How many corners lie at one position, at most. Counted by hash: two positions in one bucket make it a few more.
fn most_corners_at_a_point(primitive: &Primitive, faces: &[u32]) -> usize {
    let size = (faces.len() * 6).next_power_of_two();
    let mut buckets = vec![0u32; size];
    let triangles: &[[u32; 3]] = primitive.indices.as_chunks().0;
    let corners = faces.iter().filter_map(|face| triangles.get(*face as usize)).flatten();
    let positions = corners.filter_map(|index| primitive.vertices.positions.get(*index as usize));
    for position in positions {
        let mut hash = 0u32;
        for part in position.to_array() {
            // Adding zero makes −0 the same as 0, as the library compares.
            hash = (hash ^ (part + 0.0).to_bits()).wrapping_mul(0x9E37_79B1).rotate_left(15);
        }
        if let Some(bucket) = buckets.get_mut((hash ^ hash >> 15) as usize & (size - 1)) {
            *bucket += 1;
        }
    }
    buckets.into_iter().max().unwrap_or(0) as usize
}

/// Welds corners again that share vertex and tangent.
fn split(reader: &mut Reader<'_>, primitive: &mut Primitive, tangents: &[Option<Vec4>]) {
    const NONE: u32 = u32::MAX;
    // For each old vertex its first new one, for each new one the next of the same old one.
    let mut first = vec![NONE; primitive.vertices.positions.len()];
    let (mut next, mut from, mut kept) = (Vec::<u32>::new(), Vec::<u32>::new(), Vec::<Vec4>::new());
    let (with, without): (Vec<_>, Vec<_>) =
        primitive.indices.iter_mut().zip(tangents).partition(|(_, tangent)| tangent.is_some());
    // What has no tangent of its own takes one that the vertex has by then.
    for (index, tangent) in with.into_iter().chain(without) {
        let Some(head) = first.get_mut(*index as usize) else { continue };
        let mut candidate = *head;
        while kept.get(candidate as usize).is_some_and(|other| tangent.is_some_and(|tangent| *other != tangent)) {
            candidate = next.get(candidate as usize).copied().unwrap_or(NONE);
        }
        if candidate == NONE {
            let normal = primitive.vertices.normals.get(*index as usize).copied().unwrap_or(Vec3::Z);
            candidate = kept.len() as u32;
            kept.push(tangent.unwrap_or_else(|| normal.any_orthonormal_vector().extend(1.0)));
            from.push(*index);
            next.push(*head);
            *head = candidate;
        }
        *index = candidate;
    }
    let width = streams::width(&primitive.vertices, &primitive.targets) + 4;
    if !reader.spend_values(from.len().saturating_mul(width)) {
        return;
    }
    streams::rearrange(&mut primitive.vertices, &mut primitive.targets, &from);
    primitive.vertices.tangents = kept;
}

struct Corners<'b> {
    positions: &'b [Vec3],
    normals: &'b [Vec3],
    uvs: &'b [Vec2],
    indices: &'b [u32],
    /// Those of the triangles that the library sees.
    faces: Vec<u32>,
    tangents: Vec<Option<Vec4>>,
}

impl Corners<'_> {
    fn place(&self, face: usize, corner: usize) -> usize {
        self.faces.get(face).map_or(0, |face| *face as usize) * 3 + corner
    }

    fn at<T: Copy + Default>(&self, stream: &[T], face: usize, corner: usize) -> T {
        let index = self.indices.get(self.place(face, corner));
        index.and_then(|index| stream.get(*index as usize)).copied().unwrap_or_default()
    }
}

impl Geometry for Corners<'_> {
    fn num_faces(&self) -> usize {
        self.faces.len()
    }

    fn num_vertices_of_face(&self, _face: usize) -> usize {
        3
    }

    fn position(&self, face: usize, corner: usize) -> [f32; 3] {
        self.at(self.positions, face, corner).to_array()
    }

    fn normal(&self, face: usize, corner: usize) -> [f32; 3] {
        self.at(self.normals, face, corner).to_array()
    }

    fn tex_coord(&self, face: usize, corner: usize) -> [f32; 2] {
        self.at(self.uvs, face, corner).to_array()
    }

    fn set_tangent(&mut self, space: Option<TangentSpace>, face: usize, corner: usize) {
        let place = self.place(face, corner);
        if let Some(slot) = self.tangents.get_mut(place) {
            // Where U runs along the normal the library's tangent has no length.
            let tangent = space.map(|space| Vec4::from_array(space.tangent_encoded()));
            *slot = tangent.filter(|tangent| (tangent.truncate().length_squared() - 1.0).abs() < 1e-3);
        }
    }
}
