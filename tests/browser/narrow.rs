//! On the narrowest screens and at the greatest zoom nothing is lost.

use compute_loop_tests::harness::{Browser, Page, Trouble, View};

use crate::bar::go_to_chapter;
use crate::support::{assert_quiet, focus, holds, texts};

/// A small phone, and a laptop's window at 400 %.
const VIEWS: [(&str, View); 2] = [
    ("320 wide", View::new(320, 640).still()),
    ("400 %", View::new(320, 256).scale(4.0).still()),
];

/// What of the page is wider than the window, or cut off in what does not scroll.
const FAULTS: &str = "(() => {
  const found = [];
  const width = document.documentElement.clientWidth;
  const root = document.scrollingElement;
  if (root.scrollWidth > root.clientWidth) found.push('the page scrolls sideways: ' + root.scrollWidth);
  const scrolls = one => ['auto', 'scroll'].includes(getComputedStyle(one).overflowX);
  const hides = one => ['hidden', 'clip'].includes(getComputedStyle(one).overflowX);
  for (const one of document.querySelectorAll('body *')) {
    if (!one.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const box = one.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) continue;
    const name = one.tagName + '.' + one.className + ' “' + one.textContent.trim().slice(0, 40) + '”';
    let around = one.parentElement;
    while (around && !scrolls(around)) around = around.parentElement;
    const within = around && around !== root && around !== document.body && around.scrollWidth > around.clientWidth
      && around.matches('[tabindex]');
    if (!within && (box.right > width + 1 || box.left < -1) && !one.matches('.skip'))
      found.push(name + ' reaches from ' + box.left + ' to ' + box.right);
    if (one.matches('input[type=range]') && box.width < 80)
      found.push(name + ' of ' + one.id + ' is only ' + box.width + ' wide');
    if (hides(one) && one.scrollWidth > one.clientWidth + 1 && !one.matches('input, select, canvas, .canvas, .spoken'))
      found.push(name + ' is cut off');
  }
  return found;
})()";

/// The controls that lie under something else even when they have been scrolled to.
const COVERED: &str = "(async () => {
  const found = [];
  for (const one of document.querySelectorAll('WITHIN a, WITHIN button, WITHIN input, WITHIN select, WITHIN summary, WITHIN [tabindex=\"0\"]')) {
    if (!one.checkVisibility({ visibilityProperty: true }) || one.disabled || one.matches('.skip')) continue;
    one.focus();
    const box = one.getClientRects()[0];
    if (!box) continue;
    // Of something higher than the window, the part in it counts.
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    const [x, y] = [box.left + Math.min(box.width / 2, 20), box.height > innerHeight / 2 ? (top + bottom) / 2 : box.top + box.height / 2];
    const over = document.elementFromPoint(x, y);
    if (!over || !(one.contains(over) || over.contains(one) || over.closest('label')?.contains(one)))
      found.push(one.outerHTML.slice(0, 160) + ' at ' + [box.left, box.top, box.width, box.height] + ' under ' + (over?.outerHTML.slice(0, 120) ?? 'nothing'));
  }
  return found;
})()";

fn assert_whole(page: &Page<'_>, what: &str) -> Result<(), Trouble> {
    page.settle()?;
    let faults = texts(page, FAULTS)?;
    assert!(faults.is_empty(), "{what}:\n{}", faults.join("\n"));
    Ok(())
}

fn assert_in_reach(page: &Page<'_>, within: &str, what: &str) -> Result<(), Trouble> {
    page.settle()?;
    let covered = texts(page, &COVERED.replace("WITHIN", within))?;
    assert!(covered.is_empty(), "{what}:\n{}", covered.join("\n"));
    Ok(())
}

#[test]
fn nothing_is_lost_at_320_pixels_and_at_four_times_the_size() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    for (name, view) in VIEWS {
        let page = browser.open("", view)?;
        assert_whole(&page, &format!("{name}, opening"))?;

        // With everything open that can be opened.
        page.eval("document.querySelectorAll('details').forEach(one => one.open = true)")?;
        page.settle()?;
        assert_whole(&page, &format!("{name}, details"))?;

        go_to_chapter(&page, 4)?;
        assert_whole(&page, &format!("{name}, bar"))?;
        assert_in_reach(&page, ".bar", &format!("{name}, in the bar"))?;
        assert_in_reach(&page, "main", &format!("{name}, on the page"))?;

        // A belief is typed over at the end of a line as at its beginning.
        for belief in [
            "spend-ratio",
            "unnamed-start",
            "gw-committed",
            "build-months",
        ] {
            let selector = format!("[data-belief={belief}]");
            focus(&page, &selector)?;
            page.eval(&format!("document.querySelector('{selector}').click()"))?;
            page.wait_until("!!document.querySelector('.typing')", "the field opens")?;
            assert_whole(&page, &format!("{name}, {belief} open"))?;
            assert_in_reach(&page, ".typing", &format!("{name}, {belief} open"))?;
            page.eval("document.activeElement.blur()")?;
            page.wait_until("!document.querySelector('.typing')", "the field closes")?;
        }

        // Notices stand above the bar.
        page.eval("location.hash = '#m=1&arr-2026=999&no-such-lever=1&stake=x'")?;
        page.wait_until(
            "document.querySelectorAll('.notices li').length === 3",
            "there are notices",
        )?;
        assert_whole(&page, &format!("{name}, notices"))?;
        assert_in_reach(&page, ".notices", &format!("{name}, in the notices"))?;
        assert_in_reach(&page, ".bar", &format!("{name}, in the bar under notices"))?;
        page.eval("document.querySelectorAll('.notices button').forEach(one => one.click())")?;
        page.settle()?;
        assert!(holds(
            &page,
            "document.querySelectorAll('.notices li').length <= 2"
        )?);
        page.eval("[...document.querySelectorAll('.notices button')].forEach(one => one.click())")?;

        page.eval("document.getElementById('bar-all-beliefs').click()")?;
        page.wait_until(
            "document.querySelectorAll('.drawer input[data-lever]').length > 30",
            "all beliefs are there",
        )?;
        assert_whole(&page, &format!("{name}, drawer"))?;
        assert_in_reach(&page, ".drawer", &format!("{name}, in the drawer"))?;
        page.eval("document.querySelector('.drawer .close').click()")?;

        page.eval("document.querySelector('#chapter-4 .fact').click()")?;
        page.wait_until(
            "!!document.querySelector('dialog[open] dl')",
            "a source opens",
        )?;
        assert_whole(&page, &format!("{name}, source"))?;
        assert_in_reach(&page, "dialog", &format!("{name}, in the source"))?;
        assert_quiet(&browser, &page)?;
    }
    Ok(())
}
