//! What JavaScript asks of products that can be configured.

use wasm_bindgen::prelude::wasm_bindgen;

use super::viewer::Viewer;
use crate::product::view::{ComparisonView, Filter, answer, answers, rates, to_json};
use crate::product::{Outcome, Session};
use crate::viewer::{Command, Event, ProductCommand};

#[wasm_bindgen]
impl Viewer {
    /// A method of products, by its name in JavaScript, with its arguments: what became of it is `changed`, `same`,
    /// `blocked` or `unknown`.
    pub fn order(&self, name: &str, first: String, second: String, number: f64) -> String {
        let command = match name {
            "select" => ProductCommand::Select { group: first, answer: second },
            "repair" => ProductCommand::Repair { group: first, answer: second },
            "adjust" => ProductCommand::Adjust { group: first, answer: second, hand: number as u32 },
            "mark" => ProductCommand::Mark(first),
            "repaint" => ProductCommand::Repaint,
            "undo" => ProductCommand::Undo,
            "redo" => ProductCommand::Redo,
            "reset" => ProductCommand::Reset,
            "open" => ProductCommand::Open(first),
            "upgrade" => ProductCommand::Upgrade(first),
            "offers" => ProductCommand::Offers { json: first, made_secs: Some(number) },
            "rates" => ProductCommand::Rates(rates(&first)),
            "language" => ProductCommand::Language(first),
            "keep" => ProductCommand::Keep(first),
            "recall" => ProductCommand::Recall(first),
            "behave" => ProductCommand::Behave { behaviour: first, value: number },
            "compare" => ProductCommand::Compare { a: first, b: second },
            "endComparison" => ProductCommand::EndComparison,
            "wipe" => ProductCommand::Wipe(number as f32),
            "marks" => ProductCommand::Marks(number != 0.0),
            "step" => ProductCommand::Step { upgrade: first, step: number as usize },
            "endSteps" => ProductCommand::EndSteps,
            _ => return String::new(),
        };
        self.feed(Event::Command(Command::Product(command)));
        // Before JavaScript's handlers run, which may ask for more.
        let outcome = match self.machine.borrow().outcome() {
            Outcome::Changed(_) => "changed",
            Outcome::Same => "same",
            Outcome::Blocked(_) => "blocked",
            Outcome::Unknown => "unknown",
        };
        self.give_orders();
        outcome.to_owned()
    }

    /// A property of products, by its name in JavaScript, as JSON; undefined without a product. `now_secs` since 1970.
    pub fn view(&self, name: &str, first: &str, second: &str, now_secs: f64) -> Option<String> {
        let machine = self.machine.borrow();
        let (session, standing, tone) = (machine.session()?, machine.standing()?, machine.tone());
        let named = |session: &Session| session.catalog().group_named(first);
        Some(match name {
            "options" => to_json(&session.menu(standing, tone)),
            "group" => to_json(&session.group(named(session)?, standing, tone)),
            "currency" => to_json(&session.currency(tone)),
            "quote" => to_json(&session.quote_view(tone, now_secs)),
            "order" => to_json(&session.order(first.parse().ok()?, tone, now_secs)?),
            "upgradeOrder" => to_json(&session.upgrade_order(first.parse().ok()?, tone)?),
            "refill" => to_json(&session.refill(first, tone)?),
            "configuration" => to_json(&session.configuration_view(tone)),
            "sheet" => to_json(&session.sheet(tone)),
            "upgrades" => to_json(&session.upgrade_views(tone)),
            "guide" => {
                let answers = answers(first);
                let answers: Vec<_> = answers.iter().map(|(question, answer)| (&**question, &**answer)).collect();
                to_json(&session.guide_view(&answers, tone))
            }
            "comparison" => {
                let now = machine.compared()?;
                let view = session.comparison_view(now.a, now.b, tone);
                to_json(&ComparisonView { wipe: now.wipe, marks: now.marks, ready: now.is_ready, ..view })
            }
            "codeWith" => {
                let group = named(session)?;
                to_json(&session.code_with(group, &answer(session, group, second)?).unwrap_or_default())
            }
            "found" => to_json(&session.found(first, &Filter::from_json(second), standing, tone)),
            "surface" => to_json(&session.surface_view(named(session)?, tone, &machine.facing(named(session)?))?),
            "artwork" => to_json(&session.artwork_view(named(session)?, second, &machine.facing(named(session)?))?),
            "printed" => to_json(&session.printed(named(session)?, second, &machine.facing(named(session)?))?),
            "arranged" => to_json(&session.arranged(named(session)?, second)?),
            "pictures" => {
                let compared = machine.compared().map(|now| [now.a, now.b]);
                to_json(&session.picture_names(compared.as_ref().map_or(&[], |sides| sides)))
            }
            "conflict" => {
                let group = named(session)?;
                to_json(&session.conflict(group, &answer(session, group, second)?, standing, tone))
            }
            _ => return None,
        })
    }
}
