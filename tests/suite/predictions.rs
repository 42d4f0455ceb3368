//! Predictions and signals: that none is left out, and that the model's word on each
//! follows the scenario.

use compute_loop_core::evidence;
use compute_loop_core::levers::Lever;
use compute_loop_core::link;
use compute_loop_core::model;
use compute_loop_core::outcome::Output;
use compute_loop_core::prediction::{Kind, Prediction, Stance, predictions};
use compute_loop_core::preset::{PRESETS, Preset};
use compute_loop_core::scenario::Scenario;

/// The rows of a scenario.
fn rows(scenario: &Scenario) -> Vec<Prediction> {
    predictions(scenario, &model::run(scenario))
}

/// The row about a fact.
fn about(id: &str, scenario: &Scenario) -> Prediction {
    let mut rows = rows(scenario);
    rows.retain(|row| row.facts.iter().any(|fact| fact.id == id));
    assert_eq!(rows.len(), 1, "{id}");
    rows.remove(0)
}

#[test]
fn every_prediction_and_signal_of_the_evidence_has_a_row() {
    /// What says how long to watch or how many there are.
    const ABOUT_THEM: [&str; 4] = [
        "signal-window-s0",
        "signal-count-s0",
        "signal-count-s3",
        "prediction-count-s1",
    ];
    let rows = rows(&Scenario::default());
    let missing: Vec<&str> = evidence::facts()
        .iter()
        .filter(|fact| {
            fact.kind == compute_loop_core::kind::Kind::Prediction || fact.id.starts_with("signal-")
        })
        .map(|fact| fact.id.as_str())
        .filter(|id| !ABOUT_THEM.contains(id))
        .filter(|id| {
            !rows
                .iter()
                .any(|row| row.facts.iter().any(|fact| fact.id == *id))
        })
        .collect();
    assert_eq!(missing, [""; 0]);
}

#[test]
fn rows_keep_their_places_and_are_whole_in_every_scenario() {
    let first = rows(&Scenario::default());
    let ends = Lever::ALL.into_iter().flat_map(|lever| {
        let spec = lever.spec();
        [spec.min, spec.max].map(|value| Scenario::default().with(lever, value))
    });
    for scenario in PRESETS.iter().map(Preset::scenario).chain(ends) {
        let rows = rows(&scenario);
        assert_eq!(rows.len(), first.len());
        for (row, first) in rows.iter().zip(&first) {
            let at = link::encode(&scenario);
            assert_eq!((row.kind, &row.what), (first.kind, &first.what), "{at}");
            assert!(!row.facts.is_empty(), "{}", row.what);
            assert!(row.says.ends_with('.'), "{}", row.says);
            for fault in ["NaN", "inf", "  ", "never"] {
                assert!(!row.says.contains(fault), "{} at {at}", row.says);
            }
            assert_eq!(
                row.stance == Stance::Silent,
                first.stance == Stance::Silent,
                "{} at {at}",
                row.what
            );
        }
    }
    let signals = first.iter().position(|row| row.kind == Kind::Signal);
    let later = &first[signals.expect("there are signals")..];
    assert!(later.iter().all(|row| row.kind == Kind::Signal));
}

#[test]
fn the_word_on_the_margin_is_that_of_the_model() {
    let now = about("margin-lift-year", &Scenario::default());
    assert_eq!(now.stance, Stance::Differs);
    assert!(
        now.says.contains("35.9") && now.says.contains("35.0"),
        "{}",
        now.says
    );
    // Cheap servers let the rental of Trainium carry the margin up.
    let cheap = Scenario::default()
        .with(Lever::ServerCapex, 5.0)
        .with(Lever::TrainiumPrice, 110.0);
    let outcome = model::run(&cheap);
    let lift = outcome.get(Output::AwsMargin2027) - outcome.get(Output::AwsMargin2026);
    assert!(lift > 0.01, "{lift}");
    assert_eq!(about("margin-lift-year", &cheap).stance, Stance::Agrees);
}

#[test]
fn capacity_is_held_against_the_prediction() {
    let scenario = Scenario::default();
    assert_eq!(
        about("amzn-capacity-double-2027", &scenario).stance,
        Stance::Agrees
    );
    let none = scenario.with(Lever::GwCommitted, 0.0);
    assert_eq!(
        about("amzn-capacity-double-2027", &none).stance,
        Stance::Differs
    );
    assert_eq!(
        about("newcarlisle-phase2-gw", &scenario).stance,
        Stance::Agrees
    );
    let slow = scenario.with(Lever::BuildMonths, 24.0);
    assert_eq!(
        about("newcarlisle-phase2-gw", &slow).stance,
        Stance::Differs
    );
}

#[test]
fn beliefs_decide_where_the_prediction_is_a_belief() {
    let scenario = Scenario::default();
    assert_eq!(
        about("pred1-additional", &scenario).stance,
        Stance::SetOtherwise
    );
    let more = scenario.with(Lever::TopUp, 10.0);
    assert_eq!(about("pred1-additional", &more).stance, Stance::SetSo);
    assert_eq!(
        about("amzn-wont-replay-msft", &scenario).stance,
        Stance::SetSo
    );
    let loose = scenario.with(Lever::Loosening, 30.0);
    assert_eq!(
        about("amzn-wont-replay-msft", &loose).stance,
        Stance::SetOtherwise
    );
}

#[test]
fn usage_reaches_the_projection_when_the_pledge_of_that_size_is_paid() {
    // The pledge is a hundred billion as well, so both come in the same month.
    let outcome = model::run(&Scenario::default());
    let met = outcome.month(Output::PledgeMet).expect("it is paid");
    let says = about("usage-projected-s4", &Scenario::default()).says;
    let month = compute_loop_core::format::month(met);
    assert!(says.contains(&month), "{says} against {month}");
}
