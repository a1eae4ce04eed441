//! Where every node is at one moment.

use glam::{Mat4, Quat, Vec3};

use super::{Local, Node, Overlay, Property, Scene};
use crate::geom::{Aabb, Trs};

#[cfg(test)]
mod tests;

/// Every node's place, visibility and morph weights at one moment. Lists are as long as [`Scene::nodes`].
///
/// Made with [`Pose::rest`] and kept: [`Pose::update`] allocates nothing.
#[derive(Clone, Debug, Default)]
pub struct Pose {
    /// For each node, `scene_from_node`.
    pub scene_from_node: Vec<Mat4>,
    /// For each node, whether it is seen, with all nodes above it, and belongs to the shown root.
    pub visible: Vec<bool>,
    /// For each node, its morph weights; empty where its mesh has none.
    pub weights: Vec<Vec<f32>>,
    /// What is the same at every moment, and room to compute in.
    desk: Desk,
}

/// Poses are equal when everything is at the same place; how they got there does not matter.
impl PartialEq for Pose {
    fn eq(&self, other: &Self) -> bool {
        self.scene_from_node == other.scene_from_node && self.visible == other.visible && self.weights == other.weights
    }
}

#[derive(Clone, Debug, Default)]
struct Desk {
    /// Nodes, each after its parent.
    order: Vec<usize>,
    /// For each node, whether the shown root names it.
    entry: Vec<bool>,
    /// For each node, the mix of its animations so far.
    mixes: Vec<Mix>,
    /// One sampled value.
    sample: Vec<f32>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Mix {
    local: Trs,
    /// How much animations have taken of each [`Property`], in its order.
    taken: [f32; 4],
}

/// An animation at one moment, and how much it counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Playing {
    /// Index into [`Scene::animations`].
    pub animation: usize,
    /// Seconds from its start; held at the first and the last key outside.
    pub time_secs: f32,
    /// Its share, `[0, 1]`. Where shares sum to less than 1, the file's own pose is the rest.
    pub weight: f32,
}

impl Pose {
    /// The pose that the file is saved in.
    pub fn rest(scene: &Scene, overlay: &Overlay) -> Self {
        let mut pose = Self::default();
        pose.update(scene, overlay, &[]);
        pose
    }

    /// Goes to the moment that `playing` describes. Several animations are mixed by their weights, so that one fades
    /// into another; what an animation does not move stays as the file has it.
    pub fn update(&mut self, scene: &Scene, overlay: &Overlay, playing: &[Playing]) {
        if self.desk.mixes.len() != scene.nodes.len() || self.scene_from_node.len() != scene.nodes.len() {
            self.prepare(scene);
        }
        for (index, node) in scene.nodes.iter() {
            if let (Local::Trs(local), Some(mix)) = (node.local, self.desk.mixes.get_mut(index)) {
                *mix = Mix { local: overlay.placement(index).unwrap_or(local), taken: [0.0; 4] };
            }
            if let Some(weights) = self.weights.get_mut(index) {
                rest_weights(scene, node, overlay.weights(index), weights);
            }
        }
        let total: f32 = playing.iter().map(|playing| playing.weight.max(0.0)).sum();
        for playing in playing {
            let share = playing.weight.max(0.0) / total.max(1.0);
            if share > 0.0 {
                self.mix(scene, playing, share);
            }
        }
        for (index, node) in scene.nodes.iter() {
            if let (Some(mix), Some(weights)) = (self.desk.mixes.get_mut(index), self.weights.get_mut(index)) {
                settle(scene, overlay, (index, node), mix, weights);
            }
        }
        self.place(scene, overlay);
    }

    /// The box around all that is seen, scene space, with skins and morphs as posed. Looks at every vertex: for loading
    /// and choices, not for every frame.
    pub fn bounds(&self, scene: &Scene) -> Aabb {
        let mut bounds = Aabb::EMPTY;
        for (index, node) in scene.nodes.iter() {
            let Some(mesh) = node.mesh.and_then(|mesh| scene.meshes.get(mesh)) else { continue };
            if self.visible.get(index) != Some(&true) {
                continue;
            }
            for (_, primitive) in mesh.primitives.iter() {
                let positions = self.positions(scene, index, primitive);
                // By index: vertices that nothing uses are not seen.
                let used = primitive.indices.iter().filter_map(|vertex| positions.get(*vertex as usize));
                used.for_each(|position| bounds.insert(*position));
            }
        }
        bounds
    }

    /// Makes room for a scene and finds what never changes.
    fn prepare(&mut self, scene: &Scene) {
        let count = scene.nodes.len();
        self.scene_from_node = vec![Mat4::IDENTITY; count];
        self.visible = vec![false; count];
        self.weights = vec![Vec::new(); count];
        let mut desk = Desk { entry: vec![false; count], mixes: vec![Mix::default(); count], ..Desk::default() };
        let roots = scene.nodes.iter().filter(|(_, node)| node.parent.is_none()).map(|(index, _)| index);
        desk.order = roots.collect();
        let mut at = 0;
        while let Some(node) = desk.order.get(at).filter(|_| at < count).and_then(|index| scene.nodes.get(*index)) {
            desk.order.extend(&node.children);
            at += 1;
        }
        let shown = scene.shown.and_then(|shown| scene.roots.get(shown));
        for index in shown.map_or(&[][..], |root| &root.nodes) {
            if let Some(entry) = desk.entry.get_mut(*index) {
                *entry = true;
            }
        }
        self.desk = desk;
    }

    /// Mixes one animation in: each new value is weighed against all before it, which makes the weighted mean.
    fn mix(&mut self, scene: &Scene, playing: &Playing, share: f32) {
        let Some(animation) = scene.animations.get(playing.animation) else { return };
        let Desk { mixes, sample, .. } = &mut self.desk;
        for channel in &animation.channels {
            let Some(Mix { local, taken }) = mixes.get_mut(channel.node) else { continue };
            sample.clear();
            sample.resize(channel.components, 0.0);
            channel.sample(playing.time_secs, sample);
            let [translation, rotation, scale, weights] = taken;
            match (channel.property, sample.as_slice()) {
                (Property::Translation, [x, y, z]) => {
                    let part = take(translation, share);
                    local.translation = local.translation.lerp(Vec3::new(*x, *y, *z), part);
                }
                (Property::Scale, [x, y, z]) => {
                    let part = take(scale, share);
                    local.scale = local.scale.lerp(Vec3::new(*x, *y, *z), part);
                }
                (Property::Rotation, [x, y, z, w]) => {
                    let part = take(rotation, share);
                    local.rotation = turned(local.rotation, Quat::from_xyzw(*x, *y, *z, *w), part);
                }
                (Property::Weights, values) => {
                    let part = take(weights, share);
                    let mixed = self.weights.get_mut(channel.node).into_iter().flatten();
                    mixed.zip(values).for_each(|(mixed, value)| *mixed = *mixed * (1.0 - part) + *value * part);
                }
                _ => {}
            }
        }
    }

    /// Places and visibilities from the top of the tree down.
    fn place(&mut self, scene: &Scene, overlay: &Overlay) {
        for &index in &self.desk.order {
            let Some(node) = scene.nodes.get(index) else { continue };
            let local = match node.local {
                Local::Matrix(matrix) => matrix,
                Local::Trs(_) => self.desk.mixes.get(index).map_or(Mat4::IDENTITY, |mix| mix.local.matrix()),
            };
            let above = node.parent.and_then(|parent| self.scene_from_node.get(parent));
            let place = above.map_or(local, |above| *above * local);
            if let Some(slot) = self.scene_from_node.get_mut(index) {
                *slot = place;
            }
            let entry = self.desk.entry.get(index) == Some(&true);
            let below = node.parent.is_some_and(|parent| self.visible.get(parent) == Some(&true));
            let own = overlay.visibility.get(&index).copied().unwrap_or(node.visible);
            if let Some(slot) = self.visible.get_mut(index) {
                *slot = own && (entry || below);
            }
        }
    }
}

/// How far to go from the mix so far to a new value: its share of all that was taken. The first goes all the way.
fn take(taken: &mut f32, share: f32) -> f32 {
    *taken += share;
    share / *taken
}

/// Slerp the short way; exact at the end.
fn turned(from: Quat, to: Quat, part: f32) -> Quat {
    if part >= 1.0 { to } else { from.slerp(to, part) }
}

/// Goes back to the values at rest by what no animation took.
fn settle(scene: &Scene, overlay: &Overlay, (index, node): (usize, &Node), mix: &mut Mix, weights: &mut [f32]) {
    let short = |taken: f32| taken > 0.0 && taken < 1.0 - 1e-4;
    if !mix.taken.into_iter().any(short) {
        return;
    }
    let [translation, rotation, scale, weighted] = mix.taken;
    if let Local::Trs(rest) = node.local {
        let rest = overlay.placement(index).unwrap_or(rest);
        if short(translation) {
            mix.local.translation = rest.translation.lerp(mix.local.translation, translation);
        }
        if short(rotation) {
            mix.local.rotation = turned(rest.rotation, mix.local.rotation, rotation);
        }
        if short(scale) {
            mix.local.scale = rest.scale.lerp(mix.local.scale, scale);
        }
    }
    if short(weighted) {
        let rest = own_weights(scene, node, overlay.weights(index)).iter().copied().chain(std::iter::repeat(0.0));
        weights.iter_mut().zip(rest).for_each(|(mixed, rest)| *mixed = rest + (*mixed - rest) * weighted);
    }
}

/// The weights of the node's mesh at rest: the overlay's or the file's; empty when there are none.
fn own_weights<'a>(scene: &'a Scene, node: &'a Node, overlaid: Option<&'a [f32]>) -> &'a [f32] {
    if let Some(weights) = overlaid {
        return weights;
    }
    let mesh = node.mesh.and_then(|mesh| scene.meshes.get(mesh));
    if node.weights.is_empty() { mesh.map_or(&[], |mesh| &mesh.weights) } else { &node.weights }
}

fn rest_weights(scene: &Scene, node: &Node, overlaid: Option<&[f32]>, weights: &mut Vec<f32>) {
    let Some(mesh) = node.mesh.and_then(|mesh| scene.meshes.get(mesh)) else { return };
    weights.clear();
    weights.extend_from_slice(own_weights(scene, node, overlaid));
    weights.resize(mesh.target_count(), 0.0);
}
