//! A product file over a model that was made by somebody else, who knew nothing of this format.

use std::path::Path;

use anprobe::product::{Catalog, Outcome, Session};

use crate::{folder, sample};

#[test]
fn a_shoe_of_the_corpus_shows_the_variant_that_is_chosen() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/product/shoe.json");
    let (catalog, issues) = Catalog::from_json(&std::fs::read_to_string(file).unwrap()).unwrap();
    assert!(issues.is_empty(), "{issues:?}");
    // Three uppers with two laces, but one pair.
    assert_eq!(catalog.count().unwrap().combinations, (3 * 2 - 1).to_string());
    let mut session = Session::new(catalog);
    let beach = session.catalog().item_named("upper/beach").unwrap();
    assert!(matches!(session.toggle(beach), Outcome::Changed(_)));

    let source = session.catalog().product().models.entries().next().unwrap().src.clone();
    let Some(corpus) = folder::find("shoe", "MaterialsVariantsShoe") else { return };
    let model = sample::model(&corpus.join(source));
    let of = |name: &str| model.variants.iter().position(|variant| variant == name);
    let [(_, overlay)] =
        &sample::looks(session.catalog(), std::slice::from_ref(&model), session.configuration(), &[])[..]
    else {
        panic!("one model");
    };
    assert_eq!(overlay.variant, of("beach"));
    let materials = |variant: Option<usize>| {
        let primitives = model.meshes.iter().flat_map(|(_, mesh)| mesh.primitives.iter());
        primitives.map(|(_, primitive)| primitive.material_under(variant)).collect::<Vec<_>>()
    };
    assert_ne!(materials(of("beach")), materials(of("midnight")));
    assert_ne!(materials(of("beach")), materials(of("street")));
}
