//! What a print looks like: a file that others find no fault with, in its true size, with what the report says on it.

use std::path::Path;
use std::process::Command;
use std::rc::Rc;

use anprobe::print::{Bed, Checked, FindingKind, See, Seen, Settings, seen, stand};
use glam::{Mat4, Quat, Vec3};
use serde_json::Value;

use crate::samples::{PIECES, configured, looked_at};
use crate::shapes::{Shape, block};

fn how(checked: &Checked) -> See {
    See {
        bed_from_print: checked.report().best.bed_from_print,
        settings: Settings::default(),
        bed: Bed::new("bed", [250.0, 210.0, 210.0]),
        color: Some([235, 120, 40]),
        scale: 1.0,
        name: None,
    }
}

fn look(checked: Checked) -> Seen {
    let how = how(&checked);
    seen(Rc::new(checked), how).run().unwrap()
}

/// A table on four legs, one of them far too thin.
fn table() -> Shape {
    let top = Shape::cuboid(Vec3::new(0.0, 0.0, 28.0), Vec3::new(60.0, 40.0, 32.0));
    let legs = [(5.0, 5.0, 3.0), (55.0, 5.0, 3.0), (55.0, 35.0, 3.0), (5.0, 35.0, 0.3)];
    legs.iter().fold(top, |shape, (x, y, radius)| shape.with(Shape::prism(Vec3::new(*x, *y, 0.0), *radius, 29.0, 24)))
}

struct Read {
    document: Value,
    bin: Vec<u8>,
}

impl Read {
    fn new(glb: &[u8]) -> Self {
        let word = |at: usize| u32::from_le_bytes(glb[at..at + 4].try_into().unwrap()) as usize;
        assert_eq!(word(8), glb.len());
        let length = word(12);
        let document = serde_json::from_slice(&glb[20..20 + length]).unwrap();
        Self { document, bin: glb[28 + length..].to_vec() }
    }

    /// The positions of a mesh, metres.
    fn positions(&self, name: &str) -> Option<Vec<Vec3>> {
        let meshes = self.document["meshes"].as_array().unwrap();
        let mesh = meshes.iter().find(|mesh| mesh["name"] == name)?;
        let at = mesh["primitives"][0]["attributes"]["POSITION"].as_u64().unwrap() as usize;
        let accessor = &self.document["accessors"][at];
        let view = &self.document["bufferViews"][accessor["bufferView"].as_u64().unwrap() as usize];
        let start = view["byteOffset"].as_u64().unwrap_or(0) as usize;
        let count = accessor["count"].as_u64().unwrap() as usize;
        let numbers = self.bin[start..start + count * 12].chunks_exact(4);
        let numbers: Vec<f32> = numbers.map(|bytes| f32::from_le_bytes(bytes.try_into().unwrap())).collect();
        Some(numbers.chunks_exact(3).map(Vec3::from_slice).collect())
    }
}

fn ends(positions: &[Vec3]) -> (Vec3, Vec3) {
    positions.iter().fold((Vec3::INFINITY, Vec3::NEG_INFINITY), |(low, high), at| (low.min(*at), high.max(*at)))
}

#[test]
fn a_print_stands_in_the_middle_of_its_bed_in_true_size() {
    let shown = look(block().checked());
    let read = Read::new(&shown.glb);
    let (low, high) = ends(&read.positions("part").unwrap());
    assert!((low + high).with_y(0.0).length() < 1e-6 && low.y.abs() < 1e-7, "{low} {high}");
    let mut size = ((high - low) * 1000.0).to_array();
    size.sort_by(f32::total_cmp);
    assert!(Vec3::from_array(size).distance(Vec3::new(10.0, 20.0, 30.0)) < 1e-3, "{size:?}");
    assert!((shown.size - (high - low)).length() < 1e-6);
    let (low, high) = ends(&read.positions("bed").unwrap());
    assert!(((high - low) * 1000.0).distance(Vec3::new(250.0, 0.0, 210.0)) < 1e-3 && high.y < 0.0);
    // A point of the product is told where it is on the bed.
    let corners = [Vec3::ZERO, Vec3::new(0.02, 0.01, -0.03)].map(|at| shown.bed_from_world.transform_point3(at));
    let (low, high) = ends(&corners);
    assert!((high - low - shown.size).length() < 1e-6 && low.y.abs() < 1e-6, "{corners:?}");
}

#[test]
fn layers_repeat_with_the_height_that_was_asked_for() {
    let checked = Rc::new(Shape::cuboid(Vec3::ZERO, Vec3::splat(12.8)).checked());
    for layer_mm in [0.1, 0.2] {
        let mut how = how(&checked);
        how.settings.layer_mm = layer_mm;
        let shown = seen(checked.clone(), how).run().unwrap();
        let read = Read::new(&shown.glb);
        let beads = read.positions("seams").unwrap().len() / 5;
        assert_eq!(beads, (12.8 / layer_mm).round() as usize, "a bead for each layer");
    }
}

#[test]
fn what_hangs_over_has_supports_and_what_is_too_thin_a_mark_on_its_surface() {
    let shown = {
        let checked = table().checked();
        let mut how = how(&checked);
        how.bed_from_print = Quat::IDENTITY;
        seen(Rc::new(checked), how).run().unwrap()
    };
    let read = Read::new(&shown.glb);
    let (low, high) = ends(&read.positions("supports").unwrap());
    assert!(low.y.abs() < 1e-6 && (high.y - 0.028).abs() < 3e-4, "from the bed to the table: {low} {high}");
    let thin: Vec<_> = shown.marks.iter().filter(|mark| mark.kind == FindingKind::SmallDetail).collect();
    assert!(!thin.is_empty());
    let leg = Vec3::new(5.0 - 30.0, 0.0, 20.0 - 35.0) / 1000.0;
    for mark in &thin {
        assert!(mark.at.with_y(0.0).distance(leg) < 5e-4, "{mark:?} is at the thin leg {leg}");
        assert!((mark.normal.length() - 1.0).abs() < 1e-4 && mark.size.unwrap() < 0.8);
    }
    assert!(read.positions("smallDetail").unwrap().iter().all(|at| at.with_y(0.0).distance(leg) < 4e-3));
    // A block needs none.
    let plain = Read::new(&look(block().checked()).glb);
    assert!(plain.positions("supports").is_none() && plain.positions("smallDetail").is_none());
}

#[test]
fn too_many_triangles_are_thinned_and_it_is_said() {
    let ball = Shape::ball(Vec3::ZERO, 40.0, 180);
    let count = ball.0.len();
    assert!(count > 120_000);
    let shown = look(ball.checked());
    assert_eq!(shown.thinned.triangles, Some(count));
    assert!(shown.triangles < 200_000, "{}", shown.triangles);
    let (low, high) = ends(&Read::new(&shown.glb).positions("part").unwrap());
    assert!(((high - low) * 1000.0 - 80.0).abs().max_element() < 1.0, "{low} {high}");
    assert_eq!(look(block().checked()).thinned, anprobe::print::Thinned::default());
}

#[test]
fn what_is_moved_stands_where_the_print_stands() {
    let shown = look(block().checked());
    let moved = stand(&shown.glb, Mat4::from_translation(Vec3::X)).unwrap();
    let (before, read) = (Read::new(&shown.glb), Read::new(&moved));
    let root = read.document["scenes"][0]["nodes"][0].as_u64().unwrap() as usize;
    assert_eq!(read.document["nodes"][root]["matrix"][12], 1.0);
    assert_eq!(read.document["nodes"][root]["children"], before.document["scenes"][0]["nodes"]);
    assert_eq!(read.positions("part"), before.positions("part"));
    for bad in [&b""[..], b"glTF", &shown.glb[..30]] {
        assert!(stand(bad, Mat4::IDENTITY).is_err());
    }
    assert!(stand(&shown.glb, Mat4::ZERO).is_err());
}

#[test]
fn the_khronos_validator_finds_no_fault() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("seen");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let put = |name: &str, shown: &Seen| std::fs::write(folder.join(format!("{name}.glb")), &shown.glb).unwrap();
    put("block", &look(block().checked()));
    put("ball", &look(Shape::ball(Vec3::ZERO, 20.0, 48).checked()));
    let checked = table().checked();
    let see = See { bed_from_print: Quat::IDENTITY, ..how(&checked) };
    put("table", &seen(Rc::new(checked), see).run().unwrap());
    let mut open = block().finer(2);
    open.0.truncate(open.0.len() - 9);
    put("open", &look(open.checked()));
    for (name, group, answer, piece) in PIECES {
        let sample = configured(name, group, answer);
        let checked = looked_at(&sample, piece);
        let see = See { color: None, ..how(&checked) };
        let shown = seen(Rc::new(checked), see).run().unwrap();
        println!("{piece}: {} triangles, {} bytes, {} marks", shown.triangles, shown.glb.len(), shown.marks.len());
        assert!(shown.triangles < 200_000);
        put(piece, &shown);
    }
    if !root.join("node_modules/gltf-validator").is_dir() {
        eprintln!("SKIPPED the Khronos validator: npm ci");
        return;
    }
    let output = Command::new("node").arg(root.join("tests/export/validate.mjs")).arg(&folder).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}
