//! Rules, compiled: from clauses to a graph on which every question is one pass.
//!
//! A product's rules are Boolean clauses. [`compile()`] turns them once into a deterministic, decomposable, smooth negation
//! normal form (d-DNNF: Darwiche 2001, "On the tractable counting of theory models"). Then the number of solutions, what is
//! possible, the cheapest solution and the cheapest one for every single choice are sums and products over its nodes
//! ([`Graph::sum`], [`Graph::shares`]): linear in its size, whatever the number of solutions.

mod clause;
mod compile;
mod graph;
mod order;
mod semiring;
pub(crate) mod stored;

pub use clause::{Clauses, Literal};
pub use compile::{Budget, Spent, compile};
pub use graph::Graph;
pub use semiring::{Cheapest, Count, Possible, Semiring, Weighted};

#[cfg(test)]
pub(crate) mod dice;
#[cfg(test)]
mod tests;
