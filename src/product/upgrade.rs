//! What owners can make of theirs.

use super::catalog::ItemId;
use super::file::FactValue;
use super::quote::Part;
use super::{Catalog, Change, Configuration, Item, Value};

/// What is known before and after.
#[derive(Clone, Debug, PartialEq)]
pub struct FactChange {
    /// The fact, by its index.
    pub fact: usize,
    /// Before.
    pub from: Option<FactValue>,
    /// After.
    pub to: Option<FactValue>,
}

/// One way from an owned product to a better one.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// The upgrade, by its index.
    pub upgrade: usize,
    /// What it becomes.
    pub to: Configuration,
    /// What changes beside the upgrade's own choices.
    pub changes: Vec<Change>,
    /// What it costs, minor units, before the credit.
    pub price: i64,
    /// What is given for the old part, minor units, ≥ 0.
    pub credit: i64,
    /// What comes.
    pub added: Vec<ItemId>,
    /// What goes.
    pub removed: Vec<ItemId>,
    /// What is in the box: everything with a SKU that was not there.
    pub parts: Vec<Part>,
    /// What differs.
    pub facts: Vec<FactChange>,
}

impl Way {
    /// What is paid, minor units, ≥ 0: nobody gets money for an upgrade.
    pub fn net(&self) -> i64 {
        (self.price - self.credit).max(0)
    }
}

impl Catalog {
    /// The upgrades that fit an owned product and bring something, in the order of the file.
    pub fn upgrades(&self, owned: &Configuration) -> Vec<Way> {
        self.product().upgrades.iter().filter_map(|(at, _)| self.way(at, owned)).collect()
    }

    fn way(&self, at: usize, owned: &Configuration) -> Option<Way> {
        let upgrade = self.product().upgrades.get(at)?;
        if !self.holds(&upgrade.from, owned) {
            return None;
        }
        let to: Vec<_> = upgrade.to.iter().filter_map(|name| self.item_named(name)).collect();
        let mut wanted = owned.clone();
        for id in &to {
            let Item::Choice { group, choice } = self.item(*id)? else { continue };
            let value = match (self.is_many(group), wanted.value(group)) {
                (true, Some(Value::Choices(known))) => {
                    let mut choices = known.clone();
                    choices.push(choice);
                    choices.sort_unstable();
                    choices.dedup();
                    Value::Choices(choices)
                }
                _ => Value::Choices(vec![choice]),
            };
            wanted = self.with(&wanted, group, value);
        }
        if !self.is_sold_to(owned, &wanted) {
            return None;
        }
        let kept: Vec<_> = to
            .iter()
            .flat_map(|id| match self.item(*id) {
                Some(item) if !self.is_many(item.group()) => self.items_of(item.group()).collect(),
                _ => vec![*id],
            })
            .collect();
        let repair = self.nearest(&wanted, &kept)?;
        let result = &repair.to;
        let moved = |taken: bool| {
            let moves = move |id: &ItemId| {
                let Some(item) = self.item(*id) else { return false };
                let (was, is) = (owned.takes(item), result.takes(item));
                was != is && is == taken && !matches!(item, Item::Range { .. })
            };
            self.all_items().filter(moves).collect::<Vec<_>>()
        };
        let (added, removed) = (moved(true), moved(false));
        if added.is_empty() && removed.is_empty() {
            return None;
        }
        let difference = || self.choices_amount(&repair.to) - self.choices_amount(owned);
        let price = upgrade.price.map(|price| self.offers().price(upgrade.sku.as_deref(), price));
        Some(Way {
            upgrade: at,
            price: price.unwrap_or_else(difference),
            credit: upgrade.credit.max(0),
            parts: self.new_parts(owned, &repair.to),
            facts: self.fact_changes(owned, &repair.to),
            changes: repair.changes,
            added,
            removed,
            to: repair.to,
        })
    }

    /// Everything with a SKU that is in one and not, or not so often, in the other.
    fn new_parts(&self, from: &Configuration, to: &Configuration) -> Vec<Part> {
        let before = self.quote(from, 0.0).parts;
        let known = |sku: &str| before.iter().find(|part| part.sku == sku).map_or(0, |part| part.quantity);
        let parts = self.quote(to, 0.0).parts.into_iter().map(|part| {
            let quantity = part.quantity.saturating_sub(known(&part.sku));
            Part { quantity, ..part }
        });
        parts.filter(|part| part.quantity > 0).collect()
    }

    /// What differs between two configurations.
    pub fn fact_changes(&self, from: &Configuration, to: &Configuration) -> Vec<FactChange> {
        let (before, after) = (self.facts(from), self.facts(to));
        let find = |facts: &[(usize, FactValue)], fact| {
            facts.iter().find(|(at, _)| *at == fact).map(|(_, value)| value.clone())
        };
        let facts = self.product().facts.iter().map(|(fact, _)| FactChange {
            fact,
            from: find(&before, fact),
            to: find(&after, fact),
        });
        facts.filter(|change| change.from != change.to).collect()
    }
}
