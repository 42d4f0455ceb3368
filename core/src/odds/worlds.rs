//! Worlds: a probability for each belief, the same for every scenario.

use crate::levers::Lever;
use crate::uncertainty::{Spread, uncertain};

/// How many points of a scrambled sequence are used before the next scrambling begins.
/// A sequence of 2¹² points per scrambling is even enough, and several scramblings show
/// how far chance still reaches.
pub const BLOCK: usize = 4_096;

/// How probabilities are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Sobol's sequence, scrambled after Owen: spread more evenly than chance would.
    Sobol,
    /// Independent draws, for comparison.
    Random,
}

/// A probability for each belief in each world.
#[derive(Clone, Debug, PartialEq)]
pub struct Worlds {
    /// One column a belief, in the order of the registry.
    columns: Vec<(Lever, Vec<f32>)>,
    count: usize,
}

/// Scrambles the bits of a number: splitmix64's finisher.
fn mixed(number: u64) -> u64 {
    let mut x = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// The middle of the interval that a number of 24 bits stands for: never 0 or 1.
fn inside(number: f32) -> f32 {
    const HALF: f32 = 1.0 / 33_554_432.0;
    // The last intervals round up to 1; they are held just below it.
    (number + HALF).min(1.0 - HALF)
}

impl Worlds {
    /// Worlds of a seed. A smaller number of them is the beginning of a larger one.
    pub fn new(seed: u32, count: usize) -> Self {
        Self::by(Method::Sobol, seed, count)
    }

    /// The same by either method.
    pub fn by(method: Method, seed: u32, count: usize) -> Self {
        let columns = uncertain().enumerate().map(|(dimension, lever)| {
            let column = (0..count).map(|world| {
                let (block, index) = (world / BLOCK, world % BLOCK);
                let seed = mixed(u64::from(seed) << 32 | block as u64);
                inside(match method {
                    Method::Sobol => {
                        sobol_burley::sample(index as u32, dimension as u32, seed as u32)
                    }
                    Method::Random => {
                        let draw = mixed(seed ^ mixed((index as u64) << 8 | dimension as u64));
                        (draw >> 40) as f32 / 16_777_216.0
                    }
                })
            });
            (lever, column.collect())
        });
        Self {
            columns: columns.collect(),
            count,
        }
    }

    /// As many others, independent of those of the same seed: from further dimensions of
    /// the same sequence. Another seed would not do for two sets that are mixed point by
    /// point: it scrambles the same points, so that their n-th ones go together.
    pub fn beside(seed: u32, count: usize) -> Self {
        let beyond = uncertain().count();
        let columns = uncertain().enumerate().map(|(dimension, lever)| {
            let column = (0..count).map(|world| {
                let (block, index) = (world / BLOCK, world % BLOCK);
                let seed = mixed(u64::from(seed) << 32 | block as u64);
                let dimension = (beyond + dimension) as u32;
                inside(sobol_burley::sample(index as u32, dimension, seed as u32))
            });
            (lever, column.collect())
        });
        Self {
            columns: columns.collect(),
            count,
        }
    }

    /// The same worlds, with the probabilities of some beliefs from others.
    #[must_use]
    pub fn with(&self, levers: &[Lever], other: &Self) -> Self {
        let mut mixed = self.clone();
        for (lever, column) in &mut mixed.columns {
            if let Some(other) = other.column(*lever).filter(|_| levers.contains(lever)) {
                column.clear();
                column.extend_from_slice(other);
            }
        }
        mixed
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.count
    }

    /// The probabilities of a belief, one a world; none where it is taken as set.
    pub fn column(&self, lever: Lever) -> Option<&[f32]> {
        let mut columns = self.columns.iter();
        let (_, column) = columns.find(|(other, _)| *other == lever)?;
        Some(column)
    }

    /// The values of a belief in every world.
    pub(super) fn map(&self, lever: Lever, spread: &Spread, values: &mut Vec<f64>) {
        let own = self.column(lever).unwrap_or_default();
        let net_adds = self.column(Lever::ArrNetAdd).unwrap_or_default();
        values.extend(
            own.iter()
                .zip(net_adds)
                .map(|(&p, &net_add)| spread.given(f64::from(p), f64::from(net_add))),
        );
    }
}
