//! The committed schema is the one of the types.

#![cfg(feature = "schema")]

use std::path::Path;

use anprobe::product::file::Product;

#[test]
fn the_committed_schema_is_the_one_of_the_types() {
    let mut schema = schemars::schema_for!(Product);
    schema.insert("title".to_owned(), "Anprobe product file, version 1".into());
    let made = format!("{:#}\n", serde_json::to_value(&schema).unwrap());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/product.schema.json");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(committed == made, "run `UPDATE=1 cargo test --test product` and commit assets/product.schema.json");
}
