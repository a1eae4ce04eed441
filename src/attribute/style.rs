//! Lists of quantities with defaults: `camera-orbit`, `camera-target`, `field-of-view`, `rotation-per-second`.

use super::expression::{Quantity, Reader, Term, Unit};

/// What one place of a list falls back to, and what its percentages are of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Basis {
    /// 100 %; also the unit that the place wants.
    pub whole: Quantity,
    /// What `auto` stands for, as a factor of `whole`.
    pub auto_factor: f32,
}

impl Basis {
    /// `auto` is all of `whole`.
    pub const fn new(whole: Quantity) -> Self {
        Self { whole, auto_factor: 1.0 }
    }

    fn auto(&self) -> f32 {
        // Infinity times one is fine, infinity times zero would not be a number.
        if self.auto_factor == 1.0 { self.whole.value } else { self.whole.value * self.auto_factor }
    }
}

/// Reads a list such as `0deg 75deg 105%` into `out`, one number for each basis, in radians or metres. A place that is
/// missing is `auto`; one that cannot be read takes its basis.
///
/// `scroll` is `env(window-scroll-y)`, how far the page is scrolled, `[0, 1]`.
///
/// # Errors
/// In a few words what could not be read first; `out` is complete all the same.
pub fn read_list(text: &str, bases: &[Basis], scroll: f32, out: &mut [f32]) -> Result<(), &'static str> {
    let mut reader = Reader::new(text, scroll);
    let mut trouble = None;
    for (basis, out) in bases.iter().zip(out.iter_mut()) {
        let (value, complaint) = match reader.term(basis.whole) {
            None | Some(Term::Auto) => (basis.auto(), None),
            Some(Term::Word) => (basis.auto(), Some("the only word is auto")),
            Some(Term::Bad(why)) => (basis.whole.value, Some(why)),
            Some(Term::Number(found)) if !found.value.is_finite() => (basis.whole.value, Some("not a number")),
            Some(Term::Number(found)) if found.unit != basis.whole.unit => {
                (basis.whole.value, Some(wanted(basis.whole.unit)))
            }
            Some(Term::Number(found)) => (found.value, None),
        };
        *out = value;
        trouble = trouble.or(complaint);
    }
    if trouble.is_none() && reader.term(Quantity::plain(0.0)).is_some() {
        trouble = Some("there are too many values");
    }
    trouble.map_or(Ok(()), Err)
}

/// True when the value of `text` changes as the page is scrolled.
pub fn follows_scroll(text: &str) -> bool {
    // Not `contains`: its search within texts of any length weighs 0.5 kB.
    text.as_bytes().windows(4).any(|part| part == b"env(")
}

fn wanted(unit: Unit) -> &'static str {
    match unit {
        Unit::Plain => "a plain number was expected",
        Unit::Angle => "an angle in deg or rad was expected",
        Unit::Length => "a length in m, cm or mm was expected",
    }
}
