//! Every figure can be followed to published figures, beliefs and assumptions, and
//! every formula shown on the way gives the value it explains.

use std::collections::BTreeMap;

use compute_loop_core::expression::Expression;
use compute_loop_core::format;
use compute_loop_core::levers::Lever;
use compute_loop_core::model;
use compute_loop_core::month::{HORIZON, Month};
use compute_loop_core::outcome::{Output, Series};
use compute_loop_core::preset::PRESETS;
use compute_loop_core::scenario::Scenario;
use compute_loop_core::step;
use compute_loop_core::trace::{Explained, Input, Origin, Piece, Place, Trace, trace};
use proptest::prelude::*;

use crate::draw::{any_scenario, cases};

/// Numbers that equations may hold without a source: counts of the calendar, conversions
/// and what every formula has.
const PLAIN: [f64; 10] = [0.0, 0.5, 1.0, 4.0, 12.0, 15.0, 100.0, 1e6, 1e9, 1e-9];

/// Every place from which a value can be reached, with its formula.
fn all(trace: &Trace) -> BTreeMap<Place, Explained> {
    let outputs = Output::ALL.map(|output| trace.output(output));
    let months = (0..HORIZON).filter_map(Month::at);
    let series = Series::ALL.into_iter().flat_map(|series| {
        months
            .clone()
            .filter_map(move |month| trace.series(series, month))
    });
    let mut open: Vec<Place> = outputs.into_iter().chain(series).collect();
    let mut all = BTreeMap::new();
    while let Some(place) = open.pop() {
        if all.contains_key(&place) {
            continue;
        }
        if let Some(explained) = trace.explain(place) {
            open.extend(
                explained
                    .inputs
                    .iter()
                    .flat_map(|input| input.places.clone()),
            );
            all.insert(place, explained);
        }
    }
    all
}

fn assert_recomputes(trace: &Trace) {
    for (place, explained) in all(trace) {
        let (value, again) = (explained.value, explained.recomputed());
        let near = (value - again).abs() <= 1e-9 * value.abs().max(1e-3);
        assert!(
            near,
            "{place:?} {}: {value} against {again} of {} [{}]",
            explained.label,
            explained.numbers(),
            explained.inputs.len(),
        );
    }
}

#[test]
fn a_trace_holds_the_bits_of_a_run() {
    for preset in PRESETS {
        let scenario = preset.scenario();
        let (trace, outcome) = (trace(&scenario), model::run(&scenario));
        for output in Output::ALL {
            let traced = trace.value(trace.output(output)).value;
            let id = output.spec().id;
            assert_eq!(traced.to_bits(), outcome.get(output).to_bits(), "{id}");
        }
        for series in Series::ALL {
            for month in (0..HORIZON).filter_map(Month::at) {
                let traced = trace
                    .series(series, month)
                    .map(|place| trace.value(place).value);
                let run = outcome.at(series, month);
                assert_eq!(
                    traced.map(f64::to_bits),
                    run.map(f64::to_bits),
                    "{}",
                    series.spec().id
                );
            }
        }
    }
}

#[test]
fn every_formula_gives_its_value_from_its_inputs() {
    for preset in PRESETS {
        assert_recomputes(&trace(&preset.scenario()));
    }
}

proptest! {
    #![proptest_config(cases(12))]

    #[test]
    fn so_it_does_for_any_beliefs(scenario in any_scenario()) {
        assert_recomputes(&trace(&scenario));
    }
}

#[test]
fn places_mean_the_same_in_every_scenario() {
    let (one, other) = (trace(&Scenario::default()), trace(&PRESETS[6].scenario()));
    for output in Output::ALL {
        assert_eq!(one.output(output), other.output(output));
    }
    for (place, explained) in all(&one) {
        let label = other.value(place).label;
        assert_eq!(label, explained.label);
    }
}

/// What stands in a month for several things at once: sites, and chips of two makers.
const OF_SEVERAL: [&str; 5] = ["rise", "finish", "standing", "site-age", "server-cost"];

#[test]
fn a_name_stands_for_one_value() {
    for preset in PRESETS {
        let trace = trace(&preset.scenario());
        let mut known: BTreeMap<(&str, String), f64> = BTreeMap::new();
        let mut doubtful = vec![];
        for place in all(&trace).into_keys() {
            let value = trace.value(place);
            let Origin::Computed(quantity) = value.origin else {
                continue;
            };
            if OF_SEVERAL.contains(&quantity.id()) {
                continue;
            }
            let name = (quantity.id(), value.label.clone());
            let before = *known.entry(name).or_insert(value.value);
            if before.to_bits() != value.value.to_bits() {
                doubtful.push(format!("{}: {before} and {}", value.label, value.value));
            }
        }
        assert!(doubtful.is_empty(), "{}: {doubtful:#?}", preset.id);
    }
}

#[test]
fn what_has_a_month_is_named_after_its_own() {
    let scenario = Scenario::default().with(Lever::Loosening, 10.0);
    let (trace, outcome) = (trace(&scenario), model::run(&scenario));
    let named: BTreeMap<(&str, String), f64> = all(&trace)
        .into_keys()
        .filter_map(|place| match trace.value(place) {
            Input {
                origin: Origin::Computed(quantity),
                label,
                value,
                ..
            } => Some(((quantity.id(), label), value)),
            _ => None,
        })
        .collect();
    let path = |series, t: usize| outcome.path(series)[t];
    let rise = |series, t: usize| path(series, t) - path(series, t - 1);
    let pledged = Month::new(2026, 4).index();
    let (aws, nonai) = (Series::AwsRevenue, Series::NonaiRevenue);
    // A month of each, and what it is there by the series themselves.
    let (t, past) = (Month::new(2027, 4).index(), Month::new(2025, 7).index());
    let added = Month::new(2026, 8).index();
    for (step, t, expected) in [
        (&step::KEPT, t, 0.9),
        (&step::PLEDGE_AGE, t, (t - pledged) as f64),
        (
            &step::PLEDGE_LEFT,
            t,
            100.0 - path(Series::PledgeSpent, t - 1),
        ),
        (&step::SALES, t, path(Series::Arr, t) / 12.0),
        (
            &step::AWS_INCOME,
            t,
            path(Series::AwsMargin, t) * path(aws, t),
        ),
        (&step::SHORT, t, -path(Series::CashInvestors, t)),
        (
            &step::EARNED,
            t,
            path(Series::NetReturn, t) + path(Series::CashInvested, t),
        ),
        (&step::ARR_ADDED, added, rise(Series::Arr, added)),
        (&step::AWS_IMPLIED, past, path(aws, past)),
        (&step::NONAI_IMPLIED, past, path(nonai, past)),
        (
            &step::ANTHROPIC_SHARE,
            past,
            path(Series::Demand, past) / path(aws, past),
        ),
    ] {
        let month = Month::at(t).expect("inside the horizon");
        let label = format!("{}, {}", step.label, format::month(month));
        let Some(value) = named.get(&(step.id, label.clone())) else {
            panic!("nothing is called “{label}”");
        };
        assert!(
            (value - expected).abs() < 1e-9,
            "{label}: {value}, not {expected}"
        );
    }
}

#[test]
fn every_way_down_ends_at_a_fact_a_belief_or_an_assumption() {
    let trace = trace(&Scenario::default());
    let formulas = all(&trace);
    for explained in formulas.values() {
        assert!(
            !explained.inputs.is_empty() || explained.value == 0.0,
            "{} rests on nothing: {}",
            explained.label,
            explained.numbers()
        );
        for input in &explained.inputs {
            match input.origin {
                Origin::Computed(_) | Origin::Sum(_) => {
                    assert!(
                        input
                            .places
                            .iter()
                            .all(|place| formulas.contains_key(place))
                    );
                }
                Origin::Lever(_) | Origin::Known(_) => {}
                Origin::Number => panic!("{}: a bare number", explained.label),
            }
        }
    }
}

/// The plain numbers of a formula, exponents left out.
fn numbers(e: &Expression, found: &mut Vec<f64>) {
    match e {
        Expression::Number(number) => found.push(*number),
        Expression::Input(_) | Expression::Share(_) => {}
        Expression::Sum(parts) | Expression::Product(parts) => {
            for (_, part) in parts {
                numbers(part, found);
            }
        }
        Expression::Power(base, _) | Expression::Root(base, _) | Expression::JustAbove(base) => {
            numbers(base, found);
        }
        Expression::Smaller(a, b) | Expression::Larger(a, b) => {
            numbers(a, found);
            numbers(b, found);
        }
        Expression::Chosen {
            value,
            limit,
            taken,
            ..
        } => {
            for part in [value, limit, taken] {
                numbers(part, found);
            }
        }
        Expression::Solved { inputs, .. } => {
            for part in inputs {
                numbers(part, found);
            }
        }
        Expression::Found { pairs, .. } => {
            for (_, a, b) in pairs {
                numbers(a, found);
                numbers(b, found);
            }
        }
    }
}

#[test]
fn no_equation_holds_a_number_without_an_origin() {
    for preset in PRESETS {
        for explained in all(&trace(&preset.scenario())).into_values() {
            let mut found = vec![];
            numbers(&explained.expression, &mut found);
            for number in found {
                assert!(
                    PLAIN.contains(&number),
                    "{}: {number} in {}",
                    explained.label,
                    explained.numbers()
                );
            }
        }
    }
}

#[test]
fn a_formula_reads_well() {
    let trace = trace(&Scenario::default());
    let numbers = |output: Output| {
        let explained = trace.explain(trace.output(output)).expect("a formula");
        explained.numbers().replace('\u{202f}', " ")
    };
    assert_eq!(numbers(Output::Arr202612), "$70.5 bn");
    assert_eq!(
        numbers(Output::TrainiumPricePerGw),
        "63.6 % × $10 bn a gigawatt-year"
    );
    assert_eq!(
        numbers(Output::AwsGrowth2026),
        "$173.85 bn ÷ $128.86 bn − 1"
    );
    assert_eq!(numbers(Output::TrainiumMargin), "1 − $4.7989 bn ÷ $6.36 bn");
    assert_eq!(
        numbers(Output::ContingentExpected),
        "60 % × $20 bn, because “The contingent $20 bn is” is set to duty"
    );
    assert_eq!(
        numbers(Output::CommitmentOutgrown),
        "the first month from January 2026 on in which “Trainium needed” reaches “more than Trainium committed”: \
         in May 2026 4.7972 GW against anything above 5.0 GW; \
         in June 2026 5.4516 GW against anything above 5.0 GW"
    );
    if std::env::var_os("SHOW").is_some() {
        for explained in all(&trace).into_values() {
            let words = explained.words().into_iter().map(|piece| match piece {
                Piece::Text(text) => text,
                Piece::Input(i) => format!("[{}]", explained.inputs[i].label),
            });
            println!(
                "{} == {}  == {}",
                explained.label,
                words.collect::<String>(),
                explained.numbers()
            );
        }
    }
}
