//! What of a configuration is printed, and whether it can be.

use std::collections::BTreeSet;
use std::path::Path;

use anprobe::issue::{Code, Issue};
use anprobe::print::{FindingKind, Piece, Report, check};
use anprobe::product::file::PrintPiece;
use anprobe::product::{Catalog, Configuration};
use anprobe::viewer::Viewer;

use super::artwork::{Artworks, Sources};
use super::opened::Opened;
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
            Ok(studio.viewer.print_piece_from(&asked.id, &Viewer::open_bought(bytes)?, 1.0)?)
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

/// What is wrong with the pieces of a product, in few configurations in which every two choices meet: each piece is looked at
/// once for each shape that it has there. Paths lead into the product file.
pub(super) fn faults(opened: &Opened) -> Vec<Issue> {
    let Some(printing) = &opened.catalog.product().print else { return Vec::new() };
    let folder = opened.file.parent().unwrap_or(Path::new(""));
    let configurations = match opened.catalog.span(None) {
        Some(span) => [vec![opened.catalog.first().clone()], span.pairwise()].concat(),
        None => vec![opened.catalog.first().clone()],
    };
    let mut known = BTreeSet::new();
    let mut issues: Vec<Issue> = Vec::new();
    let mut note = |issue: Issue| {
        if !issues.iter().any(|known| known.code == issue.code && known.path == issue.path) {
            issues.push(issue);
        }
    };
    let mut studio: Option<Studio> = None;
    for configuration in &configurations {
        if pieces(&opened.catalog, configuration).next().is_none() {
            continue;
        }
        let code = opened.catalog.code(configuration);
        let shown = match &mut studio {
            Some(studio) => studio.open(&code),
            None => {
                let Ok(artworks) = Artworks::new(&Sources::default()) else { return issues };
                studio.insert(Studio::new(&opened.file, [64, 64], &[], artworks)).load(&code)
            }
        };
        // A model that cannot be shown is said elsewhere.
        let (Ok(()), Some(studio)) = (shown, &studio) else { return issues };
        for asked in pieces(&opened.catalog, configuration) {
            let at = printing.pieces.iter().find(|(_, piece)| piece.id == asked.id).map_or(0, |(at, _)| at);
            let path = format!("/print/pieces/{at}");
            let name = format!("{}, {code}", asked.id);
            let piece = match piece(studio, asked, folder) {
                Ok(piece) => piece,
                // What is sold may lie where only those who paid come to: then what is shown stands for it.
                Err(Fault::File(reason)) => {
                    note(Issue::new(Code::AuditPieceSource, format!("{path}/source"), reason));
                    match studio.viewer.print_shape(&asked.id, 1.0) {
                        Ok(piece) => piece,
                        Err(_) => continue,
                    }
                }
                Err(Fault::Issue(_)) => {
                    note(Issue::new(Code::AuditPieceMissing, format!("{path}/nodes"), name));
                    continue;
                }
            };
            if known.insert((asked.id.clone(), likeness(&piece))) {
                let checked = check(piece, studio.viewer.print_options(&asked.id, 1.0)).run();
                if let Some(checked) = checked {
                    said_of(checked.report(), &path, &name, &mut note);
                }
            }
        }
    }
    issues
}

/// What a report has to say against a print, each with its worst place.
fn said_of(report: &Report, path: &str, name: &str, note: &mut impl FnMut(Issue)) {
    for kind in &report.refusals {
        note(Issue::new(Code::AuditUnprintable, path, format!("{name}: {}{}", kind.words(), place(report, *kind))));
    }
    let weak = [
        (FindingKind::ThinWall, "a wall is thin"),
        (FindingKind::SmallDetail, "a detail is small"),
        (FindingKind::NarrowGap, "a gap is narrow"),
        (FindingKind::TooLarge, "it is larger than every printer"),
    ];
    for (kind, words) in weak {
        if report.finding(kind).is_some() {
            note(Issue::new(Code::AuditWeakPrint, path, format!("{name}: {words}{}", place(report, kind))));
        }
    }
}

/// Where the worst of a kind is, and how bad it is.
fn place(report: &Report, kind: FindingKind) -> String {
    let Some(finding) = report.finding(kind) else { return String::new() };
    let mut out = String::new();
    if finding.count > 1 {
        out += &format!(", {} times", finding.count);
    }
    if let Some(worst) = finding.worst {
        out += &format!(", {worst:.2} mm");
    }
    if let Some(place) = finding.places.first() {
        let [x, y, z] = place.at.to_array();
        out += &format!(", at {x:.3} {y:.3} {z:.3} m");
    }
    out
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
