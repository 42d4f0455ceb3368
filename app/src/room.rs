//! Room that is kept for words before they come, so that nothing moves.

use std::sync::OnceLock;

use compute_loop_core::levers::Lever;
use compute_loop_core::odds::most_error;
use compute_loop_core::outcome::Output;
use compute_loop_core::scenario::Scenario;
use compute_loop_core::words::{mark, t};
use compute_loop_core::{format, model, say};

use crate::content::Span;

/// What may not begin a line.
pub(crate) const STOPS: [char; 13] = [
    '.', ',', ';', ':', ')', '?', '。', '，', '、', '；', '：', '）', '？',
];

/// The most room that a number takes while one of the three main levers moves.
pub(crate) fn most(span: &Span) -> f64 {
    match span {
        Span::Output(output) => broadest(*output),
        Span::Lever(lever) if Lever::PRIMARY.contains(lever) => {
            let spec = lever.spec();
            let ends = [spec.min, spec.max, spec.max - spec.step];
            ends.into_iter()
                .map(|value| breadth(&format::lever(*lever, value)))
                .fold(0.0, f64::max)
        }
        _ => 0.0,
    }
}

/// The room that a number of now leaves of the most; none where it leaves none.
pub(crate) fn slack(most: f64, now: &str) -> Option<f64> {
    Some((most - breadth(now)).clamp(0.0, 0.5)).filter(|room| *room > 0.0)
}

/// The most room that an output takes while one of the three main levers crosses its
/// range and the other beliefs keep their defaults.
fn broadest(output: Output) -> f64 {
    /// How many steps show what a lever does on its way.
    const STEPS: u32 = 12;
    static ALL: OnceLock<Vec<f64>> = OnceLock::new();
    let all = ALL.get_or_init(|| {
        let mut most = vec![0.0_f64; Output::ALL.len()];
        for lever in Lever::PRIMARY {
            let spec = lever.spec();
            for step in 0..=STEPS {
                let part = f64::from(step) / f64::from(STEPS);
                let value = spec.min + part * (spec.max - spec.min);
                let outcome = model::run_in(&Scenario::default().with(lever, value));
                for (most, output) in most.iter_mut().zip(Output::ALL) {
                    *most = most.max(breadth(&format::output(&outcome, output)));
                }
            }
        }
        most
    });
    let place = Output::ALL.into_iter().position(|other| other == output);
    place.and_then(|i| all.get(i)).copied().unwrap_or_default()
}

/// How wide the changing part of a number is, in figures: all have one width, and a
/// point has about half of it.
fn breadth(text: &str) -> f64 {
    text.chars()
        .map(|c| match c {
            '0'..='9' | '−' => 1.0,
            '.' | ',' => 0.5,
            _ => 0.0,
        })
        .sum()
}

/// So many worlds, in words.
pub(crate) fn worlds(draws: usize) -> String {
    let text = draws.to_string();
    match text.len() {
        0..4 => text,
        digits => format!("{},{}", &text[..digits - 3], &text[digits - 3..]),
    }
}

/// What shows ranges beside figures.
pub(crate) const IN_BRACKETS: &str = mark("In brackets:");

/// What shows them in charts.
pub(crate) const SHADED: &str = mark("Shaded:");

/// What else is to be said of them there.
pub(crate) const MEDIAN: &str = mark(", the middle half darker; dotted: the median");

/// On what ranges stand, in words: what shows them, and what is to be said after it.
pub(crate) fn stand(draws: usize, before: &str, after: &str) -> String {
    say!(
        "{before} nine of ten of {worlds} worlds{after}. Sampling error at most ±{points} points.",
        before = t(before),
        worlds = worlds(draws),
        after = t(after),
        points = format::number(100.0 * most_error(draws), 1)
    )
}
