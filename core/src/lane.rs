//! The number type of the model: one `f64`, or several side by side.
//!
//! Every equation is written once, over [`Lane`]. A single run uses `f64`; a
//! simulation of many draws uses [`Lanes`], which the compiler turns into vector
//! instructions. A third follows where each number comes from: see [`crate::trace`].
//! All take the same steps in the same order, so a lane holds the
//! very bits that a single run would have given. Equations therefore do not branch
//! on values: they [`Lane::select`].

use core::fmt::Debug;
use core::ops::{Add, Div, Mul, Neg, Sub};

use crate::origin::{Known, Name, Search, Solution};

/// A number, or several side by side, on which the model can be evaluated.
pub trait Lane:
    Copy
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
}

/// `N` numbers side by side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lanes<const N: usize>(pub [f64; N]);

impl<const N: usize> Lane for Lanes<N> {
    fn splat(number: f64) -> Self {
        Self([number; N])
    }
    fn map(self, function: impl Fn(f64) -> f64) -> Self {
        Self(self.0.map(function))
    }
    fn zip(self, other: Self, function: impl Fn(f64, f64) -> f64) -> Self {
        Self(core::array::from_fn(|i| function(self.0[i], other.0[i])))
    }
    fn select_below(self, limit: Self, yes: Self, no: Self) -> Self {
        Self(core::array::from_fn(|i| {
            if self.0[i] < limit.0[i] {
                yes.0[i]
            } else {
                no.0[i]
            }
        }))
    }
}

impl<const N: usize> Neg for Lanes<N> {
    type Output = Self;
    fn neg(self) -> Self {
        self.map(|x| -x)
    }
}

macro_rules! operator {
    ($($trait:ident :: $method:ident, $op:tt;)*) => {$(
        impl<const N: usize> $trait for Lanes<N> {
            type Output = Self;
            fn $method(self, other: Self) -> Self {
                self.zip(other, |a, b| a $op b)
            }
        }
        impl<const N: usize> $trait<f64> for Lanes<N> {
            type Output = Self;
            fn $method(self, other: f64) -> Self {
                self.map(|a| a $op other)
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
