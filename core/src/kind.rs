//! What kind of statement a number is: how it came to be, and so how far to trust it.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::words::{mark, t};

/// How a number came to be. The text form is that of `evidence/facts.json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A source states it as a fact, announced plans included.
    Reported,
    /// A source estimates it.
    Estimate,
    /// Somebody aims for it.
    Target,
    /// A source expects it.
    Prediction,
    /// Somebody proposed it, and it was not taken.
    Offer,
    /// A rule of thumb.
    Heuristic,
    /// A source, or this page, computes it from published figures.
    Derived,
    /// A source says so, as its own view or somebody’s, without a figure behind it.
    Claim,
    /// Printed nowhere: the value at which published figures fit together.
    BackSolved,
    /// In no source.
    Assumption,
}

impl Kind {
    /// Every kind, the published ones first.
    pub const ALL: [Self; 10] = [
        Self::Reported,
        Self::Estimate,
        Self::Target,
        Self::Prediction,
        Self::Offer,
        Self::Heuristic,
        Self::Derived,
        Self::Claim,
        Self::BackSolved,
        Self::Assumption,
    ];

    /// The word for it in English, which is its key on the page and in the evidence.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Reported => mark("reported"),
            Self::Estimate => mark("estimate"),
            Self::Target => mark("target"),
            Self::Prediction => mark("prediction"),
            Self::Offer => mark("offer"),
            Self::Heuristic => mark("heuristic"),
            Self::Derived => mark("derived"),
            Self::Claim => mark("claim"),
            Self::BackSolved => mark("back-solved"),
            Self::Assumption => mark("assumption"),
        }
    }

    /// The word for it.
    #[inline]
    pub fn name(self) -> &'static str {
        t(self.id())
    }

    /// What the word means, in a sentence for the reader.
    #[inline]
    pub fn meaning(self) -> &'static str {
        t(self.explanation())
    }

    /// The same in English.
    const fn explanation(self) -> &'static str {
        match self {
            Self::Reported => mark("A source states it as a fact, announced plans included."),
            Self::Estimate => mark("A source estimates it."),
            Self::Target => mark("Somebody aims for it; it has not happened."),
            Self::Prediction => mark("A source expects it; it has not happened."),
            Self::Offer => mark("Somebody proposed it, and it was not taken."),
            Self::Heuristic => mark("A rule of thumb."),
            Self::Derived => mark("Computed from published figures, by a source or by this page."),
            Self::Claim => mark(
                "A source says so, as its own view or somebody’s, without a figure behind it that could be checked.",
            ),
            Self::BackSolved => {
                mark("Printed nowhere: the value at which published figures fit together.")
            }
            Self::Assumption => mark("In no source; chosen here, with a reason."),
        }
    }

    /// Whether a number of this kind stands in a source.
    pub const fn is_published(self) -> bool {
        !matches!(self, Self::BackSolved | Self::Assumption)
    }

    /// The letter that marks a number of this kind.
    pub const fn letter(self) -> &'static str {
        match self {
            Self::Reported => "r",
            Self::Estimate => "e",
            Self::Target => "t",
            Self::Prediction => "p",
            Self::Offer => "o",
            Self::Heuristic => "h",
            Self::Derived => "d",
            Self::Claim => "c",
            Self::BackSolved => "b",
            Self::Assumption => "a",
        }
    }

    /// The mark of a number of this kind.
    pub const fn mark(self) -> Mark {
        Mark {
            letter: self.letter(),
            name: self.id(),
            meaning: self.explanation(),
            published: self.is_published(),
        }
    }
}

/// What stands behind a number that the page shows: the kind of a statement, the model,
/// or the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The letter that stands beside the number. No two marks share one.
    pub letter: &'static str,
    /// The word for it in English, which is its key on the page.
    pub name: &'static str,
    /// What the word means, in a sentence for the reader.
    pub meaning: &'static str,
    /// Whether the number stands in a source.
    pub published: bool,
}

impl Mark {
    /// A figure of the model.
    pub const COMPUTED: Self = Self {
        letter: "m",
        name: mark("computed here"),
        meaning: mark("Computed by this page’s model from all beliefs as they are set."),
        published: false,
    };

    /// A belief that does not stand at its default.
    pub const SET: Self = Self {
        letter: "y",
        name: mark("set by you"),
        meaning: mark("A belief that you, or a scenario that you chose, moved from its default."),
        published: false,
    };

    /// A default that this page computes from published figures.
    pub const DERIVED_HERE: Self = Self {
        published: false,
        ..Kind::Derived.mark()
    };

    /// Every mark that a number can carry, the published ones first.
    #[inline]
    pub fn all() -> impl Iterator<Item = Self> {
        let kinds = Kind::ALL.into_iter().map(Kind::mark);
        kinds.chain([Self::COMPUTED, Self::SET])
    }
}

impl fmt::Display for Kind {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
