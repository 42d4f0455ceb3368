//! Power: sites over time, what they can earn, and what they cannot.

use core::ops::Range;

use super::path::Path;
use crate::assumption;
use crate::fact::facts;
use crate::lane::Lane;
use crate::levers::Lever;
use crate::month::Month;
use crate::origin::Known;
use crate::outcome::{Output, Series};
use crate::scenario::Scenario;
use crate::step;
use crate::words::t;

/// A building site of Project Rainier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Site {
    /// New Carlisle, Indiana: from September 2024, 2.25 GW.
    NewCarlisle,
    /// Northern Indiana: from May 2026, 2.4 GW.
    NorthernIndiana,
    /// What is committed beyond the two.
    Unnamed,
}

impl Site {
    /// The sites in the order in which the commitment fills them.
    pub const ALL: [Self; 3] = [Self::NewCarlisle, Self::NorthernIndiana, Self::Unnamed];

    /// The name on the page.
    pub fn name(self) -> &'static str {
        match self {
            Self::NewCarlisle => t("New Carlisle"),
            Self::NorthernIndiana => t("Northern Indiana"),
            Self::Unnamed => t("not yet named"),
        }
    }

    /// When it broke ground (`newcarlisle-construction-start`,
    /// `nindiana-construction-start`); a lever for the unnamed.
    fn start<V: Lane>(self, scenario: &Scenario<V>) -> V {
        match self {
            Self::NewCarlisle => V::known(Known::Date(
                &facts::NEWCARLISLE_CONSTRUCTION_START,
                Month::new(2024, 9),
            )),
            Self::NorthernIndiana => V::known(Known::Date(
                &facts::NINDIANA_CONSTRUCTION_START,
                Month::new(2026, 5),
            )),
            Self::Unnamed => scenario.get(Lever::UnnamedStart),
        }
    }
}

/// New Carlisle at full size (`newcarlisle-gw`). GW.
fn new_carlisle_gw<V: Lane>() -> V {
    facts::NEWCARLISLE_GW.lane_middle()
}

/// Its first 1.3 GW (`newcarlisle-phase1-gw`). GW.
fn phase_one_gw<V: Lane>() -> V {
    facts::NEWCARLISLE_PHASE1_GW.lane()
}

/// Power at the facility for each Trainium 2 chip (row R26). GW a chip.
pub(crate) fn gw_per_chip<V: Lane>() -> V {
    (phase_one_gw::<V>() / facts::NEWCARLISLE_PHASE1_TRN2.lane::<V>())
        .called(step::GW_PER_CHIP.name())
}

/// The first half million chips (`newcarlisle-initial-trn2`). GW.
pub fn first_gw<V: Lane>() -> V {
    let chips = facts::NEWCARLISLE_INITIAL_TRN2.lane::<V>();
    (chips * gw_per_chip::<V>()).called(step::FIRST_GW.name())
}

/// Power online for Anthropic and what it can earn.
#[derive(Clone, Debug)]
pub struct Gigawatts<V: 'static> {
    /// Trainium power online by site, in the order of [`Site::ALL`]. GW.
    pub sites: [Path<V>; 3],
    /// Trainium power online for Anthropic. GW.
    pub online: Path<V>,
    /// What it can earn. USD bn a month.
    pub supply: Path<V>,
    /// What other AI power of AWS can earn, at the GPU norm. USD bn a month, every month.
    pub other_supply: V,
}

impl<V: Lane> Gigawatts<V> {
    /// What all AI power of AWS can earn in a month: the Trainium online at its price
    /// and the other power (`other-ai-gw`) at the GPU norm, each as far as it is sold.
    /// Where capacity binds, Anthropic pays no more than this. Power at other clouds
    /// and the government's (`gov-ai-gw`) are left out. USD bn a month.
    pub(crate) fn all_supply(&self, t: usize, supply: V) -> V {
        (supply + self.other_supply).called(Series::SupplyAll.at(t))
    }
}

/// Revenue of a gigawatt of GPUs for a year (`revenue-per-gw-norm`). USD bn.
pub(crate) fn gpu_price<V: Lane>() -> V {
    facts::REVENUE_PER_GW_NORM.lane()
}

/// Revenue of a gigawatt of Trainium for a year: the norm times the lever. USD bn.
pub(crate) fn trainium_price<V: Lane>(scenario: &Scenario<V>) -> V {
    (scenario.get(Lever::TrainiumPrice) / 100.0 * gpu_price::<V>())
        .called(Output::TrainiumPricePerGw.name())
}

/// Computes the power paths. The government's 1.3 GW (`gov-ai-gw`) never serve
/// Anthropic and do not appear. Outages and curtailment are left out.
pub(crate) fn gigawatts<V: Lane>(scenario: &Scenario<V>, months: &Range<usize>) -> Gigawatts<V> {
    let allotted = allotment(scenario.get(Lever::GwCommitted));
    let sites: [Path<V>; 3] =
        core::array::from_fn(|i| site(scenario, months, Site::ALL[i], allotted[i]));
    let online = Path::beside(
        sites.each_ref(),
        0,
        months.clone(),
        |t, [one, two, three]| (one + two + three).called(Series::GwOnline.at(t)),
    );
    let sold = scenario.get(Lever::Utilization) / 100.0 / 12.0;
    let earns = trainium_price(scenario) * sold;
    let other = scenario.get(Lever::OtherAiGw) * sold * gpu_price::<V>();
    let other = other.called(step::OTHER_SUPPLY.name());
    let supply = Path::beside([&online], 0, months.clone(), |t, [online]| {
        (online * earns).called(Series::Supply.at(t))
    });
    Gigawatts {
        sites,
        online,
        supply,
        other_supply: other,
    }
}

/// How much of the commitment each site carries: the two campuses in the order in
/// which they were begun, the rest without a name. A smaller commitment cuts the
/// last first. GW.
pub(crate) fn allotment<V: Lane>(committed: V) -> [V; 3] {
    let first = new_carlisle_gw::<V>();
    let second = facts::NINDIANA_GW.lane::<V>();
    let new_carlisle = committed.at_most(first);
    let northern = (committed - first).at_least(V::splat(0.0)).at_most(second);
    let rest = (committed - first - second).at_least(V::splat(0.0));
    [
        new_carlisle.called(step::ALLOTTED_NEW_CARLISLE.name()),
        northern.called(step::ALLOTTED_NORTHERN_INDIANA.name()),
        rest.called(step::ALLOTTED_UNNAMED.name()),
    ]
}

/// A site over time, up to what it is allotted. A campus: nothing until 13.5/16 of the
/// build time, then the first half million chips' 0.38 GW, rising to 1.3 GW at the
/// build time and to the full site twelve months later. What has no name may be
/// several sites, so it comes evenly over the same span, without steps.
fn site<V: Lane>(
    scenario: &Scenario<V>,
    months: &Range<usize>,
    site: Site,
    allotted: V,
) -> Path<V> {
    let start = site.start(scenario);
    let build = scenario.get(Lever::BuildMonths);
    let part = assumption::FIRST_POWER_AGE.lane::<V>() / assumption::REFERENCE_BUILD.lane::<V>();
    let first = (build * part).called(step::FIRST_POWER.name());
    let completion = assumption::COMPLETION_MONTHS.lane::<V>();
    let [opening, phase_one, full] = match site {
        Site::NewCarlisle => [first_gw(), phase_one_gw(), new_carlisle_gw()],
        Site::NorthernIndiana => [first_gw(), phase_one_gw(), facts::NINDIANA_GW.lane()],
        Site::Unnamed => {
            let by_build = allotted * (build - first) / (build - first + completion);
            let by_build = by_build.called(step::BY_BUILD_TIME.name());
            [V::splat(0.0), by_build, allotted]
        }
    };
    let rise = ((phase_one - opening) / (build - first)).called(step::RISE.name());
    let finish = ((full - phase_one) / completion).called(step::FINISH.name());
    let series = match site {
        Site::NewCarlisle => Series::GwNewCarlisle,
        Site::NorthernIndiana => Series::GwNorthernIndiana,
        Site::Unnamed => Series::GwUnnamed,
    };
    Path::since(first_worked_out(start, first), months.clone(), |t| {
        let age = (V::known(Known::Now(t)) - start).called(step::SITE_AGE.at(t));
        let to_phase_one = opening + rise * (age - first);
        let to_full = (phase_one + finish * (age - build)).at_most(full);
        let standing = age.select_below(build, to_phase_one, to_full);
        let standing = standing.called(step::STANDING.at(t));
        age.select_below(first, V::splat(0.0), standing.at_most(allotted))
            .called(series.at(t))
    })
}

/// Nothing stands before the earliest first power, so nothing is worked out there.
fn first_worked_out<V: Lane>(start: V, first: V) -> usize {
    (start + first).least().max(0.0) as usize
}

/// Power needed to meet a demand at a price. GW, from demand in USD bn a month.
pub(crate) fn needed<V: Lane>(demand: V, price: V) -> V {
    demand * 12.0 / price
}

/// Gigawatts at the GPU norm that the Trainium committed to Anthropic does not account
/// for: demand less what it can earn. Negative where power would stand idle. GW.
pub(crate) fn other_required<V: Lane>(demand: &Path<V>, power: &Gigawatts<V>) -> Path<V> {
    let months = power.supply.months();
    let months = months.start..months.end.min(demand.months().end);
    let price = gpu_price::<V>();
    let first = super::revenue::REVENUE_START.index();
    Path::beside(
        [demand, &power.supply],
        first,
        months,
        |t, [demand, supply]| {
            ((demand - supply) * 12.0 / price).called(Series::OtherGwRequired.at(t))
        },
    )
}
