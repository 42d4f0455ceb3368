//! Charts of AWS and its rivals.

use compute_loop_core::assumption::AWS_MARGIN_Q1_2026;
use compute_loop_core::fact::facts;
use compute_loop_core::format;
use compute_loop_core::model::race;
use compute_loop_core::model::revenue::AWS_ANNUALIZED_2026Q1;
use compute_loop_core::month::Month;
use compute_loop_core::outcome::{Output, Series};
use compute_loop_core::unit::Unit;

use super::time::{Area, Line, Published, TimeChart};
use super::{Case, Picture, Shapes, filled, sum, values};
use crate::palette::Role;

const FROM: usize = Month::new(2024, 1).index();
const TO: usize = Month::new(2028, 12).index();

/// AWS revenue at a yearly rate, without AI and with it.
pub(super) fn revenue(case: Case<'_>) -> Picture {
    let outcome = case.outcome;
    let nonai = filled(outcome, Series::NonaiRevenue, FROM, TO, 12.0);
    let total = sum(&nonai, &filled(outcome, Series::AiRevenue, FROM, TO, 12.0));
    Picture {
        title: format!(
            "AWS grows {} in 2026, and Anthropic is {} of it",
            format::output(outcome, Output::AwsGrowth2026),
            format::output(outcome, Output::AnthropicShare2026)
        ),
        subtitle: "AWS revenue at a yearly rate, $ bn. Ring: published.".into(),
        summary: format!(
            "AWS earns {} in 2026, {} of it from AI; in 2027 it grows {}.",
            format::output(outcome, Output::AwsRevenue2026),
            format::output(outcome, Output::AiRevenue2026),
            format::output(outcome, Output::AwsGrowth2027)
        ),
        facts: &[
            ("AI revenue", facts::AWS_AI_ANNUALIZED_2026Q1),
            ("its share of AWS", facts::AWS_AI_MIX_2026Q1),
            ("growth, first quarter", facts::AWS_GROWTH_2026Q1),
            ("growth without AI", facts::AWS_NONAI_GROWTH_2026),
        ],
        shapes: Shapes::Time(TimeChart {
            from: FROM,
            to: TO,
            unit: "$ bn a year",
            top: 300.0,
            areas: vec![
                Area {
                    label: "without AI".into(),
                    role: Role::Amazon,
                    alpha: 0.24,
                    lower: vec![0.0; nonai.len()],
                    upper: nonai.clone(),
                },
                Area {
                    label: "AI".into(),
                    role: Role::Anthropic,
                    alpha: 0.4,
                    lower: nonai,
                    upper: total.clone(),
                },
            ],
            lines: vec![Line {
                label: "AWS".into(),
                role: Role::Amazon,
                dashed: false,
                values: total.into_iter().map(Some).collect(),
            }],
            points: vec![Published {
                month: Month::new(2026, 2).index(),
                value: AWS_ANNUALIZED_2026Q1,
                role: Role::Amazon,
                ..Published::default()
            }],
            ..TimeChart::default()
        }),
    }
}

/// The operating margin of AWS.
pub(super) fn margin(case: Case<'_>) -> Picture {
    let outcome = case.outcome;
    let (from, to) = (Month::new(2026, 1).index(), Month::new(2030, 12).index());
    let (now, next) = (
        outcome.get(Output::AwsMargin2026),
        outcome.get(Output::AwsMargin2027),
    );
    let move_points = 100.0 * (next - now);
    let title = if move_points > 0.05 {
        format!(
            "The margin of AWS lifts by {} points in 2027",
            format::number(move_points, 1)
        )
    } else if move_points < -0.05 {
        format!(
            "The margin of AWS does not lift by 2027: it slips {} points",
            format::number(-move_points, 1)
        )
    } else {
        "The margin of AWS neither lifts nor slips in 2027".into()
    };
    Picture {
        title,
        subtitle: "Operating margin of AWS, %; the axis does not begin at zero. Ring: first quarter of 2026, as read.".into(),
        summary: format!("The margin is {} % in 2026 and {} % in 2027.",
            format::number(100.0 * now, 1),
            format::number(100.0 * next, 1)),
        facts: &[
            ("margin, first quarter", facts::AWS_OPM_2026Q1),
            ("margin of token services", facts::AWS_MAAS_OPM),
            ("predicted lift", facts::MARGIN_LIFT_YEAR),
        ],
        shapes: Shapes::Time(TimeChart {
            from,
            to,
            unit: "%",
            base: 30.0,
            top: 40.0,
            lines: vec![Line {
                label: "margin".into(),
                role: Role::Amazon,
                dashed: false,
                values: values(outcome, Series::AwsMargin, from, to, 100.0),
            }],
            points: vec![Published {
                month: Month::new(2026, 2).index(),
                value: 100.0 * AWS_MARGIN_Q1_2026.value,
                role: Role::Amazon,
                ..Published::default()
            }],
            ..TimeChart::default()
        }),
    }
}

/// AI revenue of four clouds, carried on from one source's table.
pub(super) fn race(case: Case<'_>) -> Picture {
    let _ = case;
    let (from, to) = (Month::new(2024, 1).index(), Month::new(2032, 1).index());
    let lines = race::Cloud::ALL
        .into_iter()
        .map(|cloud| Line {
            label: cloud.name().into(),
            role: if cloud == race::Cloud::Aws {
                Role::Amazon
            } else {
                Role::Muted
            },
            dashed: cloud == race::Cloud::Azure,
            values: (from..=to)
                .map(|t| {
                    let month = Month::at(t)?;
                    // A straight line between years on a logarithmic scale.
                    let part = (month.of_year() - 1) as f64 / 12.0;
                    let (now, next) = (
                        race::revenue(cloud, month.year()),
                        race::revenue(cloud, month.year() + 1),
                    );
                    Some(now * libm::pow(next / now, part))
                })
                .collect(),
        })
        .collect();
    let title = match race::crossover() {
        Some(year) => format!("On one source's table Azure passes AWS in AI revenue in {year}"),
        None => "On one source's table Azure never passes AWS in AI revenue".into(),
    };
    Picture {
        title,
        subtitle: "AI revenue, $ bn a year, logarithmic. A definition that no other source shares."
            .into(),
        summary: format!(
            "The table puts AWS at {} in 2024; the other sources put it between {} and {}.",
            format::value(Unit::UsdBn, facts::AWS_AI_REVENUE_2024_S1.value()),
            format::value(Unit::UsdBn, facts::AWS_AI_ANNUALIZED_2024Q1.low()),
            format::value(Unit::UsdBn, facts::AWS_AI_ANNUALIZED_2024Q1.high())
        ),
        facts: &[
            ("AWS", facts::AWS_AI_REVENUE_2024_S1),
            ("its growth", facts::AWS_AI_GROWTH_S1),
            ("Azure", facts::AZURE_AI_REVENUE_2024_S1),
            ("its growth", facts::AZURE_AI_GROWTH_S1),
            ("Google", facts::GCP_AI_REVENUE_2024_S1),
            ("its growth", facts::GCP_AI_GROWTH_S1),
            ("Oracle", facts::OCI_AI_REVENUE_2024_S1),
            ("its growth", facts::OCI_AI_GROWTH_S1),
        ],
        shapes: Shapes::Time(TimeChart {
            from,
            to,
            unit: "$ bn a year",
            log: true,
            top: 600.0,
            lines,
            points: race::Cloud::ALL
                .into_iter()
                .map(|cloud| Published {
                    month: from,
                    value: cloud.published().0.value(),
                    role: if cloud == race::Cloud::Aws {
                        Role::Amazon
                    } else {
                        Role::Muted
                    },
                    ..Published::default()
                })
                .collect(),
            ..TimeChart::default()
        }),
    }
}
