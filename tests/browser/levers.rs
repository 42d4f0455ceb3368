//! Every lever: its slider, its field, its place among all beliefs.

use std::collections::BTreeSet;

use compute_loop_core::levers::Lever;
use compute_loop_core::link::value_text;
use compute_loop_core::unit::Unit;
use compute_loop_tests::harness::{Browser, Key, Page, Trouble, View};
use serde_json::json;

use crate::support::{
    assert_quiet, field, focus, holds, link_of, list, notices, quoted, texts, value,
};

/// Types over what a field holds and ends with Enter.
fn enter(page: &Page<'_>, selector: &str, typed: &str) -> Result<(), Trouble> {
    page.eval(&format!(
        "(() => {{
           const field = document.querySelector({});
           field.focus();
           field.select();
         }})()",
        quoted(selector)
    ))?;
    page.press(typed)?;
    page.press(Key::Enter)?;
    page.settle()
}

#[test]
fn the_number_field_takes_numbers_and_says_what_it_does_not_take() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("", View::default().still())?;
    let lever = Lever::Arr2026;
    let label = lever.spec().label;
    let selector = field(lever);

    enter(&page, &selector, "60")?;
    assert_eq!(link_of(&page)?, "#m=1&arr-2026=60");
    enter(&page, &selector, "62,5")?;
    assert_eq!(link_of(&page)?, "#m=1&arr-2026=62.5");
    assert_eq!(value(&page, &selector)?, "62.5");
    enter(&page, &selector, " 1e2 ")?;
    assert_eq!(link_of(&page)?, "#m=1&arr-2026=100");
    assert_eq!(value(&page, &selector)?, "100");
    assert_eq!(notices(&page)?, [""; 0], "all of that can be taken");

    enter(&page, &selector, "999")?;
    assert_eq!(link_of(&page)?, "#m=1&arr-2026=150");
    assert_eq!(value(&page, &selector)?, "150");
    let told = notices(&page)?;
    assert_eq!(told.len(), 1, "{told:?}");
    for part in [label, "999", "150"] {
        assert!(told[0].contains(part), "{part}: {told:?}");
    }

    // Units and currencies may stand beside the number, as they do on the page; a value
    // that can be taken puts the lever's notice away.
    for (typed, taken) in [("$90 bn", "90"), ("61", "61"), ("70bn", "70")] {
        enter(&page, &selector, typed)?;
        assert_eq!(value(&page, &selector)?, taken, "“{typed}”");
        assert_eq!(notices(&page)?, [""; 0], "“{typed}” can be taken");
    }

    for junk in ["abc", "NaN", "7O", "1.2.3"] {
        enter(&page, &selector, junk)?;
        assert_eq!(link_of(&page)?, "#m=1&arr-2026=70", "“{junk}” moves it");
        assert_eq!(value(&page, &selector)?, "70", "“{junk}” stays");
        let told = notices(&page)?;
        assert_eq!(
            told.len(),
            1,
            "only the newest notice of a lever stands: {told:?}"
        );
        assert!(
            told[0].contains(label) && told[0].contains(junk),
            "{told:?}"
        );
    }

    // An emptied field is a change of mind.
    enter(&page, &selector, "70")?;
    page.eval("document.activeElement.select()")?;
    page.press(Key::Backspace)?;
    page.press(Key::Enter)?;
    page.settle()?;
    assert_eq!(value(&page, &selector)?, "70");
    assert_eq!(notices(&page)?, [""; 0]);

    // A month is a text of its own, with ends like any other value.
    page.click("#all-beliefs")?;
    let start = Lever::UnnamedStart;
    let selector = format!(".drawer {}", field(start));
    enter(&page, &selector, "2027-06")?;
    assert_eq!(link_of(&page)?, "#m=1&arr-2026=70&unnamed-start=2027-06");
    enter(&page, &selector, "2036-01")?;
    assert_eq!(
        value(&page, &selector)?,
        value_text(start, start.spec().max)
    );
    assert_quiet(&browser, &page)
}

/// Opens all beliefs, and those of every chapter, and puts all beliefs away: controls
/// are built when they are first opened.
fn open_all(page: &Page<'_>) -> Result<(), Trouble> {
    page.eval(
        "(() => {
           document.querySelectorAll('details.beliefs').forEach(one => one.open = true);
           document.getElementById('all-beliefs').click();
         })()",
    )?;
    let count = 2 * Lever::COUNT;
    page.wait_until(
        &format!(
            "document.querySelectorAll('.drawer [data-lever], .beliefs [data-lever]').length === {count}"
        ),
        "the controls are built",
    )?;
    page.eval("document.querySelector('.drawer .close').click()")?;
    page.settle()
}

#[test]
fn every_lever_has_a_slider_and_a_field_among_all_beliefs() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("", View::new(1280, 800).still())?;
    open_all(&page)?;
    let registry: BTreeSet<&str> = Lever::ALL.iter().map(|lever| lever.spec().id).collect();
    for (selector, key) in [
        ("input[type=range][data-lever]", "lever"),
        (".drawer input[type=range][data-lever]", "lever"),
        ("[data-lever-number]", "leverNumber"),
        (".drawer [data-lever-number]", "leverNumber"),
    ] {
        let found = texts(
            &page,
            &format!("[...document.querySelectorAll('{selector}')].map(one => one.dataset.{key})"),
        )?;
        let ids: BTreeSet<&str> = found.iter().map(String::as_str).collect();
        assert_eq!(ids, registry, "{selector}");
        if selector.starts_with(".drawer") {
            assert_eq!(found.len(), ids.len(), "{selector}: one control each");
        }
    }

    assert!(!holds(
        &page,
        "document.querySelector('.drawer').checkVisibility()"
    )?);
    for width in [1280, 360] {
        page.resize(View::new(width, 740).still())?;
        focus(&page, "#all-beliefs")?;
        page.press(Key::Enter)?;
        page.wait_until(
            "document.querySelector('.drawer').contains(document.activeElement)",
            "the focus is among all beliefs",
        )?;
        // What lies in the middle of a control is the control: nothing covers it.
        let hidden = list(
            &page,
            "[...document.querySelectorAll('.drawer [data-lever], .drawer [data-lever-number]')].filter(one => {
               one.scrollIntoView({ block: 'center', behavior: 'instant' });
               const box = one.getBoundingClientRect();
               const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
               return !(box.width > 0 && box.height > 0 && box.left >= 0 && box.right <= innerWidth
                 && one.contains(document.elementFromPoint(x, y)));
             }).map(one => one.outerHTML)",
        )?;
        assert_eq!(hidden, [json!(null); 0], "at a width of {width}");
        page.press(Key::Escape)?;
        page.settle()?;
        assert!(!holds(
            &page,
            "document.querySelector('.drawer').checkVisibility()"
        )?);
        assert!(holds(&page, "document.activeElement.id === 'all-beliefs'")?);
    }
    assert_quiet(&browser, &page)?;
    println!("{} levers, 2 widths", Lever::COUNT);
    Ok(())
}

#[test]
fn every_lever_shows_what_it_was_set_to() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("", View::default().still())?;
    open_all(&page)?;
    let mut count = 0;
    for lever in Lever::ALL {
        let spec = lever.spec();
        for end in [spec.min, spec.max] {
            let wanted = value_text(lever, lever.admit(end));
            let given = match spec.unit {
                Unit::Month | Unit::Switch | Unit::Choice => quoted(&wanted),
                _ => wanted.clone(),
            };
            let shown = texts(
                &page,
                &format!(
                    "(async () => {{
                       const taken = computeLoop.set('{id}', {given});
                       await new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)));
                       const all = selector => [...document.querySelectorAll(selector)].map(one => one.value);
                       return [taken, ...all('[data-lever-number=\"{id}\"]'), ...all('[data-lever=\"{id}\"]')];
                     }})()",
                    id = spec.id
                ),
            )?;
            let sliders = shown.iter().filter(|shown| **shown != wanted);
            let sliders: Vec<f64> = sliders.filter_map(|shown| shown.parse().ok()).collect();
            // A slider writes months and options as numbers.
            for at in &sliders {
                assert!((at - end).abs() < 1e-9, "{}: {shown:?}", spec.id);
            }
            let fields = shown.iter().filter(|shown| **shown == wanted).count();
            assert_eq!(
                fields + sliders.len(),
                shown.len(),
                "{}: {shown:?}",
                spec.id
            );
            // The answer, and a field in the drawer at least and in a chapter.
            assert!(fields >= 3, "{}: {wanted} is not in {shown:?}", spec.id);
            count += shown.len() - 1;
        }
        page.eval("document.getElementById('reset').click()")?;
    }
    page.settle()?;
    assert_eq!(link_of(&page)?, "#m=1");
    assert_quiet(&browser, &page)?;
    println!("{count} controls at both ends of {} levers", Lever::COUNT);
    Ok(())
}
