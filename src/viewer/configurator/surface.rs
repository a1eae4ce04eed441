//! Where a surface that takes pictures and words is on the product, and from where it is seen straight on.

use glam::{Mat4, Vec2, Vec3};

use super::super::Viewer;
use super::super::stage::Stage;
use crate::camera::Spherical;
use crate::pick::{Ray, pick};
use crate::product::view::Facing;
use crate::product::{Ground, Setting, Wish};
use crate::scene::{Material, Topology};

/// The surface takes so much of the shorter side of a view of 30°.
const FILLS: f32 = 0.62;
/// What is behind a surface is at least so far behind it, metres.
const BEHIND: f32 = 2e-6;

/// A surface's triangles in the product's world.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Spot {
    /// The middle of its box.
    center: Vec3,
    /// Away from it, unit length.
    normal: Vec3,
    /// Half of the longest way across.
    radius: f32,
    /// A point on it near its middle.
    on: Vec3,
    /// Away from it there, unit length.
    on_normal: Vec3,
}

impl Viewer {
    /// From where a group's surface is seen straight on, and its colours.
    pub fn facing(&self, group: usize) -> Facing {
        let Some((stage, world_from_scene, material, uv)) = self.surface_stage(group) else { return Facing::default() };
        let spot = spot(stage, world_from_scene, material, uv);
        let camera = spot.map(|spot| {
            let place = Spherical::towards(spot.normal, Vec3::Y);
            // A view of 30° shows as much as lies within 15° of its middle.
            let radius = spot.radius / (FILLS * 15_f32.to_radians().tan());
            let [x, y, z] = spot.center.to_array();
            [
                format!("{:.2}deg {:.2}deg {radius:.4}m", place.theta.to_degrees(), place.phi.to_degrees()),
                format!("{x:.4}m {y:.4}m {z:.4}m"),
            ]
        });
        let worn = stage.overlay.material(&stage.scene, material);
        let tint = self.tint(group).or_else(|| Some(worn?.base_color_factor.truncate().to_array()));
        let behind = spot.and_then(|spot| self.behind(stage, world_from_scene, &spot));
        // What lets nothing through is its own ground.
        let own = worn.filter(|material| material.alpha_mode == crate::scene::AlphaMode::Opaque);
        let behind = own.or(behind).map(|material| material.base_color_factor.truncate().to_array());
        Facing { camera, ground: tint.map(|tint| Ground { tint, behind }) }
    }

    /// The model with a group's surface, its place, the material, and the part of the texture.
    fn surface_stage(&self, group: usize) -> Option<(&Stage, Mat4, usize, [f64; 4])> {
        let session = self.session()?;
        let product = session.catalog().product();
        let id = session.catalog().group(group)?.surface.as_ref()?;
        let surface = product.surfaces.entries().find(|surface| surface.id == *id)?;
        let main = self.stage.as_ref()?;
        let named = |id: &str| product.models.iter().find(|(_, model)| model.id == id).map(|(at, _)| at);
        let model = surface.model.as_deref().map_or(Some(self.configurator.body), named)?;
        let (stage, world_from_scene) = if model == self.configurator.body {
            (main, main.world_from_scene)
        } else {
            (self.part(model)?, self.world_from_model(model, 0)?)
        };
        let (material, _) = stage.scene.materials.iter().find(|(_, known)| known.name == surface.material)?;
        Some((stage, world_from_scene, material, surface.uv.unwrap_or([0.0, 0.0, 1.0, 1.0])))
    }

    /// What white becomes on a group's surface by what is chosen, also before it is shown.
    fn tint(&self, group: usize) -> Option<[f32; 3]> {
        let session = self.session()?;
        let product = session.catalog().product();
        let id = session.catalog().group(group)?.surface.as_ref()?;
        let surface = product.surfaces.entries().find(|surface| surface.id == *id)?;
        let pointer = format!("/materials/@{}/pbrMetallicRoughness/baseColorFactor", surface.material);
        let wanted = self.configurator.wanted();
        let wishes = wanted.iter().flat_map(|look| &look.wishes);
        let mut set = wishes.filter_map(|wish| match wish {
            Wish::Pointer { pointer: known, setting: Setting::Numbers(numbers) } if *known == pointer => Some(numbers),
            _ => None,
        });
        match set.next_back()?.as_slice() {
            [red, green, blue, ..] => Some([*red as f32, *green as f32, *blue as f32]),
            _ => None,
        }
    }

    /// The material that is seen through a clear surface.
    fn behind<'a>(&'a self, stage: &'a Stage, world_from_scene: Mat4, spot: &Spot) -> Option<&'a Material> {
        let ray = Ray { origin: spot.on - spot.on_normal * BEHIND, direction: -spot.on_normal };
        let own = std::iter::once((stage, world_from_scene));
        let main = self.stage.iter().map(|main| (main, main.world_from_scene));
        let mut nearest: Option<(f32, &Material)> = None;
        for (other, world_from_other) in own.chain(main).chain(self.seen_parts()) {
            let ray = ray.transformed(&world_from_other.inverse());
            let Some(hit) = pick(&other.scene, &other.pose, &other.overlay, &ray) else { continue };
            let mesh = other.scene.nodes.get(hit.node).and_then(|node| other.scene.meshes.get(node.mesh?));
            let primitive = mesh.and_then(|mesh| mesh.primitives.get(hit.primitive));
            let index = primitive.and_then(|primitive| primitive.material_under(other.overlay.variant));
            let material = index.and_then(|index| other.overlay.material(&other.scene, index));
            if let Some(material) = material.filter(|_| nearest.is_none_or(|(most, _)| hit.distance < most)) {
                nearest = Some((hit.distance, material));
            }
        }
        nearest.map(|(_, material)| material)
    }
}

/// Where the triangles are whose base colour shows a part of a texture.
fn spot(stage: &Stage, world_from_scene: Mat4, material: usize, uv: [f64; 4]) -> Option<Spot> {
    let (scene, pose) = (&stage.scene, &stage.rest);
    let texture = stage.overlay.material(scene, material)?.base_color_texture?;
    let [left, top, right, bottom] = uv.map(|side| side as f32);
    let mut triangles: Vec<[Vec3; 3]> = Vec::new();
    for (node, found) in scene.nodes.iter() {
        let Some(mesh) = found.mesh.and_then(|mesh| scene.meshes.get(mesh)) else { continue };
        let parts = mesh.primitives.iter().map(|(_, primitive)| primitive);
        let is_its = |primitive: &&crate::scene::Primitive| {
            primitive.topology == Topology::Triangles
                && primitive.material_under(stage.overlay.variant) == Some(material)
        };
        for primitive in parts.filter(is_its) {
            let Some(uvs) = primitive.vertices.uvs.get(texture.uv_set) else { continue };
            let positions = pose.positions(scene, node, primitive);
            for corners in primitive.indices.chunks_exact(3) {
                let mut triangle = [Vec3::ZERO; 3];
                let mut middle = Vec2::ZERO;
                for (corner, index) in triangle.iter_mut().zip(corners) {
                    let index = *index as usize;
                    *corner = world_from_scene.transform_point3(*positions.get(index)?);
                    middle += texture.transform.apply(*uvs.get(index)?) / 3.0;
                }
                if (left..=right).contains(&middle.x) && (top..=bottom).contains(&middle.y) {
                    triangles.push(triangle);
                }
            }
        }
    }
    let area = |[a, b, c]: &[Vec3; 3]| (*b - *a).cross(*c - *a) / 2.0;
    let normal = triangles.iter().map(area).sum::<Vec3>().try_normalize()?;
    let (mut low, mut high) = (Vec3::INFINITY, Vec3::NEG_INFINITY);
    for corner in triangles.iter().flatten() {
        (low, high) = (low.min(*corner), high.max(*corner));
    }
    let center = (low + high) / 2.0;
    let radius = triangles.iter().flatten().map(|corner| (*corner - center).reject_from_normalized(normal).length());
    let middle = |[a, b, c]: &[Vec3; 3]| (*a + *b + *c) / 3.0;
    let nearest = triangles
        .iter()
        .min_by(|one, other| middle(one).distance_squared(center).total_cmp(&middle(other).distance_squared(center)))?;
    Some(Spot {
        center,
        normal,
        radius: radius.fold(0.0, f32::max),
        on: middle(nearest),
        on_normal: area(nearest).try_normalize()?,
    })
}
