//! All that brings back exactly this view, as JSON, version 1.
//!
//! ```json
//! { "version": 1, "attributes": { "src": "lamp.glb" }, "scroll": 0, "turntable": 0, "revealed": true,
//!   "camera": { "authored": false, "orbit": [0, 1067869798, 1073741824], "target": [0, 0, 0], "fov": 1057300152,
//!               "aspect": 1069547520 },
//!   "animation": { "time": 1056964608, "timeScale": 1065353216, "repetitions": 2139095040, "passes": 0,
//!                  "paused": false, "pingpong": false, "index": 0 } }
//! ```
//!
//! What may have a fraction is written as the bits of its IEEE 754 `binary32`: it comes back as it was, and no code that
//! prints decimals has to be downloaded (2 kB).

use std::fmt::Write as _;

use crate::json::{Value, parse};
use glam::Vec3;

use super::animate::Repeat;
use super::{Announcement, Effect, Viewer};
use crate::attribute::ATTRIBUTES;
use crate::camera::Spherical;
use crate::issue::{Code, Issue};

const VERSION: u64 = 1;

impl Viewer {
    /// All that brings back exactly this view: see [`super::Command::Restore`].
    pub fn snapshot(&self) -> String {
        let mut out = Writer(String::from("{"));
        out.whole("version", VERSION);
        out.name("attributes");
        out.open('{');
        for (name, text) in self.page.texts() {
            out.name(name);
            out.text(text);
        }
        out.close('}');
        out.number("scroll", self.page.scroll);
        out.number("turntable", self.turntable.angle);
        out.flag("revealed", self.poster.revealed);
        if self.stage.is_some() {
            let (orbit, player, authored) = (&self.orbit, &self.player, self.authored.is_some());
            // A step of how something is fitted is passing: whoever wants it back asks for it.
            #[cfg(feature = "product")]
            let (orbit, player, authored) = self.before_fitting().unwrap_or((orbit, player, authored));
            let goal = orbit.goal();
            out.name("camera");
            out.open('{');
            out.flag("authored", authored);
            out.three("orbit", [goal.theta, goal.phi, goal.radius]);
            out.three("target", orbit.target_goal().to_array());
            #[cfg(feature = "product")]
            if let (Some(stage), true) = (&self.stage, self.session().is_some()) {
                // What was framed: another configuration than the one that is shown now.
                out.three("around", stage.framing.target.to_array());
                out.three("framed", [stage.framing.radius, stage.framing.ideal_aspect, 0.0]);
            }
            out.number("fov", orbit.fov_goal());
            out.number("aspect", self.window.aspect());
            out.close('}');
            let (time, passes) = player.progress();
            out.name("animation");
            out.open('{');
            out.number("time", time);
            out.number("timeScale", player.time_scale);
            out.number("repetitions", player.repeat.repetitions);
            out.whole("passes", passes.into());
            out.flag("paused", player.is_paused());
            out.flag("pingpong", player.repeat.pingpong);
            if let Some(animation) = player.animation() {
                out.whole("index", animation as u64);
            }
            out.close('}');
        }
        #[cfg(feature = "product")]
        if let Some(session) = self.session().filter(|_| self.has_page_product()) {
            out.name("session");
            out.text(&crate::product::view::to_json(&session.record()));
        }
        out.close('}');
        out.0
    }

    /// Takes a snapshot: its attributes now, its view as soon as its model stands on the stage.
    pub(super) fn restore(&mut self, text: &str, effects: &mut Vec<Effect>) {
        let snapshot: Value = parse(text).unwrap_or_default();
        if snapshot.get("version").and_then(Value::as_u64) != Some(VERSION) {
            let issue = Issue::new(Code::Value, "/version", "the snapshot is of another version");
            effects.push(Effect::Announce(Announcement::Issue(issue)));
            return;
        }
        let attributes = snapshot.get("attributes").and_then(Value::as_object);
        for attribute in ATTRIBUTES {
            let value = attributes.and_then(|attributes| attributes.get(attribute.name)).and_then(Value::as_str);
            self.set_attribute(attribute.name, value.map(str::to_owned), effects);
        }
        #[cfg(feature = "product")]
        if let Some(session) = snapshot.get("session").and_then(Value::as_str) {
            self.restore_session(session, effects);
        }
        self.page.scroll = number(&snapshot, "scroll").unwrap_or(0.0);
        self.poster.dismiss_wanted |= snapshot.get("revealed").and_then(Value::as_bool).unwrap_or(false);
        let stands = self.stage.as_ref().is_some_and(|stage| Some(stage.url.as_str()) == self.src());
        self.restored = Some(snapshot);
        if stands {
            self.restore_view();
            self.strike_pose();
            self.changed = true;
            self.reveal_if_wanted(effects);
        }
    }

    /// The view of the snapshot that waits, without motion.
    pub(super) fn restore_view(&mut self) {
        let Some(snapshot) = self.restored.take() else { return };
        if let Some(camera) = snapshot.get("camera") {
            self.restore_camera(camera);
        }
        if let Some(animation) = snapshot.get("animation") {
            self.restore_animation(animation);
        }
        if let Some(angle) = number(&snapshot, "turntable") {
            self.turntable.angle = angle;
        }
        // Who had a view to come back to needs no invitation.
        self.touched = true;
    }

    fn restore_camera(&mut self, camera: &Value) {
        if camera.get("authored").and_then(Value::as_bool) == Some(true) && self.look_through_page_camera() {
            return;
        }
        self.authored = None;
        #[cfg(feature = "product")]
        if let (Some(stage), Some(around), Some([radius, aspect, _])) =
            (&mut self.stage, three(camera, "around"), three(camera, "framed"))
        {
            let target = Vec3::from_array(around);
            stage.framing = crate::camera::Framing { target, radius, ideal_aspect: aspect, ..stage.framing };
            self.orbit.product_radius = radius;
            self.orbit.set_limits(self.wanted_limits());
        }
        if let Some([theta, phi, radius]) = three(camera, "orbit") {
            self.orbit.set_goal(Spherical { theta, phi, radius });
        }
        if let Some(target) = three(camera, "target") {
            self.orbit.set_target_goal(Vec3::from_array(target));
        }
        if let (Some(fov), Some(stage)) = (number(camera, "fov"), &self.stage) {
            let (aspect, now) = (number(camera, "aspect").unwrap_or(1.0), self.window.aspect());
            let widened = stage.framing.widening(now) / stage.framing.widening(aspect);
            // The same window brings back the same bits.
            let fov = if widened == 1.0 { fov } else { 2.0 * ((fov * 0.5).tan() * widened).atan() };
            self.orbit.set_fov_goal(fov);
        }
        self.orbit.jump();
    }

    fn restore_animation(&mut self, animation: &Value) {
        let flag = |name: &str| animation.get(name).and_then(Value::as_bool).unwrap_or(false);
        let repetitions = number(animation, "repetitions").unwrap_or(f32::INFINITY);
        self.player.repeat = Repeat { repetitions, pingpong: flag("pingpong") };
        self.player.time_scale = number(animation, "timeScale").unwrap_or(1.0);
        let index = animation.get("index").and_then(Value::as_u64).and_then(|index| usize::try_from(index).ok());
        let found = index.and_then(|index| Some((index, self.stage.as_ref()?.scene.animations.get(index)?)));
        let Some((index, found)) = found else { return };
        let passes = animation.get("passes").and_then(Value::as_u64).map_or(0, |passes| passes.min(1 << 30) as u32);
        let time = number(animation, "time").unwrap_or(0.0);
        self.player.restore(index, found.duration_secs, time, passes, flag("paused"));
    }
}

fn number(object: &Value, name: &str) -> Option<f32> {
    from_bits(object.get(name)?)
}

fn three(object: &Value, name: &str) -> Option<[f32; 3]> {
    let list = object.get(name)?.as_array()?;
    let [x, y, z] = list else { return None };
    Some([from_bits(x)?, from_bits(y)?, from_bits(z)?])
}

fn from_bits(value: &Value) -> Option<f32> {
    let bits = u32::try_from(value.as_u64()?).ok()?;
    Some(f32::from_bits(bits)).filter(|number| number.is_finite())
}

/// JSON of objects, lists, texts, flags and whole numbers.
struct Writer(String);

impl Writer {
    fn open(&mut self, bracket: char) {
        self.0.push(bracket);
    }

    fn close(&mut self, bracket: char) {
        self.0.push(bracket);
    }

    /// A comma, unless something begins here.
    fn next(&mut self) {
        if !self.0.ends_with(['{', '[']) {
            self.0.push(',');
        }
    }

    fn name(&mut self, name: &str) {
        self.next();
        self.text(name);
        self.0.push(':');
    }

    fn text(&mut self, text: &str) {
        self.0.push('"');
        for c in text.chars() {
            match c {
                '"' | '\\' => self.0.extend(['\\', c]),
                // RFC 8259 §7: control characters are escaped. A string takes everything that is written to it.
                '\0'..='\x1f' => drop(write!(self.0, "\\u{:04x}", u32::from(c))),
                _ => self.0.push(c),
            }
        }
        self.0.push('"');
    }

    fn whole(&mut self, name: &str, number: u64) {
        self.name(name);
        let _ = write!(self.0, "{number}");
    }

    fn number(&mut self, name: &str, number: f32) {
        self.whole(name, number.to_bits().into());
    }

    fn flag(&mut self, name: &str, flag: bool) {
        self.name(name);
        self.0.push_str(if flag { "true" } else { "false" });
    }

    fn three(&mut self, name: &str, numbers: [f32; 3]) {
        self.name(name);
        self.open('[');
        for number in numbers {
            self.next();
            let _ = write!(self.0, "{}", number.to_bits());
        }
        self.close(']');
    }
}
