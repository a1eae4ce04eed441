//! What crosses to another module or thread that prints: a piece and all that is asked of it, as JSON and plain arrays.

use glam::Quat;
use serde::{Deserialize, Serialize};

use super::bed::Bed;
use super::check::Options;
use super::file::Labels;
use super::relief::Relief;
use crate::issue::{Code, Issue};

/// No layer is higher, mm.
const HIGHEST_MM: f32 = 10.0;
/// No layer is lower, mm.
const LOWEST_MM: f32 = 0.01;
/// Nothing is printed larger, or smaller by as much, than it is.
const MOST_SCALED: f32 = 1000.0;

/// What whoever prints asks for.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Wish {
    /// 1 is true size.
    pub scale: f32,
    /// A material of the product file, by id or name; the usual one without.
    pub material: Option<String>,
    /// A printer by its name, or what one's own is called.
    pub bed: Option<String>,
    /// Width, depth and height of one's own printer, mm.
    pub bed_size_mm: Option<[f32; 3]>,
    /// The height of a layer, mm; the material's own without.
    pub layer_height_mm: Option<f32>,
    /// Which way up.
    pub lies: Lies,
    /// What tells the shop who bought it; it goes into the file.
    pub buyer: String,
}

impl Default for Wish {
    fn default() -> Self {
        Self {
            scale: 1.0,
            material: None,
            bed: None,
            bed_size_mm: None,
            layer_height_mm: None,
            lies: Lies::Best,
            buyer: String::new(),
        }
    }
}

/// Which way up something is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Lies {
    /// As the product file says, else as it prints best.
    #[default]
    Best,
    /// As it stands in the product.
    Standing,
}

impl Wish {
    /// As a page writes it.
    ///
    /// # Errors
    ///
    /// [`Code::PrintOption`] for what is no such JSON.
    pub fn from_json(json: &str) -> Result<Self, Issue> {
        serde_json::from_str(json).map_err(|error| no_such(&error.to_string()))
    }

    /// How large, within reason.
    ///
    /// # Errors
    ///
    /// [`Code::PrintOption`] for what nobody prints.
    pub fn checked_scale(&self) -> Result<f32, Issue> {
        let is_sane = self.scale.is_finite() && (1.0 / MOST_SCALED..=MOST_SCALED).contains(&self.scale);
        if is_sane { Ok(self.scale) } else { Err(no_such("scale")) }
    }

    /// What is asked of a piece, from what is usual for it: what is chosen comes first in the lists.
    ///
    /// # Errors
    ///
    /// [`Code::PrintOption`] for a material or printer that nobody knows, or a height that no layer has.
    pub fn apply(&self, mut options: Options) -> Result<Options, Issue> {
        options.scale = self.checked_scale()?;
        if let Some(wanted) = &self.material {
            let found = options.materials.iter().position(|known| known.id == *wanted || known.name == *wanted);
            let material = options.materials.remove(found.ok_or_else(|| no_such(wanted))?);
            options.settings = material.settings;
            options.materials.insert(0, material);
        }
        match (&self.bed, self.bed_size_mm) {
            (name, Some(size_mm)) => {
                if !size_mm.iter().all(|side| side.is_finite() && *side > 0.0) {
                    return Err(no_such("bed"));
                }
                options.beds.insert(0, Bed::new(name.as_deref().unwrap_or_default(), size_mm));
            }
            (Some(wanted), None) => {
                let found = options.beds.iter().position(|known| known.name == *wanted);
                let bed = options.beds.remove(found.ok_or_else(|| no_such(wanted))?);
                options.beds.insert(0, bed);
            }
            (None, None) => {}
        }
        if let Some(layer_mm) = self.layer_height_mm {
            if !(LOWEST_MM..=HIGHEST_MM).contains(&layer_mm) {
                return Err(no_such("layerHeightMm"));
            }
            options.settings.layer_mm = layer_mm;
            options.materials.iter_mut().for_each(|material| material.settings.layer_mm = layer_mm);
        }
        if self.lies == Lies::Standing {
            options.bed_from_print = Some(Quat::IDENTITY);
        }
        Ok(options)
    }
}

pub(super) fn no_such(what: &str) -> Issue {
    Issue::new(Code::PrintOption, "", what.chars().take(80).collect::<String>())
}

/// All that is known of a piece beside its triangles.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Head {
    /// The piece in the product file; empty for all that is shown.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// The number under which the shop knows it.
    pub part_number: String,
    /// How it is looked at; it is printed of the first material.
    pub options: Options,
    /// What a file says of itself.
    pub labels: Labels,
    /// The customer's words that are made as a shape.
    #[serde(default)]
    pub reliefs: Vec<Relief>,
}

impl Head {
    /// As its JSON has it.
    ///
    /// # Errors
    ///
    /// [`Code::PrintOption`] for what is no such JSON.
    pub fn from_json(json: &str) -> Result<Self, Issue> {
        serde_json::from_str(json).map_err(|error| no_such(&error.to_string()))
    }

    /// The head of a piece without words.
    pub fn new(id: &str, name: &str, part_number: &str, options: Options, labels: Labels) -> Self {
        Self {
            id: id.to_owned(),
            name: name.to_owned(),
            part_number: part_number.to_owned(),
            options,
            labels,
            reliefs: Vec::new(),
        }
    }
}
