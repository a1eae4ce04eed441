//! A graph as bytes: what took long to compile is read in one pass.
//!
//! Numbers are little-endian groups of seven bits (LEB128). Nodes come in their order, without those that every graph of
//! as many variables begins with; each is the count of its parts, doubled, one more for an alternative, and then the parts
//! as distances back from itself.

use super::graph::{Graph, Node};

/// Larger graphs are not read.
const MOST: u64 = 1 << 26;

/// Appends a number.
pub(crate) fn put_number(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

/// Takes a number from the front; none when there is none.
pub(crate) fn take_number(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in (0..63).step_by(7) {
        let (first, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u64::from(first & 0x7f) << shift;
        if first & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

impl Graph {
    /// Writes it down.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let first = Self::new(self.variables()).nodes().len();
        put_number(&mut bytes, self.variables().into());
        put_number(&mut bytes, self.nodes().len() as u64);
        put_number(&mut bytes, self.root().into());
        for (at, node) in self.nodes().iter().enumerate().skip(first) {
            let (range, kind) = match *node {
                Node::All(first, end) => ((first, end), 0),
                Node::Either(first, end) => ((first, end), 1),
                // All literals are among the first.
                Node::Literal(_) => continue,
            };
            let parts = self.parts(range.0, range.1);
            put_number(&mut bytes, (parts.len() as u64) << 1 | kind);
            parts.iter().for_each(|part| put_number(&mut bytes, at as u64 - u64::from(*part)));
        }
        bytes
    }

    /// Reads what [`Graph::to_bytes`] wrote. None when it is no graph, or one that would cost more than its size says:
    /// parts that belong together have no more variables than there are, alternatives have as many as each other, and no
    /// part has more solutions than its variables allow. That alternatives exclude each other is believed.
    pub fn from_bytes(mut bytes: &[u8]) -> Option<Self> {
        let length = bytes.len() as u64;
        let mut number = || take_number(&mut bytes).filter(|number| *number < MOST);
        let (variables, count, root) = (number()?, number()?, number()?);
        // Each variable is part of something, and each part is a byte or more.
        if variables > length || count > 2 + 3 * variables + length {
            return None;
        }
        let mut graph = Self::new(variables as u32);
        let mut sizes: Vec<Size> = graph.nodes().iter().map(Size::of_first).collect();
        for at in graph.nodes().len() as u64..count {
            let head = number()?;
            let parts = (0..(head >> 1).min(length)).map(|_| {
                let part = at.checked_sub(number()?).filter(|part| *part < at)?;
                Some(part as u32)
            });
            let parts: Vec<_> = parts.collect::<Option<_>>()?;
            let alternatives = head & 1 == 1;
            let known = parts.iter().map(|part| sizes.get(*part as usize).copied());
            sizes.push(Size::of(alternatives, known.collect::<Option<Vec<_>>>()?, variables)?);
            graph.append(alternatives, parts);
        }
        let whole = sizes.get(root as usize)?;
        if u64::from(whole.variables) != variables || !bytes.is_empty() {
            return None;
        }
        graph.set_root(root as u32);
        Some(graph)
    }
}

/// How much there is below a node.
#[derive(Clone, Copy)]
struct Size {
    variables: u32,
    /// The logarithm to base 2 of the number of solutions.
    solutions: f64,
}

impl Size {
    fn of_first(node: &Node) -> Self {
        match node {
            Node::Literal(_) => Self { variables: 1, solutions: 0.0 },
            // A variable that may be either; the two constants have none.
            Node::Either(first, end) if first < end => Self { variables: 1, solutions: 1.0 },
            Node::All(..) | Node::Either(..) => Self { variables: 0, solutions: 0.0 },
        }
    }

    fn of(alternatives: bool, parts: Vec<Self>, most: u64) -> Option<Self> {
        let first = parts.first()?;
        if parts.iter().any(|part| part.variables == 0) {
            return None;
        }
        let size = if alternatives {
            let most = parts.iter().fold(f64::NEG_INFINITY, |most, part| most.max(part.solutions));
            let sum: f64 = parts.iter().map(|part| (part.solutions - most).exp2()).sum();
            let equal = parts.iter().all(|part| part.variables == first.variables);
            equal.then_some(Self { variables: first.variables, solutions: most + sum.log2() })?
        } else {
            let variables = parts.iter().map(|part| u64::from(part.variables)).sum::<u64>();
            let variables = u32::try_from(variables).ok().filter(|sum| u64::from(*sum) <= most)?;
            Self { variables, solutions: parts.iter().map(|part| part.solutions).sum() }
        };
        // Rounded as logarithms are.
        (size.solutions <= f64::from(size.variables) * (1.0 + 1e-9) + 1e-6).then_some(size)
    }
}
