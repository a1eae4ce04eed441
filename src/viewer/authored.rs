//! Cameras of the file (glTF 2.0 §3.10): the page names one, the picture is taken through it until the customer moves.
//!
//! While it is looked through, the orbit stands where it stands, so that whoever asks for the orbit, or takes hold of the
//! product, goes on from there. An orbit neither rolls nor is parallel: that alone is lost with the first move.

use glam::Mat4;

use super::aim::{BY_PAGE, world_from_product};
use super::look::not_there;
use super::{Effect, Viewer};
use crate::camera::{Spherical, View, near_and_far, parallel_from_view, projection_from_view};
use crate::scene::{Lens, Node, Scene};

impl Viewer {
    /// What the attribute `camera` may say: for each node with a camera its name, else the camera's, else the camera's
    /// number.
    pub fn available_cameras(&self) -> Vec<String> {
        let Some(stage) = &self.stage else { return Vec::new() };
        let name = |(_, camera, node): (usize, usize, &Node)| {
            let called = stage.scene.cameras.get(camera).map(|camera| &camera.name);
            let name = [Some(&node.name), called].into_iter().flatten().find(|name| !name.is_empty());
            name.map_or_else(|| camera.to_string(), String::clone)
        };
        placed(&stage.scene).map(name).collect()
    }

    /// The attribute `camera` has changed, or the model: looks through the camera that it names, or through none. After a
    /// name that is not there everything stays as it is.
    pub(super) fn choose_camera(&mut self, effects: &mut Vec<Effect>) {
        // A model that is about to go is not asked.
        if self.stage.as_ref().is_none_or(|stage| Some(stage.url.as_str()) != self.src()) {
            return;
        }
        if self.look_through_page_camera() {
            self.camera_chosen(effects);
        } else if let Some(name) = self.page.camera() {
            effects.push(not_there("camera", "camera", name));
        } else if self.authored.take().is_some() {
            self.start_camera(true);
            self.camera_chosen(effects);
        }
    }

    fn camera_chosen(&mut self, effects: &mut Vec<Effect>) {
        self.source = BY_PAGE;
        self.changed = true;
        self.camera_moved(effects);
    }

    /// Looks through the camera that the page names; false when there is none of this name.
    pub(super) fn look_through_page_camera(&mut self) -> bool {
        let (Some(stage), Some(name)) = (&self.stage, self.page.camera()) else { return false };
        let named = |(node, camera, place): (usize, usize, &Node)| {
            let called = stage.scene.cameras.get(camera).is_some_and(|camera| camera.name == name);
            (called || place.name == name).then_some(node)
        };
        // A name comes before a number that is spelled the same.
        let numbered = |(node, camera, _): (usize, usize, &Node)| (camera.to_string() == name).then_some(node);
        let found = placed(&stage.scene).find_map(named);
        let found = found.or_else(|| placed(&stage.scene).find_map(numbered));
        if found.is_some() {
            self.authored = found;
            // Where the file has put both, product and camera face each other.
            self.turntable.angle = 0.0;
            self.invitation.cancel();
            self.follow_authored();
        }
        found.is_some()
    }

    /// The view through the file's camera, in a window of this aspect; none while the orbit has the eye.
    pub(super) fn authored_view(&self, aspect: f32) -> Option<View> {
        let (stage, node) = (self.stage.as_ref()?, self.authored?);
        let camera = stage.scene.nodes.get(node)?.camera?;
        let turned = world_from_product(&self.orbit, self.turntable.angle);
        let world_from_node = turned * stage.world_from_scene * *stage.pose.scene_from_node.get(node)?;
        // Only where it is and how it is turned, not how its node is stretched.
        let back = world_from_node.z_axis.truncate().try_normalize()?;
        let right = world_from_node.y_axis.truncate().cross(back).try_normalize()?;
        let eye = world_from_node.w_axis.truncate();
        // What the author framed is never cut off: a narrower window shows more above and below.
        let fitted = |frame: f32| if frame > aspect { frame / aspect } else { 1.0 };
        // The author's planes cut what came later, such as a part that is mounted.
        let (near, far) = near_and_far(eye.distance(stage.framing.target), stage.framing.radius);
        let projection_from_view = match stage.scene.cameras.get(camera)?.lens {
            Lens::Perspective { yfov, aspect: frame, .. } => {
                let half_height = (yfov * 0.5).tan() * fitted(frame.unwrap_or(aspect));
                projection_from_view(2.0 * half_height.atan(), aspect, near, far)
            }
            Lens::Orthographic { xmag, ymag, .. } => parallel_from_view(ymag * fitted(xmag / ymag), aspect, far),
        };
        let world_from_view =
            Mat4::from_cols(right.extend(0.0), back.cross(right).extend(0.0), back.extend(0.0), eye.extend(1.0));
        Some(View { world_from_view, projection_from_view, viewport_px: [0; 4], look: 0 })
    }

    /// Brings the orbit to where the file's camera is: its target is the point of the camera's axis that is nearest to the
    /// product's middle.
    pub(super) fn follow_authored(&mut self) {
        let Some(view) = self.authored_view(self.window.aspect()) else { return };
        let [eye, back] = [view.world_from_view.w_axis, view.world_from_view.z_axis].map(|axis| axis.truncate());
        let up = view.world_from_view.y_axis.truncate();
        let framing = self.framing();
        let mut radius = (eye - framing.target).dot(back);
        if radius <= 0.0 {
            radius = framing.radius;
        }
        let mut fov = 2.0 * view.projection_from_view.y_axis.y.recip().atan();
        if view.projection_from_view.w_axis.w == 1.0 {
            // As large as it is at the target, from so far away.
            fov = 2.0 * (1.0 / (view.projection_from_view.y_axis.y * radius)).atan();
        }
        let goal = Spherical { radius, ..Spherical::towards(back, up) };
        let mut limits = self.wanted_limits();
        limits.include(&goal, fov);
        self.orbit.set_limits(limits);
        self.orbit.set_goal(goal);
        self.orbit.set_fov_goal(fov);
        self.orbit.set_target_goal(eye - back * radius);
        self.orbit.jump();
    }

    /// The customer takes the camera.
    pub(super) fn leave_authored(&mut self) {
        self.follow_authored();
        self.changed |= self.authored.take().is_some();
    }
}

/// Each node with a camera, in the file's order, with its camera.
fn placed(scene: &Scene) -> impl Iterator<Item = (usize, usize, &Node)> {
    scene.nodes.iter().filter_map(|(index, node)| Some((index, node.camera?, node)))
}
