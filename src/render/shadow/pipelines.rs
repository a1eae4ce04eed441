//! What all shadow maps of a device share.

use super::{BlurUniform, FloorUniform, UniformSlots, color};
use crate::render::layout::depth_behind;
use crate::render::pipeline::Stage;
use crate::render::{COLOR_FORMAT, shaders};

/// Wide and faint: eight bits would show steps.
pub(super) const BLURRED_FORMAT: wgpu::TextureFormat = wgpu::TextureFormat::Rgba16Float;
pub(super) const BLUR_BYTES: usize = size_of::<BlurUniform>();
pub(super) const FLOOR_BYTES: usize = size_of::<FloorUniform>();

/// Blur and floor; made ahead one by one, or when a frame first asks for a shadow.
#[derive(Debug)]
pub(in crate::render) struct ShadowPipelines {
    blur_layout: wgpu::BindGroupLayout,
    floor_layout: wgpu::BindGroupLayout,
    sampler: wgpu::Sampler,
    samples: u32,
    blur: Option<wgpu::RenderPipeline>,
    floor: Option<wgpu::RenderPipeline>,
    /// The floor in what transmission looks through.
    behind: Option<wgpu::RenderPipeline>,
}

impl ShadowPipelines {
    /// How many pipelines there are in the end.
    pub(in crate::render) const PIPELINES: usize = 2;

    /// For scene passes of this many samples; without pipelines.
    pub(in crate::render) fn new(device: &wgpu::Device, samples: u32) -> Self {
        let blur_layout = layout(device, BLUR_BYTES);
        let floor_layout = layout(device, FLOOR_BYTES);
        let sampler = device.create_sampler(&wgpu::SamplerDescriptor {
            label: Some("shadow"),
            mag_filter: wgpu::FilterMode::Linear,
            min_filter: wgpu::FilterMode::Linear,
            ..Default::default()
        });
        Self { blur_layout, floor_layout, sampler, samples, blur: None, floor: None, behind: None }
    }

    /// How many pipelines there are.
    pub(in crate::render) fn pipelines(&self) -> usize {
        [&self.blur, &self.floor, &self.behind].into_iter().flatten().count()
    }

    /// What draws the floor.
    pub(super) fn floor(&self, stage: Stage) -> Option<&wgpu::RenderPipeline> {
        if stage == Stage::Behind { self.behind.as_ref() } else { self.floor.as_ref() }
    }

    /// Makes the pipeline that draws the floor behind glass.
    pub(in crate::render) fn ensure_behind(&mut self, device: &wgpu::Device) {
        if self.behind.is_none() {
            let floor = Drawn { format: Stage::Behind.format(), ..FLOOR };
            self.behind = Some(floor.pipeline(device, &self.floor_layout, self.samples));
        }
    }

    /// Makes the next pipeline, if one is missing.
    pub(in crate::render) fn build(&mut self, device: &wgpu::Device) {
        if self.blur.is_none() {
            self.blur = Some(BLUR.pipeline(device, &self.blur_layout, 1));
        } else if self.floor.is_none() {
            self.floor = Some(FLOOR.pipeline(device, &self.floor_layout, self.samples));
        }
    }

    /// Makes all that are missing.
    pub(in crate::render) fn complete(&mut self, device: &wgpu::Device) {
        while self.blur.is_none() || self.floor.is_none() {
            self.build(device);
        }
    }

    /// The group of one pass; `bytes` says which.
    pub(super) fn bind(
        &self,
        device: &wgpu::Device,
        uniform: wgpu::BindingResource<'_>,
        source: &wgpu::TextureView,
        bytes: usize,
    ) -> wgpu::BindGroup {
        device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("shadow"),
            layout: if bytes == BLUR_BYTES { &self.blur_layout } else { &self.floor_layout },
            entries: &[
                wgpu::BindGroupEntry { binding: 0, resource: uniform },
                wgpu::BindGroupEntry { binding: 1, resource: wgpu::BindingResource::TextureView(source) },
                wgpu::BindGroupEntry { binding: 2, resource: wgpu::BindingResource::Sampler(&self.sampler) },
            ],
        })
    }

    /// One direction of one stage.
    pub(super) fn blur(
        &self,
        encoder: &mut wgpu::CommandEncoder,
        source: &wgpu::BindGroup,
        offset: u32,
        target: &wgpu::TextureView,
    ) {
        let Some(pipeline) = &self.blur else { return };
        let mut pass = encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
            label: Some("shadow blur"),
            color_attachments: &[color(target, wgpu::Color::TRANSPARENT)],
            ..Default::default()
        });
        pass.set_pipeline(pipeline);
        pass.set_bind_group(0, source, &[offset]);
        pass.draw(0..3, 0..1);
    }
}

fn layout(device: &wgpu::Device, bytes: usize) -> wgpu::BindGroupLayout {
    let entry = |binding, visibility, ty| wgpu::BindGroupLayoutEntry { binding, visibility, ty, count: None };
    let picture = wgpu::BindingType::Texture {
        sample_type: wgpu::TextureSampleType::Float { filterable: true },
        view_dimension: wgpu::TextureViewDimension::D2,
        multisampled: false,
    };
    let fragment = wgpu::ShaderStages::FRAGMENT;
    device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
        label: Some("shadow"),
        entries: &[
            entry(0, wgpu::ShaderStages::VERTEX_FRAGMENT, UniformSlots::binding_type(bytes)),
            entry(1, fragment, picture),
            entry(2, fragment, wgpu::BindingType::Sampler(wgpu::SamplerBindingType::Filtering)),
        ],
    })
}

/// What one pipeline differs in.
struct Drawn {
    module: shaders::Module,
    /// Vertex and fragment.
    entries: [&'static str; 2],
    format: wgpu::TextureFormat,
    /// Drawn into the scene: blended, behind what is nearer, seen from one side.
    in_scene: bool,
}

const BLUR: Drawn =
    Drawn { module: shaders::BLUR, entries: ["shadow_screen", "shadow_blur"], format: BLURRED_FORMAT, in_scene: false };
const FLOOR: Drawn = Drawn {
    module: shaders::SHADOW_FLOOR,
    entries: ["shadow_floor_vertex", "shadow_floor_fragment"],
    format: COLOR_FORMAT,
    in_scene: true,
};

impl Drawn {
    fn pipeline(&self, device: &wgpu::Device, group: &wgpu::BindGroupLayout, samples: u32) -> wgpu::RenderPipeline {
        let [vertex, fragment] = self.entries;
        let module = self.module.compile(device);
        let behind = [("BEHIND", 1.0)];
        let constants = if self.format == Stage::Behind.format() && self.in_scene { &behind[..] } else { &[] };
        let layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
            label: Some(fragment),
            bind_group_layouts: &[Some(group)],
            immediate_size: 0,
        });
        device.create_render_pipeline(&wgpu::RenderPipelineDescriptor {
            label: Some(fragment),
            layout: Some(&layout),
            vertex: wgpu::VertexState {
                module: &module,
                entry_point: Some(vertex),
                compilation_options: Default::default(),
                buffers: &[],
            },
            primitive: wgpu::PrimitiveState {
                cull_mode: self.in_scene.then_some(wgpu::Face::Back),
                ..Default::default()
            },
            depth_stencil: self.in_scene.then(depth_behind),
            multisample: wgpu::MultisampleState { count: samples, ..Default::default() },
            fragment: Some(wgpu::FragmentState {
                module: &module,
                entry_point: Some(fragment),
                compilation_options: wgpu::PipelineCompilationOptions { constants, ..Default::default() },
                targets: &[Some(wgpu::ColorTargetState {
                    format: self.format,
                    blend: self.in_scene.then_some(wgpu::BlendState::PREMULTIPLIED_ALPHA_BLENDING),
                    write_mask: wgpu::ColorWrites::ALL,
                })],
            }),
            multiview_mask: None,
            cache: None,
        })
    }
}
