use glam::{Mat4, Vec2, Vec3, Vec4};

use super::{Touch, hide, touch};
use crate::geom::Aabb;
use crate::pick::Ray;
use crate::scene::{
    AlphaMode, Material, Mesh, MorphTarget, Node, Overlay, Pose, Primitive, Scene, Skin, Transmission, Vertices,
};

/// A random number that is always the same.
struct Dice(u32);

impl Dice {
    fn next(&mut self) -> f32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) as f32 / (1 << 23) as f32 - 1.0
    }

    fn point(&mut self) -> Vec3 {
        Vec3::new(self.next(), self.next(), self.next())
    }
}

/// A cloud of triangles, seen from both sides, at a place.
fn cloud(place: Mat4) -> (Scene, Pose) {
    let mut dice = Dice(7);
    let mut positions = Vec::new();
    for _ in 0..60 {
        let middle = dice.point();
        positions.extend((0..3).map(|_| middle + dice.point() * 0.3));
    }
    let mut bounds = Aabb::EMPTY;
    positions.iter().for_each(|position| bounds.insert(*position));
    let normals = positions.iter().map(|position| position.normalize_or_zero()).collect();
    let uvs = vec![positions.iter().map(|position| Vec2::new(position.x, position.y)).collect()];
    let indices = (0..positions.len() as u32).collect();
    let vertices = Vertices { positions, normals, uvs, ..Vertices::default() };
    let primitive = Primitive { vertices, indices, material: Some(0), bounds, ..Primitive::default() };
    let mut scene = Scene::default();
    scene.materials.push(Some(Material { double_sided: true, ..Material::default() }));
    scene.meshes.push(Some(Mesh { primitives: [Some(primitive)].into_iter().collect(), ..Mesh::default() }));
    scene.nodes.push(Some(Node { mesh: Some(0), ..Node::default() }));
    let mut pose = Pose::default();
    pose.scene_from_node.push(place);
    pose.visible.push(true);
    pose.weights.push(Vec::new());
    (scene, pose)
}

fn first(scene: &mut Scene) -> &mut Primitive {
    scene.meshes.get_mut(0).unwrap().primitives.get_mut(0).unwrap()
}

/// Another way to the nearest triangle: each plane is cut, and the cut is inside where it lies to the left of all edges.
fn by_hand(scene: &Scene, pose: &Pose, ray: &Ray) -> Option<(f32, usize)> {
    let primitive = scene.meshes.get(0)?.primitives.get(0)?;
    let positions = pose.positions(scene, 0, primitive);
    let mut nearest: Option<(f32, usize)> = None;
    for (triangle, corners) in primitive.indices.chunks_exact(3).enumerate() {
        let [a, b, c] = [0, 1, 2].map(|corner| positions[corners[corner] as usize]);
        let face = (b - a).cross(c - a);
        let distance = (a - ray.origin).dot(face) / ray.direction.dot(face);
        let point = ray.at(distance);
        let inside =
            [(a, b), (b, c), (c, a)].iter().all(|(from, to)| (*to - *from).cross(point - *from).dot(face) >= 0.0);
        if inside && distance > 0.0 && nearest.is_none_or(|(most, _)| distance < most) {
            nearest = Some((distance, triangle));
        }
    }
    nearest
}

fn rays() -> Vec<Ray> {
    let mut dice = Dice(3);
    let ray = |dice: &mut Dice| {
        let origin = dice.point().normalize_or_zero() * 9.0;
        Ray { origin, direction: dice.point() - origin }
    };
    (0..400).map(|_| ray(&mut dice)).collect()
}

fn compare(scene: &Scene, pose: &Pose) {
    let overlay = Overlay::default();
    let mut met = 0;
    let rays = rays();
    for ray in &rays {
        let found = touch(scene, pose, &overlay, ray);
        let expected = by_hand(scene, pose, ray);
        assert_eq!(found.as_ref().map(|found| found.triangle), expected.map(|(_, triangle)| triangle));
        let Some((Touch { point, distance, corners, weights, normal, .. }, (other, _))) = found.zip(expected) else {
            continue;
        };
        met += 1;
        assert!((distance - other).abs() < 1e-3);
        let primitive = scene.meshes.get(0).unwrap().primitives.get(0).unwrap();
        let positions = pose.positions(scene, 0, primitive);
        let mixed: Vec3 =
            corners.iter().zip(weights.to_array()).map(|(corner, weight)| positions[*corner as usize] * weight).sum();
        assert!((mixed - point).length() < 1e-3, "{mixed} {point}");
        assert!((normal.length() - 1.0).abs() < 1e-4);
    }
    assert!(met > 60, "{met}");
    let mut hidden = vec![false; rays.len()];
    hide(scene, pose, &overlay, &rays, &mut hidden);
    let expected: Vec<bool> =
        rays.iter().map(|ray| by_hand(scene, pose, ray).is_some_and(|(distance, _)| distance < 1.0)).collect();
    assert_eq!(hidden, expected);
    assert!(hidden.contains(&true) && hidden.contains(&false));
}

#[test]
fn the_point_and_its_triangle_are_those_of_a_search_by_hand() {
    let turned = Mat4::from_scale_rotation_translation(
        Vec3::new(1.0, 2.0, 1.5),
        glam::Quat::from_rotation_y(0.7),
        Vec3::new(0.2, 0.0, -0.3),
    );
    for place in [Mat4::IDENTITY, turned, Mat4::from_scale(Vec3::new(-1.0, 1.0, 2.0))] {
        let (scene, pose) = cloud(place);
        compare(&scene, &pose);
    }
}

#[test]
fn the_same_where_targets_and_joints_move_it() {
    let (mut scene, mut pose) = cloud(Mat4::IDENTITY);
    let count = first(&mut scene).vertices.positions.len();
    let mut dice = Dice(5);
    let positions = (0..count).map(|_| dice.point()).collect();
    first(&mut scene).targets = vec![MorphTarget { positions, ..MorphTarget::default() }];
    pose.weights[0] = vec![0.4];
    compare(&scene, &pose);
    let vertices = &mut first(&mut scene).vertices;
    vertices.joints = (0..count).map(|at| [(at % 2) as u16, 0, 0, 0]).collect();
    vertices.weights = vec![Vec4::X; count];
    let inverse_bind_matrices = vec![Mat4::IDENTITY; 2];
    scene.skins.push(Some(Skin { joints: vec![1, 2], inverse_bind_matrices, ..Skin::default() }));
    scene.nodes.get_mut(0).unwrap().skin = Some(0);
    for place in [Mat4::from_rotation_z(0.5), Mat4::from_translation(Vec3::X * 0.2)] {
        scene.nodes.push(Some(Node::default()));
        pose.scene_from_node.push(place);
        pose.visible.push(true);
        pose.weights.push(Vec::new());
    }
    compare(&scene, &pose);
}

#[test]
fn normals_and_texture_coordinates_run_between_the_corners_and_a_back_looks_back() {
    let (mut scene, pose) = cloud(Mat4::from_scale(Vec3::new(1.0, 1.0, -1.0)));
    let primitive = first(&mut scene);
    primitive.vertices.positions = vec![Vec3::ZERO, Vec3::X, Vec3::Y];
    primitive.vertices.normals = vec![Vec3::Z, Vec3::X, Vec3::Z];
    primitive.vertices.uvs = vec![vec![Vec2::ZERO, Vec2::X, Vec2::Y]];
    primitive.indices = vec![0, 1, 2];
    // The node mirrors Z: the front is below.
    let below = Ray { origin: Vec3::new(0.5, 0.25, -2.0), direction: Vec3::Z };
    let found = touch(&scene, &pose, &Overlay::default(), &below).unwrap();
    assert!((found.weights - Vec3::new(0.25, 0.5, 0.25)).length() < 1e-6, "{}", found.weights);
    assert!((found.uv.unwrap() - Vec2::new(0.5, 0.25)).length() < 1e-6);
    let expected = Vec3::new(0.5, 0.0, -0.5).normalize_or_zero();
    assert!((found.normal - expected).length() < 1e-5, "{}", found.normal);
    let above = Ray { origin: Vec3::new(0.5, 0.25, 2.0), direction: Vec3::NEG_Z };
    let found = touch(&scene, &pose, &Overlay::default(), &above).unwrap();
    assert!((found.normal + expected).length() < 1e-5, "{}", found.normal);
}

#[test]
fn what_one_sees_through_hides_nothing() {
    let (mut scene, pose) = cloud(Mat4::IDENTITY);
    let primitive = first(&mut scene);
    primitive.vertices.positions = vec![Vec3::NEG_ONE, Vec3::new(3.0, -1.0, -1.0), Vec3::new(-1.0, 3.0, -1.0)];
    primitive.indices = vec![0, 1, 2];
    primitive.bounds = Aabb { min: Vec3::NEG_ONE, max: Vec3::new(3.0, 3.0, -1.0) };
    let through = Ray { origin: Vec3::Z, direction: Vec3::new(0.0, 0.0, -3.0) };
    let before = Ray { origin: Vec3::Z, direction: Vec3::new(0.0, 0.0, -1.9) };
    let hidden = |scene: &Scene| {
        let mut hidden = [false; 2];
        hide(scene, &pose, &Overlay::default(), &[through, before], &mut hidden);
        hidden
    };
    assert_eq!(hidden(&scene), [true, false]);
    let mixed = Material { alpha_mode: AlphaMode::Blend, ..Material::default() };
    let glass =
        Material { transmission: Transmission { factor: 1.0, ..Transmission::default() }, ..Material::default() };
    for material in [mixed, glass] {
        *scene.materials.get_mut(0).unwrap() = material;
        assert_eq!(hidden(&scene), [false, false]);
    }
}
