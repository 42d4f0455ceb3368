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
use crate::words::t;
use crate::{plural, say};

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
        say!(
            "“{belief}” ({value}, {origin})",
            belief = t(self.lever.spec().label),
            value = format::lever(self.lever, self.value),
            origin = self.kind.map_or(t("as set by the reader"), from)
        )
    }
}

/// Where a default comes from, as a sentence says it.
fn from(kind: Kind) -> &'static str {
    match kind {
        Kind::Reported => t("reported"),
        Kind::Estimate => t("a published estimate"),
        Kind::Target => t("a published target"),
        Kind::Prediction => t("a published prediction"),
        Kind::Offer => t("a published offer"),
        Kind::Heuristic => t("a published rule of thumb"),
        Kind::Derived => t("derived"),
        Kind::Claim => t("a published claim"),
        Kind::BackSolved => t("back-solved"),
        Kind::Assumption => t("an assumption"),
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
        let figure = self.claim();
        let link = format!("{address}{}", self.link);
        match self.published() {
            Some(published) => say!(
                "{figure} {published} Read on {date}, model {model}: {link}",
                figure,
                published,
                date,
                model = VERSION,
                link
            ),
            None => say!(
                "{figure} Read on {date}, model {model}: {link}",
                figure,
                date,
                model = VERSION,
                link
            ),
        }
    }

    /// The figure, how far it spreads, and what it rests on.
    fn claim(&self) -> String {
        let figure = self.spread();
        let named: Vec<String> = self.rests_on.iter().map(Support::words).collect();
        let beliefs = match named.as_slice() {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., last] => {
                say!("{beliefs} and {last}", beliefs = first.join(t(", ")), last)
            }
        };
        let most = self.behind > named.len();
        match (named.is_empty(), self.by_percentiles) {
            _ if self.behind == 0 => say!("{figure}; no belief moves it.", figure),
            (true, _) => say!("{figure}; as things are set, no belief moves it.", figure),
            (_, true) if most => {
                say!("{figure}. It hangs most on {beliefs}.", figure, beliefs)
            }
            (_, true) => say!("{figure}. It hangs on {beliefs}.", figure, beliefs),
            _ if most => say!(
                "{figure}; no belief with a distribution moves it. It hangs most on {beliefs}.",
                figure,
                beliefs
            ),
            _ => say!(
                "{figure}; no belief with a distribution moves it. It hangs on {beliefs}.",
                figure,
                beliefs
            ),
        }
    }

    /// The figure and how far it spreads, without a stop.
    fn spread(&self) -> String {
        let figure = stated(self.output, self.value);
        let Some((low, high)) = self.range else {
            return figure;
        };
        let unit = self.output.spec().unit;
        let range = [low, high];
        let [low, high] = range.map(|value| format::value(unit, value));
        let never = |month: f64| unit == Unit::Month && month as usize >= HORIZON;
        let draws = format::value(Unit::Number, self.draws as f64);
        let (count, all) = (self.unsure, self.behind);
        let beliefs = if count == all {
            plural!(
                count,
                "the one belief behind it varies there",
                "all {count} beliefs behind it vary there"
            )
        } else {
            plural!(
                count,
                "one of the {all} beliefs behind it varies there, the rest are as set",
                "{count} of the {all} beliefs behind it vary there, the rest are as set",
                all
            )
        };
        match range.map(never) {
            [true, _] => say!(
                "{figure} (not by the end of {year} in the middle 90\u{202f}% of {draws} simulated worlds; {beliefs})",
                figure,
                year = LAST_YEAR,
                draws,
                beliefs
            ),
            [_, true] => say!(
                "{figure} ({month} or later, if by the end of {year} at all, in the middle 90\u{202f}% of {draws} simulated worlds; {beliefs})",
                figure,
                month = low,
                year = LAST_YEAR,
                draws,
                beliefs
            ),
            _ if low == high => say!(
                "{figure} ({value} in the middle 90\u{202f}% of {draws} simulated worlds; {beliefs})",
                figure,
                value = low,
                draws,
                beliefs
            ),
            _ => say!(
                "{figure} ({low} to {high} in the middle 90\u{202f}% of {draws} simulated worlds; {beliefs})",
                figure,
                low,
                high,
                draws,
                beliefs
            ),
        }
    }

    /// What a source publishes of it: the model was fitted to that and is no second
    /// witness.
    fn published(&self) -> Option<String> {
        self.output.published().map(|fact| {
            say!(
                "{source} publishes {value} ({kind}); the model’s defaults were chosen so that this comes out once rounded.",
                source = format::capital(t(fact.source.short)),
                value = format::published(fact),
                kind = fact.kind.name()
            )
        })
    }
}

/// The figure with its value, as the beginning of a sentence.
fn stated(output: Output, value: f64) -> String {
    let unit = output.spec().unit;
    let shown = format::value(unit, value);
    let month = Month::at(value as usize);
    match (output, unit, month) {
        (Output::CommitmentOutgrown, _, Some(_)) => say!(
            "By the model of The Compute Loop demand outgrows the Trainium committed to Anthropic in {month}",
            month = shown
        ),
        (Output::CommitmentOutgrown, ..) => say!(
            "By the model of The Compute Loop demand does not outgrow the Trainium committed to Anthropic by the end of {year}",
            year = LAST_YEAR
        ),
        (Output::GapCloses, _, Some(_)) => say!(
            "By the model of The Compute Loop the Trainium online meets Anthropic’s demand from {month}",
            month = shown
        ),
        (Output::GapCloses, ..) => say!(
            "By the model of The Compute Loop the Trainium online does not meet Anthropic’s demand by the end of {year}",
            year = LAST_YEAR
        ),
        (Output::PledgeMet, _, Some(_)) => say!(
            "By the model of The Compute Loop Anthropic’s pledge to AWS is spent by {month}",
            month = shown
        ),
        (Output::PledgeMet, ..) => say!(
            "By the model of The Compute Loop Anthropic’s pledge to AWS is not spent by the end of {year}",
            year = LAST_YEAR
        ),
        (Output::ReturnPositive, _, Some(_)) => say!(
            "By the model of The Compute Loop operating income has covered what Amazon invested in Anthropic from {month}",
            month = shown
        ),
        (Output::ReturnPositive, ..) => say!(
            "By the model of The Compute Loop operating income has not covered what Amazon invested in Anthropic by the end of {year}",
            year = LAST_YEAR
        ),
        (Output::AiRaceCrossover, ..) => say!(
            "By one source’s table, continued, Azure passes AWS in AI revenue in {year}",
            year = shown
        ),
        // A month that has no words of its own yet.
        (_, Unit::Month, _) => say!(
            "By the model of The Compute Loop, “{figure}”: {month}",
            figure = t(output.spec().label),
            month = shown
        ),
        _ => say!(
            "The Compute Loop puts {figure} at {value}",
            figure = subject(output),
            value = shown
        ),
    }
}

/// What a figure is called inside a sentence; labels are made for tables.
fn subject(output: Output) -> &'static str {
    match output {
        Output::Arr202612 => t("Anthropic’s ARR in December 2026"),
        Output::Demand202612 => {
            t("Anthropic’s demand for AWS compute in December 2026, at a yearly rate,")
        }
        Output::GwNeeded202612 => t("the Trainium that Anthropic needs in December 2026"),
        Output::GwOnline202612 => t("the Trainium online for Anthropic in December 2026"),
        Output::GwGap202612 => {
            t("the gap between the Trainium that Anthropic needs and has online in December 2026")
        }
        Output::OtherGwRequired202612 => {
            t("the power that Anthropic requires from elsewhere in December 2026")
        }
        Output::Chips202612 => {
            t("the Trainium 2 chips that the power online feeds in December 2026")
        }
        Output::AwsRevenue2026 => t("AWS revenue in 2026"),
        Output::AiRevenue2026 => t("the AI revenue of AWS in 2026"),
        Output::AwsGrowth2026 => t("AWS growth in 2026"),
        Output::AwsGrowth2026Q1 => t("AWS growth in the first quarter of 2026"),
        Output::AwsGrowth2027 => t("AWS growth in 2027"),
        Output::AnthropicShare2026 => t("Anthropic’s share of AWS revenue in 2026"),
        Output::BedrockRevenue2026Q1 => {
            t("Bedrock revenue in the first quarter of 2026, at a yearly rate,")
        }
        Output::AiDirectShare => {
            t("the part of AWS AI revenue in early 2026 that is compute Anthropic rents for itself")
        }
        Output::AiBehindBedrockShare => {
            t("the part of AWS AI revenue in early 2026 that is compute behind Claude on Bedrock")
        }
        Output::AiOtherShare => {
            t("the part of AWS AI revenue in early 2026 that comes from everyone but Anthropic")
        }
        Output::AwsMargin2026 => t("the operating margin of AWS in 2026"),
        Output::AwsMargin2027 => t("the operating margin of AWS in 2027"),
        Output::TrainiumPricePerGw => t("the revenue of a Trainium gigawatt-year"),
        Output::TrainiumCostPerGw => t("the cost of a Trainium gigawatt-year"),
        Output::TrainiumMargin => t("the margin of renting out Trainium"),
        Output::GpuCostPerGw => t("the cost of a GPU gigawatt-year"),
        Output::GpuMargin => t("the margin of renting out GPUs"),
        Output::TrainingCostTable => {
            t("the cost of training on Trainium against H100, by the published table,")
        }
        Output::TrainingCostClaim => {
            t("the cost of training on Trainium against H100, as Amazon claims it,")
        }
        Output::TrainingCostGigawatt => {
            t("the cost of training on Trainium against H100, by price per gigawatt,")
        }
        Output::TrainingCost => t("the cost of training on Trainium against H100"),
        Output::InferenceCost => t("the cost of inference on Amazon’s chip against L40S"),
        Output::Trn2PricePerChipHour => t("an hour of Trainium 2 against an hour of H100"),
        Output::CashInvested202612 => t("Amazon’s cash in Anthropic by December 2026"),
        Output::ContingentExpected => t("the contingent money that Amazon is expected to pay"),
        Output::StakeValue202612 => t("Amazon’s stake in Anthropic in December 2026"),
        Output::EarlierMark => t("the valuation of Anthropic before the gain of 2025"),
        Output::CircularShare => t("Amazon’s money since April 2026, against Anthropic’s pledge,"),
        Output::CircularShareSpend2026 => t(
            "Amazon’s money since April 2026, against what Anthropic pays AWS by the end of the year,",
        ),
        Output::BreakEvenMargin => t("the margin on the pledge that returns Amazon’s money"),
        // What has no words of its own yet is called as in the tables.
        _ => t(output.spec().label),
    }
}

/// A published figure as a sentence to copy: what its source states, the figure, what kind
/// of statement that is, its date, and the document.
pub fn fact(row: &Row, source: &Source) -> String {
    let statement = t(&row.statement).trim_end_matches(['.', '。']);
    let kind = row.kind.name();
    let date = row.as_of.as_deref().map_or_else(
        || t("undated").to_owned(),
        |date| match date.split_once('/') {
            Some((from, to)) => say!("as of {from} to {to}", from, to),
            None => say!("as of {date}", date),
        },
    );
    let publisher = source.publisher.as_deref();
    let publisher = publisher.map_or(t("publisher not stated"), t);
    let (title, dated) = (t(&source.title), t(&source.dated));
    if row.value.is_some() || row.low.is_some() || row.high.is_some() {
        say!(
            "{statement} ({figure}; {kind}; {date}). Source: “{title}”, {publisher}. {dated}",
            statement,
            figure = format::fact(row),
            kind,
            date,
            title,
            publisher,
            dated
        )
    } else {
        say!(
            "{statement} ({kind}; {date}). Source: “{title}”, {publisher}. {dated}",
            statement,
            kind,
            date,
            title,
            publisher,
            dated
        )
    }
}
