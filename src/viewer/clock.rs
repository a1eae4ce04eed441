//! When to draw: only while something moves, once for each change, and a tick without a picture for what waits.

use super::{Effect, Viewer};

/// After a longer pause (a page in the background, a debugger) motion goes on where it was.
const LONGEST_STEP_SECS: f64 = 0.25;
/// While something moves without end, snapshots are so far apart.
const SAVE_SECS: f64 = 1.0;
/// The first step out of rest, as the time that it began is not known.
const FIRST_STEP_SECS: f64 = 1.0 / 60.0;

/// Ticks, and what is asked for.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Clock {
    last_secs: Option<f64>,
    /// The latest time that any event brought.
    heard_secs: f64,
    /// Something moved at the last tick and still does.
    moving: bool,
    /// A redraw is asked for and its tick has not come.
    redraw_asked: bool,
    /// A tick is asked for at this time.
    wake_secs: Option<f64>,
    /// When a snapshot was last handed out.
    saved_secs: f64,
    /// Between the last two ticks.
    #[cfg(feature = "xr")]
    frame_secs: f32,
}

impl Clock {
    pub(super) fn forget_redraw(&mut self) {
        self.redraw_asked = false;
    }

    /// The latest time that is known.
    #[cfg(feature = "xr")]
    pub(super) fn heard_secs(&self) -> f64 {
        self.heard_secs
    }

    /// From the last tick to now, not longer than a pause that counts.
    #[cfg(feature = "xr")]
    pub(super) fn frame_secs(&self) -> f32 {
        self.frame_secs
    }

    /// What happens between ticks has its own time: waiting counts from then.
    pub(super) fn hear(&mut self, now_secs: f64) {
        self.heard_secs = self.heard_secs.max(now_secs);
    }

    /// The step that a tick brings.
    fn step(&mut self, now_secs: f64) -> f32 {
        self.hear(now_secs);
        let since = self.last_secs.map(|last| (now_secs - last).clamp(0.0, LONGEST_STEP_SECS));
        self.last_secs = Some(now_secs);
        #[cfg(feature = "xr")]
        {
            self.frame_secs = since.unwrap_or(0.0) as f32;
        }
        since.filter(|_| self.moving).unwrap_or(FIRST_STEP_SECS) as f32
    }
}

impl Viewer {
    /// The next frame begins.
    pub(super) fn tick(&mut self, now_secs: f64, effects: &mut Vec<Effect>) {
        let will_be_drawn = std::mem::replace(&mut self.clock.redraw_asked, false);
        // Browsers round their clocks: what rings a little early is asked for again.
        self.clock.wake_secs = None;
        if will_be_drawn {
            self.changed = false;
            if let Some(stage) = &mut self.stage {
                stage.shown_secs.get_or_insert(now_secs);
            }
        }
        let secs = self.clock.step(now_secs);
        self.turntable.tick(now_secs);
        let mut moved = false;
        if self.model_is_visible() {
            moved |= self.step_camera(secs, now_secs, effects);
            moved |= self.step_turntable(secs, now_secs);
            moved |= self.step_animation(secs, effects);
        }
        self.changed |= moved && !will_be_drawn;
        self.announce_label(effects);
    }

    fn turntable_is_wanted(&self) -> bool {
        #[cfg(feature = "product")]
        if self.is_fitting() {
            return false;
        }
        #[cfg(feature = "xr")]
        if self.is_in_room() {
            return false;
        }
        self.page.auto_rotates() && self.authored.is_none() && !self.window.reduced_motion && self.model_is_visible()
    }

    fn step_turntable(&mut self, secs: f32, now_secs: f64) -> bool {
        if self.gesture.is_going_on() {
            self.turntable.touched(now_secs);
        }
        if !self.turntable_is_wanted() {
            return false;
        }
        let before = self.turntable.angle;
        let delay = self.page.auto_rotate_delay_secs();
        self.turntable.step(secs, now_secs, delay, self.page.rotation_per_second());
        self.turntable.angle != before
    }

    /// True while each frame differs from the one before.
    fn is_moving(&self, now_secs: f64) -> bool {
        if !self.model_is_visible() {
            return false;
        }
        let delay = self.page.auto_rotate_delay_secs();
        let turns = self.turntable_is_wanted()
            && !self.gesture.is_going_on()
            && self.page.rotation_per_second() != 0.0
            && self.turntable.waits_secs(now_secs, delay).is_none();
        !self.orbit.rests() || turns || self.player.runs() || self.invitation.sways(now_secs)
    }

    /// Asks for a redraw, for a tick later, or for nothing; keeps the snapshot when all is settled.
    pub(super) fn ask_for_time(&mut self, effects: &mut Vec<Effect>) {
        let now_secs = self.clock.heard_secs;
        self.clock.moving = self.is_moving(now_secs);
        let seen = self.window.near || self.stage.as_ref().is_some_and(|stage| !stage.drawn);
        if (self.changed || self.clock.moving) && seen {
            if !std::mem::replace(&mut self.clock.redraw_asked, true) {
                effects.push(Effect::Redraw);
            }
            // A product that never rests is kept all the same, though not at each frame.
            if now_secs >= self.clock.saved_secs + SAVE_SECS {
                self.keep_snapshot(now_secs, effects);
            }
            return;
        }
        if self.clock.redraw_asked {
            return;
        }
        if let Some(after) = self.waits_secs(now_secs) {
            let at = now_secs + after;
            if self.clock.wake_secs.is_none_or(|wake| (wake - at).abs() > 1e-3) {
                self.clock.wake_secs = Some(at);
                effects.push(Effect::Wake { after_secs: after as f32 });
            }
        }
        self.keep_snapshot(now_secs, effects);
    }

    /// Hands out the snapshot when the customer's view is settled, whatever the product does meanwhile by itself.
    fn keep_snapshot(&mut self, now_secs: f64, effects: &mut Vec<Effect>) {
        let stands = self.loading.is_none() && self.stage.as_ref().is_some_and(|stage| stage.drawn);
        let settled = self.orbit.rests() && !self.gesture.is_going_on();
        if stands && settled && std::mem::replace(&mut self.unsaved, false) {
            self.clock.saved_secs = now_secs;
            let snapshot = self.snapshot();
            if self.saved != snapshot {
                self.saved.clone_from(&snapshot);
                effects.push(Effect::Save(snapshot));
            }
        }
    }

    /// How long until something moves by itself; none when nothing will.
    fn waits_secs(&self, now_secs: f64) -> Option<f64> {
        if !self.model_is_visible() || self.window.reduced_motion || self.gesture.is_going_on() {
            return None;
        }
        let turntable = if self.turntable_is_wanted() && self.page.rotation_per_second() != 0.0 {
            self.turntable.waits_secs(now_secs, self.page.auto_rotate_delay_secs())
        } else {
            None
        };
        let invitation = self.invitation.waits_secs(now_secs);
        turntable.into_iter().chain(invitation).reduce(f64::min)
    }
}
