//! The value of one lever at which an output reaches a target.

use crate::levers::Lever;
use crate::model;
use crate::outcome::Output;
use crate::scenario::Scenario;
use crate::unit::Unit;

/// Steps of halving: finer than any lever is set.
const STEPS: usize = 30;

/// The value of a lever at which an output equals `target`, all else as in the
/// scenario; none where the target is not between what the ends of the lever's range
/// give, or the lever has no numbers to search. Where several values do, one of them.
pub fn lever_value(scenario: &Scenario, lever: Lever, output: Output, target: f64) -> Option<f64> {
    let spec = lever.spec();
    if matches!(spec.unit, Unit::Switch | Unit::Choice) {
        return None;
    }
    let miss = |value: f64| model::run(&scenario.with(lever, value)).get(output) - target;
    let (mut low, mut high) = (spec.min, spec.max);
    let rising = miss(low) < 0.0;
    if rising == (miss(high) < 0.0) {
        return None;
    }
    for _ in 0..STEPS {
        let middle = f64::midpoint(low, high);
        if (miss(middle) < 0.0) == rising {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(f64::midpoint(low, high))
}
