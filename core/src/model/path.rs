//! A value for every month of the horizon.

use core::any::Any;
use core::cell::RefCell;
use core::ops::{Index, IndexMut, Range};

use crate::lane::{Lane, Lanes, WIDE};
use crate::month::{HORIZON, Month, months_of};
use crate::origin::Search;
use crate::outcome::Series;

/// One value a month: from January 2023 to December 2036, or in those months that are
/// worked out. There is none in others.
#[derive(Debug)]
pub struct Path<V: 'static> {
    /// The first month.
    from: usize,
    /// A value a month from there.
    values: Vec<V>,
}

/// How many paths of a lane are kept for the next run: as many as a run makes.
const MOST_SPARE: usize = 96;

/// The memory of paths that were dropped. A simulation makes millions of paths of one
/// size; asking the system for each would cost more than the model. Other lanes than
/// these do without.
struct Spare {
    single: Vec<Vec<f64>>,
    wide: Vec<Vec<Lanes<WIDE>>>,
}

thread_local! {
    static SPARE: RefCell<Spare> = const {
        RefCell::new(Spare {
            single: Vec::new(),
            wide: Vec::new(),
        })
    };
}

impl Spare {
    /// What is spare of a lane. Each lane has code of its own, in which nothing is left of
    /// the question.
    fn of<V: 'static>(&mut self) -> Option<&mut Vec<Vec<V>>> {
        let [single, wide]: [&mut dyn Any; 2] = [&mut self.single, &mut self.wide];
        if single.is::<Vec<Vec<V>>>() {
            single.downcast_mut()
        } else {
            wide.downcast_mut()
        }
    }
}

/// Empty memory for a path, used before if there is any. A call: in line it would stand
/// wherever a path is made, in a page that is to be small.
#[inline(never)]
fn spare<V: 'static>(months: usize) -> Vec<V> {
    let used = SPARE.with_borrow_mut(|spare| spare.of()?.pop());
    let mut memory = used.unwrap_or_default();
    memory.reserve_exact(months);
    memory
}

impl<V: 'static> Drop for Path<V> {
    fn drop(&mut self) {
        put_away(core::mem::take(&mut self.values));
    }
}

/// Keeps a path's memory for the next.
#[inline(never)]
fn put_away<V: 'static>(mut memory: Vec<V>) {
    memory.clear();
    // A thread that ends has no spare memory any more.
    let _ = SPARE.try_with(|spare| {
        if let Ok(mut spare) = spare.try_borrow_mut()
            && let Some(spare) = spare.of()
            && spare.len() < MOST_SPARE
        {
            spare.push(memory);
        }
    });
}

impl<V: Clone + 'static> Clone for Path<V> {
    fn clone(&self) -> Self {
        let mut values = spare(self.values.len());
        values.extend_from_slice(&self.values);
        Self {
            from: self.from,
            values,
        }
    }
}

impl<V: Lane> Path<V> {
    /// The beginning of a path: no month yet, and room for so many.
    pub(crate) fn begun(months: &Range<usize>) -> Self {
        Self {
            from: months.start,
            values: spare(months.len()),
        }
    }

    /// The beginning of a path that is known up to some month.
    pub(crate) fn known(known: &Self, months: &Range<usize>) -> Self {
        let mut path = Self::begun(months);
        let known = known.values.get(months.start - known.from..);
        let known = known.unwrap_or_default().iter().take(months.len());
        path.values.extend(known);
        path
    }

    /// Goes on up to the month before `to`: a value from each month's index and what
    /// other paths hold there. All of them have these months, which is checked once: a loop
    /// that nothing can break off is one out of which a browser's compiler takes what is the
    /// same every month, divisions above all.
    pub(crate) fn go_on<const N: usize>(
        &mut self,
        to: usize,
        paths: [&Self; N],
        mut value: impl FnMut(usize, [V; N]) -> V,
    ) {
        let from = self.months().end;
        let size = to.saturating_sub(from);
        let there = paths.map(|path| match size {
            0 => &[],
            _ => &path.values[from - path.from..][..size],
        });
        let values = (0..size).map(|i| value(from + i, there.map(|values| values[i])));
        self.values.extend(values);
    }

    /// Zero in every month.
    pub(crate) fn zero(months: Range<usize>) -> Self {
        Self::from_fn(months, |_| V::splat(0.0))
    }

    /// A value from each month's index.
    pub(crate) fn from_fn(months: Range<usize>, value: impl FnMut(usize) -> V) -> Self {
        Self::since(0, months, value)
    }

    /// A value from each month's index, zero before `first`.
    pub(crate) fn since(
        first: usize,
        months: Range<usize>,
        mut value: impl FnMut(usize) -> V,
    ) -> Self {
        Self::beside([], first, months, |t, []| value(t))
    }

    /// A value from each month's index and what other paths hold there, zero before
    /// `first`.
    pub(crate) fn beside<const N: usize>(
        paths: [&Self; N],
        first: usize,
        months: Range<usize>,
        value: impl FnMut(usize, [V; N]) -> V,
    ) -> Self {
        let mut path = Self::begun(&months);
        path.go_on(first.min(months.end), [], |_, []| V::splat(0.0));
        path.go_on(months.end, paths, value);
        path
    }

    /// The months that have a value.
    pub(crate) fn months(&self) -> Range<usize> {
        self.from..self.from + self.values.len()
    }

    /// The same path, each month named as a value of a series.
    pub(crate) fn named(mut self, series: Series) -> Self {
        for (t, value) in self.months().zip(self.values.iter_mut()) {
            *value = value.called(series.at(t));
        }
        self
    }

    /// The sum over a year.
    pub(crate) fn year(&self, year: usize) -> V {
        self.sum(months_of(year))
    }

    /// The sum over a range of months, from the earliest to the latest.
    pub(crate) fn sum(&self, months: Range<usize>) -> V {
        self.of(months)
            .iter()
            .fold(V::splat(0.0), |sum, &value| sum + value)
    }

    /// The values in some months.
    pub(crate) fn of(&self, months: Range<usize>) -> &[V] {
        &self.values[months.start - self.from..months.end - self.from]
    }

    /// The value of every month that has one: of a whole run, all.
    pub fn values(&self) -> &[V] {
        &self.values
    }
}

impl<V> Index<usize> for Path<V> {
    type Output = V;
    fn index(&self, index: usize) -> &V {
        &self.values[index - self.from]
    }
}

impl<V> IndexMut<usize> for Path<V> {
    fn index_mut(&mut self, index: usize) -> &mut V {
        &mut self.values[index - self.from]
    }
}

impl<V> Index<Month> for Path<V> {
    type Output = V;
    fn index(&self, month: Month) -> &V {
        &self.values[month.index() - self.from]
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
    Path::from_fn(path.months(), |t| {
        sum = (sum + path[t]).called(series.at(t));
        sum
    })
}

#[cfg(test)]
mod tests {
    use super::Path;
    use crate::month::Month;

    /// Its months' own indices, from one on.
    fn indices(from: usize, to: usize) -> Path<f64> {
        Path::since(from, from..to, |t| t as f64)
    }

    #[test]
    fn what_is_known_is_taken_month_by_month() {
        let path = Path::known(&indices(2, 9), &(4..7));
        assert_eq!(path.months(), 4..7);
        assert_eq!(path.values(), [4.0, 5.0, 6.0]);
    }

    #[test]
    fn a_month_finds_its_value() {
        let path = indices(2, 9);
        assert_eq!(
            path[Month::at(3).expect("it is of the horizon")].to_bits(),
            3f64.to_bits()
        );
    }

    #[test]
    fn to_go_on_for_no_month_asks_nothing_of_others() {
        let mut path = indices(2, 5);
        path.go_on(5, [&indices(8, 9)], |_, [other]| other);
        assert_eq!(path.months(), 2..5);
        path.go_on(7, [&indices(3, 9)], |_, [other]| other);
        assert_eq!(path.values(), [2.0, 3.0, 4.0, 5.0, 6.0]);
    }
}
