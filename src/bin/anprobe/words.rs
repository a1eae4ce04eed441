//! Words as outlines: set as a browser's canvas sets them.

use harfrust::font::Font;
use harfrust::font::glyph::outline::{DrawMemory, DrawOptions, PathSink};
use harfrust::{Buffer, Direction, GlyphId, ShapeOptions, ShaperFont, shape};
use tiny_skia::{Path, PathBuilder, Rect};
use unicode_bidi::{BidiInfo, Level};

use super::fonts::{Face, Fonts};

/// Words are set at this size, as `src/product/hint.rs` has it.
const SIZE_PX: f32 = 100.0;

/// A line of words at a size of 100 pixels, its first letter's origin at zero, y down.
pub(super) struct Line {
    /// None where nothing is to be seen.
    pub(super) path: Option<Path>,
    /// How far the pen went.
    pub(super) width_px: f32,
    /// Around what is seen.
    bounds: Option<Rect>,
    /// Letters for which there is no outline.
    pub(super) missing: Vec<char>,
}

impl Line {
    /// Width and height, and how far the highest letter reaches above the line: as `measured` in `www/product-print.js`.
    pub(super) fn measured(&self) -> ([f32; 2], f32) {
        let Some(bounds) = self.bounds else { return ([self.width_px.max(1.0), 1.0], 0.0) };
        // The canvas measures from where text that is centred has its middle.
        let middle = self.width_px / 2.0;
        let across = (middle - bounds.left()) + (bounds.right() - middle);
        ([self.width_px.max(across).max(1.0), bounds.height().max(1.0)], -bounds.top())
    }
}

/// Sets words in one line.
pub(super) fn line(text: &str, faces: &[Face], fonts: &mut Fonts) -> Line {
    let mut pen = Pen { builder: PathBuilder::new(), x: 0.0, y: 0.0, scale: 1.0 };
    let mut missing = Vec::new();
    let bidi = BidiInfo::new(text, Some(Level::ltr()));
    for paragraph in &bidi.paragraphs {
        let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
        for run in runs {
            let is_rtl = levels.get(run.start).is_some_and(Level::is_rtl);
            let mut pieces = pieces(text.get(run).unwrap_or_default(), faces, fonts, &mut missing);
            if is_rtl {
                pieces.reverse();
            }
            for (piece, font) in pieces {
                set(&piece, &font, is_rtl, &mut pen);
            }
        }
    }
    let width_px = pen.x;
    let path = pen.builder.finish();
    let bounds = path.as_ref().map(Path::bounds);
    Line { path, width_px, bounds, missing }
}

/// Words in pieces of one font each. Signs without a font of their own stay with what is before them.
fn pieces(text: &str, faces: &[Face], fonts: &mut Fonts, missing: &mut Vec<char>) -> Vec<(String, Font)> {
    let mut pieces: Vec<(String, Font)> = Vec::new();
    let mut last: Option<usize> = None;
    for letter in text.chars() {
        let joins = letter == '\u{200d}' || matches!(letter, '\u{300}'..='\u{36f}' | '\u{fe00}'..='\u{fe0f}');
        if let Some((piece, font)) = pieces.last_mut()
            && joins
            && (letter >= '\u{fe00}' || letter == '\u{200d}' || font.charmap().map_unicode(letter).is_some())
        {
            piece.push(letter);
            continue;
        }
        let own = faces.iter().position(|face| face.has(letter));
        let Some(face) = fonts.face(faces, letter).or_else(|| faces.first().cloned()) else {
            missing.push(letter);
            continue;
        };
        if !face.has(letter) && !letter.is_whitespace() {
            missing.push(letter);
        }
        match pieces.last_mut() {
            Some((piece, _)) if own.is_some() && own == last => piece.push(letter),
            _ => pieces.push((letter.to_string(), face.font)),
        }
        last = own;
    }
    pieces
}

fn set(text: &str, font: &Font, is_rtl: bool, pen: &mut Pen) {
    let mut buffer = Buffer::new();
    buffer.push_str(text);
    buffer.set_direction(if is_rtl { Direction::RightToLeft } else { Direction::LeftToRight });
    buffer.guess_segment_properties();
    let shaper = ShaperFont::new(font);
    if shape(&shaper, &mut buffer, ShapeOptions::new()).is_err() {
        return;
    }
    pen.scale = SIZE_PX / f32::from(font.units_per_em().max(1));
    let glyphs = font.outline_glyphs();
    let (mut x, y) = (pen.x, pen.y);
    for (info, position) in buffer.glyph_infos().iter().zip(buffer.glyph_positions()) {
        pen.x = x + position.x_offset as f32 * pen.scale;
        pen.y = y - position.y_offset as f32 * pen.scale;
        if let Some(glyph) = glyphs.get(GlyphId::new(info.glyph_id)) {
            // A glyph that cannot be drawn leaves its room.
            let _ = glyph.draw(&DrawOptions::new(), DrawMemory::Scratch, pen);
        }
        x += position.x_advance as f32 * pen.scale;
    }
    (pen.x, pen.y) = (x, y);
}

/// Draws glyphs in font units, y up, into a path in pixels, y down.
struct Pen {
    builder: PathBuilder,
    x: f32,
    y: f32,
    scale: f32,
}

impl Pen {
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        (self.x + x * self.scale, self.y - y * self.scale)
    }
}

impl PathSink for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.builder.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.builder.line_to(x, y);
    }

    fn quad_to(&mut self, cx0: f32, cy0: f32, x: f32, y: f32) {
        let ((cx, cy), (x, y)) = (self.at(cx0, cy0), self.at(x, y));
        self.builder.quad_to(cx, cy, x, y);
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        let ((ax, ay), (bx, by), (x, y)) = (self.at(cx0, cy0), self.at(cx1, cy1), self.at(x, y));
        self.builder.cubic_to(ax, ay, bx, by, x, y);
    }

    fn close(&mut self) {
        self.builder.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set_in(font: &str, text: &str) -> Line {
        let mut fonts = Fonts::default();
        let (faces, _) = fonts.faces(font);
        line(text, &faces, &mut fonts)
    }

    #[test]
    fn words_are_as_wide_as_their_letters_and_kerned() {
        let wide = |text: &str| set_in("Jost", text).width_px;
        assert!((wide("HH") - 2.0 * wide("H")).abs() < 0.1);
        assert!(wide("AV") < wide("A") + wide("V") - 1.0, "{} {}", wide("AV"), wide("A") + wide("V"));
        let ([width, height], above) = set_in("Jost", "H").measured();
        // Capitals of this font are 0.7 of its size high, and stand on the line.
        assert!((height - 70.0).abs() < 3.0 && (above - height).abs() < 0.5, "{width} {height} {above}");
        let ([_, height], above) = set_in("Lora", "gÄ").measured();
        assert!(above > 80.0 && height > above + 15.0, "{height} {above}");
    }

    #[test]
    fn letters_of_both_files_and_no_words_at_all() {
        let mixed = set_in("Jost", "Łódź");
        assert!(mixed.missing.is_empty() && mixed.path.is_some());
        let none = set_in("Caveat", "  ");
        assert!(none.path.is_none() && none.measured().0[1] == 1.0);
    }
}
