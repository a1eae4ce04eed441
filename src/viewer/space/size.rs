//! The product as large on the screen as it is, and flights to where there is something to see.

use std::f32::consts::PI;

use glam::Vec3;

use super::super::Viewer;
use super::super::aim::BY_PAGE;
use crate::attribute::{Basis, Quantity, read_list};
use crate::camera::Spherical;

/// How far away eyes are from a screen, metres: from one in the hand, or on a desk.
const ARM: f32 = 0.35;
const DESK: f32 = 0.55;
/// A picture that is not wider than this is in a hand, metres.
const HAND: f32 = 0.1;

impl Viewer {
    /// Shows the product so that what of it is nearest is as large on the screen as in the hand, seen as eyes before the
    /// screen would see it; from the side from which it is seen. With none, as large as the page wants it again. False
    /// while there is nothing to see.
    pub fn show_true_size(&mut self, css_px_per_metre: Option<f32>) -> bool {
        if self.stage.is_none() {
            return false;
        }
        self.leave_authored();
        self.invitation.cancel();
        self.source = BY_PAGE;
        let kept = self.orbit.goal();
        let bounds = self.framing().bounds;
        let Some(scale) = css_px_per_metre.filter(|scale| scale.is_finite() && *scale > 0.0) else {
            self.orbit.set_limits(self.wanted_limits());
            self.aim_fov();
            self.orbit.set_goal(Spherical { radius: self.wanted_orbit().radius, ..kept });
            self.aim_target();
            return true;
        };
        let (width, height) = (self.window.width_css_px / scale, self.window.height_css_px / scale);
        let eyes = if width.min(height) <= HAND { ARM } else { DESK };
        let fov = 2.0 * (height / (2.0 * eyes)).atan();
        let goal = Spherical { radius: eyes + self.reach_towards_eye(bounds.center(), kept), ..kept };
        let mut limits = self.wanted_limits();
        limits.include(&goal, fov);
        self.orbit.set_limits(limits);
        self.orbit.set_goal(goal);
        self.orbit.set_fov_goal(fov);
        self.orbit.set_target_goal(bounds.center());
        true
    }

    /// How many CSS pixels a metre is on the product where it is nearest to the eye, where the camera goes.
    pub fn scale_css_px(&self) -> f32 {
        let goal = self.orbit.goal();
        let nearest = goal.radius - self.reach_towards_eye(self.orbit.target_goal(), goal);
        self.window.height_css_px / (2.0 * (self.orbit.fov_goal() * 0.5).tan() * nearest)
    }

    /// How far the product comes towards the eye from a point, metres.
    fn reach_towards_eye(&self, from: Vec3, place: Spherical) -> f32 {
        let outwards = Spherical { theta: place.theta - self.turntable.angle, ..place }.direction();
        let mut most = f32::NEG_INFINITY;
        for solid in self.solids() {
            solid
                .stage
                .each_point(solid.product_from_scene, &mut |point| most = most.max((point - from).dot(outwards)));
        }
        if most.is_finite() { most } else { 0.0 }
    }

    /// Flies to a view in the terms of the attributes `camera-orbit`, `camera-target` and `field-of-view`; what is not given
    /// is as the page has it.
    pub fn fly(&mut self, orbit: Option<&str>, target: Option<&str>, field_of_view: Option<&str>) {
        if self.stage.is_none() {
            return;
        }
        self.leave_authored();
        self.invitation.cancel();
        self.source = BY_PAGE;
        let framing = self.framing();
        let whole = |quantity| Basis::new(quantity);
        let read = |text: &str, bases: &[Basis], out: &mut [f32]| {
            // What cannot be read is as the basis has it.
            let _ = read_list(text, bases, 0.0, out);
        };
        if let Some(text) = target {
            let mut place = [0.0; 3];
            let bases = framing.bounds.center().to_array().map(|place| whole(Quantity::length(place)));
            read(text, &bases, &mut place);
            self.orbit.set_target_goal(place.into());
        } else {
            self.aim_target();
        }
        let mut goal = self.wanted_orbit();
        if let Some(text) = orbit {
            let distance = Basis { whole: Quantity::length(framing.ideal_distance()), auto_factor: 1.05 };
            let angles = [0.0, 75f32.to_radians()].map(|angle| whole(Quantity::angle(angle)));
            let mut places = [0.0; 3];
            read(text, &[angles[0], angles[1], distance], &mut places);
            goal = Spherical { theta: places[0], phi: places[1], radius: places[2] };
        }
        let mut fov = [framing.adjusted_fov(framing.fov, self.window.aspect())];
        if let Some(text) = field_of_view {
            read(text, &[whole(Quantity::angle(PI / 6.0))], &mut fov);
            fov = fov.map(|fov| framing.adjusted_fov(fov, self.window.aspect()));
        }
        let mut limits = self.wanted_limits();
        limits.include(&goal, fov[0]);
        self.orbit.set_limits(limits);
        self.orbit.set_goal(goal);
        self.orbit.set_fov_goal(fov[0]);
    }
}
