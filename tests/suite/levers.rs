//! The registry of levers.

use std::collections::HashSet;

use compute_loop_core::evidence::{Row, facts};
use compute_loop_core::fact::Fact;
use compute_loop_core::levers::{Basis, Lever};
use compute_loop_core::model;
use compute_loop_core::replication::replicate;
use compute_loop_core::scenario::Scenario;
use compute_loop_core::uncertainty::{percentile, uncertain};
use compute_loop_core::unit::Unit;
use proptest::prelude::*;

use crate::draw;

/// Every id that links may already hold. An id may be added here, never taken away.
const PERMANENT: [&str; 35] = [
    "arr-2026",
    "gw-committed",
    "trainium-price",
    "arr-net-add",
    "arr-growth-2027",
    "arr-fade",
    "spend-ratio",
    "price-elasticity",
    "nonai-growth-2026",
    "nonai-growth-after",
    "ai-share-2025",
    "build-months",
    "unnamed-start",
    "utilization",
    "other-ai-gw",
    "capacity-binds",
    "training-saving",
    "inference-saving",
    "trainium4-start",
    "maas-share",
    "site-capex",
    "server-capex",
    "gpu-capex",
    "server-life",
    "site-life",
    "power-price",
    "milestone-odds",
    "option-or-duty",
    "top-up",
    "openai-investment",
    "stake",
    "valuation-multiple",
    "pledge",
    "pledge-years",
    "loosening",
];

/// The ids of the facts that a lever's row names.
pub(crate) fn facts_named_by(lever: Lever) -> Vec<&'static str> {
    let spec = lever.spec();
    let mut ids: Vec<&str> = spec.ticks.iter().map(|tick| tick.fact).collect();
    if let Basis::Published(Fact { id, .. }) = spec.basis {
        ids.push(id);
    }
    ids
}

fn fact(id: &str) -> &'static Row {
    facts()
        .iter()
        .find(|row| row.id == id)
        .unwrap_or_else(|| panic!("there is no fact {id}"))
}

fn is_discrete(lever: Lever) -> bool {
    matches!(lever.spec().unit, Unit::Month | Unit::Switch | Unit::Choice)
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * b.abs().max(1.0)
}

#[test]
fn ids_are_the_permanent_ones() {
    let ids: HashSet<&str> = Lever::ALL.iter().map(|lever| lever.spec().id).collect();
    assert_eq!(ids.len(), Lever::COUNT, "two levers share an id");
    assert_eq!(ids, HashSet::from(PERMANENT));
    for lever in Lever::ALL {
        let id = lever.spec().id;
        assert_eq!(Lever::from_id(id), Some(lever));
        assert!(
            id.bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'),
            "{id}"
        );
        assert!(
            !id.starts_with('-') && !id.ends_with('-') && !id.contains("--"),
            "{id}"
        );
        // A link's version has this key.
        assert_ne!(id, "m");
    }
    assert_eq!(Lever::from_id("no-such-lever"), None);
}

#[test]
fn three_come_first() {
    let ids = Lever::PRIMARY.map(|lever| lever.spec().id);
    assert_eq!(ids, ["arr-2026", "gw-committed", "trainium-price"]);
}

#[test]
fn labels_are_of_their_own_and_chapters_exist() {
    let mut labels = HashSet::new();
    for lever in Lever::ALL {
        let spec = lever.spec();
        assert!(labels.insert(spec.label), "{} repeats a label", spec.id);
        assert!(!spec.label.trim().is_empty(), "{}", spec.id);
        assert!((1..=9).contains(&spec.chapter), "{}", spec.id);
        assert!(
            Lever::of_chapter(spec.chapter).any(|of_chapter| of_chapter == lever),
            "{}",
            spec.id
        );
    }
}

#[test]
fn defaults_lie_in_their_ranges_and_are_admitted_as_they_are() {
    for lever in Lever::ALL {
        let spec = lever.spec();
        assert!(spec.min < spec.max, "{}", spec.id);
        for value in [spec.min, spec.default, spec.max] {
            assert!((spec.min..=spec.max).contains(&value), "{}", spec.id);
            assert_eq!(
                lever.admit(value).to_bits(),
                value.to_bits(),
                "{}: {value}",
                spec.id
            );
        }
    }
}

#[test]
fn a_range_is_a_sensible_number_of_steps() {
    for lever in Lever::ALL {
        let spec = lever.spec();
        assert!(spec.step > 0.0, "{}", spec.id);
        let steps = (spec.max - spec.min) / spec.step;
        // Fewer than one could not be taken; more than five hundred would be finer
        // than a slider on a telephone.
        assert!((1.0..=500.0).contains(&steps), "{}: {steps} steps", spec.id);
        let next = spec.min + spec.step;
        assert!(near(lever.admit(next), next), "{}: {}", spec.id, spec.step);
    }
}

#[test]
fn switches_and_choices_have_an_option_for_each_value() {
    for lever in Lever::ALL {
        let spec = lever.spec();
        match spec.unit {
            Unit::Switch | Unit::Choice => {
                assert_eq!(spec.min.to_bits(), 0f64.to_bits(), "{}", spec.id);
                assert_eq!(spec.max as usize + 1, spec.options.len(), "{}", spec.id);
                let names: HashSet<_> = spec.options.iter().collect();
                assert_eq!(names.len(), spec.options.len(), "{}", spec.id);
            }
            _ => assert!(spec.options.is_empty(), "{}", spec.id),
        }
        if is_discrete(lever) {
            assert_eq!(spec.step.to_bits(), 1f64.to_bits(), "{}", spec.id);
        }
    }
}

/// Ticks computed from their fact and others, where the fact alone prints another
/// number or unit: lever, value.
const DERIVED_TICKS: [(&str, f64); 11] = [
    // $2 bn of a norm of $10 bn a gigawatt.
    ("trainium-price", 20.0),
    // The norm against itself.
    ("trainium-price", 100.0),
    // $1.50 against $2.00.
    ("training-saving", 25.0),
    // January 2027, after the year of the tests.
    ("trainium4-start", 48.0),
    // $15 bn for 2.4 GW, $50 bn for 1.3 GW.
    ("site-capex", 6.25),
    ("gpu-capex", 50.0 / 1.3),
    // The whole package counted as invested.
    ("milestone-odds", 100.0),
    // An option by its place.
    ("option-or-duty", 0.0),
    ("option-or-duty", 1.0),
    // $9.5 bn of $183 bn, rounded up; and with the $8 bn paid before.
    ("stake", 5.2),
    ("stake", 17.5 / 1.83),
];

/// Ticks that stand for a claim in words or a date: lever, value.
const WORDED_TICKS: [(&str, f64); 2] = [
    // The offer was refused: nothing was invested.
    ("openai-investment", 0.0),
    // May 2026.
    ("unnamed-start", 40.0),
];

#[test]
fn ticks_lie_on_the_range_and_show_their_fact() {
    let mut derived = 0;
    for lever in Lever::ALL {
        let spec = lever.spec();
        for tick in spec.ticks {
            let at = format!("{}: {} ({})", spec.id, tick.value, tick.fact);
            assert!((spec.min..=spec.max).contains(&tick.value), "{at}");
            assert!(!tick.label.trim().is_empty(), "{at}");
            let row = fact(tick.fact);
            let middle = row
                .low
                .zip(row.high)
                .map(|(low, high)| f64::midpoint(low, high));
            let shown = [row.value, row.low, row.high, middle]
                .into_iter()
                .flatten()
                .any(|number| near(number, tick.value));
            let computed = DERIVED_TICKS
                .iter()
                .chain(&WORDED_TICKS)
                .any(|&(id, value)| id == spec.id && near(value, tick.value));
            assert!(shown != computed, "{at}");
            derived += usize::from(computed);
        }
    }
    assert_eq!(derived, DERIVED_TICKS.len() + WORDED_TICKS.len());
}

#[test]
fn a_tick_rests_on_one_document_and_fits_beside_its_value() {
    for lever in Lever::ALL {
        let spec = lever.spec();
        for tick in spec.ticks {
            let at = format!("{}: {}", spec.id, tick.label);
            assert_eq!(tick.fact, tick.facts[0].id, "{at}");
            assert!(
                tick.facts
                    .iter()
                    .all(|fact| fact.source == tick.facts[0].source),
                "{at} mixes documents"
            );
            assert!(tick.label.chars().count() <= 36, "{at} is long");
        }
        if let Basis::Published(Fact { id, .. }) = spec.basis {
            let own = spec.ticks.iter().find(|tick| tick.fact == *id);
            assert!(
                own.is_some_and(|tick| tick.reads),
                "{}: its default’s fact is no reading",
                spec.id
            );
        }
    }
}

#[test]
fn only_the_middle_of_rainier_is_a_middle() {
    // A tick at the middle of a range shows a number that nobody printed.
    for lever in Lever::ALL {
        for tick in lever.spec().ticks {
            let row = fact(tick.fact);
            let printed = [row.value, row.low, row.high]
                .into_iter()
                .flatten()
                .any(|number| near(number, tick.value));
            let derived = DERIVED_TICKS
                .iter()
                .chain(&WORDED_TICKS)
                .any(|&(id, value)| id == lever.spec().id && near(value, tick.value));
            assert!(
                printed || derived || near(tick.value, 4.65),
                "{}: {}",
                lever.spec().id,
                tick.value
            );
        }
    }
}

#[test]
fn every_default_says_where_it_comes_from() {
    let rows: HashSet<&str> = replicate(&model::run(&Scenario::default()))
        .iter()
        .map(|row| row.id)
        .collect();
    for lever in Lever::ALL {
        let spec = lever.spec();
        match spec.basis {
            Basis::Published(Fact { id, .. }) => assert_eq!(fact(id).id, *id),
            Basis::Derived(row) | Basis::BackSolved(row) => {
                assert!(rows.contains(row), "{}: {row}", spec.id);
            }
            Basis::Assumption => {}
        }
        let reason = lever.reason();
        assert!(reason.ends_with('.'), "{}: {reason}", spec.id);
        assert!(
            reason.split_whitespace().count() >= 3,
            "{}: {reason}",
            spec.id
        );
        assert!(
            reason.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '$'),
            "{}: {reason}",
            spec.id
        );
    }
}

#[test]
fn published_defaults_are_the_published_numbers() {
    for lever in Lever::ALL {
        let spec = lever.spec();
        let Basis::Published(Fact { id, .. }) = spec.basis else {
            continue;
        };
        let row = fact(id);
        match spec.unit {
            // The fact speaks for an option and not for a number.
            Unit::Switch | Unit::Choice => {}
            _ if spec.id == "arr-2026" => {
                // The source says just over 70.
                assert_eq!(row.low, Some(70.0));
                assert!(spec.default > 70.0 && spec.default <= 71.0);
            }
            _ => {
                let equal = row.value.is_some_and(|value| near(value, spec.default));
                let between = row
                    .low
                    .zip(row.high)
                    .is_some_and(|(low, high)| (low..=high).contains(&spec.default));
                assert!(equal || between, "{}: {} of {id}", spec.id, spec.default);
            }
        }
    }
}

proptest! {
    #![proptest_config(draw::cases(4000))]

    #[test]
    fn admitting_ends_in_range_and_changes_nothing_the_second_time(
        lever in draw::any_lever(),
        value in prop_oneof![any::<f64>(), -1e3..1e3],
    ) {
        prop_assume!(value.is_finite());
        let spec = lever.spec();
        let once = lever.admit(value);
        prop_assert!((spec.min..=spec.max).contains(&once), "{once}");
        prop_assert_eq!(lever.admit(once).to_bits(), once.to_bits());
        // Nothing moves by more than half of the smallest unit, or to the range.
        let unit = if is_discrete(lever) { 1.0 } else { 1e-6 };
        let clamped = value.clamp(spec.min, spec.max);
        prop_assert!((once - clamped).abs() <= unit * 0.501, "{clamped} to {once}");
    }

    #[test]
    fn what_is_no_number_leaves_a_lever_alone(
        scenario in draw::any_scenario(),
        lever in draw::any_lever(),
        value in prop_oneof![Just(f64::NAN), Just(f64::INFINITY), Just(f64::NEG_INFINITY)],
    ) {
        let mut after = scenario;
        let taken = after.set(lever, value);
        prop_assert_eq!(taken.to_bits(), scenario.get(lever).to_bits());
        prop_assert_eq!(after, scenario);
    }

    #[test]
    fn setting_one_lever_leaves_the_others(
        scenario in draw::any_scenario(),
        lever in draw::any_lever(),
        share in 0.0..=1.0,
    ) {
        let spec = lever.spec();
        let after = scenario.with(lever, spec.min + share * (spec.max - spec.min));
        for other in Lever::ALL {
            if other != lever {
                prop_assert_eq!(after.get(other).to_bits(), scenario.get(other).to_bits());
            }
        }
    }
}

#[test]
fn percentiles_lie_on_the_levers_and_rise() {
    for lever in uncertain() {
        let spec = lever.spec();
        let at = |p| percentile(lever, spec.default, p).expect("it is uncertain");
        let ends = [0.05, 0.1, 0.5, 0.9, 0.95].map(at);
        assert!(ends.is_sorted(), "{}: {ends:?}", spec.id);
        assert!(ends[0] < ends[4], "{}: {ends:?}", spec.id);
        assert!(spec.min <= ends[0] && ends[4] <= spec.max, "{}", spec.id);
    }
}
