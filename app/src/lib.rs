//! The Compute Loop: its prose, its charts and its page.
//!
//! Without the feature `page` the crate knows no browser: what the charts show and how
//! they are drawn can be tested natively.

pub mod charts;
pub mod palette;
