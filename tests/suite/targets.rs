//! What would have to be true: the values of single beliefs that reach a target, the
//! cheapest combined change, and maps of two beliefs.

use compute_loop_core::cheapest::{self, Change, Cheapest};
use compute_loop_core::fact::facts;
use compute_loop_core::levers::Lever;
use compute_loop_core::map::{Map, Side};
use compute_loop_core::model;
use compute_loop_core::month::{HORIZON, Month};
use compute_loop_core::outcome::Output;
use compute_loop_core::question::{self, Question};
use compute_loop_core::scenario::Scenario;
use compute_loop_core::solve::{self, Answer, How, Reach};
use compute_loop_core::unit::Unit;
use proptest::prelude::*;

use crate::draw::{self, Draws};

fn figure(scenario: &Scenario, output: Output) -> f64 {
    model::run(scenario).get(output)
}

fn is_whole(output: Output) -> bool {
    matches!(output.spec().unit, Unit::Month | Unit::Year)
}

fn any_output() -> impl Strategy<Value = Output> {
    let outputs = question::outputs().into_iter().flat_map(|group| group.1);
    prop::sample::select(outputs.collect::<Vec<_>>())
}

/// The one answer of a lever at the defaults.
fn only(lever: Lever, output: Output, target: f64) -> Answer {
    let reach = solve::reach(&Scenario::default(), lever, output, target);
    assert_eq!(reach.answers.len(), 1, "{reach:?}");
    reach.answers[0]
}

#[test]
fn what_can_be_worked_out_by_hand_is_found() {
    let answer = only(Lever::Arr2026, Output::Arr202612, 61.5);
    assert_eq!((answer.how, answer.low), (How::Through, 61.5));
    let answer = only(Lever::TrainiumPrice, Output::TrainiumPricePerGw, 5.0);
    assert_eq!((answer.how, answer.low), (How::Through, 50.0));
    // Needed is demand over price, and demand is in proportion to ARR.
    let needed = figure(&Scenario::default(), Output::GwNeeded202612);
    let arr = Lever::Arr2026.spec().default * 6.0 / needed;
    let answer = only(Lever::Arr2026, Output::GwNeeded202612, 6.0);
    assert!((answer.low - arr).abs() < 2e-6, "{} for {arr}", answer.low);
    assert_eq!(answer.low.to_bits(), answer.high.to_bits());
    // Stake × multiple × ARR.
    let stake = 7.5 / 100.0 * 70.5;
    let answer = only(Lever::ValuationMultiple, Output::StakeValue202612, 80.0);
    assert!((answer.low - 80.0 / stake).abs() < 2e-6);
}

#[test]
fn none_one_stretch_jump_and_everywhere_are_told_apart() {
    let now = Scenario::default();
    let none = solve::reach(&now, Lever::Arr2026, Output::GwNeeded202612, 40.0);
    assert_eq!(none.answers, vec![]);
    let most = Lever::Arr2026.spec().max;
    assert_eq!(none.nearest.0.to_bits(), most.to_bits());
    assert!(!none.idle && none.from(70.0).is_none());

    // The overlap of two shares is nothing until they add to more than the whole.
    let level = only(Lever::MaasShare, Output::AiBehindBedrockShare, 0.0);
    let start = 100.0
        * (1.0 - facts::ANTHROPIC_SHARE_AWS_2026Q1.middle() / facts::AWS_AI_MIX_2026Q1.value());
    assert_eq!((level.how, level.low), (How::Level, 10.0));
    assert!(
        (level.high - start).abs() < 1e-5,
        "{} for {start}",
        level.high
    );

    // Amazon's option is worth taking from one valuation on: all of it, or nothing.
    let option = now.with(Lever::OptionOrDuty, 1.0);
    let share = |multiple: f64| {
        figure(
            &option.with(Lever::ValuationMultiple, multiple),
            Output::CircularShare,
        )
    };
    let jump = solve::reach(
        &option,
        Lever::ValuationMultiple,
        Output::CircularShare,
        0.1,
    );
    assert_eq!(jump.answers.len(), 1, "{jump:?}");
    let answer = jump.answers[0];
    assert_eq!(answer.how, How::Across);
    assert!((answer.high - answer.low - 1e-6).abs() < 1e-9, "{answer:?}");
    assert!(share(answer.low) < 0.1 && share(answer.high) > 0.1);
    assert_eq!(answer.from(2.0).to_bits(), answer.high.to_bits());
    assert_eq!(answer.from(30.0).to_bits(), answer.low.to_bits());

    // A switch is on one side or on the other.
    let bound = now.with(Lever::CapacityBinds, 1.0);
    let middle = f64::midpoint(
        figure(&now, Output::AwsGrowth2026),
        figure(&bound, Output::AwsGrowth2026),
    );
    let switch = only(Lever::CapacityBinds, Output::AwsGrowth2026, middle);
    assert_eq!(
        (switch.how, switch.low, switch.high),
        (How::Across, 0.0, 1.0)
    );

    // At an elasticity of 1 a price leaves demand alone.
    let demand = figure(&now, Output::Demand202612);
    let reach = solve::reach(&now, Lever::TrainiumPrice, Output::Demand202612, demand);
    assert!(reach.is_everywhere() && reach.idle, "{reach:?}");

    // A month holds over a stretch of values.
    let closes = figure(&now, Output::GapCloses);
    let reach = solve::reach(&now, Lever::Arr2026, Output::GapCloses, closes);
    assert!(
        reach.answers.iter().any(|answer| {
            answer.how == How::Level && answer.low <= 70.5 && answer.high >= 70.5
        }),
        "{reach:?}"
    );
}

#[test]
fn a_turn_that_comes_back_has_two_answers_and_one_that_touches_has_one() {
    let mut draws = Draws::new(7);
    let mut turns = 0;
    for turn in 0..60 {
        let scenario = draws.scenario(turn);
        for (lever, output) in [
            (Lever::TrainiumPrice, Output::AwsMargin2026),
            (Lever::SpendRatio, Output::AwsMargin2027),
            (Lever::GwCommitted, Output::AwsMargin2027),
            (Lever::ArrNetAdd, Output::AwsGrowth2027),
        ] {
            let spec = lever.spec();
            let at = |part: f64| spec.min + part * (spec.max - spec.min);
            let values: Vec<f64> = (0..=80)
                .map(|i| figure(&scenario.with(lever, at(f64::from(i) / 80.0)), output))
                .collect();
            let top = (0..=80).max_by(|&a, &b| values[a].total_cmp(&values[b]));
            let top = top.unwrap_or_default();
            let span = values[top] - values.iter().copied().fold(f64::INFINITY, f64::min);
            let rim = values[0].max(values[80]);
            if span <= 0.0 || values[top] - rim < 0.05 * span {
                continue;
            }
            turns += 1;
            // Just under the top, between two steps of the search as it may be.
            let target = values[top] - 1e-5 * span;
            let reach = solve::reach(&scenario, lever, output, target);
            let near = |side: f64| {
                reach.answers.iter().any(|answer| {
                    (answer.low - at(top as f64 / 80.0)) * side > -1e-9 && answer.how != How::Level
                })
            };
            assert!(near(1.0) && near(-1.0), "{lever:?}, {output:?}: {reach:?}");
        }
    }
    assert!(turns >= 5, "only {turns} turns were met");
}

proptest! {
    #![proptest_config(draw::cases(160))]

    #[test]
    fn every_answer_reaches_the_target_and_none_is_missed(
        scenario in draw::any_scenario(),
        output in any_output(),
        which in 0usize..64,
        part in 0.0..=1.0,
    ) {
        let levers: Vec<Lever> = question::sides(output).collect();
        let lever = levers[which % levers.len()];
        let spec = lever.spec();
        let at = |value: f64| figure(&scenario.with(lever, value), output);
        let target = at(spec.min + part * (spec.max - spec.min));
        let reach = solve::reach(&scenario, lever, output, target);
        prop_assert!(!reach.answers.is_empty(), "{} for {target}", spec.id);
        let hair = 1e-4 * (at(spec.max) - at(spec.min)).abs() + 1e-6 * target.abs().max(1e-3);
        for answer in &reach.answers {
            prop_assert!(spec.min <= answer.low && answer.high <= spec.max);
            let (low, high) = (at(answer.low) - target, at(answer.high) - target);
            match answer.how {
                How::Across => prop_assert!(low * high < 0.0, "{low} to {high}"),
                _ => prop_assert!(
                    low.abs() <= hair && high.abs() <= hair,
                    "{} = {answer:?}: off by {low}, {high}", spec.id
                ),
            }
        }
        // Wherever a finer look sees the target passed there is an answer.
        let steps = 150;
        let values: Vec<f64> = (0..=steps)
            .map(|i| lever.admit(spec.min + (spec.max - spec.min) * f64::from(i) / f64::from(steps)))
            .collect();
        for pair in values.windows(2) {
            let (a, b) = (at(pair[0]) - target, at(pair[1]) - target);
            if a.abs().min(b.abs()) > 1e-9 && a * b < 0.0 {
                let found = reach.answers.iter().any(|answer| {
                    answer.low <= pair[1] + 1e-6 && answer.high >= pair[0] - 1e-6
                });
                prop_assert!(found, "{} between {pair:?}: {reach:?}", spec.id);
            }
        }
    }

    #[test]
    fn what_is_out_of_reach_is_said_to_be(
        scenario in draw::any_scenario(),
        output in any_output(),
        far in prop::sample::select(vec![-1e9, -1e4, 1e5, 1e9]),
    ) {
        for reach in solve::reaches(&scenario, output, far) {
            prop_assert_eq!(&reach.answers, &vec![]);
            let (value, gives) = reach.nearest;
            prop_assert!((figure(&scenario.with(reach.lever, value), output) - gives).abs() <= 1e-6 * far.abs());
        }
        let reaches = solve::reaches(&scenario, output, far);
        prop_assert_eq!(cheapest::cheapest(&scenario, output, far, &reaches), Cheapest::OutOfReach);
    }
}

/// The length of the best single answer, among levers that have a distribution.
fn best_single(scenario: &Scenario, reaches: &[Reach]) -> Option<f64> {
    let lengths = reaches
        .iter()
        .filter(|reach| question::is_ranged(reach.lever))
        .filter_map(|reach| {
            let now = scenario.get(reach.lever);
            Some(solve::deviations(reach.lever, now, reach.from(now)?)?.abs())
        });
    lengths.min_by(f64::total_cmp)
}

/// Fails unless a change is what it says and reaches the target.
fn assert_change(scenario: &Scenario, output: Output, target: f64, change: &Change) {
    let gives = figure(&change.made(scenario), output);
    assert!((gives - change.gives).abs() <= 1e-9 * gives.abs().max(1.0));
    let now = figure(scenario, output);
    let met = (gives - target).abs() <= cheapest::TOLERANCE * target.abs().max(1.0);
    let passed = (gives - target) * (now - target) <= 0.0;
    assert!(
        met || passed,
        "{}: {gives} for {target} from {now}",
        output.spec().id
    );
    let mut sum = 0.0;
    for one in &change.moves {
        let spec = one.lever.spec();
        assert!((spec.min..=spec.max).contains(&one.to), "{one:?}");
        assert_eq!(one.from.to_bits(), scenario.get(one.lever).to_bits());
        let far = solve::deviations(one.lever, one.from, one.to).expect("it has a deviation");
        assert!((far - one.deviations).abs() < 1e-9);
        sum += far * far;
    }
    assert!((sum.sqrt() - change.deviations).abs() < 1e-9);
    assert!(
        change
            .moves
            .is_sorted_by(|a, b| a.deviations.abs() >= b.deviations.abs()),
        "{change:?}"
    );
}

#[test]
fn the_cheapest_change_reaches_and_beats_every_single_one() {
    let mut draws = Draws::new(11);
    let (mut found, mut beaten, mut none) = (0, 0, 0);
    let outputs: Vec<Output> = question::outputs()
        .into_iter()
        .flat_map(|group| group.1)
        .collect();
    for turn in 0..200 {
        let scenario = draws.scenario(turn);
        let output = outputs[turn % outputs.len()];
        // As some other world has it: it can be reached.
        let target = figure(&draws.scenario(turn / 2), output);
        let reaches = solve::reaches(&scenario, output, target);
        let single = best_single(&scenario, &reaches);
        match cheapest::cheapest(&scenario, output, target, &reaches) {
            Cheapest::There => {
                let miss = figure(&scenario, output) - target;
                assert!(miss.abs() <= cheapest::TOLERANCE * target.abs().max(1.0));
            }
            Cheapest::OutOfReach => {
                assert_eq!(single, None, "{}", output.spec().id);
                none += 1;
            }
            Cheapest::By(change) => {
                assert_change(&scenario, output, target, &change);
                found += 1;
                if let Some(single) = single {
                    assert!(change.deviations <= single + 1e-9, "{single}: {change:?}");
                    beaten += usize::from(change.deviations < 0.98 * single);
                }
            }
        }
    }
    println!("{found} found, {beaten} cheaper than any single, {none} out of reach");
    assert!(found > 80 && beaten > 30, "{found} {beaten} {none}");
}

#[test]
fn nothing_cheaper_is_found_by_trying_at_random() {
    let mut draws = Draws::new(5);
    let now = Scenario::default();
    for output in question::HEADLINES {
        let target = question::first_target(output);
        let reaches = solve::reaches(&now, output, target);
        let Cheapest::By(change) = cheapest::cheapest(&now, output, target, &reaches) else {
            panic!("{} cannot reach {target}", output.spec().id);
        };
        let start = figure(&now, output);
        let levers: Vec<Lever> = question::sides(output)
            .filter(|&lever| solve::deviation(lever).is_some())
            .collect();
        // Points about the answer, and anywhere at its distance, a twentieth nearer.
        for round in 0..3000 {
            let mut point: Vec<f64> = levers
                .iter()
                .map(|&lever| {
                    let by = change.moves.iter().find(|one| one.lever == lever);
                    let stray = draws.unit() + draws.unit() + draws.unit() - 1.5;
                    by.map_or(0.0, |one| if round % 2 == 0 { one.deviations } else { 0.0 })
                        + stray * change.deviations
                })
                .collect();
            let size = point.iter().map(|part| part * part).sum::<f64>().sqrt();
            for part in &mut point {
                *part *= 0.95 * change.deviations / size;
            }
            let moved = levers
                .iter()
                .zip(&point)
                .fold(now, |scenario, (&lever, by)| {
                    let value = now.get(lever) + by * solve::deviation(lever).unwrap_or_default();
                    scenario.with(lever, value)
                });
            let gives = figure(&moved, output);
            // Whole months may be rounded into reach.
            let there = (gives - target) * (start - target) <= 0.0;
            assert!(
                !there || is_whole(output),
                "{}: {gives} for {target} at {:.3} of {:.3}",
                output.spec().id,
                0.95 * change.deviations,
                change.deviations
            );
        }
    }
}

/// A map of a function on the unit square, drawn on two levers' ranges.
fn map_of(count: usize, function: impl Fn(f64, f64) -> f64) -> Map {
    let side = |lever: Lever| Side {
        lever,
        values: (0..count).map(|i| i as f64 / (count - 1) as f64).collect(),
    };
    let (across, up) = (side(Lever::Arr2026), side(Lever::Stake));
    let values = up
        .values
        .iter()
        .flat_map(|&y| across.values.iter().map(move |&x| (x, y)))
        .map(|(x, y)| function(x, y))
        .collect();
    Map {
        output: Output::GwGap202612,
        across,
        up,
        values,
    }
}

#[test]
fn lines_are_whole_rings_and_ways_from_rim_to_rim() {
    let round = |x: f64, y: f64| libm::hypot(x - 0.5, y - 0.5);
    let rings = map_of(41, round).lines(0.3);
    assert_eq!(rings.len(), 1);
    assert_eq!(rings[0].first(), rings[0].last(), "it goes round");
    for &(x, y) in &rings[0] {
        assert!((round(x, y) - 0.3).abs() < 1e-3, "{x}, {y}");
    }
    // Straight lines are exact, and reach from rim to rim.
    let straight = map_of(11, |x, y| 2.0 * x + y).lines(1.3);
    assert_eq!(straight.len(), 1);
    for &(x, y) in &straight[0] {
        assert!((2.0 * x + y - 1.3).abs() < 1e-12);
    }
    let ends = [straight[0][0], straight[0][straight[0].len() - 1]];
    for (x, y) in ends {
        assert!(
            [x, y]
                .iter()
                .any(|part| !(1e-12..=1.0 - 1e-12).contains(part)),
            "{x}, {y}"
        );
    }
    // A saddle has two branches, whichever side of its middle the level is.
    for level in [-0.02, 0.02] {
        let saddle = map_of(12, |x, y| (x - 0.5) * (y - 0.5)).lines(level);
        assert_eq!(saddle.len(), 2, "{level}");
    }
    assert!(map_of(9, |_, _| 1.0).lines(1.0).is_empty());
    assert!(map_of(9, |x, _| x).lines(7.0).is_empty());
}

#[test]
fn lines_of_the_model_are_where_they_say() {
    let mut points = 0;
    for (output, sides) in [
        (
            Output::GwNeeded202612,
            (Lever::Arr2026, Lever::TrainiumPrice),
        ),
        (Output::GwGap202612, (Lever::Arr2026, Lever::SpendRatio)),
        (
            Output::AwsGrowth2026,
            (Lever::SpendRatio, Lever::NonaiGrowth2026),
        ),
        (
            Output::TrainiumMargin,
            (Lever::ServerCapex, Lever::ServerLife),
        ),
    ] {
        let now = Scenario::default();
        let map = Map::of(&now, output, sides, (41, 31));
        assert_eq!(map.values.len(), 41 * 31);
        let (low, high) = map.ends();
        for part in [0.1, 0.35, 0.6, 0.85] {
            let level = low + part * (high - low);
            let lines = map.lines(level);
            assert!(!lines.is_empty(), "{output:?} at {level}");
            for &(x, y) in lines.iter().flatten() {
                let at = figure(&now.with(sides.0, x).with(sides.1, y), output);
                assert!(
                    (at - level).abs() <= 0.008 * (high - low),
                    "{output:?} at {x}, {y}: {at} for {level}"
                );
                points += 1;
            }
        }
    }
    assert!(points > 300, "only {points}");
    // Whole months: on either side of a line lie the month and one before it.
    let map = Map::of(
        &Scenario::default(),
        Output::GapCloses,
        (Lever::Arr2026, Lever::UnnamedStart),
        (41, 31),
    );
    assert!(map.across.values.len() == 41 && map.up.values.len() == 31);
    for line in map.lines(f64::from(72)) {
        assert!(line.len() > 1);
    }
}

#[test]
fn a_target_is_read_as_it_is_written() {
    for (_, outputs) in question::outputs() {
        for output in outputs {
            let target = question::first_target(output);
            let now = figure(&Scenario::default(), output);
            assert!(target.is_finite(), "{}", output.spec().id);
            assert!(
                (target - now).abs() > 1e-9,
                "{}: {target} holds already",
                output.spec().id
            );
            for target in [target, now] {
                let text = question::text(output, target);
                let read = question::parse(output, &text).expect("it can be read");
                assert!(
                    (read - target).abs() <= 1e-9 * target.abs().max(1.0),
                    "{}: {target} is {text} is {read}",
                    output.spec().id
                );
            }
            let question = Question::of(output, &Scenario::default());
            assert_ne!(question.across, question.up, "{}", output.spec().id);
            assert!(output.depends_on(question.across));
        }
    }
    let growth = Output::AwsGrowth2026;
    assert_eq!(question::text(growth, 0.3), "30");
    assert_eq!(question::parse(growth, "35"), Some(0.35));
    for wrong in ["", "x", "NaN", "inf", "1e99", "-inf", "0x3"] {
        assert_eq!(question::parse(growth, wrong), None, "{wrong}");
    }
    let closes = Output::GapCloses;
    assert_eq!(question::parse(closes, "never"), Some(HORIZON as f64));
    assert_eq!(
        question::parse(closes, "2027-06"),
        Some(Month::new(2027, 6).index() as f64)
    );
    for wrong in ["2027", "1900-01", "12"] {
        assert_eq!(question::parse(closes, wrong), None, "{wrong}");
    }
}
