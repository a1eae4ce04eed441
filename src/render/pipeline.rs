//! Pipelines, cached by a small key.
//!
//! One vertex shader and two fragment shaders serve all materials: what a material has is switched by uniforms, what a
//! vertex lacks is read from a buffer of defaults. A browser compiles little, and keys that differ only in state share
//! the compiled program on WebGL2.

use crate::shelf::Shelf;

use super::behind::BEHIND_FORMAT;
use super::features::Features;
use super::layout::Layouts;
use super::shaders::{LAYERED, Module, SURFACE};
use super::{COLOR_FORMAT, DEPTH_FORMAT, vertex};
use crate::scene::{AlphaMode, Material, Topology};

/// Whether light counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shading {
    Lit,
    /// With extensions.
    Layered(Features),
    Unlit,
}

/// Which picture is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    /// The finished one.
    Picture,
    /// What transmission looks through: linear light.
    Behind,
}

impl Stage {
    pub(super) fn format(self) -> wgpu::TextureFormat {
        match self {
            Self::Picture => COLOR_FORMAT,
            Self::Behind => BEHIND_FORMAT,
        }
    }

    /// Of the overrides `BEHIND`.
    pub(super) fn is_behind(self) -> f64 {
        f64::from(u8::from(self == Self::Behind))
    }
}

/// What alpha does; drawn in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Alpha {
    Opaque,
    /// Colour of the samples that the mask covers.
    Mask,
    /// Alpha of those samples, drawn right after: covering by alpha leaves alpha itself too small.
    Coverage,
    Blend,
}

/// Which faces are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cull {
    Nothing,
    Back,
    Front,
}

/// Which way round a front face goes; a mirrored node turns it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Winding {
    CounterClockwise,
    Clockwise,
}

/// All that a material pipeline depends on. Sorting by it groups what is drawn together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PipelineKey {
    pub(super) stage: Stage,
    pub(super) alpha: Alpha,
    pub(super) shading: Shading,
    pub(super) attributes: vertex::Attributes,
    pub(super) topology: Topology,
    pub(super) cull: Cull,
    pub(super) winding: Winding,
}

impl PipelineKey {
    /// The one or two pipelines that draw a primitive: both sides of something blended are drawn back to front, a mask
    /// needs a second draw for its alpha where pixels have `samples`.
    pub(super) fn of(
        material: &Material,
        topology: Topology,
        attributes: vertex::Attributes,
        winding: Winding,
        samples: u32,
    ) -> (Self, Option<Self>) {
        let alpha = match material.alpha_mode {
            AlphaMode::Opaque => Alpha::Opaque,
            AlphaMode::Mask { .. } => Alpha::Mask,
            AlphaMode::Blend => Alpha::Blend,
        };
        let flat = material.unlit || !attributes.contains(vertex::Attributes::NORMAL);
        let features = Features::of(material);
        let shading = match (flat, features.any()) {
            (true, _) => Shading::Unlit,
            (_, true) => Shading::Layered(features),
            _ => Shading::Lit,
        };
        let triangles = topology == Topology::Triangles;
        let cull = if triangles && !material.double_sided { Cull::Back } else { Cull::Nothing };
        let winding = if triangles { winding } else { Winding::CounterClockwise };
        let key = Self { stage: Stage::Picture, alpha, shading, attributes, topology, cull, winding };
        // The inner side of glass is seen through the outer one.
        let through = alpha == Alpha::Blend || alpha == Alpha::Opaque && key.transmits();
        if through && triangles && material.double_sided {
            (Self { cull: Cull::Front, ..key }, Some(Self { cull: Cull::Back, ..key }))
        } else if alpha == Alpha::Mask && samples > 1 {
            (key, Some(Self { alpha: Alpha::Coverage, shading: Shading::Unlit, ..key }))
        } else {
            (key, None)
        }
    }

    /// What alpha does to its shadow: what transmits dims light as blended things do. None for the second of two.
    pub(super) fn casts(&self) -> Option<Alpha> {
        let opaque = self.alpha == Alpha::Opaque && self.transmits();
        let second = self.alpha == Alpha::Coverage || self.cull == Cull::Front;
        (self.topology == Topology::Triangles && !second).then_some(if opaque { Alpha::Blend } else { self.alpha })
    }

    /// Whether group 1 and 2 are those of materials with extensions.
    pub(super) fn is_layered(&self) -> bool {
        matches!(self.shading, Shading::Layered(_))
    }

    /// The same for what transmission looks through.
    pub(super) fn behind(self) -> Self {
        Self { stage: Stage::Behind, ..self }
    }

    /// Whether the environment's sheen is needed.
    pub(super) fn has_sheen(&self) -> bool {
        matches!(self.shading, Shading::Layered(features) if features.has_sheen())
    }

    /// Whether what lies behind is needed.
    pub(super) fn transmits(&self) -> bool {
        matches!(self.shading, Shading::Layered(features) if features.transmits())
    }
}

/// A pipeline's place in [`Pipelines`].
pub(super) type PipelineIndex = usize;

/// A module with the layout of its groups.
#[derive(Debug)]
struct Program {
    module: wgpu::ShaderModule,
    layout: wgpu::PipelineLayout,
}

impl Program {
    fn new(device: &wgpu::Device, module: &Module, groups: [&wgpu::BindGroupLayout; 4]) -> Self {
        let layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
            label: Some(module.name),
            bind_group_layouts: &groups.map(Some),
            immediate_size: 0,
        });
        Self { module: module.compile(device), layout }
    }
}

/// Every material pipeline so far.
#[derive(Debug)]
pub(super) struct Pipelines {
    plain: Program,
    /// Compiled for the first material with extensions.
    layered: Option<Program>,
    samples: u32,
    indices: Shelf<PipelineKey, PipelineIndex>,
    pipelines: Vec<wgpu::RenderPipeline>,
}

impl Pipelines {
    pub(super) fn new(device: &wgpu::Device, layouts: &Layouts, light: &wgpu::BindGroupLayout, samples: u32) -> Self {
        let plain = Program::new(device, &SURFACE, [&layouts.frame, light, &layouts.material, &layouts.draw]);
        Self { plain, layered: None, samples, indices: Shelf::new(), pipelines: Vec::new() }
    }

    /// Samples a pixel.
    pub(super) fn samples(&self) -> u32 {
        self.samples
    }

    pub(super) fn len(&self) -> usize {
        self.pipelines.len()
    }

    pub(super) fn contains(&self, key: &PipelineKey) -> bool {
        self.indices.contains_key(key)
    }

    pub(super) fn get(&self, index: PipelineIndex) -> Option<&wgpu::RenderPipeline> {
        self.pipelines.get(index)
    }

    /// The pipeline of `key`, created if need be.
    pub(super) fn ensure(&mut self, device: &wgpu::Device, layouts: &Layouts, key: PipelineKey) -> PipelineIndex {
        if let Some(index) = self.indices.get(&key) {
            return *index;
        }
        let index = self.pipelines.len();
        let program = if key.is_layered() {
            self.layered.get_or_insert_with(|| {
                let Layouts { frame, layered_light, layered_material, draw, .. } = layouts;
                Program::new(device, &LAYERED, [frame, layered_light, layered_material, draw])
            })
        } else {
            &self.plain
        };
        self.pipelines.push(create(device, program, self.samples, key));
        self.indices.insert(key, index);
        index
    }
}

fn create(device: &wgpu::Device, program: &Program, samples: u32, key: PipelineKey) -> wgpu::RenderPipeline {
    let blended = key.alpha == Alpha::Blend;
    let masked = key.alpha == Alpha::Mask;
    let covers = masked && samples > 1;
    let flag = |set| f64::from(u8::from(set));
    let mut constants = vec![("MASKED", flag(masked)), ("COVERS", flag(covers)), ("BEHIND", key.stage.is_behind())];
    if let Shading::Layered(features) = key.shading {
        constants.extend(features.constants());
    }
    let streams = vertex::Streams::new(key.attributes);
    device.create_render_pipeline(&wgpu::RenderPipelineDescriptor {
        label: Some("surface"),
        layout: Some(&program.layout),
        vertex: wgpu::VertexState {
            module: &program.module,
            entry_point: Some("vertex_surface"),
            compilation_options: wgpu::PipelineCompilationOptions::default(),
            buffers: &streams.layouts(),
        },
        primitive: wgpu::PrimitiveState {
            topology: match key.topology {
                Topology::Triangles => wgpu::PrimitiveTopology::TriangleList,
                Topology::Lines => wgpu::PrimitiveTopology::LineList,
                Topology::Points => wgpu::PrimitiveTopology::PointList,
            },
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
            depth_write_enabled: Some(matches!(key.alpha, Alpha::Opaque | Alpha::Mask)),
            depth_compare: Some(match key.alpha {
                Alpha::Coverage => wgpu::CompareFunction::Equal,
                _ => wgpu::CompareFunction::LessEqual,
            }),
            stencil: wgpu::StencilState::default(),
            bias: wgpu::DepthBiasState::default(),
        }),
        multisample: wgpu::MultisampleState {
            count: samples,
            alpha_to_coverage_enabled: covers,
            ..wgpu::MultisampleState::default()
        },
        fragment: Some(wgpu::FragmentState {
            module: &program.module,
            entry_point: Some(match (key.alpha, key.shading) {
                (Alpha::Coverage, _) => "fragment_alpha",
                (_, Shading::Lit) => "fragment_lit",
                (_, Shading::Layered(_)) => "fragment_layered",
                (_, Shading::Unlit) => "fragment_unlit",
            }),
            compilation_options: wgpu::PipelineCompilationOptions {
                constants: &constants,
                ..wgpu::PipelineCompilationOptions::default()
            },
            targets: &[Some(wgpu::ColorTargetState {
                format: key.stage.format(),
                blend: blended.then_some(wgpu::BlendState::PREMULTIPLIED_ALPHA_BLENDING),
                write_mask: match key.alpha {
                    Alpha::Mask if covers => wgpu::ColorWrites::COLOR,
                    Alpha::Coverage => wgpu::ColorWrites::ALPHA,
                    _ => wgpu::ColorWrites::ALL,
                },
            })],
        }),
        multiview_mask: None,
        cache: None,
    })
}
