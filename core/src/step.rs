//! Values on the way from beliefs and facts to the figures of the model, and the
//! equations that are solved by steps. One row each: a trace names them by it.

use crate::origin::{Solution, Step};
use crate::unit::Unit;
use crate::words::mark;

macro_rules! steps {
    ($($name:ident = $id:literal, $unit:ident, mark($label:literal);)*) => {
        $(#[doc = $label]
        pub const $name: Step = Step { id: $id, label: mark($label), unit: Unit::$unit };)*

        /// Every value on the way.
        pub const ALL: &[Step] = &[$($name,)*];
    };
}

steps! {
    AI_Q1_2026 = "ai-2026q1", UsdBn, mark("AWS AI revenue, first quarter of 2026");
    AWS_Q1_2026 = "aws-2026q1", UsdBn, mark("AWS revenue, first quarter of 2026");
    AWS_Q1_2025 = "aws-2025q1", UsdBn, mark("AWS revenue, first quarter of 2025");
    NONAI_Q1_2026 = "nonai-2026q1", UsdBn, mark("AWS revenue without AI, first quarter of 2026");
    ARR_FEBRUARY = "arr-2026-02", UsdBnPerYear, mark("ARR in February 2026, back-solved");
    ARR_RISE = "arr-rise", Number, mark("ARR of a month, over the one before, to February 2026");
    ARR_LATER_RISE = "arr-later-rise", Number, mark("ARR of a month, over the one before, from February to May 2026");
    ARR_ADDED = "arr-added", UsdBnPerYear, mark("ARR added in the month");
    ARR_DECAY = "arr-decay", Number, mark("Each month’s added ARR, over the month before");
    ARR_GROWTH = "arr-growth", Ratio, mark("ARR growth over the year");
    AWS_IMPLIED = "aws-implied", UsdBnPerMonth, mark("AWS revenue as implied for the month");
    NONAI_IMPLIED = "nonai-implied", UsdBnPerMonth, mark("AWS revenue without AI as implied for the month");
    AI_2025 = "ai-2025", UsdBn, mark("AWS AI revenue, 2025");
    AI_JANUARY = "ai-january", UsdBnPerMonth, mark("AWS AI revenue in January 2026, on the path of 2025");
    AWS_PACE_2025 = "aws-pace-2025", Number, mark("AWS revenue of a month in 2025, over the one before");
    AI_RISE_2024 = "ai-rise-2024", Number, mark("AWS AI revenue of a month in 2024, over the one before");
    AI_PACE = "ai-pace", Number, mark("AWS AI revenue of a month, over the next");
    NONAI_PACE_2024 = "nonai-pace-2024", Number, mark("AWS revenue without AI of a month in 2024, over the next");
    NONAI_2026 = "nonai-2026", UsdBn, mark("AWS revenue without AI, 2026");
    NONAI_PACE_2026 = "nonai-pace-2026", Number, mark("AWS revenue without AI of a quarter in 2026, over the one before");
    SHARE_PACE = "share-pace", Number, mark("Anthropic’s share of AWS of a month in 2025, over the next");
    ANTHROPIC_SHARE = "anthropic-share", Ratio, mark("Anthropic’s share of AWS revenue");
    ANTHROPIC_OF_AI = "anthropic-of-ai", Ratio, mark("Anthropic’s share of AWS AI revenue, first quarter of 2026");
    PRICE_EFFECT = "price-effect", Number, mark("What the price does to the dollars spent");
    KEPT = "kept", Ratio, mark("Part of Anthropic’s work that has not left AWS");
    PLEDGE_AGE = "pledge-age", Months, mark("Months since the pledge");
    PLEDGE_LEFT = "pledge-left", UsdBn, mark("Part of the pledge still owed");
    PLEDGE_FLOOR = "pledge-floor", UsdBnPerMonth, mark("The least that the pledge obliges to");
    PLEDGE_MET = "pledge-met", UsdBn, mark("Anthropic’s pledge to AWS (a dollar less, for rounding)");
    SPENT_BY_2026 = "spent-by-2026", UsdBn, mark("Paid to AWS from the pledge to December 2026");
    GW_PER_CHIP = "gw-per-chip", GwPerChip, mark("Power at the facility for each Trainium 2");
    FIRST_GW = "first-gw", Gw, mark("Power of a campus’s first half million chips");
    FIRST_POWER = "first-power", Months, mark("Ground-breaking to first power");
    RISE = "rise", Gw, mark("Power added a month, up to the build time");
    FINISH = "finish", Gw, mark("Power added a month, from the build time to the full site");
    STANDING = "standing", Gw, mark("Power built so far");
    BY_BUILD_TIME = "by-build-time", Gw, mark("Power at sites not yet named by the build time");
    SITE_AGE = "site-age", Months, mark("Months since ground-breaking");
    ALLOTTED_NEW_CARLISLE = "allotted-new-carlisle", Gw, mark("Of what is committed, at New Carlisle");
    ALLOTTED_NORTHERN_INDIANA = "allotted-northern-indiana", Gw, mark("Of what is committed, in Northern Indiana");
    ALLOTTED_UNNAMED = "allotted-unnamed", Gw, mark("Of what is committed, at sites not yet named");
    OTHER_SUPPLY = "other-supply", UsdBnPerMonth, mark("What other AI power at AWS can earn");
    SITE_COST = "site-cost", UsdBnPerGwYear, mark("Site cost of a gigawatt-year");
    SERVER_COST = "server-cost", UsdBnPerGwYear, mark("Server cost of a gigawatt-year");
    POWER_COST = "power-cost", UsdBnPerGwYear, mark("Electricity of a gigawatt-year");
    SERVED_ELSEWHERE = "served-elsewhere", UsdBnPerMonth, mark("Sold beyond what the Trainium online can earn");
    COST_ELSEWHERE = "cost-elsewhere", UsdBnPerMonth, mark("Cost of power from elsewhere");
    AI_INCOME = "ai-income", UsdBnPerMonth, mark("AWS operating income from AI");
    AWS_INCOME = "aws-income", UsdBnPerMonth, mark("AWS operating income");
    AWS_INCOME_Q1_2026 = "aws-income-2026q1", UsdBn, mark("AWS operating income, first quarter of 2026");
    REST_MARGIN = "rest-margin", Ratio, mark("Margin of AWS without AI");
    EARNED = "earned", UsdBn, mark("Operating income from Anthropic so far");
    VALUATION_PACE = "valuation-pace", Number, mark("Valuation of a month, over the one before, to the end of 2026");
    SALES = "sales", UsdBnPerMonth, mark("Anthropic’s sales");
    SHORT = "short", UsdBnPerMonth, mark("What Anthropic could not pay otherwise");
    BALANCE = "balance", UsdBn, mark("Anthropic’s balance in the loop so far");
    TRN3_INDEX = "trn3-index", H200, mark("Trainium 3 against H200");
}

/// The geometric sum f + f² + … of so many terms.
fn powers(factor: f64, terms: usize) -> f64 {
    (0..terms).fold(0.0, |sum, _| (sum + 1.0) * factor)
}

/// ARR in February 2026.
pub const FEBRUARY_ANCHOR: Solution = Solution {
    words: mark(
        "the ARR in February 2026 at which January, February and March, geometric between a third of {may} in November 2025 ({may} ÷ {multiple}) and {may} in May 2026, times a spend ratio of {ratio} come to AI revenue of {revenue} a year on average",
    ),
    inputs: &["revenue", "ratio", "may", "multiple"],
    residual: |february, inputs| {
        let [revenue, ratio, may, multiple] = *inputs else {
            return f64::NAN;
        };
        let between = |from: f64, to: f64, part: f64| from * libm::pow(to / from, part);
        let january = between(may / multiple, february, 2.0 / 3.0);
        let march = between(february, may, 1.0 / 3.0);
        let mean = (january + february + march) / 3.0;
        mean * ratio / 100.0 / revenue - 1.0
    },
};

/// How fast net adds shrink.
pub const NET_ADD_DECAY: Solution = Solution {
    words: mark(
        "the factor d at which seven months, d + d² + … + d⁷, come to {months} times what May adds",
    ),
    inputs: &["months"],
    residual: |d, inputs| match *inputs {
        [months] => powers(d, 7) - months,
        _ => f64::NAN,
    },
};

/// How AI revenue fell back from January 2026.
pub const AI_FALL: Solution = Solution {
    words: mark(
        "the factor at which the twelve months of 2025, falling back from January 2026, come to {year} while the first quarter of 2026 would come to {quarter}",
    ),
    inputs: &["year", "quarter"],
    residual: |fall, inputs| match *inputs {
        [total, quarter] => {
            let square = fall * fall;
            powers(fall, 12) * square * quarter / (square + fall + 1.0) / total - 1.0
        }
        _ => f64::NAN,
    },
};

/// How AWS without AI fell back from January 2025.
pub const SUM_FALL: Solution = Solution {
    words: mark(
        "the factor f at which f + f² + … + f¹² is {months}: the twelve months of 2024, falling back from January 2025",
    ),
    inputs: &["months"],
    residual: |fall, inputs| match *inputs {
        [months] => powers(fall, 12) / months - 1.0,
        _ => f64::NAN,
    },
};

/// How Anthropic's share fell back from January 2026.
pub const SHARE_FALL: Solution = Solution {
    words: mark(
        "the factor at which Anthropic’s share, falling back from {end} in January 2026, comes to {share} of the revenue of 2025, which rises by {growth} a year",
    ),
    inputs: &["share", "end", "growth"],
    residual: |fall, inputs| {
        let [year, end, growth] = *inputs else {
            return f64::NAN;
        };
        let monthly = libm::pow(1.0 + growth / 100.0, 1.0 / 12.0);
        let (mut paid, mut revenue) = (0.0, 0.0);
        for back in 0..12 {
            let level = libm::pow(monthly, -f64::from(back));
            paid += end * libm::pow(fall, f64::from(back + 1)) * level;
            revenue += level;
        }
        paid / revenue / year - 1.0
    },
};

/// How AWS without AI grows through 2026.
pub const QUARTERLY_PACE: Solution = Solution {
    words: mark(
        "the factor r at which four quarters, 1 + r + r² + r³, come to {quarters} times the first",
    ),
    inputs: &["quarters"],
    residual: |r, inputs| match *inputs {
        [quarters] => (1.0 + powers(r, 3)) / quarters - 1.0,
        _ => f64::NAN,
    },
};

/// Trainium 3 against H200.
pub const TRN3_FROM_TRN2: Solution = Solution {
    words: mark(
        "the middle of what makes Trainium 2, at {trn2} of H200, {low} and {high} of Trainium 3",
    ),
    inputs: &["trn2", "low", "high"],
    residual: |index, inputs| match *inputs {
        [trn2, low, high] => f64::midpoint(trn2 / low, trn2 / high) / index - 1.0,
        _ => f64::NAN,
    },
};

/// When Azure passes AWS.
pub const CROSSOVER: Solution = Solution {
    words: mark(
        "the first year from 2024 on in which {azure}, growing by {azure_growth} a year, exceeds {aws}, growing by {aws_growth}",
    ),
    inputs: &["azure", "azure_growth", "aws", "aws_growth"],
    residual: |year, inputs| {
        let [azure, azure_growth, aws, aws_growth] = *inputs else {
            return f64::NAN;
        };
        let ahead = |year: f64| {
            azure * libm::pow(1.0 + azure_growth / 100.0, year - 2024.0)
                > aws * libm::pow(1.0 + aws_growth / 100.0, year - 2024.0)
        };
        f64::from(u8::from(!ahead(year) || ahead(year - 1.0)))
    },
};
