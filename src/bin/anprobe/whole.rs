//! Files that are whole or not there: whoever ends the command, nobody finds half of one.

use std::path::Path;

/// Writes a file under another name beside its own, and gives it that when it is whole. Folders above are made.
pub(super) fn write(file: &Path, bytes: &[u8]) -> Result<(), String> {
    let said = |error: std::io::Error| format!("{}: {error}", file.display());
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(said)?;
    }
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    // Several commands may write into one folder.
    let part = file.with_file_name(format!(".{name}.{}.part", std::process::id()));
    let written = std::fs::write(&part, bytes).and_then(|()| std::fs::rename(&part, file));
    if written.is_err() {
        let _ = std::fs::remove_file(&part);
    }
    written.map_err(said)
}
