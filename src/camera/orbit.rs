//! The camera on a sphere around a target: where it is, where it goes, and how far it may go.

use std::f32::consts::{PI, TAU};

use glam::{Mat3, Mat4, Quat, Vec3, Vec3Swizzles};

use super::damper::Damper;

/// A place on the sphere. Theta turns around +Y from +Z towards +X, phi is measured from +Y downwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spherical {
    /// Radians; any turn.
    pub theta: f32,
    /// Radians, `[0, π]`.
    pub phi: f32,
    /// Metres.
    pub radius: f32,
}

impl Spherical {
    /// From the target to the eye, metres.
    pub fn offset(&self) -> Vec3 {
        self.direction() * self.radius
    }

    /// From the target towards the eye, unit length.
    pub fn direction(&self) -> Vec3 {
        let ((sin_theta, cos_theta), (sin_phi, cos_phi)) = (self.theta.sin_cos(), self.phi.sin_cos());
        Vec3::new(sin_phi * sin_theta, cos_phi, sin_phi * cos_theta)
    }

    /// The place, one metre away, from which the eye looks against `direction`, unit length. Straight above and below the
    /// eye's `up` tells where it came from.
    pub fn towards(direction: Vec3, up: Vec3) -> Self {
        let level = direction.xz().length();
        let heading = if level > 1e-4 { direction } else { up * -direction.y };
        Self { theta: heading.x.atan2(heading.z), phi: level.atan2(direction.y), radius: 1.0 }
    }

    /// How the eye is turned; well defined straight from above and below too.
    pub fn rotation(&self) -> Quat {
        Quat::from_rotation_y(self.theta) * Quat::from_rotation_x(self.phi - PI / 2.0)
    }
}

/// Where the camera may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// The least of each.
    pub min: Spherical,
    /// The most of each.
    pub max: Spherical,
    /// The narrowest vertical field of view, radians.
    pub min_fov: f32,
    /// The widest.
    pub max_fov: f32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            min: Spherical { theta: f32::NEG_INFINITY, phi: 0.0, radius: 0.0 },
            max: Spherical { theta: f32::INFINITY, phi: PI, radius: f32::INFINITY },
            min_fov: 0.1,
            max_fov: PI / 4.0,
        }
    }
}

impl Limits {
    /// Widens them, so that a camera may be there, too.
    pub fn include(&mut self, place: &Spherical, fov: f32) {
        let Self { min, max, .. } = self;
        (min.theta, max.theta) = (min.theta.min(place.theta), max.theta.max(place.theta));
        (min.phi, max.phi) = (min.phi.min(place.phi), max.phi.max(place.phi));
        (min.radius, max.radius) = (min.radius.min(place.radius), max.radius.max(place.radius));
        self.min_fov = self.min_fov.min(fov);
        self.max_fov = self.max_fov.max(fov);
    }

    fn theta_is_free(&self) -> bool {
        self.min.theta.is_infinite() && self.max.theta.is_infinite()
    }
}

/// The camera: its place, its goal and the springs between.
#[derive(Clone, Copy, Debug)]
pub struct Orbit {
    now: Spherical,
    goal: Spherical,
    /// The logarithm of the field of view: equal steps look equal.
    log_fov: f32,
    log_fov_goal: f32,
    target: Vec3,
    target_goal: Vec3,
    limits: Limits,
    dampers: [Damper; 7],
    /// The spring's time constant.
    pub decay_secs: f32,
    /// The radius around the product's middle that moves of the target are measured by.
    pub product_radius: f32,
}

impl Default for Orbit {
    fn default() -> Self {
        let start = Spherical { theta: 0.0, phi: 75f32.to_radians(), radius: 1.0 };
        let log_fov = (PI / 6.0).ln();
        Self {
            now: start,
            goal: start,
            log_fov,
            log_fov_goal: log_fov,
            target: Vec3::ZERO,
            target_goal: Vec3::ZERO,
            limits: Limits::default(),
            dampers: [Damper::default(); 7],
            decay_secs: 0.05,
            product_radius: 1.0,
        }
    }
}

impl Orbit {
    /// Where the camera is.
    pub fn now(&self) -> Spherical {
        self.now
    }

    /// Where it goes.
    pub fn goal(&self) -> Spherical {
        self.goal
    }

    /// The vertical field of view as it is, radians.
    pub fn fov(&self) -> f32 {
        self.log_fov.exp()
    }

    /// The one that it goes to, radians.
    pub fn fov_goal(&self) -> f32 {
        self.log_fov_goal.exp()
    }

    /// The point that it looks at.
    pub fn target(&self) -> Vec3 {
        self.target
    }

    /// The point that it will look at.
    pub fn target_goal(&self) -> Vec3 {
        self.target_goal
    }

    /// Where it may be.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Sets where it may be; the goal is moved inside.
    pub fn set_limits(&mut self, limits: Limits) {
        self.limits = limits;
        self.set_goal(self.goal);
        self.set_fov_goal(self.fov_goal());
    }

    /// Sets the goal, moved inside the limits. What is not finite is left as it was.
    pub fn set_goal(&mut self, goal: Spherical) {
        let (min, max) = (&self.limits.min, &self.limits.max);
        let theta = clamp(goal.theta, min.theta, max.theta);
        let phi = clamp(goal.phi, min.phi, max.phi);
        let radius = clamp(goal.radius, min.radius, max.radius);
        if !(theta.is_finite() && phi.is_finite() && radius.is_finite()) {
            return;
        }
        if self.limits.theta_is_free() {
            // Go the short way round.
            self.now.theta = theta + wrap(self.now.theta - theta);
        }
        // At the very pole the heading would be lost.
        self.goal = Spherical { theta, phi: clamp(phi, 1e-6, PI - 1e-6), radius };
    }

    /// Sets the goal of the field of view, radians, moved inside the limits.
    pub fn set_fov_goal(&mut self, fov: f32) {
        let fov = clamp(fov, self.limits.min_fov, self.limits.max_fov);
        if fov.is_finite() && fov > 0.0 {
            self.log_fov_goal = fov.ln();
        }
    }

    /// Sets the point that it will look at.
    pub fn set_target_goal(&mut self, target: Vec3) {
        if target.is_finite() {
            self.target_goal = target;
        }
    }

    /// Turns by these angles and zooms by `zoom`, a change of the field of view's logarithm (positive is farther). The
    /// radius runs through its own range at the same pace. The goal never gets more than half a turn ahead.
    pub fn turn(&mut self, theta: f32, phi: f32, zoom: f32) {
        let ahead = self.now.theta - self.goal.theta;
        let most = PI - 0.001;
        let theta = self.goal.theta - clamp(theta, -most - ahead, most - ahead);
        let mut radius = self.goal.radius;
        if zoom != 0.0 {
            let (end_radius, end_fov) = if zoom > 0.0 {
                (self.limits.max.radius, self.limits.max_fov)
            } else {
                (self.limits.min.radius, self.limits.min_fov)
            };
            let pace = (end_radius - radius) / (end_fov.ln() - self.log_fov_goal);
            let whole = (self.limits.max.radius - self.limits.min.radius) * 2.0;
            radius += zoom * if pace.is_finite() { pace } else { whole };
        }
        self.set_goal(Spherical { theta, phi: self.goal.phi - phi, radius });
        if zoom != 0.0 {
            self.set_fov_goal((self.log_fov_goal + zoom).exp());
        }
    }

    /// Turns by this angle now, goal and all, as far as the limits let it.
    pub fn nudge(&mut self, theta: f32) {
        let before = self.goal.theta;
        self.set_goal(Spherical { theta: before + theta, ..self.goal });
        self.now.theta += self.goal.theta - before;
    }

    /// Takes a move on the screen in CSS pixels, as if the product were held by a finger, to a move of the target in
    /// the product's space. `turned` is the turntable's angle, `metres_per_px` the size of a pixel at the target.
    pub fn pan_offset(&self, right_px: f32, down_px: f32, turned: f32, metres_per_px: f32) -> Vec3 {
        let ((sin_psi, cos_psi), (sin_phi, cos_phi)) = ((self.now.theta - turned).sin_cos(), self.now.phi.sin_cos());
        let right = Vec3::new(cos_psi, 0.0, -sin_psi);
        let up = Vec3::new(-cos_phi * sin_psi, sin_phi, -cos_phi * cos_psi);
        Mat3::from_cols(-right, up, Vec3::ZERO) * Vec3::new(right_px, down_px, 0.0) * metres_per_px
    }

    /// Goes there at once.
    pub fn jump(&mut self) {
        self.now = self.goal;
        self.log_fov = self.log_fov_goal;
        self.target = self.target_goal;
        self.dampers = [Damper::default(); 7];
    }

    /// True when there is nothing left to move.
    pub fn rests(&self) -> bool {
        self.now == self.goal
            && self.log_fov == self.log_fov_goal
            && self.target == self.target_goal
            && self.dampers.iter().all(Damper::rests)
    }

    /// Moves on by `secs`; false when nothing moved.
    pub fn step(&mut self, secs: f32) -> bool {
        if self.rests() {
            return false;
        }
        let ahead = self.now.theta - self.goal.theta;
        if ahead.abs() > PI && self.limits.theta_is_free() {
            self.now.theta -= TAU * ahead.signum();
        }
        let decay = self.decay_secs;
        let radius_scale = if self.limits.max.radius.is_finite() { self.limits.max.radius } else { self.goal.radius };
        let [theta, phi, radius, fov, x, y, z] = &mut self.dampers;
        self.now.theta = theta.step(self.now.theta, self.goal.theta, secs, decay, PI);
        self.now.phi = phi.step(self.now.phi, self.goal.phi, secs, decay, PI);
        self.now.radius = radius.step(self.now.radius, self.goal.radius, secs, decay, radius_scale);
        self.log_fov = fov.step(self.log_fov, self.log_fov_goal, secs, decay, 1.0);
        let goal = self.target_goal;
        self.target.x = x.step(self.target.x, goal.x, secs, decay, self.product_radius);
        self.target.y = y.step(self.target.y, goal.y, secs, decay, self.product_radius);
        self.target.z = z.step(self.target.z, goal.z, secs, decay, self.product_radius);
        true
    }

    /// The eye's pose.
    pub fn world_from_view(&self) -> Mat4 {
        Mat4::from_rotation_translation(self.now.rotation(), self.target + self.now.offset())
    }
}

/// `value` between `min` and `max`; the smaller bound wins when they cross, as a page may write them so.
fn clamp(value: f32, min: f32, max: f32) -> f32 {
    value.min(max).max(min)
}

/// The same direction in `[−π, π)`.
fn wrap(angle: f32) -> f32 {
    // Not `rem_euclid`, here and elsewhere: the remainder of floats is a long division in code, 0.3 kB.
    angle - TAU * ((angle + PI) / TAU).floor()
}
