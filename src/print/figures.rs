//! What a product file says of materials and printers, as it is reckoned with.

use super::bed::Bed;
use super::estimate::Material;
use super::process::{Process, Settings};
use crate::product::file::{PrintBed, PrintMaterial, PrintProcess};

impl Material {
    /// With what the file does not say as is usual for its process; its name in a language, by BCP 47 tag.
    pub fn from_file(material: &PrintMaterial, language: &str) -> Self {
        let process = match material.process {
            PrintProcess::Filament => Process::Filament,
            PrintProcess::Resin => Process::Resin,
            PrintProcess::Powder => Process::Powder,
        };
        let usual = Settings::usual(process);
        let or = |value: Option<f64>, usual: f32| value.map_or(usual, |value| value as f32);
        let settings = Settings {
            layer_mm: or(material.layer_mm, usual.layer_mm),
            line_mm: or(material.line_mm, usual.line_mm),
            wall_lines: material.wall_lines.unwrap_or(usual.wall_lines),
            infill: or(material.infill, usual.infill),
            least_wall_mm: or(material.wall_mm, usual.least_wall_mm),
            flow_mm3_per_s: or(material.speed, usual.flow_mm3_per_s),
            ..usual
        };
        Self {
            id: material.id.clone(),
            name: material.name.in_language(language).to_owned(),
            density_g_per_cm3: material.density,
            price_per_kg: material.price_per_kg.map(|price| price as f64),
            settings: settings.sane(),
            color: material.color.as_deref().and_then(rgb),
        }
    }
}

impl Bed {
    /// One that the file names.
    pub fn from_file(bed: &PrintBed) -> Self {
        Self::new(&bed.name, bed.size_mm.map(|side| side as f32))
    }
}

/// `#rrggbb`.
fn rgb(text: &str) -> Option<[u8; 3]> {
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let mut color = [0; 3];
    for (value, at) in color.iter_mut().zip([0, 2, 4]) {
        *value = u8::from_str_radix(digits.get(at..at + 2)?, 16).ok()?;
    }
    Some(color)
}
