//! The model on the command line.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::ExitCode;

use compute_loop_core::outcome::Output;
use compute_loop_core::viewpoint::{Decision, Status, Viewpoint};
use compute_loop_core::{
    evidence, format, json, link, model, odds, replication, scenario::Scenario, trace,
};

const USAGE: &str = "\
The model of The Compute Loop.

  compute-loop-core run LINK     the outcome of a scenario link, as JSON
  compute-loop-core odds LINK [--seed N] [--draws N]
                                 percentiles of every output over many worlds, as JSON
  compute-loop-core replicate    every derived figure of the sources, recomputed
  compute-loop-core viewpoints   one source throughout, or as known at a date
  compute-loop-core trace OUTPUT [LINK]
                                 how an output comes about, down to beliefs and facts
  compute-loop-core facts        every fact with its source

A link is what the page's address ends with: '#m=1&arr-2026=60'. Quote it.
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["run", link] => print(&run(link), ExitCode::SUCCESS),
        ["run"] => print(&run(""), ExitCode::SUCCESS),
        ["odds", rest @ ..] => odds(rest),
        ["replicate"] => replicate(),
        ["viewpoints"] => print(&viewpoints(), ExitCode::SUCCESS),
        ["trace", output] => trace(output, ""),
        ["trace", output, link] => trace(output, link),
        ["facts"] => print(&facts(), ExitCode::SUCCESS),
        ["help" | "--help" | "-h"] => print(USAGE, ExitCode::SUCCESS),
        _ => {
            eprint!("{USAGE}");
            ExitCode::from(2)
        }
    }
}

/// Writes to standard output. A reader that closes the pipe early, as `head` does, is
/// not an error.
fn print(text: &str, code: ExitCode) -> ExitCode {
    match std::io::stdout().write_all(text.as_bytes()) {
        Ok(()) => code,
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => code,
        Err(error) => {
            eprintln!("cannot write: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(link: &str) -> String {
    format!("{}\n", json::of_link(link))
}

/// Percentiles of every output. What is no link is an option with its number.
fn odds(words: &[&str]) -> ExitCode {
    let (mut link, mut seed, mut draws) = ("", odds::SEED, json::ODDS_DRAWS);
    let mut words = words.iter().copied();
    while let Some(word) = words.next() {
        let understood = match word {
            "--seed" => words
                .next()
                .and_then(|text| text.parse().ok())
                .map(|number| seed = number),
            "--draws" => words
                .next()
                .and_then(|text| text.parse().ok())
                .filter(|number| (1..=odds::DRAWS).contains(number))
                .map(|number| draws = number),
            _ if word.starts_with('-') => None,
            _ => {
                link = word;
                Some(())
            }
        };
        if understood.is_none() {
            eprintln!(
                "{word} needs a whole number: a seed, or draws from 1 to {}",
                odds::DRAWS
            );
            return ExitCode::from(2);
        }
    }
    let text = json::odds_of_link(link, seed, draws);
    print(&format!("{text}\n"), ExitCode::SUCCESS)
}

/// The formula of an output, then of everything that it rests on, each once.
fn trace(output: &str, link: &str) -> ExitCode {
    let Some(output) = Output::from_id(output) else {
        eprintln!("There is no output “{output}”. The outputs are:");
        for output in Output::ALL {
            eprintln!("  {:<28} {}", output.spec().id, output.spec().label);
        }
        return ExitCode::from(2);
    };
    let (scenario, warnings) = link::decode(link);
    for warning in warnings {
        eprintln!("{warning}");
    }
    let trace = trace::trace(&scenario);
    let mut text = String::new();
    let mut shown = HashSet::new();
    let mut open = vec![(0, trace.output(output))];
    while let Some((depth, place)) = open.pop() {
        let indent = "  ".repeat(depth);
        let Some(explained) = trace.explain(place) else {
            let input = trace.value(place);
            let _ = writeln!(
                text,
                "{indent}{} = {} ({})",
                input.label,
                input.text(),
                input.origin.text()
            );
            continue;
        };
        let (label, value) = (&explained.label, explained.text());
        if shown.insert(place) {
            let _ = writeln!(
                text,
                "{indent}{label} = {value}\n{indent}  = {}",
                explained.numbers()
            );
            let inputs = explained.inputs.iter().rev();
            open.extend(inputs.filter_map(|input| {
                // Of a sum over months the last stands for all.
                input.places.last().map(|&place| (depth + 2, place))
            }));
        } else {
            let _ = writeln!(text, "{indent}{label} = {value}, see above");
        }
    }
    print(&text, ExitCode::SUCCESS)
}

/// One line a row; ends non-zero where a verdict is not the one on record.
fn replicate() -> ExitCode {
    let rows = replication::in_order(replication::replicate(&model::run(&Scenario::default())));
    let mut text = String::new();
    let mut moved = 0;
    for row in &rows {
        let _ = writeln!(
            text,
            "{}  {:<16}  {}: published {}; {} → {}",
            row.id,
            row.verdict.name().to_uppercase(),
            row.figure,
            row.published,
            row.arithmetic,
            row.computed
        );
        if let Some(why) = row.why {
            let _ = writeln!(text, "     {why}");
        }
        if row.verdict != row.recorded {
            moved += 1;
            let _ = writeln!(text, "     on record it {}", row.recorded.name());
        }
    }
    let printed = rows.iter().filter(|row| row.id.starts_with('R')).count();
    let _ = writeln!(
        text,
        "\n{printed} published figures and {} cross-checks; {moved} differ from the record",
        rows.len() - printed
    );
    print(
        &text,
        if moved == 0 {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        },
    )
}

/// Each viewpoint with its link, what it does with the levers and what turns.
fn viewpoints() -> String {
    let mut text = String::new();
    for viewpoint in Viewpoint::all() {
        let _ = writeln!(
            text,
            "{} ({})  {}",
            viewpoint.name(),
            viewpoint.id(),
            link::encode(&viewpoint.scenario())
        );
        let decisions = viewpoint.decisions();
        for decision in decisions.iter().filter(|decision| decision.changes()) {
            let _ = writeln!(text, "  {}", change(decision));
        }
        for status in [
            Status::Shared,
            Status::Silent,
            Status::NotYet,
            Status::Assumed,
        ] {
            let ids: Vec<&str> = decisions
                .iter()
                .filter(|decision| !decision.changes() && decision.status == status)
                .map(|decision| decision.lever.spec().id)
                .collect();
            if !ids.is_empty() {
                let _ = writeln!(text, "  {}: {}", status.name(), ids.join(", "));
            }
        }
        for turned in viewpoint.difference().verdicts {
            let _ = writeln!(
                text,
                "  {} {}: {} → {}",
                turned.here.id,
                turned.here.figure,
                turned.default.verdict.name(),
                turned.here.verdict.name()
            );
        }
        text.push('\n');
    }
    text
}

/// A lever that leaves its default, with the fact that moves it.
fn change(decision: &Decision) -> String {
    let spec = decision.lever.spec();
    let clamped = if decision.is_clamped() {
        format!(", published as {}", decision.published)
    } else {
        String::new()
    };
    format!(
        "{}: {} → {} by {} ({}){clamped}",
        spec.id,
        format::lever(decision.lever, spec.default),
        format::lever(decision.lever, decision.value),
        decision.facts.first().map_or("no fact", |fact| fact.id),
        decision.label
    )
}

fn facts() -> String {
    let mut text = String::new();
    for source in evidence::sources() {
        let publisher = source
            .publisher
            .as_deref()
            .unwrap_or("publisher not stated");
        let _ = writeln!(
            text,
            "{} — {} ({publisher}). {}",
            source.id, source.title, source.dated
        );
    }
    text.push('\n');
    for row in evidence::facts() {
        let value = match (row.value, row.low, row.high) {
            (Some(value), ..) => value.to_string(),
            (None, Some(low), Some(high)) => format!("{low}–{high}"),
            (None, Some(low), None) => format!("{low} or more"),
            (None, None, Some(high)) => format!("{high} or less"),
            (None, None, None) => "—".to_owned(),
        };
        let _ = writeln!(
            text,
            "{}\t{value}\t{}\t{}\t{}\t{}:{}\t{}",
            row.id,
            row.unit.as_deref().unwrap_or("—"),
            row.as_of.as_deref().unwrap_or("undated"),
            row.kind,
            row.source,
            row.line,
            row.statement
        );
    }
    text
}
