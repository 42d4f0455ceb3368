//! The results: one row a comparison, printed and written down.

use std::fmt::Write as _;
use std::fs;

use compute_loop_tests::harness::{Trouble, root};

/// Between these the results stand in `BENCHMARKS.md`.
const MARKS: [&str; 2] = [
    "<!-- results: written by `make bench` -->",
    "<!-- /results -->",
];

/// What was measured.
#[derive(Default)]
pub(crate) struct Table {
    rows: Vec<Row>,
}

enum Row {
    Title(String),
    Result {
        what: String,
        measured: String,
        target: String,
        /// Whether it is met, where there is one.
        met: Option<bool>,
    },
}

/// What a number is held to.
#[derive(Clone, Copy)]
pub(crate) enum Target {
    /// Nothing: it is there for comparison.
    None,
    AtMost(f64),
    AtLeast(f64),
}

impl Table {
    /// Begins a group of rows.
    pub(crate) fn title(&mut self, title: &str) {
        self.rows.push(Row::Title(title.to_owned()));
        eprintln!("… {title}");
    }

    /// Adds a time in milliseconds, with words after it.
    pub(crate) fn time(&mut self, what: &str, ms: f64, more: &str, target: Target) {
        let measured = [&*time(ms), more].join(if more.is_empty() { "" } else { ", " });
        self.row(what, measured, ms, target, time);
    }

    /// Adds a ratio, with words after it.
    pub(crate) fn ratio(&mut self, what: &str, ratio: f64, more: &str, target: Target) {
        let measured = [&*number(ratio), more].join(if more.is_empty() { "" } else { ", " });
        self.row(what, measured, ratio, target, number);
    }

    /// Adds a check that holds or does not.
    pub(crate) fn check(&mut self, what: &str, measured: String, holds: bool) {
        let (what, target) = (what.to_owned(), "holds".to_owned());
        self.rows.push(Row::Result {
            what,
            measured,
            target,
            met: Some(holds),
        });
    }

    fn row(
        &mut self,
        what: &str,
        measured: String,
        value: f64,
        target: Target,
        shown: fn(f64) -> String,
    ) {
        let (target, met) = match target {
            Target::None => (String::new(), None),
            Target::AtMost(limit) => (format!("≤ {}", shown(limit)), Some(value <= limit)),
            Target::AtLeast(limit) => (format!("≥ {}", shown(limit)), Some(value >= limit)),
        };
        self.rows.push(Row::Result {
            what: what.to_owned(),
            measured,
            target,
            met,
        });
    }

    /// The results as one table for a terminal.
    pub(crate) fn text(&self) -> String {
        let width = |text: &str| text.chars().count();
        let mut widths = [0; 3];
        for row in &self.rows {
            if let Row::Result {
                what,
                measured,
                target,
                ..
            } = row
            {
                for (most, text) in widths.iter_mut().zip([what, measured, target]) {
                    *most = width(text).max(*most);
                }
            }
        }
        let mut text = String::new();
        for row in &self.rows {
            // Writing to a string never fails.
            let _ = match row {
                Row::Title(title) => writeln!(text, "\n{title}"),
                Row::Result {
                    what,
                    measured,
                    target,
                    met,
                } => {
                    let mut line = String::from(" ");
                    for (cell, most) in [what, measured, target].into_iter().zip(widths) {
                        let _ = write!(line, " {cell}{}", " ".repeat(most - width(cell) + 1));
                    }
                    writeln!(text, "{} {}", line, verdict(*met))
                }
            };
        }
        text
    }

    /// Puts the results, and where they were got, into `BENCHMARKS.md`.
    pub(crate) fn write(&self, machine: &str) -> Result<(), Trouble> {
        let place = root().join("BENCHMARKS.md");
        let trouble = |error: &dyn std::fmt::Display| {
            Trouble::new(format!(
                "Cannot write the results into BENCHMARKS.md: {error}"
            ))
        };
        let text = fs::read_to_string(&place).map_err(|error| trouble(&error))?;
        let missing = || trouble(&"its marks are missing");
        let (before, rest) = text.split_once(MARKS[0]).ok_or_else(missing)?;
        let (_, after) = rest.split_once(MARKS[1]).ok_or_else(missing)?;
        let mut results = format!("{machine}\n");
        for row in &self.rows {
            let _ = match row {
                Row::Title(title) => {
                    writeln!(
                        results,
                        "\n### {title}\n\n| | measured | target | |\n|---|---|---|---|"
                    )
                }
                Row::Result {
                    what,
                    measured,
                    target,
                    met,
                } => {
                    writeln!(
                        results,
                        "| {what} | {measured} | {target} | {} |",
                        verdict(*met)
                    )
                }
            };
        }
        let text = format!("{before}{}\n\n{results}\n{}{after}", MARKS[0], MARKS[1]);
        fs::write(&place, text).map_err(|error| trouble(&error))
    }
}

fn verdict(met: Option<bool>) -> &'static str {
    match met {
        Some(true) => "met",
        Some(false) => "not met",
        None => "",
    }
}

/// Three digits, no more.
pub(crate) fn number(value: f64) -> String {
    let digits = match value.abs() {
        1e2.. => 0,
        1e1.. => 1,
        1.0.. => 2,
        _ => 3,
    };
    format!("{value:.digits$}")
}

/// A time in milliseconds, in the unit that suits it.
fn time(ms: f64) -> String {
    match ms {
        1e3.. => format!("{} s", number(ms / 1e3)),
        0.1.. => format!("{} ms", number(ms)),
        _ => format!("{} µs", number(ms * 1e3)),
    }
}
