//! What a product file must keep of what is printed.

use super::super::configuration::color;
use super::super::file::{PrintMaterial, Product};
use super::check::{ids, may_follow};
use crate::issue::{Code, Issues};

/// Nothing that is printed is denser, g/cm³.
const DENSEST: f64 = 25.0;
/// Between these a relief is, mm.
const LEAST_DEEP_MM: f64 = 0.05;
const DEEPEST_MM: f64 = 20.0;
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
        for relief in 0..piece.reliefs.len() {
            let depth = piece.reliefs.get(relief).map_or(1.0, |relief| relief.depth_mm);
            if !(LEAST_DEEP_MM..=DEEPEST_MM).contains(&depth) {
                issues.report(Code::ProductRange, format!("{path}/reliefs/{relief}/depthMm"), "from 0.05 to 20 mm");
                piece.reliefs.drop_entry(relief);
            }
        }
        let odd =
            |down: &mut [f64; 3]| !down.iter().all(|part| part.is_finite()) || down.iter().all(|part| *part == 0.0);
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

#[cfg(test)]
mod tests {
    use crate::product::Catalog;

    fn issues(print: &str) -> (Catalog, Vec<String>) {
        let text = format!(
            r#"{{ "anprobe": 1, "id": "x", "name": "X", "models": [{{ "id": "m", "src": "m.glb" }}],
                 "groups": [{{ "id": "a", "number": 1, "name": "A", "choices": [{{ "id": "one", "number": 1, "name": "One" }}] }}],
                 "surfaces": [{{ "id": "s", "material": "m", "sizeMm": [10, 10] }}], "print": {print} }}"#
        );
        let (catalog, issues) = Catalog::from_json(&text).unwrap();
        (catalog, issues.iter().map(|issue| format!("{} {}", issue.code.as_str(), issue.path)).collect())
    }

    #[test]
    fn what_is_sound_is_kept_as_it_is() {
        let (catalog, issues) = issues(
            r##"{ "pieces": [{ "id": "p", "name": "P", "when": "a/one", "nodes": ["n"], "material": "pla", "source": "p.glb", "down": [0, 0, -1] }],
                 "materials": [{ "id": "pla", "name": "PLA", "density": 1.24, "pricePerKg": 2000, "color": "#ff8000", "infill": 0.2 }],
                 "beds": [{ "name": "Mine", "sizeMm": [200, 200, 180] }] }"##,
        );
        assert!(issues.is_empty(), "{issues:?}");
        let print = catalog.product().print.clone().unwrap();
        assert_eq!((print.pieces.len(), print.materials.len(), print.beds.len()), (1, 1, 1));
        assert_eq!(print.pieces.get(0).unwrap().source.as_deref(), Some("p.glb"));
    }

    #[test]
    fn each_fault_is_named_and_the_rest_is_kept() {
        let (catalog, issues) = issues(
            r#"{ "pieces": [
                   { "id": "empty", "name": "E", "nodes": [] },
                   { "id": "sold", "name": "S", "nodes": ["n"], "source": "javascript:0" },
                   { "id": "p", "name": "P", "nodes": ["n"], "material": "wood", "down": [0, 0, 0] },
                   { "id": "p", "name": "P", "nodes": ["n"] },
                   { "id": "other", "name": "O", "nodes": ["n"], "model": "none" },
                   { "id": "rule", "name": "R", "nodes": ["n"], "when": "a/two" },
                   { "id": "q", "name": "Q", "nodes": ["n"], "reliefs": [{ "surface": "none", "depthMm": 1 }, { "surface": "s", "depthMm": 0 }, { "surface": "s", "depthMm": 0.6 }] },
                   { "id": "wrong", "nodes": "n" }],
                 "materials": [
                   { "id": "light", "name": "L", "density": 0 },
                   { "id": "odd", "name": "O", "density": 1, "infill": 2, "color": "red", "wallLines": 0, "pricePerKg": -1 }],
                 "beds": [{ "name": "Flat", "sizeMm": [200, 200, 0] }] }"#,
        );
        let mut sorted = issues.clone();
        sorted.sort();
        assert_eq!(
            sorted,
            [
                "PRODUCT_ADDRESS /print/pieces/1/source",
                "PRODUCT_DUPLICATE /print/pieces/3/id",
                "PRODUCT_ENTRY /print/pieces/0",
                "PRODUCT_NAME /print/pieces/2/material",
                "PRODUCT_NAME /print/pieces/4/model",
                "PRODUCT_NAME /print/pieces/5/when",
                "PRODUCT_NAME /print/pieces/6/reliefs/0/surface",
                "PRODUCT_RANGE /print/beds/0/sizeMm",
                "PRODUCT_RANGE /print/materials/0/density",
                "PRODUCT_RANGE /print/materials/1/infill",
                "PRODUCT_RANGE /print/materials/1/pricePerKg",
                "PRODUCT_RANGE /print/materials/1/wallLines",
                "PRODUCT_RANGE /print/pieces/2/down",
                "PRODUCT_RANGE /print/pieces/6/reliefs/1/depthMm",
                "PRODUCT_VALUE /print/materials/1/color",
                "PRODUCT_VALUE /print/pieces/7",
                "PRODUCT_VALUE /print/pieces/7/nodes",
            ]
        );
        let print = catalog.product().print.clone().unwrap();
        let kept: Vec<_> = print.pieces.entries().map(|piece| piece.id.as_str()).collect();
        assert_eq!(kept, ["p", "q"], "what is sold is never written from what is shown");
        assert_eq!(print.pieces.entries().last().unwrap().reliefs.entries().count(), 1);
        assert_eq!(print.materials.entries().count(), 1);
    }
}
