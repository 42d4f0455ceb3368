//! One source throughout, or as known at a date.

use std::collections::HashSet;

use compute_loop_core::fact::facts;
use compute_loop_core::levers::Lever;
use compute_loop_core::link;
use compute_loop_core::model;
use compute_loop_core::month::Month;
use compute_loop_core::outcome::Output;
use compute_loop_core::replication::replicate;
use compute_loop_core::scenario::Scenario;
use compute_loop_core::viewpoint::{Status, Viewpoint, behind};

use crate::laws::assert_lawful;

fn source(id: &str) -> Viewpoint {
    Viewpoint::all()
        .find(|viewpoint| viewpoint.id() == id)
        .unwrap_or_else(|| panic!("no viewpoint is called {id}"))
}

#[test]
fn there_are_five_sources_and_four_dates_by_names_of_their_own() {
    let all: Vec<Viewpoint> = Viewpoint::all().collect();
    assert_eq!(all.len(), 9);
    let ids: HashSet<String> = all.iter().map(|viewpoint| viewpoint.id()).collect();
    let names: HashSet<String> = all.iter().map(|viewpoint| viewpoint.name()).collect();
    assert_eq!((ids.len(), names.len()), (9, 9));
    for document in facts::DOCUMENTS {
        assert!(ids.contains(document.id), "{}", document.id);
    }
}

#[test]
fn each_gives_a_valid_scenario_that_its_link_keeps() {
    for viewpoint in Viewpoint::all() {
        let id = viewpoint.id();
        let scenario = viewpoint.scenario();
        for lever in Lever::ALL {
            let (value, spec) = (scenario.get(lever), lever.spec());
            assert!((spec.min..=spec.max).contains(&value), "{id}: {}", spec.id);
            assert_eq!(lever.admit(value).to_bits(), value.to_bits(), "{id}");
        }
        let (read, warnings) = link::decode(&link::encode(&scenario));
        assert_eq!((read, warnings), (scenario, vec![]), "{id}");
        assert_lawful(&scenario, &id);
    }
}

#[test]
fn the_newest_date_is_exactly_the_defaults() {
    assert_eq!(source("2026-05").scenario(), Scenario::default());
    let newest = facts::DOCUMENTS.iter().map(|document| document.month).max();
    assert_eq!(newest, Viewpoint::DATES.last().copied());
    let difference = source("2026-05").difference();
    assert!(difference.outputs.is_empty() && difference.verdicts.is_empty());
    for decision in source("2026-05").decisions() {
        assert!(
            matches!(decision.status, Status::Shared | Status::Assumed),
            "{}",
            decision.lever.spec().id
        );
    }
}

#[test]
fn what_changes_is_set_by_a_fact_and_what_stays_says_why() {
    for viewpoint in Viewpoint::all() {
        for decision in viewpoint.decisions() {
            let at = format!("{}: {}", viewpoint.id(), decision.lever.spec().id);
            assert!(!decision.is_clamped(), "{at}");
            match decision.status {
                Status::Set => {
                    assert!(decision.changes(), "{at}");
                    assert!(!decision.facts.is_empty(), "{at}");
                    assert!(!decision.label.is_empty(), "{at}");
                }
                Status::Shared => {
                    assert!(!decision.changes(), "{at}");
                    assert!(!decision.facts.is_empty(), "{at}");
                }
                Status::Silent | Status::NotYet | Status::Assumed => {
                    assert!(!decision.changes(), "{at}");
                    assert!(decision.facts.is_empty(), "{at}");
                }
            }
            // What was not known then says what made it known, and that came later.
            if let Viewpoint::Date(month) = viewpoint {
                let open = matches!(decision.status, Status::NotYet | Status::Set);
                assert!(!open || decision.later.is_some(), "{at}");
                assert!(decision.later.is_none_or(|fact| fact.known > month), "{at}");
            }
        }
    }
}

#[test]
fn a_source_speaks_for_itself_alone_and_a_date_knows_nothing_later() {
    for viewpoint in Viewpoint::all() {
        for decision in viewpoint.decisions() {
            let at = format!("{}: {}", viewpoint.id(), decision.lever.spec().id);
            for fact in decision.facts {
                match viewpoint {
                    Viewpoint::Source(document) => assert_eq!(fact.source, document, "{at}"),
                    Viewpoint::Date(month) => assert!(fact.known <= month, "{at}: {}", fact.id),
                }
            }
        }
    }
}

#[test]
fn every_reading_is_taken_by_its_source_unless_a_better_one_stands_before_it() {
    for lever in Lever::ALL {
        for document in facts::DOCUMENTS {
            let readings: Vec<_> = lever
                .spec()
                .ticks
                .iter()
                .filter(|tick| tick.reads && tick.facts[0].source == document)
                .collect();
            let decision = Viewpoint::Source(document).decide(lever);
            let at = format!("{}: {}", document.id, lever.spec().id);
            if let Some(first) = readings.first() {
                assert_ne!(decision.status, Status::Silent, "{at}");
                let own = behind(lever).iter().all(|fact| fact.source == document);
                assert!(
                    own || decision.value.to_bits() == lever.admit(first.value).to_bits(),
                    "{at}"
                );
            }
        }
    }
}

#[test]
fn they_differ_as_their_sources_do() {
    let link = |id: &str| link::encode(&source(id).scenario());
    assert_eq!(link("margins"), "#m=1&gw-committed=2");
    assert_eq!(link("ainews"), "#m=1&top-up=10");
    assert_eq!(link("dolphin"), "#m=1&option-or-duty=option");
    assert_eq!(link("ionic"), "#m=1&milestone-odds=100");
    assert!(link("vault").contains("&trainium4-start=2027-01&"));
    // AINews prints 40 % under a table that gives 25, and the table can be checked.
    let saving = source("ainews").decide(Lever::TrainingSaving);
    assert_eq!((saving.status, saving.row), (Status::Shared, Some("R08")));
    // Before 2025 nothing was known that a lever could carry.
    assert_eq!(link("2024-12"), "#m=1");
    let early = source("2024-12").decide(Lever::Arr2026);
    assert_eq!(early.status, Status::NotYet);
    assert_eq!(
        early.later.map(|fact| fact.id),
        Some(facts::ANTHROPIC_ARR_2026_12.id)
    );
    // The contract of April 2026 is known in April and not in January.
    let pledge = |id: &str| source(id).decide(Lever::Pledge).status;
    assert_eq!(pledge("2026-01"), Status::NotYet);
    assert_eq!(pledge("2026-04"), Status::Shared);
    // A prediction is the page’s own affair at every date.
    assert_eq!(
        source("2026-04").decide(Lever::TopUp).status,
        Status::Assumed
    );
    // What the default goes by is known only in May.
    let chip = source("2026-04").decide(Lever::Trainium4Start);
    assert_eq!(chip.value as usize, Month::new(2027, 1).index());
}

#[test]
fn differences_are_those_of_the_outcome_and_the_verdicts() {
    let mut turned = 0;
    for viewpoint in Viewpoint::all() {
        let id = viewpoint.id();
        let difference = viewpoint.difference();
        let here = model::run(&viewpoint.scenario());
        let default = model::run(&Scenario::default());
        for output in Output::ALL {
            let differs = here.get(output).to_bits() != default.get(output).to_bits();
            assert_eq!(difference.outputs.contains(&output), differs, "{id}");
        }
        let rows = replicate(&here);
        assert_eq!(rows.len(), replicate(&default).len());
        for row in rows {
            let before = replicate(&default)
                .into_iter()
                .find(|other| other.id == row.id)
                .expect("every row stands in both");
            let listed = difference
                .verdicts
                .iter()
                .find(|turned| turned.here.id == row.id);
            assert_eq!(
                listed.is_some(),
                before.verdict != row.verdict,
                "{id}: {}",
                row.id
            );
            if let Some(listed) = listed {
                assert_eq!(listed.default.verdict, before.verdict);
                assert_eq!(listed.here.verdict, row.verdict);
                turned += 1;
            }
        }
    }
    // At the numbers of January 2026 the year's share and the chain no longer close.
    let january = source("2026-01").difference();
    let ids: Vec<&str> = january
        .verdicts
        .iter()
        .map(|turned| turned.here.id)
        .collect();
    assert!(ids.contains(&"R35"), "{ids:?}");
    assert!(turned > 0);
}
