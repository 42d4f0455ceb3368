//! The cheapest combined change: the smallest move of all doubtful beliefs together that
//! brings an output to a target.
//!
//! Moves are measured in standard deviations of each belief ([`solve::deviation`]) and
//! added as the root of the sum of their squares, as if the beliefs moved independently.
//! In the theory of structural reliability this point is the design point and its distance
//! the reliability index (Hasofer and Lind, 1974; Rackwitz and Fiessler, 1978). The search
//! is theirs with bounds: where the output meets the target, it is replaced by a plane; the
//! point of that plane nearest to the start that the ranges admit gives the next
//! direction; and along the direction the meeting place is found by running the model.
//!
//! An output in whole months has no slopes. There the plane is laid through the places at
//! which each belief alone, from a point just short of the target, would reach it.
//!
//! Levers taken as set (contracts, choices, growth after 2026) stay; so does what would
//! move by less than [`LEAST`]. A local search from two starts cannot prove that no
//! smaller move exists, but it is never worse than the best single belief.

use crate::levers::Lever;
use crate::outcome::Output;
use crate::scenario::Scenario;
use crate::solve::{self, Reach};
use crate::unit::Unit;

/// How near to the target a change has to bring an output, as a part of the target or, of
/// a smaller one, of 1. It may pass the target only where the output jumps.
pub const TOLERANCE: f64 = 1e-5;

/// What moves by less than this, in standard deviations, is left where it is.
pub const LEAST: f64 = 0.05;

/// Rounds of replacing the output by a plane.
const ROUNDS: usize = 8;

/// How far slopes are measured, in standard deviations.
const SLOPE: f64 = 0.02;

/// One belief of a change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Move {
    /// The belief.
    pub lever: Lever,
    /// Where it stands, in the lever's unit.
    pub from: f64,
    /// Where it would go.
    pub to: f64,
    /// How far that is, in standard deviations, upwards positive.
    pub deviations: f64,
}

/// A change of several beliefs.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What moves, what moves most first.
    pub moves: Vec<Move>,
    /// The root of the sum of squares of the moves, in standard deviations.
    pub deviations: f64,
    /// What the output comes to, in its unit.
    pub gives: f64,
}

impl Change {
    /// The scenario with all that moves.
    pub fn made(&self, scenario: &Scenario) -> Scenario {
        self.moves
            .iter()
            .fold(*scenario, |scenario, one| scenario.with(one.lever, one.to))
    }
}

/// What brings an output to a target.
#[derive(Clone, Debug, PartialEq)]
pub enum Cheapest {
    /// Nothing: it is there.
    There,
    /// This change.
    By(Change),
    /// No change of the beliefs with a distribution that was found within their ranges.
    OutOfReach,
}

/// The cheapest change that brings an output to a target. `reaches` has to be what
/// [`solve::reaches`] gives for the same scenario, output and target.
pub fn cheapest(scenario: &Scenario, output: Output, target: f64, reaches: &[Reach]) -> Cheapest {
    let miss = solve::figure(scenario, output) - target;
    let space = Space::of(scenario, output, target, miss, reaches);
    if space.is_met(miss) {
        return Cheapest::There;
    }
    let best = space.starts(reaches).into_iter().fold(None, |best, start| {
        let found = space.search(&start).map(|point| space.settled(point));
        space.better(best, found)
    });
    let singles = reaches.iter().filter_map(|reach| {
        let i = space
            .axes
            .iter()
            .position(|axis| axis.lever == reach.lever)?;
        let axis = &space.axes[i];
        let mut point = vec![0.0; space.axes.len()];
        point[i] = (reach.from(axis.now)? - axis.now) / axis.deviation;
        Some(point)
    });
    let best = singles.fold(best, |best, single| space.better(best, Some(single)));
    best.map_or(Cheapest::OutOfReach, |point| {
        Cheapest::By(space.change(&point))
    })
}

/// A belief that may move.
#[derive(Clone, Copy, Debug)]
struct Axis {
    lever: Lever,
    now: f64,
    deviation: f64,
    /// The ends of its range from where it stands, in standard deviations.
    low: f64,
    high: f64,
    /// Whether it takes whole values only.
    whole: bool,
}

/// A point: a move for each axis, in standard deviations.
type Point = Vec<f64>;

struct Space<'a> {
    scenario: &'a Scenario,
    output: Output,
    target: f64,
    /// By how much the output misses the target now.
    miss: f64,
    axes: Vec<Axis>,
}

fn length(point: &[f64]) -> f64 {
    point.iter().map(|move_| move_ * move_).sum::<f64>().sqrt()
}

impl<'a> Space<'a> {
    fn of(
        scenario: &'a Scenario,
        output: Output,
        target: f64,
        miss: f64,
        reaches: &[Reach],
    ) -> Self {
        let axes = reaches
            .iter()
            .filter(|reach| !reach.idle)
            .filter_map(|reach| {
                let lever = reach.lever;
                let spec = lever.spec();
                let deviation = solve::deviation(lever)?;
                let now = scenario.get(lever);
                (!matches!(spec.unit, Unit::Switch | Unit::Choice)).then(|| Axis {
                    lever,
                    now,
                    deviation,
                    low: (spec.min - now) / deviation,
                    high: (spec.max - now) / deviation,
                    whole: lever.parts() <= 1.0,
                })
            });
        Self {
            scenario,
            output,
            target,
            miss,
            axes: axes.collect(),
        }
    }

    fn at(&self, point: &[f64]) -> Scenario {
        let moves = self.axes.iter().zip(point);
        moves.fold(*self.scenario, |scenario, (axis, &by)| {
            if by == 0.0 {
                scenario
            } else {
                scenario.with(axis.lever, axis.now + by * axis.deviation)
            }
        })
    }

    fn miss_at(&self, point: &[f64]) -> f64 {
        solve::figure(&self.at(point), self.output) - self.target
    }

    fn is_met(&self, miss: f64) -> bool {
        miss.abs() <= TOLERANCE * self.target.abs().max(1.0)
    }

    /// Whether a miss lies at or beyond the target, seen from now.
    fn is_past(&self, miss: f64) -> bool {
        miss * self.miss <= 0.0
    }

    /// A direction scaled and cut to the ranges.
    fn cut(&self, direction: &[f64], by: f64) -> Point {
        let parts = self.axes.iter().zip(direction);
        parts
            .map(|(axis, part)| (by * part).clamp(axis.low, axis.high))
            .collect()
    }

    /// The first place along a direction at which the target is reached or, where the
    /// output jumps, passed.
    fn along(&self, direction: &[f64]) -> Option<Point> {
        if length(direction) <= 0.0 {
            return None;
        }
        let (mut low, mut high) = (0.0, 0.0);
        let (mut below, mut above) = (self.miss, self.miss);
        for by in [0.25, 0.5, 0.75, 1.0, 1.25, 1.6, 2.0, 3.0, 6.0, 12.0, 50.0] {
            high = by;
            above = self.miss_at(&self.cut(direction, by));
            if self.is_past(above) {
                break;
            }
            (low, below) = (by, above);
        }
        if !self.is_past(above) {
            return None;
        }
        // A secant, and where it does not halve the stretch, halving.
        for round in 0..60 {
            if high - low <= 1e-12 * high || above == 0.0 {
                break;
            }
            let secant = low + (high - low) * below / (below - above);
            let inside = 0.02 * (high - low);
            let by = if round % 3 == 2 {
                f64::midpoint(low, high)
            } else {
                secant.clamp(low + inside, high - inside)
            };
            let miss = self.miss_at(&self.cut(direction, by));
            if self.is_past(miss) {
                (high, above) = (by, miss);
            } else {
                (low, below) = (by, miss);
                // The last bit short of the target is as good as the target.
                if miss.abs() <= 1e-9 * self.target.abs().max(1.0) {
                    return Some(self.cut(direction, by));
                }
            }
        }
        Some(self.cut(direction, high))
    }

    /// How the output changes with each belief at a point, for each standard deviation.
    fn slopes(&self, point: &[f64], miss: f64) -> Point {
        (0..self.axes.len())
            .map(|i| {
                let axis = &self.axes[i];
                let step = if axis.whole {
                    (1.0 / axis.deviation).max(SLOPE)
                } else {
                    SLOPE
                };
                let step = if point[i] + step > axis.high {
                    -step
                } else {
                    step
                };
                let mut beside = point.to_vec();
                beside[i] += step;
                (self.miss_at(&beside) - miss) / step
            })
            .collect()
    }

    /// The same where the output jumps: from a point short of the target, one over how far
    /// each belief alone has to go.
    fn steps(&self, point: &[f64]) -> Point {
        (0..self.axes.len())
            .map(|i| {
                let axis = &self.axes[i];
                let reached = [axis.low, axis.high].map(|end| {
                    let (mut short, mut past) = (point[i], end);
                    let past_at = |value: f64| {
                        let mut beside = point.to_vec();
                        beside[i] = value;
                        self.is_past(self.miss_at(&beside))
                    };
                    past_at(end).then(|| {
                        for _ in 0..10 {
                            let middle = f64::midpoint(short, past);
                            if past_at(middle) {
                                past = middle;
                            } else {
                                short = middle;
                            }
                        }
                        past - point[i]
                    })
                });
                let nearer = reached.into_iter().flatten();
                let nearer = nearer.min_by(|a, b| a.abs().total_cmp(&b.abs()));
                nearer.map_or(0.0, |by| 1.0 / by)
            })
            .collect()
    }

    /// Where to set out: as the single answers suggest together, and with the best of them.
    fn starts(&self, reaches: &[Reach]) -> Vec<Point> {
        let alone: Vec<Option<f64>> = self
            .axes
            .iter()
            .map(|axis| {
                let reach = reaches.iter().find(|reach| reach.lever == axis.lever)?;
                Some((reach.from(axis.now)? - axis.now) / axis.deviation)
            })
            .collect();
        let together = self.axes.iter().zip(&alone).map(|(axis, alone)| {
            if let Some(by) = alone.filter(|by| by.abs() > 1e-9) {
                return 1.0 / by;
            }
            let reach = reaches.iter().find(|reach| reach.lever == axis.lever);
            let Some((value, gives)) = reach.map(|reach| reach.nearest) else {
                return 0.0;
            };
            let by = (value - axis.now) / axis.deviation;
            let gain = 1.0 - (gives - self.target).abs() / self.miss.abs();
            if by.abs() > 1e-9 { gain / by } else { 0.0 }
        });
        let together: Point = together.collect();
        let square = length(&together) * length(&together);
        let mut starts = vec![];
        if square > 0.0 {
            starts.push(together.iter().map(|part| part / square).collect());
        }
        let best = (0..alone.len())
            .filter_map(|i| Some((i, alone[i]?)))
            .min_by(|a, b| a.1.abs().total_cmp(&b.1.abs()));
        if let Some((i, by)) = best {
            let mut point = vec![0.0; self.axes.len()];
            point[i] = by;
            starts.push(point);
        }
        starts
    }

    /// The point of a plane nearest to where the beliefs stand that the ranges admit: the
    /// slopes, scaled and cut, so that they add up to `sum`.
    fn nearest_of_plane(&self, slopes: &[f64], sum: f64) -> Point {
        let reach = |by: f64| -> f64 {
            let point = self.cut(slopes, by);
            point.iter().zip(slopes).map(|(a, b)| a * b).sum()
        };
        let (mut low, mut high) = (0.0, sum.signum());
        while reach(high) * sum.signum() < sum.abs() && high.abs() < 1e12 {
            (low, high) = (high, 2.0 * high);
        }
        for _ in 0..60 {
            let middle = f64::midpoint(low, high);
            if reach(middle) * sum.signum() < sum.abs() {
                low = middle;
            } else {
                high = middle;
            }
        }
        self.cut(slopes, high)
    }

    /// From a direction to a point that meets the target and is as near as the rounds find.
    fn search(&self, start: &[f64]) -> Option<Point> {
        let mut best = self.along(start)?;
        for _ in 0..ROUNDS {
            let next = if solve::is_whole(self.output) {
                let short: Point = best.iter().map(|part| 0.7 * part).collect();
                let steps = self.steps(&short);
                let sum: f64 = steps.iter().zip(&short).map(|(a, b)| a * b).sum();
                self.nearest_of_plane(&steps, sum + 1.0)
            } else {
                let miss = self.miss_at(&best);
                let slopes = self.slopes(&best, miss);
                let sum: f64 = slopes.iter().zip(&best).map(|(a, b)| a * b).sum();
                self.nearest_of_plane(&slopes, sum - miss)
            };
            let half: Point = best
                .iter()
                .zip(&next)
                .map(|(a, b)| f64::midpoint(*a, *b))
                .collect();
            let nearer = [next, half].into_iter().find_map(|direction| {
                let point = self.along(&direction)?;
                (length(&point) < length(&best) - 1e-7).then_some(point)
            });
            let Some(nearer) = nearer else { break };
            let gain = length(&best) - length(&nearer);
            best = nearer;
            if gain < 1e-4 * length(&best) {
                break;
            }
        }
        Some(best)
    }

    /// The point with whole values made whole and what hardly moves left alone; the rest
    /// makes up for it. As it was where that fails.
    fn settled(&self, point: Point) -> Point {
        let fixed = |axis: &Axis, by: f64| {
            if by.abs() < LEAST {
                Some(0.0)
            } else if axis.whole {
                let value = axis.lever.admit(axis.now + by * axis.deviation);
                Some((value - axis.now) / axis.deviation)
            } else {
                None
            }
        };
        let mut axes = self.axes.clone();
        let mut kept = 0;
        for (axis, &by) in axes.iter_mut().zip(&point) {
            match fixed(axis, by) {
                Some(at) => (axis.low, axis.high) = (at, at),
                None => kept += 1,
            }
        }
        if kept == 0 {
            return point;
        }
        let narrowed = Space { axes, ..*self };
        match narrowed.search(&point) {
            Some(settled) if self.is_reached(&settled) => settled,
            _ => point,
        }
    }

    /// Whether a point, as the levers admit it, brings the output to the target; past it
    /// only where a hair less would fall short by more than the tolerance.
    fn is_reached(&self, point: &[f64]) -> bool {
        let miss = self.miss_at(point);
        if self.is_met(miss) {
            return true;
        }
        let less: Point = point.iter().map(|part| part * (1.0 - 1e-6)).collect();
        let whole = self.axes.iter().zip(point);
        let mut whole = whole.filter(|(_, by)| **by != 0.0);
        self.is_past(miss)
            && (solve::is_whole(self.output)
                || whole.all(|(axis, _)| axis.whole)
                || !self.is_past(self.miss_at(&less)))
    }

    /// The shorter of two points that reach the target.
    fn better(&self, best: Option<Point>, other: Option<Point>) -> Option<Point> {
        let other = other.filter(|point| self.is_reached(point));
        match (best, other) {
            (Some(best), Some(other)) => Some(if self.cost(&other) < self.cost(&best) {
                other
            } else {
                best
            }),
            (best, other) => best.or(other),
        }
    }

    /// How far a point is, as the levers admit it.
    fn cost(&self, point: &[f64]) -> f64 {
        self.change_of(point)
            .map(|one| one.deviations * one.deviations)
            .sum::<f64>()
            .sqrt()
    }

    fn change_of(&self, point: &[f64]) -> impl Iterator<Item = Move> {
        let scenario = self.at(point);
        self.axes.iter().filter_map(move |axis| {
            let to = scenario.get(axis.lever);
            (to.to_bits() != axis.now.to_bits()).then(|| Move {
                lever: axis.lever,
                from: axis.now,
                to,
                deviations: (to - axis.now) / axis.deviation,
            })
        })
    }

    fn change(&self, point: &[f64]) -> Change {
        let mut moves: Vec<Move> = self.change_of(point).collect();
        moves.sort_by(|a, b| b.deviations.abs().total_cmp(&a.deviations.abs()));
        Change {
            moves,
            deviations: self.cost(point),
            gives: self.miss_at(point) + self.target,
        }
    }
}
