use glam::{Mat4, Vec3};

use super::Stage;
use crate::geom::Aabb;
use crate::scene::{AlphaMode, Local, Material, Mesh, Node, Primitive, Root, Scene, SceneId, Vertices};

/// A cube of 1 m on the floor, and a square of 3 m that is turned and put by `place`.
fn stage(alpha_mode: AlphaMode, place: Mat4) -> Stage {
    let mut scene = Scene::default();
    scene.materials.push(Some(Material::default()));
    scene.materials.push(Some(Material { alpha_mode, ..Material::default() }));
    let cube = Aabb { min: Vec3::new(-0.5, 0.0, -0.5), max: Vec3::new(0.5, 1.0, 0.5) };
    let square = Aabb { min: Vec3::new(-1.5, 0.0, -1.5), max: Vec3::new(1.5, 0.0, 1.5) };
    for (material, bounds) in [cube, square].into_iter().enumerate() {
        let vertices = Vertices { positions: bounds.corners().to_vec(), ..Vertices::default() };
        let primitive = Primitive { vertices, material: Some(material), bounds, ..Primitive::default() };
        scene.meshes.push(Some(Mesh { primitives: [Some(primitive)].into_iter().collect(), ..Mesh::default() }));
    }
    for (mesh, place) in [Mat4::IDENTITY, place].into_iter().enumerate() {
        scene.nodes.push(Some(Node { mesh: Some(mesh), local: Local::Matrix(place), ..Node::default() }));
    }
    scene.roots.push(Some(Root { nodes: vec![0, 1], ..Root::default() }));
    scene.shown = Some(0);
    let mut stage = Stage::new(SceneId(1), String::new(), scene, Mat4::IDENTITY);
    stage.frame_up(|center| center, 0.5);
    stage
}

#[test]
fn a_painted_shadow_does_not_count_and_gives_way_to_a_real_one() {
    let behind = Mat4::from_translation(Vec3::new(0.0, 0.5, -0.5)) * Mat4::from_rotation_x(1.570_796_4);
    for place in [Mat4::IDENTITY, behind] {
        let mut stage = stage(AlphaMode::Blend, place);
        assert!((stage.framing.bounds.size() - Vec3::ONE).length() < 1e-4, "{:?}", stage.framing.bounds);
        assert!((stage.framing.radius - 0.75f32.sqrt()).abs() < 1e-4);
        assert_eq!(stage.pose.visible, [true, true]);
        stage.hide_painted_shadows(true);
        assert_eq!(stage.pose.visible, [true, false]);
        stage.hide_painted_shadows(false);
        assert_eq!(stage.pose.visible, [true, true]);
    }
}

#[test]
fn a_flat_part_that_is_no_shadow_counts() {
    let above = Mat4::from_translation(Vec3::new(0.0, 2.0, 0.0));
    for (alpha_mode, place, height) in [(AlphaMode::Opaque, Mat4::IDENTITY, 1.0), (AlphaMode::Blend, above, 2.0)] {
        let mut stage = stage(alpha_mode, place);
        assert!((stage.framing.bounds.size() - Vec3::new(3.0, height, 3.0)).length() < 1e-4);
        stage.hide_painted_shadows(true);
        assert_eq!(stage.pose.visible, [true, true]);
    }
}
