//! What the case is made of; a product file changes these values by name.

use serde_json::{Value, json};

/// All materials.
pub(super) fn all() -> Vec<Value> {
    let coat = |factor: f64| json!({ "clearcoatFactor": factor, "clearcoatRoughnessFactor": 0.08 });
    let mut soft = surface("shell", SHELL, 0.0, 0.62);
    soft["extensions"] = json!({
        "KHR_materials_clearcoat": coat(0.0),
        "KHR_materials_sheen": { "sheenColorFactor": [0.05, 0.05, 0.05], "sheenRoughnessFactor": 0.45 },
    });
    let mut gloss = surface("shell_gloss", SHELL, 0.0, 0.30);
    gloss["extensions"] = json!({ "KHR_materials_clearcoat": coat(1.0) });
    let mut clear = surface("shell_clear", [0.96, 0.975, 0.98], 0.0, 0.06);
    clear["extensions"] = json!({
        "KHR_materials_clearcoat": coat(0.0),
        "KHR_materials_ior": { "ior": 1.49 },
        "KHR_materials_transmission": { "transmissionFactor": 0.96 },
    });
    let mut print = surface("print", [1.0, 1.0, 1.0], 0.0, 0.55);
    print["pbrMetallicRoughness"]["baseColorTexture"] = json!({ "index": 0 });
    print["alphaMode"] = json!("BLEND");
    print["extensions"] = json!({ "KHR_materials_clearcoat": coat(0.0) });
    let mut glass = surface("phone_glass", [0.006, 0.007, 0.010], 0.0, 0.08);
    glass["extensions"] = json!({ "KHR_materials_clearcoat": coat(1.0) });
    vec![
        soft,
        gloss,
        clear,
        surface("backing", [1.0, 1.0, 1.0], 0.0, 0.55),
        print,
        surface("accent", [0.80, 0.145, 0.050], 0.0, 0.42),
        surface("buttons", [0.80, 0.145, 0.050], 0.0, 0.50),
        surface("metal", [0.66, 0.655, 0.645], 1.0, 0.30),
        surface("phone_body", [0.050, 0.053, 0.060], 0.55, 0.42),
        glass,
        surface("phone_metal", [0.45, 0.45, 0.46], 1.0, 0.28),
        surface("phone_flash", [0.86, 0.80, 0.66], 0.0, 0.30),
    ]
}

/// Linear colour of the shell: deep ink.
const SHELL: [f64; 3] = [0.016, 0.040, 0.066];

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
