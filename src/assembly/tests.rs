//! Wishes against a scene made by hand.

use glam::Vec4;

use super::*;
use crate::product::Setting;
use crate::scene::{Material, Mesh, MorphTarget, Node, Pose, Primitive, Slots};

fn scene() -> Scene {
    let node = |name: &str| Node { name: name.to_owned(), visible: true, ..Node::default() };
    let mut scene = Scene::default();
    let opening = Primitive { targets: vec![MorphTarget::default()], ..Primitive::default() };
    let mesh = Mesh {
        primitives: Slots::from_iter([Some(opening)]),
        target_names: vec!["open".to_owned()],
        weights: vec![0.25],
        ..Mesh::default()
    };
    scene.meshes = Slots::from_iter([Some(mesh)]);
    scene.nodes =
        Slots::from_iter([Some(node("lamp")), Some(Node { mesh: Some(0), ..node("shade") }), Some(node("shade"))]);
    scene.materials = Slots::from_iter([Some(Material { name: "paint".to_owned(), ..Material::default() })]);
    scene.variants = vec!["Red".to_owned(), "Blue".to_owned()];
    scene
}

fn pointer(pointer: &str, setting: Setting) -> Wish {
    Wish::Pointer { pointer: pointer.to_owned(), setting }
}

#[test]
fn later_wishes_win_and_all_nodes_of_a_name_follow() {
    let visible = |visible| Wish::Visible { node: "shade".to_owned(), visible };
    let variants = ["Red", "Blue"].map(|name| Wish::Variant(name.to_owned()));
    let [red, blue] = variants;
    let (found, issues) = overlay(&scene(), &[visible(true), red, visible(false), blue]);
    assert!(issues.is_empty());
    assert_eq!(found.variant, Some(1));
    assert_eq!(found.visibility.iter().collect::<Vec<_>>(), [(&1, &false), (&2, &false)]);
}

#[test]
fn pointers_set_what_the_object_model_names() {
    let at = "/materials/@paint";
    let (found, issues) = overlay(
        &scene(),
        &[
            pointer("/materials/0/pbrMetallicRoughness/baseColorFactor", Setting::Numbers(vec![1.0, 1.0, 1.0, 0.5])),
            pointer(&format!("{at}/pbrMetallicRoughness/baseColorFactor"), Setting::Color([255, 0, 188])),
            pointer(&format!("{at}/extensions/KHR_materials_clearcoat/clearcoatFactor"), Setting::Numbers(vec![7.0])),
            pointer("/nodes/@lamp/translation", Setting::Numbers(vec![0.0, 2.0, 0.0])),
            pointer("/nodes/@lamp/scale", Setting::Numbers(vec![1.0, 3.0, 1.0])),
            pointer("/nodes/0/extensions/KHR_node_visibility/visible", Setting::Flag(false)),
            pointer("/nodes/1/weights/0", Setting::Numbers(vec![0.75])),
        ],
    );
    assert!(issues.is_empty(), "{issues:?}");
    let material = found.materials.get(&0).unwrap();
    // sRGB 188 is half the light; the alpha of before stays.
    assert!((material.base_color_factor - Vec4::new(1.0, 0.0, 0.5029, 0.5)).abs().max_element() < 1e-4);
    assert_eq!(material.clearcoat.factor, 1.0);
    let placement = found.placements.get(&0).unwrap();
    assert_eq!((placement.translation, placement.scale), (Vec3::new(0.0, 2.0, 0.0), Vec3::new(1.0, 3.0, 1.0)));
    assert_eq!(found.visibility.get(&0), Some(&false));
    assert_eq!(found.weights.get(&1), Some(&vec![0.75]));
}

#[test]
fn what_the_model_lacks_is_said_and_changes_nothing() {
    let numbers = |numbers: &[f64]| Setting::Numbers(numbers.to_vec());
    let wishes = [
        Wish::Variant("Green".to_owned()),
        Wish::Visible { node: "door".to_owned(), visible: true },
        Wish::Pose { animation: "Open".to_owned(), time_secs: 1.0 },
        Wish::Weight { node: "shade".to_owned(), target: "shut".to_owned(), value: 1.0 },
        pointer("/materials/1/alphaCutoff", numbers(&[0.5])),
        pointer("/materials/0/alphaCutoff", numbers(&[0.5])),
        pointer("/materials/0/pbrMetallicRoughness/metallicFactor", numbers(&[0.5, 1.0])),
        pointer("/materials/0/pbrMetallicRoughness/roughnessFactor", numbers(&[f64::NAN])),
        pointer("/materials/0/normalTexture/extensions/KHR_texture_transform/offset", numbers(&[0.5, 1.0])),
        pointer("/nodes/9/translation", numbers(&[0.0; 3])),
        pointer("/nodes/9/extensions/KHR_node_visibility/visible", Setting::Flag(true)),
        pointer("/nodes/0/translation", numbers(&[1e300, 0.0, 0.0])),
        pointer("/nodes/0/rotation", numbers(&[0.0; 4])),
        Wish::Weight { node: "shade".to_owned(), target: "open".to_owned(), value: f64::NAN },
        pointer("/cameras/0/perspective/yfov", numbers(&[1.0])),
        pointer("/", numbers(&[1.0])),
    ];
    let (found, issues) = overlay(&scene(), &wishes);
    assert_eq!(found, Overlay::default());
    assert_eq!(issues.iter().count(), wishes.len());
}

#[test]
fn a_pose_rests_where_wishes_put_it() {
    let scene = scene();
    let wish = Wish::Weight { node: "shade".to_owned(), target: "open".to_owned(), value: 1.0 };
    let (found, _) =
        overlay(&scene, &[pointer("/nodes/@shade/translation", Setting::Numbers(vec![0.0, 2.0, 0.0])), wish]);
    let pose = Pose::rest(&scene, &found);
    assert_eq!(pose.scene_from_node[1].w_axis.y, 2.0);
    assert_eq!(pose.weights[1], [1.0]);
}
