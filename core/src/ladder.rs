//! Amazon's money in Anthropic, step by step: what is paid, what hangs on a condition,
//! and what a reader adds.

use crate::fact::facts;
use crate::levers::Lever;
use crate::model::deal::PAYMENTS;
use crate::month::Month;
use crate::outcome::{Outcome, Output};
use crate::scenario::Scenario;

/// A step, in the sum of all money so far. USD bn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// The sum before it.
    pub from: f64,
    /// The sum after it.
    pub to: f64,
}

/// The steps in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Ladder {
    /// What was paid, and when.
    pub paid: [(Month, Step); PAYMENTS.len()],
    /// What the model expects of the conditional money.
    pub expected: Step,
    /// The sum if all conditional money is paid. No source prints it (C01).
    pub ceiling: f64,
    /// The top-up that a reader has set, on top of what is expected.
    pub top_up: Step,
}

/// The ladder of an outcome: the payments made (see [`PAYMENTS`]), then what is expected
/// of `deal-milestone-tranche-s1` (C02), then the top-up of the reader. Money for
/// others, such as OpenAI, is left out.
pub fn ladder(scenario: &Scenario, outcome: &Outcome) -> Ladder {
    let mut sum = 0.0;
    let paid = PAYMENTS.map(|payment| (payment.month, next(&mut sum, payment.amount())));
    let ceiling = sum + facts::DEAL_MILESTONE_TRANCHE_S1.value();
    let expected = next(&mut sum, outcome.get(Output::ContingentExpected));
    let top_up = next(&mut sum, scenario.get(Lever::TopUp));
    Ladder {
        paid,
        expected,
        ceiling,
        top_up,
    }
}

fn next(sum: &mut f64, amount: f64) -> Step {
    let from = *sum;
    *sum += amount;
    Step { from, to: *sum }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model;
    use crate::outcome::Series;

    #[test]
    fn steps_lead_from_the_first_payment_to_all_that_is_invested() {
        let scenario = Scenario::default().with(Lever::TopUp, 12.0);
        let outcome = model::run(&scenario);
        let ladder = ladder(&scenario, &outcome);
        let published = [
            facts::INITIAL_INVESTMENT,
            facts::PHASE1_COMMIT,
            facts::AMZN_ANTHROPIC_TOTAL_2024_11,
            facts::AMZN_ANTHROPIC_TOTAL_2026_04,
        ];
        for ((month, step), fact) in ladder.paid.iter().zip(published) {
            assert!((step.to - fact.value()).abs() < 1e-9, "{month}");
        }
        assert!((ladder.ceiling - 33.0).abs() < 1e-9);
        let all = outcome.path(Series::CashInvested)[Month::new(2036, 12)];
        assert!((ladder.top_up.to - all).abs() < 1e-9);
    }
}
