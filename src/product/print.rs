//! Pictures and words of the customer's on the product's surfaces.

use serde::Serialize;

use super::artwork::{Motif, Words};
use super::configuration::color;
use super::file::{Kind, Surface};
use super::{Catalog, Configuration, PartLook, Placement, Value};

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

/// One picture or text, or the lines that show where they may go. The content's own sides are known to who draws it:
/// it is as large as it *covers* the box, or as it is *contained* there, and is then turned around its middle.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Layer {
    /// `text`, `picture` or `outline`: of an outline, the box is the safe zone.
    pub kind: &'static str,
    /// The words, or the picture's name.
    pub content: String,
    /// Names a font; empty for the usual one.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub font: String,
    /// Left, top, width and height of what may be drawn on, pixels of the texture.
    pub clip_px: [f64; 4],
    /// Where the content's middle goes.
    pub center_px: [f64; 2],
    /// Width and height that it covers, or fits into.
    pub box_px: [f64; 2],
    /// Whether it covers them.
    pub covers: bool,
    /// Clockwise, degrees.
    pub turn_deg: f64,
    /// The colour of words, `#rrggbb`.
    pub ink: String,
}

/// Where a surface lies in a picture, pixels: all that placing something on it takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    /// Left, top, width and height.
    place_px: [f64; 4],
    px_per_mm: [f64; 2],
    safe_mm: f64,
    bleed_mm: f64,
}

/// Where something lies, in the units of its [`Area`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Placed {
    /// Its middle.
    pub(super) center: [f64; 2],
    /// Before it is turned.
    pub(super) size: [f64; 2],
    /// Clockwise, degrees.
    pub(super) turn_deg: f64,
}

impl Placed {
    /// Half of the width and height of the upright box around it.
    pub(super) fn reach(&self) -> [f64; 2] {
        let (sin, cos) = self.turn_deg.to_radians().sin_cos();
        let [width, height] = self.size;
        [width * cos.abs() + height * sin.abs(), width * sin.abs() + height * cos.abs()].map(|side| side / 2.0)
    }
}

impl Area {
    /// A surface by itself, its upper left at 0, at some density.
    pub(super) fn alone(surface: &Surface, size_mm: [f64; 2], px_per_mm: f64) -> Self {
        let [width, height] = size_mm.map(|side| side * px_per_mm);
        Self {
            place_px: [0.0, 0.0, width, height],
            px_per_mm: [px_per_mm; 2],
            safe_mm: surface.safe_zone_mm.max(0.0),
            bleed_mm: surface.bleed_mm.max(0.0),
        }
    }

    /// The same with its bleed inside of the picture.
    pub(super) fn with_bleed(self) -> Self {
        let [across, down] = self.px_per_mm.map(|px| px * self.bleed_mm);
        let [left, top, width, height] = self.place_px;
        Self { place_px: [left + across, top + down, width, height], ..self }
    }

    /// Left, top, width and height with the bleed.
    pub(super) fn bled(self) -> [f64; 4] {
        let [across, down] = self.px_per_mm.map(|px| px * self.bleed_mm);
        let [left, top, width, height] = self.place_px;
        [left - across, top - down, width + 2.0 * across, height + 2.0 * down]
    }

    /// Width and height of what is in the safe zone.
    pub(super) fn safe(self) -> [f64; 2] {
        let [_, _, width, height] = self.place_px;
        let [across, down] = self.px_per_mm.map(|px| 2.0 * px * self.safe_mm);
        [(width - across).max(0.0), (height - down).max(0.0)]
    }

    pub(super) fn size(self) -> [f64; 2] {
        let [_, _, width, height] = self.place_px;
        [width, height]
    }

    pub(super) fn middle(self) -> [f64; 2] {
        let [left, top, width, height] = self.place_px;
        [left + width / 2.0, top + height / 2.0]
    }

    /// Middle and box of what lies there.
    fn laid(self, covers: bool, placement: Placement) -> ([f64; 2], [f64; 2]) {
        let ([x, y], [width, height]) = (self.middle(), self.size());
        let part = |value: i32| f64::from(value) / 10_000.0;
        let center = [x + part(placement.x) * width, y + part(placement.y) * height];
        let [_, _, wide, high] = self.bled();
        let free = if covers { [wide, high] } else { self.safe() };
        (center, free.map(|side| side * placement.factor()))
    }

    /// Where something with these sides lies: pictures cover the surface by themselves, words fit into the safe zone.
    pub(super) fn place(self, covers: bool, placement: Placement, sides: [f64; 2]) -> Placed {
        let (center, [width, height]) = self.laid(covers, placement);
        let [wide, high] = sides.map(|side| side.max(1e-6));
        let (across, down) = (width / wide, height / high);
        let scale = if covers { across.max(down) } else { across.min(down) };
        Placed { center, size: [wide * scale, high * scale], turn_deg: f64::from(placement.rotation) / 10.0 }
    }

    fn layer(self, kind: &'static str, content: &str, placement: Placement, ink: [u8; 3]) -> Layer {
        let covers = kind == "picture";
        let (center_px, box_px) = self.laid(covers, placement);
        let [red, green, blue] = ink;
        Layer {
            kind,
            content: content.to_owned(),
            font: String::new(),
            clip_px: self.place_px,
            center_px,
            box_px,
            covers,
            turn_deg: f64::from(placement.rotation) / 10.0,
            ink: format!("#{red:02x}{green:02x}{blue:02x}"),
        }
    }

    /// What a group's answer draws there, the lowest first.
    pub(super) fn layers(self, value: &Value, ink: [u8; 3]) -> Vec<Layer> {
        let words = |words: &Words| {
            let layer = self.layer("text", &words.text, words.placement, words.ink.unwrap_or(ink));
            Layer { font: words.font.clone(), ..layer }
        };
        match value {
            Value::Text(said) if !said.text.is_empty() => vec![words(said)],
            Value::Picture(artwork) => {
                let layer = |motif: &Motif| match motif {
                    Motif::Picture { name, placement } => self.layer("picture", name, *placement, ink),
                    Motif::Words(said) => words(said),
                };
                artwork.0.iter().map(layer).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// The ink of words that have none of their own.
pub(super) fn ink(surface: &Surface) -> [u8; 3] {
    surface.ink.as_deref().and_then(color).unwrap_or(INK)
}

impl Catalog {
    /// The surface of a group of pictures or texts, and its width and height, millimetres, on this body.
    pub(super) fn surface_of(&self, group: usize, body: Option<usize>) -> Option<(&Surface, [f64; 2])> {
        let group = self.group(group).filter(|group| matches!(group.kind, Kind::Text | Kind::Picture))?;
        let id = group.surface.as_ref()?;
        let surface = self.product().surfaces.entries().find(|surface| surface.id == *id)?;
        let body = body.and_then(|body| self.product().models.get(body));
        let own = body.and_then(|body| surface.size_mm_by_body.get(&body.id));
        Some((surface, *own.unwrap_or(&surface.size_mm)))
    }

    /// Adds to the looks what a configuration has on their surfaces.
    pub(super) fn print(&self, configuration: &Configuration, parts: &mut [PartLook]) {
        for (at, _) in self.product().groups.iter() {
            let Some(value) = configuration.value(at).filter(|value| value.is_filled()) else { continue };
            self.print_on(at, parts, |area, surface| area.layers(value, ink(surface)));
        }
    }

    /// What a configuration has on a surface, and that surface, and its width and height on this body, millimetres. One pixel
    /// is a millimetre, and the surface's upper left is at 0: as on its picture.
    pub(crate) fn layers_on<'a>(
        &'a self,
        surface: &str,
        configuration: &Configuration,
        body: Option<usize>,
    ) -> Option<(&'a Surface, [f64; 2], Vec<Layer>)> {
        let mut layers = Vec::new();
        let mut found = None;
        for (at, _) in self.product().groups.iter() {
            let Some((known, size_mm)) = self.surface_of(at, body).filter(|(known, _)| known.id == surface) else {
                continue;
            };
            found = Some((known, size_mm));
            if let Some(value) = configuration.value(at).filter(|value| value.is_filled()) {
                layers.extend(Area::alone(known, size_mm, 1.0).layers(value, ink(known)));
            }
        }
        found.map(|(surface, size_mm)| (surface, size_mm, layers))
    }

    /// Adds lines to the looks: the edge and the safe zone of a group's surface.
    pub fn outline(&self, group: usize, parts: &mut [PartLook]) {
        self.print_on(group, parts, |area, _| {
            let layer = area.layer("outline", "", Placement::default(), [0; 3]);
            vec![layer]
        });
    }

    fn print_on(&self, group: usize, parts: &mut [PartLook], layers: impl Fn(Area, &Surface) -> Vec<Layer>) {
        let body = parts.first().map(|part| part.model);
        let Some((surface, size_mm)) = self.surface_of(group, body) else { return };
        let Some(part) = parts.iter_mut().find(|part| Some(part.model) == self.model_of(surface, body)) else { return };
        let known = part.prints.iter().position(|print| print.material == surface.material);
        let place = known.unwrap_or_else(|| {
            part.prints.push(Print::new(surface, size_mm));
            part.prints.len() - 1
        });
        if let Some(print) = part.prints.get_mut(place) {
            let area = print.area(surface, size_mm);
            print.layers.extend(layers(area, surface));
        }
    }

    /// The model that has a surface, by its index.
    pub(super) fn model_of(&self, surface: &Surface, body: Option<usize>) -> Option<usize> {
        let named = |id: &str| self.product().models.iter().find(|(_, model)| model.id == id).map(|(at, _)| at);
        surface.model.as_deref().map_or(body, named)
    }
}

/// Left, top, width and height of a surface in its texture.
fn place(surface: &Surface) -> [f64; 4] {
    let [left, top, right, bottom] = surface.uv.unwrap_or([0.0, 0.0, 1.0, 1.0]);
    [left, top, right - left, bottom - top]
}

impl Print {
    fn new(surface: &Surface, [width_mm, height_mm]: [f64; 2]) -> Self {
        let [_, _, width, height] = place(surface);
        let whole = [width_mm / width, height_mm / height].map(|side_mm| side_mm * TEXELS_PER_MM);
        let scale = (MOST_PX / whole.iter().copied().fold(LEAST_PX, f64::max)).min(1.0);
        let [width_px, height_px] = whole.map(|side| (side * scale).round().clamp(LEAST_PX, MOST_PX) as u32);
        Self { material: surface.material.clone(), width_px, height_px, layers: Vec::new() }
    }

    fn area(&self, surface: &Surface, [width_mm, height_mm]: [f64; 2]) -> Area {
        let [left, top, width, height] = place(surface);
        let (width_px, height_px) = (f64::from(self.width_px), f64::from(self.height_px));
        Area {
            place_px: [left * width_px, top * height_px, width * width_px, height * height_px],
            px_per_mm: [width / width_mm * width_px, height / height_mm * height_px],
            ..Area::alone(surface, [width_mm, height_mm], 1.0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area() -> Area {
        let surface = Surface { safe_zone_mm: 5.0, ..Surface::default() };
        Area::alone(&surface, [100.0, 50.0], 2.0)
    }

    fn near(one: [f64; 2], other: [f64; 2]) -> bool {
        one.iter().zip(other).all(|(one, other)| (one - other).abs() < 1e-6)
    }

    #[test]
    fn what_lies_by_itself_covers_the_surface_or_fits_the_safe_zone() {
        for sides in [[10.0, 10.0], [4000.0, 1.0], [1.0, 4000.0], [200.0, 100.0]] {
            let picture = area().place(true, Placement::default(), sides);
            assert!(near(picture.center, [100.0, 50.0]));
            assert!(picture.size[0] > 199.999 && picture.size[1] > 99.999, "{sides:?}");
            assert!((picture.size[0] - 200.0).abs() < 1e-6 || (picture.size[1] - 100.0).abs() < 1e-6);
            let words = area().place(false, Placement::default(), sides);
            assert!(words.size[0] < 180.001 && words.size[1] < 80.001, "{sides:?}");
            assert!((words.size[0] - 180.0).abs() < 1e-6 || (words.size[1] - 80.0).abs() < 1e-6);
        }
    }

    #[test]
    fn a_placement_moves_scales_and_turns_and_nothing_else() {
        let plain = area().place(true, Placement::default(), [300.0, 200.0]);
        for scale in [-9_900, -5_000, 0, 1, 10_000, 190_000] {
            for rotation in [-900, 0, 37, 450, 900, 1800] {
                for (x, y) in [(0, 0), (2_500, -5_000), (-30_000, 30_000)] {
                    let placement = Placement { x, y, scale, rotation };
                    let placed = area().place(true, placement, [300.0, 200.0]);
                    let moved = [f64::from(x) * 0.02, f64::from(y) * 0.01];
                    assert!(near(placed.center, [100.0 + moved[0], 50.0 + moved[1]]), "{placement:?}");
                    assert!(near(placed.size, plain.size.map(|side| side * placement.factor())), "{placement:?}");
                    // A quarter turn lays the sides across; half a turn changes nothing of the box around it.
                    let turned = |by: i32| Placed { turn_deg: placed.turn_deg + f64::from(by), ..placed }.reach();
                    let [wide, high] = placed.reach();
                    assert!(near(turned(90), [high, wide]) && near(turned(180), [wide, high]), "{placement:?}");
                    assert!(wide >= placed.size[0].min(placed.size[1]) / 2.0 - 1e-9);
                }
            }
        }
    }

    #[test]
    fn a_surface_with_bleed_is_covered_with_it_and_words_stay_where_they_are() {
        let surface = Surface { safe_zone_mm: 5.0, bleed_mm: 3.0, ..Surface::default() };
        let bled = Area::alone(&surface, [100.0, 50.0], 2.0).with_bleed();
        assert_eq!(bled.bled(), [0.0, 0.0, 212.0, 112.0]);
        assert_eq!(bled.safe(), area().safe());
        assert!(near(bled.place(true, Placement::default(), [212.0, 112.0]).size, [212.0, 112.0]));
    }
}
