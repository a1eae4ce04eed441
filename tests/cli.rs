//! The designer's command, as a shell runs it.

#![cfg(all(feature = "cli", not(target_arch = "wasm32")))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

#[path = "cli/bake.rs"]
mod bake;
#[path = "cli/check.rs"]
mod check;
#[path = "cli/desk.rs"]
mod desk;
#[path = "cli/new.rs"]
mod new;
#[path = "cli/order.rs"]
mod order;
#[cfg(feature = "render")]
#[path = "cli/render.rs"]
mod render;
#[path = "cli/serve.rs"]
mod serve;
