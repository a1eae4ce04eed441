//! How an upgrade is fitted, step by step on the product itself: the camera goes where it happens, the parts that matter keep
//! their colours while the rest steps back, what moves moves, and new parts appear with the step that first speaks of them.

use glam::Mat4;

use super::super::aim::BY_PAGE;
use super::super::animate::{Player, Repeat};
use super::super::{Effect, Viewer};
use super::costume::{Costume, Worn};
use super::marks::{added, in_clay};
use crate::attribute::{Basis, Quantity, read_list};
use crate::camera::{Orbit, Spherical};
use crate::frame::{Frame, Look};
use crate::geom::Aabb;
use crate::product::Outcome;
use crate::product::file::{Camera, Step};
use crate::scene::{Playing, Pose, Scene};

/// Parts without a camera of their own fill this share of the picture's height.
const FILLS: f32 = 0.45;
/// The camera comes no nearer than this share of its distance to the whole product.
const NEAREST: f32 = 0.22;

/// The step that is shown.
#[derive(Debug)]
pub(super) struct Fitting {
    upgrade: usize,
    step: usize,
    /// The costumes are not there yet.
    waits: bool,
    /// What is owned, and what it becomes.
    sides: Option<(Costume, Costume)>,
    drawn: Vec<Worn>,
    bounds: Aabb,
    /// The view and the motion that are come back to.
    before: (Orbit, Player, Option<usize>),
}

impl Viewer {
    /// Shows a step of an upgrade that fits what is owned.
    pub(super) fn fit(&mut self, upgrade: &str, step: usize, effects: &mut Vec<Effect>) -> Outcome {
        // Before the product stands there is no view to come back to.
        if self.stage.is_none() {
            return Outcome::Unknown;
        }
        let Some((at, asked)) = self.step_of(upgrade, step) else { return Outcome::Unknown };
        let (before, sides) = match self.configurator.fitting.take() {
            Some(known) => (known.before, known.sides.filter(|_| known.upgrade == at)),
            None => ((self.orbit, self.player.clone(), self.authored.take()), None),
        };
        let waits = sides.is_none();
        let (drawn, bounds) = (Vec::new(), Aabb::EMPTY);
        self.configurator.fitting = Some(Fitting { upgrade: at, step, waits, sides, drawn, bounds, before });
        self.dress_fitting(effects);
        self.play_step(&asked);
        self.arrange_fitting();
        self.look_at_step(&asked);
        self.changed = true;
        effects.push(Effect::Prepare);
        Outcome::Changed(Vec::new())
    }

    fn step_at(&self, upgrade: usize, step: usize) -> Option<&Step> {
        self.session()?.catalog().product().upgrades.get(upgrade)?.install.steps.entries().nth(step)
    }

    /// The index of an upgrade that fits what is owned, and one of its steps.
    fn step_of(&self, upgrade: &str, step: usize) -> Option<(usize, Step)> {
        let session = self.session()?;
        let (at, found) = session.catalog().product().upgrades.iter().find(|(_, known)| known.id == upgrade)?;
        let fits = session.owned().is_some_and(|owned| session.catalog().holds(&found.from, owned));
        Some((at, found.install.steps.entries().nth(step).filter(|_| fits)?.clone()))
    }

    /// Back to what was shown before the first step.
    pub(super) fn end_fitting(&mut self) -> Outcome {
        let Some(fitting) = self.configurator.fitting.take() else { return Outcome::Same };
        let (orbit, player, authored) = fitting.before;
        self.source = BY_PAGE;
        self.orbit.set_limits(*orbit.limits());
        self.orbit.set_goal(orbit.goal());
        self.orbit.set_target_goal(orbit.target_goal());
        self.orbit.set_fov_goal(orbit.fov_goal());
        (self.player, self.authored) = (player, authored);
        self.strike_pose();
        self.changed = true;
        Outcome::Changed(Vec::new())
    }

    /// The view and the motion that are come back to, while a step is shown.
    pub(in super::super) fn before_fitting(&self) -> Option<(&Orbit, &Player, bool)> {
        let (orbit, player, authored) = &self.configurator.fitting.as_ref()?.before;
        Some((orbit, player, authored.is_some()))
    }

    /// Whether a step is shown.
    pub(in super::super) fn is_fitting(&self) -> bool {
        self.configurator.fitting.is_some()
    }

    /// Something was chosen, owned or loaded.
    pub(super) fn fitting_differs(&mut self) {
        if let Some(fitting) = &mut self.configurator.fitting {
            fitting.waits = true;
        }
    }

    /// Dresses what is owned and what it becomes, as soon as all that they need is there.
    pub(in super::super) fn dress_fitting(&mut self, effects: &mut Vec<Effect>) {
        let Some(mut fitting) = self.configurator.fitting.take_if(|known| known.waits) else { return };
        let looks = self.configurator.session.as_ref().and_then(|session| {
            let (catalog, owned) = (session.catalog(), session.owned()?);
            let way = session.upgrades().into_iter().find(|way| way.upgrade == fitting.upgrade)?;
            Some((catalog.look(owned, &[]), catalog.look(&way.to, &[])))
        });
        let Some((before, after)) = looks else {
            // It fits no longer.
            self.configurator.fitting = Some(fitting);
            self.end_fitting();
            return;
        };
        let before = self.costume(before, true, effects);
        let after = self.costume(after, true, effects);
        if let (Some(before), Some(after)) = (before, after) {
            fitting.sides = Some((self.measured(before), self.measured(after)));
            fitting.waits = false;
            // A view of its own was given when the step began, or waits for the parts that it is about.
            let first = fitting.drawn.is_empty();
            let step = self.step_at(fitting.upgrade, fitting.step).filter(|_| first).cloned();
            self.configurator.fitting = Some(fitting);
            self.arrange_fitting();
            if let Some(step) = step {
                self.look_at_step(&step);
            }
            self.changed = true;
            effects.push(Effect::Prepare);
        } else {
            self.configurator.fitting = Some(fitting);
        }
    }

    /// What is drawn at this step and moment.
    pub(super) fn arrange_fitting(&mut self) {
        let Some(mut fitting) = self.configurator.fitting.take() else { return };
        if let Some((before, after)) = &mut fitting.sides {
            let moments = self.moments();
            before.strike(self, &moments);
            after.strike(self, &moments);
            let comes = added(after, before, self);
            let steps = self.session().and_then(|session| {
                let upgrade = session.catalog().product().upgrades.get(fitting.upgrade)?;
                Some(upgrade.install.steps.entries().map(|step| step.parts.as_slice()).collect::<Vec<_>>())
            });
            let steps = steps.unwrap_or_default();
            let named = |model: usize, names: &[String]| {
                self.stage_of(model).map_or_else(Vec::new, |stage| below(&stage.scene, names))
            };
            let speaks_of_new = |names: &&[String]| {
                comes
                    .iter()
                    .any(|(model, nodes)| named(*model, names).iter().zip(nodes).any(|(named, new)| *named && *new))
            };
            let first = steps.iter().position(speaks_of_new).unwrap_or(steps.len().saturating_sub(1));
            let side: &Costume = if fitting.step < first { before } else { after };
            let mut worn = side.worn.clone();
            if fitting.step >= first {
                // What a later step brings is not there yet.
                let later: Vec<_> =
                    steps.iter().skip(fitting.step + 1).flat_map(|names| names.iter().cloned()).collect();
                let so_far: Vec<_> =
                    steps.iter().take(fitting.step + 1).flat_map(|names| names.iter().cloned()).collect();
                worn = worn
                    .iter()
                    .map(|worn| {
                        let (later, so_far) = (named(worn.model, &later), named(worn.model, &so_far));
                        let new = comes.iter().find(|(model, _)| *model == worn.model).map(|(_, nodes)| nodes);
                        let is = |list: &[bool], index: usize| list.get(index).copied().unwrap_or(false);
                        worn.with_only(|index| {
                            !(new.is_some_and(|new| is(new, index)) && is(&later, index) && !is(&so_far, index))
                        })
                    })
                    .collect();
            }
            let parts = steps.get(fitting.step).copied().unwrap_or_default();
            let marks: Vec<_> = worn.iter().map(|worn| (worn.model, named(worn.model, parts))).collect();
            let matters = worn
                .iter()
                .zip(&marks)
                .any(|(worn, (_, marks))| worn.pose.visible.iter().zip(marks).any(|(seen, marked)| *seen && *marked));
            fitting.bounds = side.bounds;
            fitting.drawn = if matters { in_clay(&worn, &marks, self) } else { worn };
        }
        self.configurator.fitting = Some(fitting);
    }

    /// Lets the step's animation run once; at its end where the customer wants no motion. Without one all rests.
    fn play_step(&mut self, step: &Step) {
        let Some(stage) = &self.stage else { return };
        let name = step.animation.as_deref();
        let named = stage.scene.animations.iter().find(|(_, animation)| Some(animation.name.as_str()) == name);
        let found = named.map(|(at, animation)| (at, animation.duration_secs));
        self.player.clear();
        if let Some((animation, duration_secs)) = found {
            self.player.repeat = Repeat { repetitions: 1.0, pingpong: false };
            let (time_secs, paused) = if self.window.reduced_motion {
                (self.far_moment(animation, duration_secs), true)
            } else {
                (0.0, false)
            };
            self.player.restore(animation, duration_secs, time_secs, 0, paused);
        }
        self.strike_pose();
    }

    /// The moment that shows where a motion of the body leads: its end, or half of it where it comes back.
    fn far_moment(&self, animation: usize, duration_secs: f32) -> f32 {
        let Some(stage) = &self.stage else { return duration_secs };
        let pose = |time_secs: f32| {
            let mut pose = Pose::default();
            pose.update(&stage.scene, &stage.overlay, &[Playing { animation, time_secs, weight: 1.0 }]);
            pose
        };
        if pose(0.0) == pose(duration_secs) { duration_secs * 0.5 } else { duration_secs }
    }

    /// Turns the camera to where a step happens; one without camera and parts shows the product as it was seen before.
    fn look_at_step(&mut self, step: &Step) {
        let Some(fitting) = &self.configurator.fitting else { return };
        let (orbit, _, _) = fitting.before;
        let parts = self.bounds_of_parts(&step.parts);
        self.orbit.set_limits(*orbit.limits());
        let (mut place, mut target, mut fov) = (orbit.goal(), orbit.target_goal(), orbit.fov_goal());
        if parts.is_empty() && step.camera.is_none() {
            self.go(place, target, fov);
            return;
        }
        if !parts.is_empty() {
            let whole = self.framing().ideal_distance();
            let radius = parts.size().length() * 0.5;
            let distance = radius / ((self.framing().fov * 0.5).sin() * FILLS);
            target = parts.center();
            place.radius = distance.clamp(whole * NEAREST, whole);
        }
        if let Some(camera) = &step.camera {
            (place, target, fov) = self.camera_view(camera, (place, target, fov));
            if camera.orbit.is_some() {
                // The file speaks of the product, which may have turned.
                place.theta += self.turntable.angle;
            }
        }
        self.go(place, target, fov);
    }

    fn go(&mut self, place: Spherical, target: glam::Vec3, fov: f32) {
        let mut limits = *self.orbit.limits();
        limits.include(&place, fov);
        self.source = BY_PAGE;
        self.orbit.set_limits(limits);
        self.orbit.set_goal(place);
        self.orbit.set_target_goal(target);
        self.orbit.set_fov_goal(fov);
    }

    /// A camera of the product file; what it leaves out is as in `otherwise`.
    pub(super) fn camera_view(
        &self,
        camera: &Camera,
        otherwise: (Spherical, glam::Vec3, f32),
    ) -> (Spherical, glam::Vec3, f32) {
        let (mut place, mut target, mut fov) = otherwise;
        let angle = |radians: f32| Basis::new(Quantity::angle(radians));
        let length = |metres: f32| Basis::new(Quantity::length(metres));
        if let Some(orbit) = &camera.orbit {
            let ideal = Basis { whole: Quantity::length(self.framing().ideal_distance()), auto_factor: 1.05 };
            let mut out = [place.theta, place.phi, place.radius];
            // What cannot be read takes what is usual; the file was checked when it was read.
            let _ = read_list(orbit, &[angle(0.0), angle(75f32.to_radians()), ideal], 0.0, &mut out);
            let [theta, phi, radius] = out;
            place = Spherical { theta, phi, radius };
        }
        if let Some(text) = &camera.target {
            let mut out = target.to_array();
            let _ = read_list(text, &target.to_array().map(length), 0.0, &mut out);
            target = glam::Vec3::from_array(out);
        }
        if let Some(text) = &camera.field_of_view {
            let mut out = [self.framing().fov];
            let _ = read_list(text, &[angle(self.framing().fov)], 0.0, &mut out);
            fov = self.framing().adjusted_fov(out.first().copied().unwrap_or(fov), self.window.aspect());
        }
        (place, target, fov)
    }

    /// The box around the parts of a step, as far as they are seen.
    fn bounds_of_parts(&self, names: &[String]) -> Aabb {
        let mut bounds = Aabb::EMPTY;
        let Some(fitting) = &self.configurator.fitting else { return bounds };
        for worn in &fitting.drawn {
            let (Some(stage), Some(world)) = (self.stage_of(worn.model), worn.world_from_scene) else { continue };
            let named = below(&stage.scene, names);
            let part = worn.with_only(|index| named.get(index).copied().unwrap_or(false));
            stage.each_point_of(&part.pose, world, &mut |point| bounds.insert(point));
        }
        bounds
    }

    /// Puts the step into a frame; false when none is shown.
    pub(super) fn show_fitting<'a>(&'a self, frame: &mut Frame<'a>, turned: Mat4) -> bool {
        let Some(fitting) = self.configurator.fitting.as_ref().filter(|fitting| !fitting.drawn.is_empty()) else {
            return false;
        };
        let placed = fitting.drawn.iter().filter_map(|worn| worn.placed(self, turned)).collect();
        frame.looks = vec![Look { placed }];
        self.shadow_around(frame, &fitting.bounds);
        true
    }
}

/// The nodes of these names, and all below them.
fn below(scene: &Scene, names: &[String]) -> Vec<bool> {
    let mut marks = vec![false; scene.nodes.len()];
    let named = scene.nodes.iter().filter(|(_, node)| names.contains(&node.name));
    let mut open: Vec<usize> = named.map(|(index, _)| index).collect();
    while let Some(index) = open.pop() {
        let Some(mark) = marks.get_mut(index).filter(|mark| !**mark) else { continue };
        *mark = true;
        open.extend(scene.nodes.get(index).into_iter().flat_map(|node| &node.children));
    }
    marks
}
