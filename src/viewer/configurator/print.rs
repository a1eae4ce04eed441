//! What is the customer's own on the product: drawn by the shell over pictures of the model.

use super::super::load::{next, report_picture};
use super::super::stage::Stage;
use super::super::{Answer, Effect, RequestId, Viewer};
use super::Part;
use crate::issue::{Code, Issue};
use crate::product::{PartLook, Print, view::to_json};
use crate::shelf::Shelf;

/// What is on the pictures of one model.
#[derive(Debug, Default)]
pub(in super::super) struct Prints {
    /// By image: the JSON of the [`Print`] that the renderer has; none for the file's own picture.
    drawn: Shelf<usize, String>,
    /// On the way to the renderer.
    pending: Vec<(RequestId, usize, String)>,
}

impl Prints {
    pub(in super::super) fn requests(&self) -> impl Iterator<Item = RequestId> {
        self.pending.iter().map(|(request, ..)| *request)
    }

    /// Whether the picture shows something of the customer's, or did: the file's own is not to be put over it.
    pub(in super::super) fn has(&self, image: usize) -> bool {
        self.drawn.contains_key(&image) || self.pending.iter().any(|(_, pending, _)| *pending == image)
    }

    /// What of the customer's is on a picture, as JSON.
    pub(in super::super) fn over(&self, image: usize) -> Option<&str> {
        let print = self.drawn.get(&image).map(String::as_str);
        print.filter(|print| !print.is_empty() && !print.ends_with(NOTHING))
    }

    /// All is to be drawn again.
    fn forget(&mut self) {
        let images: Vec<_> = self.drawn.iter().map(|(image, _)| *image).collect();
        images.into_iter().for_each(|image| {
            self.drawn.insert(image, String::new());
        });
        // What is on its way began without what has come.
        self.pending.iter_mut().for_each(|(_, _, print)| print.clear());
    }

    /// Takes an answer, and gives its image.
    fn take(&mut self, request: RequestId) -> Option<usize> {
        let place = self.pending.iter().position(|(pending, ..)| *pending == request)?;
        let (_, image, print) = self.pending.remove(place);
        self.drawn.insert(image, print);
        Some(image)
    }
}

impl Viewer {
    /// Asks for what a look has on a model's surfaces; true when all of it is there, or could not be had.
    pub(super) fn print_on(
        &mut self,
        look: &PartLook,
        stage: &mut Stage,
        decodes: &mut Vec<(RequestId, usize)>,
        effects: &mut Vec<Effect>,
    ) -> bool {
        let mut wanted: Vec<(usize, String)> = Vec::new();
        for print in &look.prints {
            match image_of(stage, &print.material) {
                // Two materials with one picture: there is room for one of them.
                Some(image) if wanted.iter().any(|(known, _)| *known == image) => {
                    let detail = format!("{}, whose picture has a print already", print.material);
                    self.complain_once(look.model, Issue::new(Code::Look, "", detail), effects);
                }
                Some(image) => wanted.push((image, to_json(print))),
                None => {
                    let detail = format!("{}, a picture to print on", print.material);
                    self.complain_once(look.model, Issue::new(Code::Look, "", detail), effects);
                }
            }
        }
        let gone: Vec<_> = stage.prints.drawn.iter().map(|(image, _)| *image).collect();
        let blank = Print { material: String::new(), width_px: 0, height_px: 0, layers: Vec::new() };
        for image in gone.into_iter().chain(stage.prints.pending.iter().map(|(_, image, _)| *image)) {
            if wanted.iter().all(|(known, _)| *known != image) {
                wanted.push((image, to_json(&blank)));
            }
        }
        let mut complete = true;
        for (image, print) in wanted {
            // One at a time: what moves under a finger would else be asked for anew forever, and never come.
            let is_drawing = |(_, pending, known): &(RequestId, usize, String)| {
                *pending == image && (*known == print || !print.ends_with(NOTHING))
            };
            if stage.prints.pending.iter().any(is_drawing) {
                complete = false;
                continue;
            }
            // What was asked for before and is no longer wanted.
            stage.prints.pending.retain(|(request, pending, _)| {
                if *pending == image {
                    effects.push(Effect::Abort(*request));
                }
                *pending != image
            });
            if stage.prints.drawn.get(&image) == Some(&print) {
                continue;
            }
            complete = false;
            let request = next(&mut self.requests);
            let base = Some(stage.url.clone());
            effects.push(Effect::Print { request, scene: stage.id, image, base, print: print.clone() });
            stage.prints.pending.push((request, image, print));
            // Who came later would win.
            decodes.retain(|(request, decoding)| {
                if *decoding == image {
                    effects.push(Effect::Abort(*request));
                }
                *decoding != image
            });
        }
        complete
    }

    /// What is drawn is drawn again, with what the shell has now.
    pub(super) fn forget_prints(&mut self) {
        let loading = self.loading.as_mut().and_then(|loading| loading.stage_mut());
        let parts = self.configurator.parts.iter_mut().filter_map(|part: &mut Part| part.stage.as_mut());
        loading.into_iter().chain(&mut self.stage).chain(parts).for_each(|stage| stage.prints.forget());
    }

    /// True when the answer was for something that is printed.
    pub(in super::super) fn print_answered(
        &mut self,
        request: RequestId,
        answer: &Answer,
        effects: &mut Vec<Effect>,
    ) -> bool {
        let loading = self.loading.as_mut().and_then(|loading| loading.stage_mut());
        let parts = self.configurator.parts.iter_mut().filter_map(|part: &mut Part| part.stage.as_mut());
        let mut stages = loading.into_iter().chain(&mut self.stage).chain(parts);
        let Some(image) = stages.find_map(|stage| stage.prints.take(request)) else { return false };
        if let Answer::Failed(why) = answer {
            report_picture(image, Some(why), effects);
        }
        self.changed = true;
        self.settle_look(effects);
        true
    }
}

/// How an order ends that has nothing to draw.
const NOTHING: &str = r#""layers":[]}"#;

/// The picture that a material shows as its base colour.
fn image_of(stage: &Stage, material: &str) -> Option<usize> {
    let mut materials = stage.scene.materials.iter();
    let (_, found) = materials.find(|(_, known)| known.name == material)?;
    stage.scene.textures.get(found.base_color_texture?.texture)?.image
}
