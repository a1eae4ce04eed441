//! The model of a 3MF package, as XML.

use super::super::file::{Labels, Printable, shelved};
use super::super::pace::Pace;
use super::super::piece::Piece;
use crate::export::Sum;
use crate::export::number::{push_digits, push_number};
use crate::text::escaped;

/// Digits behind the point of a millimetre: finer than the numbers of a model are.
const PLACES: u32 = 6;
/// Our own metadata; names without a namespace are the specification's.
const OWN: &str = "https://anprobe.dev/3mf/2026";

/// The text in the making, its sum beside it.
#[derive(Default)]
struct Text {
    out: Vec<u8>,
    sum: Sum,
    /// What was not summed yet.
    line: String,
}

impl Text {
    fn push(&mut self, pieces: &[&str]) {
        pieces.iter().for_each(|piece| self.line.push_str(piece));
    }

    /// A text as an attribute or between tags.
    fn push_escaped(&mut self, text: &str) {
        let visible: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
        let escapes = [('&', "&amp;"), ('<', "&lt;"), ('>', "&gt;"), ('"', "&quot;")];
        self.line.push_str(&escaped(&visible, &escapes));
    }

    fn push_count(&mut self, number: u32) {
        push_digits(&mut self.line, u64::from(number), 1);
    }

    /// Ends a line.
    fn end(&mut self) {
        self.line.push('\n');
        self.sum.take(self.line.as_bytes());
        self.out.extend_from_slice(self.line.as_bytes());
        self.line.clear();
    }

    fn attribute(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.push(&[" ", name, "=\""]);
            self.push_escaped(text);
            self.push(&["\""]);
        }
    }

    fn count(&mut self, name: &str, number: u32) {
        self.push(&[" ", name, "=\""]);
        self.push_count(number);
        self.push(&["\""]);
    }
}

/// How a piece is coloured: its resources' numbers, as far as it has any.
#[derive(Clone, Copy, Default)]
struct Look {
    colors: Option<u32>,
    material: Option<u32>,
}

/// The model and its sum.
pub(super) async fn written(pieces: &[Printable], labels: &Labels, pace: &Pace) -> (Vec<u8>, Sum) {
    let mut text = Text::default();
    text.push(&["<?xml version=\"1.0\" encoding=\"UTF-8\"?>"]);
    text.end();
    let has_colors = pieces.iter().any(|piece| piece.has_colors());
    text.push(&["<model unit=\"millimeter\""]);
    text.attribute("xml:lang", if labels.language.is_empty() { "en" } else { &labels.language });
    text.push(&[" xmlns=\"http://schemas.microsoft.com/3dmanufacturing/core/2015/02\""]);
    if has_colors {
        text.push(&[" xmlns:m=\"http://schemas.microsoft.com/3dmanufacturing/material/2015/02\""]);
        text.push(&[" requiredextensions=\"m\""]);
    }
    text.push(&[" xmlns:anprobe=\"", OWN, "\">"]);
    text.end();
    labelled(&mut text, labels);
    text.push(&["<resources>"]);
    text.end();
    let mut next = 1;
    let mut looks = Vec::new();
    for piece in pieces {
        looks.push(resources(&mut text, piece, &mut next));
    }
    let all: usize = pieces.iter().map(|piece| piece.piece.triangles.len()).sum();
    let mut done = 0;
    let mut items = Vec::new();
    for ((piece, place), look) in shelved(pieces).zip(looks) {
        let mut objects = Vec::new();
        let (mut first, mut vertices) = (0, Vertices::default());
        for body in &piece.bodies {
            let range = first..first + body.triangles;
            first = range.end;
            if body.triangles == 0 {
                continue;
            }
            let name = if body.name.is_empty() || piece.bodies.len() == 1 { &piece.name } else { &body.name };
            object(&mut text, (next, name, &piece.part_number), look);
            mesh(&mut text, (piece, range.clone()), look, &mut vertices, pace).await;
            objects.push(next);
            next += 1;
            done += range.len();
            pace.reach(done as f32 / all.max(1) as f32);
        }
        let item = match objects.as_slice() {
            [one] => *one,
            several => {
                text.push(&["<object"]);
                text.count("id", next);
                text.push(&[" type=\"model\""]);
                text.attribute("name", &piece.name);
                text.attribute("partnumber", &piece.part_number);
                text.push(&["><components>"]);
                for object in several {
                    text.push(&["<component"]);
                    text.count("objectid", *object);
                    text.push(&["/>"]);
                }
                text.push(&["</components></object>"]);
                text.end();
                next += 1;
                next - 1
            }
        };
        items.push((item, &piece.part_number, place));
    }
    text.push(&["</resources>"]);
    text.end();
    text.push(&["<build>"]);
    for (object, part_number, place) in items {
        text.push(&["<item"]);
        text.count("objectid", object);
        text.push(&[" transform=\"1 0 0 0 1 0 0 0 1"]);
        for part in place.to_array() {
            text.push(&[" "]);
            push_number(&mut text.line, part, PLACES);
        }
        text.push(&["\""]);
        text.attribute("partnumber", part_number);
        text.push(&["/>"]);
    }
    text.push(&["</build>"]);
    text.end();
    text.push(&["</model>"]);
    text.end();
    (text.out, text.sum)
}

fn labelled(text: &mut Text, labels: &Labels) {
    let application = concat!("Anprobe ", env!("CARGO_PKG_VERSION"));
    for (name, value) in [
        ("Title", labels.title.as_str()),
        ("Designer", &labels.designer),
        ("Description", &labels.description),
        ("Copyright", &labels.copyright),
        ("LicenseTerms", &labels.licence),
        ("Application", application),
        ("anprobe:Configuration", &labels.code),
        ("anprobe:Buyer", &labels.buyer),
    ] {
        if !value.is_empty() {
            text.push(&["<metadata name=\"", name, "\">"]);
            text.push_escaped(value);
            text.push(&["</metadata>"]);
            text.end();
        }
    }
}

impl Printable {
    fn has_colors(&self) -> bool {
        self.piece.colors.len() > 1
    }

    fn color(&self) -> [u8; 4] {
        match self.material {
            Some((_, Some([red, green, blue]))) => [red, green, blue, 255],
            _ => self.piece.colors.first().copied().unwrap_or([255; 4]),
        }
    }
}

/// Colours and material of a piece.
fn resources(text: &mut Text, piece: &Printable, next: &mut u32) -> Look {
    let mut look = Look::default();
    let mut take = || {
        *next += 1;
        *next - 1
    };
    if let Some((name, _)) = &piece.material {
        let id = take();
        look.material = Some(id);
        text.push(&["<basematerials"]);
        text.count("id", id);
        text.push(&["><base"]);
        text.attribute("name", name);
        text.push(&[" displaycolor=\""]);
        push_color(text, piece.color());
        text.push(&["\"/></basematerials>"]);
        text.end();
    }
    if piece.has_colors() {
        let id = take();
        look.colors = Some(id);
        text.push(&["<m:colorgroup"]);
        text.count("id", id);
        text.push(&[">"]);
        for color in &piece.piece.colors {
            text.push(&["<m:color color=\""]);
            push_color(text, *color);
            text.push(&["\"/>"]);
        }
        text.push(&["</m:colorgroup>"]);
        text.end();
    }
    look
}

/// `#RRGGBBAA`.
fn push_color(text: &mut Text, color: [u8; 4]) {
    text.push(&["#"]);
    for value in color {
        for half in [value >> 4, value & 15] {
            text.line.push(char::from(if half < 10 { b'0' + half } else { b'A' - 10 + half }));
        }
    }
}

fn object(text: &mut Text, (id, name, part_number): (u32, &str, &str), look: Look) {
    text.push(&["<object"]);
    text.count("id", id);
    text.push(&[" type=\"model\""]);
    text.attribute("name", name);
    text.attribute("partnumber", part_number);
    // What a triangle does not say for itself.
    if let Some(resource) = look.material.or(look.colors) {
        text.count("pid", resource);
        text.count("pindex", 0);
    }
    text.push(&["><mesh>"]);
    text.end();
}

/// Which vertices of a piece a body has written.
#[derive(Default)]
struct Vertices {
    /// For each of the piece its number in its body, and in which body that is.
    names: Vec<(u32, u32)>,
    body: u32,
}

async fn mesh(
    text: &mut Text,
    (piece, range): (&Piece, std::ops::Range<usize>),
    look: Look,
    vertices: &mut Vertices,
    pace: &Pace,
) {
    vertices.body += 1;
    vertices.names.resize(piece.positions_mm.len(), (0, 0));
    let triangles = piece.triangles.get(range.clone()).unwrap_or_default();
    text.push(&["<vertices>"]);
    text.end();
    let mut count = 0;
    for vertex in triangles.iter().flatten() {
        let Some(name) = vertices.names.get_mut(*vertex as usize) else { continue };
        if name.1 == vertices.body {
            continue;
        }
        *name = (count, vertices.body);
        count += 1;
        pace.spend(30).await;
        text.push(&["<vertex"]);
        for (axis, part) in ["x", "y", "z"].into_iter().zip(piece.position(*vertex).to_array()) {
            text.push(&[" ", axis, "=\""]);
            push_number(&mut text.line, part, PLACES);
            text.push(&["\""]);
        }
        text.push(&["/>"]);
        text.end();
    }
    text.push(&["</vertices>"]);
    text.end();
    text.push(&["<triangles>"]);
    text.end();
    for (at, corners) in triangles.iter().enumerate() {
        pace.spend(25).await;
        text.push(&["<triangle"]);
        for (name, vertex) in ["v1", "v2", "v3"].into_iter().zip(corners) {
            text.count(name, vertices.names.get(*vertex as usize).map_or(0, |name| name.0));
        }
        if let Some(colors) = look.colors {
            text.count("pid", colors);
            text.count("p1", piece.color_of.get(range.start + at).copied().unwrap_or(0));
        }
        text.push(&["/>"]);
        text.end();
    }
    text.push(&["</triangles>"]);
    text.end();
    text.push(&["</mesh></object>"]);
    text.end();
}
