//! The page before WebAssembly runs, and where it cannot.

use compute_loop_core::levers::Lever;
use compute_loop_core::outcome::Output;
use compute_loop_core::scenario::Scenario;
use compute_loop_core::{format, json, model};
use compute_loop_tests::harness::{Browser, Fault, Page, Trouble, View, WAKE, some};
use serde_json::json;

use super::support::{assert_quiet, holds, number, text, texts};

/// The windows in which the live page takes over.
const VIEWS: [(u32, u32); 3] = [(360, 740), (768, 1024), (1280, 800)];

/// How much may move when it does, as browsers count it: a line of the first chart's words.
const MOST_SHIFT: f64 = 0.005;

/// The words of the document as served, without any script.
fn as_served(browser: &Browser) -> Result<Page<'_>, Trouble> {
    let page = browser.blank(View::default())?;
    page.cdp(
        "Emulation.setScriptExecutionDisabled",
        json!({ "value": true }),
    )?;
    page.go("")?;
    Ok(page)
}

/// Without scripts the page is an article whose every number is the model's.
#[test]
fn reads_as_an_article_without_scripts() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = as_served(&browser)?;
    let outcome = model::run(&Scenario::default());
    assert_eq!(
        number(&page, "document.querySelectorAll('h1').length")? as u32,
        1
    );
    assert_eq!(
        number(&page, "document.querySelectorAll('.chapter').length")? as u32,
        10
    );
    assert!(text(&page, "document.querySelector('noscript').textContent")?.contains("JavaScript"));
    let shown = texts(
        &page,
        "[...document.querySelectorAll('[data-of-output]')].map(one => \
           [one.dataset.ofOutput, one.value, one.textContent].join('|'))",
    )?;
    assert!(shown.len() > 30, "{shown:?}");
    for row in shown {
        let parts: Vec<&str> = row.split('|').collect();
        let output = Output::ALL
            .into_iter()
            .find(|output| output.spec().id == parts[0]);
        let output = output.ok_or_else(|| Trouble::new(format!("{row} is no output")))?;
        assert_eq!(parts[1], json::output_text(&outcome, output), "{row}");
        if !parts[2].contains('.') || parts[2] == format::output(&outcome, output) {
            assert_eq!(parts[2], format::output(&outcome, output), "{row}");
        }
    }
    for lever in Lever::PRIMARY {
        let label = lever.spec().label;
        assert!(holds(
            &page,
            &format!(
                "[...document.querySelectorAll('.lever label')].some(one => one.textContent === {label:?})"
            )
        )?);
    }
    // Charts are there: the first in the document, the others as pictures.
    assert!(
        number(
            &page,
            "document.querySelector('.stage .canvas').getBoundingClientRect().height"
        )? > 250.0
    );
    assert!(number(&page, "document.querySelectorAll('.drawn img').length")? > 20.0);
    assert!(holds(
        &page,
        "[...document.querySelectorAll('.live-only')].every(one => !one.checkVisibility())"
    )?);
    assert_quiet(&browser, &page)
}

/// Where the module or the script does not come, the article stays and a notice says so.
#[test]
fn stays_where_something_fails() -> Result<(), Trouble> {
    for (end, fault) in [
        (".wasm", Fault::Missing),
        (".js", Fault::Missing),
        (".js", Fault::Type("text/plain")),
    ] {
        let browser = Browser::start()?;
        browser.site().spoil(end, fault);
        let page = browser.visit("#m=1&arr-2026=45", View::default())?;
        page.wait_until(
            "'refused' in document.documentElement.dataset",
            "the page gives up",
        )?;
        let notice = text(&page, "document.querySelector('.notices li').textContent")?;
        assert!(notice.contains("could not be started"), "{notice}");
        assert!(holds(
            &page,
            "document.querySelector('h1').checkVisibility()"
        )?);
        assert!(holds(
            &page,
            "document.querySelector('#chapter-3 .answer').checkVisibility({ visibilityProperty: true })"
        )?);
        assert!(holds(
            &page,
            "!document.querySelector('.commands').checkVisibility()"
        )?);
    }
    Ok(())
}

/// A host that does not know WebAssembly does no harm.
#[test]
fn starts_where_the_module_comes_as_another_type() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    browser
        .site()
        .spoil(".wasm", Fault::Type("application/octet-stream"));
    let page = browser.open("", View::default())?;
    assert_quiet(&browser, &page)
}

/// The live page stands where the article stood.
#[test]
fn is_taken_over_without_a_jump() -> Result<(), Trouble> {
    for (width, height) in some(VIEWS, 2) {
        let browser = Browser::start()?;
        let page = browser.blank(View::new(width, height))?;
        page.before_loading("window.shifts = []; window.shifted = [];
               new PerformanceObserver(list => list.getEntries().forEach(one => {
                 shifts.push(one.value);
                 for (const { node, previousRect: from, currentRect: to } of one.sources)
                   shifted.push(`${node?.nodeName}.${node?.className}: ${JSON.stringify([from, to])}`);
               })).observe({ type: 'layout-shift', buffered: true });
               window.refusals = [];
               addEventListener('securitypolicyviolation', event => refusals.push(event.violatedDirective));")?;
        page.go("")?;
        page.wait_first()?;
        page.settle()?;
        // The first sign of a reader: the whole page takes the place of the served one.
        page.eval("void dispatchEvent(new Event('pointermove'))")?;
        page.wait_until("!document.getElementById('before')", "the page is whole")?;
        // What has not been fetched is there in the words of the article.
        let answer = text(
            &page,
            "document.querySelector('#chapter-2 .answer').textContent",
        )?;
        assert!(answer.len() > 40, "{answer}");
        let shift = number(&page, "shifts.reduce((sum, one) => sum + one, 0)")?;
        assert!(
            shift <= MOST_SHIFT,
            "{width}: {shift}\n{}",
            texts(&page, "shifted")?.join("\n")
        );
        page.wait_ready()?;
        page.wait_until(
            "!document.querySelector('.served')",
            "the chapters have come",
        )?;
        assert_eq!(texts(&page, "refusals")?, [""; 0]);
        assert_quiet(&browser, &page)?;
    }
    Ok(())
}

/// The headline is painted before what is below it has been laid out, and does not move when that
/// follows. Who comes for a place of the page finds all of it at once.
#[test]
fn paints_the_headline_first() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    for (path, turns) in [("", 3), ("#m=1", 3), ("#chapter-3", 0), ("?embed=1", 0)] {
        let page = browser.blank(View::new(360, 740))?;
        page.before_loading(
            "window.turns = [];
             new MutationObserver(() => {
               const top = document.getElementById('headline')?.getBoundingClientRect();
               turns.push([document.documentElement.dataset.first ?? null, top?.top, top?.width]);
             }).observe(document, { subtree: true, attributeFilter: ['data-first'] });",
        )?;
        page.go(path)?;
        page.wait_first()?;
        assert!(
            holds(&page, &format!("turns.length === {turns}"))?,
            "{path}: {}",
            text(&page, "JSON.stringify(turns)")?
        );
        if turns > 0 {
            let as_was =
                "JSON.stringify(turns.map(turn => turn[0])) === '[\"\",\"no\",null]' && (() => {
                const { top, width } = document.getElementById('headline').getBoundingClientRect();
                return turns.slice(1).every(turn => top === turn[1] && width === turn[2]);
              })()";
            assert!(
                holds(&page, as_was)?,
                "{path}: {}",
                text(&page, "JSON.stringify(turns)")?
            );
            assert!(holds(
                &page,
                "document.querySelector('.stage').checkVisibility()
                 && getComputedStyle(document.querySelector('.language')).contentVisibility === 'visible'"
            )?);
        }
        assert_quiet(&browser, &page)?;
    }
    Ok(())
}

/// The words of the article are hidden where they are not those of the scenario.
#[test]
fn shows_no_figure_of_another_scenario() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.visit("", View::default())?;
    page.wait_first()?;
    let seen = "document.querySelector('#chapter-3 .served')?.checkVisibility({ visibilityProperty: true }) ?? null";
    assert!(holds(&page, seen)?);
    page.eval("computeLoop.set('arr-2026', 45)")?;
    page.wait_until(
        "document.querySelector('#chapter-3 .served')?.checkVisibility({ visibilityProperty: true }) !== true",
        "the words of the default are gone",
    )?;
    assert_quiet(&browser, &page)
}

/// Counts the frames in which the article is seen.
const WATCH: &str = "window.seen = 0;
    const look = () => {
      if (document.querySelector('#before > main:not(.embed)')?.checkVisibility()) seen += 1;
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);";

/// An embed never shows the article, not for a frame and not where it cannot start.
#[test]
fn is_not_seen_inside_another_page() -> Result<(), Trouble> {
    for (path, is_seen) in [
        ("", true),
        ("?embed=0", true),
        ("?embed=1&view=stake", false),
        ("?embed", false),
    ] {
        let browser = Browser::start()?;
        let page = browser.blank(View::default())?;
        page.before_loading(WATCH)?;
        page.go(path)?;
        page.wait_first()?;
        let frames = number(&page, "seen")?;
        assert_eq!(frames > 0.0, is_seen, "{path}: {frames} frames");
        assert_quiet(&browser, &page)?;
    }
    let browser = Browser::start()?;
    browser.site().spoil(".wasm", Fault::Missing);
    let page = browser.glance("?embed=1&view=stake#m=1", View::new(360, 520))?;
    page.eval(WAKE)?;
    page.wait_until(
        "document.querySelector('.notices li')?.checkVisibility() === true",
        "the embed gives up",
    )?;
    let notice = text(&page, "document.querySelector('.notices li').textContent")?;
    assert!(notice.contains("This view could not"), "{notice}");
    assert!(!holds(
        &page,
        "document.querySelector('#before > main:not(.embed)').checkVisibility()"
    )?);
    // What was served of the view stays.
    assert!(holds(
        &page,
        "document.querySelector('.embed .canvas svg').checkVisibility()"
    )?);
    Ok(())
}

/// From the first script on nobody but the page's own folder may be asked, for anything.
#[test]
fn may_ask_nobody_else() -> Result<(), Trouble> {
    let browser = Browser::start_under("/some/where/")?;
    let page = browser.visit("", View::default())?;
    page.wait_first()?;
    page.eval(
        "window.refusals = [];
         addEventListener('securitypolicyviolation', event => refusals.push(event.effectiveDirective))",
    )?;
    for address in ["http://127.0.0.1:9/", "/some/", "/some/wherever.json"] {
        page.eval(&format!("fetch('{address}').catch(() => 'refused')"))?;
        page.eval(&format!("new Image().src = '{address}a.png'"))?;
        page.eval(&format!(
            "document.head.append(Object.assign(document.createElement('script'), {{ src: '{address}a.js' }}))"
        ))?;
    }
    page.wait_until("refusals.length === 9", "all nine are refused")?;
    let mut refusals = texts(&page, "refusals")?;
    refusals.sort();
    assert_eq!(
        refusals,
        [["connect-src"; 3], ["img-src"; 3], ["script-src-elem"; 3]].concat()
    );
    // And its own files may be.
    assert!(holds(
        &page,
        "fetch('./evidence/facts.json').then(answer => answer.ok)"
    )?);
    Ok(())
}
