//! The number type of the model: one `f64`, or several side by side.
//!
//! Every equation is written once, over [`Lane`]. A single run uses `f64`; a
//! simulation of many draws uses [`Lanes`], which the compiler turns into vector
//! instructions. A third follows where each number comes from: see [`crate::trace`].
//! All take the same steps in the same order, so a lane holds the
//! very bits that a single run would have given. Equations therefore do not branch
//! on values: they [`Lane::select`].

#![allow(
    clippy::inline_always,
    reason = "every operation is a handful of vector instructions: a call would cost more"
)]

use core::cell::RefCell;
use core::fmt::Debug;
use core::ops::{Add, Div, Mul, Neg, Sub};

use crate::origin::{Known, Name, Search, Solution};

/// A number, or several side by side, on which the model can be evaluated.
pub trait Lane:
    Copy
    + 'static
    + Debug
    + Neg<Output = Self>
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Add<f64, Output = Self>
    + Sub<f64, Output = Self>
    + Mul<f64, Output = Self>
    + Div<f64, Output = Self>
{
    /// The same number in every lane.
    fn splat(number: f64) -> Self;

    /// Applies a function lane by lane.
    #[must_use]
    fn map(self, function: impl Fn(f64) -> f64) -> Self;

    /// Applies a function of two numbers lane by lane.
    #[must_use]
    fn zip(self, other: Self, function: impl Fn(f64, f64) -> f64) -> Self;

    /// `yes` in the lanes where `self < limit`, elsewhere `no`.
    #[must_use]
    fn select_below(self, limit: Self, yes: Self, no: Self) -> Self;

    /// A number that no lane is below. A trace gives minus infinity, so that it leaves
    /// out no month.
    fn least(self) -> f64;

    /// Whether every lane holds the bits that it held before: further steps of the same
    /// iteration would change nothing.
    fn settled(self, before: Self) -> bool;

    /// A function of one number, named so that its results can be remembered: a
    /// simulation asks for the same roots of the same worlds at every movement of a
    /// slider.
    #[must_use]
    fn remembered(self, name: Remembered, function: impl Fn(Self) -> Self) -> Self {
        let _ = name;
        function(self)
    }

    /// The smaller of two, lane by lane.
    #[must_use]
    fn at_most(self, limit: Self) -> Self {
        limit.select_below(self, limit, self)
    }

    /// The larger of two, lane by lane.
    #[must_use]
    fn at_least(self, limit: Self) -> Self {
        self.select_below(limit, limit, self)
    }

    /// The smallest number above.
    #[must_use]
    fn just_above(self) -> Self {
        self.map(f64::next_up)
    }

    /// The cube root, with the same bits on every platform.
    #[must_use]
    fn cube_root(self) -> Self {
        self.map(libm::cbrt)
    }

    /// `self` to the power of `exponent`, with the same bits on every platform.
    #[must_use]
    fn power(self, exponent: Self) -> Self {
        self.zip(exponent, libm::pow)
    }

    /// `self` to a power that is the same in every lane.
    #[must_use]
    fn root(self, degree: f64) -> Self {
        self.map(|x| libm::pow(x, 1.0 / degree))
    }

    /// A number from outside, and what it rests on.
    #[must_use]
    #[inline(always)]
    fn known(known: Known) -> Self {
        Self::splat(known.value())
    }

    /// Says what the value is. Only a trace listens.
    #[must_use]
    fn called(self, name: Name) -> Self {
        let _ = name;
        self
    }

    /// Says that the value was solved for, and from what. Only a trace listens.
    #[must_use]
    fn solved(self, solution: &'static Solution, inputs: &[Self]) -> Self {
        let _ = (solution, inputs);
        self
    }

    /// Says that the value is a month that was found by comparing two values a month,
    /// from a month on. Only a trace listens.
    #[must_use]
    fn found(self, search: Search, from: usize, pairs: impl FnMut(usize) -> (Self, Self)) -> Self {
        let _ = (search, from, pairs);
        self
    }
}

impl Lane for f64 {
    fn splat(number: f64) -> Self {
        number
    }
    fn map(self, function: impl Fn(f64) -> f64) -> Self {
        function(self)
    }
    fn zip(self, other: Self, function: impl Fn(f64, f64) -> f64) -> Self {
        function(self, other)
    }
    fn select_below(self, limit: Self, yes: Self, no: Self) -> Self {
        if self < limit { yes } else { no }
    }
    fn least(self) -> f64 {
        self
    }
    fn settled(self, before: Self) -> bool {
        self.to_bits() == before.to_bits()
    }
}

/// `N` numbers side by side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lanes<const N: usize>(pub [f64; N]);

impl<const N: usize> Lanes<N> {
    /// Lane by lane, in a loop that the compiler unrolls into vector instructions.
    #[inline(always)]
    fn each(mut self, function: impl Fn(f64) -> f64) -> Self {
        for x in &mut self.0 {
            *x = function(*x);
        }
        self
    }

    /// Lane by lane with another.
    #[inline(always)]
    fn with(mut self, other: Self, function: impl Fn(f64, f64) -> f64) -> Self {
        for (x, y) in self.0.iter_mut().zip(other.0) {
            *x = function(*x, y);
        }
        self
    }

    /// Whether every lane holds the same bits.
    fn same(&self) -> bool {
        let bits = self.0[0].to_bits();
        self.0.iter().all(|x| x.to_bits() == bits)
    }
}

/// A function whose results are remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remembered {
    /// A root of a degree.
    Root(u8),
    /// See [`crate::model::revenue`]: how fast net adds shrink.
    NetAddDecay,
    /// See [`crate::model::revenue`]: the quarterly pace of a year.
    QuarterlyPace,
}

impl Remembered {
    /// Where its results are kept; none for what is not worth it.
    const fn place(self) -> Option<usize> {
        match self {
            Self::NetAddDecay => Some(0),
            Self::QuarterlyPace => Some(1),
            Self::Root(degree) if degree < 16 => Some(2 + degree as usize),
            Self::Root(_) => None,
        }
    }
}

/// How wide a simulation is: what it remembers is of this many lanes.
pub(crate) const WIDE: usize = 8;

/// How many results of a function are remembered, each of as many worlds: a function that
/// a run asks for five times is remembered of some ten thousand worlds.
const MOST_RESULTS: usize = 65_536 / WIDE;

/// A result and what it is of.
#[derive(Clone, Copy)]
struct Result {
    input: [u64; WIDE],
    output: [f64; WIDE],
}

/// The results of a function in the order in which a run asked for them. The next run
/// asks in the same order, so that each is found where it is looked for, and nearby.
struct Results {
    kept: Vec<Result>,
    next: usize,
}

impl Results {
    const NONE: Self = Self {
        kept: Vec::new(),
        next: 0,
    };

    /// The result for an input, remembered or worked out. Bits are compared, so that what
    /// is remembered is what would have been worked out.
    #[inline(always)]
    fn find(&mut self, input: [f64; WIDE], work: impl FnOnce() -> [f64; WIDE]) -> [f64; WIDE] {
        let input = input.map(f64::to_bits);
        let at = self.next;
        self.next += 1;
        if let Some(known) = self.kept.get(at)
            && known.input == input
        {
            return known.output;
        }
        let output = work();
        let result = Result { input, output };
        if let Some(known) = self.kept.get_mut(at) {
            *known = result;
        } else if at < MOST_RESULTS {
            self.kept.push(result);
        }
        output
    }
}

thread_local! {
    static RESULTS: RefCell<[Results; 18]> = const { RefCell::new([Results::NONE; 18]) };
}

/// Tells what is remembered that a run begins.
pub(crate) fn begin_run() {
    RESULTS.with_borrow_mut(|results| {
        for results in results {
            results.next = 0;
        }
    });
}

/// What is slow is worked out once where every lane holds the same: beliefs that a
/// simulation takes as set are the same in all its worlds.
impl<const N: usize> Lane for Lanes<N> {
    #[inline(always)]
    fn splat(number: f64) -> Self {
        Self([number; N])
    }
    #[inline(always)]
    fn map(self, function: impl Fn(f64) -> f64) -> Self {
        self.each(function)
    }
    #[inline(always)]
    fn zip(self, other: Self, function: impl Fn(f64, f64) -> f64) -> Self {
        self.with(other, function)
    }
    #[inline(always)]
    fn select_below(self, limit: Self, yes: Self, no: Self) -> Self {
        let mut chosen = no;
        for i in 0..N {
            chosen.0[i] = if self.0[i] < limit.0[i] {
                yes.0[i]
            } else {
                no.0[i]
            };
        }
        chosen
    }
    fn least(self) -> f64 {
        self.0.iter().copied().fold(f64::INFINITY, f64::min)
    }
    fn settled(self, before: Self) -> bool {
        let pairs = self.0.iter().zip(before.0);
        pairs.fold(true, |all, (now, before)| {
            all & (now.to_bits() == before.to_bits())
        })
    }
    fn remembered(self, name: Remembered, function: impl Fn(Self) -> Self) -> Self {
        let (Some(place), Ok(input)) = (name.place(), <[f64; WIDE]>::try_from(&self.0[..])) else {
            return function(self);
        };
        let mut result = self;
        result
            .0
            .copy_from_slice(&RESULTS.with_borrow_mut(|results| {
                results[place].find(input, || {
                    let mut output = input;
                    output.copy_from_slice(&function(self).0);
                    output
                })
            }));
        result
    }
    fn cube_root(self) -> Self {
        if self.same() {
            return Self::splat(libm::cbrt(self.0[0]));
        }
        self.each(libm::cbrt)
    }
    fn power(self, exponent: Self) -> Self {
        // Any number to the power of zero is one.
        if exponent.0.iter().all(|&exponent| exponent == 0.0) {
            return Self::splat(1.0);
        }
        if self.same() && exponent.same() {
            return Self::splat(libm::pow(self.0[0], exponent.0[0]));
        }
        self.with(exponent, libm::pow)
    }
    fn root(self, degree: f64) -> Self {
        self.remembered(Remembered::Root(degree as u8), |lanes| {
            if lanes.same() {
                return Self::splat(libm::pow(lanes.0[0], 1.0 / degree));
            }
            lanes.each(|x| libm::pow(x, 1.0 / degree))
        })
    }
}

impl<const N: usize> Neg for Lanes<N> {
    type Output = Self;
    #[inline(always)]
    fn neg(self) -> Self {
        self.each(|x| -x)
    }
}

macro_rules! operator {
    ($($trait:ident :: $method:ident, $op:tt;)*) => {$(
        impl<const N: usize> $trait for Lanes<N> {
            type Output = Self;
            #[inline(always)]
            fn $method(self, other: Self) -> Self {
                self.with(other, |a, b| a $op b)
            }
        }
        impl<const N: usize> $trait<f64> for Lanes<N> {
            type Output = Self;
            #[inline(always)]
            fn $method(self, other: f64) -> Self {
                self.each(|a| a $op other)
            }
        }
    )*};
}

operator! {
    Add::add, +;
    Sub::sub, -;
    Mul::mul, *;
    Div::div, /;
}
