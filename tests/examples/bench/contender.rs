//! Programs that run the same cases, each on orders over a pipe.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use compute_loop_tests::harness::{Trouble, root};

use crate::folder;

/// Who runs a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Who {
    /// The cases, compiled for this machine.
    Native,
    /// The cases as WebAssembly, in Node.
    Wasm,
    /// `peers/small.py`.
    NumPy,
    /// `peers/squiggle.mjs`.
    Squiggle,
}

/// What one order gave.
pub(crate) struct Answer {
    /// Milliseconds of one run, in the fastest of the repetitions: whatever else the
    /// machine does makes some slower, and none faster.
    pub(crate) took: f64,
    /// What the last run gave.
    pub(crate) values: Vec<f64>,
}

/// The running programs.
pub(crate) struct Contenders {
    engine: PathBuf,
    peers: PathBuf,
    running: BTreeMap<Who, Running>,
}

struct Running {
    process: Child,
    orders: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Contenders {
    /// Of a native program and the folder of the peers. Each starts with its first order.
    pub(crate) fn new(engine: &Path, peers: &Path) -> Self {
        Self {
            engine: engine.to_path_buf(),
            peers: peers.to_path_buf(),
            running: BTreeMap::new(),
        }
    }

    fn command(&self, who: Who) -> Command {
        let bench = root().join("tests/bench");
        let mut command = match who {
            Who::Native => Command::new(&self.engine),
            Who::Wasm | Who::Squiggle => Command::new("node"),
            Who::NumPy => Command::new(self.peers.join("python/bin/python")),
        };
        match who {
            Who::Native => {}
            Who::Wasm => drop(command.arg(bench.join("engine.mjs")).arg(folder())),
            Who::NumPy => drop(command.arg(bench.join("peers/small.py"))),
            Who::Squiggle => drop(
                command
                    .arg(bench.join("peers/squiggle.mjs"))
                    .arg(&self.peers),
            ),
        }
        // One thread each: the page has one for this, too.
        command
            .env("OMP_NUM_THREADS", "1")
            .env("OPENBLAS_NUM_THREADS", "1");
        command
    }

    /// Runs a case from a step on: so many times in a row, so many repetitions.
    pub(crate) fn order(
        &mut self,
        who: Who,
        case: &str,
        step: u32,
        times: u32,
        repetitions: u32,
    ) -> Result<Answer, Trouble> {
        let lost = |error: &dyn std::fmt::Display| {
            Trouble::new(format!("{who:?} does not answer about {case}: {error}"))
        };
        if !self.running.contains_key(&who) {
            let mut process = self
                .command(who)
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .spawn()
                .map_err(|error| lost(&error))?;
            let pipes = (process.stdin.take(), process.stdout.take());
            let (Some(orders), Some(answers)) = pipes else {
                return Err(lost(&"no pipe"));
            };
            let answers = BufReader::new(answers);
            self.running.insert(
                who,
                Running {
                    process,
                    orders,
                    answers,
                },
            );
        }
        let Some(running) = self.running.get_mut(&who) else {
            return Err(lost(&"it is gone"));
        };
        let mut line = String::new();
        writeln!(running.orders, "{case} {step} {times} {repetitions}")
            .and_then(|()| running.orders.flush())
            .and_then(|()| running.answers.read_line(&mut line))
            .map_err(|error| lost(&error))?;
        let (took, values) = line.split_once('|').ok_or_else(|| lost(&"it ended"))?;
        let numbers = |text: &str| -> Result<Vec<f64>, Trouble> {
            text.split_whitespace()
                .map(|word| word.parse().map_err(|_| lost(&word)))
                .collect()
        };
        Ok(Answer {
            took: quantile(numbers(took)?, 0.0),
            values: numbers(values)?,
        })
    }

    /// Ends them all: a program without orders to come stops by itself.
    pub(crate) fn end(&mut self) {
        while let Some((_, mut running)) = self.running.pop_first() {
            drop(running.orders);
            let _ = running.process.wait();
        }
    }
}

/// The middle of some numbers.
pub(crate) fn median(numbers: Vec<f64>) -> f64 {
    quantile(numbers, 0.5)
}

/// The number below which a share of them lies.
pub(crate) fn quantile(mut numbers: Vec<f64>, share: f64) -> f64 {
    numbers.sort_by(f64::total_cmp);
    let last = numbers.len().saturating_sub(1);
    numbers
        .get((last as f64 * share).round() as usize)
        .copied()
        .unwrap_or(f64::NAN)
}
