//! Mip levels and smaller pictures, drawn by the GPU: right in linear light because sRGB formats decode and encode.

use super::composite::screen_pipeline;
use super::shaders::MIPMAP;

/// Halves pictures.
#[derive(Debug)]
pub(super) struct Mipmapper {
    module: wgpu::ShaderModule,
    layout: wgpu::PipelineLayout,
    group_layout: wgpu::BindGroupLayout,
    pipelines: Vec<(wgpu::TextureFormat, wgpu::RenderPipeline)>,
}

impl Mipmapper {
    pub(super) fn new(device: &wgpu::Device, screen: &wgpu::BindGroupLayout) -> Self {
        let layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
            label: Some("mipmap"),
            bind_group_layouts: &[Some(screen)],
            immediate_size: 0,
        });
        Self { module: MIPMAP.compile(device), layout, group_layout: screen.clone(), pipelines: Vec::new() }
    }

    pub(super) fn pipelines(&self) -> usize {
        self.pipelines.len()
    }

    /// Fills every level of `texture` after the first.
    pub(super) fn fill(&mut self, device: &wgpu::Device, encoder: &mut wgpu::CommandEncoder, texture: &wgpu::Texture) {
        let views: Vec<_> = (0..texture.mip_level_count()).map(|level| level_view(texture, level)).collect();
        for pair in views.windows(2) {
            if let [from, to] = pair {
                self.blit(device, encoder, from, to, texture.format());
            }
        }
    }

    /// Draws `from` over all of `to`, which is half as large.
    pub(super) fn blit(
        &mut self,
        device: &wgpu::Device,
        encoder: &mut wgpu::CommandEncoder,
        from: &wgpu::TextureView,
        to: &wgpu::TextureView,
        format: wgpu::TextureFormat,
    ) {
        self.ensure(device, format);
        let Some((_, pipeline)) = self.pipelines.iter().find(|(known, _)| *known == format) else { return };
        let group = device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("mipmap"),
            layout: &self.group_layout,
            entries: &[wgpu::BindGroupEntry { binding: 0, resource: wgpu::BindingResource::TextureView(from) }],
        });
        let mut pass = encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
            label: Some("mipmap"),
            color_attachments: &[Some(wgpu::RenderPassColorAttachment {
                view: to,
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
        pass.set_bind_group(0, &group, &[]);
        pass.draw(0..3, 0..1);
    }

    fn ensure(&mut self, device: &wgpu::Device, format: wgpu::TextureFormat) {
        if self.pipelines.iter().any(|(known, _)| *known == format) {
            return;
        }
        let pipeline = screen_pipeline(device, &self.layout, &self.module, "fragment_mipmap", &[], format);
        self.pipelines.push((format, pipeline));
    }
}

/// One level of a texture.
pub(super) fn level_view(texture: &wgpu::Texture, level: u32) -> wgpu::TextureView {
    texture.create_view(&wgpu::TextureViewDescriptor {
        base_mip_level: level,
        mip_level_count: Some(1),
        ..wgpu::TextureViewDescriptor::default()
    })
}
