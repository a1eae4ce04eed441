//! What may change about a model that stands: its variant, its motion, its place and its poster.

use super::animate::Repeat;
use super::load::report_picture;
use super::{Announcement, Command, Effect, RequestId, Viewer};
use crate::issue::{Code, Issue};

/// What covers the model.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Poster {
    /// The model may be seen.
    pub(super) revealed: bool,
    /// The page asked to show the model as soon as it is there.
    pub(super) dismiss_wanted: bool,
}

/// An attribute names what the model does not have.
pub(super) fn not_there(attribute: &str, kind: &str, name: &str) -> Effect {
    let issue = Issue::new(Code::Attribute, attribute, format!("the model has no {kind} “{name}”"));
    Effect::Announce(Announcement::Issue(issue))
}

impl Viewer {
    /// A new model is on the stage: measures it, and starts from the page's wishes or the snapshot's.
    pub(super) fn model_came(&mut self, effects: &mut Vec<Effect>) {
        self.player.clear();
        self.frame_up();
        let first = !std::mem::replace(&mut self.framed_once, true);
        self.authored = None;
        self.start_camera(first);
        if first {
            effects.push(Effect::Announce(Announcement::EnvironmentChange));
        }
        if self.page.variant_name().is_some() {
            self.complain_about_variant(effects);
            effects.push(Effect::Announce(Announcement::VariantApplied));
        }
        if self.page.animation_name().is_some() {
            self.choose_animation(effects);
        }
        if self.autoplays() {
            self.play(effects);
        }
        self.strike_pose();
        self.choose_camera(effects);
        self.restore_view();
        self.strike_pose();
    }

    /// The pose of this moment.
    pub(super) fn strike_pose(&mut self) {
        let hidden = self.page.shadow_intensity() > 0.0;
        if let Some(stage) = &mut self.stage {
            stage.strike_pose(self.player.now(), self.player.fading());
            stage.hide_painted_shadows(hidden);
        }
        #[cfg(feature = "product")]
        self.strike_exhibit();
    }

    /// Takes the page's light as far as it is there.
    pub(super) fn follow_light(&mut self, effects: &mut Vec<Effect>) {
        if self.light.follow(&self.page, effects) {
            self.changed = true;
            if self.stage.is_some() {
                effects.push(Effect::Prepare);
                effects.push(Effect::Announce(Announcement::EnvironmentChange));
            }
        }
    }

    /// `variant-name` changed: shows it at once, or as soon as its pictures are there.
    pub(super) fn choose_variant(&mut self, effects: &mut Vec<Effect>) {
        #[cfg(feature = "product")]
        if self.session().is_some() {
            self.complain_about_variant(effects);
            self.look_differs(effects);
            return effects.push(Effect::Announce(Announcement::VariantApplied));
        }
        self.choose_variant_while_loading(effects);
        let Some(stage) = self.stage.take() else { return };
        let wanted = stage.variant_named(self.page.variant_name());
        let mut missing = stage.missing_under(wanted);
        missing.retain(|image| self.decodes.iter().all(|(_, asked)| asked != image));
        let asked = self.decode(&stage, missing, effects);
        self.decodes.extend(asked);
        self.stage = Some(stage);
        self.complain_about_variant(effects);
        self.variant_waits = true;
        self.apply_variant(effects);
        if self.variant_waits {
            announce_variant(0.1, effects);
        }
    }

    fn apply_variant(&mut self, effects: &mut Vec<Effect>) {
        let Some(stage) = self.stage.as_mut().filter(|_| self.variant_waits) else { return };
        let wanted = stage.variant_named(self.page.variant_name());
        if stage.missing_under(wanted).is_empty() {
            self.variant_waits = false;
            self.changed |= stage.overlay.variant != wanted;
            stage.overlay.variant = wanted;
            effects.push(Effect::Announce(Announcement::VariantApplied));
            announce_variant(1.0, effects);
        }
    }

    fn complain_about_variant(&self, effects: &mut Vec<Effect>) {
        let (Some(stage), Some(name)) = (&self.stage, self.page.variant_name()) else { return };
        if stage.variant_named(Some(name)).is_none() {
            effects.push(not_there("variant-name", "variant", name));
        }
    }

    /// A picture of a later look is there, or could not be had.
    pub(super) fn picture_came(&mut self, request: RequestId, failure: Option<&str>, effects: &mut Vec<Effect>) {
        let Some(place) = self.decodes.iter().position(|(pending, _)| *pending == request) else { return };
        let (_, image) = self.decodes.remove(place);
        report_picture(image, failure, effects);
        if let Some(stage) = &mut self.stage {
            stage.pictures.insert(image);
        }
        self.apply_variant(effects);
        #[cfg(feature = "product")]
        self.settle_look(effects);
    }

    /// The motion that the page names, else the first. Like model-viewer, the last of equal names, then a number.
    pub(super) fn choose_animation(&mut self, effects: &mut Vec<Effect>) {
        let Some(stage) = &self.stage else { return };
        let animations = &stage.scene.animations;
        let Some((first, _)) = animations.iter().next() else { return };
        let mut chosen = first;
        if let Some(name) = self.page.animation_name() {
            let named = animations.iter().filter(|(_, animation)| animation.name == name).last();
            let numbered = || name.parse().ok().filter(|index| animations.get(*index).is_some());
            match named.map(|(index, _)| index).or_else(numbered) {
                Some(index) => chosen = index,
                None => {
                    let detail = format!("the model has no animation “{name}”");
                    let issue = Issue::new(Code::Attribute, "animation-name", detail);
                    effects.push(Effect::Announce(Announcement::Issue(issue)));
                }
            }
        }
        let duration = animations.get(chosen).map_or(0.0, |animation| animation.duration_secs);
        self.player.choose(chosen, duration, self.page.crossfade_secs());
        self.strike_pose();
        self.changed = true;
    }

    /// The page wants motion from the start, and the customer does not mind.
    pub(super) fn autoplays(&self) -> bool {
        self.page.autoplays() && !self.window.reduced_motion
    }

    pub(super) fn play(&mut self, effects: &mut Vec<Effect>) {
        if self.available_animations().is_empty() {
            return;
        }
        self.player.play();
        self.choose_animation(effects);
        effects.push(Effect::Announce(Announcement::Play));
    }

    /// Lets the motion run; true when the pose changed.
    pub(super) fn step_animation(&mut self, secs: f32, effects: &mut Vec<Effect>) -> bool {
        if !self.player.runs() {
            return false;
        }
        let passed = self.player.step(secs);
        self.strike_pose();
        if let Some(count) = passed.looped {
            let name = self.player.animation().and_then(|at| self.available_animations().get(at).copied());
            let name = name.unwrap_or_default().to_owned();
            effects.push(Effect::Announce(Announcement::Loop { count, name }));
        }
        if passed.finished {
            effects.push(Effect::Announce(Announcement::Finished));
            self.unsaved = true;
        }
        true
    }

    /// The commands that move no camera.
    pub(super) fn command_look(&mut self, command: &Command, effects: &mut Vec<Effect>) {
        match command {
            Command::Play { repetitions, pingpong } if !self.available_animations().is_empty() => {
                let repetitions = if *repetitions >= 1.0 { *repetitions } else { 1.0 };
                self.player.repeat = Repeat { repetitions, pingpong: *pingpong };
                self.play(effects);
            }
            Command::Pause if self.player.pause() => effects.push(Effect::Announce(Announcement::Pause)),
            Command::SetCurrentTime(secs) => {
                self.player.seek(*secs);
                self.strike_pose();
                self.changed |= self.player.now().is_some();
            }
            Command::SetTimeScale(factor) if factor.is_finite() => self.player.time_scale = *factor,
            Command::DismissPoster => {
                self.poster.dismiss_wanted = true;
                self.reveal_if_wanted(effects);
            }
            Command::ShowPoster => self.show_poster(effects),
            Command::Retry => self.retry(),
            _ => {}
        }
    }

    /// Lifts the poster from a model that stands, if the page asked for it.
    pub(super) fn reveal_if_wanted(&mut self, effects: &mut Vec<Effect>) {
        if self.poster.dismiss_wanted && self.loaded() {
            self.reveal(effects);
        }
    }

    /// The model may be seen from now on.
    pub(super) fn reveal(&mut self, effects: &mut Vec<Effect>) {
        self.poster.dismiss_wanted = false;
        if !std::mem::replace(&mut self.poster.revealed, true) {
            self.announce_visibility(effects);
            effects.push(Effect::Announce(Announcement::PosterDismissed));
        }
    }

    pub(super) fn show_poster(&mut self, effects: &mut Vec<Effect>) {
        self.poster.dismiss_wanted = false;
        if std::mem::replace(&mut self.poster.revealed, false) {
            effects.push(Effect::Announce(Announcement::PosterShown));
        }
    }

    /// Tells the page when the model came into sight or left it.
    pub(super) fn announce_visibility(&mut self, effects: &mut Vec<Effect>) {
        let visible = self.model_is_visible();
        if std::mem::replace(&mut self.was_visible, visible) != visible {
            effects.push(Effect::Announce(Announcement::ModelVisibility { visible }));
        }
    }
}

fn announce_variant(total: f32, effects: &mut Vec<Effect>) {
    effects.push(Effect::Announce(Announcement::Progress { total, reason: "variant-update" }));
}
