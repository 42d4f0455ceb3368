//! What always holds, as code.

use crate::levers::Lever;
use crate::model::Model;
use crate::month::HORIZON;
use crate::outcome::{Outcome, Output, Series};
use crate::parts::{AiParts, of_ai_revenue};
use crate::scenario::Scenario;

/// A law that an outcome breaks.
#[derive(Clone, Debug, PartialEq)]
pub struct Violation {
    /// The law.
    pub law: &'static str,
    /// Where and by how much.
    pub detail: String,
}

/// A cent, in billions of dollars.
const CENT: f64 = 1e-11;

/// Every law against one scenario; empty where all hold. `model` and `outcome` have
/// to be those of the scenario.
pub fn violations(scenario: &Scenario, model: &Model<f64>, outcome: &Outcome) -> Vec<Violation> {
    let mut found = Vec::new();
    let mut check = |holds: bool, law: &'static str, detail: &dyn Fn() -> String| {
        if !holds {
            found.push(Violation {
                law,
                detail: detail(),
            });
        }
    };

    for output in Output::ALL {
        let value = outcome.get(output);
        check(value.is_finite(), "every value is finite", &|| {
            format!("{} is {value}", output.spec().id)
        });
    }
    for series in Series::ALL {
        let bad = outcome
            .path(series)
            .values()
            .iter()
            .position(|value| !value.is_finite());
        check(bad.is_none(), "every value is finite", &|| {
            format!("{} in month {bad:?}", series.spec().id)
        });
    }

    for series in [
        Series::GwOnline,
        Series::GwNewCarlisle,
        Series::GwNorthernIndiana,
        Series::GwUnnamed,
    ] {
        check(rises(outcome, series), "capacity never falls", &|| {
            series.spec().id.into()
        });
    }
    for series in [Series::PledgeSpent, Series::CashInvested] {
        check(
            rises(outcome, series),
            "cumulative spend never falls",
            &|| series.spec().id.into(),
        );
    }

    let ledger = &model.deal.ledger;
    let parties = [
        &ledger.amazon,
        &ledger.anthropic,
        &ledger.investors,
        &ledger.customers,
        &ledger.suppliers,
        &ledger.other_labs,
    ];
    for t in 0..HORIZON {
        let sum: f64 = parties.iter().map(|party| party[t]).sum();
        let gross: f64 = parties.iter().map(|party| party[t].abs()).sum();
        // Beyond some thousands of billions a month a cent is finer than the numbers
        // themselves can tell.
        check(
            sum.abs() <= CENT.max(gross * 1e-15),
            "cash changes add to zero, to the cent",
            &|| format!("month {t}: {sum}"),
        );
    }

    for t in 0..HORIZON {
        let parts = model.revenue.nonai[t] + model.revenue.ai[t];
        let whole = model.revenue.aws[t];
        check(
            (parts - whole).abs() <= CENT.max(whole * 1e-15),
            "parts add to the whole",
            &|| format!("AWS in month {t}: {parts} against {whole}"),
        );
        let sites: f64 = model.gigawatts.sites.iter().map(|site| site[t]).sum();
        let online = model.gigawatts.online[t];
        check(
            (sites - online).abs() <= 1e-12,
            "parts add to the whole",
            &|| format!("sites in month {t}: {sites} against {online}"),
        );
        check(
            online <= scenario.get(Lever::GwCommitted) + 1e-12,
            "no more power than committed",
            &|| format!("month {t}: {online}"),
        );
    }
    let AiParts {
        direct,
        behind_bedrock,
        other,
    } = of_ai_revenue(scenario);
    let shares = [direct, behind_bedrock, other];
    let sum: f64 = shares.iter().sum();
    check((sum - 1.0).abs() <= 1e-12, "shares add to one", &|| {
        format!("{shares:?}")
    });
    check(
        shares.iter().all(|share| *share >= 0.0),
        "shares are not negative",
        &|| format!("{shares:?}"),
    );

    if scenario.get(Lever::CapacityBinds) > 0.5 {
        for t in crate::month::months_of(2026).start..HORIZON {
            let able = model.gigawatts.supply[t] + model.gigawatts.other_supply;
            let paid = model.revenue.spend[t];
            check(
                paid <= able + CENT,
                "with the cap on, revenue is not above what power can earn",
                &|| format!("month {t}: {paid} against {able}"),
            );
        }
    }

    let cash: f64 = model.deal.ledger.amazon.values().iter().sum();
    let flows: f64 = (0..HORIZON)
        .map(|t| {
            model.revenue.spend[t]
                - model.deal.investment[t]
                - ledger.other_labs[t]
                - model.deal.ledger.suppliers[t]
        })
        .sum();
    check(
        (cash - flows).abs() <= CENT.max(cash.abs() * 1e-12),
        "gains never enter cash",
        &|| format!("{cash} against {flows}"),
    );
    found
}

fn rises(outcome: &Outcome, series: Series) -> bool {
    outcome
        .path(series)
        .values()
        .windows(2)
        .all(|pair| pair[0] <= pair[1])
}
