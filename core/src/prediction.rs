//! What sources predict or tell readers to watch, with what the model says of each.
//!
//! A prediction can be told only by time; a signal has no value yet. Both stand here as
//! rows, and where the model has nothing to say the row says why.

use crate::assumption;
use crate::fact::Fact;
use crate::fact::facts::*;
use crate::format;
use crate::levers::Lever;
use crate::model;
use crate::model::revenue::PLEDGE_START;
use crate::month::{HORIZON, LAST_YEAR, Month};
use crate::outcome::{Outcome, Output, Series};
use crate::say;
use crate::scenario::Scenario;
use crate::unit::Unit;
use crate::words::{mark, t};

/// A prediction or a signal, with what the model says of it.
#[derive(Clone, Debug)]
pub struct Prediction {
    /// What kind of row it is.
    pub kind: Kind,
    /// What is predicted or watched.
    pub what: String,
    /// The claims behind it.
    pub facts: &'static [Fact],
    /// How the model stands to it.
    pub stance: Stance,
    /// What the model says, or why it says nothing.
    pub says: String,
}

/// Whether a source states something of the future or tells readers where to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A statement of what will be.
    Prediction,
    /// A thing to watch.
    Signal,
}

/// How the model stands to a prediction or signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stance {
    /// In this scenario it comes about.
    Agrees,
    /// In this scenario it does not.
    Differs,
    /// It is a belief, set to come about.
    SetSo,
    /// It is a belief, set not to.
    SetOtherwise,
    /// The model has a figure for it, but no yes or no.
    Figure,
    /// The model has nothing that could tell.
    Silent,
}

impl Stance {
    /// The word for it in English, which is its key on the page.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Agrees => mark("agrees"),
            Self::Differs => mark("differs"),
            Self::SetSo => mark("set so here"),
            Self::SetOtherwise => mark("set otherwise here"),
            Self::Figure => mark("has a figure"),
            Self::Silent => mark("is silent"),
        }
    }

    /// The word for it.
    pub fn name(self) -> &'static str {
        t(self.id())
    }

    /// Whether it agrees.
    fn agrees(so: bool) -> Self {
        if so { Self::Agrees } else { Self::Differs }
    }

    /// How a belief is set: it is no finding of the model's.
    fn set(so: bool) -> Self {
        if so { Self::SetSo } else { Self::SetOtherwise }
    }
}

/// The month to which the power of a year is taken.
const fn end_of(year: usize) -> Month {
    Month::new(year, 12)
}

fn gigawatts(value: f64) -> String {
    format::value(Unit::Gw, value)
}

fn dollars(value: f64) -> String {
    format::value(Unit::UsdBn, value)
}

/// A share with one decimal, for shares that lie close together.
fn finely(share: f64) -> String {
    format::share(share, 1)
}

/// Every prediction and signal, predictions first, each for this scenario.
pub fn predictions(scenario: &Scenario, outcome: &Outcome) -> Vec<Prediction> {
    let mut rows = vec![
        margin_lift(outcome),
        capacity_doubles(outcome),
        new_carlisle(outcome),
        top_up(scenario, outcome),
        usage(outcome),
        partnership(scenario),
        bubble(outcome),
    ];
    let silent = |what: &str, facts, says: &str| Prediction {
        kind: Kind::Prediction,
        what: what.into(),
        facts,
        stance: Stance::Silent,
        says: says.into(),
    };
    rows.extend([
        silent(
            t("Trainium 4, if it meets its goals, wins the hardest work of leading laboratories and lifts the growth of AWS"),
            &[TRN4_UPSIDE],
            t("Its first power comes in a month that no source gives, and a gigawatt earns the same whatever chip it feeds, so the new chip adds no growth."),
        ),
        silent(
            t("Tests of Trainium 4 appear in 2026"),
            &[SIGNAL_TRN4_BENCHMARKS],
            t("It holds no tests, and expects the chip’s first power only after 2026."),
        ),
        silent(
            t("More use of OpenAI’s models through Bedrock"),
            &[OPENAI_ON_BEDROCK],
            t("Bedrock is one share of AI revenue, held constant, whoever’s models it sells."),
        ),
        silent(
            t("Amazon’s further support comes as computing credits instead of shares"),
            &[PRED1_CREDITS],
            t("It knows cash alone."),
        ),
        silent(
            t("Payments that hang on milestones become normal in large contracts"),
            &[PRED1_MILESTONE_STANDARD],
            t("It follows one contract."),
        ),
        silent(
            t("AWS offers a service called AI Foundry by the third quarter of 2026, and young firms make it their first choice"),
            &[PRED2_FOUNDRY_DATE, PRED2_FOUNDRY_CONTENT, PRED2_DEFAULT_STARTUPS],
            t("It tells no service of AWS apart but Bedrock."),
        ),
        silent(
            t("Other clouds back several AI firms at once"),
            &[PRED3_HEDGE_SPREADS],
            t("It counts no deals of other clouds."),
        ),
    ]);
    rows.extend(signals(scenario, outcome));
    rows
}

/// A lift of AWS's margin that can be seen by 2027 (`margin-lift-year`): the year 2027
/// against 2026, by [`assumption::VISIBLE_LIFT`] at least.
fn margin_lift(outcome: &Outcome) -> Prediction {
    let [before, after] = [Output::AwsMargin2026, Output::AwsMargin2027].map(|o| outcome.get(o));
    Prediction {
        kind: Kind::Prediction,
        what: t("AI lifts the operating margin of AWS visibly by 2027 at the latest").into(),
        facts: &[MARGIN_LIFT_YEAR, AWS_OPM_2026Q1],
        stance: Stance::agrees(after - before >= assumption::VISIBLE_LIFT.value),
        says: say!(
            "The margin is {before} over 2026 and {after} over 2027.",
            before = finely(before),
            after = finely(after)
        ),
    }
}

/// Twice the capacity by 2027 (`amzn-capacity-double-2027`), for Anthropic's part of it,
/// which is all that the model builds: the end of 2027 against the end of 2025. The
/// source says neither from where nor whether it means the power for AI.
fn capacity_doubles(outcome: &Outcome) -> Prediction {
    let online = |year| outcome.path(Series::GwOnline)[end_of(year)];
    let (before, after) = (online(2025), online(2027));
    Prediction {
        kind: Kind::Prediction,
        what: t("Amazon’s computing capacity doubles by 2027").into(),
        facts: &[AMZN_CAPACITY_DOUBLE_2027],
        stance: Stance::agrees(after > 0.0 && after >= AMZN_CAPACITY_DOUBLE_2027.value() * before),
        says: say!(
            "The part built for Anthropic goes from {before} at the end of 2025 to {after} at the end of 2027; the rest of Amazon is not in the model.",
            before = gigawatts(before),
            after = gigawatts(after)
        ),
    }
}

/// The second phase of New Carlisle, much of it before 2026 is out
/// (`newcarlisle-phase2-gw`, `newcarlisle-phase1-gw`). Much is read as half.
fn new_carlisle(outcome: &Outcome) -> Prediction {
    let online = outcome.path(Series::GwNewCarlisle)[end_of(2026)];
    let beyond = (online - NEWCARLISLE_PHASE1_GW.value()).max(0.0);
    Prediction {
        kind: Kind::Prediction,
        what: t("New Carlisle goes beyond its first phase, in large part before 2027").into(),
        facts: &[NEWCARLISLE_PHASE2_GW, NEWCARLISLE_PHASE1_GW],
        stance: Stance::agrees(beyond >= NEWCARLISLE_PHASE2_GW.middle() / 2.0),
        says: say!(
            "{built} of the {least} to {most} still to come stand by the end of 2026.",
            built = gigawatts(beyond),
            least = format::number(NEWCARLISLE_PHASE2_GW.low(), 1),
            most = gigawatts(NEWCARLISLE_PHASE2_GW.high())
        ),
    }
}

/// A further round of Amazon's money (`pred1-additional`, `pred1-window`, `pred1-total`).
/// As the source's total does, the model's leaves out what was paid before 2026
/// (`amzn-anthropic-total-2024-11`); unlike it, it takes of the conditional money only
/// what is expected.
fn top_up(scenario: &Scenario, outcome: &Outcome) -> Prediction {
    let added = scenario.get(Lever::TopUp);
    let all = PHASE3_INVEST.value() + outcome.get(Output::ContingentExpected) + added;
    Prediction {
        kind: Kind::Prediction,
        what: say!(
            "Amazon announces another {amount} for Anthropic within {months} months, which makes {total} without the {earlier} paid before 2026",
            amount = format::published(&PRED1_ADDITIONAL),
            months = format::number(PRED1_WINDOW.value(), 0),
            total = format::published(&PRED1_TOTAL),
            earlier = dollars(AMZN_ANTHROPIC_TOTAL_2024_11.value())
        ),
        facts: &[PRED1_ADDITIONAL, PRED1_WINDOW, PRED1_TOTAL],
        stance: Stance::set(added >= PRED1_ADDITIONAL.low()),
        says: say!(
            "The top-up is set to {amount}; with what was paid in April 2026 and what is expected of the conditional money, that makes {total} without the earlier money.",
            amount = dollars(added),
            total = dollars(all)
        ),
    }
}

/// Usage of a hundred billion (`usage-projected-s4`), counted from the pledge on. The
/// source gives no period.
fn usage(outcome: &Outcome) -> Prediction {
    let spent = outcome.path(Series::PledgeSpent);
    let projected = USAGE_PROJECTED_S4.value();
    let reached = (PLEDGE_START..HORIZON)
        .filter_map(Month::at)
        .find(|&month| spent[month] >= projected);
    let says = match reached {
        Some(month) => say!(
            "Spend since April 2026 reaches it in {month}.",
            month = format::month(month)
        ),
        None => say!(
            "Spend since April 2026 does not reach it by the end of {year}.",
            year = LAST_YEAR
        ),
    };
    Prediction {
        kind: Kind::Prediction,
        what: say!(
            "Anthropic’s usage is worth {amount}, no period given",
            amount = dollars(projected)
        ),
        facts: &[USAGE_PROJECTED_S4],
        stance: Stance::Figure,
        says,
    }
}

/// A tie that lasts (`amzn-wont-replay-msft`), as far as the belief of what leaves AWS
/// each year says so.
fn partnership(scenario: &Scenario) -> Prediction {
    let leaves = scenario.get(Lever::Loosening);
    Prediction {
        kind: Kind::Prediction,
        what: t("Amazon and Anthropic do not drift apart as Microsoft and OpenAI did").into(),
        facts: &[AMZN_WONT_REPLAY_MSFT],
        stance: Stance::set(leaves <= 0.0),
        says: say!(
            "How much of the work leaves AWS each year is set, not computed: {share}.",
            share = format::lever(Lever::Loosening, leaves)
        ),
    }
}

/// Contracts at a loss (`pred3-compute-bubble`): the model knows what renting out leaves
/// at today's prices, not what a glut would do to them.
fn bubble(outcome: &Outcome) -> Prediction {
    Prediction {
        kind: Kind::Prediction,
        what: t("Too much money flows into AI laboratories, and clouds keep contracts that may lose money once demand cools").into(),
        facts: &[PRED3_COMPUTE_BUBBLE],
        stance: Stance::Figure,
        says: say!(
            "At these prices renting out Trainium leaves {trainium} and renting out GPUs {gpus}; how a glut would lower prices it does not know.",
            trainium = finely(outcome.get(Output::TrainiumMargin)),
            gpus = finely(outcome.get(Output::GpuMargin))
        ),
    }
}

/// What sources tell readers to watch. For the step from utilization to margin the model
/// runs twice more, with the sold share at either end of its range.
fn signals(scenario: &Scenario, outcome: &Outcome) -> [Prediction; 8] {
    let signal = |what: &str, facts, stance, says: String| Prediction {
        kind: Kind::Signal,
        what: what.into(),
        facts,
        stance,
        says,
    };
    let silent = |what, facts, says: &str| signal(what, facts, Stance::Silent, says.into());
    let figure = |what, facts, says| signal(what, facts, Stance::Figure, says);

    let share =
        |year| outcome.year(Series::AiRevenue, year) / outcome.year(Series::AwsRevenue, year);
    let sold = scenario.get(Lever::Utilization);
    let [least, most] = [Lever::Utilization.spec().min, Lever::Utilization.spec().max];
    let margin = |sold: f64| {
        let outcome = model::run(&scenario.with(Lever::Utilization, sold));
        finely(outcome.get(Output::AwsMargin2026))
    };
    let percent = |value| format::lever(Lever::Utilization, value);
    [
        figure(
            t("How much of AWS is Anthropic"),
            &[SIGNAL_ANTHROPIC_SHARE],
            say!(
                "{first} of revenue in 2026 and {second} in 2027.",
                first = format::percent(share(2026)),
                second = format::percent(share(2027))
            ),
        ),
        figure(
            t("Whether busier data centres lift the margin"),
            &[SIGNAL_UTILIZATION_TO_MARGIN],
            say!(
                "The margin over 2026 is {low_margin} with {low_share} of the power sold and {high_margin} with {high_share}.",
                low_margin = margin(least),
                low_share = percent(least),
                high_margin = margin(most),
                high_share = percent(most)
            ),
        ),
        figure(
            t("How fast Rainier is built"),
            &[SIGNAL_RAINIER_CADENCE],
            say!(
                "{time} from ground-breaking to a first phase, and {power} online at the end of 2026.",
                time = format::lever(Lever::BuildMonths, scenario.get(Lever::BuildMonths)),
                power = gigawatts(outcome.get(Output::GwOnline202612))
            ),
        ),
        figure(
            t("How much of Rainier is in use"),
            &[SIGNAL_RAINIER_UTILIZATION],
            say!(
                "It is set, not computed: {share} is sold.",
                share = percent(sold)
            ),
        ),
        figure(
            t("When Anthropic goes public, and what Amazon’s holding is then worth"),
            &[SIGNAL_ANTHROPIC_IPO],
            say!(
                "On when it is silent; the holding would be worth {amount} at the end of 2026.",
                amount = dollars(outcome.get(Output::StakeValue202612))
            ),
        ),
        silent(
            t("How Trainium does in use against the strongest GPUs"),
            &[SIGNAL_TRN_VS_GPU],
            t("It compares costs and speed on paper; nobody publishes speed in use."),
        ),
        silent(
            t("Whether anyone besides Anthropic takes up Trainium 3"),
            &[SIGNAL_TRN3_ADOPTION],
            t("From 2026 on all AI revenue of AWS counts as Anthropic’s."),
        ),
        silent(
            t("How well AI Factories, AWS’s machines in companies’ own halls, sell"),
            &[SIGNAL_AI_FACTORIES],
            t("No source gives a figure to begin with."),
        ),
    ]
}
