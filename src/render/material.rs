//! Group 2: a material's numbers, pictures and samplers.

use std::mem::size_of;

use super::Gpu;
use super::layout::{GpuMaterial, material_flag};
use super::texture::{Encoding, GpuImage, Picture, Samplers};
use crate::scene::{AlphaMode, Material, Scene, TextureInfo};

/// What stands in for pictures that are not there (yet).
#[derive(Debug)]
pub(super) struct Defaults {
    white: Picture,
    white_data: Picture,
    flat: Picture,
    black: Picture,
}

impl Defaults {
    pub(super) fn new(gpu: &Gpu) -> Self {
        Self {
            white: Picture::flat(gpu, [255; 4], Encoding::Color),
            white_data: Picture::flat(gpu, [255; 4], Encoding::Data),
            flat: Picture::flat(gpu, [128, 128, 255, 255], Encoding::Data),
            black: Picture::flat(gpu, [0, 0, 0, 255], Encoding::Color),
        }
    }
}

/// What a bind group is made from.
#[derive(Clone, Copy)]
pub(super) struct Sources<'a> {
    pub(super) gpu: &'a Gpu,
    pub(super) layout: &'a wgpu::BindGroupLayout,
    pub(super) defaults: &'a Defaults,
    pub(super) scene: &'a Scene,
    pub(super) images: &'a [GpuImage],
}

/// One material on the GPU.
#[derive(Debug)]
pub(super) struct Bound {
    buffer: wgpu::Buffer,
    pub(super) group: wgpu::BindGroup,
}

impl Bound {
    pub(super) const BYTES: u64 = size_of::<GpuMaterial>() as u64;

    pub(super) fn new(sources: Sources<'_>, samplers: &mut Samplers, material: &Material) -> Self {
        let buffer = sources.gpu.device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("material"),
            size: Self::BYTES,
            usage: wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        sources.gpu.queue.write_buffer(&buffer, 0, bytemuck::bytes_of(&uniform(material)));
        let group = bind_group(sources, samplers, material, &buffer);
        Self { buffer, group }
    }

    /// Takes changed numbers.
    pub(super) fn write(&self, gpu: &Gpu, material: &Material) {
        gpu.queue.write_buffer(&self.buffer, 0, bytemuck::bytes_of(&uniform(material)));
    }

    /// Takes changed pictures.
    pub(super) fn rebind(&mut self, sources: Sources<'_>, samplers: &mut Samplers, material: &Material) {
        self.group = bind_group(sources, samplers, material, &self.buffer);
    }

    pub(super) fn destroy(&self) {
        self.buffer.destroy();
    }
}

/// The five textures in the order of the bindings.
fn slots(material: &Material) -> [Option<TextureInfo>; 5] {
    [
        material.base_color_texture,
        material.metallic_roughness_texture,
        material.normal_texture,
        material.occlusion_texture,
        material.emissive_texture,
    ]
}

fn bind_group(
    sources: Sources<'_>,
    samplers: &mut Samplers,
    material: &Material,
    buffer: &wgpu::Buffer,
) -> wgpu::BindGroup {
    let Defaults { white, white_data, flat, black } = sources.defaults;
    // (colour or data, while there is a texture without a picture, without a texture)
    let fallbacks = [(true, white), (false, white_data), (false, flat), (false, white_data), (true, black)];
    let infos = slots(material);
    let device = &sources.gpu.device;
    let made = infos.map(|info| {
        let sampler = info.and_then(|info| sources.scene.textures.get(info.texture)).map(|texture| texture.sampler);
        samplers.get(device, sampler.unwrap_or_default())
    });
    let mut entries = vec![wgpu::BindGroupEntry { binding: 0, resource: buffer.as_entire_binding() }];
    for (slot, ((info, (color, fallback)), sampler)) in infos.iter().zip(fallbacks).zip(&made).enumerate() {
        let image = info.and_then(|info| sources.scene.textures.get(info.texture)?.image);
        let image = image.and_then(|image| sources.images.get(image));
        let picture = image.and_then(|image| if color { image.color.as_ref() } else { image.data.as_ref() });
        let view = &picture.unwrap_or(fallback).view;
        let binding = 1 + 2 * slot as u32;
        entries.push(wgpu::BindGroupEntry { binding, resource: wgpu::BindingResource::TextureView(view) });
        entries.push(wgpu::BindGroupEntry { binding: binding + 1, resource: wgpu::BindingResource::Sampler(sampler) });
    }
    device.create_bind_group(&wgpu::BindGroupDescriptor {
        label: Some("material"),
        layout: sources.layout,
        entries: &entries,
    })
}

fn uniform(material: &Material) -> GpuMaterial {
    let bits = [
        material_flag::BASE_COLOR,
        material_flag::METALLIC_ROUGHNESS,
        material_flag::NORMAL,
        material_flag::OCCLUSION,
        material_flag::EMISSIVE,
    ];
    let mut flags = 0;
    let mut uv = [[0.0; 4]; 10];
    for ((info, bit), pair) in slots(material).iter().zip(bits).zip(uv.chunks_exact_mut(2)) {
        let Some(info) = info else { continue };
        flags |= bit;
        let (sine, cosine) = info.transform.rotation.sin_cos();
        let (scale, offset) = (info.transform.scale, info.transform.offset);
        // Columns of translation × rotation × scale; KHR_texture_transform turns clockwise in a picture whose V grows
        // downward.
        let columns = [cosine * scale.x, -sine * scale.x, sine * scale.y, cosine * scale.y];
        let stream = if info.uv_set == 0 { 0.0 } else { 1.0 };
        pair.copy_from_slice(&[columns, [offset.x, offset.y, stream, 0.0]]);
    }
    if material.alpha_mode == AlphaMode::Blend {
        flags |= material_flag::ALPHA;
    }
    if material.unlit {
        flags |= material_flag::UNLIT;
    }
    let cutoff = if let AlphaMode::Mask { cutoff } = material.alpha_mode { cutoff } else { 0.0 };
    GpuMaterial {
        base_color: material.base_color_factor.to_array(),
        emissive: (material.emissive_factor * material.emissive_strength).extend(cutoff).to_array(),
        factors: [
            material.metallic_factor,
            material.roughness_factor,
            material.normal_scale,
            material.occlusion_strength,
        ],
        flags: [flags, 0, 0, 0],
        uv,
    }
}
