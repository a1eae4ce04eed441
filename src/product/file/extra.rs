//! What a page offers beside the choices: a guide, behaviours, sizes, places, refills, actions, links.

use serde::Deserialize;

use super::super::Text;
use super::{Camera, Condition, Effect, List};

/// A question of the guide.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Question {
    /// Names the question in this file.
    pub id: String,
    /// As it is asked.
    pub question: Text,
    /// What can be answered.
    pub answers: List<Answer>,
}

/// An answer to a question of the guide.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// Names the answer in its question.
    pub id: String,
    /// As it is given.
    pub text: Text,
    /// Choices that suit it, the more the higher their weight.
    #[serde(default)]
    pub prefers: List<Preference>,
    /// Choices that do not suit it at all, `"group/choice"`.
    #[serde(default)]
    pub avoids: Vec<String>,
}

/// How well a choice suits an answer.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Preference {
    /// `"group/choice"`.
    pub choice: String,
    /// 1 without; below 0 it suits badly.
    pub weight: Option<i32>,
}

/// How the product reacts or is used: a slider, or a button where `max` is not given.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Behaviour {
    /// Names the behaviour in this file.
    pub id: String,
    /// Its name, such as *Humidity*.
    pub name: Text,
    /// The least value, in `unit`; 0 without.
    #[serde(default)]
    pub min: f64,
    /// The greatest value, in `unit`; 1 without.
    pub max: Option<f64>,
    /// Where it rests; `min` without.
    pub rest: Option<f64>,
    /// The unit, such as `%`.
    #[serde(default)]
    pub unit: String,
    /// What it changes; `map` takes its value.
    pub effects: List<Effect>,
}

/// A size to be shown on the product.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Dimension {
    /// Its name, such as *Height*.
    pub name: Text,
    /// Only when this holds.
    pub when: Option<Condition>,
    /// Metres, in the space of the product's body: from here …
    pub from: [f64; 3],
    /// … to here.
    pub to: [f64; 3],
    /// Whether it was measured on the product, not taken from the drawing.
    #[serde(default)]
    pub measured: bool,
}

/// A place with something to say.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Hotspot {
    /// What there is to say.
    pub text: Text,
    /// Only when this holds.
    pub when: Option<Condition>,
    /// Metres, in the space of the product's body.
    pub position: [f64; 3],
    /// Away from the surface there; unit vector.
    pub normal: Option<[f64; 3]>,
    /// The group that it opens, by id.
    pub group: Option<String>,
    /// From where to look.
    pub camera: Option<Camera>,
}

/// A point that is found again in a picture of the product, such as a corner, a screw, the end of a handle: where four are
/// marked, it is known from where the picture was taken.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AlignPoint {
    /// Names the point in this file.
    pub id: String,
    /// As a customer reads it who is to find it: *Tip of the shade*.
    pub name: Text,
    /// Only when what is owned has it.
    pub when: Option<Condition>,
    /// The model that it belongs to; the product's body without.
    pub model: Option<String>,
    /// The node that it moves with; without, the model's own space counts.
    pub node: Option<String>,
    /// Metres, in the space of that node.
    pub position: [f64; 3],
}

/// What is used up and bought again.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Consumable {
    /// Names it in this file.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// The number under which the shop knows it.
    pub sku: String,
    /// What one costs.
    #[serde(default)]
    pub price: i64,
    /// How long one lasts.
    pub interval_days: Option<u32>,
}

/// What the shop offers to do.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Action {
    /// What it is.
    pub kind: ActionKind,
    /// On the button; without, the usual word.
    #[serde(default)]
    pub name: Text,
    /// What it costs where it is not the product's price: a deposit, a print file.
    pub price: Option<i64>,
    /// The number under which the shop knows what has such a price.
    pub sku: Option<String>,
}

/// Kinds of [`Action`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum ActionKind {
    /// Into the cart.
    #[default]
    Buy,
    /// Ask for an offer.
    Quote,
    /// Have it for a while.
    Borrow,
    /// Print it oneself.
    Print,
    /// The same again, or its refills.
    Reorder,
}

/// Where to read more.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Link {
    /// What is there.
    pub name: Text,
    /// Its address: `https:`, `mailto:`, or relative to this file.
    pub href: String,
}
