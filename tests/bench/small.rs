//! The small model of the benchmarks: five uncertain inputs, 168 months, one output.
//!
//! It is no part of the product. It is small so that it can be written in NumPy and in
//! Squiggle as their users would write it (`peers/small.py`, `peers/squiggle.mjs`):
//!
//! ```text
//! base    lognormal, median BASE, sigma 0.15     revenue run rate in the first month
//! growth  normal, mean GROWTH, sd 0.01           growth in the first month
//! fade    uniform 0.97 … 0.99                    what is left of the growth a month later
//! share   uniform 0.3 … 0.6                      share of revenue that is spent on compute
//! price   lognormal, median 1, sigma 0.2         price of compute against today's
//!
//! out = share * price * revenue,  revenue *= 1 + growth,  growth *= fade
//! ```
//!
//! BASE and GROWTH change with every run, as they do under a slider.

use core::f64::consts::TAU;

use compute_loop_core::quantile::{BAND, Quantiles};

/// Months.
pub const MONTHS: usize = 168;

/// Months that are simulated at once, so that a draw's state stays in registers and
/// the columns in the cache until their quantiles are taken.
const AT_ONCE: usize = 8;

/// Draws side by side: two vectors of 128 bits.
const WIDTH: usize = 8;

/// Draws kept from run to run, column by column, and room for the months.
#[derive(Clone, Debug)]
pub struct Small {
    base: Vec<[f32; WIDTH]>,
    growth: Vec<[f32; WIDTH]>,
    fade: Vec<[f32; WIDTH]>,
    weight: Vec<[f32; WIDTH]>,
    revenue: Vec<[f32; WIDTH]>,
    rate: Vec<[f32; WIDTH]>,
    columns: [Vec<f32>; AT_ONCE],
    finder: Quantiles,
}

/// How the quantiles of a month are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Search {
    /// Not at all: the simulation alone.
    None,
    /// By the product's own module.
    Finder,
    /// By a full sort, to compare with.
    Sort,
}

impl Small {
    /// Draws `draws` worlds, a multiple of eight.
    pub fn new(draws: usize, seed: u64) -> Self {
        let mut random = Random(seed);
        let blocks = draws / WIDTH;
        let mut column = |draw: &mut dyn FnMut(&mut Random) -> f64| -> Vec<[f32; WIDTH]> {
            let mut block = || core::array::from_fn(|_| draw(&mut random) as f32);
            (0..blocks).map(|_| block()).collect()
        };
        let base = column(&mut |random| libm::exp(0.15 * random.normal()));
        let growth = column(&mut |random| 0.01 * random.normal());
        let fade = column(&mut |random| 0.97 + 0.02 * random.uniform());
        let weight =
            column(&mut |random| (0.3 + 0.3 * random.uniform()) * libm::exp(0.2 * random.normal()));
        Self {
            revenue: base.clone(),
            rate: growth.clone(),
            columns: core::array::from_fn(|_| vec![0.0; WIDTH * blocks]),
            finder: Quantiles::new(),
            base,
            growth,
            fade,
            weight,
        }
    }

    /// Runs all months for a median base and a mean growth: the five quantiles of each.
    pub fn run(&mut self, base: f32, growth: f32, search: Search) -> Vec<[f64; 5]> {
        for (to, from) in self.revenue.iter_mut().zip(&self.base) {
            *to = from.map(|factor| base * factor);
        }
        for (to, from) in self.rate.iter_mut().zip(&self.growth) {
            *to = from.map(|spread| growth + spread);
        }
        let mut bands = Vec::with_capacity(MONTHS);
        for _ in 0..MONTHS / AT_ONCE {
            self.advance();
            for column in &mut self.columns {
                bands.push(match search {
                    Search::None => [f64::from(column[0]); 5],
                    Search::Finder => self.finder.of(column, BAND),
                    Search::Sort => sorted(column),
                });
            }
        }
        bands
    }

    /// Writes the output of the next months into the columns.
    fn advance(&mut self) {
        let state = self.revenue.iter_mut().zip(&mut self.rate);
        let inputs = self.fade.iter().zip(&self.weight);
        for (block, ((revenue, rate), (fade, weight))) in state.zip(inputs).enumerate() {
            let (mut now, mut grows) = (*revenue, *rate);
            let place = block * WIDTH;
            for column in &mut self.columns {
                let mut out = [0.0; WIDTH];
                for draw in 0..WIDTH {
                    out[draw] = now[draw] * weight[draw];
                    now[draw] += now[draw] * grows[draw];
                    grows[draw] *= fade[draw];
                }
                column[place..place + WIDTH].copy_from_slice(&out);
            }
            (*revenue, *rate) = (now, grows);
        }
    }
}

/// The same quantiles by sorting the column.
fn sorted(column: &mut [f32]) -> [f64; 5] {
    column.sort_unstable_by(f32::total_cmp);
    let last = column.len() - 1;
    BAND.map(|probability| {
        let place = last as f64 * probability;
        let rank = place as usize;
        let [below, above] = [rank, (rank + 1).min(last)].map(|rank| f64::from(column[rank]));
        below + (above - below) * (place - rank as f64)
    })
}

/// SplitMix64.
#[derive(Clone, Debug)]
struct Random(u64);

impl Random {
    /// A number from 0 to 1, never 1.
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / 9_007_199_254_740_992.0
    }

    /// A draw from the standard normal distribution, by Box and Muller.
    fn normal(&mut self) -> f64 {
        let radius = libm::sqrt(-2.0 * libm::log(1.0 - self.uniform()));
        radius * libm::cos(TAU * self.uniform())
    }
}
