//! A second opinion: the `gltf` crate reads the same files, and both must have seen the same.

use std::path::Path;

use anprobe::scene::{Channel, ImageSource, Interpolation, Local, Primitive, Property, Scene, TextureInfo, Topology};
use glam::{Vec2, Vec3, Vec4};
use gltf::animation::util::ReadOutputs;
use serde_json::json;

use crate::{corpus, fixture, layers};

#[test]
fn real_models_are_read_as_the_gltf_crate_reads_them() {
    let Some(folder) = fixture::corpus("oracle") else { return };
    for (path, ..) in corpus::MODELS {
        let path = folder.join(path);
        let (ours, _) = fixture::open(&path).unwrap();
        let bytes = fixture::unpacked(std::fs::read(&path).unwrap(), &path).unwrap();
        let theirs = gltf::Gltf::from_slice_without_validation(&bytes).unwrap();
        let buffers = buffers(&theirs, &path);
        compare_nodes(&ours, &theirs);
        compare_materials(&ours, &theirs);
        for (mesh, oracle) in theirs.meshes().enumerate() {
            let mesh = ours.meshes.get(mesh).unwrap();
            assert_eq!(mesh.primitives.len(), oracle.primitives().len());
            for (index, oracle) in oracle.primitives().enumerate() {
                compare_primitive(mesh.primitives.get(index).unwrap(), &oracle, &buffers, &path);
            }
        }
        for (animation, oracle) in theirs.animations().enumerate() {
            let animation = ours.animations.get(animation).unwrap();
            assert_eq!(animation.channels.len(), oracle.channels().count());
            for (channel, oracle) in animation.channels.iter().zip(oracle.channels()) {
                compare_channel(channel, &oracle, &buffers);
            }
        }
    }
}

#[test]
fn the_layers_of_a_material_are_read_as_the_gltf_crate_reads_them() {
    let texture = |index: usize| json!({ "index": index });
    let mut model = layers::with_material(json!({ "extensions": {
        "KHR_materials_ior": { "ior": 1.25 },
        "KHR_materials_specular": { "specularFactor": 0.5, "specularTexture": texture(1),
            "specularColorFactor": [0.25, 0.5, 2.0], "specularColorTexture": texture(2) },
        "KHR_materials_transmission": { "transmissionFactor": 0.75, "transmissionTexture": texture(3) },
        "KHR_materials_volume": { "thicknessFactor": 0.5, "thicknessTexture": texture(4), "attenuationDistance": 3.0,
            "attenuationColor": [0.5, 0.25, 1.0] } } }));
    let other = json!({ "extensions": { "KHR_materials_pbrSpecularGlossiness": { "diffuseTexture": texture(5),
        "diffuseFactor": [0.5, 0.25, 1.0, 0.75], "specularFactor": [0.5, 0.5, 0.25], "glossinessFactor": 0.75 } } });
    let empty = json!({ "KHR_materials_ior": {}, "KHR_materials_specular": {}, "KHR_materials_transmission": {},
        "KHR_materials_volume": {} });
    let materials = model.json["materials"].as_array_mut().unwrap();
    materials.extend([other, json!({ "extensions": empty })]);
    let (ours, _) = model.read();
    let theirs = gltf::Gltf::from_slice_without_validation(&model.glb()).unwrap();
    let uses = |info: Option<gltf::texture::Info<'_>>| info.map(|info| info.texture().index());
    let ours_uses = |info: Option<TextureInfo>| info.map(|info| info.texture);
    for index in [0, 2] {
        let (ours, theirs) = (ours.materials.get(index).unwrap(), theirs.materials().nth(index).unwrap());
        assert_eq!(ours.ior, theirs.ior().unwrap());
        let specular = theirs.specular().unwrap();
        assert_eq!(ours.specular.factor, specular.specular_factor());
        assert_eq!(ours.specular.color_factor.to_array(), specular.specular_color_factor());
        assert_eq!(ours_uses(ours.specular.texture), uses(specular.specular_texture()));
        assert_eq!(ours_uses(ours.specular.color_texture), uses(specular.specular_color_texture()));
        let transmission = theirs.transmission().unwrap();
        assert_eq!(ours.transmission.factor, transmission.transmission_factor());
        assert_eq!(ours_uses(ours.transmission.texture), uses(transmission.transmission_texture()));
        let volume = theirs.volume().unwrap();
        assert_eq!(ours.volume.thickness_factor, volume.thickness_factor());
        assert_eq!(ours_uses(ours.volume.thickness_texture), uses(volume.thickness_texture()));
        assert_eq!(ours.volume.attenuation_distance, volume.attenuation_distance());
        assert_eq!(ours.volume.attenuation_color.to_array(), volume.attenuation_color());
    }
    let (ours, theirs) = (ours.materials.get(1).unwrap(), theirs.materials().nth(1).unwrap());
    let theirs = theirs.pbr_specular_glossiness().unwrap();
    assert_eq!(ours.base_color_factor.to_array(), theirs.diffuse_factor());
    assert_eq!(ours_uses(ours.base_color_texture), uses(theirs.diffuse_texture()));
    assert_eq!(ours.specular.color_factor.to_array(), theirs.specular_factor());
    assert_eq!(ours.roughness_factor, 1.0 - theirs.glossiness_factor());
}

fn buffers(document: &gltf::Gltf, path: &Path) -> Vec<Vec<u8>> {
    let bytes = |buffer: gltf::Buffer<'_>| match buffer.source() {
        gltf::buffer::Source::Bin => document.blob.clone().unwrap(),
        gltf::buffer::Source::Uri(uri) => std::fs::read(path.parent().unwrap().join(uri)).unwrap(),
    };
    document.buffers().map(bytes).collect()
}

fn compare_nodes(ours: &Scene, theirs: &gltf::Gltf) {
    assert_eq!(ours.nodes.iter().count(), theirs.nodes().count());
    for (oracle, (_, node)) in theirs.nodes().zip(ours.nodes.iter()) {
        assert_eq!(node.name, oracle.name().unwrap_or_default());
        assert_eq!(node.mesh, oracle.mesh().map(|mesh| mesh.index()));
        assert_eq!(node.skin, oracle.skin().map(|skin| skin.index()));
        assert_eq!(node.camera, oracle.camera().map(|camera| camera.index()));
        assert_eq!(node.children, oracle.children().map(|child| child.index()).collect::<Vec<_>>());
        let matrix = match node.local {
            Local::Matrix(matrix) => matrix,
            Local::Trs(trs) => trs.matrix(),
        };
        let oracle = glam::Mat4::from_cols_array_2d(&oracle.transform().matrix());
        assert!(matrix.abs_diff_eq(oracle, 1e-4), "{matrix} {oracle}");
    }
    for (oracle, (_, skin)) in theirs.skins().zip(ours.skins.iter()) {
        assert_eq!(skin.joints, oracle.joints().map(|joint| joint.index()).collect::<Vec<_>>());
    }
}

fn compare_materials(ours: &Scene, theirs: &gltf::Gltf) {
    for (oracle, (_, material)) in theirs.materials().zip(ours.materials.iter()) {
        let pbr = oracle.pbr_metallic_roughness();
        assert_eq!(material.base_color_factor.to_array(), pbr.base_color_factor());
        assert_eq!(
            (material.metallic_factor, material.roughness_factor),
            (pbr.metallic_factor(), pbr.roughness_factor())
        );
        assert_eq!(material.double_sided, oracle.double_sided());
        assert_eq!(material.emissive_factor.to_array(), oracle.emissive_factor());
        let uses = |info: gltf::texture::Info<'_>| info.texture().index();
        assert_eq!(material.base_color_texture.map(|info| info.texture), pbr.base_color_texture().map(uses));
        assert_eq!(
            material.normal_texture.map(|info| info.texture),
            oracle.normal_texture().map(|n| n.texture().index())
        );
        // That crate has it as plain JSON.
        let sheen = oracle.extension_value("KHR_materials_sheen");
        let part = |index: usize| sheen.map_or(0.0, |sheen| sheen["sheenColorFactor"][index].as_f64().unwrap_or(0.0));
        let color = Vec3::from_array([0, 1, 2].map(|index| part(index) as f32));
        assert_eq!(material.sheen.color_factor, color);
    }
    for (oracle, (_, texture)) in theirs.textures().zip(ours.textures.iter()) {
        assert_eq!(texture.image, Some(oracle.source().index()));
    }
    for (oracle, (_, image)) in theirs.images().zip(ours.images.iter()) {
        match (&image.source, oracle.source()) {
            (ImageSource::External { uri }, gltf::image::Source::Uri { uri: oracle, .. }) => assert_eq!(uri, oracle),
            (ImageSource::Encoded { mime, bytes }, gltf::image::Source::View { view, mime_type }) => {
                assert_eq!((*mime, bytes.len()), (mime_type, view.length()));
            }
            _ => panic!("one has it inside, one outside"),
        }
    }
}

/// Corner by corner: our vertices may be split or joined, but each corner must be the same.
fn compare_primitive(ours: &Primitive, oracle: &gltf::Primitive<'_>, buffers: &[Vec<u8>], path: &Path) {
    assert_eq!(oracle.mode(), gltf::mesh::Mode::Triangles, "the corpus has nothing else");
    assert_eq!((ours.topology, ours.material), (Topology::Triangles, oracle.material().index()));
    let reader = oracle.reader(|buffer| buffers.get(buffer.index()).map(Vec::as_slice));
    let positions: Vec<Vec3> = reader.read_positions().unwrap().map(Vec3::from).collect();
    let corners: Vec<u32> = reader
        .read_indices()
        .map_or_else(|| (0..positions.len() as u32).collect(), |indices| indices.into_u32().collect());
    assert_eq!(ours.indices.len(), corners.len(), "{}", path.display());
    let same = |stream: &str, close: &dyn Fn(usize, usize) -> bool| {
        for (here, there) in ours.indices.iter().zip(&corners) {
            assert!(close(*here as usize, *there as usize), "{stream} of {} at {there}", path.display());
        }
    };
    let vertices = &ours.vertices;
    same("positions", &|here, there| vertices.positions[here] == positions[there]);
    if let Some(normals) = reader.read_normals() {
        let normals: Vec<Vec3> = normals.map(|normal| Vec3::from(normal).normalize_or_zero()).collect();
        same("normals", &|here, there| vertices.normals[here].distance(normals[there]) < 1e-4);
    }
    for set in 0..vertices.uvs.len() {
        let uvs: Vec<Vec2> = reader.read_tex_coords(set as u32).unwrap().into_f32().map(Vec2::from).collect();
        same("uvs", &|here, there| vertices.uvs[set][here].distance(uvs[there]) < 1e-6);
    }
    if let Some(colors) = reader.read_colors(0) {
        let colors: Vec<Vec4> = colors.into_rgba_f32().map(Vec4::from).collect();
        same("colors", &|here, there| vertices.colors[here].distance(colors[there]) < 1e-5);
    }
    if let (Some(joints), Some(weights)) = (reader.read_joints(0), reader.read_weights(0)) {
        let joints: Vec<[u16; 4]> = joints.into_u16().collect();
        let weights: Vec<Vec4> =
            weights.into_f32().map(Vec4::from).map(|weights| weights / weights.element_sum()).collect();
        same("weights", &|here, there| vertices.weights[here].distance(weights[there]) < 1e-4);
        same("joints", &|here, there| {
            let mut used = vertices.joints[here].iter().zip(joints[there]).zip(vertices.weights[here].to_array());
            used.all(|((ours, theirs), weight)| weight == 0.0 || *ours == theirs)
        });
    }
    for (target, (positions, ..)) in ours.targets.iter().zip(reader.read_morph_targets()) {
        let positions: Vec<Vec3> = positions.unwrap().map(Vec3::from).collect();
        same("morph targets", &|here, there| target.positions[here] == positions[there]);
    }
}

fn compare_channel(ours: &Channel, oracle: &gltf::animation::Channel<'_>, buffers: &[Vec<u8>]) {
    assert_eq!(ours.node, oracle.target().node().index());
    let reader = oracle.reader(|buffer| buffers.get(buffer.index()).map(Vec::as_slice));
    assert_eq!(ours.times, reader.read_inputs().unwrap().collect::<Vec<f32>>());
    assert_eq!(
        ours.interpolation == Interpolation::Step,
        oracle.sampler().interpolation() == gltf::animation::Interpolation::Step
    );
    let (property, values): (_, Vec<f32>) = match reader.read_outputs().unwrap() {
        ReadOutputs::Translations(values) => (Property::Translation, values.flatten().collect()),
        ReadOutputs::Rotations(values) => (Property::Rotation, values.into_f32().flatten().collect()),
        ReadOutputs::Scales(values) => (Property::Scale, values.flatten().collect()),
        ReadOutputs::MorphTargetWeights(values) => (Property::Weights, values.into_f32().collect()),
    };
    assert_eq!((ours.property, ours.values.len()), (property, values.len()));
    assert!(ours.values.iter().zip(&values).all(|(ours, theirs)| (ours - theirs).abs() < 1e-4));
}
