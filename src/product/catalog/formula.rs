//! Conditions over items, and their clauses.

use super::super::file::{Condition, Product};
use super::items::{Item, ItemId, Items, step_behind, step_from};
use crate::logic::Literal;

/// A condition whose names are looked up.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Formula {
    Literal(Literal),
    All(Vec<Formula>),
    Any(Vec<Formula>),
    Not(Box<Formula>),
    /// From so many up to so many of these hold.
    Count(usize, usize, Vec<Formula>),
}

impl Formula {
    /// # Errors
    /// The name that names nothing.
    pub(super) fn new(condition: &Condition, product: &Product, items: &Items) -> Result<Self, String> {
        let all = |of: &[Condition]| of.iter().map(|one| Self::new(one, product, items)).collect::<Result<Vec<_>, _>>();
        Ok(match condition {
            Condition::Choice(name) | Condition::Filled(name) => {
                let filled = matches!(condition, Condition::Filled(_));
                let item = items.named(name).ok_or_else(|| name.clone())?;
                if filled != matches!(items.get(item), Some(Item::Filled { .. })) {
                    return Err(name.clone());
                }
                Self::Literal(item.taken())
            }
            Condition::Range { number, min, max } => {
                let at = items.group(number).ok_or_else(|| number.clone())?;
                let group = product.groups.get(at).ok_or_else(|| number.clone())?;
                let from = min.map_or(0, |min| step_from(group, min));
                let behind = max.map_or(u32::MAX, |max| step_behind(group, max));
                let mut ranges = Vec::new();
                for id in items.of(at) {
                    let Some(Item::Range { first, last, .. }) = items.get(id) else { return Err(number.clone()) };
                    // Each range lies within the condition or outside: it was cut there.
                    if from <= first && last < behind {
                        ranges.push(Self::Literal(id.taken()));
                    }
                }
                Self::Any(ranges)
            }
            Condition::All(of) => Self::All(all(of)?),
            Condition::Any(of) => Self::Any(all(of)?),
            Condition::Not(not) => Self::Not(Box::new(Self::new(not, product, items)?)),
            Condition::AtMost(most, of) => Self::Count(0, *most as usize, all(of)?),
            Condition::One(of) => Self::Count(1, 1, all(of)?),
        })
    }

    /// Whether it holds where these items are taken.
    pub(super) fn holds(&self, taken: &dyn Fn(ItemId) -> bool) -> bool {
        match self {
            Self::Literal(literal) => taken(ItemId(literal.variable())) == literal.is_positive(),
            Self::All(of) => of.iter().all(|one| one.holds(taken)),
            Self::Any(of) => of.iter().any(|one| one.holds(taken)),
            Self::Not(not) => !not.holds(taken),
            Self::Count(least, most, of) => {
                (*least..=*most).contains(&of.iter().filter(|one| one.holds(taken)).count())
            }
        }
    }

    /// The same about other items.
    pub(super) fn renamed(&self, name: &dyn Fn(ItemId) -> ItemId) -> Self {
        let all = |of: &[Self]| of.iter().map(|one| one.renamed(name)).collect();
        match self {
            Self::Literal(literal) => {
                let taken = name(ItemId(literal.variable())).taken();
                Self::Literal(if literal.is_positive() { taken } else { !taken })
            }
            Self::All(of) => Self::All(all(of)),
            Self::Any(of) => Self::Any(all(of)),
            Self::Not(not) => Self::Not(Box::new(not.renamed(name))),
            Self::Count(least, most, of) => Self::Count(*least, *most, all(of)),
        }
    }

    /// Every item in it.
    pub(super) fn items(&self, found: &mut Vec<ItemId>) {
        match self {
            Self::Literal(literal) => found.push(ItemId(literal.variable())),
            Self::All(of) | Self::Any(of) | Self::Count(_, _, of) => of.iter().for_each(|one| one.items(found)),
            Self::Not(not) => not.items(found),
        }
    }
}
