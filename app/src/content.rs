//! The prose, from the content files.
//!
//! The files are read at build time: see `build.rs` for their form. An editor changes a
//! sentence there without touching Rust, and a misspelt name does not compile.

use compute_loop_core::levers::Lever;
use compute_loop_core::outcome::Output;

use crate::charts::Chart;

/// A chapter of the page.
#[derive(Debug)]
pub struct Chapter {
    /// Its place: 0 is the opening, 1 to 9 the chapters, then the end matter.
    pub number: u32,
    /// Its question.
    pub title: &'static str,
    /// Its name in the list of chapters.
    pub short: &'static str,
    /// What the sources in play are called.
    pub sources: &'static [&'static str],
    /// Its content, in order.
    pub blocks: &'static [Block],
}

/// A piece of a chapter.
#[derive(Debug)]
pub enum Block {
    /// Running text.
    Paragraph(&'static [Span]),
    /// A small heading.
    Heading(&'static [Span]),
    /// What the chapter leaves out.
    LeavesOut(&'static [Span]),
    /// A chart.
    Chart(Chart),
    /// A table that the model or the evidence fills.
    Table(Table),
}

/// A piece of a sentence.
#[derive(Debug)]
pub enum Span {
    /// Words.
    Text(&'static str),
    /// A figure of the model, live.
    Output(Output),
    /// A belief, live.
    Lever(Lever),
    /// A published figure.
    Fact {
        /// Its id.
        id: &'static str,
        /// The figure in words.
        text: &'static str,
    },
}

macro_rules! tables {
    ($($(#[$doc:meta])* $name:ident = $id:literal;)*) => {
        /// A table that the model or the evidence fills.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Table { $($(#[$doc])* $name,)* }

        impl Table {
            /// The table that content files call by a name; not to compile where there
            /// is none is the point of it.
            const fn named(name: &str) -> Self {
                $(if same(name, $id) { return Self::$name; })*
                panic!("no table has this name")
            }
        }
    };
}

tables! {
    /// Published figures, recomputed.
    Replication = "replication";
    /// Disagreements between sources.
    Conflicts = "conflicts";
    /// Every fact.
    Facts = "facts";
    /// Numbers that no source gives.
    Assumptions = "assumptions";
    /// Every output of the model.
    Outputs = "outputs";
    /// Named scenarios.
    Presets = "presets";
}

impl Chart {
    /// The chart that content files call by a name, at compile time.
    const fn named(name: &str) -> Self {
        let mut i = 0;
        while i < Self::ALL.len() {
            if same(name, Self::ALL[i].id()) {
                return Self::ALL[i];
            }
            i += 1;
        }
        panic!("no chart has this name")
    }
}

/// Whether two texts are the same, at compile time.
const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        if a[i] != b[i] {
            return false;
        }
        i += 1;
    }
    true
}

/// The page in English, in order.
pub const CHAPTERS: &[Chapter] = include!(concat!(env!("OUT_DIR"), "/content.rs"));
