//! Published claims beside what the model takes for the same thing.

use crate::fact::facts;
use crate::levers::Lever;
use crate::outcome::{Outcome, Output};
use crate::scenario::Scenario;
use crate::unit::Unit;
use crate::words::mark;

/// One thing that sources put differently from the model.
#[derive(Clone, Debug)]
pub struct Claim {
    /// What it is.
    pub what: &'static str,
    /// The unit of the values.
    pub unit: Unit,
    /// What the model takes.
    pub model: f64,
    /// What sources say.
    pub published: Vec<f64>,
}

impl Claim {
    /// A published value as a multiple of the model's; none where the model has nothing.
    pub fn times(&self, published: f64) -> Option<f64> {
        (self.model > 0.0).then(|| published / self.model)
    }
}

/// The claims that the page sets beside the model: money invested (C01), the training
/// saving (C27), revenue per gigawatt (C47), power (C43), AI revenue of AWS in 2024
/// (C13, against the middle of "low single digits") and capex per gigawatt (C48: the
/// site alone, and Trainium's site with its servers).
pub fn claims(scenario: &Scenario, outcome: &Outcome) -> Vec<Claim> {
    let claim = |what: &'static str, unit: Unit, model: f64, published: &[f64]| Claim {
        what,
        unit,
        model,
        published: published.to_vec(),
    };
    vec![
        claim(
            mark("Amazon’s money in Anthropic"),
            Unit::UsdBn,
            outcome.get(Output::CashInvested202612),
            &[
                facts::AMZN_ANTHROPIC_TOTAL_S3.value(),
                facts::DEAL_TOTAL_S1.value(),
            ],
        ),
        claim(
            mark("Training saving"),
            Unit::Percent,
            scenario.get(Lever::TrainingSaving),
            &[facts::TRN_TRAINING_COST_SAVING_CLAIMED.value()],
        ),
        claim(
            mark("Revenue per gigawatt-year"),
            Unit::UsdBn,
            outcome.get(Output::TrainiumPricePerGw),
            &[
                facts::COMMIT_PER_GW_BELOW_NORM_2.value(),
                facts::REVENUE_PER_GW_NORM.value(),
            ],
        ),
        claim(
            mark("Trainium power"),
            Unit::Gw,
            scenario.get(Lever::GwCommitted),
            &[facts::AWS_NEW_CAPACITY_3_7.value()],
        ),
        claim(
            mark("AWS AI revenue, 2024"),
            Unit::UsdBn,
            facts::AWS_AI_ANNUALIZED_2024Q1.middle(),
            &[facts::AWS_AI_REVENUE_2024_S1.value()],
        ),
        claim(
            mark("Capex per gigawatt, site"),
            Unit::UsdBn,
            scenario.get(Lever::SiteCapex),
            &[
                facts::RAINIER_CAPEX_PER_GW.low(),
                facts::RAINIER_CAPEX_PER_GW.high(),
            ],
        ),
        claim(
            mark("Capex per gigawatt, all in"),
            Unit::UsdBn,
            scenario.get(Lever::SiteCapex) + scenario.get(Lever::ServerCapex),
            &[
                facts::GOV_AI_CAPEX.value() / facts::GOV_AI_GW.value(),
                facts::NVIDIA_CAPEX_PER_GW.value(),
            ],
        ),
    ]
}
