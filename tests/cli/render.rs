//! `anprobe render`: pictures that do not depend on what was drawn before. Needs an adapter: without one the tests say so and
//! pass, unless `REQUIRE_GPU=1`.

use std::collections::BTreeMap;

use crate::desk::Desk;

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
    render(&desk, &["--config", name.trim_end_matches(".png"), "--out", "alone"], 0);
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
