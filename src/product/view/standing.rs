//! What stands for a customer at one moment: answers, and what each other one would mean.

use serde::Serialize;

use super::super::{Catalog, Configuration, Item, ItemId, State, Value};
use super::Tone;

/// What is chosen, and the state of every item.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    states: Vec<State>,
    values: Vec<Option<Value>>,
}

/// What taking, or of many leaving, something would mean.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StateView {
    /// `taken`, `possible`, `repairable`, `dead` or `unknown`.
    pub state: &'static str,
    /// What the price changes by, minor units of the shown currency.
    pub amount: i64,
    /// How many of the customer's own picks would have to change.
    pub own: u32,
    /// And how many others.
    pub others: u32,
}

impl Standing {
    /// For a configuration.
    pub fn new(catalog: &Catalog, configuration: &Configuration) -> Self {
        let values = (0..catalog.product().groups.len()).map(|group| configuration.value(group).cloned()).collect();
        Self { states: catalog.states(configuration), values }
    }

    /// The state of an item.
    pub fn state(&self, item: ItemId) -> State {
        self.states.get(item.index()).copied().unwrap_or(State::Unknown)
    }

    /// What differs from an earlier standing of the same catalog: names of choices (`"group/choice"`), and for numbers,
    /// texts, pictures and free colours of groups.
    pub fn changed_since(&self, before: &Self, catalog: &Catalog) -> Vec<String> {
        let mut changed = Vec::new();
        for id in catalog.all_items() {
            let Some(item) = catalog.item(id) else { continue };
            let group = item.group();
            let (was, is) = (before.values.get(group).and_then(Option::as_ref), self.value(group));
            let moved = self.state(id) != before.state(id) || takes(was, item) != takes(is, item);
            match item {
                Item::Choice { .. } if moved => changed.push(catalog.name_of(id)),
                Item::Choice { .. } => {}
                _ if moved || was != is => {
                    let name = catalog.group(group).map_or("", |group| group.id.as_str());
                    if changed.last().is_none_or(|last| last != name) {
                        changed.push(name.to_owned());
                    }
                }
                _ => {}
            }
        }
        changed
    }

    fn value(&self, group: usize) -> Option<&Value> {
        self.values.get(group)?.as_ref()
    }

    /// As a page is told.
    pub(super) fn view(&self, catalog: &Catalog, item: ItemId, tone: &Tone) -> StateView {
        let (state, amount, own, others) = match self.state(item) {
            State::Taken => ("taken", 0, 0, 0),
            State::Possible { amount } => ("possible", amount, 0, 0),
            State::Repairable { own, others, amount } => ("repairable", amount, own, others),
            State::Dead => ("dead", 0, 0, 0),
            State::Unknown => ("unknown", 0, 0, 0),
        };
        StateView { state, amount: tone.amount(catalog, amount), own, others }
    }
}

fn takes(value: Option<&Value>, item: Item) -> bool {
    match (item, value) {
        (Item::Choice { choice, .. }, Some(Value::Choices(choices))) => choices.binary_search(&choice).is_ok(),
        (Item::Free { .. }, Some(Value::Color(_))) => true,
        _ => false,
    }
}
