//! Tests of The Compute Loop as a whole, and what they are written with.
//!
//! `model.rs` and `figures.rs` test the models natively, as targets of `core`; `suite.rs`
//! tests what else can be tested so. `browser.rs` tests the built page in real browsers
//! through the [`harness`], and `examples/screenshots.rs` photographs it for the eye.

pub mod harness;
