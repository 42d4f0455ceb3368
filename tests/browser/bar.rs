//! The bar that follows the reader with the three main levers.

use compute_loop_core::format;
use compute_loop_core::levers::Lever;
use compute_loop_core::outcome::Output;
use compute_loop_tests::harness::{Browser, Key, Page, Trouble, View};
use serde_json::{Value, json};

use crate::support::{
    CTRL, assert_quiet, chord, enabled, focus, holds, link_of, list, number, point, run, slider,
    text, texts, without_ranges,
};

/// Whether a reader sees the bar.
const SHOWN: &str = "document.querySelector('.bar').checkVisibility()";

/// Goes to a chapter at once.
pub(crate) fn go_to_chapter(page: &Page<'_>, chapter: u32) -> Result<(), Trouble> {
    page.eval(&format!(
        "document.getElementById('chapter-{chapter}').scrollIntoView({{ behavior: 'instant' }})"
    ))?;
    page.wait_until(SHOWN, "the bar has come")?;
    page.settle()
}

/// Left, top, right and bottom of what a reader sees of the bar's controls.
fn targets(page: &Page<'_>) -> Result<Vec<(String, Vec<f64>)>, Trouble> {
    let found = list(
        page,
        "[...document.querySelectorAll('.bar button, .bar input')]
           .filter(one => one.checkVisibility())
           .map(one => {
             const box = one.getBoundingClientRect();
             return [one.id || one.textContent, box.left, box.top, box.right, box.bottom];
           })",
    )?;
    Ok(found
        .iter()
        .map(|one| {
            let name = one[0].as_str().unwrap_or_default().to_owned();
            let sides = (1..5).filter_map(|i| one[i].as_f64()).collect();
            (name, sides)
        })
        .collect())
}

#[test]
fn the_bar_comes_when_the_sliders_have_gone_and_moves_nothing() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    for (width, height, most) in [
        (320, 640, 96.0),
        (360, 740, 96.0),
        (768, 1024, 56.0),
        (1280, 800, 56.0),
        (1920, 1080, 56.0),
    ] {
        let view = View::new(width, height).still();
        let page = browser.open("", view)?;
        page.settle()?;
        // A narrow screen has it wherever the opening's sliders are out of sight.
        let sliders = "document.querySelector('.primary > div')";
        if width < 672 {
            page.wait_until(SHOWN, "it is there before the sliders are")?;
        }
        page.eval(&format!(
            "{sliders}.scrollIntoView({{ block: 'center', behavior: 'instant' }})"
        ))?;
        page.wait_until(&format!("!{SHOWN}"), "it leaves the sliders free")?;
        page.eval("scrollTo({ top: 0, behavior: 'instant' })")?;
        page.settle()?;
        let early = holds(&page, SHOWN)?;
        assert_eq!(early, width < 672, "{width}: it comes too early");
        let place = "document.getElementById('chapter-4').getBoundingClientRect().top + scrollY";
        let before = number(&page, place)?;
        // At once and past everything, as a link inside the page goes.
        go_to_chapter(&page, 4)?;
        let after = number(&page, place)?;
        assert!((before - after).abs() < 1.0, "{width}: the page moves");

        let sides = list(
            &page,
            "(() => { const box = document.querySelector('.bar').getBoundingClientRect();
               return [box.left, box.top, document.documentElement.clientWidth - box.right, innerHeight - box.bottom, box.height]; })()",
        )?;
        let sides: Vec<f64> = sides.iter().filter_map(Value::as_f64).collect();
        let [left, top, right, bottom, tall] = sides[..] else {
            panic!("{sides:?} is no box");
        };
        assert!(tall <= most, "{width}: it is {tall} high");
        assert!(left.abs() < 1.0 && right.abs() < 1.0, "{width}: {sides:?}");
        let at_edge = if width < 672 { bottom } else { top };
        assert!(at_edge.abs() < 1.0, "{width}: {sides:?}");

        // Every control is inside the window, large enough and nothing lies over it.
        let seen = targets(&page)?;
        assert!(seen.len() >= 6, "{width}: {seen:?}");
        for (i, (name, sides)) in seen.iter().enumerate() {
            let [left, top, right, bottom] = sides[..] else {
                panic!("{name}: {sides:?}");
            };
            assert!(
                left >= 0.0 && right <= f64::from(width),
                "{width}: {name} {sides:?}"
            );
            assert!(
                right - left >= 24.0 && bottom - top >= 24.0,
                "{width}: {name} is small: {sides:?}"
            );
            for (other, (theirs, box_)) in seen.iter().enumerate().skip(i + 1) {
                let apart = right <= box_[0] + 0.5
                    || box_[2] <= left + 0.5
                    || bottom <= box_[1] + 0.5
                    || box_[3] <= top + 0.5;
                assert!(apart, "{width}: {name} lies over {theirs} ({other})");
            }
        }
        // No word of it is cut off or runs into the next.
        let long = texts(
            &page,
            "[...document.querySelectorAll('.bar *')].filter(one => one.checkVisibility()
               && one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== 'inline')
               .map(one => one.outerHTML.slice(0, 200))",
        )?;
        assert_eq!(long, [""; 0], "{width}");

        // What a link inside the page leads to is not under the bar.
        page.eval("document.querySelector('.contents li:nth-child(6) a').click()")?;
        page.settle()?;
        assert!(
            holds(
                &page,
                "(() => {
                   const title = document.getElementById('chapter-6-title');
                   const box = title.getBoundingClientRect();
                   return title.contains(document.elementFromPoint(box.left + 10, box.top + 5));
                 })()"
            )?,
            "{width}: the bar covers the title gone to"
        );

        // On paper there is none.
        page.cdp("Emulation.setEmulatedMedia", json!({ "media": "print" }))?;
        assert!(!holds(&page, SHOWN)?, "{width}: it is printed");
        page.cdp("Emulation.setEmulatedMedia", json!({ "media": "" }))?;
        page.resize(view)?;

        page.eval(&format!(
            "{sliders}.scrollIntoView({{ block: 'center', behavior: 'instant' }})"
        ))?;
        page.wait_until(&format!("!{SHOWN}"), "it goes when the sliders are back")?;
        assert_quiet(&browser, &page)?;
    }
    Ok(())
}

#[test]
fn the_bar_moves_the_levers_and_says_what_follows() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    for (width, height) in [(360, 740), (1280, 800)] {
        let page = browser.open("", View::new(width, height).still())?;
        go_to_chapter(&page, 5)?;
        let mut links = vec![link_of(&page)?];
        for (i, lever) in Lever::PRIMARY.into_iter().enumerate() {
            assert!(
                holds(
                    &page,
                    &format!(
                        "document.querySelector({:?}).closest('.primary') !== null",
                        slider(lever).replace('"', "'")
                    )
                )?,
                "the first slider of a lever is the opening's"
            );
            if width < 672 {
                page.click(&format!(".switch button:nth-child({})", i + 1))?;
                let seen = texts(
                    &page,
                    "[...document.querySelectorAll('.bar input')].filter(one => one.checkVisibility()).map(one => one.dataset.lever)",
                )?;
                assert_eq!(seen, [lever.spec().id], "one slider at a time");
            }
            focus(&page, &format!(".bar {}", slider(lever)))?;
            for _ in 0..3 {
                page.press(Key::PageUp)?;
            }
            page.settle()?;
            let link = link_of(&page)?;
            assert_ne!(link, links[i]);
            let (scenario, outcome) = run(&link);
            let said = text(&page, "document.querySelector('.bar').textContent")?;
            for part in [
                format::lever(lever, scenario.get(lever)),
                format::output(&outcome, Output::GwNeeded202612),
                format::output(&outcome, Output::GwOnline202612),
            ] {
                assert!(said.contains(&part), "{part} is not in {said}");
            }
            links.push(link);
        }

        // Its own Undo and Redo, then the keys.
        for _ in 0..3 {
            page.click("#bar-undo")?;
        }
        assert_eq!(link_of(&page)?, links[2]);
        for _ in 0..3 {
            page.click("#bar-redo")?;
        }
        assert_eq!(link_of(&page)?, links[3]);
        page.settle()?;
        assert!(!enabled(&page, "bar-redo")?);
        assert!(
            holds(&page, "document.activeElement.id === 'bar-undo'")?,
            "the focus passes on"
        );
        for _ in 0..9 {
            chord(&page, CTRL, 'z')?;
        }
        assert_eq!(link_of(&page)?, links[0]);

        // All beliefs take its place, and give the focus back without moving the page.
        let place =
            "document.querySelector('#chapter-5 > p:not(.number)').getBoundingClientRect().top";
        let top = number(&page, place)?;
        page.click("#bar-all-beliefs")?;
        page.wait_until(
            "document.querySelector('.drawer').contains(document.activeElement)",
            "the focus is among all beliefs",
        )?;
        assert!(!holds(&page, SHOWN)?, "one panel at a time");
        page.settle()?;
        let beside = number(&page, place)?;
        assert!(
            (beside - top).abs() < 60.0,
            "{width}: what is read stays: {top} to {beside}"
        );
        page.press(Key::Escape)?;
        page.wait_until(
            "document.activeElement.id === 'bar-all-beliefs'",
            "the focus is where it was",
        )?;
        assert!(holds(&page, SHOWN)?);
        page.settle()?;
        let after = number(&page, place)?;
        assert!((after - top).abs() < 2.0, "{width}: {top} to {after}");

        // A source lies over it.
        page.eval("document.querySelector('#chapter-5 .fact').click()")?;
        page.wait_until(
            "!!document.querySelector('dialog[open] .statement')",
            "a source opens",
        )?;
        page.settle()?;
        assert!(
            holds(
                &page,
                "(() => {
                   const box = document.querySelector('.bar').getBoundingClientRect();
                   const over = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
                   return over.closest('dialog') !== null;
                 })()"
            )?,
            "the bar lies over a source"
        );
        // A click on it leaves it open, one beside it closes it.
        page.click("dialog .statement")?;
        page.settle()?;
        assert!(holds(&page, "!!document.querySelector('dialog[open]')")?);
        point(&page, "mousePressed", (4.0, 4.0))?;
        point(&page, "mouseReleased", (4.0, 4.0))?;
        page.wait_until("!document.querySelector('dialog[open]')", "it closes")?;

        // Who moves a slider in it and goes back up goes on moving it there.
        let last = slider(Lever::PRIMARY[2]);
        focus(&page, &format!(".bar {last}"))?;
        page.eval("document.querySelector('.primary').scrollIntoView({ behavior: 'instant' })")?;
        page.wait_until(
            &format!(
                "document.activeElement === document.querySelector('{}')",
                last.replace('\'', "\"")
            ),
            "the focus is on the opening's slider",
        )?;
        assert_quiet(&browser, &page)?;
    }
    Ok(())
}

#[test]
fn controls_are_built_when_a_reader_opens_them() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("", View::default().still())?;
    let count = |place: &str| {
        number(
            &page,
            &format!("document.querySelectorAll('{place} input[data-lever]').length"),
        )
    };
    assert!(
        (count("")? - 6.0).abs() < 0.1,
        "the opening's and the bar's"
    );
    page.click("#chapter-5 .beliefs summary")?;
    page.wait_until(
        "!!document.querySelector('#chapter-5 .beliefs input')",
        "the controls of the chapter are there",
    )?;
    let of_chapter = Lever::of_chapter(5).count();
    assert!((count("#chapter-5")? - of_chapter as f64).abs() < 0.1);
    assert!(count(".drawer")? < 0.1);
    page.eval("window.kept = document.querySelector('#chapter-5 .beliefs input')")?;
    page.click("#chapter-5 .beliefs summary")?;
    page.click("#chapter-5 .beliefs summary")?;
    page.settle()?;
    assert!(
        holds(
            &page,
            "document.querySelector('#chapter-5 .beliefs input') === kept"
        )?,
        "they are built once"
    );
    focus(&page, "#all-beliefs")?;
    page.press(Key::Enter)?;
    page.wait_until(
        "document.querySelector('.drawer').contains(document.activeElement)",
        "the focus is among all beliefs",
    )?;
    assert!((count(".drawer")? - Lever::COUNT as f64).abs() < 0.1);
    assert_quiet(&browser, &page)
}

/// Built at each opening they left 32 kB behind each time.
#[test]
fn all_beliefs_opened_often_take_no_more_memory() -> Result<(), Trouble> {
    const TIMES: usize = 60;
    let browser = Browser::start()?;
    let page = browser.blank(View::default().still())?;
    page.watch_memory()?;
    page.go("")?;
    page.wait_ready()?;
    without_ranges(&page)?;
    let open_and_close = |times: usize| {
        page.eval(&format!(
            "(async () => {{
               const drawer = document.querySelector('.drawer');
               const until = async hidden => {{
                 for (let i = 0; i < 250 && drawer.hidden !== hidden; i += 1) {{
                   await new Promise(done => setTimeout(done, 20));
                 }}
                 if (drawer.hidden !== hidden) throw new Error(`hidden: ${{drawer.hidden}}`);
               }};
               for (let i = 0; i < {times}; i += 1) {{
                 document.querySelector('#all-beliefs').click();
                 await until(false);
                 drawer.querySelector('.close').click();
                 await until(true);
               }}
             }})()"
        ))
    };
    // What comes with the first few times stays.
    open_and_close(TIMES / 4)?;
    let warm = page.module_memory()?;
    open_and_close(TIMES)?;
    let grown = (page.module_memory()? - warm) / TIMES as f64;
    assert!(grown < 8_000.0, "{grown} bytes more each time");
    assert_quiet(&browser, &page)
}
