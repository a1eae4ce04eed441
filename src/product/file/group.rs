//! Groups of choices, and what is said of a choice.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::super::{Text, Words};
use super::{Effect, List};

/// What kind of answer a group takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Kind {
    /// Exactly one choice.
    #[default]
    One,
    /// Any of the choices, at least `min` and at most `max`.
    Many,
    /// A number from `min` to `max` by `step`.
    Number,
    /// One of the palette's choices, or with `free` any colour.
    Color,
    /// A picture of the customer's, for a surface; or none.
    Picture,
    /// Words of the customer's, for a surface; or none.
    Text,
}

/// One question to the customer.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Group {
    /// Names the group in this file.
    pub id: String,
    /// Its permanent number, from 1, never used for another group: configuration codes are made of these.
    pub number: u32,
    /// Its name.
    pub name: Text,
    /// What kind of answer it takes.
    #[serde(default)]
    pub kind: Kind,
    /// What there is to choose from; a palette for a colour.
    #[serde(default)]
    pub choices: List<Choice>,
    /// What a new customer sees first: the id of a choice, the ids of several, a number, a colour (`"#rrggbb"`), a text.
    /// Without: the first choice, no choices, or the least number.
    pub default: Option<serde_json::Value>,
    /// Numbers: the least, in `unit`. Many: at least so many.
    pub min: Option<f64>,
    /// Numbers: the greatest, in `unit`. Many: at most so many. Texts: at most so many characters.
    pub max: Option<f64>,
    /// Numbers: the distance of two values, in `unit`; 1 without.
    pub step: Option<f64>,
    /// Numbers: the unit, such as `cm`.
    #[serde(default)]
    pub unit: String,
    /// Numbers: what each step above `min` costs. Texts and pictures: what having one costs.
    #[serde(default)]
    pub price: i64,
    /// Colours: whether any other than the palette's may be had.
    #[serde(default)]
    pub free: bool,
    /// What any answer changes. Of a number, `map` takes its value; of a colour, a pointer without a value takes it: that of
    /// the choice's `swatch`, or the customer's own.
    #[serde(default)]
    pub effects: List<Effect>,
    /// Texts and pictures: the surface that they go to, by id.
    pub surface: Option<String>,
}

/// One thing to choose.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Choice {
    /// Names the choice in its group.
    pub id: String,
    /// Its permanent number in its group, from 1, never used for another choice.
    pub number: u32,
    /// Its name.
    pub name: Text,
    /// A sentence or two.
    #[serde(default)]
    pub description: Text,
    /// What it adds to the price.
    #[serde(default)]
    pub price: i64,
    /// The number under which the shop knows it.
    pub sku: Option<String>,
    /// A colour (`"#rrggbb"`) or the address of a picture that stands for it.
    pub swatch: Option<String>,
    /// What is known of it, by the id of a fact.
    #[serde(default)]
    pub facts: BTreeMap<String, FactValue>,
    /// What others say of it.
    pub rating: Option<Rating>,
    /// How many there are; 0 is sold out; without, enough.
    pub stock: Option<u32>,
    /// Days until it can be had.
    pub lead_time_days: Option<u32>,
    /// No longer sold: only who has it keeps it.
    #[serde(default)]
    pub retired: bool,
    /// What it changes.
    #[serde(default)]
    pub effects: List<Effect>,
}

/// What others say of a choice.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Rating {
    /// From 0 to 5.
    pub value: f64,
    /// How many said it.
    pub count: u32,
    /// Where to read it.
    pub href: Option<String>,
}

/// Something that can be said of the product. Figures of choices add up; of words, the last choice's holds.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Fact {
    /// Names the fact in this file.
    pub id: String,
    /// Its name, such as *Weight*.
    pub name: Text,
    /// The unit of a figure.
    #[serde(default)]
    pub unit: String,
    /// The figure or words before any choice.
    pub base: Option<FactValue>,
    /// Whether more of it is better, or less: how a difference is coloured and ranked. Without, neither.
    pub more_is_better: Option<bool>,
}

/// A figure or words.
#[derive(Clone, Debug, PartialEq)]
pub enum FactValue {
    /// In the fact's unit.
    Figure(f64),
    /// As it is.
    Words(Text),
}

impl<'de> Deserialize<'de> for FactValue {
    fn deserialize<D: serde::Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        let value = serde_json::Value::deserialize(reader)?;
        match value.as_f64() {
            Some(figure) => Ok(Self::Figure(figure)),
            None => Text::deserialize(value).map(Self::Words).map_err(serde::de::Error::custom),
        }
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for FactValue {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "FactValue".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let text = generator.subschema_for::<Text>();
        schemars::json_schema!({ "description": "A figure in the fact's unit, or words.", "anyOf": [{ "type": "number" }, text] })
    }
}

/// No text of a customer's is longer.
const LONGEST_TEXT: usize = 1_000;

impl Group {
    /// Whether a customer's words can be an answer: not more than `max` characters, none of which controls.
    pub fn takes_text(&self, text: &str) -> bool {
        let most = self.max.map_or(LONGEST_TEXT, |most| (most.max(0.0) as usize).min(LONGEST_TEXT));
        text.chars().count() <= most && !text.chars().any(char::is_control)
    }

    /// The same of words with their font and place; nobody chooses the ink of such words.
    pub fn takes_words(&self, words: &Words) -> bool {
        words.is_sound() && words.ink.is_none() && self.takes_text(&words.text)
    }

    /// The least and greatest value of a number, and the distance of two.
    pub fn bounds(&self) -> (f64, f64, f64) {
        (self.min.unwrap_or(0.0), self.max.unwrap_or(0.0), self.step.unwrap_or(1.0))
    }

    /// A number's last step, counted from the least value.
    pub fn last_step(&self) -> u32 {
        let (min, max, step) = self.bounds();
        // A hair's breadth more, for steps that are no binary fractions.
        ((max - min) / step + 1e-6).floor().clamp(0.0, f64::from(u32::MAX)) as u32
    }

    /// The value of a step.
    pub fn value_of(&self, step: u32) -> f64 {
        let (min, _, distance) = self.bounds();
        // Decimals as they were meant: 0.1 + 2 * 0.1 is 0.3.
        ((min + f64::from(step) * distance) * 1e9).round() / 1e9
    }

    /// The step of a value; none for what lies between two, or outside.
    pub fn step_of(&self, value: f64) -> Option<u32> {
        let (min, _, distance) = self.bounds();
        let steps = (value - min) / distance;
        let whole = steps.round();
        let fits = (steps - whole).abs() < 1e-6 && whole >= 0.0 && whole <= f64::from(self.last_step());
        fits.then_some(whole as u32)
    }
}
