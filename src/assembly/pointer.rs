//! Pointers of the glTF Asset Object Model (glTF 2.0, ObjectModel.adoc), with names for indices.

use glam::{Quat, Vec2, Vec3, Vec4};

use super::Assembly;
use crate::color::linear_from_srgb;
use crate::product::Setting;
use crate::scene::{AlphaMode, Material, TextureInfo};

impl Assembly<'_> {
    /// None when there is no such property here, or the value does not fit it.
    pub(super) fn set(&mut self, pointer: &str, setting: &Setting) -> Option<()> {
        let mut parts = pointer.strip_prefix('/')?.splitn(3, '/');
        let (list, entry, property) = (parts.next()?, parts.next()?, parts.next()?);
        match list {
            "materials" => {
                let scene = self.scene;
                let index =
                    index_of(entry, || scene.materials.iter().map(|(at, material)| (at, material.name.as_str())))?;
                let mut material = self.overlay.material(scene, index)?.clone();
                set_material(&mut material, property, setting)?;
                self.overlay.materials.insert(index, material);
            }
            "nodes" => {
                let scene = self.scene;
                let index = index_of(entry, || scene.nodes.iter().map(|(at, node)| (at, node.name.as_str())))?;
                self.set_node(index, property, setting)?;
            }
            _ => return None,
        }
        Some(())
    }

    fn set_node(&mut self, node: usize, property: &str, setting: &Setting) -> Option<()> {
        if property == "extensions/KHR_node_visibility/visible" {
            let Setting::Flag(visible) = setting else { return None };
            self.scene.nodes.get(node)?;
            self.overlay.visibility.insert(node, *visible);
            return Some(());
        }
        let numbers = setting.numbers()?;
        if let Some(target) = property.strip_prefix("weights") {
            let mut weights = self.weights(node)?;
            match (target.strip_prefix('/'), numbers.as_slice()) {
                (None, numbers) if numbers.len() == weights.len() => weights.copy_from_slice(numbers),
                (Some(target), [value]) => *weights.get_mut(target.parse::<usize>().ok()?)? = *value,
                _ => return None,
            }
            self.overlay.weights.insert(node, weights);
            return Some(());
        }
        let mut placement = self.placement(node)?;
        match (property, numbers.as_slice()) {
            ("translation", [x, y, z]) => placement.translation = Vec3::new(*x, *y, *z),
            ("scale", [x, y, z]) => placement.scale = Vec3::new(*x, *y, *z),
            ("rotation", [x, y, z, w]) => {
                let rotation = Vec4::new(*x, *y, *z, *w).try_normalize()?;
                placement.rotation = Quat::from_vec4(rotation);
            }
            _ => return None,
        }
        self.overlay.placements.insert(node, placement);
        Some(())
    }
}

/// An index, or `@name`; the first of a name.
fn index_of<'a, I: Iterator<Item = (usize, &'a str)>>(entry: &str, names: impl FnOnce() -> I) -> Option<usize> {
    match entry.strip_prefix('@') {
        Some(name) => names().find(|(_, known)| *known == name).map(|(at, _)| at),
        None => entry.parse().ok(),
    }
}

impl Setting {
    /// As numbers; colours as linear light. None when one is too large for what draws them.
    fn numbers(&self) -> Option<Vec<f32>> {
        let numbers = match self {
            Self::Flag(_) => Vec::new(),
            Self::Numbers(numbers) => numbers.iter().map(|number| *number as f32).collect(),
            Self::Color(color) => {
                color.iter().map(|part| linear_from_srgb(f32::from(*part) / 255.0)).collect::<Vec<_>>()
            }
        };
        numbers.iter().all(|number| number.is_finite()).then_some(numbers)
    }
}

fn set_material(material: &mut Material, property: &str, setting: &Setting) -> Option<()> {
    let numbers = setting.numbers()?;
    if let Some((texture, transform)) = property.split_once("Texture/extensions/KHR_texture_transform/") {
        return set_transform(texture_of(material, texture)?.as_mut()?, transform, &numbers);
    }
    if let (Some(factor), &[value]) = (single(material, property), numbers.as_slice()) {
        let (slot, least, most) = factor;
        *slot = value.clamp(least, most);
        return Some(());
    }
    match (property, numbers.as_slice()) {
        ("pbrMetallicRoughness/baseColorFactor", &[red, green, blue]) => {
            material.base_color_factor = Vec3::new(red, green, blue).extend(material.base_color_factor.w);
        }
        ("pbrMetallicRoughness/baseColorFactor", &[red, green, blue, alpha]) => {
            material.base_color_factor = Vec4::new(red, green, blue, alpha);
        }
        ("alphaCutoff", &[value]) => match &mut material.alpha_mode {
            AlphaMode::Mask { cutoff } => *cutoff = value,
            AlphaMode::Opaque | AlphaMode::Blend => return None,
        },
        (_, &[red, green, blue]) => *colored(material, property)? = Vec3::new(red, green, blue).max(Vec3::ZERO),
        _ => return None,
    }
    Some(())
}

/// A factor that is one number, and its range.
fn single<'a>(material: &'a mut Material, property: &str) -> Option<(&'a mut f32, f32, f32)> {
    let any = f32::MAX;
    Some(match property {
        "pbrMetallicRoughness/metallicFactor" => (&mut material.metallic_factor, 0.0, 1.0),
        "pbrMetallicRoughness/roughnessFactor" => (&mut material.roughness_factor, 0.0, 1.0),
        "normalTexture/scale" => (&mut material.normal_scale, -any, any),
        "occlusionTexture/strength" => (&mut material.occlusion_strength, 0.0, 1.0),
        "extensions/KHR_materials_emissive_strength/emissiveStrength" => (&mut material.emissive_strength, 0.0, any),
        "extensions/KHR_materials_ior/ior" => (&mut material.ior, 0.0, any),
        "extensions/KHR_materials_specular/specularFactor" => (&mut material.specular.factor, 0.0, 1.0),
        "extensions/KHR_materials_clearcoat/clearcoatFactor" => (&mut material.clearcoat.factor, 0.0, 1.0),
        "extensions/KHR_materials_clearcoat/clearcoatRoughnessFactor" => {
            (&mut material.clearcoat.roughness_factor, 0.0, 1.0)
        }
        "extensions/KHR_materials_sheen/sheenRoughnessFactor" => (&mut material.sheen.roughness_factor, 0.0, 1.0),
        "extensions/KHR_materials_anisotropy/anisotropyStrength" => (&mut material.anisotropy.strength, 0.0, 1.0),
        "extensions/KHR_materials_anisotropy/anisotropyRotation" => (&mut material.anisotropy.rotation, -any, any),
        "extensions/KHR_materials_iridescence/iridescenceFactor" => (&mut material.iridescence.factor, 0.0, 1.0),
        "extensions/KHR_materials_iridescence/iridescenceIor" => (&mut material.iridescence.ior, 1.0, any),
        "extensions/KHR_materials_iridescence/iridescenceThicknessMinimum" => {
            (&mut material.iridescence.thickness_minimum_nm, 0.0, any)
        }
        "extensions/KHR_materials_iridescence/iridescenceThicknessMaximum" => {
            (&mut material.iridescence.thickness_maximum_nm, 0.0, any)
        }
        "extensions/KHR_materials_transmission/transmissionFactor" => (&mut material.transmission.factor, 0.0, 1.0),
        "extensions/KHR_materials_diffuse_transmission/diffuseTransmissionFactor" => {
            (&mut material.diffuse_transmission.factor, 0.0, 1.0)
        }
        "extensions/KHR_materials_volume/thicknessFactor" => (&mut material.volume.thickness_factor, 0.0, any),
        "extensions/KHR_materials_volume/attenuationDistance" => (&mut material.volume.attenuation_distance, 1e-6, any),
        "extensions/KHR_materials_dispersion/dispersion" => (&mut material.dispersion, 0.0, any),
        _ => return None,
    })
}

/// A factor that is a colour without alpha.
fn colored<'a>(material: &'a mut Material, property: &str) -> Option<&'a mut Vec3> {
    Some(match property {
        "emissiveFactor" => &mut material.emissive_factor,
        "extensions/KHR_materials_specular/specularColorFactor" => &mut material.specular.color_factor,
        "extensions/KHR_materials_sheen/sheenColorFactor" => &mut material.sheen.color_factor,
        "extensions/KHR_materials_diffuse_transmission/diffuseTransmissionColorFactor" => {
            &mut material.diffuse_transmission.color_factor
        }
        "extensions/KHR_materials_volume/attenuationColor" => &mut material.volume.attenuation_color,
        _ => return None,
    })
}

/// By the pointer up to its `Texture`.
fn texture_of<'a>(material: &'a mut Material, name: &str) -> Option<&'a mut Option<TextureInfo>> {
    Some(match name {
        "pbrMetallicRoughness/baseColor" => &mut material.base_color_texture,
        "pbrMetallicRoughness/metallicRoughness" => &mut material.metallic_roughness_texture,
        "normal" => &mut material.normal_texture,
        "occlusion" => &mut material.occlusion_texture,
        "emissive" => &mut material.emissive_texture,
        "extensions/KHR_materials_clearcoat/clearcoat" => &mut material.clearcoat.texture,
        "extensions/KHR_materials_clearcoat/clearcoatNormal" => &mut material.clearcoat.normal_texture,
        "extensions/KHR_materials_sheen/sheenColor" => &mut material.sheen.color_texture,
        "extensions/KHR_materials_transmission/transmission" => &mut material.transmission.texture,
        _ => return None,
    })
}

fn set_transform(info: &mut TextureInfo, property: &str, numbers: &[f32]) -> Option<()> {
    match (property, numbers) {
        ("offset", &[x, y]) => info.transform.offset = Vec2::new(x, y),
        ("scale", &[x, y]) => info.transform.scale = Vec2::new(x, y),
        ("rotation", &[angle]) => info.transform.rotation = angle,
        _ => return None,
    }
    Some(())
}
