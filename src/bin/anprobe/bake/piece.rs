//! Files of pieces for printers.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anprobe::issue::Issue;
use anprobe::print::{Labels, Piece, check, stl, threemf};
use anprobe::product::Catalog;

use super::{Kind, Wanted};
pub(super) use crate::printing::pieces;
use crate::printing::{Fault, likeness, piece};
use crate::studio::Studio;

/// 3MF and STL, or why there is none.
type Made = Result<[Vec<u8>; 2], Issue>;

/// The files of pieces, made once for all configurations that have them alike.
pub(super) struct PrintFiles {
    folder: PathBuf,
    known: BTreeMap<(String, u128), Made>,
}

impl PrintFiles {
    /// Of a product file's pieces.
    pub(super) fn new(product: &Path) -> Self {
        Self { folder: product.parent().unwrap_or(Path::new("")).to_owned(), known: BTreeMap::new() }
    }

    /// Whether a piece was refused.
    pub(super) fn has_refused(&self) -> bool {
        self.known.values().any(Result::is_err)
    }

    /// A file of a piece as the studio shows it; none, with a remark, where it is refused.
    pub(super) fn file(
        &mut self,
        catalog: &Catalog,
        studio: &mut Studio,
        wanted: &Wanted,
    ) -> Result<Option<Vec<u8>>, String> {
        let printing = catalog.product().print.as_ref();
        let asked =
            printing.and_then(|all| all.pieces.entries().find(|piece| Some(&piece.id) == wanted.piece.as_ref()));
        let Some(asked) = asked else { return Ok(None) };
        let piece = match piece(studio, asked, &self.folder) {
            Ok(piece) => piece,
            Err(Fault::File(why)) => return Err(why),
            Err(Fault::Issue(issue)) => {
                studio.notice(None, issue.clone());
                self.known.insert((asked.id.clone(), 0), Err(issue));
                return Ok(None);
            }
        };
        let key = (asked.id.clone(), likeness(&piece));
        let made = self.known.entry(key).or_insert_with(|| made(studio, &asked.id, piece));
        match made {
            Ok([package, triangles]) => {
                Ok(Some(if wanted.kind == Kind::Stl { triangles.clone() } else { package.clone() }))
            }
            Err(issue) => {
                studio.notice(None, issue.clone());
                Ok(None)
            }
        }
    }
}

fn made(studio: &Studio, id: &str, piece: Piece) -> Made {
    let options = studio.viewer.print_options(id, 1.0);
    let material = options.materials.first().map(|material| (material.name.clone(), material.color));
    let empty = || Issue::new(anprobe::issue::Code::ExportEmpty, "", id);
    let checked = check(piece, options).run().ok_or_else(empty)?;
    let mut printable = checked.printable(checked.report().best.bed_from_print)?;
    if let Some((name, color)) = material {
        printable = printable.of(&name, color);
    }
    // Without a code: one file is for all configurations that have the piece.
    let labels = Labels { code: String::new(), ..studio.viewer.print_labels(id, "") };
    let triangles = stl(vec![printable.clone()]).run().ok_or_else(empty)??;
    let mut package = threemf(vec![printable], labels, None).run().ok_or_else(empty)??;
    package.deflate();
    Ok([package.write()?, triangles])
}
