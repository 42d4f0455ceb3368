//! Charts of the chips.

use compute_loop_core::comparison::{self, Processor};
use compute_loop_core::fact::{Fact, facts};
use compute_loop_core::format;
use compute_loop_core::levers::Lever;
use compute_loop_core::model::chips::{
    INDEX_START, TPU_V7_INDEX, TRN2_INDEX, TRN3_HIGH, TRN3_LOW, TRN3_MONTH,
};
use compute_loop_core::month::Month;
use compute_loop_core::outcome::{Outcome, Output, Series};

use super::bars::{Bar, Mark, Row, RowChart};
use super::time::{Area, Line, Note, Published, TimeChart};
use super::{Case, Picture, Shapes, values};
use crate::palette::Role;

fn ratio(value: f64) -> String {
    format::number(value, 2)
}

fn mark(value: f64, role: Role, published: bool) -> Mark {
    Mark {
        value,
        role,
        published,
        label: String::new(),
    }
}

/// A row against what is 1: a bar from `from` to the value shown, a ring where it is
/// published or follows from published figures, and a dot where the page holds another.
fn against(label: &str, from: f64, published: Option<f64>, held: Option<f64>) -> Row {
    let value = held.or(published).unwrap_or(1.0);
    let other = held.filter(|held| published.is_none_or(|ring| (ring - held).abs() > 0.004));
    Row {
        label: label.into(),
        bars: vec![Bar {
            from,
            to: value,
            role: Role::Chips,
            alpha: 0.3,
            ..Bar::default()
        }],
        marks: published
            .map(|ring| mark(ring, Role::Chips, true))
            .into_iter()
            .chain(other.map(|held| mark(held, Role::Chips, false)))
            .collect(),
        note: ratio(value),
    }
}

/// Routes to the cost of a unit of work on Amazon's chips, Nvidia's being 1.
pub(super) fn cost(case: Case<'_>) -> Picture {
    let outcome = case.outcome;
    let saving = |output: Output| format::percent(1.0 - outcome.get(output));
    let value = |output: Output| outcome.get(output);
    let claimed = value(Output::TrainingCostClaim);
    let mut table = against(
        "Training, the table’s rows",
        0.0,
        Some(value(Output::TrainingCostTable)),
        None,
    );
    // The sentence below the table does not follow from its rows (R08).
    let printed = 1.0 - facts::CHIP_TABLE_TRAINING_SAVING.share();
    table.marks.push(Mark {
        label: format!(
            "{} saved, its own sentence",
            format::percent(facts::CHIP_TABLE_TRAINING_SAVING.share())
        ),
        ..mark(printed, Role::Gap, true)
    });
    Picture {
        title: format!(
            "Training is {} cheaper by the table, {} by Amazon’s claim, {} by the price of a gigawatt",
            saving(Output::TrainingCostTable),
            saving(Output::TrainingCostClaim),
            saving(Output::TrainingCostGigawatt)
        ),
        subtitle: "Cost of a unit of work on Amazon’s chips, Nvidia’s chip = 1. Rings: from published figures. Dots: as this page is set."
            .into(),
        summary: format!(
            "Against H100, training costs {} by the table’s rows, {} by Amazon’s claim and {} by price per gigawatt; the page holds {}. The table’s own sentence, {} saved, does not follow from its rows.",
            ratio(value(Output::TrainingCostTable)),
            ratio(claimed),
            ratio(value(Output::TrainingCostGigawatt)),
            ratio(value(Output::TrainingCost)),
            format::percent(facts::CHIP_TABLE_TRAINING_SAVING.share())
        ),
        facts: &[
            ("Trainium 2 in the table", facts::TRN2_COST_PER_MTOK),
            ("H100 in the table", facts::H100_COST_PER_MTOK),
            ("the table’s own sentence", facts::CHIP_TABLE_TRAINING_SAVING),
            ("Amazon’s claim", facts::TRN_TRAINING_COST_SAVING_CLAIMED),
            ("work per watt, Trainium 2", facts::TRN2_PERF_PER_WATT),
            ("work per watt, H100", facts::H100_PERF_PER_WATT),
            ("inference saving", facts::CHIP_TABLE_INFERENCE_SAVING),
        ],
        shapes: Shapes::of(RowChart {
            low: 0.0,
            high: 1.2,
            ticks: [0.0, 0.25, 0.5, 0.75].map(|v| (v, ratio(v))).to_vec(),
            mark: Some((1.0, "Nvidia’s chip".into())),
            rows: vec![
                table,
                Row {
                    note: format!("{} at best", ratio(claimed)),
                    ..against("Training, Amazon’s claim", 0.0, Some(claimed), None)
                },
                against(
                    "Training, price per gigawatt",
                    0.0,
                    None,
                    Some(value(Output::TrainingCostGigawatt)),
                ),
                against(
                    "Training, as you set it",
                    0.0,
                    None,
                    Some(value(Output::TrainingCost)),
                ),
                against(
                    "Inference, as you set it",
                    0.0,
                    Some(1.0 - facts::CHIP_TABLE_INFERENCE_SAVING.share()),
                    Some(value(Output::InferenceCost)),
                ),
            ],
            ..RowChart::default()
        }),
    }
}

/// Where the saving comes from: Amazon's chips against Nvidia's, measure by measure.
pub(super) fn table(case: Case<'_>) -> Picture {
    let outcome = case.outcome;
    let (training, inference) = (comparison::training(), comparison::inference());
    let (token, hour) = (
        outcome.get(Output::TrainingCost),
        outcome.get(Output::Trn2PricePerChipHour),
    );
    let less = |value: f64| format::percent(1.0 - value);
    let with = |row: Row, of: String| Row {
        note: format!("{} ({of})", row.note),
        ..row
    };
    let whole = |value: f64| format::number(value, 0);
    let [trainium, h100] = comparison::training_watts();
    let dollars = |value: f64| format!("${}", ratio(value));
    // The printed prices, where the page holds what they make.
    let priced = |label: &str, printed: f64, held: f64, (own, other): (Fact, Fact)| {
        let row = against(label, 1.0, Some(printed), Some(held));
        let note = if row.marks.len() > 1 {
            format!("{} as set", row.note)
        } else {
            let (own, other) = (dollars(own.value()), dollars(other.value()));
            format!("{} ({own} to {other})", row.note)
        };
        Row { note, ..row }
    };
    let pair =
        |label: &str, value: f64, of: String| with(against(label, 1.0, Some(value), None), of);
    Picture {
        title: if token > 0.995 {
            format!(
                "Trainium 2 is {} slower than H100: for tokens to cost as much, its hour must cost {} less",
                less(training.speed),
                less(hour)
            )
        } else {
            format!(
                "Trainium 2 is {} slower than H100: for tokens {} cheaper, its hour must be {} cheaper",
                less(training.speed),
                less(token),
                less(hour)
            )
        },
        subtitle: "Trainium 2 against H100 (training) and Inferentia 2 against L40S (inference), Nvidia’s chip = 1. Rings: from the published table. Dots: as set, where that differs."
            .into(),
        summary: format!(
            "Against H100, Trainium 2 does {} of the work in a time and draws {} of the watts; a token costs {} and so an hour {}.",
            ratio(training.speed),
            ratio(training.watts()),
            ratio(token),
            ratio(hour)
        ),
        facts: &[
            ("speed, Trainium 2", facts::TRN2_TFLOPS_FP16),
            ("speed, H100", facts::H100_TFLOPS_FP16),
            ("work per watt, Trainium 2", facts::TRN2_PERF_PER_WATT),
            ("work per watt, H100", facts::H100_PERF_PER_WATT),
            ("price, Trainium 2", facts::TRN2_COST_PER_MTOK),
            ("price, H100", facts::H100_COST_PER_MTOK),
            ("answer time, Inferentia 2", facts::INF2_LATENCY_LLAMA70B),
            ("answer time, L40S", facts::L40S_LATENCY_LLAMA70B),
            ("work per watt, Inferentia 2", facts::INF2_PERF_PER_WATT),
            ("work per watt, L40S", facts::L40S_PERF_PER_WATT),
            ("price, Inferentia 2", facts::INF2_COST_PER_MTOK),
            ("price, L40S", facts::L40S_COST_PER_MTOK),
        ],
        shapes: Shapes::of(RowChart {
            // Names and values find room on their own side of the line at 1 on a phone.
            low: 0.3,
            high: 1.7,
            ticks: [0.5, 0.75, 1.25, 1.5].map(|v| (v, ratio(v))).to_vec(),
            mark: Some((1.0, "Nvidia’s chip".into())),
            rows: vec![
                pair(
                    "Training, TFLOPS",
                    training.speed,
                    format!(
                        "{} to {}",
                        whole(facts::TRN2_TFLOPS_FP16.value()),
                        whole(facts::H100_TFLOPS_FP16.value())
                    ),
                ),
                pair(
                    "Training, work per watt",
                    training.work_per_watt,
                    format!(
                        "{} to {}",
                        format::number(facts::TRN2_PERF_PER_WATT.value(), 1),
                        format::number(facts::H100_PERF_PER_WATT.value(), 1)
                    ),
                ),
                pair(
                    "Training, watts (implied)",
                    training.watts(),
                    format!("{} to {} W", whole(trainium), whole(h100)),
                ),
                priced(
                    "Training, token price",
                    training.price_per_token,
                    token,
                    (facts::TRN2_COST_PER_MTOK, facts::H100_COST_PER_MTOK),
                ),
                with(
                    against(
                        "Training, hourly price",
                        1.0,
                        Some(training.price_per_hour()),
                        Some(hour),
                    ),
                    "implied".into(),
                ),
                pair(
                    "Inference, speed",
                    inference.speed,
                    format!(
                        "{} to {} ms",
                        whole(facts::INF2_LATENCY_LLAMA70B.value()),
                        whole(facts::L40S_LATENCY_LLAMA70B.value())
                    ),
                ),
                pair(
                    "Inference, work per watt",
                    inference.work_per_watt,
                    format!(
                        "{} to {}",
                        format::number(facts::INF2_PERF_PER_WATT.value(), 1),
                        format::number(facts::L40S_PERF_PER_WATT.value(), 1)
                    ),
                ),
                priced(
                    "Inference, token price",
                    inference.price_per_token,
                    outcome.get(Output::InferenceCost),
                    (facts::INF2_COST_PER_MTOK, facts::L40S_COST_PER_MTOK),
                ),
            ],
            ..RowChart::default()
        }),
    }
}

/// Amazon's general-purpose processor against two others. Published figures alone.
pub(super) fn graviton(_: Case<'_>) -> Picture {
    let [epyc, xeon] = comparison::graviton();
    let rows = |of: Processor| {
        let row = |what: &str, value: f64| {
            against(&format!("{}: {what}", of.name), 1.0, Some(value), None)
        };
        let mut price = row("price", of.price());
        price.note += " (implied)";
        [
            row("score", of.score),
            price,
            row("work per dollar", of.work_per_dollar),
        ]
    };
    let more = |of: Processor| format::percent(of.work_per_dollar - 1.0);
    // To a tenth, so that the third figure of the title follows from the two before it.
    let price = format!("{}\u{202f}%", format::number(100.0 * epyc.price(), 1));
    Picture {
        title: format!(
            "Graviton4 reaches {} of EPYC’s score at {} of its price: {} more work for a dollar",
            format::percent(epyc.score),
            price,
            more(epyc)
        ),
        subtitle: "Graviton4 against AMD’s EPYC and Intel’s Xeon, late 2024, the other chip = 1. Rings: from published estimates."
            .into(),
        summary: format!(
            "Against Xeon, Graviton4 is level in score at {} of the price, so a dollar buys {} more.",
            format::percent(xeon.price()),
            more(xeon)
        ),
        facts: &[
            ("score against EPYC", facts::GRAVITON4_VS_EPYC_SCORE),
            ("work per dollar, EPYC", facts::GRAVITON4_PPD_VS_EPYC),
            ("score against Xeon", facts::GRAVITON4_VS_XEON_SCORE),
            ("work per dollar, Xeon", facts::GRAVITON4_PPD_VS_XEON),
        ],
        shapes: Shapes::of(RowChart {
            low: 0.6,
            high: 1.4,
            ticks: [0.75, 1.25].map(|v| (v, ratio(v))).to_vec(),
            mark: Some((1.0, "the other chip".into())),
            rows: [epyc, xeon].into_iter().flat_map(rows).collect(),
            ..RowChart::default()
        }),
    }
}

/// First and last month of the generations.
const FROM: usize = Month::new(2024, 1).index();
const TO: usize = Month::new(2032, 6).index();
/// The middle of 2025 (`tpuv7-launch`).
const TPU_V7_LAUNCH: usize = Month::new(2025, 6).index();
/// Top of the generations' axis: room for a target without a number.
const TOP: f64 = 3.0;

/// A chip of another maker, from its launch on.
fn rival(label: &str, launch: usize, value: f64) -> Line {
    Line {
        label: label.into(),
        role: Role::Muted,
        dashed: true,
        values: (FROM..=TO)
            .map(|t| (t >= launch).then_some(value))
            .collect(),
    }
}

/// A band of the months from `start` up to, not including, `end`.
fn band(label: &str, alpha: f64, (start, end): (usize, usize), (low, high): (f64, f64)) -> Area {
    Area {
        label: label.into(),
        role: Role::Chips,
        alpha,
        lower: vec![low; TO + 1 - FROM],
        upper: (FROM..=TO)
            .map(|t| if (start..end).contains(&t) { high } else { low })
            .collect(),
        ..Area::default()
    }
}

/// The newest Trainium in volume against Nvidia's H200.
pub(super) fn generations(case: Case<'_>) -> Picture {
    let Case {
        scenario, outcome, ..
    } = case;
    let trn4 = scenario.get(Lever::Trainium4Start) as usize;
    let start = Month::at(trn4).map_or_else(String::new, format::month);
    let (trn2, trn3) = (INDEX_START.index(), TRN3_MONTH.index());
    let at = |outcome: &Outcome, month: usize| outcome.path(Series::TrainiumIndex)[month];
    let note = |from: usize, to: usize, value: f64, label: String| Note {
        from,
        to,
        value,
        label,
        role: Role::Chips,
        ..Note::default()
    };
    Picture {
        title: format!(
            "Trainium trails a chip of 2023 until mid‑2026, and barely passes it until {start}"
        ),
        subtitle: "Newest Trainium in volume, Nvidia’s H200 of late 2023 = 1; TPU v7 is implied. Trainium 4’s target is to pass B300 and TPU v8 and to trail only R100; no source puts a number on it."
            .into(),
        summary: format!(
            "Trainium 2 stands at {} of H200, Trainium 3 at {} to {}; Trainium 4 is expected from {start}, at least level with TPU v7 at {}.",
            format::number(TRN2_INDEX, 1),
            format::number(TRN3_LOW, 1),
            format::number(TRN3_HIGH, 1),
            format::number(at(outcome, TO), 1)
        ),
        facts: &[
            ("Trainium 2 against H200", facts::TRN2_VS_H200),
            ("against Trainium 3", facts::TRN2_VS_TRN3),
            ("Trainium 3 against H200", facts::TRN3_VS_H200),
            ("against TPU v7", facts::TRN3_VS_TPUV7_FP8),
            ("Trainium 4 target", facts::TRN4_VS_TPUV8_B300),
            ("no date for it", facts::TRN4_NO_TAPEOUT),
        ],
        shapes: Shapes::of(TimeChart {
            from: FROM,
            to: TO,
            unit: "× H200",
            top: TOP,
            areas: vec![
                band("", 0.3, (trn3, trn4), (TRN3_LOW, TRN3_HIGH)),
                band("", 0.1, (trn4, TO + 1), (at(outcome, TO), TOP)),
            ],
            lines: vec![
                rival("H200", FROM, 1.0),
                rival(
                    "TPU v7",
                    TPU_V7_LAUNCH,
                    TPU_V7_INDEX,
                ),
                Line {
                    label: "Trainium".into(),
                    role: Role::Chips,
                    dashed: false,
                    values: values(outcome, Series::TrainiumIndex, FROM, TO, 1.0),
                },
            ],
            points: vec![Published {
                month: trn2,
                value: TRN2_INDEX,
                label: "Trainium 2",
                role: Role::Chips,
                ..Published::default()
            }],
            notes: vec![
                note(trn2, trn3 - 5, TRN2_INDEX, "Trainium 2".into()),
                note(trn3, trn4 - 3, TRN3_HIGH, "Trainium 3".into()),
                note(trn4, TO, at(outcome, TO), "Trainium 4, at least".into()),
                note(trn4, TO, 2.55, "target: past B300, TPU v8".into()),
            ],
            ..TimeChart::default()
        }),
    }
}
