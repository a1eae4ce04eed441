//! The pictures that views are drawn to before the last pass, kept by size and shared by all elements of a page.

use super::composite::Composite;
use super::layout::Layouts;
use super::{COLOR_FORMAT, DEPTH_FORMAT, Gpu};

/// As many sizes are kept: two elements, one of which is being resized.
const MOST_SIZES: usize = 3;

/// Colour with several samples, its depth, and the resolved picture.
#[derive(Debug)]
pub(super) struct Canvas {
    size_px: [u32; 2],
    textures: Vec<wgpu::Texture>,
    /// What is drawn to.
    pub(super) color: wgpu::TextureView,
    /// What `color` is resolved to; none when it has one sample.
    pub(super) resolved: Option<wgpu::TextureView>,
    pub(super) depth: wgpu::TextureView,
    /// The finished picture for the last pass.
    pub(super) group: wgpu::BindGroup,
}

impl Canvas {
    fn new(gpu: &Gpu, layouts: &Layouts, composite: &Composite, size_px: [u32; 2], samples: u32) -> Self {
        let mut textures = Vec::with_capacity(3);
        let mut make = |label, format, sample_count, usage| {
            let texture = gpu.device.create_texture(&wgpu::TextureDescriptor {
                label: Some(label),
                size: wgpu::Extent3d { width: size_px[0], height: size_px[1], depth_or_array_layers: 1 },
                mip_level_count: 1,
                sample_count,
                dimension: wgpu::TextureDimension::D2,
                format,
                usage: usage | wgpu::TextureUsages::RENDER_ATTACHMENT,
                view_formats: &[],
            });
            let view = texture.create_view(&wgpu::TextureViewDescriptor::default());
            textures.push(texture);
            view
        };
        let depth = make("depth", DEPTH_FORMAT, samples, wgpu::TextureUsages::empty());
        let picture = make("picture", COLOR_FORMAT, 1, wgpu::TextureUsages::TEXTURE_BINDING);
        let group = composite.bind_group(&gpu.device, layouts, &picture);
        let (color, resolved) = if samples > 1 {
            (make("samples", COLOR_FORMAT, samples, wgpu::TextureUsages::empty()), Some(picture))
        } else {
            (picture, None)
        };
        Self { size_px, textures, color, resolved, depth, group }
    }
}

impl Drop for Canvas {
    fn drop(&mut self) {
        for texture in &self.textures {
            texture.destroy();
        }
    }
}

/// The canvases, the one used last at the end.
#[derive(Debug, Default)]
pub(super) struct Canvases(Vec<Canvas>);

impl Canvases {
    /// A canvas of exactly this size.
    pub(super) fn get(
        &mut self,
        gpu: &Gpu,
        layouts: &Layouts,
        composite: &Composite,
        size_px: [u32; 2],
        samples: u32,
    ) -> Option<&Canvas> {
        let found = self.0.iter().position(|canvas| canvas.size_px == size_px);
        let canvas = match found {
            Some(position) => self.0.remove(position),
            None => {
                if self.0.len() >= MOST_SIZES {
                    self.0.remove(0);
                }
                Canvas::new(gpu, layouts, composite, size_px, samples)
            }
        };
        self.0.push(canvas);
        self.0.last()
    }
}
