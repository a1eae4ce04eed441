//! What of a product can be printed, of what, and on which printers.

use serde::Deserialize;

use super::super::Text;
use super::{Condition, List};

/// What of a product its owner, or the shop, makes on a 3D printer.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Printing {
    /// What is printed, each as one.
    pub pieces: List<PrintPiece>,
    /// What it may be printed of; the first is the usual one.
    #[serde(default)]
    pub materials: List<PrintMaterial>,
    /// Printers that are looked at first; common ones are known.
    #[serde(default)]
    pub beds: List<PrintBed>,
    /// Who made the shapes: it goes into the file.
    #[serde(default)]
    pub designer: String,
    /// Who holds the rights: it goes into the file.
    #[serde(default)]
    pub copyright: String,
}

/// What is printed as one.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PrintPiece {
    /// Names the piece in this file.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// Only when this holds.
    pub when: Option<Condition>,
    /// The model that has it; the product's body without.
    pub model: Option<String>,
    /// Its nodes, by name, with all below them.
    pub nodes: Vec<String>,
    /// What it is usually printed of, by id; the first material without.
    pub material: Option<String>,
    /// What whoever has the file may do with it: it goes into the file.
    #[serde(default)]
    pub licence: Text,
    /// The address of the model that is printed, relative to this file, where that is not the one that is shown: a file
    /// that is sold. It is asked for only with the token that the shop gives for it, and never before.
    pub source: Option<String>,
    /// The number under which the shop knows it: it goes into the file.
    pub sku: Option<String>,
    /// Surfaces whose words are made as a shape of it, raised or engraved, where it is flat below them.
    #[serde(default)]
    pub reliefs: List<PrintRelief>,
    /// Which way lies on the bed, as a direction in the space of its first node; without, the best is found.
    pub down: Option<[f64; 3]>,
}

/// Words of a customer's that are a shape of a printed piece. They lie there as in their picture; those in fonts that do not
/// ship with the element are printed in Jost, and pictures are left out: both is said.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PrintRelief {
    /// The surface, by id.
    pub surface: String,
    /// They stand out of the piece; without, they are engraved.
    #[serde(default)]
    pub raised: bool,
    /// How high or deep they are, millimetres, from 0.05 to 20.
    pub depth_mm: f64,
}

/// What something is printed of. What is not given is what is usual for the process.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PrintMaterial {
    /// Names the material in this file.
    pub id: String,
    /// Its name, such as *PETG*.
    pub name: Text,
    /// How it is printed.
    #[serde(default)]
    pub process: PrintProcess,
    /// Grams in a cubic centimetre.
    pub density: f64,
    /// What a kilogram costs.
    pub price_per_kg: Option<i64>,
    /// Its colour, `#rrggbb`; the product's own without.
    pub color: Option<String>,
    /// The height of a layer.
    pub layer_mm: Option<f64>,
    /// The width of a line.
    pub line_mm: Option<f64>,
    /// Lines around each layer.
    pub wall_lines: Option<u32>,
    /// How much of the inside is filled, from 0 to 1.
    pub infill: Option<f64>,
    /// The thinnest wall that prints.
    pub wall_mm: Option<f64>,
    /// What is laid in a second, mm³.
    pub speed: Option<f64>,
}

/// How something is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum PrintProcess {
    /// Melted, line by line.
    #[default]
    Filament,
    /// Cured by light.
    Resin,
    /// Fused in a bed of powder.
    Powder,
}

/// A printer's room.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PrintBed {
    /// The printer's name.
    pub name: String,
    /// Width, depth and height.
    pub size_mm: [f64; 3],
}
