//! Meshes as they are stored: no vertex twice and none that nothing uses, triangles in the order in which a graphics card has
//! their corners at hand.

use std::collections::BTreeMap;

use glam::{Vec2, Vec3, Vec4};

use super::bin::{Bin, Component, Flat, INDICES, VERTICES};
use crate::scene::{Primitive, Topology};
use serde_json::{Map, Value};

/// Vertices that a graphics card keeps.
const CACHE: usize = 16;

/// What of a primitive is stored.
pub(super) struct Streams {
    /// Sets of texture coordinates.
    pub(super) uv_sets: usize,
    /// A normal map looks at them.
    pub(super) tangents: bool,
    /// Light does.
    pub(super) normals: bool,
    /// Vertices and triangles are neither joined nor put in order.
    pub(super) as_they_are: bool,
}

/// Writes a primitive: its attributes, indices, mode and targets.
pub(super) fn write(primitive: &Primitive, streams: &Streams, bin: &mut Bin) -> Map<String, Value> {
    let vertices = &primitive.vertices;
    let (order, indices) = if streams.as_they_are {
        ((0..vertices.positions.len() as u32).collect(), primitive.indices.clone())
    } else {
        welded(primitive)
    };
    let vec3 = |list: &[Vec3]| each(list, &order, |value, out| out.extend(value.to_array()));
    let mut attributes = Map::new();
    let mut put = |bin: &mut Bin, name: String, kind: &str, flat: &Flat<'_>, bounded: bool| {
        attributes.insert(name, bin.accessor(kind, flat, Some(VERTICES), bounded).into());
    };
    put(bin, "POSITION".into(), "VEC3", &Flat::Floats(&vec3(&vertices.positions)), true);
    if streams.normals && !vertices.normals.is_empty() {
        put(bin, "NORMAL".into(), "VEC3", &Flat::Floats(&vec3(&vertices.normals)), false);
    }
    if streams.tangents && !vertices.tangents.is_empty() {
        let flat = each(&vertices.tangents, &order, |value: Vec4, out| out.extend(value.to_array()));
        put(bin, "TANGENT".into(), "VEC4", &Flat::Floats(&flat), false);
    }
    for (set, uvs) in vertices.uvs.iter().enumerate().take(streams.uv_sets) {
        let flat = each(uvs, &order, |value: Vec2, out| out.extend(value.to_array()));
        if !flat.is_empty() {
            put(bin, format!("TEXCOORD_{set}"), "VEC2", &Flat::Floats(&flat), false);
        }
    }
    if !vertices.colors.is_empty() {
        let flat = each(&vertices.colors, &order, |value: Vec4, out| out.extend(value.to_array()));
        if flat.iter().all(|value| (0.0..=1.0).contains(value)) {
            let shares: Vec<u16> = flat.iter().map(|value| (value * 65_535.0).round() as u16).collect();
            put(bin, "COLOR_0".into(), "VEC4", &Flat::Shares(&shares), false);
        } else {
            put(bin, "COLOR_0".into(), "VEC4", &Flat::Floats(&flat), false);
        }
    }
    if !vertices.joints.is_empty() && !vertices.weights.is_empty() {
        // A joint that weighs nothing is written as 0 (glTF 2.0 §3.7.3.3).
        let joints: Vec<u32> = order
            .iter()
            .flat_map(|at| {
                let joints = vertices.joints.get(*at as usize).copied().unwrap_or_default();
                let weights = vertices.weights.get(*at as usize).copied().unwrap_or_default().to_array();
                let joint = |(joint, weight): (u16, f32)| if weight > 0.0 { u32::from(joint) } else { 0 };
                joints.into_iter().zip(weights).map(joint).collect::<Vec<_>>()
            })
            .collect();
        put(bin, "JOINTS_0".into(), "VEC4", &Flat::Whole(&joints, Component::Byte), false);
        let weights = each(&vertices.weights, &order, |value: Vec4, out| out.extend(value.to_array()));
        put(bin, "WEIGHTS_0".into(), "VEC4", &Flat::Floats(&weights), false);
    }
    let mut out = Map::new();
    let targets: Vec<Value> = primitive
        .targets
        .iter()
        .map(|target| {
            let mut attributes = Map::new();
            let mut put = |name: &str, list: &[Vec3], bounded: bool| {
                let flat = vec3(list);
                let flat = if flat.is_empty() { vec![0.0; order.len() * 3] } else { flat };
                attributes
                    .insert(name.into(), bin.accessor("VEC3", &Flat::Floats(&flat), Some(VERTICES), bounded).into());
            };
            put("POSITION", &target.positions, true);
            if streams.normals && primitive.targets.iter().any(|target| !target.normals.is_empty()) {
                put("NORMAL", &target.normals, false);
            }
            if streams.tangents && primitive.targets.iter().any(|target| !target.tangents.is_empty()) {
                put("TANGENT", &target.tangents, false);
            }
            attributes.into()
        })
        .collect();
    out.insert("attributes".into(), attributes.into());
    out.insert(
        "indices".into(),
        bin.accessor("SCALAR", &Flat::Whole(&indices, Component::Short), Some(INDICES), false).into(),
    );
    if !targets.is_empty() {
        out.insert("targets".into(), targets.into());
    }
    match primitive.topology {
        Topology::Triangles => {}
        Topology::Lines => drop(out.insert("mode".into(), 1.into())),
        Topology::Points => drop(out.insert("mode".into(), 0.into())),
    }
    out
}

/// A stream in another order; an empty one stays empty.
fn each<T: Copy>(list: &[T], order: &[u32], put: impl Fn(T, &mut Vec<f32>)) -> Vec<f32> {
    let mut out = Vec::with_capacity(if list.is_empty() { 0 } else { order.len() * size_of::<T>() / size_of::<f32>() });
    for value in order.iter().filter_map(|at| list.get(*at as usize)) {
        put(*value, &mut out);
    }
    out
}

/// Which vertices are kept, and the indices into these. Vertices are equal when all their streams are.
fn welded(primitive: &Primitive) -> (Vec<u32>, Vec<u32>) {
    let vertices = &primitive.vertices;
    let hash = |at: usize| {
        // FNV-1a (Fowler, Noll, Vo), a word at a time.
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        let mut put = |bits: u32| hash = (hash ^ u64::from(bits)).wrapping_mul(0x0100_0000_01b3).rotate_left(23);
        let mut three =
            |list: &[Vec3]| list.get(at).into_iter().flat_map(|v| v.to_array()).for_each(|v| put(v.to_bits()));
        three(&vertices.positions);
        three(&vertices.normals);
        for target in &primitive.targets {
            [&target.positions, &target.normals, &target.tangents].into_iter().for_each(|list| three(list));
        }
        vertices.uvs.iter().filter_map(|uvs| uvs.get(at)).flat_map(|v| v.to_array()).for_each(|v| put(v.to_bits()));
        for list in [&vertices.tangents, &vertices.colors, &vertices.weights] {
            list.get(at).into_iter().flat_map(|v| v.to_array()).for_each(|v| put(v.to_bits()));
        }
        vertices.joints.get(at).into_iter().flatten().for_each(|joint| put(u32::from(*joint)));
        hash
    };
    let equal = |a: usize, b: usize| {
        let three = |list: &[Vec3]| list.get(a) == list.get(b);
        let four = |list: &[Vec4]| list.get(a) == list.get(b);
        three(&vertices.positions)
            && three(&vertices.normals)
            && four(&vertices.tangents)
            && vertices.uvs.iter().all(|uvs| uvs.get(a) == uvs.get(b))
            && four(&vertices.colors)
            && four(&vertices.weights)
            && vertices.joints.get(a) == vertices.joints.get(b)
            && primitive
                .targets
                .iter()
                .all(|target| three(&target.positions) && three(&target.normals) && three(&target.tangents))
    };
    // Where two that differ have one hash, the second stays as it is: nothing is lost.
    let mut first: BTreeMap<u64, u32> = BTreeMap::new();
    let mut same = vec![NONE; vertices.positions.len()];
    let mut corners: Vec<u32> = Vec::with_capacity(primitive.indices.len());
    for corner in &primitive.indices {
        let at = *corner as usize;
        let Some(kept) = same.get_mut(at) else { continue };
        if *kept == NONE {
            let known = *first.entry(hash(at)).or_insert(*corner);
            *kept = if equal(known as usize, at) { known } else { *corner };
        }
        corners.push(*kept);
    }
    if primitive.topology == Topology::Triangles {
        corners = cached(&corners);
    }
    let (mut order, mut place) = (Vec::new(), vec![NONE; vertices.positions.len()]);
    for corner in &mut corners {
        let Some(place) = place.get_mut(*corner as usize) else { continue };
        if *place == NONE {
            *place = order.len() as u32;
            order.push(*corner);
        }
        *corner = *place;
    }
    (order, corners)
}

/// No vertex.
const NONE: u32 = u32::MAX;

/// Triangles in an order in which their corners are still in a small cache, fan by fan (Sander, Nehab, Barczak 2007, "Fast
/// triangle reordering for vertex locality and reduced overdraw").
fn cached(corners: &[u32]) -> Vec<u32> {
    let count = corners.iter().max().map_or(0, |most| *most as usize + 1);
    let mut around: Vec<Vec<u32>> = vec![Vec::new(); count];
    for (triangle, three) in corners.chunks_exact(3).enumerate() {
        for corner in three {
            if let Some(list) = around.get_mut(*corner as usize) {
                list.push(triangle as u32);
            }
        }
    }
    let mut live: Vec<usize> = around.iter().map(Vec::len).collect();
    let mut stamp = vec![0_usize; count];
    let mut done = vec![false; corners.len() / 3];
    let mut time = CACHE + 1;
    let (mut dead, mut next, mut out) = (Vec::new(), 0, Vec::with_capacity(corners.len()));
    let mut fan = corners.first().copied();
    while let Some(center) = fan {
        let mut ring = Vec::new();
        for triangle in around.get(center as usize).into_iter().flatten() {
            let Some(is_done) = done.get_mut(*triangle as usize).filter(|done| !**done) else { continue };
            *is_done = true;
            let start = *triangle as usize * 3;
            for corner in corners.get(start..start + 3).unwrap_or_default() {
                out.push(*corner);
                ring.push(*corner);
                dead.push(*corner);
                if let Some(live) = live.get_mut(*corner as usize) {
                    *live = live.saturating_sub(1);
                }
                if let Some(stamp) = stamp.get_mut(*corner as usize).filter(|stamp| time - **stamp > CACHE) {
                    *stamp = time;
                    time += 1;
                }
            }
        }
        let lives = |corner: u32| live.get(corner as usize).copied().unwrap_or(0);
        // The oldest of the ring that will still be in the cache when its fan is drawn.
        let worth = |corner: &u32| {
            let age = time - stamp.get(*corner as usize).copied().unwrap_or(0);
            if age + 2 * lives(*corner) <= CACHE { age } else { 0 }
        };
        fan = ring.iter().copied().filter(|corner| lives(*corner) > 0).max_by_key(worth);
        while let (None, Some(corner)) = (fan, dead.pop()) {
            fan = Some(corner).filter(|corner| lives(*corner) > 0);
        }
        while fan.is_none() && next < count {
            fan = Some(next as u32).filter(|corner| lives(*corner) > 0);
            next += 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::Vertices;

    /// A grid of quads, each with four vertices of its own, and one vertex that nothing uses.
    fn grid(side: u32) -> Primitive {
        let (mut positions, mut indices) = (vec![Vec3::splat(9.0)], Vec::new());
        for (x, y) in (0..side).flat_map(|y| (0..side).map(move |x| (x, y))) {
            let first = positions.len() as u32;
            positions
                .extend([(0, 0), (1, 0), (1, 1), (0, 1)].map(|(u, v)| Vec3::new((x + u) as f32, (y + v) as f32, 0.0)));
            indices.extend([0, 1, 2, 0, 2, 3].map(|corner| first + corner));
        }
        Primitive { vertices: Vertices { positions, ..Vertices::default() }, indices, ..Primitive::default() }
    }

    fn triangles(primitive: &Primitive, order: &[u32], indices: &[u32]) -> Vec<[u32; 9]> {
        let at = |index: u32| primitive.vertices.positions[order[index as usize] as usize].to_array().map(f32::to_bits);
        let mut all: Vec<_> = indices
            .chunks_exact(3)
            .map(|three| {
                // Turned so that the least corner is the first.
                let mut corners: Vec<_> = three.iter().map(|index| at(*index)).collect();
                let least = (0..3).min_by_key(|at| corners[*at]).unwrap();
                corners.rotate_left(least);
                corners.concat().try_into().unwrap()
            })
            .collect();
        all.sort_unstable();
        all
    }

    /// Corners that a cache of so many misses, for each triangle.
    fn misses(indices: &[u32]) -> f32 {
        let mut cache = std::collections::VecDeque::new();
        let mut missed = 0;
        for index in indices {
            if !cache.contains(index) {
                missed += 1;
                cache.push_back(*index);
                if cache.len() > CACHE {
                    cache.pop_front();
                }
            }
        }
        missed as f32 / (indices.len() / 3) as f32
    }

    #[test]
    fn equal_corners_are_one_and_every_triangle_stays() {
        let primitive = grid(24);
        let (order, indices) = welded(&primitive);
        assert_eq!(order.len(), 25 * 25);
        let all: Vec<u32> = (0..primitive.vertices.positions.len() as u32).collect();
        assert_eq!(triangles(&primitive, &order, &indices), triangles(&primitive, &all, &primitive.indices));
        assert!(misses(&indices) < 0.85, "{} corners a triangle", misses(&indices));
    }

    #[test]
    fn what_differs_in_one_stream_is_not_one() {
        let mut primitive = grid(2);
        primitive.vertices.normals = vec![Vec3::Z; primitive.vertices.positions.len()];
        let (before, _) = welded(&primitive);
        primitive.vertices.normals[2] = Vec3::X;
        let (after, _) = welded(&primitive);
        assert_eq!(after.len(), before.len() + 1);
    }
}
