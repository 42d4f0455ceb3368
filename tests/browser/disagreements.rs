//! Chapter 8: whom to believe throughout, and the disagreements side by side.

use compute_loop_core::evidence::{self, Conflict};
use compute_loop_core::levers::Lever;
use compute_loop_core::outcome::Output;
use compute_loop_core::scenario::Scenario;
use compute_loop_core::viewpoint::{Status, Viewpoint};
use compute_loop_core::{format, json, link};
use compute_loop_tests::harness::{Browser, Page, Trouble, View};

use crate::support::{assert_quiet, choose, holds, link_of, quoted, run, text, texts};

/// Opens the list of disagreements.
fn open_list(page: &Page<'_>) -> Result<(), Trouble> {
    page.click("#chapter-8 .more:not([aria-haspopup])")?;
    page.wait_until(
        "document.querySelectorAll('[data-conflict]').length === 52",
        "the disagreements are listed",
    )
}

/// The disagreements that a reader sees, and what the page says of their number.
fn listed(page: &Page<'_>) -> Result<(Vec<String>, String), Trouble> {
    let ids = texts(
        page,
        "[...document.querySelectorAll('[data-conflict]')]
           .filter(one => one.checkVisibility()).map(one => one.dataset.conflict)",
    )?;
    let said = text(
        page,
        "document.querySelector('#conflict-count').textContent",
    )?;
    Ok((ids, said))
}

fn press(page: &Page<'_>, selector: &str) -> Result<(), Trouble> {
    page.eval(&format!(
        "document.querySelector({}).click()",
        quoted(selector)
    ))?;
    page.settle()
}

#[test]
fn disagreements_are_filtered_by_topic_source_and_what_can_be_chosen() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("", View::default().still())?;
    open_list(&page)?;
    let all = evidence::conflicts();
    let mut tried = 0;
    let mut check = |topic: &str, source: &str, carried: bool| -> Result<(), Trouble> {
        let wanted = |conflict: &&Conflict| {
            (topic.is_empty() || conflict.topic == topic)
                && (source.is_empty() || conflict.sources(evidence::facts()).contains(&source))
                && (!carried || !conflict.carriers().is_empty())
        };
        let wanted: Vec<&str> = all.iter().filter(wanted).map(|one| &*one.id).collect();
        let (ids, said) = listed(&page)?;
        assert_eq!(ids, wanted, "{topic} {source} {carried}");
        assert_eq!(said, format!("{} of 52 disagreements", wanted.len()));
        tried += 1;
        Ok(())
    };
    check("", "", false)?;
    for topic in ["deal", "revenue", "chips", "capacity"] {
        choose(&page, "#conflict-topic", topic)?;
        check(topic, "", false)?;
    }
    for source in evidence::sources() {
        choose(&page, "#conflict-source", &source.id)?;
        check("capacity", &source.id, false)?;
    }
    choose(&page, "#conflict-topic", "")?;
    choose(&page, "#conflict-source", "vault")?;
    check("", "vault", false)?;
    press(&page, "#conflict-carried")?;
    check("", "vault", true)?;
    choose(&page, "#conflict-source", "")?;
    check("", "", true)?;
    assert_eq!(link_of(&page)?, "#m=1", "looking changes nothing");
    assert_quiet(&browser, &page)?;
    println!("{tried} filters");
    Ok(())
}

#[test]
fn choosing_the_other_side_moves_the_page_and_can_be_taken_back() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("", View::default().still())?;
    open_list(&page)?;
    let button = |id: &str, side: usize| format!("[data-conflict={id}] [data-side=\"{side}\"]");
    let pressed = |id: &str, side: usize| {
        holds(
            &page,
            &format!(
                "document.querySelector('{}').ariaPressed === 'true'",
                button(id, side)
            ),
        )
    };
    let mut chosen = 0;
    for conflict in evidence::conflicts() {
        let id = &*conflict.id;
        let buttons = texts(
            &page,
            &format!(
                "[...document.querySelectorAll('[data-conflict={id}] [data-side]')].map(one => one.dataset.side)"
            ),
        )?;
        if conflict.carriers().is_empty() {
            assert!(buttons.is_empty(), "{id}: {buttons:?}");
            continue;
        }
        page.eval(&format!(
            "document.querySelector('[data-conflict={id}]').open = true"
        ))?;
        for side in 0..conflict.sides.len() {
            let Some(expected) = conflict.with_side(side, &Scenario::default()) else {
                assert!(!buttons.contains(&side.to_string()), "{id}: {side}");
                continue;
            };
            let default = expected == Scenario::default();
            assert_eq!(pressed(id, side)?, default, "{id}: {side}");
            press(&page, &button(id, side))?;
            assert_eq!(link_of(&page)?, link::encode(&expected), "{id}: {side}");
            assert!(pressed(id, side)?, "{id}: {side}");
            if !default {
                chosen += 1;
                press(&page, "#undo")?;
                assert_eq!(link_of(&page)?, "#m=1", "{id}: {side} is one step");
            }
        }
        // Where no side is what the model does there is a way back to that.
        let default = Some(Scenario::default());
        let a_side = |side| conflict.with_side(side, &Scenario::default()) == default;
        assert_eq!(
            !(0..conflict.sides.len()).any(a_side),
            buttons.contains(&"model".to_owned()),
            "{id}"
        );
    }
    assert!(chosen >= 15, "{chosen} sides moved the page");

    // The figures follow: a gigawatt at the norm instead of the estimate.
    let needed = Output::GwNeeded202612;
    let shown = format!(
        "document.querySelector('[data-output={}]').dataset.value",
        quoted(needed.spec().id)
    );
    let before = text(&page, &shown)?;
    press(&page, &button("C47", 2))?;
    let (_, outcome) = run("#m=1&trainium-price=100");
    let after = text(&page, &shown)?;
    assert_ne!(after, before);
    assert_eq!(after, json::output_text(&outcome, needed));
    press(&page, &button("C47", 1))?;
    assert_eq!(text(&page, &shown)?, before);
    press(&page, &button("C49", 2))?;
    assert_eq!(link_of(&page)?, "#m=1&build-months=18");
    press(&page, "[data-conflict=C49] [data-side=model]")?;
    assert_eq!(link_of(&page)?, "#m=1");
    assert_quiet(&browser, &page)?;
    println!("{chosen} sides chosen");
    Ok(())
}

#[test]
fn each_viewpoint_sets_what_the_models_say_and_lists_it() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("", View::default().still())?;
    let pressed = || {
        texts(
            &page,
            "[...document.querySelectorAll('[data-viewpoint][aria-pressed=true]')].map(one => one.dataset.viewpoint)",
        )
    };
    // The page opens at the newest date, with nothing listed.
    assert_eq!(pressed()?, ["2026-05"]);
    assert!(holds(
        &page,
        "document.querySelector('.report').textContent === ''"
    )?);
    let count = "document.querySelectorAll('[data-viewpoint]').length";
    assert!(holds(&page, &format!("{count} === 9"))?);
    for viewpoint in Viewpoint::all() {
        let id = viewpoint.id();
        page.go("#m=1")?;
        page.wait_until("computeLoop.link() === '#m=1'", "the defaults are back")?;
        press(&page, &format!("[data-viewpoint=\"{id}\"]"))?;
        let expected = link::encode(&viewpoint.scenario());
        assert_eq!(link_of(&page)?, expected, "{id}");
        assert_eq!(pressed()?, [&*id]);

        let decisions = viewpoint.decisions();
        let rows = texts(
            &page,
            "[...document.querySelectorAll('tr[data-changed]')]
               .map(row => [row.dataset.changed, ...[...row.cells].slice(1).map(cell => cell.textContent),
                            row.querySelector('[data-fact]').dataset.fact].join(' | '))",
        )?;
        let wanted: Vec<String> = decisions
            .iter()
            .filter(|decision| decision.changes())
            .map(|decision| {
                let lever = decision.lever;
                format!(
                    "{} | {} | {} | {}",
                    lever.spec().id,
                    format::lever(lever, lever.spec().default),
                    format::lever(lever, decision.value),
                    decision.facts[0].id
                )
            })
            .collect();
        assert_eq!(rows, wanted, "{id}");
        // All others are named as well, with why they stay.
        let report = text(&page, "document.querySelector('.report').textContent")?;
        for decision in &decisions {
            let label = decision.lever.spec().label;
            assert!(report.contains(label), "{id}: {label}");
        }
        let listed = texts(
            &page,
            "[...document.querySelectorAll('[data-stays]')].map(row => row.dataset.stays)",
        )?;
        let stays = |status: Status| {
            let of = move |one: &&_| -> bool {
                let one: &&compute_loop_core::viewpoint::Decision = one;
                one.status == status && !one.changes()
            };
            decisions.iter().filter(of).map(|one| one.lever.spec().id)
        };
        let wanted: Vec<&str> = stays(Status::Shared).chain(stays(Status::NotYet)).collect();
        assert_eq!(listed, wanted, "{id}");

        let difference = viewpoint.difference();
        let turned = texts(
            &page,
            "[...document.querySelectorAll('[data-turned]')].map(row => row.dataset.turned)",
        )?;
        let wanted: Vec<&str> = difference.verdicts.iter().map(|row| row.here.id).collect();
        assert_eq!(turned, wanted, "{id}");
        let differing = texts(
            &page,
            "[...document.querySelectorAll('[data-differs]')]
               .map(row => [row.dataset.differs, ...[...row.cells].slice(1).map(cell => cell.textContent)].join(' | '))",
        )?;
        for row in &differing {
            let parts: Vec<&str> = row.split(" | ").collect();
            let output = Output::from_id(parts[0]).expect("an output");
            assert!(difference.outputs.contains(&output), "{id}: {row}");
            assert_eq!(parts[1], format::output(&difference.default, output));
            assert_eq!(parts[2], format::output(&difference.here, output));
        }
        assert_eq!(differing.is_empty(), difference.outputs.is_empty(), "{id}");

        // One step, and the list says where the page has moved on.
        if expected != "#m=1" {
            press(&page, "#undo")?;
            assert_eq!(link_of(&page)?, "#m=1", "{id}");
            assert_eq!(pressed()?, ["2026-05"], "{id}");
            let said = text(&page, "document.querySelector('.holds').textContent")?;
            assert!(said.starts_with("Set now: the defaults"), "{id}: {said}");
        }
    }
    // None of this needed the evidence.
    let asked = page.requests()?;
    assert!(asked.iter().all(|one| !one.contains("/evidence/")));
    assert_quiet(&browser, &page)
}

#[test]
fn a_link_of_a_viewpoint_opens_with_it_chosen() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let vault = Viewpoint::all()
        .find(|one| one.id() == "vault")
        .expect("it is there");
    let link = link::encode(&vault.scenario());
    let page = browser.open(&link, View::default().still())?;
    assert!(holds(
        &page,
        "document.querySelector('[data-viewpoint=vault]').ariaPressed === 'true'"
    )?);
    let changed = "document.querySelectorAll('tr[data-changed]').length";
    let expected = vault.scenario().changed().count();
    assert!(holds(&page, &format!("{changed} === {expected}"))?);
    // What no belief carries stands on the page of the source.
    page.eval("document.querySelector('[data-page-wanted=vault]').click()")?;
    page.wait_until(
        "!!document.querySelector('[data-page-of=vault]')",
        "its page opens",
    )?;
    page.eval("document.querySelector('dialog[open] .close').click()")?;
    page.wait_until("!document.querySelector('dialog[open]')", "its page closes")?;
    // Elsewhere nothing of it is left but the list.
    page.eval(&format!(
        "computeLoop.set({}, 60)",
        quoted(Lever::Arr2026.spec().id)
    ))?;
    page.settle()?;
    assert!(holds(
        &page,
        "document.querySelector('[data-viewpoint][aria-pressed=true]') === null"
    )?);
    assert_quiet(&browser, &page)
}
