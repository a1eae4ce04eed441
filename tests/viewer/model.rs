//! A box of 2 × 1 × 0.5 m with two variants, four pictures and two motions, as a GLB made here.

use serde_json::{Value, json};

/// The smallest picture that has a PNG's signature and header.
const PNG: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8, 6,
    0, 0, 0, 0x1f, 0x15, 0xc4, 0x89,
];

/// Positions, indices, key times, translations and a picture, one after the other.
fn bin() -> (Vec<u8>, Vec<(usize, usize)>) {
    let mut corners = Vec::new();
    for z in [-0.25f32, 0.25] {
        for y in [0.0f32, 1.0] {
            for x in [-1.0f32, 1.0] {
                corners.extend([x, y, z]);
            }
        }
    }
    let indices: [u16; 36] =
        [4, 5, 7, 4, 7, 6, 1, 0, 2, 1, 2, 3, 0, 4, 6, 0, 6, 2, 5, 1, 3, 5, 3, 7, 6, 7, 3, 6, 3, 2, 0, 1, 5, 0, 5, 4];
    let floats = |values: &[f32]| values.iter().flat_map(|value| value.to_le_bytes()).collect::<Vec<u8>>();
    let parts = [
        floats(&corners),
        indices.iter().flat_map(|index| index.to_le_bytes()).collect(),
        floats(&[0.0, 2.0]),
        floats(&[0.0, 0.0, 0.0, 0.0, 4.0, 0.0]),
        PNG.to_vec(),
    ];
    let (mut bytes, mut places) = (Vec::new(), Vec::new());
    for part in parts {
        places.push((bytes.len(), part.len()));
        bytes.extend(part);
        bytes.resize(bytes.len().next_multiple_of(4), 0);
    }
    (bytes, places)
}

fn json(buffer: Value, places: &[(usize, usize)], picture: Value) -> Value {
    let textured = |index: usize| json!({ "pbrMetallicRoughness": { "baseColorTexture": { "index": index } } });
    let views: Vec<Value> = places
        .iter()
        .map(|(offset, length)| json!({ "buffer": 0, "byteOffset": offset, "byteLength": length }))
        .collect();
    json!({
        "asset": { "version": "2.0" },
        "extensionsUsed": ["KHR_materials_variants"],
        "extensions": { "KHR_materials_variants": { "variants": [{ "name": "red" }, { "name": "blue" }] } },
        "scene": 0,
        "scenes": [{ "nodes": [0] }],
        "nodes": [{ "mesh": 0 }],
        "meshes": [{ "primitives": [{
            "attributes": { "POSITION": 0 }, "indices": 1, "material": 0,
            "extensions": { "KHR_materials_variants": { "mappings": [
                { "material": 1, "variants": [0] }, { "material": 2, "variants": [1] }
            ] } }
        }] }],
        "materials": [textured(0), textured(1), textured(2)],
        "textures": [{ "source": 0 }, { "source": 1 }, { "source": 2 }],
        "images": [picture, picture, picture],
        "animations": [
            { "name": "lift", "samplers": [{ "input": 2, "output": 3 }],
              "channels": [{ "sampler": 0, "target": { "node": 0, "path": "translation" } }] },
            { "name": "again", "samplers": [{ "input": 2, "output": 3 }],
              "channels": [{ "sampler": 0, "target": { "node": 0, "path": "translation" } }] }
        ],
        "accessors": [
            { "bufferView": 0, "componentType": 5126, "count": 8, "type": "VEC3", "min": [-1, 0, -0.25], "max": [1, 1, 0.25] },
            { "bufferView": 1, "componentType": 5123, "count": 36, "type": "SCALAR" },
            { "bufferView": 2, "componentType": 5126, "count": 2, "type": "SCALAR", "min": [0], "max": [2] },
            { "bufferView": 3, "componentType": 5126, "count": 2, "type": "VEC3" }
        ],
        "bufferViews": views,
        "buffers": [buffer]
    })
}

/// All in one file.
pub(crate) fn glb() -> Vec<u8> {
    changed(|_| {})
}

/// The same with another JSON.
pub(crate) fn changed(change: impl FnOnce(&mut Value)) -> Vec<u8> {
    let (mut bin, places) = bin();
    let picture = json!({ "bufferView": 4, "mimeType": "image/png" });
    let mut json = json(json!({ "byteLength": bin.len() }), &places, picture);
    change(&mut json);
    let mut text = json.to_string().into_bytes();
    text.resize(text.len().next_multiple_of(4), b' ');
    bin.resize(bin.len().next_multiple_of(4), 0);
    let mut out = b"glTF".to_vec();
    let total = 12 + 8 + text.len() + 8 + bin.len();
    for word in [2, total as u32, text.len() as u32] {
        out.extend(word.to_le_bytes());
    }
    out.extend(b"JSON");
    out.extend(text);
    out.extend((bin.len() as u32).to_le_bytes());
    out.extend(b"BIN\0");
    out.extend(bin);
    out
}

/// The same with its buffer and pictures beside it: the `.gltf` and the buffer.
pub(crate) fn gltf_and_buffer() -> (Vec<u8>, Vec<u8>) {
    let (bin, places) = bin();
    let buffer = json!({ "byteLength": bin.len(), "uri": "the%20box%23%25.bin" });
    let text = json(buffer, &places, json!({ "uri": "skin.png" }));
    (text.to_string().into_bytes(), bin)
}
