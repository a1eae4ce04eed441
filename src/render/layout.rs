//! Every struct that Rust and WGSL share, and the layouts of the bind groups that hold them.
//!
//! Groups go by how often they change: 0 view and placed scene, 1 light (owned by [`super::light`]), 2 material,
//! 3 draw. The last has no texture: on WebGL2 each costs eight calls whenever its group is set.
//! `tests/shaders.rs` compares [`MIRRORS`] with what naga reads from the shaders.

use std::mem::{offset_of, size_of};

use bytemuck::{Pod, Zeroable};

use super::light::Lights;
use crate::scene::ExtensionTextures;

/// Punctual lights that shade one look; the strongest count.
pub const MOST_LIGHTS: usize = 8;
/// Where [`GpuLayers`] is bound, before its textures.
pub(super) const LAYERS_BINDING: u32 = 11;
/// What transmission looks through.
pub(super) const BEHIND_BINDING: u32 = 4;
/// Texels in a row of the pose and morph textures.
pub const TEXELS_A_ROW: u32 = 1024;

/// One light of KHR_lights_punctual; see `frame.wgsl`.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, Pod, Zeroable)]
pub struct GpuLight {
    /// World space; w is 1 / range, 0 without end.
    pub position: [f32; 4],
    /// Where it shines; w is the kind: 0 directional, 1 point, 2 spot.
    pub direction: [f32; 4],
    /// Linear RGB times intensity.
    pub color: [f32; 4],
    /// Scale and offset of the cone's cosine.
    pub cone: [f32; 4],
}

/// One view of one look; see `frame.wgsl`.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, Pod, Zeroable)]
pub struct GpuFrame {
    /// Clip space has depth 0 to 1.
    pub projection_from_world: [[f32; 4]; 4],
    /// World space with w 1; for parallel projections the direction to the eye with w 0.
    pub eye: [f32; 4],
    /// Exposure, log2 of the view's width in pixels, last level of what transmission looks through, one unused.
    pub settings: [f32; 4],
    /// Tone map, number of lights, the page's colour (sRGB, red lowest; alpha 255 where it is known), one unused.
    pub counts: [u32; 4],
    /// The view's place in what transmission looks through: offset and size in texture coordinates.
    pub behind: [f32; 4],
    /// The first `counts[1]` are on.
    pub lights: [GpuLight; MOST_LIGHTS],
}

/// One material; see `material.wgsl`.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, Pod, Zeroable)]
pub struct GpuMaterial {
    /// Linear RGB and alpha.
    pub base_color: [f32; 4],
    /// Linear RGB times strength, alpha cutoff.
    pub emissive: [f32; 4],
    /// Metallic, perceptual roughness, normal scale, occlusion strength.
    pub factors: [f32; 4],
    /// Flags, how much light it takes away (an `f32`'s bits), two unused.
    pub flags: [u32; 4],
    /// For each texture the columns of the UV matrix, then offset, stream and one unused.
    pub uv: [[f32; 4]; 10],
}

/// What extensions add to a material; see `layers.wgsl`.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, Pod, Zeroable)]
pub struct GpuLayers {
    /// Linear RGB of the dielectric's F0, KHR_materials_specular's factor.
    pub specular: [f32; 4],
    /// Factor, perceptual roughness, normal scale; then the dispersion.
    pub clearcoat: [f32; 4],
    /// Linear RGB, perceptual roughness.
    pub sheen: [f32; 4],
    /// Strength, cosine and sine of the rotation; then the index of refraction.
    pub anisotropy: [f32; 4],
    /// Factor, index of refraction, least and most nanometres.
    pub iridescence: [f32; 4],
    /// Linear RGB, factor.
    pub diffuse_transmission: [f32; 4],
    /// What a metre absorbs, RGB; then the thickness.
    pub absorption: [f32; 4],
    /// Factor, three unused.
    pub transmission: [f32; 4],
    /// The place of each role's texture, [`ExtensionTextures::MOST`] for none.
    pub places: [[u32; 4]; 4],
    /// As in [`GpuMaterial`].
    pub uv: [[f32; 4]; 2 * ExtensionTextures::MOST],
}

/// One primitive of one node; see `draw.wgsl`.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, Pod, Zeroable)]
pub struct GpuDraw {
    /// For skinned primitives `world_from_scene`.
    pub world_from_node: [[f32; 4]; 4],
    /// Columns of the inverse transposed; w of the first is −1 for a mirrored node.
    pub world_from_normal: [[f32; 4]; 3],
    /// First texel of the joints, 1 when skinned, first texel of the weights, number of weights.
    pub pose: [u32; 4],
    /// First texel of the targets, texels of one target, texels of one vertex, flags.
    pub morph: [u32; 4],
}

/// Bits of [`GpuMaterial::flags`].
pub mod material_flag {
    /// Has a base colour texture.
    pub const BASE_COLOR: u32 = 1;
    /// Has a metallic-roughness texture.
    pub const METALLIC_ROUGHNESS: u32 = 2;
    /// Has a normal map.
    pub const NORMAL: u32 = 4;
    /// Has an occlusion map.
    pub const OCCLUSION: u32 = 8;
    /// Has an emissive texture.
    pub const EMISSIVE: u32 = 16;
    /// Alpha is blended.
    pub const ALPHA: u32 = 32;
    /// KHR_materials_unlit.
    pub const UNLIT: u32 = 64;
}

/// Bits of [`GpuDraw::morph`]'s last number.
pub mod draw_flag {
    /// Morph targets move normals.
    pub const MORPHS_NORMALS: u32 = 1;
    /// Morph targets move tangents.
    pub const MORPHS_TANGENTS: u32 = 2;
    /// The vertices have tangents.
    pub const HAS_TANGENTS: u32 = 4;
}

/// A struct as WGSL must see it: its name there, its size, its fields' offsets.
pub type Mirror = (&'static str, usize, &'static [(&'static str, usize)]);

/// Every struct of this file and of the modules beside it that share one. Where WGSL has three columns for one Rust array, each is listed.
pub const MIRRORS: &[Mirror] = &[
    (
        "PunctualLight",
        size_of::<GpuLight>(),
        &[
            ("position", offset_of!(GpuLight, position)),
            ("direction", offset_of!(GpuLight, direction)),
            ("color", offset_of!(GpuLight, color)),
            ("cone", offset_of!(GpuLight, cone)),
        ],
    ),
    (
        "Frame",
        size_of::<GpuFrame>(),
        &[
            ("projection_from_world", offset_of!(GpuFrame, projection_from_world)),
            ("eye", offset_of!(GpuFrame, eye)),
            ("settings", offset_of!(GpuFrame, settings)),
            ("counts", offset_of!(GpuFrame, counts)),
            ("behind", offset_of!(GpuFrame, behind)),
            ("lights", offset_of!(GpuFrame, lights)),
        ],
    ),
    (
        "Material",
        size_of::<GpuMaterial>(),
        &[
            ("base_color", offset_of!(GpuMaterial, base_color)),
            ("emissive", offset_of!(GpuMaterial, emissive)),
            ("factors", offset_of!(GpuMaterial, factors)),
            ("flags", offset_of!(GpuMaterial, flags)),
            ("uv", offset_of!(GpuMaterial, uv)),
        ],
    ),
    (
        "Layers",
        size_of::<GpuLayers>(),
        &[
            ("specular", offset_of!(GpuLayers, specular)),
            ("clearcoat", offset_of!(GpuLayers, clearcoat)),
            ("sheen", offset_of!(GpuLayers, sheen)),
            ("anisotropy", offset_of!(GpuLayers, anisotropy)),
            ("iridescence", offset_of!(GpuLayers, iridescence)),
            ("diffuse_transmission", offset_of!(GpuLayers, diffuse_transmission)),
            ("absorption", offset_of!(GpuLayers, absorption)),
            ("transmission", offset_of!(GpuLayers, transmission)),
            ("places", offset_of!(GpuLayers, places)),
            ("uv", offset_of!(GpuLayers, uv)),
        ],
    ),
    (
        "Draw",
        size_of::<GpuDraw>(),
        &[
            ("world_from_node", offset_of!(GpuDraw, world_from_node)),
            ("world_from_normal_x", offset_of!(GpuDraw, world_from_normal)),
            ("world_from_normal_y", offset_of!(GpuDraw, world_from_normal) + 16),
            ("world_from_normal_z", offset_of!(GpuDraw, world_from_normal) + 32),
            ("pose", offset_of!(GpuDraw, pose)),
            ("morph", offset_of!(GpuDraw, morph)),
        ],
    ),
    super::light::MIRROR,
    super::shadow::BLUR_MIRROR,
    super::shadow::FLOOR_MIRROR,
    super::skybox::MIRROR,
    #[cfg(feature = "product")]
    super::roles::MIRROR,
    #[cfg(feature = "product")]
    super::photo::MIRROR,
    #[cfg(feature = "xr")]
    super::room_depth::MIRROR,
];

/// The layouts of groups 0, 2 and 3, and of passes over the whole screen.
#[derive(Debug)]
pub(super) struct Layouts {
    pub(super) frame: wgpu::BindGroupLayout,
    pub(super) material: wgpu::BindGroupLayout,
    /// Groups 1 and 2 of materials with extensions.
    pub(super) layered_light: wgpu::BindGroupLayout,
    pub(super) layered_material: wgpu::BindGroupLayout,
    pub(super) draw: wgpu::BindGroupLayout,
    pub(super) screen: wgpu::BindGroupLayout,
}

impl Layouts {
    pub(super) fn new(device: &wgpu::Device) -> Self {
        use wgpu::ShaderStages as Stages;
        let both = Stages::VERTEX_FRAGMENT;
        let mut material = vec![uniform(0, Stages::FRAGMENT, false, size_of::<GpuMaterial>())];
        let pairs = |first: u32, count: u32| {
            (0..count).flat_map(move |slot| {
                [texture(first + slot * 2, Stages::FRAGMENT, true), sampler(first + slot * 2 + 1)]
            })
        };
        material.extend(pairs(1, 5));
        let mut layered_material = material.clone();
        layered_material.push(uniform(LAYERS_BINDING, Stages::FRAGMENT, false, size_of::<GpuLayers>()));
        layered_material.extend(pairs(LAYERS_BINDING + 1, ExtensionTextures::MOST as u32));
        let mut layered_light = Lights::layout_entries().to_vec();
        layered_light.push(texture(BEHIND_BINDING, Stages::FRAGMENT, true));
        let make = |label, entries: &[_]| {
            device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor { label: Some(label), entries })
        };
        Self {
            frame: make(
                "frame",
                &[
                    uniform(0, both, true, size_of::<GpuFrame>()),
                    texture(1, Stages::VERTEX, false),
                    texture(2, Stages::VERTEX, false),
                ],
            ),
            material: make("material", &material),
            layered_light: make("layered light", &layered_light),
            layered_material: make("layered material", &layered_material),
            draw: make("draw", &[uniform(0, both, true, size_of::<GpuDraw>())]),
            screen: make("screen", &[texture(0, Stages::FRAGMENT, false)]),
        }
    }
}

fn uniform(binding: u32, visibility: wgpu::ShaderStages, dynamic: bool, size: usize) -> wgpu::BindGroupLayoutEntry {
    wgpu::BindGroupLayoutEntry {
        binding,
        visibility,
        ty: wgpu::BindingType::Buffer {
            ty: wgpu::BufferBindingType::Uniform,
            has_dynamic_offset: dynamic,
            min_binding_size: wgpu::BufferSize::new(size as u64),
        },
        count: None,
    }
}

fn texture(binding: u32, visibility: wgpu::ShaderStages, filterable: bool) -> wgpu::BindGroupLayoutEntry {
    wgpu::BindGroupLayoutEntry {
        binding,
        visibility,
        ty: wgpu::BindingType::Texture {
            sample_type: wgpu::TextureSampleType::Float { filterable },
            view_dimension: wgpu::TextureViewDimension::D2,
            multisampled: false,
        },
        count: None,
    }
}

fn sampler(binding: u32) -> wgpu::BindGroupLayoutEntry {
    wgpu::BindGroupLayoutEntry {
        binding,
        visibility: wgpu::ShaderStages::FRAGMENT,
        ty: wgpu::BindingType::Sampler(wgpu::SamplerBindingType::Filtering),
        count: None,
    }
}

/// The depth of what lies behind the product and hides nothing.
pub(super) fn depth_behind() -> wgpu::DepthStencilState {
    wgpu::DepthStencilState {
        format: super::DEPTH_FORMAT,
        depth_write_enabled: Some(false),
        depth_compare: Some(wgpu::CompareFunction::LessEqual),
        stencil: wgpu::StencilState::default(),
        bias: wgpu::DepthBiasState::default(),
    }
}
