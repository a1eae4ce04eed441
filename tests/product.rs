//! What the product file and its engine promise, from outside.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says so by failing")]
#![cfg(feature = "product")]

#[path = "product/hostile.rs"]
mod hostile;
#[path = "product/lamp.rs"]
mod lamp;
#[path = "product/large.rs"]
mod large;
#[path = "product/schema.rs"]
mod schema;
