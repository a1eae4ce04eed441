//! A folder of one's own, and the command in it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// The name of a code's file.
pub(crate) fn named(code: &str, ending: &str) -> String {
    format!("{}{ending}", anprobe::export::scene_viewer::file_name(code))
}

/// A folder for one test, with a sample product.
pub(crate) struct Desk(pub(crate) PathBuf);

impl Desk {
    pub(crate) fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli").join(name);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    /// Copies files of the samples.
    pub(crate) fn with(self, files: &[&str]) -> Self {
        for file in files {
            std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("assets").join(file), self.0.join(file)).unwrap();
        }
        self
    }

    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.0.join(file)
    }

    pub(crate) fn text(&self, file: &str) -> String {
        std::fs::read_to_string(self.path(file)).unwrap()
    }

    pub(crate) fn json(&self, file: &str) -> Value {
        serde_json::from_str(&self.text(file)).unwrap()
    }

    /// Replaces a part of a text file, which must be there.
    pub(crate) fn edit(&self, file: &str, from: &str, to: &str) {
        let text = self.text(file);
        assert!(text.contains(from), "{from}");
        std::fs::write(self.path(file), text.replacen(from, to, 1)).unwrap();
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_anprobe"));
        command.args(arguments).current_dir(&self.0).env("NO_COLOR", "1").output().unwrap()
    }

    /// Runs it and expects this exit code; what it wrote.
    pub(crate) fn says(&self, arguments: &[&str], code: i32) -> String {
        let output = self.run(arguments);
        let [out, err] = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        assert_eq!(output.status.code(), Some(code), "{arguments:?}\n{out}\n{err}");
        if code == 2 || out.is_empty() { err } else { out }
    }

    /// The same as JSON.
    pub(crate) fn tells(&self, arguments: &[&str], code: i32) -> Value {
        serde_json::from_str(&self.says(arguments, code)).unwrap()
    }

    /// The files of a folder with this ending, sorted.
    pub(crate) fn files(&self, folder: &str, ending: &str) -> Vec<String> {
        let all = std::fs::read_dir(self.path(folder)).unwrap();
        let names = all.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<_> = names.filter(|name| name.ends_with(ending)).collect();
        names.sort();
        names
    }
}
