//! The pictures that colour what is printed.

use super::{BOUGHT, keep_only, only};
use crate::scene::{Overlay, Pose, Scene, SceneId};
use crate::viewer::Viewer;

/// A picture that colours triangles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PrintPicture {
    /// The model with the texture.
    pub scene: SceneId,
    /// The texture in it.
    pub texture: usize,
    /// Its picture.
    pub image: usize,
}

impl PrintPicture {
    /// Whether it is of a file that was bought, and of no model that is shown.
    pub fn is_bought(&self) -> bool {
        self.scene == BOUGHT
    }
}

impl Viewer {
    /// The pictures of what is seen of a piece, or of its file that was bought; each texture once.
    pub fn print_pictures(&self, id: &str, bought: Option<&Scene>) -> Vec<PrintPicture> {
        let mut found = Vec::new();
        let whole = self.prints_whole(id);
        let asked = self.asked(id).ok();
        if !whole && asked.is_none() {
            return found;
        }
        let nodes = asked.map_or([].as_slice(), |piece| piece.nodes.as_slice());
        if let Some(scene) = bought {
            let overlay = Overlay::default();
            let mut pose = Pose::rest(scene, &overlay);
            keep_only(scene, &mut pose, nodes);
            find(BOUGHT, scene, &pose, &overlay, &mut found);
            return found;
        }
        if !whole && nodes.is_empty() {
            return found;
        }
        for (stage, _) in self.stages_of(asked.and_then(|piece| piece.model.as_deref()), nodes) {
            find(stage.id, &stage.scene, &only(stage, nodes), &stage.overlay, &mut found);
        }
        found
    }
}

fn find(id: SceneId, scene: &Scene, pose: &Pose, overlay: &Overlay, found: &mut Vec<PrintPicture>) {
    for (_, node) in scene.nodes.iter().filter(|(node, _)| pose.visible.get(*node) == Some(&true)) {
        let mesh = node.mesh.and_then(|mesh| scene.meshes.get(mesh));
        for (_, primitive) in mesh.into_iter().flat_map(|mesh| mesh.primitives.iter()) {
            let material = primitive.material_under(overlay.variant);
            let material = material.and_then(|index| overlay.material(scene, index));
            let Some(info) = material.and_then(|material| material.base_color_texture) else { continue };
            let Some(image) = scene.textures.get(info.texture).and_then(|texture| texture.image) else { continue };
            let picture = PrintPicture { scene: id, texture: info.texture, image };
            if !found.contains(&picture) {
                found.push(picture);
            }
        }
    }
}
