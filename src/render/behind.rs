//! What transmission looks through: pictures of all that lies behind, in linear light, with mips for what is rough.

use super::layout::{BEHIND_BINDING, Layouts};
use super::light::Lights;
use super::mipmap::{AlphaUse, Mipmapper, level_view};
use super::picture::{MOST_AGE, rounded, serves};
use super::renderer::Cut;
use super::{DEPTH_FORMAT, Gpu};
use crate::color::linear_from_srgb;
use crate::frame::{EnvironmentId, Frame};

/// Linear light.
pub(super) const BEHIND_FORMAT: wgpu::TextureFormat = wgpu::TextureFormat::Rgba16Float;

/// The largest half float.
const MOST_LIGHT: f32 = 65_504.0;

/// Made when a frame first has something that transmits.
#[derive(Debug)]
pub(super) struct Behind {
    /// In place of a picture, for materials with extensions that do not transmit.
    blank: wgpu::TextureView,
    pictures: Option<Pictures>,
    groups: Vec<wgpu::BindGroup>,
    /// Frames since one needed the pictures.
    age: u64,
    /// What the groups were made for: environment, generation of lights and number of pictures.
    bound: Option<(EnvironmentId, u32, usize)>,
}

#[derive(Debug)]
struct Pictures {
    size_px: [u32; 2],
    samples: u32,
    color: wgpu::Texture,
    depth: wgpu::Texture,
    /// Each holds more glass than the one before.
    versions: Vec<wgpu::Texture>,
}

impl Drop for Pictures {
    fn drop(&mut self) {
        for texture in [&self.color, &self.depth].into_iter().chain(&self.versions) {
            texture.destroy();
        }
    }
}

impl Behind {
    pub(super) fn new(device: &wgpu::Device) -> Self {
        let blank = texture(device, [1, 1], 1, 1, BEHIND_FORMAT, wgpu::TextureUsages::TEXTURE_BINDING);
        let blank = blank.create_view(&wgpu::TextureViewDescriptor::default());
        Self { blank, pictures: None, groups: Vec::new(), age: 0, bound: None }
    }

    /// Width and height of the pictures; a frame is stretched over all of them.
    pub(super) fn size_px(&self) -> Option<[u32; 2]> {
        self.pictures.as_ref().map(|pictures| pictures.size_px)
    }

    /// On the GPU, in bytes.
    pub(super) fn bytes(&self) -> u64 {
        self.pictures.as_ref().map_or(0, |pictures| {
            let area = u64::from(pictures.size_px[0]) * u64::from(pictures.size_px[1]);
            area * (12 * u64::from(pictures.samples) + 11 * pictures.versions.len() as u64)
        })
    }

    /// After each frame: frees the pictures that none has needed for long.
    pub(super) fn age(&mut self) {
        self.age += 1;
        if self.age > MOST_AGE && self.pictures.is_some() {
            self.release();
        }
    }

    fn release(&mut self) {
        self.pictures = None;
        self.bound = None;
    }

    /// Makes `versions` pictures of about this size, in which a frame finds room.
    pub(super) fn reserve(&mut self, gpu: &Gpu, size_px: [u32; 2], samples: u32, versions: usize) {
        self.age = 0;
        let kept = self.size_px().filter(|kept| serves(*kept, size_px));
        let size_px = kept.unwrap_or_else(|| rounded(gpu, size_px));
        if kept.is_none() {
            let attachment = wgpu::TextureUsages::RENDER_ATTACHMENT;
            let source = if samples == 1 { wgpu::TextureUsages::COPY_SRC } else { wgpu::TextureUsages::empty() };
            self.release();
            self.pictures = Some(Pictures {
                size_px,
                samples,
                color: texture(&gpu.device, size_px, 1, samples, BEHIND_FORMAT, attachment | source),
                depth: texture(&gpu.device, size_px, 1, samples, DEPTH_FORMAT, attachment),
                versions: Vec::new(),
            });
        }
        let Some(pictures) = &mut self.pictures else { return };
        let levels = levels(size_px);
        while pictures.versions.len() < versions {
            let usage = wgpu::TextureUsages::RENDER_ATTACHMENT
                | wgpu::TextureUsages::TEXTURE_BINDING
                | wgpu::TextureUsages::COPY_DST;
            pictures.versions.push(texture(&gpu.device, size_px, levels, 1, BEHIND_FORMAT, usage));
        }
    }

    /// Makes group 1 of materials with extensions; call it when pictures are reserved. The first is without a picture,
    /// each further one has the next version.
    pub(super) fn bind(&mut self, gpu: &Gpu, layouts: &Layouts, lights: &Lights, environment: EnvironmentId) {
        let versions = self.pictures.as_ref().map_or(&[][..], |pictures| &pictures.versions);
        let bound = Some((environment, lights.generation, versions.len()));
        if self.bound == bound {
            return;
        }
        let views = versions.iter().map(|version| version.create_view(&wgpu::TextureViewDescriptor::default()));
        let groups = std::iter::once(self.blank.clone()).chain(views).map(|view| {
            let light = lights.binding_resources(environment);
            let mut entries: Vec<_> =
                (0..).zip(light).map(|(binding, resource)| wgpu::BindGroupEntry { binding, resource }).collect();
            let resource = wgpu::BindingResource::TextureView(&view);
            entries.push(wgpu::BindGroupEntry { binding: BEHIND_BINDING, resource });
            gpu.device.create_bind_group(&wgpu::BindGroupDescriptor {
                label: Some("layered light"),
                layout: &layouts.layered_light,
                entries: &entries,
            })
        });
        self.groups = groups.collect();
        self.bound = bound;
    }

    /// Group 1 without a picture, and those of all versions.
    pub(super) fn groups(&self) -> Option<(&wgpu::BindGroup, &[wgpu::BindGroup])> {
        self.groups.split_first()
    }

    /// The pass that draws one version: the first over the page, each further one over the one before. Alpha says how
    /// much of what is seen is no page.
    pub(super) fn begin<'a>(
        &self,
        encoder: &'a mut wgpu::CommandEncoder,
        version: usize,
        frame: &Frame<'_>,
        cut: Cut,
    ) -> Option<wgpu::RenderPass<'a>> {
        let pictures = self.pictures.as_ref()?;
        let resolved = level_view(pictures.versions.get(version)?, 0);
        let view = |texture: &wgpu::Texture| texture.create_view(&wgpu::TextureViewDescriptor::default());
        let (color, depth) = (view(&pictures.color), view(&pictures.depth));
        let first = version == 0;
        let ops = wgpu::Operations {
            load: if first { cut.load(page_light(frame)) } else { wgpu::LoadOp::Load },
            store: wgpu::StoreOp::Store,
        };
        Some(encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
            label: Some("behind"),
            color_attachments: &[Some(wgpu::RenderPassColorAttachment {
                view: &color,
                depth_slice: None,
                resolve_target: (pictures.samples > 1 && cut.ends()).then_some(&resolved),
                ops,
            })],
            depth_stencil_attachment: Some(wgpu::RenderPassDepthStencilAttachment {
                view: &depth,
                depth_ops: Some(wgpu::Operations {
                    load: if first { cut.load(1.0) } else { wgpu::LoadOp::Load },
                    store: wgpu::StoreOp::Store,
                }),
                stencil_ops: None,
            }),
            ..wgpu::RenderPassDescriptor::default()
        }))
    }

    /// Fills a version's mips after its pass.
    pub(super) fn blur(
        &self,
        gpu: &Gpu,
        mipmapper: &mut Mipmapper,
        encoder: &mut wgpu::CommandEncoder,
        version: usize,
    ) {
        let Some(pictures) = &self.pictures else { return };
        let Some(picture) = pictures.versions.get(version) else { return };
        if pictures.samples == 1 {
            let size = wgpu::Extent3d { width: pictures.size_px[0], height: pictures.size_px[1], ..Default::default() };
            encoder.copy_texture_to_texture(pictures.color.as_image_copy(), picture.as_image_copy(), size);
        }
        mipmapper.fill(&gpu.device, encoder, picture, AlphaUse::Unused);
    }
}

/// The light that comes from the page, as if it were as bright as it is on the screen; black where that is not known.
fn page_light(frame: &Frame<'_>) -> wgpu::Color {
    let [r, g, b] = frame.page_color.unwrap_or_default().map(|encoded| {
        let light = linear_from_srgb(f32::from(encoded) / 255.0) / frame.exposure;
        f64::from(light.min(MOST_LIGHT))
    });
    wgpu::Color { r, g, b, a: 0.0 }
}

/// Mip levels of a picture of this size. The last ones, of a few pixels, tell nothing: the level that a roughness asks
/// for may end before.
pub(super) fn levels(size_px: [u32; 2]) -> u32 {
    size_px[0].max(size_px[1]).max(1).ilog2().saturating_sub(1).max(1)
}

fn texture(
    device: &wgpu::Device,
    size_px: [u32; 2],
    mip_level_count: u32,
    sample_count: u32,
    format: wgpu::TextureFormat,
    usage: wgpu::TextureUsages,
) -> wgpu::Texture {
    device.create_texture(&wgpu::TextureDescriptor {
        label: Some("behind"),
        size: wgpu::Extent3d { width: size_px[0], height: size_px[1], depth_or_array_layers: 1 },
        mip_level_count,
        sample_count,
        dimension: wgpu::TextureDimension::D2,
        format,
        usage,
        view_formats: &[],
    })
}
