//! What a gigawatt costs and earns, and what that does to the margin of AWS.

use core::ops::Range;

use super::gigawatts::{Gigawatts, gpu_price, trainium_price};
use super::path::Path;
use super::revenue::Revenue;
use crate::assumption;
use crate::fact::facts;
use crate::lane::Lane;
use crate::levers::Lever;
use crate::month::{Month, months_of};
use crate::outcome::{Output, Series};
use crate::scenario::Scenario;
use crate::step;

/// The first month with a margin: the quarter to which it is calibrated.
pub(crate) const MARGIN_START: Month = Month::new(2026, 1);

/// What a gigawatt costs in a year. USD bn.
#[derive(Clone, Copy, Debug)]
pub struct UnitCost<V> {
    /// Site capex over its life.
    pub site: V,
    /// Server and chip capex over its life.
    pub servers: V,
    /// Electricity.
    pub power: V,
    /// Everything else.
    pub running: V,
}

impl<V: Lane> UnitCost<V> {
    /// The sum.
    pub fn total(&self) -> V {
        self.site + self.servers + self.power + self.running
    }

    /// What is paid out in the year itself: all but depreciation.
    fn running_cash(&self) -> V {
        self.power + self.running
    }
}

/// Unit economics and the margins that follow.
#[derive(Clone, Debug)]
pub struct Economics<V: 'static> {
    /// A gigawatt-year of Trainium.
    pub trainium: UnitCost<V>,
    /// A gigawatt-year of GPUs. The shell is taken to cost what Trainium's does; the
    /// rest of the all-in capex is servers.
    pub gpu: UnitCost<V>,
    /// One less cost over price.
    pub trainium_margin: V,
    /// One less cost over price.
    pub gpu_margin: V,
    /// What power from elsewhere costs. USD bn a month.
    pub(crate) elsewhere: Path<V>,
    /// Operating income on what Anthropic pays, idle power included. USD bn a month.
    pub operating_income: Path<V>,
    /// Margin of AWS on what is neither tokens nor rented AI hardware: the one that
    /// makes the first quarter of 2026 come to the published margin of the whole.
    pub rest_margin: V,
    /// Operating income of AWS, from January 2026. USD bn a month.
    pub aws_income: Path<V>,
}

/// Computes unit costs, operating income and the margin of AWS.
///
/// Cost of a gigawatt-year: site and server capex over their lives, 8.76 TWh at the
/// power price, and other running cost; margin is one less cost over price. AI
/// demand beyond what Trainium can earn is served at the GPU norm and its cost; a floor
/// paid for nothing costs nothing. Renewing servers at the end of their life is a cost
/// here but not in the cash of [`supplier_payments`]. The
/// margin of AWS weights Bedrock's part of AI revenue at 55 % (`aws-maas-opm`), the
/// rest of AI at its rental margin, and everything else at what makes the first
/// quarter of 2026 come to 37.5 %. Taxes, interest and research are left out.
pub(crate) fn economics<V: Lane>(
    scenario: &Scenario<V>,
    power: &Gigawatts<V>,
    demand: &Path<V>,
    revenue: &Revenue<V>,
    months: &Range<usize>,
) -> Economics<V> {
    let (trainium, gpu) = unit_costs(scenario);
    let trainium_cost = trainium.total().called(Output::TrainiumCostPerGw.name());
    let gpu_cost = gpu.total().called(Output::GpuCostPerGw.name());
    let gpu_cost_share = gpu_cost / gpu_price::<V>();

    let elsewhere = Path::from_fn(months.clone(), |t| {
        let served = served_elsewhere(revenue.spend[t], demand[t], power.supply[t]);
        let served = served.called(step::SERVED_ELSEWHERE.at(t));
        (served * gpu_cost_share).called(step::COST_ELSEWHERE.at(t))
    });
    let monthly_cost = trainium_cost / 12.0;
    let operating_income = Path::from_fn(months.clone(), |t| {
        (revenue.spend[t] - power.online[t] * monthly_cost - elsewhere[t])
            .called(Series::OperatingIncome.at(t))
    });
    let (rest_margin, aws_income) = aws_income(scenario, revenue, &operating_income);
    Economics {
        trainium_margin: -(trainium_cost / trainium_price(scenario)) + 1.0,
        gpu_margin: -gpu_cost_share + 1.0,
        trainium,
        gpu,
        operating_income,
        elsewhere,
        rest_margin,
        aws_income,
    }
}

/// Amazon's payments for that business: capex as power comes online, running costs as
/// they fall due, power from elsewhere at its yearly cost. USD bn a month.
pub(crate) fn supplier_payments<V: Lane>(
    scenario: &Scenario<V>,
    power: &Gigawatts<V>,
    economics: &Economics<V>,
) -> Path<V> {
    let months = economics.operating_income.months();
    let capex = scenario.get(Lever::SiteCapex) + scenario.get(Lever::ServerCapex);
    let monthly_cash = economics.trainium.running_cash() / 12.0;
    Path::from_fn(months.clone(), |t| {
        let before = if t == 0 {
            V::splat(0.0)
        } else {
            power.online[t - 1]
        };
        let built = (power.online[t] - before) * capex;
        (built + power.online[t] * monthly_cash + economics.elsewhere[t])
            .called(Series::CashSuppliers.at(t))
    })
}

/// What a gigawatt-year of Trainium costs, and one of GPUs: site and server capex over
/// their lives, 8.76 TWh at the power price, and other running cost.
pub(crate) fn unit_costs<V: Lane>(scenario: &Scenario<V>) -> (UnitCost<V>, UnitCost<V>) {
    let site_life = scenario.get(Lever::SiteLife);
    let server_life = scenario.get(Lever::ServerLife);
    let site_capex = scenario.get(Lever::SiteCapex);
    let hours = assumption::HOURS_PER_YEAR.lane::<V>() / 1e6;
    let cost = |servers: V| UnitCost {
        site: (site_capex / site_life).called(step::SITE_COST.name()),
        servers: (servers / server_life).called(step::SERVER_COST.name()),
        power: (scenario.get(Lever::PowerPrice) * hours).called(step::POWER_COST.name()),
        running: assumption::RUNNING_COST.lane(),
    };
    (
        cost(scenario.get(Lever::ServerCapex)),
        cost(scenario.get(Lever::GpuCapex) - site_capex),
    )
}

/// What is sold beyond what Trainium can earn; a floor paid for nothing is not.
fn served_elsewhere<V: Lane>(spend: V, demand: V, supply: V) -> V {
    (spend.at_most(demand) - supply).at_least(V::splat(0.0))
}

/// What serving demand beyond Trainium costs in a month: at the GPU norm and its cost.
/// USD bn, of payments, demand and what Trainium can earn in that month, USD bn.
pub(crate) fn power_from_elsewhere<V: Lane>(
    scenario: &Scenario<V>,
    spend: V,
    demand: V,
    supply: V,
) -> V {
    served_elsewhere(spend, demand, supply) * (unit_costs(scenario).1.total() / gpu_price::<V>())
}

/// The margin on what is neither Bedrock nor rental, and the operating income of AWS a
/// month. What is neither Bedrock nor rental earns the
/// margin that makes the first quarter of 2026 come to the published one (C22),
/// whatever the levers say.
fn aws_income<V: Lane>(
    scenario: &Scenario<V>,
    revenue: &Revenue<V>,
    rental: &Path<V>,
) -> (V, Path<V>) {
    let bedrock = scenario.get(Lever::MaasShare) / 100.0;
    let tokens = bedrock * facts::AWS_MAAS_OPM.lane_share::<V>();
    let rented = -bedrock + 1.0;
    let of_ai =
        |t: usize| (tokens * revenue.ai[t] + rented * rental[t]).called(step::AI_INCOME.at(t));

    let quarter = MARGIN_START.index()..MARGIN_START.index() + 3;
    let ai_income = quarter.clone().fold(V::splat(0.0), |sum, t| sum + of_ai(t));
    let target = revenue.aws.sum(quarter.clone()) * assumption::AWS_MARGIN_Q1_2026.lane::<V>();
    let target = target.called(step::AWS_INCOME_Q1_2026.name());
    let rest = (target - ai_income) / revenue.nonai.sum(quarter);
    let rest = rest.called(step::REST_MARGIN.name());

    let months = rental.months();
    let income = Path::since(MARGIN_START.index(), months.clone(), |t| {
        (of_ai(t) + rest * revenue.nonai[t]).called(step::AWS_INCOME.at(t))
    });
    (rest, income)
}

/// Operating margin of AWS, from January 2026.
pub(crate) fn aws_margin<V: Lane>(economics: &Economics<V>, revenue: &Revenue<V>) -> Path<V> {
    let months = economics.aws_income.months();
    Path::since(MARGIN_START.index(), months, |t| {
        (economics.aws_income[t] / revenue.aws[t]).called(Series::AwsMargin.at(t))
    })
}

/// The margin of AWS over a year: income over revenue.
pub(crate) fn aws_margin_of_year<V: Lane>(
    economics: &Economics<V>,
    revenue: &Revenue<V>,
    year: usize,
) -> V {
    economics.aws_income.sum(months_of(year)) / revenue.aws.year(year)
}
