//! What can be added over alternatives and multiplied over parts.

use num_bigint::BigUint;

use super::Literal;

/// Values of a pass over a [`super::Graph`]: `add` joins solutions that exclude each other, `multiply` parts that share no
/// variable. Both are commutative and associative, `multiply` distributes over `add`.
pub trait Semiring {
    /// Of a node.
    type Value: Clone;

    /// Of what has no solution; neutral in `add`.
    fn zero(&self) -> Self::Value;
    /// Of nothing to decide; neutral in `multiply`.
    fn one(&self) -> Self::Value;
    /// Of a single literal.
    fn literal(&self, literal: Literal) -> Self::Value;
    /// Of either.
    fn add(&self, one: &Self::Value, other: &Self::Value) -> Self::Value;
    /// Of both.
    fn multiply(&self, one: &Self::Value, other: &Self::Value) -> Self::Value;
}

/// How many solutions there are, exactly.
#[derive(Clone, Copy, Debug)]
pub struct Count;

impl Semiring for Count {
    type Value = BigUint;

    fn zero(&self) -> BigUint {
        BigUint::ZERO
    }

    fn one(&self) -> BigUint {
        BigUint::from(1_u8)
    }

    fn literal(&self, _: Literal) -> BigUint {
        self.one()
    }

    fn add(&self, one: &BigUint, other: &BigUint) -> BigUint {
        one + other
    }

    fn multiply(&self, one: &BigUint, other: &BigUint) -> BigUint {
        one * other
    }
}

/// How many solutions there are, exactly, where a literal may stand for several things, or for none.
#[derive(Clone, Copy, Debug)]
pub struct Weighted<F>(
    /// For how many things each literal stands.
    pub F,
);

impl<F: Fn(Literal) -> u32> Semiring for Weighted<F> {
    type Value = BigUint;

    fn zero(&self) -> BigUint {
        Count.zero()
    }

    fn one(&self) -> BigUint {
        Count.one()
    }

    fn literal(&self, literal: Literal) -> BigUint {
        BigUint::from((self.0)(literal))
    }

    fn add(&self, one: &BigUint, other: &BigUint) -> BigUint {
        one + other
    }

    fn multiply(&self, one: &BigUint, other: &BigUint) -> BigUint {
        one * other
    }
}

/// Whether there is a solution, without the literals for which the function says no.
#[derive(Clone, Copy, Debug)]
pub struct Possible<F>(
    /// Which literals are allowed.
    pub F,
);

impl<F: Fn(Literal) -> bool> Semiring for Possible<F> {
    type Value = bool;

    fn zero(&self) -> bool {
        false
    }

    fn one(&self) -> bool {
        true
    }

    fn literal(&self, literal: Literal) -> bool {
        self.0(literal)
    }

    fn add(&self, one: &bool, other: &bool) -> bool {
        *one || *other
    }

    fn multiply(&self, one: &bool, other: &bool) -> bool {
        *one && *other
    }
}

/// The least cost of a solution, summed over its literals; the cost is whatever is ordered and can be added, tuples of
/// ranks of importance among them. None of a literal forbids it; a sum that overflows is none, too.
#[derive(Clone, Copy, Debug)]
pub struct Cheapest<F>(
    /// What each literal costs.
    pub F,
);

impl<const RANKS: usize, F: Fn(Literal) -> Option<[i64; RANKS]>> Semiring for Cheapest<F> {
    type Value = Option<[i64; RANKS]>;

    fn zero(&self) -> Self::Value {
        None
    }

    fn one(&self) -> Self::Value {
        Some([0; RANKS])
    }

    fn literal(&self, literal: Literal) -> Self::Value {
        self.0(literal)
    }

    #[inline(always)]
    fn add(&self, one: &Self::Value, other: &Self::Value) -> Self::Value {
        match (one, other) {
            (Some(first), Some(second)) => {
                // By hand, as comparing lists is a call.
                let mut rank = 0;
                while let (Some(first), Some(second)) = (first.get(rank), second.get(rank)) {
                    if first != second {
                        return if first < second { *one } else { *other };
                    }
                    rank += 1;
                }
                *one
            }
            (None, other) => *other,
            (one, None) => *one,
        }
    }

    #[inline(always)]
    fn multiply(&self, one: &Self::Value, other: &Self::Value) -> Self::Value {
        let (mut sum, more) = ((*one)?, (*other)?);
        let mut rank = 0;
        while let (Some(sum), Some(more)) = (sum.get_mut(rank), more.get(rank)) {
            *sum = sum.checked_add(*more)?;
            rank += 1;
        }
        Some(sum)
    }
}
