//! What the page asks for, keeps and knows: its own files, the reader's preferences, nothing
//! of a page around.

use compute_loop_tests::harness::{Browser, Engine, Site, Trouble, View, WAKE, root};
use serde_json::json;

use crate::offline;
use crate::support::{assert_quiet, holds, in_every_engine, texts};

in_every_engine!(
    keeps_preferences_alone,
    an_embed_cannot_read_the_page_around
);

/// All that may be kept: for good, and for the visit.
const KEPT: [&[&str]; 2] = [
    &["compute-loop:ranges", "compute-loop:theme"],
    &["compute-loop:kinds"],
];

/// Everything that a reader can do of which a page could keep a trace.
const VISIT: &str = "(async () => {
  const rested = ms => new Promise(done => setTimeout(done, ms));
  const press = async selector => { document.querySelector(selector)?.click(); await rested(150); };
  await computeLoop.complete();
  for (const id of ['arr-2026', 'gw-committed', 'trainium-price']) {
    const slider = document.querySelector(`input[data-lever=${id}]`);
    slider.value = slider.min;
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    slider.dispatchEvent(new Event('change', { bubbles: true }));
    await rested(50);
  }
  await press('#ranges');
  await press('header button[aria-pressed]:not(#ranges)');
  await press('[data-show-kinds]:not(:checked)');
  await press('#undo');
  await press('.copy');
  await press('#chapter-1 .fact');
  await rested(600);
  await press('dialog[open] .close');
  await press('#share');
  await rested(600);
  await press('dialog[open] .close');
  await press('#chapter-8 .more:not([aria-haspopup])');
  await rested(600);
})()";

/// After a visit the browser holds the reader's preferences and the page's own files.
fn keeps_preferences_alone(engine: Engine) -> Result<(), Trouble> {
    let browser = Browser::on(engine, Site::of_build("/")?);
    let page = browser.open("", View::default().still())?;
    page.eval(VISIT)?;
    // Ten seconds on, the page's own files are kept for readers without a network.
    offline::wait_kept(&page)?;
    for (storage, allowed) in ["localStorage", "sessionStorage"].into_iter().zip(KEPT) {
        let mut keys = texts(&page, &format!("Object.keys({storage})"))?;
        keys.sort();
        assert_eq!(keys, allowed, "{storage}");
        // A preference is a word, not a record.
        assert!(holds(
            &page,
            &format!("Object.values({storage}).every(value => /^[a-z]{{1,12}}$/.test(value))")
        )?);
    }
    assert!(holds(&page, "document.cookie === ''")?);
    assert!(holds(
        &page,
        "(async () => (await indexedDB.databases?.() ?? []).length === 0)()"
    )?);
    assert!(holds(
        &page,
        "(async () => {
           const names = await caches.keys();
           for (const name of names) {
             const kept = await (await caches.open(name)).keys();
             if (!kept.length || !kept.every(({ url, method }) => method === 'GET' && url.startsWith(location.origin) && !/[?#]/.test(url)))
               return false;
           }
           return names.length > 0;
         })()"
    )?);
    assert!(holds(&page, "window.name === ''")?);
    Ok(())
}

/// A whole visit asks this origin for files of the build, each by its bare name: no address
/// that is asked for says what the reader did.
#[test]
fn asks_for_its_own_files_and_says_nothing_by_asking() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("#m=1&arr-2026=60", View::default().still())?;
    page.cdp("Network.enable", json!({}))?;
    page.eval(VISIT)?;
    offline::wait_kept(&page)?;
    assert_quiet(&browser, &page)?;
    let asked = browser.site().requests();
    assert!(asked.len() > 8, "{asked:?}");
    let dist = root().join("dist");
    for path in &asked {
        assert!(!path.contains(['?', '#']), "{path}");
        let file = dist.join(path.trim_start_matches('/'));
        assert!(file.exists(), "{path} is no file of the build");
    }
    // Nor does it hand anything out in another way.
    let page = browser.blank(View::default().still())?;
    page.before_loading(
        "window.sent = [];
         navigator.sendBeacon = address => { sent.push(`beacon ${address}`); return true; };
         for (const name of ['WebSocket', 'EventSource', 'RTCPeerConnection', 'XMLHttpRequest', 'BroadcastChannel'])
           window[name] = class { constructor(...all) { sent.push(`${name} ${all}`); } };
         const { fetch } = window;
         window.fetch = (address, options) => {
           if (options?.method && options.method !== 'GET' || options?.body) sent.push(`fetch ${address}`);
           return fetch(address, options);
         };",
    )?;
    page.go("")?;
    page.wait_ready()?;
    page.eval(VISIT)?;
    assert_eq!(texts(&page, "sent")?, [""; 0]);
    assert_quiet(&browser, &page)
}

/// Tries to read what a page around holds; tells what could be read.
const PRY: &str = "(() => {
  const tries = {
    document: () => parent.document.title,
    address: () => parent.location.href,
    storage: () => parent.localStorage.length,
    script: () => parent.secret,
    frame: () => frameElement && frameElement.id,
    top: () => top.document.cookie,
  };
  return Object.entries(tries).filter(([, pry]) => {
    try { return pry() != null; } catch { return false; }
  }).map(([name]) => name);
})()";

/// From another origin an embed reads nothing of the page around, and no policy of ours
/// opens that up.
fn an_embed_cannot_read_the_page_around(engine: Engine) -> Result<(), Trouble> {
    for host in ["plain", "sandboxed"] {
        let site = Site::of_build("/")?;
        let hosts = Site::serve(&root().join("tests/browser/hosts"), "/")?;
        let browser = Browser::on(engine, hosts);
        let at = site.address().replace(':', "%3A").replace('/', "%2F");
        let address = format!("{host}.html?at={at}&frame=%3Fembed%3D1%26view%3Dgigawatts%23m%3D1");
        let page = browser.visit(&address, View::new(700, 800).still())?;
        page.eval("void (window.secret = 'of the host', document.cookie = 'host=1')")?;
        let frame = "#place-0 iframe";
        page.wait_in(
            frame,
            "document.documentElement.dataset.ready === 'true'",
            "the embed is ready",
        )?;
        let read = page.eval_in(frame, PRY)?;
        assert_eq!(read, json!([]), "{host}");
    }
    Ok(())
}

/// Where both have one origin the browser would let an embed read the page around: it does
/// not try. What it asks of its frame is whether a sandbox forbids files to be saved.
#[test]
fn an_embed_of_the_same_origin_does_not_look() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.blank(View::new(700, 800).still())?;
    page.before_loading(
        "if (self === top) {
           window.looked = [];
           const watch = (owner, name) => {
             const own = Object.getOwnPropertyDescriptor(owner, name);
             Object.defineProperty(owner, name, { ...own, get() { looked.push(name); return own.get.call(this); } });
           };
           for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches', 'history']) watch(window, name);
           for (const name of ['cookie', 'title', 'forms', 'links']) {
             watch(name in Document.prototype ? Document.prototype : HTMLDocument.prototype, name);
           }
         }",
    )?;
    page.go("privacy-host-that-is-not-there.html")?;
    page.eval(
        "new Promise(done => {
           looked.length = 0;
           const frame = document.createElement('iframe');
           frame.src = './?embed=1&view=gigawatts#m=1';
           document.documentElement.append(frame);
           frame.onload = done;
         })",
    )?;
    page.wait_in(
        "iframe",
        "'shown' in document.documentElement.dataset",
        "the embed is shown",
    )?;
    page.eval_in("iframe", WAKE)?;
    page.wait_in(
        "iframe",
        "document.documentElement.dataset.ready === 'true'",
        "the embed is ready",
    )?;
    page.eval_in("iframe", "void computeLoop.set('arr-2026', 60)")?;
    page.eval_in("iframe", VISIT)?;
    assert_eq!(texts(&page, "looked")?, [""; 0]);
    Ok(())
}
