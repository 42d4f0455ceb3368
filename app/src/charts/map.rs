//! A map of two beliefs: lines along which a figure is the same, and where both stand.

use compute_loop_core::levers::Lever;
use compute_loop_core::month::{FIRST_YEAR, LAST_YEAR, Month};
use compute_loop_core::outcome::Output;
use compute_loop_core::unit::Unit;
use compute_loop_core::words::t;
use compute_loop_core::{format, say};

use super::reading::{Reading, Spot, Value};
use super::surface::{Align, Drawn, Look, Point, Surface, TextLook, bold_width, text_width};
use super::time::nice_step;
use crate::palette::Role;

/// A figure over two beliefs.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct MapChart {
    /// The figure.
    pub(super) output: Output,
    /// The belief along the bottom.
    pub(super) across: Side,
    /// The belief up the side.
    pub(super) up: Side,
    /// The lines of round values.
    pub(super) lines: Vec<Isoline>,
    /// The line of the target; empty where the figure does not reach it here.
    pub(super) target: Isoline,
    /// Where both beliefs stand, in their units.
    pub(super) now: (f64, f64),
    /// The figure there, as it reads.
    pub(super) gives: String,
    /// The figure at the values of both sides that can be read, the lowest row first.
    pub(super) values: Vec<f64>,
    /// The same of another scenario, laid thinly under this one.
    pub(super) under: Option<Box<MapChart>>,
}

/// A side of a map.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Side {
    /// The belief.
    pub(super) lever: Lever,
    /// Its name where there is little room.
    pub(super) short: &'static str,
    /// The values that can be read, from the least to the greatest.
    pub(super) values: Vec<f64>,
}

/// A line along which a figure is the same. It may be in pieces.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Isoline {
    /// What stands on it.
    pub(super) label: String,
    /// Its pieces, in the units of both beliefs.
    pub(super) ways: Vec<Vec<(f64, f64)>>,
}

const SMALL: f64 = 12.0;

/// Where labels stand already: left, right and middle height of each.
type Taken = Vec<(f64, f64, f64)>;

struct Frame {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

impl Side {
    /// Where a value stands, from 0 to 1.
    fn place(&self, value: f64) -> f64 {
        let spec = self.lever.spec();
        ((value - spec.min) / (spec.max - spec.min)).clamp(0.0, 1.0)
    }

    fn value(&self, place: f64) -> f64 {
        let spec = self.lever.spec();
        spec.min + place.clamp(0.0, 1.0) * (spec.max - spec.min)
    }

    /// Its name with its unit, at most so wide.
    fn name(&self, room: f64) -> String {
        let unit = format::unit_name(self.lever.spec().unit);
        let with = |name: &str| {
            if unit.is_empty() {
                name.to_owned()
            } else {
                say!("{name}, {unit}", name, unit)
            }
        };
        [with(t(self.lever.spec().label)), with(self.short)]
            .into_iter()
            .find(|name| text_width(name, SMALL) <= room)
            .unwrap_or_else(|| self.short.to_owned())
    }

    /// Round values along it, and how each reads.
    fn ticks(&self, count: f64) -> Vec<(f64, String)> {
        let spec = self.lever.spec();
        if spec.unit == Unit::Month {
            return (FIRST_YEAR..=LAST_YEAR)
                .map(|year| (Month::new(year, 1).index() as f64, year.to_string()))
                .filter(|(at, _)| (spec.min..=spec.max).contains(at))
                .collect();
        }
        let step = nice_step((spec.max - spec.min) / count);
        let decimals = if step >= 1.0 {
            0
        } else if step >= 0.1 {
            1
        } else {
            2
        };
        let first = (spec.min / step - 1e-9).ceil();
        let last = (spec.max / step + 1e-9).floor();
        (0..=(last - first).max(0.0) as u32)
            .map(|i| (first + f64::from(i)) * step)
            .map(|value| (value, format::number(value, decimals)))
            .collect()
    }
}

/// Keeps a place for a label, unless another one is in the way.
fn keep(taken: &mut Taken, (left, right, middle): (f64, f64, f64)) -> bool {
    let free = taken
        .iter()
        .all(|&(from, to, at)| right + 5.0 < from || left - 5.0 > to || (at - middle).abs() > 16.0);
    if free {
        taken.push((left, right, middle));
    }
    free
}

impl MapChart {
    /// The height that suits a width.
    pub(super) fn height(width: f64) -> f64 {
        (width * 0.55 + 70.0).clamp(290.0, 480.0)
    }

    fn frame(&self, look: Look) -> Frame {
        let labels = self.up.ticks(5.0);
        let widest = labels.iter().map(|(_, text)| text_width(text, SMALL));
        Frame {
            left: widest.fold(16.0, f64::max) + 14.0,
            right: look.width - 16.0,
            top: 26.0,
            bottom: look.height - 46.0,
        }
    }

    fn point(&self, frame: &Frame, (x, y): (f64, f64)) -> Point {
        (
            frame.left + self.across.place(x) * (frame.right - frame.left),
            frame.bottom - self.up.place(y) * (frame.bottom - frame.top),
        )
    }

    /// Where the beliefs stand, in CSS pixels.
    pub(super) fn grip(&self, look: Look) -> Point {
        self.point(&self.frame(look), self.now)
    }

    /// The beliefs and their values at a point; beyond the map the nearest ones.
    pub(super) fn beliefs(&self, look: Look, (x, y): Point) -> [(Lever, f64); 2] {
        let frame = self.frame(look);
        let across = (x - frame.left) / (frame.right - frame.left);
        let up = (frame.bottom - y) / (frame.bottom - frame.top);
        [
            (self.across.lever, self.across.value(across)),
            (self.up.lever, self.up.value(up)),
        ]
    }

    /// Draws the map.
    pub(super) fn draw(&self, on: &Surface<'_>) -> Drawn {
        let frame = self.frame(on.look);
        self.axes(on, &frame)?;
        let points = |way: &[(f64, f64)]| -> Vec<Point> {
            way.iter().map(|&at| self.point(&frame, at)).collect()
        };
        for line in &self.lines {
            for way in &line.ways {
                on.line(&points(way), 1.0, Role::Muted)?;
            }
        }
        if let Some(under) = &self.under {
            for way in &under.target.ways {
                on.dashes(&points(way), 1.3, Role::Ink)?;
            }
        }
        for way in &self.target.ways {
            on.line(&points(way), 2.8, Role::Ink)?;
        }
        self.published(on, &frame)?;
        if let Some(under) = &self.under {
            on.ring(self.point(&frame, under.now), 5.0, Role::Muted)?;
        }
        let mut taken = Taken::new();
        self.stand(on, &frame, &mut taken)?;
        let strong = TextLook::new(13.0, Role::Ink).bold();
        self.label(on, &frame, &self.target, strong, &mut taken)?;
        let plain = TextLook::new(SMALL, Role::Muted);
        for line in &self.lines {
            self.label(on, &frame, line, plain, &mut taken)?;
        }
        Ok(())
    }

    fn axes(&self, on: &Surface<'_>, frame: &Frame) -> Drawn {
        let label = TextLook::new(SMALL, Role::Muted);
        let (left, right, top, bottom) = (frame.left, frame.right, frame.top, frame.bottom);
        let rim = [
            (left, top),
            (right, top),
            (right, bottom),
            (left, bottom),
            (left, top),
        ];
        on.line(&rim, 1.0, Role::Rule)?;
        let mut free_from = 0.0;
        let count = if right - left > 420.0 { 7.0 } else { 4.0 };
        for (value, text) in self.across.ticks(count) {
            let (x, _) = self.point(frame, (value, 0.0));
            let half = text_width(&text, SMALL) / 2.0;
            if x - half < free_from || x + half > on.look.width {
                continue;
            }
            free_from = x + half + 8.0;
            on.line(&[(x, bottom), (x, bottom + 5.0)], 1.0, Role::Muted)?;
            on.text((x, bottom + 15.0), &text, label.align(Align::Middle))?;
        }
        let mut free_to = on.look.height;
        for (value, text) in self.up.ticks(5.0) {
            let (_, y) = self.point(frame, (0.0, value));
            if y + 8.0 > free_to {
                continue;
            }
            free_to = y - 8.0;
            on.line(&[(left - 5.0, y), (left, y)], 1.0, Role::Muted)?;
            on.text((left - 9.0, y), &text, label.align(Align::End))?;
        }
        let room = on.look.width - 10.0;
        on.text((4.0, 8.0), &self.up.name(room), label)?;
        let name = self.across.name(room);
        let at = (on.look.width - 6.0, on.look.height - 9.0);
        on.text(at, &name, label.align(Align::End))
    }

    /// Published values of both beliefs, on the rim.
    fn published(&self, on: &Surface<'_>, frame: &Frame) -> Drawn {
        let ticks = |side: &Side| {
            let lever = side.lever;
            let values = lever.spec().ticks.iter();
            values.map(move |tick| lever.admit(tick.value))
        };
        for value in ticks(&self.across) {
            let (x, _) = self.point(frame, (value, 0.0));
            on.ring((x, frame.bottom), 3.6, Role::Muted)?;
        }
        for value in ticks(&self.up) {
            let (_, y) = self.point(frame, (0.0, value));
            on.ring((frame.left, y), 3.6, Role::Muted)?;
        }
        Ok(())
    }

    /// Where the beliefs stand, and what the figure is there.
    fn stand(&self, on: &Surface<'_>, frame: &Frame, taken: &mut Taken) -> Drawn {
        let (x, y) = self.point(frame, self.now);
        on.dot((x, y), 7.0, Role::Gap)?;
        let text = say!("now {value}", value = self.gives);
        let width = bold_width(&text, 13.0);
        let from = if x + 12.0 + width < on.look.width - 2.0 {
            x + 12.0
        } else {
            x - 12.0 - width
        };
        let at = (y - 14.0).max(frame.top + 9.0);
        taken.push((from, from + width, at));
        taken.push((x - 9.0, x + 9.0, y));
        on.text_over((from, at), &text, TextLook::new(13.0, Role::Gap).bold())
    }

    /// Names a line where there is room on it: near its middle, or elsewhere.
    fn label(
        &self,
        on: &Surface<'_>,
        frame: &Frame,
        line: &Isoline,
        look: TextLook,
        taken: &mut Taken,
    ) -> Drawn {
        let width = if look.bold {
            bold_width(&line.label, look.size)
        } else {
            text_width(&line.label, look.size)
        };
        let longest = line.ways.iter().max_by_key(|way| way.len());
        let Some(way) = longest.filter(|way| way.len() > 3 || look.bold) else {
            return Ok(());
        };
        let parts = [0.5, 0.35, 0.65, 0.2, 0.8, 0.1, 0.9];
        let on_line = parts.map(|part| (part, 0.0));
        // What is asked for is named beside its line where there is no room on it.
        let beside = [(0.5, -15.0), (0.5, 15.0), (0.5, -30.0), (0.5, 30.0)];
        let beside = beside.into_iter().filter(|_| look.bold);
        for (part, down) in on_line.into_iter().chain(beside) {
            let place = (part * (way.len() - 1) as f64).round() as usize;
            let (mut x, y) = self.point(frame, way[place]);
            if down != 0.0 {
                let half = width / 2.0;
                x = x.clamp(frame.left + 6.0 + half, frame.right - 4.0 - half);
            }
            let (from, to, y) = (x - width / 2.0, x + width / 2.0, y + down);
            let inside = from > frame.left + 5.0
                && to < frame.right - 3.0
                && y > frame.top + 9.0
                && y < frame.bottom - 11.0;
            if inside && keep(taken, (from, to, y)) {
                return on.text_over((x, y), &line.label, look.align(Align::Middle));
            }
        }
        Ok(())
    }

    /// How many crossings can be read.
    pub(super) fn readings(&self) -> usize {
        self.values.len()
    }

    fn crossing(&self, index: usize) -> Option<(f64, f64)> {
        let columns = self.across.values.len().max(1);
        let x = self.across.values.get(index % columns)?;
        Some((*x, *self.up.values.get(index / columns)?))
    }

    /// What stands at a crossing.
    pub(super) fn reading(&self, index: usize) -> Option<Reading> {
        let (x, y) = self.crossing(index)?;
        let unit = self.output.spec().unit;
        let says = |chart: &Self| Some(format::value(unit, *chart.values.get(index)?));
        let said = |side: &Side, value: f64| {
            say!(
                "{belief} {value}",
                belief = side.short,
                value = format::lever(side.lever, value)
            )
        };
        Some(Reading {
            name: say!(
                "{across}; {up}",
                across = said(&self.across, x),
                up = said(&self.up, y)
            ),
            values: vec![Value {
                label: t(self.output.spec().label).into(),
                text: says(self)?,
                other: self.under.as_deref().and_then(says),
                role: Role::Ink,
            }],
        })
    }

    /// Where a crossing stands.
    pub(super) fn spot(&self, look: Look, index: usize) -> Spot {
        let frame = self.frame(look);
        let (x, y) = self.point(&frame, self.crossing(index).unwrap_or(self.now));
        Spot {
            from: (x - 5.0, y - 5.0),
            to: (x + 5.0, y + 5.0),
            dots: vec![],
        }
    }

    /// The crossing nearest to a point.
    pub(super) fn nearest(&self, look: Look, (x, y): Point) -> usize {
        let frame = self.frame(look);
        let away = |index: &usize| {
            let at = self.crossing(*index).unwrap_or(self.now);
            let (column, row) = self.point(&frame, at);
            libm::hypot(column - x, row - y)
        };
        (0..self.values.len())
            .min_by(|a, b| away(a).total_cmp(&away(b)))
            .unwrap_or(0)
    }
}
