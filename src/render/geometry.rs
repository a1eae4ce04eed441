//! Primitives on the GPU: few large buffers, one slice for each stream.

use glam::Vec3;

use super::deform::MorphSlice;
use super::vertex::{self, Attributes};
use super::{Gpu, RenderError};
use crate::geom::Aabb;
use crate::scene::{Primitive, Scene, Topology};

/// Buffers are cut at about this size, so that no upload stalls a frame for long.
const CHUNK_BYTES: usize = 16 << 20;

/// A part of a chunk.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slice {
    pub(super) chunk: usize,
    pub(super) offset: u64,
    pub(super) bytes: u64,
}

/// One primitive, ready to be drawn.
#[derive(Debug)]
pub(super) struct GpuPrimitive {
    pub(super) mesh: usize,
    pub(super) primitive: usize,
    pub(super) topology: Topology,
    pub(super) attributes: Attributes,
    pub(super) positions: Slice,
    pub(super) shading: Option<Slice>,
    pub(super) skin: Option<Slice>,
    pub(super) indices: Slice,
    pub(super) index_format: wgpu::IndexFormat,
    pub(super) index_count: u32,
    pub(super) bounds: Aabb,
    pub(super) morph: Option<MorphSlice>,
}

#[cfg(feature = "product")]
impl GpuPrimitive {
    /// Which of its indices a gate lets through; all without one.
    pub(super) fn gated(&self, gate: Option<&mut super::renderer::Gate>) -> std::ops::Range<u32> {
        let step = if self.topology == Topology::Triangles { 3 } else { self.index_count };
        gate.map_or(0..self.index_count, |gate| gate.take(self.index_count, step))
    }
}

/// All primitives of a scene.
#[derive(Debug, Default)]
pub(super) struct Geometry {
    pub(super) vertex_chunks: Vec<wgpu::Buffer>,
    pub(super) index_chunks: Vec<wgpu::Buffer>,
    pub(super) primitives: Vec<GpuPrimitive>,
    pub(super) bytes: u64,
}

impl Geometry {
    pub(super) fn upload(gpu: &Gpu, scene: &Scene) -> Result<Self, RenderError> {
        let mut vertices = Packer::new("vertices", wgpu::BufferUsages::VERTEX);
        let mut indices = Packer::new("indices", wgpu::BufferUsages::INDEX);
        let mut primitives = Vec::new();
        for (mesh, item) in scene.meshes.iter() {
            for (index, primitive) in item.primitives.iter() {
                let second = second_uv_set(scene, primitive);
                let empty = Vec::new();
                let second_uvs = primitive.vertices.uvs.get(second).unwrap_or(&empty);
                let attributes = Attributes::of(&primitive.vertices, second_uvs);
                let positions = vertices.push(gpu, bytemuck::cast_slice(&primitive.vertices.positions))?;
                let shading = vertex::shading_bytes(&primitive.vertices, second_uvs, attributes);
                let shading = if shading.is_empty() { None } else { Some(vertices.push(gpu, &shading)?) };
                let skin = if attributes.contains(Attributes::SKIN) {
                    Some(vertices.push(gpu, &vertex::skin_bytes(&primitive.vertices))?)
                } else {
                    None
                };
                // WebGL2 reads 0xFFFF as "begin a new strip", even in lists.
                let (slice, index_format) = if primitive.vertices.positions.len() < 0xFFFF {
                    let short: Vec<u16> = primitive.indices.iter().map(|index| *index as u16).collect();
                    (indices.push(gpu, bytemuck::cast_slice(&short))?, wgpu::IndexFormat::Uint16)
                } else {
                    (indices.push(gpu, bytemuck::cast_slice(&primitive.indices))?, wgpu::IndexFormat::Uint32)
                };
                primitives.push(GpuPrimitive {
                    mesh,
                    primitive: index,
                    topology: primitive.topology,
                    attributes,
                    positions,
                    shading,
                    skin,
                    indices: slice,
                    index_format,
                    index_count: primitive.indices.len() as u32,
                    bounds: bounds(primitive),
                    morph: None,
                });
            }
        }
        let (vertex_chunks, vertex_bytes) = vertices.finish(gpu)?;
        let (index_chunks, index_bytes) = indices.finish(gpu)?;
        Ok(Self { vertex_chunks, index_chunks, primitives, bytes: vertex_bytes + index_bytes })
    }

    /// Frees the buffers now, not when a garbage collector gets to it.
    pub(super) fn destroy(&self) {
        for chunk in self.vertex_chunks.iter().chain(&self.index_chunks) {
            chunk.destroy();
        }
    }
}

/// Scenes made by hand may lack the box.
fn bounds(primitive: &Primitive) -> Aabb {
    let mut out = primitive.bounds;
    if out.is_empty() {
        for position in &primitive.vertices.positions {
            out.insert(*position);
        }
    }
    if out.is_empty() { Aabb { min: Vec3::ZERO, max: Vec3::ZERO } } else { out }
}

/// The UV set of the second stream: 1, or the first higher one that a material of this primitive uses.
///
/// Departs: a primitive whose materials use both set 1 and a higher one sees the higher one for both.
pub(super) fn second_uv_set(scene: &Scene, primitive: &Primitive) -> usize {
    let variants = primitive.variant_materials.iter().copied().flatten();
    let materials = variants.chain(primitive.material).filter_map(|index| scene.materials.get(index));
    let sets = materials.flat_map(|material| material.textures().map(|(_, texture)| texture.uv_set));
    sets.filter(|set| *set > 1).min().unwrap_or(1)
}

/// Joins byte runs into buffers of about [`CHUNK_BYTES`].
struct Packer {
    label: &'static str,
    usage: wgpu::BufferUsages,
    pending: Vec<u8>,
    chunks: Vec<wgpu::Buffer>,
    bytes: u64,
}

impl Packer {
    fn new(label: &'static str, usage: wgpu::BufferUsages) -> Self {
        Self { label, usage, pending: Vec::new(), chunks: Vec::new(), bytes: 0 }
    }

    fn push(&mut self, gpu: &Gpu, bytes: &[u8]) -> Result<Slice, RenderError> {
        if !self.pending.is_empty() && self.pending.len() + bytes.len() > CHUNK_BYTES {
            self.flush(gpu)?;
        }
        let slice = Slice { chunk: self.chunks.len(), offset: self.pending.len() as u64, bytes: bytes.len() as u64 };
        self.pending.extend_from_slice(bytes);
        // Offsets and writes are counted in fours.
        self.pending.resize(self.pending.len().next_multiple_of(4), 0);
        Ok(slice)
    }

    fn flush(&mut self, gpu: &Gpu) -> Result<(), RenderError> {
        let needed = self.pending.len() as u64;
        let limit = gpu.device.limits().max_buffer_size;
        if needed > limit {
            return Err(RenderError::TooLarge { what: "a mesh in bytes", needed, limit });
        }
        let buffer = gpu.device.create_buffer(&wgpu::BufferDescriptor {
            label: Some(self.label),
            size: needed,
            usage: self.usage | wgpu::BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        gpu.queue.write_buffer(&buffer, 0, &self.pending);
        self.pending.clear();
        self.chunks.push(buffer);
        self.bytes += needed;
        Ok(())
    }

    fn finish(mut self, gpu: &Gpu) -> Result<(Vec<wgpu::Buffer>, u64), RenderError> {
        if !self.pending.is_empty() {
            self.flush(gpu)?;
        }
        Ok((self.chunks, self.bytes))
    }
}
