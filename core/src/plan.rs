//! What is planned at each site: power, chips, capex.

use crate::fact::facts;
use crate::levers::Lever;
use crate::model::chips::million_chips;
use crate::model::gigawatts::{Site, allotment};
use crate::scenario::Scenario;

/// A site as far as the commitment fills it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// The site.
    pub site: Site,
    /// Power planned for Anthropic. GW.
    pub gigawatts: f64,
    /// Trainium 2 chips that it feeds at the facility's draw for each (row R26). Millions.
    pub million_chips: f64,
    /// Those chips in groups of the published size of a Trainium 3 UltraServer
    /// (`trn3-ultraserver-chips`): that of Trainium 2 is not in the sources. Thousands.
    pub thousand_servers: f64,
    /// Capex of buildings and base works. USD bn.
    pub site_capex: f64,
    /// Capex of servers and chips. USD bn.
    pub server_capex: f64,
    /// The budget that is published for the site, whatever it covers
    /// (`newcarlisle-capex`, `nindiana-capex`). USD bn.
    pub published_capex: Option<f64>,
}

/// What is planned at each site, in the order in which the commitment fills them: its
/// power, times chips and capex a gigawatt. Every gigawatt is taken to cost the same
/// and to feed Trainium 2; later chips, of which fewer fit, are left out.
pub fn plans(scenario: &Scenario) -> [Plan; 3] {
    let allotted = allotment(scenario.get(Lever::GwCommitted));
    core::array::from_fn(|i| {
        let (site, gigawatts) = (Site::ALL[i], allotted[i]);
        let chips = million_chips(gigawatts);
        Plan {
            site,
            gigawatts,
            million_chips: chips,
            thousand_servers: 1000.0 * chips / facts::TRN3_ULTRASERVER_CHIPS.value(),
            site_capex: gigawatts * scenario.get(Lever::SiteCapex),
            server_capex: gigawatts * scenario.get(Lever::ServerCapex),
            published_capex: match site {
                Site::NewCarlisle => Some(facts::NEWCARLISLE_CAPEX.value()),
                Site::NorthernIndiana => Some(facts::NINDIANA_CAPEX.value()),
                Site::Unnamed => None,
            },
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sites_carry_the_whole_commitment() {
        for committed in [0.0, 1.0, 4.0, 5.0, 15.0] {
            let scenario = Scenario::default().with(Lever::GwCommitted, committed);
            let sum: f64 = plans(&scenario).iter().map(|plan| plan.gigawatts).sum();
            assert!((sum - committed).abs() < 1e-12, "{committed}: {sum}");
        }
    }

    #[test]
    fn the_first_phase_feeds_its_published_chips() {
        // 1.3 GW and 1.7 million chips are published of the same phase (R26).
        let scenario = Scenario::default().with(Lever::GwCommitted, 1.3);
        let [first, ..] = plans(&scenario);
        assert!((first.million_chips - 1.7).abs() < 1e-9);
    }
}
