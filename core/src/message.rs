//! What a page around an embedded one is told, what it may ask, and how it is answered.
//!
//! The words are a contract: `public/embed.md` is its other half, for whoever writes such
//! a page. Nothing here knows a browser, and no request can fail: what cannot be used is
//! answered with the reason.

use serde::ser::{Serialize, Serializer};

use crate::format;
use crate::levers::Lever;
use crate::link::{self, short};
use crate::say;
use crate::scenario::Scenario;
use crate::words::t;

/// The `type` of what asks for the outcome.
pub const GET: &str = "compute-loop:get";

/// The `type` of what sets a lever.
pub const SET: &str = "compute-loop:set";

/// The `type` of an answer.
pub const OUTCOME: &str = "compute-loop:outcome";

/// The `type` of the embed's height, and of what asks to be told it once more.
pub const HEIGHT: &str = "compute-loop:height";

/// How long a text of a request may be to be repeated in the answer.
const MOST_REPEATED: usize = 100;

/// A number or a text, as a request has it.
#[derive(Clone, Debug, PartialEq)]
pub enum Given {
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
}

impl Given {
    /// The value that it is for a lever; none where it is not one. A text is read as in a
    /// link; of a choice or a month a number is its place.
    #[inline]
    pub fn value(&self, lever: Lever) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number).filter(|number| number.is_finite()),
            Self::Text(text) => link::parse_value(lever, text),
        }
    }

    #[inline]
    fn words(&self) -> String {
        match self {
            Self::Number(number) => format::exact(*number),
            Self::Text(text) => short(text),
        }
    }
}

impl Serialize for Given {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Number(number) => serializer.serialize_f64(*number),
            Self::Text(text) => {
                let end = text.char_indices().nth(MOST_REPEATED);
                serializer.serialize_str(end.map_or(text, |(end, _)| &text[..end]))
            }
        }
    }
}

/// What is asked, and then what came of it.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Asked {
    /// [`GET`] or [`SET`].
    #[serde(rename = "type")]
    kind: &'static str,
    /// What tells it from other requests of the same page, if that wants it told.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Given>,
    /// The lever to set.
    #[serde(skip_serializing_if = "Option::is_none")]
    lever: Option<Given>,
    /// The value wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<Given>,
    /// The value taken, as links write it.
    #[serde(skip_serializing_if = "Option::is_none")]
    taken: Option<String>,
    /// Why another value was taken than the one wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    /// Why nothing was done.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

impl Asked {
    /// A request by its `type`; none where there is no such one, which nobody answers.
    #[inline]
    pub fn of(
        kind: &str,
        id: Option<Given>,
        lever: Option<Given>,
        value: Option<Given>,
    ) -> Option<Self> {
        let kind = [GET, SET].into_iter().find(|one| *one == kind)?;
        let of_set = |given: Option<Given>| given.filter(|_| kind == SET);
        Some(Self {
            kind,
            id,
            lever: of_set(lever),
            value: of_set(value),
            taken: None,
            note: None,
            error: None,
        })
    }

    /// Whether it asks for the outcome alone.
    #[inline]
    pub fn is_get(&self) -> bool {
        self.kind == GET
    }

    /// Does what is asked to a scenario, and notes what came of it.
    #[inline]
    pub fn apply(&mut self, scenario: &mut Scenario) {
        if self.kind != SET {
            return;
        }
        match set(scenario, self.lever.as_ref(), self.value.as_ref()) {
            Ok((taken, note)) => (self.taken, self.note) = (Some(taken), note),
            Err(error) => self.error = Some(error),
        }
    }
}

/// Sets a lever: the value it took, as links write it, and why it is not the one wanted.
#[inline]
fn set(
    scenario: &mut Scenario,
    lever: Option<&Given>,
    value: Option<&Given>,
) -> Result<(String, Option<String>), String> {
    let Some(Given::Text(id)) = lever else {
        return Err(t("“lever” has to be the id of a lever.").to_owned());
    };
    let lever = Lever::from_id(id)
        .ok_or_else(|| say!("There is no lever called “{key}”.", key = short(id)))?;
    let belief = t(lever.spec().label);
    let given = value.ok_or_else(|| say!("“value” has to be a value for {belief}.", belief))?;
    let wanted = given.value(lever).ok_or_else(|| {
        say!(
            "“{text}” is not a value for {belief}; it stays as it was.",
            text = given.words(),
            belief
        )
    })?;
    let taken = scenario.set(lever, wanted);
    let note = (taken.to_bits() != (wanted + 0.0).to_bits()).then(|| {
        say!(
            "{belief} cannot be {text}; {taken} was taken.",
            belief,
            text = given.words(),
            taken = format::lever(lever, taken)
        )
    });
    Ok((link::value_text(lever, taken), note))
}

/// The answer to requests that have been done, as JSON text: the outcome as
/// [`crate::json::of_outcome`] has it, with its `type` and what was asked before it.
#[inline]
pub fn answer(asked: &[Asked], outcome: &str) -> String {
    // Only a map with keys that are not text could fail, and there is none.
    let asked = serde_json::to_string(asked).unwrap_or_default();
    let rest = outcome.strip_prefix('{').unwrap_or("}");
    format!("{{\"type\":\"{OUTCOME}\",\"asked\":{asked},{rest}")
}

/// A message to the page around.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Post {
    /// The JSON text of what is posted as an object.
    Object(String),
    /// What is posted as text.
    Text(String),
}

/// What tells a page around how high the content is, in the forms that such pages listen
/// for: its own, AMP's, that of Medium and others that go by Embedly, Datawrapper's, that
/// of learning platforms, and pym.js's where the query says what it calls this frame.
///
/// `height` is in CSS pixels, `address` the frame's own, `view` the pair of its query that
/// names the view.
#[inline]
pub fn heights(height: u32, address: &str, view: &str, child: Option<&str>) -> Vec<Post> {
    let quoted = |text: &str| serde_json::to_string(text).unwrap_or_default();
    // Older scripts look for a frame whose address holds this, and cannot read quotes.
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '=');
    let key = if view.chars().all(plain) {
        view
    } else {
        "embed=1"
    };
    let mut posts = vec![
        Post::Object(format!("{{\"type\":\"{HEIGHT}\",\"height\":{height}}}")),
        Post::Object(format!(
            "{{\"sentinel\":\"amp\",\"type\":\"embed-size\",\"height\":{height}}}"
        )),
        Post::Text(format!(
            "{{\"src\":{},\"context\":\"iframe.resize\",\"height\":{height}}}",
            quoted(address)
        )),
        Post::Object(format!(
            "{{\"datawrapper-height\":{{{}:{height}}}}}",
            quoted(key)
        )),
        Post::Text(format!(
            "{{\"subject\":\"lti.frameResize\",\"height\":{height}}}"
        )),
    ];
    if let Some(child) = child {
        posts.push(Post::Text(format!(
            "pymxPYMx{child}xPYMxheightxPYMx{height}"
        )));
    }
    posts
}
