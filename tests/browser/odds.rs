//! Ranges, bands and odds: of few worlds at once, of many once the hand rests, and of few
//! where the page may have no workers.

use compute_loop_core::link;
use compute_loop_core::odds::{Answer, Asked, DRAWS, Desk, FIRST_DRAWS, SEED};
use compute_loop_core::outcome::Output;
use compute_loop_tests::harness::{Browser, Page, Trouble, View};
use serde_json::{Value, json};

use crate::support::{assert_quiet, holds, notices, text, texts};

/// The figures of the first screen that have a range.
const HEADLINE: [Output; 4] = [
    Output::AwsGrowth2026,
    Output::AnthropicShare2026,
    Output::AwsMargin2027,
    Output::TrainiumMargin,
];

/// A page where workers are refused, as in a sandbox or from a file.
const REFUSED: &str =
    "window.Worker = class { constructor() { throw new DOMException('no', 'SecurityError'); } }";

/// Waits until the ranges of the first screen stand on so many worlds.
fn wait_for(page: &Page<'_>, draws: usize) -> Result<(), Trouble> {
    page.wait_until(
        &format!(
            "[...document.querySelectorAll('.opening .spread')].length === {} &&
             [...document.querySelectorAll('.opening .spread')].every(one => one.dataset.draws === '{draws}')",
            HEADLINE.len()
        ),
        &format!("the ranges stand on {draws} worlds"),
    )
}

/// Ids and ends of all ranges of the first screen.
fn ranges(page: &Page<'_>) -> Result<Vec<String>, Trouble> {
    texts(
        page,
        "[...document.querySelectorAll('.opening .spread')]
           .map(one => [one.dataset.range, one.dataset.low, one.dataset.high].join(' '))",
    )
}

/// The same natively.
fn expected(address: &str, seed: u32, draws: usize) -> Vec<String> {
    let (scenario, _) = link::decode(address);
    let asked = HEADLINE.map(Asked::of);
    let answer: Answer = Desk::new(seed, draws).answer(&scenario, &[], &asked, None);
    answer
        .figures
        .iter()
        .map(|figure| {
            let (low, high) = figure.nine_of_ten();
            format!("{} {low} {high}", figure.asked.output.spec().id)
        })
        .collect()
}

#[test]
fn where_workers_are_refused_few_worlds_stay_and_a_notice_says_so() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.blank(View::new(1280, 800).still())?;
    page.before_loading(REFUSED)?;
    page.go("#m=1")?;
    page.wait_ready()?;
    page.wait_until(
        "document.querySelectorAll('.notices li').length > 0",
        "the notice has come",
    )?;
    wait_for(&page, FIRST_DRAWS)?;
    assert_eq!(ranges(&page)?, expected("#m=1", SEED, FIRST_DRAWS));
    let told = notices(&page)?;
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("Ranges stand on 1,024 draws"), "{told:?}");
    // It is said once, and the ranges follow the sliders.
    page.eval("computeLoop.set('arr-2026', 60)")?;
    page.settle()?;
    page.eval("new Promise(rested => setTimeout(rested, 600))")?;
    wait_for(&page, FIRST_DRAWS)?;
    assert_eq!(
        ranges(&page)?,
        expected("#m=1&arr-2026=60", SEED, FIRST_DRAWS)
    );
    assert_eq!(notices(&page)?.len(), 1);
    let line = text(
        &page,
        "document.querySelector('.opening > .worlds span:last-child').textContent",
    )?;
    assert!(line.contains("1,024 worlds"), "{line}");
    assert_quiet(&browser, &page)
}

/// Those first made, with the one that shows whether any may be, never say a word.
#[test]
fn a_worker_that_says_nothing_is_started_again() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.blank(View::new(1280, 800).still())?;
    page.before_loading(
        "Object.defineProperty(navigator, 'hardwareConcurrency', { value: 1 });
         window.made = 0;
         window.Worker = class extends Worker {
           constructor(...all) {
             super(...all);
             window.made += 1;
             if (window.made <= 2) Object.defineProperty(this, 'onmessage', { set() {} });
           }
         };",
    )?;
    page.go("#m=1")?;
    page.wait_ready()?;
    wait_for(&page, DRAWS)?;
    assert_eq!(page.eval("window.made")?, json!(3));
    assert_eq!(ranges(&page)?, expected("#m=1", SEED, DRAWS));
    assert_eq!(notices(&page)?, [""; 0]);
    assert_quiet(&browser, &page)
}

#[test]
fn any_number_of_workers_says_the_same_and_so_does_the_native_engine() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let mut seen: Vec<Vec<String>> = vec![];
    for cores in [1, 8] {
        let page = browser.blank(View::new(1280, 800).still())?;
        page.before_loading(
            &format!(
                "Object.defineProperty(navigator, 'hardwareConcurrency', {{ value: {cores} }});
                 window.made = 0;
                 window.Worker = class extends Worker {{ constructor(...all) {{ super(...all); window.made += 1; }} }};"
            ),
        )?;
        page.go("?seed=7#m=1")?;
        page.wait_ready()?;
        wait_for(&page, DRAWS)?;
        page.wait_until(
            "document.querySelector('#chart-gap .worlds').dataset.draws === '100000'",
            "the bands stand on as many",
        )?;
        // One is made to see whether any may be.
        let helpers = if cores == 1 { 1 } else { 2 };
        assert_eq!(page.eval("window.made")?, json!(1 + helpers));
        let mut values = ranges(&page)?;
        page.eval("document.querySelector('#chart-gap details').open = true")?;
        page.settle()?;
        values.extend(texts(
            &page,
            "[...document.querySelectorAll('#chart-gap details td')].map(cell => cell.textContent)",
        )?);
        seen.push(values);
        assert_quiet(&browser, &page)?;
    }
    assert!(seen[0].len() > 50, "{:?}", seen[0].len());
    assert_eq!(seen[0], seen[1]);
    assert_eq!(seen[0][..4], expected("#m=1", 7, DRAWS));
    assert!(
        seen[0]
            .iter()
            .any(|cell| cell.contains("in nine of ten worlds"))
    );
    Ok(())
}

#[test]
fn the_seed_of_the_address_chooses_the_worlds() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let mut seen = vec![];
    for query in ["", "?seed=7", "?seed=7", "?seed=nonsense"] {
        let page = browser.blank(View::new(1280, 800).still())?;
        page.before_loading(REFUSED)?;
        page.go(&format!("{query}#m=1"))?;
        page.wait_ready()?;
        wait_for(&page, FIRST_DRAWS)?;
        let read: Value = serde_json::from_str(&text(&page, "computeLoop.odds('#m=1', 64)")?)
            .map_err(|error| Trouble::new(error.to_string()))?;
        let wanted = if query == "?seed=7" { 7 } else { SEED };
        assert_eq!(read["seed"], json!(wanted));
        seen.push(ranges(&page)?);
    }
    assert_eq!(seen[1], seen[2]);
    assert_eq!(seen[0], seen[3]);
    assert_ne!(seen[0], seen[1]);
    Ok(())
}

#[test]
fn ranges_can_be_left_out_and_stay_out() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("", View::new(1280, 800).still())?;
    wait_for(&page, FIRST_DRAWS).or_else(|_| wait_for(&page, DRAWS))?;
    let shown =
        "[...document.querySelectorAll('.spread, .worlds')].some(one => one.checkVisibility())";
    assert!(holds(&page, shown)?);
    page.click("#ranges")?;
    page.settle()?;
    assert!(!holds(&page, shown)?);
    assert!(!holds(
        &page,
        "document.getElementById('chart-gap').textContent.includes('in nine of ten worlds')"
    )?);
    page.reload()?;
    page.wait_ready()?;
    page.settle()?;
    assert!(!holds(&page, shown)?);
    page.click("#ranges")?;
    page.wait_until(
        "document.querySelector('.opening .spread').dataset.low !== undefined",
        "the ranges are back",
    )?;
    assert!(holds(&page, shown)?);
    assert_quiet(&browser, &page)
}

#[test]
fn a_readers_own_claim_gets_its_odds() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.blank(View::new(1280, 800).still())?;
    page.before_loading(REFUSED)?;
    page.go("#m=1")?;
    page.wait_ready()?;
    page.eval("document.getElementById('chart-odds').scrollIntoView({ behavior: 'instant' })")?;
    let title = "document.querySelector('#chart-odds .finding').textContent";
    page.wait_until(
        &format!("{title}.includes('of 100 worlds')"),
        "the odds are told",
    )?;
    let row = "[...document.querySelectorAll('#chart-odds details tr')].at(-1).textContent";
    page.eval("document.querySelector('#chart-odds details').open = true")?;
    let set = |selector: &str, value: &str, event: &str| -> Result<(), Trouble> {
        page.eval(&format!(
            "(() => {{
               const one = document.querySelector('{selector}');
               one.value = '{value}';
               one.dispatchEvent(new Event('{event}', {{ bubbles: true }}));
             }})()"
        ))?;
        page.settle()
    };
    set("#open-claim", "3", "change")?;
    set("#open-at", "45", "input")?;
    let certain = text(&page, row)?;
    assert!(certain.contains("$45"), "{certain}");
    assert!(certain.contains("100 of 100 worlds"), "{certain}");
    set("#open-at", "150", "input")?;
    let never = text(&page, row)?;
    assert!(never.contains("$150"), "{never}");
    assert!(never.contains("0 of 100 worlds"), "{never}");
    assert_quiet(&browser, &page)
}

#[test]
fn two_scenarios_are_compared_in_odds() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("#m=1&arr-2026=60", View::new(1280, 800).still())?;
    page.eval(
        "(() => {
           const choice = document.getElementById('compare');
           choice.value = choice.options[2].value;
           choice.dispatchEvent(new Event('change', { bubbles: true }));
         })()",
    )?;
    page.wait_until(
        "document.querySelector('.comparison') !== null",
        "the comparison has come",
    )?;
    page.eval("document.querySelector('.comparison').scrollIntoView({ behavior: 'instant' })")?;
    page.wait_until(
        "[...document.querySelectorAll('.results-differ .often')]
           .filter(cell => /^(fewer|more|level|\\d)/.test(cell.textContent)).length >= 6",
        "the odds are told",
    )?;
    assert_quiet(&browser, &page)
}
