//! Lights of KHR_lights_punctual, posed, as the frame's uniform wants them.

use glam::{Vec3, Vec4};

use super::layout::{GpuLight, MOST_LIGHTS};
use crate::frame::{Look, Placed};
use crate::scene::LightKind;

/// Of linear sRGB (IEC 61966-2-1).
const LUMINANCE: Vec4 = Vec4::new(0.2126, 0.7152, 0.0722, 0.0);

/// The lights of a look: those that shine the strongest on its middle, at most [`MOST_LIGHTS`].
pub(super) fn lights(look: &Look<'_>, middle: Vec3) -> Vec<GpuLight> {
    let mut found: Vec<(f32, GpuLight)> = Vec::new();
    for placed in &look.placed {
        for (node, item) in placed.scene.nodes.iter() {
            let seen = placed.pose.visible.get(node).copied().unwrap_or(false);
            if let (true, Some(light)) = (seen, item.light) {
                found.extend(posed(placed, node, light, middle));
            }
        }
    }
    found.sort_unstable_by(|(a, _), (b, _)| b.total_cmp(a));
    found.into_iter().map(|(_, light)| light).take(MOST_LIGHTS).collect()
}

/// A light with what `middle` has of it, lux; as if a cone were a ball and a range without end, since other parts of the
/// look may be nearer to it.
fn posed(placed: &Placed<'_>, node: usize, light: usize, middle: Vec3) -> Option<(f32, GpuLight)> {
    let light = placed.scene.lights.get(light)?;
    let world_from_node = placed.world_from_scene * *placed.pose.scene_from_node.get(node)?;
    let position = world_from_node.w_axis.truncate();
    let direction = (-world_from_node.z_axis.truncate()).normalize_or(Vec3::NEG_Z);
    let color = (light.color * light.intensity).extend(0.0);
    let range = light.range.filter(|range| *range > 0.0).map_or(0.0, f32::recip);
    let (kind, cone) = match light.kind {
        LightKind::Directional => (0.0, Vec4::ZERO),
        LightKind::Point => (1.0, Vec4::ZERO),
        LightKind::Spot { inner, outer } => {
            let scale = 1.0 / (inner.cos() - outer.cos()).max(0.001);
            (2.0, Vec4::new(scale, -outer.cos() * scale, 0.0, 0.0))
        }
    };
    let squared = if kind == 0.0 { 1.0 } else { position.distance_squared(middle).max(1e-6) };
    let lux = color.dot(LUMINANCE) / squared;
    let light = GpuLight {
        position: position.extend(range).to_array(),
        direction: direction.extend(kind).to_array(),
        color: color.to_array(),
        cone: cone.to_array(),
    };
    Some((lux, light))
}
