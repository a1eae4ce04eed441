//! The environment behind everything, sharp.

use std::mem::offset_of;

use bytemuck::{Pod, Zeroable};
use glam::{Mat3, Mat4, Vec3, Vec4};

use super::layout::{Mirror, depth_behind};
use super::light::Lights;
use super::pipeline::Stage;
use super::shaders::SKYBOX;
use super::slots::UniformSlots;
use crate::camera::View;
use crate::frame::{EnvironmentId, Ground};

/// Mirrors `Skybox` in skybox.wgsl.
#[repr(C)]
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
struct SkyboxUniform {
    environment_from_clip: [[f32; 4]; 4],
    exposure: f32,
    tone_map: u32,
    kind: u32,
    unused: u32,
    eye: [f32; 4],
}

const BYTES: usize = size_of::<SkyboxUniform>();

/// [`SkyboxUniform`] as WGSL must see it.
pub(super) const MIRROR: Mirror = (
    "Skybox",
    BYTES,
    &[
        ("environment_from_clip", offset_of!(SkyboxUniform, environment_from_clip)),
        ("exposure", offset_of!(SkyboxUniform, exposure)),
        ("tone_map", offset_of!(SkyboxUniform, tone_map)),
        ("kind", offset_of!(SkyboxUniform, kind)),
        ("eye", offset_of!(SkyboxUniform, eye)),
    ],
);

/// How a background is shown.
#[derive(Clone, Copy, Debug)]
pub(super) struct SkyboxLook {
    /// Whose picture; what was not kept sharp shows the cube of its light.
    pub(super) environment: EnvironmentId,
    /// What its lower part is projected to.
    pub(super) ground: Option<Ground>,
    /// Around +Y, with the light.
    pub(super) rotation: f32,
    /// As for the product.
    pub(super) exposure: f32,
    /// As tone_map.wgsl counts.
    pub(super) tone_map: u32,
}

/// Draws a skybox; made when a frame first asks for one.
#[derive(Debug)]
pub(super) struct Skybox {
    layout: wgpu::BindGroupLayout,
    module: wgpu::ShaderModule,
    pipeline_layout: wgpu::PipelineLayout,
    samples: u32,
    pipeline: wgpu::RenderPipeline,
    /// Of what transmission looks through.
    behind: Option<wgpu::RenderPipeline>,
    slots: UniformSlots,
    /// In place of a picture that was not kept.
    blank: wgpu::TextureView,
    bind_group: Option<wgpu::BindGroup>,
    /// What is bound: the environment, and the generation of all of them.
    bound: (EnvironmentId, u32),
}

impl Skybox {
    /// For passes of this many samples.
    pub(super) fn new(device: &wgpu::Device, lights: &Lights, samples: u32) -> Self {
        let layout = layout(device);
        let blank = device
            .create_texture(&wgpu::TextureDescriptor {
                label: Some("no skybox"),
                size: wgpu::Extent3d::default(),
                mip_level_count: 1,
                sample_count: 1,
                dimension: wgpu::TextureDimension::D2,
                format: wgpu::TextureFormat::Rgba8Unorm,
                usage: wgpu::TextureUsages::TEXTURE_BINDING,
                view_formats: &[],
            })
            .create_view(&Default::default());
        let module = SKYBOX.compile(device);
        let pipeline_layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
            label: Some("skybox"),
            bind_group_layouts: &[Some(&layout), Some(lights.layout())],
            immediate_size: 0,
        });
        Self {
            pipeline: pipeline(device, &module, &pipeline_layout, samples, Stage::Picture),
            behind: None,
            layout,
            module,
            pipeline_layout,
            samples,
            slots: UniformSlots::new(device, "skybox", 2),
            blank,
            bind_group: None,
            bound: (EnvironmentId::STUDIO, 0),
        }
    }

    pub(super) fn pipelines(&self) -> usize {
        1 + usize::from(self.behind.is_some())
    }

    /// Makes the pipeline that draws it behind glass.
    pub(super) fn ensure_behind(&mut self, device: &wgpu::Device) {
        let Self { module, pipeline_layout, samples, .. } = self;
        self.behind.get_or_insert_with(|| pipeline(device, module, pipeline_layout, *samples, Stage::Behind));
    }

    /// Writes what all views of a frame need; before the pass begins.
    pub(super) fn update(
        &mut self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        lights: &Lights,
        look: &SkyboxLook,
        views: &[View],
    ) {
        let sharp = lights.sharp(look.environment);
        let kind = sharp.map_or(2, |sharp| u32::from(!sharp.rgbe));
        let turn = Mat4::from_rotation_y(-look.rotation);
        let uniforms: Vec<SkyboxUniform> = views
            .iter()
            .map(|view| {
                let environment_from_view = turn * Mat4::from_mat3(Mat3::from_mat4(view.world_from_view));
                let eye = look.ground.map_or(Vec4::ZERO, |ground| {
                    let camera = ground.center + Vec3::Y * ground.camera_height;
                    let eye = turn.transform_vector3(view.world_from_view.w_axis.truncate() - camera);
                    eye.extend(ground.camera_height) / ground.radius
                });
                SkyboxUniform {
                    environment_from_clip: (environment_from_view * view.projection_from_view.inverse())
                        .to_cols_array_2d(),
                    exposure: look.exposure,
                    tone_map: look.tone_map,
                    kind,
                    unused: 0,
                    eye: eye.to_array(),
                }
            })
            .collect();
        let grown = self.slots.write(device, queue, &uniforms);
        let bound = (look.environment, lights.generation);
        if self.bind_group.is_some() && !grown && self.bound == bound {
            return;
        }
        let picture = sharp.map_or(&self.blank, |sharp| &sharp.view);
        self.bound = bound;
        self.bind_group = Some(device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("skybox"),
            layout: &self.layout,
            entries: &[
                wgpu::BindGroupEntry { binding: 0, resource: self.slots.binding(BYTES) },
                wgpu::BindGroupEntry { binding: 1, resource: wgpu::BindingResource::TextureView(picture) },
            ],
        }));
    }

    /// Fills what no opaque thing covers, in the viewport that is set: after opaque things, before blended ones.
    pub(super) fn draw(&self, pass: &mut wgpu::RenderPass<'_>, stage: Stage, lights: &Lights, view: usize) {
        let pipeline = if stage == Stage::Behind { self.behind.as_ref() } else { Some(&self.pipeline) };
        if let (Some(bind_group), Some(pipeline), true) = (&self.bind_group, pipeline, self.slots.holds(view)) {
            pass.set_pipeline(pipeline);
            pass.set_bind_group(0, bind_group, &[UniformSlots::offset(view)]);
            pass.set_bind_group(1, lights.bind_group(self.bound.0), &[]);
            pass.draw(0..3, 0..1);
        }
    }
}

fn layout(device: &wgpu::Device) -> wgpu::BindGroupLayout {
    let entry = |binding, visibility, ty| wgpu::BindGroupLayoutEntry { binding, visibility, ty, count: None };
    let picture = wgpu::BindingType::Texture {
        sample_type: wgpu::TextureSampleType::Float { filterable: true },
        view_dimension: wgpu::TextureViewDimension::D2,
        multisampled: false,
    };
    device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
        label: Some("skybox"),
        entries: &[
            entry(0, wgpu::ShaderStages::FRAGMENT, UniformSlots::binding_type(BYTES)),
            entry(1, wgpu::ShaderStages::FRAGMENT, picture),
        ],
    })
}

fn pipeline(
    device: &wgpu::Device,
    module: &wgpu::ShaderModule,
    layout: &wgpu::PipelineLayout,
    samples: u32,
    stage: Stage,
) -> wgpu::RenderPipeline {
    device.create_render_pipeline(&wgpu::RenderPipelineDescriptor {
        label: Some("skybox"),
        layout: Some(layout),
        vertex: wgpu::VertexState {
            module,
            entry_point: Some("skybox_vertex"),
            compilation_options: Default::default(),
            buffers: &[],
        },
        primitive: wgpu::PrimitiveState::default(),
        depth_stencil: Some(depth_behind()),
        multisample: wgpu::MultisampleState { count: samples, ..Default::default() },
        fragment: Some(wgpu::FragmentState {
            module,
            entry_point: Some("skybox_fragment"),
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

#[cfg(test)]
mod tests;
