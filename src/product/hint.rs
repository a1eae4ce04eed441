//! What may go wrong when a surface is printed or engraved: kinds and figures, for which the page has sentences.

use serde::Serialize;

use super::artwork::{FONTS, Motif, Words};
use super::file::Surface;
use super::print::{Area, Placed, ink};
use super::{Placement, Value};

/// Heights of capitals that are read and come out; millimetres.
const LEAST_CAPITAL_MM: f64 = 1.5;
const LEAST_ENGRAVED_CAPITAL_MM: f64 = 2.0;
/// The thinnest line that a graver leaves, millimetres.
const LEAST_ENGRAVED_LINE_MM: f64 = 0.2;
/// Of a font's size: a capital's height, and a line of a font that nobody measured.
const CAPITAL: f64 = 0.7;
const STROKE: f64 = 0.1;
/// Words are measured at a font size of so many units.
pub(super) const MEASURED_AT: f64 = 100.0;
/// Below this ratio of luminances (WCAG 2.2) words are hardly told from what is behind them.
const LEAST_CONTRAST: f64 = 1.7;
/// So much of a millimetre nobody sees.
const SLACK_MM: f64 = 0.05;

/// Something to think about before it is made.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Hint {
    /// `soft`: the picture has too few pixels for its size, `cm` on its longer side, and is sharp from `px` on; `edge`: it
    /// comes out of the safe zone; `gone`: it is not on the surface at all; `small`: capitals lower than `mm`; `thin`: lines
    /// thinner than `mm`; `faint`: hardly told from what is behind it; `oneColor`: an engraving has no colours; `missing`: the
    /// picture is not on this device.
    pub kind: &'static str,
    /// Of which layer.
    pub layer: usize,
    /// Centimetres.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cm: Option<f64>,
    /// Pixels on the longer side.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub px: Option<u32>,
    /// Millimetres.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mm: Option<f64>,
}

impl Hint {
    fn new(kind: &'static str, layer: usize) -> Self {
        Self { kind, layer, cm: None, px: None, mm: None }
    }
}

/// Linear colours, as the material that shows a surface makes them of white, and of what is seen through it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ground {
    /// What white becomes.
    pub tint: [f32; 3],
    /// What is behind, where that is known.
    pub behind: Option<[f32; 3]>,
}

/// A layer's kind, and where it lies.
pub(super) fn layers(value: &Value) -> Vec<Motif> {
    match value {
        Value::Text(words) if !words.text.is_empty() => vec![Motif::Words(words.clone())],
        Value::Picture(artwork) => artwork.0.clone(),
        _ => Vec::new(),
    }
}

/// Where a layer lies, from the surface's middle, millimetres. `sides` are its own, in whatever units.
pub(super) fn placed(area: Area, motif: &Motif, sides: [f64; 2]) -> Placed {
    lying(area, matches!(motif, Motif::Picture { .. }), motif.placement(), sides)
}

pub(super) fn lying(area: Area, covers: bool, placement: Placement, sides: [f64; 2]) -> Placed {
    let placed = area.place(covers, placement, sides);
    let [x, y] = area.middle();
    Placed { center: [placed.center[0] - x, placed.center[1] - y], ..placed }
}

/// What is to be said of a group's answer on its surface. `sides` are the layers' own: a picture's pixels, and words as they
/// are measured at a font size of 100; none for a picture that is not there.
pub(super) fn hints(
    surface: &Surface,
    size_mm: [f64; 2],
    value: &Value,
    sides: &[Option<[f64; 2]>],
    ground: Option<Ground>,
) -> Vec<Hint> {
    let area = Area::alone(surface, size_mm, 1.0);
    let is_engraved = surface.process.as_deref() == Some("engraving");
    let mut hints = Vec::new();
    for (at, motif) in layers(value).iter().enumerate() {
        let own = sides.get(at).copied().flatten().filter(|sides| sides.iter().all(|side| *side > 0.0));
        let Some(own) = own else {
            if matches!(motif, Motif::Picture { .. }) {
                hints.push(Hint::new("missing", at));
            }
            continue;
        };
        let placed = placed(area, motif, own);
        if let Some(kind) = beyond(area, &placed, matches!(motif, Motif::Picture { .. })) {
            hints.push(Hint::new(kind, at));
        }
        match motif {
            Motif::Picture { .. } => {
                hints.extend(softness(surface, &placed, own).map(|(cm, px)| Hint {
                    cm: Some(cm),
                    px: Some(px),
                    ..Hint::new("soft", at)
                }));
                if is_engraved {
                    hints.push(Hint::new("oneColor", at));
                }
            }
            Motif::Words(words) => {
                let em_mm = MEASURED_AT * placed.size[1] / own[1];
                hints.extend(
                    legibility(words, em_mm, is_engraved)
                        .map(|(kind, mm)| Hint { mm: Some(mm), ..Hint::new(kind, at) }),
                );
                if ground.is_some_and(|ground| is_faint(words.ink.unwrap_or_else(|| ink(surface)), ground)) {
                    hints.push(Hint::new("faint", at));
                }
            }
        }
    }
    hints
}

/// A picture that goes over an edge is meant to; one that ends before it, or words, keep away from it.
fn beyond(area: Area, placed: &Placed, is_picture: bool) -> Option<&'static str> {
    let (reach, size, safe) = (placed.reach(), area.size(), area.safe());
    let ends = |at: usize| {
        let (center, reach) = (placed.center.get(at)?, reach.get(at)?);
        let halves = [size.get(at)? / 2.0, safe.get(at)? / 2.0 + SLACK_MM];
        Some(([center - reach, center + reach], halves))
    };
    let sides: Vec<_> = (0..2).filter_map(ends).collect();
    if sides.iter().any(|([low, high], [edge, _])| *low > *edge || *high < -edge) {
        return Some("gone");
    }
    let is_out = |end: f64, edge: f64, safe: f64| end > safe && !(is_picture && end >= edge - SLACK_MM);
    sides
        .iter()
        .any(|([low, high], [edge, safe])| is_out(*high, *edge, *safe) || is_out(-low, *edge, *safe))
        .then_some("edge")
}

/// The size of a picture that has too few pixels for it, and how many would do.
fn softness(surface: &Surface, placed: &Placed, pixels: [f64; 2]) -> Option<(f64, u32)> {
    let wanted = surface.min_dpi.filter(|dpi| *dpi > 0.0)?;
    let longer = |sides: [f64; 2]| sides[0].max(sides[1]);
    let inches = longer(placed.size) / 25.4;
    let (has, needs) = (longer(pixels), inches * wanted);
    // A hundredth less is the rounding of somebody's editor.
    (has < needs * 0.99).then(|| ((inches * 25.4).round() / 10.0, ((needs / 100.0).ceil() * 100.0) as u32))
}

fn legibility(words: &Words, em_mm: f64, is_engraved: bool) -> Option<(&'static str, f64)> {
    let least = if is_engraved { LEAST_ENGRAVED_CAPITAL_MM } else { LEAST_CAPITAL_MM };
    if em_mm * CAPITAL < least {
        return Some(("small", least));
    }
    let stroke = FONTS.iter().find(|font| font.id == words.font).map_or(STROKE, |font| font.stroke);
    (is_engraved && em_mm * stroke < LEAST_ENGRAVED_LINE_MM).then_some(("thin", LEAST_ENGRAVED_LINE_MM))
}

fn is_faint(ink: [u8; 3], ground: Ground) -> bool {
    let Some(behind) = ground.behind else { return false };
    let [red, green, blue] = ink.map(|part| crate::color::linear_from_srgb(f32::from(part) / 255.0));
    let [tint_red, tint_green, tint_blue] = ground.tint;
    let luminance = |[red, green, blue]: [f32; 3]| f64::from(0.2126 * red + 0.7152 * green + 0.0722 * blue) + 0.05;
    let (one, other) = (luminance([red * tint_red, green * tint_green, blue * tint_blue]), luminance(behind));
    (one / other).max(other / one) < LEAST_CONTRAST
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::product::Artwork;

    fn surface(process: &str) -> Surface {
        let process = Some(process.to_owned());
        Surface { safe_zone_mm: 5.0, min_dpi: Some(150.0), process, ink: Some("#202020".into()), ..Surface::default() }
    }

    fn kinds(surface: &Surface, value: &Value, sides: [f64; 2], ground: Option<Ground>) -> Vec<&'static str> {
        let found = hints(surface, [100.0, 50.0], value, &[Some(sides)], ground);
        found.iter().map(|hint| hint.kind).collect()
    }

    fn picture(placement: Placement) -> Value {
        Value::Picture(Artwork(vec![Motif::Picture { name: "a".into(), placement }]))
    }

    #[test]
    fn a_picture_with_too_few_pixels_for_its_size_looks_soft() {
        let value = picture(Placement::default());
        // 100 mm at 150 dots per inch are 591 pixels.
        let found = hints(&surface("print"), [100.0, 50.0], &value, &[Some([400.0, 200.0])], None);
        assert_eq!(found, [Hint { cm: Some(10.0), px: Some(600), ..Hint::new("soft", 0) }]);
        assert!(kinds(&surface("print"), &value, [600.0, 300.0], None).is_empty());
        let half = picture(Placement { scale: -5_000, ..Placement::default() });
        assert!(kinds(&surface("print"), &half, [400.0, 200.0], None).is_empty());
        let without = Surface { min_dpi: None, ..surface("print") };
        assert!(kinds(&without, &value, [4.0, 2.0], None).is_empty());
        assert_eq!(hints(&surface("print"), [100.0, 50.0], &value, &[None], None), [Hint::new("missing", 0)]);
    }

    #[test]
    fn what_comes_out_of_the_safe_zone_is_said_unless_it_is_meant() {
        let sides = [2_000.0, 1_000.0];
        let at = |x, scale, rotation| picture(Placement { x, y: 0, scale, rotation });
        let kinds = |value: &Value| kinds(&surface("print"), value, sides, None);
        assert!(kinds(&at(0, 0, 0)).is_empty(), "over all edges");
        assert!(kinds(&at(2_000, 0, 300)).is_empty());
        assert!(kinds(&at(0, -5_000, 0)).is_empty(), "far from all edges");
        // From 23 to 73 mm of 50, which is over the edge; to 47 mm, which is 3 mm before it.
        assert!(kinds(&at(4_800, -5_000, 0)).is_empty());
        assert_eq!(kinds(&at(2_200, -5_000, 0)), ["edge"]);
        assert_eq!(kinds(&at(9_000, -5_000, 0)), ["gone"]);
        let words = |x| Value::Text(Words { placement: Placement { x, ..Placement::default() }, ..Words::from("Mia") });
        assert!(kinds(&words(0)).is_empty());
        assert_eq!(kinds(&words(600)), ["edge"]);
        assert_eq!(kinds(&words(5_000)), ["edge"]);
    }

    #[test]
    fn an_engraving_has_one_colour_no_fine_lines_and_must_be_seen() {
        let words = |font: &str, scale| {
            let placement = Placement { scale, ..Placement::default() };
            Value::Text(Words { font: font.into(), placement, ..Words::from("Mia") })
        };
        let engraving = surface("engraving");
        // 180 by 72 units fit 90 by 40 mm: a font size of 50 mm.
        let printed = kinds(&surface("print"), &words("Lora", -9_300), [180.0, 72.0], None);
        assert!(printed.is_empty());
        let kinds = |value: &Value, ground| kinds(&engraving, value, [180.0, 72.0], ground);
        assert!(kinds(&words("", 0), None).is_empty());
        assert_eq!(kinds(&words("", -9_500), None), ["small"]);
        assert_eq!(kinds(&words("Lora", -9_300), None), ["thin"]);
        assert_eq!(kinds(&picture(Placement::default()), None), ["soft", "oneColor"]);
        let on = |grey: f32| Some(Ground { tint: [1.0; 3], behind: Some([grey; 3]) });
        assert_eq!(kinds(&words("", 0), on(0.02)), ["faint"]);
        assert!(kinds(&words("", 0), on(0.5)).is_empty());
    }
}
