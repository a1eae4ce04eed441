//! Surfaces and what lies on them, in millimetres.

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::super::hint::{Ground, Hint, hints, layers, lying, placed};
use super::super::print::{Area, Layer, ink};
use super::super::{Configuration, Motif, Placement, Session, Value};
use super::Tone;
use crate::color::{linear_from_srgb, srgb_from_linear};

/// Print files have so many dots per inch, or as many as their surface wants; and no more pixels than phones can draw.
const PRINT_DPI: f64 = 300.0;
const MOST_PRINT_PX: f64 = 16_000_000.0;
/// Nor longer: browsers' canvases end there.
const MOST_PRINT_SIDE_PX: f64 = 16_384.0;
/// So near, in parts of its own size, a layer goes back to the size that it has by itself.
const NEAR_SIZE: f64 = 0.015;

/// How a surface is seen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facing {
    /// `camera-orbit` and `camera-target` that look straight at it.
    pub camera: Option<[String; 2]>,
    /// Its colours.
    pub ground: Option<Ground>,
}

/// A group's surface.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SurfaceView<'a> {
    /// Its id.
    pub id: &'a str,
    /// In the page's language.
    pub name: &'a str,
    /// Width and height on what is chosen.
    pub size_mm: [f64; 2],
    /// How far from its edges nothing important may lie.
    pub safe_zone_mm: f64,
    /// How far what is printed goes on beyond its edges.
    pub bleed_mm: f64,
    /// Below so many dots per inch a picture looks soft.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_dpi: Option<f64>,
    /// `print` or `engraving`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub process: Option<&'a str>,
    /// The fonts that may be used; none for all that there are.
    pub fonts: Vec<&'a str>,
    /// The colour of words as it is seen, `#rrggbb`.
    pub ink: String,
    /// What is behind, `#rrggbb`, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ground: Option<String>,
    /// All groups that go there, the lowest first.
    pub groups: Vec<&'a str>,
    /// `camera-orbit` and `camera-target` that look straight at it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub camera: Option<Json>,
}

/// What a group has on its surface.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ArtworkView {
    /// The lowest first: as answers have them, and `centerMm` from the surface's middle to the right and below, `sizeMm`
    /// before they are turned, `turnDeg` clockwise; without these where a picture is not there.
    pub layers: Vec<Json>,
    /// What may go wrong.
    pub hints: Vec<Hint>,
}

/// All that is on a surface, to be drawn at some density.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PrintedView {
    /// For a file.
    pub name: String,
    /// Pixels.
    pub width_px: u32,
    /// Pixels.
    pub height_px: u32,
    /// Dots per inch.
    pub dpi: f64,
    /// The lowest first.
    pub layers: Vec<Layer>,
}

/// Where a hand puts a layer.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Hand {
    /// A picture, not words.
    picture: bool,
    /// The layer's own.
    sides: [f64; 2],
    /// From the surface's middle.
    center_mm: [f64; 2],
    /// Its width before it is turned.
    width_mm: f64,
    turn_deg: f64,
    /// The middle, a side of the surface and a quarter turn hold what comes so near.
    snap_mm: f64,
    snap_deg: f64,
}

/// What to draw.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Wanted {
    /// None for a print file.
    dpi: Option<f64>,
    bleed: bool,
    /// Only this group's.
    alone: bool,
}

impl Session {
    pub(crate) fn body(&self) -> Option<usize> {
        self.catalog().look(self.configuration(), &[]).first().map(|look| look.model)
    }

    /// A group's surface.
    pub fn surface_view(&self, group: usize, tone: &Tone, facing: &Facing) -> Option<SurfaceView<'_>> {
        let (surface, size_mm) = self.catalog().surface_of(group, self.body())?;
        let groups = self.catalog().product().groups.entries();
        let here = groups.filter(|group| group.surface.as_ref() == Some(&surface.id)).map(|group| group.id.as_str());
        let tint = facing.ground.map_or([1.0; 3], |ground| ground.tint);
        let camera = facing.camera.as_ref().map(|[orbit, target]| json!({ "orbit": orbit, "target": target }));
        Some(SurfaceView {
            id: &surface.id,
            name: surface.name.in_language(&tone.language),
            size_mm,
            safe_zone_mm: surface.safe_zone_mm,
            bleed_mm: surface.bleed_mm,
            min_dpi: surface.min_dpi,
            process: surface.process.as_deref(),
            fonts: surface.fonts.entries().map(String::as_str).collect(),
            ink: tinted(ink(surface), tint),
            ground: facing.ground.and_then(|ground| ground.behind).map(|behind| tinted([255; 3], behind)),
            groups: here.collect(),
            camera,
        })
    }

    /// What a group has on its surface. `sides` is the JSON of the layers' own widths and heights: a picture's pixels, and
    /// words as they are measured at a font size of 100; null for a picture that is not there.
    pub fn artwork_view(&self, group: usize, sides: &str, facing: &Facing) -> Option<ArtworkView> {
        let (surface, size_mm) = self.catalog().surface_of(group, self.body())?;
        let value = self.configuration().value(group)?;
        let sides: Vec<Option<[f64; 2]>> = serde_json::from_str(sides).unwrap_or_default();
        let area = Area::alone(surface, size_mm, 1.0);
        let layer = |(at, motif): (usize, Motif)| {
            let mut layer = motif.to_json();
            let own = sides.get(at).copied().flatten().filter(|sides| sides.iter().all(|side| *side > 0.0));
            if let (Some(own), Some(members)) = (own, layer.as_object_mut()) {
                let placed = placed(area, &motif, own);
                members.insert("centerMm".to_owned(), json!(placed.center));
                members.insert("sizeMm".to_owned(), json!(placed.size));
                members.insert("turnDeg".to_owned(), json!(placed.turn_deg));
            }
            layer
        };
        Some(ArtworkView {
            layers: layers(value).into_iter().enumerate().map(layer).collect(),
            hints: hints(surface, size_mm, value, &sides, facing.ground),
        })
    }

    /// How a layer lies that a hand puts there, as answers have it; JSON to JSON.
    pub fn arranged(&self, group: usize, hand: &str) -> Option<Json> {
        let (surface, size_mm) = self.catalog().surface_of(group, self.body())?;
        let hand: Hand = serde_json::from_str(hand).ok()?;
        let area = Area::alone(surface, size_mm, 1.0);
        let by_itself = lying(area, hand.picture, Placement::default(), hand.sides);
        let [width, height] = size_mm;
        let held = |value: f64, half: f64| {
            let places = [0.0, half, -half];
            places.into_iter().find(|place| (value - place).abs() < hand.snap_mm).unwrap_or(value)
        };
        let quarter = (hand.turn_deg / 90.0).round() * 90.0;
        let turn = if (hand.turn_deg - quarter).abs() < hand.snap_deg { quarter } else { hand.turn_deg };
        let size = hand.width_mm / by_itself.size[0].max(1e-6);
        let size = if hand.snap_mm > 0.0 && (size - 1.0).abs() < NEAR_SIZE { 1.0 } else { size };
        // A middle on an edge is seldom meant, an edge on an edge often is.
        let upright = lying(area, hand.picture, Placement::near(0.0, 0.0, (size - 1.0) * 10_000.0, turn), hand.sides);
        let [across, down] = upright.reach();
        let [x, y] = hand.center_mm;
        let (x, y) = (held(x, (width / 2.0 - across).abs()), held(y, (height / 2.0 - down).abs()));
        let placement = Placement::near(x / width * 10_000.0, y / height * 10_000.0, (size - 1.0) * 10_000.0, turn);
        let Placement { x, y, scale, rotation } = placement;
        Some(json!({ "x": x, "y": y, "scale": scale, "rotation": rotation }))
    }

    /// All that is on a group's surface: for a print file, or as `wanted` says, `{ dpi, bleed, alone }`.
    pub fn printed(&self, group: usize, wanted: &str, facing: &Facing) -> Option<PrintedView> {
        let catalog = self.catalog();
        let (surface, size_mm) = catalog.surface_of(group, self.body())?;
        let wanted: Wanted = serde_json::from_str(wanted).unwrap_or_default();
        let dpi = wanted.dpi.filter(|dpi| *dpi > 0.0 && dpi.is_finite());
        let dpi = dpi.unwrap_or_else(|| surface.min_dpi.unwrap_or(PRINT_DPI).max(PRINT_DPI));
        let bleed = if wanted.bleed { 2.0 * surface.bleed_mm.max(0.0) } else { 0.0 };
        let [width, height] = size_mm.map(|side| (side + bleed) * dpi / 25.4);
        let shrunk = (MOST_PRINT_PX / (width * height)).sqrt().min(MOST_PRINT_SIDE_PX / width.max(height)).min(1.0);
        let dpi = dpi * shrunk;
        let area = Area::alone(surface, size_mm, dpi / 25.4);
        let area = if wanted.bleed { area.with_bleed() } else { area };
        let side = |side: f64| ((side + bleed) * dpi / 25.4).round().max(1.0) as u32;
        let tint = facing.ground.map_or([1.0; 3], |ground| ground.tint);
        let mut all = Vec::new();
        for (at, other) in catalog.product().groups.iter() {
            let is_here = if wanted.alone { at == group } else { other.surface.as_ref() == Some(&surface.id) };
            let Some(value) = self.configuration().value(at).filter(|_| is_here) else { continue };
            all.extend(area.layers(value, ink(surface)));
        }
        for layer in &mut all {
            if let Some(own) = super::super::configuration::color(&layer.ink) {
                layer.ink = tinted(own, tint);
            }
            if wanted.bleed {
                layer.clip_px = area.bled();
            }
        }
        Some(PrintedView {
            name: format!("{}-{}.png", catalog.product().id, surface.id),
            width_px: side(size_mm[0]),
            height_px: side(size_mm[1]),
            dpi,
            layers: all,
        })
    }

    /// The names of all pictures that this session may show again: chosen, owned, kept, a step away, or in `others`.
    pub fn picture_names(&self, others: &[&Configuration]) -> Vec<String> {
        let (past, future) = self.steps();
        let steps = past.iter().chain(future).map(|step| &step.configuration);
        let kept = self.designs().map(|(_, design)| design);
        let all = std::iter::once(self.configuration()).chain(self.owned()).chain(steps).chain(kept);
        let all = all.chain(others.iter().copied());
        let mut names = Vec::new();
        for configuration in all {
            for (at, _) in self.catalog().product().groups.iter() {
                if let Some(Value::Picture(artwork)) = configuration.value(at) {
                    names.extend(artwork.pictures().map(str::to_owned));
                }
            }
        }
        names.sort_unstable();
        names.dedup();
        names
    }
}

/// A colour that is seen through a linear one.
fn tinted(color: [u8; 3], tint: [f32; 3]) -> String {
    let mut seen = [0_u8; 3];
    for ((seen, own), tint) in seen.iter_mut().zip(color).zip(tint) {
        let linear = linear_from_srgb(f32::from(own) / 255.0) * tint;
        *seen = (srgb_from_linear(linear.clamp(0.0, 1.0)) * 255.0).round() as u8;
    }
    let [red, green, blue] = seen;
    format!("#{red:02x}{green:02x}{blue:02x}")
}
