//! The whole page in each of the browsers that readers have. What one engine might do in a
//! way of its own is looked at here; everything else is tested in one of them.

use compute_loop_core::format;
use compute_loop_core::levers::Lever;
use compute_loop_core::odds::DRAWS;
use compute_loop_core::outcome::Output;
use compute_loop_tests::harness::{Browser, Engine, Key, Page, Site, Trouble, View, some};
use serde_json::json;

use crate::support::{
    assert_quiet, focus, holds, in_every_engine, link_of, notices, number, quoted, run, slider,
    text, texts,
};

in_every_engine!(
    the_page_works,
    the_page_works_in_a_folder_of_a_host,
    nothing_is_wider_than_the_window,
);

/// What the first chart shows, as far as it is drawn.
const PIXELS: &str = "document.querySelector('#chart-gap canvas').toDataURL()";

/// A marked figure of the first screen is what the models say of the page's own link.
#[track_caller]
fn assert_figures(page: &Page<'_>) -> Result<(), Trouble> {
    let (_, outcome) = run(&link_of(page)?);
    for output in [Output::GwNeeded202612, Output::GwOnline202612] {
        let shown = format!("h1 [data-output={}]", output.spec().id);
        if holds(
            page,
            &format!("!!document.querySelector({})", quoted(&shown)),
        )? {
            assert_eq!(
                text(
                    page,
                    &format!("document.querySelector({}).textContent", quoted(&shown))
                )?,
                format::output(&outcome, output)
            );
        }
    }
    Ok(())
}

fn journey(browser: &Browser) -> Result<(), Trouble> {
    let page = browser.open("#m=1&arr-2026=60", View::default().still())?;
    assert_eq!(link_of(&page)?, "#m=1&arr-2026=60");
    assert_eq!(notices(&page)?, [""; 0]);
    assert_figures(&page)?;

    // Keys move a slider, the sentence and the chart.
    let before = text(&page, PIXELS)?;
    let slider = slider(Lever::Arr2026);
    focus(&page, &slider)?;
    page.press(Key::Right + Key::Right)?;
    page.settle()?;
    let moved = link_of(&page)?;
    assert_ne!(moved, "#m=1&arr-2026=60");
    assert_figures(&page)?;
    page.wait_until(
        &format!("{PIXELS} !== {}", quoted(&before)),
        "the chart follows",
    )?;
    page.wait_until(
        &format!("location.hash === {}", quoted(&moved)),
        "the address follows",
    )?;
    page.click("#undo")?;
    page.settle()?;
    page.click("#undo")?;
    page.settle()?;
    assert_eq!(link_of(&page)?, "#m=1&arr-2026=60");

    // Many worlds come from the workers.
    page.wait_until(
        &format!("[...document.querySelectorAll('.opening .spread')].length === 4 && \
                  [...document.querySelectorAll('.opening .spread')].every(one => one.dataset.draws === '{DRAWS}')"),
        "the ranges stand on many worlds",
    )?;

    // The chart is read by keys.
    focus(
        &page,
        "#chart-gap canvas, #chart-gap [role=slider], #chart-gap [tabindex='0']",
    )?;
    page.press(Key::Home + Key::Right)?;
    page.settle()?;

    // A card opens with its evidence, closes, and gives the focus back.
    page.click("#chapter-1 > p:not(.answer) .fact")?;
    page.wait_until(
        "document.querySelector('dialog[open] .amount') !== null",
        "the fact is there",
    )?;
    page.press(Key::Escape)?;
    page.wait_until(
        "!document.querySelector('dialog[open]')",
        "the card is closed",
    )?;

    // All beliefs, one of them typed.
    page.click("#all-beliefs")?;
    page.wait_until(
        "!!document.querySelector('.drawer:not([hidden]) [data-lever-number=stake]')",
        "all beliefs are there",
    )?;
    focus(&page, ".drawer [data-lever-number=stake]")?;
    page.eval("document.activeElement.select()")?;
    page.press("7")?;
    page.press(Key::Enter)?;
    page.settle()?;
    assert_eq!(link_of(&page)?, "#m=1&arr-2026=60&stake=7");
    page.wait_until(
        "location.hash === '#m=1&arr-2026=60&stake=7'",
        "the address follows",
    )?;
    page.press(Key::Escape)?;
    page.wait_until(
        "document.querySelector('.drawer').hidden",
        "all beliefs are put away",
    )?;

    // The other theme is a reader's choice, and stays.
    let theme = "document.documentElement.dataset.theme";
    let first = page.eval(theme)?;
    page.click("header button[aria-pressed]:not(#ranges)")?;
    page.settle()?;
    assert_ne!(page.eval(theme)?, first);
    let other = page.eval(theme)?;
    page.reload()?;
    page.wait_ready()?;
    assert_eq!(page.eval(theme)?, other);
    assert_eq!(link_of(&page)?, "#m=1&arr-2026=60&stake=7");

    // Every chart is drawn, and has its words.
    let charts = number(&page, "document.querySelectorAll('figure canvas').length")?;
    assert!(charts > 20.0, "{charts}");
    let titles = texts(
        &page,
        "[...document.querySelectorAll('figure figcaption, figure .finding')].map(one => one.textContent.trim())",
    )?;
    assert!(!titles.is_empty() && titles.iter().all(|title| !title.is_empty()));
    let blank = page.eval(
        "(async () => {
           const blank = [];
           // Small, as whole pictures take a busy browser longer than a script may.
           const small = Object.assign(document.createElement('canvas'),
             { width: 32, height: 32 }).getContext('2d', { willReadFrequently: true });
           for (const canvas of document.querySelectorAll('figure canvas')) {
             if (!canvas.getClientRects().length) continue;
             canvas.scrollIntoView({ block: 'center', behavior: 'instant' });
             const painted = () => {
               small.clearRect(0, 0, 32, 32);
               small.drawImage(canvas, 0, 0, 32, 32);
               return small.getImageData(0, 0, 32, 32).data.some(value => value > 0);
             };
             for (let i = 0; i < 60 && !painted(); i++) await new Promise(requestAnimationFrame);
             if (!painted()) blank.push(canvas.closest('figure').id);
           }
           return blank;
         })()",
    )?;
    assert_eq!(blank, json!([]), "charts that stay empty");
    assert_quiet(browser, &page)
}

fn the_page_works(engine: Engine) -> Result<(), Trouble> {
    journey(&Browser::on(engine, Site::of_build("/")?))
}

fn the_page_works_in_a_folder_of_a_host(engine: Engine) -> Result<(), Trouble> {
    let browser = Browser::on(engine, Site::of_build("/some/where/")?);
    let page = browser.open("#m=1&arr-2026=60", View::default().still())?;
    assert_figures(&page)?;
    page.click("#chapter-1 > p:not(.answer) .fact")?;
    page.wait_until(
        "document.querySelector('dialog[open] .amount') !== null",
        "the fact is there",
    )?;
    assert_quiet(&browser, &page)
}

fn nothing_is_wider_than_the_window(engine: Engine) -> Result<(), Trouble> {
    let browser = Browser::on(engine, Site::of_build("/")?);
    // No window of Firefox is narrower than 450.
    for (width, height) in some([(500, 800), (768, 1024), (1280, 800), (1920, 1080)], 2) {
        let page = browser.open("", View::new(width, height).still())?;
        assert!((number(&page, "innerWidth")? - f64::from(width)).abs() < 1.0);
        assert!(
            holds(
                &page,
                "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
            )?,
            "at {width}"
        );
    }
    Ok(())
}
