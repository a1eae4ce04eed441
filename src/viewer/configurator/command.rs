//! What a page asks of the product.

use super::super::{Announcement, Effect, Viewer};
use super::bad_code;
use crate::product::view::{Standing, answer};
use crate::product::{Offers, Outcome, Session, Value};

/// A method of products that the page calls. Groups are named by their id; answers are JSON, as
/// [`crate::product::Catalog::answer_from_json`] reads them.
#[derive(Clone, Debug, PartialEq)]
pub enum ProductCommand {
    /// `select(group, choice)`.
    Select {
        /// The group's id.
        group: String,
        /// JSON.
        answer: String,
    },
    /// `repair(group, choice)`: together with all that has to change for it.
    Repair {
        /// The group's id.
        group: String,
        /// JSON.
        answer: String,
    },
    /// `select(group, choice)` as part of something longer, such as a drag: acts with the same number are one step.
    Adjust {
        /// The group's id.
        group: String,
        /// JSON.
        answer: String,
        /// Names the drag; not 0.
        hand: u32,
    },
    /// Marks the surface of a group, by id, with its edge and safe zone; empty for none.
    Mark(String),
    /// Pictures or fonts came that were not there when surfaces were drawn.
    Repaint,
    /// `undo()`.
    Undo,
    /// `redo()`.
    Redo,
    /// `reset()`.
    Reset,
    /// `open(code)`.
    Open(String),
    /// `upgrade(id)`: what an upgrade makes of what is owned.
    Upgrade(String),
    /// `offers = …`: JSON as [`Offers::from_json`] reads it.
    Offers {
        /// JSON.
        json: String,
        /// When they were made, seconds since 1970.
        made_secs: Option<f64>,
    },
    /// `rates = …`: for each currency so many of it that are one of the file's, and its digits behind the point.
    Rates(Vec<(String, f64, u32)>),
    /// The language of the place, BCP 47.
    Language(String),
    /// `keep(name)`.
    Keep(String),
    /// `recall(name)`.
    Recall(String),
    /// `behave(id, value)`.
    Behave {
        /// The behaviour's id.
        behaviour: String,
        /// In its unit.
        value: f64,
    },
    /// `compare({ a, b })`: codes; empty for what is owned, and for what is chosen.
    Compare {
        /// The left side's.
        a: String,
        /// The right side's.
        b: String,
    },
    /// `compare(null)`.
    EndComparison,
    /// `wipe = …`: the share of the picture's width, from the left, that shows `a`.
    Wipe(f32),
    /// `marks = …`.
    Marks(bool),
    /// `step(upgrade, index)`.
    Step {
        /// The upgrade's id.
        upgrade: String,
        /// Which step, from 0.
        step: usize,
    },
    /// `step()`.
    EndSteps,
}

impl Viewer {
    pub(in super::super) fn command_product(&mut self, command: &ProductCommand, effects: &mut Vec<Effect>) {
        if let ProductCommand::Language(language) = command {
            self.configurator.tone.language.clone_from(language);
            return self.tell_all(effects);
        }
        if let ProductCommand::Rates(rates) = command {
            let rates = rates.iter().filter(|(_, rate, _)| rate.is_finite() && *rate > 0.0);
            self.configurator.rates = rates.map(|(code, rate, digits)| (code.clone(), (*rate, *digits))).collect();
            self.take_tone(effects);
            return self.tell_all(effects);
        }
        if let ProductCommand::Offers { json, made_secs } = command {
            self.configurator.offers = Offers::from_json(json, *made_secs);
            if let Some(session) = &mut self.configurator.session {
                session.set_offers(self.configurator.offers.clone());
            }
            self.configurator.outcome = Outcome::Same;
            return self.tell_all(effects);
        }
        let Some(session) = &mut self.configurator.session else {
            self.configurator.outcome = Outcome::Unknown;
            return;
        };
        let outcome = match command {
            ProductCommand::Select { group, answer } => match meant(session, group, answer) {
                Some((group, value)) => session.select(group, value),
                None => Outcome::Unknown,
            },
            ProductCommand::Repair { group, answer } => match meant(session, group, answer) {
                Some((group, value)) => session.accept(group, &value),
                None => Outcome::Unknown,
            },
            ProductCommand::Adjust { group, answer, hand } => match meant(session, group, answer) {
                Some((group, value)) => session.select_by(*hand, group, value),
                None => Outcome::Unknown,
            },
            ProductCommand::Mark(group) => {
                let group = session.catalog().group_named(group);
                if session.mark(group) == Outcome::Same {
                    self.configurator.outcome = Outcome::Same;
                    return;
                }
                self.look_differs(effects);
                Outcome::Changed(Vec::new())
            }
            ProductCommand::Repaint => {
                self.forget_prints();
                self.look_differs(effects);
                Outcome::Same
            }
            ProductCommand::Undo => session.undo(),
            ProductCommand::Redo => session.redo(),
            ProductCommand::Reset => session.reset(),
            ProductCommand::Open(code) => return self.open_code("code", code, effects),
            ProductCommand::Upgrade(id) => {
                let upgrades = &session.catalog().product().upgrades;
                let found = upgrades.iter().find(|(_, upgrade)| upgrade.id == *id).map(|(at, _)| at);
                found.map_or(Outcome::Unknown, |at| session.upgrade(at))
            }
            ProductCommand::Keep(name) => {
                session.keep(name);
                self.tell_nothing(effects);
                Outcome::Same
            }
            ProductCommand::Recall(name) => session.recall(name),
            ProductCommand::Behave { behaviour, value } => {
                let known = session.play(behaviour, *value);
                self.tell_nothing(effects);
                self.look_differs(effects);
                if known { Outcome::Same } else { Outcome::Unknown }
            }
            ProductCommand::Offers { .. } | ProductCommand::Rates(_) | ProductCommand::Language(_) => Outcome::Same,
            ProductCommand::Compare { .. }
            | ProductCommand::EndComparison
            | ProductCommand::Wipe(_)
            | ProductCommand::Marks(_)
            | ProductCommand::Step { .. }
            | ProductCommand::EndSteps => {
                self.configurator.outcome = self.exhibit(command, effects);
                return;
            }
        };
        self.came_of(outcome, command, effects);
    }

    /// What is shown in place of what is chosen.
    fn exhibit(&mut self, command: &ProductCommand, effects: &mut Vec<Effect>) -> Outcome {
        match command {
            ProductCommand::Compare { a, b } => self.compare(a, b, effects),
            ProductCommand::EndComparison => self.end_comparison(effects),
            ProductCommand::Wipe(share) => self.wipe(*share, effects),
            ProductCommand::Marks(marks) => self.mark(*marks, effects),
            ProductCommand::Step { upgrade, step } => self.fit(upgrade, *step, effects),
            ProductCommand::EndSteps => self.end_fitting(),
            _ => Outcome::Unknown,
        }
    }

    fn came_of(&mut self, outcome: Outcome, command: &ProductCommand, effects: &mut Vec<Effect>) {
        match (&outcome, command) {
            (_, ProductCommand::Mark(_)) => {}
            (Outcome::Changed(_), _) => self.chosen_differently(effects),
            (
                Outcome::Blocked(_),
                ProductCommand::Select { group, answer } | ProductCommand::Adjust { group, answer, .. },
            ) => {
                let (group, answer) = (group.clone(), answer.clone());
                effects.push(Effect::Announce(Announcement::Conflict { group, answer }));
            }
            _ => {}
        }
        self.configurator.outcome = outcome;
    }

    /// Goes to what a code says; what is no code is said of `source`.
    pub(super) fn open_code(&mut self, source: &str, code: &str, effects: &mut Vec<Effect>) {
        let Some(session) = &mut self.configurator.session else { return };
        let before = session.configuration().clone();
        match session.open(code) {
            Ok(_) if *session.configuration() == before => self.configurator.outcome = Outcome::Same,
            Ok(_) => {
                let changed = before.changes_to(session.configuration(), session.catalog());
                let groups = changed.into_iter().map(|change| change.group).collect();
                self.configurator.outcome = Outcome::Changed(groups);
                self.chosen_differently(effects);
            }
            Err(_) => {
                self.configurator.outcome = Outcome::Unknown;
                effects.push(bad_code(source, code));
            }
        }
    }

    /// Another configuration: tells what differs and shows it.
    pub(super) fn chosen_differently(&mut self, effects: &mut Vec<Effect>) {
        let Some(session) = &self.configurator.session else { return };
        let (catalog, now) = (session.catalog(), session.configuration());
        let standing = Standing::new(catalog, now);
        let before = self.configurator.standing.replace(standing);
        let changed = match (&self.configurator.standing, before) {
            (Some(standing), Some(before)) => standing.changed_since(&before, catalog),
            _ => Vec::new(),
        };
        self.configurator.revision = self.configurator.revision.wrapping_add(1);
        self.announce_changes(changed, effects);
        self.look_differs(effects);
    }
}

/// The group and answer that a page means.
fn meant(session: &Session, group: &str, json: &str) -> Option<(usize, Value)> {
    let group = session.catalog().group_named(group)?;
    Some((group, answer(session, group, json)?))
}
