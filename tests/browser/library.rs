//! The library: every fact by search, by chapter and by source, and the kinds of numbers.

use std::collections::{BTreeMap, BTreeSet};

use compute_loop::content::CHAPTERS;
use compute_loop_core::evidence::{self, Row, Source, chapter};
use compute_loop_core::kind::{Kind, Mark};
use compute_loop_core::levers::{Basis, Lever};
use compute_loop_core::replication::{self, Verdict};
use compute_loop_tests::harness::{Browser, Key, Page, Trouble, View};

use crate::support::{
    assert_quiet, choose, focus, holds, link_of, list, number, quoted, run, slider, text, texts,
};

fn source_of(row: &Row) -> &'static Source {
    let source = evidence::sources().iter().find(|one| one.id == row.source);
    source.unwrap_or_else(|| panic!("{} has no source", row.id))
}

/// The ids of facts listed under an element.
fn listed(page: &Page<'_>, under: &str) -> Result<Vec<String>, Trouble> {
    texts(
        page,
        &format!(
            "[...document.querySelectorAll({})].map(one => one.dataset.listed)",
            quoted(&format!("{under} [data-listed]"))
        ),
    )
}

fn open_library(page: &Page<'_>) -> Result<(), Trouble> {
    page.eval(
        "[...document.querySelectorAll('button')].find(one => one.textContent.includes('all 410 facts')).id = 'tried'",
    )?;
    page.click("#tried")?;
    page.wait_until(
        "!!document.querySelector('#library li')",
        "the facts are listed",
    )
}

fn ids<'a>(rows: impl IntoIterator<Item = &'a Row>) -> Vec<String> {
    rows.into_iter().map(|row| row.id.clone()).collect()
}

#[test]
fn every_fact_is_found_by_search_and_by_filter() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("", View::default().still())?;
    let facts = evidence::facts();
    assert_eq!(facts.len(), 410);
    open_library(&page)?;
    // No more than a reader can take in at once, then the rest.
    let first = listed(&page, "#library")?;
    assert!(first.len() < 100, "{}", first.len());
    page.click("#library .more")?;
    page.wait_until(
        "document.querySelectorAll('#library li').length === 410",
        "all of them are listed",
    )?;
    assert_eq!(listed(&page, "#library")?, ids(facts));

    // Each says its value, its statement, its kind, date and source.
    let shown = texts(
        &page,
        "[...document.querySelectorAll('#library li')].map(one => one.textContent)",
    )?;
    let named = texts(
        &page,
        "[...document.querySelectorAll('#library li .fact')].map(one => one.getAttribute('aria-label'))",
    )?;
    for ((shown, named), row) in shown.iter().zip(&named).zip(facts) {
        let origin = row.origin(source_of(row));
        assert!(shown.contains(&row.statement), "{}: {shown}", row.id);
        assert!(shown.ends_with(&origin), "{}: {shown}", row.id);
        assert!(named.ends_with(&origin), "{}: {named}", row.id);
    }

    // Every one is found by its id, and it comes among the first.
    let found = texts(
        &page,
        &format!(
            "(async () => {{
               const field = document.querySelector('#library input');
               const found = [];
               for (const id of {}) {{
                 field.value = id;
                 field.dispatchEvent(new Event('input', {{ bubbles: true }}));
                 await 0; await new Promise(done => setTimeout(done));
                 found.push([...document.querySelectorAll('#library li')].some(one => one.dataset.listed === id) ? id : '');
               }}
               return found;
             }})()",
            serde_json::to_string(&ids(facts)).unwrap_or_default()
        ),
    )?;
    assert_eq!(found, ids(facts));

    let search = |words: &str| -> Result<(), Trouble> {
        page.click("#library input")?;
        page.eval("document.activeElement.select()")?;
        page.press(Key::Backspace)?;
        page.press(words)?;
        page.settle()
    };
    let said = || {
        text(
            &page,
            "document.querySelector('#library [aria-live]').textContent",
        )
    };
    search("rainier 2025")?;
    let wanted = ids(facts.iter().filter(|row| {
        let all = format!(
            "{} {} {} {} {} {} {}",
            row.statement,
            row.subject,
            row.metric,
            row.id,
            row.topic,
            row.date(source_of(row)),
            source_of(row).title
        );
        ["rainier", "2025"]
            .iter()
            .all(|word| all.to_lowercase().contains(word))
    }));
    assert!(wanted.len() > 1 && wanted.len() < 40, "{}", wanted.len());
    assert_eq!(listed(&page, "#library")?, wanted);
    assert!(said()?.contains(&format!("{} of 410", wanted.len())));
    search("no such words")?;
    assert!(said()?.starts_with("0 of 410"), "{}", said()?);
    search(" ")?;

    // The filters narrow each other.
    let filter =
        |name: &str, value: &str| choose(&page, &format!("#library [data-filter={name}]"), value);
    filter("Kind", "estimate")?;
    let wanted = ids(facts.iter().filter(|row| row.kind == Kind::Estimate));
    assert!(said()?.starts_with(&format!("{} of 410", wanted.len())));
    filter("Source", "ainews")?;
    filter("Chapter", "5")?;
    let wanted = ids(facts
        .iter()
        .filter(|row| row.kind == Kind::Estimate && row.source == "ainews" && chapter(row) == 5));
    assert!(!wanted.is_empty());
    assert_eq!(listed(&page, "#library")?, wanted);
    for name in ["Kind", "Source", "Chapter"] {
        filter(name, "")?;
    }
    assert!(said()?.starts_with("410 of 410"));
    assert_quiet(&browser, &page)
}

#[test]
fn every_fact_stands_in_the_list_of_its_chapter() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("", View::default().still())?;
    let mut seen = BTreeMap::new();
    for one in CHAPTERS.iter().filter(|one| (1..=9).contains(&one.number)) {
        let place = format!("[data-facts-of='{}']", one.number);
        let said = text(
            &page,
            &format!(
                "document.querySelector({}).textContent",
                quoted(&format!("{place} summary"))
            ),
        )?;
        page.click(&format!("{place} summary"))?;
        page.wait_until(
            &format!(
                "!!document.querySelector({})",
                quoted(&format!("{place} li"))
            ),
            "the facts are listed",
        )?;
        let listed = listed(&page, &place)?;
        assert!(said.contains(&format!("({})", listed.len())), "{said}");
        for id in listed {
            assert_eq!(seen.insert(id, one.number), None, "listed twice");
        }
    }
    let wanted: BTreeMap<String, u32> = evidence::facts()
        .iter()
        .map(|row| (row.id.clone(), u32::from(chapter(row))))
        .collect();
    assert_eq!(seen, wanted);
    assert_quiet(&browser, &page)
}

#[test]
fn each_source_has_a_page_with_all_its_facts() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("", View::default().still())?;
    let before = link_of(&page)?;
    for source in evidence::sources() {
        // From a chapter that names it.
        let link = format!(".chapter .sources [data-document={}]", source.id);
        page.click(&link)?;
        page.wait_until(
            "!!document.querySelector('dialog[open] li[data-listed]')",
            "its page opens",
        )?;
        let mut wanted: Vec<&Row> = evidence::facts()
            .iter()
            .filter(|row| row.source == source.id)
            .collect();
        wanted.sort_by_key(|row| row.line);
        assert_eq!(listed(&page, "dialog[open]")?, ids(wanted.iter().copied()));
        let shown = text(&page, "document.querySelector('dialog[open]').textContent")?;
        let kinds = Kind::ALL.into_iter().filter_map(|kind| {
            let count = wanted.iter().filter(|row| row.kind == kind).count();
            (count > 0).then(|| format!("{} {count}", kind.name()))
        });
        let publisher = source.publisher.as_deref().unwrap_or("not stated");
        for part in [
            &source.title,
            &source.dated,
            &source.about,
            &source.trust,
            publisher,
        ]
        .map(str::to_owned)
        .into_iter()
        .chain(kinds)
        {
            assert!(
                shown.contains(&part),
                "{}: “{part}” is not there",
                source.id
            );
        }
        let conflicts = evidence::conflicts().iter().filter(|conflict| {
            let mut facts = conflict.sides.iter().flat_map(|side| &side.facts);
            facts.any(|id| wanted.iter().any(|row| row.id == *id))
        });
        let about = texts(
            &page,
            "[...document.querySelectorAll('dialog[open] [data-about]')].map(one => one.dataset.about)",
        )?;
        assert!(about.iter().eq(conflicts.map(|conflict| &conflict.id)));

        // A fact opens over it and leads back to it.
        let first = quoted(&wanted[0].id);
        page.click(&format!("dialog[open] [data-listed={first}] .fact"))?;
        page.wait_until(
            "!!document.querySelector('dialog[open] .amount')",
            "the card",
        )?;
        let title = text(
            &page,
            "document.querySelector('dialog[open] [data-document]').textContent",
        )?;
        assert_eq!(title, source.title);
        page.click("dialog[open] .back")?;
        page.wait_until(
            "!!document.querySelector('dialog[open] [data-page-of]')",
            "back at the page",
        )?;
        page.press(Key::Escape)?;
        page.wait_until("!document.querySelector('dialog[open]')", "it closes")?;
    }
    assert_eq!(link_of(&page)?, before);
    // The list at the end names them all as well.
    let all = texts(
        &page,
        "[...document.querySelectorAll('#chapter-10 cite [data-document]')].map(one => one.dataset.document)",
    )?;
    assert!(
        all.iter()
            .eq(evidence::sources().iter().map(|source| &source.id))
    );
    assert_quiet(&browser, &page)
}

#[test]
fn a_card_says_where_its_fact_is_used_and_closes_on_back() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("#m=1&arr-2026=60", View::default().still())?;
    let address = text(&page, "location.href")?;
    page.eval(
        "document.querySelector('#chapter-4 p [data-fact=rainier-build-months]').id = 'tried'",
    )?;
    page.click("#tried")?;
    page.wait_until("!!document.querySelector('dialog[open] .uses')", "the card")?;
    let shown = text(
        &page,
        "document.querySelector('dialog[open] .uses').textContent",
    )?;
    let spec = Lever::BuildMonths.spec();
    assert!(matches!(
        spec.basis,
        Basis::Published(&compute_loop_core::fact::facts::RAINIER_BUILD_MONTHS)
    ));
    for part in [
        "4 Can the gigawatts",
        "6 What would",
        spec.label,
        "its default",
        "R23",
    ] {
        assert!(shown.contains(part), "“{part}” is not in “{shown}”");
    }
    // Back closes it and leaves everything else as it is.
    page.back()?;
    page.wait_until("!document.querySelector('dialog[open]')", "it closes")?;
    page.settle()?;
    assert_eq!(text(&page, "location.href")?, address);
    assert_eq!(link_of(&page)?, "#m=1&arr-2026=60");

    // Closed by hand it leaves no step behind.
    page.click("#tried")?;
    page.wait_until("!!document.querySelector('dialog[open] .uses')", "the card")?;
    page.press(Key::Escape)?;
    page.wait_until("!document.querySelector('dialog[open]')", "it closes")?;
    page.settle()?;

    // A check is gone to where it stands, opened.
    page.click("#tried")?;
    page.wait_until(
        "!!document.querySelector('dialog[open] [data-place=row-R23]')",
        "the card",
    )?;
    page.click("[data-place=row-R23]")?;
    page.wait_until(
        "document.activeElement.id === 'row-R23' && document.activeElement.checkVisibility()",
        "the row is in sight",
    )?;
    assert_eq!(link_of(&page)?, "#m=1&arr-2026=60");
    assert_quiet(&browser, &page)
}

/// Shows the kinds of numbers in one of three ways.
fn show_kinds(page: &Page<'_>, id: &str) -> Result<(), Trouble> {
    page.click(&format!(".opening [data-show-kinds={id}]"))?;
    page.wait_until(
        &format!("document.documentElement.dataset.kinds === {}", quoted(id)),
        "the page shows it",
    )
}

#[test]
fn numbers_are_marked_by_kind_or_blanked_out() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("", View::default().still())?;
    // Each number that leads to a source says its kind and date, in what is shown on
    // demand as well.
    page.eval(
        "[...document.querySelectorAll('button.more')]
           .filter(one => one.textContent.startsWith('Show')).forEach(one => one.click())",
    )?;
    page.wait_until(
        "document.querySelectorAll('[data-conflict] [data-fact]').length > 100
           && document.querySelectorAll('#library [data-fact]').length > 30",
        "disagreements and facts are listed",
    )?;
    let bare = texts(
        &page,
        "[...document.querySelectorAll('[data-fact]')].filter(one => !one.dataset.mark
             || !one.title.includes(', ') || !one.getAttribute('aria-label').endsWith(one.title)).map(one => one.dataset.fact)",
    )?;
    assert_eq!(bare, [""; 0]);
    // Each other number has a mark, and each of them is one of the key's.
    let marks: BTreeSet<&str> = Mark::all().map(|mark| mark.letter).collect();
    let used = texts(
        &page,
        "[...new Set([...document.querySelectorAll('[data-output], [data-belief], [data-fact], .lever > label')]
           .map(one => one.dataset.mark ?? 'none'))]",
    )?;
    for letter in &used {
        assert!(marks.contains(letter.as_str()), "{letter}");
    }
    assert!(used.len() >= 8, "{used:?}");

    let after = |what: &str, part: &str| {
        text(
            &page,
            &format!(
                "getComputedStyle(document.querySelector({}), '::after').{part}",
                quoted(what)
            ),
        )
    };
    let needed = "h1 [data-output]";
    let signed = "h1 [data-belief=gw-committed]";
    assert_eq!(after(needed, "content")?, "none");
    show_kinds(&page, "mark")?;
    assert!(after(needed, "content")?.starts_with("\"m\""));
    assert!(after(signed, "content")?.starts_with("\"r\""));
    let key = text(&page, "document.querySelector('.opening .key').textContent")?;
    for mark in Mark::all() {
        assert!(key.contains(mark.name), "{} is not in the key", mark.name);
    }
    // What a reader sets is marked as theirs, and nothing moves for it.
    let place = "document.querySelector('h1').getBoundingClientRect().height
        + document.querySelector('.kinds').getBoundingClientRect().top + scrollY";
    let before = number(&page, place)?;
    focus(&page, &slider(Lever::GwCommitted))?;
    page.press(Key::Right)?;
    page.settle()?;
    assert!(after(signed, "content")?.starts_with("\"y\""));
    assert!((number(&page, place)? - before).abs() < 0.5);

    show_kinds(&page, "only")?;
    for what in [needed, signed] {
        let seen = "getComputedStyle(document.querySelector('{}')).visibility";
        let seen = text(&page, &seen.replace("{}", what))?;
        assert_eq!(seen, "hidden", "{what}");
        assert!(after(what, "content")?.contains("not published"), "{what}");
        assert_eq!(after(what, "visibility")?, "visible");
    }
    // What does not hold now stays out of sight with its bars.
    assert!(holds(
        &page,
        "[...document.querySelectorAll('.variant:not(.shown) [data-unpublished]')].every(one =>
           getComputedStyle(one, '::after').visibility === 'hidden')"
    )?);
    assert!(holds(
        &page,
        "[...document.querySelectorAll('p [data-fact]')].filter(one => !one.closest('.variant:not(.shown)')).every(one =>
           getComputedStyle(one).visibility === 'visible')"
    )?);
    // Charts keep their published points, or say that there are none.
    page.wait_until(
        "document.querySelector('#chart-gap .finding').textContent.includes('published points')
           && document.querySelector('#chart-flip').hasAttribute('data-blank')",
        "the model’s shapes go",
    )?;

    // It stays for the visit and is in no link.
    assert_eq!(link_of(&page)?, "#m=1&gw-committed=5.05");
    page.reload()?;
    page.wait_ready()?;
    assert_eq!(
        text(&page, "document.documentElement.dataset.kinds")?,
        "only"
    );
    show_kinds(&page, "as-is")?;
    assert_eq!(after(needed, "content")?, "none");
    page.wait_until(
        "!document.querySelector('[data-blank]')
           && !document.querySelector('#chart-gap .finding').textContent.includes('published points')",
        "the charts are back",
    )?;
    assert_quiet(&browser, &page)
}

#[test]
fn a_control_says_where_its_default_is_from() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("", View::default().still())?;
    for number in 1..=9 {
        if Lever::of_chapter(number).next().is_some() {
            page.click(&format!("#chapter-{number} .beliefs > summary"))?;
        }
    }
    page.settle()?;
    for lever in Lever::ALL {
        let reason = quoted(&format!("#chapter-{}-reason", lever.spec().id));
        let said = text(
            &page,
            &format!("document.querySelector({reason}).textContent"),
        )?;
        let wanted = match (lever.spec().basis, lever.published()) {
            (Basis::Published(_), Some(fact)) => format!("Published: {}.", fact.origin().words()),
            (Basis::Derived(_), _) => "Derived from published figures".to_owned(),
            (Basis::BackSolved(_), _) => "Back-solved".to_owned(),
            _ => "Assumption.".to_owned(),
        };
        assert!(said.starts_with(&wanted), "{}: {said}", lever.spec().id);
    }
    // What a reader sets is called theirs, in room that was kept for it.
    let set =
        "getComputedStyle(document.querySelector('#chapter-arr-2026-reason .set')).visibility";
    assert_eq!(text(&page, set)?, "hidden");
    page.go("#m=1&arr-2026=60")?;
    page.wait_until(&format!("{set} === 'visible'"), "it says so")?;
    assert_quiet(&browser, &page)
}

#[test]
fn the_checks_are_filtered_by_verdict_and_say_why() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("", View::default().still())?;
    page.click("#replication > summary")?;
    for link in ["#m=1", "#m=1&arr-2026=110"] {
        page.go(link)?;
        page.wait_until(&format!("computeLoop.link() === '{link}'"), "it is applied")?;
        page.settle()?;
        let (_, outcome) = run(link);
        let rows = replication::in_order(replication::replicate(&outcome));
        for verdict in Verdict::ALL {
            choose(&page, "#replication [data-filter=Verdict]", verdict.name())?;
            let seen = texts(
                &page,
                "[...document.querySelectorAll('tr[data-row]')].filter(one => one.checkVisibility()).map(one => one.dataset.row)",
            )?;
            let wanted: Vec<&str> = rows
                .iter()
                .filter(|row| row.verdict == verdict)
                .map(|row| row.id)
                .collect();
            assert_eq!(seen, wanted, "{} at {link}", verdict.name());
            let said = text(
                &page,
                "document.querySelector('#replication [aria-live]').textContent",
            )?;
            assert_eq!(said, format!("{} of {} rows", wanted.len(), rows.len()));
            let whys = list(
                &page,
                "[...document.querySelectorAll('tr[data-why]')].filter(one => one.checkVisibility()).map(one =>
                   [one.dataset.why, [...one.querySelectorAll('.shown')].map(one => one.textContent).join('')])",
            )?;
            let shown: BTreeMap<&str, &str> = whys
                .iter()
                .filter_map(|pair| Some((pair[0].as_str()?, pair[1].as_str()?)))
                .collect();
            for row in rows.iter().filter(|row| row.verdict == verdict) {
                let shown = shown.get(row.id).copied().unwrap_or_default();
                assert_eq!(shown, row.why.unwrap_or_default(), "{} at {link}", row.id);
            }
        }
        choose(&page, "#replication [data-filter=Verdict]", "")?;
    }
    // On a phone the rows are blocks, and none is wider than the page.
    page.resize(View::new(360, 740).still())?;
    page.settle()?;
    assert!(holds(
        &page,
        "document.querySelector('#replication .scroll').scrollWidth <= document.querySelector('#replication .scroll').clientWidth + 1"
    )?);
    assert_quiet(&browser, &page)
}
