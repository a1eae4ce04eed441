//! Flattening against computations of its own.

use anprobe::export::{Part, flatten};
use anprobe::frame::{Look, Placed};
use anprobe::geom::Trs;
use anprobe::issue::Code;
use anprobe::scene::{
    AlphaMode, Local, Material, Mesh, MorphTarget, Node, Overlay, Pose, Primitive, Root, Scene, SceneId, Skin, Topology,
};
use glam::{Mat4, Quat, Vec3, Vec4};

/// A tetrahedron with flat normals that look outward.
pub(crate) fn solid() -> Primitive {
    let corners = [Vec3::ZERO, Vec3::X, Vec3::Y, Vec3::Z];
    let mut primitive = Primitive::default();
    for [a, b, c] in [[0, 2, 1], [0, 1, 3], [0, 3, 2], [1, 2, 3]] {
        let [a, b, c]: [Vec3; 3] = [corners[a], corners[b], corners[c]];
        let normal = (b - a).cross(c - a).try_normalize().unwrap();
        let first = primitive.vertices.positions.len() as u32;
        primitive.vertices.positions.extend([a, b, c]);
        primitive.vertices.normals.extend([normal; 3]);
        primitive.indices.extend(first..first + 3);
    }
    primitive
}

pub(crate) fn scene(nodes: Vec<Node>, primitive: Primitive) -> Scene {
    let mut scene = Scene { shown: Some(0), ..Scene::default() };
    let roots = nodes.iter().enumerate().filter(|(_, node)| node.parent.is_none()).map(|(at, _)| at).collect();
    nodes.into_iter().for_each(|node| scene.nodes.push(Some(node)));
    scene.roots.push(Some(Root { nodes: roots, ..Root::default() }));
    let mut mesh = Mesh { name: "solid".to_owned(), ..Mesh::default() };
    mesh.primitives.push(Some(primitive));
    scene.meshes.push(Some(mesh));
    scene
}

fn flat(scene: &Scene, world_from_scene: Mat4) -> (Vec<Part>, anprobe::issue::Issues) {
    let overlay = Overlay::default();
    let pose = Pose::rest(scene, &overlay);
    flatten(&Look { placed: vec![Placed { id: SceneId(1), scene, world_from_scene, pose: &pose, overlay: &overlay }] })
}

/// Volume by the divergence theorem: positive when triangles go round counter-clockwise seen from outside.
fn volume(part: &Part) -> f32 {
    let corner = |index: &u32| part.positions[*index as usize];
    part.indices.chunks(3).map(|t| corner(&t[0]).dot(corner(&t[1]).cross(corner(&t[2]))) / 6.0).sum()
}

fn normals_agree(part: &Part) {
    for triangle in part.indices.chunks(3) {
        let [a, b, c] = [0, 1, 2].map(|at| part.positions[triangle[at] as usize]);
        let area = (b - a).cross(c - a).try_normalize().unwrap();
        for corner in triangle {
            let normal = part.normals[*corner as usize];
            // Corners 5 m from the origin and 2 mm apart leave no more.
            assert!((normal - area).length() < 1e-3, "{normal} beside {area}");
        }
    }
}

#[test]
fn mirrors_and_skewed_scales_keep_outside_outside() {
    let turn = Quat::from_euler(glam::EulerRot::XYZ, 0.4, -1.1, 2.0);
    for bits in 0..16 {
        let sign = |bit: u32| if bits >> bit & 1 == 1 { -1.0 } else { 1.0 };
        let scale = Vec3::new(0.002 * sign(0), 3.0 * sign(1), 0.5 * sign(2));
        let local = Local::Trs(Trs { translation: Vec3::new(5.0, -2.0, 1.0), rotation: turn, scale });
        let scene = scene(vec![Node { mesh: Some(0), local, ..Node::default() }], solid());
        let world = Mat4::from_scale_rotation_translation(Vec3::new(sign(3), 2.0, 1.0), turn.inverse(), Vec3::NEG_ONE);
        let (parts, issues) = flat(&scene, world);
        assert!(issues.is_empty());
        let expected = (world.determinant() * scale.element_product()).abs() / 6.0;
        assert!((volume(&parts[0]) - expected).abs() < 1e-2 * expected, "{bits}: {} {expected}", volume(&parts[0]));
        normals_agree(&parts[0]);
    }
}

#[test]
fn bones_bring_vertices_where_their_definition_says() {
    let mut primitive = solid();
    let count = primitive.vertices.positions.len();
    primitive.vertices.joints = (0..count).map(|at| [(at % 2) as u16, 1, 0, 0]).collect();
    primitive.vertices.weights =
        (0..count).map(|at| Vec4::new(0.25 * (at % 4) as f32, 1.0 - 0.25 * (at % 4) as f32, 0.0, 0.0)).collect();
    let offset = Vec3::new(0.1, 0.2, -0.3);
    primitive.targets = vec![MorphTarget { positions: vec![offset; count], ..MorphTarget::default() }];
    let joint = |translation: Vec3, angle: f32, scale: f32| {
        let rotation = Quat::from_rotation_z(angle);
        Local::Trs(Trs { translation, rotation, scale: Vec3::splat(scale) })
    };
    let far = Local::Trs(Trs { translation: Vec3::splat(1000.0), ..Trs::IDENTITY });
    let nodes = vec![
        Node { mesh: Some(0), skin: Some(0), weights: vec![0.5], local: far, ..Node::default() },
        Node { children: vec![2], local: joint(Vec3::Y, 0.3, 2.0), ..Node::default() },
        Node { parent: Some(1), local: joint(Vec3::X, -0.8, 0.5), ..Node::default() },
    ];
    let mut scene = scene(nodes, primitive.clone());
    let inverse = [Mat4::from_translation(Vec3::NEG_Y), Mat4::from_rotation_x(0.2)];
    scene.skins.push(Some(Skin { joints: vec![1, 2], inverse_bind_matrices: inverse.to_vec(), ..Skin::default() }));
    let world = Mat4::from_rotation_y(0.7) * Mat4::from_scale(Vec3::splat(3.0));
    let (parts, _) = flat(&scene, world);
    assert!(parts[0].is_skinned);
    // By hand, from glTF 2.0 §3.7.3: jointMatrix(j) = globalTransform(j) × inverseBind(j).
    let first = Mat4::from_translation(Vec3::Y) * Mat4::from_rotation_z(0.3) * Mat4::from_scale(Vec3::splat(2.0));
    let second =
        first * Mat4::from_translation(Vec3::X) * Mat4::from_rotation_z(-0.8) * Mat4::from_scale(Vec3::splat(0.5));
    let joints = [first * inverse[0], second * inverse[1]];
    for at in 0..count {
        let mut sum = Vec3::ZERO;
        let position = primitive.vertices.positions[at] + offset * 0.5;
        for (joint, weight) in primitive.vertices.joints[at].iter().zip(primitive.vertices.weights[at].to_array()) {
            sum += joints[usize::from(*joint)].transform_point3(position) * weight;
        }
        let expected = world.transform_point3(sum);
        // Each vertex is a corner of its own triangle: the order stays.
        assert!((parts[0].positions[at] - expected).length() < 1e-4, "{at}: {} {expected}", parts[0].positions[at]);
    }
}

#[test]
fn mirrored_bones_turn_triangles_and_not_normals() {
    let mut primitive = solid();
    let count = primitive.vertices.positions.len();
    primitive.vertices.joints = vec![[0; 4]; count];
    primitive.vertices.weights = vec![Vec4::X; count];
    let mirrored = Local::Trs(Trs { scale: Vec3::new(-1.0, 2.0, 1.0), ..Trs::IDENTITY });
    let nodes =
        vec![Node { mesh: Some(0), skin: Some(0), ..Node::default() }, Node { local: mirrored, ..Node::default() }];
    let mut scene = scene(nodes, primitive);
    scene.skins.push(Some(Skin { joints: vec![1], inverse_bind_matrices: vec![Mat4::IDENTITY], ..Skin::default() }));
    let (parts, _) = flat(&scene, Mat4::IDENTITY);
    assert!((volume(&parts[0]) - 1.0 / 3.0).abs() < 1e-5);
    normals_agree(&parts[0]);
}

#[test]
fn what_is_not_seen_or_has_no_place_is_left_out_and_said() {
    let mut broken = solid();
    broken.vertices.positions[0] = Vec3::NAN;
    broken.vertices.positions.push(Vec3::splat(50.0));
    broken.vertices.normals.push(Vec3::X);
    broken.vertices.normals[4] = Vec3::ZERO;
    broken.vertices.normals[5] = Vec3::ZERO;
    let nodes = vec![
        Node { mesh: Some(0), name: "shown".to_owned(), ..Node::default() },
        Node { mesh: Some(0), visible: false, children: vec![2], ..Node::default() },
        Node { mesh: Some(0), parent: Some(1), ..Node::default() },
    ];
    let mut scene = scene(nodes, broken);
    let lines = Primitive { topology: Topology::Lines, ..solid() };
    scene.meshes.get_mut(0).unwrap().primitives.push(Some(lines));
    let (parts, issues) = flat(&scene, Mat4::IDENTITY);
    assert_eq!(parts.len(), 1);
    assert_eq!((parts[0].name.as_str(), parts[0].node, parts[0].primitive), ("shown", 0, 0));
    assert_eq!(parts[0].indices.len(), 9, "one of four triangles has a corner that is no number");
    assert_eq!(parts[0].positions.len(), 9, "what no triangle uses is gone");
    assert!(parts[0].bounds().max.max_element() <= 1.0);
    assert!(parts[0].normals.iter().all(|normal| (normal.length() - 1.0).abs() < 1e-5));
    let said: Vec<_> = issues.iter().map(|issue| (issue.code, issue.path.as_str())).collect();
    assert_eq!(said, [(Code::Export, "/nodes/0"), (Code::Export, "/nodes/0")]);
}

#[test]
fn what_alpha_leaves_nothing_of_is_not_there() {
    let mut scene = scene(vec![Node { mesh: Some(0), ..Node::default() }], Primitive { material: Some(0), ..solid() });
    scene.materials.push(Some(Material::default()));
    for (alpha_mode, alpha, count) in [
        (AlphaMode::Opaque, 0.0, 1),
        (AlphaMode::Blend, 0.0, 0),
        (AlphaMode::Blend, 0.01, 1),
        (AlphaMode::Mask { cutoff: 0.5 }, 0.49, 0),
        (AlphaMode::Mask { cutoff: 0.5 }, 0.5, 1),
    ] {
        let material = scene.materials.get_mut(0).unwrap();
        (material.alpha_mode, material.base_color_factor.w) = (alpha_mode, alpha);
        assert_eq!(flat(&scene, Mat4::IDENTITY).0.len(), count, "{alpha_mode:?} {alpha}");
    }
}

#[test]
fn choices_and_variants_dress_the_parts() {
    let mut primitive = solid();
    (primitive.material, primitive.variant_materials) = (Some(0), vec![None, Some(1)]);
    let mut scene = scene(vec![Node { mesh: Some(0), ..Node::default() }], primitive);
    for name in ["plain", "fancy"] {
        scene.materials.push(Some(Material { name: name.to_owned(), ..Material::default() }));
    }
    scene.variants = vec!["a".to_owned(), "b".to_owned()];
    let worn = |variant| {
        let mut overlay = Overlay { variant, ..Overlay::default() };
        overlay.materials.insert(1, Material { name: "repainted".to_owned(), ..Material::default() });
        let pose = Pose::rest(&scene, &overlay);
        let placed =
            Placed { id: SceneId(1), scene: &scene, world_from_scene: Mat4::IDENTITY, pose: &pose, overlay: &overlay };
        let part = flatten(&Look { placed: vec![placed] }).0.remove(0);
        (part.material_index, part.material.name)
    };
    assert_eq!(worn(None), (Some(0), "plain".to_owned()));
    assert_eq!(worn(Some(0)), (Some(0), "plain".to_owned()));
    assert_eq!(worn(Some(1)), (Some(1), "repainted".to_owned()));
}
