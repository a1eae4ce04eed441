//! All that brings back exactly this view, as JSON, version 1.
//!
//! ```json
//! { "version": 1, "attributes": { "src": "lamp.glb" }, "scroll": 0, "revealed": true,
//!   "camera": { "orbit": [0, 1.3, 2], "target": [0, 0, 0], "fov": 0.52, "aspect": 1.5 },
//!   "animation": { "index": 0, "time": 0.5, "passes": 0, "paused": false, "timeScale": 1,
//!                  "repetitions": null, "pingpong": false },
//!   "turntable": 0 }
//! ```

use glam::Vec3;
use serde_json::{Map, Value, json};

use super::animate::Repeat;
use super::{Announcement, Effect, Viewer};
use crate::attribute::ATTRIBUTES;
use crate::camera::Spherical;
use crate::issue::{Code, Issue};

const VERSION: u64 = 1;

impl Viewer {
    /// All that brings back exactly this view: see [`super::Command::Restore`].
    pub fn snapshot(&self) -> String {
        let attributes: Map<String, Value> =
            self.page.texts().map(|(name, text)| (name.to_owned(), Value::from(text))).collect();
        let mut snapshot = json!({
            "version": VERSION,
            "attributes": attributes,
            "scroll": self.page.scroll,
            "revealed": self.poster.revealed,
            "turntable": self.turntable.angle,
        });
        if let (Some(_), Some(fields)) = (&self.stage, snapshot.as_object_mut()) {
            let goal = self.orbit.goal();
            let camera = json!({
                "orbit": [goal.theta, goal.phi, goal.radius],
                "target": self.orbit.target_goal().to_array(),
                "fov": self.orbit.fov_goal(),
                "aspect": self.window.aspect(),
            });
            fields.insert("camera".to_owned(), camera);
            fields.insert("animation".to_owned(), self.animation_snapshot());
        }
        // Not `to_string`, which brings the words of `io::Error` and the tables of printable characters along: 3 kB.
        serde_json::to_string(&snapshot).unwrap_or_default()
    }

    fn animation_snapshot(&self) -> Value {
        let (time, passes) = self.player.progress();
        let repetitions = self.player.repeat.repetitions;
        json!({
            "index": self.player.animation(),
            "time": time,
            "passes": passes,
            "paused": self.player.is_paused(),
            "timeScale": self.player.time_scale,
            "repetitions": if repetitions.is_finite() { Value::from(repetitions) } else { Value::Null },
            "pingpong": self.player.repeat.pingpong,
        })
    }

    /// Takes a snapshot: its attributes now, its view as soon as its model stands on the stage.
    pub(super) fn restore(&mut self, text: &str, effects: &mut Vec<Effect>) {
        let snapshot: Value = serde_json::from_str(text).unwrap_or_default();
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
        self.page.scroll = number(&snapshot, "scroll").unwrap_or(0.0);
        self.poster.dismiss_wanted |= snapshot.get("revealed").and_then(Value::as_bool).unwrap_or(false);
        let stands = self.stage.as_ref().is_some_and(|stage| Some(stage.url.as_str()) == self.page.src());
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
    object.get(name)?.as_f64().map(|number| number as f32).filter(|number| number.is_finite())
}

fn three(object: &Value, name: &str) -> Option<[f32; 3]> {
    let list = object.get(name)?.as_array()?;
    let [x, y, z] = list.as_slice() else { return None };
    Some([x.as_f64()? as f32, y.as_f64()? as f32, z.as_f64()? as f32])
}
