//! Meshes: vertex streams, triangles and morph targets.

use glam::{Vec2, Vec3, Vec4};

use super::Slots;
use crate::geom::Aabb;

/// What a node shows (glTF 2.0 §3.7.2).
#[derive(Clone, Debug, Default)]
pub struct Mesh {
    /// The file's name for it.
    pub name: String,
    /// The parts, one draw call each; a part that could not be read is a hole.
    pub primitives: Slots<Primitive>,
    /// Default morph weights; as long as the targets, or empty.
    pub weights: Vec<f32>,
    /// Names of the morph targets (`extras.targetNames`), where given.
    pub target_names: Vec<String>,
    /// What the file says of a solid; none where it says nothing.
    #[cfg(feature = "product")]
    pub manifold: Option<Manifold>,
}

/// A mesh that its file declares an oriented 2-manifold (`EXT_mesh_manifold`).
#[cfg(feature = "product")]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifold {
    /// Vertices of the mesh's shared position accessor that are one with another: the first is the second.
    pub merges: Vec<[u32; 2]>,
}

impl Mesh {
    /// How many morph weights drive the mesh: the most targets that one of its primitives has.
    pub fn target_count(&self) -> usize {
        self.primitives.iter().map(|(_, primitive)| primitive.targets.len()).max().unwrap_or(0)
    }
}

/// How indices form shapes. Strips, fans and loops are turned into lists when read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Topology {
    /// Three indices a triangle, front counter-clockwise.
    #[default]
    Triangles,
    /// Two indices a line.
    Lines,
    /// One index a point.
    Points,
}

/// One part of a mesh with one material.
#[derive(Clone, Debug, Default)]
pub struct Primitive {
    /// How [`Primitive::indices`] form shapes.
    pub topology: Topology,
    /// The vertex streams.
    pub vertices: Vertices,
    /// Indices into the streams, all in range; never empty.
    pub indices: Vec<u32>,
    /// The default material; none is glTF's default material.
    pub material: Option<usize>,
    /// For each variant of the scene the material to use instead (KHR_materials_variants); as long as
    /// [`super::Scene::variants`] or empty.
    pub variant_materials: Vec<Option<usize>>,
    /// Morph targets; at most one set of weights drives them all.
    pub targets: Vec<MorphTarget>,
    /// Box around the undeformed positions, node space.
    pub bounds: Aabb,
}

impl Primitive {
    /// The material under `variant`; without a mapping the default one (KHR_materials_variants).
    pub fn material_under(&self, variant: Option<usize>) -> Option<usize> {
        variant.and_then(|index| self.variant_materials.get(index).copied().flatten()).or(self.material)
    }
}

/// Vertex streams, node space. Each stream is as long as `positions`, or empty where the file has none.
#[derive(Clone, Debug, Default)]
pub struct Vertices {
    /// Metres.
    pub positions: Vec<Vec3>,
    /// Unit length; always there for triangles (flat ones are made where the file has none, glTF 2.0 §3.7.2.1).
    pub normals: Vec<Vec3>,
    /// Unit length, w is the bitangent's sign; made with MikkTSpace where a normal map wants them and the file has none.
    pub tangents: Vec<Vec4>,
    /// Texture coordinates by set, `(0, 0)` is the picture's upper left.
    pub uvs: Vec<Vec<Vec2>>,
    /// Linear colour and alpha that multiply the base colour (`COLOR_0`).
    pub colors: Vec<Vec4>,
    /// Four joints a vertex, indices into the skin's joints.
    pub joints: Vec<[u16; 4]>,
    /// Their weights; each vertex sums to 1.
    pub weights: Vec<Vec4>,
    /// The file's index of each vertex; empty where they are the file's. Where no vertex had to be split, the index is among
    /// those that the primitive uses, but in a mesh with a [`Manifold`].
    #[cfg(feature = "product")]
    pub origins: Vec<u32>,
}

/// Differences that a morph weight scales; empty streams are zero.
#[derive(Clone, Debug, Default)]
pub struct MorphTarget {
    /// Metres.
    pub positions: Vec<Vec3>,
    /// Added before normalising.
    pub normals: Vec<Vec3>,
    /// Added to xyz before normalising.
    pub tangents: Vec<Vec3>,
}
