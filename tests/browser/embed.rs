//! The page inside other pages, of another origin: the pages of `tests/browser/hosts/`.

use std::fmt::Write as _;
use std::fs;

use compute_loop::query::Part;
use compute_loop_core::json;
use compute_loop_core::levers::Lever;
use compute_loop_core::link;
use compute_loop_core::odds::FIRST_DRAWS;
use compute_loop_core::scenario::Scenario;
use compute_loop_tests::harness::{
    Browser, Engine, Fault, Key, Page, Site, Trouble, View, root, some, thorough,
};
use serde_json::{Value, json};

use crate::support::{
    assert_quiet, holds, in_every_engine, list, notices, number, quoted, slider, text, texts,
};

/// The kinds of pages that hold an embed.
const HOSTS: [&str; 5] = ["plain", "amp", "pym", "sandboxed", "strict"];

/// The first chart alone.
const GIGAWATTS: &str = "?embed=1&view=gigawatts#m=1";

/// Has an embed that is only shown come to life, without a reader who would have more of it come.
const COME: &str = "'ready' in document.documentElement.dataset
    || 'shown' in document.documentElement.dataset && dispatchEvent(new Event('hashchange'))";

/// The frame of a page that holds one.
const FRAME: &str = "#place-0 iframe";

/// The height of the content of an embed, as told and as measured from within.
const CONTENT: &str =
    "Math.ceil(document.querySelector('.embed').getBoundingClientRect().height - 0.01)";

/// Pages of another origin, and the built page for them to hold.
struct Hosts {
    browser: Browser,
    page: Site,
}

impl Hosts {
    fn start() -> Result<Self, Trouble> {
        Self::start_of(Engine::Chromium)
    }

    fn start_of(engine: Engine) -> Result<Self, Trouble> {
        let hosts = Site::serve(&root().join("tests/browser/hosts"), "/")?;
        Ok(Self {
            browser: Browser::on(engine, hosts),
            page: Site::of_build("/")?,
        })
    }

    /// The address of a page that holds embeds, after that of the site.
    fn address(&self, host: &str, frames: &[&str], more: &str) -> String {
        let mut address = format!("{host}.html?at={}{more}", escaped(&self.page.address()));
        for frame in frames {
            let _ = write!(address, "&frame={}", escaped(frame));
        }
        address
    }

    fn open(&self, host: &str, frames: &[&str], view: View) -> Result<Page<'_>, Trouble> {
        self.browser.visit(&self.address(host, frames, ""), view)
    }

    /// Nobody complained, and nobody was asked for what is not there.
    #[track_caller]
    fn assert_quiet(&self, page: &Page<'_>) -> Result<(), Trouble> {
        assert_eq!(page.complaints()?, []);
        let mut outside = page.outside()?;
        outside.retain(|address| !address.starts_with(&self.page.address()));
        assert_eq!(outside, [""; 0]);
        assert_eq!(self.page.missing(), [""; 0]);
        assert_eq!(self.browser.site().missing(), [""; 0]);
        Ok(())
    }
}

in_every_engine!(
    every_kind_of_page_gives_it_its_height,
    every_kind_of_page_can_set_and_get,
    ten_at_once_do_not_disturb_each_other,
    it_waits_for_a_reader_and_keeps_what_was_done,
    it_stays_where_it_was_scrolled_to,
    a_sandbox_costs_refinement_alone_and_the_embed_says_so,
);

/// A text as it stands in a query.
fn escaped(text: &str) -> String {
    text.bytes().fold(String::new(), |mut all, byte| {
        if byte.is_ascii_alphanumeric() {
            all.push(char::from(byte));
        } else {
            let _ = write!(all, "%{byte:02X}");
        }
        all
    })
}

/// Waits until the embeds of a page have the height of their content.
fn wait_fitted(page: &Page<'_>, count: usize) -> Result<(), Trouble> {
    for i in 0..count {
        let frame = format!("#place-{i} iframe");
        page.wait_until(
            &format!("lastHeight({i}) > 100"),
            &format!("frame {i} tells its height"),
        )?;
        // Browsers paint nothing in frames out of sight.
        page.eval(&format!(
            "document.querySelector('{frame}').scrollIntoView()"
        ))?;
        page.eval_in(&frame, COME)?;
        page.wait_in(
            &frame,
            "document.documentElement.dataset.ready === 'true'",
            "the embed is ready",
        )?;
        page.wait_in(
            &frame,
            &format!("{CONTENT} === innerHeight"),
            &format!("frame {i} is as high as its content"),
        )?;
    }
    Ok(())
}

/// What was asked, as an answer repeats it. The rest of the answer has to be what follows
/// natively from a link.
#[track_caller]
fn answered(page: &Page<'_>, expression: &str, link: &str) -> Result<Value, Trouble> {
    let said = text(
        page,
        &format!(
            "{expression}.then(({{ type, asked, ...rest }}) => JSON.stringify({{
               type, asked, link: rest.link,
               same: JSON.stringify(rest) === JSON.stringify(JSON.parse({})),
             }}))",
            quoted(&json::of_link(link))
        ),
    )?;
    let said: Value =
        serde_json::from_str(&said).map_err(|error| Trouble::new(format!("{said}: {error}")))?;
    assert_eq!(said["type"], "compute-loop:outcome");
    assert_eq!(said["link"], link);
    assert_eq!(said["same"], true, "{expression}");
    Ok(said["asked"].clone())
}

fn every_kind_of_page_gives_it_its_height(engine: Engine) -> Result<(), Trouble> {
    let hosts = Hosts::start_of(engine)?;
    let page = hosts.browser.blank(View::new(700, 800).still())?;
    for host in HOSTS {
        page.go(&hosts.address(host, &[GIGAWATTS], ""))?;
        wait_fitted(&page, 1)?;
        let told = number(&page, "lastHeight()")?;
        let height = number(
            &page,
            &format!("document.querySelector('{FRAME}').clientHeight"),
        )?;
        assert!(
            (told - height).abs() < f64::EPSILON,
            "{host}: {told}, {height}"
        );
        // Nothing is cut off, and nothing scrolls.
        assert_eq!(
            page.eval_in(FRAME, "document.documentElement.scrollHeight - innerHeight")?,
            json!(0),
            "{host}"
        );

        // It grows and shrinks with what the reader opens.
        page.eval_in(FRAME, "document.querySelector('details.data').open = true")?;
        page.wait_until(&format!("lastHeight() > {told} + 50"), "it grows")?;
        wait_fitted(&page, 1)?;
        page.eval_in(FRAME, "document.querySelector('details.data').open = false")?;
        page.wait_until(&format!("lastHeight() === {told}"), "it shrinks")?;
        wait_fitted(&page, 1)?;

        // Each height came in every form.
        let heights = number(&page, "said('compute-loop:height').length")?;
        for form in [
            "said('embed-size').length",
            "heard.filter(one => one.data?.['datawrapper-height']).length",
            "heard.filter(one => String(one.data).includes('iframe.resize')).length",
            "heard.filter(one => String(one.data).startsWith('pymxPYMxplace-0xPYMxheight')).length",
        ] {
            let expected = if form.contains("pym") && host != "pym" {
                0.0
            } else {
                heights
            };
            let found = number(&page, form)?;
            assert!(
                (found - expected).abs() < f64::EPSILON,
                "{host}, {form}: {found}"
            );
        }
        hosts.assert_quiet(&page)?;
    }
    Ok(())
}

fn every_kind_of_page_can_set_and_get(engine: Engine) -> Result<(), Trouble> {
    let hosts = Hosts::start_of(engine)?;
    let page = hosts.browser.blank(View::new(700, 800).still())?;
    for host in HOSTS {
        page.go(&hosts.address(host, &[GIGAWATTS], ""))?;
        wait_fitted(&page, 1)?;
        let asked = answered(&page, "ask(0, { type: 'compute-loop:get', id: 1 })", "#m=1")?;
        assert_eq!(
            asked,
            json!([{ "type": "compute-loop:get", "id": 1 }]),
            "{host}"
        );

        let asked = answered(
            &page,
            "ask(0, { type: 'compute-loop:set', lever: 'arr-2026', value: 60, id: 'a' },
                    { type: 'compute-loop:set', lever: 'stake', value: '7', id: 'b' })",
            "#m=1&arr-2026=60&stake=7",
        )?;
        assert_eq!(asked[0]["taken"], "60", "{host}: {asked}");
        assert_eq!(asked[1]["taken"], "7", "{host}: {asked}");
        assert_eq!(
            page.eval_in(
                FRAME,
                &format!(
                    "document.querySelector({}).value",
                    quoted(&slider(Lever::Arr2026))
                )
            )?,
            "60"
        );
        // Both are one step of the reader's.
        page.eval_in(FRAME, "document.getElementById('undo').click()")?;
        answered(&page, "ask(0, { type: 'compute-loop:get', id: 2 })", "#m=1")?;

        for (message, word) in [
            ("{ lever: 'nonsense', value: 1 }", "nonsense"),
            ("{ lever: 'arr-2026', value: 'many' }", "many"),
            ("{ lever: 'arr-2026', value: NaN }", "NaN"),
            ("{ lever: 'arr-2026', value: { a: 1 } }", "value"),
            ("{ value: 1 }", "lever"),
        ] {
            let asked = answered(
                &page,
                &format!("ask(0, {{ ...{message}, type: 'compute-loop:set', id: 'bad' }})"),
                "#m=1",
            )?;
            let error = asked[0]["error"].as_str().unwrap_or_default();
            assert!(error.contains(word), "{host}, {message}: {asked}");
        }

        // Anything else is ignored, and does no harm.
        page.eval(
            "(() => {
               const odd = [null, 0, 'compute-loop:get', '{\"type\":\"compute-loop:get\"}', [], {}, { type: 7 },
                 { type: 'compute-loop:outcome' }, { type: ['compute-loop:get'] }, { type: { toString: 1 } },
                 new Map([['type', 'compute-loop:get']]), new ArrayBuffer(8), { sentinel: 'amp' },
                 'pymxPYMxplace-0xPYMxwidthxPYMx1', { type: 'COMPUTE-LOOP:GET' }];
               const circle = { type: 'compute-loop:height' };
               circle.circle = circle;
               for (const data of [...odd, circle]) frames()[0].contentWindow.postMessage(data, '*');
             })()",
        )?;
        let before = number(&page, "said('compute-loop:outcome').length")?;
        answered(&page, "ask(0, { type: 'compute-loop:get', id: 3 })", "#m=1")?;
        let after = number(&page, "said('compute-loop:outcome').length")?;
        assert!(
            (after - before - 1.0).abs() < f64::EPSILON,
            "{host}: {before}, {after}"
        );
        hosts.assert_quiet(&page)?;
    }
    Ok(())
}

fn ten_at_once_do_not_disturb_each_other(engine: Engine) -> Result<(), Trouble> {
    let hosts = Hosts::start_of(engine)?;
    let views = [
        "headline",
        "gigawatts",
        "stake",
        "gigawatts",
        "race",
        "chip-cost",
        "loop",
        "sites",
        "aws-growth",
        "unit-economics",
    ];
    let frames: Vec<String> = views
        .iter()
        .map(|view| format!("?embed=1&view={view}#m=1"))
        .collect();
    let frames: Vec<&str> = frames.iter().map(String::as_str).collect();
    let page = hosts.open("plain", &frames, View::new(640, 900).still())?;
    wait_fitted(&page, views.len())?;
    let heights = list(&page, "frames().map(frame => frame.clientHeight)")?;
    let steps = number(&page, "history.length")?;
    answered(
        &page,
        "ask(1, { type: 'compute-loop:set', lever: 'arr-2026', value: 60, id: 'a' })",
        "#m=1&arr-2026=60",
    )?;
    for i in 0..views.len() {
        let get = format!("ask({i}, {{ type: 'compute-loop:get', id: 'g{i}' }})");
        let link = if i == 1 { "#m=1&arr-2026=60" } else { "#m=1" };
        answered(&page, &get, link)?;
    }
    // What lies over one makes no step in the history of the page around.
    let first = "#place-0 iframe";
    page.eval_in(first, "document.querySelector('h1 .live').click()")?;
    page.wait_in(
        first,
        "!!document.querySelector('dialog.trace[open]')",
        "a figure opens",
    )?;
    page.eval_in(
        first,
        "document.querySelector('dialog.trace .close').click()",
    )?;
    assert!((number(&page, "history.length")? - steps).abs() < f64::EPSILON);
    // The others kept their heights, and so did this one: nothing moves with a belief.
    assert_eq!(
        list(&page, "frames().map(frame => frame.clientHeight)")?,
        heights
    );
    // Each answered what it was asked, and nothing else.
    assert!(holds(
        &page,
        "heard.filter(one => one.data?.type === 'compute-loop:outcome').every(({ from, data }) =>
           data.asked.every(({ id }) => [undefined, `g${from}`].includes(id) || (from === 1 && id === 'a')))"
    )?);
    hosts.assert_quiet(&page)
}

#[test]
fn a_thousand_resizes_drive_nothing_up() -> Result<(), Trouble> {
    /// How many resizes are made in one go.
    const SOME: usize = 100;
    let hosts = Hosts::start()?;
    let fresh = hosts.address("plain", &[GIGAWATTS], "&width=700");
    let fresh = hosts.browser.visit(&fresh, View::new(1280, 900).still())?;
    wait_fitted(&fresh, 1)?;
    assert_eq!(fresh.eval_in(FRAME, "innerWidth")?, json!(700));
    let expected = number(&fresh, "lastHeight()")?;
    drop(fresh);
    // The second gives its frames more than they tell, as one that adds a margin does.
    let resizes = if thorough() { [1000, 300] } else { [300, 100] };
    for (host, more, resizes) in [("plain", "", resizes[0]), ("amp", "&extra=20", resizes[1])] {
        let address = hosts.address(host, &[GIGAWATTS], more);
        let page = hosts
            .browser
            .visit(&address, View::new(1280, 900).still())?;
        page.wait_until("lastHeight() > 100", "the embed tells its height")?;
        for first in (0..resizes).step_by(SOME) {
            page.eval(&format!(
                "(async () => {{
                   for (let i = {first}; i < {first} + {SOME}; i += 1) {{
                     column.style.width = `${{280 + (i * 137) % 921}}px`;
                     await new Promise(requestAnimationFrame);
                   }}
                 }})()"
            ))?;
        }
        page.eval("column.style.width = '700px'")?;
        page.wait_until(
            &format!("lastHeight() === {expected}"),
            "the height is that of an embed that was never resized",
        )?;
        // It has come to rest and says nothing more.
        page.eval("new Promise(rested => setTimeout(rested, 1500))")?;
        let count = number(&page, "said('compute-loop:height').length")?;
        page.eval("new Promise(rested => setTimeout(rested, 1500))")?;
        let later = number(&page, "said('compute-loop:height').length")?;
        assert!(
            (later - count).abs() < f64::EPSILON,
            "{host}: {count}, {later}"
        );
        assert!(
            count <= 2.0 * f64::from(resizes),
            "{host}: {count} heights were told"
        );
        let told = number(&page, "lastHeight()")?;
        assert!((told - expected).abs() < f64::EPSILON, "{host}: {told}");
        let most = number(
            &page,
            "Math.max(...said('compute-loop:height').map(one => one.height))",
        )?;
        assert!(most < 2000.0, "{host}: {most}");
        hosts.assert_quiet(&page)?;
    }
    Ok(())
}

#[test]
fn it_waits_where_it_is_hidden_and_scrolls_where_it_has_too_little_room() -> Result<(), Trouble> {
    let hosts = Hosts::start()?;
    for hidden in ["column.hidden = true", "column.style.width = '0'"] {
        let page = hosts.open("plain", &[], View::new(700, 800).still())?;
        page.eval(&format!(
            "(() => {{
               {hidden};
               const frame = document.createElement('iframe');
               Object.assign(frame.style, {{ width: '100%', border: '0', display: 'block' }});
               frame.src = at + {};
               column.innerHTML = '<div id=\"place-0\"></div>';
               column.firstChild.append(frame);
             }})()",
            quoted(GIGAWATTS)
        ))?;
        // It is there and answers, though nobody sees it.
        page.wait_until(
            "frames()[0].contentWindow.postMessage({ type: 'compute-loop:get', id: 'x' }, '*'),
             said('compute-loop:outcome').length > 0",
            "it answers",
        )?;
        assert!(
            holds(&page, "said('compute-loop:height').length === 0")?,
            "{hidden}"
        );
        page.eval("column.hidden = false, column.style.width = '600px'")?;
        wait_fitted(&page, 1)?;
        assert!(notices(&page)?.is_empty());
        hosts.assert_quiet(&page)?;
    }

    // A page that does not listen leaves a frame of fixed height: all can be reached.
    let address = hosts.address("plain", &[GIGAWATTS], "&script=none");
    let page = hosts.browser.visit(&address, View::new(700, 800).still())?;
    page.eval("frames()[0].style.height = '300px'")?;
    page.wait_in(
        FRAME,
        "(scrollTo(0, 1e6), scrollY > 100) && getComputedStyle(document.documentElement).overflowY === 'auto'",
        "it scrolls",
    )?;
    page.eval("frames()[0].style.height = '2000px'")?;
    page.wait_in(
        FRAME,
        "getComputedStyle(document.documentElement).overflowY === 'hidden'",
        "it need not",
    )
}

fn a_sandbox_costs_refinement_alone_and_the_embed_says_so(engine: Engine) -> Result<(), Trouble> {
    let hosts = Hosts::start_of(engine)?;
    let page = hosts.open(
        "sandboxed",
        &["?embed=1&view=headline#m=1&arr-2026=60"],
        View::new(900, 1400).still(),
    )?;
    wait_fitted(&page, 1)?;
    assert_eq!(page.eval_in(FRAME, "origin")?, "null");
    let told = "[...document.querySelectorAll('.notices li')].map(item => item.textContent).join()";
    page.wait_in(
        FRAME,
        &format!("{told}.includes('background workers')"),
        "the embed says that it has no workers",
    )?;
    // Ranges and bands are there all the same, from few worlds.
    page.wait_in(
        FRAME,
        &format!(
            "[...document.querySelectorAll('.figures .spread')].map(one => one.dataset.draws).join() === '{}'",
            [FIRST_DRAWS.to_string(), FIRST_DRAWS.to_string(), FIRST_DRAWS.to_string(), FIRST_DRAWS.to_string()].join(",")
        ),
        "ranges stand on few worlds",
    )?;
    // Its sliders move, its sources open.
    page.eval_in(
        FRAME,
        "(() => {
           const slider = document.querySelector('input[data-lever=arr-2026]');
           slider.value = '75';
           slider.dispatchEvent(new Event('input', { bubbles: true }));
           slider.dispatchEvent(new Event('change', { bubbles: true }));
         })()",
    )?;
    answered(
        &page,
        "ask(0, { type: 'compute-loop:get', id: 1 })",
        "#m=1&arr-2026=75",
    )?;
    page.eval_in(FRAME, "document.querySelector('details.data').open = true")?;
    page.wait_in(
        FRAME,
        "!!document.querySelector('details.data .fact')",
        "what stands behind the chart is there",
    )?;
    page.eval_in(
        FRAME,
        "document.querySelector('details.data .fact').click()",
    )?;
    page.wait_in(
        FRAME,
        "!!document.querySelector('dialog[open] .statement')",
        "a source opens",
    )?;
    page.eval_in(
        FRAME,
        "document.querySelector('dialog[open] .close').click()",
    )?;
    // No window may be opened from here: the address is told.
    page.eval_in(FRAME, "document.querySelector('.whole').click()")?;
    page.wait_in(
        FRAME,
        &format!(
            "{told}.includes('{}#m=1&arr-2026=75')",
            hosts.page.address()
        ),
        "the address of the whole page is told",
    )?;
    wait_fitted(&page, 1)?;
    // The browser itself remarks on the window that it did not open.
    let mut complaints = page.complaints()?;
    complaints.retain(|message| !message.text.contains("allow-popups"));
    assert_eq!(complaints, []);
    Ok(())
}

#[test]
fn the_element_loads_when_it_is_near_and_keeps_its_promises() -> Result<(), Trouble> {
    let hosts = Hosts::start()?;
    let page = hosts.browser.visit(
        &hosts.address("plain", &[], "&script=none"),
        View::new(700, 800).still(),
    )?;
    // The element stands before its script, which comes twice.
    page.eval(
        "(async () => {
           column.innerHTML = '<compute-loop id=\"near\" view=\"gigawatts\" levers=\"arr-2026\" chrome=\"none\" theme=\"dark\" '
             + 'scenario=\"m=1&arr-2026=60\"></compute-loop><div style=\"height:20000px\"></div>'
             + '<compute-loop id=\"far\" view=\"stake\"></compute-loop>';
           window.near = document.getElementById('near');
           window.far = document.getElementById('far');
           window.outcomes = [];
           near.addEventListener('outcome', event => outcomes.push(event.detail.link));
           await load();
           await load();
         })()",
    )?;
    assert!(holds(
        &page,
        "near.clientHeight === 520 && !!near.querySelector('iframe').title"
    )?);
    page.wait_until("lastHeight() > 100", "it tells its height")?;
    page.wait_until("near.clientHeight === lastHeight()", "it has its height")?;
    assert_eq!(page.eval("frames().length")?, json!(2));
    let near = "#near iframe";
    assert_eq!(
        page.eval_in(near, "document.documentElement.dataset.theme")?,
        "dark"
    );
    assert_eq!(
        page.eval_in(
            near,
            "document.querySelectorAll('input[type=range][data-lever]').length"
        )?,
        json!(1)
    );
    assert_eq!(
        page.eval_in(near, "!!document.querySelector('.embed .head')")?,
        json!(false)
    );

    let link = |call: &str| text(&page, &format!("{call}.then(outcome => outcome.link)"));
    assert_eq!(link("near.get()")?, "#m=1&arr-2026=60");
    assert_eq!(link("near.set('arr-2026', 65)")?, "#m=1&arr-2026=65");
    assert_eq!(
        texts(
            &page,
            "Promise.all([near.set('arr-2026', 70), near.set('stake', 7), near.get()].map(one => one.then(o => o.link)))"
        )?,
        ["#m=1&arr-2026=70&stake=7"; 3]
    );
    // What was asked last holds, however long the frame takes to hear it.
    page.eval(
        "(() => {
           column.insertAdjacentHTML('beforeend', '<compute-loop id=\"late\" view=\"ladder\"></compute-loop>');
           window.late = document.getElementById('late');
         })()",
    )?;
    assert_eq!(
        text(
            &page,
            "new Promise(done => {
               let value = 40;
               const clock = setInterval(() => {
                 value += 1;
                 const asked = late.set('arr-2026', value);
                 if (value < 60) return;
                 clearInterval(clock);
                 asked.then(() => new Promise(rested => setTimeout(rested, 600)))
                   .then(() => late.get()).then(outcome => done(outcome.link), done);
               }, 37);
             })"
        )?,
        "#m=1&arr-2026=60"
    );
    let refused = text(
        &page,
        "near.set('arr-2026', 'many').catch(error => `${error.name}: ${error.message}`)",
    )?;
    assert!(refused.starts_with("RangeError: “many”"), "{refused}");
    assert!(holds(
        &page,
        "outcomes.at(-1) === '#m=1&arr-2026=70&stake=7'"
    )?);

    // Another scenario comes without loading anything, another view with it; neither makes
    // a step in the history of the page around.
    let steps = number(&page, "history.length")?;
    page.eval_in(near, "window.same = true")?;
    page.eval("near.setAttribute('scenario', 'm=1&arr-2026=50')")?;
    page.wait_in(
        near,
        "window.computeLoop?.link() === '#m=1&arr-2026=50'",
        "it takes the scenario",
    )?;
    assert_eq!(page.eval_in(near, "window.same")?, json!(true));
    page.eval("near.setAttribute('view', 'stake')")?;
    page.wait_in(
        near,
        "document.documentElement.dataset.embed === 'stake'",
        "it takes the view",
    )?;
    assert!((number(&page, "history.length")? - steps).abs() < f64::EPSILON);

    // Far away nothing is loaded before somebody asks.
    let asked_for_far = |page: &Page<'_>| -> Result<bool, Trouble> {
        Ok(page
            .requests()?
            .iter()
            .any(|address| address.contains("view=stake") && !address.contains("levers")))
    };
    assert!(!asked_for_far(&page)?);
    // It is of no version: it follows the defaults of the day.
    assert!(holds(&page, "!far.frame.src.includes('#')")?);
    assert_eq!(link("far.get()")?, "#m=1");
    assert!(asked_for_far(&page)?);
    hosts.assert_quiet(&page)
}

#[test]
fn a_thousand_messages_a_second_do_not_hold_it_up() -> Result<(), Trouble> {
    let hosts = Hosts::start()?;
    let page = hosts.open("plain", &[GIGAWATTS], View::new(700, 800).still())?;
    wait_fitted(&page, 1)?;
    page.eval(
        "new Promise(done => {
           let sent = 0;
           const clock = setInterval(() => {
             for (let i = 0; i < 20; i += 1) {
               frames()[0].contentWindow.postMessage(
                 { type: 'compute-loop:set', lever: 'arr-2026', value: 45 + sent % 100, id: sent }, '*');
               sent += 1;
             }
             if (sent === 3000) { clearInterval(clock); done(); }
           }, 20);
         })",
    )?;
    let waited = number(
        &page,
        "(start => ask(0, { type: 'compute-loop:get', id: 'last' }).then(() => performance.now() - start))(performance.now())",
    )?;
    assert!(waited < 10_000.0, "the answer came after {waited} ms");
    // Each was answered once and in order.
    assert!(holds(
        &page,
        "said('compute-loop:outcome').flatMap(one => one.asked).map(one => one.id)
           .filter(id => typeof id === 'number').every((id, i) => id === i)"
    )?);
    assert_eq!(
        page.eval("said('compute-loop:outcome').flatMap(one => one.asked).length")?,
        json!(3001)
    );
    // And far fewer answers than requests.
    assert!(number(&page, "said('compute-loop:outcome').length")? < 1500.0);
    hosts.assert_quiet(&page)
}

/// What is wider than the window or has too short a slider.
const FAULTS: &str = "(() => {
  const found = [];
  const width = document.documentElement.clientWidth;
  if (document.scrollingElement.scrollWidth > width) found.push('it scrolls sideways: ' + document.scrollingElement.scrollWidth);
  for (const one of document.querySelectorAll('body *')) {
    if (!one.checkVisibility({ visibilityProperty: true }) || one.closest('.spoken')) continue;
    const box = one.getBoundingClientRect();
    if (!box.width || !box.height) continue;
    const name = one.tagName + '.' + one.className + ' “' + one.textContent.trim().slice(0, 40) + '”';
    if (box.right > width + 1 || box.left < -1) found.push(name + ' reaches from ' + box.left + ' to ' + box.right);
    if (one.matches('input[type=range]') && box.width < 80) found.push(one.id + ' is only ' + box.width + ' wide');
  }
  return found;
})()";

#[test]
fn every_view_fits_from_280_to_1200_pixels() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let mut found = vec![];
    let page = browser.blank(View::new(280, 800).still())?;
    for part in some(Part::all(), 9) {
        page.go(&format!("?embed=1&view={}#m=1", part.id()))?;
        page.wait_ready()?;
        assert_eq!(
            text(&page, "document.documentElement.dataset.embed")?,
            part.id()
        );
        assert_eq!(notices(&page)?, [""; 0]);
        let sliders = number(
            &page,
            "document.querySelectorAll('.primary input[data-lever]').length",
        )?;
        assert!((sliders - part.sliders().len() as f64).abs() < f64::EPSILON);
        for width in [280, 360, 640, 1200] {
            page.resize(View::new(width, 800).still())?;
            page.settle()?;
            for fault in texts(&page, FAULTS)? {
                found.push(format!("{} at {width}: {fault}", part.id()));
            }
        }
        page.resize(View::new(280, 800).still())?;
    }
    // Every kind of control.
    for three in some(Lever::ALL.chunks(3), 4) {
        let ids: Vec<&str> = three.iter().map(|lever| lever.spec().id).collect();
        page.go(&format!("?embed=1&view=race&levers={}#m=1", ids.join(",")))?;
        page.wait_ready()?;
        for fault in texts(&page, FAULTS)? {
            found.push(format!("{ids:?}: {fault}"));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    assert_quiet(&browser, &page)
}

#[test]
fn what_opens_stands_near_what_was_pressed() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    // As high as its content, as a page around would make it; no telephone shows it whole.
    let view = View::new(320, 1500).still();
    let page = browser.open("?embed=1&view=headline#m=1", view)?;
    for selector in ["h1 .live", ".figures div:last-child .live"] {
        page.eval(&format!("document.querySelector('{selector}').click()"))?;
        page.wait_until(
            "!!document.querySelector('dialog.trace[open]')",
            "a figure opens",
        )?;
        let between = number(
            &page,
            &format!(
                "(() => {{
                   const card = document.querySelector('dialog.trace').getBoundingClientRect();
                   const pressed = document.querySelector('{selector}').getBoundingClientRect();
                   return card.top < 0 || card.bottom > innerHeight ? NaN
                     : Math.max(card.top - pressed.bottom, pressed.top - card.bottom, 0);
                 }})()"
            ),
        )?;
        assert!(between < 1.0, "{selector}: {between}");
        page.eval("document.querySelector('dialog.trace .close').click()")?;
    }
    assert_quiet(&browser, &page)
}

#[test]
fn an_odd_address_gives_a_view_and_says_what_is_odd() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open(
        "?embed=1&view=nonsense&theme=mauve&seed=x&chrome=blue#m=1&arr-2026=999&what=1",
        View::new(640, 800).still(),
    )?;
    let told = notices(&page)?.join("\n");
    for word in ["nonsense", "mauve", "“x”", "blue", "999", "what"] {
        assert!(told.contains(word), "{word}: {told}");
    }
    assert!(holds(
        &page,
        "!!document.querySelector('.embed h1 [data-output=\"gw-needed-2026-12\"]')"
    )?);
    // The way to the whole page has the same scenario, and nothing of the presentation.
    let whole = "document.querySelector('.whole').href";
    let address = browser.site().address();
    assert_eq!(text(&page, whole)?, format!("{address}#m=1&arr-2026=150"));
    page.go("?embed=1&view=stake&seed=7&theme=dark#m=1&stake=7")?;
    page.wait_ready()?;
    assert_eq!(text(&page, whole)?, format!("{address}?seed=7#m=1&stake=7"));
    page.eval("computeLoop.set('stake', 8)")?;
    page.settle()?;
    assert_eq!(text(&page, whole)?, format!("{address}?seed=7#m=1&stake=8"));
    // Reset goes back to the scenario that it came with.
    page.click("#reset")?;
    page.settle()?;
    assert_eq!(text(&page, "computeLoop.link()")?, "#m=1&stake=7");
    assert_eq!(
        text(&page, "document.documentElement.dataset.theme")?,
        "dark"
    );
    // The whole page says as much.
    page.go("?theme=mauve")?;
    page.wait_ready()?;
    assert!(notices(&page)?.join("").contains("mauve"));
    assert!(holds(&page, "!!document.querySelector('#chapter-1')")?);
    assert_quiet(&browser, &page)
}

#[test]
fn the_demonstration_works() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.visit("embed-demo.html", View::new(900, 900).still())?;
    page.wait_until(
        "document.querySelectorAll('#messages li').length > 3",
        "messages come",
    )?;
    let frame = "#first iframe";
    page.click("[data-set='60']")?;
    page.wait_in(
        frame,
        "computeLoop.link() === '#m=1&arr-2026=60'",
        "the button sets the lever",
    )?;
    page.click("[data-set='many']")?;
    page.wait_until(
        "document.getElementById('messages').textContent.includes('set() failed')",
        "a bad value is told",
    )?;
    assert_quiet(&browser, &page)
}

/// What hosts read and keep of the build: anyone may hold a frame of it, a sandboxed one asks
/// as a stranger for each file, and what other pages load comes compressed and fresh.
#[test]
fn hosts_are_told_to_let_it_be_embedded() -> Result<(), Trouble> {
    let dist = root().join("dist");
    let read = |name: &str| {
        fs::read_to_string(dist.join(name)).map_err(Trouble::during(format!("Cannot read {name}")))
    };
    let headers = read("_headers")?;
    let of = |address: &str| -> Vec<&str> {
        let lines = headers.lines().skip_while(|line| *line != address);
        let own = lines.skip(1).take_while(|line| line.starts_with(' '));
        own.map(str::trim).collect()
    };
    assert!(of("/*").contains(&"Access-Control-Allow-Origin: *"));
    let document = read("index.html")?;
    for address in ["/", "/index.html"] {
        let policies = of(address);
        let policy = policies
            .iter()
            .find_map(|line| line.strip_prefix("Content-Security-Policy: "));
        let policy = policy.and_then(|policy| policy.strip_suffix("; frame-ancestors *"));
        let policy = policy.ok_or_else(|| Trouble::new(format!("{address}: {policies:?}")))?;
        assert!(
            document.contains(&format!("content=\"{policy}\"")),
            "{policy}"
        );
    }
    assert!(!headers.to_lowercase().contains("x-frame-options"));
    let worker = read("sw.js")?;
    for name in ["embed.js", "embed.md", "embed-demo.html"] {
        for ending in ["", ".br", ".gz"] {
            assert!(
                dist.join(format!("{name}{ending}")).is_file(),
                "{name}{ending}"
            );
        }
        assert!(!worker.contains(name), "{name} is kept");
    }
    Ok(())
}

/// Whether an embed is shown as it was served, and nothing more.
const SHOWN: &str =
    "'shown' in document.documentElement.dataset && !('ready' in document.documentElement.dataset)";

/// Where the parts of an embed stand.
const PLACES: &str = "[...document.querySelectorAll(
    '.embed :is(.head, h1, .finding, .subtitle, .canvas, figcaption, .data > summary, .lever, '
    + 'input[type=range], .figures > div, .made-of)')].map(one => {
      const { x, y, width, height } = one.getBoundingClientRect();
      const name = `${one.tagName}.${one.className.replace(' changed', '')}`;
      return { name, box: [x, y, width, height] };
    })";

/// What was served of a view stands where the live one does.
#[test]
fn it_comes_to_life_without_a_jump() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let mut found = vec![];
    let served = Part::all().filter(|part| !part.chart().has_view());
    let chosen: Vec<Part> = some(served, 9).into_iter().collect();
    for (i, part) in chosen.into_iter().enumerate() {
        for width in some([[280, 640, 1200], [360, 900, 500]][i % 2], 2) {
            let address = format!("?embed=1&view={}#m=1", part.id());
            let page = browser.glance(&address, View::new(width, 900).still())?;
            assert!(holds(&page, SHOWN)?, "{}", part.id());
            assert_eq!(
                text(&page, "document.documentElement.dataset.embed")?,
                part.id()
            );
            let before = page.eval(PLACES)?;
            page.wait_ready()?;
            let after = page.eval(PLACES)?;
            let (before, after) = (before.as_array(), after.as_array());
            let (before, after) = (before.into_iter().flatten(), after.into_iter().flatten());
            assert_eq!(before.clone().count(), after.clone().count(), "{address}");
            for (before, after) in before.zip(after) {
                let off = (0..4).any(|i| {
                    let side = |one: &Value| one["box"][i].as_f64().unwrap_or(f64::NAN);
                    (side(before) - side(after)).abs() > 1.0
                });
                if off || before["name"] != after["name"] {
                    found.push(format!("{address} at {width}: {before} → {after}"));
                }
            }
            assert_quiet(&browser, &page)?;
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    Ok(())
}

/// Who only looks at an article is not asked for a module; who comes has what was done meanwhile.
fn it_waits_for_a_reader_and_keeps_what_was_done(engine: Engine) -> Result<(), Trouble> {
    let hosts = Hosts::start_of(engine)?;
    let stake = "?embed=1&view=stake#m=1";
    let page = hosts.open("plain", &[stake], View::new(700, 900).still())?;
    page.wait_until("lastHeight() > 100", "it tells its height")?;
    page.wait_in(
        FRAME,
        &format!("{SHOWN} && {CONTENT} === innerHeight"),
        "it has its height",
    )?;
    let of_module = |path: &String| [".wasm", ".bin"].iter().any(|end| path.contains(end));
    assert!(!hosts.page.requests().iter().any(of_module));
    // The height is told once more to who asks for it, and nothing comes of that.
    let count = number(&page, "said('compute-loop:height').length")?;
    page.eval("frames()[0].contentWindow.postMessage({ type: 'compute-loop:height' }, '*')")?;
    page.wait_until(
        &format!("said('compute-loop:height').length > {count}"),
        "it tells its height once more",
    )?;
    assert_eq!(page.eval_in(FRAME, SHOWN)?, json!(true));
    assert!(!hosts.page.requests().iter().any(of_module));

    // A slider moves at once, and stays where it was put.
    let moved = page.eval_in(
        FRAME,
        "(() => {
           const slider = document.querySelector('input[data-of-slider=arr-2026]');
           slider.focus();
           slider.value = '75';
           slider.dispatchEvent(new Event('input', { bubbles: true }));
           return [document.querySelector('.entry input').value, document.activeElement.dataset.ofSlider ?? null];
         })()",
    )?;
    assert_eq!(moved[0], "75");
    // WebKit gives no frame of another origin the focus that nobody pressed anything for.
    let focused = &moved[1];
    assert!(focused == "arr-2026" || engine == Engine::WebKit);
    page.wait_in(
        FRAME,
        "document.documentElement.dataset.ready === 'true'",
        "the embed is live",
    )?;
    answered(
        &page,
        "ask(0, { type: 'compute-loop:get', id: 1 })",
        "#m=1&arr-2026=75",
    )?;
    assert_eq!(
        page.eval_in(FRAME, "document.activeElement.dataset.lever ?? null")?,
        *focused
    );
    // It was one step, and the scenario that it came with is what reset goes back to.
    page.eval_in(FRAME, "document.getElementById('undo').click()")?;
    answered(&page, "ask(0, { type: 'compute-loop:get', id: 2 })", "#m=1")?;
    page.eval_in(FRAME, "document.getElementById('redo').click()")?;
    page.eval_in(FRAME, "document.getElementById('reset').click()")?;
    answered(&page, "ask(0, { type: 'compute-loop:get', id: 3 })", "#m=1")?;

    // What is asked before it is live is answered, each request once.
    let page = hosts.open("plain", &[GIGAWATTS], View::new(700, 900).still())?;
    page.wait_in(FRAME, SHOWN, "it is shown")?;
    answered(
        &page,
        "ask(0, { type: 'compute-loop:set', lever: 'arr-2026', value: 60, id: 'a' },
                { type: 'compute-loop:get', id: 'b' })",
        "#m=1&arr-2026=60",
    )?;
    assert_eq!(
        page.eval(
            "said('compute-loop:outcome').flatMap(one => one.asked).map(one => one.id).join()"
        )?,
        "a,b"
    );
    hosts.assert_quiet(&page)
}

/// What is clicked before it is live is done when it is; a finger that is down is not disturbed.
#[test]
fn it_does_what_was_clicked_meanwhile() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let view = View::new(700, 900).still();
    for (part, click, done) in [
        (
            "stake",
            "details.data summary",
            "document.querySelectorAll('details.data[open] td').length > 10",
        ),
        (
            "gigawatts",
            ".made-of .document",
            "!!document.querySelector('dialog[open] .document-page, dialog[open] dl')",
        ),
        (
            "headline",
            ".figures > div:nth-child(2) .live",
            "!!document.querySelector('dialog.trace[open]')",
        ),
        (
            "headline",
            ".lever:nth-child(2) .entry input",
            "document.activeElement.dataset.leverNumber === 'gw-committed'",
        ),
    ] {
        let page = browser.glance(&format!("?embed=1&view={part}#m=1"), view)?;
        assert!(holds(&page, SHOWN)?);
        page.click(click)?;
        page.wait_until(done, &format!("{click} of {part} is done"))?;
        assert_quiet(&browser, &page)?;
    }
    let page = browser.glance("?embed=1&view=gigawatts#m=1", view)?;
    let event = "new PointerEvent(type, { bubbles: true, button: 0, pointerType: 'mouse' })";
    let send = |type_: &str| {
        format!(
            "(type => document.querySelector('[data-of-slider]').dispatchEvent({event}))('{type_}')"
        )
    };
    page.eval(&send("pointerdown"))?;
    page.wait_until(
        "performance.getEntriesByType('resource').some(one => one.name.includes('/embed-') && one.responseEnd > 0)",
        "the live view has been fetched",
    )?;
    page.eval("new Promise(rested => setTimeout(rested, 500))")?;
    assert!(holds(&page, SHOWN)?);
    page.eval(&send("pointerup"))?;
    page.wait_until(
        "document.documentElement.dataset.ready === 'true'",
        "it gives way when it is let go",
    )?;
    assert_quiet(&browser, &page)
}

/// An option that is picked from a list counts as much as its slider, and the way to the whole
/// page takes along what was moved.
#[test]
fn it_keeps_what_was_picked_and_the_link_has_it() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let view = View::new(700, 900).still();
    let both = "?embed=1&view=race&levers=option-or-duty,trainium4-start#m=1";
    let page = browser.glance(both, view)?;
    assert!(holds(&page, SHOWN)?);
    let picked = page.eval(
        "(() => {
           const set = (selector, change) => {
             const one = document.querySelector(selector);
             change(one);
             one.dispatchEvent(new Event('input', { bubbles: true }));
           };
           set('.lever select', one => one.selectedIndex = 1);
           set('[data-of-slider=trainium4-start]', one => one.value = Number(one.value) + 9);
           return [...document.querySelectorAll('.embed .lever')].map(one => one.querySelector('select, .month').value);
         })()",
    )?;
    page.wait_ready()?;
    let start = Lever::Trainium4Start.spec().default + 9.0;
    let mut moved = Scenario::default();
    moved.set(Lever::OptionOrDuty, 1.0);
    moved.set(Lever::Trainium4Start, start);
    assert_eq!(text(&page, "computeLoop.link()")?, link::encode(&moved));
    assert_eq!(picked[1], link::value_text(Lever::Trainium4Start, start));

    let page = browser.glance("?embed=1&view=stake#m=1", view)?;
    page.eval(
        "(() => {
           window.went = null;
           window.open = () => null;
           addEventListener('click', event => {
             if (event.defaultPrevented || !event.target.matches('.whole')) return;
             window.went = event.target.href;
             event.preventDefault();
           });
           const slider = document.querySelector('[data-of-slider=arr-2026]');
           slider.value = 75;
           slider.dispatchEvent(new Event('input', { bubbles: true }));
           document.querySelector('.whole').click();
         })()",
    )?;
    page.wait_until("!!window.went", "the way is gone")?;
    let went = text(&page, "window.went")?;
    assert!(went.ends_with("#m=1&arr-2026=75"), "{went}");
    assert_quiet(&browser, &page)
}

/// Where the module does not come, what was served stays, says so, and offers nothing that
/// would not work; the page around is still told the height.
#[test]
fn it_stays_as_served_where_it_cannot_start() -> Result<(), Trouble> {
    let hosts = Hosts::start()?;
    hosts.page.spoil(".wasm", Fault::Missing);
    let stake = "?embed=1&view=stake#m=1";
    let page = hosts.open("plain", &[stake], View::new(700, 900).still())?;
    page.wait_in(FRAME, SHOWN, "it is shown")?;
    page.eval_in(
        FRAME,
        "(() => {
           const slider = document.querySelector('[data-of-slider]');
           slider.value = 75;
           slider.dispatchEvent(new Event('input', { bubbles: true }));
           document.querySelector('details.data summary').click();
         })()",
    )?;
    page.wait_in(
        FRAME,
        "'refused' in document.documentElement.dataset",
        "it gives up",
    )?;
    assert_eq!(
        page.eval_in(
            FRAME,
            "[!!document.querySelector('.notices li')?.checkVisibility(),
              document.querySelector('.canvas svg').getBoundingClientRect().height > 100,
              'coming' in document.documentElement.dataset,
              document.querySelectorAll('.embed [data-waits]:not(:disabled)').length,
              [...document.querySelectorAll('.embed input')].filter(one => one.value !== one.defaultValue).length]"
        )?,
        json!([true, true, false, 0, 0])
    );
    let count = number(&page, "said('compute-loop:height').length")?;
    page.eval("frames()[0].contentWindow.postMessage({ type: 'compute-loop:height' }, '*')")?;
    page.wait_until(
        &format!("said('compute-loop:height').length > {count}"),
        "it tells its height once more",
    )
}

/// A scenario that comes while the served view is being fetched is shown, not the defaults.
#[test]
fn it_follows_a_scenario_that_overtakes_what_was_served() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.blank(View::new(700, 900).still())?;
    page.before_loading(
        "(() => {
           const whole = window.fetch;
           const come = new Promise(come => window.come = come);
           window.fetch = async (...asked) => {
             const answer = await whole(...asked);
             if (String(asked[0]).includes('embeds/')) {
               window.waits = true;
               await come;
             }
             return answer;
           };
         })()",
    )?;
    page.go("?embed=1&view=stake#m=1")?;
    page.wait_until("!!window.waits", "the view is fetched")?;
    page.eval("location.hash = '#m=1&arr-2026=60'")?;
    page.eval("window.come()")?;
    page.wait_until(
        "document.documentElement.dataset.ready === 'true'",
        "it is live",
    )?;
    assert!(!holds(
        &page,
        "'shown' in document.documentElement.dataset"
    )?);
    assert_eq!(text(&page, "computeLoop.link()")?, "#m=1&arr-2026=60");
    assert_quiet(&browser, &page)
}

/// Where the frame is lower than the view, a reader who has scrolled in it stays there.
fn it_stays_where_it_was_scrolled_to(engine: Engine) -> Result<(), Trouble> {
    let hosts = Hosts::start_of(engine)?;
    for part in ["stake", "gigawatts"] {
        let frame = format!("?embed=1&view={part}#m=1");
        let address = hosts.address("plain", &[&frame], "&script=none");
        let page = hosts.browser.visit(&address, View::new(420, 800).still())?;
        page.eval("frames()[0].style.height = '300px'")?;
        page.wait_in(
            FRAME,
            &format!("{SHOWN} && (scrollTo(0, 240), Math.abs(scrollY - 240) < 1)"),
            "it is scrolled",
        )?;
        page.eval_in(FRAME, COME)?;
        page.wait_in(
            FRAME,
            "document.documentElement.dataset.ready === 'true'",
            "it is live",
        )?;
        let now = page.eval_in(FRAME, "scrollY")?;
        let now = now.as_f64().unwrap_or_default();
        assert!((now - 240.0).abs() < 1.5, "{part} is at {now}");
    }
    Ok(())
}

/// What is printed before anybody has used it has its chart.
#[test]
fn it_is_printed_as_it_was_served() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    for address in ["", "?embed=1&view=stake#m=1", "?embed=1&view=gigawatts#m=1"] {
        let page = browser.glance(address, View::new(794, 1000).still())?;
        page.cdp("Emulation.setEmulatedMedia", json!({ "media": "print" }))?;
        let measured = page.eval(
            "(() => {
               const svg = [...document.querySelectorAll('.canvas > svg')].find(one => one.checkVisibility());
               const drawn = svg.getBoundingClientRect();
               const around = svg.closest('.canvas').getBoundingClientRect();
               const next = svg.closest('.chart').querySelector('figcaption, .made-of')?.getBoundingClientRect();
               return [drawn.width, drawn.height, around.bottom - drawn.bottom, next ? next.top - drawn.bottom : 0];
             })()",
        )?;
        let measured: Vec<f64> = measured
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_f64)
            .collect();
        assert!(
            measured[0] > 600.0 && measured[1] > 200.0 && measured[2] > -1.0 && measured[3] > -1.0,
            "{address}: {measured:?}"
        );
    }
    Ok(())
}

/// Whoever asks for something else than what was served has the live view at once, and who
/// only looks has it after a while.
#[test]
fn it_is_live_at_once_where_it_was_not_served() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let view = View::new(640, 900).still();
    let sliders = "[...document.querySelectorAll('.embed input[type=range]')].map(one => one.dataset.ofSlider).join()";
    for (address, expected) in [
        (
            "?embed=1&view=gigawatts&levers=gw-committed,arr-2026&utm_source=x",
            "gw-committed,arr-2026",
        ),
        ("?embed=1&view=gap&levers=&theme=dark&chrome=none#m=1", ""),
        (
            "?view=stake&embed=on&levers=valuation-multiple",
            "valuation-multiple",
        ),
        (
            "?embed=1&view=race&levers=power-price,option-or-duty,trainium4-start",
            "power-price,option-or-duty,trainium4-start",
        ),
    ] {
        let page = browser.glance(address, view)?;
        assert!(holds(&page, SHOWN)?, "{address}");
        assert_eq!(text(&page, &format!("{sliders} || ''"))?, expected);
        assert_eq!(
            holds(&page, "!!document.querySelector('.embed .head')")?,
            !address.contains("chrome")
        );
        page.wait_ready()?;
        assert_quiet(&browser, &page)?;
    }
    for address in [
        "?embed=1&view=gigawatts&levers=stake,nonsense#m=1",
        "?embed=1&view=gigawatts&levers=arr-2026,arr-2026",
        "?embed=1&view=gigawatts#m=1&arr-2026=60",
        "?embed=1&view=nonsense",
        "?embed=1&view=loop",
        "?embed=1&seed=7",
        "?embed=1&lang=zh-CN",
        "?embed=1&chrome=blue",
        "?embed=1#m=2",
    ] {
        let page = browser.visit(address, view)?;
        page.wait_until(
            "document.documentElement.dataset.ready === 'true'",
            "it is live",
        )?;
        assert!(
            !holds(&page, "'shown' in document.documentElement.dataset")?,
            "{address}"
        );
    }
    let page = browser.glance("?embed=1&view=stake#m=1", view)?;
    assert!(holds(&page, SHOWN)?);
    page.wait_until(
        "document.documentElement.dataset.ready === 'true'",
        "it comes unasked",
    )?;
    assert!(number(&page, "performance.now()")? > 9_000.0);
    assert_quiet(&browser, &page)
}

/// What an embed of the first chart holds for a hand alone comes when a hand does.
#[test]
fn it_brings_more_when_a_reader_comes() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let came = |name: &str| {
        let asked = browser.site().requests();
        asked.iter().any(|path| path.contains(name))
    };
    let page = browser.glance("?embed=1&view=headline#m=1", View::new(640, 900).still())?;
    assert!(!came("/embed-") && !came("/chapters-") && !came("/charts-"));
    page.click("h1 [data-of-lever=gw-committed]")?;
    page.wait_until(
        "!!document.querySelector('[data-belief-field=gw-committed]')",
        "a belief of the sentence can be typed",
    )?;
    page.press("4")?;
    page.press(Key::Enter)?;
    page.wait_until(
        "computeLoop.link() === '#m=1&gw-committed=4'",
        "what was typed holds",
    )?;
    page.hover("#chart-gap .canvas")?;
    page.wait_until(
        "!!document.querySelector('#chart-gap .readout')?.checkVisibility()",
        "the chart can be read",
    )?;
    assert!(!came("/charts-"));
    // What stands behind the chart needs no hand on it.
    let page = browser.glance("?embed=1&view=gigawatts#m=1", View::new(640, 900).still())?;
    page.click("details.data summary")?;
    page.wait_until(
        "document.querySelectorAll('details.data td').length > 50",
        "what stands behind the chart is there",
    )?;
    // Any other chart is with all others.
    let page = browser.open("?embed=1&view=stake#m=1", View::new(640, 900).still())?;
    assert!(came("/charts-"));
    assert_quiet(&browser, &page)
}
