//! Every derived figure of the sources, recomputed, with a verdict from code.
//!
//! Rows R01 to R43 are figures that a source prints as derived or implied. Rows X are
//! cross-checks between sources. A verdict is computed, then compared with the one on
//! record; a difference means that data or model have moved.

use crate::fact::Fact;
use crate::fact::facts::*;
use crate::levers::Lever;
use crate::model::chips::{TPU_V7_INDEX, TRN2_INDEX, TRN3_INDEX, watts, watts_at_facility};
use crate::model::race;
use crate::model::revenue::{ai_q1_2026, aws_q1_2025, february_anchor, net_add_decay};
use crate::month::Month;
use crate::outcome::{Outcome, Output, Series};
use crate::parts::anthropic_of_ai;
use crate::say;
use crate::scenario::Scenario;
use crate::solve;
use crate::words::{self, mark, t};

/// How a published figure fares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It follows from the figures it is said to follow from.
    Agrees,
    /// It fixes a number that the source does not print.
    Reproduces,
    /// It can be reached, but only with an input that the source hides.
    UnderDetermined,
    /// A needed input is in none of the sources.
    NotCheckable,
    /// Two printed figures cannot both hold as they stand.
    Tension,
    /// It does not follow.
    Fails,
}

impl Verdict {
    /// Every verdict, the failures last.
    pub const ALL: [Self; 6] = [
        Self::Agrees,
        Self::Reproduces,
        Self::UnderDetermined,
        Self::NotCheckable,
        Self::Tension,
        Self::Fails,
    ];

    /// The word for it in English, which is its key on the page.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Agrees => mark("agrees"),
            Self::Reproduces => mark("reproduces"),
            Self::UnderDetermined => mark("under-determined"),
            Self::NotCheckable => mark("not checkable"),
            Self::Tension => mark("tension"),
            Self::Fails => mark("fails"),
        }
    }

    /// The word for it.
    pub fn name(self) -> &'static str {
        t(self.id())
    }
}

/// A published figure, recomputed.
#[derive(Clone, Debug)]
pub struct Row {
    /// `R01` to `R43`, or `X…` for a cross-check.
    pub id: &'static str,
    /// What it is.
    pub figure: &'static str,
    /// As published.
    pub published: &'static str,
    /// How it is recomputed, in words.
    pub arithmetic: &'static str,
    /// What comes out.
    pub computed: String,
    /// The verdict from code.
    pub verdict: Verdict,
    /// The verdict on record.
    pub recorded: Verdict,
    /// Why it does not simply agree, for a reader who has not seen the arithmetic; none
    /// where it does.
    pub why: Option<&'static str>,
    /// The published figures behind it: the figure itself first, where it is a fact of
    /// its own, then what it is recomputed from.
    pub facts: &'static [Fact],
}

/// Recomputes every row for an outcome: rows about the model's own path follow it,
/// the rest depend on published figures alone.
pub fn replicate(outcome: &Outcome) -> Vec<Row> {
    [
        deal(),
        chips(),
        capacity(),
        revenue(outcome),
        cross_checks(outcome),
    ]
    .concat()
}

/// The outcome of a comparison, before it has a name.
#[derive(Clone, Copy)]
enum Check {
    /// Whether the computed figure is the published one.
    Matches(bool),
    /// It fixes an unprinted constant, if that constant makes sense.
    Defines(bool),
    /// It matches only with an input that the source hides.
    Hidden(bool),
    /// This input is in no source.
    Missing,
    /// Whether two printed figures exclude each other.
    Excludes(bool),
}

impl Check {
    fn verdict(self) -> Verdict {
        match self {
            Self::Matches(true) | Self::Excludes(false) => Verdict::Agrees,
            Self::Defines(true) => Verdict::Reproduces,
            Self::Hidden(true) => Verdict::UnderDetermined,
            Self::Missing => Verdict::NotCheckable,
            Self::Excludes(true) => Verdict::Tension,
            Self::Matches(false) | Self::Defines(false) | Self::Hidden(false) => Verdict::Fails,
        }
    }
}

/// A number with so many decimals, as the arithmetic of a row has it.
fn decimals(value: f64, decimals: usize) -> String {
    format!("{value:.decimals$}")
}

/// A number counted in another unit, with so many figures as before.
fn counted(value: f64, in_one: f64, decimals: usize) -> String {
    let fewer = libm::log10(in_one).round() as usize;
    self::decimals(value * in_one, decimals.saturating_sub(fewer))
}

/// Billions of dollars with so many decimals.
fn billions(value: f64, decimals: usize) -> String {
    let amount = counted(value, words::language().numbers.in_a_billion, decimals);
    say!("${amount} bn", amount)
}

/// Millions of chips with so many decimals.
fn millions(value: f64, decimals: usize) -> String {
    let count = counted(value, words::language().numbers.in_a_million, decimals);
    say!("{count} million", count)
}

/// A range of power.
fn gigawatts(low: f64, high: f64) -> String {
    say!(
        "{low}–{high} GW",
        low = decimals(low, 1),
        high = decimals(high, 1)
    )
}

fn row(
    id: &'static str,
    recorded: Verdict,
    [figure, published, arithmetic]: [&'static str; 3],
    computed: String,
    check: Check,
) -> Row {
    let verdict = check.verdict();
    Row {
        id,
        figure,
        published,
        arithmetic,
        computed,
        verdict,
        recorded,
        why: why(id, verdict),
        facts: facts_of(id),
    }
}

/// Why a row has a verdict other than that it agrees. A row that follows the model may
/// have another verdict at other beliefs, and then another reason.
fn why(id: &str, verdict: Verdict) -> Option<&'static str> {
    let reasons = whys(id).iter();
    let mut reasons = reasons.filter(|(given, _)| *given == verdict);
    reasons.next().map(|(_, why)| *why)
}

/// The reasons that a row can have, each with the verdict that it explains.
pub fn whys(id: &str) -> &'static [(Verdict, &'static str)] {
    let row = WHYS.iter().find(|(ids, _)| ids.contains(&id));
    row.map_or(&[], |(_, whys)| whys)
}

/// Reasons, by the rows that can have them.
const WHYS: &[Reasons] = {
    use Verdict::{Fails, NotCheckable, Reproduces, Tension, UnderDetermined};
    &[
        (
            &["R08"],
            &[(
                Fails,
                mark(
                    "The two prices printed beside the claim give a saving of a quarter; nothing in that table gives the larger one.",
                ),
            )],
        ),
        (
            &["R12"],
            &[(
                NotCheckable,
                mark("It compares two chips, and no source prints the speed of the older one."),
            )],
        ),
        (
            &["R14"],
            &[(
                NotCheckable,
                mark(
                    "It compares Amazon’s chip with Google’s, and no source prints the speed of Google’s.",
                ),
            )],
        ),
        (
            &["R15", "R16"],
            &[(
                Reproduces,
                mark(
                    "Speed and speed per dollar are printed, the price is not: one divided by the other gives it.",
                ),
            )],
        ),
        (
            &["R19"],
            &[(
                Reproduces,
                mark(
                    "The largest cluster and the factor are printed; together they give the size of the generation before, which is not.",
                ),
            )],
        ),
        (
            &["R26"],
            &[(
                UnderDetermined,
                mark(
                    "It follows only if a chip, with its share of the building, draws twice what the chip draws alone; the source does not say what it draws.",
                ),
            )],
        ),
        (
            &["R30"],
            &[(
                Reproduces,
                mark(
                    "AI revenue and its share of AWS are printed; together they fix the revenue of AWS, which is not.",
                ),
            )],
        ),
        (
            &["R33"],
            &[
                (
                    UnderDetermined,
                    mark(
                        "What May added is not printed; only with an amount chosen to fit does a steady slowing end at the printed figure.",
                    ),
                ),
                (
                    Fails,
                    mark(
                        "The ARR set for December is not the printed one, so the path to it is not either.",
                    ),
                ),
            ],
        ),
        (
            &["R34"],
            &[(
                Fails,
                mark("With the beliefs as set, the model’s AWS does not grow as printed."),
            )],
        ),
        (
            &["R35"],
            &[(
                Fails,
                mark(
                    "With the beliefs as set, Anthropic’s part of the model’s AWS is not the printed one.",
                ),
            )],
        ),
        (
            &["R41"],
            &[(
                NotCheckable,
                mark(
                    "A gain depends on the size of the stake and on what it was valued at before, and neither is published.",
                ),
            )],
        ),
        (
            &["X05"],
            &[(
                Fails,
                mark(
                    "At the price set for a gigawatt, this route leads to another saving than the one claimed.",
                ),
            )],
        ),
        (
            &["X06"],
            &[(
                Tension,
                mark(
                    "Anthropic already spends more a year than the pledge asks for on average, so the pledge reads as a floor and not as growth to come.",
                ),
            )],
        ),
        (
            &["X09"],
            &[(
                Reproduces,
                mark(
                    "No source prints it; it is the year that leads up to the printed first quarter of 2026 at the printed growth.",
                ),
            )],
        ),
        (
            &["X12"],
            &[(
                Tension,
                mark(
                    "More AI is sold in 2026 than the power of the named sites can earn, so part of it has to come from power that no source lists.",
                ),
            )],
        ),
        (
            &["X13"],
            &[(
                Tension,
                mark(
                    "The two shares come to more than the whole, so some revenue is counted in both.",
                ),
            )],
        ),
        (
            &["X14"],
            &[(
                Fails,
                mark(
                    "It would make AI a far larger part of AWS in 2024 than another source reports for two years later.",
                ),
            )],
        ),
        (
            &["X15"],
            &[(
                Reproduces,
                mark(
                    "The source says who grows faster, not when it overtakes; both growth rates carried on give the year.",
                ),
            )],
        ),
        (
            &["X16"],
            &[(
                Fails,
                mark(
                    "Another source has AI revenue rise within two years from a few billion to fifteen, which is far faster.",
                ),
            )],
        ),
        (
            &["X19"],
            &[(
                Reproduces,
                mark(
                    "The source says that Amazon’s money pays part of the pledge, not how much; what Amazon paid, and what it may yet pay, give the bounds.",
                ),
            )],
        ),
        (
            &["X32"],
            &[(
                Reproduces,
                mark(
                    "No source prints it; it is the value at which the printed parts of the chain fit together.",
                ),
            )],
        ),
        (
            &["X38"],
            &[(
                Reproduces,
                mark(
                    "No source prints it; it is what Amazon has put in, and may put in, as a part of what it is to be paid.",
                ),
            )],
        ),
        (
            &["X40"],
            &[(
                Fails,
                mark(
                    "With the beliefs as set, at least one figure of the chain is not the printed one.",
                ),
            )],
        ),
    ]
};

/// Some rows, and the reasons that each can have.
type Reasons = (&'static [&'static str], &'static [(Verdict, &'static str)]);

/// The published figures behind each row.
pub fn facts_of(id: &str) -> &'static [Fact] {
    match id {
        "R01" => &[DEAL_TOTAL_S1, DEAL_UPFRONT_S1, DEAL_MILESTONE_TRANCHE_S1],
        "R02" => &[AMZN_ANTHROPIC_TOTAL_2024_11, PHASE1_COMMIT, PHASE2_COMMIT],
        "R03" => &[
            AMZN_ANTHROPIC_TOTAL_2026_04,
            AMZN_ANTHROPIC_TOTAL_2024_11,
            PHASE3_INVEST,
        ],
        "R04" => &[PRED1_TOTAL, DEAL_TOTAL_S1, PRED1_ADDITIONAL],
        "R05" => &[
            AMZN_ANTHROPIC_LARGEST_DEAL,
            DEAL_TABLE_AMAZON_ANTHROPIC,
            DEAL_TABLE_MICROSOFT_OPENAI,
            DEAL_TABLE_GOOGLE_ANTHROPIC,
            DEAL_TABLE_ORACLE_OPENAI,
            OPENAI_OFFER,
        ],
        "R06" => &[
            SIMILAR_DOLLAR_CHECKS,
            AMZN_ANTHROPIC_TOTAL_2026_04,
            DEAL_TABLE_MICROSOFT_OPENAI,
        ],
        "R07" => &[INVEST_WINDOW_MONTHS, INITIAL_INVESTMENT, INVEST_TOTAL_S4],
        "R08" => &[
            CHIP_TABLE_TRAINING_SAVING,
            TRN2_COST_PER_MTOK,
            H100_COST_PER_MTOK,
        ],
        "R09" => &[
            CHIP_TABLE_INFERENCE_SAVING,
            INF2_COST_PER_MTOK,
            L40S_COST_PER_MTOK,
        ],
        "R10" => &[
            NVIDIA_LEADS_RAW_PERF,
            H100_TFLOPS_FP16,
            TRN2_TFLOPS_FP16,
            L40S_LATENCY_LLAMA70B,
            INF2_LATENCY_LLAMA70B,
        ],
        "R11" => &[
            NVIDIA_LEADS_RAW_PERF,
            TRN2_PERF_PER_WATT,
            H100_PERF_PER_WATT,
            INF2_PERF_PER_WATT,
            L40S_PERF_PER_WATT,
        ],
        "R12" => &[TRN2_VS_TRN1_PERF, TRN2_TFLOPS_FP16],
        "R13" => &[TRN3_VS_H200, TRN2_VS_H200, TRN2_VS_TRN3],
        "R14" => &[TRN3_VS_TPUV7_FP8, TRN3_FP8],
        "R15" => &[GRAVITON4_PPD_VS_EPYC, GRAVITON4_VS_EPYC_SCORE],
        "R16" => &[GRAVITON4_PPD_VS_XEON, GRAVITON4_VS_XEON_SCORE],
        "R17" => &[GRAVITON4_NETWORK, GRAVITON4_EBS, EPYC4_NETWORK, EPYC4_EBS],
        "R18" => &[TRN_GENERATIONS_YEARS, TRN3_STATUS, TRN1_ANNOUNCED],
        "R19" => &[TRN3_SCALE_VS_PREV, TRN3_SCALE_MAX, TRN3_ULTRASERVER_CHIPS],
        "R20" => &[RAINIER_TOTAL_GW, NEWCARLISLE_GW, NINDIANA_GW],
        "R21" => &[NEWCARLISLE_PHASE2_GW, NEWCARLISLE_GW, NEWCARLISLE_PHASE1_GW],
        "R22" => &[
            RAINIER_MATCHES_5GW,
            RAINIER_TOTAL_GW,
            ANTHROPIC_TRN_CAPACITY_COMMIT,
        ],
        "R23" => &[
            RAINIER_BUILD_MONTHS,
            NEWCARLISLE_CONSTRUCTION_START,
            NEWCARLISLE_PHASE1_FULL,
        ],
        "R24" => &[
            RAINIER_CAPEX_PER_GW,
            NEWCARLISLE_CAPEX,
            NEWCARLISLE_GW,
            NINDIANA_CAPEX,
            NINDIANA_GW,
        ],
        "R25" => &[
            CAPEX_ONE_TENTH_CAUTION,
            RAINIER_CAPEX_PER_GW,
            NVIDIA_CAPEX_PER_GW,
        ],
        "R26" => &[NEWCARLISLE_PHASE1_TRN2, NEWCARLISLE_PHASE1_GW],
        "R27" => &[AWS_NEW_CAPACITY_3_7, NINDIANA_GW_S3, GOV_AI_GW],
        "R28" => &[
            COMMIT_REVENUE_PER_GW_BELOW_NORM,
            ANTHROPIC_AWS_COMMIT,
            ANTHROPIC_AWS_COMMIT_TERM,
            ANTHROPIC_TRN_CAPACITY_COMMIT,
            REVENUE_PER_GW_NORM,
        ],
        "R29" => &[
            NEWCARLISLE_REVENUE_VS_NORM,
            NEWCARLISLE_REVENUE_ESTIMATE,
            NEWCARLISLE_REVENUE_ESTIMATE_GW,
            REVENUE_PER_GW_NORM,
        ],
        "R30" => &[AWS_AI_MIX_2026Q1, AWS_AI_ANNUALIZED_2026Q1],
        "R31" => &[
            ANTHROPIC_SHARE_AWS_AI_2026Q1,
            ANTHROPIC_SHARE_AWS_2026Q1,
            AWS_AI_MIX_2026Q1,
        ],
        "R32" => &[
            BEDROCK_SHARE_OF_AWS_AI,
            AWS_MAAS_REVENUE,
            AWS_AI_ANNUALIZED_2026Q1,
        ],
        "R33" => &[
            ANTHROPIC_ARR_2026_12,
            ANTHROPIC_ARR_2026_05,
            ANTHROPIC_ARR_DECAY_ASSUMPTION,
        ],
        "R34" => &[
            AWS_GROWTH_2026,
            AWS_NONAI_GROWTH_2026,
            ANTHROPIC_SHARE_AWS_2026,
        ],
        "R35" => &[
            ANTHROPIC_SHARE_AWS_2026,
            AI_ALL_ANTHROPIC_ASSUMPTION,
            AWS_NONAI_GROWTH_2026,
        ],
        "R36" => &[AWS_SAAS_SHARE, AWS_IAAS_SHARE, AWS_PAAS_SHARE],
        "R37" => &[
            AWS_MAAS_LEAD,
            AWS_MAAS_REVENUE,
            GCP_MAAS_REVENUE,
            AZURE_MAAS_REVENUE,
        ],
        "R38" => &[AWS_MAAS_OPM, AWS_OPM_2026Q1],
        "R39" => &[
            AWS_LEADS_AI_REVENUE_S1,
            AZURE_GROWING_FASTER_S1,
            AWS_AI_REVENUE_2024_S1,
            AZURE_AI_REVENUE_2024_S1,
            GCP_AI_REVENUE_2024_S1,
            OCI_AI_REVENUE_2024_S1,
            AWS_AI_GROWTH_S1,
            AZURE_AI_GROWTH_S1,
            OCI_AI_GROWTH_S1,
        ],
        "R40" => &[AMZN_YTD_RETURN, SP500_YTD_RETURN],
        "R41" => &[
            ANTHROPIC_MTM_GAIN,
            ANTHROPIC_VALUATION,
            AMZN_ANTHROPIC_TOTAL_S3,
        ],
        "R42" => &[ORACLE_ABILENE_MONTHS, RAINIER_BUILD_MONTHS],
        "R43" => &[AZURE_AI_MIX, AWS_AI_MIX_2026Q1],
        "X05" => &[
            TRN_TRAINING_COST_SAVING_CLAIMED,
            NEWCARLISLE_REVENUE_VS_NORM,
            TRN2_PERF_PER_WATT,
            H100_PERF_PER_WATT,
        ],
        "X06" => &[
            ANTHROPIC_AWS_COMMIT,
            ANTHROPIC_AWS_COMMIT_TERM,
            ANTHROPIC_SHARE_AWS_2026Q1,
            AWS_AI_ANNUALIZED_2026Q1,
            AWS_AI_MIX_2026Q1,
        ],
        "X09" => &[
            AWS_GROWTH_2026Q1,
            AWS_AI_ANNUALIZED_2026Q1,
            AWS_AI_MIX_2026Q1,
        ],
        "X12" => &[
            ANTHROPIC_SHARE_AWS_2026,
            NEWCARLISLE_REVENUE_ESTIMATE,
            NEWCARLISLE_REVENUE_ESTIMATE_GW,
        ],
        "X13" => &[ANTHROPIC_SHARE_AWS_AI_2026Q1, BEDROCK_SHARE_OF_AWS_AI],
        "X14" => &[AWS_AI_REVENUE_2024_S1, AWS_REVENUE_S3, AWS_AI_MIX_2026Q1],
        "X15" => &[
            AWS_AI_REVENUE_2024_S1,
            AWS_AI_GROWTH_S1,
            AZURE_AI_REVENUE_2024_S1,
            AZURE_AI_GROWTH_S1,
        ],
        "X16" => &[
            AWS_AI_GROWTH_S1,
            AWS_AI_ANNUALIZED_2024Q1,
            AWS_AI_ANNUALIZED_2026Q1,
        ],
        "X17" => &[
            AMZN_STAKE_SINGLE_DIGIT,
            ANTHROPIC_MTM_GAIN,
            ANTHROPIC_VALUATION,
        ],
        "X19" => &[
            CIRCULAR_ECONOMICS,
            PHASE3_INVEST,
            PHASE3_OPTION,
            ANTHROPIC_AWS_COMMIT,
        ],
        "X32" => &[
            ANTHROPIC_ARR_2026_05,
            CLAUDE_REVENUE_MULTIPLE,
            CLAUDE_REVENUE_WINDOW,
            AWS_AI_ANNUALIZED_2026Q1,
            ANTHROPIC_SHARE_AWS_2026,
            ANTHROPIC_ARR_2026_12,
        ],
        "X38" => &[
            AMZN_ANTHROPIC_TOTAL_2026_04,
            PHASE3_OPTION,
            ANTHROPIC_AWS_COMMIT,
        ],
        "X40" => &[
            AWS_GROWTH_2026Q1,
            AWS_AI_MIX_2026Q1,
            AWS_NONAI_GROWTH_2026,
            ANTHROPIC_SHARE_AWS_2026,
            AWS_GROWTH_2026,
        ],
        _ => &[],
    }
}

/// Equal, but for rounding errors.
fn equal(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * b.abs().max(1.0)
}

/// Equal once both are rounded to this many decimals.
fn rounds_to(value: f64, printed: f64, decimals: i32) -> bool {
    let scale = (0..decimals).fold(1.0, |scale, _| scale * 10.0);
    equal((value * scale).round(), (printed * scale).round())
}

fn within(value: f64, printed: f64, tolerance: f64) -> bool {
    (value - printed).abs() <= tolerance
}

fn inside(value: f64, low: f64, high: f64) -> bool {
    (low..=high).contains(&value)
}

/// Compound growth a period that makes a multiple over so many periods.
fn pace(multiple: f64, periods: f64) -> f64 {
    libm::pow(multiple, 1.0 / periods) - 1.0
}

fn deal() -> Vec<Row> {
    use Verdict::{Agrees, NotCheckable};
    let package = DEAL_UPFRONT_S1.value() + DEAL_MILESTONE_TRANCHE_S1.value();
    let by_2024 = PHASE1_COMMIT.value() + PHASE2_COMMIT.value();
    let by_2026 = AMZN_ANTHROPIC_TOTAL_2024_11.value() + PHASE3_INVEST.value();
    let (predicted_low, predicted_high) = (
        DEAL_TOTAL_S1.value() + PRED1_ADDITIONAL.low(),
        DEAL_TOTAL_S1.value() + PRED1_ADDITIONAL.high(),
    );
    let closed = [
        DEAL_TABLE_AMAZON_ANTHROPIC,
        DEAL_TABLE_MICROSOFT_OPENAI,
        DEAL_TABLE_GOOGLE_ANTHROPIC,
        DEAL_TABLE_ORACLE_OPENAI,
    ];
    let largest = closed.iter().map(Fact::value).fold(0.0, f64::max);
    let second = closed[1..].iter().map(Fact::value).fold(0.0, f64::max);
    let checks = AMZN_ANTHROPIC_TOTAL_2026_04.value() / DEAL_TABLE_MICROSOFT_OPENAI.value();
    let multiple = INVEST_TOTAL_S4.value() / INITIAL_INVESTMENT.value();
    let months = INVEST_WINDOW_MONTHS.value();
    let elapsed = (Month::new(2026, 4).index() - Month::new(2023, 9).index()) as f64;
    let gain = ANTHROPIC_MTM_GAIN.value() / ANTHROPIC_VALUATION.value();
    let carried = (AMZN_ANTHROPIC_TOTAL_S3.value() + ANTHROPIC_MTM_GAIN.value())
        / ANTHROPIC_VALUATION.value();
    vec![
        row(
            "R01",
            Agrees,
            [
                mark("Total of the April 2026 package"),
                mark("$25 bn"),
                mark("upfront + milestone money"),
            ],
            format!(
                "{} + {} = {package}",
                DEAL_UPFRONT_S1.value(),
                DEAL_MILESTONE_TRANCHE_S1.value()
            ),
            Check::Matches(equal(package, DEAL_TOTAL_S1.value())),
        ),
        row(
            "R02",
            Agrees,
            [
                mark("Invested by November 2024"),
                mark("$8 bn"),
                mark("first phase + second phase"),
            ],
            format!(
                "{} + {} = {by_2024}",
                PHASE1_COMMIT.value(),
                PHASE2_COMMIT.value()
            ),
            Check::Matches(equal(by_2024, AMZN_ANTHROPIC_TOTAL_2024_11.value())),
        ),
        row(
            "R03",
            Agrees,
            [
                mark("Invested by April 2026"),
                mark("$13 bn"),
                mark("total of November 2024 + third phase"),
            ],
            format!(
                "{} + {} = {by_2026}",
                AMZN_ANTHROPIC_TOTAL_2024_11.value(),
                PHASE3_INVEST.value()
            ),
            Check::Matches(equal(by_2026, AMZN_ANTHROPIC_TOTAL_2026_04.value())),
        ),
        row(
            "R04",
            Agrees,
            [
                mark("Predicted total"),
                mark("$35–40 bn"),
                mark("package + predicted 10 to 15 (leaves out the earlier 8)"),
            ],
            format!("{predicted_low}–{predicted_high}"),
            Check::Matches(
                equal(predicted_low, PRED1_TOTAL.low())
                    && equal(predicted_high, PRED1_TOTAL.high()),
            ),
        ),
        row(
            "R05",
            Agrees,
            [
                mark("Largest AI infrastructure deal"),
                mark("Amazon–Anthropic"),
                mark("the largest of the four closed deals of the table"),
            ],
            say!(
                "{largest} against {second}; the offer of {offer} was not closed",
                largest,
                second,
                offer = OPENAI_OFFER.value()
            ),
            Check::Matches(equal(largest, DEAL_TABLE_AMAZON_ANTHROPIC.value()) && largest > second),
        ),
        row(
            "R06",
            Agrees,
            [
                mark("Amazon’s and Microsoft’s money for their laboratories"),
                mark("similar"),
                mark("Amazon’s total ÷ Microsoft’s"),
            ],
            format!("{checks:.2}"),
            Check::Matches(inside(checks, 0.8, 1.25)),
        ),
        row(
            "R07",
            Agrees,
            [
                mark("$1.25 bn to $25 bn"),
                mark("in 30 months"),
                mark("25 ÷ 1.25; September 2023 to April 2026"),
            ],
            say!(
                "{multiple} times; {pace} % a month; {months} months",
                multiple,
                pace = decimals(100.0 * pace(multiple, months), 1),
                months = elapsed
            ),
            Check::Matches(equal(multiple, 20.0) && within(elapsed, months, 1.0)),
        ),
        row(
            "R41",
            NotCheckable,
            [
                mark("Gain at a valuation of $183 bn"),
                mark("$9.5 bn"),
                mark("gain ÷ valuation; (cost + gain) ÷ valuation"),
            ],
            say!(
                "{gain} % of the valuation, {with_cost} % with cost; the stake and the earlier mark are not published",
                gain = decimals(100.0 * gain, 2),
                with_cost = decimals(100.0 * carried, 2)
            ),
            Check::Missing,
        ),
    ]
}

fn chips() -> Vec<Row> {
    use Verdict::{Agrees, Fails, NotCheckable, Reproduces};
    let training = 100.0 * (1.0 - TRN2_COST_PER_MTOK.value() / H100_COST_PER_MTOK.value());
    let inference = 100.0 * (1.0 - INF2_COST_PER_MTOK.value() / L40S_COST_PER_MTOK.value());
    let speed = H100_TFLOPS_FP16.value() / TRN2_TFLOPS_FP16.value();
    let latency = L40S_LATENCY_LLAMA70B.value() / INF2_LATENCY_LLAMA70B.value();
    let (watts_training, watts_inference) = (
        TRN2_PERF_PER_WATT.value() / H100_PERF_PER_WATT.value(),
        INF2_PERF_PER_WATT.value() / L40S_PERF_PER_WATT.value(),
    );
    let trn1 = TRN2_TFLOPS_FP16.value() / TRN2_VS_TRN1_PERF.value();
    let (trn3_low, trn3_high) = (
        TRN2_VS_H200.value() / TRN2_VS_TRN3.high(),
        TRN2_VS_H200.value() / TRN2_VS_TRN3.low(),
    );
    let tpu = TRN3_FP8.value() / TRN3_VS_TPUV7_FP8.share();
    let epyc = GRAVITON4_VS_EPYC_SCORE.share() / (1.0 + GRAVITON4_PPD_VS_EPYC.share());
    let xeon = GRAVITON4_VS_XEON_SCORE.value() / (1.0 + GRAVITON4_PPD_VS_XEON.share());
    let years = TRN3_STATUS.value() - TRN1_ANNOUNCED.value();
    let previous = TRN3_SCALE_MAX.value() / TRN3_SCALE_VS_PREV.value();
    let servers = TRN3_SCALE_MAX.value() / TRN3_ULTRASERVER_CHIPS.value();
    vec![
        row(
            "R08",
            Fails,
            [
                mark("Training saving, said to be read from the table"),
                "40 %",
                "1 − $1.50 ÷ $2.00",
            ],
            format!("{training:.1} %"),
            Check::Matches(rounds_to(training, CHIP_TABLE_TRAINING_SAVING.value(), 0)),
        ),
        row(
            "R09",
            Agrees,
            [
                mark("Inference saving, said to be read from the table"),
                "33 %",
                "1 − $0.80 ÷ $1.20",
            ],
            format!("{inference:.1} %"),
            Check::Matches(rounds_to(inference, CHIP_TABLE_INFERENCE_SAVING.value(), 0)),
        ),
        row(
            "R10",
            Agrees,
            [
                mark("Nvidia leads in raw performance"),
                mark("in words"),
                mark("989 ÷ 800 TFLOPS; 38 ÷ 45 ms"),
            ],
            say!(
                "{speed} times the throughput, {latency} of the latency",
                speed = decimals(speed, 3),
                latency = decimals(latency, 3)
            ),
            Check::Matches(speed > 1.0 && latency < 1.0),
        ),
        row(
            "R11",
            Agrees,
            [
                mark("The edge is largest in inference"),
                mark("in words"),
                mark("savings and performance per watt, training against inference"),
            ],
            say!(
                "per watt +{training} % against +{inference} %; saving {training_saving} % against {inference_saving} %",
                training = decimals(100.0 * (watts_training - 1.0), 1),
                inference = decimals(100.0 * (watts_inference - 1.0), 1),
                training_saving = decimals(training, 1),
                inference_saving = decimals(inference, 1)
            ),
            Check::Matches(watts_inference > watts_training && inference > training),
        ),
        row(
            "R12",
            NotCheckable,
            [
                mark("Trainium 2 up to four times Trainium 1"),
                mark("4 times"),
                mark("800 TFLOPS ÷ 4"),
            ],
            say!(
                "Trainium 1 would reach {speed} TFLOPS; no source prints its speed",
                speed = trn1
            ),
            Check::Missing,
        ),
        row(
            "R13",
            Agrees,
            [
                mark("Trainium 3 just above H200"),
                mark("above 1"),
                mark("0.60 ÷ (0.60 to 0.50)"),
            ],
            say!(
                "{low}–{high} of H200; the index takes {index}, with Trainium 2 at {trn2}",
                low = decimals(trn3_low, 2),
                high = decimals(trn3_high, 2),
                index = decimals(TRN3_INDEX, 2),
                trn2 = decimals(TRN2_INDEX, 2)
            ),
            Check::Matches(trn3_low >= TRN3_VS_H200.low() - 1e-9 && trn3_high > 1.0),
        ),
        row(
            "R14",
            NotCheckable,
            [
                mark("Trainium 3 against TPU v7 in FP8"),
                mark("about 55 %"),
                mark("2.52 PFLOPS ÷ 0.55"),
            ],
            say!(
                "TPU v7 would reach {speed} PFLOPS ({index} of H200); no source prints it",
                speed = decimals(tpu, 2),
                index = decimals(TPU_V7_INDEX, 1)
            ),
            Check::Missing,
        ),
        row(
            "R15",
            Reproduces,
            [
                mark("Graviton4 per dollar against EPYC"),
                "+3.4 %",
                mark("score 0.80 ÷ price = 1.034"),
            ],
            say!("its price is {share} of EPYC’s", share = decimals(epyc, 4)),
            Check::Defines(inside(epyc, 0.5, 1.0)),
        ),
        row(
            "R16",
            Reproduces,
            [
                mark("Graviton4 per dollar against Xeon"),
                "+18 %",
                mark("score 1.0 ÷ price = 1.18"),
            ],
            say!("its price is {share} of Xeon’s", share = decimals(xeon, 4)),
            Check::Defines(inside(xeon, 0.5, 1.0)),
        ),
        row(
            "R17",
            Agrees,
            [
                mark("Graviton4's stronger input and output"),
                mark("600/300 against 300/50 Gbps"),
                "600 ÷ 300; 300 ÷ 50",
            ],
            say!(
                "{network} times the network, {storage} times the storage",
                network = GRAVITON4_NETWORK.value() / EPYC4_NETWORK.value(),
                storage = GRAVITON4_EBS.value() / EPYC4_EBS.value()
            ),
            Check::Matches(
                GRAVITON4_NETWORK.value() > EPYC4_NETWORK.value()
                    && GRAVITON4_EBS.value() > EPYC4_EBS.value(),
            ),
        ),
        row(
            "R18",
            Agrees,
            [
                mark("Three Trainium generations in five years"),
                mark("5 years"),
                "2025 − 2020",
            ],
            say!("{years} years", years),
            Check::Matches(equal(years, TRN_GENERATIONS_YEARS.value())),
        ),
        row(
            "R19",
            Reproduces,
            [
                mark("Trainium 3 scales to ten times the generation before"),
                mark("1 million chips"),
                mark("1,000,000 ÷ 10; ÷ 144 a server"),
            ],
            say!(
                "the generation before: {chips} chips; {servers} UltraServers",
                chips = previous,
                servers = decimals(servers, 1)
            ),
            Check::Defines(previous > 0.0),
        ),
    ]
}

fn capacity() -> Vec<Row> {
    use Verdict::{Agrees, UnderDetermined};
    let (new_low, new_high) = (NEWCARLISLE_GW.low(), NEWCARLISLE_GW.high());
    let north = NINDIANA_GW.value();
    let (total_low, total_high) = (new_low + north, new_high + north);
    let (add_low, add_high) = (
        new_low - NEWCARLISLE_PHASE1_GW.value(),
        new_high - NEWCARLISLE_PHASE1_GW.value(),
    );
    let commit = ANTHROPIC_TRN_CAPACITY_COMMIT.value();
    let start = Month::new(2024, 9).index();
    let (first, last) = (
        Month::new(2025, 12).index() - start,
        Month::new(2026, 3).index() - start,
    );
    let (capex_new_low, capex_new_high) = (
        NEWCARLISLE_CAPEX.value() / new_high,
        NEWCARLISLE_CAPEX.value() / new_low,
    );
    let capex_north = NINDIANA_CAPEX.value() / north;
    let chips = NEWCARLISLE_PHASE1_GW.value() * 1e9 / watts_at_facility() / 1e6;
    let new_capacity = NINDIANA_GW_S3.value() + GOV_AI_GW.value();
    let pledge = ANTHROPIC_AWS_COMMIT.value() / ANTHROPIC_AWS_COMMIT_TERM.value() / commit;
    let norm = REVENUE_PER_GW_NORM.value();
    let per_gw = NEWCARLISLE_REVENUE_ESTIMATE.value() / NEWCARLISLE_REVENUE_ESTIMATE_GW.value();
    let pace = RAINIER_BUILD_MONTHS.middle() / ORACLE_ABILENE_MONTHS.value();
    let tenth = RAINIER_CAPEX_PER_GW.low() / NVIDIA_CAPEX_PER_GW.value();
    vec![
        row(
            "R20",
            Agrees,
            [
                mark("Rainier, both campuses"),
                mark("4.6–4.7 GW"),
                mark("2.2 to 2.3 + 2.4"),
            ],
            gigawatts(total_low, total_high),
            Check::Matches(
                equal(total_low, RAINIER_TOTAL_GW.low())
                    && equal(total_high, RAINIER_TOTAL_GW.high()),
            ),
        ),
        row(
            "R21",
            Agrees,
            [
                mark("New Carlisle, still to add"),
                mark("0.9–1.0 GW"),
                mark("2.2 to 2.3 − 1.3"),
            ],
            gigawatts(add_low, add_high),
            Check::Matches(
                equal(add_low, NEWCARLISLE_PHASE2_GW.low())
                    && equal(add_high, NEWCARLISLE_PHASE2_GW.high()),
            ),
        ),
        row(
            "R22",
            Agrees,
            [
                mark("Rainier matches the commitment closely"),
                mark("5 GW"),
                mark("4.6 to 4.7 ÷ 5"),
            ],
            format!(
                "{:.0}–{:.0} %",
                100.0 * total_low / commit,
                100.0 * total_high / commit
            ),
            Check::Matches(inside(total_low / commit, 0.9, 1.1)),
        ),
        row(
            "R23",
            Agrees,
            [
                mark("From nothing to over a gigawatt"),
                mark("15–16 months"),
                mark("September 2024 to early 2026"),
            ],
            say!(
                "{first}–{last} months, 16 if early means January",
                first,
                last
            ),
            Check::Matches(
                inside(RAINIER_BUILD_MONTHS.low(), first as f64, last as f64)
                    && inside(RAINIER_BUILD_MONTHS.high(), first as f64, last as f64),
            ),
        ),
        row(
            "R24",
            Agrees,
            [
                mark("Rainier capex per gigawatt"),
                mark("about $5–6 bn"),
                mark("11 ÷ 2.3 to 2.2; 15 ÷ 2.4"),
            ],
            say!(
                "{low}–{high} and {other}",
                low = decimals(capex_new_low, 2),
                high = decimals(capex_new_high, 2),
                other = decimals(capex_north, 2)
            ),
            Check::Matches(
                rounds_to(capex_new_low, RAINIER_CAPEX_PER_GW.low(), 0)
                    && rounds_to(capex_north, RAINIER_CAPEX_PER_GW.high(), 0),
            ),
        ),
        row(
            "R25",
            Agrees,
            [
                mark("Rainier capex against Nvidia’s frame"),
                mark("a tenth (not all-in, says the source)"),
                mark("5 to 6 ÷ 50"),
            ],
            format!(
                "{tenth:.2}–{:.2}",
                RAINIER_CAPEX_PER_GW.high() / NVIDIA_CAPEX_PER_GW.value()
            ),
            Check::Matches(rounds_to(tenth, CAPEX_ONE_TENTH_CAUTION.value(), 1)),
        ),
        row(
            "R26",
            UnderDetermined,
            [
                mark("1.3 GW means 1.7 million Trainium 2"),
                mark("1.7 million"),
                mark("1.3 GW ÷ watts a chip, which the source does not print"),
            ],
            say!(
                "{chips} at {facility} W a chip, twice the chip’s own {own} W",
                chips = millions(chips, 2),
                facility = decimals(watts_at_facility(), 0),
                own = decimals(
                    watts(TRN2_TFLOPS_FP16.value(), TRN2_PERF_PER_WATT.value()),
                    0
                )
            ),
            Check::Hidden(within(chips, NEWCARLISLE_PHASE1_TRN2.value() / 1e6, 0.05)),
        ),
        row(
            "R27",
            Agrees,
            [
                mark("New capacity"),
                mark("3.7 GW"),
                mark("Northern Indiana 2.4 + government 1.3 (no New Carlisle)"),
            ],
            say!("{power} GW", power = decimals(new_capacity, 1)),
            Check::Matches(equal(new_capacity, AWS_NEW_CAPACITY_3_7.value())),
        ),
        row(
            "R28",
            Agrees,
            [
                mark("Revenue per gigawatt under the pledge"),
                mark("far below the norm of over $10 bn"),
                mark("100 ÷ 10 years ÷ 5 GW"),
            ],
            say!(
                "{amount}, {share} % of the norm",
                amount = billions(pledge, 2),
                share = decimals(100.0 * pledge / norm, 0)
            ),
            Check::Matches(
                pledge < 0.5 * norm && equal(pledge, COMMIT_PER_GW_BELOW_NORM_2.value()),
            ),
        ),
        row(
            "R29",
            Agrees,
            [
                mark("New Carlisle’s revenue against the norm"),
                "60–65 %",
                "14 ÷ 2.2 ÷ 10",
            ],
            say!(
                "{amount}, {share} % of the norm",
                amount = billions(per_gw, 2),
                share = decimals(100.0 * per_gw / norm, 1)
            ),
            Check::Matches(inside(
                100.0 * per_gw / norm,
                NEWCARLISLE_REVENUE_VS_NORM.low(),
                NEWCARLISLE_REVENUE_VS_NORM.high(),
            )),
        ),
        row(
            "R42",
            Agrees,
            [
                mark("Rainier’s pace against Oracle’s Abilene"),
                mark("roughly in line"),
                mark("15 to 16 ÷ 15 months"),
            ],
            format!("{pace:.2}"),
            Check::Matches(inside(pace, 0.9, 1.1)),
        ),
    ]
}

fn revenue(outcome: &Outcome) -> Vec<Row> {
    use Verdict::{Agrees, Reproduces, UnderDetermined};
    let base = AWS_AI_ANNUALIZED_2026Q1.value() / AWS_AI_MIX_2026Q1.share();
    let bedrock = BEDROCK_SHARE_OF_AWS_AI.share() * AWS_AI_ANNUALIZED_2026Q1.value();
    let arr = outcome.get(Output::Arr202612);
    let may = ANTHROPIC_ARR_2026_05.value();
    let adds = arr - may;
    let net_add = Lever::ArrNetAdd.spec().default;
    let decay = net_add_decay((arr - may) / net_add);
    let growth = outcome.get(Output::AwsGrowth2026);
    let share = outcome.get(Output::AnthropicShare2026);
    let ai_2025 = Lever::AiShare2025.spec().default / 100.0;
    let identity = (1.0 + AWS_NONAI_GROWTH_2026.share()) * (1.0 - ai_2025)
        / (1.0 - ANTHROPIC_SHARE_AWS_2026.share())
        - 1.0;
    let rest = 100.0 - AWS_IAAS_SHARE.value() - AWS_PAAS_SHARE.value();
    let (low, high) = (
        100.0 * ANTHROPIC_SHARE_AWS_2026Q1.low() / AWS_AI_MIX_2026Q1.value(),
        100.0 * ANTHROPIC_SHARE_AWS_2026Q1.high() / AWS_AI_MIX_2026Q1.value(),
    );
    let table: Vec<f64> = race::Cloud::ALL
        .iter()
        .map(|cloud| cloud.published().0.value())
        .collect();
    vec![
        row(
            "R30",
            Reproduces,
            [
                mark("AWS base behind its AI share"),
                mark("AI about 10 %"),
                "15 ÷ 0.10",
            ],
            say!(
                "{year} a year, {quarter} in the quarter",
                year = billions(base, 0),
                quarter = billions(base / 4.0, 1)
            ),
            Check::Defines(base > 0.0),
        ),
        row(
            "R31",
            Agrees,
            [
                mark("Anthropic’s share of AWS AI revenue"),
                mark("80 % or more"),
                mark("8 to 9 ÷ 10"),
            ],
            format!("{low:.0}–{high:.0} %"),
            Check::Matches(low >= ANTHROPIC_SHARE_AWS_AI_2026Q1.low() - 1e-9),
        ),
        row(
            "R32",
            Agrees,
            [
                mark("Bedrock’s share and its dollars"),
                mark("37 %; $5.5 bn"),
                "0.37 × 15",
            ],
            say!(
                "0.37 × 15 = {product}; the model’s quarter gives {quarter}",
                product = decimals(bedrock, 2),
                quarter = decimals(outcome.get(Output::BedrockRevenue2026Q1), 2)
            ),
            Check::Matches(within(
                bedrock,
                AWS_MAAS_REVENUE.value(),
                0.015 * AWS_MAAS_REVENUE.value(),
            )),
        ),
        row(
            "R33",
            UnderDetermined,
            [
                mark("ARR from May to December 2026"),
                mark("45 to just over 70"),
                mark(
                    "45 + net adds that shrink by a constant factor; May’s net add is not printed",
                ),
            ],
            say!(
                "{may} + {adds} = {december}, a factor of {factor} if May added {added}",
                may,
                adds = decimals(adds, 1),
                december = decimals(arr, 1),
                factor = decimals(decay, 4),
                added = net_add
            ),
            Check::Hidden(arr > ANTHROPIC_ARR_2026_12.low() && arr <= 71.0),
        ),
        row(
            "R34",
            Agrees,
            [
                mark("AWS growth in 2026"),
                mark("35 % or more"),
                mark("1.16 × (1 − AI share 2025) ÷ (1 − 0.19) − 1; and the model’s own sum"),
            ],
            say!(
                "{growth} %; the model’s months sum to {summed} %",
                growth = decimals(100.0 * identity, 1),
                summed = decimals(100.0 * growth, 1)
            ),
            Check::Matches(
                within(100.0 * growth, AWS_GROWTH_2026.value(), 0.3)
                    || growth >= AWS_GROWTH_2026.share(),
            ),
        ),
        row(
            "R35",
            Agrees,
            [
                mark("Anthropic’s share of AWS revenue in 2026"),
                mark("about 19 %"),
                mark("AI revenue ÷ AWS revenue over the year"),
            ],
            say!(
                "{ai} of {aws} = {share} %",
                ai = decimals(outcome.get(Output::AiRevenue2026), 2),
                aws = decimals(outcome.get(Output::AwsRevenue2026), 1),
                share = decimals(100.0 * share, 1)
            ),
            Check::Matches(within(100.0 * share, ANTHROPIC_SHARE_AWS_2026.value(), 0.2)),
        ),
        row(
            "R36",
            Agrees,
            [
                mark("Layers of AWS"),
                mark("60 % + 30 % + single digit"),
                "100 − 60 − 30",
            ],
            say!("{share} %, single-digit only if 60 is 61", share = rest),
            Check::Matches(within(rest, AWS_SAAS_SHARE.high(), 1.0)),
        ),
        row(
            "R37",
            Agrees,
            [
                mark("Token services: AWS, then Google, then Azure"),
                mark("5.5; just under 5; under 2"),
                "5.5 > 5 > 2",
            ],
            format!(
                "{} > {} > {}",
                AWS_MAAS_REVENUE.value(),
                GCP_MAAS_REVENUE.high(),
                AZURE_MAAS_REVENUE.high()
            ),
            Check::Matches(
                AWS_MAAS_REVENUE.value() > GCP_MAAS_REVENUE.high()
                    && GCP_MAAS_REVENUE.high() > AZURE_MAAS_REVENUE.high(),
            ),
        ),
        row(
            "R38",
            Agrees,
            [
                mark("Token services earn more than AWS as a whole"),
                mark("55 % against below 38 %"),
                "55 − 38",
            ],
            say!(
                "at least {points} points",
                points = AWS_MAAS_OPM.value() - AWS_OPM_2026Q1.high()
            ),
            Check::Matches(AWS_MAAS_OPM.value() > AWS_OPM_2026Q1.high()),
        ),
        row(
            "R39",
            Agrees,
            [
                mark("AWS leads in AI revenue, Azure grows faster"),
                mark("ranks of one table"),
                "45 > 38 > 28 > 8; 40 % > 35 %",
            ],
            say!(
                "AWS first, Azure faster; Oracle, at {growth} %, is fastest",
                growth = OCI_AI_GROWTH_S1.value()
            ),
            Check::Matches(
                table.windows(2).all(|pair| pair[0] > pair[1])
                    && AZURE_AI_GROWTH_S1.value() > AWS_AI_GROWTH_S1.value(),
            ),
        ),
        row(
            "R40",
            Agrees,
            [
                mark("Amazon’s shares ahead of the S&P 500"),
                mark("8 % against 2 %"),
                "8 − 2",
            ],
            say!(
                "{points} points",
                points = AMZN_YTD_RETURN.value() - SP500_YTD_RETURN.value()
            ),
            Check::Matches(AMZN_YTD_RETURN.value() > SP500_YTD_RETURN.value()),
        ),
        row(
            "R43",
            Agrees,
            [
                mark("AI’s share of AWS trails Azure’s"),
                mark("about 10 % against 20 % or more"),
                "20 ÷ 10",
            ],
            say!(
                "at least {multiple} times",
                multiple = AZURE_AI_MIX.low() / AWS_AI_MIX_2026Q1.value()
            ),
            Check::Matches(AZURE_AI_MIX.low() > AWS_AI_MIX_2026Q1.value()),
        ),
    ]
}

fn cross_checks(outcome: &Outcome) -> Vec<Row> {
    use Verdict::{Agrees, Fails, Reproduces, Tension};
    let gigawatt = outcome.get(Output::TrainingCostGigawatt);
    let pledge_a_year = ANTHROPIC_AWS_COMMIT.value() / ANTHROPIC_AWS_COMMIT_TERM.value();
    let base = AWS_AI_ANNUALIZED_2026Q1.value() / AWS_AI_MIX_2026Q1.share();
    let running = ANTHROPIC_SHARE_AWS_2026Q1.low() / 100.0 * base;
    let aws_2025 = outcome.year(Series::AwsRevenue, 2025);
    let supply_2026 = outcome.year(Series::Supply, 2026);
    let ai_2026 = outcome.get(Output::AiRevenue2026);
    let claimed = ANTHROPIC_SHARE_AWS_AI_2026Q1.low() + BEDROCK_SHARE_OF_AWS_AI.value();
    let world = AWS_REVENUE_S3.value() / AWS_CLOUD_SHARE_S1.share();
    let mix = 100.0 * AWS_AI_REVENUE_2024_S1.value() / (AWS_CLOUD_SHARE_S1.share() * world);
    let ai_pace = |before: f64| 100.0 * pace(AWS_AI_ANNUALIZED_2026Q1.value() / before, 2.0);
    let (slow, fast) = (
        ai_pace(AWS_AI_ANNUALIZED_2024Q1.high()),
        ai_pace(AWS_AI_ANNUALIZED_2024Q1.low()),
    );
    let stake = 100.0 * ANTHROPIC_MTM_GAIN.value() / ANTHROPIC_VALUATION.value();
    let most =
        100.0 * (PHASE3_INVEST.value() + PHASE3_OPTION.value()) / ANTHROPIC_AWS_COMMIT.value();
    let least = 100.0 * PHASE3_INVEST.value() / ANTHROPIC_AWS_COMMIT.value();
    let ratio = Lever::SpendRatio.spec().default;
    let solved = solve::reach(
        &Scenario::default(),
        Lever::SpendRatio,
        Output::AnthropicShare2026,
        ANTHROPIC_SHARE_AWS_2026.share(),
    )
    .from(ratio);
    let quarter = Month::new(2026, 1).index()..Month::new(2026, 4).index();
    let first_supply: f64 = outcome.path(Series::Supply).values()[quarter].iter().sum();
    let first_other = (ai_q1_2026::<f64>() - first_supply) * 4.0 / REVENUE_PER_GW_NORM.value();
    let paid = 100.0 * (AMZN_ANTHROPIC_TOTAL_2026_04.value() + PHASE3_OPTION.value())
        / ANTHROPIC_AWS_COMMIT.value();
    let crossover = race::crossover().unwrap_or_default();
    vec![
        row(
            "X05",
            Agrees,
            [
                mark("A third route to the training saving"),
                mark("up to 40 % claimed"),
                mark("price per gigawatt ÷ (2.1 ÷ 1.8 TFLOPS a watt)"),
            ],
            say!(
                "{saving} % cheaper per unit of work",
                saving = decimals(100.0 * (1.0 - gigawatt), 1)
            ),
            Check::Matches(within(
                100.0 * (1.0 - gigawatt),
                TRN_TRAINING_COST_SAVING_CLAIMED.value(),
                10.0,
            )),
        ),
        row(
            "X06",
            Tension,
            [
                mark("The pledge against what is already spent"),
                mark("$100 bn over 10 years"),
                mark("100 ÷ 10 against 8 % of AWS in early 2026"),
            ],
            say!(
                "{pledged} a year pledged, {running} a year already running",
                pledged = pledge_a_year,
                running = decimals(running, 1)
            ),
            Check::Excludes(running > pledge_a_year),
        ),
        row(
            "X09",
            Reproduces,
            [
                mark("AWS revenue in 2025"),
                mark("not printed"),
                mark("37.5 a quarter in early 2026, 28 % growth, geometric between"),
            ],
            say!(
                "{year}, from {quarter} in the first quarter",
                year = billions(aws_2025, 1),
                quarter = billions(aws_q1_2025::<f64>(), 2)
            ),
            Check::Defines(within(aws_2025, 128.9, 0.1)),
        ),
        row(
            "X12",
            Tension,
            [
                mark("AI revenue of 2026 against Rainier’s capacity"),
                mark("19 % of AWS"),
                mark("AI revenue against what the Trainium online can earn"),
            ],
            say!(
                "{sold} sold, {earned} earned by the power of the sites; the first quarter alone needed {power} GW more",
                sold = billions(ai_2026, 1),
                earned = billions(supply_2026, 1),
                power = decimals(first_other, 1)
            ),
            Check::Excludes(ai_2026 > supply_2026),
        ),
        row(
            "X13",
            Tension,
            [
                mark("Anthropic’s and Bedrock’s shares of AWS AI"),
                mark("80 % or more; 37 %"),
                mark("80 + 37 against 100"),
            ],
            say!(
                "{sum} %, so at least {excess} % is counted twice",
                sum = claimed,
                excess = claimed - 100.0
            ),
            Check::Excludes(claimed > 100.0),
        ),
        row(
            "X14",
            Fails,
            [
                mark("AWS AI revenue in 2024"),
                mark("$45 bn"),
                mark("45 ÷ AWS revenue of 110, against an AI share of about 10 % two years later"),
            ],
            say!("{share} % of AWS", share = decimals(mix, 0)),
            Check::Matches(within(mix, AWS_AI_MIX_2026Q1.value(), 5.0)),
        ),
        row(
            "X15",
            Reproduces,
            [
                mark("When Azure passes AWS in AI revenue"),
                mark("not printed"),
                mark("38 × 1.40ⁿ against 45 × 1.35ⁿ"),
            ],
            say!(
                "{year}: {azure} against {aws}",
                year = crossover,
                azure = decimals(race::revenue(race::Cloud::Azure, crossover), 1),
                aws = decimals(race::revenue(race::Cloud::Aws, crossover), 1)
            ),
            Check::Defines(crossover == 2029),
        ),
        row(
            "X16",
            Fails,
            [
                mark("AWS AI growth"),
                mark("35 % a year"),
                mark("low single digits in early 2024 to 15 in early 2026, over two years"),
            ],
            say!(
                "{slow}–{fast} % a year",
                slow = decimals(slow, 0),
                fast = decimals(fast, 0)
            ),
            Check::Matches(inside(AWS_AI_GROWTH_S1.value(), slow, fast)),
        ),
        row(
            "X17",
            Agrees,
            [
                mark("Amazon’s stake"),
                mark("a single-digit share"),
                mark("gain ÷ valuation is the least it can be"),
            ],
            say!("at least {share} %", share = decimals(stake, 2)),
            Check::Matches(stake < AMZN_STAKE_SINGLE_DIGIT.high()),
        ),
        row(
            "X19",
            Reproduces,
            [
                mark("How much of the pledge Amazon’s own money could pay"),
                mark("“partly financed”"),
                mark("5 to 25 ÷ 100"),
            ],
            format!("{least:.0}–{most:.0} %"),
            Check::Defines(most <= 100.0),
        ),
        row(
            "X32",
            Reproduces,
            [
                mark("AWS compute per dollar of ARR"),
                mark("not printed"),
                mark(
                    "the ratio at which Anthropic is 19 % of AWS in 2026; and the ARR of February that then makes the first quarter",
                ),
            ],
            say!(
                "{solved} %; the model takes {ratio} %, which makes ARR {arr} in February 2026",
                solved = decimals(solved.unwrap_or_default(), 1),
                ratio,
                arr = decimals(february_anchor(), 1)
            ),
            Check::Defines(solved.is_some_and(|solved| within(solved, ratio, 1.0))),
        ),
        row(
            "X38",
            Reproduces,
            [
                mark("Margin on the pledge that returns Amazon’s money"),
                mark("not printed"),
                mark("13 to 33 ÷ 100"),
            ],
            say!(
                "{low}–{high} %; the April package alone {april} %",
                low = decimals(
                    100.0 * AMZN_ANTHROPIC_TOTAL_2026_04.value() / ANTHROPIC_AWS_COMMIT.value(),
                    0
                ),
                high = decimals(paid, 0),
                april = decimals(
                    100.0 * DEAL_TOTAL_S1.value() / ANTHROPIC_AWS_COMMIT.value(),
                    0
                )
            ),
            Check::Defines(paid < 100.0),
        ),
        row(
            "X40",
            Agrees,
            [
                mark("Do one source’s figures for 2026 hold together?"),
                "28 %, 10 %, 16 %, 19 %, 35 %",
                mark("the model’s months, summed"),
            ],
            say!(
                "{quarter} % in the first quarter; {growth} % and {share} % over the year; Anthropic {of_ai} % of AI",
                quarter = decimals(100.0 * outcome.get(Output::AwsGrowth2026Q1), 1),
                growth = decimals(100.0 * outcome.get(Output::AwsGrowth2026), 1),
                share = decimals(100.0 * outcome.get(Output::AnthropicShare2026), 1),
                of_ai = decimals(100.0 * anthropic_of_ai::<f64>(), 0)
            ),
            Check::Matches(
                within(
                    100.0 * outcome.get(Output::AwsGrowth2026Q1),
                    AWS_GROWTH_2026Q1.value(),
                    0.5,
                ) && within(
                    100.0 * outcome.get(Output::AwsGrowth2026),
                    AWS_GROWTH_2026.value(),
                    0.3,
                ) && within(
                    100.0 * outcome.get(Output::AnthropicShare2026),
                    ANTHROPIC_SHARE_AWS_2026.value(),
                    0.2,
                ),
            ),
        ),
    ]
}

/// Rows in the order of their ids.
pub fn in_order(mut rows: Vec<Row>) -> Vec<Row> {
    rows.sort_by_key(|row| row.id);
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_a_smaller_unit_a_number_keeps_its_figures() {
        assert_eq!(counted(12.54, 1.0, 2), "12.54");
        assert_eq!(counted(12.54, 10.0, 2), "125.4");
        assert_eq!(counted(12.54, 100.0, 1), "1254");
    }

    #[test]
    fn equal_is_but_for_rounding_errors_and_rounded_to_what_is_printed() {
        assert!(equal(1e12 + 1.0, 1e12));
        assert!(equal(1e-10, 0.0));
        assert!(!equal(1e12 + 1e4, 1e12));
        assert!(!equal(0.1, 0.2));
        assert!(rounds_to(0.26, 0.31, 1));
        assert!(rounds_to(-0.26, -0.31, 1));
        assert!(!rounds_to(0.24, 0.31, 1));
        assert!(rounds_to(12.6, 13.4, 0));
        assert!(!rounds_to(12.4, 13.4, 0));
        assert!(within(1.0, 1.5, 0.5) && within(2.0, 1.5, 0.5));
        assert!(!within(0.9, 1.5, 0.5) && !within(2.1, 1.5, 0.5));
        assert!(inside(1.0, 1.0, 2.0) && inside(2.0, 1.0, 2.0) && !inside(2.1, 1.0, 2.0));
        assert!(equal(pace(8.0, 3.0), 1.0));
    }
}
