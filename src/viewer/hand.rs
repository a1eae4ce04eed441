//! The customer's hand on the product: fingers, mouse, wheel and keys.

use std::f32::consts::PI;

use glam::{Vec2, Vec3};

use super::aim::{BY_CUSTOMER, world_from_product};
use super::{Key, Viewer};
use crate::camera::{Pointer, Spherical, ray_through};
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

impl Viewer {
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
        let held = self.gesture.is_going_on();
        let meaning = self.gesture.act(pointer, &self.page.allowed());
        // The last finger that is lifted counts, too: the product rests from then.
        if held || meaning.began {
            self.customer_acts(pointer.now_secs);
        }
        let height = self.window.height_css_px.max(1.0);
        let turn = meaning.turn * (2.0 * PI / height * self.page.orbit_sensitivity());
        let zoom = meaning.pinch * (ZOOM_STEP * PINCH_STEPS / height * self.page.zoom_sensitivity());
        if turn != Vec2::ZERO || zoom != 0.0 || meaning.pan != Vec2::ZERO || meaning.tap.is_some() {
            self.leave_authored();
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
            self.leave_authored();
            self.zoom(delta_css_px / WHEEL_STEP_CSS_PX);
        }
    }

    /// Away from the product by so many key presses.
    pub(super) fn zoom(&mut self, steps: f32) {
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
        if matches!(key, Key::Home) && self.look_through_page_camera() {
            self.changed = true;
            return;
        }
        if !(allowed.no_zoom && matches!(key, Key::PageUp | Key::PageDown)) {
            self.leave_authored();
        }
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
        let hit = pick(&stage.scene, &stage.pose, &stage.overlay, &ray).map(|hit| hit.distance);
        #[cfg(feature = "product")]
        let hit = self.seen_parts().fold(hit, |nearest, (part, world_from_scene)| {
            let ray = product_ray.transformed(&world_from_scene.inverse());
            let hit = pick(&part.scene, &part.pose, &part.overlay, &ray).map(|hit| hit.distance);
            [nearest, hit].into_iter().flatten().reduce(f32::min)
        });
        Some(product_ray.at(hit?))
    }
}
