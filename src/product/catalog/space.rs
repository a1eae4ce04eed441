//! What can be said of all combinations at once.

use super::super::configuration::Configuration;
use super::items::{Item, ItemId};
use super::{Catalog, Kind};
use crate::logic::{Cheapest, Literal, Possible, Weighted};

/// How many combinations there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// In decimals, exactly. Each step of a number counts.
    pub combinations: String,
    /// There are free colours, texts or pictures, which do not count.
    pub is_open: bool,
}

/// The cheapest or dearest product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extreme {
    /// One of those that cost this.
    pub configuration: Configuration,
    /// What all its answers add to the base price, minor units.
    pub amount: i64,
}

impl Catalog {
    fn is_sold(&self, literal: Literal) -> bool {
        !(literal.is_positive() && self.is_retired(ItemId(literal.variable())))
    }

    /// How many combinations are sold. None when the rules are too intricate.
    pub fn count(&self) -> Option<Count> {
        let graph = self.graph.as_ref()?;
        let weight = |literal: Literal, filled: u32| match self.item(ItemId(literal.variable())) {
            _ if !self.is_sold(literal) => 0,
            Some(Item::Range { first, last, .. }) if literal.is_positive() => last - first + 1,
            Some(Item::Filled { .. }) if literal.is_positive() => filled,
            _ => 1,
        };
        let without = graph.sum(&Weighted(|literal| weight(literal, 0))).to_string();
        // A product that needs a text has no combination without.
        let combinations =
            if without == "0" { graph.sum(&Weighted(|literal| weight(literal, 1))).to_string() } else { without };
        let is_open = self.product().groups.entries().any(|group| match group.kind {
            Kind::Text | Kind::Picture => true,
            Kind::Color => group.free,
            _ => false,
        });
        Some(Count { combinations, is_open })
    }

    /// Items that every combination has, although their group offers more. None when it cannot be told.
    pub fn forced(&self) -> Option<Vec<ItemId>> {
        let graph = self.graph.as_ref()?;
        let without = graph.shares(&Possible(|literal| self.is_sold(literal)));
        let forced = |item: &ItemId| {
            let others = self.item(*item).is_some_and(|entry| self.items_of(entry.group()).count() > 1);
            others && !without.get((!item.taken()).index()).copied().unwrap_or_default()
        };
        Some(self.ids().filter(forced).collect())
    }

    /// Items of other groups that no combination has together with this one; none of them is dead. None when it cannot
    /// be told.
    pub fn never_with(&self, item: ItemId) -> Option<Vec<ItemId>> {
        let graph = self.graph.as_ref()?;
        let with = graph.shares(&Possible(|literal| literal != !item.taken() && self.is_sold(literal)));
        let group = self.item(item).map(Item::group);
        let is_single = group.and_then(|group| self.group(group)).is_some_and(|group| super::is_single(group.kind));
        let never = |other: &ItemId| {
            let elsewhere = !is_single || self.item(*other).map(Item::group) != group;
            elsewhere && self.is_alive(*other) && !with.get(other.taken().index()).copied().unwrap_or_default()
        };
        Some(self.ids().filter(never).collect())
    }

    /// The cheapest product that is sold.
    pub fn cheapest(&self) -> Option<Extreme> {
        self.extreme(1)
    }

    /// The dearest product that is sold.
    pub fn dearest(&self) -> Option<Extreme> {
        self.extreme(-1)
    }

    fn extreme(&self, sign: i64) -> Option<Extreme> {
        let graph = self.graph.as_ref()?;
        let first = self.first();
        let end = |item: Item| match item {
            Item::Range { group, first, last } => {
                let price = self.group(group).map_or(0, |group| group.price);
                if (sign * price) < 0 { last } else { first }
            }
            _ => 0,
        };
        let cost = Cheapest(|literal: Literal| {
            let id = ItemId(literal.variable());
            let filled = matches!(self.item(id), Some(Item::Free { .. } | Item::Filled { .. }));
            if !self.is_sold(literal) || (filled && literal.is_positive() && !self.takes(first, id)) {
                return None;
            }
            let mut amount = self.amounts.get(literal.index()).copied().unwrap_or_default();
            if let Some(item @ Item::Range { group, .. }) = self.item(id).filter(|_| literal.is_positive()) {
                amount += self.group(group).map_or(0, |group| group.price) * i64::from(end(item));
            }
            Some([sign * amount])
        });
        let solution = graph.cheapest(&cost)?;
        let mut configuration = self.solved(first, &solution);
        for item in self.ids() {
            if let Some(range @ Item::Range { group, .. }) = self.item(item)
                && solution.get(item.index()) == Some(&true)
                && self.group(group).is_some_and(|group| group.price != 0)
            {
                configuration.set(group, super::super::Value::Step(end(range)));
            }
        }
        let amount = self.choices_amount(&configuration);
        Some(Extreme { configuration, amount })
    }
}
