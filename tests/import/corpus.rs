//! Real models and what is known about them.

use anprobe::scene::{Scene, Topology};

use crate::fixture;

fn triangles(scene: &Scene) -> usize {
    fixture::primitives(scene)
        .filter(|primitive| primitive.topology == Topology::Triangles)
        .map(|primitive| primitive.indices.len() / 3)
        .sum()
}

#[test]
fn models_have_the_counts_of_their_files() {
    let Some(corpus) = fixture::corpus("corpus") else { return };
    for path in [
        "Duck.glb",
        "Fox.glb",
        "CesiumMan.glb",
        "Knight.glb",
        "SheenChair.glb",
        "MaterialsVariantsShoe/MaterialsVariantsShoe.gltf",
        "Teapots/teapots_galore.gltf",
        "AnimatedMorphCube/AnimatedMorphCube.gltf",
        "InterpolationTest/InterpolationTest.gltf",
        "MultiUVTest/MultiUVTest.gltf",
        "SimpleSparseAccessor/SimpleSparseAccessor.gltf",
        "TextureSettingsTest/TextureSettingsTest.gltf",
        "TextureTransformTest/TextureTransformTest.gltf",
        "TwoSidedPlane/TwoSidedPlane.gltf",
        "UnlitTest/UnlitTest.gltf",
        "VertexColorTest/VertexColorTest.gltf",
    ] {
        let start = std::time::SystemTime::now();
        let (scene, issues) = fixture::open(&corpus.join(path)).expect(path);
        eprintln!(
            "{path} {:?} nodes {} meshes {} tris {} anims {} variants {:?} issues {:?}",
            start.elapsed(),
            scene.nodes.len(),
            scene.meshes.len(),
            triangles(&scene),
            scene.animations.len(),
            scene.variants,
            issues
        );
    }
}
