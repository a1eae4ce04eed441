//! Where exactly a ray meets a surface, and what stands before a point.

use glam::{Mat3, Vec2, Vec3};

use super::{Ray, meets_box, meets_triangle, pick};
use crate::scene::{AlphaMode, Material, Overlay, Pose, Primitive, Scene, Topology};

/// A point of a triangle, so exact that it can be found again in another pose.
#[derive(Clone, Debug, PartialEq)]
pub struct Touch {
    /// Scene space.
    pub point: Vec3,
    /// From the corners' normals, unit length, scene space; towards the ray's origin where a back was met.
    pub normal: Vec3,
    /// Of the first set, where there is one.
    pub uv: Option<Vec2>,
    /// From the ray's origin, in lengths of its direction.
    pub distance: f32,
    /// Which node.
    pub node: usize,
    /// Which primitive of its mesh.
    pub primitive: usize,
    /// Which triangle of it.
    pub triangle: usize,
    /// Its vertices.
    pub corners: [u32; 3],
    /// How much of each corner: barycentric coordinates.
    pub weights: Vec3,
    /// What is seen there; none for glTF's default material.
    pub material: Option<usize>,
}

/// The nearest surface that is seen from the ray's origin, as [`pick`] finds it.
pub fn touch(scene: &Scene, pose: &Pose, overlay: &Overlay, ray: &Ray) -> Option<Touch> {
    let hit = pick(scene, pose, overlay, ray)?;
    let mesh = scene.nodes.get(hit.node).and_then(|node| scene.meshes.get(node.mesh?))?;
    let primitive = mesh.primitives.get(hit.primitive)?;
    let material = primitive.material_under(overlay.variant);
    let both_sides = material_of(scene, overlay, primitive).is_some_and(|material| material.double_sided);
    // As `pick` does: a mirrored node turns its triangles round, so that a rigid one is met in its own space.
    let (posed, met);
    let (positions, own_ray) = if is_soft(scene, hit.node, primitive) {
        posed = pose.positions(scene, hit.node, primitive);
        (&posed, ray)
    } else {
        met = ray.transformed(&pose.scene_from_node.get(hit.node)?.inverse());
        (&primitive.vertices.positions, &met)
    };
    let mut nearest: Option<(f32, usize, [u32; 3])> = None;
    for (triangle, corners) in primitive.indices.as_chunks().0.iter().enumerate() {
        let Some(places) = places(positions, corners) else { continue };
        if let Some(distance) = meets_triangle(own_ray, places, both_sides)
            && nearest.is_none_or(|(most, ..)| distance < most)
        {
            nearest = Some((distance, triangle, *corners));
        }
    }
    let (distance, triangle, corners) = nearest?;
    let [a, b, c] = places(positions, &corners)?;
    let weights = weights(own_ray.at(distance), [a, b, c]);
    let mut normal = Vec3::ZERO;
    for (corner, weight) in corners.iter().zip(weights.to_array()) {
        normal += pose.vertex(scene, hit.node, primitive, *corner)?.1 * weight;
    }
    let is_back = (b - a).cross(c - a).dot(own_ray.direction) > 0.0;
    let normal = normal.normalize_or(Vec3::Y);
    let uv = primitive.vertices.uvs.first().filter(|uvs| !uvs.is_empty()).map(|uvs| {
        let [a, b, c] = corners.map(|corner| uvs.get(corner as usize).copied().unwrap_or_default());
        a * weights.x + b * weights.y + c * weights.z
    });
    Some(Touch {
        point: ray.at(distance),
        normal: if is_back { -normal } else { normal },
        uv,
        distance,
        node: hit.node,
        primitive: hit.primitive,
        triangle,
        corners,
        weights,
        material,
    })
}

fn is_soft(scene: &Scene, node: usize, primitive: &Primitive) -> bool {
    scene.nodes.get(node).is_some_and(|node| node.skin.is_some()) || !primitive.targets.is_empty()
}

/// Marks each ray that meets something within the length of its direction. What one sees through hides nothing.
pub fn hide(scene: &Scene, pose: &Pose, overlay: &Overlay, rays: &[Ray], hidden: &mut [bool]) {
    for (node_index, node) in scene.nodes.iter() {
        let Some(mesh) = node.mesh.and_then(|mesh| scene.meshes.get(mesh)) else { continue };
        if !pose.visible.get(node_index).copied().unwrap_or(false) {
            continue;
        }
        for (_, primitive) in mesh.primitives.iter() {
            let material = material_of(scene, overlay, primitive);
            if primitive.topology != Topology::Triangles || material.is_some_and(lets_through) {
                continue;
            }
            let both_sides = material.is_some_and(|material| material.double_sided);
            hide_behind(scene, pose, node_index, primitive, rays, both_sides, hidden);
        }
    }
}

fn hide_behind(
    scene: &Scene,
    pose: &Pose,
    node_index: usize,
    primitive: &Primitive,
    rays: &[Ray],
    both_sides: bool,
    hidden: &mut [bool],
) {
    let open = rays.iter().zip(hidden).filter(|(_, hidden)| !**hidden);
    if is_soft(scene, node_index, primitive) {
        let posed = pose.positions(scene, node_index, primitive);
        open.for_each(|(ray, hidden)| *hidden = meets_any(&posed, primitive, ray, both_sides));
        return;
    }
    let Some(scene_from_node) = pose.scene_from_node.get(node_index) else { return };
    let node_from_scene = scene_from_node.inverse();
    for (ray, hidden) in open {
        let ray = ray.transformed(&node_from_scene);
        let is_near = ray.direction.is_finite() && meets_box(&ray, primitive.bounds.min, primitive.bounds.max, 1.0);
        *hidden = is_near && meets_any(&primitive.vertices.positions, primitive, &ray, both_sides);
    }
}

fn meets_any(positions: &[Vec3], primitive: &Primitive, ray: &Ray, both_sides: bool) -> bool {
    let corners = primitive.indices.as_chunks().0.iter();
    let mut triangles = corners.filter_map(|corners| places(positions, corners));
    triangles.any(|places| meets_triangle(ray, places, both_sides).is_some_and(|distance| distance < 1.0))
}

fn places(positions: &[Vec3], [a, b, c]: &[u32; 3]) -> Option<[Vec3; 3]> {
    let place = |index: u32| positions.get(index as usize).copied();
    Some([place(*a)?, place(*b)?, place(*c)?])
}

fn material_of<'a>(scene: &'a Scene, overlay: &'a Overlay, primitive: &Primitive) -> Option<&'a Material> {
    primitive.material_under(overlay.variant).and_then(|index| overlay.material(scene, index))
}

/// Glass, and what is mixed with what lies behind it.
fn lets_through(material: &Material) -> bool {
    material.alpha_mode == AlphaMode::Blend || material.transmission.factor > 0.0
}

/// How much of each corner makes a point of a triangle.
fn weights(point: Vec3, [a, b, c]: [Vec3; 3]) -> Vec3 {
    let (to_b, to_c) = (b - a, c - a);
    let face = to_b.cross(to_c);
    let inverse = Mat3::from_cols(to_b, to_c, face).inverse();
    if !inverse.is_finite() {
        return Vec3::X;
    }
    let within = inverse * (point - a);
    Vec3::new(1.0 - within.x - within.y, within.x, within.y)
}

#[cfg(test)]
mod tests;
