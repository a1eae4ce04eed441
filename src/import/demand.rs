//! What each node that shows a mesh costs. A mesh stands in the file once, however many nodes name it; the renderer and
//! the pose keep something for each of them.

use crate::scene::{Mesh, Primitive, Topology};

/// The cost of one more node that shows a mesh, and what the node must bring.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Demand {
    pub(super) primitives: usize,
    /// Triangles, lines and points, once more for each morph target: whoever measures the product moves them by all.
    pub(super) shapes: usize,
    /// For each target a morph weight and its texel, for each variant a look.
    pub(super) numbers: usize,
    pub(super) targets: usize,
    /// How many joints a skin must have.
    pub(super) joints: usize,
}

impl Demand {
    pub(super) fn of(mesh: &Mesh) -> Self {
        let mut demand = Self { targets: mesh.target_count(), ..Self::default() };
        demand.numbers = 5 * demand.targets;
        for (_, primitive) in mesh.primitives.iter() {
            demand.primitives += 1;
            demand.shapes = demand.shapes.saturating_add(shapes(primitive).saturating_mul(1 + primitive.targets.len()));
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
