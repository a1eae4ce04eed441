//! Before and after in a room, and the upgrade on the thing itself.

use glam::{Mat4, Vec3};

use super::Room;
use super::points::Marking;
use crate::frame::Look;
use crate::geom::Aabb;
use crate::place::Detent;
use crate::product::Outcome;
use crate::viewer::configurator::OntoView;
use crate::viewer::{Effect, Viewer};

/// The outline, as wide as this angle is seen, and not thinner than pixels show.
const LINE: f32 = 0.001_5;
const LEAST_LINE_PX: f32 = 1.25;
/// Whatever wobbles less draws the same line, pixels.
const LINE_STEP_PX: f32 = 0.25;

/// What is done with the thing that is owned and stands in the room.
#[derive(Debug, Default)]
pub(super) struct Owning {
    /// What is owned is laid over it.
    pub(super) aligning: bool,
    /// It was, so that only the upgrade is drawn.
    aligned: bool,
    /// The upgrade is left out.
    before: bool,
    /// The comparison was begun here, and ends with the session.
    compares: bool,
    /// The points by which it is laid.
    pub(super) marking: Marking,
}

impl Owning {
    pub(super) fn word(&self) -> &'static str {
        match (self.aligning, self.aligned) {
            (true, _) => "aligning",
            (_, true) => "aligned",
            _ => "off",
        }
    }

    pub(super) fn is_on(&self) -> bool {
        self.aligning || self.aligned
    }
}

impl Viewer {
    /// Begins with what is owned as an outline, or ends with the upgrade alone.
    pub(super) fn align(&mut self, on: bool, effects: &mut Vec<Effect>) {
        let is_owned = self.session().is_some_and(|session| session.owned().is_some());
        let Some(room) = self.xr.room.as_mut().filter(|_| is_owned) else { return };
        let aligned = !on && room.owning.aligning;
        let compares = room.owning.compares;
        room.owning = Owning { aligning: on, aligned, compares, ..Owning::default() };
        if let (true, Some(stand)) = (on, &mut room.stand) {
            // What one owns has its own size.
            stand.size = Detent::default();
        }
        if on || aligned {
            self.lay_owned(effects);
        } else {
            self.leave_owned(effects);
        }
        self.follow_bounds();
    }

    /// Draws of what is owned and what is chosen what the present step shows.
    pub(super) fn lay_owned(&mut self, effects: &mut Vec<Effect>) {
        let Some(room) = self.xr.room.as_ref().filter(|room| room.owning.is_on()) else { return };
        let view = match (room.owning.aligning, room.owning.before) {
            (true, _) => OntoView::Outline { width_px: room.line_px() },
            (_, true) => OntoView::Owned,
            _ => OntoView::Upgrade,
        };
        // The room lights it as it lights everything.
        self.show_onto(view, Vec3::ONE, effects);
    }

    /// Back to the product as a whole; a picture of the thing has its own way of drawing it.
    pub(super) fn leave_owned(&mut self, effects: &mut Vec<Effect>) {
        if self.photo.is_some() {
            self.lay_photo(effects);
        } else {
            self.end_onto();
        }
    }

    /// Nothing is owned any more.
    pub(in super::super) fn owning_differs(&mut self) {
        let is_owned = self.session().is_some_and(|session| session.owned().is_some());
        if self.is_on_owned() && !is_owned {
            self.end_owning();
            self.end_onto();
        }
    }

    /// The product is another.
    pub(in super::super) fn end_owning(&mut self) {
        if let Some(room) = &mut self.xr.room {
            room.owning = Owning { compares: room.owning.compares, ..Owning::default() };
        }
    }

    /// What the session itself compared is compared no longer.
    pub(super) fn end_room_comparison(&mut self, owning: &Owning, effects: &mut Vec<Effect>) {
        if owning.compares {
            self.end_comparison(effects);
        }
    }

    /// What is owned and what is chosen, in turn.
    pub(super) fn toggle_before(&mut self, effects: &mut Vec<Effect>) {
        let shows_before = self.shows_before();
        let Some(room) = &mut self.xr.room else { return };
        if room.owning.aligned {
            room.owning.before = !shows_before;
            return self.lay_owned(effects);
        }
        if self.compared().is_none() {
            if self.compare("", "", effects) == Outcome::Unknown {
                return;
            }
            if let Some(room) = &mut self.xr.room {
                room.owning.compares = true;
            }
        }
        self.wipe(if shows_before { 0.0 } else { 1.0 }, effects);
    }

    pub(super) fn shows_before(&self) -> bool {
        let Some(room) = &self.xr.room else { return false };
        if room.owning.aligned { room.owning.before } else { self.compared().is_some_and(|now| now.wipe >= 1.0) }
    }

    /// Whether the thing itself is drawn on: as an outline, or as what hides.
    pub fn is_on_owned(&self) -> bool {
        self.xr.room.as_ref().is_some_and(|room| room.owning.is_on())
    }

    /// What is drawn on the thing itself, where it stands; none while that is not what is shown.
    pub(super) fn owned_look(&self, world_from_product: Option<Mat4>) -> Option<Look<'_>> {
        let placed = |world: Mat4| self.onto_placed(world).unwrap_or_default();
        self.is_on_owned().then(|| Look { placed: world_from_product.map(placed).unwrap_or_default() })
    }

    /// What casts a shadow on the floor: all of it, or what comes to the thing that stands there; empty for nothing.
    pub(super) fn casting_bounds(&self) -> Aabb {
        if self.is_on_owned() { self.coming_bounds() } else { self.placed_bounds() }
    }

    /// The product stays where it is when its box changes: another choice is wider on one side, or the box is that of
    /// what is owned now.
    pub(super) fn follow_bounds(&mut self) {
        let (bounds, is_on_owned) = (self.placed_bounds(), self.is_on_owned());
        let Some(room) = &mut self.xr.room else { return };
        let before = std::mem::replace(&mut room.bounds, bounds);
        if let Some(stand) = room.stand.as_mut().filter(|_| before != bounds) {
            stand.keep(&before, &bounds, is_on_owned);
        }
    }
}

impl Room {
    /// How wide the outline is in this layer, pixels.
    fn line_px(&self) -> f32 {
        let focal_px = self.moment.eyes.first().map_or(0.0, |eye| {
            let [_, _, _, height_px] = eye.viewport_px;
            eye.gl_projection_from_view.y_axis.y * 0.5 * height_px as f32
        });
        let steps = (LINE * focal_px / LINE_STEP_PX).round();
        if steps.is_finite() { (steps * LINE_STEP_PX).max(LEAST_LINE_PX) } else { LEAST_LINE_PX }
    }
}
