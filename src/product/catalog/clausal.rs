//! Formulas as clauses.

use std::ops::Not;

use super::formula::Formula;
use crate::logic::{Clauses, Literal, Spent};

/// As many literals exclude each other in pairs; more are counted.
const PAIRS: usize = 24;
/// As many literals may stand in all clauses: no product has so many, and a hostile file ends here.
const MOST_LITERALS: usize = 4_000_000;

/// Clauses that say the same as formulas. A part that stands in another one may get a variable of its own, which is true
/// exactly when the part holds: so every solution of the formulas is one of the clauses, no more and no less.
///
/// Each part is defined at most once, so that there are as many clauses as the formulas are long, and of a count the
/// product of how many there are and how many are counted.
#[derive(Clone, Debug)]
pub(super) struct Clausal {
    variables: u32,
    clauses: Vec<Vec<Literal>>,
    literals: usize,
}

/// What is known of a part.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Truth {
    Always,
    Never,
    If(Literal),
}

impl Truth {
    fn is(self, holds: bool) -> Self {
        if holds { self } else { !self }
    }
}

impl Not for Truth {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::Always => Self::Never,
            Self::Never => Self::Always,
            Self::If(literal) => Self::If(!literal),
        }
    }
}

impl Clausal {
    /// About so many variables, and further ones of its own.
    pub(super) fn new(variables: u32) -> Self {
        Self { variables, clauses: Vec::new(), literals: 0 }
    }

    /// All clauses so far.
    pub(super) fn clauses(&self) -> Clauses {
        let mut clauses = Clauses::new(self.variables);
        self.clauses.iter().for_each(|clause| clauses.add(clause.iter().copied()));
        clauses
    }

    /// Says that a formula holds.
    ///
    /// # Errors
    /// [`Spent`] when there are too many clauses.
    pub(super) fn hold(&mut self, formula: &Formula) -> Result<(), Spent> {
        self.hold_or(&[], formula, true)
    }

    /// Says that one of some literals holds, or a formula (or its opposite).
    fn hold_or(&mut self, or: &[Literal], formula: &Formula, holds: bool) -> Result<(), Spent> {
        match (formula, holds) {
            (Formula::Literal(literal), _) => self.push(or, &[Truth::If(*literal).is(holds)]),
            (Formula::Not(not), _) => self.hold_or(or, not, !holds),
            (Formula::All(of), true) | (Formula::Any(of), false) => {
                of.iter().try_for_each(|one| self.hold_or(or, one, holds))
            }
            (Formula::Any(of), true) | (Formula::All(of), false) => {
                // One part may stay as it is: most rules say that something holds, or all of several.
                let compound = of.iter().position(|one| !matches!(one, Formula::Literal(_)));
                let mut truths = Vec::new();
                for (_, one) in of.iter().enumerate().filter(|(at, _)| Some(*at) != compound) {
                    truths.push(self.truth(one)?.is(holds));
                }
                match compound.and_then(|at| of.get(at)) {
                    Some(part) => match clause(or, &truths) {
                        Some(or) => self.hold_or(&or, part, holds),
                        None => Ok(()),
                    },
                    None => self.push(or, &truths),
                }
            }
            (Formula::Count(least, most, of), true) => {
                let truths = of.iter().map(|one| self.truth(one)).collect::<Result<Vec<_>, _>>()?;
                if *least <= 1 && *most == 1 && truths.len() <= PAIRS {
                    for (at, one) in truths.iter().enumerate() {
                        for other in truths.iter().skip(at + 1) {
                            self.push(or, &[!*one, !*other])?;
                        }
                    }
                    return if *least == 1 { self.push(or, &truths) } else { Ok(()) };
                }
                let (enough, too_many) = self.counted(*least, *most, &truths)?;
                self.push(or, &[enough])?;
                self.push(or, &[!too_many])
            }
            (Formula::Count(least, most, of), false) => {
                let truths = of.iter().map(|one| self.truth(one)).collect::<Result<Vec<_>, _>>()?;
                let (enough, too_many) = self.counted(*least, *most, &truths)?;
                self.push(or, &[!enough, too_many])
            }
        }
    }

    /// When a formula holds.
    ///
    /// # Errors
    /// [`Spent`] when there are too many clauses.
    pub(super) fn truth(&mut self, formula: &Formula) -> Result<Truth, Spent> {
        match formula {
            Formula::Literal(literal) => Ok(Truth::If(*literal)),
            Formula::Not(not) => Ok(!self.truth(not)?),
            Formula::All(of) | Formula::Any(of) => {
                let all = matches!(formula, Formula::All(_));
                let truths = of.iter().map(|one| Ok(self.truth(one)?.is(all))).collect::<Result<Vec<_>, Spent>>()?;
                Ok(self.all(&truths)?.is(all))
            }
            Formula::Count(least, most, of) => {
                let truths = of.iter().map(|one| self.truth(one)).collect::<Result<Vec<_>, _>>()?;
                let (enough, too_many) = self.counted(*least, *most, &truths)?;
                self.all(&[enough, !too_many])
            }
        }
    }

    /// When all of these hold.
    fn all(&mut self, truths: &[Truth]) -> Result<Truth, Spent> {
        let mut known = Vec::new();
        for truth in truths {
            match truth {
                Truth::Always => {}
                Truth::Never => return Ok(Truth::Never),
                Truth::If(literal) => known.push(*literal),
            }
        }
        known.sort_unstable();
        known.dedup();
        match *known {
            [] => Ok(Truth::Always),
            [literal] => Ok(Truth::If(literal)),
            _ => {
                let own = Truth::If(self.fresh());
                for literal in &known {
                    self.push(&[*literal], &[!own])?;
                }
                let opposites: Vec<_> = known.iter().map(|literal| !*literal).collect();
                self.push(&opposites, &[own])?;
                Ok(own)
            }
        }
    }

    /// When at least so many hold, and when more than so many do: by how many of the first few, and so on (Sinz 2005,
    /// "Towards an optimal CNF encoding of Boolean cardinality constraints", with both directions).
    fn counted(&mut self, least: usize, most: usize, truths: &[Truth]) -> Result<(Truth, Truth), Spent> {
        let count = truths.len();
        // Of what is always or never so, nothing need be counted.
        let highest = if most < count { most + 1 } else { least.min(count) };
        let mut reached = vec![Truth::Never; highest + 1];
        if let Some(none) = reached.first_mut() {
            *none = Truth::Always;
        }
        for truth in truths {
            for level in (1..=highest).rev() {
                let (Some(below), Some(before)) = (reached.get(level - 1), reached.get(level)) else { continue };
                let (below, before) = (*below, *before);
                // It was reached before, or one less was and this one holds.
                let step = self.all(&[below, *truth])?;
                let now = !self.all(&[!before, !step])?;
                if let (Truth::If(_), Truth::If(_)) = (now, below) {
                    // Whoever has so many had one less: propagation does not see it by itself.
                    self.push(&[], &[!now, below])?;
                }
                if let Some(slot) = reached.get_mut(level) {
                    *slot = now;
                }
            }
        }
        let at_least = |level: usize| {
            if level > count { Truth::Never } else { reached.get(level).copied().unwrap_or(Truth::Never) }
        };
        let too_many = if most < count { at_least(most + 1) } else { Truth::Never };
        Ok((at_least(least), too_many))
    }

    fn fresh(&mut self) -> Literal {
        self.variables += 1;
        Literal::positive(self.variables - 1)
    }

    fn push(&mut self, literals: &[Literal], truths: &[Truth]) -> Result<(), Spent> {
        let Some(clause) = clause(literals, truths) else { return Ok(()) };
        self.literals += clause.len() + 1;
        if self.literals > MOST_LITERALS {
            return Err(Spent);
        }
        self.clauses.push(clause);
        Ok(())
    }
}

/// That one of these holds; none when it always does.
fn clause(literals: &[Literal], truths: &[Truth]) -> Option<Vec<Literal>> {
    let mut clause = literals.to_vec();
    for truth in truths {
        match truth {
            Truth::Always => return None,
            Truth::Never => {}
            Truth::If(literal) => clause.push(*literal),
        }
    }
    clause.sort_unstable();
    clause.dedup();
    Some(clause)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logic::{Budget, Count, compile};

    /// How many assignments of the first variables meet a formula: by its clauses, by its truth, and by trying.
    fn check(formula: &Formula, variables: u32) {
        let sum = |clausal: &Clausal| compile(&clausal.clauses(), Budget::default()).unwrap().sum(&Count).to_string();
        let mut held = Clausal::new(variables);
        held.hold(formula).unwrap();
        let mut defined = Clausal::new(variables);
        let truth = defined.truth(formula).unwrap();
        defined.push(&[], &[truth]).unwrap();
        let tried = (0..1_u32 << variables).filter(|bits| formula.holds(&|item| bits >> item.index() & 1 == 1)).count();
        assert_eq!([sum(&held), sum(&defined)], [tried.to_string(), tried.to_string()], "{formula:?}");
    }

    fn literal(variable: u32) -> Formula {
        Formula::Literal(Literal::positive(variable))
    }

    fn not(formula: Formula) -> Formula {
        Formula::Not(Box::new(formula))
    }

    #[test]
    fn counting_clauses_have_the_solutions_of_the_formula() {
        for variables in 1..7 {
            let all: Vec<_> = (0..variables).map(literal).collect();
            for least in 0..=variables as usize + 1 {
                for most in 0..=variables as usize + 1 {
                    let count = Formula::Count(least, most, all.clone());
                    check(&count, variables);
                    check(&not(count), variables);
                }
            }
        }
    }

    #[test]
    fn parts_in_parts_keep_their_solutions() {
        let pair = |at: u32| Formula::All(vec![literal(at), not(literal(at + 1))]);
        let any = Formula::Any((0..6).map(|at| pair(2 * at)).collect());
        let nested = Formula::Count(
            1,
            1,
            vec![Formula::Count(1, 1, vec![literal(0), pair(2), any.clone()]), literal(5), literal(0)],
        );
        for formula in
            [any.clone(), not(any.clone()), Formula::Count(0, 2, vec![any, pair(0), pair(4), literal(11)]), nested]
        {
            check(&formula, 12);
            check(&not(formula), 12);
        }
        for empty in
            [Formula::All(vec![]), Formula::Any(vec![]), Formula::Count(0, 0, vec![]), Formula::Count(1, 1, vec![])]
        {
            check(&empty, 2);
            check(&Formula::Any(vec![empty, literal(1), literal(0)]), 2);
        }
    }

    #[test]
    fn what_stands_deep_in_others_costs_no_more_than_its_length() {
        let mut deep = literal(0);
        for _ in 0..100 {
            deep = Formula::Count(1, 1, vec![deep, literal(1), literal(2)]);
            deep = Formula::Any(vec![Formula::All(vec![deep, literal(3)]), Formula::All(vec![literal(2), literal(1)])]);
        }
        let mut clausal = Clausal::new(4);
        clausal.hold(&deep).unwrap();
        assert!(clausal.literals < 10_000, "{}", clausal.literals);
    }

    #[test]
    fn too_much_is_said_to_be_too_much() {
        let many: Vec<_> = (0..10_000).map(literal).collect();
        assert_eq!(Clausal::new(10_000).hold(&Formula::Count(0, 5_000, many)), Err(Spent));
    }
}
