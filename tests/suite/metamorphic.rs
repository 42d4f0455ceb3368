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

const JANUARY_2026: usize = Month::new(2026, 1).index();
const DECEMBER_2026: usize = Month::new(2026, 12).index();
/// The month of a top-up: eighteen after the package.
const TOP_UP: usize = PLEDGE.index() + 18;

/// Rounding errors of sums of gigawatts or of a year's billions.
const HAIR: f64 = 1e-9;

/// A scenario with a lever at a share of its range.
fn at(scenario: &Scenario, lever: Lever, share: f64) -> Scenario {
    let spec = lever.spec();
    scenario.with(lever, spec.min + share * (spec.max - spec.min))
}

/// The lower of two values of a lever.
fn less_of(scenario: &Scenario, lever: Lever, a: f64, b: f64) -> f64 {
    at(scenario, lever, a.min(b)).get(lever)
}

/// The higher of two values of a lever.
fn more_of(scenario: &Scenario, lever: Lever, a: f64, b: f64) -> f64 {
    at(scenario, lever, a.max(b)).get(lever)
}

/// A scenario run at two values of a lever, the lower first.
fn low_and_high(scenario: &Scenario, lever: Lever, a: f64, b: f64) -> (Outcome, Outcome) {
    let run = |share: f64| model::run(&at(scenario, lever, share));
    (run(a.min(b)), run(a.max(b)))
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

/// A scenario with a lever at a value that no reader can set it to.
fn beyond(scenario: &Scenario, lever: Lever, value: f64) -> Outcome {
    model::run(&Scenario::from_lanes(|each| {
        if each == lever {
            value
        } else {
            scenario.get(each)
        }
    }))
}

/// The series that differ in any bit.
fn moved(a: &Outcome, b: &Outcome) -> Vec<Series> {
    let bits = |outcome: &Outcome, series| -> Vec<u64> {
        let values = outcome.path(series).values();
        values.iter().map(|value| value.to_bits()).collect()
    };
    let all = Series::ALL.into_iter();
    all.filter(|&series| bits(a, series) != bits(b, series))
        .collect()
}

// The price of the chips is what a gigawatt-year of them is rented for. It acts twice: on
// the dollars for a gigawatt-year, and by the elasticity on how many gigawatts are wanted.
proptest! {
    #![proptest_config(draw::cases(300))]

    #[test]
    fn a_cheaper_chip_never_raises_the_dollars_paid_for_a_gigawatt_year(
        scenario in draw::any_scenario(), a in 0.0..=1.0, b in 0.0..=1.0,
    ) {
        let (cheap, dear) = low_and_high(&scenario, Lever::TrainiumPrice, a, b);
        let of = |outcome: &Outcome| outcome.get(Output::TrainiumPricePerGw);
        prop_assert!(of(&cheap) <= of(&dear));
        for outcome in [&cheap, &dear] {
            let price = of(outcome);
            for t in JANUARY_2026..HORIZON {
                // What is paid a year for what is needed, and by what is online at most.
                let paid = 12.0 * outcome.path(Series::Demand)[t];
                let needed = outcome.path(Series::GwNeeded)[t];
                prop_assert!((paid - price * needed).abs() <= HAIR * paid.max(1.0), "month {t}");
                let earned = 12.0 * outcome.path(Series::Supply)[t];
                let online = outcome.path(Series::GwOnline)[t];
                prop_assert!(earned <= price * online + HAIR, "month {t}");
            }
        }
    }

    #[test]
    fn a_cheaper_chip_never_lowers_the_power_wanted(
        scenario in draw::any_scenario(), a in 0.0..=1.0, b in 0.0..=1.0,
    ) {
        let (cheap, dear) = low_and_high(&scenario, Lever::TrainiumPrice, a, b);
        prop_assert!(is_nowhere_above(&dear, &cheap, Series::GwNeeded));
    }

    #[test]
    fn a_cheaper_chip_raises_the_dollars_in_all_only_beyond_an_elasticity_of_one(
        scenario in draw::any_scenario(), a in 0.0..=1.0, b in 0.0..=1.0,
    ) {
        let (cheap, dear) = low_and_high(&scenario, Lever::TrainiumPrice, a, b);
        let elasticity = scenario.get(Lever::PriceElasticity);
        if elasticity <= 1.0 {
            prop_assert!(is_nowhere_above(&cheap, &dear, Series::Demand));
        }
        if elasticity >= 1.0 {
            prop_assert!(is_nowhere_above(&dear, &cheap, Series::Demand));
        }
    }

    #[test]
    fn a_chip_that_is_cheaper_to_build_costs_no_more_and_is_rented_at_the_same_price(
        scenario in draw::any_scenario(), a in 0.0..=1.0, b in 0.0..=1.0,
    ) {
        let (cheap, dear) = low_and_high(&scenario, Lever::ServerCapex, a, b);
        let cost = |outcome: &Outcome| outcome.get(Output::TrainiumCostPerGw);
        prop_assert!(cost(&cheap) <= cost(&dear));
        for series in [Series::Demand, Series::Spend, Series::Supply, Series::GwNeeded] {
            prop_assert!(!moved(&cheap, &dear).contains(&series), "{}", series.spec().id);
        }
        prop_assert!(is_nowhere_above(&dear, &cheap, Series::OperatingIncome));
        prop_assert!(is_nowhere_above(&cheap, &dear, Series::CashSuppliers));
    }

    #[test]
    fn what_lasts_longer_never_costs_more(
        scenario in draw::any_scenario(), a in 0.0..=1.0, b in 0.0..=1.0,
    ) {
        for lever in [Lever::SiteLife, Lever::ServerLife] {
            let (short, long) = low_and_high(&scenario, lever, a, b);
            for output in [Output::TrainiumCostPerGw, Output::GpuCostPerGw] {
                prop_assert!(long.get(output) <= short.get(output), "{}", lever.spec().id);
            }
            prop_assert!(is_nowhere_above(&short, &long, Series::OperatingIncome));
            // Capex is paid once, however long it lasts.
            let cash = |outcome: &Outcome| outcome.path(Series::CashSuppliers)[HORIZON - 1];
            prop_assert!(cash(&long) <= cash(&short) + HAIR * cash(&short).abs());
        }
    }

    #[test]
    fn more_to_sell_is_never_less_sold(
        scenario in draw::any_scenario(), a in 0.0..=1.0, b in 0.0..=1.0,
    ) {
        let bound = scenario.with(Lever::CapacityBinds, 1.0);
        for lever in [Lever::GwCommitted, Lever::Utilization, Lever::OtherAiGw] {
            let (less, more) = low_and_high(&bound, lever, a, b);
            prop_assert!(is_nowhere_above(&less, &more, Series::SupplyAll));
            prop_assert!(is_nowhere_above(&less, &more, Series::PledgeSpent));
        }
    }

    #[test]
    fn a_larger_pledge_never_pays_less_and_a_longer_one_never_sooner(
        scenario in draw::any_scenario(), a in 0.0..=1.0, b in 0.0..=1.0,
    ) {
        let (small, large) = low_and_high(&scenario, Lever::Pledge, a, b);
        prop_assert!(is_nowhere_above(&small, &large, Series::PledgeSpent));
        prop_assert!(small.get(Output::PledgeMet) <= large.get(Output::PledgeMet));
        let free = scenario.with(Lever::CapacityBinds, 0.0);
        let (short, long) = low_and_high(&free, Lever::PledgeYears, a, b);
        prop_assert!(is_nowhere_above(&long, &short, Series::PledgeSpent));
        prop_assert!(short.get(Output::PledgeMet) <= long.get(Output::PledgeMet));
    }

    #[test]
    fn faster_growth_never_earns_less(
        scenario in draw::any_scenario(), a in 0.0..=1.0, b in 0.0..=1.0,
    ) {
        let (slow, fast) = low_and_high(&scenario, Lever::ArrGrowth2027, a, b);
        prop_assert!(is_nowhere_above(&slow, &fast, Series::Arr));
        // Growth that is kept longer is kept longer as a fall, too.
        let (fades, stays) = low_and_high(&scenario, Lever::ArrFade, a, b);
        if scenario.get(Lever::ArrGrowth2027) >= 0.0 {
            prop_assert!(is_nowhere_above(&fades, &stays, Series::Arr));
        } else {
            prop_assert!(is_nowhere_above(&stays, &fades, Series::Arr));
        }
        // The first quarter of 2026 is published as a sum, so that its months only tilt.
        let second_quarter = JANUARY_2026 + 3;
        for lever in [Lever::NonaiGrowth2026, Lever::NonaiGrowthAfter] {
            let (slow, fast) = low_and_high(&scenario, lever, a, b);
            for t in second_quarter..HORIZON {
                let nonai = |outcome: &Outcome| outcome.path(Series::NonaiRevenue)[t];
                prop_assert!(nonai(&slow) <= nonai(&fast) * (1.0 + HAIR), "month {t}");
            }
            prop_assert!(
                slow.get(Output::AwsGrowth2026) <= fast.get(Output::AwsGrowth2026) + HAIR
            );
        }
    }

    #[test]
    fn the_same_december_is_neared_sooner_the_more_may_added(
        scenario in draw::any_scenario(), a in 0.0..=1.0, b in 0.0..=1.0,
    ) {
        let (less, more) = low_and_high(&scenario, Lever::ArrNetAdd, a, b);
        prop_assert!(is_nowhere_above(&less, &more, Series::Arr));
        for t in DECEMBER_2026..HORIZON {
            let arr = |outcome: &Outcome| outcome.path(Series::Arr)[t].to_bits();
            prop_assert_eq!(arr(&less), arr(&more));
        }
    }

    #[test]
    fn what_ai_gains_in_2025_the_rest_loses(
        scenario in draw::any_scenario(), a in 0.0..=1.0, b in 0.0..=1.0,
    ) {
        let (less, more) = low_and_high(&scenario, Lever::AiShare2025, a, b);
        let year = |outcome: &Outcome, series| outcome.year(series, 2025);
        prop_assert!(year(&less, Series::AiRevenue) <= year(&more, Series::AiRevenue) + HAIR);
        let whole = year(&less, Series::AwsRevenue);
        prop_assert!((whole - year(&more, Series::AwsRevenue)).abs() <= HAIR * whole);
        let share = year(&more, Series::AiRevenue) / whole;
        let set = more_of(&scenario, Lever::AiShare2025, a, b) / 100.0;
        prop_assert!((share - set).abs() <= HAIR, "{share} where {set} is set");
    }

    #[test]
    fn money_that_amazon_adds_is_added_once_and_in_its_month(
        scenario in draw::any_scenario(), a in 0.0..=1.0, b in 0.0..=1.0,
    ) {
        let (less, more) = low_and_high(&scenario, Lever::TopUp, a, b);
        let added = more_of(&scenario, Lever::TopUp, a, b) - less_of(&scenario, Lever::TopUp, a, b);
        let invested = |outcome: &Outcome, t: usize| outcome.path(Series::CashInvested)[t];
        for t in 0..HORIZON {
            let expected = if t < TOP_UP { 0.0 } else { added };
            let found = invested(&more, t) - invested(&less, t);
            prop_assert!((found - expected).abs() <= HAIR, "month {t}: {found} of {expected}");
        }
        let (few, many) = low_and_high(&scenario, Lever::MilestoneOdds, a, b);
        prop_assert!(is_nowhere_above(&few, &many, Series::CashInvested));
        let most = many.get(Output::ContingentExpected);
        prop_assert!((0.0..=20.0).contains(&most), "{most} of 20");
    }

    #[test]
    fn money_for_another_laboratory_is_amazons_and_goes_there(
        scenario in draw::any_scenario(), a in 0.0..=1.0, b in 0.0..=1.0,
    ) {
        let (less, more) = low_and_high(&scenario, Lever::OpenaiInvestment, a, b);
        for series in moved(&less, &more) {
            prop_assert!(
                [Series::CashAmazon, Series::CashOtherLabs].contains(&series), "{}", series.spec().id
            );
        }
        for t in 0..HORIZON {
            let gain = |series| more.path(series)[t] - less.path(series)[t];
            let (theirs, amazons) = (gain(Series::CashOtherLabs), gain(Series::CashAmazon));
            prop_assert!(theirs >= 0.0 && (theirs + amazons).abs() <= 1e-6, "month {t}");
        }
    }

    #[test]
    fn what_starts_later_comes_as_much_later_and_is_else_the_same(
        scenario in draw::any_scenario(), a in 0.0..=1.0, b in 0.0..=1.0,
    ) {
        let (early, late) = low_and_high(&scenario, Lever::UnnamedStart, a, b);
        let start = |of: fn(&Scenario, Lever, f64, f64) -> f64| of(&scenario, Lever::UnnamedStart, a, b);
        let later = (start(more_of) - start(less_of)) as usize;
        for t in 0..HORIZON - later {
            let power = |outcome: &Outcome, t: usize| outcome.path(Series::GwUnnamed)[t].to_bits();
            prop_assert_eq!(power(&early, t), power(&late, t + later), "month {}", t);
        }
        for series in [Series::GwOnline, Series::Supply, Series::SupplyAll] {
            prop_assert!(is_nowhere_above(&late, &early, series), "{}", series.spec().id);
        }
        let named = [Series::GwNewCarlisle, Series::GwNorthernIndiana];
        prop_assert!(!moved(&early, &late).iter().any(|series| named.contains(series)));
        let (early, late) = low_and_high(&scenario, Lever::Trainium4Start, a, b);
        prop_assert!(is_nowhere_above(&late, &early, Series::TrainiumIndex));
    }

    #[test]
    fn nothing_committed_is_nothing_online_and_nothing_earned_by_it(scenario in draw::any_scenario()) {
        let none = model::run(&scenario.with(Lever::GwCommitted, 0.0));
        for series in [
            Series::GwNewCarlisle, Series::GwNorthernIndiana, Series::GwUnnamed,
            Series::GwOnline, Series::Supply,
        ] {
            let values = none.path(series).values();
            prop_assert!(values.iter().all(|&value| value == 0.0), "{}", series.spec().id);
        }
        prop_assert_eq!(none.get(Output::Chips202612).to_bits(), 0f64.to_bits());
        let (gap, needed) = (none.get(Output::GwGap202612), none.get(Output::GwNeeded202612));
        prop_assert_eq!(gap.to_bits(), needed.to_bits());
    }

    #[test]
    fn a_price_of_nothing_earns_nothing(scenario in draw::any_scenario()) {
        // At an elasticity of one demand stays what it is. No other power, and no more is
        // paid than power can earn.
        let scenario = scenario
            .with(Lever::PriceElasticity, 1.0)
            .with(Lever::CapacityBinds, 1.0)
            .with(Lever::OtherAiGw, 0.0);
        let free = beyond(&scenario, Lever::TrainiumPrice, 0.0);
        prop_assert_eq!(free.get(Output::TrainiumPricePerGw).to_bits(), 0f64.to_bits());
        for series in [Series::Supply, Series::SupplyAll, Series::Spend, Series::AiRevenue] {
            let values = &free.path(series).values()[JANUARY_2026..];
            prop_assert!(values.iter().all(|&value| value == 0.0), "{}", series.spec().id);
        }
    }

    #[test]
    fn who_spends_nothing_wants_nothing_and_pays_the_pledge_alone(scenario in draw::any_scenario()) {
        let scenario = scenario.with(Lever::CapacityBinds, 0.0);
        let idle = beyond(&scenario, Lever::SpendRatio, 0.0);
        for series in [Series::Demand, Series::GwNeeded] {
            let values = &idle.path(series).values()[JANUARY_2026..];
            prop_assert!(values.iter().all(|&value| value == 0.0), "{}", series.spec().id);
        }
        let (pledge, years) = (scenario.get(Lever::Pledge), scenario.get(Lever::PledgeYears));
        let paid = idle.path(Series::PledgeSpent);
        for t in PLEDGE.index()..HORIZON {
            let due = pledge * ((t + 1 - PLEDGE.index()) as f64 / (12.0 * years)).min(1.0);
            prop_assert!((paid[t] - due).abs() <= HAIR * due, "month {t}: {} of {due}", paid[t]);
        }
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
