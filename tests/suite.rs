//! Tests of The Compute Loop as a whole.
