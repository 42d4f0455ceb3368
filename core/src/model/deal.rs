//! The deal: what Amazon paid, what it holds, what comes back, and three ledgers.

use super::economics::{Economics, supplier_payments};
use super::gigawatts::Gigawatts;
use super::path::{Path, first_month, running_sum, settled_month};
use super::revenue::{ARR_START, PLEDGE_START, Revenue};
use crate::assumption;
use crate::fact::{Fact, facts};
use crate::lane::Lane;
use crate::levers::Lever;
use crate::month::{HORIZON, Month, months_of};
use crate::outcome::{Output, Series};
use crate::scenario::Scenario;
use crate::step;

/// The first month with a stake value: the mark before the published gain.
pub(crate) const STAKE_START: Month = Month::new(2025, 6);
/// The month of the published valuation and gain (`anthropic-valuation`,
/// `anthropic-mtm-gain`: third quarter of 2025).
const VALUATION_MONTH: usize = Month::new(2025, 9).index();
const DECEMBER_2026: usize = Month::new(2026, 12).index();
/// In billions.
const A_DOLLAR: f64 = 1e-9;
/// The end of the window of the predicted top-up, 18 months after the package
/// (`pred1-window`).
const TOP_UP_MONTH: usize = PLEDGE_START + facts::PRED1_WINDOW.value() as usize;

/// A payment of Amazon's that was made.
#[derive(Clone, Copy, Debug)]
pub struct Payment {
    /// When.
    pub month: Month,
    /// The published amount.
    commitment: &'static Fact,
    /// What of it had been paid before.
    before: Option<&'static Fact>,
}

impl Payment {
    const fn new(month: Month, commitment: &'static Fact, before: Option<&'static Fact>) -> Self {
        Self {
            month,
            commitment,
            before,
        }
    }

    /// How much. USD bn.
    pub fn amount<V: Lane>(self) -> V {
        let whole = self.commitment.lane::<V>();
        self.before
            .map_or(whole, |before| whole - before.lane::<V>())
    }
}

/// What Amazon had paid by when: 1.25 in September 2023 (`initial-investment`), the
/// rest of 4 by May 2024 (`phase1-commit`, `phase1-funded-by`), 4 in November 2024
/// (`phase2-commit`), 5 in April 2026 (`phase3-invest`).
pub const PAYMENTS: [Payment; 4] = [
    Payment::new(Month::new(2023, 9), &facts::INITIAL_INVESTMENT, None),
    Payment::new(
        Month::new(2024, 5),
        &facts::PHASE1_COMMIT,
        Some(&facts::INITIAL_INVESTMENT),
    ),
    Payment::new(Month::new(2024, 11), &facts::PHASE2_COMMIT, None),
    Payment::new(Month::new(2026, 4), &facts::PHASE3_INVEST, None),
];

/// Cash changes in a month, by party. They add to zero. USD bn.
#[derive(Clone, Debug)]
pub struct Ledger<V: 'static> {
    /// Amazon: what Anthropic pays, less investments and suppliers.
    pub amazon: Path<V>,
    /// Anthropic: its customers, Amazon and other investors, less AWS. What it pays
    /// to anyone else is not known and left out.
    pub anthropic: Path<V>,
    /// Other investors: they cover what Anthropic would otherwise be short of.
    pub investors: Path<V>,
    /// Anthropic's customers.
    pub customers: Path<V>,
    /// Amazon's suppliers of buildings, chips and power.
    pub suppliers: Path<V>,
    /// Other laboratories, where a reader has Amazon pay OpenAI.
    pub other_labs: Path<V>,
}

/// The deal over time.
#[derive(Clone, Debug)]
pub struct Deal<V: 'static> {
    /// Amazon's payments to Anthropic. USD bn a month.
    pub investment: Path<V>,
    /// Their sum so far. USD bn.
    pub invested: Path<V>,
    /// The part of the contingent 20 that is expected to be paid. USD bn.
    pub contingent: V,
    /// Valuation of Anthropic, from June 2025. USD bn.
    pub valuation: Path<V>,
    /// Amazon's stake at that valuation, from June 2025. USD bn.
    pub stake_value: Path<V>,
    /// Its change: the mark-to-market lens. Never cash. USD bn a month.
    pub revaluation: Path<V>,
    /// Cash, by party.
    pub ledger: Ledger<V>,
    /// What Anthropic has paid AWS since the pledge. USD bn.
    pub pledge_spent: Path<V>,
    /// The first month in which that reaches the pledge; [`HORIZON`] for never.
    pub pledge_met: V,
    /// Amazon's money since the pledge over the pledge.
    pub circular_share: V,
    /// Amazon's money since the pledge over what Anthropic paid AWS from then to the
    /// end of 2026.
    pub circular_share_2026: V,
    /// Cumulative operating income less cash invested. USD bn.
    pub net_return: Path<V>,
    /// The month from which that stays positive; [`HORIZON`] for never.
    pub return_positive: V,
    /// The margin on the pledge that returns all of Amazon's money, undiscounted.
    pub break_even_margin: V,
}

/// Computes the deal. Dilution, discounting and taxes are left out.
pub(crate) fn deal<V: Lane>(
    scenario: &Scenario<V>,
    power: &Gigawatts<V>,
    arr: &Path<V>,
    revenue: &Revenue<V>,
    economics: &Economics<V>,
) -> Deal<V> {
    let zero = V::splat(0.0);
    let valuation = valuation(scenario, arr);
    let contingent = contingent(scenario, valuation[DECEMBER_2026]);
    let investment = investment(scenario, contingent);
    let invested = running_sum(Series::CashInvested, &investment);
    let stake = scenario.get(Lever::Stake) / 100.0;
    let stake_value = Path::from_fn(0..HORIZON, |t| {
        (valuation[t] * stake).called(Series::StakeValue.at(t))
    });
    let revaluation = Path::from_fn(0..HORIZON, |t| {
        if t <= STAKE_START.index() {
            zero
        } else {
            (stake_value[t] - stake_value[t - 1]).called(Series::MarkToMarket.at(t))
        }
    });

    let pledge = scenario.get(Lever::Pledge);
    let since = Path::from_fn(0..HORIZON, |t| {
        if t < PLEDGE_START {
            zero
        } else {
            revenue.spend[t]
        }
    });
    let pledge_spent = running_sum(Series::PledgeSpent, &since);
    // A pledge paid in equal parts to its last month may sum to a rounding error less.
    let met = (pledge - A_DOLLAR).called(step::PLEDGE_MET.name());
    let pledge_met = first_month(PLEDGE_START, |t| (pledge_spent[t], met));

    let spent_by_2026 = pledge_spent[DECEMBER_2026].at_least(V::splat(A_DOLLAR));
    let spent_by_2026 = spent_by_2026.called(step::SPENT_BY_2026.name());
    let paid_by_2026 = investment.sum(PLEDGE_START..months_of(2026).end);
    let mut sum = zero;
    let earned = Path::from_fn(0..HORIZON, |t| {
        sum = (sum + economics.operating_income[t]).called(step::EARNED.at(t));
        sum
    });
    let net_return = Path::from_fn(0..HORIZON, |t| {
        (earned[t] - invested[t]).called(Series::NetReturn.at(t))
    });
    let return_positive = settled_month(|t| (net_return[t], zero));

    let payments = supplier_payments(scenario, power, economics);
    Deal {
        circular_share: investment.sum(PLEDGE_START..HORIZON) / pledge,
        circular_share_2026: (paid_by_2026 / spent_by_2026).at_most(V::splat(1.0)),
        break_even_margin: invested[HORIZON - 1] / pledge,
        ledger: ledger(scenario, arr, revenue, payments, &investment),
        investment,
        invested,
        contingent,
        valuation,
        stake_value,
        revaluation,
        pledge_spent,
        pledge_met,
        net_return,
        return_positive,
    }
}

/// Valuation: the earlier mark that makes the published gain for the reader's stake,
/// gain = stake × (183 − mark) (row X17); 183 from September 2025; geometric to the
/// multiple of ARR at the end of 2026; that multiple of ARR from then on.
fn valuation<V: Lane>(scenario: &Scenario<V>, arr: &Path<V>) -> Path<V> {
    let known = facts::ANTHROPIC_VALUATION.lane::<V>();
    let stake = scenario.get(Lever::Stake) / 100.0;
    let mark = known - facts::ANTHROPIC_MTM_GAIN.lane::<V>() / stake;
    let mark = mark.called(Output::EarlierMark.name());
    let multiple = scenario.get(Lever::ValuationMultiple);
    let rise = (multiple * arr[DECEMBER_2026] / known)
        .root((DECEMBER_2026 - VALUATION_MONTH) as f64)
        .called(step::VALUATION_PACE.name());
    let mut path = Path::zero(0..HORIZON);
    for t in STAKE_START.index()..HORIZON {
        let value = match t {
            t if t < VALUATION_MONTH => mark,
            VALUATION_MONTH => known,
            t if t < DECEMBER_2026 => path[t - 1] * rise,
            t => multiple * arr[t],
        };
        path[t] = value.called(Series::Valuation.at(t));
    }
    path
}

/// What of the contingent 20 (`deal-milestone-tranche-s1`, `phase3-option`) is
/// expected. As a duty: its chance. As Amazon's option: all of it where Anthropic is
/// worth more at the end of 2026 than when last marked, else nothing (C02). USD bn.
fn contingent<V: Lane>(scenario: &Scenario<V>, valuation: V) -> V {
    let most = facts::DEAL_MILESTONE_TRANCHE_S1.lane::<V>();
    let duty = scenario.get(Lever::MilestoneOdds) / 100.0 * most;
    let known = facts::ANTHROPIC_VALUATION.lane::<V>();
    let option = known.select_below(valuation, most, V::splat(0.0));
    scenario
        .get(Lever::OptionOrDuty)
        .select_below(V::splat(0.5), duty, option)
        .called(Output::ContingentExpected.name())
}

/// Amazon's payments to Anthropic: those made, then the contingent part in equal
/// monthly parts, then a top-up at the end of its window.
fn investment<V: Lane>(scenario: &Scenario<V>, contingent: V) -> Path<V> {
    let mut path = Path::zero(0..HORIZON);
    for payment in PAYMENTS {
        path[payment.month.index()] = payment.amount();
    }
    let first = assumption::FIRST_DRAW.value as usize;
    let months = assumption::DRAW_MONTHS.lane::<V>();
    for t in first..first + assumption::DRAW_MONTHS.value as usize {
        path[t] = contingent / months;
    }
    path[TOP_UP_MONTH] = path[TOP_UP_MONTH] + scenario.get(Lever::TopUp);
    path.named(Series::Investment)
}

/// Every flow has a payer and a receiver, so the changes add to zero. Other
/// investors step in for whatever Anthropic could not pay AWS out of its customers'
/// and Amazon's money so far: before November 2025 its revenue is not published, so
/// they carry the cost of those years.
fn ledger<V: Lane>(
    scenario: &Scenario<V>,
    arr: &Path<V>,
    revenue: &Revenue<V>,
    paid: Path<V>,
    investment: &Path<V>,
) -> Ledger<V> {
    let zero = V::splat(0.0);
    let mut other_labs = Path::zero(0..HORIZON);
    other_labs[assumption::OPENAI_MONTH.value as usize] = scenario.get(Lever::OpenaiInvestment);
    let sales = Path::from_fn(0..HORIZON, |t| {
        if t < ARR_START.index() {
            zero
        } else {
            (arr[t] / 12.0).called(step::SALES.at(t))
        }
    });

    let (mut investors, mut anthropic) = (Path::zero(0..HORIZON), Path::zero(0..HORIZON));
    let mut balance = zero;
    for t in 0..HORIZON {
        let before = investment[t] + sales[t] - revenue.spend[t];
        let short = (-(balance + before)).at_least(zero);
        let short = short.called(step::SHORT.at(t));
        anthropic[t] = (before + short).called(Series::CashAnthropic.at(t));
        balance = (balance + anthropic[t]).called(step::BALANCE.at(t));
        investors[t] = zero - short;
    }
    Ledger {
        amazon: Path::from_fn(0..HORIZON, |t| {
            revenue.spend[t] - investment[t] - other_labs[t] - paid[t]
        }),
        anthropic,
        investors,
        customers: Path::from_fn(0..HORIZON, |t| zero - sales[t]),
        suppliers: paid,
        other_labs,
    }
}
