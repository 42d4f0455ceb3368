//! The evidence as text: facts, their sources, and where they disagree.
//!
//! The types are always here, for whoever loads the files; the files themselves are
//! built in only with the feature `evidence`, so that the page can fetch them when a
//! reader asks.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::format;
use crate::kind::Kind;
use crate::levers::Lever;
use crate::link;
use crate::month::Month;
use crate::say;
use crate::scenario::Scenario;
use crate::words::t;

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
            (None, None) => t("undated").to_owned(),
            (Some(period), _) => format::period(period),
        }
    }

    /// Whether all words of a search stand in what the page shows of it. Capitals do not
    /// matter.
    pub fn mentions(&self, words: &str, source: &Source) -> bool {
        let chapter = say!("chapter {number}", number = chapter(self));
        let shown = [
            t(&self.statement),
            t(&self.subject),
            t(&self.metric),
            &self.id,
            self.kind.name(),
            t(&self.topic),
            &self.date(source),
            &source.id,
            t(&source.short),
            t(&source.title),
            &chapter,
        ]
        .join("\n");
        let shown = format!("{shown}\n{}", format::fact(self)).to_lowercase();
        // What is short in one text is spelt out in another, and a number, its unit and a
        // name's number stand together in one and apart in the next.
        let spelt = shown
            .replace("gw", "gigawatts")
            .replace("bn", "billions")
            .replace("trn", "trainium");
        let words = words.to_lowercase();
        let close = |text: &str| text.split_whitespace().collect::<String>();
        let phrase = close(&words);
        if [&shown, &spelt]
            .iter()
            .any(|text| close(text).contains(&phrase))
        {
            return true;
        }
        // A figure or two would stand in nearly every text.
        let number = |word: &str| word.len() < 3 && word.bytes().all(|byte| byte.is_ascii_digit());
        !words.split_whitespace().any(number)
            && words
                .split_whitespace()
                .all(|word| shown.contains(word) || spelt.contains(word))
    }

    /// Kind, date and source in a few words: estimate, 2024, AINews.
    pub fn origin(&self, source: &Source) -> String {
        say!(
            "{kind}, {date}, {source}",
            kind = self.kind.name(),
            date = self.date(source),
            source = t(&source.short)
        )
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

/// The chapter of the page that the facts of a topic belong to.
pub const TOPICS: [(&str, u8); 12] = [
    ("deal", 2),
    ("equity", 2),
    ("chip", 3),
    ("model-quality", 3),
    ("supply-chain", 3),
    ("capacity", 4),
    ("revenue", 5),
    ("margin", 5),
    ("market", 5),
    ("risk", 6),
    ("prediction", 9),
    ("signal", 9),
];

/// The facts that belong to another chapter than their topic does, by chapter.
pub const EXCEPTIONS: [(u8, &[&str]); 8] = [
    // Who pays whom, and what the loop is.
    (
        1,
        &[
            "ai-iaas-equity-category",
            "amzn-sells-compute",
            "anthropic-arr-2026-05",
            "anthropic-arr-2026-12",
            "anthropic-arr-decay-assumption",
            "anthropic-arr-leads-aws",
            "anthropic-arr-peak",
            "anthropic-contribution-routes",
            "anthropic-may-use-other-compute",
            "anthropic-mom-slowed",
            "anthropic-multicloud",
            "anthropic-share-aws-2024",
            "anthropic-share-aws-2025",
            "anthropic-success-to-aws-revenue",
            "circular-economics",
            "claude-revenue-multiple",
            "claude-revenue-window",
            "claude-trained-on-aws",
            "cloud-beneficiary-pattern",
            "deal-bundle-equity-plus-capacity",
            "rainier-routing-anthropic",
            "revenue-compute-backlog-loop",
            "scale-quality-loop",
            "strategy-infra-layer",
            "trend-equity-to-revenue",
        ],
    ),
    // What may yet be added to the deal.
    (2, &["openai-reconsider", "pred1-additional", "pred1-total"]),
    // What makes chips cheap, and who has them.
    (
        3,
        &[
            "ai-factories-launch",
            "hw-sw-codesign-rationale",
            "nvidia-accelerator-share",
            "trn2-cuts-cost-per-training-token",
            "trn4-no-tapeout",
        ],
    ),
    // What a gigawatt earns, and what its buyers want.
    (
        4,
        &[
            "amzn-capacity-absorbed",
            "amzn-capacity-double-2027",
            "cheaper-training-elastic-demand",
            "commit-per-gw-below-norm-2",
            "commit-revenue-per-gw-below-norm",
            "newcarlisle-revenue-estimate",
            "newcarlisle-revenue-vs-norm",
            "power-constraints-s3",
            "power-nuclear-link",
            "revenue-per-gw-norm",
        ],
    ),
    // What AWS makes of it.
    (5, &["margin-lift-year", "openai-on-bedrock"]),
    // Which turn the story would have to take.
    (
        6,
        &[
            "amzn-wont-replay-msft",
            "milestone-inference-endpoints",
            "milestone-param-count",
            "milestone-throughput",
        ],
    ),
    // What sources say of their own certainty.
    (
        7,
        &[
            "analyst-chen-mo",
            "commit-ramp-caveat",
            "graviton5-no-benchmarks",
            "impact-major-not-revolutionary",
            "rainier-capex-scope-unclear",
            "trn-benchmarks-sparse",
        ],
    ),
    // What a second document says of a thing that another states too.
    (
        8,
        &[
            "amzn-anthropic-total-s3",
            "anthropic-mtm-gain-s0",
            "deal-ring-s3-repeat",
            "inferentia-displaced",
            "invest-2023-s4",
            "invest-total-s4",
            "invest-usage-pair-s4",
            "nindiana-announced-s3",
            "nindiana-capex-s3",
            "nindiana-gw-s3",
            "rainier-capex-s3",
            "rainier-multi-gw-s0",
            "rainier-opened",
            "trn-role-both-s2",
            "trn-role-training-s1",
            "trn2-latest-generation-s1",
            "usage-projected-s4",
        ],
    ),
];

/// The chapter of the page that a fact belongs to, 1 to 9: that of its topic, but for
/// [`EXCEPTIONS`].
pub fn chapter(row: &Row) -> u8 {
    let id = row.id.as_str();
    let exception = EXCEPTIONS.iter().find(|(_, ids)| ids.contains(&id));
    let topic = TOPICS.iter().find(|(topic, _)| *topic == row.topic);
    // A test holds that every topic of the evidence is in the table.
    exception
        .map(|(chapter, _)| *chapter)
        .or_else(|| topic.map(|(_, chapter)| *chapter))
        .unwrap_or(9)
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
