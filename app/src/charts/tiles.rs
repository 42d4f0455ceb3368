//! One tile a thing, grouped by what became of it.

use plotters::prelude::DrawingBackend;

use super::surface::{Align, Drawn, Surface, TextLook};
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
    /// What stands in the tiles.
    pub(super) tiles: Vec<String>,
}

const TILE: f64 = 38.0;
const STEP: f64 = 42.0;
const LABEL: f64 = 26.0;

impl TileChart {
    fn columns(width: f64) -> usize {
        ((width - 4.0) / STEP).floor().max(1.0) as usize
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
        (LABEL + 6.0) * groups as f64 + STEP * rows as f64
    }

    /// Draws the tiles.
    pub(super) fn draw<DB: DrawingBackend>(&self, on: &Surface<'_, DB>) -> Drawn<DB> {
        let columns = Self::columns(on.look.width);
        let mut top = 0.0;
        for group in &self.groups {
            let name = format!("{} {}", group.tiles.len(), group.label);
            on.text(
                (2.0, top + 12.0),
                &name,
                TextLook::new(13.0, Role::Ink).bold(),
            )?;
            top += LABEL;
            for (i, tile) in group.tiles.iter().enumerate() {
                let x = 2.0 + STEP * (i % columns) as f64;
                let y = top + STEP * (i / columns) as f64;
                on.block((x, y), (x + TILE, y + TILE), group.role, group.alpha)?;
                let role = if group.alpha > 0.6 {
                    Role::Paper
                } else {
                    Role::Ink
                };
                let middle = (x + TILE / 2.0, y + TILE / 2.0);
                on.text(middle, tile, TextLook::new(12.0, role).align(Align::Middle))?;
            }
            top += STEP * group.tiles.len().div_ceil(columns) as f64 + 6.0;
        }
        Ok(())
    }
}
