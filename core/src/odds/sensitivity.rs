//! What matters most: how much of the spread of a figure each belief accounts for.
//!
//! Sobol's indices take the variance of a figure over the worlds apart. The **first-order**
//! index of a belief is the part that goes when that belief alone is known; the **total
//! effect** is the part that stays when all others are known, so that it counts what the
//! belief does together with others too. What first-order indices leave of the whole is
//! interaction: it belongs to no belief alone.
//!
//! They are read from two independent sets of worlds, A and B, and for each belief from a
//! third: A with that belief as it is in B (Saltelli 2010, Jansen 1999). For `k` beliefs and
//! `N` draws that is `N(k + 2)` runs.
//!
//! ARR in December 2026 and what May added are drawn together, so they make one factor:
//! variance cannot be split between beliefs that depend on each other.
//!
//! Months count as numbers here, and never as the month after the last one.

use super::{Odds, SURE, Simulation, Worlds};
use crate::levers::Lever;
use crate::outcome::Output;
use crate::scenario::Scenario;
use crate::uncertainty::uncertain;
use crate::unit::Unit;

/// How many draws of each set are run while a reader waits: a few milliseconds.
pub const FIRST: usize = 512;

/// How many draws of each set stand behind what is shown once the hand rests: as many as
/// give published test functions their indices within 2 %.
pub const DRAWS: usize = 16_384;

/// A share of the variance, and how sure it is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Index {
    /// The share. An estimate of a small one may lie a little below zero.
    pub share: f64,
    /// Half the width of its 95 % interval, from the draws alone: an upper estimate, as
    /// points that are spread evenly err less than independent draws.
    pub error: f64,
}

/// What one belief, or two that are drawn together, account for.
#[derive(Clone, Debug, PartialEq)]
pub struct Factor {
    /// The beliefs.
    pub levers: Vec<Lever>,
    /// The part that they account for alone.
    pub first: Index,
    /// The same with all that they do together with others.
    pub total: Index,
}

/// How the variance of something is made up.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Indices {
    /// Every factor, in the order in which they were given. None where nothing varies.
    pub factors: Vec<Factor>,
    /// What is left to interactions of any of them.
    pub together: Index,
}

/// How the variance of an output is made up.
#[derive(Clone, Debug, PartialEq)]
pub struct Sensitivity {
    /// The scenario about which beliefs vary.
    pub scenario: Scenario,
    /// The output.
    pub output: Output,
    /// The draws of each set.
    pub draws: usize,
    /// Its indices; none where it is the same in every world.
    pub indices: Indices,
}

impl Sensitivity {
    /// What a belief accounts for, alone or with the one that it is drawn with; none where
    /// it is taken as set, or does not reach the output.
    pub fn factor(&self, lever: Lever) -> Option<&Factor> {
        let mut factors = self.indices.factors.iter();
        factors.find(|factor| factor.levers.contains(&lever))
    }

    /// How far a total effect may be from the truth: the least sure one's error.
    pub fn error(&self) -> f64 {
        let errors = self.indices.factors.iter().map(|factor| factor.total.error);
        errors.fold(0.0, f64::max)
    }
}

/// The beliefs that are drawn together with one: itself, and for ARR in December 2026
/// what May added.
pub fn drawn_with(lever: Lever) -> Vec<Lever> {
    match lever {
        Lever::Arr2026 | Lever::ArrNetAdd => vec![Lever::Arr2026, Lever::ArrNetAdd],
        _ => vec![lever],
    }
}

/// The factors that can move an output: beliefs with a distribution on which it depends.
pub fn factors(output: Output) -> Vec<Vec<Lever>> {
    uncertain()
        .filter(|&lever| lever != Lever::ArrNetAdd)
        .map(drawn_with)
        .filter(|levers| levers.iter().any(|&lever| output.depends_on(lever)))
        .collect()
}

/// The outputs that beliefs with a distribution can move, but for dates: those are steps,
/// and may be never.
pub fn outputs() -> impl Iterator<Item = Output> {
    let dated = |output: Output| matches!(output.spec().unit, Unit::Month | Unit::Year);
    let all = Output::ALL.into_iter();
    all.filter(move |&output| !dated(output) && !factors(output).is_empty())
}

/// Indices of an output about a scenario. The same seed gives the same bits everywhere.
pub fn of(scenario: &Scenario, output: Output, seed: u32, draws: usize) -> Sensitivity {
    let mut a = Simulation::new(Worlds::new(seed, draws));
    let mut b = Simulation::new(Worlds::beside(seed, draws));
    let of_a = values(&mut a, scenario, output);
    let of_b = values(&mut b, scenario, output);
    let indices = indices(&of_a, &of_b, factors(output), |levers| {
        exchange(&mut a, &mut b, levers);
        let mixed = values(&mut a, scenario, output);
        exchange(&mut a, &mut b, levers);
        mixed
    });
    Sensitivity {
        scenario: *scenario,
        output,
        draws,
        indices,
    }
}

/// An output in every world.
fn values(simulation: &mut Simulation, scenario: &Scenario, output: Output) -> Vec<f64> {
    let mut samples = simulation.run(scenario, &[], &[output]).samples;
    samples.pop().map_or_else(Vec::new, |sample| sample.values)
}

/// Exchanges some beliefs between two simulations of one scenario: their values, as to map
/// their probabilities again would take longer than the model.
fn exchange(a: &mut Simulation, b: &mut Simulation, levers: &[Lever]) {
    let pairs = a.columns.iter_mut().zip(&mut b.columns);
    for (a, b) in pairs.filter(|(a, _)| levers.contains(&a.lever)) {
        core::mem::swap(&mut a.values, &mut b.values);
    }
    a.known = Odds::default();
    b.known = Odds::default();
}

/// Indices of anything, from its values over two independent sets of worlds, and over the
/// first with a factor as it is in the second, one value a world.
pub fn indices(
    a: &[f64],
    b: &[f64],
    factors: Vec<Vec<Lever>>,
    mut mixed: impl FnMut(&[Lever]) -> Vec<f64>,
) -> Indices {
    let Some(whole) = Whole::of(a, b) else {
        return Indices::default();
    };
    // What is left, draw by draw: an estimate's error is that of its draws' mean.
    let mut left = whole.squares.clone();
    let factors = factors.into_iter().map(|levers| {
        let mixed = mixed(&levers);
        let draws = || a.iter().zip(b).zip(&mixed);
        let alone = |((&a, &b), &mixed)| whole.alone(a, b, mixed);
        let alone: Vec<f64> = draws().map(alone).collect();
        for (left, alone) in left.iter_mut().zip(&alone) {
            *left -= alone;
        }
        let at_all = |((&a, _), &mixed): ((&f64, &f64), &f64)| 0.5 * (a - mixed) * (a - mixed);
        let at_all: Vec<f64> = draws().map(at_all).collect();
        Factor {
            levers,
            first: whole.index(&alone),
            total: whole.index(&at_all),
        }
    });
    let factors = factors.collect();
    Indices {
        factors,
        together: whole.index(&left),
    }
}

/// The variance over two sets of draws.
struct Whole {
    mean: f64,
    variance: f64,
    /// The mean of the two squared distances from the mean, draw by draw.
    squares: Vec<f64>,
}

impl Whole {
    /// None where nothing varies, or the sets are not of one size.
    fn of(a: &[f64], b: &[f64]) -> Option<Self> {
        let first = *a.first()?;
        let mut all = a.iter().chain(b);
        let varies = all.any(|value| value.to_bits() != first.to_bits());
        if !varies || a.len() != b.len() {
            return None;
        }
        let mean = mean_of(a.iter().chain(b).copied())?;
        let square = |value: f64| (value - mean) * (value - mean);
        let pairs = a.iter().zip(b);
        let squares: Vec<f64> = pairs
            .map(|(&a, &b)| 0.5 * (square(a) + square(b)))
            .collect();
        let variance = mean_of(squares.iter().copied())?;
        (variance > 0.0).then_some(Self {
            mean,
            variance,
            squares,
        })
    }

    /// What one draw says of the variance that a factor accounts for alone, where `mixed`
    /// shares that factor with B and all others with A.
    fn alone(&self, a: f64, b: f64, mixed: f64) -> f64 {
        (b - self.mean) * (mixed - a)
    }

    /// The share of the variance that draws come to on average, and its error: that of a
    /// ratio of two means.
    fn index(&self, draws: &[f64]) -> Index {
        let count = draws.len() as f64;
        let Some(mean) = mean_of(draws.iter().copied()) else {
            return Index::default();
        };
        let share = mean / self.variance;
        let misses = draws.iter().zip(&self.squares);
        let misses = misses.map(|(draw, square)| draw - share * square);
        let spread = mean_of(misses.map(|miss| miss * miss)).unwrap_or_default();
        Index {
            share,
            error: SURE * (spread / count).sqrt() / self.variance,
        }
    }
}

/// The mean, or none of nothing.
fn mean_of(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (mut sum, mut count) = (0.0, 0.0);
    for value in values {
        sum += value;
        count += 1.0;
    }
    (count > 0.0).then(|| sum / count)
}
