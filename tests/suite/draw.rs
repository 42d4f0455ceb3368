//! Random scenarios: as proptest strategies, which shrink, and as a plain sequence,
//! for tests that compare many runs with each other.

use compute_loop_core::levers::Lever;
use compute_loop_core::scenario::Scenario;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// Proptest's settings for so many cases. The seed is fixed unless the environment
/// gives one; failures are not written to disk, since the seed repeats them.
pub(crate) fn cases(cases: u32) -> ProptestConfig {
    let given = ProptestConfig::default();
    ProptestConfig {
        cases,
        failure_persistence: None,
        rng_seed: match given.rng_seed {
            RngSeed::Random => RngSeed::Fixed(20_260_401),
            seed @ RngSeed::Fixed(_) => seed,
        },
        ..given
    }
}

/// A value that a lever admits: an end of its range or its default as often as
/// anything between.
pub(crate) fn value_of(lever: Lever) -> BoxedStrategy<f64> {
    let spec = lever.spec();
    prop_oneof![
        1 => Just(spec.default),
        1 => Just(spec.min),
        1 => Just(spec.max),
        3 => (spec.min..=spec.max).prop_map(move |value| lever.admit(value)),
    ]
    .boxed()
}

/// A scenario with every lever drawn by itself.
pub(crate) fn any_scenario() -> impl Strategy<Value = Scenario> {
    collect(Lever::ALL.map(value_of).to_vec())
}

/// A scenario with every lever at an end of its range.
pub(crate) fn extreme_scenario() -> impl Strategy<Value = Scenario> {
    let end = |lever: Lever| {
        let spec = lever.spec();
        prop_oneof![Just(spec.min), Just(spec.max)].boxed()
    };
    collect(Lever::ALL.map(end).to_vec())
}

/// Any lever.
pub(crate) fn any_lever() -> impl Strategy<Value = Lever> {
    proptest::sample::select(Lever::ALL.to_vec())
}

fn collect(values: Vec<BoxedStrategy<f64>>) -> impl Strategy<Value = Scenario> {
    values.prop_map(|values| {
        Lever::ALL
            .into_iter()
            .zip(values)
            .fold(Scenario::default(), |scenario, (lever, value)| {
                scenario.with(lever, value)
            })
    })
}

/// A sequence of random numbers (SplitMix64), the same on every run.
pub(crate) struct Draws(u64);

impl Draws {
    /// The sequence of a seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number from 0 up to, not including, 1.
    pub(crate) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Whether something of this probability happens.
    pub(crate) fn happens(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// A value that a lever admits.
    pub(crate) fn value(&mut self, lever: Lever) -> f64 {
        let spec = lever.spec();
        lever.admit(spec.min + self.unit() * (spec.max - spec.min))
    }

    /// An end of a lever's range.
    pub(crate) fn end(&mut self, lever: Lever) -> f64 {
        let spec = lever.spec();
        if self.happens(0.5) {
            spec.min
        } else {
            spec.max
        }
    }

    /// A scenario of one of three kinds in turn: a few levers off their defaults,
    /// every lever anywhere, every lever at an end.
    pub(crate) fn scenario(&mut self, turn: usize) -> Scenario {
        Lever::ALL
            .into_iter()
            .fold(Scenario::default(), |scenario, lever| {
                let value = match turn % 3 {
                    0 if self.happens(0.8) => lever.spec().default,
                    0 | 1 => self.value(lever),
                    _ => self.end(lever),
                };
                scenario.with(lever, value)
            })
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ (bits >> 31)
    }
}
