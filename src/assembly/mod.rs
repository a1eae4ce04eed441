//! The one place where product meets scene: what a configuration wishes, laid over a model.

mod pointer;
#[cfg(test)]
mod tests;

use crate::geom::Trs;
use crate::issue::{Code, Issues};
use crate::product::Wish;
use crate::scene::{Local, Overlay, Property, Scene};
use glam::{Quat, Vec3};

/// The overlay that fulfils some wishes; later ones win. What the model does not have is said and left out.
pub fn overlay(scene: &Scene, wishes: &[Wish]) -> (Overlay, Issues) {
    overlay_on(scene, Overlay::default(), wishes)
}

/// The same on top of an overlay.
pub fn overlay_on(scene: &Scene, overlay: Overlay, wishes: &[Wish]) -> (Overlay, Issues) {
    let mut assembly = Assembly { scene, overlay, issues: Issues::default() };
    wishes.iter().for_each(|wish| assembly.fulfil(wish));
    (assembly.overlay, assembly.issues)
}

struct Assembly<'a> {
    scene: &'a Scene,
    overlay: Overlay,
    issues: Issues,
}

impl Assembly<'_> {
    fn fulfil(&mut self, wish: &Wish) {
        let done = match wish {
            Wish::Variant(name) => {
                let variant = self.scene.variants.iter().position(|variant| variant == name);
                self.overlay.variant = variant.or(self.overlay.variant);
                variant.map(|_| ()).ok_or(name)
            }
            Wish::Visible { node, visible } => {
                let nodes = self.nodes_named(node);
                for node in &nodes {
                    self.overlay.visibility.insert(*node, *visible);
                }
                if nodes.is_empty() { Err(node) } else { Ok(()) }
            }
            Wish::Pointer { pointer, setting } => self.set(pointer, setting).ok_or(pointer),
            Wish::Pose { animation, time_secs } => self.pose(animation, *time_secs as f32).ok_or(animation),
            Wish::Weight { node, target, value } => self.weigh(node, target, *value as f32).ok_or(target),
        };
        if let Err(name) = done {
            self.issues.report(Code::Look, "", name.as_str());
        }
    }

    /// All nodes of a name: exporters split one object into several.
    fn nodes_named(&self, name: &str) -> Vec<usize> {
        let named = self.scene.nodes.iter().filter(|(_, node)| node.name == name);
        named.map(|(index, _)| index).collect()
    }

    /// A node's place as it is so far; none where the file gives a matrix, which cannot be taken apart.
    fn placement(&self, node: usize) -> Option<Trs> {
        match self.scene.nodes.get(node)?.local {
            Local::Trs(local) => Some(self.overlay.placements.get(&node).copied().unwrap_or(local)),
            Local::Matrix(_) => None,
        }
    }

    /// A node's morph weights as they are so far, all of its mesh's targets.
    fn weights(&self, node: usize) -> Option<Vec<f32>> {
        let found = self.scene.nodes.get(node)?;
        let mesh = self.scene.meshes.get(found.mesh?)?;
        let file = if found.weights.is_empty() { &mesh.weights } else { &found.weights };
        let mut weights = self.overlay.weights.get(&node).unwrap_or(file).clone();
        weights.resize(mesh.target_count(), 0.0);
        Some(weights)
    }

    fn weigh(&mut self, node: &str, target: &str, value: f32) -> Option<()> {
        let mut found = None;
        if !value.is_finite() {
            return None;
        }
        for node in self.nodes_named(node) {
            let mesh = self.scene.nodes.get(node)?.mesh.and_then(|mesh| self.scene.meshes.get(mesh));
            let named = mesh.and_then(|mesh| mesh.target_names.iter().position(|name| name == target));
            let Some(mut weights) = self.weights(node) else { continue };
            if let Some(weight) = named.or_else(|| target.parse().ok()).and_then(|at: usize| weights.get_mut(at)) {
                *weight = value;
                self.overlay.weights.insert(node, weights);
                found = Some(());
            }
        }
        found
    }

    /// Lays the pose of an animation's moment over the file's.
    fn pose(&mut self, animation: &str, time_secs: f32) -> Option<()> {
        let mut animations = self.scene.animations.iter();
        let (_, animation) = animations.find(|(_, found)| found.name == animation)?;
        for channel in &animation.channels {
            let mut sample = vec![0.0; channel.components];
            channel.sample(time_secs, &mut sample);
            if channel.property == Property::Weights {
                self.overlay.weights.insert(channel.node, sample);
                continue;
            }
            let Some(mut placement) = self.placement(channel.node) else { continue };
            match (channel.property, sample.as_slice()) {
                (Property::Translation, [x, y, z]) => placement.translation = Vec3::new(*x, *y, *z),
                (Property::Scale, [x, y, z]) => placement.scale = Vec3::new(*x, *y, *z),
                (Property::Rotation, [x, y, z, w]) => placement.rotation = Quat::from_xyzw(*x, *y, *z, *w),
                _ => continue,
            }
            self.overlay.placements.insert(channel.node, placement);
        }
        Some(())
    }
}
