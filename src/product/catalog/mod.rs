//! A product whose file is checked and whose rules are compiled.

mod ahead;
mod check;
mod clausal;
mod explain;
mod formula;
mod items;
mod names;
mod printing;
mod rules;
mod space;
mod span;
mod state;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::configuration::{Configuration, Value, first_value};
use super::file::{Choice, Condition, Group, Kind, Product};
use super::offer::Offers;
use super::read;
use crate::issue::{Code, Issue, Issues};
use crate::logic::{Budget, Graph, Literal, Possible};

use clausal::Truth;
use formula::Formula;
use items::Items;
use rules::Constraint;

pub use explain::{Explanation, Reason};
pub use items::{Item, ItemId};
pub use space::{Count, Extreme};
pub use span::{All, Span};
pub use state::{Repair, State};

/// For so many dead choices the rules are named: each costs a search.
const MOST_EXPLAINED: usize = 10;

/// A product that customers can choose from.
#[derive(Clone, Debug)]
pub struct Catalog {
    product: Product,
    items: Items,
    structure: Vec<Vec<ItemId>>,
    constraints: Vec<Constraint>,
    /// By item: the constraints that speak of it.
    spoken: Vec<Vec<usize>>,
    /// Conditional prices by their index in the file.
    prices: Vec<(usize, Formula)>,
    /// All combinations; none when they are too intricate.
    graph: Option<Graph>,
    /// By conditional price in `prices`: when it counts.
    counts: Vec<Truth>,
    /// By literal of the graph: what it adds to the price, minor units; of numbers, nothing.
    amounts: Vec<i64>,
    offers: Offers,
    /// By item: in some combination, and still sold.
    alive: Vec<bool>,
    first: Configuration,
}

impl Catalog {
    /// Reads a `product.json` and compiles its rules. What is at fault is left out and said.
    ///
    /// # Errors
    /// [`Code::Product`] or [`Code::ProductLimit`] when nothing of it can be used.
    pub fn from_json(text: &str) -> Result<(Self, Issues), Issue> {
        Self::with_rules(text, None)
    }

    /// The same with rules that were compiled before, by [`Catalog::compile`]. Where they are not of exactly this text that
    /// is said, and the rules are compiled here.
    ///
    /// # Errors
    /// As of [`Catalog::from_json`].
    pub fn with_rules(text: &str, compiled: Option<&[u8]>) -> Result<(Self, Issues), Issue> {
        let mut issues = Issues::default();
        let mut product = read::product(text, &mut issues)?;
        check::check(&mut product, &mut issues);
        let items = Items::new(&product);
        names::check(&mut product, &items, &mut issues);
        let structure = rules::structure(&product, &items);
        let mut constraints = rules::constraints(&product, &items, &mut issues);
        let prices = prices(&mut product, &items, &mut issues);
        let formulas: Vec<_> = prices.iter().map(|(_, formula)| formula.clone()).collect();
        let count = items.all.len() as u32;
        let budget = Budget::default();
        let ahead = compiled.map(|bytes| ahead::read(bytes, text, count, formulas.len()));
        if ahead.as_ref().is_some_and(Option::is_none) {
            issues.report(Code::ProductCompiled, "/compiled", "");
        }
        let here = || rules::compiled(count, &structure, &constraints, &formulas, budget);
        let mut compiled = ahead.flatten().map_or_else(here, Ok);
        let retired: Vec<_> =
            items.all.iter().map(|item| item.choice(&product).is_some_and(|choice| choice.retired)).collect();
        let sold = |literal: Literal| {
            !(literal.is_positive() && retired.get(literal.variable() as usize).copied().unwrap_or_default())
        };
        if compiled.as_ref().is_ok_and(|compiled| !compiled.graph.sum(&Possible(sold))) {
            let guilty = explain::contradiction(&product, &items, &structure, &constraints);
            for constraint in guilty.iter().flatten() {
                issues.report(Code::ProductContradiction, constraint.path(), "");
            }
            if guilty.is_none_or(|guilty| guilty.is_empty()) {
                issues.report(Code::ProductContradiction, "/rules", "");
            }
            constraints.clear();
            compiled = rules::compiled(count, &structure, &constraints, &formulas, budget);
        }
        if compiled.is_err() {
            issues.report(Code::ProductRules, "/rules", "");
        }
        let (graph, counts) = compiled.map_or((None, Vec::new()), |found| (Some(found.graph), found.counts));
        let mut spoken = vec![Vec::new(); items.all.len()];
        for (at, constraint) in constraints.iter().enumerate() {
            for item in &constraint.items {
                if let Some(spoken) = spoken.get_mut(item.index()) {
                    spoken.push(at);
                }
            }
        }
        let first = Configuration::new(product.groups.len(), items.all.len());
        let alive = vec![true; items.all.len()];
        let mut catalog = Self {
            product,
            items,
            structure,
            constraints,
            spoken,
            prices,
            graph,
            counts,
            amounts: Vec::new(),
            offers: Offers::default(),
            alive,
            first,
        };
        catalog.add_up();
        catalog.find_dead(&mut issues);
        catalog.find_first(&mut issues);
        Ok((catalog, issues))
    }

    /// The file, without what was at fault.
    pub fn product(&self) -> &Product {
        &self.product
    }

    /// A group by its index.
    pub fn group(&self, index: usize) -> Option<&Group> {
        self.product.groups.get(index)
    }

    /// A group's index by its id.
    pub fn group_named(&self, id: &str) -> Option<usize> {
        self.items.group(id)
    }

    /// An item by its name: `"group/choice"`, `"group/free"`, or the id of a text or picture group.
    pub fn item_named(&self, name: &str) -> Option<ItemId> {
        self.items.named(name)
    }

    /// All items, each named by its place.
    pub fn items(&self) -> &[Item] {
        &self.items.all
    }

    /// An item.
    pub fn item(&self, id: ItemId) -> Option<Item> {
        self.items.get(id)
    }

    /// A group's items.
    pub fn items_of(&self, group: usize) -> impl DoubleEndedIterator<Item = ItemId> + use<> {
        self.items.of(group)
    }

    /// The choice that an item is.
    pub fn choice(&self, id: ItemId) -> Option<&Choice> {
        self.item(id)?.choice(&self.product)
    }

    /// What the shop says now of prices and stock; it wins over the file.
    pub fn offers(&self) -> &Offers {
        &self.offers
    }

    /// Takes other offers.
    pub fn set_offers(&mut self, offers: Offers) {
        self.offers = offers;
        self.add_up();
    }

    /// What an item costs now: as offered, or as the file says. Of a number, each step.
    pub fn price_of(&self, item: ItemId) -> i64 {
        match self.item(item) {
            Some(Item::Choice { .. }) => {
                self.choice(item).map_or(0, |choice| self.offers.price(choice.sku.as_deref(), choice.price))
            }
            Some(Item::Filled { group } | Item::Range { group, .. }) => {
                self.group(group).map_or(0, |group| group.price)
            }
            Some(Item::Free { .. }) | None => 0,
        }
    }

    /// What a conditional price is now, by its index in the file.
    pub fn conditional_price(&self, index: usize) -> i64 {
        let price = self.product.price.as_ref().and_then(|price| price.conditional.get(index));
        price.map_or(0, |price| self.offers.price(price.sku.as_deref(), price.price))
    }

    /// The conditional prices that count, by their index in the file.
    pub fn counting_prices(&self, configuration: &Configuration) -> impl Iterator<Item = usize> {
        let counts = |formula: &Formula| formula.holds(&|item| self.takes(configuration, item));
        self.prices.iter().filter(move |(_, formula)| counts(formula)).map(|(at, _)| *at)
    }

    /// What each literal adds to the price.
    fn add_up(&mut self) {
        let mut amounts = vec![0; self.graph.as_ref().map_or(0, |graph| 2 * graph.variables() as usize)];
        let items = self.ids().filter(|item| !matches!(self.item(*item), Some(Item::Range { .. })));
        let mut add = |literal: Literal, price: i64| {
            if let Some(amount) = amounts.get_mut(literal.index()) {
                *amount += price;
            }
        };
        items.for_each(|item| add(item.taken(), self.price_of(item)));
        for ((at, _), truth) in self.prices.iter().zip(&self.counts) {
            let price = self.conditional_price(*at);
            match truth {
                Truth::If(literal) => add(*literal, price),
                // With any variable, whatever its value.
                Truth::Always => {
                    [Literal::positive(0), Literal::negative(0)].into_iter().for_each(|one| add(one, price));
                }
                Truth::Never => {}
            }
        }
        self.amounts = amounts;
    }

    /// What a new customer sees: the defaults, or the nearest combination.
    pub fn first(&self) -> &Configuration {
        &self.first
    }

    /// Whether a configuration keeps all rules.
    pub fn is_valid(&self, configuration: &Configuration) -> bool {
        let taken = |item| self.item(item).is_some_and(|item| configuration.takes(item));
        let single = |group: &Vec<ItemId>| group.iter().filter(|item| taken(**item)).count() == 1;
        self.structure.iter().all(single) && self.constraints.iter().all(|constraint| constraint.formula.holds(&taken))
    }

    /// Every item's place that is in some combination and still sold.
    pub fn is_alive(&self, item: ItemId) -> bool {
        self.alive.get(item.index()).copied().unwrap_or_default()
    }

    /// Whether a condition of the file holds; one with unknown names does not.
    pub fn holds(&self, condition: &Condition, configuration: &Configuration) -> bool {
        let formula = Formula::new(condition, &self.product, &self.items);
        formula.is_ok_and(|formula| formula.holds(&|item| self.takes(configuration, item)))
    }

    /// Whether a group takes any number of choices.
    pub fn is_many(&self, group: usize) -> bool {
        self.group(group).is_some_and(|group| group.kind == Kind::Many)
    }

    /// The names of all items.
    pub fn all_items(&self) -> impl Iterator<Item = ItemId> + use<> {
        self.ids()
    }

    fn ids(&self) -> impl Iterator<Item = ItemId> + use<> {
        let range: Range<u32> = 0..self.items.all.len() as u32;
        range.map(ItemId)
    }

    fn is_retired(&self, item: ItemId) -> bool {
        self.choice(item).is_some_and(|choice| choice.retired)
    }

    fn find_dead(&mut self, issues: &mut Issues) {
        let Some(graph) = &self.graph else { return };
        let shares = graph.shares(&Possible(|literal: Literal| {
            !(literal.is_positive() && self.is_retired(ItemId(literal.variable())))
        }));
        let alive: Vec<_> =
            self.ids().map(|item| shares.get(item.taken().index()).copied().unwrap_or_default()).collect();
        let dead = self.ids().zip(&alive).filter(|(item, alive)| !**alive && !self.is_retired(*item));
        for (explained, (item, _)) in dead.enumerate() {
            if issues.is_full() {
                break;
            }
            // The first few say what the others would.
            let reasons = if explained < MOST_EXPLAINED { self.explain_dead(item).reasons } else { Vec::new() };
            let detail: Vec<_> = reasons.iter().filter_map(Reason::path).collect();
            issues.report(Code::ProductDead, self.path(item), detail.join(", "));
        }
        self.alive = alive;
    }

    fn find_first(&mut self, issues: &mut Issues) {
        let mut first = self.first.clone();
        for (at, group) in self.product.groups.iter() {
            let (value, understood) = first_value(group);
            if !understood {
                issues.report(Code::ProductEntry, format!("/groups/{at}/default"), "it is none of the group's answers");
            }
            first.set(at, value);
        }
        let sold = self.with_what_is_sold(&first);
        if sold != first || !self.is_valid(&first) {
            first = sold;
            issues.report(Code::ProductDefault, "/groups", "");
            if let Some(repair) = self.nearest(&first, &[]) {
                first = repair.to;
            }
        }
        self.first = first;
    }

    /// The same without what is no longer sold.
    fn with_what_is_sold(&self, configuration: &Configuration) -> Configuration {
        let mut with = configuration.clone();
        for (at, group) in self.product.groups.iter() {
            let Some(Value::Choices(choices)) = configuration.value(at) else { continue };
            let is_sold = |choice: &usize| group.choices.get(*choice).is_some_and(|choice| !choice.retired);
            let mut sold: Vec<_> = choices.iter().copied().filter(is_sold).collect();
            if is_single(group.kind) && sold.is_empty() {
                sold.extend(group.choices.iter().map(|(choice, _)| choice).find(is_sold));
            }
            if is_single(group.kind) && sold.is_empty() {
                with.set(at, Value::Color([255; 3]));
            } else {
                with.set(at, Value::Choices(sold));
            }
        }
        with
    }

    fn takes(&self, configuration: &Configuration, id: ItemId) -> bool {
        self.item(id).is_some_and(|item| configuration.takes(item))
    }

    /// Where an item is in the file.
    fn path(&self, item: ItemId) -> String {
        match self.item(item) {
            Some(Item::Choice { group, choice }) => format!("/groups/{group}/choices/{choice}"),
            Some(item) => format!("/groups/{}", item.group()),
            None => String::new(),
        }
    }
}

impl Item {
    /// The choice that it is.
    pub fn choice(self, product: &Product) -> Option<&Choice> {
        match self {
            Self::Choice { group, choice } => product.groups.get(group)?.choices.get(choice),
            _ => None,
        }
    }
}

/// Conditional prices, without those whose names lead nowhere.
fn prices(product: &mut Product, items: &Items, issues: &mut Issues) -> Vec<(usize, Formula)> {
    let Some(price) = &product.price else { return Vec::new() };
    let mut found = Vec::new();
    let mut dropped = Vec::new();
    for (at, entry) in price.conditional.iter() {
        match Formula::new(&entry.when, product, items) {
            Ok(formula) => found.push((at, formula)),
            Err(name) => {
                issues.report(Code::ProductName, format!("/price/conditional/{at}/when"), name);
                dropped.push(at);
            }
        }
    }
    if let Some(price) = &mut product.price {
        dropped.into_iter().for_each(|at| price.conditional.drop_entry(at));
    }
    found
}

/// Whether a group's items exclude each other.
fn is_single(kind: Kind) -> bool {
    matches!(kind, Kind::One | Kind::Color | Kind::Number)
}
