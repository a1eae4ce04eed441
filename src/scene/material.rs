//! Materials, textures and images (glTF 2.0 §3.8 and §3.9).

use glam::{Vec2, Vec3, Vec4};

use super::{
    Anisotropy, Bytes, Clearcoat, DiffuseTransmission, Iridescence, Sheen, Specular, TextureRole, Transmission, Volume,
};

/// How a surface answers to light: glTF's metallic-roughness model.
#[derive(Clone, Debug, PartialEq)]
pub struct Material {
    /// The file's name for it.
    pub name: String,
    /// Linear RGB and alpha.
    pub base_color_factor: Vec4,
    /// sRGB colour and alpha.
    pub base_color_texture: Option<TextureInfo>,
    /// `[0, 1]`.
    pub metallic_factor: f32,
    /// Perceptual, `[0, 1]`.
    pub roughness_factor: f32,
    /// Roughness in green, metalness in blue, linear.
    pub metallic_roughness_texture: Option<TextureInfo>,
    /// Tangent space, +Y up, linear.
    pub normal_texture: Option<TextureInfo>,
    /// Scales x and y of the normal map.
    pub normal_scale: f32,
    /// Occlusion in red, linear.
    pub occlusion_texture: Option<TextureInfo>,
    /// `[0, 1]`: how much of the occlusion counts.
    pub occlusion_strength: f32,
    /// Linear RGB, `[0, 1]`.
    pub emissive_factor: Vec3,
    /// sRGB colour.
    pub emissive_texture: Option<TextureInfo>,
    /// Multiplies the emission, ≥ 0 (KHR_materials_emissive_strength).
    pub emissive_strength: f32,
    /// What alpha means.
    pub alpha_mode: AlphaMode,
    /// Back faces are seen too, with their normals turned.
    pub double_sided: bool,
    /// Base colour only, no light (KHR_materials_unlit).
    pub unlit: bool,
    /// Index of refraction, ≥ 1; 0 makes the Fresnel term 1 everywhere (KHR_materials_ior).
    pub ior: f32,
    /// KHR_materials_specular.
    pub specular: Specular,
    /// KHR_materials_clearcoat.
    pub clearcoat: Clearcoat,
    /// KHR_materials_sheen.
    pub sheen: Sheen,
    /// KHR_materials_anisotropy.
    pub anisotropy: Anisotropy,
    /// KHR_materials_iridescence.
    pub iridescence: Iridescence,
    /// KHR_materials_transmission.
    pub transmission: Transmission,
    /// KHR_materials_diffuse_transmission.
    pub diffuse_transmission: DiffuseTransmission,
    /// KHR_materials_volume.
    pub volume: Volume,
    /// 20 / Abbe number, ≥ 0 (KHR_materials_dispersion).
    pub dispersion: f32,
}

impl Default for Material {
    /// glTF's default material: white, metallic 1, roughness 1.
    fn default() -> Self {
        Self {
            name: String::new(),
            base_color_factor: Vec4::ONE,
            base_color_texture: None,
            metallic_factor: 1.0,
            roughness_factor: 1.0,
            metallic_roughness_texture: None,
            normal_texture: None,
            normal_scale: 1.0,
            occlusion_texture: None,
            occlusion_strength: 1.0,
            emissive_factor: Vec3::ZERO,
            emissive_texture: None,
            emissive_strength: 1.0,
            alpha_mode: AlphaMode::Opaque,
            double_sided: false,
            unlit: false,
            ior: 1.5,
            specular: Specular::default(),
            clearcoat: Clearcoat::default(),
            sheen: Sheen::default(),
            anisotropy: Anisotropy::default(),
            iridescence: Iridescence::default(),
            transmission: Transmission::default(),
            diffuse_transmission: DiffuseTransmission::default(),
            volume: Volume::default(),
            dispersion: 0.0,
        }
    }
}

impl Material {
    /// Every texture that the material uses, with its meaning.
    pub fn textures(&self) -> impl Iterator<Item = (TextureRole, &TextureInfo)> {
        TextureRole::ALL.into_iter().filter_map(|role| Some((role, self.texture(role)?)))
    }

    /// The texture of one meaning.
    pub fn texture(&self, role: TextureRole) -> Option<&TextureInfo> {
        match role {
            TextureRole::BaseColor => &self.base_color_texture,
            TextureRole::MetallicRoughness => &self.metallic_roughness_texture,
            TextureRole::Normal => &self.normal_texture,
            TextureRole::Occlusion => &self.occlusion_texture,
            TextureRole::Emissive => &self.emissive_texture,
            TextureRole::Transmission => &self.transmission.texture,
            TextureRole::Clearcoat => &self.clearcoat.texture,
            TextureRole::ClearcoatRoughness => &self.clearcoat.roughness_texture,
            TextureRole::ClearcoatNormal => &self.clearcoat.normal_texture,
            TextureRole::SheenColor => &self.sheen.color_texture,
            TextureRole::SheenRoughness => &self.sheen.roughness_texture,
            TextureRole::SpecularColor => &self.specular.color_texture,
            TextureRole::Specular => &self.specular.texture,
            TextureRole::Anisotropy => &self.anisotropy.texture,
            TextureRole::Iridescence => &self.iridescence.texture,
            TextureRole::IridescenceThickness => &self.iridescence.thickness_texture,
            TextureRole::DiffuseTransmissionColor => &self.diffuse_transmission.color_texture,
            TextureRole::DiffuseTransmission => &self.diffuse_transmission.texture,
            TextureRole::Thickness => &self.volume.thickness_texture,
        }
        .as_ref()
    }
}

/// What alpha means (glTF 2.0 §3.9.4).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum AlphaMode {
    /// Alpha is ignored.
    #[default]
    Opaque,
    /// Fully there from `cutoff` on, else not at all.
    Mask {
        /// `[0, 1]`, 0.5 unless the file says otherwise.
        cutoff: f32,
    },
    /// Composited over what lies behind.
    Blend,
}

/// A texture as a material uses it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextureInfo {
    /// Index into [`super::Scene::textures`].
    pub texture: usize,
    /// Which of the primitive's UV sets.
    pub uv_set: usize,
    /// KHR_texture_transform.
    pub transform: UvTransform,
}

/// KHR_texture_transform: scale, then rotate, then offset.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct UvTransform {
    /// Added last.
    pub offset: Vec2,
    /// Counter-clockwise in UV space.
    pub rotation: f32,
    /// Applied first.
    pub scale: Vec2,
}

impl UvTransform {
    /// Where a texture coordinate is in the picture.
    pub fn apply(&self, uv: Vec2) -> Vec2 {
        // The extension turns clockwise in a picture whose V grows downward.
        Vec2::from_angle(-self.rotation).rotate(uv * self.scale) + self.offset
    }
}

impl Default for UvTransform {
    fn default() -> Self {
        Self { offset: Vec2::ZERO, rotation: 0.0, scale: Vec2::ONE }
    }
}

/// An image and how it is sampled.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Texture {
    /// The file's name for it.
    pub name: String,
    /// Index into [`super::Scene::images`]; none draws as white.
    pub image: Option<usize>,
    /// Other pictures of the same, best first, for [`super::Scene::fall_back`]: browsers differ in what they decode.
    pub fallbacks: Vec<usize>,
    /// Filters and wrapping.
    pub sampler: Sampler,
}

/// Filters and wrapping (glTF 2.0 §3.8.4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Sampler {
    /// When the texture is larger on screen.
    pub magnify: Filter,
    /// When the texture is smaller on screen.
    pub minify: Filter,
    /// Between mip levels.
    pub mip: MipFilter,
    /// Along U.
    pub wrap_u: Wrap,
    /// Along V.
    pub wrap_v: Wrap,
}

/// How texels are mixed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Filter {
    /// Linear mixing.
    #[default]
    Linear,
    /// The nearest texel.
    Nearest,
}

/// How mip levels are mixed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum MipFilter {
    /// Linear mixing.
    #[default]
    Linear,
    /// The nearest level.
    Nearest,
    /// The base level only.
    None,
}

/// What lies outside `[0, 1]`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Wrap {
    /// The picture again.
    #[default]
    Repeat,
    /// The picture mirrored.
    Mirror,
    /// The edge's texel.
    Clamp,
}

/// A picture as the file has it, still encoded.
#[derive(Clone, Debug)]
pub struct Image {
    /// The file's name for it.
    pub name: String,
    /// Where the picture is.
    pub source: ImageSource,
}

/// Where an [`Image`] is.
#[derive(Clone, Debug)]
pub enum ImageSource {
    /// Encoded bytes from a buffer view or data URI.
    Encoded {
        /// Such as `image/png`, from the file or from the bytes' signature.
        mime: &'static str,
        /// The encoded picture; most often a part of the file, which is not copied.
        bytes: Bytes,
    },
    /// An address relative to the glTF file, decoded from URI escapes; the shell fetches and decodes it.
    External {
        /// As the file has it.
        uri: String,
    },
}
