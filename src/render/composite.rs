//! The last pass: the finished picture to a target. The only one that touches a target.

use super::shaders::COMPOSITE;
use super::{Gpu, Target};

/// Brings finished pictures to targets of any format.
#[derive(Debug)]
pub(super) struct Composite {
    module: wgpu::ShaderModule,
    group_layout: wgpu::BindGroupLayout,
    layout: wgpu::PipelineLayout,
    pipelines: Vec<(wgpu::TextureFormat, wgpu::RenderPipeline)>,
}

impl Composite {
    pub(super) fn new(device: &wgpu::Device, screen: &wgpu::BindGroupLayout) -> Self {
        let layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
            label: Some("composite"),
            bind_group_layouts: &[Some(screen)],
            immediate_size: 0,
        });
        Self { module: COMPOSITE.compile(device), group_layout: screen.clone(), layout, pipelines: Vec::new() }
    }

    pub(super) fn pipelines(&self) -> usize {
        self.pipelines.len()
    }

    /// Group 0 of this pass for one picture.
    pub(super) fn bind_group(&self, device: &wgpu::Device, picture: &wgpu::TextureView) -> wgpu::BindGroup {
        device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("composite"),
            layout: &self.group_layout,
            entries: &[wgpu::BindGroupEntry { binding: 0, resource: wgpu::BindingResource::TextureView(picture) }],
        })
    }

    /// Makes the pipeline for a target's format, if there is none.
    pub(super) fn ensure(&mut self, device: &wgpu::Device, format: wgpu::TextureFormat) {
        if self.pipelines.iter().any(|(known, _)| *known == format) {
            return;
        }
        let constants = [("DECODES", f64::from(u8::from(format.is_srgb())))];
        let pipeline = screen_pipeline(device, &self.layout, &self.module, "fragment_composite", &constants, format);
        self.pipelines.push((format, pipeline));
    }

    pub(super) fn record(
        &mut self,
        gpu: &Gpu,
        encoder: &mut wgpu::CommandEncoder,
        picture: &wgpu::BindGroup,
        target: &Target<'_>,
    ) {
        self.ensure(&gpu.device, target.format);
        let Some((_, pipeline)) = self.pipelines.iter().find(|(known, _)| *known == target.format) else { return };
        let mut pass = encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
            label: Some("composite"),
            color_attachments: &[Some(wgpu::RenderPassColorAttachment {
                view: target.view,
                depth_slice: None,
                resolve_target: None,
                ops: wgpu::Operations {
                    load: wgpu::LoadOp::Clear(wgpu::Color::TRANSPARENT),
                    store: wgpu::StoreOp::Store,
                },
            })],
            ..wgpu::RenderPassDescriptor::default()
        });
        pass.set_pipeline(pipeline);
        pass.set_bind_group(0, picture, &[]);
        pass.set_viewport(0.0, 0.0, target.size_px[0] as f32, target.size_px[1] as f32, 0.0, 1.0);
        // See `fragment_composite`.
        let height_px = if target.flip { target.size_px[1] } else { 0 };
        pass.draw(0..3, height_px..height_px + 1);
    }
}

/// A pipeline that fills a target of `format` with one triangle.
pub(super) fn screen_pipeline(
    device: &wgpu::Device,
    layout: &wgpu::PipelineLayout,
    module: &wgpu::ShaderModule,
    fragment: &str,
    constants: &[(&str, f64)],
    format: wgpu::TextureFormat,
) -> wgpu::RenderPipeline {
    device.create_render_pipeline(&wgpu::RenderPipelineDescriptor {
        label: Some(fragment),
        layout: Some(layout),
        vertex: wgpu::VertexState {
            module,
            entry_point: Some("vertex_screen"),
            compilation_options: wgpu::PipelineCompilationOptions::default(),
            buffers: &[],
        },
        primitive: wgpu::PrimitiveState::default(),
        depth_stencil: None,
        multisample: wgpu::MultisampleState::default(),
        fragment: Some(wgpu::FragmentState {
            module,
            entry_point: Some(fragment),
            compilation_options: wgpu::PipelineCompilationOptions {
                constants,
                ..wgpu::PipelineCompilationOptions::default()
            },
            targets: &[Some(format.into())],
        }),
        multiview_mask: None,
        cache: None,
    })
}
