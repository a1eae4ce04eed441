//! The shell of the module that prints: what a page gives it, in slices, and reports and files back. It runs in a worker, or
//! on the page where none can start; nothing here draws, fetches or knows the page.
//!
//! Invariant: no decisions. What is printed and how is said in [`crate::print`].

use std::mem::take;

use glam::{Vec2, Vec3, Vec4};
use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::issue::Issue;
use crate::print::{About, Bitmap, Format, Head, Package, Report, Run, Share, gather, stand};
use crate::product::view::to_json;

/// One run.
#[wasm_bindgen]
pub struct Work {
    run: Run,
    shares: Vec<Share>,
    pictures: Vec<Option<Bitmap>>,
    package: Option<Package>,
    refused: Option<Issue>,
}

#[wasm_bindgen]
impl Work {
    /// For `report`, `3mf`, `stl` or `see`; a PNG of at most 256 pixels a side goes into a 3MF.
    #[wasm_bindgen(constructor)]
    pub fn new(format: &str, thumbnail: Option<Vec<u8>>) -> Self {
        let format = match format {
            "3mf" => Format::ThreeMf,
            "stl" => Format::Stl,
            "see" => Format::See,
            _ => Format::Report,
        };
        let run = Run::new(format, thumbnail);
        Self { run, shares: Vec::new(), pictures: Vec::new(), package: None, refused: None }
    }

    /// A picture that colours the next piece, by its place among them: straight RGBA, rows from the top; one that is not given
    /// colours nothing.
    pub fn picture(&mut self, at: usize, width_px: usize, height_px: usize, rgba: Vec<u8>) {
        if self.pictures.len() <= at {
            self.pictures.resize(at + 1, None);
        }
        if let Some(place) = self.pictures.get_mut(at) {
            *place = Some(Bitmap { width_px, height_px, rgba: rgba.into() });
        }
    }

    /// A share of the next piece: what is known of it as JSON, and its numbers ([`Share`]).
    #[expect(clippy::too_many_arguments, reason = "they cross as plain arrays")]
    pub fn share(
        &mut self,
        about: &str,
        positions: &[f32],
        indices: Vec<u32>,
        uvs: &[f32],
        colors: &[f32],
        origins: Vec<u32>,
        merges: &[u32],
    ) {
        match About::from_json(about) {
            Ok(about) => self.shares.push(Share {
                about,
                positions: positions.as_chunks().0.iter().map(|at| Vec3::from_array(*at)).collect(),
                indices,
                uvs: uvs.as_chunks().0.iter().map(|uv| Vec2::from_array(*uv)).collect(),
                colors: colors.as_chunks().0.iter().map(|color| Vec4::from_array(*color)).collect(),
                origins,
                merges: merges.as_chunks().0.to_vec(),
            }),
            Err(issue) => self.refused = Some(issue),
        }
    }

    /// The piece of those shares; its head as JSON.
    pub fn add(&mut self, head: &str) {
        let (shares, pictures) = (take(&mut self.shares), take(&mut self.pictures));
        match Head::from_json(head) {
            Ok(head) => {
                let piece = gather(shares, head.options.scale, pictures);
                self.run.add(head, piece);
            }
            Err(issue) => self.refused = Some(issue),
        }
    }

    /// The files of fonts that are to be given before the first step, as JSON: names without their ending.
    #[wasm_bindgen(getter, js_name = fontFiles)]
    pub fn font_files(&self) -> String {
        to_json(&self.run.font_files())
    }

    /// Takes one of them, a WOFF2.
    #[wasm_bindgen(js_name = giveFont)]
    pub fn give_font(&mut self, file: &str, woff2: &[u8]) {
        if let Err(issue) = self.run.give_font(file, woff2) {
            self.refused = Some(issue);
        }
    }

    /// Works for so many units, of which one is about what a triangle costs that is looked at once; true when all is done,
    /// or refused.
    pub fn step(&mut self, units: usize) -> bool {
        if self.refused.is_some() {
            return true;
        }
        match self.run.step(units) {
            Ok(done) => done,
            Err(issue) => {
                self.refused = Some(issue);
                true
            }
        }
    }

    /// How much is done, from 0 to 1.
    #[wasm_bindgen(getter)]
    pub fn progress(&self) -> f32 {
        self.run.progress()
    }

    /// Why there will be no file, as JSON: code, message, detail and remedy.
    #[wasm_bindgen(getter)]
    pub fn refused(&self) -> Option<String> {
        let issue = self.refused.as_ref()?;
        Some(to_json(&(issue.code.as_str(), issue.code.message(), &issue.detail, issue.code.remedy())))
    }

    /// What was found out, as JSON: pairs of an id and a report.
    #[wasm_bindgen(getter)]
    pub fn reports(&self) -> String {
        let reports = self.run.checked().iter().map(|(head, checked)| {
            let issues = self.run.issues(&head.id).map(Said::new).collect();
            (&head.id, Told { report: checked.report(), issues })
        });
        to_json(&reports.collect::<Vec<_>>())
    }

    /// The bed's name as it stands on its edge: a PNG, and how wide it is for its height.
    #[wasm_bindgen(js_name = nameBed)]
    pub fn name_bed(&mut self, png: Vec<u8>, aspect: f32) {
        self.run.name_bed(png, aspect);
    }

    /// The first piece on its bed: a GLB.
    pub fn printed(&self) -> Option<Vec<u8>> {
        Some(self.run.seen()?.glb.clone())
    }

    /// What else there is to know of it, as JSON: marks, and what is shown of less.
    #[wasm_bindgen(getter)]
    pub fn marks(&self) -> Option<String> {
        let seen = self.run.seen()?;
        Some(to_json(&(&seen.marks, &seen.thinned)))
    }

    /// Another GLB of the same piece, as it stands in the product, brought to the same place.
    pub fn finished(&mut self, glb: &[u8]) -> Option<Vec<u8>> {
        let place = self.run.seen()?.bed_from_world;
        stand(glb, place).map_err(|issue| self.refused = Some(issue)).ok()
    }

    /// So many bytes of what of the file is to be deflated, by its place in the file and theirs in it; none behind its end,
    /// undefined behind the last.
    pub fn content(&mut self, at: usize, from: usize, length: usize) -> Option<Vec<u8>> {
        if self.package.is_none() {
            self.package = self.run.take_package();
        }
        let content = self.package.as_ref()?.contents().nth(at)?.get(from..).unwrap_or_default();
        Some(content.get(..length).unwrap_or(content).to_vec())
    }

    /// Takes it deflated (RFC 1951).
    pub fn give(&mut self, at: usize, deflated: Vec<u8>) {
        if let Some(package) = &mut self.package {
            package.give(at, deflated);
        }
    }

    /// The file; undefined when there is none, or it would be too large.
    pub fn file(&mut self) -> Option<Vec<u8>> {
        match self.package.take().or_else(|| self.run.take_package()) {
            None => self.run.take_file(),
            Some(package) => package.write().map_err(|issue| self.refused = Some(issue)).ok(),
        }
    }
}

/// A report, and what came before it.
#[derive(Serialize)]
struct Told<'a> {
    #[serde(flatten)]
    report: &'a Report,
    issues: Vec<Said<'a>>,
}

/// An issue as a page reads it.
#[derive(Serialize)]
struct Said<'a> {
    code: &'static str,
    message: &'static str,
    detail: &'a str,
    remedy: &'static str,
}

impl<'a> Said<'a> {
    fn new(issue: &'a Issue) -> Self {
        let Issue { code, detail, .. } = issue;
        Self { code: code.as_str(), message: code.message(), detail, remedy: code.remedy() }
    }
}
