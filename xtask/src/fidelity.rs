//! `cargo xtask fidelity`: how close our picture is to the Khronos viewer's, and whether model-viewer's is closer.

use crate::{build, run, tools};
use anyhow::Result;

/// Builds and hands over to the script that draws and compares.
pub(crate) fn run(args: &[String]) -> Result<()> {
    tools::need_node()?;
    tools::chromium()?;
    build::build(false)?;
    run::done(run::program("node").arg("tests/fidelity/run.mjs").args(args))
}
