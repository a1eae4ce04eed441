//! What leaves for other programs: files of the product as it is shown, and addresses that open it elsewhere.
//!
//! [`flatten()`] makes plain triangles of a look; the writers ([`usdz`], and [`crate::print`]'s) take them from there. [`glb`]
//! keeps the models' own structure. The core decodes no picture: a writer says which it needs, and takes them encoded.

mod flatten;
pub mod glb;
pub(crate) mod number;
pub mod quick_look;
pub mod scene_viewer;
pub mod usdz;
mod zip;

pub(crate) use flatten::is_clear;
pub use flatten::{Part, flatten};
pub use zip::{Archive, Sum};

/// With everything escaped that is not unreserved (RFC 3986 §2.3).
fn percent_encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for half in [byte >> 4, byte & 15] {
                out.push(char::from(if half < 10 { b'0' + half } else { b'A' - 10 + half }));
            }
        }
    }
    out
}
