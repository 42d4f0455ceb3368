//! What the page survives: hosts, browsers and clocks that do what they should not. Each
//! time nothing is lost, the reader is told, and what can be mended is.

use std::{fs, io};

use compute_loop_core::levers::Lever;
use compute_loop_core::outcome::Output;
use compute_loop_core::scenario::Scenario;
use compute_loop_core::{file, json, link, model};
use compute_loop_tests::harness::{
    Browser, Engine, Fault, Key, Page, Site, Trouble, View, root, some,
};
use serde_json::json;

use crate::support::{
    assert_quiet, focus, holds, in_every_engine, link_of, notices, number, quoted, run, slider,
    text, texts, without_ranges,
};
use crate::{offline, share};

in_every_engine!(
    comes_back_as_it_was_left,
    a_hurried_hand_never_closes_the_page
);

/// A scenario that is not the served one.
const OTHER: &str = "#m=1&arr-2026=45";

/// The page has the scenario of a link, shows its figures, and moves.
#[track_caller]
fn assert_alive(page: &Page<'_>, link: &str) -> Result<(), Trouble> {
    assert_eq!(link_of(page)?, link);
    let shown = |link: &str| -> Result<(), Trouble> {
        let (_, outcome) = run(link);
        let output = Output::GwNeeded202612;
        let got = text(
            page,
            &format!("String(computeLoop.get('{}'))", output.spec().id),
        )?;
        assert_eq!(got, json::output_text(&outcome, output), "{link}");
        Ok(())
    };
    shown(link)?;
    let moved = link::encode(&run(link).0.with(Lever::Arr2026, 100.5));
    focus(page, &slider(Lever::Arr2026))?;
    page.eval("computeLoop.set('arr-2026', 100)")?;
    page.press(Key::Right)?;
    page.settle()?;
    assert_eq!(link_of(page)?, moved);
    shown(&moved)
}

/// The name of a file of the build by how it begins and ends.
fn built(start: &str, end: &str) -> Result<String, Trouble> {
    let during = "Cannot list dist/";
    let found = fs::read_dir(root().join("dist"))
        .map_err(Trouble::during(during))?
        .collect::<io::Result<Vec<_>>>()
        .map_err(Trouble::during(during))?
        .into_iter()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .find(|name| name.starts_with(start) && name.ends_with(end));
    found.ok_or_else(|| Trouble::new(format!("dist/ has no {start}…{end}")))
}

/// A page that could not start says so, and starts where it was asked to once it can.
#[test]
fn a_start_that_failed_is_tried_again_with_the_same_link() -> Result<(), Trouble> {
    let faults = [
        (".wasm", Fault::Cut),
        (".wasm", Fault::Short),
        (".js", Fault::Cut),
        (".js", Fault::Short),
        (".wasm", Fault::Missing),
    ];
    for (end, fault) in some(faults, 3) {
        let browser = Browser::start()?;
        browser.site().spoil(end, fault);
        let page = browser.visit(OTHER, View::default().still())?;
        page.wait_until(
            "document.querySelector('.notices li')?.textContent.includes('could not be started')",
            "the page gives up",
        )?;
        assert!(holds(
            &page,
            "document.querySelector('h1').checkVisibility()"
        )?);
        browser.site().mend();
        page.click(".notices li button")?;
        page.wait_ready()?;
        assert_eq!(notices(&page)?, [""; 0], "{end}, {fault:?}");
        assert_alive(&page, OTHER)?;
    }
    Ok(())
}

/// The same where the browser itself has no WebAssembly, which no second try mends.
#[test]
fn a_browser_without_webassembly_keeps_the_article() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.blank(View::default())?;
    page.before_loading("delete window.WebAssembly")?;
    page.go(OTHER)?;
    page.wait_until(
        "document.querySelector('.notices li')?.textContent.includes('could not be started')",
        "the page gives up",
    )?;
    assert!(holds(
        &page,
        "document.querySelector('h1').checkVisibility()"
    )?);
    Ok(())
}

/// The network goes while the page is being read: each part that does not come is told of
/// and comes later, and what was moved meanwhile stays.
#[test]
fn a_part_that_does_not_come_is_told_of_and_comes_later() -> Result<(), Trouble> {
    for (part, fault, want, here) in [
        (
            "chapters",
            Fault::Missing,
            "scrollBy(0, 1)",
            "!!document.querySelector('#chapter-1 figure canvas')",
        ),
        (
            "engine",
            Fault::Cut,
            "scrollBy(0, 1)",
            "document.querySelector('#chart-gap .worlds')?.dataset.draws > 0",
        ),
        (
            "cards",
            Fault::Short,
            "document.querySelector('#chapter-1 .fact').click()",
            "!!document.querySelector('dialog[open] .amount')",
        ),
        (
            "share",
            Fault::Mute,
            "document.getElementById('share').click()",
            "!!document.querySelector('dialog.sharing[open] [data-save=svg]')",
        ),
    ] {
        let browser = Browser::start()?;
        browser.site().spoil(&built(part, ".wasm")?, fault);
        let page = browser.glance(OTHER, View::default().still())?;
        page.eval("void computeLoop.complete()")?;
        if part == "cards" || part == "share" {
            // What scripts wait for includes the part that is missing.
            page.wait_until(
                "!document.querySelector('.served')",
                "the chapters are there",
            )?;
        }
        page.eval(want)?;
        page.wait_until(
            "document.querySelector('.notices')?.textContent.includes('could not be fetched')",
            &format!("it is told that {part} does not come"),
        )?;
        assert!(!holds(&page, here)?, "{part}");
        page.eval("computeLoop.set('arr-2026', 60)")?;
        browser.site().mend();
        page.wait_until(here, &format!("{part} comes"))?;
        page.wait_until(
            "!document.querySelector('.notices')?.textContent.includes('could not be fetched')",
            "the notice goes",
        )?;
        assert_eq!(link_of(&page)?, "#m=1&arr-2026=60", "{part}");
    }
    Ok(())
}

/// Where nothing more can be stored, the page works, keeps nothing and says so once.
#[test]
fn storage_that_is_full_costs_what_would_be_kept_alone() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.blank(View::default().still())?;
    page.cdp(
        "Storage.overrideQuotaForOrigin",
        json!({ "origin": browser.site().origin(), "quotaSize": 1000 }),
    )?;
    page.before_loading(
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }",
    )?;
    page.go(OTHER)?;
    page.wait_ready()?;
    assert_eq!(notices(&page)?, [""; 0]);
    page.click("#ranges")?;
    let told = notices(&page)?;
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("does not let this page keep"), "{told:?}");
    page.click(".notices button")?;
    page.click("header button[aria-pressed]:not(#ranges)")?;
    page.eval("document.querySelector('[data-show-kinds]:not(:checked)').click()")?;
    assert_eq!(
        text(&page, "document.documentElement.dataset.theme")?,
        "dark"
    );
    // What keeps the page for readers without a network finds no room either.
    page.eval("navigator.serviceWorker.register('./sw.js').then(() => true)")?;
    page.wait_until(
        "navigator.serviceWorker.getRegistration().then(one => !one?.installing && !one?.waiting && !one?.active)",
        "it gives up",
    )?;
    assert!(holds(&page, "caches.keys().then(async names => {
           const kept = await Promise.all(names.map(async name => (await (await caches.open(name)).keys()).length));
           return kept.every(count => count === 0);
         })")?);
    assert_eq!(notices(&page)?, [""; 0]);
    assert_alive(&page, OTHER)?;
    assert_quiet(&browser, &page)
}

/// A new build takes over while the old page is open, and its files are gone from the host:
/// what the old page still wants comes from what was kept.
#[test]
fn an_open_page_outlives_an_update() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open(OTHER, View::default().still())?;
    offline::wait_kept(&page)?;
    let next = offline::next_build("open")?;
    let (part, gone) = (built("share", ".wasm")?, "share-0000000000000000.wasm");
    let during = "Cannot rename a part of the next build";
    fs::rename(next.join(&part), next.join(gone)).map_err(Trouble::during(during))?;
    let worker = next.join("sw.js");
    let script = fs::read_to_string(&worker).map_err(Trouble::during(during))?;
    fs::write(&worker, script.replace(&part, gone)).map_err(Trouble::during(during))?;
    browser.site().turn_to(&next);
    page.eval(
        "(() => {
           window.turns = 0;
           navigator.serviceWorker.addEventListener('controllerchange', () => turns++);
         })()",
    )?;
    page.eval("navigator.serviceWorker.getRegistration().then(one => one.update())")?;
    page.wait_until("turns === 1", "the worker of the next build answers")?;
    page.click("#share")?;
    page.wait_until(
        "!!document.querySelector('dialog.sharing[open] [data-save=svg]')",
        "the part of the old build is there",
    )?;
    assert_eq!(notices(&page)?, [""; 0]);
    page.eval("document.querySelector('dialog.sharing .close').click()")?;
    page.settle()?;
    assert_alive(&page, OTHER)?;
    page.reload()?;
    page.wait_ready()?;
    assert_eq!(
        text(&page, "document.documentElement.dataset.build")?,
        "next"
    );
    assert_quiet(&browser, &page)
}

/// Behind another tab for an hour, as far as its clock can tell.
#[test]
fn an_hour_out_of_sight_changes_nothing() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open(OTHER, View::default().still())?;
    // Ten seconds on, everything is kept for readers without a network.
    offline::wait_kept(&page)?;
    page.eval("window.before = [Date.now(), document.querySelectorAll('*').length]")?;
    // Chromium stops the tasks of a page that it freezes.
    page.cdp("Page.setWebLifecycleState", json!({ "state": "frozen" }))?;
    page.cdp("Page.setWebLifecycleState", json!({ "state": "active" }))?;
    page.eval(
        "(() => {
           for (const name of ['hidden', 'visibilityState'])
             Object.defineProperty(document, name, { configurable: true, get: () => name === 'hidden' || 'hidden' });
           document.dispatchEvent(new Event('visibilitychange'));
         })()",
    )?;
    let asked = browser.site().requests().len();
    page.cdp(
        "Emulation.setVirtualTimePolicy",
        json!({ "policy": "advance", "budget": 3_600_000, "maxVirtualTimeTaskStarvationCount": 1_000_000 }),
    )?;
    page.wait_until("Date.now() - before[0] >= 3_600_000", "an hour has passed")?;
    page.eval(
        "(() => {
           delete document.hidden; delete document.visibilityState;
           document.dispatchEvent(new Event('visibilitychange'));
         })()",
    )?;
    assert_eq!(
        browser.site().requests().len(),
        asked,
        "it asked for something"
    );
    assert_eq!(notices(&page)?, [""; 0]);
    assert_eq!(link_of(&page)?, OTHER);
    assert_eq!(
        number(&page, "document.querySelectorAll('*').length - before[1]")? as i32,
        0
    );
    let shown = |scenario: &Scenario| -> Result<(), Trouble> {
        let output = Output::GwNeeded202612;
        let got = text(
            &page,
            &format!("String(computeLoop.get('{}'))", output.spec().id),
        )?;
        assert_eq!(got, json::output_text(&model::run(scenario), output));
        Ok(())
    };
    let (scenario, _) = run(OTHER);
    shown(&scenario)?;
    // It moves on. The clock stands now, so nothing is waited for.
    page.eval("void computeLoop.set('arr-2026', 60)")?;
    shown(&scenario.with(Lever::Arr2026, 60.0))?;
    assert_quiet(&browser, &page)
}

/// Each card makes a step in the browser's history. One made while the browser was still on
/// its way back from the card before would be undone by that, and closing it would lead to
/// the page that the reader came from.
fn a_hurried_hand_never_closes_the_page(engine: Engine) -> Result<(), Trouble> {
    let browser = Browser::on(engine, Site::of_build("/")?);
    let page = browser.open("", View::default().still())?;
    page.eval("void computeLoop.set('arr-2026', 45)")?;
    page.settle()?;
    page.click("#share")?;
    page.wait_until(
        "document.querySelector('dialog[open]') !== null",
        "the card is open",
    )?;
    page.eval(
        "(async () => {
           const rested = ms => new Promise(done => setTimeout(done, ms));
           const close = () => document.querySelector('dialog[open] .close')?.click();
           window.same = true;
           for (let i = 0; i < 30; i += 1) {
             close();
             await rested(i % 5 * 3);
             document.querySelector('#share').click();
             await rested(i % 7 * 3);
           }
           await rested(500);
           close();
           await rested(500);
         })()",
    )?;
    let closed = "document.querySelector('dialog[open]') === null";
    assert!(holds(&page, "window.same === true")?);
    assert!(holds(&page, closed)?);
    // Back closes what is open, as before all that, and leads no further.
    page.click("#share")?;
    page.wait_until(&format!("!({closed})"), "the card is open again")?;
    page.eval("void history.back()")?;
    page.wait_until(closed, "Back closes the card")?;
    assert!(holds(&page, "window.same === true")?);
    assert_eq!(notices(&page)?, [""; 0]);
    assert_alive(&page, OTHER)
}

/// A reader who follows a link and comes back finds the page as it was: the browser kept it
/// (the back/forward cache).
fn comes_back_as_it_was_left(engine: Engine) -> Result<(), Trouble> {
    const LISTEN: &str =
        "void addEventListener('pageshow', event => { window.kept = event.persisted; })";
    let site = Site::of_build("/")?;
    site.may_be_kept();
    let browser = Browser::on(engine, site);
    let page = browser.open("", View::default().still())?;
    page.eval("void computeLoop.set('arr-2026', 60)")?;
    let link = "#m=1&arr-2026=60";
    page.wait_until(
        &format!("location.hash === {}", quoted(link)),
        "the address has it",
    )?;
    page.eval(LISTEN)?;
    // A busy browser now and then keeps no page; either way a reader finds what was left.
    for attempt in 1.. {
        page.eval("void (location.href = './embed-demo.html')")?;
        page.wait_until(
            "location.href.includes('embed-demo')",
            "another page is there",
        )?;
        page.back()?;
        page.wait_until("!location.href.includes('embed-demo')", "the page is back")?;
        page.wait_ready()?;
        assert_eq!(link_of(&page)?, link);
        assert_eq!(notices(&page)?, [""; 0]);
        if holds(&page, "window.kept === true")? {
            break;
        }
        assert!(attempt < 4, "{engine} did not keep the page");
        page.eval(LISTEN)?;
    }
    page.eval("void computeLoop.set('arr-2026', 80)")?;
    page.settle()?;
    let (_, outcome) = run("#m=1&arr-2026=80");
    let output = Output::GwNeeded202612;
    assert_eq!(
        text(
            &page,
            &format!("String(computeLoop.get('{}'))", output.spec().id)
        )?,
        json::output_text(&outcome, output)
    );
    // Worlds still come.
    page.wait_until(
        "[...document.querySelectorAll('.opening .spread')].every(one => one.dataset.draws > 1000)",
        "ranges are refined",
    )
}

/// A browser that gives no canvas: every number is there in words, and that is said once.
#[test]
fn a_refused_canvas_leaves_words_and_tables() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.blank(View::default().still())?;
    page.before_loading("HTMLCanvasElement.prototype.getContext = () => null")?;
    page.go(OTHER)?;
    page.wait_ready()?;
    page.wait_until(
        "document.querySelectorAll('.notices li').length === 1",
        "it is told",
    )?;
    let told = notices(&page)?;
    assert!(told[0].contains("refuses to draw charts"), "{told:?}");
    assert!(holds(
        &page,
        "document.querySelector('#chart-gap figcaption').textContent.length > 40"
    )?);
    page.click("#chart-gap details.data summary")?;
    page.wait_until(
        "document.querySelectorAll('#chart-gap table tr').length > 20",
        "the table is there",
    )?;
    // Its picture is offered in the way that needs no canvas.
    page.click("#share")?;
    page.wait_until(
        "!!document.querySelector('dialog.sharing[open] [data-save=png]')",
        "the card is open",
    )?;
    page.eval("document.querySelector('[data-save=png]').click()")?;
    page.wait_until(
        "document.getElementById('share-said').textContent.includes('SVG')",
        "it is said what to do instead",
    )?;
    page.eval("document.querySelector('dialog.sharing .close').click()")?;
    page.settle()?;
    assert_alive(&page, OTHER)?;
    assert_quiet(&browser, &page)
}

/// A browser that takes canvases away and gives them back empty: they are drawn again.
#[test]
fn a_lost_canvas_is_drawn_again() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open(OTHER, View::default().still())?;
    // More worlds come in between, and move their bands.
    without_ranges(&page)?;
    let drawn = "document.querySelector('#chart-gap canvas').toDataURL()";
    let before = text(&page, drawn)?;
    page.eval(
        "(canvas => {
           canvas.dispatchEvent(new Event('contextlost'));
           canvas.getContext('2d').reset();
         })(document.querySelector('#chart-gap canvas'))",
    )?;
    assert_ne!(text(&page, drawn)?, before, "it is empty");
    page.eval(
        "document.querySelector('#chart-gap canvas').dispatchEvent(new Event('contextrestored'))",
    )?;
    page.settle()?;
    assert_eq!(text(&page, drawn)?, before);
    assert_alive(&page, OTHER)?;
    assert_quiet(&browser, &page)
}

/// Two pages of one browser share what is remembered, not what is being tried.
#[test]
fn two_tabs_do_not_disturb_each_other() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open(OTHER, View::default().still())?;
    page.eval("void (window.tab = open(location.pathname + '#m=1&arr-2026=60'))")?;
    page.wait_until(
        "tab.document?.documentElement?.dataset.ready === 'true'",
        "the other tab is ready",
    )?;
    page.eval("tab.computeLoop.complete()")?;
    for value in 0..50 {
        page.eval(&format!(
            "computeLoop.set('arr-2026', {}), tab.computeLoop.set('arr-2026', {})",
            50 + value,
            140 - value
        ))?;
    }
    assert_eq!(link_of(&page)?, "#m=1&arr-2026=99");
    assert_eq!(text(&page, "tab.computeLoop.link()")?, "#m=1&arr-2026=91");
    for link in ["#m=1&arr-2026=99", "#m=1&arr-2026=91"] {
        let tab = if link.ends_with("99") {
            "window"
        } else {
            "tab"
        };
        let (_, outcome) = run(link);
        let output = Output::GwNeeded202612;
        assert_eq!(
            text(
                &page,
                &format!("String({tab}.computeLoop.get('{}'))", output.spec().id)
            )?,
            json::output_text(&outcome, output)
        );
    }
    // A choice in one is what the next page begins with, and the other keeps its own.
    page.eval("tab.document.querySelector('header button[aria-pressed]:not(#ranges)').click()")?;
    assert_eq!(
        text(&page, "tab.document.documentElement.dataset.theme")?,
        "dark"
    );
    assert_eq!(
        text(&page, "document.documentElement.dataset.theme")?,
        "light"
    );
    page.eval("tab.close()")?;
    assert_eq!(notices(&page)?, [""; 0]);
    assert_quiet(&browser, &page)
}

/// Clocks that are far off: names and heads of files carry their day, and nothing else
/// depends on it.
#[test]
fn any_clock_will_do() -> Result<(), Trouble> {
    let clocks = [
        ("Date.UTC(1970, 0, 1, 12)", "1970-01-01"),
        ("Date.UTC(1969, 11, 31, 12)", "1969-12-31"),
        ("Date.UTC(2108, 0, 1, 12)", "2108-01-01"),
        ("Date.UTC(2100, 1, 28, 12)", "2100-02-28"),
    ];
    for (begin, day) in some(clocks, 2) {
        let browser = Browser::start()?;
        let page = browser.blank(View::default().still())?;
        page.before_loading(&format!(
            "(() => {{
               const Own = Date, off = {begin} - Own.now();
               window.Date = class extends Own {{
                 constructor(...all) {{ all.length ? super(...all) : super(Own.now() + off); }}
                 static now() {{ return Own.now() + off; }}
               }};
             }})()"
        ))?;
        page.go(OTHER)?;
        page.wait_ready()?;
        page.eval(share::CATCH)?;
        page.click("#share")?;
        page.wait_until(
            "!!document.querySelector('dialog.sharing[open] [data-save=zip]')",
            "the card is open",
        )?;
        for what in ["csv", "json", "zip"] {
            let (name, bytes) = share::saved(&page, what)?;
            assert!(name.contains(day), "{name}");
            assert!(!bytes.is_empty());
            if what == "json" {
                let read = file::read(&bytes).map(|read| read.scenario);
                assert_eq!(read.ok(), Some(run(OTHER).0), "{day}");
            }
        }
        page.eval("document.querySelector('dialog.sharing .close').click()")?;
        page.settle()?;
        assert_eq!(notices(&page)?, [""; 0]);
        assert_alive(&page, OTHER)?;
        assert_quiet(&browser, &page)?;
    }
    Ok(())
}

/// A page around that sends whatever it likes, a thousand times a second.
#[test]
fn a_hostile_host_gets_answers_and_nothing_else() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("?embed=1&view=gigawatts#m=1", View::new(600, 800).still())?;
    let answers = number(
        &page,
        "new Promise(done => {
           let answers = 0;
           addEventListener('message', event => { answers += event.data?.type === 'compute-loop:outcome'; });
           const loop = {}; loop.self = loop;
           const type = 'compute-loop:set';
           const odd = [null, 0, '', 'compute-loop:set', [], {}, { type }, { type: 7 }, { type: 'compute-loop:nonsense' },
             { type, lever: 'arr-2026' }, { type, lever: 'arr-2026', value: NaN }, { type, lever: 'arr-2026', value: Infinity },
             { type, lever: 'arr-2026', value: '9'.repeat(10_000) }, { type, lever: 'x'.repeat(10_000), value: 1 },
             { type, lever: '__proto__', value: 1 }, { type, lever: ['arr-2026'], value: { valueOf: 1 } },
             { type, link: '#m=99&' + 'arr-2026=1&'.repeat(500) }, { type, link: '%'.repeat(1000) }, { type, link: 5 },
             { type, id: loop, lever: 'arr-2026', value: 50 }, { type, id: 10n }, new Map([[1, 2]]), new Date(NaN),
             new ArrayBuffer(1000), new Blob(['x']), new Error('odd'), Array(1000).fill(type)];
           let sent = 0;
           const clock = setInterval(() => {
             for (let i = 0; i < 20; i += 1) { postMessage(odd[sent % odd.length], '*'); sent += 1; }
             if (sent >= 3000) { clearInterval(clock); setTimeout(() => done(answers), 500); }
           }, 20);
         })",
    )?;
    assert!(answers > 0.0, "nobody was answered");
    page.settle()?;
    // Two of them are messages: one with a link of another version, of which nothing is
    // known but what it sets, and one that comes later.
    let link = link_of(&page)?;
    assert_eq!(link, "#m=1&arr-2026=50");
    // What is told is a list of a length that can be read.
    let told = texts(
        &page,
        "[...document.querySelectorAll('.notices li')].map(item => item.textContent)",
    )?;
    assert!(told.len() <= 30, "{} notices", told.len());
    for notice in &told {
        assert!(notice.len() < 500, "a notice of {} bytes", notice.len());
    }
    assert_alive(&page, &link)?;
    assert_quiet(&browser, &page)
}
