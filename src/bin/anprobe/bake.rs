//! `anprobe bake`: files of configurations for static hosting, Scene Viewer and Quick Look.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anprobe::export::{glb, usdz};
use anprobe::issue::{Code, Issue};
use anprobe::scene::SceneId;
use clap::ValueEnum;
use serde_json::{Map, Value, json};

use super::opened::{inputs, open};
use super::progress::Progress;
use super::remark::{Remark, is_colored};
use super::selection::{Look, Selection, fingerprint};
use super::studio::{Studio, encoded_anew};
use super::{Done, Product, whole};

/// Writes GLB, USDZ and posters of configurations by their codes, with a manifest
///
/// Each configuration is reached by its code, as `ar-src="https://shop.example/lamp/{code}.glb"` asks for it; equal contents are
/// stored once and linked. The same command again goes on where it was stopped.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  anprobe bake lamp.json --out public/lamp
  anprobe bake lamp.json --all --out public/lamp --kinds glb,usdz
  anprobe bake car.json --config CODE --texture 1024 --animations
  anprobe bake lamp.json --all --shard 1/4 --out public/lamp")]
pub(super) struct Arguments {
    #[command(flatten)]
    product: Product,
    #[command(flatten)]
    selection: Selection,
    /// The folder for the files
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// What is made of each configuration
    #[arg(long, value_enum, value_delimiter = ',', default_value = "glb,usdz,poster,thumbnail")]
    kinds: Vec<Kind>,
    /// The longest side of a texture, pixels
    #[arg(long, value_name = "PX", default_value_t = 2048, value_parser = clap::value_parser!(u32).range(16..=16_384))]
    texture: u32,
    /// GLB: the models' animations come along
    #[arg(long)]
    animations: bool,
    /// USDZ: what the product is put on
    #[arg(long, value_enum, default_value_t = Place::Floor)]
    placement: Place,
    /// Width and height of a poster in pixels, or one for both
    #[arg(long, value_name = "W[xH]", default_value = "1024", value_parser = super::making::size)]
    size: [u32; 2],
    /// An attribute of <anprobe-viewer> for posters, such as shadow-intensity=1
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = super::making::attribute)]
    attributes: Vec<(String, String)>,
    /// Makes what is there already anew
    #[arg(long)]
    force: bool,
}

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
enum Kind {
    /// For Scene Viewer and any other viewer: CODE.glb
    Glb,
    /// For Quick Look: CODE.usdz
    Usdz,
    /// A transparent picture: CODE.png
    Poster,
    /// The same with 256 pixels: CODE.thumbnail.png
    Thumbnail,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Place {
    Floor,
    Wall,
    Any,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Glb => "glb",
            Self::Usdz => "usdz",
            Self::Poster => "poster",
            Self::Thumbnail => "thumbnail",
        }
    }

    fn file(self, code: &str) -> String {
        let end = match self {
            Self::Glb => "glb",
            Self::Usdz => "usdz",
            Self::Poster => "png",
            Self::Thumbnail => "thumbnail.png",
        };
        format!("{code}.{end}")
    }

    fn is_picture(self) -> bool {
        matches!(self, Self::Poster | Self::Thumbnail)
    }
}

/// Textures that are encoded already, by model, image, side, encoding and change.
type Textures = BTreeMap<(SceneId, usize, String), Vec<u8>>;

pub(super) fn run(arguments: &Arguments) -> Result<Done, String> {
    let opened = open(&arguments.product.file)?;
    let looks = arguments.selection.looks(&opened.catalog)?;
    let Arguments { texture, animations, placement, size, attributes, .. } = arguments;
    let inputs = inputs(&opened, &format!("{texture}{animations}{placement:?}{size:?}{attributes:?}"));
    super::making::claim(&arguments.out, "bake", &inputs, arguments.force)?;
    let kinds = kinds(arguments);
    let is_missing = |look: &&Look| {
        let file = |code: &String, kind: &Kind| arguments.out.join(kind.file(code));
        arguments.force || look.codes.iter().any(|code| kinds.iter().any(|kind| !file(code, kind).is_file()))
    };
    let missing: Vec<&Look> = looks.iter().filter(is_missing).collect();
    let start = Instant::now();
    let remarks = make(arguments, &missing, &kinds)?;
    remarks.iter().for_each(|remark| println!("{remark}"));
    let mut files = Map::new();
    let mut stored: BTreeMap<(u64, u128), u64> = BTreeMap::new();
    for code in looks.iter().flat_map(|look| &look.codes) {
        let mut made = Map::new();
        for kind in &kinds {
            let name = kind.file(code);
            let bytes = std::fs::read(arguments.out.join(&name)).map_err(|error| format!("{name}: {error}"))?;
            let hash = fingerprint(&bytes);
            stored.insert((bytes.len() as u64, hash), bytes.len() as u64);
            made.insert(
                kind.name().to_owned(),
                json!({ "file": name, "bytes": bytes.len(), "content": format!("{hash:032x}") }),
            );
        }
        files.insert(code.clone(), Value::from(made));
    }
    let manifest = json!({ "product": opened.catalog.product().id, "inputs": inputs, "files": files });
    let suffix = arguments.selection.suffix();
    whole::write(&arguments.out.join(format!("manifest{suffix}.json")), format!("{manifest:#}\n").as_bytes())?;
    println!(
        "{}: {} codes, {} looks, {} contents of {:.1} MB; {} looks made in {:.1} s",
        arguments.out.display(),
        files.len(),
        looks.len(),
        stored.len(),
        stored.values().sum::<u64>() as f64 / 1e6,
        missing.len(),
        start.elapsed().as_secs_f64(),
    );
    Ok(Done::Well)
}

/// What can be made here.
fn kinds(arguments: &Arguments) -> Vec<Kind> {
    let mut kinds = arguments.kinds.clone();
    kinds.sort_unstable();
    kinds.dedup();
    if !cfg!(feature = "render") {
        kinds.retain(|kind| !kind.is_picture());
    }
    kinds
}

/// Makes the files of looks; what there is to say, each once.
fn make(arguments: &Arguments, looks: &[&Look], kinds: &[Kind]) -> Result<Vec<String>, String> {
    let Some(first) = looks.first() else { return Ok(Vec::new()) };
    let mut studio = Studio::new(&arguments.product.file, arguments.size, &arguments.attributes);
    #[cfg(feature = "render")]
    if kinds.iter().any(|kind| kind.is_picture()) {
        studio.brush = Some(super::brush::Brush::new()?);
    }
    studio.load(first.codes.first().map_or("", String::as_str))?;
    let mut textures = Textures::new();
    let mut said: Vec<String> = Vec::new();
    let progress = Progress::new(looks.len(), "baking");
    for look in looks {
        let Some(code) = look.codes.first() else { continue };
        studio.open(code)?;
        for kind in kinds {
            let bytes = match kind {
                Kind::Glb => written_glb(arguments, &mut studio, &mut textures)?,
                Kind::Usdz => written_usdz(arguments, &mut studio, &mut textures)?,
                Kind::Poster | Kind::Thumbnail => drawn(arguments, &mut studio, *kind)?,
            };
            let file = arguments.out.join(kind.file(code));
            whole::write(&file, &bytes)?;
            for other in look.codes.iter().skip(1) {
                link(&file, &arguments.out.join(kind.file(other)))?;
            }
        }
        for remark in studio.take_remarks().iter().map(|remark: &Remark| remark.to_text(is_colored())) {
            if !said.contains(&remark) {
                said.push(remark);
            }
        }
        progress.step()?;
    }
    progress.done();
    Ok(said)
}

#[cfg(feature = "render")]
fn drawn(arguments: &Arguments, studio: &mut Studio, kind: Kind) -> Result<Vec<u8>, String> {
    use super::picture::{Backdrop, finished, png, thumbnail};
    let pixels = super::render::photograph(studio, arguments.size, Backdrop::Transparent)?;
    let picture = finished(pixels, arguments.size, Backdrop::Transparent).ok_or("a picture of another size")?;
    png(&if kind == Kind::Thumbnail { thumbnail(&picture, 256) } else { picture })
}

#[cfg(not(feature = "render"))]
fn drawn(_: &Arguments, _: &mut Studio, _: Kind) -> Result<Vec<u8>, String> {
    Err("this build draws no pictures; install it with the feature `render`".to_owned())
}

fn written_glb(arguments: &Arguments, studio: &mut Studio, textures: &mut Textures) -> Result<Vec<u8>, String> {
    let options = glb::Options {
        name: studio.name(&arguments.product.language),
        most_texture_px: arguments.texture,
        plain_pictures: true,
        animations: arguments.animations,
    };
    let said = |issue: Issue| Remark::of(&arguments.product.file, issue).to_text(false);
    let mut plan = studio.viewer.glb(&options).map_err(said)?;
    for at in 0..plan.pictures().len() {
        let Some(picture) = plan.pictures().get(at).filter(|picture| picture.is_missing()).cloned() else { continue };
        let key = format!("{}", picture.most_px);
        let bytes =
            texture(studio, textures, (picture.scene, picture.image, key), |source| match picture.encoding(source) {
                None => Ok(source.to_vec()),
                Some(encoding) => encoded_anew(source, encoding, picture.most_px, |_| {}),
            });
        if let Some(bytes) = bytes {
            plan.give(at, bytes);
        }
        if picture.is_printed {
            studio
                .notice(Some(picture.scene), Issue::new(Code::PictureWords, format!("/images/{}", picture.image), ""));
        }
    }
    let bytes = plan.write().map_err(said)?;
    plan.issues().iter().for_each(|issue| studio.notice(None, issue.clone()));
    Ok(bytes)
}

fn written_usdz(arguments: &Arguments, studio: &mut Studio, textures: &mut Textures) -> Result<Vec<u8>, String> {
    let placement = match arguments.placement {
        Place::Floor => usdz::Placement::Horizontal,
        Place::Wall => usdz::Placement::Vertical,
        Place::Any => usdz::Placement::Any,
    };
    let said = |issue: Issue| Remark::of(&arguments.product.file, issue).to_text(false);
    let mut plan = studio.viewer.usdz(placement, arguments.texture).map_err(said)?;
    for at in 0..plan.pictures().len() {
        let Some(picture) = plan.pictures().get(at).filter(|picture| picture.is_missing()).cloned() else { continue };
        let usdz::Change { scale, bias } = picture.change;
        let key = format!("{}{scale:?}{bias:?}{}", picture.most_px, picture.has_alpha);
        let bytes =
            texture(studio, textures, (picture.scene, picture.image, key), |source| match picture.encoding(source) {
                None => Ok(source.to_vec()),
                Some(encoding) => encoded_anew(source, encoding, picture.most_px, |values| {
                    for (value, (by, more)) in values.iter_mut().zip(scale.into_iter().zip(bias)) {
                        *value = *value * by + more;
                    }
                    if !picture.has_alpha {
                        values[3] = 1.0;
                    }
                }),
            });
        if let Some(bytes) = bytes {
            plan.give(at, bytes);
        }
    }
    let bytes = plan.write().map_err(said)?;
    plan.issues().iter().for_each(|issue| studio.notice(None, issue.clone()));
    Ok(bytes)
}

/// A texture, made once; none, with a remark, when its picture cannot be decoded.
fn texture(
    studio: &mut Studio,
    textures: &mut Textures,
    key: (SceneId, usize, String),
    make: impl FnOnce(&[u8]) -> Result<Vec<u8>, String>,
) -> Option<Vec<u8>> {
    if let Some(known) = textures.get(&key) {
        return Some(known.clone());
    }
    let (scene, image, _) = key;
    let base = studio.viewer.address_of(scene).map(str::to_owned);
    let made = studio.encoded(scene, image, base.as_deref()).and_then(|source| make(&source));
    match made {
        Ok(bytes) => {
            textures.insert(key, bytes.clone());
            Some(bytes)
        }
        Err(why) => {
            studio.notice(Some(scene), Issue::new(Code::Image, format!("/images/{image}"), why));
            None
        }
    }
}

/// The same content under another name; a copy where the file system has no links.
fn link(file: &Path, other: &Path) -> Result<(), String> {
    let _ = std::fs::remove_file(other);
    if std::fs::hard_link(file, other).is_ok() {
        return Ok(());
    }
    let bytes = std::fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
    whole::write(other, &bytes)
}
