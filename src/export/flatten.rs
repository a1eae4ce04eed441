//! What is seen, as plain triangles in world space.

use glam::{Mat3, Vec2, Vec3, Vec4};

use crate::frame::{Look, Placed};
use crate::geom::Aabb;
use crate::issue::{Code, Issues};
use crate::scene::{AlphaMode, Material, Primitive, SceneId, Topology, turned};

/// One primitive of one node as it is seen: posed, placed and dressed.
#[derive(Clone, Debug)]
pub struct Part {
    /// Its scene's place in the look.
    pub placed: usize,
    /// Its scene.
    pub scene: SceneId,
    /// The node that shows it, in its scene.
    pub node: usize,
    /// Which of the primitives of the node's mesh.
    pub primitive: usize,
    /// The node's name, or its mesh's; empty where the file has neither.
    pub name: String,
    /// The material's index in its scene; none is glTF's default material.
    pub material_index: Option<usize>,
    /// The material with all that is laid over it.
    pub material: Material,
    /// Bones bring it to where it is: it does not move as a whole.
    pub is_skinned: bool,
    /// Metres, world space, all finite; each is used by a triangle.
    pub positions: Vec<Vec3>,
    /// Unit length, world space; as long as `positions`.
    pub normals: Vec<Vec3>,
    /// The file's texture coordinates by set; each as long as `positions`, or empty.
    pub uvs: Vec<Vec<Vec2>>,
    /// Linear colour and alpha that multiply the base colour; as long as `positions`, or empty.
    pub colors: Vec<Vec4>,
    /// Three a triangle, counter-clockwise seen from its front; mirrored nodes and bones are accounted for.
    pub indices: Vec<u32>,
}

impl Part {
    /// The box around it.
    pub fn bounds(&self) -> Aabb {
        let mut bounds = Aabb::EMPTY;
        self.positions.iter().for_each(|position| bounds.insert(*position));
        bounds
    }
}

/// The triangles of all that is seen of a look, in the order of its scenes and their nodes; what is wholly clear is not.
/// Lines, points and triangles with corners that are no numbers are left out and reported.
pub fn flatten(look: &Look<'_>) -> (Vec<Part>, Issues) {
    let mut parts = Vec::new();
    let mut issues = Issues::default();
    for (at, placed) in look.placed.iter().enumerate() {
        for (node, found) in placed.scene.nodes.iter() {
            let seen = placed.pose.visible.get(node) == Some(&true);
            let Some(mesh) = found.mesh.filter(|_| seen).and_then(|mesh| placed.scene.meshes.get(mesh)) else {
                continue;
            };
            let name = if found.name.is_empty() { &mesh.name } else { &found.name };
            for (index, primitive) in mesh.primitives.iter() {
                if primitive.topology != Topology::Triangles {
                    issues.report(Code::Export, path(node), "lines or points");
                    continue;
                }
                let mut part = frozen(placed, node, primitive);
                (part.placed, part.primitive) = (at, index);
                part.name.clone_from(name);
                if is_clear(&part.material) {
                    continue;
                }
                if part.indices.len() < primitive.indices.len() {
                    issues.report(Code::Export, path(node), "triangles whose corners are no numbers");
                }
                if !part.indices.is_empty() {
                    parts.push(part);
                }
            }
        }
    }
    (parts, issues)
}

/// Whether alpha leaves nothing of a surface: a print that nobody ordered, say.
pub(crate) fn is_clear(material: &Material) -> bool {
    let alpha = material.base_color_factor.w;
    match material.alpha_mode {
        AlphaMode::Opaque => false,
        AlphaMode::Mask { cutoff } => alpha < cutoff,
        AlphaMode::Blend => alpha <= 0.0,
    }
}

fn path(node: usize) -> String {
    let mut path = String::from("/nodes/");
    path.push_str(&node.to_string());
    path
}

fn frozen(placed: &Placed<'_>, node: usize, primitive: &Primitive) -> Part {
    let (scene, pose) = (placed.scene, placed.pose);
    let world = placed.world_from_scene;
    let linear = Mat3::from_mat4(world);
    let is_mirrored = linear.determinant() < 0.0;
    let (mut normals, mirrored) = pose.normals(scene, node, primitive);
    normals.iter_mut().for_each(|normal| *normal = turned(&linear, *normal));
    let mut positions = pose.positions(scene, node, primitive);
    positions.iter_mut().for_each(|position| *position = world.transform_point3(*position));
    let mut indices = Vec::with_capacity(primitive.indices.len());
    for corners in primitive.indices.chunks_exact(3) {
        let &[a, b, c] = corners else { continue };
        let stands = |corner: u32| positions.get(corner as usize).is_some_and(|position| position.is_finite());
        if stands(a) && stands(b) && stands(c) {
            let turns = mirrored.get(a as usize).copied().unwrap_or(false) != is_mirrored;
            indices.extend(if turns { [a, c, b] } else { [a, b, c] });
        }
    }
    let material_index = primitive.material_under(placed.overlay.variant);
    let material = material_index.and_then(|index| placed.overlay.material(scene, index));
    let skinned = scene.nodes.get(node).is_some_and(|node| node.skin.is_some());
    let mut part = Part {
        placed: 0,
        scene: placed.id,
        node,
        primitive: 0,
        name: String::new(),
        material_index,
        material: material.cloned().unwrap_or_default(),
        is_skinned: skinned && !primitive.vertices.joints.is_empty(),
        positions,
        normals,
        uvs: primitive.vertices.uvs.clone(),
        colors: primitive.vertices.colors.clone(),
        indices,
    };
    part.drop_unused();
    part.mend_normals();
    part
}

impl Part {
    /// Vertices that no triangle uses are not seen.
    fn drop_unused(&mut self) {
        let mut places = vec![u32::MAX; self.positions.len()];
        let used = |places: &[u32], corner: u32| places.get(corner as usize).is_some_and(|place| *place != u32::MAX);
        let mut order = Vec::with_capacity(places.len());
        for corner in &mut self.indices {
            if !used(&places, *corner)
                && let Some(place) = places.get_mut(*corner as usize)
            {
                *place = order.len() as u32;
                order.push(*corner as usize);
            }
            *corner = places.get(*corner as usize).copied().unwrap_or(0);
        }
        keep(&mut self.positions, &order);
        keep(&mut self.normals, &order);
        keep(&mut self.colors, &order);
        self.uvs.iter_mut().for_each(|uvs| keep(uvs, &order));
    }

    /// A vertex without a normal gets that of its triangles: a light cannot do without.
    fn mend_normals(&mut self) {
        if self.normals.iter().all(|normal| *normal != Vec3::ZERO) {
            return;
        }
        let mut sums = vec![Vec3::ZERO; self.positions.len()];
        for corners in self.indices.chunks_exact(3) {
            let at = |corner: usize| {
                let index = corners.get(corner).map_or(0, |index| *index as usize);
                self.positions.get(index).copied().unwrap_or(Vec3::ZERO)
            };
            let area = (at(1) - at(0)).cross(at(2) - at(0));
            for corner in corners {
                if let Some(sum) = sums.get_mut(*corner as usize) {
                    *sum += area;
                }
            }
        }
        for (normal, sum) in self.normals.iter_mut().zip(sums).filter(|(normal, _)| **normal == Vec3::ZERO) {
            *normal = sum.try_normalize().unwrap_or(Vec3::Y);
        }
    }
}

/// The stream in another order; an empty one stays empty.
fn keep<T: Copy>(stream: &mut Vec<T>, order: &[usize]) {
    if !stream.is_empty() {
        *stream = order.iter().filter_map(|at| stream.get(*at).copied()).collect();
    }
}
