//! Two scenarios laid over each other.

use compute_loop_core::format;
use compute_loop_core::levers::Lever;
use compute_loop_core::link;
use compute_loop_core::outcome::Output;
use compute_loop_core::preset::PRESETS;
use compute_loop_core::scenario::Scenario;
use compute_loop_tests::harness::{Browser, Page, Trouble, View};

use crate::support::{assert_quiet, choose, holds, link_of, run, text, texts, without_ranges};

/// The rows of one half of the list, cells joined.
fn rows(page: &Page<'_>, half: &str) -> Result<Vec<String>, Trouble> {
    texts(
        page,
        &format!(
            "[...document.querySelectorAll('.comparison .{half} tr')]\
             .map(row => [...row.cells].map(cell => cell.textContent).slice(0, 3).join(' | '))"
        ),
    )
}

/// What ought to differ between two scenarios.
fn differing(now: &Scenario, other: &Scenario) -> Vec<String> {
    Lever::ALL
        .into_iter()
        .filter(|&lever| now.get(lever).to_bits() != other.get(lever).to_bits())
        .map(|lever| {
            format!(
                "{} | {} | {}",
                lever.spec().label,
                format::lever(lever, now.get(lever)),
                format::lever(lever, other.get(lever))
            )
        })
        .collect()
}

#[test]
fn every_named_scenario_lists_what_differs_from_the_published_one() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("", View::default().still())?;
    assert!(holds(
        &page,
        "document.querySelector('.comparison') === null"
    )?);
    for preset in PRESETS {
        choose(&page, "#compare", preset.id)?;
        let (now, outcome) = run("#m=1");
        let expected = differing(&now, &preset.scenario());
        let shown = rows(&page, "beliefs-differ")?;
        if expected.is_empty() {
            assert_eq!(shown.len(), 1, "{shown:?}");
        } else {
            assert_eq!(shown, expected, "{}", preset.name);
        }
        let need = Output::GwNeeded202612;
        let (_, other) = run(&link::encode(&preset.scenario()));
        let row = format!(
            "{} | {} | {}",
            need.spec().label,
            format::output(&outcome, need),
            format::output(&other, need)
        );
        assert_eq!(rows(&page, "results-differ")?[0], row);
        let subtitle = text(
            &page,
            "document.querySelector('#chart-gap .subtitle').textContent",
        )?;
        assert!(subtitle.contains(preset.name), "{subtitle}");
    }
    assert_quiet(&browser, &page)
}

#[test]
fn beliefs_are_kept_moved_swapped_and_put_away() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("#m=1&arr-2026=60", View::default().still())?;
    let pixels = "(() => { const canvas = document.querySelector('#chart-gap canvas'); \
                  return canvas.toDataURL(); })()";
    // More worlds come in between, and move their bands.
    without_ranges(&page)?;
    let alone = text(&page, pixels)?;
    choose(&page, "#compare", "kept")?;
    page.eval("computeLoop.set('gw-committed', 12)")?;
    page.settle()?;
    let (now, _) = run("#m=1&arr-2026=60&gw-committed=12");
    let (kept, _) = run("#m=1&arr-2026=60");
    assert_eq!(rows(&page, "beliefs-differ")?, differing(&now, &kept));
    assert_ne!(text(&page, pixels)?, alone);

    page.click("#swap")?;
    page.settle()?;
    assert_eq!(link_of(&page)?, "#m=1&arr-2026=60");
    assert_eq!(rows(&page, "beliefs-differ")?, differing(&kept, &now));
    // A swap is a step like any other.
    page.click("#undo")?;
    page.settle()?;
    assert_eq!(link_of(&page)?, "#m=1&arr-2026=60&gw-committed=12");
    page.click("#redo")?;

    page.click("#stop-comparing")?;
    page.settle()?;
    assert!(holds(
        &page,
        "document.querySelector('.comparison') === null"
    )?);
    assert_eq!(
        text(&page, pixels)?,
        alone,
        "nothing of it is left in the chart"
    );
    assert_quiet(&browser, &page)
}
