//! What is common to files for printers: what may be in one, what it says of itself, and how pieces lie beside each other.

use glam::{Quat, Vec2, Vec3};
use serde::{Deserialize, Serialize};

use super::check::Checked;
use super::piece::Piece;
use crate::issue::{Code, Issue};

/// Between pieces in one file, mm.
const APART_MM: f32 = 6.0;

/// A sound piece as it lies on the bed: only [`Checked::printable`] makes one.
#[derive(Clone, Debug)]
pub struct Printable {
    pub(super) piece: Piece,
    pub(super) material: Option<(String, Option<[u8; 3]>)>,
}

impl Checked {
    /// The piece, laid down and ready to be written.
    ///
    /// # Errors
    ///
    /// [`Code::PrintRefused`] when it is no solid, which [`super::Report::refusals`] explains.
    pub fn printable(&self, bed_from_print: Quat) -> Result<Printable, Issue> {
        let report = self.report();
        if !report.is_printable {
            let reasons = report.refusals.iter().map(|kind| kind.words());
            let mut detail = report.name.clone();
            for (at, reason) in reasons.enumerate() {
                detail.push_str(if at == 0 { ": " } else { ", " });
                detail.push_str(reason);
            }
            return Err(Issue::new(Code::PrintRefused, "", detail));
        }
        Ok(Printable { piece: self.piece().laid(bed_from_print), material: None })
    }
}

impl Printable {
    /// Of a named material, with its colour as sRGB where that is not the product's.
    #[must_use]
    pub fn of(mut self, material: &str, color: Option<[u8; 3]>) -> Self {
        self.material = Some((material.to_owned(), color));
        self
    }

    /// The piece as it lies, its box in the corner of the bed.
    pub fn piece(&self) -> &Piece {
        &self.piece
    }
}

/// What a file says of itself; what is empty is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Labels {
    /// The product's name.
    pub title: String,
    /// Who made it.
    pub designer: String,
    /// A sentence or two.
    pub description: String,
    /// Who holds the rights.
    pub copyright: String,
    /// What the buyer may do with it.
    pub licence: String,
    /// The configuration's code.
    pub code: String,
    /// What tells the shop who bought it.
    pub buyer: String,
    /// The language of these words, a BCP 47 tag.
    pub language: String,
}

/// A file's name: what it holds, then the unit where the format has none, then its kind (`lumo-shade_mm.stl`).
pub fn file_name(product: &str, part: &str, kind: &str) -> String {
    let mut name = String::new();
    for text in [product, part] {
        let mut is_new = !name.is_empty();
        for letter in
            text.chars().flat_map(char::to_lowercase).filter(|letter| letter.is_alphanumeric() || *letter == ' ')
        {
            let parts = std::mem::take(&mut is_new) || letter == ' ';
            if parts && !name.ends_with('-') && !name.is_empty() {
                name.push('-');
            }
            if letter != ' ' {
                name.push(letter);
            }
        }
    }
    let name = name.trim_end_matches('-');
    let unit = if kind == "stl" { "_mm" } else { "" };
    [if name.is_empty() { "print" } else { name }, unit, ".", kind].concat()
}

/// Pieces in rows, about as wide as deep: where the corner of each one's box goes.
pub(super) fn shelved(pieces: &[Printable]) -> impl Iterator<Item = (&Piece, Vec3)> {
    let sizes: Vec<Vec2> = pieces.iter().map(|piece| piece.piece.bounds_mm().size().truncate()).collect();
    let area: f32 = sizes.iter().map(|size| (size.x + APART_MM) * (size.y + APART_MM)).sum();
    let width = sizes.iter().fold(area.sqrt() * 1.1, |most, size| most.max(size.x));
    let (mut corner, mut row) = (Vec2::ZERO, 0.0_f32);
    pieces.iter().zip(sizes).map(move |(piece, size)| {
        if corner.x > 0.0 && corner.x + size.x > width {
            corner = Vec2::new(0.0, corner.y + row + APART_MM);
            row = 0.0;
        }
        let place = corner;
        corner.x += size.x + APART_MM;
        row = row.max(size.y);
        (&piece.piece, place.extend(0.0))
    })
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn a_name_says_what_is_in_it_and_the_unit_where_the_file_cannot() {
        assert_eq!(file_name("Lumo", "Gerippter Schirm", "stl"), "lumo-gerippter-schirm_mm.stl");
        assert_eq!(file_name("Hülle", "", "3mf"), "hülle.3mf");
        assert_eq!(file_name("../", "?", "3mf"), "print.3mf");
    }
}
