//! Every figure opens, level by level, down to published figures, beliefs and
//! assumptions.

use std::collections::HashSet;

use compute_loop_core::levers::Lever;
use compute_loop_core::model;
use compute_loop_core::outcome::Output;
use compute_loop_core::scenario::Scenario;
use compute_loop_tests::harness::{Browser, Page, Trouble, View};

use crate::support::{assert_quiet, focus, holds, link_of, number, quoted, text, texts};

/// How deep a way down may be before it counts as lost.
const DEEPEST: usize = 40;

/// Opens the trace of an output from the table of all of them.
fn open(page: &Page<'_>, output: Output) -> Result<(), Trouble> {
    page.click(&format!("td [data-output=\"{}\"]", output.spec().id))?;
    page.wait_until(
        "!!document.querySelector('dialog.trace[open]')",
        "the trace is open",
    )
}

fn close(page: &Page<'_>) -> Result<(), Trouble> {
    page.click("dialog.trace .close")?;
    page.wait_until(
        "!document.querySelector('dialog.trace[open]')",
        "the trace is closed",
    )
}

/// The names of the inputs that lead further down, and of those that lead to a fact.
fn ways(page: &Page<'_>) -> Result<(Vec<String>, Vec<String>), Trouble> {
    let names = |kind: &str| {
        texts(
            page,
            &format!(
                "[...document.querySelectorAll('dialog.trace .inputs .{kind}')].map(one => one.textContent)"
            ),
        )
    };
    Ok((names("down")?, names("fact")?))
}

#[test]
fn every_output_leads_down_to_where_it_comes_from() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("", View::default().still())?;
    page.eval(
        "document.querySelector('#chapter-10 td [data-output]').closest('details').open = true",
    )?;
    let outcome = model::run(&Scenario::default());
    let (mut seen, mut levels, mut ends) = (HashSet::new(), 0, [0; 3]);
    for output in Output::ALL {
        let id = output.spec().id;
        open(&page, output)?;
        let shown = number(
            &page,
            "+document.querySelector('dialog.trace .amount').dataset.traceValue",
        )?;
        assert_eq!(shown.to_bits(), outcome.get(output).to_bits(), "{id}");
        let mut depth = 1;
        loop {
            assert!(depth < DEEPEST, "{id} leads nowhere");
            levels += 1;
            if holds(
                &page,
                "!!document.querySelector('dialog.trace [data-lever]')",
            )? {
                // A belief: with its control, its default's kind and its reason.
                let reason = text(
                    &page,
                    "document.querySelector('dialog.trace .reason').textContent",
                )?;
                assert!(!reason.is_empty(), "{id}");
                ends[0] += 1;
                break;
            }
            let (down, facts) = ways(&page)?;
            if down.is_empty() && facts.is_empty() {
                let kind = text(
                    &page,
                    "document.querySelector('dialog.trace .kind').textContent",
                )?;
                assert!(kind.starts_with("Assumption"), "{id}: {kind}");
                ends[1] += 1;
                break;
            }
            // What no other figure has led to yet comes first, so that all is walked.
            let next = down.iter().position(|name| seen.insert(name.clone()));
            if let Some(i) = next.or(facts.is_empty().then_some(0)) {
                // The default of a belief opens the belief.
                let name = down[i].trim_end_matches(", default");
                page.eval(&format!(
                    "[...document.querySelectorAll('dialog.trace .inputs .down')][{i}].click()"
                ))?;
                page.wait_until(
                    &format!(
                        "document.querySelector('#trace-title').textContent === {}",
                        quoted(name)
                    ),
                    "one activation leads a level down",
                )?;
                depth += 1;
            } else {
                page.click("dialog.trace .inputs .fact")?;
                page.wait_until(
                    "!!document.querySelector('dialog.card:not(.trace)[open] .statement')",
                    "one activation leads to the fact",
                )?;
                let card = text(
                    &page,
                    "document.querySelector('dialog.card:not(.trace)[open]').textContent",
                )?;
                for part in ["Kind", "Refers to", "Source"] {
                    assert!(card.contains(part), "{id}: {part} is not in {card}");
                }
                page.click("dialog.card:not(.trace)[open] .close")?;
                ends[2] += 1;
                break;
            }
        }
        close(&page)?;
    }
    assert_eq!(link_of(&page)?, "#m=1", "reading changes nothing");
    assert_quiet(&browser, &page)?;
    let [beliefs, assumptions, facts] = ends;
    println!(
        "{} outputs over {levels} levels to {beliefs} beliefs, {assumptions} assumptions and {facts} facts",
        Output::COUNT
    );
    Ok(())
}

#[test]
fn a_trace_is_walked_by_keys_and_follows_its_beliefs() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("", View::default().still())?;
    let opener = "h1 [data-output='gw-needed-2026-12']";
    focus(&page, opener)?;
    page.press("\u{e007}")?;
    page.wait_until(
        "!!document.querySelector('dialog.trace[open]')",
        "Enter opens",
    )?;
    let title = "document.querySelector('#trace-title').textContent";
    // Down to a belief by Enter alone.
    for name in [
        "Trainium revenue per GW-year",
        Lever::TrainiumPrice.spec().label,
    ] {
        page.eval(&format!(
            "[...document.querySelectorAll('dialog.trace .down')].find(one => one.textContent === {}).focus()",
            quoted(name)
        ))?;
        page.press("\u{e007}")?;
        page.wait_until(&format!("{title} === {}", quoted(name)), "Enter leads down")?;
        assert!(
            holds(&page, "document.activeElement.id === 'trace-title'")?,
            "the focus follows"
        );
    }
    // Moved where it stands, it moves what rests on it.
    focus(&page, "dialog.trace [data-lever='trainium-price']")?;
    page.press("\u{e010}")?;
    page.wait_until(
        "computeLoop.link() === '#m=1&trainium-price=110'",
        "the belief moves",
    )?;
    page.click("dialog.trace .up")?;
    let scenario = Scenario::default().with(Lever::TrainiumPrice, 110.0);
    let needed = model::run(&scenario).get(Output::GwNeeded202612);
    let shown = number(
        &page,
        "+document.querySelector('dialog.trace .amount').dataset.traceValue",
    )?;
    assert_eq!(shown.to_bits(), needed.to_bits());
    // Escape closes and gives the focus back.
    page.press("\u{e00c}")?;
    page.wait_until(
        "!document.querySelector('dialog.trace[open]')",
        "Escape closes",
    )?;
    assert!(holds(
        &page,
        &format!(
            "document.activeElement === document.querySelector({})",
            quoted(opener)
        )
    )?);
    assert_quiet(&browser, &page)?;
    Ok(())
}

#[test]
fn a_belief_in_a_sentence_opens_where_it_comes_from() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("", View::default().still())?;
    page.click("h1 [data-belief='gw-committed']")?;
    page.click(".typing .origin")?;
    page.wait_until(
        "!!document.querySelector('dialog.trace[open]')",
        "the origin is open",
    )?;
    let shown = text(&page, "document.querySelector('dialog.trace').textContent")?;
    let spec = Lever::GwCommitted.spec();
    for part in [spec.label, Lever::GwCommitted.reason(), spec.ticks[0].label] {
        assert!(shown.contains(part), "“{part}” is not in “{shown}”");
    }
    assert_quiet(&browser, &page)?;
    Ok(())
}

#[test]
fn a_chart_leads_to_how_its_lines_are_computed_and_back_leads_out() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("", View::default().still())?;
    page.click("#chart-gap summary")?;
    page.click("#chart-gap [data-quantity='gw-needed']")?;
    let title = "document.querySelector('#trace-title').textContent";
    page.wait_until(
        &format!("{title} === 'Trainium needed, December 2026'"),
        "the series opens",
    )?;
    // A fact opens over it; Back closes one after the other and leaves the address.
    page.eval("[...document.querySelectorAll('dialog.trace .inputs .down')].pop().click()")?;
    page.wait_until(
        &format!("{title} === 'Trainium revenue per GW-year'"),
        "a level down",
    )?;
    page.eval("document.querySelector('dialog.trace [data-fact]').click()")?;
    page.wait_until(
        "document.querySelectorAll('dialog[open]').length === 2",
        "the fact lies over the trace",
    )?;
    page.back()?;
    page.wait_until(
        "document.querySelectorAll('dialog[open]').length === 1 && !!document.querySelector('dialog.trace[open]')",
        "Back closes the fact alone",
    )?;
    // Closed by hand, a fact takes its step along.
    page.eval("document.querySelector('dialog.trace [data-fact]').click()")?;
    page.wait_until(
        "document.querySelectorAll('dialog[open]').length === 2",
        "the fact is open again",
    )?;
    page.press("\u{e00c}")?;
    page.wait_until(
        "document.querySelectorAll('dialog[open]').length === 1",
        "Escape closes the fact alone",
    )?;
    page.settle()?;
    assert!(
        holds(&page, "!!document.querySelector('dialog.trace[open]')")?,
        "the trace stays"
    );
    page.back()?;
    page.wait_until(
        &format!("{title} === 'Trainium needed, December 2026'"),
        "Back goes a level up",
    )?;
    page.back()?;
    page.wait_until(
        "!document.querySelector('dialog[open]')",
        "Back closes the trace",
    )?;
    // Levels that are closed at once leave nothing behind in the history: opened again, it
    // makes the same step as before.
    page.click("h1 [data-output='gw-needed-2026-12']")?;
    page.wait_until("!!document.querySelector('dialog.trace[open]')", "it opens")?;
    let steps = number(&page, "history.length")?;
    page.eval("document.querySelector('dialog.trace .inputs .down').click()")?;
    page.wait_until(
        &format!("{title} !== 'Trainium needed, December 2026'"),
        "a level down",
    )?;
    close(&page)?;
    page.settle()?;
    page.click("h1 [data-output='gw-needed-2026-12']")?;
    page.wait_until(
        "!!document.querySelector('dialog.trace[open]')",
        "it opens again",
    )?;
    let again = number(&page, "history.length")?;
    assert!((again - steps).abs() < 0.5, "{steps} steps, then {again}");
    page.back()?;
    page.wait_until(
        "!document.querySelector('dialog[open]')",
        "one Back closes it",
    )?;
    assert_eq!(link_of(&page)?, "#m=1");
    assert_quiet(&browser, &page)?;
    Ok(())
}
