//! Where on its range a lever makes an output reach a target.
//!
//! A lever's admitted values are counted, so that every value tried is one that a reader
//! can set, and an answer is known to the last of them. The range is looked over at
//! [`SCAN`] even steps and at the value now. Where the output passes the target between
//! two of them, the place is closed in on by the method of Oliveira and Takahashi (ITP,
//! 2020): about as fast as a secant where the output is smooth, never much slower than
//! halving where it has kinks or jumps. Where it comes near and turns back, the turning
//! point is looked for. Two passages within one step are found only by such a turn.

use std::sync::OnceLock;

use crate::levers::Lever;
use crate::model::Workings;
use crate::outcome::Output;
use crate::scenario::Scenario;
use crate::uncertainty;
use crate::unit::Unit;

/// Even steps in which a range is looked over.
pub const SCAN: i64 = 40;

/// What is this near to a target, as a part of it, is the same: only an output that stays
/// level there comes so near at more than one value.
const LEVEL: f64 = 1e-12;

/// A stretch narrower than this part of a range is a single value.
const NARROW: f64 = 1e-5;

/// An output that changes by more than this part of all its change between two values
/// next to each other jumps.
const JUMP: f64 = 1e-3;

/// An extremum that misses the target by less than this part of all the output's change
/// touches it.
const TOUCH: f64 = 1e-6;

/// How an output comes to the target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// It passes through it.
    Through,
    /// It comes up to it and turns back.
    Touching,
    /// It stays there over a stretch of values.
    Level,
    /// It is short of it at one value and beyond it at the next: thresholds and months
    /// jump.
    Across,
}

/// Where an output reaches a target.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Answer {
    /// How.
    pub how: How,
    /// The least value, in the lever's unit.
    pub low: f64,
    /// The greatest, the same but for a stretch and a jump.
    pub high: f64,
}

impl Answer {
    /// The value to set for whoever stands at `now`: of a stretch the nearest, of a jump
    /// the first beyond it.
    pub fn from(self, now: f64) -> f64 {
        match self.how {
            How::Across if now <= self.low => self.high,
            How::Across => self.low,
            _ => now.clamp(self.low, self.high),
        }
    }
}

/// What a lever alone can do for a target.
#[derive(Clone, Debug, PartialEq)]
pub struct Reach {
    /// The lever.
    pub lever: Lever,
    /// Where the output reaches the target, from the least value up.
    pub answers: Vec<Answer>,
    /// Of the values looked over, the one whose output is nearest to the target, and that
    /// output.
    pub nearest: (f64, f64),
    /// Whether the output is the same at all values looked over.
    pub idle: bool,
}

impl Reach {
    /// Whether every value of the range reaches the target.
    pub fn is_everywhere(&self) -> bool {
        let spec = self.lever.spec();
        self.answers.iter().any(|answer| {
            answer.how == How::Level && answer.low <= spec.min && answer.high >= spec.max
        })
    }

    /// The value to set that is nearest to where the lever stands; none where no value
    /// reaches the target.
    pub fn from(&self, now: f64) -> Option<f64> {
        let values = self.answers.iter().map(|answer| answer.from(now));
        values.min_by(|a, b| (a - now).abs().total_cmp(&(b - now).abs()))
    }
}

/// An output of a scenario, with no more of the model worked out than it takes.
pub(crate) fn figure(scenario: &Scenario, output: Output) -> f64 {
    output.value(&Workings::new(scenario))
}

/// Whether an output takes whole values only.
pub fn is_whole(output: Output) -> bool {
    matches!(output.spec().unit, Unit::Month | Unit::Year)
}

/// The standard deviation by which moves of a lever are measured, in its unit: that of its
/// distribution about the default, so that the measure keeps still while levers move.
/// None where the lever is taken as set.
pub fn deviation(lever: Lever) -> Option<f64> {
    static ALL: OnceLock<[Option<f64>; Lever::COUNT]> = OnceLock::new();
    ALL.get_or_init(|| Lever::ALL.map(|lever| uncertainty::deviation(lever, lever.spec().default)))
        [lever as usize]
        .filter(|deviation| *deviation > 0.0)
}

/// How far a lever moves from one value to another, in standard deviations, upwards
/// positive; none where the lever is taken as set.
pub fn deviations(lever: Lever, from: f64, to: f64) -> Option<f64> {
    Some((to - from) / deviation(lever)?)
}

/// Every lever that an output depends on, in the order of the registry, and what each
/// alone can do for a target.
pub fn reaches(scenario: &Scenario, output: Output, target: f64) -> Vec<Reach> {
    Lever::ALL
        .into_iter()
        .filter(|&lever| output.depends_on(lever))
        .map(|lever| reach(scenario, lever, output, target))
        .collect()
}

/// Where on its range one lever makes an output reach a target, all else as in the
/// scenario. The target has to be finite.
pub fn reach(scenario: &Scenario, lever: Lever, output: Output, target: f64) -> Reach {
    Search::of(scenario, lever, output, target).reach()
}

/// A value counted, and by how much the output misses the target there.
#[derive(Clone, Copy, Debug)]
struct Try {
    at: i64,
    miss: f64,
}

/// One lever's range, its values counted.
struct Search<'a> {
    scenario: &'a Scenario,
    lever: Lever,
    output: Output,
    target: f64,
    first: i64,
    last: i64,
    now: i64,
    /// From the least to the greatest output looked over.
    span: f64,
}

impl<'a> Search<'a> {
    fn of(scenario: &'a Scenario, lever: Lever, output: Output, target: f64) -> Self {
        let spec = lever.spec();
        let count = |value: f64| (value * lever.parts()).round() as i64;
        Self {
            scenario,
            lever,
            output,
            target,
            first: count(spec.min),
            last: count(spec.max),
            now: count(scenario.get(lever)),
            span: 0.0,
        }
    }

    fn value(&self, at: i64) -> f64 {
        self.lever.admit(at as f64 / self.lever.parts())
    }

    fn attempt(&self, at: i64) -> Try {
        let scenario = self.scenario.with(self.lever, self.value(at));
        let miss = figure(&scenario, self.output) - self.target;
        let level = miss.abs() <= LEVEL * self.target.abs().max(1.0);
        Try {
            at,
            miss: if level { 0.0 } else { miss },
        }
    }

    fn reach(mut self) -> Reach {
        let width = self.last - self.first;
        let steps = width.clamp(1, SCAN);
        let mut places: Vec<i64> = (0..=steps)
            .map(|step| self.first + (step * width + steps / 2) / steps)
            .chain([self.now])
            .collect();
        places.sort_unstable();
        places.dedup();
        let tries: Vec<Try> = places.into_iter().map(|at| self.attempt(at)).collect();
        let misses = || tries.iter().map(|one| one.miss);
        let (least, most) = (
            misses().fold(f64::INFINITY, f64::min),
            misses().fold(f64::NEG_INFINITY, f64::max),
        );
        self.span = most - least;
        let nearest = tries
            .iter()
            .min_by(|a, b| a.miss.abs().total_cmp(&b.miss.abs()))
            .copied()
            .unwrap_or_else(|| self.attempt(self.now));
        Reach {
            lever: self.lever,
            answers: self.answers(&tries),
            nearest: (self.value(nearest.at), nearest.miss + self.target),
            idle: least.to_bits() == most.to_bits(),
        }
    }

    /// The answers among and between what was looked over.
    fn answers(&self, tries: &[Try]) -> Vec<Answer> {
        let mut found = vec![];
        let mut i = 0;
        while i < tries.len() {
            let here = tries[i];
            if here.miss == 0.0 {
                let mut end = i;
                while tries.get(end + 1).is_some_and(|next| next.miss == 0.0) {
                    end += 1;
                }
                let before = i.checked_sub(1).map(|i| tries[i]);
                let after = tries.get(end + 1).copied();
                found.push(self.stretch((here, tries[end]), before, after));
                i = end + 1;
                continue;
            }
            let next = tries.get(i + 1).copied();
            if let Some(next) = next.filter(|next| next.miss * here.miss < 0.0) {
                found.push(self.passage(here, next));
            }
            if let (Some(before), Some(next)) = (i.checked_sub(1).map(|i| tries[i]), next) {
                found.extend(self.turn(before, here, next));
            }
            i += 1;
        }
        // A level bottom between two steps is looked into from both.
        found.dedup_by(|b, a| a.low.to_bits() == b.low.to_bits());
        found
    }

    /// The answer about a value or several that reach the target: how far it goes on
    /// either side, up to one that does not.
    fn stretch(&self, (low, high): (Try, Try), before: Option<Try>, after: Option<Try>) -> Answer {
        let edge = |inside: Try, outside: Try| {
            let (mut inside, mut outside) = (inside.at, outside.at);
            while (inside - outside).abs() > 1 {
                let middle = inside.midpoint(outside);
                if self.attempt(middle).miss == 0.0 {
                    inside = middle;
                } else {
                    outside = middle;
                }
            }
            inside
        };
        let from = before.map_or(low.at, |before| edge(low, before));
        let to = after.map_or(high.at, |after| edge(high, after));
        let narrow = (NARROW * (self.last - self.first) as f64) as i64;
        if to - from > narrow {
            return Answer {
                how: How::Level,
                low: self.value(from),
                high: self.value(to),
            };
        }
        let value = self.value(from.midpoint(to));
        let turns = before
            .zip(after)
            .is_some_and(|(before, after)| before.miss * after.miss > 0.0);
        Answer {
            how: if turns { How::Touching } else { How::Through },
            low: value,
            high: value,
        }
    }

    /// The answer between two values on either side of the target.
    fn passage(&self, mut a: Try, mut b: Try) -> Answer {
        let outer = (a, b);
        let width = (b.at - a.at) as f64;
        let most = libm::ceil(libm::log2(width.max(2.0))) + 1.0;
        let mut step = 0.0;
        while b.at - a.at > 1 {
            let (low, high) = (a.at as f64, b.at as f64);
            let middle = f64::midpoint(low, high);
            // Interpolated, pushed towards the middle, kept within what halving allows.
            let secant = (b.miss * low - a.miss * high) / (b.miss - a.miss);
            let side = if secant < middle { 1.0 } else { -1.0 };
            let push = 0.2 * (high - low) * (high - low) / width;
            let pushed = if push <= (middle - secant).abs() {
                secant + side * push
            } else {
                middle
            };
            let room = (libm::exp2(most - step) - (high - low)) / 2.0;
            let wanted = if (pushed - middle).abs() <= room {
                pushed
            } else {
                middle - side * room.max(0.0)
            };
            let tried = self.attempt((wanted.round() as i64).clamp(a.at + 1, b.at - 1));
            if tried.miss == 0.0 {
                return self.stretch((tried, tried), Some(outer.0), Some(outer.1));
            }
            if tried.miss * a.miss > 0.0 {
                a = tried;
            } else {
                b = tried;
            }
            step += 1.0;
        }
        let jump = (b.miss - a.miss).abs() > JUMP * self.span;
        if jump || is_whole(self.output) || self.lever.parts() <= 1.0 {
            return Answer {
                how: How::Across,
                low: self.value(a.at),
                high: self.value(b.at),
            };
        }
        let value = self.value(if a.miss.abs() <= b.miss.abs() {
            a.at
        } else {
            b.at
        });
        Answer {
            how: How::Through,
            low: value,
            high: value,
        }
    }

    /// The answers about a value that is nearer to the target than its neighbours, all on
    /// one side of it: one where the output just comes up to the target, two where it
    /// passes it and comes back.
    fn turn(&self, before: Try, here: Try, after: Try) -> Vec<Answer> {
        let side = here.miss.signum();
        let off = |one: Try| side * one.miss;
        let (left, middle, right) = (off(before), off(here), off(after));
        let turns = left >= middle && right >= middle && left.max(right) > middle;
        // A line through two of them would have to go on for twice its length.
        if !turns || middle > 2.0 * (left.max(right) - middle) {
            return vec![];
        }
        // Golden section.
        let share = 0.381_966_011_250_105;
        let (mut low, mut best, mut high) = (before.at, here, after.at);
        while high - low > 2 {
            let wider = if best.at - low > high - best.at {
                (low - best.at) as f64
            } else {
                (high - best.at) as f64
            };
            let step =
                ((share * wider).round() as i64).clamp(low - best.at + 1, high - best.at - 1);
            let step = match step {
                0 if wider < 0.0 => -1,
                0 => 1,
                step => step,
            };
            let tried = self.attempt(best.at + step);
            if off(tried) < 0.0 {
                return vec![self.passage(before, tried), self.passage(tried, after)];
            }
            if tried.miss == 0.0 {
                return vec![self.stretch((tried, tried), Some(before), Some(after))];
            }
            let (inner, outer) = if off(tried) < off(best) {
                (tried, best)
            } else {
                (best, tried)
            };
            if outer.at < inner.at {
                low = outer.at;
            } else {
                high = outer.at;
            }
            best = inner;
        }
        if off(best) > TOUCH * self.span {
            return vec![];
        }
        let value = self.value(best.at);
        vec![Answer {
            how: How::Touching,
            low: value,
            high: value,
        }]
    }
}
