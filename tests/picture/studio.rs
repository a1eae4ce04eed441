//! A device, small scenes made by hand, and pictures that can be asked about their pixels.

use anprobe::camera::View;
use anprobe::frame::{Background, FloorShadow, Frame, Lighting, Look, Placed, ToneMap};
use anprobe::render::{Gpu, Offscreen, Renderer};
use anprobe::scene::{Local, Material, Mesh, Node, Overlay, Pose, Primitive, Scene, SceneId, Vertices};
use glam::{Mat4, Quat, Vec2, Vec3, Vec4};

pub(crate) const SIDE_PX: u32 = 64;
pub(crate) const ID: SceneId = SceneId(1);

/// Below a product of 1 × 0.4 × 1 m whose top is at the origin.
pub(crate) const SHADOW: FloorShadow = FloorShadow {
    intensity: 1.0,
    softness: 0.5,
    center: Vec3::new(0.0, -0.4, 0.0),
    size: Vec3::new(1.0, 0.4, 1.0),
    world_from_floor: Mat4::IDENTITY,
};

/// A renderer, or a loud skip.
pub(crate) fn renderer() -> Option<Renderer> {
    let instance = wgpu::Instance::new(wgpu::InstanceDescriptor::new_without_display_handle());
    let adapter = pollster::block_on(instance.request_adapter(&wgpu::RequestAdapterOptions::default()));
    match adapter {
        Ok(adapter) => {
            let gpu = pollster::block_on(Gpu::new(adapter)).expect("a device");
            Some(Renderer::new(gpu).expect("a renderer"))
        }
        Err(error) => {
            assert!(std::env::var_os("REQUIRE_GPU").is_none(), "REQUIRE_GPU is set, but: {error}");
            eprintln!("SKIPPED a picture test: {error}");
            None
        }
    }
}

/// Pixels that can be asked.
pub(crate) struct Shot {
    pub(crate) width: u32,
    pub(crate) bytes: Vec<u8>,
}

impl Shot {
    pub(crate) fn at(&self, x: u32, y: u32) -> [u8; 4] {
        let start = ((y * self.width + x) * 4) as usize;
        self.bytes[start..start + 4].try_into().expect("four bytes")
    }

    pub(crate) fn count(&self, matches: impl Fn([u8; 4]) -> bool) -> usize {
        self.bytes.chunks_exact(4).filter(|pixel| matches((*pixel).try_into().expect("four bytes"))).count()
    }
}

pub(crate) fn near(a: [u8; 4], b: [u8; 4], tolerance: u8) -> bool {
    a.iter().zip(b).all(|(a, b)| a.abs_diff(b) <= tolerance)
}

/// Looks along `forward` at the origin; ±1 fills the picture.
pub(crate) fn parallel_view(forward: Vec3, up: Vec3) -> View {
    let axes = [forward.cross(up).extend(0.0), up.extend(0.0), (-forward).extend(0.0)];
    let [x, y, z] = axes;
    View {
        world_from_view: Mat4::from_cols(x, y, z, (-5.0 * forward).extend(1.0)),
        // Depth 0 at the eye, 1 ten metres away.
        projection_from_view: Mat4::from_scale(Vec3::new(1.0, 1.0, -0.1)),
        viewport_px: [0, 0, SIDE_PX, SIDE_PX],
        look: 0,
    }
}

/// From +Z.
pub(crate) fn front() -> View {
    parallel_view(Vec3::NEG_Z, Vec3::Y)
}

/// The pose of a scene without animation.
pub(crate) fn pose(scene: &Scene) -> Pose {
    let mut out = Pose::default();
    for index in 0..scene.nodes.len() {
        let mut matrix = Mat4::IDENTITY;
        let (mut next, mut visible) = (Some(index), true);
        while let Some(node) = next.and_then(|index| scene.nodes.get(index)) {
            matrix = match node.local {
                Local::Trs(trs) => trs.matrix(),
                Local::Matrix(local) => local,
            } * matrix;
            visible &= node.visible;
            next = node.parent;
        }
        out.scene_from_node.push(matrix);
        out.visible.push(visible);
        out.weights.push(scene.nodes.get(index).map(|node| node.weights.clone()).unwrap_or_default());
    }
    out
}

/// One scene at its place, without a tone map.
pub(crate) fn frame<'a>(scene: &'a Scene, pose: &'a Pose, overlay: &'a Overlay, view: View) -> Frame<'a> {
    let placed = Placed { id: ID, scene, world_from_scene: Mat4::IDENTITY, pose, overlay };
    Frame {
        looks: vec![Look { placed: vec![placed] }],
        views: vec![view],
        light: Lighting::default(),
        background: Background::Transparent,
        page_color: None,
        exposure: 1.0,
        tone_map: ToneMap::Linear,
        floor_shadow: None,
    }
}

/// Draws and reads back.
pub(crate) fn shoot_frame(renderer: &mut Renderer, frame: &Frame<'_>, size_px: [u32; 2]) -> Shot {
    let picture = Offscreen::new(renderer.gpu(), size_px).expect("a picture");
    renderer.draw(frame, &picture.target());
    let bytes = pollster::block_on(picture.read(renderer.gpu())).expect("pixels");
    renderer.gpu().check().expect("no error");
    Shot { width: size_px[0], bytes }
}

/// Loads, draws and reads back.
pub(crate) fn shoot(renderer: &mut Renderer, scene: &Scene, view: View) -> Shot {
    renderer.load(ID, scene).expect("loaded");
    let pose = pose(scene);
    shoot_frame(renderer, &frame(scene, &pose, &Overlay::default(), view), [SIDE_PX; 2])
}

/// A quad in z = 0 from −`half` to `half` that faces +Z; UV (0, 0) is its upper left.
pub(crate) fn quad(half: f32) -> Vertices {
    let corners = [(-1.0, 1.0), (-1.0, -1.0), (1.0, -1.0), (1.0, 1.0)];
    Vertices {
        positions: corners.iter().map(|(x, y)| Vec3::new(x * half, y * half, 0.0)).collect(),
        normals: vec![Vec3::Z; 4],
        uvs: vec![corners.iter().map(|(x, y)| Vec2::new(x * 0.5 + 0.5, 0.5 - y * 0.5)).collect()],
        ..Vertices::default()
    }
}

pub(crate) const QUAD_INDICES: [u32; 6] = [0, 1, 2, 0, 2, 3];

pub(crate) fn quad_primitive(half: f32, material: usize) -> Primitive {
    Primitive { vertices: quad(half), indices: QUAD_INDICES.to_vec(), material: Some(material), ..Primitive::default() }
}

/// Unlit colour, seen from both sides.
pub(crate) fn unlit(color: Vec4) -> Material {
    Material { base_color_factor: color, unlit: true, ..Material::default() }
}

/// Adds a mesh of one primitive on a node of its own.
pub(crate) fn add(scene: &mut Scene, primitive: Primitive, local: Mat4) -> usize {
    let mesh = scene.meshes.len();
    scene.meshes.push(Some(Mesh { primitives: [Some(primitive)].into_iter().collect(), ..Mesh::default() }));
    let node = scene.nodes.len();
    scene.nodes.push(Some(Node { local: Local::Matrix(local), mesh: Some(mesh), ..Node::default() }));
    node
}

pub(crate) fn scene(materials: impl IntoIterator<Item = Material>) -> Scene {
    Scene { materials: materials.into_iter().map(Some).collect(), ..Scene::default() }
}

pub(crate) fn single(primitive: Primitive, material: Material) -> Scene {
    let mut out = scene([material]);
    add(&mut out, primitive, Mat4::IDENTITY);
    out
}

/// The turn that brings +Z to `to`.
pub(crate) fn facing(to: Vec3) -> Mat4 {
    Mat4::from_quat(Quat::from_rotation_arc(Vec3::Z, to))
}
