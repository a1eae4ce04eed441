//! A customer's picture behind everything: see photo.wgsl. It is never tone-mapped, and filtered as the browser would.

use std::mem::{offset_of, size_of};

use bytemuck::{Pod, Zeroable};

use super::layout::Mirror;
use super::mipmap::{AlphaUse, Mipmapper};
use super::pipeline::Stage;
use super::shaders::PHOTO;
use super::slots::UniformSlots;
use super::texture::{Encoding, Picture};
use super::{DEPTH_FORMAT, Gpu, Pixels, RenderError};
use crate::frame::PhotoId;
use crate::shelf::Shelf;

const BYTES: usize = size_of::<PhotoUniform>();

/// Mirrors `Photo` in photo.wgsl.
#[repr(C)]
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
struct PhotoUniform {
    half_size: [f32; 2],
    exposure: f32,
    unused: f32,
}

/// [`PhotoUniform`] as WGSL must see it.
pub(super) const MIRROR: Mirror = (
    "Photo",
    BYTES,
    &[("half_size", offset_of!(PhotoUniform, half_size)), ("exposure", offset_of!(PhotoUniform, exposure))],
);

/// All pictures, and what draws them; made when the first one comes.
#[derive(Debug, Default)]
pub(super) struct Photos {
    shared: Option<Shared>,
    pictures: Shelf<PhotoId, Picture>,
    bound: Option<(PhotoId, wgpu::BindGroup)>,
}

#[derive(Debug)]
struct Shared {
    layout: wgpu::BindGroupLayout,
    sampler: wgpu::Sampler,
    slots: UniformSlots,
    picture: wgpu::RenderPipeline,
    behind: wgpu::RenderPipeline,
}

impl Photos {
    pub(super) fn pipelines(&self) -> usize {
        if self.shared.is_some() { 2 } else { 0 }
    }

    pub(super) fn texture_bytes(&self) -> u64 {
        self.pictures.values().map(|picture| picture.bytes).sum()
    }

    /// Takes a picture, replacing the one of the same name.
    pub(super) fn set(
        &mut self,
        gpu: &Gpu,
        mipmapper: &mut Mipmapper,
        id: PhotoId,
        pixels: &Pixels<'_>,
    ) -> Result<(), RenderError> {
        let picture = Picture::upload(gpu, mipmapper, pixels, Encoding::Data, AlphaUse::Unused)?;
        self.remove(id);
        self.pictures.insert(id, picture);
        Ok(())
    }

    pub(super) fn contains(&self, id: PhotoId) -> bool {
        self.pictures.contains_key(&id)
    }

    pub(super) fn remove(&mut self, id: PhotoId) {
        if let Some(picture) = self.pictures.remove(&id) {
            picture.destroy();
        }
        self.bound = None;
    }

    /// Makes its pipelines.
    pub(super) fn prepare(&mut self, device: &wgpu::Device, samples: u32) {
        self.shared.get_or_insert_with(|| Shared::new(device, samples));
    }

    /// Writes what a frame needs; before the pass begins.
    pub(super) fn update(&mut self, gpu: &Gpu, samples: u32, id: PhotoId, half_size: [f32; 2], exposure: f32) {
        let Some(picture) = self.pictures.get(&id) else { return };
        let device = &gpu.device;
        let shared = self.shared.get_or_insert_with(|| Shared::new(device, samples));
        let uniform = PhotoUniform { half_size, exposure, unused: 0.0 };
        let grown = shared.slots.write(device, &gpu.queue, &[uniform]);
        if !grown && self.bound.as_ref().is_some_and(|(known, _)| *known == id) {
            return;
        }
        let group = device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("photo"),
            layout: &shared.layout,
            entries: &[
                wgpu::BindGroupEntry { binding: 0, resource: shared.slots.binding(BYTES) },
                wgpu::BindGroupEntry { binding: 1, resource: wgpu::BindingResource::TextureView(&picture.view) },
                wgpu::BindGroupEntry { binding: 2, resource: wgpu::BindingResource::Sampler(&shared.sampler) },
            ],
        });
        self.bound = Some((id, group));
    }

    /// Draws it, before everything else.
    pub(super) fn draw(&self, pass: &mut wgpu::RenderPass<'_>, stage: Stage, id: PhotoId) {
        let (Some(shared), Some((bound, group))) = (&self.shared, &self.bound) else { return };
        if *bound == id {
            pass.set_pipeline(if stage == Stage::Behind { &shared.behind } else { &shared.picture });
            pass.set_bind_group(0, group, &[0]);
            pass.draw(0..6, 0..1);
        }
    }
}

impl Shared {
    fn new(device: &wgpu::Device, samples: u32) -> Self {
        use wgpu::ShaderStages as Stages;
        let entry = |binding, visibility, ty| wgpu::BindGroupLayoutEntry { binding, visibility, ty, count: None };
        let layout = device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
            label: Some("photo"),
            entries: &[
                entry(0, Stages::VERTEX_FRAGMENT, UniformSlots::binding_type(BYTES)),
                entry(
                    1,
                    Stages::FRAGMENT,
                    wgpu::BindingType::Texture {
                        sample_type: wgpu::TextureSampleType::Float { filterable: true },
                        view_dimension: wgpu::TextureViewDimension::D2,
                        multisampled: false,
                    },
                ),
                entry(2, Stages::FRAGMENT, wgpu::BindingType::Sampler(wgpu::SamplerBindingType::Filtering)),
            ],
        });
        let sampler = device.create_sampler(&wgpu::SamplerDescriptor {
            label: Some("photo"),
            mag_filter: wgpu::FilterMode::Linear,
            min_filter: wgpu::FilterMode::Linear,
            mipmap_filter: wgpu::MipmapFilterMode::Linear,
            ..Default::default()
        });
        let module = PHOTO.compile(device);
        let pipeline = |stage: Stage| pipeline(device, &module, &layout, samples, stage);
        Self {
            picture: pipeline(Stage::Picture),
            behind: pipeline(Stage::Behind),
            slots: UniformSlots::new(device, "photo", 1),
            layout,
            sampler,
        }
    }
}

fn pipeline(
    device: &wgpu::Device,
    module: &wgpu::ShaderModule,
    layout: &wgpu::BindGroupLayout,
    samples: u32,
    stage: Stage,
) -> wgpu::RenderPipeline {
    let layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
        label: Some("photo"),
        bind_group_layouts: &[Some(layout)],
        immediate_size: 0,
    });
    device.create_render_pipeline(&wgpu::RenderPipelineDescriptor {
        label: Some("photo"),
        layout: Some(&layout),
        vertex: wgpu::VertexState {
            module,
            entry_point: Some("photo_vertex"),
            compilation_options: Default::default(),
            buffers: &[],
        },
        primitive: wgpu::PrimitiveState::default(),
        depth_stencil: Some(wgpu::DepthStencilState {
            format: DEPTH_FORMAT,
            depth_write_enabled: Some(false),
            depth_compare: Some(wgpu::CompareFunction::Always),
            stencil: wgpu::StencilState::default(),
            bias: wgpu::DepthBiasState::default(),
        }),
        multisample: wgpu::MultisampleState { count: samples, ..Default::default() },
        fragment: Some(wgpu::FragmentState {
            module,
            entry_point: Some("photo_fragment"),
            compilation_options: wgpu::PipelineCompilationOptions {
                constants: &[("BEHIND", stage.is_behind())],
                ..Default::default()
            },
            targets: &[Some(stage.format().into())],
        }),
        multiview_mask: None,
        cache: None,
    })
}
