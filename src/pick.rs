//! What a ray meets: the nearest triangle of a posed scene.

#[cfg(feature = "product")]
mod surface;

#[cfg(feature = "product")]
pub use surface::{Touch, hide, touch};

use glam::{Mat4, Vec3};

use crate::scene::{Overlay, Pose, Primitive, Scene, Topology};

/// A ray in scene space.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ray {
    /// Where it starts.
    pub origin: Vec3,
    /// Where it goes; its length is the unit of [`Hit::distance`].
    pub direction: Vec3,
}

impl Ray {
    /// The same ray in another space.
    pub fn transformed(&self, to_from_self: &Mat4) -> Self {
        Self {
            origin: to_from_self.transform_point3(self.origin),
            direction: to_from_self.transform_vector3(self.direction),
        }
    }

    /// The point at `distance`.
    pub fn at(&self, distance: f32) -> Vec3 {
        self.origin + self.direction * distance
    }
}

/// A point on the surface.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// Scene space.
    pub point: Vec3,
    /// From the ray's origin, in lengths of its direction.
    pub distance: f32,
    /// Which node.
    pub node: usize,
    /// Which primitive of its mesh.
    pub primitive: usize,
}

/// The nearest surface that is seen from the ray's origin. Skins and morph targets are exact; triangles are met on their
/// front, and on their back where the material is double-sided; alpha is not looked at.
pub fn pick(scene: &Scene, pose: &Pose, overlay: &Overlay, ray: &Ray) -> Option<Hit> {
    let mut nearest: Option<Hit> = None;
    for (node_index, node) in scene.nodes.iter() {
        let Some(mesh) = node.mesh.and_then(|mesh| scene.meshes.get(mesh)) else { continue };
        if !pose.visible.get(node_index).copied().unwrap_or(false) {
            continue;
        }
        for (primitive_index, primitive) in mesh.primitives.iter() {
            if primitive.topology != Topology::Triangles {
                continue;
            }
            let material = primitive.material_under(overlay.variant).and_then(|index| overlay.material(scene, index));
            let both_sides = material.is_some_and(|material| material.double_sided);
            let most = nearest.map_or(f32::INFINITY, |hit| hit.distance);
            let found = distance_to(scene, pose, node_index, primitive, ray, both_sides, most);
            if let Some(distance) = found {
                let point = ray.at(distance);
                nearest = Some(Hit { point, distance, node: node_index, primitive: primitive_index });
            }
        }
    }
    nearest
}

/// A rigid primitive is met in its own space, where its box rules most rays out; a soft one vertex by vertex.
fn distance_to(
    scene: &Scene,
    pose: &Pose,
    node_index: usize,
    primitive: &Primitive,
    ray: &Ray,
    both_sides: bool,
    most: f32,
) -> Option<f32> {
    let node = scene.nodes.get(node_index)?;
    if node.skin.is_some() || !primitive.targets.is_empty() {
        return nearest_triangle(&pose.positions(scene, node_index, primitive), primitive, ray, both_sides, most);
    }
    let node_from_scene = pose.scene_from_node.get(node_index)?.inverse();
    let ray = ray.transformed(&node_from_scene);
    if !ray.direction.is_finite() || !meets_box(&ray, primitive.bounds.min, primitive.bounds.max, most) {
        return None;
    }
    nearest_triangle(&primitive.vertices.positions, primitive, &ray, both_sides, most)
}

fn nearest_triangle(positions: &[Vec3], primitive: &Primitive, ray: &Ray, both_sides: bool, most: f32) -> Option<f32> {
    let mut nearest = most;
    for corners in primitive.indices.chunks_exact(3) {
        let mut triangle = [Vec3::ZERO; 3];
        for (corner, index) in triangle.iter_mut().zip(corners) {
            *corner = *positions.get(*index as usize)?;
        }
        if let Some(distance) = meets_triangle(ray, triangle, both_sides).filter(|distance| *distance < nearest) {
            nearest = distance;
        }
    }
    (nearest < most).then_some(nearest)
}

/// Slabs (Kay and Kajiya 1986).
fn meets_box(ray: &Ray, min: Vec3, max: Vec3, most: f32) -> bool {
    let (mut enter, mut leave) = (0.0f32, most);
    for axis in 0..3 {
        let (origin, direction) = (ray.origin.to_array()[axis], ray.direction.to_array()[axis]);
        let (low, high) = (min.to_array()[axis], max.to_array()[axis]);
        if direction == 0.0 {
            if origin < low || origin > high {
                return false;
            }
            continue;
        }
        let (one, two) = ((low - origin) / direction, (high - origin) / direction);
        enter = enter.max(one.min(two));
        leave = leave.min(one.max(two));
    }
    enter <= leave
}

/// Möller and Trumbore 1997, <https://doi.org/10.1080/10867651.1997.10487468>.
fn meets_triangle(ray: &Ray, [a, b, c]: [Vec3; 3], both_sides: bool) -> Option<f32> {
    let (to_b, to_c) = (b - a, c - a);
    let across = ray.direction.cross(to_c);
    let facing = to_b.dot(across);
    if facing == 0.0 || (facing < 0.0 && !both_sides) {
        return None;
    }
    let from_a = ray.origin - a;
    let u = from_a.dot(across) / facing;
    let around = from_a.cross(to_b);
    let v = ray.direction.dot(around) / facing;
    let distance = to_c.dot(around) / facing;
    (u >= 0.0 && v >= 0.0 && u + v <= 1.0 && distance > 0.0).then_some(distance)
}

#[cfg(test)]
mod tests {
    use glam::{Mat4, Vec3};

    use super::{Ray, pick};
    use crate::geom::Aabb;
    use crate::scene::{Material, Mesh, Node, Overlay, Pose, Primitive, Scene, Vertices};

    /// A unit square in the XY plane that faces +Z, at the given places.
    fn squares(places: &[Mat4], double_sided: bool) -> (Scene, Pose) {
        let corners = [(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)];
        let positions: Vec<Vec3> = corners.iter().map(|(x, y)| Vec3::new(*x, *y, 0.0)).collect();
        let mut bounds = Aabb::EMPTY;
        positions.iter().for_each(|position| bounds.insert(*position));
        let vertices = Vertices { positions, ..Vertices::default() };
        let indices = vec![0, 1, 2, 0, 2, 3];
        let primitive = Primitive { vertices, indices, material: Some(0), bounds, ..Primitive::default() };
        let mut scene = Scene::default();
        scene.materials.push(Some(Material { double_sided, ..Material::default() }));
        scene.meshes.push(Some(Mesh { primitives: [Some(primitive)].into_iter().collect(), ..Mesh::default() }));
        let mut pose = Pose::default();
        for place in places {
            scene.nodes.push(Some(Node { mesh: Some(0), ..Node::default() }));
            pose.scene_from_node.push(*place);
            pose.visible.push(true);
            pose.weights.push(Vec::new());
        }
        (scene, pose)
    }

    const TOWARDS: Ray = Ray { origin: Vec3::new(0.2, 0.1, 5.0), direction: Vec3::NEG_Z };

    #[test]
    fn the_nearest_seen_surface_wins() {
        let places = [-1.0, 1.0, 2.0].map(|z| Mat4::from_translation(Vec3::new(0.0, 0.0, z)));
        let (scene, mut pose) = squares(&places, false);
        let hit = pick(&scene, &pose, &Overlay::default(), &TOWARDS).unwrap();
        assert_eq!((hit.node, hit.point, hit.distance), (2, Vec3::new(0.2, 0.1, 2.0), 3.0));
        pose.visible[2] = false;
        assert_eq!(pick(&scene, &pose, &Overlay::default(), &TOWARDS).unwrap().node, 1);
    }

    #[test]
    fn the_place_of_the_node_counts_also_turned_mirrored_and_scaled() {
        let mirrored = Mat4::from_scale(Vec3::new(-2.0, 3.0, 0.5));
        for place in [Mat4::from_rotation_z(0.4), mirrored] {
            let (scene, pose) = squares(&[place], false);
            let hit = pick(&scene, &pose, &Overlay::default(), &TOWARDS).unwrap();
            assert!((hit.point - Vec3::new(0.2, 0.1, 0.0)).length() < 1e-5);
        }
        let (scene, pose) = squares(&[Mat4::from_translation(Vec3::X)], false);
        assert!(pick(&scene, &pose, &Overlay::default(), &TOWARDS).is_none());
    }

    #[test]
    fn a_back_is_met_only_where_it_is_seen() {
        let behind = Ray { origin: Vec3::new(0.2, 0.1, -5.0), direction: Vec3::Z };
        for (double_sided, hits) in [(false, false), (true, true)] {
            let (scene, pose) = squares(&[Mat4::IDENTITY], double_sided);
            assert_eq!(pick(&scene, &pose, &Overlay::default(), &behind).is_some(), hits);
        }
    }
}
