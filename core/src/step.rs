//! Values on the way from beliefs and facts to the figures of the model, and the
//! equations that are solved by steps. One row each: a trace names them by it.

use crate::origin::{Solution, Step};
use crate::unit::Unit;

macro_rules! steps {
    ($($name:ident = $id:literal, $unit:ident, $label:literal;)*) => {
        $(#[doc = $label]
        pub const $name: Step = Step { id: $id, label: $label, unit: Unit::$unit };)*

        /// Every value on the way.
        pub const ALL: &[Step] = &[$($name,)*];
    };
}

steps! {
    AI_Q1_2026 = "ai-2026q1", UsdBn, "AWS AI revenue, first quarter of 2026";
    AWS_Q1_2026 = "aws-2026q1", UsdBn, "AWS revenue, first quarter of 2026";
    AWS_Q1_2025 = "aws-2025q1", UsdBn, "AWS revenue, first quarter of 2025";
    NONAI_Q1_2026 = "nonai-2026q1", UsdBn, "AWS revenue without AI, first quarter of 2026";
    ARR_FEBRUARY = "arr-2026-02", UsdBnPerYear, "ARR in February 2026, back-solved";
    ARR_RISE = "arr-rise", Number, "ARR of a month, over the one before, to February 2026";
    ARR_LATER_RISE = "arr-later-rise", Number, "ARR of a month, over the one before, from February to May 2026";
    ARR_ADDED = "arr-added", UsdBnPerYear, "ARR added in the month";
    ARR_DECAY = "arr-decay", Number, "Each month’s added ARR, over the month before";
    ARR_GROWTH = "arr-growth", Ratio, "ARR growth over the year";
    AWS_IMPLIED = "aws-implied", UsdBnPerMonth, "AWS revenue as implied for the month";
    NONAI_IMPLIED = "nonai-implied", UsdBnPerMonth, "AWS revenue without AI as implied for the month";
    AI_2025 = "ai-2025", UsdBn, "AWS AI revenue, 2025";
    AI_JANUARY = "ai-january", UsdBnPerMonth, "AWS AI revenue in January 2026, on the path of 2025";
    AWS_PACE_2025 = "aws-pace-2025", Number, "AWS revenue of a month in 2025, over the one before";
    AI_RISE_2024 = "ai-rise-2024", Number, "AWS AI revenue of a month in 2024, over the one before";
    AI_PACE = "ai-pace", Number, "AWS AI revenue of a month, over the next";
    NONAI_PACE_2024 = "nonai-pace-2024", Number, "AWS revenue without AI of a month in 2024, over the next";
    NONAI_2026 = "nonai-2026", UsdBn, "AWS revenue without AI, 2026";
    NONAI_PACE_2026 = "nonai-pace-2026", Number, "AWS revenue without AI of a quarter in 2026, over the one before";
    SHARE_PACE = "share-pace", Number, "Anthropic’s share of AWS of a month in 2025, over the next";
    ANTHROPIC_SHARE = "anthropic-share", Ratio, "Anthropic’s share of AWS revenue";
    ANTHROPIC_OF_AI = "anthropic-of-ai", Ratio, "Anthropic’s share of AWS AI revenue, first quarter of 2026";
    PRICE_EFFECT = "price-effect", Number, "What the price does to the dollars spent";
    KEPT = "kept", Ratio, "Part of Anthropic’s work that has not left AWS";
    PLEDGE_AGE = "pledge-age", Months, "Months since the pledge";
    PLEDGE_LEFT = "pledge-left", UsdBn, "Part of the pledge still owed";
    PLEDGE_FLOOR = "pledge-floor", UsdBnPerMonth, "The least that the pledge obliges to";
    PLEDGE_MET = "pledge-met", UsdBn, "Anthropic’s pledge to AWS (a dollar less, for rounding)";
    SPENT_BY_2026 = "spent-by-2026", UsdBn, "Paid to AWS from the pledge to December 2026";
    GW_PER_CHIP = "gw-per-chip", GwPerChip, "Power at the facility for each Trainium 2";
    FIRST_GW = "first-gw", Gw, "Power of a campus’s first half million chips";
    FIRST_POWER = "first-power", Months, "Ground-breaking to first power";
    RISE = "rise", Gw, "Power added a month, up to the build time";
    FINISH = "finish", Gw, "Power added a month, from the build time to the full site";
    STANDING = "standing", Gw, "Power built so far";
    BY_BUILD_TIME = "by-build-time", Gw, "Power at sites not yet named by the build time";
    SITE_AGE = "site-age", Months, "Months since ground-breaking";
    ALLOTTED_NEW_CARLISLE = "allotted-new-carlisle", Gw, "Of what is committed, at New Carlisle";
    ALLOTTED_NORTHERN_INDIANA = "allotted-northern-indiana", Gw, "Of what is committed, in Northern Indiana";
    ALLOTTED_UNNAMED = "allotted-unnamed", Gw, "Of what is committed, at sites not yet named";
    OTHER_SUPPLY = "other-supply", UsdBnPerMonth, "What other AI power at AWS can earn";
    SITE_COST = "site-cost", UsdBnPerGwYear, "Site cost of a gigawatt-year";
    SERVER_COST = "server-cost", UsdBnPerGwYear, "Server cost of a gigawatt-year";
    POWER_COST = "power-cost", UsdBnPerGwYear, "Electricity of a gigawatt-year";
    SERVED_ELSEWHERE = "served-elsewhere", UsdBnPerMonth, "Sold beyond what the Trainium online can earn";
    COST_ELSEWHERE = "cost-elsewhere", UsdBnPerMonth, "Cost of power from elsewhere";
    AI_INCOME = "ai-income", UsdBnPerMonth, "AWS operating income from AI";
    AWS_INCOME = "aws-income", UsdBnPerMonth, "AWS operating income";
    AWS_INCOME_Q1_2026 = "aws-income-2026q1", UsdBn, "AWS operating income, first quarter of 2026";
    REST_MARGIN = "rest-margin", Ratio, "Margin of AWS without AI";
    EARNED = "earned", UsdBn, "Operating income from Anthropic so far";
    VALUATION_PACE = "valuation-pace", Number, "Valuation of a month, over the one before, to the end of 2026";
    SALES = "sales", UsdBnPerMonth, "Anthropic’s sales";
    SHORT = "short", UsdBnPerMonth, "What Anthropic could not pay otherwise";
    BALANCE = "balance", UsdBn, "Anthropic’s balance in the loop so far";
    TRN3_INDEX = "trn3-index", H200, "Trainium 3 against H200";
}

/// The geometric sum f + f² + … of so many terms.
fn powers(factor: f64, terms: usize) -> f64 {
    (0..terms).fold(0.0, |sum, _| (sum + 1.0) * factor)
}

/// ARR in February 2026.
pub const FEBRUARY_ANCHOR: Solution = Solution {
    words: "the ARR in February 2026 at which January, February and March, geometric between a third of {2} in November 2025 ({2} ÷ {3}) and {2} in May 2026, times a spend ratio of {1} come to AI revenue of {0} a year on average",
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
    words: "the factor d at which seven months, d + d² + … + d⁷, come to {0} times what May adds",
    residual: |d, inputs| match *inputs {
        [months] => powers(d, 7) - months,
        _ => f64::NAN,
    },
};

/// How AI revenue fell back from January 2026.
pub const AI_FALL: Solution = Solution {
    words: "the factor at which the twelve months of 2025, falling back from January 2026, come to {0} while the first quarter of 2026 would come to {1}",
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
    words: "the factor f at which f + f² + … + f¹² is {0}: the twelve months of 2024, falling back from January 2025",
    residual: |fall, inputs| match *inputs {
        [months] => powers(fall, 12) / months - 1.0,
        _ => f64::NAN,
    },
};

/// How Anthropic's share fell back from January 2026.
pub const SHARE_FALL: Solution = Solution {
    words: "the factor at which Anthropic’s share, falling back from {1} in January 2026, comes to {0} of the revenue of 2025, which rises by {2} a year",
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
    words: "the factor r at which four quarters, 1 + r + r² + r³, come to {0} times the first",
    residual: |r, inputs| match *inputs {
        [quarters] => (1.0 + powers(r, 3)) / quarters - 1.0,
        _ => f64::NAN,
    },
};

/// Trainium 3 against H200.
pub const TRN3_FROM_TRN2: Solution = Solution {
    words: "the middle of what makes Trainium 2, at {0} of H200, {1} and {2} of Trainium 3",
    residual: |index, inputs| match *inputs {
        [trn2, low, high] => f64::midpoint(trn2 / low, trn2 / high) / index - 1.0,
        _ => f64::NAN,
    },
};

/// When Azure passes AWS.
pub const CROSSOVER: Solution = Solution {
    words: "the first year from 2024 on in which {0}, growing by {1} a year, exceeds {2}, growing by {3}",
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
