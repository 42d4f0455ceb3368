//! The three sliders of the first screen, by keys and by pointer.

use compute_loop_core::format;
use compute_loop_core::levers::Lever;
use compute_loop_core::outcome::Output;
use compute_loop_tests::harness::{Browser, Key, Page, Trouble, View};
use serde_json::{Value, json};

use crate::bar::go_to_chapter;
use crate::support::{
    assert_quiet, drag_at, focus, holds, link_of, list, number, run, slider, texts,
};

/// How many frames the page has after a movement to show all of it.
const FRAMES: u64 = 3;

/// Looks at the page in each of the frames after a movement. The listener comes before
/// the page's own, so what it sees first is the page as it was.
const WATCH: &str = "(() => {
  const canvas = document.querySelector('#chart-gap canvas');
  const live = selector => [...document.querySelectorAll(selector)];
  const look = () => ({
    scenario: computeLoop.link(),
    figures: live('[data-output^=\"gw-\"]').map(one => one.dataset.value).join(),
    headline: document.querySelector('h1').textContent,
    pixels: canvas.toDataURL(),
  });
  window.watched = { moves: [], running: 0 };
  window.addEventListener('input', event => {
    if (!event.target.dataset.lever) return;
    const before = look();
    const move = { lever: event.target.dataset.lever, changed: {} };
    let frame = 0;
    watched.running += 1;
    const next = () => {
      frame += 1;
      const now = look();
      for (const part in before)
        if (now[part] !== before[part]) move.changed[part] ??= frame;
      if (frame < FRAMES) return requestAnimationFrame(next);
      move.link = now.scenario;
      move.headline = live('h1 [data-output]').map(one => [one.dataset.output, one.textContent]);
      move.beliefs = live('h1 [data-belief]').map(one => [one.dataset.belief, one.textContent]);
      watched.moves.push(move);
      watched.running -= 1;
    };
    requestAnimationFrame(next);
  }, true);
})()";

/// Waits until every movement so far has been watched to its end.
fn seen(page: &Page<'_>) -> Result<(), Trouble> {
    page.wait_until("watched.running === 0", "the frames have passed")
}

/// The movements since the last time, each checked by itself.
fn moves(page: &Page<'_>, lever: Lever) -> Result<Vec<Value>, Trouble> {
    seen(page)?;
    let moves = list(page, "watched.moves.splice(0)")?;
    for made in &moves {
        assert_eq!(made["lever"], lever.spec().id, "{made}");
        for part in ["scenario", "pixels"] {
            let frame = made["changed"][part].as_u64();
            assert!(
                frame.is_some_and(|frame| frame <= FRAMES),
                "{part} stays as it was for {FRAMES} frames: {made}"
            );
        }
        // The sentence says what the models say of this very scenario.
        let (scenario, outcome) = run(made["link"].as_str().unwrap_or_default());
        let said = made["headline"].as_array().map_or(&[][..], Vec::as_slice);
        assert!(!said.is_empty(), "the headline has no figure: {made}");
        for figure in said {
            let output = Output::from_id(figure[0].as_str().unwrap_or_default());
            let output = output.expect("an output of the registry");
            assert_eq!(figure[1], format::output(&outcome, output), "{made}");
        }
        let beliefs = made["beliefs"].as_array().map_or(&[][..], Vec::as_slice);
        for belief in beliefs {
            let lever = Lever::from_id(belief[0].as_str().unwrap_or_default());
            let lever = lever.expect("a lever of the registry");
            assert_eq!(belief[1], format::lever(lever, scenario.get(lever)));
        }
    }
    Ok(moves)
}

/// Whether a part of the page changed in one of the movements.
fn changed(moves: &[Value], part: &str) -> bool {
    moves.iter().any(|one| one["changed"][part].is_u64())
}

/// Drags the thumb of a slider from where it is to the right end of the track, to the
/// left end, and to a part of the way between them.
pub(crate) fn drag(page: &Page<'_>, lever: Lever, part: f64) -> Result<(), Trouble> {
    drag_at(page, &slider(lever), part)
}

/// Every movement of a primary slider reaches the figures, the sentence and the chart
/// within a few frames, and asks nobody for anything.
#[test]
fn the_primary_sliders_move_the_figures_the_headline_and_the_chart() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("", View::new(1280, 800).still())?;
    // The workers are fetched when they are first wanted.
    page.wait_until(
        "document.querySelector('.opening .worlds').dataset.draws === '100000'",
        "many worlds are drawn",
    )?;
    page.eval(&WATCH.replace("FRAMES", &FRAMES.to_string()))?;
    let asked = page.requests()?.len();
    let mut count = 0;
    for lever in Lever::PRIMARY {
        let id = lever.spec().id;
        let value = |link: &str| run(link).0.get(lever).to_bits();

        focus(&page, &slider(lever))?;
        for _ in 0..5 {
            page.press(Key::Right)?;
            seen(&page)?;
        }
        page.press(Key::Left)?;
        let small = moves(&page, lever)?;
        assert_eq!(small.len(), 6, "{id}: one movement a key");
        let steps = lever.spec().default + 4.0 * lever.spec().step;
        assert_eq!(
            value(&link_of(&page)?),
            lever.admit(steps).to_bits(),
            "{id}: five steps up, one down"
        );

        page.press(Key::Home)?;
        seen(&page)?;
        assert_eq!(value(&link_of(&page)?), lever.spec().min.to_bits(), "{id}");
        page.press(Key::End)?;
        seen(&page)?;
        assert_eq!(value(&link_of(&page)?), lever.spec().max.to_bits(), "{id}");
        let ends = moves(&page, lever)?;
        assert_eq!(ends.len(), 2, "{id}");
        for end in &ends {
            for part in ["figures", "headline"] {
                assert!(end["changed"][part].is_u64(), "{part} at an end: {end}");
            }
        }

        page.click("#reset")?;
        drag(&page, lever, 0.4)?;
        let dragged = moves(&page, lever)?;
        assert!(dragged.len() >= 4, "{id}: {} movements", dragged.len());
        assert!(changed(&dragged, "figures"), "{id}: {dragged:?}");
        assert!(changed(&dragged, "headline"), "{id}: {dragged:?}");
        let reached = |end: f64| {
            let mut links = dragged.iter().filter_map(|one| one["link"].as_str());
            links.any(|link| value(link) == end.to_bits())
        };
        assert!(reached(lever.spec().min), "{id} was not dragged to its min");
        assert!(reached(lever.spec().max), "{id} was not dragged to its max");

        page.click("#reset")?;
        // The button that has nothing left to do passes the focus on.
        page.settle()?;
        assert_eq!(link_of(&page)?, "#m=1");
        count += small.len() + ends.len() + dragged.len();
    }
    assert_quiet(&browser, &page)?;
    assert_eq!(page.requests()?.len(), asked, "moving a lever asks nobody");
    println!("{count} movements of 3 sliders, each watched for {FRAMES} frames");
    Ok(())
}

/// Strokes a phone's screen with a finger, beginning on a slider.
fn stroke(page: &Page<'_>, selector: &str, (dx, dy): (f64, f64)) -> Result<(), Trouble> {
    let place = list(
        page,
        &format!(
            "(() => {{
               const slider = document.querySelector('{selector}');
               slider.scrollIntoView({{ block: 'nearest', behavior: 'instant' }});
               const box = slider.getBoundingClientRect();
               return [box.left + box.width / 3, box.top + box.height / 2];
             }})()"
        ),
    )?;
    page.settle()?;
    let place: Vec<f64> = place.iter().filter_map(Value::as_f64).collect();
    let [x, y] = place[..] else {
        return Err(Trouble::new(format!("{place:?} is no place of a slider")));
    };
    let touch = |kind: &str, at: Option<(f64, f64)>| {
        let points: Vec<Value> = at.iter().map(|(x, y)| json!({ "x": x, "y": y })).collect();
        page.cdp(
            "Input.dispatchTouchEvent",
            json!({ "type": kind, "touchPoints": points }),
        )
    };
    touch("touchStart", Some((x, y)))?;
    page.settle()?;
    for part in 1..=12 {
        let part = f64::from(part) / 12.0;
        touch("touchMove", Some((x + part * dx, y + part * dy)))?;
        page.settle()?;
    }
    // A finger that is lifted as it moves lets the page go on by itself for a second.
    page.eval("new Promise(rested => setTimeout(rested, 120))")?;
    touch("touchEnd", None)?;
    page.settle()
}

/// A thumb that scrolls the page happens to begin on a slider.
#[test]
fn a_finger_that_scrolls_moves_no_slider() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("", View::new(360, 740).still().touch())?;
    let at = slider(Lever::PRIMARY[1]).replace('"', "");
    let drawer = format!(".drawer {at}");
    for (name, selector) in [
        ("opening", at.clone()),
        ("bar", format!(".bar {at}")),
        ("drawer", drawer.clone()),
    ] {
        if name != "opening" {
            go_to_chapter(&page, 4)?;
            page.click(".switch button:nth-child(2)")?;
        }
        if name == "drawer" {
            page.click("#bar-all-beliefs")?;
            page.wait_until(
                &format!("!!document.querySelector('{drawer}')"),
                "all beliefs are there",
            )?;
        }
        // Up and down, also slightly slanted.
        for way in [(0.0, -150.0), (0.0, 120.0), (25.0, -160.0)] {
            stroke(&page, &selector, way)?;
            assert_eq!(link_of(&page)?, "#m=1", "{name}: {way:?}");
            assert!(
                holds(&page, "document.getElementById('undo').disabled")?,
                "{name}: {way:?} leaves a step"
            );
            let shown = texts(
                &page,
                &format!("[...document.querySelectorAll('{at}')].map(one => one.value)"),
            )?;
            let default = Lever::PRIMARY[1].spec().default;
            for value in shown {
                let value: f64 = value.parse().unwrap_or(f64::NAN);
                assert!((value - default).abs() < 0.01, "{name}: a thumb at {value}");
            }
        }
        // Sideways it moves, as one step, and the page stays.
        let top = number(&page, "scrollY")?;
        stroke(&page, &selector, (80.0, 8.0))?;
        assert_ne!(link_of(&page)?, "#m=1", "{name}: sideways");
        if name != "opening" {
            assert!((number(&page, "scrollY")? - top).abs() < 1.0, "{name}");
        }
        page.eval("document.getElementById('undo').click()")?;
        assert_eq!(link_of(&page)?, "#m=1", "{name}: one step");
    }
    assert_quiet(&browser, &page)
}
