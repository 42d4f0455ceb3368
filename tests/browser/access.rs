//! What axe-core finds in the states of the page: nothing. It knows the rules of WCAG 2.2
//! to the level AA that a program can decide, and what is held to be good practice.

use std::fs;
use std::io::{Write, stderr};
use std::process::Command;
use std::sync::OnceLock;

use compute_loop::content::TRANSLATIONS;
use compute_loop::query::Part;
use compute_loop_tests::harness::{Browser, Key, OVER, Page, Trouble, View, root, some, thorough};

use serde_json::json;

use crate::support::{choose, holds, texts};

/// The rules that are asked for.
const RULES: &str = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']";

/// The windows of the page: a desktop's and a telephone's.
const WINDOWS: [(u32, u32); 2] = [(1280, 800), (360, 740)];

/// The checker's script.
fn axe() -> Result<&'static str, Trouble> {
    static SCRIPT: OnceLock<Result<String, String>> = OnceLock::new();
    let script = SCRIPT.get_or_init(|| {
        let said = Command::new(root().join(".tools/setup"))
            .arg("axe")
            .output();
        let said = said.map_err(|error| format!("Cannot ask where axe-core is: {error}"))?;
        let file = String::from_utf8_lossy(&said.stdout).trim().to_owned();
        fs::read_to_string(&file)
            .map_err(|error| format!("{file}: {error}; run `.tools/setup test` first"))
    });
    script
        .as_deref()
        .map_err(|trouble| Trouble::new(trouble.clone()))
}

/// States that have been checked, and what was found in them.
#[derive(Default)]
struct Found {
    states: usize,
    faults: Vec<String>,
}

impl Found {
    /// Checks the page as it is now.
    fn check(&mut self, page: &Page<'_>, state: &str) -> Result<(), Trouble> {
        self.check_within(page, "document", state)
    }

    /// Checks a part of the page, where the rest of it has been checked already.
    fn check_within(&mut self, page: &Page<'_>, part: &str, state: &str) -> Result<(), Trouble> {
        page.settle()?;
        if page.eval("typeof axe")? == "undefined" {
            page.eval(axe()?)?;
        }
        let faults = texts(
            page,
            &format!(
                "axe.run({part}, {{ resultTypes: ['violations'], runOnly: {RULES} }}).then(said => \
                   said.violations.flatMap(fault => fault.nodes.map(node => \
                     `${{fault.id}}: ${{node.target.join(' ')}}: ${{node.failureSummary}}`)))"
            ),
        )?;
        self.states += 1;
        self.faults
            .extend(faults.into_iter().map(|fault| format!("{state}: {fault}")));
        Ok(())
    }

    /// Says how many states there were, past what captures the output of tests.
    #[track_caller]
    fn end(self, what: &str) {
        let _ = writeln!(stderr(), "axe-core: {} states of {what}", self.states);
        assert!(self.faults.is_empty(), "{}", self.faults.join("\n"));
    }
}

/// Each window in each theme; for some, one of each.
fn views() -> Vec<(String, View)> {
    let all = WINDOWS.into_iter().flat_map(|(width, height)| {
        let view = View::new(width, height).still();
        [
            (format!("light, {width}"), view),
            (format!("dark, {width}"), view.dark()),
        ]
    });
    some(all, 2)
}

#[test]
fn the_page_has_no_faults() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let mut found = Found::default();
    for (name, view) in views() {
        let page = browser.open("#m=1", view)?;
        found.check(&page, &format!("{name}, defaults"))?;
        page.eval("document.querySelectorAll('details').forEach(one => one.open = true)")?;
        page.settle()?;
        found.check(&page, &format!("{name}, everything open"))?;
        page.eval("document.querySelectorAll('details').forEach(one => one.open = false)")?;
        page.eval("document.querySelector('#chart-gap .canvas').focus()")?;
        page.press(Key::Right + Key::Right)?;
        found.check(&page, &format!("{name}, a chart read"))?;

        let page = browser.open("#m=1&arr-2026=60&spend-ratio=900", view)?;
        choose(&page, "#compare", "flywheel")?;
        found.check(&page, &format!("{name}, a notice and a comparison"))?;
    }
    found.end("the page");
    Ok(())
}

/// What is checked where something lies over the page: with all of the page behind it, or
/// what lies over it alone.
fn over() -> &'static str {
    if thorough() {
        return "document";
    }
    "document.querySelector('dialog[open], .drawer:not([hidden])')"
}

/// Opens each thing that lies over the page, looks, and closes it.
fn each_open(
    page: &Page<'_>,
    mut look: impl FnMut(&str) -> Result<(), Trouble>,
) -> Result<(), Trouble> {
    for (what, opener, there) in OVER {
        page.eval(&format!("document.querySelector({opener:?}).click()"))?;
        page.wait_until(&format!("document.querySelector({there:?}) !== null"), what)?;
        look(what)?;
        page.press(Key::Escape)?;
        page.wait_until(
            &format!("document.querySelector({there:?}) === null"),
            "it closes",
        )?;
    }
    Ok(())
}

#[test]
fn what_lies_over_the_page_has_none() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let mut found = Found::default();
    for (name, view) in views() {
        let page = browser.open("#m=1", view)?;
        each_open(&page, |what| {
            found.check_within(&page, over(), &format!("{name}, {what}"))
        })?;
    }
    found.end("what lies over it");
    Ok(())
}

/// Every language that is not English.
fn languages() -> impl Iterator<Item = &'static str> {
    TRANSLATIONS.iter().map(|language| language.code)
}

#[test]
fn other_languages_have_none() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let mut found = Found::default();
    for language in languages() {
        for (name, view) in views() {
            let state = |what: &str| format!("{language}, {name}, {what}");
            let page = browser.open(&format!("?lang={language}#m=1"), view)?;
            if thorough() {
                found.check(&page, &state("defaults"))?;
            }
            page.eval("document.querySelectorAll('details').forEach(one => one.open = true)")?;
            found.check(&page, &state("everything open"))?;
            each_open(&page, |what| {
                found.check_within(&page, over(), &state(what))
            })?;
        }
        let page = browser.blank(View::new(640, 800).still())?;
        for theme in some(["light", "dark"], 1) {
            for part in some(Part::all(), 8) {
                page.go(&format!(
                    "?embed=1&lang={language}&theme={theme}&view={}#m=1",
                    part.id()
                ))?;
                page.wait_first()?;
                found.check(
                    &page,
                    &format!("{language}, {theme}, embed of {}", part.id()),
                )?;
            }
        }
    }
    found.end("other languages");
    Ok(())
}

/// More contrast, colours of the system's own, a window as narrow as one at 400 %, and more
/// room between letters and lines.
#[test]
fn designed_states_have_none() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let mut found = Found::default();
    let narrow = View::new(320, 256).still();
    let wide = View::default().still();
    let states = [
        ("more contrast", wide.contrast()),
        ("more contrast, dark", wide.dark().contrast()),
        ("forced colours", wide.forced()),
        ("forced colours, dark", wide.dark().forced()),
        ("1,280 pixels at 400 %", narrow),
        ("1,280 pixels at 400 %, dark", narrow.dark()),
    ];
    for (name, view) in some(states, 3) {
        for language in ["en"].into_iter().chain(languages()) {
            let state = format!("{name}, {language}");
            let page = browser.open(&format!("?lang={language}#m=1"), view)?;
            page.eval("document.querySelectorAll('details').forEach(one => one.open = true)")?;
            // A language changes words, and with them what has room, but no colour.
            if thorough() || language == "en" {
                found.check(&page, &state)?;
            }
            let fits =
                "document.documentElement.scrollWidth <= document.documentElement.clientWidth";
            assert!(holds(&page, fits)?, "{state}: it is too wide");
        }
    }
    found.end("more contrast, forced colours and magnification");
    Ok(())
}

/// The article that stays where the module does not come.
#[test]
fn the_article_has_none() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let mut found = Found::default();
    for (name, view) in views() {
        let page = browser.blank(view)?;
        page.cdp("Network.enable", json!({}))?;
        page.cdp("Network.setBlockedURLs", json!({ "urls": ["*.wasm"] }))?;
        page.go("#m=1")?;
        page.wait_until(
            "document.documentElement.dataset.refused !== undefined",
            "the article stays",
        )?;
        found.check(&page, &format!("{name}, the article"))?;
        page.eval("document.querySelectorAll('details').forEach(one => one.open = true)")?;
        found.check(&page, &format!("{name}, the article, everything open"))?;
    }
    found.end("the article");
    Ok(())
}

#[test]
fn embeds_have_none() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let mut found = Found::default();
    let page = browser.blank(View::new(640, 800).still())?;
    for theme in ["light", "dark"] {
        for part in some(Part::all(), 12) {
            // Each view twice: with its title and commands, and in the dark without.
            let chrome = if theme == "light" { "" } else { "&chrome=none" };
            page.go(&format!(
                "?embed=1&view={}&theme={theme}{chrome}#m=1",
                part.id()
            ))?;
            // As it is shown, and as it is used.
            if theme == "light" {
                page.wait_first()?;
            } else {
                page.wait_ready()?;
            }
            found.check(&page, &format!("{theme}, embed of {}", part.id()))?;
        }
    }
    for language in ["en"].into_iter().chain(languages()) {
        for theme in some(["light", "dark"], 1) {
            page.go(&format!("?embed=1&lang={language}&theme={theme}#m=1"))?;
            page.wait_first()?;
            for opener in [".fact", ".down", ".document"] {
                let there = format!("document.querySelector('{opener}') !== null");
                if !holds(&page, &there)? {
                    continue;
                }
                page.eval(&format!("document.querySelector('{opener}').click()"))?;
                page.wait_until("document.querySelector('dialog[open]') !== null", opener)?;
                found.check(&page, &format!("{language}, {theme}, {opener} in an embed"))?;
                page.press(Key::Escape)?;
                page.wait_until("document.querySelector('dialog[open]') === null", "closed")?;
            }
        }
    }
    found.end("embeds");
    Ok(())
}
