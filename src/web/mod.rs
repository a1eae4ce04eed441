//! The browser's side: the custom element's counterpart in Rust.
//!
//! JavaScript relays what happens on a page to a [`Viewer`]; the machine's orders go back through the [`Host`] that
//! JavaScript gave, one at a time. A page's handlers run inside such an order and may call any method again: nothing
//! here holds a borrow while JavaScript runs.
//!
//! Invariant: no decisions. What an attribute, key or answer means is the machine's business.

mod effects;
#[cfg(feature = "product")]
mod export;
mod host;
mod lift;
mod math;
#[cfg(feature = "product")]
mod part;
#[cfg(feature = "product")]
mod photo;
#[cfg(feature = "product")]
mod print;
#[cfg(feature = "product")]
mod product;
mod reading;
#[cfg(feature = "product")]
mod space;
mod stage;
mod surface;
#[cfg(feature = "product")]
mod trial;
mod viewer;
#[cfg(all(feature = "xr", feature = "webgl"))]
mod xr;

pub use host::Host;
pub use stage::Stage;
pub use viewer::Viewer;
