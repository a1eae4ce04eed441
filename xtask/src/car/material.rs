//! What the car is made of; a product file changes these values by name.

use serde_json::{Value, json};

/// All materials. Colours are linear and stand in factors alone, so that each can be changed.
pub(super) fn all() -> Vec<Value> {
    vec![
        paint("paint", PAINT),
        paint("paint_lower", PAINT),
        paint("roof_paint", ROOF),
        paint("mirror_paint", ROOF),
        paint("decor", ROOF),
        glass("glass", [0.020, 0.026, 0.028], 0.46),
        surface("rim", [0.62, 0.63, 0.645], 1.0, 0.30),
        surface("rim_accent", [0.030, 0.032, 0.036], 0.4, 0.34),
        surface("steel", [0.36, 0.36, 0.37], 1.0, 0.42),
        surface("tyre", [0.016, 0.016, 0.017], 0.0, 0.78),
        surface("clip_chrome", [0.78, 0.785, 0.79], 1.0, 0.14),
        surface("clip_black", [0.012, 0.012, 0.013], 0.0, 0.22),
        surface("clip_wood", [0.240, 0.115, 0.046], 0.0, 0.45),
        woven("seat_fabric", [0.115, 0.120, 0.128]),
        woven("seat_accent", [0.62, 0.58, 0.50]),
        woven("canvas", [0.030, 0.028, 0.030]),
        woven("carpet", [0.032, 0.033, 0.036]),
        surface("door_trim", [0.330, 0.315, 0.290], 0.0, 0.62),
        surface("trim", [0.014, 0.0145, 0.0155], 0.0, 0.62),
        surface("detail", [0.0065, 0.0068, 0.0075], 0.0, 0.13),
        surface("wheel_leather", [0.022, 0.021, 0.021], 0.0, 0.52),
        glowing("ambient", [0.10, 0.42, 0.50], [0.20, 0.82, 1.0], 1.6),
        glass("lamp_glass", [0.55, 0.57, 0.60], 0.14),
        glowing("lamp_core", [0.9, 0.9, 0.9], [1.0, 0.97, 0.92], 2.4),
        glowing("tail_light", [0.55, 0.010, 0.012], [0.95, 0.02, 0.02], 0.8),
        glowing("screen", [0.004, 0.008, 0.012], [0.020, 0.070, 0.110], 1.0),
        surface("plate", [0.78, 0.78, 0.76], 0.0, 0.40),
    ]
}

/// A green between sea and mint.
const PAINT: [f64; 3] = [0.046, 0.227, 0.212];
/// Ivory.
const ROOF: [f64; 3] = [0.723, 0.672, 0.552];

/// Flakes under a clear coat.
fn paint(name: &str, colour: [f64; 3]) -> Value {
    let mut value = surface(name, colour, 0.50, 0.30);
    value["extensions"] = json!({
        "KHR_materials_clearcoat": { "clearcoatFactor": 1.0, "clearcoatRoughnessFactor": 0.03 },
    });
    value
}

/// Blended: it costs no second picture of what is behind, and windows of a car are flat.
fn glass(name: &str, [red, green, blue]: [f64; 3], cover: f64) -> Value {
    let mut value = surface(name, [red, green, blue], 0.0, 0.04);
    value["pbrMetallicRoughness"]["baseColorFactor"] = json!([red, green, blue, cover]);
    value["alphaMode"] = json!("BLEND");
    value
}

fn woven(name: &str, colour: [f64; 3]) -> Value {
    let mut value = surface(name, colour, 0.0, 0.90);
    value["normalTexture"] = json!({
        "index": 0,
        "scale": 0.7,
        "extensions": { "KHR_texture_transform": { "scale": [42.0, 42.0] } },
    });
    value
}

fn glowing(name: &str, colour: [f64; 3], light: [f64; 3], strength: f64) -> Value {
    let mut value = surface(name, colour, 0.0, 0.35);
    value["emissiveFactor"] = json!(light);
    value["extensions"] = json!({ "KHR_materials_emissive_strength": { "emissiveStrength": strength } });
    value
}

fn surface(name: &str, [red, green, blue]: [f64; 3], metalness: f64, roughness: f64) -> Value {
    json!({
        "name": name,
        "pbrMetallicRoughness": {
            "baseColorFactor": [red, green, blue, 1.0],
            "metallicFactor": metalness,
            "roughnessFactor": roughness,
        },
    })
}
