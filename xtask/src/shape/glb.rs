//! The binary glTF container: buffer, views, accessors and chunks.

use anyhow::{Context, Result, ensure};
use glam::Vec3;
use serde_json::{Value, json};

use super::mesh::Mesh;

const FLOAT: u32 = 5126;
const U16: u32 = 5123;
const U32: u32 = 5125;
const VERTEX_DATA: u32 = 34962;
const INDEX_DATA: u32 = 34963;

/// Collects binary data and the JSON that describes it.
#[derive(Debug, Default)]
pub(crate) struct Store {
    bytes: Vec<u8>,
    views: Vec<Value>,
    accessors: Vec<Value>,
}

impl Store {
    /// Stores a mesh and gives its primitive without a material.
    ///
    /// Millimetres become metres on a grid of a micrometre (normals: 1/16384), so that the last
    /// bit of arithmetic leaves no trace.
    ///
    /// Texture coordinates and tangents are left out where the surface has no use for them.
    pub(crate) fn mesh(&mut self, mesh: &Mesh, textured: bool, bumpy: bool) -> Result<Value> {
        let metres = |value: f32| (f64::from(value) * 1e3).round() / 1e6;
        let positions: Vec<[f32; 3]> =
            mesh.positions.iter().map(|p| p.to_array().map(|value| metres(value) as f32)).collect();
        let fine = |value: f32| (value * 16384.0).round() / 16384.0 + 0.0;
        let normals: Vec<[f32; 3]> = mesh.normals.iter().map(|n| n.to_array().map(fine)).collect();
        let uvs: Vec<[f32; 2]> = mesh.uvs.iter().map(|uv| uv.to_array().map(|value| metres(value) as f32)).collect();
        let (low, high) = bounds(&positions);
        let position = self.floats("VEC3", &positions, Some(VERTEX_DATA), Some((&low, &high)))?;
        let normal = self.floats("VEC3", &normals, Some(VERTEX_DATA), None)?;
        let indices = self.indices(&mesh.indices, positions.len())?;
        let mut attributes = json!({ "POSITION": position, "NORMAL": normal });
        if textured {
            attributes["TEXCOORD_0"] = json!(self.floats("VEC2", &uvs, Some(VERTEX_DATA), None)?);
        }
        if bumpy {
            let tangents: Vec<[f32; 4]> = mesh.tangents().into_iter().map(|tangent| tangent.map(fine)).collect();
            attributes["TANGENT"] = json!(self.floats("VEC4", &tangents, Some(VERTEX_DATA), None)?);
        }
        Ok(json!({ "attributes": attributes, "indices": indices }))
    }

    /// Stores a morph target: how far the corners and normals of a mesh move to form another one.
    pub(crate) fn morph(&mut self, rest: &Mesh, moved: &Mesh) -> Result<Value> {
        ensure!(rest.positions.len() == moved.positions.len(), "a morph target of another mesh");
        let metres = |value: f32| ((f64::from(value) * 1e3).round() / 1e6 + 0.0) as f32;
        let fine = |value: f32| (value * 16384.0).round() / 16384.0 + 0.0;
        let steps = |from: &[Vec3], to: &[Vec3], grid: &dyn Fn(f32) -> f32| -> Vec<[f32; 3]> {
            from.iter().zip(to).map(|(from, to)| (*to - *from).to_array().map(grid)).collect()
        };
        let positions = steps(&rest.positions, &moved.positions, &metres);
        let normals = steps(&rest.normals, &moved.normals, &fine);
        let (low, high) = bounds(&positions);
        Ok(json!({
            "POSITION": self.floats("VEC3", &positions, Some(VERTEX_DATA), Some((&low, &high)))?,
            "NORMAL": self.floats("VEC3", &normals, Some(VERTEX_DATA), None)?,
        }))
    }

    /// Stores morph weights or their tangents.
    pub(crate) fn weights(&mut self, weights: &[f32]) -> Result<usize> {
        let rows: Vec<[f32; 1]> = weights.iter().map(|&weight| [weight]).collect();
        self.floats("SCALAR", &rows, None, None)
    }

    /// Stores key times in seconds.
    pub(crate) fn times(&mut self, times: &[f32]) -> Result<usize> {
        let rows: Vec<[f32; 1]> = times.iter().map(|&time| [time]).collect();
        let first = times.first().copied().context("an animation without keys")?;
        let last = times.last().copied().unwrap_or(first);
        self.floats("SCALAR", &rows, None, Some((&[first], &[last])))
    }

    /// Stores quaternions or their tangents.
    pub(crate) fn rotations(&mut self, rows: &[[f32; 4]]) -> Result<usize> {
        self.floats("VEC4", rows, None, None)
    }

    /// Stores a file such as a PNG and gives its buffer view.
    pub(crate) fn file(&mut self, bytes: &[u8]) -> Result<usize> {
        self.view(bytes, None)
    }

    fn floats<const N: usize>(
        &mut self,
        kind: &str,
        rows: &[[f32; N]],
        target: Option<u32>,
        bounds: Option<(&[f32], &[f32])>,
    ) -> Result<usize> {
        let bytes: Vec<u8> = rows.iter().flatten().flat_map(|value| value.to_le_bytes()).collect();
        let view = self.view(&bytes, target)?;
        let mut accessor = json!({
            "bufferView": view,
            "componentType": FLOAT,
            "count": rows.len(),
            "type": kind,
        });
        if let Some((low, high)) = bounds {
            accessor["min"] = json!(low);
            accessor["max"] = json!(high);
        }
        self.accessors.push(accessor);
        Ok(self.accessors.len() - 1)
    }

    fn indices(&mut self, indices: &[u32], corners: usize) -> Result<usize> {
        let short = corners <= usize::from(u16::MAX);
        let bytes: Vec<u8> = if short {
            indices.iter().flat_map(|&index| (index as u16).to_le_bytes()).collect()
        } else {
            indices.iter().flat_map(|index| index.to_le_bytes()).collect()
        };
        let view = self.view(&bytes, Some(INDEX_DATA))?;
        self.accessors.push(json!({
            "bufferView": view,
            "componentType": if short { U16 } else { U32 },
            "count": indices.len(),
            "type": "SCALAR",
        }));
        Ok(self.accessors.len() - 1)
    }

    fn view(&mut self, bytes: &[u8], target: Option<u32>) -> Result<usize> {
        pad(&mut self.bytes, 0);
        let mut view = json!({
            "buffer": 0,
            "byteOffset": u32::try_from(self.bytes.len())?,
            "byteLength": u32::try_from(bytes.len())?,
        });
        if let Some(target) = target {
            view["target"] = json!(target);
        }
        self.bytes.extend_from_slice(bytes);
        self.views.push(view);
        Ok(self.views.len() - 1)
    }

    /// Adds buffer, views and accessors to a document and packs both as a GLB file.
    pub(crate) fn pack(mut self, mut document: Value) -> Result<Vec<u8>> {
        pad(&mut self.bytes, 0);
        document["buffers"] = json!([{ "byteLength": self.bytes.len() }]);
        document["bufferViews"] = Value::Array(self.views);
        document["accessors"] = Value::Array(self.accessors);
        let mut text = serde_json::to_vec(&document)?;
        pad(&mut text, b' ');
        let total = 12 + 8 + text.len() + 8 + self.bytes.len();
        let mut file = Vec::with_capacity(total);
        file.extend_from_slice(b"glTF");
        file.extend(2_u32.to_le_bytes());
        file.extend(u32::try_from(total)?.to_le_bytes());
        for (kind, chunk) in [(b"JSON", &text), (b"BIN\0", &self.bytes)] {
            file.extend(u32::try_from(chunk.len())?.to_le_bytes());
            file.extend_from_slice(kind);
            file.extend_from_slice(chunk);
        }
        Ok(file)
    }
}

/// The lowest and the highest corner of the box around points.
fn bounds(points: &[[f32; 3]]) -> ([f32; 3], [f32; 3]) {
    let first = points.first().copied().unwrap_or_default();
    let side = |pick: fn(f32, f32) -> f32| {
        points.iter().fold(first, |sides, point| std::array::from_fn(|axis| pick(sides[axis], point[axis])))
    };
    (side(f32::min), side(f32::max))
}

fn pad(bytes: &mut Vec<u8>, with: u8) {
    while !bytes.len().is_multiple_of(4) {
        bytes.push(with);
    }
}
