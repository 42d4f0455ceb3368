//! Where every figure comes from, followed through the equations that computed it.
//!
//! [`trace`] runs the model on numbers that remember how they were made: the very
//! functions that give an outcome, so that what a reader is shown cannot differ from
//! what was computed. [`Trace::explain`] then reads one value as a formula: in words,
//! in numbers, and with its inputs, each of which can be explained in turn until it is
//! a published figure, a belief or an assumption.

use core::cell::RefCell;
use core::ops::{Add, Div, Mul, Neg, Sub};

use crate::expression::{Builder, Expression};
use crate::format;
use crate::lane::Lane;
use crate::levers::Lever;
use crate::model;
use crate::month::Month;
use crate::origin::{Known, Name, Quantity, Search, Solution, Time};
use crate::outcome::{Outcome, Output, Series};
use crate::say;
use crate::scenario::Scenario;
use crate::unit::Unit;
use crate::words::t;

/// How a number was made. Numbers stand for others in the record.
#[derive(Clone, Debug)]
pub(crate) enum Node {
    /// A plain number of an equation, such as the months of a year.
    Number,
    /// A belief.
    Lever(Lever),
    /// From outside.
    Known(Known),
    /// What it is.
    Named(Name, u32),
    Negative(u32),
    Plus(u32, u32),
    Minus(u32, u32),
    Times(u32, u32),
    Over(u32, u32),
    Power(u32, u32),
    Root(u32, f64),
    JustAbove(u32),
    Smaller(u32, u32),
    Larger(u32, u32),
    /// `yes` where the value is below the limit, else `no`.
    Chosen {
        value: u32,
        limit: u32,
        yes: u32,
        no: u32,
    },
    Solved(&'static Solution, Box<[u32]>),
    Found(Search, usize, Box<[(u32, u32)]>),
    /// By a function that no equation of the model uses; see the tests.
    Unknown,
}

/// How many numbers lie together. One list of all of them would move as it grows, and ask
/// for a large place of a memory that is never given back.
const BLOCK: usize = 1024;

/// Every number of a run and how it was made, in the order of the run. The order is
/// the same for every scenario, because equations do not branch on values.
#[derive(Clone, Debug, Default)]
pub(crate) struct Record {
    /// All but the last are full.
    blocks: Vec<Vec<(Node, f64)>>,
}

impl Record {
    fn entry(&self, at: u32) -> &(Node, f64) {
        let at = at as usize;
        &self.blocks[at / BLOCK][at % BLOCK]
    }

    pub(crate) fn node(&self, at: u32) -> &Node {
        &self.entry(at).0
    }

    pub(crate) fn value(&self, at: u32) -> f64 {
        self.entry(at).1
    }

    /// Where a value comes from that is only a name for a belief or a number from
    /// outside; itself where it is more than that.
    fn origin(&self, at: u32) -> u32 {
        let mut below = at;
        loop {
            match self.node(below) {
                Node::Named(_, inner) => below = *inner,
                Node::Lever(_) | Node::Known(_) => return below,
                _ => return at,
            }
        }
    }

    fn push(&mut self, value: f64, node: Node) -> Traced {
        if self.blocks.last().is_none_or(|last| last.len() == BLOCK) {
            self.blocks.push(Vec::with_capacity(BLOCK));
        }
        let full = self.blocks.len() - 1;
        let last = &mut self.blocks[full];
        let at = u32::try_from(full * BLOCK + last.len());
        let at = at.expect("a run has less than 2³² numbers");
        last.push((node, value));
        Traced { value, at }
    }
}

thread_local! {
    /// The record of the run under way: operators have no other way to it.
    static RECORD: RefCell<Record> = RefCell::default();
}

/// Puts a number on record. Kept out of line: every operation of the model calls it.
#[inline(never)]
fn record(value: f64, node: Node) -> Traced {
    RECORD.with_borrow_mut(|record| record.push(value, node))
}

/// A number that remembers how it was made.
#[derive(Clone, Copy, Debug)]
struct Traced {
    value: f64,
    at: u32,
}

impl Lane for Traced {
    fn splat(number: f64) -> Self {
        record(number, Node::Number)
    }
    fn map(self, function: impl Fn(f64) -> f64) -> Self {
        record(function(self.value), Node::Unknown)
    }
    fn zip(self, other: Self, function: impl Fn(f64, f64) -> f64) -> Self {
        record(function(self.value, other.value), Node::Unknown)
    }
    fn select_below(self, limit: Self, yes: Self, no: Self) -> Self {
        let value = if self.value < limit.value {
            yes.value
        } else {
            no.value
        };
        record(
            value,
            Node::Chosen {
                value: self.at,
                limit: limit.at,
                yes: yes.at,
                no: no.at,
            },
        )
    }
    fn least(self) -> f64 {
        f64::NEG_INFINITY
    }
    fn settled(self, before: Self) -> bool {
        self.value.settled(before.value)
    }
    fn at_most(self, limit: Self) -> Self {
        let value = self.value.at_most(limit.value);
        record(value, Node::Smaller(self.at, limit.at))
    }
    fn at_least(self, limit: Self) -> Self {
        let value = self.value.at_least(limit.value);
        record(value, Node::Larger(self.at, limit.at))
    }
    fn just_above(self) -> Self {
        record(self.value.just_above(), Node::JustAbove(self.at))
    }
    fn cube_root(self) -> Self {
        record(self.value.cube_root(), Node::Root(self.at, 3.0))
    }
    fn power(self, exponent: Self) -> Self {
        let value = self.value.power(exponent.value);
        record(value, Node::Power(self.at, exponent.at))
    }
    fn root(self, degree: f64) -> Self {
        record(self.value.root(degree), Node::Root(self.at, degree))
    }
    fn known(known: Known) -> Self {
        record(known.value(), Node::Known(known))
    }
    fn called(self, name: Name) -> Self {
        let same = RECORD.with_borrow(
            |record| matches!(record.node(self.at), Node::Named(other, _) if *other == name),
        );
        if same {
            self
        } else {
            record(self.value, Node::Named(name, self.at))
        }
    }
    fn solved(self, solution: &'static Solution, inputs: &[Self]) -> Self {
        let inputs = inputs.iter().map(|input| input.at).collect();
        record(self.value, Node::Solved(solution, inputs))
    }
    fn found(
        self,
        search: Search,
        from: usize,
        mut pairs: impl FnMut(usize) -> (Self, Self),
    ) -> Self {
        let pairs = (from..crate::month::HORIZON)
            .map(|t| {
                let (value, limit) = pairs(t);
                (value.at, limit.at)
            })
            .collect();
        record(self.value, Node::Found(search, from, pairs))
    }
}

impl Neg for Traced {
    type Output = Self;
    fn neg(self) -> Self {
        record(-self.value, Node::Negative(self.at))
    }
}

macro_rules! operator {
    ($($trait:ident :: $method:ident, $op:tt, $node:ident;)*) => {$(
        impl $trait for Traced {
            type Output = Self;
            fn $method(self, other: Self) -> Self {
                record(self.value $op other.value, Node::$node(self.at, other.at))
            }
        }
        impl $trait<f64> for Traced {
            type Output = Self;
            fn $method(self, other: f64) -> Self {
                self $op Self::splat(other)
            }
        }
    )*};
}

operator! {
    Add::add, +, Plus;
    Sub::sub, -, Minus;
    Mul::mul, *, Times;
    Div::div, /, Over;
}

/// A value of a run that has a name, is a belief, or comes from outside. It stands for
/// the same quantity in the trace of every scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place(pub(crate) u32);

/// Every value of one run, and how it was made.
#[derive(Clone, Debug)]
pub struct Trace {
    record: Record,
    outcome: Outcome<Traced>,
}

/// Runs the model and keeps how every value was made.
pub fn trace(scenario: &Scenario) -> Trace {
    RECORD.take();
    let levers = Scenario::from_lanes(|lever| record(scenario.get(lever), Node::Lever(lever)));
    let outcome = model::run_in(&levers);
    Trace {
        record: RECORD.take(),
        outcome,
    }
}

impl Trace {
    /// The place of an output.
    pub fn output(&self, output: Output) -> Place {
        Place(self.outcome.get(output).at)
    }

    /// The place of a series in a month; none before it starts.
    pub fn series(&self, series: Series, month: Month) -> Option<Place> {
        (month >= series.spec().start).then(|| Place(self.outcome.path(series)[month].at))
    }

    /// What stands at a place, as an input of a formula would show it.
    pub fn value(&self, place: Place) -> Input {
        let value = self.record.value(place.0);
        let (origin, label, unit) = match self.record.node(place.0) {
            Node::Named(name, _) => (
                Origin::Computed(name.quantity),
                name.text(),
                name.quantity.unit(),
            ),
            Node::Lever(lever) => {
                let spec = lever.spec();
                (Origin::Lever(*lever), t(spec.label).to_owned(), spec.unit)
            }
            Node::Known(known) => (Origin::Known(*known), known.text(), known.unit()),
            _ => (Origin::Number, t("a number").to_owned(), Unit::Number),
        };
        Input {
            label,
            unit,
            value,
            origin,
            places: vec![place],
        }
    }

    /// The formula of a value; none where it is no formula: a belief or a number from
    /// outside.
    pub fn explain(&self, place: Place) -> Option<Explained> {
        let Node::Named(name, _) = self.record.node(place.0) else {
            return None;
        };
        let (expression, inputs) = Builder::new(&self.record).explain(place.0);
        let inputs = inputs.into_iter().map(|mut places| {
            if let [place] = &mut places[..] {
                *place = self.record.origin(*place);
            }
            self.input(&places)
        });
        let inputs = inputs.collect();
        Some(Explained {
            label: name.text(),
            unit: name.quantity.unit(),
            value: self.record.value(place.0),
            expression,
            inputs,
        })
    }

    /// What stands at several places together, as an input of a formula would show their
    /// sum; none where there is no place.
    pub fn total(&self, places: &[Place]) -> Option<Input> {
        let places: Vec<u32> = places.iter().map(|place| place.0).collect();
        (!places.is_empty()).then(|| self.input(&places))
    }

    /// An input: one value, or the sum over several months.
    fn input(&self, places: &[u32]) -> Input {
        let mut input = self.value(Place(places[0]));
        if places.len() > 1 {
            input.value = places
                .iter()
                .fold(0.0, |sum, &at| sum + self.record.value(at));
            input.places = places.iter().map(|&at| Place(at)).collect();
            if let Node::Named(name, _) = self.record.node(places[0]) {
                let month = |at: u32| match self.record.node(at) {
                    Node::Named(name, _) => name.month(),
                    _ => None,
                };
                let first = places.first().and_then(|&at| month(at));
                let last = places.last().and_then(|&at| month(at));
                input.label = match (first, last) {
                    (Some(first), Some(last)) => {
                        let time = format::months(first, last);
                        say!("{quantity}, {time}", quantity = name.quantity.label(), time)
                    }
                    _ => name.quantity.label().to_owned(),
                };
                input.unit = summed(input.unit);
                input.origin = Origin::Sum(name.quantity);
            }
        }
        input
    }
}

/// The unit of a sum over months.
fn summed(unit: Unit) -> Unit {
    match unit {
        Unit::UsdBnPerMonth => Unit::UsdBn,
        unit => unit,
    }
}

impl Name {
    fn month(self) -> Option<Month> {
        match self.time {
            Time::Month(t) => Month::at(t),
            _ => None,
        }
    }

    /// What it is, and when.
    pub fn text(self) -> String {
        let quantity = self.quantity.label();
        match self.time {
            Time::Always => quantity.to_owned(),
            Time::Month(t) => match Month::at(t) {
                Some(month) => {
                    let time = format::month(month);
                    say!("{quantity}, {time}", quantity, time)
                }
                None => quantity.to_owned(),
            },
            Time::Year(time) => say!("{quantity}, {time}", quantity, time),
        }
    }
}

/// A value on which a formula rests.
#[derive(Clone, Debug)]
pub struct Input {
    /// What it is, and when.
    pub label: String,
    /// Its unit.
    pub unit: Unit,
    /// Its value.
    pub value: f64,
    /// Where it comes from.
    pub origin: Origin,
    /// Where it can be explained: one place, or one a month of a sum.
    pub places: Vec<Place>,
}

impl Input {
    /// Its value, with as many figures as a reader needs to do the sum again.
    pub fn text(&self) -> String {
        match self.origin {
            Origin::Lever(lever) => format::lever(lever, self.value),
            Origin::Known(known) => known.amount(),
            _ => format::precise(self.unit, self.value),
        }
    }
}

/// Where an input comes from.
#[derive(Clone, Copy, Debug)]
pub enum Origin {
    /// A formula of the model.
    Computed(Quantity),
    /// The sum of a quantity over several months.
    Sum(Quantity),
    /// A belief.
    Lever(Lever),
    /// Outside the model.
    Known(Known),
    /// A number of the equation itself.
    Number,
}

impl Origin {
    /// What kind of number it is, in a few words, for the command line.
    pub fn text(self) -> String {
        match self {
            Self::Computed(_) => "computed".to_owned(),
            Self::Sum(_) => "computed, summed over months".to_owned(),
            Self::Lever(lever) => format!("belief {}", lever.spec().id),
            Self::Known(Known::Fact(fact, _) | Known::Date(fact, _)) => {
                let when = fact.as_of.unwrap_or("undated");
                format!("{}, {when}, {}: {}", fact.kind, fact.source.short, fact.id)
            }
            Self::Known(Known::Assumption(_)) => "assumption".to_owned(),
            Self::Known(Known::Default(lever)) => format!("default of {}", lever.spec().id),
            Self::Known(Known::Now(_)) => "the month itself".to_owned(),
            Self::Number => "a number of the equation".to_owned(),
        }
    }
}

/// A value with its formula.
#[derive(Clone, Debug)]
pub struct Explained {
    /// What it is, and when.
    pub label: String,
    /// Its unit.
    pub unit: Unit,
    /// Its value.
    pub value: f64,
    /// The formula. Its inputs are counted as in `inputs`.
    pub expression: Expression,
    /// What the formula rests on, each once, in the order of their first use.
    pub inputs: Vec<Input>,
}

/// A piece of a formula as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words and signs.
    Text(String),
    /// An input, by its place in the list.
    Input(usize),
}

impl Explained {
    /// The formula in words, its inputs by their place in the list.
    pub fn words(&self) -> Vec<Piece> {
        self.expression.pieces(&self.inputs)
    }

    /// The formula with its numbers.
    pub fn numbers(&self) -> String {
        let number = |piece: Piece| match piece {
            Piece::Text(text) => text,
            // Times are factors: the sign stands in the formula.
            Piece::Input(i) => {
                // What the money is for stands in the words.
                let input = &self.inputs[i];
                let text = input.text();
                let per = format::per(input.unit);
                let text = match input.origin {
                    Origin::Computed(_) => text.strip_suffix(per).unwrap_or(&text).to_owned(),
                    _ => text,
                };
                text.strip_suffix("\u{202f}×")
                    .map_or_else(|| text.clone(), str::to_owned)
            }
        };
        self.words().into_iter().map(number).collect()
    }

    /// The value worked out again from the inputs.
    pub fn recomputed(&self) -> f64 {
        let values: Vec<f64> = self.inputs.iter().map(|input| input.value).collect();
        self.expression.evaluate(&values)
    }

    /// The value as text.
    pub fn text(&self) -> String {
        format::precise(self.unit, self.value)
    }
}
