//! What can be read from charts place by place.

use compute_loop::charts::{Case, Chart, GRID, Look, Picture, View};
use compute_loop::palette::Theme;
use compute_loop_core::format;
use compute_loop_core::levers::Lever;
use compute_loop_core::model;
use compute_loop_core::month::Month;
use compute_loop_core::outcome::{Outcome, Series};
use compute_loop_core::preset::PRESETS;
use compute_loop_core::scenario::Scenario;
use compute_loop_core::unit::Unit;
use plotters::prelude::{IntoDrawingArea, SVGBackend};

const WIDTHS: [f64; 3] = [280.0, 680.0, 900.0];

fn picture(chart: Chart, scenario: &Scenario, outcome: &Outcome) -> Picture {
    chart.picture(Case {
        scenario,
        outcome,
        odds: None,
        view: View::default(),
        matters: None,
    })
}

fn look(picture: &Picture, width: f64) -> Look {
    Look {
        width,
        height: picture.height(width),
        theme: Theme::Light,
        contrast: false,
    }
}

fn every(mut with: impl FnMut(Chart, &Picture)) {
    for preset in PRESETS {
        let scenario = preset.scenario();
        let outcome = model::run(&scenario);
        for &chart in Chart::ALL {
            with(chart, &picture(chart, &scenario, &outcome));
        }
    }
}

#[test]
fn without_the_model_only_what_is_published_is_left() {
    let mut scenarios = vec![Scenario::default()];
    for lever in Lever::ALL {
        let spec = lever.spec();
        scenarios.push(Scenario::default().with(lever, spec.min));
        scenarios.push(Scenario::default().with(lever, spec.max));
    }
    let outcomes: Vec<Outcome> = scenarios.iter().map(model::run).collect();
    let mut points = vec![];
    for &chart in Chart::ALL {
        let pictures = scenarios.iter().zip(&outcomes);
        let pictures: Vec<Picture> = pictures
            .map(|(scenario, outcome)| picture(chart, scenario, outcome))
            .collect();
        let left: Vec<Picture> = pictures.into_iter().map(Picture::published_only).collect();
        for one in &left {
            assert_eq!(one.has_points(), left[0].has_points(), "{chart:?}");
            for width in WIDTHS {
                let look = look(one, width);
                for place in 0..one.readings() {
                    let reading = one.reading(place).expect("a place can be read");
                    let sentence = reading.sentence();
                    assert!(!sentence.contains("NaN"), "{chart:?}: {sentence}");
                    one.spot(look, place);
                }
                one.nearest(look, (width / 2.0, look.height / 2.0));
                let mut svg = String::new();
                let size = (
                    (look.width * f64::from(GRID)) as u32,
                    (look.height * f64::from(GRID)) as u32,
                );
                let area = SVGBackend::with_string(&mut svg, size).into_drawing_area();
                one.draw(&area, look).expect("a picture can be drawn");
            }
            let summary = &left[0].summary;
            assert_eq!((&one.title, &one.summary), (&left[0].title, summary));
        }
        if left[0].has_points() {
            points.push(chart.id());
            for one in &left {
                let readings = |picture: &Picture| -> Vec<_> {
                    (0..picture.readings())
                        .map(|i| picture.reading(i))
                        .collect()
                };
                assert_eq!(readings(one), readings(&left[0]), "{chart:?}");
            }
        }
    }
    assert!(points.len() >= 8 && points.contains(&"gap"), "{points:?}");
}

#[test]
fn every_place_has_a_name_and_is_found_where_it_stands() {
    every(|chart, picture| {
        assert!(picture.readings() > 0, "{chart:?}");
        assert_eq!(picture.reading(picture.readings()), None, "{chart:?}");
        for width in WIDTHS {
            let look = look(picture, width);
            for place in 0..picture.readings() {
                let reading = picture.reading(place).expect("a place can be read");
                assert!(!reading.name.is_empty(), "{chart:?} {place}");
                let sentence = reading.sentence();
                assert!(!sentence.contains("NaN"), "{chart:?}: {sentence}");
                let spot = picture.spot(look, place);
                for (at, most) in [
                    (spot.from.0, width),
                    (spot.to.0, width),
                    (spot.from.1, look.height),
                    (spot.to.1, look.height),
                ] {
                    assert!((-1.0..=most + 1.0).contains(&at), "{chart:?} {place}: {at}");
                }
                let middle = (
                    f64::midpoint(spot.from.0, spot.to.0),
                    f64::midpoint(spot.from.1, spot.to.1),
                );
                assert_eq!(picture.nearest(look, middle), place, "{chart:?} {width}");
            }
            // A pointer may be anywhere, even where the chart has just ended.
            for point in [(-50.0, -50.0), (2.0 * width, 4000.0), (f64::NAN, f64::NAN)] {
                assert!(
                    picture.nearest(look, point) < picture.readings(),
                    "{chart:?}"
                );
            }
        }
    });
}

#[test]
fn a_month_reads_what_the_outcome_has() {
    let scenario = Scenario::default().with(Lever::Arr2026, 90.0);
    let outcome = model::run(&scenario);
    let gap = picture(Chart::Gap, &scenario, &outcome);
    let mut months = 0;
    for place in 0..gap.readings() {
        let reading = gap.reading(place).expect("a place can be read");
        let month = Month::at(Month::new(2025, 1).index() + place).expect("a month");
        assert_eq!(reading.name, format::month(month));
        for (label, series) in [("needed", Series::GwNeeded), ("online", Series::GwOnline)] {
            let value = reading.values.iter().find(|value| value.label == label);
            let value = value.expect("the line is read");
            let native = outcome.at(series, month).expect("the series has begun");
            assert_eq!(value.text, format::value(Unit::Gw, native), "{month}");
        }
        months += 1;
    }
    assert_eq!(months, 48);
}

#[test]
fn a_compared_scenario_is_read_beside() {
    let (now, other) = (PRESETS[1].scenario(), Scenario::default());
    let (outcome, before) = (model::run(&now), model::run(&other));
    let alone = picture(Chart::Gap, &other, &before);
    let both = picture(Chart::Gap, &now, &outcome).over(&alone, "before");
    let last = both.readings() - 1;
    let (both, alone) = (both.reading(last), alone.reading(last));
    let (both, alone) = (both.expect("a place"), alone.expect("a place"));
    for (value, before) in both.values.iter().zip(&alone.values) {
        assert_eq!(value.other.as_ref(), Some(&before.text));
        assert_ne!(value.text, before.text);
    }
    assert!(both.sentence().contains("compared:"), "{}", both.sentence());
}

#[test]
fn what_is_laid_under_a_chart_does_not_move_its_labels_out() {
    // The axis holds both scenarios.
    let low = Scenario::default().with(Lever::GwCommitted, 0.0);
    let high = Scenario::default()
        .with(Lever::Arr2026, 150.0)
        .with(Lever::TrainiumPrice, 20.0);
    let (below, above) = (model::run(&low), model::run(&high));
    for &chart in Chart::ALL {
        let both = picture(chart, &low, &below).over(&picture(chart, &high, &above), "other");
        let same = picture(chart, &low, &below);
        assert_eq!(both.title, same.title);
        assert_eq!(both.height(680.0).to_bits(), same.height(680.0).to_bits());
    }
}
