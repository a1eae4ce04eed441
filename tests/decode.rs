//! Packed models, unpacked: what comes out is what the makers of the formats say is in them, and damage does no harm.

#![cfg(feature = "decode")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says so by failing")]

#[path = "corpus/folder.rs"]
mod folder;

#[path = "decode/damage.rs"]
mod damage;
#[path = "decode/document.rs"]
mod document;
#[path = "decode/geometry.rs"]
mod geometry;
#[path = "decode/streams.rs"]
mod streams;

use anprobe::decode::decode;
use anprobe::import::{Limits, import};
use anprobe::issue::Issues;
use anprobe::scene::{Primitive, Scene};
use serde_json::Value;

/// One of the files that `decode/make.mjs` made.
fn file(name: &str) -> Vec<u8> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/decode/files").join(name);
    std::fs::read(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
}

fn json_file(name: &str) -> Value {
    serde_json::from_slice(&file(name)).expect(name)
}

/// Unpacks a file that has nothing beside it.
fn unpacked(bytes: Vec<u8>) -> (Vec<u8>, Issues) {
    decode(bytes, &Limits::default(), |_| None).expect("a file that can be unpacked")
}

/// Unpacks and reads without a word.
fn scene(name: &str) -> Scene {
    let (bytes, issues) = unpacked(file(name));
    assert!(issues.is_empty(), "{name}: {issues:?}");
    let (scene, issues) = import(bytes).expect(name);
    assert!(issues.is_empty(), "{name}: {issues:?}");
    scene
}

fn first(scene: &Scene) -> &Primitive {
    scene.meshes.get(0).and_then(|mesh| mesh.primitives.get(0)).expect("a primitive")
}

/// The JSON and the bytes of a GLB.
fn split(glb: &[u8]) -> (Value, Vec<u8>) {
    let word = |at: usize| u32::from_le_bytes(glb[at..at + 4].try_into().unwrap()) as usize;
    let length = word(12);
    let json = serde_json::from_slice(&glb[20..20 + length]).expect("a JSON chunk");
    (json, glb.get(28 + length..).unwrap_or_default().to_vec())
}

/// A GLB of both.
fn joined(json: &Value, bin: &[u8]) -> Vec<u8> {
    let mut text = json.to_string().into_bytes();
    text.resize(text.len().next_multiple_of(4), b' ');
    let mut out = b"glTF".to_vec();
    let whole = 28 + text.len() + bin.len();
    [2, whole, text.len()].iter().for_each(|word| out.extend((*word as u32).to_le_bytes()));
    out.extend(b"JSON");
    out.extend(&text);
    out.extend((bin.len() as u32).to_le_bytes());
    out.extend(b"BIN\0");
    out.extend(bin);
    out
}

/// FNV-1a, as `decode/models.mjs` has it.
fn sum(bytes: impl IntoIterator<Item = u8>) -> u64 {
    let next = |sum: u32, byte: u8| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    bytes.into_iter().fold(0x811c_9dc5, next).into()
}
