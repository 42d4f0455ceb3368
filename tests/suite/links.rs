//! Scenario links: they round-trip, they never fail, and old ones keep their meaning.

use compute_loop_core::format;
use compute_loop_core::levers::Lever;
use compute_loop_core::link::{
    MAX_LENGTH, Shown, VERSION, Warning, decode, encode, quoting, read, value_text,
};
use compute_loop_core::model;
use compute_loop_core::month::Month;
use compute_loop_core::outcome::{Outcome, Output, Series};
use compute_loop_core::preset::PRESETS;
use compute_loop_core::scenario::Scenario;
use compute_loop_core::unit::Unit;
use proptest::prelude::*;
use serde_json::Value;

use crate::draw;

fn same_bits(a: &Scenario, b: &Scenario) -> bool {
    Lever::ALL
        .iter()
        .all(|&lever| a.get(lever).to_bits() == b.get(lever).to_bits())
}

/// What a piece of a generated link is, and what reading it has to lead to.
#[derive(Clone, Debug)]
enum Piece {
    /// A value that the lever admits as it stands.
    Good(Lever, f64),
    /// A value that is moved to an end of the range.
    Outside(Lever, f64, f64),
    /// Text that is no value of the lever.
    Junk(Lever, &'static str),
    /// A key that is no lever's.
    Unknown(String),
    /// The version.
    Version,
    /// A version that does not exist.
    NoVersion(&'static str),
    /// Nothing between two separators.
    Nothing,
}

impl Piece {
    fn text(&self) -> String {
        match self {
            Self::Good(lever, value) | Self::Outside(lever, value, _) => {
                format!("{}={}", lever.spec().id, value_text(*lever, *value))
            }
            Self::Junk(lever, text) => format!("{}={text}", lever.spec().id),
            Self::Unknown(key) => format!("{key}=1"),
            Self::Version => format!("m={VERSION}"),
            Self::NoVersion(text) => format!("m={text}"),
            Self::Nothing => String::new(),
        }
    }
}

fn piece() -> impl Strategy<Value = Piece> {
    let good = draw::any_lever()
        .prop_flat_map(|lever| draw::value_of(lever).prop_map(move |v| Piece::Good(lever, v)));
    let outside = (draw::any_lever(), any::<bool>(), 1u32..1000).prop_filter_map(
        "a range has an outside that can be written",
        |(lever, above, by)| {
            let spec = lever.spec();
            let by = f64::from(by);
            let (value, end) = if above {
                (spec.max + by, spec.max)
            } else {
                (spec.min - by, spec.min)
            };
            // Options have no name outside their range, months none outside the
            // horizon.
            let writable = match spec.unit {
                Unit::Switch | Unit::Choice => false,
                Unit::Month => (0.0..168.0).contains(&value),
                _ => true,
            };
            writable.then_some(Piece::Outside(lever, value, end))
        },
    );
    let junk = (
        draw::any_lever(),
        proptest::sample::select(vec![
            "", "NaN", "inf", "-inf", "1e999", "1,5", "60 GW", "0x10", "½", "２", "2026-13", "yes",
            "ON", "=", "1=2", "--1",
        ]),
    )
        .prop_map(|(lever, text)| Piece::Junk(lever, text));
    let unknown = "[a-z]{1,8}-[0-9]{5}".prop_map(Piece::Unknown);
    let no_version =
        proptest::sample::select(vec!["", "0", "2", "-1", "one", "1.0"]).prop_map(Piece::NoVersion);
    prop_oneof![
        4 => good,
        3 => outside,
        3 => junk,
        1 => unknown,
        1 => Just(Piece::Version),
        1 => no_version,
        1 => Just(Piece::Nothing),
    ]
}

proptest! {
    #![proptest_config(draw::cases(2000))]

    #[test]
    fn a_scenario_survives_its_link(scenario in draw::any_scenario()) {
        let link = encode(&scenario);
        let (read, warnings) = decode(&link);
        prop_assert!(same_bits(&read, &scenario), "{link}");
        prop_assert_eq!(warnings, vec![]);
        prop_assert!(link.chars().count() <= MAX_LENGTH, "{}", link.len());
        prop_assert!(link.is_ascii());
    }

    #[test]
    fn any_text_leads_to_a_canonical_link(text in any::<String>()) {
        let link = encode(&decode(&text).0);
        let (read, warnings) = decode(&link);
        prop_assert_eq!(warnings, vec![]);
        prop_assert_eq!(encode(&read), link);
    }

    #[test]
    fn text_that_looks_like_a_link_leads_to_a_canonical_one(
        text in "#?(m=[0-9]|[a-z0-9-]{1,12}|arr-2026|stake|option-or-duty|trainium4-start|%[0-9A-Fa-f]{0,2}|[&=#;+.]|[0-9.eE-]{1,6}|\\PC){0,30}",
    ) {
        let link = encode(&decode(&text).0);
        let (read, warnings) = decode(&link);
        prop_assert_eq!(warnings, vec![]);
        prop_assert_eq!(encode(&read), link);
    }

    #[test]
    fn each_piece_is_used_or_reported(pieces in proptest::collection::vec(piece(), 0..40)) {
        let fragment: Vec<String> = pieces.iter().map(Piece::text).collect();
        let link = format!("#{}", fragment.join("&"));
        prop_assume!(link.chars().count() <= MAX_LENGTH);

        let (mut expected, mut due) = (Scenario::default(), vec![]);
        let mut seen = vec![];
        for piece in &pieces {
            let (Piece::Good(lever, _) | Piece::Outside(lever, ..) | Piece::Junk(lever, _)) = piece
            else {
                match piece {
                    Piece::Unknown(key) => due.push(Warning::UnknownKey(key.clone())),
                    Piece::NoVersion(text) => {
                        due.push(Warning::UnknownVersion((*text).to_owned()));
                    }
                    _ => {}
                }
                continue;
            };
            let lever = *lever;
            if seen.contains(&lever) {
                due.push(Warning::Repeated(lever));
            }
            seen.push(lever);
            match piece {
                Piece::Good(_, value) => expected = expected.with(lever, *value),
                Piece::Outside(_, value, end) => {
                    expected = expected.with(lever, *end);
                    due.push(Warning::Adjusted {
                        lever,
                        text: value_text(lever, *value),
                        taken: value_text(lever, *end),
                    });
                }
                Piece::Junk(_, text) => due.push(Warning::BadValue {
                    lever,
                    text: (*text).to_owned(),
                }),
                _ => {}
            }
        }
        let (read, warnings) = decode(&link);
        prop_assert!(same_bits(&read, &expected), "{link}");
        prop_assert_eq!(&warnings, &due, "{}", link);
        for warning in &warnings {
            let told = warning.to_string();
            match warning {
                Warning::BadValue { lever, text } | Warning::Adjusted { lever, text, .. } => {
                    prop_assert!(told.contains(lever.spec().label), "{told}");
                    prop_assert!(told.contains(text.as_str()), "{told}");
                }
                Warning::Repeated(lever) => prop_assert!(told.contains(lever.spec().label), "{told}"),
                Warning::UnknownKey(text) | Warning::UnknownVersion(text) => {
                    prop_assert!(told.contains(text.as_str()), "{told}");
                }
                Warning::BadShown(_) | Warning::Changed { .. } => {
                    prop_assert!(false, "{link} shows nothing");
                }
                Warning::TooLong => prop_assert!(false, "{link} is not too long"),
            }
        }
    }

    #[test]
    fn a_value_between_the_steps_of_precision_is_reported(
        lever in draw::any_lever(),
        share in 0.0..=1.0f64,
    ) {
        let spec = lever.spec();
        prop_assume!(!matches!(spec.unit, Unit::Month | Unit::Switch | Unit::Choice));
        let value: f64 = spec.min + share * (spec.max - spec.min);
        let (read, warnings) = decode(&format!("#m=1&{}={value}", spec.id));
        let taken = read.get(lever);
        if taken.to_bits() == value.to_bits() {
            prop_assert_eq!(warnings, vec![]);
        } else {
            prop_assert_eq!(warnings.len(), 1);
            let is_it =
                matches!(&warnings[0], Warning::Adjusted { lever: named, .. } if *named == lever);
            prop_assert!(is_it, "{:?}", warnings);
        }
    }

    #[test]
    fn a_quoted_link_is_the_scenario_and_tells_when_the_model_has_changed(
        scenario in draw::any_scenario(),
        output in proptest::sample::select(Output::ALL.to_vec()),
        by in prop_oneof![-0.5..-1e-6, 1e-6..0.5f64],
    ) {
        let outcome = model::run(&scenario);
        let link = quoting(&scenario, &outcome, output);
        prop_assert!(link.starts_with(&encode(&scenario)), "{link}");
        let quoted = read(&link);
        prop_assert!(same_bits(&quoted.scenario, &scenario), "{link}");
        prop_assert_eq!(&quoted.warnings, &vec![]);
        prop_assert_eq!(quoted.shown.len(), 1);
        prop_assert_eq!(quoted.shown[0].value.to_bits(), outcome.get(output).to_bits());
        prop_assert_eq!(quoted.notices(&outcome), vec![]);
        // Messengers escape what they like.
        let escaped = link.replace(':', "%3A").replace("shown", "%73hown");
        prop_assert_eq!(&read(&escaped).shown, &quoted.shown);
        // What older pages make of it: an unknown key and the same scenario.
        let older = link.replace("shown", "seen");
        let (same, warnings) = decode(&older);
        prop_assert!(same_bits(&same, &scenario));
        prop_assert_eq!(warnings, vec![Warning::UnknownKey("seen".into())]);

        let was = Shown { output, value: outcome.get(output) * (1.0 + by) + by };
        let told = was.changed(&outcome).map(|told| told.to_string());
        let told = told.unwrap_or_default();
        prop_assert!(told.contains(output.spec().label), "{told}");
        if output.spec().unit != Unit::Year && output.spec().unit != Unit::Month {
            prop_assert!(told.contains(&format::output(&outcome, output)), "{told}");
        }
    }

    #[test]
    fn whatever_a_link_says_it_showed_is_read_or_named(
        text in "([a-z0-9-]{0,20}|aws-growth-2026|pledge-met|ai-race-crossover)(:[0-9.eE+-]{0,12}|:never|:20[0-9]{2}-[0-9]{2}|\\PC{0,8})?",
    ) {
        let quoted = read(&format!("#m=1&shown={text}&arr-2026=60"));
        let parts = text.matches('&').count() + text.matches('#').count();
        prop_assume!(parts == 0 && !text.contains('%'));
        prop_assert!(same_bits(&quoted.scenario, &Scenario::default().with(Lever::Arr2026, 60.0)));
        let outcome = model::run(&quoted.scenario);
        match quoted.warnings.as_slice() {
            [] => prop_assert_eq!(quoted.shown.len(), 1),
            [warning] => {
                prop_assert_eq!(quoted.shown.len(), 0);
                let told = warning.to_string();
                let head: String = text.chars().take(40).collect();
                prop_assert!(told.contains(&head), "{told}");
            }
            more => prop_assert!(false, "{more:?}"),
        }
        for notice in quoted.notices(&outcome) {
            prop_assert!(notice.to_string().len() < 400, "{notice}");
        }
    }

    #[test]
    fn text_past_the_limit_is_reported_and_not_read(
        scenario in draw::any_scenario(),
        filler in "[a-zé€😀]{1,3}",
    ) {
        let link = encode(&scenario);
        let long = format!("{link}&{}&arr-2026=60", filler.repeat(MAX_LENGTH));
        let (read, warnings) = decode(&long);
        prop_assert!(same_bits(&read, &scenario));
        prop_assert_eq!(warnings, vec![Warning::TooLong]);
    }
}

#[test]
fn a_pair_that_ends_at_the_limit_is_read() {
    let pair = "stake=6";
    let default = Lever::Stake.spec().default;
    for (end, stake) in [
        (MAX_LENGTH - 1, 6.0),
        (MAX_LENGTH, 6.0),
        (MAX_LENGTH + 1, default),
    ] {
        let filler = "x".repeat(end - pair.len() - 1);
        let link = format!("#{filler}&{pair}&arr-2026=60");
        let (read, warnings) = decode(&link);
        assert!(warnings.contains(&Warning::TooLong));
        let expected = Scenario::default().with(Lever::Stake, stake);
        assert!(same_bits(&read, &expected), "ending at {end}");
    }
}

#[test]
fn the_longest_link_is_read_whole() {
    // As many digits as a lever keeps, in every lever at once.
    let scenario = Lever::ALL
        .into_iter()
        .fold(Scenario::default(), |scenario, lever| {
            let spec = lever.spec();
            let wanted = spec.min + (spec.max - spec.min) * 0.912_345_678_9;
            let value =
                if scenario.with(lever, wanted).get(lever).to_bits() == spec.default.to_bits() {
                    spec.min
                } else {
                    wanted
                };
            scenario.with(lever, value)
        });
    // The default of a range's end stays what it is, everything else is written.
    let link = encode(&scenario);
    assert_eq!(scenario.changed().count(), Lever::COUNT, "{link}");
    assert!(
        link.chars().count() <= MAX_LENGTH,
        "{} characters",
        link.len()
    );
    let (again, warnings) = decode(&link);
    assert!(same_bits(&again, &scenario));
    assert_eq!(warnings, vec![]);

    // There is room for what it showed, whichever figure that is.
    let outcome = model::run(&scenario);
    for output in Output::ALL {
        let link = quoting(&scenario, &outcome, output);
        let spare = "-".len() + "0.00000000000000000000".len();
        assert!(link.chars().count() + spare <= MAX_LENGTH, "{link}");
        assert_eq!(read(&link).notices(&outcome), vec![]);
    }
}

#[test]
fn the_longest_values_of_all_levers_fit() {
    let longest: usize = Lever::ALL
        .into_iter()
        .map(|lever| {
            let spec = lever.spec();
            let mut draws = draw::Draws::new(lever as u64);
            let text = (0..2000)
                .map(|_| value_text(lever, draws.value(lever)).len())
                .max()
                .unwrap_or_default();
            // A separator, the key, an equals sign, the value and a digit to spare.
            spec.id.len() + text + 3
        })
        .sum();
    assert!("#m=1".len() + longest <= MAX_LENGTH, "{longest}");
}

#[test]
fn presets_survive_their_links() {
    for preset in PRESETS {
        let scenario = preset.scenario();
        let (read, warnings) = decode(&encode(&scenario));
        assert!(same_bits(&read, &scenario), "{}", preset.id);
        assert_eq!(warnings, vec![], "{}", preset.id);
        for &(lever, value) in preset.levers {
            // What a preset sets is what its scenario holds.
            assert_eq!(
                scenario.get(lever).to_bits(),
                value.to_bits(),
                "{}: {}",
                preset.id,
                lever.spec().id
            );
        }
    }
}

/// An output as text that gives back its bits: the shortest decimal, a month, or a
/// dash for never.
fn exact_text(outcome: &Outcome, output: Output) -> String {
    match output.spec().unit {
        Unit::Month => outcome
            .month(output)
            .map_or_else(|| "–".to_owned(), |month| month.to_string()),
        _ => outcome.get(output).to_string(),
    }
}

#[test]
fn old_links_keep_giving_what_they_gave() {
    let golden: Value =
        serde_json::from_str(include_str!("golden/links.json")).expect("links.json is JSON");
    let golden = golden.as_array().expect("a list of links");
    assert!(golden.len() >= 12);
    let mut moved = vec![];
    for entry in golden {
        let link = entry["link"].as_str().expect("a link is text");
        let (scenario, warnings) = decode(link);
        assert_eq!(warnings, vec![], "{link}");
        let outcome = model::run(&scenario);
        let outputs = entry["outputs"].as_object().expect("outputs by id");
        assert!(!outputs.is_empty(), "{link}");
        for (id, value) in outputs {
            let output =
                Output::from_id(id).unwrap_or_else(|| panic!("{link}: no output {id} any more"));
            let now = exact_text(&outcome, output);
            if value != now.as_str() {
                moved.push(format!("{link}: {id} was {value}, is {now:?}"));
            }
        }
        for (id, by_month) in entry["series"].as_object().into_iter().flatten() {
            let series =
                Series::from_id(id).unwrap_or_else(|| panic!("{link}: no series {id} any more"));
            for (month, value) in by_month.as_object().expect("values by month") {
                let at = Month::parse(month).expect("a month");
                let now = outcome
                    .at(series, at)
                    .map_or_else(|| "–".to_owned(), |value| value.to_string());
                if value != now.as_str() {
                    moved.push(format!("{link}: {id} in {month} was {value}, is {now:?}"));
                }
            }
        }
    }
    assert!(moved.is_empty(), "{}", moved.join("\n"));
}

#[test]
fn every_preset_has_a_golden_link() {
    let golden: Value =
        serde_json::from_str(include_str!("golden/links.json")).expect("links.json is JSON");
    for preset in PRESETS {
        let link = encode(&preset.scenario());
        assert!(
            golden
                .as_array()
                .is_some_and(|list| list.iter().any(|entry| entry["link"] == link.as_str())),
            "{}: {link}",
            preset.id
        );
    }
}
