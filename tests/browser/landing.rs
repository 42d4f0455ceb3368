//! Where a reader comes to stand: links into a chapter, and jumps while the page is still
//! coming. The live chapters have not the height of the served ones; what is being read stays
//! in its place all the same.

use compute_loop_tests::harness::{Browser, Engine, Page, Site, Trouble, View, some};

use super::support::{assert_quiet, holds, in_every_engine, number};

in_every_engine!(
    a_link_into_a_chapter_lands_on_its_title,
    a_jump_lands_before_the_chapters_have_come,
);

/// Not in WebKit: where it is busy it scrolls back only once the page has changed.
mod who_reloads_reads_on {
    use compute_loop_tests::harness::{Engine, Trouble};

    #[test]
    fn chromium() -> Result<(), Trouble> {
        super::who_reloads_reads_on(Engine::Chromium)
    }

    #[test]
    fn gecko() -> Result<(), Trouble> {
        super::who_reloads_reads_on(Engine::Gecko)
    }
}

/// Telephones, tablets, desktops.
const VIEWS: [(u32, u32); 4] = [(360, 740), (768, 1024), (1280, 900), (1920, 1080)];

/// Chapters near the top, in the middle and far down; the window ends below all of them.
const CHAPTERS: [u32; 3] = [2, 4, 9];

/// How far off a place may be, in CSS pixels: WebKit scrolls by whole ones, and a place is
/// brought back once for each chapter.
const MOST: f64 = 5.0;

/// Waits until nothing of the article is left: one chapter comes after the other, for whoever
/// is among them.
fn wait_for_chapters(page: &Page<'_>) -> Result<(), Trouble> {
    page.wait_first()?;
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

/// Comes for each of these chapters in each window, and looks where it is.
fn assert_lands(
    engine: Engine,
    chapters: &[u32],
    come: impl for<'a> Fn(&'a Browser, View, u32) -> Result<Page<'a>, Trouble>,
) -> Result<(), Trouble> {
    for (width, height) in some(VIEWS, 2) {
        for &chapter in some(chapters, 2) {
            let browser = Browser::on(engine, Site::of_build("/")?);
            let page = come(&browser, View::new(width, height).still(), chapter)?;
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

/// As by a key, the bar at the side or a search: the page is not asked.
fn jump(page: &Page<'_>, chapter: u32) -> Result<(), Trouble> {
    page.eval(&format!(
        "document.getElementById('chapter-{chapter}').scrollIntoView({{ behavior: 'instant' }})"
    ))?;
    Ok(())
}

fn a_link_into_a_chapter_lands_on_its_title(engine: Engine) -> Result<(), Trouble> {
    assert_lands(engine, &CHAPTERS, |browser, view, chapter| {
        browser.visit(&format!("#chapter-{chapter}"), view)
    })
}

fn a_jump_lands_before_the_chapters_have_come(engine: Engine) -> Result<(), Trouble> {
    // The farthest: whatever comes above moves it.
    assert_lands(engine, &CHAPTERS[2..], |browser, view, chapter| {
        let page = browser.visit("", view)?;
        page.wait_first()?;
        jump(&page, chapter)?;
        Ok(page)
    })
}

fn who_reloads_reads_on(engine: Engine) -> Result<(), Trouble> {
    for (width, height) in some(VIEWS, 2) {
        let browser = Browser::on(engine, Site::of_build("/")?);
        let page = browser.visit("", View::new(width, height).still())?;
        page.wait_first()?;
        jump(&page, 7)?;
        wait_for_chapters(&page)?;
        page.eval("scrollBy({ top: 900, behavior: 'instant' })")?;
        page.settle()?;
        let top = "document.getElementById('chart-sway').getBoundingClientRect().top";
        let before = number(&page, top)?;
        page.reload()?;
        wait_for_chapters(&page)?;
        let moved = number(&page, top)? - before;
        // What a worker answers above comes later, and then what is in sight is held: what
        // was in the middle of the window is in sight.
        let most = f64::from(height) / 2.0;
        assert!(moved.abs() <= most, "{width}: it moved by {moved}");
        assert!(
            holds(
                &page,
                "document.body.style.minHeight === '' && !('back' in document.documentElement.dataset)"
            )?,
            "{width}: it is still coming back"
        );
        // Nobody is held back who goes on.
        page.reload()?;
        page.wait_first()?;
        page.eval("scrollTo({ top: 0, behavior: 'instant' })")?;
        wait_for_chapters(&page)?;
        let at = number(&page, "scrollY")?;
        assert!(at < 1.0, "{width}: at {at}");
        assert_quiet(&browser, &page)?;
    }
    Ok(())
}
