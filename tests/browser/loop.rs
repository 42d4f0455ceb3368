//! The loop: year, lens and Amazon's own money change the drawing and its words, and
//! nothing else.

use compute_loop::charts::{Case, Chart, View as Shown};
use compute_loop_core::circle::Lens;
use compute_loop_tests::harness::{Browser, Key, Page, Trouble, View};
use serde_json::json;

use crate::support::{assert_quiet, focus, holds, link_of, quoted, run, text};

/// Sets a control as a reader's hand does.
fn set(page: &Page<'_>, selector: &str, how: &str, event: &str) -> Result<(), Trouble> {
    page.eval(&format!(
        "(() => {{ const field = document.querySelector({}); {how};
           field.dispatchEvent(new Event('{event}', {{ bubbles: true }})); }})()",
        quoted(selector)
    ))?;
    page.settle()
}

/// Brings the controls to a view.
fn show(page: &Page<'_>, view: Shown) -> Result<(), Trouble> {
    let year = format!("field.value = '{}'", view.year);
    set(page, "[data-year]", &year, "input")?;
    let lens = format!("[data-lens={}]", view.lens.id());
    set(
        page,
        "[data-own-money]",
        &format!("field.checked = {}", view.own_money),
        "change",
    )?;
    set(page, &lens, "field.checked = true", "change")
}

/// Waits until the chart says what it says natively, and hands back its pixels.
fn drawn(page: &Page<'_>, link: &str, view: Shown) -> Result<String, Trouble> {
    let (scenario, outcome) = run(link);
    let picture = Chart::Loop.picture(Case {
        scenario: &scenario,
        outcome: &outcome,
        odds: None,
        view,
        matters: None,
    });
    for (part, words) in [
        (".finding", &picture.title),
        (".subtitle", &picture.subtitle),
        ("figcaption", &picture.summary),
    ] {
        page.wait_until(
            &format!(
                "document.querySelector('#chart-loop {part}').textContent === {}",
                json!(words)
            ),
            &format!("{part} says “{words}”"),
        )?;
    }
    page.settle()?;
    text(
        page,
        "document.querySelector('#chart-loop canvas').toDataURL()",
    )
}

#[test]
fn year_lens_and_own_money_change_the_drawing_and_its_words() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    for link in ["#m=1", "#m=1&top-up=12&openai-investment=30"] {
        let page = browser.open(link, View::default().still())?;
        page.eval(
            "document.querySelector('#chart-loop .canvas').scrollIntoView({ block: 'center', behavior: 'instant' })",
        )?;
        let first = Shown::default();
        let mut seen = vec![drawn(&page, link, first)?];
        for (year, lens, own_money) in [
            (2026, Lens::Cash, false),
            (2026, Lens::OperatingIncome, true),
            (2026, Lens::MarkToMarket, true),
            (2027, Lens::MarkToMarket, true),
            (2027, Lens::Cash, true),
            (2027, Lens::Cash, false),
            (2030, Lens::Cash, true),
        ] {
            let view = Shown {
                year,
                lens,
                own_money,
                ..first
            };
            show(&page, view)?;
            let pixels = drawn(&page, link, view)?;
            assert!(!seen.contains(&pixels), "{view:?} looks as another view");
            seen.push(pixels);
        }
        // And back again: nothing is left of what was looked at.
        show(&page, first)?;
        assert_eq!(drawn(&page, link, first)?, seen[0]);
        // A look is no belief.
        assert_eq!(link_of(&page)?, link);
        assert_quiet(&browser, &page)?;
    }
    Ok(())
}

#[test]
fn the_lenses_are_chosen_by_keys_and_wide_enough_to_hit() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("", View::new(320, 640).still())?;
    page.eval("document.querySelector('#chart-loop .view').scrollIntoView({ block: 'center', behavior: 'instant' })")?;
    let height = "document.querySelector('#chart-loop .view').getBoundingClientRect().height";
    let before = page.eval(height)?;
    focus(&page, "[data-lens=cash]")?;
    let mut view = Shown::default();
    for lens in [Lens::OperatingIncome, Lens::MarkToMarket, Lens::Cash] {
        page.press(Key::Right)?;
        view.lens = lens;
        drawn(&page, "#m=1", view)?;
        assert_eq!(page.eval(height)?, before, "the controls keep their height");
        assert!(holds(
            &page,
            &format!(
                "document.querySelector('[data-own-money]').disabled === {}",
                lens != Lens::Cash
            )
        )?);
    }
    focus(&page, "[data-own-money]")?;
    page.press(" ")?;
    view.own_money = false;
    drawn(&page, "#m=1", view)?;
    assert!(holds(
        &page,
        "[...document.querySelectorAll('#chart-loop .view label')].every(label => {
           const box = label.getBoundingClientRect();
           return box.height >= 24 && box.width >= 24 && box.left >= 0
             && box.right <= document.documentElement.clientWidth;
         })"
    )?);
    assert_quiet(&browser, &page)
}
