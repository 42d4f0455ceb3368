//! The evidence as text: facts, their sources, and where they disagree.
//!
//! The types are always here, for whoever loads the files; the files themselves are
//! built in only with the feature `evidence`, so that the page can fetch them when a
//! reader asks.

use serde::{Deserialize, Serialize};

use crate::format;
use crate::kind::Kind;
use crate::month::Month;

/// A published claim.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct Row {
    /// Its key. Permanent.
    pub id: String,
    /// What it is about, broadly.
    pub topic: String,
    /// Whom or what it is about.
    pub subject: String,
    /// What is measured or said.
    pub metric: String,
    /// The point value, if the source gives one.
    pub value: Option<f64>,
    /// The lower bound, if there is one.
    pub low: Option<f64>,
    /// The upper bound, if there is one.
    pub high: Option<f64>,
    /// The unit of the three; none for a claim in words.
    pub unit: Option<String>,
    /// The date or period that the claim refers to: a year, month, day or quarter, or
    /// two of them joined by a slash. None where the source does not say.
    pub as_of: Option<String>,
    /// What kind of statement it is.
    pub kind: Kind,
    /// The id of the source.
    pub source: String,
    /// The line of the source's text.
    pub line: u32,
    /// The claim in one sentence.
    pub statement: String,
    /// What a reader should know about it.
    pub note: Option<String>,
}

impl Row {
    /// The date that it refers to, in words; where the source gives none, what is known
    /// of the date of the document.
    pub fn date(&self, source: &Source) -> String {
        match (&self.as_of, Month::parse(&source.month)) {
            (None, Some(month)) => format::as_of(None, month, source.date.is_some()),
            (None, None) => "undated".to_owned(),
            (Some(period), _) => format::period(period),
        }
    }

    /// Kind, date and source in a few words: estimate, 2024, AINews.
    pub fn origin(&self, source: &Source) -> String {
        format!("{}, {}, {}", self.kind, self.date(source), source.short)
    }
}

/// A source document.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Source {
    /// Its key. Permanent.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its publisher, where the document names one.
    pub publisher: Option<String>,
    /// Its date, where the document carries one.
    pub date: Option<String>,
    /// What can be said of its date.
    pub dated: String,
    /// The month by which it was out, as far as that can be said: `YYYY-MM`.
    pub month: String,
    /// What it is called in running text.
    pub short: String,
    /// What it is.
    pub about: String,
    /// How far the model follows it, and why.
    pub trust: String,
}

/// One side of a disagreement.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Side {
    /// What it holds.
    pub says: String,
    /// The facts behind it.
    pub facts: Vec<String>,
}

/// A disagreement between or inside sources.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Conflict {
    /// Its key, `C01` to `C52`.
    pub id: String,
    /// Deal, revenue, chips or capacity.
    pub topic: String,
    /// The question at issue.
    pub title: String,
    /// Two sides or more.
    pub sides: Vec<Side>,
    /// Why they probably differ.
    pub reason: String,
    /// What the model takes, and why.
    pub model_uses: String,
    /// The side that the model takes; none where it joins or leaves them.
    pub chosen: Option<usize>,
    /// The levers that carry the choice.
    pub levers: Vec<String>,
    /// Rows of the replication table that bear on it.
    pub rows: Vec<String>,
}

#[cfg(feature = "evidence")]
pub use built_in::{conflicts, facts, sources};

#[cfg(feature = "evidence")]
mod built_in {
    use std::sync::LazyLock;

    use super::{Conflict, Row, Source};

    /// Every fact.
    ///
    /// # Panics
    /// If `evidence/facts.json` is not a list of facts, which the tests rule out.
    pub fn facts() -> &'static [Row] {
        static FACTS: LazyLock<Vec<Row>> = LazyLock::new(|| {
            serde_json::from_str(include_str!("../evidence/facts.json"))
                .expect("facts.json is a list of facts")
        });
        &FACTS
    }

    /// Every source document.
    ///
    /// # Panics
    /// If `evidence/sources.json` is not a list of sources, which the tests rule out.
    pub fn sources() -> &'static [Source] {
        static SOURCES: LazyLock<Vec<Source>> = LazyLock::new(|| {
            serde_json::from_str(include_str!("../evidence/sources.json"))
                .expect("sources.json is a list of sources")
        });
        &SOURCES
    }

    /// Every disagreement.
    ///
    /// # Panics
    /// If `evidence/conflicts.json` is not a list of conflicts, which the tests rule out.
    pub fn conflicts() -> &'static [Conflict] {
        static CONFLICTS: LazyLock<Vec<Conflict>> = LazyLock::new(|| {
            serde_json::from_str(include_str!("../evidence/conflicts.json"))
                .expect("conflicts.json is a list of conflicts")
        });
        &CONFLICTS
    }
}
