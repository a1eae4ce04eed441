//! From an address to a model that stands: fetch, read, upload, decode, prepare, draw. The old model stays until then.

use crate::shelf::Shelf;

use super::loading::{Loading, Step, share};
use super::stage::Stage;
use super::{Announcement, Answer, Effect, FetchKind, RequestId, Viewer};
use crate::import::{Limits, Opened};
use crate::issue::{Code, Issue};
use crate::scene::SceneId;
use crate::text;

/// Escapes again what would end the path of a relative address: in a [`crate::scene::ImageSource`] it is unescaped.
pub fn escaped(uri: &str) -> String {
    text::escaped(uri, &[('%', "%25"), ('#', "%23"), ('?', "%3F")])
}

impl Viewer {
    /// Starts, changes or ends the loading, by what the page and the place on the screen want.
    pub(super) fn consider_loading(&mut self, effects: &mut Vec<Effect>) {
        let wanted = self.poster.dismiss_wanted
            || self.page.loads_at_once()
            || (self.page.reveals_by_itself() && self.window.near);
        #[cfg(feature = "product")]
        if self.consider_product(wanted, effects) {
            if wanted {
                self.want_light(effects);
            }
            return;
        }
        let Some(src) = self.src().map(str::to_owned) else {
            self.drop_model(effects);
            return;
        };
        if wanted || self.stage.is_some() {
            self.want_light(effects);
        }
        if self.loading.as_ref().is_some_and(|loading| loading.url != src) {
            self.abort_loading(effects);
            announce_progress(1.0, effects);
        }
        if self.failed.as_ref().is_some_and(|failed| *failed != src) {
            self.failed = None;
        }
        let stands = self.stage.as_ref().is_some_and(|stage| stage.url == src);
        if self.loaded() && std::mem::replace(&mut self.awaited, false) {
            // The page came back to what stands: who waits for the load need not wait longer.
            effects.push(Effect::Announce(Announcement::Load { url: src.clone() }));
        }
        if wanted && !stands && self.loading.is_none() && self.failed.is_none() {
            let request = next(&mut self.requests);
            effects.push(Effect::Fetch { request, url: src.clone(), base: None, kind: FetchKind::Model });
            announce_progress(0.0, effects);
            #[cfg(not(feature = "product"))]
            let loading = Loading::new(src, request);
            #[cfg(feature = "product")]
            let loading = Loading { model: self.configurator.body, ..Loading::new(src, request) };
            self.loading = Some(loading);
        }
    }

    fn want_light(&mut self, effects: &mut Vec<Effect>) {
        let requests = &mut self.requests;
        self.light.want(&self.page, || next(requests), effects);
        self.follow_light(effects);
    }

    fn drop_model(&mut self, effects: &mut Vec<Effect>) {
        if self.loading.is_some() {
            self.abort_loading(effects);
            announce_progress(1.0, effects);
        }
        self.failed = None;
        if let Some(stage) = self.stage.take() {
            self.abort_decodes(effects);
            release(&stage, effects);
            self.player.clear();
            self.changed = true;
            self.show_poster(effects);
        }
    }

    pub(super) fn abort_loading(&mut self, effects: &mut Vec<Effect>) {
        let Some(loading) = self.loading.take() else { return };
        effects.extend(loading.requests().into_iter().map(Effect::Abort));
        if let Some(stage) = loading.stage() {
            release(stage, effects);
        }
    }

    fn abort_decodes(&mut self, effects: &mut Vec<Effect>) {
        effects.extend(self.decodes.drain(..).map(|(request, _)| Effect::Abort(request)));
        self.variant_waits = false;
    }

    /// Bytes arrived.
    pub(super) fn progressed(&mut self, request: RequestId, received: u64, total: u64, effects: &mut Vec<Effect>) {
        let Some(loading) = &mut self.loading else { return };
        let done = match &mut loading.step {
            Step::Fetching(fetching) if *fetching == request => share(received, total),
            Step::Buffers { pending, fetched, .. } => {
                let Some((_, _, part)) = pending.iter_mut().find(|(pending, _, _)| *pending == request) else { return };
                *part = share(received, total);
                let parts: f32 = pending.iter().map(|(_, _, part)| part).sum();
                (parts + fetched.len() as f32) / (pending.len() + fetched.len()) as f32
            }
            _ => return,
        };
        if let Some(whole) = loading.advance(done) {
            announce_progress(whole, effects);
        }
    }

    /// A request ended; answers that nobody waits for any more are dropped.
    pub(super) fn answered(&mut self, request: RequestId, answer: Answer, effects: &mut Vec<Effect>) {
        let failure = match &answer {
            Answer::Failed(why) => Some(why.as_str()),
            Answer::Bytes(_) | Answer::Done | Answer::Refused(_) => None,
        };
        #[cfg(feature = "xr")]
        if self.answered_in_room(request, &answer) {
            return;
        }
        #[cfg(feature = "product")]
        if self.product_answered(request, &answer, effects) {
            return;
        }
        if self.light.answered(request, failure, effects) {
            self.follow_light(effects);
            if !self.light.is_pending() && self.loading.is_none() && self.stage.is_some() {
                let reason = "environment-update";
                effects.push(Effect::Announce(Announcement::Progress { total: 1.0, reason }));
            }
        } else if let Some((_, image)) = self.decodes.iter().find(|(pending, _)| *pending == request).copied() {
            let instead = failure.is_some() && self.decode_instead(image, effects);
            self.picture_came(request, failure.filter(|_| !instead), effects);
        } else if self.loading.as_ref().is_some_and(|loading| loading.requests().contains(&request)) {
            self.load_on(request, answer, effects);
        } else {
            #[cfg(feature = "product")]
            if !self.print_answered(request, &answer, effects) {
                self.part_answered(request, answer, effects);
            }
        }
        self.finish_loading(effects);
    }

    /// Whether a request for a model waits for its bytes. After these came, it is so when the model is packed: then it is
    /// wanted once more, unpacked (`decode`), or the request failed.
    pub fn awaits(&self, request: RequestId) -> bool {
        #[cfg(feature = "product")]
        if self.part_awaits(request) {
            return true;
        }
        self.loading.as_ref().is_some_and(|loading| loading.awaits(request))
    }

    /// The next step of the model's way.
    fn load_on(&mut self, request: RequestId, answer: Answer, effects: &mut Vec<Effect>) {
        let Some(mut loading) = self.loading.take() else { return };
        match self.advance(&mut loading, request, answer, effects) {
            Ok(step) => {
                loading.step = step.unwrap_or(loading.step);
                if let Some(whole) = loading.advance(match &loading.step {
                    Step::Pictures { pending, total, .. } => 1.0 - pending.len() as f32 / (*total).max(1) as f32,
                    _ => 0.0,
                }) {
                    announce_progress(whole, effects);
                }
                self.loading = Some(loading);
            }
            Err(issue) => self.fail(loading, issue, effects),
        }
    }

    /// Takes the answer that a model on its way waits for, and gives its next step, if it is one.
    pub(super) fn advance(
        &mut self,
        loading: &mut Loading,
        request: RequestId,
        answer: Answer,
        effects: &mut Vec<Effect>,
    ) -> Result<Option<Step>, Issue> {
        match (&mut loading.step, answer) {
            (Step::Fetching(_), Answer::Bytes(bytes)) => {
                let opened = Opened::new(bytes, &Limits::default());
                match opened.and_then(|opened| self.open(loading, opened, effects)) {
                    // It is awaited still, unpacked.
                    Err(issue) if Opened::is_packed(&issue) => Ok(None),
                    step => step,
                }
            }
            (Step::Fetching(_), Answer::Failed(why)) => Err(Issue::new(Code::Fetch, "", why)),
            (Step::Fetching(_), Answer::Done) => Err(Issue::new(Code::Fetch, "", "no bytes came")),
            (_, Answer::Refused(issue)) => Err(issue),
            (Step::Buffers { .. }, answer) => {
                let bytes = if let Answer::Bytes(bytes) = answer { Some(bytes) } else { None };
                self.buffer_came(loading, request, bytes, effects)
            }
            (Step::Pictures { stage, upload, pending, total }, answer) => {
                if *upload == Some(request) {
                    *upload = None;
                } else if let Some(place) = pending.iter().position(|(pending, _)| *pending == request) {
                    let (_, image) = pending.remove(place);
                    stage.pictures.insert(image);
                    let failure = if let Answer::Failed(why) = &answer { Some(why.as_str()) } else { None };
                    if failure.is_some() && stage.scene.fall_back(image) {
                        self.decode_missing(stage, pending, total, effects);
                    } else {
                        report_picture(image, failure, effects);
                    }
                }
                Ok(None)
            }
        }
    }

    /// Asks for the buffers beside the file, or reads on when there are none.
    fn open(&mut self, loading: &Loading, opened: Opened, effects: &mut Vec<Effect>) -> Result<Option<Step>, Issue> {
        if opened.external_buffers().is_empty() {
            return self.read(loading, opened, Shelf::new(), effects).map(Some);
        }
        let mut pending = Vec::new();
        for external in opened.external_buffers() {
            let request = next(&mut self.requests);
            pending.push((request, external.buffer, 0.0));
            let (url, base) = (escaped(&external.uri), Some(loading.url.clone()));
            effects.push(Effect::Fetch { request, url, base, kind: FetchKind::Buffer });
        }
        Ok(Some(Step::Buffers { opened: Box::new(opened), pending, fetched: Shelf::new() }))
    }

    /// Takes a buffer; one that failed is left out, and import says what that costs.
    fn buffer_came(
        &mut self,
        loading: &mut Loading,
        request: RequestId,
        bytes: Option<Vec<u8>>,
        effects: &mut Vec<Effect>,
    ) -> Result<Option<Step>, Issue> {
        let Step::Buffers { pending, fetched, .. } = &mut loading.step else { return Ok(None) };
        if let Some(place) = pending.iter().position(|(pending, _, _)| *pending == request) {
            let (_, buffer, _) = pending.remove(place);
            if let Some(bytes) = bytes {
                fetched.insert(buffer, bytes);
            }
        }
        if !pending.is_empty() {
            return Ok(None);
        }
        // The file is given away for good: an error ends this loading.
        let step = std::mem::replace(&mut loading.step, Step::Fetching(request));
        let Step::Buffers { opened, fetched, .. } = step else { return Ok(None) };
        self.read(loading, *opened, fetched, effects).map(Some)
    }

    /// Bytes to a stage; its geometry goes to the renderer and the pictures of its first look are decoded.
    fn read(
        &mut self,
        loading: &Loading,
        opened: Opened,
        mut fetched: Shelf<usize, Vec<u8>>,
        effects: &mut Vec<Effect>,
    ) -> Result<Step, Issue> {
        let (scene, issues) = opened.finish(|buffer| fetched.remove(&buffer))?;
        for issue in issues.iter() {
            effects.push(Effect::Announce(Announcement::Issue(issue.clone())));
        }
        self.scenes = self.scenes.wrapping_add(1);
        let id = SceneId((u64::from(self.id) << 32) | u64::from(self.scenes));
        let mut stage = Stage::new(id, loading.url.clone(), scene, self.page.placement());
        stage.overlay.variant = stage.variant_named(self.page.variant_name());
        #[cfg(feature = "product")]
        self.dress(loading.model, &mut stage, effects);
        let upload = next(&mut self.requests);
        effects.push(Effect::Upload { request: upload, scene: id });
        let pending = self.decode(&stage, stage.missing_under(stage.overlay.variant), effects);
        Ok(Step::Pictures { stage: Box::new(stage), upload: Some(upload), total: pending.len(), pending })
    }

    /// Asks for pictures of a stage.
    pub(super) fn decode(
        &mut self,
        stage: &Stage,
        images: Vec<usize>,
        effects: &mut Vec<Effect>,
    ) -> Vec<(RequestId, usize)> {
        let mut pending = Vec::new();
        for image in images {
            let request = next(&mut self.requests);
            pending.push((request, image));
            let base = Some(stage.url.clone());
            effects.push(Effect::Decode { request, scene: stage.id, image, base });
        }
        pending
    }

    /// The variant changed while pictures are on their way.
    pub(super) fn choose_variant_while_loading(&mut self, effects: &mut Vec<Effect>) {
        let Some(mut loading) = self.loading.take() else { return };
        if let Step::Pictures { stage, pending, total, .. } = &mut loading.step {
            stage.overlay.variant = stage.variant_named(self.page.variant_name());
            self.decode_missing(stage, pending, total, effects);
        }
        self.loading = Some(loading);
    }

    /// Asks for the pictures of the first look that nobody asked for.
    pub(super) fn decode_missing(
        &mut self,
        stage: &Stage,
        pending: &mut Vec<(RequestId, usize)>,
        total: &mut usize,
        effects: &mut Vec<Effect>,
    ) {
        let mut missing = stage.missing_under(stage.overlay.variant);
        missing.retain(|image| pending.iter().all(|(_, asked)| asked != image));
        let asked = self.decode(stage, missing, effects);
        *total += asked.len();
        pending.extend(asked);
    }

    /// A picture of a later look cannot be decoded: asks for what its textures show instead; false without any.
    fn decode_instead(&mut self, image: usize, effects: &mut Vec<Effect>) -> bool {
        let Some(mut stage) = self.stage.take() else { return false };
        let instead = stage.scene.fall_back(image);
        if instead {
            let mut missing = stage.missing_at_all();
            missing.retain(|image| self.decodes.iter().all(|(_, asked)| asked != image));
            let asked = self.decode(&stage, missing, effects);
            self.decodes.extend(asked);
        }
        self.stage = Some(stage);
        instead
    }

    fn fail(&mut self, loading: Loading, issue: Issue, effects: &mut Vec<Effect>) {
        effects.extend(loading.requests().into_iter().map(Effect::Abort));
        if let Some(stage) = loading.stage() {
            release(stage, effects);
        }
        self.failed = Some(loading.url);
        effects.push(Effect::Announce(Announcement::Error { kind: "loadfailure", issue }));
        announce_progress(1.0, effects);
    }

    /// Puts the new model on the stage when all of its first look is there, its light included.
    pub(super) fn finish_loading(&mut self, effects: &mut Vec<Effect>) {
        let complete = self.loading.as_ref().is_some_and(Loading::is_complete);
        #[cfg(feature = "product")]
        let complete = complete && self.look_is_there(effects);
        // The first light belongs to the first picture; later ones change below a model that stands.
        if !complete || (self.stage.is_none() && self.light.is_pending()) {
            return;
        }
        let Some(Loading { step: Step::Pictures { stage, .. }, .. }) = self.loading.take() else { return };
        self.abort_decodes(effects);
        let old = self.stage.replace(*stage);
        #[cfg(feature = "product")]
        self.settle_look(effects);
        self.model_came(effects);
        effects.push(Effect::Prepare);
        if let Some(old) = old {
            release(&old, effects);
        }
        self.changed = true;
    }

    /// The first picture of the model stands.
    pub(super) fn picture_stands(&mut self, now_secs: f64, effects: &mut Vec<Effect>) {
        // A picture of the old model may end after the new one is on the stage.
        let is_its = |stage: &&mut Stage| !stage.drawn && stage.shown_secs.is_some_and(|shown| now_secs >= shown);
        let Some(stage) = self.stage.as_mut().filter(is_its) else { return };
        stage.drawn = true;
        let url = stage.url.clone();
        if self.src() == Some(url.as_str()) {
            self.awaited = false;
        }
        effects.push(Effect::Announce(Announcement::CameraChange { source: "none" }));
        effects.push(Effect::Announce(Announcement::Load { url }));
        if self.page.reveals_by_itself() || self.poster.dismiss_wanted {
            self.reveal(effects);
        }
        if self.loading.is_none() {
            announce_progress(1.0, effects);
        }
        self.turntable.touched(now_secs);
        self.plan_invitation(now_secs);
        if let Some(stage) = self.stage.take() {
            let missing = stage.missing_at_all();
            #[cfg(feature = "product")]
            let missing = {
                let asked = |image: &usize| self.decodes.iter().any(|(_, asked)| asked == image);
                missing.into_iter().filter(|image| !stage.prints.has(*image) && !asked(image)).collect()
            };
            let asked = self.decode(&stage, missing, effects);
            self.decodes.extend(asked);
            self.stage = Some(stage);
        }
        #[cfg(feature = "product")]
        if self.session().is_some() {
            self.look_ahead();
            effects.push(Effect::Prepare);
        }
        self.unsaved = true;
    }

    /// *Try again*.
    pub(super) fn retry(&mut self) {
        self.failed = None;
        self.light.retry();
        #[cfg(feature = "product")]
        self.retry_product();
    }
}

/// Lets a scene go, with all that is on its way to it.
fn release(stage: &Stage, effects: &mut Vec<Effect>) {
    #[cfg(feature = "product")]
    effects.extend(stage.prints.requests().map(Effect::Abort));
    effects.push(Effect::Release(stage.id));
}

/// A request's name.
pub(super) fn next(requests: &mut u32) -> RequestId {
    *requests = requests.wrapping_add(1);
    RequestId(*requests)
}

/// Says that a picture is missing; the model is shown without it.
pub(super) fn report_picture(image: usize, failure: Option<&str>, effects: &mut Vec<Effect>) {
    if let Some(why) = failure {
        let issue = Issue::new(Code::Image, format!("/images/{image}"), why);
        effects.push(Effect::Announce(Announcement::Issue(issue)));
    }
}

pub(super) fn announce_progress(total: f32, effects: &mut Vec<Effect>) {
    effects.push(Effect::Announce(Announcement::Progress { total, reason: "model-load" }));
}
