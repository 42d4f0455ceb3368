//! How an outcome has to answer a change, whatever the rest of the scenario is.

use std::collections::HashSet;

use compute_loop_core::levers::Lever;
use compute_loop_core::model;
use compute_loop_core::month::{HORIZON, Month};
use compute_loop_core::outcome::{Outcome, Output, Series};
use compute_loop_core::preset::PRESETS;
use compute_loop_core::scenario::Scenario;
use proptest::prelude::*;

use crate::draw;

/// The month of the pledge.
const PLEDGE: Month = Month::new(2026, 4);

/// Rounding errors of sums of gigawatts or of a year's billions.
const HAIR: f64 = 1e-9;

/// A scenario run at two values of a lever, the lower first.
fn low_and_high(scenario: &Scenario, lever: Lever, a: f64, b: f64) -> (Outcome, Outcome) {
    let spec = lever.spec();
    let at = |share: f64| scenario.with(lever, spec.min + share * (spec.max - spec.min));
    (model::run(&at(a.min(b))), model::run(&at(a.max(b))))
}

fn is_nowhere_above(low: &Outcome, high: &Outcome, series: Series) -> bool {
    (0..HORIZON).all(|t| {
        let (low, high) = (low.path(series)[t], high.path(series)[t]);
        low <= high + HAIR * high.abs().max(1.0)
    })
}

proptest! {
    #![proptest_config(draw::cases(1000))]

    #[test]
    fn more_committed_never_widens_the_gap(
        scenario in draw::any_scenario(), a in 0.0..=1.0, b in 0.0..=1.0,
    ) {
        let (less, more) = low_and_high(&scenario, Lever::GwCommitted, a, b);
        prop_assert!(more.get(Output::GwGap202612) <= less.get(Output::GwGap202612) + HAIR);
        prop_assert!(is_nowhere_above(&less, &more, Series::GwOnline));
    }

    #[test]
    fn a_higher_arr_never_lowers_what_is_needed(
        scenario in draw::any_scenario(), a in 0.0..=1.0, b in 0.0..=1.0,
    ) {
        let (less, more) = low_and_high(&scenario, Lever::Arr2026, a, b);
        prop_assert!(more.get(Output::GwNeeded202612) >= less.get(Output::GwNeeded202612));
        prop_assert!(is_nowhere_above(&less, &more, Series::GwNeeded));
        prop_assert!(more.get(Output::CommitmentOutgrown) <= less.get(Output::CommitmentOutgrown));
    }

    #[test]
    fn a_slower_build_never_brings_power_forward(
        scenario in draw::any_scenario(), a in 0.0..=1.0, b in 0.0..=1.0,
    ) {
        let (fast, slow) = low_and_high(&scenario, Lever::BuildMonths, a, b);
        prop_assert!(is_nowhere_above(&slow, &fast, Series::GwOnline));
        let (early, late) = low_and_high(&scenario, Lever::UnnamedStart, a, b);
        prop_assert!(is_nowhere_above(&late, &early, Series::GwOnline));
    }

    #[test]
    fn loosening_never_raises_demand(
        scenario in draw::any_scenario(), a in 0.0..=1.0, b in 0.0..=1.0,
    ) {
        let (tight, loose) = low_and_high(&scenario, Lever::Loosening, a, b);
        prop_assert!(is_nowhere_above(&loose, &tight, Series::Demand));
        prop_assert!(is_nowhere_above(&loose, &tight, Series::PledgeSpent));
    }

    #[test]
    fn the_cap_only_ever_takes_away(scenario in draw::any_scenario()) {
        let free = model::run(&scenario.with(Lever::CapacityBinds, 0.0));
        let bound = model::run(&scenario.with(Lever::CapacityBinds, 1.0));
        // A month may pay more under the cap: what it could not spend before is still
        // owed. All that is paid up to a month is never more.
        prop_assert!(is_nowhere_above(&bound, &free, Series::PledgeSpent));
        prop_assert!(bound.get(Output::PledgeMet) >= free.get(Output::PledgeMet));
    }

    #[test]
    fn dearer_inputs_never_raise_a_margin(
        scenario in draw::any_scenario(), a in 0.0..=1.0, b in 0.0..=1.0,
    ) {
        for lever in [Lever::ServerCapex, Lever::SiteCapex, Lever::PowerPrice] {
            let (cheap, dear) = low_and_high(&scenario, lever, a, b);
            prop_assert!(
                dear.get(Output::TrainiumMargin) <= cheap.get(Output::TrainiumMargin) + HAIR
            );
        }
    }

    #[test]
    fn the_stake_is_worth_its_share(
        scenario in draw::any_scenario(), a in 0.0..=1.0, b in 0.0..=1.0,
    ) {
        let (small, large) = low_and_high(&scenario, Lever::Stake, a, b);
        prop_assert!(
            small.get(Output::StakeValue202612) <= large.get(Output::StakeValue202612)
        );
        // A larger share makes the same gain with a smaller rise.
        prop_assert!(small.get(Output::EarlierMark) <= large.get(Output::EarlierMark));
    }

    #[test]
    fn a_pledge_is_spent_by_the_end_of_its_term(
        scenario in draw::any_scenario(), years in 5u32..=10,
    ) {
        // Ten years are the longest term that ends within the horizon.
        let scenario = scenario
            .with(Lever::CapacityBinds, 0.0)
            .with(Lever::PledgeYears, f64::from(years));
        let last = PLEDGE.index() + 12 * years as usize - 1;
        let met = model::run(&scenario).month(Output::PledgeMet);
        prop_assert!(met.is_some_and(|met| met.index() <= last), "{met:?}");
    }

    #[test]
    fn valuation_rises_evenly_to_the_multiple_of_arr(scenario in draw::any_scenario()) {
        let outcome = model::run(&scenario);
        let valuation = outcome.path(Series::Valuation);
        let (first, last) = (Month::new(2025, 9).index(), Month::new(2026, 12).index());
        prop_assert!((valuation[first] - 183.0).abs() <= HAIR);
        let multiple = scenario.get(Lever::ValuationMultiple);
        for t in last..HORIZON {
            let worth = multiple * outcome.path(Series::Arr)[t];
            prop_assert!((valuation[t] - worth).abs() <= HAIR * worth, "month {t}");
        }
        let rise = valuation[first + 1] / valuation[first];
        for t in first..last {
            let step = valuation[t + 1] / valuation[t];
            prop_assert!((step - rise).abs() <= HAIR, "month {t}: {step} after {rise}");
        }
    }

    #[test]
    fn the_price_leaves_dollars_alone_at_an_elasticity_of_one(
        scenario in draw::any_scenario(), a in 0.0..=1.0, b in 0.0..=1.0,
    ) {
        let scenario = scenario.with(Lever::PriceElasticity, 1.0);
        let (cheap, dear) = low_and_high(&scenario, Lever::TrainiumPrice, a, b);
        prop_assert_eq!(
            cheap.get(Output::Demand202612).to_bits(),
            dear.get(Output::Demand202612).to_bits()
        );
    }
}

#[test]
fn a_pledge_beyond_demand_is_met_in_the_last_month_of_its_term() {
    let weak = Scenario::default()
        .with(Lever::Arr2026, 45.0)
        .with(Lever::SpendRatio, 30.0)
        .with(Lever::ArrGrowth2027, -30.0)
        .with(Lever::Loosening, 40.0)
        .with(Lever::Pledge, 200.0);
    for years in 5..=10 {
        let scenario = weak.with(Lever::PledgeYears, f64::from(years));
        let outcome = model::run(&scenario);
        let last = PLEDGE.index() + 12 * years as usize - 1;
        let demand = &outcome.path(Series::Demand).values()[PLEDGE.index()..=last];
        if demand
            .iter()
            .all(|month| month * 12.0 * f64::from(years) < 200.0)
        {
            assert_eq!(
                outcome.get(Output::PledgeMet) as usize,
                last,
                "{years} years"
            );
        } else {
            assert!(
                (outcome.get(Output::PledgeMet) as usize) < last,
                "{years} years"
            );
        }
    }
}

#[test]
fn as_much_as_committed_is_not_more() {
    // 30 bn a year at 10 bn a gigawatt is 3 GW for good, to the last bit.
    let flat = Scenario::default()
        .with(Lever::Arr2026, 60.0)
        .with(Lever::SpendRatio, 50.0)
        .with(Lever::TrainiumPrice, 100.0)
        .with(Lever::ArrGrowth2027, 0.0);
    let needed = model::run(&flat).get(Output::GwNeeded202612);
    assert_eq!(needed.to_bits(), 3f64.to_bits());
    let outgrown = |committed| {
        let scenario = flat.with(Lever::GwCommitted, committed);
        model::run(&scenario).month(Output::CommitmentOutgrown)
    };
    assert_eq!(outgrown(3.0), None);
    assert_eq!(outgrown(2.999_999), Some(Month::new(2026, 12)));
}

#[test]
fn presets_have_names_of_their_own_and_set_what_they_say() {
    let ids: HashSet<&str> = PRESETS.iter().map(|preset| preset.id).collect();
    assert_eq!(ids.len(), PRESETS.len());
    let names: HashSet<&str> = PRESETS.iter().map(|preset| preset.name).collect();
    assert_eq!(names.len(), PRESETS.len());
    assert_eq!(PRESETS[0].id, "published");
    assert_eq!(PRESETS[0].scenario(), Scenario::default());
    for preset in PRESETS {
        assert!(preset.reason.ends_with('.'), "{}", preset.id);
        let levers: HashSet<Lever> = preset.levers.iter().map(|&(lever, _)| lever).collect();
        assert_eq!(levers.len(), preset.levers.len(), "{}", preset.id);
        // A preset that sets a lever to its default says nothing by it.
        assert_eq!(
            preset.scenario().changed().count(),
            preset.levers.len(),
            "{}",
            preset.id
        );
    }
}
