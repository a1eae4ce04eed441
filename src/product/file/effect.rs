//! What a choice changes, in glTF's own terms.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::super::Text;
use super::{Condition, List};

/// One change of the picture: any of its keys, together.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Effect {
    /// Only when this holds, too.
    pub when: Option<Condition>,
    /// The model that is changed, by id; without, the one that is the product's body.
    pub model: Option<String>,
    /// The model that is the product's body, in place of the first, by id.
    pub body: Option<String>,
    /// A variant of KHR_materials_variants, by name.
    pub variant: Option<String>,
    /// Nodes to be shown, by name, as KHR_node_visibility has it.
    #[serde(default)]
    pub show: Vec<String>,
    /// Nodes to be hidden, by name.
    #[serde(default)]
    pub hide: Vec<String>,
    /// A pointer of the glTF Asset Object Model, such as `/materials/3/pbrMetallicRoughness/baseColorFactor`; `@name` may
    /// stand for an index: `/materials/@shade/…`.
    pub pointer: Option<String>,
    /// What `pointer` is set to: a number, a list of numbers, or for a colour factor `"#rrggbb"` (sRGB).
    pub value: Option<serde_json::Value>,
    /// For numbers, instead of `value`: what it is at which value.
    pub map: Option<Map>,
    /// A model that is mounted on a node.
    pub mount: Option<Mount>,
    /// An animation, by name, in whose pose at `time` the model stands …
    pub animation: Option<String>,
    /// … in seconds; for numbers, instead of it, by `map`.
    pub time: Option<f64>,
    /// A morph target's weight.
    pub weight: Option<Weight>,
}

/// How a number becomes a value: straight between two ends.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Map {
    /// The group's value at one end, and what it becomes there.
    pub from: (f64, serde_json::Value),
    /// The group's value at the other end, and what it becomes there.
    pub to: (f64, serde_json::Value),
}

/// A part on its place.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Mount {
    /// The model that is mounted, by id.
    pub part: String,
    /// The node of the other model that it is put on, by name: the part's origin comes to lie there.
    pub socket: String,
}

/// A morph target of a mesh.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Weight {
    /// The node with the mesh, by name.
    pub node: String,
    /// The target's name (`extras.targetNames`) or index.
    pub target: String,
    /// Its weight; for numbers, instead of it, by `map`.
    pub value: Option<f64>,
}

/// Where a customer's picture or text goes.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Surface {
    /// Names the surface in this file.
    pub id: String,
    /// Its name.
    #[serde(default)]
    pub name: Text,
    /// The model, by id; without, the one that is the product's body.
    pub model: Option<String>,
    /// The material whose base colour shows it, by name. It needs a base colour texture whose picture no other material
    /// has: words and pictures are drawn over that one, so that a clear one shows what is below the surface.
    pub material: String,
    /// Colour of words (`#rrggbb`); without, a dark grey. White is tinted by the material's base colour factor.
    pub ink: Option<String>,
    /// The part of the texture: left, top, right, bottom, from 0 to 1.
    pub uv: Option<[f64; 4]>,
    /// Width and height of that part on the product, millimetres.
    pub size_mm: [f64; 2],
    /// The same where another model is the product's body, by its id.
    #[serde(default)]
    pub size_mm_by_body: BTreeMap<String, [f64; 2]>,
    /// How far from its edges nothing important may lie, millimetres.
    #[serde(default)]
    pub safe_zone_mm: f64,
    /// How far what is printed goes on beyond the edges, to be cut off, millimetres: print files have it, and pictures cover
    /// it.
    #[serde(default)]
    pub bleed_mm: f64,
    /// Below so many dots per inch a picture looks soft.
    pub min_dpi: Option<f64>,
    /// What it is made by: `print` or `engraving`; engraving has one colour.
    pub process: Option<String>,
    /// Fonts that may be used; without, all that there are.
    #[serde(default)]
    pub fonts: List<String>,
}
