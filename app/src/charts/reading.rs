//! What can be read from a chart, point by point: under the pointer, by keys, as a table.

use compute_loop_core::format;
use compute_loop_core::unit::Unit;

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

impl Reading {
    /// The reading as one sentence.
    pub fn sentence(&self) -> String {
        let values: Vec<String> = self
            .values
            .iter()
            .map(|value| {
                let other = value
                    .other
                    .as_ref()
                    .map_or_else(String::new, |other| format!(" (compared: {other})"));
                if value.label.is_empty() {
                    format!("{}{other}", value.text)
                } else {
                    format!("{} {}{other}", value.label, value.text)
                }
            })
            .collect();
        if values.is_empty() {
            self.name.clone()
        } else {
            format!("{}: {}", self.name, values.join(", "))
        }
    }
}

/// What stands above a column of values that are called so: a place may say alone what its
/// value is.
pub(crate) fn heading(label: &str) -> &str {
    if label.is_empty() { "value" } else { label }
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

/// A value in the unit of a chart's axis.
pub(super) fn quantity(unit: &str, value: f64) -> String {
    match unit {
        "GW" => format::value(Unit::Gw, value),
        "%" => format::value(Unit::Percent, value),
        "$ bn" => format::value(Unit::UsdBn, value),
        "$ bn a year" => format!("{} a year", format::value(Unit::UsdBn, value)),
        "× H200" => format::value(Unit::H200, value),
        other => format!("{} {other}", format::number(value, 2)),
    }
}
