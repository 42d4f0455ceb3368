//! Files that readers take away and bring back: their names, series as CSV, and scenarios
//! read from a file.
//!
//! CSV is that of RFC 4180 in UTF-8, with lines before the head of the table that begin
//! with `#` and say what it is, from when, under which licence, and which link gives it
//! again. A scenario file is the outcome as JSON ([`crate::json`]) or a text with a link in
//! it, which every other file that is taken away is as well. Unlike a link, a file that
//! cannot be used as it stands is refused as a whole: a reader can mend it.

use core::fmt;
use std::collections::BTreeSet;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use crate::cite::{NAME, PAGE_VERSION, Visit};
use crate::levers::Lever;
use crate::link::{self, Read, VERSION, Warning, encode, parse_value, short, value_text};
use crate::month::{HORIZON, Month};
use crate::outcome::{Outcome, Output, Series};
use crate::say;
use crate::scenario::Scenario;
use crate::unit::Unit;
use crate::words::{mark, t};

/// The licence of what is computed and drawn here.
pub const LICENCE: &str = mark("MIT OR Apache-2.0; published figures belong to their sources");

/// How large a scenario file may be, in bytes: many times what is ever written.
pub const MOST_BYTES: usize = 1 << 20;

/// How many reasons a refusal names.
const MOST_REASONS: usize = 3;

/// Eight hexadecimal digits that tell one scenario from another: FNV-1a, of 32 bits, of its
/// canonical link.
pub fn hash(scenario: &Scenario) -> String {
    let fold = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    let hash = encode(scenario).bytes().fold(0x811c_9dc5, fold);
    format!("{hash:08x}")
}

/// The name of a file: `compute-loop_VIEW_mVERSION_HASH_DATE.ENDING`. What a view's id and
/// a date do not hold is left out, so that any system takes the name.
pub fn name(view: &str, scenario: &Scenario, date: &str, ending: &str) -> String {
    let plain = |text: &str| -> String {
        text.chars()
            .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
            .collect()
    };
    format!(
        "compute-loop_{}_m{VERSION}_{}_{}.{}",
        plain(view),
        hash(scenario),
        plain(date),
        plain(ending)
    )
}

/// What a table is about, for its head.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// What is in it.
    pub title: &'a str,
    /// The documents that published figures behind it are from.
    pub sources: &'a [&'a str],
    /// The address of the page and the day, as `YYYY-MM-DD`.
    pub visit: Visit<'a>,
}

/// A table as CSV: its lines of comment, the heads of its columns, its rows.
pub fn csv(
    scenario: &Scenario,
    about: About<'_>,
    heads: &[String],
    rows: impl IntoIterator<Item = Vec<String>>,
) -> String {
    let mut text = String::new();
    for (name, value) in head(scenario, about) {
        // A line of comment has no quotes to hold a line's end.
        let value: String = value
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        text.push_str("# ");
        text.push_str(&say!("{name}: {value}", name, value));
        text.push_str("\r\n");
    }
    let heads = core::iter::once(heads.to_vec());
    for row in heads.chain(rows) {
        let fields: Vec<String> = row.iter().map(|text| field(text)).collect();
        text.push_str(&fields.join(","));
        text.push_str("\r\n");
    }
    text
}

/// What is said of a file in its head, by name.
pub fn head(scenario: &Scenario, about: About<'_>) -> Vec<(&'static str, String)> {
    let Visit { address, date } = about.visit;
    let source = if about.sources.is_empty() {
        say!(
            "{page}; computed by the model of this page from the beliefs of the link",
            page = t(NAME)
        )
    } else {
        let documents: Vec<&str> = about.sources.iter().map(|source| t(source)).collect();
        say!(
            "{page}; computed by the model of this page from the beliefs of the link, and published figures of {documents}",
            page = t(NAME),
            documents = documents.join(t(", "))
        )
    };
    let version = say!(
        "{model} (page {version})",
        model = VERSION,
        version = PAGE_VERSION
    );
    vec![
        (t("Title"), about.title.to_owned()),
        (t("Source"), source),
        (t("Licence"), t(LICENCE).to_owned()),
        (t("Link"), format!("{address}{}", encode(scenario))),
        (t("Model"), version),
        (t("Date"), date.to_owned()),
    ]
}

/// Series month by month, a column each, with the unit in its head. A field is empty where
/// a series has no value yet. Numbers are those of the outcome's JSON, to the last bit.
pub fn series_csv(
    scenario: &Scenario,
    outcome: &Outcome,
    series: &[Series],
    about: About<'_>,
) -> String {
    let mut heads = vec![t("month").to_owned()];
    heads.extend(
        series
            .iter()
            .map(|series| with_unit(series.spec().id, series.spec().unit)),
    );
    let rows = (0..HORIZON).filter_map(Month::at).map(|month| {
        let value = |series: &Series| {
            let value = outcome.at(*series, month);
            value.map_or_else(String::new, |value| value.to_string())
        };
        let mut row = vec![month.to_string()];
        row.extend(series.iter().map(value));
        row
    });
    csv(scenario, about, &heads, rows)
}

/// Every output: its id, what it is called, its value and unit. A month that never comes
/// leaves its field empty.
pub fn outputs_csv(scenario: &Scenario, outcome: &Outcome, about: About<'_>) -> String {
    let heads = [t("output"), t("name"), t("value"), t("unit")].map(str::to_owned);
    let rows = Output::ALL.iter().map(|&output| {
        let spec = output.spec();
        let value = match spec.unit {
            Unit::Month => outcome.month(output).map(|month| month.to_string()),
            _ => Some(crate::json::output_text(outcome, output)),
        };
        vec![
            spec.id.to_owned(),
            t(spec.label).to_owned(),
            value.unwrap_or_default(),
            unit(spec.unit),
        ]
    });
    csv(scenario, about, &heads, rows)
}

/// Every belief: its id, what it is called, its value, its default and unit.
pub fn levers_csv(scenario: &Scenario, about: About<'_>) -> String {
    let heads = [t("lever"), t("name"), t("value"), t("default"), t("unit")].map(str::to_owned);
    let rows = Lever::ALL.iter().map(|&lever| {
        let spec = lever.spec();
        vec![
            spec.id.to_owned(),
            t(spec.label).to_owned(),
            value_text(lever, scenario.get(lever)),
            value_text(lever, spec.default),
            unit(spec.unit),
        ]
    });
    csv(scenario, about, &heads, rows)
}

/// The head of a column: its id and, in brackets, its unit as in the JSON.
fn with_unit(id: &str, of: Unit) -> String {
    format!("{id} [{}]", unit(of))
}

/// A unit's name as in the JSON.
fn unit(unit: Unit) -> String {
    let name = serde_json::to_value(unit).ok();
    let name = name.as_ref().and_then(Value::as_str);
    name.unwrap_or_default().to_owned()
}

/// A field of RFC 4180.
fn field(text: &str) -> String {
    if text.contains(['"', ',', '\r', '\n', '#']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

/// Why a file was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It has more bytes than [`MOST_BYTES`].
    TooLarge,
    /// It is an archive.
    Archive,
    /// It is no text in UTF-8.
    NoText,
    /// Nothing stands in it.
    Empty,
    /// It begins like JSON and is none; what is wrong, and where.
    BadJson(String),
    /// No scenario is in it.
    NoScenario,
    /// What it says of its scenario cannot be used; why.
    Unusable(Vec<String>),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge => f.write_str(&say!(
                "it is larger than {size} kB, which no scenario is",
                size = MOST_BYTES / 1024
            )),
            Self::Archive => f.write_str(t("it is an archive: open the .json file inside it")),
            Self::NoText => f.write_str(t("it is no text")),
            Self::Empty => f.write_str(t("it is empty")),
            Self::BadJson(fault) => {
                f.write_str(&say!("it is not complete JSON ({fault})", fault))
            }
            Self::NoScenario => f.write_str(t(
                "it holds no scenario: neither the JSON that is exported here nor a link to this page",
            )),
            Self::Unusable(reasons) => {
                let more = reasons.len().saturating_sub(MOST_REASONS);
                let said: Vec<&str> = reasons
                    .iter()
                    .take(MOST_REASONS)
                    .map(|reason| reason.trim_end_matches(['.', '。']))
                    .collect();
                let reasons = said.join(t("; "));
                if more > 0 {
                    f.write_str(&say!("{reasons}; and {count} more", reasons, count = more))
                } else {
                    f.write_str(&reasons)
                }
            }
        }
    }
}

/// Reads a scenario file, whatever its bytes.
///
/// # Errors
/// Why it cannot be used. Nothing of it is taken then.
pub fn read(bytes: &[u8]) -> Result<Read, Refusal> {
    if bytes.len() > MOST_BYTES {
        return Err(Refusal::TooLarge);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0x1f, 0x8b]) {
        return Err(Refusal::Archive);
    }
    let text = core::str::from_utf8(bytes).map_err(|_| Refusal::NoText)?;
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Err(Refusal::Empty);
    }
    if text.contains('\0') {
        return Err(Refusal::NoText);
    }
    if text.starts_with(['{', '[']) {
        let value: Value =
            serde_json::from_str(text).map_err(|fault| Refusal::BadJson(fault.to_string()))?;
        if let Ok(Doubled(Some(key))) = serde_json::from_str(text) {
            return Err(Refusal::Unusable(vec![twice(&key)]));
        }
        return of_json(&value);
    }
    let link = text.split_whitespace().find_map(link_in);
    usable(link.ok_or(Refusal::NoScenario)?)
}

/// A key that stands twice in a table of a JSON text: of its values, a [`Value`] keeps the
/// last without a word.
struct Doubled(Option<String>);

impl<'de> Deserialize<'de> for Doubled {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Doubled(None))
    }
}

impl<'de> Visitor<'de> for Doubled {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<Self, A::Error> {
        while let Some(Self(found)) = list.next_element()? {
            self.0 = self.0.or(found);
        }
        Ok(self)
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut table: A) -> Result<Self, A::Error> {
        let mut keys = BTreeSet::new();
        while let Some(key) = table.next_key::<String>()? {
            let Self(found) = table.next_value()?;
            self.0 = self.0.or(found);
            if let Some(again) = keys.replace(key) {
                self.0 = self.0.or(Some(again));
            }
        }
        Ok(self)
    }
}

/// The link that a word of a text is: what follows a `#` that holds the version or a
/// belief. Brackets, quotes and stops around it are not part of it; a comma before a
/// figure is, so that a value with one is refused rather than cut short.
fn link_in(word: &str) -> Option<&str> {
    let (_, fragment) = word.rsplit_once('#')?;
    let stops = [
        '"', '\'', '<', '>', ')', ']', '}', ',', '”', '）', '，', '、', '；', '。',
    ];
    let is_figure = |at: usize| fragment[at..].starts_with(|c: char| c.is_ascii_digit());
    let end = fragment
        .match_indices(stops)
        .find(|(at, stop)| *stop != "," || !is_figure(at + 1))
        .map_or(fragment.len(), |(at, _)| at);
    let fragment = fragment[..end].trim_end_matches(['.', ';']);
    let mut keys = fragment.split('&').filter_map(|pair| pair.split_once('='));
    let known = keys.any(|(key, _)| key == "m" || Lever::from_id(key).is_some());
    known.then_some(fragment)
}

/// A link, if all of it can be used.
fn usable(link: &str) -> Result<Read, Refusal> {
    let read = link::read(link);
    if read.warnings.is_empty() {
        return Ok(read);
    }
    let reason = |warning: &Warning| match warning {
        Warning::UnknownKey(key) => unknown(key),
        Warning::BadValue { lever, text } => no_value(*lever, text),
        Warning::Adjusted { lever, text, taken } => cannot_be(*lever, text, taken),
        Warning::Repeated(lever) => twice(lever.spec().id),
        Warning::UnknownVersion(text) => no_version(text),
        other => other.to_string(),
    };
    Err(Refusal::Unusable(
        read.warnings.iter().map(reason).collect(),
    ))
}

fn unknown(key: &str) -> String {
    say!("there is no lever called “{key}”", key)
}

/// That a key stands twice: by the name of its belief, or as it is.
fn twice(key: &str) -> String {
    let belief = Lever::from_id(key).map_or_else(
        || format!("“{}”", short(key)),
        |lever| t(lever.spec().label).to_owned(),
    );
    say!("{belief} stands twice in it", belief)
}

fn no_value(lever: Lever, text: &str) -> String {
    say!(
        "“{text}” is no value for {belief}",
        text,
        belief = t(lever.spec().label)
    )
}

fn cannot_be(lever: Lever, text: &str, taken: &str) -> String {
    say!(
        "{belief} cannot be {text}, and {taken} is the nearest that it can be",
        belief = t(lever.spec().label),
        text,
        taken
    )
}

fn no_version(text: &str) -> String {
    say!(
        "it is of model “{model}”, and this page knows model {known}",
        model = text,
        known = VERSION
    )
}

/// The scenario of an outcome as JSON: that of its link, of its levers, or of both where
/// they agree. A lever that is not in it has its default.
fn of_json(value: &Value) -> Result<Read, Refusal> {
    let Some(object) = value.as_object() else {
        return Err(Refusal::NoScenario);
    };
    let one = |reason: String| Refusal::Unusable(vec![reason]);
    if let Some(model) = object.get("model").filter(|model| **model != VERSION) {
        return Err(one(no_version(&short(&model.to_string()))));
    }
    let of_link = match object.get("link") {
        None => None,
        Some(Value::String(link)) => Some(usable(link)?),
        Some(_) => return Err(one(t("its “link” is no text").to_owned())),
    };
    let levers = match object.get("levers") {
        None => None,
        Some(Value::Object(levers)) => Some(levers),
        Some(_) => return Err(one(t("its “levers” are no table of values").to_owned())),
    };
    match (of_link, levers) {
        (None, None) => Err(Refusal::NoScenario),
        (Some(read), None) => Ok(read),
        (None, Some(levers)) => Ok(Read {
            scenario: of_levers(levers, Scenario::default())?,
            shown: vec![],
            warnings: vec![],
        }),
        (Some(read), Some(levers)) => {
            let other = of_levers(levers, read.scenario)?;
            let same =
                |lever: &Lever| other.get(*lever).to_bits() == read.scenario.get(*lever).to_bits();
            match Lever::ALL.into_iter().find(|lever| !same(lever)) {
                None => Ok(read),
                Some(lever) => Err(one(say!(
                    "its link says {value} for {belief} and its levers say {other}",
                    value = value_text(lever, read.scenario.get(lever)),
                    belief = t(lever.spec().label),
                    other = value_text(lever, other.get(lever))
                ))),
            }
        }
    }
}

/// A scenario with the values of a table set.
fn of_levers(levers: &Map<String, Value>, start: Scenario) -> Result<Scenario, Refusal> {
    let mut scenario = start;
    let mut reasons = vec![];
    for (id, value) in levers {
        let Some(lever) = Lever::from_id(id) else {
            reasons.push(unknown(&short(id)));
            continue;
        };
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            other => short(&other.to_string()),
        };
        let is_plain = value.is_string() || value.is_number();
        match parse_value(lever, &text).filter(|_| is_plain) {
            None => reasons.push(no_value(lever, &short(&text))),
            Some(value) => {
                let taken = scenario.set(lever, value);
                if taken.to_bits() != (value + 0.0).to_bits() {
                    let taken = value_text(lever, taken);
                    reasons.push(cannot_be(lever, &short(&text), &taken));
                }
            }
        }
    }
    if reasons.is_empty() {
        Ok(scenario)
    } else {
        Err(Refusal::Unusable(reasons))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_view_model_scenario_and_day() {
        let default = Scenario::default();
        assert_eq!(
            name("gigawatts", &default, "2026-11-21", "png"),
            format!(
                "compute-loop_gigawatts_m1_{}_2026-11-21.png",
                hash(&default)
            )
        );
        let other = default.with(Lever::Arr2026, 60.0);
        assert_ne!(hash(&default), hash(&other));
        assert_eq!(hash(&other), hash(&default.with(Lever::Arr2026, 60.0)));
        // Whatever is asked for, no name leaves its folder.
        assert_eq!(
            name("../a b", &default, "21/11", "p.ng"),
            format!("compute-loop_ab_m1_{}_2111.png", hash(&default))
        );
    }

    #[test]
    fn the_hash_is_the_published_one() {
        // FNV-1a of 32 bits of "#m=1".
        let fold = |hash: u64, byte: u8| ((hash ^ u64::from(byte)) * 0x0100_0193) & 0xffff_ffff;
        let wanted = b"#m=1"
            .iter()
            .fold(0x811c_9dc5, |hash, byte| fold(hash, *byte));
        assert_eq!(hash(&Scenario::default()), format!("{wanted:08x}"));
    }

    #[test]
    fn the_licence_is_the_package_s() {
        assert!(LICENCE.starts_with(concat!(env!("CARGO_PKG_LICENSE"), "; ")));
    }

    #[test]
    fn fields_are_quoted_where_they_have_to_be() {
        assert_eq!(field("plain"), "plain");
        assert_eq!(field("a,b"), "\"a,b\"");
        assert_eq!(field("say \"x\"\n"), "\"say \"\"x\"\"\n\"");
        assert_eq!(field("#1"), "\"#1\"");
    }
}
