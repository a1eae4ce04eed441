//! Meshes and their primitives (glTF 2.0 §3.7.2).

use super::accessor;
use super::cursor::Cursor;
use super::demand::Demand;
use super::elements::Elements;
#[cfg(feature = "product")]
use super::manifold;
use super::normals;
use super::reader::Reader;
use super::streams;
use super::tangents;
use super::topology;
use super::variant;
use crate::geom::Aabb;
use crate::issue::Code;
use crate::scene::{Material, Mesh, MorphTarget, Primitive, Slots, TextureInfo, TextureRole, Topology};

/// What primitives refer to.
pub(super) struct Looks<'b> {
    pub(super) materials: &'b Slots<Material>,
    pub(super) variants: usize,
}

pub(super) fn read_meshes(reader: &mut Reader<'_>, looks: &Looks<'_>) -> Slots<Mesh> {
    let meshes: Slots<Mesh> = reader.list("meshes").iter().map(|item| read_mesh(reader, Cursor(item), looks)).collect();
    reader.demands = (0..meshes.len()).map(|index| meshes.get(index).map(Demand::of).unwrap_or_default()).collect();
    meshes
}

fn read_mesh<'a>(reader: &mut Reader<'a>, at: Cursor<'a>, looks: &Looks<'_>) -> Option<Mesh> {
    if !at.0.is_object() {
        reader.report(Code::Value, at, "not a mesh");
        return None;
    }
    let name = at.name(&mut reader.log);
    let items = at.list("primitives", &mut reader.log);
    #[cfg(feature = "product")]
    let manifold = manifold::read(reader, at, items);
    #[cfg(feature = "product")]
    {
        reader.keeps_origins = manifold.is_some();
    }
    let primitives: Slots<Primitive> = items
        .iter()
        .map(|item| if reader.refused.is_none() { read_primitive(reader, Cursor(item), looks) } else { None })
        .collect();
    let weights = at.all_numbers("weights", &mut reader.log);
    let names = at.get("extras").map_or(&[][..], |extras| extras.list("targetNames", &mut reader.log));
    let target_names = names.iter().map(|name| name.as_str().unwrap_or_default().to_owned()).collect();
    let mut mesh = Mesh {
        name,
        primitives,
        weights,
        target_names,
        #[cfg(feature = "product")]
        manifold,
    };
    let targets = mesh.target_count();
    if !mesh.weights.is_empty() && mesh.weights.len() != targets {
        reader.report(Code::Value, at, format!("{} weights for {targets} morph targets", mesh.weights.len()));
        mesh.weights.resize(targets, 0.0);
    }
    Some(mesh)
}

fn read_primitive<'a>(reader: &mut Reader<'a>, at: Cursor<'a>, looks: &Looks<'_>) -> Option<Primitive> {
    let Some(attributes) = at.get("attributes") else {
        reader.report(Code::Value, at, "a primitive without attributes");
        return None;
    };
    let count = streams::count(reader, attributes)?;
    let (topology, mut indices) = read_shapes(reader, at, count)?;
    let elements = Elements::used(reader, count, &mut indices);
    #[cfg_attr(not(feature = "product"), expect(unused_mut, reason = "products alone name vertices"))]
    let mut vertices = streams::read_vertices(reader, attributes, &elements)?;
    #[cfg(feature = "product")]
    if let Some(used) = elements.list().filter(|_| reader.keeps_origins) {
        vertices.origins = used.to_vec();
    }
    let targets = streams::read_targets(reader, at, &elements);
    if !spend_targets(reader, &targets, elements.len()) {
        return None;
    }
    let mut primitive = Primitive { topology, vertices, indices, targets, ..Primitive::default() };
    if let Some(index) = at.index("material", looks.materials.len(), &mut reader.log) {
        primitive.material = looks.materials.get(index).map(|_| index);
    }
    primitive.variant_materials = variant::read_mappings(reader, at, looks.variants, looks.materials);
    report_uv_sets(reader, at, &primitive, looks.materials);
    if topology == Topology::Triangles {
        if primitive.vertices.normals.is_empty() {
            let corners = primitive.indices.len();
            // Normals come with it, for the targets as well.
            let width = streams::width(&primitive.vertices, &primitive.targets) + 3 * (1 + primitive.targets.len());
            if !reader.spend_values(corners.saturating_mul(width)) {
                return None;
            }
            normals::make_flat(&mut primitive);
        }
        let wanted = tangent_map(&primitive, looks.materials);
        if let Some(map) = wanted.filter(|_| primitive.vertices.tangents.is_empty()) {
            tangents::make(reader, at, &mut primitive, map);
        }
    }
    let mut bounds = Aabb::EMPTY;
    for position in primitive.indices.iter().filter_map(|index| primitive.vertices.positions.get(*index as usize)) {
        bounds.insert(*position);
    }
    primitive.bounds = bounds;
    Some(primitive)
}

/// The renderer has two streams of texture coordinates: set 0 and one other.
fn report_uv_sets<'a>(reader: &mut Reader<'a>, at: Cursor<'a>, primitive: &Primitive, materials: &Slots<Material>) {
    let used = primitive.material.into_iter().chain(primitive.variant_materials.iter().copied().flatten());
    let infos = used.filter_map(|index| materials.get(index)).flat_map(Material::textures);
    let mut others = infos.map(|(_, info)| info.uv_set).filter(|set| *set > 0);
    if let Some(first) = others.next()
        && let Some(second) = others.find(|set| *set != first)
    {
        let detail = format!("the materials use texture coordinates {first} and {second}; one set beside 0 is shown");
        reader.report(Code::Limit, at, detail);
    }
}

/// The renderer keeps four numbers for each vertex, target and kind of stream that any target has.
fn spend_targets(reader: &mut Reader<'_>, targets: &[MorphTarget], vertices: usize) -> bool {
    let any = |there: fn(&MorphTarget) -> bool| usize::from(targets.iter().any(there));
    let kinds = 1 + any(|target| !target.normals.is_empty()) + any(|target| !target.tangents.is_empty());
    reader.spend_values(targets.len().saturating_mul(vertices).saturating_mul(4 * kinds))
}

/// The map in tangent space of the first of the primitive's materials that has one.
fn tangent_map<'b>(primitive: &Primitive, materials: &'b Slots<Material>) -> Option<&'b TextureInfo> {
    let mut candidates = primitive.material.into_iter().chain(primitive.variant_materials.iter().copied().flatten());
    candidates.find_map(|index| {
        let material = materials.get(index)?;
        let roles = [TextureRole::Normal, TextureRole::ClearcoatNormal, TextureRole::Anisotropy];
        roles.into_iter().find_map(|role| material.texture(role))
    })
}

/// The primitive's shapes as lists of indices below `vertices`.
fn read_shapes<'a>(reader: &mut Reader<'a>, at: Cursor<'a>, vertices: usize) -> Option<(Topology, Vec<u32>)> {
    let mode = at.count("mode", &mut reader.log).unwrap_or(4);
    let indices = match at.get("indices") {
        None if reader.spend_values(vertices) => (0..vertices as u32).collect(),
        None => return None,
        Some(named) => {
            let accessor = accessor::from_index(reader, named)?;
            match accessor.integers(reader, None).filter(|_| accessor.shape == accessor::SCALAR) {
                Some(indices) => indices,
                None => {
                    reader.report(Code::AccessorType, accessor.at, "indices must be unsigned integers");
                    return None;
                }
            }
        }
    };
    let Some((topology, mut indices)) = topology::lists(mode, indices) else {
        reader.report(Code::Value, at.get("mode").unwrap_or(at), "unknown mode");
        return None;
    };
    let before = indices.len();
    topology::keep_in_range(topology, &mut indices, vertices);
    if indices.len() < before {
        let detail = format!("{} indices name none of {vertices} vertices", before - indices.len());
        reader.report(Code::IndexOutOfRange, at.get("indices").unwrap_or(at), detail);
    }
    if topology == Topology::Triangles && !reader.spend_triangles(indices.len() / 3) {
        return None;
    }
    if indices.is_empty() {
        reader.report(Code::Value, at, "a primitive without shapes");
        return None;
    }
    Some((topology, indices))
}
