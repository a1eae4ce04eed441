//! What owners can make of theirs.

use serde::Deserialize;

use super::super::Text;
use super::{Condition, List};

/// One way from an owned product to a better one.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Upgrade {
    /// Names the upgrade in this file.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// A sentence or two.
    #[serde(default)]
    pub description: Text,
    /// Which owned products it fits.
    pub from: Condition,
    /// The choices that it brings, `"group/choice"`.
    pub to: Vec<String>,
    /// What it costs. Without, the difference of the choices' prices.
    pub price: Option<i64>,
    /// What is given for the old part.
    #[serde(default)]
    pub credit: i64,
    /// The number under which the shop knows it.
    pub sku: Option<String>,
    /// How it gets there.
    #[serde(default)]
    pub install: Install,
}

/// How an upgrade is installed.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Install {
    /// By which means.
    #[serde(default)]
    pub method: Method,
    /// How long it takes.
    pub minutes: Option<f64>,
    /// Step by step.
    #[serde(default)]
    pub steps: List<Step>,
}

/// By which means an upgrade is installed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Method {
    /// A part is exchanged.
    #[default]
    Swap,
    /// A part is printed at home.
    Print,
    /// Nothing is touched.
    Software,
    /// The maker or a workshop does it.
    Service,
}

/// One step of an installation.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// What to do.
    pub text: Text,
    /// With what.
    #[serde(default)]
    pub tools: Vec<Text>,
    /// For how long.
    pub minutes: Option<f64>,
    /// From where to look.
    pub camera: Option<Camera>,
    /// An animation that shows it, by name.
    pub animation: Option<String>,
    /// The nodes that matter; all others step back. Without, all are shown as ever.
    #[serde(default)]
    pub parts: Vec<String>,
}

/// A view, in model-viewer's terms.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Camera {
    /// As in the attribute `camera-orbit`.
    pub orbit: Option<String>,
    /// As in the attribute `camera-target`.
    pub target: Option<String>,
    /// As in the attribute `field-of-view`.
    pub field_of_view: Option<String>,
}
