//! What leaves for a 3D printer: examined, repaired, measured, cut, written, and read again by others.

#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

#[path = "corpus/folder.rs"]
mod folder;
#[path = "viewer/model.rs"]
#[allow(dead_code, reason = "the viewer's tests use more of it")]
mod model;
#[path = "viewer/shell.rs"]
#[allow(dead_code, reason = "the viewer's tests use more of it")]
mod shell;
#[path = "export/samples.rs"]
#[allow(dead_code, reason = "the tests of other files use more of it")]
mod standing;

#[path = "print/crossing.rs"]
mod crossing;
#[path = "print/faults.rs"]
mod faults;
#[path = "print/files.rs"]
mod files;
#[path = "print/intersection.rs"]
mod intersection;
#[path = "print/judge.rs"]
mod judge;
#[path = "print/layers.rs"]
mod layers;
#[path = "print/manifold.rs"]
mod manifold;
#[path = "print/pace.rs"]
mod pace;
#[path = "print/placing.rs"]
mod placing;
#[path = "print/relief.rs"]
mod relief;
#[path = "print/samples.rs"]
mod samples;
#[path = "print/seen.rs"]
mod seen;
#[path = "print/shapes.rs"]
mod shapes;
#[path = "print/thickness.rs"]
mod thickness;
