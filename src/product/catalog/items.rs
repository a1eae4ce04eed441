//! What can be taken: one variable of the rules for each.

use std::collections::BTreeMap;

use super::super::file::{Condition, Group, Kind, Product};
use crate::logic::Literal;

/// Names an item: its place in [`super::Catalog::items`], and its variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(pub(super) u32);

impl ItemId {
    /// For lists of items.
    pub fn index(self) -> usize {
        self.0 as usize
    }

    /// That it is taken.
    pub(super) fn taken(self) -> Literal {
        Literal::positive(self.0)
    }
}

/// What can be taken. Groups and choices are named by their index in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// A choice of a group.
    Choice {
        /// The group.
        group: usize,
        /// The choice.
        choice: usize,
    },
    /// A colour of the customer's own.
    Free {
        /// The group.
        group: usize,
    },
    /// A number in a range that the rules do not tell apart: steps above the least, ends included.
    Range {
        /// The group.
        group: usize,
        /// The first step.
        first: u32,
        /// The last step.
        last: u32,
    },
    /// That a text or picture is there.
    Filled {
        /// The group.
        group: usize,
    },
}

impl Item {
    /// The group that it belongs to.
    pub fn group(self) -> usize {
        match self {
            Self::Choice { group, .. } | Self::Free { group } | Self::Range { group, .. } | Self::Filled { group } => {
                group
            }
        }
    }
}

/// All items, by group.
#[derive(Clone, Debug, Default)]
pub(super) struct Items {
    pub(super) all: Vec<Item>,
    /// By group: its first item, and one more than its last.
    ranges: Vec<(u32, u32)>,
    /// `"group/choice"`, and `"group"` for what has one item.
    names: BTreeMap<String, ItemId>,
    /// Group ids.
    groups: BTreeMap<String, usize>,
}

impl Items {
    /// Of a checked product; numbers are cut where a condition ends.
    pub(super) fn new(product: &Product) -> Self {
        let mut items = Self::default();
        let cuts = cuts(product);
        items.ranges.resize(product.groups.len(), (0, 0));
        for (at, group) in product.groups.iter() {
            let first = items.all.len() as u32;
            match group.kind {
                Kind::One | Kind::Many | Kind::Color => {
                    for (choice, entry) in group.choices.iter() {
                        items.add(Item::Choice { group: at, choice }, format!("{}/{}", group.id, entry.id));
                    }
                    if group.kind == Kind::Color && group.free {
                        items.add(Item::Free { group: at }, format!("{}/free", group.id));
                    }
                }
                Kind::Number => {
                    let last = group.last_step();
                    let mut cuts = cuts.get(group.id.as_str()).cloned().unwrap_or_default();
                    cuts.retain(|cut| (1..=last).contains(cut));
                    cuts.sort_unstable();
                    cuts.dedup();
                    let starts = std::iter::once(0).chain(cuts.iter().copied());
                    let ends = cuts.iter().map(|cut| cut - 1).chain([last]);
                    items.all.extend(starts.zip(ends).map(|(first, last)| Item::Range { group: at, first, last }));
                }
                Kind::Picture | Kind::Text => items.add(Item::Filled { group: at }, group.id.clone()),
            }
            items.groups.insert(group.id.clone(), at);
            if let Some(range) = items.ranges.get_mut(at) {
                *range = (first, items.all.len() as u32);
            }
        }
        items
    }

    fn add(&mut self, item: Item, name: String) {
        self.names.insert(name, ItemId(self.all.len() as u32));
        self.all.push(item);
    }

    /// `"group/choice"`, or the group of a text or picture.
    pub(super) fn named(&self, name: &str) -> Option<ItemId> {
        self.names.get(name).copied()
    }

    /// A group's index by its id.
    pub(super) fn group(&self, id: &str) -> Option<usize> {
        self.groups.get(id).copied()
    }

    /// A group's items.
    pub(super) fn of(&self, group: usize) -> impl DoubleEndedIterator<Item = ItemId> + use<> {
        let (first, end) = self.ranges.get(group).copied().unwrap_or_default();
        (first..end).map(ItemId)
    }

    pub(super) fn get(&self, id: ItemId) -> Option<Item> {
        self.all.get(id.index()).copied()
    }
}

/// The first step that is at least `value`.
pub(super) fn step_from(group: &Group, value: f64) -> u32 {
    let (min, _, step) = group.bounds();
    ((value - min) / step - 1e-6).ceil().clamp(0.0, f64::from(u32::MAX)) as u32
}

/// One more than the last step that is at most `value`.
pub(super) fn step_behind(group: &Group, value: f64) -> u32 {
    let (min, _, step) = group.bounds();
    let steps = ((value - min) / step + 1e-6).floor() + 1.0;
    steps.clamp(0.0, f64::from(u32::MAX)) as u32
}

/// By group id: the steps at which some condition begins or ceases to hold.
fn cuts(product: &Product) -> BTreeMap<&str, Vec<u32>> {
    let mut cuts: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    let groups: BTreeMap<&str, &Group> = product.groups.entries().map(|group| (group.id.as_str(), group)).collect();
    let mut see = |number: &str, min: Option<f64>, max: Option<f64>| {
        let Some((id, group)) = groups.get_key_value(number) else { return };
        let ends = [min.map(|min| step_from(group, min)), max.map(|max| step_behind(group, max))];
        cuts.entry(*id).or_default().extend(ends.into_iter().flatten());
    };
    conditions(product, &mut |condition| walk(condition, &mut see));
    cuts
}

/// Every condition of the file that a rule or price is made of, and all others that choices are asked for.
fn conditions<'a>(product: &'a Product, see: &mut dyn FnMut(&'a Condition)) {
    for rule in product.rules.entries() {
        rule.holds.iter().chain(&rule.when).chain(&rule.requires).chain(rule.excludes.entries()).for_each(&mut *see);
    }
    let prices = product.price.iter().flat_map(|price| price.conditional.entries());
    prices.for_each(|price| see(&price.when));
    product.upgrades.entries().for_each(|upgrade| see(&upgrade.from));
    for group in product.groups.entries() {
        let effects =
            group.choices.entries().flat_map(|choice| choice.effects.entries()).chain(group.effects.entries());
        effects.flat_map(|effect| &effect.when).for_each(&mut *see);
    }
    let effects = product.behaviours.entries().flat_map(|behaviour| behaviour.effects.entries());
    effects.flat_map(|effect| &effect.when).for_each(&mut *see);
    product.dimensions.entries().flat_map(|dimension| &dimension.when).for_each(&mut *see);
    product.hotspots.entries().flat_map(|hotspot| &hotspot.when).for_each(&mut *see);
    product.align.entries().flat_map(|point| &point.when).for_each(&mut *see);
}

fn walk<'a>(condition: &'a Condition, see: &mut dyn FnMut(&'a str, Option<f64>, Option<f64>)) {
    match condition {
        Condition::Choice(_) | Condition::Filled(_) => {}
        Condition::Range { number, min, max } => see(number, *min, *max),
        Condition::All(of) | Condition::Any(of) | Condition::One(of) | Condition::AtMost(_, of) => {
            of.iter().for_each(|condition| walk(condition, see));
        }
        Condition::Not(condition) => walk(condition, see),
    }
}
