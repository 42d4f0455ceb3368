//! Growth over the year before.

use crate::month::{Month, months_of};
use crate::outcome::{Outcome, Series};

/// Growth of a flow: the three months around a month against the same three a year
/// before, so that the middle month of a quarter has what is published as the growth
/// of the quarter. A fraction; none where a month is missing.
pub fn of_quarter(outcome: &Outcome, series: Series, middle: Month) -> Option<f64> {
    let first = middle.index().checked_sub(1)?;
    let quarter = |first: usize| -> Option<f64> {
        (first..first + 3)
            .map(|t| outcome.at(series, Month::at(t)?))
            .sum()
    };
    Some(quarter(first)? / quarter(first.checked_sub(12)?)? - 1.0)
}

/// Growth of a flow over a calendar year. A fraction; none where the series does not
/// cover both years, or there was nothing to grow from.
pub fn of_year(outcome: &Outcome, series: Series, year: usize) -> Option<f64> {
    let before = Month::at(months_of(year).start.checked_sub(12)?)?;
    let known = before >= series.spec().start && Month::at(months_of(year).end - 1).is_some();
    let base = outcome.year(series, year - 1);
    (known && base > 0.0).then(|| outcome.year(series, year) / base - 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model;
    use crate::outcome::Output;
    use crate::scenario::Scenario;

    #[test]
    fn growth_is_that_of_the_outputs() {
        let outcome = model::run(&Scenario::default());
        let near = |growth: Option<f64>, output: Output| {
            (growth.expect("both years are known") - outcome.get(output)).abs() < 1e-9
        };
        assert!(near(
            of_year(&outcome, Series::AwsRevenue, 2026),
            Output::AwsGrowth2026
        ));
        assert!(near(
            of_quarter(&outcome, Series::AwsRevenue, Month::new(2026, 2)),
            Output::AwsGrowth2026Q1
        ));
    }

    #[test]
    fn what_has_no_year_before_has_no_growth() {
        let outcome = model::run(&Scenario::default());
        assert_eq!(of_year(&outcome, Series::AwsRevenue, 2024), None);
        assert_eq!(of_year(&outcome, Series::AwsRevenue, 2023), None);
        // Known from the middle of 2025.
        assert!(outcome.year(Series::MarkToMarket, 2025) > 0.0);
        assert_eq!(of_year(&outcome, Series::MarkToMarket, 2026), None);
        // Nothing was paid in 2025.
        assert_eq!(of_year(&outcome, Series::Investment, 2026), None);
        let january = Month::new(2025, 1);
        assert_eq!(of_quarter(&outcome, Series::AwsRevenue, january), None);
        for month in [Month::new(2023, 1), Month::new(2036, 12)] {
            assert_eq!(of_quarter(&outcome, Series::AwsRevenue, month), None);
        }
    }
}
