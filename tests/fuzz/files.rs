//! Files: one is refused with a reason, or it says what was read from it.
#![no_main]

use arbitrary::Arbitrary;
use compute_loop_core::cite::Visit;
use compute_loop_core::file::{self, About, Refusal, read};
use compute_loop_core::json;
use compute_loop_core::levers::Lever;
use compute_loop_core::link::{self, encode, short, value_text};
use compute_loop_core::scenario::Scenario;
use compute_loop_fuzz::{
    Input, Key, Lot, Word, check_outcome, check_scenario, pick, reading, same_scenario,
};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

const VISIT: Visit<'static> = Visit {
    address: "https://example.org/loop/",
    date: "2026-11-21",
};

/// The pairs of a link.
type Pairs = Vec<(Key, Word)>;

/// A file of pieces.
#[derive(Arbitrary, Clone, Debug)]
enum Pieces {
    /// A table of levers, and perhaps a link and a model beside it.
    Json {
        mark: bool,
        model: Option<u8>,
        link: Option<Pairs>,
        levers: Vec<(Key, Word, bool)>,
    },
    /// Words around links.
    Text(Vec<(u8, Pairs, u8)>),
    /// A text as it is.
    Words(String),
}

const OPEN: [&str; 10] = [
    "https://example.org/loop/",
    "(see https://example.org/",
    "“",
    "<a href=\"",
    "# Link: ",
    "x,\"",
    "#",
    "a#b",
    "",
    "[x](",
];

const CLOSE: [&str; 14] = [
    " ", ".", ", and", ",b", ")", "\">x</a>", "”\n", "。", "\"\r\n", ",5", ";", "，", "#", "'s",
];

fn fragment(pairs: &[(Key, Word)]) -> String {
    let pairs: Vec<String> = pairs
        .iter()
        .map(|(key, value)| {
            format!(
                "{}={}",
                key.text(),
                value.text(key.lever().unwrap_or(Lever::Arr2026))
            )
        })
        .collect();
    format!("#m=1&{}", pairs.join("&"))
}

impl Pieces {
    fn text(&self) -> String {
        match self {
            Self::Json {
                mark,
                model,
                link,
                levers,
            } => {
                let mut fields = vec![];
                if let Some(model) = model {
                    fields.push(format!(
                        "\"model\":{}",
                        pick(&["1", "2", "1.0", "\"1\"", "null"], *model)
                    ));
                }
                if let Some(link) = link {
                    fields.push(format!("\"link\":{}", Value::from(fragment(link))));
                }
                let values: Vec<String> = levers
                    .iter()
                    .map(|(key, value, bare)| {
                        let text = value.text(key.lever().unwrap_or(Lever::Arr2026));
                        let quoted = Value::from(text.as_str()).to_string();
                        format!(
                            "{}:{}",
                            Value::from(key.text()),
                            if *bare { text } else { quoted }
                        )
                    })
                    .collect();
                fields.push(format!("\"levers\":{{{}}}", values.join(",")));
                format!(
                    "{}{{{}}}",
                    if *mark { "\u{feff}" } else { "" },
                    fields.join(", ")
                )
            }
            Self::Text(links) => links
                .iter()
                .map(|(open, pairs, close)| {
                    [
                        pick(&OPEN, *open),
                        fragment(pairs).as_str(),
                        pick(&CLOSE, *close),
                    ]
                    .concat()
                })
                .collect(),
            Self::Words(text) => text.clone(),
        }
    }

    /// The key of a table that stands twice in it.
    fn doubled(&self) -> Option<String> {
        let Self::Json { levers, .. } = self else {
            return None;
        };
        let keys: Vec<String> = levers.iter().map(|(key, ..)| key.text()).collect();
        let again = (1..keys.len()).find(|&at| keys[..at].contains(&keys[at]));
        again.map(|at| keys[at].clone())
    }
}

/// What a table of levers says of one; none where it says nothing.
fn of_table(levers: &Value, lever: Lever) -> Option<f64> {
    let value = levers.get(lever.spec().id)?;
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    Some(
        reading(lever, &text)
            .unwrap_or_else(|| panic!("{value} was taken for {}", lever.spec().id)),
    )
}

/// A file of JSON was read: it says so itself, lever by lever.
fn check_json(text: &str, scenario: &Scenario) {
    let object: Value = serde_json::from_str(text).expect("what was read as JSON is JSON");
    let of_link = object
        .get("link")
        .and_then(Value::as_str)
        .map(|link| link::decode(link).0);
    for lever in Lever::ALL {
        let default = of_link.map_or(lever.spec().default, |scenario| scenario.get(lever));
        let wanted = object
            .get("levers")
            .and_then(|levers| of_table(levers, lever))
            .unwrap_or(default);
        assert_eq!(
            scenario.get(lever).to_bits(),
            (wanted + 0.0).to_bits(),
            "{}: {text}",
            lever.spec().id
        );
    }
    if let Some(keys) = object.get("levers").and_then(Value::as_object) {
        let unknown = keys.keys().find(|key| Lever::from_id(key).is_none());
        assert_eq!(unknown, None, "{text}");
    }
}

/// A text was read: whatever it changed stands in it, to the end of its number.
fn check_text(text: &str, scenario: &Scenario) {
    // An escaped key or value does not stand in it as it is.
    if text.contains('%') {
        return;
    }
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '.' | ',' | '-' | '+');
    for lever in scenario.changed() {
        let key = format!("{}=", lever.spec().id);
        let stands = text.match_indices(&key).any(|(at, _)| {
            let rest = &text[at + key.len()..];
            let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
            let value = rest[..end].trim_end_matches(['.', ',']);
            // What follows a comma may be another word, but no figure.
            let value = value
                .split_once(',')
                .filter(|(_, more)| !more.starts_with(|c: char| c.is_ascii_digit()));
            let value = value.map_or(rest[..end].trim_end_matches(['.', ',']), |(value, _)| value);
            let value = value.trim_end_matches(['.', ',']);
            reading(lever, value)
                .is_some_and(|value| (value + 0.0).to_bits() == scenario.get(lever).to_bits())
        });
        assert!(
            stands,
            "{}={} does not stand in {text}",
            lever.spec().id,
            scenario.get(lever)
        );
    }
}

/// What is written of a scenario leads back to it.
fn check_back(scenario: &Scenario) {
    let back = |text: &str| {
        let again = read(text.as_bytes()).unwrap_or_else(|refusal| panic!("{refusal}: {text}"));
        assert!(same_scenario(&again.scenario, scenario), "{text}");
    };
    let link = encode(scenario);
    back(&link);
    let levers: Vec<String> = Lever::ALL
        .into_iter()
        .map(|lever| {
            format!(
                "\"{}\":\"{}\"",
                lever.spec().id,
                value_text(lever, scenario.get(lever))
            )
        })
        .collect();
    back(&format!(
        "{{\"model\":1,\"link\":\"{link}\",\"levers\":{{{}}}}}",
        levers.join(",")
    ));
    let about = About {
        title: "Beliefs",
        sources: &[],
        visit: VISIT,
    };
    back(&file::levers_csv(scenario, about));
}

fuzz_target!(|input: Input<Pieces>| {
    let (bytes, doubled) = match input {
        Input::Raw(bytes) => (bytes, None),
        Input::Built(pieces) => (pieces.text().into_bytes(), pieces.doubled()),
    };
    let found = match read(&bytes) {
        Ok(found) => found,
        Err(refusal) => {
            let told = refusal.to_string();
            assert!(!told.is_empty() && told.len() < 1200, "{told}");
            if let Refusal::Unusable(reasons) = refusal {
                assert!(
                    !reasons.is_empty() && told.contains(reasons[0].trim_end_matches('.')),
                    "{told}"
                );
            }
            return;
        }
    };
    let text = String::from_utf8_lossy(&bytes).into_owned();
    assert_eq!(found.warnings, vec![], "{text}");
    assert_eq!(doubled.as_deref().map(short), None, "{text}");
    let inner = text.trim_start_matches('\u{feff}').trim();
    if inner.starts_with('{') {
        check_json(inner, &found.scenario);
    } else {
        check_text(inner, &found.scenario);
    }
    // What takes longer than to read the file is done for some.
    let lot = Lot::of(&bytes);
    if lot.is_one_in(8) {
        check_scenario(&found.scenario);
        check_back(&found.scenario);
    }
    if lot.is_one_in(64) {
        let outcome = check_outcome(&found.scenario);
        // The whole file as it is exported takes a hundred times as long again.
        if lot.is_one_in(2048) {
            let whole = json::of_outcome(&found.scenario, &[], &outcome);
            let again = read(whole.as_bytes()).unwrap_or_else(|refusal| panic!("{refusal}"));
            assert!(same_scenario(&again.scenario, &found.scenario), "{text}");
        }
    }
});
