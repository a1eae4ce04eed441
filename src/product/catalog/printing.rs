//! What a product file must keep of what is printed.

use super::super::configuration::color;
use super::super::file::{PrintMaterial, Product};
use super::check::{ids, may_follow};
use crate::issue::{Code, Issues};

/// Nothing that is printed is denser, g/cm³.
const DENSEST: f64 = 25.0;
/// No printer is larger, mm.
const LARGEST_MM: f64 = 100_000.0;

/// Checks what stands alone.
pub(super) fn check(product: &mut Product, issues: &mut Issues) {
    let Some(printing) = &mut product.print else { return };
    ids(&mut printing.pieces, "/print/pieces", |piece| &piece.id, issues);
    ids(&mut printing.materials, "/print/materials", |material| &material.id, issues);
    for at in 0..printing.pieces.len() {
        let Some(piece) = printing.pieces.get_mut(at) else { continue };
        let path = format!("/print/pieces/{at}");
        if piece.nodes.is_empty() && piece.source.is_none() {
            issues.report(Code::ProductEntry, path, "neither nodes nor a source");
            printing.pieces.drop_entry(at);
            continue;
        }
        if let Some(source) = piece.source.take_if(|source| !may_follow(source)) {
            // Without it, what is sold would be written from what is shown.
            issues.report(Code::ProductAddress, format!("{path}/source"), source.chars().take(80).collect::<String>());
            printing.pieces.drop_entry(at);
            continue;
        }
        let odd = |down: &mut [f64; 3]| !down.iter().all(|part| part.is_finite()) || down.iter().all(|part| *part == 0.0);
        if piece.down.take_if(odd).is_some() {
            issues.report(Code::ProductRange, format!("{path}/down"), "a direction");
        }
    }
    for at in 0..printing.materials.len() {
        let Some(material) = printing.materials.get_mut(at) else { continue };
        if !material_keeps(material, &format!("/print/materials/{at}"), issues) {
            printing.materials.drop_entry(at);
        }
    }
    for at in 0..printing.beds.len() {
        let odd = printing.beds.get(at).is_some_and(|bed| {
            bed.size_mm.iter().any(|side| !(side.is_finite() && *side > 0.0 && *side <= LARGEST_MM))
        });
        if odd {
            issues.report(Code::ProductRange, format!("/print/beds/{at}/sizeMm"), "more than 0 mm");
            printing.beds.drop_entry(at);
        }
    }
}

/// Whether something can be reckoned with a material; what of it makes no sense is left out.
fn material_keeps(material: &mut PrintMaterial, path: &str, issues: &mut Issues) -> bool {
    if !(material.density > 0.0 && material.density <= DENSEST) {
        issues.report(Code::ProductRange, format!("{path}/density"), "from 0 to 25 g/cm³");
        return false;
    }
    if material.price_per_kg.take_if(|price| !(0..=1_000_000_000).contains(price)).is_some() {
        issues.report(Code::ProductRange, format!("{path}/pricePerKg"), "an amount");
    }
    if let Some(found) = material.color.take_if(|found| color(found).is_none()) {
        let found = found.chars().take(80).collect::<String>();
        issues.report(Code::ProductValue, format!("{path}/color"), format!("#rrggbb, not {found}"));
    }
    for (name, value, low, high) in [
        ("layerMm", &mut material.layer_mm, 0.01, 10.0),
        ("lineMm", &mut material.line_mm, 0.01, 20.0),
        ("infill", &mut material.infill, 0.0, 1.0),
        ("wallMm", &mut material.wall_mm, 0.0, 100.0),
        ("speed", &mut material.speed, 0.01, 100_000.0),
    ] {
        if value.take_if(|value| !(low..=high).contains(value)).is_some() {
            issues.report(Code::ProductRange, format!("{path}/{name}"), format!("from {low} to {high}"));
        }
    }
    if material.wall_lines.take_if(|lines| !(1..=100).contains(lines)).is_some() {
        issues.report(Code::ProductRange, format!("{path}/wallLines"), "from 1 to 100");
    }
    true
}
