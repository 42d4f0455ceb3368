//! Quotes and citations: what is copied is true, whole and safe to paste.

use compute_loop_core::cite::{self, Visit};
use compute_loop_core::evidence;
use compute_loop_core::format;
use compute_loop_core::levers::Lever;
use compute_loop_core::link::read;
use compute_loop_core::model;
use compute_loop_core::month::{HORIZON, LAST_YEAR};
use compute_loop_core::odds::{Simulation, Worlds};
use compute_loop_core::outcome::{Outcome, Output};
use compute_loop_core::quote::{self, quote};
use compute_loop_core::scenario::Scenario;
use compute_loop_core::sway;
use compute_loop_core::uncertainty::uncertain;
use compute_loop_core::unit::Unit;
use proptest::prelude::*;

use crate::draw;

const ADDRESS: &str = "https://example.org/loop/";
const DATE: &str = "21 November 2026";

const VISIT: Visit<'_> = Visit {
    address: ADDRESS,
    date: DATE,
};

/// A few worlds, in which every figure of a scenario is worked out at once.
fn few(scenario: &Scenario) -> Simulation {
    let mut simulation = Simulation::new(Worlds::new(1, 200));
    simulation.run(scenario, &[], &Output::ALL);
    simulation
}

/// What a quote says, against the model.
fn check(
    scenario: &Scenario,
    outcome: &Outcome,
    simulation: &mut Simulation,
    output: Output,
) -> Result<(), TestCaseError> {
    let quote = &quote(scenario, outcome, simulation, output);
    prop_assert_eq!(quote.output, output);
    let text = quote.sentence(ADDRESS, DATE);
    let now = outcome.get(output);
    let shown = format::output(outcome, output);
    if output.spec().unit == Unit::Month && now as usize >= HORIZON {
        prop_assert!(
            text.contains(&format!("by the end of {LAST_YEAR}")),
            "{text}"
        );
    } else {
        prop_assert!(text.contains(&shown), "{text} without {shown}");
    }
    // The range is that of the worlds, and says so.
    let unsure = uncertain()
        .filter(|&lever| output.depends_on(lever))
        .count();
    prop_assert_eq!(quote.unsure, unsure);
    prop_assert_eq!(quote.range.is_some(), unsure > 0);
    if let Some((low, high)) = quote.range {
        let odds = simulation.run(scenario, &[], &[output]);
        let sample = odds.sample(output).expect("it was asked for");
        let [least, .., most] = sample.percentiles;
        prop_assert!((low - least).abs() <= 0.5 && (high - most).abs() <= 0.5);
        let dated = matches!(output.spec().unit, Unit::Month | Unit::Year);
        prop_assert!(dated || (low, high) == (least, most));
        prop_assert!(low <= high, "{low} to {high}");
        for end in [low, high] {
            let shown = format::value(output.spec().unit, end);
            let never = output.spec().unit == Unit::Month && end as usize >= HORIZON;
            prop_assert!(never || text.contains(&shown), "{text} without {shown}");
        }
        let draws = format::value(Unit::Number, quote.draws as f64);
        prop_assert!(
            text.contains(&format!("of {draws} simulated worlds")),
            "{text}"
        );
    }

    prop_assert!(quote.rests_on.len() <= 3);
    let tornado = sway::tornado(scenario, output);
    let across = sway::across(scenario, output);
    for support in &quote.rests_on {
        let spec = support.lever.spec();
        let sways = if quote.by_percentiles {
            &tornado
        } else {
            &across
        };
        let named = sways.iter().find(|sway| sway.lever == support.lever);
        let moves = named.is_some_and(|sway| sway.moves(now));
        prop_assert!(moves, "{} does not move {}", spec.id, output.spec().id);
        // Nothing that moves it farther is left out.
        let width = named.map_or(0.0, sway::Sway::width);
        let farther = sways.iter().filter(|sway| sway.width() > width).count();
        prop_assert!(farther < quote.rests_on.len(), "{}", spec.id);
        prop_assert!(text.contains(spec.label), "{text}");
        let at = format::lever(support.lever, scenario.get(support.lever));
        prop_assert!(text.contains(&at), "{text} without {at}");
        let set = scenario.get(support.lever).to_bits() != spec.default.to_bits();
        prop_assert_eq!(set, support.kind.is_none());
        prop_assert!(!set || text.contains("as set by the reader"), "{text}");
    }
    if !quote.by_percentiles {
        let none = text.contains("no belief moves it")
            || text.contains("no belief with a distribution moves it");
        prop_assert!(none, "{text}");
    }

    let (_, address) = text.rsplit_once(": ").expect("the address stands last");
    prop_assert_eq!(address, format!("{ADDRESS}{}", quote.link));
    let again = read(address);
    prop_assert_eq!(again.scenario, *scenario);
    prop_assert_eq!(again.notices(outcome), vec![]);
    prop_assert!(
        text.contains(DATE) && !text.contains(" ,") && !text.contains("  "),
        "{text}"
    );
    Ok(())
}

/// What is wrong with an entry for BibTeX.
fn faults(entry: &str) -> Vec<String> {
    let mut faults = vec![];
    let mut depth = 0_i32;
    for (i, c) in entry.char_indices() {
        // BibTeX counts brackets whatever stands before them.
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth < 0 || (depth == 0 && i + 1 < entry.len() && i > "@misc".len()) {
            faults.push(format!("the entry ends at {i}"));
            break;
        }
    }
    if depth != 0 {
        faults.push(format!("{depth} brackets stay open"));
    }
    for line in entry.lines().filter(|line| !line.contains("url = ")) {
        let plain = line.replace("$-$", "").replace("$\\times$", "");
        let bytes = plain.as_bytes();
        for (i, byte) in bytes.iter().enumerate() {
            let escaped = i > 0 && bytes[i - 1] == b'\\';
            if matches!(byte, b'%' | b'&' | b'#' | b'_' | b'$') && !escaped {
                faults.push(format!("{} in {line}", char::from(*byte)));
            }
        }
    }
    faults
}

proptest! {
    #![proptest_config(draw::cases(60))]

    #[test]
    fn every_figure_can_be_quoted_in_any_scenario(scenario in draw::any_scenario()) {
        let outcome = model::run(&scenario);
        let mut simulation = few(&scenario);
        for output in Output::ALL {
            check(&scenario, &outcome, &mut simulation, output)?;
        }
    }

    #[test]
    fn every_figure_can_be_quoted_at_the_ends(scenario in draw::extreme_scenario()) {
        let outcome = model::run(&scenario);
        let mut simulation = few(&scenario);
        for output in Output::ALL {
            check(&scenario, &outcome, &mut simulation, output)?;
            let entry = cite::figure_bibtex(&scenario, &outcome, output, VISIT);
            prop_assert_eq!(faults(&entry), Vec::<String>::new(), "{}", entry);
        }
    }

    #[test]
    fn any_words_are_safe_in_a_bibliography(words in "\\PC{0,40}|[{}\\\\%&#$_~^\"\n\t@,= a]{0,40}") {
        let mut source = evidence::sources()[0].clone();
        source.title.clone_from(&words);
        source.publisher = Some(words.clone());
        source.dated.clone_from(&words);
        source.id.clone_from(&words);
        let entry = cite::source_bibtex(&source);
        prop_assert_eq!(faults(&entry), Vec::<String>::new(), "{}", entry);
        let visit = Visit { address: &words, date: &words };
        let entry = cite::page_bibtex(&Scenario::default(), visit);
        prop_assert_eq!(faults(&entry), Vec::<String>::new(), "{}", entry);
    }
}

#[test]
fn the_headline_reads_as_meant() {
    let scenario = Scenario::default();
    let outcome = model::run(&scenario);
    let quoted = quote(
        &scenario,
        &outcome,
        &mut few(&scenario),
        Output::AwsGrowth2026,
    );
    let text = quoted.sentence(ADDRESS, DATE);
    assert!(
        text.starts_with("The Compute Loop puts AWS growth in 2026 at 35\u{202f}% ("),
        "{text}"
    );
    assert!(text.contains("back-solved"), "{text}");
    let changed = scenario.with(Lever::SpendRatio, 50.0);
    let text = quote(
        &changed,
        &model::run(&changed),
        &mut few(&changed),
        Output::AwsGrowth2026,
    );
    let text = text.sentence(ADDRESS, DATE);
    assert!(
        text.contains("(50\u{202f}%, as set by the reader)"),
        "{text}"
    );

    // A figure that published numbers alone decide.
    let text = quote(
        &scenario,
        &outcome,
        &mut few(&scenario),
        Output::TrainingCostTable,
    );
    assert!(
        text.sentence(ADDRESS, DATE)
            .contains("; no belief moves it.")
    );
    // One that only beliefs without a distribution move.
    let text = quote(
        &scenario,
        &outcome,
        &mut few(&scenario),
        Output::InferenceCost,
    )
    .sentence(ADDRESS, DATE);
    assert!(
        text.contains("no belief with a distribution moves it"),
        "{text}"
    );
    assert!(text.contains(Lever::InferenceSaving.spec().label), "{text}");
    // A figure to which the model was fitted is no second witness, and says so.
    let text = quote(
        &scenario,
        &outcome,
        &mut few(&scenario),
        Output::AnthropicShare2026,
    )
    .sentence(ADDRESS, DATE);
    assert!(
        text.contains(
            "Dolphin Research publishes 19\u{202f}% (derived); the model’s defaults were chosen"
        ),
        "{text}"
    );
}

#[test]
fn no_figure_is_called_by_its_label_in_a_sentence() {
    let scenario = Scenario::default();
    let outcome = model::run(&scenario);
    let mut simulation = few(&scenario);
    for output in Output::ALL {
        let text = quote(&scenario, &outcome, &mut simulation, output).sentence(ADDRESS, DATE);
        let begins = format!("The Compute Loop puts {} at", output.spec().label);
        assert!(!text.starts_with(&begins), "{text}");
        assert!(
            !text.contains(&format!(", “{}”: ", output.spec().label)),
            "{text}"
        );
        assert!(text.matches('\n').count() == 0);
    }
}

#[test]
fn every_fact_can_be_quoted_with_its_document() {
    for row in evidence::facts() {
        let source = evidence::sources()
            .iter()
            .find(|source| source.id == row.source);
        let source = source.expect("every fact has a source");
        let text = quote::fact(row, source);
        assert!(text.contains(row.kind.name()), "{text}");
        assert!(text.contains(&source.title), "{text}");
        let publisher = source
            .publisher
            .as_deref()
            .unwrap_or("publisher not stated");
        assert!(text.contains(publisher), "{text}");
        let figure = row.value.or(row.low).or(row.high).is_some();
        assert!(!figure || text.contains(&format::fact(row)), "{text}");
        assert!(row.as_of.is_some() || text.contains("; undated)"), "{text}");
        assert!(!text.contains(".."), "{text}");
    }
}

#[test]
fn every_source_can_be_cited() {
    for source in evidence::sources() {
        let entry = cite::source_bibtex(source);
        assert_eq!(faults(&entry), Vec::<String>::new(), "{entry}");
        assert!(
            entry.starts_with(&format!("@misc{{{},", source.id)),
            "{entry}"
        );
        assert!(cite::source(source).contains(&source.title));
    }
}

#[test]
fn a_citation_names_versions_link_and_day() {
    let scenario = Scenario::default().with(Lever::GwCommitted, 4.0);
    let outcome = model::run(&scenario);
    let page = cite::page(&scenario, VISIT);
    let figure = cite::figure(&scenario, &outcome, Output::AwsGrowth2026, VISIT);
    for text in [&page, &figure] {
        for part in [
            cite::NAME,
            cite::PAGE_VERSION,
            "model 1",
            DATE,
            "#m=1&gw-committed=4",
        ] {
            assert!(text.contains(part), "{text} without {part}");
        }
    }
    assert!(figure.contains("&shown=aws-growth-2026:"), "{figure}");
    assert!(!page.contains("shown"), "{page}");
}
