//! Broken and odd files: each gives a scene with issues or a typed error.

use crate::{fixture, sound};

#[test]
fn every_hostile_file_gives_a_scene_or_a_typed_error() {
    let Some(corpus) = fixture::corpus("hostile") else { return };
    let mut files: Vec<_> =
        std::fs::read_dir(corpus.join("hostile")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() > 50, "the folder is the whole collection");
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        match fixture::open(&file) {
            Ok((scene, issues)) => {
                sound::check(&scene);
                eprintln!("{name:44} {} nodes", scene.nodes.len());
                issues.iter().for_each(|issue| eprintln!("  {} {issue}", issue.code.as_str()));
            }
            Err(error) => eprintln!("{name:44} {} {error}", error.code.as_str()),
        }
    }
}
