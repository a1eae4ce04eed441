//! What each node that shows a mesh costs. A mesh stands in the file once, however many nodes name it; the renderer and
//! the pose keep something for each of them.

use crate::scene::{Mesh, Primitive, Topology};

/// The cost of one more node that shows a mesh, and what the node must bring.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Demand {
    pub(super) primitives: usize,
    /// Triangles, lines and points.
    pub(super) shapes: usize,
    /// A morph weight for each target, a look for each variant.
    pub(super) numbers: usize,
    pub(super) targets: usize,
    /// How many joints a skin must have.
    pub(super) joints: usize,
}

impl Demand {
    pub(super) fn of(mesh: &Mesh) -> Self {
        let mut demand = Self { targets: mesh.target_count(), ..Self::default() };
        demand.numbers = demand.targets;
        for (_, primitive) in mesh.primitives.iter() {
            demand.primitives += 1;
            demand.shapes += shapes(primitive);
            demand.numbers += primitive.variant_materials.len();
            let largest = primitive.vertices.joints.iter().flatten().max();
            demand.joints = demand.joints.max(largest.map_or(0, |joint| usize::from(*joint) + 1));
        }
        demand
    }
}

fn shapes(primitive: &Primitive) -> usize {
    let corners = match primitive.topology {
        Topology::Triangles => 3,
        Topology::Lines => 2,
        Topology::Points => 1,
    };
    primitive.indices.len() / corners
}
