//! The outcome as JSON: the form in which scripts and other programs read it.

use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};

use crate::levers::Lever;
use crate::link::{VERSION, Warning, encode, value_text};
use crate::month::{HORIZON, Month};
use crate::outcome::{Outcome, Output, Series};
use crate::scenario::Scenario;
use crate::unit::Unit;

/// The outcome of a link as JSON text: what [`crate::link::read`] finds, run.
/// Numbers round-trip exactly; months are `YYYY-MM`; `null` stands for "never" and
/// for a series that has no value yet. A quoted link that showed another value is warned
/// of.
pub fn of_link(link: &str) -> String {
    let read = crate::link::read(link);
    let outcome = crate::model::run(&read.scenario);
    of_outcome(&read.scenario, &read.notices(&outcome), &outcome)
}

/// An outcome as JSON text.
pub fn of_outcome(scenario: &Scenario, warnings: &[Warning], outcome: &Outcome) -> String {
    // Only a map with keys that are not text could fail, and there is none.
    serde_json::to_string(&Report {
        scenario,
        warnings,
        outcome,
    })
    .unwrap_or_default()
}

/// The value of one output as it stands in the JSON, quotes of months left out.
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
