//! The room's light, as an environment: baked anew when it has changed so much that it is seen, and not too often.

use crate::environment::{LightEstimate, Panorama};
use crate::frame::EnvironmentId;
use crate::viewer::{Effect, Viewer};

/// What changes less is not seen, in shares of the mean radiance.
const SEEN: f32 = 0.15;
/// Baking costs a phone some milliseconds.
const APART_SECS: f64 = 1.0;
/// Phones expose for the room, so that its light has about this mean, and so do we; a darker room is darker, but not as
/// much.
const MEAN: f32 = 0.5;

/// What is known of the room's light.
#[derive(Debug, Default)]
pub(in crate::viewer) struct RoomLight {
    /// The latest estimate.
    latest: Option<LightEstimate>,
    /// What was baked, and when.
    baked: Option<(LightEstimate, f64)>,
    /// What bakes, and what draws on the thing itself, was asked for.
    asked: bool,
}

impl RoomLight {
    pub(super) fn follow(&mut self, light: &LightEstimate) {
        self.latest = Some(*light);
    }

    pub(super) fn end(&mut self, effects: &mut Vec<Effect>) {
        if self.baked.is_some() {
            effects.push(Effect::ReleaseEnvironment(ROOM));
        }
        *self = Self::default();
    }
}

/// The room's name; addresses of pages hash to it once in 2⁶⁴.
pub(super) const ROOM: EnvironmentId = EnvironmentId(u64::MAX);

impl Viewer {
    /// True once, when there is light to bake, something to be drawn on the thing itself or to be hidden by the room, and
    /// nothing to do it with.
    pub fn asks_for_shaders(&mut self) -> bool {
        let hides = self.xr.room.as_ref().is_some_and(|room| !room.moment.depths.is_empty());
        let draws = hides || self.is_on_owned();
        let light = &mut self.xr.light;
        (light.latest.is_some() || draws) && !std::mem::replace(&mut light.asked, true)
    }

    /// The room's light to bake now; none while the last is still right.
    pub fn room_light(&mut self) -> Option<(EnvironmentId, Panorama)> {
        let now_secs = self.clock.heard_secs();
        let light = &mut self.xr.light;
        let latest = light.latest?;
        let is_right = light
            .baked
            .as_ref()
            .is_some_and(|(baked, at)| baked.difference(&latest) < SEEN || now_secs < at + APART_SECS);
        if is_right {
            return None;
        }
        // Half of the way to the mean, in steps of exposure.
        let gain = (MEAN / latest.mean().max(1e-3)).sqrt().clamp(0.25, 4.0);
        let panorama = latest.panorama(gain)?;
        light.baked = Some((latest, now_secs));
        Some((ROOM, panorama))
    }

    /// Whether the room lights.
    pub(super) fn lit_by_room(&self) -> bool {
        self.xr.light.baked.is_some()
    }
}
