//! Writes `RELIABILITY.md`: what the page survives, with the test of each fault and whether
//! it holds, and the figures of the commands that take longer than a test may.
//!
//! `make reliability` runs those commands first and keeps what they print.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::process::Command;

use compute_loop_tests::harness::{Trouble, root};

/// A fault, what comes of it, and the tests of `tests/browser` that say so.
const FAULTS: [(&str, &str, &[&str]); 24] = [
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
        "A part of the page is missing, cut short or never answered",
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
        "A worker says nothing",
        "it is started again; only one silent twice counts as refused",
        &["odds::a_worker_that_says_nothing_is_started_again"],
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
const PRIVACY: [Promise; 4] = [
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

/// A promise, and the tests that say so.
type Promise = (&'static str, &'static [&'static str]);

/// A command whose figures are kept: its name, the title of its section, what it is for, and
/// what tests of every day say of the same.
const PARTS: [(&str, &str, &str, &[Promise]); 5] = [
    (
        "fuzz",
        "Input",
        "Whatever a link, a file, a message or a number field holds: no panic, no hang, no number that is none, \
      nothing taken silently for something else (`make fuzz`; a shorter run is part of `make test`).",
        &[
            (
                "Of a link each piece is used or named; what is too long or too fine is named too",
                &[
                    "model::links::each_piece_is_used_or_reported",
                    "model::links::a_value_between_the_steps_of_precision_is_reported",
                    "model::links::text_past_the_limit_is_reported_and_not_read",
                    "model::links::whatever_a_link_says_it_showed_is_read_or_named",
                    "links::a_bad_link_is_told_of_and_the_rest_of_it_works",
                ],
            ),
            (
                "10,000 random links come back as they went, and no damage breaks one",
                &["model::links::ten_thousand_links_round_trip_and_no_damage_breaks_one"],
            ),
            (
                "A file that cannot be used is refused with the reason, and changes nothing",
                &[
                    "suite::share::what_cannot_be_used_is_refused_with_the_reason",
                    "suite::share::a_damaged_file_is_refused_or_means_something",
                    "suite::share::any_bytes_are_read_or_refused",
                    "share::a_scenario_comes_back_from_its_file_and_a_bad_file_changes_nothing::chromium",
                    "share::a_scenario_comes_back_from_its_file_and_a_bad_file_changes_nothing::gecko",
                    "share::a_scenario_comes_back_from_its_file_and_a_bad_file_changes_nothing::webkit",
                ],
            ),
            (
                "A message that cannot be followed changes nothing and is answered with the reason",
                &["suite::embed::a_request_that_cannot_be_done_changes_nothing_and_says_why"],
            ),
            (
                "An embed's address that is odd gives a view, and what is odd is said",
                &[
                    "suite::embed::no_query_is_too_odd_to_read",
                    "suite::embed::what_a_query_cannot_have_is_told_and_the_rest_holds",
                    "embed::an_odd_address_gives_a_view_and_says_what_is_odd",
                ],
            ),
            (
                "A number field says what it does not take",
                &["levers::the_number_field_takes_numbers_and_says_what_it_does_not_take"],
            ),
        ],
    ),
    (
        "mutants",
        "The models",
        "The laws hold in random scenarios, as many as stand in the tests: from 200 to 10,000 each. And the tests \
      notice what is wrong: changes are made to the equations one at a time (`make mutants`), and some test has to \
      fail. Every published figure is among the kept ones, so what they do not see changes none.",
        &[
            (
                "Sums, shares, limits and cash add up, in 10,000 random scenarios; each law is seen to fail where the model is damaged",
                &[
                    "model::laws::random_scenarios_hold",
                    "model::laws::presets_hold_over_every_levers_range",
                    "model::laws::no_damage_breaks_no_law",
                    "model::laws::a_number_that_is_none_is_noticed",
                    "model::laws::shrinking_power_is_noticed",
                    "model::laws::taking_money_back_is_noticed",
                    "model::laws::a_cent_from_nowhere_is_noticed",
                    "model::laws::a_part_too_much_is_noticed",
                    "model::laws::power_beyond_the_commitment_is_noticed",
                    "model::laws::shares_beyond_the_whole_are_noticed",
                    "model::laws::revenue_beyond_power_is_noticed_where_power_binds",
                    "model::laws::a_gain_booked_as_cash_is_noticed",
                ],
            ),
            (
                "More gigawatts never widen the gap",
                &["model::metamorphic::more_committed_never_widens_the_gap"],
            ),
            (
                "A cheaper chip never raises what is paid for a gigawatt-year, nor lowers the power that is wanted",
                &[
                    "model::metamorphic::a_cheaper_chip_never_raises_the_dollars_paid_for_a_gigawatt_year",
                    "model::metamorphic::a_cheaper_chip_never_lowers_the_power_wanted",
                ],
            ),
            (
                "All money, or all power, in another unit scales all of it and nothing else",
                &[
                    "model::units::more_units_of_money_to_a_dollar_scale_every_sum_and_price_and_nothing_else",
                    "model::units::more_units_of_power_to_a_watt_scale_power_and_prices_of_it_and_nothing_else",
                    "model::units::two_equal_buyers_pay_and_need_what_one_of_twice_the_size_does",
                ],
            ),
            (
                "A month's flow in two parts changes no total of a year",
                &["model::sums::a_month_paid_in_two_halves_changes_no_total_of_a_year"],
            ),
            (
                "What whoever pays loses, whoever is paid gains",
                &[
                    "model::sums::whoever_pays_somebody_is_paid",
                    "model::circle::random_scenarios_add_up_through_every_lens",
                ],
            ),
            (
                "More time, more money, more demand and dearer inputs act in the direction they have to",
                &[
                    "model::metamorphic::a_higher_arr_never_lowers_what_is_needed",
                    "model::metamorphic::a_slower_build_never_brings_power_forward",
                    "model::metamorphic::loosening_never_raises_demand",
                    "model::metamorphic::dearer_inputs_never_raise_a_margin",
                    "model::metamorphic::what_lasts_longer_never_costs_more",
                    "model::metamorphic::more_to_sell_is_never_less_sold",
                    "model::metamorphic::faster_growth_never_earns_less",
                ],
            ),
        ],
    ),
    (
        "soak",
        "Use",
        "A random hand on sliders, chapters and cards (`make soak`). Warm is after a fifth of it.",
        &[],
    ),
    (
        "supply",
        "Dependencies",
        "Licences, places, versions and, where RustSec's database can be had, advisories (`make supply`, by \
      cargo-deny).",
        &[
            (
                "Each direct dependency has its reason in `ARCHITECTURE.md`",
                &["suite::tidy::every_direct_dependency_has_its_reason"],
            ),
            (
                "Lockfiles name no place to download from, but for the index of crates.io",
                &["suite::tidy::lock_files_name_no_place_to_download_from"],
            ),
        ],
    ),
    (
        "reproducible",
        "Builds",
        "Two builds of one commit, each from nothing, with other folders, another home of cargo's, another time \
      zone and language (`make reproducible`).",
        &[(
            "No folder of the machine that built it stands in the page",
            &["built::names_no_folder_of_the_machine_that_built_it"],
        )],
    ),
];

/// The target that a test is in, which its name begins with unless it is of the page, the
/// package that is the target's, and the name there.
fn place(name: &str) -> (&'static str, &'static str, &str) {
    if let Some(name) = name.strip_prefix("model::") {
        return ("compute-loop-core", "model", name);
    }
    match name.strip_prefix("suite::") {
        Some(name) => ("compute-loop-tests", "suite", name),
        None => ("compute-loop-tests", "browser", name),
    }
}

/// Runs tests by name: those that held.
fn run(names: &[&str]) -> Result<BTreeSet<String>, Trouble> {
    let mut held = BTreeSet::new();
    for target in ["model", "suite", "browser"] {
        let of_it = names.iter().map(|name| place(name));
        let of_it: Vec<_> = of_it.filter(|place| place.1 == target).collect();
        let Some((package, ..)) = of_it.first() else {
            continue;
        };
        let passed = passed(package, target, of_it.iter().map(|place| place.2))?;
        // Those of the page go by their names alone.
        let prefix = if target == "browser" {
            String::new()
        } else {
            format!("{target}::")
        };
        held.extend(passed.into_iter().map(|name| format!("{prefix}{name}")));
    }
    Ok(held)
}

/// Of these tests of a target, those that passed.
fn passed<'a>(
    package: &str,
    target: &str,
    names: impl Iterator<Item = &'a str>,
) -> Result<Vec<String>, Trouble> {
    let output = Command::new(env!("CARGO"))
        .args(["test", "--locked", "--quiet", "-p", package])
        .args(["--test", target, "--", "--exact", "--format=pretty"])
        .args(names)
        .current_dir(root())
        .output()
        .map_err(Trouble::during("Cannot run the tests"))?;
    let said = String::from_utf8_lossy(&output.stdout);
    Ok(said
        .lines()
        .filter_map(|line| line.strip_prefix("test ")?.split_once(" ... "))
        .filter(|&(_, end)| end == "ok")
        .map(|(name, _)| name.to_owned())
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

/// The head of a table of figures, without its outer lines.
const HEAD: &str = "of | figure |";

/// The figures that the page has of a command, where it has not run on this machine.
fn before(page: &str, title: &str) -> Vec<[String; 3]> {
    let lines = page.lines();
    let section = lines.skip_while(|line| line.strip_prefix("## ") != Some(title));
    let rows = section
        .skip(1)
        .take_while(|line| !line.starts_with("## "))
        .filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"));
    // After the tests of the same section.
    cells(rows.skip_while(|row| *row != HEAD).skip(1))
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
        .chain(PRIVACY.iter().map(|row| row.1))
        .chain(PARTS.iter().flat_map(|part| part.3).map(|row| row.1));
    let names: Vec<&str> = tests.flatten().copied().collect();
    let held = run(&names)?;
    let missed = |names: &[&str]| -> Vec<String> {
        let missed = names.iter().filter(|name| !held.contains(**name));
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
         last ran, and of which commit: perhaps an earlier one than the tests. Tests are in `tests/browser/`, \
         where no name of another target (`model`, `suite`) stands before them.\n\n## Faults\n\n\
         Each is brought about in a real browser.\n\n\
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
    let promises = |promises: &[Promise]| {
        let mut table = String::from("| promise | | tests |\n|---|---|---|\n");
        for (promise, names) in promises {
            let _ = writeln!(
                table,
                "| {promise} | {} | {} |",
                verdict(names),
                list(names)
            );
        }
        table
    };
    let _ = write!(page, "\n## Privacy\n\n{}", promises(&PRIVACY));
    for (part, title, what, tested) in PARTS {
        let _ = write!(page, "\n## {title}\n\n{what}\n\n");
        if !tested.is_empty() {
            let _ = writeln!(page, "{}", promises(tested));
        }
        let mut figures = figures(part);
        if figures.is_empty() {
            figures = before(&old, title);
        }
        if figures.is_empty() {
            page.push_str("Not measured yet.\n");
            continue;
        }
        let _ = writeln!(page, "| {HEAD} |\n|---|---|---|");
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
