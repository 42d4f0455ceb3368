//! How unsure each belief is: a distribution about the reader's value.
//!
//! A distribution is written in the row of its lever, for the lever's default, in the
//! lever's unit. When a reader moves the lever it moves along: the same shape about the
//! new value, cut to the lever's range. No source gives a distribution: each is an
//! assumption, and its reason is shown. Levers without one (contracts, choices, growth
//! after 2026) are taken as set.
//!
//! Every value is a function of a probability, so that the same probabilities give
//! comparable worlds for every scenario; the functions stand on `libm` alone, so that
//! they give the same bits everywhere.

use crate::levers::Lever;
use crate::model::revenue::{arr_after_net_adds, net_add_decay};
use crate::words::t;

/// A distribution and why it is so.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Uncertainty {
    /// The distribution at the lever's default, in the lever's unit.
    pub shape: Shape,
    /// Why, for the reader.
    pub reason: &'static str,
}

/// A distribution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shape {
    /// Rises evenly from `low` to `mode` and falls evenly to `high`.
    Triangular {
        /// The least value.
        low: f64,
        /// The likeliest.
        mode: f64,
        /// The greatest value.
        high: f64,
    },
    /// Every value between two as likely as any other.
    Uniform {
        /// The least value.
        low: f64,
        /// The greatest value.
        high: f64,
    },
    /// The bell curve.
    Normal {
        /// Its mean.
        mean: f64,
        /// Its standard deviation.
        deviation: f64,
    },
    /// What varies by ratios: the logarithm is normal.
    Lognormal {
        /// The median.
        median: f64,
        /// The standard deviation of the logarithm.
        sigma: f64,
    },
    /// Shares of a hundred.
    Beta {
        /// Weight of the upper end.
        a: f64,
        /// Weight of the lower end.
        b: f64,
    },
    /// Of a constant hazard: small values likeliest, large ones ever less so.
    Exponential {
        /// The mean.
        mean: f64,
    },
    /// A date that slips by whole quarters, each time with the same chance: geometric.
    Slip {
        /// The date without a slip, in months.
        first: f64,
        /// The mean slip in quarters.
        quarters: f64,
    },
    /// ARR in December 2026, from what May added and the factor by which net adds shrink
    /// each month. The factor is normal and goes with what May added, kept where December
    /// lands between two bounds.
    Decay {
        /// Mean of the factor.
        mean: f64,
        /// Standard deviation of the factor.
        deviation: f64,
        /// Its correlation with what May added, both taken as normal.
        correlation: f64,
        /// The least December, USD bn a year.
        low: f64,
        /// The greatest December, USD bn a year.
        high: f64,
    },
}

impl Shape {
    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Triangular { .. } => t("triangle"),
            Self::Uniform { .. } => t("all equally likely"),
            Self::Normal { .. } => t("bell curve"),
            Self::Lognormal { .. } => t("bell curve of ratios"),
            Self::Beta { .. } => t("share (beta)"),
            Self::Exponential { .. } => t("constant hazard"),
            Self::Slip { .. } => t("slips by quarters"),
            Self::Decay { .. } => t("what May added, fading"),
        }
    }
}

/// The distribution of a lever, or none where it is taken as set.
pub const fn of(lever: Lever) -> Option<&'static Uncertainty> {
    lever.uncertainty()
}

/// The levers that have a distribution, in the order of the registry.
pub fn uncertain() -> impl Iterator<Item = Lever> {
    Lever::ALL.into_iter().filter(|&lever| of(lever).is_some())
}

/// A probability of the standard normal distribution below `z`.
fn normal_below(z: f64) -> f64 {
    0.5 * libm::erfc(-z * core::f64::consts::FRAC_1_SQRT_2)
}

/// The value below which the standard normal distribution lies with probability `p`:
/// Wichura's algorithm AS 241 (1988), exact to about sixteen digits.
fn normal_at(p: f64) -> f64 {
    /// A polynomial, the highest power first.
    fn poly(x: f64, factors: &[f64]) -> f64 {
        factors.iter().fold(0.0, |sum, factor| sum * x + factor)
    }
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180_625 - q * q;
        return q * poly(
            r,
            &[
                2_509.080_928_730_122_7,
                33_430.575_583_588_13,
                67_265.770_927_008_7,
                45_921.953_931_549_87,
                13_731.693_765_509_46,
                1_971.590_950_306_551_3,
                133.141_667_891_784_38,
                3.387_132_872_796_366_5,
            ],
        ) / poly(
            r,
            &[
                5_226.495_278_852_545,
                28_729.085_735_721_943,
                39_307.895_800_092_71,
                21_213.794_301_586_597,
                5_394.196_021_424_751,
                687.187_007_492_057_9,
                42.313_330_701_600_91,
                1.0,
            ],
        );
    }
    let tail = if q < 0.0 { p } else { 1.0 - p };
    if tail <= 0.0 {
        return if q < 0.0 { -40.0 } else { 40.0 };
    }
    let r = (-libm::log(tail)).sqrt();
    let far = if r <= 5.0 {
        let r = r - 1.6;
        poly(
            r,
            &[
                7.745_450_142_783_414e-4,
                0.022_723_844_989_269_184,
                0.241_780_725_177_450_6,
                1.270_458_252_452_368_4,
                3.647_848_324_763_204_5,
                5.769_497_221_460_691,
                4.630_337_846_156_546,
                1.423_437_110_749_683_5,
            ],
        ) / poly(
            r,
            &[
                1.050_750_071_644_416_9e-9,
                5.475_938_084_995_345e-4,
                0.015_198_666_563_616_457,
                0.148_103_976_427_480_08,
                0.689_767_334_985_1,
                1.676_384_830_183_803_8,
                2.053_191_626_637_759,
                1.0,
            ],
        )
    } else {
        let r = r - 5.0;
        poly(
            r,
            &[
                2.010_334_399_292_288_1e-7,
                2.711_555_568_743_487_6e-5,
                0.001_242_660_947_388_078_4,
                0.026_532_189_526_576_124,
                0.296_560_571_828_504_87,
                1.784_826_539_917_291_3,
                5.463_784_911_164_114,
                6.657_904_643_501_103,
            ],
        ) / poly(
            r,
            &[
                2.044_263_103_389_939_8e-15,
                1.421_511_758_316_446e-7,
                1.846_318_317_510_054_8e-5,
                7.868_691_311_456_133e-4,
                0.014_875_361_290_850_615,
                0.136_929_880_922_735_8,
                0.599_832_206_555_888,
                1.0,
            ],
        )
    };
    if q < 0.0 { -far } else { far }
}

/// The logarithm of the beta function.
fn log_beta(a: f64, b: f64) -> f64 {
    libm::lgamma(a) + libm::lgamma(b) - libm::lgamma(a + b)
}

/// The regularised incomplete beta function: the probability that a share of weights
/// `a` and `b` is below `x`. Lentz's evaluation of its continued fraction.
fn beta_below(x: f64, a: f64, b: f64, log_beta: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    // The fraction converges fast below the mean; above it, the other share's is used.
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - beta_below(1.0 - x, b, a, log_beta);
    }
    let tiny = 1e-300;
    let kept = |x: f64| if x.abs() < tiny { tiny } else { x };
    let mut c = 1.0;
    let mut d = 1.0 / kept(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = d;
    for m in 1..200 {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / kept(1.0 + even * d);
        c = kept(1.0 + even / c);
        fraction *= c * d;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / kept(1.0 + odd * d);
        c = kept(1.0 + odd / c);
        let step = c * d;
        fraction *= step;
        if (step - 1.0).abs() < 1e-15 {
            break;
        }
    }
    let front = libm::exp(a * libm::log(x) + b * libm::log(1.0 - x) - log_beta);
    front * fraction / a
}

/// The share below which one of weights `a` and `b` lies with probability `p`, by
/// Newton's steps kept inside a halved interval.
fn beta_at(p: f64, a: f64, b: f64) -> f64 {
    if p <= 0.0 {
        return 0.0;
    }
    if p >= 1.0 {
        return 1.0;
    }
    let log_beta = log_beta(a, b);
    let (mut low, mut high) = (0.0, 1.0);
    let mut x = a / (a + b);
    for _ in 0..60 {
        let miss = beta_below(x, a, b, log_beta) - p;
        if miss < 0.0 {
            low = x;
        } else {
            high = x;
        }
        let density =
            libm::exp((a - 1.0) * libm::log(x) + (b - 1.0) * libm::log(1.0 - x) - log_beta);
        let mut next = x - miss / density;
        // Written so that what is not a number halves too.
        if !(next > low && next < high) {
            next = f64::midpoint(low, high);
        }
        let step = (next - x).abs();
        x = next;
        // Newton doubles the digits: the next step would change nothing that counts.
        if step < 1e-9 {
            break;
        }
    }
    x
}

/// The factor by which net adds shrink, once what May added is known: normal.
#[derive(Clone, Copy, Debug)]
struct Factor {
    net_add: f64,
    mean: f64,
    deviation: f64,
}

impl Factor {
    /// Given that what May added lies at a probability of its own distribution.
    fn given(shape: Shape, p_net_add: f64) -> Option<Self> {
        let Shape::Decay {
            mean,
            deviation,
            correlation,
            ..
        } = shape
        else {
            return None;
        };
        Some(Self {
            net_add: net_add_at(p_net_add),
            mean: mean + deviation * correlation * normal_at(p_net_add),
            deviation: deviation * (1.0 - correlation * correlation).sqrt(),
        })
    }

    /// The probability that December is below a value.
    fn below(self, december: f64) -> f64 {
        let months = (december - arr_after_net_adds(self.net_add, 0.0)) / self.net_add;
        normal_below((net_add_decay(months) - self.mean) / self.deviation)
    }

    /// December at a probability, cut to two bounds.
    fn december(self, p: f64, low: f64, high: f64) -> f64 {
        let below = self.below(low);
        let inside = self.below(high) - below;
        let factor = self.mean + self.deviation * normal_at(below + p * inside);
        arr_after_net_adds(self.net_add, factor.max(0.0)).clamp(low, high)
    }
}

/// What May added at the default, at a probability.
fn net_add_at(p: f64) -> f64 {
    let default = Lever::ArrNetAdd.spec().default;
    Spread::about(Lever::ArrNetAdd, default).map_or(default, |spread| spread.value(p))
}

impl Shape {
    /// The value below which it lies with probability `p`. Of [`Shape::Decay`] given
    /// that May added its median.
    fn at(self, p: f64) -> f64 {
        match self {
            Self::Triangular { low, mode, high } => {
                let (rise, fall) = (mode - low, high - mode);
                let width = high - low;
                if p * width < rise {
                    low + (p * width * rise).sqrt()
                } else {
                    high - ((1.0 - p) * width * fall).sqrt()
                }
            }
            Self::Uniform { low, high } => low + p * (high - low),
            Self::Normal { mean, deviation } => mean + deviation * normal_at(p),
            Self::Lognormal { median, sigma } => median * libm::exp(sigma * normal_at(p)),
            Self::Beta { a, b } => 100.0 * beta_at(p, a, b),
            Self::Exponential { mean } => -mean * libm::log1p(-p),
            Self::Slip { first, quarters } => {
                let stays = quarters / (quarters + 1.0);
                let slips = (libm::log1p(-p) / libm::log(stays)).floor();
                first + 3.0 * slips
            }
            Self::Decay { low, high, .. } => {
                Factor::given(self, 0.5).map_or(low, |factor| factor.december(p, low, high))
            }
        }
    }

    /// The probability of a value below `x`.
    fn below(self, x: f64) -> f64 {
        match self {
            Self::Triangular { low, mode, high } => {
                if x <= low {
                    0.0
                } else if x < mode {
                    (x - low) * (x - low) / ((high - low) * (mode - low))
                } else if x < high {
                    1.0 - (high - x) * (high - x) / ((high - low) * (high - mode))
                } else {
                    1.0
                }
            }
            Self::Uniform { low, high } => ((x - low) / (high - low)).clamp(0.0, 1.0),
            Self::Normal { mean, deviation } => normal_below((x - mean) / deviation),
            Self::Lognormal { median, sigma } => {
                if x > 0.0 {
                    normal_below(libm::log(x / median) / sigma)
                } else {
                    0.0
                }
            }
            Self::Beta { a, b } => beta_below(x / 100.0, a, b, log_beta(a, b)),
            Self::Exponential { mean } => 1.0 - libm::exp(-x.max(0.0) / mean),
            Self::Slip { first, quarters } => {
                let slips = ((x - first) / 3.0).ceil().max(0.0);
                1.0 - libm::pow(quarters / (quarters + 1.0), slips)
            }
            // Its own bounds cut it.
            Self::Decay { .. } => 0.0,
        }
    }
}

/// The distribution of a lever about the reader's value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    lever: Lever,
    shape: Shape,
    /// How far the reader moved it: added, or a factor for what varies by ratios.
    shift: f64,
    factor: f64,
    /// The probability that lies below the lever's range, and inside it.
    below: f64,
    inside: f64,
}

impl Spread {
    /// The distribution of a lever about a value, in the lever's unit; none where the
    /// lever is taken as set.
    pub fn about(lever: Lever, centre: f64) -> Option<Self> {
        let shape = of(lever)?.shape;
        let spec = lever.spec();
        let (shift, factor) = match shape {
            Shape::Lognormal { .. } => (0.0, centre / spec.default),
            _ => (centre - spec.default, 1.0),
        };
        // What is given by what May added is cut by its own bounds.
        let (below, inside) = if matches!(shape, Shape::Decay { .. }) {
            (0.0, 1.0)
        } else {
            let at = |end: f64| shape.below((end - shift) / factor);
            // A date of the last month belongs to the range.
            let last = f64::from(u8::from(matches!(shape, Shape::Slip { .. })));
            let (below, above) = (at(spec.min), at(spec.max + last));
            (below, (above - below).max(0.0))
        };
        Some(Self {
            lever,
            shape,
            shift,
            factor,
            below,
            inside,
        })
    }

    /// The value at a probability between 0 and 1, in the lever's unit, inside its
    /// range. Where no part of the distribution is left inside, the nearer end.
    pub fn value(&self, p: f64) -> f64 {
        let spec = self.lever.spec();
        let p = self.below + p * self.inside;
        (self.shape.at(p) * self.factor + self.shift).clamp(spec.min, spec.max)
    }

    /// The value at a probability, given the probability at which what May added lies.
    ///
    /// Of ARR in December 2026, the world's surprise is worked out at the defaults and
    /// added to the reader's value; one that leaves the lever's range stays at its end.
    pub fn given(&self, p: f64, p_net_add: f64) -> f64 {
        let Shape::Decay { low, high, .. } = self.shape else {
            return self.value(p);
        };
        let spec = self.lever.spec();
        Factor::given(self.shape, p_net_add)
            .map_or(spec.default, |factor| {
                factor.december(p, low, high) + self.shift
            })
            .clamp(spec.min, spec.max)
    }

    /// The same from what [`Spread::given`] gives about the lever's default, where the
    /// distribution only moves along: none where it has to be worked out anew.
    pub(crate) fn moved(&self, at_default: f64) -> Option<f64> {
        let spec = self.lever.spec();
        matches!(self.shape, Shape::Decay { .. })
            .then(|| (at_default + self.shift).clamp(spec.min, spec.max))
    }

    /// The value below which the lever lies with probability `p`, whatever the others.
    pub fn percentile(&self, p: f64) -> f64 {
        let Shape::Decay { low, high, .. } = self.shape else {
            return self.value(p);
        };
        // For each, what is cut off below and what is left inside.
        let factors: Vec<(Factor, f64, f64)> = net_adds()
            .filter_map(|p| Factor::given(self.shape, p))
            .map(|factor| {
                let under = factor.below(low);
                (factor, under, factor.below(high) - under)
            })
            .collect();
        let spec = self.lever.spec();
        let (mut least, mut most) = (low, high);
        for _ in 0..40 {
            let middle = f64::midpoint(least, most);
            let share: f64 = factors
                .iter()
                .map(|(factor, under, inside)| (factor.below(middle) - under) / inside)
                .sum();
            if share < p * factors.len() as f64 {
                least = middle;
            } else {
                most = middle;
            }
        }
        (f64::midpoint(least, most) + self.shift).clamp(spec.min, spec.max)
    }

    /// The mean and the standard deviation, in the lever's unit.
    pub fn moments(&self) -> (f64, f64) {
        let even = |count: u32| (0..count).map(move |i| (f64::from(i) + 0.5) / f64::from(count));
        let values: Vec<f64> = match self.shape {
            Shape::Decay { .. } => net_adds()
                .flat_map(|p_net_add| even(NET_ADDS).map(move |p| (p, p_net_add)))
                .map(|(p, p_net_add)| self.given(p, p_net_add))
                .collect(),
            _ => even(256).map(|p| self.value(p)).collect(),
        };
        let count = values.len() as f64;
        let mean = values.iter().sum::<f64>() / count;
        let square: f64 = values.iter().map(|v| (v - mean) * (v - mean)).sum();
        (mean, (square / count).sqrt())
    }
}

/// How finely what May added is divided where it is averaged over.
const NET_ADDS: u32 = 32;

/// Equally likely probabilities of what May added.
fn net_adds() -> impl Iterator<Item = f64> {
    (0..NET_ADDS).map(|i| (f64::from(i) + 0.5) / f64::from(NET_ADDS))
}

/// The standard deviation of a lever about a value, in the lever's unit; none where it is
/// taken as set.
pub fn deviation(lever: Lever, centre: f64) -> Option<f64> {
    Some(Spread::about(lever, centre)?.moments().1)
}

/// The value below which a lever lies with probability `p` when the reader's value is
/// `centre`; none where it is taken as set.
pub fn percentile(lever: Lever, centre: f64, p: f64) -> Option<f64> {
    Some(Spread::about(lever, centre)?.percentile(p))
}

/// The probability at which, of all it may be, what May added lies with probability `p` in
/// the worlds that end in a given December. At the defaults, USD bn a year.
///
/// The two go together: who ends low has mostly added little in May. The worlds that end in
/// a December are weighed by how densely they lie there.
pub fn net_add_where(december: f64, p: f64) -> f64 {
    const CELLS: u32 = 128;
    const BESIDE: f64 = 0.02;
    let Some(Shape::Decay { low, high, .. }) = of(Lever::Arr2026).map(|known| known.shape) else {
        return 0.5;
    };
    let december = december.clamp(low + BESIDE, high - BESIDE);
    let cell = |i: u32| (f64::from(i) + 0.5) / f64::from(CELLS);
    let weight = |i: u32| {
        let shape = of(Lever::Arr2026)?.shape;
        let factor = Factor::given(shape, cell(i))?;
        let near = factor.below(december + BESIDE) - factor.below(december - BESIDE);
        Some(near / (factor.below(high) - factor.below(low)))
    };
    let weights: Vec<f64> = (0..CELLS).map(|i| weight(i).unwrap_or_default()).collect();
    let mut left = p * weights.iter().sum::<f64>();
    for (i, &weight) in (0..CELLS).zip(&weights) {
        if left < weight {
            return (f64::from(i) + left / weight) / f64::from(CELLS);
        }
        left -= weight;
    }
    1.0
}
