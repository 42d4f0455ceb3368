//! What the page says to those who hear it: sentences while values move, and series as sound.

use compute_loop_core::levers::Lever;
use compute_loop_tests::harness::{Browser, Trouble, View};

use crate::support::{assert_quiet, holds, list, number, slider, text};

#[test]
fn a_chart_says_what_it_comes_to_show_once_a_second_at_most() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("#m=1", View::default().still())?;
    assert_eq!(
        text(&page, "document.querySelector('#announced').textContent")?,
        "",
        "nothing is said of what was there from the first"
    );
    // Twenty movements a second for three and a half seconds.
    let said = list(
        &page,
        &format!(
            "(async () => {{
               const field = document.querySelector('{}');
               const place = document.querySelector('#announced');
               const said = [];
               new MutationObserver(() => said.push([performance.now(), place.textContent]))
                 .observe(place, {{ childList: true, characterData: true, subtree: true }});
               for (let i = 0; i < 70; i++) {{
                 field.value = 60 + i;
                 field.dispatchEvent(new Event('input', {{ bubbles: true }}));
                 await new Promise(done => setTimeout(done, 50));
               }}
               await new Promise(done => setTimeout(done, 1500));
               return said;
             }})()",
            slider(Lever::Arr2026)
        ),
    )?;
    assert!((2..=6).contains(&said.len()), "{said:?}");
    let times: Vec<f64> = said.iter().filter_map(|one| one[0].as_f64()).collect();
    assert!(
        times.windows(2).all(|pair| pair[1] - pair[0] > 950.0),
        "{times:?}"
    );
    let last = said.last().map(|one| one[1].clone()).unwrap_or_default();
    assert_eq!(
        last,
        text(
            &page,
            "document.querySelector('#chart-gap figcaption').textContent"
        )?,
        "the last word is what the chart shows"
    );
    assert_quiet(&browser, &page)
}

#[test]
fn a_series_can_be_heard_and_stopped() -> Result<(), Trouble> {
    const HEAR: &str = "#chart-gap [data-hear=\"0\"]";
    let browser = Browser::start()?;
    let page = browser.open("#m=1", View::default().still())?;
    page.click("#chart-gap details.data > summary")?;
    page.wait_until(
        &format!("document.querySelector('{HEAR}') !== null"),
        "its series can be chosen",
    )?;
    let pressed = format!("document.querySelector('{HEAR}').ariaPressed");
    let place = "+document.querySelector('#chart-gap .canvas').ariaValueNow";
    assert_eq!(text(&page, &pressed)?, "false");

    page.click(HEAR)?;
    assert_eq!(text(&page, &pressed)?, "true");
    page.wait_until(&format!("{place} > 5"), "the chart goes along")?;
    page.click(HEAR)?;
    assert_eq!(text(&page, &pressed)?, "false", "pressed again, it stops");
    page.wait_until(
        "document.querySelector('#chart-gap .readout') === null",
        "nothing is read any more",
    )?;

    page.click(HEAR)?;
    page.wait_until(&format!("{place} >= 40"), "it plays on")?;
    page.wait_until(&format!("{pressed} === 'false'"), "and ends by itself")?;
    assert!(holds(&page, &format!("{place} === 0"))?);
    assert!(
        number(
            &page,
            "document.querySelectorAll('#chart-gap [data-hear]').length"
        )? >= 2.0
    );
    assert_quiet(&browser, &page)
}
