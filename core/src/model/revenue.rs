//! ARR, demand for compute, and AWS revenue with and without AI.

use super::gigawatts::Gigawatts;
use core::ops::Range;

use super::path::Path;
use crate::fact::facts;
use crate::lane::{Lane, Remembered};
use crate::levers::Lever;
use crate::month::{LAST_YEAR, Month, months_of};
use crate::origin::Known;
use crate::outcome::Series;
use crate::scenario::Scenario;
use crate::step;

/// The first month with an ARR: half a year before the last observed one.
pub(crate) const ARR_START: Month = Month::new(2025, 11);
/// The first month with AWS revenue and with Anthropic's share of it.
pub(crate) const REVENUE_START: Month = Month::new(2024, 1);
/// The last month whose ARR was observed.
const LAST_OBSERVED: Month = Month::new(2026, 5);
/// The first month in which demand follows ARR rather than an observed share.
const FORMULA_START: usize = Month::new(2026, 1).index();
/// The month of the pledge (`anthropic-aws-commit`).
const PLEDGED: Month = Month::new(2026, 4);
/// Its index.
pub const PLEDGE_START: usize = PLEDGED.index();

/// AI revenue of AWS in the first quarter of 2026. USD bn.
pub(crate) fn ai_q1_2026<V: Lane>() -> V {
    (facts::AWS_AI_ANNUALIZED_2026Q1.lane::<V>() / 4.0).called(step::AI_Q1_2026.name())
}

/// AWS revenue in the first quarter of 2026: AI revenue at a yearly rate over AI's
/// share (`aws-ai-annualized-2026q1`, `aws-ai-mix-2026q1`; row R30). USD bn.
fn aws_q1_2026<V: Lane>() -> V {
    (ai_q1_2026::<V>() / facts::AWS_AI_MIX_2026Q1.lane_share::<V>())
        .called(step::AWS_Q1_2026.name())
}

/// The same at a yearly rate. USD bn.
pub fn aws_annualized_2026q1() -> f64 {
    4.0 * aws_q1_2026::<f64>()
}

/// AWS without AI in the first quarter of 2026. USD bn.
pub(crate) fn nonai_q1_2026<V: Lane>() -> V {
    (aws_q1_2026::<V>() - ai_q1_2026::<V>()).called(step::NONAI_Q1_2026.name())
}

/// AWS revenue in the first quarter of 2025 (`aws-growth-2026q1`; row X09). USD bn.
pub(crate) fn aws_q1_2025<V: Lane>() -> V {
    let growth = facts::AWS_GROWTH_2026Q1.lane_share::<V>() + 1.0;
    (aws_q1_2026::<V>() / growth).called(step::AWS_Q1_2025.name())
}

/// What Anthropic earns and what it wants to buy.
#[derive(Clone, Debug)]
pub struct Demand<V: 'static> {
    /// Anthropic's annualised revenue. USD bn a year, from November 2025.
    pub arr: Path<V>,
    /// What Anthropic wants to buy from AWS. USD bn a month, from January 2024.
    pub demand: Path<V>,
}

/// What Anthropic pays and what AWS earns.
#[derive(Clone, Debug)]
pub struct Revenue<V: 'static> {
    /// What Anthropic pays AWS: demand, not less than the pledge's floor while it
    /// runs and, where capacity binds, not more than the power can earn. USD bn a
    /// month.
    pub spend: Path<V>,
    /// AI revenue of AWS. From 2026 on it is `spend`: the source's simplification
    /// that all of it is Anthropic's. USD bn a month.
    pub ai: Path<V>,
    /// AWS without AI. USD bn a month.
    pub nonai: Path<V>,
    /// AWS as a whole. USD bn a month.
    pub aws: Path<V>,
}

/// Computes ARR and demand.
pub(crate) fn demand<V: Lane>(
    scenario: &Scenario<V>,
    past: &Past<V>,
    months: &Range<usize>,
) -> Demand<V> {
    let arr = arr(scenario, past, months);
    let demand = wanted(scenario, &arr, past);
    Demand { arr, demand }
}

/// Computes the revenue paths from demand and what the power online can earn.
pub(crate) fn revenue<V: Lane>(
    scenario: &Scenario<V>,
    past: &Past<V>,
    demand: &Path<V>,
    power: &Gigawatts<V>,
    months: &Range<usize>,
) -> Revenue<V> {
    let spend = spend(scenario, demand, power, months);
    let mut ai = Path::known(&past.ai, months);
    ai.go_on(months.end, [&spend], |t, [spend]| {
        spend.called(Series::AiRevenue.at(t))
    });
    let nonai = nonai(scenario, past, months);
    let aws = Path::beside([&nonai, &ai], 0, months.clone(), |t, [nonai, ai]| {
        (nonai + ai).called(Series::AwsRevenue.at(t))
    });
    Revenue {
        spend,
        ai,
        nonai,
        aws,
    }
}

/// ARR to May 2026: a third of the May 2026 value six months before it
/// (`claude-revenue-multiple`, `claude-revenue-window`), the anchor of
/// [`february_anchor`] in February, 45 in May, geometric in between.
fn observed_arr<V: Lane>() -> Path<V> {
    let at = |t| Series::Arr.at(t);
    let may = facts::ANTHROPIC_ARR_2026_05.lane::<V>();
    let november = may / facts::CLAUDE_REVENUE_MULTIPLE.lane::<V>();
    let february = V::splat(february_anchor()).solved(
        &step::FEBRUARY_ANCHOR,
        &[
            facts::AWS_AI_ANNUALIZED_2026Q1.lane(),
            V::known(Known::Default(Lever::SpendRatio)),
            may,
            facts::CLAUDE_REVENUE_MULTIPLE.lane(),
        ],
    );
    let february = february.called(step::ARR_FEBRUARY.name());
    let november = november.called(at(ARR_START.index()));
    let rise = (february / november).cube_root();
    let rise = rise.called(step::ARR_RISE.name());
    let later_rise = (may / february).cube_root();
    let later_rise = later_rise.called(step::ARR_LATER_RISE.name());
    let mut arr = Path::zero(0..LAST_OBSERVED.index() + 1);
    let mut level = november;
    for t in ARR_START.index()..LAST_OBSERVED.index() {
        arr[t] = level;
        level = level
            * if t < ARR_START.index() + 3 {
                rise
            } else {
                later_rise
            };
        level = level.called(at(t + 1));
    }
    arr[LAST_OBSERVED.index()] = may.called(at(LAST_OBSERVED.index()));
    arr
}

/// ARR: as observed to May 2026. Then each month adds `n₀·dʲ`, with d such that December
/// 2026 equals the lever; from 2027 the year's growth, fading. Seasonality and
/// customer concentration are left out.
fn arr<V: Lane>(scenario: &Scenario<V>, past: &Past<V>, months: &Range<usize>) -> Path<V> {
    let at = |t| Series::Arr.at(t);
    let may = past.arr[LAST_OBSERVED.index()];
    let mut arr = Path::known(&past.arr, months);

    let net_add = scenario.get(Lever::ArrNetAdd);
    let decay = net_add_decay((scenario.get(Lever::Arr2026) - may) / net_add);
    let mut add = net_add;
    let mut level = may;
    arr.go_on(months_of(2026).end, [], |t, []| {
        add = (add * decay).called(step::ARR_ADDED.at(t));
        level = (level + add).called(at(t));
        level
    });
    // December is the lever itself, not a sum that ends a rounding error beside it.
    let december = months_of(2026).end - 1;
    level = scenario.get(Lever::Arr2026).called(at(december));
    arr[december] = level;

    let mut growth = scenario.get(Lever::ArrGrowth2027) / 100.0;
    let fade = scenario.get(Lever::ArrFade) / 100.0;
    for year in 2027..=LAST_YEAR {
        let year_months = months_of(year);
        if year_months.start >= months.end {
            break;
        }
        growth = growth.called(step::ARR_GROWTH.of(year));
        let monthly = (growth + 1.0).root(12.0);
        arr.go_on(year_months.end.min(months.end), [], |t, []| {
            level = (level * monthly).called(at(t));
            level
        });
        growth = growth * fade;
    }
    arr
}

/// ARR in December 2026 when May added `net_add` and net adds shrink by `decay` a month.
/// USD bn a year.
pub(crate) fn arr_after_net_adds(net_add: f64, decay: f64) -> f64 {
    let (mut arr, mut add) = (facts::ANTHROPIC_ARR_2026_05.value(), net_add);
    for _ in LAST_OBSERVED.index() + 1..months_of(2026).end {
        add *= decay;
        arr += add;
    }
    arr
}

/// ARR in February 2026, USD bn: back-solved so that the first quarter's mean ARR
/// times the default spend ratio is the reported AI revenue of AWS (row X32). With
/// u its cube root, January is the cube root of November's ARR times u², March the
/// cube root of May's times u²: a cubic, solved by Newton's steps from above.
pub(crate) fn february_anchor() -> f64 {
    let ratio = Lever::SpendRatio.spec().default / 100.0;
    let target = 3.0 * facts::AWS_AI_ANNUALIZED_2026Q1.value() / ratio;
    let may = facts::ANTHROPIC_ARR_2026_05.value();
    let slope = libm::cbrt(may / facts::CLAUDE_REVENUE_MULTIPLE.value()) + libm::cbrt(may);
    let mut u = 4.0;
    for _ in 0..12 {
        u -= (u * u * u + slope * u * u - target) / (3.0 * u * u + 2.0 * slope * u);
    }
    u * u * u
}

/// The monthly factor d with d + d² + … + d⁷ = `months`: how fast net adds shrink
/// when seven of them come to that many times May's (row R33). The polynomial is
/// convex and rising for positive d, so Newton's steps from above close in without
/// leaving the root behind.
pub(crate) fn net_add_decay<V: Lane>(months: V) -> V {
    // The last step may end a rounding error below a root at zero.
    months
        .remembered(Remembered::NetAddDecay, |months| {
            newton(2.0, 24, |d| {
                let (mut value, mut slope) = (V::splat(1.0), V::splat(0.0));
                for _ in 0..6 {
                    slope = slope * d + value;
                    value = value * d + 1.0;
                }
                (value * d - months, slope * d + value)
            })
        })
        .at_least(V::splat(0.0))
        .solved(&step::NET_ADD_DECAY, &[months])
        .called(step::ARR_DECAY.name())
}

/// What came before: it depends on no belief but AI's share in 2025, so that a
/// simulation in which that is certain works it out once for all its worlds.
#[derive(Clone, Debug)]
pub(crate) struct Past<V: 'static> {
    /// ARR to May 2026, USD bn a year.
    arr: Path<V>,
    /// AWS as a whole, USD bn a month, 2024 and 2025.
    aws: Path<V>,
    /// Of it AI, USD bn a month, 2024 and 2025.
    ai: Path<V>,
    /// What Anthropic bought, USD bn a month, 2024 and 2025.
    demand: Path<V>,
}

impl Past<f64> {
    /// The same in every lane.
    pub(crate) fn splat<V: Lane>(&self) -> Past<V> {
        let wide = |path: &Path<f64>| Path::from_fn(path.months(), |t| V::splat(path[t]));
        Past {
            arr: wide(&self.arr),
            aws: wide(&self.aws),
            ai: wide(&self.ai),
            demand: wide(&self.demand),
        }
    }
}

/// What came before the months that a formula gives.
pub(crate) fn past<V: Lane>(scenario: &Scenario<V>) -> Past<V> {
    let arr = observed_arr();
    let (aws, ai) = history(scenario);
    let demand = bought(&aws);
    Past {
        arr,
        aws,
        ai,
        demand,
    }
}

/// AWS in 2025 rises geometrically at the yearly rate of its first quarters (row
/// X09). AI rises geometrically into the first quarter of 2026 so that 2025 sums to
/// the lever's share. AI in 2024 rises from the middle of "low single digits"
/// (`aws-ai-annualized-2024q1`). 2024 without AI sums to 2025 over its growth
/// (`aws-nonai-growth-2025`), geometric into January 2025. None of these months is
/// published: all are implied.
fn history<V: Lane>(scenario: &Scenario<V>) -> (Path<V>, Path<V>) {
    let (mut aws, mut ai) = (Path::zero(0..FORMULA_START), Path::zero(0..FORMULA_START));
    let year = months_of(2025);
    let monthly = (facts::AWS_GROWTH_2026Q1.lane_share::<V>() + 1.0).root(12.0);
    let monthly = monthly.called(step::AWS_PACE_2025.name());
    let first = aws_q1_2025::<V>() / (monthly + 1.0 + monthly * monthly);
    let mut level = first.called(step::AWS_IMPLIED.at(year.start));
    let mut total = V::splat(0.0);
    for t in year.clone() {
        aws[t] = level;
        total = total + level;
        level = (level * monthly).called(step::AWS_IMPLIED.at(t + 1));
    }

    let share = scenario.get(Lever::AiShare2025) / 100.0;
    let fall = ai_fall((share * total).called(step::AI_2025.name()));
    // January 2026, were its quarter to go on rising as 2025 did.
    let mut back = fall * fall * ai_q1_2026::<V>() / (fall * fall + fall + 1.0);
    back = back.called(step::AI_JANUARY.name());
    for t in year.clone().rev() {
        back = (back * fall).called(Series::AiRevenue.at(t));
        ai[t] = back;
    }

    let early = facts::AWS_AI_ANNUALIZED_2024Q1.lane_middle::<V>() / 12.0;
    let rise = (ai[year.start] / early).root(11.0);
    let rise = rise.called(step::AI_RISE_2024.name());
    let mut early = early / rise;
    for t in months_of(2024) {
        early = early.called(Series::AiRevenue.at(t));
        ai[t] = early;
        early = early * rise;
    }
    let nonai = |t: usize| (aws[t] - ai[t]).called(step::NONAI_IMPLIED.at(t));
    let whole = year.clone().fold(V::splat(0.0), |sum, t| sum + nonai(t));
    let january = nonai(year.start);
    let growth = facts::AWS_NONAI_GROWTH_2025.lane_share::<V>() + 1.0;
    let fall = sum_fall(whole / growth / january);
    let mut back = january;
    for t in months_of(2024).rev() {
        back = (back * fall).called(step::NONAI_IMPLIED.at(t));
        aws[t] = (back + ai[t]).called(step::AWS_IMPLIED.at(t));
    }
    (aws, ai)
}

/// How much smaller AI revenue is each month back from January 2026, so that the
/// twelve months of 2025 sum to `total` while the first quarter of 2026 would come
/// to its reported sum. Halving an interval always ends at the root: the sum rises
/// with the factor, and over the lever's range the root lies between the ends.
fn ai_fall<V: Lane>(total: V) -> V {
    let quarter = ai_q1_2026::<V>();
    let (mut low, mut high) = (V::splat(0.5), V::splat(1.0));
    for _ in 0..54 {
        let middle = (low + high) / 2.0;
        let mut sum = V::splat(0.0);
        for _ in 0..12 {
            sum = (sum + 1.0) * middle;
        }
        let square = middle * middle;
        let value = sum * square * quarter / (square + middle + 1.0);
        (low, high) = (
            value.select_below(total, middle, low),
            value.select_below(total, high, middle),
        );
    }
    ((low + high) / 2.0)
        .solved(&step::AI_FALL, &[total, quarter])
        .called(step::AI_PACE.name())
}

/// The factor f with f + f² + … + f¹² = `months`, by halving.
fn sum_fall<V: Lane>(months: V) -> V {
    let (mut low, mut high) = (V::splat(0.5), V::splat(1.2));
    for _ in 0..54 {
        let middle = (low + high) / 2.0;
        let mut sum = V::splat(0.0);
        for _ in 0..12 {
            sum = (sum + 1.0) * middle;
        }
        (low, high) = (
            sum.select_below(months, middle, low),
            sum.select_below(months, high, middle),
        );
    }
    ((low + high) / 2.0)
        .solved(&step::SUM_FALL, &[months])
        .called(step::NONAI_PACE_2024.name())
}

/// Demand before 2026: the observed shares of AWS revenue (1 % in 2024, 3 % in 2025,
/// `anthropic-share-aws-2024`, `-2025`), the latter rising through the year towards
/// the first quarter's 8.5 % so that the year comes to 3 %.
fn bought<V: Lane>(aws: &Path<V>) -> Path<V> {
    let share_2024 = facts::ANTHROPIC_SHARE_AWS_2024.lane_share::<V>();
    let share_end = facts::ANTHROPIC_SHARE_AWS_2026Q1.lane_middle::<V>() / 100.0;
    let fall = V::splat(share_fall())
        .solved(
            &step::SHARE_FALL,
            &[
                facts::ANTHROPIC_SHARE_AWS_2025.lane(),
                facts::ANTHROPIC_SHARE_AWS_2026Q1.lane_middle(),
                facts::AWS_GROWTH_2026Q1.lane(),
            ],
        )
        .called(step::SHARE_PACE.name());
    let mut demand = Path::zero(0..FORMULA_START);
    for t in months_of(2024) {
        demand[t] = (aws[t] * share_2024).called(Series::Demand.at(t));
    }
    let mut share = share_end;
    for t in months_of(2025).rev() {
        share = (share * fall).called(step::ANTHROPIC_SHARE.at(t));
        demand[t] = (aws[t] * share).called(Series::Demand.at(t));
    }
    demand
}

/// Demand: as observed before 2026; from then on the spend ratio times ARR, times
/// [`price_effect`], less what leaves AWS since the pledge.
fn wanted<V: Lane>(scenario: &Scenario<V>, arr: &Path<V>, past: &Past<V>) -> Path<V> {
    let months = arr.months();
    let effect = price_effect(
        scenario.get(Lever::TrainiumPrice),
        scenario.get(Lever::PriceElasticity),
    );
    let effect = effect.called(step::PRICE_EFFECT.name());
    let ratio = scenario.get(Lever::SpendRatio) / 100.0 * effect / 12.0;
    let stays = (-(scenario.get(Lever::Loosening) / 100.0) + 1.0).root(12.0);

    let mut demand = Path::known(&past.demand, &months);
    demand.go_on(PLEDGE_START, [arr], |t, [arr]| {
        (ratio * arr).called(Series::Demand.at(t))
    });
    let mut kept = V::splat(1.0);
    demand.go_on(months.end, [arr], |t, [arr]| {
        let wanted = (ratio * arr * kept).called(Series::Demand.at(t));
        kept = (kept * stays).called(step::KEPT.at(t + 1));
        wanted
    });
    demand
}

/// What a price of Trainium, in percent of the GPU norm, does to the dollars spent:
/// its ratio to the default price to the power of one less the elasticity. The
/// gigawatts bought then move with minus the elasticity; at an elasticity of 1 the
/// dollars stay the same. No source gives an elasticity.
pub(crate) fn price_effect<V: Lane>(price: V, elasticity: V) -> V {
    let ratio = price / V::known(Known::Default(Lever::TrainiumPrice));
    ratio.power(-(elasticity - 1.0))
}

/// How much smaller Anthropic's share of AWS revenue is each month back from January
/// 2026, so that 2025 as a whole comes to its published share of a revenue that
/// rises as in [`history`]. By halving.
fn share_fall() -> f64 {
    let growth = libm::pow(1.0 + facts::AWS_GROWTH_2026Q1.share(), 1.0 / 12.0);
    let ratio =
        facts::ANTHROPIC_SHARE_AWS_2025.value() / facts::ANTHROPIC_SHARE_AWS_2026Q1.middle();
    let (mut low, mut high) = (0.5, 1.0);
    for _ in 0..54 {
        let middle = f64::midpoint(low, high);
        let (mut paid, mut revenue, mut share, mut level) = (0.0, 0.0, 1.0, 1.0);
        for _ in 0..12 {
            share *= middle;
            paid += share * level;
            revenue += level;
            level /= growth;
        }
        if paid < ratio * revenue {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

/// What Anthropic pays: demand, from April 2026 not less than the pledge spread evenly
/// over its years (`anthropic-aws-commit`, read as a floor) as long as part of it is
/// still owed, and with `capacity-binds` from 2026 on not more than all AI power can
/// earn.
fn spend<V: Lane>(
    scenario: &Scenario<V>,
    demand: &Path<V>,
    power: &Gigawatts<V>,
    months: &Range<usize>,
) -> Path<V> {
    let term = scenario.get(Lever::PledgeYears) * 12.0;
    let pledge = scenario.get(Lever::Pledge);
    let instalment = pledge / term;
    let pledged = V::known(Known::Date(&facts::ANTHROPIC_AWS_COMMIT, PLEDGED));
    let binds = scenario.get(Lever::CapacityBinds);
    let zero = V::splat(0.0);
    let pay = |t: usize, owed: V, supply: V| {
        let able = power.all_supply(t, supply);
        let paid = binds.select_below(V::splat(0.5), owed, owed.at_most(able));
        paid.called(Series::Spend.at(t))
    };
    let mut payments = Path::begun(months);
    payments.go_on(FORMULA_START, [demand], |t, [demand]| {
        demand.called(Series::Spend.at(t))
    });
    let wanted = [demand, &power.supply];
    payments.go_on(PLEDGE_START, wanted, |t, [demand, supply]| {
        pay(t, demand, supply)
    });
    let mut spent = zero;
    payments.go_on(months.end, wanted, |t, [demand, supply]| {
        let left = (pledge - spent).at_least(zero);
        let left = left.called(step::PLEDGE_LEFT.at(t));
        let runs = (V::known(Known::Now(t)) - pledged).called(step::PLEDGE_AGE.at(t));
        let floor = runs.select_below(term, instalment.at_most(left), zero);
        let owed = demand.at_least(floor.called(step::PLEDGE_FLOOR.at(t)));
        let paid = pay(t, owed, supply);
        spent = (spent + paid).called(Series::PledgeSpent.at(t));
        paid
    });
    payments
}

/// AWS without AI: 2025 and before as implied, the first quarter of 2026 as reported,
/// then a constant quarterly pace that makes the lever's growth for the year, and the
/// later lever's pace after that.
fn nonai<V: Lane>(scenario: &Scenario<V>, past: &Past<V>, months: &Range<usize>) -> Path<V> {
    let mut nonai = Path::begun(months);
    nonai.go_on(REVENUE_START.index(), [], |_, []| V::splat(0.0));
    nonai.go_on(FORMULA_START, [&past.aws, &past.ai], |t, [aws, ai]| {
        (aws - ai).called(Series::NonaiRevenue.at(t))
    });
    let year = (scenario.get(Lever::NonaiGrowth2026) / 100.0 + 1.0) * nonai.year(2025);
    let year = year.called(step::NONAI_2026.name());
    let monthly = quarterly_pace(year / nonai_q1_2026::<V>()).root(3.0);
    let later = (scenario.get(Lever::NonaiGrowthAfter) / 100.0 + 1.0).root(12.0);
    let mut level = nonai_q1_2026::<V>() / (monthly * monthly + monthly + 1.0);
    let mut last = level;
    nonai.go_on(months_of(2026).end, [], |t, []| {
        last = level.called(Series::NonaiRevenue.at(t));
        level = last * monthly;
        last
    });
    nonai.go_on(months.end, [], |t, []| {
        last = (last * later).called(Series::NonaiRevenue.at(t));
        last
    });
    nonai
}

/// The factor r with 1 + r + r² + r³ = `quarters`, by Newton's steps.
fn quarterly_pace<V: Lane>(quarters: V) -> V {
    quarters
        .remembered(Remembered::QuarterlyPace, |quarters| {
            newton(1.2, 10, |r| {
                let value = ((r + 1.0) * r + 1.0) * r + 1.0;
                (value - quarters, (r * 3.0 + 2.0) * r + 1.0)
            })
        })
        .solved(&step::QUARTERLY_PACE, &[quarters])
        .called(step::NONAI_PACE_2026.name())
}

/// A root by Newton's steps from a start, given a function's value and slope. It ends
/// early where a step changes nothing: all that follow would not either.
fn newton<V: Lane>(start: f64, steps: usize, function: impl Fn(V) -> (V, V)) -> V {
    let mut x = V::splat(start);
    for _ in 0..steps {
        let (value, slope) = function(x);
        let next = x - value / slope;
        let done = next.settled(x);
        x = next;
        if done {
            break;
        }
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_decay_solves_its_sum() {
        for months in [0.0, 0.001, 1.0, 25.5 / 7.5, 7.0, 28.0] {
            let d = net_add_decay(months);
            let sum: f64 = (1..=7).map(|j| libm::pow(d, f64::from(j))).sum();
            assert!((sum - months).abs() < 1e-9, "{months}: {d} gives {sum}");
        }
    }
}
