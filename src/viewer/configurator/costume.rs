//! A configuration dressed for a picture of its own, beside the one that is chosen: one side of a comparison, a step of how
//! something is fitted, a choice that is only tried.

use glam::Mat4;

use super::super::stage::Stage;
use super::super::{Effect, Viewer};
use super::part::DEEPEST;
use crate::frame::Placed;
use crate::geom::Aabb;
use crate::product::PartLook;
use crate::scene::{Overlay, Playing, Pose};

/// One model in a costume.
#[derive(Clone, Debug)]
pub(super) struct Worn {
    /// By its index in the product file.
    pub(super) model: usize,
    pub(super) overlay: Overlay,
    pub(super) pose: Pose,
    /// Drawn with the prints of the model's twin.
    pub(super) is_twin: bool,
    /// None where what carries it is not seen.
    pub(super) world_from_scene: Option<Mat4>,
}

/// One configuration as it is seen.
#[derive(Clone, Debug, Default)]
pub(super) struct Costume {
    looks: Vec<PartLook>,
    pub(super) worn: Vec<Worn>,
    /// The box around it, without painted shadows, in the product's space.
    pub(super) bounds: Aabb,
}

/// What moves the product's body at a moment.
pub(super) type Moments = Vec<Playing>;

impl Costume {
    /// Where a model stands; none where what carries it is not seen.
    fn world_from_model(&self, model: usize, viewer: &Viewer, depth: usize) -> Option<Mat4> {
        let main = viewer.stage.as_ref()?;
        let look = self.looks.iter().find(|look| look.model == model)?;
        let Some((carrier, socket)) = look.mounted.as_ref().filter(|_| depth < DEEPEST) else {
            return Some(main.world_from_scene);
        };
        let worn = self.worn.iter().find(|worn| worn.model == *carrier && *carrier != model)?;
        let stage = viewer.stage_of(*carrier)?;
        let (node, _) = stage.scene.nodes.iter().find(|(_, node)| node.name == *socket)?;
        let seen = worn.pose.visible.get(node).copied().unwrap_or(false);
        let world = self.world_from_model(*carrier, viewer, depth + 1)?;
        seen.then_some(world * *worn.pose.scene_from_node.get(node)?)
    }

    /// Where a model is put: the carrying model and the node there.
    pub(super) fn mount(&self, model: usize) -> Option<&(usize, String)> {
        self.looks.iter().find(|look| look.model == model)?.mounted.as_ref()
    }

    /// The pose of a moment; behind it comes [`Costume::measure`].
    pub(super) fn strike(&mut self, viewer: &Viewer, moments: &[Playing]) {
        let body = self.looks.first().map(|look| look.model);
        let hides_shadows = viewer.page.shadow_intensity() > 0.0;
        for worn in &mut self.worn {
            let Some(stage) = viewer.stage_of(worn.model) else { continue };
            let playing = if Some(worn.model) == body { moments } else { &[] };
            worn.pose.update(&stage.scene, &worn.overlay, playing);
            if hides_shadows {
                stage.hide_painted_shadows_in(&mut worn.pose);
            }
        }
        for at in 0..self.worn.len() {
            let model = self.worn.get(at).map(|worn| worn.model);
            let world = model.and_then(|model| self.world_from_model(model, viewer, 0));
            if let Some(worn) = self.worn.get_mut(at) {
                worn.world_from_scene = world;
            }
        }
    }

    /// The box around it as it is posed now.
    fn measure(&mut self, viewer: &Viewer) {
        let mut bounds = Aabb::EMPTY;
        for worn in &self.worn {
            if let (Some(stage), Some(world)) = (viewer.stage_of(worn.model), worn.world_from_scene) {
                stage.each_point_of(&worn.pose, world, &mut |point| bounds.insert(point));
            }
        }
        self.bounds = bounds;
    }

    /// What is drawn of it.
    pub(super) fn placed<'a>(&'a self, viewer: &'a Viewer, turned: Mat4) -> impl Iterator<Item = Placed<'a>> {
        self.worn.iter().filter_map(move |worn| worn.placed(viewer, turned))
    }
}

impl Worn {
    pub(super) fn placed<'a>(&'a self, viewer: &'a Viewer, turned: Mat4) -> Option<Placed<'a>> {
        let stage = if self.is_twin { viewer.twin_of(self.model)? } else { viewer.stage_of(self.model)? };
        Some(Placed {
            id: stage.id,
            scene: &stage.scene,
            world_from_scene: turned * self.world_from_scene?,
            pose: &self.pose,
            overlay: &self.overlay,
        })
    }
}

impl Viewer {
    /// A model that stands, seen or not.
    pub(in super::super) fn stage_of(&self, model: usize) -> Option<&Stage> {
        if model == self.configurator.body { self.stage.as_ref() } else { self.part(model) }
    }

    /// What moves the body now.
    pub(super) fn moments(&self) -> Moments {
        let fading = self.player.fading();
        let left = fading.map_or(0.0, |(_, left)| left);
        let playing = [fading.map(|(moment, _)| (moment, left)), self.player.now().map(|moment| (moment, 1.0 - left))];
        playing.into_iter().flatten().map(|(moment, weight)| moment.at(weight)).collect()
    }

    /// Dresses models as a look has them; none while something that it needs is on its way, which is asked for. With
    /// `fetches`, models that nobody asked for yet are fetched; without, there is none then, either.
    pub(super) fn costume(
        &mut self,
        looks: Vec<PartLook>,
        fetches: bool,
        effects: &mut Vec<Effect>,
    ) -> Option<Costume> {
        self.stage.as_ref()?;
        let mut ready = if fetches {
            self.gather(&looks, effects)
        } else {
            looks.iter().all(|look| self.stage_of(look.model).is_some())
        };
        if !ready && !fetches {
            return None;
        }
        let mut dressed = Vec::new();
        for look in &looks {
            let Some((stage, mut decodes)) = self.take_stage(look.model) else { continue };
            ready &= self.try_on(look.model, &looks, &stage, &mut decodes, &mut dressed, effects);
            self.put_back(look.model, stage, decodes);
        }
        if !ready {
            return None;
        }
        let worn = dressed.into_iter().map(|(model, overlay)| Worn {
            model,
            overlay,
            pose: Pose::default(),
            is_twin: false,
            world_from_scene: None,
        });
        let mut costume = Costume { worn: worn.collect(), looks, bounds: Aabb::EMPTY };
        costume.strike(self, &[]);
        Some(costume)
    }

    /// Measures a costume at rest, as the product itself is, and lets it move.
    pub(super) fn measured(&self, mut costume: Costume) -> Costume {
        costume.measure(self);
        let moments = self.moments();
        if !moments.is_empty() {
            costume.strike(self, &moments);
        }
        costume
    }
}
