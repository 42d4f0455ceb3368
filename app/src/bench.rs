//! Drawing in isolation, for benchmarks alone: the feature `bench`, which no build of the
//! page has. `examples/redraw.rs` is the wasm that exports it.
//!
//! ```sh
//! cargo build --release --locked -p compute-loop --features bench \
//!     --target wasm32-unknown-unknown --example redraw
//! wasm-bindgen --target web --no-typescript --out-dir OUT \
//!     target/wasm32-unknown-unknown/release/examples/redraw.wasm
//! wasm-opt -O3 OUT/redraw_bg.wasm -o OUT/redraw_bg.wasm    # as the page's own
//! ```
//!
//! ```js
//! import init, { Bands, bench_redraw } from "./OUT/redraw.js";
//! await init();
//! const bands = new Bands(canvas, 48, 2, false);  // or 168; pixel ratio; dark
//! bands.redraw(i);                   // one redraw, to be timed by the caller
//! bench_redraw(canvas, 48, 300);     // or 300 in a row: milliseconds of script each
//! ```
//!
//! Chromium queues what a canvas is told and hands it on when the queue is full: of many
//! redraws within one frame some bear the price of the others' painting. A redraw a frame
//! (`requestAnimationFrame`) is what the page does.

use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{HtmlCanvasElement, Performance};

use crate::canvas::Easel;
use crate::charts::sample::Sample;
use crate::charts::{Look, Picture};
use crate::palette::Theme;

/// How many pictures take turns, each a little further than the one before.
const PHASES: usize = 60;

/// The size in CSS pixels of a canvas that has none in the document.
const SIZE: (f64, f64) = (900.0, 450.0);

/// A band chart on a canvas, its pictures at hand.
#[wasm_bindgen]
pub struct Bands {
    canvas: HtmlCanvasElement,
    easel: Easel,
    pictures: Vec<Picture>,
    look: Look,
    ratio: f64,
}

#[wasm_bindgen]
impl Bands {
    /// Two lines and their bands over 48 months; over more, five lines and two bands. As
    /// large as the canvas stands in the document, else 900 by 450 CSS pixels.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(canvas: HtmlCanvasElement, months: usize, ratio: f64, dark: bool) -> Self {
        let sample = if months <= Sample::SHORT.months {
            Sample::SHORT
        } else {
            Sample::LONG
        };
        let pictures = (0..PHASES).map(|i| {
            let turn = core::f64::consts::TAU * i as f64 / PHASES as f64;
            Sample { months, ..sample }.picture(turn)
        });
        let place = canvas.get_bounding_client_rect();
        let (width, height) = if place.width() < 1.0 {
            SIZE
        } else {
            (place.width(), place.height())
        };
        Self {
            canvas,
            easel: Easel::default(),
            pictures: pictures.collect(),
            look: Look {
                width,
                height,
                theme: if dark { Theme::Dark } else { Theme::Light },
                contrast: false,
            },
            ratio,
        }
    }

    /// Draws the next picture, as the page does after a lever has moved.
    pub fn redraw(&mut self, step: usize) {
        let picture = &self.pictures[step % self.pictures.len()];
        self.easel
            .draw(&self.canvas, picture, self.look, self.ratio, None);
    }
}

/// Redraws a band chart so many times at pixel ratio 2: milliseconds of script each.
#[wasm_bindgen]
pub fn bench_redraw(canvas: HtmlCanvasElement, months: usize, times: usize) -> Vec<f64> {
    let mut bands = Bands::new(canvas, months, 2.0, false);
    let clock = gloo::utils::window().performance();
    let now = || clock.as_ref().map_or(f64::NAN, Performance::now);
    let time = |step| {
        let start = now();
        bands.redraw(step);
        now() - start
    };
    (0..times).map(time).collect()
}
