//! Materials as the file has them, with all that is laid over them.

use serde_json::{Map, Value};

use super::bin::{number, numbers};
use crate::scene::{AlphaMode, Material, TextureInfo, UvTransform};

/// Writes what differs between two materials into the JSON of the first.
pub(super) fn lay_over(json: &mut Value, from: &Material, to: &Material) {
    if from == to {
        return;
    }
    for (path, value) in SINGLES {
        if value(from) != value(to) {
            set(json, path, number(value(to)));
        }
    }
    for (path, value) in COLORS {
        if value(from) != value(to) {
            set(json, path, numbers(&value(to)));
        }
    }
    for (path, texture) in TEXTURES {
        if let (Some(before), Some(after)) = (texture(from), texture(to))
            && before.transform != after.transform
        {
            set_transform(json, path, &after.transform);
        }
    }
    if from.base_color_factor != to.base_color_factor {
        set(json, "pbrMetallicRoughness/baseColorFactor", numbers(&to.base_color_factor.to_array()));
    }
    if from.alpha_mode != to.alpha_mode {
        let mode = match to.alpha_mode {
            AlphaMode::Opaque => "OPAQUE",
            AlphaMode::Blend => "BLEND",
            AlphaMode::Mask { cutoff } => {
                set(json, "alphaCutoff", number(cutoff));
                "MASK"
            }
        };
        set(json, "alphaMode", mode.into());
    }
    if from.double_sided != to.double_sided {
        set(json, "doubleSided", to.double_sided.into());
    }
}

type Single = (&'static str, fn(&Material) -> f32);
type Color = (&'static str, fn(&Material) -> [f32; 3]);
type Info = (&'static str, fn(&Material) -> Option<TextureInfo>);

/// Factors of one number.
const SINGLES: [Single; 20] = [
    ("pbrMetallicRoughness/metallicFactor", |it| it.metallic_factor),
    ("pbrMetallicRoughness/roughnessFactor", |it| it.roughness_factor),
    ("normalTexture/scale", |it| it.normal_scale),
    ("occlusionTexture/strength", |it| it.occlusion_strength),
    ("extensions/KHR_materials_emissive_strength/emissiveStrength", |it| it.emissive_strength),
    ("extensions/KHR_materials_ior/ior", |it| it.ior),
    ("extensions/KHR_materials_specular/specularFactor", |it| it.specular.factor),
    ("extensions/KHR_materials_clearcoat/clearcoatFactor", |it| it.clearcoat.factor),
    ("extensions/KHR_materials_clearcoat/clearcoatRoughnessFactor", |it| it.clearcoat.roughness_factor),
    ("extensions/KHR_materials_sheen/sheenRoughnessFactor", |it| it.sheen.roughness_factor),
    ("extensions/KHR_materials_anisotropy/anisotropyStrength", |it| it.anisotropy.strength),
    ("extensions/KHR_materials_anisotropy/anisotropyRotation", |it| it.anisotropy.rotation),
    ("extensions/KHR_materials_iridescence/iridescenceFactor", |it| it.iridescence.factor),
    ("extensions/KHR_materials_iridescence/iridescenceIor", |it| it.iridescence.ior),
    ("extensions/KHR_materials_iridescence/iridescenceThicknessMinimum", |it| it.iridescence.thickness_minimum_nm),
    ("extensions/KHR_materials_iridescence/iridescenceThicknessMaximum", |it| it.iridescence.thickness_maximum_nm),
    ("extensions/KHR_materials_transmission/transmissionFactor", |it| it.transmission.factor),
    ("extensions/KHR_materials_diffuse_transmission/diffuseTransmissionFactor", |it| it.diffuse_transmission.factor),
    ("extensions/KHR_materials_volume/thicknessFactor", |it| it.volume.thickness_factor),
    ("extensions/KHR_materials_dispersion/dispersion", |it| it.dispersion),
];

/// Factors that are colours without alpha.
const COLORS: [Color; 5] = [
    ("emissiveFactor", |it| it.emissive_factor.to_array()),
    ("extensions/KHR_materials_specular/specularColorFactor", |it| it.specular.color_factor.to_array()),
    ("extensions/KHR_materials_sheen/sheenColorFactor", |it| it.sheen.color_factor.to_array()),
    ("extensions/KHR_materials_diffuse_transmission/diffuseTransmissionColorFactor", |it| {
        it.diffuse_transmission.color_factor.to_array()
    }),
    ("extensions/KHR_materials_volume/attenuationColor", |it| it.volume.attenuation_color.to_array()),
];

/// Textures whose place can be laid over.
const TEXTURES: [Info; 9] = [
    ("pbrMetallicRoughness/baseColorTexture", |it| it.base_color_texture),
    ("pbrMetallicRoughness/metallicRoughnessTexture", |it| it.metallic_roughness_texture),
    ("normalTexture", |it| it.normal_texture),
    ("occlusionTexture", |it| it.occlusion_texture),
    ("emissiveTexture", |it| it.emissive_texture),
    ("extensions/KHR_materials_clearcoat/clearcoatTexture", |it| it.clearcoat.texture),
    ("extensions/KHR_materials_clearcoat/clearcoatNormalTexture", |it| it.clearcoat.normal_texture),
    ("extensions/KHR_materials_sheen/sheenColorTexture", |it| it.sheen.color_texture),
    ("extensions/KHR_materials_transmission/transmissionTexture", |it| it.transmission.texture),
];

/// Sets a member below others, which are made where they are not there.
pub(super) fn set(json: &mut Value, path: &str, value: Value) {
    let mut at = json;
    for name in path.split('/') {
        if !at.is_object() {
            *at = Map::new().into();
        }
        let Some(members) = at.as_object_mut() else { return };
        at = members.entry(name).or_insert(Value::Null);
    }
    *at = value;
}

fn set_transform(json: &mut Value, path: &str, transform: &UvTransform) {
    let below = |name: &str| format!("{path}/extensions/KHR_texture_transform/{name}");
    set(json, &below("offset"), numbers(&transform.offset.to_array()));
    set(json, &below("scale"), numbers(&transform.scale.to_array()));
    set(json, &below("rotation"), number(transform.rotation));
}

/// Visits every texture that a material's JSON names, extensions included.
pub(super) fn textures(json: &mut Value, visit: &mut impl FnMut(&mut Map<String, Value>)) {
    let Some(members) = json.as_object_mut() else { return };
    for (name, value) in members {
        if name == "extras" {
            continue;
        }
        match value.as_object_mut() {
            Some(info) if name.ends_with("Texture") && info.get("index").is_some_and(Value::is_u64) => visit(info),
            _ => textures(value, visit),
        }
    }
}

/// How many sets of texture coordinates a material's textures look at.
pub(super) fn uv_sets(json: &mut Value) -> usize {
    let mut most = 0;
    textures(json, &mut |info| {
        let own = info.get("texCoord").and_then(Value::as_u64).unwrap_or(0);
        let moved = info.get("extensions").and_then(|all| all.get("KHR_texture_transform")?.get("texCoord")?.as_u64());
        most = most.max(moved.unwrap_or(own) as usize + 1).max(own as usize + 1);
    });
    most
}
