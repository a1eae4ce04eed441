//! The customer's words on what is printed: where their surface lies, and what is on it.

use glam::{DMat3, DVec2, DVec3, Vec4};

use super::Viewer;
use crate::color::{linear_from_srgb, srgb_from_linear};
use crate::export::{Part, flatten};
use crate::frame::{Look, Placed};
use crate::print::{Lettering, Relief, print_from_world};
use crate::product::Layer;
use crate::product::file::{PrintRelief, Surface};

/// A surface whose corners lie this near to one plane is flat, mm at true size.
const FLAT_MM: f64 = 0.05;
/// How far beside a surface, in millimetres of it, its triangles may begin.
const BESIDE_MM: f64 = 1e-3;

/// Where a surface lies: its upper left, a millimetre to the right and down, and out of it, in the piece's space.
struct Frame {
    origin_mm: DVec3,
    right: DVec3,
    down: DVec3,
    out: DVec3,
    /// What multiplies its texels.
    factor: Vec4,
}

impl Viewer {
    /// The words of this configuration that are made as a shape of a piece, for the module that prints; 1 is true size.
    pub fn print_reliefs(&self, id: &str, scale: f32) -> Vec<Relief> {
        let Ok(asked) = self.asked(id) else { return Vec::new() };
        asked.reliefs.entries().filter_map(|relief| self.relief(relief, scale)).collect()
    }

    fn relief(&self, asked: &PrintRelief, scale: f32) -> Option<Relief> {
        let session = self.session()?;
        let catalog = session.catalog();
        let body = session.body();
        let (surface, size_mm, layers) = catalog.layers_on(&asked.surface, session.configuration(), body)?;
        if layers.is_empty() {
            return None;
        }
        let words = layers.iter().filter(|layer| layer.kind == "text");
        let lettering = |layer: &Layer| Lettering {
            text: layer.content.clone(),
            font: layer.font.clone(),
            center_mm: layer.center_px,
            box_mm: layer.box_px,
            turn_deg: layer.turn_deg,
        };
        let pictures = layers.iter().filter(|layer| layer.kind == "picture").map(|layer| layer.content.clone());
        let ink = words.clone().next().and_then(|layer| crate::product::color(&layer.ink));
        let mut relief = Relief {
            size_mm,
            depth_mm: asked.depth_mm * f64::from(scale),
            is_raised: asked.raised,
            words: words.map(lettering).collect(),
            pictures: pictures.collect(),
            ..Relief::default()
        };
        match self.frame_of(surface, size_mm, scale) {
            Ok(frame) => {
                relief.origin_mm = frame.origin_mm.to_array();
                relief.right = frame.right.to_array();
                relief.down = frame.down.to_array();
                relief.out = frame.out.to_array();
                // What stands out may be of another filament; who engraves sees what is below.
                relief.color = ink.filter(|_| asked.raised).map(|ink| tinted(ink, frame.factor));
            }
            Err(flaw) => relief.flaw = Some(flaw.to_owned()),
        }
        Some(relief)
    }

    /// Where a surface lies, by the texture coordinates of what shows it.
    fn frame_of(&self, surface: &Surface, size_mm: [f64; 2], scale: f32) -> Result<Frame, &'static str> {
        const UNSEEN: &str = "nothing shows the surface with the words";
        let body = self.stage.as_ref().ok_or(UNSEEN)?;
        let wanted = surface.model.as_deref().map_or(Some(body.id), |model| self.scene_of_model(model));
        let product_from_world = body.world_from_scene.inverse();
        let placed = self.shown_stages().filter(|(stage, _)| Some(stage.id) == wanted);
        let placed = placed.map(|(stage, world_from_scene)| Placed {
            id: stage.id,
            scene: &stage.scene,
            world_from_scene: product_from_world * world_from_scene,
            pose: &stage.pose,
            overlay: &stage.overlay,
        });
        let (parts, _) = flatten(&Look { placed: placed.collect() });
        let mut fit = Fit::default();
        for part in parts.iter().filter(|part| part.material.name == surface.material) {
            fit.add(part, surface, size_mm, scale);
        }
        if fit.points.is_empty() {
            return Err(UNSEEN);
        }
        let frame = fit.frame().ok_or("the surface with the words has no extent")?;
        let off =
            |(at, place): &(DVec2, DVec3)| (frame.origin_mm + frame.right * at.x + frame.down * at.y).distance(*place);
        let farthest_mm = fit.points.iter().map(off).fold(0.0, f64::max);
        if farthest_mm > FLAT_MM * f64::from(scale) { Err("the surface with the words is not flat") } else { Ok(frame) }
    }
}

/// Points of a surface, in its millimetres and in the piece's space.
#[derive(Default)]
struct Fit {
    points: Vec<(DVec2, DVec3)>,
    out: DVec3,
    factor: Vec4,
}

impl Fit {
    fn add(&mut self, part: &Part, surface: &Surface, [width, height]: [f64; 2], scale: f32) {
        let info = part.material.base_color_texture.as_ref();
        let (set, transform) = info.map_or((0, None), |info| (info.uv_set, Some(info.transform)));
        let Some(uvs) = part.uvs.get(set).filter(|uvs| !uvs.is_empty()) else { return };
        let [left, top, right, bottom] = surface.uv.unwrap_or([0.0, 0.0, 1.0, 1.0]);
        let on_surface = |corner: u32| {
            let uv = *uvs.get(corner as usize)?;
            let uv = transform.map_or(uv, |transform| transform.apply(uv)).as_dvec2();
            Some(DVec2::new((uv.x - left) / (right - left) * width, (uv.y - top) / (bottom - top) * height))
        };
        self.factor = part.material.base_color_factor;
        for corners in part.indices.as_chunks::<3>().0 {
            let found: Option<Vec<(DVec2, DVec3)>> = corners
                .iter()
                .map(|corner| {
                    let at = part.positions.get(*corner as usize)?;
                    Some((on_surface(*corner)?, print_from_world(*at, scale).as_dvec3()))
                })
                .collect();
            let Some([one, two, three]) = found.and_then(|found| <[_; 3]>::try_from(found).ok()) else { continue };
            let middle = (one.0 + two.0 + three.0) / 3.0;
            let is_on = |at: f64, side: f64| (-BESIDE_MM..=side + BESIDE_MM).contains(&at);
            if is_on(middle.x, width) && is_on(middle.y, height) {
                self.out += (two.1 - one.1).cross(three.1 - one.1);
                self.points.extend([one, two, three]);
            }
        }
    }

    /// The plane that is nearest to all of them (least squares).
    fn frame(&self) -> Option<Frame> {
        let (mut square, mut sums) = (DMat3::ZERO, DMat3::ZERO);
        for (at, place) in &self.points {
            let row = DVec3::new(1.0, at.x, at.y);
            square += DMat3::from_cols(row * row.x, row * row.y, row * row.z);
            // Column by column: the places, once for each entry of the row.
            sums += DMat3::from_cols(*place * row.x, *place * row.y, *place * row.z);
        }
        if square.determinant().abs() < 1e-12 {
            return None;
        }
        let solved = sums * square.inverse();
        let [origin_mm, right, down] = [solved.x_axis, solved.y_axis, solved.z_axis];
        let normal = right.cross(down).try_normalize()?;
        let out = if normal.dot(self.out) < 0.0 { -normal } else { normal };
        Some(Frame { origin_mm, right, down, out, factor: self.factor })
    }
}

/// A colour of words as it is seen.
fn tinted(ink: [u8; 3], factor: Vec4) -> [u8; 4] {
    let [red, green, blue] = ink;
    let seen = [(red, factor.x), (green, factor.y), (blue, factor.z)].map(|(part, factor)| {
        let linear = linear_from_srgb(f32::from(part) / 255.0) * factor;
        (srgb_from_linear(linear.clamp(0.0, 1.0)) * 255.0).round() as u8
    });
    let [red, green, blue] = seen;
    [red, green, blue, 255]
}
