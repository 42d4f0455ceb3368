//! What the fuzz targets share: pieces of odd input, an independent reading of values, and
//! what has to hold of every scenario that came of an input.
//!
//! An input that begins with a printable character of ASCII is the text itself, so that
//! seeds can be read and written by hand; every other one says how to build an input out of
//! known pieces ([`Key`], [`Word`]).

use std::fmt::Write as _;

use arbitrary::{Arbitrary, Unstructured};
use compute_loop_core::levers::Lever;
use compute_loop_core::link::{encode, parse_value, read, value_text};
use compute_loop_core::month::{FIRST_YEAR, HORIZON, LAST_YEAR, Month};
use compute_loop_core::outcome::{Outcome, Output, Series};
use compute_loop_core::scenario::Scenario;
use compute_loop_core::unit::Unit;

/// The text itself, or how to build one.
#[derive(Clone, Debug)]
pub enum Input<T> {
    /// The bytes as they are.
    Raw(Vec<u8>),
    /// What to build.
    Built(T),
}

impl<'a, T: Arbitrary<'a>> Arbitrary<'a> for Input<T> {
    fn arbitrary(u: &mut Unstructured<'a>) -> arbitrary::Result<Self> {
        let is_text = u
            .peek_bytes(1)
            .is_some_and(|first| first[0].is_ascii_graphic());
        if is_text {
            return Ok(Self::Raw(u.bytes(u.len())?.to_vec()));
        }
        u.arbitrary::<u8>()?;
        Ok(Self::Built(u.arbitrary()?))
    }
}

/// A key of a link, of a table of levers or of a request.
#[derive(Arbitrary, Clone, Debug)]
pub enum Key {
    /// That of a lever.
    Lever(u8),
    /// One of a few levers, so that keys stand twice.
    Few(bool),
    /// The version.
    Version,
    /// What the link showed.
    Shown,
    /// One that nobody knows.
    Unknown(String),
    /// Nothing.
    None,
}

impl Key {
    /// Its text.
    pub fn text(&self) -> String {
        match self {
            Self::Version => "m".to_owned(),
            Self::Shown => "shown".to_owned(),
            Self::Unknown(key) => key.clone(),
            Self::None => String::new(),
            Self::Lever(_) | Self::Few(_) => {
                self.lever().map_or("", |lever| lever.spec().id).to_owned()
            }
        }
    }

    /// The lever that it was made for.
    pub fn lever(&self) -> Option<Lever> {
        match self {
            Self::Lever(at) => Some(Lever::ALL[usize::from(*at) % Lever::COUNT]),
            Self::Few(first) => Some(if *first {
                Lever::Stake
            } else {
                Lever::CapacityBinds
            }),
            _ => None,
        }
    }
}

/// A value, at or beyond the limits of a lever, or odd.
#[derive(Arbitrary, Clone, Debug)]
pub enum Word {
    /// The default.
    Default,
    /// An end of the range.
    End(bool),
    /// A value that the lever admits, by its share of the range.
    Inside(u16),
    /// A number beyond an end.
    Beyond(bool, u32),
    /// One between two steps of precision.
    Between(u16, u8),
    /// A number of any size.
    Float(f64),
    /// A whole number.
    Whole(i64),
    /// Figures, a point and an exponent.
    Written {
        /// What stands before the number.
        sign: u8,
        /// Before the point.
        whole: Vec<u8>,
        /// After the point.
        part: Option<Vec<u8>>,
        /// After the `e`.
        exponent: Option<i16>,
    },
    /// A month.
    Month(u8, u8),
    /// An option of a choice, of this lever or not.
    Choice(u8),
    /// What is no number in most eyes.
    Odd(u8),
    /// Figures or signs that only look like those of a number.
    Looks(u8, u8),
    /// A figure and a value that it may have had.
    Shown(u8, Box<Word>),
    /// Any text.
    Text(String),
}

const ODD: [&str; 24] = [
    "",
    "NaN",
    "nan",
    "inf",
    "-inf",
    "infinity",
    "1e999",
    "-1e999",
    "1e-999",
    "-0",
    "-0.0",
    "+7",
    "0x10",
    "1_000",
    "1,5",
    "60 GW",
    "½",
    "∞",
    "never",
    "yes",
    "--1",
    "1e",
    ".",
    "1e99999999999",
];

const SIGNS: [&str; 8] = ["", "-", "+", "−", "–", "－", "﹣", "--"];

impl Word {
    /// Its text, as a value of a lever.
    pub fn text(&self, lever: Lever) -> String {
        let spec = lever.spec();
        let inside = |share: u16| {
            lever.admit(spec.min + f64::from(share) / f64::from(u16::MAX) * (spec.max - spec.min))
        };
        match self {
            Self::Default => value_text(lever, spec.default),
            Self::End(upper) => value_text(lever, if *upper { spec.max } else { spec.min }),
            Self::Inside(share) => value_text(lever, inside(*share)),
            Self::Beyond(above, by) => {
                let by = f64::from(*by) / 1e6;
                let value = if *above { spec.max + by } else { spec.min - by };
                value.to_string()
            }
            Self::Between(share, by) => (inside(*share) + f64::from(*by) * 1e-8).to_string(),
            Self::Float(value) => value.to_string(),
            Self::Whole(value) => value.to_string(),
            Self::Written {
                sign,
                whole,
                part,
                exponent,
            } => {
                let figures = |bytes: &[u8]| -> String {
                    let figure = |byte: &u8| char::from(b'0' + byte % 10);
                    bytes.iter().take(400).map(figure).collect()
                };
                let mut text = pick(&SIGNS, *sign).to_owned() + &figures(whole);
                if let Some(part) = part {
                    text.push('.');
                    text.push_str(&figures(part));
                }
                if let Some(exponent) = exponent {
                    text.push_str(if exponent % 2 == 0 { "e" } else { "E" });
                    text.push_str(&exponent.to_string());
                }
                text
            }
            Self::Month(year, month) => {
                let year = FIRST_YEAR - 1 + usize::from(*year) % (LAST_YEAR - FIRST_YEAR + 3);
                format!("{year}-{:02}", month % 14)
            }
            Self::Choice(at) => {
                pick(&["on", "off", "duty", "option", "ON", "0", "1"], *at).to_owned()
            }
            Self::Odd(at) => pick(&ODD, *at).to_owned(),
            Self::Looks(sign, figure) => {
                // Those of other scripts, as wide as Chinese characters, and raised ones.
                let nought = pick(&['０', '٠', '०', '𝟎', '⁴'], *figure);
                let figure = char::from_u32(u32::from(nought) + u32::from(*figure) % 10);
                format!("{}{}", pick(&SIGNS, *sign), figure.unwrap_or(nought))
            }
            Self::Shown(output, value) => {
                let output = Output::ALL[usize::from(*output) % Output::COUNT];
                format!("{}:{}", output.spec().id, value.text(lever))
            }
            Self::Text(text) => text.clone(),
        }
    }
}

/// One of a list, whatever the number.
pub fn pick<T: Copy>(list: &[T], at: u8) -> T {
    list[usize::from(at) % list.len()]
}

/// How the characters of a text are written where `%XX` stands for a byte.
#[derive(Arbitrary, Clone, Copy, Debug)]
pub enum Escapes {
    /// As they are.
    None,
    /// All of them.
    All,
    /// Those that mean something in a link.
    Needed,
    /// Some, and percent signs as they are.
    Some(u8),
}

impl Escapes {
    /// The text with escapes.
    pub fn of(self, text: &str) -> String {
        let mut written = String::new();
        for (place, c) in text.chars().enumerate() {
            let escaped = match self {
                Self::None => false,
                Self::All => true,
                Self::Needed => matches!(c, '%' | '&' | '=' | '#'),
                Self::Some(every) => place % (usize::from(every) % 5 + 2) == 1,
            };
            if escaped {
                for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                    let _ = write!(written, "%{byte:02X}");
                }
            } else {
                written.push(c);
            }
        }
        written
    }
}

/// A number, read by the standard library; none for what links do not count as one, such
/// as `inf`, and for exponents that no computer holds.
pub fn number(text: &str) -> Option<f64> {
    let plain = |b: u8| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.' | b'e' | b'E');
    let exponent = text
        .split_once(['e', 'E'])
        .map_or("0", |(_, exponent)| exponent);
    exponent.parse::<i32>().ok()?;
    text.parse().ok().filter(|_| text.bytes().all(plain))
}

/// Whether links promise to read a number to the last bit: it has nineteen figures at most,
/// the last of them not farther than the nineteenth from the point.
pub fn is_exact(text: &str) -> bool {
    let (figures, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, part) = figures.split_once('.').unwrap_or((figures, ""));
    let all: String = [whole.trim_start_matches(['+', '-']), part].concat();
    let (all, end) = (all.trim_start_matches('0'), all.trim_end_matches('0').len());
    let noughts = whole.trim_start_matches(['+', '-']).len() + part.len() - end;
    let figures = all.trim_end_matches('0').len();
    let Ok(exponent) = exponent.parse::<isize>() else {
        return false;
    };
    let last = exponent - part.len().cast_signed() + noughts.cast_signed();
    figures == 0 || (figures <= 19 && (-19..=19).contains(&last))
}

/// Whether a number that was read is the one that stands there, as well as links promise.
pub fn same_number(text: &str, found: f64, wanted: f64) -> bool {
    if is_exact(text) {
        return found.to_bits() == wanted.to_bits();
    }
    // Beyond these sizes nothing is told apart: no lever and no target is near.
    let sized = |value: f64| value.signum() * value.abs().clamp(1e-280, 1e280);
    let (found, wanted) = (sized(found), sized(wanted));
    (found - wanted).abs() <= 1e-14 * wanted.abs()
}

/// What a text says of a lever, read without the readers of the core. A number that is
/// not promised to the last bit is the core's own, once it has been found to be as near as
/// that.
pub fn reading(lever: Lever, text: &str) -> Option<f64> {
    let spec = lever.spec();
    match spec.unit {
        Unit::Month => month(text),
        Unit::Switch | Unit::Choice => {
            let place = spec.options.iter().position(|option| *option == text);
            place.map(|place| place as f64)
        }
        _ => {
            let wanted = number(text)?;
            if is_exact(text) {
                return Some(wanted);
            }
            let found = parse_value(lever, text);
            assert!(
                same_number(
                    text,
                    found.unwrap_or(wanted.signum() * f64::INFINITY),
                    wanted
                ),
                "{text}: {found:?}"
            );
            found
        }
    }
}

/// A month of the horizon as its place in it.
pub fn month(text: &str) -> Option<f64> {
    let (year, month) = text.split_once('-').filter(|_| text.len() == 7)?;
    let of = |figures: &str| {
        figures.bytes().try_fold(0, |sum, figure| {
            figure
                .is_ascii_digit()
                .then(|| 10 * sum + usize::from(figure - b'0'))
        })
    };
    let (year, month) = (of(year).filter(|_| year.len() == 4)?, of(month)?);
    let held = (FIRST_YEAR..=LAST_YEAR).contains(&year) && (1..=12).contains(&month);
    held.then(|| ((year - FIRST_YEAR) * 12 + month - 1) as f64)
}

/// Whether two scenarios are the same to the last bit.
pub fn same_scenario(one: &Scenario, other: &Scenario) -> bool {
    Lever::ALL
        .into_iter()
        .all(|lever| one.get(lever).to_bits() == other.get(lever).to_bits())
}

/// What has to hold of every scenario: each lever has a value that it admits, and its link
/// leads back to it and is written the same again.
pub fn check_scenario(scenario: &Scenario) {
    for lever in Lever::ALL {
        let value = scenario.get(lever);
        assert!(value.is_finite(), "{} is {value}", lever.spec().id);
        assert_eq!(
            lever.admit(value).to_bits(),
            value.to_bits(),
            "{} is {value}",
            lever.spec().id
        );
    }
    let link = encode(scenario);
    let again = read(&link);
    assert_eq!(again.warnings, vec![], "{link}");
    assert!(same_scenario(&again.scenario, scenario), "{link}");
    assert_eq!(encode(&again.scenario), link);
}

/// What has to hold of every outcome: all of it is a number, and a month is one of the
/// horizon or never.
pub fn check_outcome(scenario: &Scenario) -> Outcome {
    let outcome = scenario.outcome();
    for output in Output::ALL {
        let (value, id) = (outcome.get(output), output.spec().id);
        assert!(value.is_finite(), "{id} is {value} at {}", encode(scenario));
        if output.spec().unit == Unit::Month {
            assert!((0.0..=HORIZON as f64).contains(&value), "{id} is {value}");
        }
    }
    for series in Series::ALL {
        for month in (0..HORIZON).filter_map(Month::at) {
            if let Some(value) = outcome.at(series, month) {
                let id = series.spec().id;
                assert!(
                    value.is_finite(),
                    "{id} is {value} in {month} at {}",
                    encode(scenario)
                );
            }
        }
    }
    outcome
}

/// A number that follows from an input: FNV-1a. By it some inputs are looked at more closely
/// than others, the same ones on every run.
#[derive(Clone, Copy, Debug)]
pub struct Lot(u64);

impl Lot {
    /// That of an input.
    pub fn of(bytes: &[u8]) -> Self {
        let fold = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        Self(bytes.iter().fold(0xcbf2_9ce4_8422_2325, fold))
    }

    /// Whether it falls on this input, as it does on one in so many.
    pub fn is_one_in(self, many: u64) -> bool {
        (self.0 >> 16).is_multiple_of(many)
    }

    /// One of a list.
    pub fn pick<T: Copy>(self, list: &[T]) -> T {
        list[self.0 as usize % list.len()]
    }
}
