//! Mip levels and smaller pictures, drawn by the GPU: right in linear light because sRGB formats decode and encode.

use super::composite::screen_pipeline;
use super::shaders::MIPMAP;

/// What the alpha of a picture means, to all materials that have it as base colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AlphaUse {
    /// Nothing.
    Unused,
    /// How much is seen.
    Blend,
    /// Seen from this byte on.
    Mask(u8),
}

impl AlphaUse {
    /// Its number in mipmap.wgsl.
    fn number(self) -> u32 {
        match self {
            Self::Unused => 0,
            Self::Blend => 1,
            Self::Mask(cutoff) => 2 + u32::from(cutoff),
        }
    }

    /// As it is once a mask is cut, or before it is to be.
    pub(super) fn uncut(self) -> Self {
        if self == Self::Unused { self } else { Self::Blend }
    }
}

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
    pub(super) fn fill(
        &mut self,
        device: &wgpu::Device,
        encoder: &mut wgpu::CommandEncoder,
        texture: &wgpu::Texture,
        mut alpha: AlphaUse,
    ) {
        let views: Vec<_> = (0..texture.mip_level_count()).map(|level| level_view(texture, level)).collect();
        for pair in views.windows(2) {
            if let [from, to] = pair {
                self.blit(device, encoder, [from, to], texture.format(), alpha);
                alpha = alpha.uncut();
            }
        }
    }

    /// Draws the first over all of the second, which is half as large.
    pub(super) fn blit(
        &mut self,
        device: &wgpu::Device,
        encoder: &mut wgpu::CommandEncoder,
        [from, to]: [&wgpu::TextureView; 2],
        format: wgpu::TextureFormat,
        alpha: AlphaUse,
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
        pass.draw(0..3, alpha.number()..alpha.number() + 1);
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
