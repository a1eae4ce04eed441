//! Numbers in buffers: types, normalisation, strides, sparse (glTF 2.0 §3.6.2).

use glam::Vec3;
use serde_json::json;

use crate::literal::{F32, I8, I16, Model, U8, U16, U32};

/// Positions of a triangle out of an accessor.
fn positions(component: u32, normalized: bool, stride: Option<usize>, bytes: &[u8]) -> Vec<Vec3> {
    let mut model = Model::new();
    let view = model.view(bytes, stride);
    let accessor = model.accessor(json!({
        "bufferView": view, "type": "VEC3", "componentType": component, "count": 3, "normalized": normalized,
    }));
    model.attribute("POSITION", accessor);
    model.clean().vertices.positions
}

#[test]
fn integers_are_read_as_they_are_or_as_shares() {
    let bytes = [0, 127, 255, 99, 129, 128, 1, 99, 64, 0, 2, 99];
    let signed = [[0.0, 127.0, -1.0], [-127.0, -128.0, 1.0], [64.0, 0.0, 2.0]].map(Vec3::from_array);
    assert_eq!(positions(I8, false, Some(4), &bytes), signed);
    // −128 is as far as −127: both are −1.
    let shares = signed.map(|numbers| (numbers / 127.0).max(Vec3::NEG_ONE));
    close(&positions(I8, true, Some(4), &bytes), &shares);
    let unsigned = [[0.0, 127.0, 255.0], [129.0, 128.0, 1.0], [64.0, 0.0, 2.0]].map(Vec3::from_array);
    assert_eq!(positions(U8, false, Some(4), &bytes), unsigned);
    close(&positions(U8, true, Some(4), &bytes), &unsigned.map(|numbers| numbers / 255.0));

    let shorts = [0u16, 0x7FFF, 0xFFFF, 99, 0x8001, 0x8000, 1, 99, 5, 6, 7, 99];
    let bytes: Vec<u8> = shorts.iter().flat_map(|number| number.to_le_bytes()).collect();
    let signed = [[0.0, 32_767.0, -1.0], [-32_767.0, -32_768.0, 1.0], [5.0, 6.0, 7.0]].map(Vec3::from_array);
    assert_eq!(positions(I16, false, Some(8), &bytes), signed);
    close(&positions(I16, true, Some(8), &bytes), &signed.map(|numbers| (numbers / 32_767.0).max(Vec3::NEG_ONE)));
    let unsigned = [[0.0, 32_767.0, 65_535.0], [32_769.0, 32_768.0, 1.0], [5.0, 6.0, 7.0]].map(Vec3::from_array);
    assert_eq!(positions(U16, false, Some(8), &bytes), unsigned);
    close(&positions(U16, true, Some(8), &bytes), &unsigned.map(|numbers| numbers / 65_535.0));
}

fn close(got: &[Vec3], want: &[Vec3]) {
    for (got, want) in got.iter().zip(want) {
        assert!(got.distance(*want) < 1e-6, "{got} {want}");
    }
}

#[test]
fn strides_and_offsets_skip_what_is_between() {
    let mut model = Model::new();
    let numbers: Vec<f32> = vec![9.0, 0.0, 1.0, 2.0, 9.0, 3.0, 4.0, 5.0, 9.0, 6.0, 7.0, 8.0];
    let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
    let view = model.view(&bytes, Some(16));
    let accessor = model
        .accessor(json!({ "bufferView": view, "byteOffset": 4, "type": "VEC3", "componentType": F32, "count": 3 }));
    model.attribute("POSITION", accessor);
    let want = [Vec3::new(0.0, 1.0, 2.0), Vec3::new(3.0, 4.0, 5.0), Vec3::new(6.0, 7.0, 8.0)];
    assert_eq!(model.clean().vertices.positions, want);
}

#[test]
fn indices_may_have_one_two_or_four_bytes() {
    for (component, bytes) in
        [(U8, vec![2, 0, 1]), (U16, vec![2, 0, 0, 0, 1, 0]), (U32, vec![2, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0])]
    {
        let mut model = Model::triangle();
        let normals = model.floats("VEC3", &[0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0]);
        model.attribute("NORMAL", normals);
        let indices = model.numbers("SCALAR", component, 3, &bytes);
        model.primitive()["indices"] = indices.into();
        assert_eq!(model.clean().indices, [2, 0, 1]);
    }
}

#[test]
fn sparse_values_lie_over_the_base_or_over_zeros() {
    for with_base in [true, false] {
        let mut model = Model::new();
        let places = model.view(&[1, 0, 2, 0], None);
        let values: Vec<u8> =
            [7.0f32, 8.0, 9.0, 0.0, 1.0, 0.0].iter().flat_map(|number| number.to_le_bytes()).collect();
        let values = model.view(&values, None);
        let mut accessor = json!({
            "type": "VEC3", "componentType": F32, "count": 4,
            "sparse": {
                "count": 2,
                "indices": { "bufferView": places, "componentType": U16 },
                "values": { "bufferView": values },
            },
        });
        if with_base {
            let bytes: Vec<u8> = [5.0f32; 12].iter().flat_map(|number| number.to_le_bytes()).collect();
            accessor["bufferView"] = model.view(&bytes, None).into();
        }
        let accessor = model.accessor(accessor);
        model.attribute("POSITION", accessor);
        model.primitive()["mode"] = 0.into();
        let rest = if with_base { Vec3::splat(5.0) } else { Vec3::ZERO };
        assert_eq!(model.clean().vertices.positions, [rest, Vec3::new(7.0, 8.0, 9.0), Vec3::Y, rest]);
    }
}

#[test]
fn matrices_are_read_column_by_column() {
    let mut model = Model::triangle();
    let numbers: Vec<f32> = (0..32).map(|number| number as f32).collect();
    let matrices = model.floats("MAT4", &numbers);
    model.json["skins"] = json!([{ "joints": [0, 0], "inverseBindMatrices": matrices }]);
    let (scene, _) = model.read();
    let skin = scene.skins.get(0).unwrap();
    assert_eq!(skin.inverse_bind_matrices[1].to_cols_array(), numbers[16..]);
}

#[test]
fn numbers_that_are_none_become_zero_with_an_issue() {
    let mut model = Model::new();
    let positions = model.floats("VEC3", &[f32::NAN, 0.0, 0.0, 1.0, f32::INFINITY, 0.0, 0.0, 1.0, 0.0]);
    model.attribute("POSITION", positions);
    assert_eq!(model.issues(), [("GLTF_VALUE".into(), "/accessors/0".into())]);
    let (scene, _) = model.read();
    assert!(scene.meshes.get(0).unwrap().primitives.get(0).unwrap().bounds.max.is_finite());
}

#[test]
fn a_sparse_part_without_a_buffer_view_is_reported() {
    for (part, other) in [("indices", "values"), ("values", "indices")] {
        let mut model = Model::triangle();
        let view = model.view(&[0; 12], None);
        model.json["accessors"][0]["sparse"] = json!({ "count": 1,
            "indices": { "componentType": 5121 }, "values": {} });
        model.json["accessors"][0]["sparse"][other]["bufferView"] = view.into();
        let primitive = model.primitive().clone();
        model.json["meshes"][0]["primitives"] = json!([primitive, primitive]);
        let good = model.floats("VEC3", &[0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0]);
        model.json["meshes"][0]["primitives"][1]["attributes"]["POSITION"] = good.into();
        assert!(model.issues().contains(&("GLTF_VALUE".into(), format!("/accessors/0/sparse/{part}"))));
    }
}
