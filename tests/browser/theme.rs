//! Light and dark: the system's, the reader's, the address's.

use compute_loop_core::levers::Lever;
use compute_loop_tests::harness::{Browser, Key, Page, Trouble, View};

use crate::support::{assert_quiet, focus, link_of, slider, text, without_ranges};

/// The button that switches between the two.
const SWITCH: &str = "header button[aria-pressed]:not(#ranges)";

fn theme(page: &Page<'_>) -> Result<String, Trouble> {
    text(page, "document.documentElement.dataset.theme")
}

/// What the page is painted with: its background and the gap chart.
fn paint(page: &Page<'_>) -> Result<[String; 2], Trouble> {
    page.settle()?;
    Ok([
        text(
            page,
            "getComputedStyle(document.documentElement).backgroundColor",
        )?,
        text(
            page,
            "document.querySelector('#chart-gap canvas').toDataURL()",
        )?,
    ])
}

#[test]
fn the_theme_follows_the_system_until_the_reader_chooses() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let light = View::default().still();
    let page = browser.open("", light)?;
    assert_eq!(theme(&page)?, "light");
    // More worlds come in between, and move their bands.
    without_ranges(&page)?;
    let [paper, chart] = paint(&page)?;

    page.resize(light.dark())?;
    page.wait_until(
        "document.documentElement.dataset.theme === 'dark'",
        "it turns dark",
    )?;
    let [dark_paper, dark_chart] = paint(&page)?;
    assert_ne!(paper, dark_paper);
    assert_ne!(chart, dark_chart);
    page.reload()?;
    page.wait_ready()?;
    assert_eq!(theme(&page)?, "dark", "as it opens");

    page.click(SWITCH)?;
    assert_eq!(theme(&page)?, "light");
    assert_eq!(paint(&page)?, [paper, chart], "the same light as at first");
    page.reload()?;
    page.wait_ready()?;
    assert_eq!(theme(&page)?, "light", "the choice outlives the page");
    page.resize(light)?;
    page.resize(light.dark())?;
    page.settle()?;
    assert_eq!(theme(&page)?, "light", "and what the system does");

    page.go("?theme=dark#m=1&stake=7")?;
    page.wait_ready()?;
    assert_eq!(theme(&page)?, "dark", "the address has the last word");
    assert_eq!(link_of(&page)?, "#m=1&stake=7");
    assert_eq!(
        text(
            &page,
            &format!("document.querySelector('{SWITCH}').ariaPressed")
        )?,
        "true"
    );
    page.go("?theme=sepia")?;
    page.wait_ready()?;
    assert_eq!(
        theme(&page)?,
        "light",
        "a theme that there is not asks for none"
    );
    assert_quiet(&browser, &page)
}

#[test]
fn a_browser_that_refuses_storage_shows_the_page_all_the_same() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let light = View::default().still();
    for refuse in [
        // As browsers refuse it, and as those do that know none.
        "get() { throw new DOMException('refused', 'SecurityError'); }",
        "get() { return null; }",
    ] {
        let page = browser.blank(light)?;
        let source = format!("Object.defineProperty(window, 'localStorage', {{ {refuse} }})");
        page.before_loading(&source)?;
        page.go("")?;
        page.wait_ready()?;
        assert_eq!(theme(&page)?, "light");
        page.resize(light.dark())?;
        page.wait_until(
            "document.documentElement.dataset.theme === 'dark'",
            "it turns dark",
        )?;
        page.click(SWITCH)?;
        page.settle()?;
        assert_eq!(theme(&page)?, "light");
        assert!(
            text(&page, "document.querySelector('.notices').textContent")?
                .contains("does not let this page keep")
        );
        focus(&page, &slider(Lever::Arr2026))?;
        page.press(Key::Right)?;
        assert_eq!(link_of(&page)?, "#m=1&arr-2026=71");
        assert_quiet(&browser, &page)?;
    }
    Ok(())
}
