//! What the benchmarks time: named cases, the same natively and as WebAssembly.
//!
//! A case keeps its draws between runs, as the page does, and is run with another
//! setting each time, as under a slider. `native.rs` times them natively, `engine.mjs`
//! in Node, and the page of `charts.html` in a browser.

pub mod small;

use compute_loop_core::levers::Lever;
use compute_loop_core::model;
use compute_loop_core::month::Month;
use compute_loop_core::odds::{Months, Simulation, Worlds};
use compute_loop_core::outcome::{Output, Series};
use compute_loop_core::scenario::Scenario;

use small::{Search, Small};

/// One case, ready to run.
#[derive(Debug)]
pub enum Case {
    /// The small model with so many draws.
    Small(Box<Small>, Search),
    /// The whole model once, without uncertainty.
    Model,
    /// The whole model in many worlds: the bands of the first screen's chart, and samples
    /// of figures.
    Odds(Box<Simulation>, &'static [Output]),
}

/// A setting of the small model that no other step has.
fn setting(step: u32) -> (f32, f32) {
    let step = (step % 1_000) as f32;
    (40.0 + 0.02 * step, 0.05 + 1e-5 * step)
}

/// The whole model's setting: the first slider of the page, moved.
fn scenario(step: u32) -> Scenario {
    Scenario::default().with(Lever::Arr2026, 50.0 + 0.01 * f64::from(step % 1_000))
}

/// What the first screen draws: power needed and power online, 2025 to 2028.
const BANDS: [Months; 2] = [drawn(Series::GwNeeded), drawn(Series::GwOnline)];

const fn drawn(series: Series) -> Months {
    Months {
        series,
        from: Month::new(2025, 1).index(),
        to: Month::new(2028, 12).index() + 1,
    }
}

/// What the first screen says in figures.
const FIGURES: [Output; 4] = [
    Output::AwsGrowth2026,
    Output::AnthropicShare2026,
    Output::AwsMargin2027,
    Output::TrainiumMargin,
];

impl Case {
    /// The case of this name: `small-`, `simulation-` or `sort-` with a number of draws,
    /// `bands-` or, with ranges of the figures, `odds-` with a number of worlds, or `model`.
    pub fn new(name: &str) -> Option<Self> {
        let small = |draws: &str, search| {
            let draws = draws.parse().ok()?;
            Some(Self::Small(Box::new(Small::new(draws, 1)), search))
        };
        let odds = |draws: &str, figures| {
            let worlds = Worlds::new(1, draws.parse().ok()?);
            Some(Self::Odds(Box::new(Simulation::new(worlds)), figures))
        };
        match name.split_once('-') {
            Some(("small", draws)) => small(draws, Search::Finder),
            Some(("simulation", draws)) => small(draws, Search::None),
            Some(("sort", draws)) => small(draws, Search::Sort),
            Some(("bands", draws)) => odds(draws, &[]),
            Some(("odds", draws)) => odds(draws, &FIGURES),
            None if name == "model" => Some(Self::Model),
            _ => None,
        }
    }

    /// Runs it with the setting of this step. What comes back can be compared with what
    /// others give for the same step: the small model's quantiles, month after month.
    pub fn run(&mut self, step: u32) -> Vec<f64> {
        match self {
            Self::Small(small, search) => {
                let (base, growth) = setting(step);
                small.run(base, growth, *search).into_flattened()
            }
            Self::Odds(simulation, figures) => {
                let odds = simulation.run(&scenario(step), &BANDS, figures);
                let percentiles = odds.bands.iter().flat_map(|band| &band.percentiles);
                let figures = odds.samples.iter().flat_map(|sample| &sample.percentiles);
                percentiles.flatten().chain(figures).copied().collect()
            }
            Self::Model => {
                let outcome = model::run(&scenario(step));
                Output::ALL
                    .iter()
                    .map(|&output| outcome.get(output))
                    .collect()
            }
        }
    }
}

/// The cases for JavaScript.
#[cfg(target_arch = "wasm32")]
mod export {
    use wasm_bindgen::prelude::*;

    /// A case for JavaScript.
    #[derive(Debug)]
    #[wasm_bindgen]
    pub struct Bench(super::Case);

    #[wasm_bindgen]
    impl Bench {
        /// The case of this name, if there is one.
        pub fn of(name: &str) -> Option<Self> {
            super::Case::new(name).map(Self)
        }

        /// Runs it so many times, from this step on; what the last run gave.
        pub fn run(&mut self, step: u32, times: u32) -> Vec<f64> {
            let mut last = vec![];
            for step in step..step + times {
                last = self.0.run(step);
            }
            last
        }
    }
}
