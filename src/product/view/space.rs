//! Real size: what is drawn on the product as its dimensions, and what would make it fit.

use serde::Serialize;
use serde_json::Value as Json;

use super::super::file::Kind;
use super::super::{Configuration, Item, Session, State, Value};
use super::{Standing, Tone};

/// A length to be drawn beside the product.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RulerView {
    /// As the product file calls it; empty where it does not name it.
    pub name: String,
    /// `width`, `height` or `depth`, where it is an edge of the box; else empty.
    pub axis: &'static str,
    /// Metres, in the product's space: from here …
    pub from: [f32; 3],
    /// … to here.
    pub to: [f32; 3],
    /// Where the product itself ends: from each a thin line leads to the ruler's end.
    pub ends: [[f32; 3]; 2],
    /// Metres.
    pub length: f32,
    /// Whether the file says that it was measured on the product.
    pub measured: bool,
}

/// Whether the product goes into a gap, and what would make it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FitView {
    /// It does.
    pub fits: bool,
    /// It does once it is turned by a quarter.
    pub turned: bool,
    /// Width, height and depth.
    pub sides: [SideView; 3],
    /// The box around the product, metres, in its space: the smallest corner …
    pub min: [f32; 3],
    /// … and the largest.
    pub max: [f32; 3],
    /// Single choices with which it would, the cheapest of the nearest first.
    pub options: Vec<WayView>,
    /// Single choices of which it cannot be told: their models have not been fetched.
    pub unknown: Vec<WayView>,
}

/// One side of a gap, metres.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct SideView {
    /// `width`, `height` or `depth`.
    pub axis: &'static str,
    /// How much there is; null where it does not matter.
    pub have: Option<f32>,
    /// How much the product takes.
    pub need: f32,
    /// By how much it is too large, or 0.
    pub over: f32,
    /// How much is left, or 0.
    pub clearance: f32,
}

/// A choice that would change the size.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WayView {
    /// The group's id.
    pub group: String,
    /// The group's name.
    pub group_name: String,
    /// The answer, as `select` and `repair` take it.
    pub choice: Json,
    /// The answer in words.
    pub name: String,
    /// Of many: it is left, not taken.
    pub leaves: bool,
    /// `possible` or `repairable`.
    pub state: &'static str,
    /// What the price changes by, minor units of the shown currency.
    pub amount: i64,
    /// How many other groups change with it.
    pub others: usize,
}

/// Another configuration, one answer away.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    /// The group.
    pub group: usize,
    /// Its answer there.
    pub value: Value,
    /// With all that has to change for it.
    pub to: Configuration,
    /// Of many: it is left, not taken.
    pub leaves: bool,
}

impl Session {
    /// Every other choice that can be had now, alone or with a repair. Numbers are apart: see [`Session::at_step`].
    pub fn alternatives(&self, standing: &Standing) -> Vec<Alternative> {
        let ids = self.catalog().all_items().filter(|id| {
            let is_choice = matches!(self.catalog().item(*id), Some(Item::Choice { .. }));
            is_choice && matches!(standing.state(*id), State::Possible { .. } | State::Repairable { .. })
        });
        let alternative = |id| {
            let (group, value) = self.toggled(id)?;
            let leaves = self.catalog().item(id).is_some_and(|item| self.configuration().takes(item));
            Some(Alternative { leaves, ..self.alternative(group, value)? })
        };
        ids.filter_map(alternative).collect()
    }

    /// The groups of numbers: each with its present step and its last.
    pub fn scales(&self) -> Vec<(usize, u32, u32)> {
        let groups = self.catalog().product().groups.iter().filter(|(_, group)| group.kind == Kind::Number);
        let now = |group| match self.configuration().value(group) {
            Some(Value::Step(step)) => Some(*step),
            _ => None,
        };
        groups.filter_map(|(at, group)| Some((at, now(at)?, group.last_step()))).collect()
    }

    /// What is chosen with a number at another step.
    pub fn at_step(&self, group: usize, step: u32) -> Option<Alternative> {
        self.alternative(group, Value::Step(step))
    }

    fn alternative(&self, group: usize, value: Value) -> Option<Alternative> {
        let alone = self.catalog().with(self.configuration(), group, value.clone());
        let to = if self.catalog().is_valid(&alone) { alone } else { self.repair(group, &value)?.to };
        Some(Alternative { group, value, to, leaves: false })
    }

    /// An alternative as a page is told.
    pub fn way_view(&self, alternative: &Alternative, tone: &Tone) -> WayView {
        let catalog = self.catalog();
        let Alternative { group, value, to, leaves } = alternative;
        let found = catalog.group(*group);
        // Of many, a page takes or leaves one by its id.
        let moved = match (self.configuration().value(*group), value) {
            (Some(Value::Choices(now)), Value::Choices(then)) if catalog.is_many(*group) => {
                let differs = |choice: &&usize| now.contains(choice) != then.contains(choice);
                now.iter().chain(then).find(differs).map_or(value.clone(), |choice| Value::Choices(vec![*choice]))
            }
            _ => value.clone(),
        };
        let choice = match (&moved, catalog.is_many(*group)) {
            (Value::Choices(one), true) => {
                let id = one.first().and_then(|choice| found?.choices.get(*choice)).map(|choice| choice.id.clone());
                id.map_or(Json::Null, Json::from)
            }
            _ => catalog.answer_to_json(*group, &moved),
        };
        let changes = self.configuration().changes_to(to, catalog);
        let others = changes.iter().filter(|change| change.group != *group).count();
        let amount = catalog.choices_amount(to) - catalog.choices_amount(self.configuration());
        WayView {
            group: found.map_or_else(String::new, |group| group.id.clone()),
            group_name: found.map_or("", |group| group.name.in_language(&tone.language)).to_owned(),
            choice,
            name: self.answer_name(*group, &moved, tone),
            leaves: *leaves,
            state: if others == 0 { "possible" } else { "repairable" },
            amount: tone.amount(catalog, amount),
            others,
        }
    }
}
