//! The model: one pure function from a scenario to an outcome.
//!
//! [`run`] reads as the explainer's outline. Each subject is a module, each equation
//! a function with its formula, its facts and what it leaves out.

pub mod chips;
pub mod deal;
pub mod economics;
pub mod gigawatts;
pub mod path;
pub mod race;
pub mod revenue;

use crate::lane::Lane;
use crate::outcome::Outcome;
use crate::scenario::Scenario;

/// Everything the model computes, subject by subject.
#[derive(Clone, Debug)]
pub struct Model<V> {
    /// Power and what it can earn.
    pub gigawatts: gigawatts::Gigawatts<V>,
    /// ARR, demand and AWS revenue.
    pub revenue: revenue::Revenue<V>,
    /// Cost of work on Amazon's chips.
    pub chips: chips::Chips<V>,
    /// Unit economics and margins.
    pub economics: economics::Economics<V>,
    /// Cash, stake, pledge and return.
    pub deal: deal::Deal<V>,
}

/// Evaluates every subject for one scenario, or for several side by side.
pub fn model<V: Lane>(scenario: &Scenario<V>) -> Model<V> {
    let gigawatts = gigawatts::gigawatts(scenario);
    let revenue = revenue::revenue(scenario, &gigawatts);
    let chips = chips::chips(scenario);
    let economics = economics::economics(scenario, &gigawatts, &revenue);
    let deal = deal::deal(scenario, &revenue, &economics);
    Model {
        gigawatts,
        revenue,
        chips,
        economics,
        deal,
    }
}

/// Runs the model. Total and deterministic: any scenario gives the same bits
/// everywhere, natively and in a browser.
pub fn run<V: Lane>(scenario: &Scenario<V>) -> Outcome<V> {
    Outcome::of(scenario, &model(scenario))
}
