//! A GLB put elsewhere.

use glam::Mat4;
use serde_json::{Value, json};

use crate::issue::{Code, Issue};
use crate::json::container;

/// The same file with all that its scene shows moved: for what is shown beside a print, in its space.
///
/// # Errors
///
/// [`Code::Export`] when it is no GLB with a scene, or the matrix has no inverse.
pub fn stand(glb: &[u8], moved_from_scene: Mat4) -> Result<Vec<u8>, Issue> {
    let fault = || Issue::new(Code::Export, "", "GLB");
    let word = |at: usize| {
        let bytes = glb.get(at..at + 4).and_then(|bytes| bytes.try_into().ok());
        bytes.map(|bytes| u32::from_le_bytes(bytes) as usize).ok_or_else(fault)
    };
    let determinant = moved_from_scene.determinant();
    if !glb.starts_with(b"glTF") || !moved_from_scene.is_finite() || determinant.abs() < 1e-30 {
        return Err(fault());
    }
    let length = word(12)?;
    let text = length.checked_add(20).and_then(|end| glb.get(20..end)).ok_or_else(fault)?;
    let bin = if glb.len() > 28 + length {
        let bytes = word(20 + length)?;
        glb.get(28 + length..(28 + length).saturating_add(bytes)).ok_or_else(fault)?
    } else {
        &[]
    };
    let mut document: Value = serde_json::from_slice(text).map_err(|_| fault())?;
    let scene = document.get("scene").and_then(Value::as_u64).unwrap_or(0) as usize;
    let count = document.get("nodes").and_then(Value::as_array).map(Vec::len).ok_or_else(fault)?;
    let nodes = document.pointer_mut("/scenes").and_then(|scenes| scenes.get_mut(scene)?.get_mut("nodes"));
    let roots = nodes.map(|nodes| std::mem::replace(nodes, json!([count]))).ok_or_else(fault)?;
    let matrix = moved_from_scene.to_cols_array().to_vec();
    let root = json!({ "name": "bed", "children": roots, "matrix": matrix });
    if let Some(nodes) = document.get_mut("nodes").and_then(Value::as_array_mut) {
        nodes.push(root);
    }
    // What is in the chunk behind the buffer's own end is padding.
    let kept = document.pointer("/buffers/0/byteLength").and_then(Value::as_u64).unwrap_or(0) as usize;
    container(&document.to_string(), bin.get(..kept).unwrap_or(bin))
        .ok_or_else(|| Issue::new(Code::ExportLimit, "", "4 GB"))
}
