//! Pictures and samplers on the GPU.

use super::material::CORE;
use super::mipmap::{AlphaUse, Mipmapper, level_view};
use super::{Gpu, Pixels, RenderError};
use crate::color::{linear_from_srgb, srgb_from_linear};
use crate::scene::{AlphaMode, ExtensionTextures, Filter, Material, MipFilter, Sampler, Scene, Wrap};

/// Larger pictures are halved until they fit: a phone has no more pixels across, and one costs 85 MB with its mips.
const MOST_SIDE_PX: u32 = 4096;

/// How numbers in a picture are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// sRGB colour.
    Color,
    /// Plain numbers, such as normals.
    Data,
}

impl Encoding {
    fn format(self) -> wgpu::TextureFormat {
        match self {
            Self::Color => wgpu::TextureFormat::Rgba8UnormSrgb,
            Self::Data => wgpu::TextureFormat::Rgba8Unorm,
        }
    }
}

/// One picture in one encoding, with all its mip levels.
#[derive(Debug)]
pub(super) struct Picture {
    texture: wgpu::Texture,
    pub(super) view: wgpu::TextureView,
    pub(super) bytes: u64,
}

impl Picture {
    fn new(gpu: &Gpu, size_px: [u32; 2], levels: u32, encoding: Encoding) -> Self {
        let texture = gpu.device.create_texture(&wgpu::TextureDescriptor {
            label: Some("picture"),
            size: wgpu::Extent3d { width: size_px[0], height: size_px[1], depth_or_array_layers: 1 },
            mip_level_count: levels,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: encoding.format(),
            // Browsers ask for both when they copy a bitmap.
            usage: wgpu::TextureUsages::TEXTURE_BINDING
                | wgpu::TextureUsages::COPY_DST
                | wgpu::TextureUsages::RENDER_ATTACHMENT,
            view_formats: &[],
        });
        let view = texture.create_view(&wgpu::TextureViewDescriptor::default());
        let bytes =
            (0..levels).map(|level| 4 * size_px.map(|side| u64::from((side >> level).max(1))).iter().product::<u64>());
        Self { bytes: bytes.sum(), texture, view }
    }

    /// One texel.
    pub(super) fn flat(gpu: &Gpu, texel: [u8; 4], encoding: Encoding) -> Self {
        let out = Self::new(gpu, [1, 1], 1, encoding);
        out.write(gpu, &texel);
        out
    }

    /// Uploads `pixels` and draws the mip levels.
    pub(super) fn upload(
        gpu: &Gpu,
        mipmapper: &mut Mipmapper,
        pixels: &Pixels<'_>,
        encoding: Encoding,
        alpha: AlphaUse,
    ) -> Result<Self, RenderError> {
        let full = Self::level_0(gpu, pixels, encoding)?;
        let mut size_px = [full.texture.width(), full.texture.height()];
        let fits = |size_px: [u32; 2]| size_px.iter().all(|side| *side <= MOST_SIDE_PX);
        let mut encoder = gpu.device.create_command_encoder(&wgpu::CommandEncoderDescriptor { label: Some("mipmap") });
        if fits(size_px) {
            mipmapper.fill(&gpu.device, &mut encoder, &full.texture, alpha);
            gpu.queue.submit([encoder.finish()]);
            return Ok(full);
        }
        let mut steps = vec![full];
        while !fits(size_px) {
            size_px = size_px.map(|side| (side / 2).max(1));
            let levels = if fits(size_px) { level_count(size_px) } else { 1 };
            let half = Self::new(gpu, size_px, levels, encoding);
            if let Some(from) = steps.last() {
                let to = level_view(&half.texture, 0);
                mipmapper.blit(&gpu.device, &mut encoder, [&from.view, &to], encoding.format(), alpha.uncut());
            }
            steps.push(half);
        }
        let last = steps.pop().ok_or(RenderError::Pixels { expected: 4, found: 0 })?;
        mipmapper.fill(&gpu.device, &mut encoder, &last.texture, alpha);
        gpu.queue.submit([encoder.finish()]);
        for step in steps {
            step.destroy();
        }
        Ok(last)
    }

    /// The picture itself; the other levels wait to be drawn, or there is one only where it is to be made smaller.
    fn level_0(gpu: &Gpu, pixels: &Pixels<'_>, encoding: Encoding) -> Result<Self, RenderError> {
        let levels = |size_px: [u32; 2]| {
            if size_px.iter().any(|side| *side > MOST_SIDE_PX) { 1 } else { level_count(size_px) }
        };
        match pixels {
            Pixels::Rgba8 { width_px, height_px, bytes } => {
                let expected = *width_px as usize * *height_px as usize * 4;
                let bytes = bytes.get(..expected).filter(|_| expected > 0);
                let bytes = bytes.ok_or(RenderError::Pixels { expected: expected.max(4), found: 0 })?;
                let mut size_px = [*width_px, *height_px];
                let mut halved = None;
                while size_px.iter().any(|side| *side > gpu.max_texture_px()) {
                    let smaller = halved_bytes(halved.as_deref().unwrap_or(bytes), size_px, encoding);
                    halved = Some(smaller);
                    size_px = size_px.map(|side| (side / 2).max(1));
                }
                let out = Self::new(gpu, size_px, levels(size_px), encoding);
                out.write(gpu, halved.as_deref().unwrap_or(bytes));
                Ok(out)
            }
            #[cfg(target_arch = "wasm32")]
            Pixels::Bitmap(bitmap) => {
                let size_px = [bitmap.width(), bitmap.height()];
                let side = size_px[0].max(size_px[1]);
                if size_px.contains(&0) {
                    return Err(RenderError::Copy { reason: "the bitmap is closed".to_owned() });
                }
                if side > gpu.max_texture_px() {
                    let limit = u64::from(gpu.max_texture_px());
                    return Err(RenderError::TooLarge {
                        what: "a bitmap's side in pixels",
                        needed: u64::from(side),
                        limit,
                    });
                }
                let out = Self::new(gpu, size_px, levels(size_px), encoding);
                let copied = super::bitmap::copy(&gpu.queue, bitmap, &out.texture).and_then(|()| gpu.check());
                copied.inspect_err(|_| out.destroy()).map(|()| out).map_err(|error| {
                    if let RenderError::Device { reason } = error { RenderError::Copy { reason } } else { error }
                })
            }
        }
    }

    fn write(&self, gpu: &Gpu, bytes: &[u8]) {
        let layout = wgpu::TexelCopyBufferLayout {
            offset: 0,
            bytes_per_row: Some(self.texture.width() * 4),
            rows_per_image: None,
        };
        gpu.queue.write_texture(self.texture.as_image_copy(), bytes, layout, self.texture.size());
    }

    pub(super) fn destroy(&self) {
        self.texture.destroy();
    }
}

fn level_count(size_px: [u32; 2]) -> u32 {
    size_px[0].max(size_px[1]).max(1).ilog2() + 1
}

/// Half the size by the mean of four, for pictures that no texture can hold.
fn halved_bytes(bytes: &[u8], size_px: [u32; 2], encoding: Encoding) -> Vec<u8> {
    let [width, height] = size_px.map(|side| side as usize);
    let (half_width, half_height) = ((width / 2).max(1), (height / 2).max(1));
    let decoded: [f32; 256] = std::array::from_fn(|value| linear_from_srgb(value as f32 / 255.0));
    let mut out = Vec::with_capacity(half_width * half_height * 4);
    for y in 0..half_height {
        for x in 0..half_width {
            for channel in 0..4 {
                let texels = [(0, 0), (1, 0), (0, 1), (1, 1)].map(|(dx, dy)| {
                    let (x, y) = ((2 * x + dx).min(width - 1), (2 * y + dy).min(height - 1));
                    bytes.get((y * width + x) * 4 + channel).copied().unwrap_or(0)
                });
                out.push(if encoding == Encoding::Color && channel < 3 {
                    let sum: f32 = texels.iter().filter_map(|texel| decoded.get(usize::from(*texel))).sum();
                    (srgb_from_linear(sum / 4.0) * 255.0).round() as u8
                } else {
                    ((texels.iter().map(|texel| u32::from(*texel)).sum::<u32>() + 2) / 4) as u8
                });
            }
        }
    }
    out
}

/// One image of a scene in the encodings that its materials use.
#[derive(Debug, Default)]
pub(super) struct GpuImage {
    pub(super) color: Option<Picture>,
    pub(super) data: Option<Picture>,
}

impl GpuImage {
    pub(super) fn bytes(&self) -> u64 {
        self.color.iter().chain(&self.data).map(|picture| picture.bytes).sum()
    }

    pub(super) fn destroy(&self) {
        for picture in self.color.iter().chain(&self.data) {
            picture.destroy();
        }
    }
}

/// In which encodings `materials` use an image.
pub(super) fn encodings<'a>(
    scene: &Scene,
    image: usize,
    materials: impl Iterator<Item = &'a Material>,
) -> (bool, bool) {
    let (mut color, mut data) = (false, false);
    for material in materials {
        let core = CORE.into_iter().filter_map(|role| Some((*material.texture(role)?, role.is_color())));
        let added = ExtensionTextures::of(material).bound.into_iter().map(|bound| (bound.info, bound.is_color));
        for (info, is_color) in core.chain(added) {
            if scene.textures.get(info.texture).and_then(|texture| texture.image) == Some(image) {
                color |= is_color;
                data |= !is_color;
            }
        }
    }
    (color, data)
}

/// What the alpha of an image means to `materials`. Masks that do not agree are left uncut.
pub(super) fn alpha_use<'a>(scene: &Scene, image: usize, materials: impl Iterator<Item = &'a Material>) -> AlphaUse {
    let mut out = AlphaUse::Unused;
    for material in materials {
        let texture = material.base_color_texture.and_then(|info| scene.textures.get(info.texture));
        if texture.and_then(|texture| texture.image) != Some(image) {
            continue;
        }
        let found = match material.alpha_mode {
            AlphaMode::Opaque => continue,
            AlphaMode::Blend => AlphaUse::Blend,
            AlphaMode::Mask { cutoff } => {
                // Without a positive factor nothing is seen anyway.
                AlphaUse::Mask((255.0 * cutoff / material.base_color_factor.w.max(1e-3)).round() as u8)
            }
        };
        out = if out == AlphaUse::Unused || out == found { found } else { AlphaUse::Blend };
    }
    out
}

/// Samplers by their settings; there are few.
#[derive(Debug)]
pub(super) struct Samplers {
    made: Vec<(Sampler, wgpu::Sampler)>,
    most_anisotropy: u16,
}

impl Samplers {
    pub(super) fn new(most_anisotropy: u16) -> Self {
        Self { made: Vec::new(), most_anisotropy }
    }

    pub(super) fn get(&mut self, device: &wgpu::Device, sampler: Sampler) -> wgpu::Sampler {
        if let Some((_, made)) = self.made.iter().find(|(known, _)| *known == sampler) {
            return made.clone();
        }
        let made = device.create_sampler(&descriptor(sampler, self.most_anisotropy));
        self.made.push((sampler, made.clone()));
        made
    }
}

fn descriptor(sampler: Sampler, most_anisotropy: u16) -> wgpu::SamplerDescriptor<'static> {
    let wrap = |wrap| match wrap {
        Wrap::Repeat => wgpu::AddressMode::Repeat,
        Wrap::Mirror => wgpu::AddressMode::MirrorRepeat,
        Wrap::Clamp => wgpu::AddressMode::ClampToEdge,
    };
    let filter = |filter| match filter {
        Filter::Linear => wgpu::FilterMode::Linear,
        Filter::Nearest => wgpu::FilterMode::Nearest,
    };
    // Grazing angles stay sharp; allowed only where all filters are linear. The nearest texel of two mixed levels, which
    // old exporters ask for everywhere, is no exception: devices that filter along a direction mix texels anyway, and so
    // do the Khronos sample viewer and three.js.
    let smooth = (sampler.magnify, sampler.mip) == (Filter::Linear, MipFilter::Linear);
    wgpu::SamplerDescriptor {
        label: Some("material"),
        address_mode_u: wrap(sampler.wrap_u),
        address_mode_v: wrap(sampler.wrap_v),
        mag_filter: filter(sampler.magnify),
        min_filter: if smooth { wgpu::FilterMode::Linear } else { filter(sampler.minify) },
        mipmap_filter: match sampler.mip {
            MipFilter::Linear => wgpu::MipmapFilterMode::Linear,
            MipFilter::Nearest | MipFilter::None => wgpu::MipmapFilterMode::Nearest,
        },
        // Above 0 what is small is still told from what is large; the first level stays the nearest.
        lod_max_clamp: if sampler.mip == MipFilter::None { 0.25 } else { 32.0 },
        anisotropy_clamp: if smooth { most_anisotropy } else { 1 },
        ..wgpu::SamplerDescriptor::default()
    }
}
