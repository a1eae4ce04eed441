//! Files of the product as it is shown: what a writer in [`crate::export`] is given.

use glam::Mat4;

use super::Viewer;
use super::stage::Stage;
use crate::export::{Part, glb, usdz};
use crate::frame::{Look, Placed};
use crate::issue::Issue;
use crate::scene::{Playing, Pose, Property, SceneId};

/// Moments of a motion in a second of a file.
const MOMENTS_PER_SECOND: f32 = 30.0;
/// More of a motion than this, seconds, is not for a file.
const LONGEST_SECS: f32 = 20.0;

impl Viewer {
    /// The plan of a USDZ of the product as it is shown: all of its models with their prints, as `orientation` and `scale`
    /// have them, without turntable and painted shadows. A motion that runs goes on in the file, as far as nodes move as a
    /// whole; one that is paused is frozen where it is.
    ///
    /// # Errors
    ///
    /// [`crate::issue::Code::ExportEmpty`] while nothing is shown.
    pub fn usdz(&self, placement: usdz::Placement, most_texture_px: u32) -> Result<usdz::Plan, Issue> {
        let (name, version) = self.session().map(|session| (self.product_name(), session.code())).unwrap_or_default();
        let options = usdz::Options { name, version, placement, most_texture_px };
        let mut plan = self.with_look(|look| {
            usdz::Plan::new(look, options, &|scene, image| self.print_over(scene, image).is_some())
        })?;
        self.let_move(&mut plan);
        Ok(plan)
    }

    /// The plan of a GLB of the product as it is shown, as [`Viewer::usdz`] has it. Animations are the models' own: they start
    /// where the product stands.
    ///
    /// # Errors
    ///
    /// [`crate::issue::Code::ExportEmpty`] while nothing is shown.
    pub fn glb(&self, options: &glb::Options) -> Result<glb::Plan, Issue> {
        self.with_look(|look| glb::Plan::new(look, options, &|scene, image| self.print_over(scene, image).is_some()))
    }

    /// Gives all that is shown, without painted shadows, to who writes it.
    fn with_look<T>(&self, write: impl FnOnce(&Look<'_>) -> T) -> T {
        let stages: Vec<(&Stage, Mat4)> = self.shown_stages().collect();
        let poses: Vec<Pose> = stages.iter().map(|(stage, _)| unpainted(stage)).collect();
        let placed = stages.iter().zip(&poses).map(|((stage, world_from_scene), pose)| Placed {
            id: stage.id,
            scene: &stage.scene,
            world_from_scene: *world_from_scene,
            pose,
            overlay: &stage.overlay,
        });
        let look = Look { placed: placed.collect() };
        write(&look)
    }

    /// What of the customer's is drawn over a model's image: the JSON of a [`crate::product::Print`].
    pub fn print_over(&self, scene: SceneId, image: usize) -> Option<&str> {
        self.shown_stages().find(|(stage, _)| stage.id == scene)?.0.prints.over(image)
    }

    /// The address of a model that is shown: its images' addresses are relative to it.
    pub fn address_of(&self, scene: SceneId) -> Option<&str> {
        self.shown_stages().find(|(stage, _)| stage.id == scene).map(|(stage, _)| stage.url.as_str())
    }

    /// The product's body and what is mounted, where they stand.
    pub(super) fn shown_stages(&self) -> impl Iterator<Item = (&Stage, Mat4)> {
        self.stage.iter().map(|stage| (stage, stage.world_from_scene)).chain(self.seen_parts())
    }

    fn product_name(&self) -> String {
        let name = self.session().map(|session| &session.catalog().product().name);
        name.map(|name| name.in_language(&self.tone().language).to_owned()).unwrap_or_default()
    }

    /// Parts whose nodes, or the sockets that carry them, move as a whole go on moving.
    fn let_move(&self, plan: &mut usdz::Plan) {
        let (Some(stage), Some(now)) = (&self.stage, self.player.now().filter(|_| self.player.runs())) else { return };
        let duration = self.player.duration_secs();
        if !(duration > 0.0 && duration <= LONGEST_SECS) {
            return plan.note_frozen("a motion that is too long");
        }
        let count = (duration * MOMENTS_PER_SECOND).ceil() as usize;
        let carriers: Vec<Option<usize>> = plan.parts().iter().map(|part| self.carrying_node(stage, part)).collect();
        let mut moves: Vec<Vec<Mat4>> = vec![Vec::new(); carriers.len()];
        let mut pose = stage.pose.clone();
        for moment in 0..=count {
            let time_secs = (moment as f32 / MOMENTS_PER_SECOND).min(duration);
            let playing = Playing { time_secs, ..now.at(1.0) };
            pose.update(&stage.scene, &stage.overlay, &[playing]);
            for (path, node) in moves.iter_mut().zip(&carriers) {
                let places = node
                    .and_then(|node| Some((*stage.pose.scene_from_node.get(node)?, *pose.scene_from_node.get(node)?)));
                path.extend(places.map(|(here, there)| {
                    let world = stage.world_from_scene;
                    world * there * here.inverse() * world.inverse()
                }));
            }
        }
        let animation = stage.scene.animations.get(now.animation);
        let mut channels = animation.into_iter().flat_map(|animation| &animation.channels);
        let is_skinned = plan.parts().iter().any(|part| part.scene == stage.id && part.is_skinned);
        if is_skinned || channels.any(|channel| channel.property == Property::Weights) {
            plan.note_frozen("bones or morph targets");
        }
        plan.animate(MOMENTS_PER_SECOND, moves);
    }

    /// The node of the product's body with which a part moves.
    fn carrying_node(&self, stage: &Stage, part: &Part) -> Option<usize> {
        if part.scene == stage.id {
            return Some(part.node);
        }
        let (model, ..) = self.seen_models().find(|(_, other, _)| other.id == part.scene)?;
        let socket = self.socket_on_body(model)?;
        stage.scene.nodes.iter().find(|(_, node)| node.name == socket).map(|(index, _)| index)
    }
}

/// A model's pose without its painted shadows: a room has its own.
fn unpainted(stage: &Stage) -> Pose {
    let mut pose = stage.pose.clone();
    stage.hide_painted_shadows_in(&mut pose);
    pose
}
