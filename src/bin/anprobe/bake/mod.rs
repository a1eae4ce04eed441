//! `anprobe bake`: files of configurations for static hosting, Scene Viewer, Quick Look and printers.

mod model;
mod piece;

use std::path::PathBuf;
use std::time::Instant;

use anprobe::export::scene_viewer::file_name;
use anprobe::product::{Catalog, Configuration};
use clap::ValueEnum;
use serde_json::{Map, Value, json};

use self::model::Textures;
use self::piece::{PrintFiles, pieces};
use super::artwork::{Artworks, Sources};
use super::opened::{Opened, inputs, open};
use super::progress::Progress;
use super::remark::{Remark, is_colored};
use super::selection::{Look, Selection};
use super::store::Store;
use super::studio::Studio;
use super::{Done, Product};

/// Writes GLB, USDZ, posters and print files of configurations by their codes, with a manifest
///
/// Each configuration is reached by its code's file name, as `scene-viewer-src="https://shop.example/lamp/{file}.glb"` asks for
/// it: since many disks do not tell large letters from small ones, a large one is written as a small one with ~ behind it. Equal
/// contents are stored once and linked. The same command again goes on where it was stopped.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  anprobe bake lamp.json --out public/lamp
  anprobe bake lamp.json --all --out public/lamp --kinds glb,usdz
  anprobe bake lamp.json --all --out prints --kinds 3mf,stl --paid   # what is sold apart, too: not for a public folder
  anprobe bake car.json --config CODE --out public/car --texture 1024 --animations
  anprobe bake lamp.json --all --shard 1/4 --out public/lamp         # one of four machines; then all into one folder, and once without --shard")]
pub(super) struct Arguments {
    #[command(flatten)]
    product: Product,
    #[command(flatten)]
    selection: Selection,
    /// The folder for the files
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// What is made of each configuration
    #[arg(long, value_enum, value_delimiter = ',', default_value = "glb,usdz,poster,thumbnail,3mf,stl")]
    kinds: Vec<Kind>,
    /// The longest side of a texture, pixels
    #[arg(long, visible_alias = "texture-px", value_name = "PX", default_value_t = 2048, value_parser = clap::value_parser!(u32).range(16..=16_384))]
    texture: u32,
    /// GLB: the models' animations come along
    #[arg(long)]
    animations: bool,
    /// USDZ: what the product is put on
    #[arg(long, value_enum, default_value_t = Place::Floor)]
    placement: Place,
    /// 3MF and STL: also of pieces whose files are sold apart
    #[arg(long)]
    paid: bool,
    /// Width and height of a poster in pixels, or one for both
    #[arg(long, value_name = "W[xH]", default_value = "1024", value_parser = super::making::size)]
    size: [u32; 2],
    /// An attribute of <anprobe-viewer> for posters, such as shadow-intensity=1
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = super::making::attribute)]
    attributes: Vec<(String, String)>,
    #[command(flatten)]
    sources: Sources,
    /// Makes what is there already anew
    #[arg(long)]
    force: bool,
}

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
enum Kind {
    /// For Scene Viewer and any other viewer: NAME.glb
    Glb,
    /// For Quick Look: NAME.usdz
    Usdz,
    /// A transparent picture: NAME.png
    Poster,
    /// The same with 256 pixels: NAME.thumbnail.png
    Thumbnail,
    /// For printers, of each piece that can be printed: NAME.PIECE.3mf
    #[value(name = "3mf")]
    ThreeMf,
    /// The same in millimetres, for programs that do not read 3MF: NAME.PIECE_mm.stl
    Stl,
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
            Self::ThreeMf => "3mf",
            Self::Stl => "stl",
        }
    }

    fn is_picture(self) -> bool {
        matches!(self, Self::Poster | Self::Thumbnail)
    }

    fn is_printed(self) -> bool {
        matches!(self, Self::ThreeMf | Self::Stl)
    }
}

/// A file that a configuration is to have.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Wanted {
    kind: Kind,
    /// The piece that is printed, by id.
    piece: Option<String>,
}

impl Wanted {
    /// Its name beside those of other codes.
    fn file(&self, code: &str) -> String {
        let end = match self.kind {
            Kind::Glb => ".glb",
            Kind::Usdz => ".usdz",
            Kind::Poster => ".png",
            Kind::Thumbnail => ".thumbnail.png",
            Kind::ThreeMf => ".3mf",
            Kind::Stl => "_mm.stl",
        };
        let piece = self.piece.as_deref().map(|id| format!(".{}", file_name(&anprobe::viewer::escaped(id))));
        format!("{}{}{end}", file_name(code), piece.unwrap_or_default())
    }
}

impl Arguments {
    /// What can be made here.
    fn kinds(&self) -> Vec<Kind> {
        let mut kinds = self.kinds.clone();
        kinds.sort_unstable();
        kinds.dedup();
        if !cfg!(feature = "render") {
            kinds.retain(|kind| !kind.is_picture());
        }
        kinds
    }

    /// The files of a configuration.
    fn wanted(&self, catalog: &Catalog, configuration: &Configuration) -> Vec<Wanted> {
        let mut wanted = Vec::new();
        for kind in self.kinds() {
            if kind.is_printed() {
                let pieces = pieces(catalog, configuration).filter(|piece| self.paid || piece.source.is_none());
                wanted.extend(pieces.map(|piece| Wanted { kind, piece: Some(piece.id.clone()) }));
            } else {
                wanted.push(Wanted { kind, piece: None });
            }
        }
        wanted
    }

    fn inputs(&self, opened: &Opened) -> String {
        let Self { texture, animations, placement, size, attributes, sources, .. } = self;
        let settings = format!("{texture}{animations}{placement:?}{size:?}{attributes:?}{}", sources.inputs());
        inputs(opened, &settings)
    }
}

pub(super) fn run(arguments: &Arguments) -> Result<Done, String> {
    let opened = open(&arguments.product.file)?;
    let looks = arguments.selection.looks(&opened.catalog)?;
    let inputs = arguments.inputs(&opened);
    super::making::claim(&arguments.out, "bake", &inputs, arguments.force)?;
    let is_missing = |look: &&Look| {
        let wanted = arguments.wanted(&opened.catalog, &look.configuration);
        let lacks = |code: &String| wanted.iter().any(|wanted| !arguments.out.join(wanted.file(code)).is_file());
        arguments.force || look.codes.iter().any(lacks)
    };
    let missing: Vec<&Look> = looks.iter().filter(is_missing).collect();
    let start = Instant::now();
    let mut store = Store::default();
    let (remarks, refused) = make(arguments, &opened, &missing, &mut store)?;
    remarks.iter().for_each(|remark| println!("{remark}"));
    let files = listed(arguments, &opened.catalog, &looks, &mut store)?;
    let manifest = json!({ "product": opened.catalog.product().id, "inputs": inputs, "files": files });
    let suffix = arguments.selection.suffix();
    let file = arguments.out.join(format!("manifest{suffix}.json"));
    super::whole::write(&file, format!("{manifest:#}\n").as_bytes())?;
    let left_out = left_out(arguments, &opened.catalog, &looks);
    if !left_out.is_empty() {
        println!("left out, since they are sold apart: {}; --paid bakes them", left_out.join(", "));
    }
    let (contents, bytes) = store.contents();
    println!(
        "{}: {} codes, {} looks, {contents} contents of {:.1} MB; {} looks made in {:.1} s",
        arguments.out.display(),
        files.len(),
        looks.len(),
        bytes as f64 / 1e6,
        missing.len(),
        start.elapsed().as_secs_f64(),
    );
    Ok(if refused { Done::Faulty } else { Done::Well })
}

/// What each code has, for the manifest. A piece that was refused has no file.
fn listed(
    arguments: &Arguments,
    catalog: &Catalog,
    looks: &[Look],
    store: &mut Store,
) -> Result<Map<String, Value>, String> {
    let mut files = Map::new();
    for look in looks {
        let wanted = arguments.wanted(catalog, &look.configuration);
        for code in &look.codes {
            let mut made = json!({});
            for wanted in &wanted {
                let name = wanted.file(code);
                let path = arguments.out.join(&name);
                if wanted.piece.is_some() && !path.is_file() {
                    continue;
                }
                let (bytes, hash) = store.note(&path)?;
                let entry = json!({ "file": name, "bytes": bytes, "content": format!("{hash:032x}") });
                match &wanted.piece {
                    Some(piece) => made["prints"][piece][wanted.kind.name()] = entry,
                    None => made[wanted.kind.name()] = entry,
                }
            }
            files.insert(code.clone(), made);
        }
    }
    Ok(files)
}

/// The names of pieces that are sold apart and were not asked for.
fn left_out(arguments: &Arguments, catalog: &Catalog, looks: &[Look]) -> Vec<String> {
    let mut names = Vec::new();
    if arguments.paid || !arguments.kinds().iter().any(|kind| kind.is_printed()) {
        return names;
    }
    for look in looks {
        for piece in pieces(catalog, &look.configuration).filter(|piece| piece.source.is_some()) {
            let name = piece.name.in_language(&arguments.product.language).to_owned();
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

/// Makes the files of looks; what there is to say, each once, and whether a piece was refused.
fn make(
    arguments: &Arguments,
    opened: &Opened,
    looks: &[&Look],
    store: &mut Store,
) -> Result<(Vec<String>, bool), String> {
    let Some(first) = looks.first() else { return Ok((Vec::new(), false)) };
    let mut studio = furnished(arguments, first)?;
    let mut textures = Textures::new();
    let mut prints = PrintFiles::new(&opened.file);
    let mut said: Vec<String> = Vec::new();
    let progress = Progress::new(looks.len(), "baking");
    for look in looks {
        let Some(code) = look.codes.first() else { continue };
        studio.open(code)?;
        for wanted in arguments.wanted(&opened.catalog, &look.configuration) {
            let bytes = match wanted.kind {
                Kind::Glb => model::glb(arguments, &mut studio, &mut textures)?,
                Kind::Usdz => model::usdz(arguments, &mut studio, &mut textures)?,
                Kind::Poster | Kind::Thumbnail => drawn(arguments, &mut studio, wanted.kind)?,
                Kind::ThreeMf | Kind::Stl => {
                    let Some(bytes) = prints.file(&opened.catalog, &mut studio, &wanted)? else { continue };
                    bytes
                }
            };
            for code in &look.codes {
                store.put(&arguments.out.join(wanted.file(code)), &bytes)?;
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
    Ok((said, prints.has_refused()))
}

/// A studio with a look in it, and a device where pictures are drawn.
fn furnished(arguments: &Arguments, look: &Look) -> Result<Studio, String> {
    let artworks = Artworks::new(&arguments.sources)?;
    let mut studio = Studio::new(&arguments.product.file, arguments.size, &arguments.attributes, artworks);
    #[cfg(feature = "render")]
    if arguments.kinds().iter().any(|kind| kind.is_picture()) {
        studio.brush = Some(super::brush::Brush::new()?);
    }
    studio.load(look.codes.first().map_or("", String::as_str))?;
    Ok(studio)
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
