//! Runs Lighthouse over the built page and writes `LIGHTHOUSE.md`: its scores, and with
//! throttling applied in the browser how soon the words and the live chart are there,
//! beside a page that holds the headline alone.
//!
//! `make lighthouse`

use std::collections::BTreeMap;
use std::env;
use std::fmt::Write as _;
use std::fs;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use compute_loop_core::scenario::Scenario;
use compute_loop_core::{format, model, outcome::Output};
use compute_loop_tests::harness::{Browser, Trouble, View, root};
use serde_json::{Value, json};

/// Of so many runs the median is taken.
const RUNS: usize = 5;

/// What Lighthouse's own telephone has: the latency of a request in milliseconds, and
/// bytes a second down and up, as it applies them in the browser.
const LATENCY: f64 = 562.5;
const DOWN: f64 = 1_474.56 * 1024.0 / 8.0;
const UP: f64 = 675.0 * 1024.0 / 8.0;

/// How much slower its processor is.
const SLOWER: f64 = 4.0;

/// How Chromium is started, in a container and without asking anybody for anything.
const FLAGS: &str = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
    --disable-background-networking --disable-component-update --disable-sync";

/// A folder that is served compressed, as a host would, and in pieces, as a network would:
/// throttling in the browser holds back whatever comes at once until all of it may be there.
struct Served {
    process: Child,
    port: u16,
}

impl Served {
    fn start(folder: &Path) -> Result<Self, Trouble> {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .and_then(|listener| listener.local_addr())
            .map_err(Trouble::during("Cannot get a port"))?
            .port();
        let process = Command::new(root().join(".tools/serve"))
            .arg(folder)
            .arg(port.to_string())
            .arg("--in-pieces")
            .stdout(Stdio::null())
            .spawn()
            .map_err(Trouble::during("Cannot start .tools/serve"))?;
        let served = Self { process, port };
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            thread::sleep(Duration::from_millis(50));
        }
        Ok(served)
    }

    fn address(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// What Lighthouse says of an address: scores out of 100, and times in milliseconds.
fn lighthouse(address: &str, method: &str) -> Result<BTreeMap<String, f64>, Trouble> {
    let peers = env::var("PEERS").map_err(Trouble::during("Run it by `make lighthouse`"))?;
    let program = PathBuf::from(peers).join("node_modules/.bin/lighthouse");
    let output = Command::new(program)
        .args([address, "--quiet", "--output=json", "--output-path=stdout"])
        .args([
            "--form-factor=mobile",
            &format!("--throttling-method={method}"),
        ])
        .arg(format!("--chrome-flags={FLAGS}"))
        .env("CHROME_PATH", compute_loop_tests::harness::chromium()?)
        .stderr(Stdio::null())
        .output()
        .map_err(Trouble::during("Cannot run Lighthouse"))?;
    let said: Value = serde_json::from_slice(&output.stdout)
        .map_err(Trouble::during("Lighthouse gave no report"))?;
    let mut all = BTreeMap::new();
    for (name, category) in said["categories"].as_object().into_iter().flatten() {
        let score = category["score"].as_f64().unwrap_or_default();
        all.insert(name.clone(), 100.0 * score);
    }
    for audit in [
        "first-contentful-paint",
        "largest-contentful-paint",
        "total-blocking-time",
        "cumulative-layout-shift",
    ] {
        let value = said["audits"][audit]["numericValue"].as_f64();
        all.insert(audit.to_owned(), value.unwrap_or(f64::NAN));
    }
    Ok(all)
}

/// How long it takes in a slow browser until the live chart is there, in milliseconds.
fn live(address: &str) -> Result<f64, Trouble> {
    let browser = Browser::start()?;
    let page = browser.blank(View::new(412, 823).scale(1.75).touch())?;
    page.cdp("Network.enable", json!({}))?;
    page.cdp(
        "Network.emulateNetworkConditions",
        json!({ "offline": false, "latency": LATENCY,
                "downloadThroughput": DOWN, "uploadThroughput": UP }),
    )?;
    page.cdp("Emulation.setCPUThrottlingRate", json!({ "rate": SLOWER }))?;
    page.cdp(
        "Page.addScriptToEvaluateOnNewDocument",
        json!({ "source": "new MutationObserver(() => {
            if (document.documentElement?.dataset.ready) window.liveAt ??= performance.now();
          }).observe(document, { attributes: true, subtree: true, attributeFilter: ['data-ready'] });" }),
    )?;
    page.cdp("Page.navigate", json!({ "url": address }))?;
    page.wait_until("window.liveAt > 0", "the chart is live")?;
    let at = page.eval("window.liveAt")?;
    Ok(at.as_f64().unwrap_or(f64::NAN))
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The median of one figure over several reports.
fn of(reports: &[BTreeMap<String, f64>], name: &str) -> f64 {
    median(
        reports
            .iter()
            .filter_map(|one| one.get(name).copied())
            .collect(),
    )
}

/// A page with nothing but the headline.
fn headline() -> Result<PathBuf, Trouble> {
    let outcome = model::run(&Scenario::default());
    let figure = |output| format::output(&outcome, output);
    let folder = root().join("target/lighthouse");
    fs::create_dir_all(&folder).map_err(Trouble::during("Cannot make a folder"))?;
    let page = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\" />\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\
         <title>The Compute Loop</title><h1>By December 2026 Anthropic would need {} of Trainium. \
         About {} would be built by then.</h1></html>",
        figure(Output::GwNeeded202612),
        figure(Output::GwOnline202612)
    );
    fs::write(folder.join("index.html"), page).map_err(Trouble::during("Cannot write it"))?;
    Ok(folder)
}

fn main() -> Result<(), Trouble> {
    let page = Served::start(&root().join("dist"))?;
    let alone = Served::start(&headline()?)?;
    let (mut simulated, mut applied, mut bare, mut chart) = (vec![], vec![], vec![], vec![]);
    for run in 1..=RUNS {
        eprintln!("run {run} of {RUNS}");
        simulated.push(lighthouse(&page.address(), "simulate")?);
        applied.push(lighthouse(&page.address(), "devtools")?);
        bare.push(lighthouse(&alone.address(), "devtools")?);
        chart.push(live(&page.address())?);
    }
    let mut text = String::from(
        "# Lighthouse\n\nWritten by `make lighthouse`: medians of five runs over the served `dist/`, \
         on the telephone that Lighthouse has in mind. All pages are served in pieces of ten packets, as a \
         network brings them. Times depend on the machine; scores and the ratio do less.\n\n| Score, simulated throttling | of 100 |\n| --- | ---: |\n",
    );
    for name in ["performance", "accessibility", "best-practices", "seo"] {
        let _ = writeln!(text, "| {name} | {:.0} |", of(&simulated, name));
    }
    text.push_str("\n| Milliseconds | simulated | applied in the browser | aim |\n| --- | ---: | ---: | ---: |\n");
    for (name, aim) in [
        ("first-contentful-paint", "–"),
        ("largest-contentful-paint", "–"),
        ("total-blocking-time", "below 100"),
    ] {
        let _ = writeln!(
            text,
            "| {name} | {:.0} | {:.0} | {aim} |",
            of(&simulated, name),
            of(&applied, name)
        );
    }
    let _ = writeln!(
        text,
        "| live chart | – | {:.0} | at most 2000 |\n\n\
         Largest contentful paint beside a page with the headline alone, applied: {:.2} (aim: at most 1.15; \
         that page: {:.0} ms). Cumulative layout shift: {:.3}.",
        median(chart),
        of(&applied, "largest-contentful-paint") / of(&bare, "largest-contentful-paint"),
        of(&bare, "largest-contentful-paint"),
        of(&applied, "cumulative-layout-shift")
    );
    print!("{text}");
    fs::write(root().join("LIGHTHOUSE.md"), text)
        .map_err(Trouble::during("Cannot write LIGHTHOUSE.md"))
}
