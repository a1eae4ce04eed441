//! Where real models lie: the one place that looks for them, for every test.

use std::io::Write;
use std::path::{Path, PathBuf};

/// A file or folder of the corpus. It is the folder `ANPROBE_CORPUS`, else `corpus` or `shared/corpus` beside this
/// checkout. Without it a test says that it is skipped, past the harness, which keeps what passing tests print to itself;
/// with `REQUIRE_CORPUS=1` it fails.
pub(crate) fn find(test: &str, path: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let named = std::env::var_os("ANPROBE_CORPUS").map(PathBuf::from);
    let folders = named.map_or_else(|| vec![beside.join("corpus"), beside.join("shared/corpus")], |named| vec![named]);
    let found = folders.into_iter().map(|folder| folder.join(path)).find(|found| found.exists());
    if found.is_none() {
        let said = format!("SKIPPED {test}: no corpus with {path:?}; set ANPROBE_CORPUS to its folder\n");
        assert!(std::env::var_os("REQUIRE_CORPUS").is_none_or(|wanted| wanted != "1"), "{said}");
        let _ = std::io::stderr().write_all(said.as_bytes());
    }
    found
}
