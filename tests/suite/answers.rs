//! The answers to the chapters' questions: that each can come up, and when.

use crate::charts::none;
use compute_loop::content::{CHAPTERS, Chapter, Condition, Quantity, Relation, Span};
use compute_loop_core::format;
use compute_loop_core::levers::Lever;
use compute_loop_core::link;
use compute_loop_core::model;
use compute_loop_core::month::HORIZON;
use compute_loop_core::outcome::{Outcome, Output};
use compute_loop_core::preset::{PRESETS, Preset};
use compute_loop_core::scenario::Scenario;

/// The most characters that an answer may have: what fits into the lines that the style
/// sheet keeps for it at every width.
const LENGTH: usize = 175;

/// The most live numbers that an answer may have.
const NUMBERS: usize = 3;

/// For each answer, in order, a scenario in which it is given.
const WITNESSES: [(u32, &[&str]); 9] = [
    (
        1,
        &[
            "#m=1&capacity-binds=on&utilization=50&other-ai-gw=0",
            "#m=1&arr-2026=45&trainium-price=110&spend-ratio=30",
            "#m=1",
        ],
    ),
    (
        2,
        &[
            "#m=1&loosening=30&valuation-multiple=2&stake=5.2&arr-2026=50",
            "#m=1&loosening=30",
            "#m=1&valuation-multiple=2&stake=5.2",
            "#m=1",
        ],
    ),
    (
        3,
        &[
            "#m=1&training-saving=0",
            "#m=1",
            "#m=1&trainium-price=100",
            "#m=1&trainium-price=75",
        ],
    ),
    (
        4,
        &[
            "#m=1&trainium-price=110&spend-ratio=30",
            "#m=1&spend-ratio=30&arr-2026=46.7",
            "#m=1",
            "#m=1&spend-ratio=45&loosening=10",
        ],
    ),
    (
        5,
        &[
            "#m=1&arr-2026=90&trainium-price=110&server-capex=5",
            "#m=1",
            "#m=1&arr-2026=52&arr-growth-2027=0&arr-fade=50",
        ],
    ),
    (
        6,
        &[
            "#m=1&trainium-price=110&spend-ratio=30",
            "#m=1&gw-committed=10",
            "#m=1",
        ],
    ),
    (7, &["#m=1&trainium-price=110&spend-ratio=30", "#m=1"]),
    (
        8,
        &[
            "#m=1",
            "#m=1&option-or-duty=option",
            "#m=1&option-or-duty=option&valuation-multiple=2",
        ],
    ),
    (9, &["#m=1", "#m=1&arr-2026=52"]),
];

fn read_link(text: &str) -> (Scenario, Outcome) {
    let (scenario, notices) = link::decode(text);
    assert!(notices.is_empty(), "{text}: {notices:?}");
    (scenario, model::run(&scenario))
}

fn chapter(number: u32) -> &'static Chapter {
    let found = CHAPTERS.iter().find(|chapter| chapter.number == number);
    found.unwrap_or_else(|| panic!("there is no chapter {number}"))
}

/// A text as a reader sees it.
fn read(spans: &[Span], scenario: &Scenario, outcome: &Outcome) -> String {
    spans
        .iter()
        .map(|span| match span {
            Span::Text(text) | Span::Count(text) | Span::Fact { text, .. } => (*text).to_owned(),
            Span::Turn(turn) => turn.words(scenario, outcome).to_owned(),
            Span::Output(output) => format::output(outcome, *output),
            Span::Precise { output, decimals } => format::share(outcome.get(*output), *decimals),
            Span::Lever(lever) => format::lever(*lever, scenario.get(*lever)),
        })
        .collect()
}

#[test]
fn every_answer_is_given_somewhere() {
    let mut found = vec![];
    for (number, links) in WITNESSES {
        let chapter = chapter(number);
        if links.len() != chapter.answers.len() {
            found.push(format!(
                "chapter {number}: {} answers",
                chapter.answers.len()
            ));
        }
        for (i, text) in links.iter().enumerate() {
            let (scenario, outcome) = read_link(text);
            let given = chapter.variant(&scenario, &outcome);
            if given != Some(i) {
                let answer = read(chapter.answer(&scenario, &outcome), &scenario, &outcome);
                found.push(format!("chapter {number}, {i}: {text} gives “{answer}”"));
            }
        }
    }
    none(&found, "answers are not given where they should be");
}

#[test]
fn every_chapter_answers_in_one_sentence_that_fits() {
    let mut found = vec![];
    let links = WITNESSES.into_iter().flat_map(|(_, links)| links).copied();
    let presets = PRESETS.iter().map(Preset::scenario);
    let scenarios = links.map(|text| read_link(text).0).chain(presets);
    for scenario in scenarios {
        let outcome = model::run(&scenario);
        for chapter in CHAPTERS {
            let spans = chapter.answer(&scenario, &outcome);
            let numbered = (1..=9).contains(&chapter.number);
            assert_eq!(!spans.is_empty(), numbered, "chapter {}", chapter.number);
            let text = read(spans, &scenario, &outcome);
            let live = |span: &&Span| {
                matches!(
                    span,
                    Span::Output(_) | Span::Precise { .. } | Span::Lever(_)
                )
            };
            let numbers = spans.iter().filter(live).count();
            let sentence = !numbered || text.ends_with('.') && !text.contains(". ");
            let broken = ["never", "−", "  ", "{"]
                .iter()
                .any(|fault| text.contains(fault));
            let length = text.chars().count();
            if length > LENGTH
                || numbers > NUMBERS
                || numbered && numbers == 0
                || !sentence
                || broken
            {
                let at = link::encode(&scenario);
                found.push(format!(
                    "chapter {}: {length} “{text}” at {at}",
                    chapter.number
                ));
            }
        }
    }
    none(
        &found,
        "answers are too long, or not one sentence with a few numbers",
    );
}

#[test]
fn conditions_compare_exactly() {
    let scenario = Scenario::default().with(Lever::GwCommitted, 5.0);
    let outcome = model::run(&scenario);
    let holds = |left, relation, right, plus| {
        Condition {
            left,
            relation,
            right,
            plus,
        }
        .holds(&scenario, &outcome)
    };
    let signed = Quantity::Lever(Lever::GwCommitted);
    for (relation, below, same, above) in [
        (Relation::Below, true, false, false),
        (Relation::AtMost, true, true, false),
        (Relation::Above, false, false, true),
        (Relation::AtLeast, false, true, true),
    ] {
        assert_eq!(holds(signed, relation, None, 5.5), below, "{relation:?}");
        assert_eq!(holds(signed, relation, None, 5.0), same, "{relation:?}");
        assert_eq!(holds(signed, relation, None, 4.5), above, "{relation:?}");
        assert_eq!(
            holds(signed, relation, Some(signed), 0.5),
            below,
            "{relation:?}"
        );
        assert_eq!(
            holds(signed, relation, Some(signed), 0.0),
            same,
            "{relation:?}"
        );
        assert_eq!(
            holds(signed, relation, Some(signed), -0.5),
            above,
            "{relation:?}"
        );
    }
    // A month that never comes stands after the last.
    assert_eq!(outcome.month(Output::GapCloses), None);
    let closes = Quantity::Output(Output::GapCloses);
    assert!(holds(closes, Relation::AtLeast, None, HORIZON as f64));
    assert!(!holds(closes, Relation::Below, None, HORIZON as f64));
    assert!(holds(
        closes,
        Relation::Above,
        Some(Quantity::Output(Output::PledgeMet)),
        0.0
    ));
}

#[test]
fn the_first_answer_whose_condition_holds_is_given() {
    let scenario = Scenario::default();
    let outcome = model::run(&scenario);
    for chapter in CHAPTERS {
        let holds = |place: usize| {
            let conditions = chapter.answers[place].conditions;
            conditions
                .iter()
                .all(|condition| condition.holds(&scenario, &outcome))
        };
        let first = (0..chapter.answers.len()).find(|&place| holds(place));
        assert_eq!(chapter.variant(&scenario, &outcome), first);
    }
}
