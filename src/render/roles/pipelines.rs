//! Pipelines for parts that are not drawn as they are.

use super::{BYTES, COPIES};
use crate::render::layout::Layouts;
use crate::render::pipeline::{Cull, Stage, Winding};
use crate::render::shaders::ROLES;
use crate::render::slots::UniformSlots;
use crate::render::vertex::{Attributes, Streams};
use crate::render::{COLOR_FORMAT, DEPTH_FORMAT};
use crate::scene::Role;

/// How much farther a moved copy is taken to be where its surface is slanted, in slopes a pixel: a line that is this many
/// pixels wide does not cover the part's own round edge.
const SLOPES: f32 = 10.0;

/// What a part is drawn for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// Its depth.
    Hide,
    /// The shadow on it.
    Catch,
    /// What is dark around its line.
    Rim,
    /// Its line.
    Outline,
    /// The map of what casts.
    Cast,
}

impl Use {
    pub(super) fn of(role: Role) -> &'static [Self] {
        match role {
            Role::Seen | Role::Sign => &[],
            Role::DepthOnly => &[Self::Hide, Self::Catch],
            Role::Outline { .. } => &[Self::Hide, Self::Rim, Self::Outline],
        }
    }

    /// How often a part is drawn.
    pub(super) fn copies(self) -> u32 {
        if self.is_line() { COPIES } else { 1 }
    }

    pub(super) fn is_line(self) -> bool {
        matches!(self, Self::Rim | Self::Outline)
    }
}

/// All that such a pipeline depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::render) struct Key {
    pub(super) purpose: Use,
    pub(super) stage: Stage,
    pub(super) masked: bool,
    pub(super) cull: Cull,
    pub(super) winding: Winding,
    pub(super) attributes: Attributes,
}

/// Every one so far.
#[derive(Debug)]
pub(super) struct Pipelines {
    module: wgpu::ShaderModule,
    layout: wgpu::PipelineLayout,
    group_layout: wgpu::BindGroupLayout,
    samples: u32,
    made: Vec<(Key, wgpu::RenderPipeline)>,
}

impl Pipelines {
    pub(super) fn new(device: &wgpu::Device, layouts: &Layouts, samples: u32) -> Self {
        let entry = |binding, visibility, ty| wgpu::BindGroupLayoutEntry { binding, visibility, ty, count: None };
        let group_layout = device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
            label: Some("roles"),
            entries: &[
                entry(0, wgpu::ShaderStages::VERTEX_FRAGMENT, UniformSlots::binding_type(BYTES)),
                entry(
                    1,
                    wgpu::ShaderStages::FRAGMENT,
                    wgpu::BindingType::Texture {
                        sample_type: wgpu::TextureSampleType::Float { filterable: false },
                        view_dimension: wgpu::TextureViewDimension::D2,
                        multisampled: false,
                    },
                ),
            ],
        });
        let layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
            label: Some("roles"),
            bind_group_layouts: &[&layouts.frame, &group_layout, &layouts.material, &layouts.draw].map(Some),
            immediate_size: 0,
        });
        Self { module: ROLES.compile(device), layout, group_layout, samples, made: Vec::new() }
    }

    pub(super) fn len(&self) -> usize {
        self.made.len()
    }

    pub(super) fn get(&self, key: &Key) -> Option<&wgpu::RenderPipeline> {
        self.made.iter().find(|(known, _)| known == key).map(|(_, made)| made)
    }

    pub(super) fn ensure(&mut self, device: &wgpu::Device, key: Key) {
        if self.get(&key).is_none() {
            self.made.push((key, self.create(device, key)));
        }
    }

    /// Group 1.
    pub(super) fn group(
        &self,
        device: &wgpu::Device,
        slots: &UniformSlots,
        map: &wgpu::TextureView,
    ) -> wgpu::BindGroup {
        device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("roles"),
            layout: &self.group_layout,
            entries: &[
                wgpu::BindGroupEntry { binding: 0, resource: slots.binding(BYTES) },
                wgpu::BindGroupEntry { binding: 1, resource: wgpu::BindingResource::TextureView(map) },
            ],
        })
    }

    fn create(&self, device: &wgpu::Device, key: Key) -> wgpu::RenderPipeline {
        let (vertex, fragment) = match key.purpose {
            Use::Hide => ("role_vertex", "hiding_fragment"),
            Use::Catch => ("role_vertex", "catching_fragment"),
            Use::Rim | Use::Outline => ("outline_vertex", "outline_fragment"),
            Use::Cast => ("role_vertex", "caster_fragment"),
        };
        let casts = key.purpose == Use::Cast;
        let flag = |set: bool| f64::from(u8::from(set));
        // Each for all stages: a constant that one of them lacks is refused by none.
        let constants = [("MASKED", flag(key.masked)), ("RIM", flag(key.purpose == Use::Rim))];
        let streams = Streams::new(key.attributes);
        device.create_render_pipeline(&wgpu::RenderPipelineDescriptor {
            label: Some("roles"),
            layout: Some(&self.layout),
            vertex: wgpu::VertexState {
                module: &self.module,
                entry_point: Some(vertex),
                compilation_options: wgpu::PipelineCompilationOptions {
                    constants: &constants,
                    ..wgpu::PipelineCompilationOptions::default()
                },
                buffers: &streams.layouts(),
            },
            primitive: wgpu::PrimitiveState {
                front_face: match key.winding {
                    Winding::CounterClockwise => wgpu::FrontFace::Ccw,
                    Winding::Clockwise => wgpu::FrontFace::Cw,
                },
                cull_mode: match key.cull {
                    Cull::Nothing => None,
                    Cull::Back => Some(wgpu::Face::Back),
                    Cull::Front => Some(wgpu::Face::Front),
                },
                ..wgpu::PrimitiveState::default()
            },
            depth_stencil: Some(wgpu::DepthStencilState {
                format: DEPTH_FORMAT,
                depth_write_enabled: Some(matches!(key.purpose, Use::Hide | Use::Cast)),
                depth_compare: Some(wgpu::CompareFunction::LessEqual),
                stencil: wgpu::StencilState::default(),
                bias: wgpu::DepthBiasState {
                    slope_scale: if key.purpose.is_line() { SLOPES } else { 0.0 },
                    ..wgpu::DepthBiasState::default()
                },
            }),
            multisample: wgpu::MultisampleState {
                count: if casts { 1 } else { self.samples },
                ..wgpu::MultisampleState::default()
            },
            fragment: Some(wgpu::FragmentState {
                module: &self.module,
                entry_point: Some(fragment),
                compilation_options: wgpu::PipelineCompilationOptions {
                    constants: &constants,
                    ..wgpu::PipelineCompilationOptions::default()
                },
                targets: &[Some(wgpu::ColorTargetState {
                    format: if casts { COLOR_FORMAT } else { key.stage.format() },
                    blend: (key.purpose == Use::Catch).then_some(wgpu::BlendState::PREMULTIPLIED_ALPHA_BLENDING),
                    write_mask: if key.purpose == Use::Hide {
                        wgpu::ColorWrites::empty()
                    } else {
                        wgpu::ColorWrites::ALL
                    },
                })],
            }),
            multiview_mask: None,
            cache: None,
        })
    }
}
