//! How the model works, as tables: what the page's methods show and `MODEL.md` says.

use crate::kind::Kind;
use crate::levers::{Basis, Lever};
use crate::link;
use crate::outcome::{Output, Series};
use crate::scenario::Scenario;
use crate::unit::Unit;

/// A part of the model, with what it computes.
#[derive(Debug)]
pub struct Subject {
    /// The module of `core/src/model`, or the small one beside them.
    pub module: &'static str,
    /// What it computes, as `MODEL.md` puts it.
    pub what: &'static str,
    /// What it is called for readers.
    pub name: &'static str,
    /// Its figures.
    pub outputs: &'static [Output],
    /// Its values by month.
    pub series: &'static [Series],
}

/// Every subject, in the order in which the model works. Each output and each series
/// belongs to one.
pub const SUBJECTS: &[Subject] = &[
    Subject {
        module: "revenue",
        what: "ARR; demand; what Anthropic pays (not below the pledge's floor, with `capacity-binds` not above what power can earn); AWS without AI and as a whole",
        name: "Revenue",
        outputs: &[
            Output::Arr202612,
            Output::Demand202612,
            Output::AiRevenue2026,
            Output::AwsRevenue2026,
            Output::AwsGrowth2026,
            Output::AwsGrowth2026Q1,
            Output::AwsGrowth2027,
            Output::AnthropicShare2026,
        ],
        series: &[
            Series::Arr,
            Series::Demand,
            Series::Spend,
            Series::AiRevenue,
            Series::NonaiRevenue,
            Series::AwsRevenue,
        ],
    },
    Subject {
        module: "gigawatts",
        what: "sites over time, what they can earn, what no announced site accounts for",
        name: "Gigawatts",
        outputs: &[
            Output::GwNeeded202612,
            Output::GwOnline202612,
            Output::GwGap202612,
            Output::OtherGwRequired202612,
            Output::CommitmentOutgrown,
            Output::GapCloses,
        ],
        series: &[
            Series::GwOnline,
            Series::GwNewCarlisle,
            Series::GwNorthernIndiana,
            Series::GwUnnamed,
            Series::GwNeeded,
            Series::OtherGwRequired,
            Series::Supply,
            Series::SupplyAll,
        ],
    },
    Subject {
        module: "chips",
        what: "three routes to the cost of training; generations against H200",
        name: "Chips",
        outputs: &[
            Output::Chips202612,
            Output::TrainingCostTable,
            Output::TrainingCostClaim,
            Output::TrainingCostGigawatt,
            Output::TrainingCost,
            Output::InferenceCost,
            Output::Trn2PricePerChipHour,
        ],
        series: &[Series::TrainiumIndex],
    },
    Subject {
        module: "economics",
        what: "cost and margin of a gigawatt-year; operating income; the margin of AWS",
        name: "Costs and margins",
        outputs: &[
            Output::TrainiumPricePerGw,
            Output::TrainiumCostPerGw,
            Output::TrainiumMargin,
            Output::GpuCostPerGw,
            Output::GpuMargin,
            Output::AwsMargin2026,
            Output::AwsMargin2027,
        ],
        series: &[Series::OperatingIncome, Series::AwsMargin],
    },
    Subject {
        module: "parts",
        what: "AI revenue in three parts that do not overlap (C17)",
        name: "AI revenue in parts",
        outputs: &[
            Output::BedrockRevenue2026Q1,
            Output::AiDirectShare,
            Output::AiBehindBedrockShare,
            Output::AiOtherShare,
        ],
        series: &[],
    },
    Subject {
        module: "deal",
        what: "payments, valuation, stake, three ledgers, pledge, circular share, return",
        name: "The deal",
        outputs: &[
            Output::CashInvested202612,
            Output::ContingentExpected,
            Output::StakeValue202612,
            Output::EarlierMark,
            Output::PledgeMet,
            Output::CircularShare,
            Output::CircularShareSpend2026,
            Output::ReturnPositive,
            Output::BreakEvenMargin,
        ],
        series: &[
            Series::Investment,
            Series::CashInvested,
            Series::Valuation,
            Series::StakeValue,
            Series::MarkToMarket,
            Series::PledgeSpent,
            Series::NetReturn,
            Series::CashAmazon,
            Series::CashAnthropic,
            Series::CashInvestors,
            Series::CashCustomers,
            Series::CashSuppliers,
            Series::CashOtherLabs,
        ],
    },
    Subject {
        module: "race",
        what: "four clouds in one source's own definition, never added to the rest",
        name: "Four clouds",
        outputs: &[Output::AiRaceCrossover],
        series: &[],
    },
];

/// What the model leaves out, a thing a row. `MODEL.md` holds the same list.
pub const LEFT_OUT: &[&str] = &[
    "Tax, interest and discounting.",
    "Replacing servers at the end of their life, in cash; operating income carries it as depreciation.",
    "Dilution of the stake.",
    "Anthropic’s costs outside AWS.",
    "Customers of AWS AI other than Anthropic from 2026 on.",
    "The power that AWS builds for the US government.",
    "Seasonality and outages.",
    "Differences between training and inference prices.",
];

/// How the default of a belief came to be: the kind of the fact where it is published.
pub fn default_kind(lever: Lever) -> Kind {
    match lever.spec().basis {
        Basis::Published(_) => lever.published().map_or(Kind::Reported, |fact| fact.kind),
        Basis::Derived(_) => Kind::Derived,
        Basis::BackSolved(_) => Kind::BackSolved,
        Basis::Assumption => Kind::Assumption,
    }
}

/// The fact or the row of the replication table that a default comes from.
pub fn default_origin(lever: Lever) -> Option<&'static str> {
    match lever.spec().basis {
        Basis::Published(fact) => Some(fact.id),
        Basis::Derived(id) | Basis::BackSolved(id) => Some(id),
        Basis::Assumption => None,
    }
}

/// The command that gives a scenario's outcome natively, to be run in the folder of the
/// source. A link holds nothing that a shell would read inside the quotes.
pub fn command(scenario: &Scenario) -> String {
    format!(
        "cargo run -p compute-loop-core -- run '{}'",
        link::encode(scenario)
    )
}

/// A unit in words, for a table of equations.
pub fn unit_words(unit: Unit) -> &'static str {
    match unit {
        Unit::UsdBn => "$ bn",
        Unit::UsdBnPerYear => "$ bn a year",
        Unit::UsdBnPerMonth => "$ bn a month",
        Unit::UsdBnPerGw => "$ bn a GW",
        Unit::UsdBnPerGwYear => "$ bn a GW-year",
        Unit::Gw => "GW",
        Unit::Ratio => "share",
        Unit::Percent => "%",
        Unit::PercentPerYear => "% a year",
        Unit::Month => "month",
        Unit::Year => "year",
        Unit::Months => "months",
        Unit::Years => "years",
        Unit::UsdPerMwh => "$ a MWh",
        Unit::MillionChips => "million chips",
        Unit::GwPerChip => "GW a chip",
        Unit::Times => "times",
        Unit::H200 => "H200 = 1",
        Unit::Number => "number",
        Unit::Switch => "switch",
        Unit::Choice => "choice",
    }
}
