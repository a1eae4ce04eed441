//! Carries out what the machine orders, or has JavaScript do it.

use super::lift::Lifted;
use super::viewer::Viewer;
use crate::frame::EnvironmentId;
use crate::issue::{Code, Issue};
use crate::render::{Pixels, RenderError};
use crate::scene::{ImageSource, SceneId};
use crate::viewer::{Announcement, Answer, Effect, escaped};

/// What a request that is on its way is for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Job {
    /// Nothing yet: a scene waits for the shaders of its materials.
    Scene(SceneId),
    /// A texture.
    Image(SceneId, usize),
    /// Light, and background where it is seen.
    Environment {
        /// Its name in the renderer.
        id: EnvironmentId,
        /// Whether it is a background, too.
        seen: bool,
    },
}

impl Viewer {
    /// Gives every order that waits, in turn. Calls from within an order return at once: their orders are at the end
    /// of the queue.
    pub(super) fn give_orders(&self) {
        if self.ordering.replace(true) {
            return;
        }
        loop {
            // The borrow ends here, before JavaScript runs.
            let next = self.orders.borrow_mut().pop_front();
            let Some(effect) = next else { break };
            self.carry_out(effect);
        }
        self.ordering.set(false);
    }

    fn carry_out(&self, effect: Effect) {
        match effect {
            Effect::Fetch { request, url, base, kind: _ } => self.host.fetch(request.0, &url, base),
            Effect::Abort(request) => {
                self.jobs.borrow_mut().remove(&request.0);
                self.take_lift(request.0);
                self.host.abort(request.0);
            }
            Effect::Upload { request, scene } => self.upload(request.0, scene),
            Effect::Decode { request, scene, image, base } => {
                if self.awaits_shaders(scene) {
                    let effect = Effect::Decode { request, scene, image, base };
                    return self.delayed.borrow_mut().push(effect);
                }
                self.decode(request.0, scene, image, base);
            }
            #[cfg(feature = "product")]
            Effect::Print { request, scene, image, base, print } => self.print(request.0, (scene, image), base, &print),
            Effect::LoadEnvironment { request, environment, url, seen } => {
                self.load_environment(request.0, environment, &url, seen);
            }
            Effect::ReleaseEnvironment(environment) => {
                self.environments.borrow_mut().retain(|id| *id != environment);
                self.page.release_environment(environment);
            }
            Effect::Prepare => self.host.prepare(),
            Effect::Release(scene) => {
                self.uploaded.borrow_mut().retain(|id| *id != scene);
                self.page.renderer.borrow_mut().unload(scene);
            }
            Effect::Announce(announcement) => self.announce(&announcement),
            Effect::Redraw => self.host.redraw(),
            Effect::Wake { after_secs } => self.host.wake(after_secs),
            Effect::Save(snapshot) => self.host.save(&snapshot),
            #[cfg(feature = "xr")]
            Effect::Xr(order) => self.order_session(order),
        }
    }

    fn upload(&self, request: u32, id: SceneId) {
        let lacks = |scene| self.page.renderer.borrow().lacks_shaders(scene);
        if self.machine.borrow().scene(id).is_some_and(lacks) {
            self.jobs.borrow_mut().insert(request, Job::Scene(id));
            return self.host.shaders(request);
        }
        self.give_scene(request, id);
    }

    /// A picture that came before its scene is in the renderer would have no place there.
    fn awaits_shaders(&self, scene: SceneId) -> bool {
        self.jobs.borrow().values().any(|job| matches!(job, Job::Scene(id) if *id == scene))
    }

    /// Gives a scene to the renderer and tells the machine.
    pub(super) fn give_scene(&self, request: u32, id: SceneId) {
        let result = match self.machine.borrow().scene(id) {
            Some(scene) => self.page.renderer.borrow_mut().load(id, scene),
            None => Ok(()),
        };
        self.uploaded.borrow_mut().push(id);
        self.orders.borrow_mut().extend(self.delayed.take());
        self.answer(request, result.map_or_else(|error| Answer::Refused(issue(&error)), |()| Answer::Done));
    }

    #[cfg(feature = "product")]
    fn print(&self, request: u32, (scene, image): (SceneId, usize), base: Option<String>, print: &str) {
        let source = {
            let machine = self.machine.borrow();
            machine.scene(scene).and_then(|scene| scene.images.get(image)).map(|image| image.source.clone())
        };
        let Some(source) = source else {
            return self.answer(request, Answer::Failed(String::from("no such picture")));
        };
        self.jobs.borrow_mut().insert(request, Job::Image(scene, image));
        match source {
            ImageSource::Encoded { mime, bytes } => {
                let bytes = js_sys::Uint8Array::from(bytes.as_slice());
                self.host.print(request, Some(bytes), mime, "", base, print);
            }
            ImageSource::External { uri } => self.host.print(request, None, "", &escaped(&uri), base, print),
        }
    }

    fn decode(&self, request: u32, scene: SceneId, image: usize, base: Option<String>) {
        let source = {
            let machine = self.machine.borrow();
            machine.scene(scene).and_then(|scene| scene.images.get(image)).map(|image| match &image.source {
                ImageSource::Encoded { mime, bytes } => Ok((*mime, js_sys::Uint8Array::from(bytes.as_slice()))),
                ImageSource::External { uri } => Err(uri.clone()),
            })
        };
        match source {
            Some(source) => {
                self.jobs.borrow_mut().insert(request, Job::Image(scene, image));
                match source {
                    Ok((mime, bytes)) => self.host.decode(request, bytes, mime),
                    Err(uri) => self.host.decode_from(request, &escaped(&uri), base),
                }
            }
            None => self.answer(request, Answer::Failed(String::from("no such picture"))),
        }
    }

    /// Gives a decoded picture to the renderer and tells the machine; false when only its bytes will do. With `last`
    /// there is no such second chance.
    pub(super) fn take_picture(&self, request: u32, pixels: Pixels<'_>, last: bool) -> bool {
        let job = self.jobs.borrow().get(&request).copied();
        let result = match job {
            Some(Job::Image(id, image)) => match self.machine.borrow().scene(id) {
                Some(scene) => self.page.renderer.borrow_mut().set_image(id, scene, image, pixels),
                None => Err(RenderError::UnknownScene),
            },
            Some(Job::Environment { id, seen }) => match self.lift(request, &pixels) {
                Lifted::Ordinary => self.set_environment(id, seen, pixels),
                Lifted::Whole(panorama) => self.set_panorama(id, seen, &panorama),
                // The next picture is on its way, or this one's bytes are wanted.
                Lifted::Taken => return true,
                Lifted::Bytes => return false,
            },
            // Aborted meanwhile.
            Some(Job::Scene(_)) | None => return true,
        };
        match result {
            Err(RenderError::Copy { .. }) if !last => return false,
            Err(error) => self.answer(request, Answer::Failed(error.to_string())),
            Ok(()) => self.answer(request, Answer::Done),
        }
        true
    }

    /// Elements of one page share what has the same address.
    fn load_environment(&self, request: u32, id: EnvironmentId, url: &str, seen: bool) {
        if !self.environments.borrow().contains(&id) {
            self.environments.borrow_mut().push(id);
            let mut environments = self.page.environments.borrow_mut();
            let users = environments.get(&id).copied().unwrap_or(0);
            environments.insert(id, users + 1);
        }
        if self.page.renderer.borrow().has_environment(id) {
            return self.answer(request, Answer::Done);
        }
        self.jobs.borrow_mut().insert(request, Job::Environment { id, seen });
        self.host.environment(request, url);
    }

    fn announce(&self, announcement: &Announcement) {
        let (name, word, number) = match announcement {
            Announcement::Error { kind, issue } => return self.complain(kind, issue),
            Announcement::Issue(issue) => return self.complain("", issue),
            Announcement::Load { url } => ("load", url.as_str(), 0.0),
            Announcement::Progress { total, reason } => ("progress", *reason, f64::from(*total)),
            Announcement::CameraChange { source } => ("camera-change", *source, 0.0),
            Announcement::ModelVisibility { visible } => ("model-visibility", "", f64::from(u8::from(*visible))),
            Announcement::PosterDismissed => ("poster-dismissed", "", 0.0),
            Announcement::PosterShown => ("poster-shown", "", 0.0),
            Announcement::VariantApplied => ("variant-applied", "", 0.0),
            Announcement::EnvironmentChange => ("environment-change", "", 0.0),
            Announcement::Play => ("play", "", 0.0),
            Announcement::Pause => ("pause", "", 0.0),
            Announcement::Loop { count, name } => ("loop", name.as_str(), f64::from(*count)),
            Announcement::Finished => ("finished", "", 0.0),
            #[cfg(feature = "xr")]
            Announcement::ArStatus(status) => ("ar-status", *status, 0.0),
            #[cfg(feature = "xr")]
            Announcement::ArTracking(status) => ("ar-tracking", *status, 0.0),
            #[cfg(feature = "xr")]
            Announcement::ArRoom(room) => ("ar-room", room.as_str(), 0.0),
            Announcement::ViewLabel { key } => ("view-label", *key, 0.0),
            #[cfg(feature = "product")]
            Announcement::ConfigurationChange { revision, changed } => {
                let changed = crate::product::view::to_json(changed);
                return self.host.announce("configuration-change", &changed, f64::from(*revision));
            }
            #[cfg(feature = "product")]
            Announcement::ComparisonChange => ("comparison-change", "", 0.0),
            #[cfg(feature = "product")]
            Announcement::Conflict { group, answer } => {
                let asked = crate::product::view::to_json(&[group, answer]);
                return self.host.announce("conflict", &asked, 0.0);
            }
        };
        self.host.announce(name, word, number);
    }

    pub(super) fn complain(&self, kind: &str, issue: &Issue) {
        let severity = issue.code.severity() as u32;
        let code = issue.code.as_str();
        self.host.complain(kind, code, severity, &issue.path, &said(issue), issue.code.remedy());
    }
}

/// What happened, with the details of the case.
fn said(issue: &Issue) -> String {
    let mut said = String::from(issue.code.message());
    if !issue.detail.is_empty() {
        said.push_str(": ");
        said.push_str(&issue.detail);
    }
    said
}

/// An error of the renderer as the page is told.
pub(super) fn issue(error: &RenderError) -> Issue {
    let code = match error {
        RenderError::TooLarge { .. } => Code::Limit,
        _ => Code::Graphics,
    };
    Issue::new(code, "", error.to_string())
}
