//! Times the cases natively, on orders from its standard input.
//!
//! An order is a line of name, first step, times and repetitions; the answer a line with
//! the milliseconds of one run, a number for each repetition, then `|` and what the last
//! run gave. `engine.mjs`, `peers/small.py` and `peers/squiggle.mjs` speak the same.

use std::collections::HashMap;
use std::io::{self, BufRead, Write};
use std::time::Instant;

use compute_loop_bench::Case;

fn main() -> io::Result<()> {
    let mut cases: HashMap<String, Case> = HashMap::new();
    let mut output = io::stdout().lock();
    for order in io::stdin().lock().lines() {
        let order = order?;
        let [name, step, times, repetitions] = order
            .split(' ')
            .collect::<Vec<_>>()
            .try_into()
            .map_err(|_| io::Error::other(format!("not an order: {order}")))?;
        let number = |text: &str| text.parse::<u32>().map_err(io::Error::other);
        let (mut step, times) = (number(step)?, number(times)?);
        if !cases.contains_key(name) {
            let case = Case::new(name).ok_or_else(|| io::Error::other(order.clone()))?;
            cases.insert(name.to_owned(), case);
        }
        let Some(case) = cases.get_mut(name) else {
            continue;
        };
        let mut last = vec![];
        let mut took = vec![];
        for _ in 0..number(repetitions)? {
            let start = Instant::now();
            for _ in 0..times {
                last = std::hint::black_box(case.run(std::hint::black_box(step)));
                step += 1;
            }
            took.push(start.elapsed().as_secs_f64() * 1e3 / f64::from(times));
        }
        let words = |numbers: Vec<f64>| {
            let words: Vec<String> = numbers.iter().map(f64::to_string).collect();
            words.join(" ")
        };
        writeln!(output, "{} | {}", words(took), words(last))?;
        output.flush()?;
    }
    Ok(())
}
