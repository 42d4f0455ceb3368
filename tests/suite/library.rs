//! The library of facts: the chapter of each, what it says of itself, and how it is found.

use std::collections::BTreeSet;

use compute_loop::content::{Block, CHAPTERS, Span};
use compute_loop_core::evidence::{self, EXCEPTIONS, Row, Source, TOPICS, chapter};
use compute_loop_core::fact::facts::DOCUMENTS;
use compute_loop_core::format;
use compute_loop_core::kind::{Kind, Mark};
use compute_loop_core::levers::{Basis, Lever};

fn source_of(row: &Row) -> &'static Source {
    let source = evidence::sources().iter().find(|one| one.id == row.source);
    source.unwrap_or_else(|| panic!("{} has no source", row.id))
}

fn fact(id: &str) -> &'static Row {
    let row = evidence::facts().iter().find(|row| row.id == id);
    row.unwrap_or_else(|| panic!("no fact is called {id}"))
}

#[test]
fn every_fact_belongs_to_one_chapter() {
    let topics: BTreeSet<&str> = evidence::facts()
        .iter()
        .map(|row| row.topic.as_str())
        .collect();
    let known: BTreeSet<&str> = TOPICS.iter().map(|(topic, _)| *topic).collect();
    assert_eq!(topics, known);
    assert_eq!(known.len(), TOPICS.len(), "a topic stands twice");
    let mut counts = [0; 9];
    for row in evidence::facts() {
        let chapter = chapter(row);
        assert!((1..=9).contains(&chapter), "{}: {chapter}", row.id);
        counts[usize::from(chapter) - 1] += 1;
    }
    assert!(counts.iter().all(|count| *count > 0), "{counts:?}");
    assert_eq!(counts.iter().sum::<usize>(), evidence::facts().len());

    let mut seen = BTreeSet::new();
    for (chapter, ids) in EXCEPTIONS {
        for id in ids {
            let row = fact(id);
            assert!(seen.insert(*id), "{id} is an exception twice");
            let usual = TOPICS.iter().find(|(topic, _)| *topic == row.topic);
            assert_ne!(
                usual.map(|(_, usual)| *usual),
                Some(chapter),
                "{id} is no exception"
            );
        }
    }
    println!("{counts:?}");
}

/// The facts that a chapter names, in its text and its answers.
fn named(chapter: &'static compute_loop::content::Chapter) -> BTreeSet<&'static str> {
    let texts = chapter.blocks.iter().filter_map(|block| match block {
        Block::Paragraph(spans) | Block::Heading(spans) | Block::LeavesOut(spans) => Some(*spans),
        _ => None,
    });
    texts
        .chain(chapter.answers.iter().map(|answer| answer.text))
        .flatten()
        .filter_map(|span| match span {
            Span::Fact { id, .. } => Some(*id),
            _ => None,
        })
        .collect()
}

#[test]
fn facts_mostly_belong_where_they_are_named() {
    let (mut at_home, mut all) = (0, 0);
    let mut homeless: BTreeSet<&str> = BTreeSet::new();
    let mut settled: BTreeSet<&str> = BTreeSet::new();
    for chapter_ in CHAPTERS.iter().filter(|one| (1..=5).contains(&one.number)) {
        for id in named(chapter_) {
            all += 1;
            if u32::from(chapter(fact(id))) == chapter_.number {
                at_home += 1;
                settled.insert(id);
            } else {
                homeless.insert(id);
            }
        }
    }
    let nowhere: Vec<_> = homeless.difference(&settled).collect();
    assert!(4 * at_home >= 3 * all, "{at_home} of {all}: {nowhere:?}");
    // Facts that a belief of a chapter starts from.
    let levers = Lever::ALL.into_iter();
    let of_levers: Vec<(u8, &str)> = levers
        .filter_map(|lever| Some((lever.spec().chapter, lever.published()?.id)))
        .collect();
    let apart: Vec<_> = of_levers
        .iter()
        .filter(|(number, id)| chapter(fact(id)) != *number)
        .collect();
    assert!(2 * apart.len() <= of_levers.len(), "{apart:?}");
    println!("{at_home} of {all} named at home; beliefs elsewhere: {apart:?}");
}

#[test]
fn the_page_counts_the_facts_of_each_chapter() {
    for one in CHAPTERS {
        let facts = evidence::facts().iter();
        let count = facts.filter(|row| u32::from(chapter(row)) == one.number);
        assert_eq!(one.facts, count.count(), "chapter {}", one.number);
    }
}

#[test]
fn every_fact_says_its_kind_and_its_date() {
    for row in evidence::facts() {
        let source = source_of(row);
        let date = row.date(source);
        match &row.as_of {
            Some(period) => {
                let year: String = period.chars().take(4).collect();
                assert!(date.contains(&year), "{}: {date}", row.id);
                assert!(!date.contains('Q') && !date.contains("-0"), "{date}");
            }
            None => assert!(date.starts_with("undated; document of"), "{date}"),
        }
        let origin = row.origin(source);
        assert_eq!(
            origin,
            format!("{}, {date}, {}", row.kind.name(), source.short)
        );
    }
    // A date of its own is told from one that is inferred.
    let document = |id: &str| DOCUMENTS.into_iter().find(|one| one.id == id);
    let date = |id: &str| document(id).map(|one| format::as_of(None, one.month, one.dated));
    assert_eq!(
        date("vault").as_deref(),
        Some("undated; document of January 2026")
    );
    assert_eq!(
        date("ainews").as_deref(),
        Some("undated; document of about April 2026")
    );
}

#[test]
fn constants_and_evidence_say_the_same_of_a_fact() {
    for lever in Lever::ALL {
        let basis = lever.spec().basis;
        assert_eq!(
            matches!(basis, Basis::Published(_)),
            lever.published().is_some(),
            "{}",
            lever.spec().id
        );
        if let Some(constant) = lever.published() {
            let row = fact(constant.id);
            assert_eq!(constant.origin().words(), row.origin(source_of(row)));
            assert_eq!(lever.default_mark(), row.kind.mark());
        }
        for tick in lever.spec().ticks {
            let row = fact(tick.fact);
            assert_eq!(tick.origin.words(), row.origin(source_of(row)));
        }
        let spec = lever.spec();
        assert_eq!(lever.mark_at(spec.default), lever.default_mark());
        let other = if spec.default.to_bits() == spec.max.to_bits() {
            spec.min
        } else {
            spec.max
        };
        assert_eq!(lever.mark_at(other), Mark::SET);
        let published = matches!(basis, Basis::Published(_));
        assert_eq!(lever.default_mark().published, published, "{}", spec.id);
    }
}

#[test]
fn periods_are_said_in_words() {
    for (period, words) in [
        ("2024", "2024"),
        ("2026-04", "April 2026"),
        ("2026-Q1", "first quarter of 2026"),
        ("2026-01-05", "5 January 2026"),
        ("2024-11/2026-04", "November 2024 to April 2026"),
        ("2025-Q4/2026", "fourth quarter of 2025 to 2026"),
        // What it cannot read it leaves alone.
        ("2026-13", "2026-13"),
        ("2026-00", "2026-00"),
        ("2026-Q5", "2026-Q5"),
        ("soon", "soon"),
        ("", ""),
    ] {
        assert_eq!(format::period(period), words);
    }
}

#[test]
fn no_two_marks_share_a_letter_or_a_word() {
    let marks: Vec<Mark> = Mark::all().collect();
    assert_eq!(marks.len(), Kind::ALL.len() + 2);
    let letters: BTreeSet<_> = marks.iter().map(|mark| mark.letter).collect();
    let names: BTreeSet<_> = marks.iter().map(|mark| mark.name).collect();
    let meanings: BTreeSet<_> = marks.iter().map(|mark| mark.meaning).collect();
    for set in [letters, names, meanings] {
        assert_eq!(set.len(), marks.len(), "{set:?}");
    }
    // Every fact of the evidence counts as published; what the page adds does not.
    assert!(
        evidence::facts()
            .iter()
            .all(|row| row.kind.mark().published)
    );
    for mark in [
        Mark::COMPUTED,
        Mark::SET,
        Mark::DERIVED_HERE,
        Kind::BackSolved.mark(),
        Kind::Assumption.mark(),
    ] {
        assert!(!mark.published, "{mark:?}");
    }
}

#[test]
fn a_search_finds_a_fact_by_all_that_is_shown_of_it() {
    let row = fact("aws-ai-revenue-2024-s1");
    let source = source_of(row);
    for words in [
        "",
        "aws-ai-revenue-2024-s1",
        "ESTIMATE",
        "ainews revenue",
        "revenue   2024",
        &row.statement,
        &row.subject,
        "chapter 5",
    ] {
        assert!(row.mentions(words, source), "{words}");
    }
    for words in ["dolphin", "revenue zebra", "reported"] {
        assert!(!row.mentions(words, source), "{words}");
    }
    for row in evidence::facts() {
        assert!(row.mentions(&row.id, source_of(row)), "{}", row.id);
    }
}

#[test]
fn a_search_finds_what_is_printed_however_it_is_spelt() {
    let found = |words: &str| -> Vec<&str> {
        let row_is_meant = |row: &&Row| {
            let source = evidence::sources().iter().find(|one| one.id == row.source);
            source.is_some_and(|source| row.mentions(words, source))
        };
        evidence::facts()
            .iter()
            .filter(row_is_meant)
            .map(|row| row.id.as_str())
            .collect()
    };
    for (words, id) in [
        ("$45 bn", "aws-ai-revenue-2024-s1"),
        ("45 billion", "aws-ai-revenue-2024-s1"),
        ("$20bn", "phase3-option"),
        ("40 %", "trn-training-cost-saving-claimed"),
        ("40%", "trn-training-cost-saving-claimed"),
        ("gigawatts", "anthropic-trn-capacity-commit"),
        ("gigawatts", "newcarlisle-revenue-vs-norm"),
        ("Trainium 2", "newcarlisle-initial-trn2"),
        ("Trainium2", "newcarlisle-initial-trn2"),
        ("rainier 2025", "nindiana-gw"),
    ] {
        assert!(found(words).contains(&id), "{words} does not find {id}");
    }
    // And does not drown it in everything else.
    for (words, most) in [
        ("$45 bn", 6),
        ("40 %", 12),
        ("Trainium 2", 60),
        ("gigawatts", 60),
    ] {
        let found = found(words);
        assert!(found.len() <= most, "{words}: {}", found.len());
    }
}
