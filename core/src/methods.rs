//! How the model works, as tables: what the page's methods show and `MODEL.md` says.

use crate::kind::Kind;
use crate::levers::{Basis, Lever};
use crate::link;
use crate::outcome::{Output, Series};
use crate::scenario::Scenario;
use crate::unit::Unit;
use crate::words::{mark, t};

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
        name: mark("Revenue"),
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
        name: mark("Gigawatts"),
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
        name: mark("Chips"),
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
        name: mark("Costs and margins"),
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
        name: mark("AI revenue in parts"),
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
        name: mark("The deal"),
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
        name: mark("Four clouds"),
        outputs: &[Output::AiRaceCrossover],
        series: &[],
    },
];

/// What the model leaves out, a thing a row. `MODEL.md` holds the same list.
pub const LEFT_OUT: &[&str] = &[
    mark("Tax, interest and discounting."),
    mark(
        "Replacing servers at the end of their life, in cash; operating income carries it as depreciation.",
    ),
    mark("Dilution of the stake."),
    mark("Anthropic’s costs outside AWS."),
    mark("Customers of AWS AI other than Anthropic from 2026 on."),
    mark("The power that AWS builds for the US government."),
    mark("Seasonality and outages."),
    mark("Differences between training and inference prices."),
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
        Unit::UsdBn => t("$ bn"),
        Unit::UsdBnPerYear => t("$ bn a year"),
        Unit::UsdBnPerMonth => t("$ bn a month"),
        Unit::UsdBnPerGw => t("$ bn a GW"),
        Unit::UsdBnPerGwYear => t("$ bn a GW-year"),
        Unit::Gw => t("GW"),
        Unit::Ratio => t("share"),
        Unit::Percent => "%",
        Unit::PercentPerYear => t("% a year"),
        Unit::Month => t("month"),
        Unit::Year => t("year"),
        Unit::Months => t("months"),
        Unit::Years => t("years"),
        Unit::UsdPerMwh => t("$ a MWh"),
        Unit::MillionChips => t("million chips"),
        Unit::GwPerChip => t("GW a chip"),
        Unit::Times => t("times"),
        Unit::H200 => t("H200 = 1"),
        Unit::Number => t("number"),
        Unit::Switch => t("switch"),
        Unit::Choice => t("choice"),
    }
}
