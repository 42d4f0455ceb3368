//! Charts read place by place: with the mouse, with a finger, by keys, as a table.

use compute_loop_core::format;
use compute_loop_core::month::Month;
use compute_loop_core::outcome::Series;
use compute_loop_core::unit::Unit;
use compute_loop_tests::harness::{Browser, Key, Page, Trouble, View};
use serde_json::json;

use crate::support::{assert_quiet, focus, holds, number, run, text, texts, without_ranges};

const CANVAS: &str = "#chart-gap .canvas";

/// The first month of the chart of the gap, and how many it shows.
const FIRST: Month = Month::new(2025, 1);
const MONTHS: usize = 48;

/// What the chart of the gap reads in a month, by the models.
fn expected(link: &str, place: usize) -> Result<String, Trouble> {
    let (_, outcome) = run(link);
    let month = Month::at(FIRST.index() + place).ok_or_else(|| Trouble::new("no such month"))?;
    let value = |series| {
        let value = outcome.at(series, month).unwrap_or_default();
        format::value(Unit::Gw, value)
    };
    Ok(format!(
        "{}: needed {}, online {}",
        format::month(month),
        value(Series::GwNeeded),
        value(Series::GwOnline)
    ))
}

/// What the chart tells a reader who does not see it.
fn told(page: &Page<'_>) -> Result<String, Trouble> {
    page.settle()?;
    text(
        page,
        &format!("document.querySelector('{CANVAS}').getAttribute('aria-valuetext')"),
    )
}

/// The slip beside the place, its parts joined.
fn slip(page: &Page<'_>) -> Result<String, Trouble> {
    page.settle()?;
    let parts = texts(
        page,
        "[...document.querySelectorAll('#chart-gap .readout :is(p, tr)')].map(part => \
         [...(part.cells ?? [part])].map(cell => cell.textContent).join(' '))",
    )?;
    let (name, values) = parts
        .split_first()
        .ok_or_else(|| Trouble::new("nothing is read"))?;
    Ok(format!("{name}: {}", values.join(", ")))
}

fn silent(page: &Page<'_>) -> Result<bool, Trouble> {
    page.settle()?;
    holds(page, "document.querySelector('.readout') === null")
}

#[test]
fn keys_walk_every_month() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("#m=1&arr-2026=90", View::default().still())?;
    without_ranges(&page)?;
    focus(&page, CANVAS)?;
    assert!(silent(&page)?, "nothing is read before a key is pressed");
    page.press(Key::Home)?;
    for place in 0..MONTHS {
        // Published months say more; what the lines say stands first.
        let expected = expected("#m=1&arr-2026=90", place)?;
        let told = told(&page)?;
        assert!(told.starts_with(&expected), "{told} is not {expected}");
        assert_eq!(slip(&page)?, told);
        page.press(Key::Right)?;
    }
    // Past the last month nothing moves.
    assert!(told(&page)?.starts_with(&expected("#m=1&arr-2026=90", MONTHS - 1)?));
    page.press(Key::Home)?;
    page.press(Key::PageDown)?;
    assert!(told(&page)?.starts_with(&expected("#m=1&arr-2026=90", 12)?));
    page.press(Key::End)?;
    page.press(Key::Left)?;
    assert!(told(&page)?.starts_with(&expected("#m=1&arr-2026=90", MONTHS - 2)?));
    page.press(Key::Escape)?;
    assert!(silent(&page)?, "Escape puts the slip away");
    assert_quiet(&browser, &page)
}

/// Moves the mouse to a part of the chart's width.
fn move_to(page: &Page<'_>, part: f64) -> Result<(), Trouble> {
    let at = |what: &str| {
        number(
            page,
            &format!("document.querySelector('{CANVAS}').getBoundingClientRect().{what}"),
        )
    };
    let (x, y) = (
        at("left")? + part * at("width")?,
        at("top")? + 0.5 * at("height")?,
    );
    page.cdp(
        "Input.dispatchMouseEvent",
        json!({ "type": "mouseMoved", "x": x, "y": y }),
    )?;
    Ok(())
}

#[test]
fn the_mouse_reads_from_left_to_right_and_stays_inside() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    for width in [360, 768, 1280] {
        let page = browser.open("", View::new(width, 800).still())?;
        without_ranges(&page)?;
        page.eval(&format!(
            "document.querySelector('{CANVAS}').scrollIntoView({{ block: 'center' }})"
        ))?;
        page.settle()?;
        let mut places = vec![];
        for step in 0..=20 {
            move_to(&page, (f64::from(step) / 20.0).min(0.995))?;
            let told = told(&page)?;
            assert_eq!(slip(&page)?, told);
            let place = number(
                &page,
                &format!("+document.querySelector('{CANVAS}').ariaValueNow"),
            )? as usize;
            assert!(told.starts_with(&expected("#m=1", place)?), "{told}");
            assert!(
                holds(
                    &page,
                    "(() => { const slip = document.querySelector('.readout').getBoundingClientRect(); \
                     return slip.left >= 0 && slip.right <= innerWidth; })()"
                )?,
                "the slip leaves a window of {width} px at {step}"
            );
            places.push(place);
        }
        assert!(places.is_sorted(), "{places:?}");
        assert_eq!((places[0], places[20]), (0, MONTHS - 1));
        // It follows the beliefs while it stands.
        page.eval("computeLoop.set('arr-2026', 100)")?;
        assert!(told(&page)?.starts_with(&expected("#m=1&arr-2026=100", MONTHS - 1)?));
        page.cdp(
            "Input.dispatchMouseEvent",
            json!({ "type": "mouseMoved", "x": 2, "y": 2 }),
        )?;
        assert!(silent(&page)?, "the slip goes with the mouse");
        assert_quiet(&browser, &page)?;
    }
    Ok(())
}

#[test]
fn a_finger_reads_and_the_slip_stays_until_it_points_elsewhere() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("", View::new(360, 740).still().touch())?;
    without_ranges(&page)?;
    page.eval(&format!(
        "document.querySelector('{CANVAS}').scrollIntoView({{ block: 'center' }})"
    ))?;
    page.settle()?;
    let corner = |what: &str| {
        number(
            &page,
            &format!("document.querySelector('{CANVAS}').getBoundingClientRect().{what}"),
        )
    };
    let tap = |x: f64, y: f64| -> Result<(), Trouble> {
        for (kind, points) in [
            ("touchStart", json!([{ "x": x, "y": y }])),
            ("touchEnd", json!([])),
        ] {
            page.cdp(
                "Input.dispatchTouchEvent",
                json!({ "type": kind, "touchPoints": points }),
            )?;
        }
        Ok(())
    };
    let (left, top) = (corner("left")?, corner("top")?);
    tap(left + 150.0, top + 100.0)?;
    let first = slip(&page)?;
    tap(left + 220.0, top + 100.0)?;
    assert_ne!(slip(&page)?, first);
    assert_quiet(&browser, &page)
}

#[test]
fn every_chart_has_a_table_behind_it() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("", View::default().still())?;
    without_ranges(&page)?;
    let figures = number(&page, "document.querySelectorAll('figure.chart').length")?;
    page.eval(
        "document.querySelectorAll('figure details.data').forEach(part => part.open = true)",
    )?;
    page.settle()?;
    let rows = texts(
        &page,
        "[...document.querySelectorAll('figure details.data')].map(part => \
         `${part.closest('figure').id} ${part.querySelectorAll('tbody tr').length > 0}`)",
    )?;
    assert_eq!(rows.len(), figures as usize);
    for row in rows {
        assert!(row.ends_with("true"), "{row}");
    }
    let december = text(
        &page,
        "[...document.querySelectorAll('#chart-gap details.data tbody tr')]\
         .find(row => row.cells[0].textContent === 'December 2026').textContent",
    )?;
    let expected = expected("#m=1", 23)?;
    for number in expected
        .split(['d', 'e', ','])
        .filter_map(|part| part.split("GW").next())
    {
        let number = number.trim();
        if number.chars().next().is_some_and(|c| c.is_ascii_digit()) && number.len() < 8 {
            assert!(december.contains(number), "{december} lacks {number}");
        }
    }
    assert_quiet(&browser, &page)
}
