//! Fonts' outlines: where the letters of a line of words lie, as a browser sets them.
//!
//! The fonts that ship with the element are WOFF2 in two files each, by letters (`www/fonts`). Letters are set by HarfBuzz's
//! rules, as browsers do; curves become lines.

use std::fmt;

use harfrust::font::Font;
use harfrust::font::glyph::outline::{DrawMemory, DrawOptions, PathSink};
use harfrust::{Buffer, GlyphId, ShapeOptions, ShaperFont, shape};

use crate::issue::{Code, Issue};
use crate::product::FONTS;

/// Outlines are made at this size; www/product-print.js measures at it.
pub(super) const SIZE: f64 = 100.0;
/// How far a line may be from its curve, at that size.
const TOLERANCE: f64 = 0.03;
/// As bold as a canvas writes (www/product-fonts.js).
const WEIGHT: f32 = 600.0;
/// What stands in for fonts that have no outlines here.
const USUAL: &str = "Jost";
/// A curve has no more lines.
const MOST_LINES: u32 = 64;

#[cfg(feature = "cli")]
const SHIPPED: [(&str, &[u8]); 8] = [
    ("jost", include_bytes!("../../../www/fonts/jost.woff2")),
    ("jost-ext", include_bytes!("../../../www/fonts/jost-ext.woff2")),
    ("lora", include_bytes!("../../../www/fonts/lora.woff2")),
    ("lora-ext", include_bytes!("../../../www/fonts/lora-ext.woff2")),
    ("oswald", include_bytes!("../../../www/fonts/oswald.woff2")),
    ("oswald-ext", include_bytes!("../../../www/fonts/oswald-ext.woff2")),
    ("caveat", include_bytes!("../../../www/fonts/caveat.woff2")),
    ("caveat-ext", include_bytes!("../../../www/fonts/caveat-ext.woff2")),
];

/// Fonts that are at hand.
#[derive(Clone, Default)]
pub struct Fonts {
    known: Vec<(String, Font)>,
}

impl fmt::Debug for Fonts {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_list().entries(self.known.iter().map(|(file, _)| file)).finish()
    }
}

/// The name of one of our fonts, as it is printed, and whether it is the one that was asked for.
pub(super) fn printed(font: &str) -> (&'static str, bool) {
    let known = FONTS.iter().find(|known| known.id == font);
    known.map_or((USUAL, false), |known| (known.id, true))
}

/// The names of the files, without their ending, that a text takes from `www/fonts`: as a browser gets them.
pub fn font_files(font: &str, text: &str) -> Vec<String> {
    let first = printed(font).0.to_lowercase();
    let is_in_first = |letter: char| matches!(letter, '\0'..='\u{ff}' | '\u{2000}'..='\u{206f}' | '€');
    let more = (!text.chars().all(is_in_first)).then(|| format!("{first}-ext"));
    std::iter::once(first).chain(more).collect()
}

impl Fonts {
    /// All that ship with the element.
    #[cfg(feature = "cli")]
    pub fn shipped() -> Self {
        let mut fonts = Self::default();
        for (file, bytes) in SHIPPED {
            // They are ours: the tests read them.
            let _ = fonts.add(file, bytes);
        }
        fonts
    }

    /// Takes a file, by its name without the ending.
    ///
    /// # Errors
    ///
    /// [`Code::PrintFont`] where it is no WOFF2 with a font.
    pub fn add(&mut self, file: &str, woff2: &[u8]) -> Result<(), Issue> {
        let font = wuff::decompress_woff2(woff2).ok().and_then(|bytes| Font::new(bytes, 0));
        let Some(font) = font else { return Err(Issue::new(Code::PrintFont, "", file)) };
        let bold = font.instance_builder().variations([("wght", WEIGHT)]).build();
        self.known.retain(|(known, _)| known != file);
        self.known.push((file.to_owned(), bold));
        Ok(())
    }

    /// Sets a line of words.
    ///
    /// # Errors
    ///
    /// [`Code::PrintGlyph`] with a letter that no font at hand has.
    pub(super) fn set(&self, font: &str, text: &str) -> Result<Line, Issue> {
        let name = printed(font).0.to_lowercase();
        let fonts = [name.clone(), format!("{name}-ext")];
        let fonts = fonts.iter().filter_map(|file| self.known.iter().find(|(known, _)| known == file));
        let fonts: Vec<&Font> = fonts.map(|(_, font)| font).collect();
        let mut line = Line::default();
        let mut run = String::new();
        let mut now = None;
        for letter in text.chars() {
            let has = |font: &&&Font| font.charmap().map_unicode(letter).is_some();
            let Some(font) = fonts.iter().find(has) else {
                return Err(Issue::new(Code::PrintGlyph, "", letter.to_string()));
            };
            if let Some(before) = now.replace(*font).filter(|before| !std::ptr::eq(*before, *font)) {
                line.add(before, &run)?;
                run.clear();
            }
            run.push(letter);
        }
        if let Some(font) = now {
            line.add(font, &run)?;
        }
        Ok(line)
    }
}

/// A line of words at [`SIZE`]: x to the right, y down, its start at 0.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    /// Closed; letters are where they wind around more often one way than the other.
    pub(super) contours: Vec<Vec<[f64; 2]>>,
    /// How far the next letter would be.
    pub(super) advance: f64,
}

impl Line {
    fn add(&mut self, font: &Font, text: &str) -> Result<(), Issue> {
        let refused = || Issue::new(Code::PrintGlyph, "", text);
        let mut buffer = Buffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        shape(&ShaperFont::new(font), &mut buffer, ShapeOptions::new()).map_err(|_| refused())?;
        let scale = SIZE / f64::from(font.units_per_em()).max(1.0);
        let outlines = font.outline_glyphs();
        for (glyph, place) in buffer.glyph_infos().iter().zip(buffer.glyph_positions()) {
            if glyph.glyph_id == 0 {
                return Err(refused());
            }
            let [x, y] = [place.x_offset, place.y_offset].map(|part| f64::from(part) * scale);
            let origin = [self.advance + x, -y];
            let mut pen = Pen { contours: &mut self.contours, origin, scale, at: [0.0; 2] };
            if let Some(outline) = outlines.get(GlyphId::new(glyph.glyph_id)) {
                outline.draw(&DrawOptions::new(), DrawMemory::Scratch, &mut pen).map_err(|_| refused())?;
            }
            self.advance += f64::from(place.x_advance) * scale;
        }
        Ok(())
    }

    /// Left, top, right and bottom of the ink; none where there is none.
    pub(super) fn ink(&self) -> Option<[f64; 4]> {
        let mut points = self.contours.iter().flatten();
        let [x, y] = *points.next()?;
        Some(points.fold([x, y, x, y], |[left, top, right, bottom], [x, y]| {
            [left.min(*x), top.min(*y), right.max(*x), bottom.max(*y)]
        }))
    }
}

/// Draws a glyph as lines.
struct Pen<'a> {
    contours: &'a mut Vec<Vec<[f64; 2]>>,
    origin: [f64; 2],
    scale: f64,
    at: [f64; 2],
}

impl Pen<'_> {
    fn place(&self, x: f32, y: f32) -> [f64; 2] {
        let [left, base] = self.origin;
        [left + f64::from(x) * self.scale, base - f64::from(y) * self.scale]
    }

    fn go(&mut self, to: [f64; 2]) {
        if let Some(contour) = self.contours.last_mut() {
            contour.push(to);
        }
        self.at = to;
    }

    /// Goes along a curve that leaves its chord by `bend` at most.
    fn bend(&mut self, bend: f64, curve: impl Fn(f64) -> [f64; 2]) {
        let lines = ((bend / TOLERANCE).sqrt().ceil() as u32).clamp(1, MOST_LINES);
        for line in 1..=lines {
            self.go(curve(f64::from(line) / f64::from(lines)));
        }
    }
}

/// How far the middle one is from half-way between the others.
fn bulge(from: [f64; 2], middle: [f64; 2], to: [f64; 2]) -> f64 {
    let [x, y] = [0, 1].map(|axis: usize| {
        let of = |point: [f64; 2]| point.get(axis).copied().unwrap_or(0.0);
        of(from) - 2.0 * of(middle) + of(to)
    });
    x.hypot(y)
}

fn mix(from: [f64; 2], to: [f64; 2], part: f64) -> [f64; 2] {
    let ([from_x, from_y], [to_x, to_y]) = (from, to);
    [from_x + (to_x - from_x) * part, from_y + (to_y - from_y) * part]
}

impl PathSink for Pen<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.contours.push(Vec::new());
        let at = self.place(x, y);
        self.go(at);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let at = self.place(x, y);
        self.go(at);
    }

    fn quad_to(&mut self, cx0: f32, cy0: f32, x: f32, y: f32) {
        let (from, over, to) = (self.at, self.place(cx0, cy0), self.place(x, y));
        self.bend(bulge(from, over, to) / 4.0, |part| mix(mix(from, over, part), mix(over, to, part), part));
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        let (from, one, two, to) = (self.at, self.place(cx0, cy0), self.place(cx1, cy1), self.place(x, y));
        let bend = bulge(from, one, two).max(bulge(one, two, to)) * 0.75;
        self.bend(bend, |part| {
            let (first, second, third) = (mix(from, one, part), mix(one, two, part), mix(two, to, part));
            mix(mix(first, second, part), mix(second, third, part), part)
        });
    }

    fn close(&mut self) {}
}
