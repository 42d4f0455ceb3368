//! Scenario links: they round-trip, they never fail, and old ones keep their meaning.

use std::fmt::Write as _;

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
use compute_loop_core::viewpoint::Viewpoint;
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

/// How many links are tried.
const MANY: usize = 10_000;

/// What is done to a link that passed through hands and programs.
fn damaged(link: &str, draws: &mut draw::Draws) -> String {
    const BITS: [&str; 16] = [
        "&", "=", "#", "%", "%2", "%26", "%3D", "%00", "m=2", "+", " ", "\u{0}", "é", "😀", "-",
        "1e308",
    ];
    let mut chars: Vec<char> = link.chars().collect();
    let times = 1 + (draws.unit() * 4.0) as usize;
    for _ in 0..times {
        let place = (draws.unit() * (chars.len() + 1) as f64) as usize;
        let place = place.min(chars.len());
        let end = place + (draws.unit() * 12.0) as usize;
        let end = end.min(chars.len());
        match (draws.unit() * 5.0) as usize {
            0 => drop(chars.drain(place..end)),
            1 => {
                let piece: Vec<char> = chars[place..end].to_vec();
                chars.splice(place..place, piece);
            }
            2 => chars.truncate(place),
            3 => {
                let piece: String = chars[place..end].iter().collect();
                let escaped = piece.bytes().fold(String::new(), |mut all, byte| {
                    // A string takes whatever is written to it.
                    let _ = write!(all, "%{byte:02x}");
                    all
                });
                chars.splice(place..end, escaped.chars());
            }
            _ => {
                let bit = BITS[(draws.unit() * BITS.len() as f64) as usize % BITS.len()];
                chars.splice(place..place, bit.chars());
            }
        }
    }
    chars.into_iter().collect()
}

#[test]
fn ten_thousand_links_round_trip_and_no_damage_breaks_one() {
    let mut draws = draw::Draws::new(20_261_121);
    for turn in 0..MANY {
        let scenario = draws.scenario(turn);
        let link = encode(&scenario);
        let (read, warnings) = decode(&link);
        assert!(same_bits(&read, &scenario), "{link}");
        assert_eq!(warnings, vec![], "{link}");
        assert_eq!(encode(&read), link);
        assert!(link.is_ascii() && link.len() <= MAX_LENGTH, "{link}");

        let damaged = damaged(&link, &mut draws);
        let (read, warnings) = decode(&damaged);
        for lever in Lever::ALL {
            let value = read.get(lever);
            assert_eq!(value.to_bits(), lever.admit(value).to_bits(), "{damaged}");
        }
        for warning in warnings {
            assert!(warning.to_string().len() < 400, "{damaged}: {warning}");
        }
        let canonical = encode(&read);
        let (again, warnings) = decode(&canonical);
        assert!(same_bits(&again, &read), "{damaged}");
        assert_eq!(warnings, vec![], "{damaged}");
        assert_eq!(encode(&again), canonical, "{damaged}");
    }
}

/// Where the links of the first release are kept, each with what it gave.
const KEPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/suite/golden/m1.json");

/// The links that have to be kept: every named scenario and viewpoint, every option of
/// every switch and choice, and every belief at its ends, months at one between as well.
fn links_to_keep() -> Vec<String> {
    let default = Scenario::default();
    let mut scenarios = vec![default];
    scenarios.extend(
        PRESETS
            .iter()
            .map(compute_loop_core::preset::Preset::scenario),
    );
    scenarios.extend(Viewpoint::all().map(Viewpoint::scenario));
    for lever in Lever::ALL {
        let spec = lever.spec();
        scenarios.extend([spec.min, spec.max].map(|value| default.with(lever, value)));
        match spec.unit {
            Unit::Switch | Unit::Choice => {
                let options = 0..spec.options.len();
                scenarios.extend(options.map(|option| default.with(lever, option as f64)));
            }
            Unit::Month => {
                scenarios.push(default.with(lever, f64::midpoint(spec.min, spec.max).floor()));
            }
            _ => {}
        }
    }
    let end = |of: fn(&compute_loop_core::levers::LeverSpec) -> f64| {
        Lever::ALL.into_iter().fold(default, |scenario, lever| {
            scenario.with(lever, of(lever.spec()))
        })
    };
    scenarios.extend([end(|spec| spec.min), end(|spec| spec.max)]);
    let mut links: Vec<String> = vec![];
    for link in scenarios.iter().map(encode) {
        if !links.contains(&link) {
            links.push(link);
        }
    }
    links
}

/// Every output of a link by id.
fn given(link: &str) -> Vec<(&'static str, String)> {
    let (scenario, warnings) = decode(link);
    assert_eq!(warnings, vec![], "{link}");
    let outcome = model::run(&scenario);
    let outputs = Output::ALL.into_iter();
    outputs
        .map(|output| (output.spec().id, exact_text(&outcome, output)))
        .collect()
}

/// What has been kept: the outputs of the defaults, and of each link those that differ.
fn kept() -> Value {
    let text = std::fs::read_to_string(KEPT).unwrap_or_else(|_| "{}".to_owned());
    serde_json::from_str(&text).expect("m1.json is JSON")
}

#[test]
fn every_kept_link_gives_what_it_gave_with_every_output() {
    let kept = kept();
    let (base, links) = (kept["#m=1"].as_object(), kept.as_object());
    let (base, links) = (base.expect("the defaults"), links.expect("links"));
    let mut moved = vec![];
    for (link, own) in links {
        let now = given(link);
        let own = own.as_object().expect("outputs by id");
        let gone = own.keys().chain(base.keys());
        for id in gone {
            assert!(
                Output::from_id(id).is_some(),
                "{link}: no output {id} any more"
            );
        }
        for (id, now) in now {
            // An output that is younger than the link is not held to anything.
            let Some(was) = own.get(id).or_else(|| base.get(id)) else {
                continue;
            };
            if *was != now {
                moved.push(format!("{link}: {id} was {was}, is {now}"));
            }
        }
    }
    assert!(moved.is_empty(), "{}", moved.join("\n"));
}

#[test]
fn everything_that_can_be_chosen_has_a_kept_link() {
    let kept = kept();
    let missing: Vec<String> = links_to_keep()
        .into_iter()
        .filter(|link| kept.get(link).is_none())
        .collect();
    assert!(
        missing.is_empty(),
        "keep these, by `cargo test -p compute-loop-core --test model \
         keep_the_links_that_are_missing -- --ignored`:\n{}",
        missing.join("\n")
    );
}

/// Adds the links that are not kept yet, a line each. What is kept stays as it is.
#[test]
#[ignore = "writes to the repository: for whoever has added a scenario, a viewpoint or a belief"]
fn keep_the_links_that_are_missing() {
    let mut kept = kept();
    let base: Vec<(&str, String)> = given("#m=1");
    let links = kept.as_object_mut().expect("links");
    for link in links_to_keep() {
        if links.contains_key(&link) {
            continue;
        }
        let differs = |(id, value): &(&'static str, String)| {
            link == "#m=1"
                || !base
                    .iter()
                    .any(|(other, same)| other == id && same == value)
        };
        let own = given(&link).into_iter().filter(differs);
        let own = own.map(|(id, value)| (id.to_owned(), Value::String(value)));
        links.insert(link.clone(), Value::Object(own.collect()));
    }
    let rows: Vec<String> = links
        .iter()
        .map(|(link, own)| format!("{}: {own}", Value::String(link.clone())))
        .collect();
    std::fs::write(KEPT, format!("{{\n{}\n}}\n", rows.join(",\n"))).expect("it is written");
}
