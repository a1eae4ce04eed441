//! Group 2: a material's numbers, pictures and samplers.

use std::mem::size_of;

use glam::Vec3;

use super::Gpu;
use super::features::Features;
use super::layout::{GpuLayers, GpuMaterial, LAYERS_BINDING, Layouts, material_flag};
use super::texture::{Encoding, GpuImage, Picture, Samplers};
use crate::scene::{AlphaMode, ExtensionTextures, Material, Scene, TextureInfo, TextureRole};

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
    pub(super) layouts: &'a Layouts,
    pub(super) defaults: &'a Defaults,
    pub(super) scene: &'a Scene,
    pub(super) images: &'a [GpuImage],
}

/// One material on the GPU.
#[derive(Debug)]
pub(super) struct Bound {
    buffer: wgpu::Buffer,
    /// Of the core's five textures.
    pub(super) group: wgpu::BindGroup,
    /// With what extensions add, where they add something.
    layers: Option<(wgpu::Buffer, wgpu::BindGroup)>,
}

impl Bound {
    pub(super) fn new(sources: Sources<'_>, samplers: &mut Samplers, material: &Material) -> Self {
        let device = &sources.gpu.device;
        let buffer = buffer(device, size_of::<GpuMaterial>());
        let layers = Features::of(material).any().then(|| buffer_of_layers(device));
        let groups = bind_groups(sources, samplers, material, &buffer, layers.as_ref());
        let bound = Self { buffer, group: groups.0, layers: layers.zip(groups.1) };
        bound.write(sources.gpu, material);
        bound
    }

    /// Whether it can take this material's numbers and pictures.
    pub(super) fn suits(&self, material: &Material) -> bool {
        self.layers.is_some() == Features::of(material).any()
    }

    /// Takes changed numbers.
    pub(super) fn write(&self, gpu: &Gpu, material: &Material) {
        gpu.queue.write_buffer(&self.buffer, 0, bytemuck::bytes_of(&uniform(material)));
        if let Some((buffer, _)) = &self.layers {
            gpu.queue.write_buffer(buffer, 0, bytemuck::bytes_of(&layers_uniform(material)));
        }
    }

    /// Takes changed pictures.
    pub(super) fn rebind(&mut self, sources: Sources<'_>, samplers: &mut Samplers, material: &Material) {
        let layers = self.layers.as_ref().map(|(buffer, _)| buffer);
        let groups = bind_groups(sources, samplers, material, &self.buffer, layers);
        self.group = groups.0;
        if let (Some((_, group)), Some(new)) = (&mut self.layers, groups.1) {
            *group = new;
        }
    }

    /// Group 2 of a pipeline with or without extensions.
    pub(super) fn group(&self, layered: bool) -> &wgpu::BindGroup {
        self.layers.as_ref().filter(|_| layered).map_or(&self.group, |(_, group)| group)
    }

    pub(super) fn bytes(&self) -> u64 {
        self.buffer.size() + self.layers.as_ref().map_or(0, |(buffer, _)| buffer.size())
    }

    pub(super) fn destroy(&self) {
        self.buffer.destroy();
        if let Some((buffer, _)) = &self.layers {
            buffer.destroy();
        }
    }
}

fn buffer(device: &wgpu::Device, bytes: usize) -> wgpu::Buffer {
    device.create_buffer(&wgpu::BufferDescriptor {
        label: Some("material"),
        size: bytes as u64,
        usage: wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST,
        mapped_at_creation: false,
    })
}

fn buffer_of_layers(device: &wgpu::Device) -> wgpu::Buffer {
    buffer(device, size_of::<GpuLayers>())
}

/// A texture as it is bound, colour or data, with what stands in for it.
type Slot<'a> = (Option<TextureInfo>, bool, &'a Picture);

/// The five textures of the core in the order of the bindings.
pub(super) const CORE: [TextureRole; 5] = [
    TextureRole::BaseColor,
    TextureRole::MetallicRoughness,
    TextureRole::Normal,
    TextureRole::Occlusion,
    TextureRole::Emissive,
];

/// Groups for pipelines without and with extensions.
fn bind_groups(
    sources: Sources<'_>,
    samplers: &mut Samplers,
    material: &Material,
    buffer: &wgpu::Buffer,
    layers: Option<&wgpu::Buffer>,
) -> (wgpu::BindGroup, Option<wgpu::BindGroup>) {
    let Defaults { white, white_data, flat, black } = sources.defaults;
    // While there is a texture without a picture, and without a texture.
    let fallbacks = [white, white_data, flat, white_data, black];
    let core = CORE.into_iter().zip(fallbacks);
    let core: Vec<Slot<'_>> =
        core.map(|(role, fallback)| (material.texture(role).copied(), role.is_color(), fallback)).collect();
    let extensions = ExtensionTextures::of(material);
    let mut added: Vec<Slot<'_>> = extensions
        .bound
        .iter()
        .map(|bound| (Some(bound.info), bound.is_color, if bound.is_color { white } else { white_data }))
        .collect();
    added.resize(ExtensionTextures::MOST, (None, false, white_data));
    let device = &sources.gpu.device;
    let mut made = |slots: &[Slot<'_>]| -> Vec<_> {
        let sampler =
            |info: Option<TextureInfo>| info.and_then(|info| Some(sources.scene.textures.get(info.texture)?.sampler));
        slots.iter().map(|slot| samplers.get(device, sampler(slot.0).unwrap_or_default())).collect()
    };
    let (core_samplers, added_samplers) = (made(&core), made(&added));
    let mut entries = vec![wgpu::BindGroupEntry { binding: 0, resource: buffer.as_entire_binding() }];
    push(&mut entries, &sources, 1, &core, &core_samplers);
    let group = |layout, entries: &[_]| {
        device.create_bind_group(&wgpu::BindGroupDescriptor { label: Some("material"), layout, entries })
    };
    let plain = group(&sources.layouts.material, &entries);
    let layered = layers.map(|layers| {
        entries.push(wgpu::BindGroupEntry { binding: LAYERS_BINDING, resource: layers.as_entire_binding() });
        push(&mut entries, &sources, LAYERS_BINDING + 1, &added, &added_samplers);
        group(&sources.layouts.layered_material, &entries)
    });
    (plain, layered)
}

/// Adds textures and samplers from binding `first` on.
fn push<'a>(
    entries: &mut Vec<wgpu::BindGroupEntry<'a>>,
    sources: &Sources<'a>,
    first: u32,
    slots: &[Slot<'a>],
    samplers: &'a [wgpu::Sampler],
) {
    for ((binding, (info, color, fallback)), sampler) in (first..).step_by(2).zip(slots).zip(samplers) {
        let image = info.and_then(|info| sources.scene.textures.get(info.texture)?.image);
        let image = image.and_then(|image| sources.images.get(image));
        let picture = image.and_then(|image| if *color { image.color.as_ref() } else { image.data.as_ref() });
        let view = &picture.unwrap_or(fallback).view;
        entries.push(wgpu::BindGroupEntry { binding, resource: wgpu::BindingResource::TextureView(view) });
        entries.push(wgpu::BindGroupEntry { binding: binding + 1, resource: wgpu::BindingResource::Sampler(sampler) });
    }
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
    for ((role, bit), pair) in CORE.into_iter().zip(bits).zip(uv.chunks_exact_mut(2)) {
        let Some(info) = material.texture(role) else { continue };
        flags |= bit;
        pair.copy_from_slice(&uv_pair(info));
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
        flags: [flags, dimming(material).to_bits(), 0, 0],
        uv,
    }
}

/// How much light a surface of this material takes away, but for its alpha: what transmits lets its colour through.
fn dimming(material: &Material) -> f32 {
    if material.transmission.texture.is_some() {
        return 1.0;
    }
    let tint = material.base_color_factor.truncate().element_sum() / 3.0;
    1.0 - material.transmission.factor * (1.0 - material.metallic_factor) * tint
}

fn uv_pair(info: &TextureInfo) -> [[f32; 4]; 2] {
    let (sine, cosine) = info.transform.rotation.sin_cos();
    let (scale, offset) = (info.transform.scale, info.transform.offset);
    // Columns of translation × rotation × scale; KHR_texture_transform turns clockwise in a picture whose V grows
    // downward.
    let columns = [cosine * scale.x, -sine * scale.x, sine * scale.y, cosine * scale.y];
    let stream = if info.uv_set == 0 { 0.0 } else { 1.0 };
    [columns, [offset.x, offset.y, stream, 0.0]]
}

fn layers_uniform(material: &Material) -> GpuLayers {
    let Material { specular, clearcoat, sheen, anisotropy, iridescence, diffuse_transmission, volume, .. } = material;
    let textures = ExtensionTextures::of(material);
    let mut places = [[ExtensionTextures::MOST as u32; 4]; 4];
    for (place, found) in places.as_flattened_mut().iter_mut().zip(textures.place_of) {
        *place = found.map_or(*place, u32::from);
    }
    let mut uv = [[0.0; 4]; 2 * ExtensionTextures::MOST];
    for (pair, bound) in uv.chunks_exact_mut(2).zip(&textures.bound) {
        pair.copy_from_slice(&uv_pair(&bound.info));
    }
    let f0 = ((material.ior - 1.0) / (material.ior + 1.0)).powi(2);
    // Beer's law as KHR_materials_volume has it; black absorbs all but a trace.
    let absorption = -volume.attenuation_color.max(Vec3::splat(1e-6)).map(f32::ln) / volume.attenuation_distance;
    let (sine, cosine) = anisotropy.rotation.sin_cos();
    GpuLayers {
        specular: (f0 * specular.color_factor).extend(specular.factor).to_array(),
        clearcoat: [clearcoat.factor, clearcoat.roughness_factor, clearcoat.normal_scale, material.dispersion],
        sheen: sheen.color_factor.extend(sheen.roughness_factor).to_array(),
        anisotropy: [anisotropy.strength, cosine, sine, material.ior.max(1.0)],
        iridescence: [
            iridescence.factor,
            iridescence.ior,
            iridescence.thickness_minimum_nm,
            iridescence.thickness_maximum_nm,
        ],
        diffuse_transmission: diffuse_transmission.color_factor.extend(diffuse_transmission.factor).to_array(),
        absorption: absorption.extend(volume.thickness_factor).to_array(),
        transmission: [material.transmission.factor, 0.0, 0.0, 0.0],
        places,
        uv,
    }
}
