//! GLB of real products and models: what is read of it is what was shown, and the Khronos validator finds no fault.

use std::path::Path;
use std::process::Command;

use anprobe::export::{Part, flatten, glb};
use anprobe::frame::{Look, Placed};
use anprobe::import::import;
use anprobe::scene::{Material, Overlay, Pose, Scene, SceneId, TextureInfo};
use glam::Mat4;
use serde_json::Value;

use crate::samples::{PRODUCTS, Sample, configured, corpus, picture_of, product};

/// The file of what stands.
fn written(sample: &Sample, options: &glb::Options) -> Vec<u8> {
    let mut plan = sample.shell.viewer.glb(options).unwrap();
    let missing: Vec<_> =
        plan.pictures().iter().cloned().enumerate().filter(|(_, picture)| picture.is_missing()).collect();
    for (at, picture) in missing {
        let source = picture_of(sample, picture.scene, picture.image);
        let bytes = match picture.encoding(&source) {
            None => source,
            Some(_) => {
                let side = picture.most_px;
                let decoded = image::load_from_memory(&source).unwrap();
                let mut out = std::io::Cursor::new(Vec::new());
                decoded.thumbnail(side, side).write_to(&mut out, image::ImageFormat::Png).unwrap();
                out.into_inner()
            }
        };
        assert!(plan.give(at, bytes));
    }
    plan.write().unwrap()
}

/// What is seen of a file as it is.
fn seen(scene: &Scene) -> Vec<Part> {
    let overlay = Overlay::default();
    let pose = Pose::rest(scene, &overlay);
    let world_from_scene = Mat4::IDENTITY;
    flatten(&Look { placed: vec![Placed { id: SceneId(1), scene, world_from_scene, pose: &pose, overlay: &overlay }] })
        .0
}

/// The JSON of a GLB.
fn json(bytes: &[u8]) -> Value {
    let length = u32::from_le_bytes(bytes[12..16].try_into().unwrap()) as usize;
    serde_json::from_slice(&bytes[20..20 + length]).unwrap()
}

/// A material without the numbers of its textures, which are others in the file.
fn unnumbered(material: &Material) -> Material {
    let mut out = material.clone();
    let bare = |info: &mut Option<TextureInfo>| {
        if let Some(info) = info {
            info.texture = 0;
        }
    };
    bare(&mut out.base_color_texture);
    bare(&mut out.metallic_roughness_texture);
    bare(&mut out.normal_texture);
    bare(&mut out.occlusion_texture);
    bare(&mut out.emissive_texture);
    bare(&mut out.clearcoat.texture);
    bare(&mut out.clearcoat.roughness_texture);
    bare(&mut out.clearcoat.normal_texture);
    bare(&mut out.sheen.color_texture);
    bare(&mut out.sheen.roughness_texture);
    bare(&mut out.specular.texture);
    bare(&mut out.specular.color_texture);
    bare(&mut out.volume.thickness_texture);
    bare(&mut out.transmission.texture);
    out
}

fn is_the_same(name: &str, sample: &Sample, bytes: &[u8]) {
    let (scene, issues) = import(bytes.to_vec()).unwrap();
    assert!(issues.is_empty(), "{name}: {issues:?}");
    let shown = sample.plan();
    let read = seen(&scene);
    let of = |parts: &[Part]| {
        let mut all: Vec<_> =
            parts.iter().map(|part| (part.indices.len() / 3, part.bounds(), unnumbered(&part.material))).collect();
        // Parts come in another order where models are put together.
        all.sort_by(|one, other| {
            let key = |(count, bounds, material): &(usize, anprobe::geom::Aabb, Material)| {
                (*count, material.name.clone(), (bounds.min.to_array(), bounds.max.to_array()).into_key())
            };
            key(one).cmp(&key(other))
        });
        all
    };
    let (shown, read) = (of(shown.parts()), of(&read));
    assert_eq!(shown.len(), read.len(), "{name}");
    for ((count, bounds, material), (read_count, read_bounds, read_material)) in shown.iter().zip(&read) {
        assert_eq!((count, material), (read_count, read_material), "{name}");
        let size = bounds.size().length() + bounds.center().length();
        let apart = (bounds.min - read_bounds.min).length() + (bounds.max - read_bounds.max).length();
        assert!(apart <= 1e-4 * size, "{name}: {bounds:?} became {read_bounds:?}");
    }
}

/// Places to sort by, to a tenth of a millimetre.
trait IntoKey {
    fn into_key(self) -> [i64; 6];
}

impl IntoKey for ([f32; 3], [f32; 3]) {
    fn into_key(self) -> [i64; 6] {
        let round = |value: f32| (f64::from(value) * 1e3).round() as i64;
        let ([a, b, c], [d, e, f]) = self;
        [a, b, c, d, e, f].map(round)
    }
}

#[test]
fn what_is_read_of_the_file_is_what_was_shown() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("glb");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let mut samples: Vec<Sample> = PRODUCTS.into_iter().map(|name| configured(name, 1)).collect();
    samples.extend(corpus("what_is_read_of_the_file_is_what_was_shown"));
    for sample in &samples {
        let still = written(sample, &glb::Options::default());
        is_the_same(&sample.name, sample, &still);
        let moving =
            glb::Options { animations: true, plain_pictures: false, most_texture_px: 256, ..Default::default() };
        let moving = written(sample, &moving);
        std::fs::write(folder.join(format!("{}.glb", sample.name)), still).unwrap();
        std::fs::write(folder.join(format!("{}-moving.glb", sample.name)), moving).unwrap();
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    if !root.join("node_modules/gltf-validator").is_dir() {
        eprintln!("SKIPPED the Khronos validator: npm ci");
        return;
    }
    let output = Command::new("node").arg(root.join("tests/export/validate.mjs")).arg(&folder).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn what_is_hidden_is_not_in_the_file_and_what_the_model_says_of_itself_is() {
    let lamp = product("lamp", &[]);
    let json = json(&written(&lamp, &glb::Options { name: "Lumo".to_owned(), ..Default::default() }));
    let source: Value =
        serde_json::from_str(&lamp.shell.viewer.scene(lamp.plan().parts()[0].scene).unwrap().source_json).unwrap();
    let names = |json: &Value, list: &str| {
        json[list]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|entry| entry["name"].as_str().map(str::to_owned))
            .collect::<Vec<_>>()
    };
    assert!(names(&json, "nodes").len() < names(&source, "nodes").len());
    assert!(json["materials"].as_array().unwrap().len() < source["materials"].as_array().unwrap().len());
    assert!(json.get("animations").is_none());
    assert!(!json.to_string().contains("KHR_materials_variants") && !json.to_string().contains("KHR_node_visibility"));
    assert_eq!(json["asset"]["copyright"], source["asset"]["copyright"]);
    assert_eq!(json["scenes"][0]["name"], "Lumo");
    for node in json["nodes"].as_array().unwrap() {
        let same = source["nodes"].as_array().unwrap().iter().find(|other| other["name"] == node["name"]).unwrap();
        assert_eq!(node.get("extras"), same.get("extras"));
    }
}

#[test]
fn what_models_say_of_themselves_is_kept_under_its_new_number() {
    let gltf = |words: [&str; 2], asset: usize, node: usize| {
        let packets = words.map(
            |words| serde_json::json!({ "@context": { "dc": "http://purl.org/dc/elements/1.1/" }, "dc:title": words }),
        );
        let positions = "data:application/octet-stream;base64,AAAAAAAAAAAAAAAAAACAPwAAAAAAAAAAAAAAAAAAgD8AAAAA";
        let named = |packet: usize| serde_json::json!({ "KHR_xmp_json_ld": { "packet": packet } });
        let file = serde_json::json!({
            "asset": { "version": "2.0", "extensions": named(asset) },
            "extensionsUsed": ["KHR_xmp_json_ld"], "extensions": { "KHR_xmp_json_ld": { "packets": packets } },
            "buffers": [{ "uri": positions, "byteLength": 36 }], "bufferViews": [{ "buffer": 0, "byteLength": 36 }],
            "accessors": [{ "bufferView": 0, "componentType": 5126, "count": 3, "type": "VEC3", "min": [0, 0, 0], "max": [1, 1, 0] }],
            "meshes": [{ "primitives": [{ "attributes": { "POSITION": 0 } }] }],
            "nodes": [{ "mesh": 0, "extensions": named(node) }], "scenes": [{ "nodes": [0] }], "scene": 0,
        });
        let (scene, issues) = import(file.to_string().into_bytes()).unwrap();
        assert_eq!(issues.iter().count(), 0, "{issues:?}");
        scene
    };
    let scenes = [gltf(["a lamp", "its foot"], 0, 1), gltf(["its foot", "a shade"], 1, 0)];
    let overlay = Overlay::default();
    let poses = [Pose::rest(&scenes[0], &overlay), Pose::rest(&scenes[1], &overlay)];
    let placed = (0..2).map(|at| Placed {
        id: SceneId(at as u64 + 1),
        scene: &scenes[at],
        world_from_scene: Mat4::IDENTITY,
        pose: &poses[at],
        overlay: &overlay,
    });
    let look = Look { placed: placed.collect() };
    let json = json(&glb::Plan::new(&look, &glb::Options::default(), &|_, _| false).unwrap().write().unwrap());
    let packets = json["extensions"]["KHR_xmp_json_ld"]["packets"].as_array().unwrap();
    let title = |holder: &Value| {
        packets[holder["extensions"]["KHR_xmp_json_ld"]["packet"].as_u64().unwrap() as usize]["dc:title"].clone()
    };
    assert_eq!(packets.len(), 3, "equal ones are one");
    assert_eq!(title(&json["asset"]), "a lamp");
    let meshes = json["nodes"].as_array().unwrap().iter().filter(|node| node.get("mesh").is_some());
    assert_eq!(meshes.map(title).collect::<Vec<_>>(), ["its foot", "its foot"]);
    assert!(json["extensionsUsed"].as_array().unwrap().contains(&"KHR_xmp_json_ld".into()));
}

#[test]
fn equal_products_make_equal_files() {
    let make = || written(&product("case", &[]), &glb::Options::default());
    assert_eq!(make(), make());
}
