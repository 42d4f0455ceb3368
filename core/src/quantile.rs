//! Exact quantiles of many columns of draws, without sorting them.
//!
//! A band over months needs a handful of order statistics of thousands of draws, every
//! month anew. [`Quantiles`] finds them by narrowing: a sample of the column gives a
//! range, that range is cut into 256 bins, every draw is written down as the byte of its
//! bin, the bytes are counted, and the few bins that hold a wanted rank are gathered and
//! searched in the same way, or sorted once they are small. Bins only ever narrow the
//! search: the result is the element that a full sort would put there, whatever the
//! sample was, and a bad sample costs time alone.
//!
//! **Cost.** A few passes over the column, however many quantiles are wanted: bins and
//! marks by vector instructions, counting and gathering without a branch that depends on a
//! value. A column of 10,000 takes about 8 µs on one core of a server and 1,000 about
//! 1.5 µs, some twenty times less than a full sort. A value that many draws share, a few
//! that lie far out and two heaps far apart are met by a second, shorter search. Only a
//! column that spans most exponents of an `f32` ends in a sort. Nothing is allocated once
//! the scratch has grown to the longest column. `make bench` measures it.
//!
//! **Bits.** Additions, multiplications and comparisons of `f32` in a fixed order, and one
//! interpolation in `f64`: the same result natively and in WebAssembly.

/// The probabilities of a band: 5–95, 25–75 and the median.
pub const BAND: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

/// How often a search narrows before it sorts what is left.
const DEPTH: usize = 5;

/// Up to this many values are sorted.
const FEW: usize = 96;

/// How many runs of neighbours a sample takes, and how long each is. Neighbours, because
/// every k-th point of a Sobol sequence is no fair sample of it, and a run of them is.
const RUNS: usize = 32;
const RUN: usize = 4;

/// How many marks are put into one number.
const WORD: usize = 64;

/// How many bins are passed over at once where no rank is wanted.
const CHUNK: usize = 16;

/// Adding it to a number from 0 to 255 leaves that number, rounded, in the lowest bits.
const MAGIC: f32 = 8_388_608.0;

/// What the bits of four such sums have in common, laid over each other as [`assign`] does.
const MAGICS: u32 = {
    let bits = MAGIC.to_bits();
    bits ^ (bits << 8) ^ (bits << 16) ^ (bits << 24)
};

/// Finds quantiles, and keeps the scratch for the next column.
///
/// ```
/// use compute_loop_core::quantile::{BAND, Quantiles};
///
/// let column: Vec<f32> = (0..=100).map(|draw| draw as f32).collect();
/// let [_, quarter, median, ..] = Quantiles::new().of(&column, BAND);
/// assert_eq!((quarter, median), (25.0, 50.0));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Quantiles {
    levels: [Level; DEPTH],
}

/// The scratch of one narrowing.
#[derive(Clone, Debug, Default)]
struct Level {
    /// The bin of each value, where [`home`] says.
    bins: Vec<[u8; 4]>,
    /// Whether each value lies in a wanted bin: 1 or 0.
    marks: Vec<u8>,
    /// Words of these marks that hold one or more.
    words: Vec<Word>,
    /// These values, bin after bin.
    gathered: Vec<f32>,
}

/// The marks of so many values in a row.
#[derive(Clone, Copy, Debug, Default)]
struct Word {
    /// Where they begin.
    from: u32,
    /// A bit for each: that of a value's place in its eight, and in it of the eight.
    marks: u64,
}

impl Quantiles {
    /// A finder that has seen no column yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The quantiles of a column at some probabilities, interpolated linearly between
    /// the two nearest order statistics (NumPy's default, R's type 7).
    ///
    /// Draws are finite; what else is among them makes the result meaningless and nothing
    /// worse. An empty column has no quantiles: not a number. Probabilities are held to
    /// 0..=1.
    #[must_use]
    pub fn of<const N: usize>(&mut self, column: &[f32], at: [f64; N]) -> [f64; N] {
        let Some(last) = column.len().checked_sub(1) else {
            return [f64::NAN; N];
        };
        let places = at.map(|probability| last as f64 * probability.clamp(0.0, 1.0));
        // The ranks below and above each, and in rising order for the search.
        let pairs = places.map(|place| [place as usize, (place as usize + 1).min(last)]);
        let mut ranks = pairs;
        let ranks = ranks.as_flattened_mut();
        ranks.sort_unstable();
        let mut found = [[0.0_f32; 2]; N];
        select(&mut self.levels, column, 0, ranks, found.as_flattened_mut());
        let value = |rank: usize| {
            let place = ranks.partition_point(|&other| other < rank);
            found
                .as_flattened()
                .get(place)
                .map_or(f64::NAN, |&v| f64::from(v))
        };
        core::array::from_fn(|which| {
            let [below, above] = pairs[which].map(value);
            // The sum with zero makes one zero of the two.
            below + (above - below) * (places[which] - pairs[which][0] as f64) + 0.0
        })
    }
}

/// Puts the values of these ranks, given in rising order, into `found`. The least value of
/// the column has the rank `base`.
fn select(levels: &mut [Level], column: &[f32], base: usize, ranks: &[usize], found: &mut [f32]) {
    if ranks.is_empty() || column.is_empty() {
        return;
    }
    let Some((level, deeper)) = levels.split_first_mut() else {
        return sort(&mut column.to_vec(), base, ranks, found);
    };
    if column.len() <= FEW {
        level.gathered.clear();
        level.gathered.extend_from_slice(column);
        return sort(&mut level.gathered, base, ranks, found);
    }
    let (low, high, heavy) = sample(column);
    if let Some(value) = heavy {
        return level.around(deeper, value, column, base, ranks, found);
    }
    let scale = 255.0 / (high - low);
    if scale > 0.0 && scale < f32::MAX {
        level.within(deeper, (low, scale), column, base, ranks, found);
    } else {
        // Values that have no span between them which a number can hold.
        level.gathered.clear();
        level.gathered.extend_from_slice(column);
        sort(&mut level.gathered, base, ranks, found);
    }
}

/// Picks ranks out of values by sorting them.
fn sort(values: &mut [f32], base: usize, ranks: &[usize], found: &mut [f32]) {
    let last = values.len().saturating_sub(1);
    let mut keys = [0; FEW];
    if let Some(keys) = keys.get_mut(..values.len()) {
        // Whole numbers in the same order sort faster.
        for (key, value) in keys.iter_mut().zip(&*values) {
            *key = key_of(*value);
        }
        keys.sort_unstable();
        for (found, &rank) in found.iter_mut().zip(ranks) {
            *found = value_of(keys[(rank - base).min(last)]);
        }
    } else {
        values.sort_unstable_by(f32::total_cmp);
        for (found, &rank) in found.iter_mut().zip(ranks) {
            *found = values[(rank - base).min(last)];
        }
    }
}

/// A whole number that stands among others as the value does among values.
fn key_of(value: f32) -> i32 {
    let bits = value.to_bits();
    // All but the sign of a negative value run the other way.
    (bits ^ ((bits.cast_signed() >> 31).cast_unsigned() >> 1)).cast_signed()
}

/// The value of such a number.
fn value_of(key: i32) -> f32 {
    f32::from_bits((key ^ ((key >> 31).cast_unsigned() >> 1).cast_signed()).cast_unsigned())
}

/// The ends of a sample, and a value that half of the sample has.
#[expect(clippy::float_cmp, reason = "it looks for one value that occurs often")]
fn sample(column: &[f32]) -> (f32, f32, Option<f32>) {
    let mut runs = [[0.0; RUN]; RUNS];
    let step = column.len().saturating_sub(RUN) / RUNS;
    for (which, run) in runs.iter_mut().enumerate() {
        if let Some(values) = column[which * step..].first_chunk() {
            *run = *values;
        }
    }
    let [first, middle, last] = [0, column.len() / 2, column.len() - 1].map(|place| column[place]);
    let likely = if first == last { first } else { middle };
    let alike = count(runs.as_flattened(), |value| value == likely);
    // The two lowest and the two highest of each place of a run for itself, and as whole
    // numbers: so vector instructions take a run at once.
    let [mut lows, mut highs] = [[[i32::MAX; RUN]; 2], [[i32::MIN; RUN]; 2]];
    for run in &runs {
        for (place, &value) in run.iter().enumerate() {
            let key = key_of(value);
            lows[1][place] = lows[1][place].min(lows[0][place].max(key));
            lows[0][place] = lows[0][place].min(key);
            highs[1][place] = highs[1][place].max(highs[0][place].min(key));
            highs[0][place] = highs[0][place].max(key);
        }
    }
    let [mut low, mut high] = [[i32::MAX; 2], [i32::MIN; 2]];
    for (&least, &most) in lows.as_flattened().iter().zip(highs.as_flattened()) {
        low = [low[0].min(least), low[1].min(low[0].max(least))];
        high = [high[0].max(most), high[1].max(high[0].min(most))];
    }
    // The outermost may lie far out: without them, as long as something is left.
    let [inner, outer] = [1, 0].map(|which| (value_of(low[which]), value_of(high[which])));
    let (low, high) = if inner.0 < inner.1 { inner } else { outer };
    (low, high, (2 * alike >= RUN * RUNS).then_some(likely))
}

/// The value of a bin's first member if it has all these ranks.
fn shared(column: &[f32], bins: &[u8], bin: u8, base: usize, ranks: &[usize]) -> Option<f32> {
    let place = bins.iter().position(|&other| other == bin)?;
    let value = column[home(place, column.len())];
    let below = count(column, |other| other < value);
    let up_to = count(column, |other| other <= value);
    let held = |&rank: &usize| (below..up_to).contains(&(rank - base));
    ranks.iter().all(held).then_some(value)
}

/// How many values are as asked.
#[inline]
fn count(values: &[f32], wanted: impl Fn(f32) -> bool) -> usize {
    // In 32 bits, as wide as the values: vector instructions count lane by lane.
    values
        .iter()
        .map(|&value| u32::from(wanted(value)))
        .sum::<u32>() as usize
}

impl Level {
    /// Searches a column in which one value is frequent: below it, at it, above it.
    fn around(
        &mut self,
        deeper: &mut [Self],
        value: f32,
        column: &[f32],
        base: usize,
        ranks: &[usize],
        found: &mut [f32],
    ) {
        let below = count(column, |other| other < value);
        let up_to = count(column, |other| other <= value);
        let first = ranks.partition_point(|&rank| rank < base + below);
        let end = ranks.partition_point(|&rank| rank < base + up_to);
        found[first..end].fill(value);
        if first > 0 {
            self.gather(column, |other| other < value);
            let (ranks, found) = (&ranks[..first], &mut found[..first]);
            select(deeper, &self.gathered, base, ranks, found);
        }
        if end < ranks.len() {
            // What is no number goes above, so that none is lost.
            self.gather(column, |other| other > value || other.is_nan());
            let (ranks, found) = (&ranks[end..], &mut found[end..]);
            select(deeper, &self.gathered, base + up_to, ranks, found);
        }
    }

    /// Gathers the values that are as asked.
    fn gather(&mut self, column: &[f32], wanted: impl Fn(f32) -> bool) {
        // Every value is written down, and the next overwrites it unless it was wanted.
        self.gathered.resize(column.len() + 1, 0.0);
        let mut kept = 0;
        for &value in column {
            self.gathered[kept] = value;
            kept += usize::from(wanted(value));
        }
        self.gathered.truncate(kept);
    }

    /// Searches a column by bins of a width of `1 / scale`, the first around `low`.
    fn within(
        &mut self,
        deeper: &mut [Self],
        (low, scale): (f32, f32),
        column: &[f32],
        base: usize,
        ranks: &[usize],
        found: &mut [f32],
    ) {
        let size = column.len();
        self.bins.resize(size.div_ceil(4), [0; 4]);
        assign(column, low, scale, &mut self.bins);
        let counts = tally(&self.bins.as_flattened()[..size]);

        let mut groups = Groups::default();
        let (mut passed, mut open) = (base, ranks);
        for (bins, chunk) in (0..=255).step_by(CHUNK).zip(counts.as_chunks::<CHUNK>().0) {
            let all = chunk.iter().sum::<u32>() as usize;
            if open.first().is_none_or(|&rank| rank >= passed + all) {
                passed += all;
                continue;
            }
            for (bin, &size) in (bins..=255).zip(chunk) {
                let end = passed + size as usize;
                if open.first().is_some_and(|&rank| rank < end) {
                    let (here, later) = open.split_at(open.partition_point(|&rank| rank < end));
                    let start = ranks.len() - open.len();
                    open = later;
                    // Many draws in one bin are mostly one value, which need not be gathered.
                    let bins = &self.bins.as_flattened()[..column.len()];
                    let many = size as usize > column.len() / 16;
                    match many.then(|| shared(column, bins, bin, base, here)) {
                        Some(Some(value)) => found[start..start + here.len()].fill(value),
                        _ => groups.add(bin, passed, size),
                    }
                }
                passed = end;
            }
        }
        self.pick(column, &mut groups);

        let mut rest = &mut self.gathered[..];
        for bin in groups.bins().iter().map(|&bin| usize::from(bin)) {
            let (base, size) = (groups.before[bin], counts[bin] as usize);
            let (group, after) = rest.split_at_mut(size);
            rest = after;
            let start = ranks.partition_point(|&rank| rank < base);
            let end = ranks.partition_point(|&rank| rank < base + size);
            let (ranks, found) = (&ranks[start..end], &mut found[start..end]);
            if size <= FEW {
                sort(group, base, ranks, found);
            } else {
                select(deeper, group, base, ranks, found);
            }
        }
    }

    /// Brings the values of each wanted bin together.
    fn pick(&mut self, column: &[f32], groups: &mut Groups) {
        let bins = &self.bins.as_flattened()[..column.len()];
        // Marks of words of so many, the last filled up with none.
        self.marks.resize(column.len().next_multiple_of(WORD), 0);
        let (marks, none) = self.marks.split_at_mut(column.len());
        none.fill(0);
        for (turn, some) in groups.bins().chunks(6).enumerate() {
            // One loop for all of them, with the first again in place of none.
            let some = core::array::from_fn(|which| *some.get(which).unwrap_or(&some[0]));
            if turn == 0 {
                mark(some, bins, marks, |_, mark| mark);
            } else {
                mark(some, bins, marks, |before, mark| before | mark);
            }
        }
        self.gathered.resize(groups.total as usize, 0.0);
        if groups.many == 0 {
            return;
        }
        let words = self.marks.as_chunks::<WORD>().0;
        self.words.resize(words.len() + 1, Word::default());
        fruitful(words, &mut self.words);
        // Bit by bit; when a word has no more, the next is taken without a branch, which
        // nothing could foresee.
        let (mut at, mut left) = (0, self.words[0].marks);
        for _ in 0..groups.total {
            let bit = left.trailing_zeros() as usize;
            let place = self.words[at].from as usize + 8 * (bit % 8) + bit / 8;
            let next = &mut groups.next[usize::from(bins[place])];
            self.gathered[*next as usize] = column[home(place, column.len())];
            *next += 1;
            left &= left.wrapping_sub(1);
            at += usize::from(left == 0);
            let following = self.words[at].marks;
            left = if left == 0 { following } else { left };
        }
    }
}

/// The bins that hold wanted ranks.
#[derive(Clone, Debug)]
struct Groups {
    list: [u8; 256],
    many: usize,
    /// How many values lie before each.
    before: [usize; 256],
    /// Where the next of its values goes.
    next: [u32; 256],
    /// How many values lie in all of them.
    total: u32,
}

impl Default for Groups {
    fn default() -> Self {
        Self {
            list: [0; 256],
            many: 0,
            before: [0; 256],
            next: [0; 256],
            total: 0,
        }
    }
}

impl Groups {
    fn add(&mut self, bin: u8, before: usize, size: u32) {
        self.list[self.many] = bin;
        self.many += 1;
        let bin = usize::from(bin);
        self.before[bin] = before;
        self.next[bin] = self.total;
        self.total += size;
    }

    fn bins(&self) -> &[u8] {
        &self.list[..self.many]
    }
}

/// Which value the bin at a place belongs to: the four bins of a word belong to values a
/// quarter of the column apart, so that no vector instruction has to move anything across
/// its lanes. Up to three values at the end go by themselves.
fn home(place: usize, size: usize) -> usize {
    let quarter = size / 4;
    if place < 4 * quarter {
        quarter * (place % 4) + place / 4
    } else {
        place
    }
}

/// The bin of each value. Each step keeps the order of values, so bins do, too.
fn assign(column: &[f32], low: f32, scale: f32, bins: &mut [[u8; 4]]) {
    let byte = |value: f32| {
        let place = (value - low) * scale;
        // As vector instructions compare, which `clamp` does not.
        let place = if place > 0.0 { place } else { 0.0 };
        let place = if place < 255.0 { place } else { 255.0 };
        (place + MAGIC).to_bits()
    };
    let quarter = column.len() / 4;
    let (first, rest) = column.split_at(quarter);
    let (second, rest) = rest.split_at(quarter);
    let (third, rest) = rest.split_at(quarter);
    let (fourth, rest) = rest.split_at(quarter);
    let fours = first.iter().zip(second).zip(third).zip(fourth);
    for (bins, (((&first, &second), &third), &fourth)) in bins.iter_mut().zip(fours) {
        let word =
            byte(first) ^ (byte(second) << 8) ^ (byte(third) << 16) ^ (byte(fourth) << 24) ^ MAGICS;
        *bins = word.to_le_bytes();
    }
    if let Some(bins) = bins.get_mut(quarter) {
        for (bin, &value) in bins.iter_mut().zip(rest) {
            *bin = byte(value) as u8;
        }
    }
}

/// How many values each bin holds.
fn tally(bins: &[u8]) -> [u32; 256] {
    // Four tables in turn, because adding to what was just written has to wait.
    let mut tables = [[0_u32; 256]; 4];
    let mut rest = bins;
    while let Some((eight, more)) = rest.split_first_chunk::<8>() {
        rest = more;
        for (which, &bin) in eight.iter().enumerate() {
            tables[which % 4][usize::from(bin)] += 1;
        }
    }
    for &bin in rest {
        tables[0][usize::from(bin)] += 1;
    }
    core::array::from_fn(|bin| tables.iter().map(|table| table[bin]).sum())
}

/// Marks what lies in any of six bins, given the mark that stood there before.
fn mark(some: [u8; 6], bins: &[u8], marks: &mut [u8], with: impl Fn(u8, u8) -> u8) {
    for (mark, &bin) in marks.iter_mut().zip(bins) {
        let held = some
            .iter()
            .fold(0, |mark, &one| mark | u8::from(bin == one));
        *mark = with(*mark, held);
    }
}

/// Lists the words that hold a mark.
fn fruitful(words: &[[u8; WORD]], list: &mut [Word]) {
    let mut kept = 0;
    for (from, marks) in (0..).step_by(WORD).zip(words) {
        // Eight marks stand in every eighth bit of a number: so many numbers fit into one.
        let eights = marks.as_chunks::<8>().0.iter().zip(0..);
        let marks = eights.fold(0, |all, (eight, bit)| {
            all | (u64::from_le_bytes(*eight) << bit)
        });
        list[kept] = Word { from, marks };
        kept += usize::from(marks != 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a full sort gives.
    fn sorted<const N: usize>(column: &[f32], at: [f64; N]) -> [f64; N] {
        let mut sorted = column.to_vec();
        sorted.sort_by(f32::total_cmp);
        let last = sorted.len() - 1;
        at.map(|probability| {
            let place = last as f64 * probability;
            let rank = place as usize;
            let [below, above] = [rank, (rank + 1).min(last)].map(|rank| f64::from(sorted[rank]));
            below + (above - below) * (place - rank as f64) + 0.0
        })
    }

    /// Numbers from 0 to 1 that look random.
    fn random(seed: u32) -> impl Iterator<Item = f32> {
        let mut state = seed.wrapping_mul(2_654_435_761).wrapping_add(1);
        core::iter::repeat_with(move || {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            (state >> 8) as f32 / 16_777_216.0
        })
    }

    /// Compares with a full sort, to the bit.
    fn check(finder: &mut Quantiles, column: &[f32], what: &str) {
        let bits = |values: [f64; 5]| values.map(f64::to_bits);
        let (found, wanted) = (finder.of(column, BAND), sorted(column, BAND));
        let size = column.len();
        assert_eq!(
            bits(found),
            bits(wanted),
            "{what}, {size}: {found:?} {wanted:?}"
        );
        let at = [1.0, 0.0, 0.33, 0.333, 0.5, 0.999, 0.0001];
        assert_eq!(
            finder.of(column, at).map(f64::to_bits),
            sorted(column, at).map(f64::to_bits),
            "{what}, {size}, other probabilities"
        );
    }

    #[test]
    fn finds_what_a_full_sort_finds() {
        /// A shape of a column: what each random number and its place become.
        type Shape = fn(f32, usize) -> f32;
        let shapes: [(&str, Shape); 16] = [
            ("uniform", |u, _| u),
            ("both signs", |u, _| u - 0.4),
            ("skewed", |u, _| 1.0 / (u + 1e-4)),
            ("a third one value, lowest", |u, _| (u - 0.33).max(0.0)),
            (
                "a third one value, inside",
                |u, _| if u < 0.33 { 0.6 } else { u },
            ),
            ("most one value", |u, _| if u < 0.9 { 0.6 } else { u }),
            ("two values", |u, _| if u < 0.25 { -0.0 } else { 3.0 }),
            ("whole numbers", |u, _| (u * 7.0).floor()),
            ("both zeros", |u, _| if u < 0.5 { -0.0 } else { 0.0 }),
            ("constant", |_, _| -2.5),
            (
                "outliers",
                |u, place| if place % 97 == 5 { 1e30 } else { u },
            ),
            ("two heaps", |u, _| if u < 0.5 { u } else { 1e4 + u }),
            ("all exponents", |u, _| f32::from_bits((u * 2.0e9) as u32)),
            (
                "the widest span",
                |u, _| if u < 0.5 { f32::MIN } else { f32::MAX },
            ),
            ("rising", |_, place| place as f32),
            ("barely apart", |u, _| {
                1.0 + (u * 3.0).floor() * f32::EPSILON
            }),
        ];
        let mut finder = Quantiles::new();
        let sizes = [
            1, 2, 3, 4, 5, 31, 95, 96, 97, 128, 200, 999, 1_000, 1_024, 10_000, 70_001,
        ];
        for (seed, size) in (1..).zip(sizes) {
            for (what, shape) in shapes {
                let draws = random(seed).enumerate().take(size);
                let column: Vec<f32> = draws.map(|(place, u)| shape(u, place)).collect();
                check(&mut finder, &column, what);
            }
        }
    }

    #[test]
    fn scratch_carries_nothing_over() {
        let columns: Vec<Vec<f32>> = [3_000, 40, 1_001, 3_000, 1]
            .into_iter()
            .zip(1..)
            .map(|(size, seed)| random(seed).take(size).collect())
            .collect();
        let mut finder = Quantiles::new();
        for column in &columns {
            let fresh = Quantiles::new().of(column, BAND).map(f64::to_bits);
            assert_eq!(finder.of(column, BAND).map(f64::to_bits), fresh);
        }
    }

    #[test]
    fn survives_what_is_no_draw() {
        let mut finder = Quantiles::new();
        assert!(finder.of(&[], BAND).iter().all(|value| value.is_nan()));
        check(&mut finder, &[1.0, 2.0], "two");
        let [low, high] = finder.of(&[1.0, 2.0], [-1.0, 7.0]);
        assert!(low < 1.5 && high > 1.5, "{low} {high}");
        let rare: Vec<f32> = random(3).take(5_000).collect();
        for odd in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
            for every in [1, 2, 3, 50, 4_000] {
                let mut column = rare.clone();
                column
                    .iter_mut()
                    .step_by(every)
                    .for_each(|value| *value = odd);
                let _ = finder.of(&column, BAND);
                let _ = finder.of(&column, [f64::NAN]);
            }
        }
    }
}
