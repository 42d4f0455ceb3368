//! The charts: what each shows for an outcome, and how it is drawn.
//!
//! [`Chart::picture`] turns an outcome into a [`Picture`]: a title that states the
//! finding, a sentence that says what is to be seen, and shapes without pixels.
//! [`Picture::draw`] puts the shapes on any plotters backend: the page's canvas, or an
//! SVG in the tests.

mod bars;
mod chips;
mod circle;
mod cloud;
mod curve;
mod deal;
mod dots;
mod doubt;
mod flow;
mod map;
mod power;
mod reading;
pub mod sample;
mod shape;
pub mod sound;
mod surface;
mod target;
mod tiles;
mod time;

use compute_loop_core::chance::OPEN;
use compute_loop_core::circle::{self as money, Lens};
use compute_loop_core::fact::Fact;
use compute_loop_core::levers::Lever;
use compute_loop_core::month::Month;
use compute_loop_core::odds::sensitivity::Sensitivity;
use compute_loop_core::odds::{Answer, Asked, Months, first};
use compute_loop_core::origin::Quantity;
use compute_loop_core::outcome::{Outcome, Output, Series};
use compute_loop_core::question::Question;
use compute_loop_core::say;
use compute_loop_core::scenario::Scenario;
use compute_loop_core::words::{mark, t};
use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::prelude::DrawingBackend;

use crate::palette::Role;

pub(crate) use reading::heading;
pub use reading::{Reading, Spot, Value};
use shape::Shapes;
use sound::Heard;
use surface::Surface;
pub(crate) use surface::pieces;
pub use surface::{Drawn, FONT, GRID, Look, Pen, text_width};

/// What a chart is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// Its outcome.
    pub outcome: &'a Outcome,
    /// How the worlds spread what [`Chart::bands`] and [`Chart::asked`] name; none where
    /// none were drawn, or nobody wants to see it.
    pub odds: Option<&'a Answer>,
    /// What a chart of one year, or of one figure, shows of it.
    pub view: View,
    /// How the spread of the figure looked at is made up, as far as that is known.
    pub matters: Option<&'a Sensitivity>,
}

impl<'a> Case<'a> {
    /// What the model alone says, looked at as at first.
    pub fn of(scenario: &'a Scenario, outcome: &'a Outcome) -> Self {
        Self {
            scenario,
            outcome,
            odds: None,
            view: View::default(),
            matters: None,
        }
    }
}

/// What a reader looks at in a chart of one year or of one figure, and asks of those that
/// answer a question. It is no belief: the link does not hold it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// The year.
    pub year: usize,
    /// What is counted.
    pub lens: Lens,
    /// Whether money that may have come from Amazon itself counts as AWS's revenue.
    pub own_money: bool,
    /// The figure that a reader asks the odds of: its place in [`OPEN`].
    pub open: usize,
    /// The value asked for, as shown.
    pub open_at: f64,
    /// What is to be true, and which beliefs are mapped.
    pub question: Question,
    /// The figure of a chart of one figure.
    pub figure: Output,
}

impl Default for View {
    fn default() -> Self {
        Self {
            year: 2026,
            lens: Lens::Cash,
            own_money: true,
            open: 0,
            open_at: OPEN[0].start,
            question: Question::default(),
            figure: Output::GwGap202612,
        }
    }
}

/// A chart, before it has a size.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// The finding.
    pub title: String,
    /// What is drawn, and in which unit.
    pub subtitle: String,
    /// What it shows now, in one sentence.
    pub summary: String,
    /// The published figures drawn or built on: what each is called, and the fact.
    pub facts: &'static [(&'static str, Fact)],
    shapes: Shapes,
}

impl Picture {
    /// The height that suits a width, in CSS pixels. It does not depend on the values
    /// drawn, so the page keeps still while they change.
    pub fn height(&self, width: f64) -> f64 {
        self.shapes.height(width)
    }

    /// Draws it on an area of [`GRID`] units to the CSS pixel.
    ///
    /// # Errors
    /// Whatever the backend reports.
    pub fn draw<DB: DrawingBackend>(&self, area: &DrawingArea<DB, Shift>, look: Look) -> Drawn {
        self.draw_with(area, look, None)
    }

    /// The same with a pen for what the backend can do in one go.
    ///
    /// # Errors
    /// Whatever the backend reports.
    pub fn draw_with<DB: DrawingBackend>(
        &self,
        area: &DrawingArea<DB, Shift>,
        look: Look,
        pen: Option<&dyn Pen>,
    ) -> Drawn {
        let surface = Surface::new(area, look, pen);
        self.shapes.draw(&surface)
    }

    /// Its series, as they can be heard: empty where it has no course to follow.
    pub fn series(&self) -> Vec<Heard> {
        self.shapes.series()
    }

    /// The same picture with that of another scenario laid thinly under it, and what
    /// that one is called.
    #[must_use]
    pub fn over(mut self, other: &Self, name: &str) -> Self {
        self.shapes = self.shapes.over(&other.shapes, name);
        self
    }

    /// Only what is published of it: the points of a chart over time. What the model
    /// says goes, in shapes and in words; where no point is left, so does the rest.
    #[must_use]
    pub fn published_only(mut self) -> Self {
        let mut points = 0;
        if let Some(alone) = self.shapes.points_alone() {
            (self.shapes, points) = alone;
        }
        let (title, summary) = if points > 0 {
            (
                t("The published points alone"),
                t("The model’s lines are left out."),
            )
        } else {
            (
                t("This chart is computed here"),
                t("It rests on figures that no source prints."),
            )
        };
        title.clone_into(&mut self.title);
        self.summary = if self.facts.is_empty() {
            summary.to_owned()
        } else {
            let behind = t("The published figures behind it stand under “Data and sources”.");
            after(summary, behind)
        };
        self
    }

    /// Whether it shows published points over time.
    pub fn has_points(&self) -> bool {
        self.shapes.has_points()
    }

    /// Whether another scenario can be laid under it.
    pub fn shows_other(&self) -> bool {
        self.shapes.shows_other()
    }

    /// Whether it shows lines over months.
    pub fn is_over_time(&self) -> bool {
        self.shapes.is_over_time()
    }

    /// Where the point stands that moves two beliefs, at a size; none where there is none.
    pub fn grip(&self, look: Look) -> Option<(f64, f64)> {
        self.shapes.grip(look)
    }

    /// The two beliefs and their values at a point of a map.
    pub fn beliefs_at(&self, look: Look, point: (f64, f64)) -> Option<[(Lever, f64); 2]> {
        self.shapes.beliefs_at(look, point)
    }

    /// How many places of it can be read one by one.
    pub fn readings(&self) -> usize {
        self.shapes.readings()
    }

    /// What stands at a place; none past the last.
    pub fn reading(&self, index: usize) -> Option<Reading> {
        self.shapes.reading(index)
    }

    /// Where a place stands at a size.
    pub fn spot(&self, look: Look, index: usize) -> Spot {
        self.shapes.spot(look, index)
    }

    /// The place nearest to a point, in CSS pixels from the upper left corner.
    pub fn nearest(&self, look: Look, point: (f64, f64)) -> usize {
        self.shapes.nearest(look, point)
    }

    /// Marks a place over the drawn picture.
    ///
    /// # Errors
    /// Whatever the backend reports.
    pub fn point_out<DB: DrawingBackend>(
        &self,
        area: &DrawingArea<DB, Shift>,
        look: Look,
        index: usize,
    ) -> Drawn {
        let surface = Surface::new(area, look, None);
        let Spot { from, to, dots } = self.spot(look, index);
        if to.0 - from.0 > 0.9 * look.width {
            // A row is tinted; a box around it would look like a field.
            surface.block(from, to, Role::Muted, 0.12)?;
        } else {
            let corners = [from, (to.0, from.1), to, (from.0, to.1), from];
            surface.line(&corners, 1.0, Role::Muted)?;
        }
        for (at, role) in dots {
            surface.dot(at, 4.0, role)?;
        }
        Ok(())
    }
}

macro_rules! charts {
    ($($(#[$doc:meta])* $name:ident = $id:literal, $called:expr, $picture:path;)*) => {
        /// A chart of the page.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Chart { $($(#[$doc])* $name,)* }

        impl Chart {
            /// Every chart, in the order of the page.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// Its key in content files and addresses. Permanent.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }

            /// What it is called in a list, whatever it finds.
            pub fn called(self) -> &'static str {
                t(match self { $(Self::$name => $called,)* })
            }

            /// What it shows.
            pub fn picture(self, case: Case<'_>) -> Picture {
                match self { $(Self::$name => $picture(case),)* }
            }
        }
    };
}

charts! {
    /// Demand against power, and the gap.
    Gap = "gap", mark("Power needed, signed for and online"), power::gap;
    /// Who pays whom in a year.
    Loop = "loop", mark("Who pays whom in a year"), circle::money_loop;
    /// What Amazon paid, may owe, and is predicted to add.
    Ladder = "ladder", mark("What Amazon pays, step by step"), deal::ladder_of_payments;
    /// What Amazon paid and what its stake is worth.
    Stake = "stake", mark("Amazon’s stake and its cost"), deal::stake;
    /// What Anthropic has paid of its pledge.
    Pledge = "pledge", mark("What is paid of the pledge"), deal::pledge_paid;
    /// What comes back.
    Return = "return", mark("What comes back to Amazon"), deal::net_return;
    /// Five deals side by side.
    Deals = "deals", mark("Five deals side by side"), deal::deals;
    /// Routes to the cost of work on Trainium.
    ChipCost = "chip-cost", mark("Cost of work on Trainium"), chips::cost;
    /// Where the saving comes from.
    ChipTable = "chip-table", mark("Where the saving comes from"), chips::table;
    /// Generations against Nvidia's H200.
    Generations = "generations", mark("Generations of chips"), chips::generations;
    /// Amazon's general-purpose processor.
    Graviton = "graviton", mark("Graviton, Amazon’s processor"), chips::graviton;
    /// Power by site.
    Sites = "sites", mark("Power by site"), power::sites;
    /// What Anthropic wants to buy, what the power can earn, what is paid.
    Earnings = "earnings", mark("Demand and what the power can earn"), power::earnings;
    /// What a dearer or a cheaper gigawatt does to the power needed.
    PriceResponse = "price-response", mark("Price and the power needed"), power::price_response;
    /// Power, chips and capex of each site.
    SitesCost = "sites-cost", mark("What the sites cost"), power::sites_cost;
    /// What a gigawatt-year costs and earns.
    UnitEconomics = "unit-economics", mark("A gigawatt-year: cost and price"), power::unit_economics;
    /// AWS revenue in parts.
    AwsRevenue = "aws-revenue", mark("AWS revenue in parts"), cloud::revenue;
    /// Growth of AWS over the year before.
    AwsGrowth = "aws-growth", mark("Growth of AWS"), cloud::growth;
    /// Margin of AWS by layer.
    AwsLayers = "aws-layers", mark("Margin of AWS by layer"), cloud::layers;
    /// Margin of AWS.
    AwsMargin = "aws-margin", mark("Margin of AWS"), cloud::margin;
    /// Four clouds, one source's definition.
    Race = "race", mark("AI revenue of four clouds"), cloud::race;
    /// In how many of a hundred worlds claims hold.
    Odds = "odds", mark("Odds of published claims"), doubt::odds;
    /// What single beliefs would have to be for a figure to reach a target.
    Flip = "flip", mark("What would have to be true"), target::flip;
    /// A figure over two beliefs.
    Map = "map", mark("A figure over two beliefs"), target::map;
    /// Which belief matters most to a figure.
    Sway = "sway", mark("Which belief matters most"), doubt::sway;
    /// Published claims against the model's value.
    Claims = "claims", mark("Published claims and the model"), doubt::claims;
    /// Verdicts of the replication table.
    Verdicts = "verdicts", mark("What replicates"), doubt::verdicts;
}

impl Chart {
    /// What the chart of the first screen shows, without knowing any other.
    pub fn first(case: Case<'_>) -> Picture {
        power::gap(case)
    }

    /// The chart with a key, or none.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|chart| chart.id() == id)
    }

    /// The years that a chart of one year can show: from the first in which money went
    /// both ways.
    pub const YEARS: core::ops::RangeInclusive<usize> = money::YEARS;

    /// What is drawn of the model's figures and series, or is nearest behind it: from here
    /// a reader can follow how it comes about. Charts of published figures alone, and of
    /// what is computed about the model itself, have none.
    pub fn computed(self) -> &'static [Quantity] {
        use Quantity as Q;
        match self {
            Self::Gap => &[
                Q::Series(Series::GwNeeded),
                Q::Series(Series::GwOnline),
                Q::Series(Series::Demand),
                Q::Series(Series::Arr),
                Q::Output(Output::GwGap202612),
            ],
            Self::Loop => &[
                Q::Series(Series::Spend),
                Q::Series(Series::Investment),
                Q::Series(Series::CashAmazon),
                Q::Series(Series::CashAnthropic),
                Q::Series(Series::CashCustomers),
                Q::Series(Series::CashInvestors),
                Q::Series(Series::CashSuppliers),
                Q::Series(Series::CashOtherLabs),
                Q::Series(Series::OperatingIncome),
                Q::Series(Series::MarkToMarket),
            ],
            Self::Ladder => &[
                Q::Series(Series::Investment),
                Q::Series(Series::CashInvested),
                Q::Output(Output::ContingentExpected),
            ],
            Self::Stake => &[
                Q::Series(Series::StakeValue),
                Q::Series(Series::Valuation),
                Q::Series(Series::CashInvested),
                Q::Output(Output::EarlierMark),
            ],
            Self::Pledge => &[Q::Series(Series::PledgeSpent), Q::Output(Output::PledgeMet)],
            Self::Return => &[
                Q::Series(Series::NetReturn),
                Q::Series(Series::OperatingIncome),
                Q::Series(Series::CashInvested),
                Q::Output(Output::ReturnPositive),
            ],
            Self::Deals => &[Q::Output(Output::ContingentExpected)],
            Self::ChipCost => &[
                Q::Output(Output::TrainingCostTable),
                Q::Output(Output::TrainingCostClaim),
                Q::Output(Output::TrainingCostGigawatt),
                Q::Output(Output::TrainingCost),
                Q::Output(Output::InferenceCost),
            ],
            Self::ChipTable => &[
                Q::Output(Output::TrainingCost),
                Q::Output(Output::Trn2PricePerChipHour),
                Q::Output(Output::InferenceCost),
            ],
            Self::Generations => &[Q::Series(Series::TrainiumIndex)],
            Self::Sites => &[
                Q::Series(Series::GwNewCarlisle),
                Q::Series(Series::GwNorthernIndiana),
                Q::Series(Series::GwUnnamed),
                Q::Series(Series::GwNeeded),
                Q::Series(Series::OtherGwRequired),
            ],
            Self::Earnings => &[
                Q::Series(Series::Demand),
                Q::Series(Series::Spend),
                Q::Series(Series::Supply),
                Q::Series(Series::SupplyAll),
            ],
            Self::PriceResponse => &[
                Q::Output(Output::GwNeeded202612),
                Q::Output(Output::Demand202612),
                Q::Output(Output::TrainiumPricePerGw),
            ],
            Self::SitesCost => &[Q::Output(Output::Chips202612)],
            Self::UnitEconomics => &[
                Q::Output(Output::TrainiumCostPerGw),
                Q::Output(Output::GpuCostPerGw),
                Q::Output(Output::TrainiumPricePerGw),
                Q::Output(Output::TrainiumMargin),
                Q::Output(Output::GpuMargin),
            ],
            Self::AwsRevenue => &[
                Q::Series(Series::AwsRevenue),
                Q::Series(Series::NonaiRevenue),
                Q::Series(Series::AiRevenue),
                Q::Output(Output::AwsRevenue2026),
                Q::Output(Output::AiDirectShare),
                Q::Output(Output::AiBehindBedrockShare),
                Q::Output(Output::AiOtherShare),
            ],
            Self::AwsGrowth => &[
                Q::Series(Series::AwsRevenue),
                Q::Series(Series::NonaiRevenue),
                Q::Output(Output::AwsGrowth2026),
                Q::Output(Output::AwsGrowth2027),
            ],
            Self::AwsLayers => &[
                Q::Output(Output::AwsMargin2026),
                Q::Output(Output::AwsMargin2027),
            ],
            Self::AwsMargin => &[
                Q::Series(Series::AwsMargin),
                Q::Output(Output::AwsMargin2026),
                Q::Output(Output::AwsMargin2027),
            ],
            Self::Race => &[Q::Output(Output::AiRaceCrossover)],
            Self::Odds => &[
                Q::Output(Output::AwsGrowth2026),
                Q::Output(Output::AnthropicShare2026),
                Q::Output(Output::Arr202612),
                Q::Output(Output::GwNeeded202612),
                Q::Output(Output::AwsMargin2027),
            ],
            // Which figure these show is the reader's to choose.
            Self::Flip
            | Self::Map
            | Self::Sway
            | Self::Graviton
            | Self::Claims
            | Self::Verdicts => &[],
        }
    }

    /// The series whose bands it draws, as far as it shows them.
    pub fn bands(self) -> &'static [Months] {
        const fn over(series: Series, from: Month, year: usize) -> Months {
            Months {
                series,
                from: from.index(),
                to: Month::new(year, 12).index() + 1,
            }
        }
        const DEAL: Month = Month::new(2023, 7);
        const POWER: Month = Month::new(2025, 1);
        match self {
            Self::Gap => &first::SERIES,
            Self::Stake => const { &[over(Series::StakeValue, DEAL, 2028)] },
            Self::Pledge => const { &[over(Series::PledgeSpent, Month::new(2026, 3), 2036)] },
            Self::Return => const { &[over(Series::NetReturn, DEAL, 2036)] },
            Self::Sites => const { &[over(Series::GwOnline, POWER, 2029)] },
            Self::Earnings => {
                const {
                    &[
                        over(Series::Spend, POWER, 2029),
                        over(Series::Supply, POWER, 2029),
                    ]
                }
            }
            Self::AwsRevenue => const { &[over(Series::AwsRevenue, Month::new(2024, 1), 2028)] },
            Self::AwsMargin => const { &[over(Series::AwsMargin, Month::new(2026, 1), 2030)] },
            _ => &[],
        }
    }

    /// The outputs whose odds it tells.
    pub fn asked(self, view: View) -> Vec<Asked> {
        match self {
            Self::Odds => doubt::asked(view),
            _ => vec![],
        }
    }

    /// Whether what a reader looks at in it is a choice of its own: see [`View`].
    pub fn has_view(self) -> bool {
        self.has_year() || self.has_figure() || self.answers() || self == Self::Odds
    }

    /// Whether it shows one year at a time.
    pub fn has_year(self) -> bool {
        self == Self::Loop
    }

    /// Whether it shows one figure at a time.
    pub fn has_figure(self) -> bool {
        self == Self::Sway
    }

    /// Whether it answers the reader's question.
    pub fn answers(self) -> bool {
        matches!(self, Self::Flip | Self::Map)
    }
}

/// A short name for a lever, where there is little room.
pub fn short(lever: Lever) -> &'static str {
    match lever {
        Lever::Arr2026 => t("ARR"),
        Lever::TrainiumPrice => t("Trainium price"),
        Lever::SpendRatio => t("Spend per dollar of ARR"),
        Lever::GwCommitted => t("GW committed"),
        Lever::BuildMonths => t("Build time"),
        Lever::Loosening => t("Work leaving AWS"),
        Lever::MilestoneOdds => t("Chance of the $20 bn"),
        Lever::ArrNetAdd => t("ARR added in May"),
        Lever::NonaiGrowth2026 => t("AWS without AI"),
        Lever::Utilization => t("Share of power sold"),
        Lever::TrainingSaving => t("Saving in training"),
        Lever::Trainium4Start => t("Start of Trainium 4"),
        Lever::ServerCapex => t("Cost of servers"),
        Lever::ServerLife => t("Life of servers"),
        Lever::Stake => t("Stake"),
        other => t(other.spec().label),
    }
}

/// A sentence and the one after it.
pub(crate) fn after(sentence: &str, next: &str) -> String {
    say!("{sentence} {next}", sentence, next)
}

/// A series from one month to another, `factor` times; none before it starts.
fn values(
    outcome: &Outcome,
    series: Series,
    from: usize,
    to: usize,
    factor: f64,
) -> Vec<Option<f64>> {
    (from..=to)
        .map(|t| {
            Month::at(t)
                .and_then(|month| outcome.at(series, month))
                .map(|value| value * factor)
        })
        .collect()
}

/// The same, with zero where there is no value.
fn filled(outcome: &Outcome, series: Series, from: usize, to: usize, factor: f64) -> Vec<f64> {
    values(outcome, series, from, to, factor)
        .into_iter()
        .map(Option::unwrap_or_default)
        .collect()
}

/// The fan of a series from one month to another, `factor` times, beside the line or area
/// of that name, as said; none where no worlds were drawn.
fn fan(
    case: Case<'_>,
    (label, role): (&str, Role),
    series: Series,
    (from, to): (usize, usize),
    factor: f64,
) -> Option<time::Fan> {
    let band = case.odds?.band(series)?;
    let at = |percentile: &Vec<f64>| {
        let value = |t: usize| {
            let index = t.checked_sub(band.first)?;
            percentile.get(index).map(|value| value * factor)
        };
        (from..=to)
            .map(|t| value(t).unwrap_or(f64::NAN))
            .collect::<Vec<f64>>()
    };
    Some(time::Fan {
        label: label.to_owned(),
        role,
        quantiles: band.percentiles.each_ref().map(at),
    })
}

fn sum(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a + b).collect()
}
