//! What taking something would mean, and the cheapest way there.

use super::super::artwork::{Artwork, Words};
use super::super::configuration::{Change, Configuration, Value, toggled};
use super::super::file::Kind;
use super::super::session::Suggestion;
use super::items::{Item, ItemId};
use super::{Catalog, is_single};
use crate::logic::{Cheapest, Graph, Literal, Possible};

/// What it would mean to take an item, or, where it is one of many and taken, to leave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is taken, and is left by taking another.
    Taken,
    /// Nothing else has to change.
    Possible {
        /// What the price changes by, minor units.
        amount: i64,
    },
    /// Others have to change. Where there is no repair, one of them is a text, picture or colour that only the customer can
    /// give.
    Repairable {
        /// At least so many of the customer's own picks.
        own: u32,
        /// And so many others.
        others: u32,
        /// What the price changes by, minor units.
        amount: i64,
    },
    /// No combination has it, or for one that is taken: none is without it. What is no longer sold is dead, too.
    Dead,
    /// The rules are too intricate to tell.
    Unknown,
}

/// A way to a valid configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// Where it leads.
    pub to: Configuration,
    /// What changes, but for what was asked for.
    pub changes: Vec<Change>,
    /// What the price changes by, minor units.
    pub amount: i64,
}

/// The customer's own picks that move, others that move, and the price: the first matters most.
type Cost = [i64; 3];

impl Catalog {
    /// The state of every item, by its place.
    pub fn states(&self, configuration: &Configuration) -> Vec<State> {
        let now = self.choices_amount(configuration);
        let Some(graph) = &self.graph else {
            return self.ids().map(|item| self.guess(configuration, item, now)).collect();
        };
        let costs = graph.shares(&self.cost(configuration, |literal| self.is_allowed(configuration, literal)));
        let given = std::cell::OnceCell::new();
        let state = |item| {
            let (taken, single) = (self.takes(configuration, item), self.is_in_single(item));
            if taken && single {
                return State::Taken;
            }
            let literal = if taken { !item.taken() } else { item.taken() };
            let Some([own, others, amount]) = costs.get(literal.index()).copied().flatten() else {
                // Words and pictures are the customer's to give, and a colour is there when they mix one.
                let given = given.get_or_init(|| {
                    graph.shares(&Possible(|literal: Literal| {
                        let item = ItemId(literal.variable());
                        !literal.is_positive() || !self.is_retired(item) || self.takes(configuration, item)
                    }))
                });
                return match given.get(literal.index()) {
                    Some(true) => self.guess(configuration, item, now),
                    _ => State::Dead,
                };
            };
            let moved = self.move_of(configuration, item);
            let (own, others) = (own - moved[0], others - moved[1]);
            match (own, others) {
                (0, 0) => State::Possible { amount: amount - now },
                _ => State::Repairable { own: own as u32, others: others as u32, amount: amount - now },
            }
        };
        self.ids().map(state).collect()
    }

    /// The state of a value that a group does not have now: what taking it would mean.
    pub fn state_of(&self, configuration: &Configuration, group: usize, value: &Value) -> State {
        let repair = self.repair(configuration, group, value);
        self.state_with(configuration, group, value, repair.as_ref())
    }

    /// The same when the repair is known.
    pub(in super::super) fn state_with(
        &self,
        configuration: &Configuration,
        group: usize,
        value: &Value,
        repair: Option<&Repair>,
    ) -> State {
        let alone = self.with(configuration, group, value.clone());
        if !self.is_sold_to(configuration, &alone) {
            return State::Dead;
        }
        if self.is_valid(&alone) {
            let amount = self.choices_amount(&alone) - self.choices_amount(configuration);
            return State::Possible { amount };
        }
        match repair {
            Some(repair) => {
                let own = repair.changes.iter().filter(|change| change.own).count() as u32;
                State::Repairable { own, others: repair.changes.len() as u32 - own, amount: repair.amount }
            }
            None => match &self.graph {
                None => State::Unknown,
                Some(graph) if self.is_given(graph, configuration, group, &alone) => {
                    let amount = self.choices_amount(&alone) - self.choices_amount(configuration);
                    State::Repairable { own: 0, others: 1, amount }
                }
                Some(_) => State::Dead,
            },
        }
    }

    /// Whether `alone`, which differs in one group, can be had once the customer gives a text, picture or colour.
    fn is_given(&self, graph: &Graph, from: &Configuration, group: usize, alone: &Configuration) -> bool {
        let kept = |item: ItemId| {
            let moved = self.takes(from, item) != self.takes(alone, item);
            self.item(item).map(Item::group) == Some(group) && (self.is_in_single(item) || moved)
        };
        graph.sum(&Possible(|literal: Literal| {
            let item = ItemId(literal.variable());
            let sold = !(literal.is_positive() && self.is_retired(item)) || self.takes(from, item);
            if kept(item) { self.takes(alone, item) == literal.is_positive() } else { sold }
        }))
    }

    /// The same configuration with another answer to one group, valid or not.
    pub fn with(&self, configuration: &Configuration, group: usize, value: Value) -> Configuration {
        let mut with = configuration.clone();
        with.set(group, value);
        for item in self.items_of(group) {
            let moved = self.takes(configuration, item) != self.takes(&with, item);
            let own = match self.group(group).map(|group| group.kind) {
                Some(Kind::Many) => moved || configuration.is_own(item),
                _ => self.takes(&with, item),
            };
            with.set_own(item, own);
        }
        with
    }

    /// The cheapest way to give a group this answer; of many, to take or leave what it takes or leaves. It moves as few of the customer's own picks as can be, then as few
    /// others, then costs the least. None when there is none, or it cannot be told.
    pub fn repair(&self, configuration: &Configuration, group: usize, value: &Value) -> Option<Repair> {
        let wanted = self.with(configuration, group, value.clone());
        if !self.is_sold_to(configuration, &wanted) {
            return None;
        }
        let moved = |item: &ItemId| self.takes(configuration, *item) != self.takes(&wanted, *item);
        let kept: Vec<_> = self.items_of(group).filter(|item| self.is_in_single(*item) || moved(item)).collect();
        let mut repair = self.nearest(&wanted, &kept)?;
        repair.amount = self.choices_amount(&repair.to) - self.choices_amount(configuration);
        Some(repair)
    }

    /// Whether all that `to` takes is still sold, or was there before.
    pub(in super::super) fn is_sold_to(&self, from: &Configuration, to: &Configuration) -> bool {
        self.ids().all(|item| !self.is_retired(item) || !self.takes(to, item) || self.takes(from, item))
    }

    /// The nearest valid configuration, in which these items stay as they are.
    pub(in super::super) fn nearest(&self, wanted: &Configuration, kept: &[ItemId]) -> Option<Repair> {
        let graph = self.graph.as_ref()?;
        let allowed = |literal: Literal| {
            let item = ItemId(literal.variable());
            let stays = self.takes(wanted, item) == literal.is_positive();
            if kept.contains(&item) { stays } else { self.is_allowed(wanted, literal) }
        };
        let solution = graph.cheapest(&self.cost(wanted, allowed))?;
        let to = self.solved(wanted, &solution);
        let changes = wanted.changes_to(&to, self);
        let amount = self.choices_amount(&to) - self.choices_amount(wanted);
        Some(Repair { to, changes, amount })
    }

    /// The configuration that suits best: without what is avoided where that can be, then by weight, then with as few
    /// changes as can be. Answers to the guide win over the customer's own picks.
    pub(in super::super) fn suited(&self, from: &Configuration, suggestions: &[Suggestion]) -> Option<Configuration> {
        let graph = self.graph.as_ref()?;
        let base = self.cost(from, |literal| self.is_allowed(from, literal));
        let mut weights = vec![[0; 2]; self.items.all.len()];
        for Suggestion { item, weight, is_avoided } in suggestions {
            if let Some(cost) = weights.get_mut(item.index()) {
                *cost = [i64::from(*is_avoided), -weight];
            }
        }
        let cost = Cheapest(|literal: Literal| {
            let [own, others, amount] = (base.0)(literal)?;
            let taken = weights.get(literal.variable() as usize).copied().filter(|_| literal.is_positive());
            let [avoided, weight] = taken.unwrap_or_default();
            Some([avoided, weight, own, others, amount])
        });
        Some(self.solved(from, &graph.cheapest(&cost)?))
    }

    /// What a solution is, with as little difference from `near` as can be.
    pub(super) fn solved(&self, near: &Configuration, solution: &[bool]) -> Configuration {
        let mut to = near.clone();
        let holds = |item: &ItemId| solution.get(item.index()).copied().unwrap_or_default();
        for (at, group) in self.product().groups.iter() {
            let now: Vec<_> = self.items_of(at).filter(holds).collect();
            if self.items_of(at).all(|item| self.takes(near, item) == holds(&item)) {
                continue;
            }
            let first = now.first().and_then(|item| self.item(*item));
            let value = match (group.kind, first) {
                (Kind::Text, _) => Value::Text(Words::default()),
                (Kind::Picture, _) => Value::Picture(Artwork::default()),
                (_, Some(Item::Range { first, last, .. })) => match near.value(at) {
                    Some(Value::Step(step)) => Value::Step((*step).clamp(first, last)),
                    _ => Value::Step(first),
                },
                (_, Some(Item::Free { .. })) => Value::Color([255; 3]),
                _ => Value::Choices(
                    now.iter()
                        .filter_map(|item| match self.item(*item) {
                            Some(Item::Choice { choice, .. }) => Some(choice),
                            _ => None,
                        })
                        .collect(),
                ),
            };
            to.set(at, value);
            // What the engine moved is the shop's again.
            for item in self.items_of(at).filter(|item| is_single(group.kind) || self.takes(near, *item) != holds(item))
            {
                to.set_own(item, false);
            }
        }
        to
    }

    /// What leaving the present answer costs, for this item to be taken or left.
    fn move_of(&self, configuration: &Configuration, item: ItemId) -> [i64; 2] {
        let moved = if self.is_in_single(item) {
            let group = self.item(item).map(Item::group).unwrap_or_default();
            self.items_of(group).find(|item| self.takes(configuration, *item))
        } else {
            Some(item)
        };
        match moved {
            Some(moved) if configuration.is_own(moved) => [1, 0],
            Some(_) => [0, 1],
            None => [0, 0],
        }
    }

    fn is_in_single(&self, item: ItemId) -> bool {
        let group = self.item(item).and_then(|item| self.group(item.group()));
        group.is_some_and(|group| is_single(group.kind))
    }

    /// Whether the engine may take this by itself: not what is no longer sold, nor what only the customer can give.
    fn is_allowed(&self, configuration: &Configuration, literal: Literal) -> bool {
        let item = ItemId(literal.variable());
        let given = matches!(self.item(item), Some(Item::Free { .. } | Item::Filled { .. }));
        !literal.is_positive() || !(given || self.is_retired(item)) || self.takes(configuration, item)
    }

    pub(super) fn cost<'a>(
        &'a self,
        from: &'a Configuration,
        allowed: impl Fn(Literal) -> bool + 'a,
    ) -> Cheapest<impl Fn(Literal) -> Option<Cost> + 'a> {
        Cheapest(move |literal: Literal| {
            let item = ItemId(literal.variable());
            let amount = self.amounts.get(literal.index()).copied().unwrap_or_default();
            let Some(entry) = self.item(item) else { return Some([0, 0, amount]) };
            if !allowed(literal) {
                return None;
            }
            let amount = amount + if literal.is_positive() { self.range_amount(entry, from) } else { 0 };
            let taken = from.takes(entry);
            // In a group whose items exclude each other, only leaving counts.
            let counts = taken != literal.is_positive() && (taken || !self.is_in_single(item));
            Some(match (counts, from.is_own(item)) {
                (false, _) => [0, 0, amount],
                (true, true) => [1, 0, amount],
                (true, false) => [0, 1, amount],
            })
        })
    }

    /// What the number in this range costs that is nearest to the present one.
    fn range_amount(&self, item: Item, from: &Configuration) -> i64 {
        let Item::Range { group, first, last } = item else { return 0 };
        let step = match from.value(group) {
            Some(Value::Step(step)) => (*step).clamp(first, last),
            _ => first,
        };
        self.group(group).map_or(0, |group| group.price * i64::from(step))
    }

    /// What all answers together add to the base price, minor units.
    pub fn choices_amount(&self, configuration: &Configuration) -> i64 {
        let price = |item: ItemId| match self.item(item)? {
            entry if !configuration.takes(entry) => None,
            entry @ Item::Range { .. } => Some(self.range_amount(entry, configuration)),
            _ => Some(self.price_of(item)),
        };
        let conditional = self.counting_prices(configuration).map(|at| self.conditional_price(at));
        self.ids().filter_map(price).sum::<i64>() + conditional.sum::<i64>()
    }

    /// What can be told without the graph: whether taking it alone keeps all rules.
    fn guess(&self, configuration: &Configuration, item: ItemId, now: i64) -> State {
        if self.is_retired(item) {
            return State::Dead;
        }
        let mut alone = configuration.clone();
        let (Some(entry), taken) = (self.item(item), self.takes(configuration, item)) else { return State::Unknown };
        let group = entry.group();
        if taken && self.is_in_single(item) {
            return State::Taken;
        }
        let value = match (entry, configuration.value(group)) {
            (Item::Choice { choice, .. }, Some(Value::Choices(choices))) if !self.is_in_single(item) => {
                Value::Choices(toggled(choices, choice))
            }
            (Item::Choice { choice, .. }, _) => Value::Choices(vec![choice]),
            (Item::Free { .. }, _) => Value::Color([255; 3]),
            (Item::Range { first, last, .. }, Some(Value::Step(step))) => Value::Step((*step).clamp(first, last)),
            (Item::Range { first, .. }, _) => Value::Step(first),
            (Item::Filled { .. }, Some(Value::Picture(_))) => Value::Picture(if taken { "" } else { "?" }.into()),
            (Item::Filled { .. }, _) => Value::Text(if taken { "" } else { "?" }.into()),
        };
        alone.set(group, value.clone());
        if self.is_valid(&alone) {
            return State::Possible { amount: self.choices_amount(&alone) - now };
        }
        if self.graph.is_some() { self.state_of(configuration, group, &value) } else { State::Unknown }
    }
}
