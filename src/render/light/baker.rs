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
/// What samples of a wide lobe read: down to faces of 4 × 4.
const SOURCE_LEVELS: u32 = 7;
/// A wider panorama is averaged in whole blocks before anything else; also in prefilter.wgsl.
const WIDEST_PX: u32 = 1024;

/// Edge of the first of sheen's levels.
const SHEEN_PX: u32 = 64;
/// Down to faces of 16 × 16; also in prefilter.wgsl and sheen.wgsl.
const SHEEN_LEVELS: u32 = 3;

/// Fragments of prefilter.wgsl; those that read a panorama first.
const FRAGMENTS: [&str; 7] = ["decode", "cube_from_panorama", "sharp", "specular", "diffuse", "halve", "sheen"];
const FROM_PANORAMA: usize = 2;
/// What [`Baker::bake`] and [`Baker::bake_sheen`] need of [`FRAGMENTS`].
pub(super) const FOR_LIGHT: Range<usize> = 0..6;
pub(super) const FOR_SHEEN: Range<usize> = 5..7;

/// The pipelines that turn panoramas to light; made ahead one by one, or when the first one comes.
#[derive(Debug)]
pub(super) struct Baker {
    panorama_layout: wgpu::BindGroupLayout,
    cube_layout: wgpu::BindGroupLayout,
    sampler: wgpu::Sampler,
    module: wgpu::ShaderModule,
    /// In the order of [`FRAGMENTS`].
    pipelines: [Option<wgpu::RenderPipeline>; FRAGMENTS.len()],
}

impl Baker {
    /// Without pipelines.
    pub(super) fn new(device: &wgpu::Device) -> Self {
        let panorama_layout = source_layout(device, 0, wgpu::TextureViewDimension::D2);
        let cube_layout = source_layout(device, 2, wgpu::TextureViewDimension::Cube);
        let module = PREFILTER.compile(device);
        let sampler = device.create_sampler(&wgpu::SamplerDescriptor {
            label: Some("prefilter"),
            address_mode_u: wgpu::AddressMode::Repeat,
            mag_filter: wgpu::FilterMode::Linear,
            min_filter: wgpu::FilterMode::Linear,
            mipmap_filter: wgpu::MipmapFilterMode::Linear,
            ..Default::default()
        });
        Self { panorama_layout, cube_layout, sampler, module, pipelines: Default::default() }
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
                    let group = if at < FROM_PANORAMA { &self.panorama_layout } else { &self.cube_layout };
                    *made = Some(cube::pipeline(device, &self.module, fragment, Some(group)));
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
        let [Some(decode), Some(cube_from_panorama), Some(sharp), Some(specular), Some(diffuse), Some(halve), _] =
            &self.pipelines
        else {
            return light;
        };
        let mut encoder = device.create_command_encoder(&Default::default());
        let block = picture.width().div_ceil(WIDEST_PX);
        let decoded = device.create_texture(&wgpu::TextureDescriptor {
            label: Some("panorama"),
            size: wgpu::Extent3d {
                width: (picture.width() / block).max(1),
                height: (picture.height() / block).max(1),
                depth_or_array_layers: 1,
            },
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: CUBE_FORMAT,
            usage: wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::TEXTURE_BINDING,
            view_formats: &[],
        });
        let decoded_view = decoded.create_view(&Default::default());
        let from_picture = self.group(device, 0, &picture.create_view(&Default::default()));
        cube::fill(&mut encoder, decode, Some(&from_picture), &decoded_view, if rgbe { 0 } else { 6 });

        let source = cube::texture(device, "environment source", FACE_PX, SOURCE_LEVELS);
        let from_decoded = self.group(device, 0, &decoded_view);
        self.level(&mut encoder, cube_from_panorama, &from_decoded, &source, 0);
        for level in 1..SOURCE_LEVELS {
            let above = self.group(device, 2, &cube::view(&source, level - 1, Some(1)));
            self.level(&mut encoder, halve, &above, &source, level);
        }

        let from_source = self.group(device, 2, &cube::view(&source, 0, None));
        for level in 0..LEVELS {
            let pipeline = match level {
                0 => sharp,
                _ if level + 1 == LEVELS => diffuse,
                _ => specular,
            };
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
        let [.., Some(halve), Some(sheen)] = &self.pipelines else { return out };
        let mut encoder = device.create_command_encoder(&Default::default());
        // From half of the light's own sharpness down to faces of 4 × 4.
        let levels = light.width().ilog2().saturating_sub(2).max(1);
        let source = cube::texture(device, "sheen source", (light.width() / 2).max(1), levels);
        for level in 0..levels {
            let above =
                if level == 0 { cube::view(light, 0, Some(1)) } else { cube::view(&source, level - 1, Some(1)) };
            self.level(&mut encoder, halve, &self.group(device, 2, &above), &source, level);
        }
        let from_source = self.group(device, 2, &cube::view(&source, 0, None));
        for level in 0..SHEEN_LEVELS {
            self.level(&mut encoder, sheen, &from_source, &out, level);
        }
        queue.submit([encoder.finish()]);
        source.destroy();
        out
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

    fn group(&self, device: &wgpu::Device, binding: u32, view: &wgpu::TextureView) -> wgpu::BindGroup {
        device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("prefilter"),
            layout: if binding == 0 { &self.panorama_layout } else { &self.cube_layout },
            entries: &[
                wgpu::BindGroupEntry { binding, resource: wgpu::BindingResource::TextureView(view) },
                wgpu::BindGroupEntry { binding: 1, resource: wgpu::BindingResource::Sampler(&self.sampler) },
            ],
        })
    }
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

fn source_layout(device: &wgpu::Device, binding: u32, dimension: wgpu::TextureViewDimension) -> wgpu::BindGroupLayout {
    let entry =
        |binding, ty| wgpu::BindGroupLayoutEntry { binding, visibility: wgpu::ShaderStages::FRAGMENT, ty, count: None };
    device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
        label: Some("prefilter"),
        entries: &[
            entry(binding, cube::texture_type(dimension)),
            entry(1, wgpu::BindingType::Sampler(wgpu::SamplerBindingType::Filtering)),
        ],
    })
}
