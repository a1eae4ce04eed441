//! What the lamp is made of: finishes, colours and which variant wears which.

use serde_json::{Value, json};

/// The variants of the file, in order; the first is also what a plain viewer shows.
pub(super) const VARIANTS: [&str; 4] = ["Graphite", "Silver", "Sage", "Terracotta"];

/// What a surface is finished with; some finishes change with the variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Finish {
    /// Anodised aluminium of stem, arms and head.
    Anodised,
    /// The spun shade's outside: anodised too, with the marks of spinning.
    Spun,
    /// Powder coat of the base.
    Coat,
    /// Brass, or steel in silver.
    Accent,
    /// The braid of the cable.
    Fabric,
    /// White enamel inside the shade.
    Enamel,
    /// Opal glass, lit from within.
    Opal,
    /// Oiled beech.
    Beech,
    /// Black rubber.
    Rubber,
    /// Printed plastic, white and matt.
    Printed,
    /// What a laser leaves of the coat: words on nothing.
    Engraving,
}

/// Textures in the order in which the file holds them.
#[derive(Clone, Copy, Debug)]
pub(super) enum Map {
    BrushedRoughness,
    BrushedNormal,
    PowderNormal,
    BraidColour,
    BraidNormal,
    BeechColour,
    GlowOpal,
    GlowInside,
    Engraving,
}

impl Finish {
    /// Index of the material that this finish has in a variant.
    pub(super) fn material(self, variant: usize) -> usize {
        match self {
            Self::Anodised => variant,
            Self::Spun => 4 + variant,
            Self::Coat => 8 + variant,
            Self::Fabric => 12 + variant,
            Self::Accent => 16 + usize::from(variant == 1),
            Self::Enamel => 18,
            Self::Opal => 19,
            Self::Beech => 20,
            Self::Rubber => 21,
            Self::Printed => 22,
            Self::Engraving => 23,
        }
    }

    /// Whether any of its materials reads a texture.
    pub(super) fn textured(self) -> bool {
        !matches!(self, Self::Rubber | Self::Printed)
    }

    /// Whether its materials have a normal map, and so want tangents.
    pub(super) fn bumpy(self) -> bool {
        matches!(self, Self::Spun | Self::Coat | Self::Fabric)
    }

    /// Mappings of `KHR_materials_variants`, empty where every variant looks the same.
    pub(super) fn mappings(self) -> Vec<Value> {
        let mut mappings: Vec<(usize, Vec<usize>)> = Vec::new();
        for variant in 0..VARIANTS.len() {
            let material = self.material(variant);
            match mappings.iter_mut().find(|(known, _)| *known == material) {
                Some((_, variants)) => variants.push(variant),
                None => mappings.push((material, vec![variant])),
            }
        }
        if mappings.len() < 2 {
            return Vec::new();
        }
        mappings.into_iter().map(|(material, variants)| json!({ "material": material, "variants": variants })).collect()
    }
}

/// Linear colours of the anodised parts, and how much of their shine is the metal's: the film
/// of a dyed coat reflects like glass.
const ANODISED: [([f64; 3], f64); 4] = [
    ([0.150, 0.153, 0.162], 1.0),
    ([0.600, 0.605, 0.615], 1.0),
    ([0.245, 0.300, 0.225], 0.65),
    ([0.390, 0.118, 0.072], 0.65),
];

/// Linear colours and metalness of the powder coat; in silver it holds aluminium flakes.
const COAT: [([f64; 3], f64); 4] = [
    ([0.024, 0.025, 0.027], 0.0),
    ([0.440, 0.444, 0.452], 0.9),
    ([0.126, 0.172, 0.116], 0.0),
    ([0.205, 0.048, 0.027], 0.0),
];

/// Linear tints of the braid.
const FABRIC: [[f64; 3]; 4] =
    [[0.055, 0.056, 0.060], [0.560, 0.550, 0.530], [0.235, 0.290, 0.215], [0.330, 0.105, 0.066]];

/// All materials, in the order of [`Finish::material`].
pub(super) fn all() -> Vec<Value> {
    let named = |kind: &str, variant: usize| format!("{kind}_{}", VARIANTS[variant].to_lowercase());
    let mut materials = Vec::new();
    for (variant, (colour, metalness)) in ANODISED.iter().enumerate() {
        let name = named("anodised", variant);
        materials.push(metal(&name, *colour, *metalness, 0.50, [40.0, 8.0], None));
    }
    for (variant, (colour, metalness)) in ANODISED.iter().enumerate() {
        let name = named("spun", variant);
        materials.push(metal(&name, *colour, *metalness, 0.62, [160.0, 12.0], Some(0.14)));
    }
    for (variant, (colour, metalness)) in COAT.iter().enumerate() {
        materials.push(json!({
            "name": named("coat", variant),
            "pbrMetallicRoughness": {
                "baseColorFactor": rgba(*colour),
                "metallicFactor": metalness,
                "roughnessFactor": 0.60,
            },
            "normalTexture": bump(Map::PowderNormal, [11.0, 11.0], 0.13),
        }));
    }
    for (variant, colour) in FABRIC.iter().enumerate() {
        materials.push(json!({
            "name": named("fabric", variant),
            "pbrMetallicRoughness": {
                "baseColorFactor": rgba(*colour),
                "baseColorTexture": map(Map::BraidColour, [8.0, 8.0]),
                "metallicFactor": 0.0,
                "roughnessFactor": 0.92,
            },
            "normalTexture": bump(Map::BraidNormal, [8.0, 8.0], 1.0),
        }));
    }
    materials.push(metal("brass", [0.740, 0.535, 0.295], 1.0, 0.42, [40.0, 8.0], None));
    materials.push(metal("steel", [0.560, 0.555, 0.545], 1.0, 0.40, [40.0, 8.0], None));
    materials.push(json!({
        "name": "enamel",
        "pbrMetallicRoughness": {
            "baseColorFactor": [0.82, 0.81, 0.79, 1.0],
            "metallicFactor": 0.0,
            "roughnessFactor": 0.55,
        },
        "emissiveFactor": [1.0, 0.84, 0.63],
        "emissiveTexture": map(Map::GlowInside, [264.0, super::parts::INSIDE]),
        "extensions": { "KHR_materials_emissive_strength": { "emissiveStrength": 0.7 } },
    }));
    materials.push(json!({
        "name": "opal",
        "pbrMetallicRoughness": {
            "baseColorFactor": [0.55, 0.54, 0.52, 1.0],
            "metallicFactor": 0.0,
            "roughnessFactor": 0.22,
        },
        "emissiveFactor": [1.0, 0.91, 0.76],
        "emissiveTexture": map(Map::GlowOpal, [264.0, super::parts::GLOBE]),
        "extensions": { "KHR_materials_emissive_strength": { "emissiveStrength": 2.0 } },
    }));
    materials.push(json!({
        "name": "beech",
        "pbrMetallicRoughness": {
            "baseColorTexture": map(Map::BeechColour, [40.0, 40.0]),
            "metallicFactor": 0.0,
            "roughnessFactor": 0.52,
        },
    }));
    materials.push(json!({
        "name": "rubber",
        "pbrMetallicRoughness": {
            "baseColorFactor": [0.018, 0.018, 0.019, 1.0],
            "metallicFactor": 0.0,
            "roughnessFactor": 0.78,
        },
    }));
    materials.push(json!({
        "name": "printed",
        "pbrMetallicRoughness": {
            "baseColorFactor": [0.72, 0.71, 0.68, 1.0],
            "metallicFactor": 0.0,
            "roughnessFactor": 0.66,
        },
        "doubleSided": true,
    }));
    materials.push(json!({
        "name": "engraving",
        "alphaMode": "BLEND",
        "pbrMetallicRoughness": {
            "baseColorFactor": [1.0, 1.0, 1.0, 1.0],
            "baseColorTexture": { "index": Map::Engraving as usize },
            "metallicFactor": 0.0,
            "roughnessFactor": 0.72,
        },
    }));
    materials
}

fn metal(name: &str, colour: [f64; 3], metalness: f64, roughness: f64, tile: [f64; 2], scratch: Option<f64>) -> Value {
    let mut material = json!({
        "name": name,
        "pbrMetallicRoughness": {
            "baseColorFactor": rgba(colour),
            "metallicFactor": metalness,
            "roughnessFactor": roughness,
            "metallicRoughnessTexture": map(Map::BrushedRoughness, tile),
        },
    });
    if let Some(scratch) = scratch {
        material["normalTexture"] = bump(Map::BrushedNormal, tile, scratch);
    }
    material
}

/// A texture of which one tile covers `tile` millimetres; texture coordinates are metres.
fn map(map: Map, tile: [f64; 2]) -> Value {
    let scale = tile.map(|side| (1e6 / side).round() / 1e3);
    json!({
        "index": map as usize,
        "extensions": { "KHR_texture_transform": { "scale": scale } },
    })
}

fn bump(of: Map, tile: [f64; 2], scale: f64) -> Value {
    let mut value = map(of, tile);
    value["scale"] = json!(scale);
    value
}

fn rgba([red, green, blue]: [f64; 3]) -> [f64; 4] {
    [red, green, blue, 1.0]
}
