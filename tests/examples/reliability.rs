//! Writes `RELIABILITY.md`: what the page survives, with the test of each fault and whether
//! it holds, and the figures of the commands that take longer than a test may.
//!
//! `make reliability` runs those commands first and keeps what they print.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::process::Command;

use compute_loop_tests::harness::{Trouble, root};

/// A fault, what comes of it, and the tests of `tests/browser` that say so.
const FAULTS: [(&str, &str, &[&str]); 23] = [
    (
        "The module is missing, of another type, cut short, or the line breaks midway",
        "the article stays, a notice offers another try, which opens the same link",
        &[
            "article::stays_where_something_fails",
            "article::starts_where_the_module_comes_as_another_type",
            "faults::a_start_that_failed_is_tried_again_with_the_same_link",
        ],
    ),
    (
        "A browser without WebAssembly, or without scripts",
        "the article, with the figures of the defaults",
        &[
            "faults::a_browser_without_webassembly_keeps_the_article",
            "article::reads_as_an_article_without_scripts",
        ],
    ),
    (
        "A part of the page is missing or cut short",
        "a notice; it is tried again until it comes, and what was moved stays",
        &["faults::a_part_that_does_not_come_is_told_of_and_comes_later"],
    ),
    (
        "The evidence is missing",
        "cards and tables say so; opening them again tries again",
        &["evidence::without_the_evidence_the_card_says_so_and_the_page_goes_on"],
    ),
    (
        "Storage is denied",
        "the page works; a notice says that preferences end with it",
        &[
            "offline::needs_no_storage",
            "theme::a_browser_that_refuses_storage_shows_the_page_all_the_same",
        ],
    ),
    (
        "Storage is full",
        "the same",
        &["faults::storage_that_is_full_costs_what_would_be_kept_alone"],
    ),
    (
        "Clipboard or sharing is refused",
        "the text is selected, or the link shown, and that is said",
        &[
            "share::refusals_are_told_with_what_to_do_instead::chromium",
            "share::refusals_are_told_with_what_to_do_instead::gecko",
            "share::refusals_are_told_with_what_to_do_instead::webkit",
        ],
    ),
    (
        "A new build arrives while the page is open",
        "the open page has what it needs from the old one; the next visit is of the new",
        &[
            "faults::an_open_page_outlives_an_update",
            "offline::takes_another_build::chromium",
            "offline::takes_another_build::gecko",
            "offline::takes_another_build::webkit",
        ],
    ),
    (
        "No network after a first visit",
        "everything works",
        &[
            "offline::works_without_a_network_after_a_visit::chromium",
            "offline::works_without_a_network_after_a_visit::gecko",
            "offline::works_without_a_network_after_a_visit::webkit",
        ],
    ),
    (
        "Workers are refused",
        "ranges stand on fewer worlds, and a notice says so",
        &["odds::where_workers_are_refused_few_worlds_stay_and_a_notice_says_so"],
    ),
    (
        "A tab out of sight for an hour",
        "nothing is asked for, nothing changes",
        &["faults::an_hour_out_of_sight_changes_nothing"],
    ),
    (
        "Back from another page, by the back/forward cache",
        "the scenario is there, and moves",
        &[
            "faults::comes_back_as_it_was_left::chromium",
            "faults::comes_back_as_it_was_left::gecko",
            "faults::comes_back_as_it_was_left::webkit",
        ],
    ),
    (
        "The page is reloaded far down",
        "it is read on from there (in a busy WebKit not always)",
        &[
            "landing::who_reloads_reads_on::chromium",
            "landing::who_reloads_reads_on::gecko",
        ],
    ),
    (
        "A link is followed before the address of a change is written",
        "the link counts",
        &["links::a_link_right_after_a_change_is_followed"],
    ),
    (
        "Cards are opened and closed faster than the browser goes back",
        "the page stays, and Back closes what is open",
        &[
            "faults::a_hurried_hand_never_closes_the_page::chromium",
            "faults::a_hurried_hand_never_closes_the_page::gecko",
            "faults::a_hurried_hand_never_closes_the_page::webkit",
        ],
    ),
    (
        "Canvases are refused",
        "sentences and tables stay, and a notice says so",
        &["faults::a_refused_canvas_leaves_words_and_tables"],
    ),
    (
        "A canvas is lost",
        "it is drawn again once the browser gives it back",
        &["faults::a_lost_canvas_is_drawn_again"],
    ),
    (
        "A container without size, or hidden",
        "the embed waits, and fits once there is room",
        &["embed::it_waits_where_it_is_hidden_and_scrolls_where_it_has_too_little_room"],
    ),
    (
        "The pixel ratio changes",
        "charts are drawn sharp again",
        &[
            "charts::a_chart_follows_the_window_to_another_screen",
            "charts::every_chart_is_drawn_sharp_and_fits",
        ],
    ),
    (
        "A thousand messages a second",
        "each is answered once, in order, in few answers",
        &["embed::a_thousand_messages_a_second_do_not_hold_it_up"],
    ),
    (
        "A hostile page around",
        "odd messages change nothing; what is told is short",
        &["faults::a_hostile_host_gets_answers_and_nothing_else"],
    ),
    (
        "Two tabs at once",
        "they share preferences and nothing else",
        &["faults::two_tabs_do_not_disturb_each_other"],
    ),
    (
        "Clocks before 1970 and after 2100",
        "files carry that day; nothing else depends on it",
        &["faults::any_clock_will_do"],
    ),
];

/// What is promised of privacy, and the tests that say so.
const PRIVACY: [(&str, &[&str]); 4] = [
    (
        "No request leaves the origin, and none says what was done",
        &[
            "privacy::asks_for_its_own_files_and_says_nothing_by_asking",
            "article::may_ask_nobody_else",
        ],
    ),
    (
        "Nothing is kept but preferences and the page's own files",
        &[
            "privacy::keeps_preferences_alone::chromium",
            "privacy::keeps_preferences_alone::gecko",
            "privacy::keeps_preferences_alone::webkit",
        ],
    ),
    (
        "An embed cannot read the page around it",
        &[
            "privacy::an_embed_cannot_read_the_page_around::chromium",
            "privacy::an_embed_cannot_read_the_page_around::gecko",
            "privacy::an_embed_cannot_read_the_page_around::webkit",
        ],
    ),
    (
        "Where a browser would let it, it does not look",
        &["privacy::an_embed_of_the_same_origin_does_not_look"],
    ),
];

/// The commands whose figures are kept, and what each is for.
const PARTS: [(&str, &str, &str); 5] = [
    (
        "fuzz",
        "Input",
        "Whatever a link, a file, a message or a number field holds: no panic, no hang, no number that is none, \
      nothing taken silently for something else (`make fuzz`; a shorter run is part of `make test`).",
    ),
    (
        "mutants",
        "The models",
        "Changes made to the equations one at a time; the tests of the models have to notice (`make mutants`). \
      Every published figure is among the kept ones, so what they do not see changes none. What those tests hold besides is in `tests/suite/laws.rs` and `metamorphic.rs`.",
    ),
    (
        "soak",
        "Use",
        "A random hand on sliders, chapters and cards (`make soak`). Warm is after a fifth of it.",
    ),
    (
        "supply",
        "Dependencies",
        "Licences, places, versions and, where RustSec's database can be had, advisories (`make supply`, by \
      cargo-deny). The reason of each direct one is in `ARCHITECTURE.md`.",
    ),
    (
        "reproducible",
        "Builds",
        "Two builds of one commit, each from nothing, with other folders, another home of cargo's, another time \
      zone and language (`make reproducible`).",
    ),
];

/// Runs tests by name: which of them held.
fn run(names: &[&str]) -> Result<BTreeMap<String, bool>, Trouble> {
    let output = Command::new(env!("CARGO"))
        .args([
            "test",
            "--locked",
            "--quiet",
            "-p",
            "compute-loop-tests",
            "--test",
            "browser",
            "--",
        ])
        .args(["--exact", "--format=pretty"])
        .args(names)
        .current_dir(root())
        .output()
        .map_err(Trouble::during("Cannot run the tests"))?;
    let said = String::from_utf8_lossy(&output.stdout);
    Ok(said
        .lines()
        .filter_map(|line| line.strip_prefix("test ")?.split_once(" ... "))
        .map(|(name, end)| (name.to_owned(), end == "ok"))
        .collect())
}

/// The figures that a command printed: subject, what, value.
fn figures(part: &str) -> Vec<[String; 3]> {
    let kept = root()
        .join("target/reliability")
        .join(format!("{part}.txt"));
    let said = fs::read_to_string(kept).unwrap_or_default();
    let rows = said
        .lines()
        .filter_map(|line| line.strip_prefix("figure: "));
    cells(rows)
}

/// The figures that the page has of a command, where it has not run on this machine.
fn before(page: &str, title: &str) -> Vec<[String; 3]> {
    let lines = page.lines();
    let section = lines.skip_while(|line| line.strip_prefix("## ") != Some(title));
    let rows = section
        .skip(1)
        .take_while(|line| !line.starts_with("## "))
        .filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"));
    // The first is the head.
    cells(rows.skip(1))
}

fn cells<'a>(rows: impl Iterator<Item = &'a str>) -> Vec<[String; 3]> {
    let cells = |row: &str| -> Option<[String; 3]> {
        let cells: Vec<String> = row.split(" | ").map(str::to_owned).collect();
        cells.try_into().ok()
    };
    rows.filter_map(cells).collect()
}

fn main() -> Result<(), Trouble> {
    let tests = FAULTS
        .iter()
        .map(|row| row.2)
        .chain(PRIVACY.iter().map(|row| row.1));
    let names: Vec<&str> = tests.flatten().copied().collect();
    let held = run(&names)?;
    let missed = |names: &[&str]| -> Vec<String> {
        let missed = names.iter().filter(|name| held.get(**name) != Some(&true));
        missed.map(ToString::to_string).collect()
    };
    let verdict = |of: &[&str]| {
        let missed = missed(of);
        if missed.is_empty() {
            "holds".to_owned()
        } else {
            format!("**fails: {}**", missed.join(", "))
        }
    };
    let list = |names: &[&str]| {
        let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        names.join(", ")
    };

    let mut failed = missed(&names);
    let place = root().join("RELIABILITY.md");
    let old = fs::read_to_string(&place).unwrap_or_default();
    let mut page = String::from(
        "# Reliability\n\nWhat the page survives, and how that is known. Written by `make reliability`, which runs \
         every test of a fault or a promise. Of the commands, which take hours, stands what each printed when it \
         last ran, and of which commit: perhaps an earlier one than the tests.\n\n## Faults\n\n\
         Each is brought about in a real browser; the tests are in `tests/browser/`.\n\n\
         | fault | what comes of it | | tests |\n|---|---|---|---|\n",
    );
    for (fault, then, names) in FAULTS {
        let _ = writeln!(
            page,
            "| {fault} | {then} | {} | {} |",
            verdict(names),
            list(names)
        );
    }
    page.push_str("\n## Privacy\n\n| promise | | tests |\n|---|---|---|\n");
    for (promise, names) in PRIVACY {
        let _ = writeln!(page, "| {promise} | {} | {} |", verdict(names), list(names));
    }
    for (part, title, what) in PARTS {
        let _ = write!(page, "\n## {title}\n\n{what}\n\n");
        let mut figures = figures(part);
        if figures.is_empty() {
            figures = before(&old, title);
        }
        if figures.is_empty() {
            page.push_str("Not measured yet.\n");
            continue;
        }
        page.push_str("| of | figure | |\n|---|---|---|\n");
        for [of, what, value] in figures {
            let _ = writeln!(page, "| {of} | {what} | {value} |");
            // As the Makefile says it.
            if what == "ends" {
                failed.push(format!("make {part}"));
            }
        }
    }
    fs::write(&place, &page).map_err(Trouble::during("Cannot write RELIABILITY.md"))?;
    print!("{page}");
    if failed.is_empty() {
        return Ok(());
    }
    Err(Trouble::new(format!("These fail: {}", failed.join(", "))))
}
