//! Fonts for customers' words: those that are shipped, those of a folder, and this machine's.

use std::collections::BTreeMap;
use std::path::Path;

use fontdb::{Database, Family, ID, Query, Style, Weight};
use harfrust::font::Font;

/// What a page asks for.
const WEIGHT: u16 = 600;
/// As `www/product-fonts.js` names them: letters of Latin 1, and of the rest.
const SHIPPED: [(&str, [&[u8]; 2]); 4] = [
    ("Jost", [include_bytes!("../../../www/fonts/jost.woff2"), include_bytes!("../../../www/fonts/jost-ext.woff2")]),
    ("Lora", [include_bytes!("../../../www/fonts/lora.woff2"), include_bytes!("../../../www/fonts/lora-ext.woff2")]),
    (
        "Oswald",
        [include_bytes!("../../../www/fonts/oswald.woff2"), include_bytes!("../../../www/fonts/oswald-ext.woff2")],
    ),
    (
        "Caveat",
        [include_bytes!("../../../www/fonts/caveat.woff2"), include_bytes!("../../../www/fonts/caveat-ext.woff2")],
    ),
];
/// The usual families of the page, and those of the same widths that systems have in their place.
const USUAL: [&str; 6] = ["Helvetica Neue", "Helvetica", "Arial", "Liberation Sans", "Arimo", "Nimbus Sans"];

/// A font, and the letters that it is for.
#[derive(Clone)]
pub(super) struct Face {
    pub(super) font: Font,
    is_shipped: bool,
    is_more: bool,
}

impl Face {
    pub(super) fn has(&self, letter: char) -> bool {
        let is_for = !self.is_shipped || is_latin(letter) != self.is_more;
        is_for && self.font.charmap().map_unicode(letter).is_some_and(|glyph| glyph.to_u32() != 0)
    }
}

/// Letters that the first file of a shipped font is for; the second is for the others that it has.
fn is_latin(letter: char) -> bool {
    matches!(letter, '\u{0}'..='\u{ff}' | '\u{131}' | '\u{152}'..='\u{153}' | '\u{2bb}'..='\u{2bc}' | '\u{2c6}' | '\u{2da}'
        | '\u{2dc}' | '\u{304}' | '\u{308}' | '\u{329}' | '\u{2000}'..='\u{206f}' | '€' | '™' | '↑' | '↓' | '−' | '∕'
        | '\u{feff}' | '\u{fffd}')
}

/// All fonts that there are; read when they are asked for.
#[derive(Default)]
pub(super) struct Fonts {
    /// Of a folder, and of this machine.
    own: Database,
    system: Option<Database>,
    known: BTreeMap<String, Vec<Face>>,
    others: BTreeMap<char, Option<Face>>,
}

impl Fonts {
    /// With those of a folder, which come first.
    pub(super) fn new(folder: Option<&Path>) -> Result<Self, String> {
        let mut fonts = Self::default();
        let Some(folder) = folder else { return Ok(fonts) };
        let files = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        for file in files.flatten().map(|file| file.path()) {
            let Ok(bytes) = std::fs::read(&file) else { continue };
            let bytes = if bytes.starts_with(b"wOF2") {
                wuff::decompress_woff2(&bytes)
                    .map_err(|_| format!("{}: this font cannot be unpacked", file.display()))?
            } else {
                bytes
            };
            fonts.own.load_font_data(bytes);
        }
        Ok(fonts)
    }

    /// The faces for a font's name, empty for the usual one, as a page looks for them; and whether the font itself is there.
    pub(super) fn faces(&mut self, name: &str) -> (Vec<Face>, bool) {
        if let Some(known) = self.known.get(name).cloned() {
            let is_there = !known.is_empty();
            return (self.with_usual(known, name), is_there);
        }
        let shipped = SHIPPED.iter().find(|(known, _)| *known == name);
        let faces: Vec<Face> = match shipped {
            Some((_, files)) => files.iter().enumerate().filter_map(|(at, bytes)| unpacked(bytes, at > 0)).collect(),
            None if name.is_empty() => USUAL.iter().find_map(|name| self.named(name)).into_iter().collect(),
            None => self.named(name).into_iter().collect(),
        };
        let is_there = !faces.is_empty();
        self.known.insert(name.to_owned(), faces.clone());
        (self.with_usual(faces, name), is_there)
    }

    /// What stands in for a font that is not there or lacks a letter.
    fn with_usual(&mut self, mut faces: Vec<Face>, name: &str) -> Vec<Face> {
        if !name.is_empty() && self.known.get(name).is_some_and(|own| !own.iter().any(|face| face.is_shipped)) {
            faces.extend(self.faces("").0);
        }
        faces
    }

    /// The face of a family that is nearest to what a page asks for.
    fn named(&mut self, family: &str) -> Option<Face> {
        let families = [Family::Name(family)];
        let query = Query { families: &families, weight: Weight(WEIGHT), ..Query::default() };
        if let Some(id) = self.own.query(&query) {
            return loaded(&self.own, id);
        }
        let system = self.system();
        system.query(&query).and_then(|id| loaded(system, id))
    }

    fn system(&mut self) -> &Database {
        self.system.get_or_insert_with(|| {
            let mut system = Database::new();
            system.load_system_fonts();
            system
        })
    }

    /// Which of some faces has a letter; else any font of the machine that has it.
    pub(super) fn face(&mut self, faces: &[Face], letter: char) -> Option<Face> {
        if let Some(face) = faces.iter().find(|face| face.has(letter)) {
            return Some(face.clone());
        }
        if let Some(known) = self.others.get(&letter) {
            return known.clone();
        }
        let usual = self.faces("").0;
        let found = usual.into_iter().find(|face| face.has(letter)).or_else(|| self.searched(letter));
        self.others.insert(letter, found.clone());
        found
    }

    fn searched(&mut self, letter: char) -> Option<Face> {
        self.system();
        let databases = [Some(&self.own), self.system.as_ref()];
        let mut best: Option<(u16, Face)> = None;
        for database in databases.into_iter().flatten() {
            for face in database.faces().filter(|face| face.style == Style::Normal) {
                let apart = face.weight.0.abs_diff(WEIGHT);
                if best.as_ref().is_some_and(|(least, _)| *least <= apart) {
                    continue;
                }
                if let Some(found) = loaded(database, face.id).filter(|found| found.has(letter)) {
                    best = Some((apart, found));
                }
            }
        }
        best.map(|(_, face)| face)
    }
}

fn unpacked(packed: &[u8], is_more: bool) -> Option<Face> {
    let font = Font::new(wuff::decompress_woff2(packed).ok()?, 0)?;
    Some(Face { font: weighed(&font), is_shipped: true, is_more })
}

fn loaded(database: &Database, id: ID) -> Option<Face> {
    let font = database.with_face_data(id, |bytes, index| Font::new(bytes.to_vec(), index))??;
    Some(Face { font: weighed(&font), is_shipped: false, is_more: false })
}

/// At the weight that a page asks for, where the font has several.
fn weighed(font: &Font) -> Font {
    font.instance_builder().variations([("wght", f32::from(WEIGHT))]).build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_shipped_font_has_its_letters_in_its_own_files() {
        let mut fonts = Fonts::default();
        for (name, _) in SHIPPED {
            let (faces, is_there) = fonts.faces(name);
            assert!(is_there && faces.len() == 2, "{name}");
            for (letter, at) in [('A', 0), ('ß', 0), ('€', 0), ('Ł', 1), ('ő', 1)] {
                assert_eq!(faces.iter().position(|face| face.has(letter)), Some(at), "{name} {letter}");
            }
        }
    }

    #[test]
    fn a_font_that_is_not_there_is_told() {
        let mut fonts = Fonts::default();
        assert!(!fonts.faces("No Such Font").1);
        assert!(!fonts.faces("No Such Font").1, "and again");
    }
}
