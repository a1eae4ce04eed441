//! What matters in a costume, drawn so that it is seen: ghosts of what goes, a tint on what comes, and the rest in clay
//! where a step is about some parts.

use glam::{Vec3, Vec4};

use super::super::Viewer;
use super::costume::{Costume, Worn};
use crate::scene::{AlphaMode, Material, Scene};

/// What steps back is pale clay; linear light.
const CLAY: Vec4 = Vec4::new(0.55, 0.55, 0.54, 1.0);
/// What comes is tinted in a blue that those who see no red or green tell from grey, too; linear light.
const TINT: Vec3 = Vec3::new(0.015, 0.2, 0.85);
/// How far a tinted colour goes there.
const TINTED: f32 = 0.55;
/// And how much it glows, so that black parts show it.
const GLOW: f32 = 0.16;
/// What goes is grey glass; linear light and alpha.
const GHOST: Vec4 = Vec4::new(0.32, 0.33, 0.35, 0.34);

/// Which nodes of a model show something in `one` that they do not show in `other`, by index.
fn only_in(one: &Costume, other: &Costume, worn: &Worn, viewer: &Viewer) -> Vec<bool> {
    let Some(stage) = viewer.stage_of(worn.model) else { return Vec::new() };
    // Carried elsewhere, it is another thing.
    let same_place = one.mount(worn.model) == other.mount(worn.model);
    let counterpart = other.worn.iter().find(|known| known.model == worn.model && same_place);
    let seen = |worn: &Worn, index: usize| worn.pose.visible.get(index).copied().unwrap_or(false);
    let mut marks = vec![false; stage.scene.nodes.len()];
    for (index, _) in stage.scene.nodes.iter().filter(|(_, node)| node.mesh.is_some()) {
        let is_other = counterpart.is_some_and(|known| seen(known, index) && known.world_from_scene.is_some());
        if let Some(mark) = marks.get_mut(index) {
            *mark = seen(worn, index) && !is_other;
        }
    }
    marks
}

/// For each model of `one`, what `other` does not have.
pub(super) fn added(one: &Costume, other: &Costume, viewer: &Viewer) -> Vec<(usize, Vec<bool>)> {
    one.worn.iter().map(|worn| (worn.model, only_in(one, other, worn, viewer))).collect()
}

/// Marked nodes of models, by index.
pub(super) type Marks = [(usize, Vec<bool>)];

fn marked(marks: &Marks, model: usize) -> Option<&[bool]> {
    let nodes = marks.iter().find(|(known, _)| *known == model).map(|(_, nodes)| nodes.as_slice());
    nodes.filter(|nodes| nodes.contains(&true))
}

/// `now` with its marked nodes tinted.
pub(super) fn tinted(now: &Costume, marks: &Marks, viewer: &Viewer) -> Vec<Worn> {
    let mut out = Vec::new();
    for worn in &now.worn {
        let (Some(marks), Some(stage)) = (marked(marks, worn.model), viewer.stage_of(worn.model)) else {
            out.push(worn.clone());
            continue;
        };
        let is_marked = |index: usize| marks.get(index).copied().unwrap_or(false);
        out.push(worn.with_only(|index| !is_marked(index)));
        let mut bright = worn.with_only(is_marked);
        repaint(&mut bright, &stage.scene, tint);
        out.push(bright);
    }
    out
}

/// What goes, as ghosts.
pub(super) fn ghosts(before: &Costume, gone: &Marks, viewer: &Viewer) -> Vec<Worn> {
    let mut out = Vec::new();
    for worn in &before.worn {
        let (Some(marks), Some(stage)) = (marked(gone, worn.model), viewer.stage_of(worn.model)) else { continue };
        let mut ghost = worn.with_only(|index| marks.get(index).copied().unwrap_or(false));
        repaint(&mut ghost, &stage.scene, ghostly);
        out.push(ghost);
    }
    out
}

/// `now` with all but its marked nodes in clay.
pub(super) fn in_clay(now: &[Worn], marks: &Marks, viewer: &Viewer) -> Vec<Worn> {
    let mut out = Vec::new();
    for worn in now {
        let Some(stage) = viewer.stage_of(worn.model) else { continue };
        let marks = marked(marks, worn.model).unwrap_or_default();
        let is_marked = |index: usize| marks.get(index).copied().unwrap_or(false);
        let mut rest = worn.with_only(|index| !is_marked(index));
        repaint(&mut rest, &stage.scene, clay);
        out.push(rest);
        out.push(worn.with_only(is_marked));
    }
    out
}

impl Worn {
    /// With fewer nodes that are seen.
    pub(super) fn with_only(&self, may: impl Fn(usize) -> bool) -> Self {
        let mut worn = self.clone();
        for (index, seen) in worn.pose.visible.iter_mut().enumerate() {
            *seen &= may(index);
        }
        worn
    }
}

fn repaint(worn: &mut Worn, scene: &Scene, paint: impl Fn(&Material) -> Material) {
    for (index, material) in scene.materials.iter() {
        let painted = paint(worn.overlay.materials.get(&index).unwrap_or(material));
        worn.overlay.materials.insert(index, painted);
    }
}

fn ghostly(material: &Material) -> Material {
    Material {
        name: material.name.clone(),
        base_color_factor: GHOST,
        metallic_factor: 0.0,
        roughness_factor: 0.6,
        alpha_mode: AlphaMode::Blend,
        ..Material::default()
    }
}

/// What one looks through stays something that one looks through.
fn clay(material: &Material) -> Material {
    if material.alpha_mode == AlphaMode::Blend || material.transmission.factor > 0.0 {
        return ghostly(material);
    }
    Material {
        name: material.name.clone(),
        base_color_factor: CLAY,
        metallic_factor: 0.0,
        roughness_factor: 0.9,
        double_sided: material.double_sided,
        ..Material::default()
    }
}

fn tint(material: &Material) -> Material {
    let color = material.base_color_factor;
    let mixed = color.truncate().lerp(TINT, TINTED);
    let glow = material.emissive_factor + TINT * GLOW / material.emissive_strength.max(1.0);
    Material { base_color_factor: mixed.extend(color.w), emissive_factor: glow.min(Vec3::ONE), ..material.clone() }
}
