//! Makes the page live.

// The standard library's way into a program brings along what a page has not: arguments,
// and an output to be emptied at the end.
#![no_main]

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(start)]
fn start() {
    compute_loop::mount();
}
