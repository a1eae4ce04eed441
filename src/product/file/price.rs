//! What it costs.

use serde::Deserialize;

use super::super::Text;
use super::{Condition, List};

/// The price of the product.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Price {
    /// ISO 4217, such as `EUR`: the currency of all amounts in this file.
    pub currency: String,
    /// Digits behind the point: 2 for cents, without.
    pub digits: Option<u32>,
    /// The number under which the shop knows the product itself; its `id` without.
    pub sku: Option<String>,
    /// Before any choice.
    #[serde(default)]
    pub base: i64,
    /// What is said of taxes.
    pub tax: Option<Tax>,
    /// What certain combinations add, or save.
    #[serde(default)]
    pub conditional: List<ConditionalPrice>,
}

/// What is said of taxes.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Tax {
    /// Whether all amounts include it.
    pub included: bool,
    /// Per cent, when it is to be shown as a line.
    pub percent: Option<f64>,
    /// In the shop's own words.
    #[serde(default)]
    pub note: Text,
}

/// A price that depends on several choices.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ConditionalPrice {
    /// Names the line.
    #[serde(default)]
    pub name: Text,
    /// When it counts.
    pub when: Condition,
    /// What it adds; below 0 it saves.
    pub price: i64,
    /// The number under which the shop knows it.
    pub sku: Option<String>,
}
