//! A further model of a product, and where it is put.

use glam::Mat4;

use super::super::load::{next, report_picture};
use super::super::loading::{Loading, Step};
use super::super::stage::Stage;
use super::super::{Announcement, Answer, Effect, FetchKind, RequestId, Viewer};
use crate::product::PartLook;

/// Mounts in mounts; the product file has no cycles, and nothing is built so deep.
pub(super) const DEEPEST: usize = 16;

/// One model.
#[derive(Debug)]
pub(in super::super) struct Part {
    /// By its index in the product file.
    pub(super) model: usize,
    /// The same model once more, for a picture beside the product's own that has other prints on it.
    pub(super) is_twin: bool,
    pub(super) loading: Option<Loading>,
    pub(super) stage: Option<Stage>,
    /// Pictures of later looks on their way.
    pub(super) decodes: Vec<(RequestId, usize)>,
}

impl Part {
    pub(super) fn new(model: usize, loading: Option<Loading>, stage: Option<Stage>) -> Self {
        Self { model, is_twin: false, loading, stage, decodes: Vec::new() }
    }

    /// Whether it is the model itself, and not its twin.
    pub(super) fn is(&self, model: usize) -> bool {
        self.model == model && !self.is_twin
    }

    fn requests(&self) -> impl Iterator<Item = RequestId> {
        let loading = self.loading.iter().flat_map(Loading::requests);
        let prints = self.stages().flat_map(|stage| stage.prints.requests());
        loading.chain(self.decodes.iter().map(|(request, _)| *request)).chain(prints)
    }

    /// Its scene in the renderer, or on the way there.
    pub(in super::super) fn stages(&self) -> impl Iterator<Item = &Stage> {
        self.loading.as_ref().and_then(Loading::stage).into_iter().chain(&self.stage)
    }
}

impl Viewer {
    pub(in super::super) fn parts(&self) -> &[Part] {
        &self.configurator.parts
    }

    /// The parts that are seen, where they stand now.
    pub(in super::super) fn seen_parts(&self) -> impl Iterator<Item = (&Stage, Mat4)> {
        self.seen_models().map(|(_, stage, world_from_scene)| (stage, world_from_scene))
    }

    /// The same with their models' indices in the product file.
    pub(in super::super) fn seen_models(&self) -> impl Iterator<Item = (usize, &Stage, Mat4)> {
        self.configurator.shown.iter().filter_map(|look| {
            let stage = self.part(look.model)?;
            Some((look.model, stage, self.world_from_model(look.model, 0)?))
        })
    }

    pub(in super::super) fn part(&self, model: usize) -> Option<&Stage> {
        self.configurator.parts.iter().find(|part| part.is(model))?.stage.as_ref()
    }

    /// Where a model stands in the product's world; none where what carries it is not seen.
    pub(super) fn world_from_model(&self, model: usize, depth: usize) -> Option<Mat4> {
        let main = self.stage.as_ref()?;
        let look = self.configurator.shown.iter().find(|look| look.model == model)?;
        let Some((carrier, socket)) = look.mounted.as_ref().filter(|_| depth < DEEPEST) else {
            return Some(main.world_from_scene);
        };
        if *carrier == model {
            return None;
        }
        let is_body = *carrier == self.configurator.body;
        let stage = if is_body { main } else { self.part(*carrier)? };
        let (node, _) = stage.scene.nodes.iter().find(|(_, node)| node.name == *socket)?;
        let seen = stage.pose.visible.get(node).copied().unwrap_or(false);
        let world = if is_body { main.world_from_scene } else { self.world_from_model(*carrier, depth + 1)? };
        seen.then_some(world * *stage.pose.scene_from_node.get(node)?)
    }

    /// The name of the body's node that carries a model, over others that carry it.
    pub(in super::super) fn socket_on_body(&self, model: usize) -> Option<&str> {
        let mut model = model;
        for _ in 0..DEEPEST {
            let look = self.configurator.shown.iter().find(|look| look.model == model)?;
            let (carrier, socket) = look.mounted.as_ref()?;
            if *carrier == self.configurator.body {
                return Some(socket);
            }
            model = *carrier;
        }
        None
    }

    /// Fetches the models of a look that nobody asked for yet; true when all are there, or could not be had.
    pub(super) fn gather(&mut self, looks: &[PartLook], effects: &mut Vec<Effect>) -> bool {
        let body = self.configurator.body;
        let mut complete = true;
        for look in looks.iter().filter(|look| look.model != body) {
            let known = self.configurator.parts.iter().find(|part| part.is(look.model));
            if let Some(part) = known {
                complete &= part.loading.is_none();
                continue;
            }
            let Some(url) = self.configurator.models.get(look.model).cloned().flatten() else { continue };
            let request = next(&mut self.requests);
            effects.push(Effect::Fetch { request, url: url.clone(), base: None, kind: FetchKind::Model });
            let loading = Some(Loading { model: look.model, ..Loading::new(url, request) });
            self.configurator.parts.push(Part::new(look.model, loading, None));
            complete = false;
        }
        complete
    }

    /// Whether the model of a part waits for an answer.
    pub(in super::super) fn part_awaits(&self, request: RequestId) -> bool {
        self.configurator.parts.iter().filter_map(|part| part.loading.as_ref()).any(|loading| loading.awaits(request))
    }

    /// Takes the answer to a part's request.
    pub(in super::super) fn part_answered(&mut self, request: RequestId, answer: Answer, effects: &mut Vec<Effect>) {
        let place = self.configurator.parts.iter().position(|part| part.requests().any(|known| known == request));
        let Some(place) = place else { return };
        let mut part = self.configurator.parts.remove(place);
        if let Some(at) = part.decodes.iter().position(|(pending, _)| *pending == request) {
            let (_, image) = part.decodes.remove(at);
            let why = if let Answer::Failed(why) = &answer { Some(why.as_str()) } else { None };
            if let Some(stage) = &mut part.stage {
                // What the file has instead is asked for when the look is looked at again.
                let instead = why.is_some() && stage.scene.fall_back(image);
                report_picture(image, why.filter(|_| !instead), effects);
                stage.pictures.insert(image);
            }
        } else if let Some(mut loading) = part.loading.take() {
            match self.advance(&mut loading, request, answer, effects) {
                Ok(step) => {
                    loading.step = step.unwrap_or(loading.step);
                    match loading.step {
                        Step::Pictures { stage, upload: None, pending, .. } if pending.is_empty() => {
                            part.stage = Some(*stage);
                        }
                        _ => part.loading = Some(loading),
                    }
                }
                // The rest of the product stands without it.
                Err(issue) => {
                    effects.extend(loading.requests().into_iter().map(Effect::Abort));
                    effects.extend(loading.stage().map(|stage| Effect::Release(stage.id)));
                    let path = format!("/models/{}", part.model);
                    let issue = crate::issue::Issue { path, ..issue };
                    effects.push(Effect::Announce(Announcement::Error { kind: "loadfailure", issue }));
                }
            }
        }
        self.configurator.parts.insert(place, part);
        self.settle_look(effects);
    }

    /// Lets all parts go.
    pub(super) fn drop_parts(&mut self, effects: &mut Vec<Effect>) {
        self.drop_parts_of(|_| true, effects);
        self.configurator.shown.clear();
    }

    /// Lets some parts go.
    pub(super) fn drop_parts_of(&mut self, go: impl Fn(&Part) -> bool, effects: &mut Vec<Effect>) {
        self.configurator.parts.retain(|part| {
            if go(part) {
                effects.extend(part.requests().map(Effect::Abort));
                effects.extend(part.stages().map(|stage| Effect::Release(stage.id)));
            }
            !go(part)
        });
    }

    /// Parts that could not be had are asked for again.
    pub(in super::super) fn retry_product(&mut self) {
        self.configurator.failed = None;
        self.configurator.parts.retain(|part| part.loading.is_some() || part.stage.is_some());
        self.configurator.waits = true;
    }
}
