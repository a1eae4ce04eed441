//! What is chosen, shown: overlays for the models, as soon as all that they need is there.

use super::super::loading::{Loading, Step};
use super::super::stage::Stage;
use super::super::{Announcement, Effect, RequestId, Viewer};
use super::Part;
use crate::assembly::{overlay, overlay_on};
use crate::camera::Framing;
use crate::frame::Placed;
use crate::product::{PartLook, Wish};
use crate::scene::{AlphaMode, Material, Overlay, Pose, Specular};

/// What of a material decides which program draws it.
fn kind(material: &Material) -> (bool, bool, bool, [bool; 7]) {
    let layers = [
        material.ior != 1.5 || material.specular != Specular::default(),
        material.clearcoat.factor > 0.0,
        material.sheen.color_factor.max_element() > 0.0,
        material.iridescence.factor > 0.0,
        material.anisotropy.strength > 0.0,
        material.transmission.factor > 0.0,
        material.diffuse_transmission.factor > 0.0,
    ];
    (material.alpha_mode == AlphaMode::Blend, material.double_sided, material.unlit, layers)
}

/// What a look wishes of a model.
fn wishes_for(looks: &[PartLook], model: usize) -> &[Wish] {
    looks.iter().find(|look| look.model == model).map_or(&[], |look| &look.wishes)
}

impl Viewer {
    /// Lays the look of what is chosen over a model that has just been read.
    pub(in super::super) fn dress(&mut self, model: usize, stage: &mut Stage, effects: &mut Vec<Effect>) {
        if self.configurator.session.is_none() || self.page.product().is_none() {
            return;
        }
        let looks = self.configurator.wanted();
        let wanted = self.overlay_of(model, &looks, stage, effects);
        stage.wear(wanted);
    }

    /// What a look asks of a model, and after it the page's own variant.
    fn overlay_of(&mut self, model: usize, looks: &[PartLook], stage: &Stage, effects: &mut Vec<Effect>) -> Overlay {
        let (mut wanted, issues) = overlay(&stage.scene, wishes_for(looks, model));
        for issue in issues.iter() {
            self.complain_once(model, issue.clone(), effects);
        }
        if model == self.configurator.body {
            wanted.variant = stage.variant_named(self.page.variant_name()).or(wanted.variant);
        }
        wanted
    }

    /// The model that stands as its file has it: there is no product any more.
    pub(super) fn undress(&mut self, effects: &mut Vec<Effect>) {
        let Some(mut stage) = self.stage.take() else { return };
        let variant = stage.variant_named(self.page.variant_name());
        stage.wear(Overlay { variant, ..Overlay::default() });
        let nothing = PartLook { model: 0, mounted: None, wishes: Vec::new(), prints: Vec::new() };
        self.print_on(&nothing, &mut stage, &mut Vec::new(), effects);
        self.stage = Some(stage);
        self.strike_pose();
        self.measure_product();
        self.changed = true;
    }

    pub(super) fn complain_once(&mut self, model: usize, issue: crate::issue::Issue, effects: &mut Vec<Effect>) {
        if !self.configurator.said.iter().any(|(known, detail)| *known == model && *detail == issue.detail) {
            self.configurator.said.push((model, issue.detail.clone()));
            effects.push(Effect::Announce(Announcement::Issue(issue)));
        }
    }

    /// Something else is to be seen: now, or as soon as it is there.
    pub(in super::super) fn look_differs(&mut self, effects: &mut Vec<Effect>) {
        self.configurator.waits = true;
        if self.stage.is_none() {
            self.begin_with_body(effects);
        }
        // A model on its way comes with what is chosen now.
        if let Some(mut loading) = self.loading.take() {
            self.dress_loading(loading.model, &mut loading, effects);
            self.loading = Some(loading);
        }
        for at in 0..self.configurator.parts.len() {
            let Some(part) = self.configurator.parts.get_mut(at) else { continue };
            let (model, Some(mut loading)) = (part.model, part.loading.take()) else { continue };
            self.dress_loading(model, &mut loading, effects);
            if let Some(part) = self.configurator.parts.get_mut(at) {
                part.loading = Some(loading);
            }
        }
        self.settle_look(effects);
    }

    /// The model to be loaded first is the body of what is chosen.
    pub(super) fn begin_with_body(&mut self, effects: &mut Vec<Effect>) {
        let wanted = self.configurator.wanted();
        let body = wanted.first().map_or(0, |look| look.model);
        self.configurator.body = body;
        self.drop_parts_of(|part| part.is(body), effects);
    }

    fn dress_loading(&mut self, model: usize, loading: &mut Loading, effects: &mut Vec<Effect>) {
        if let Step::Pictures { stage, pending, total, .. } = &mut loading.step {
            self.dress(model, stage, effects);
            self.decode_missing(stage, pending, total, effects);
        }
    }

    /// Asks for what the look of what is chosen still needs; true when all of it is there, or could not be had.
    pub(in super::super) fn look_is_there(&mut self, effects: &mut Vec<Effect>) -> bool {
        if !self.configurator.waits {
            return true;
        }
        let looks = self.configurator.wanted();
        let mut complete = self.gather(&looks, effects);
        if let Some(mut loading) = self.loading.take() {
            let look = looks.iter().find(|look| look.model == loading.model);
            let is_there = loading.is_complete();
            if let (Some(stage), Some(look)) = (loading.stage_mut().filter(|_| is_there), look) {
                complete &= self.print_on(look, stage, &mut Vec::new(), effects);
            }
            self.loading = Some(loading);
        }
        complete
    }

    /// Shows what is chosen, if all of it is there.
    pub(in super::super) fn settle_look(&mut self, effects: &mut Vec<Effect>) {
        let url = self.configurator.model_url();
        let is_its = self.stage.as_ref().is_some_and(|stage| Some(stage.url.as_str()) == url);
        if !self.configurator.waits || !is_its || self.configurator.session.is_none() {
            return;
        }
        let looks = self.configurator.wanted();
        let mut ready = self.gather(&looks, effects);
        let body = self.configurator.body;
        let mut worn = Vec::new();
        let compared = self.compared_looks();
        for look in &looks {
            let Some((mut stage, mut decodes)) = self.take_stage(look.model) else { continue };
            let printed = compared.iter().find(|known| known.model == look.model).unwrap_or(look);
            ready &= self.print_on(printed, &mut stage, &mut decodes, effects);
            ready &= self.try_on(look.model, &looks, &stage, &mut decodes, &mut worn, effects);
            self.put_back(look.model, stage, decodes);
        }
        if !ready {
            return;
        }
        self.configurator.waits = false;
        let wanted = looks.first().map_or(body, |look| look.model);
        let mut moved = self.change_body(wanted, effects);
        let shown: Vec<_> = looks.into_iter().filter(|look| look.model != self.configurator.body).collect();
        let places =
            |looks: &[PartLook]| looks.iter().map(|look| (look.model, look.mounted.clone())).collect::<Vec<_>>();
        moved |= places(&self.configurator.shown) != places(&shown);
        self.configurator.shown = shown;
        for (model, overlay) in worn {
            if let Some((mut stage, decodes)) = self.take_stage(model) {
                moved |= stage.wear(overlay);
                self.put_back(model, stage, decodes);
            }
        }
        self.strike_pose();
        if moved {
            self.measure_product();
        }
        self.changed = true;
        effects.push(Effect::Prepare);
        self.exhibit_differs(effects);
        self.dress_exhibit(effects);
    }

    /// Dresses what is shown in place of what is chosen, if all that it needs is there.
    pub(in super::super) fn dress_exhibit(&mut self, effects: &mut Vec<Effect>) {
        self.dress_comparison(effects);
        self.dress_fitting(effects);
        self.dress_onto(effects);
    }

    /// A model that stands, and its pictures on their way; to be put back.
    pub(super) fn take_stage(&mut self, model: usize) -> Option<(Stage, Vec<(RequestId, usize)>)> {
        if model == self.configurator.body {
            return Some((self.stage.take()?, std::mem::take(&mut self.decodes)));
        }
        let part = self.configurator.parts.iter_mut().find(|part| part.is(model))?;
        Some((part.stage.take()?, std::mem::take(&mut part.decodes)))
    }

    pub(super) fn put_back(&mut self, model: usize, stage: Stage, decodes: Vec<(RequestId, usize)>) {
        if model == self.configurator.body {
            (self.stage, self.decodes) = (Some(stage), decodes);
        } else if let Some(part) = self.configurator.parts.iter_mut().find(|part| part.is(model)) {
            (part.stage, part.decodes) = (Some(stage), decodes);
        }
    }

    /// Lets another model be the product's body; the view stays. True when it was another.
    fn change_body(&mut self, wanted: usize, effects: &mut Vec<Effect>) -> bool {
        let old = self.configurator.body;
        if wanted == old {
            return false;
        }
        let Some((mut stage, decodes)) = self.take_stage(wanted) else { return false };
        let Some((before, its_decodes)) = self.take_stage(old) else { return false };
        stage.framing = before.framing;
        stage.world_from_scene = before.world_from_scene;
        (stage.drawn, stage.shown_secs) = (before.drawn, before.shown_secs);
        self.drop_parts_of(|part| part.is(wanted), effects);
        let left = Part { decodes: its_decodes, ..Part::new(old, None, Some(before)) };
        self.configurator.parts.push(left);
        self.configurator.body = wanted;
        (self.stage, self.decodes) = (Some(stage), decodes);
        self.player.clear();
        if self.page.animation_name().is_some() || self.autoplays() {
            self.choose_animation(effects);
        }
        self.authored = None;
        self.look_ahead();
        true
    }

    /// Adds the overlay that a look asks of a model to `worn`; false while pictures of it are missing, which are asked for.
    pub(super) fn try_on(
        &mut self,
        model: usize,
        looks: &[PartLook],
        stage: &Stage,
        decodes: &mut Vec<(RequestId, usize)>,
        worn: &mut Vec<(usize, Overlay)>,
        effects: &mut Vec<Effect>,
    ) -> bool {
        let wanted = self.overlay_of(model, looks, stage, effects);
        let rest = Pose::rest(&stage.scene, &wanted);
        let mut missing = stage.missing_of(&wanted, &rest);
        missing.retain(|image| !stage.prints.has(*image));
        let complete = missing.is_empty();
        missing.retain(|image| decodes.iter().all(|(_, asked)| asked != image));
        decodes.extend(self.decode(stage, missing, effects));
        worn.push((model, wanted));
        complete
    }

    /// The product's box, with all that is mounted.
    pub(in super::super) fn measure_product(&mut self) {
        let Some(mut main) = self.stage.take() else { return };
        let own = main.measure();
        self.stage = Some(main);
        let mut bounds = own;
        for (stage, world_from_scene) in self.seen_parts() {
            stage.each_point(world_from_scene, &mut |point| bounds.insert(point));
        }
        if let Some(main) = &mut self.stage {
            main.framing.bounds = bounds;
        }
    }

    /// Measures the product with all that is mounted, for its default view.
    pub(in super::super) fn frame_up_product(&mut self, fov: f32) {
        self.measure_product();
        let Some(stage) = &self.stage else { return };
        let bounds = stage.framing.bounds;
        let target = self.wanted_target(bounds.center());
        let framing = Framing::new(bounds, target, fov, |visit| {
            stage.each_point(stage.world_from_scene, visit);
            self.seen_parts().for_each(|(part, world_from_scene)| part.each_point(world_from_scene, visit));
        });
        self.orbit.product_radius = framing.radius;
        if let Some(stage) = &mut self.stage {
            stage.framing = framing;
        }
    }

    /// What is drawn beside the product's body.
    pub(in super::super) fn placed_parts(&self, turned: glam::Mat4) -> impl Iterator<Item = Placed<'_>> {
        self.seen_parts().map(move |(stage, world_from_scene)| Placed {
            id: stage.id,
            scene: &stage.scene,
            world_from_scene: turned * world_from_scene,
            pose: &stage.pose,
            overlay: &stage.overlay,
        })
    }

    /// Finds the materials that single choices would make of the product's body, so that their pipelines can be
    /// built before.
    pub(in super::super) fn look_ahead(&mut self) {
        let (Some(session), Some(stage)) = (&self.configurator.session, &self.stage) else { return };
        let mut ahead = Vec::new();
        let mut seen = Vec::new();
        for wishes in session.catalog().single_wishes(self.configurator.body) {
            let mut overlay = overlay_on(&stage.scene, stage.overlay.clone(), &wishes).0;
            let same =
                |index: &usize, material: &Material| stage.overlay.material(&stage.scene, *index) == Some(material);
            overlay.materials.retain(|index, material| {
                let kind = (*index, kind(material));
                let is_new = !same(index, material) && !seen.contains(&kind);
                if is_new {
                    seen.push(kind);
                }
                is_new
            });
            if !overlay.materials.is_empty() {
                let materials = overlay.materials;
                ahead.push(Overlay { materials, ..Overlay::default() });
            }
        }
        self.configurator.ahead = ahead;
    }

    /// All that [`Viewer::frame_ahead`] showed is prepared.
    pub fn looked_ahead(&mut self) {
        self.configurator.ahead.clear();
    }

    /// The body as single choices would have it, for [`Effect::Prepare`] alone.
    pub(in super::super) fn placed_ahead(&self) -> impl Iterator<Item = Placed<'_>> {
        let stage = self.stage.as_ref();
        stage.into_iter().flat_map(|stage| {
            self.configurator.ahead.iter().map(|overlay| Placed {
                id: stage.id,
                scene: &stage.scene,
                world_from_scene: stage.world_from_scene,
                pose: &stage.pose,
                overlay,
            })
        })
    }
}
