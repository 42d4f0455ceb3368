//! How far each belief alone moves a figure.
//!
//! A range without a simulation: one belief at a time goes to two values while all others
//! stay as they are. What beliefs do together is left out, so that the range is neither the
//! widest nor a likely one.

use std::sync::OnceLock;

use crate::levers::Lever;
use crate::model;
use crate::outcome::Output;
use crate::scenario::Scenario;
use crate::uncertainty::{self, Spread, net_add_where, uncertain};

/// The percentiles that a tornado tries.
pub const ENDS: [f64; 2] = [0.1, 0.9];

/// What a figure comes to with one belief at two values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sway {
    /// The belief.
    pub lever: Lever,
    /// The lower value, in the lever's unit.
    pub low: f64,
    /// The higher value, in the lever's unit.
    pub high: f64,
    /// The figure at the lower value, in the output's unit.
    pub at_low: f64,
    /// The figure at the higher value, in the output's unit.
    pub at_high: f64,
}

impl Sway {
    /// How far apart the figure is at the two.
    pub fn width(&self) -> f64 {
        (self.at_high - self.at_low).abs()
    }

    /// Whether either gives another figure than the one now.
    pub fn moves(&self, now: f64) -> bool {
        self.at_low.to_bits() != now.to_bits() || self.at_high.to_bits() != now.to_bits()
    }
}

/// The figure with each belief in turn at its 10th and its 90th percentile about the
/// reader's value, what moves it farthest first. Of the beliefs on which it depends, those
/// that have a distribution.
///
/// ARR in December 2026 and what May added belong together. With December at a percentile,
/// May moves to the middle of what it is in worlds that end so; May alone moves only as far
/// as it does in worlds that end in the December that is set.
pub fn tornado(scenario: &Scenario, output: Output) -> Vec<Sway> {
    let beliefs = uncertain().filter(|&lever| output.depends_on(lever));
    in_order(beliefs.filter_map(|lever| {
        let [low, high] = ends(scenario, lever)?;
        let at = |end: usize, value: f64| {
            let mut there = scenario.with(lever, value);
            if lever == Lever::Arr2026 {
                let net_add = net_add(scenario, pair().with[end])?;
                there.set(Lever::ArrNetAdd, net_add);
            }
            Some(model::run(&there).get(output))
        };
        Some(Sway {
            lever,
            low,
            high,
            at_low: at(0, low)?,
            at_high: at(1, high)?,
        })
    }))
}

/// The figure with each of its beliefs in turn at either end of all that the model admits,
/// what moves it farthest first.
pub fn across(scenario: &Scenario, output: Output) -> Vec<Sway> {
    let figure = |lever: Lever, value: f64| model::run(&scenario.with(lever, value)).get(output);
    let beliefs = Lever::ALL.into_iter();
    let beliefs = beliefs.filter(|&lever| output.depends_on(lever));
    in_order(beliefs.map(|lever| {
        let (low, high) = (lever.spec().min, lever.spec().max);
        Sway {
            lever,
            low,
            high,
            at_low: figure(lever, low),
            at_high: figure(lever, high),
        }
    }))
}

fn in_order(sways: impl Iterator<Item = Sway>) -> Vec<Sway> {
    let mut sways: Vec<Sway> = sways.collect();
    sways.sort_by(|a, b| b.width().total_cmp(&a.width()));
    sways
}

/// The values that a tornado tries of a belief, in its unit; none where it is taken as set.
pub fn ends(scenario: &Scenario, lever: Lever) -> Option<[f64; 2]> {
    let centre = scenario.get(lever);
    let ends = match lever {
        Lever::Arr2026 => {
            let spec = lever.spec();
            let moved = |at: f64| (at + (centre - spec.default)).clamp(spec.min, spec.max);
            pair().december.map(moved)
        }
        Lever::ArrNetAdd => {
            let [low, high] = pair().alone;
            [net_add(scenario, low)?, net_add(scenario, high)?]
        }
        _ => {
            let spread = Spread::about(lever, centre)?;
            ENDS.map(|p| spread.percentile(p))
        }
    };
    Some(ends.map(|end| lever.admit(end)))
}

/// What May added about the reader's value, at a probability.
fn net_add(scenario: &Scenario, p: f64) -> Option<f64> {
    let centre = scenario.get(Lever::ArrNetAdd);
    Some(Spread::about(Lever::ArrNetAdd, centre)?.value(p))
}

/// ARR in December 2026 and what May added, at the defaults: the same for every scenario,
/// as distributions move along with the reader's values.
struct Pair {
    /// December at the two percentiles.
    december: [f64; 2],
    /// The probability of what May added, half way through the worlds that end there.
    with: [f64; 2],
    /// Its probability at the two percentiles of the worlds that end as set.
    alone: [f64; 2],
}

fn pair() -> &'static Pair {
    static PAIR: OnceLock<Pair> = OnceLock::new();
    PAIR.get_or_init(|| {
        let set = Lever::Arr2026.spec().default;
        let december = ENDS.map(|p| uncertainty::percentile(Lever::Arr2026, set, p).unwrap_or(set));
        Pair {
            december,
            with: december.map(|december| net_add_where(december, 0.5)),
            alone: ENDS.map(|p| net_add_where(set, p)),
        }
    })
}
