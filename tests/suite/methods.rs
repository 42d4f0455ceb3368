//! The methods: whole, and the same in the page, in `MODEL.md` and on the command line.

use std::fs;

use compute_loop_core::evidence;
use compute_loop_core::fact::Fact;
use compute_loop_core::levers::{Basis, Lever};
use compute_loop_core::methods::{LEFT_OUT, SUBJECTS, command, default_kind};
use compute_loop_core::outcome::{Output, Series};
use compute_loop_core::preset::PRESETS;
use compute_loop_tests::harness::root;

pub(crate) fn model_md() -> String {
    let text = fs::read_to_string(root().join("core/MODEL.md")).expect("MODEL.md can be read");
    text.replace('\'', "’")
}

#[test]
fn every_equation_belongs_to_one_subject() {
    for output in Output::ALL {
        let homes = SUBJECTS
            .iter()
            .filter(|subject| subject.outputs.contains(&output));
        assert_eq!(homes.count(), 1, "{}", output.spec().id);
    }
    for series in Series::ALL {
        let homes = SUBJECTS
            .iter()
            .filter(|subject| subject.series.contains(&series));
        assert_eq!(homes.count(), 1, "{}", series.spec().id);
    }
}

#[test]
fn the_documentation_lists_the_same_subjects() {
    let text = model_md();
    let subjects = text
        .split("## Subjects")
        .nth(1)
        .expect("there is such a part");
    let subjects = subjects.split("\n## ").next().unwrap_or_default();
    let rows: Vec<&str> = subjects
        .lines()
        .filter(|line| line.starts_with("| `"))
        .collect();
    let wanted: Vec<String> = SUBJECTS
        .iter()
        .map(|subject| format!("| `{}` | {} |", subject.module, subject.what).replace('\'', "’"))
        .collect();
    assert_eq!(rows, wanted);
}

#[test]
fn the_documentation_leaves_out_the_same() {
    let text = model_md();
    let part = text
        .split("## What is left out")
        .nth(1)
        .expect("there is such a part");
    let part = part.split("\n## ").next().unwrap_or_default();
    let rows: Vec<&str> = part
        .lines()
        .filter_map(|line| line.strip_prefix("- "))
        .collect();
    assert_eq!(rows, LEFT_OUT);
}

#[test]
fn a_published_default_has_the_kind_of_its_fact() {
    for lever in Lever::ALL {
        if let Basis::Published(Fact { id, .. }) = lever.spec().basis {
            let row = evidence::facts().iter().find(|row| row.id == *id);
            let row = row.unwrap_or_else(|| panic!("{id} is no fact"));
            assert_eq!(default_kind(lever), row.kind, "{}", lever.spec().id);
        }
    }
}

#[test]
fn the_command_holds_a_whole_link_in_quotes() {
    for preset in PRESETS {
        let text = command(&preset.scenario());
        assert_eq!(text.matches('\'').count(), 2, "{text}");
        assert!(text.ends_with('\''), "{text}");
        assert!(text.contains(" run \'#m=1"), "{text}");
    }
}
