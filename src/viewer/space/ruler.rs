//! What to draw as dimensions, and where they do not cross the product.

use glam::Vec3;

use super::super::Viewer;
use super::Sight;
use crate::geom::Aabb;
use crate::product::view::RulerView;

/// So much of the product's diagonal lies between it and an edge's ruler.
const DISTANCE: f32 = 0.04;
const AXES: [&str; 3] = ["width", "height", "depth"];

impl Viewer {
    /// The product file's own dimensions of what is chosen; else width, height and depth. Empty while there is nothing to
    /// see.
    pub fn rulers(&self) -> Vec<RulerView> {
        let named = self.named_rulers();
        if named.is_empty() { self.box_rulers() } else { named }
    }

    fn named_rulers(&self) -> Vec<RulerView> {
        let (Some(session), Some(stage)) = (self.session(), &self.stage) else { return Vec::new() };
        let catalog = session.catalog();
        let holds = |when| catalog.holds(when, session.configuration());
        let sizes = catalog.product().dimensions.entries().filter(|size| size.when.as_ref().is_none_or(holds));
        let place = |point: [f64; 3]| stage.world_from_scene.transform_point3(point.map(|place| place as f32).into());
        let ruler = |size: &crate::product::file::Dimension| {
            let (from, to) = (place(size.from), place(size.to));
            RulerView {
                name: size.name.in_language(&self.tone().language).to_owned(),
                axis: "",
                from: from.to_array(),
                to: to.to_array(),
                ends: [from.to_array(), to.to_array()],
                length: from.distance(to),
                measured: size.measured,
            }
        };
        sizes.map(ruler).collect()
    }

    /// The edges of the product's box that are on its outline as it is seen now, so that nothing crosses the product:
    /// width, height and depth.
    pub fn box_rulers(&self) -> Vec<RulerView> {
        let (Some(sight), bounds) = (self.sight(), self.framing().bounds) else { return Vec::new() };
        if bounds.is_empty() {
            return Vec::new();
        }
        (0..3).filter_map(|axis| edge(&sight, &bounds, axis)).collect()
    }
}

/// The best of the four edges along an axis.
fn edge(sight: &Sight, bounds: &Aabb, axis: usize) -> Option<RulerView> {
    let [_, one, other] = [axis, (axis + 1) % 3, (axis + 2) % 3];
    let unit = |axis: usize| Vec3::from_array(std::array::from_fn(|at| if at == axis { 1.0 } else { 0.0 }));
    let (eye, ahead) = sight.eye();
    // A side faces the eye when the eye is before it.
    let faces = |axis: usize, sign: f32| {
        let level = if sign > 0.0 { bounds.max } else { bounds.min };
        let before = if sight.is_parallel() { -ahead } else { eye - level };
        before.dot(unit(axis)) * sign > 0.0
    };
    let mut best: Option<(f32, RulerView)> = None;
    for (first, second) in [(-1.0, -1.0), (-1.0, 1.0), (1.0, -1.0), (1.0, 1.0)] {
        let (one_faces, other_faces) = (faces(one, first), faces(other, second));
        let signs = unit(one) * first + unit(other) * second;
        let center = bounds.center() + signs * bounds.size() * 0.5;
        let half = unit(axis) * bounds.size() * 0.5;
        // On the floor a ruler lies before the product, not under it.
        let outwards = match (one_faces, other_faces) {
            (true, false) => unit(one) * first,
            (false, true) => unit(other) * second,
            _ => signs * std::f32::consts::FRAC_1_SQRT_2,
        };
        let outwards = outwards * DISTANCE * bounds.size().length();
        let view_from_product = sight.view.world_from_view.inverse() * sight.world_from_product;
        let seen = view_from_product.transform_point3(center);
        let far = if sight.is_parallel() { 1.0 } else { (-seen.z).max(f32::MIN_POSITIVE) };
        // On the outline first; then what lies on the floor, or is to the right; then what is near.
        let on_outline = if one_faces == other_faces { 0.0 } else { 1e3 };
        let place = if axis == 1 { seen.x } else { -seen.y } / far;
        let worth = on_outline + place - seen.z.abs() * 1e-3;
        if best.as_ref().is_none_or(|(known, _)| worth > *known) {
            let (from, to) = (center - half + outwards, center + half + outwards);
            let ruler = RulerView {
                name: String::new(),
                axis: AXES.get(axis).copied().unwrap_or_default(),
                from: from.to_array(),
                to: to.to_array(),
                ends: [(center - half).to_array(), (center + half).to_array()],
                length: bounds.size().to_array().get(axis).copied().unwrap_or_default(),
                measured: false,
            };
            best = Some((worth, ruler));
        }
    }
    best.map(|(_, ruler)| ruler)
}
