//! A shell without a browser: answers what the viewer asks, frame by frame, and remembers all it said.

use anprobe::frame::Frame;
use anprobe::viewer::{
    Announcement, Answer, Command, Effect, Event, Key, Modifiers, PointerAct, PointerDevice, RequestId, Viewer,
};

/// The viewer, its page and what happened.
pub(crate) struct Shell {
    pub(crate) viewer: Viewer,
    /// All effects so far, in order.
    pub(crate) log: Vec<Effect>,
    /// Effects that nobody has answered yet.
    pub(crate) open: Vec<Effect>,
    pub(crate) now_secs: f64,
    /// What a model's address answers.
    pub(crate) files: Vec<(String, Result<Vec<u8>, String>)>,
}

impl Shell {
    pub(crate) fn new() -> Self {
        let mut shell =
            Self { viewer: Viewer::new(7), log: Vec::new(), open: Vec::new(), now_secs: 10.0, files: Vec::new() };
        shell.send(Event::Resized { width_css_px: 400.0, height_css_px: 300.0, pixel_ratio: 2.0 });
        shell
    }

    /// A page whose model stands and rests.
    pub(crate) fn with_model(attributes: &[(&str, &str)]) -> Self {
        let mut shell = Self::new();
        shell.file("box.glb", super::model::glb());
        shell.set("camera-controls", "");
        shell.set("interaction-prompt", "none");
        attributes.iter().for_each(|(name, value)| shell.set(name, value));
        shell.place(true);
        shell.set("src", "box.glb");
        shell.settle();
        assert!(shell.viewer.loaded(), "{:?}", shell.announced());
        shell.log.clear();
        shell
    }

    pub(crate) fn file(&mut self, url: &str, bytes: Vec<u8>) {
        self.files.push((url.to_owned(), Ok(bytes)));
    }

    pub(crate) fn send(&mut self, event: Event) {
        let mut effects = Vec::new();
        self.viewer.handle(event, &mut effects);
        self.open.extend(effects.iter().cloned());
        self.log.append(&mut effects);
    }

    /// Puts the element where it is seen, or far away.
    pub(crate) fn place(&mut self, seen: bool) {
        self.send(Event::Near(seen));
        self.send(Event::Visible(seen));
    }

    pub(crate) fn command(&mut self, command: Command) {
        self.send(Event::Command(command));
    }

    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.send(Event::Attribute { name: name.to_owned(), value: Some(value.to_owned()) });
    }

    pub(crate) fn unset(&mut self, name: &str) {
        self.send(Event::Attribute { name: name.to_owned(), value: None });
    }

    pub(crate) fn key(&mut self, key: Key, shift: bool) {
        self.send(Event::Key { key, shift, now_secs: self.now_secs });
    }

    pub(crate) fn touch(&mut self, act: PointerAct, pointer: i32, x_css_px: f32, y_css_px: f32) {
        let (device, modifiers, now_secs) = (PointerDevice::Touch, Modifiers::default(), self.now_secs);
        self.send(Event::Pointer { act, pointer, device, x_css_px, y_css_px, modifiers, now_secs });
    }

    pub(crate) fn mouse(&mut self, act: PointerAct, x_css_px: f32, y_css_px: f32, pan: bool) {
        let (device, modifiers, now_secs) = (PointerDevice::Mouse, Modifiers { pan }, self.now_secs);
        self.send(Event::Pointer { act, pointer: 1, device, x_css_px, y_css_px, modifiers, now_secs });
    }

    /// Takes the oldest request that is open; none when only frames are asked for. A good renderer takes every scene.
    pub(crate) fn take_request(&mut self) -> Option<Effect> {
        while let Some(request) = self.take_upload() {
            self.answer(request, Answer::Done);
        }
        let asks = |effect: &Effect| {
            #[cfg(feature = "product")]
            if matches!(effect, Effect::Print { .. }) {
                return true;
            }
            matches!(effect, Effect::Fetch { .. } | Effect::Decode { .. } | Effect::LoadEnvironment { .. })
        };
        let place = self.open.iter().position(asks)?;
        Some(self.open.remove(place))
    }

    /// Takes the oldest scene that waits for the renderer.
    pub(crate) fn take_upload(&mut self) -> Option<RequestId> {
        let place = self.open.iter().position(|effect| matches!(effect, Effect::Upload { .. }))?;
        if let Effect::Upload { request, .. } = self.open.remove(place) { Some(request) } else { None }
    }

    pub(crate) fn answer(&mut self, request: RequestId, answer: Answer) {
        self.send(Event::Answered { request, answer });
    }

    /// Answers the oldest open request as a good network would; false when there is none.
    pub(crate) fn answer_one(&mut self) -> bool {
        match self.take_request() {
            Some(Effect::Fetch { request, url, .. }) => {
                let found = self.files.iter().find(|(name, _)| *name == url).map(|(_, file)| file.clone());
                let answer = match found.unwrap_or_else(|| Err("HTTP 404".to_owned())) {
                    Ok(bytes) => Answer::Bytes(bytes),
                    Err(why) => Answer::Failed(why),
                };
                #[cfg(feature = "decode")]
                let packed = if let Answer::Bytes(bytes) = &answer { Some(bytes.clone()) } else { None };
                self.answer(request, answer);
                // As a page does it.
                #[cfg(feature = "decode")]
                if let Some(bytes) = packed.filter(|_| self.viewer.awaits(request)) {
                    let beside = |uri: &str| self.files.iter().find(|(name, _)| name == uri)?.1.clone().ok();
                    let unpacked =
                        anprobe::decode::decode(bytes, &anprobe::import::Limits::default(), |it| beside(&it.uri));
                    let answer = unpacked.map_or_else(Answer::Refused, |(bytes, _)| Answer::Bytes(bytes));
                    self.answer(request, answer);
                }
            }
            Some(Effect::Decode { request, .. } | Effect::LoadEnvironment { request, .. }) => {
                self.answer(request, Answer::Done);
            }
            #[cfg(feature = "product")]
            Some(Effect::Print { request, .. }) => self.answer(request, Answer::Done),
            _ => return false,
        }
        true
    }

    /// One frame of the browser, if one was asked for.
    pub(crate) fn frame(&mut self, secs: f64) -> bool {
        let asked = self.open.iter().any(|effect| matches!(effect, Effect::Redraw));
        self.open.retain(|effect| !matches!(effect, Effect::Redraw));
        self.now_secs += secs;
        if asked {
            self.send(Event::Tick { now_secs: self.now_secs });
            if self.viewer.frame().is_some() {
                self.send(Event::Drawn { now_secs: self.now_secs });
            }
        }
        asked
    }

    /// Answers and draws until nothing is asked any more.
    pub(crate) fn settle(&mut self) {
        for _ in 0..2_000 {
            if !self.answer_one() && !self.frame(1.0 / 60.0) {
                return;
            }
        }
        panic!("the viewer never rests");
    }

    /// How many redraws are asked for.
    pub(crate) fn redraws(&self) -> usize {
        self.log.iter().filter(|effect| matches!(effect, Effect::Redraw)).count()
    }

    pub(crate) fn announced(&self) -> Vec<&Announcement> {
        self.log
            .iter()
            .filter_map(|effect| if let Effect::Announce(said) = effect { Some(said) } else { None })
            .collect()
    }

    /// The last snapshot that was to be kept.
    pub(crate) fn saved(&self) -> Option<&str> {
        self.log
            .iter()
            .rev()
            .find_map(|effect| if let Effect::Save(text) = effect { Some(text.as_str()) } else { None })
    }

    pub(crate) fn seen(&self) -> Frame<'_> {
        self.viewer.frame().expect("a frame")
    }
}

/// A short name for each effect, to compare orders.
pub(crate) fn names(effects: &[Effect]) -> Vec<String> {
    effects.iter().map(name).collect()
}

fn name(effect: &Effect) -> String {
    match effect {
        Effect::Fetch { url, .. } => format!("fetch {url}"),
        Effect::Abort(_) => "abort".to_owned(),
        Effect::Upload { scene, .. } => format!("upload {:x}", scene.0),
        Effect::Decode { image, .. } => format!("decode {image}"),
        #[cfg(feature = "product")]
        Effect::Print { image, print, .. } => format!("print {image} {print}"),
        Effect::LoadEnvironment { url, .. } => format!("light {url}"),
        Effect::Prepare => "prepare".to_owned(),
        Effect::Release(id) => format!("release {:x}", id.0),
        Effect::ReleaseEnvironment(_) => "dim".to_owned(),
        Effect::Redraw => "redraw".to_owned(),
        Effect::Wake { .. } => "wake".to_owned(),
        Effect::Save(_) => "save".to_owned(),
        #[cfg(feature = "xr")]
        Effect::Xr(order) => format!("{order:?}"),
        Effect::Announce(said) => match said {
            Announcement::Progress { total, reason } => format!("{reason} {total:.2}"),
            Announcement::Load { url } => format!("load {url}"),
            Announcement::Error { issue, .. } => format!("error {}", issue.code.as_str()),
            Announcement::Issue(issue) => format!("issue {}", issue.code.as_str()),
            #[cfg(feature = "product")]
            Announcement::ConfigurationChange { changed, .. } => format!("changed {}", changed.join(" ")),
            #[cfg(feature = "product")]
            Announcement::Conflict { group, answer } => format!("conflict {group} {answer}"),
            Announcement::CameraChange { source } => format!("camera {source}"),
            Announcement::ModelVisibility { visible } => format!("visible {visible}"),
            other => format!("{other:?}"),
        },
    }
}
