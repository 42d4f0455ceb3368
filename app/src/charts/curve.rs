//! Charts over a belief: what follows from each value of it.

use compute_loop_core::format;

use super::reading::{Reading, Spot, Value, above_axis, counted, quantity};
use super::sound::Heard;
use super::surface::{Align, Drawn, Look, Point, Surface, TextLook, bold_width, text_width};
use super::time::{Level, nice_step, spread};
use crate::palette::Role;

/// Curves over the values of a belief.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct CurveChart {
    /// The values along the bottom that the curves are known at, from least to greatest.
    pub(super) at: Vec<f64>,
    /// What a value along the bottom is called, where it is named or read out.
    pub(super) ticks: Vec<(f64, String)>,
    /// What each of the values is called in a readout.
    pub(super) names: Vec<String>,
    /// The unit of the vertical axis: what [`quantity`] knows it by, said by [`above_axis`].
    pub(super) unit: &'static str,
    /// The least top of the vertical axis, so that it does not jump while values move.
    pub(super) top: f64,
    /// The curves.
    pub(super) curves: Vec<Curve>,
    /// Horizontal rules.
    pub(super) rules: Vec<Level>,
    /// Values along the bottom that are marked from top to bottom, with their names.
    pub(super) uprights: Vec<(f64, String)>,
    /// Points that are marked and named, the most important first.
    pub(super) marks: Vec<Spotlight>,
    /// What a readout says beside the curves: its name, and a text for each value.
    pub(super) says: Vec<(String, Vec<String>)>,
    /// The same chart of another scenario, laid thinly under this one.
    pub(super) under: Option<Box<CurveChart>>,
}

/// A curve.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Curve {
    /// Its name, written at its right end.
    pub(super) label: String,
    /// Its colour.
    pub(super) role: Role,
    /// Whether it stands behind the others, dashed, for comparison.
    pub(super) behind: bool,
    /// One value for each of the chart's values along the bottom.
    pub(super) values: Vec<f64>,
}

/// A marked point.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Spotlight {
    /// Where it stands along the bottom.
    pub(super) x: f64,
    /// Its height.
    pub(super) y: f64,
    /// Its colour.
    pub(super) role: Role,
    /// What it says.
    pub(super) label: String,
    /// The same where there is less room.
    pub(super) short: String,
}

const SMALL: f64 = 12.0;

/// Where labels stand already: left, right and middle height of each.
type Taken = Vec<(f64, f64, f64)>;

struct Frame {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    from: f64,
    to: f64,
    high: f64,
    step: f64,
}

impl Frame {
    fn x(&self, value: f64) -> f64 {
        let place = (value - self.from) / (self.to - self.from);
        self.left + place.clamp(0.0, 1.0) * (self.right - self.left)
    }

    fn y(&self, value: f64) -> f64 {
        self.bottom - (value / self.high).clamp(0.0, 1.0) * (self.bottom - self.top)
    }
}

/// Keeps a place for a label, unless another one is in the way.
fn keep(taken: &mut Taken, (left, right, middle): (f64, f64, f64)) -> bool {
    let free = taken
        .iter()
        .all(|&(from, to, at)| right + 4.0 < from || left - 4.0 > to || (at - middle).abs() > 15.0);
    if free {
        taken.push((left, right, middle));
    }
    free
}

impl CurveChart {
    /// The height that suits a width.
    pub(super) fn height(width: f64) -> f64 {
        (width * 0.52).clamp(260.0, 420.0)
    }

    fn highest(&self) -> f64 {
        let curves = self.curves.iter().flat_map(|curve| &curve.values);
        let rules = self.rules.iter().map(|level| &level.value);
        let marks = self.marks.iter().map(|mark| &mark.y);
        let own = curves
            .chain(rules)
            .chain(marks)
            .fold(self.top, |high, &value| high.max(value));
        self.under
            .as_ref()
            .map_or(own, |under| own.max(under.highest()))
    }

    fn frame(&self, look: Look) -> Frame {
        let step = nice_step(self.highest() / 4.5);
        let high = (self.highest() / step).ceil() * step;
        let widest = self
            .curves
            .iter()
            .map(|curve| bold_width(&curve.label, 13.0))
            .fold(0.0, f64::max);
        Frame {
            left: text_width(&self.label_text(high), SMALL).max(14.0) + 14.0,
            right: look.width - widest - 14.0,
            top: 22.0,
            bottom: look.height - 26.0,
            from: self.at.first().copied().unwrap_or(0.0),
            to: self.at.last().copied().unwrap_or(1.0),
            high,
            step,
        }
    }

    /// Draws the chart.
    pub(super) fn draw(&self, on: &Surface<'_>) -> Drawn {
        let frame = self.frame(on.look);
        self.axes(on, &frame)?;
        let mut taken = Taken::new();
        for (value, name) in &self.uprights {
            let x = frame.x(*value);
            on.dashes(&[(x, frame.top), (x, frame.bottom)], 1.2, Role::Muted)?;
            let half = text_width(name, SMALL) / 2.0;
            let at = x.clamp(frame.left + half, on.look.width - half - 2.0);
            // Clear of the unit, which stands above the axis.
            if at - half > 12.0 + text_width(&above_axis(self.unit), SMALL)
                && keep(&mut taken, (at - half, at + half, 11.0))
            {
                let look = TextLook::new(SMALL, Role::Muted).align(Align::Middle);
                on.text((at, 11.0), name, look)?;
            }
        }
        for level in &self.rules {
            let y = frame.y(level.value);
            on.dashes(&[(frame.left, y), (frame.right, y)], 1.2, level.role)?;
        }
        let points = |chart: &Self, curve: &Curve| -> Vec<Point> {
            chart
                .at
                .iter()
                .zip(&curve.values)
                .map(|(&x, &y)| (frame.x(x), frame.y(y)))
                .collect()
        };
        if let Some(under) = &self.under {
            for curve in under.curves.iter().filter(|curve| !curve.behind) {
                on.line(&points(under, curve), 1.0, curve.role)?;
            }
        }
        for curve in self.curves.iter().filter(|curve| curve.behind) {
            on.dashes(&points(self, curve), 1.3, curve.role)?;
        }
        for curve in self.curves.iter().filter(|curve| !curve.behind) {
            on.line(&points(self, curve), 2.4, curve.role)?;
        }
        self.named_marks(on, &frame, &mut taken)?;
        for level in &self.rules {
            let left = frame.left + 4.0;
            let right = left + text_width(&level.label, SMALL);
            // Above the rule; below it where something is in the way.
            let place = [-9.0, 10.0]
                .map(|down| frame.y(level.value) + down)
                .into_iter()
                .find(|&y| {
                    y < frame.bottom - 6.0
                        && self.off_curves(&frame, (left, right, y))
                        && keep(&mut taken, (left, right, y))
                });
            if let Some(y) = place {
                on.text((left, y), &level.label, TextLook::new(SMALL, level.role))?;
            }
        }
        self.named_curves(on, &frame)
    }

    /// A value of the vertical axis as text.
    fn label_text(&self, value: f64) -> String {
        format::number(counted(self.unit, value), 0)
    }

    fn axes(&self, on: &Surface<'_>, frame: &Frame) -> Drawn {
        let label = TextLook::new(SMALL, Role::Muted);
        let count = (frame.high / frame.step).round() as usize;
        for i in 0..=count {
            let value = frame.step * i as f64;
            let y = frame.y(value);
            on.line(&[(frame.left, y), (frame.right, y)], 1.0, Role::Rule)?;
            let text = self.label_text(value);
            on.text((frame.left - 6.0, y), &text, label.align(Align::End))?;
        }
        on.text((4.0, 8.0), &above_axis(self.unit), label)?;
        let mut free_from = 0.0;
        for (value, text) in &self.ticks {
            let x = frame.x(*value);
            on.line(
                &[(x, frame.bottom), (x, frame.bottom + 5.0)],
                1.0,
                Role::Muted,
            )?;
            let half = text_width(text, SMALL) / 2.0;
            if x - half > free_from && x + half < on.look.width {
                free_from = x + half + 6.0;
                let at = (x, frame.bottom + 14.0);
                on.text(at, text, label.align(Align::Middle))?;
            }
        }
        Ok(())
    }

    /// Marks the points, and names as many as there is room for: off the curves, the
    /// rules and each other. The first is named in any case.
    fn named_marks(&self, on: &Surface<'_>, frame: &Frame, taken: &mut Taken) -> Drawn {
        let roomy = frame.right - frame.left > 420.0;
        for (i, mark) in self.marks.iter().enumerate().rev() {
            let at = (frame.x(mark.x), frame.y(mark.y));
            on.dot(at, if i == 0 { 5.0 } else { 4.0 }, mark.role)?;
        }
        for (i, mark) in self.marks.iter().enumerate() {
            let (x, y) = (frame.x(mark.x), frame.y(mark.y));
            let text = |mark: &'_ Spotlight| -> String {
                if roomy {
                    mark.label.clone()
                } else {
                    mark.short.clone()
                }
            };
            let label = &text(mark);
            // What is said already need not be said again.
            if self.marks[..i].iter().any(|before| text(before) == *label) {
                continue;
            }
            let width = bold_width(label, 13.0);
            let beside = |right: bool| {
                if right {
                    (x + 8.0, x + 8.0 + width)
                } else {
                    (x - 8.0 - width, x - 8.0)
                }
            };
            let ways = [-14.0, -22.0, 16.0, -32.0]
                .into_iter()
                .flat_map(|down| [true, false].map(|right| (y + down, right)));
            let clear = |(middle, right): (f64, bool)| {
                let (from, to) = beside(right);
                let inside = from > frame.left
                    && to < frame.right + 4.0
                    && middle > frame.top + 6.0
                    && middle < frame.bottom - 6.0;
                inside && self.off_lines(frame, (from, to, middle))
            };
            let place = ways.into_iter().find(|&(middle, right)| {
                let (from, to) = beside(right);
                clear((middle, right)) && keep(taken, (from, to, middle))
            });
            let first = (i == 0).then_some((
                (y - 14.0).max(frame.top + 6.0),
                x + 8.0 + width < frame.right,
            ));
            let Some((middle, right)) = place.or(first) else {
                continue;
            };
            let (from, to) = beside(right);
            if place.is_none() {
                taken.push((from, to, middle));
            }
            on.text((from, middle), label, TextLook::new(13.0, mark.role).bold())?;
        }
        Ok(())
    }

    /// Whether a label keeps off all curves.
    fn off_curves(&self, frame: &Frame, (from, to, middle): (f64, f64, f64)) -> bool {
        self.curves.iter().all(|curve| {
            let mut points = self.at.iter().zip(&curve.values);
            points.all(|(&x, &value)| {
                let across = (from - 3.0..to + 3.0).contains(&frame.x(x));
                !across || (frame.y(value) - middle).abs() > 9.0
            })
        })
    }

    /// Whether a label keeps off all curves and rules.
    fn off_lines(&self, frame: &Frame, label: (f64, f64, f64)) -> bool {
        let (from, to, middle) = label;
        let mut rules = self.rules.iter();
        let mut uprights = self.uprights.iter();
        self.off_curves(frame, label)
            && rules.all(|level| (frame.y(level.value) - middle).abs() > 9.0)
            && uprights.all(|&(x, _)| !(from - 3.0..to + 3.0).contains(&frame.x(x)))
    }

    /// Names the curves at their right ends, moved apart where they would touch.
    fn named_curves(&self, on: &Surface<'_>, frame: &Frame) -> Drawn {
        let mut places: Vec<(f64, &Curve)> = self
            .curves
            .iter()
            .filter(|curve| !curve.label.is_empty())
            .map(|curve| {
                let end = curve.values.last().copied().unwrap_or_default();
                (frame.y(end), curve)
            })
            .collect();
        places.sort_by(|a, b| a.0.total_cmp(&b.0));
        spread(&mut places, 17.0, frame.top, frame.bottom);
        for (y, curve) in places {
            let look = if curve.behind {
                TextLook::new(SMALL, curve.role)
            } else {
                TextLook::new(13.0, curve.role).bold()
            };
            on.text((frame.right + 8.0, y), &curve.label, look)?;
        }
        Ok(())
    }

    /// How many values along the bottom can be read.
    pub(super) fn readings(&self) -> usize {
        self.at.len()
    }

    /// The curves as they can be heard.
    pub(super) fn series(&self) -> Vec<Heard> {
        let curves = self.curves.iter().map(|curve| Heard {
            label: curve.label.clone(),
            values: curve.values.iter().copied().map(Some).collect(),
        });
        curves.collect()
    }

    /// What stands over a value.
    pub(super) fn reading(&self, index: usize) -> Option<Reading> {
        let name = self.names.get(index)?.clone();
        let curves = self.curves.iter().filter_map(|curve| {
            let other = self.under.as_ref().and_then(|under| {
                let same = |other: &&Curve| other.label == curve.label;
                under.curves.iter().find(same)?.values.get(index).copied()
            });
            Some(Value {
                label: curve.label.clone(),
                text: quantity(self.unit, *curve.values.get(index)?),
                other: other.map(|value| quantity(self.unit, value)),
                role: curve.role,
            })
        });
        let says = self
            .says
            .iter()
            .enumerate()
            .filter_map(|(i, (label, texts))| {
                let other = self.under.as_ref().and_then(|under| under.says.get(i));
                Some(Value {
                    label: label.clone(),
                    text: texts.get(index)?.clone(),
                    other: other.and_then(|(_, texts)| texts.get(index).cloned()),
                    role: Role::Ink,
                })
            });
        Some(Reading {
            name,
            values: curves.chain(says).collect(),
        })
    }

    /// Where a value stands, and the curves over it.
    pub(super) fn spot(&self, look: Look, index: usize) -> Spot {
        let frame = self.frame(look);
        let x = frame.x(self.at.get(index).copied().unwrap_or(frame.to));
        let dots = self
            .curves
            .iter()
            .filter(|curve| !curve.behind)
            .filter_map(|curve| Some(((x, frame.y(*curve.values.get(index)?)), curve.role)));
        Spot {
            from: (x, frame.top),
            to: (x, frame.bottom),
            dots: dots.collect(),
        }
    }

    /// The value nearest to a point.
    pub(super) fn nearest(&self, look: Look, (x, _): Point) -> usize {
        let frame = self.frame(look);
        let away = |i: &usize| (frame.x(self.at[*i]) - x).abs();
        (0..self.at.len())
            .min_by(|a, b| away(a).total_cmp(&away(b)))
            .unwrap_or(0)
    }
}
