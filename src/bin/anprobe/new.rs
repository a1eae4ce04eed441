//! `anprobe new`: a product file to begin with.

use std::path::PathBuf;

use anprobe::proposal::proposal;

use super::opened::model;
use super::remark::{Remark, is_colored};
use super::{Done, whole};

/// Proposes a product file for a model, from its variants, parts, shapes, animations and extras
///
/// A node with the extras {"group": "base", "choice": "round"} is a choice of a group; a material with {"group": "paint"} has its
/// colour chosen. Parts that are hidden become choices, and so do parts of one name family that are in each other's place.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  anprobe new lamp.glb                  # writes lamp.json beside it
  anprobe new lamp.glb --name Lumo --currency CHF --out shop/lumo.json")]
pub(super) struct Arguments {
    /// A .glb or .gltf
    #[arg(value_name = "MODEL.glb")]
    model: PathBuf,
    /// What the product is called; without, its file's name
    #[arg(long)]
    name: Option<String>,
    /// The currency of its prices (ISO 4217)
    #[arg(long, default_value = "EUR")]
    currency: String,
    /// The file to write; without, the model's name with .json
    #[arg(long, value_name = "PRODUCT.json")]
    out: Option<PathBuf>,
    /// Writes over a file that is there
    #[arg(long)]
    force: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<Done, String> {
    let found = model(&arguments.model);
    let colored = is_colored();
    found.issues.iter().for_each(|issue| println!("{}", Remark::of(&found.file, issue.clone()).to_text(colored)));
    let Some(scene) = &found.scene else { return Ok(Done::Faulty) };
    let out = arguments.out.clone().unwrap_or_else(|| arguments.model.with_extension("json"));
    if out.exists() && !arguments.force {
        return Err(format!("{}: is there already; take another --out, or --force", out.display()));
    }
    let stem = arguments.model.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let src = address(&arguments.model, &out)?;
    let name = arguments.name.clone().unwrap_or(stem);
    let text = proposal(scene, &src, &name, &arguments.currency);
    whole::write(&out, text.as_bytes())?;
    let opened = super::opened::open(&out)?;
    let count = opened.catalog.count().map_or_else(|| "?".to_owned(), |count| count.combinations);
    let groups = opened.catalog.product().groups.entries().count();
    println!("{}: {groups} groups, {count} combinations", out.display());
    println!("next: names, prices and rules; then `anprobe check {}`", out.display());
    Ok(Done::Well)
}

/// The model's address relative to the product file.
fn address(model: &std::path::Path, out: &std::path::Path) -> Result<String, String> {
    let folder = |path: &std::path::Path| {
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(std::path::Path::new("."));
        std::fs::canonicalize(parent).map_err(|error| format!("{}: {error}", parent.display()))
    };
    let (from, to) = (folder(out)?, folder(model)?);
    let name = model.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let shared = from.components().zip(to.components()).take_while(|(one, other)| one == other).count();
    let up = from.components().skip(shared).map(|_| "..".to_owned());
    let down = to.components().skip(shared).map(|part| part.as_os_str().to_string_lossy().into_owned());
    let steps: Vec<String> = up.chain(down).chain([name]).map(|step| anprobe::viewer::escaped(&step)).collect();
    Ok(steps.join("/"))
}
