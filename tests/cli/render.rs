//! `anprobe render`: pictures that do not depend on what was drawn before. Needs an adapter: without one the tests say so and
//! pass, unless `REQUIRE_GPU=1`.

use std::collections::BTreeMap;

use crate::desk::{Desk, named};

const SMALL: [&str; 6] = ["--size", "96", "--background", "white", "--set", "shadow-intensity=1"];

/// Runs it; false without an adapter.
fn render(desk: &Desk, arguments: &[&str], code: i32) -> Option<String> {
    let arguments: Vec<&str> =
        ["render", "lamp.json"].into_iter().chain(arguments.iter().copied()).chain(SMALL).collect();
    let output = desk.run(&arguments);
    let [out, err] = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    if err.contains("nothing to draw with") {
        assert!(std::env::var_os("REQUIRE_GPU").is_none(), "REQUIRE_GPU is set, but: {err}");
        eprintln!("SKIPPED a test of pictures: {err}");
        return None;
    }
    assert_eq!(output.status.code(), Some(code), "{arguments:?}\n{out}\n{err}");
    Some(out)
}

fn pictures(desk: &Desk, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let files = desk.files(folder, ".png").into_iter().filter(|name| !name.starts_with("sheet"));
    files.map(|file| (file.clone(), std::fs::read(desk.path(folder).join(file)).unwrap())).collect()
}

#[test]
fn shards_join_to_the_whole_and_stopped_work_goes_on() {
    let desk = Desk::new("render").with(&["lamp.json", "lamp.glb"]);
    let Some(_) = render(&desk, &["--pairwise", "--groups", "shade,light,base", "--out", "whole"], 0) else { return };
    let whole = pictures(&desk, "whole");
    assert!(whole.len() >= 4, "{}", whole.len());
    for shard in ["1/3", "2/3", "3/3"] {
        render(&desk, &["--pairwise", "--groups", "shade,light,base", "--out", "joined", "--shard", shard], 0);
    }
    assert!(whole == pictures(&desk, "joined"), "shards differ from the whole");
    // One by itself is the same picture, too: nothing of what was drawn before it is in it.
    let (name, last) = whole.iter().next_back().unwrap();
    let manifest = desk.json("whole/manifest.json");
    let shown = manifest["pictures"].as_array().unwrap().iter().find(|shown| shown["files"][0] == **name).unwrap();
    render(&desk, &["--config", shown["codes"][0].as_str().unwrap(), "--out", "alone"], 0);
    assert!(pictures(&desk, "alone").get(name) == Some(last), "{name} depends on what was drawn before");
    // What is lost is made again, and only that.
    std::fs::remove_file(desk.path("joined").join(name)).unwrap();
    let said = render(&desk, &["--pairwise", "--groups", "shade,light,base", "--out", "joined"], 0).unwrap();
    assert!(said.contains("1 pictures in"), "{said}");
    assert!(whole == pictures(&desk, "joined"));
    let manifest = desk.json("joined/manifest.json");
    assert_eq!(manifest["pictures"].as_array().unwrap().len(), whole.len());
    assert!(desk.text("joined/index.html").contains(name.as_str()));
    let sheet = image::open(desk.path("joined/sheet.png")).unwrap().to_rgb8();
    assert!(sheet.pixels().any(|pixel| pixel.0[0] < 200));
}

#[test]
fn what_changed_is_shown_and_what_did_not_is_not() {
    let desk = Desk::new("compare").with(&["lamp.json", "lamp.glb"]);
    let Some(_) = render(&desk, &["--all", "--groups", "finish", "--out", "old"], 0) else { return };
    render(&desk, &["--all", "--groups", "finish", "--out", "same", "--compare", "old"], 0);
    desk.edit("lamp.json", r#""variant": "Silver""#, r#""variant": "Sage""#);
    let said = render(&desk, &["--all", "--groups", "finish", "--out", "new", "--compare", "old"], 1).unwrap();
    assert!(said.contains("\n1 changed, 0 new"), "{said}");
    assert_eq!(desk.files("new/changed", ".png").len(), 1);
}

#[test]
fn a_turntable_turns_and_transparent_pictures_are() {
    let desk = Desk::new("turntable").with(&["lamp.json", "lamp.glb"]);
    let arguments = ["render", "lamp.json", "--size", "64x48", "--turntable", "4", "--out", "turn"];
    let output = desk.run(&arguments);
    if String::from_utf8_lossy(&output.stderr).contains("nothing to draw with") {
        return;
    }
    let turned = pictures(&desk, "turn");
    assert_eq!(turned.len(), 4);
    let decoded: Vec<_> = turned.values().map(|bytes| image::load_from_memory(bytes).unwrap().to_rgba8()).collect();
    assert!(decoded.iter().all(|picture| picture.dimensions() == (64, 48)));
    assert!(decoded.windows(2).all(|pair| pair[0] != pair[1]));
    let alpha = |picture: &image::RgbaImage| picture.pixels().filter(|pixel| pixel.0[3] == 0).count();
    assert!(decoded.iter().all(|picture| (500..3_000).contains(&alpha(picture))), "{}", alpha(&decoded[0]));
}

#[test]
fn customers_words_and_pictures_are_drawn_and_what_is_lacking_is_said() {
    let desk = Desk::new("words").with(&["lamp.json", "lamp.glb", "case.json", "case-61.glb", "case-67.glb"]);
    let code = |product: &str, answer: &str| {
        desk.tells(&["code", product, answer, "--format", "json"], 0)["code"].as_str().unwrap().to_owned()
    };
    let [none, said] = [code("lamp.json", "clip=none"), code("lamp.json", r#"engraving={"text":"Mia","font":"Lora"}"#)];
    let near = ["--set", "camera-orbit=0deg 60deg 0.35m", "--set", "camera-target=0m 0.02m 0m"];
    let draw = |code: &str, out: &str| {
        let config = format!("--config={code}");
        let arguments: Vec<&str> = [config.as_str(), "--out", out].into_iter().chain(near).collect();
        render(&desk, &arguments, 0)
    };
    let Some(quiet) = draw(&said, "words") else { return };
    assert!(!quiet.contains("RENDER_WORDS"), "{quiet}");
    draw(&none, "plain");
    let [with, without] = [("words", &said), ("plain", &none)]
        .map(|(folder, code)| image::open(desk.path(folder).join(named(code, ".png"))).unwrap().to_rgb8());
    let apart = with.pixels().zip(without.pixels()).filter(|(one, other)| one != other).count();
    assert!(apart > 30, "the engraving is seen: {apart}");
    // A font and a picture that are not here are said, with the folder that would have them; nothing else of it is lost.
    let lost = code("lamp.json", r#"engraving={"text":"Mia","font":"No Such Font"}"#);
    let told = draw(&lost, "lost").unwrap();
    assert!(told.contains("RENDER_WORDS") && told.contains("No Such Font") && told.contains("--fonts"), "{told}");
    let photo = code("case.json", "photo=a1b2c3");
    let run = |more: &[&str]| {
        let config = format!("--config={photo}");
        let arguments = ["render", "case.json", &config, "--size", "64"];
        let output = desk.run(&[&arguments[..], more].concat());
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    assert!(run(&["--out", "lacking"]).contains("a1b2c3"));
    std::fs::create_dir(desk.path("customers")).unwrap();
    image::RgbImage::from_pixel(8, 8, image::Rgb([255, 0, 0])).save(desk.path("customers/a1b2c3.png")).unwrap();
    let told = run(&["--out", "photo", "--pictures", "customers"]);
    assert!(!told.contains("RENDER_WORDS"), "{told}");
    let seen = image::open(desk.path("photo").join(named(&photo, ".png"))).unwrap().to_rgba8();
    let is_red = |pixel: &&image::Rgba<u8>| pixel.0[3] > 0 && u16::from(pixel.0[0]) > 2 * u16::from(pixel.0[1]);
    assert!(seen.pixels().filter(is_red).count() > 100);
}

#[test]
fn a_picture_that_is_not_decoded_is_said_with_its_place_and_remedy() {
    let desk = Desk::new("avif").with(&["lamp.json", "lamp.glb"]);
    let mut model = std::fs::read(desk.path("lamp.glb")).unwrap();
    let picture = model.windows(8).position(|bytes| bytes == b"\x89PNG\r\n\x1a\n").expect("a picture");
    model[picture..picture + 16].copy_from_slice(b"\0\0\0\x1cftypavif\0\0\0\0");
    std::fs::write(desk.path("lamp.glb"), model).unwrap();
    let report = desk.tells(&["check", "lamp.json", "--format", "json"], 1);
    let issues = report["issues"].as_array().unwrap();
    let found = issues.iter().find(|issue| issue["code"] == "GLTF_IMAGE").unwrap_or_else(|| panic!("{report:#}"));
    assert!(found["path"].as_str().unwrap().starts_with("/images/") && found["file"] == "lamp.glb");
    assert!(found["remedy"].as_str().unwrap().contains("PNG"));
    if let Some(said) = render(&desk, &["--out", "out"], 0) {
        assert!(said.contains("GLTF_IMAGE") && said.contains("/images/") && said.contains("PNG"), "{said}");
    }
}

#[cfg(unix)]
#[test]
fn whoever_stops_it_finds_whole_files_and_it_goes_on() {
    let desk = Desk::new("stopped").with(&["lamp.json", "lamp.glb"]);
    let run = |arguments: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_anprobe"));
        let command = command.args(arguments).current_dir(&desk.0).stdout(std::process::Stdio::null());
        command.stderr(std::process::Stdio::piped()).spawn().unwrap()
    };
    let there = |folder: &str, ending: &str| {
        std::fs::read_dir(desk.path(folder)).map_or(0, |files| {
            files.flatten().filter(|file| file.file_name().to_string_lossy().ends_with(ending)).count()
        })
    };
    for (folder, ending, arguments) in [
        ("pictures", ".png", ["render", "lamp.json", "--all", "--size", "400", "--out", "pictures"]),
        ("baked", ".glb", ["bake", "lamp.json", "--all", "--kinds", "glb", "--out", "baked"]),
    ] {
        let mut child = run(&arguments);
        for _ in 0..6_000 {
            if there(folder, ending) >= 3 || child.try_wait().unwrap().is_some() {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        let id = child.id().to_string();
        std::process::Command::new("kill").args(["-INT", &id]).status().unwrap();
        let done = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        if said.contains("nothing to draw with") {
            continue;
        }
        assert!(!done.status.success() && said.contains("goes on from here"), "{said}");
        // Whatever is still at work of it ends, too.
        std::thread::sleep(std::time::Duration::from_millis(300));
        assert!(there(folder, ".part") == 0 && there(folder, "manifest.json") == 0);
        for file in desk.files(folder, ending) {
            let bytes = std::fs::read(desk.path(folder).join(&file)).unwrap();
            match ending {
                ".png" => drop(image::load_from_memory(&bytes).unwrap_or_else(|why| panic!("{file}: {why}"))),
                _ => drop(anprobe::import::import(bytes).unwrap_or_else(|why| panic!("{file}: {why:?}"))),
            }
        }
        // No bar where nobody watches.
        assert!(!said.contains('['), "{said}");
    }
}
