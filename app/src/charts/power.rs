//! Charts of demand, sites and unit economics.

use compute_loop_core::fact::facts;
use compute_loop_core::format;
use compute_loop_core::levers::Lever;
use compute_loop_core::model::gigawatts::FIRST_GW;
use compute_loop_core::model::{self, economics::UnitCost};
use compute_loop_core::month::Month;
use compute_loop_core::outcome::{GPU_PRICE_PER_GW, Output, Series};
use compute_loop_core::unit::Unit;

use super::bars::{Bar, Row, RowChart};
use super::time::{Area, GapMark, Level, Line, Published, TimeChart};
use super::{Case, Picture, Shapes, filled, sum, values};
use crate::palette::Role;

const FROM: usize = Month::new(2025, 1).index();
const TO: usize = Month::new(2029, 12).index();
const DECEMBER_2026: usize = Month::new(2026, 12).index();

fn gigawatts(value: f64) -> String {
    format::value(Unit::Gw, value)
}

/// Demand against power online, the gap between them shaded.
pub(super) fn gap(case: Case<'_>) -> Picture {
    let Case {
        scenario, outcome, ..
    } = case;
    let (from, to) = (FROM, Month::new(2028, 12).index());
    let needed = filled(outcome, Series::GwNeeded, from, to, 1.0);
    let online = filled(outcome, Series::GwOnline, from, to, 1.0);
    let short: Vec<f64> = needed
        .iter()
        .zip(&online)
        .map(|(need, have)| need.max(*have))
        .collect();
    let gap = outcome.get(Output::GwGap202612);
    let (need, have) = (
        outcome.get(Output::GwNeeded202612),
        outcome.get(Output::GwOnline202612),
    );
    let committed = scenario.get(Lever::GwCommitted);
    let signed = format::lever(Lever::GwCommitted, committed);
    let title = match (gap > 0.05, outcome.month(Output::CommitmentOutgrown)) {
        _ if committed < 0.05 => format!(
            "With nothing signed, {} of Trainium would be missing in December 2026",
            gigawatts(gap)
        ),
        (true, Some(month)) => format!(
            "The {signed} that Anthropic signed for are outgrown in {}",
            format::month(month)
        ),
        (true, None) => format!(
            "{signed} would be enough, but {} are missing in December 2026",
            gigawatts(gap)
        ),
        (false, _) => format!(
            "The power online meets demand in December 2026, with {} to spare",
            gigawatts(-gap)
        ),
    };
    let label = if gap > 0.0 {
        format!("gap {}", gigawatts(gap))
    } else {
        format!("spare {}", gigawatts(-gap))
    };
    Picture {
        title,
        subtitle: "Trainium power for Anthropic, GW. Rings: published.".into(),
        summary: format!(
            "In December 2026 demand needs {} of Trainium; {} is online.",
            gigawatts(need),
            gigawatts(have)
        ),
        facts: &[
            ("first chips, October 2025", facts::NEWCARLISLE_INITIAL_TRN2),
            ("first phase, early 2026", facts::NEWCARLISLE_PHASE1_GW),
            ("signed", facts::ANTHROPIC_TRN_CAPACITY_COMMIT),
            ("ARR, December 2026", facts::ANTHROPIC_ARR_2026_12),
            (
                "revenue of New Carlisle",
                facts::NEWCARLISLE_REVENUE_ESTIMATE,
            ),
        ],
        shapes: Shapes::Time(TimeChart {
            from,
            to,
            unit: "GW",
            top: 10.0,
            areas: vec![Area {
                label: String::new(),
                role: Role::Gap,
                alpha: 0.16,
                lower: online.clone(),
                upper: short,
            }],
            lines: vec![
                Line {
                    label: "needed".into(),
                    role: Role::Anthropic,
                    dashed: false,
                    values: values(outcome, Series::GwNeeded, from, to, 1.0),
                },
                Line {
                    label: "online".into(),
                    role: Role::Power,
                    dashed: false,
                    values: online.into_iter().map(Some).collect(),
                },
            ],
            rules: vec![Level {
                label: format!("{signed} signed"),
                role: Role::Muted,
                value: committed,
            }],
            points: vec![
                Published {
                    month: Month::new(2025, 10).index(),
                    value: FIRST_GW,
                    role: Role::Power,
                    ..Published::default()
                },
                Published {
                    month: Month::new(2026, 2).index(),
                    value: facts::NEWCARLISLE_PHASE1_GW.value(),
                    role: Role::Power,
                    ..Published::default()
                },
            ],
            gap: Some(GapMark {
                month: DECEMBER_2026,
                low: need.min(have),
                high: need.max(have),
                label,
            }),
            ..TimeChart::default()
        }),
    }
}

/// Power by site, stacked, under the demand that it is for.
pub(super) fn sites(case: Case<'_>) -> Picture {
    let Case {
        scenario, outcome, ..
    } = case;
    let first = filled(outcome, Series::GwNewCarlisle, FROM, TO, 1.0);
    let second = sum(
        &first,
        &filled(outcome, Series::GwNorthernIndiana, FROM, TO, 1.0),
    );
    let third = sum(&second, &filled(outcome, Series::GwUnnamed, FROM, TO, 1.0));
    let full = (FROM..=TO)
        .find(|&t| third[t - FROM] >= scenario.get(Lever::GwCommitted) - 1e-9)
        .and_then(Month::at);
    let committed = format::lever(Lever::GwCommitted, scenario.get(Lever::GwCommitted));
    let title = match full {
        _ if scenario.get(Lever::GwCommitted) < 0.05 => {
            "With nothing signed, no site serves Anthropic".into()
        }
        Some(month) => format!("All {committed} stand by {}", format::month(month)),
        None => format!("The {committed} are not all built by the end of 2029"),
    };
    let area = |label: &str, alpha: f64, lower: &[f64], upper: &[f64]| Area {
        label: label.into(),
        role: Role::Power,
        alpha,
        lower: lower.to_vec(),
        upper: upper.to_vec(),
    };
    let end = |path: &[f64]| gigawatts(path[TO - FROM]);
    Picture {
        title,
        subtitle: "Trainium power online by site, and what demand needs, GW. Rings: published."
            .into(),
        summary: format!(
            "By the end of 2029 {} stand at New Carlisle, {} with Northern Indiana, {} in all.",
            end(&first),
            end(&second),
            end(&third)
        ),
        facts: &[
            ("New Carlisle", facts::NEWCARLISLE_GW),
            ("its first phase", facts::NEWCARLISLE_PHASE1_GW),
            ("Northern Indiana", facts::NINDIANA_GW),
            ("build time", facts::RAINIER_BUILD_MONTHS),
        ],
        shapes: Shapes::Time(TimeChart {
            from: FROM,
            to: TO,
            unit: "GW",
            top: 12.0,
            areas: vec![
                area("New Carlisle", 0.55, &vec![0.0; first.len()], &first),
                area("Northern Indiana", 0.34, &first, &second),
                area("not yet named", 0.17, &second, &third),
            ],
            lines: vec![
                Line {
                    label: "needed".into(),
                    role: Role::Anthropic,
                    dashed: false,
                    values: values(outcome, Series::GwNeeded, FROM, TO, 1.0),
                },
                Line {
                    label: "online".into(),
                    role: Role::Power,
                    dashed: false,
                    values: third.into_iter().map(Some).collect(),
                },
            ],
            points: vec![Published {
                month: Month::new(2026, 2).index(),
                value: facts::NEWCARLISLE_PHASE1_GW.value(),
                role: Role::Power,
                ..Published::default()
            }],
            ..TimeChart::default()
        }),
    }
}

/// What a gigawatt-year of Trainium and of GPUs costs, against what it earns.
pub(super) fn unit_economics(case: Case<'_>) -> Picture {
    let costs = model::model(case.scenario).economics;
    let (trainium, gpu) = (
        case.outcome.get(Output::TrainiumMargin),
        case.outcome.get(Output::GpuMargin),
    );
    let price = case.outcome.get(Output::TrainiumPricePerGw);
    let better = if trainium > gpu {
        "Trainium leaves more"
    } else {
        "GPUs leave more"
    };
    let row = |label: &str, cost: &UnitCost<f64>, price: f64, margin: f64| {
        let mut from = 0.0;
        let mut bars = Vec::new();
        let parts = [
            ("site", cost.site, Role::Power, 0.45),
            ("servers and chips", cost.servers, Role::Chips, 0.75),
            ("power", cost.power, Role::Power, 0.75),
            ("other", cost.running, Role::Muted, 0.45),
        ];
        for (name, part, role, alpha) in parts {
            bars.push(Bar {
                from,
                to: from + part,
                role,
                alpha,
                label: name.into(),
                ..Bar::default()
            });
            from += part;
        }
        Row {
            label: label.into(),
            bars,
            marks: vec![super::bars::Mark {
                value: price,
                role: Role::Amazon,
                published: false,
                label: format!("earns {}", format::value(Unit::UsdBn, price)),
            }],
            note: format!("margin {}", format::percent(margin)),
        }
    };
    Picture {
        title: format!(
            "{better} of each dollar: {} against {}",
            format::percent(trainium.max(gpu)),
            format::percent(trainium.min(gpu))
        ),
        subtitle: "Cost of a gigawatt for a year (site, servers and chips, power, other) and what it earns (dot), $ bn.".into(),
        summary: format!(
            "A gigawatt-year of Trainium costs {} and earns {}; one of GPUs costs {} and earns {}.",
            format::output(case.outcome, Output::TrainiumCostPerGw),
            format::value(Unit::UsdBn, price),
            format::output(case.outcome, Output::GpuCostPerGw),
            format::value(Unit::UsdBn, GPU_PRICE_PER_GW)
        ),
        facts: &[
            ("the norm", facts::REVENUE_PER_GW_NORM),
            ("New Carlisle against it", facts::NEWCARLISLE_REVENUE_VS_NORM),
            ("site capex", facts::RAINIER_CAPEX_PER_GW),
            ("GPU capex", facts::NVIDIA_CAPEX_PER_GW),
        ],
        shapes: Shapes::Rows(RowChart {
            unit: Some("$ bn"),
            low: 0.0,
            high: 16.0,
            ticks: [0.0, 5.0, 10.0, 15.0].map(|v| (v, format::number(v, 0))).to_vec(),
            rows: vec![
                row("Trainium", &costs.trainium, price, trainium),
                row("GPUs", &costs.gpu, GPU_PRICE_PER_GW, gpu),
            ],
..RowChart::default()
        }),
    }
}
