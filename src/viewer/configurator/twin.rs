//! Two configurations side by side may have different words on one model: a picture holds one print, so that the model is
//! loaded once more, as its own twin.

use super::super::load::next;
use super::super::loading::Loading;
use super::super::stage::Stage;
use super::super::{Effect, FetchKind, Viewer};
use super::Part;
use crate::product::PartLook;

impl Viewer {
    /// The twin of a model, where it stands.
    pub(super) fn twin_of(&self, model: usize) -> Option<&Stage> {
        self.configurator.parts.iter().find(|part| part.is_twin && part.model == model)?.stage.as_ref()
    }

    /// Lets all twins go.
    pub(super) fn drop_twins(&mut self, effects: &mut Vec<Effect>) {
        self.drop_parts_of(|part| part.is_twin, effects);
    }

    /// Prints what both sides have on their models: `b` on the models themselves, `a` on a twin where it has something else.
    /// The models whose twin `a` wears; none while something is on its way.
    pub(super) fn print_sides(
        &mut self,
        a: &[PartLook],
        b: &[PartLook],
        effects: &mut Vec<Effect>,
    ) -> Option<Vec<usize>> {
        let mut ready = true;
        let mut twins = Vec::new();
        let of_b = |model: usize| b.iter().find(|look| look.model == model);
        for look in a.iter().filter(|look| of_b(look.model).is_some_and(|other| other.prints != look.prints)) {
            let model = look.model;
            let place = self.configurator.parts.iter().position(|part| part.is_twin && part.model == model);
            let Some(place) = place else {
                ready &= !self.fetch_twin(model, effects);
                continue;
            };
            let Some(part) = self.configurator.parts.get_mut(place) else { continue };
            ready &= part.loading.is_none();
            // Without one it could not be had: then both show what `b` has.
            let Some(mut stage) = part.stage.take() else { continue };
            let mut decodes = std::mem::take(&mut part.decodes);
            ready &= self.print_on(look, &mut stage, &mut decodes, effects);
            ready &= self.try_on(model, a, &stage, &mut decodes, &mut Vec::new(), effects);
            if let Some(part) = self.configurator.parts.get_mut(place) {
                (part.stage, part.decodes) = (Some(stage), decodes);
            }
            twins.push(model);
        }
        // Until the twin is there, the model shows what is chosen.
        if !ready {
            return None;
        }
        for look in b.iter().chain(a.iter().filter(|look| of_b(look.model).is_none())) {
            let Some((mut stage, mut decodes)) = self.take_stage(look.model) else { continue };
            ready &= self.print_on(look, &mut stage, &mut decodes, effects);
            self.put_back(look.model, stage, decodes);
        }
        ready.then_some(twins)
    }

    /// Asks for a model once more; false when it has no address.
    fn fetch_twin(&mut self, model: usize, effects: &mut Vec<Effect>) -> bool {
        let Some(url) = self.configurator.models.get(model).cloned().flatten() else { return false };
        let request = next(&mut self.requests);
        effects.push(Effect::Fetch { request, url: url.clone(), base: None, kind: FetchKind::Model });
        let loading = Some(Loading { model, ..Loading::new(url, request) });
        self.configurator.parts.push(Part { is_twin: true, ..Part::new(model, loading, None) });
        true
    }
}
