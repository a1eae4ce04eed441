//! What a session draws beside the product: the footprint's edges, controllers' rays, measured lines, a menu, a floor. One
//! scene of plain boxes, which each frame puts where they belong.

use glam::{Mat4, Quat, Vec2, Vec3, Vec4};

use crate::geom::{Aabb, Trs};
use crate::scene::{
    AlphaMode, Image, ImageSource, Material, Mesh, Node, Overlay, Pose, Primitive, Role, Root, Scene, SceneId, Texture,
    TextureInfo, UvTransform, Vertices,
};

/// How a bar is painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Paint {
    /// What is seen on all that a room may have.
    White,
    /// Around white, so that it is seen on white.
    Dark,
    /// What collides.
    Red,
    /// What fits.
    Green,
    /// The stage's floor.
    Floor,
    /// What is around the stage.
    Air,
    /// The menu's picture.
    Menu,
}

/// Paints with how many boxes each has, linear light and alpha.
const PAINTS: [(Paint, usize, Vec4); 7] = [
    (Paint::White, 24, Vec4::new(1.0, 1.0, 1.0, 1.0)),
    (Paint::Dark, 24, Vec4::new(0.01, 0.01, 0.012, 0.45)),
    (Paint::Red, 12, Vec4::new(0.72, 0.02, 0.03, 1.0)),
    (Paint::Green, 12, Vec4::new(0.02, 0.42, 0.12, 1.0)),
    (Paint::Floor, 1, Vec4::new(0.34, 0.34, 0.35, 1.0)),
    (Paint::Air, 6, Vec4::new(0.62, 0.64, 0.67, 1.0)),
    (Paint::Menu, 1, Vec4::ONE),
];

/// The scene, and where its boxes are at this moment.
#[derive(Debug)]
pub(super) struct Kit {
    pub(super) id: SceneId,
    pub(super) scene: Scene,
    pub(super) pose: Pose,
    pub(super) overlay: Overlay,
}

impl Kit {
    pub(super) fn new(id: SceneId) -> Self {
        let mut scene = Scene::default();
        for (mesh, (paint, boxes, color)) in PAINTS.iter().enumerate() {
            let material = Material {
                base_color_factor: *color,
                unlit: true,
                double_sided: *paint == Paint::Menu,
                alpha_mode: if color.w < 1.0 || *paint == Paint::Menu { AlphaMode::Blend } else { AlphaMode::Opaque },
                base_color_texture: (*paint == Paint::Menu).then_some(TextureInfo {
                    texture: 0,
                    uv_set: 0,
                    transform: UvTransform::default(),
                }),
                ..Material::default()
            };
            scene.materials.push(Some(material));
            let shape = if *paint == Paint::Menu { sheet(mesh) } else { cube(mesh) };
            scene.meshes.push(Some(Mesh { primitives: [Some(shape)].into_iter().collect(), ..Mesh::default() }));
            for _ in 0..*boxes {
                scene.nodes.push(Some(Node { mesh: Some(mesh), visible: false, ..Node::default() }));
            }
        }
        scene.images.push(Some(Image {
            name: String::new(),
            // Its pixels come from the shell.
            source: ImageSource::Encoded { mime: "image/png", bytes: Vec::new().into() },
        }));
        scene.textures.push(Some(Texture { image: Some(0), ..Texture::default() }));
        let nodes = (0..scene.nodes.len()).collect();
        scene.roots.push(Some(Root { nodes, ..Root::default() }));
        scene.shown = Some(0);
        let overlay = signs();
        let pose = Pose::rest(&scene, &overlay);
        Self { id, scene, pose, overlay }
    }

    /// Shows a sketch and nothing else; of boxes that are too many the last are left out.
    pub(super) fn show(&mut self, sketch: &Sketch) {
        let mut used = [0; PAINTS.len()];
        self.overlay = signs();
        for (paint, place) in &sketch.0 {
            let Some(at) = PAINTS.iter().position(|(known, ..)| known == paint) else { continue };
            let first: usize = PAINTS.iter().take(at).map(|(_, boxes, _)| boxes).sum();
            let (Some(used), Some((_, boxes, _))) = (used.get_mut(at), PAINTS.get(at)) else { continue };
            if *used < *boxes {
                self.overlay.placements.insert(first + *used, *place);
                self.overlay.visibility.insert(first + *used, true);
                *used += 1;
            }
        }
        self.pose.update(&self.scene, &self.overlay, &[]);
    }
}

/// What is to be drawn, as boxes of one metre and where they go.
#[derive(Debug, Default)]
pub(super) struct Sketch(Vec<(Paint, Trs)>);

impl Sketch {
    /// Puts a unit box somewhere.
    pub(super) fn place(&mut self, paint: Paint, place: Trs) {
        self.0.push((paint, place));
    }

    /// A bar from one point to another.
    pub(super) fn bar(&mut self, paint: Paint, from: Vec3, to: Vec3, thick: f32) {
        let between = to - from;
        let length = between.length();
        if length.is_finite() && length > 1e-5 {
            let rotation = Quat::from_rotation_arc(Vec3::Z, between / length);
            let scale = Vec3::new(thick, thick, length + thick);
            self.place(paint, Trs { translation: (from + to) * 0.5, rotation, scale });
        }
    }

    /// The edges of a rectangle that lies in the x–z plane of a frame, and a notch that says where its front is.
    pub(super) fn rectangle(&mut self, paint: Paint, world_from_frame: &Mat4, [width, depth]: [f32; 2], thick: f32) {
        let (x, z) = (0.5 * width, 0.5 * depth);
        let corner = |x: f32, z: f32| world_from_frame.transform_point3(Vec3::new(x, 0.5 * thick, z));
        let corners = [corner(-x, -z), corner(x, -z), corner(x, z), corner(-x, z)];
        for (from, to) in corners.iter().zip(corners.iter().cycle().skip(1)) {
            self.bar(paint, *from, *to, thick);
        }
        let notch = (0.12 * width).min(0.05);
        let tip = corner(0.0, z + notch);
        self.bar(paint, corner(-notch, z), tip, thick);
        self.bar(paint, tip, corner(notch, z), thick);
    }
}

/// What casts no shadow.
fn signs() -> Overlay {
    Overlay { role: Role::Sign, ..Overlay::default() }
}

/// A box of one metre around the origin.
fn cube(material: usize) -> Primitive {
    let mut vertices = Vertices::default();
    let mut indices = Vec::new();
    for normal in [Vec3::X, Vec3::NEG_X, Vec3::Y, Vec3::NEG_Y, Vec3::Z, Vec3::NEG_Z] {
        let across = if normal.y == 0.0 { Vec3::Y.cross(normal) } else { Vec3::X };
        let up = normal.cross(across);
        let first = vertices.positions.len() as u32;
        for (x, y) in [(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)] {
            vertices.positions.push(0.5 * normal + x * across + y * up);
            vertices.normals.push(normal);
        }
        indices.extend([0, 1, 2, 0, 2, 3].map(|corner| first + corner));
    }
    primitive(vertices, indices, material)
}

/// A sheet of one metre, which faces +Z.
fn sheet(material: usize) -> Primitive {
    let corners = [(0.0, 1.0), (1.0, 1.0), (1.0, 0.0), (0.0, 0.0)].map(|(u, v)| Vec2::new(u, v));
    let vertices = Vertices {
        positions: corners.map(|uv| Vec3::new(uv.x - 0.5, 0.5 - uv.y, 0.0)).into(),
        normals: vec![Vec3::Z; 4],
        uvs: vec![corners.into()],
        ..Vertices::default()
    };
    primitive(vertices, vec![0, 1, 2, 0, 2, 3], material)
}

fn primitive(vertices: Vertices, indices: Vec<u32>, material: usize) -> Primitive {
    let mut bounds = Aabb::EMPTY;
    vertices.positions.iter().for_each(|point| bounds.insert(*point));
    Primitive { vertices, indices, material: Some(material), bounds, ..Primitive::default() }
}
