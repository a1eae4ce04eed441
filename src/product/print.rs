//! Pictures and words of the customer's on the product's surfaces.

use serde::Serialize;

use super::configuration::color;
use super::file::{Kind, Surface};
use super::{Catalog, Configuration, PartLook, Value};

/// Texels for each millimetre of the product: 200 dots per inch, at which print looks sharp.
const TEXELS_PER_MM: f64 = 8.0;
/// The longest and shortest side of a texture that is drawn.
const MOST_PX: f64 = 2048.0;
const LEAST_PX: f64 = 64.0;
/// Words without an ink of their own.
const INK: [u8; 3] = [0x2b, 0x2a, 0x29];

/// What is drawn on the base colour texture of a material, over the picture that the model has there.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Print {
    /// The material, by name.
    #[serde(skip)]
    pub material: String,
    /// Of the whole texture.
    pub width_px: u32,
    /// Of the whole texture.
    pub height_px: u32,
    /// The lowest first.
    pub layers: Vec<Layer>,
}

/// One picture or text.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Layer {
    /// `text` or `picture`.
    pub kind: &'static str,
    /// The words, or the picture's name.
    pub content: String,
    /// Left, top, width and height, pixels of the texture.
    pub place_px: [f64; 4],
    /// How far from its edges nothing important may lie, pixels to the sides, and above and below.
    pub safe_zone_px: [f64; 2],
    /// The colour of words, `#rrggbb`.
    pub ink: String,
}

impl Catalog {
    /// Adds to the looks what a configuration has on their surfaces.
    pub(super) fn print(&self, configuration: &Configuration, parts: &mut [PartLook]) {
        let body = parts.first().map(|part| part.model);
        for (at, group) in self.product().groups.iter() {
            let (kind, content) = match (group.kind, configuration.value(at)) {
                (Kind::Text, Some(Value::Text(text))) if !text.is_empty() => ("text", text),
                (Kind::Picture, Some(Value::Picture(name))) if !name.is_empty() => ("picture", name),
                _ => continue,
            };
            let mut surfaces = self.product().surfaces.entries();
            let Some(surface) = surfaces.find(|surface| Some(&surface.id) == group.surface.as_ref()) else { continue };
            let named = |id: &str| self.product().models.iter().find(|(_, model)| model.id == id).map(|(at, _)| at);
            let model = surface.model.as_deref().map_or(body, named);
            let Some(part) = parts.iter_mut().find(|part| Some(part.model) == model) else { continue };
            let body_id = body.and_then(|body| self.product().models.get(body)).map(|model| model.id.as_str());
            let known = part.prints.iter().position(|print| print.material == surface.material);
            let place = known.unwrap_or_else(|| {
                part.prints.push(Print::new(surface, body_id));
                part.prints.len() - 1
            });
            if let Some(print) = part.prints.get_mut(place) {
                print.add(surface, body_id, kind, content);
            }
        }
    }
}

/// Width and height of a surface, millimetres.
fn size_mm(surface: &Surface, body: Option<&str>) -> [f64; 2] {
    body.and_then(|body| surface.size_mm_by_body.get(body)).copied().unwrap_or(surface.size_mm)
}

/// Left, top, width and height of a surface in its texture.
fn place(surface: &Surface) -> [f64; 4] {
    let [left, top, right, bottom] = surface.uv.unwrap_or([0.0, 0.0, 1.0, 1.0]);
    [left, top, right - left, bottom - top]
}

impl Print {
    fn new(surface: &Surface, body: Option<&str>) -> Self {
        let ([width_mm, height_mm], [_, _, width, height]) = (size_mm(surface, body), place(surface));
        let whole = [width_mm / width, height_mm / height].map(|side_mm| side_mm * TEXELS_PER_MM);
        let scale = (MOST_PX / whole.iter().copied().fold(LEAST_PX, f64::max)).min(1.0);
        let [width_px, height_px] = whole.map(|side| (side * scale).round().clamp(LEAST_PX, MOST_PX) as u32);
        Self { material: surface.material.clone(), width_px, height_px, layers: Vec::new() }
    }

    fn add(&mut self, surface: &Surface, body: Option<&str>, kind: &'static str, content: &str) {
        let [left, top, width, height] = place(surface);
        let (width_px, height_px) = (f64::from(self.width_px), f64::from(self.height_px));
        let place_px = [left * width_px, top * height_px, width * width_px, height * height_px];
        let [width_mm, height_mm] = size_mm(surface, body);
        let safe = surface.safe_zone_mm;
        let safe_zone_px = [safe / width_mm * width * width_px, safe / height_mm * height * height_px];
        let [red, green, blue] = surface.ink.as_deref().and_then(color).unwrap_or(INK);
        let ink = format!("#{red:02x}{green:02x}{blue:02x}");
        self.layers.push(Layer { kind, content: content.to_owned(), place_px, safe_zone_px, ink });
    }
}
