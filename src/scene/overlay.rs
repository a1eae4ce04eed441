//! What is laid over an unchanged scene: choices and the page's edits.

use crate::geom::Trs;
use crate::shelf::Shelf;

use super::{Material, Scene};

/// Differences from the file. Later wishes win over earlier ones: file, variant, choice, the page's own edits.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overlay {
    /// The active variant of KHR_materials_variants.
    pub variant: Option<usize>,
    /// Nodes shown or hidden against the file, by node index.
    pub visibility: Shelf<usize, bool>,
    /// Places in their parents that replace the file's, by node index; animations win over them.
    #[cfg(feature = "product")]
    pub placements: Shelf<usize, Trs>,
    /// Morph weights that replace the file's, by node index; animations win over them.
    #[cfg(feature = "product")]
    pub weights: Shelf<usize, Vec<f32>>,
    /// How all of it is drawn.
    #[cfg(feature = "product")]
    pub role: Role,
    /// Materials that replace the file's, by material index.
    pub materials: Shelf<usize, Material>,
}

/// How something is drawn.
#[cfg(feature = "product")]
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Role {
    /// As it is.
    #[default]
    Seen,
    /// As it is, but it is no thing that stands there: a line, a ray, a menu. It casts no shadow.
    Sign,
    /// Not at all, but it hides what is behind it, and takes the shadow of what is drawn: it stands there in reality, or in a
    /// picture. What one looks through hides nothing.
    DepthOnly,
    /// As a line around it, and where one part of it ends before another; inside one sees what is behind it in the picture.
    Outline {
        /// The line's, in pixels of the picture; a dark rim of 0.6 widths is around it.
        width_px: f32,
    },
}

#[cfg(feature = "product")]
impl Role {
    /// Whether it is drawn as it is.
    pub fn is_drawn(self) -> bool {
        matches!(self, Self::Seen | Self::Sign)
    }
}

impl Overlay {
    /// The material under `index` as it is to be seen.
    pub fn material<'a>(&'a self, scene: &'a Scene, index: usize) -> Option<&'a Material> {
        self.materials.get(&index).or_else(|| scene.materials.get(index))
    }

    /// The place that replaces the file's.
    pub(super) fn placement(&self, _node: usize) -> Option<Trs> {
        #[cfg(feature = "product")]
        return self.placements.get(&_node).copied();
        #[cfg(not(feature = "product"))]
        None
    }

    /// The morph weights that replace the file's.
    pub(super) fn weights(&self, _node: usize) -> Option<&[f32]> {
        #[cfg(feature = "product")]
        return self.weights.get(&_node).map(Vec::as_slice);
        #[cfg(not(feature = "product"))]
        None
    }
}
