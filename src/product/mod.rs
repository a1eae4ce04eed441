//! What can be bought: the product file, what it means, and what a customer made of it.
//!
//! [`Catalog::from_json`] reads a `product.json` ([`file::Product`]) into a checked [`Catalog`], whose rules are compiled
//! once ([`crate::logic`]). A [`Configuration`] is always complete; [`Session`] holds one
//! with its history and answers all that a shop's page asks. Nothing here knows a scene, a browser or a clock.

mod artwork;
mod catalog;
mod code;
mod configuration;
pub mod file;
mod hint;
mod look;
mod offer;
mod print;
mod quote;
mod read;
mod session;
mod text;
mod upgrade;
pub mod view;

pub use artwork::{Artwork, FONTS, Font, Motif, Placement, Words};
pub use catalog::{All, Catalog, Count, Explanation, Extreme, Item, ItemId, Reason, Repair, Span, State};
pub use code::{Answer, BadCode, Decoded, Entry, encoded, entries};
pub(crate) use configuration::color;
pub use configuration::{Change, Configuration, Value};
pub use hint::{Ground, Hint};
pub use look::{PartLook, Setting, Wish};
pub use offer::{Currency, Offer, Offers};
pub use print::{Layer, Print};
pub use quote::{Line, LineKind, Part, Quote};
pub use session::{Outcome, Session, Suggestion};
pub use text::Text;
pub use upgrade::{FactChange, Way};
