//! Who pays whom in a year, through three lenses, with and without Amazon's own money.
//!
//! A [`Circle`] is a list of flows between parties. Amounts are USD bn over one
//! calendar year and never negative: where a balance turns, payer and receiver change
//! places. AWS is a part of Amazon; it stands by itself because that is where
//! Anthropic's money arrives. It keeps nothing: what is left goes to Amazon, and what
//! is missing comes from there.
//!
//! The cash lens is the ledger of [`crate::model::deal`], the income lens the operating
//! income of [`crate::model::economics`], the mark-to-market lens the revaluation of the
//! stake; nothing is modelled here. Left out are Anthropic's other costs (what it does
//! not pay AWS stays with it as [`Circle::balance`]), taxes, interest, and whatever of
//! Amazon has nothing to do with Anthropic.

use core::ops::RangeInclusive;

use crate::model::economics::{UnitCost, power_from_elsewhere, unit_costs};
use crate::model::revenue;
use crate::month::{FIRST_YEAR, LAST_YEAR, Month, months_of};
use crate::outcome::{Outcome, Series};
use crate::scenario::Scenario;
use crate::words::t;

/// The years that a circle is drawn for: from the first in which money went both ways.
pub const YEARS: RangeInclusive<usize> = 2024..=2032;

/// Who pays or is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Party {
    /// Those who pay for Claude.
    Customers,
    /// Anthropic's investors other than Amazon.
    Investors,
    /// Anthropic.
    Anthropic,
    /// Amazon's cloud.
    Aws,
    /// Amazon without AWS.
    Amazon,
    /// Those who build, equip and power what AWS rents out.
    Suppliers,
    /// Another laboratory: OpenAI, where a reader has Amazon pay it.
    OtherLabs,
}

impl Party {
    /// Every party.
    pub const ALL: [Self; 7] = [
        Self::Customers,
        Self::Investors,
        Self::Anthropic,
        Self::Aws,
        Self::Amazon,
        Self::Suppliers,
        Self::OtherLabs,
    ];
}

/// Which of three accounts of the same year is read. They are never added up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lens {
    /// Money that changes hands.
    #[default]
    Cash,
    /// What AWS earns on Anthropic after the cost of serving it. Capex counts as it
    /// depreciates, not as it is paid; investments are no income.
    OperatingIncome,
    /// What Amazon's stake gains or loses in value. Nobody pays it.
    MarkToMarket,
}

impl Lens {
    /// Every lens.
    pub const ALL: [Self; 3] = [Self::Cash, Self::OperatingIncome, Self::MarkToMarket];

    /// Its key on the page. Permanent.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Cash => "cash",
            Self::OperatingIncome => "operating-income",
            Self::MarkToMarket => "mark-to-market",
        }
    }

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cash => t("Cash"),
            Self::OperatingIncome => t("Operating income"),
            Self::MarkToMarket => t("Mark-to-market"),
        }
    }
}

/// What a flow is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Customers pay Anthropic a twelfth of ARR a month, from November 2025; what they
    /// paid before is not published.
    Sales,
    /// Other investors cover what Anthropic could not pay AWS otherwise.
    Funding,
    /// Amazon invests in Anthropic.
    Investment,
    /// Amazon invests in another laboratory.
    OtherInvestment,
    /// Anthropic pays AWS for compute; in the income lens, what AWS earns by it.
    Compute,
    /// AWS pays for buildings, servers and chips as power comes online, for running
    /// them, and for power from elsewhere.
    Supplies,
    /// Depreciation of buildings and servers over their lives. Paid when they were built.
    Depreciation,
    /// Electricity for the power online.
    Electricity,
    /// Staff, repairs, network and land.
    Running,
    /// Serving what the Trainium online cannot: at the GPU norm and its cost.
    Elsewhere,
    /// What AWS does not pay out: to Amazon. Where it pays out more than it takes in,
    /// Amazon pays it.
    Rest,
    /// Operating income: to Amazon. A loss: from it.
    Income,
    /// The rise of the stake's value, drawn from Anthropic to Amazon; a fall the other
    /// way. Not a payment.
    Revaluation,
}

/// One flow of a year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flow {
    /// Who pays, or gives up what is counted.
    pub from: Party,
    /// Who is paid, or gains.
    pub to: Party,
    /// What for.
    pub purpose: Purpose,
    /// USD bn a year; not below zero.
    pub amount: f64,
}

/// Who pays whom in a year.
#[derive(Clone, Debug, PartialEq)]
pub struct Circle {
    /// The calendar year.
    pub year: usize,
    /// What is counted.
    pub lens: Lens,
    /// What of Amazon's own money has been taken out, USD bn; 0 where it counts, and in
    /// every lens but cash.
    pub taken_out: f64,
    /// The flows. Those of nothing are left out.
    pub flows: Vec<Flow>,
}

/// The part of a year's payments to AWS that Amazon's own money could have paid: what
/// Amazon put into Anthropic in that year, at most what Anthropic paid AWS in it.
///
/// `own money = min(investment, spend)`, each over the calendar year, USD bn.
///
/// Sources: that some of the spending came from Amazon as an investor is claimed
/// without a share (`circular-economics`); row X19 bounds it over the whole pledge. This
/// is the bound for one year: the most that can have gone round, not what did, since
/// dollars cannot be told apart. Money kept from earlier years is left out, and so is
/// the order of payments within the year.
pub fn own_money(outcome: &Outcome, year: usize) -> f64 {
    let year = in_horizon(year);
    let invested = outcome.year(Series::Investment, year);
    invested.min(outcome.year(Series::Spend, year)).max(0.0)
}

/// How much is known of what customers paid Anthropic in a year. Where it is not all,
/// what Anthropic has left cannot be told, and what other investors add is a bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SalesKnown {
    /// Nothing: the year ends before `ARR_START` of [`revenue`].
    Nothing,
    /// From this month of the year on.
    From(Month),
    /// The whole year.
    Whole,
}

/// What is known of the sales of a year. ARR begins in November 2025
/// (`ARR_START` of [`revenue`]); before it no source has a year's sales.
pub fn sales_known(year: usize) -> SalesKnown {
    let year = in_horizon(year);
    match revenue::ARR_START.year() {
        start if year < start => SalesKnown::Nothing,
        start if year == start => SalesKnown::From(revenue::ARR_START),
        _ => SalesKnown::Whole,
    }
}

/// The largest amount that any flow carries in [`YEARS`], through a lens, with or
/// without Amazon's own money, USD bn. One scale for all years can be built on it. Cash
/// and operating income are about the same payments and share theirs; a gain on paper
/// has its own, so that it makes no payment look small.
pub fn largest(scenario: &Scenario, outcome: &Outcome, lens: Lens) -> f64 {
    let paper = lens == Lens::MarkToMarket;
    let lenses = move || {
        let all = Lens::ALL.into_iter();
        all.filter(move |&lens| (lens == Lens::MarkToMarket) == paper)
    };
    let all = YEARS.flat_map(|year| {
        lenses().flat_map(move |lens| {
            [true, false].map(|own| Circle::of(scenario, outcome, year, lens, own))
        })
    });
    all.flat_map(|circle| circle.sums())
        .fold(0.0, |most, (_, amount)| f64::max(most, amount))
}

impl Circle {
    /// Who pays whom in a year. With `own_money`, AWS's revenue counts as booked.
    ///
    /// Without it, [`own_money`] is taken out wherever it goes round: of what Amazon
    /// invests, of what Anthropic pays AWS, and of what AWS leaves for Amazon. No
    /// party's balance changes by that, for each loses as much coming in as going out.
    /// Only the cash lens has it: taken out of income it would make a loss that nobody
    /// has, and the revaluation is no revenue.
    pub fn of(
        scenario: &Scenario,
        outcome: &Outcome,
        year: usize,
        lens: Lens,
        own_money: bool,
    ) -> Self {
        let year = in_horizon(year);
        let taken_out = if own_money || lens != Lens::Cash {
            0.0
        } else {
            self::own_money(outcome, year)
        };
        let mut circle = Self {
            year,
            lens,
            taken_out,
            flows: vec![],
        };
        match lens {
            Lens::Cash => circle.cash(outcome),
            Lens::OperatingIncome => circle.operating_income(scenario, outcome),
            Lens::MarkToMarket => circle.mark_to_market(outcome),
        }
        circle
    }

    fn cash(&mut self, outcome: &Outcome) {
        use Party::{Amazon, Anthropic, Aws, Customers, Investors, OtherLabs, Suppliers};
        let over = |series| outcome.year(series, self.year);
        let spend = over(Series::Spend) - self.taken_out;
        let supplies = over(Series::CashSuppliers);
        for (from, to, purpose, amount) in [
            (
                Customers,
                Anthropic,
                Purpose::Sales,
                -over(Series::CashCustomers),
            ),
            (
                Investors,
                Anthropic,
                Purpose::Funding,
                -over(Series::CashInvestors),
            ),
            (
                Amazon,
                Anthropic,
                Purpose::Investment,
                over(Series::Investment) - self.taken_out,
            ),
            (Anthropic, Aws, Purpose::Compute, spend),
            (Aws, Suppliers, Purpose::Supplies, supplies),
            (Aws, Amazon, Purpose::Rest, spend - supplies),
            (
                Amazon,
                OtherLabs,
                Purpose::OtherInvestment,
                over(Series::CashOtherLabs),
            ),
        ] {
            self.add(from, to, purpose, amount);
        }
    }

    fn operating_income(&mut self, scenario: &Scenario, outcome: &Outcome) {
        use Party::{Amazon, Anthropic, Aws, Suppliers};
        let over = |series| outcome.year(series, self.year);
        let UnitCost {
            site,
            servers,
            power,
            running,
        } = unit_costs(scenario).0;
        // Gigawatt-years online, as far as they are charged: from the first revenue on.
        let online = over(Series::GwOnline) / 12.0;
        let elsewhere: f64 = months_of(self.year)
            .filter_map(Month::at)
            .filter(|&month| month >= Series::OperatingIncome.spec().start)
            .map(|month| {
                let path = |series| outcome.path(series)[month];
                let (spend, demand) = (path(Series::Spend), path(Series::Demand));
                power_from_elsewhere(scenario, spend, demand, path(Series::Supply))
            })
            .sum();
        let income = over(Series::OperatingIncome);
        for (from, to, purpose, amount) in [
            (Anthropic, Aws, Purpose::Compute, over(Series::Spend)),
            (Aws, Suppliers, Purpose::Elsewhere, elsewhere),
            (
                Aws,
                Suppliers,
                Purpose::Depreciation,
                online * (site + servers),
            ),
            (Aws, Suppliers, Purpose::Electricity, online * power),
            (Aws, Suppliers, Purpose::Running, online * running),
            (Aws, Amazon, Purpose::Income, income),
        ] {
            self.add(from, to, purpose, amount);
        }
    }

    fn mark_to_market(&mut self, outcome: &Outcome) {
        let gain = outcome.year(Series::MarkToMarket, self.year);
        let invested = outcome.year(Series::Investment, self.year);
        self.add(Party::Anthropic, Party::Amazon, Purpose::Revaluation, gain);
        self.add(
            Party::Amazon,
            Party::Anthropic,
            Purpose::Investment,
            invested,
        );
    }

    /// Adds a flow; one of less than nothing goes the other way, one of a few dollars
    /// is what rounding left of nothing.
    fn add(&mut self, from: Party, to: Party, purpose: Purpose, amount: f64) {
        let (from, to) = if amount < 0.0 { (to, from) } else { (from, to) };
        let amount = amount.abs();
        if amount > A_DOLLAR {
            self.flows.push(Flow {
                from,
                to,
                purpose,
                amount,
            });
        }
    }

    /// The flow for a purpose, if anything flows.
    pub fn flow(&self, purpose: Purpose) -> Option<Flow> {
        self.flows
            .iter()
            .copied()
            .find(|flow| flow.purpose == purpose)
    }

    /// What flows for a purpose, USD bn a year; 0 where nothing does.
    pub fn amount(&self, purpose: Purpose) -> f64 {
        self.flow(purpose).map_or(0.0, |flow| flow.amount)
    }

    /// What a party is paid, USD bn a year.
    pub fn inflow(&self, party: Party) -> f64 {
        let to = self.flows.iter().filter(|flow| flow.to == party);
        to.map(|flow| flow.amount).sum()
    }

    /// What a party pays, USD bn a year.
    pub fn outflow(&self, party: Party) -> f64 {
        let from = self.flows.iter().filter(|flow| flow.from == party);
        from.map(|flow| flow.amount).sum()
    }

    /// What a party has more, or less, at the end of the year than at its beginning,
    /// as far as the flows say, USD bn. Over all parties the balances add to zero.
    pub fn balance(&self, party: Party) -> f64 {
        self.inflow(party) - self.outflow(party)
    }

    /// What flows from one party to another, all purposes together: pairs with their
    /// amounts, USD bn a year.
    fn sums(&self) -> Vec<((Party, Party), f64)> {
        let mut sums: Vec<((Party, Party), f64)> = vec![];
        for flow in &self.flows {
            let pair = (flow.from, flow.to);
            match sums.iter_mut().find(|(one, _)| *one == pair) {
                Some((_, sum)) => *sum += flow.amount,
                None => sums.push((pair, flow.amount)),
            }
        }
        sums
    }
}

/// In billions.
const A_DOLLAR: f64 = 1e-9;

fn in_horizon(year: usize) -> usize {
    year.clamp(FIRST_YEAR, LAST_YEAR)
}
