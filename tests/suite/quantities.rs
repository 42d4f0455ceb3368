//! Quantities as readers see them, and the values at which an output reaches a target.

use compute_loop_core::format;
use compute_loop_core::model;
use compute_loop_core::outcome::Output;
use compute_loop_core::scenario::Scenario;
use compute_loop_core::solve;
use compute_loop_core::unit::Unit;
use proptest::prelude::*;

use crate::draw;

const UNITS: [Unit; 19] = [
    Unit::UsdBn,
    Unit::UsdBnPerYear,
    Unit::UsdBnPerMonth,
    Unit::UsdBnPerGw,
    Unit::Gw,
    Unit::Ratio,
    Unit::Percent,
    Unit::PercentPerYear,
    Unit::Month,
    Unit::Year,
    Unit::Months,
    Unit::Years,
    Unit::UsdPerMwh,
    Unit::MillionChips,
    Unit::Times,
    Unit::H200,
    Unit::Number,
    Unit::Switch,
    Unit::Choice,
];

/// The outputs that readers are offered to solve for.
const SOLVED: [Output; 3] = [
    Output::GwNeeded202612,
    Output::GwGap202612,
    Output::AwsGrowth2026,
];

/// Numbers of every size, and those around which rounding changes its mind.
fn any_number() -> impl Strategy<Value = f64> {
    prop_oneof![
        -1e4..1e4,
        -100.0..100.0,
        -1.0..1.0,
        -0.01..0.01,
        prop::sample::select(vec![
            0.0, -0.0, 0.005, -0.005, 0.004_999, -0.004_999, 9.994, 9.995, 9.996, 99.94, 99.95,
            -99.95, 999.5, 1e-12, -1e-12,
        ]),
    ]
}

fn is_dollars(unit: Unit) -> bool {
    matches!(
        unit,
        Unit::UsdBn | Unit::UsdBnPerYear | Unit::UsdBnPerMonth | Unit::UsdBnPerGw | Unit::UsdPerMwh
    )
}

/// The number in a text, without sign, currency and unit.
fn digits(text: &str) -> &str {
    let start = text.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    let rest = &text[start..];
    let end = rest
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(rest.len());
    &rest[..end]
}

proptest! {
    #![proptest_config(draw::cases(4000))]

    #[test]
    fn signs_stand_first_and_only_before_what_is_not_zero(
        value in any_number(), unit in prop::sample::select(UNITS.to_vec()),
    ) {
        let text = format::value(unit, value);
        prop_assert!(!text.is_empty());
        prop_assert!(!text.contains('-'), "a hyphen for a minus sign: {text}");
        prop_assert!(!text.contains("$−"), "{text}");
        prop_assert!(!text.contains("NaN") && !text.contains("inf"), "{text}");
        // A unit must not part from its number.
        prop_assert!(!text.contains(' ') || unit == Unit::Month, "{text}");
        prop_assert_eq!(text.contains('$'), is_dollars(unit));
        if let Some(rest) = text.strip_prefix('−') {
            prop_assert!(value < 0.0, "{value} is {text}");
            prop_assert!(digits(&text).bytes().any(|b| matches!(b, b'1'..=b'9')), "{text}");
            prop_assert!(!rest.contains('−'), "{text}");
        } else {
            prop_assert!(!text.contains('−'), "{text}");
        }
    }

    #[test]
    fn numbers_keep_their_value(value in any_number(), decimals in 0_usize..4) {
        let text = format::number(value, decimals);
        let back: f64 = text.replace('−', "-").parse().expect("a number can be read back");
        let half = 0.5 / [1.0, 10.0, 100.0, 1000.0][decimals];
        prop_assert!((back - value).abs() <= half * (1.0 + 1e-9), "{value} is {text}");
        prop_assert_eq!(text.split_once('.').map_or(0, |(_, rest)| rest.len()), decimals);
    }

    #[test]
    fn dollars_have_three_figures_and_no_idle_zeros(value in any_number()) {
        let text = format::value(Unit::UsdBn, value);
        let number = digits(&text);
        if let Some((whole, rest)) = number.split_once('.') {
            prop_assert!(rest.len() <= 2, "{text}");
            prop_assert!(whole.len() + rest.len() <= 3, "{text}");
            prop_assert!(rest.bytes().any(|b| b != b'0'), "{text}");
        }
        let shown: f64 = number.parse().expect("a number can be read back");
        prop_assert!((shown - value.abs()).abs() <= 0.005_01 * value.abs().max(1.0), "{text}");
    }

    #[test]
    fn what_is_set_is_shown_without_idle_zeros(
        lever in draw::any_lever(), share in 0.0..=1.0,
    ) {
        let spec = lever.spec();
        let value = lever.admit(spec.min + share * (spec.max - spec.min));
        let text = format::lever(lever, value);
        prop_assert!(!text.is_empty() && !text.contains('-'), "{text}");
        prop_assert!(!text.contains("$−"), "{text}");
        let number = digits(&text);
        if let Some((_, rest)) = number.split_once('.') {
            // Gigawatts keep one decimal, so that they do not pass for counts.
            let idle = usize::from(spec.unit == Unit::Gw);
            prop_assert!(rest.len() == idle || !rest.ends_with('0'), "{text}");
        }
        let counted = !matches!(spec.unit, Unit::Month | Unit::Switch | Unit::Choice);
        if counted {
            let shown: f64 = number.parse().expect("a number can be read back");
            prop_assert!((shown - value.abs()).abs() <= 0.005_000_1, "{value} is {text}");
        }
    }
}

proptest! {
    #![proptest_config(draw::cases(400))]

    #[test]
    fn a_solution_gives_the_target(
        scenario in draw::any_scenario(),
        lever in draw::any_lever(),
        output in prop::sample::select(SOLVED.to_vec()),
        share in 0.02..0.98,
    ) {
        let spec = lever.spec();
        let at = |value: f64| model::run(&scenario.with(lever, value)).get(output);
        let (low, high) = (at(spec.min), at(spec.max));
        let target = low + share * (high - low);
        let answer = solve::lever_value(&scenario, lever, output, target);
        let numeric = !matches!(spec.unit, Unit::Switch | Unit::Choice);
        if !numeric {
            prop_assert_eq!(answer, None);
        } else if low.to_bits() != high.to_bits() {
            let value = answer.expect("the target lies between the ends");
            prop_assert!((spec.min..=spec.max).contains(&value));
            // A lever moves in its smallest steps, and a month has no fractions: the
            // target lies between what the two next to the answer give.
            let step = if spec.unit == Unit::Month { 1.0 } else { 2e-6 };
            let (a, b) = (at(value - step), at(value + step));
            let hair = 1e-6 * target.abs().max(1e-3);
            prop_assert!(
                a.min(b) - hair <= target && target <= a.max(b) + hair,
                "{} = {value} gives {} for {target}", spec.id, at(value)
            );
            if spec.unit != Unit::Month {
                prop_assert!(
                    (at(value) - target).abs() <= 1e-6 * target.abs().max(1.0),
                    "{} = {value} gives {} for {target}", spec.id, at(value)
                );
            }
        }
    }

    #[test]
    fn what_is_out_of_reach_has_no_solution(
        scenario in draw::any_scenario(),
        lever in draw::any_lever(),
        output in prop::sample::select(SOLVED.to_vec()),
        beyond in 0.001..100.0,
    ) {
        let spec = lever.spec();
        let at = |value: f64| model::run(&scenario.with(lever, value)).get(output);
        let (low, high) = (at(spec.min), at(spec.max));
        for target in [low.min(high) - beyond, low.max(high) + beyond] {
            let answer = solve::lever_value(&scenario, lever, output, target);
            prop_assert_eq!(answer, None, "{} for {}", spec.id, target);
        }
    }
}

#[test]
fn a_solution_is_found_for_every_belief_an_output_depends_on() {
    let default = Scenario::default();
    for output in SOLVED {
        let mut solved = 0;
        for lever in output.spec().depends.concat() {
            let spec = lever.spec();
            let at = |value: f64| model::run(&default.with(lever, value)).get(output);
            let (low, high) = (at(spec.min), at(spec.max));
            if matches!(spec.unit, Unit::Switch | Unit::Choice | Unit::Month)
                || low.to_bits() == high.to_bits()
            {
                continue;
            }
            let target = f64::midpoint(low, high);
            let value = solve::lever_value(&default, lever, output, target)
                .unwrap_or_else(|| panic!("{} by {}", output.spec().id, spec.id));
            assert!(
                (at(value) - target).abs() <= 1e-6 * target.abs(),
                "{} by {} = {value}: {} for {target}",
                output.spec().id,
                spec.id,
                at(value)
            );
            solved += 1;
        }
        assert!(solved >= 4, "{}: only {solved}", output.spec().id);
    }
}
