//! The page without a network: after a first visit, after an update, and from disk.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::{env, fs};

use compute_loop_core::odds::{DRAWS, FIRST_DRAWS};
use compute_loop_tests::harness::{Browser, Engine, Page, Site, Trouble, View, root};

use super::support::{holds, in_every_engine, notices, number, text};

in_every_engine!(
    is_one_file_that_asks_for_nothing,
    works_without_a_network_after_a_visit,
    takes_another_build,
);

/// Waits until the worker has kept everything and answers for the page. It may still say
/// that it is activating: to a page that it took over, `WebKit` sometimes never says that
/// this is done.
pub(crate) fn wait_kept(page: &Page<'_>) -> Result<(), Trouble> {
    page.wait_until(
        "navigator.serviceWorker.controller !== null",
        "the page is kept",
    )
}

fn copied(from: &Path, to: &Path) -> Result<(), Trouble> {
    let during = format!("Cannot copy {}", from.display());
    fs::create_dir_all(to).map_err(Trouble::during(&during))?;
    for entry in fs::read_dir(from).map_err(Trouble::during(&during))? {
        let path = entry.map_err(Trouble::during(&during))?.path();
        let target = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            copied(&path, &target)?;
        } else {
            fs::copy(&path, &target).map_err(Trouble::during(&during))?;
        }
    }
    Ok(())
}

/// The name of the build in its worker: the hash that is in no file's name.
fn build_of(worker: &str) -> String {
    let is_hex = |text: &str| text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let mut words = worker.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    words
        .find(|word| is_hex(word))
        .unwrap_or_default()
        .to_owned()
}

/// The same page as another build of it: its document and its worker say so.
pub(crate) fn next_build(name: &str) -> Result<PathBuf, Trouble> {
    let folder = root().join("target").join(format!("next-{name}"));
    drop(fs::remove_dir_all(&folder));
    copied(&root().join("dist"), &folder)?;
    let change = |file: &str, from: &str, to: &str| {
        let path = folder.join(file);
        let during = format!("Cannot change {}", path.display());
        let text = fs::read_to_string(&path).map_err(Trouble::during(&during))?;
        assert!(text.contains(from), "{file} does not hold {from}");
        fs::write(&path, text.replace(from, to)).map_err(Trouble::during(&during))
    };
    change(
        "index.html",
        "<html lang=\"en\">",
        "<html lang=\"en\" data-build=\"next\">",
    )?;
    let worker = fs::read_to_string(folder.join("sw.js"));
    let worker = worker.map_err(Trouble::during("Cannot read sw.js"))?;
    change("sw.js", &build_of(&worker), &format!("{name:x<16}"))?;
    Ok(folder)
}

/// After one visit the page works without a network, in a folder of a host too, with any
/// link and with all that is fetched later.
fn works_without_a_network_after_a_visit(engine: Engine) -> Result<(), Trouble> {
    for prefix in ["/", "/some/where/"] {
        let browser = Browser::on(engine, Site::of_build(prefix)?);
        let page = browser.open("", View::default())?;
        wait_kept(&page)?;
        browser.site().fall_silent();
        page.go("?theme=dark#m=1&arr-2026=45")?;
        page.reload()?;
        page.wait_ready()?;
        assert_eq!(
            number(&page, "computeLoop.get('arr-2026-12')")?.round() as i32,
            45
        );
        page.click("#chapter-1 > p:not(.answer) .fact")?;
        page.wait_until(
            "document.querySelector('dialog .amount') !== null",
            "the fact is there",
        )?;
    }
    Ok(())
}

/// Another build arrives with the next visit, and is what is kept from then on.
fn takes_another_build(engine: Engine) -> Result<(), Trouble> {
    let browser = Browser::on(engine, Site::of_build("/")?);
    let page = browser.open("", View::default())?;
    wait_kept(&page)?;
    let next = next_build(&format!("u{engine}"))?;
    browser.site().turn_to(&next);
    page.reload()?;
    page.wait_ready()?;
    assert_eq!(
        text(&page, "document.documentElement.dataset.build")?,
        "next"
    );
    page.eval("navigator.serviceWorker.getRegistration().then(one => one.update())")?;
    page.wait_until(
        &format!(
            "navigator.serviceWorker.getRegistration().then(async one => \
               !one.installing && !one.waiting \
               && (await caches.keys()).some(name => name.endsWith('{:x<16}')))",
            format!("u{engine}")
        ),
        "the next build is kept",
    )?;
    browser.site().fall_silent();
    page.reload()?;
    page.wait_ready()?;
    assert_eq!(
        text(&page, "document.documentElement.dataset.build")?,
        "next"
    );
    // The build before stays for pages that are open; the one before that goes.
    let third = next_build(&format!("3{engine}"))?;
    browser.site().speak_again();
    browser.site().turn_to(&third);
    page.eval("navigator.serviceWorker.getRegistration().then(one => one.update())")?;
    page.wait_until(
        &format!(
            "caches.keys().then(names => names.length === 2 \
               && names.some(name => name.endsWith('{:x<16}')))",
            format!("3{engine}")
        ),
        "the oldest build is gone",
    )?;
    Ok(())
}

/// Where storage is denied the page works as long as there is a network.
#[test]
fn needs_no_storage() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.blank(View::default())?;
    page.before_loading("for (const name of ['localStorage', 'sessionStorage', 'caches'])
             Object.defineProperty(window, name, { get() { throw new DOMException('denied', 'SecurityError'); } });
           Object.defineProperty(navigator, 'serviceWorker',
             { get() { throw new DOMException('denied', 'SecurityError'); } });")?;
    page.go("")?;
    page.wait_ready()?;
    assert_eq!(page.complaints()?, []);
    Ok(())
}

/// Makes the single file of the built page, once for all tests.
fn single() -> Result<PathBuf, Trouble> {
    static MADE: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    let made = MADE.get_or_init(|| make_single().map_err(|trouble| trouble.to_string()));
    made.clone().map_err(Trouble::new)
}

fn make_single() -> Result<PathBuf, Trouble> {
    let tools = Command::new(root().join(".tools/setup"))
        .arg("path")
        .output();
    let tools = tools.map_err(Trouble::during("Cannot ask where the tools are"))?;
    let tools = String::from_utf8_lossy(&tools.stdout).trim().to_owned();
    let path = format!("{tools}:{}", env::var("PATH").unwrap_or_default());
    let made = Command::new(env!("CARGO"))
        .args([
            "run",
            "--locked",
            "--offline",
            "--quiet",
            "--package",
            "compute-loop-ship",
            "--",
            "single",
        ])
        .current_dir(root())
        .env("PATH", path)
        .status()
        .map_err(Trouble::during("Cannot make the single file"))?;
    if !made.success() {
        return Err(Trouble::new(format!("The single file: {made}")));
    }
    Ok(root().join("target/single/compute-loop.html"))
}

/// Opens the single file from disk, after a script where there is one.
fn from_disk<'browser>(
    browser: &'browser Browser,
    fragment: &str,
    before: Option<&str>,
) -> Result<Page<'browser>, Trouble> {
    let page = browser.blank(View::default().still())?;
    if let Some(script) = before {
        page.before_loading(script)?;
    }
    let mut file = single()?.into_os_string();
    file.push(fragment);
    page.go_to_file(Path::new(&file))?;
    page.wait_ready()?;
    Ok(page)
}

/// Nothing was asked of anybody, and nobody complained.
#[track_caller]
fn assert_alone(browser: &Browser, page: &Page<'_>) -> Result<(), Trouble> {
    assert_eq!(page.complaints()?, []);
    let asked = page.requests()?;
    let others: Vec<&String> = asked
        .iter()
        .filter(|address| {
            let own = address.starts_with("file://") && address.contains("/compute-loop.html");
            !(own
                || address.starts_with("data:")
                || address.starts_with("blob:")
                || address.starts_with("about:"))
        })
        .collect();
    assert!(others.is_empty(), "{others:?}");
    assert!(browser.site().requests().is_empty());
    Ok(())
}

/// Waits until the ranges and the first chart's bands stand on so many worlds.
fn wait_ranges(page: &Page<'_>, draws: usize) -> Result<(), Trouble> {
    page.wait_until(
        &format!(
            "[...document.querySelectorAll('.opening .spread, #chart-gap .worlds')].map(one => one.dataset.draws).join() \
               === '{}'",
            [draws.to_string().as_str(); 5].join(",")
        ),
        &format!("ranges and bands stand on {draws} worlds"),
    )
}

/// One file opens from disk, moves, opens a source and what is fetched last, and asks for
/// nothing.
fn is_one_file_that_asks_for_nothing(engine: Engine) -> Result<(), Trouble> {
    let browser = Browser::on(engine, Site::of_build("/")?);
    let page = from_disk(&browser, "#m=1&arr-2026=45", None)?;
    assert_eq!(
        number(&page, "computeLoop.get('arr-2026-12')")?.round() as i32,
        45
    );
    page.eval("computeLoop.set('arr-2026', 60)")?;
    page.wait_until(
        "computeLoop.get('arr-2026-12') > 59",
        "the slider has moved",
    )?;
    page.click("#chapter-1 > p:not(.answer) .fact")?;
    page.wait_until(
        "document.querySelector('dialog .amount') !== null",
        "the fact is there",
    )?;
    page.eval("document.querySelector('dialog[open] .close').click()")?;
    page.wait_until(
        "!document.querySelector('dialog[open]')",
        "the card is closed",
    )?;
    page.click("#share")?;
    page.wait_until(
        "!!document.querySelector('dialog.sharing[open] [data-save=svg]')",
        "the card for sharing is there",
    )?;
    // No other page could ask for this one.
    assert!(holds(
        &page,
        "!document.getElementById('embed-form')
           && document.querySelector('dialog.sharing').textContent.includes('opened from disk')"
    )?);
    assert!(holds(&page, "!document.querySelector('.served')")?);
    assert_alone(&browser, &page)
}

/// From disk ranges and bands are there: of many worlds, since the file brings its workers;
/// of few where it may have none, which a notice says.
#[test]
fn the_single_file_has_ranges_with_workers_and_without() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = from_disk(&browser, "#m=1&arr-2026=45", None)?;
    wait_ranges(&page, DRAWS)?;
    assert_eq!(notices(&page)?, [""; 0]);
    assert_alone(&browser, &page)?;

    for refused in [
        "window.Worker = class { constructor() { throw new DOMException('no', 'SecurityError'); } }",
        "delete window.Worker",
    ] {
        let page = from_disk(&browser, "#m=1&arr-2026=45", Some(refused))?;
        wait_ranges(&page, FIRST_DRAWS)?;
        page.wait_until(
            "document.querySelectorAll('.notices li').length > 0",
            "the notice has come",
        )?;
        let told = notices(&page)?;
        assert_eq!(told.len(), 1, "{refused}: {told:?}");
        assert!(
            told[0].contains("background workers"),
            "{refused}: {told:?}"
        );
        assert_alone(&browser, &page)?;
    }
    Ok(())
}
