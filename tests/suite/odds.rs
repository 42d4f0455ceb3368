//! Worlds side by side are single runs; what is kept between runs is what a new run
//! would give.

use compute_loop_core::levers::Lever;
use compute_loop_core::model;
use compute_loop_core::month::HORIZON;
use compute_loop_core::odds::{Band, Months, Odds, Simulation, Worlds};
use compute_loop_core::outcome::{Outcome, Output, Series};
use compute_loop_core::scenario::Scenario;

use crate::draw::Draws;

/// NumPy's linear rule on a sorted column.
fn percentile(sorted: &[f32], share: f64) -> f64 {
    let place = (sorted.len() - 1) as f64 * share;
    let below = f64::from(sorted[place as usize]);
    let above = f64::from(sorted[(place as usize + 1).min(sorted.len() - 1)]);
    below + (above - below) * place.fract()
}

const SHARES: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

fn check_band(band: &Band, alone: &[Outcome], from: usize, to: usize) {
    let id = band.series.spec().id;
    let start = band.series.spec().start.index();
    for t in 0..HORIZON {
        let Some(found) = band.at(t) else {
            assert!(
                t < start.max(from) || t >= to,
                "{id} has no band in month {t}"
            );
            continue;
        };
        let mut column: Vec<f32> = alone
            .iter()
            .map(|outcome| outcome.path(band.series)[t] as f32)
            .collect();
        column.sort_by(f32::total_cmp);
        for (found, share) in found.into_iter().zip(SHARES) {
            let expected = percentile(&column, share);
            assert!(
                found.to_bits() == expected.to_bits() || (found - expected).abs() < 1e-12,
                "{id} in month {t} at {share}: {found} instead of {expected}"
            );
        }
    }
}

fn check_samples(odds: &Odds, alone: &[Outcome]) {
    for sample in &odds.samples {
        for (world, outcome) in alone.iter().enumerate() {
            assert_eq!(
                sample.values[world].to_bits(),
                outcome.get(sample.output).to_bits(),
                "{} in world {world}",
                sample.output.spec().id
            );
        }
    }
}

#[test]
fn every_world_is_a_single_run_whatever_is_asked_for() {
    const COUNT: usize = 50;
    let mut draws = Draws::new(41);
    for turn in 0..6 {
        let scenario = draws.scenario(turn);
        let worlds = Worlds::new(turn as u32, COUNT);
        let mut reference = Simulation::new(worlds.clone());
        let alone: Vec<Outcome> = (0..COUNT)
            .map(|world| model::run(&reference.world(&scenario, world)))
            .collect();

        let all = reference.run(&scenario, &[], &Output::ALL);
        assert_eq!(all.samples.len(), Output::COUNT);
        check_samples(&all, &alone);
        // Each by itself, over months of its own: what it does not ask for is not there.
        for output in Output::ALL {
            let mut single = Simulation::new(worlds.clone());
            check_samples(&single.run(&scenario, &[], &[output]), &alone);
        }
        for (i, series) in Series::ALL.into_iter().enumerate() {
            let (from, to) = [(0, HORIZON), (24, 72), (40, 41), (100, 30)][(i + turn) % 4];
            let mut single = Simulation::new(worlds.clone());
            let odds = single.run(&scenario, &[Months { series, from, to }], &[]);
            check_band(&odds.bands[0], &alone, from, to);
        }
    }
}

#[test]
fn what_is_kept_between_runs_is_what_a_new_run_gives() {
    let asked: Vec<Months> = Series::ALL
        .into_iter()
        .map(|series| Months {
            series,
            from: 12,
            to: HORIZON,
        })
        .collect();
    let worlds = Worlds::new(3, 24);
    let mut kept = Simulation::new(worlds.clone());
    let mut draws = Draws::new(43);
    let mut scenario = Scenario::default();
    for turn in 0..160 {
        if turn % 20 == 19 {
            scenario = draws.scenario(turn);
        }
        let lever = Lever::ALL[turn % Lever::COUNT];
        scenario.set(lever, draws.value(lever));
        let again = kept.run(&scenario, &asked, &Output::ALL);
        let anew = Simulation::new(worlds.clone()).run(&scenario, &asked, &Output::ALL);
        for (again, anew) in again.bands.iter().zip(&anew.bands) {
            assert_eq!(again, anew, "after {}", lever.spec().id);
        }
        for (again, anew) in again.samples.iter().zip(&anew.samples) {
            assert_eq!(again, anew, "after {}", lever.spec().id);
        }
    }
}

#[test]
fn fewer_worlds_are_the_beginning_of_more() {
    let (few, many) = (Worlds::new(7, 500), Worlds::new(7, 9_000));
    let other = Worlds::new(8, 500);
    for lever in compute_loop_core::uncertainty::uncertain() {
        let (few, many) = (few.column(lever), many.column(lever));
        assert_eq!(few, many.map(|column| &column[..500]));
        assert_ne!(few, other.column(lever), "another seed gives other worlds");
        for &p in many.expect("it varies") {
            assert!(p > 0.0 && p < 1.0, "{p}");
        }
    }
    assert_eq!(few.column(Lever::GwCommitted), None);
}

#[test]
fn two_scenarios_are_compared_in_the_same_worlds() {
    let worlds = Worlds::new(1, 1_000);
    let growth = [Output::AwsGrowth2026];
    let odds = |scenario: &Scenario| {
        Simulation::new(worlds.clone())
            .run(scenario, &[], &growth)
            .samples
            .remove(0)
    };
    let lower = odds(&Scenario::default());
    let higher = odds(&Scenario::default().with(Lever::NonaiGrowth2026, 16.5));
    let (above, level) = higher.against(&lower).expect("the same worlds");
    // In every world it grows faster, although the two ranges overlap widely.
    assert!((above.share - 1.0).abs() < 1e-12 && level.share < 1e-12);
    assert!(lower.percentiles[4] > higher.percentiles[0]);
    assert_eq!(
        lower.against(&lower).map(|(above, _)| above.share),
        Some(0.0)
    );
    assert_eq!(
        lower
            .against(&odds(&Scenario::default()))
            .map(|(_, level)| level.share),
        Some(1.0)
    );
}
