//! Small uniforms, one per view, side by side in one buffer.

/// Every backend's alignment of dynamic offsets (WebGPU's and WebGL2's least).
const STRIDE: usize = 256;

/// A buffer of slots of 256 bytes, picked by dynamic offset; grows when a frame has more views.
#[derive(Debug)]
pub(super) struct UniformSlots {
    label: &'static str,
    buffer: wgpu::Buffer,
    slots: usize,
    staging: Vec<u8>,
}

impl UniformSlots {
    pub(super) fn new(device: &wgpu::Device, label: &'static str, slots: usize) -> Self {
        Self { label, buffer: buffer(device, label, slots), slots, staging: Vec::new() }
    }

    /// The type of its binding.
    pub(super) fn binding_type(bytes: usize) -> wgpu::BindingType {
        wgpu::BindingType::Buffer {
            ty: wgpu::BufferBindingType::Uniform,
            has_dynamic_offset: true,
            min_binding_size: wgpu::BufferSize::new(bytes as u64),
        }
    }

    /// One slot, as a bind group takes it.
    pub(super) fn binding(&self, bytes: usize) -> wgpu::BindingResource<'_> {
        let size = wgpu::BufferSize::new(bytes as u64);
        wgpu::BindingResource::Buffer(wgpu::BufferBinding { buffer: &self.buffer, offset: 0, size })
    }

    /// Where slot `index` begins.
    pub(super) fn offset(index: usize) -> u32 {
        (index * STRIDE) as u32
    }

    /// True when there is a slot of this number.
    pub(super) fn holds(&self, index: usize) -> bool {
        index < self.slots
    }

    /// Writes from slot 0 on, values of at most 256 bytes. True when the buffer is a new one: bind it again.
    pub(super) fn write<T: bytemuck::Pod>(&mut self, device: &wgpu::Device, queue: &wgpu::Queue, values: &[T]) -> bool {
        let grows = values.len() > self.slots;
        if grows {
            self.buffer.destroy();
            (self.buffer, self.slots) = (buffer(device, self.label, values.len()), values.len());
        }
        self.staging.clear();
        self.staging.resize(STRIDE * values.len(), 0);
        for (slot, value) in self.staging.chunks_exact_mut(STRIDE).zip(values) {
            let value = bytemuck::bytes_of(value);
            if let Some(place) = slot.get_mut(..value.len()) {
                place.copy_from_slice(value);
            }
        }
        queue.write_buffer(&self.buffer, 0, &self.staging);
        grows
    }
}

impl Drop for UniformSlots {
    /// In a browser, memory that is merely dropped waits for the garbage collector.
    fn drop(&mut self) {
        self.buffer.destroy();
    }
}

fn buffer(device: &wgpu::Device, label: &'static str, slots: usize) -> wgpu::Buffer {
    device.create_buffer(&wgpu::BufferDescriptor {
        label: Some(label),
        size: (STRIDE * slots.max(1)) as u64,
        usage: wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST,
        mapped_at_creation: false,
    })
}
