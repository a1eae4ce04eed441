//! The browser's side: the custom element's counterpart in Rust.
