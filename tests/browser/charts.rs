//! The charts: there, sharp, in place, and with the finding as their title.

use compute_loop::charts::{Case, Chart};
use compute_loop_core::levers::Lever;
use compute_loop_tests::harness::{Browser, Page, Trouble, View};
use serde_json::Value;

use crate::support::{
    THREE, assert_quiet, holds, list, number, quoted, run, slider, text, without_ranges,
};

/// How many frames a chart has to be drawn after it has come into sight: far more than
/// it needs, fewer than a reader waits for.
const FRAMES: u32 = 60;

/// A function that brings a chart into sight and waits for so many frames at most
/// until it is as wanted.
fn show(wanted: &str) -> String {
    format!(
        "const show = async id => {{
           const chart = document.getElementById('chart-' + id);
           const canvas = chart.querySelector('canvas');
           chart.querySelector('.canvas').scrollIntoView({{ block: 'center', behavior: 'instant' }});
           const wanted = {wanted};
           for (let frame = 0; frame < {FRAMES} && !wanted(chart, canvas, id); frame += 1)
             await new Promise(requestAnimationFrame);
           return [chart, canvas];
         }};"
    )
}

fn ids() -> Value {
    Chart::ALL.iter().map(|chart| chart.id()).collect()
}

/// Every chart has as many pixels as the screen has under it, and something on them.
/// Hands back how many charts were looked at.
fn assert_sharp(page: &Page<'_>, view: View) -> Result<usize, Trouble> {
    let charts = list(
        page,
        &format!(
            "(async () => {{
               const fits = (size, css) => Math.abs(size - css * devicePixelRatio) < 0.6;
               {}
               const seen = [];
               for (const id of {}) {{
                 const [chart, canvas] = await show(id);
                 const box = canvas.getBoundingClientRect();
                 // Read from a copy: reading a canvas itself often makes the browser complain.
                   const copy = new OffscreenCanvas(canvas.width, canvas.height);
                   const context = copy.getContext('2d', {{ willReadFrequently: true }});
                   context.drawImage(canvas, 0, 0);
                   const drawn = context.getImageData(0, 0, copy.width, copy.height).data;
                   let ink = 0;
                 for (let i = 3; i < drawn.length; i += 4) ink += drawn[i] > 0;
                 seen.push({{
                   id, ink,
                   size: [canvas.width, canvas.height],
                   fitting: [box.width * devicePixelRatio, box.height * devicePixelRatio],
                   inside: box.left >= 0 && box.right <= document.documentElement.clientWidth,
                   summary: chart.querySelector('figcaption').textContent,
                 }});
               }}
               return seen;
             }})()",
            show(
                "(chart, canvas) => {
                   const box = canvas.getBoundingClientRect();
                   return fits(canvas.width, box.width) && fits(canvas.height, box.height);
                 }"
            ),
            ids()
        ),
    )?;
    assert!((number(page, "devicePixelRatio")? - view.scale).abs() < 1e-9);
    for chart in &charts {
        for side in 0..2 {
            let size = chart["size"][side].as_f64().unwrap_or_default();
            let fitting = chart["fitting"][side].as_f64().unwrap_or_default();
            // The page's heights are whole 64ths of a pixel, which shifts the rounding.
            assert!(
                (size - fitting).abs() < 0.6,
                "{} x {} at {}: {chart}",
                view.width,
                view.height,
                view.scale
            );
        }
        assert!(chart["ink"].as_u64() > Some(200), "a blank chart: {chart}");
        assert_eq!(
            chart["inside"], true,
            "at a width of {}: {chart}",
            view.width
        );
        assert!(
            chart["summary"]
                .as_str()
                .is_some_and(|text| !text.is_empty()),
            "{chart}"
        );
    }
    Ok(charts.len())
}

#[test]
fn every_chart_is_drawn_sharp_and_fits() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let desktop = View::new(1280, 800).still();
    let page = browser.open("", desktop)?;
    let on_page = list(
        &page,
        "[...document.querySelectorAll('.chart')].map(chart => chart.id.replace('chart-', ''))",
    )?;
    for id in ids().as_array().into_iter().flatten() {
        let times = on_page.iter().filter(|one| *one == id).count();
        assert_eq!(times, 1, "the chart {id} stands {times} times on the page");
    }
    assert_eq!(on_page.len(), Chart::ALL.len());

    let mut count = assert_sharp(&page, desktop)?;
    for scale in [2.0, 3.0] {
        let view = desktop.scale(scale);
        page.resize(view)?;
        page.reload()?;
        page.wait_ready()?;
        count += assert_sharp(&page, view)?;
    }
    // Another window on the same screen, without a reload.
    for (width, height) in [(768, 1024), (360, 740), (1920, 1080)] {
        let view = View::new(width, height).still().scale(3.0);
        page.resize(view)?;
        page.settle()?;
        count += assert_sharp(&page, view)?;
    }
    assert_quiet(&browser, &page)?;
    println!("{count} charts");
    Ok(())
}

/// A window moved to another screen has other pixels under the same width.
#[test]
fn a_chart_follows_the_window_to_another_screen() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let view = View::new(1280, 800).still();
    let page = browser.open("", view)?;
    for scale in [1.0, 2.0, 3.0, 1.5] {
        page.resize(view.scale(scale))?;
        // Nothing scrolls: a chart that comes into sight is drawn anyway.
        page.wait_until(
            "(() => {
               const canvas = document.querySelector('#chart-gap canvas');
               const box = canvas.getBoundingClientRect();
               return Math.abs(canvas.width - box.width * devicePixelRatio) < 0.6;
             })()",
            &format!("the chart has the pixels of a screen of {scale}"),
        )?;
    }
    assert_quiet(&browser, &page)
}

#[test]
fn nothing_makes_the_page_wider_than_the_window() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("", View::new(1280, 800).still())?;
    let wide = |width: u32, how: &str| -> Result<(), Trouble> {
        page.resize(View::new(width, 800).still())?;
        page.settle()?;
        let over = list(
            &page,
            "document.documentElement.scrollWidth <= innerWidth ? []
               : [...document.body.querySelectorAll('*')].filter(one =>
                   one.getBoundingClientRect().right > innerWidth && one.checkVisibility())
                 .slice(0, 5).map(one => one.outerHTML.slice(0, 200))",
        )?;
        let width_now = number(&page, "document.documentElement.scrollWidth")?;
        assert!(
            width_now <= f64::from(width),
            "{width_now} px in a window of {width}, {how}: {over:#?}"
        );
        Ok(())
    };
    let widths = [1920, 1280, 768, 360, 320];
    for width in widths {
        wide(width, "as it opens")?;
    }
    // With everything open that can be opened, evidence and beliefs included.
    page.eval(
        "(() => {
           for (const more of document.querySelectorAll('button.more'))
             if (more.textContent.startsWith('Show')) more.click();
           document.getElementById('all-beliefs').click();
         })()",
    )?;
    page.wait_until(
        "document.querySelectorAll('[data-conflict]').length > 0
           && document.querySelectorAll('.facts li').length > 0",
        "the evidence is there",
    )?;
    page.eval("document.querySelectorAll('details').forEach(one => { one.open = true; })")?;
    for width in widths {
        wide(width, "with everything open")?;
    }
    assert_quiet(&browser, &page)?;
    println!("{} widths, twice", widths.len());
    Ok(())
}

#[test]
fn the_first_screen_holds_what_the_page_is_about() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let whole = |page: &Page<'_>, selector: &str| -> Result<(), Trouble> {
        let inside = format!(
            "(() => {{
               const box = document.querySelector({}).getBoundingClientRect();
               return box.width > 0 && box.height > 0 && box.top >= 0 && box.left >= 0
                 && box.right <= innerWidth && box.bottom <= innerHeight;
             }})()",
            quoted(selector)
        );
        assert!(
            holds(page, &inside)?,
            "{selector} is at {} of {}",
            page.eval(&format!(
                "JSON.stringify(document.querySelector({}).getBoundingClientRect())",
                quoted(selector)
            ))?,
            page.eval("[innerWidth, innerHeight]")?
        );
        Ok(())
    };
    let page = browser.open("", View::new(1280, 800).still())?;
    page.settle()?;
    whole(&page, "h1")?;
    whole(&page, "#chart-gap canvas")?;
    for lever in Lever::PRIMARY {
        whole(&page, &slider(lever))?;
    }
    page.resize(View::new(360, 740).still().touch())?;
    page.settle()?;
    whole(&page, "h1")?;
    whole(&page, "#chart-gap canvas")?;
    assert_quiet(&browser, &page)
}

#[test]
fn every_title_states_what_the_models_find() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("", View::default().still())?;
    // What worlds say is compared with them elsewhere.
    let charts: Vec<Chart> = Chart::ALL
        .iter()
        .copied()
        .filter(|&chart| chart != Chart::Odds)
        .collect();
    let ids: Value = charts.iter().map(|chart| chart.id()).collect();
    let mut different = 0;
    let mut before: Vec<String> = vec![];
    for link in THREE {
        page.go(link)?;
        page.wait_until(&format!("computeLoop.link() === '{link}'"), "it is applied")?;
        let (scenario, outcome) = run(link);
        let case = Case {
            scenario: &scenario,
            outcome: &outcome,
            odds: None,
            view: compute_loop::charts::View::default(),
            matters: None,
        };
        let pictures: Vec<_> = charts.iter().map(|chart| chart.picture(case)).collect();
        let titles: Vec<String> = pictures.iter().map(|one| one.title.clone()).collect();
        let wanted: Value = charts
            .iter()
            .zip(&pictures)
            .map(|(chart, one)| {
                let words = [&*one.title, &*one.summary];
                (chart.id().to_owned(), Value::from(words.as_slice()))
            })
            .collect();
        let shown = list(
            &page,
            &format!(
                "(async () => {{
                   const said = {wanted};
                   const words = (chart, part) => chart.querySelector(part).textContent;
                   {}
                   const shown = [];
                   for (const id of {}) {{
                     const [chart] = await show(id);
                     shown.push([words(chart, '.finding'), words(chart, 'figcaption')]);
                   }}
                   return shown;
                 }})()",
                // The title alone would not do: two scenarios may share it.
                show(
                    "(chart, canvas, id) => words(chart, '.finding') === said[id][0]
                       && words(chart, 'figcaption') === said[id][1]"
                ),
                ids
            ),
        )?;
        for ((chart, picture), shown) in charts.iter().zip(&pictures).zip(&shown) {
            assert_eq!(shown[0], picture.title, "{} at {link}", chart.id());
            assert_eq!(shown[1], picture.summary, "{} at {link}", chart.id());
        }
        different += titles.iter().zip(&before).filter(|(a, b)| a != b).count();
        before = titles;
    }
    // A page that never moved would agree with models that never did.
    assert!(
        different >= 10,
        "{different} titles differ between scenarios"
    );
    assert_quiet(&browser, &page)?;
    println!(
        "{} titles in {} scenarios, {different} of them new",
        charts.len(),
        THREE.len()
    );
    Ok(())
}

/// A canvas keeps its styles from one picture to the next: what an earlier picture set
/// must not show in a later one.
#[test]
fn a_chart_drawn_again_is_as_it_was_drawn_at_first() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("#m=1", View::default().still())?;
    // More worlds come in between, and move their bands.
    without_ranges(&page)?;
    // Circles and arrows, rings and dashes, rows, rims of texts.
    for chart in ["gap", "loop", "stake", "flip", "deals"] {
        page.eval(&format!(
            "document.querySelector('#chart-{chart} .canvas')
               .scrollIntoView({{ block: 'center', behavior: 'instant' }})"
        ))?;
        let drawn = || {
            // Some charts answer once the hand rests.
            page.eval("new Promise(rested => setTimeout(rested, 300))")?;
            page.settle()?;
            text(
                &page,
                &format!("document.querySelector('#chart-{chart} canvas').toDataURL()"),
            )
        };
        let first = drawn()?;
        page.eval("computeLoop.set('arr-2026', 120)")?;
        let moved = drawn()?;
        page.eval("computeLoop.set('arr-2026', 70.5)")?;
        // What is pointed at is marked over the picture, and goes with the next one.
        page.hover(&format!("#chart-{chart} .canvas"))?;
        let marked = drawn()?;
        page.hover("h1")?;
        page.eval(&format!(
            "document.querySelector('#chart-{chart} .canvas')
               .scrollIntoView({{ block: 'center', behavior: 'instant' }})"
        ))?;
        let again = drawn()?;
        assert!(first == again, "{chart}: the same picture differs");
        assert!(marked != again, "{chart}: nothing is marked");
        if chart != "deals" {
            assert!(first != moved, "{chart}: nothing moved");
        }
    }
    assert_quiet(&browser, &page)
}
