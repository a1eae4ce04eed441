//! The shell of the module that unpacks models: what a page fetched in, a plain GLB back. It runs in a worker, or on the page;
//! nothing here draws, fetches or knows the page.
//!
//! Invariant: no decisions. What is unpacked and how is said in [`crate::decode`].

use wasm_bindgen::prelude::wasm_bindgen;

use crate::decode::Decoder;
use crate::import::Limits;
use crate::issue::{Issue, Severity};
use crate::viewer::escaped;

/// One file.
#[wasm_bindgen]
pub struct Unpacking {
    decoder: Option<Decoder>,
    refused: Option<Issue>,
    issues: Vec<Issue>,
}

#[wasm_bindgen]
impl Unpacking {
    /// Takes a GLB or glTF.
    #[wasm_bindgen(constructor)]
    pub fn new(file: Vec<u8>) -> Self {
        match Decoder::new(file, &Limits::default()) {
            Ok(decoder) => Self { decoder: Some(decoder), refused: None, issues: Vec::new() },
            Err(issue) => Self { decoder: None, refused: Some(issue), issues: Vec::new() },
        }
    }

    /// The addresses of buffers beside the file that are to be given before the first step, relative to it.
    pub fn resources(&self) -> Vec<String> {
        let resources = self.decoder.iter().flat_map(Decoder::resources);
        resources.map(|resource| escaped(&resource.uri)).collect()
    }

    /// Takes one of them, by its place in that list.
    pub fn give(&mut self, at: usize, bytes: Vec<u8>) {
        let Some(decoder) = &mut self.decoder else { return };
        if let Some(resource) = decoder.resources().get(at)
            && let Err(issue) = decoder.give(resource.buffer, bytes)
        {
            self.refuse(issue);
        }
    }

    /// Unpacks one more piece; true when all is done, or refused.
    pub fn step(&mut self) -> bool {
        match self.decoder.as_mut().map(Decoder::step) {
            Some(Ok(done)) => done,
            Some(Err(issue)) => {
                self.refuse(issue);
                true
            }
            None => true,
        }
    }

    /// The plain file; undefined when there is none.
    pub fn file(&mut self) -> Option<Vec<u8>> {
        match self.decoder.take()?.finish() {
            Ok((file, issues)) => {
                self.issues = issues.iter().cloned().collect();
                Some(file)
            }
            Err(issue) => {
                self.refuse(issue);
                None
            }
        }
    }

    /// What was noticed, or why there is no file, one after another: code, severity (2 is grave), path, message and remedy.
    pub fn issues(&self) -> Vec<String> {
        let told = |issue: &Issue| {
            let (code, path) = (issue.code, issue.path.clone());
            let severity = match code.severity() {
                Severity::Info => "0",
                Severity::Warning => "1",
                Severity::Error => "2",
            };
            let message = if issue.detail.is_empty() {
                code.message().to_owned()
            } else {
                [code.message(), ": ", &issue.detail].concat()
            };
            [code.as_str().to_owned(), severity.to_owned(), path, message, code.remedy().to_owned()]
        };
        self.refused.iter().chain(&self.issues).flat_map(told).collect()
    }

    fn refuse(&mut self, issue: Issue) {
        self.decoder = None;
        self.refused = Some(issue);
    }
}
