//! One value of an attribute: numbers with units, `calc()` and `env()`, as model-viewer writes them.
//!
//! The grammar is a small part of CSS Values and Units (<https://www.w3.org/TR/css-values-4/#calc-syntax>). Lengths come
//! out in metres and angles in radians.

use crate::decimal::split_number;
use crate::text::split_once;

/// What a number measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Nothing: a plain number.
    Plain,
    /// Radians.
    Angle,
    /// Metres.
    Length,
}

/// A number and what it measures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantity {
    /// Radians, metres or plain.
    pub value: f32,
    /// Which of these.
    pub unit: Unit,
}

impl Quantity {
    /// Radians.
    pub const fn angle(value: f32) -> Self {
        Self { value, unit: Unit::Angle }
    }

    /// Metres.
    pub const fn length(value: f32) -> Self {
        Self { value, unit: Unit::Length }
    }

    /// A plain number.
    pub const fn plain(value: f32) -> Self {
        Self { value, unit: Unit::Plain }
    }
}

/// One term of a list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Term {
    /// A word, such as `auto`.
    Word,
    /// The word `auto`.
    Auto,
    /// A number.
    Number(Quantity),
    /// A number or function that cannot be read; the words say why.
    Bad(&'static str),
}

/// As deep as brackets may be nested.
const DEEPEST: usize = 32;

/// Reads terms off the front of a text.
pub(super) struct Reader<'a> {
    rest: &'a str,
    /// `env(window-scroll-y)`.
    scroll: f32,
    depth: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str, scroll: f32) -> Self {
        Self { rest: text.trim_ascii(), scroll, depth: 0 }
    }

    /// The next term, none at the end. `whole` is what 100 % of it is.
    pub(super) fn term(&mut self, whole: Quantity) -> Option<Term> {
        self.rest = self.rest.trim_ascii_start();
        let first = self.rest.chars().next()?;
        if first == '(' {
            return Some(self.bracket(whole));
        }
        if first.is_ascii_alphabetic() {
            return Some(self.word(whole));
        }
        Some(self.number(whole).map_or_else(
            || {
                self.rest = "";
                Term::Bad("a number was expected")
            },
            Term::Number,
        ))
    }

    fn word(&mut self, whole: Quantity) -> Term {
        let end = self.rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_');
        let (word, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        if !self.rest.starts_with('(') {
            return if word == "auto" { Term::Auto } else { Term::Word };
        }
        match word {
            "calc" => self.bracket(whole),
            "env" => self.env(),
            _ => {
                self.rest = "";
                Term::Bad("only calc() and env() are known")
            }
        }
    }

    fn env(&mut self) -> Term {
        let inside = self.rest.get(1..).unwrap_or_default();
        let (name, rest) = split_once(inside, b')').unwrap_or((inside, ""));
        self.rest = rest;
        if name.trim_ascii() == "window-scroll-y" {
            Term::Number(Quantity::plain(self.scroll))
        } else {
            Term::Bad("only env(window-scroll-y) is known")
        }
    }

    /// `(…)` with sums and products inside.
    fn bracket(&mut self, whole: Quantity) -> Term {
        self.rest = self.rest.get(1..).unwrap_or_default();
        self.depth += 1;
        let value = if self.depth > DEEPEST { Err("brackets are nested too deep") } else { self.sum(whole) };
        self.depth -= 1;
        self.rest = self.rest.trim_ascii_start();
        match (value, self.rest.strip_prefix(')')) {
            (Ok(value), Some(rest)) => {
                self.rest = rest;
                Term::Number(value)
            }
            (Ok(_), None) => self.give_up("a closing bracket or an operator is missing"),
            (Err(why), _) => self.give_up(why),
        }
    }

    fn give_up(&mut self, why: &'static str) -> Term {
        self.rest = "";
        Term::Bad(why)
    }

    fn sum(&mut self, whole: Quantity) -> Result<Quantity, &'static str> {
        let mut left = self.product(whole)?;
        while let Some(operator) = self.operator(['+', '-']) {
            let right = self.product(whole)?;
            left = combine(left, operator, right)?;
        }
        Ok(left)
    }

    fn product(&mut self, whole: Quantity) -> Result<Quantity, &'static str> {
        let mut left = self.operand(whole)?;
        while let Some(operator) = self.operator(['*', '/']) {
            let right = self.operand(whole)?;
            left = combine(left, operator, right)?;
        }
        Ok(left)
    }

    fn operand(&mut self, whole: Quantity) -> Result<Quantity, &'static str> {
        match self.term(whole) {
            Some(Term::Number(value)) => Ok(value),
            Some(Term::Bad(why)) => Err(why),
            Some(Term::Word | Term::Auto) => Err("a word cannot be calculated with"),
            None => Err("a number was expected"),
        }
    }

    /// Takes an operator; plus and minus need a space behind, or they are a sign.
    fn operator(&mut self, wanted: [char; 2]) -> Option<char> {
        let rest = self.rest.trim_ascii_start();
        let found = rest.chars().next().filter(|first| wanted.contains(first))?;
        let behind = rest.get(1..).unwrap_or_default();
        if found == '-' && !behind.starts_with(|c: char| c.is_ascii_whitespace()) {
            return None;
        }
        self.rest = behind;
        Some(found)
    }

    fn number(&mut self, whole: Quantity) -> Option<Quantity> {
        let (number, rest) = split_number(self.rest)?;
        let unit_end = rest.find(|c: char| !c.is_ascii_alphabetic() && c != '%').unwrap_or(rest.len());
        let (unit, rest) = rest.split_at(unit_end);
        self.rest = rest;
        Some(match unit {
            "rad" => Quantity::angle(number),
            "deg" => Quantity::angle(number.to_radians()),
            "m" => Quantity::length(number),
            "cm" => Quantity::length(number / 100.0),
            "mm" => Quantity::length(number / 1000.0),
            "%" => Quantity { value: number / 100.0 * whole.value, unit: whole.unit },
            _ => Quantity::plain(number),
        })
    }
}

fn combine(left: Quantity, operator: char, right: Quantity) -> Result<Quantity, &'static str> {
    if left.unit != Unit::Plain && right.unit != Unit::Plain && left.unit != right.unit {
        return Err("angles and lengths do not mix");
    }
    let unit = if left.unit == Unit::Plain { right.unit } else { left.unit };
    let value = match operator {
        '+' => left.value + right.value,
        '-' => left.value - right.value,
        '*' => left.value * right.value,
        _ => left.value / right.value,
    };
    if value.is_finite() { Ok(Quantity { value, unit }) } else { Err("the result is not a number") }
}
