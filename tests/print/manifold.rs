//! Meshes that say that they are closed (`EXT_mesh_manifold`), made here.

use anprobe::frame::Placed;
use anprobe::import::import;
use anprobe::print::{FindingKind, Options, Piece, Report, Share, check};
use anprobe::scene::{Overlay, Pose, Scene, SceneId};
use glam::{Mat4, Vec3};
use serde_json::json;

use crate::shapes::{self, Shape};

/// How the file joins its vertices.
#[derive(Clone, Copy, PartialEq)]
enum Said {
    Nothing,
    /// `mergeIndices` and `mergeValues`, and the sparse indices that they repeat.
    Whole,
    /// The sparse indices alone.
    Sparse,
    /// Each corner is one with the first.
    Wrong,
}

/// Two cubes that touch along an edge, in one mesh of two materials; each side has vertices of its own.
fn file(said: Said) -> Vec<u8> {
    let low = Shape::cuboid(Vec3::ZERO, Vec3::splat(10.0));
    let high = Shape::cuboid(Vec3::new(10.0, 10.0, 0.0), Vec3::splat(20.0).with_z(10.0));
    // Corners by side, so that triangles of a side share two.
    let mut positions: Vec<Vec3> = Vec::new();
    let mut indices: Vec<u16> = Vec::new();
    let mut solid: Vec<u16> = Vec::new();
    let mut first = 0;
    for shape in [low, high] {
        for side in shape.0.chunks(2) {
            let start = positions.len();
            for corner in side.iter().flatten() {
                let known = positions[start..].iter().position(|at| at == corner);
                let own = known.map_or(positions.len(), |at| start + at);
                if known.is_none() {
                    positions.push(*corner);
                }
                indices.push(own as u16);
                // The first of the same cube at the same place.
                solid.push((first + positions[first..].iter().position(|at| at == corner).unwrap()) as u16);
            }
        }
        first = positions.len();
    }
    let joined: Vec<(u16, u16)> = (0..)
        .zip(&solid)
        .zip(&indices)
        .filter(|((_, solid), own)| solid != own)
        .map(|((at, solid), _)| (at, *solid))
        .collect();
    let places: Vec<u16> = joined.iter().map(|(at, _)| *at).collect();
    let values: Vec<u16> = joined.iter().map(|(_, value)| if said == Said::Wrong { 0 } else { *value }).collect();
    let bytes = |numbers: &[u16]| numbers.iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<u8>>();
    let corners: Vec<u8> = positions
        .iter()
        .flat_map(|at| [at.x / 1000.0, at.z / 1000.0, -at.y / 1000.0])
        .flat_map(f32::to_le_bytes)
        .collect();
    let mut bin = Vec::new();
    let mut views = Vec::new();
    for part in [corners, bytes(&indices), bytes(&places), bytes(&values)] {
        views.push(json!({ "buffer": 0, "byteOffset": bin.len(), "byteLength": part.len() }));
        bin.extend(part);
        bin.resize(bin.len().next_multiple_of(4), 0);
    }
    let whole = |view: usize, count: usize| json!({ "bufferView": view, "componentType": 5123, "count": count, "type": "SCALAR" });
    let half = indices.len() / 2;
    let mut solid = whole(1, indices.len());
    solid["sparse"] = json!({
        "count": places.len(), "indices": { "bufferView": 2, "componentType": 5123 }, "values": { "bufferView": 3 },
    });
    let mut second = whole(1, half);
    second["byteOffset"] = json!(half * 2);
    let primitive =
        |indices: usize| json!({ "attributes": { "POSITION": 0 }, "indices": indices, "material": indices - 1 });
    let mut mesh = json!({ "primitives": [primitive(1), primitive(2)] });
    if said != Said::Nothing {
        let mut says = json!({ "manifoldPrimitive": { "attributes": { "POSITION": 0 }, "indices": 3 } });
        if said != Said::Sparse {
            (says["mergeIndices"], says["mergeValues"]) = (json!(4), json!(5));
        }
        mesh["extensions"] = json!({ "EXT_mesh_manifold": says });
    }
    let document = json!({
        "asset": { "version": "2.0" }, "extensionsUsed": ["EXT_mesh_manifold"], "scene": 0, "scenes": [{ "nodes": [0] }],
        "nodes": [{ "mesh": 0 }], "meshes": [mesh], "materials": [{}, {}], "buffers": [{ "byteLength": bin.len() }],
        "bufferViews": views,
        "accessors": [
            { "bufferView": 0, "componentType": 5126, "count": positions.len(), "type": "VEC3", "min": [0, 0, -0.02], "max": [0.02, 0.01, 0] },
            whole(1, half), second, solid, whole(2, places.len()), whole(3, values.len()),
        ],
    });
    shapes::glb(&document, &bin)
}

fn piece(scene: &Scene) -> Piece {
    let overlay = Overlay::default();
    let pose = Pose::rest(scene, &overlay);
    let world_from_scene = Mat4::IDENTITY;
    let placed = Placed { id: SceneId(1), scene, world_from_scene, pose: &pose, overlay: &overlay };
    let mesh = scene.meshes.get(0).unwrap();
    let shares: Vec<Share> =
        mesh.primitives.iter().map(|(_, part)| Share::new(&placed, (0, mesh, part), 0, &|_| None)).collect();
    assert_eq!(shares.len(), 2);
    shapes::piece(shares)
}

fn report(said: Said) -> Report {
    let (scene, issues) = import(file(said)).unwrap();
    assert!(issues.is_empty(), "{issues:?}");
    check(piece(&scene), Options::default()).run().unwrap().report().clone()
}

#[test]
fn what_the_file_joins_is_closed_though_it_touches_itself() {
    for said in [Said::Whole, Said::Sparse] {
        let report = report(said);
        assert!(report.findings.iter().all(|found| found.kind == FindingKind::Overhang), "{:?}", report.findings);
        assert!(report.is_printable && report.shells == 2 && report.vertices == 16, "{report:?}");
        assert!((report.volume_mm3 - 2000.0).abs() < 0.01);
    }
    // By their places alone four sides meet at one edge.
    let plain = report(Said::Nothing);
    assert_eq!(plain.finding(FindingKind::CrowdedEdge).unwrap().count, 1);
    assert!(plain.finding(FindingKind::NotAsDeclared).is_none());
}

#[test]
fn what_is_not_as_it_says_is_told_and_joined_by_its_places() {
    let report = report(Said::Wrong);
    assert_eq!(report.finding(FindingKind::NotAsDeclared).unwrap().count, 1);
    assert_eq!(report.finding(FindingKind::CrowdedEdge).unwrap().count, 1);
    assert_eq!(report.vertices, 14);
}

#[test]
fn what_the_extension_does_not_allow_is_reported_and_not_believed() {
    let text = |from: &str, to: &str| {
        let bytes = file(Said::Whole);
        let found = bytes.windows(from.len()).position(|window| window == from.as_bytes()).unwrap();
        let mut bytes = bytes;
        assert_eq!(from.len(), to.len());
        bytes[found..found + to.len()].copy_from_slice(to.as_bytes());
        bytes
    };
    for (from, to) in [
        (r#""manifoldPrimitive":{"attributes":{"POSITION":0}"#, r#""manifoldPrimitive":{"attributes":{"POSITION":4}"#),
        (r#""mergeValues":5"#, r#""mergeValues":1"#),
        (r#""mergeIndices":4"#, r#""mergeIndices":0"#),
    ] {
        let (scene, issues) = import(text(from, to)).unwrap();
        assert!(!issues.is_empty(), "{to}");
        assert!(scene.meshes.iter().all(|(_, mesh)| mesh.manifold.is_none()), "{to}");
    }
}
