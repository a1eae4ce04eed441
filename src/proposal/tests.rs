//! What a model suggests, and that the file which comes of it is sound.

use glam::{Mat4, Vec3};

use super::proposal;
use crate::product::{Catalog, file::Kind};
use crate::scene::{Local, Material, Mesh, MorphTarget, Node, Primitive, Root, Scene, Vertices};

fn model() -> Scene {
    let mut scene = Scene { shown: Some(0), ..Scene::default() };
    let positions = vec![Vec3::ZERO, Vec3::X, Vec3::new(0.0, 1.0, 1.0)];
    let primitive = Primitive {
        vertices: Vertices { positions: positions.clone(), ..Vertices::default() },
        indices: vec![0, 1, 2],
        material: Some(0),
        variant_materials: vec![Some(0), Some(1)],
        ..Primitive::default()
    };
    let shaped = Primitive { targets: vec![MorphTarget { positions, ..MorphTarget::default() }], ..primitive.clone() };
    let mesh = |primitive: Primitive, target_names: Vec<String>| Mesh {
        primitives: [Some(primitive)].into_iter().collect(),
        target_names,
        ..Mesh::default()
    };
    scene.meshes = [mesh(primitive, Vec::new()), mesh(shaped, vec!["Bend".to_owned()])].into_iter().map(Some).collect();
    let red = Material {
        name: "red".to_owned(),
        base_color_factor: glam::Vec4::new(1.0, 0.0, 0.0, 1.0),
        ..Material::default()
    };
    scene.materials = [Material::default(), red].into_iter().map(Some).collect();
    scene.variants = vec!["white".to_owned(), "Red".to_owned()];
    let nodes = [
        ("body", 0.0, true, 1),
        ("shade", 0.0, true, 0),
        ("shade_printed", 0.0, false, 0),
        ("charger", 0.0, false, 0),
        ("foot_round", 3.0, true, 0),
        ("foot_square", 3.1, true, 0),
        ("screw_one", 5.0, true, 0),
        ("screw_two", 8.0, true, 0),
        ("a", 9.0, false, 0),
        ("b", 9.0, true, 0),
    ];
    for (name, x, visible, mesh) in nodes {
        let local = Local::Matrix(Mat4::from_translation(Vec3::X * x));
        scene.nodes.push(Some(Node { name: name.to_owned(), mesh: Some(mesh), visible, local, ..Node::default() }));
    }
    scene.roots.push(Some(Root { nodes: (0..nodes.len()).collect(), ..Root::default() }));
    let extras =
        |group: &str, choice: &str| format!(r#"{{ "extras": {{ "group": "{group}", "choice": "{choice}" }} }}"#);
    let bare = "{}, ".repeat(8);
    scene.source_json = format!(
        r#"{{ "nodes": [{bare} {}, {}], "materials": [{{}}, {{ "extras": {{ "group": "Paint" }} }}] }}"#,
        extras("handle", "long"),
        extras("handle", "short"),
    )
    .into_boxed_str();
    scene
}

#[test]
fn groups_come_of_variants_parts_shapes_and_extras_and_the_file_is_sound() {
    let text = proposal(&model(), "my%20lamp.glb", "My Lamp", "EUR");
    let (catalog, issues) = Catalog::from_json(&text).unwrap();
    assert!(issues.is_empty(), "{issues:?}\n{text}");
    let groups: Vec<(&str, Kind, Vec<&str>)> = catalog
        .product()
        .groups
        .entries()
        .map(|group| {
            (group.id.as_str(), group.kind, group.choices.entries().map(|choice| choice.id.as_str()).collect())
        })
        .collect();
    assert_eq!(
        groups,
        [
            ("variant", Kind::One, vec!["white", "red"]),
            ("paint", Kind::Color, vec!["as-modelled"]),
            ("handle", Kind::One, vec!["short", "long"]),
            ("shade", Kind::One, vec!["standard", "printed"]),
            ("foot", Kind::One, vec!["round", "square"]),
            ("extras", Kind::Many, vec!["charger"]),
            ("bend", Kind::Number, vec![]),
        ]
    );
    let swatch = |at: usize| catalog.group(0).unwrap().choices.get(at).unwrap().swatch.clone();
    assert_eq!((swatch(0).as_deref(), swatch(1).as_deref()), (Some("#ffffff"), Some("#ff0000")));
    let scene = model();
    let mut named = crate::issue::Issues::default();
    crate::audit::names(&catalog, &[Some(&scene)], &mut named);
    assert!(named.is_empty(), "{named:?}");
    assert_eq!(catalog.product().dimensions.entries().count(), 3);
}

#[test]
fn a_model_that_says_nothing_makes_a_file_without_choices() {
    let mut scene = model();
    scene.variants.clear();
    scene.nodes = scene.nodes.iter().take(1).map(|(_, node)| Some(Node { mesh: Some(0), ..node.clone() })).collect();
    scene.source_json = "{}".into();
    let (catalog, issues) = Catalog::from_json(&proposal(&scene, "a.glb", "…", "EUR")).unwrap();
    assert!(issues.is_empty(), "{issues:?}");
    assert!(catalog.product().groups.is_empty());
    assert_eq!(catalog.product().id, "unnamed");
}
