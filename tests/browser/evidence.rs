//! Facts, disagreements and the replication table: there when asked for, not before.

use std::path::{Path, PathBuf};
use std::{env, fs, io, process};

use compute_loop_core::evidence::{self, Row};
use compute_loop_core::levers::Lever;
use compute_loop_core::replication::{self, Verdict};
use compute_loop_tests::harness::{Browser, Key, Page, Trouble, View, root};

use crate::support::{assert_quiet, focus, holds, link_of, list, quoted, run, slider, text, texts};

/// The buttons of facts that a reader sees.
const SEEN: &str =
    "[...document.querySelectorAll('[data-fact]')].filter(one => one.checkVisibility())";

/// The fact with an id.
fn fact(id: &str) -> &'static Row {
    let fact = evidence::facts().iter().find(|row| row.id == id);
    fact.unwrap_or_else(|| panic!("no fact is called {id}"))
}

/// Opens the card of the first visible button of a fact, by pointer.
fn open_card(page: &Page<'_>, id: &str) -> Result<(), Trouble> {
    page.eval(&format!(
        "(() => {{
           document.querySelector('[data-tried]')?.removeAttribute('data-tried');
           {SEEN}.find(one => one.dataset.fact === {}).setAttribute('data-tried', '');
         }})()",
        quoted(id)
    ))?;
    page.click("[data-tried]")?;
    page.wait_until(
        "!document.querySelector('dialog[open]').textContent.includes('Loading')",
        "the evidence is there or not",
    )
}

/// Closes it by key; the focus goes back to where it came from.
fn close_card(page: &Page<'_>) -> Result<(), Trouble> {
    page.press(Key::Escape)?;
    page.wait_until("!document.querySelector('dialog[open]')", "the card closes")?;
    assert!(
        holds(page, "document.activeElement.matches('[data-tried]')")?,
        "the focus is on {}",
        page.eval("document.activeElement.outerHTML")?
    );
    Ok(())
}

fn card(page: &Page<'_>) -> Result<String, Trouble> {
    text(page, "document.querySelector('dialog[open]').textContent")
}

/// The requests for evidence so far.
fn asked(page: &Page<'_>) -> Result<usize, Trouble> {
    let requests = page.requests()?;
    Ok(requests
        .iter()
        .filter(|one| one.contains("/evidence/"))
        .count())
}

#[test]
fn a_fact_opens_its_source_and_loads_the_evidence_only_then() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("", View::default().still())?;
    let on_page = texts(
        &page,
        "[...document.querySelectorAll('[data-fact]')].map(one => one.dataset.fact)",
    )?;
    assert!(!on_page.is_empty());
    for id in &on_page {
        fact(id);
    }

    let mut seen = texts(&page, &format!("{SEEN}.map(one => one.dataset.fact)"))?;
    seen.sort();
    seen.dedup();
    assert!(seen.len() >= 5, "a reader sees {} facts", seen.len());
    page.settle()?;
    assert_eq!(asked(&page)?, 0, "the evidence comes before it is wanted");
    // Five from all over the list.
    let five = (0..5).map(|i| &seen[i * (seen.len() - 1) / 4]);
    for id in five {
        open_card(&page, id)?;
        let row = fact(id);
        let source = evidence::sources().iter().find(|one| one.id == row.source);
        let source = source.expect("every fact has a source");
        let shown = card(&page)?;
        for part in [
            row.statement.as_str(),
            row.kind.name(),
            row.kind.meaning(),
            &row.date(source),
            &source.title,
            id,
        ] {
            assert!(shown.contains(part), "{id}: “{part}” is not in “{shown}”");
        }
        close_card(&page)?;
        assert_eq!(asked(&page)?, 3, "three files, once");
    }
    assert_eq!(link_of(&page)?, "#m=1", "reading changes nothing");
    assert_quiet(&browser, &page)?;
    println!(
        "{} buttons of facts, {} of them in sight, 5 cards",
        on_page.len(),
        seen.len()
    );
    Ok(())
}

/// A copy of the built page without its evidence, which ends with the value.
struct Copy(PathBuf);

impl Copy {
    fn without_evidence() -> io::Result<Self> {
        let folder = env::temp_dir().join(format!("compute-loop-bare-{}", process::id()));
        fs::create_dir(&folder)?;
        let copy = Self(folder);
        copy_files(&root().join("dist"), &copy.0)?;
        // What the article shows until a chapter is there.
        let charts = copy.0.join("charts");
        fs::create_dir(&charts)?;
        copy_files(&root().join("dist/charts"), &charts)?;
        Ok(copy)
    }

    fn add_evidence(&self) -> io::Result<()> {
        let folder = self.0.join("evidence");
        fs::create_dir(&folder)?;
        copy_files(&root().join("dist/evidence"), &folder)
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        // If it is gone already, so be it.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Copies the files of a folder, not its folders.
fn copy_files(from: &Path, to: &Path) -> io::Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            fs::copy(entry.path(), to.join(entry.file_name()))?;
        }
    }
    Ok(())
}

#[test]
fn without_the_evidence_the_card_says_so_and_the_page_goes_on() -> Result<(), Trouble> {
    let trouble = |error: io::Error| Trouble::new(format!("Cannot copy the page: {error}"));
    let copy = Copy::without_evidence().map_err(trouble)?;
    let browser = Browser::serving(&copy.0)?;
    let page = browser.open("", View::default().still())?;
    let id = text(&page, &format!("{SEEN}[0].dataset.fact"))?;
    open_card(&page, &id)?;
    let shown = card(&page)?;
    assert!(shown.contains("could not be loaded"), "{shown}");
    close_card(&page)?;
    page.click("#chapter-8 .more:not([aria-haspopup])")?;
    page.wait_until(
        "document.querySelector('#chapter-8').textContent.includes('could not be loaded')",
        "the table says so as well",
    )?;

    focus(&page, &slider(Lever::Arr2026))?;
    page.press(Key::Right)?;
    assert_eq!(link_of(&page)?, "#m=1&arr-2026=71");
    // The browser itself says that a file is missing; the page adds nothing to it.
    for complaint in page.complaints()? {
        assert!(complaint.text.contains("/evidence/"), "{complaint}");
        assert!(complaint.text.contains("404"), "{complaint}");
    }
    assert_eq!(page.outside()?, [""; 0]);

    // It is tried again when it is asked for again.
    copy.add_evidence().map_err(trouble)?;
    open_card(&page, &id)?;
    let shown = card(&page)?;
    assert!(shown.contains(&fact(&id).statement), "{shown}");
    close_card(&page)
}

#[test]
fn the_disagreements_are_all_listed() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("", View::default().still())?;
    let conflicts = evidence::conflicts();
    assert_eq!(conflicts.len(), 52);
    // The button names the number: a reader knows what is coming.
    page.eval(
        "[...document.querySelectorAll('button')].find(one => one.textContent.includes('52 disagreements')).id = 'tried'",
    )?;
    page.click("#tried")?;
    page.wait_until(
        "document.querySelectorAll('[data-conflict]').length === 52",
        "they are listed",
    )?;
    let ids = texts(
        &page,
        "[...document.querySelectorAll('[data-conflict]')].map(one => one.dataset.conflict)",
    )?;
    assert!(ids.iter().eq(conflicts.iter().map(|conflict| &conflict.id)));
    for id in texts(
        &page,
        "[...document.querySelectorAll('[data-fact]')].map(one => one.dataset.fact)",
    )? {
        fact(&id);
    }
    assert_quiet(&browser, &page)
}

#[test]
fn the_replication_table_says_what_the_models_say() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("", View::default().still())?;
    page.click("#replication > summary")?;
    let mut count = 0;
    for link in ["#m=1", "#m=1&arr-2026=50&training-saving=40"] {
        page.go(link)?;
        page.wait_until(&format!("computeLoop.link() === '{link}'"), "it is applied")?;
        page.settle()?;
        let (_, outcome) = run(link);
        let rows = replication::in_order(replication::replicate(&outcome));
        let shown = list(
            &page,
            "[...document.querySelectorAll('tr[data-row]')].map(row =>
               [row.dataset.row, row.dataset.verdict, row.textContent])",
        )?;
        assert_eq!(shown.len(), rows.len());
        for (shown, row) in shown.iter().zip(&rows) {
            assert_eq!(shown[0], row.id);
            assert_eq!(shown[1], row.verdict.name(), "{} at {link}", row.id);
            let words = shown[2].as_str().unwrap_or_default();
            for part in [&*row.computed, row.verdict.name()] {
                assert!(words.contains(part), "{}: {part} is not in {words}", row.id);
            }
        }
        let published = shown.iter().filter_map(|row| row[0].as_str());
        assert_eq!(published.filter(|id| id.starts_with('R')).count(), 43);
        for id in ["R08", "X14", "X16"] {
            let row = shown.iter().find(|row| row[0] == id).expect("a row");
            assert_eq!(row[1], Verdict::Fails.name(), "{id} at {link}");
            assert_eq!(row[1], "fails");
        }
        count += shown.len();
    }
    assert_quiet(&browser, &page)?;
    println!("{count} rows");
    Ok(())
}
