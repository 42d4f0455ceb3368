//! The page in another language: said throughout, with the same numbers, kept in the link.

use compute_loop::content::{self, TRANSLATIONS, ZH_CN};
use compute_loop_core::format;
use compute_loop_core::levers::Lever;
use compute_loop_core::outcome::Output;
use compute_loop_tests::harness::{Browser, Page, Trouble, View, some};
use serde_json::json;

use crate::support::{assert_quiet, choose, holds, notices, number, run, slider, text, texts};

/// Words of the page that are English: two in a row, or one in small letters. What is marked
/// as of another language is left out, and so is code; names stand alone, in capitals.
const ENGLISH: &str = r"(() => {
  const english = /[A-Za-z]{3,} [a-z]{2,}|^[a-z]{3,}$/;
  const root = document.documentElement;
  const found = new Set();
  const own = (element) => element.closest('[lang]') === root && !element.closest('code, pre, script, style');
  // The titles of documents stay what they are, and so does what machines read.
  const said = (words) => words.replace(/[《“][^》”]*[》”]/g, '').replace(/^\s*([<@]|cargo run )[\s\S]*/, '').trim();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const { textContent, parentElement } = walk.currentNode;
    const words = said(textContent);
    if (english.test(words) && own(parentElement)) found.add(words.slice(0, 120));
  }
  const named = ['aria-label', 'aria-valuetext', 'title', 'placeholder', 'alt', 'data-column', 'data-kind'];
  for (const name of named) {
    for (const element of document.querySelectorAll(`[${name}]`)) {
      const words = said(element.getAttribute(name));
      if (english.test(words) && own(element)) found.add(`${name}: ${words.slice(0, 120)}`);
    }
  }
  return [...found];
})()";

/// Waits for every chapter and opens whatever can be opened in place.
fn unfold(page: &Page<'_>) -> Result<(), Trouble> {
    page.press(compute_loop_tests::harness::Key::Tab)?;
    page.wait_until(
        "document.querySelectorAll('.chapter.missing').length === 0",
        "every chapter is there",
    )?;
    page.eval("document.querySelectorAll('details').forEach(one => one.open = true)")?;
    page.settle()
}

#[test]
fn every_word_is_said_in_it() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("?lang=zh-CN#m=1", View::default().still())?;
    assert_eq!(text(&page, "document.documentElement.lang")?, "zh-CN");
    unfold(&page)?;
    let mut found = texts(&page, ENGLISH)?;
    for opener in [
        "#all-beliefs",
        "#share",
        "#chapter-1 > p:not(.answer) .fact",
        "#chapter-1 .document",
        ".opening .down",
        ".opening .quote-button",
    ] {
        page.eval(&format!("document.querySelector({opener:?}).click()"))?;
        page.settle()?;
        page.wait_until(
            "document.querySelector('dialog[open], .drawer:not([hidden])') !== null",
            opener,
        )?;
        page.settle()?;
        found.extend(texts(&page, ENGLISH)?);
        page.press(compute_loop_tests::harness::Key::Escape)?;
        page.settle()?;
    }
    // What readers do says something as well: a belief moved out of bounds, a comparison.
    page.go("?lang=zh-CN&theme=sepia#m=1&arr-2026=6000&gw-committed=3&nonsense=1")?;
    page.wait_ready()?;
    choose(&page, "#compare", "flywheel")?;
    unfold(&page)?;
    assert!(!notices(&page)?.is_empty());
    found.extend(texts(&page, ENGLISH)?);
    found.sort();
    found.dedup();
    assert!(found.is_empty(), "in English:\n{}", found.join("\n"));
    assert_quiet(&browser, &page)
}

#[test]
fn its_numbers_are_those_of_the_model_as_it_writes_them() -> Result<(), Trouble> {
    let link = "#m=1&arr-2026=90&openai-investment=20";
    let browser = Browser::start()?;
    let page = browser.open(&format!("?lang=zh{link}"), View::default().still())?;
    let (_, outcome) = run(link);
    content::speak(Some(&ZH_CN));
    let mut compared = 0;
    for output in Output::ALL {
        let id = output.spec().id;
        let shown = texts(
            &page,
            &format!(
                "[...document.querySelectorAll('.opening [data-output=\"{id}\"]')].map(one => one.textContent)"
            ),
        )?;
        for shown in shown {
            assert_eq!(shown, format::output(&outcome, output), "{id}");
            compared += 1;
        }
    }
    assert!(compared >= 4, "{compared} figures");
    let told = text(
        &page,
        &format!(
            "document.querySelector('{}').getAttribute('aria-valuetext')",
            slider(Lever::Arr2026)
        ),
    )?;
    assert!(told.contains("900 亿美元"), "{told}");
    content::speak(None);
    assert_quiet(&browser, &page)
}

#[test]
fn the_switch_keeps_the_scenario_and_the_link_keeps_the_language() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("?seed=7#m=1&arr-2026=60", View::default().still())?;
    page.eval("document.querySelector('a.language[lang=\"zh-CN\"]').click()")?;
    page.wait_until(
        "document.documentElement.lang === 'zh-CN' && document.documentElement.dataset.ready === 'true'",
        "it is in Chinese",
    )?;
    assert_eq!(
        text(&page, "location.search + location.hash")?,
        "?lang=zh-CN&seed=7#m=1&arr-2026=60"
    );
    assert!((number(&page, "+computeLoop.get('arr-2026-12')")? - 60.0).abs() < 1e-9);
    page.eval("document.querySelector('#share').click()")?;
    page.wait_until("document.querySelector('dialog[open]') !== null", "sharing")?;
    page.settle()?;
    assert!(
        holds(
            &page,
            "document.querySelector('dialog[open]').textContent.includes('?lang=zh-CN&seed=7#m=1') \
             || [...document.querySelectorAll('dialog[open] :is(input, textarea)')].some(one => one.value.includes('?lang=zh-CN&seed=7#m=1'))"
        )?,
        "a shared link keeps the language"
    );
    page.press(compute_loop_tests::harness::Key::Escape)?;
    page.eval("document.querySelector('a.language[lang=\"en\"]').click()")?;
    page.wait_until(
        "document.documentElement.lang === 'en' && document.documentElement.dataset.ready === 'true'",
        "it is in English again",
    )?;
    assert_eq!(
        text(&page, "location.search + location.hash")?,
        "?seed=7#m=1&arr-2026=60"
    );
    assert_quiet(&browser, &page)
}

#[test]
fn a_language_that_is_not_there_leaves_english_and_a_notice() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("?lang=xx#m=1", View::default().still())?;
    assert_eq!(text(&page, "document.documentElement.lang")?, "en");
    let said = notices(&page)?;
    assert!(
        said.iter().any(|notice| notice.contains("“xx”")),
        "{said:?}"
    );

    // One whose words do not come.
    page.cdp("Network.enable", json!({}))?;
    page.cdp("Network.setBlockedURLs", json!({ "urls": ["*zh_cn*"] }))?;
    page.go("?lang=zh-CN#m=1&stake=7")?;
    page.wait_ready()?;
    assert_eq!(text(&page, "document.documentElement.lang")?, "en");
    let said = notices(&page)?;
    assert!(
        said.iter().any(|notice| notice.contains("中文")),
        "{said:?}"
    );
    assert!(holds(
        &page,
        "document.querySelector('h1').textContent.includes('Anthropic')"
    )?);
    Ok(())
}

/// What goes by the direction of writing stays within the window, in every language.
#[test]
fn right_to_left_does_not_break_the_layout() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let languages = TRANSLATIONS.iter().map(|language| language.code);
    for language in languages.chain(["en"]) {
        for width in some([320, 768, 1280], 2) {
            let page = browser.open(
                &format!("?lang={language}#m=1"),
                View::new(width, 800).still(),
            )?;
            page.eval("document.documentElement.dir = 'rtl'")?;
            unfold(&page)?;
            let overflow = number(
                &page,
                "document.documentElement.scrollWidth - document.documentElement.clientWidth",
            )?;
            assert!(
                overflow <= 0.0,
                "{language}, {width}: {overflow} px too wide"
            );
            let out = texts(
                &page,
                "[...document.querySelectorAll('main :is(p, h1, h2, h3, button, select, input, .canvas, summary)')] \
                 .filter(one => one.getClientRects().length && !one.closest('.unseen, .table, .scroll, table')) \
                 .filter(one => { const at = one.getBoundingClientRect(); \
                   return at.width > 0 && (at.left < -1 || at.right > innerWidth + 1); }) \
                 .map(one => `${one.tagName}.${one.className} ${one.textContent.slice(0, 40)}`)",
            )?;
            assert!(out.is_empty(), "{language}, {width}: {out:?}");
        }
    }
    Ok(())
}
