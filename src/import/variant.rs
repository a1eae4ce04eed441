//! KHR_materials_variants: names for the file, and for each primitive which material it takes.

use super::cursor::Cursor;
use super::extension::MATERIALS_VARIANTS;
use super::reader::Reader;
use crate::issue::Code;
use crate::scene::{Material, Slots};

pub(super) fn read_variants(reader: &mut Reader<'_>) -> Vec<String> {
    let Some(extension) = reader.root.extension(MATERIALS_VARIANTS) else { return Vec::new() };
    let log = &mut reader.log;
    extension.list("variants", log).iter().map(|item| Cursor(item).name(log)).collect()
}

/// For each variant the material that the primitive under `at` takes; empty without a mapping.
pub(super) fn read_mappings<'a>(
    reader: &mut Reader<'a>,
    at: Cursor<'a>,
    variants: usize,
    materials: &Slots<Material>,
) -> Vec<Option<usize>> {
    let Some(extension) = at.extension(MATERIALS_VARIANTS) else { return Vec::new() };
    if !reader.spend_values(2 * variants) {
        return Vec::new();
    }
    let log = &mut reader.log;
    let mut out = vec![None; variants];
    for mapping in extension.list("mappings", log) {
        let mapping = Cursor(mapping);
        let Some(material) = mapping.index("material", materials.len(), log) else { continue };
        for item in mapping.list("variants", log) {
            let Some(variant) = Cursor(item).as_index(variants, log) else { continue };
            match out.get_mut(variant) {
                Some(slot @ None) => *slot = Some(material).filter(|material| materials.get(*material).is_some()),
                _ => log.report(Code::Value, Cursor(item), "a variant is mapped twice"),
            }
        }
    }
    if out.iter().all(Option::is_none) { Vec::new() } else { out }
}
