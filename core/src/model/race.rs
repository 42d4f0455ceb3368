//! The four-cloud race in AI revenue, in one source's own definition.
//!
//! Its table (`aws-ai-revenue-2024-s1` and the rows beside it) fails every
//! cross-check with the other sources (C13, X14, X16), most likely because it counts
//! something else. It is kept as a layer of its own and never added to the rest.

use crate::fact::{Fact, facts};
use crate::month::LAST_YEAR;

/// One of the four clouds of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cloud {
    /// Amazon Web Services.
    Aws,
    /// Microsoft Azure.
    Azure,
    /// Google Cloud.
    Google,
    /// Oracle Cloud Infrastructure.
    Oracle,
}

impl Cloud {
    /// All four, in the table's order.
    pub const ALL: [Self; 4] = [Self::Aws, Self::Azure, Self::Google, Self::Oracle];

    /// The name on the page.
    pub fn name(self) -> &'static str {
        match self {
            Self::Aws => "AWS",
            Self::Azure => "Azure",
            Self::Google => "Google Cloud",
            Self::Oracle => "Oracle",
        }
    }

    /// AI revenue in 2024 and its yearly growth, as published.
    pub fn published(self) -> (&'static Fact, &'static Fact) {
        match self {
            Self::Aws => (&facts::AWS_AI_REVENUE_2024_S1, &facts::AWS_AI_GROWTH_S1),
            Self::Azure => (&facts::AZURE_AI_REVENUE_2024_S1, &facts::AZURE_AI_GROWTH_S1),
            Self::Google => (&facts::GCP_AI_REVENUE_2024_S1, &facts::GCP_AI_GROWTH_S1),
            Self::Oracle => (&facts::OCI_AI_REVENUE_2024_S1, &facts::OCI_AI_GROWTH_S1),
        }
    }
}

/// The year of the table.
pub const TABLE_YEAR: usize = 2024;

/// AI revenue of a cloud in a year, were its growth to stay as published. USD bn.
pub fn revenue(cloud: Cloud, year: usize) -> f64 {
    let (level, growth) = cloud.published();
    (TABLE_YEAR..year).fold(level.value(), |sum, _| sum * (1.0 + growth.share()))
}

/// The first year in which Azure is ahead of AWS; none within the horizon.
pub fn crossover() -> Option<usize> {
    (TABLE_YEAR..=LAST_YEAR).find(|&year| revenue(Cloud::Azure, year) > revenue(Cloud::Aws, year))
}
