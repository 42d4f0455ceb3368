//! AI revenue in three parts that do not overlap.

use crate::fact::facts;
use crate::lane::Lane;
use crate::levers::Lever;
use crate::month::Month;
use crate::outcome::{Outcome, Output, Series};
use crate::scenario::Scenario;
use crate::step;

/// Shares of AWS AI revenue. They add to one.
///
/// Anthropic's published share and Bedrock's add to more than the whole: the compute
/// behind Claude's tokens on Bedrock is counted in both (C17). Here it is a part of
/// its own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AiParts<V> {
    /// Compute that Anthropic rents for itself.
    pub direct: V,
    /// Compute behind the Claude tokens that Bedrock sells.
    pub behind_bedrock: V,
    /// Everyone else.
    pub other: V,
}

/// Anthropic's share of AWS AI revenue in the first quarter of 2026: its share of AWS
/// over AI's (`anthropic-share-aws-2026q1`, `aws-ai-mix-2026q1`; row R31).
pub fn anthropic_of_ai<V: Lane>() -> V {
    let share = facts::ANTHROPIC_SHARE_AWS_2026Q1.lane_middle::<V>();
    (share / facts::AWS_AI_MIX_2026Q1.lane::<V>()).called(step::ANTHROPIC_OF_AI.name())
}

/// Splits AI revenue for a Bedrock share. The overlap is taken at its least, which
/// supposes that everything on AWS is either Anthropic's or Bedrock's.
pub fn of_ai_revenue<V: Lane>(scenario: &Scenario<V>) -> AiParts<V> {
    let bedrock = scenario.get(Lever::MaasShare) / 100.0;
    let anthropic = anthropic_of_ai::<V>();
    let behind_bedrock = (bedrock + anthropic - 1.0).at_least(V::splat(0.0));
    let behind_bedrock = behind_bedrock.called(Output::AiBehindBedrockShare.name());
    AiParts {
        direct: -behind_bedrock + anthropic,
        behind_bedrock,
        other: -anthropic + 1.0,
    }
}

/// The first month whose AI revenue is split: the quarter of the published shares.
pub const SPLIT_FROM: Month = Month::new(2026, 1);

/// AI revenue of AWS in a month in its three parts, at a yearly rate; none before 2026.
/// The shares are those of the first quarter of 2026 throughout: no source says how
/// they move. USD bn a year.
pub fn of_month(scenario: &Scenario, outcome: &Outcome, month: Month) -> Option<AiParts<f64>> {
    if month < SPLIT_FROM {
        return None;
    }
    let revenue = 12.0 * outcome.at(Series::AiRevenue, month)?;
    let shares = of_ai_revenue(scenario);
    Some(AiParts {
        direct: shares.direct * revenue,
        behind_bedrock: shares.behind_bedrock * revenue,
        other: shares.other * revenue,
    })
}
