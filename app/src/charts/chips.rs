//! Charts of the chips.

use compute_loop_core::fact::facts;
use compute_loop_core::format;
use compute_loop_core::levers::Lever;
use compute_loop_core::model::chips::TPU_V7_INDEX;
use compute_loop_core::month::Month;
use compute_loop_core::outcome::{Output, Series};

use super::bars::{Bar, Mark, Row, RowChart};
use super::time::{Level, Line, TimeChart};
use super::{Case, Picture, Shapes, values};
use crate::palette::Role;

/// Routes to the cost of a unit of work on Amazon's chips, Nvidia's being 1.
pub(super) fn cost(case: Case<'_>) -> Picture {
    let outcome = case.outcome;
    let saving = |output: Output| format::percent(1.0 - outcome.get(output));
    let row = |label: &str, output: Output, role: Role, published: bool| Row {
        label: label.into(),
        bars: vec![Bar {
            from: 0.0,
            to: outcome.get(output),
            role,
            alpha: 0.3,
            ..Bar::default()
        }],
        marks: vec![Mark {
            value: outcome.get(output),
            role,
            published,
            label: String::new(),
        }],
        note: format::number(outcome.get(output), 2),
    };
    let inference = 1.0 - facts::CHIP_TABLE_INFERENCE_SAVING.share();
    let mut inferring = row(
        "Inference, as you set it",
        Output::InferenceCost,
        Role::Chips,
        false,
    );
    inferring.marks.push(Mark {
        value: inference,
        role: Role::Muted,
        published: true,
        label: String::new(),
    });
    Picture {
        title: format!(
            "Published claims put training {} or {} below Nvidia; the price you set implies {}",
            saving(Output::TrainingCostTable),
            saving(Output::TrainingCostClaim),
            saving(Output::TrainingCostGigawatt)
        ),
        subtitle: "Cost of a unit of work, Nvidia's chip = 1. Rings: from published figures."
            .into(),
        summary: format!(
            "Against H100, training costs {} by the table, {} by Amazon's claim and {} by price per gigawatt; the model holds {}.",
            format::number(outcome.get(Output::TrainingCostTable), 2),
            format::number(outcome.get(Output::TrainingCostClaim), 2),
            format::number(outcome.get(Output::TrainingCostGigawatt), 2),
            format::number(outcome.get(Output::TrainingCost), 2)
        ),
        facts: &[
            ("Trainium 2 in the table", facts::TRN2_COST_PER_MTOK),
            ("H100 in the table", facts::H100_COST_PER_MTOK),
            ("Amazon’s claim", facts::TRN_TRAINING_COST_SAVING_CLAIMED),
            ("work per watt, Trainium 2", facts::TRN2_PERF_PER_WATT),
            ("H100", facts::H100_PERF_PER_WATT),
            ("inference saving", facts::CHIP_TABLE_INFERENCE_SAVING),
        ],
        shapes: Shapes::Rows(RowChart {
            low: 0.0,
            high: 1.2,
            ticks: [0.0, 0.25, 0.5, 0.75]
                .map(|v| (v, format::number(v, 2)))
                .to_vec(),
            mark: Some((1.0, "Nvidia's chip".into())),
            rows: vec![
                row(
                    "Training, the table",
                    Output::TrainingCostTable,
                    Role::Chips,
                    true,
                ),
                row(
                    "Training, Amazon's claim",
                    Output::TrainingCostClaim,
                    Role::Chips,
                    true,
                ),
                row(
                    "Training, price per gigawatt",
                    Output::TrainingCostGigawatt,
                    Role::Chips,
                    false,
                ),
                row(
                    "Training, as you set it",
                    Output::TrainingCost,
                    Role::Chips,
                    false,
                ),
                inferring,
            ],
            ..RowChart::default()
        }),
    }
}

/// The newest Trainium in volume against Nvidia's H200.
pub(super) fn generations(case: Case<'_>) -> Picture {
    let Case {
        scenario, outcome, ..
    } = case;
    let (from, to) = (Month::new(2024, 7).index(), Month::new(2032, 6).index());
    let start = Month::at(scenario.get(Lever::Trainium4Start) as usize)
        .map_or_else(String::new, format::month);
    Picture {
        title: format!(
            "Trainium trails a chip of 2023 until mid‑2026, and barely passes it until {start}"
        ),
        subtitle: "Newest Trainium in volume, Nvidia's H200 of late 2023 = 1.".into(),
        summary: format!(
            "Trainium 2 stands at {} of H200, Trainium 3 at {}; Trainium 4 is expected from {start}.",
            format::number(facts::TRN2_VS_H200.share(), 1),
            format::number(outcome.path(Series::TrainiumIndex)[Month::new(2026, 12)], 1)
        ),
        facts: &[
            ("Trainium 2 against H200", facts::TRN2_VS_H200),
            ("against Trainium 3", facts::TRN2_VS_TRN3),
            ("Trainium 3 against TPU v7", facts::TRN3_VS_TPUV7_FP8),
            ("Trainium 4 target", facts::TRN4_VS_TPUV8_B300),
        ],
        shapes: Shapes::Time(TimeChart {
            from,
            to,
            unit: "× H200",
            top: 2.5,
            lines: vec![Line {
                label: "Trainium".into(),
                role: Role::Chips,
                dashed: false,
                values: values(outcome, Series::TrainiumIndex, from, to, 1.0),
            }],
            rules: vec![
                Level {
                    label: "H200, 2023".into(),
                    role: Role::Muted,
                    value: 1.0,
                },
                Level {
                    label: "TPU v7, implied".into(),
                    role: Role::Muted,
                    value: TPU_V7_INDEX,
                },
            ],
            ..TimeChart::default()
        }),
    }
}
