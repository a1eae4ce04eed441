//! Why something cannot be taken: a smallest set of reasons.

use std::collections::BTreeSet;

use super::super::configuration::Configuration;
use super::super::file::Product;
use super::items::{Item, ItemId, Items};
use super::rules::{Constraint, Source, contradict, minimal};
use super::{Catalog, is_single};
use crate::logic::{Budget, Literal, Spent};

/// One reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A rule, by its index.
    Rule(usize),
    /// How many choices a group allows, by its index.
    Bounds(usize),
    /// That this is taken.
    Taken(ItemId),
    /// That this is not taken.
    Left(ItemId),
    /// That this is no longer sold.
    Gone(ItemId),
}

impl Reason {
    /// Where it is in the file, for those that are there.
    pub fn path(&self) -> Option<String> {
        match self {
            Self::Rule(at) => Some(format!("/rules/{at}")),
            Self::Bounds(at) => Some(format!("/groups/{at}")),
            _ => None,
        }
    }
}

/// Why something cannot be taken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explanation {
    /// Rules first, then what they meet. Empty when nothing stands against it.
    pub reasons: Vec<Reason>,
    /// None of the reasons can be left out; false when the budget did not suffice to make sure.
    pub is_minimal: bool,
}

/// What one question may cost.
const BUDGET: Budget = Budget { steps: 1_000_000, depth: 1_000 };

impl Constraint {
    fn reason(&self) -> Reason {
        match self.source {
            Source::Rule(at) => Reason::Rule(at),
            Source::Bounds(at) => Reason::Bounds(at),
        }
    }

    /// Where it is in the file.
    pub(super) fn path(&self) -> String {
        self.reason().path().unwrap_or_default()
    }
}

/// Constraints that contradict each other, none of which can be left out; none when it cannot be told.
pub(super) fn contradiction(
    product: &Product,
    items: &Items,
    structure: &[Vec<ItemId>],
    constraints: &[Constraint],
) -> Option<Vec<Constraint>> {
    let ids = (0..items.all.len() as u32).map(ItemId);
    let is_retired =
        |id: &ItemId| items.get(*id).and_then(|item| item.choice(product)).is_some_and(|choice| choice.retired);
    let retired: Vec<_> = ids.filter(is_retired).map(|id| !id.taken()).collect();
    let all: Vec<_> = constraints.iter().collect();
    let mut ask = |some: &[&Constraint]| contradict(structure, some, &retired, BUDGET);
    let found = minimal(&all, &mut ask).ok()?;
    Some(found.into_iter().cloned().collect())
}

impl Catalog {
    /// Why this item cannot be taken alone, or cannot be left where it is one of many and taken.
    pub fn explain(&self, configuration: &Configuration, item: ItemId) -> Explanation {
        let taken = self.takes(configuration, item);
        if self.is_retired(item) && !taken {
            return Explanation { reasons: vec![Reason::Gone(item)], is_minimal: true };
        }
        let target = if taken { !item.taken() } else { item.taken() };
        let single =
            self.item(item).and_then(|item| self.group(item.group())).is_some_and(|group| is_single(group.kind));
        let group = self.item(item).map(Item::group).unwrap_or_default();
        // As it would be: in a single group the others are left.
        let holds = |other: ItemId| match other == item {
            true => target.is_positive(),
            false => self.takes(configuration, other) && !(single && self.item(other).map(Item::group) == Some(group)),
        };
        let moved = if single { self.items_of(group).collect() } else { vec![item] };
        let mut broken: Vec<usize> =
            moved.iter().filter_map(|item| self.spoken.get(item.index())).flatten().copied().collect();
        broken.sort_unstable();
        broken.dedup();
        broken.retain(|at| self.constraints.get(*at).is_some_and(|constraint| !constraint.formula.holds(&holds)));
        let keeps_old = || self.ids().any(|item| self.is_retired(item) && self.takes(configuration, item));
        if !broken.is_empty() && !taken && !self.is_alive(item) && !keeps_old() {
            return self.explain_dead(item);
        }
        let found = broken.iter().take(8).filter_map(|at| {
            let constraint = self.constraints.get(*at)?;
            Some(self.met_by(constraint, configuration, target, group, single))
        });
        let best = found.min_by_key(|found| (!found.is_minimal, found.reasons.len()));
        best.unwrap_or(Explanation { reasons: Vec::new(), is_minimal: true })
    }

    /// The picks that a constraint meets, as few as there must be.
    fn met_by(
        &self,
        constraint: &Constraint,
        configuration: &Configuration,
        target: Literal,
        own_group: usize,
        own_single: bool,
    ) -> Explanation {
        let groups: BTreeSet<_> = constraint.items.iter().filter_map(|item| Some(self.item(*item)?.group())).collect();
        let mut facts = Vec::new();
        for group in groups {
            let single = self.group(group).is_some_and(|group| is_single(group.kind));
            match (group == own_group && own_single, single) {
                (true, _) => {}
                // That one is taken says that no other is.
                (_, true) => {
                    let taken = self.items_of(group).find(|item| self.takes(configuration, *item));
                    facts.extend(taken.map(ItemId::taken));
                }
                _ => facts.extend(
                    self.items_of(group)
                        .filter(|item| constraint.items.contains(item))
                        .map(|item| if self.takes(configuration, item) { item.taken() } else { !item.taken() }),
                ),
            }
        }
        facts.retain(|fact| fact.variable() != target.variable());
        let mut ask =
            |some: &[Literal]| contradict(&self.structure, &[constraint], &[some, &[target]].concat(), BUDGET);
        let found = minimal(&facts, &mut ask);
        let is_minimal = found.is_ok();
        let picks = found.unwrap_or(facts).into_iter().map(|fact| {
            let item = ItemId(fact.variable());
            if fact.is_positive() { Reason::Taken(item) } else { Reason::Left(item) }
        });
        Explanation { reasons: std::iter::once(constraint.reason()).chain(picks).collect(), is_minimal }
    }

    /// Why no combination that is sold has this item.
    pub(super) fn explain_dead(&self, item: ItemId) -> Explanation {
        let mut groups: BTreeSet<usize> = self.item(item).map(Item::group).into_iter().collect();
        let mut near: BTreeSet<usize> = self.spoken.get(item.index()).into_iter().flatten().copied().collect();
        let mut ask = |some: &[Element<'_>]| {
            let constraints: Vec<_> = some.iter().filter_map(Element::constraint).collect();
            let gone = some.iter().filter_map(Element::gone).map(|gone| !gone.taken());
            let facts: Vec<_> = gone.chain([item.taken()]).collect();
            contradict(&self.structure, &constraints, &facts, BUDGET)
        };
        loop {
            let constraints = near.iter().filter_map(|at| self.constraints.get(*at));
            let known: Vec<_> = constraints.clone().collect();
            let gone = groups.iter().flat_map(|group| self.items_of(*group)).filter(|other| *other != item);
            let gone = gone.filter(|other| self.is_retired(*other)).map(Element::Gone);
            let some: Vec<_> = constraints.map(Element::Constraint).chain(gone).collect();
            match ask(&some) {
                Err(Spent) => {
                    return Explanation { reasons: some.iter().map(Element::reason).collect(), is_minimal: false };
                }
                Ok(true) => {
                    let found = minimal(&some, &mut ask);
                    let is_minimal = found.is_ok();
                    let reasons = found.unwrap_or(some).iter().map(Element::reason).collect();
                    return Explanation { reasons, is_minimal };
                }
                Ok(false) => {
                    // Farther: all that speaks of a group that those speak of.
                    let before = (near.len(), groups.len());
                    let spoken = known.iter().flat_map(|one| one.items.iter());
                    groups.extend(spoken.filter_map(|item| Some(self.item(*item)?.group())));
                    let items = groups.iter().flat_map(|group| self.items_of(*group));
                    near.extend(items.filter_map(|item| self.spoken.get(item.index())).flatten());
                    if (near.len(), groups.len()) == before {
                        return Explanation::default();
                    }
                }
            }
        }
    }
}

/// What can stand against something.
#[derive(Clone, Copy)]
enum Element<'a> {
    Constraint(&'a Constraint),
    Gone(ItemId),
}

impl<'a> Element<'a> {
    fn constraint(&self) -> Option<&'a Constraint> {
        match self {
            Self::Constraint(constraint) => Some(constraint),
            Self::Gone(_) => None,
        }
    }

    fn gone(&self) -> Option<ItemId> {
        match self {
            Self::Constraint(_) => None,
            Self::Gone(item) => Some(*item),
        }
    }

    fn reason(&self) -> Reason {
        match self {
            Self::Constraint(constraint) => constraint.reason(),
            Self::Gone(item) => Reason::Gone(*item),
        }
    }
}
