//! The product file, `product.json`, as it is written: every type is one object of it.
//!
//! Names are as in JSON (camelCase there). Amounts of money are whole minor units (cents) of the file's currency; lengths
//! say their unit in the name. Nodes, materials and meshes are named as in the glTF file. A choice is named
//! `"group/choice"`.

mod condition;
mod effect;
mod extra;
mod group;
mod list;
mod price;
mod printing;
mod upgrade;

use serde::Deserialize;

use super::Text;

pub use condition::Condition;
pub use effect::{Effect, Map, Mount, Surface, Weight};
pub use extra::{
    Action, ActionKind, AlignPoint, Answer, Behaviour, Consumable, Dimension, Hotspot, Link, Preference, Question,
};
pub use group::{Choice, Fact, FactValue, Group, Kind, Rating};
pub use list::List;
pub use price::{ConditionalPrice, Price, Tax};
pub use printing::{PrintBed, PrintMaterial, PrintPiece, PrintProcess, PrintRelief, Printing};
pub use upgrade::{Camera, Install, Method, Step, Upgrade};

/// A product that can be configured: the whole file.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Product {
    /// Where the schema of this file lies, for editors.
    #[serde(rename = "$schema")]
    pub schema: Option<String>,
    /// The version of this format: 1.
    pub anprobe: u32,
    /// Names the product for machines: a–z, 0–9, `-` and `_`.
    pub id: String,
    /// The product's name.
    pub name: Text,
    /// A sentence or two.
    #[serde(default)]
    pub description: Text,
    /// The glTF files that it is made of; the first is the product's body, unless a choice says otherwise.
    pub models: List<Model>,
    /// What can be chosen, in the order in which a customer is asked.
    pub groups: List<Group>,
    /// What goes with what; the order never matters.
    #[serde(default)]
    pub rules: List<Rule>,
    /// The address of the compiled rules, relative to this file, for products whose rules take too long to compile on a
    /// phone: `anprobe compile` writes it anew after each change of this file.
    pub compiled: Option<String>,
    /// What it costs. Without, nothing has a price.
    pub price: Option<Price>,
    /// What can be said of a product in figures or words, such as weight; choices give the values.
    #[serde(default)]
    pub facts: List<Fact>,
    /// What owners of one can make of it.
    #[serde(default)]
    pub upgrades: List<Upgrade>,
    /// Questions that lead to a choice.
    #[serde(default)]
    pub guide: List<Question>,
    /// Where a customer's picture or text can go.
    #[serde(default)]
    pub surfaces: List<Surface>,
    /// How the product reacts or is used.
    #[serde(default)]
    pub behaviours: List<Behaviour>,
    /// Sizes to be shown on the product.
    #[serde(default)]
    pub dimensions: List<Dimension>,
    /// Places with something to say.
    #[serde(default)]
    pub hotspots: List<Hotspot>,
    /// Points that are found again in a picture of the product; four or more of what is owned, not on one line, and better
    /// not all in one plane.
    #[serde(default)]
    pub align: List<AlignPoint>,
    /// What is used up and bought again.
    #[serde(default)]
    pub consumables: List<Consumable>,
    /// What of it can be printed at home, or by the shop.
    pub print: Option<Printing>,
    /// What the shop offers to do.
    #[serde(default)]
    pub actions: List<Action>,
    /// Where to read more.
    #[serde(default)]
    pub links: List<Link>,
}

/// One glTF file.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Model {
    /// Names the model in this file.
    pub id: String,
    /// Its address, relative to this file.
    pub src: String,
    /// Shown from the start. The product's body always is; others appear when a choice mounts them, and are loaded then.
    #[serde(default)]
    pub shown: bool,
}

/// Something that must hold. Say `holds`, or `when` with `requires` or `excludes` or both.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Rule {
    /// Names the rule for the shop's own words.
    pub id: Option<String>,
    /// Why, in plain words: what a customer reads who cannot have both.
    #[serde(default)]
    pub reason: Text,
    /// Must always hold.
    pub holds: Option<Condition>,
    /// Only when this holds …
    pub when: Option<Condition>,
    /// … this must hold, too.
    pub requires: Option<Condition>,
    /// … none of these may hold.
    #[serde(default)]
    pub excludes: List<Condition>,
}
