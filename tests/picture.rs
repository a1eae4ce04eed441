//! What is drawn, pixel by pixel. Needs an adapter: without one the tests say so and pass, unless `REQUIRE_GPU=1`.
#![cfg(all(feature = "render", not(target_arch = "wasm32")))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

#[path = "picture/alpha.rs"]
mod alpha;
#[path = "picture/antialias.rs"]
mod antialias;
#[path = "picture/compare.rs"]
mod compare;
#[path = "picture/corpus.rs"]
mod corpus;
#[path = "picture/coverage.rs"]
mod coverage;
#[path = "picture/deform.rs"]
mod deform;
#[path = "picture/fidelity.rs"]
mod fidelity;
#[path = "corpus/folder.rs"]
mod folder;
#[path = "picture/geometry.rs"]
mod geometry;
#[path = "picture/layered.rs"]
mod layered;
#[path = "picture/lit.rs"]
mod lit;
#[cfg(feature = "product")]
#[path = "picture/part.rs"]
mod part;
#[path = "picture/resources.rs"]
mod resources;
#[cfg(feature = "product")]
#[path = "picture/roles.rs"]
mod roles;
#[path = "picture/shadow.rs"]
mod shadow;
#[path = "picture/studio.rs"]
mod studio;
#[path = "picture/surroundings.rs"]
mod surroundings;
#[path = "picture/texture.rs"]
mod texture;
