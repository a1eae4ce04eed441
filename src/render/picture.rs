//! The pictures that views are drawn to before the last pass, shared by all elements of a page. A picture may be smaller
//! than its canvas: it has the upper left, and the last pass reads no more.

use super::composite::Composite;
use super::{COLOR_FORMAT, DEPTH_FORMAT, Gpu};

/// Sizes are rounded up, so that an element which is being resized seldom needs a new canvas.
const STEP_PX: u32 = 64;
/// All canvases together, the one in use apart: five elements of 400 × 400 at twice the density.
const MOST_BYTES: u64 = 128 << 20;
/// Pictures after which a canvas that none of them needed goes.
pub(super) const MOST_AGE: u64 = 120;

/// Colour with several samples, its depth, and the resolved picture.
#[derive(Debug)]
pub(super) struct Canvas {
    size_px: [u32; 2],
    bytes: u64,
    /// The number of the last picture.
    used: u64,
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
    fn new(gpu: &Gpu, composite: &Composite, size_px: [u32; 2], samples: u32) -> Self {
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
        let group = composite.bind_group(&gpu.device, &picture);
        let (color, resolved) = if samples > 1 {
            (make("samples", COLOR_FORMAT, samples, wgpu::TextureUsages::empty()), Some(picture))
        } else {
            (picture, None)
        };
        // The picture, and if there are several samples, theirs; four bytes each, and as many for depth.
        let layers = u64::from(if samples > 1 { 1 + 2 * samples } else { 2 });
        let bytes = 4 * layers * area(size_px);
        Self { size_px, bytes, used: 0, textures, color, resolved, depth, group }
    }
}

impl Drop for Canvas {
    fn drop(&mut self) {
        for texture in &self.textures {
            texture.destroy();
        }
    }
}

fn area(size_px: [u32; 2]) -> u64 {
    u64::from(size_px[0]) * u64::from(size_px[1])
}

/// The canvases, the one used last at the end.
#[derive(Debug, Default)]
pub(super) struct Canvases {
    kept: Vec<Canvas>,
    pictures: u64,
}

impl Canvases {
    /// A canvas of at least this size.
    pub(super) fn get(&mut self, gpu: &Gpu, composite: &Composite, size_px: [u32; 2], samples: u32) -> Option<&Canvas> {
        self.pictures += 1;
        let rounded = rounded(gpu, size_px);
        let canvas = match self.kept.iter().rposition(|canvas| serves(canvas.size_px, rounded)) {
            Some(position) => self.kept.remove(position),
            None => Canvas::new(gpu, composite, rounded, samples),
        };
        let oldest = self.pictures.saturating_sub(MOST_AGE);
        let mut bytes = 0;
        // From the one used last.
        let kept = self.kept.iter().rev().take_while(|canvas| {
            bytes += canvas.bytes;
            bytes <= MOST_BYTES && canvas.used >= oldest
        });
        let gone = self.kept.len() - kept.count();
        self.kept.drain(..gone);
        self.kept.push(canvas);
        let canvas = self.kept.last_mut()?;
        canvas.used = self.pictures;
        Some(canvas)
    }

    /// On the GPU, in bytes.
    pub(super) fn bytes(&self) -> u64 {
        self.kept.iter().map(|canvas| canvas.bytes).sum()
    }
}

/// The size of a new canvas.
pub(super) fn rounded(gpu: &Gpu, size_px: [u32; 2]) -> [u32; 2] {
    size_px.map(|side| side.next_multiple_of(STEP_PX).min(gpu.max_texture_px()).max(side))
}

/// Large enough, and less than half of it wasted: clearing and resolving take all of it.
pub(super) fn serves(canvas_px: [u32; 2], size_px: [u32; 2]) -> bool {
    let [width, height] = canvas_px;
    width >= size_px[0] && height >= size_px[1] && area(canvas_px) <= 2 * area(size_px)
}
