//! What many worlds say of the defaults on the first screen, worked out by the build: the
//! engine is fetched when something moves. To the last bit it is what the engine says, and
//! so a link to other beliefs, or other worlds, has the engine fetched at once.

use compute_loop_core::odds::{Answer, Asked, Band, FIRST_DRAWS, Figure, SEED};
use compute_loop_core::outcome::{Output, Series};
use compute_loop_core::scenario::Scenario;

/// A band as the build writes it.
struct KnownBand {
    series: Series,
    first: usize,
    percentiles: [&'static [f64]; 5],
}

/// All that the build knows.
struct Known {
    bands: &'static [KnownBand],
    figures: &'static [(Output, [f64; 5])],
}

#[allow(
    clippy::unreadable_literal,
    reason = "the build writes them, nobody reads them"
)]
const KNOWN: Known = include!(concat!(env!("OUT_DIR"), "/first.rs"));

/// What is known of a scenario; nothing but of the defaults.
pub(crate) fn answer(scenario: &Scenario, seed: u32) -> Answer {
    if seed != SEED || *scenario != Scenario::default() {
        return Answer::default();
    }
    let bands = KNOWN.bands.iter().map(|band| Band {
        series: band.series,
        first: band.first,
        percentiles: band.percentiles.map(<[f64]>::to_vec),
        draws: FIRST_DRAWS,
    });
    let figures = KNOWN.figures.iter().map(|&(output, percentiles)| Figure {
        asked: Asked::of(output),
        percentiles,
        chances: vec![],
        against: None,
        draws: FIRST_DRAWS,
    });
    Answer {
        bands: bands.collect(),
        figures: figures.collect(),
    }
}
