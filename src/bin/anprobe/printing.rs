//! What of a configuration is printed, and whether it can be.

use std::path::Path;

use anprobe::issue::Issue;
use anprobe::print::{Checked, Piece, check};
use anprobe::product::file::PrintPiece;
use anprobe::product::{Catalog, Configuration};

use super::selection::fingerprint;
use super::studio::{Studio, plain};

/// The pieces that a configuration has.
pub(super) fn pieces<'a>(
    catalog: &'a Catalog,
    configuration: &'a Configuration,
) -> impl Iterator<Item = &'a PrintPiece> {
    let all = catalog.product().print.iter().flat_map(|printing| printing.pieces.entries());
    all.filter(|piece| piece.when.as_ref().is_none_or(|when| catalog.holds(when, configuration)))
}

/// A piece as the studio shows it; one that is sold apart comes from its own file beside the product's.
pub(super) fn piece(studio: &Studio, asked: &PrintPiece, folder: &Path) -> Result<Piece, Fault> {
    match &asked.source {
        None => Ok(studio.viewer.print_piece(&asked.id, 1.0)?),
        Some(source) => {
            let file = folder.join(plain(source));
            let bytes = std::fs::read(&file).map_err(|error| Fault::File(format!("{}: {error}", file.display())))?;
            Ok(studio.viewer.print_piece_from(&asked.id, bytes, 1.0)?)
        }
    }
}

/// Names what a piece is made of: where it is equal, so are its files.
pub(super) fn likeness(piece: &Piece) -> u128 {
    let mut bytes: Vec<u8> = piece.name.clone().into_bytes();
    bytes.extend(piece.positions_mm.iter().flat_map(|at| at.to_array()).flat_map(f32::to_le_bytes));
    bytes.extend(piece.triangles.iter().flatten().chain(&piece.color_of).flat_map(|at| at.to_le_bytes()));
    bytes.extend(piece.colors.iter().flatten());
    fingerprint(&bytes)
}

/// Looks at a piece.
pub(super) fn looked_at(studio: &Studio, id: &str, piece: Piece) -> Option<Checked> {
    check(piece, studio.viewer.print_options(id, 1.0)).run()
}

/// Why there is no piece, or no file of it.
pub(super) enum Fault {
    /// What is said of the model.
    Issue(Issue),
    /// What is said of a file.
    File(String),
}

impl From<Issue> for Fault {
    fn from(issue: Issue) -> Self {
        Self::Issue(issue)
    }
}
