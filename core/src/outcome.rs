//! What a run gives: the registry of outputs and series, and their values.
//!
//! An output is a number a reader quotes, a series a value a month. Each is one row
//! here: id, unit, formula in words, the levers it depends on, and the value. The
//! page, the JSON, the documentation and the tests derive from these tables.

use core::ops::Range;
use std::borrow::Cow;

use crate::fact::{Fact, facts};
use crate::lane::Lane;
use crate::levers::Lever::{self, *};
use crate::model::economics::{MARGIN_START, aws_margin, aws_margin_of_year};
use crate::model::gigawatts::{gpu_price, needed, other_required, trainium_price};
use crate::model::path::{Path, first_month};
use crate::model::{Workings, chips, deal, race, revenue};
use crate::month::{HORIZON, Month, months_of};
use crate::parts;
use crate::step;
use crate::unit::Unit;
use crate::words::mark;

/// One row of the registry of outputs.
#[derive(Debug)]
pub struct OutputSpec {
    /// The key in JSON and of the figure on the page. Permanent.
    pub id: &'static str,
    /// What it is called.
    pub label: &'static str,
    /// The unit of its value.
    pub unit: Unit,
    /// How it is computed, in words.
    pub formula: &'static str,
    /// The levers it depends on, in groups. A change of any other lever leaves it the
    /// same to the last bit.
    pub depends: &'static [&'static [Lever]],
    /// The months of the model that it looks at.
    pub window: Window,
}

/// The months in which the model has to be worked out for a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The first month that is looked at.
    from: usize,
    /// The first month whose operating income is.
    income: usize,
    /// To where power, and the chips that it feeds.
    power: usize,
    /// To where ARR and demand.
    demand: usize,
    /// To where what is paid and earned.
    books: usize,
}

/// From here the books are looked at, but by what adds up the deal from its beginning.
const BOOKS_FROM: usize = months_of(2025).start;

impl Window {
    /// Nothing but beliefs and published figures.
    pub const NONE: Self = Self {
        from: BOOKS_FROM,
        income: MARGIN_START.index(),
        power: 0,
        demand: 0,
        books: 0,
    };
    /// The whole horizon.
    pub const ALL: Self = Self {
        from: 0,
        income: 0,
        ..Self::all(HORIZON)
    };

    const fn all(to: usize) -> Self {
        Self {
            power: to,
            demand: to,
            books: to,
            ..Self::NONE
        }
    }

    const fn of_power(to: usize) -> Self {
        Self {
            power: to,
            ..Self::NONE
        }
    }

    const fn of_demand(to: usize) -> Self {
        Self {
            demand: to,
            ..Self::NONE
        }
    }

    /// What either of two looks at.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        const fn later(a: usize, b: usize) -> usize {
            if a > b { a } else { b }
        }
        const fn earlier(a: usize, b: usize) -> usize {
            if a < b { a } else { b }
        }
        Self {
            from: earlier(self.from, other.from),
            income: earlier(self.income, other.income),
            power: later(self.power, other.power),
            demand: later(self.demand, other.demand),
            books: later(self.books, other.books),
        }
    }

    pub(crate) fn power(self) -> Range<usize> {
        self.from..self.power
    }

    pub(crate) fn demand(self) -> Range<usize> {
        self.from..self.demand
    }

    pub(crate) fn books(self) -> Range<usize> {
        self.from..self.books
    }

    pub(crate) fn income(self) -> Range<usize> {
        self.income.max(self.from)..self.books
    }
}

/// To the end of 2026.
const END_2026: usize = months_of(2026).end;
/// To the end of 2027.
const END_2027: usize = months_of(2027).end;

/// One row of the registry of series.
#[derive(Debug)]
pub struct SeriesSpec {
    /// The key in JSON. Permanent.
    pub id: &'static str,
    /// What it is called.
    pub label: &'static str,
    /// The unit of its values.
    pub unit: Unit,
    /// The first month that has a value.
    pub start: Month,
    /// How it is computed, in words.
    pub formula: &'static str,
    /// The levers it depends on, in groups. A change of any other lever leaves every
    /// month of it the same to the last bit.
    pub depends: &'static [&'static [Lever]],
}

/// The values of every output and series of one scenario, or of several.
#[derive(Clone, Debug)]
pub struct Outcome<V: 'static = f64> {
    outputs: [V; Output::COUNT],
    series: [Path<V>; Series::COUNT],
}

impl<V: Lane> Outcome<V> {
    /// Collects the outcome of a model.
    pub(crate) fn of(model: &Workings<'_, V>) -> Self {
        let series = Series::ALL.map(|series| series.path(model).into_owned().named(series));
        let value = |output: Output| output.value(model).called(output.name());
        Self {
            outputs: Output::ALL.map(value),
            series,
        }
    }

    /// The value of an output in its unit. Months are counted from January 2023, and
    /// [`HORIZON`] stands for never; see [`Outcome::month`].
    pub fn get(&self, output: Output) -> V {
        self.outputs[output as usize]
    }

    /// A series, all months; before its start the values mean nothing.
    pub fn path(&self, series: Series) -> &Path<V> {
        &self.series[series as usize]
    }
}

impl Outcome {
    /// An output that is a month, or none where it never comes.
    pub fn month(&self, output: Output) -> Option<Month> {
        Month::at(self.get(output) as usize)
    }

    /// The value of a series in a month, or none before it starts.
    pub fn at(&self, series: Series, month: Month) -> Option<f64> {
        (month >= series.spec().start).then(|| self.path(series)[month])
    }

    /// The sum of a series over a year, from its start on.
    pub fn year(&self, series: Series, year: usize) -> f64 {
        let months = months_of(year);
        let first = months
            .start
            .max(series.spec().start.index())
            .min(months.end);
        self.path(series).sum(first..months.end)
    }
}

macro_rules! registry {
    ($(#[$outer:meta])* $kind:ident, $spec:ident;
     $($(#[$doc:meta])* $name:ident { $($field:ident: $value:expr,)* })*) => {
        $(#[$outer])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $kind { $($(#[$doc])* $name,)* }

        impl $kind {
            /// Every row, in the order of the registry.
            pub const ALL: [Self; Self::COUNT] = [$(Self::$name,)*];
            /// How many rows there are.
            pub const COUNT: usize = [$(stringify!($name),)*].len();

            /// The row.
            pub const fn spec(self) -> &'static $spec {
                match self {
                    $(Self::$name => {
                        const SPEC: $spec = $spec { $($field: $value,)* };
                        &SPEC
                    })*
                }
            }

            /// The row with an id, or none.
            pub fn from_id(id: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|row| row.spec().id == id)
            }
        }
    };
}

/// The path of ARR to the end of 2026.
const ARR_2026: &[Lever] = &[Arr2026, ArrNetAdd];
/// The path of ARR after 2026.
const ARR_LATER: &[Lever] = &[ArrGrowth2027, ArrFade];
/// What turns ARR into demand.
const DEMAND: &[Lever] = &[SpendRatio, TrainiumPrice, PriceElasticity, Loosening];
/// When power stands.
const POWER: &[Lever] = &[GwCommitted, BuildMonths, UnnamedStart];
/// What holds revenue up or down besides demand.
const BOUNDS: &[Lever] = &[CapacityBinds, OtherAiGw, Utilization, Pledge, PledgeYears];
/// What a gigawatt-year costs.
const COST: &[Lever] = &[SiteCapex, SiteLife, ServerCapex, ServerLife, PowerPrice];
/// AWS without AI in 2026 and before.
const NONAI: &[Lever] = &[NonaiGrowth2026, AiShare2025];
/// What Amazon pays from now on.
const PAID: &[Lever] = &[MilestoneOdds, OptionOrDuty, TopUp];
/// What decides whether an option is exercised.
const EXERCISE: &[Lever] = &[ValuationMultiple, Arr2026];

/// What Anthropic wants to buy.
const WANTED: &[&[Lever]] = &[ARR_2026, ARR_LATER, DEMAND, &[AiShare2025]];
/// What Anthropic pays.
const SPENT: &[&[Lever]] = &[ARR_2026, ARR_LATER, DEMAND, POWER, BOUNDS, &[AiShare2025]];
/// What Amazon earns on it.
const EARNED: &[&[Lever]] = &[
    ARR_2026,
    ARR_LATER,
    DEMAND,
    POWER,
    BOUNDS,
    COST,
    &[AiShare2025, GpuCapex],
];
/// What others lend Anthropic for it.
const LENT: &[&[Lever]] = &[
    ARR_2026,
    ARR_LATER,
    DEMAND,
    POWER,
    BOUNDS,
    PAID,
    EXERCISE,
    &[AiShare2025],
];
/// What Anthropic is worth.
const VALUED: &[&[Lever]] = &[ARR_2026, ARR_LATER, &[Stake, ValuationMultiple]];

registry! {
    /// A figure that a reader quotes.
    Output, OutputSpec;

    /// Anthropic's ARR in December 2026.
    Arr202612 {
        id: "arr-2026-12",
        label: mark("Anthropic ARR, December 2026"),
        unit: Unit::UsdBnPerYear,
        formula: mark("the lever itself"),
        depends: &[&[Arr2026]],
        window: Window::of_demand(END_2026),
    }
    /// Demand in December 2026, at a yearly rate.
    Demand202612 {
        id: "demand-2026-12",
        label: mark("Anthropic’s demand for AWS compute, December 2026, at a yearly rate"),
        unit: Unit::UsdBnPerYear,
        formula: mark("spend ratio × ARR × price effect × what has not left AWS"),
        depends: &[&[Arr2026], DEMAND],
        window: Window::of_demand(END_2026),
    }
    /// Trainium power that December's demand needs.
    GwNeeded202612 {
        id: "gw-needed-2026-12",
        label: mark("Trainium needed, December 2026"),
        unit: Unit::Gw,
        formula: mark("demand at a yearly rate ÷ Trainium price per GW-year"),
        depends: &[&[Arr2026], DEMAND],
        window: Window::of_demand(END_2026),
    }
    /// Trainium power built for Anthropic by December 2026.
    GwOnline202612 {
        id: "gw-online-2026-12",
        label: mark("Trainium online for Anthropic, December 2026"),
        unit: Unit::Gw,
        formula: mark("the sum of the sites’ power online"),
        depends: &[POWER],
        window: Window::of_power(END_2026),
    }
    /// Needed less online.
    GwGap202612 {
        id: "gw-gap-2026-12",
        label: mark("Gap, December 2026"),
        unit: Unit::Gw,
        formula: mark("Trainium needed − Trainium online"),
        depends: &[&[Arr2026], DEMAND, POWER],
        window: Window::of_power(END_2026).or(Window::of_demand(END_2026)),
    }
    /// Power that no announced site accounts for.
    OtherGwRequired202612 {
        id: "other-gw-required-2026-12",
        label: mark("Other power required, December 2026"),
        unit: Unit::Gw,
        formula: mark("(demand − what Trainium can earn) ÷ GPU price per GW-year"),
        depends: &[&[Arr2026], DEMAND, POWER, &[Utilization]],
        window: Window::of_power(END_2026).or(Window::of_demand(END_2026)),
    }
    /// When demand outgrows what was signed for.
    CommitmentOutgrown {
        id: "commitment-outgrown",
        label: mark("Demand needs more than is committed from"),
        unit: Unit::Month,
        formula: mark("the first month from January 2026 in which more Trainium is needed than committed"),
        depends: &[ARR_2026, ARR_LATER, DEMAND, &[GwCommitted]],
        window: Window::of_demand(HORIZON),
    }
    /// When what is built meets demand.
    GapCloses {
        id: "gap-closes",
        label: mark("Power online meets demand from"),
        unit: Unit::Month,
        formula: mark("the first month from December 2026 in which at least as much Trainium is online as needed"),
        depends: &[&[Arr2026], ARR_LATER, DEMAND, POWER],
        window: Window::of_power(HORIZON).or(Window::of_demand(HORIZON)),
    }
    /// Chips that the power online feeds.
    Chips202612 {
        id: "chips-2026-12",
        label: mark("Trainium 2 chips that the power online feeds, December 2026"),
        unit: Unit::MillionChips,
        formula: mark("power online ÷ 765 W a chip at the facility"),
        depends: &[POWER],
        window: Window::of_power(END_2026),
    }
    /// AWS revenue in 2026.
    AwsRevenue2026 {
        id: "aws-revenue-2026",
        label: mark("AWS revenue, 2026"),
        unit: Unit::UsdBn,
        formula: mark("AWS without AI + AI revenue, over the year"),
        depends: &[ARR_2026, DEMAND, POWER, BOUNDS, NONAI],
        window: Window::all(END_2026),
    }
    /// AI revenue of AWS in 2026.
    AiRevenue2026 {
        id: "ai-revenue-2026",
        label: mark("AWS AI revenue, 2026"),
        unit: Unit::UsdBn,
        formula: mark("what Anthropic pays AWS, over the year"),
        depends: &[ARR_2026, DEMAND, POWER, BOUNDS],
        window: Window::all(END_2026),
    }
    /// AWS growth in 2026.
    AwsGrowth2026 {
        id: "aws-growth-2026",
        label: mark("AWS growth, 2026"),
        unit: Unit::Ratio,
        formula: mark("AWS revenue 2026 ÷ 2025 − 1"),
        depends: &[ARR_2026, DEMAND, POWER, BOUNDS, NONAI],
        window: Window::all(END_2026),
    }
    /// AWS growth in the first quarter of 2026.
    AwsGrowth2026Q1 {
        id: "aws-growth-2026q1",
        label: mark("AWS growth, first quarter of 2026"),
        unit: Unit::Ratio,
        formula: mark("AWS revenue in the first quarter of 2026 ÷ the same of 2025 − 1"),
        depends: &[&[SpendRatio, TrainiumPrice, PriceElasticity], POWER, &[CapacityBinds, OtherAiGw, Utilization]],
        window: Window::all(END_2026),
    }
    /// AWS growth in 2027.
    AwsGrowth2027 {
        id: "aws-growth-2027",
        label: mark("AWS growth, 2027"),
        unit: Unit::Ratio,
        formula: mark("AWS revenue 2027 ÷ 2026 − 1"),
        depends: &[ARR_2026, &[ArrGrowth2027], DEMAND, POWER, BOUNDS, NONAI, &[NonaiGrowthAfter]],
        window: Window::all(END_2027),
    }
    /// Anthropic's share of AWS revenue in 2026.
    AnthropicShare2026 {
        id: "anthropic-share-2026",
        label: mark("Anthropic’s share of AWS revenue, 2026"),
        unit: Unit::Ratio,
        formula: mark("AI revenue 2026 ÷ AWS revenue 2026"),
        depends: &[ARR_2026, DEMAND, POWER, BOUNDS, NONAI],
        window: Window::all(END_2026),
    }
    /// Bedrock in early 2026.
    BedrockRevenue2026Q1 {
        id: "bedrock-revenue-2026q1",
        label: mark("Bedrock revenue, first quarter of 2026, at a yearly rate"),
        unit: Unit::UsdBnPerYear,
        formula: mark("Bedrock share × AI revenue of the quarter × 4"),
        depends: &[
            &[SpendRatio, TrainiumPrice, PriceElasticity, MaasShare],
            POWER,
            &[CapacityBinds, OtherAiGw, Utilization],
        ],
        window: Window::all(END_2026),
    }
    /// Compute that Anthropic rents for itself.
    AiDirectShare {
        id: "ai-direct-share",
        label: mark("Of AWS AI revenue, early 2026: compute Anthropic rents for itself"),
        unit: Unit::Ratio,
        formula: mark("Anthropic’s 85 % − the part behind Bedrock"),
        depends: &[&[MaasShare]],
        window: Window::NONE,
    }
    /// Compute behind the Claude tokens that Bedrock sells.
    AiBehindBedrockShare {
        id: "ai-behind-bedrock-share",
        label: mark("Of AWS AI revenue, early 2026: compute behind Claude on Bedrock"),
        unit: Unit::Ratio,
        formula: mark("Anthropic’s 85 % + Bedrock’s share − 100 %, at least 0: the overlap of the two published shares"),
        depends: &[&[MaasShare]],
        window: Window::NONE,
    }
    /// Everyone else's AI revenue.
    AiOtherShare {
        id: "ai-other-share",
        label: mark("Of AWS AI revenue, early 2026: everyone else"),
        unit: Unit::Ratio,
        formula: mark("100 % − Anthropic’s 85 %"),
        depends: &[],
        window: Window::NONE,
    }
    /// Operating margin of AWS in 2026.
    AwsMargin2026 {
        id: "aws-margin-2026",
        label: mark("AWS operating margin, 2026"),
        unit: Unit::Ratio,
        formula: mark("(Bedrock at 55 % + rental at its margin + the rest) ÷ AWS revenue"),
        depends: &[ARR_2026, DEMAND, POWER, BOUNDS, NONAI, COST, &[GpuCapex, MaasShare]],
        window: Window::all(END_2026),
    }
    /// Operating margin of AWS in 2027.
    AwsMargin2027 {
        id: "aws-margin-2027",
        label: mark("AWS operating margin, 2027"),
        unit: Unit::Ratio,
        formula: mark("(Bedrock at 55 % + rental at its margin + the rest) ÷ AWS revenue"),
        depends: &[
            &[Arr2026, ArrGrowth2027, NonaiGrowthAfter],
            DEMAND,
            POWER,
            BOUNDS,
            NONAI,
            COST,
            &[GpuCapex, MaasShare],
        ],
        window: Window::all(END_2027),
    }
    /// Price of a Trainium gigawatt-year.
    TrainiumPricePerGw {
        id: "trainium-price-per-gw",
        label: mark("Trainium revenue per GW-year"),
        unit: Unit::UsdBnPerGwYear,
        formula: mark("share of the norm × 10"),
        depends: &[&[TrainiumPrice]],
        window: Window::NONE,
    }
    /// Cost of a Trainium gigawatt-year.
    TrainiumCostPerGw {
        id: "trainium-cost-per-gw",
        label: mark("Trainium cost per GW-year"),
        unit: Unit::UsdBnPerGwYear,
        formula: mark("site ÷ life + servers ÷ life + 8.76 TWh × power price + running cost"),
        depends: &[COST],
        window: Window::all(END_2026),
    }
    /// Margin of a Trainium gigawatt-year.
    TrainiumMargin {
        id: "trainium-margin",
        label: mark("Margin of renting out Trainium"),
        unit: Unit::Ratio,
        formula: mark("1 − cost ÷ price of a GW-year"),
        depends: &[&[TrainiumPrice], COST],
        window: Window::all(END_2026),
    }
    /// Cost of a GPU gigawatt-year.
    GpuCostPerGw {
        id: "gpu-cost-per-gw",
        label: mark("GPU cost per GW-year"),
        unit: Unit::UsdBnPerGwYear,
        formula: mark("site ÷ life + (all-in − site) ÷ life + 8.76 TWh × power price + running cost"),
        depends: &[&[SiteCapex, SiteLife, ServerLife, PowerPrice, GpuCapex]],
        window: Window::all(END_2026),
    }
    /// Margin of a GPU gigawatt-year.
    GpuMargin {
        id: "gpu-margin",
        label: mark("Margin of renting out GPUs"),
        unit: Unit::Ratio,
        formula: mark("1 − cost ÷ price of a GW-year"),
        depends: &[&[SiteCapex, SiteLife, ServerLife, PowerPrice, GpuCapex]],
        window: Window::all(END_2026),
    }
    /// Training cost by the published table.
    TrainingCostTable {
        id: "training-cost-table",
        label: mark("Training cost against H100, by the table"),
        unit: Unit::Ratio,
        formula: mark("$1.50 ÷ $2.00"),
        depends: &[],
        window: Window::NONE,
    }
    /// Training cost by Amazon's claim.
    TrainingCostClaim {
        id: "training-cost-claim",
        label: mark("Training cost against H100, as claimed"),
        unit: Unit::Ratio,
        formula: mark("1 − 40 %"),
        depends: &[],
        window: Window::NONE,
    }
    /// Training cost by price per gigawatt.
    TrainingCostGigawatt {
        id: "training-cost-gigawatt",
        label: mark("Training cost against H100, by price per gigawatt"),
        unit: Unit::Ratio,
        formula: mark("price share ÷ (2.1 ÷ 1.8 TFLOPS per watt)"),
        depends: &[&[TrainiumPrice]],
        window: Window::NONE,
    }
    /// Training cost as believed.
    TrainingCost {
        id: "training-cost",
        label: mark("Training cost against H100, as set"),
        unit: Unit::Ratio,
        formula: mark("1 − training saving"),
        depends: &[&[TrainingSaving]],
        window: Window::NONE,
    }
    /// Inference cost as believed.
    InferenceCost {
        id: "inference-cost",
        label: mark("Inference cost against L40S, as set"),
        unit: Unit::Ratio,
        formula: mark("1 − inference saving"),
        depends: &[&[InferenceSaving]],
        window: Window::NONE,
    }
    /// An hour of Trainium 2.
    Trn2PricePerChipHour {
        id: "trn2-price-per-chip-hour",
        label: mark("An hour of Trainium 2, against H100"),
        unit: Unit::Ratio,
        formula: mark("training cost × 800 ÷ 989 TFLOPS"),
        depends: &[&[TrainingSaving]],
        window: Window::NONE,
    }
    /// Cash Amazon had invested by December 2026.
    CashInvested202612 {
        id: "cash-invested-2026-12",
        label: mark("Amazon’s cash in Anthropic, December 2026"),
        unit: Unit::UsdBn,
        formula: mark("the payments made so far"),
        depends: &[],
        window: Window::ALL,
    }
    /// What of the contingent money is expected.
    ContingentExpected {
        id: "contingent-expected",
        label: mark("Contingent money expected to be paid"),
        unit: Unit::UsdBn,
        formula: mark("duty: 20 × its chance; option: 20 where Anthropic is worth more than when last marked"),
        depends: &[&[MilestoneOdds, OptionOrDuty], EXERCISE],
        window: Window::ALL,
    }
    /// Value of the stake.
    StakeValue202612 {
        id: "stake-value-2026-12",
        label: mark("Amazon’s stake, December 2026"),
        unit: Unit::UsdBn,
        formula: mark("stake × valuation multiple × ARR"),
        depends: &[&[Stake, ValuationMultiple, Arr2026]],
        window: Window::ALL,
    }
    /// The mark before the published gain.
    EarlierMark {
        id: "earlier-mark",
        label: mark("Valuation before the gain of 2025"),
        unit: Unit::UsdBn,
        formula: mark("183 − 9.5 ÷ stake"),
        depends: &[&[Stake]],
        window: Window::ALL,
    }
    /// When the pledge is used up.
    PledgeMet {
        id: "pledge-met",
        label: mark("The pledge is spent by"),
        unit: Unit::Month,
        formula: mark("the first month in which spend since April 2026 reaches the pledge"),
        depends: &[ARR_2026, ARR_LATER, DEMAND, POWER, BOUNDS],
        window: Window::ALL,
    }
    /// Amazon's money over the pledge.
    CircularShare {
        id: "circular-share",
        label: mark("Amazon’s money since April 2026, against the pledge"),
        unit: Unit::Ratio,
        formula: mark("(5 + contingent expected + top-up) ÷ pledge"),
        depends: &[PAID, EXERCISE, &[Pledge]],
        window: Window::ALL,
    }
    /// Amazon's money over spend in 2026.
    CircularShareSpend2026 {
        id: "circular-share-spend-2026",
        label: mark("Amazon’s money since April 2026, against what Anthropic paid AWS by the end of the year"),
        unit: Unit::Ratio,
        formula: mark("5 ÷ spend from April to December 2026, at most 1"),
        depends: &[ARR_2026, DEMAND, POWER, BOUNDS],
        window: Window::ALL,
    }
    /// When Amazon's money is back.
    ReturnPositive {
        id: "return-positive",
        label: mark("Operating income has covered what Amazon invested from"),
        unit: Unit::Month,
        formula: mark("the month from which cumulative operating income stays above cash invested"),
        depends: &[
            ARR_2026,
            ARR_LATER,
            DEMAND,
            POWER,
            BOUNDS,
            COST,
            PAID,
            // The share of AI in 2025 sets what AWS, and so Anthropic's share of it,
            // came to in 2024.
            &[AiShare2025, GpuCapex, ValuationMultiple],
        ],
        window: Window::ALL,
    }
    /// The margin that returns Amazon's money.
    BreakEvenMargin {
        id: "break-even-margin",
        label: mark("Margin on the pledge that returns Amazon’s money"),
        unit: Unit::Ratio,
        formula: mark("all cash invested ÷ pledge, undiscounted"),
        depends: &[PAID, EXERCISE, &[Pledge]],
        window: Window::ALL,
    }
    /// When Azure passes AWS.
    AiRaceCrossover {
        id: "ai-race-crossover",
        label: mark("Azure passes AWS in AI revenue, by one source’s table"),
        unit: Unit::Year,
        formula: mark("the first year in which 38 × 1.40ⁿ exceeds 45 × 1.35ⁿ"),
        depends: &[],
        window: Window::NONE,
    }
}

impl Output {
    /// Whether the output depends on a lever, as declared.
    pub fn depends_on(self, lever: Lever) -> bool {
        self.spec()
            .depends
            .iter()
            .any(|group| group.contains(&lever))
    }

    /// The same figure as a source publishes it, where one does. It keeps its own value
    /// whatever the model says; the defaults were chosen so that it comes out once rounded.
    pub fn published(self) -> Option<&'static Fact> {
        Some(match self {
            Self::Arr202612 => &facts::ANTHROPIC_ARR_2026_12,
            Self::AwsGrowth2026 => &facts::AWS_GROWTH_2026,
            Self::AwsGrowth2026Q1 => &facts::AWS_GROWTH_2026Q1,
            Self::AnthropicShare2026 => &facts::ANTHROPIC_SHARE_AWS_2026,
            Self::BedrockRevenue2026Q1 => &facts::AWS_MAAS_REVENUE,
            Self::CashInvested202612 => &facts::AMZN_ANTHROPIC_TOTAL_2026_04,
            _ => return None,
        })
    }

    pub(crate) fn value<V: Lane>(self, m: &Workings<'_, V>) -> V {
        const DECEMBER: usize = Month::new(2026, 12).index();
        const JANUARY: usize = Month::new(2026, 1).index();
        let scenario = m.scenario();
        let price = trainium_price(scenario);
        let need = |t: usize| needed(m.demand().demand[t], price).called(Series::GwNeeded.at(t));
        match self {
            Self::Arr202612 => m.demand().arr[DECEMBER],
            Self::Demand202612 => m.demand().demand[DECEMBER] * 12.0,
            Self::GwNeeded202612 => need(DECEMBER),
            Self::GwOnline202612 => m.gigawatts().online[DECEMBER],
            Self::GwGap202612 => need(DECEMBER) - m.gigawatts().online[DECEMBER],
            Self::OtherGwRequired202612 => {
                other_required(&m.demand().demand, m.gigawatts())[DECEMBER]
            }
            Self::CommitmentOutgrown => {
                // Strictly more: the smallest number above the commitment.
                let more = scenario.get(GwCommitted).just_above();
                first_month(JANUARY, |t| (need(t), more))
            }
            Self::GapCloses => first_month(DECEMBER, |t| (m.gigawatts().online[t], need(t))),
            Self::Chips202612 => chips::million_chips(m.gigawatts().online[DECEMBER]),
            Self::AwsRevenue2026 => m.revenue().aws.year(2026),
            Self::AiRevenue2026 => m.revenue().ai.year(2026),
            Self::AwsGrowth2026 => m.revenue().aws.year(2026) / m.revenue().aws.year(2025) - 1.0,
            Self::AwsGrowth2026Q1 => {
                // Without AI the quarter is a published sum, whichever way its months run.
                let ai = m.revenue().ai.sum(JANUARY..JANUARY + 3);
                let quarter = ai + revenue::nonai_q1_2026::<V>();
                quarter / revenue::aws_q1_2025::<V>() - 1.0
            }
            Self::AwsGrowth2027 => m.revenue().aws.year(2027) / m.revenue().aws.year(2026) - 1.0,
            Self::AnthropicShare2026 => m.revenue().ai.year(2026) / m.revenue().aws.year(2026),
            Self::BedrockRevenue2026Q1 => {
                scenario.get(MaasShare) / 100.0 * m.revenue().ai.sum(JANUARY..JANUARY + 3) * 4.0
            }
            Self::AiDirectShare => parts::of_ai_revenue(scenario).direct,
            Self::AiBehindBedrockShare => parts::of_ai_revenue(scenario).behind_bedrock,
            Self::AiOtherShare => parts::of_ai_revenue(scenario).other,
            Self::AwsMargin2026 => aws_margin_of_year(m.economics(), m.revenue(), 2026),
            Self::AwsMargin2027 => aws_margin_of_year(m.economics(), m.revenue(), 2027),
            Self::TrainiumPricePerGw => price,
            Self::TrainiumCostPerGw => m.economics().trainium.total(),
            Self::TrainiumMargin => m.economics().trainium_margin,
            Self::GpuCostPerGw => m.economics().gpu.total(),
            Self::GpuMargin => m.economics().gpu_margin,
            Self::TrainingCostTable => m.chips().training_cost_table,
            Self::TrainingCostClaim => m.chips().training_cost_claim,
            Self::TrainingCostGigawatt => m.chips().training_cost_gigawatt,
            Self::TrainingCost => m.chips().training_cost,
            Self::InferenceCost => m.chips().inference_cost,
            Self::Trn2PricePerChipHour => m.chips().price_per_chip_hour,
            Self::CashInvested202612 => m.deal().invested[DECEMBER],
            Self::ContingentExpected => m.deal().contingent,
            Self::StakeValue202612 => m.deal().stake_value[DECEMBER],
            Self::EarlierMark => m.deal().valuation[deal::STAKE_START],
            Self::PledgeMet => m.deal().pledge_met,
            Self::CircularShare => m.deal().circular_share,
            Self::CircularShareSpend2026 => m.deal().circular_share_2026,
            Self::ReturnPositive => m.deal().return_positive,
            Self::BreakEvenMargin => m.deal().break_even_margin,
            Self::AiRaceCrossover => V::splat(race::crossover().unwrap_or(0) as f64).solved(
                &step::CROSSOVER,
                &[
                    race::Cloud::Azure.published().0.lane(),
                    race::Cloud::Azure.published().1.lane(),
                    race::Cloud::Aws.published().0.lane(),
                    race::Cloud::Aws.published().1.lane(),
                ],
            ),
        }
    }
}

registry! {
    /// A value for every month.
    Series, SeriesSpec;

    /// Anthropic's annualised revenue.
    Arr {
        id: "arr",
        label: mark("Anthropic ARR"),
        unit: Unit::UsdBnPerYear,
        start: revenue::ARR_START,
        formula: mark("observed to May 2026, then shrinking net adds, then yearly growth that fades"),
        depends: &[ARR_2026, ARR_LATER],
    }
    /// What Anthropic wants to buy.
    Demand {
        id: "demand",
        label: mark("Anthropic’s demand for AWS compute"),
        unit: Unit::UsdBnPerMonth,
        start: revenue::REVENUE_START,
        formula: mark("spend ratio × ARR ÷ 12 × price effect × what has not left AWS"),
        depends: WANTED,
    }
    /// What the Trainium power online can earn.
    Supply {
        id: "supply",
        label: mark("What the Trainium online can earn"),
        unit: Unit::UsdBnPerMonth,
        start: FIRST,
        formula: mark("power online × price per GW-year × sold share ÷ 12"),
        depends: &[POWER, &[TrainiumPrice, Utilization]],
    }
    /// What all AI power can earn.
    SupplyAll {
        id: "supply-all",
        label: mark("What all AI power at AWS can earn"),
        unit: Unit::UsdBnPerMonth,
        start: FIRST,
        formula: mark("(Trainium online × its price + other AI power × GPU price) × sold share ÷ 12"),
        depends: &[POWER, &[TrainiumPrice, Utilization, OtherAiGw]],
    }
    /// Trainium power online.
    GwOnline {
        id: "gw-online",
        label: mark("Trainium online for Anthropic"),
        unit: Unit::Gw,
        start: FIRST,
        formula: mark("the sum of the sites"),
        depends: &[POWER],
    }
    /// Power of New Carlisle.
    GwNewCarlisle {
        id: "gw-new-carlisle",
        label: mark("Trainium online at New Carlisle"),
        unit: Unit::Gw,
        start: FIRST,
        formula: mark("nothing, then 0.38 GW, 1.3 GW at the build time, full twelve months later"),
        depends: &[&[GwCommitted, BuildMonths]],
    }
    /// Power of Northern Indiana.
    GwNorthernIndiana {
        id: "gw-northern-indiana",
        label: mark("Trainium online in Northern Indiana"),
        unit: Unit::Gw,
        start: FIRST,
        formula: mark("as New Carlisle, twenty months later"),
        depends: &[&[GwCommitted, BuildMonths]],
    }
    /// Power of sites without a name.
    GwUnnamed {
        id: "gw-unnamed",
        label: mark("Trainium online at sites not yet named"),
        unit: Unit::Gw,
        start: FIRST,
        formula: mark("what is committed beyond the two campuses, evenly over the same span"),
        depends: &[POWER],
    }
    /// Power that demand needs.
    GwNeeded {
        id: "gw-needed",
        label: mark("Trainium needed"),
        unit: Unit::Gw,
        start: revenue::REVENUE_START,
        formula: mark("demand at a yearly rate ÷ Trainium price per GW-year"),
        depends: WANTED,
    }
    /// Power that no announced site accounts for.
    OtherGwRequired {
        id: "other-gw-required",
        label: mark("Other power required"),
        unit: Unit::Gw,
        start: revenue::REVENUE_START,
        formula: mark("(demand − what Trainium can earn) ÷ GPU price per GW-year"),
        depends: &[ARR_2026, ARR_LATER, DEMAND, &[AiShare2025], POWER, &[Utilization]],
    }
    /// What Anthropic pays AWS.
    Spend {
        id: "spend",
        label: mark("Anthropic’s payments to AWS"),
        unit: Unit::UsdBnPerMonth,
        start: revenue::REVENUE_START,
        formula: mark("demand, not below the pledge’s floor; where capacity binds, not above what power can earn"),
        depends: SPENT,
    }
    /// AI revenue of AWS.
    AiRevenue {
        id: "ai-revenue",
        label: mark("AWS AI revenue"),
        unit: Unit::UsdBnPerMonth,
        start: revenue::REVENUE_START,
        formula: mark("implied to 2025; from 2026 what Anthropic pays"),
        depends: SPENT,
    }
    /// AWS without AI.
    NonaiRevenue {
        id: "nonai-revenue",
        label: mark("AWS revenue without AI"),
        unit: Unit::UsdBnPerMonth,
        start: revenue::REVENUE_START,
        formula: mark("implied to 2025; then at the levers’ growth"),
        depends: &[NONAI, &[NonaiGrowthAfter]],
    }
    /// AWS as a whole.
    AwsRevenue {
        id: "aws-revenue",
        label: mark("AWS revenue"),
        unit: Unit::UsdBnPerMonth,
        start: revenue::REVENUE_START,
        formula: mark("without AI + AI"),
        depends: &[ARR_2026, ARR_LATER, DEMAND, POWER, BOUNDS, NONAI, &[NonaiGrowthAfter]],
    }
    /// Margin of AWS.
    AwsMargin {
        id: "aws-margin",
        label: mark("AWS operating margin"),
        unit: Unit::Ratio,
        start: MARGIN_START,
        formula: mark("operating income ÷ revenue of the month"),
        depends: &[ARR_2026, ARR_LATER, DEMAND, POWER, BOUNDS, NONAI, COST, &[NonaiGrowthAfter, GpuCapex, MaasShare]],
    }
    /// Operating income on Anthropic's payments.
    OperatingIncome {
        id: "operating-income",
        label: mark("Amazon’s operating income from Anthropic"),
        unit: Unit::UsdBnPerMonth,
        start: revenue::REVENUE_START,
        formula: mark("spend − cost of the power online − cost of power from elsewhere"),
        depends: EARNED,
    }
    /// Amazon's payments to Anthropic.
    Investment {
        id: "investment",
        label: mark("Amazon’s payments to Anthropic"),
        unit: Unit::UsdBnPerMonth,
        start: FIRST,
        formula: mark("the payments made, then what is expected of the contingent money, then any top-up"),
        depends: &[PAID, EXERCISE],
    }
    /// Their sum.
    CashInvested {
        id: "cash-invested",
        label: mark("Amazon’s cash in Anthropic"),
        unit: Unit::UsdBn,
        start: FIRST,
        formula: mark("the payments so far"),
        depends: &[PAID, EXERCISE],
    }
    /// Amazon's cash.
    CashAmazon {
        id: "cash-amazon",
        label: mark("Amazon’s cash change in the loop"),
        unit: Unit::UsdBnPerMonth,
        start: FIRST,
        formula: mark("what Anthropic pays − investments − suppliers"),
        depends: &[ARR_2026, ARR_LATER, DEMAND, POWER, BOUNDS, COST, PAID, EXERCISE, &[AiShare2025, GpuCapex, OpenaiInvestment]],
    }
    /// Anthropic's cash.
    CashAnthropic {
        id: "cash-anthropic",
        label: mark("Anthropic’s cash change in the loop"),
        unit: Unit::UsdBnPerMonth,
        start: FIRST,
        formula: mark("customers + Amazon + other investors − AWS"),
        depends: LENT,
    }
    /// Cash of other investors.
    CashInvestors {
        id: "cash-investors",
        label: mark("Other investors’ cash change in the loop"),
        unit: Unit::UsdBnPerMonth,
        start: FIRST,
        formula: mark("less what Anthropic could not pay AWS otherwise"),
        depends: LENT,
    }
    /// Cash of Anthropic's customers.
    CashCustomers {
        id: "cash-customers",
        label: mark("Customers’ cash change in the loop"),
        unit: Unit::UsdBnPerMonth,
        start: FIRST,
        formula: mark("less ARR ÷ 12"),
        depends: &[ARR_2026, ARR_LATER],
    }
    /// Cash of Amazon's suppliers.
    CashSuppliers {
        id: "cash-suppliers",
        label: mark("Suppliers’ cash change in the loop"),
        unit: Unit::UsdBnPerMonth,
        start: FIRST,
        formula: mark("capex as power comes online + running costs + power from elsewhere"),
        depends: EARNED,
    }
    /// Cash of other laboratories.
    CashOtherLabs {
        id: "cash-other-labs",
        label: mark("Other laboratories’ cash change in the loop"),
        unit: Unit::UsdBnPerMonth,
        start: FIRST,
        formula: mark("any money for OpenAI"),
        depends: &[&[OpenaiInvestment]],
    }
    /// Valuation of Anthropic.
    Valuation {
        id: "valuation",
        label: mark("Valuation of Anthropic"),
        unit: Unit::UsdBn,
        start: deal::STAKE_START,
        formula: mark("the earlier mark, 183, then towards the multiple of ARR"),
        depends: VALUED,
    }
    /// Value of the stake.
    StakeValue {
        id: "stake-value",
        label: mark("Amazon’s stake"),
        unit: Unit::UsdBn,
        start: deal::STAKE_START,
        formula: mark("stake × valuation"),
        depends: VALUED,
    }
    /// Its change.
    MarkToMarket {
        id: "mark-to-market",
        label: mark("Revaluation of Amazon’s stake"),
        unit: Unit::UsdBnPerMonth,
        start: deal::STAKE_START,
        formula: mark("change of the stake’s value; never cash"),
        depends: VALUED,
    }
    /// Spend since the pledge.
    PledgeSpent {
        id: "pledge-spent",
        label: mark("Paid to AWS since the pledge"),
        unit: Unit::UsdBn,
        start: PLEDGE,
        formula: mark("the sum of spend since April 2026"),
        depends: SPENT,
    }
    /// Return on Amazon's money.
    NetReturn {
        id: "net-return",
        label: mark("Amazon’s cumulative return"),
        unit: Unit::UsdBn,
        start: FIRST,
        formula: mark("cumulative operating income − cash invested"),
        depends: &[ARR_2026, ARR_LATER, DEMAND, POWER, BOUNDS, COST, PAID, EXERCISE, &[AiShare2025, GpuCapex]],
    }
    /// The newest Trainium in volume.
    TrainiumIndex {
        id: "trainium-index",
        label: mark("Newest Trainium in volume, against H200"),
        unit: Unit::H200,
        start: chips::INDEX_START,
        formula: mark("Trainium 2: 0.6; Trainium 3: 1.1; Trainium 4: level with TPU v7 at least"),
        depends: &[&[Trainium4Start]],
    }
}

/// The first month of the horizon.
const FIRST: Month = Month::new(2023, 1);
/// The month of the pledge.
const PLEDGE: Month = Month::new(2026, 4);

impl Series {
    /// Whether any month of the series depends on a lever, as declared.
    pub fn depends_on(self, lever: Lever) -> bool {
        self.spec()
            .depends
            .iter()
            .any(|group| group.contains(&lever))
    }

    /// The months in which the model has to be worked out for some months of it: to the
    /// end of 2026 at least, where ARR is solved for, and for the deal all.
    pub fn window(self, months: &Range<usize>) -> Window {
        let to = months.end.max(END_2026);
        let window = match self {
            Self::Supply
            | Self::SupplyAll
            | Self::GwOnline
            | Self::GwNewCarlisle
            | Self::GwNorthernIndiana
            | Self::GwUnnamed
            | Self::TrainiumIndex => Window::of_power(to),
            Self::Arr | Self::Demand | Self::GwNeeded => Window::of_demand(to),
            Self::OtherGwRequired => Window::of_power(to).or(Window::of_demand(to)),
            Self::Spend
            | Self::AiRevenue
            | Self::NonaiRevenue
            | Self::AwsRevenue
            | Self::AwsMargin => Window::all(to),
            Self::OperatingIncome => Window {
                income: months.start,
                ..Window::all(to)
            },
            _ => Window::ALL,
        };
        Window {
            from: window.from.min(months.start),
            ..window
        }
    }

    pub(crate) fn path<'a, V: Lane>(self, m: &'a Workings<'_, V>) -> Cow<'a, Path<V>> {
        let window = m.window();
        Cow::Borrowed(match self {
            Self::Arr => &m.demand().arr,
            Self::Demand => &m.demand().demand,
            Self::Supply => &m.gigawatts().supply,
            Self::SupplyAll => {
                let power = m.gigawatts();
                let supply = [&power.supply];
                return Cow::Owned(Path::beside(supply, 0, window.power(), |t, [supply]| {
                    power.all_supply(t, supply)
                }));
            }
            Self::GwOnline => &m.gigawatts().online,
            Self::GwNewCarlisle => &m.gigawatts().sites[0],
            Self::GwNorthernIndiana => &m.gigawatts().sites[1],
            Self::GwUnnamed => &m.gigawatts().sites[2],
            Self::GwNeeded => {
                let (demand, price) = (&m.demand().demand, trainium_price(m.scenario()));
                let months = window.demand();
                return Cow::Owned(Path::beside([demand], 0, months, |_, [demand]| {
                    needed(demand, price)
                }));
            }
            Self::OtherGwRequired => {
                return Cow::Owned(other_required(&m.demand().demand, m.gigawatts()));
            }
            Self::Spend => &m.revenue().spend,
            Self::AiRevenue => &m.revenue().ai,
            Self::NonaiRevenue => &m.revenue().nonai,
            Self::AwsRevenue => &m.revenue().aws,
            Self::AwsMargin => return Cow::Owned(aws_margin(m.economics(), m.revenue())),
            Self::OperatingIncome => &m.economics().operating_income,
            Self::Investment => &m.deal().investment,
            Self::CashInvested => &m.deal().invested,
            Self::CashAmazon => &m.deal().ledger.amazon,
            Self::CashAnthropic => &m.deal().ledger.anthropic,
            Self::CashInvestors => &m.deal().ledger.investors,
            Self::CashCustomers => &m.deal().ledger.customers,
            Self::CashSuppliers => &m.deal().ledger.suppliers,
            Self::CashOtherLabs => &m.deal().ledger.other_labs,
            Self::Valuation => &m.deal().valuation,
            Self::StakeValue => &m.deal().stake_value,
            Self::MarkToMarket => &m.deal().revaluation,
            Self::PledgeSpent => &m.deal().pledge_spent,
            Self::NetReturn => &m.deal().net_return,
            Self::TrainiumIndex => &m.chips().index,
        })
    }
}

/// Revenue of a gigawatt of GPUs for a year, USD bn: the norm.
pub fn gpu_price_per_gw() -> f64 {
    gpu_price()
}

/// The index that stands for "never" in an output that is a month.
pub const NEVER: usize = HORIZON;

#[cfg(test)]
mod tests {
    use super::{Output, Series, Window};
    use crate::levers::Lever;

    #[test]
    fn two_windows_are_as_wide_as_either() {
        let one = Window {
            from: 3,
            income: 30,
            power: 10,
            demand: 20,
            books: 5,
        };
        let other = Window {
            from: 8,
            income: 4,
            power: 40,
            demand: 7,
            books: 6,
        };
        let both = Window {
            from: 3,
            income: 4,
            power: 40,
            demand: 20,
            books: 6,
        };
        assert_eq!(one.or(other), both);
        assert_eq!(other.or(one), both);
    }

    #[test]
    fn a_series_is_worked_out_for_the_months_that_are_asked_for() {
        for from in [5, 60] {
            let of = |series: Series| series.window(&(from..70));
            assert_eq!(of(Series::GwOnline).power, 70);
            assert_eq!(of(Series::Arr).demand, 70);
            let both = of(Series::OtherGwRequired);
            assert_eq!((both.power, both.demand), (70, 70));
            let income = of(Series::OperatingIncome);
            assert_eq!((income.income, income.books), (from, 70));
            for series in [Series::GwOnline, Series::Arr, Series::OperatingIncome] {
                assert!(of(series).from <= from);
            }
        }
    }

    #[test]
    fn what_depends_on_a_lever_says_so() {
        assert!(Output::GwNeeded202612.depends_on(Lever::Arr2026));
        assert!(!Output::GwNeeded202612.depends_on(Lever::GwCommitted));
        assert!(Series::Arr.depends_on(Lever::Arr2026));
        assert!(!Series::Arr.depends_on(Lever::GwCommitted));
    }
}
