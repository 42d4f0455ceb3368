//! The address and the scenario: each follows the other.

use compute_loop_core::format;
use compute_loop_core::levers::Lever;
use compute_loop_core::link;
use compute_loop_core::outcome::Output;
use compute_loop_tests::harness::{Browser, Key, Page, Trouble, View};

use crate::support::{
    assert_quiet, field, focus, holds, link_of, notices, number, run, slider, text, value,
};

const OTHER: &str = "#m=1&arr-2026=60&gw-committed=4";

/// The address's fragment.
fn fragment(page: &Page<'_>) -> Result<String, Trouble> {
    text(page, "location.hash")
}

/// Waits until the scenario is that of a link.
fn wait_for_link(page: &Page<'_>, link: &str) -> Result<(), Trouble> {
    page.wait_until(&format!("computeLoop.link() === '{link}'"), "it is applied")
}

/// Waits until the address says what the scenario is, for at most a second.
fn wait_for_address(page: &Page<'_>) -> Result<(), Trouble> {
    let written = page.eval(
        "new Promise(done => {
           const end = performance.now() + 1000;
           const look = () => {
             const same = location.hash === computeLoop.link();
             if (same || performance.now() > end) done(same); else setTimeout(look, 20);
           };
           look();
         })",
    )?;
    assert_eq!(written, true, "the address does not follow within a second");
    Ok(())
}

/// The controls and the headline show what a link says.
fn assert_shown(page: &Page<'_>, link: &str) -> Result<(), Trouble> {
    page.settle()?;
    let (scenario, outcome) = run(link);
    for lever in Lever::PRIMARY {
        let wanted = scenario.get(lever);
        let shown: f64 = value(page, &slider(lever))?.parse().unwrap_or(f64::NAN);
        // The slider stands on its own steps, the field says the value itself.
        assert!((shown - wanted).abs() <= lever.spec().step, "{shown}");
        assert_eq!(value(page, &field(lever))?, link::value_text(lever, wanted));
    }
    let needed = format::output(&outcome, Output::GwNeeded202612);
    let headline = text(page, "document.querySelector('h1').textContent")?;
    assert!(headline.contains(&needed), "{headline} without {needed}");
    assert_eq!(link_of(page)?, link);
    Ok(())
}

#[test]
fn a_link_sets_the_page_and_the_page_writes_the_link() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open(OTHER, View::default().still())?;
    assert_shown(&page, OTHER)?;
    assert_eq!(fragment(&page)?, OTHER, "it stays until something moves");

    focus(&page, &slider(Lever::GwCommitted))?;
    page.press(Key::Right)?;
    let moved = "#m=1&arr-2026=60&gw-committed=4.05";
    wait_for_link(&page, moved)?;
    wait_for_address(&page)?;
    assert_eq!(fragment(&page)?, moved);

    // Only what differs from the defaults is written, in the order of the registry.
    page.go("#gw-committed=5&%61rr-2026=7e1&m=1")?;
    wait_for_link(&page, "#m=1&arr-2026=70")?;
    wait_for_address(&page)?;
    assert_shown(&page, "#m=1&arr-2026=70")?;
    assert_eq!(notices(&page)?, [""; 0]);
    assert_quiet(&browser, &page)
}

#[test]
fn a_bad_link_is_told_of_and_the_rest_of_it_works() -> Result<(), Trouble> {
    let bad = "#m=9&nonsense=1&arr-2026=999&stake=abc&gw-committed=4";
    let (_, warnings) = link::decode(bad);
    assert_eq!(warnings.len(), 4);
    let browser = Browser::start()?;
    let page = browser.open(bad, View::default().still())?;
    let told = notices(&page)?;
    assert_eq!(told.len(), warnings.len(), "{told:?}");
    for (told, warning) in told.iter().zip(&warnings) {
        assert!(told.contains(&warning.to_string()), "{told}");
    }
    assert_shown(&page, "#m=1&arr-2026=150&gw-committed=4")?;

    for left in (0..told.len()).rev() {
        page.click(".notices li button")?;
        page.settle()?;
        assert_eq!(notices(&page)?.len(), left);
    }
    focus(&page, &slider(Lever::Arr2026))?;
    page.press(Key::Left)?;
    wait_for_address(&page)?;
    assert_eq!(fragment(&page)?, "#m=1&arr-2026=149.5&gw-committed=4");

    // A bad link that arrives later is told of as well.
    page.go("#m=1&nonsense=2")?;
    wait_for_link(&page, "#m=1")?;
    page.settle()?;
    let told = notices(&page)?;
    assert!(
        told.iter().any(|told| told.contains("nonsense")),
        "{told:?}"
    );
    assert_quiet(&browser, &page)
}

#[test]
fn back_and_forward_lead_through_the_scenarios() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("", View::default().still())?;
    assert_eq!(link_of(&page)?, "#m=1");
    page.go(OTHER)?;
    wait_for_link(&page, OTHER)?;
    focus(&page, &slider(Lever::Arr2026))?;
    page.press(Key::Right)?;
    let moved = "#m=1&arr-2026=60.5&gw-committed=4";
    wait_for_address(&page)?;
    assert_eq!(fragment(&page)?, moved);
    let steps = number(&page, "history.length")?;
    page.eval("location.hash = '#m=1&stake=7'")?;
    wait_for_link(&page, "#m=1&stake=7")?;

    page.back()?;
    wait_for_link(&page, moved)?;
    assert_shown(&page, moved)?;
    page.back()?;
    wait_for_link(&page, "#m=1")?;
    assert_shown(&page, "#m=1")?;
    page.eval("history.forward()")?;
    wait_for_link(&page, moved)?;
    page.eval("history.forward()")?;
    wait_for_link(&page, "#m=1&stake=7")?;
    assert!(
        (number(&page, "history.length")? - steps - 1.0).abs() < 0.5,
        "moving a lever leaves steps in the browser's history"
    );
    assert_eq!(notices(&page)?, [""; 0]);
    assert_quiet(&browser, &page)
}

/// The address of a change waits to be written when a link comes: the link counts.
#[test]
fn a_link_right_after_a_change_is_followed() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("", View::default().still())?;
    page.eval(
        "(async () => {
           computeLoop.set('arr-2026', 45);
           await new Promise(done => setTimeout(done, 50));
           // The page is too busy to write in time: both events wait for it now.
           const end = performance.now() + 400;
           while (performance.now() < end);
           location.hash = '#m=1&stake=7';
         })()",
    )?;
    wait_for_link(&page, "#m=1&stake=7")?;
    wait_for_address(&page)?;
    assert_quiet(&browser, &page)
}

#[test]
fn a_chapter_link_scrolls_and_leaves_the_scenario_alone() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open(OTHER, View::default().still())?;
    let chapters = number(&page, "document.querySelectorAll('.contents a').length")?;
    assert!(
        (chapters - 10.0).abs() < 0.5,
        "{chapters} chapters are listed"
    );
    for chapter in [4, 9, 1] {
        page.click(&format!(".contents a[href='#chapter-{chapter}']"))?;
        page.wait_until(
            &format!(
                "(() => {{
                   const top = document.getElementById('chapter-{chapter}').getBoundingClientRect().top;
                   return top > -5 && top < innerHeight / 2;
                 }})()"
            ),
            "the chapter is in view",
        )?;
        assert!(holds(
            &page,
            &format!("document.activeElement.id === 'chapter-{chapter}'")
        )?);
        assert_eq!(link_of(&page)?, OTHER);
        assert_eq!(fragment(&page)?, OTHER);
    }

    // A place of the page for a fragment is no scenario, and nothing to complain of.
    page.eval("location.hash = '#chapter-3'")?;
    page.settle()?;
    assert_eq!(link_of(&page)?, OTHER);
    assert_eq!(notices(&page)?, [""; 0]);
    page.reload()?;
    page.wait_ready()?;
    assert_eq!(link_of(&page)?, "#m=1");
    assert_eq!(notices(&page)?, [""; 0]);
    assert_quiet(&browser, &page)
}

#[test]
fn back_returns_from_a_chapter_and_leaves_the_scenario_alone() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    // Not told to keep still: what is far off is jumped to all the same.
    let page = browser.open(OTHER, View::default())?;
    page.eval("scrollTo({ top: 300, behavior: 'instant' })")?;
    page.settle()?;
    let to = "document.querySelector('.contents a[href=\"#chapter-9\"]').click()";
    let at_once = holds(
        &page,
        &format!(
            "(() => {{ {to}; return Math.abs(document.getElementById('chapter-9').getBoundingClientRect().top) < innerHeight / 2; }})()"
        ),
    )?;
    assert!(at_once, "a far chapter takes a long way");
    assert_eq!(fragment(&page)?, OTHER);

    // A belief changed there stays when the reader is back.
    page.eval("computeLoop.set('arr-2026', 70)")?;
    wait_for_address(&page)?;
    let moved = link_of(&page)?;
    assert_ne!(moved, OTHER);
    page.back()?;
    page.wait_until("Math.abs(scrollY - 300) < 5", "it is where it was")?;
    page.settle()?;
    assert_eq!(link_of(&page)?, moved);
    wait_for_address(&page)?;
    page.eval("history.forward()")?;
    page.wait_until("scrollY > 2000", "it is at the chapter again")?;
    assert_eq!(link_of(&page)?, moved);
    wait_for_address(&page)?;

    // Another link is another scenario, either way.
    page.eval("location.hash = '#m=1&stake=7'")?;
    wait_for_link(&page, "#m=1&stake=7")?;
    page.back()?;
    wait_for_link(&page, &moved)?;
    page.back()?;
    page.settle()?;
    assert_eq!(link_of(&page)?, moved);
    page.eval("history.go(2)")?;
    wait_for_link(&page, "#m=1&stake=7")?;
    assert_quiet(&browser, &page)
}
