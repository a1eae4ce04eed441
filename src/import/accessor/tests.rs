use serde_json::json;

use super::{Component, accessor};
use crate::import::cursor::{Cursor, Reporter};
use crate::import::limits::Limits;
use crate::import::reader::Reader;
use crate::issue::Issues;
use crate::json::parse;
use crate::scene::Bytes;

/// The numbers of the one accessor of a document whose one buffer view holds `bytes`.
fn floats(accessor_json: serde_json::Value, bytes: &[u8]) -> Option<Vec<f32>> {
    let mut accessor_json = accessor_json;
    accessor_json["bufferView"] = 0.into();
    let document = json!({
        "accessors": [accessor_json],
        "bufferViews": [{ "buffer": 0, "byteLength": bytes.len() }],
        "use": { "it": 0 },
    });
    let document = parse(&document.to_string()).ok()?;
    let limits = Limits::default();
    let mut reader = Reader::new(Cursor(&document), Reporter::new(&document, Issues::default()), &limits);
    let bytes = Bytes::from(bytes.to_vec());
    reader.buffers.push(Some(&bytes));
    let at = Cursor(document.get("use")?);
    let accessor = accessor(&mut reader, at, "it")?;
    Some(accessor.floats(&mut reader))
}

#[test]
fn columns_of_small_matrices_start_at_multiples_of_four() {
    let mat2 = json!({ "type": "MAT2", "componentType": 5121, "count": 2 });
    let bytes = [1, 2, 99, 99, 3, 4, 99, 99, 5, 6, 99, 99, 7, 8];
    assert_eq!(floats(mat2, &bytes), Some(vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]));
    let mat3 = json!({ "type": "MAT3", "componentType": 5120, "count": 1 });
    let bytes = [1, 2, 3, 99, 4, 5, 6, 99, 7, 8, 0xFF, 99];
    assert_eq!(floats(mat3, &bytes), Some(vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, -1.0]));
    let mat3 = json!({ "type": "MAT3", "componentType": 5123, "count": 1 });
    let shorts: Vec<u8> = [1u16, 2, 3, 99, 4, 5, 6, 99, 7, 8, 9, 99].iter().flat_map(|n| n.to_le_bytes()).collect();
    assert_eq!(floats(mat3, &shorts), Some(vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0]));
}

#[test]
fn a_missing_last_byte_is_noticed() {
    for (component, size) in [(5120, 1), (5121, 1), (5122, 2), (5123, 2), (5125, 4), (5126, 4)] {
        let three = json!({ "type": "VEC3", "componentType": component, "count": 2 });
        let bytes = vec![0; 6 * size];
        assert_eq!(floats(three.clone(), &bytes), Some(vec![0.0; 6]));
        assert_eq!(floats(three, &bytes[1..]), None);
    }
}

#[test]
fn every_component_type_has_its_size() {
    let sizes = [5120, 5121, 5122, 5123, 5125, 5126].map(|number| Component::from_gltf(number).map(Component::size));
    assert_eq!(sizes, [1, 1, 2, 2, 4, 4].map(Some));
    assert_eq!(Component::from_gltf(5124), None, "signed 32-bit integers are no component type");
}
