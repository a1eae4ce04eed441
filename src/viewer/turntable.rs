//! The product turns by itself: for as long as the page wants, or once, as an invitation to touch it.

use std::f32::consts::{PI, TAU};

/// How far the invitation sways to each side.
const SWAY: f32 = PI / 22.5;
/// How long it takes.
const SWAY_SECS: f64 = 2.4;

/// The turntable below the product.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Turntable {
    /// How far it has turned, radians.
    pub(super) angle: f32,
    /// When the customer last had a hand on the product, or it began to be wanted; none until the next tick tells.
    since_secs: Option<f64>,
}

impl Turntable {
    /// The delay starts again.
    pub(super) fn touched(&mut self, now_secs: f64) {
        self.since_secs = Some(now_secs);
    }

    /// The delay starts again with the next tick.
    pub(super) fn start_over(&mut self) {
        self.since_secs = None;
    }

    /// A tick: starts a delay that has no start yet.
    pub(super) fn tick(&mut self, now_secs: f64) {
        self.since_secs.get_or_insert(now_secs);
    }

    /// How long until it turns; none when it does.
    pub(super) fn waits_secs(&self, now_secs: f64, delay_secs: f64) -> Option<f64> {
        // Before the first tick nothing is known: ask for one.
        let Some(since) = self.since_secs else { return Some(0.0) };
        let left = since + delay_secs - now_secs;
        (left > 0.0).then_some(left)
    }

    /// Turns on; never for longer than the delay has been over.
    pub(super) fn step(&mut self, secs: f32, now_secs: f64, delay_secs: f64, rate: f32) {
        let Some(since) = self.since_secs else { return };
        let over = (now_secs - since - delay_secs) as f32;
        let turned = rate * secs.min(over).max(0.0);
        // Whole turns are taken off, so that it stays exact for as long as the page is open.
        self.angle = (self.angle + turned) % TAU;
    }
}

/// The one sway after the load.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Invitation {
    wanted_at_secs: Option<f64>,
    /// What it has added to theta so far.
    swayed: f32,
}

impl Invitation {
    /// Comes at this time, unless it is cancelled.
    pub(super) fn plan(&mut self, at_secs: f64) {
        *self = Self { wanted_at_secs: Some(at_secs), swayed: 0.0 };
    }

    /// The customer knows already.
    pub(super) fn cancel(&mut self) {
        self.wanted_at_secs = None;
    }

    /// How long until it comes; none when it is not planned or has begun.
    pub(super) fn waits_secs(&self, now_secs: f64) -> Option<f64> {
        self.wanted_at_secs.map(|at| at - now_secs).filter(|left| *left > 0.0)
    }

    /// True while it sways.
    pub(super) fn sways(&self, now_secs: f64) -> bool {
        self.wanted_at_secs.is_some_and(|at| now_secs >= at)
    }

    /// What to add to theta now.
    pub(super) fn step(&mut self, now_secs: f64) -> f32 {
        let Some(at) = self.wanted_at_secs.filter(|at| now_secs >= *at) else { return 0.0 };
        let part = ((now_secs - at) / SWAY_SECS).min(1.0) as f32;
        if part >= 1.0 {
            self.wanted_at_secs = None;
        }
        // Once to each side, from rest to rest; the largest value of the product of sines is 0.6495.
        let swayed = SWAY * (TAU * part).sin() * (PI * part).sin().powi(2) / 0.6495;
        let swayed = if part >= 1.0 { 0.0 } else { swayed };
        swayed - std::mem::replace(&mut self.swayed, swayed)
    }
}

#[cfg(test)]
mod tests {
    use super::{Invitation, SWAY, Turntable};

    #[test]
    fn the_turntable_waits_and_then_turns_at_its_rate() {
        let mut turntable = Turntable::default();
        turntable.touched(1.0);
        assert_eq!(turntable.waits_secs(2.0, 3.0), Some(2.0));
        turntable.step(1.0, 4.5, 3.0, 0.1);
        assert!((turntable.angle - 0.05).abs() < 1e-6, "only what is over the delay counts");
        turntable.step(1.0, 5.5, 3.0, 0.1);
        assert!((turntable.angle - 0.15).abs() < 1e-6);
    }

    #[test]
    fn the_invitation_sways_a_few_degrees_and_comes_back() {
        let mut invitation = Invitation::default();
        invitation.plan(10.0);
        assert_eq!(invitation.step(9.0), 0.0);
        let (mut theta, mut most, mut now) = (0.0f32, 0.0f32, 10.0);
        while invitation.sways(now) {
            theta += invitation.step(now);
            most = most.max(theta.abs());
            now += 0.016;
        }
        assert!(theta.abs() < 1e-5, "rests where it was: {theta}");
        assert!((most - SWAY).abs() < 0.01 && most < 10f32.to_radians());
    }
}
