//! The model that is shown, or about to be: its scene, pose, choices and measures.

use glam::{Mat4, Vec3};

use super::animate::Moment;
use crate::camera::Framing;
use crate::geom::Aabb;
use crate::scene::{AlphaMode, Overlay, Playing, Pose, Primitive, Scene, SceneId};

/// A flat blended primitive is at least so many times wider than thick to pass for a painted shadow.
const FLATNESS: f32 = 100.0;

/// Which of the numbers from 0 on.
#[derive(Debug, Default)]
pub(super) struct Marks(Vec<bool>);

impl Marks {
    pub(super) fn insert(&mut self, number: usize) {
        if number >= self.0.len() {
            self.0.resize(number + 1, false);
        }
        if let Some(mark) = self.0.get_mut(number) {
            *mark = true;
        }
    }

    fn contains(&self, number: usize) -> bool {
        self.0.get(number) == Some(&true)
    }
}

/// One model.
#[derive(Debug)]
pub(super) struct Stage {
    pub(super) id: SceneId,
    /// As in `src`.
    pub(super) url: String,
    pub(super) scene: Scene,
    /// As saved in the file.
    pub(super) rest: Pose,
    /// As seen now.
    pub(super) pose: Pose,
    pub(super) overlay: Overlay,
    pub(super) framing: Framing,
    /// `orientation` and `scale`.
    pub(super) world_from_scene: Mat4,
    /// The pictures that the renderer has, or that could not be had.
    pub(super) pictures: Marks,
    /// What of the customer's is on its pictures, by image; and what is on its way there.
    #[cfg(feature = "product")]
    pub(super) prints: super::configurator::Prints,
    /// Node and primitive of each painted shadow, in ascending order.
    painted_shadows: Vec<(usize, usize)>,
    /// The first tick that it was drawn for.
    pub(super) shown_secs: Option<f64>,
    /// The picture of it stands.
    pub(super) drawn: bool,
}

impl Stage {
    pub(super) fn new(id: SceneId, url: String, scene: Scene, world_from_scene: Mat4) -> Self {
        let overlay = Overlay::default();
        let rest = Pose::rest(&scene, &overlay);
        Self {
            id,
            url,
            pose: rest.clone(),
            rest,
            scene,
            overlay,
            framing: Framing::default(),
            world_from_scene,
            pictures: Marks::default(),
            #[cfg(feature = "product")]
            prints: super::configurator::Prints::default(),
            painted_shadows: Vec::new(),
            shown_secs: None,
            drawn: false,
        }
    }

    /// The middle of the product's footprint, in its space.
    pub(super) fn floor_center(&self) -> Vec3 {
        let bounds = self.framing.bounds;
        bounds.center().with_y(bounds.min.y)
    }

    /// The variant of this name; the first where names repeat.
    pub(super) fn variant_named(&self, name: Option<&str>) -> Option<usize> {
        let name = name?;
        self.scene.variants.iter().position(|variant| variant == name)
    }

    /// Every picture that what is seen uses under a variant and that the renderer lacks.
    pub(super) fn missing_under(&self, variant: Option<usize>) -> Vec<usize> {
        self.missing(|primitive, mark| mark(primitive.material_under(variant)))
    }

    /// Every picture that a choice can bring up and that the renderer lacks.
    pub(super) fn missing_at_all(&self) -> Vec<usize> {
        self.missing(|primitive, mark| {
            mark(primitive.material);
            primitive.variant_materials.iter().for_each(|material| mark(*material));
        })
    }

    /// The pictures that the renderer lacks of the materials that `each` marks.
    fn missing(&self, each: impl Fn(&Primitive, &mut dyn FnMut(Option<usize>))) -> Vec<usize> {
        let mut used = Marks::default();
        self.each_primitive(|_, _, primitive| {
            each(primitive, &mut |material| {
                let material = material.and_then(|index| self.overlay.material(&self.scene, index));
                let textures = material.into_iter().flat_map(|material| material.textures().map(|(_, info)| info));
                textures
                    .filter_map(|info| self.scene.textures.get(info.texture)?.image)
                    .for_each(|image| used.insert(image));
            });
        });
        let images = self.scene.images.iter().map(|(image, _)| image);
        images.filter(|image| used.contains(*image) && !self.pictures.contains(*image)).collect()
    }

    /// The same of what is seen in `rest`, as `overlay` has it.
    #[cfg(feature = "product")]
    pub(super) fn missing_of(&self, overlay: &Overlay, rest: &Pose) -> Vec<usize> {
        let mut used = Marks::default();
        for (index, node) in self.scene.nodes.iter() {
            let mesh = node.mesh.and_then(|mesh| self.scene.meshes.get(mesh));
            let seen = rest.visible.get(index).copied().unwrap_or(false);
            for (_, primitive) in mesh.into_iter().filter(|_| seen).flat_map(|mesh| mesh.primitives.iter()) {
                let material = primitive.material_under(overlay.variant);
                let material = material.and_then(|index| overlay.material(&self.scene, index));
                let textures = material.into_iter().flat_map(|material| material.textures().map(|(_, info)| info));
                textures
                    .filter_map(|info| self.scene.textures.get(info.texture)?.image)
                    .for_each(|image| used.insert(image));
            }
        }
        let images = self.scene.images.iter().map(|(image, _)| image);
        images.filter(|image| used.contains(*image) && !self.pictures.contains(*image)).collect()
    }

    /// Puts an overlay on; true when something is at another place, or seen or no longer seen.
    #[cfg(feature = "product")]
    pub(super) fn wear(&mut self, overlay: Overlay) -> bool {
        let moved = self.overlay.visibility != overlay.visibility
            || self.overlay.placements != overlay.placements
            || self.overlay.weights != overlay.weights;
        self.overlay = overlay;
        if moved {
            self.rest.update(&self.scene, &self.overlay, &[]);
            self.pose = self.rest.clone();
        }
        moved
    }

    /// Whether this is but a painted shadow.
    #[cfg(feature = "product")]
    pub(super) fn is_painted_shadow(&self, node: usize, place: usize) -> bool {
        self.painted_shadows.binary_search(&(node, place)).is_ok()
    }

    /// Every vertex that is seen, but for painted shadows, with the scene at `world_from_scene`.
    #[cfg(feature = "product")]
    pub(super) fn each_point(&self, world_from_scene: Mat4, visit: &mut dyn FnMut(Vec3)) {
        self.each_point_of(&self.rest, world_from_scene, visit);
    }

    /// The same in another pose.
    #[cfg(feature = "product")]
    pub(super) fn each_point_of(&self, pose: &Pose, world_from_scene: Mat4, visit: &mut dyn FnMut(Vec3)) {
        for (index, node) in self.scene.nodes.iter() {
            let mesh = node.mesh.and_then(|mesh| self.scene.meshes.get(mesh));
            let seen = pose.visible.get(index).copied().unwrap_or(false);
            for (place, primitive) in mesh.into_iter().filter(|_| seen).flat_map(|mesh| mesh.primitives.iter()) {
                if self.painted_shadows.binary_search(&(index, place)).is_err() {
                    for position in pose.positions(&self.scene, index, primitive) {
                        visit(world_from_scene.transform_point3(position));
                    }
                }
            }
        }
    }

    /// Hides painted shadows in another pose than its own.
    #[cfg(feature = "product")]
    pub(super) fn hide_painted_shadows_in(&self, pose: &mut Pose) {
        for shadows in self.painted_shadows.chunk_by(|one, next| one.0 == next.0) {
            let Some((node, _)) = shadows.first() else { continue };
            let mesh = self.scene.nodes.get(*node).and_then(|found| self.scene.meshes.get(found.mesh?));
            let parts = mesh.map_or(0, |mesh| mesh.primitives.iter().count());
            if let Some(visible) = pose.visible.get_mut(*node).filter(|_| parts == shadows.len()) {
                *visible = false;
            }
        }
    }

    fn each_primitive(&self, mut visit: impl FnMut(usize, usize, &Primitive)) {
        for (index, node) in self.scene.nodes.iter() {
            let Some(mesh) = node.mesh.and_then(|mesh| self.scene.meshes.get(mesh)) else { continue };
            if self.rest.visible.get(index).copied().unwrap_or(false) {
                mesh.primitives.iter().for_each(|(place, primitive)| visit(index, place, primitive));
            }
        }
    }

    /// The box around the product, without painted shadows, as `orientation` and `scale` have it.
    pub(super) fn measure(&mut self) -> Aabb {
        let mut bounds = Aabb::EMPTY;
        let mut flat: Vec<((usize, usize), Aabb)> = Vec::new();
        self.each_primitive(|node, place, primitive| {
            let found = self.bounds_of(node, primitive);
            if self.is_flat_and_blended(primitive, &found) {
                flat.push(((node, place), found));
            } else {
                bounds.union(&found);
            }
        });
        if bounds.is_empty() {
            // Nothing but flat shapes: then they are the product.
            flat.drain(..).for_each(|(_, found)| bounds.union(&found));
        }
        let mut painted_shadows = Vec::new();
        for (place, found) in flat {
            if lies_under(&found, &bounds) || stands_behind(&found, &bounds) {
                painted_shadows.push(place);
            } else {
                bounds.union(&found);
            }
        }
        self.painted_shadows = painted_shadows;
        bounds
    }

    fn bounds_of(&self, node: usize, primitive: &Primitive) -> Aabb {
        let mut bounds = Aabb::EMPTY;
        for position in self.rest.positions(&self.scene, node, primitive) {
            bounds.insert(self.world_from_scene.transform_point3(position));
        }
        bounds
    }

    fn is_flat_and_blended(&self, primitive: &Primitive, bounds: &Aabb) -> bool {
        let material = primitive.material_under(self.overlay.variant);
        let material = material.and_then(|index| self.overlay.material(&self.scene, index));
        let size = bounds.size();
        material.is_some_and(|material| material.alpha_mode == AlphaMode::Blend)
            && size.max_element() >= FLATNESS * size.min_element()
    }

    /// Measures the default view around `target`; none is the middle of the box.
    pub(super) fn frame_up(&mut self, target: impl FnOnce(Vec3) -> Vec3, fov: f32) {
        let bounds = self.measure();
        let target = target(bounds.center());
        self.framing = Framing::new(bounds, target, fov, |visit| {
            self.each_primitive(|node, place, primitive| {
                if self.painted_shadows.binary_search(&(node, place)).is_ok() {
                    return;
                }
                for position in self.rest.positions(&self.scene, node, primitive) {
                    visit(self.world_from_scene.transform_point3(position));
                }
            });
        });
    }

    /// The pose of a moment, mixed with a motion that fades out; the file's own where nothing plays.
    pub(super) fn strike_pose(&mut self, now: Option<Moment>, fading: Option<(Moment, f32)>) {
        let left = fading.map_or(0.0, |(_, left)| left);
        let playing = [fading.map(|(moment, _)| (moment, left)), now.map(|moment| (moment, 1.0 - left))];
        let playing: Vec<Playing> = playing.into_iter().flatten().map(|(moment, weight)| moment.at(weight)).collect();
        self.pose.update(&self.scene, &self.overlay, &playing);
    }

    /// Hides painted shadows in the pose while a real one is drawn; a node that shows more than a shadow stays.
    pub(super) fn hide_painted_shadows(&mut self, hidden: bool) {
        for shadows in self.painted_shadows.chunk_by(|one, next| one.0 == next.0) {
            let Some((node, _)) = shadows.first() else { continue };
            let mesh = self.scene.nodes.get(*node).and_then(|found| self.scene.meshes.get(found.mesh?));
            let parts = mesh.map_or(0, |mesh| mesh.primitives.iter().count());
            let seen = self.rest.visible.get(*node).copied().unwrap_or(false);
            if let Some(visible) = self.pose.visible.get_mut(*node).filter(|_| parts == shadows.len()) {
                *visible = seen && !hidden;
            }
        }
    }
}

fn covers(outer: (f32, f32), inner: (f32, f32)) -> bool {
    outer.0 <= inner.0 && outer.1 >= inner.1
}

fn lies_under(shadow: &Aabb, product: &Aabb) -> bool {
    shadow.min.y < product.min.y + product.size().y / FLATNESS
        && covers((shadow.min.x, shadow.max.x), (product.min.x, product.max.x))
        && covers((shadow.min.z, shadow.max.z), (product.min.z, product.max.z))
}

fn stands_behind(shadow: &Aabb, product: &Aabb) -> bool {
    shadow.min.z < product.min.z + product.size().z / FLATNESS
        && covers((shadow.min.x, shadow.max.x), (product.min.x, product.max.x))
        && covers((shadow.min.y, shadow.max.y), (product.min.y, product.max.y))
}

#[cfg(test)]
mod tests;
