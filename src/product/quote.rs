//! What a configuration costs, line by line, and what it is made of.

use std::collections::BTreeMap;

use super::file::{FactValue, Kind};
use super::{Catalog, Configuration, Item, ItemId, Value};

/// What a line stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// The product before any choice.
    Base,
    /// A choice.
    Choice(ItemId),
    /// A number's steps, by the group.
    Steps(usize),
    /// A text or picture, by the group.
    Filled(usize),
    /// A price that depends on several choices, by its index.
    Conditional(usize),
}

/// One line of a quote.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What it stands for.
    pub kind: LineKind,
    /// The number under which the shop knows it.
    pub sku: Option<String>,
    /// How many.
    pub quantity: u32,
    /// In all, minor units of the file's currency.
    pub amount: i64,
    /// The shop has offered this price, and no longer stands to it.
    pub is_stale: bool,
}

/// A thing to be packed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The number under which the shop knows it.
    pub sku: String,
    /// How many.
    pub quantity: u32,
}

/// What a configuration costs. Nobody should sell by it: the shop's server makes its own from the code.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// The lines, those that cost nothing and have no SKU left out.
    pub lines: Vec<Line>,
    /// Their sum, minor units of the file's currency. Includes tax or not, as the file says.
    pub total: i64,
    /// The tax in it or on it, minor units, where the file gives its rate.
    pub tax: Option<i64>,
    /// The bill of materials: everything with a SKU.
    pub parts: Vec<Part>,
    /// When the offers were made that prices come from, seconds since 1970.
    pub offers_secs: Option<f64>,
    /// Some price is stale.
    pub is_stale: bool,
}

impl Catalog {
    /// What a configuration costs. `now_secs`, since 1970, tells what is stale.
    pub fn quote(&self, configuration: &Configuration, now_secs: f64) -> Quote {
        let price = self.product().price.as_ref();
        let mut lines = Vec::new();
        let mut add = |kind, sku: Option<&str>, quantity, amount| {
            let offer = self.offers().get(sku).filter(|offer| offer.price.is_some());
            let is_stale = offer.and_then(|offer| offer.valid_until_secs).is_some_and(|until| until < now_secs);
            if amount != 0 || sku.is_some() || kind == LineKind::Base {
                // The product itself is no part of its own bill of materials.
                let sku = sku.filter(|_| kind != LineKind::Base);
                lines.push(Line { kind, sku: sku.map(str::to_owned), quantity, amount, is_stale });
            }
        };
        let own = price.and_then(|price| price.sku.as_deref());
        add(LineKind::Base, own, 1, price.map_or(0, |price| self.offers().price(own, price.base)));
        for (at, group) in self.product().groups.iter() {
            match (group.kind, configuration.value(at)) {
                (Kind::Number, Some(Value::Step(step))) => {
                    add(LineKind::Steps(at), None, *step, group.price * i64::from(*step));
                }
                (_, Some(value)) if value.is_filled() => {
                    add(LineKind::Filled(at), None, 1, group.price);
                }
                _ => {
                    for id in
                        self.items_of(at).filter(|id| self.item(*id).is_some_and(|item| configuration.takes(item)))
                    {
                        if let Some(choice) = self.choice(id) {
                            add(LineKind::Choice(id), choice.sku.as_deref(), 1, self.price_of(id));
                        }
                    }
                }
            }
        }
        for at in self.counting_prices(configuration) {
            let sku = price.and_then(|price| price.conditional.get(at)?.sku.as_deref());
            add(LineKind::Conditional(at), sku, 1, self.conditional_price(at));
        }
        let total = lines.iter().map(|line| line.amount).sum();
        let mut parts: BTreeMap<&str, u32> = BTreeMap::new();
        for line in &lines {
            if let Some(sku) = &line.sku {
                *parts.entry(sku).or_default() += line.quantity;
            }
        }
        let parts = parts.into_iter().map(|(sku, quantity)| Part { sku: sku.to_owned(), quantity }).collect();
        let is_stale = lines.iter().any(|line| line.is_stale);
        let tax = price.and_then(|price| price.tax.as_ref()).and_then(|tax| {
            let share = tax.percent? / 100.0;
            let share = if tax.included { share / (1.0 + share) } else { share };
            Some((total as f64 * share).round() as i64)
        });
        Quote { lines, total, tax, parts, offers_secs: self.offers().made_secs, is_stale }
    }

    /// The number under which the shop knows what a line stands for.
    pub fn sku_of(&self, line: LineKind) -> Option<&str> {
        match line {
            LineKind::Choice(id) => self.choice(id)?.sku.as_deref(),
            LineKind::Conditional(at) => self.product().price.as_ref()?.conditional.get(at)?.sku.as_deref(),
            LineKind::Base | LineKind::Steps(_) | LineKind::Filled(_) => None,
        }
    }

    /// What is known of a configuration, by the index of the fact: figures add up, of words the last choice's hold.
    pub fn facts(&self, configuration: &Configuration) -> Vec<(usize, FactValue)> {
        let mut known = Vec::new();
        for (at, fact) in self.product().facts.iter() {
            let mut value = fact.base.clone();
            for item in self.items().iter().filter(|item| configuration.takes(**item)) {
                let more = item.choice(self.product()).and_then(|choice| choice.facts.get(&fact.id));
                value = match (value, more) {
                    (Some(FactValue::Figure(sum)), Some(FactValue::Figure(more))) => {
                        Some(FactValue::Figure(sum + more))
                    }
                    (value, more) => more.cloned().or(value),
                };
            }
            known.extend(value.map(|value| (at, value)));
        }
        known
    }

    /// How many there are of what a configuration is made of: the fewest, and the longest wait in days.
    pub fn availability(&self, configuration: &Configuration) -> (Option<u32>, u32) {
        let taken = self.items().iter().filter(|item| configuration.takes(**item));
        let each = taken.filter_map(|item: &Item| item.choice(self.product())).map(|choice| {
            let offer = self.offers().get(choice.sku.as_deref());
            let stock = offer.and_then(|offer| offer.stock).or(choice.stock);
            (stock, offer.and_then(|offer| offer.lead_time_days).or(choice.lead_time_days).unwrap_or(0))
        });
        each.fold((None, 0), |(least, longest), (stock, days)| {
            let least = match (least, stock) {
                (Some(least), Some(stock)) => Some(stock.min(least)),
                (least, stock) => least.or(stock),
            };
            (least, days.max(longest))
        })
    }
}
