//! glTF bytes to a [`Scene`] and [`Issues`].
//!
//! Generous: what can be shown is shown, what cannot is left out as a hole under its number and reported with its
//! place. Strict: nothing of the file is believed. Every value comes through the guard in `cursor`, every byte
//! through the checked views of `reader`, and every size is paid from the [`Limits`].
//!
//! Invariant: no bytes whatsoever make this module panic.

mod accessor;
mod animation;
mod camera;
mod container;
mod cursor;
mod demand;
mod elements;
mod extension;
mod image;
mod influences;
mod kept;
mod layers;
mod limits;
#[cfg(feature = "product")]
mod manifold;
mod material;
mod mesh;
mod node;
mod normals;
mod opened;
mod reader;
mod skin;
mod streams;
mod tangents;
mod topology;
mod uri;
mod variant;

#[cfg(feature = "decode")]
pub(crate) use extension::is_read;
pub use limits::Limits;
#[cfg(feature = "decode")]
pub(crate) use opened::parsed;
pub use opened::{ExternalBuffer, Opened};

#[cfg(feature = "decode")]
pub(crate) use uri::{Address, resolve};

use crate::issue::{Issue, Issues};
use crate::scene::Scene;

/// Reads a file that needs no other: a GLB, or glTF whose buffers are data URIs. Buffers beside the file become
/// issues; use [`Opened`] to bring them.
///
/// ```
/// let file = br#"{
///   "asset": { "version": "2.0" },
///   "nodes": [{ "mesh": 0 }],
///   "meshes": [{ "primitives": [{ "attributes": { "POSITION": 0 }, "material": 7 }] }],
///   "accessors": [{ "bufferView": 0, "componentType": 5126, "count": 3, "type": "VEC3" }],
///   "bufferViews": [{ "buffer": 0, "byteLength": 36 }],
///   "buffers": [{ "byteLength": 36, "uri":
///     "data:;base64,AAAAAAAAAAAAAAAAAACAPwAAAAAAAAAAAAAAAAAAgD8AAAAA" }]
/// }"#;
/// let (scene, issues) = anprobe::import::import(file.to_vec())?;
/// let (_, triangle) = scene.meshes.get(0).and_then(|mesh| mesh.primitives.iter().next()).ok_or("no mesh")?;
/// assert_eq!(triangle.indices, [0, 1, 2]);
/// assert_eq!(triangle.vertices.normals, [glam::Vec3::Z; 3]);
///
/// // The material that is not there was left out, and the file says where.
/// let issue = issues.iter().next().ok_or("no issue")?;
/// assert_eq!(issue.path, "/meshes/0/primitives/0/material");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// Nothing can be shown: the bytes are no glTF 2.0, a required extension is not read, a limit is passed, or nothing
/// visible is left.
pub fn import(bytes: Vec<u8>) -> Result<(Scene, Issues), Issue> {
    Opened::new(bytes, &Limits::default())?.finish(|_| None)
}
