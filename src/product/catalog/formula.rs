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
    AtMost(usize, Vec<Formula>),
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
            Condition::AtMost(most, of) => Self::AtMost(*most as usize, all(of)?),
            Condition::One(of) => {
                let of = all(of)?;
                Self::All(vec![Self::Any(of.clone()), Self::AtMost(1, of)])
            }
        })
    }

    /// Whether it holds where these items are taken.
    pub(super) fn holds(&self, taken: &dyn Fn(ItemId) -> bool) -> bool {
        match self {
            Self::Literal(literal) => taken(ItemId(literal.variable())) == literal.is_positive(),
            Self::All(of) => of.iter().all(|one| one.holds(taken)),
            Self::Any(of) => of.iter().any(|one| one.holds(taken)),
            Self::Not(not) => !not.holds(taken),
            Self::AtMost(most, of) => of.iter().filter(|one| one.holds(taken)).count() <= *most,
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
            Self::AtMost(most, of) => Self::AtMost(*most, all(of)),
        }
    }

    /// Every item in it.
    pub(super) fn items(&self, found: &mut Vec<ItemId>) {
        match self {
            Self::Literal(literal) => found.push(ItemId(literal.variable())),
            Self::All(of) | Self::Any(of) | Self::AtMost(_, of) => of.iter().for_each(|one| one.items(found)),
            Self::Not(not) => not.items(found),
        }
    }
}

/// Clauses that say the same as formulas. What would grow too large gets a variable of its own, which is true exactly
/// when its part holds: so every solution of the formulas is one of the clauses, no more and no less.
#[derive(Clone, Debug)]
pub(super) struct Clausal {
    /// How many variables there are.
    pub(super) variables: u32,
    /// All clauses so far.
    pub(super) clauses: Vec<Vec<Literal>>,
}

/// As many clauses come of one alternative before parts get variables.
const MOST: usize = 16;
/// As many literals exclude each other in pairs; more are counted.
const PAIRS: usize = 24;

impl Clausal {
    /// Says that a formula holds.
    pub(super) fn hold(&mut self, formula: &Formula) {
        let clauses = self.of(formula, true);
        self.clauses.extend(clauses);
    }

    /// A literal that is true exactly when a formula holds.
    pub(super) fn define(&mut self, formula: &Formula) -> Literal {
        let (then, otherwise) = (self.of(formula, true), self.of(formula, false));
        self.defined(then, otherwise)
    }

    fn defined(&mut self, then: Vec<Vec<Literal>>, otherwise: Vec<Vec<Literal>>) -> Literal {
        if let ([one], [other]) = (&*then, &*otherwise)
            && let ([literal], [opposite]) = (&**one, &**other)
            && *literal == !*opposite
        {
            return *literal;
        }
        let own = self.fresh();
        self.clauses.extend(then.into_iter().map(|mut clause| {
            clause.push(!own);
            clause
        }));
        self.clauses.extend(otherwise.into_iter().map(|mut clause| {
            clause.push(own);
            clause
        }));
        own
    }

    fn fresh(&mut self) -> Literal {
        self.variables += 1;
        Literal::positive(self.variables - 1)
    }

    /// Clauses of a formula, or of its opposite.
    fn of(&mut self, formula: &Formula, holds: bool) -> Vec<Vec<Literal>> {
        match (formula, holds) {
            (Formula::Literal(literal), _) => vec![vec![if holds { *literal } else { !*literal }]],
            (Formula::Not(not), _) => self.of(not, !holds),
            (Formula::All(of), true) | (Formula::Any(of), false) => {
                of.iter().flat_map(|one| self.of(one, holds)).collect()
            }
            (Formula::Any(of), true) | (Formula::All(of), false) => self.alternatives(of, holds),
            (Formula::AtMost(most, of), _) => self.counted(*most, of, holds),
        }
    }

    fn alternatives(&mut self, of: &[Formula], holds: bool) -> Vec<Vec<Literal>> {
        let mut product = vec![Vec::new()];
        for one in of {
            let mut clauses = self.of(one, holds);
            if clauses.len() > 1 && product.len() * clauses.len() > MOST {
                let opposite = self.of(one, !holds);
                clauses = vec![vec![self.defined(clauses, opposite)]];
            }
            let both = |known: &Vec<Literal>| clauses.iter().map(|more| [&**known, more].concat()).collect::<Vec<_>>();
            product = product.iter().flat_map(both).collect();
        }
        product
    }

    fn counted(&mut self, most: usize, of: &[Formula], holds: bool) -> Vec<Vec<Literal>> {
        if most >= of.len() {
            // Always, and its opposite never.
            return if holds { Vec::new() } else { vec![Vec::new()] };
        }
        let literals: Vec<_> = of.iter().map(|one| self.define(one)).collect();
        if most == 0 || (most == 1 && literals.len() <= PAIRS && holds) {
            let none = |literal: &Literal| vec![!*literal];
            let pair = |(at, one): (usize, &Literal)| {
                let others = literals.iter().skip(at + 1);
                others.map(|other| vec![!*one, !*other]).collect::<Vec<_>>()
            };
            return match (most, holds) {
                (0, true) => literals.iter().map(none).collect(),
                (0, false) => vec![literals],
                _ => literals.iter().enumerate().flat_map(pair).collect(),
            };
        }
        // By how many so far, up to one too many: reached[n] says that there are more than n (Sinz 2005, "Towards an
        // optimal CNF encoding of Boolean cardinality constraints", with both directions).
        let mut reached: Vec<Option<Literal>> = vec![None; most + 1];
        for literal in literals {
            let before = reached.clone();
            for (count, state) in reached.iter_mut().enumerate() {
                // It was reached before, or one less was and this literal holds.
                let less = if count == 0 { Some(None) } else { before.get(count - 1).copied().flatten().map(Some) };
                let Some(less) = less else { continue };
                let step: Vec<_> = std::iter::once(literal).chain(less).collect();
                let opposite: Vec<_> = step.iter().map(|literal| !*literal).collect();
                *state = Some(match *state {
                    None if step.len() == 1 => literal,
                    None => self.defined(step.into_iter().map(|literal| vec![literal]).collect(), vec![opposite]),
                    Some(known) => {
                        let then = step.into_iter().map(|literal| vec![known, literal]).collect();
                        let otherwise = vec![vec![!known], opposite];
                        self.defined(then, otherwise)
                    }
                });
            }
        }
        match reached.last().copied().flatten() {
            Some(too_many) => vec![vec![if holds { !too_many } else { too_many }]],
            None => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logic::{Budget, Clauses, Count, compile};

    /// How many assignments of the first variables meet a formula, by its clauses and by trying.
    fn counts(formula: &Formula, variables: u32) -> (String, String) {
        let mut clausal = Clausal { variables, clauses: Vec::new() };
        clausal.hold(formula);
        let mut clauses = Clauses::new(clausal.variables);
        clausal.clauses.iter().for_each(|clause| clauses.add(clause.iter().copied()));
        let tried = (0..1_u32 << variables).filter(|bits| formula.holds(&|item| bits >> item.0 & 1 == 1)).count();
        (compile(&clauses, Budget::default()).unwrap().sum(&Count).to_string(), tried.to_string())
    }

    fn literal(variable: u32) -> Formula {
        Formula::Literal(Literal::positive(variable))
    }

    #[test]
    fn counting_clauses_have_the_solutions_of_the_formula() {
        for variables in 1..8 {
            let all: Vec<_> = (0..variables).map(literal).collect();
            for most in 0..=variables as usize {
                let few = Formula::AtMost(most, all.clone());
                for formula in [few.clone(), Formula::Not(Box::new(few))] {
                    let (found, tried) = counts(&formula, variables);
                    assert_eq!(found, tried, "{formula:?}");
                }
            }
        }
    }

    #[test]
    fn large_alternatives_keep_their_solutions() {
        let pair = |at: u32| Formula::All(vec![literal(at), Formula::Not(Box::new(literal(at + 1)))]);
        let any = Formula::Any((0..6).map(|at| pair(2 * at)).collect());
        for formula in [
            any.clone(),
            Formula::Not(Box::new(any.clone())),
            Formula::AtMost(2, vec![any.clone(), pair(0), pair(4), literal(11)]),
        ] {
            let (found, tried) = counts(&formula, 12);
            assert_eq!(found, tried, "{formula:?}");
        }
    }
}
