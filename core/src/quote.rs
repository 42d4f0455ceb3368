//! A figure as a sentence to copy: its value, how far it spreads over worlds, what it rests
//! on, where it stands and when it was read.

use crate::evidence::{Row, Source};
use crate::format;
use crate::kind::Kind;
use crate::levers::Lever;
use crate::link::{self, VERSION};
use crate::methods;
use crate::month::{HORIZON, LAST_YEAR, Month};
use crate::odds::Simulation;
use crate::outcome::{Outcome, Output};
use crate::scenario::Scenario;
use crate::sway::{self, Sway};
use crate::uncertainty;
use crate::unit::Unit;

/// How many beliefs a sentence names.
const NAMED: usize = 3;

/// How many worlds stand behind a range that is quoted: one figure of as many takes a few
/// milliseconds, and two digits of it are sure.
pub const DRAWS: usize = 4_096;

/// A belief that a figure rests on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Support {
    /// The belief.
    pub lever: Lever,
    /// Where it stands, in its unit.
    pub value: f64,
    /// How its default came to be; none where a reader has set another value.
    pub kind: Option<Kind>,
}

impl Support {
    /// The belief with its value and where that comes from.
    fn words(&self) -> String {
        let from = self.kind.map_or("as set by the reader", from);
        format!(
            "“{}” ({}, {from})",
            self.lever.spec().label,
            format::lever(self.lever, self.value)
        )
    }
}

/// Where a default comes from, as a sentence says it.
fn from(kind: Kind) -> &'static str {
    match kind {
        Kind::Reported => "reported",
        Kind::Estimate => "a published estimate",
        Kind::Target => "a published target",
        Kind::Prediction => "a published prediction",
        Kind::Offer => "a published offer",
        Kind::Heuristic => "a published rule of thumb",
        Kind::Derived => "derived",
        Kind::Claim => "a published claim",
        Kind::BackSolved => "back-solved",
        Kind::Assumption => "an assumption",
    }
}

/// A figure of a scenario with what has to be said of it.
#[derive(Clone, Debug)]
pub struct Quote {
    /// The figure.
    pub output: Output,
    /// Its value, in its unit.
    pub value: f64,
    /// Between what it lies in the middle nine tenths of the worlds; none where no belief
    /// with a distribution reaches it.
    pub range: Option<(f64, f64)>,
    /// How many worlds that stands on.
    pub draws: usize,
    /// How many beliefs with a distribution it depends on.
    pub unsure: usize,
    /// How many beliefs it depends on at all.
    pub behind: usize,
    /// What moves it most from its 10th to its 90th percentile, at most three. Where no
    /// belief with a distribution does, those that move it most across all that the model
    /// admits.
    pub rests_on: Vec<Support>,
    /// Whether these have a distribution.
    pub by_percentiles: bool,
    /// The link to the scenario, which carries the value.
    pub link: String,
}

/// Quotes a figure. The outcome has to be that of the scenario; the simulation is of any
/// worlds, and keeps what it works out.
pub fn quote(
    scenario: &Scenario,
    outcome: &Outcome,
    simulation: &mut Simulation,
    output: Output,
) -> Quote {
    let value = outcome.get(output);
    let behind = || {
        let levers = Lever::ALL.into_iter();
        levers.filter(|&lever| output.depends_on(lever))
    };
    let unsure = behind()
        .filter(|&lever| uncertainty::of(lever).is_some())
        .count();
    let range = (unsure > 0).then(|| {
        let odds = simulation.run(scenario, &[], &[output]);
        let [low, .., high] = odds.sample(output)?.percentiles;
        // Between two months there is none.
        let whole = |value: f64| match output.spec().unit {
            Unit::Month | Unit::Year => value.round(),
            _ => value,
        };
        Some((whole(low), whole(high)))
    });
    let moving = |mut sways: Vec<Sway>| {
        sways.retain(|sway| sway.moves(value));
        sways
    };
    let tornado = moving(sway::tornado(scenario, output));
    let by_percentiles = !tornado.is_empty();
    let most = if by_percentiles {
        tornado
    } else {
        moving(sway::across(scenario, output))
    };
    let rests_on = most.into_iter().take(NAMED).map(|sway| {
        let value = scenario.get(sway.lever);
        let default = value.to_bits() == sway.lever.spec().default.to_bits();
        Support {
            lever: sway.lever,
            value,
            kind: default.then(|| methods::default_kind(sway.lever)),
        }
    });
    Quote {
        output,
        value,
        range: range.flatten(),
        draws: simulation.draws(),
        unsure,
        behind: behind().count(),
        rests_on: rests_on.collect(),
        by_percentiles,
        link: link::quoting(scenario, outcome, output),
    }
}

impl Quote {
    /// The sentence to copy. The address is that of the page, without a fragment; the
    /// date is that of the reading, in words.
    pub fn sentence(&self, address: &str, date: &str) -> String {
        format!(
            "{}{}{} Read on {date}, model {VERSION}: {address}{}",
            self.claim(),
            self.grounds(),
            self.published(),
            self.link
        )
    }

    /// The figure and how far it spreads, without a stop.
    fn claim(&self) -> String {
        let value = stated(self.output, self.value);
        let Some((low, high)) = self.range else {
            return value;
        };
        let unit = self.output.spec().unit;
        let range = [low, high];
        let [low, high] = range.map(|value| format::value(unit, value));
        let never = |month: f64| unit == Unit::Month && month as usize >= HORIZON;
        let span = match range.map(never) {
            [true, _] => format!("not by the end of {LAST_YEAR}"),
            [_, true] => format!("{low} or later, if by the end of {LAST_YEAR} at all,"),
            _ if low == high => low,
            _ => format!("{low} to {high}"),
        };
        let draws = format::value(Unit::Number, self.draws as f64);
        let vary = match (self.unsure, self.behind) {
            (1, 1) => "the one belief behind it varies there".to_owned(),
            (n, all) if n == all => format!("all {n} beliefs behind it vary there"),
            (1, all) => {
                format!("one of the {all} beliefs behind it varies there, the rest are as set")
            }
            (n, all) => {
                format!("{n} of the {all} beliefs behind it vary there, the rest are as set")
            }
        };
        format!("{value} ({span} in the middle 90\u{202f}% of {draws} simulated worlds; {vary})")
    }

    /// What a source publishes of it: the model was fitted to that and is no second
    /// witness.
    fn published(&self) -> String {
        self.output.published().map_or_else(String::new, |fact| {
            format!(
                " {} publishes {} ({}); the model’s defaults were chosen so that this comes out once rounded.",
                format::capital(fact.source.short),
                format::published(fact),
                fact.kind,
            )
        })
    }

    /// What it rests on.
    fn grounds(&self) -> String {
        let named: Vec<String> = self.rests_on.iter().map(Support::words).collect();
        let list = match named.as_slice() {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., last] => format!("{} and {last}", first.join(", ")),
        };
        if self.behind == 0 {
            return "; no belief moves it.".into();
        }
        let rests = if self.behind > named.len() {
            "hangs most on"
        } else {
            "hangs on"
        };
        match (named.is_empty(), self.by_percentiles) {
            (true, _) => "; as things are set, no belief moves it.".into(),
            (_, true) => format!(". It {rests} {list}."),
            _ => format!("; no belief with a distribution moves it. It {rests} {list}."),
        }
    }
}

/// The figure with its value, as the beginning of a sentence.
fn stated(output: Output, value: f64) -> String {
    const MODEL: &str = "By the model of The Compute Loop";
    let unit = output.spec().unit;
    let shown = format::value(unit, value);
    let month = Month::at(value as usize);
    match (output, unit, month) {
        (Output::CommitmentOutgrown, _, Some(_)) => {
            format!("{MODEL} demand outgrows the Trainium committed to Anthropic in {shown}")
        }
        (Output::CommitmentOutgrown, ..) => format!(
            "{MODEL} demand does not outgrow the Trainium committed to Anthropic by the end of {LAST_YEAR}"
        ),
        (Output::GapCloses, _, Some(_)) => {
            format!("{MODEL} the Trainium online meets Anthropic’s demand from {shown}")
        }
        (Output::GapCloses, ..) => format!(
            "{MODEL} the Trainium online does not meet Anthropic’s demand by the end of {LAST_YEAR}"
        ),
        (Output::PledgeMet, _, Some(_)) => {
            format!("{MODEL} Anthropic’s pledge to AWS is spent by {shown}")
        }
        (Output::PledgeMet, ..) => {
            format!("{MODEL} Anthropic’s pledge to AWS is not spent by the end of {LAST_YEAR}")
        }
        (Output::ReturnPositive, _, Some(_)) => format!(
            "{MODEL} operating income has covered what Amazon invested in Anthropic from {shown}"
        ),
        (Output::ReturnPositive, ..) => format!(
            "{MODEL} operating income has not covered what Amazon invested in Anthropic by the end of {LAST_YEAR}"
        ),
        (Output::AiRaceCrossover, ..) => {
            format!("By one source’s table, continued, Azure passes AWS in AI revenue in {shown}")
        }
        // A month that has no words of its own yet.
        (_, Unit::Month, _) => format!("{MODEL}, “{}”: {shown}", output.spec().label),
        _ => format!("The Compute Loop puts {} at {shown}", subject(output)),
    }
}

/// What a figure is called inside a sentence; labels are made for tables.
fn subject(output: Output) -> &'static str {
    match output {
        Output::Arr202612 => "Anthropic’s ARR in December 2026",
        Output::Demand202612 => {
            "Anthropic’s demand for AWS compute in December 2026, at a yearly rate,"
        }
        Output::GwNeeded202612 => "the Trainium that Anthropic needs in December 2026",
        Output::GwOnline202612 => "the Trainium online for Anthropic in December 2026",
        Output::GwGap202612 => {
            "the gap between the Trainium that Anthropic needs and has online in December 2026"
        }
        Output::OtherGwRequired202612 => {
            "the power that Anthropic requires from elsewhere in December 2026"
        }
        Output::Chips202612 => "the Trainium 2 chips that the power online feeds in December 2026",
        Output::AwsRevenue2026 => "AWS revenue in 2026",
        Output::AiRevenue2026 => "the AI revenue of AWS in 2026",
        Output::AwsGrowth2026 => "AWS growth in 2026",
        Output::AwsGrowth2026Q1 => "AWS growth in the first quarter of 2026",
        Output::AwsGrowth2027 => "AWS growth in 2027",
        Output::AnthropicShare2026 => "Anthropic’s share of AWS revenue in 2026",
        Output::BedrockRevenue2026Q1 => {
            "Bedrock revenue in the first quarter of 2026, at a yearly rate,"
        }
        Output::AiDirectShare => {
            "the part of AWS AI revenue in early 2026 that is compute Anthropic rents for itself"
        }
        Output::AiBehindBedrockShare => {
            "the part of AWS AI revenue in early 2026 that is compute behind Claude on Bedrock"
        }
        Output::AiOtherShare => {
            "the part of AWS AI revenue in early 2026 that comes from everyone but Anthropic"
        }
        Output::AwsMargin2026 => "the operating margin of AWS in 2026",
        Output::AwsMargin2027 => "the operating margin of AWS in 2027",
        Output::TrainiumPricePerGw => "the revenue of a Trainium gigawatt-year",
        Output::TrainiumCostPerGw => "the cost of a Trainium gigawatt-year",
        Output::TrainiumMargin => "the margin of renting out Trainium",
        Output::GpuCostPerGw => "the cost of a GPU gigawatt-year",
        Output::GpuMargin => "the margin of renting out GPUs",
        Output::TrainingCostTable => {
            "the cost of training on Trainium against H100, by the published table,"
        }
        Output::TrainingCostClaim => {
            "the cost of training on Trainium against H100, as Amazon claims it,"
        }
        Output::TrainingCostGigawatt => {
            "the cost of training on Trainium against H100, by price per gigawatt,"
        }
        Output::TrainingCost => "the cost of training on Trainium against H100",
        Output::InferenceCost => "the cost of inference on Amazon’s chip against L40S",
        Output::Trn2PricePerChipHour => "an hour of Trainium 2 against an hour of H100",
        Output::CashInvested202612 => "Amazon’s cash in Anthropic by December 2026",
        Output::ContingentExpected => "the contingent money that Amazon is expected to pay",
        Output::StakeValue202612 => "Amazon’s stake in Anthropic in December 2026",
        Output::EarlierMark => "the valuation of Anthropic before the gain of 2025",
        Output::CircularShare => "Amazon’s money since April 2026, against Anthropic’s pledge,",
        Output::CircularShareSpend2026 => {
            "Amazon’s money since April 2026, against what Anthropic pays AWS by the end of the year,"
        }
        Output::BreakEvenMargin => "the margin on the pledge that returns Amazon’s money",
        // What has no words of its own yet is called as in the tables.
        _ => output.spec().label,
    }
}

/// A published figure as a sentence to copy: what its source states, the figure, what kind
/// of statement that is, its date, and the document.
pub fn fact(row: &Row, source: &Source) -> String {
    let statement = row.statement.trim_end_matches('.');
    let figure = if row.value.is_some() || row.low.is_some() || row.high.is_some() {
        format!("{}; ", format::fact(row))
    } else {
        String::new()
    };
    let date = row.as_of.as_deref().map_or_else(
        || "undated".to_owned(),
        |date| format!("as of {}", date.replace('/', " to ")),
    );
    format!(
        "{statement} ({figure}{}; {date}). Source: “{}”, {}. {}",
        row.kind,
        source.title,
        source
            .publisher
            .as_deref()
            .unwrap_or("publisher not stated"),
        source.dated
    )
}
