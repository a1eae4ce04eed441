//! The compiled form and its two passes.

use super::{Literal, Semiring};

/// A node, by its place: parts come before what they are part of.
pub(super) type NodeId = u32;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Node {
    Literal(Literal),
    /// All of these parts, which share no variable: a range of `Graph::parts`.
    All(u32, u32),
    /// One of these, which exclude each other and have the same variables.
    Either(u32, u32),
}

/// All solutions of some clauses, as a graph of literals, conjunctions of independent parts, and alternatives.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    nodes: Vec<Node>,
    parts: Vec<NodeId>,
    root: NodeId,
    variables: u32,
}

/// What has no solution: no alternative. And nothing to decide: no part.
pub(super) const NEVER: NodeId = 0;
pub(super) const ALWAYS: NodeId = 1;
const FIRST_LITERAL: NodeId = 2;

impl Graph {
    /// Constants, literals, and variables that may be either.
    pub(super) fn new(variables: u32) -> Self {
        let nodes = vec![Node::Either(0, 0), Node::All(0, 0)];
        let mut graph = Self { nodes, parts: Vec::new(), root: ALWAYS, variables };
        let both = |variable| [Literal::positive(variable), Literal::negative(variable)];
        graph.nodes.extend((0..variables).flat_map(both).map(Node::Literal));
        for variable in 0..variables {
            let [one, other] = both(variable).map(Self::literal);
            graph.either(one, other);
        }
        graph
    }

    /// Of a variable that may be either.
    pub(super) fn free(&self, variable: u32) -> NodeId {
        FIRST_LITERAL + 2 * self.variables + variable
    }

    pub(super) fn literal(literal: Literal) -> NodeId {
        FIRST_LITERAL + literal.index() as NodeId
    }

    pub(super) fn set_root(&mut self, root: NodeId) {
        self.root = root;
    }

    pub(super) fn all(&mut self, parts: &[NodeId]) -> NodeId {
        match parts {
            _ if parts.contains(&NEVER) => NEVER,
            [] => ALWAYS,
            [part] => *part,
            _ => {
                let range = self.store(parts.iter().copied().filter(|part| *part != ALWAYS));
                self.push(Node::All(range.0, range.1))
            }
        }
    }

    pub(super) fn either(&mut self, one: NodeId, other: NodeId) -> NodeId {
        match (one, other) {
            (NEVER, node) | (node, NEVER) => node,
            _ => {
                let range = self.store([one, other]);
                self.push(Node::Either(range.0, range.1))
            }
        }
    }

    fn store(&mut self, parts: impl IntoIterator<Item = NodeId>) -> (u32, u32) {
        let first = self.parts.len() as u32;
        self.parts.extend(parts);
        (first, self.parts.len() as u32)
    }

    fn push(&mut self, node: Node) -> NodeId {
        self.nodes.push(node);
        self.nodes.len() as NodeId - 1
    }

    /// Adds a node whose parts are there.
    pub(super) fn append(&mut self, alternatives: bool, parts: Vec<NodeId>) {
        let (first, end) = self.store(parts);
        self.push(if alternatives { Node::Either(first, end) } else { Node::All(first, end) });
    }

    pub(super) fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    pub(super) fn root(&self) -> NodeId {
        self.root
    }

    #[inline(always)]
    pub(super) fn parts(&self, first: u32, end: u32) -> &[NodeId] {
        self.parts.get(first as usize..end as usize).unwrap_or_default()
    }

    /// How many variables every solution assigns.
    pub fn variables(&self) -> u32 {
        self.variables
    }

    /// Edges, as the size of such graphs is given.
    pub fn edges(&self) -> usize {
        self.parts.len()
    }

    /// Whether there is no solution at all.
    pub fn is_never(&self) -> bool {
        self.root == NEVER
    }

    /// The sum over all solutions: the value of the whole, from the parts up.
    pub fn sum<S: Semiring>(&self, semiring: &S) -> S::Value {
        self.sums(semiring).get(self.root as usize).cloned().unwrap_or_else(|| semiring.zero())
    }

    fn sums<S: Semiring>(&self, semiring: &S) -> Vec<S::Value> {
        let mut sums: Vec<S::Value> = Vec::with_capacity(self.nodes.len());
        // Plain loops: where code is compiled for size, as in the browser, iterators are calls (three times the time).
        for node in &self.nodes {
            let sum = match *node {
                Node::Literal(literal) => semiring.literal(literal),
                Node::All(first, end) => {
                    let mut product = semiring.one();
                    for part in self.parts(first, end) {
                        if let Some(part) = sums.get(*part as usize) {
                            product = semiring.multiply(&product, part);
                        }
                    }
                    product
                }
                Node::Either(first, end) => {
                    let mut sum = semiring.zero();
                    for part in self.parts(first, end) {
                        if let Some(part) = sums.get(*part as usize) {
                            sum = semiring.add(&sum, part);
                        }
                    }
                    sum
                }
            };
            sums.push(sum);
        }
        sums
    }

    /// For each literal, by [`Literal::index`], the sum over the solutions that it is in: from the parts up, then down
    /// again with the sum of all that surrounds a node (Darwiche 2003, "A differential approach to inference in Bayesian
    /// networks").
    pub fn shares<S: Semiring>(&self, semiring: &S) -> Vec<S::Value> {
        let sums = self.sums(semiring);
        let mut around = vec![semiring.zero(); self.nodes.len()];
        if let Some(whole) = around.get_mut(self.root as usize) {
            *whole = semiring.one();
        }
        let mut behind = Vec::new();
        let mut at = self.nodes.len();
        while at > 0 {
            at -= 1;
            let (Some(outside), Some(node)) = (around.get(at).cloned(), self.nodes.get(at)) else { continue };
            match *node {
                Node::Literal(_) => {}
                Node::Either(first, end) => {
                    for part in self.parts(first, end) {
                        if let Some(sum) = around.get_mut(*part as usize) {
                            *sum = semiring.add(sum, &outside);
                        }
                    }
                }
                Node::All(first, end) => {
                    let parts = self.parts(first, end);
                    // A part is surrounded by those before it and those behind it.
                    if behind.len() < parts.len() {
                        behind.resize(parts.len(), semiring.one());
                    }
                    let mut after = semiring.one();
                    let mut place = parts.len();
                    while place > 0 {
                        place -= 1;
                        let part = parts.get(place).and_then(|part| sums.get(*part as usize));
                        let (Some(behind), Some(sum)) = (behind.get_mut(place), part) else { continue };
                        let product = semiring.multiply(&after, sum);
                        *behind = std::mem::replace(&mut after, product);
                    }
                    let mut before = outside;
                    for (part, behind) in parts.iter().zip(&behind) {
                        let Some(sum) = sums.get(*part as usize) else { continue };
                        if let Some(all) = around.get_mut(*part as usize) {
                            *all = semiring.add(all, &semiring.multiply(&before, behind));
                        }
                        before = semiring.multiply(&before, sum);
                    }
                }
            }
        }
        let literals = (FIRST_LITERAL as usize..).take(2 * self.variables as usize);
        literals
            .map(|at| match (around.get(at), sums.get(at)) {
                (Some(around), Some(sum)) => semiring.multiply(around, sum),
                _ => semiring.zero(),
            })
            .collect()
    }

    /// One solution of the least cost, by variable; the earlier alternative where two cost the same. None when there is none.
    pub fn cheapest<const RANKS: usize>(
        &self,
        cost: &super::Cheapest<impl Fn(Literal) -> Option<[i64; RANKS]>>,
    ) -> Option<Vec<bool>> {
        let sums = self.sums(cost);
        let sum = |part: NodeId| sums.get(part as usize).copied().flatten();
        sum(self.root)?;
        let mut solution = vec![false; self.variables as usize];
        let mut rest = vec![self.root];
        while let Some(at) = rest.pop() {
            match *self.nodes.get(at as usize)? {
                Node::Literal(literal) => {
                    if let Some(value) = solution.get_mut(literal.variable() as usize) {
                        *value = literal.is_positive();
                    }
                }
                Node::All(first, end) => rest.extend(self.parts(first, end)),
                Node::Either(first, end) => {
                    let parts = self.parts(first, end).iter().copied().filter(|part| sum(*part).is_some());
                    rest.extend(parts.min_by_key(|part| sum(*part)));
                }
            }
        }
        Some(solution)
    }
}
