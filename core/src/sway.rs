//! How far each belief alone moves a figure.
//!
//! A range without a simulation: every belief is moved to either end of its range while
//! all others stay as they are. Beliefs that move together are left out, so the range is
//! neither the widest nor a likely one.

use crate::levers::Lever;
use crate::model;
use crate::outcome::Output;
use crate::scenario::Scenario;

/// What a figure comes to with one belief at either end of its range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sway {
    /// The belief.
    pub lever: Lever,
    /// The low end of its range, in the lever's unit.
    pub low: f64,
    /// The high end of its range, in the lever's unit.
    pub high: f64,
    /// The figure at the low end, in the output's unit.
    pub at_low: f64,
    /// The figure at the high end, in the output's unit.
    pub at_high: f64,
}

impl Sway {
    /// How far apart the figure is at the two ends.
    pub fn width(&self) -> f64 {
        (self.at_high - self.at_low).abs()
    }

    /// Whether either end gives another figure than the one now.
    pub fn moves(&self, now: f64) -> bool {
        self.at_low.to_bits() != now.to_bits() || self.at_high.to_bits() != now.to_bits()
    }
}

/// What sources and ratios leave plausible for a belief; none where that is not held.
pub fn plausible(lever: Lever) -> Option<(f64, f64)> {
    lever.spec().plausible
}

/// All that the model admits for a belief.
#[allow(
    clippy::unnecessary_wraps,
    reason = "one of the ranges that `of` takes"
)]
pub fn admitted(lever: Lever) -> Option<(f64, f64)> {
    Some((lever.spec().min, lever.spec().max))
}

/// The figure with each belief in turn at the ends of its range, what moves it farthest
/// first. Beliefs without a range are left out.
pub fn of(
    scenario: &Scenario,
    output: Output,
    range: impl Fn(Lever) -> Option<(f64, f64)>,
) -> Vec<Sway> {
    let figure = |lever: Lever, value: f64| model::run(&scenario.with(lever, value)).get(output);
    let mut sways: Vec<Sway> = Lever::ALL
        .into_iter()
        .filter_map(|lever| range(lever).map(|(low, high)| (lever, low, high)))
        .map(|(lever, low, high)| Sway {
            lever,
            low,
            high,
            at_low: figure(lever, low),
            at_high: figure(lever, high),
        })
        .collect();
    sways.sort_by(|a, b| b.width().total_cmp(&a.width()));
    sways
}
