//! Charts of the deal.

use compute_loop_core::fact::facts;
use compute_loop_core::format;
use compute_loop_core::levers::Lever;
use compute_loop_core::month::Month;
use compute_loop_core::outcome::{Output, Series};
use compute_loop_core::unit::Unit;

use super::time::{Area, Line, Published, TimeChart};
use super::{Case, Picture, Shapes, filled, values};
use crate::palette::Role;

fn dollars(value: f64) -> String {
    format::value(Unit::UsdBn, value)
}

const FROM: usize = Month::new(2023, 7).index();
const TO: usize = Month::new(2028, 12).index();

/// Cash paid in against the value of the stake.
pub(super) fn stake(case: Case<'_>) -> Picture {
    let Case {
        scenario, outcome, ..
    } = case;
    let value = outcome.get(Output::StakeValue202612);
    let paid_in = outcome.get(Output::CashInvested202612);
    let title = if value >= paid_in {
        format!(
            "A stake bought for {} is worth {} at the end of 2026, on paper",
            dollars(paid_in),
            dollars(value)
        )
    } else {
        format!(
            "At the end of 2026 the stake is worth {}, less than the {} it cost",
            dollars(value),
            dollars(paid_in)
        )
    };
    let paid = filled(outcome, Series::CashInvested, FROM, TO, 1.0);
    Picture {
        title,
        subtitle: "Amazon's cash in Anthropic and the value of its stake, $ bn. Rings: published."
            .into(),
        summary: format!(
            "In December 2026 Amazon has put in {} and holds {} worth {}.",
            dollars(paid_in),
            format::percent(scenario.get(Lever::Stake) / 100.0),
            dollars(value)
        ),
        facts: &[
            ("first payment", facts::INITIAL_INVESTMENT),
            ("by November 2024", facts::AMZN_ANTHROPIC_TOTAL_2024_11),
            ("by April 2026", facts::AMZN_ANTHROPIC_TOTAL_2026_04),
            ("valuation", facts::ANTHROPIC_VALUATION),
            ("gain", facts::ANTHROPIC_MTM_GAIN),
            ("size of the stake", facts::AMZN_STAKE_SINGLE_DIGIT),
        ],
        shapes: Shapes::Time(TimeChart {
            from: FROM,
            to: TO,
            unit: "$ bn",
            top: 60.0,
            areas: vec![Area {
                label: String::new(),
                role: Role::Amazon,
                alpha: 0.22,
                lower: vec![0.0; paid.len()],
                upper: paid.clone(),
            }],
            lines: with_openai(case, &paid)
                .into_iter()
                .chain([
                    Line {
                        label: "stake".into(),
                        role: Role::Anthropic,
                        dashed: true,
                        values: values(outcome, Series::StakeValue, FROM, TO, 1.0),
                    },
                    Line {
                        label: "cash paid in".into(),
                        role: Role::Amazon,
                        dashed: false,
                        values: paid.iter().copied().map(Some).collect(),
                    },
                ])
                .collect(),
            points: vec![
                Published {
                    month: Month::new(2023, 9).index(),
                    value: facts::INITIAL_INVESTMENT.value(),
                    role: Role::Amazon,
                    ..Published::default()
                },
                Published {
                    month: Month::new(2024, 11).index(),
                    value: facts::AMZN_ANTHROPIC_TOTAL_2024_11.value(),
                    role: Role::Amazon,
                    ..Published::default()
                },
                Published {
                    month: Month::new(2026, 4).index(),
                    value: facts::AMZN_ANTHROPIC_TOTAL_2026_04.value(),
                    role: Role::Amazon,
                    ..Published::default()
                },
            ],
            ..TimeChart::default()
        }),
    }
}

/// The cash with what goes to OpenAI, where a reader has Amazon pay any.
fn with_openai(case: Case<'_>, paid: &[f64]) -> Option<Line> {
    if case.scenario.get(Lever::OpenaiInvestment) <= 0.0 {
        return None;
    }
    let mut extra = 0.0;
    let others = filled(case.outcome, Series::CashOtherLabs, FROM, TO, 1.0);
    let values = paid.iter().zip(others).map(|(paid, other)| {
        extra += other;
        Some(paid + extra)
    });
    Some(Line {
        label: "with OpenAI".into(),
        role: Role::Muted,
        dashed: true,
        values: values.collect(),
    })
}

/// Cumulative operating income on Anthropic's business, less the cash put in.
pub(super) fn net_return(case: Case<'_>) -> Picture {
    let outcome = case.outcome;
    let to = Month::new(2036, 12).index();
    let title = match outcome.month(Output::ReturnPositive) {
        Some(month) => format!(
            "As a business, Amazon's money is back by {}",
            format::month(month)
        ),
        None => "As a business, Amazon's money is not back by the end of 2036".into(),
    };
    let pledge = match outcome.month(Output::PledgeMet) {
        Some(month) => format!("The pledge is spent by {}.", format::month(month)),
        None => "The pledge is not spent by the end of 2036.".into(),
    };
    let at_end = outcome.path(Series::NetReturn)[to];
    Picture {
        title,
        subtitle:
            "Cumulative operating income from Anthropic less cash put in, $ bn, undiscounted."
                .into(),
        summary: format!(
            "By the end of 2036 the return stands at {}. {pledge}",
            dollars(at_end)
        ),
        facts: &[
            ("paid by April 2026", facts::AMZN_ANTHROPIC_TOTAL_2026_04),
            ("pledge", facts::ANTHROPIC_AWS_COMMIT),
            ("its term", facts::ANTHROPIC_AWS_COMMIT_TERM),
        ],
        shapes: Shapes::Time(TimeChart {
            from: FROM,
            to,
            unit: "$ bn",
            top: 40.0,
            lines: vec![Line {
                label: "return".into(),
                role: Role::Amazon,
                dashed: false,
                values: values(outcome, Series::NetReturn, FROM, to, 1.0),
            }],
            ..TimeChart::default()
        }),
    }
}
