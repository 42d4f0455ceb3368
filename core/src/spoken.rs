//! What a slider says to whoever hears it: the value in words, and what it means here.
//!
//! Screens say “$6.36 bn”; spoken, that is “6.36 billion dollars per gigawatt-year”. The
//! beliefs that the first question turns on say what they make of it as well.

use crate::format::{self, grouped, number, power, trimmed};
use crate::levers::Lever;
use crate::outcome::{Outcome, Output};
use crate::say;
use crate::scenario::Scenario;
use crate::unit::Unit;
use crate::words::{language, t};

/// A lever's value in words.
#[inline]
pub fn value(lever: Lever, at: f64) -> String {
    let billions = || trimmed(at * language().numbers.in_a_billion);
    let amount = || trimmed(at);
    match lever.spec().unit {
        Unit::UsdBn => say!("{amount} billion dollars", amount = billions()),
        Unit::UsdBnPerYear => say!("{amount} billion dollars a year", amount = billions()),
        Unit::UsdBnPerMonth => say!("{amount} billion dollars a month", amount = billions()),
        Unit::UsdBnPerGw => say!("{amount} billion dollars per gigawatt", amount = billions()),
        Unit::UsdBnPerGwYear => say!(
            "{amount} billion dollars per gigawatt-year",
            amount = billions()
        ),
        Unit::Gw => say!("{amount} gigawatts", amount = power(at)),
        Unit::Ratio => say!("{amount} percent", amount = trimmed(100.0 * at)),
        Unit::Percent => say!("{amount} percent", amount = amount()),
        Unit::PercentPerYear => say!("{amount} percent a year", amount = amount()),
        Unit::UsdPerMwh => say!("{amount} dollars per megawatt-hour", amount = amount()),
        Unit::Times => say!("{amount} times", amount = amount()),
        Unit::H200 => say!("{amount} times an H200", amount = amount()),
        Unit::Number => grouped(&amount()),
        Unit::Month
        | Unit::Year
        | Unit::Months
        | Unit::Years
        | Unit::MillionChips
        | Unit::GwPerChip
        | Unit::Switch
        | Unit::Choice => format::lever(lever, at),
    }
}

#[inline]
fn gigawatts(at: f64) -> String {
    say!("{amount} gigawatts", amount = number(at, 1))
}

/// What it means: of the beliefs that the first question turns on, how what is signed
/// compares with what is needed; nothing of others.
#[inline]
pub fn meaning(lever: Lever, scenario: &Scenario, outcome: &Outcome) -> Option<String> {
    if !Lever::PRIMARY.contains(&lever) {
        return None;
    }
    let signed = scenario.get(Lever::GwCommitted);
    let needed = outcome.get(Output::GwNeeded202612);
    // By what is shown: two numbers that read alike are not short of each other.
    let short = number(needed - signed, 1);
    let (over, even) = (number(signed - needed, 1), number(0.0, 1));
    Some(if short == even {
        t("just what is needed in December 2026").to_owned()
    } else if lever == Lever::GwCommitted && needed > signed {
        say!("{short} short of what is needed in December 2026", short)
    } else if lever == Lever::GwCommitted {
        say!("{over} more than is needed in December 2026", over)
    } else if needed > signed {
        say!(
            "{needed} needed in December 2026, {short} more than is signed for",
            needed = gigawatts(needed),
            short
        )
    } else {
        say!(
            "{needed} needed in December 2026, {over} less than is signed for",
            needed = gigawatts(needed),
            over
        )
    })
}

/// A lever's value in words, with what it means where that can be said.
#[inline]
pub fn lever(lever: Lever, scenario: &Scenario, outcome: &Outcome) -> String {
    let value = value(lever, scenario.get(lever));
    match meaning(lever, scenario, outcome) {
        Some(meaning) => say!("{value}, {meaning}", value, meaning),
        None => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model;

    #[test]
    fn a_slider_says_what_its_value_means() {
        let said = |moved: Lever, at: f64| {
            let scenario = Scenario::default().with(moved, at);
            lever(moved, &scenario, &model::run(&scenario))
        };
        assert_eq!(
            said(Lever::GwCommitted, 5.0),
            "5.0 gigawatts, 2.5 short of what is needed in December 2026"
        );
        assert!(said(Lever::GwCommitted, 5.05).starts_with("5.05 gigawatts, "));
        assert_eq!(
            said(Lever::GwCommitted, 10.0),
            "10.0 gigawatts, 2.5 more than is needed in December 2026"
        );
        assert_eq!(
            said(Lever::Arr2026, 60.0),
            "60 billion dollars a year, 6.4 gigawatts needed in December 2026, 1.4 more than is signed for"
        );
        assert_eq!(said(Lever::Stake, 9.0), "9 percent");
    }
}
