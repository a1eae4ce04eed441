//! Materials (glTF 2.0 §3.9).

use glam::{Vec2, Vec3, Vec4};

use super::cursor::Cursor;
use super::extension::{MATERIALS_EMISSIVE_STRENGTH, MATERIALS_UNLIT, TEXTURE_TRANSFORM};
use super::layers;
use super::reader::Reader;
use crate::issue::Code;
use crate::scene::{AlphaMode, Material, Slots, Texture, TextureInfo, UvTransform};

/// More UV sets than any exporter writes; keeps a hostile number small.
const MOST_UV_SETS: usize = 64;

pub(super) fn read_materials(reader: &mut Reader<'_>, textures: &Slots<Texture>) -> Slots<Material> {
    reader.list("materials").iter().map(|item| Some(read_material(reader, Cursor(item), textures))).collect()
}

fn read_material<'a>(reader: &mut Reader<'a>, at: Cursor<'a>, textures: &Slots<Texture>) -> Material {
    let mut material = Material { name: at.name(&mut reader.log), ..Material::default() };
    if let Some(pbr) = at.get("pbrMetallicRoughness") {
        if let Some(factor) = pbr.numbers("baseColorFactor", &mut reader.log) {
            material.base_color_factor = Vec4::from_array(factor).clamp(Vec4::ZERO, Vec4::ONE);
        }
        material.base_color_texture = texture_info(reader, pbr, "baseColorTexture", textures);
        let log = &mut reader.log;
        material.metallic_factor = pbr.number("metallicFactor", 0.0, 1.0, log).unwrap_or(1.0);
        material.roughness_factor = pbr.number("roughnessFactor", 0.0, 1.0, log).unwrap_or(1.0);
        material.metallic_roughness_texture = texture_info(reader, pbr, "metallicRoughnessTexture", textures);
    }
    material.normal_texture = texture_info(reader, at, "normalTexture", textures);
    if let Some(normal) = at.get("normalTexture") {
        material.normal_scale = normal.number("scale", f32::MIN, f32::MAX, &mut reader.log).unwrap_or(1.0);
    }
    material.occlusion_texture = texture_info(reader, at, "occlusionTexture", textures);
    if let Some(occlusion) = at.get("occlusionTexture") {
        material.occlusion_strength = occlusion.number("strength", 0.0, 1.0, &mut reader.log).unwrap_or(1.0);
    }
    material.emissive_texture = texture_info(reader, at, "emissiveTexture", textures);
    let log = &mut reader.log;
    material.emissive_factor = at.color("emissiveFactor", 1.0, log).unwrap_or(Vec3::ZERO);
    if let Some(strength) = at.extension(MATERIALS_EMISSIVE_STRENGTH) {
        material.emissive_strength = strength.number("emissiveStrength", 0.0, f32::MAX, log).unwrap_or(1.0);
    }
    material.unlit = at.extension(MATERIALS_UNLIT).is_some();
    material.double_sided = at.truth("doubleSided", log).unwrap_or(false);
    material.alpha_mode = match at.text("alphaMode", log) {
        None | Some("OPAQUE") => AlphaMode::Opaque,
        Some("MASK") => AlphaMode::Mask { cutoff: at.number("alphaCutoff", 0.0, f32::MAX, log).unwrap_or(0.5) },
        Some("BLEND") => AlphaMode::Blend,
        Some(other) => {
            log.report(Code::Value, at.get("alphaMode").unwrap_or(at), other);
            AlphaMode::Opaque
        }
    };
    layers::read_layers(reader, at, textures, &mut material);
    material
}

/// The texture that `at[key]` uses; none without one and for one that had to be dropped.
pub(super) fn texture_info<'a>(
    reader: &mut Reader<'a>,
    at: Cursor<'a>,
    key: &str,
    textures: &Slots<Texture>,
) -> Option<TextureInfo> {
    let info = at.get(key)?;
    let log = &mut reader.log;
    let Some(index) = info.get("index") else {
        log.report(Code::Value, info, "a texture without index");
        return None;
    };
    let texture = index.as_index(textures.len(), log)?;
    textures.get(texture)?;
    let mut uv_set = info.index("texCoord", MOST_UV_SETS, log).unwrap_or(0);
    let mut transform = UvTransform::default();
    if let Some(extension) = info.extension(TEXTURE_TRANSFORM) {
        transform.offset = extension.numbers("offset", log).map_or(transform.offset, Vec2::from_array);
        transform.rotation = extension.number("rotation", f32::MIN, f32::MAX, log).unwrap_or(0.0);
        transform.scale = extension.numbers("scale", log).map_or(transform.scale, Vec2::from_array);
        uv_set = extension.index("texCoord", MOST_UV_SETS, log).unwrap_or(uv_set);
    }
    Some(TextureInfo { texture, uv_set, transform })
}
