//! Odds: the model run in many worlds at once.
//!
//! ```text
//! seed ──► Worlds ──► Spread of each belief ──► the model, eight worlds side by side
//!          (probabilities)  (about the reader's value)     │
//!                                     Band, Sample ◄── exact quantiles
//! ```
//!
//! A world is one probability for each belief that has a distribution (see
//! [`crate::uncertainty`]). The worlds of a seed are the same for every scenario: two
//! scenarios are compared in the very same worlds, and a band moves with a slider as
//! smoothly as the model does. Equations are those of [`crate::model`], run on
//! [`Lanes`]; each world gets the bits that a single run would have given it.
//!
//! [`Simulation`] keeps the worlds between runs, maps only the beliefs that moved, and
//! works out only what was asked for and may have changed.

mod desk;
pub mod first;
pub mod sensitivity;
mod worlds;

pub use desk::{Answer, Asked, Desk, Figure, Question, Reply, SEED, most_error};
pub use worlds::{BLOCK, Method, Worlds};

use core::ops::Range;

use serde::{Deserialize, Serialize};

use crate::lane::{Lanes, WIDE, begin_run};
use crate::levers::Lever;
use crate::model::{Workings, revenue};
use crate::month::HORIZON;
use crate::outcome::{Output, Series, Window};
use crate::quantile::{BAND, Quantiles};
use crate::scenario::Scenario;
use crate::uncertainty::{Spread, uncertain};

type Wide = Lanes<WIDE>;

/// Worlds that are worked out before they are put away: what fits beside the model in
/// the fastest memory.
const TILE: usize = 64;

/// How many draws a reader waits for within a frame.
pub const FIRST_DRAWS: usize = 1_024;

/// How many draws stand behind what is shown once the hand rests.
pub const DRAWS: usize = 100_000;

/// Half the width of a 95 % interval, in standard errors.
const SURE: f64 = 1.959_963_984_540_054;

/// A series and the months of it that are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Months {
    /// The series.
    pub series: Series,
    /// The first month, counted from January 2023; where the series begins later, there.
    pub from: usize,
    /// The month after the last.
    pub to: usize,
}

impl Months {
    /// The months that have a value.
    fn range(&self) -> Range<usize> {
        let start = self.series.spec().start.index();
        let from = self.from.max(start).min(HORIZON);
        from..self.to.clamp(from, HORIZON)
    }
}

/// The percentiles of a series, month by month.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Band {
    /// The series.
    pub series: Series,
    /// The first month with a value; months before it have none.
    pub first: usize,
    /// 5, 25, 50, 75 and 95 %, from the first month on, in the series' unit.
    #[serde(with = "desk::exact")]
    pub percentiles: [Vec<f64>; BAND.len()],
    /// The worlds they stand on.
    pub draws: usize,
}

impl Band {
    fn covers(&self, months: &Range<usize>) -> bool {
        self.first <= months.start && self.first + self.percentiles[0].len() >= months.end
    }

    /// The percentiles in a month, or none where there are none.
    pub fn at(&self, month: usize) -> Option<[f64; BAND.len()]> {
        let index = month.checked_sub(self.first)?;
        (index < self.percentiles[0].len()).then(|| {
            let month = |percentile: &Vec<f64>| percentile[index];
            self.percentiles.each_ref().map(month)
        })
    }
}

/// An output in every world.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// The output.
    pub output: Output,
    /// Its value in each world, in its unit, in the order of the worlds.
    pub values: Vec<f64>,
    /// 5, 25, 50, 75 and 95 %.
    pub percentiles: [f64; BAND.len()],
}

/// A share of worlds, and how sure it is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Chance {
    /// The share of worlds in which it holds.
    #[serde(with = "desk::exact")]
    pub share: f64,
    /// Half the width of its 95 % interval, from the draws alone.
    #[serde(with = "desk::exact")]
    pub error: f64,
}

impl Chance {
    fn of(held: usize, draws: usize) -> Self {
        let share = held as f64 / draws as f64;
        Self {
            share,
            error: SURE * standard_error(share, draws),
        }
    }
}

/// The standard error of a share of independent draws. Those here are spread more evenly
/// than that, so that it is an upper estimate.
fn standard_error(share: f64, draws: usize) -> f64 {
    (share * (1.0 - share) / draws as f64).sqrt()
}

impl Sample {
    /// How often it is at least `value`.
    pub fn at_least(&self, value: f64) -> Chance {
        let held = self.values.iter().filter(|&&world| world >= value).count();
        Chance::of(held, self.values.len())
    }

    /// How often it is above the same output of another scenario, in the same worlds, and
    /// how often level with it. None where the worlds are not as many.
    pub fn against(&self, other: &Self) -> Option<(Chance, Chance)> {
        if self.values.len() != other.values.len() || self.output != other.output {
            return None;
        }
        let pairs = || self.values.iter().zip(&other.values);
        let above = pairs().filter(|(a, b)| a > b).count();
        let level = pairs().filter(|(a, b)| a.to_bits() == b.to_bits()).count();
        let draws = self.values.len();
        Some((Chance::of(above, draws), Chance::of(level, draws)))
    }

    /// Low and high end of the 95 % interval of a percentile, from the draws alone: what
    /// stands as many ranks below and above it as chance moves ranks.
    pub fn interval(&self, probability: f64) -> (f64, f64) {
        let slack = SURE * standard_error(probability, self.values.len());
        let column: Vec<f32> = self.values.iter().map(|&value| value as f32).collect();
        let [low, high] = Quantiles::new().of(&column, [probability - slack, probability + slack]);
        (low, high)
    }
}

/// What a run gives.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Odds {
    /// A band for each series asked for, in that order.
    pub bands: Vec<Band>,
    /// A sample for each output asked for, in that order.
    pub samples: Vec<Sample>,
}

impl Odds {
    /// The band of a series, if it was asked for.
    pub fn band(&self, series: Series) -> Option<&Band> {
        self.bands.iter().find(|band| band.series == series)
    }

    /// The sample of an output, if it was asked for.
    pub fn sample(&self, output: Output) -> Option<&Sample> {
        self.samples.iter().find(|sample| sample.output == output)
    }
}

/// The values of a belief in every world.
#[derive(Clone, Debug)]
struct Column {
    lever: Lever,
    /// The reader's value about which they lie; none before the first run.
    centre: Option<f64>,
    values: Vec<f64>,
    /// The same about the lever's default, where it only moves along.
    at_default: Vec<f64>,
}

/// Worlds, and what was worked out of them so far.
#[derive(Clone, Debug)]
pub struct Simulation {
    worlds: Worlds,
    columns: Vec<Column>,
    /// The scenario of the last run.
    last: Option<Scenario>,
    /// What was worked out for it.
    known: Odds,
    /// The past that all worlds share.
    past: Option<revenue::Past<Wide>>,
    /// Series in every world, month after month.
    store: Vec<f32>,
    /// The same of a few worlds, near at hand while they are worked out.
    tile: Vec<f32>,
    quantiles: Quantiles,
}

impl Simulation {
    /// Of the worlds given.
    pub fn new(worlds: Worlds) -> Self {
        let columns = uncertain().map(|lever| Column {
            lever,
            centre: None,
            values: vec![],
            at_default: vec![],
        });
        Self {
            columns: columns.collect(),
            worlds,
            last: None,
            known: Odds::default(),
            past: None,
            store: vec![],
            tile: vec![],
            quantiles: Quantiles::new(),
        }
    }

    /// How many worlds there are.
    pub fn draws(&self) -> usize {
        self.worlds.count()
    }

    /// Bands and samples of a scenario. What no changed lever moves is not worked out
    /// again.
    pub fn run(&mut self, scenario: &Scenario, series: &[Months], outputs: &[Output]) -> Odds {
        self.forget(scenario);
        self.map(scenario);

        let missing = |wanted: &&Months| {
            let band = self.known.band(wanted.series);
            let range = wanted.range();
            band.is_none_or(|band| !band.covers(&range))
        };
        let series_due: Vec<Months> = series.iter().filter(missing).copied().collect();
        let outputs_due: Vec<Output> = outputs
            .iter()
            .filter(|&&output| self.known.sample(output).is_none())
            .copied()
            .collect();
        if !series_due.is_empty() || !outputs_due.is_empty() {
            self.work_out(scenario, &series_due, &outputs_due);
        }

        Odds {
            bands: series
                .iter()
                .filter_map(|wanted| self.known.band(wanted.series).cloned())
                .collect(),
            samples: outputs
                .iter()
                .filter_map(|&output| self.known.sample(output).cloned())
                .collect(),
        }
    }

    /// The scenario of one world: every belief as it is there.
    pub fn world(&mut self, scenario: &Scenario, world: usize) -> Scenario {
        self.map(scenario);
        let mut there = *scenario;
        for column in &self.columns {
            if let Some(&value) = column.values.get(world) {
                there = there.holding(column.lever, value);
            }
        }
        there
    }

    /// Drops what a changed lever may move.
    fn forget(&mut self, scenario: &Scenario) {
        let Some(last) = self.last.replace(*scenario) else {
            return;
        };
        let changed: Vec<Lever> = Lever::ALL
            .into_iter()
            .filter(|&lever| last.get(lever).to_bits() != scenario.get(lever).to_bits())
            .collect();
        let moved = |depends: &dyn Fn(Lever) -> bool| changed.iter().any(|&lever| depends(lever));
        self.known
            .bands
            .retain(|band| !moved(&|lever| band.series.depends_on(lever)));
        self.known
            .samples
            .retain(|sample| !moved(&|lever| sample.output.depends_on(lever)));
        if changed.contains(&Lever::AiShare2025) {
            self.past = None;
        }
    }

    /// Works out the beliefs whose centre has moved.
    fn map(&mut self, scenario: &Scenario) {
        for column in &mut self.columns {
            let centre = scenario.get(column.lever);
            if column
                .centre
                .is_some_and(|last| last.to_bits() == centre.to_bits())
            {
                continue;
            }
            column.centre = Some(centre);
            let Some(spread) = Spread::about(column.lever, centre) else {
                continue;
            };
            column.values.clear();
            if spread.moved(centre).is_none() {
                self.worlds.map(column.lever, &spread, &mut column.values);
                continue;
            }
            if column.at_default.is_empty()
                && let Some(spread) = Spread::about(column.lever, column.lever.spec().default)
            {
                self.worlds
                    .map(column.lever, &spread, &mut column.at_default);
            }
            let moved = column.at_default.iter();
            column
                .values
                .extend(moved.filter_map(|&value| spread.moved(value)));
        }
    }

    fn work_out(&mut self, scenario: &Scenario, series: &[Months], outputs: &[Output]) {
        let draws = self.worlds.count();
        let window = series
            .iter()
            .map(|wanted| wanted.series.window(&wanted.range()))
            .chain(outputs.iter().map(|output| output.spec().window))
            .fold(Window::NONE, Window::or);
        let past = self
            .past
            .get_or_insert_with(|| revenue::past(scenario).splat());

        // A month after the other, each with a margin: columns whose distance is a power
        // of two would crowd into one part of the processor's memory.
        let stride = draws.next_multiple_of(WIDE) + 16;
        let columns: usize = series.iter().map(|one| one.range().len()).sum();
        // Whatever an earlier run left is written over.
        self.store.resize(stride * columns, 0.0);
        self.tile.resize(TILE * columns, 0.0);
        let mut samples: Vec<Vec<f64>> = outputs
            .iter()
            .map(|_| Vec::with_capacity(draws + WIDE))
            .collect();

        begin_run();
        let set: [f64; Lever::COUNT] = Lever::ALL.map(|lever| scenario.get(lever));
        let mut levers = Scenario::<Wide>::from_lanes(|lever| Lanes([set[lever as usize]; WIDE]));
        for batch in (0..draws).step_by(WIDE) {
            for column in &self.columns {
                levers.hold(column.lever, Lanes(eight(&column.values, batch)));
            }
            let model = Workings::sharing(&levers, window, past);
            let mut row = 0;
            for wanted in series {
                let path = wanted.series.path(&model);
                for t in wanted.range() {
                    let at = row * TILE + batch % TILE;
                    for (kept, value) in self.tile[at..at + WIDE].iter_mut().zip(path[t].0) {
                        *kept = value as f32;
                    }
                    row += 1;
                }
            }
            for (&output, sample) in outputs.iter().zip(&mut samples) {
                sample.extend_from_slice(&output.value(&model).0);
            }
            let filled = batch % TILE + WIDE;
            if filled == TILE || batch + WIDE >= draws {
                let from = batch + WIDE - filled;
                for (row, tile) in self.tile.chunks_exact(TILE).enumerate() {
                    let at = row * stride + from;
                    self.store[at..at + filled].copy_from_slice(&tile[..filled]);
                }
            }
        }

        let mut row = 0;
        for wanted in series {
            let mut percentiles = BAND.map(|_| Vec::with_capacity(wanted.range().len()));
            for _ in wanted.range() {
                let column = &self.store[row * stride..row * stride + draws];
                let found = self.quantiles.of(column, BAND);
                for (percentile, value) in percentiles.iter_mut().zip(found) {
                    percentile.push(value);
                }
                row += 1;
            }
            self.known.bands.retain(|band| band.series != wanted.series);
            self.known.bands.push(Band {
                series: wanted.series,
                first: wanted.range().start,
                percentiles,
                draws,
            });
        }
        for (&output, mut values) in outputs.iter().zip(samples) {
            values.truncate(draws);
            let column: Vec<f32> = values.iter().map(|&value| value as f32).collect();
            let percentiles = self.quantiles.of(&column, BAND);
            self.known.samples.push(Sample {
                output,
                values,
                percentiles,
            });
        }
    }
}

/// Eight values in a row; past the end, the last.
fn eight(values: &[f64], from: usize) -> [f64; WIDE] {
    match values.get(from..from + WIDE) {
        Some(row) => core::array::from_fn(|i| row[i]),
        None => core::array::from_fn(|i| {
            let value = values.get(from + i).or(values.last());
            value.copied().unwrap_or_default()
        }),
    }
}
