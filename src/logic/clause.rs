//! Variables, literals and clauses.

use std::ops::Not;

/// A variable, numbered from 0 and below 2³⁰, or its opposite.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Literal(u32);

impl Literal {
    /// That the variable is true.
    pub fn positive(variable: u32) -> Self {
        Self(variable << 1)
    }

    /// That the variable is false.
    pub fn negative(variable: u32) -> Self {
        Self(variable << 1 | 1)
    }

    /// Which variable it is about.
    pub fn variable(self) -> u32 {
        self.0 >> 1
    }

    /// Whether the variable is to be true.
    pub fn is_positive(self) -> bool {
        self.0 & 1 == 0
    }

    /// A number for tables with two places a variable.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl Not for Literal {
    type Output = Self;

    fn not(self) -> Self {
        Self(self.0 ^ 1)
    }
}

/// A formula in conjunctive normal form: all clauses hold, and of each clause one literal at least.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clauses {
    variables: u32,
    clauses: Vec<Box<[Literal]>>,
}

impl Clauses {
    /// Without clauses: every assignment of so many variables is a solution. At most 2³⁰ variables.
    pub fn new(variables: u32) -> Self {
        Self { variables: variables.min(1 << 30), clauses: Vec::new() }
    }

    /// How many variables there are.
    pub fn variables(&self) -> u32 {
        self.variables
    }

    /// All clauses; none has a literal twice, none has opposites.
    pub fn iter(&self) -> impl Iterator<Item = &[Literal]> {
        self.clauses.iter().map(|clause| &**clause)
    }

    /// How many clauses there are.
    pub fn len(&self) -> usize {
        self.clauses.len()
    }

    /// Whether everything is allowed.
    pub fn is_empty(&self) -> bool {
        self.clauses.is_empty()
    }

    /// Adds a clause; the empty one is never met. A variable that is not there yet is from then on.
    pub fn add(&mut self, literals: impl IntoIterator<Item = Literal>) {
        let mut clause: Vec<_> = literals.into_iter().collect();
        clause.sort_unstable();
        clause.dedup();
        for literal in &clause {
            self.variables = self.variables.max(literal.variable() + 1);
        }
        // Opposites are neighbours. A clause with both always holds.
        let always = clause.windows(2).any(|pair| matches!(pair, [one, other] if one.variable() == other.variable()));
        if !always {
            self.clauses.push(clause.into());
        }
    }

    /// Adds that at most one of these holds: a clause for each pair, so a million literals are too many.
    pub fn at_most_one(&mut self, literals: &[Literal]) {
        for (at, one) in literals.iter().enumerate() {
            for other in literals.iter().skip(at + 1) {
                self.add([!*one, !*other]);
            }
        }
    }

    /// Adds that exactly one of these holds.
    pub fn exactly_one(&mut self, literals: &[Literal]) {
        self.add(literals.iter().copied());
        self.at_most_one(literals);
    }

    /// Whether an assignment, by variable, meets every clause. What it lacks is false.
    pub fn are_met_by(&self, assignment: &[bool]) -> bool {
        let holds = |literal: &Literal| {
            assignment.get(literal.variable() as usize).copied().unwrap_or_default() == literal.is_positive()
        };
        self.clauses.iter().all(|clause| clause.iter().any(holds))
    }
}
