//! The pictures that colour what is printed.

use glam::Mat4;

use super::shares::seen;
use super::{BOUGHT, keep_only, only};
use crate::frame::Placed;
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
            let (pose, overlay) = (&pose, &overlay);
            let world_from_scene = Mat4::IDENTITY;
            find(&Placed { id: BOUGHT, scene, world_from_scene, pose, overlay }, &mut found);
            return found;
        }
        if !whole && nodes.is_empty() {
            return found;
        }
        for (stage, world_from_scene) in self.stages_of(asked.and_then(|piece| piece.model.as_deref()), nodes) {
            let (scene, overlay, pose) = (&stage.scene, &stage.overlay, &only(stage, nodes));
            find(&Placed { id: stage.id, scene, world_from_scene, pose, overlay }, &mut found);
        }
        found
    }
}

fn find(placed: &Placed<'_>, found: &mut Vec<PrintPicture>) {
    let scene = placed.scene;
    for (node, index) in seen(placed) {
        let mesh = scene.nodes.get(node).and_then(|node| scene.meshes.get(node.mesh?));
        let Some(primitive) = mesh.and_then(|mesh| mesh.primitives.get(index)) else { continue };
        let material = primitive.material_under(placed.overlay.variant);
        let material = material.and_then(|index| placed.overlay.material(scene, index));
        let Some(info) = material.and_then(|material| material.base_color_texture) else { continue };
        let Some(image) = scene.textures.get(info.texture).and_then(|texture| texture.image) else { continue };
        let picture = PrintPicture { scene: placed.id, texture: info.texture, image };
        if !found.contains(&picture) {
            found.push(picture);
        }
    }
}
