//! Tests of The Compute Loop as a whole, and what they are written with.
//!
//! `suite.rs` tests the models natively. `browser.rs` tests the built page in
//! real browsers through the [`harness`], and `examples/screenshots.rs` photographs
//! it for the eye.

pub mod harness;
