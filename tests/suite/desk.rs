//! Questions about the worlds: the same answer wherever and however it is asked, smooth
//! while a slider moves, and told on the charts.

use compute_loop::charts::{Case, Chart, View};
use compute_loop_core::levers::Lever;
use compute_loop_core::odds::{Answer, Asked, Desk, FIRST_DRAWS, Months, Question, SEED};
use compute_loop_core::outcome::{Output, Series};
use compute_loop_core::scenario::Scenario;
use compute_loop_core::unit::Unit;
use compute_loop_core::{format, json, link, model};

const YEARS: Months = Months {
    series: Series::GwNeeded,
    from: 24,
    to: 72,
};

fn question() -> Question {
    Question {
        number: 7,
        seed: SEED,
        draws: 512,
        link: "#m=1&arr-2026=60".to_owned(),
        other: Some("#m=1".to_owned()),
        series: vec![
            YEARS,
            Months {
                series: Series::AwsMargin,
                from: 36,
                to: 60,
            },
        ],
        outputs: vec![
            Asked {
                output: Output::AwsGrowth2026,
                at_least: vec![0.3, 0.35],
            },
            Asked::of(Output::GwNeeded202612),
        ],
    }
}

/// The answer to a question, sent there and back as text.
fn sent(desk: &mut Option<Desk>, question: &Question) -> Answer {
    let text = serde_json::to_string(question).expect("a question is text");
    let question = serde_json::from_str(&text).expect("and can be read");
    let reply = Desk::reply(desk, &question);
    assert_eq!(reply.number, question.number);
    reply.answer
}

#[test]
fn it_does_not_matter_who_answers_what() {
    let whole = sent(&mut None, &question());
    assert_eq!((whole.bands.len(), whole.figures.len()), (2, 2));
    // One thing at a time, by a desk that has answered other questions before.
    let mut desk = None;
    let mut other = question();
    other.link = "#m=1&trainium-price=110".to_owned();
    sent(&mut desk, &other);
    for (i, &series) in question().series.iter().enumerate() {
        let one = Question {
            series: vec![series],
            outputs: vec![],
            ..question()
        };
        assert_eq!(sent(&mut desk, &one).bands, whole.bands[i..=i]);
    }
    for (i, asked) in question().outputs.into_iter().enumerate() {
        let one = Question {
            series: vec![],
            outputs: vec![asked],
            ..question()
        };
        assert_eq!(sent(&mut desk, &one).figures, whole.figures[i..=i]);
    }
    // Worlds of another seed are others.
    let seeded = Question {
        seed: 7,
        ..question()
    };
    assert_ne!(sent(&mut desk, &seeded).bands, whole.bands);
}

#[test]
fn two_scenarios_are_compared_in_the_same_worlds() {
    let scenario = Scenario::default();
    let mut desk = Desk::new(SEED, 512);
    let asked = [
        Asked::of(Output::Arr202612),
        Asked::of(Output::GwOnline202612),
    ];
    let same = desk.answer(&scenario, &[], &asked, Some(&scenario));
    for figure in &same.figures {
        let [above, level] = figure.against.expect("there is another");
        assert_eq!((above.share, level.share), (0.0, 1.0));
    }
    let less = scenario.with(Lever::Arr2026, 60.0);
    let other = desk.answer(&scenario, &[], &asked, Some(&less));
    let [above, _] = other.figures[0].against.expect("there is another");
    assert!(above.share > 0.99, "{above:?}");
    let [_, level] = other.figures[1].against.expect("there is another");
    assert!(level.share > 1.0 - 1e-12, "power does not follow demand");
    assert_eq!(
        desk.answer(&scenario, &[], &asked, None).figures[0].against,
        None
    );
}

/// A band moves as smoothly as the model does: over small steps of a slider no percentile
/// jumps, and none turns back where the model rises.
#[test]
fn bands_do_not_shimmer_while_a_slider_moves() {
    /// A step of a percentile in steps of the model. A tail stretches what the middle does.
    const MOST: f64 = 6.0;
    let mut desk = Desk::new(SEED, FIRST_DRAWS);
    let mut last: Option<(f64, Vec<f64>)> = None;
    for step in 0..60 {
        let scenario = Scenario::default().with(Lever::Arr2026, 60.0 + 0.2 * f64::from(step));
        let outcome = model::run(&scenario);
        let december = outcome.get(Output::GwNeeded202612);
        let answer = desk.answer(&scenario, &[YEARS], &[], None);
        let band = &answer.bands[0];
        let now: Vec<f64> = band.at(47).expect("December 2026 has a band").to_vec();
        if let Some((before, worlds)) = &last {
            let moved = december - before;
            assert!(moved > 0.0);
            for (now, before) in now.iter().zip(worlds) {
                let by = now - before;
                assert!(by > -1e-6, "turns back by {by} at step {step}");
                assert!(by < MOST * moved, "{by} at a step of {moved}");
            }
        }
        last = Some((december, now));
    }
}

#[test]
fn every_band_that_is_asked_for_is_drawn_and_told() {
    let scenario = Scenario::default();
    let outcome = model::run(&scenario);
    let mut desk = Desk::new(SEED, 256);
    let mut told = 0;
    for &chart in Chart::ALL {
        let asked = chart.asked(View::default());
        let answer = desk.answer(&scenario, chart.bands(), &asked, None);
        assert!(chart.bands().iter().all(|one| answer.holds(one)));
        let case = Case {
            scenario: &scenario,
            outcome: &outcome,
            odds: Some(&answer),
            view: View::default(),
            matters: None,
        };
        let (with, without) = (
            chart.picture(case),
            chart.picture(Case { odds: None, ..case }),
        );
        let words = |picture: &compute_loop::charts::Picture| -> String {
            (0..picture.readings())
                .filter_map(|place| picture.reading(place))
                .map(|reading| reading.sentence())
                .collect()
        };
        let (with, without) = (words(&with), words(&without));
        if chart.bands().is_empty() && asked.is_empty() {
            assert_eq!(with, without, "{}", chart.id());
        } else {
            told += 1;
            let word = if asked.is_empty() {
                "in nine of ten worlds"
            } else {
                "of 100 worlds"
            };
            let count = with.matches(word).count();
            let least = if asked.is_empty() { 12 } else { 6 };
            assert!(count >= least, "{}: {count}", chart.id());
            assert!(!without.contains(word), "{}", chart.id());
        }
    }
    assert_eq!(told, 9);
}

#[test]
fn ranges_are_told_without_their_unit_and_in_words_with_it() {
    assert_eq!(format::range(Unit::Ratio, 0.26, 0.37), "26–37");
    assert_eq!(format::range(Unit::Ratio, -0.56, 0.54), "−56 to 54");
    assert_eq!(format::range(Unit::Gw, 4.15, 12.6), "4.2–12.6");
    assert_eq!(format::range(Unit::UsdBn, 37.1, 66.4), "37.1–66.4");
    assert_eq!(
        format::range_in_words(Unit::Ratio, 0.26, 0.37),
        "26\u{202f}% to 37\u{202f}%"
    );
    assert_eq!(format::of_hundred(0.0), "0");
    assert_eq!(format::of_hundred(0.001), "fewer than 1");
    assert_eq!(format::of_hundred(0.2165), "22");
    assert_eq!(format::of_hundred(0.999), "more than 99");
    assert_eq!(format::of_hundred(1.0), "100");
}

#[test]
fn percentiles_of_a_link_are_json_of_every_output() {
    let text = json::odds_of_link("#m=1&arr-2026=60", 7, 256);
    let read: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    assert_eq!(read["seed"], 7);
    assert_eq!(read["draws"], 256);
    assert_eq!(read["link"], "#m=1&arr-2026=60");
    for output in Output::ALL {
        let percentiles = &read["outputs"][output.spec().id]["percentiles"];
        let list = percentiles
            .as_array()
            .expect("every output has percentiles");
        assert_eq!(list.len(), 5, "{}", output.spec().id);
    }
    assert_eq!(text, json::odds_of_link("#m=1&arr-2026=60", 7, 256));
    assert_ne!(text, json::odds_of_link("#m=1&arr-2026=60", 8, 256));
    let (scenario, _) = link::decode("#m=1&arr-2026=60");
    let asked = [Asked::of(Output::AwsGrowth2026)];
    let figure = &Desk::new(7, 256)
        .answer(&scenario, &[], &asked, None)
        .figures[0];
    assert_eq!(
        read["outputs"]["aws-growth-2026"]["percentiles"][0].as_f64(),
        Some(figure.percentiles[0])
    );
}
