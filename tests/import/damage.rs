//! Thousands of damaged files: no panic, and every scene that comes out is sound. The damage is the same on every run.

use anprobe::import::{Limits, Opened};
use serde_json::{Value, json};

use crate::literal::{I8, Model, U8, U16};
use crate::{fixture, sound};

/// Marsaglia's xorshift64 (<https://doi.org/10.18637/jss.v008.i14>).
struct Dice(u64);

impl Dice {
    fn below(&mut self, count: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % count.max(1) as u64) as usize
    }
}

/// A model that uses everything that is read.
fn everything() -> Model {
    let mut model = Model::new();
    let square = model.floats("VEC3", &[0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0, 0.0]);
    let normals = model.floats("VEC3", &[0.0, 0.0, 1.0].repeat(4));
    let uvs = model.floats("VEC2", &[0.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0]);
    let colors = model.numbers("VEC4", U8, 4, &[200; 16]);
    let joints = model.numbers("VEC4", U8, 4, &[0, 1, 0, 0].repeat(4));
    let weights = model.floats("VEC4", &[0.5, 0.5, 0.0, 0.0].repeat(4));
    let indices = model.numbers("SCALAR", U16, 6, &[0, 0, 1, 0, 2, 0, 0, 0, 2, 0, 3, 0]);
    let offsets = model.numbers("VEC3", I8, 4, &[1; 12]);
    let binds = model.floats("MAT4", &glam::Mat4::IDENTITY.to_cols_array().repeat(2));
    let times = model.floats("SCALAR", &[0.0, 0.5, 1.0]);
    let moves = model.floats("VEC3", &[1.0; 27]);
    let turns = model.floats("VEC4", &[0.0, 0.0, 0.0, 1.0].repeat(3));
    let folds = model.floats("SCALAR", &[0.0, 1.0, 0.0]);
    let places = model.view(&[1, 0], None);
    let values = model.view(&[0; 12], None);
    model.json["accessors"][square]["sparse"] = json!({
        "count": 1, "indices": { "bufferView": places, "componentType": U16 }, "values": { "bufferView": values } });
    model.json["meshes"] = json!([{ "weights": [0.5], "primitives": [
        {
            "attributes": { "POSITION": square, "NORMAL": normals, "TEXCOORD_0": uvs, "COLOR_0": colors,
                "JOINTS_0": joints, "WEIGHTS_0": weights },
            "indices": indices, "material": 0, "targets": [{ "POSITION": offsets, "NORMAL": offsets }],
            "extensions": { "KHR_materials_variants": { "mappings": [{ "material": 1, "variants": [0] }] } },
        },
        { "attributes": { "POSITION": square, "TEXCOORD_0": uvs }, "mode": 5, "material": 0 },
    ] }]);
    let transform = json!({ "KHR_texture_transform": { "offset": [0.1, 0.2], "rotation": 1.0, "texCoord": 0 } });
    let info = json!({ "index": 0, "texCoord": 0, "extensions": transform });
    let layers = json!({
        "KHR_materials_ior": { "ior": 0 },
        "KHR_materials_specular": { "specularColorFactor": [0.5, 1, 2], "specularTexture": info },
        "KHR_materials_clearcoat": { "clearcoatFactor": 1, "clearcoatNormalTexture": info },
        "KHR_materials_sheen": { "sheenColorFactor": [0.5, 1, 0], "sheenRoughnessTexture": info },
        "KHR_materials_volume": { "thicknessFactor": 1, "attenuationDistance": 0.1 },
    });
    model.json["materials"] = json!([
        { "normalTexture": info, "pbrMetallicRoughness": { "baseColorTexture": info, "metallicFactor": 0.5 },
            "extensions": layers },
        { "alphaMode": "MASK", "alphaCutoff": 0.5, "extensions": { "KHR_materials_unlit": {},
            "KHR_materials_pbrSpecularGlossiness": { "diffuseTexture": info, "specularGlossinessTexture": info } } },
    ]);
    model.json["accessors"][colors]["normalized"] = true.into();
    let picture = model.view(b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\0\x02\0\0\0\x01", None);
    model.json["images"] = json!([{ "uri": "a.png" }, { "bufferView": picture }]);
    model.json["samplers"] = json!([{ "magFilter": 9728, "wrapS": 10497 }]);
    model.json["textures"] = json!([{ "source": 0, "sampler": 0 }]);
    model.json["skins"] = json!([{ "joints": [1, 2], "inverseBindMatrices": binds }]);
    model.json["nodes"] = json!([
        { "mesh": 0, "skin": 0, "weights": [0.25] },
        { "children": [2], "translation": [0, 1, 0], "rotation": [0, 0, 0, 1], "scale": [1, 1, 1] },
        { "camera": 0, "extensions": { "KHR_lights_punctual": { "light": 0 },
            "KHR_node_visibility": { "visible": true } } },
        { "matrix": glam::Mat4::IDENTITY.to_cols_array(), "mesh": 0 },
    ]);
    model.json["scenes"] = json!([{ "nodes": [0, 1, 3] }]);
    model.json["scene"] = json!(0);
    model.json["cameras"] = json!([{ "type": "perspective", "perspective": { "yfov": 0.8, "znear": 0.1 } }]);
    let samplers = [moves, turns, folds].map(|output| {
        let interpolation = if output == moves { "CUBICSPLINE" } else { "LINEAR" };
        json!({ "input": times, "output": output, "interpolation": interpolation })
    });
    let channel = |sampler, node, path| json!({ "sampler": sampler, "target": { "node": node, "path": path } });
    let channels = [channel(0, 1, "translation"), channel(1, 2, "rotation"), channel(2, 0, "weights")];
    model.json["animations"] = json!([{ "samplers": samplers, "channels": channels }]);
    model.json["extensions"] = json!({
        "KHR_materials_variants": { "variants": [{ "name": "other" }] },
        "KHR_lights_punctual": { "lights": [{ "type": "spot", "spot": { "outerConeAngle": 0.5 } }] },
    });
    model.json["buffers"] = json!([{ "byteLength": model.bin.len() }]);
    model
}

#[test]
fn the_model_that_is_damaged_is_whole_at_first() {
    let (scene, issues) = everything().read();
    assert!(issues.is_empty(), "{issues:?}");
    assert_eq!(scene.animations.get(0).unwrap().channels.len(), 3);
    sound::check(&scene);
}

/// Reads damaged bytes; says which damage it was when something breaks.
fn survive(bytes: Vec<u8>, what: &str) -> bool {
    let limits = Limits { values: 2 << 20, ..Limits::default() };
    let outcome = std::panic::catch_unwind(|| {
        let opened = Opened::new(bytes, &limits).ok()?;
        let (scene, _) = opened.finish(|_| None).ok()?;
        sound::check(&scene);
        Some(())
    });
    outcome.unwrap_or_else(|_| panic!("{what} broke the reading")).is_some()
}

#[test]
fn damaged_bytes_never_panic() {
    let mut sources = vec![everything().glb(), Model::triangle().glb()];
    if let Some(corpus) = fixture::corpus("damaged_bytes_never_panic (real models)") {
        sources.extend(["Fox.glb", "Knight.glb"].map(|name| std::fs::read(corpus.join(name)).unwrap()));
    }
    let mut dice = Dice(0x5EED_0001);
    let mut shown = 0;
    for round in 0..1_200 {
        // The small ones often, the large ones now and then.
        let source = &sources[if round % 10 == 0 { dice.below(sources.len()) } else { dice.below(2) }];
        let mut bytes = source.clone();
        for _ in 0..=dice.below(6) {
            let reach = if dice.below(3) == 0 { bytes.len() } else { bytes.len().min(4_000) };
            let at = dice.below(reach);
            match dice.below(8) {
                0 => bytes.truncate(at),
                1 => {
                    bytes.splice(at..at, [b'0'; 3]);
                }
                2 => bytes.splice(at..bytes.len().min(at + 4), [0xFF; 4]).for_each(drop),
                _ => {
                    let noise = dice.below(256) as u8;
                    bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte = noise);
                }
            }
        }
        shown += usize::from(survive(bytes, &format!("round {round}")));
    }
    assert!(shown > 100, "the damage must leave enough to read: {shown}");
}

#[test]
fn wrong_values_never_panic() {
    let whole = everything();
    let places = count(&whole.json);
    let wrong = [
        json!(-1),
        json!(0),
        json!(1),
        json!(3),
        json!(7),
        json!(2.5),
        json!(255),
        json!(65_536),
        json!(4_294_967_295u32),
        json!(u64::MAX),
        json!(1e38),
        json!(-1e-38),
        json!(5121),
        json!(5126),
        json!(null),
        json!(true),
        json!(""),
        json!("VEC3"),
        json!("SCALAR"),
        json!("weights"),
        json!("LINEAR"),
        json!([]),
        json!([0]),
        json!([0, 1, 2]),
        json!({}),
        json!({ "index": 0 }),
    ];
    let mut dice = Dice(0x5EED_0002);
    let mut shown = 0;
    for round in 0..1_800 {
        let mut model = whole.clone();
        for _ in 0..=dice.below(4) {
            // Not the document itself.
            let mut place = 1 + dice.below(places - 1);
            let value = &wrong[dice.below(wrong.len())];
            replace(&mut model.json, &mut place, value);
        }
        shown += usize::from(survive(model.glb(), &format!("round {round}: {}", model.json)));
    }
    assert!(shown > 300, "the damage must leave enough to read: {shown}");
}

fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(members) => members.values().map(count).sum(),
        _ => 0,
    }
}

/// Replaces the value that is `place` steps away in the order of writing.
fn replace(at: &mut Value, place: &mut usize, by: &Value) {
    if *place == 0 {
        *at = by.clone();
    }
    *place = place.wrapping_sub(1);
    if *place == usize::MAX {
        return;
    }
    let children: Vec<&mut Value> = match at {
        Value::Array(items) => items.iter_mut().collect(),
        Value::Object(members) => members.values_mut().collect(),
        _ => return,
    };
    for child in children {
        replace(child, place, by);
        if *place == usize::MAX {
            return;
        }
    }
}
