//! What one file may cost.

/// The most that one file may bring; a file that brings more is refused with
/// [`Code::Limit`](crate::issue::Code::Limit).
///
/// The defaults let every product through that a phone can show and stop files that were made to do harm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file itself and of each buffer beside it.
    pub bytes: usize,
    /// Values of the JSON, where an object counts for sixteen and an array for five: that is their part of the memory,
    /// which is many times their text.
    pub json_values: u64,
    /// Nodes of the tree.
    pub nodes: usize,
    /// Nodes from a root down to the deepest leaf.
    pub depth: usize,
    /// Triangles of all primitives, each primitive counted once.
    pub triangles: usize,
    /// Primitives, each counted once for every node that shows it.
    pub instances: usize,
    /// The triangles, lines and points of these instances, once more for each morph target.
    pub drawn_shapes: usize,
    /// Triangles that tangents are made for, in total. Not a reason to refuse: others are shown without.
    pub tangent_triangles: usize,
    /// Numbers read from accessors or made from them, in total; four bytes of memory each.
    pub values: usize,
    /// Pixels of one picture in the file, width by height, as its header says.
    pub texture_pixels: u64,
    /// Pixels of all of them.
    pub all_texture_pixels: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 512 << 20,
            json_values: 24 << 20,
            nodes: 100_000,
            depth: 20_000,
            triangles: 10_000_000,
            instances: 250_000,
            drawn_shapes: 100_000_000,
            tangent_triangles: 200_000,
            values: 128 << 20,
            texture_pixels: 16_384 * 16_384,
            all_texture_pixels: 4 * 16_384 * 16_384,
        }
    }
}
