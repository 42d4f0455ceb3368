//! A chart over time with bands and made-up values, for tests and benchmarks: no chart of
//! the page shows it, so no reader's wasm holds it.

use core::ops::Range;

use compute_loop_core::month::HORIZON;

use super::time::{Fan, Line, TimeChart};
use super::{Picture, Shapes};
use crate::palette::Role;

/// The shape of a sample.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
    /// How many months, from January 2023: from two to all of the horizon.
    pub months: usize,
    /// How many lines, at most five; the first ones have bands.
    pub lines: usize,
    /// How many of them have bands.
    pub bands: usize,
    /// How wide the bands are: 1, or as many times as wide.
    pub spread: f64,
}

impl Sample {
    /// Four years, two lines with a band each: the charts of the first screen.
    pub const SHORT: Self = Self {
        months: 48,
        lines: 2,
        bands: 2,
        spread: 1.0,
    };

    /// Fourteen years, five lines, two bands.
    pub const LONG: Self = Self {
        months: HORIZON,
        lines: 5,
        bands: 2,
        spread: 1.0,
    };

    /// The value of a line in a month, moved by a phase as a slider would: smooth, with
    /// bends that show whether a line wobbles. `bench/` draws the same in its peers.
    fn value(self, line: usize, month: usize, phase: f64) -> f64 {
        let (time, line) = (month as f64 / (self.months - 1) as f64, line as f64);
        4.0 + 2.0 * line
            + (14.0 - 2.0 * line) * time * time
            + (0.6 + 0.1 * line) * libm::sin(9.0 * time + line + phase)
    }

    /// The picture at a phase.
    pub fn picture(self, phase: f64) -> Picture {
        self.picture_without(0..0, phase)
    }

    /// The same with bands that miss some months.
    pub fn picture_without(self, missing: Range<usize>, phase: f64) -> Picture {
        const NAMES: [(&str, Role); 5] = [
            ("needed", Role::Anthropic),
            ("online", Role::Power),
            ("spent", Role::Amazon),
            ("built", Role::Chips),
            ("missing", Role::Gap),
        ];
        let sample = Self {
            months: self.months.clamp(2, HORIZON),
            ..self
        };
        let named = || NAMES.iter().enumerate().take(sample.lines);
        let values =
            |line: usize| (0..sample.months).map(move |month| sample.value(line, month, phase));
        let lines = named().map(|(line, &(name, role))| Line {
            label: name.to_owned(),
            role,
            values: values(line).map(Some).collect(),
            ..Line::default()
        });
        // The worlds are not symmetric about the line: the median leaves it.
        let fans = named().take(sample.bands).map(|(line, &(name, role))| Fan {
            label: name.to_owned(),
            role,
            quantiles: [-0.30, -0.13, 0.03, 0.20, 0.48].map(|part| {
                let wider = |(month, value): (usize, f64)| {
                    if missing.contains(&month) {
                        f64::NAN
                    } else {
                        value
                            + part * sample.spread * value * month as f64
                                / (sample.months - 1) as f64
                    }
                };
                values(line).enumerate().map(wider).collect()
            }),
        });
        Picture {
            title: "Made-up values".to_owned(),
            subtitle: "Lines, and where nine of ten worlds lie".to_owned(),
            summary: "For tests and benchmarks alone.".to_owned(),
            facts: &[],
            shapes: Shapes::of(TimeChart {
                from: 0,
                to: sample.months - 1,
                unit: "GW",
                top: 10.0,
                fans: fans.collect(),
                lines: lines.collect(),
                ..TimeChart::default()
            }),
        }
    }
}
