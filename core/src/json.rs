//! The outcome and its odds as JSON: the form in which scripts and other programs read it.

use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};

use crate::levers::Lever;
use crate::link::{VERSION, Warning, encode, value_text};
use crate::month::{HORIZON, Month};
use crate::odds::{self, Asked, Desk, most_error};
use crate::outcome::{Outcome, Output, Series};
use crate::quantile::BAND;
use crate::scenario::Scenario;
use crate::unit::Unit;

/// The outcome of a link as JSON text: what [`crate::link::read`] finds, run.
/// Numbers round-trip exactly; months are `YYYY-MM`; `null` stands for "never" and
/// for a series that has no value yet. A quoted link that showed another value is warned
/// of.
#[inline]
pub fn of_link(link: &str) -> String {
    let read = crate::link::read(link);
    let outcome = crate::model::run_in(&read.scenario);
    of_outcome(&read.scenario, &read.notices(&outcome), &outcome)
}

/// An outcome as JSON text.
#[inline]
pub fn of_outcome(scenario: &Scenario, warnings: &[Warning], outcome: &Outcome) -> String {
    // Only a map with keys that are not text could fail, and there is none.
    serde_json::to_string(&Report {
        scenario,
        warnings,
        outcome,
    })
    .unwrap_or_default()
}

/// How many worlds stand behind percentiles unless more or fewer are asked for.
pub const ODDS_DRAWS: usize = 10_000;

/// The percentiles of every output of a link over worlds of a seed, as JSON text. Months
/// are `YYYY-MM`, and `null` stands for "never". There is one world at least, and no more
/// than [`crate::odds::DRAWS`].
#[inline]
pub fn odds_of_link(link: &str, seed: u32, draws: usize) -> String {
    let (scenario, warnings) = crate::link::decode(link);
    let draws = draws.clamp(1, odds::DRAWS);
    let mut desk = Desk::new(seed, draws);
    // Few at a time, so that a browser tab has room for it.
    let figures = Output::ALL
        .chunks(4)
        .flat_map(|outputs| {
            let asked: Vec<Asked> = outputs.iter().copied().map(Asked::of).collect();
            desk.answer(&scenario, &[], &asked, None).figures
        })
        .collect();
    serde_json::to_string(&OddsReport {
        scenario: &scenario,
        warnings: &warnings,
        seed,
        draws,
        figures,
    })
    .unwrap_or_default()
}

struct OddsReport<'a> {
    scenario: &'a Scenario,
    warnings: &'a [Warning],
    seed: u32,
    draws: usize,
    figures: Vec<odds::Figure>,
}

impl Serialize for OddsReport<'_> {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let warnings: Vec<String> = self.warnings.iter().map(ToString::to_string).collect();
        let mut report = serializer.serialize_struct("Odds", 8)?;
        report.serialize_field("model", &VERSION)?;
        report.serialize_field("link", &encode(self.scenario))?;
        report.serialize_field("warnings", &warnings)?;
        report.serialize_field("seed", &self.seed)?;
        report.serialize_field("draws", &self.draws)?;
        report.serialize_field("error", &most_error(self.draws))?;
        report.serialize_field("probabilities", &BAND)?;
        report.serialize_field("outputs", &Percentiles(&self.figures))?;
        report.end()
    }
}

struct Percentiles<'a>(&'a [odds::Figure]);

impl Serialize for Percentiles<'_> {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for figure in self.0 {
            map.serialize_entry(figure.asked.output.spec().id, &OneFigure(figure))?;
        }
        map.end()
    }
}

struct OneFigure<'a>(&'a odds::Figure);

impl Serialize for OneFigure<'_> {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(figure) = self;
        let unit = figure.asked.output.spec().unit;
        let mut object = serializer.serialize_struct("Percentiles", 2)?;
        object.serialize_field("unit", &unit)?;
        if unit == Unit::Month {
            let month = |at: f64| Month::at(at as usize).map(|month| month.to_string());
            object.serialize_field("percentiles", &figure.percentiles.map(month))?;
        } else {
            object.serialize_field("percentiles", &figure.percentiles)?;
        }
        object.end()
    }
}

/// The value of one output as it stands in the JSON, quotes of months left out.
#[inline]
pub fn output_text(outcome: &Outcome, output: Output) -> String {
    match output.spec().unit {
        Unit::Month => outcome
            .month(output)
            .map_or_else(|| "null".to_owned(), |month| month.to_string()),
        Unit::Year => (outcome.get(output) as usize).to_string(),
        _ => outcome.get(output).to_string(),
    }
}

struct Report<'a> {
    scenario: &'a Scenario,
    warnings: &'a [Warning],
    outcome: &'a Outcome,
}

impl Serialize for Report<'_> {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let warnings: Vec<String> = self.warnings.iter().map(ToString::to_string).collect();
        let mut report = serializer.serialize_struct("Outcome", 6)?;
        report.serialize_field("model", &VERSION)?;
        report.serialize_field("link", &encode(self.scenario))?;
        report.serialize_field("warnings", &warnings)?;
        report.serialize_field("levers", &Levers(self.scenario))?;
        report.serialize_field("outputs", &Outputs(self.outcome))?;
        report.serialize_field("series", &AllSeries(self.outcome))?;
        report.end()
    }
}

struct Levers<'a>(&'a Scenario);

impl Serialize for Levers<'_> {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(Lever::COUNT))?;
        for lever in Lever::ALL {
            let (spec, value) = (lever.spec(), self.0.get(lever));
            match spec.unit {
                Unit::Month | Unit::Switch | Unit::Choice => {
                    map.serialize_entry(spec.id, &value_text(lever, value))?;
                }
                _ => map.serialize_entry(spec.id, &value)?,
            }
        }
        map.end()
    }
}

struct Outputs<'a>(&'a Outcome);

impl Serialize for Outputs<'_> {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(Output::COUNT))?;
        for output in Output::ALL {
            map.serialize_entry(output.spec().id, &Figure(self.0, output))?;
        }
        map.end()
    }
}

struct Figure<'a>(&'a Outcome, Output);

impl Serialize for Figure<'_> {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(outcome, output) = self;
        let (value, unit) = (outcome.get(*output), output.spec().unit);
        let mut figure = serializer.serialize_struct("Figure", 2)?;
        match unit {
            Unit::Month => {
                figure.serialize_field(
                    "value",
                    &outcome.month(*output).map(|month| month.to_string()),
                )?;
            }
            Unit::Year => figure.serialize_field("value", &(value as usize))?,
            _ => figure.serialize_field("value", &value)?,
        }
        figure.serialize_field("unit", &unit)?;
        figure.end()
    }
}

struct AllSeries<'a>(&'a Outcome);

impl Serialize for AllSeries<'_> {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(Series::COUNT))?;
        for series in Series::ALL {
            map.serialize_entry(series.spec().id, &OneSeries(self.0, series))?;
        }
        map.end()
    }
}

struct OneSeries<'a>(&'a Outcome, Series);

impl Serialize for OneSeries<'_> {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(outcome, series) = self;
        let values: Vec<Option<f64>> = (0..HORIZON)
            .filter_map(Month::at)
            .map(|month| outcome.at(*series, month))
            .collect();
        let mut object = serializer.serialize_struct("Series", 3)?;
        object.serialize_field("unit", &series.spec().unit)?;
        object.serialize_field(
            "start",
            &Month::new(crate::month::FIRST_YEAR, 1).to_string(),
        )?;
        object.serialize_field("values", &values)?;
        object.end()
    }
}
