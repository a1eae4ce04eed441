//! The upgrade on a picture of what is owned: rendered pictures of known camera, aligned, and drawn into.
#![cfg(all(feature = "render", feature = "product", not(target_arch = "wasm32")))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

#[allow(dead_code, reason = "shared with tests/viewer.rs")]
#[path = "viewer/model.rs"]
mod model;
#[allow(dead_code, reason = "shared with tests/viewer.rs")]
#[path = "viewer/shell.rs"]
mod shell;
#[allow(dead_code, reason = "shared with tests/picture.rs")]
#[path = "picture/studio.rs"]
mod studio;

#[path = "photo/drawn.rs"]
mod drawn;
#[path = "photo/laid.rs"]
mod laid;
