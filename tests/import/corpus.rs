//! Real models and what is known about them.

use anprobe::import::{Limits, Opened};
use anprobe::issue::Code;
use anprobe::scene::{Filter, MipFilter, Overlay, Playing, Pose, Scene, Topology, Wrap};
use glam::Vec3;

use crate::{fixture, sound};

/// Path, nodes, meshes, triangles, materials, animations, variants.
pub(crate) const MODELS: [(&str, [usize; 6]); 16] = [
    ("AnimatedMorphCube/AnimatedMorphCube.gltf", [1, 1, 12, 1, 1, 0]),
    ("CesiumMan.glb", [22, 1, 4_672, 1, 1, 0]),
    ("Duck.glb", [3, 1, 4_212, 1, 0, 0]),
    ("Fox.glb", [26, 1, 576, 1, 3, 0]),
    ("InterpolationTest/InterpolationTest.gltf", [12, 10, 110, 10, 9, 0]),
    ("Knight.glb", [1, 1, 1_460, 1, 0, 0]),
    ("MaterialsVariantsShoe/MaterialsVariantsShoe.gltf", [3, 1, 22_700, 3, 0, 3]),
    ("MultiUVTest/MultiUVTest.gltf", [3, 1, 12, 1, 0, 0]),
    ("SheenChair.glb", [4, 4, 39_936, 6, 0, 2]),
    ("SimpleSparseAccessor/SimpleSparseAccessor.gltf", [1, 1, 12, 0, 0, 0]),
    ("Teapots/teapots_galore.gltf", [1_906, 2, 4_034, 3, 0, 0]),
    ("TextureSettingsTest/TextureSettingsTest.gltf", [11, 10, 72, 10, 0, 0]),
    ("TextureTransformTest/TextureTransformTest.gltf", [12, 9, 18, 9, 0, 0]),
    ("TwoSidedPlane/TwoSidedPlane.gltf", [1, 1, 2, 1, 0, 0]),
    ("UnlitTest/UnlitTest.gltf", [2, 2, 88, 2, 0, 0]),
    ("VertexColorTest/VertexColorTest.gltf", [2, 2, 36, 2, 0, 0]),
];

fn triangles(scene: &Scene) -> usize {
    let lists = fixture::primitives(scene).filter(|primitive| primitive.topology == Topology::Triangles);
    lists.map(|primitive| primitive.indices.len() / 3).sum()
}

fn model(test: &str, path: &str) -> Option<Scene> {
    Some(fixture::open(&fixture::corpus(test)?.join(path)).unwrap().0)
}

#[test]
fn models_have_the_counts_of_their_files() {
    let Some(corpus) = fixture::corpus("counts") else { return };
    for (path, counts) in MODELS {
        let (scene, issues) = fixture::open(&corpus.join(path)).expect(path);
        let [nodes, meshes] = [scene.nodes.iter().count(), scene.meshes.iter().count()];
        let (materials, animations) = (scene.materials.iter().count(), scene.animations.iter().count());
        assert_eq!([nodes, meshes, triangles(&scene), materials, animations, scene.variants.len()], counts, "{path}");
        assert!(issues.iter().all(|issue| issue.code == Code::UnknownExtension), "{path}: {issues:?}");
        sound::check(&scene);
    }
}

#[test]
fn the_shoe_changes_its_material_with_the_variant() {
    let Some(scene) = model("shoe", "MaterialsVariantsShoe/MaterialsVariantsShoe.gltf") else { return };
    assert_eq!(scene.variants, ["midnight", "beach", "street"]);
    let primitive = fixture::primitives(&scene).next().unwrap();
    let under = [0, 1, 2].map(|variant| primitive.material_under(Some(variant)));
    assert!(under[0] != under[1] && under[1] != under[2] && under[0] != under[2], "{under:?}");
    assert_eq!(primitive.vertices.tangents.len(), primitive.vertices.positions.len());
    assert_eq!(scene.images.len(), 5);
}

#[test]
fn the_file_beside_the_shoe_is_named_and_missed() {
    let Some(corpus) = fixture::corpus("shoe's files") else { return };
    let bytes = std::fs::read(corpus.join("MaterialsVariantsShoe/MaterialsVariantsShoe.gltf")).unwrap();
    let opened = Opened::new(bytes, &Limits::default()).unwrap();
    assert_eq!(opened.external_buffers()[0].uri, "MaterialsVariantsShoe.bin");
    assert_eq!(opened.finish(|_| None).unwrap_err().code, Code::Resource);
}

#[test]
fn the_sparse_box_has_its_displaced_corners() {
    let Some(scene) = model("sparse", "SimpleSparseAccessor/SimpleSparseAccessor.gltf") else { return };
    let bounds = fixture::primitives(&scene).next().unwrap().bounds;
    // Fourteen points on a grid at y 0 and 1; the sparse values lift three of them to 2, 3 and 4.
    assert_eq!((bounds.min, bounds.max), (Vec3::ZERO, Vec3::new(6.0, 4.0, 0.0)));
}

#[test]
fn the_man_is_as_tall_as_a_man_whatever_he_does() {
    let Some(scene) = model("man", "CesiumMan.glb") else { return };
    assert_eq!(scene.skins.get(0).unwrap().joints.len(), 19);
    let mut pose = Pose::rest(&scene, &Overlay::default());
    let skinned = scene.nodes.iter().find(|(_, node)| node.skin.is_some()).unwrap().0;
    assert_eq!(pose.skin_matrices(&scene, skinned).count(), 19);
    for time_secs in [0.0, 0.5, 1.0, 1.5] {
        pose.update(&scene, &Overlay::default(), &[Playing { animation: 0, time_secs, weight: 1.0 }]);
        let size = pose.bounds(&scene).size();
        assert!((1.4..1.6).contains(&size.y) && size.x < 1.3 && size.z < 1.3, "{time_secs}: {size}");
    }
}

#[test]
fn the_cube_flattens_with_its_morph_targets() {
    let Some(scene) = model("cube", "AnimatedMorphCube/AnimatedMorphCube.gltf") else { return };
    assert_eq!(scene.meshes.get(0).unwrap().target_count(), 2);
    let mut pose = Pose::rest(&scene, &Overlay::default());
    let mut heights = (0..20).map(|step| {
        let playing = Playing { animation: 0, time_secs: step as f32 * 0.2, weight: 1.0 };
        pose.update(&scene, &Overlay::default(), &[playing]);
        pose.bounds(&scene).size().z
    });
    let first = heights.next().unwrap();
    assert!((1.9..2.1).contains(&first), "the file's centimetres times its scale of 100: {first}");
    assert!(heights.any(|height| height < 0.3), "the first target lifts the bottom to the top");
}

#[test]
fn the_foxes_motions_have_their_names() {
    let Some(scene) = model("fox", "Fox.glb") else { return };
    let names: Vec<_> = scene.animations.iter().map(|(_, animation)| animation.name.as_str()).collect();
    assert_eq!(names, ["Survey", "Walk", "Run"]);
}

#[test]
fn the_settings_of_textures_are_kept() {
    let Some(scene) = model("textures", "TextureSettingsTest/TextureSettingsTest.gltf") else { return };
    let samplers: Vec<_> = scene.textures.iter().map(|(_, texture)| texture.sampler).collect();
    for wrap in [Wrap::Repeat, Wrap::Mirror, Wrap::Clamp] {
        assert!(samplers.iter().any(|sampler| sampler.wrap_u == wrap || sampler.wrap_v == wrap), "{wrap:?}");
    }
    assert!(samplers.iter().any(|sampler| sampler.magnify == Filter::Linear && sampler.mip == MipFilter::Linear));
}
