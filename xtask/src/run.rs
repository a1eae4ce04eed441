//! Runs other programs.

use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

/// Whether a program can be started at all.
pub(crate) fn exists(program: &str) -> bool {
    let quiet = Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    quiet.is_ok()
}

/// A program in the repository's root.
pub(crate) fn program(name: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(crate::tree::root());
    command
}

/// The cargo that called this tool.
pub(crate) fn cargo() -> Command {
    program(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Node with a script of a package in `node_modules`.
pub(crate) fn node(script: &str) -> Command {
    let mut command = program("node");
    command.arg(Path::new("node_modules").join(script));
    command
}

/// Runs to the end; an exit code other than 0 is an error.
pub(crate) fn done(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot start {}", shown(command)))?;
    if !status.success() {
        bail!("{} ended with {status}", shown(command));
    }
    Ok(())
}

/// Feeds `input` and gives back what the program printed.
pub(crate) fn filter(command: &mut Command, input: &[u8]) -> Result<Vec<u8>> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().with_context(|| format!("cannot start {}", shown(command)))?;
    let mut stdin = child.stdin.take().context("no pipe to the child")?;
    let input = input.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output()?;
    // A program that fails early stops reading: its own message says more than the broken pipe.
    drop(writer.join());
    if !output.status.success() {
        bail!("{} ended with {}", shown(command), output.status);
    }
    Ok(output.stdout)
}

/// What a program printed on both streams, in its order, and whether it succeeded.
pub(crate) struct Said {
    /// Every line.
    pub(crate) lines: Vec<String>,
    /// Exit code 0.
    pub(crate) ok: bool,
}

/// Runs and shows everything as it comes, while keeping it for the counts.
pub(crate) fn overhear(command: &mut Command) -> Result<Said> {
    println!("$ {}", shown(command));
    let (reader, writer) = std::io::pipe()?;
    command.stdout(writer.try_clone()?).stderr(writer).stdin(Stdio::null());
    let mut child = command.spawn().with_context(|| format!("cannot start {}", shown(command)))?;
    // The command holds our ends of the pipe: without this the reader never meets its end.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut lines = Vec::new();
    for line in BufReader::new(reader).split(b'\n') {
        let line = String::from_utf8_lossy(&line?).trim_end().to_owned();
        println!("{line}");
        lines.push(line);
    }
    Ok(Said { lines, ok: child.wait()?.success() })
}

/// A command as one would type it.
fn shown(command: &Command) -> String {
    let mut words =
        vec![Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|word| word.to_string_lossy().into_owned()));
    words.join(" ")
}
