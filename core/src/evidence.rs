//! The evidence as text: facts, their sources, and where they disagree.
//!
//! The types are always here, for whoever loads the files; the files themselves are
//! built in only with the feature `evidence`, so that the page can fetch them when a
//! reader asks.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::kind::Kind;
use crate::levers::Lever;
use crate::link;
use crate::scenario::Scenario;

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
    /// What it sets, where levers can carry it: ids and values as links write them.
    /// The side that the model takes sets nothing: it is the defaults.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sets: BTreeMap<String, String>,
}

impl Side {
    /// The levers that it sets, with their values; what is no lever or no value of one
    /// is left out.
    pub fn settings(&self) -> impl Iterator<Item = (Lever, f64)> + '_ {
        self.sets.iter().filter_map(|(id, text)| {
            let lever = Lever::from_id(id)?;
            Some((lever, lever.admit(link::parse_value(lever, text)?)))
        })
    }
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

impl Conflict {
    /// The levers that one of its sides sets: what a choice between them moves.
    pub fn carriers(&self) -> Vec<Lever> {
        let sets = |lever: &Lever| {
            let mut settings = self.sides.iter().flat_map(Side::settings);
            settings.any(|(set, _)| set == *lever)
        };
        Lever::ALL.into_iter().filter(sets).collect()
    }

    /// The scenario with a side chosen: what it sets, and what only other sides set back
    /// at the default. None where no lever carries the side.
    pub fn with_side(&self, side: usize, scenario: &Scenario) -> Option<Scenario> {
        let sets: Vec<(Lever, f64)> = self.sides.get(side)?.settings().collect();
        if sets.is_empty() && self.chosen != Some(side) {
            return None;
        }
        let start = self.with_defaults(scenario)?;
        Some(sets.into_iter().fold(start, |scenario, (lever, value)| {
            scenario.with(lever, value)
        }))
    }

    /// The scenario with every lever that a side sets back at its default, which is
    /// what the model takes. None where no lever carries any side.
    pub fn with_defaults(&self, scenario: &Scenario) -> Option<Scenario> {
        let carriers = self.carriers();
        (!carriers.is_empty()).then(|| {
            carriers.into_iter().fold(*scenario, |scenario, lever| {
                scenario.with(lever, lever.spec().default)
            })
        })
    }

    /// The ids of the sources whose facts stand on its sides, each once.
    pub fn sources<'a>(&self, facts: &'a [Row]) -> Vec<&'a str> {
        let mut ids: Vec<&str> = vec![];
        for id in self.sides.iter().flat_map(|side| &side.facts) {
            let row = facts.iter().find(|row| row.id == *id);
            if let Some(row) = row.filter(|row| !ids.contains(&row.source.as_str())) {
                ids.push(&row.source);
            }
        }
        ids
    }
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
