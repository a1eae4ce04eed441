//! `cargo xtask bench`: what a frame costs, as ratios.

use crate::{build, run, tools, tree};
use anyhow::{Result, bail};

/// Builds and hands over to the page that measures.
pub(crate) fn run(args: &[String]) -> Result<()> {
    let page = "tests/pages/bench.mjs";
    if !tree::root().join(page).is_file() {
        bail!("there is no {page} yet");
    }
    tools::need_node()?;
    tools::chromium()?;
    build::build(false)?;
    run::done(run::program("node").arg(page).args(args))
}
