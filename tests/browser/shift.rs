//! Nothing jumps: what a slider moves keeps its place on the page.

use compute_loop_core::levers::Lever;
use compute_loop_tests::harness::{Browser, Key, Page, Trouble, View, some};

use crate::support::{assert_quiet, drag_at, focus, number, slider, texts};

/// How much may shift while a slider goes from end to end, as browsers count it: the
/// part of the window that moves times how far it moves, summed over all frames. The answer
/// at the head of a chapter is not counted: it is one sentence of large type in room for its
/// longest words, and where its numbers grow, words go to its next line. The places of all
/// blocks are compared as well.
const MOST: f64 = 0.02;

/// The same while a pointer is down: Chromium then gives one sum for all of it and says
/// nowhere what moved, so that answers of three lines are in it.
const MOST_BY_POINTER: f64 = 0.2;

/// Counts every shift, also those that browsers forgive because a reader has just
/// touched something: they follow each movement of a slider. Lists each block that is
/// drawn at another height than in the frame before.
const WATCH: &str = "(() => {
  window.shifts = { sum: 0, places: [], blocks: [] };
  const seen = () => new Map([...document.querySelectorAll('main section > *, figure > *, .bar, .bar .within > *')]
    .map(one => [one, one.getBoundingClientRect()])
    .filter(([, box]) => box.height > 0 && box.bottom > 0 && box.top < innerHeight));
  let last = new Map(), scrolled = scrollY;
  const compare = () => {
    const now = seen(), by = scrollY - scrolled;
    for (const [one, { top }] of now) {
      const before = last.get(one)?.top ?? top;
      // What is scrolled moves in the window alone, what the browser holds in place where
      // something above it grew moves on the page alone.
      if (Math.abs(top - before) > 1 && Math.abs(top + by - before) > 1) shifts.blocks.push(one.tagName
        + '.' + one.className + ' in ' + one.closest('section')?.id + ' from ' + before + ' to ' + top);
    }
    [last, scrolled] = [now, scrollY];
  };
  // A message comes after a frame has been laid out, before the next event.
  const painted = new MessageChannel();
  painted.port1.onmessage = compare;
  const look = () => { painted.port2.postMessage(0); requestAnimationFrame(look); };
  look();
  const count = entries => {
    for (const entry of entries) {
      const nodes = entry.sources.map(({ node }) => node?.nodeType === 1 ? node : node?.parentElement);
      if (nodes.some(element => element?.closest('.answer'))) continue;
      shifts.sum += entry.value;
      for (const { node, previousRect: from, currentRect: to } of entry.sources) {
        const element = node?.nodeType === 1 ? node : node?.parentElement;
        const place = element ? element.tagName + '.' + element.className + ' in '
          + (element.closest('section, aside')?.id || element.closest('section, aside')?.className) : 'gone';
        shifts.places.push(place + ': ' + [from.x, from.y, from.width, from.height] + ' to '
          + [to.x, to.y, to.width, to.height] + ', ' + entry.value.toFixed(4));
      }
    }
  };
  const observer = new PerformanceObserver(list => count(list.getEntries()));
  observer.observe({ type: 'layout-shift', buffered: true });
  window.countShifts = () => { count(observer.takeRecords()); return shifts.sum; };
})()";

/// Moves one slider from end to end by pointer and by keys, and looks at what shifted.
fn move_through(
    page: &Page<'_>,
    selector: &str,
    place: &str,
    found: &mut Vec<String>,
) -> Result<f64, Trouble> {
    let mut most = 0.0_f64;
    for (by, limit) in [("pointer", MOST_BY_POINTER), ("keys", MOST)] {
        // Before anything is counted, what has come into sight is drawn, and words that
        // waited for the hand to rest are there.
        page.eval("new Promise(rested => setTimeout(rested, 250))")?;
        page.settle()?;
        page.eval("countShifts(); shifts = { sum: 0, places: [], blocks: [] }")?;
        if by == "pointer" {
            drag_at(page, selector, 0.6)?;
        } else {
            focus(page, selector)?;
            page.press(Key::Home)?;
            for _ in 0..6 {
                page.press(Key::PageUp)?;
                page.settle()?;
            }
            page.press(Key::End)?;
        }
        page.settle()?;
        let sum = number(page, "countShifts()")?;
        most = most.max(sum);
        let blocks = texts(page, "shifts.blocks")?;
        if sum >= limit || !blocks.is_empty() {
            let places = [blocks, texts(page, "shifts.places")?].concat();
            found.push(format!(
                "{place}, {selector} by {by}: {sum:.4}\n  {}",
                places.join("\n  ")
            ));
        }
        // Not by the button, which would take the reader to the opening.
        let back = Lever::PRIMARY.map(|lever| {
            let spec = lever.spec();
            format!("computeLoop.set('{}', {})", spec.id, spec.default)
        });
        page.eval(&back.join(", "))?;
    }
    Ok(most)
}

/// The main sliders move nothing out of its place, in the opening and in each chapter.
fn assert_still(width: u32, height: u32) -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let mut found = vec![];
    let mut most = 0.0_f64;
    let mut count = 0;
    let page = browser.open("", View::new(width, height).still())?;
    page.eval(WATCH)?;
    for lever in Lever::PRIMARY {
        let place = format!("{width}, opening");
        most = most.max(move_through(&page, &slider(lever), &place, &mut found)?);
        count += 2;
    }
    for chapter in some(1..=10, 3) {
        page.eval(&format!(
            "document.getElementById('chapter-{chapter}').scrollIntoView({{ behavior: 'instant' }})"
        ))?;
        page.wait_until(
            "document.querySelector('.bar').checkVisibility()",
            "the bar has come",
        )?;
        // What the chapter draws as it comes into sight, worlds among it, is no
        // movement of a slider.
        page.eval("new Promise(drawn => setTimeout(drawn, 1000))")?;
        page.eval("countShifts()")?;
        for (i, lever) in Lever::PRIMARY.into_iter().enumerate() {
            // The choice of a slider, where there is room for one alone.
            page.eval(&format!(
                "document.querySelectorAll('.switch button')[{i}].click()"
            ))?;
            let place = format!("{width}, chapter {chapter}");
            let selector = format!(".bar {}", slider(lever));
            most = most.max(move_through(&page, &selector, &place, &mut found)?);
            count += 2;
        }
    }
    assert_quiet(&browser, &page)?;
    assert!(found.is_empty(), "{}", found.join("\n"));
    println!("{count} journeys of a slider, {most:.4} at most");
    Ok(())
}

#[test]
fn the_main_sliders_move_nothing_of_a_telephone() -> Result<(), Trouble> {
    assert_still(360, 740)
}

#[test]
fn the_main_sliders_move_nothing_of_a_tablet() -> Result<(), Trouble> {
    assert_still(768, 1024)
}

#[test]
fn the_main_sliders_move_nothing_of_a_desktop() -> Result<(), Trouble> {
    assert_still(1280, 800)
}

/// Moves a lever through its range and lists the blocks whose height changed, wherever on
/// the page they are.
const HEIGHTS: &str = "(async () => {
  const drawn = () => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  // Words out of sight follow once the hand rests.
  const rested = () => new Promise(rested => setTimeout(rested, 260));
  const blocks = [...document.querySelectorAll('h1, h2, h3, p, dl, figcaption, .canvas, .commands, tr')]
    .filter(one => one.checkVisibility() && !one.closest('.bar, .drawer, .notices'));
  const height = one => one.getBoundingClientRect().height;
  const before = blocks.map(height);
  const found = new Set();
  for (const value of VALUES) {
    computeLoop.set('LEVER', value);
    await rested();
    await drawn();
    blocks.forEach((one, i) => {
      const by = height(one) - before[i];
      if (Math.abs(by) > 1) found.add(one.tagName + '.' + one.className + ' of '
        + (one.closest('figure, section')?.id ?? '') + ' by ' + by + ': ' + one.textContent.slice(0, 60));
    });
  }
  document.getElementById('reset').click();
  await rested();
  return [...found];
})()";

#[test]
fn every_block_keeps_its_height() -> Result<(), Trouble> {
    /// How many parts of its range a lever is moved through.
    const PARTS: u32 = 7;
    let browser = Browser::start()?;
    let mut found = vec![];
    for (width, height) in [(360, 740), (768, 1024), (1280, 800)] {
        let page = browser.open("", View::new(width, height).still())?;
        for lever in Lever::PRIMARY {
            let spec = lever.spec();
            let values: Vec<f64> = (0..=PARTS)
                .map(|part| {
                    lever.admit(
                        spec.min + f64::from(part) / f64::from(PARTS) * (spec.max - spec.min),
                    )
                })
                .collect();
            let sweep = HEIGHTS
                .replace("LEVER", spec.id)
                .replace("VALUES", &format!("{values:?}"));
            for fault in texts(&page, &sweep)? {
                found.push(format!("{width}, {}: {fault}", spec.id));
            }
        }
        assert_quiet(&browser, &page)?;
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    Ok(())
}
