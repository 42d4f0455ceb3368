//! The wasm of `compute_loop::bench`, without the page: see there.

pub use compute_loop::bench::*;

fn main() {}
