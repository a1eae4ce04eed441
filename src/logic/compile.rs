//! From clauses to their graph: a search over decisions that falls apart into independent components, each compiled once
//! (Sang et al. 2004, "Combining component caching and clause learning for effective model counting"; Huang and Darwiche
//! 2007, "The language of search").

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::graph::{Graph, NEVER, NodeId};
use super::{Clauses, Literal, order};

/// How much work a compilation may be.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    /// Looks at a variable or clause: what takes the time, 3 to 7 ns each.
    pub steps: u64,
    /// Decisions inside each other; each takes some of the stack.
    pub depth: u32,
}

impl Default for Budget {
    fn default() -> Self {
        Self { steps: 1_000_000_000, depth: 1_000 }
    }
}

/// The budget did not suffice; nothing is known then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spent;

/// Compiles these clauses. The same clauses always give the same graph.
///
/// # Errors
/// [`Spent`].
pub fn compile(clauses: &Clauses, budget: Budget) -> Result<Graph, Spent> {
    let mut search = Search::new(clauses, budget);
    let variables: Vec<_> = (0..clauses.variables()).collect();
    let known: Vec<_> = clauses.iter().filter(|clause| clause.len() < 2).collect();
    let holds = known.into_iter().all(|clause| clause.first().is_some_and(|literal| search.assume(*literal)));
    let root = if holds { search.rest(0, &variables)? } else { NEVER };
    search.graph.set_root(root);
    Ok(search.graph)
}

struct Search<'a> {
    budget: Budget,
    depth: u32,
    graph: Graph,
    /// Clauses of three and more.
    long: Vec<&'a [Literal]>,
    /// By literal: the long clauses that it is in, and what follows from it by clauses of two.
    places: Vec<Vec<u32>>,
    implied: Vec<Vec<Literal>>,
    /// By variable.
    values: Vec<Option<bool>>,
    /// Of each long clause: how many literals hold, and how many are open.
    met: Vec<u32>,
    open: Vec<u32>,
    trail: Vec<Literal>,
    /// By open variables and long clauses that are not met; of 128 bits, since whole keys would fill the memory (Thurley
    /// 2006, "sharpSAT"). A million components have two of one name with a probability of 10⁻²⁷.
    known: HashMap<u128, NodeId>,
    /// By variable: the highest is decided first.
    ranks: Vec<u32>,
    /// Marks of the last look over a component.
    look: u32,
    variable_looks: Vec<u32>,
    clause_looks: Vec<u32>,
}

/// Variables and long clauses that hang together.
struct Component {
    variables: Vec<u32>,
    clauses: Vec<u32>,
}

impl Component {
    /// Clauses of two are known by their variables.
    fn name(&self) -> u128 {
        let half = |which: u8| {
            let mut hasher = DefaultHasher::new();
            (which, &self.variables, &self.clauses).hash(&mut hasher);
            u128::from(hasher.finish())
        };
        half(0) << 64 | half(1)
    }
}

impl<'a> Search<'a> {
    fn new(clauses: &'a Clauses, budget: Budget) -> Self {
        let count = clauses.variables() as usize;
        let mut search = Self {
            budget,
            depth: 0,
            graph: Graph::new(clauses.variables()),
            long: Vec::new(),
            places: vec![Vec::new(); 2 * count],
            implied: vec![Vec::new(); 2 * count],
            values: vec![None; count],
            met: Vec::new(),
            open: Vec::new(),
            trail: Vec::new(),
            known: HashMap::new(),
            ranks: order::ranks(clauses),
            look: 0,
            variable_looks: vec![0; count],
            clause_looks: Vec::new(),
        };
        for clause in clauses.iter() {
            match *clause {
                [] | [_] => {}
                [one, other] => {
                    for (from, to) in [(!one, other), (!other, one)] {
                        if let Some(implied) = search.implied.get_mut(from.index()) {
                            implied.push(to);
                        }
                    }
                }
                _ => {
                    for literal in clause {
                        if let Some(places) = search.places.get_mut(literal.index()) {
                            places.push(search.long.len() as u32);
                        }
                    }
                    search.long.push(clause);
                }
            }
        }
        search.met = vec![0; search.long.len()];
        search.open = search.long.iter().map(|clause| clause.len() as u32).collect();
        search.clause_looks = vec![0; search.long.len()];
        search
    }

    fn value(&self, literal: Literal) -> Option<bool> {
        let value = self.values.get(literal.variable() as usize).copied().flatten()?;
        Some(value == literal.is_positive())
    }

    /// A literal and all that follows from it; false for a contradiction, which [`Search::take_back`] also ends.
    fn assume(&mut self, literal: Literal) -> bool {
        let mut next = self.trail.len();
        match self.value(literal) {
            Some(holds) => return holds,
            None => self.set(literal),
        }
        while let Some(&literal) = self.trail.get(next) {
            next += 1;
            let implied = self.implied.get(literal.index()).map_or(0, Vec::len);
            for at in 0..implied {
                let Some(&other) = self.implied.get(literal.index()).and_then(|implied| implied.get(at)) else {
                    continue;
                };
                match self.value(other) {
                    Some(true) => {}
                    Some(false) => return false,
                    None => self.set(other),
                }
            }
            let places = self.places.get((!literal).index()).map_or(0, Vec::len);
            for at in 0..places {
                let Some(&clause) = self.places.get((!literal).index()).and_then(|places| places.get(at)) else {
                    continue;
                };
                match (self.count(&self.met, clause), self.count(&self.open, clause)) {
                    (0, 0) => return false,
                    (0, 1) => {
                        let last = self.long.get(clause as usize).and_then(|literals| {
                            literals.iter().copied().find(|literal| self.value(*literal).is_none())
                        });
                        if let Some(last) = last {
                            self.set(last);
                        }
                    }
                    _ => {}
                }
            }
        }
        true
    }

    fn count(&self, counts: &[u32], clause: u32) -> u32 {
        counts.get(clause as usize).copied().unwrap_or_default()
    }

    fn set(&mut self, literal: Literal) {
        self.trail.push(literal);
        self.mark(literal, true);
    }

    /// Back to a trail of this length.
    fn take_back(&mut self, length: usize) {
        while self.trail.len() > length {
            if let Some(literal) = self.trail.pop() {
                self.mark(literal, false);
            }
        }
    }

    fn mark(&mut self, literal: Literal, set: bool) {
        if let Some(value) = self.values.get_mut(literal.variable() as usize) {
            *value = set.then_some(literal.is_positive());
        }
        let lists = [literal, !literal].map(|literal| self.places.get(literal.index()).map_or(0, Vec::len));
        // Spent here, it is noticed at the next component.
        self.budget.steps = self.budget.steps.saturating_sub(4 * lists.iter().sum::<usize>() as u64);
        for (side, holds) in [(literal, true), (!literal, false)] {
            for &clause in self.places.get(side.index()).into_iter().flatten() {
                if let (Some(met), Some(open)) = (self.met.get_mut(clause as usize), self.open.get_mut(clause as usize))
                {
                    *met = if holds { if set { *met + 1 } else { *met - 1 } } else { *met };
                    *open = if set { *open - 1 } else { *open + 1 };
                }
            }
        }
    }

    /// What the trail says from `first` on, and the components that the rest of these variables falls into.
    fn rest(&mut self, first: usize, variables: &[u32]) -> Result<NodeId, Spent> {
        let mut parts: Vec<_> = self.trail.iter().skip(first).map(|literal| Graph::literal(*literal)).collect();
        self.look += 1;
        // All components first: compiling one looks, too.
        let mut components = Vec::new();
        for &variable in variables {
            let seen = self.variable_looks.get(variable as usize).is_none_or(|look| *look == self.look);
            if !seen && self.values.get(variable as usize) == Some(&None) {
                components.push(self.component(variable)?);
            }
        }
        for component in components {
            let part = self.compiled(component)?;
            if part == NEVER {
                return Ok(NEVER);
            }
            parts.push(part);
        }
        Ok(self.graph.all(&parts))
    }

    /// All open variables that hang together with this one by clauses that are not met.
    fn component(&mut self, start: u32) -> Result<Component, Spent> {
        let mut found = Component { variables: vec![start], clauses: Vec::new() };
        if let Some(look) = self.variable_looks.get_mut(start as usize) {
            *look = self.look;
        }
        let mut next = 0;
        while let Some(&variable) = found.variables.get(next) {
            next += 1;
            let around = |literal: Literal| {
                let count = |lists: Option<usize>| lists.unwrap_or(0) as u64;
                count(self.implied.get(literal.index()).map(Vec::len))
                    + count(self.places.get(literal.index()).map(Vec::len))
            };
            let steps = 1 + around(Literal::positive(variable)) + around(Literal::negative(variable));
            self.budget.steps = self.budget.steps.checked_sub(steps).ok_or(Spent)?;
            for literal in [Literal::positive(variable), Literal::negative(variable)] {
                for other in self.implied.get(literal.index()).into_iter().flatten() {
                    reach(other.variable(), &self.values, &mut self.variable_looks, self.look, &mut found.variables);
                }
                for &clause in self.places.get(literal.index()).into_iter().flatten() {
                    let Some(look) = self.clause_looks.get_mut(clause as usize) else { continue };
                    if *look == self.look || self.met.get(clause as usize) != Some(&0) {
                        continue;
                    }
                    *look = self.look;
                    found.clauses.push(clause);
                    let length = self.long.get(clause as usize).map_or(0, |clause| clause.len());
                    self.budget.steps = self.budget.steps.checked_sub(length as u64).ok_or(Spent)?;
                    for other in self.long.get(clause as usize).copied().unwrap_or_default() {
                        reach(
                            other.variable(),
                            &self.values,
                            &mut self.variable_looks,
                            self.look,
                            &mut found.variables,
                        );
                    }
                }
            }
        }
        found.variables.sort_unstable();
        found.clauses.sort_unstable();
        Ok(found)
    }

    fn compiled(&mut self, component: Component) -> Result<NodeId, Spent> {
        if let [variable] = *component.variables {
            return Ok(self.graph.free(variable));
        }
        let named = 4 * (component.variables.len() + component.clauses.len());
        self.budget.steps = self.budget.steps.checked_sub(named as u64).ok_or(Spent)?;
        let key = component.name();
        if let Some(node) = self.known.get(&key) {
            return Ok(*node);
        }
        self.depth += 1;
        if self.depth > self.budget.depth {
            return Err(Spent);
        }
        let variable = self.decision(&component);
        let mut outcomes = [NEVER; 2];
        for (outcome, literal) in outcomes.iter_mut().zip([Literal::positive(variable), Literal::negative(variable)]) {
            let before = self.trail.len();
            if self.assume(literal) {
                *outcome = self.rest(before, &component.variables)?;
            }
            self.take_back(before);
        }
        self.depth -= 1;
        let node = self.graph.either(outcomes[0], outcomes[1]);
        self.known.insert(key, node);
        Ok(node)
    }

    /// The variable that holds the most together.
    fn decision(&self, component: &Component) -> u32 {
        let rank = |variable: &u32| self.ranks.get(*variable as usize);
        component.variables.iter().copied().max_by_key(|variable| rank(variable).copied()).unwrap_or_default()
    }
}

/// Adds an open variable that was not seen in this look.
fn reach(variable: u32, values: &[Option<bool>], looks: &mut [u32], look: u32, found: &mut Vec<u32>) {
    if let Some(seen) = looks.get_mut(variable as usize)
        && *seen != look
        && values.get(variable as usize) == Some(&None)
    {
        *seen = look;
        found.push(variable);
    }
}
