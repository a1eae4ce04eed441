//! What a customer made of a product: always one answer for every group.

use super::artwork::{Artwork, Words};
use super::catalog::{Catalog, Item, ItemId};
use super::file::{Group, Kind};

/// The answer to one group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Choices by their index, ascending: one, or any number of them.
    Choices(Vec<usize>),
    /// A number: steps above the least.
    Step(u32),
    /// A colour of the customer's own, sRGB.
    Color([u8; 3]),
    /// Words of the customer's; empty for none.
    Text(Words),
    /// Pictures of the customer's, and words with them; empty for none.
    Picture(Artwork),
}

impl Value {
    /// Whether it is a text or picture, and one is there.
    pub(super) fn is_filled(&self) -> bool {
        match self {
            Self::Text(words) => !words.text.is_empty(),
            Self::Picture(artwork) => !artwork.is_empty(),
            _ => false,
        }
    }
}

/// One answer that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The group, by its index.
    pub group: usize,
    /// Before.
    pub from: Value,
    /// After.
    pub to: Value,
    /// Whether the customer had chosen what was before.
    pub own: bool,
}

/// One answer for every group. [`Catalog`] makes them, and keeps them valid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Configuration {
    /// By group, as in the file; none where a group was dropped.
    values: Vec<Option<Value>>,
    /// By item: the customer took or left it.
    own: Vec<bool>,
}

impl Configuration {
    pub(super) fn new(groups: usize, items: usize) -> Self {
        Self { values: vec![None; groups], own: vec![false; items] }
    }

    /// Whether all answers are the same, whoever gave them.
    pub(super) fn equals(&self, other: &Self) -> bool {
        self.values == other.values
    }

    /// The answer to a group.
    pub fn value(&self, group: usize) -> Option<&Value> {
        self.values.get(group)?.as_ref()
    }

    /// Whether the customer took or left this, and not the shop.
    pub fn is_own(&self, item: ItemId) -> bool {
        self.own.get(item.index()).copied().unwrap_or_default()
    }

    pub(super) fn set(&mut self, group: usize, value: Value) {
        if let Some(old) = self.values.get_mut(group) {
            *old = Some(value);
        }
    }

    pub(super) fn set_own(&mut self, item: ItemId, own: bool) {
        if let Some(old) = self.own.get_mut(item.index()) {
            *old = own;
        }
    }

    /// Whether an item is taken.
    pub fn takes(&self, item: Item) -> bool {
        match (item, self.value(item.group())) {
            (Item::Choice { choice, .. }, Some(Value::Choices(choices))) => choices.binary_search(&choice).is_ok(),
            (Item::Free { .. }, Some(Value::Color(_))) => true,
            (Item::Range { first, last, .. }, Some(Value::Step(step))) => (first..=last).contains(step),
            (Item::Filled { .. }, Some(value)) => value.is_filled(),
            _ => false,
        }
    }

    /// The answers of `other` that differ from these.
    pub fn changes_to(&self, other: &Self, catalog: &Catalog) -> Vec<Change> {
        let pairs = self.values.iter().zip(&other.values).enumerate();
        let changed = pairs.filter_map(|(group, pair)| match pair {
            (Some(from), Some(to)) if from != to => {
                let own = catalog.items_of(group).any(|item| self.is_own(item));
                Some(Change { group, from: from.clone(), to: to.clone(), own })
            }
            _ => None,
        });
        changed.collect()
    }
}

/// Choices of many with one that was left, or without one that was taken.
pub(super) fn toggled(known: &[usize], choice: usize) -> Vec<usize> {
    let mut choices: Vec<_> = known.iter().copied().filter(|other| *other != choice).collect();
    if choices.len() == known.len() {
        choices.push(choice);
        choices.sort_unstable();
    }
    choices
}

/// The answer with which a group begins; the default where it can be understood.
pub(super) fn first_value(group: &Group) -> (Value, bool) {
    let by_id = |id: &str| group.choices.iter().find(|(_, choice)| choice.id == id).map(|(at, _)| at);
    let wanted = group.default.as_ref();
    let text = wanted.and_then(serde_json::Value::as_str);
    let first = || group.choices.iter().find(|(_, choice)| !choice.retired).or(group.choices.iter().next());
    let found = match group.kind {
        Kind::One => text.and_then(by_id).map(|choice| Value::Choices(vec![choice])),
        Kind::Color => text.and_then(|text| match by_id(text) {
            Some(choice) => Some(Value::Choices(vec![choice])),
            None => color(text).filter(|_| group.free).map(Value::Color),
        }),
        Kind::Many => wanted.and_then(|wanted| {
            let ids = wanted.as_array()?.iter().map(|id| by_id(id.as_str()?));
            let mut choices = ids.collect::<Option<Vec<_>>>()?;
            choices.sort_unstable();
            choices.dedup();
            Some(Value::Choices(choices))
        }),
        Kind::Number => wanted.and_then(|wanted| Some(Value::Step(group.step_of(wanted.as_f64()?)?))),
        Kind::Text => text.filter(|text| group.takes_text(text)).map(|text| Value::Text(text.into())),
        Kind::Picture => None,
    };
    let fits = found.is_some() || wanted.is_none();
    let value = found.unwrap_or_else(|| match group.kind {
        Kind::One | Kind::Color => match first() {
            Some((at, _)) => Value::Choices(vec![at]),
            None => Value::Color([255; 3]),
        },
        Kind::Many => Value::Choices(Vec::new()),
        Kind::Number => Value::Step(0),
        Kind::Text => Value::Text(Words::default()),
        Kind::Picture => Value::Picture(Artwork::default()),
    });
    (value, fits)
}

/// `#rrggbb`.
pub(crate) fn color(text: &str) -> Option<[u8; 3]> {
    let digits =
        text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.bytes().all(|c| c.is_ascii_hexdigit()))?;
    let number = u32::from_str_radix(digits, 16).ok()?;
    Some([(number >> 16) as u8, (number >> 8) as u8, number as u8])
}
