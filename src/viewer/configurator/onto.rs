//! The upgrade on the very thing that is owned: what of it stands there already, what comes, and how each is drawn over a
//! picture or over the room.

use glam::{Mat4, Vec3};

use super::super::{Effect, Viewer};
use super::costume::{Costume, Worn};
use super::marks::added;
use crate::frame::{Look, Placed};
use crate::geom::Aabb;
use crate::product::file::AlignPoint;
use crate::scene::{Pose, Role, Scene};

/// Places that differ by less are the same, metres.
const SAME_PLACE: f32 = 1e-5;

/// What of both is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in super::super) enum OntoView {
    /// What is owned, as a line of this width in pixels.
    Outline {
        /// Of the picture.
        width_px: f32,
    },
    /// Nothing: the thing itself is seen.
    Owned,
    /// What the upgrade brings; the rest hides what is behind it.
    Upgrade,
}

/// What is owned, and what is chosen instead.
#[derive(Debug, Default)]
pub(in super::super) struct Onto {
    /// Something of it is not dressed yet.
    waits: bool,
    sides: Option<(Costume, Costume)>,
    view: Option<OntoView>,
    tint: Vec3,
    drawn: Vec<Worn>,
    /// Whether the upgrade brings anything that is seen.
    brings: bool,
}

impl Viewer {
    /// Draws what is chosen onto what is owned; false where nothing is owned, or stands. `tint` is the colour of the light
    /// there, linear: it lies on what comes.
    pub(in super::super) fn show_onto(&mut self, view: OntoView, tint: Vec3, effects: &mut Vec<Effect>) -> bool {
        let is_owned = self.session().is_some_and(|session| session.owned().is_some());
        if !is_owned || self.stage.is_none() {
            return false;
        }
        let known = self.configurator.onto.take();
        let same = known.as_ref().is_some_and(|known| known.view == Some(view) && known.tint == tint);
        let waits = known.as_ref().is_none_or(|known| known.waits);
        self.configurator.onto = Some(Onto { waits, view: Some(view), tint, ..known.unwrap_or_default() });
        self.dress_onto(effects);
        if !same {
            self.arrange_onto();
            self.changed = true;
            effects.push(Effect::Prepare);
        }
        true
    }

    /// Whether the product is in a room now: a picture of it waits meanwhile.
    pub(in super::super) fn is_elsewhere(&self) -> bool {
        #[cfg(feature = "xr")]
        return self.is_in_room();
        #[cfg(not(feature = "xr"))]
        false
    }

    /// Back to what is chosen alone.
    pub(in super::super) fn end_onto(&mut self) {
        if self.configurator.onto.take().is_some() {
            self.changed = true;
        }
    }

    /// Something was chosen, owned or loaded.
    pub(super) fn onto_differs(&mut self) {
        if let Some(onto) = &mut self.configurator.onto {
            onto.waits = true;
        }
    }

    /// Dresses both as soon as all that they need is there.
    pub(super) fn dress_onto(&mut self, effects: &mut Vec<Effect>) {
        let Some(mut onto) = self.configurator.onto.take_if(|known| known.waits) else { return };
        let looks = self.configurator.session.as_ref().and_then(|session| {
            let (catalog, played) = (session.catalog(), session.played());
            Some((catalog.look(session.owned()?, &played), catalog.look(session.configuration(), &played)))
        });
        if let Some((owned, chosen)) = looks {
            let owned = self.costume(owned, true, effects);
            let chosen = self.costume(chosen, true, effects);
            if let (Some(owned), Some(chosen)) = (owned, chosen) {
                onto.sides = Some((self.measured(owned), self.measured(chosen)));
                onto.waits = false;
                self.changed = true;
                effects.push(Effect::Prepare);
            }
        }
        self.configurator.onto = Some(onto);
        self.arrange_onto();
    }

    /// The pose of this moment, on both.
    pub(super) fn strike_onto(&mut self) {
        let Some(mut onto) = self.configurator.onto.take() else { return };
        if let Some((owned, chosen)) = &mut onto.sides {
            let moments = self.moments();
            owned.strike(self, &moments);
            chosen.strike(self, &moments);
        }
        self.configurator.onto = Some(onto);
        self.arrange_onto();
    }

    fn arrange_onto(&mut self) {
        let Some(mut onto) = self.configurator.onto.take() else { return };
        if let (Some((owned, chosen)), Some(view)) = (&onto.sides, onto.view) {
            let comes = self.comes(chosen, owned);
            onto.brings = comes.iter().any(|(_, nodes)| nodes.contains(&true));
            onto.drawn = match view {
                OntoView::Owned => Vec::new(),
                OntoView::Outline { width_px } => {
                    let line = |worn: &Worn| in_role(worn.clone(), Role::Outline { width_px });
                    owned.worn.iter().map(line).collect()
                }
                OntoView::Upgrade => chosen.worn.iter().flat_map(|worn| self.laid(worn, &comes, onto.tint)).collect(),
            };
        }
        self.configurator.onto = Some(onto);
    }

    /// What stays of a model hides, what comes is drawn.
    fn laid(&self, worn: &Worn, comes: &[(usize, Vec<bool>)], tint: Vec3) -> [Worn; 2] {
        let marks = comes.iter().find(|(model, _)| *model == worn.model).map_or(&[][..], |(_, nodes)| nodes);
        let is_new = |index: usize| marks.get(index).copied().unwrap_or(false);
        let stays = in_role(worn.with_only(|index| !is_new(index)), Role::DepthOnly);
        let mut new = worn.with_only(is_new);
        if let Some(stage) = self.stage_of(worn.model) {
            lit_by(&mut new, &stage.scene, tint);
        }
        [stays, new]
    }

    /// For each model of what is chosen, the nodes that what is owned does not have so: they are not there, are elsewhere, or
    /// look otherwise.
    fn comes(&self, chosen: &Costume, owned: &Costume) -> Vec<(usize, Vec<bool>)> {
        let mut comes = added(chosen, owned, self);
        for (model, nodes) in &mut comes {
            let (Some(stage), Some(now)) =
                (self.stage_of(*model), chosen.worn.iter().find(|worn| worn.model == *model))
            else {
                continue;
            };
            let Some(before) = owned.worn.iter().find(|worn| worn.model == *model) else { continue };
            for (index, new) in nodes.iter_mut().enumerate() {
                let seen = now.pose.visible.get(index).copied().unwrap_or(false);
                let has_mesh = stage.scene.nodes.get(index).is_some_and(|node| node.mesh.is_some());
                *new |= seen && has_mesh && differs(&stage.scene, now, before, index);
            }
        }
        comes
    }

    /// What is drawn, once it is there, with the product at a place of its own.
    pub(in super::super) fn onto_placed(&self, world_from_product: Mat4) -> Option<Vec<Placed<'_>>> {
        let onto = self.configurator.onto.as_ref()?;
        onto.sides.as_ref()?;
        Some(onto.drawn.iter().filter_map(|worn| worn.placed(self, world_from_product)).collect())
    }

    /// What its next steps can draw, for pipelines ahead of time.
    pub(in super::super) fn onto_ahead(&self) -> Option<Look<'_>> {
        let onto = self.configurator.onto.as_ref()?;
        let (_, chosen) = onto.sides.as_ref()?;
        let worn = onto.drawn.iter().chain(&chosen.worn);
        Some(Look { placed: worn.filter_map(|worn| worn.placed(self, Mat4::IDENTITY)).collect() })
    }

    /// Whether both are dressed as they are to be, and whether the upgrade brings anything that is seen.
    pub(in super::super) fn onto_state(&self) -> (bool, bool) {
        self.configurator.onto.as_ref().map_or((false, false), |onto| (!onto.waits, onto.brings))
    }

    /// The box around what is owned, in the product's space; the product's own until it is dressed.
    pub(in super::super) fn owned_bounds(&self) -> Aabb {
        let sides = self.configurator.onto.as_ref().and_then(|onto| onto.sides.as_ref());
        sides.map_or(self.framing().bounds, |(owned, _)| owned.bounds)
    }

    /// The box around what is drawn as it is.
    pub(in super::super) fn coming_bounds(&self) -> Aabb {
        let mut bounds = Aabb::EMPTY;
        let drawn = self.configurator.onto.iter().flat_map(|onto| &onto.drawn);
        for worn in drawn.filter(|worn| worn.overlay.role == Role::Seen) {
            if let (Some(stage), Some(world)) = (self.stage_of(worn.model), worn.world_from_scene) {
                stage.each_point_of(&worn.pose, world, &mut |point| bounds.insert(point));
            }
        }
        bounds
    }

    /// The points of what is owned, by index in the product file, with where they are in its space.
    pub(in super::super) fn owned_points(&self) -> Vec<(usize, &AlignPoint, Vec3)> {
        let Some(session) = self.session() else { return Vec::new() };
        let (catalog, Some(owned)) = (session.catalog(), session.owned()) else { return Vec::new() };
        let product = catalog.product();
        let points =
            product.align.iter().filter(|(_, point)| point.when.as_ref().is_none_or(|when| catalog.holds(when, owned)));
        let found = points.filter_map(|(at, point)| {
            let named = |id: &str| product.models.iter().find(|(_, model)| model.id == id).map(|(at, _)| at);
            let model = match &point.model {
                Some(id) => Some(named(id)?),
                None => None,
            };
            let position = Vec3::from_array(point.position.map(|metres| metres as f32));
            Some((at, point, self.owned_point(model, point.node.as_deref(), position)?))
        });
        found.collect()
    }

    /// The points by which what is owned can be laid: their names, and where they are in the product's space.
    pub fn align_points(&self) -> Vec<(String, Vec3)> {
        let language = &self.tone().language;
        let named = |(_, point, at): (usize, &AlignPoint, Vec3)| (point.name.in_language(language).to_owned(), at);
        self.owned_points().into_iter().map(named).collect()
    }

    /// Where a point of a node of what is owned is, product space; none where it is not seen. `model` is an index in the
    /// product file, none is the body.
    fn owned_point(&self, model: Option<usize>, node: Option<&str>, point: Vec3) -> Option<Vec3> {
        let (owned, _) = self.configurator.onto.as_ref()?.sides.as_ref()?;
        let worn = match model {
            Some(model) => owned.worn.iter().find(|worn| worn.model == model)?,
            None => owned.worn.first()?,
        };
        let world = worn.world_from_scene?;
        let Some(name) = node else { return Some(world.transform_point3(point)) };
        let stage = self.stage_of(worn.model)?;
        let (index, _) = stage.scene.nodes.iter().find(|(_, node)| node.name == name)?;
        worn.pose.visible.get(index).copied().filter(|seen| *seen)?;
        Some((world * *worn.pose.scene_from_node.get(index)?).transform_point3(point))
    }
}

fn in_role(mut worn: Worn, role: Role) -> Worn {
    worn.overlay.role = role;
    worn
}

/// Whether a node that both show is elsewhere, has another shape or looks otherwise.
fn differs(scene: &Scene, now: &Worn, before: &Worn, index: usize) -> bool {
    let place = |worn: &Worn| Some(worn.world_from_scene? * *worn.pose.scene_from_node.get(index)?);
    let moved = match (place(now), place(before)) {
        (Some(now), Some(before)) => !now.abs_diff_eq(before, SAME_PLACE),
        _ => true,
    };
    let weights = |pose: &Pose| pose.weights.get(index).cloned();
    let mesh = scene.nodes.get(index).and_then(|node| scene.meshes.get(node.mesh?));
    let mut parts = mesh.into_iter().flat_map(|mesh| mesh.primitives.iter());
    moved
        || weights(&now.pose) != weights(&before.pose)
        || parts.any(|(_, primitive)| {
            let material = |worn: &'_ Worn| {
                let index = primitive.material_under(worn.overlay.variant);
                index.and_then(|index| worn.overlay.material(scene, index)).cloned()
            };
            material(now) != material(before)
        })
}

/// Light of a colour on what has none of its own: what is scattered, or mirrored by metal, takes the light's colour as its own
/// would be multiplied; highlights on the rest stay white.
fn lit_by(worn: &mut Worn, scene: &Scene, tint: Vec3) {
    if tint.abs_diff_eq(Vec3::ONE, 1e-3) {
        return;
    }
    for (index, material) in scene.materials.iter() {
        let mut lit = worn.overlay.materials.get(&index).unwrap_or(material).clone();
        lit.base_color_factor = (lit.base_color_factor.truncate() * tint).extend(lit.base_color_factor.w);
        worn.overlay.materials.insert(index, lit);
    }
}
