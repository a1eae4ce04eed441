//! Group 0: one uniform for each view of a frame.

use std::mem::size_of;

use super::Gpu;
use super::layout::{GpuFrame, Layouts};

/// The uniforms of all views of one frame.
#[derive(Debug)]
pub(super) struct FrameBuffer {
    buffer: wgpu::Buffer,
    /// Group 0, with a dynamic offset.
    pub(super) group: wgpu::BindGroup,
    stride: u32,
    views: usize,
}

impl FrameBuffer {
    pub(super) fn new(gpu: &Gpu, layouts: &Layouts, views: usize) -> Self {
        let stride = gpu.uniform_stride(size_of::<GpuFrame>());
        let buffer = gpu.device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("views"),
            size: u64::from(stride) * views as u64,
            usage: wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        let size = wgpu::BufferSize::new(size_of::<GpuFrame>() as u64);
        let group = gpu.device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("frame"),
            layout: &layouts.frame,
            entries: &[wgpu::BindGroupEntry {
                binding: 0,
                resource: wgpu::BindingResource::Buffer(wgpu::BufferBinding { buffer: &buffer, offset: 0, size }),
            }],
        });
        Self { buffer, group, stride, views }
    }

    pub(super) fn offset(&self, view: usize) -> u32 {
        view as u32 * self.stride
    }

    /// One write for all views: of two writes to one place before a submit, only the last would count.
    pub(super) fn write(&mut self, gpu: &Gpu, layouts: &Layouts, uniforms: &[GpuFrame]) {
        if uniforms.len() > self.views {
            *self = Self::new(gpu, layouts, uniforms.len());
        }
        let mut bytes = vec![0; self.stride as usize * uniforms.len()];
        for (place, uniform) in bytes.chunks_exact_mut(self.stride.max(1) as usize).zip(uniforms) {
            let uniform = bytemuck::bytes_of(uniform);
            if let Some(place) = place.get_mut(..uniform.len()) {
                place.copy_from_slice(uniform);
            }
        }
        if !bytes.is_empty() {
            gpu.queue.write_buffer(&self.buffer, 0, &bytes);
        }
    }
}
