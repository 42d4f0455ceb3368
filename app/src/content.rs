//! The prose, from the content files.
//!
//! The files are read at build time: see `build.rs` for their form. An editor changes a
//! sentence there without touching Rust, and a misspelt name does not compile.

use core::cell::Cell;

use compute_loop_core::kind::Kind;
use compute_loop_core::levers::Lever;
use compute_loop_core::odds::first;
use compute_loop_core::outcome::{Outcome, Output};
use compute_loop_core::scenario::Scenario;
use compute_loop_core::words::{self, mark};

use crate::charts::Chart;

/// The page in one language.
#[derive(Debug)]
pub struct Language {
    /// Its tag, as in `lang`: that of a row of [`words::LANGUAGES`].
    pub code: &'static str,
    /// The texts of the code; none in the language they are written in.
    pub table: Option<words::Table>,
    /// The chapters after the opening, in order. They stand apart from their content, which
    /// the first view does not hold.
    pub heads: &'static [Head],
    /// The page, in order.
    pub chapters: &'static [Chapter],
}

thread_local! {
    /// The page in the language spoken, where it is not English.
    static SPOKEN: Cell<Option<&'static Language>> = const { Cell::new(None) };
}

/// Shows and says everything in a language from now on; none is English. To be called before
/// anything is shown.
pub fn speak(language: Option<&'static Language>) {
    SPOKEN.set(language);
    let row = language.and_then(|language| words::Language::from_code(language.code));
    words::speak(
        row.unwrap_or(&words::ENGLISH),
        language.and_then(|language| language.table.as_ref()),
    );
}

/// The page in the language spoken, in order.
pub fn chapters() -> &'static [Chapter] {
    SPOKEN
        .get()
        .map_or(EN.chapters, |language| language.chapters)
}

/// The chapters after the opening in the language spoken, in order.
pub fn heads() -> &'static [Head] {
    SPOKEN.get().map_or(EN.heads, |language| language.heads)
}

/// What the opening says.
pub fn opening() -> &'static [Block] {
    SPOKEN
        .get()
        .map_or(OPENING, |language| language.chapters[0].blocks)
}

/// The sentence that the page opens with.
pub fn headline() -> &'static [Span] {
    match opening().first() {
        Some(Block::Paragraph(spans)) => spans,
        // The build refuses an opening that begins with anything else.
        _ => &[],
    }
}

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
    /// How many facts belong to it.
    pub facts: usize,
    /// What may be answered; the last holds where no other does. None where the
    /// chapter answers nothing.
    pub answers: &'static [Answer],
    /// Its content, in order.
    pub blocks: &'static [Block],
}

impl Chapter {
    /// The answer to the chapter's question: the first whose conditions hold.
    pub fn answer(&self, scenario: &Scenario, outcome: &Outcome) -> &'static [Span] {
        self.variant(scenario, outcome)
            .map_or(&[], |place| self.answers[place].text)
    }

    /// Which of the answers that is, or none where the chapter answers nothing.
    pub fn variant(&self, scenario: &Scenario, outcome: &Outcome) -> Option<usize> {
        self.answers.iter().position(|answer| {
            answer
                .conditions
                .iter()
                .all(|condition| condition.holds(scenario, outcome))
        })
    }
}

impl Chapter {
    /// Whether its text or one of its answers names a fact.
    pub fn names_fact(&self, wanted: &str) -> bool {
        let texts = self.blocks.iter().filter_map(|block| match block {
            Block::Paragraph(spans) | Block::Heading(spans) | Block::LeavesOut(spans) => {
                Some(*spans)
            }
            _ => None,
        });
        texts
            .chain(self.answers.iter().map(|answer| answer.text))
            .flatten()
            .any(|span| matches!(span, Span::Fact { id, .. } if *id == wanted))
    }
}

/// An answer to a chapter's question, for some outcomes.
#[derive(Debug)]
pub struct Answer {
    /// All of these have to hold.
    pub conditions: &'static [Condition],
    /// The sentence.
    pub text: &'static [Span],
}

/// A comparison: left against right plus a number, all in one unit.
#[derive(Clone, Copy, Debug)]
pub struct Condition {
    /// What is compared.
    pub left: Quantity,
    /// How.
    pub relation: Relation,
    /// With what, or with the number alone.
    pub right: Option<Quantity>,
    /// What is added on the right. Months are counted from January 2023; a month
    /// that never comes stands after all others.
    pub plus: f64,
}

impl Condition {
    /// Whether it holds.
    pub fn holds(self, scenario: &Scenario, outcome: &Outcome) -> bool {
        let left = self.left.value(scenario, outcome);
        let right = self
            .right
            .map_or(0.0, |right| right.value(scenario, outcome));
        let right = right + self.plus;
        match self.relation {
            Relation::Below => left < right,
            Relation::AtMost => left <= right,
            Relation::Above => left > right,
            Relation::AtLeast => left >= right,
        }
    }
}

/// What a condition compares.
#[derive(Clone, Copy, Debug)]
pub enum Quantity {
    /// A figure of the model.
    Output(Output),
    /// A belief.
    Lever(Lever),
}

impl Quantity {
    fn value(self, scenario: &Scenario, outcome: &Outcome) -> f64 {
        match self {
            Self::Output(output) => outcome.get(output),
            Self::Lever(lever) => scenario.get(lever),
        }
    }
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// `<`
    Below,
    /// `<=`
    AtMost,
    /// `>`
    Above,
    /// `>=`
    AtLeast,
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
    /// Figures of the model that stand by themselves, such as months, whose width
    /// would move a sentence.
    Figures(&'static [Named]),
}

/// A figure with the name it has here.
#[derive(Debug)]
pub struct Named {
    /// The name.
    pub label: &'static str,
    /// The figure.
    pub output: Output,
}

/// A piece of a sentence.
#[derive(Debug)]
pub enum Span {
    /// Words.
    Text(&'static str),
    /// How many facts or disagreements there are.
    Count(&'static str),
    /// Words that depend on the scenario.
    Turn(Turn),
    /// A figure of the model, live.
    Output(Output),
    /// A share of the model, live, where its usual rounding would hide a difference.
    Precise {
        /// The share.
        output: Output,
        /// How many decimals its percentage has.
        decimals: usize,
    },
    /// A belief, live.
    Lever(Lever),
    /// A published figure.
    Fact {
        /// Its id.
        id: &'static str,
        /// The figure in words.
        text: &'static str,
        /// Its source's place in [`SOURCES`], from 1.
        source: usize,
        /// What kind of statement it is.
        kind: Kind,
        /// Kind, date and source in a few words.
        origin: &'static str,
    },
}

/// Words that depend on the scenario, within a sentence that stays.
#[derive(Debug)]
pub struct Turn {
    /// All of these have to hold for the first words.
    pub conditions: &'static [Condition],
    /// The words if so.
    pub so: &'static str,
    /// The words otherwise.
    pub otherwise: &'static str,
}

impl Turn {
    /// The words.
    pub fn words(&self, scenario: &Scenario, outcome: &Outcome) -> &'static str {
        let so = self
            .conditions
            .iter()
            .all(|condition| condition.holds(scenario, outcome));
        if so { self.so } else { self.otherwise }
    }
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
    /// What a reader wants to be true, and what together would bring it about.
    Question = "question";
    /// What each belief alone would have to be.
    Singles = "singles";
    /// Every output of the model.
    Outputs = "outputs";
    /// Predictions and signals, with what the model says of each.
    Predictions = "predictions";
    /// Named scenarios.
    Presets = "presets";
    /// One source throughout, or as known at a date.
    Viewpoints = "viewpoints";
    /// Choosing the figure whose odds are told, and the value.
    Open = "open";
    /// Which beliefs vary from world to world, and how.
    Worlds = "worlds";
    /// The kinds of numbers, and the switch for them.
    Kinds = "kinds";
    /// The source documents.
    Sources = "sources";
    /// Figures and series with their formulas, by subject.
    Equations = "equations";
    /// Every belief with its range and its reason.
    Beliefs = "beliefs";
    /// What the model leaves out.
    ModelLeavesOut = "model-leaves-out";
    /// What each chapter leaves out, gathered.
    LeftOut = "left-out";
    /// How to run the scenario on the command line.
    Reproduce = "reproduce";
    /// How to cite the page.
    Cite = "cite";
    /// The versions of page, model and evidence.
    Versions = "versions";
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

include!(concat!(env!("OUT_DIR"), "/content.rs"));

/// The page in English, in order.
pub const CHAPTERS: &[Chapter] = EN.chapters;

/// Its chapters after the opening.
pub const HEADS: &[Head] = EN.heads;

/// What its opening says.
pub const OPENING: &[Block] = EN.chapters[0].blocks;

/// The sentence that it opens with.
pub const HEADLINE_TEXT: &[Span] = match OPENING[0] {
    Block::Paragraph(spans) => spans,
    _ => panic!("the opening begins with a paragraph"),
};

/// The figures of the first screen; their names are said where they are shown.
pub const HEADLINE: [(&str, Output); 4] = [
    (mark("AWS growth, 2026"), first::OUTPUTS[0]),
    (mark("Anthropic’s share of AWS"), first::OUTPUTS[1]),
    (mark("AWS margin, 2027"), first::OUTPUTS[2]),
    (mark("Trainium margin"), first::OUTPUTS[3]),
];

/// What has to be known of a chapter before it is there.
#[derive(Debug)]
pub struct Head {
    /// Its place, from 1.
    pub number: u32,
    /// Its id in the document.
    pub id: &'static str,
    /// Its question.
    pub title: &'static str,
    /// Its name in the list of chapters.
    pub short: &'static str,
}

impl Head {
    /// Whether it is one of the numbered chapters and no end matter.
    pub fn numbered(&self) -> bool {
        self.number <= 9
    }
}

/// A source document as the page lists it.
#[derive(Debug)]
pub struct SourceLine {
    /// The id of its row in the evidence.
    pub id: &'static str,
    /// What it is called in running text.
    pub short: &'static str,
    /// Its title.
    pub title: &'static str,
    /// Who published it.
    pub publisher: &'static str,
    /// When, or what its undated text reports last.
    pub dated: &'static str,
    /// What it is.
    pub about: &'static str,
}

/// The source documents. On paper a fact carries the number of its source here.
pub const SOURCES: &[SourceLine] = include!(concat!(env!("OUT_DIR"), "/sources.rs"));
