//! What is said of files, as a compiler says it: place, code, reason, remedy.

use std::fmt::Write as _;
use std::io::IsTerminal;
use std::path::Path;

use anprobe::issue::{Issue, Severity};
use serde_json::{Value, json};

use super::locate::locate;

/// An issue and the file that it is in.
pub(super) struct Remark {
    file: String,
    /// Line and column, in a text.
    place: Option<(usize, usize)>,
    issue: Issue,
}

impl Remark {
    /// Of a file that is a text.
    pub(super) fn in_text(file: &Path, text: &str, issue: Issue) -> Self {
        let place = Some(locate(text, &issue.path));
        Self { file: file.display().to_string(), place, issue }
    }

    /// Of a file that is none.
    pub(super) fn of(file: &Path, issue: Issue) -> Self {
        Self { file: file.display().to_string(), place: None, issue }
    }

    /// The remark of the one who has to correct something.
    pub(super) fn matters(&self, least: Severity) -> bool {
        self.issue.code.severity() >= least
    }

    pub(super) fn to_json(&self) -> Value {
        let Issue { code, path, detail } = &self.issue;
        json!({
            "file": self.file,
            "line": self.place.map(|(line, _)| line),
            "column": self.place.map(|(_, column)| column),
            "severity": severity(code.severity()),
            "code": code.as_str(),
            "path": path,
            "message": code.message(),
            "detail": detail,
            "remedy": code.remedy(),
        })
    }

    /// Two lines for a terminal, without a newline at the end.
    pub(super) fn to_text(&self, colored: bool) -> String {
        let Issue { code, path, detail } = &self.issue;
        let mut out = self.file.clone();
        if let Some((line, column)) = self.place {
            let _ = write!(out, ":{line}:{column}");
        }
        let (start, end) = match (colored, code.severity()) {
            (false, _) => ("", ""),
            (_, Severity::Error) => ("\x1b[1;31m", "\x1b[0m"),
            (_, Severity::Warning) => ("\x1b[1;33m", "\x1b[0m"),
            (_, Severity::Info) => ("\x1b[1;36m", "\x1b[0m"),
        };
        let detail = if detail.is_empty() { String::new() } else { format!(" ({detail})") };
        let path = if path.is_empty() { String::new() } else { format!(" {path}") };
        let word = severity(code.severity());
        let _ = write!(
            out,
            ": {start}{word}[{}]{end}{path}: {}{detail}\n    {}",
            code.as_str(),
            code.message(),
            code.remedy()
        );
        out
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// Whether standard output takes colours (<https://no-color.org>).
pub(super) fn is_colored() -> bool {
    std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// An issue that stops a command.
pub(super) fn fatal(file: &Path, issue: &Issue) -> String {
    Remark::of(file, issue.clone()).to_text(false)
}
