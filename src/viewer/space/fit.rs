//! Whether the product goes into a gap, and which other choices would make it: from the geometry of all models as each
//! choice would place them.

use glam::{Mat4, Vec3};

use super::super::Viewer;
use super::super::stage::Stage;
use crate::assembly::overlay;
use crate::geom::Aabb;
use crate::product::view::{Alternative, FitView, SideView, WayView};
use crate::product::{Configuration, PartLook, Session};
use crate::scene::{Pose, Primitive};

/// Less than this is no excess, metres: half the thickness of a hair.
const TOLERANCE: f32 = 5e-5;
/// Mounts in mounts.
const DEEPEST: usize = 16;

/// What a node was measured as, so that a choice that moves little is measured quickly.
#[derive(Default)]
struct Measured(Vec<Entry>);

struct Entry {
    model: usize,
    node: usize,
    places: Vec<Mat4>,
    weights: Vec<f32>,
    bounds: Aabb,
}

/// A model as a look has it.
struct Worn<'a> {
    model: usize,
    mounted: Option<&'a (usize, String)>,
    stage: &'a Stage,
    rest: Pose,
}

impl Viewer {
    /// Whether the product as it is chosen goes into a gap of this width, height and depth, metres. A side of nothing, or
    /// of no number, does not matter. None while there is nothing to see.
    pub fn fits(&self, gap: [f32; 3]) -> Option<FitView> {
        let bounds = self.stage.as_ref()?.framing.bounds;
        let mut measured = Measured::default();
        let look = self.session().map(|session| session.configuration());
        // As the models rest: no animation makes it larger for a moment.
        let now = look.and_then(|now| self.bounds_of(now, &mut measured)).unwrap_or(bounds);
        let gap = gap.map(|side| Some(side).filter(|side| side.is_finite() && *side > 0.0));
        let size = now.size();
        let sides = sides(gap, size);
        let fits = does_fit(gap, size);
        let (mut options, mut unknown) = (Vec::new(), Vec::new());
        if !fits && let (Some(session), Some(standing)) = (self.session(), self.standing()) {
            for alternative in session.alternatives(standing) {
                let view = || session.way_view(&alternative, self.tone());
                match self.bounds_of(&alternative.to, &mut measured) {
                    Some(bounds) if does_fit(gap, bounds.size()) => options.push(view()),
                    Some(_) => {}
                    None => unknown.push(view()),
                }
            }
            for (group, now, last) in session.scales() {
                let fits = |alternative: &Alternative, measured: &mut Measured| {
                    self.bounds_of(&alternative.to, measured).is_some_and(|bounds| does_fit(gap, bounds.size()))
                };
                let found = [0, last].into_iter().filter(|end| *end != now);
                options.extend(found.filter_map(|end| {
                    let found = nearest_step(session, group, [now, end], &mut |way| fits(way, &mut measured))?;
                    Some(session.way_view(&found, self.tone()))
                }));
            }
        }
        let rank = |way: &WayView| (way.others, way.amount);
        options.sort_by_key(rank);
        unknown.sort_by_key(rank);
        let turned = !fits && does_fit(gap, Vec3::new(size.z, size.y, size.x));
        let (min, max) = (now.min.to_array(), now.max.to_array());
        Some(FitView { fits, turned, sides, min, max, options, unknown })
    }

    /// The box around a configuration as it would be seen; none when some of its models are not there.
    fn bounds_of(&self, configuration: &Configuration, measured: &mut Measured) -> Option<Aabb> {
        let session = self.session()?;
        let looks = session.catalog().look(configuration, &session.played());
        let worn = looks.iter().map(|look| self.worn(look)).collect::<Option<Vec<_>>>()?;
        let world = self.stage.as_ref()?.world_from_scene;
        let mut bounds = Aabb::EMPTY;
        for one in &worn {
            if let Some(place) = place(&worn, one, world, 0) {
                bounds.union(&measured.bounds(one, place));
            }
        }
        Some(bounds)
    }

    fn worn<'a>(&'a self, look: &'a PartLook) -> Option<Worn<'a>> {
        let is_body = look.model == self.configurator.body;
        let stage = if is_body { self.stage.as_ref()? } else { self.part(look.model)? };
        let rest = Pose::rest(&stage.scene, &overlay(&stage.scene, &look.wishes).0);
        Some(Worn { model: look.model, mounted: look.mounted.as_ref(), stage, rest })
    }
}

/// Where a model stands in the product's space; none where what carries it is not seen.
fn place(worn: &[Worn<'_>], one: &Worn<'_>, world: Mat4, depth: usize) -> Option<Mat4> {
    let Some((carrier, socket)) = one.mounted.filter(|_| depth < DEEPEST) else { return Some(world) };
    let carrier = worn.iter().find(|other| other.model == *carrier)?;
    let (node, _) = carrier.stage.scene.nodes.iter().find(|(_, node)| node.name == *socket)?;
    let seen = carrier.rest.visible.get(node).copied().unwrap_or(false);
    seen.then_some(place(worn, carrier, world, depth + 1)? * *carrier.rest.scene_from_node.get(node)?)
}

impl Measured {
    /// The box around a model at a place.
    fn bounds(&mut self, worn: &Worn<'_>, product_from_scene: Mat4) -> Aabb {
        let (scene, rest) = (&worn.stage.scene, &worn.rest);
        let mut bounds = Aabb::EMPTY;
        for (index, node) in scene.nodes.iter() {
            let Some(mesh) = node.mesh.and_then(|mesh| scene.meshes.get(mesh)) else { continue };
            let Some(scene_from_node) = rest.scene_from_node.get(index) else { continue };
            if !rest.visible.get(index).copied().unwrap_or(false) {
                continue;
            }
            let mut places: Vec<Mat4> =
                rest.skin_matrices(scene, index).map(|matrix| product_from_scene * matrix).collect();
            if places.is_empty() {
                places.push(product_from_scene * *scene_from_node);
            }
            let weights = rest.weights.get(index).cloned().unwrap_or_default();
            let known = self.0.iter().find(|entry| {
                (entry.model, entry.node) == (worn.model, index) && entry.places == places && entry.weights == weights
            });
            let found = known.map(|entry| entry.bounds).unwrap_or_else(|| {
                let mut found = Aabb::EMPTY;
                let parts = mesh.primitives.iter().filter(|(at, _)| !worn.stage.is_painted_shadow(index, *at));
                parts.for_each(|(_, primitive)| insert(&mut found, worn, index, primitive, &product_from_scene));
                found
            });
            if known.is_none() {
                self.0.push(Entry { model: worn.model, node: index, places, weights, bounds: found });
            }
            bounds.union(&found);
        }
        bounds
    }
}

fn insert(bounds: &mut Aabb, worn: &Worn<'_>, node: usize, primitive: &Primitive, product_from_scene: &Mat4) {
    for position in worn.rest.positions(&worn.stage.scene, node, primitive) {
        bounds.insert(product_from_scene.transform_point3(position));
    }
}

fn does_fit(gap: [Option<f32>; 3], size: Vec3) -> bool {
    gap.iter().zip(size.to_array()).all(|(have, need)| have.is_none_or(|have| need <= have + TOLERANCE))
}

fn sides(gap: [Option<f32>; 3], size: Vec3) -> [SideView; 3] {
    let [width, height, depth] = gap;
    [("width", width, size.x), ("height", height, size.y), ("depth", depth, size.z)].map(|(axis, have, need)| {
        let over = have.map_or(0.0, |have| need - have);
        let clearance = have.map_or(0.0, |have| (have - need).max(0.0));
        SideView { axis, have, need, over: if over > TOLERANCE { over } else { 0.0 }, clearance }
    })
}

/// The step nearest to the present one at which it fits; sizes grow or shrink all the way.
fn nearest_step(
    session: &Session,
    group: usize,
    [now, end]: [u32; 2],
    fits: &mut dyn FnMut(&Alternative) -> bool,
) -> Option<Alternative> {
    let mut best = session.at_step(group, end).filter(&mut *fits)?;
    let (mut too_near, mut far) = (now, end);
    while too_near.abs_diff(far) > 1 {
        let middle = too_near.midpoint(far);
        match session.at_step(group, middle).filter(&mut *fits) {
            Some(found) => (best, far) = (found, middle),
            None => too_near = middle,
        }
    }
    Some(best)
}
