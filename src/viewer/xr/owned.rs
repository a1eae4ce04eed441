//! Before and after in a room, and the upgrade on the thing itself.

use glam::Mat4;

use crate::frame::Look;
use crate::product::Outcome;
use crate::viewer::{Effect, Viewer};

/// What is done with the thing that is owned and stands in the room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Owning {
    /// What is owned is laid over it.
    pub(super) aligning: bool,
    /// It was, so that only the upgrade is drawn.
    aligned: bool,
    /// The upgrade is left out.
    before: bool,
}

impl Owning {
    pub(super) fn word(self) -> &'static str {
        match (self.aligning, self.aligned) {
            (true, _) => "aligning",
            (_, true) => "aligned",
            _ => "off",
        }
    }
}

impl Viewer {
    /// Begins with what is owned as an outline, or ends with the upgrade alone.
    pub(super) fn align(&mut self, on: bool, effects: &mut Vec<Effect>) {
        if on && self.compared().is_none() && self.compare("", "", effects) == Outcome::Unknown {
            return;
        }
        let Some(room) = &mut self.xr.room else { return };
        let aligned = !on && room.owning.aligning;
        if on || aligned {
            room.owning = Owning { aligning: on, aligned, before: false };
            if let Some(stand) = &mut room.stand {
                // What one owns has its own size.
                stand.size = crate::place::Detent::default();
            }
        } else {
            room.owning = Owning::default();
            self.end_comparison(effects);
        }
        self.dress_owned();
    }

    /// What is owned and what is chosen, in turn.
    pub(super) fn toggle_before(&mut self, effects: &mut Vec<Effect>) {
        let Some(room) = &mut self.xr.room else { return };
        if room.owning.aligned {
            room.owning.before = !room.owning.before;
            return;
        }
        let shows_before = self.shows_before();
        if self.compared().is_none() && self.compare("", "", effects) == Outcome::Unknown {
            return;
        }
        self.wipe(if shows_before { 0.0 } else { 1.0 }, effects);
    }

    pub(super) fn shows_before(&self) -> bool {
        let Some(room) = &self.xr.room else { return false };
        if room.owning.aligned { room.owning.before } else { self.compared().is_some_and(|now| now.wipe >= 1.0) }
    }

    /// Whether one of the two is on, so that the comparison is dressed for it.
    pub(in super::super) fn is_on_owned(&self) -> bool {
        self.xr.room.as_ref().is_some_and(|room| room.owning.aligning || room.owning.aligned)
    }

    /// The one look of the thing that is owned; none while it is not what is shown, or not dressed yet.
    pub(super) fn owned_looks(&self, turned: Mat4) -> Option<Vec<Look<'_>>> {
        let owning = self.xr.room.as_ref()?.owning;
        if !self.is_on_owned() {
            return None;
        }
        if owning.aligned && owning.before {
            return Some(vec![Look::default()]);
        }
        Some(vec![self.owned_look(owning.aligning, turned)?])
    }
}
