//! The uniform of group 0: one for each view of a frame.

use std::mem::size_of;

use super::Gpu;
use super::layout::GpuFrame;

/// The uniforms of all views of one frame.
#[derive(Debug)]
pub(super) struct FrameBuffer {
    buffer: wgpu::Buffer,
    staging: Vec<u8>,
    stride: u32,
    views: usize,
    /// Grows with every new buffer: then bind it again.
    pub(super) generation: u32,
}

impl FrameBuffer {
    pub(super) fn new(gpu: &Gpu, views: usize) -> Self {
        let stride = gpu.uniform_stride(size_of::<GpuFrame>());
        Self { buffer: buffer(gpu, stride, views), staging: Vec::new(), stride, views, generation: 0 }
    }

    /// One view, as a bind group takes it, with a dynamic offset.
    pub(super) fn binding(&self) -> wgpu::BindingResource<'_> {
        let size = wgpu::BufferSize::new(size_of::<GpuFrame>() as u64);
        wgpu::BindingResource::Buffer(wgpu::BufferBinding { buffer: &self.buffer, offset: 0, size })
    }

    pub(super) fn offset(&self, view: usize) -> u32 {
        view as u32 * self.stride
    }

    /// Makes room; before anything is bound.
    pub(super) fn reserve(&mut self, gpu: &Gpu, views: usize) {
        if views > self.views {
            self.buffer.destroy();
            self.buffer = buffer(gpu, self.stride, views);
            self.views = views;
            self.generation = self.generation.wrapping_add(1);
        }
    }

    /// One write for all views, as many as there is room for: of two writes to one place before a submit, only the last
    /// would count.
    pub(super) fn write(&mut self, gpu: &Gpu, uniforms: &[GpuFrame]) {
        self.staging.clear();
        self.staging.resize(self.stride as usize * uniforms.len().min(self.views), 0);
        for (place, uniform) in self.staging.chunks_exact_mut(self.stride.max(1) as usize).zip(uniforms) {
            let uniform = bytemuck::bytes_of(uniform);
            if let Some(place) = place.get_mut(..uniform.len()) {
                place.copy_from_slice(uniform);
            }
        }
        if !self.staging.is_empty() {
            gpu.queue.write_buffer(&self.buffer, 0, &self.staging);
        }
    }
}

fn buffer(gpu: &Gpu, stride: u32, views: usize) -> wgpu::Buffer {
    gpu.device.create_buffer(&wgpu::BufferDescriptor {
        label: Some("views"),
        size: u64::from(stride) * views as u64,
        usage: wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST,
        mapped_at_creation: false,
    })
}
