//! What leaves for a 3D printer: examined, repaired, measured, cut, written, and read again by others.

#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

#[path = "print/faults.rs"]
mod faults;
#[path = "print/layers.rs"]
mod layers;
#[path = "print/pace.rs"]
mod pace;
#[path = "print/placing.rs"]
mod placing;
#[path = "print/shapes.rs"]
mod shapes;
#[path = "print/thickness.rs"]
mod thickness;
#[path = "print/files.rs"]
mod files;
