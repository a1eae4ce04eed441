//! Others' opinion of our files: lib3mf and trimesh read them, PrusaSlicer slices them. `cargo xtask test print` installs and
//! asks them.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use anprobe::print::{Checked, Labels, Options, Share, check, stl, threemf};
use glam::{Quat, Vec3, Vec4};
use serde_json::json;

use crate::relief::lettered;
use crate::samples::{PIECES, configured, looked_at};
use crate::shapes::{Shape, block, piece};

/// Writes a piece in both formats, with what they must hold.
fn write(folder: &Path, name: &str, checked: &Checked, labels: &Labels, material: Option<&str>) -> PathBuf {
    let report = checked.report();
    let mut printable = checked.printable(report.best.bed_from_print).unwrap();
    if let Some(material) = material {
        printable = printable.of(material, None);
    }
    let laid = printable.piece().clone();
    let picture = {
        let mut bytes = std::io::Cursor::new(Vec::new());
        image::RgbImage::new(64, 64).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        bytes.into_inner()
    };
    let bytes = stl(vec![printable.clone()]).run().unwrap().unwrap();
    std::fs::write(folder.join(format!("{name}.stl")), bytes).unwrap();
    let mut package = threemf(vec![printable], labels.clone(), Some(picture)).run().unwrap().unwrap();
    package.deflate();
    let path = folder.join(format!("{name}.3mf"));
    std::fs::write(&path, package.write().unwrap()).unwrap();
    let hex = |color: &[u8; 4]| color.iter().fold("#".to_owned(), |text, part| format!("{text}{part:02X}"));
    let colors: Vec<String> = if laid.colors.len() > 1 { laid.colors.iter().map(hex).collect() } else { Vec::new() };
    let said = [("Title", &labels.title), ("LicenseTerms", &labels.licence)];
    let metadata: serde_json::Map<_, _> = said
        .iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(name, text)| ((*name).to_owned(), json!(text)))
        .collect();
    let wanted = json!({
        "volume": report.volume_mm3, "size": laid.bounds_mm().size().to_array(), "bodies": laid.bodies.len(), "items": 1,
        "colors": colors, "metadata": metadata, "thumbnail": true,
        "materials": material.into_iter().collect::<Vec<_>>(),
    });
    std::fs::write(folder.join(format!("{name}.json")), wanted.to_string()).unwrap();
    path
}

fn fresh(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// Two nodes in three colours, one of them from vertices.
fn colourful() -> Checked {
    let tinted = |shape: Shape, name: &str, node: usize, color: Vec4| -> Share {
        let mut share = shape.share(name, node);
        share.about.factor = color.to_array();
        share
    };
    let red = tinted(block(), "red", 0, Vec4::new(1.0, 0.0, 0.0, 1.0));
    let mut mixed = tinted(Shape::ball(Vec3::new(60.0, 0.0, 10.0), 10.0, 12), "mixed", 1, Vec4::ONE);
    let half = mixed.positions.len() / 2;
    mixed.colors = (0..mixed.positions.len())
        .map(|at| if at < half { Vec4::new(0.0, 0.5, 0.0, 1.0) } else { Vec4::new(0.1, 0.1, 0.9, 1.0) })
        .collect();
    check(piece(vec![red, mixed]), Options::default()).run().unwrap()
}

#[test]
#[ignore = "wants lib3mf and trimesh: cargo xtask test print"]
fn lib3mf_and_trimesh_read_what_was_written() {
    let python = std::env::var_os("PRINT_PYTHON").expect("PRINT_PYTHON names a Python with lib3mf and trimesh");
    let folder = fresh("print");
    let labels = Labels { title: "Ünder <&>".to_owned(), licence: "Own use".to_owned(), ..Labels::default() };
    let hollow = Shape::ball(Vec3::ZERO, 20.0, 24).with(Shape::ball(Vec3::ZERO, 15.0, 24).inverted());
    write(&folder, "block", &block().finer(3).checked(), &labels, Some("PETG"));
    write(&folder, "hollow", &hollow.checked(), &Labels::default(), None);
    write(&folder, "turned", &block().turned(Quat::from_rotation_y(0.7)).checked(), &labels, None);
    write(&folder, "colourful", &colourful(), &labels, Some("PLA"));
    let mut mended = block().finer(5);
    mended.0.remove(700);
    mended.0[40].swap(1, 2);
    write(&folder, "mended", &mended.checked(), &labels, None);
    for (name, text, font, is_raised) in [
        ("raised", "Äo8ßi%", "Jost", true),
        ("engraved", "Łódź & Mia", "Lora", false),
        ("written", "Für Dich", "Caveat", true),
    ] {
        let lettered = check(lettered(text, font, is_raised), Options::default()).run().unwrap();
        write(&folder, name, &lettered, &labels, Some("PETG"));
    }
    for (name, group, answer, piece) in PIECES {
        let sample = configured(name, group, answer);
        let labels = sample.shell.viewer.print_labels(piece, "4711");
        write(&folder, piece, &looked_at(&sample, piece), &labels, Some("PETG"));
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/print/read.py");
    let output = Command::new(python).arg(script).arg(&folder).output().expect("Python runs");
    println!("{}", said(&output));
    assert!(output.status.success());
}

/// What PrusaSlicer says of a file after `name = `.
fn figure(text: &str, name: &str) -> Option<f64> {
    let line = text.lines().find(|line| line.trim_start_matches("; ").starts_with(name))?;
    line.split('=').nth(1)?.trim().split([' ', '%']).next()?.parse().ok()
}

/// Its estimate: `1d 2h 3m 4s`.
fn seconds(text: &str) -> Option<f64> {
    let line = text.lines().find(|line| line.contains("estimated printing time (normal mode)"))?;
    let parts = line.split('=').nth(1)?.split_whitespace().map(|part| {
        let (number, unit) = part.split_at(part.len() - 1);
        let factor = match unit {
            "d" => 86_400.0,
            "h" => 3600.0,
            "m" => 60.0,
            _ => 1.0,
        };
        number.parse::<f64>().ok().map(|number| number * factor)
    });
    parts.sum()
}

#[test]
#[ignore = "wants PrusaSlicer: cargo xtask test print"]
fn prusa_slicer_slices_the_samples_without_repair() {
    let slicer = std::env::var_os("PRUSA_SLICER").expect("PRUSA_SLICER names PrusaSlicer");
    let folder = fresh("slices");
    for (name, group, answer, piece) in PIECES {
        let sample = configured(name, group, answer);
        let checked = looked_at(&sample, piece);
        let report = checked.report();
        let file = write(&folder, piece, &checked, &sample.shell.viewer.print_labels(piece, ""), None);
        let info = said(&Command::new(&slicer).arg("--info").arg(&file).output().expect("PrusaSlicer runs"));
        assert!(info.contains("manifold = yes"), "{info}");
        for repair in
            ["open_edges", "degenerate_facets", "edges_fixed", "facets_removed", "facets_reversed", "backwards_edges"]
        {
            assert!(figure(&info, repair).is_none_or(|count| count == 0.0), "{piece}: {info}");
        }
        let volume = figure(&info, "volume").expect("a volume");
        assert!((volume / report.volume_mm3 - 1.0).abs() < 1e-3, "{piece}: {volume} {}", report.volume_mm3);
        let estimate = &report.estimates[0];
        let settings = sample.shell.viewer.print_options(piece, 1.0).settings;
        let code = folder.join(format!("{piece}.gcode"));
        let output = Command::new(&slicer)
            .args(["--export-gcode", "--output"])
            .arg(&code)
            .args(["--layer-height", "0.2", "--first-layer-height", "0.2", "--nozzle-diameter", "0.4"])
            .args([
                "--perimeters",
                &settings.wall_lines.to_string(),
                "--skirts",
                "0",
                "--bed-shape",
                "0x0,250x0,250x210,0x210",
            ])
            .args(["--fill-density", &format!("{}%", settings.infill * 100.0), "--fill-pattern", "rectilinear"])
            .args(["--top-solid-layers", "4", "--bottom-solid-layers", "4", "--filament-diameter", "1.75"])
            .arg(&file)
            .output()
            .expect("PrusaSlicer runs");
        assert!(output.status.success(), "{}", said(&output));
        let text = std::fs::read_to_string(&code).unwrap();
        let layers = text.matches(";LAYER_CHANGE").count();
        let used_mm3 = figure(&text, "filament used [cm3]").expect("an amount") * 1000.0;
        let density = estimate.solid_g / report.volume_mm3 * 1000.0;
        let ours_mm3 = estimate.mass_g / density * 1000.0;
        let ratio = ours_mm3 / used_mm3;
        let seconds = seconds(&text).expect("a time");
        // It does not count what comes before the first layer.
        let time_ratio = (estimate.seconds - f64::from(settings.warm_up_s)) / seconds;
        println!(
            "{piece}: {layers} layers (ours {}), {used_mm3:.0} mm³ of filament (ours {ours_mm3:.0}, ratio {ratio:.2}), \
             {:.0} min (ratio {time_ratio:.2})",
            estimate.layers,
            seconds / 60.0
        );
        assert!((0.5..2.0).contains(&time_ratio), "{piece}: {time_ratio}");
        assert!(layers.abs_diff(estimate.layers) <= 1, "{piece}: {layers} {}", estimate.layers);
        assert!((0.8..1.25).contains(&ratio), "{piece}: {ratio}");
    }
}
