//! Uses the page at random for as many slider events as an hour of a restless hand has, and
//! looks at what stays of it: memory, listeners, elements, and how long an event takes.
//!
//! `make soak`, or with `EVENTS=…` of its own. It ends in failure where something grows.

use std::env;

use compute_loop_core::levers::Lever;
use compute_loop_tests::harness::{Browser, OVER, Page, Trouble, View};
use serde_json::{Value, json};

/// How many slider events there are, unless `EVENTS` says otherwise.
const EVENTS: usize = 100_000;

/// The driver does not wait for ever: so many are asked for at a time.
const AT_A_TIME: usize = 250;

/// It is looked so often, in even steps. The first two warm up: chapters come, caches fill.
const LOOKS: usize = 10;

/// How often a tour opens each kind of card.
const OPENED: usize = 10;

/// Memory that grows by more than this part since then is a leak.
const MOST: f64 = 0.10;

/// The same of what can be counted: each look comes at the same state of the page.
const MOST_COUNTED: f64 = 0.05;

/// How much slower an event, or a frame, may be at the end: timers on a shared machine differ so much.
const SLOWER: f64 = 1.5;

/// A hand that moves sliders, reads on, opens and closes, from a seed of its own.
const HAND: &str = "(() => {
  let seed = 20261122;
  const random = () => {
    // Marsaglia's xorshift: the same hand on every machine.
    seed ^= seed << 13; seed ^= seed >>> 17; seed ^= seed << 5;
    return (seed >>> 0) / 2 ** 32;
  };
  const one = list => list[Math.floor(random() * list.length)];
  const times = [], frames = [];
  // From when a frame begins until it has been painted: a message waits for that.
  const frame = () => new Promise(done => requestAnimationFrame(begun => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      frames.push(performance.now() - begun);
      done();
    };
    port2.postMessage(null);
  }));
  const rested = ms => new Promise(done => setTimeout(done, ms));
  const press = selector => document.querySelector(selector)?.click();
  const close = async () => {
    for (let i = 0; i < 3 && document.querySelector('dialog[open]'); i += 1) {
      press('dialog[open] .close');
      await rested(40);
    }
    if (document.querySelector('.drawer:not([hidden])')) press('.drawer .close');
    await frame();
  };
  const visited = new Set(), opened = new Set();
  const chapters = [...document.querySelectorAll('section.chapter[id]')].map(chapter => chapter.id);
  const visit = async chapter => {
    visited.add(chapter);
    document.getElementById(chapter).scrollIntoView({ behavior: 'instant' });
    await rested(60);
  };
  // What comes as a part of its own needs a moment the first time.
  const open = async ([name, opener, shown], most) => {
    press(opener);
    for (let i = 0; i < most && !document.querySelector(shown); i += 1) await rested(40);
    if (document.querySelector(shown)) opened.add(name);
    await close();
  };
  // What was being done when the module's memory grew: it is never given back.
  const grown = [];
  let bytes = 0;
  const look = doing => {
    const now = moduleMemory.buffer.byteLength;
    if (bytes && now > bytes) grown.push([doing, now]);
    bytes = now;
  };
  const acts = [
    async () => visit(one(chapters)),
    async () => {
      const opener = one(OPENERS);
      await open(opener, 3);
      look(opener[0]);
    },
    async () => { for (const id of ['undo', 'undo', 'redo']) press(`#${id}`); },
    async () => { press('#ranges'); },
    async () => { press('header button[aria-pressed]:not(#ranges)'); },
    async () => { press(`[data-show-kinds=${one(['as-is', 'mark', 'only'])}]`); },
    async () => {
      const select = document.querySelector('#scenario');
      if (select) {
        select.value = one([...select.options].map(option => option.value));
        select.dispatchEvent(new Event('change', { bubbles: true }));
      }
    },
    async () => {
      const details = one([...document.querySelectorAll('details.data')]);
      if (details) { details.open = true; await rested(60); details.open = false; }
    },
    async () => { await rested(300); },
  ];
  const work = async events => {
    for (let i = 0; i < events; i += 1) {
      const id = random() < 0.7 ? one(PRIMARY) : one(LEVERS);
      const sliders = [...document.querySelectorAll(`input[type=range][data-lever=\"${id}\"]`)];
      const slider = sliders.at(-1) ?? document.querySelector(`input[type=range][data-lever=\"${PRIMARY[0]}\"]`);
      slider.value = +slider.min + random() * (slider.max - slider.min);
      const start = performance.now();
      slider.dispatchEvent(new Event('input', { bubbles: true }));
      await null;
      times.push(performance.now() - start);
      look(`${id} at ${slider.value}`);
      if (random() < 0.1) slider.dispatchEvent(new Event('change', { bubbles: true }));
      look('a change kept');
      if (i % 4 === 3) await frame();
      look('a frame');
      if (random() < 0.01) {
        const act = one(acts);
        await act();
        look(`${act}`);
      }
    }
  };
  // So that everything has been there before it is counted, each time.
  const tour = async () => {
    await close();
    look('closing');
    for (const chapter of chapters) await visit(chapter);
    await visit(chapters[0]);
    look('the chapters');
    // The rows of a table that was closed still count until it is opened again.
    for (const details of document.querySelectorAll('details.data')) {
      details.open = true;
      await rested(60);
      details.open = false;
    }
    look('the tables');
    // Often: what keeps a little each time is to show.
    for (const opener of OPENERS) {
      for (let i = 0; i < OPENED; i += 1) await open(opener, 75);
      look(opener[0]);
    }
  };
  const rest = async () => {
    // Whatever the hand left: charts that are not shown have no rows.
    press('[data-show-kinds=as-is]');
    await tour();
    look('the tour');
    press('#reset');
    scrollTo({ top: 0, behavior: 'instant' });
    await rested(1500);
    look('a rest');
    const of = (list, part) => list.sort((a, b) => a - b)[Math.floor(list.length * part)];
    const told = { median: of(times, 0.5), high: of(times, 0.95), frame: of(frames, 0.5),
                   visited: visited.size, chapters: chapters.length, opened: opened.size,
                   grown: grown.splice(0) };
    times.length = frames.length = 0;
    return told;
  };
  window.soak = { work, rest };
})()";

/// What is there at one time.
struct Look {
    /// Bytes.
    heap: f64,
    wasm: f64,
    nodes: f64,
    listeners: f64,
    /// Milliseconds.
    median: f64,
    high: f64,
    frame: f64,
}

impl Look {
    fn at(page: &Page<'_>, worked: &Value) -> Result<Self, Trouble> {
        // What nobody refers to may go before it is counted; it takes two rounds.
        for _ in 0..2 {
            page.cdp("HeapProfiler.collectGarbage", json!({}))?;
        }
        let metrics = page.cdp("Performance.getMetrics", json!({}))?;
        let metric = |name: &str| {
            let all = metrics["metrics"].as_array().into_iter().flatten();
            let found = all.into_iter().find(|metric| metric["name"] == name);
            found.and_then(|metric| metric["value"].as_f64())
        };
        let metric = |name| metric(name).ok_or_else(|| Trouble::new(format!("No metric {name}")));
        let time = |name: &str| worked[name].as_f64().unwrap_or(f64::NAN);
        Ok(Self {
            heap: metric("JSHeapUsedSize")?,
            wasm: page.module_memory()?,
            nodes: metric("Nodes")?,
            listeners: metric("JSEventListeners")?,
            median: time("median"),
            high: time("high"),
            frame: time("frame"),
        })
    }
}

fn main() -> Result<(), Trouble> {
    let events = env::var("EVENTS").ok().and_then(|text| text.parse().ok());
    let events: usize = events.unwrap_or(EVENTS);
    let browser = Browser::start()?;
    let page = browser.blank(View::new(1280, 800).still())?;
    page.watch_memory()?;
    page.go("")?;
    page.wait_ready()?;
    page.cdp("Performance.enable", json!({}))?;
    let ids = |levers: &[Lever]| {
        let ids: Vec<&str> = levers.iter().map(|lever| lever.spec().id).collect();
        json!(ids).to_string()
    };
    let hand = HAND
        .replace("OPENERS", &json!(OVER).to_string())
        .replace("OPENED", &OPENED.to_string())
        .replace("PRIMARY", &ids(&Lever::PRIMARY))
        .replace("LEVERS", &ids(&Lever::ALL));
    page.eval(&hand)?;

    let mut looks: Vec<Look> = vec![];
    let mut last = Value::Null;
    for look in 1..=LOOKS {
        for _ in 0..events / LOOKS / AT_A_TIME {
            page.eval(&format!("soak.work({AT_A_TIME})"))?;
        }
        last = page.eval("soak.rest()")?;
        let now = Look::at(&page, &last)?;
        println!(
            "{:>7} events: {:.2} MB of JavaScript, {:.2} MB of WebAssembly, {} nodes, {} listeners, \
             an event {:.2} ms (95 %: {:.2}), a frame {:.2} ms",
            look * (events / LOOKS),
            now.heap / 1e6,
            now.wasm / 1e6,
            now.nodes,
            now.listeners,
            now.median,
            now.high,
            now.frame,
        );
        for grown in last["grown"].as_array().into_iter().flatten() {
            let bytes = grown[1].as_f64().unwrap_or(f64::NAN);
            println!("          to {:.2} MB by {}", bytes / 1e6, grown[0]);
        }
        looks.push(now);
    }
    let (warm, end) = (&looks[1], &looks[LOOKS - 1]);
    let mut grown = vec![];
    for (what, of, most) in [
        (
            "memory of the page",
            (|look| look.heap) as fn(&Look) -> f64,
            MOST,
        ),
        ("memory of the module", |look| look.wasm, MOST),
        ("nodes", |look| look.nodes, MOST_COUNTED),
        ("listeners", |look| look.listeners, MOST_COUNTED),
    ] {
        let more = of(end) / of(warm) - 1.0;
        println!(
            "figure: soak | {what}, end against warm | {:+.1} %",
            100.0 * more
        );
        if more.is_nan() || more > most {
            grown.push(what);
        }
    }
    for (what, of) in [
        ("time of an event", (|look| look.median) as fn(&Look) -> f64),
        ("time of a frame", |look| look.frame),
    ] {
        let slower = of(end) / of(warm);
        println!("figure: soak | {what}, end against warm | {slower:.2}");
        // What is no number is no proof.
        if slower.is_nan() || slower > SLOWER {
            grown.push(what);
        }
    }
    println!("figure: soak | slider events | {events}");
    println!(
        "figure: soak | chapters visited | {} of {}",
        last["visited"], last["chapters"]
    );
    println!(
        "figure: soak | kinds of cards opened | {} of {}",
        last["opened"],
        OVER.len()
    );
    if last["opened"] != OVER.len() {
        grown.push("the list of cards that do not open");
    }
    if last["visited"] != last["chapters"] {
        grown.push("the list of chapters that were not visited");
    }
    for complaint in page.complaints()? {
        println!("{complaint}");
        grown.push("the console");
    }
    if grown.is_empty() {
        return Ok(());
    }
    println!("figure: soak | grown | **{}**", grown.join(", "));
    Err(Trouble::new(format!("Grown: {}", grown.join(", "))))
}
