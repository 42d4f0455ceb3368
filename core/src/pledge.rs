//! What Anthropic pays AWS against what it has pledged.

use crate::levers::Lever;
use crate::model::revenue::PLEDGE_START;
use crate::month::{HORIZON, Month};
use crate::outcome::{Outcome, Output, Series};
use crate::scenario::Scenario;

/// The pledge over time. Sums since April 2026, USD bn, a value a month of the horizon.
#[derive(Clone, Debug, PartialEq)]
pub struct Pledge {
    /// The pledge (`anthropic-aws-commit`, or as the reader sets it).
    pub total: f64,
    /// The least that is owed by the end of each month: the pledge in equal monthly
    /// parts over its years. That a source calls it a floor is not so: it is read as
    /// one (C05).
    pub floor: Vec<f64>,
    /// What has been paid, up to the pledge.
    pub paid: Vec<f64>,
    /// The month in which it is paid in full; none where that is past the horizon.
    pub met: Option<Month>,
    /// How many months before the end of its term that is; 0 where only the floor
    /// carries it.
    pub months_early: usize,
}

/// The pledge of an outcome. What is paid beyond it is left out.
pub fn pledge(scenario: &Scenario, outcome: &Outcome) -> Pledge {
    let total = scenario.get(Lever::Pledge);
    let months = scenario.get(Lever::PledgeYears) * 12.0;
    let since = |t: usize| (t + 1).saturating_sub(PLEDGE_START) as f64;
    let spent = outcome.path(Series::PledgeSpent);
    let met = outcome.month(Output::PledgeMet);
    let last = PLEDGE_START + months as usize - 1;
    Pledge {
        total,
        floor: (0..HORIZON)
            .map(|t| total * (since(t) / months).min(1.0))
            .collect(),
        paid: (0..HORIZON).map(|t| spent[t].min(total)).collect(),
        met,
        months_early: met.map_or(0, |month| last.saturating_sub(month.index())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model;

    #[test]
    fn payments_run_above_the_floor_and_both_end_at_the_pledge() {
        let weak = Scenario::default()
            .with(Lever::Arr2026, 45.0)
            .with(Lever::SpendRatio, 30.0)
            .with(Lever::ArrGrowth2027, -30.0)
            .with(Lever::Loosening, 40.0);
        for scenario in [Scenario::default(), weak] {
            let pledge = pledge(&scenario, &model::run(&scenario));
            for (paid, floor) in pledge.paid.iter().zip(&pledge.floor) {
                assert!(paid + 1e-9 >= *floor, "{paid} of {floor}");
            }
            let met = pledge.met.expect("within the horizon");
            assert!((pledge.paid[met.index()] - pledge.total).abs() < 1e-6);
            assert!((pledge.floor[HORIZON - 1] - pledge.total).abs() < 1e-9);
            let last = met.index() + pledge.months_early;
            assert_eq!(last, Month::new(2036, 3).index());
        }
    }
}
