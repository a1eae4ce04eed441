//! A choice as it would look, drawn small beside the product: thumbnails.

use super::super::picture::cut_out;
use super::super::stage::Stage;
use super::super::{Effect, Viewer};
use super::costume::{Costume, Worn};
use crate::camera::{Spherical, View, near_and_far, projection_from_view};
use crate::frame::{Background, Frame, Look};
use crate::scene::{Overlay, Pose};

/// What became of a wish to see another configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trial {
    /// It needs a model that nobody asked for, or glass where none is shown, or is no configuration.
    Nothing,
    /// Pictures of it are on their way.
    Waits,
    /// [`Viewer::trial_frame`] shows it.
    Ready,
}

/// From which side a trial is seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TrialSide {
    /// As the page first shows the product, or as the product file's place for the group has it.
    #[default]
    Front,
    /// From behind.
    Back,
    /// From above.
    Above,
}

impl Viewer {
    /// Dresses the models that are there for another configuration; no other one is fetched for it.
    pub fn try_look(&mut self, code: &str, effects: &mut Vec<Effect>) -> Trial {
        self.configurator.trial = None;
        let Some(session) = self.configurator.session.as_ref() else { return Trial::Nothing };
        let Ok(decoded) = session.catalog().decoded(code) else { return Trial::Nothing };
        let looks = session.catalog().look(&decoded.configuration, &[]);
        let is_there = looks.iter().all(|look| self.stage_of(look.model).is_some());
        if !is_there {
            return Trial::Nothing;
        }
        let Some(costume) = self.costume(looks, false, effects) else { return Trial::Waits };
        let shown = self.stage.iter().any(|stage| transmits(stage, &stage.pose, &stage.overlay));
        let tried =
            |worn: &Worn| self.stage_of(worn.model).is_some_and(|stage| transmits(stage, &worn.pose, &worn.overlay));
        // Glass wants pictures of all that lies behind it, with mips, of this size: too much for something so small.
        if !shown && costume.worn.iter().any(tried) {
            return Trial::Nothing;
        }
        self.configurator.trial = Some(costume);
        Trial::Ready
    }

    /// The picture of the last trial, of which `place` (left, top, width and height in shares of the whole) is shown.
    /// `group`, by id, tells the product file's view where it has one.
    pub fn trial_frame(
        &self,
        width_px: u32,
        height_px: u32,
        group: &str,
        side: TrialSide,
        place: [f32; 4],
    ) -> Option<Frame<'_>> {
        let costume: &Costume = self.configurator.trial.as_ref()?;
        let stage = self.stage.as_ref()?;
        let [_, _, width, height] = place;
        // The whole picture's shape, of which the place is a part.
        let aspect = (width_px.max(1) as f32 / width) / (height_px.max(1) as f32 / height);
        let framing = stage.framing;
        let fov = framing.adjusted_fov(framing.fov, aspect);
        let target = self.wanted_target(framing.bounds.center());
        let mut seen = (self.wanted_orbit(), target, fov);
        let session = self.session()?;
        let now = session.configuration();
        let spots = session.catalog().product().hotspots.entries();
        let holds = |when: &Option<_>| when.as_ref().is_none_or(|when| session.catalog().holds(when, now));
        let mut spots = spots.filter(|spot| spot.group.as_deref() == Some(group) && holds(&spot.when));
        match side {
            TrialSide::Front => {
                if let Some(camera) = spots.find_map(|spot| spot.camera.as_ref()) {
                    seen = self.camera_view(camera, seen);
                }
            }
            TrialSide::Back => seen.0.theta += std::f32::consts::PI,
            TrialSide::Above => seen.0 = Spherical { phi: 0.3, ..seen.0 },
        }
        let (place_of_eye, target, fov) = seen;
        let rotation = place_of_eye.rotation();
        let eye = target + place_of_eye.offset();
        let (near, far) = near_and_far(eye.distance(framing.target), self.reach(stage));
        let view = View {
            world_from_view: glam::Mat4::from_rotation_translation(rotation, eye),
            projection_from_view: cut_out(place) * projection_from_view(fov, aspect, near, far),
            viewport_px: [0, 0, width_px.max(1), height_px.max(1)],
            look: 0,
        };
        Some(Frame {
            looks: vec![Look { placed: costume.placed(self, glam::Mat4::IDENTITY).collect() }],
            views: vec![view],
            light: self.light.lighting(),
            background: Background::Transparent,
            page_color: None,
            exposure: self.page.exposure(),
            tone_map: self.page.tone_map(),
            floor_shadow: None,
        })
    }
}

/// Whether one looks through something that is seen.
fn transmits(stage: &Stage, pose: &Pose, overlay: &Overlay) -> bool {
    stage.scene.nodes.iter().any(|(index, node)| {
        let seen = pose.visible.get(index).copied().unwrap_or(false);
        let mesh = node.mesh.filter(|_| seen).and_then(|mesh| stage.scene.meshes.get(mesh));
        mesh.into_iter().flat_map(|mesh| mesh.primitives.iter()).any(|(_, primitive)| {
            let material = primitive.material_under(overlay.variant);
            let material = material.and_then(|index| overlay.material(&stage.scene, index));
            material.is_some_and(|material| material.transmission.factor > 0.0)
        })
    })
}
