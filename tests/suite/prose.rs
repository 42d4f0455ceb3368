//! The prose: that it is complete, asks, admits, and types no figure by hand.

use crate::charts::none;
use compute_loop::charts::Chart;
use compute_loop::content::{Block, CHAPTERS, Chapter, Span};
use compute_loop_core::format;
use compute_loop_core::levers::Lever;
use compute_loop_core::model;
use compute_loop_core::outcome::Outcome;
use compute_loop_core::scenario::Scenario;

/// The most words that a paragraph may have.
const WORDS: usize = 110;

/// The chapters proper, without the opening and the end matter.
fn chapters() -> impl Iterator<Item = &'static Chapter> {
    CHAPTERS
        .iter()
        .filter(|chapter| (1..=9).contains(&chapter.number))
}

/// The running text of a block, or none.
fn spans(block: &Block) -> Option<&'static [Span]> {
    match block {
        Block::Paragraph(spans) | Block::Heading(spans) | Block::LeavesOut(spans) => Some(spans),
        Block::Chart(_) | Block::Table(_) | Block::Figures(_) => None,
    }
}

/// The running text of a chapter, its answers included.
fn texts(chapter: &'static Chapter) -> impl Iterator<Item = &'static [Span]> {
    let answers = chapter.answers.iter().map(|answer| answer.text);
    answers.chain(chapter.blocks.iter().filter_map(spans))
}

/// A text as a reader sees it by default.
fn read(spans: &[Span], outcome: &Outcome) -> String {
    spans
        .iter()
        .map(|span| match span {
            Span::Text(text) | Span::Count(text) | Span::Fact { text, .. } => (*text).to_owned(),
            Span::Turn(turn) => turn.words(&Scenario::default(), outcome).to_owned(),
            Span::Output(output) => format::output(outcome, *output),
            Span::Precise { output, decimals } => format::share(outcome.get(*output), *decimals),
            Span::Lever(lever) => format::lever(*lever, lever.spec().default),
        })
        .collect()
}

/// The figures typed into a text: runs of digits, but for years of this story and for
/// names such as H100 or Trainium 2, where a letter or the name stands before them.
fn typed(text: &str) -> Vec<String> {
    let named = text.replace("Trainium ", "Trainium");
    let mut found = vec![];
    let mut before = ' ';
    let mut rest = named.as_str();
    while let Some(first) = rest.chars().next() {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits == 0 {
            before = first;
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let (run, after) = rest.split_at(digits);
        let year = digits == 4 && ("2015"..="2036").contains(&run);
        if !year && !before.is_alphabetic() {
            found.push(run.to_owned());
        }
        before = '0';
        rest = after;
    }
    found
}

#[test]
fn chapters_stand_in_order() {
    assert!(CHAPTERS.iter().map(|chapter| chapter.number).eq(0..=10));
    for chapter in CHAPTERS {
        assert!(!chapter.short.is_empty(), "{}", chapter.title);
        assert!(
            chapter.short.len() <= chapter.title.len(),
            "{}",
            chapter.title
        );
    }
}

#[test]
fn every_chapter_asks_shows_and_says_what_it_leaves_out() {
    for chapter in chapters() {
        assert!(chapter.title.ends_with('?'), "“{}”", chapter.title);
        let count = |wanted: fn(&Block) -> bool| {
            chapter.blocks.iter().filter(|block| wanted(block)).count()
        };
        let charts = count(|block| matches!(block, Block::Chart(_)));
        assert!(charts > 0, "chapter {} has no chart", chapter.number);
        let leaves_out = count(|block| matches!(block, Block::LeavesOut(_)));
        assert_eq!(leaves_out, 1, "chapter {}", chapter.number);
        assert!(!chapter.sources.is_empty(), "chapter {}", chapter.number);
    }
}

#[test]
fn every_chart_stands_once() {
    let placed: Vec<Chart> = CHAPTERS
        .iter()
        .flat_map(|chapter| chapter.blocks)
        .filter_map(|block| match block {
            Block::Chart(chart) => Some(*chart),
            _ => None,
        })
        .collect();
    for &chart in Chart::ALL {
        let times = placed.iter().filter(|&&placed| placed == chart).count();
        // The page itself opens with the gap.
        assert_eq!(times, usize::from(chart != Chart::Gap), "{}", chart.id());
        assert_eq!(Chart::from_id(chart.id()), Some(chart));
    }
    assert_eq!(Chart::from_id("no-such-chart"), None);
}

#[test]
fn every_lever_belongs_to_a_chapter() {
    for lever in Lever::ALL {
        let number = u32::from(lever.spec().chapter);
        assert!(
            chapters().any(|chapter| chapter.number == number),
            "{}",
            lever.spec().id
        );
    }
}

#[test]
fn no_figure_is_typed_by_hand() {
    let mut found = vec![];
    for chapter in chapters() {
        for text in texts(chapter)
            .flatten()
            .flat_map(|span| match span {
                Span::Text(text) => vec![*text],
                Span::Turn(turn) => vec![turn.so, turn.otherwise],
                _ => vec![],
            })
            .chain([chapter.title, chapter.short])
        {
            for figure in typed(text) {
                found.push(format!("chapter {}: {figure} in “{text}”", chapter.number));
            }
        }
    }
    none(&found, "figures are typed into the prose");
}

#[test]
fn typed_figures_are_told_from_years_and_names() {
    assert_eq!(typed("The H100 of 2023, Trainium2 and the L40S"), [""; 0]);
    assert_eq!(typed("5 GW by 2037, or 0.6"), ["5", "2037", "0", "6"]);
}

#[test]
fn paragraphs_are_short_and_whole() {
    let outcome = model::run(&Scenario::default());
    let mut found = vec![];
    for chapter in CHAPTERS {
        for spans in texts(chapter) {
            let text = read(spans, &outcome);
            // A number and its unit stand together and count as one word.
            let words = text.split(' ').count();
            if words > WORDS {
                found.push(format!("chapter {}: {words} words: {text}", chapter.number));
            }
            for fault in ["  ", " ,", " .", "..", "{", "}", "NaN", "inf\u{202f}"] {
                if text.contains(fault) {
                    found.push(format!("chapter {}: {fault:?} in {text}", chapter.number));
                }
            }
        }
    }
    none(&found, "paragraphs are too long or broken");
}
