//! Words on a flat part as a shape: raised, or engraved.
//!
//! Nothing is cut with solids. The flat triangles below the words are triangulated anew with the letters' outlines in them
//! (a constrained Delaunay triangulation), the letters are moved along the surface's normal, and walls close the rest, so
//! that what was closed is closed, and its volume changes by the letters' area times the depth.

mod carve;
mod font;
mod outline;
mod patch;

use serde::{Deserialize, Serialize};

pub use font::{Fonts, font_files};

use super::pace::Job;
use super::piece::Piece;
use super::weld;
use crate::issue::{Code, Issue, Issues, Severity};

/// Where a surface lies in a piece, and what is on it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Relief {
    /// The surface's upper left in the piece's space, mm.
    pub origin_mm: [f64; 3],
    /// In the same space, along one millimetre of the surface to the right.
    pub right: [f64; 3],
    /// The same downwards.
    pub down: [f64; 3],
    /// Away from the surface; unit length.
    pub out: [f64; 3],
    /// Width and height; what lies beyond is cut off, as in its picture.
    pub size_mm: [f64; 2],
    /// How high or deep the words are in the piece's space, mm; above 0.
    pub depth_mm: f64,
    /// They stand out; engraved otherwise.
    pub is_raised: bool,
    /// sRGB and alpha of what is added; that of the surface without.
    pub color: Option<[u8; 4]>,
    /// The lowest first.
    pub words: Vec<Words>,
    /// The names of pictures on the same surface, which have no outlines.
    pub pictures: Vec<String>,
}

/// A line of words on a surface, in its millimetres from the upper left.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Words {
    /// What they say.
    pub text: String,
    /// One of [`crate::product::FONTS`], or another's name, or empty for the usual one.
    pub font: String,
    /// Their middle.
    pub center_mm: [f64; 2],
    /// What they fit into before they are turned.
    pub box_mm: [f64; 2],
    /// Clockwise, degrees.
    pub turn_deg: f64,
}

/// A piece with its words.
#[derive(Clone, Debug, Default)]
pub struct Embossed {
    /// With all words that could be made; without the others.
    pub piece: Piece,
    /// What is not as it was wished: of words that are missing, an error.
    pub issues: Issues,
    /// By how much the volume changed, mm³.
    pub volume_mm3: f64,
}

impl Embossed {
    /// The first reason for which no file should be written: words that the customer wished are missing.
    pub fn refusal(&self) -> Option<&Issue> {
        self.issues.iter().find(|issue| issue.code.severity() == Severity::Error)
    }
}

/// Puts words on a piece, slice by slice; dropping the job ends it.
pub fn emboss(piece: Piece, reliefs: Vec<Relief>, fonts: Fonts) -> Job<Embossed> {
    Job::new(|pace| async move {
        let mut made = Embossed { piece, ..Embossed::default() };
        let count = reliefs.len().max(1) as f32;
        if !reliefs.is_empty() {
            let closed = weld::closed_as_declared(&made.piece, &pace).await;
            weld::weld(&mut made.piece, &closed, &pace).await;
        }
        for (at, relief) in reliefs.iter().enumerate() {
            report(relief, &mut made.issues);
            let outlines = match outline::outlines(relief, &fonts) {
                Ok(outlines) => outlines,
                Err(issue) => {
                    made.issues.report(issue.code, issue.path, issue.detail);
                    continue;
                }
            };
            if outlines.is_empty() {
                if !relief.words.is_empty() {
                    made.issues.report(Code::PrintRelief, "", "nothing of the words lies on the surface");
                }
                continue;
            }
            match carve::carve(&made.piece, relief, &outlines, &pace).await {
                Ok((piece, volume_mm3)) => {
                    made.piece = piece;
                    made.volume_mm3 += volume_mm3;
                }
                Err(issue) => made.issues.report(issue.code, issue.path, issue.detail),
            }
            pace.reach((at + 1) as f32 / count);
        }
        made
    })
}

/// Says what a relief has that has no outlines.
fn report(relief: &Relief, issues: &mut Issues) {
    for picture in &relief.pictures {
        issues.report(Code::PrintPicture, "", picture.clone());
    }
    for words in &relief.words {
        let (printed, is_own) = font::printed(&words.font);
        if !is_own {
            let wished = if words.font.is_empty() { "the usual font" } else { &words.font };
            issues.report(Code::PrintFont, "", format!("{wished}: {printed} stands in"));
        }
    }
}
