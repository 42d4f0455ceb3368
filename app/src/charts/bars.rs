//! Horizontal bars and dots: one row a thing, named on the left.

use compute_loop_core::words::t;
use compute_loop_core::{format, say};

use super::reading::{Reading, Spot, Value, quantity};
use super::surface::{Align, Drawn, Look, Point, Surface, TextLook, bold_width, text_width};
use crate::palette::Role;

/// Rows of bars or marks on one horizontal scale.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct RowChart {
    /// Left end of the scale.
    pub(super) low: f64,
    /// Right end of the scale.
    pub(super) high: f64,
    /// Whether the scale is logarithmic; `low` is above 0 then.
    pub(super) log: bool,
    /// Values named along the bottom, with their text.
    pub(super) ticks: Vec<(f64, String)>,
    /// A value marked through all rows, with its name.
    pub(super) mark: Option<(f64, String)>,
    /// The rows.
    pub(super) rows: Vec<Row>,
    /// The unit in which the length of a named bar is read out; none where the name of
    /// a bar says its value.
    pub(super) unit: Option<&'static str>,
    /// A column of shares beside the bars, where there is one.
    pub(super) shares: Option<Shares>,
    /// The same chart of another scenario, laid thinly under this one.
    pub(super) under: Option<Box<RowChart>>,
}

/// One row.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Row {
    /// Its name.
    pub(super) label: String,
    /// Bars, from one value to another.
    pub(super) bars: Vec<Bar>,
    /// Marks on the scale.
    pub(super) marks: Vec<Mark>,
    /// What stands after the last mark.
    pub(super) note: String,
}

/// Shares of a whole, row by row.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Shares {
    /// What the column is called.
    pub(super) name: &'static str,
    /// One a row; none where it is not known.
    pub(super) rows: Vec<Option<Share>>,
}

/// A share of a whole, and a part of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Share {
    /// The part, drawn dark.
    part: f64,
    /// The share, drawn pale.
    whole: f64,
    /// What is written beside it.
    text: String,
    /// What a readout says of it.
    says: String,
    /// Whether it belongs to what is drawn beside it, and not to what was before.
    current: bool,
}

impl Share {
    /// A share and its part; estimates may lie a little outside of what shares can be.
    pub(super) fn of(part: f64, whole: f64, current: bool) -> Self {
        let [part, whole] = [part, whole].map(|share| share.clamp(0.0, 1.0));
        let percent = |share: f64| format!("{}\u{202f}%", format::number(100.0 * share, 0));
        let says = if part.to_bits() == whole.to_bits() {
            percent(whole)
        } else {
            say!(
                "{share}, alone {alone}",
                share = percent(whole),
                alone = percent(part.min(whole))
            )
        };
        Self {
            part: part.min(whole),
            whole,
            text: percent(whole),
            says,
            current,
        }
    }

    /// Words where there is no share.
    pub(super) fn words(text: &str) -> Self {
        Self {
            text: text.into(),
            says: text.into(),
            ..Self::default()
        }
    }
}

/// A bar.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Bar {
    /// Where it begins.
    pub(super) from: f64,
    /// Where it ends.
    pub(super) to: f64,
    /// Its colour.
    pub(super) role: Role,
    /// Its strength.
    pub(super) alpha: f64,
    /// Whether it is an outline: what is offered or possible, not there.
    pub(super) hollow: bool,
    /// Written into it where there is room.
    pub(super) label: String,
    /// What a readout says of it beside its label.
    pub(super) says: String,
    /// Whether the label stands beyond its end where there is no room inside.
    pub(super) outside: bool,
}

/// A mark on a row.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Mark {
    /// Where it stands.
    pub(super) value: f64,
    /// Its colour.
    pub(super) role: Role,
    /// Whether it is a ring, for a published value, or a dot, for the model's.
    pub(super) published: bool,
    /// Written above it where there is room.
    pub(super) label: String,
}

/// Height of a row whose name stands beside it.
const ROW: f64 = 46.0;
/// Height of a row whose name stands above it.
const TALL_ROW: f64 = 66.0;
const FOOT: f64 = 30.0;
/// Width of the column of shares: a bar for the whole, and its text.
const SHARES: f64 = 128.0;
/// How long a share of all is drawn.
const WHOLE: f64 = 72.0;

/// Where the rows stand at a size.
struct Layout {
    /// Whether names stand beside their bars or above them.
    beside: bool,
    left: f64,
    right: f64,
    top: f64,
    /// Height of a row.
    step: f64,
}

impl RowChart {
    /// The height it needs at a width, in CSS pixels.
    pub(super) fn height(&self, width: f64) -> f64 {
        let (_, row) = self.names(width);
        row * self.rows.len() as f64 + FOOT + if self.mark.is_some() { 18.0 } else { 4.0 }
    }

    /// How wide the names are where they stand beside their bars, and the height of a
    /// row. Where names would take too much of the width they stand above.
    fn names(&self, width: f64) -> (Option<f64>, f64) {
        let names = self.rows.iter().map(|row| text_width(&row.label, 13.0));
        let widest = names.fold(0.0, f64::max);
        if widest + 24.0 < 0.36 * width {
            (Some(widest), ROW)
        } else {
            (None, TALL_ROW)
        }
    }

    /// The ends of the scale, wide enough for a scenario laid under it.
    fn scale(&self) -> (f64, f64) {
        let Some(under) = &self.under else {
            return (self.low, self.high);
        };
        let ends = under.rows.iter().flat_map(|row| {
            let marks = row.marks.iter().map(|mark| mark.value);
            marks.chain(row.bars.iter().map(|bar| bar.to))
        });
        let high = ends.fold(self.high.max(under.high), f64::max);
        (self.low.min(under.low), high)
    }

    fn place(&self, value: f64) -> f64 {
        let (low, high) = self.scale();
        let place = if self.log {
            libm::log(value.max(low) / low) / libm::log(high / low)
        } else {
            (value - low) / (high - low)
        };
        place.clamp(0.0, 1.0)
    }

    /// Where everything stands at a size.
    fn layout(&self, look: Look) -> Layout {
        let (widest, step) = self.names(look.width);
        Layout {
            beside: widest.is_some(),
            left: widest.map_or(10.0, |widest| widest + 14.0),
            // Where names stand above their bars, shares stand beside the names.
            right: look.width
                - match (widest, &self.shares) {
                    (Some(_), Some(_)) => SHARES + 20.0,
                    _ => 12.0,
                },
            top: if self.mark.is_some() { 18.0 } else { 4.0 },
            step,
        }
    }

    /// The row with a name.
    fn row_named(&self, label: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.label == label)
    }

    /// The share of a row.
    fn share(&self, index: usize) -> Option<&Share> {
        self.shares.as_ref()?.rows.get(index)?.as_ref()
    }

    /// How many rows can be read.
    pub(super) fn readings(&self) -> usize {
        self.rows.len()
    }

    /// What stands in a row.
    pub(super) fn reading(&self, index: usize) -> Option<Reading> {
        let row = self.rows.get(index)?;
        let mut values = self.values(row);
        let share = self.share(index).zip(self.shares.as_ref());
        let share = share.map(|(share, shares)| Value {
            label: shares.name.into(),
            text: share.says.clone(),
            other: None,
            role: Role::Ink,
        });
        if let Some(under) = &self.under {
            let others = under
                .row_named(&row.label)
                .map_or_else(Vec::new, |row| under.values(row));
            // Where a row has more marks in one scenario nothing can be set side by side.
            if others.len() == values.len() {
                for (value, other) in values.iter_mut().zip(others) {
                    value.other = Some(other.text).filter(|_| value.label == other.label);
                }
            }
        }
        // Shares belong to this scenario alone.
        values.extend(share);
        Some(Reading {
            name: row.label.clone(),
            values,
        })
    }

    fn values(&self, row: &Row) -> Vec<Value> {
        let said = |label: &str, text: String, role: Role| Value {
            label: label.into(),
            text,
            other: None,
            role,
        };
        let bars = row.bars.iter().filter(|bar| !bar.label.is_empty());
        let bars = bars.map(|bar| match self.unit {
            Some(unit) => said(
                &bar.label,
                quantity(unit, (bar.to - bar.from).abs()),
                bar.role,
            ),
            None if bar.says.is_empty() => said("", bar.label.clone(), bar.role),
            None => said(&bar.label, bar.says.clone(), bar.role),
        });
        let marks = row.marks.iter().filter(|mark| !mark.label.is_empty());
        let marks = marks.map(|mark| {
            let label = if mark.published { t("published") } else { "" };
            said(label, mark.label.clone(), mark.role)
        });
        let note = (!row.note.is_empty()).then(|| said("", row.note.clone(), Role::Ink));
        bars.chain(marks).chain(note).collect()
    }

    /// Where a row stands.
    pub(super) fn spot(&self, look: Look, index: usize) -> Spot {
        let layout = self.layout(look);
        let top = layout.top + layout.step * index as f64;
        Spot {
            from: (0.0, top + 1.0),
            to: (look.width, top + layout.step - 1.0),
            dots: vec![],
        }
    }

    /// The row nearest to a point.
    pub(super) fn nearest(&self, look: Look, (_, y): Point) -> usize {
        let layout = self.layout(look);
        let place = ((y - layout.top) / layout.step).floor().max(0.0) as usize;
        place.min(self.rows.len().saturating_sub(1))
    }

    /// Draws the rows.
    pub(super) fn draw(&self, on: &Surface<'_>) -> Drawn {
        let Layout {
            beside,
            left,
            right,
            top,
            step,
        } = self.layout(on.look);
        let x = |value: f64| left + self.place(value) * (right - left);
        let bottom = top + step * self.rows.len() as f64;

        let mut free_from = 0.0;
        for (value, text) in &self.ticks {
            on.line(&[(x(*value), top), (x(*value), bottom)], 1.0, Role::Rule)?;
            let half = text_width(text, 12.0) / 2.0;
            let at = x(*value).clamp(half + 1.0, on.look.width - half - 1.0);
            if at - half >= free_from {
                free_from = at + half + 5.0;
                let look = TextLook::new(12.0, Role::Muted).align(Align::Middle);
                on.text((at, bottom + 14.0), text, look)?;
            }
        }
        if let Some((value, text)) = &self.mark {
            on.dashes(
                &[(x(*value), top - 4.0), (x(*value), bottom)],
                1.3,
                Role::Muted,
            )?;
            let half = text_width(text, 12.0) / 2.0;
            // The name of the column of shares stands on the same line.
            let shares = self.shares.as_ref().filter(|_| beside);
            let taken = shares.map_or(0.0, |shares| text_width(shares.name, 12.0) + 9.0);
            let at = x(*value).clamp(half + 1.0, on.look.width - taken - half - 1.0);
            on.text(
                (at, 7.0),
                text,
                TextLook::new(12.0, Role::Muted).align(Align::Middle),
            )?;
        }
        if let Some(Shares { name, .. }) = self.shares.as_ref().filter(|_| beside) {
            let look = TextLook::new(12.0, Role::Muted).align(Align::End);
            on.text((on.look.width - 2.0, 7.0), name, look)?;
        }
        for (i, row) in self.rows.iter().enumerate() {
            let middle = top + step * (i as f64 + 0.5) + if beside { 0.0 } else { 8.0 };
            let name = TextLook::new(13.0, Role::Ink);
            if beside {
                on.text((left - 10.0, middle), &row.label, name.align(Align::End))?;
            } else {
                on.text_over((left, middle - 31.0), &row.label, name)?;
            }
            draw_row(on, row, middle, &x, (left, right))?;
            if let Some(share) = self.share(i) {
                draw_share(on, share, if beside { middle } else { middle - 31.0 })?;
            }
            let under = self.under.as_ref();
            if let Some(other) = under.and_then(|under| under.row_named(&row.label)) {
                thinly(on, other, middle, &x)?;
            }
        }
        Ok(())
    }
}

/// A share at the right edge: its bar, and the text after it.
fn draw_share(on: &Surface<'_>, share: &Share, middle: f64) -> Drawn {
    let from = on.look.width - SHARES + 10.0;
    let (top, bottom) = (middle - 5.0, middle + 5.0);
    // What is left of another state is drawn, but faintly.
    let (pale, dark) = if share.current {
        (0.3, 0.8)
    } else {
        (0.15, 0.3)
    };
    let [part, whole] = [share.part, share.whole].map(|share| from + WHOLE * share);
    if share.whole > 0.0 {
        on.block((part, top), (whole, bottom), Role::Ink, pale)?;
        on.block((from, top), (part, bottom), Role::Ink, dark)?;
    }
    let role = if share.current {
        Role::Ink
    } else {
        Role::Muted
    };
    let look = TextLook::new(12.0, role).align(Align::End);
    on.text((on.look.width - 2.0, middle), &share.text, look)
}

/// The bars and the dots of the same row in another scenario: strips above the bars.
fn thinly(on: &Surface<'_>, row: &Row, middle: f64, x: &impl Fn(f64) -> f64) -> Drawn {
    let (top, bottom) = (middle - 13.5, middle - 10.5);
    for bar in &row.bars {
        on.block((x(bar.from), top), (x(bar.to), bottom), bar.role, 0.8)?;
    }
    for mark in row.marks.iter().filter(|mark| !mark.published) {
        let at = x(mark.value);
        on.line(&[(at, top - 2.0), (at, middle)], 1.2, mark.role)?;
    }
    Ok(())
}

fn draw_row(
    on: &Surface<'_>,
    row: &Row,
    middle: f64,
    x: &impl Fn(f64) -> f64,
    (left, right): (f64, f64),
) -> Drawn {
    let mut end: f64 = left;
    for bar in &row.bars {
        let (from, to) = (x(bar.from).min(x(bar.to)), x(bar.from).max(x(bar.to)));
        let (top, bottom) = (middle - 9.0, middle + 9.0);
        if !bar.hollow {
            on.block((from, top), (to, bottom), bar.role, bar.alpha)?;
        } else if to - from > 1.0 {
            let (top, bottom) = (top + 0.6, bottom - 0.6);
            let corners = [
                (from, top),
                (to, top),
                (to, bottom),
                (from, bottom),
                (from, top),
            ];
            on.line(&corners, 1.2, bar.role)?;
        }
        // A mark at the end takes room from a name that reaches it.
        let ends = |mark: &Mark| (x(mark.value) - to).abs() < 6.0;
        let tight = to - from - text_width(&bar.label, 12.0) < 20.0;
        let room = if tight && row.marks.iter().any(ends) {
            to - 6.0
        } else {
            to
        };
        if text_width(&bar.label, 12.0) + 8.0 < room - from {
            let role = if bar.alpha > 0.6 {
                Role::Paper
            } else {
                Role::Ink
            };
            let look = TextLook::new(12.0, role).align(Align::Middle);
            on.text((f64::midpoint(from, room), middle), &bar.label, look)?;
        } else if !bar.label.is_empty() && bar.outside && to > from {
            let look = TextLook::new(12.0, Role::Muted);
            if bar.to > bar.from {
                on.text((to + 5.0, middle), &bar.label, look)?;
            } else {
                on.text((from - 5.0, middle), &bar.label, look.align(Align::End))?;
            }
        }
        end = end.max(to);
    }
    let mut taken: Vec<(f64, f64, f64)> = Vec::new();
    for mark in &row.marks {
        let at = x(mark.value);
        if mark.published {
            on.ring((at, middle), 5.0, mark.role)?;
        } else {
            on.dot((at, middle), 5.0, mark.role)?;
        }
        end = end.max(at + 5.0);
        let half = text_width(&mark.label, 11.5) / 2.0;
        // A label may reach past the scale by what its mark does.
        let centre = at.clamp(
            (left - 6.0 + half).min(right),
            (on.look.width - half).max(left),
        );
        // Below the row; above it where another label is in the way.
        let free = |side: f64| {
            taken.iter().all(|&(from, to, on_side)| {
                on_side.total_cmp(&side).is_ne()
                    || centre + half + 4.0 < from
                    || centre - half - 4.0 > to
            })
        };
        let side = [15.0, -16.0].into_iter().find(|&side| free(side));
        if let Some(side) = side.filter(|_| !mark.label.is_empty()) {
            taken.push((centre - half, centre + half, side));
            let look = TextLook::new(11.5, mark.role).align(Align::Middle);
            on.text_over((centre, middle + side), &mark.label, look)?;
        }
    }
    if row.note.is_empty() {
        return Ok(());
    }
    let look = TextLook::new(13.0, Role::Ink).bold();
    if end + 8.0 + bold_width(&row.note, 13.0) < right + 10.0 {
        on.text_over((end + 8.0, middle), &row.note, look)
    } else {
        // No room after the bar: the note ends where the scale does, above it.
        on.text_over((right, middle - 18.0), &row.note, look.align(Align::End))
    }
}
