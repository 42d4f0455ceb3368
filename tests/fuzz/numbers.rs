//! Numbers: what links and fields take for one is the number that stands there, and what
//! fields show is read again as it is.
#![no_main]

use arbitrary::Arbitrary;
use compute_loop_core::levers::Lever;
use compute_loop_core::link::{parse_value, value_text};
use compute_loop_core::month::{HORIZON, Month};
use compute_loop_core::outcome::Output;
use compute_loop_core::scenario::Scenario;
use compute_loop_core::unit::Unit;
use compute_loop_core::{decimal, field, format, question};
use compute_loop_fuzz::{Input, Key, Lot, Word, month, number, pick, reading, same_number};
use libfuzzer_sys::fuzz_target;

/// A number of pieces, with what readers put around one.
#[derive(Arbitrary, Clone, Debug)]
struct Pieces {
    lever: Key,
    before: u8,
    word: Word,
    comma: bool,
    behind: u8,
}

impl Pieces {
    fn text(&self) -> String {
        let before = ["", "", "", " ", "$", "−$", "$-", "\u{a0}", "%", "×"];
        let behind = [
            "",
            "",
            "",
            " ",
            "%",
            " %",
            " GW",
            "\u{202f}bn",
            " months",
            " years",
            "$",
            "×",
            "%5",
            " $ bn",
            "GW years",
        ];
        let word = self.word.text(self.lever.lever().unwrap_or(Lever::Arr2026));
        let word = if self.comma {
            word.replace('.', ",")
        } else {
            word
        };
        [
            pick(&before, self.before),
            word.as_str(),
            pick(&behind, self.behind),
        ]
        .concat()
    }
}

/// The number of a text that a reader typed, read in another way than fields do: figures
/// from the first to the last, with nothing between them but what numbers have, and a sign
/// before them. None where nothing is to be taken for a number.
fn typed(text: &str) -> Option<String> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let is_figure = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let first = text.find(is_figure)?;
    let (last, c) = text.char_indices().rfind(|(_, c)| is_figure(*c))?;
    let (before, figures) = (&text[..first], &text[first..last + c.len_utf8()]);
    let sign = match before.replace('$', "").as_str() {
        "" | "+" => "",
        "-" | "−" => "-",
        _ => return None,
    };
    Some([sign, &figures.replace(',', ".").replace('−', "-")].concat())
}

/// A number as links and files hold it.
fn check_decimal(text: &str) {
    match (decimal::parse(text), number(text)) {
        (None, None) => {}
        (Some(found), Some(wanted)) => {
            assert!(
                same_number(text, found, wanted),
                "“{text}” is {wanted} and was read as {found}"
            );
        }
        (found, wanted) => panic!("“{text}” is {wanted:?} and was read as {found:?}"),
    }
}

/// A value of a lever.
fn check_lever(lever: Lever, text: &str) {
    let spec = lever.spec();
    let wanted = reading(lever, text);
    assert_eq!(
        parse_value(lever, text).map(f64::to_bits),
        wanted.map(f64::to_bits),
        "{}: {text}",
        spec.id
    );
    let mut scenario = Scenario::default();
    let Some(wanted) = wanted else { return };
    let taken = scenario.set(lever, wanted);
    if !wanted.is_finite() {
        assert_eq!(taken.to_bits(), spec.default.to_bits());
        return;
    }
    // Half a step from what was wanted, or at the end that is nearer.
    let step = match spec.unit {
        Unit::Month | Unit::Switch | Unit::Choice => 1.0,
        _ => 1e-6,
    };
    let near = wanted.max(spec.min).min(spec.max);
    assert!(
        (spec.min..=spec.max).contains(&taken),
        "{} of {text} is {taken}",
        spec.id
    );
    assert!(
        (taken - near).abs() <= 0.500_001 * step,
        "{} of {text} is {taken}",
        spec.id
    );
    assert_eq!(
        lever.admit(taken).to_bits(),
        taken.to_bits(),
        "{}: {taken}",
        spec.id
    );
    // What the field shows then is what it reads.
    let shown = value_text(lever, taken);
    for shown in [field::plain(&shown), shown] {
        assert_eq!(
            parse_value(lever, &shown).map(f64::to_bits),
            Some(taken.to_bits()),
            "{}: {shown}",
            spec.id
        );
    }
    let words = format::lever(lever, taken);
    assert!(
        !words.is_empty() && !words.contains("NaN") && !words.contains("inf"),
        "{words}"
    );
    assert!(
        words.contains(|c: char| c.is_ascii_digit()) || !spec.options.is_empty(),
        "{words}"
    );
}

/// What was typed into the field of a lever.
fn check_field(lever: Lever, text: &str) {
    let plain = field::plain(text);
    let Some(found) = parse_value(lever, &plain) else {
        return;
    };
    match lever.spec().unit {
        Unit::Switch | Unit::Choice => assert_eq!(reading(lever, &plain), Some(found)),
        Unit::Month => assert_eq!(month(&plain), Some(found)),
        _ => {
            let text = typed(text);
            let wanted = text.as_deref().and_then(number);
            let same = wanted.is_some_and(|wanted| {
                same_number(text.as_deref().unwrap_or_default(), found, wanted)
            });
            assert!(same, "“{text:?}” was typed and read as {found}");
        }
    }
}

/// What was typed as a target of a question.
fn check_target(output: Output, text: &str) {
    let unit = output.spec().unit;
    let Some(found) = question::parse(output, text) else {
        return;
    };
    assert!(
        found.is_finite() && !(found == 0.0 && found.is_sign_negative()),
        "{text}: {found}"
    );
    if unit == Unit::Month {
        let wanted = if text == "never" {
            Some(HORIZON as f64)
        } else {
            month(text)
        };
        assert_eq!(Some(found), wanted, "{text}");
        assert!(found as usize == HORIZON || Month::at(found as usize).is_some());
        return;
    }
    let is_part = |b: u8| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.' | b'e' | b'E');
    assert!(text.bytes().all(is_part), "{text} was read as {found}");
    let wanted: f64 = text.parse().expect("what a field took is a number");
    let wanted = if unit == Unit::Ratio {
        wanted / 100.0
    } else {
        wanted
    };
    assert!(
        (found - wanted).abs() <= 1e-14 * wanted.abs(),
        "{text}: {found}"
    );
    // What the field shows of it is the same target but for the last of its figures.
    let shown = question::text(output, found);
    let again = question::parse(output, &shown).unwrap_or_else(|| panic!("{shown} is no target"));
    assert!(
        (again - found).abs() <= 1e-10 + 1e-15 * found.abs(),
        "{text}: {found}, then {again}"
    );
}

fuzz_target!(|input: Input<Pieces>| {
    let (text, of) = match input {
        Input::Raw(bytes) => (String::from_utf8_lossy(&bytes).into_owned(), None),
        Input::Built(pieces) => (pieces.text(), pieces.lever.lever()),
    };
    let lot = Lot::of(text.as_bytes());
    let lever = of.unwrap_or(lot.pick(&Lever::ALL));
    check_decimal(&text);
    check_decimal(&field::plain(&text));
    check_field(lever, &text);
    // Every kind of value, now and then that of every lever.
    if lot.is_one_in(64) {
        for lever in Lever::ALL {
            check_lever(lever, &text);
        }
        for output in Output::ALL {
            check_target(output, &text);
        }
    }
    for lever in [
        lever,
        Lever::Arr2026,
        Lever::Trainium4Start,
        Lever::OptionOrDuty,
    ] {
        check_lever(lever, &text);
    }
    check_target(lot.pick(&Output::ALL), &field::plain(&text));
});
