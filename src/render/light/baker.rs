//! Panoramas to cubes: see prefilter.wgsl.

use std::ops::Range;

use super::cube::{self, CUBE_FORMAT, CubePass};
use crate::environment::Panorama;
use crate::render::shaders::PREFILTER;
#[cfg(target_arch = "wasm32")]
use crate::render::{RenderError, bitmap};

/// Edge of level 0, here and in prefilter.wgsl: a panorama of 1,024 × 512 has texels of 0.35°, these have 0.35 to 0.45°.
const FACE_PX: u32 = 256;
/// Down to faces of 16 × 16.
const LEVELS: u32 = 5;
/// Quarters of faces, each with its sun; also in prefilter.wgsl.
const SUNS: u32 = 24;
/// A wider panorama is averaged in whole blocks before anything else; also in prefilter.wgsl.
const WIDEST_PX: u32 = 1024;

/// Edge of the first of sheen's levels.
const SHEEN_PX: u32 = 256;
/// Down to faces of 64 × 64; also in prefilter.wgsl and sheen.wgsl.
const SHEEN_LEVELS: u32 = 3;

/// Fragments of prefilter.wgsl.
const FRAGMENTS: [&str; 8] =
    ["decode", "cube_from_panorama", "specular", "diffuse", "suns", "without_suns", "halve", "sheen"];
/// What [`Baker::bake`] and [`Baker::bake_sheen`] need of [`FRAGMENTS`].
pub(super) const FOR_LIGHT: Range<usize> = 0..7;
pub(super) const FOR_SHEEN: Range<usize> = 4..8;

/// The pipelines that turn panoramas to light; made ahead one by one, or when the first one comes.
#[derive(Debug)]
pub(super) struct Baker {
    layout: wgpu::BindGroupLayout,
    sampler: wgpu::Sampler,
    module: wgpu::ShaderModule,
    /// In the order of [`FRAGMENTS`].
    pipelines: [Option<wgpu::RenderPipeline>; FRAGMENTS.len()],
}

impl Baker {
    /// Without pipelines.
    pub(super) fn new(device: &wgpu::Device) -> Self {
        let layout = layout(device);
        let module = PREFILTER.compile(device);
        let sampler = device.create_sampler(&wgpu::SamplerDescriptor {
            label: Some("prefilter"),
            address_mode_u: wgpu::AddressMode::Repeat,
            mag_filter: wgpu::FilterMode::Linear,
            min_filter: wgpu::FilterMode::Linear,
            mipmap_filter: wgpu::MipmapFilterMode::Linear,
            ..Default::default()
        });
        Self { layout, sampler, module, pipelines: Default::default() }
    }

    /// How many pipelines there are.
    pub(super) fn pipelines(&self) -> usize {
        self.pipelines.iter().flatten().count()
    }

    /// Makes the first pipeline that is missing among these; returns how many are left.
    pub(super) fn build(&mut self, device: &wgpu::Device, wanted: Range<usize>) -> usize {
        let mut left = 0;
        for ((at, fragment), made) in FRAGMENTS.iter().enumerate().zip(&mut self.pipelines) {
            if made.is_none() && wanted.contains(&at) {
                left += 1;
                if left == 1 {
                    *made = Some(cube::pipeline(device, &self.module, fragment, Some(&self.layout)));
                }
            }
        }
        left.max(1) - 1
    }

    /// How many of `wanted` are not there.
    pub(super) fn missing(&self, wanted: Range<usize>) -> usize {
        self.pipelines.iter().skip(wanted.start).take(wanted.len()).filter(|made| made.is_none()).count()
    }

    /// The cube of light of one picture; submits its work.
    pub(super) fn bake(
        &mut self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        picture: &wgpu::Texture,
        rgbe: bool,
    ) -> wgpu::Texture {
        while self.build(device, FOR_LIGHT) > 0 {}
        let light = cube::texture(device, "environment", FACE_PX, LEVELS);
        let [Some(decode), Some(cube_from_panorama), Some(specular), Some(diffuse), ..] = &self.pipelines else {
            return light;
        };
        let mut encoder = device.create_command_encoder(&Default::default());
        let block = picture.width().div_ceil(WIDEST_PX);
        let decoded = flat(device, (picture.width() / block).max(1), (picture.height() / block).max(1));
        let source = source(device, &light);
        // Nothing is read of the cube yet.
        let above = cube::view(&source, 0, None);
        let from_picture = self.group(device, picture, &above);
        let decoded_view = decoded.create_view(&Default::default());
        cube::fill(&mut encoder, decode, Some(&from_picture), &decoded_view, if rgbe { 0 } else { 6 });
        self.level(&mut encoder, cube_from_panorama, &self.group(device, &decoded, &above), &light, 0);

        let from_source = self.gather(device, &mut encoder, &light, &source);
        for level in 1..LEVELS {
            let pipeline = if level + 1 == LEVELS { diffuse } else { specular };
            self.level(&mut encoder, pipeline, &from_source, &light, level);
        }
        queue.submit([encoder.finish()]);
        decoded.destroy();
        source.destroy();
        light
    }

    /// The cube of sheen's light that belongs to a cube of light; submits its work.
    pub(super) fn bake_sheen(
        &mut self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        light: &wgpu::Texture,
    ) -> wgpu::Texture {
        while self.build(device, FOR_SHEEN) > 0 {}
        let out = cube::texture(device, "sheen", SHEEN_PX, SHEEN_LEVELS);
        let [.., Some(sheen)] = &self.pipelines else { return out };
        let mut encoder = device.create_command_encoder(&Default::default());
        let source = source(device, light);
        let from_source = self.gather(device, &mut encoder, light, &source);
        for level in 0..SHEEN_LEVELS {
            self.level(&mut encoder, sheen, &from_source, &out, level);
        }
        queue.submit([encoder.finish()]);
        source.destroy();
        out
    }

    /// Fills `source` from the first level of a cube of light, without its suns. Gives a group of both, suns first.
    fn gather(
        &self,
        device: &wgpu::Device,
        encoder: &mut wgpu::CommandEncoder,
        light: &wgpu::Texture,
        source: &wgpu::Texture,
    ) -> wgpu::BindGroup {
        let found = flat(device, SUNS, 3);
        if let [.., Some(suns), Some(without_suns), Some(halve), _] = &self.pipelines {
            let sharp = cube::view(light, 0, Some(1));
            let from_light = self.group(device, &flat(device, 1, 1), &sharp);
            cube::fill(encoder, suns, Some(&from_light), &found.create_view(&Default::default()), 0);
            self.level(encoder, without_suns, &self.group(device, &found, &sharp), source, 0);
            for level in 1..source.mip_level_count() {
                let above = self.group(device, &found, &cube::view(source, level - 1, Some(1)));
                self.level(encoder, halve, &above, source, level);
            }
        }
        self.group(device, &found, &cube::view(source, 0, None))
    }

    fn level(
        &self,
        encoder: &mut wgpu::CommandEncoder,
        pipeline: &wgpu::RenderPipeline,
        source: &wgpu::BindGroup,
        cube: &wgpu::Texture,
        level: u32,
    ) {
        CubePass { pipeline, source: Some(source), cube, level }.draw(encoder);
    }

    fn group(&self, device: &wgpu::Device, picture: &wgpu::Texture, source: &wgpu::TextureView) -> wgpu::BindGroup {
        let picture = picture.create_view(&Default::default());
        device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("prefilter"),
            layout: &self.layout,
            entries: &[
                wgpu::BindGroupEntry { binding: 0, resource: wgpu::BindingResource::TextureView(&picture) },
                wgpu::BindGroupEntry { binding: 1, resource: wgpu::BindingResource::Sampler(&self.sampler) },
                wgpu::BindGroupEntry { binding: 2, resource: wgpu::BindingResource::TextureView(source) },
            ],
        })
    }
}

/// What lobes gather from: as sharp as this light, down to faces of 4 × 4.
fn source(device: &wgpu::Device, light: &wgpu::Texture) -> wgpu::Texture {
    cube::texture(device, "environment source", light.width(), light.width().ilog2().max(2) - 1)
}

/// A picture to draw to and to read.
fn flat(device: &wgpu::Device, width: u32, height: u32) -> wgpu::Texture {
    picture(device, width, height, CUBE_FORMAT, wgpu::TextureUsages::RENDER_ATTACHMENT)
}

/// A panorama as it is, four bytes a pixel.
pub(super) fn upload(device: &wgpu::Device, queue: &wgpu::Queue, panorama: &Panorama) -> wgpu::Texture {
    let format = if panorama.is_rgbe() { wgpu::TextureFormat::Rgba8Unorm } else { wgpu::TextureFormat::Rgba8UnormSrgb };
    let texture = picture(device, panorama.width_px(), panorama.height_px(), format, wgpu::TextureUsages::COPY_DST);
    queue.write_texture(
        texture.as_image_copy(),
        panorama.texels(),
        wgpu::TexelCopyBufferLayout { offset: 0, bytes_per_row: Some(4 * panorama.width_px()), rows_per_image: None },
        texture.size(),
    );
    texture
}

/// A picture that the browser has decoded.
#[cfg(target_arch = "wasm32")]
pub(super) fn copy(
    device: &wgpu::Device,
    queue: &wgpu::Queue,
    bitmap: &web_sys::ImageBitmap,
) -> Result<wgpu::Texture, RenderError> {
    let usage = wgpu::TextureUsages::COPY_DST | wgpu::TextureUsages::RENDER_ATTACHMENT;
    let format = wgpu::TextureFormat::Rgba8UnormSrgb;
    let texture = picture(device, bitmap.width().max(1), bitmap.height().max(1), format, usage);
    bitmap::copy(queue, bitmap, &texture).inspect_err(|_| texture.destroy())?;
    Ok(texture)
}

fn picture(
    device: &wgpu::Device,
    width: u32,
    height: u32,
    format: wgpu::TextureFormat,
    usage: wgpu::TextureUsages,
) -> wgpu::Texture {
    device.create_texture(&wgpu::TextureDescriptor {
        label: Some("panorama"),
        size: wgpu::Extent3d { width, height, depth_or_array_layers: 1 },
        mip_level_count: 1,
        sample_count: 1,
        dimension: wgpu::TextureDimension::D2,
        format,
        usage: usage | wgpu::TextureUsages::TEXTURE_BINDING,
        view_formats: &[],
    })
}

fn layout(device: &wgpu::Device) -> wgpu::BindGroupLayout {
    let entry =
        |binding, ty| wgpu::BindGroupLayoutEntry { binding, visibility: wgpu::ShaderStages::FRAGMENT, ty, count: None };
    device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
        label: Some("prefilter"),
        entries: &[
            entry(0, cube::texture_type(wgpu::TextureViewDimension::D2)),
            entry(1, wgpu::BindingType::Sampler(wgpu::SamplerBindingType::Filtering)),
            entry(2, cube::texture_type(wgpu::TextureViewDimension::Cube)),
        ],
    })
}
