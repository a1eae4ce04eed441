//! Meshes that say that they are solids.
//!
//! `EXT_mesh_manifold` (<https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Vendor/EXT_mesh_manifold>): beside its
//! primitives a mesh has one of triangles alone, whose sparse indices join the vertices that pictures need apart. They join
//! corners; here a vertex is joined as a whole, which is the same wherever each of its corners is.

use super::accessor;
use super::cursor::Cursor;
use super::reader::Reader;
use crate::issue::Code;
use crate::json::Value;
use crate::scene::Manifold;

pub(super) const NAME: &str = "EXT_mesh_manifold";

/// What a mesh says of itself; none where it says nothing, or what the extension does not allow.
pub(super) fn read<'a>(reader: &mut Reader<'a>, at: Cursor<'a>, primitives: &'a [Value]) -> Option<Manifold> {
    let said = at.extension(NAME)?;
    let merges = merges(reader, said, primitives);
    if merges.is_none() {
        reader.report(Code::Value, said, "a solid that is not of its mesh's positions and indices");
    }
    Some(Manifold { merges: merges? })
}

fn merges<'a>(reader: &mut Reader<'a>, said: Cursor<'a>, primitives: &'a [Value]) -> Option<Vec<[u32; 2]>> {
    let solid = said.get("manifoldPrimitive")?;
    let positions = |primitive: Cursor<'a>| primitive.get("attributes")?.get("POSITION")?.whole();
    let shared = positions(solid)?;
    let is_triangles = solid.get("mode").is_none_or(|mode| mode.whole() == Some(4));
    if !is_triangles || primitives.iter().any(|primitive| positions(Cursor(primitive)) != Some(shared)) {
        return None;
    }
    let indices = accessor::from_index(reader, solid.get("indices")?)?;
    let (Some(places), Some(values)) = (said.get("mergeIndices"), said.get("mergeValues")) else {
        return indices.sparse_pairs(reader);
    };
    let mut whole = |named: Cursor<'a>| accessor::from_index(reader, named)?.integers(reader, None);
    let (places, values) = (whole(places)?, whole(values)?);
    let before = indices.without_sparse().integers(reader, None)?;
    let pair = |(place, value): (&u32, &u32)| Some([*before.get(*place as usize)?, *value]);
    let pairs = places.iter().zip(&values).map(pair).collect();
    if places.len() == values.len() { pairs } else { None }
}
