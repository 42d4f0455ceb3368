//! What a dearer or a cheaper gigawatt does to the power that is needed.

use crate::levers::Lever;
use crate::model::gigawatts::{gpu_price, needed};
use crate::model::revenue::price_effect;
use crate::outcome::{Outcome, Output};
use crate::scenario::Scenario;

/// December 2026 at a price.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AtPrice {
    /// Trainium revenue a GW-year, in percent of the GPU norm.
    pub price: f64,
    /// Trainium that demand needs. GW.
    pub gigawatts: f64,
    /// Demand at a yearly rate. USD bn a year.
    pub dollars: f64,
}

/// What December 2026 would need at another price and with another elasticity, all
/// else as in the scenario: demand moves by the price effect, and the power is demand
/// over price. Whether the power could be had is left out.
pub fn at(scenario: &Scenario, outcome: &Outcome, price: f64, elasticity: f64) -> AtPrice {
    let now = price_effect(
        scenario.get(Lever::TrainiumPrice),
        scenario.get(Lever::PriceElasticity),
    );
    // The default price is where every elasticity gives the same.
    let dollars = outcome.get(Output::Demand202612) / now * price_effect(price, elasticity);
    AtPrice {
        price,
        gigawatts: needed(dollars / 12.0, price / 100.0 * gpu_price::<f64>()),
        dollars,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::run;

    #[test]
    fn a_price_gives_what_the_model_gives_with_it() {
        for elasticity in [0.0, 0.7, 1.0, 2.0] {
            let scenario = Scenario::default()
                .with(Lever::PriceElasticity, elasticity)
                .with(Lever::TrainiumPrice, 80.0);
            let outcome = run(&scenario);
            for price in [20.0, 63.6, 80.0, 110.0] {
                let there = run(&scenario.with(Lever::TrainiumPrice, price));
                let here = at(&scenario, &outcome, price, elasticity);
                let near =
                    |value: f64, output: Output| (value / there.get(output) - 1.0).abs() < 1e-9;
                assert!(near(here.gigawatts, Output::GwNeeded202612), "{here:?}");
                assert!(near(here.dollars, Output::Demand202612), "{here:?}");
            }
        }
    }
}
