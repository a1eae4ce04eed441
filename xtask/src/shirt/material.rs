//! What the shirt is made of; a product file changes these values by name.

use serde_json::{Value, json};

use super::knit::Map;

/// Linear colours: petrol, ink and a signal coral.
const BODY: [f64; 3] = [0.010, 0.130, 0.155];
const INK: [f64; 3] = [0.010, 0.022, 0.042];
const SIGNAL: [f64; 3] = [0.880, 0.130, 0.055];

/// All materials.
pub(super) fn all() -> Vec<Value> {
    vec![
        knit("knit_body", BODY, Some((Map::Jersey, 9.0, 0.55))),
        both_sides(knit("knit_sleeves", BODY, Some((Map::Jersey, 9.0, 0.55)))),
        knit("knit_side", INK, Some((Map::Eyelet, 11.0, 0.8))),
        knit("collar", INK, Some((Map::Rib, 9.0, 0.8))),
        knit("seam", [0.016, 0.170, 0.200], None),
        knit("vent_lining", SIGNAL, None),
        print("print_front", Map::Front),
        print("print_back", Map::Back),
        plain("form", [0.030, 0.031, 0.034], 0.0, 0.85),
        plain("stand", [0.300, 0.300, 0.305], 1.0, 0.42),
    ]
}

fn plain(name: &str, [red, green, blue]: [f64; 3], metalness: f64, roughness: f64) -> Value {
    json!({
        "name": name,
        "pbrMetallicRoughness": {
            "baseColorFactor": [red, green, blue, 1.0],
            "metallicFactor": metalness,
            "roughnessFactor": roughness,
        },
    })
}

/// Cloth with a faint sheen; a tile of its map covers so many millimetres.
fn knit(name: &str, colour: [f64; 3], relief: Option<(Map, f64, f64)>) -> Value {
    let mut material = plain(name, colour, 0.0, 0.78);
    let sheen = colour.map(|value| ((value * 0.22 + 0.01) * 1e3).round() / 1e3);
    material["extensions"] = json!({
        "KHR_materials_sheen": { "sheenColorFactor": sheen, "sheenRoughnessFactor": 0.42 },
    });
    if let Some((map, tile, scale)) = relief {
        let repeat = (1e6 / tile).round() / 1e3;
        material["normalTexture"] = json!({
            "index": map as usize,
            "scale": scale,
            "extensions": { "KHR_texture_transform": { "scale": [repeat, repeat] } },
        });
    }
    material
}

/// Cloth whose inside shows where it hangs open.
fn both_sides(mut material: Value) -> Value {
    material["doubleSided"] = json!(true);
    material
}

/// Nothing to see until a picture or text is put on it and its alpha is raised.
fn print(name: &str, map: Map) -> Value {
    json!({
        "name": name,
        "alphaMode": "BLEND",
        "pbrMetallicRoughness": {
            "baseColorFactor": [1.0, 1.0, 1.0, 0.0],
            "baseColorTexture": { "index": map as usize },
            "metallicFactor": 0.0,
            "roughnessFactor": 0.7,
        },
    })
}
