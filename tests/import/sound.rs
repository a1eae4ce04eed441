//! What must hold for every scene, however broken its file was.

use anprobe::scene::{Overlay, Playing, Pose, Primitive, Scene, Topology};

/// Checks every promise of [`Scene`] and poses it in every animation.
pub(crate) fn check(scene: &Scene) {
    for (_, mesh) in scene.meshes.iter() {
        assert!(mesh.weights.is_empty() || mesh.weights.len() == mesh.target_count());
        mesh.primitives.iter().for_each(|(_, primitive)| check_primitive(scene, primitive));
    }
    for (_, material) in scene.materials.iter() {
        assert!(material.textures().all(|(_, info)| scene.textures.get(info.texture).is_some()));
    }
    for (_, texture) in scene.textures.iter() {
        assert!(texture.image.is_none_or(|image| scene.images.get(image).is_some()));
    }
    for (_, skin) in scene.skins.iter() {
        assert!(!skin.joints.is_empty() && skin.joints.len() == skin.inverse_bind_matrices.len());
        assert!(skin.joints.iter().all(|joint| scene.nodes.get(*joint).is_some()));
    }
    check_nodes(scene);
    check_motion(scene);
}

fn check_primitive(scene: &Scene, primitive: &Primitive) {
    let vertices = &primitive.vertices;
    let count = vertices.positions.len();
    assert!(!primitive.indices.is_empty() && primitive.indices.iter().all(|index| (*index as usize) < count));
    let fits = |length: usize| length == 0 || length == count;
    assert!(fits(vertices.normals.len()) && fits(vertices.tangents.len()) && fits(vertices.colors.len()));
    assert!(fits(vertices.joints.len()) && vertices.joints.len() == vertices.weights.len());
    assert!(vertices.uvs.iter().all(|uvs| fits(uvs.len())));
    for target in &primitive.targets {
        assert!(fits(target.positions.len()) && fits(target.normals.len()) && fits(target.tangents.len()));
    }
    if primitive.topology == Topology::Triangles {
        assert_eq!(vertices.normals.len(), count);
        assert_eq!(primitive.indices.len() % 3, 0);
    }
    assert!(vertices.positions.iter().all(|position| position.is_finite()));
    assert!(vertices.normals.iter().all(|normal| (normal.length() - 1.0).abs() < 1e-3));
    assert!(vertices.tangents.iter().all(|tangent| (tangent.truncate().length() - 1.0).abs() < 1e-3));
    assert!(vertices.tangents.iter().all(|tangent| tangent.w.abs() == 1.0));
    assert!(vertices.weights.iter().all(|weights| (weights.element_sum() - 1.0).abs() < 1e-3));
    let mut materials = primitive.variant_materials.iter().flatten().chain(&primitive.material);
    assert!(materials.all(|material| scene.materials.get(*material).is_some()));
    assert!(primitive.variant_materials.is_empty() || primitive.variant_materials.len() == scene.variants.len());
}

fn check_nodes(scene: &Scene) {
    for (index, node) in scene.nodes.iter() {
        assert!(node.mesh.is_none_or(|mesh| scene.meshes.get(mesh).is_some()));
        assert!(node.skin.is_none_or(|skin| scene.skins.get(skin).is_some()));
        assert!(node.camera.is_none_or(|camera| scene.cameras.get(camera).is_some()));
        assert!(node.light.is_none_or(|light| scene.lights.get(light).is_some()));
        assert!(node.children.iter().all(|child| scene.nodes.get(*child).unwrap().parent == Some(index)));
        assert!(node.parent.is_none_or(|parent| scene.nodes.get(parent).unwrap().children.contains(&index)));
        let top = std::iter::successors(Some(index), |above| scene.nodes.get(*above)?.parent);
        assert!(top.take(scene.nodes.len() + 1).count() <= scene.nodes.len(), "no cycle");
    }
    for (_, root) in scene.roots.iter() {
        assert!(root.nodes.iter().all(|node| scene.nodes.get(*node).is_some()));
    }
    assert!(scene.shown.is_none_or(|shown| scene.roots.get(shown).is_some()));
}

fn check_motion(scene: &Scene) {
    let overlay = Overlay::default();
    let mut pose = Pose::rest(scene, &overlay);
    let _ = pose.bounds(scene);
    for (animation, motion) in scene.animations.iter() {
        for channel in &motion.channels {
            assert!(scene.nodes.get(channel.node).is_some() && channel.components > 0);
            assert!(!channel.times.is_empty() && channel.times.array_windows().all(|[a, b]| a < b));
            assert_eq!(channel.values.len() % (channel.times.len() * channel.components), 0);
        }
        for time_secs in [0.0, motion.duration_secs * 0.4, f32::MAX] {
            pose.update(scene, &overlay, &[Playing { animation, time_secs, weight: 1.0 }]);
        }
        let _ = pose.bounds(scene);
    }
    for (node, _) in scene.nodes.iter() {
        assert!(pose.skin_matrices(scene, node).count() < 100_000);
    }
}
