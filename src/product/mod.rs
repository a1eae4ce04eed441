//! What can be bought: the product file, what it means, and what a customer made of it.
//!
//! [`Catalog::from_json`] reads a `product.json` ([`file::Product`]) into a checked [`Catalog`], whose rules are compiled
//! once ([`crate::logic`]). A [`Configuration`] is always complete; [`Session`] holds one with its history and answers
//! all that a shop's page asks. Nothing here knows a scene, a browser or a clock.

pub mod file;
mod read;
mod text;

pub use text::Text;
