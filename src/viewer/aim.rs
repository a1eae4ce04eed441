//! The camera of a page: its attributes, its default view, and what moves it.

use std::f32::consts::PI;

use glam::{Mat4, Quat, Vec3};

use super::{Announcement, Command, Effect, Viewer};
use crate::attribute::{Basis, Quantity};
use crate::camera::{Framing, Limits, Orbit, Spherical, view_label};

pub(super) const BY_CUSTOMER: &str = "user-interaction";
pub(super) const BY_PAGE: &str = "none";
const BY_ITSELF: &str = "automatic";

impl Viewer {
    pub(super) fn framing(&self) -> Framing {
        self.stage.as_ref().map(|stage| stage.framing).unwrap_or_default()
    }

    fn wanted_fov(&self) -> f32 {
        let [fov] = self.page.list("field-of-view", &[Basis::new(Quantity::angle(PI / 6.0))]);
        fov
    }

    /// The page's orbit around the product, 105 % of the distance that just holds it by default.
    pub(super) fn wanted_orbit(&self) -> Spherical {
        let ideal = Basis { whole: Quantity::length(self.framing().ideal_distance()), auto_factor: 1.05 };
        let bases = [angle(0.0), angle(75f32.to_radians()), ideal];
        let [theta, phi, radius] = self.page.list("camera-orbit", &bases);
        Spherical { theta, phi, radius }
    }

    pub(super) fn wanted_target(&self, center: Vec3) -> Vec3 {
        let bases = center.to_array().map(|place| Basis::new(Quantity::length(place)));
        Vec3::from_array(self.page.list("camera-target", &bases))
    }

    pub(super) fn wanted_limits(&self) -> Limits {
        let framing = self.framing();
        let nearest = Basis::new(Quantity::length(framing.nearest()));
        let farthest = Basis::new(Quantity::length(framing.ideal_distance() * 1.05));
        let least = [angle(f32::NEG_INFINITY), angle(0.0), nearest];
        let most = [angle(f32::INFINITY), angle(PI), farthest];
        let [min_fov] = self.page.list("min-field-of-view", &[angle(12f32.to_radians())]);
        let [max_fov] = self.page.list("max-field-of-view", &[angle(PI / 6.0)]);
        Limits {
            min: spherical(self.page.list("min-camera-orbit", &least)),
            max: spherical(self.page.list("max-camera-orbit", &most)),
            min_fov,
            max_fov: framing.adjusted_fov(max_fov, self.window.aspect()),
        }
    }

    /// Measures the model for its default view.
    pub(super) fn frame_up(&mut self) {
        let fov = self.wanted_fov();
        let Some(mut stage) = self.stage.take() else { return };
        #[cfg(feature = "product")]
        if !self.parts().is_empty() {
            self.stage = Some(stage);
            return self.frame_up_product(fov);
        }
        stage.frame_up(|center| self.wanted_target(center), fov);
        self.orbit.product_radius = stage.framing.radius;
        self.stage = Some(stage);
    }

    /// Goes to the page's view at once; after another model the customer's side is kept.
    pub(super) fn start_camera(&mut self, first: bool) {
        let kept = self.orbit.goal();
        self.orbit.set_limits(self.wanted_limits());
        self.aim_fov();
        let wanted = self.wanted_orbit();
        let side = if first { wanted } else { Spherical { radius: wanted.radius, ..kept } };
        self.orbit.set_goal(side);
        self.aim_target();
        self.orbit.jump();
        self.label = view_label(&self.orbit.now());
    }

    /// Frames the product as if it had just come: a picture of a configuration is the same whatever was shown before.
    #[cfg(feature = "cli")]
    pub fn frame_anew(&mut self) {
        if self.stage.is_some() {
            self.frame_up();
            self.start_camera(true);
            self.changed = true;
        }
    }

    pub(super) fn aim_fov(&mut self) {
        let fov = self.framing().adjusted_fov(self.wanted_fov(), self.window.aspect());
        self.orbit.set_fov_goal(fov);
    }

    pub(super) fn aim_target(&mut self) {
        let target = self.wanted_target(self.framing().bounds.center());
        self.orbit.set_target_goal(target);
    }

    /// An attribute of the camera changed.
    pub(super) fn aim(&mut self, name: &str, effects: &mut Vec<Effect>) {
        // What the file's camera shows comes first, and the orbit stands there.
        if self.stage.is_none() || self.authored.is_some() {
            return;
        }
        self.source = BY_PAGE;
        match name {
            "camera-orbit" => self.orbit.set_goal(self.wanted_orbit()),
            "camera-target" => self.aim_target(),
            "field-of-view" => {
                let fov = self.wanted_fov();
                if let Some(stage) = &mut self.stage {
                    stage.framing.fov = fov;
                }
                self.aim_fov();
            }
            _ => {
                self.orbit.set_limits(self.wanted_limits());
                self.jump(effects);
            }
        }
    }

    /// Attributes that follow the page's scroll.
    pub(super) fn scrolled(&mut self, effects: &mut Vec<Effect>) {
        for name in ["field-of-view", "camera-orbit", "camera-target"] {
            if self.page.follows_scroll_in(name) {
                self.aim(name, effects);
            }
        }
    }

    /// The window has another shape: what was framed stays framed.
    pub(super) fn reframe(&mut self, old_aspect: f32, effects: &mut Vec<Effect>) {
        if self.stage.is_none() {
            return;
        }
        let framing = self.framing();
        let framed = |aspect| framing.adjusted_fov(framing.fov, aspect);
        let fov = self.orbit.fov_goal() * framed(self.window.aspect()) / framed(old_aspect);
        self.orbit.set_limits(self.wanted_limits());
        self.orbit.set_fov_goal(fov);
        self.jump(effects);
    }

    /// `updateFraming()`: measures again and keeps the side and the zoom.
    fn update_framing(&mut self) {
        let aspect = self.window.aspect();
        let framing = self.framing();
        let zoom = self.orbit.fov_goal() / framing.adjusted_fov(framing.fov, aspect);
        self.frame_up();
        let framing = self.framing();
        let kept = self.orbit.goal();
        self.orbit.set_limits(self.wanted_limits());
        self.orbit.set_goal(Spherical { radius: self.wanted_orbit().radius, ..kept });
        self.orbit.set_fov_goal(framing.adjusted_fov(framing.fov, aspect) * zoom);
        self.source = BY_PAGE;
    }

    /// Goes to the goal at once.
    pub(super) fn jump(&mut self, effects: &mut Vec<Effect>) {
        if !self.orbit.rests() {
            self.orbit.jump();
            self.camera_moved(effects);
            self.changed = true;
        }
    }

    pub(super) fn camera_moved(&mut self, effects: &mut Vec<Effect>) {
        effects.push(Effect::Announce(Announcement::CameraChange { source: self.source }));
        self.unsaved = true;
    }

    /// Lets the camera follow its goal; true when it moved.
    pub(super) fn step_camera(&mut self, secs: f32, now_secs: f64, effects: &mut Vec<Effect>) -> bool {
        if self.authored.is_some() {
            self.follow_authored();
            return false;
        }
        let sways = self.invitation.sways(now_secs);
        if sways {
            let sway = self.invitation.step(now_secs);
            self.orbit.nudge(sway);
            self.source = BY_ITSELF;
        }
        if self.window.reduced_motion {
            let rests = self.orbit.rests();
            self.orbit.jump();
            if rests && !sways {
                return false;
            }
        } else if !self.orbit.step(secs) && !sways {
            return false;
        }
        if self.source == BY_CUSTOMER {
            self.turntable.touched(now_secs);
        }
        self.camera_moved(effects);
        true
    }

    /// Says from where the product is seen, when the camera rests.
    pub(super) fn announce_label(&mut self, effects: &mut Vec<Effect>) {
        let key = view_label(&self.orbit.now());
        if self.stage.is_some() && self.orbit.rests() && self.label != key {
            self.label = key;
            effects.push(Effect::Announce(Announcement::ViewLabel { key }));
        }
    }

    /// Plans the one sway after the load, unless the customer knows or wants no motion.
    pub(super) fn plan_invitation(&mut self, now_secs: f64) {
        let wanted = self.page.has_controls() && !self.page.auto_rotates() && !self.touched && self.authored.is_none();
        if let Some(delay) = self.page.invites_after_secs().filter(|_| wanted && !self.window.reduced_motion) {
            self.invitation.plan(now_secs + delay);
        }
    }

    /// The commands that move the camera.
    pub(super) fn command_aim(&mut self, command: &Command, effects: &mut Vec<Effect>) {
        if self.stage.is_none() {
            return;
        }
        match command {
            Command::JumpCameraToGoal => self.jump(effects),
            Command::UpdateFraming => self.update_framing(),
            Command::Zoom(presses) if presses.is_finite() => {
                self.source = BY_CUSTOMER;
                self.leave_authored();
                self.zoom(-presses);
            }
            Command::ResetTurntableRotation(theta) if theta.is_finite() => {
                self.changed |= self.turntable.angle != *theta;
                self.turntable.angle = *theta;
            }
            _ => {}
        }
    }
}

/// Where the turntable has turned the product around the camera's target.
pub(super) fn world_from_product(orbit: &Orbit, turned: f32) -> Mat4 {
    let (target, turn) = (orbit.target(), Quat::from_rotation_y(turned));
    Mat4::from_rotation_translation(turn, target - turn * target)
}

fn angle(whole: f32) -> Basis {
    Basis::new(Quantity::angle(whole))
}

fn spherical([theta, phi, radius]: [f32; 3]) -> Spherical {
    Spherical { theta, phi, radius }
}
