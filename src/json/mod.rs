//! JSON ([RFC 8259](https://www.rfc-editor.org/rfc/rfc8259)) to values.
//!
//! `serde_json` reads the same, and is the second opinion of the tests; in the browser it weighs 5.2 kB of Brotli more, most of
//! it for exact decimals of any length and for maps. Here numbers are read as `decimal` has it: whole numbers
//! to 2⁵³ exactly, others so that they round to the right `f32`; what is beyond 10⁹⁹ becomes infinite or zero as `f32`.
//!
//! A member that stands twice in an object counts as the last one says (RFC 8259 §4 leaves it open). A text with half a
//! surrogate pair is an error, and so is more than [`MOST_DEPTH`] brackets in brackets: readers may recurse.

#[cfg(any(feature = "product", feature = "decode"))]
mod container;
mod parse;

#[cfg(any(feature = "product", feature = "decode"))]
pub use container::container;
pub use parse::{Fault, MOST_DEPTH, parse};

/// A value of JSON.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// `null`
    #[default]
    Null,
    /// `true` or `false`
    Bool(bool),
    /// Any number.
    Number(f64),
    /// A text, without escapes.
    String(String),
    /// `[…]`
    Array(Vec<Value>),
    /// `{…}`
    Object(Object),
}

/// Members by name, in the order of their names: found in logarithmic time, as a hostile file has many.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object(Vec<(String, Value)>);

impl Object {
    fn new(mut members: Vec<(String, Value)>) -> Self {
        // Stable: of members of one name the last stays last.
        members.sort_by(|one, other| one.0.cmp(&other.0));
        members.dedup_by(|later, earlier| {
            let twice = later.0 == earlier.0;
            if twice {
                std::mem::swap(later, earlier);
            }
            twice
        });
        Self(members)
    }

    /// The member of this name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        let at = self.0.binary_search_by(|member| member.0.as_str().cmp(name)).ok()?;
        self.0.get(at).map(|member| &member.1)
    }

    /// All members.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }
}

impl Value {
    /// The members of an object.
    pub fn as_object(&self) -> Option<&Object> {
        if let Self::Object(members) = self { Some(members) } else { None }
    }

    /// True for an object.
    pub fn is_object(&self) -> bool {
        self.as_object().is_some()
    }

    /// The items of an array.
    pub fn as_array(&self) -> Option<&[Self]> {
        if let Self::Array(items) = self { Some(items) } else { None }
    }

    /// A text.
    pub fn as_str(&self) -> Option<&str> {
        if let Self::String(text) = self { Some(text) } else { None }
    }

    /// A truth value.
    pub fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(truth) = self { Some(*truth) } else { None }
    }

    /// A number.
    pub fn as_f64(&self) -> Option<f64> {
        if let Self::Number(number) = self { Some(*number) } else { None }
    }

    /// A whole number ≥ 0, also where it is written as 3.0; above 2⁵³ the nearest one that `f64` has.
    pub fn as_u64(&self) -> Option<u64> {
        let number = self.as_f64()?;
        // 2⁶⁴; not `fract`, which is a call.
        let whole = number as u64;
        (whole as f64 == number && number < 18_446_744_073_709_551_616.0).then_some(whole)
    }

    /// The member of this name of an object.
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.as_object()?.get(name)
    }
}

#[cfg(test)]
mod tests;
