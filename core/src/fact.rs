//! Published figures as constants, for the model to build on.
//!
//! [`facts`] is generated at build time from `evidence/facts.json`, one constant a
//! row, so that a figure stands in one place and a misspelt id does not compile.
//! What a fact says in words is in [`crate::evidence`].

use crate::format;
use crate::kind::Kind;
use crate::lane::Lane;
use crate::month::Month;
use crate::origin::{Known, Reading};
use crate::say;
use crate::words::t;

/// A source document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Document {
    /// The id of the row in `evidence/sources.json`.
    pub id: &'static str,
    /// What it is called in running text.
    pub short: &'static str,
    /// The month by which it was out.
    pub month: Month,
    /// Whether the document carries a date of its own; else the month is inferred.
    pub dated: bool,
}

/// What a published number has to say of itself wherever it is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Origin {
    /// What kind of statement it is.
    pub kind: Kind,
    /// The date or period that it refers to, as in the evidence.
    pub as_of: Option<&'static str>,
    /// The document that holds it.
    pub source: &'static Document,
}

impl Origin {
    /// In a few words: estimate, 2024, AINews.
    pub fn words(&self) -> String {
        say!(
            "{kind}, {date}, {source}",
            kind = self.kind.name(),
            date = format::as_of(self.as_of, self.source.month, self.source.dated),
            source = t(self.source.short)
        )
    }
}

/// A published figure: its id, numbers and origin. A text-only claim has no numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fact {
    /// The id of the row in `evidence/facts.json`.
    pub id: &'static str,
    /// Whom or what it is about, and what is measured.
    pub label: &'static str,
    /// The unit of its numbers, as in the evidence; empty for a claim in words.
    pub unit: &'static str,
    /// The point value, in the row's unit.
    pub value: Option<f64>,
    /// The lower bound, in the row's unit.
    pub low: Option<f64>,
    /// The upper bound, in the row's unit.
    pub high: Option<f64>,
    /// What kind of statement it is.
    pub kind: Kind,
    /// The date or period that it refers to, as in the evidence.
    pub as_of: Option<&'static str>,
    /// The document that holds it.
    pub source: &'static Document,
    /// The month from which it can be taken as known: the end of the period that it
    /// refers to or the month of its document, whichever is earlier. When an estimate
    /// of a past period was made, no source says. January 2023 stands for all before.
    pub known: Month,
}

impl Fact {
    /// The point value.
    ///
    /// # Panics
    /// At compile time, in a constant, where the fact has no point value.
    pub const fn value(&self) -> f64 {
        match self.value {
            Some(value) => value,
            None => panic!("this fact has no point value"),
        }
    }

    /// The lower bound.
    ///
    /// # Panics
    /// At compile time, in a constant, where the fact has no lower bound.
    pub const fn low(&self) -> f64 {
        match self.low {
            Some(value) => value,
            None => panic!("this fact has no lower bound"),
        }
    }

    /// The upper bound.
    ///
    /// # Panics
    /// At compile time, in a constant, where the fact has no upper bound.
    pub const fn high(&self) -> f64 {
        match self.high {
            Some(value) => value,
            None => panic!("this fact has no upper bound"),
        }
    }

    /// The middle of the range.
    ///
    /// # Panics
    /// At compile time, in a constant, where the fact has no range.
    pub const fn middle(&self) -> f64 {
        f64::midpoint(self.low(), self.high())
    }

    /// Its kind, date and document.
    pub const fn origin(&self) -> Origin {
        Origin {
            kind: self.kind,
            as_of: self.as_of,
            source: self.source,
        }
    }

    /// Whether it only says how much at least or at most.
    pub const fn is_bound(&self) -> bool {
        self.value.is_none() && self.low.is_some() != self.high.is_some()
    }

    /// A percentage as a fraction.
    ///
    /// # Panics
    /// At compile time, in a constant, where the fact has no point value.
    pub const fn share(&self) -> f64 {
        self.value() / 100.0
    }
}

/// The same numbers in an equation of the model, with their origin. Each has to be
/// there, as above.
impl Fact {
    pub(crate) fn lane<V: Lane>(&'static self) -> V {
        V::known(Known::Fact(self, Reading::Value))
    }

    pub(crate) fn lane_low<V: Lane>(&'static self) -> V {
        V::known(Known::Fact(self, Reading::Low))
    }

    pub(crate) fn lane_high<V: Lane>(&'static self) -> V {
        V::known(Known::Fact(self, Reading::High))
    }

    pub(crate) fn lane_middle<V: Lane>(&'static self) -> V {
        V::known(Known::Fact(self, Reading::Middle))
    }

    pub(crate) fn lane_share<V: Lane>(&'static self) -> V {
        self.lane::<V>() / 100.0
    }
}

/// Every fact as a constant named after its id.
#[allow(clippy::unreadable_literal, reason = "generated")]
pub mod facts {
    use super::{Document, Fact};
    use crate::kind::Kind;
    use crate::month::Month;
    include!(concat!(env!("OUT_DIR"), "/facts.rs"));
}
