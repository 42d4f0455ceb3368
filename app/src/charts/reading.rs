//! What can be read from a chart, point by point: under the pointer, by keys, as a table.

use compute_loop_core::unit::Unit;
use compute_loop_core::words::{language, t};
use compute_loop_core::{format, say};

use super::surface::Point;
use crate::palette::Role;

/// What stands at one place of a chart: a month, a row, a tile.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// What the place is called.
    pub name: String,
    /// What is drawn there.
    pub values: Vec<Value>,
}

/// One thing at a place.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// What it is called; may be empty where the place says it.
    pub label: String,
    /// The value with its unit.
    pub text: String,
    /// The same in the scenario that is compared with.
    pub other: Option<String>,
    /// Its colour.
    pub role: Role,
}

impl Value {
    /// The value, with that of the scenario compared with.
    pub fn said(&self) -> String {
        let value = &self.text;
        match &self.other {
            None => value.clone(),
            Some(other) => say!("{value} (compared: {other})", value, other),
        }
    }
}

impl Reading {
    /// The reading as one sentence.
    pub fn sentence(&self) -> String {
        let values: Vec<String> = self
            .values
            .iter()
            .map(|value| {
                if value.label.is_empty() {
                    value.said()
                } else {
                    let (label, value) = (&value.label, value.said());
                    say!("{label} {value}", label, value)
                }
            })
            .collect();
        if values.is_empty() {
            self.name.clone()
        } else {
            say!(
                "{place}: {values}",
                place = self.name,
                values = values.join(t(", "))
            )
        }
    }
}

/// What stands above a column of values that are called so: a place may say alone what its
/// value is.
pub(crate) fn heading(label: &str) -> &str {
    if label.is_empty() { t("value") } else { label }
}

/// Where a reading stands in the picture, in CSS pixels.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spot {
    /// Upper left corner of what is read.
    pub from: Point,
    /// Lower right corner.
    pub to: Point,
    /// Points that are marked while it is read.
    pub dots: Vec<(Point, Role)>,
}

/// A unit of dollars on an axis: what charts call it is its id.
const BILLIONS: &str = "$ bn";

/// The same in a year.
const BILLIONS_A_YEAR: &str = "$ bn a year";

/// A unit as it stands above an axis, whose labels go by [`counted`].
pub(super) fn above_axis(unit: &'static str) -> String {
    match unit {
        BILLIONS => say!("$ {scale}", scale = t("bn")),
        BILLIONS_A_YEAR => say!("$ {scale} a year", scale = t("bn")),
        // Each is marked where a chart names it.
        other => t(other).to_owned(),
    }
}

/// A value of an axis as its labels count it: large sums in the units of the language.
pub(super) fn counted(unit: &str, value: f64) -> f64 {
    match unit {
        BILLIONS | BILLIONS_A_YEAR => billions(value),
        _ => value,
    }
}

/// Billions in the units in which the language counts large sums.
pub(super) fn billions(value: f64) -> f64 {
    value * language().numbers.in_a_billion
}

/// A value in the unit of a chart's axis.
pub(super) fn quantity(unit: &str, value: f64) -> String {
    match unit {
        "GW" => format::value(Unit::Gw, value),
        "%" => format::value(Unit::Percent, value),
        BILLIONS => format::value(Unit::UsdBn, value),
        BILLIONS_A_YEAR => say!(
            "{amount} a year",
            amount = format::value(Unit::UsdBn, value)
        ),
        "× H200" => format::value(Unit::H200, value),
        other => format!("{} {}", format::number(value, 2), t(other)),
    }
}
