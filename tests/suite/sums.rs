//! A total is that of its parts, however they are cut: years of quarters, of months and of
//! months paid in two halves, and whatever runs up over time of what flows in each month.

use compute_loop_core::month::{FIRST_YEAR, LAST_YEAR, Month, months_of};
use compute_loop_core::outcome::{Outcome, Output, Series};
use compute_loop_core::unit::Unit;
use proptest::prelude::*;

use crate::draw;

/// Whether two sums are the same but for rounding, which is in parts of all that was
/// added, whatever its sign.
fn same(a: f64, b: f64, gross: f64) -> bool {
    (a - b).abs() <= 1e-12 * gross.max(1.0)
}

fn flows() -> impl Iterator<Item = Series> {
    let all = Series::ALL.into_iter();
    all.filter(|series| series.spec().unit == Unit::UsdBnPerMonth)
}

/// The months of a year that a series has.
fn months(series: Series, year: usize) -> Vec<usize> {
    let start = series.spec().start.index();
    months_of(year).filter(|&t| t >= start).collect()
}

/// What runs up over time, and what it is the sum of.
const RUNNING: [(Series, &[(Series, f64)]); 4] = [
    (Series::CashInvested, &[(Series::Investment, 1.0)]),
    (Series::PledgeSpent, &[(Series::Spend, 1.0)]),
    (Series::StakeValue, &[(Series::MarkToMarket, 1.0)]),
    (
        Series::NetReturn,
        &[(Series::OperatingIncome, 1.0), (Series::Investment, -1.0)],
    ),
];

/// The sum over a year, and the sum of what there is whatever its sign.
fn total(outcome: &Outcome, flows: &[(Series, f64)], months: &[usize]) -> (f64, f64) {
    let all = flows.iter().flat_map(|&(flow, sign)| {
        let values = outcome.path(flow).values();
        months.iter().map(move |&t| sign * values[t])
    });
    all.fold((0.0, 0.0), |(sum, gross), value| {
        (sum + value, gross + value.abs())
    })
}

proptest! {
    #![proptest_config(draw::cases(300))]

    #[test]
    fn a_month_paid_in_two_halves_changes_no_total_of_a_year(
        scenario in draw::any_scenario(), part in 0.0..=1.0,
    ) {
        let outcome = scenario.outcome();
        for series in flows() {
            let path = outcome.path(series).values();
            for year in FIRST_YEAR..=LAST_YEAR {
                let months = months(series, year);
                let whole = outcome.year(series, year);
                let gross: f64 = months.iter().map(|&t| path[t].abs()).sum();
                let id = series.spec().id;
                // A part early in the month, the rest late, each added up by itself.
                let early: f64 = months.iter().map(|&t| part * path[t]).sum();
                let late: f64 = months.iter().map(|&t| path[t] - part * path[t]).sum();
                prop_assert!(same(whole, early + late, gross), "{id} in {year}");
                let quarters = months.chunks(3).map(|quarter| -> f64 {
                    quarter.iter().map(|&t| path[t]).sum()
                });
                prop_assert!(same(whole, quarters.sum(), gross), "{id} in {year}");
            }
        }
    }

    #[test]
    fn figures_of_a_year_are_those_of_its_months(scenario in draw::any_scenario()) {
        let outcome = scenario.outcome();
        let year = |series: Series, year: usize| total(&outcome, &[(series, 1.0)], &months(series, year)).0;
        let (aws, ai) = (year(Series::AwsRevenue, 2026), year(Series::AiRevenue, 2026));
        let nonai = year(Series::NonaiRevenue, 2026);
        for (output, sum) in [
            (Output::AwsRevenue2026, aws),
            (Output::AwsRevenue2026, ai + nonai),
            (Output::AiRevenue2026, ai),
            (Output::AnthropicShare2026, ai / aws),
            (Output::AwsGrowth2026, aws / year(Series::AwsRevenue, 2025) - 1.0),
            (Output::AwsGrowth2027, year(Series::AwsRevenue, 2027) / aws - 1.0),
            (Output::Demand202612, 12.0 * outcome.path(Series::Demand)[Month::new(2026, 12)]),
        ] {
            let value = outcome.get(output);
            prop_assert!(same(value, sum, 1e3), "{}: {value} is not {sum}", output.spec().id);
        }
        // The margin of a year is that of its months, each for what it sells.
        for (output, in_year) in [(Output::AwsMargin2026, 2026), (Output::AwsMargin2027, 2027)] {
            let (sold, margin) = (outcome.path(Series::AwsRevenue), outcome.path(Series::AwsMargin));
            let income: f64 = months_of(in_year).map(|t| sold[t] * margin[t]).sum();
            let value = outcome.get(output);
            let sum = income / year(Series::AwsRevenue, in_year);
            prop_assert!(same(value, sum, 1e3), "{}: {value} is not {sum}", output.spec().id);
        }
    }

    #[test]
    fn what_runs_up_over_a_year_is_what_flowed_in_it(scenario in draw::any_scenario()) {
        let outcome = scenario.outcome();
        for (stock, flows) in RUNNING {
            let level = outcome.path(stock).values();
            for year in FIRST_YEAR..=LAST_YEAR {
                // From the month after the first that both have.
                let starts = flows.iter().map(|(flow, _)| flow.spec().start);
                let start = starts.fold(stock.spec().start, Ord::max).index();
                let months: Vec<usize> = months_of(year).filter(|&t| t > start).collect();
                let (Some(&first), Some(&last)) = (months.first(), months.last()) else {
                    continue;
                };
                let (sum, gross) = total(&outcome, flows, &months);
                let rise = level[last] - level[first - 1];
                let gross = gross + level[last].abs() + level[first - 1].abs();
                prop_assert!(
                    same(rise, sum, gross), "{} in {year}: {rise} is not {sum}", stock.spec().id
                );
            }
        }
    }

    #[test]
    fn whoever_pays_somebody_is_paid(scenario in draw::any_scenario()) {
        let outcome = scenario.outcome();
        let parties = [
            Series::CashAmazon, Series::CashAnthropic, Series::CashInvestors,
            Series::CashCustomers, Series::CashSuppliers, Series::CashOtherLabs,
        ];
        let all = parties.map(|party| (party, 1.0));
        for year in FIRST_YEAR..=LAST_YEAR {
            let months: Vec<usize> = months_of(year).collect();
            let (sum, gross) = total(&outcome, &all, &months);
            prop_assert!(same(sum, 0.0, gross), "{year}: {sum}");
        }
    }
}
