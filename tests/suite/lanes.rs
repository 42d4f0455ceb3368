//! Several scenarios side by side give the bits that each gives alone.

use compute_loop_core::lane::Lanes;
use compute_loop_core::model;
use compute_loop_core::month::HORIZON;
use compute_loop_core::outcome::{Outcome, Output, Series};
use compute_loop_core::scenario::Scenario;

use crate::draw::Draws;

/// Runs `N` scenarios side by side and compares them with their single runs.
fn compare<const N: usize>(scenarios: &[Scenario], alone: &[Outcome]) {
    let together = model::run_in(&Scenario::from_lanes(|lever| {
        Lanes::<N>(core::array::from_fn(|lane| scenarios[lane].get(lever)))
    }));
    for (lane, single) in alone.iter().enumerate() {
        for output in Output::ALL {
            assert_eq!(
                together.get(output).0[lane].to_bits(),
                single.get(output).to_bits(),
                "{} in lane {lane} of {N}",
                output.spec().id
            );
        }
        for series in Series::ALL {
            for month in 0..HORIZON {
                assert_eq!(
                    together.path(series)[month].0[lane].to_bits(),
                    single.path(series)[month].to_bits(),
                    "{}, month {month}, lane {lane} of {N}",
                    series.spec().id
                );
            }
        }
    }
}

#[test]
fn lanes_hold_the_bits_of_single_runs() {
    let mut draws = Draws::new(2);
    let scenarios: Vec<Scenario> = (0..1000).map(|turn| draws.scenario(turn)).collect();
    let alone: Vec<Outcome> = scenarios.iter().map(model::run).collect();
    for (scenarios, alone) in scenarios.chunks_exact(4).zip(alone.chunks_exact(4)) {
        compare::<4>(scenarios, alone);
    }
    for (scenarios, alone) in scenarios.chunks_exact(8).zip(alone.chunks_exact(8)) {
        compare::<8>(scenarios, alone);
    }
}

#[test]
fn the_same_scenario_gives_the_same_bits_again() {
    let mut draws = Draws::new(3);
    for turn in 0..50 {
        let scenario = draws.scenario(turn);
        let (first, again) = (model::run(&scenario), model::run(&scenario));
        for output in Output::ALL {
            assert_eq!(first.get(output).to_bits(), again.get(output).to_bits());
        }
        for series in Series::ALL {
            let bits = |outcome: &Outcome| -> Vec<u64> {
                let values = outcome.path(series).values();
                values.iter().map(|value| value.to_bits()).collect()
            };
            assert_eq!(bits(&first), bits(&again), "{}", series.spec().id);
        }
    }
}
