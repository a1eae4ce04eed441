//! The machine behind the element, driven as a page would: loading, looking, choosing, playing, resting.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]
#![allow(clippy::excessive_precision, reason = "numbers as they were measured")]

#[path = "corpus/folder.rs"]
mod folder;
#[path = "viewer/model.rs"]
mod model;
#[path = "viewer/shell.rs"]
mod shell;

#[path = "viewer/authored.rs"]
mod authored;
#[path = "viewer/camera.rs"]
mod camera;
#[path = "viewer/choices.rs"]
mod choices;
#[cfg(feature = "product")]
#[path = "viewer/compare.rs"]
mod compare;
#[cfg(feature = "product")]
#[path = "viewer/demand.rs"]
mod demand;
#[path = "viewer/loading.rs"]
mod loading;
#[path = "viewer/peer.rs"]
mod peer;
#[cfg(feature = "product")]
#[path = "viewer/product.rs"]
mod product;
#[path = "viewer/resting.rs"]
mod resting;
#[cfg(feature = "xr")]
#[path = "viewer/room.rs"]
mod room;
#[cfg(feature = "xr")]
#[path = "viewer/room_owned.rs"]
mod room_owned;
#[cfg(feature = "product")]
#[path = "viewer/space.rs"]
mod space;
