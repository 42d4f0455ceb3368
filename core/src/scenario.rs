//! A scenario: one value for every lever.

use crate::lane::Lane;
use crate::levers::Lever;
use crate::model;
use crate::outcome::Outcome;

/// One value for every lever of [`crate::levers`], in the lever's unit.
///
/// Months are counted from January 2023 = 0, switches are 0 or 1, choices count
/// their options from 0. `V` is `f64` for one scenario, or a [`Lane`] of several.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scenario<V = f64> {
    values: [V; Lever::COUNT],
}

impl Default for Scenario {
    /// Every lever at the default of the newest version.
    fn default() -> Self {
        Self {
            values: Lever::ALL.map(|lever| lever.spec().default),
        }
    }
}

impl<V: Lane> Scenario<V> {
    /// Builds a scenario lever by lever, for running several side by side. The
    /// values are taken as they are: each has to be one that [`Lever::admit`] gives.
    pub fn from_lanes(value: impl FnMut(Lever) -> V) -> Self {
        Self {
            values: Lever::ALL.map(value),
        }
    }

    /// Holds a lever at a value as it is: one that a distribution gave, inside its range
    /// but finer than a reader sets it.
    pub(crate) fn hold(&mut self, lever: Lever, value: V) {
        self.values[lever as usize] = value;
    }

    /// The same with a lever held.
    #[must_use]
    pub(crate) fn holding(mut self, lever: Lever, value: V) -> Self {
        self.hold(lever, value);
        self
    }

    /// The value of a lever, in the lever's unit.
    pub fn get(&self, lever: Lever) -> V {
        self.values[lever as usize]
    }
}

impl Scenario {
    /// Sets a lever to the nearest value that it admits (inside its range, in its
    /// steps of precision) and returns that value. A value that is not a number
    /// leaves the lever as it was.
    pub fn set(&mut self, lever: Lever, value: f64) -> f64 {
        if value.is_finite() {
            self.values[lever as usize] = lever.admit(value);
        }
        self.values[lever as usize]
    }

    /// This scenario with one lever set.
    #[must_use]
    pub fn with(mut self, lever: Lever, value: f64) -> Self {
        self.set(lever, value);
        self
    }

    /// Its outcome: [`model::run`] for one scenario, compiled here once and for all. A
    /// generic function is compiled again where it is called, which in tests is slowly.
    pub fn outcome(&self) -> Outcome {
        model::run(self)
    }

    /// The levers that differ from the defaults.
    pub fn changed(&self) -> impl Iterator<Item = Lever> + '_ {
        Lever::ALL
            .into_iter()
            .filter(|&lever| self.get(lever).to_bits() != lever.spec().default.to_bits())
    }
}
