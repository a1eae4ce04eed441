//! What is unpacked against the same model that was never packed.

use anprobe::import::{Limits, Opened, import};
use anprobe::scene::{Overlay, Pose};

use crate::{file, first, folder, json_file, scene, split, sum, unpacked};

fn is_packed(bytes: &[u8]) -> bool {
    Opened::new(bytes.to_vec(), &Limits::default()).is_err_and(|issue| Opened::is_packed(&issue))
}

#[test]
fn meshopt_models_have_the_vertices_of_the_plain_one() {
    let plain = scene("plain.glb");
    let plain = first(&plain);
    for name in ["meshopt-ext.glb", "meshopt-khr.glb"] {
        let packed = scene(name);
        let packed = first(&packed);
        assert_eq!(packed.vertices.positions, plain.vertices.positions, "{name}");
        assert_eq!(packed.vertices.uvs, plain.vertices.uvs, "{name}");
        // Triangles may begin at another corner.
        let turned = |indices: &[u32]| -> Vec<[u32; 3]> {
            let triangles = indices.chunks_exact(3).map(|corners| {
                let least = (0..3).min_by_key(|at| corners[*at]).unwrap();
                [0, 1, 2].map(|at| corners[(at + least) % 3])
            });
            triangles.collect()
        };
        assert_eq!(turned(&packed.indices), turned(&plain.indices), "{name}");
        let off = packed.vertices.normals.iter().zip(&plain.vertices.normals).map(|(a, b)| a.distance(*b));
        assert!(off.fold(0.0, f32::max) < 2e-3, "{name}: twelve bits");
    }
}

#[test]
fn draco_models_have_the_numbers_that_googles_decoder_finds() {
    let sums = json_file("draco.json");
    for name in ["edges", "fast", "sequential"] {
        let (glb, issues) = unpacked(file(&format!("draco-{name}.glb")));
        assert!(issues.is_empty(), "{name}: {issues:?}");
        let (json, bin) = split(&glb);
        for (accessor, part) in ["indices", "positions", "normals", "uvs"].into_iter().enumerate() {
            let view = json["accessors"][accessor]["bufferView"].as_u64().unwrap() as usize;
            let number = |key: &str| json["bufferViews"][view][key].as_u64().unwrap() as usize;
            let bytes = &bin[number("byteOffset")..number("byteOffset") + number("byteLength")];
            assert_eq!(sum(bytes.iter().copied()), sums[name][part].as_u64().unwrap(), "{name}: {part}");
        }
        assert!(import(glb).unwrap().1.is_empty(), "{name}");
    }
}

#[test]
fn instances_become_nodes_where_they_stand() {
    let [packed, same] = ["instanced.glb", "instanced-same.glb"].map(scene);
    let places = |scene: &anprobe::scene::Scene| {
        let pose = Pose::rest(scene, &Overlay::default());
        let shown = scene.nodes.iter().filter(|(_, node)| node.mesh.is_some());
        shown.map(|(index, _)| pose.scene_from_node[index]).collect::<Vec<_>>()
    };
    let (packed_places, same_places) = (places(&packed), places(&same));
    assert_eq!(packed_places.len(), 3);
    for (packed, same) in packed_places.iter().zip(&same_places) {
        assert!(packed.abs_diff_eq(*same, 1e-4), "{packed} {same}");
    }
    assert_eq!(packed.nodes.get(0).unwrap().name, "balls");
    assert_eq!(packed.meshes.len(), 1, "one mesh, shown three times");
    let extras = ["\"extras\":{\"_ID\":7}", "\"extras\":{\"_ID\":9}"];
    assert!(extras.iter().all(|wanted| packed.source_json.contains(wanted)), "{}", packed.source_json);
}

#[test]
fn real_models_are_unpacked() {
    let Some(corpus) = folder::find("packed models", ".") else { return };
    for name in ["BoxDraco.glb", "BoxMeshopt.glb"] {
        let bytes = std::fs::read(corpus.join(name)).unwrap();
        assert!(is_packed(&bytes), "{name}");
        let (plain, issues) = unpacked(bytes);
        assert!(issues.is_empty(), "{name}: {issues:?}");
        assert!(!is_packed(&plain), "{name}");
        let (scene, issues) = import(plain).unwrap();
        assert!(issues.is_empty(), "{name}: {issues:?}");
        assert_eq!(first(&scene).indices.len(), 36, "{name}");
        let size = Pose::rest(&scene, &Overlay::default()).bounds(&scene).size();
        assert!((size - glam::Vec3::ONE).length() < 1e-3, "{name}: {size}");
    }
    let folder = corpus.join("Teapots");
    let bytes = std::fs::read(folder.join("teapots_galore.gltf")).unwrap();
    assert!(is_packed(&bytes));
    let read = |uri: &str| std::fs::read(folder.join(uri)).ok();
    let mut asked = Vec::new();
    let (plain, issues) = anprobe::decode::decode(bytes, &Limits::default(), |resource| {
        asked.push(resource.uri.clone());
        read(&resource.uri)
    })
    .unwrap();
    assert!(issues.is_empty(), "{issues:?}");
    assert!(!asked.contains(&"mesh.bin".to_owned()), "what is not packed stays beside it: {asked:?}");
    let opened = Opened::new(plain, &Limits::default()).unwrap();
    let external = opened.external_buffers().to_vec();
    let (scene, _) = opened.finish(|buffer| read(&external.iter().find(|known| known.buffer == buffer)?.uri)).unwrap();
    let shown = scene.nodes.iter().filter(|(_, node)| node.mesh.is_some()).count();
    assert!(shown > 900, "{shown} teapots");
}

#[test]
fn a_plain_file_comes_back_as_it_is() {
    for name in ["plain.glb", "instanced-same.glb"] {
        assert!(unpacked(file(name)).0 == file(name), "{name}");
    }
}
