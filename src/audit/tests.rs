//! Each fault by itself, and a model without any.

use glam::{Mat4, Vec3};

use super::{Figures, Target, guidelines, languages};
use crate::issue::{Code, Issues};
use crate::scene::{AlphaMode, Local, Material, Mesh, Node, Overlay, Primitive, Root, Scene, Vertices};

/// A box's two opposite corners and a third, on the origin, half a metre high.
fn model(place: Vec3, scale: f32) -> Scene {
    let positions = [Vec3::new(-0.2, 0.0, -0.2), Vec3::new(0.2, 0.5, 0.2), Vec3::new(0.2, 0.0, -0.2)].to_vec();
    let vertices = Vertices { positions, ..Vertices::default() };
    let primitive = |material| Primitive {
        vertices: vertices.clone(),
        indices: vec![0, 1, 2],
        material: Some(material),
        ..Primitive::default()
    };
    let mut scene = Scene { shown: Some(0), ..Scene::default() };
    scene.materials = [Material::default(), Material { alpha_mode: AlphaMode::Blend, ..Material::default() }]
        .into_iter()
        .map(Some)
        .collect();
    scene.meshes.push(Some(Mesh { primitives: [Some(primitive(0))].into_iter().collect(), ..Mesh::default() }));
    let primitives = [primitive(0), primitive(1)].into_iter().map(Some).collect();
    scene.meshes.push(Some(Mesh { primitives, ..Mesh::default() }));
    let local = Local::Matrix(Mat4::from_translation(place) * Mat4::from_scale(Vec3::splat(scale)));
    scene.nodes.push(Some(Node { mesh: Some(0), local, ..Node::default() }));
    scene.roots.push(Some(Root { nodes: vec![0], ..Root::default() }));
    scene
}

fn codes(scene: &Scene, is_body: bool) -> Vec<Code> {
    let mut issues = Issues::default();
    guidelines(scene, is_body, &mut issues);
    issues.iter().map(|issue| issue.code).collect()
}

#[test]
fn what_does_not_stand_on_the_origin_in_metres_is_said() {
    let mut scene = model(Vec3::ZERO, 1.0);
    // The second mesh mixes two kinds of material.
    assert_eq!(codes(&scene, true), [Code::AuditMixed]);
    *scene.meshes.get_mut(1).unwrap() = Mesh::default();
    assert_eq!(codes(&scene, true), []);
    scene.meshes = model(Vec3::ZERO, 1.0).meshes.iter().take(1).map(|(_, mesh)| Some(mesh.clone())).collect();
    for (place, scale, is_body, expected) in [
        (Vec3::X, 1.0, true, vec![Code::AuditOrigin]),
        (Vec3::X, 1.0, false, vec![]),
        (Vec3::ZERO, 1000.0, true, vec![Code::AuditScale]),
        (Vec3::ZERO, 0.001, false, vec![Code::AuditScale]),
    ] {
        let mut other = model(place, scale);
        other.meshes = scene.meshes.clone();
        assert_eq!(codes(&other, is_body), expected, "{place} {scale}");
    }
    scene.nodes.get_mut(0).unwrap().light = Some(0);
    assert_eq!(codes(&scene, true), [Code::AuditLight]);
}

#[test]
fn only_what_is_drawn_counts() {
    let mut scene = model(Vec3::ZERO, 1.0);
    let mut overlay = Overlay::default();
    let figures = Figures::of(&scene, &overlay, 7);
    assert_eq!((figures.bytes, figures.triangles, figures.draw_calls), (7, 1, 1));
    overlay.visibility.insert(0, false);
    assert_eq!(Figures::of(&scene, &overlay, 7).draw_calls, 0);
    let clear = Material { alpha_mode: AlphaMode::Blend, base_color_factor: glam::Vec4::ZERO, ..Material::default() };
    *scene.materials.get_mut(0).unwrap() = clear;
    assert_eq!(Figures::of(&scene, &Overlay::default(), 7).draw_calls, 0);
}

#[test]
fn each_target_has_its_bounds() {
    let said = |figures: Figures| {
        Target::ALL.map(|target| {
            let mut issues = Issues::default();
            target.judge(&figures, &mut issues);
            issues.iter().map(|issue| issue.code).collect::<Vec<_>>()
        })
    };
    let none: [Vec<Code>; 4] = Default::default();
    assert_eq!(said(Figures { bytes: 500_000, triangles: 30_000, draw_calls: 5, ..Figures::default() }), none);
    let [mobile, desktop, planner, banner] =
        said(Figures { bytes: 900_000, triangles: 160_000, draw_calls: 60, ..Figures::default() });
    assert_eq!(mobile, [Code::AuditTriangles, Code::AuditManyDrawCalls]);
    assert_eq!(desktop, []);
    assert_eq!(planner, [Code::AuditTriangles, Code::AuditDrawCalls]);
    assert_eq!(banner, [Code::AuditBytes, Code::AuditTriangles, Code::AuditManyDrawCalls]);
}

#[test]
fn a_text_without_one_of_the_languages_is_said() {
    let mut issues = Issues::default();
    let text = r#"{ "name": { "en": "Lamp", "de": "Lampe" }, "facts": { "led": "warm", "made": { "en": "cast" } }, "models": [{ "id": "a", "src": "b" }], "when": { "not": "c" },
        "groups": [{ "name": { "en": "Shade" } }, { "name": "Plain" }, { "name": { "de": "Fuß", "en": "" } }] }"#;
    languages(text, &mut issues);
    let said: Vec<_> = issues.iter().map(|issue| (issue.path.as_str(), issue.detail.as_str())).collect();
    assert_eq!(said, [("/facts/made", "de"), ("/groups/0/name", "de"), ("/groups/2/name", "en")]);
}
