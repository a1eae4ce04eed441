//! What the guidelines ask of any model.

use crate::issue::{Code, Issues};
use crate::scene::{AlphaMode, Overlay, Pose, Scene};

use super::target::size_of;

/// Products are between so many metres.
const SIZES_M: [f32; 2] = [0.005, 30.0];
/// The middle of the footprint may lie so far from the origin, in shares of the product's size.
const OFF_ORIGIN: f32 = 0.05;

/// Says what a model does that the guidelines advise against. `is_body`: it stands by itself, and is not mounted on another.
pub fn guidelines(scene: &Scene, is_body: bool, issues: &mut Issues) {
    let bounds = Pose::rest(scene, &Overlay::default()).bounds(scene);
    let size = bounds.size();
    let longest = size.max_element();
    if !bounds.is_empty() && !(SIZES_M[0]..=SIZES_M[1]).contains(&longest) {
        issues.report(Code::AuditScale, "", format!("{longest:.3} m"));
    } else if is_body && !bounds.is_empty() {
        let foot = bounds.center().with_y(bounds.min.y);
        if foot.abs().max_element() > OFF_ORIGIN * longest {
            issues.report(Code::AuditOrigin, "", format!("{:.3}, {:.3}, {:.3} m", foot.x, foot.y, foot.z));
        }
    }
    for (index, _) in scene.nodes.iter().filter(|(_, node)| node.light.is_some()) {
        issues.report(Code::AuditLight, format!("/nodes/{index}"), "");
    }
    for (index, mesh) in scene.meshes.iter() {
        let blends = |material: Option<usize>| {
            let material = material.and_then(|material| scene.materials.get(material));
            material.is_some_and(|material| material.alpha_mode == AlphaMode::Blend)
        };
        let mut kinds: Vec<bool> = mesh.primitives.iter().map(|(_, primitive)| blends(primitive.material)).collect();
        kinds.sort_unstable();
        kinds.dedup();
        if kinds.len() > 1 {
            issues.report(Code::AuditMixed, format!("/meshes/{index}"), mesh.name.as_str());
        }
    }
    for (index, _) in scene.images.iter() {
        if let Some((width, height)) = size_of(scene, index)
            && !(width.is_power_of_two() && height.is_power_of_two())
        {
            issues.report(Code::AuditSides, format!("/images/{index}"), format!("{width} × {height}"));
        }
    }
}
