//! A critically damped spring in closed form: the feel of every camera move.

/// Follows a goal without overshoot. The motion depends on time only, not on how it is cut into frames.
///
/// The spring obeys `x″ = ω²(goal − x) − 2ωx′` with `ω = 1 / decay`; its exact solution is
/// `x(t) = goal + (d + (v + ωd)t)·e^(−ωt)` with `d = x(0) − goal` and `v = x′(0)`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Damper {
    velocity: f32,
}

impl Damper {
    /// Below this part of `scale` a move cannot be seen: far less than a pixel on any screen.
    const UNSEEN: f32 = 2e-5;

    /// Where `x` is after `secs`. `decay_secs` is the spring's time constant, 0 or less jumps to the goal; `scale` is
    /// the size of a whole move, by which it is decided when the spring rests. At rest the result is exactly `goal`.
    pub fn step(&mut self, x: f32, goal: f32, secs: f32, decay_secs: f32, scale: f32) -> f32 {
        let springs = decay_secs > 0.0 && scale > 0.0 && x.is_finite();
        if !springs {
            self.velocity = 0.0;
            return goal;
        }
        if secs <= 0.0 || secs.is_nan() {
            return x;
        }
        let omega = 1.0 / decay_secs;
        let distance = x - goal;
        let rush = self.velocity + omega * distance;
        let decay = (-omega * secs).exp();
        let left = (distance + rush * secs) * decay;
        let velocity = (rush - omega * (distance + rush * secs)) * decay;
        if left.abs() < Self::UNSEEN * scale && velocity.abs() * decay_secs < Self::UNSEEN * scale {
            self.velocity = 0.0;
            return goal;
        }
        self.velocity = velocity;
        goal + left
    }

    /// Forgets its speed.
    pub fn stop(&mut self) {
        self.velocity = 0.0;
    }

    /// True when it has no speed.
    pub fn rests(&self) -> bool {
        self.velocity == 0.0
    }
}

#[cfg(test)]
mod tests {
    use super::Damper;

    const DECAY: f32 = 0.05;

    fn run(from: f32, goal: f32, steps: &[f32]) -> (f32, Damper) {
        let mut damper = Damper::default();
        let x = steps.iter().fold(from, |x, secs| damper.step(x, goal, *secs, DECAY, 1.0));
        (x, damper)
    }

    #[test]
    fn how_time_is_cut_into_frames_does_not_matter() {
        let (one, fast) = run(0.0, 1.0, &[0.033]);
        let (two, slow) = run(0.0, 1.0, &[0.0165, 0.0165]);
        let (ten, _) = run(0.0, 1.0, &[0.0033; 10]);
        assert!((one - two).abs() < 1e-6 && (one - ten).abs() < 1e-5, "{one} {two} {ten}");
        assert!((fast.velocity - slow.velocity).abs() < 1e-4);
        // One decay time leaves 2/e of the way: e^(-1)·(1 + 1).
        let (after_decay, _) = run(0.0, 1.0, &[DECAY]);
        assert!((1.0 - after_decay - 2.0 * (-1f32).exp()).abs() < 1e-5);
    }

    #[test]
    fn it_never_overshoots_and_never_turns_back() {
        for goal in [3.0, -3.0, 1e-3, 1e4] {
            let mut damper = Damper::default();
            let (mut x, mut steps) = (0.0f32, 0);
            while x != goal {
                let next = damper.step(x, goal, 0.007, DECAY, goal.abs());
                assert!((goal - next).abs() <= (goal - x).abs(), "went away from {goal} at {x}");
                assert!((goal - next) * goal >= 0.0, "overshot {goal}: {next}");
                x = next;
                steps += 1;
                assert!(steps < 200, "does not come to rest at {goal}");
            }
            assert!(damper.rests());
        }
    }

    #[test]
    fn a_goal_that_moves_is_followed_without_a_jump_in_speed() {
        let mut damper = Damper::default();
        let (mut x, mut last) = (0.0f32, 0.0f32);
        for frame in 0..60 {
            let goal = if frame < 10 { 1.0 } else { -1.0 };
            let next = damper.step(x, goal, 0.001, DECAY, 1.0);
            assert!(((next - x) - last).abs() < 2e-3, "jerk at frame {frame}");
            (last, x) = (next - x, next);
        }
    }

    #[test]
    fn no_decay_or_no_scale_jumps_and_no_time_stays() {
        let mut damper = Damper::default();
        assert_eq!(damper.step(1.0, 2.0, 0.016, 0.0, 1.0), 2.0);
        assert_eq!(damper.step(1.0, 2.0, 0.016, DECAY, 0.0), 2.0);
        assert_eq!(damper.step(1.0, 2.0, 0.0, DECAY, 1.0), 1.0);
        assert_eq!(damper.step(1.0, 2.0, -1.0, DECAY, 1.0), 1.0);
        assert_eq!(damper.step(f32::NAN, 2.0, 0.016, DECAY, 1.0), 2.0);
        assert_eq!(damper.step(1.0, 2.0, 10.0, DECAY, 1.0), 2.0);
    }
}
