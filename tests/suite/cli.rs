//! The model on the command line.

use std::env;
use std::path::Path;
use std::process::{Command, Output};

use compute_loop_core::viewpoint::Viewpoint;
use compute_loop_core::{json, link};

/// Runs the command line with the cargo that runs this test: the binary belongs to
/// another package, so its path is not known here.
fn run(arguments: &[&str]) -> Output {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    Command::new(cargo)
        .current_dir(home)
        .args(["run", "-q", "--locked", "-p", "compute-loop-core", "--"])
        .args(arguments)
        .output()
        .expect("cargo can be run")
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).expect("the output is text")
}

#[test]
fn run_prints_the_outcome_of_a_link() {
    let link = "#m=1&arr-2026=60";
    let output = run(&["run", link]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert_eq!(stdout(&output).trim_end(), json::of_link(link));
}

#[test]
fn run_warns_where_a_quoted_figure_has_changed() {
    let output = run(&["run", "#m=1&arr-2026=60&shown=arr-2026-12:61"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let printed: serde_json::Value =
        serde_json::from_str(stdout(&output)).expect("the outcome is JSON");
    let warnings = printed["warnings"].as_array().expect("a list");
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    let warning = warnings[0].as_str().unwrap_or_default();
    assert!(warning.contains("it has changed since"), "{warning}");
    assert_eq!(printed["link"], "#m=1&arr-2026=60");

    let same = json::of_link("#m=1&arr-2026=60&shown=arr-2026-12:60");
    assert_eq!(same, json::of_link("#m=1&arr-2026=60"));
}

#[test]
fn replicate_prints_the_table_and_agrees_with_the_record() {
    let output = run(&["replicate"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let rows: Vec<&str> = stdout(&output)
        .lines()
        .filter(|line| line.starts_with('R'))
        .collect();
    assert_eq!(rows.len(), 43);
    let training = rows.iter().find(|row| row.starts_with("R08"));
    assert!(
        training.is_some_and(|row| row.contains("FAILS")),
        "{training:?}"
    );
}

#[test]
fn facts_prints_every_fact() {
    let output = run(&["facts"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    // A fact is a row of seven columns; a source is a line of prose.
    let rows = stdout(&output)
        .lines()
        .filter(|line| line.split('\t').count() == 7)
        .count();
    assert_eq!(rows, 410);
}

#[test]
fn viewpoints_prints_each_with_its_link() {
    let output = run(&["viewpoints"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    for viewpoint in Viewpoint::all() {
        let line = format!(
            "{} ({})  {}",
            viewpoint.name(),
            viewpoint.id(),
            link::encode(&viewpoint.scenario())
        );
        assert!(stdout(&output).lines().any(|one| one == line), "{line}");
    }
}

#[test]
fn nonsense_ends_with_the_usage() {
    let output = run(&["rn", "#m=1"]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(output.stdout.is_empty(), "{output:?}");
    let told = String::from_utf8_lossy(&output.stderr);
    for word in ["compute-loop-core run", "replicate", "viewpoints", "facts"] {
        assert!(told.contains(word), "{told}");
    }
}
