//! Small models written down in tests.

use anprobe::import::{Limits, Opened};
use anprobe::issue::{Issue, Issues};
use anprobe::scene::{Primitive, Scene};
use serde_json::{Value, json};

pub(crate) const I8: u32 = 5120;
pub(crate) const U8: u32 = 5121;
pub(crate) const I16: u32 = 5122;
pub(crate) const U16: u32 = 5123;
pub(crate) const U32: u32 = 5125;
pub(crate) const F32: u32 = 5126;

/// A document with one node that shows one mesh of one primitive.
#[derive(Clone)]
pub(crate) struct Model {
    pub(crate) json: Value,
    pub(crate) bin: Vec<u8>,
}

impl Model {
    pub(crate) fn new() -> Self {
        let json = json!({
            "asset": { "version": "2.0" },
            "nodes": [{ "mesh": 0 }],
            "scenes": [{ "nodes": [0] }],
            "meshes": [{ "primitives": [{ "attributes": {} }] }],
            "accessors": [], "bufferViews": [], "materials": [],
        });
        Self { json, bin: Vec::new() }
    }

    /// A triangle in the XY plane, facing +Z.
    pub(crate) fn triangle() -> Self {
        let mut model = Self::new();
        let positions = model.floats("VEC3", &[0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0]);
        model.attribute("POSITION", positions);
        model
    }

    pub(crate) fn primitive(&mut self) -> &mut Value {
        &mut self.json["meshes"][0]["primitives"][0]
    }

    pub(crate) fn attribute(&mut self, name: &str, accessor: usize) {
        self.primitive()["attributes"][name] = accessor.into();
    }

    /// Adds a buffer view.
    pub(crate) fn view(&mut self, bytes: &[u8], stride: Option<usize>) -> usize {
        self.bin.resize(self.bin.len().next_multiple_of(4), 0xEE);
        let mut view = json!({ "buffer": 0, "byteOffset": self.bin.len(), "byteLength": bytes.len() });
        if let Some(stride) = stride {
            view["byteStride"] = stride.into();
        }
        self.bin.extend_from_slice(bytes);
        push(&mut self.json["bufferViews"], view)
    }

    pub(crate) fn accessor(&mut self, accessor: Value) -> usize {
        push(&mut self.json["accessors"], accessor)
    }

    /// Adds an accessor over tightly packed bytes.
    pub(crate) fn numbers(&mut self, shape: &str, component: u32, count: usize, bytes: &[u8]) -> usize {
        let view = self.view(bytes, None);
        self.accessor(json!({ "bufferView": view, "type": shape, "componentType": component, "count": count }))
    }

    pub(crate) fn floats(&mut self, shape: &str, numbers: &[f32]) -> usize {
        let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
        let width = match shape {
            "SCALAR" => 1,
            "VEC2" => 2,
            "VEC3" => 3,
            "VEC4" => 4,
            _ => 16,
        };
        self.numbers(shape, F32, numbers.len() / width, &bytes)
    }

    pub(crate) fn glb(&self) -> Vec<u8> {
        let mut json = self.json.clone();
        if json.get("buffers").is_none() {
            json["buffers"] = json!([{ "byteLength": self.bin.len() }]);
        }
        glb(json.to_string().as_bytes(), &self.bin)
    }

    pub(crate) fn open(&self, limits: &Limits) -> Result<(Scene, Issues), Issue> {
        Opened::new(self.glb(), limits)?.finish(|_| None)
    }

    pub(crate) fn read(&self) -> (Scene, Issues) {
        self.open(&Limits::default()).expect("there is something to show")
    }

    /// The one primitive of a model without a fault.
    pub(crate) fn clean(&self) -> Primitive {
        let (scene, issues) = self.read();
        assert!(issues.is_empty(), "{issues:?}");
        scene.meshes.get(0).unwrap().primitives.get(0).unwrap().clone()
    }

    /// The codes and places of all issues.
    pub(crate) fn issues(&self) -> Vec<(String, String)> {
        self.read().1.iter().map(|issue| (issue.code.as_str().to_owned(), issue.path.clone())).collect()
    }
}

fn push(list: &mut Value, item: Value) -> usize {
    let list = list.as_array_mut().unwrap();
    list.push(item);
    list.len() - 1
}

/// A GLB of a JSON and a binary chunk.
pub(crate) fn glb(json: &[u8], bin: &[u8]) -> Vec<u8> {
    let chunk = |kind: &[u8; 4], bytes: &[u8], fill: u8| {
        let length = bytes.len().next_multiple_of(4);
        let mut chunk = (length as u32).to_le_bytes().to_vec();
        chunk.extend_from_slice(kind);
        chunk.extend_from_slice(bytes);
        chunk.resize(8 + length, fill);
        chunk
    };
    let chunks = [chunk(b"JSON", json, b' '), chunk(b"BIN\0", bin, 0)].concat();
    [b"glTF", &2u32.to_le_bytes()[..], &(12 + chunks.len() as u32).to_le_bytes()[..], &chunks].concat()
}
