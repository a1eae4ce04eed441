//! What KHR_materials_* extensions add to a [`super::Material`]. The default of each adds nothing.

use glam::Vec3;

use super::TextureInfo;

/// What a material's texture means; the order is the order of importance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TextureRole {
    /// sRGB colour and alpha.
    BaseColor,
    /// Roughness in green, metalness in blue.
    MetallicRoughness,
    /// Tangent space.
    Normal,
    /// Occlusion in red.
    Occlusion,
    /// sRGB colour.
    Emissive,
    /// [`Transmission::texture`].
    Transmission,
    /// [`Clearcoat::texture`].
    Clearcoat,
    /// [`Clearcoat::roughness_texture`].
    ClearcoatRoughness,
    /// [`Clearcoat::normal_texture`].
    ClearcoatNormal,
    /// [`Sheen::color_texture`].
    SheenColor,
    /// [`Sheen::roughness_texture`].
    SheenRoughness,
    /// [`Specular::color_texture`].
    SpecularColor,
    /// [`Specular::texture`].
    Specular,
    /// [`Anisotropy::texture`].
    Anisotropy,
    /// [`Iridescence::texture`].
    Iridescence,
    /// [`Iridescence::thickness_texture`].
    IridescenceThickness,
    /// [`DiffuseTransmission::color_texture`].
    DiffuseTransmissionColor,
    /// [`DiffuseTransmission::texture`].
    DiffuseTransmission,
    /// [`Volume::thickness_texture`].
    Thickness,
}

impl TextureRole {
    /// All of them, in order.
    pub const ALL: [Self; 19] = [
        Self::BaseColor,
        Self::MetallicRoughness,
        Self::Normal,
        Self::Occlusion,
        Self::Emissive,
        Self::Transmission,
        Self::Clearcoat,
        Self::ClearcoatRoughness,
        Self::ClearcoatNormal,
        Self::SheenColor,
        Self::SheenRoughness,
        Self::SpecularColor,
        Self::Specular,
        Self::Anisotropy,
        Self::Iridescence,
        Self::IridescenceThickness,
        Self::DiffuseTransmissionColor,
        Self::DiffuseTransmission,
        Self::Thickness,
    ];

    /// Red, green and blue are sRGB-encoded colour; else all channels are linear numbers.
    pub fn is_color(self) -> bool {
        matches!(
            self,
            Self::BaseColor | Self::Emissive | Self::SheenColor | Self::SpecularColor | Self::DiffuseTransmissionColor
        )
    }

    /// Only alpha is read, which is linear under either encoding.
    pub fn is_alpha(self) -> bool {
        matches!(self, Self::SheenRoughness | Self::Specular | Self::DiffuseTransmission)
    }
}

/// Strength and tint of a dielectric's reflection (KHR_materials_specular).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Specular {
    /// `[0, 1]`.
    pub factor: f32,
    /// In alpha, linear.
    pub texture: Option<TextureInfo>,
    /// Linear RGB of the reflection at normal incidence, ≥ 0.
    pub color_factor: Vec3,
    /// sRGB colour.
    pub color_texture: Option<TextureInfo>,
}

impl Default for Specular {
    fn default() -> Self {
        Self { factor: 1.0, texture: None, color_factor: Vec3::ONE, color_texture: None }
    }
}

/// A clear layer over everything else (KHR_materials_clearcoat).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Clearcoat {
    /// `[0, 1]`; 0 is none.
    pub factor: f32,
    /// In red, linear.
    pub texture: Option<TextureInfo>,
    /// Perceptual, `[0, 1]`.
    pub roughness_factor: f32,
    /// In green, linear.
    pub roughness_texture: Option<TextureInfo>,
    /// Tangent space; without one the layer has the geometry's normal.
    pub normal_texture: Option<TextureInfo>,
    /// Scales x and y of the normal map.
    pub normal_scale: f32,
}

impl Default for Clearcoat {
    fn default() -> Self {
        Self {
            factor: 0.0,
            texture: None,
            roughness_factor: 0.0,
            roughness_texture: None,
            normal_texture: None,
            normal_scale: 1.0,
        }
    }
}

/// The shine of fibres: velvet, satin (KHR_materials_sheen).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sheen {
    /// Linear RGB, `[0, 1]`; black is none.
    pub color_factor: Vec3,
    /// sRGB colour.
    pub color_texture: Option<TextureInfo>,
    /// Perceptual, `[0, 1]`.
    pub roughness_factor: f32,
    /// In alpha, linear.
    pub roughness_texture: Option<TextureInfo>,
}

/// Highlights that are longer along a direction: brushed metal (KHR_materials_anisotropy).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Anisotropy {
    /// `[0, 1]`; 0 is none.
    pub strength: f32,
    /// Counter-clockwise from the tangent.
    pub rotation: f32,
    /// Direction in red and green as `[-1, 1]`, strength in blue, linear.
    pub texture: Option<TextureInfo>,
}

/// A thin film whose colour depends on the angle (KHR_materials_iridescence).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Iridescence {
    /// `[0, 1]`; 0 is none.
    pub factor: f32,
    /// In red, linear.
    pub texture: Option<TextureInfo>,
    /// The film's index of refraction, ≥ 1.
    pub ior: f32,
    /// Nanometres where the texture has 0.
    pub thickness_minimum_nm: f32,
    /// Nanometres where the texture has 1, and without a texture.
    pub thickness_maximum_nm: f32,
    /// In green, linear.
    pub thickness_texture: Option<TextureInfo>,
}

impl Default for Iridescence {
    fn default() -> Self {
        Self {
            factor: 0.0,
            texture: None,
            ior: 1.3,
            thickness_minimum_nm: 100.0,
            thickness_maximum_nm: 400.0,
            thickness_texture: None,
        }
    }
}

/// Light that goes through and shows what lies behind: glass (KHR_materials_transmission).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Transmission {
    /// `[0, 1]`; 0 is none.
    pub factor: f32,
    /// In red, linear.
    pub texture: Option<TextureInfo>,
}

/// Light that goes through and is scattered: paper, leaves, opal glass (KHR_materials_diffuse_transmission).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DiffuseTransmission {
    /// `[0, 1]`; 0 is none.
    pub factor: f32,
    /// In alpha, linear.
    pub texture: Option<TextureInfo>,
    /// Linear RGB, `[0, 1]`.
    pub color_factor: Vec3,
    /// sRGB colour.
    pub color_texture: Option<TextureInfo>,
}

impl Default for DiffuseTransmission {
    fn default() -> Self {
        Self { factor: 0.0, texture: None, color_factor: Vec3::ONE, color_texture: None }
    }
}

/// What is inside a closed surface (KHR_materials_volume).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Volume {
    /// Metres in the mesh's space, ≥ 0; 0 is a thin wall without an inside.
    pub thickness_factor: f32,
    /// In green, linear.
    pub thickness_texture: Option<TextureInfo>,
    /// Metres in world space after which white light has [`Volume::attenuation_color`]; infinite without attenuation.
    pub attenuation_distance: f32,
    /// Linear RGB, `[0, 1]`.
    pub attenuation_color: Vec3,
}

impl Default for Volume {
    fn default() -> Self {
        Self {
            thickness_factor: 0.0,
            thickness_texture: None,
            attenuation_distance: f32::INFINITY,
            attenuation_color: Vec3::ONE,
        }
    }
}
