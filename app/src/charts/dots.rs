//! A hundred dots a claim, one for each of a hundred worlds: filled where it holds.

use compute_loop_core::words::t;
use compute_loop_core::{format, say};

use super::reading::{Reading, Spot, Value};
use super::surface::{
    Align, Drawn, Look, Point, Surface, TextLook, bold_width, pieces, text_width,
};
use crate::palette::Role;

/// Claims with their dots, one under the other.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct DotChart {
    /// The claims.
    pub(super) rows: Vec<DotRow>,
}

/// A claim.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct DotRow {
    /// The claim in words.
    pub(super) label: String,
    /// The colour of what it is about.
    pub(super) role: Role,
    /// The share of worlds in which it holds, and half the width of its interval; none
    /// before worlds were drawn.
    pub(super) chance: Option<(f64, f64)>,
}

impl DotRow {
    /// The same as short as it can be, where it is drawn.
    fn count(&self) -> String {
        match self.chance {
            Some((share, _)) if share > 0.0 && share < 0.005 => t("< 1 of 100").to_owned(),
            Some((share, _)) if (0.995..1.0).contains(&share) => t("> 99 of 100").to_owned(),
            Some((share, _)) => say!("{count} of 100", count = format::of_hundred(share)),
            None => String::new(),
        }
    }
}

/// Dots side by side, in two lines.
const COLUMNS: usize = 50;
/// The widest distance between dots, in CSS pixels.
const WIDEST: f64 = 11.0;
/// Height of the words above the dots.
const WORDS: f64 = 20.0;
/// Height of a second line of words, where one is too narrow.
const SECOND: f64 = 17.0;
/// Between claims.
const BELOW: f64 = 20.0;
const SIZE: f64 = 13.0;
/// Least room for the widest count, "> 99 of 100".
const COUNT: f64 = 88.0;

impl DotChart {
    /// From one dot to the next.
    fn pitch(width: f64) -> f64 {
        (width / COLUMNS as f64).min(WIDEST)
    }

    /// Whether words may need two lines.
    fn narrow(width: f64) -> bool {
        width < 480.0
    }

    fn row(width: f64) -> f64 {
        let second = if Self::narrow(width) { SECOND } else { 0.0 };
        WORDS + second + 2.0 * Self::pitch(width) + BELOW
    }

    /// The height it needs at a width, in CSS pixels.
    pub(super) fn height(&self, width: f64) -> f64 {
        Self::row(width) * self.rows.len() as f64
    }

    /// How many claims can be read.
    pub(super) fn readings(&self) -> usize {
        self.rows.len()
    }

    /// What is told of a claim.
    pub(super) fn reading(&self, index: usize) -> Option<Reading> {
        let row = self.rows.get(index)?;
        let text = match row.chance {
            Some((share, error)) => say!(
                "{count} of 100 worlds, sampling error at most ±{points}",
                count = format::of_hundred(share),
                points = format::number(100.0 * error, 1)
            ),
            None => t("not drawn yet").to_owned(),
        };
        Some(Reading {
            name: row.label.clone(),
            values: vec![Value {
                label: t("in").into(),
                text,
                other: None,
                role: row.role,
            }],
        })
    }

    /// Where a claim stands.
    #[expect(
        clippy::unused_self,
        reason = "every kind of shape answers the same way"
    )]
    pub(super) fn spot(&self, look: Look, index: usize) -> Spot {
        let top = Self::row(look.width) * index as f64;
        Spot {
            from: (0.0, top),
            to: (look.width, top + Self::row(look.width) - BELOW / 2.0),
            dots: vec![],
        }
    }

    /// The claim nearest to a point.
    pub(super) fn nearest(&self, look: Look, (_, y): Point) -> usize {
        let row = (y / Self::row(look.width)).max(0.0) as usize;
        row.min(self.rows.len().saturating_sub(1))
    }

    /// Draws claims and dots.
    pub(super) fn draw(&self, on: &Surface<'_>) -> Drawn {
        let width = on.look.width;
        let (pitch, narrow) = (Self::pitch(width), Self::narrow(width));
        let right = (pitch * COLUMNS as f64).min(width);
        let counts = bold_width(t("> 99 of 100"), SIZE).max(COUNT);
        for (i, row) in self.rows.iter().enumerate() {
            let top = Self::row(width) * i as f64;
            let words = TextLook::new(SIZE, Role::Ink);
            for (line, text) in broken(&row.label, right - counts).into_iter().enumerate() {
                let y = top + 10.0 + SECOND * line as f64;
                on.text((0.0, y), &text, words)?;
            }
            let count = TextLook::new(SIZE, row.role).bold().align(Align::End);
            on.text((right, top + 10.0), &row.count(), count)?;
            let first = top + WORDS + if narrow { SECOND } else { 0.0 };
            let held = row
                .chance
                .map_or(0, |(share, _)| (100.0 * share).round() as usize);
            let at = |dot: usize| {
                // Column by column, so that what is filled reads as a length.
                let (column, line) = (dot / 2, dot % 2);
                (
                    pitch * (column as f64 + 0.5),
                    first + pitch * (line as f64 + 0.5),
                )
            };
            let radius = 0.36 * pitch;
            on.fill(&chain((0..held).map(at), radius), row.role, 0.9)?;
            on.fill(&chain((held..100).map(at), radius), Role::Muted, 0.22)?;
        }
        Ok(())
    }
}

/// Dots as one outline: a canvas takes one path far faster than a hundred. They hang
/// together by threads without width, which a fill leaves out.
fn chain(at: impl Iterator<Item = Point>, radius: f64) -> Vec<Point> {
    /// Corners of a dot.
    const CORNERS: u32 = 12;
    let mut forth = vec![];
    let mut back = vec![];
    for (x, y) in at {
        for corner in 0..=CORNERS {
            let turn = core::f64::consts::TAU * f64::from(corner) / f64::from(CORNERS);
            forth.push((x + radius * libm::cos(turn), y + radius * libm::sin(turn)));
        }
        back.push((x + radius, y));
    }
    forth.extend(back.into_iter().rev());
    forth
}

/// Words in as many lines as a width asks for.
fn broken(text: &str, width: f64) -> Vec<String> {
    let mut lines: Vec<String> = vec![];
    for (space, piece) in pieces(text) {
        match lines.last_mut() {
            Some(line) if text_width(&format!("{line}{space}{piece}"), SIZE) <= width => {
                line.push_str(space);
                line.push_str(piece);
            }
            _ => lines.push(piece.to_owned()),
        }
    }
    lines
}
