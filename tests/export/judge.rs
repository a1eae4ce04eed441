//! OpenUSD's opinion: its ARKit rules, and what it reads in our files. `cargo xtask test usd` installs and asks it.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anprobe::export::Part;
use anprobe::export::usdz::{Placement, Plan};
use anprobe::scene::{AlphaMode, ImageSource, Scene, TextureInfo};
use glam::{Vec3, Vec4};
use serde_json::{Value, json};

use crate::samples::{PRODUCTS, Sample, chosen, configured, corpus, fill, product};

/// What a mesh of the file must be, from the part and its material alone.
fn expected(part: &Part, scene: &Scene) -> Value {
    let material = &part.material;
    let bounds = part.bounds();
    let sides = if material.double_sided { 2 } else { 1 };
    let has_picture = |info: Option<TextureInfo>| {
        info.is_some_and(|info| scene.textures.get(info.texture).is_some_and(|texture| texture.image.is_some()))
    };
    let first = part.colors.first().copied().unwrap_or(Vec4::ONE);
    let varies = part.colors.iter().any(|color| (*color - first).abs().max_element() > 1e-2);
    let base = (material.base_color_factor * first).truncate();
    let mut values = serde_json::Map::new();
    let mut textured = Vec::new();
    let (color, base_texture) =
        (if material.unlit { "emissiveColor" } else { "diffuseColor" }, material.base_color_texture);
    if !varies {
        values.insert(color.to_owned(), json!(base.to_array()));
    }
    if has_picture(base_texture) {
        textured.push(color);
    }
    if !material.unlit {
        values.insert("metallic".to_owned(), json!(material.metallic_factor));
        values.insert("roughness".to_owned(), json!(material.roughness_factor));
        if has_picture(material.metallic_roughness_texture) {
            textured.extend(["metallic", "roughness"]);
        }
        if has_picture(material.normal_texture) {
            textured.push("normal");
        }
        if has_picture(material.occlusion_texture) {
            textured.push("occlusion");
        }
        let emission = material.emissive_factor * material.emissive_strength;
        if emission != Vec3::ZERO {
            values.insert("emissiveColor".to_owned(), json!(emission.to_array()));
            if has_picture(material.emissive_texture) {
                textured.push("emissiveColor");
            }
        }
        if material.clearcoat.factor > 0.0 {
            values.insert("clearcoat".to_owned(), json!(material.clearcoat.factor));
            values.insert("clearcoatRoughness".to_owned(), json!(material.clearcoat.roughness_factor));
        }
    }
    if let AlphaMode::Mask { cutoff } = material.alpha_mode {
        values.insert("opacityThreshold".to_owned(), json!(cutoff));
    }
    if material.alpha_mode == AlphaMode::Blend && !varies && material.transmission.factor == 0.0 {
        values.insert("opacity".to_owned(), json!(material.base_color_factor.w * first.w));
    }
    // Alpha of a picture that has none is left to the factor.
    let image = base_texture.and_then(|info| scene.images.get(scene.textures.get(info.texture)?.image?));
    let has_alpha = image.is_some_and(|image| match &image.source {
        ImageSource::Encoded { bytes, .. } => image::load_from_memory(bytes).unwrap().color().has_alpha(),
        ImageSource::External { .. } => true,
    });
    if material.alpha_mode != AlphaMode::Opaque && has_alpha {
        textured.push("opacity");
    }
    json!({
        "triangles": part.indices.len() / 3 * sides,
        "bounds": [bounds.min.to_array(), bounds.max.to_array()],
        "values": values,
        "textured": textured,
    })
}

#[allow(clippy::disallowed_methods, reason = "a measurement")]
fn write(sample: &Sample, folder: &Path, plan: &mut Plan, alignment: &str, moves: bool) {
    let encoded = fill(sample, plan);
    let start = Instant::now();
    let bytes = plan.write().unwrap();
    let took = start.elapsed();
    let viewer = &sample.shell.viewer;
    let parts: Vec<Value> = plan.parts().iter().map(|part| expected(part, viewer.scene(part.scene).unwrap())).collect();
    let bounds = plan.parts().iter().fold(anprobe::geom::Aabb::EMPTY, |mut whole, part| {
        whole.union(&part.bounds());
        whole
    });
    let wanted = json!({
        "parts": parts, "alignment": alignment, "moves": moves,
        "bounds": [bounds.min.to_array(), bounds.max.to_array()],
    });
    std::fs::write(folder.join(format!("{}.json", sample.name)), wanted.to_string()).unwrap();
    std::fs::write(folder.join(format!("{}.usdz", sample.name)), &bytes).unwrap();
    let triangles: usize = plan.parts().iter().map(|part| part.indices.len() / 3).sum();
    println!(
        "{}: {triangles} triangles, {} of {} pictures encoded anew, {} bytes written in {took:.1?}; not carried: {}",
        sample.name,
        encoded,
        plan.pictures().len(),
        bytes.len(),
        plan.issues().iter().map(|issue| issue.detail.as_str()).collect::<Vec<_>>().join(" | "),
    );
}

#[test]
#[ignore = "wants OpenUSD: cargo xtask test usd"]
fn openusd_finds_no_fault_and_reads_what_we_flattened() {
    let python =
        std::env::var_os("USD_PYTHON").expect("USD_PYTHON names a Python with usd-core; cargo xtask test usd sets it");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("usdz");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    for name in PRODUCTS {
        for sample in [product(name, &[]), configured(name, 1), configured(name, 2)] {
            write(&sample, &folder, &mut sample.plan(), "horizontal", false);
        }
    }
    for sample in corpus("the ARKit rules") {
        write(&sample, &folder, &mut sample.plan(), "horizontal", false);
    }
    let mut moving = product("lamp", &[("autoplay", ""), ("animation-name", "Fold")]);
    moving.name = "lamp-moving".to_owned();
    assert!(!moving.shell.viewer.paused());
    write(&moving, &folder, &mut moving.plan(), "horizontal", true);
    let plan = moving.shell.viewer.usdz(Placement::Vertical, 256);
    moving.name = "lamp-wall".to_owned();
    write(&moving, &folder, &mut plan.unwrap(), "vertical", true);
    let clear = chosen("case", "finish", "clear");
    write(&clear, &folder, &mut clear.plan(), "horizontal", false);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/export/usd.py");
    let output = Command::new(python).arg(script).arg(&folder).output().expect("Python runs");
    println!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success());
}
