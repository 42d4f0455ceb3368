//! Turns `evidence/facts.json` into one constant a fact.

use std::fmt::Write as _;
use std::{env, fs, path::Path};

use serde::Deserialize;

#[derive(Deserialize)]
struct Row {
    id: String,
    subject: String,
    metric: String,
    value: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    unit: Option<String>,
    as_of: Option<String>,
    kind: String,
    source: String,
    statement: String,
}

#[derive(Deserialize)]
struct Source {
    id: String,
    short: String,
    month: String,
    date: Option<String>,
}

fn main() {
    let home = "evidence/facts.json";
    println!("cargo::rerun-if-changed={home}");
    let text = fs::read_to_string(home).expect("evidence/facts.json can be read");
    let rows: Vec<Row> =
        serde_json::from_str(&text).expect("evidence/facts.json is a list of facts");
    let sources = sources();
    let mut code = String::new();
    for source in &sources {
        writeln!(
            code,
            "/// The document called {}.\npub const {}: Document = Document {{ id: {:?}, short: {:?}, month: {}, dated: {} }};",
            source.short,
            constant(&source.id),
            source.id,
            source.short,
            month(&source.month),
            source.date.is_some()
        )
        .expect("a string can be written to");
    }
    let names: Vec<String> = sources.iter().map(|source| constant(&source.id)).collect();
    writeln!(
        code,
        "/// Every source document.\npub const DOCUMENTS: [&Document; {}] = [&{}];",
        names.len(),
        names.join(", &")
    )
    .expect("a string can be written to");
    for row in &rows {
        let name = constant(&row.id);
        let document = sources
            .iter()
            .find(|source| source.id == row.source)
            .unwrap_or_else(|| panic!("{home}: {} has no source {}", row.id, row.source));
        let out = month(&document.month);
        let known = match &row.as_of {
            Some(period) => month(&last_month(period)).min(out),
            None => out,
        };
        let unit = row.unit.as_deref().unwrap_or("no unit").replace('_', " ");
        // Brackets would read as links in documentation.
        let statement = row.statement.replace(['[', ']', '<', '>'], "");
        writeln!(
            code,
            "/// {statement} ({unit})\npub const {name}: Fact = Fact {{ id: {:?}, label: {:?}, unit: {:?}, value: {:?}, low: {:?}, high: {:?}, kind: Kind::{}, as_of: {:?}, source: &{}, known: {known} }};",
            row.id,
            format!("{}: {}", row.subject, row.metric),
            row.unit.as_deref().unwrap_or_default(),
            row.value,
            row.low,
            row.high,
            kind(&row.kind),
            row.as_of,
            constant(&row.source),
        )
        .expect("a string can be written to");
    }
    let conflicts = "evidence/conflicts.json";
    println!("cargo::rerun-if-changed={conflicts}");
    let text = fs::read_to_string(conflicts).expect("evidence/conflicts.json can be read");
    let disagreements: Vec<serde::de::IgnoredAny> =
        serde_json::from_str(&text).expect("evidence/conflicts.json is a list");
    writeln!(
        code,
        "/// How many facts there are.\npub const FACTS: usize = {};\n/// How many disagreements there are.\npub const CONFLICTS: usize = {};",
        rows.len(),
        disagreements.len()
    )
    .expect("a string can be written to");
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&out).join("facts.rs"), code).expect("OUT_DIR can be written to");
}

fn sources() -> Vec<Source> {
    let home = "evidence/sources.json";
    println!("cargo::rerun-if-changed={home}");
    let text = fs::read_to_string(home).expect("evidence/sources.json can be read");
    serde_json::from_str(&text).expect("evidence/sources.json is a list of sources")
}

/// The name of a constant for an id.
fn constant(id: &str) -> String {
    id.to_uppercase().replace('-', "_")
}

/// The variant of `Kind` for its word.
fn kind(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// The last month of a date or period, as `YYYY-MM`: of `2025`, `2025-Q3`, `2025-06`,
/// `2025-10-30`, or of the second of two joined by a slash.
fn last_month(period: &str) -> String {
    let last = period.rsplit('/').next().unwrap_or(period);
    match last.split('-').collect::<Vec<_>>()[..] {
        [year] => format!("{year}-12"),
        [year, part] => match part.strip_prefix('Q') {
            Some(quarter) => {
                let quarter: u32 = quarter.parse().expect("a quarter has a number");
                format!("{year}-{:02}", 3 * quarter)
            }
            None => last.to_owned(),
        },
        [year, month, _] => format!("{year}-{month}"),
        _ => panic!(
            "{home}: {period} is no period",
            home = "evidence/facts.json"
        ),
    }
}

/// A month as code, `YYYY-MM`; January 2023 for any before it. As text it sorts by date.
fn month(text: &str) -> String {
    let text = if text < "2023-01" { "2023-01" } else { text };
    let (year, month) = text.split_once('-').expect("a month has a year");
    let month: u32 = month.parse().expect("a month has a number");
    format!("Month::new({year}, {month:2})")
}
