//! Messages of a page around: each is answered in JSON, with what was taken and why it is
//! not what was wanted, or with the reason that nothing was done.
#![no_main]

use arbitrary::Arbitrary;
use compute_loop_core::json;
use compute_loop_core::levers::Lever;
use compute_loop_core::link::{short, value_text};
use compute_loop_core::message::{Asked, GET, Given, OUTCOME, Post, SET, answer, heights};
use compute_loop_core::scenario::Scenario;
use compute_loop_core::words::t;
use compute_loop_fuzz::{
    Input, Key, Lot, Word, check_outcome, check_scenario, pick, reading, same_scenario,
};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

/// How long an id may be to come back whole.
const MOST_REPEATED: usize = 100;

#[derive(Arbitrary, Clone, Debug)]
struct Pieces {
    messages: Vec<Message>,
    height: u32,
    address: String,
    view: String,
    child: Option<String>,
}

#[derive(Arbitrary, Clone, Debug)]
struct Message {
    kind: u8,
    id: Option<Field>,
    lever: Key,
    named: bool,
    value: Option<Field>,
}

#[derive(Arbitrary, Clone, Debug)]
enum Field {
    Number(f64),
    Near(u16),
    Text(Word),
}

impl Field {
    fn given(&self, lever: Lever) -> Given {
        let spec = lever.spec();
        match self {
            Self::Number(number) => Given::Number(*number),
            // About the range, a tenth of it beyond on either side.
            Self::Near(share) => {
                let share = f64::from(*share) / f64::from(u16::MAX) * 1.2 - 0.1;
                Given::Number(spec.min + share * (spec.max - spec.min))
            }
            Self::Text(word) => Given::Text(word.text(lever)),
        }
    }
}

/// What was posted: its type, id, lever and value.
type Posted = (String, Option<Given>, Option<Given>, Option<Given>);

impl Message {
    fn posted(&self) -> Posted {
        let lever = self.lever.lever().unwrap_or(Lever::Arr2026);
        let given = |field: &Option<Field>| field.as_ref().map(|field| field.given(lever));
        let kind = pick(&[SET, SET, SET, SET, GET, OUTCOME, ""], self.kind);
        let name = self.named.then(|| Given::Text(self.lever.text()));
        (kind.to_owned(), given(&self.id), name, given(&self.value))
    }
}

/// The messages of a text of JSON, as the page takes them from what is posted: of a list,
/// or one.
fn posted(text: &str) -> Vec<Posted> {
    let value: Value = serde_json::from_str(text).unwrap_or_default();
    let given = |value: Option<&Value>| match value? {
        Value::String(text) => Some(Given::Text(text.clone())),
        Value::Number(number) => number.as_f64().map(Given::Number),
        _ => None,
    };
    let one = |value: &Value| {
        let kind = value.get("type")?.as_str()?.to_owned();
        Some((
            kind,
            given(value.get("id")),
            given(value.get("lever")),
            given(value.get("value")),
        ))
    };
    let list = value.as_array().cloned().unwrap_or_else(|| vec![value]);
    list.iter().filter_map(one).collect()
}

/// What has to come of a request to set: the lever, what it takes, whether that is to be
/// explained; or what the error has to name.
fn wanted(
    lever: Option<&Given>,
    value: Option<&Given>,
    scenario: &mut Scenario,
) -> Result<(Lever, f64, bool), String> {
    let Some(Given::Text(id)) = lever else {
        return Err("lever".to_owned());
    };
    let lever = Lever::ALL.into_iter().find(|lever| lever.spec().id == *id);
    let lever = lever.ok_or_else(|| short(id))?;
    let number = match value {
        None => return Err(t(lever.spec().label).to_owned()),
        Some(Given::Number(number)) if !number.is_finite() => return Err(number.to_string()),
        Some(Given::Number(number)) => *number,
        Some(Given::Text(text)) => reading(lever, text).ok_or_else(|| short(text))?,
    };
    let taken = scenario.set(lever, number);
    Ok((lever, taken, taken.to_bits() != (number + 0.0).to_bits()))
}

/// Below it the reader of JSON used here is not exact.
const LEAST: f64 = 1e-290;

/// Whether a field of an answer is what was given.
fn comes_back(field: &Value, given: Option<&Given>) -> bool {
    match given {
        None => field.is_null(),
        Some(Given::Number(number)) if !number.is_finite() => field.is_null(),
        Some(Given::Number(number)) => field
            .as_f64()
            .is_some_and(|found| (found - number).abs() <= 1e-15 * number.abs() + LEAST),
        Some(Given::Text(text)) => field
            .as_str()
            .is_some_and(|found| found.chars().eq(text.chars().take(MOST_REPEATED))),
    }
}

fn check(posted: &[Posted]) {
    let mut scenario = Scenario::default();
    let mut expected = Scenario::default();
    let mut asked = vec![];
    let mut due = vec![];
    for (kind, id, lever, value) in posted {
        let Some(mut one) = Asked::of(kind, id.clone(), lever.clone(), value.clone()) else {
            assert!(kind != GET && kind != SET, "{kind} is not answered");
            continue;
        };
        assert_eq!(one.is_get(), kind == GET);
        one.apply(&mut scenario);
        asked.push(one);
        let outcome = (kind == SET).then(|| wanted(lever.as_ref(), value.as_ref(), &mut expected));
        assert!(same_scenario(&scenario, &expected), "{posted:?}");
        due.push((id, lever, value, outcome));
    }
    let text = answer(&asked, "{\"model\":1}");
    // What takes longer than to answer is done for some.
    let lot = Lot::of(text.as_bytes());
    if lot.is_one_in(16) {
        check_scenario(&scenario);
    }
    if lot.is_one_in(512) {
        let outcome = json::of_outcome(&scenario, &[], &check_outcome(&scenario));
        let whole = answer(&asked, &outcome);
        assert!(serde_json::from_str::<Value>(&whole).is_ok(), "{whole}");
    }
    let answer: Value =
        serde_json::from_str(&text).unwrap_or_else(|fault| panic!("{fault}: {text}"));
    assert_eq!(answer["type"], OUTCOME);
    assert_eq!(answer["model"], 1);
    let answers = answer["asked"].as_array().expect("it lists what was asked");
    assert_eq!(answers.len(), due.len());
    for (answer, (id, lever, value, outcome)) in answers.iter().zip(due) {
        assert!(comes_back(&answer["id"], id.as_ref()), "{answer}: {id:?}");
        let [taken, note, error] = ["taken", "note", "error"].map(|key| answer[key].as_str());
        let words = note.into_iter().chain(error);
        assert!(
            words.into_iter().all(|words| words.chars().count() < 200),
            "{answer}"
        );
        match outcome {
            None => {
                assert_eq!(
                    (answer["type"].as_str(), taken, note, error),
                    (Some(GET), None, None, None)
                );
                assert!(
                    answer["lever"].is_null() && answer["value"].is_null(),
                    "{answer}"
                );
            }
            Some(Err(name)) => {
                assert_eq!((taken, note), (None, None), "{answer}");
                assert!(
                    error.is_some_and(|error| error.contains(&name)),
                    "{answer} does not name {name}"
                );
            }
            Some(Ok((of, number, told))) => {
                assert!(comes_back(&answer["lever"], lever.as_ref()), "{answer}");
                assert!(comes_back(&answer["value"], value.as_ref()), "{answer}");
                assert_eq!(error, None, "{answer}");
                assert_eq!(taken, Some(value_text(of, number).as_str()), "{answer}");
                assert_eq!(note.is_some(), told, "{answer}");
                assert!(
                    note.is_none_or(|note| note.contains(t(of.spec().label))),
                    "{answer}"
                );
            }
        }
    }
}

/// Whatever an address and a view hold, what is posted of the height can be read.
fn check_heights(pieces: &Pieces) {
    let Pieces {
        height,
        address,
        view,
        child,
        ..
    } = pieces;
    let posts = heights(*height, address, view, child.as_deref());
    assert_eq!(posts.len(), 5 + usize::from(child.is_some()));
    for post in posts {
        let (Post::Object(text) | Post::Text(text)) = &post;
        if text.starts_with("pym") {
            assert!(
                text.ends_with(&format!("xPYMxheightxPYMx{height}")),
                "{text}"
            );
            continue;
        }
        let value: Value =
            serde_json::from_str(text).unwrap_or_else(|fault| panic!("{fault}: {text}"));
        let told = value["height"].as_u64().or_else(|| {
            value["datawrapper-height"]
                .as_object()?
                .values()
                .next()?
                .as_u64()
        });
        assert_eq!(told, Some(u64::from(*height)), "{text}");
    }
}

fuzz_target!(|input: Input<Pieces>| {
    match input {
        Input::Raw(bytes) => {
            let posted = posted(&String::from_utf8_lossy(&bytes));
            check(&posted);
        }
        Input::Built(pieces) => {
            let posted: Vec<Posted> = pieces.messages.iter().map(Message::posted).collect();
            check(&posted);
            if Lot::of(pieces.view.as_bytes()).is_one_in(4) {
                check_heights(&pieces);
            }
        }
    }
});
