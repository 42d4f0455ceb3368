//! One tile a thing, grouped by what became of it.

use compute_loop_core::say;
use compute_loop_core::words::t;

use super::reading::{Reading, Spot, Value};
use super::surface::{Align, Drawn, Look, Point, Surface, TextLook};
use crate::palette::Role;

/// Groups of tiles.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct TileChart {
    /// The groups, in order.
    pub(super) groups: Vec<Group>,
}

/// A group of tiles.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Group {
    /// Its name.
    pub(super) label: String,
    /// Its colour.
    pub(super) role: Role,
    /// Its strength.
    pub(super) alpha: f64,
    /// The tiles.
    pub(super) tiles: Vec<Tile>,
}

/// A tile.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tile {
    /// What stands in it.
    pub(super) label: String,
    /// What it stands for.
    pub(super) what: String,
    /// As published.
    pub(super) published: String,
    /// What came out.
    pub(super) computed: String,
    /// What became of it.
    pub(super) verdict: String,
}

/// Between tiles.
const SPACE: f64 = 4.0;
const LABEL: f64 = 26.0;

impl TileChart {
    /// The side of a tile: smaller where a telephone would have to scroll past them.
    fn side(width: f64) -> f64 {
        if width < 480.0 { 31.0 } else { 38.0 }
    }

    /// From one tile to the next.
    fn step(width: f64) -> f64 {
        Self::side(width) + SPACE
    }

    fn columns(width: f64) -> usize {
        ((width - SPACE) / Self::step(width)).floor().max(1.0) as usize
    }

    /// The height it needs at a width, in CSS pixels, whatever became of each thing.
    pub(super) fn height(&self, width: f64) -> f64 {
        // As many rows as the tiles could take however they fell into groups.
        let (tiles, groups) = (
            self.groups
                .iter()
                .map(|group| group.tiles.len())
                .sum::<usize>(),
            self.groups.len(),
        );
        let rows = groups + tiles.saturating_sub(groups) / Self::columns(width);
        (LABEL + 6.0) * groups as f64 + Self::step(width) * rows as f64
    }

    /// Every tile with its group and its upper left corner, in order.
    fn places(&self, width: f64) -> Vec<(&Group, &Tile, Point)> {
        let (columns, step) = (Self::columns(width), Self::step(width));
        let mut places = vec![];
        let mut top = 0.0;
        for group in &self.groups {
            top += LABEL;
            for (i, tile) in group.tiles.iter().enumerate() {
                let x = 2.0 + step * (i % columns) as f64;
                places.push((group, tile, (x, top + step * (i / columns) as f64)));
            }
            top += step * group.tiles.len().div_ceil(columns) as f64 + 6.0;
        }
        places
    }

    /// How many tiles can be read.
    pub(super) fn readings(&self) -> usize {
        self.groups.iter().map(|group| group.tiles.len()).sum()
    }

    /// What a tile stands for.
    pub(super) fn reading(&self, index: usize) -> Option<Reading> {
        let mut tiles = self.groups.iter().flat_map(|group| &group.tiles);
        let tile = tiles.nth(index)?;
        let said = |label: &str, text: &str| Value {
            label: label.into(),
            text: text.into(),
            other: None,
            role: Role::Ink,
        };
        Some(Reading {
            name: say!("{id}, {figure}", id = tile.label, figure = tile.what),
            values: vec![
                said(t("published"), &tile.published),
                said(t("computed"), &tile.computed),
                said(t("verdict"), &tile.verdict),
            ],
        })
    }

    /// Where a tile stands.
    pub(super) fn spot(&self, look: Look, index: usize) -> Spot {
        let place = self.places(look.width).get(index).map(|place| place.2);
        let (x, y) = place.unwrap_or_default();
        let side = Self::side(look.width);
        Spot {
            from: (x, y),
            to: (x + side, y + side),
            dots: vec![],
        }
    }

    /// The tile nearest to a point.
    pub(super) fn nearest(&self, look: Look, (x, y): Point) -> usize {
        let places = self.places(look.width);
        let half = Self::side(look.width) / 2.0;
        let away = |(left, top): Point| {
            let (dx, dy) = (left + half - x, top + half - y);
            dx * dx + dy * dy
        };
        let nearest = places
            .iter()
            .enumerate()
            .min_by(|(_, a), (_, b)| away(a.2).total_cmp(&away(b.2)));
        nearest.map_or(0, |(index, _)| index)
    }

    /// Draws the tiles.
    pub(super) fn draw(&self, on: &Surface<'_>) -> Drawn {
        let width = on.look.width;
        let (columns, side, step) = (Self::columns(width), Self::side(width), Self::step(width));
        let mut top = 0.0;
        for group in &self.groups {
            let count = group.tiles.len();
            let name = say!("{count} {verdict}", count, verdict = group.label);
            on.text(
                (2.0, top + 12.0),
                &name,
                TextLook::new(13.0, Role::Ink).bold(),
            )?;
            top += LABEL + step * group.tiles.len().div_ceil(columns) as f64 + 6.0;
        }
        for (group, tile, (x, y)) in self.places(width) {
            on.block((x, y), (x + side, y + side), group.role, group.alpha)?;
            let role = if group.alpha > 0.6 {
                Role::Paper
            } else {
                Role::Ink
            };
            let middle = (x + side / 2.0, y + side / 2.0);
            let look =
                TextLook::new(if side < 38.0 { 11.0 } else { 12.0 }, role).align(Align::Middle);
            on.text(middle, &tile.label, look)?;
        }
        Ok(())
    }
}
