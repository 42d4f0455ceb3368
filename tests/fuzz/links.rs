//! Links: what a link says is read as it stands, or a notice names what was not.
#![no_main]

use arbitrary::Arbitrary;
use compute_loop_core::json;
use compute_loop_core::levers::Lever;
use compute_loop_core::link::{self, MAX_LENGTH, VERSION, Warning, read, short};
use compute_loop_core::month::HORIZON;
use compute_loop_core::outcome::Output;
use compute_loop_core::scenario::Scenario;
use compute_loop_core::unit::Unit;
use compute_loop_core::words::t;
use compute_loop_fuzz::{
    Escapes, Input, Key, Lot, Word, check_outcome, check_scenario, month, number, pick, reading,
    same_number, same_scenario,
};
use libfuzzer_sys::fuzz_target;

/// More pairs say little that fewer do not, and take their time.
const MOST_PAIRS: usize = 12;

/// A link of pieces.
#[derive(Arbitrary, Clone, Debug)]
struct Pieces {
    before: u8,
    pairs: Vec<Pair>,
    behind: u8,
}

#[derive(Arbitrary, Clone, Debug)]
struct Pair {
    key: Key,
    value: Option<Word>,
    escapes: Escapes,
    /// How often it stands there.
    again: u8,
}

impl Pieces {
    fn text(&self) -> String {
        let before = [
            "#",
            "",
            "https://example.org/?view=deal#",
            "#m=1&",
            "##",
            "#&&",
        ];
        let behind = ["", "&", "#", "%", "%4", "%C3"];
        let pairs: Vec<String> = self
            .pairs
            .iter()
            .take(MOST_PAIRS)
            .flat_map(Pair::text)
            .collect();
        [
            pick(&before, self.before),
            pairs.join("&").as_str(),
            pick(&behind, self.behind),
        ]
        .concat()
    }
}

impl Pair {
    fn text(&self) -> Vec<String> {
        let lever = self.key.lever().unwrap_or(Lever::Arr2026);
        let key = self.escapes.of(&self.key.text());
        let pair = match &self.value {
            Some(value) => [&key, "=", &self.escapes.of(&value.text(lever))].concat(),
            None => key,
        };
        let times = match self.again {
            // Enough to pass the limit; bytes of ones are libFuzzer's favourites, and this is slow.
            183 => 100,
            200..=220 => 2,
            _ => 1,
        };
        vec![pair; times]
    }
}

/// The pairs of a link that are read: those that end within the limit, and whether that
/// leaves any out.
fn pairs(link: &str) -> (Vec<&str>, bool) {
    let fragment = match link.find('#') {
        Some(at) => &link[at + 1..],
        None => link,
    };
    let mut end = 0;
    let mut whole = vec![];
    for pair in fragment.split('&') {
        end += pair.chars().count();
        if end > MAX_LENGTH {
            return (whole, true);
        }
        whole.push(pair);
        end += 1;
    }
    (whole, false)
}

/// A text with its escapes resolved.
fn resolved(text: &str) -> String {
    let mut parts = text.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let code = part
            .get(..2)
            .filter(|code| code.bytes().all(|b| b.is_ascii_hexdigit()));
        if let Some(byte) = code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            bytes.push(byte);
            bytes.extend(&part.as_bytes()[2..]);
        } else {
            bytes.push(b'%');
            bytes.extend(part.as_bytes());
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What a link says that it showed.
fn shown(text: &str) -> Option<(Output, &str, f64)> {
    let (id, value) = text.split_once(':')?;
    let output = Output::ALL
        .into_iter()
        .find(|output| output.spec().id == id)?;
    let number = match output.spec().unit {
        Unit::Month if value == "never" => HORIZON as f64,
        Unit::Month => month(value)?,
        _ => number(value).filter(|number| number.abs() <= 1e12)?,
    };
    Some((output, value, number))
}

/// The words of a warning name what they are about.
fn check_words(warning: &Warning) {
    let told = warning.to_string();
    let named: Vec<&str> = match warning {
        Warning::UnknownKey(text) | Warning::UnknownVersion(text) | Warning::BadShown(text) => {
            vec![text]
        }
        Warning::BadValue { lever, text } => vec![t(lever.spec().label), text],
        Warning::Adjusted { lever, text, taken } => vec![t(lever.spec().label), text, taken],
        Warning::Repeated(lever) => vec![t(lever.spec().label)],
        Warning::Changed { output, then, now } => vec![t(output.spec().label), then, now],
        Warning::TooLong => vec!["2000"],
    };
    for name in named {
        assert!(told.contains(name), "“{told}” does not name {name}");
    }
    assert!(told.len() < 600, "{told}");
}

fuzz_target!(|input: Input<Pieces>| {
    let link = match input {
        Input::Raw(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Input::Built(pieces) => pieces.text(),
    };
    let found = read(&link);
    let (pairs, too_long) = pairs(&link);
    let mut warnings = found.warnings.iter();
    let mut quoted = found.shown.iter();
    if too_long {
        assert_eq!(warnings.next(), Some(&Warning::TooLong), "{link}");
    }
    let mut wanted = Scenario::default();
    let mut seen = [false; Lever::COUNT];
    for pair in pairs.into_iter().filter(|pair| !pair.is_empty()) {
        let (key, text) = pair.split_once('=').unwrap_or((pair, ""));
        let (key, text) = (resolved(key), resolved(text));
        if key == "m" {
            if text.parse() != Ok(VERSION) {
                assert_eq!(
                    warnings.next(),
                    Some(&Warning::UnknownVersion(short(&text))),
                    "{link}"
                );
            }
            continue;
        }
        if key == "shown" {
            let Some((output, text, value)) = shown(&text) else {
                assert_eq!(
                    warnings.next(),
                    Some(&Warning::BadShown(short(&text))),
                    "{link}"
                );
                continue;
            };
            let one = quoted
                .next()
                .unwrap_or_else(|| panic!("{text} is not in what {link} showed"));
            assert_eq!(one.output, output, "{link}");
            assert!(
                same_number(text, one.value, value) || output.spec().unit == Unit::Month,
                "{link}: {one:?}"
            );
            continue;
        }
        let Some(lever) = Lever::ALL.into_iter().find(|lever| lever.spec().id == key) else {
            assert_eq!(
                warnings.next(),
                Some(&Warning::UnknownKey(short(&key))),
                "{link}"
            );
            continue;
        };
        if seen[lever as usize] {
            assert_eq!(warnings.next(), Some(&Warning::Repeated(lever)), "{link}");
        }
        seen[lever as usize] = true;
        let Some(value) = reading(lever, &text) else {
            let told = warnings.next();
            let due = Warning::BadValue {
                lever,
                text: short(&text),
            };
            assert_eq!(told, Some(&due), "{link}");
            // Where it says that the default stays, it does.
            let kept = wanted.get(lever).to_bits() == lever.spec().default.to_bits();
            assert!(
                kept || !due.to_string().contains("default"),
                "{link}: {due}"
            );
            continue;
        };
        let taken = wanted.set(lever, value);
        let due = Warning::Adjusted {
            lever,
            text: short(&text),
            taken: link::value_text(lever, taken),
        };
        if taken.to_bits() != (value + 0.0).to_bits() {
            assert_eq!(warnings.next(), Some(&due), "{link}");
        }
    }
    assert_eq!(warnings.next(), None, "{link}");
    assert_eq!(quoted.next(), None, "{link}");
    assert!(same_scenario(&found.scenario, &wanted), "{link}");
    found.warnings.iter().for_each(check_words);
    // What takes longer than to read the link is done for some.
    let lot = Lot::of(link.as_bytes());
    if lot.is_one_in(8) {
        check_scenario(&found.scenario);
    }
    if lot.is_one_in(64) {
        let outcome = check_outcome(&found.scenario);
        found.notices(&outcome).iter().for_each(check_words);
        let told = found.confirmations(&outcome).len() + found.notices(&outcome).len();
        assert_eq!(told, found.shown.len() + found.warnings.len(), "{link}");
        let output = lot.pick(&Output::ALL);
        let again = read(&link::quoting(&found.scenario, &outcome, output));
        assert!(same_scenario(&again.scenario, &found.scenario), "{link}");
        assert_eq!(again.notices(&outcome), vec![], "{link}");
    }
    if lot.is_one_in(4096) {
        let text = json::of_link(&link);
        assert!(
            serde_json::from_str::<serde_json::Value>(&text).is_ok(),
            "{text}"
        );
    }
});
