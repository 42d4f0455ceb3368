//! Where a reader comes to stand: links into a chapter, and jumps while the page is still
//! coming. The live chapters have not the height of the served ones; what is being read stays
//! in its place all the same.

use compute_loop_tests::harness::{Browser, Engine, Page, Site, Trouble, View};

use super::support::{assert_quiet, in_every_engine, number};

in_every_engine!(
    a_link_into_a_chapter_lands_on_its_title,
    a_jump_lands_before_the_chapters_have_come,
);

/// Telephones, tablets, desktops.
const VIEWS: [(u32, u32); 4] = [(360, 740), (768, 1024), (1280, 900), (1920, 1080)];

/// Chapters near the top, in the middle and far down; the window ends below all of them.
const CHAPTERS: [u32; 3] = [2, 4, 9];

/// How far off a place may be, in CSS pixels: WebKit scrolls by whole ones, and a place is
/// brought back once for each chapter.
const MOST: f64 = 5.0;

/// Waits until nothing of the article is left.
fn wait_for_chapters(page: &Page<'_>) -> Result<(), Trouble> {
    page.wait_ready()?;
    page.wait_until(
        "document.querySelector('.chapter.missing, .served') === null",
        "the chapters have come",
    )?;
    page.settle()
}

/// How far the beginning of a chapter is from where the style sheet has it land.
fn off(page: &Page<'_>, chapter: u32) -> Result<f64, Trouble> {
    number(
        page,
        &format!(
            "document.getElementById('chapter-{chapter}').getBoundingClientRect().top
               - parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop)"
        ),
    )
}

fn a_link_into_a_chapter_lands_on_its_title(engine: Engine) -> Result<(), Trouble> {
    for (width, height) in VIEWS {
        for chapter in CHAPTERS {
            let browser = Browser::on(engine, Site::of_build("/")?);
            let page = browser.visit(
                &format!("#chapter-{chapter}"),
                View::new(width, height).still(),
            )?;
            wait_for_chapters(&page)?;
            let off = off(&page, chapter)?;
            assert!(
                off.abs() <= MOST,
                "{width}: chapter {chapter} is off by {off}"
            );
            assert_quiet(&browser, &page)?;
        }
    }
    Ok(())
}

fn a_jump_lands_before_the_chapters_have_come(engine: Engine) -> Result<(), Trouble> {
    for (width, height) in VIEWS {
        for chapter in CHAPTERS {
            let browser = Browser::on(engine, Site::of_build("/")?);
            let page = browser.visit("", View::new(width, height).still())?;
            page.wait_first()?;
            // As by a key, the bar at the side or a search: the page is not asked.
            page.eval(&format!(
                "document.getElementById('chapter-{chapter}').scrollIntoView({{ behavior: 'instant' }})"
            ))?;
            wait_for_chapters(&page)?;
            let off = off(&page, chapter)?;
            assert!(
                off.abs() <= MOST,
                "{width}: chapter {chapter} is off by {off}"
            );
            assert_quiet(&browser, &page)?;
        }
    }
    Ok(())
}
