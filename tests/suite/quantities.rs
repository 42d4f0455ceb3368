//! Quantities as readers see them.

use compute_loop_core::format;
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
