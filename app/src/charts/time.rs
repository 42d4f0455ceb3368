//! Charts over time: lines, areas, shaded gaps, published points.

use compute_loop_core::month::Month;
use compute_loop_core::words::t;
use compute_loop_core::{format, say};

use super::reading::{Reading, Spot, Value, above_axis, counted, quantity};
use super::sound::Heard;
use super::surface::{Align, Drawn, Look, Point, Surface, TextLook, bold_width, text_width};
use crate::palette::Role;

/// A chart over months.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct TimeChart {
    /// First month shown, counted from January 2023.
    pub(super) from: usize,
    /// Last month shown.
    pub(super) to: usize,
    /// The unit of the vertical axis: what [`quantity`] knows it by, said by [`above_axis`].
    pub(super) unit: &'static str,
    /// Whether the vertical axis is logarithmic.
    pub(super) log: bool,
    /// The greatest bottom of the vertical axis: 0, but for what never comes near it. Of
    /// a logarithmic axis the bottom itself, if it is above 0.
    pub(super) base: f64,
    /// The least top of the vertical axis, so that it does not jump while values move.
    pub(super) top: f64,
    /// Shaded areas, drawn first.
    pub(super) areas: Vec<Area>,
    /// How the things drawn spread over many worlds: over the areas, under the lines.
    pub(super) fans: Vec<Fan>,
    /// Lines.
    pub(super) lines: Vec<Line>,
    /// Horizontal rules.
    pub(super) rules: Vec<Level>,
    /// Published points.
    pub(super) points: Vec<Published>,
    /// Words over a stretch of months.
    pub(super) notes: Vec<Note>,
    /// A gap measured in one month.
    pub(super) gap: Option<GapMark>,
    /// Months that are marked from top to bottom.
    pub(super) moments: Vec<Moment>,
    /// The same chart of another scenario, laid thinly under this one.
    pub(super) under: Option<Box<TimeChart>>,
    /// What that scenario is called.
    pub(super) under_name: String,
}

/// A shaded area between two curves.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Area {
    /// Its name, written into it where there is room.
    pub(super) label: String,
    /// Whether the name stands at its right end instead, as those of lines do: for
    /// areas too thin to write into.
    pub(super) edge: bool,
    /// Its colour.
    pub(super) role: Role,
    /// Its strength.
    pub(super) alpha: f64,
    /// The lower curve, one value a month shown.
    pub(super) lower: Vec<f64>,
    /// The upper curve.
    pub(super) upper: Vec<f64>,
}

/// A line.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Line {
    /// Its name, written at its end.
    pub(super) label: String,
    /// Its colour.
    pub(super) role: Role,
    /// Whether it is dashed.
    pub(super) dashed: bool,
    /// One value a month shown; none where it has no value.
    pub(super) values: Vec<Option<f64>>,
}

/// How one thing spreads over many worlds: nine of ten of them lightly, the middle half
/// stronger, their median dotted. The line of the reader's own scenario stays the main one.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Fan {
    /// The name of the line or area that it belongs to: a readout says the range beside
    /// that value. A name that nothing else bears makes a row of its own.
    pub(super) label: String,
    /// Its colour.
    pub(super) role: Role,
    /// The quantiles at 5, 25, 50, 75 and 95 %, one value a month shown; not a number
    /// where there is none.
    pub(super) quantiles: [Vec<f64>; 5],
}

impl Fan {
    /// The quantiles in a month, all of them or none.
    fn at(&self, index: usize) -> Option<[f64; 5]> {
        let values = self
            .quantiles
            .each_ref()
            .map(|values| values.get(index).copied().unwrap_or(f64::NAN));
        values
            .iter()
            .all(|value| value.is_finite())
            .then_some(values)
    }

    /// Where nine of ten worlds lie in a month, in words.
    fn range(&self, index: usize, text: impl Fn(f64) -> String) -> Option<String> {
        let [low, .., high] = self.at(index)?;
        Some(say!(
            "{range} in nine of ten worlds",
            range = span_text(&text(low), &text(high))
        ))
    }
}

/// A horizontal rule with a name.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Level {
    /// Its name.
    pub(super) label: String,
    /// Its colour.
    pub(super) role: Role,
    /// Its height.
    pub(super) value: f64,
}

/// A published value.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Published {
    /// The month.
    pub(super) month: usize,
    /// The value.
    pub(super) value: f64,
    /// The bounds that its source gives, where it gives a range.
    pub(super) range: Option<(f64, f64)>,
    /// What it is called in a readout.
    pub(super) label: &'static str,
    /// Written to its right, where it stands off every line; empty elsewhere.
    pub(super) name: &'static str,
    /// Its colour.
    pub(super) role: Role,
}

/// Words over a stretch of months.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Note {
    /// The first month.
    pub(super) from: usize,
    /// The last month.
    pub(super) to: usize,
    /// The value that they stand above.
    pub(super) value: f64,
    /// The words.
    pub(super) label: String,
    /// Whether they begin at the first month where they find no room between the two,
    /// rather than end at the last.
    pub(super) start: bool,
    /// Their colour.
    pub(super) role: Role,
}

/// A gap between two values in a month.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct GapMark {
    /// The month.
    pub(super) month: usize,
    /// One end.
    pub(super) low: f64,
    /// The other end.
    pub(super) high: f64,
    /// What it says.
    pub(super) label: String,
}

/// A month that is marked from top to bottom.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Moment {
    /// What is due by then.
    pub(super) label: &'static str,
    /// The same where there is less room.
    pub(super) short: &'static str,
    /// Its colour.
    pub(super) role: Role,
    /// The month.
    pub(super) month: usize,
}

const SMALL: f64 = 12.0;

/// The strength of a fan where nine of ten worlds lie.
const FAN_OUTER: f64 = 0.11;

/// What the middle half of the worlds adds to it.
const FAN_INNER: f64 = 0.15;

/// The strength of a fan's edge.
const FAN_EDGE: f64 = 0.4;

/// A name at the right end of a line or an area.
#[derive(Clone, Copy)]
struct End<'a> {
    label: &'a str,
    role: Role,
    /// Where it belongs, on the vertical axis.
    value: Option<f64>,
    /// Whether it is that of a line, which it must not lie on.
    of_line: bool,
}

/// A chart at a size.
struct Layout<'a> {
    frame: Frame,
    /// The names at the right.
    ends: Vec<End<'a>>,
    /// Whether the names stand beside the plot or in it.
    beside: bool,
    /// Between labels of the vertical axis.
    step: f64,
}

struct Frame {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    from: f64,
    to: f64,
    low: f64,
    high: f64,
    log: bool,
}

impl Frame {
    fn x(&self, month: f64) -> f64 {
        self.left + (month - self.from) / (self.to - self.from) * (self.right - self.left)
    }

    fn y(&self, value: f64) -> f64 {
        let place = if self.log {
            libm::log(value.max(self.low) / self.low) / libm::log(self.high / self.low)
        } else {
            (value - self.low) / (self.high - self.low)
        };
        self.bottom - place.clamp(-0.02, 1.02) * (self.bottom - self.top)
    }
}

impl TimeChart {
    /// Leaves only the published points, on the axes as they are; returns how many.
    pub(super) fn keep_points(&mut self) -> usize {
        if !self.points.is_empty() {
            let points = core::mem::take(&mut self.points);
            let highest = points
                .iter()
                .map(|point| point.value)
                .fold(self.top, f64::max);
            self.top = highest;
            self.areas.clear();
            self.fans.clear();
            self.lines.clear();
            self.rules.clear();
            self.notes.clear();
            self.gap = None;
            self.moments.clear();
            self.under = None;
            self.points = points;
        }
        self.points.len()
    }

    /// Where everything stands at a size.
    fn layout(&self, look: Look) -> Layout<'_> {
        let (low, high, step) = self.extent();
        let ends = self.ends();
        let widest = ends
            .iter()
            .map(|end| bold_width(end.label, 13.0))
            .fold(0.0, f64::max);
        // Where names would take too much of the width they stand above the lines' ends.
        let beside = widest + 14.0 <= 0.36 * look.width;
        let longest = text_width(&self.label_text(high, step), SMALL)
            .max(text_width(&self.label_text(low, step), SMALL));
        let frame = Frame {
            left: longest.max(14.0) + 14.0,
            right: look.width - if beside { widest + 14.0 } else { 12.0 },
            top: 22.0,
            bottom: look.height - 26.0,
            from: self.from as f64,
            to: self.to as f64,
            low,
            high,
            log: self.log,
        };
        Layout {
            frame,
            ends,
            beside,
            step,
        }
    }

    /// The names at the right: of lines, and of areas that want theirs there.
    fn ends(&self) -> Vec<End<'_>> {
        let lines = self.lines.iter().map(|line| End {
            label: &line.label,
            role: line.role,
            value: line.values.iter().rev().flatten().next().copied(),
            of_line: true,
        });
        let areas = self.areas.iter().filter(|area| area.edge).map(|area| End {
            label: &area.label,
            role: area.role,
            value: area
                .lower
                .last()
                .zip(area.upper.last())
                .map(|(&lower, &upper)| f64::midpoint(lower, upper)),
            of_line: false,
        });
        lines
            .chain(areas)
            .filter(|end| !end.label.is_empty())
            .collect()
    }

    /// Draws the chart.
    pub(super) fn draw(&self, on: &Surface<'_>) -> Drawn {
        let Layout {
            frame,
            ends,
            beside,
            step,
        } = self.layout(on.look);
        self.axes(on, &frame, step)?;
        for area in &self.areas {
            self.area(on, &frame, area)?;
        }
        for level in &self.rules {
            let y = frame.y(level.value);
            on.dashes(&[(frame.left, y), (frame.right, y)], 1.2, level.role)?;
            on.text_over(
                (frame.left + 4.0, y - 9.0),
                &level.label,
                TextLook::new(SMALL, level.role),
            )?;
        }
        for fan in &self.fans {
            self.fan(on, &frame, fan)?;
        }
        if let Some(under) = &self.under {
            under.thinly(on, &frame, &self.under_name)?;
        }
        for moment in &self.moments {
            self.moment(on, &frame, moment)?;
        }
        for line in &self.lines {
            self.line(on, &frame, line)?;
        }
        for note in &self.notes {
            write_note(on, &frame, note)?;
        }
        if let Some(gap) = &self.gap {
            gap_mark(on, &frame, gap, self)?;
        }
        for point in &self.points {
            let x = frame.x(point.month as f64);
            if let Some((low, high)) = point.range {
                let (low, high) = (frame.y(low), frame.y(high));
                on.line(&[(x, low), (x, high)], 1.6, point.role)?;
                for y in [low, high] {
                    on.line(&[(x - 4.0, y), (x + 4.0, y)], 1.6, point.role)?;
                }
            }
            on.ring((x, frame.y(point.value)), 4.6, point.role)?;
            if !point.name.is_empty() {
                let at = (x + 10.0, frame.y(point.value));
                on.text(at, point.name, TextLook::new(SMALL, point.role))?;
            }
        }
        names(on, &frame, &ends, beside)
    }

    /// Draws lines and the upper edges of areas in the frame of another chart.
    fn thinly(&self, on: &Surface<'_>, frame: &Frame, name: &str) -> Drawn {
        let drawn = |values: &mut dyn Iterator<Item = Option<f64>>| -> Vec<Point> {
            values
                .enumerate()
                .filter_map(|(i, value)| {
                    value.map(|value| (frame.x((self.from + i) as f64), frame.y(value)))
                })
                .collect()
        };
        for area in self.areas.iter().filter(|area| !area.label.is_empty()) {
            let points = drawn(&mut area.upper.iter().copied().map(Some));
            on.line(&points, 1.0, area.role)?;
        }
        let mut named = false;
        for line in &self.lines {
            let points = drawn(&mut line.values.iter().copied());
            let (Some(&(_, end)), true) = (points.last(), points.len() > 1) else {
                continue;
            };
            if line.dashed {
                on.dashes(&points, 1.0, line.role)?;
            } else {
                on.line(&points, 1.0, line.role)?;
            }
            // One of them says whose they all are.
            if !named && !line.label.is_empty() {
                named = true;
                let look = TextLook::new(11.0, line.role).align(Align::End);
                let y = (end - 8.0).max(frame.top - 12.0);
                on.text_over((frame.right - 4.0, y), name, look)?;
            }
        }
        for level in &self.rules {
            let y = frame.y(level.value);
            on.dashes(&[(frame.left, y), (frame.right, y)], 0.8, level.role)?;
        }
        Ok(())
    }

    /// Lays it over the same chart of another scenario.
    pub(super) fn lay_over(&mut self, other: Self, name: &str) {
        self.under = Some(Box::new(other));
        name.clone_into(&mut self.under_name);
    }

    /// How many months can be read.
    pub(super) fn readings(&self) -> usize {
        self.to - self.from + 1
    }

    /// The lines and areas as they can be heard.
    pub(super) fn series(&self) -> Vec<Heard> {
        let lines = self.lines.iter().map(|line| Heard {
            label: line.label.clone(),
            values: line.values.clone(),
        });
        let areas = self.areas.iter().map(|area| Heard {
            label: area.label.clone(),
            values: area
                .upper
                .iter()
                .zip(&area.lower)
                .map(|(upper, lower)| Some(upper - lower))
                .collect(),
        });
        lines
            .chain(areas)
            .filter(|heard| !heard.label.is_empty())
            .collect()
    }

    /// What stands in a month.
    pub(super) fn reading(&self, index: usize) -> Option<Reading> {
        let month = Month::at(self.from + index).filter(|_| index < self.readings())?;
        let text = |value: f64| quantity(self.unit, value);
        let under = |label: &str| {
            let line = self.under.as_ref()?.line_named(label)?;
            line.get(index).copied().flatten()
        };
        let range = |label: &str| {
            let fan = self.fans.iter().find(|fan| fan.label == label)?;
            fan.range(index, text)
        };
        let with_range = |label: &str, value: f64| match range(label) {
            Some(range) => format!("{} ({range})", text(value)),
            None => text(value),
        };
        let named = self.lines.iter().filter(|line| !line.label.is_empty());
        let lines = named.filter_map(|line| {
            let value = line.values.get(index).copied().flatten()?;
            Some(Value {
                label: line.label.clone(),
                text: with_range(&line.label, value),
                other: under(&line.label).map(text),
                role: line.role,
            })
        });
        let areas = self.areas.iter().filter_map(|area| {
            let named = !area.label.is_empty();
            let size = area.upper.get(index)? - area.lower.get(index)?;
            let other = self.under.as_ref().and_then(|under| {
                let area = under.areas.iter().find(|other| other.label == area.label)?;
                Some(area.upper.get(index)? - area.lower.get(index)?)
            });
            named.then(|| Value {
                label: area.label.clone(),
                text: with_range(&area.label, size),
                other: other.map(text),
                role: area.role,
            })
        });
        // Where the thing itself has no value in the month its range still stands.
        let fans = self.fans.iter().filter_map(|fan| {
            let line = self.line_named(&fan.label);
            let told = line.and_then(|values| values.get(index).copied().flatten());
            let area = self.areas.iter().any(|area| area.label == fan.label);
            let range = fan.range(index, text)?;
            (told.is_none() && !area).then(|| Value {
                label: fan.label.clone(),
                text: range,
                other: None,
                role: fan.role,
            })
        });
        let points = self.points.iter().filter_map(|point| {
            let bounds = point.range.map_or_else(
                || text(point.value),
                |(low, high)| say!("{low} to {high}", low = text(low), high = text(high)),
            );
            (point.month == self.from + index).then(|| Value {
                label: if point.label.is_empty() {
                    t("published").into()
                } else {
                    say!("published, {what}", what = point.label)
                },
                text: bounds,
                other: None,
                role: point.role,
            })
        });
        Some(Reading {
            name: format::month(month),
            values: lines.chain(areas).chain(fans).chain(points).collect(),
        })
    }

    fn line_named(&self, label: &str) -> Option<&[Option<f64>]> {
        let line = self.lines.iter().find(|line| line.label == label)?;
        Some(&line.values)
    }

    /// Where a month stands, and the lines in it.
    pub(super) fn spot(&self, look: Look, index: usize) -> Spot {
        let frame = self.layout(look).frame;
        let x = frame.x((self.from + index) as f64);
        let dots = self.lines.iter().filter_map(|line| {
            let value = line.values.get(index).copied().flatten()?;
            Some(((x, frame.y(value)), line.role))
        });
        Spot {
            from: (x, frame.top),
            to: (x, frame.bottom),
            dots: dots.collect(),
        }
    }

    /// The month nearest to a point.
    pub(super) fn nearest(&self, look: Look, (x, _): Point) -> usize {
        let frame = self.layout(look).frame;
        let place = (x - frame.left) / (frame.right - frame.left);
        let last = self.to - self.from;
        (place.clamp(0.0, 1.0) * last as f64).round() as usize
    }

    /// The vertical axis: lowest and highest value, and the step of its labels.
    fn extent(&self) -> (f64, f64, f64) {
        let (low, high) = self.span();
        let (low, high) = self.under.as_ref().map_or((low, high), |under| {
            let other = under.span();
            (low.min(other.0), high.max(other.1))
        });
        let (least, most) = self.fan_span();
        if self.log {
            let low = if self.base > 0.0 { self.base } else { 5.0 };
            let top = high * 1.1;
            // What worlds reach beyond that moves the axis by whole marks alone.
            let top = if most > top { next_mark(most) } else { top };
            return (low, top, 10.0);
        }
        let (low, high) = (low.min(least), high.max(most));
        let step = nice_step((high - low) / 4.5);
        // To the next half step, so that little of the height stays empty.
        let half = step / 2.0;
        (
            (low / half).floor() * half,
            (high / half).ceil() * half,
            step,
        )
    }

    /// The lowest and the highest value of the fans; the wrong way round without any.
    fn fan_span(&self) -> (f64, f64) {
        let values = self
            .fans
            .iter()
            .flat_map(|fan| fan.quantiles[0].iter().chain(&fan.quantiles[4]));
        values
            .copied()
            .filter(|value| value.is_finite())
            .fold((f64::MAX, f64::MIN), |(low, high), value| {
                (low.min(value), high.max(value))
            })
    }

    /// The lowest and the highest thing drawn, but for fans.
    fn span(&self) -> (f64, f64) {
        let lines = self
            .lines
            .iter()
            .flat_map(|line| line.values.iter().flatten().copied());
        let areas = self
            .areas
            .iter()
            .flat_map(|area| area.upper.iter().chain(&area.lower).copied());
        let points = self.points.iter().flat_map(|point| {
            let (low, high) = point.range.unwrap_or((point.value, point.value));
            [point.value, low, high]
        });
        let rules = self.rules.iter().map(|level| level.value);
        lines
            .chain(areas)
            .chain(points)
            .chain(rules)
            .fold((self.base, self.top), |(low, high), value| {
                (low.min(value), high.max(value))
            })
    }

    /// A value of the vertical axis as text.
    fn label_text(&self, value: f64, step: f64) -> String {
        let [value, step] = [value, step].map(|value| counted(self.unit, value));
        let decimals = if step < 0.1 {
            2
        } else {
            usize::from(step < 1.0)
        };
        format::grouped(&format::number(value, decimals))
    }

    fn axes(&self, on: &Surface<'_>, frame: &Frame, step: f64) -> Drawn {
        let label = TextLook::new(SMALL, Role::Muted).align(Align::End);
        let levels: Vec<f64> = if self.log {
            [
                1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0,
            ]
            .into_iter()
            .filter(|&v| v >= frame.low && v <= frame.high)
            .collect()
        } else {
            let first = (frame.low / step - 1e-9).ceil() * step;
            let count = ((frame.high - first) / step + 1e-9).floor() as usize;
            (0..=count).map(|i| first + step * i as f64).collect()
        };
        for value in &levels {
            let y = frame.y(*value);
            on.line(&[(frame.left, y), (frame.right, y)], 1.0, Role::Rule)?;
            on.text((frame.left - 6.0, y), &self.label_text(*value, step), label)?;
        }
        let unit = above_axis(self.unit);
        on.text((4.0, 8.0), &unit, TextLook::new(SMALL, Role::Muted))?;
        if frame.low < 0.0 && frame.high > 0.0 {
            let zero = frame.y(0.0);
            on.line(&[(frame.left, zero), (frame.right, zero)], 1.2, Role::Muted)?;
        }
        self.years(on, frame)
    }

    /// A tick at each January, its year named where there is room.
    fn years(&self, on: &Surface<'_>, frame: &Frame) -> Drawn {
        let januaries: Vec<Month> = (self.from..=self.to)
            .filter_map(Month::at)
            .filter(|month| month.of_year() == 1)
            .collect();
        let apart = 12.0 * (frame.right - frame.left) / (frame.to - frame.from);
        let every = (42.0 / apart).ceil().max(1.0) as usize;
        for (i, month) in januaries.iter().enumerate() {
            let x = frame.x(month.index() as f64);
            on.line(
                &[(x, frame.bottom), (x, frame.bottom + 5.0)],
                1.0,
                Role::Muted,
            )?;
            if i % every == 0 && x + 16.0 < on.look.width {
                let text = TextLook::new(SMALL, Role::Muted).align(Align::Middle);
                on.text(
                    (x.max(16.0), frame.bottom + 14.0),
                    &month.year().to_string(),
                    text,
                )?;
            }
        }
        Ok(())
    }

    fn area(&self, on: &Surface<'_>, frame: &Frame, area: &Area) -> Drawn {
        let curve = |values: &[f64]| -> Vec<Point> {
            values
                .iter()
                .enumerate()
                .map(|(i, &value)| (frame.x((self.from + i) as f64), frame.y(value)))
                .collect()
        };
        let mut outline = curve(&area.upper);
        outline.extend(curve(&area.lower).into_iter().rev());
        on.fill(&outline, area.role, area.alpha)?;
        if area.label.is_empty() || area.edge {
            return Ok(());
        }
        // The name goes where the area leaves most room for all of it, if it does.
        let half = text_width(&area.label, SMALL) / 2.0;
        let per_month = (frame.right - frame.left) / (frame.to - frame.from);
        let reach = (half / per_month).ceil() as usize;
        let room = |i: usize| -> Option<(f64, f64)> {
            let x = frame.x((self.from + i) as f64);
            let inside = x - half > frame.left + 4.0 && x + half < frame.right - 4.0;
            let span = i.checked_sub(reach)?..=i + reach;
            let upper = area.upper.get(span.clone())?.iter();
            let lower = area.lower.get(span)?.iter();
            let top = upper.map(|&v| frame.y(v)).fold(f64::MIN, f64::max);
            let bottom = lower.map(|&v| frame.y(v)).fold(f64::MAX, f64::min);
            (inside && bottom - top > 18.0).then_some((bottom - top, f64::midpoint(top, bottom)))
        };
        let best = (0..area.upper.len())
            .filter_map(|i| Some((i, room(i)?)))
            .max_by(|(_, a), (_, b)| a.0.total_cmp(&b.0));
        if let Some((i, (_, y))) = best {
            let at = (frame.x((self.from + i) as f64), y);
            let look = TextLook::new(SMALL, Role::Ink).align(Align::Middle);
            on.text(at, &area.label, look)?;
        }
        Ok(())
    }

    /// A fan, in as many pieces as its months without a value leave.
    fn fan(&self, on: &Surface<'_>, frame: &Frame, fan: &Fan) -> Drawn {
        let months: Vec<(f64, Option<[f64; 5]>)> = (0..self.readings())
            .map(|i| {
                let places = fan.at(i).map(|values| values.map(|value| frame.y(value)));
                (frame.x((self.from + i) as f64), places)
            })
            .collect();
        let pieces = months.split(|(_, places)| places.is_none());
        for piece in pieces.filter(|piece| piece.len() > 1) {
            let curve = |quantile: usize| {
                piece
                    .iter()
                    .filter_map(move |&(x, places)| Some((x, places?[quantile])))
            };
            for (lower, upper, alpha) in [(0, 4, FAN_OUTER), (1, 3, FAN_INNER)] {
                let outline: Vec<Point> = curve(upper).chain(curve(lower).rev()).collect();
                on.fill(&outline, fan.role, alpha)?;
            }
            // Where two fans lie over each other, their edges tell them apart.
            for edge in [0, 4] {
                let points: Vec<Point> = curve(edge).collect();
                on.stroke(&points, 0.8, fan.role, FAN_EDGE)?;
            }
            let median: Vec<Point> = curve(2).collect();
            on.dots(&median, 1.4, fan.role)?;
        }
        Ok(())
    }

    /// Marks a month, its name at the foot or, where a line is in the way, at the head.
    fn moment(&self, on: &Surface<'_>, frame: &Frame, moment: &Moment) -> Drawn {
        let x = frame.x(moment.month as f64);
        on.dashes(&[(x, frame.top), (x, frame.bottom)], 1.2, moment.role)?;
        let room = (frame.right - x).max(x - frame.left) - 10.0;
        let label = if text_width(moment.label, SMALL) < room {
            moment.label
        } else {
            moment.short
        };
        let width = text_width(label, SMALL);
        let right = x + 7.0 + width < frame.right;
        let (from, to) = if right {
            (x, x + 7.0 + width)
        } else {
            (x - 7.0 - width, x)
        };
        let free = |y: f64| {
            self.lines.iter().all(|line| {
                line.values.iter().enumerate().all(|(i, value)| {
                    let at = frame.x((self.from + i) as f64);
                    at < from || at > to || value.is_none_or(|v| (frame.y(v) - y).abs() > 11.0)
                })
            })
        };
        let (foot, head) = (frame.bottom - 10.0, frame.top + 10.0);
        let y = if free(foot) { foot } else { head };
        let look = TextLook::new(SMALL, moment.role);
        if right {
            on.text((x + 7.0, y), label, look)
        } else {
            on.text((x - 7.0, y), label, look.align(Align::End))
        }
    }

    fn line(&self, on: &Surface<'_>, frame: &Frame, line: &Line) -> Drawn {
        let points: Vec<Point> = line
            .values
            .iter()
            .enumerate()
            .filter_map(|(i, value)| {
                value.map(|value| (frame.x((self.from + i) as f64), frame.y(value)))
            })
            .collect();
        if points.len() < 2 {
            return Ok(());
        }
        if line.dashed {
            on.dashes(&points, 2.0, line.role)
        } else {
            on.line(&points, 2.4, line.role)
        }
    }
}

/// Names lines and areas at their right ends, moved apart where they would touch.
fn names(on: &Surface<'_>, frame: &Frame, ends: &[End<'_>], beside: bool) -> Drawn {
    let place = |end: &End<'_>| {
        let y = end.value.map_or(frame.bottom, |value| frame.y(value));
        // In the plot a name stands above its line.
        if beside || !end.of_line { y } else { y - 12.0 }
    };
    let mut places: Vec<(f64, End<'_>)> = ends.iter().map(|end| (place(end), *end)).collect();
    places.sort_by(|a, b| a.0.total_cmp(&b.0));
    if beside {
        spread(&mut places, 17.0, frame.top - 4.0, frame.bottom);
    } else {
        spread(&mut places, 16.0, frame.top - 8.0, frame.bottom - 8.0);
    }
    for (y, end) in places {
        let look = TextLook::new(13.0, end.role).bold();
        if beside {
            on.text((frame.right + 8.0, y), end.label, look)?;
        } else {
            on.text((frame.right - 2.0, y), end.label, look.align(Align::End))?;
        }
    }
    Ok(())
}

/// Words in the middle of their months, or at an end of them where these are too few;
/// always inside the frame.
fn write_note(on: &Surface<'_>, frame: &Frame, note: &Note) -> Drawn {
    let (from, to) = (frame.x(note.from as f64), frame.x(note.to as f64));
    let half = text_width(&note.label, SMALL) / 2.0;
    let middle = if to - from > 2.0 * half {
        f64::midpoint(from, to)
    } else if note.start {
        from + half
    } else {
        to - half
    };
    let middle = middle.min(frame.right - half).max(frame.left + half);
    let look = TextLook::new(SMALL, note.role).align(Align::Middle);
    on.text((middle, frame.y(note.value) - 10.0), &note.label, look)
}

fn gap_mark(on: &Surface<'_>, frame: &Frame, gap: &GapMark, chart: &TimeChart) -> Drawn {
    let (x, high, low) = (
        frame.x(gap.month as f64),
        frame.y(gap.high),
        frame.y(gap.low),
    );
    on.line(&[(x, high), (x, low)], 2.0, Role::Gap)?;
    for y in [high, low] {
        on.line(&[(x - 5.0, y), (x + 5.0, y)], 2.0, Role::Gap)?;
    }
    let width = bold_width(&gap.label, 13.0);
    let look = TextLook::new(13.0, Role::Gap).bold();
    // Clear of rules, of their names, and of the lines that pass beside the mark.
    let beside = |right: bool| {
        if right {
            (x + 9.0, x + 9.0 + width)
        } else {
            (x - 9.0 - width, x - 9.0)
        }
    };
    let clear = |y: f64, right: bool| {
        let (from, to) = beside(right);
        let rule = |level: &Level| y - frame.y(level.value);
        let off_rules = chart.rules.iter().all(|level| {
            let named = from < frame.left + 8.0 + text_width(&level.label, SMALL);
            rule(level).abs() > 12.0 && !(named && (rule(level) + 9.0).abs() <= 16.0)
        });
        let off_lines = chart.lines.iter().all(|line| {
            line.values.iter().enumerate().all(|(i, value)| {
                let at = frame.x((chart.from + i) as f64);
                let inside = at >= from - 3.0 && at <= to + 3.0;
                !inside || value.is_none_or(|value| (frame.y(value) - y).abs() > 11.0)
            })
        });
        from > frame.left && to < frame.right && off_rules && off_lines
    };
    let heights = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8].map(|part| high + (low - high) * part);
    let places = [true, false]
        .into_iter()
        .flat_map(|right| heights.map(|y| (y, right)));
    let fallback = (heights[0], x + width + 14.0 < frame.right);
    let (y, right) = places
        .into_iter()
        .find(|&(y, right)| clear(y, right))
        .unwrap_or(fallback);
    if right {
        on.text_over((x + 9.0, y), &gap.label, look)
    } else {
        on.text_over((x - 9.0, y), &gap.label, look.align(Align::End))
    }
}

/// Two amounts in one unit as a span: 5.2 to 9.9 rather than 5.2 GW to 9.9 GW.
fn span_text(low: &str, high: &str) -> String {
    let number = |text: &str| {
        text.rfind(|c: char| c.is_ascii_digit())
            .map(|last| last + 1)
    };
    match (number(low), number(high)) {
        (Some(first), Some(second)) if low[first..] == high[second..] => {
            let (low, high) = (&low[..first], &high[..second]);
            say!("{low} to {high}", low, high)
        }
        _ => say!("{low} to {high}", low, high),
    }
}

/// The first of 1, 1.5, 2, 3, 5, 7 times a power of ten at or above a value.
fn next_mark(value: f64) -> f64 {
    let power = libm::pow(10.0, libm::floor(libm::log10(value.max(1e-6))));
    let marks = [1.0, 1.5, 2.0, 3.0, 5.0, 7.0].map(|mark| mark * power);
    let found = marks.into_iter().find(|&mark| mark >= value * 0.999);
    found.unwrap_or(10.0 * power)
}

/// Moves sorted places apart to at least `least`, keeping them between the ends.
pub(super) fn spread<T>(places: &mut [(f64, T)], least: f64, top: f64, bottom: f64) {
    let mut floor = top;
    for place in places.iter_mut() {
        place.0 = place.0.max(floor);
        floor = place.0 + least;
    }
    let mut ceiling = bottom;
    for place in places.iter_mut().rev() {
        place.0 = place.0.min(ceiling);
        ceiling = place.0 - least;
    }
}

/// The nearest round step at or above a length: 1, 2 or 5 times a power of ten.
pub(super) fn nice_step(length: f64) -> f64 {
    let length = length.max(1e-6);
    let power = libm::pow(10.0, libm::floor(libm::log10(length)));
    let steps = [1.0, 2.0, 5.0, 10.0].map(|step| step * power);
    steps
        .into_iter()
        .find(|&step| step >= length * 0.999)
        .unwrap_or(10.0 * power)
}
