//! Where the values of the model come from: what a trace names.
//!
//! The model says of each value what it is ([`Name`]) and of each number that it takes
//! from outside what it rests on ([`Known`]). A single run does not listen; a trace
//! ([`crate::trace`]) does, and so follows the very equations that ran.

use crate::assumption::Assumption;
use crate::fact::Fact;
use crate::format;
use crate::levers::Lever;
use crate::month::Month;
use crate::outcome::{Output, Series};
use crate::say;
use crate::unit::Unit;
use crate::words::t;

/// A number that the model takes from outside.
#[derive(Clone, Copy, Debug)]
pub enum Known {
    /// A published figure.
    Fact(&'static Fact, Reading),
    /// A month that a published figure gives, counted from January 2023.
    Date(&'static Fact, Month),
    /// A number that no source gives.
    Assumption(&'static Assumption),
    /// The default of a lever, whatever the reader has set.
    Default(Lever),
    /// The month in which an equation stands, counted from January 2023.
    Now(usize),
}

/// Which number of a published figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// The point value.
    Value,
    /// The lower bound.
    Low,
    /// The upper bound.
    High,
    /// The middle of the two bounds.
    Middle,
}

impl Known {
    /// The number.
    #[inline(always)]
    #[allow(
        clippy::inline_always,
        reason = "it stands in every equation, as a constant"
    )]
    pub const fn value(self) -> f64 {
        match self {
            Self::Fact(fact, Reading::Value) => fact.value(),
            Self::Fact(fact, Reading::Low) => fact.low(),
            Self::Fact(fact, Reading::High) => fact.high(),
            Self::Fact(fact, Reading::Middle) => fact.middle(),
            Self::Date(_, month) => month.index() as f64,
            Self::Assumption(assumption) => assumption.value,
            Self::Default(lever) => lever.spec().default,
            Self::Now(month) => month as f64,
        }
    }
}

impl Known {
    /// What it is called.
    pub fn text(self) -> String {
        match self {
            Self::Fact(fact, Reading::Value) | Self::Date(fact, _) => t(fact.label).to_owned(),
            Self::Fact(fact, Reading::Low) => {
                say!("{figure}, lower bound", figure = t(fact.label))
            }
            Self::Fact(fact, Reading::High) => {
                say!("{figure}, upper bound", figure = t(fact.label))
            }
            Self::Fact(fact, Reading::Middle) => {
                say!("{figure}, middle of its range", figure = t(fact.label))
            }
            Self::Assumption(assumption) => t(assumption.label).to_owned(),
            Self::Default(lever) => say!("{belief}, default", belief = t(lever.spec().label)),
            Self::Now(_) => t("the month").to_owned(),
        }
    }

    /// Its unit. A published figure in a unit that the model does not count in is a plain
    /// number here; see [`Self::amount`].
    pub fn unit(self) -> Unit {
        match self {
            Self::Fact(fact, _) => match fact.unit {
                "percent" => Unit::Percent,
                "GW" => Unit::Gw,
                "USD_bn" => Unit::UsdBn,
                "USD_bn_per_year" => Unit::UsdBnPerYear,
                _ => Unit::Number,
            },
            Self::Date(..) | Self::Now(_) => Unit::Month,
            Self::Assumption(assumption) => assumption.unit,
            Self::Default(lever) => lever.spec().unit,
        }
    }

    /// Its number in its own unit, as text.
    pub fn amount(self) -> String {
        match self {
            Self::Fact(fact, _) => format::of_fact(self.value(), fact.unit),
            Self::Default(lever) => format::lever(lever, self.value()),
            known => format::precise(known.unit(), known.value()),
        }
    }
}

/// A value between what the model takes and what it gives.
#[derive(Debug)]
pub struct Step {
    /// A key for it.
    pub id: &'static str,
    /// What it is called.
    pub label: &'static str,
    /// Its unit.
    pub unit: Unit,
}

/// An equation that is solved by steps rather than by a formula.
#[derive(Debug)]
pub struct Solution {
    /// The condition that the value fulfils, with places for the inputs.
    pub words: &'static str,
    /// What the inputs are called in it, in their order.
    pub inputs: &'static [&'static str],
    /// How far a value is from fulfilling it, in parts of its size.
    pub residual: fn(value: f64, inputs: &[f64]) -> f64,
}

/// What is found by looking through the months.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Search {
    /// The first month in which the first of two is not below the second.
    First,
    /// The month after the last in which the first of two is below the second.
    Settled,
}

/// What a value is.
#[derive(Clone, Copy, Debug)]
pub enum Quantity {
    /// A figure that readers quote.
    Output(Output),
    /// A value of a series.
    Series(Series),
    /// A value on the way.
    Step(&'static Step),
}

impl PartialEq for Quantity {
    fn eq(&self, other: &Self) -> bool {
        self.id() == other.id() && self.english() == other.english()
    }
}

impl Quantity {
    /// Its key.
    pub fn id(self) -> &'static str {
        match self {
            Self::Output(output) => output.spec().id,
            Self::Series(series) => series.spec().id,
            Self::Step(step) => step.id,
        }
    }

    /// What it is called.
    pub fn label(self) -> &'static str {
        t(self.english())
    }

    /// The same in English.
    fn english(self) -> &'static str {
        match self {
            Self::Output(output) => output.spec().label,
            Self::Series(series) => series.spec().label,
            Self::Step(step) => step.label,
        }
    }

    /// Its unit.
    pub fn unit(self) -> Unit {
        match self {
            Self::Output(output) => output.spec().unit,
            Self::Series(series) => series.spec().unit,
            Self::Step(step) => step.unit,
        }
    }
}

/// The time that a value belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Time {
    /// None, or one that its label says.
    Always,
    /// A month, counted from January 2023.
    Month(usize),
    /// A calendar year.
    Year(usize),
}

/// What a value is, and when.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Name {
    /// What it is.
    pub quantity: Quantity,
    /// When.
    pub time: Time,
}

impl Output {
    /// Names its value.
    pub(crate) const fn name(self) -> Name {
        Name {
            quantity: Quantity::Output(self),
            time: Time::Always,
        }
    }
}

impl Series {
    /// Names the value of a month.
    pub(crate) const fn at(self, month: usize) -> Name {
        Name {
            quantity: Quantity::Series(self),
            time: Time::Month(month),
        }
    }
}

impl Step {
    /// Names a value that has no time of its own.
    pub(crate) const fn name(&'static self) -> Name {
        Name {
            quantity: Quantity::Step(self),
            time: Time::Always,
        }
    }

    /// Names the value of a month.
    pub(crate) const fn at(&'static self, month: usize) -> Name {
        Name {
            quantity: Quantity::Step(self),
            time: Time::Month(month),
        }
    }

    /// Names the value of a year.
    pub(crate) const fn of(&'static self, year: usize) -> Name {
        Name {
            quantity: Quantity::Step(self),
            time: Time::Year(year),
        }
    }
}
