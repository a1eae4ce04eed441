//! The camera of a page: its attributes, its default view, and what moves it.

use std::f32::consts::PI;

use glam::{Mat4, Quat, Vec2, Vec3};

use super::{Announcement, Command, Effect, Key, Viewer};
use crate::attribute::{Basis, Quantity};
use crate::camera::{Framing, Limits, Orbit, Pointer, Spherical, ray_through, view_label};
use crate::pick::{Ray, pick};

// The feel of model-viewer, so that sensitivities written for it mean the same.
/// Logarithm of the field of view for one press of a key, or 30 px of the wheel.
const ZOOM_STEP: f32 = 0.04;
const WHEEL_STEP_CSS_PX: f32 = 30.0;
/// A pinch over the element's whole height is so many key presses.
const PINCH_STEPS: f32 = 50.0;
const KEY_TURN: f32 = PI / 8.0;
const KEY_PAN_CSS_PX: f32 = 10.0;
/// Metres for a pixel: times radius, field of view in degrees, by the height in pixels.
const PAN: f32 = 0.018;

const BY_CUSTOMER: &str = "user-interaction";
const BY_PAGE: &str = "none";
const BY_ITSELF: &str = "automatic";

impl Viewer {
    fn framing(&self) -> Framing {
        self.stage.as_ref().map(|stage| stage.framing).unwrap_or_default()
    }

    fn wanted_fov(&self) -> f32 {
        let [fov] = self.page.list("field-of-view", &[Basis::new(Quantity::angle(PI / 6.0))]);
        fov
    }

    /// The page's orbit around the product, 105 % of the distance that just holds it by default.
    fn wanted_orbit(&self) -> Spherical {
        let ideal = Basis { whole: Quantity::length(self.framing().ideal_distance()), auto_factor: 1.05 };
        let bases = [angle(0.0), angle(75f32.to_radians()), ideal];
        let [theta, phi, radius] = self.page.list("camera-orbit", &bases);
        Spherical { theta, phi, radius }
    }

    fn wanted_target(&self, center: Vec3) -> Vec3 {
        let bases = center.to_array().map(|place| Basis::new(Quantity::length(place)));
        Vec3::from_array(self.page.list("camera-target", &bases))
    }

    fn wanted_limits(&self) -> Limits {
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

    fn aim_fov(&mut self) {
        let fov = self.framing().adjusted_fov(self.wanted_fov(), self.window.aspect());
        self.orbit.set_fov_goal(fov);
    }

    fn aim_target(&mut self) {
        let target = self.wanted_target(self.framing().bounds.center());
        self.orbit.set_target_goal(target);
    }

    /// An attribute of the camera changed.
    pub(super) fn aim(&mut self, name: &str, effects: &mut Vec<Effect>) {
        if self.stage.is_none() {
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
        for name in ["min-camera-orbit", "field-of-view", "camera-orbit", "camera-target"] {
            self.aim(name, effects);
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

    fn camera_moved(&mut self, effects: &mut Vec<Effect>) {
        effects.push(Effect::Announce(Announcement::CameraChange { source: self.source }));
        self.unsaved = true;
    }

    /// Lets the camera follow its goal; true when it moved.
    pub(super) fn step_camera(&mut self, secs: f32, now_secs: f64, effects: &mut Vec<Effect>) -> bool {
        if self.invitation.sways(now_secs) {
            let sway = self.invitation.step(now_secs);
            self.orbit.nudge(sway);
            self.source = BY_ITSELF;
            self.camera_moved(effects);
            return true;
        }
        if self.orbit.rests() {
            return false;
        }
        if self.window.reduced_motion {
            self.orbit.jump();
        } else {
            self.orbit.step(secs);
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
        let wanted = self.page.has_controls() && !self.page.auto_rotates() && !self.touched;
        if let Some(delay) = self.page.invites_after_secs().filter(|_| wanted && !self.window.reduced_motion) {
            self.invitation.plan(now_secs + delay);
        }
    }

    fn customer_acts(&mut self, now_secs: f64) {
        self.source = BY_CUSTOMER;
        self.touched = true;
        self.invitation.cancel();
        self.turntable.touched(now_secs);
    }

    fn can_be_moved(&self) -> bool {
        self.page.has_controls() && self.stage.is_some()
    }

    /// A finger or the mouse.
    pub(super) fn pointer(&mut self, pointer: &Pointer) {
        if !self.can_be_moved() {
            self.gesture.end();
            return;
        }
        let meaning = self.gesture.act(pointer, &self.page.allowed());
        if meaning.began || self.gesture.is_going_on() {
            self.customer_acts(pointer.now_secs);
        }
        let height = self.window.height_css_px.max(1.0);
        let turn = meaning.turn * (2.0 * PI / height * self.page.orbit_sensitivity());
        let zoom = meaning.pinch * (ZOOM_STEP * PINCH_STEPS / height * self.page.zoom_sensitivity());
        if turn != Vec2::ZERO || zoom != 0.0 {
            self.orbit.turn(turn.x, turn.y, zoom);
        }
        self.pan(meaning.pan);
        if meaning.pan_ended {
            self.hold_on_surface();
        }
        if let Some(at) = meaning.tap {
            self.recentre(at);
        }
    }

    /// The wheel.
    pub(super) fn wheel(&mut self, delta_css_px: f32, now_secs: f64) {
        if self.can_be_moved() && !self.page.allowed().no_zoom && delta_css_px.is_finite() {
            self.customer_acts(now_secs);
            self.zoom(delta_css_px / WHEEL_STEP_CSS_PX);
        }
    }

    /// Away from the product by so many key presses.
    fn zoom(&mut self, steps: f32) {
        self.orbit.turn(0.0, 0.0, steps * ZOOM_STEP * self.page.zoom_sensitivity());
    }

    /// A key.
    pub(super) fn key(&mut self, key: Key, shift: bool, now_secs: f64) {
        if !self.can_be_moved() {
            return;
        }
        let allowed = self.page.allowed();
        let (right, down) = match key {
            Key::Left => (-1.0, 0.0),
            Key::Right => (1.0, 0.0),
            Key::Up => (0.0, -1.0),
            Key::Down => (0.0, 1.0),
            Key::PageUp | Key::PageDown | Key::Home => (0.0, 0.0),
        };
        self.customer_acts(now_secs);
        match key {
            Key::PageUp if !allowed.no_zoom => self.zoom(-1.0),
            Key::PageDown if !allowed.no_zoom => self.zoom(1.0),
            Key::PageUp | Key::PageDown => {}
            Key::Home => {
                self.aim_fov();
                self.orbit.set_goal(self.wanted_orbit());
                self.aim_target();
            }
            _ if shift && !allowed.no_pan => self.pan(Vec2::new(right, down) * KEY_PAN_CSS_PX),
            _ => {
                let turn = KEY_TURN * self.page.orbit_sensitivity();
                self.orbit.turn(right * turn, down * turn, 0.0);
            }
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
                self.zoom(-presses);
            }
            Command::ResetTurntableRotation(theta) if theta.is_finite() => {
                self.changed |= self.turntable.angle != *theta;
                self.turntable.angle = *theta;
            }
            _ => {}
        }
    }

    /// Moves the target as if the product were held, and never out of the product's sphere.
    fn pan(&mut self, moved_css_px: Vec2) {
        if moved_css_px == Vec2::ZERO {
            return;
        }
        let height = self.window.height_css_px.max(1.0);
        let radius = self.orbit.now().radius;
        let metres = radius * self.orbit.fov().to_degrees() * PAN * self.page.pan_sensitivity() / height;
        let offset = self.orbit.pan_offset(moved_css_px.x, moved_css_px.y, self.turntable.angle, metres);
        let framing = self.framing();
        let from_middle = self.orbit.target_goal() + offset - framing.target;
        self.orbit.set_target_goal(framing.target + from_middle.clamp_length_max(framing.radius));
    }

    /// A tap: turns around the point that was hit, or shows the whole product again.
    fn recentre(&mut self, at_css_px: Vec2) {
        let size = Vec2::new(self.window.width_css_px, self.window.height_css_px).max(Vec2::ONE);
        let place = at_css_px / size * 2.0 - Vec2::ONE;
        match self.surface_at(place.x, -place.y) {
            Some(point) => self.orbit.set_target_goal(point),
            None => {
                self.aim_target();
                self.orbit.turn(0.0, 0.0, 1.0);
            }
        }
    }

    /// After panning the camera turns around the surface in the middle of the picture; the eye does not move.
    fn hold_on_surface(&mut self) {
        let Some(point) = self.surface_at(0.0, 0.0) else { return };
        let now = self.orbit.now();
        let outwards = Spherical { theta: now.theta - self.turntable.angle, ..now }.direction();
        let goal = self.orbit.target_goal();
        let nearer = outwards.dot(point - goal);
        self.orbit.set_target_goal(goal + outwards * nearer);
        self.orbit.set_goal(Spherical { radius: self.orbit.goal().radius - nearer, ..self.orbit.goal() });
    }

    /// The product's surface behind a point of the picture, in the product's space; −1 to 1, +Y up.
    fn surface_at(&self, x: f32, y: f32) -> Option<Vec3> {
        let stage = self.stage.as_ref()?;
        let (origin, direction) =
            ray_through(&self.orbit.world_from_view(), self.orbit.fov(), self.window.aspect(), x, y);
        let turned = world_from_product(&self.orbit, self.turntable.angle);
        let product_ray = Ray { origin, direction }.transformed(&turned.inverse());
        let ray = product_ray.transformed(&stage.world_from_scene.inverse());
        let hit = pick(&stage.scene, &stage.pose, &stage.overlay, &ray)?;
        Some(product_ray.at(hit.distance))
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
