//! Anprobe.
