//! Text of HTML attributes to typed values, in model-viewer's syntax, and the table of all attributes.
//!
//! What a text means may depend on the product (105 % of the ideal distance), so readers take their defaults as
//! arguments. Nothing here fails for good: a reader says what is wrong and the default stands in.

mod expression;
mod plain;
mod style;
mod table;
#[cfg(test)]
mod tests;

pub use expression::{Quantity, Unit};
pub use plain::{read_number, read_orientation, read_scale, read_word};
pub use style::{Basis, follows_scroll, read_list};
#[cfg(feature = "xr")]
pub use table::{AR_PLACEMENT, AR_SCALE};
pub use table::{ATTRIBUTES, Attribute, Kind, LOADING, REVEAL, TONE_MAPPING, TOUCH_ACTION};
