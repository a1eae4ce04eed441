//! `anprobe render`: pictures of a product, without a browser.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::mpsc::sync_channel;
use std::time::Instant;

use anprobe::export::scene_viewer::file_name;
use anprobe::product::Session;
use anprobe::product::view::Tone;
use anprobe::viewer::{Command, Event};
use image::RgbaImage;
use serde_json::json;

use super::artwork::{Artworks, Sources};
use super::brush::Brush;
use super::making::{attribute, claim, size};
use super::opened::{Opened, inputs, open};
use super::picture::{Backdrop, backdrop, beside, difference, finished, png, sheet, thumbnail};
use super::progress::Progress;
use super::remark::is_colored;
use super::selection::{Look, Selection};
use super::studio::Studio;
use super::{Done, Product, whole};

/// The longest side of a contact sheet, and of a picture on it.
const SHEET_PX: u32 = 4_096;
const TILE_PX: u32 = 192;
const LEAST_TILE_PX: u32 = 24;
/// So many pictures a software renderer draws in one turn.
const TURN: u32 = 64;

/// Draws pictures of configurations, with a contact sheet
///
/// On any graphics card, or on Mesa's software Vulkan. Writes CODE.png for each look, index.html, sheet.png, and manifest.json,
/// which says which codes look so. The same command again goes on where it was stopped.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  anprobe render lamp.json --out pictures
  anprobe render lamp.json --config CODE --size 2048 --turntable 24
  anprobe render car.json --pairwise --background white --set shadow-intensity=1
  anprobe render lamp.json --all --shard 2/4      # one of four machines; then all into one folder, and once without --shard
  anprobe render lamp.json --pairwise --out new --compare old   # what changed; exit code 1 when something did")]
pub(super) struct Arguments {
    #[command(flatten)]
    product: Product,
    #[command(flatten)]
    selection: Selection,
    /// The folder for the pictures
    #[arg(long, value_name = "DIR", default_value = "pictures")]
    out: PathBuf,
    /// Width and height in pixels, or one for both
    #[arg(long, value_name = "W[xH]", default_value = "1024", value_parser = size)]
    size: [u32; 2],
    /// transparent, white, black or #rrggbb
    #[arg(long, default_value = "transparent", value_parser = backdrop)]
    background: Backdrop,
    /// So many pictures around the product, the first from the front
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=360))]
    turntable: u32,
    /// An attribute of <anprobe-viewer>, such as camera-orbit="30deg 70deg auto"
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = attribute)]
    attributes: Vec<(String, String)>,
    /// Says which pictures differ from those of the same names in this folder, and shows it
    #[arg(long, value_name = "DIR")]
    compare: Option<PathBuf>,
    /// The mean difference (ΔE of CIE 1976) from which a picture counts as changed
    #[arg(long, value_name = "DELTA", default_value_t = 1.0, requires = "compare")]
    threshold: f32,
    #[command(flatten)]
    sources: Sources,
    /// Draws what is there already anew
    #[arg(long)]
    force: bool,
    /// Draws and does nothing else: a turn of a longer run
    #[arg(long, hide = true)]
    turn: bool,
}

impl Arguments {
    /// The names of a look's pictures.
    fn names(&self, look: &Look) -> Vec<String> {
        let name = file_name(look.codes.first().map_or("", String::as_str));
        match self.turntable {
            1 => vec![format!("{name}.png")],
            count => (0..count).map(|at| format!("{name}-{at:03}.png")).collect(),
        }
    }

    /// What the pictures are made of.
    fn inputs(&self, opened: &Opened) -> String {
        let Self { size, background, turntable, attributes, sources, .. } = self;
        inputs(opened, &format!("{size:?}{background:?}{turntable}{attributes:?}{}", sources.inputs()))
    }
}

pub(super) fn run(arguments: &Arguments) -> Result<Done, String> {
    let opened = open(&arguments.product.file)?;
    let looks = arguments.selection.looks(&opened.catalog)?;
    let inputs = arguments.inputs(&opened);
    claim(&arguments.out, "render", &inputs, arguments.force)?;
    let missing: Vec<&Look> = looks
        .iter()
        .filter(|look| arguments.force || arguments.names(look).iter().any(|name| !arguments.out.join(name).is_file()))
        .collect();
    let codes: usize = looks.iter().map(|look| look.codes.len()).sum();
    let start = Instant::now();
    let drawn = draw(arguments, &missing)?;
    if arguments.turn {
        return Ok(Done::Well);
    }
    let secs = start.elapsed().as_secs_f64();
    if drawn > 0 {
        println!("{drawn} pictures in {secs:.1} s, {:.0} ms each", secs * 1e3 / drawn as f64);
    }
    let suffix = arguments.selection.suffix();
    let pictures: Vec<_> =
        looks.iter().map(|look| json!({ "codes": look.codes, "files": arguments.names(look) })).collect();
    let manifest = json!({
        "product": opened.catalog.product().id, "inputs": inputs, "size": arguments.size, "turntable": arguments.turntable,
        "pictures": pictures,
    });
    whole::write(&arguments.out.join(format!("manifest{suffix}.json")), format!("{manifest:#}\n").as_bytes())?;
    contact_sheet(arguments, &looks, &suffix)?;
    whole::write(&arguments.out.join(format!("index{suffix}.html")), page(arguments, &opened, &looks).as_bytes())?;
    println!("{}: {} looks of {codes} codes", arguments.out.display(), looks.len());
    match &arguments.compare {
        Some(before) => compare(arguments, before, &looks),
        None => Ok(Done::Well),
    }
}

/// Draws looks and writes them while the next is drawn; how many pictures there were.
fn draw(arguments: &Arguments, looks: &[&Look]) -> Result<usize, String> {
    let Some(first) = looks.first() else { return Ok(0) };
    if !arguments.turn && looks.len() as u32 * arguments.turntable > TURN && Brush::is_software() {
        return draw_in_turns(arguments, looks);
    }
    let brush = Brush::new()?;
    if !arguments.turn {
        eprintln!("drawing with {}", brush.name());
    }
    let artworks = Artworks::new(&arguments.sources)?;
    let mut studio = Studio::new(&arguments.product.file, arguments.size, &arguments.attributes, artworks);
    studio.brush = Some(brush);
    studio.load(first.codes.first().map_or("", String::as_str))?;
    let progress = Progress::new(looks.len() * arguments.turntable as usize, "drawing");
    let (send, receive) = sync_channel::<(PathBuf, Vec<u8>)>(2);
    let (size, background) = (arguments.size, arguments.background);
    let mut drawn = 0;
    let mut said = BTreeSet::new();
    let result = std::thread::scope(|scope| {
        let writer = scope.spawn(move || {
            for (file, pixels) in receive {
                let picture = finished(pixels, size, background).ok_or("a picture of another size")?;
                whole::write(&file, &png(&picture)?)?;
            }
            Ok::<(), String>(())
        });
        let mut work = || {
            for look in looks {
                studio.open(look.codes.first().map_or("", String::as_str))?;
                for (at, name) in (0_u16..).zip(arguments.names(look)) {
                    let pixels = shoot(&mut studio, arguments, at)?;
                    if send.send((arguments.out.join(name), pixels)).is_err() {
                        // The writer has ended, and says why.
                        return Ok(());
                    }
                    drawn += 1;
                    progress.step()?;
                }
                for remark in studio.take_remarks() {
                    let text = remark.to_text(is_colored());
                    if said.insert(text.clone()) {
                        progress.say(&text);
                    }
                }
            }
            Ok(())
        };
        let worked = work();
        drop(send);
        let written = writer.join().unwrap_or_else(|_| Err("the pictures could not be written".to_owned()));
        worked.and(written)
    });
    progress.done();
    result.map(|()| drawn)
}

/// Draws in turns, each by a process of its own: Mesa's software renderer compiles a program for each value that decides in
/// it, and keeps all of them, some 6 MB a picture, as long as its process lives.
fn draw_in_turns(arguments: &Arguments, looks: &[&Look]) -> Result<usize, String> {
    let command = std::env::current_exe().map_err(|error| error.to_string())?;
    let progress = Progress::new(looks.len() * arguments.turntable as usize, "drawing");
    let mut said = BTreeSet::new();
    let mut drawn = 0;
    for looks in looks.chunks((TURN / arguments.turntable).max(1) as usize) {
        let mut turn = std::process::Command::new(&command);
        turn.arg("render").arg(&arguments.product.file).arg("--out").arg(&arguments.out).arg("--turn");
        turn.args(["--size", &format!("{}x{}", arguments.size[0], arguments.size[1])]);
        turn.args(["--background", &arguments.background.to_string()]);
        turn.args(["--turntable", &arguments.turntable.to_string()]);
        for (name, value) in &arguments.attributes {
            turn.args(["--set", &format!("{name}={value}")]);
        }
        arguments.sources.pass_on(&mut turn);
        if arguments.force {
            turn.arg("--force");
        }
        for code in looks.iter().filter_map(|look| look.codes.first()) {
            turn.arg(format!("--config={code}"));
        }
        let done = turn.output().map_err(|error| error.to_string())?;
        let lines = String::from_utf8_lossy(&done.stdout);
        for line in lines.lines().filter(|line| !line.is_empty()) {
            if said.insert(line.to_owned()) {
                progress.say(line);
            }
        }
        for _ in 0..looks.len() * arguments.turntable as usize {
            progress.step()?;
        }
        if !done.status.success() {
            return Err(String::from_utf8_lossy(&done.stderr).trim().to_owned());
        }
        drawn += looks.len() * arguments.turntable as usize;
    }
    progress.done();
    Ok(drawn)
}

/// One picture of the turntable.
fn shoot(studio: &mut Studio, arguments: &Arguments, at: u16) -> Result<Vec<u8>, String> {
    let theta = f32::from(at) / arguments.turntable as f32 * std::f32::consts::TAU;
    studio.tell(Event::Command(Command::ResetTurntableRotation(theta)));
    studio.settle()?;
    photograph(studio, arguments.size, arguments.background)
}

/// What stands, as a picture.
pub(super) fn photograph(studio: &mut Studio, size: [u32; 2], background: Backdrop) -> Result<Vec<u8>, String> {
    let Some(brush) = &mut studio.brush else { return Err("there is nothing to draw with".to_owned()) };
    let mut frame = studio.viewer.frame_at(size[0], size[1]).ok_or("nothing is seen")?;
    if let Backdrop::Color(color) = background {
        frame.page_color = Some(color);
    }
    brush.draw(&frame, size)
}

fn read_picture(file: &Path) -> Result<RgbaImage, String> {
    image::open(file).map(|picture| picture.to_rgba8()).map_err(|error| format!("{}: {error}", file.display()))
}

/// The first picture of each look.
fn contact_sheet(arguments: &Arguments, looks: &[Look], suffix: &str) -> Result<(), String> {
    let across = (looks.len() as f64).sqrt().ceil().max(1.0) as u32;
    let side = (SHEET_PX / across).saturating_sub(8).clamp(LEAST_TILE_PX, TILE_PX);
    let most = (SHEET_PX / (LEAST_TILE_PX + 8)).pow(2) as usize;
    let tiles = looks
        .iter()
        .take(most)
        .filter_map(|look| arguments.names(look).into_iter().next())
        .map(|name| Ok(thumbnail(&read_picture(&arguments.out.join(name))?, side)));
    let tiles = tiles.collect::<Result<Vec<_>, String>>()?;
    whole::write(&arguments.out.join(format!("sheet{suffix}.png")), &png(&sheet(&tiles, side))?)
}

/// A page with all pictures and what they show.
fn page(arguments: &Arguments, opened: &Opened, looks: &[Look]) -> String {
    let session = Session::new(opened.catalog.clone());
    let tone = Tone { language: arguments.product.language.clone(), currency: None };
    let name = escaped(opened.catalog.product().name.in_language(&tone.language));
    let mut out = format!(
        "<!doctype html><meta charset=\"utf-8\"><title>{name}</title>\
         <style>body{{font:14px system-ui;margin:24px;display:grid;gap:16px;grid-template-columns:repeat(auto-fill,minmax(220px,1fr))}}\
         h1{{grid-column:1/-1}}figure{{margin:0}}img{{width:100%;height:auto}}code{{word-break:break-all}}</style><h1>{name}</h1>\n"
    );
    for look in looks {
        let names = arguments.names(look);
        let choices = opened.catalog.product().groups.iter().filter_map(|(at, group)| {
            let answer = session.answer_name(at, look.configuration.value(at)?, &tone);
            Some(format!("{}: {answer}", group.name.in_language(&tone.language)))
        });
        let choices = escaped(&choices.collect::<Vec<_>>().join(" · "));
        let code = escaped(look.codes.first().map_or("", String::as_str));
        let more =
            if look.codes.len() > 1 { format!(" and {} codes more", look.codes.len() - 1) } else { String::new() };
        let first = names.first().map_or("", String::as_str);
        let _ = writeln!(
            out,
            "<figure><img loading=\"lazy\" src=\"{first}\" alt=\"{choices}\"><figcaption><code>{code}</code>{more}<br>{choices}</figcaption></figure>"
        );
    }
    out
}

pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Says which pictures differ from others of their names, and puts both beside each other.
fn compare(arguments: &Arguments, before: &Path, looks: &[Look]) -> Result<Done, String> {
    let (mut changed, mut new) = (0, 0);
    for name in looks.iter().flat_map(|look| arguments.names(look)) {
        let old = before.join(&name);
        if !old.is_file() {
            println!("{name}: new");
            new += 1;
            continue;
        }
        let (old, now) = (read_picture(&old)?, read_picture(&arguments.out.join(&name))?);
        let said = match difference(&old, &now) {
            Some((mean, _)) if mean < arguments.threshold => continue,
            Some((mean, share)) => format!("ΔE {mean:.2} in the mean, {:.1} % of it seen to differ", share * 100.0),
            None => "another size".to_owned(),
        };
        println!("{name}: {said}");
        whole::write(&arguments.out.join("changed").join(&name), &png(&beside(&old, &now))?)?;
        changed += 1;
    }
    if changed > 0 {
        println!("{changed} changed: {}", arguments.out.join("changed").display());
    }
    println!("{changed} changed, {new} new");
    Ok(if changed + new == 0 { Done::Well } else { Done::Faulty })
}
