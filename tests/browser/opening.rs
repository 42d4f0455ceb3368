//! The first screen before the rest of the page has come: it is live by itself, and gives
//! way without losing anything.

use compute_loop::charts::{Case, Chart};
use compute_loop_core::levers::Lever;
use compute_loop_core::outcome::Output;
use compute_loop_core::{format, json};
use compute_loop_tests::harness::{Browser, Engine, Fault, Page, Site, Trouble, View};
use serde_json::Value;
use thirtyfour::Key;

use super::support::{
    assert_quiet, enabled, focus, holds, in_every_engine, link_of, notices, number, point, quoted,
    run, slider, text,
};

in_every_engine!(moves_and_gives_way);

/// The files of the rest of the page.
const REST: &str = ".bin";

/// Whether the first screen is still the served one.
const SERVED: &str = "!!document.getElementById('before')";

/// Whether the whole page is there.
const WHOLE: &str = "!document.getElementById('before')";

/// The second of the three sliders.
const LEVER: Lever = Lever::PRIMARY[1];

/// The page with its first screen alone: the rest cannot be fetched until the site is
/// mended.
fn alone(browser: &Browser, view: View) -> Result<Page<'_>, Trouble> {
    browser.site().spoil(REST, Fault::Missing);
    let page = browser.visit("", view)?;
    page.wait_first()?;
    assert!(holds(&page, SERVED)?);
    Ok(page)
}

/// What the first screen shows is what the model says of a link.
fn assert_shows(page: &Page<'_>, link: &str) -> Result<(), Trouble> {
    let (scenario, outcome) = run(link);
    assert!(
        holds(
            page,
            "[...document.querySelectorAll('#headline *, .stage figure, .stage .canvas, .opening .figures dd, .preset-reason')]
               .every(one => one.checkVisibility({ visibilityProperty: true }))"
        )?,
        "something is hidden"
    );
    let figures = page.eval(
        "[...document.querySelectorAll('.opening [data-output]')]
           .map(one => [one.dataset.output, one.dataset.value, one.textContent])",
    )?;
    let figures = figures.as_array().cloned().unwrap_or_default();
    assert_eq!(figures.len(), 6, "{figures:?}");
    for figure in &figures {
        let id = figure[0].as_str().unwrap_or_default();
        let output = Output::from_id(id).ok_or_else(|| Trouble::new(id))?;
        assert_eq!(figure[1], json::output_text(&outcome, output), "{id}");
        assert_eq!(figure[2], format::output(&outcome, output), "{id}");
    }
    let picture = Chart::Gap.picture(Case::of(&scenario, &outcome));
    for (selector, said) in [
        ("figcaption", picture.summary),
        (".finding span", picture.title),
    ] {
        let selector = quoted(&format!(".stage {selector}"));
        let shown = text(
            page,
            &format!("document.querySelector({selector}).textContent"),
        )?;
        assert_eq!(shown, said);
    }
    Ok(())
}

fn moves_and_gives_way(engine: Engine) -> Result<(), Trouble> {
    let browser = Browser::on(engine, Site::of_build("/")?);
    let page = alone(&browser, View::default().still())?;
    let drawn = text(&page, "document.querySelector('.stage .canvas').innerHTML")?;
    focus(&page, &slider(LEVER))?;
    for _ in 0..4 {
        page.press(Key::Right + "")?;
    }
    let link = "#m=1&gw-committed=5.2";
    page.wait_until(
        &format!("location.hash === '{link}'"),
        "the link is written",
    )?;
    page.settle()?;
    assert!(holds(&page, SERVED)?);
    assert_shows(&page, link)?;
    let moved = text(&page, "document.querySelector('.stage .canvas').innerHTML")?;
    assert_ne!(moved, drawn, "the chart has not moved");
    // What another scenario says stands nowhere.
    assert!(holds(
        &page,
        "!document.querySelector('#chapter-3 .served').checkVisibility({ visibilityProperty: true })
           && [...document.querySelectorAll('.opening .spread')].every(one => one.textContent === '')",
    )?);
    page.wait_until(
        "document.querySelector('.notices')?.textContent.includes('could not be fetched')",
        "the reader is told",
    )?;

    browser.site().mend();
    page.wait_until(WHOLE, "the whole page has come")?;
    page.wait_ready()?;
    assert_eq!(link_of(&page)?, link);
    assert_shows(&page, link)?;
    assert_eq!(notices(&page)?, [""; 0]);
    let focused = text(&page, "document.activeElement.dataset.lever ?? ''")?;
    assert_eq!(focused, LEVER.spec().id);
    // Each press of a key was a step, as it is on the whole page.
    assert!(enabled(&page, "undo")?);
    page.click("#undo")?;
    assert_ne!(link_of(&page)?, link);
    Ok(())
}

/// With the defaults all comes back that was served, what the worlds say of them too.
#[test]
fn goes_back_to_what_was_served() -> Result<(), Trouble> {
    const SHOWN: &str =
        "[...document.querySelectorAll('.opening')].map(one => one.innerHTML).join()";
    let browser = Browser::start()?;
    let page = alone(&browser, View::default())?;
    let served = text(&page, SHOWN)?;
    assert!(served.contains("nine of ten"), "{served}");
    page.eval("computeLoop.set('arr-2026', 50)")?;
    page.settle()?;
    let moved = text(&page, SHOWN)?;
    assert_ne!(moved, served);
    page.eval("computeLoop.set('arr-2026', 70.5)")?;
    page.settle()?;
    assert_eq!(text(&page, SHOWN)?, served);
    assert!(holds(
        &page,
        "!('changed' in document.documentElement.dataset)"
    )?);
    Ok(())
}

/// A frame of the first screen that comes after it has gone says nothing of the page.
#[test]
fn is_gone_when_it_is_gone() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    browser.site().spoil(REST, Fault::Missing);
    let page = browser.blank(View::default())?;
    page.before_loading(
        "window.late = [];
         const frame = window.requestAnimationFrame;
         window.requestAnimationFrame = then =>
           window.slow ? late.push(then) : frame.call(window, then);",
    )?;
    page.go("")?;
    page.wait_first()?;
    page.eval("window.slow = true, computeLoop.set('arr-2026', 50)")?;
    browser.site().mend();
    page.wait_until(WHOLE, "the whole page has come")?;
    page.eval("window.slow = false, late.forEach(then => then(performance.now()))")?;
    page.settle()?;
    assert_eq!(page.eval("computeLoop.link()")?, "#m=1&arr-2026=50");
    assert!(holds(
        &page,
        "'changed' in document.documentElement.dataset"
    )?);
    Ok(())
}

/// Whoever holds the slider keeps it.
#[test]
fn is_not_taken_out_of_a_hand() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = alone(&browser, View::default())?;
    let at = |part: f64| -> Result<(f64, f64), Trouble> {
        let side = |side: &str, part: f64| {
            let size = if side == "left" { "width" } else { "height" };
            number(
                &page,
                &format!(
                    "(box => box.{side} + {part} * box.{size})(document.querySelector('{}').getBoundingClientRect())",
                    slider(LEVER)
                ),
            )
        };
        Ok((side("left", part)?, side("top", 0.5)?))
    };
    // Five of fifteen gigawatts.
    let way = [at(0.34)?, at(0.4)?, at(0.5)?, at(0.6)?];
    point(&page, "mouseMoved", way[0])?;
    point(&page, "mousePressed", way[0])?;
    point(&page, "mouseMoved", way[1])?;
    browser.site().mend();
    page.wait_until(
        "performance.getEntriesByType('resource').some(one => /\\/page-.*bin$/.test(one.name) && one.responseEnd > 0 && one.responseStatus === 200)",
        "the rest of the page is there",
    )?;
    page.eval("new Promise(done => setTimeout(done, 1000))")?;
    assert!(holds(&page, SERVED)?, "it went while it was held");
    point(&page, "mouseMoved", way[2])?;
    point(&page, "mouseMoved", way[3])?;
    page.settle()?;
    let link = link_of(&page)?;
    assert_ne!(link, "#m=1");
    assert_shows(&page, &link)?;
    point(&page, "mouseReleased", way[3])?;
    page.wait_until(WHOLE, "the whole page has come")?;
    page.wait_ready()?;
    assert_eq!(link_of(&page)?, link);
    // All of it was one step.
    page.click("#undo")?;
    assert_eq!(link_of(&page)?, "#m=1");
    Ok(())
}

/// What is clicked before the page is there is done when it is.
#[test]
fn does_what_was_clicked_before() -> Result<(), Trouble> {
    const OPEN: &str = "document.querySelector('dialog[open]') !== null";
    for (selector, then) in [
        (
            "#all-beliefs",
            "document.querySelector('.drawer')?.checkVisibility() === true",
        ),
        ("#share", OPEN),
        ("#headline [data-output='gw-online-2026-12']", OPEN),
        (".figures > div:nth-child(3) .quote-button", OPEN),
        (".opening .lever:nth-child(3) .fact", OPEN),
        (
            ".contents a[href='#chapter-4']",
            "Math.abs(document.getElementById('chapter-4').getBoundingClientRect().top) < 200",
        ),
        (
            "[data-lever-number='arr-2026']",
            "document.activeElement.dataset.leverNumber === 'arr-2026'",
        ),
        ("#scenario", "document.activeElement.id === 'scenario'"),
        (
            ".opening .lever:nth-child(2) .ticks li:nth-child(2) .tick",
            "computeLoop.link() === '#m=1&gw-committed=2.4'",
        ),
    ] {
        let browser = Browser::start()?;
        let page = alone(&browser, View::default().still())?;
        page.click(selector)?;
        page.eval("new Promise(done => setTimeout(done, 200))")?;
        assert!(holds(&page, SERVED)?, "{selector}");
        browser.site().mend();
        page.wait_until(WHOLE, "the whole page has come")?;
        page.wait_until(then, selector)?;
    }
    Ok(())
}

/// Scripts have all that they are promised, and keep it.
#[test]
fn answers_scripts_at_once() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = alone(&browser, View::default())?;
    let link = "#m=1&arr-2026=50";
    let (_, outcome) = run(link);
    assert_eq!(
        page.eval("window.kept = computeLoop, kept.set('arr-2026', 50)")?,
        "50"
    );
    assert_eq!(page.eval("kept.link()")?, link);
    let growth = outcome.get(Output::AwsGrowth2026);
    assert_eq!(page.eval("kept.get('aws-growth-2026')")?, growth);
    let said = text(&page, &format!("kept.run('{link}')"))?;
    assert_eq!(said, json::of_link(link));
    for odd in [
        "kept.set('nothing', 1)",
        "kept.set('arr-2026', 'six')",
        "kept.get('nothing')",
    ] {
        assert_eq!(page.eval(&format!("{odd} === undefined"))?, true, "{odd}");
    }
    page.settle()?;
    assert_shows(&page, link)?;
    browser.site().mend();
    page.wait_until(WHOLE, "the whole page has come")?;
    // What was taken before speaks of the page that is there now.
    assert_eq!(page.eval("kept.set('arr-2026', 60)")?, "60");
    assert_eq!(page.eval("computeLoop.link()")?, "#m=1&arr-2026=60");
    page.wait_ready()?;
    assert_shows(&page, "#m=1&arr-2026=60")
}

/// Whoever gives no sign has the whole page after a while all the same.
#[test]
fn gives_way_unasked() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.visit("", View::default())?;
    page.wait_first()?;
    assert!(holds(&page, SERVED)?);
    assert_eq!(
        page.eval("typeof computeLoop.odds")?,
        Value::from("function")
    );
    page.wait_until(WHOLE, "the whole page has come")?;
    assert_quiet(&browser, &page)
}

/// What is not served is never shown as if it were.
#[test]
fn is_not_what_others_came_for() -> Result<(), Trouble> {
    for path in [
        "#m=1&arr-2026=50",
        "#m=2",
        "#chapter-4",
        "?seed=7",
        "?lang=zh-CN",
        "?theme=dusk",
    ] {
        let browser = Browser::start()?;
        let page = browser.visit(path, View::default())?;
        page.wait_first()?;
        assert!(holds(&page, WHOLE)?, "{path}");
    }
    // Keys of others are nobody's.
    for path in ["?utm_source=letter", "#m=1", "?fbclid=1#"] {
        let browser = Browser::start()?;
        let page = browser.visit(path, View::default())?;
        page.wait_first()?;
        assert!(holds(&page, SERVED)?, "{path}");
    }
    Ok(())
}

/// A link that is followed while the rest is on its way is read by it, as one step.
#[test]
fn follows_a_link() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = alone(&browser, View::default())?;
    page.eval("void (location.hash = '#m=1&arr-2026=50&gw=3')")?;
    page.eval("new Promise(done => setTimeout(done, 500))")?;
    browser.site().mend();
    page.wait_until(WHOLE, "the whole page has come")?;
    page.wait_ready()?;
    assert_eq!(link_of(&page)?, "#m=1&arr-2026=50");
    assert_shows(&page, "#m=1&arr-2026=50")?;
    let told = notices(&page)?;
    assert!(told.iter().any(|one| one.contains("gw")), "{told:?}");
    page.click("#undo")?;
    assert_eq!(link_of(&page)?, "#m=1");
    Ok(())
}
