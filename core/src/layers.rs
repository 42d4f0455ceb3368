//! AWS in layers, by what each earns on a dollar of sales.

use crate::fact::facts;
use crate::levers::Lever;
use crate::model;
use crate::month::months_of;
use crate::scenario::Scenario;

/// A layer of AWS in the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    /// Models sold by the token: Bedrock.
    Tokens,
    /// AI hardware rented out.
    Rental,
    /// What is not AI.
    Rest,
}

impl Layer {
    /// The layers, from the most to the least particular.
    pub const ALL: [Self; 3] = [Self::Tokens, Self::Rental, Self::Rest];
}

/// A layer in a year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// The layer.
    pub layer: Layer,
    /// Its part of AWS revenue.
    pub of_revenue: f64,
    /// Operating income over revenue; none where it sells nothing.
    pub margin: Option<f64>,
}

/// The layers in a year from 2026 on. Tokens are Bedrock's share of AI revenue at the
/// published margin (`aws-maas-opm`); rental is the rest of AI revenue at what the
/// gigawatts that serve it cost, idle power included; everything else earns the margin
/// that makes the first quarter of 2026 come to the published one of the whole
/// (`aws-opm-2026q1`). The shares add to one, and the margins so weighted to that of
/// AWS. Costs common to all layers are left with everything else.
pub fn of_year(scenario: &Scenario, year: usize) -> [Share; 3] {
    let model = model::model(scenario);
    let (revenue, costs) = (&model.revenue, &model.economics);
    let months = months_of(year);
    let (aws, ai) = (
        revenue.aws.sum(months.clone()),
        revenue.ai.sum(months.clone()),
    );
    let bedrock = scenario.get(Lever::MaasShare) / 100.0;
    let sold = |amount: f64, margin: f64| (amount > 0.0).then_some(margin);
    let rental = costs.operating_income.sum(months) / ai;
    let share = |layer: Layer, of_revenue: f64, margin: f64| Share {
        layer,
        of_revenue,
        margin: sold(of_revenue, margin),
    };
    [
        share(
            Layer::Tokens,
            bedrock * ai / aws,
            facts::AWS_MAAS_OPM.share(),
        ),
        share(Layer::Rental, (1.0 - bedrock) * ai / aws, rental),
        share(Layer::Rest, 1.0 - ai / aws, costs.rest_margin),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::run;
    use crate::outcome::Output;

    #[test]
    fn layers_add_up_to_aws() {
        for share in [10.0, 37.0, 60.0] {
            let scenario = Scenario::default().with(Lever::MaasShare, share);
            let outcome = run(&scenario);
            for (year, output) in [(2026, Output::AwsMargin2026), (2027, Output::AwsMargin2027)] {
                let layers = of_year(&scenario, year);
                let whole: f64 = layers.iter().map(|layer| layer.of_revenue).sum();
                assert!((whole - 1.0).abs() < 1e-12, "{year}: {whole}");
                let margin: f64 = layers
                    .iter()
                    .filter_map(|layer| Some(layer.of_revenue * layer.margin?))
                    .sum();
                assert!(
                    (margin - outcome.get(output)).abs() < 1e-9,
                    "{year}: {margin}"
                );
            }
        }
    }

    #[test]
    fn what_sells_nothing_has_no_margin() {
        // Nothing signed, no other power, and revenue held to it: no AI revenue.
        let scenario = Scenario::default()
            .with(Lever::GwCommitted, 0.0)
            .with(Lever::OtherAiGw, 0.0)
            .with(Lever::CapacityBinds, 1.0);
        let [tokens, rental, rest] = of_year(&scenario, 2027);
        assert_eq!((tokens.margin, rental.margin), (None, None));
        assert!(rest.margin.is_some_and(f64::is_finite));
    }
}
