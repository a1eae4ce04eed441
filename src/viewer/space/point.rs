//! From a finger to the surface under it, and from a point of the product to the screen.

use std::fmt::Write as _;

use glam::{Mat3, Mat4, Vec2, Vec3};

use super::super::Viewer;
use super::Solid;
use crate::pick::{Ray, Touch, hide, touch};

/// What is nearer to the eye than a point hides it, but for so much of the product's diagonal: points are written down
/// in millimetres, and lie in the skin.
const SKIN: f32 = 0.01;

/// A place to be looked for on the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// Metres.
    pub point: Vec3,
    /// Away from the surface; none faces everyone.
    pub normal: Option<Vec3>,
}

/// Where a [`Mark`] is seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// From the element's upper left corner; no numbers for what is behind the eye.
    pub at_css_px: Vec2,
    /// 0 at the near plane, 1 at the far one.
    pub depth: f32,
    /// Its surface is turned towards the eye.
    pub faces: bool,
    /// Something of the product stands before it.
    pub hidden: bool,
}

/// A point of the product's surface.
#[derive(Clone, Debug, PartialEq)]
pub struct Surface {
    /// Product space.
    pub point: Vec3,
    /// Product space, unit length.
    pub normal: Vec3,
    /// 0 for the body, else one more than the model's index in the product file.
    pub model: usize,
    /// Which mesh, by its index in the file.
    pub mesh: usize,
    /// Vertices as the file numbers them.
    pub corners: [u32; 3],
    /// All else, in the scene's space.
    pub touch: Touch,
}

impl Surface {
    /// As model-viewer's `data-surface` has it: mesh, primitive, three vertices and how much of each. Before it the model,
    /// where it is not the first.
    pub fn written(&self) -> String {
        let mut out = String::new();
        let mut add = |number: usize| {
            // Writing to a text does not fail.
            let _ = write!(out, "{number} ");
        };
        if self.model > 0 {
            add(self.model);
        }
        add(self.mesh);
        add(self.touch.primitive);
        self.corners.iter().for_each(|corner| add(*corner as usize));
        // Thousandths that sum to one, so that the point stays on its triangle.
        let thousandths = |share: f32| (share.clamp(0.0, 1.0) * 1000.0).round() as u32;
        let (first, second) = (thousandths(self.touch.weights.x), thousandths(self.touch.weights.y));
        let shares = [first, second.min(1000 - first), 1000 - first - second.min(1000 - first)];
        for (at, share) in shares.into_iter().enumerate() {
            let gap = if at == 0 { "" } else { " " };
            let _ = write!(out, "{gap}{}.{:03}", share / 1000, share % 1000);
        }
        out
    }
}

impl Viewer {
    /// The product's surface under a point of the element, as it is seen now.
    pub fn surface_under(&self, x_css_px: f32, y_css_px: f32) -> Option<Surface> {
        let ray = self.ray_at(x_css_px, y_css_px)?;
        let mut nearest: Option<(Solid<'_>, Touch)> = None;
        for solid in self.solids() {
            let (stage, met) = (solid.stage, ray.transformed(&solid.product_from_scene.inverse()));
            if let Some(found) = touch(&stage.scene, &stage.pose, &stage.overlay, &met)
                && nearest.as_ref().is_none_or(|(_, known)| found.distance < known.distance)
            {
                nearest = Some((solid, found));
            }
        }
        let (solid, touch) = nearest?;
        let mesh = solid.stage.scene.nodes.get(touch.node)?.mesh?;
        let primitive = solid.stage.scene.meshes.get(mesh)?.primitives.get(touch.primitive)?;
        let origins = &primitive.vertices.origins;
        Some(Surface {
            point: solid.product_from_scene.transform_point3(touch.point),
            normal: turned(&solid.product_from_scene, touch.normal),
            model: solid.model,
            mesh,
            corners: touch.corners.map(|corner| origins.get(corner as usize).copied().unwrap_or(corner)),
            touch,
        })
    }

    /// The name of a material of a model, counted as [`Surface::model`].
    pub fn material_name(&self, model: usize, material: usize) -> Option<&str> {
        let solid = self.solids().find(|solid| solid.model == model)?;
        Some(&solid.stage.scene.materials.get(material)?.name)
    }

    /// Where a point of `data-surface` is now, and away from its triangle, product space. Nothing where the model has no
    /// such triangle, or does not show it.
    pub fn anchor(&self, written: &str) -> Option<Mark> {
        let mut numbers: Vec<f32> = Vec::new();
        for word in written.split_ascii_whitespace() {
            numbers.push(word.parse().ok().filter(|number: &f32| number.is_finite())?);
        }
        let (model, rest) = match numbers.as_slice() {
            [model, rest @ ..] if rest.len() == 8 => (*model as usize, rest),
            rest => (0, rest),
        };
        let [mesh, primitive_index, a, b, c, u, v, w] = *rest else { return None };
        let solid = self.solids().find(|solid| solid.model == model)?;
        let (scene, pose) = (&solid.stage.scene, &solid.stage.pose);
        let shows = |node: &usize| pose.visible.get(*node) == Some(&true);
        let mut nodes = scene.nodes.iter().filter(|(_, node)| node.mesh == Some(mesh as usize)).map(|(at, _)| at);
        let node = nodes.find(shows)?;
        let primitive = scene.meshes.get(mesh as usize)?.primitives.get(primitive_index as usize)?;
        let origins = &primitive.vertices.origins;
        let mut corners = [Vec3::ZERO; 3];
        for (corner, number) in corners.iter_mut().zip([a, b, c]) {
            let number = number as u32;
            // Vertices that were split lie in the same place.
            let index = match origins.is_empty() {
                true => number,
                false => origins.iter().position(|origin| *origin == number)? as u32,
            };
            *corner = pose.vertex(scene, node, primitive, index)?.0;
        }
        let [a, b, c] = corners.map(|corner| solid.product_from_scene.transform_point3(corner));
        let point = a * u + b * v + c * w;
        let normal = (b - a).cross(c - a).try_normalize();
        let mirrors = |matrix: &Mat4| matrix.determinant() < 0.0;
        let is_turned = mirrors(&solid.product_from_scene) != pose.scene_from_node.get(node).is_some_and(mirrors);
        Some(Mark { point, normal: if is_turned { normal.map(|normal| -normal) } else { normal } })
    }

    /// Takes marks from the space of the product's body, in which its file is written, to the product's.
    pub fn from_body(&self, marks: &mut [Mark]) {
        let Some(stage) = &self.stage else { return };
        for mark in marks {
            mark.point = stage.world_from_scene.transform_point3(mark.point);
            mark.normal = mark.normal.map(|normal| turned(&stage.world_from_scene, normal));
        }
    }

    /// Where points of the product's space are seen now; empty while there is nothing to see.
    pub fn project(&self, marks: &[Mark]) -> Vec<Spot> {
        let Some(sight) = self.sight() else { return Vec::new() };
        let clip_from_product =
            sight.view.projection_from_view * sight.view.world_from_view.inverse() * sight.world_from_product;
        let size_css_px = Vec2::new(self.window.width_css_px, self.window.height_css_px);
        let skin = SKIN * self.extent();
        let (eye, _) = sight.eye();
        let mut rays = Vec::with_capacity(marks.len());
        let mut spots = Vec::with_capacity(marks.len());
        for mark in marks {
            let clip = clip_from_product * mark.point.extend(1.0);
            let at = clip.truncate() / clip.w;
            let is_ahead = clip.w > 0.0 && at.is_finite();
            let towards = sight.towards(mark.point);
            let length = towards.length();
            let reach = (length - skin).max(0.0) / length.max(f32::MIN_POSITIVE);
            let origin = if sight.is_parallel() { mark.point - towards } else { eye };
            rays.push(Ray { origin, direction: towards * reach });
            let place = if is_ahead { (Vec2::new(at.x, -at.y) * 0.5 + 0.5) * size_css_px } else { Vec2::NAN };
            let faces = mark.normal.is_none_or(|normal| normal.dot(towards) <= 0.0);
            spots.push(Spot { at_css_px: place, depth: at.z, faces, hidden: !is_ahead });
        }
        let mut hidden: Vec<bool> = spots.iter().map(|spot| spot.hidden).collect();
        for solid in self.solids() {
            let scene_from_product = solid.product_from_scene.inverse();
            let rays: Vec<Ray> = rays.iter().map(|ray| ray.transformed(&scene_from_product)).collect();
            hide(&solid.stage.scene, &solid.stage.pose, &solid.stage.overlay, &rays, &mut hidden);
        }
        for (spot, hidden) in spots.iter_mut().zip(hidden) {
            spot.hidden = hidden;
        }
        spots
    }
}

/// A normal in another space.
fn turned(to_from_own: &Mat4, normal: Vec3) -> Vec3 {
    let inverse = Mat3::from_mat4(*to_from_own).inverse();
    if inverse.is_finite() { (inverse.transpose() * normal).normalize_or(normal) } else { normal }
}
