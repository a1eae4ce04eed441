//! What can be bought: the product file, what it means, and what a customer made of it.
//!
//! [`Catalog::from_json`] reads a `product.json` ([`file::Product`]) into a checked [`Catalog`], whose rules are compiled
//! once ([`crate::logic`]). A [`Configuration`] is always complete. Nothing here knows a scene, a browser or a clock.

mod catalog;
mod configuration;
pub mod file;
mod read;
mod text;

pub use catalog::{Catalog, Count, Explanation, Extreme, Item, ItemId, Reason, Repair, State};
pub use configuration::{Change, Configuration, Value};
pub use text::Text;
