//! Files and addresses for other programs: archives, USDZ, Quick Look, Scene Viewer.

#![cfg(feature = "product")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

#[path = "corpus/folder.rs"]
mod folder;
#[path = "viewer/model.rs"]
#[allow(dead_code, reason = "the viewer's tests use more of it")]
mod model;
#[path = "viewer/shell.rs"]
#[allow(dead_code, reason = "the viewer's tests use more of it")]
mod shell;

#[path = "export/addresses.rs"]
mod addresses;
#[path = "export/archive.rs"]
mod archive;
#[path = "export/flatten.rs"]
mod flatten;
#[path = "export/glb.rs"]
mod glb;
#[path = "export/judge.rs"]
mod judge;
#[path = "export/samples.rs"]
mod samples;
#[path = "export/usdz.rs"]
mod usdz;
