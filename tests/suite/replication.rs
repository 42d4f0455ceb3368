//! The replication table: its rows, its verdicts, and that they can change.

use std::collections::{BTreeMap, BTreeSet};

use compute_loop_core::levers::Lever;
use compute_loop_core::model;
use compute_loop_core::preset::{PRESETS, Preset};
use compute_loop_core::replication::{Row, Verdict, in_order, replicate, whys};
use compute_loop_core::scenario::Scenario;

fn rows(scenario: &Scenario) -> Vec<Row> {
    in_order(replicate(&model::run(scenario)))
}

fn verdicts(scenario: &Scenario) -> BTreeMap<&'static str, Verdict> {
    rows(scenario)
        .iter()
        .map(|row| (row.id, row.verdict))
        .collect()
}

#[test]
fn the_43_printed_figures_stand_once_each() {
    let rows = rows(&Scenario::default());
    let printed: Vec<&str> = rows
        .iter()
        .map(|row| row.id)
        .filter(|id| id.starts_with('R'))
        .collect();
    let expected: Vec<String> = (1..=43).map(|number| format!("R{number:02}")).collect();
    assert_eq!(printed, expected);
    let mut ids: Vec<&str> = rows.iter().map(|row| row.id).collect();
    assert!(ids.is_sorted());
    ids.dedup();
    assert_eq!(ids.len(), rows.len(), "a cross-check stands twice");
    for id in ids {
        assert!(id.starts_with(['R', 'X']) && id.len() == 3, "{id}");
    }
}

#[test]
fn rows_say_something_in_every_column() {
    for row in rows(&Scenario::default()) {
        for text in [row.figure, row.published, row.arithmetic, &row.computed] {
            assert!(!text.trim().is_empty(), "{}", row.id);
            assert!(
                !text.contains("NaN") && !text.contains("inf "),
                "{}: {text}",
                row.id
            );
        }
    }
}

#[test]
fn verdicts_are_those_on_record() {
    for row in rows(&Scenario::default()) {
        assert_eq!(row.verdict, row.recorded, "{}: {}", row.id, row.computed);
    }
}

#[test]
fn three_figures_fail() {
    let failing: Vec<&str> = verdicts(&Scenario::default())
        .into_iter()
        .filter(|(_, verdict)| *verdict == Verdict::Fails)
        .map(|(id, _)| id)
        .collect();
    assert_eq!(failing, ["R08", "X14", "X16"]);
}

#[test]
fn a_verdict_follows_the_scenario() {
    let published = verdicts(&Scenario::default());
    let changed = verdicts(&Scenario::default().with(Lever::Arr2026, 110.0));
    for id in ["R33", "R35", "X40"] {
        assert_ne!(published[id], Verdict::Fails, "{id}");
        assert_eq!(changed[id], Verdict::Fails, "{id}");
    }
    // Figures that rest on published numbers alone stay.
    for id in ["R08", "R20", "X14"] {
        assert_eq!(published[id], changed[id], "{id}");
    }
    // The tension over power goes once there is enough of it to sell.
    let roomy = Scenario::default()
        .with(Lever::SpendRatio, 30.0)
        .with(Lever::Arr2026, 45.0)
        .with(Lever::TrainiumPrice, 110.0)
        .with(Lever::GwCommitted, 15.0)
        .with(Lever::BuildMonths, 13.0);
    assert_eq!(published["X12"], Verdict::Tension);
    assert_eq!(verdicts(&roomy)["X12"], Verdict::Agrees);
}

#[test]
fn whatever_does_not_agree_says_why() {
    let mut scenarios: Vec<Scenario> = PRESETS.iter().map(Preset::scenario).collect();
    for lever in Lever::ALL {
        let spec = lever.spec();
        scenarios.push(Scenario::default().with(lever, spec.min));
        scenarios.push(Scenario::default().with(lever, spec.max));
    }
    let mut used = BTreeSet::new();
    for scenario in &scenarios {
        for row in rows(scenario) {
            let agrees = row.verdict == Verdict::Agrees;
            assert_eq!(
                row.why.is_none(),
                agrees,
                "{} {}: {:?}",
                row.id,
                row.verdict.name(),
                row.why
            );
            used.extend(row.why.map(|why| (row.id, why)));
        }
    }
    // None of them is idle, and each is one sentence.
    for row in rows(&Scenario::default()) {
        for (verdict, why) in whys(row.id) {
            assert_ne!(*verdict, Verdict::Agrees);
            assert!(why.ends_with('.') && !why.contains(". "), "{why}");
            assert!((40..=150).contains(&why.chars().count()), "{why}");
            assert!(used.contains(&(row.id, *why)), "{}: {why}", row.id);
        }
    }
    println!("{} reasons in {} scenarios", used.len(), scenarios.len());
}

#[test]
fn every_verdict_occurs_and_has_a_name_of_its_own() {
    let occurring = verdicts(&Scenario::default());
    for verdict in Verdict::ALL {
        assert!(
            occurring.values().any(|occurs| *occurs == verdict),
            "no row {}",
            verdict.name()
        );
        assert_eq!(
            Verdict::ALL
                .iter()
                .filter(|other| other.name() == verdict.name())
                .count(),
            1
        );
    }
}

/// The numbers in a text, "1.7 million" as 1,700,000.
fn numbers(text: &str) -> Vec<f64> {
    let words: Vec<&str> = text
        .split(|c: char| !(c.is_ascii_alphanumeric() || c == '.'))
        .collect();
    words
        .iter()
        .enumerate()
        .filter_map(|(i, word)| {
            let value: f64 = word.trim_end_matches('.').parse().ok()?;
            let million = words.get(i + 1) == Some(&"million");
            Some(if million { value * 1e6 } else { value })
        })
        .collect()
}

#[test]
fn every_published_number_is_one_of_its_facts() {
    let mut checked = 0;
    for row in rows(&Scenario::default()) {
        assert!(!row.facts.is_empty(), "{} names no fact", row.id);
        let known: Vec<f64> = row
            .facts
            .iter()
            .flat_map(|fact| [fact.value, fact.low, fact.high])
            .flatten()
            .collect();
        for number in numbers(row.published) {
            let found = known.iter().any(|value| (value - number).abs() < 1e-9);
            assert!(
                found,
                "{}: {number} of “{}” is in none of its facts",
                row.id, row.published
            );
            checked += 1;
        }
    }
    assert!(checked > 40, "only {checked} numbers were found to check");
}
