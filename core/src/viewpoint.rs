//! Viewpoints: every lever as one source has it, or as it could be set at a date.
//!
//! A viewpoint decides lever by lever from published readings and from nothing else:
//! the [`Tick`]s of the registry that are readings, and the facts behind the default.
//! Where it has nothing to go by, the default stays and the decision says so.
//!
//! *One source.* A lever takes, in this order: its default, where every fact behind the
//! default is this source's; the first reading of this source in the lever's row (rows
//! put a document's best reading first, and of a range its low end); its default,
//! because the source says nothing that the lever could carry.
//!
//! *A date.* A fact counts once it is known ([`Fact::known`]). A lever takes, in this
//! order: its default, where every fact behind the default was known; the reading that
//! became known last (a bound only where there is nothing else), of several the first in
//! the row; its default, because nothing was
//! known. An assumption that goes by no fact is the page's own and holds at every date.
//! By May 2026 every fact is known, so that date gives exactly the defaults.
//!
//! Left out: what a source says in words alone, ranges other than their low end, figures
//! that the model holds fixed, and what nobody had written down yet.

use crate::fact::{Document, Fact, facts};
use crate::format;
use crate::levers::{self, Basis, Lever, Tick};
use crate::model;
use crate::month::Month;
use crate::outcome::{Outcome, Output};
use crate::replication::{self, Row};
use crate::say;
use crate::scenario::Scenario;
use crate::words::t;

/// Whom to believe, or when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Viewpoint {
    /// One source throughout.
    Source(&'static Document),
    /// Everything known by the end of a month.
    Date(Month),
}

/// How a viewpoint came to a lever’s value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// The default is what this viewpoint has.
    Shared,
    /// A reading sets it.
    Set,
    /// The source says nothing that the lever could carry: the default stays.
    Silent,
    /// Nothing was known by then: the default stays.
    NotYet,
    /// An assumption of the page, at every date.
    Assumed,
}

impl Status {
    /// What the command line calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Shared => "as the default",
            Self::Set => "set",
            Self::Silent => "says nothing",
            Self::NotYet => "not known then",
            Self::Assumed => "an assumption at any date",
        }
    }
}

/// What a viewpoint does with a lever.
#[derive(Clone, Copy, Debug)]
pub struct Decision {
    /// The lever.
    pub lever: Lever,
    /// The value that it takes, inside its range. What it replaces is the default.
    pub value: f64,
    /// The value as published, which may lie outside the range.
    pub published: f64,
    /// How it came to that.
    pub status: Status,
    /// The facts behind the value; none where the default stays for want of any.
    pub facts: &'static [Fact],
    /// What the value is, in a few words, where a reading gives it.
    pub label: &'static str,
    /// The row of the replication table that gives the value, if one does.
    pub row: Option<&'static str>,
    /// The fact that made the default known, later than this viewpoint.
    pub later: Option<&'static Fact>,
}

impl Decision {
    /// Whether the lever leaves its default.
    pub fn changes(&self) -> bool {
        self.value.to_bits() != self.lever.spec().default.to_bits()
    }

    /// Where the value comes from, in a few words; empty where no fact is behind it.
    pub fn words(&self) -> String {
        levers::origin_words(self.published, self.facts)
    }

    /// Whether the range holds less than what was published.
    pub fn is_clamped(&self) -> bool {
        (self.value - self.published).abs() > 1e-6
    }

    fn keep(lever: Lever, status: Status) -> Self {
        let default = lever.spec().default;
        Self {
            lever,
            value: default,
            published: default,
            status,
            facts: &[],
            label: "",
            row: None,
            later: None,
        }
    }

    /// The default, as a viewpoint’s own.
    fn share(lever: Lever) -> Self {
        Self {
            facts: behind(lever),
            row: row_of(lever),
            ..Self::keep(lever, Status::Shared)
        }
    }

    fn take(lever: Lever, tick: &Tick) -> Self {
        let value = lever.admit(tick.value);
        let same = value.to_bits() == lever.spec().default.to_bits();
        Self {
            value,
            published: tick.value,
            facts: tick.facts,
            label: tick.label,
            ..Self::keep(lever, if same { Status::Shared } else { Status::Set })
        }
    }
}

/// A replication row whose verdict is not the one at the defaults.
#[derive(Clone, Debug)]
pub struct Turned {
    /// The row at the defaults.
    pub default: Row,
    /// The row as the viewpoint has it.
    pub here: Row,
}

/// What follows from a viewpoint, against the defaults.
#[derive(Clone, Debug)]
pub struct Difference {
    /// The outcome at the defaults.
    pub default: Outcome,
    /// The outcome as the viewpoint has it.
    pub here: Outcome,
    /// The outputs that differ, in the order of the registry.
    pub outputs: Vec<Output>,
    /// The replication rows whose verdict differs, in the order of their ids.
    pub verdicts: Vec<Turned>,
}

/// The facts behind a lever’s default: a published value’s own, those of the row that
/// derives or solves for it, or what an assumption goes by.
pub fn behind(lever: Lever) -> &'static [Fact] {
    let spec = lever.spec();
    match spec.basis {
        Basis::Published(_) => lever.published().map_or(&[], core::slice::from_ref),
        Basis::Derived(row) | Basis::BackSolved(row) => replication::facts_of(row),
        Basis::Assumption => lever.goes_by(),
    }
}

fn row_of(lever: Lever) -> Option<&'static str> {
    match lever.spec().basis {
        Basis::Derived(row) | Basis::BackSolved(row) => Some(row),
        Basis::Published(_) | Basis::Assumption => None,
    }
}

/// The month from which all of some facts are known; none where there are none.
fn known(facts: &[Fact]) -> Option<Month> {
    facts.iter().map(|fact| fact.known).max()
}

impl Viewpoint {
    /// The dates that the evidence allows: before the package of April 2026 and its
    /// campuses, the research-vault note, the package, and the newest document.
    pub const DATES: [Month; 4] = [
        Month::new(2024, 12),
        Month::new(2026, 1),
        Month::new(2026, 4),
        Month::new(2026, 5),
    ];

    /// Every viewpoint: the sources in their order, then the dates.
    pub fn all() -> impl Iterator<Item = Self> {
        let sources = facts::DOCUMENTS.into_iter().map(Self::Source);
        sources.chain(Self::DATES.into_iter().map(Self::Date))
    }

    /// A key for it: the source’s id, or the month as `YYYY-MM`.
    pub fn id(self) -> String {
        match self {
            Self::Source(document) => document.id.to_owned(),
            Self::Date(month) => month.to_string(),
        }
    }

    /// What it is called.
    pub fn name(self) -> String {
        match self {
            Self::Source(document) => t(document.short).to_owned(),
            Self::Date(month) if month.of_year() == 12 => {
                say!("the end of {year}", year = month.year())
            }
            Self::Date(month) => format::month(month),
        }
    }

    /// What it does with a lever.
    pub fn decide(self, lever: Lever) -> Decision {
        match self {
            Self::Source(document) => of_source(document, lever),
            Self::Date(month) => at_date(month, lever),
        }
    }

    /// What it does with every lever, in the order of the registry.
    pub fn decisions(self) -> Vec<Decision> {
        let levers = Lever::ALL.into_iter();
        levers.map(|lever| self.decide(lever)).collect()
    }

    /// What it supposes, in a sentence, and how much of it is not its own.
    pub fn reason(self) -> String {
        let decisions = self.decisions();
        let count = |status: Status| decisions.iter().filter(|one| one.status == status).count();
        match self {
            Self::Source(_) => say!(
                "Every belief as {source} has it; on {count} of {all} it says nothing, and the default stays.",
                source = self.name(),
                count = count(Status::Silent),
                all = Lever::COUNT
            ),
            Self::Date(_) => say!(
                "What was known by {date}; {count} of {all} beliefs were not, and keep today’s values.",
                date = self.name(),
                count = count(Status::NotYet),
                all = Lever::COUNT
            ),
        }
    }

    /// The scenario that it gives.
    pub fn scenario(self) -> Scenario {
        Scenario::from_lanes(|lever| self.decide(lever).value)
    }

    /// What follows from it, against the defaults.
    pub fn difference(self) -> Difference {
        let default = model::run(&Scenario::default());
        let here = model::run(&self.scenario());
        let rows = |outcome| replication::in_order(replication::replicate(outcome));
        let turned = rows(&default)
            .into_iter()
            .zip(rows(&here))
            .filter(|(default, here)| default.verdict != here.verdict)
            .map(|(default, here)| Turned { default, here })
            .collect();
        let outputs = Output::ALL
            .into_iter()
            .filter(|&output| default.get(output).to_bits() != here.get(output).to_bits())
            .collect();
        Difference {
            default,
            here,
            outputs,
            verdicts: turned,
        }
    }
}

fn of_source(document: &'static Document, lever: Lever) -> Decision {
    let all_its_own = |facts: &[Fact]| facts.iter().all(|fact| fact.source == document);
    let basis = behind(lever);
    let assumed = matches!(lever.spec().basis, Basis::Assumption);
    if !assumed && !basis.is_empty() && all_its_own(basis) {
        return Decision::share(lever);
    }
    lever
        .spec()
        .ticks
        .iter()
        .find(|tick| tick.reads && all_its_own(tick.facts))
        .map_or_else(
            || Decision::keep(lever, Status::Silent),
            |tick| Decision::take(lever, tick),
        )
}

fn at_date(month: Month, lever: Lever) -> Decision {
    let Some(default_known) = known(behind(lever)) else {
        return Decision::keep(lever, Status::Assumed);
    };
    if default_known <= month {
        return Decision::share(lever);
    }
    let mut newest: Option<((bool, Month), &Tick)> = None;
    for tick in lever.spec().ticks.iter().filter(|tick| tick.reads) {
        let Some(since) = known(tick.facts).filter(|&since| since <= month) else {
            continue;
        };
        // What is only a bound says less than any figure, however new it is.
        let bound = matches!(tick.facts, [fact] if fact.is_bound());
        let rank = (!bound, since);
        if newest.is_none_or(|(last, _)| rank > last) {
            newest = Some((rank, tick));
        }
    }
    let later = behind(lever)
        .iter()
        .find(|fact| fact.known == default_known);
    let decision = newest.map_or_else(
        || Decision::keep(lever, Status::NotYet),
        |(_, tick)| Decision::take(lever, tick),
    );
    Decision { later, ..decision }
}
