//! What the page is told of a session, whenever it differs.

use crate::place::{Clearance, Side};
use crate::product::view::{RoomMenuView, RoomSideView, RoomView, to_json};
use crate::viewer::{Announcement, Effect, Viewer};

impl Viewer {
    /// The session at this moment; none outside of one.
    pub fn room(&self) -> Option<RoomView> {
        let room = self.xr.room.as_ref()?;
        let size = self.chosen_bounds().size();
        let clearances = self.clearances();
        let sides = clearances.iter().map(|clearance| {
            let need = match clearance.side {
                Side::Width => size.x,
                Side::Height => size.y,
                Side::Depth => size.z,
            };
            let Clearance { side, spare, uncertainty } = *clearance;
            let verdict = clearance.verdict().name();
            RoomSideView { axis: side.name(), have: need + spare, need, spare, uncertainty, verdict }
        });
        let marked = self.marked_in_room();
        let menu = room.has_menu().then(|| {
            let [group, choice] = self.menu_words().unwrap_or_default();
            RoomMenuView { group, choice, under: self.menu_under() }
        });
        Some(RoomView {
            hint: self.hint(),
            placed: room.stand.is_some(),
            scale: self.placed_scale().unwrap_or(1.0),
            fixed: room.fixed,
            owned: self.session().is_some_and(|session| session.owned().is_some()),
            align: room.owning.word(),
            marks: self.can_mark(),
            marking: room.owning.marking.on,
            point: marked.point,
            trouble: marked.trouble,
            off: marked.off,
            before: self.shows_before(),
            measuring: room.measuring,
            side: self.xr.gap.side().filter(|_| room.measuring).map(Side::name),
            sides: sides.collect(),
            menu,
        })
    }

    fn hint(&self) -> &'static str {
        let Some(room) = &self.xr.room else { return "" };
        if room.began && !room.tracked {
            return "lost";
        }
        if self.stage.is_none() || self.placed_bounds().is_empty() {
            return "loading";
        }
        if room.measuring {
            return match self.xr.gap.side() {
                Some(Side::Width) => "measure-width",
                Some(Side::Depth) => "measure-depth",
                Some(Side::Height) => "measure-height",
                None => "measured",
            };
        }
        let (ready, brings) = self.onto_state();
        if self.is_on_owned() && !ready {
            return "loading";
        }
        if room.owning.marking.on {
            return "mark";
        }
        if room.owning.aligning {
            return if room.stand.is_some() { "align" } else { "align-place" };
        }
        if self.is_on_owned() && room.stand.is_some() && !brings {
            return "align-same";
        }
        if room.stand.is_some() {
            return "";
        }
        match (room.aimed.is_some(), room.support) {
            (true, _) => "tap",
            (false, crate::place::Support::Wall) => "look-wall",
            (false, crate::place::Support::Table) => "look-table",
            (false, crate::place::Support::Floor) => "look-floor",
        }
    }

    pub(super) fn tell_room(&mut self, effects: &mut Vec<Effect>) {
        let Some(view) = self.room() else { return };
        let told = to_json(&view);
        let Some(room) = &mut self.xr.room else { return };
        if room.told != told {
            room.told.clone_from(&told);
            effects.push(Effect::Announce(Announcement::ArRoom(told)));
        }
    }
}
