//! Playing a motion: time, repetitions, there and back, and the fade from one motion to the next.

use crate::scene::Playing;

/// How a motion is repeated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Repeat {
    /// How often; infinity for ever. There and back are two.
    pub(super) repetitions: f32,
    /// Every second time backwards.
    pub(super) pingpong: bool,
}

impl Default for Repeat {
    fn default() -> Self {
        Self { repetitions: f32::INFINITY, pingpong: false }
    }
}

/// One motion at one moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Moment {
    /// Index into the scene's animations.
    pub(super) animation: usize,
    /// Seconds into it.
    pub(super) time_secs: f32,
}

impl Moment {
    /// The same with a share in a mix.
    pub(super) fn at(self, weight: f32) -> Playing {
        Playing { animation: self.animation, time_secs: self.time_secs, weight }
    }
}

#[derive(Clone, Copy, Debug)]
struct Fade {
    from: Moment,
    total_secs: f32,
    passed_secs: f32,
}

/// What happened while time passed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Passed {
    /// It started again; how often so far.
    pub(super) looped: Option<u32>,
    /// It is over.
    pub(super) finished: bool,
}

/// The motion that is chosen, and where it is.
#[derive(Clone, Debug)]
pub(super) struct Player {
    animation: Option<usize>,
    duration_secs: f32,
    /// Within one pass.
    time_secs: f32,
    passes: u32,
    pub(super) repeat: Repeat,
    paused: bool,
    pub(super) time_scale: f32,
    fade: Option<Fade>,
}

impl Default for Player {
    fn default() -> Self {
        Self {
            animation: None,
            duration_secs: 0.0,
            time_secs: 0.0,
            passes: 0,
            repeat: Repeat::default(),
            paused: true,
            time_scale: 1.0,
            fade: None,
        }
    }
}

impl Player {
    /// Forgets the motion, for another model; how fast it runs stays.
    pub(super) fn clear(&mut self) {
        *self = Self { time_scale: self.time_scale, ..Self::default() };
    }

    /// Chooses a motion: fades over while playing, else shows its start.
    pub(super) fn choose(&mut self, animation: usize, duration_secs: f32, fade_secs: f32) {
        let same = self.animation == Some(animation);
        if same {
            let over = self.time_scale > 0.0 && self.time_secs >= self.duration_secs;
            if over {
                (self.time_secs, self.passes) = (0.0, 0);
            }
            return;
        }
        self.fade = match self.now() {
            Some(from) if !self.paused && fade_secs > 0.0 => {
                Some(Fade { from, total_secs: fade_secs, passed_secs: 0.0 })
            }
            _ => None,
        };
        self.animation = Some(animation);
        self.duration_secs = duration_secs.max(0.0);
        (self.time_secs, self.passes) = (0.0, 0);
    }

    pub(super) fn play(&mut self) {
        self.paused = false;
    }

    /// False when it was paused already.
    pub(super) fn pause(&mut self) -> bool {
        !std::mem::replace(&mut self.paused, true)
    }

    pub(super) fn is_paused(&self) -> bool {
        self.paused
    }

    pub(super) fn animation(&self) -> Option<usize> {
        self.animation
    }

    /// Seconds; backwards on the way back.
    pub(super) fn current_time_secs(&self) -> f32 {
        if self.goes_back() { self.duration_secs - self.time_secs } else { self.time_secs }
    }

    pub(super) fn duration_secs(&self) -> f32 {
        self.duration_secs
    }

    fn goes_back(&self) -> bool {
        self.repeat.pingpong && self.passes % 2 == 1
    }

    /// Goes to a moment; what lies behind the end wraps around.
    pub(super) fn seek(&mut self, time_secs: f32) {
        self.passes = 0;
        let at_end = time_secs == self.duration_secs;
        self.time_secs = match time_secs - self.duration_secs * (time_secs / self.duration_secs).floor() {
            within if within.is_finite() && !at_end => within,
            _ if at_end => self.duration_secs,
            _ => 0.0,
        };
    }

    /// True while time changes the pose.
    pub(super) fn runs(&self) -> bool {
        self.animation.is_some() && !self.paused
    }

    /// Lets time pass.
    pub(super) fn step(&mut self, secs: f32) -> Passed {
        let mut passed = Passed::default();
        if !self.runs() {
            return passed;
        }
        let secs = secs * self.time_scale;
        if let Some(fade) = &mut self.fade {
            fade.passed_secs += secs.abs();
            if fade.passed_secs >= fade.total_secs {
                self.fade = None;
            }
        }
        if self.duration_secs <= 0.0 {
            return passed;
        }
        let time = self.time_secs + secs;
        // A single pass stands on its last picture when its time is just over.
        let laps = (time / self.duration_secs).floor();
        if !laps.is_finite() || laps == 0.0 {
            self.time_secs = if laps == 0.0 { time } else { self.time_secs };
            return passed;
        }
        let passes = self.passes.saturating_add(laps.abs().min(1e9) as u32);
        if passes as f32 >= self.repeat.repetitions {
            // It ends where its last pass ends.
            self.passes = (self.repeat.repetitions.max(1.0) as u32).saturating_sub(1);
            self.time_secs = if secs > 0.0 { self.duration_secs } else { 0.0 };
            self.paused = true;
            passed.finished = true;
        } else {
            self.passes = passes;
            self.time_secs = (time - laps * self.duration_secs).clamp(0.0, self.duration_secs);
            passed.looped = Some(passes);
        }
        passed
    }

    /// The motion now.
    pub(super) fn now(&self) -> Option<Moment> {
        Some(Moment { animation: self.animation?, time_secs: self.current_time_secs() })
    }

    /// The motion that fades out, and how much of it is left, `(0, 1]`.
    pub(super) fn fading(&self) -> Option<(Moment, f32)> {
        let fade = self.fade?;
        Some((fade.from, 1.0 - fade.passed_secs / fade.total_secs))
    }

    /// Brings back a moment without fading.
    pub(super) fn restore(&mut self, animation: usize, duration_secs: f32, time_secs: f32, passes: u32, paused: bool) {
        self.fade = None;
        self.animation = Some(animation);
        self.duration_secs = duration_secs.max(0.0);
        self.time_secs = time_secs.clamp(0.0, self.duration_secs);
        (self.passes, self.paused) = (passes, paused);
    }

    /// What [`Player::restore`] takes: seconds within the pass, and passes.
    pub(super) fn progress(&self) -> (f32, u32) {
        (self.time_secs, self.passes)
    }
}

#[cfg(test)]
mod tests;
