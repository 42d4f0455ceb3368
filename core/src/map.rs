//! An output over the ranges of two levers, and the lines along which it is the same.
//!
//! The model is run at the crossings of an even grid; between them the output is taken to
//! change evenly along each edge (marching squares). Where it jumps, a line runs somewhere
//! between the two crossings.

use std::collections::BTreeMap;

use crate::levers::Lever;
use crate::outcome::Output;
use crate::scenario::Scenario;
use crate::solve;

/// One side of a map.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// The lever.
    pub lever: Lever,
    /// Its values, from the least to the greatest, in its unit.
    pub values: Vec<f64>,
}

impl Side {
    fn of(lever: Lever, count: usize) -> Self {
        let spec = lever.spec();
        let last = count.max(2) - 1;
        let value = |i: usize| spec.min + (spec.max - spec.min) * i as f64 / last as f64;
        let mut values: Vec<f64> = (0..=last).map(|i| lever.admit(value(i))).collect();
        // A range may hold fewer whole values than were asked for.
        values.dedup();
        Self { lever, values }
    }
}

/// An output over two levers.
#[derive(Clone, Debug, PartialEq)]
pub struct Map {
    /// The output.
    pub output: Output,
    /// The lever along the bottom.
    pub across: Side,
    /// The lever up the side.
    pub up: Side,
    /// The output at each crossing, the lowest row first, in its unit.
    pub values: Vec<f64>,
}

/// A place on a map: the values of the two levers.
pub type Place = (f64, f64);

/// Where the sides of two squares meet: between a crossing and the next, to the right or
/// above.
type Edge = (usize, usize, bool);

impl Map {
    /// An output of a scenario over the whole ranges of two levers, at so many values of
    /// each. What the scenario has for the two does not matter.
    pub fn of(
        scenario: &Scenario,
        output: Output,
        (across, up): (Lever, Lever),
        (columns, rows): (usize, usize),
    ) -> Self {
        let (across, up) = (Side::of(across, columns), Side::of(up, rows));
        let mut values = Vec::with_capacity(across.values.len() * up.values.len());
        for &y in &up.values {
            let row = scenario.with(up.lever, y);
            values.extend(
                across
                    .values
                    .iter()
                    .map(|&x| solve::figure(&row.with(across.lever, x), output)),
            );
        }
        Self {
            output,
            across,
            up,
            values,
        }
    }

    /// The output at a crossing.
    pub fn value(&self, column: usize, row: usize) -> f64 {
        self.values[row * self.across.values.len() + column]
    }

    /// The least and the greatest output on the map.
    pub fn ends(&self) -> (f64, f64) {
        self.values
            .iter()
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &value| {
                (low.min(value), high.max(value))
            })
    }

    /// The lines along which the output is `level`, each from end to end or round to where
    /// it begins. Of an output in whole months, the lines between the months before and
    /// the month itself.
    pub fn lines(&self, level: f64) -> Vec<Vec<Place>> {
        let level = if solve::is_whole(self.output) {
            level - 0.5
        } else {
            level
        };
        let mut ways: BTreeMap<Edge, Vec<Edge>> = BTreeMap::new();
        for row in 0..self.up.values.len().saturating_sub(1) {
            for column in 0..self.across.values.len().saturating_sub(1) {
                for (from, to) in self.square(column, row, level) {
                    ways.entry(from).or_default().push(to);
                    ways.entry(to).or_default().push(from);
                }
            }
        }
        let mut lines = vec![];
        // First the lines with ends, then those that go round.
        for ends in [1, 2] {
            let starts: Vec<Edge> = ways
                .iter()
                .filter(|(_, next)| next.len() == ends)
                .map(|(edge, _)| *edge)
                .collect();
            for start in starts {
                let mut line = vec![];
                let mut edge = start;
                loop {
                    line.push(self.crossing(edge, level));
                    let Some(next) = ways.get_mut(&edge).and_then(Vec::pop) else {
                        break;
                    };
                    if let Some(back) = ways.get_mut(&next) {
                        back.retain(|other| *other != edge);
                    }
                    edge = next;
                }
                if line.len() > 1 {
                    lines.push(line);
                }
            }
        }
        lines
    }

    /// Which sides of a square a line passes, two by two.
    fn square(&self, column: usize, row: usize, level: f64) -> Vec<(Edge, Edge)> {
        let corner = |right: usize, up: usize| self.value(column + right, row + up);
        let corners = [corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)];
        let above = corners.map(|value| value >= level);
        let (bottom, right, top, left) = (
            (column, row, false),
            (column + 1, row, true),
            (column, row + 1, false),
            (column, row, true),
        );
        let sides = [
            (bottom, above[0] != above[1]),
            (right, above[1] != above[2]),
            (top, above[2] != above[3]),
            (left, above[3] != above[0]),
        ];
        let passed: Vec<Edge> = sides
            .into_iter()
            .filter_map(|(edge, passed)| passed.then_some(edge))
            .collect();
        match passed[..] {
            [from, to] => vec![(from, to)],
            // Two lines: the middle decides which corners belong together.
            [_, _, _, _] => {
                let middle = corners.iter().sum::<f64>() / 4.0 >= level;
                if middle == above[0] {
                    vec![(bottom, right), (top, left)]
                } else {
                    vec![(bottom, left), (top, right)]
                }
            }
            _ => vec![],
        }
    }

    /// Where a line passes the side of a square.
    fn crossing(&self, (column, row, upwards): Edge, level: f64) -> Place {
        let (next_column, next_row) = if upwards {
            (column, row + 1)
        } else {
            (column + 1, row)
        };
        let (a, b) = (self.value(column, row), self.value(next_column, next_row));
        let part = ((level - a) / (b - a)).clamp(0.0, 1.0);
        let between = |values: &[f64], from: usize, to: usize| {
            values[from] + part * (values[to] - values[from])
        };
        (
            between(&self.across.values, column, next_column),
            between(&self.up.values, row, next_row),
        )
    }
}
