//! Nodes, skins, cameras and lights.

use glam::{Mat4, Vec3};

use crate::geom::Trs;

/// One node of the tree (glTF 2.0 §3.5).
#[derive(Clone, Debug)]
pub struct Node {
    /// The file's name for it.
    pub name: String,
    /// The node above; none for a root.
    pub parent: Option<usize>,
    /// The nodes below.
    pub children: Vec<usize>,
    /// Where it is in its parent.
    pub local: Local,
    /// What it shows.
    pub mesh: Option<usize>,
    /// What deforms its mesh.
    pub skin: Option<usize>,
    /// A camera here, looking along −Z.
    pub camera: Option<usize>,
    /// A light here, shining along −Z.
    pub light: Option<usize>,
    /// Morph weights that replace the mesh's own; empty when the file has none.
    pub weights: Vec<f32>,
    /// KHR_node_visibility; a hidden node hides all below it.
    pub visible: bool,
}

impl Default for Node {
    fn default() -> Self {
        Self {
            name: String::new(),
            parent: None,
            children: Vec::new(),
            local: Local::Trs(Trs::IDENTITY),
            mesh: None,
            skin: None,
            camera: None,
            light: None,
            weights: Vec::new(),
            visible: true,
        }
    }
}

/// A node's place in its parent. Only [`Local::Trs`] can be animated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Local {
    /// Translation, rotation, scale.
    Trs(Trs),
    /// Any affine matrix.
    Matrix(Mat4),
}

/// One of glTF's `scenes`.
#[derive(Clone, Debug, Default)]
pub struct Root {
    /// The file's name for it.
    pub name: String,
    /// The roots of its trees.
    pub nodes: Vec<usize>,
}

/// Bones that deform a mesh (glTF 2.0 §3.7.3).
#[derive(Clone, Debug, Default)]
pub struct Skin {
    /// The file's name for it.
    pub name: String,
    /// The nodes that are its joints.
    pub joints: Vec<usize>,
    /// For each joint `joint_from_mesh` in the bind pose; as long as `joints`.
    pub inverse_bind_matrices: Vec<Mat4>,
}

/// A camera of the file (glTF 2.0 §3.10).
#[derive(Clone, Debug, PartialEq)]
pub struct Camera {
    /// The file's name for it.
    pub name: String,
    /// Its projection.
    pub lens: Lens,
}

/// How a [`Camera`] projects; metres and radians.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Lens {
    /// As the eye sees.
    Perspective {
        /// Vertical field of view.
        yfov: f32,
        /// Width by height; the canvas's own where none.
        aspect: Option<f32>,
        /// Near plane.
        near: f32,
        /// Far plane; none is infinite.
        far: Option<f32>,
    },
    /// Without foreshortening.
    Orthographic {
        /// Half the width.
        xmag: f32,
        /// Half the height.
        ymag: f32,
        /// Near plane.
        near: f32,
        /// Far plane.
        far: f32,
    },
}

/// A light of KHR_lights_punctual; candela or lux.
#[derive(Clone, Debug, PartialEq)]
pub struct Light {
    /// The file's name for it.
    pub name: String,
    /// Linear RGB.
    pub color: Vec3,
    /// Candela for point and spot, lux for directional.
    pub intensity: f32,
    /// Metres after which it gives nothing; none is without end.
    pub range: Option<f32>,
    /// Its shape.
    pub kind: LightKind,
}

/// The shape of a [`Light`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LightKind {
    /// From infinitely far.
    Directional,
    /// In all directions.
    Point,
    /// In a cone; angles from its axis, radians.
    Spot {
        /// Where it begins to fall off.
        inner: f32,
        /// Where it ends.
        outer: f32,
    },
}
