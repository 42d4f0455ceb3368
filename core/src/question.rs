//! What would have to be true: an output, the target a reader sets for it, and the two
//! beliefs that are laid out as a map.

use crate::decimal;
use crate::fact::facts;
use crate::levers::Lever;
use crate::methods::SUBJECTS;
use crate::month::{HORIZON, Month};
use crate::outcome::Output;
use crate::scenario::Scenario;
use crate::solve;
use crate::unit::Unit;
use crate::words::{mark, t};

/// The outputs that readers are offered first.
pub const HEADLINES: [Output; 9] = [
    Output::GwNeeded202612,
    Output::GwGap202612,
    Output::AwsGrowth2026,
    Output::AwsGrowth2027,
    Output::AnthropicShare2026,
    Output::AwsMargin2027,
    Output::StakeValue202612,
    Output::ReturnPositive,
    Output::GapCloses,
];

/// Greater than any value of an output: beyond it a target is not read.
const GREATEST: f64 = 1e9;

/// The word for a month that never comes.
const NEVER: &str = mark("never");

/// An output and its target, and the sides of a map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Question {
    /// The output.
    pub output: Output,
    /// Its target, in its unit; a month is counted from January 2023, and [`HORIZON`]
    /// stands for never.
    pub target: f64,
    /// The belief along the bottom of the map.
    pub across: Lever,
    /// The belief up its side.
    pub up: Lever,
}

impl Default for Question {
    /// What would bring the power needed down to what is signed.
    fn default() -> Self {
        Self {
            output: Output::GwNeeded202612,
            target: facts::ANTHROPIC_TRN_CAPACITY_COMMIT.value(),
            across: Lever::TrainiumPrice,
            up: Lever::SpendRatio,
        }
    }
}

/// Whether a lever has a range of numbers or months.
pub fn is_ranged(lever: Lever) -> bool {
    !matches!(lever.spec().unit, Unit::Switch | Unit::Choice)
}

/// The levers that can be the side of a map of an output.
pub fn sides(output: Output) -> impl Iterator<Item = Lever> {
    Lever::ALL
        .into_iter()
        .filter(move |&lever| output.depends_on(lever) && is_ranged(lever))
}

/// The outputs that a belief with a range can move: first the headlines, then the rest by
/// subject.
pub fn outputs() -> Vec<(&'static str, Vec<Output>)> {
    let asked = |output: &Output| sides(*output).next().is_some();
    let rest = SUBJECTS.iter().map(|subject| {
        let outputs = subject.outputs.iter().copied();
        let outputs = outputs.filter(|output| asked(output) && !HEADLINES.contains(output));
        (t(subject.name), outputs.collect())
    });
    core::iter::once((t("Headlines"), HEADLINES.to_vec()))
        .chain(rest)
        .filter(|(_, outputs): &(_, Vec<Output>)| !outputs.is_empty())
        .collect()
}

impl Question {
    /// The question that an output opens with, for a scenario: a target of
    /// [`first_target`], and a map of the two doubtful beliefs that move it most there.
    pub fn of(output: Output, scenario: &Scenario) -> Self {
        let open = Self::default();
        if output == open.output {
            return open;
        }
        let moved = |lever: Lever| {
            let by = solve::deviation(lever).unwrap_or_default();
            let at = |sign: f64| {
                let value = scenario.get(lever) + sign * by;
                solve::figure(&scenario.with(lever, value), output)
            };
            (at(1.0) - at(-1.0)).abs()
        };
        let mut ways: Vec<(Lever, f64)> = sides(output).map(|side| (side, moved(side))).collect();
        ways.sort_by(|a, b| b.1.total_cmp(&a.1));
        let across = ways.first().map_or(open.across, |way| way.0);
        let spare = if across == open.across {
            open.up
        } else {
            open.across
        };
        Self {
            output,
            target: first_target(output),
            across,
            up: ways.get(1).map_or(spare, |way| way.0),
        }
    }
}

/// The target that an output opens with: no gap, what is signed, or else a year earlier
/// for a month and the next round number for the rest, seen from the default.
pub fn first_target(output: Output) -> f64 {
    let now = solve::figure(&Scenario::default(), output);
    match (output, output.spec().unit) {
        (Output::GwGap202612, _) => 0.0,
        (Output::GwNeeded202612, _) => facts::ANTHROPIC_TRN_CAPACITY_COMMIT.value(),
        (_, Unit::Month) => (now - 12.0).max(0.0),
        _ => {
            let size = libm::exp10(libm::floor(libm::log10(now.abs().max(1e-6) / 10.0)));
            let steps = [1.0, 2.0, 5.0, 10.0].map(|step| step * size);
            let step = steps.into_iter().find(|step| *step * 10.0 >= now.abs());
            let step = step.unwrap_or(size);
            let target = (now / step + 0.5).ceil() * step;
            (target * 1e6).round() / 1e6
        }
    }
}

/// A target as it stands in its field: shares in percent, months as `YYYY-MM`.
pub fn text(output: Output, target: f64) -> String {
    match output.spec().unit {
        Unit::Month => Month::at(target as usize)
            .map_or_else(|| t(NEVER).to_owned(), |month| month.to_string()),
        Unit::Ratio => ((1e10 * target).round() / 1e8).to_string(),
        _ => target.to_string(),
    }
}

/// Reads a target from the text of its field; none where it is not one.
pub fn parse(output: Output, text: &str) -> Option<f64> {
    match output.spec().unit {
        Unit::Month if text == NEVER || text == t(NEVER) => Some(HORIZON as f64),
        Unit::Month => Month::parse(text).map(|month| month.index() as f64),
        unit => {
            let value = decimal::parse(text)?;
            let value = if unit == Unit::Ratio {
                value / 100.0
            } else {
                value
            };
            // Adding zero turns a negative zero into zero.
            (value.abs() <= GREATEST).then_some(value + 0.0)
        }
    }
}

/// What stands behind the field of a target.
pub fn unit(output: Output) -> &'static str {
    match output.spec().unit {
        Unit::Ratio => "%",
        Unit::Month => t("year-month"),
        unit => crate::format::unit_name(unit),
    }
}
