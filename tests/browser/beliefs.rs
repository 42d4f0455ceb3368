//! Beliefs inside sentences: dragged, moved by keys, typed, chosen and reset.

use compute_loop_core::format;
use compute_loop_core::levers::Lever;
use compute_loop_core::unit::Unit;
use compute_loop_tests::harness::{Browser, Key, Page, Trouble, View};
use serde_json::{Value, json};

use crate::support::{
    CTRL, SHIFT, assert_quiet, chord, focus, holds, link_of, list, notices, number, point, quoted,
    run, text,
};

/// A belief of a chapter that stands in a sentence.
const BELIEF: Lever = Lever::SpendRatio;
/// Where it stands first.
const PLACE: &str = "[data-belief=spend-ratio]";
/// The field that opens over it.
const FIELD: &str = "[data-belief-field=spend-ratio]";

/// Brings an element to the middle of the window and says where its middle is.
fn middle(page: &Page<'_>, selector: &str) -> Result<(f64, f64), Trouble> {
    let place = list(
        page,
        &format!(
            "(() => {{
               const one = document.querySelector({});
               one.scrollIntoView({{ block: 'center', behavior: 'instant' }});
               const box = one.getBoundingClientRect();
               return [box.left + box.width / 2, box.top + box.height / 2];
             }})()",
            quoted(selector)
        ),
    )?;
    page.settle()?;
    let place: Vec<f64> = place.iter().filter_map(Value::as_f64).collect();
    match place[..] {
        [x, y] => Ok((x, y)),
        _ => Err(Trouble::new(format!("{selector} is at {place:?}"))),
    }
}

/// The value of the belief now.
fn now(page: &Page<'_>) -> Result<f64, Trouble> {
    Ok(run(&link_of(page)?).0.get(BELIEF))
}

#[track_caller]
fn assert_is(page: &Page<'_>, wanted: f64) -> Result<(), Trouble> {
    page.settle()?;
    let value = now(page)?;
    assert_eq!(value.to_bits(), BELIEF.admit(wanted).to_bits(), "{value}");
    assert_eq!(
        text(
            page,
            &format!("document.querySelector('{PLACE}').textContent")
        )?,
        format::lever(BELIEF, value)
    );
    Ok(())
}

#[test]
fn every_belief_in_a_sentence_says_what_it_is() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("", View::default().still())?;
    let beliefs = list(
        &page,
        "[...document.querySelectorAll('[data-belief]')].map(one => [
           one.dataset.belief, one.getAttribute('role'), one.tabIndex, one.getAttribute('aria-label'),
           one.getAttribute('aria-valuemin'), one.getAttribute('aria-valuemax'),
           one.getAttribute('aria-valuenow'), one.getAttribute('aria-valuetext'), one.textContent])",
    )?;
    assert!(beliefs.len() >= 12, "{} beliefs", beliefs.len());
    for belief in &beliefs {
        let lever = Lever::from_id(belief[0].as_str().unwrap_or_default());
        let lever = lever.unwrap_or_else(|| panic!("{belief} is no lever"));
        let spec = lever.spec();
        let shown = format::lever(lever, spec.default);
        assert_eq!(belief[8], shown, "{belief}");
        assert_eq!(belief[2], 0, "{belief}");
        let label = belief[3].as_str().unwrap_or_default();
        assert!(label.contains(spec.label), "{belief}");
        if matches!(spec.unit, Unit::Switch | Unit::Choice) {
            continue;
        }
        assert_eq!(belief[1], "slider", "{belief}");
        for (i, end) in [(4, spec.min), (5, spec.max), (6, spec.default)] {
            assert_eq!(belief[i], end.to_string(), "{belief}");
        }
        assert_eq!(belief[7], shown, "{belief}");
    }
    // How they are changed is said in one place.
    assert!((number(&page, "document.querySelectorAll('.hint').length")? - 1.0).abs() < 0.1);
    assert_quiet(&browser, &page)?;
    println!("{} beliefs in sentences", beliefs.len());
    Ok(())
}

#[test]
fn keys_move_a_belief_in_a_sentence_and_take_it_back() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("", View::default().still())?;
    let spec = BELIEF.spec();
    focus(&page, PLACE)?;
    page.press(Key::Right)?;
    assert_is(&page, spec.default + spec.step)?;
    page.press(Key::Down)?;
    page.press(Key::Left)?;
    assert_is(&page, spec.default - spec.step)?;
    page.press(Key::Up)?;
    page.press(Key::PageUp)?;
    let paged = now(&page)?;
    assert!(paged > spec.default + 2.0 * spec.step && paged < spec.max);
    page.press(Key::PageDown)?;
    assert_is(&page, spec.default)?;
    page.press(Key::End)?;
    assert_is(&page, spec.max)?;
    page.press(Key::Home)?;
    assert_is(&page, spec.min)?;
    page.press(Key::Delete)?;
    assert_is(&page, spec.default)?;
    // Each was a step, and the keys for that work where the focus is.
    chord(&page, CTRL, 'z')?;
    assert_is(&page, spec.min)?;
    chord(&page, CTRL, 'z')?;
    assert_is(&page, spec.max)?;
    chord(&page, CTRL | SHIFT, 'z')?;
    assert_is(&page, spec.min)?;
    chord(&page, CTRL, 'y')?;
    assert_is(&page, spec.default)?;
    assert!(holds(
        &page,
        &format!("document.activeElement.matches('{PLACE}')")
    )?);

    // One of a few options goes on to the next.
    let choice = "[data-belief=option-or-duty]";
    focus(&page, choice)?;
    page.press(Key::Enter)?;
    assert_eq!(link_of(&page)?, "#m=1&option-or-duty=option");
    page.click(choice)?;
    assert_eq!(link_of(&page)?, "#m=1");
    page.click(choice)?;
    page.press(Key::Backspace)?;
    assert_eq!(link_of(&page)?, "#m=1");
    assert_quiet(&browser, &page)
}

#[test]
fn a_belief_is_dragged_sideways_in_one_step() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("", View::default().still())?;
    let spec = BELIEF.spec();
    let (x, y) = middle(&page, PLACE)?;
    let before = number(
        &page,
        "document.querySelector('[data-belief=spend-ratio]').closest('p').getBoundingClientRect().height",
    )?;
    point(&page, "mousePressed", (x, y))?;
    for way in [1.0, 20.0, 60.0, 40.0] {
        point(&page, "mouseMoved", (x + way, y + 30.0))?;
        page.settle()?;
    }
    let there = now(&page)?;
    assert!(there > spec.default + spec.step, "{there}");
    // Out of the window and back: the ends hold.
    point(&page, "mouseMoved", (x + 5000.0, y))?;
    assert_is(&page, spec.max)?;
    point(&page, "mouseMoved", (x - 5000.0, y))?;
    assert_is(&page, spec.min)?;
    point(&page, "mouseMoved", (x - 40.0, y))?;
    point(&page, "mouseReleased", (x - 40.0, y))?;
    page.settle()?;
    let there = now(&page)?;
    assert!(
        there < spec.default - spec.step && there > spec.min,
        "{there}"
    );
    assert!(
        !holds(&page, &format!("!!document.querySelector('{FIELD}')"))?,
        "a drag opens no field"
    );
    let after = number(
        &page,
        "document.querySelector('[data-belief=spend-ratio]').closest('p').getBoundingClientRect().height",
    )?;
    assert!((before - after).abs() < 1.0, "the sentence keeps its lines");
    assert!(
        holds(&page, "getSelection().isCollapsed")?,
        "a drag selects nothing"
    );
    chord(&page, CTRL, 'z')?;
    assert_is(&page, spec.default)?;
    chord(&page, CTRL, 'z')?;
    assert_is(&page, spec.default)?;
    chord(&page, CTRL, 'y')?;
    assert_is(&page, there)?;

    // One that comes back to where it began is no step.
    chord(&page, CTRL, 'z')?;
    point(&page, "mousePressed", (x, y))?;
    for way in [30.0, 0.0] {
        point(&page, "mouseMoved", (x + way, y))?;
    }
    point(&page, "mouseReleased", (x, y))?;
    page.settle()?;
    assert!(holds(&page, "document.getElementById('undo').disabled")?);
    assert_quiet(&browser, &page)
}

#[test]
fn a_finger_drags_sideways_and_scrolls_up_and_down() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("", View::new(360, 740).still().touch())?;
    let touch = |kind: &str, at: Option<(f64, f64)>| {
        let points: Vec<Value> = at.iter().map(|(x, y)| json!({ "x": x, "y": y })).collect();
        page.cdp(
            "Input.dispatchTouchEvent",
            json!({ "type": kind, "touchPoints": points }),
        )
    };
    let stroke = |(x, y): (f64, f64), (dx, dy): (f64, f64)| -> Result<(), Trouble> {
        touch("touchStart", Some((x, y)))?;
        for part in 1..=8 {
            let part = f64::from(part) / 8.0;
            touch("touchMove", Some((x + part * dx, y + part * dy)))?;
            page.settle()?;
        }
        touch("touchEnd", None)?;
        page.settle()
    };
    let place = middle(&page, PLACE)?;
    let top = number(&page, "scrollY")?;
    stroke(place, (90.0, 6.0))?;
    let moved = now(&page)?;
    assert!(moved > BELIEF.spec().default + 1.0, "{moved}");
    assert!(
        (number(&page, "scrollY")? - top).abs() < 1.0,
        "it scrolls nothing"
    );
    let place = middle(&page, PLACE)?;
    let top = number(&page, "scrollY")?;
    stroke(place, (0.0, -200.0))?;
    assert_is(&page, moved)?;
    page.wait_until(
        &format!("scrollY > {}", top + 100.0),
        "up and down scrolls the page",
    )?;
    assert_quiet(&browser, &page)
}

#[test]
fn a_belief_is_typed_over_where_it_stands() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("", View::default().still())?;
    let spec = BELIEF.spec();
    let shape = "(() => {
       const box = one => one.getBoundingClientRect();
       return [...document.querySelectorAll('#chapter-1 p, #chapter-1 figure')].map(one =>
         [box(one).top + scrollY, box(one).height].join()).join(' '); })()";
    let before = text(&page, shape)?;
    let open = format!("!!document.querySelector('{FIELD}')");
    let focused = format!("document.activeElement.matches('{PLACE}')");

    page.click(PLACE)?;
    page.wait_until(&open, "a click opens a field")?;
    page.settle()?;
    assert_eq!(text(&page, shape)?, before, "nothing makes room for it");
    page.press("60")?;
    page.press(Key::Enter)?;
    assert_is(&page, 60.0)?;
    assert!(!holds(&page, &open)? && holds(&page, &focused)?);
    assert_eq!(notices(&page)?, [""; 0]);

    // Escape leaves it as it was.
    page.press(Key::Enter)?;
    page.wait_until(&open, "Enter opens it")?;
    page.settle()?;
    page.press("70")?;
    page.press(Key::Escape)?;
    assert_is(&page, 60.0)?;
    assert!(!holds(&page, &open)? && holds(&page, &focused)?);

    // Digits open it, leaving it commits, and what cannot be taken is said.
    page.press("9")?;
    page.wait_until(&open, "a digit opens it")?;
    page.settle()?;
    page.press("99")?;
    // Past the ways back to the default and to where it comes from.
    for _ in 0..3 {
        page.press(Key::Tab)?;
    }
    page.wait_until(&format!("!{open}"), "it closes when left")?;
    assert_is(&page, spec.max)?;
    let told = notices(&page)?;
    assert_eq!(told.len(), 1, "{told:?}");
    for part in [spec.label, "999", &format::lever(BELIEF, spec.max)] {
        assert!(told[0].contains(part), "{part}: {told:?}");
    }
    page.click(PLACE)?;
    page.settle()?;
    page.press("abc")?;
    page.press(Key::Enter)?;
    assert_is(&page, spec.max)?;
    let told = notices(&page)?;
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("abc"), "{told:?}");

    // The way back stands beside the field, for keys and for the pointer.
    page.press(Key::Enter)?;
    page.settle()?;
    page.press(Key::Tab)?;
    assert!(holds(
        &page,
        "document.activeElement.matches('.reset-belief')"
    )?);
    page.press(Key::Enter)?;
    assert_is(&page, spec.default)?;
    assert_eq!(notices(&page)?, [""; 0]);
    page.press(Key::Right)?;
    page.click(PLACE)?;
    page.settle()?;
    page.click(".reset-belief")?;
    assert_is(&page, spec.default)?;
    assert!(!holds(&page, &open)? && holds(&page, &focused)?);
    page.press(Key::Enter)?;
    page.settle()?;
    assert!(
        !holds(&page, "!!document.querySelector('.reset-belief')")?,
        "there is nothing to reset"
    );
    page.press(Key::Escape)?;

    // A month is typed as a month.
    page.click("[data-belief=unnamed-start]")?;
    page.settle()?;
    page.press("2027-06")?;
    page.press(Key::Enter)?;
    page.settle()?;
    assert_eq!(link_of(&page)?, "#m=1&unnamed-start=2027-06");

    // What lies beyond the range is said of each, as the number fields say it.
    page.click("[data-belief=arr-2026]")?;
    page.settle()?;
    page.press("900")?;
    page.press(Key::Enter)?;
    page.settle()?;
    let told = notices(&page)?;
    assert!(told.iter().any(|told| told.contains("900")), "{told:?}");
    page.press(Key::Delete)?;

    // The number fields take steps back as well, once they show what holds.
    page.eval("document.querySelector('[data-lever-number=arr-2026]').focus(); document.activeElement.select()")?;
    page.press("60")?;
    page.press(Key::Enter)?;
    page.settle()?;
    assert_eq!(link_of(&page)?, "#m=1&arr-2026=60&unnamed-start=2027-06");
    chord(&page, CTRL, 'z')?;
    assert_eq!(link_of(&page)?, "#m=1&unnamed-start=2027-06");
    assert_quiet(&browser, &page)
}
