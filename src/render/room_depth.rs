//! Real things that hide the product: depth maps of a room, drawn to depth alone before everything else.

use std::mem::{offset_of, size_of};

use bytemuck::{Pod, Zeroable};
use glam::Mat4;

use super::layout::Mirror;
use super::shaders::{self, ROOM_DEPTH};
use super::{COLOR_FORMAT, DEPTH_FORMAT, Gpu};

/// How far away a room is, for one eye.
#[derive(Clone, Debug, PartialEq)]
pub struct RoomDepth {
    /// x, y, width and height of the eye's part of the target, from the upper left.
    pub viewport_px: [u32; 4],
    /// The eye's projection, with a depth of 0 to 1.
    pub projection_from_view: Mat4,
    /// From shares of the eye's picture to shares of the map, both from the upper left
    /// (`XRDepthInformation.normDepthBufferFromNormView`).
    pub map_from_view: Mat4,
    /// Width and height of the map.
    pub size_px: [u32; 2],
    /// Metres from the eye's plane, rows from the top; 0 is unknown.
    pub metres: Vec<f32>,
}

/// Mirrors `Room` in room_depth.wgsl.
#[repr(C)]
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
struct Uniform {
    map_from_view: [[f32; 4]; 4],
    viewport: [f32; 4],
    projection: [f32; 4],
}

/// [`Uniform`] as WGSL must see it.
pub(super) const MIRROR: Mirror = (
    "Room",
    size_of::<Uniform>(),
    &[
        ("map_from_view", offset_of!(Uniform, map_from_view)),
        ("viewport", offset_of!(Uniform, viewport)),
        ("projection", offset_of!(Uniform, projection)),
    ],
);

/// Maps of this frame.
#[derive(Debug, Default)]
pub(super) struct RoomDepths {
    pipeline: Option<wgpu::RenderPipeline>,
    maps: Vec<Map>,
    /// How many of them count.
    used: usize,
}

#[derive(Debug)]
struct Map {
    size_px: [u32; 2],
    texture: wgpu::Texture,
    uniform: wgpu::Buffer,
    group: wgpu::BindGroup,
    viewport_px: [u32; 4],
}

impl Drop for Map {
    fn drop(&mut self) {
        self.texture.destroy();
        self.uniform.destroy();
    }
}

impl RoomDepths {
    /// Takes the maps of a frame, one an eye; none ends it and frees all.
    pub(super) fn set(&mut self, gpu: &Gpu, samples: u32, rooms: &[RoomDepth]) {
        self.used = 0;
        // Until the shader is fetched, nothing hides.
        if rooms.is_empty() || !shaders::complete() {
            return self.maps.clear();
        }
        let pipeline = self.pipeline.get_or_insert_with(|| pipeline(&gpu.device, samples));
        for (at, room) in rooms.iter().enumerate() {
            let [width, height] = room.size_px;
            let is_whole = room.metres.len() as u64 == u64::from(width) * u64::from(height) && width * height > 0;
            if !is_whole || width.max(height) > gpu.max_texture_px() {
                continue;
            }
            if self.maps.get(at).is_none_or(|map| map.size_px != room.size_px) {
                self.maps.truncate(at);
                self.maps.push(Map::new(&gpu.device, &pipeline.get_bind_group_layout(0), room.size_px));
            }
            let Some(map) = self.maps.get_mut(at) else { return };
            map.viewport_px = room.viewport_px;
            let (z, w) = (room.projection_from_view.z_axis, room.projection_from_view.w_axis);
            let uniform = Uniform {
                map_from_view: room.map_from_view.to_cols_array_2d(),
                viewport: room.viewport_px.map(|px| px as f32),
                projection: [z.z, w.z, z.w, w.w],
            };
            gpu.queue.write_buffer(&map.uniform, 0, bytemuck::bytes_of(&uniform));
            gpu.queue.write_texture(
                map.texture.as_image_copy(),
                bytemuck::cast_slice(&room.metres),
                wgpu::TexelCopyBufferLayout { offset: 0, bytes_per_row: Some(4 * width), rows_per_image: None },
                map.texture.size(),
            );
            self.used = at + 1;
        }
    }

    /// First in the scene's pass; what comes after sets its own viewport.
    pub(super) fn draw(&self, pass: &mut wgpu::RenderPass<'_>, size_px: [u32; 2]) {
        let Some(pipeline) = self.pipeline.as_ref().filter(|_| self.used > 0) else { return };
        pass.set_pipeline(pipeline);
        for map in self.maps.iter().take(self.used) {
            let [x, y, width, height] = map.viewport_px;
            if width == 0 || height == 0 || x + width > size_px[0] || y + height > size_px[1] {
                continue;
            }
            pass.set_viewport(x as f32, y as f32, width as f32, height as f32, 0.0, 1.0);
            pass.set_scissor_rect(x, y, width, height);
            pass.set_bind_group(0, &map.group, &[]);
            pass.draw(0..3, 0..1);
        }
    }
}

impl Map {
    fn new(device: &wgpu::Device, layout: &wgpu::BindGroupLayout, size_px: [u32; 2]) -> Self {
        let texture = device.create_texture(&wgpu::TextureDescriptor {
            label: Some("room depth"),
            size: wgpu::Extent3d { width: size_px[0], height: size_px[1], depth_or_array_layers: 1 },
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: wgpu::TextureFormat::R32Float,
            usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::COPY_DST,
            view_formats: &[],
        });
        let uniform = device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("room depth"),
            size: size_of::<Uniform>() as u64,
            usage: wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        let view = texture.create_view(&wgpu::TextureViewDescriptor::default());
        let group = device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("room depth"),
            layout,
            entries: &[
                wgpu::BindGroupEntry { binding: 0, resource: uniform.as_entire_binding() },
                wgpu::BindGroupEntry { binding: 1, resource: wgpu::BindingResource::TextureView(&view) },
            ],
        });
        Self { size_px, texture, uniform, group, viewport_px: [0; 4] }
    }
}

fn pipeline(device: &wgpu::Device, samples: u32) -> wgpu::RenderPipeline {
    let module = ROOM_DEPTH.compile(device);
    let stages = wgpu::ShaderStages::FRAGMENT;
    let group = device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
        label: Some("room depth"),
        entries: &[
            wgpu::BindGroupLayoutEntry {
                binding: 0,
                visibility: stages,
                ty: wgpu::BindingType::Buffer {
                    ty: wgpu::BufferBindingType::Uniform,
                    has_dynamic_offset: false,
                    min_binding_size: None,
                },
                count: None,
            },
            wgpu::BindGroupLayoutEntry {
                binding: 1,
                visibility: stages,
                ty: wgpu::BindingType::Texture {
                    // WebGL2 filters no such texels, and none are asked for.
                    sample_type: wgpu::TextureSampleType::Float { filterable: false },
                    view_dimension: wgpu::TextureViewDimension::D2,
                    multisampled: false,
                },
                count: None,
            },
        ],
    });
    let layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
        label: Some("room depth"),
        bind_group_layouts: &[Some(&group)],
        immediate_size: 0,
    });
    device.create_render_pipeline(&wgpu::RenderPipelineDescriptor {
        label: Some("room depth"),
        layout: Some(&layout),
        vertex: wgpu::VertexState {
            module: &module,
            entry_point: Some("vertex_room"),
            compilation_options: wgpu::PipelineCompilationOptions::default(),
            buffers: &[],
        },
        primitive: wgpu::PrimitiveState::default(),
        depth_stencil: Some(wgpu::DepthStencilState {
            format: DEPTH_FORMAT,
            depth_write_enabled: Some(true),
            depth_compare: Some(wgpu::CompareFunction::Always),
            stencil: wgpu::StencilState::default(),
            bias: wgpu::DepthBiasState::default(),
        }),
        multisample: wgpu::MultisampleState { count: samples, ..wgpu::MultisampleState::default() },
        fragment: Some(wgpu::FragmentState {
            module: &module,
            entry_point: Some("fragment_room"),
            compilation_options: wgpu::PipelineCompilationOptions::default(),
            targets: &[Some(wgpu::ColorTargetState {
                format: COLOR_FORMAT,
                blend: None,
                write_mask: wgpu::ColorWrites::empty(),
            })],
        }),
        multiview_mask: None,
        cache: None,
    })
}
