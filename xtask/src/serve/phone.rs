//! A page on a phone in the same network. Browsers open the camera only for secure pages, so that there is a door with a
//! certificate of this machine's own: the designer's command has it.

use crate::tree;
use anyhow::{Context, Result, ensure};
use std::process::{Child, Command, Stdio};

/// Opens it in front of `to`; it closes with this process.
pub(super) fn open(port: u16, to: u16) -> Result<Child> {
    let cargo = |task: &str| {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.current_dir(tree::root()).args([task, "--quiet", "--no-default-features", "--features", "cli"]);
        command.args(["--bin", "anprobe"]);
        command
    };
    let built = cargo("build").status().context("cargo is not there")?;
    ensure!(built.success(), "the designer's command was not built");
    let mut door = cargo("run")
        .args(["--", "door", "--port", &port.to_string(), "--to", &to.to_string()])
        .stdin(Stdio::piped())
        .spawn()
        .context("the door did not start")?;
    std::thread::sleep(std::time::Duration::from_millis(1500));
    ensure!(door.try_wait()?.is_none(), "port {port} is taken, or this machine is in no network");
    Ok(door)
}
