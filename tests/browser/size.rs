//! What the first view downloads: every file that is asked for until the page is ready and
//! at rest, as small as a host sends it.

use std::collections::BTreeMap;
use std::time::Duration;
use std::{env, fs, thread};

use compute_loop_tests::harness::{Browser, Page, Trouble, View, root};

/// The most that it may be, in bytes: the files are counted by brotli.
const BUDGET: usize = 150_000;

/// The same of embeds, as long as nobody uses them, and of what one of the first chart, and one
/// of any other, has fetched when it is live. Whoever brings them down brings these down too.
const EMBED_BUDGET: usize = 55_000;
const LIVE_BUDGETS: [(&str, usize); 2] = [("gigawatts", 309_000), ("stake", 594_000)];

/// What each file weighed when somebody last looked: written by
/// `UPDATE_SIZES=1 cargo test -p compute-loop-tests --test browser size`.
const KNOWN: &str = "tests/browser/size.txt";

/// How long nothing is asked for on a page at rest.
const REST: Duration = Duration::from_secs(3);

/// The windows that are weighed.
const VIEWS: [(u32, u32); 3] = [(1280, 800), (360, 740), (1920, 1080)];

/// A file's name without the hash of its build.
fn plain(name: &str) -> String {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let is_hash = |part: &str| part.len() >= 15 && part.bytes().all(|c| c.is_ascii_hexdigit());
    match stem.rsplit_once('-') {
        Some((start, end)) if is_hash(end) => format!("{start}.{ending}"),
        _ => name.to_owned(),
    }
}

/// Waits until nothing is asked for any more, and gives each file with its size.
pub(crate) fn weigh(
    browser: &Browser,
    page: &Page<'_>,
) -> Result<BTreeMap<String, usize>, Trouble> {
    page.wait_first()?;
    loop {
        let before = browser.site().requests().len();
        thread::sleep(REST);
        if browser.site().requests().len() == before {
            break;
        }
    }
    let dist = root().join("dist");
    let mut files = BTreeMap::new();
    for path in browser.site().requests() {
        let path = path.split('?').next().unwrap_or_default();
        let name = path.trim_start_matches('/');
        let name = if name.is_empty() { "index.html" } else { name };
        let packed = fs::read(dist.join(format!("{name}.br")));
        let bytes = packed.or_else(|_| fs::read(dist.join(name)));
        let bytes = bytes.map_err(|error| Trouble::new(format!("{path}: {error}")))?;
        files.insert(plain(name), bytes.len());
    }
    Ok(files)
}

fn listed() -> BTreeMap<String, usize> {
    let text = fs::read_to_string(root().join(KNOWN)).unwrap_or_default();
    let rows = text.lines().filter_map(|line| {
        let (name, size) = line.split_once(' ')?;
        Some((name.to_owned(), size.trim().parse().ok()?))
    });
    rows.collect()
}

#[test]
fn the_first_view_is_small() -> Result<(), Trouble> {
    let mut most = BTreeMap::new();
    for (width, height) in VIEWS {
        let browser = Browser::start()?;
        let page = browser.visit("", View::new(width, height))?;
        let files = weigh(&browser, &page)?;
        assert!(files.len() >= 4, "{files:?}");
        let total: usize = files.values().sum();
        println!("{width} × {height}: {total} bytes");
        if total > most.values().sum() {
            most = files;
        }
    }
    let known = listed();
    for (name, size) in &most {
        println!("{size:8} {name} (known: {})", known.get(name).unwrap_or(&0));
    }
    if env::var_os("UPDATE_SIZES").is_some() {
        let rows = most.iter().map(|(name, size)| format!("{name} {size}\n"));
        fs::write(root().join(KNOWN), rows.collect::<String>())
            .map_err(|error| Trouble::new(format!("{KNOWN}: {error}")))?;
    }
    let total: usize = most.values().sum();
    let grown: Vec<String> = most
        .iter()
        .filter_map(|(name, size)| {
            let before = known.get(name).copied().unwrap_or_default();
            (*size > before).then(|| format!("{name}: {before} → {size}"))
        })
        .collect();
    assert!(
        total <= BUDGET,
        "the first view is {total} bytes, {} too many; grown: {grown:?}",
        total - BUDGET
    );
    Ok(())
}

#[test]
fn an_embed_is_small() -> Result<(), Trouble> {
    for (view, when_live) in LIVE_BUDGETS {
        let browser = Browser::start()?;
        let page = browser.visit(&format!("?embed=1&view={view}"), View::new(640, 800))?;
        for (when, budget) in [("unused", EMBED_BUDGET), ("live", when_live)] {
            if when == "live" {
                // As a page around makes it live: no reader who would have more of it come.
                page.eval("postMessage({ type: 'compute-loop:get' }, '*')")?;
                page.wait_until("document.documentElement.dataset.ready === 'true'", when)?;
            }
            let files = weigh(&browser, &page)?;
            let total: usize = files.values().sum();
            println!("{view}, {when}: {total} bytes, {files:?}");
            assert!(
                total <= budget,
                "an embed of {view}, {when}, is {total} bytes, {} too many: {files:?}",
                total - budget
            );
        }
    }
    Ok(())
}
