//! The engine: the small model against NumPy and Squiggle, and the whole model.

use std::time::{Duration, Instant};

use compute_loop_tests::harness::{Browser, Trouble, View};
use serde_json::json;

use crate::contender::{Contenders, Who, median};
use crate::table::{Table, Target, number};

/// Rounds in which everybody runs in turn.
const ROUNDS: u32 = 5;

/// How long each runs before.
const WARM: Duration = Duration::from_millis(1_500);

/// The step at which results are compared; any would do.
const STEP: u32 = 500;

/// Draws of the independent calculation.
const MANY: u32 = 1_000_000;

/// One contender in a race: who, with which case, and how often a round.
struct Entry {
    who: Who,
    case: String,
    times: u32,
    repetitions: u32,
}

impl Entry {
    fn new(who: Who, case: &str, times: u32, repetitions: u32) -> Self {
        Self {
            who,
            case: case.to_owned(),
            times,
            repetitions,
        }
    }
}

/// Lets all run in turn, round after round; the milliseconds of each round, by entry.
fn race(contenders: &mut Contenders, entries: &[Entry]) -> Result<Vec<Vec<f64>>, Trouble> {
    for entry in entries {
        // Long enough for what compiles while it runs to be compiled.
        let start = Instant::now();
        while start.elapsed() < WARM {
            contenders.order(entry.who, &entry.case, 0, entry.times, entry.repetitions)?;
        }
    }
    let mut times = vec![vec![]; entries.len()];
    for round in 0..ROUNDS {
        for (entry, times) in entries.iter().zip(&mut times) {
            let &Entry {
                who,
                ref case,
                times: often,
                repetitions,
            } = entry;
            let step = 1 + round * often * repetitions;
            times.push(contenders.order(who, case, step, often, repetitions)?.took);
        }
    }
    Ok(times)
}

/// The median of how many times longer one took than the other, round by round.
fn times_longer(slow: &[f64], fast: &[f64]) -> f64 {
    median(
        slow.iter()
            .zip(fast)
            .map(|(slow, fast)| slow / fast)
            .collect(),
    )
}

/// Round by round, the fastest of several.
fn fastest<'a>(of: impl IntoIterator<Item = &'a Vec<f64>>) -> Vec<f64> {
    let mut least = vec![f64::INFINITY; ROUNDS as usize];
    for times in of {
        for (least, &time) in least.iter_mut().zip(times) {
            *least = least.min(time);
        }
    }
    least
}

/// The small model, like for like.
pub(crate) fn small(contenders: &mut Contenders, table: &mut Table) -> Result<(), Trouble> {
    table.title(
        "The small model: five inputs, 168 months, 10,000 draws, five exact quantiles a month",
    );
    let entries = [
        Entry::new(Who::Wasm, "small-10000", 4, 15),
        Entry::new(Who::Native, "small-10000", 4, 15),
        Entry::new(Who::NumPy, "fresh-quantile-10000", 1, 3),
        Entry::new(Who::NumPy, "fresh-partition-10000", 1, 3),
        Entry::new(Who::NumPy, "fresh-sort-10000", 1, 3),
        Entry::new(Who::NumPy, "fixed-quantile-10000", 1, 3),
        Entry::new(Who::NumPy, "fixed-partition-10000", 1, 3),
        Entry::new(Who::NumPy, "fixed-sort-10000", 1, 3),
        Entry::new(Who::Squiggle, "squiggle-10000", 1, 1),
        Entry::new(Who::Wasm, "sort-10000", 1, 3),
        Entry::new(Who::Wasm, "small-1000", 20, 15),
        Entry::new(Who::Native, "small-1000", 20, 15),
        Entry::new(Who::NumPy, "fixed-sort-1000", 5, 3),
        Entry::new(Who::Wasm, "simulation-10000", 20, 5),
        Entry::new(Who::Native, "simulation-10000", 20, 5),
    ];
    let times = race(contenders, &entries)?;
    let of = |case: &str, who: Who| {
        let at = entries
            .iter()
            .position(|one| one.who == who && one.case == case);
        at.map_or(&[][..], |at| &times[at])
    };
    let wasm = of("small-10000", Who::Wasm);
    let native = of("small-10000", Who::Native);
    let squiggle = of("squiggle-10000", Who::Squiggle);
    let fresh = fastest(&times[2..5]);
    let fixed = fastest(&times[5..8]);
    let partition = fastest([&times[5], &times[6]]);
    let middle = |times: &[f64]| median(times.to_vec());
    table.time("wasm in Node", middle(wasm), "", Target::None);
    table.time("native", middle(native), "", Target::None);
    table.ratio(
        "wasm runs at",
        1.0 / times_longer(wasm, native),
        "of native speed",
        Target::AtLeast(0.7),
    );
    table.ratio(
        "NumPy, draws anew each run, the fastest of quantile, partition and sort",
        times_longer(&fresh, wasm),
        "times wasm's time",
        Target::AtLeast(12.0),
    );
    table.ratio(
        "NumPy, draws kept as f32, the faster of quantile and partition",
        times_longer(&partition, wasm),
        "times",
        Target::AtLeast(12.0),
    );
    table.ratio(
        "NumPy, draws kept as f32, a full sort with this processor's widest instructions",
        times_longer(&fixed, wasm),
        "times",
        Target::None,
    );
    table.ratio(
        "Squiggle",
        times_longer(squiggle, wasm),
        "times",
        Target::AtLeast(400.0),
    );
    table.ratio(
        "the same wasm with a full sort",
        times_longer(of("sort-10000", Who::Wasm), wasm),
        "times",
        Target::None,
    );
    table.time(
        "1,000 draws, wasm in Node",
        middle(of("small-1000", Who::Wasm)),
        &format!(
            "NumPy {} times, native speed × {}",
            number(times_longer(
                of("fixed-sort-1000", Who::NumPy),
                of("small-1000", Who::Wasm)
            )),
            number(1.0 / times_longer(of("small-1000", Who::Wasm), of("small-1000", Who::Native)))
        ),
        Target::None,
    );
    table.time(
        "simulation alone, 10,000 draws, wasm in Node",
        middle(of("simulation-10000", Who::Wasm)),
        "",
        Target::None,
    );
    table.time(
        "NumPy, kept draws, median of its fastest",
        middle(&fixed),
        "",
        Target::None,
    );
    table.time(
        "NumPy, new draws, median of its fastest",
        middle(&fresh),
        "",
        Target::None,
    );
    table.time("Squiggle, median", middle(squiggle), "", Target::None);

    let mut values =
        |who, case: &str| Ok::<_, Trouble>(contenders.order(who, case, STEP, 1, 1)?.values);
    let native = values(Who::Native, "small-10000")?;
    let wasm = values(Who::Wasm, "small-10000")?;
    let sorted = values(Who::Native, "sort-10000")?;
    let bits = |values: &[f64]| {
        values
            .iter()
            .map(|value| value.to_bits())
            .collect::<Vec<_>>()
    };
    table.check(
        "wasm and native give the same bits",
        format!("{} quantiles", wasm.len()),
        bits(&native) == bits(&wasm),
    );
    table.check(
        "the quantiles are those of a full sort",
        format!("{} quantiles", sorted.len()),
        bits(&native) == bits(&sorted),
    );
    // 15 numbers for each checked month: lower edge, value and upper edge of each quantile.
    let truth = values(Who::NumPy, &format!("truth-{MANY}"))?;
    for (name, found) in [
        ("Rust", native),
        ("NumPy", values(Who::NumPy, "fresh-partition-10000")?),
        ("Squiggle", values(Who::Squiggle, "squiggle-10000")?),
    ] {
        let within = [11, 59, 119, 167]
            .into_iter()
            .zip(truth.chunks_exact(15))
            .all(|(month, truth)| {
                let found = &found[5 * month..5 * month + 5];
                (0..5).all(|which| (truth[which]..=truth[10 + which]).contains(&found[which]))
            });
        let off = [11, 59, 119, 167]
            .into_iter()
            .zip(truth.chunks_exact(15))
            .flat_map(|(month, truth)| (0..5).map(move |which| (month, which, truth[5 + which])))
            .map(|(month, which, truth)| (found[5 * month + which] / truth - 1.0).abs())
            .fold(0.0, f64::max);
        table.check(
            &format!("{name} agrees with 1,000,000 draws in NumPy within sampling error"),
            format!("at most {} % off", number(100.0 * off)),
            within,
        );
    }
    Ok(())
}

/// The whole model: bands of the first screen and ranges of its figures, after one lever
/// has moved.
pub(crate) fn whole(
    contenders: &mut Contenders,
    browser: &Browser,
    table: &mut Table,
) -> Result<(), Trouble> {
    table.title(
        "The whole model after one lever has moved: the two bands of 48 months of the first screen, \
         and with the ranges of its four figures",
    );
    let cases = [
        ("bands-10000", 4, 11),
        ("bands-1000", 20, 15),
        ("odds-10000", 2, 11),
        ("odds-1000", 10, 15),
        ("odds-1024", 10, 15),
        ("model", 200, 5),
    ];
    let mut entries = vec![Entry::new(Who::NumPy, "fresh-partition-10000", 1, 3)];
    for (case, times, repetitions) in cases {
        entries.push(Entry::new(Who::Wasm, case, times, repetitions));
        entries.push(Entry::new(Who::Native, case, times, repetitions));
    }
    let times = race(contenders, &entries)?;
    let page = browser.open("charts.html", View::default())?;
    for (at, (case, often, repetitions)) in cases.into_iter().enumerate() {
        let (wasm, native) = (&times[1 + 2 * at], &times[2 + 2 * at]);
        let order = |repetitions: u32| {
            let arguments = json!([case, 1, often, repetitions]).to_string();
            page.eval(&format!("engine(...{arguments})"))
        };
        let start = Instant::now();
        while start.elapsed() < WARM {
            order(repetitions)?;
        }
        let in_browser: Vec<f64> = (0..ROUNDS)
            .filter_map(|_| order(repetitions).ok()?.as_f64())
            .collect();
        let target = match case {
            "bands-1000" | "odds-1000" => Target::AtMost(1.0),
            "model" => Target::AtMost(0.1),
            _ => Target::None,
        };
        let name = match case.split_once('-') {
            Some(("bands", draws)) => format!("{draws} draws, bands"),
            Some((_, draws)) => format!("{draws} draws, bands and ranges"),
            None => "without uncertainty".to_owned(),
        };
        table.time(
            &format!("{name}, wasm in Node"),
            median(wasm.clone()),
            "",
            target,
        );
        table.time(
            &format!("{name}, wasm in Chromium"),
            median(in_browser),
            "",
            target,
        );
        table.time(
            &format!("{name}, native"),
            median(native.clone()),
            "",
            Target::None,
        );
        table.ratio(
            &format!("{name}: wasm runs at"),
            1.0 / times_longer(wasm, native),
            "of native speed",
            Target::AtLeast(0.7),
        );
        if case.ends_with("-10000") {
            // What is asked for is bands; with the ranges it is more than that.
            let target = if case.starts_with("bands") {
                Target::AtLeast(8.0)
            } else {
                Target::None
            };
            table.ratio(
                &format!("{name}: NumPy's time for the small model is"),
                times_longer(&times[0], wasm),
                "times",
                target,
            );
        }
        let mut values = |who| Ok::<_, Trouble>(contenders.order(who, case, STEP, 1, 1)?.values);
        let bits = |values: Vec<f64>| {
            values
                .iter()
                .map(|value| value.to_bits())
                .collect::<Vec<_>>()
        };
        let (one, other) = (bits(values(Who::Wasm)?), bits(values(Who::Native)?));
        table.check(
            &format!("{name}: wasm and native give the same bits"),
            format!("{} numbers", one.len()),
            one == other,
        );
    }
    Ok(())
}
