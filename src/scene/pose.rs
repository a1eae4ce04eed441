//! Where every node is at one moment.

use glam::Mat4;

use super::{Overlay, Scene};
use crate::geom::Aabb;

/// Every node's place, visibility and morph weights at one moment. Lists are as long as [`Scene::nodes`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pose {
    /// For each node, `scene_from_node`.
    pub scene_from_node: Vec<Mat4>,
    /// For each node, whether it is seen, with all nodes above it, and belongs to the shown root.
    pub visible: Vec<bool>,
    /// For each node, its morph weights; empty where its mesh has none.
    pub weights: Vec<Vec<f32>>,
}

impl Pose {
    /// The pose that the file is saved in.
    pub fn rest(_scene: &Scene, _overlay: &Overlay) -> Self {
        Self::default()
    }

    /// The box around all that is seen, scene space, with skins and morphs as posed.
    pub fn bounds(&self, _scene: &Scene) -> Aabb {
        Aabb::EMPTY
    }
}
