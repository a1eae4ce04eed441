//! What the product file and its engine promise, from outside.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says so by failing")]
#![cfg(feature = "product")]

#[path = "product/ahead.rs"]
mod ahead;
#[path = "product/artwork.rs"]
mod artwork;
#[path = "product/car.rs"]
mod car;
#[path = "product/case.rs"]
mod case;
#[path = "corpus/folder.rs"]
mod folder;
#[path = "product/hostile.rs"]
mod hostile;
#[path = "product/lamp.rs"]
mod lamp;
#[path = "product/large.rs"]
mod large;
#[path = "product/order.rs"]
mod order;
#[path = "product/readme.rs"]
mod readme;
#[path = "product/sample.rs"]
mod sample;
#[path = "product/schema.rs"]
mod schema;
#[path = "product/shirt.rs"]
mod shirt;
#[path = "product/shoe.rs"]
mod shoe;
#[path = "product/span.rs"]
mod span;
#[path = "product/view.rs"]
mod view;
