//! What may or may not hold of a configuration.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor, value::MapAccessDeserializer};

/// A formula over choices and numbers.
///
/// In JSON a choice is a text, `"shade/spun"`; everything else is an object with one of the keys `all`, `any`, `not`,
/// `one` (exactly one of), `atMost` with `of`, `number` with `min` and `max`, or `filled`.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// The choice is taken: `"group/choice"`. `"group/free"` is a colour of the customer's own.
    Choice(String),
    /// A number group's value lies in a range, ends included.
    Range {
        /// The group.
        number: String,
        /// At least, in the group's unit.
        min: Option<f64>,
        /// At most, in the group's unit.
        max: Option<f64>,
    },
    /// A text or picture group has something in it.
    Filled(String),
    /// All of these hold.
    All(Vec<Condition>),
    /// One of these holds, or more.
    Any(Vec<Condition>),
    /// This does not hold.
    Not(Box<Condition>),
    /// Exactly one of these holds.
    One(Vec<Condition>),
    /// At most so many of these hold.
    AtMost(u32, Vec<Condition>),
}

/// As an object.
#[derive(serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Object {
    /// All of these hold.
    all: Option<Vec<Condition>>,
    /// One of these holds, or more.
    any: Option<Vec<Condition>>,
    /// This does not hold.
    not: Option<Box<Condition>>,
    /// Exactly one of these holds.
    one: Option<Vec<Condition>>,
    /// At most so many …
    at_most: Option<u32>,
    /// … of these hold.
    of: Option<Vec<Condition>>,
    /// This number group's value is …
    number: Option<String>,
    /// … at least this, in the group's unit, …
    min: Option<f64>,
    /// … and at most this.
    max: Option<f64>,
    /// This text or picture group has something in it.
    filled: Option<String>,
}

impl Object {
    /// None when it says nothing, or several things at once.
    fn condition(self) -> Option<Condition> {
        let range = self.number.map(|number| Condition::Range { number, min: self.min, max: self.max });
        let bounded = range.is_some() || (self.min, self.max) == (None, None);
        let counted = self.at_most.is_some() == self.of.is_some();
        let mut said = [
            self.all.map(Condition::All),
            self.any.map(Condition::Any),
            self.not.map(Condition::Not),
            self.one.map(Condition::One),
            self.at_most.zip(self.of).map(|(most, of)| Condition::AtMost(most, of)),
            range,
            self.filled.map(Condition::Filled),
        ]
        .into_iter()
        .flatten();
        said.next().filter(|_| bounded && counted && said.next().is_none())
    }
}

impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        struct Formula;
        impl<'de> Visitor<'de> for Formula {
            type Value = Condition;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(
                    "a choice (\"group/choice\") or an object with all, any, not, one, atMost, number or filled",
                )
            }

            fn visit_str<E>(self, text: &str) -> Result<Condition, E> {
                Ok(Condition::Choice(text.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Condition, A::Error> {
                let object: Object = Deserialize::deserialize(MapAccessDeserializer::new(map))?;
                object.condition().ok_or_else(|| {
                    A::Error::custom("a condition says one of all, any, not, one, atMost with of, number, or filled")
                })
            }
        }
        reader.deserialize_any(Formula)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Condition {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Condition".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let object = generator.subschema_for::<Object>();
        schemars::json_schema!({
            "description": "A formula over choices (\"group/choice\") and numbers.",
            "anyOf": [{ "type": "string", "pattern": "^[^/]+/[^/]+$" }, object],
        })
    }
}
