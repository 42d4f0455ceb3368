//! Nothing depends on what dollars and gigawatts are counted in.
//!
//! The model runs on numbers of which each that comes from outside, be it a lever, a fact
//! or an assumption, is told in other units of money and power, by its own unit. What
//! comes out has to be the same in those units. The units differ by powers of two, by
//! which a number is multiplied without rounding, so that it has to be so to the last bit.

use core::ops::{Add, Div, Mul, Neg, Sub};

use compute_loop_core::lane::Lane;
use compute_loop_core::model;
use compute_loop_core::month::HORIZON;
use compute_loop_core::origin::{Known, Solution};
use compute_loop_core::outcome::{Output, Series};
use compute_loop_core::scenario::Scenario;
use compute_loop_core::unit::Unit;
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

use crate::draw;

/// A number of the model, where a dollar of the sources is 2 to the power of `MONEY`
/// units of money, and a watt 2 to the power of `POWER` units of power.
#[derive(Clone, Copy, Debug)]
struct Counted<const MONEY: i32, const POWER: i32>(f64);

/// In which powers of money and of power a unit counts.
fn dimension(unit: &str) -> (i32, i32) {
    let (above, below) = unit.split_once("_per_").unwrap_or((unit, ""));
    let money = i32::from(above.starts_with("USD"));
    let per_power = ["GW", "MWh", "W"]
        .iter()
        .any(|power| below.starts_with(power));
    (money, i32::from(above == "GW") - i32::from(per_power))
}

/// The same of a unit of the registries, by its name in JSON.
fn dimension_of(unit: Unit) -> (i32, i32) {
    let name = serde_json::to_value(unit).expect("a unit has a name");
    dimension(name.as_str().expect("which is text"))
}

impl<const MONEY: i32, const POWER: i32> Counted<MONEY, POWER> {
    /// What a number of such a dimension is multiplied by.
    fn factor((money, power): (i32, i32)) -> f64 {
        libm::scalbn(1.0, MONEY * money + POWER * power)
    }
}

impl<const MONEY: i32, const POWER: i32> Lane for Counted<MONEY, POWER> {
    fn splat(number: f64) -> Self {
        Self(number)
    }
    fn map(self, function: impl Fn(f64) -> f64) -> Self {
        Self(function(self.0))
    }
    fn zip(self, other: Self, function: impl Fn(f64, f64) -> f64) -> Self {
        Self(function(self.0, other.0))
    }
    fn select_below(self, limit: Self, yes: Self, no: Self) -> Self {
        if self.0 < limit.0 { yes } else { no }
    }
    fn least(self) -> f64 {
        self.0
    }
    fn settled(self, before: Self) -> bool {
        self.0.to_bits() == before.0.to_bits()
    }
    fn known(known: Known) -> Self {
        let dimension = match known {
            Known::Fact(fact, _) => dimension(fact.unit),
            known => dimension_of(known.unit()),
        };
        Self(known.value() * Self::factor(dimension))
    }
    /// What was solved for from the facts themselves is told as the sources do: it is
    /// money where it fulfils its condition only once it is told as its inputs are.
    fn solved(self, solution: &'static Solution, inputs: &[Self]) -> Self {
        let inputs: Vec<f64> = inputs.iter().map(|input| input.0).collect();
        let fulfils = |value: f64| (solution.residual)(value, &inputs).abs() < 1e-9;
        let money = self.0 * Self::factor((1, 0));
        Self(if !fulfils(self.0) && fulfils(money) {
            money
        } else {
            self.0
        })
    }
}

impl<const MONEY: i32, const POWER: i32> Neg for Counted<MONEY, POWER> {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

macro_rules! operator {
    ($($trait:ident :: $method:ident, $op:tt;)*) => {$(
        impl<const MONEY: i32, const POWER: i32> $trait for Counted<MONEY, POWER> {
            type Output = Self;
            fn $method(self, other: Self) -> Self {
                Self(self.0 $op other.0)
            }
        }
        impl<const MONEY: i32, const POWER: i32> $trait<f64> for Counted<MONEY, POWER> {
            type Output = Self;
            fn $method(self, other: f64) -> Self {
                Self(self.0 $op other)
            }
        }
    )*};
}

operator! {
    Add::add, +;
    Sub::sub, -;
    Mul::mul, *;
    Div::div, /;
}

/// Runs a scenario in other units and compares it with the run in those of the sources.
fn check<const MONEY: i32, const POWER: i32>(scenario: &Scenario) -> TestCaseResult {
    let factor = |unit: Unit| Counted::<MONEY, POWER>::factor(dimension_of(unit));
    let there = Scenario::from_lanes(|lever| {
        Counted::<MONEY, POWER>(scenario.get(lever) * factor(lever.spec().unit))
    });
    let (there, here) = (model::run_in(&there), scenario.outcome());
    for output in Output::ALL {
        let spec = output.spec();
        let (value, same) = (there.get(output).0, here.get(output) * factor(spec.unit));
        prop_assert_eq!(
            value.to_bits(),
            same.to_bits(),
            "{}: {} is not {}",
            spec.id,
            value,
            same
        );
    }
    for series in Series::ALL {
        let spec = series.spec();
        for t in 0..HORIZON {
            let value = there.path(series)[t].0;
            let same = here.path(series)[t] * factor(spec.unit);
            prop_assert_eq!(
                value.to_bits(),
                same.to_bits(),
                "{}, month {}: {} is not {}",
                spec.id,
                t,
                value,
                same
            );
        }
    }
    Ok(())
}

#[test]
fn units_are_told_apart_by_their_names() {
    assert_eq!(dimension_of(Unit::UsdBnPerMonth), (1, 0));
    assert_eq!(dimension_of(Unit::UsdBnPerGwYear), (1, -1));
    assert_eq!(dimension_of(Unit::UsdPerMwh), (1, -1));
    assert_eq!(dimension_of(Unit::GwPerChip), (0, 1));
    assert_eq!(dimension_of(Unit::Gw), (0, 1));
    assert_eq!(dimension("TFLOPS_per_W"), (0, -1));
    for unit in [Unit::Ratio, Unit::Month, Unit::MillionChips, Unit::Times] {
        assert_eq!(dimension_of(unit), (0, 0));
    }
}

proptest! {
    #![proptest_config(draw::cases(200))]

    #[test]
    fn more_units_of_money_to_a_dollar_scale_every_sum_and_price_and_nothing_else(
        scenario in prop_oneof![draw::any_scenario(), draw::extreme_scenario()],
    ) {
        check::<-7, 0>(&scenario)?;
    }

    #[test]
    fn more_units_of_power_to_a_watt_scale_power_and_prices_of_it_and_nothing_else(
        scenario in prop_oneof![draw::any_scenario(), draw::extreme_scenario()],
    ) {
        check::<0, 3>(&scenario)?;
    }

    /// At the same prices half the money buys half the power: all that is summed halves,
    /// what a gigawatt costs stays.
    #[test]
    fn two_equal_buyers_pay_and_need_what_one_of_twice_the_size_does(
        scenario in prop_oneof![draw::any_scenario(), draw::extreme_scenario()],
    ) {
        check::<-1, -1>(&scenario)?;
    }
}
