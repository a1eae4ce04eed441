//! The outlines of what words cover, on their surface.

use std::collections::HashMap;

use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::float::single::SingleFloatOverlay;

use super::font::Fonts;
use super::{Lettering, Relief};
use crate::issue::Issue;

/// Corners nearer to each other than this are one, mm.
const NEAREST_MM: f64 = 2e-3;
/// What is smaller than this is no letter, mm².
const LEAST_MM2: f64 = 1e-3;
/// How far outlines that touch in a corner are drawn apart, mm.
const APART_MM: f64 = 0.01;

/// Closed, without a crossing; what is in an odd number of them is covered. Millimetres from the surface's upper left.
pub(super) type Outlines = Vec<Vec<[f64; 2]>>;

/// Words as their picture has them: as large as fits, in the middle of their box, turned around it.
fn placed(words: &Lettering, fonts: &Fonts) -> Result<Outlines, Issue> {
    let mut line = fonts.set(&words.font, &words.text)?;
    let Some([left, top, right, bottom]) = line.ink() else { return Ok(Vec::new()) };
    // As www/product-print.js measures.
    let sides = [line.advance.max(right - left).max(1.0), (bottom - top).max(1.0)];
    let [wide, high] = sides;
    let [box_width, box_height] = words.box_mm;
    let scale = (box_width / wide).min(box_height / high);
    let (sine, cosine) = words.turn_deg.to_radians().sin_cos();
    let [middle_x, middle_y] = words.center_mm;
    for point in line.contours.iter_mut().flatten() {
        let [x, y] = *point;
        let (across, down) = ((x - line.advance / 2.0) * scale, (y - (top + bottom) / 2.0) * scale);
        *point = [middle_x + across * cosine - down * sine, middle_y + across * sine + down * cosine];
    }
    Ok(if scale > 0.0 && scale.is_finite() { line.contours } else { Vec::new() })
}

/// What all words of a relief cover of its surface, letters that overlap as one.
pub(super) fn outlines(relief: &Relief, fonts: &Fonts) -> Result<Outlines, Issue> {
    let mut contours = Vec::new();
    for words in &relief.words {
        contours.extend(placed(words, fonts)?);
    }
    let [width, height] = relief.size_mm;
    let surface = vec![vec![[0.0, 0.0], [width, 0.0], [width, height], [0.0, height]]];
    contours.retain(|contour| contour.len() > 2);
    if contours.is_empty() {
        return Ok(contours);
    }
    let shapes = contours.overlay_as::<i64>(&surface, OverlayRule::Intersect, FillRule::NonZero);
    let mut outlines: Outlines = shapes.into_iter().flatten().map(|contour| thinned(&contour)).collect();
    outlines.retain(|contour| contour.len() > 2 && area(contour).abs() > LEAST_MM2);
    draw_apart(&mut outlines);
    Ok(outlines)
}

/// Without the corners that are too near to the one before.
fn thinned(contour: &[[f64; 2]]) -> Vec<[f64; 2]> {
    let is_near = |one: &[f64; 2], other: &[f64; 2]| (one[0] - other[0]).hypot(one[1] - other[1]) < NEAREST_MM;
    let mut kept: Vec<[f64; 2]> = Vec::with_capacity(contour.len());
    for point in contour {
        if kept.last().is_none_or(|last| !is_near(last, point)) {
            kept.push(*point);
        }
    }
    while kept.len() > 1 && kept.first().zip(kept.last()).is_some_and(|(first, last)| is_near(first, last)) {
        kept.pop();
    }
    kept
}

/// Twice the area that it runs around, by the direction.
pub(super) fn area(contour: &[[f64; 2]]) -> f64 {
    let next = contour.iter().cycle().skip(1);
    contour.iter().zip(next).map(|([x, y], [to_x, to_y])| x * to_y - to_x * y).sum::<f64>() / 2.0
}

/// Where outlines have a corner in common, walls along them would have an edge in common, which no solid may.
fn draw_apart(outlines: &mut Outlines) {
    let key = |point: &[f64; 2]| point.map(|part| (part / NEAREST_MM).round() as i64);
    let mut counts: HashMap<[i64; 2], usize> = HashMap::new();
    for point in outlines.iter().flatten() {
        *counts.entry(key(point)).or_insert(0) += 1;
    }
    for contour in outlines {
        let before = contour.clone();
        let count = before.len();
        for (at, point) in contour.iter_mut().enumerate() {
            if counts.get(&key(point)).is_none_or(|count| *count < 2) {
                continue;
            }
            let (Some(last), Some(next)) = (before.get((at + count - 1) % count), before.get((at + 1) % count)) else {
                continue;
            };
            let [x, y] = *point;
            let (across, down) = ((last[0] + next[0]) / 2.0 - x, (last[1] + next[1]) / 2.0 - y);
            let length = across.hypot(down).max(1e-9);
            *point = [x + across / length * APART_MM, y + down / length * APART_MM];
        }
    }
}
