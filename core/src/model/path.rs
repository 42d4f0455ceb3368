//! A value for every month of the horizon.

use core::ops::{Index, IndexMut};

use crate::lane::Lane;
use crate::month::{HORIZON, Month, months_of};
use crate::origin::Search;
use crate::outcome::Series;

/// One value a month, January 2023 to December 2036.
#[derive(Clone, Debug)]
pub struct Path<V>(Box<[V; HORIZON]>);

impl<V: Lane> Path<V> {
    /// Zero in every month.
    pub(crate) fn zero() -> Self {
        Self(Box::new([V::splat(0.0); HORIZON]))
    }

    /// A value from each month's index.
    pub(crate) fn from_fn(value: impl FnMut(usize) -> V) -> Self {
        Self(Box::new(core::array::from_fn(value)))
    }

    /// The same path, each month named as a value of a series.
    pub(crate) fn named(mut self, series: Series) -> Self {
        for (t, value) in self.0.iter_mut().enumerate() {
            *value = value.called(series.at(t));
        }
        self
    }

    /// The sum over a year.
    pub(crate) fn year(&self, year: usize) -> V {
        self.sum(months_of(year))
    }

    /// The sum over a range of months, from the earliest to the latest.
    pub(crate) fn sum(&self, months: core::ops::Range<usize>) -> V {
        self.0[months]
            .iter()
            .fold(V::splat(0.0), |sum, &value| sum + value)
    }

    /// All months.
    pub fn values(&self) -> &[V; HORIZON] {
        &self.0
    }
}

impl<V> Index<usize> for Path<V> {
    type Output = V;
    fn index(&self, index: usize) -> &V {
        &self.0[index]
    }
}

impl<V> IndexMut<usize> for Path<V> {
    fn index_mut(&mut self, index: usize) -> &mut V {
        &mut self.0[index]
    }
}

impl<V> Index<Month> for Path<V> {
    type Output = V;
    fn index(&self, month: Month) -> &V {
        &self.0[month.index()]
    }
}

/// The index of the first month from `from` on in which `reached` holds, counted in
/// each lane; [`HORIZON`] where it never does. `reached` is given as a pair that
/// holds where the first is not below the second.
pub(crate) fn first_month<V: Lane>(from: usize, mut reached: impl FnMut(usize) -> (V, V)) -> V {
    let never = V::splat(HORIZON as f64);
    let mut first = never;
    for t in (from..HORIZON).rev() {
        let (value, limit) = reached(t);
        first = value.select_below(limit, first, V::splat(t as f64));
    }
    first.found(Search::First, from, reached)
}

/// The index of the month after the last in which the first of a pair is below the
/// second; 0 where it never is, [`HORIZON`] where it is to the end.
pub(crate) fn settled_month<V: Lane>(mut pair: impl FnMut(usize) -> (V, V)) -> V {
    let settled = (0..HORIZON).fold(V::splat(0.0), |month, t| {
        let (value, limit) = pair(t);
        value.select_below(limit, V::splat((t + 1) as f64), month)
    });
    settled.found(Search::Settled, 0, pair)
}

/// The sums of the values so far, each named.
pub(crate) fn running_sum<V: Lane>(series: Series, path: &Path<V>) -> Path<V> {
    let mut sum = V::splat(0.0);
    Path::from_fn(|t| {
        sum = (sum + path[t]).called(series.at(t));
        sum
    })
}
