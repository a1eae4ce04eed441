//! Builds, serves, tests and measures Anprobe.
fn main() {}
