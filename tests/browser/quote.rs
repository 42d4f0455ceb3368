//! Quotes, citations, links that carry what they showed, and the methods.

use std::env;
use std::process::Command;

use compute_loop_core::cite::{self, Visit};
use compute_loop_core::levers::Lever;
use compute_loop_core::link;
use compute_loop_core::methods::{SUBJECTS, command};
use compute_loop_core::odds::{SEED, Simulation, Worlds};
use compute_loop_core::outcome::{Output, Series};
use compute_loop_core::quote::{self, quote};
use compute_loop_tests::harness::{Browser, Key, Page, Trouble, View, root};

use crate::support::{assert_quiet, holds, link_of, notices, number, quoted, run, text, texts};

/// The worlds of the page's quotes.
fn simulation() -> Simulation {
    Simulation::new(Worlds::new(SEED, quote::DRAWS))
}

const LINK: &str = "#m=1&arr-2026=60&gw-committed=4";

/// The four figures that the page opens with.
const HEADLINE: [Output; 4] = [
    Output::AwsGrowth2026,
    Output::AnthropicShare2026,
    Output::AwsMargin2027,
    Output::TrainiumMargin,
];

/// Lets the page copy into a variable, or refuses.
fn clipboard(page: &Page<'_>, allowed: bool) -> Result<(), Trouble> {
    page.eval(&format!(
        "(() => {{
           window.copied = null;
           Object.defineProperty(navigator, 'clipboard', {{ configurable: true, value: {{
             writeText: text => {allowed} ? (window.copied = text, Promise.resolve()) : Promise.reject(new Error('no')),
           }} }});
         }})()"
    ))?;
    Ok(())
}

/// The text of a part of what can be copied, inside an element.
fn part(page: &Page<'_>, within: &str, id: &str) -> Result<String, Trouble> {
    text(
        page,
        &format!("document.querySelector('{within} [data-copy={id}] .copy-text').textContent"),
    )
}

/// Opens the dialog of a figure in a part of the page.
fn open(page: &Page<'_>, within: &str, output: Output) -> Result<(), Trouble> {
    page.click(&format!(
        "{within} [data-quote={}]",
        quoted(output.spec().id)
    ))?;
    page.wait_until(
        "document.querySelector('dialog[open] .quote') !== null",
        "the quote is open",
    )
}

/// What the page copies for the parts of an output's quote, from the models.
fn wanted(link: &str, output: Output, address: &str, date: &str) -> [(&'static str, String); 4] {
    let (scenario, outcome) = run(link);
    let visit = Visit { address, date };
    [
        (
            "sentence",
            quote(&scenario, &outcome, &mut simulation(), output).sentence(address, date),
        ),
        (
            "link",
            format!("{address}{}", link::quoting(&scenario, &outcome, output)),
        ),
        ("citation", cite::figure(&scenario, &outcome, output, visit)),
        (
            "bibtex",
            cite::figure_bibtex(&scenario, &outcome, output, visit),
        ),
    ]
}

/// The address without its fragment, and the day.
fn reading(page: &Page<'_>) -> Result<(String, String), Trouble> {
    let address = text(page, "location.href.split('#')[0]")?;
    let date = text(
        page,
        "new Date().toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })",
    )?;
    Ok((address, date))
}

#[test]
fn a_figure_is_quoted_and_copied_to_the_letter() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open(LINK, View::default().still())?;
    clipboard(&page, true)?;
    let (address, date) = reading(&page)?;
    for output in HEADLINE {
        open(&page, ".opening", output)?;
        for (id, wanted) in wanted(LINK, output, &address, &date) {
            assert_eq!(part(&page, "dialog", id)?, wanted);
            page.click(&format!("dialog [data-copy={id}] button"))?;
            page.wait_until(
                &format!("window.copied === {}", quoted(&wanted)),
                "it is copied",
            )?;
            page.wait_until(
                &format!("document.querySelector('dialog [data-copy={id}] [role=status]').textContent === 'Copied.'"),
                "it says so",
            )?;
        }
        page.press(Key::Escape)?;
        page.wait_until("!document.querySelector('dialog[open]')", "it closes")?;
        let back = format!(
            "document.activeElement.dataset.quote === {}",
            quoted(output.spec().id)
        );
        assert!(holds(&page, &back)?, "the focus is lost");
    }

    // Each row of the table of figures has a way to its quote.
    let rows = texts(
        &page,
        "[...document.querySelectorAll('.chapter [data-quote]')].map(one => one.dataset.quote)",
    )?;
    let all: Vec<&str> = Output::ALL.iter().map(|output| output.spec().id).collect();
    assert_eq!(rows, all);

    // The quote follows the scenario.
    page.eval("computeLoop.set('arr-2026', 80)")?;
    open(&page, ".opening", Output::AwsGrowth2026)?;
    let link = link_of(&page)?;
    let [(_, sentence), ..] = wanted(&link, Output::AwsGrowth2026, &address, &date);
    assert_eq!(part(&page, "dialog", "sentence")?, sentence);
    assert_quiet(&browser, &page)
}

#[test]
fn what_may_not_be_copied_is_selected() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open(LINK, View::default().still())?;
    clipboard(&page, false)?;
    open(&page, ".opening", Output::AwsGrowth2026)?;
    for id in ["sentence", "bibtex"] {
        page.click(&format!("dialog [data-copy={id}] button"))?;
        page.wait_until(
            &format!("document.querySelector('dialog [data-copy={id}] [role=status]').textContent.includes('did not allow')"),
            "the reader is told",
        )?;
        let selected = text(&page, "getSelection().toString()")?;
        let shown = part(&page, "dialog", id)?;
        // A selection may end with a line break of its own.
        assert_eq!(selected.trim_end(), shown);
    }
    assert_quiet(&browser, &page)
}

#[test]
fn a_link_that_carries_a_value_tells_when_the_model_has_changed() -> Result<(), Trouble> {
    let (scenario, outcome) = run(LINK);
    let true_link = link::quoting(&scenario, &outcome, Output::AwsGrowth2026);
    let browser = Browser::start()?;
    let page = browser.open(&true_link, View::default().still())?;
    assert_eq!(notices(&page)?, [""; 0]);
    assert_eq!(link_of(&page)?, LINK);
    // The address keeps it until something moves.
    assert_eq!(text(&page, "location.hash")?, true_link);

    let old = format!("{LINK}&shown=aws-growth-2026:0.5");
    let told = link::read(&old).notices(&outcome);
    assert_eq!(told.len(), 1);
    let told = told[0].to_string();
    assert!(told.contains("as 50\u{202f}%"), "{told}");
    for loaded_again in [false, true] {
        page.go("#m=1")?;
        page.wait_until("computeLoop.link() === '#m=1'", "it is applied")?;
        page.go(&old)?;
        if loaded_again {
            page.reload()?;
            page.wait_ready()?;
        }
        page.wait_until(
            "document.querySelectorAll('.notices li').length === 1",
            "the reader is told",
        )?;
        assert_eq!(link_of(&page)?, LINK);
        let shown = notices(&page)?;
        assert!(shown[0].contains(&told), "{shown:?} without {told}");
        let same = format!("computeLoop.run({}) ", quoted(&old));
        let warnings = texts(&page, &format!("JSON.parse({same}).warnings"))?;
        assert_eq!(warnings, [told.as_str()]);
    }
    page.eval("computeLoop.set('stake', 7)")?;
    page.wait_until(
        "location.hash === computeLoop.link()",
        "the address follows",
    )?;
    assert!(!text(&page, "location.hash")?.contains("shown"));

    // What names no figure is told of by name, and the rest holds.
    page.go(&format!("{LINK}&shown=nonsense:1"))?;
    page.wait_until(
        &format!("computeLoop.link() === {}", quoted(LINK)),
        "it is applied",
    )?;
    page.settle()?;
    let shown = notices(&page)?;
    assert!(
        shown.iter().any(|one| one.contains("shown=nonsense:1")),
        "{shown:?}"
    );
    assert_quiet(&browser, &page)
}

#[test]
fn the_methods_are_whole_and_reproduce_the_page() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open(LINK, View::new(360, 740).still())?;
    // Closed and empty at first.
    let closed = "document.querySelectorAll('.methods').length === 3
        && [...document.querySelectorAll('.methods')].every(one => !one.open && !one.querySelector('dl'))";
    assert!(
        holds(&page, closed)?,
        "the methods are built before they are asked for"
    );
    page.eval("document.querySelectorAll('.methods').forEach(one => { one.open = true; })")?;
    page.wait_until(
        "[...document.querySelectorAll('.methods')].every(one => one.querySelector('dl'))",
        "they are there",
    )?;
    let codes = texts(
        &page,
        "[...document.querySelectorAll('.methods dt code')].map(one => one.textContent)",
    )?;
    for id in Output::ALL
        .iter()
        .map(|output| output.spec().id)
        .chain(Series::ALL.iter().map(|series| series.spec().id))
    {
        assert!(codes.iter().any(|code| code == id), "{id} has no equation");
    }
    let subjects = number(&page, "document.querySelectorAll('.methods h4').length")?;
    assert!((subjects - SUBJECTS.len() as f64).abs() < 0.5);
    let beliefs = texts(
        &page,
        "[...document.querySelectorAll('[data-default]')].map(one => one.dataset.default)",
    )?;
    let all: Vec<&str> = Lever::ALL.iter().map(|lever| lever.spec().id).collect();
    assert_eq!(beliefs, all);
    assert!(holds(
        &page,
        "document.scrollingElement.scrollWidth <= document.scrollingElement.clientWidth"
    )?);

    // The command gives what the page gives, to the last bit.
    let shown = part(&page, ".chapter", "command")?;
    assert_eq!(shown, command(&run(LINK).0));
    let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let native = Command::new("sh")
        .current_dir(root())
        .args([
            "-c",
            &shown.replacen("cargo run", "\"$CARGO_HERE\" run -q --locked", 1),
        ])
        .env("CARGO_HERE", cargo)
        .output()
        .map_err(|error| Trouble::new(error.to_string()))?;
    let native = String::from_utf8_lossy(&native.stdout)
        .trim_end()
        .to_owned();
    let here = text(&page, "computeLoop.run(computeLoop.link())")?;
    assert!(native.starts_with('{'), "{native}");
    assert_eq!(native, here);
    assert_quiet(&browser, &page)
}

#[test]
fn the_methods_are_printed_whole() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open(LINK, View::default().still())?;
    page.eval("dispatchEvent(new Event('beforeprint'))")?;
    page.settle()?;
    let whole = "[...document.querySelectorAll('.methods')].every(one => one.open && one.querySelector('dl'))";
    assert!(
        holds(&page, whole)?,
        "something of the methods is not printed"
    );
    page.eval("dispatchEvent(new Event('afterprint'))")?;
    page.settle()?;
    assert!(holds(
        &page,
        "[...document.querySelectorAll('.methods')].every(one => !one.open)"
    )?);
    assert_quiet(&browser, &page)
}
