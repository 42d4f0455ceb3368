//! The Compute Loop.
