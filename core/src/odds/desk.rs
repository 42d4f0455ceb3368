//! Questions and answers: what a page, a worker or the command line asks of the worlds.
//!
//! A [`Desk`] keeps its worlds between questions. The same question gets the same answer
//! from any desk of the same seed and number of worlds, so it does not matter where, or in
//! which order, questions are answered.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{Band, Chance, Months, SURE, Sample, Simulation, Worlds, standard_error};
use crate::link;
use crate::outcome::{Output, Series};
use crate::scenario::Scenario;

/// The seed of the worlds unless a reader asks for others.
pub const SEED: u32 = 1;

/// Half the width of the widest 95 % interval that a share of so many worlds can have: that
/// of one half.
pub fn most_error(draws: usize) -> f64 {
    SURE * standard_error(0.5, draws.max(1))
}

/// An output that is asked for, and the thresholds whose odds are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Asked {
    /// The output.
    pub output: Output,
    /// Values in its unit: how often is it at least that?
    #[serde(with = "exact")]
    pub at_least: Vec<f64>,
}

impl Asked {
    /// An output without thresholds.
    pub fn of(output: Output) -> Self {
        Self {
            output,
            at_least: vec![],
        }
    }
}

/// An output over the worlds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// The output, and the thresholds.
    pub asked: Asked,
    /// 5, 25, 50, 75 and 95 %, in its unit.
    #[serde(with = "exact")]
    pub percentiles: [f64; 5],
    /// How often it is at least each of the thresholds.
    pub chances: Vec<Chance>,
    /// How often it is above that of another scenario in the same worlds, and how often
    /// level with it; none where there is no other.
    pub against: Option<[Chance; 2]>,
    /// The worlds all this stands on.
    pub draws: usize,
}

impl Figure {
    fn of(asked: &Asked, sample: &Sample, other: Option<&Sample>) -> Self {
        let chance = |&value: &f64| sample.at_least(value);
        Self {
            percentiles: sample.percentiles,
            chances: asked.at_least.iter().map(chance).collect(),
            against: other
                .and_then(|other| sample.against(other))
                .map(|(above, level)| [above, level]),
            draws: sample.values.len(),
            asked: asked.clone(),
        }
    }

    /// Where nine of ten worlds lie.
    pub fn nine_of_ten(&self) -> (f64, f64) {
        (self.percentiles[0], self.percentiles[4])
    }

    /// How often it is at least a value that was asked for.
    pub fn at_least(&self, value: f64) -> Option<Chance> {
        let mut asked = self.asked.at_least.iter().zip(&self.chances);
        let (_, chance) = asked.find(|(asked, _)| asked.to_bits() == value.to_bits())?;
        Some(*chance)
    }
}

/// Bands and figures of one scenario.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// A band for each series asked for.
    pub bands: Vec<Band>,
    /// A figure for each output asked for.
    pub figures: Vec<Figure>,
}

impl Answer {
    /// Whether it has the band of a series in all months asked for.
    pub fn holds(&self, months: &Months) -> bool {
        let range = months.range();
        self.band(months.series)
            .is_some_and(|band| band.covers(&range))
    }

    /// The band of a series, if it was asked for.
    pub fn band(&self, series: Series) -> Option<&Band> {
        self.bands.iter().find(|band| band.series == series)
    }

    /// An output, if it was asked for.
    pub fn figure(&self, output: Output) -> Option<&Figure> {
        let mut figures = self.figures.iter();
        figures.find(|figure| figure.asked.output == output)
    }
}

/// A question that can be sent to where it is answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// Handed back with the answer, so that a late one is known.
    pub number: u32,
    /// The seed of the worlds.
    pub seed: u32,
    /// How many worlds.
    pub draws: usize,
    /// The scenario, as its link.
    pub link: String,
    /// The scenario it is compared with, as its link.
    pub other: Option<String>,
    /// The series.
    pub series: Vec<Months>,
    /// The outputs.
    pub outputs: Vec<Asked>,
}

/// An answer that can be sent back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reply {
    /// The number of the question.
    pub number: u32,
    /// The answer.
    pub answer: Answer,
}

/// Worlds, and what was answered of them.
#[derive(Clone, Debug)]
pub struct Desk {
    seed: u32,
    simulation: Simulation,
    /// The scenario that was compared with last, and its outputs.
    other: Option<(Scenario, Vec<Sample>)>,
}

impl Desk {
    /// Of so many worlds of a seed.
    pub fn new(seed: u32, draws: usize) -> Self {
        Self {
            seed,
            simulation: Simulation::new(Worlds::new(seed, draws)),
            other: None,
        }
    }

    /// Answers a question, at a desk kept from the question before where it is of the same
    /// worlds.
    pub fn reply(kept: &mut Option<Self>, question: &Question) -> Reply {
        let fits =
            |desk: &Self| desk.seed == question.seed && desk.simulation.draws() == question.draws;
        let desk = match kept.take().filter(fits) {
            Some(desk) => kept.insert(desk),
            None => kept.insert(Self::new(question.seed, question.draws)),
        };
        let (scenario, _) = link::decode(&question.link);
        let other = question.other.as_deref().map(|link| link::decode(link).0);
        Reply {
            number: question.number,
            answer: desk.answer(
                &scenario,
                &question.series,
                &question.outputs,
                other.as_ref(),
            ),
        }
    }

    /// Bands and figures of a scenario; the figures against those of another where there
    /// is one.
    pub fn answer(
        &mut self,
        scenario: &Scenario,
        series: &[Months],
        asked: &[Asked],
        other: Option<&Scenario>,
    ) -> Answer {
        let outputs: Vec<Output> = asked.iter().map(|asked| asked.output).collect();
        match other {
            Some(other) => self.learn(other, &outputs),
            None => self.other = None,
        }
        let odds = self.simulation.run(scenario, series, &outputs);
        let others = self.other.as_ref().map(|(_, samples)| samples);
        let against = |output: Output| {
            let mut samples = others?.iter();
            samples.find(|sample| sample.output == output)
        };
        Answer {
            figures: asked
                .iter()
                .filter_map(|asked| {
                    let sample = odds.sample(asked.output)?;
                    Some(Figure::of(asked, sample, against(asked.output)))
                })
                .collect(),
            bands: odds.bands,
        }
    }

    /// Works out the outputs of a scenario to compare with, those that are not known yet.
    fn learn(&mut self, other: &Scenario, outputs: &[Output]) {
        if self.other.as_ref().is_some_and(|(known, _)| known != other) {
            self.other = None;
        }
        let (_, known) = self.other.get_or_insert_with(|| (*other, vec![]));
        let due: Vec<Output> = outputs
            .iter()
            .copied()
            .filter(|&output| !known.iter().any(|sample| sample.output == output))
            .collect();
        if !due.is_empty() {
            known.extend(self.simulation.run(other, &[], &due).samples);
        }
    }
}

/// Numbers as their bits: decimal text would lose the last of them on the way.
pub(super) mod exact {
    use serde::de::DeserializeOwned;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    /// Numbers, and their bits.
    pub(in super::super) trait Exact: Sized {
        /// What is written.
        type Bits: Serialize + DeserializeOwned;
        /// The bits of the numbers.
        fn bits(&self) -> Self::Bits;
        /// The numbers of the bits.
        fn of(bits: Self::Bits) -> Self;
    }

    impl Exact for f64 {
        type Bits = u64;

        fn bits(&self) -> u64 {
            self.to_bits()
        }

        fn of(bits: u64) -> Self {
            Self::from_bits(bits)
        }
    }

    impl<T: Exact> Exact for Vec<T> {
        type Bits = Vec<T::Bits>;

        fn bits(&self) -> Self::Bits {
            self.iter().map(T::bits).collect()
        }

        fn of(bits: Self::Bits) -> Self {
            bits.into_iter().map(T::of).collect()
        }
    }

    impl<T: Exact> Exact for [T; 5] {
        type Bits = [T::Bits; 5];

        fn bits(&self) -> Self::Bits {
            self.each_ref().map(T::bits)
        }

        fn of(bits: Self::Bits) -> Self {
            bits.map(T::of)
        }
    }

    pub(in super::super) fn serialize<T: Exact, S: Serializer>(
        numbers: &T,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        numbers.bits().serialize(serializer)
    }

    pub(in super::super) fn deserialize<'de, T: Exact, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<T, D::Error> {
        T::Bits::deserialize(deserializer).map(T::of)
    }
}

/// Writes a thing of a registry as its id, and finds it again.
macro_rules! by_id {
    ($($kind:ident)*) => {$(
        impl Serialize for $kind {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.spec().id)
            }
        }

        impl<'de> Deserialize<'de> for $kind {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let id = String::deserialize(deserializer)?;
                Self::from_id(&id).ok_or_else(|| de::Error::custom("no such id"))
            }
        }
    )*};
}

by_id! { Output Series }
