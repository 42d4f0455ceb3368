//! The levers that an output declares are those, and only those, that move it.

use std::collections::BTreeSet;

use compute_loop_core::levers::Lever;
use compute_loop_core::model;
use compute_loop_core::month::{HORIZON, Month};
use compute_loop_core::outcome::{Outcome, Output, Series};
use compute_loop_core::scenario::Scenario;
use compute_loop_core::unit::Unit;

use crate::draw::Draws;

/// An output and a lever.
type Pair = (Output, Lever);

/// Scenarios of which every lever is moved.
const BASES: usize = 360;
/// How much further the search goes for what a pair needs to show.
const SEARCH: usize = 20_000;

fn moved(before: &Outcome, after: &Outcome) -> impl Iterator<Item = Output> {
    Output::ALL
        .into_iter()
        .filter(|&output| before.get(output).to_bits() != after.get(output).to_bits())
}

fn named(pairs: &BTreeSet<Pair>) -> Vec<String> {
    pairs
        .iter()
        .map(|(output, lever)| format!("{} by {}", output.spec().id, lever.spec().id))
        .collect()
}

fn declared() -> BTreeSet<Pair> {
    Output::ALL
        .into_iter()
        .flat_map(|output| Lever::ALL.map(|lever| (output, lever)))
        .filter(|(output, lever)| output.depends_on(*lever))
        .collect()
}

/// A lever's other values: somewhere else in its range, and an end of it.
fn others(draws: &mut Draws, lever: Lever) -> [f64; 2] {
    [draws.value(lever), draws.end(lever)]
}

#[test]
fn outputs_move_with_the_levers_they_declare_and_no_others() {
    let mut draws = Draws::new(1);
    let declared = declared();
    let mut seen = BTreeSet::new();
    let mut note = |base: &Scenario, before: &Outcome, lever: Lever, value: f64| {
        let after = model::run(&base.with(lever, value));
        seen.extend(moved(before, &after).map(|output| (output, lever)));
    };

    for turn in 0..BASES {
        let base = draws.scenario(turn);
        let before = model::run(&base);
        for lever in Lever::ALL {
            for value in others(&mut draws, lever) {
                note(&base, &before, lever, value);
            }
        }
    }

    // Some levers matter only in rare company: a pledge above demand, power that
    // binds, a month at the edge. Those are looked for longer.
    let mut rare = vec![];
    for turn in 0..SEARCH {
        if turn % 500 == 0 {
            rare = declared.difference(&seen).copied().collect::<Vec<Pair>>();
            if rare.is_empty() {
                break;
            }
        }
        let (_, lever) = rare[turn % rare.len()];
        let base = draws.scenario(turn);
        let before = model::run(&base);
        let value = draws.end(lever);
        let after = model::run(&base.with(lever, value));
        seen.extend(moved(&before, &after).map(|output| (output, lever)));
    }

    let undeclared: BTreeSet<Pair> = seen.difference(&declared).copied().collect();
    let idle: BTreeSet<Pair> = declared.difference(&seen).copied().collect();
    assert!(
        undeclared.is_empty() && idle.is_empty(),
        "moved but not declared: {:#?}\ndeclared but never moved: {:#?}",
        named(&undeclared),
        named(&idle)
    );
}

/// Whether a series is the same to the last bit from a month on.
fn same_from(first: usize, series: Series, a: &Outcome, b: &Outcome) -> bool {
    (first..HORIZON).all(|t| a.path(series)[t].to_bits() == b.path(series)[t].to_bits())
}

/// A month is a coarse output: a lever may move what lies behind it a hundred times
/// before the month itself moves. So the series behind it are watched as well.
#[test]
fn what_a_month_rests_on_moves_with_its_levers_alone() {
    let january = Month::new(2026, 1).index();
    let december = Month::new(2026, 12).index();
    let behind = [
        (Output::ReturnPositive, Series::NetReturn, 0),
        (Output::PledgeMet, Series::PledgeSpent, 0),
        (Output::CommitmentOutgrown, Series::GwNeeded, january),
        (Output::GapCloses, Series::GwNeeded, december),
        (Output::GapCloses, Series::GwOnline, december),
    ];
    for output in Output::ALL {
        assert_eq!(
            output.spec().unit == Unit::Month,
            behind.iter().any(|&(month, ..)| month == output),
            "{} is a month without a series, or a series without a month",
            output.spec().id
        );
    }
    let mut draws = Draws::new(5);
    for turn in 0..90 {
        let base = draws.scenario(turn);
        let before = model::run(&base);
        for lever in Lever::ALL {
            let after = model::run(&base.with(lever, draws.end(lever)));
            for (output, series, first) in behind {
                assert!(
                    output.depends_on(lever) || same_from(first, series, &before, &after),
                    "{} by {}, through {}",
                    output.spec().id,
                    lever.spec().id,
                    series.spec().id
                );
            }
        }
    }
}

/// Whatever is not declared may all move at once.
#[test]
fn all_that_is_not_declared_moves_nothing_together_either() {
    let mut draws = Draws::new(6);
    for turn in 0..60 {
        let (one, other) = (draws.scenario(turn), draws.scenario(turn + 1));
        let before = model::run(&one);
        // Those that are not declared as in the other.
        let mixed = |declared: &dyn Fn(Lever) -> bool| {
            let levers = Lever::ALL.into_iter().filter(|&lever| !declared(lever));
            model::run(&levers.fold(one, |mixed, lever| mixed.with(lever, other.get(lever))))
        };
        for output in Output::ALL {
            let after = mixed(&|lever| output.depends_on(lever));
            let same = before.get(output).to_bits() == after.get(output).to_bits();
            assert!(same, "{}", output.spec().id);
        }
        for series in Series::ALL {
            let after = mixed(&|lever| series.depends_on(lever));
            assert!(
                same_from(0, series, &before, &after),
                "{}",
                series.spec().id
            );
        }
    }
}

#[test]
fn no_lever_is_idle() {
    // The generation index of the chips is a series, which no output quotes.
    let of_series_only = ["trainium4-start", "openai-investment"];
    for lever in Lever::ALL {
        let moves_one = Output::ALL.iter().any(|output| output.depends_on(lever));
        assert_ne!(
            moves_one,
            of_series_only.contains(&lever.spec().id),
            "{}",
            lever.spec().id
        );
    }
}

#[test]
fn a_group_of_levers_names_none_twice() {
    for output in Output::ALL {
        let groups = output.spec().depends;
        let all: Vec<Lever> = groups
            .iter()
            .flat_map(|group| group.iter().copied())
            .collect();
        let distinct: BTreeSet<Lever> = all.iter().copied().collect();
        assert_eq!(all.len(), distinct.len(), "{}", output.spec().id);
    }
}
