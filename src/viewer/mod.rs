//! The machine behind one element: events in, effects out, a frame on demand.
//!
//! Invariant: pure. No clock, no network, no GPU, no DOM; time, answers and sizes come in as [`Event`]s, and all that
//! must happen outside goes out as [`Effect`]s.

mod effect;
mod event;

pub use effect::{Announcement, Effect, FetchKind, RequestId};
pub use event::{Answer, Command, Event, Key, Modifiers, PointerAct, PointerDevice};
