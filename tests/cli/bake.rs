//! `anprobe bake`: files by code; shards join to the whole, and equal contents are stored once.

use std::collections::BTreeMap;

use anprobe::import::import;

use crate::desk::{Desk, named};

fn contents(desk: &Desk, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let files = [".glb", ".usdz"].iter().flat_map(|end| desk.files(folder, end)).collect::<Vec<_>>();
    files.into_iter().map(|file| (file.clone(), std::fs::read(desk.path(folder).join(file)).unwrap())).collect()
}

#[test]
fn shards_join_to_the_whole_and_what_is_there_is_not_made_again() {
    let desk = Desk::new("bake").with(&["lamp.json", "lamp.glb"]);
    let bake = |out: &str, more: &[&str]| {
        let mut arguments = vec![
            "bake",
            "lamp.json",
            "--all",
            "--groups",
            "shade,light",
            "--kinds",
            "glb,usdz",
            "--texture",
            "256",
            "--out",
            out,
        ];
        arguments.extend(more);
        desk.says(&arguments, 0)
    };
    assert!(bake("whole", &[]).contains("5 codes"));
    bake("joined", &["--shard", "1/2"]);
    bake("joined", &["--shard", "2/2"]);
    let whole = contents(&desk, "whole");
    assert_eq!(whole.len(), 10);
    assert!(whole == contents(&desk, "joined"), "shards differ from the whole");
    // Now all is there: the manifest is written, and nothing else is made.
    assert!(bake("joined", &[]).contains("0 looks made"));
    assert_eq!(desk.json("whole/manifest.json"), desk.json("joined/manifest.json"));
    for (name, bytes) in whole.iter().filter(|(name, _)| name.ends_with(".glb")) {
        let (scene, issues) = import(bytes.clone()).unwrap();
        assert!(issues.is_empty(), "{name}: {issues:?}");
        assert!(scene.images.iter().all(|(_, image)| match &image.source {
            anprobe::scene::ImageSource::Encoded { bytes, .. } =>
                image::load_from_memory(bytes).unwrap().width() <= 256,
            anprobe::scene::ImageSource::External { .. } => false,
        }));
    }
    // What is made of other settings is not mixed with it.
    let other = desk.says(&["bake", "lamp.json", "--kinds", "glb", "--texture", "128", "--out", "whole"], 1);
    assert!(other.contains("--force"), "{other}");
    assert!(desk.files("whole", ".part").is_empty());
}

#[test]
fn codes_that_look_equal_share_one_content() {
    let desk = Desk::new("equal").with(&["car.json", "car.glb"]);
    // A larger battery is not seen.
    let said = desk.says(&["bake", "car.json", "--all", "--groups", "battery", "--kinds", "glb", "--out", "out"], 0);
    assert!(said.contains("2 codes, 1 looks, 1 contents"), "{said}");
    let manifest = desk.json("out/manifest.json");
    let files = manifest["files"].as_object().unwrap();
    let contents: std::collections::BTreeSet<_> =
        files.values().map(|made| made["glb"]["content"].as_str().unwrap()).collect();
    assert_eq!((files.len(), contents.len()), (2, 1));
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let inode = |name: &String| std::fs::metadata(desk.path("out").join(name)).unwrap().ino();
        let inodes: std::collections::BTreeSet<_> = desk.files("out", ".glb").iter().map(inode).collect();
        assert_eq!(inodes.len(), 1, "equal contents are stored once");
    }
}

#[test]
fn print_files_are_stored_once_and_what_is_sold_apart_stays_out() {
    let desk = Desk::new("prints").with(&["lamp.json", "lamp.glb"]);
    let bake = |out: &str, more: &[&str], code: i32| {
        let fixed = ["bake", "lamp.json", "--all", "--groups", "shade,clip,finish", "--out", out];
        desk.says(&[&fixed[..], more].concat(), code)
    };
    let said = bake("out", &["--kinds", "3mf,stl"], 0);
    let manifest = desk.json("out/manifest.json");
    let files = manifest["files"].as_object().unwrap();
    let printed: Vec<_> = files.iter().filter(|(_, made)| made["prints"].is_object()).collect();
    assert!(printed.len() >= 2 && printed.len() < files.len(), "{said}");
    let contents = printed.iter().map(|(_, made)| made["prints"]["clip"]["stl"]["content"].as_str().unwrap());
    assert_eq!(contents.collect::<std::collections::BTreeSet<_>>().len(), 1, "{manifest:#}");
    let (code, made) = printed[0];
    let file = made["prints"]["clip"]["stl"]["file"].as_str().unwrap();
    assert_eq!(file, named(code, ".clip_mm.stl"));
    let bytes = std::fs::read(desk.path("out").join(file)).unwrap();
    assert_eq!(bytes.len(), 84 + 50 * u32::from_le_bytes(bytes[80..84].try_into().unwrap()) as usize);
    let package = std::fs::read(desk.path("out").join(named(code, ".clip.3mf"))).unwrap();
    assert!(package.starts_with(b"PK"));
    // The shade has a file of its own, which is sold.
    assert!(said.contains("sold apart: Ribbed shade"), "{said}");
    assert!(desk.files("out", ".stl").iter().all(|name| !name.contains("shade")));
    let lacks = bake("paid", &["--kinds", "stl", "--paid"], 1);
    assert!(lacks.contains("lamp-shade.glb"), "{lacks}");
    let desk = desk.with(&["lamp-shade.glb"]);
    let all = ["bake", "lamp.json", "--all", "--groups", "shade", "--kinds", "stl", "--paid", "--out", "paid"];
    desk.says(&all, 0);
    assert_eq!(desk.files("paid", ".shade_mm.stl").len(), 1);
}

#[test]
fn codes_that_differ_by_case_alone_have_files_that_do_not() {
    // Of all codes of the case some pairs differ only by letter case; their files must not, on any disk.
    let desk = Desk::new("case").with(&["case.json"]);
    let listed = desk.says(&["list", "case.json", "--all"], 0);
    let codes: Vec<&str> = listed.lines().filter_map(|line| line.split_once('\t')).map(|(code, _)| code).collect();
    let distinct = |names: &mut dyn Iterator<Item = String>| names.collect::<std::collections::BTreeSet<_>>().len();
    assert_eq!(distinct(&mut codes.iter().map(|code| named(code, ".glb").to_lowercase())), codes.len());
}
