//! The outcome as JSON, as another program reads it.

use compute_loop_core::json::of_link;
use compute_loop_core::levers::Lever;
use compute_loop_core::link::{decode, encode, value_text};
use compute_loop_core::model;
use compute_loop_core::month::{HORIZON, Month};
use compute_loop_core::outcome::{NEVER, Output, Series};
use compute_loop_core::scenario::Scenario;
use compute_loop_core::unit::Unit;
use serde_json::Value;

use crate::draw::Draws;

/// Outputs that programs may already read. More may come, none may go.
const OUTPUTS: [&str; 23] = [
    "arr-2026-12",
    "gw-needed-2026-12",
    "gw-online-2026-12",
    "gw-gap-2026-12",
    "other-gw-required-2026-12",
    "aws-revenue-2026",
    "aws-growth-2026",
    "aws-growth-2026q1",
    "anthropic-share-2026",
    "aws-margin-2026",
    "aws-margin-2027",
    "trainium-margin",
    "gpu-margin",
    "training-cost-table",
    "training-cost-claim",
    "training-cost-gigawatt",
    "trn2-price-per-chip-hour",
    "cash-invested-2026-12",
    "stake-value-2026-12",
    "pledge-met",
    "circular-share",
    "return-positive",
    "ai-race-crossover",
];

/// Series that programs may already read. More may come, none may go.
const SERIES: [&str; 13] = [
    "arr",
    "demand",
    "supply",
    "gw-online",
    "gw-needed",
    "ai-revenue",
    "nonai-revenue",
    "aws-revenue",
    "aws-margin",
    "cash-amazon",
    "cash-anthropic",
    "stake-value",
    "pledge-spent",
];

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).expect("the outcome is JSON")
}

/// The text of what follows a marker, up to one of the characters that end it. A
/// JSON library may round a number while reading it, so numbers are read as text.
fn after<'a>(text: &'a str, marker: &str, end: &[char]) -> &'a str {
    let start = text
        .find(marker)
        .unwrap_or_else(|| panic!("there is no {marker}"))
        + marker.len();
    let rest = &text[start..];
    &rest[..rest.find(end).expect("the value ends")]
}

/// Links that reach every form of value: defaults, months never reached, words.
fn links() -> Vec<String> {
    let mut draws = Draws::new(4);
    let mut links: Vec<String> = (0..30).map(|turn| encode(&draws.scenario(turn))).collect();
    links.push("#m=1".to_owned());
    links.push("#m=1&pledge=200&spend-ratio=30&loosening=40&arr-2026=45".to_owned());
    links.push("#m=9&arr-2026=1000&nonsense=\"1\"".to_owned());
    links
}

#[test]
fn the_promised_names_are_there() {
    let json = parsed(&of_link("#m=1&arr-2026=60"));
    for id in OUTPUTS {
        let figure = &json["outputs"][id];
        assert!(figure.get("value").is_some(), "{id}");
        assert!(figure["unit"].is_string(), "{id}");
    }
    for id in SERIES {
        let series = &json["series"][id];
        assert!(series["unit"].is_string(), "{id}");
        assert_eq!(series["start"], "2023-01", "{id}");
        assert_eq!(series["values"].as_array().map(Vec::len), Some(168), "{id}");
    }
    assert_eq!(json["model"], 1);
    assert_eq!(json["link"], "#m=1&arr-2026=60");
    assert_eq!(json["warnings"], Value::Array(vec![]));
    assert_eq!(json["levers"]["arr-2026"], 60.0);
    assert_eq!(json["levers"]["capacity-binds"], "off");
    assert_eq!(json["levers"]["trainium4-start"], "2028-06");
}

#[test]
fn the_registry_is_there_and_nothing_else() {
    let json = parsed(&of_link(""));
    let keys = |name: &str| -> Vec<String> {
        let object = json[name].as_object().expect("an object");
        let mut keys: Vec<String> = object.keys().cloned().collect();
        keys.sort();
        keys
    };
    let sorted = |mut ids: Vec<&'static str>| {
        ids.sort_unstable();
        ids
    };
    assert_eq!(
        keys("outputs"),
        sorted(Output::ALL.map(|output| output.spec().id).to_vec())
    );
    assert_eq!(
        keys("series"),
        sorted(Series::ALL.map(|series| series.spec().id).to_vec())
    );
    assert_eq!(
        keys("levers"),
        sorted(Lever::ALL.map(|lever| lever.spec().id).to_vec())
    );
}

#[test]
fn outputs_give_back_their_bits() {
    let mut never = 0;
    for link in links() {
        let text = of_link(&link);
        let outcome = model::run(&decode(&link).0);
        for output in Output::ALL {
            let id = output.spec().id;
            let value = after(&text, &format!("\"{id}\":{{\"value\":"), &[',']);
            if output.spec().unit == Unit::Month {
                let month = if value == "null" {
                    never += 1;
                    NEVER
                } else {
                    Month::parse(value.trim_matches('"'))
                        .unwrap_or_else(|| panic!("{id}: {value}"))
                        .index()
                };
                assert_eq!(month, outcome.get(output) as usize, "{id} at {link}");
            } else {
                let number: f64 = value.parse().unwrap_or_else(|_| panic!("{id}: {value}"));
                assert_eq!(
                    number.to_bits(),
                    outcome.get(output).to_bits(),
                    "{id}: {value} at {link}"
                );
            }
        }
    }
    assert!(never > 0, "no link shows a month that never comes");
}

#[test]
fn series_give_back_their_bits_and_are_null_before_their_start() {
    for link in links() {
        let text = of_link(&link);
        let outcome = model::run(&decode(&link).0);
        for series in Series::ALL {
            let spec = series.spec();
            let unit = serde_json::to_string(&spec.unit).expect("a unit is text");
            let marker = format!(
                "\"{}\":{{\"unit\":{unit},\"start\":\"2023-01\",\"values\":[",
                spec.id
            );
            let values: Vec<&str> = after(&text, &marker, &[']']).split(',').collect();
            assert_eq!(values.len(), HORIZON, "{}", spec.id);
            for (month, value) in values.into_iter().enumerate() {
                if month < spec.start.index() {
                    assert_eq!(value, "null", "{} in month {month}", spec.id);
                } else {
                    let number: f64 = value
                        .parse()
                        .unwrap_or_else(|_| panic!("{}: {value}", spec.id));
                    assert_eq!(
                        number.to_bits(),
                        outcome.path(series)[month].to_bits(),
                        "{} in month {month} at {link}",
                        spec.id
                    );
                }
            }
        }
    }
}

#[test]
fn levers_and_warnings_are_those_of_the_link() {
    for link in links() {
        let json = parsed(&of_link(&link));
        let (scenario, warnings) = decode(&link);
        assert_eq!(json["link"], encode(&scenario).as_str());
        let told: Vec<String> = warnings.iter().map(ToString::to_string).collect();
        assert_eq!(json["warnings"], Value::from(told), "{link}");
        for lever in Lever::ALL {
            let (id, value) = (lever.spec().id, scenario.get(lever));
            let shown = match &json["levers"][id] {
                Value::String(text) => text.clone(),
                number => number.as_f64().unwrap_or(f64::NAN).to_string(),
            };
            assert_eq!(shown, value_text(lever, value), "{id}");
        }
    }
}

#[test]
fn a_month_that_never_comes_is_null() {
    // Everything leaves within a few years and the pledge is beyond reach of its floor.
    let never = Scenario::default()
        .with(Lever::SpendRatio, 30.0)
        .with(Lever::Arr2026, 45.0)
        .with(Lever::ArrGrowth2027, -30.0)
        .with(Lever::Loosening, 40.0)
        .with(Lever::Pledge, 200.0)
        .with(Lever::PledgeYears, 15.0);
    let json = parsed(&of_link(&encode(&never)));
    assert_eq!(json["outputs"]["pledge-met"]["value"], Value::Null);
    assert_eq!(json["outputs"]["pledge-met"]["unit"], "month");
    let json = parsed(&of_link(""));
    assert!(json["outputs"]["pledge-met"]["value"].is_string());
    assert_eq!(json["outputs"]["ai-race-crossover"]["value"], 2029);
}
