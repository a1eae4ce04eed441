//! What a model says of itself: `EXT_mesh_manifold`.

use crate::scene::Scene;

/// For each mesh of a scene whether it says that it is closed; empty where none does.
pub fn declared(scene: &Scene) -> Vec<bool> {
    let says: Vec<bool> = (0..scene.meshes.len())
        .map(|mesh| scene.meshes.get(mesh).is_some_and(|mesh| mesh.manifold.is_some()))
        .collect();
    if says.contains(&true) { says } else { Vec::new() }
}
