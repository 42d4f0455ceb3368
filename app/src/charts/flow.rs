//! Money between parties in a year: bands as wide as the dollars they carry.

use compute_loop_core::format;
use compute_loop_core::unit::Unit;
use plotters::prelude::DrawingBackend;

use super::reading::{Reading, Spot, Value};
use super::surface::{Align, Drawn, Look, Point, Surface, TextLook, bold_width};
use crate::palette::Role;

/// Parties in a row, and what flows between neighbours.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct FlowChart {
    /// The parties, in order.
    pub(super) parties: Vec<(String, Role)>,
    /// The flows.
    pub(super) flows: Vec<Flow>,
    /// The amount that a band of full width carries, USD bn.
    pub(super) full: f64,
}

/// Money from one party to a neighbour in a year.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Flow {
    /// Index of the payer.
    pub(super) from: usize,
    /// Index of the receiver.
    pub(super) to: usize,
    /// USD bn a year; not below zero.
    pub(super) amount: f64,
    /// What it is for.
    pub(super) label: String,
    /// Its colour: that of the payer.
    pub(super) role: Role,
}

/// Width of a band that carries the full amount, in CSS pixels.
const FULL: f64 = 74.0;
/// The same on a narrow chart.
const NARROW: f64 = 46.0;

impl FlowChart {
    /// The height it needs at a width, in CSS pixels.
    pub(super) fn height(&self, width: f64) -> f64 {
        if width >= 620.0 {
            244.0
        } else {
            118.0 * (self.parties.len() - 1) as f64 + 70.0
        }
    }

    /// How many flows can be read.
    pub(super) fn readings(&self) -> usize {
        self.flows.len()
    }

    /// What flows.
    pub(super) fn reading(&self, index: usize) -> Option<Reading> {
        let flow = self.flows.get(index)?;
        let party = |i: usize| self.parties.get(i).map_or("", |(name, _)| name.as_str());
        Some(Reading {
            name: format!("{} to {}", party(flow.from), party(flow.to)),
            values: vec![Value {
                label: flow.label.clone(),
                text: format::value(Unit::UsdBn, flow.amount),
                other: None,
                role: flow.role,
            }],
        })
    }

    /// Where a flow stands.
    #[expect(clippy::unused_self, reason = "as every chart answers")]
    pub(super) fn spot(&self, _: Look, _: usize) -> Spot {
        Spot::default()
    }

    /// The flow nearest to a point.
    #[expect(clippy::unused_self, reason = "as every chart answers")]
    pub(super) fn nearest(&self, _: Look, _: Point) -> usize {
        0
    }

    /// Draws the parties along the longer side, each flow as a band between two of
    /// them: forward ones on one side of the axis, backward ones on the other.
    pub(super) fn draw<DB: DrawingBackend>(&self, on: &Surface<'_, DB>) -> Drawn<DB> {
        let across = on.look.width >= 620.0;
        let (length, middle) = if across {
            (on.look.width, on.look.height / 2.0)
        } else {
            (on.look.height, on.look.width * 0.52)
        };
        let last = (self.parties.len() - 1) as f64;
        let (first, end) = if across {
            (56.0, length - 62.0)
        } else {
            (26.0, length - 26.0)
        };
        let centre = |i: usize| first + (end - first) * i as f64 / last;
        // From distance along the axis and beside it to a point on the page.
        let at = |along: f64, beside: f64| -> Point {
            if across {
                (along, middle + beside)
            } else {
                (middle + beside, along)
            }
        };
        for flow in &self.flows {
            self.band(on, flow, &centre, &at, across)?;
        }
        for (i, (name, role)) in self.parties.iter().enumerate() {
            let half = if across {
                bold_width(name, 15.0) / 2.0 + 9.0
            } else {
                15.0
            };
            let reach = if across {
                17.0
            } else {
                bold_width(name, 15.0) / 2.0 + 10.0
            };
            let here = centre(i);
            on.fill(
                &[
                    at(here - half, -reach),
                    at(here + half, -reach),
                    at(here + half, reach),
                    at(here - half, reach),
                ],
                Role::Paper,
                1.0,
            )?;
            on.text(
                at(here, 0.0),
                name,
                TextLook::new(15.0, *role).align(Align::Middle).bold(),
            )?;
        }
        Ok(())
    }

    fn band<DB: DrawingBackend>(
        &self,
        on: &Surface<'_, DB>,
        flow: &Flow,
        centre: &impl Fn(usize) -> f64,
        at: &impl Fn(f64, f64) -> Point,
        across: bool,
    ) -> Drawn<DB> {
        // Every band is at least visible, however small its amount.
        let full = if across { FULL } else { NARROW };
        let least = if flow.amount > 0.0 { 1.5 } else { 0.0 };
        let width = (full * flow.amount / self.full).clamp(least, full);
        let both_ways = self
            .flows
            .iter()
            .any(|other| other.from == flow.to && other.to == flow.from);
        let side = if !both_ways {
            0.0
        } else if flow.from < flow.to {
            -(width / 2.0 + 8.0)
        } else {
            width / 2.0 + 8.0
        };
        let margin = |i: usize| {
            if across {
                bold_width(&self.parties[i].0, 15.0) / 2.0 + 10.0
            } else {
                22.0
            }
        };
        let ahead = if flow.from < flow.to { 1.0 } else { -1.0 };
        let (start, tip) = (
            centre(flow.from) + ahead * margin(flow.from),
            centre(flow.to) - ahead * margin(flow.to),
        );
        let head = 12.0_f64.min(width.max(6.0));
        let (half, wing) = (width / 2.0, width / 2.0 + 5.0);
        let neck = tip - ahead * head;
        if width > 0.0 {
            on.fill(
                &[
                    at(start, side - half),
                    at(neck, side - half),
                    at(neck, side - wing),
                    at(tip, side),
                    at(neck, side + wing),
                    at(neck, side + half),
                    at(start, side + half),
                ],
                flow.role,
                0.5,
            )?;
        }
        let amount = format::value(Unit::UsdBn, flow.amount);
        let along = f64::midpoint(start, tip);
        if across {
            let down = if side > 0.0 { 1.0 } else { -1.0 };
            let edge = side + down * (wing + 12.0);
            let (near, far) = if down > 0.0 {
                (edge, edge + 16.0)
            } else {
                (edge - 16.0, edge)
            };
            on.text(
                at(along, near),
                &amount,
                TextLook::new(14.0, Role::Ink).align(Align::Middle).bold(),
            )?;
            return on.text(
                at(along, far),
                &flow.label,
                TextLook::new(12.0, Role::Muted).align(Align::Middle),
            );
        }
        let right = side >= 0.0;
        let align = if right { Align::Start } else { Align::End };
        let edge = side + (wing + 9.0) * if right { 1.0 } else { -1.0 };
        on.text(
            at(along - 9.0, edge),
            &amount,
            TextLook::new(14.0, Role::Ink).align(align).bold(),
        )?;
        on.text(
            at(along + 9.0, edge),
            &flow.label,
            TextLook::new(12.0, Role::Muted).align(align),
        )
    }
}
