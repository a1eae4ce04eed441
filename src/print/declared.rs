//! What a model says of itself: `EXT_mesh_manifold`.
//!
//! <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Vendor/EXT_mesh_manifold>: a mesh that carries it is an
//! oriented 2-manifold once vertices with identical positions are one. Which of them its author meant is in accessors that
//! a scene does not keep, so that bodies that touch at a corner or edge are joined there, and found crowded.

use crate::json;
use crate::scene::Scene;

/// For each mesh of a scene whether it says that it is closed; empty where none does.
pub fn declared(scene: &Scene) -> Vec<bool> {
    const NAME: &str = "EXT_mesh_manifold";
    if !scene.source_json.contains(NAME) {
        return Vec::new();
    }
    let Ok(document) = json::parse(&scene.source_json) else { return Vec::new() };
    let meshes = document.get("meshes").and_then(json::Value::as_array).unwrap_or_default();
    meshes.iter().map(|mesh| mesh.get("extensions").and_then(|extensions| extensions.get(NAME)).is_some()).collect()
}
