//! Turns `evidence/facts.json` into one constant a fact.

use std::fmt::Write as _;
use std::{env, fs, path::Path};

use serde::Deserialize;

#[derive(Deserialize)]
struct Row {
    id: String,
    value: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    unit: Option<String>,
    statement: String,
}

fn main() {
    let home = "evidence/facts.json";
    println!("cargo::rerun-if-changed={home}");
    let text = fs::read_to_string(home).expect("evidence/facts.json can be read");
    let rows: Vec<Row> =
        serde_json::from_str(&text).expect("evidence/facts.json is a list of facts");
    let mut code = String::new();
    for row in &rows {
        let name = row.id.to_uppercase().replace('-', "_");
        let unit = row.unit.as_deref().unwrap_or("no unit").replace('_', " ");
        // Brackets would read as links in documentation.
        let statement = row.statement.replace(['[', ']', '<', '>'], "");
        writeln!(
            code,
            "/// {statement} ({unit})\npub const {name}: Fact = Fact {{ id: {:?}, value: {:?}, low: {:?}, high: {:?} }};",
            row.id, row.value, row.low, row.high
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
