//! The built page under a hand: from a slider's event to the picture, and its start.

use compute_loop_tests::harness::{Browser, Page, Trouble, View};
use serde_json::{Value, json};

use crate::contender::{median, quantile};
use crate::table::{Table, Target, number};

/// The state of the page that is measured.
const HASH: &str = "";

/// Movements that are timed, and those before.
const MOVES: u32 = 150;
const WARM: u32 = 30;

/// Steps of the drag at the screen's own pace.
const FRAMES: u32 = 300;

/// Starts of the page.
const STARTS: usize = 5;

/// Moves the first slider by one step and times what follows. Scripts are timed where
/// they run: in the event with its microtasks, and in the callbacks of the next frame.
/// Waiting for that frame is no work, and counts for what is painted alone.
const TOOLS: &str = "(() => {
  const slider = document.querySelector('input[type=range][data-lever]');
  const now = () => performance.now();
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
  const [min, max] = [Number(slider.min), Number(slider.max)];
  let at = 0;
  const move = () => {
    // To and fro over the middle of the range, in steps of a 150th of it.
    at = (at + 1) % 100;
    const part = 0.35 + 0.3 * (at < 50 ? at : 100 - at) / 50;
    set.call(slider, String(min + part * (max - min)));
    slider.dispatchEvent(new Event('input', { bubbles: true }));
  };
  const task = () => new Promise(done => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => { port1.close(); done(); };
    port2.postMessage(0);
  });
  const frame = () => new Promise(requestAnimationFrame);
  window.moves = async count => {
    const script = [], painted = [];
    for (let i = 0; i < count; i++) {
      // Somewhere between two frames, as events come.
      await frame();
      await new Promise(done => setTimeout(done, 3 + i % 9));
      let first, last;
      const begun = new Promise(done => requestAnimationFrame(() => { first = now(); done(); }));
      const start = now();
      move();
      for (let turn = 0; turn < 8; turn++) await null;
      const sent = now() - start;
      const ended = new Promise(done => requestAnimationFrame(() => { last = now(); done(); }));
      await Promise.all([begun, ended]);
      await task();
      painted.push(now() - start);
      script.push(sent + last - first);
    }
    return { script, painted };
  };
  window.drag = async count => {
    const frames = [];
    let last = await frame();
    for (let i = 0; i < count; i++) {
      move();
      const next = await frame();
      frames.push(next - last);
      last = next;
    }
    return frames;
  };
})()";

/// Notes when the page says that it is ready.
const READY: &str = "new MutationObserver((_, observer) => {
  if (document.documentElement?.dataset.ready !== 'true') return;
  window.readyAt = performance.now();
  observer.disconnect();
}).observe(document, { subtree: true, attributes: true, attributeFilter: ['data-ready'] })";

fn list(value: &Value) -> Vec<f64> {
    let numbers = value.as_array().map(Vec::as_slice).unwrap_or_default();
    numbers.iter().filter_map(Value::as_f64).collect()
}

fn throttle(page: &Page<'_>, rate: u32) -> Result<(), Trouble> {
    page.cdp("Emulation.setCPUThrottlingRate", json!({ "rate": rate }))?;
    Ok(())
}

pub(crate) fn measure(table: &mut Table) -> Result<(), Trouble> {
    table.title("The page in Chromium, window of 1280 × 800");
    let browser = Browser::start()?;
    browser.site().isolate();
    let page = browser.open(HASH, View::default())?;
    page.eval(TOOLS)?;
    let apart = page.eval("crossOriginIsolated")? == true;
    for rate in [1, 4] {
        throttle(&page, rate)?;
        page.eval(&format!("moves({WARM})"))?;
        let found = page.eval(&format!("moves({MOVES})"))?;
        let (script, painted) = (list(&found["script"]), list(&found["painted"]));
        let row = |table: &mut Table, what: &str, times: &[f64], share: f64, target| {
            let name = format!("{what}, {rate}× throttle, p{}", share * 100.0);
            table.time(&name, quantile(times.to_vec(), share), "", target);
        };
        let event = "slider event to all drawing commands";
        let limit = |limit: f64, at: u32| {
            if rate == at {
                Target::AtMost(limit)
            } else {
                Target::None
            }
        };
        let middle = if rate == 1 {
            Target::AtMost(4.0)
        } else {
            Target::AtMost(16.7)
        };
        row(table, event, &script, 0.5, middle);
        row(table, event, &script, 0.95, Target::None);
        row(table, event, &script, 0.99, limit(8.3, 1));
        let event = "slider event to painted";
        row(table, event, &painted, 0.5, Target::None);
        row(table, event, &painted, 0.95, limit(50.0, 4));
        row(table, event, &painted, 0.99, Target::None);
        if rate == 1 {
            let frames = list(&page.eval(&format!("drag({FRAMES})"))?);
            let more = format!("median {} ms", number(median(frames.clone())));
            let name = format!("{FRAMES} slider steps, a frame each: p95 frame time");
            table.time(&name, quantile(frames, 0.95), &more, Target::AtMost(17.7));
        }
    }
    drop(page);

    for rate in [1, 4] {
        let mut starts = vec![];
        for _ in 0..STARTS {
            let page = browser.blank(View::default())?;
            page.cdp(
                "Page.addScriptToEvaluateOnNewDocument",
                json!({ "source": READY }),
            )?;
            throttle(&page, rate)?;
            page.go(HASH)?;
            page.wait_ready()?;
            starts.extend(page.eval("readyAt")?.as_f64());
        }
        table.time(
            &format!("start to ready, files on this machine, {rate}× throttle"),
            median(starts),
            "",
            Target::None,
        );
    }
    if !apart {
        table.check(
            "the clock of the page has steps of 5 µs",
            "100 µs".to_owned(),
            false,
        );
    }
    Ok(())
}
