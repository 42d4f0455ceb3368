//! Formulas that readers can follow, read from the record of a run.
//!
//! A formula reaches from a named value down to the next named values. Sums over months
//! become one term, and what grows by the same factor month by month becomes a power;
//! nothing else is rearranged.

use crate::format;
use crate::levers::Lever;
use crate::month::{HORIZON, Month};
use crate::origin::{Name, Search, Solution, Time};
use crate::say;
use crate::trace::{Input, Node, Origin, Piece, Record};
use crate::unit::Unit;
use crate::words::t;

/// A formula over a list of inputs.
#[derive(Clone, Debug)]
pub enum Expression {
    /// An input, by its place in the list.
    Input(usize),
    /// An input in percent, taken as a fraction.
    Share(usize),
    /// A number of the equation itself.
    Number(f64),
    /// Terms, those marked being taken away.
    Sum(Vec<(bool, Expression)>),
    /// Factors, those marked being divided by.
    Product(Vec<(bool, Expression)>),
    /// A power.
    Power(Box<Expression>, Box<Expression>),
    /// A root of a degree.
    Root(Box<Expression>, f64),
    /// Anything above a value.
    JustAbove(Box<Expression>),
    /// The smaller of two.
    Smaller(Box<Expression>, Box<Expression>),
    /// The larger of two.
    Larger(Box<Expression>, Box<Expression>),
    /// One of two, by whether a value is below a limit.
    Chosen {
        /// What is compared.
        value: Box<Expression>,
        /// With what.
        limit: Box<Expression>,
        /// Whether it is below.
        below: bool,
        /// What holds then.
        taken: Box<Expression>,
    },
    /// Solved by steps.
    Solved {
        /// The condition.
        solution: &'static Solution,
        /// Its inputs.
        inputs: Vec<Expression>,
        /// What fulfils it.
        value: f64,
    },
    /// A month that was looked for.
    Found {
        /// How.
        search: Search,
        /// From which month on.
        from: usize,
        /// The month; [`HORIZON`] for never.
        month: usize,
        /// What the two values are called.
        names: (String, String),
        /// The two values compared in a month on either side of the change, with the
        /// month.
        pairs: Vec<(usize, Expression, Expression)>,
    },
}

use Expression as E;

impl Expression {
    /// The value for some values of the inputs; not a number where they do not fulfil a
    /// condition that the formula states.
    pub fn evaluate(&self, inputs: &[f64]) -> f64 {
        let of = |e: &Self| e.evaluate(inputs);
        match self {
            E::Input(i) => inputs[*i],
            E::Share(i) => inputs[*i] / 100.0,
            E::Number(number) => *number,
            E::Sum(terms) => terms.iter().fold(0.0, |sum, (minus, term)| {
                if *minus {
                    sum - of(term)
                } else {
                    sum + of(term)
                }
            }),
            E::Product(factors) => factors.iter().fold(1.0, |product, (over, factor)| {
                if *over {
                    product / of(factor)
                } else {
                    product * of(factor)
                }
            }),
            E::Power(base, exponent) => libm::pow(of(base), of(exponent)),
            E::Root(base, degree) => libm::pow(of(base), 1.0 / degree),
            E::JustAbove(value) => of(value).next_up(),
            E::Smaller(a, b) => of(a).min(of(b)),
            E::Larger(a, b) => of(a).max(of(b)),
            E::Chosen {
                value,
                limit,
                below,
                taken,
            } => {
                if (of(value) < of(limit)) == *below {
                    of(taken)
                } else {
                    f64::NAN
                }
            }
            E::Solved {
                solution,
                inputs: parts,
                value,
            } => {
                let parts: Vec<f64> = parts.iter().map(of).collect();
                if (solution.residual)(*value, &parts).abs() < 1e-9 {
                    *value
                } else {
                    f64::NAN
                }
            }
            E::Found {
                search,
                month,
                pairs,
                ..
            } => {
                let change = match search {
                    Search::First => *month,
                    Search::Settled => month.saturating_sub(1),
                };
                let fits = pairs.iter().all(|(t, value, limit)| {
                    let below = of(value) < of(limit);
                    match search {
                        Search::First => below == (*t < change),
                        Search::Settled => below == (*t <= change && *month > 0),
                    }
                });
                if fits { *month as f64 } else { f64::NAN }
            }
        }
    }

    /// The formula as text, with its inputs by their place.
    pub(crate) fn pieces(&self, inputs: &[Input]) -> Vec<Piece> {
        let mut text = Text {
            inputs,
            pieces: vec![],
        };
        text.write(self, 0);
        text.pieces
    }

    /// How tightly it holds together: sums least.
    fn rank(&self) -> u8 {
        match self {
            E::Sum(_) => 1,
            E::Product(_) => 2,
            E::Power(..) | E::Root(..) => 3,
            E::Number(number) if *number < 0.0 => 1,
            E::Input(_) | E::Share(_) | E::Number(_) => 4,
            // Whole phrases.
            _ => 0,
        }
    }
}

/// Formulas as text.
struct Text<'a> {
    inputs: &'a [Input],
    pieces: Vec<Piece>,
}

impl Text<'_> {
    fn say(&mut self, text: &str) {
        match self.pieces.last_mut() {
            Some(Piece::Text(before)) => before.push_str(text),
            _ => self.pieces.push(Piece::Text(text.to_owned())),
        }
    }

    /// Writes a formula, in brackets where it holds less tightly than its place asks.
    fn write(&mut self, e: &Expression, least: u8) {
        let brackets = e.rank() < least;
        if brackets {
            self.say("(");
        }
        self.plain(e);
        if brackets {
            self.say(")");
        }
    }

    fn plain(&mut self, e: &Expression) {
        match e {
            E::Input(i) | E::Share(i) => self.pieces.push(Piece::Input(*i)),
            E::Number(number) => {
                let text = format::plain(*number);
                self.say(&text);
            }
            E::Sum(terms) => {
                // What is added reads better first, and a plain number before all: 1 + 28 %.
                let number = |(minus, term): &(bool, E)| !minus && matches!(term, E::Number(_));
                let first = terms.iter().position(number);
                let first = first.or_else(|| terms.iter().position(|(minus, _)| !minus));
                let first = first.unwrap_or(0);
                let rest = (0..terms.len()).filter(|&i| i != first);
                for i in core::iter::once(first).chain(rest) {
                    let (minus, term) = &terms[i];
                    match (i == first, *minus) {
                        (true, false) => {}
                        (true, true) => self.say("−"),
                        (false, false) => self.say(" + "),
                        (false, true) => self.say(" − "),
                    }
                    self.write(term, if *minus { 2 } else { 1 });
                }
            }
            E::Product(factors) => {
                for (i, (over, factor)) in factors.iter().enumerate() {
                    match (i, *over) {
                        (0, false) => {}
                        (0, true) => self.say("1 ÷ "),
                        (_, false) => self.say(" × "),
                        (_, true) => self.say(" ÷ "),
                    }
                    self.write(factor, if *over { 3 } else { 2 });
                }
            }
            E::Power(base, exponent) => {
                self.write(base, 4);
                self.say("^");
                self.write(exponent, 4);
            }
            E::Root(base, degree) => {
                self.write(base, 4);
                self.say(&format!("^(1/{})", format::plain(*degree)));
            }
            E::JustAbove(value) => {
                self.phrase(t("anything above {value}"), &[("value", Place::of(value))]);
            }
            E::Smaller(one, other) => self.phrase(
                t("the smaller of {one} and {other}"),
                &[("one", Place::of(one)), ("other", Place::of(other))],
            ),
            E::Larger(one, other) => self.phrase(
                t("the larger of {one} and {other}"),
                &[("one", Place::of(one)), ("other", Place::of(other))],
            ),
            E::Chosen {
                value,
                limit,
                below,
                taken,
            } => {
                if let Some((belief, option)) = self.option(value) {
                    self.phrase(
                        t("{taken}, because “{belief}” is set to {option}"),
                        &[
                            ("taken", Place::of(taken)),
                            ("belief", Place::Words(t(belief))),
                            ("option", Place::Words(t(option))),
                        ],
                    );
                } else {
                    self.phrase(
                        if *below {
                            t("{taken}, because {value} is less than {limit}")
                        } else {
                            t("{taken}, because {value} is not less than {limit}")
                        },
                        &[
                            ("taken", Place::of(taken)),
                            ("value", Place::of(value)),
                            ("limit", Place::of(limit)),
                        ],
                    );
                }
            }
            E::Solved {
                solution, inputs, ..
            } => {
                let names = solution.inputs.iter().copied();
                let places: Vec<_> = names.zip(inputs.iter().map(Place::of)).collect();
                self.phrase(t(solution.words), &places);
            }
            E::Found {
                search,
                from,
                month,
                names: (value, limit),
                pairs,
            } => self.phrase(
                match (search, *month) {
                    (Search::First, HORIZON) => t("“{value}” never reaches {limit}: {months}"),
                    (Search::First, _) => t(
                        "the first month from {start} on in which “{value}” reaches {limit}: {months}",
                    ),
                    (Search::Settled, HORIZON) => t("“{value}” is below {limit} to the end: {months}"),
                    (Search::Settled, _) => {
                        t("the month from which “{value}” stays at or above {limit}: {months}")
                    }
                },
                &[
                    ("start", Place::Words(&name(*from))),
                    ("value", Place::Words(value)),
                    ("limit", Place::Words(limit)),
                    ("months", Place::Months(pairs)),
                ],
            ),
        }
    }

    /// Says a text with what stands in its places.
    fn phrase(&mut self, text: &str, places: &[(&str, Place<'_>)]) {
        let mut rest = text;
        while let Some((before, (name, after))) = rest
            .split_once('{')
            .and_then(|(before, tail)| Some((before, tail.split_once('}')?)))
        {
            self.say(before);
            match places.iter().find(|(known, _)| *known == name) {
                Some((_, Place::Words(words))) => self.say(words),
                Some((_, Place::Formula(formula, least))) => self.write(formula, *least),
                Some((_, Place::Months(pairs))) => self.found(pairs),
                None => self.say("?"),
            }
            rest = after;
        }
        self.say(rest);
    }

    /// A switch or choice and what it is set to.
    fn option(&self, value: &Expression) -> Option<(&'static str, &'static str)> {
        let E::Input(i) = value else { return None };
        let input = &self.inputs[*i];
        let Origin::Lever(lever) = input.origin else {
            return None;
        };
        let spec = lever.spec();
        let option = spec.options.get(input.value as usize)?;
        Some((spec.label, option))
    }

    /// The values on either side of the change.
    fn found(&mut self, pairs: &[(usize, Expression, Expression)]) {
        for (i, (month, value, limit)) in pairs.iter().enumerate() {
            if i > 0 {
                self.say(t("; "));
            }
            self.phrase(
                t("in {month} {value} against {limit}"),
                &[
                    ("month", Place::Words(&name(*month))),
                    ("value", Place::Formula(value, 0)),
                    ("limit", Place::Formula(limit, 0)),
                ],
            );
        }
    }
}

/// What stands in a place of a text.
#[derive(Clone, Copy)]
enum Place<'a> {
    /// Words.
    Words(&'a str),
    /// A formula, in brackets where it holds less tightly than this.
    Formula(&'a Expression, u8),
    /// The values on either side of a change.
    Months(&'a [(usize, Expression, Expression)]),
}

impl<'a> Place<'a> {
    /// A formula within a sentence.
    fn of(formula: &'a Expression) -> Self {
        Self::Formula(formula, 1)
    }
}

fn name(month: usize) -> String {
    Month::at(month).map(format::month).unwrap_or_default()
}

/// Reads formulas from a record.
pub(crate) struct Builder<'a> {
    record: &'a Record,
    inputs: Vec<Vec<u32>>,
}

impl<'a> Builder<'a> {
    pub(crate) fn new(record: &'a Record) -> Self {
        Self {
            record,
            inputs: vec![],
        }
    }

    /// The formula of a named value, and the values on which it rests: one, or several
    /// that are summed.
    pub(crate) fn explain(mut self, mut at: u32) -> (Expression, Vec<Vec<u32>>) {
        // What is only another name for a value has that value's formula.
        while let Node::Named(_, inner) = self.record.node(at)
            && let Node::Named(..) = self.record.node(*inner)
        {
            at = *inner;
        }
        let expression = match self.record.node(at) {
            Node::Named(name, inner) => self
                .growth(*name, *inner)
                .unwrap_or_else(|| self.read(*inner)),
            _ => self.read(at),
        };
        (expression, self.inputs)
    }

    fn input(&mut self, places: Vec<u32>) -> usize {
        let known = self.inputs.iter().position(|other| *other == places);
        known.unwrap_or_else(|| {
            self.inputs.push(places);
            self.inputs.len() - 1
        })
    }

    fn read(&mut self, at: u32) -> Expression {
        match self.record.node(at) {
            Node::Named(..) | Node::Lever(_) | Node::Known(_) => E::Input(self.input(vec![at])),
            Node::Number | Node::Unknown => E::Number(self.record.value(at)),
            Node::Plus(..) | Node::Minus(..) | Node::Negative(_) => {
                let mut terms = vec![];
                self.terms(at, false, &mut terms);
                self.sum(&terms)
            }
            &Node::Over(a, b) if self.is_percent(a) && self.is_number(b, 100.0) => {
                E::Share(self.input(vec![a]))
            }
            Node::Times(..) | Node::Over(..) => {
                let mut factors = vec![];
                self.factors(at, &mut factors);
                E::Product(factors)
            }
            &Node::Power(a, b) => E::Power(self.boxed(a), self.boxed(b)),
            &Node::Root(a, degree) => E::Root(self.boxed(a), degree),
            &Node::JustAbove(a) => E::JustAbove(self.boxed(a)),
            &Node::Smaller(a, b) => E::Smaller(self.boxed(a), self.boxed(b)),
            &Node::Larger(a, b) => E::Larger(self.boxed(a), self.boxed(b)),
            &Node::Chosen {
                value,
                limit,
                yes,
                no,
            } => {
                let below = self.record.value(value) < self.record.value(limit);
                E::Chosen {
                    taken: self.boxed(if below { yes } else { no }),
                    value: self.boxed(value),
                    limit: self.boxed(limit),
                    below,
                }
            }
            Node::Solved(solution, inputs) => {
                let inputs = inputs.iter().map(|&input| self.read(input)).collect();
                E::Solved {
                    solution,
                    inputs,
                    value: self.record.value(at),
                }
            }
            Node::Found(search, from, pairs) => {
                let month = self.record.value(at) as usize;
                // The month before the change and the one after, as far as there are.
                let change = month.max(from + 1) - 1..(month + 1).min(HORIZON);
                let names = pairs
                    .first()
                    .map_or_else(Default::default, |&(one, other)| {
                        let other = match self.called(other) {
                            Some(name) => say!("“{name}”", name),
                            None => t("zero").to_owned(),
                        };
                        (self.called(one).unwrap_or_default(), other)
                    });
                let pairs = change
                    .filter_map(|t| Some((t, *pairs.get(t - from)?)))
                    .map(|(t, (value, limit))| (t, self.read(value), self.read(limit)))
                    .collect();
                E::Found {
                    search: *search,
                    from: *from,
                    month,
                    names,
                    pairs,
                }
            }
        }
    }

    /// What a value is called, whatever its month.
    fn called(&self, at: u32) -> Option<String> {
        match self.record.node(at) {
            Node::Named(name, _) => Some(name.quantity.label().to_owned()),
            Node::Lever(lever) => Some(t(lever.spec().label).to_owned()),
            Node::JustAbove(below) => {
                let name = self.called(*below)?;
                Some(say!("more than {name}", name))
            }
            _ => None,
        }
    }

    fn boxed(&mut self, at: u32) -> Box<Expression> {
        Box::new(self.read(at))
    }

    /// A belief or published figure in percent.
    fn is_percent(&self, at: u32) -> bool {
        match self.record.node(at) {
            Node::Lever(lever) => is_percent(*lever),
            Node::Known(known) => matches!(known.unit(), Unit::Percent | Unit::PercentPerYear),
            _ => false,
        }
    }

    fn is_number(&self, at: u32, number: f64) -> bool {
        matches!(self.record.node(at), Node::Number)
            && self.record.value(at).to_bits() == number.to_bits()
    }

    /// A plain zero, with a name or without.
    fn is_nothing(&self, at: u32) -> bool {
        match self.record.node(at) {
            Node::Named(_, inner) => self.is_nothing(*inner),
            _ => self.is_number(at, 0.0),
        }
    }

    /// The terms of a sum, from left to right.
    fn terms(&self, at: u32, minus: bool, terms: &mut Vec<(bool, u32)>) {
        match *self.record.node(at) {
            Node::Plus(a, b) => {
                self.terms(a, minus, terms);
                self.terms(b, minus, terms);
            }
            Node::Minus(a, b) => {
                self.terms(a, minus, terms);
                self.terms(b, !minus, terms);
            }
            Node::Negative(a) => self.terms(a, !minus, terms),
            // Where a running sum begins, and months in which there was nothing to add.
            _ if self.is_nothing(at) => {}
            _ => terms.push((minus, at)),
        }
    }

    /// A sum, its months joined where a quantity is summed over several.
    fn sum(&mut self, terms: &[(bool, u32)]) -> Expression {
        let mut sum = vec![];
        let mut rest = terms;
        while let [(minus, first), ..] = *rest {
            let run = self.run(rest);
            let term = if run > 2 {
                let months = rest[..run].iter().map(|&(_, at)| at);
                let months: Vec<u32> = months.collect();
                E::Input(self.input(months))
            } else {
                self.read(first)
            };
            sum.push((minus, term));
            rest = &rest[if run > 2 { run } else { 1 }..];
        }
        match &mut sum[..] {
            [] => E::Number(0.0),
            [(false, _)] => sum.swap_remove(0).1,
            _ => E::Sum(sum),
        }
    }

    /// How many terms at the head are one quantity in months one after the other.
    fn run(&self, terms: &[(bool, u32)]) -> usize {
        let Some(&(minus, first)) = terms.first() else {
            return 0;
        };
        let Some((name, start)) = self.month(first) else {
            return 1;
        };
        let follows = |&(i, &(sign, at)): &(usize, &(bool, u32))| {
            sign == minus
                && self
                    .month(at)
                    .is_some_and(|(other, t)| other.quantity == name.quantity && t == start + i)
        };
        terms.iter().enumerate().take_while(follows).count()
    }

    /// The name of a value of a month, and the month.
    fn month(&self, at: u32) -> Option<(Name, usize)> {
        match self.record.node(at) {
            Node::Named(name, _) => match name.time {
                Time::Month(t) => Some((*name, t)),
                _ => None,
            },
            _ => None,
        }
    }

    fn factors(&mut self, at: u32, factors: &mut Vec<(bool, Expression)>) {
        match *self.record.node(at) {
            Node::Over(a, b) if self.is_percent(a) && self.is_number(b, 100.0) => {
                let share = E::Share(self.input(vec![a]));
                factors.push((false, share));
            }
            Node::Times(a, b) => {
                self.factors(a, factors);
                let right = self.read(b);
                factors.push((false, right));
            }
            Node::Over(a, b) => {
                self.factors(a, factors);
                let right = self.read(b);
                factors.push((true, right));
            }
            _ => {
                let factor = self.read(at);
                factors.push((false, factor));
            }
        }
    }

    /// A value that follows from the month beside it: what has been added since the
    /// series began to be summed up, or how often the same factor was applied.
    fn growth(&mut self, name: Name, inner: u32) -> Option<Expression> {
        let (added, multiplied) = (
            self.chain(name, inner, true),
            self.chain(name, inner, false),
        );
        if added.1.len() > 1 {
            let (base, mut steps) = added;
            steps.reverse();
            let terms = base.into_iter().chain(steps);
            let terms = terms.filter(|&at| !self.is_nothing(at));
            let terms: Vec<_> = terms.map(|at| (false, at)).collect();
            return Some(self.sum(&terms));
        }
        let (base, steps) = multiplied;
        let same = steps.iter().take_while(|&&at| at == steps[0]).count();
        if same < 2 {
            return None;
        }
        // Back as far as the factor is the same.
        let base = if same == steps.len() {
            base?
        } else {
            self.beside(name, inner, same)?
        };
        let factor = self.boxed(steps[0]);
        let power = E::Power(factor, Box::new(E::Number(same as f64)));
        if self.is_number(base, 1.0) {
            return Some(power);
        }
        let base = self.read(base);
        Some(E::Product(vec![(false, base), (false, power)]))
    }

    /// Follows a sum or product back through the months beside each other: where it
    /// begins, and what was added or multiplied, the latest first.
    fn chain(&self, name: Name, inner: u32, add: bool) -> (Option<u32>, Vec<u32>) {
        let (mut name, mut inner) = (name, inner);
        let mut steps = vec![];
        loop {
            let (before, step) = match *self.record.node(inner) {
                Node::Plus(a, b) if add => (a, b),
                Node::Times(a, b) if !add => (a, b),
                _ => return (None, steps),
            };
            if let Node::Number = self.record.node(before) {
                steps.push(step);
                return (Some(before), steps);
            }
            let Node::Named(other, next) = *self.record.node(before) else {
                return (None, vec![]);
            };
            if !beside(name, other) {
                return (None, vec![]);
            }
            steps.push(step);
            let goes_on = match *self.record.node(next) {
                Node::Plus(a, _) if add => self.continues(other, a),
                Node::Times(a, _) if !add => self.continues(other, a),
                _ => false,
            };
            if !goes_on {
                return (Some(before), steps);
            }
            (name, inner) = (other, next);
        }
    }

    /// Whether a chain goes on behind a value: the same quantity beside it, or the
    /// number with which it began.
    fn continues(&self, name: Name, before: u32) -> bool {
        match self.record.node(before) {
            Node::Number => true,
            Node::Named(other, _) => beside(name, *other),
            _ => false,
        }
    }

    /// The value so many months beside the one that is explained.
    fn beside(&self, name: Name, inner: u32, months: usize) -> Option<u32> {
        let (mut inner, mut at) = (inner, None);
        for _ in 0..months {
            let (Node::Times(before, _), ..) = (self.record.node(inner), name) else {
                return None;
            };
            at = Some(*before);
            inner = match self.record.node(*before) {
                Node::Named(_, next) => *next,
                _ => return at,
            };
        }
        at
    }
}

/// Whether two names are one quantity in months beside each other.
fn beside(name: Name, other: Name) -> bool {
    match (name.time, other.time) {
        (Time::Month(a), Time::Month(b)) => name.quantity == other.quantity && a.abs_diff(b) == 1,
        _ => false,
    }
}

fn is_percent(lever: Lever) -> bool {
    matches!(lever.spec().unit, Unit::Percent | Unit::PercentPerYear)
}
