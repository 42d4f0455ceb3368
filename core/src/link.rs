//! Scenario links: `#m=1&arr-2026=60`.
//!
//! The fragment holds the version of the defaults and every lever that differs from
//! them. Reading never fails: what cannot be used is reported and the rest is kept.
//! `encode(decode(x))` is canonical, and `decode(encode(s))` is `s`.
//!
//! A quoted link also carries what it showed: `#m=1&arr-2026=60&shown=aws-growth-2026:0.3`
//! names an output and its value when the link was made. It is no part of the scenario,
//! so it changes nothing; whoever opens the link is told where the model gives another
//! value by then.

use core::fmt;

use crate::decimal;
use crate::format;
use crate::levers::Lever;
use crate::month::{HORIZON, Month};
use crate::outcome::{Outcome, Output};
use crate::say;
use crate::scenario::Scenario;
use crate::unit::Unit;
use crate::words::t;

/// The newest version of the defaults. It goes up when a default changes, so that an
/// old link keeps giving what it gave.
pub const VERSION: u32 = 1;

/// The longest link that is read, in characters.
pub const MAX_LENGTH: usize = 2000;

/// The key of what a link showed.
const SHOWN: &str = "shown";

/// The word for a month that never comes.
const NEVER: &str = "never";

/// Values within this part of each other are the same: a link may have passed through
/// another program's numbers.
const SAME: f64 = 1e-9;

/// Greater than any value of an output: beyond it a number is not read.
const GREATEST: f64 = 1e12;

/// What a link says that it showed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shown {
    /// The figure.
    pub output: Output,
    /// Its value then, in the figure's unit; a month that never comes is [`HORIZON`].
    pub value: f64,
}

impl Shown {
    /// Reads `OUTPUT:VALUE`; none where it is not that.
    #[inline]
    fn parse(text: &str) -> Option<Self> {
        let (id, text) = text.split_once(':')?;
        let output = Output::from_id(id)?;
        let value = match output.spec().unit {
            Unit::Month if text == NEVER => HORIZON as f64,
            Unit::Month => Month::parse(text)?.index() as f64,
            _ => decimal::parse(text).filter(|value| value.abs() <= GREATEST)?,
        };
        Some(Self { output, value })
    }

    /// The value as it stands in a link: exact.
    #[inline]
    fn text(self) -> String {
        match self.output.spec().unit {
            Unit::Month => Month::at(self.value as usize)
                .map_or_else(|| NEVER.to_owned(), |month| month.to_string()),
            _ => self.value.to_string(),
        }
    }

    /// What to tell a reader where the model still gives the same value; none where it
    /// does not.
    #[inline]
    pub fn confirmed(self, outcome: &Outcome) -> Option<String> {
        let spec = self.output.spec();
        self.changed(outcome).is_none().then(|| {
            say!(
                "This link quoted {figure} as {value}; the model still gives that.",
                figure = t(spec.label),
                value = format::value(spec.unit, self.value)
            )
        })
    }

    /// What to tell a reader where the model gives another value by now; none where it
    /// gives the same.
    #[inline]
    pub fn changed(self, outcome: &Outcome) -> Option<Warning> {
        let Self { output, value } = self;
        let now = outcome.get(output);
        if (now - value).abs() <= SAME * now.abs().max(value.abs()) {
            return None;
        }
        let shown = |value: f64| format::value(output.spec().unit, value);
        let (then, now) = if shown(value) == shown(now) {
            // A difference that the usual digits hide. Of 1e-300 a line of noughts says
            // enough: an exponent would bring its own code into the first view.
            let exactly = |value: f64| {
                let usual = shown(value);
                format!("{usual} ({})", short(&value.to_string()))
            };
            (exactly(value), exactly(now))
        } else {
            (shown(value), shown(now))
        };
        Some(Warning::Changed { output, then, now })
    }
}

/// Something in a link that was not used as it stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// No lever has this key.
    UnknownKey(String),
    /// The value is not one of the lever's; it counts for nothing.
    BadValue {
        /// The key.
        lever: Lever,
        /// The text that stood there.
        text: String,
    },
    /// The value lies outside the lever's range or between its steps of precision;
    /// the nearest one was taken.
    Adjusted {
        /// The key.
        lever: Lever,
        /// The text that stood there.
        text: String,
        /// What was taken.
        taken: String,
    },
    /// The key stands more than once; the last one counts.
    Repeated(Lever),
    /// No such version of the defaults; the newest is taken.
    UnknownVersion(String),
    /// What the link says it showed names no figure with a value.
    BadShown(String),
    /// What the link showed is not what the model gives now.
    Changed {
        /// The figure.
        output: Output,
        /// What the link showed, as readers see it.
        then: String,
        /// What the model gives now, as readers see it.
        now: String,
    },
    /// The link is longer than [`MAX_LENGTH`]; its end was not read.
    TooLong,
}

impl fmt::Display for Warning {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = match self {
            Self::UnknownKey(key) => {
                say!("There is no lever called “{key}”; it was ignored.", key)
            }
            Self::BadValue { lever, text } => say!(
                "“{text}” is not a value for {belief}; it was ignored.",
                text,
                belief = t(lever.spec().label)
            ),
            Self::Adjusted { lever, text, taken } => say!(
                "{belief} cannot be {text}; {taken} was taken.",
                belief = t(lever.spec().label),
                text,
                taken
            ),
            Self::Repeated(lever) => say!(
                "{belief} stands more than once; the last value counts.",
                belief = t(lever.spec().label)
            ),
            Self::UnknownVersion(version) => say!(
                "There is no version “{version}” of the defaults; the newest was taken.",
                version
            ),
            Self::BadShown(text) => say!(
                "“{text}” names no figure with a value; it was ignored.",
                text = format!("{SHOWN}={text}")
            ),
            Self::Changed { output, then, now } => say!(
                "This link quoted {figure} as {then}; the model now gives {now}: it has changed since.",
                figure = t(output.spec().label),
                then,
                now
            ),
            Self::TooLong => say!(
                "The link is longer than {count} characters; its end was not read.",
                count = MAX_LENGTH
            ),
        };
        f.write_str(&words)
    }
}

/// What a link holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    /// The scenario.
    pub scenario: Scenario,
    /// What the link showed when it was made; most links do not say.
    pub shown: Vec<Shown>,
    /// What could not be used as it stood.
    pub warnings: Vec<Warning>,
}

impl Read {
    /// What a reader has to be told: what could not be used, then what the model no
    /// longer gives. The outcome has to be that of the scenario.
    #[inline]
    pub fn notices(&self, outcome: &Outcome) -> Vec<Warning> {
        let changed = self.shown.iter().filter_map(|shown| shown.changed(outcome));
        self.warnings.iter().cloned().chain(changed).collect()
    }

    /// What the model still gives as the link showed it. The outcome has to be that of the
    /// scenario.
    #[inline]
    pub fn confirmations(&self, outcome: &Outcome) -> Vec<String> {
        let shown = self.shown.iter();
        shown.filter_map(|shown| shown.confirmed(outcome)).collect()
    }
}

/// The scenario of a link, and what could not be used: [`read`] without what it showed.
#[inline]
pub fn decode(link: &str) -> (Scenario, Vec<Warning>) {
    let Read {
        scenario, warnings, ..
    } = read(link);
    (scenario, warnings)
}

/// Reads a link: a fragment with or without its `#`.
#[inline]
pub fn read(link: &str) -> Read {
    let mut scenario = Scenario::default();
    let mut warnings = Vec::new();
    let mut shown = Vec::new();
    let mut seen = [false; Lever::COUNT];
    // Everything before the first # is an address; a bare fragment has none. A later one
    // belongs to what it stands in, or all before it would be gone without a word.
    let fragment = link.split_once('#').map_or(link, |(_, fragment)| fragment);
    for pair in within_limit(fragment, &mut warnings)
        .split('&')
        .filter(|pair| !pair.is_empty())
    {
        let (key, text) = pair.split_once('=').unwrap_or((pair, ""));
        let (key, text) = (unescape(key), unescape(text));
        if key == "m" {
            if text.parse() != Ok(VERSION) {
                warnings.push(Warning::UnknownVersion(short(&text)));
            }
            continue;
        }
        if key == SHOWN {
            match Shown::parse(&text) {
                Some(one) => shown.push(one),
                None => warnings.push(Warning::BadShown(short(&text))),
            }
            continue;
        }
        let Some(lever) = Lever::from_id(&key) else {
            warnings.push(Warning::UnknownKey(short(&key)));
            continue;
        };
        if core::mem::replace(&mut seen[lever as usize], true) {
            warnings.push(Warning::Repeated(lever));
        }
        let Some(value) = parse_value(lever, &text) else {
            warnings.push(Warning::BadValue {
                lever,
                text: short(&text),
            });
            continue;
        };
        let taken = scenario.set(lever, value);
        if taken.to_bits() != (value + 0.0).to_bits() {
            warnings.push(Warning::Adjusted {
                lever,
                text: short(&text),
                taken: value_text(lever, taken),
            });
        }
    }
    Read {
        scenario,
        shown,
        warnings,
    }
}

/// Writes a link, `#` included: the version, then what differs from its defaults in
/// the order of the registry.
#[inline]
pub fn encode(scenario: &Scenario) -> String {
    let mut link = format!("#m={VERSION}");
    for lever in scenario.changed() {
        link.push('&');
        link.push_str(lever.spec().id);
        link.push('=');
        link.push_str(&value_text(lever, scenario.get(lever)));
    }
    link
}

/// Writes a link that carries a figure and its value in the scenario's outcome.
#[inline]
pub fn quoting(scenario: &Scenario, outcome: &Outcome, output: Output) -> String {
    let shown = Shown {
        output,
        value: outcome.get(output),
    };
    let id = output.spec().id;
    format!("{}&{SHOWN}={id}:{}", encode(scenario), shown.text())
}

/// A lever's value as links and JSON write it: a number, `YYYY-MM`, or an option.
#[inline]
pub fn value_text(lever: Lever, value: f64) -> String {
    let spec = lever.spec();
    match spec.unit {
        Unit::Month => {
            Month::at(value as usize).map_or_else(String::new, |month| month.to_string())
        }
        Unit::Switch | Unit::Choice => spec
            .options
            .get(value as usize)
            .copied()
            .unwrap_or_default()
            .to_owned(),
        _ => value.to_string(),
    }
}

/// Reads a lever's value from text; none where it is not one. The number may lie
/// outside the lever's range: [`Scenario::set`] clamps it.
#[inline]
pub fn parse_value(lever: Lever, text: &str) -> Option<f64> {
    let spec = lever.spec();
    match spec.unit {
        Unit::Month => Month::parse(text).map(|month| month.index() as f64),
        Unit::Switch | Unit::Choice => spec
            .options
            .iter()
            .position(|&option| option == text)
            .map(|i| i as f64),
        _ => decimal::parse(text).filter(|value| value.is_finite()),
    }
}

/// The part of a fragment that is read: whole pairs within [`MAX_LENGTH`].
#[inline]
fn within_limit<'a>(fragment: &'a str, warnings: &mut Vec<Warning>) -> &'a str {
    let Some((end, _)) = fragment.char_indices().nth(MAX_LENGTH) else {
        return fragment;
    };
    warnings.push(Warning::TooLong);
    let head = &fragment[..end];
    if fragment[end..].starts_with('&') {
        return head;
    }
    head.rfind('&').map_or("", |last| &head[..last])
}

/// Resolves `%XX`, which messengers put into links. Anything else stays as it is.
#[inline]
pub fn unescape(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = match (first, tail) {
            (b'%', [high, low, ..]) => hex(*high).zip(hex(*low)).map(|(high, low)| high * 16 + low),
            _ => None,
        };
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[inline]
fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).map(|value| value as u8)
}

/// Text from a link as a notice repeats it: not longer than a line.
#[inline]
pub fn short(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn warnings(link: &str) -> Vec<Warning> {
        decode(link).1
    }

    #[test]
    fn the_defaults_are_only_a_version() {
        assert_eq!(encode(&Scenario::default()), "#m=1");
        assert_eq!(decode(""), (Scenario::default(), vec![]));
        assert_eq!(decode("#m=1"), (Scenario::default(), vec![]));
    }

    #[test]
    fn an_address_before_the_fragment_is_skipped() {
        let (scenario, warnings) = decode("https://example.org/a/?view=deal#m=1&arr-2026=60");
        assert_eq!(scenario, Scenario::default().with(Lever::Arr2026, 60.0));
        assert_eq!(warnings, vec![]);
    }

    #[test]
    fn nothing_before_a_later_hash_is_lost_in_silence() {
        let set = Scenario::default().with(Lever::Arr2026, 60.0);
        let due = Warning::BadValue {
            lever: Lever::Stake,
            text: "6#".into(),
        };
        assert_eq!(decode("#m=1&arr-2026=60&stake=6#"), (set, vec![due]));
        let due = Warning::UnknownKey("#stake".into());
        assert_eq!(decode("#m=1&arr-2026=60&#stake=6"), (set, vec![due]));
    }

    #[test]
    fn a_value_that_is_none_leaves_the_one_that_is() {
        for link in ["#m=1&stake=6&stake=six", "#m=1&stake=six&stake=6"] {
            let (scenario, warnings) = decode(link);
            assert_eq!(scenario, Scenario::default().with(Lever::Stake, 6.0));
            let told: Vec<String> = warnings.iter().map(ToString::to_string).collect();
            assert!(told.iter().any(|told| told.contains("“six”")), "{told:?}");
            assert!(
                !told.iter().any(|told| told.contains("default")),
                "{told:?}"
            );
        }
    }

    #[test]
    fn every_kind_of_value_is_read() {
        let (scenario, warnings) = decode(
            "#m=1&arr-2026=60.5&trainium4-start=2029-03&capacity-binds=on&option-or-duty=option",
        );
        assert_eq!(warnings, vec![]);
        assert_eq!(
            encode(&scenario),
            "#m=1&arr-2026=60.5&capacity-binds=on&trainium4-start=2029-03&option-or-duty=option"
        );
    }

    #[test]
    fn what_cannot_be_used_is_reported() {
        assert_eq!(
            warnings("#m=1&nonsense=1"),
            vec![Warning::UnknownKey("nonsense".into())]
        );
        assert_eq!(warnings("#m=7"), vec![Warning::UnknownVersion("7".into())]);
        for text in ["", "NaN", "inf", "-inf", "1,5", "60 GW", "0x10"] {
            assert_eq!(
                warnings(&format!("#m=1&arr-2026={text}")),
                vec![Warning::BadValue {
                    lever: Lever::Arr2026,
                    text: text.into()
                }]
            );
        }
        assert_eq!(
            warnings("#m=1&arr-2026=1e9"),
            vec![Warning::Adjusted {
                lever: Lever::Arr2026,
                text: "1e9".into(),
                taken: "150".into()
            }]
        );
        assert_eq!(
            warnings("#m=1&trainium4-start=2036-01"),
            vec![Warning::Adjusted {
                lever: Lever::Trainium4Start,
                text: "2036-01".into(),
                taken: "2031-12".into()
            }]
        );
        assert_eq!(
            warnings("#m=1&stake=6&stake=7"),
            vec![Warning::Repeated(Lever::Stake)]
        );
        assert_eq!(
            warnings("#capacity-binds=yes"),
            vec![Warning::BadValue {
                lever: Lever::CapacityBinds,
                text: "yes".into()
            }]
        );
    }

    #[test]
    fn what_a_link_showed_is_compared_and_no_part_of_the_scenario() {
        let scenario = Scenario::default().with(Lever::GwCommitted, 4.0);
        let outcome = crate::model::run(&scenario);
        let link = quoting(&scenario, &outcome, Output::AwsGrowth2026);
        assert!(link.starts_with("#m=1&gw-committed=4&shown=aws-growth-2026:0.3"));
        let quoted = read(&link);
        assert_eq!(quoted.scenario, scenario);
        assert_eq!(quoted.notices(&outcome), vec![]);
        assert_eq!(decode(&link), (scenario, vec![]));
        assert_eq!(encode(&decode(&link).0), "#m=1&gw-committed=4");

        let old = read("#m=1&gw-committed=4&shown=aws-growth-2026%3A0.5&shown=pledge-met:never");
        let told: Vec<String> = old
            .notices(&outcome)
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(
            told[0].contains("AWS growth, 2026 as 50\u{202f}%; the model now gives 35\u{202f}%"),
            "{told:?}"
        );
        assert!(told[1].contains("as never"), "{told:?}");
    }

    #[test]
    fn what_a_link_showed_has_to_name_a_figure_and_a_value() {
        for text in [
            "",
            "aws-growth-2026",
            "aws-growth-2026:",
            "aws-growth-2026:NaN",
            "aws-growth-2026:inf",
            "aws-growth-2026:1e300",
            "aws-growth-2026:never",
            "aws-growth:0.3",
            "arr-2026:70.5",
            "pledge-met:2026-13",
            "pledge-met:41",
            ":",
        ] {
            assert_eq!(
                warnings(&format!("#m=1&shown={text}")),
                vec![Warning::BadShown(text.into())]
            );
        }
    }

    #[test]
    fn a_difference_that_the_digits_hide_is_told_with_more() {
        let outcome = crate::model::run(&Scenario::default());
        let now = outcome.get(Output::AwsGrowth2026);
        let shown = |value: f64| Shown {
            output: Output::AwsGrowth2026,
            value,
        };
        assert_eq!(shown(now * (1.0 + 5e-10)).changed(&outcome), None);
        let told = shown(now + 1e-6)
            .changed(&outcome)
            .map(|told| told.to_string());
        assert!(
            told.as_ref()
                .is_some_and(|told| told.contains(&now.to_string())),
            "{told:?}"
        );
    }

    #[test]
    fn a_long_link_keeps_its_whole_pairs() {
        let long = format!("#m=1&stake=6&{}", "x=1&".repeat(1000));
        let (scenario, warnings) = decode(&long);
        assert_eq!(scenario.get(Lever::Stake).to_bits(), 6f64.to_bits());
        assert_eq!(warnings.first(), Some(&Warning::TooLong));
    }

    #[test]
    fn escapes_are_resolved_and_broken_ones_kept() {
        assert_eq!(
            decode("#m=1&arr%2D2026=60").0,
            Scenario::default().with(Lever::Arr2026, 60.0)
        );
        assert_eq!(warnings("#%zz=1"), vec![Warning::UnknownKey("%zz".into())]);
        assert_eq!(unescape("%E2%82%AC %"), "€ %");
    }
}
