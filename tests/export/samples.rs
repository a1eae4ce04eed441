//! Real products and models, standing in a viewer, and a page's part in making a file of them.

use std::path::{Path, PathBuf};

use anprobe::export::usdz::{Change, Encoding, Picture, Placement, Plan};
use anprobe::product::Configuration;
use anprobe::product::file::Kind;
use anprobe::product::{Catalog, Value};
use anprobe::scene::{ImageSource, SceneId};
use anprobe::viewer::{Command, ProductCommand};
use image::{DynamicImage, ImageFormat, imageops::FilterType};

use crate::folder;
use crate::shell::Shell;

/// The products in `assets/`.
pub(crate) const PRODUCTS: [&str; 4] = ["car", "case", "lamp", "shirt"];

/// Models of the corpus that can be shown.
const MODELS: [&str; 16] = [
    "AnimatedMorphCube/AnimatedMorphCube.gltf",
    "CesiumMan.glb",
    "Duck.glb",
    "Fox.glb",
    "InterpolationTest/InterpolationTest.gltf",
    "Knight.glb",
    "MaterialsVariantsShoe/MaterialsVariantsShoe.gltf",
    "MultiUVTest/MultiUVTest.gltf",
    "SheenChair.glb",
    "SimpleSparseAccessor/SimpleSparseAccessor.gltf",
    "Teapots/teapots_galore.gltf",
    "TextureSettingsTest/TextureSettingsTest.gltf",
    "TextureTransformTest/TextureTransformTest.gltf",
    "TwoSidedPlane/TwoSidedPlane.gltf",
    "UnlitTest/UnlitTest.gltf",
    "VertexColorTest/VertexColorTest.gltf",
];

/// What stands, and where the files beside its models are.
pub(crate) struct Sample {
    pub(crate) name: String,
    pub(crate) shell: Shell,
    folder: PathBuf,
}

impl Sample {
    pub(crate) fn plan(&self) -> Plan {
        self.shell.viewer.usdz(Placement::Horizontal, 2048).unwrap()
    }
}

fn standing(name: &str, folder: &Path, attribute: (&str, &str), more: &[(&str, &str)]) -> Sample {
    let mut shell = Shell::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            shell.file(path.file_name().unwrap().to_str().unwrap(), std::fs::read(&path).unwrap());
        }
    }
    shell.set("interaction-prompt", "none");
    more.iter().for_each(|(name, value)| shell.set(name, value));
    shell.place(true);
    shell.set(attribute.0, attribute.1);
    // What plays never rests.
    for _ in 0..500 {
        if !shell.answer_one() && !shell.frame(1.0 / 60.0) {
            break;
        }
    }
    assert!(shell.viewer.loaded(), "{name}: {:?}", shell.announced());
    Sample { name: name.to_owned(), shell, folder: folder.to_owned() }
}

/// A product as a new customer sees it.
pub(crate) fn product(name: &str, more: &[(&str, &str)]) -> Sample {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets");
    standing(name, &folder, ("product", &format!("{name}.json")), more)
}

/// The same with the `turn`-th other answer of each group that allows it, words and pictures included.
pub(crate) fn configured(name: &str, turn: usize) -> Sample {
    let mut sample = product(name, &[]);
    let code = {
        let catalog = sample.shell.viewer.session().unwrap().catalog();
        catalog.code(&other(catalog, turn))
    };
    sample.shell.command(Command::Product(ProductCommand::Open(code)));
    sample.shell.settle();
    sample.name = format!("{name}-{turn}");
    sample
}

/// A product with one answer given.
pub(crate) fn chosen(name: &str, group: &str, choice: &str) -> Sample {
    let mut sample = product(name, &[]);
    sample.name = format!("{name}-{choice}");
    let (group, answer) = (group.to_owned(), format!("\"{choice}\""));
    sample.shell.command(Command::Product(ProductCommand::Repair { group, answer }));
    sample.shell.settle();
    sample
}

fn other(catalog: &Catalog, turn: usize) -> Configuration {
    let groups = catalog.product().groups.iter();
    groups.fold(catalog.first().clone(), |known, (at, group)| {
        let choices: Vec<_> = group.choices.iter().map(|(choice, _)| choice).collect();
        let value = match group.kind {
            Kind::One | Kind::Color => Value::Choices(choices.get(turn % choices.len()).copied().into_iter().collect()),
            Kind::Many => Value::Choices(choices),
            Kind::Number => Value::Step(group.last_step() * turn as u32 / (turn as u32 + 1)),
            Kind::Text => Value::Text("Jo".into()),
            Kind::Picture => Value::Picture("1".into()),
        };
        let tried = catalog.with(&known, at, value);
        if catalog.is_valid(&tried) { tried } else { known }
    })
}

/// Every model of the corpus that can be shown.
pub(crate) fn corpus(test: &str) -> Vec<Sample> {
    MODELS
        .iter()
        .filter_map(|path| {
            let file = folder::find(test, path)?;
            let name = file.file_stem().unwrap().to_str().unwrap();
            let src = file.file_name().unwrap().to_str().unwrap();
            Some(standing(name, file.parent().unwrap(), ("src", src), &[]))
        })
        .collect()
}

/// A picture of a model, encoded.
pub(crate) fn picture_of(sample: &Sample, scene: SceneId, image: usize) -> Vec<u8> {
    let scene = sample.shell.viewer.scene(scene).unwrap();
    match &scene.images.get(image).unwrap().source {
        ImageSource::Encoded { bytes, .. } => bytes.to_vec(),
        ImageSource::External { uri } => std::fs::read(sample.folder.join(uri)).unwrap(),
    }
}

/// Gives a plan all pictures that it misses, as a page would; how many had to be encoded anew.
pub(crate) fn fill(sample: &Sample, plan: &mut Plan) -> usize {
    let missing: Vec<(usize, Picture)> =
        plan.pictures().iter().cloned().enumerate().filter(|(_, picture)| picture.is_missing()).collect();
    let mut encoded = 0;
    for (at, picture) in missing {
        let bytes = picture_of(sample, picture.scene, picture.image);
        let bytes = match picture.encoding(&bytes) {
            None => bytes,
            Some(encoding) => {
                encoded += 1;
                let print = sample.shell.viewer.print_over(picture.scene, picture.image);
                encode(&picture, encoding, &bytes, print.is_some())
            }
        };
        assert!(plan.give(at, bytes));
    }
    encoded
}

fn encode(picture: &Picture, encoding: Encoding, bytes: &[u8], is_printed: bool) -> Vec<u8> {
    let mut decoded = image::load_from_memory(bytes).unwrap();
    if decoded.width().max(decoded.height()) > picture.most_px {
        decoded = decoded.resize(picture.most_px, picture.most_px, FilterType::Triangle);
    }
    let mut pixels = decoded.to_rgba8();
    let Change { scale, bias } = picture.change;
    let (width, height) = pixels.dimensions();
    for (x, y, pixel) in pixels.enumerate_pixels_mut() {
        // In place of a customer's words.
        if is_printed && (width / 4..width / 2).contains(&x) && (height / 4..height / 2).contains(&y) {
            pixel.0 = [200, 20, 20, 255];
        }
        for (value, (by, more)) in pixel.0.iter_mut().zip(scale.into_iter().zip(bias)) {
            *value = ((f32::from(*value) / 255.0 * by + more).clamp(0.0, 1.0) * 255.0).round() as u8;
        }
    }
    let mut out = std::io::Cursor::new(Vec::new());
    let pixels = DynamicImage::from(pixels);
    match encoding {
        Encoding::Png if picture.has_alpha => pixels.write_to(&mut out, ImageFormat::Png),
        Encoding::Png => pixels.to_rgb8().write_to(&mut out, ImageFormat::Png),
        Encoding::Jpeg => pixels.to_rgb8().write_to(&mut out, ImageFormat::Jpeg),
    }
    .unwrap();
    out.into_inner()
}
