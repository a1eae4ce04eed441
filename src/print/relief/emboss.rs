//! Reliefs on a piece, one after the other.

use super::super::pace::Job;
use super::super::piece::Piece;
use super::super::weld;
use super::font::Fonts;
use super::{Relief, carve, font, outline};
use crate::issue::{Code, Issue, Issues, Severity};

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
            if relief.flaw.is_some() {
                continue;
            }
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

/// Says what a relief has that has no outlines, and why nothing can be made of it.
fn report(relief: &Relief, issues: &mut Issues) {
    if let Some(flaw) = &relief.flaw {
        issues.report(Code::PrintRelief, "", flaw.clone());
        return;
    }
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
