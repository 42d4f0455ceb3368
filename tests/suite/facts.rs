//! The evidence files: facts, sources and conflicts.

use std::collections::HashSet;

use compute_loop_core::evidence::{Row, Side, conflicts, facts, sources};
use compute_loop_core::fact::facts as known;
use compute_loop_core::kind::Kind;
use compute_loop_core::levers::Lever;
use compute_loop_core::scenario::Scenario;
use compute_loop_core::{assumption, link};

use crate::levers::facts_named_by;

/// Lower-case words and numbers joined by single hyphens.
fn is_kebab_case(id: &str) -> bool {
    id.split('-').all(|word| {
        !word.is_empty()
            && word
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    })
}

fn numbers(row: &Row) -> Vec<f64> {
    [row.low, row.value, row.high]
        .into_iter()
        .flatten()
        .collect()
}

#[test]
fn there_are_410_with_ids_of_their_own() {
    assert_eq!(facts().len(), 410);
    let mut seen = HashSet::new();
    for row in facts() {
        assert!(is_kebab_case(&row.id), "{}", row.id);
        assert!(seen.insert(&row.id), "{} stands twice", row.id);
    }
}

#[test]
fn each_is_of_a_known_kind_and_source() {
    let known: HashSet<&str> = sources().iter().map(|source| source.id.as_str()).collect();
    for row in facts() {
        assert!(
            !matches!(row.kind, Kind::BackSolved | Kind::Assumption),
            "{}: {}",
            row.id,
            row.kind
        );
        assert!(
            known.contains(row.source.as_str()),
            "{}: {}",
            row.id,
            row.source
        );
        assert!(row.line >= 1, "{}", row.id);
        for text in [&row.topic, &row.subject, &row.metric] {
            assert!(!text.trim().is_empty(), "{}", row.id);
        }
    }
}

#[test]
fn every_kind_occurs() {
    for kind in Kind::ALL {
        let published = !matches!(kind, Kind::BackSolved | Kind::Assumption);
        let occurs = facts().iter().any(|row| row.kind == kind);
        assert_eq!(occurs, published, "{kind}");
    }
}

#[test]
fn constants_carry_kind_source_and_the_month_they_were_known() {
    let tripled = known::CLAUDE_REVENUE_MULTIPLE;
    assert_eq!(tripled.source.id, "ionic");
    // No fact is known later than its document, and what refers to the past is known
    // from the end of the period on.
    assert_eq!(known::PHASE2_COMMIT.known.to_string(), "2024-11");
    assert_eq!(known::ANTHROPIC_VALUATION.known.to_string(), "2025-09");
    assert_eq!(known::RAINIER_UNVEILED_PHASE2.known.to_string(), "2026-04");
    assert_eq!(known::ANTHROPIC_ARR_2026_12.known.to_string(), "2026-05");
    assert_eq!(known::ANNAPURNA_ACQUIRED.known.to_string(), "2023-01");
    assert_eq!(known::TRN2_TFLOPS_FP16.known, known::AINEWS.month);
    assert_eq!(known::GOV_AI_GW.kind, Kind::Reported);
}

#[test]
fn there_are_five_sources_and_each_is_used() {
    assert_eq!(sources().len(), 5);
    for source in sources() {
        assert!(
            facts().iter().any(|row| row.source == source.id),
            "{}",
            source.id
        );
        for text in [
            &source.title,
            &source.dated,
            &source.short,
            &source.about,
            &source.trust,
        ] {
            assert!(!text.trim().is_empty(), "{}", source.id);
        }
    }
    let ids: HashSet<&str> = sources().iter().map(|source| source.id.as_str()).collect();
    assert_eq!(ids.len(), 5, "two sources share an id");
}

/// The first month that a date names, counted from year 0; none where the text is
/// not a year, a month, a day or a quarter.
fn first_month_of(date: &str) -> Option<u32> {
    let digits = |text: &str, length: usize| {
        (text.len() == length && text.bytes().all(|b| b.is_ascii_digit()))
            .then(|| text.parse::<u32>().ok())
            .flatten()
    };
    let mut parts = date.split('-');
    let year = digits(parts.next()?, 4).filter(|year| (2000..2040).contains(year))?;
    let month = match parts.next() {
        None => 0,
        Some(quarter) if quarter.starts_with('Q') => {
            let number = digits(&quarter[1..], 1).filter(|number| (1..=4).contains(number))?;
            (number - 1) * 3
        }
        Some(month) => {
            let month = digits(month, 2).filter(|month| (1..=12).contains(month))?;
            if let Some(day) = parts.next() {
                digits(day, 2).filter(|day| (1..=31).contains(day))?;
            }
            month - 1
        }
    };
    parts.next().is_none().then_some(year * 12 + month)
}

/// Whether `as_of` is a date, or two in order joined by a slash.
fn is_a_date_or_two(as_of: &str) -> bool {
    match as_of.split_once('/') {
        None => first_month_of(as_of).is_some(),
        Some((from, to)) => first_month_of(from)
            .zip(first_month_of(to))
            .is_some_and(|(from, to)| from <= to),
    }
}

#[test]
fn dates_follow_the_grammar() {
    for row in facts() {
        if let Some(as_of) = &row.as_of {
            assert!(is_a_date_or_two(as_of), "{}: {as_of}", row.id);
        }
    }
    // The check itself tells dates from other text.
    for date in [
        "2026",
        "2026-04",
        "2026-04-30",
        "2026-Q4",
        "2025-Q4/2026",
        "2024-11/2026-04",
    ] {
        assert!(is_a_date_or_two(date), "{date}");
    }
    for text in [
        "",
        "26",
        "2026-4",
        "2026-13",
        "2026-Q5",
        "2026-Q",
        "2026-Q1-01",
        "2026-04-32",
        "2026-04-30-01",
        "2026/",
        "2026/2025",
        "2024/2025/2026",
        "May 2026",
    ] {
        assert!(!is_a_date_or_two(text), "{text}");
    }
}

#[test]
fn bounds_enclose_the_value_and_numbers_have_a_unit() {
    for row in facts() {
        let numbers = numbers(row);
        assert!(
            numbers.windows(2).all(|pair| pair[0] <= pair[1]),
            "{}: {numbers:?}",
            row.id
        );
        assert!(
            numbers.iter().all(|number| number.is_finite()),
            "{}",
            row.id
        );
        if !numbers.is_empty() {
            let unit = row.unit.as_deref().unwrap_or_default();
            assert!(!unit.is_empty(), "{} has numbers but no unit", row.id);
        }
    }
}

#[test]
fn statements_are_short_sentences_of_their_own() {
    let mut seen = HashSet::new();
    for row in facts() {
        let words = row.statement.split_whitespace().count();
        assert!((1..=28).contains(&words), "{}: {words} words", row.id);
        assert!(row.statement.ends_with('.'), "{}", row.id);
        assert!(
            seen.insert(row.statement.to_lowercase()),
            "{} repeats a statement",
            row.id
        );
    }
}

#[test]
fn what_the_levers_name_is_here() {
    for lever in Lever::ALL {
        for id in facts_named_by(lever) {
            assert!(
                facts().iter().any(|row| row.id == id),
                "{} names {id}",
                lever.spec().id
            );
        }
    }
}

/// Whether an id is one of the replication table's: R01 to R43 or X01 to X40.
fn is_a_row(id: &str) -> bool {
    let most = match id.get(..1) {
        Some("R") => 43,
        Some("X") => 40,
        _ => return false,
    };
    let number = &id[1..];
    number.len() == 2
        && number.bytes().all(|b| b.is_ascii_digit())
        && number
            .parse::<u32>()
            .is_ok_and(|number| (1..=most).contains(&number))
}

#[test]
fn conflicts_are_numbered_and_have_sides() {
    let ids: Vec<&str> = conflicts()
        .iter()
        .map(|conflict| conflict.id.as_str())
        .collect();
    let expected: Vec<String> = (1..=52).map(|number| format!("C{number:02}")).collect();
    assert_eq!(ids, expected);
    let mut titles = HashSet::new();
    for conflict in conflicts() {
        let id = &conflict.id;
        assert!(conflict.sides.len() >= 2, "{id}");
        assert!(
            ["deal", "revenue", "chips", "capacity"].contains(&conflict.topic.as_str()),
            "{id}: {}",
            conflict.topic
        );
        assert!(titles.insert(&conflict.title), "{id} repeats a title");
        for text in [&conflict.reason, &conflict.model_uses] {
            assert!(text.ends_with('.'), "{id}: {text}");
        }
        for side in &conflict.sides {
            assert!(!side.says.trim().is_empty(), "{id}");
        }
        if let Some(chosen) = conflict.chosen {
            assert!(
                chosen < conflict.sides.len(),
                "{id} chooses a side it has not"
            );
        }
    }
}

#[test]
fn a_side_sets_what_a_lever_takes_as_it_stands() {
    let defaults = Scenario::default();
    let mut settable = 0;
    for conflict in conflicts() {
        let id = &conflict.id;
        for side in &conflict.sides {
            for (key, text) in &side.sets {
                let lever = Lever::from_id(key).unwrap_or_else(|| panic!("{id} sets {key}"));
                let value = link::parse_value(lever, text);
                let value = value.unwrap_or_else(|| panic!("{id}: {key} cannot be {text}"));
                assert_eq!(lever.admit(value).to_bits(), value.to_bits(), "{id}: {key}");
                assert_eq!(&link::value_text(lever, value), text, "{id}: {key}");
                assert!(conflict.levers.contains(key), "{id} does not list {key}");
            }
            assert_eq!(side.settings().count(), side.sets.len(), "{id}");
        }
        let carriers = conflict.carriers();
        if carriers.is_empty() {
            assert_eq!(conflict.with_defaults(&defaults), None, "{id}");
        } else {
            settable += 1;
            // There is something to choose.
            let moves = (0..conflict.sides.len())
                .filter_map(|side| conflict.with_side(side, &defaults))
                .any(|scenario| scenario != defaults);
            assert!(moves, "{id}: every side is the default");
            let any = carriers.iter().fold(defaults, |scenario, &lever| {
                scenario.with(lever, lever.spec().max)
            });
            assert_eq!(conflict.with_defaults(&any), Some(defaults), "{id}");
        }
        // The side that the model takes is the defaults.
        if let Some(chosen) = conflict.chosen {
            assert!(conflict.sides[chosen].sets.is_empty(), "{id}");
            let taken = conflict.with_side(chosen, &defaults);
            assert_eq!(taken, (!carriers.is_empty()).then_some(defaults), "{id}");
        }
    }
    assert_eq!(settable, 15);
}

#[test]
fn what_a_side_sets_is_what_its_facts_say() {
    let side = |id: &str, side: usize| {
        let conflict = conflicts().iter().find(|conflict| conflict.id == id);
        &conflict.expect("the conflict is there").sides[side]
    };
    // A side sets a published value, which stands on the lever, or one of these.
    let elsewhere = [
        ("C46", "gw-committed"),
        ("C49", "build-months"),
        ("C51", "capacity-binds"),
        ("C51", "other-ai-gw"),
    ];
    for conflict in conflicts() {
        for (lever, value) in conflict.sides.iter().flat_map(Side::settings) {
            let spec = lever.spec();
            let published = spec
                .ticks
                .iter()
                .any(|tick| lever.admit(tick.value).to_bits() == value.to_bits());
            assert!(
                published || elsewhere.contains(&(conflict.id.as_str(), spec.id)),
                "{}: {} = {value}",
                conflict.id,
                spec.id
            );
        }
    }
    // A million chips at the power of 1.7 million in 1.3 GW.
    let power = 1e6 * known::NEWCARLISLE_PHASE1_GW.value() / known::NEWCARLISLE_PHASE1_TRN2.value();
    let (_, set) = side("C46", 0).settings().next().expect("it sets one");
    assert!((set - power).abs() < 1e-6, "{set}");
    // The first chips ran when first power is taken to come.
    let (_, set) = side("C49", 1).settings().next().expect("it sets one");
    assert_eq!(set.to_bits(), assumption::FIRST_POWER_AGE.value.to_bits());
}

#[test]
fn conflicts_name_facts_levers_and_rows_that_exist() {
    let known: HashSet<&str> = facts().iter().map(|row| row.id.as_str()).collect();
    for conflict in conflicts() {
        for side in &conflict.sides {
            for fact in &side.facts {
                assert!(known.contains(fact.as_str()), "{}: {fact}", conflict.id);
            }
        }
        assert!(
            conflict.sides.iter().any(|side| !side.facts.is_empty()),
            "{} rests on no fact",
            conflict.id
        );
        for lever in &conflict.levers {
            assert!(Lever::from_id(lever).is_some(), "{}: {lever}", conflict.id);
        }
        for row in &conflict.rows {
            assert!(is_a_row(row), "{}: {row}", conflict.id);
        }
    }
}
