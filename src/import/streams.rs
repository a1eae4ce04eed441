//! Vertex attributes and morph targets (glTF 2.0 §3.7.2.1 and §3.7.2.2, KHR_mesh_quantization).

use glam::{Vec2, Vec3, Vec4};

use super::accessor::{self, Accessor, Component, VEC2, VEC3, VEC4};
use super::cursor::Cursor;
use super::elements::Elements;
use super::influences;
use super::reader::Reader;
use crate::issue::Code;
use crate::scene::{MorphTarget, Vertices};

/// Which numbers a stream may be made of.
#[derive(Clone, Copy, PartialEq)]
enum Numbers {
    /// Floats and, with KHR_mesh_quantization, integers as they are.
    Quantized,
    /// Floats and integers that stand for `[0, 1]`.
    Share,
}

/// How many vertices the primitive with the attributes under `at` names, which is how many positions there are.
pub(super) fn count<'a>(reader: &mut Reader<'a>, at: Cursor<'a>) -> Option<usize> {
    let positions = accessor::accessor(reader, at, "POSITION");
    let positions = positions.filter(|positions| fits(reader, positions, &[VEC3], positions.count));
    if positions.is_none() {
        reader.report(Code::Value, at, "a primitive without positions");
    }
    Some(positions?.count)
}

pub(super) fn read_vertices<'a>(reader: &mut Reader<'a>, at: Cursor<'a>, elements: &Elements) -> Option<Vertices> {
    let positions = vec3(reader, at, "POSITION", elements);
    if positions.is_empty() {
        reader.report(Code::Value, at, "a primitive without positions");
        return None;
    }
    let mut vertices = Vertices { positions, ..Vertices::default() };
    vertices.normals = vec3(reader, at, "NORMAL", elements);
    for normal in &mut vertices.normals {
        *normal = normal.normalize_or(Vec3::Z);
    }
    // Without normals the flat ones have no relation to the file's tangents (§3.7.2.1).
    if !vertices.normals.is_empty() {
        vertices.tangents = tangents(reader, at, elements);
    }
    let mut set = 0;
    while at.get(&format!("TEXCOORD_{set}")).is_some() {
        let numbers = stream(reader, at, &format!("TEXCOORD_{set}"), &[VEC2], Numbers::Quantized, elements);
        vertices.uvs.push(numbers.as_chunks().0.iter().map(|uv| Vec2::from_array(*uv)).collect());
        set += 1;
    }
    vertices.colors = colors(reader, at, elements);
    (vertices.joints, vertices.weights) = influences::read(reader, at, elements);
    Some(vertices)
}

fn tangents<'a>(reader: &mut Reader<'a>, at: Cursor<'a>, elements: &Elements) -> Vec<Vec4> {
    let numbers = stream(reader, at, "TANGENT", &[VEC4], Numbers::Quantized, elements);
    let unit = |tangent: &[f32; 4]| {
        let tangent = Vec4::from_array(*tangent);
        let side = if tangent.w < 0.0 { -1.0 } else { 1.0 };
        tangent.truncate().normalize_or(Vec3::X).extend(side)
    };
    numbers.as_chunks().0.iter().map(unit).collect()
}

fn colors<'a>(reader: &mut Reader<'a>, at: Cursor<'a>, elements: &Elements) -> Vec<Vec4> {
    let numbers = stream(reader, at, "COLOR_0", &[VEC3, VEC4], Numbers::Share, elements);
    if numbers.len() == 3 * elements.len() {
        numbers.as_chunks().0.iter().map(|color| Vec3::from_array(*color).extend(1.0)).collect()
    } else {
        numbers.as_chunks().0.iter().map(|color| Vec4::from_array(*color)).collect()
    }
}

/// The morph targets of the primitive under `at`; a stream that cannot be read is empty.
pub(super) fn read_targets<'a>(reader: &mut Reader<'a>, at: Cursor<'a>, elements: &Elements) -> Vec<MorphTarget> {
    let items = at.list("targets", &mut reader.log);
    let mut targets = Vec::new();
    for item in items {
        let at = Cursor(item);
        if !item.is_object() {
            reader.report(Code::Value, at, "not a morph target");
        }
        targets.push(MorphTarget {
            positions: vec3(reader, at, "POSITION", elements),
            normals: vec3(reader, at, "NORMAL", elements),
            tangents: vec3(reader, at, "TANGENT", elements),
        });
        if reader.refused.is_some() {
            break;
        }
    }
    targets
}

fn vec3<'a>(reader: &mut Reader<'a>, at: Cursor<'a>, key: &str, elements: &Elements) -> Vec<Vec3> {
    let numbers = stream(reader, at, key, &[VEC3], Numbers::Quantized, elements);
    numbers.as_chunks().0.iter().map(|numbers| Vec3::from_array(*numbers)).collect()
}

/// Numbers in `[0, 1]`, four a vertex: for weights.
pub(super) fn shares<'a>(reader: &mut Reader<'a>, at: Cursor<'a>, key: &str, elements: &Elements) -> Vec<f32> {
    stream(reader, at, key, &[VEC4], Numbers::Share, elements)
}

/// Whole numbers, four a vertex: for joints.
pub(super) fn integers<'a>(reader: &mut Reader<'a>, at: Cursor<'a>, key: &str, elements: &Elements) -> Vec<u32> {
    let Some(accessor) = accessor::accessor(reader, at, key) else { return Vec::new() };
    if !fits(reader, &accessor, &[VEC4], elements.count) {
        return Vec::new();
    }
    let small = accessor.component != Component::U32;
    let integers = accessor.integers(reader, elements.list()).filter(|_| small);
    if integers.is_none() {
        reader.report(Code::AccessorType, accessor.at, "must be unsigned bytes or shorts");
    }
    integers.unwrap_or_default()
}

/// All numbers of one attribute; empty where there is none that can be used.
fn stream<'a>(
    reader: &mut Reader<'a>,
    at: Cursor<'a>,
    key: &str,
    shapes: &[(usize, usize)],
    numbers: Numbers,
    elements: &Elements,
) -> Vec<f32> {
    let Some(mut accessor) = accessor::accessor(reader, at, key) else { return Vec::new() };
    if !fits(reader, &accessor, shapes, elements.count) {
        return Vec::new();
    }
    if accessor.component == Component::U32 {
        reader.report(Code::AccessorType, accessor.at, "vertices cannot have 32-bit integers");
        return Vec::new();
    }
    if numbers == Numbers::Share && accessor.component != Component::F32 && !accessor.normalized {
        reader.report(Code::Conformance, accessor.at, "must be normalized");
        accessor.normalized = true;
    }
    accessor.floats_of(reader, elements.list())
}

fn fits(reader: &mut Reader<'_>, accessor: &Accessor<'_>, shapes: &[(usize, usize)], count: usize) -> bool {
    if !shapes.contains(&accessor.shape) {
        reader.report(Code::AccessorType, accessor.at, "another type is needed for this attribute");
        return false;
    }
    if accessor.count != count {
        let detail = format!("{} elements for {count} vertices", accessor.count);
        reader.report(Code::AccessorType, accessor.at, detail);
    }
    accessor.count == count && u32::try_from(count).is_ok()
}

/// How many numbers one vertex has in all streams and targets together.
pub(super) fn width(vertices: &Vertices, targets: &[MorphTarget]) -> usize {
    let one = |present: bool, width: usize| if present { width } else { 0 };
    let mut width = one(!vertices.positions.is_empty(), 3)
        + one(!vertices.normals.is_empty(), 3)
        + one(!vertices.tangents.is_empty(), 4)
        + one(!vertices.colors.is_empty(), 4)
        + one(!vertices.joints.is_empty(), 6);
    width += vertices.uvs.iter().map(|uvs| one(!uvs.is_empty(), 2)).sum::<usize>();
    for target in targets {
        width += one(!target.positions.is_empty(), 3)
            + one(!target.normals.is_empty(), 3)
            + one(!target.tangents.is_empty(), 3);
    }
    width
}

/// Replaces the vertices by `from`, indices of old vertices.
pub(super) fn rearrange(vertices: &mut Vertices, targets: &mut [MorphTarget], from: &[u32]) {
    #[cfg(feature = "product")]
    if vertices.origins.is_empty() {
        vertices.origins = from.to_vec();
    } else {
        pick(&mut vertices.origins, from);
    }
    pick(&mut vertices.positions, from);
    pick(&mut vertices.normals, from);
    pick(&mut vertices.tangents, from);
    vertices.uvs.iter_mut().for_each(|uvs| pick(uvs, from));
    pick(&mut vertices.colors, from);
    pick(&mut vertices.joints, from);
    pick(&mut vertices.weights, from);
    for target in targets {
        pick(&mut target.positions, from);
        pick(&mut target.normals, from);
        pick(&mut target.tangents, from);
    }
}

fn pick<T: Copy>(stream: &mut Vec<T>, from: &[u32]) {
    *stream = from.iter().filter_map(|index| stream.get(*index as usize).copied()).collect();
}
