//! The brush: a [`Frame`](crate::frame::Frame) and a target in, pixels out.
